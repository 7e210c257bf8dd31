"""Square roots and absolute values."""

from __future__ import annotations

from fractions import Fraction

from proofcheck import absolute, scalar, sqrt
from proofcheck.language.expressions import Relation

from .pairs import STEP, Pair, above, below

HLP = "Hardy, Littlewood, Polya, Inequalities, 1934"
MITRINOVIC = "Mitrinovic, Analytic Inequalities, 1970"
HALF = Fraction(1, 2)

a, b, c, d = (scalar(name, nonnegative=True) for name in "abcd")
p, q, r = (scalar(name, positive=True) for name in "pqr")
x, y, z, w = (scalar(name) for name in "xyzw")
minus = scalar("h", at_least=-1)
unit = scalar("v", at_least=-1, at_most=1)


def olympiad_2001(k: object) -> Relation:
    """The sum of a/sqrt(a^2 + 8 b c)."""
    parts = (one / sqrt(one**2 + 8 * two * three) for one, two, three in ((p, q, r), (q, r, p), (r, p, q)))
    return sum(parts, start=0 * p) >= k  # type: ignore[operator]


PAIRS: tuple[Pair, ...] = (
    below("AM-GM, n = 2", HLP, lambda k: sqrt(a * b) <= k * (a + b) / 2),
    above("the root is subadditive", HLP, lambda k: sqrt(a) + sqrt(b) >= k * sqrt(a + b)),
    below("tangent of the root", MITRINOVIC, lambda k: sqrt(1 + minus) <= 1 + k * minus, HALF),
    above("QM-AM, n = 2", HLP, lambda k: sqrt((a**2 + b**2) / 2) >= k * (a + b) / 2),
    below(
        "Minkowski, n = 2",
        HLP,
        lambda k: sqrt((x + z) ** 2 + (y + w) ** 2) <= k * (sqrt(x**2 + y**2) + sqrt(z**2 + w**2)),
    ),
    below("triangle inequality on the line", HLP, lambda k: absolute(x + y) <= k * (absolute(x) + absolute(y))),
    below(
        "inverse triangle inequality on the line",
        HLP,
        lambda k: absolute(absolute(x) - absolute(y)) <= k * absolute(x - y),
    ),
    below("difference of roots", MITRINOVIC, lambda k: sqrt(p + 1) - sqrt(p) <= k / (2 * sqrt(p))),
    above("above its asymptote", MITRINOVIC, lambda k: sqrt(x**2 + 1) - x > k, 0),
    above("a quotient with a root", MITRINOVIC, lambda k: (x**2 + 2) / sqrt(x**2 + 1) >= k, 2),
    above("IMO 2001", "IMO 2001, problem 2", olympiad_2001),
    Pair(
        "IMO 1960",
        "IMO 1960, problem 2",
        lambda top: (4 * x**2 / (1 - sqrt(1 + 2 * x)) ** 2 < 2 * x + 9).given(x >= -HALF, x < top, x != 0),
        Fraction(45, 8),
        Fraction(45, 8) + STEP,
    ),
    below("HM-GM, n = 2", HLP, lambda k: 2 * p * q / (p + q) <= k * sqrt(p * q)),
    above("the root is concave", HLP, lambda k: sqrt((a + b) / 2) >= k * (sqrt(a) + sqrt(b)) / 2),
    Pair(
        "two roots of numbers", MITRINOVIC, lambda k: sqrt(2) + sqrt(3) > k, Fraction(3146, 1000), Fraction(3147, 1000)
    ),
    Pair("a nested root", MITRINOVIC, lambda k: sqrt(5 + 2 * sqrt(k)) == sqrt(2) + sqrt(3), 6, 6 + STEP),
    above(
        "sums of roots that are close",
        "Graham; O'Rourke 1981",
        lambda k: sqrt(10) + sqrt(11) > k * (sqrt(5) + sqrt(18)),
    ),
    Pair("the root of a square", HLP, lambda low: (sqrt(x**2) == x).given(x >= low), 0, -STEP),
    below(
        "APMO 1996",
        "APMO 1996, problem 5",
        lambda k: (sqrt(p + q - r) + sqrt(q + r - p) + sqrt(r + p - q) <= k * (sqrt(p) + sqrt(q) + sqrt(r))).given(
            p + q > r, q + r > p, r + p > q
        ),
    ),
    above("below the circle", MITRINOVIC, lambda k: sqrt(1 - unit**2) <= 1 - k * unit**2, HALF),
    below("Heronian mean", HLP, lambda k: sqrt(a * b) <= k * (a + sqrt(a * b) + b) / 3),
    below("Taylor's second term", MITRINOVIC, lambda k: sqrt(1 + a) >= 1 + a / 2 - k * a**2, Fraction(1, 8)),
)
