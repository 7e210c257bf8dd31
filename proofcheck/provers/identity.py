"""Equations, and their negations, by algebra: normal forms modulo the equations among the facts."""

from __future__ import annotations

from itertools import combinations, islice

from flint import fmpq_mpoly

from proofcheck.kernel.certificates import Combination, Evidence
from proofcheck.kernel.rational import Unusable

from .algebra import Algebra, algebra_of
from .extension import absurd
from .polynomials import factored
from .sequent import Deadline, Sequent

_MOST_FACTORS, _MOST_PRODUCTS = 2, 200


def search(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Evidence for a goal `=` or `!=`, or for any goal from facts whose equations have no solution.

    >>> from proofcheck.kernel.statements import Relation
    >>> from proofcheck.kernel.terms import ONE, Product, Variable
    >>> x = Variable("x")
    >>> goal = Relation(Product((x, x)), "=", Product((x, x, ONE)))
    >>> search(Sequent(("x",), (), (), goal), Deadline.after(1))
    Combination(multiplier=(), summands=(), multiples=())
    """
    try:
        if sequent.goal.sign == "=":
            found = _equation(sequent, deadline)
        elif sequent.goal.sign == "!=":
            found = _inequation(sequent, deadline)
        else:
            found = _weak(sequent, deadline)
    except Unusable:
        return None
    return found


def _equation(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    algebra = algebra_of(sequent, deadline)
    if algebra.goal.numerator.is_zero():
        return Combination((), (), ())
    factors = algebra.clearing(algebra.goal, allow_nonzero=True)
    if factors is None:
        return None
    numerator = algebra.times(algebra.goal, factors)
    multiplier = tuple(value.number for value in factors)
    rest, cofactors = algebra.ideal.reduce(numerator)
    if rest.is_zero():
        return Combination(multiplier, (), algebra.multiples(cofactors))
    if not algebra.ideal:
        return None
    values = [value for value in algebra.nonvanishing() if value.quotient.denominator.is_constant()]
    for size in range(1, _MOST_FACTORS + 1):
        for chosen in islice(combinations(values, size), _MOST_PRODUCTS):
            deadline.check()
            product = numerator
            for value in chosen:
                product = algebra.ideal.remainder(product * value.quotient.numerator)
            if product.is_zero():
                full = numerator
                for value in chosen:
                    full *= value.quotient.numerator
                numbers = (*multiplier, *(value.number for value in chosen))
                return Combination(numbers, (), algebra.multiples(algebra.ideal.reduce(full)[1]))
    return None


def _inequation(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """`g != 0`: under `g = 0`, a product of nonzero facts would vanish."""
    assumed = sequent.assuming(sequent.goal.negated())
    algebra = algebra_of(assumed, deadline)
    if (trivial := _product_that_vanishes(sequent, algebra, (), algebra.ring.one)) is not None:
        return trivial
    numbers: list[int] = []
    product = algebra.ring.one
    for factor, multiplicity in factored(algebra.goal.numerator)[1]:
        for value in algebra.nonvanishing():
            numerator = value.quotient.numerator
            forms = (numerator, algebra.ideal.remainder(numerator))
            divides = any(divmod(form, factor)[1].is_zero() for form in forms)
            if value.quotient.denominator.is_constant() and divides:
                numbers += [value.number] * multiplicity
                product *= numerator**multiplicity
                break
    return _product_that_vanishes(sequent, algebra, tuple(numbers), product)


def _product_that_vanishes(
    sequent: Sequent, algebra: Algebra, numbers: tuple[int, ...], product: fmpq_mpoly
) -> Evidence | None:
    rest, cofactors = algebra.ideal.reduce(-product)
    return absurd(sequent, numbers, algebra.multiples(cofactors)) if rest.is_zero() else None


def _weak(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """`<=` where equality holds; between equal sides nothing is strict."""
    if "=" not in sequent.goal.sign:
        return None
    algebra = algebra_of(sequent, deadline)
    factors = algebra.clearing(algebra.goal, allow_nonzero=False)
    if factors is None:
        return None
    rest, cofactors = algebra.ideal.reduce(algebra.times(algebra.goal, factors))
    if rest.is_zero():
        return Combination(tuple(value.number for value in factors), (), algebra.multiples(cofactors))
    return None
