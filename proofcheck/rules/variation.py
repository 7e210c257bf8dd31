"""Growth along a flow whose operator jumps, against its total variation: each jump costs what it moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from proofcheck.language.expressions import (
    Applied,
    Changes,
    Expression,
    Operator,
    Scalar,
    Use,
    VectorSum,
    depends,
    number,
)
from proofcheck.language.flows import Flow
from proofcheck.language.printing import latex, text
from proofcheck.language.transform import at, has_moving_path, rebuild
from proofcheck.language.vocabulary import exp, operator, scalar, variation

from .argue import owed
from .growth import GRONWALL, gronwall
from .obligations import Argument, condition

VARIATION = (
    "on a solution that exists up to t: Gronwall between finitely many jumps, (1 + c j/n)^n -> exp(c j) (Euler) for a"
    " jump of the size j made in n steps, and induction over the jumps: the sizes of the jumps of an operator that is"
    " constant between them add up to its total variation TV, measured from time 0 in operator norm"
)


def gronwall_with_variation(
    along: Flow,
    energy: Scalar,
    rate: Scalar | int,
    cost: Scalar | int,
    moving: Operator,
    *,
    since: Scalar | int | None = None,
    by: Sequence[Use] = (),
) -> Argument:
    """`V(t) <= exp(cost TV(t) - rate t) V(0)` along a flow with one operator that jumps, TV its total variation.

    Owes what `gronwall` owes between the jumps, that a jump of the size j in operator norm multiplies the energy at
    most by `1 + cost j`, and that nothing else jumps. With `since` it is the variation from there on. Premises in `by`
    that hold along no flow help at the jumps, too.

    Theorem: Gronwall's inequality between jumps, Euler's limit of (1 + a/n)^n (Rudin, Principles of Mathematical
    Analysis, chapter 8), and induction. The signs of energy and cost do not matter. A jump from H to H + D of the size
    j can be made in n steps D/n, since with both ends everything between them has the operator's bounds; each step
    multiplies by `1 + cost j/n`, which is positive for large n, so that all together multiply at most by its n-th
    power, which tends to exp(cost j).
    Raises `ValueError` when the cost is not constant in time or the energy holds another operator that jumps.

    >>> from proofcheck import *
    >>> t, x = scalar("t", nonnegative=True), path("x")
    >>> H = operator("H", at_least=1, changes=Changes.BY_JUMPS)
    >>> print(gronwall_with_variation(flow(x.dot == -x, time=t), inner(H(x), x), 2, 1, H).formula)
    <H x, x> <= exp(TV_H_7c1c04ba) exp(-2 t) <H(0) x(0), x(0)>
    """
    between = gronwall(along, energy, rate, since=since, by=by)
    assert between.conclusion is not None and along.time is not None
    gathered, price, size = variation(moving), number(cost), scalar("size_of_the_jump", nonnegative=True)
    if depends(price, along.time) or has_moving_path(price):
        raise ValueError(f"{text(price)} is not constant in time: the cost of a jump")
    spoken = (energy, price, number(rate), number(0 if since is None else since))
    if any(depends(each, size) for each in spoken):
        raise ValueError(f"{size.name} is a name of this rule")
    total = gathered if since is None else gathered - at(gathered, since)
    bound = replace(between.conclusion, right=exp(price * total) * between.conclusion.right)
    everywhere = [use for use in by if not use.relation.flows()]
    behind = _behind_a_jump(energy, moving, size)
    jump = (behind <= (1 + price * size) * energy).given(*between.conclusion.hypotheses).by(*everywhere)
    found, _, theorems = owed(jump, "one jump")
    others = replace(along, jumps=()).jumping_parts(energy, between_jumps=True)
    return Argument(
        text(bound),
        latex(bound),
        (
            *between.obligations[:-1],
            *(replace(each, instance=None) for each in found),
            condition(f"{text(energy)} is absolutely continuous between the jumps", missing=others),
        ),
        between.premises,
        tuple(dict.fromkeys((*(rule for rule in between.rules if rule != GRONWALL), *theorems, VARIATION))),
        conclusion=bound,
    )


def _behind_a_jump(energy: Scalar, moving: Operator, size: Scalar) -> Scalar:
    """The energy at once behind a jump, when the operator has moved by another one of the given size."""
    step = operator("jump", norm=size, latex=rf"\delta {moving.latex}")

    def change(part: Expression) -> Expression | None:
        match part:
            case Applied(changing, vector) if changing.changes is Changes.BY_JUMPS and changing.moment is None:
                if changing != moving:
                    raise ValueError(f"{changing.name} jumps, too: the rule is for one operator, not for its inverse")
                inside = rebuild(vector, change, _unchanged)
                return VectorSum((Applied(moving, inside), Applied(step, inside)))
            case _:
                return None

    return rebuild(energy, change, _unchanged)


def _unchanged(same: Operator) -> Operator:
    return same
