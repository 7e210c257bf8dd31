"""Orders of growth: products of powers under given orders, then logarithms, exponentials and sums in one quantity."""

from __future__ import annotations

from fractions import Fraction

from proofcheck import exp, log, power, scalar, sqrt
from proofcheck.language.expressions import number

from .pairs import Growth, Pair

KNUTH = "Graham, Knuth, Patashnik, Concrete Mathematics, 1994, chapter 9"
PAPER = "Bu, Xu, Chen 2021, the widths"
HARDY = "Hardy, Orders of Infinity, 1910"

n, m, d = (scalar(name, positive=True) for name in "nmd")
a, b, c = (scalar(name, positive=True) for name in "abc")
loss, low = scalar("L", positive=True), scalar("l", positive=True)
one = number(1)


def alone(left: object, right: object) -> Growth:
    """An order in n alone."""
    return Growth(number(left), number(right), large=(n,))


PAIRS: tuple[Pair, ...] = (
    Pair("powers", KNUTH, lambda k: alone(n**2, n**k), 3, 1),
    Pair("large powers", KNUTH, lambda k: alone(n**100, n**k), 100, 99),
    Pair("constants do not count", KNUTH, lambda k: alone(10**6 * n**2, n**k / 10**6), 2, 1),
    Pair("roots of powers", KNUTH, lambda k: alone(sqrt(n) * n, n**k), 2, 1),
    Pair("a small quantity", KNUTH, lambda k: Growth(n / d, n / d**k, large=(n,), small=(d,)), 1, 0),
    Pair("two large quantities", KNUTH, lambda k: Growth(n * m, n**2 * m**k, large=(n, m)), 1, 0),
    Pair("a given order", KNUTH, lambda k: Growth(m**k, n**2, large=(n,), given=((m, n),)), 2, 3),
    Pair("a chain of orders", KNUTH, lambda k: Growth(a**k, c, large=(a, b, c), given=((a, b), (b, c))), 1, 2),
    Pair("a root of an order", KNUTH, lambda k: Growth(sqrt(a), b**k, large=(b,), given=((a, b**2),)), 1, 0),
    Pair("a product is bounded", KNUTH, lambda k: Growth(a if k else b, one, large=(a,), given=((a * b, one),)), 0, 1),
    Pair("a geometric mean", KNUTH, lambda k: Growth(sqrt(a * b), n**k, large=(n,), given=((a, n), (b, n**3))), 2, 1),
    Pair(
        "width, Heavy Ball",
        PAPER,
        lambda k: Growth(
            n**5 * loss / (d**2 * low**4), n**k / (d**3 * low**4), large=(n,), small=(d, low), given=((loss, n / d),)
        ),
        6,
        5,
    ),
    Pair(
        "width, gradient descent",
        PAPER,
        lambda k: Growth(n**3 * loss / low**4, n**4 / (d * low**k), large=(n,), small=(d, low), given=((loss, n / d),)),
        4,
        3,
    ),
    Pair("a logarithm", HARDY, lambda k: alone(log(1 + n) ** k, n) if k else alone(n, log(1 + n)), 1, 0),
    Pair(
        "a logarithm and a root", HARDY, lambda k: alone(log(1 + n), sqrt(n)) if k else alone(sqrt(n), log(1 + n)), 1, 0
    ),
    Pair("a power and an exponential", HARDY, lambda k: alone(n**5, exp(n)) if k else alone(exp(n), n**5), 1, 0),
    Pair("n log n", KNUTH, lambda k: alone(n * log(1 + n), n**k), 2, 1),
    Pair("two exponentials", HARDY, lambda k: alone(exp(n), exp(k * n)), 2, Fraction(1, 2)),
    Pair("a sum", KNUTH, lambda k: alone(n**2 + 3 * n, n**k), 2, 1),
    Pair(
        "a quasi-polynomial",
        HARDY,
        lambda k: alone(power(1 + n, log(1 + n)), exp(n)) if k else alone(exp(n), power(1 + n, log(1 + n))),
        1,
        0,
    ),
    Pair(
        "an iterated logarithm",
        HARDY,
        lambda k: alone(log(1 + log(1 + n)), log(1 + n)) if k else alone(log(1 + n), log(1 + log(1 + n))),
        1,
        0,
    ),
    Pair("cancellation", KNUTH, lambda k: alone(sqrt(n**2 + 1) - n, 1 / n**k), 1, 2),
    Pair("an exponential of a root", HARDY, lambda k: alone(exp(k * sqrt(n)), exp(sqrt(n) + log(n))), 1, 2),
)
