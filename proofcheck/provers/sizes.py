"""From squares to sizes: `u**2 <= v**2` and `v >= 0` give `u <= v` and `-u <= v`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq_mpoly
from flint.utils.flint_exceptions import DomainError

from proofcheck.kernel.certificates import Combination, Contradiction, Evidence, Multiple, Summand
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, ZERO, Term

from .algebra import Algebra, algebra_of
from .extension import Extension
from .polynomials import fraction
from .sequent import Deadline, Sequent
from .signs import quick


@dataclass(frozen=True, slots=True)
class Comparison:
    """Monomials with `scale * (larger**2 - smaller**2)` the product of some facts plus some multiples."""

    smaller: Term
    larger: Term
    scale: Fraction
    facts: tuple[int, ...] | None
    multiples: tuple[Multiple, ...]


def with_absolute_bounds(extension: Extension, deadline: Deadline) -> Extension:
    """Bounds for what is squared in a fact `u**2 <= v**2` or `u**2 = v**2`, u and v monomials, v perhaps 0."""
    close = quick(deadline)
    try:
        algebra = algebra_of(extension.sequent, deadline)
    except Unusable:
        return extension
    for comparison in _comparisons(algebra):
        weak = Relation(comparison.larger, ">=", ZERO)
        if (signed := extension.lemma(weak, close)) is None:
            continue
        place = signed.sequent.facts.index(weak)
        goal = Relation(comparison.smaller, "<=", comparison.larger)

        def evidence(sequent: Sequent, place: int = place, comparison: Comparison = comparison) -> Evidence:
            return _from_squares(comparison, place, len(sequent.facts))

        extension = signed.lemma(goal, evidence) or extension
    return extension


def _from_squares(comparison: Comparison, weak: int, assumed: int) -> Evidence:
    """Under `u > v`: `-(u - v)**2 = 2 v (u - v) + (v**2 - u**2)`."""
    summands = [Summand(Fraction(2), (weak, assumed), ONE)]
    if comparison.facts is not None:
        summands.append(Summand(1 / comparison.scale, comparison.facts, ONE))
    return Contradiction(Combination((assumed, assumed), tuple(summands), comparison.multiples))


def _comparisons(algebra: Algebra) -> Iterator[Comparison]:
    for known in algebra.knowns:
        rest, cofactors = algebra.ideal.reduce(known.polynomial)
        for smaller, larger, scale in _square_differences(rest):
            inverse = -1 / scale
            multiples = algebra.multiples(
                {number: _scaled(cofactor, inverse) for number, cofactor in cofactors.items()}
            )
            yield Comparison(algebra.ring.term(smaller), algebra.ring.term(larger), scale, known.facts, multiples)
    for number, quotient in algebra.equations.items():
        for sign in (1, -1):
            for smaller, larger, scale in _square_differences(quotient.numerator * sign):
                factor = _scaled(algebra.ring.one, sign / scale)
                multiples = algebra.multiples({number: factor})
                yield Comparison(algebra.ring.term(smaller), algebra.ring.term(larger), scale, None, multiples)


def _scaled(polynomial: fmpq_mpoly, factor: Fraction) -> fmpq_mpoly:
    return polynomial * factor.numerator / factor.denominator


def _square_differences(polynomial: fmpq_mpoly) -> Iterator[tuple[fmpq_mpoly, fmpq_mpoly, Fraction]]:
    """(u, v, scale) and (-u, v, scale) where the polynomial is `scale * (v**2 - u**2)`."""
    positive, negative = polynomial * 0, polynomial * 0
    for exponents, coefficient in polynomial.to_dict().items():
        part = polynomial.context().from_dict({exponents: coefficient})
        if coefficient > 0:
            positive += part
        else:
            negative -= part
    if len(negative) != 1 or len(positive) > 1 or negative.is_constant():
        return
    scale = negative.leading_coefficient()
    smaller, larger = _root(negative / scale), _root(positive / scale)
    if smaller is not None and larger is not None:
        yield smaller, larger, fraction(scale)
        yield -smaller, larger, fraction(scale)


def _root(polynomial: fmpq_mpoly) -> fmpq_mpoly | None:
    try:
        return polynomial.sqrt()
    except DomainError:
        return None
