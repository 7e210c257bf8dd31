"""The first exit: what is shown as long as a solution stays inside holds for ever when it never leaves."""

from __future__ import annotations

from dataclasses import replace

from proofcheck.language.claims import Claim
from proofcheck.language.expressions import (
    Relation,
    Scalar,
    Symbol,
    Vector,
    VectorEquation,
    depends,
    number,
    same,
    walk,
)
from proofcheck.language.flows import Flow, written
from proofcheck.language.printing import latex, text
from proofcheck.language.transform import at, has_moving_path

from .argue import flows_of, of_one_flow, restrictions
from .growth import time_of
from .lasting import moments_of, solutions_last
from .obligations import Argument, Obligation, condition
from .reduction import Hypotheses, obligation_of
from .totals import defined

FIRST_EXIT = (
    "first exit: a continuous quantity that begins inside, and that is strictly below the radius as long as it has"
    " stayed inside, stays inside for ever; so does the largest of finitely many such quantities"
)


def first_exit(conclusion: Claim, stays: Claim) -> Argument:
    """A claim along a flow with `inside`, for all times: the claim `stays` bounds what must not grow by less.

    With `inside=(d <= R)`, the claim `stays` is `d <= b` up to the first exit. Owes `b < R` and `d(0) <= R` under the
    hypotheses of both claims, which do not move in time, and as a condition that d is continuous. Where d stands for
    one of finitely many quantities, each of which is bounded so, none of them leaves.
    Theorem: the intermediate value theorem, as a bootstrap or continuity argument (Tao, Nonlinear Dispersive Equations,
    section 1.3).
    Raises `ValueError` on claims of another form, and on one that speaks of a moment other than the beginning.

    >>> from proofcheck import *
    >>> t, x, e = scalar("t", nonnegative=True), scalar_path("x"), scalar_path("e")
    >>> close = flow(x.dot == -x + e, time=t, subject_to=[x * e <= 0], inside=(x**2 <= 2))
    >>> @claim("the square falls")
    ... def falls():
    ...     return gronwall(close, x**2, 2)
    >>> @claim("and stays small")
    ... def small():
    ...     return (x**2 <= 1).given(at(x, 0) ** 2 <= 1).by(falls)
    >>> print(first_exit(falls, small).formula)
    x^2 <= exp(-2 t) x(0)^2  given  x(0)^2 <= 1
    """
    confined, ball, time = _confined(stays)
    bounded = stays.relation
    if bounded.sign not in ("<=", "<") or not same(bounded.left, ball.left):
        raise ValueError(f"{stays.name} does not bound what {text(ball)} is about")
    shown = conclusion.relation
    flows = flows_of(shown)
    if confined in flows:
        # The bound may rest on other flows, too: where they hold, nothing leaves.
        flows = tuple(dict.fromkeys((*flows, *flows_of(bounded))))
        of_one_flow(replace(shown, governed=flows))
    if confined not in flows or any(each.inside is not None and each != confined for each in flows):
        raise ValueError(f"{conclusion.name} and {stays.name} are shown up to the exit from the same place")
    hypotheses = tuple({written(each): each for each in (*stays.demands, *conclusion.demands)}.values())
    if _moves(ball.right, time) or any(_speaks_of_motion(each, time) for each in hypotheses):
        raise ValueError("the hypotheses and the radius do not move in time")
    lasting = (*hypotheses, *(each for each in confined.subject_to if not _speaks_of_motion(each, time)))

    def owe(relation: Relation, given: Hypotheses, label: str) -> Obligation:
        return replace(obligation_of(relation, given, label)[0], instance=None)

    everywhere = replace(
        shown,
        hypotheses=hypotheses,
        governed=tuple(replace(each, never_leaves=each == confined) for each in flows),
    )
    return Argument(
        text(everywhere),
        latex(everywhere),
        (
            owe(bounded.right < ball.right, lasting, "it stays strictly below the radius"),
            # The constraints hold inside only: they may not help to begin there.
            owe(at(ball.left, 0, time) <= ball.right, hypotheses, "it begins inside"),
            *defined(ball.left, (), "what stays inside is defined"),
            *solutions_last(everywhere, (time,), "the bound", (bounded,)),
            condition(f"{text(ball.left)} is continuous", missing=confined.jumping_parts(ball.left)),
        ),
        premises=tuple(dict.fromkeys((conclusion, stays))),
        rules=(*restrictions(flows_of(everywhere)), FIRST_EXIT),
        conclusion=everywhere,
    )


def _confined(stays: Claim) -> tuple[Flow, Relation, Symbol]:
    """The flow with an inside along which a claim is shown, its inside, and its time."""
    confined = [(each, each.inside) for each in flows_of(stays.relation) if each.inside is not None]
    if len(confined) != 1 or confined[0][0].never_leaves:
        raise ValueError(f"{stays.name} is shown along one flow with an inside that it may leave")
    along, ball = confined[0]
    # At a later moment it may have left: what is shown of it there is shown of those alone that have not.
    said = (stays.relation, *stays.demands, *along.constraints)
    moments = [moment for each in said for moment in moments_of(each)]
    sides = [part for equation in along.equations for part in walk(equation.right)]
    moments += [moment for part in sides if (moment := getattr(part, "moment", None)) is not None]
    if not all(same(moment, number(0)) for moment in moments):
        raise ValueError(f"{stays.name} speaks of no moment but the current one and the beginning")
    return along, ball, time_of(along)


def _speaks_of_motion(stated: Relation | VectorEquation, time: Symbol) -> bool:
    return _moves(stated.left, time) or _moves(stated.right, time)


def _moves(side: Scalar | Vector, time: Symbol) -> bool:
    return has_moving_path(side) or depends(side, time)
