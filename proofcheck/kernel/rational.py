"""Normal forms: rational functions over the rationals in variables, inner products and function values.

A function value `f(u)` is a generator of its own; two of them are the same generator when their arguments
have the same normal form. So is the base of a power that is too large to expand. A normal form says what a term is
*where it is defined*; definedness is the business of `conditions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import comb

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly

from .terms import Apply, Inner, Power, Product, Rational, Sum, Term, Variable, subterms

_MOST_TERMS = 50_000
_LARGE_EXPONENT = 20
_MOST_BITS = 200_000


class Unusable(ValueError):
    """The term has no normal form here: it divides by zero, is too large, or names something unknown."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """`numerator / denominator` in lowest terms; the denominator is not the zero polynomial."""

    numerator: fmpq_mpoly
    denominator: fmpq_mpoly


@lru_cache(maxsize=4096)
def leaves(term: Term) -> tuple[Term, ...]:
    """The variables, inner products, function values and large powers in a term, inside out, each once."""
    return tuple(dict.fromkeys(part for part in subterms(term) if _is_leaf(part)))


def _is_leaf(part: Term) -> bool:
    return isinstance(part, Variable | Inner | Apply) or _is_large_power(part)


def _is_large_power(part: Term) -> bool:
    return isinstance(part, Power) and abs(part.exponent) > _LARGE_EXPONENT


def field_of(terms: Iterable[Term]) -> Field:
    """The field that the terms generate: one for all terms with the same leaves, so that it computes each once.

    Raises `Unusable`.
    """
    return _field(tuple(dict.fromkeys(leaf for term in terms for leaf in leaves(term))))


@lru_cache(maxsize=64)
def _field(leaves: tuple[Term, ...]) -> Field:
    return Field(leaves)


class Field:
    """The field of rational functions that leaves generate: variables, inner products and function values.

    >>> x = Variable("x")
    >>> field = field_of([x])
    >>> equal(field.normal(Power(x, 2)), field.normal(Product((x, x))))
    True
    """

    def __init__(self, leaves: Sequence[Term]) -> None:
        """Make a generator for each; the leaves of a function value's arguments come before it."""
        names = [f"x{number}" for number in range(max(1, len(leaves)))]
        self._context = fmpq_mpoly_ctx.get(names, Ordering.lex)
        self._unused = list(reversed(self._context.gens()))
        self._one = self._context.constant(1)
        self._generators: dict[Term, fmpq_mpoly] = {}
        self._applied: list[tuple[str, list[Quotient], fmpq_mpoly]] = []
        self._normal: dict[Term, Quotient] = {}
        #: Whether every power was expanded.
        self.expands = True
        self._closed = False
        for leaf in leaves:
            self.normal(leaf)
        self._closed = True

    def normal(self, term: Term) -> Quotient:
        """The normal form. Raises `Unusable`, also on a generator that the field does not have."""
        known = self._normal.get(term)
        if known is None:
            known = self._normal[term] = self._compute(term)
        return known

    def polynomial(self, term: Term) -> fmpq_mpoly:
        """The normal form of a term written without negative powers. Raises `Unusable`."""
        for part in subterms(term):
            if isinstance(part, Power) and part.exponent < 0:
                raise Unusable("a negative power in a multiplier")
        return self.normal(term).numerator

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
                known = self.normal(base)
                if _is_large_power(term) and _is_too_large(known, exponent):
                    known = Quotient(self._value("base of a large power", [known]), self._one)
                    self.expands = False
                return self._power(known, exponent)

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
            if name == function and all(map(equal, arguments, others)):
                return generator
        generator = self._fresh()
        self._applied.append((function, arguments, generator))
        return generator

    def square(self, term: Term) -> Quotient:
        """The square of a term written without negative powers. Raises `Unusable`."""
        root = self.polynomial(term)
        return Quotient(_times(root, root), self._one)

    def sum(self, left: Quotient, right: Quotient) -> Quotient:
        """The sum of two normal forms."""
        if left.denominator.is_one() and right.denominator.is_one():
            return Quotient(left.numerator + right.numerator, self._one)
        if left.denominator == right.denominator:
            return _lowest(left.numerator + right.numerator, left.denominator)
        return _lowest(
            _times(left.numerator, right.denominator) + _times(right.numerator, left.denominator),
            _times(left.denominator, right.denominator),
        )

    def product(self, left: Quotient, right: Quotient) -> Quotient:
        """The product of two normal forms."""
        if left.denominator.is_one() and right.denominator.is_one():
            return Quotient(_times(left.numerator, right.numerator), self._one)
        return _lowest(_times(left.numerator, right.numerator), _times(left.denominator, right.denominator))

    def _power(self, base: Quotient, exponent: int) -> Quotient:
        if _is_too_large(base, exponent):
            raise Unusable(f"a sum to the power {exponent} is too large to expand")
        for part in (base.numerator, base.denominator):
            if abs(exponent) * max((c.height_bits() for c in part.coeffs()), default=0) > _MOST_BITS:
                raise Unusable("the coefficients grow too large")
        if exponent >= 0:
            return Quotient(base.numerator**exponent, base.denominator**exponent)
        if base.numerator.is_zero():
            raise Unusable("division by zero")
        return _lowest(base.denominator**-exponent, base.numerator**-exponent)


def _is_too_large(base: Quotient, exponent: int) -> bool:
    sizes = (len(base.numerator), len(base.denominator))
    return any(size > 1 and comb(size + abs(exponent), abs(exponent)) > _MOST_TERMS for size in sizes)


def equal(left: Quotient, right: Quotient) -> bool:
    """Whether two normal forms are the same rational function."""
    return bool(_times(left.numerator, right.denominator) == _times(right.numerator, left.denominator))


def _times(left: fmpq_mpoly, right: fmpq_mpoly) -> fmpq_mpoly:
    if len(left) * len(right) > _MOST_TERMS * 20:
        raise Unusable("the expansion is too large")
    product = left * right
    if len(product) > _MOST_TERMS:
        raise Unusable("the expansion is too large")
    return product


def _lowest(numerator: fmpq_mpoly, denominator: fmpq_mpoly) -> Quotient:
    if denominator.is_constant():
        return Quotient(numerator / denominator.leading_coefficient(), denominator**0)
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
