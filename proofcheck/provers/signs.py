"""The quick prover that others call for side conditions, and lemmas about the signs of denominators."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from fractions import Fraction

from flint import fmpq_mpoly

from proofcheck.kernel.certificates import Combination, Contradiction, Evidence, Multiple, Split, Summand
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation, conditions
from proofcheck.kernel.terms import FUNCTIONS, ONE, ZERO, Apply, Power, Term, subterms

from . import identity, products, termwise
from .algebra import Algebra, algebra_of
from .extension import MINUS_ONE, Close, Extension, absurd, cited
from .polynomials import factored
from .sequent import Deadline, Sequent

_QUICK_SECONDS = 2.0


def quick(deadline: Deadline) -> Close:
    """A prover for side conditions: a fact, an identity, few products."""

    def close(sequent: Sequent) -> Evidence | None:
        deadline.check()
        soon = Deadline.after(min(_QUICK_SECONDS, deadline.remaining()))
        return (
            cited(sequent, sequent.goal)
            or identity.search(sequent, soon)
            or termwise.search(sequent, soon)
            or products.search(sequent, soon, products.FEW)
            or _from_weak(sequent, soon)
        )

    return close


def search(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Evidence for a side condition that needs no facts about function values: a denominator, a domain."""
    return products.search(sequent, deadline, products.FEW) or _from_weak(sequent, deadline)


def _from_weak(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """`t > 0` from `t >= 0` and `t != 0`, in three cases."""
    term, sign = sequent.goal.oriented()
    if sign != ">":
        return None

    def close(other: Sequent) -> Evidence | None:
        known = cited(other, other.goal) or identity.search(other, deadline)
        return known if known or other.goal.sign == "!=" else _few(other, deadline)

    weakly, apart = Relation(term, ">=", ZERO), Relation(term, "!=", ZERO)
    extension = Extension(sequent).lemma(apart, close)
    extension = extension.lemma(weakly, close) if extension else None
    if extension is None:
        return None
    facts = extension.sequent.facts
    weak, nonzero = facts.index(weakly), facts.index(apart)

    def by_sign(assumed: int, zero: Evidence) -> tuple[Evidence, Evidence, Evidence]:
        below = Combination((assumed,), (Summand(Fraction(1), (weak,), ONE),), ())
        above = Combination((), (Summand(Fraction(1), (assumed,), ONE),), ())
        return Contradiction(below), zero, above

    split = _split(extension.sequent, term, nonzero, by_sign)
    return extension.wrap(split) if split is not None else None


def _split(
    sequent: Sequent,
    term: Term,
    nonzero: int,
    by_sign: Callable[[int, Evidence], tuple[Evidence, Evidence, Evidence]],
) -> Evidence | None:
    """Three cases for the sign of a term that is not zero; `by_sign` is told the number of the case's fact."""
    definedness = []
    for condition in conditions(Relation(term, "=", ZERO)):
        if (known := cited(sequent, condition)) is None:
            return None
        definedness.append(known)
        sequent = sequent.assuming(condition)
    assumed = len(sequent.facts)
    zero = sequent.assuming(Relation(term, "=", ZERO))
    absurdity = absurd(zero, (nonzero,), (Multiple(MINUS_ONE, assumed),))
    return Split(term, tuple(definedness), *by_sign(assumed, absurdity))


def _few(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    return products.search(sequent, deadline, products.FEW)


def with_signs_of_denominators(
    extension: Extension, deadline: Deadline, functions: Container[str] = FUNCTIONS
) -> Extension:
    """Lemmas: what must not vanish has factors that are positive, negative, or of positive square.

    Only factors whose function values are of the given functions are looked at.
    """
    if extension.sequent.goal.sign != "!=" and not extension.sequent.mentions("/"):
        return extension
    relations = (*extension.sequent.facts, extension.sequent.goal)
    sides = [relation.oriented()[0] for relation in relations]
    close = quick(deadline)
    try:
        algebra = algebra_of(extension.sequent, deadline, *sides)
    except Unusable:
        return extension
    for factor in _factors(algebra, sides):
        if algebra.sign_of(factor):
            continue
        term = algebra.ring.term(factor)
        if any(isinstance(part, Apply) and part.function not in functions for part in subterms(term)):
            continue
        extension = (
            extension.lemma(Relation(term, ">", ZERO), close)
            or extension.lemma(Relation(term, "<", ZERO), close)
            or (None if algebra.sign_of(factor**2) else _positive_square(extension, term, close))
            or extension
        )
    return extension


def _factors(algebra: Algebra, sides: list[Term]) -> Iterator[fmpq_mpoly]:
    """The factors of the denominators, and of a goal that is not to vanish."""
    products = [algebra.ring.quotient(side).denominator for side in sides]
    if algebra.sign == "!=" and not algebra.goal.numerator.is_zero():
        products.append(algebra.goal.numerator)
    seen: list[fmpq_mpoly] = []
    for product in products:
        for factor, _ in factored(product)[1]:
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
        def by_sign(assumed: int, zero: Evidence) -> tuple[Evidence, Evidence, Evidence]:
            product = Combination((), (Summand(Fraction(1), (assumed, assumed), ONE),), ())
            return product, zero, product

        return _split(sequent, term, nonzero, by_sign)

    return extended.lemma(Relation(Power(term, 2), ">", ZERO), square_is_positive)
