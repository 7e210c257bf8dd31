"""Evidence without the lemmas and axioms that it does not use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from proofcheck.kernel.certificates import (
    Apart,
    Axiom,
    Balls,
    Between,
    Cell,
    Combination,
    Contradiction,
    Cover,
    Cut,
    Evidence,
    Excluded,
    Instance,
    Lemma,
    Proof,
    Slope,
    Split,
    Sturm,
)
from proofcheck.kernel.statements import conditions

from .extension import axiom_instance

#: From a fact's number to its new number.
Renumbering = Callable[[int], int]


def pruned(evidence: Evidence, known: int) -> Evidence:
    """The evidence, for a sequent with so many facts, without steps whose facts nothing cites."""
    match evidence:
        case Lemma(relation, proof, then):
            added = len(conditions(relation)) + 1
            then = pruned(then, known + added)
            return _without(then, known, added) or Lemma(relation, _pruned_proof(proof, known), then)
        case Axiom():
            premises, conclusions = _sizes(evidence)
            then = pruned(evidence.then, known + premises + conclusions)
            parts = tuple(pruned(part, known + place) for place, part in enumerate(evidence.premises))
            return _without(then, known, premises + conclusions) or replace(evidence, premises=parts, then=then)
        case Split(term, definedness, below, zero, above):
            parts = tuple(pruned(part, known + place) for place, part in enumerate(definedness))
            inside = known + len(definedness) + 1
            return Split(term, parts, *(pruned(part, inside) for part in (below, zero, above)))
        case Contradiction(then):
            return Contradiction(pruned(then, known + 1))
        case Between(below, above):
            return Between(pruned(below, known), pruned(above, known))
        case Apart(sign, part):
            return Apart(sign, pruned(part, known))
        case _:
            return evidence


def _pruned_proof(proof: Proof, known: int) -> Proof:
    parts = tuple(pruned(part, known + place) for place, part in enumerate(proof.definedness))
    return Proof(parts, pruned(proof.evidence, known + len(parts)))


def _sizes(step: Axiom) -> tuple[int, int]:
    """How many premises, with the conditions of its arguments, and how many conclusions an instance has."""
    _, conclusions = axiom_instance(step.name, step.arguments, step.vectors)
    return len(step.premises), len(conclusions)


def _without(then: Evidence, first: int, added: int) -> Evidence | None:
    """The evidence renumbered, as if the facts `first`, ... had not been added; None if it cites one."""
    cited: set[int] = set()

    def look(number: int) -> int:
        cited.add(number)
        return number

    renumbered(then, look)
    if any(first <= number < first + added for number in cited):
        return None
    return renumbered(then, lambda number: number if number < first else number - added)


def renumbered(evidence: Evidence, number: Renumbering) -> Evidence:
    """The evidence with other numbers for the facts that it cites.

    >>> renumbered(Sturm("x", 3, None), lambda fact: fact + 1)
    Sturm(variable='x', lower=4, upper=None)
    """

    def inside(part: Evidence) -> Evidence:
        return renumbered(part, number)

    def all_inside(parts: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(map(inside, parts))

    def proof_inside(proof: Proof) -> Proof:
        return Proof(all_inside(proof.definedness), inside(proof.evidence))

    match evidence:
        case Combination(multiplier, summands, multiples):
            return Combination(
                tuple(map(number, multiplier)),
                tuple(replace(summand, facts=tuple(map(number, summand.facts))) for summand in summands),
                tuple(replace(multiple, fact=number(multiple.fact)) for multiple in multiples),
            )
        case Sturm(variable, lower, upper):
            ends = (None if end is None else number(end) for end in (lower, upper))
            return Sturm(variable, *ends)
        case Balls(ranges, cover):
            bounds = tuple(replace(r, lower=number(r.lower), upper=number(r.upper)) for r in ranges)
            return Balls(bounds, _cover(cover, number))
        case Split(term, definedness, below, zero, above):
            return Split(term, all_inside(definedness), inside(below), inside(zero), inside(above))
        case Lemma(relation, proof, then):
            return Lemma(relation, proof_inside(proof), inside(then))
        case Axiom():
            return replace(evidence, premises=all_inside(evidence.premises), then=inside(evidence.then))
        case Instance():
            return replace(
                evidence,
                definedness=all_inside(evidence.definedness),
                premises=tuple(map(proof_inside, evidence.premises)),
                then=inside(evidence.then),
            )
        case Slope():
            return replace(
                evidence,
                definedness=all_inside(evidence.definedness),
                order=inside(evidence.order),
                inside=all_inside(evidence.inside),
                slope=proof_inside(evidence.slope),
                value=inside(evidence.value),
            )
        case Contradiction(then):
            return Contradiction(inside(then))
        case Between(below, above):
            return Between(inside(below), inside(above))
        case Apart(sign, part):
            return Apart(sign, inside(part))


def _cover(cover: Cover, number: Renumbering) -> Cover:
    match cover:
        case Cell():
            return cover
        case Excluded(fact):
            return Excluded(number(fact))
        case Cut():
            return replace(cover, below=_cover(cover.below, number), above=_cover(cover.above, number))
