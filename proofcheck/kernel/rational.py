"""Normal forms: rational functions over the rationals in variables, inner products and function values.

A function value `f(u)` is a generator of its own; two of them are the same generator when their arguments
have the same normal form. A normal form says what a term is *where it is defined*; definedness is the business
of `conditions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly

from .terms import Apply, Inner, Power, Product, Rational, Sum, Term, Variable, subterms

_MOST_GENERATORS = 500
_MOST_BITS = 200_000
_MOST_WORK = 100_000_000


class Unusable(ValueError):
    """The term has no normal form here: it divides by zero, is too large, or names something unknown."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """`numerator / denominator` in lowest terms, the denominator not zero and led by 1: there is one for a value."""

    numerator: fmpq_mpoly
    denominator: fmpq_mpoly


class Field:
    """The field of rational functions that a fixed collection of terms generates.

    It begins with nothing known: a verdict depends on nothing that was asked before. `work` is what was counted so
    far, and bounded.

    >>> x = Variable("x")
    >>> field = Field([x])
    >>> field.normal(Power(x, 2)) == field.normal(Product((x, x)))
    True
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        """Make a generator for every variable, inner product and function value of the terms."""
        parts = (part for term in terms for part in subterms(term))
        leaves = dict.fromkeys(part for part in parts if isinstance(part, Variable | Inner | Apply))
        if len(leaves) > _MOST_GENERATORS:
            raise Unusable("too many variables and function values")
        names = [f"x{number}" for number in range(max(1, len(leaves)))]
        self._context = fmpq_mpoly_ctx.get(names, Ordering.lex)
        self._unused = list(reversed(self._context.gens()))
        self._one = self._context.constant(1)
        self._generators: dict[Term, fmpq_mpoly] = {}
        self._applied: list[tuple[str, list[Quotient], fmpq_mpoly]] = []
        self._normal: dict[int, tuple[Term, Quotient]] = {}
        self._closed = False
        self._monomial_bits = 64 + len(names)
        self.work = 0
        for leaf in leaves:
            self.normal(leaf)
        self._closed = True

    def normal(self, term: Term) -> Quotient:
        """The normal form. Raises `Unusable`, also on a generator that the field does not have."""
        # By identity, since comparing deep terms costs as much as computing; the entry keeps its term alive.
        known = self._normal.get(id(term))
        if known is None:
            known = self._normal[id(term)] = term, self._compute(term)
        return known[1]

    def polynomial(self, term: Term) -> Quotient:
        """The normal form of a term written without negative powers. Raises `Unusable`."""
        for part in subterms(term):
            if isinstance(part, Power) and part.exponent < 0:
                raise Unusable("a negative power in a multiplier")
        return self.normal(term)

    def _compute(self, term: Term) -> Quotient:
        match term:
            case Rational(value):
                return Quotient(self._context.constant(fmpq(value.numerator, value.denominator)), self._one)
            case Variable() | Inner():
                return Quotient(self._generator(term), self._one)
            case Apply(function, parts):
                return Quotient(self._value(function, [self.normal(part) for part in parts]), self._one)
            case Sum(parts):
                total = Quotient(self._context.constant(0), self._one)
                for part in parts:
                    total = self.sum(total, self.normal(part))
                return total
            case Product(parts):
                result = Quotient(self._one, self._one)
                for part in parts:
                    result = self.product(result, self.normal(part))
                return result
            case Power(base, exponent):
                return self._power(self.normal(base), exponent)

    def _fresh(self) -> fmpq_mpoly:
        if self._closed or not self._unused:
            raise Unusable("a variable or function value that neither the goal nor the facts contain")
        return self._unused.pop()

    def _generator(self, leaf: Term) -> fmpq_mpoly:
        if leaf not in self._generators:
            self._generators[leaf] = self._fresh()
        return self._generators[leaf]

    def _value(self, function: str, arguments: list[Quotient]) -> fmpq_mpoly:
        for name, others, generator in self._applied:
            if name == function and arguments == others:
                return generator
        generator = self._fresh()
        self._applied.append((function, arguments, generator))
        return generator

    def sum(self, left: Quotient, right: Quotient) -> Quotient:
        """The sum of two normal forms."""
        self._spend(len(left.numerator) + len(right.numerator), _bits(left.numerator) + _bits(right.numerator))
        if left.denominator.is_one() and right.denominator.is_one():
            return Quotient(left.numerator + right.numerator, self._one)
        if left.denominator == right.denominator:
            return _lowest(left.numerator + right.numerator, left.denominator)
        return _lowest(
            self._times(left.numerator, right.denominator) + self._times(right.numerator, left.denominator),
            self._times(left.denominator, right.denominator),
        )

    def product(self, left: Quotient, right: Quotient) -> Quotient:
        """The product of two normal forms."""
        if left.denominator.is_one() and right.denominator.is_one():
            return Quotient(self._times(left.numerator, right.numerator), self._one)
        return _lowest(self._times(left.numerator, right.numerator), self._times(left.denominator, right.denominator))

    def _power(self, base: Quotient, exponent: int) -> Quotient:
        for part in (base.numerator, base.denominator):
            terms = comb(max(len(part), 1) - 1 + abs(exponent), abs(exponent))
            self._spend(terms, abs(exponent) * _bits(part))
        if exponent >= 0:
            return Quotient(base.numerator**exponent, base.denominator**exponent)
        if base.numerator.is_zero():
            raise Unusable("division by zero")
        return _lowest(base.denominator**-exponent, base.numerator**-exponent)

    def _times(self, left: fmpq_mpoly, right: fmpq_mpoly) -> fmpq_mpoly:
        self._spend(len(left) * len(right), _bits(left) + _bits(right))
        return left * right

    def _spend(self, terms: int, bits: int) -> None:
        """Count the bits that a computation may write, before it begins. Raises `Unusable` when they are too many."""
        self.work += terms * (bits + self._monomial_bits)
        if bits > _MOST_BITS or self.work > _MOST_WORK:
            raise Unusable("the expansion is too large")


def _bits(polynomial: fmpq_mpoly) -> int:
    return max((coefficient.height_bits() for coefficient in polynomial.coeffs()), default=0)


def _lowest(numerator: fmpq_mpoly, denominator: fmpq_mpoly) -> Quotient:
    common = numerator.gcd(denominator)
    numerator, denominator = numerator / common, denominator / common
    leading = denominator.leading_coefficient()
    return Quotient(numerator / leading, denominator / leading)


def univariate(polynomial: fmpq_mpoly, generator: fmpq_mpoly) -> fmpq_poly:
    """The polynomial in one generator alone. Raises `Unusable` when another one occurs."""
    position = next(index for index, power in enumerate(next(iter(generator.to_dict()))) if power)
    coefficients: dict[int, fmpq] = {}
    for powers, coefficient in polynomial.to_dict().items():
        if any(power for index, power in enumerate(powers) if index != position):
            raise Unusable("more than one variable")
        coefficients[int(powers[position])] = coefficient
    degree = max(coefficients, default=0)
    if degree > 200:
        raise Unusable("the degree is too large")
    return fmpq_poly([coefficients.get(power, 0) for power in range(degree + 1)])
