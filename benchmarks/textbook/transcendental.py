"""Exponentials, logarithms, real powers, sine and cosine."""

from __future__ import annotations

from fractions import Fraction

from proofcheck import Rational, arccos, cos, exp, log, pi, power, scalar, sin, sqrt

from .pairs import STEP, Pair, above, below

HLP = "Hardy, Littlewood, Polya, Inequalities, 1934"
MITRINOVIC = "Mitrinovic, Analytic Inequalities, 1970"
TOPSOE = "Topsoe, Some bounds for the logarithmic function, 2007"
HALF = Fraction(1, 2)

x, y = scalar("x"), scalar("y", positive=True)
a, b = scalar("a", positive=True), scalar("b", positive=True)
s = scalar("s", nonnegative=True)
t = scalar("t", nonnegative=True)
angle = scalar("w", nonnegative=True)
p, q = scalar("p", positive=True, below=1), scalar("q", positive=True, below=1)
unit = scalar("v", at_least=0, at_most=1)
acute = (angle < pi / 2,)
divergence = p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))

PAIRS: tuple[Pair, ...] = (
    above("tangent of exp at 0", HLP, lambda k: exp(x) >= 1 + k * x),
    below("tangent of log at 1", HLP, lambda k: log(y) <= k * (y - 1)),
    Pair("log(1 + x) from below", TOPSOE, lambda k: (log(1 + x) >= k * x / (1 + x)).given(x > -1), 1, 1 - STEP),
    below("log(1 + x), Pade (2, 1)", TOPSOE, lambda k: log(1 + s) <= k * s * (6 + s) / (6 + 4 * s)),
    above("log(1 + x), 2 x/(2 + x)", TOPSOE, lambda k: log(1 + s) >= k * 2 * s / (2 + s)),
    below("log(1 + x), x/sqrt(1 + x)", TOPSOE, lambda k: log(1 + s) <= k * s / sqrt(1 + s)),
    above("Jordan", MITRINOVIC, lambda k: (sin(angle) >= k * angle).given(angle <= pi / 2), 2 / pi),
    below("sine below its argument", MITRINOVIC, lambda k: sin(angle) <= k * angle),
    above("Huygens", MITRINOVIC, lambda k: (2 * sin(angle) + sin(angle) / cos(angle) >= k * angle).given(*acute), 3),
    below("Cusa", MITRINOVIC, lambda k: (3 * sin(angle) <= k * angle * (2 + cos(angle))).given(angle <= pi / 2)),
    below("cosine above its parabola", MITRINOVIC, lambda k: cos(x) >= 1 - k * x**2, HALF),
    above(
        "Young, p = 3",
        HLP,
        lambda k: k * a * b <= a**3 / 3 + Rational(2, 3) * power(b, Rational(3, 2)),
    ),
    above(
        "Bernoulli, exponent 3/2",
        MITRINOVIC,
        lambda k: (power(1 + x, Rational(3, 2)) >= 1 + k * x).given(x > -1),
        Fraction(3, 2),
    ),
    Pair(
        "Bernoulli, any exponent",
        MITRINOVIC,
        lambda low: (power(1 + x, s) >= 1 + s * x).given(x > -1, s >= low),
        1,
        1 - STEP,
    ),
    Pair(
        "weighted AM-GM",
        HLP,
        lambda top: (power(a, t) * power(b, 1 - t) <= t * a + (1 - t) * b).given(t <= top),
        1,
        1 + STEP,
    ),
    below("x log x", MITRINOVIC, lambda k: y * log(y) >= -k * exp(-1)),
    below("log below a root", MITRINOVIC, lambda k: log(y) <= k * sqrt(y), 2 * exp(-1)),
    above("Pythagoras", MITRINOVIC, lambda k: sin(x) ** 2 + cos(x) ** 2 == k),
    below("cosh below a Gaussian", "Hoeffding 1963", lambda k: (exp(x) + exp(-x)) / 2 <= exp(k * x**2), HALF),
    Pair("exp below 1/(1 - x)", HLP, lambda k: (exp(x) <= 1 / (1 - k * x)).given(x < 1), 1, 1 - STEP),
    above("tangent of exp at 1", HLP, lambda k: exp(x) >= k * exp(1) * x),
    above("Pinsker, two points", "Pinsker 1960; Csiszar 1967", lambda k: divergence >= k * (p - q) ** 2, 2),
    above(
        "logarithmic mean",
        "Carlson 1972",
        lambda k: (a - b >= k * sqrt(a * b) * (log(a) - log(b))).given(a > b),
    ),
    Pair("pi^e and e^pi", MITRINOVIC, lambda k: power(pi, exp(1)) < k * exp(pi), 1, Fraction(97, 100)),
    Pair("e^pi - pi and 20", "Sloane, OEIS A018938", lambda k: exp(pi) - pi < k, 20, 20 - STEP),
    above("arc cosine below its tangent", MITRINOVIC, lambda k: arccos(unit) <= pi / 2 - k * unit),
)
