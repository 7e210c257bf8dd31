"""Statements whose truth is known by how they were made, and what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from proofcheck.language.chains import Chain
from proofcheck.language.expressions import Relation, Symbol, Total, VectorEquation, walk
from proofcheck.testing.evaluating import Undefined, closely, holds, near

from .drawing import exact

Values = Mapping[Any, Any]
Draw = Callable[[Random], "Case"]


@dataclass(frozen=True, eq=False)
class Case:
    """A statement, whether it is true, and why.

    `stated` builds what a claim's function returns. The statement holds at each of the `points`; a false one fails at
    the first of them, with all hypotheses met. Where the statement speaks of flows there is no point, but a reason.
    """

    family: str
    name: str
    truth: bool
    stated: Callable[[], object]
    why: str
    points: tuple[Values, ...] = ()


def relations_of(stated: object) -> tuple[Relation | VectorEquation, ...]:
    """The relations between numbers that a statement consists of; none where it rests on more than itself."""
    match stated:
        case Relation(uses=(), governed=()) | VectorEquation():
            return (stated,)
        case Chain(links=links):
            return tuple(each for link in links for each in relations_of(link))
        case tuple():
            return tuple(each for part in stated for each in relations_of(part))
        case _:
            return ()


def agrees(case: Case) -> bool:
    """Whether the statement, computed anew at the case's points, is what the case says it is."""
    if not case.points:
        return True
    stated = relations_of(case.stated())
    if not stated:
        return True
    if not case.truth:
        return any(_met(each, case.points[0]) and _false_at(each, case.points[0]) for each in stated)
    return all(_true_at(each, point) for each in stated for point in case.points if _met(each, point))


def _met(relation: Relation | VectorEquation, point: Values) -> bool:
    hypotheses = (*relation.hypotheses, *_domains(relation))
    return all(_true_at(each, point) for each in hypotheses)


def _domains(relation: Relation | VectorEquation) -> list[Relation]:
    sides = [side for part in (relation, *relation.hypotheses) for side in (part.left, part.right)]
    parts = [part for side in sides for part in walk(side)]
    bound = {part.over.name for part in parts if isinstance(part, Total)}
    symbols = [part for part in parts if isinstance(part, Symbol) and part.name not in bound]
    return [Relation(each, sign, exact(value)) for each in symbols for sign, value in each.bounds]


def _false_at(relation: Relation | VectorEquation, point: Values) -> bool:
    """Whether it fails; both sides equal to thirty digits count as equal, for balls never say that they are."""
    if not _true_at(relation, point):
        return True
    if isinstance(relation, VectorEquation) or relation.sign not in ("<", ">", "!="):
        return False
    where = closely(point)
    return near(where.scalar(relation.left), where.scalar(relation.right))


def _true_at(relation: Relation | VectorEquation, point: Values) -> bool:
    """Where a side is undefined the relation does not hold."""
    try:
        return holds(relation, point)
    except (Undefined, OverflowError):
        return False
