"""The quick prover that others call for side conditions, and lemmas about the signs of denominators."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq_mpoly
from flint.utils.flint_exceptions import DomainError

from proofcheck.kernel.certificates import Combination, Contradiction, Evidence, Multiple, Split, Summand
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, ZERO, Power, Term

from . import identity, products, termwise
from .algebra import Algebra
from .extension import MINUS_ONE, Close, Extension, absurd, cited
from .polynomials import Ring
from .sequent import Deadline, Sequent

_QUICK_SECONDS = 0.4


def quick(deadline: Deadline) -> Close:
    """A prover for side conditions: a fact, an identity, few products."""

    def close(sequent: Sequent) -> Evidence | None:
        deadline.check()
        soon = Deadline.after(min(_QUICK_SECONDS, deadline.remaining()))
        return (
            cited(sequent, sequent.goal)
            or identity.search(sequent, soon)
            or termwise.search(sequent, soon)
            or products.search(sequent, soon, products.EFFORTS[:1])
            or _from_weak(sequent, soon)
        )

    return close


def _from_weak(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """`t > 0` from `t >= 0` and `t != 0`, in three cases."""
    term, sign = sequent.goal.oriented()
    if sign != ">":
        return None

    def close(other: Sequent) -> Evidence | None:
        return cited(other, other.goal) or identity.search(other, deadline) or _few(other, deadline)

    weakly, apart = Relation(term, ">=", ZERO), Relation(term, "!=", ZERO)
    extension = Extension(sequent).lemma(apart, close)
    extension = extension.lemma(weakly, close) if extension else None
    if extension is None:
        return None
    facts = extension.sequent.facts
    assumed, weak, nonzero = len(facts), facts.index(weakly), facts.index(apart)
    below = Combination((assumed,), (Summand(Fraction(1), (weak,), ONE),), ())
    zero = extension.sequent.assuming(Relation(term, "=", ZERO))
    above = Combination((), (Summand(Fraction(1), (assumed,), ONE),), ())
    split = Split(
        term,
        (),
        Contradiction(below),
        absurd(zero, (nonzero,), (Multiple(MINUS_ONE, assumed),)),
        above,
    )
    return extension.wrap(split)


def _few(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    return products.search(sequent, deadline, products.EFFORTS[:1])


def with_signs_of_denominators(extension: Extension, deadline: Deadline) -> Extension:
    """Lemmas: the factors of the denominators are positive, negative, or have positive squares."""
    relations = (*extension.sequent.facts, extension.sequent.goal)
    sides = [relation.oriented()[0] for relation in relations]
    close = quick(deadline)
    try:
        algebra = Algebra(extension.sequent, deadline, *sides)
    except Unusable:
        return extension
    for factor in _denominators(algebra.ring, sides):
        if algebra.sign_of(factor):
            continue
        term = algebra.ring.term(factor)
        extension = (
            extension.lemma(Relation(term, ">", ZERO), close)
            or extension.lemma(Relation(term, "<", ZERO), close)
            or _positive_square(extension, term, close)
            or extension
        )
    return extension


def _denominators(ring: Ring, sides: list[Term]) -> Iterator[fmpq_mpoly]:
    seen: list[fmpq_mpoly] = []
    for side in sides:
        for factor, _ in ring.quotient(side).denominator.factor()[1]:
            if not any(factor == other for other in seen):
                seen.append(factor)
                yield factor


def _positive_square(extension: Extension, term: Term, close: Close) -> Extension | None:
    """The square of a term that is not zero is positive."""
    extended = extension.lemma(Relation(term, "!=", ZERO), close)
    if extended is None:
        return None
    nonzero = len(extended.sequent.facts) - 1

    def square_is_positive(sequent: Sequent) -> Evidence | None:
        assumed = len(sequent.facts)
        product = Combination((), (Summand(Fraction(1), (assumed, assumed), ONE),), ())
        zero = sequent.assuming(Relation(term, "=", ZERO))
        return Split(term, (), product, absurd(zero, (nonzero,), (Multiple(MINUS_ONE, assumed),)), product)

    return extended.lemma(Relation(Power(term, 2), ">", ZERO), square_is_positive)


def with_absolute_bounds(extension: Extension, deadline: Deadline) -> Extension:
    """From `u**2 <= v**2` with `v >= 0`: `u <= v` and `-u <= v`, for monomials u and v; v may be 0."""
    close = quick(deadline)
    try:
        algebra = Algebra(extension.sequent, deadline)
    except Unusable:
        return extension
    for known in algebra.knowns:
        for smaller, larger in _square_difference(algebra, known.polynomial):
            extension = extension.lemma(Relation(smaller, "<=", larger), close) or extension
    return extension


def _square_difference(algebra: Algebra, polynomial: fmpq_mpoly) -> Iterator[tuple[Term, Term]]:
    """The pairs (u, v) and (-u, v) when the polynomial is a multiple of `v**2 - u**2`, u and v monomials."""
    positive, negative = algebra.ring.zero, algebra.ring.zero
    for exponents, coefficient in polynomial.to_dict().items():
        part = algebra.ring.monomial(exponents) * coefficient
        if coefficient > 0:
            positive += part
        else:
            negative -= part
    if len(negative) != 1 or len(positive) > 1:
        return
    scale = negative.leading_coefficient()
    smaller, larger = _root(negative / scale), _root(positive / scale)
    if smaller is not None and larger is not None:
        for side in (smaller, -smaller):
            yield algebra.ring.term(side), algebra.ring.term(larger)


def _root(polynomial: fmpq_mpoly) -> fmpq_mpoly | None:
    try:
        return polynomial.sqrt()
    except DomainError:
        return None
