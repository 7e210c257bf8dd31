"""Roots, absolute values and real powers: tangents at their point, concavity, triangles, and the ends of domains."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from proofcheck import absolute, power, scalar, sqrt
from proofcheck.language.expressions import Relation

from .case import Case, Values
from .drawing import exact, number, positive
from .tight import Tight, case_of

FAMILY = "roots and powers"


def roots(rng: Random) -> Case:
    """Inequalities between square roots, attained at a rational point."""
    x, y, s = scalar("x", nonnegative=True), scalar("y", nonnegative=True), scalar("s")
    r, v = positive(rng), positive(rng)
    p = exact(r)
    statements: list[tuple[str, Relation, Values, Values]] = [
        ("tangent of the root", sqrt(x) <= (x + p**2) / (2 * p), {"x": r * r}, {"x": 4 * r * r}),
        ("root of a sum", sqrt(x + y) <= sqrt(x) + sqrt(y), {"x": v, "y": Fraction(0)}, {"x": v, "y": v}),
        ("means", sqrt(x * y) <= (x + y) / 2, {"x": v, "y": v}, {"x": v, "y": 2 * v}),
        ("concave root", (sqrt(x) + sqrt(y)) / 2 <= sqrt((x + y) / 2), {"x": v, "y": v}, {"x": v, "y": 0 * v}),
        ("quadratic mean", (x + y) / 2 <= sqrt((x**2 + y**2) / 2), {"x": v, "y": v}, {"x": v, "y": 0 * v}),
        ("root above one", sqrt(1 + x) <= 1 + x / 2, {"x": Fraction(0)}, {"x": v}),
        ("root of one and a square", sqrt(1 + s**2) >= 1, {"s": Fraction(0)}, {"s": v}),
        ("root of a square", sqrt(s**2) >= s, {"s": v}, {"s": -v}),
        ("absolute triangle", absolute(s + p) <= absolute(s) + p, {"s": v}, {"s": -v}),
        ("reverse triangle", absolute(absolute(s) - p) <= absolute(s + p), {"s": -v}, {"s": v}),
        ("difference of roots", sqrt(x + p**2) - p <= x / (2 * p), {"x": Fraction(0)}, {"x": v}),
        ("root between", (sqrt(x) >= x).given(x <= 1), {"x": Fraction(1)}, {"x": Fraction(1, 4)}),
        ("roots order", (sqrt(x) >= sqrt(y)).given(x >= y), {"x": v, "y": v}, {"x": 4 * v, "y": v}),
        ("nested roots", sqrt(sqrt(x)) <= (3 + x) / 4, {"x": Fraction(1)}, {"x": Fraction(16)}),
    ]
    name, relation, at, loose = rng.choice(statements)
    return case_of(FAMILY, Tight(name, relation, at, "concavity or convexity at its tight point", loose), rng)


def identities(rng: Random) -> Case:
    """Roots of squares, rational denominators, and the domain in which they hold."""
    x, s = scalar("x", positive=True), scalar("s")
    r = positive(rng)
    p = exact(r)
    statements: list[tuple[bool, str, Relation, Values, str]] = [
        (True, "root of a square of a positive", sqrt(x**2) == x, {"x": r}, "x > 0"),
        (False, "root of a square", sqrt(s**2) == s, {"s": -r}, "-s"),
        (False, "square of a root", sqrt(s) ** 2 == s, {"s": -r}, "undefined"),
        (True, "square of a root of a positive", sqrt(x) ** 2 == x, {"x": r}, "x > 0"),
        (True, "rational denominator", 1 / (sqrt(x + 1) + sqrt(x)) == sqrt(x + 1) - sqrt(x), {"x": r}, "conjugates"),
        (False, "rational denominator, sign", 1 / (sqrt(x + 1) + sqrt(x)) == sqrt(x) - sqrt(x + 1), {"x": r}, "sign"),
        (True, "root of a product", sqrt(p**2 * x) == p * sqrt(x), {"x": r}, "p > 0"),
        (False, "root of a negative multiple", sqrt(p**2 * s**2) == p * s, {"s": -r}, "s < 0"),
        (False, "root of a product of reals", sqrt(s * (s - p)) == sqrt(s) * sqrt(s - p), {"s": -r}, "undefined"),
        (False, "root of a sum", sqrt(x + p) == sqrt(x) + sqrt(p), {"x": r}, "sqrt 2 is not 2"),
        (True, "two nested roots", sqrt(3 + 2 * sqrt(2)) == 1 + sqrt(2), {}, "squares"),
        (False, "two nested roots, sign", sqrt(3 - 2 * sqrt(2)) == 1 - sqrt(2), {}, "it is negative"),
        (True, "absolute of a square", absolute(s**2) == s**2, {"s": -r}, "a square"),
        (True, "absolute of a product", absolute(s * p) == absolute(s) * p, {"s": -r}, "p > 0"),
        (False, "root of zero strictly", (sqrt(s) > 0).given(s >= 0), {"s": Fraction(0)}, "0"),
        (False, "a power with a base of zero", power(s, 2) == s**2, {"s": Fraction(0)}, "power needs a positive base"),
        (False, "a power of a negative", power(s, 2) >= 0, {"s": -r}, "power needs a positive base"),
        (True, "a power with an integer", power(x, 2) == x**2, {"x": r}, "x > 0"),
        (True, "a power of a half", power(x, exact(Fraction(1, 2))) == sqrt(x), {"x": r}, "x > 0"),
        (False, "a power of a third twice", power(s**3, exact(Fraction(1, 3))) == s, {"s": -r}, "s**3 < 0"),
        (False, "irrational to a few digits", sqrt(2) <= exact(Fraction(141421356237, 10**11)), {}, "its digits"),
        (True, "irrational to a few digits above", sqrt(2) <= exact(Fraction(141421356238, 10**11)), {}, "its digits"),
    ]
    truth, name, relation, point, why = rng.choice(statements)
    return Case(FAMILY, name, truth, lambda: relation, why, (point,))


def powers(rng: Random) -> Case:
    """Real powers: Bernoulli, Young, rules for exponents, monotonicity in base and exponent."""
    x, y = scalar("x", positive=True), scalar("y", positive=True)
    p, q, m = scalar("p", at_least=1), scalar("q", positive=True, below=1), scalar("m", positive=True)
    a, b = scalar("a"), scalar("b")
    r = exact(1 + positive(rng))
    v = positive(rng)
    third = exact(Fraction(1, 3))
    one = {"x": Fraction(1), "p": 1 + v, "q": Fraction(1, 2), "y": Fraction(1), "m": v, "a": v, "b": -v}
    off = {**one, "x": Fraction(9), "y": Fraction(4), "p": Fraction(3), "a": Fraction(2), "b": Fraction(1)}
    statements: list[tuple[str, Relation, Values, Values | None]] = [
        ("Bernoulli, a number", power(x, r) >= 1 + r * (x - 1), one, {**off, "x": Fraction(3)}),
        ("Bernoulli, a letter", power(x, p) >= 1 + p * (x - 1), one, off),
        ("Bernoulli, below one", power(x, q) <= 1 + q * (x - 1), one, off),
        ("Young", power(x, q) * power(y, 1 - q) <= q * x + (1 - q) * y, one, off),
        ("Young, thirds", power(x, third) * power(y, 2 * third) <= (x + 2 * y) / 3, one, None),
        ("monotone in the base", (power(x, m) >= power(y, m)).given(x >= y), one, {**off, "m": Fraction(2)}),
        ("monotone in the exponent", (power(x, a) >= power(x, b)).given(a >= b, x >= 1), one, off),
        ("product of powers", power(x, a) * power(x, b) == power(x, a + b), off, None),
        ("power of a power", power(power(x, a), b) == power(x, a * b), off, None),
        ("power of a product", power(x, a) * power(y, a) == power(x * y, a), off, None),
        ("inverse of a power", 1 / power(x, a) == power(x, -a), off, None),
        ("power of an inverse", power(1 / x, a) == power(x, -a), off, None),
        ("power zero", power(x, 0 * a) == 1, off, None),
        ("power of one", power(exact(1), a) == 1, off, None),
        ("subadditive", power(x + y, q) <= power(x, q) + power(y, q), {**one, "x": v}, None),
    ]
    name, relation, at, loose = rng.choice(statements)
    if name == "subadditive":
        stated = relation
        return Case(FAMILY, name, True, lambda: stated, "concave and zero at zero", (one, off))
    needed = (
        ((0, {**off, "x": Fraction(1, 4), "y": Fraction(4), "m": Fraction(1)}),)
        if name == "monotone in the base"
        else ()
    )
    return case_of(FAMILY, Tight(f"powers: {name}", relation, at, "a rule of real powers", loose, needed), rng)


def wrong_powers(rng: Random) -> Case:
    """Rules for real powers on the wrong side of one, or of zero."""
    x, y = scalar("x", positive=True), scalar("y", positive=True)
    a, b, p = scalar("a"), scalar("b"), scalar("p", nonnegative=True)
    half = Fraction(1, 2)
    v = number(rng)
    statements: list[tuple[str, Relation, Values, str]] = [
        (
            "monotone in the exponent below one",
            (power(x, a) >= power(x, b)).given(a >= b),
            {"x": half, "a": Fraction(1), "b": Fraction(0)},
            "x < 1",
        ),
        (
            "monotone in the base for any exponent",
            (power(x, a) >= power(y, a)).given(x >= y),
            {"x": Fraction(2), "y": Fraction(1), "a": Fraction(-1)},
            "a < 0",
        ),
        ("Bernoulli between zero and one", power(x, p) >= 1 + p * (x - 1), {"x": Fraction(4), "p": half}, "2 < 5/2"),
        (
            "convex for any exponent",
            power((x + y) / 2, a) <= (power(x, a) + power(y, a)) / 2,
            {"x": Fraction(1), "y": Fraction(9), "a": half},
            "concave",
        ),
        (
            "power of a sum of exponents",
            power(x, a + b) == power(x, a) + power(x, b),
            {"x": Fraction(2), "a": Fraction(1), "b": Fraction(2)},
            "8 is not 6",
        ),
        (
            "tower",
            power(x, power(y, 2)) == power(power(x, y), 2),
            {"x": Fraction(2), "y": Fraction(3)},
            "2**9 is not 2**6",
        ),
        (
            "power of a difference",
            power(x - y, a) == power(x - y, a),
            {"x": Fraction(1), "y": Fraction(1), "a": v},
            "base 0",
        ),
        (
            "superadditive",
            power(x + y, p) >= power(x, p) + power(y, p),
            {"x": Fraction(1), "y": Fraction(1), "p": half},
            "p < 1",
        ),
        ("grows", power(x, p) >= x, {"x": Fraction(4), "p": half}, "p < 1"),
    ]
    name, relation, point, why = rng.choice(statements)
    return Case(FAMILY, f"wrong powers: {name}", False, lambda: relation, why, (point,))


SHAPES = (roots, roots, identities, powers, powers, wrong_powers)
