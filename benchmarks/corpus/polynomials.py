"""Polynomial inequalities: sums of squares, and non-negative combinations of products of hypotheses, multiplied out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from proofcheck import scalar
from proofcheck.language.expressions import Relation, Symbol

from .case import Case, Values
from .drawing import (
    Polynomial,
    added,
    constant,
    exact,
    multiplied,
    number,
    polynomial,
    positive,
    scaled,
    value_at,
    vanishing_at,
    written,
)
from .tight import Tight, case_of

FAMILY = "polynomial"
NAMES = ("x", "y", "z")


def values_of(symbols: Sequence[Symbol], point: Sequence[Fraction]) -> Values:
    """The values by their names."""
    return {symbol.name: value for symbol, value in zip(symbols, point, strict=True)}


def sum_of_squares(rng: Random) -> Case:
    """A sum of weighted squares that vanish at one point."""
    count = rng.choice((1, 2, 2, 3))
    symbols = [scalar(name) for name in NAMES[:count]]
    point = [number(rng) for _ in symbols]
    degree = rng.choice((1, 1, 1, 2)) if count < 3 else 1
    squares = [vanishing_at(rng, point, degree) for _ in range(rng.randint(1, count + 1))]
    total = added(*(scaled(positive(rng), multiplied(each, each)) for each in squares))
    split = polynomial(rng, count, 2)
    left, right = written(added(total, split), symbols, rng), written(split, symbols, rng)
    loose = next((values_of(symbols, p) for p in _around(point) if value_at(total, p) > 0), None)
    tight = Tight(
        f"sum of squares, {count} variables, degree {2 * degree}",
        left >= right,
        values_of(symbols, point),
        "the difference is a sum of squares with positive weights",
        loose,
    )
    return case_of(FAMILY, tight, rng)


def combination(rng: Random) -> Case:
    """A square and non-negative multiples of products of hypotheses, all zero at one point."""
    count = rng.choice((1, 2, 2, 3))
    symbols = [scalar(name) for name in NAMES[:count]]
    point = [number(rng) for _ in symbols]
    bounds = [vanishing_at(rng, point, rng.choice((1, 1, 2))) for _ in range(rng.randint(1, 3))]
    square = vanishing_at(rng, point)
    factors = [constant(1, count), *bounds]
    summands: list[Polynomial] = [scaled(positive(rng), multiplied(square, square))]
    for bound in bounds:
        other = rng.choice(factors)
        summands.append(scaled(positive(rng), multiplied(bound, other)))
    total = added(*summands)
    hypotheses = tuple(_at_least_zero(bound, symbols, rng) for bound in bounds)
    relation = (written(total, symbols, rng) >= 0).given(*hypotheses)
    tight = Tight(
        f"combination of {len(bounds)} hypotheses, {count} variables",
        relation,
        values_of(symbols, point),
        "the difference is a non-negative combination of products of the hypotheses",
        _first(symbols, point, total, bounds, rng),
        tuple(_needed(symbols, point, total, bounds, rng)),
    )
    return case_of(FAMILY, tight, rng)


def symmetric(rng: Random) -> Case:
    """Well-known inequalities in symmetric polynomials, attained where all variables are equal."""
    a, b, c, d = (scalar(name, nonnegative=True) for name in "abcd")
    x, y, z = (scalar(name) for name in "xyz")
    v = positive(rng)

    def both(value: Fraction) -> Values:
        return dict.fromkeys("abcd", value)

    def reals(value: Fraction) -> Values:
        return dict.fromkeys("xyz", value)

    one, more = {**both(v), "a": v + 1}, {**reals(v), "x": v + 2}
    statements: list[tuple[str, Relation, Values, Values]] = [
        ("Schur", a * (a - b) * (a - c) + b * (b - a) * (b - c) + c * (c - a) * (c - b) >= 0, both(v), one),
        ("means of three", a**3 + b**3 + c**3 >= 3 * a * b * c, both(v), one),
        ("means of four", a**4 + b**4 + c**4 + d**4 >= 4 * a * b * c * d, both(v), one),
        ("Muirhead 3 1 over 2 2", a**3 * b + a * b**3 >= 2 * a**2 * b**2, both(v), one),
        ("Muirhead 4 over 3 1", a**4 + b**4 >= a**3 * b + a * b**3, both(v), one),
        ("power means", 9 * (a**3 + b**3 + c**3) >= (a + b + c) ** 3, both(v), one),
        ("squares over products", x**2 + y**2 + z**2 >= x * y + y * z + z * x, reals(v), more),
        ("three squares", 3 * (x**2 + y**2 + z**2) >= (x + y + z) ** 2, reals(v), more),
        (
            "Lagrange",
            (x**2 + y**2) * (z**2 + 1) >= (x * z + y) ** 2,
            {"x": v * v, "y": v, "z": v},
            {**more, "y": Fraction(0)},
        ),
        ("Motzkin", x**4 * y**2 + x**2 * y**4 + 1 >= 3 * x**2 * y**2, reals(Fraction(1)), {**reals(Fraction(2))}),
        (
            "Robinson",
            x**6 + y**6 + 1 >= x**4 * y**2 + x**2 * y**4 + x**4 + y**4 + x**2 + y**2 - 3 * x**2 * y**2,
            reals(Fraction(1)),
            reals(Fraction(3)),
        ),
        ("six squares", x**6 + y**6 >= x**5 * y + x * y**5, reals(v), {**more, "y": Fraction(0)}),
        ("product of sums", (a + b) * (b + c) * (c + a) >= 8 * a * b * c, both(v), one),
        (
            "Nesbitt multiplied out",
            2 * (a * (a + b) * (a + c) + b * (b + a) * (b + c) + c * (c + a) * (c + b))
            >= 3 * (a + b) * (b + c) * (c + a),
            both(v),
            one,
        ),
    ]
    name, relation, at, loose = rng.choice(statements)
    return case_of(FAMILY, Tight(name, relation, at, "a classical inequality", loose), rng)


def bernoulli(rng: Random) -> Case:
    """Bernoulli's inequality with a large exponent, and powers that nobody multiplies out."""
    n = rng.choice((2, 3, 10, 41, 1000, 100000))
    x, y = scalar("x", at_least=-1), scalar("y", at_least=0, at_most=1)
    u = scalar("u", at_least=1)
    w = scalar("w")
    statements: list[tuple[str, Relation, Values, Values]] = [
        ("Bernoulli", (1 + x) ** n >= 1 + n * x, {"x": Fraction(0)}, {"x": Fraction(1)}),
        ("a power below one", y**n <= y, {"y": Fraction(1)}, {"y": Fraction(1, 2)}),
        ("a power above one", u**n >= u, {"u": Fraction(1)}, {"u": Fraction(2)}),
        ("an even power", w ** (2 * n) >= 0, {"w": Fraction(0)}, {"w": Fraction(1)}),
        ("two powers", u ** (n + 1) >= u**n, {"u": Fraction(1)}, {"u": Fraction(2)}),
        ("a power of a square", (1 + w**2) ** n >= 1, {"w": Fraction(0)}, {"w": Fraction(1)}),
        ("an inverse power", u**-n <= 1, {"u": Fraction(1)}, {"u": Fraction(2)}),
        ("powers of neighbours", y**n * (1 - y) >= 0, {"y": Fraction(1)}, {"y": Fraction(1, 2)}),
    ]
    name, relation, at, loose = rng.choice(statements)
    return case_of(
        FAMILY, Tight(f"{name}, exponent {n}", relation, at, "a power of a number on one side of 1", loose), rng
    )


def parity(rng: Random) -> Case:
    """An odd power changes its sign, an even one does not, zero to the zero is one."""
    n = rng.choice((1, 3, 5, 101, 99999))
    x, y = scalar("x"), scalar("y")
    statements: list[tuple[bool, str, Relation, Values, str]] = [
        (False, "an odd power", x**n >= 0, {"x": Fraction(-1)}, "an odd power of -1 is -1"),
        (True, "an even power", x ** (n + 1) >= 0, {"x": Fraction(-1)}, "an even power"),
        (False, "an even power, strictly", x ** (n + 1) > 0, {"x": Fraction(0)}, "it is 0 at 0"),
        (False, "an odd power is not monotone in its size", x ** (n + 2) >= x**n, {"x": Fraction(1, 2)}, "a half"),
        (False, "squares do not order", (x**2 >= y**2).given(x >= y), {"x": Fraction(0), "y": Fraction(-1)}, "-1"),
        (
            False,
            "roots of powers",
            (x >= y).given(x ** (n + 1) >= y ** (n + 1)),
            {"x": Fraction(-1), "y": Fraction(0)},
            "-1",
        ),
        (True, "odd powers order", (x**3 >= y**3).given(x >= y), {"x": Fraction(1), "y": Fraction(-2)}, "cubes grow"),
        (True, "an even power of a negative", (-x) ** (n + 1) == x ** (n + 1), {"x": Fraction(-1)}, "even"),
        (False, "an odd power of a negative", (-x) ** n == x**n, {"x": Fraction(1)}, "odd"),
        (False, "a negative power", x**-n * x**n == 1, {"x": Fraction(0)}, "undefined at 0"),
        (True, "the power zero", x**0 == 1, {"x": Fraction(0)}, "the empty product"),
        (False, "twice the base", (2 * x) ** (n + 1) == 2 * x ** (n + 1), {"x": Fraction(1)}, "2 is not 2**(n+1)"),
    ]
    truth, name, relation, point, why = rng.choice(statements)
    return Case(FAMILY, f"{name}, exponent {n}", truth, lambda: relation, why, (point,))


def _at_least_zero(bound: Polynomial, symbols: Sequence[Symbol], rng: Random) -> Relation:
    kept = {powers: value for powers, value in bound.items() if any(powers)}
    rest = added(bound, scaled(-1, kept))
    if rng.random() < 0.5 and kept:
        return written(kept, symbols, rng) >= exact(-sum(rest.values(), Fraction(0)))
    return written(bound, symbols, rng) >= 0


def _around(point: Sequence[Fraction]) -> list[list[Fraction]]:
    steps = (Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(3))
    return [
        [value + step * (place == k or k < 0) for place, value in enumerate(point)]
        for k in range(-1, len(point))
        for step in steps
    ]


def _drawn(point: Sequence[Fraction], rng: Random) -> list[list[Fraction]]:
    return _around(point) + [[value + Fraction(rng.randint(-8, 8), 4) for value in point] for _ in range(40)]


def _first(
    symbols: Sequence[Symbol], point: Sequence[Fraction], total: Polynomial, bounds: Sequence[Polynomial], rng: Random
) -> Values | None:
    for where in _drawn(point, rng):
        if all(value_at(bound, where) >= 0 for bound in bounds) and value_at(total, where) > 0:
            return values_of(symbols, where)
    return None


def _needed(
    symbols: Sequence[Symbol], point: Sequence[Fraction], total: Polynomial, bounds: Sequence[Polynomial], rng: Random
) -> list[tuple[int, Values]]:
    found = []
    for place in range(len(bounds)):
        others = [*bounds[:place], *bounds[place + 1 :]]
        for where in _drawn(point, rng):
            if all(value_at(bound, where) >= 0 for bound in others) and value_at(total, where) < 0:
                found.append((place, values_of(symbols, where)))
                break
    return found


SHAPES = (sum_of_squares, sum_of_squares, combination, combination, symmetric, bernoulli, parity)
