"""Rational functions: identities and inequalities multiplied out, with the holes that denominators leave."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from proofcheck import scalar
from proofcheck.language.expressions import Relation

from .case import Case, Values
from .drawing import added, exact, multiplied, nonzero, number, polynomial, positive, value_at, vanishing_at, written
from .tight import Tight, case_of

FAMILY = "rational"


def means(rng: Random) -> Case:
    """Inequalities between means and fractions of positive numbers, attained at equal ones."""
    a, b, c = (scalar(name, positive=True) for name in "abc")
    v, p, q = positive(rng), exact(positive(rng)), exact(positive(rng))
    equal, apart = {"a": v, "b": v, "c": v}, {"a": v, "b": 2 * v, "c": 3 * v}
    statements: list[tuple[str, Relation]] = [
        ("a number and its inverse", a / b + b / a >= 2),
        ("harmonic mean", 2 / (1 / a + 1 / b) <= (a + b) / 2),
        ("Nesbitt", a / (b + c) + b / (c + a) + c / (a + b) >= exact(Fraction(3, 2))),
        ("Titu", a**2 / b + b**2 / c + c**2 / a >= a + b + c),
        ("Titu with weights", p**2 / a + q**2 / a >= (p + q) ** 2 / (2 * a) + (p - q) ** 2 / (2 * a)),
        ("sum of inverses", (a + b + c) * (1 / a + 1 / b + 1 / c) >= 9),
        ("cyclic quotients", a / b + b / c + c / a >= 3),
        ("inverse is convex", 2 / (a + b) <= (1 / a + 1 / b) / 2),
        ("inverse is convex, weights", 3 / (2 * a + b) <= (2 / a + 1 / b) / 3),
        ("parallel sum", a * b / (a + b) <= (a + b) / 4),
        ("bounded quotient", 2 * a * b / (a**2 + b**2) <= 1),
    ]
    name, relation = rng.choice(statements)
    loose = None if name == "Titu with weights" else apart
    return case_of(FAMILY, Tight(name, relation, equal, "a classical inequality between means", loose), rng)


def quotient(rng: Random) -> Case:
    """A square over something positive, brought into two fractions."""
    x, y = scalar("x"), scalar("y")
    point = [number(rng), number(rng)]
    square = vanishing_at(rng, point)
    low = exact(positive(rng))
    bottom = rng.choice((x**2 + low, (x - y) ** 2 + low, 1 + x**2 + y**2, x**2 * y**2 + low))
    other = polynomial(rng, 2, 1)
    numerator = written(added(multiplied(square, square), other), (x, y), rng)
    relation = numerator / bottom >= written(other, (x, y), rng) / bottom
    loose = next(
        {"x": point[0] + dx, "y": point[1] + dy}
        for dx, dy in ((1, 0), (0, 1), (1, 2))
        if value_at(square, [point[0] + dx, point[1] + dy])
    )
    at = {"x": point[0], "y": point[1]}
    return case_of(FAMILY, Tight("a square over a positive number", relation, at, "a square", loose), rng)


def pole(rng: Random) -> Case:
    """Statements that hold away from a pole only, and say nothing of it or exclude it."""
    x, y = scalar("x"), scalar("y")
    r = number(rng)
    p = exact(r)
    statements: list[tuple[str, Relation, Values]] = [
        ("a cancelled factor", (x**2 - p**2) / (x - p) == x + p, {"x": r, "y": Fraction(0)}),
        ("a cancelled square", (x - p) ** 2 / (x - p) == x - p, {"x": r, "y": Fraction(0)}),
        ("an inverse of an inverse", 1 / (1 / (x - p)) == x - p, {"x": r, "y": Fraction(0)}),
        ("a square in the denominator", 1 / (x - p) ** 2 >= 0, {"x": r, "y": Fraction(0)}),
        ("nothing over a difference", 0 / (x - y) == 0, {"x": r, "y": r}),
        ("a common denominator", x / (x - y) - y / (x - y) == 1, {"x": r, "y": r}),
        ("difference of inverses", 1 / (x - p) - 1 / (x - p) == 0, {"x": r, "y": Fraction(0)}),
        ("a high pole", ((x - p) ** 1000) ** -1 * (x - p) ** 1000 == 1, {"x": r, "y": Fraction(0)}),
    ]
    name, relation, at = rng.choice(statements)
    if rng.random() < 0.5:
        excluded = (x != y) if "y" in name or relation.left is None or _has_y(name) else (x != p)
        stated = relation.given(excluded)
        points = ({"x": r + 1, "y": r - 2}, {"x": r - 3, "y": r + 5})
        return Case(FAMILY, f"{name}, the pole excluded", True, lambda: stated, "an identity off the pole", points)
    return Case(FAMILY, f"{name}, the pole not excluded", False, lambda: relation, "undefined at the pole", (at,))


def _has_y(name: str) -> bool:
    return name in ("nothing over a difference", "a common denominator")


def signs(rng: Random) -> Case:
    """Multiplying an inequality by something whose sign is not known."""
    x, y = scalar("x"), scalar("y")
    a = positive(rng)
    p = exact(a)
    statements: list[tuple[bool, str, Relation, Values, str]] = [
        (False, "inverses order backwards", (1 / x <= 1 / y).given(x >= y, x != 0, y != 0), {"x": a, "y": -a}, "signs"),
        (True, "inverses of positive numbers", (1 / x <= 1 / y).given(x >= y, y > 0), {"x": 2 * a, "y": a}, "positive"),
        (False, "multiplied by a denominator", (x >= p * y).given(x / y >= p), {"x": -2 * a * a, "y": -a}, "y < 0"),
        (
            True,
            "multiplied by a positive denominator",
            (x >= p * y).given(x / y >= p, y > 0),
            {"x": a, "y": Fraction(1)},
            "y > 0",
        ),
        (False, "cancelled from a product", (x >= y).given(p * x * x >= p * x * y), {"x": -2 * a, "y": -a}, "x < 0"),
        (
            True,
            "cancelled from a product of positive",
            (x >= y).given(x * x >= x * y, x > 0),
            {"x": a, "y": a},
            "x > 0",
        ),
        (
            False,
            "cancelled from a product that may vanish",
            (x >= y).given(x * x >= x * y, x >= 0),
            {"x": Fraction(0), "y": a},
            "x = 0",
        ),
        (False, "a quotient of negatives", (x / y <= 0).given(x <= 0, y <= 0, y != 0), {"x": -a, "y": -a}, "it is 1"),
        (True, "an inverse far out", (1 / x <= 1 / p).given(x >= p), {"x": a}, "1/x falls"),
        (
            False,
            "an inverse far out, on the wrong side",
            (1 / x <= 1 / p).given(x <= p, x != 0),
            {"x": a / 2},
            "1/x falls",
        ),
        (False, "a hyperbola crossed", (1 / x >= 1 / p).given(x <= p, x != 0), {"x": -a}, "x < 0"),
    ]
    truth, name, relation, point, why = rng.choice(statements)
    return Case(FAMILY, name, truth, lambda: relation, why, (point,))


def geometric(rng: Random) -> Case:
    """Partial fractions and finite geometric sums."""
    q, n = scalar("q"), rng.randint(2, 9)
    total = exact(1)
    for k in range(1, n):
        total = total + q**k
    where = {"q": nonzero(rng) + 10}
    j = scalar("j", positive=True)
    statements: list[tuple[str, Relation, Values]] = [
        ("a geometric sum", (total == (1 - q**n) / (1 - q)).given(q != 1), where),
        ("partial fractions", 1 / (j * (j + 1)) == 1 / j - 1 / (j + 1), {"j": positive(rng)}),
        (
            "three partial fractions",
            2 / (j * (j + 1) * (j + 2)) == 1 / j - 2 / (j + 1) + 1 / (j + 2),
            {"j": positive(rng)},
        ),
    ]
    name, relation, at = rng.choice(statements)
    return case_of(FAMILY, Tight(f"{name}, {n}" if "geo" in name else name, relation, at, "an identity"), rng)


SHAPES = (means, quotient, pole, signs, geometric)
