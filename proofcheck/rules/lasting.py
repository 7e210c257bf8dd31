"""How long solutions last: a premise speaks of no moment that they need not reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from proofcheck.language.claims import Instance
from proofcheck.language.expressions import (
    Constant,
    Expression,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Symbol,
    Total,
    VectorEquation,
    depends,
    number,
    parts_of,
    same,
    structure,
    walk,
)
from proofcheck.language.flows import Flow
from proofcheck.language.printing import text
from proofcheck.language.transform import BEHIND_A_JUMP, rebuild

from .improper import open_below
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
    uses = [use for use in relation.uses if not all(map(_never_ends, use.relation.flows()))]
    # What a premise demands may hold of anything, and yet says of which moments it speaks.
    premises = [part for use in uses for part in (use.relation, *use.demands)]
    asked = [moment for part in (*premises, *spoken) for moment in moments_of(part)]
    asked += [use.moment for use in uses if isinstance(use, Instance) and use.moment is not None]
    if not asked or (not times and all(map(_never_ends, relation.flows()))):
        return
    totals = [part for side in (relation.left, relation.right) for part in walk(side) if isinstance(part, Total)]
    own = [moment for part in (relation, *relation.hypotheses) for moment in moments_of(part)]
    reached = {structure(each) for each in (number(0), *times, *own)}
    reached |= {structure(total.over) for total in totals if structure(total.upper) in reached}
    for moment in {structure(each): each for each in asked}.values():
        until = f"{label}: the solution lasts until {text(moment)}"
        ranges = totals if any(depends(moment, each.over) for each in totals) else []
        if structure(moment) not in reached:
            given = (*relation.hypotheses, *(bound for each in ranges for bound in within(each)))
            if times:
                yield replace(obligation_of(moment <= times[0], given, until)[0], instance=None)
            else:
                yield condition(until, missing=("the flow does not name its time: flow(..., time=t)",))
        for each in ranges:
            _one_range(each, relation, ranges)
            for needed in _not_empty(each):
                yield replace(obligation_of(needed, relation.hypotheses, until)[0], instance=None)


def moments_begin(relation: Relation, times: Sequence[Symbol], label: str) -> Iterator[Obligation]:
    """That no moment of which a relation along flows speaks is before the beginning, where no path is anything."""
    if not any(sign == ">=" and bound == 0 for time in times for sign, bound in time.bounds):
        return
    spoken = [moment for side in (relation.left, relation.right) for moment in _places_in(side, {})]
    for moment in {structure(each): each for each in spoken}.values():
        if not _plainly_begun(moment):
            label_there = f"{label}: the moment {text(moment)} is not before the beginning"
            yield replace(obligation_of(moment >= 0, relation.hypotheses, label_there)[0], instance=None)


def _places_in(part: object, bound: Mapping[Symbol, Scalar]) -> Iterator[Scalar]:
    """The moments at which paths are taken, those under a sum or an integral from its lower end."""
    if isinstance(part, Total):
        for end in (part.lower, part.upper):
            yield from _places_in(end, bound)
        yield from _places_in(part.body, {**bound, part.over: part.lower})
        return
    if isinstance(part, Path | ScalarPath) and part.moment is not None and not same(part.moment, BEHIND_A_JUMP):
        yield next((lower for over, lower in bound.items() if same(part.moment, over)), part.moment)
    for inside in parts_of(part):
        yield from _places_in(inside, bound)


def _plainly_begun(moment: Scalar) -> bool:
    match moment:
        case Constant(value):
            return value >= 0
        case Symbol(bounds=bounds):
            return any(sign in (">", ">=") and low >= 0 for sign, low in bounds)
        case _:
            return False


def _one_range(total: Total, relation: Relation, totals: Sequence[Total]) -> None:
    """The variable stands for nothing else: what is known of one range is not known of another letter of its name."""
    over = total.over
    ranges = {(structure(each.lower), structure(each.upper)) for each in totals if same(each.over, over)}
    if len(ranges) > 1 or any(_stands_free(side, over) for side in (relation.left, relation.right)):
        raise ValueError(f"{over.name} is bound by {text(total)}, and stands elsewhere, too; choose another name there")


def _stands_free(side: Scalar, letter: Symbol) -> bool:
    def ends(part: Expression) -> Expression | None:
        return part.lower + part.upper if isinstance(part, Total) and same(part.over, letter) else None

    return depends(rebuild(side, ends, lambda operator: operator), letter)


def _not_empty(total: Total) -> Iterator[Relation]:
    """That the variable has a value, at or near the lower end: of no value, a premise would say what it likes."""
    if open_below(total):
        yield total.lower < total.upper
        return
    lower = number(1) if total.kind == "sum" else total.lower
    yield lower <= total.upper
    for sign, bound in total.over.bounds:
        yield Relation(lower, sign, number(bound))


def _never_ends(flow: object) -> bool:
    """Whether a flow is a clock only: without equations and constraints there is nothing to blow up."""
    return isinstance(flow, Flow) and not flow.equations and not flow.constraints


def moments_of(relation: Relation | VectorEquation) -> Iterator[Scalar]:
    """The moments at which paths are taken, those under a sum or an integral up to its upper end.

    What holds for all moments speaks of those that a solution reaches, whichever these are.
    Raises `ValueError` on one that contains the variable of a sum or an integral and is not the variable itself.
    """
    every = relation.for_all if isinstance(relation, Relation) else None
    for side in (relation.left, relation.right):
        yield from (each for each in _moments_in(side, {}) if every is None or not depends(each, every))


def _moments_in(part: object, bound: Mapping[Symbol, Scalar]) -> Iterator[Scalar]:
    """The same for an expression in which letters are bound, up to these ends."""
    if isinstance(part, Total):
        upper = _last(part.upper, bound)
        for end in (part.lower, part.upper):
            yield from _moments_in(end, bound)
        yield from _moments_in(part.body, {**bound, part.over: upper})
        return
    if isinstance(part, Path | ScalarPath) and part.moment is not None and not same(part.moment, BEHIND_A_JUMP):
        yield _last(part.moment, bound)
    for inside in parts_of(part):
        yield from _moments_in(inside, bound)


def _last(moment: Scalar, bound: Mapping[Symbol, Scalar]) -> Scalar:
    for over, upper in bound.items():
        if same(moment, over):
            return upper
    if any(depends(moment, over) for over in bound):
        raise ValueError(f"a moment under a sum or an integral is its variable itself, not {text(moment)}")
    return moment
