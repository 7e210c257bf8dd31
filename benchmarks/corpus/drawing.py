"""Small exact numbers, polynomials and what is written of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from random import Random

from proofcheck import Rational
from proofcheck.language.expressions import Scalar, Vector

Monomial = tuple[int, ...]
Polynomial = Mapping[Monomial, Fraction]


def number(rng: Random, low: int = -3, high: int = 3) -> Fraction:
    """A simple rational."""
    return Fraction(rng.randint(low, high), rng.choice((1, 1, 1, 1, 2, 3, 5)))


def positive(rng: Random, high: int = 5) -> Fraction:
    """A simple positive rational."""
    return Fraction(rng.randint(1, high), rng.choice((1, 1, 1, 2, 3, 7)))


def nonzero(rng: Random) -> Fraction:
    """A simple rational that is not zero."""
    return positive(rng) * rng.choice((1, -1))


def exact(value: Fraction | int) -> Scalar:
    """The number in the author's language."""
    return Rational(Fraction(value).numerator, Fraction(value).denominator)


def added(*parts: Polynomial) -> Polynomial:
    """The sum."""
    total: dict[Monomial, Fraction] = {}
    for part in parts:
        for powers, value in part.items():
            total[powers] = total.get(powers, Fraction(0)) + value
    return {powers: value for powers, value in total.items() if value}


def scaled(weight: Fraction | int, of: Polynomial) -> Polynomial:
    """A multiple."""
    return {powers: weight * value for powers, value in of.items()}


def multiplied(first: Polynomial, second: Polynomial) -> Polynomial:
    """The product."""
    return added(
        *({tuple(map(sum, zip(p, q, strict=True))): a * b} for (p, a), (q, b) in product(first.items(), second.items()))
    )


def constant(value: Fraction | int, variables: int) -> Polynomial:
    """A number as a polynomial."""
    return {(0,) * variables: Fraction(value)} if value else {}


def value_at(of: Polynomial, point: Sequence[Fraction]) -> Fraction:
    """The value at a point."""
    total = Fraction(0)
    for powers, value in of.items():
        for base, power in zip(point, powers, strict=True):
            value *= base**power
        total += value
    return total


def polynomial(rng: Random, variables: int, degree: int, terms: int = 3) -> Polynomial:
    """A random polynomial with few terms."""
    monomials = [powers for powers in product(range(degree + 1), repeat=variables) if sum(powers) <= degree]
    return {powers: nonzero(rng) for powers in rng.sample(monomials, min(terms, len(monomials)))}


def vanishing_at(rng: Random, point: Sequence[Fraction], degree: int = 1) -> Polynomial:
    """A random polynomial that vanishes at a point, and not everywhere."""
    free = polynomial(rng, len(point), degree, rng.randint(2, 3))
    if not any(map(sum, free)):
        place = rng.randrange(len(point))
        free = {tuple(int(k == place) for k in range(len(point))): Fraction(1)}
    return added(free, constant(-value_at(free, point), len(point)))


def written(of: Polynomial, symbols: Sequence[Scalar], rng: Random) -> Scalar:
    """The polynomial multiplied out, its terms in any order."""
    terms: list[Scalar] = []
    for powers, value in rng.sample(sorted(of.items()), len(of)):
        factors = [
            symbol if power == 1 else symbol**power for symbol, power in zip(symbols, powers, strict=True) if power
        ]
        term = exact(value)
        if factors:
            term = factors[0] if value == 1 else exact(value) * factors[0]
            for factor in factors[1:]:
                term = term * factor
        terms.append(term)
    total = terms[0] if terms else exact(0)
    for each in terms[1:]:
        total = total + each
    return total


def combined(coefficients: Sequence[Fraction], vectors: Sequence[Vector]) -> Vector:
    """A linear combination of vectors."""
    total = exact(coefficients[0]) * vectors[0]
    for weight, each in zip(coefficients[1:], vectors[1:], strict=True):
        total = total + exact(weight) * each
    return total
