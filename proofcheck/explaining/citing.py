"""Which facts evidence makes use of, by number."""

from __future__ import annotations

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
    Range,
    Slope,
    Split,
    Sturm,
)


def cited(*parts: Evidence | Proof | Cover | Range) -> frozenset[int]:
    """The numbers of the facts that the parts use.

    Facts are only ever appended, so a number means the same fact everywhere inside; the proof of an applied
    statement has facts of its own, which do not count.

    >>> sorted(cited(Contradiction(Sturm("x", 3, None)), Apart("<", Sturm("x", None, 5))))
    [3, 5]
    """
    return frozenset().union(*map(_cited, parts))


def _cited(part: Evidence | Proof | Cover | Range) -> frozenset[int]:
    match part:
        case Combination(multiplier, summands, multiples):
            inside = (number for summand in summands for number in summand.facts)
            return frozenset((*multiplier, *inside, *(multiple.fact for multiple in multiples)))
        case Sturm(_, lower, upper):
            return frozenset(number for number in (lower, upper) if number is not None)
        case Range(_, lower, upper):
            return frozenset((lower, upper))
        case Excluded(fact):
            return frozenset((fact,))
        case Cell():
            return frozenset()
        case Balls(ranges, cover):
            return cited(*ranges, cover)
        case Split(_, definedness, below, zero, above):
            return cited(*definedness, below, zero, above)
        case Proof(definedness, evidence):
            return cited(*definedness, evidence)
        case Lemma(_, proof, then):
            return cited(proof, then)
        case Axiom(_, _, _, premises, then):
            return cited(*premises, then)
        case Instance(_, _, _, definedness, applied, then):
            return cited(*definedness, *applied, then)
        case Slope(definedness=definedness, order=order, inside=inside, slope=slope, value=value):
            return cited(*definedness, order, *inside, slope, value)
        case Contradiction(then) | Apart(_, then):
            return cited(then)
        case Cut(_, _, below, above) | Between(below, above):
            return cited(below, above)
