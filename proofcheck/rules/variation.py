"""Growth along a flow whose operator jumps, against its total variation: each jump costs what it moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from proofcheck.language.expressions import (
    Applied,
    Changes,
    Expression,
    Operator,
    Relation,
    Scalar,
    ScalarPath,
    Use,
    VectorSum,
    depends,
    number,
    walk,
)
from proofcheck.language.flows import Flow
from proofcheck.language.printing import latex, text
from proofcheck.language.transform import at, has_moving_path, rebuild
from proofcheck.language.vocabulary import exp, operator, scalar

from .argue import owed
from .growth import gronwall
from .obligations import Argument, Obligation, condition

VARIATION = (
    "Gronwall between finitely many jumps, 1 + c j <= exp(c j), and induction over the jumps: the sizes of the jumps of"
    " an operator that is constant between them add up to its total variation TV, measured from time 0 in operator norm"
)


def variation(of: Operator) -> ScalarPath:
    """The total variation, from time 0 on, of an operator that is constant between its jumps; 0 at time 0.

    Operators are told apart by their bounds, and so are their variations, by a digest of the bounds in the name.
    Raises `ValueError` for another operator.

    >>> from proofcheck import *
    >>> print(variation(operator("H", changes=Changes.BY_JUMPS)) <= 1)
    TV_H_89df145f <= 1
    """
    if of.changes is not Changes.BY_JUMPS or of.order or of.moment is not None or of.inverse_of is not None:
        raise ValueError(f"{of.name} is not an operator that is constant between its jumps")
    digest = sha256(repr(of.identity).encode()).hexdigest()[:8]
    return ScalarPath(f"TV_{of.name}_{digest}", rf"\mathrm{{TV}}({of.latex})")


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

    Owes what `gronwall` owes between the jumps, and that a jump of the size j in operator norm multiplies the energy at
    most by `1 + cost j`, that the energy and the cost are not negative, and that nothing else jumps. With `since` it is
    the variation from there on. Premises in `by` that hold along no flow help at the jumps, too.
    Raises `ValueError` when the cost is not constant in time or the energy holds another operator that jumps.

    >>> from proofcheck import *
    >>> t, x = scalar("t", nonnegative=True), path("x")
    >>> H = operator("H", at_least=1, changes=Changes.BY_JUMPS)
    >>> print(gronwall_with_variation(flow(x.dot == -x, time=t), inner(H(x), x), 2, 1, H).formula)
    <H x, x> <= exp(TV_H_131aafb1) exp(-2 t) <H(0) x(0), x(0)>
    """
    between = gronwall(along, energy, rate, since=since, by=by)
    assert between.conclusion is not None and along.time is not None
    gathered, price, size = variation(moving), number(cost), scalar("size_of_the_jump", nonnegative=True)
    if depends(price, along.time) or has_moving_path(price):
        raise ValueError(f"{text(price)} is not constant in time: the cost of a jump")
    if (
        any(each.unknown.name == gathered.name for each in along.equations)
        or depends(energy, size)
        or depends(price, size)
    ):
        raise ValueError(f"{gathered.name} and {size.name} are names of this rule")
    total = gathered if since is None else gathered - at(gathered, since)
    bound = replace(between.conclusion, right=exp(price * total) * between.conclusion.right)
    everywhere = [use for use in by if not use.relation.flows()]
    found: list[Obligation] = []
    rules = dict.fromkeys(between.rules)

    def owe(relation: Relation, label: str) -> None:
        obligations, _, theorems = owed(relation, label)
        found.extend(replace(each, instance=None) for each in obligations)
        rules.update(dict.fromkeys(theorems))

    later = between.conclusion.hypotheses
    owe((_behind_a_jump(energy, moving, size) <= (1 + price * size) * energy).given(*later).by(*everywhere), "one jump")
    owe((energy >= 0).given(*later).along(along).by(*by), "the energy is not negative")
    owe((price >= 0).along(along), "the cost is not negative")
    others = replace(along, jumps=()).jumping_parts(energy, between_jumps=True)
    return Argument(
        text(bound),
        latex(bound),
        (
            *between.obligations[:-1],
            *found,
            condition(f"{text(energy)} is absolutely continuous between the jumps", missing=others),
        ),
        between.premises,
        (*rules, VARIATION),
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

    if any(isinstance(part, Applied) and part.operator == step for part in walk(energy)):
        raise ValueError(f"{step.name} is the name of a jump here")
    return rebuild(energy, change, _unchanged)


def _unchanged(same: Operator) -> Operator:
    return same
