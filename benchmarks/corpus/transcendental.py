"""Exponentials, logarithms, sine and cosine: tangents at their point, convexity, rules, and the ends of domains."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from proofcheck import arccos, cos, exp, log, pi, scalar, sin, sqrt
from proofcheck.language.expressions import Relation

from .case import Case, Values
from .drawing import exact, nonzero, number, positive
from .tight import Tight, case_of

FAMILY = "transcendental"


def tangents(rng: Random) -> Case:
    """The exponential over its tangents, the logarithm under them, moved along the axis and put into each other."""
    s, x, y = scalar("s"), scalar("x", positive=True), scalar("y", positive=True)
    u = scalar("u", nonnegative=True)
    m, n = nonzero(rng), positive(rng)
    p, q = exact(m), exact(n)
    zero, one = Fraction(0), Fraction(1)
    statements: list[tuple[str, Relation, Values, Values]] = [
        ("exponential", exp(s) >= 1 + s, {"s": zero}, {"s": one}),
        ("exponential, moved", exp(s - p) >= 1 + s - p, {"s": m}, {"s": m + 1}),
        ("exponential, stretched", exp(p * s) >= 1 + p * s, {"s": zero}, {"s": one}),
        ("exponential at another point", exp(s) >= exp(p) * (1 + s - p), {"s": m}, {"s": m + 1}),
        ("exponential to second order", exp(u) >= 1 + u + u**2 / 2, {"u": zero}, {"u": one}),
        ("exponential to third order", exp(u) >= 1 + u + u**2 / 2 + u**3 / 6, {"u": zero}, {"u": one}),
        ("falling exponential", exp(-u) <= 1 - u + u**2 / 2, {"u": zero}, {"u": one}),
        ("one less a falling one", 1 - exp(-u) <= u, {"u": zero}, {"u": one}),
        ("logarithm", log(x) <= x - 1, {"x": one}, {"x": Fraction(2)}),
        ("logarithm at another point", log(x) <= log(q) + (x - q) / q, {"x": n}, {"x": 2 * n}),
        ("logarithm from below", log(x) >= 1 - 1 / x, {"x": one}, {"x": Fraction(2)}),
        ("logarithm of one more", log(1 + u) <= u, {"u": zero}, {"u": one}),
        ("logarithm of one more, from below", log(1 + u) >= u / (1 + u), {"u": zero}, {"u": one}),
        ("logarithm of one more, better", log(1 + u) >= 2 * u / (2 + u), {"u": zero}, {"u": one}),
        ("logarithm of one more, second order", log(1 + u) >= u - u**2 / 2, {"u": zero}, {"u": one}),
        ("entropy", x * log(x) >= x - 1, {"x": one}, {"x": Fraction(2)}),
        ("relative entropy", x * log(x / y) >= x - y, {"x": n, "y": n}, {"x": n, "y": 2 * n}),
        ("Young for exponentials", x * s <= exp(s) + x * log(x) - x, {"x": one, "s": zero}, {"x": one, "s": one}),
        ("means of exponentials", exp(s) + exp(-s) >= 2, {"s": zero}, {"s": one}),
        ("convex exponential", exp((s + u) / 2) <= (exp(s) + exp(u)) / 2, {"s": n, "u": n}, {"s": n, "u": 2 * n}),
        ("concave logarithm", (log(x) + log(y)) / 2 <= log((x + y) / 2), {"x": n, "y": n}, {"x": n, "y": 2 * n}),
        ("logarithm of a root", log(x) <= 2 * (sqrt(x) - 1), {"x": one}, {"x": Fraction(4)}),
        ("exponentials order", (exp(s) <= exp(u)).given(s <= u), {"s": n, "u": n}, {"s": n, "u": 2 * n}),
        ("logarithms order", (log(x) <= log(y)).given(x <= y), {"x": n, "y": n}, {"x": n, "y": 2 * n}),
        ("t times its decay", u * exp(-u) <= exp(exact(-1)), {"u": one}, {"u": Fraction(2)}),
        ("decay is at most one", exp(-q * u) <= 1, {"u": zero}, {"u": one}),
        ("Gauss", exp(-(s**2)) * (1 + s**2) <= 1, {"s": zero}, {"s": one}),
        ("square of the logarithm", log(x) ** 2 >= 0, {"x": one}, {"x": Fraction(2)}),
        ("hyperbolic cosine", (exp(s) + exp(-s)) / 2 >= 1 + s**2 / 2, {"s": zero}, {"s": one}),
        ("sub-Gaussian", (exp(s) + exp(-s)) / 2 <= exp(s**2 / 2), {"s": zero}, {"s": one}),
    ]
    name, relation, at, loose = rng.choice(statements)
    return case_of(FAMILY, Tight(name, relation, at, "a tangent, convexity or Taylor's theorem", loose), rng)


def circles(rng: Random) -> Case:
    """Sine and cosine."""
    s, u = scalar("s"), scalar("u", nonnegative=True)
    zero, one = Fraction(0), Fraction(1)
    r = exact(nonzero(rng))
    a, b = scalar("a"), scalar("b")
    statements: list[tuple[str, Relation, Values, Values | None]] = [
        ("sum of squares", sin(s) ** 2 + cos(s) ** 2 == 1, {"s": one}, None),
        ("cosine at most one", cos(s) <= 1, {"s": zero}, {"s": one}),
        ("sine at most one", a * sin(s) <= (1 + a**2) / 2, {"a": zero, "s": zero}, None),
        ("sine below its argument", sin(u) <= u, {"u": zero}, {"u": one}),
        ("cosine from below", cos(s) >= 1 - s**2 / 2, {"s": zero}, {"s": one}),
        (
            "amplitude",
            (a * cos(s) + b * sin(s)) ** 2 <= a**2 + b**2,
            {"a": one, "b": zero, "s": zero},
            {"a": one, "b": one, "s": zero},
        ),
        ("double angle", sin(2 * s) == 2 * sin(s) * cos(s), {"s": one}, None),
        ("addition", cos(s + r) == cos(s) * cos(r) - sin(s) * sin(r), {"s": one}, None),
        ("odd", sin(-s) == -sin(s), {"s": one}, None),
        ("even", cos(-s) == cos(s), {"s": one}, None),
        ("half turn", cos(pi) == -1 + 0 * s, {"s": one}, None),
        ("inverse cosine", cos(arccos(exact(Fraction(1, 3)))) == exact(Fraction(1, 3)) + 0 * s, {"s": one}, None),
    ]
    name, relation, at, loose = rng.choice(statements)
    if name == "sine at most one":
        return Case(FAMILY, f"circle: {name}", True, lambda: relation, "|sin| <= 1", (at, {"a": one, "s": one}))
    return case_of(FAMILY, Tight(f"circle: {name}", relation, at, "trigonometry", loose), rng)


def rules(rng: Random) -> Case:
    """Rules for exponentials and logarithms, and the wrong ones."""
    s, u, x, y = scalar("s"), scalar("u"), scalar("x", positive=True), scalar("y", positive=True)
    n = rng.choice((2, 3, 7, 1000, 10**6))
    v = nonzero(rng)
    p = exact(v)
    at = {"s": v, "u": number(rng) + 7, "x": Fraction(2), "y": Fraction(3)}
    two = {"s": Fraction(-1), "u": Fraction(-2), "x": Fraction(2), "y": Fraction(3)}
    statements: list[tuple[bool, str, Relation, Values, str]] = [
        (True, "exp of a sum", exp(s) * exp(u) == exp(s + u), at, "exp is a homomorphism"),
        (True, "exp of a multiple", exp(s) ** n == exp(n * s), at, "exp is a homomorphism"),
        (True, "exp of a difference", exp(s) / exp(u) == exp(s - u), at, "exp is a homomorphism"),
        (True, "log of a product", log(x * y) == log(x) + log(y), at, "positive numbers"),
        (True, "log of a quotient", log(x / y) == log(x) - log(y), at, "positive numbers"),
        (True, "log of a power", log(x**n) == n * log(x), at, "positive numbers"),
        (True, "log of an exponential", log(exp(s)) == s, at, "inverse"),
        (True, "exp of a logarithm", exp(log(x)) == x, at, "inverse"),
        (True, "exp is positive", exp(-(s**n)) > 0, at, "exp is positive"),
        (True, "product with a decay", exp(p * s) * exp(-p * s) == 1, at, "exp is a homomorphism"),
        (False, "log of a product of negatives", log(s * u) == log(s) + log(u), two, "log of a negative"),
        (False, "log of a square", log(s**2) == 2 * log(s), two, "log of a negative"),
        (False, "exp of a logarithm of a real", exp(log(s)) == s, two, "log of a negative"),
        (False, "log of a sum", log(x + y) == log(x) + log(y), at, "log 5 is not log 6"),
        (
            False,
            "exp of a sum, added",
            exp(s + u) == exp(s) + exp(u),
            {"s": Fraction(0), "u": Fraction(0)},
            "1 is not 2",
        ),
        (False, "exp of a product", exp(s * u) == exp(s) * exp(u), {"s": Fraction(1), "u": Fraction(0)}, "1 is not e"),
        (False, "exp grows with its square", exp(s) <= exp(s**2), {"s": Fraction(1, 2)}, "s > s**2"),
        (False, "exp above one", exp(s) >= 1, two, "negative exponent"),
        (False, "log above zero", log(x) >= 0, {"x": Fraction(1, 2)}, "x < 1"),
        (False, "log of an absolute", log(sqrt(s**2)) == log(sqrt(s**2)), {"s": Fraction(0)}, "log 0"),
        (False, "decay at a negative time", exp(-s) <= 1, two, "negative time"),
        (False, "a far decay vanishes", exp(exact(-(10**5))) <= 0, {}, "exp is positive"),
        (False, "e to a few digits", exp(exact(1)) <= exact(Fraction(27182818284590, 10**13)), {}, "its digits"),
        (True, "e to a few digits above", exp(exact(1)) <= exact(Fraction(27182818284591, 10**13)), {}, "its digits"),
        (False, "second order for a negative", exp(s) >= 1 + s + s**2 / 2, two, "third order is negative"),
        (
            False,
            "log of one more for a negative",
            (log(1 + s) >= s - s**2 / 2).given(s > -1),
            {"s": Fraction(-1, 2)},
            "third order",
        ),
        (False, "log tangent without its domain", log(s) <= s - 1, {"s": Fraction(0)}, "log 0"),
    ]
    truth, name, relation, point, why = rng.choice(statements)
    return Case(FAMILY, name, truth, lambda: relation, why, (point,))


SHAPES = (tangents, tangents, tangents, circles, rules, rules)
