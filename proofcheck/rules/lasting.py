"""How long solutions last: a premise speaks of no moment that they need not reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from proofcheck.language.claims import Instance
from proofcheck.language.expressions import (
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Symbol,
    Total,
    Vector,
    VectorEquation,
    number,
    same,
    structure,
    walk,
)
from proofcheck.language.flows import Flow
from proofcheck.language.printing import text
from proofcheck.language.transform import BEHIND_A_JUMP

from .obligations import Obligation, condition
from .reduction import obligation_of
from .totals import within


def solutions_last(
    relation: Relation, times: Sequence[Symbol], label: str, spoken: Sequence[Relation] = ()
) -> Iterator[Obligation]:
    """That solutions last until the moments of which premises, or what was `spoken`, speak and the relation does not.

    What is claimed along a flow is claimed of solutions that exist up to the current moment, and up to those of which
    the claim speaks. Along q' = q^2 nothing is said of a moment at which q has blown up, and so no premise may be taken
    at it: that it would be a moment of the flow is owed, under the relation's hypotheses.
    """
    totals = [part for side in (relation.left, relation.right) for part in walk(side) if isinstance(part, Total)]
    given = (*relation.hypotheses, *(bound for total in totals for bound in within(total)))
    own = [moment for part in (relation, *relation.hypotheses) for moment in _moments(part)]
    # Where a path is taken at the variable of a sum or an integral, the claim speaks of all moments between its ends.
    within_totals = [total.over for total in totals if any(same(at, total.over) for at in _taken(total.body))]
    reached = {structure(each) for each in (number(0), *times, *own, *within_totals)}
    uses = [use for use in relation.uses if not all(map(_never_ends, use.relation.flows()))]
    asked = [moment for part in (*(use.relation for use in uses), *spoken) for moment in _moments(part)]
    asked += [use.moment for use in uses if isinstance(use, Instance) and use.moment is not None]
    if not times and all(map(_never_ends, relation.flows())):
        return
    for moment in {structure(each): each for each in asked}.values():
        if structure(moment) not in reached:
            lasting = f"{label}: the solution lasts until {text(moment)}"
            if times:
                yield replace(obligation_of(moment <= times[0], given, lasting)[0], instance=None)
            else:
                yield condition(lasting, missing=("the flow does not name its time: flow(..., time=t)",))


def _never_ends(flow: object) -> bool:
    """Whether a flow is a clock only: without equations and constraints there is nothing to blow up."""
    return isinstance(flow, Flow) and not flow.equations and not flow.constraints


def _moments(relation: Relation | VectorEquation) -> Iterator[Scalar]:
    """The moments at which paths are taken, those under an integral up to its upper end."""
    ends: dict[object, Scalar] = {}
    for part in (part for side in (relation.left, relation.right) for part in walk(side)):
        if isinstance(part, Total) and part.kind == "integral":
            ends[structure(part.over)] = part.upper
    for side in (relation.left, relation.right):
        for moment in _taken(side):
            yield ends.get(structure(moment), moment)


def _taken(side: Scalar | Vector) -> Iterator[Scalar]:
    """The moments at which paths are taken on a side, as they are written."""
    for part in walk(side):
        if isinstance(part, Path | ScalarPath) and part.moment is not None and not same(part.moment, BEHIND_A_JUMP):
            yield part.moment
