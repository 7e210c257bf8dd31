"""Growth along a flow whose jumps obey a law: an energy that no jump raises falls as if nothing had jumped."""

from __future__ import annotations

from dataclasses import replace

from proofcheck.language.expressions import Call, Power, Relation, Scalar, walk
from proofcheck.language.flows import Constraint, Flow
from proofcheck.language.printing import text
from proofcheck.language.transform import has_moving_path

from .growth import GRONWALL, gronwall
from .obligations import Argument, condition
from .reduction import obligation_of

JUMP_BY_JUMP = (
    "on a solution that exists up to t: Gronwall between finitely many jumps, none of which raises V, and induction"
)
_OPEN_DOMAIN = frozenset(("log", "power"))


def gronwall_over_jumps(along: Flow, energy: Scalar, rate: Scalar | int) -> Argument:
    """`V(t) <= exp(-rate t) V(0)` along a flow that jumps, from `V' <= -rate V` between jumps and `V(t+) <= V` at each.

    Owes both inequalities, the second under the flow's relations for jumps and the limits of its constraints on both
    sides, and as a condition that the energy is absolutely continuous between jumps: what is in it and jumps is a path
    that obeys an equation between jumps and of which the relations for jumps speak, or an operator.
    Theorem: Gronwall's inequality between jumps, and induction over them. V may have any sign.
    Raises `ValueError` when the rate is not constant in time.

    >>> from proofcheck import *
    >>> t, q, h = scalar("t", nonnegative=True), scalar_path("q"), scalar_path("h", jumps_from=0)
    >>> falling = flow(q.dot == -q, h.dot == 0, time=t, subject_to=[h >= 0], jumps=[after(h) <= h])
    >>> print(gronwall_over_jumps(falling, h * q**2, 2).formula)
    h q^2 <= exp(-2 t) h(0) q(0)^2
    """
    smooth = gronwall(along, energy, rate)
    behind = along.behind_jump(energy)
    before = tuple(_limit(each) for each in along.constraints if _has_a_limit(along, each))
    held = (*along.jumps, *before, *(_behind(along, each) for each in before))
    step, theorems = obligation_of(Relation(behind, "<=", energy), held, "no jump raises the energy")
    *slopes, _ = smooth.obligations
    between = condition(
        f"{text(energy)} is absolutely continuous between jumps",
        missing=along.jumping_parts(energy, between_jumps=True),
    )
    return replace(
        smooth,
        obligations=(*slopes, replace(step, instance=None), between),
        rules=(*(rule for rule in smooth.rules if rule != GRONWALL), *theorems, JUMP_BY_JUMP),
    )


def _has_a_limit(along: Flow, constraint: Constraint) -> bool:
    """Whether limits obey it, too, at least weakly: they need not obey "!=", nor be where 1/x or log(x) is defined.

    What need not have a limit, a disturbance, may grow beyond all bounds towards the jump.
    """
    if isinstance(constraint, Relation) and constraint.sign == "!=":
        return False
    if not (along.has_limits(constraint.left) and along.has_limits(constraint.right)):
        return False
    return not any(
        ((isinstance(part, Power) and part.exponent < 0) or (isinstance(part, Call) and part.function in _OPEN_DOMAIN))
        and has_moving_path(part)
        for side in (constraint.left, constraint.right)
        for part in walk(side)
    )


def _limit(constraint: Constraint) -> Constraint:
    """What the limits on both sides of a jump still obey."""
    if isinstance(constraint, Relation):
        return replace(constraint, sign={"<": "<=", ">": ">="}.get(constraint.sign, constraint.sign))
    return constraint


def _behind(along: Flow, constraint: Constraint) -> Constraint:
    left, right = along.behind_jump(constraint.left), along.behind_jump(constraint.right)
    return replace(constraint, left=left, right=right)  # type: ignore[arg-type]
