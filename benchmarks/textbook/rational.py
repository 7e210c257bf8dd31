"""Rational inequalities: denominators that are positive where it matters, and holes where they are not."""

from __future__ import annotations

from fractions import Fraction

from proofcheck import scalar
from proofcheck.language.expressions import Relation

from .pairs import STEP, Pair, above, below

HLP = "Hardy, Littlewood, Polya, Inequalities, 1934"
MITRINOVIC = "Mitrinovic, Analytic Inequalities, 1970"
HALF = Fraction(1, 2)

a, b, c, d, e = (scalar(name, positive=True) for name in "abcde")
t, x, y, z = (scalar(name) for name in "txyz")
m, n = (scalar(name, at_least=1, at_most=4) for name in "mn")
p = scalar("p", at_least=0, at_most=1)


def olympiad_2005(k: object) -> Relation:
    """The sum of (a^5 - a^2)/(a^5 + b^2 + c^2) under abc >= 1."""
    squares = a**2 + b**2 + c**2
    parts = ((one**5 - one**2) / (one**5 + squares - one**2) for one in (a, b, c))
    return (sum(parts, start=0 * a) >= k).given(a * b * c >= 1)  # type: ignore[operator]


PAIRS: tuple[Pair, ...] = (
    above("Nesbitt", "Nesbitt 1903", lambda k: a / (b + c) + b / (c + a) + c / (a + b) >= k, 3 * HALF),
    above("AM-HM, n = 3", HLP, lambda k: (a + b + c) * (1 / a + 1 / b + 1 / c) >= k, 9),
    above("a number and its inverse", HLP, lambda k: a + 1 / a >= k, 2),
    above("Titu", HLP, lambda k: x**2 / a + y**2 / b >= k * (x + y) ** 2 / (a + b)),
    above("Shapiro, n = 4", "Shapiro 1954", lambda k: a / (b + c) + b / (c + d) + c / (d + a) + d / (a + b) >= k, 2),
    above(
        "Shapiro, n = 5",
        "Shapiro 1954",
        lambda k: a / (b + c) + b / (c + d) + c / (d + e) + d / (e + a) + e / (a + b) >= k,
        5 * HALF,
    ),
    above("IMO 2005", "IMO 2005, problem 3", olympiad_2005, 0),
    above(
        "IMO 1995",
        "IMO 1995, problem 2",
        lambda k: (1 / (a**3 * (b + c)) + 1 / (b**3 * (c + a)) + 1 / (c**3 * (a + b)) >= k).given(a * b * c == 1),
        3 * HALF,
    ),
    below("HM-AM, n = 2", HLP, lambda k: 2 * a * b / (a + b) <= k * (a + b) / 2),
    Pair(
        "1/(1 + x^2), beyond xy = 1",
        MITRINOVIC,
        lambda low: (1 / (1 + a**2) + 1 / (1 + b**2) >= 2 / (1 + a * b)).given(a * b >= low),
        1,
        1 - STEP,
    ),
    below("x/(1 + x^2)", MITRINOVIC, lambda k: x / (1 + x**2) <= k, HALF),
    above(
        "squares over sums",
        MITRINOVIC,
        lambda k: a**2 / (b + c) + b**2 / (c + a) + c**2 / (a + b) >= k * (a + b + c),
        HALF,
    ),
    above("a/(b + 2c)", MITRINOVIC, lambda k: a / (b + 2 * c) + b / (c + 2 * a) + c / (a + 2 * b) >= k),
    above(
        "sides of a triangle",
        "Bottema, Geometric Inequalities, 1969",
        lambda k: (a / (b + c - a) + b / (c + a - b) + c / (a + b - c) >= k).given(b + c > a, c + a > b, a + b > c),
        3,
    ),
    Pair("Bernoulli, exponent -1", MITRINOVIC, lambda k: (1 / (1 + x) >= 1 - k * x).given(x > -1), 1, 1 - STEP),
    below("a quotient of quadratics", MITRINOVIC, lambda k: (x**2 + 1) / (x**2 - x + 1) <= k, 2),
    below("x^2/(1 + x^4)", MITRINOVIC, lambda k: x**2 / (1 + x**4) <= k, HALF),
    above("telescoping", MITRINOVIC, lambda k: 1 / a - 1 / (a + 1) == 1 / (a * (a + k))),
    Pair("x/x away from 0 and everywhere", "a hole", lambda holes: (x / x == 1).given(*holes), (x != 0,), ()),
    Pair(
        "a hole at 1",
        "a hole",
        lambda low: ((x**2 - 1) / (x - 1) == x + 1).given(x >= low),
        1 + STEP,
        1 - STEP,
    ),
    below(
        "Kantorovich, n = 2",
        "Kantorovich 1948",
        lambda k: (p * m + (1 - p) * n) * (p / m + (1 - p) / n) <= k,
        Fraction(25, 16),
    ),
)
