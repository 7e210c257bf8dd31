"""Equations solved exactly: each for a variable of its own, the other values given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import isqrt

from flint import fmpq, fmpq_poly

from proofcheck.kernel.certificates import Root
from proofcheck.kernel.rational import Field, Unusable, univariate
from proofcheck.kernel.roots import Interval, distinct_roots
from proofcheck.kernel.terms import (
    Apply,
    Inner,
    Power,
    Product,
    Rational,
    Sum,
    Term,
    Variable,
    atoms,
    substitute,
)

from .polynomials import factored, fraction

_LARGEST_DEGREE = 20
_LARGEST_EXPANSION = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """Free variables, and terms that vanish, each solved for its variable once those before are known."""

    free: tuple[str, ...]
    solved: tuple[tuple[Term, str], ...]


def make_plan(variables: tuple[str, ...], equations: tuple[Term, ...], rational: frozenset[str]) -> Plan:
    """A plan for as many of the equations as have a variable of their own, linear occurrences preferred.

    Variables in `rational` take no irrational value, so they come last.

    >>> a, l = Variable("a"), Variable("l")
    >>> make_plan(("a", "l"), (Sum((Power(a, 2), Product((Rational(Fraction(-1, 2)), l)))),), frozenset())
    ... # doctest: +ELLIPSIS
    Plan(free=('a',), solved=((Sum(...), 'l'),))
    """
    left = list(equations)
    solved: list[tuple[Term, str]] = []
    while left:
        choices = [
            (degree, name in rational, place, name)
            for place, term in enumerate(left)
            for name in variables
            if not any(_occurs(other, name) for other in left if other is not term)
            and 0 < (degree := _degree(term, name)) <= _LARGEST_DEGREE
        ]
        if not choices:
            break
        *_, place, name = min(choices)
        solved.insert(0, (left.pop(place), name))
    own = {name for _, name in solved}
    return Plan(tuple(name for name in variables if name not in own), tuple(solved))


def completions(
    plan: Plan, free: Mapping[str, Fraction], rational: frozenset[str]
) -> Iterator[dict[str, Fraction | Root]]:
    """The free values with every solution for the other variables, rational ones first."""

    def complete(values: dict[str, Fraction | Root], place: int) -> Iterator[dict[str, Fraction | Root]]:
        if place == len(plan.solved):
            yield values
            return
        term, name = plan.solved[place]
        if any(isinstance(value, Root) and _occurs(term, known) for known, value in values.items()):
            return
        for solution in solutions(term, name, values):
            if name not in rational or isinstance(solution, Fraction):
                yield from complete(values | {name: solution}, place + 1)

    yield from complete(dict(free), 0)


def solutions(term: Term, name: str, values: Mapping[str, Fraction | Root]) -> Iterator[Fraction | Root]:
    """The real values of a variable at which the term vanishes, rational ones first; 1 and 0 if all do."""
    try:
        polynomial = _numerator(term, name, values)
    except Unusable:
        return
    if polynomial.degree() < 0:
        yield from (Fraction(1), Fraction(0))
        return
    factors = sorted((factor for factor, _ in factored(polynomial)[1]), key=lambda factor: factor.degree())
    for factor in factors:
        if factor.degree() == 1:
            yield fraction(-factor[0] / factor[1])
        else:
            yield from isolated(factor)


def _numerator(term: Term, name: str, values: Mapping[str, Fraction | Root]) -> fmpq_poly:
    """The term's numerator as a polynomial in one variable, the others having values. Raises `Unusable`."""
    known = {other: value for other, value in values.items() if isinstance(value, Fraction)}
    if not any(isinstance(part, Apply) for part in atoms(term)):
        return _quotient(term, name, known)[0]
    closed = _folded(substitute(term, {other: Rational(value) for other, value in known.items()}))
    variable = Variable(name)
    field = Field([closed, variable])
    return univariate(field.normal(closed).numerator, field.normal(variable).numerator)


def _quotient(term: Term, name: str, known: Mapping[str, Fraction]) -> tuple[fmpq_poly, fmpq_poly]:
    """Numerator and denominator, in lowest terms, of a term without function values. Raises `Unusable`."""
    one = fmpq_poly([1])
    match term:
        case Rational(value):
            return fmpq_poly([fmpq(value.numerator, value.denominator)]), one
        case Variable(other) if other == name:
            return fmpq_poly([0, 1]), one
        case Variable(other) if other in known:
            return _quotient(Rational(known[other]), name, known)
        case Sum(parts):
            total = fmpq_poly([0]), one
            for part in parts:
                above, below = _quotient(part, name, known)
                total = _lowest(total[0] * below + above * total[1], total[1] * below)
            return total
        case Product(parts):
            product = one, one
            for part in parts:
                above, below = _quotient(part, name, known)
                product = _lowest(product[0] * above, product[1] * below)
            return product
        case Power(base, exponent):
            above, below = _quotient(base, name, known)
            if exponent < 0:
                above, below, exponent = below, above, -exponent
            if below.degree() < 0:
                raise Unusable("division by zero")
            if max(above.degree(), below.degree()) * exponent > _LARGEST_EXPANSION:
                raise Unusable("the degree is too large")
            return above**exponent, below**exponent
        case _:
            raise Unusable("more than one variable")


def _lowest(above: fmpq_poly, below: fmpq_poly) -> tuple[fmpq_poly, fmpq_poly]:
    common = above.gcd(below) if below.degree() > 0 else None
    return (above / common, below / common) if common is not None and common.degree() > 0 else (above, below)


def isolated(polynomial: fmpq_poly) -> Iterator[Root]:
    """The real roots of an irreducible polynomial of degree 2 or more, each in an interval of its own.

    >>> [(root.lower, root.upper) for root in isolated(fmpq_poly([-2, 0, 1]))]
    [(Fraction(0, 1), Fraction(4, 1)), (Fraction(-4, 1), Fraction(0, 1))]
    """
    coefficients = tuple(fraction(fmpq(part)) for part in polynomial.coeffs())
    largest = 1 + max(abs(part / coefficients[-1]) for part in coefficients[:-1])
    end = Fraction(2 ** (int(largest).bit_length()))

    def within(lower: Fraction, upper: Fraction) -> Iterator[Root]:
        ends = [fmpq(part.numerator, part.denominator) for part in (lower, upper)]
        count = distinct_roots(polynomial, Interval(ends[0], ends[1], lower_open=True, upper_open=True))
        if count == 1:
            yield Root(coefficients, lower, upper)
        elif count > 1:
            middle = (lower + upper) / 2
            yield from within(middle, upper)
            yield from within(lower, middle)

    yield from within(Fraction(0), end)
    yield from within(-end, Fraction(0))


def approximate(value: Fraction | Root) -> float:
    """The float next to a value, or nearly so; infinite where floats end."""
    if isinstance(value, Root):
        lower, upper = value.lower, value.upper
        polynomial = fmpq_poly([fmpq(part.numerator, part.denominator) for part in value.coefficients])
        sign = polynomial(fmpq(lower.numerator, lower.denominator))
        while upper - lower > Fraction(1, 2**60):
            middle = (lower + upper) / 2
            if polynomial(fmpq(middle.numerator, middle.denominator)) * sign > 0:
                lower = middle
            else:
                upper = middle
        value = lower
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _occurs(term: Term, name: str) -> bool:
    return Variable(name) in atoms(term)


@lru_cache(maxsize=4096)
def _degree(term: Term, name: str) -> int:
    """The degree in the variable of the term's numerator; 0 if it does not occur, or inside a function."""
    variable = Variable(name)
    parts = atoms(term)
    if variable not in parts or any(isinstance(part, Apply) and _occurs(part, name) for part in parts):
        return 0
    try:
        field = Field([term, variable])
        numerator, generator = field.normal(term).numerator, field.normal(variable).numerator
    except Unusable:
        return 0
    position = next(place for place, power in enumerate(generator.degrees()) if power)
    return int(numerator.degrees()[position])


def _folded(term: Term) -> Term:
    """The term with the square roots of rational squares drawn, inside out."""
    match term:
        case Sum(parts):
            return Sum(tuple(map(_folded, parts)))
        case Product(parts):
            return Product(tuple(map(_folded, parts)))
        case Power(base, exponent):
            return Power(_folded(base), exponent)
        case Apply(function, parts):
            return _drawn(Apply(function, tuple(map(_folded, parts))))
        case Rational() | Variable() | Inner():
            return term


def _drawn(term: Apply) -> Term:
    if term.function != "sqrt":
        return term
    normal = Field([term]).normal(term.arguments[0])
    if not (normal.numerator.is_constant() and normal.denominator.is_constant()) or normal.numerator.is_zero():
        return Rational(Fraction(0)) if normal.numerator.is_zero() else term
    value = fraction(normal.numerator.leading_coefficient() / normal.denominator.leading_coefficient())
    if value < 0:
        return term
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    return Rational(root) if root**2 == value else term
