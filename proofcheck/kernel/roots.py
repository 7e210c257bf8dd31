"""Real roots of rational polynomials in one variable, counted exactly by Sturm's theorem."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from flint import fmpq, fmpq_poly

#: Degree cubed times the bits of a coefficient: a second of Sturm's chain has about a hundred million.
_MOST_WORK = 20_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A real interval with rational ends; None is infinity. Its interior is not empty."""

    lower: fmpq | None
    upper: fmpq | None
    lower_open: bool
    upper_open: bool


def distinct_roots(polynomial: fmpq_poly, interval: Interval) -> int:
    """The number of distinct roots in the interval, which has an interior; the polynomial is not zero."""
    chain = _sturm_chain(polynomial)
    count = _variations(chain, interval.lower, below=True) - _variations(chain, interval.upper, below=False)
    # Sturm counts the half-open interval (lower, upper].
    if interval.lower is not None and not interval.lower_open and polynomial(interval.lower) == 0:
        count += 1
    if interval.upper is not None and interval.upper_open and polynomial(interval.upper) == 0:
        count -= 1
    return count


def holds(polynomial: fmpq_poly, sign: str, interval: Interval) -> bool:
    """Whether `polynomial sign 0` is known on the whole interval, for a sign among `>=`, `>`, `!=`.

    Of a polynomial of a high degree with long coefficients nothing is known: Sturm's chain would take minutes.
    """
    if polynomial.degree() < 0:
        return sign == ">="
    if polynomial.degree() ** 3 * polynomial.numer().height_bits() > _MOST_WORK:
        return False
    sample = polynomial(_inside(polynomial, interval))
    if sign != ">=":
        return distinct_roots(polynomial, interval) == 0 and (sign == "!=" or sample > 0)
    interior = Interval(interval.lower, interval.upper, lower_open=True, upper_open=True)
    changing = fmpq_poly([1])
    for factor, multiplicity in polynomial.factor()[1]:
        if multiplicity % 2:
            changing *= factor
    return distinct_roots(changing, interior) == 0 and sample > 0


def _sturm_chain(polynomial: fmpq_poly) -> list[fmpq_poly]:
    square_free = polynomial // polynomial.gcd(polynomial.derivative()) if polynomial.degree() else polynomial
    chain = [square_free, square_free.derivative()]
    while chain[-1].degree() >= 0:
        rest = chain[-2] % chain[-1]
        # A positive factor changes no sign, and keeps the coefficients small.
        chain.append(-rest / abs(rest.leading_coefficient()) if rest.degree() >= 0 else rest)
    return chain[:-1]


def _variations(chain: list[fmpq_poly], at: fmpq | None, *, below: bool) -> int:
    """The sign changes of the chain at a point, or at minus (`below`) or plus infinity."""
    if at is None:
        values = [part.leading_coefficient() * (-1 if below and part.degree() % 2 else 1) for part in chain]
    else:
        values = [value for part in chain if (value := part(at)) != 0]
    return sum(1 for first, second in pairwise(values) if first * second < 0)


def _inside(polynomial: fmpq_poly, interval: Interval) -> fmpq:
    """A point inside the interval that is no root."""
    lower = interval.lower if interval.lower is not None else (interval.upper or fmpq(0)) - 1
    upper = interval.upper if interval.upper is not None else lower + 1
    candidates = int(polynomial.degree()) + 1
    points = (lower + (upper - lower) * fmpq(k, candidates + 1) for k in range(1, candidates + 1))
    return next(point for point in points if polynomial(point) != 0)
