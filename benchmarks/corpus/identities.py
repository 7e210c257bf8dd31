"""Identities multiplied out, with one coefficient that may be wrong, and sums and integrals in closed form."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from proofcheck import exp, integral, power, scalar, total
from proofcheck.language.expressions import Relation, Scalar

from .case import Case, Values
from .drawing import added, constant, exact, multiplied, nonzero, number, polynomial, positive, written

FAMILY = "identities, sums and integrals"


def multiplied_out(rng: Random) -> Case:
    """A product of polynomials, multiplied out; a false one has a coefficient that is off by little."""
    count = rng.choice((1, 2, 3))
    symbols = [scalar(name) for name in ("x", "y", "z")[:count]]
    factors = [polynomial(rng, count, rng.choice((1, 2))) for _ in range(rng.choice((2, 2, 3)))]
    product = constant(1, count)
    left: Scalar = exact(1)
    for factor in factors:
        product = multiplied(product, factor)
        left = left * written(factor, symbols, rng)
    truth = rng.random() < 0.5
    point = [nonzero(rng) for _ in symbols]
    if not truth:
        powers = rng.choice(sorted(product)) if product else (0,) * count
        product = added(product, {powers: rng.choice((Fraction(1), Fraction(-1, 1000), Fraction(1, 10**12)))})
    relation = left == written(product, symbols, rng)
    where = {symbol.name: value for symbol, value in zip(symbols, point, strict=True)}
    return Case(FAMILY, "a product multiplied out", truth, lambda: relation, "multiplication", (where,))


def sums(rng: Random) -> Case:
    """Sums over an index: linear, monotone, of equal terms; and what is wrong with few terms."""
    i, n, k = scalar("i", at_least=1), scalar("n", at_least=1), scalar("k")
    a, b = scalar("a", index=i), scalar("b", index=i)
    p = positive(rng)
    c = exact(p)
    three: Values = {
        "n": Fraction(3),
        **{("a", j): Fraction(j) for j in (1, 2, 3)},
        **{("b", j): Fraction(j) for j in (1, 2, 3)},
        "k": p,
    }
    one: Values = {"n": Fraction(1), ("a", 1): Fraction(0), ("b", 1): Fraction(0), "k": p}
    statements: list[tuple[bool, str, Relation, Values, str]] = [
        (True, "of equal terms", total(c * k, i, n) == n * (c * k), three, "n times"),
        (True, "of a multiple", total(c * a, i, n) == c * total(a, i, n), three, "linear"),
        (True, "of a sum", total(a + b, i, n) == total(a, i, n) + total(b, i, n), three, "linear"),
        (True, "of squares", total(a**2, i, n) >= total(0 * a, i, n), three, "monotone"),
        (True, "term by term", total(2 * a * b, i, n) <= total(a**2 + b**2, i, n), three, "monotone"),
        (True, "of larger numbers", total(1 + a**2, i, n) >= n, three, "monotone"),
        (False, "of squares, strictly", total(a**2, i, n) > total(0 * a, i, n), one, "zeros"),
        (False, "of products", total(a * b, i, n) == total(a, i, n) * total(b, i, n) / n, three, "Chebyshev's sum"),
        (False, "of squares is a square", total(a**2, i, n) == total(a, i, n) ** 2, three, "cross terms"),
        (False, "of a sum with a number", total(a + 1, i, n) == total(a, i, n) + 1, three, "n times 1"),
        (False, "of the index, as of equal terms", total(i, i, n) == n * n, three, "6 is not 9"),
        (False, "of terms below one", total(a, i, n) <= n, three, "6 > 3"),
        (False, "one term more", total(1 + 0 * a, i, n) >= n + 1, one, "n"),
    ]
    truth, name, relation, point, why = rng.choice(statements)
    return Case(FAMILY, f"a sum {name}", truth, lambda: relation, why, (point,))


def integrals(rng: Random) -> Case:
    """Integrals with a known value, and values just beside; monotone bodies; wrong ends and poles."""
    s, t = scalar("s", nonnegative=True), scalar("t", nonnegative=True)
    free, x = scalar("r"), scalar("x")
    o = scalar("o", positive=True)
    n = rng.randint(1, 6)
    a = nonzero(rng)
    p = exact(a)
    d = exact(rng.choice((Fraction(1, 10), Fraction(1, 1000), Fraction(1, 10**9))))
    q = exact(positive(rng))
    half = exact(Fraction(1, 2))
    statements: list[tuple[bool, str, Relation, str]] = [
        (True, "of a power", integral(s**n, s, 0, t) == t ** (n + 1) / (n + 1), "antiderivative"),
        (False, "of a power, moved", integral(s**n, s, 0, t) == t ** (n + 1) / (n + 1) + d * t, "antiderivative"),
        (False, "of a power, strictly less", integral(s**n, s, 0, t) < t ** (n + 1) / (n + 1) + d * t, "t = 0"),
        (True, "of an exponential", integral(exp(p * s), s, 0, t) == (exp(p * t) - 1) / p, "antiderivative"),
        (False, "of an exponential, sign", integral(exp(p * s), s, 0, t) == (1 - exp(p * t)) / p, "antiderivative"),
        (True, "of a decay, bounded", integral(exp(-q * s), s, 0, t) <= 1 / q, "antiderivative"),
        (False, "of a decay, bounded too well", integral(exp(-q * s), s, 0, t) <= (1 - d) / q, "t large"),
        (True, "of a larger body", integral(s**2 + 1, s, 0, t) >= integral(2 * s, s, 0, t), "monotone"),
        (False, "of a larger body, turned", integral(s**2 + 1, s, 0, t) <= integral(2 * s, s, 0, t), "t = 1"),
        (True, "of a multiple", integral(x * s**n, s, 0, t) == x * integral(s**n, s, 0, t), "linear"),
        (False, "over a pole", integral(free**-2, free, -1, 1) <= 0 * free - 2, "it diverges"),
        (False, "over a pole at its end", integral(1 / o, o, 0, 1) >= 0 * x, "it diverges"),
        (True, "over a root's pole", integral(power(o, half), o, 0, 1) == exact(Fraction(2, 3)) + 0 * x, "open end"),
        (
            False,
            "over a root's pole, moved",
            integral(power(o, half), o, 0, 1) == exact(Fraction(2, 3)) + d + 0 * x,
            "open end",
        ),
        (False, "over a power's pole", integral(power(o, exact(-1 - abs(a))), o, 0, 1) >= 0 * x, "it diverges"),
        (False, "with ends in the wrong order", integral(1 + 0 * free, free, 0, x) >= 0, "x = -1"),
        (
            False,
            "monotone with ends in the wrong order",
            integral(1 + free**2, free, 0, x) >= integral(2 * free, free, 0, x),
            "x = -1",
        ),
        (True, "with equal ends", integral(s**n, s, t, t) == 0, "no length"),
    ]
    truth, name, relation, why = rng.choice(statements)
    return Case(FAMILY, f"an integral {name}", truth, lambda: relation, why)


def telescopes(rng: Random) -> Case:
    """Binomials and factorisations of a certain degree."""
    x, y = scalar("x"), scalar("y")
    n = rng.randint(2, 7)
    factor: Scalar = x ** (n - 1)
    for k in range(1, n):
        factor = factor + x ** (n - 1 - k) * y**k
    slip = rng.choice((Fraction(0), Fraction(0), Fraction(1, 10**6)))
    difference = (x - y) * factor == x**n - y**n + exact(slip) * x * y
    point = {"x": Fraction(2), "y": number(rng) + 5}
    return Case(FAMILY, f"difference of powers {n}", not slip, lambda: difference, "telescopes", (point,))


SHAPES = (multiplied_out, multiplied_out, sums, integrals, integrals, telescopes)
