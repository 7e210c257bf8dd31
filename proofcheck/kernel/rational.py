"""Normal forms: rational functions over the rationals in variables, inner products and function values.

A function value `f(u)` is a generator of its own; two of them are the same generator when their arguments
have the same normal form. A normal form says what a term is *where it is defined*; definedness is the business
of `conditions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from math import comb

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly

from .statements import Relation
from .terms import ONE, ZERO, Apply, Inner, Power, Product, Rational, Sum, Term, Variable, atoms

_MOST_GENERATORS = 500
_MOST_BITS = 200_000
_MOST_WORK = 100_000_000


class Unusable(ValueError):
    """The term has no normal form here: it divides by zero, is too large, or names something unknown."""


class Full(Unusable):
    """There is no generator left: a larger field may have one."""


class Quotient:
    """`numerator / denominator` in lowest terms, the denominator not zero and led by 1: there is one for a value.

    Its longest coefficient has so many `bits`, measured once, since each computation asks for them.
    """

    # No dataclass: more of these are made than of anything else, and a frozen one takes twice the time.
    __slots__ = ("bits", "denominator", "numerator")

    def __init__(self, numerator: fmpq_mpoly, denominator: fmpq_mpoly) -> None:
        """Take the two polynomials as they are."""
        bits = _bits(numerator)
        self.numerator, self.denominator = numerator, denominator
        self.bits: int = bits if denominator.is_one() else max(bits, _bits(denominator))

    def __eq__(self, other: object) -> bool:
        """Whether the two are one value."""
        if not isinstance(other, Quotient):
            return NotImplemented
        return bool(self.numerator == other.numerator and self.denominator == other.denominator)

    def is_one(self) -> bool:
        """Whether the value is 1."""
        return bool(self.numerator.is_one() and self.denominator.is_one())


class Field:
    """The field of rational functions in a collection of generators: variables, inner products and function values.

    It begins with nothing known: what is asked later decides at most whether there is a generator left. `work` is what
    was counted so far, and bounded.

    >>> x = Variable("x")
    >>> field = Field([x])
    >>> field.normal(Power(x, 2)) == field.normal(Product((x, x)))
    True
    """

    def __init__(self, terms: Iterable[Term], room: int = 0) -> None:
        """Make a generator for every variable, inner product and function value of the terms, and room for more."""
        leaves = dict.fromkeys(atom for term in terms for atom in atoms(term) if not isinstance(atom, Power))
        if len(leaves) > _MOST_GENERATORS:
            raise Unusable("too many variables and function values")
        self.work = 0
        self._begin(len(leaves) + room)
        for leaf in leaves:
            self.normal(leaf)

    def grow(self) -> None:
        """Begin again with room for twice as many generators. Raises `Unusable`."""
        if self._room >= _MOST_GENERATORS:
            raise Unusable("too many variables and function values")
        self._begin(2 * self._room)

    def _begin(self, room: int) -> None:
        self._room = room
        names = [f"x{number}" for number in range(max(1, room))]
        self._context = fmpq_mpoly_ctx.get(names, Ordering.lex)
        self._unused = [self._context.gen(number) for number in reversed(range(room))]
        self._one = self._context.constant(1)
        self._monomial_bits = 64 + len(names)
        self._normal: dict[int, tuple[Term, Quotient]] = {}
        self._oriented: dict[int, tuple[Relation, Quotient, str]] = {}
        self._generators: dict[Term, Quotient] = {}
        self._applied: list[tuple[str, list[Quotient], Quotient]] = []

    def normal(self, term: Term) -> Quotient:
        """The normal form. Raises `Unusable`, also on a generator for which there is no room."""
        # By identity, since comparing deep terms costs as much as computing; the entry keeps its term alive.
        known = self._normal.get(id(term))
        if known is None:
            known = self._normal[id(term)] = term, self._compute(term)
        return known[1]

    def oriented(self, relation: Relation) -> tuple[Quotient, str]:
        """The normal form of the term that the relation, oriented, compares with 0, and the sign."""
        known = self._oriented.get(id(relation))
        if known is None:
            greater, less, sign = relation.sides()
            value, taken = self.normal(greater), self.normal(less)
            if not taken.numerator.is_zero():
                value = self.sum(value, Quotient(-taken.numerator, taken.denominator))
            known = self._oriented[id(relation)] = relation, value, sign
        return known[1:]

    def polynomial(self, term: Term) -> Quotient:
        """The normal form of a term written without negative powers. Raises `Unusable`."""
        if any(isinstance(part, Power) for part in atoms(term)):
            raise Unusable("a negative power in a multiplier")
        return self.normal(term)

    def _compute(self, term: Term) -> Quotient:
        match term:
            case Rational(value):
                return Quotient(self._context.constant(fmpq(value.numerator, value.denominator)), self._one)
            case Variable() | Inner():
                if term not in self._generators:
                    self._generators[term] = self._generator()
                return self._generators[term]
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
        return Quotient(self._unused.pop(), self._one)

    def _value(self, function: str, arguments: list[Quotient]) -> Quotient:
        for name, others, generator in self._applied:
            if name == function and arguments == others:
                return generator
        generator = self._generator()
        self._applied.append((function, arguments, generator))
        return generator

    def sum(self, left: Quotient, right: Quotient) -> Quotient:
        """The sum of two normal forms."""
        if left.numerator.is_zero():
            return right
        self._spend(len(left.numerator) + len(right.numerator), left.bits + right.bits)
        if left.denominator.is_one() and right.denominator.is_one():
            return Quotient(left.numerator + right.numerator, self._one)
        if left.denominator == right.denominator:
            return _lowest(left.numerator + right.numerator, left.denominator)
        bits = left.bits + right.bits
        return _lowest(
            self._times(left.numerator, right.denominator, bits) + self._times(right.numerator, left.denominator, bits),
            self._times(left.denominator, right.denominator, bits),
        )

    def product(self, left: Quotient, right: Quotient) -> Quotient:
        """The product of two normal forms."""
        if left.is_one():
            return right
        numerator = self._times(left.numerator, right.numerator, left.bits + right.bits)
        if left.denominator.is_one() and right.denominator.is_one():
            return Quotient(numerator, self._one)
        return _lowest(numerator, self._times(left.denominator, right.denominator, left.bits + right.bits))

    def _power(self, base: Quotient, exponent: int) -> Quotient:
        for part in (base.numerator, base.denominator):
            terms = comb(max(len(part), 1) - 1 + abs(exponent), abs(exponent))
            self._spend(terms, abs(exponent) * base.bits)
        if exponent >= 0:
            return Quotient(base.numerator**exponent, base.denominator**exponent)
        if base.numerator.is_zero():
            raise Unusable("division by zero")
        return _lowest(base.denominator**-exponent, base.numerator**-exponent)

    def _times(self, left: fmpq_mpoly, right: fmpq_mpoly, bits: int) -> fmpq_mpoly:
        self._spend(len(left) * len(right), bits)
        return left * right

    def _spend(self, terms: int, bits: int) -> None:
        """Count the bits that a computation may write, before it begins. Raises `Unusable` when they are too many."""
        self.work += terms * (bits + self._monomial_bits)
        if bits > _MOST_BITS or self.work > _MOST_WORK:
            raise Unusable("the expansion is too large")


def _bits(polynomial: fmpq_mpoly) -> int:
    return max(map(fmpq.height_bits, polynomial.coeffs()), default=0)


def _lowest(numerator: fmpq_mpoly, denominator: fmpq_mpoly) -> Quotient:
    common = numerator.gcd(denominator)
    if not common.is_one():
        numerator, denominator = numerator / common, denominator / common
    leading = denominator.leading_coefficient()
    if leading != 1:
        numerator, denominator = numerator / leading, denominator / leading
    return Quotient(numerator, denominator)


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
