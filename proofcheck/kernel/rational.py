"""Normal forms: rational functions over the rationals in variables, inner products and function values.

A function value `f(u)` is a generator of its own; two of them are the same generator when their arguments
have the same normal form. A normal form says what a term is *where it is defined*; definedness is the business
of `conditions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from math import comb

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly

from .terms import ONE, ZERO, Apply, Inner, Power, Product, Rational, Sum, Term, Variable, atoms

_MOST_GENERATORS = 500
_MOST_BITS = 200_000
_MOST_WORK = 100_000_000
_SMALL = 64
_MEASURED = _SMALL + 1


class Unusable(ValueError):
    """The term has no normal form here: it divides by zero, is too large, or names something unknown."""


class Full(Unusable):
    """The field has no generator left."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """`numerator / denominator` in lowest terms, the denominator not zero and led by 1: there is one for a value.

    No numerator and no denominator of a coefficient has more than `bits` bits.
    """

    numerator: fmpq_mpoly
    denominator: fmpq_mpoly
    bits: int = field(compare=False, default=0)


class Field:
    """The field of rational functions that a collection of terms generates, which may grow.

    A verdict depends on nothing that was asked before. `work` is what was counted so far, and bounded.

    >>> x = Variable("x")
    >>> field = Field([x])
    >>> field.normal(Power(x, 2)) == field.normal(Product((x, x)))
    True
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        """Make a generator for every variable, inner product and function value of the terms."""
        leaves = dict.fromkeys(atom for term in terms for atom in atoms(term) if not isinstance(atom, Power))
        self._begin(len(leaves))
        for leaf in leaves:
            self.normal(leaf)

    @classmethod
    def growing(cls) -> Field:
        """A field that makes generators when they are needed; where there is no room for one, `normal` raises `Full`."""
        field = cls(())
        field._begin(8)
        return field

    def grow(self) -> None:
        """Forget all normal forms, and make room for twice as many generators. Raises `Unusable`."""
        self._begin(2 * self._room)

    def _begin(self, room: int) -> None:
        if room > _MOST_GENERATORS:
            raise Unusable("too many variables and function values")
        names = [f"x{number}" for number in range(max(1, room))]
        self.work = 0
        self._room = room
        self._context = fmpq_mpoly_ctx.get(names, Ordering.lex)
        self._unused = list(reversed(self._context.gens()))[:room]
        self._one = self._context.constant(1)
        self._monomial_bits = 64 + len(names)
        self._known: dict[Term, Quotient] = {}
        self._applied: list[tuple[str, list[Quotient], Quotient]] = []

    def normal(self, term: Term) -> Quotient:
        """The normal form. Raises `Unusable`, also on a generator for which there is no room."""
        known = self._known.get(term)
        if known is None:
            known = self._known[term] = self._compute(term)
        return known

    def polynomial(self, term: Term) -> Quotient:
        """The normal form of a term written without negative powers. Raises `Unusable`."""
        if any(isinstance(part, Power) for part in atoms(term)):
            raise Unusable("a negative power in a multiplier")
        return self.normal(term)

    def _compute(self, term: Term) -> Quotient:
        match term:
            case Rational(value):
                constant = self._context.constant(fmpq(value.numerator, value.denominator))
                return self._bounded(constant, self._one, _MEASURED)
            case Variable() | Inner():
                return self._generator()
            case Apply(function, parts):
                return self._value(function, [self.normal(part) for part in parts])
            case Sum(parts):
                return reduce(self.sum, map(self.normal, parts)) if parts else self.normal(ZERO)
            case Product(parts):
                return reduce(self.product, map(self.normal, parts)) if parts else self.normal(ONE)
            case Power(base, exponent):
                return self._power(self.normal(base), exponent)

    def _generator(self) -> Quotient:
        if not self._unused:
            raise Full("a variable or function value for which there is no generator")
        return Quotient(self._unused.pop(), self._one, 1)

    def _value(self, function: str, arguments: list[Quotient]) -> Quotient:
        for name, others, generator in self._applied:
            if name == function and arguments == others:
                return generator
        generator = self._generator()
        self._applied.append((function, arguments, generator))
        return generator

    def sum(self, left: Quotient, right: Quotient) -> Quotient:
        """The sum of two normal forms."""
        self._spend(len(left.numerator) + len(right.numerator), left.bits + right.bits)
        if left.denominator.is_one() and right.denominator.is_one():
            return self._bounded(left.numerator + right.numerator, self._one, left.bits + right.bits + 1)
        if left.denominator == right.denominator:
            return self._lowest(left.numerator + right.numerator, left.denominator)
        above = self._times(left, left.numerator, right, right.denominator)
        below = self._times(left, left.denominator, right, right.denominator)
        return self._lowest(above + self._times(right, right.numerator, left, left.denominator), below)

    def product(self, left: Quotient, right: Quotient) -> Quotient:
        """The product of two normal forms."""
        above = self._times(left, left.numerator, right, right.numerator)
        if left.denominator.is_one() and right.denominator.is_one():
            # A coefficient is a sum of at most so many products.
            most = min(len(left.numerator), len(right.numerator))
            return self._bounded(above, self._one, most * (left.bits + right.bits + 1) - 1)
        return self._lowest(above, self._times(left, left.denominator, right, right.denominator))

    def _power(self, base: Quotient, exponent: int) -> Quotient:
        for part in (base.numerator, base.denominator):
            terms = comb(max(len(part), 1) - 1 + abs(exponent), abs(exponent))
            self._spend(terms, abs(exponent) * base.bits)
        if exponent >= 0:
            return self._bounded(base.numerator**exponent, base.denominator**exponent, _MEASURED)
        if base.numerator.is_zero():
            raise Unusable("division by zero")
        return self._lowest(base.denominator**-exponent, base.numerator**-exponent)

    def _times(self, left, one, right, other) -> fmpq_mpoly:
        self._spend(len(one) * len(other), left.bits + right.bits)
        return one * other

    def _spend(self, terms: int, bits: int) -> None:
        """Count the bits that a computation may write, before it begins. Raises `Unusable` when they are too many."""
        self.work += terms * (bits + self._monomial_bits)
        if bits > _MOST_BITS or self.work > _MOST_WORK:
            raise Unusable("the expansion is too large")

    def _lowest(self, numerator: fmpq_mpoly, denominator: fmpq_mpoly) -> Quotient:
        common = numerator.gcd(denominator)
        numerator, denominator = numerator / common, denominator / common
        leading = denominator.leading_coefficient()
        return self._bounded(numerator / leading, denominator / leading, _MEASURED)

    def _bounded(self, numerator: fmpq_mpoly, denominator: fmpq_mpoly, bits: int) -> Quotient:
        """The quotient with a bound for its bits, a measured one if the given one is no small one."""
        if bits > _SMALL:
            bits = max(map(fmpq.height_bits, (*numerator.coeffs(), *denominator.coeffs())))
        return Quotient(numerator, denominator, bits)


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
