"""Polynomial inequalities: means, symmetric forms, forms that are no sums of squares, one variable."""

from __future__ import annotations

from itertools import combinations
from math import prod

from proofcheck import scalar
from proofcheck.language.expressions import Relation, Scalar

from .pairs import Pair, above, below

HLP = "Hardy, Littlewood, Polya, Inequalities, 1934"
MITRINOVIC = "Mitrinovic, Analytic Inequalities, 1970"
REZNICK = "Reznick, Some concrete aspects of Hilbert's 17th problem, 2000"

a, b, c, d, e = (scalar(name) for name in "abcde")
p, q, r, s, u = (scalar(name, nonnegative=True) for name in "pqrsu")
w, x, y, z = (scalar(name) for name in "wxyz")
minus = scalar("h", at_least=-1)
unit = scalar("v", at_least=-1, at_most=1)


def schur(first: Scalar, second: Scalar, third: Scalar, power: int) -> Scalar:
    """Schur's sum."""
    return (
        first**power * (first - second) * (first - third)
        + second**power * (second - first) * (second - third)
        + third**power * (third - first) * (third - second)
    )


def differences(count: int) -> Relation:
    """The sum over i of the product of x_i - x_j, j != i, is not negative."""
    numbers = (a, b, c, d, e)[:count]
    products = (prod((one - other for other in numbers if other is not one), start=1) for one in numbers)
    return sum(products, start=0 * a) >= 0


def chebyshev(degree: int) -> Scalar:
    """Chebyshev's polynomial T_n at v, by its recursion."""
    last: Scalar = 1 + 0 * unit
    here: Scalar = unit
    for _ in range(degree - 1):
        last, here = here, 2 * unit * here - last
    return here


def robinson(k: object) -> Relation:
    """Robinson's form, with another coefficient of x^2 y^2 z^2."""
    sixth = x**6 + y**6 + z**6
    mixed = sum((m**4 * n**2 + m**2 * n**4 for m, n in combinations((x, y, z), 2)), start=0 * x)
    return sixth + k * (x**2 * y**2 * z**2) >= mixed  # type: ignore[operator]


PAIRS: tuple[Pair, ...] = (
    above("two squares", HLP, lambda k: a**2 + b**2 >= k * a * b, 2),
    above("three squares", HLP, lambda k: a**2 + b**2 + c**2 >= k * (a * b + b * c + c * a)),
    above("AM-GM, n = 3", HLP, lambda k: p**3 + q**3 + r**3 >= k * p * q * r, 3),
    above("AM-GM, n = 4", HLP, lambda k: a**4 + b**4 + c**4 + d**4 >= k * a * b * c * d, 4),
    above("AM-GM, n = 5", HLP, lambda k: p**5 + q**5 + r**5 + s**5 + u**5 >= k * p * q * r * s * u, 5),
    above("Schur, degree 3", HLP, lambda k: schur(p, q, r, 1) >= k * p * q * r, 0),
    above("Schur, degree 4", HLP, lambda k: schur(a, b, c, 2) >= k * (a * b * c) * (a + b + c), 0),
    above("Motzkin", REZNICK, lambda k: x**4 * y**2 + x**2 * y**4 + 1 >= k * x**2 * y**2, 3),
    below("Robinson", REZNICK, robinson, 3),
    above(
        "Choi-Lam, three variables",
        REZNICK,
        lambda k: x**4 * y**2 + y**4 * z**2 + z**4 * x**2 >= k * (x * y * z) ** 2,
        3,
    ),
    above(
        "Choi-Lam, four variables",
        REZNICK,
        lambda k: w**4 + x**2 * y**2 + y**2 * z**2 + z**2 * x**2 >= k * w * x * y * z,
        4,
    ),
    above(
        "Cauchy, n = 3",
        HLP,
        lambda k: (a**2 + b**2 + c**2) * (x**2 + y**2 + z**2) >= k * (a * x + b * y + c * z) ** 2,
    ),
    above(
        "Chebyshev's sum, n = 2",
        HLP,
        lambda k: (2 * (a * x + b * y) >= k * (a + b) * (x + y)).given(a >= b, x >= y, b >= 0, y >= 0),
    ),
    below("power means", HLP, lambda k: (a + b) ** 4 <= k * (a**4 + b**4), 8),
    above(
        "Cirtoaje",
        "Cirtoaje, GM-B 7-8, 1992",
        lambda k: (a**2 + b**2 + c**2) ** 2 >= k * (a**3 * b + b**3 * c + c**3 * a),
        3,
    ),
    above("Muirhead (5, 1), (3, 3)", HLP, lambda k: p**5 * q + p * q**5 >= k * p**3 * q**3, 2),
    above(
        "Stengle",
        "Stengle, Complexity estimates for the Schmuedgen Positivstellensatz, 1996",
        lambda k: (1 - x**2 >= k).given((1 - x**2) ** 3 >= 0),
        0,
    ),
    above("Bernoulli, n = 10", MITRINOVIC, lambda k: (1 + minus) ** 10 >= 1 + k * minus, 10),
    above("Bernoulli, n = 1000", MITRINOVIC, lambda k: (1 + minus) ** 1000 >= 1 + k * minus, 1000),
    above("a quartic", MITRINOVIC, lambda k: x**4 - 4 * x + 3 >= k, 0),
    below("Chebyshev's polynomial, degree 10", MITRINOVIC, lambda k: chebyshev(10) <= k),
    above("infimum not attained", REZNICK, lambda k: (x * y - 1) ** 2 + x**2 > k, 0),
    Pair("products of differences", "IMO 1971, problem 1", differences, 5, 4),
    above("an agiform of degree 12", REZNICK, lambda k: x**12 + y**12 + 4 >= k * x**2 * y**2, 6),
)
