"""Vectors in any dimension: Gram statements, Cauchy-Schwarz, Young, triangles, and what holds in dimension one only."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from proofcheck import inner, norm, norm2, scalar, vector
from proofcheck.language.expressions import Relation, Scalar

from .case import Case, Values
from .drawing import combined, exact, nonzero, number, positive
from .tight import Tight, case_of

FAMILY = "vectors"

Coordinates = tuple[Fraction, ...]


def coordinates(*values: Fraction | int) -> Coordinates:
    """A vector's coordinates."""
    return tuple(map(Fraction, values))


def along(weight: Fraction, other: Coordinates) -> Coordinates:
    """A multiple of a vector."""
    return tuple(weight * part for part in other)


def gram(rng: Random) -> Case:
    """Squares of combinations of vectors, multiplied out, that vanish where the vectors are parallel."""
    count = rng.choice((2, 2, 3))
    names = ("u", "v", "w")[:count]
    vectors = [vector(name) for name in names]
    direction = coordinates(*(number(rng) for _ in range(rng.choice((1, 2, 3)))))
    multiples = [nonzero(rng) for _ in names]
    rows: list[list[Fraction]] = []
    for _ in range(rng.randint(1, count)):
        row = [number(rng) for _ in names[1:]]
        row = [-sum((a * b for a, b in zip(row, multiples[1:], strict=True)), Fraction(0)) / multiples[0], *row]
        rows.append(row)
    if not any(any(row) for row in rows):
        rows[0] = [multiples[1], -multiples[0], *[Fraction(0)] * (count - 2)]
    weights = [positive(rng) for _ in rows]
    form: dict[tuple[int, int], Fraction] = {}
    for weight, row in zip(weights, rows, strict=True):
        for i in range(count):
            for j in range(i, count):
                form[i, j] = form.get((i, j), Fraction(0)) + weight * row[i] * row[j] * (1 if i == j else 2)
    left, right = exact(0), exact(0)
    for (i, j), value in rng.sample(sorted(form.items()), len(form)):
        if not value:
            continue
        term: Scalar = norm2(vectors[i]) if i == j else inner(vectors[i], vectors[j])
        if value < 0 and rng.random() < 0.5:
            right = right + exact(-value) * term
        else:
            left = left + exact(value) * term
    at = {name: along(k, direction) for name, k in zip(names, multiples, strict=True)}
    chosen = next(k for k in range(count) if form.get((k, k)))
    loose = {name: coordinates(int(place == chosen)) for place, name in enumerate(names)}
    return case_of(FAMILY, Tight(f"Gram, {count} vectors", left >= right, at, "squares of combinations", loose), rng)


def classical(rng: Random) -> Case:
    """Cauchy-Schwarz, triangles, Young, and identities of the inner product."""
    u, v, w = vector("u"), vector("v"), vector("w")
    e = scalar("epsilon", positive=True)
    a, r = positive(rng), nonzero(rng)
    k, p = exact(a), exact(r)
    x = coordinates(3, 4) if rng.random() < 0.5 else coordinates(5)
    zero = along(Fraction(0), x)
    same_way = {"u": x, "v": along(a, x), "w": zero, "epsilon": a}
    opposite = {"u": x, "v": along(-a, x), "w": zero, "epsilon": a}
    apart = {"u": coordinates(3, 4), "v": coordinates(4, -3), "w": coordinates(1, 0), "epsilon": Fraction(1)}
    statements: list[tuple[str, Relation, Values, Values | None]] = [
        ("Cauchy-Schwarz", inner(u, v) <= norm(u) * norm(v), same_way, apart),
        ("Cauchy-Schwarz, squared", inner(u, v) ** 2 <= norm2(u) * norm2(v), same_way, apart),
        ("Cauchy-Schwarz, from below", inner(u, v) >= -norm(u) * norm(v), opposite, apart),
        ("triangle", norm(u + v) <= norm(u) + norm(v), same_way, apart),
        ("reverse triangle", norm(u) - norm(v) <= norm(u - v), {**same_way, "v": zero}, apart),
        ("triangle with a multiple", norm(u + k * v) <= norm(u) + k * norm(v), same_way, apart),
        ("triangle of three", norm(u + v + w) <= norm(u) + norm(v) + norm(w), same_way, apart),
        ("Young", 2 * inner(u, v) <= norm2(u) + norm2(v), {"u": x, "v": x}, apart),
        ("Young with epsilon", inner(u, v) <= e / 2 * norm2(u) + norm2(v) / (2 * e), same_way, apart),
        ("Young with a number", inner(u, v) <= k / 2 * norm2(u) + norm2(v) / (2 * k), same_way, apart),
        ("square of a sum", norm2(u + v) <= 2 * norm2(u) + 2 * norm2(v), {"u": x, "v": x}, apart),
        ("square of a sum, weights", norm2(u + v) <= (1 + e) * norm2(u) + (1 + 1 / e) * norm2(v), same_way, apart),
        ("squares of three", norm2(u + v + w) <= 3 * (norm2(u) + norm2(v) + norm2(w)), {"u": x, "v": x, "w": x}, apart),
        ("parallelogram", norm2(u + v) + norm2(u - v) == 2 * norm2(u) + 2 * norm2(v), apart, None),
        ("polarisation", 4 * inner(u, v) == norm2(u + v) - norm2(u - v), apart, None),
        ("three points", norm2(u - w) == norm2(u - v) + norm2(v - w) + 2 * inner(u - v, v - w), apart, None),
        (
            "Jensen for the square",
            norm2((u + k * v) / (1 + k)) <= (norm2(u) + k * norm2(v)) / (1 + k),
            {"u": x, "v": x},
            apart,
        ),
        ("a norm scales", norm(p * u) == exact(abs(r)) * norm(u), apart, None),
        ("multiplied out", norm2(u + p * v) == norm2(u) + 2 * p * inner(u, v) + exact(r * r) * norm2(v), apart, None),
        ("norms are convex", norm((u + v) / 2) <= (norm(u) + norm(v)) / 2, same_way, apart),
        ("Pythagoras", (norm2(u + v) == norm2(u) + norm2(v)).given(inner(u, v) == 0), {**apart}, None),
    ]
    name, relation, at, loose = rng.choice(statements)
    needed = ((0, {"u": x, "v": x}),) if name == "Pythagoras" else ()
    return case_of(FAMILY, Tight(name, relation, at, "an inner product", loose, needed), rng)


def hypotheses(rng: Random) -> Case:
    """Bounds under hypotheses on vectors, attained at their boundary."""
    u, v, w = vector("u"), vector("v"), vector("w")
    a, b = positive(rng), positive(rng)
    p, q = exact(a), exact(b)
    one = coordinates(1)
    balls = {"u": along(a, one), "v": along(b, one), "w": one}
    statements: list[tuple[str, Relation, Values, Values, tuple[tuple[int, Values], ...]]] = [
        (
            "a sum in a ball",
            (norm(u + v) <= p + q).given(norm(u) <= p, norm(v) <= q),
            balls,
            {**balls, "v": along(-b, one)},
            ((0, {**balls, "u": along(2 * a, one)}), (1, {**balls, "v": along(2 * b, one)})),
        ),
        (
            "an inner product in balls",
            (inner(u, v) <= p * q).given(norm(u) <= p, norm(v) <= q),
            balls,
            {**balls, "v": along(-b, one)},
            ((0, {**balls, "u": along(2 * a, one)}),),
        ),
        (
            "squares in balls",
            (norm2(u - v) <= (p + q) ** 2).given(norm2(u) <= p**2, norm2(v) <= q**2),
            {**balls, "v": along(-b, one)},
            balls,
            ((0, {**balls, "v": along(-b, one), "u": along(2 * a, one)}),),
        ),
        (
            "a vector that vanishes",
            (norm2(u + v) == norm2(v)).given(u == 0),
            {"u": coordinates(0), "v": one},
            {"u": coordinates(0), "v": one},
            ((0, {"u": one, "v": one}),),
        ),
        (
            "equal vectors",
            (inner(u, w) == inner(v, w)).given(u == v),
            {"u": one, "v": one, "w": one},
            {"u": one, "v": one, "w": one},
            ((0, {"u": one, "v": along(Fraction(2), one), "w": one}),),
        ),
        (
            "monotone step",
            (norm2(u - q * v) <= norm2(u) - q * (2 * p - q) * norm2(v)).given(inner(u, v) >= p * norm2(v)),
            {"u": along(a, one), "v": one},
            {"u": along(2 * a, one), "v": one},
            ((0, {"u": along(-a, one), "v": one}),),
        ),
        (
            "a chain of distances",
            (norm(u - w) <= p + q).given(norm(u - v) <= p, norm(v - w) <= q),
            {"u": coordinates(a + b), "v": coordinates(b), "w": coordinates(0)},
            {"u": coordinates(0), "v": coordinates(0), "w": coordinates(0)},
            ((0, {"u": coordinates(a + b + 1), "v": coordinates(b), "w": coordinates(0)}),),
        ),
    ]
    name, relation, at, loose, needed = rng.choice(statements)
    if relation.sign == "=":
        return case_of(FAMILY, Tight(name, relation, at, "an inner product", None, needed), rng)
    return case_of(FAMILY, Tight(name, relation, at, "an inner product", loose, needed), rng)


def dimension(rng: Random) -> Case:
    """What holds for numbers and not for vectors, zero vectors, strict signs, divisions by a norm."""
    u, v, w = vector("u"), vector("v"), vector("w")
    a, b, c = coordinates(1, 0), coordinates(0, 1), coordinates(1, 1)
    zero = coordinates(0)
    r = exact(positive(rng))
    statements: list[tuple[bool, str, Relation, Values, str]] = [
        (False, "vectors are parallel", inner(u, v) ** 2 == norm2(u) * norm2(v), {"u": a, "v": b}, "the plane"),
        (
            False,
            "products associate",
            inner(u, v) * inner(v, w) == norm2(v) * inner(u, w),
            {"u": a, "v": c, "w": b},
            "the plane",
        ),
        (
            False,
            "orthogonal vectors vanish",
            (norm2(u) * norm2(v) == 0).given(inner(u, v) == 0),
            {"u": a, "v": b},
            "the plane",
        ),
        (
            False,
            "positive angles are transitive",
            (inner(u, w) >= 0).given(inner(u, v) >= 0, inner(v, w) >= 0, norm2(v) > 0),
            {"u": c, "v": a, "w": coordinates(1, -3)},
            "the plane",
        ),
        (False, "norms add", norm(u + v) == norm(u) + norm(v), {"u": a, "v": along(Fraction(-1), a)}, "opposite"),
        (False, "a norm is positive", norm(u) > 0, {"u": zero}, "the zero vector"),
        (True, "a norm is positive away from zero", (norm(u) > 0).given(norm2(u) != 0), {"u": a}, "not zero"),
        (False, "a direction has length one", norm2(u / norm(u)) == 1, {"u": zero}, "the zero vector"),
        (
            True,
            "a direction of a vector that is not zero",
            (norm2(u / norm(u)) == 1).given(norm2(u) > 0),
            {"u": a},
            "not zero",
        ),
        (False, "distinct squares", norm2(u) != norm2(v), {"u": a, "v": b}, "equal norms"),
        (
            False,
            "equal norms, equal vectors",
            (norm2(u - v) == 0).given(norm(u) == norm(v)),
            {"u": a, "v": b},
            "the plane",
        ),
        (
            True,
            "equal norms and product, equal vectors",
            (norm2(u - v) == 0).given(norm2(u) == inner(u, v), norm2(v) == inner(u, v)),
            {"u": a, "v": a},
            "squares",
        ),
        (False, "Cauchy-Schwarz backwards", inner(u, v) ** 2 >= norm2(u) * norm2(v), {"u": a, "v": b}, "the plane"),
        (
            False,
            "Cauchy-Schwarz for three",
            inner(u, v) * inner(v, w) * inner(w, u) >= 0,
            {"u": a, "v": coordinates(1, 2), "w": coordinates(1, -1)},
            "the plane",
        ),
        (
            False,
            "Young without its half",
            r * inner(u, v) <= r * (norm2(u) + norm2(v)) * exact(Fraction(499, 1000)),
            {"u": a, "v": a},
            "tight at u = v",
        ),
        (
            True,
            "Gram determinant of three",
            norm2(u) * norm2(v) * norm2(w) + 2 * inner(u, v) * inner(v, w) * inner(w, u)
            >= norm2(u) * inner(v, w) ** 2 + norm2(v) * inner(w, u) ** 2 + norm2(w) * inner(u, v) ** 2,
            {"u": a, "v": b, "w": c},
            "Gram",
        ),
        (
            False,
            "Gram determinant of three vanishes",
            norm2(u) * norm2(v) * norm2(w) + 2 * inner(u, v) * inner(v, w) * inner(w, u)
            == norm2(u) * inner(v, w) ** 2 + norm2(v) * inner(w, u) ** 2 + norm2(w) * inner(u, v) ** 2,
            {"u": coordinates(1, 0, 0), "v": coordinates(0, 1, 0), "w": coordinates(0, 0, 1)},
            "three dimensions",
        ),
    ]
    truth, name, relation, point, why = rng.choice(statements)
    return Case(FAMILY, name, truth, lambda: relation, why, (point,))


def equations(rng: Random) -> Case:
    """Equations between vectors: linear identities, perhaps under others."""
    u, v, w = vector("u"), vector("v"), vector("w")
    a = scalar("a")
    k, m = [nonzero(rng), number(rng), number(rng)], [number(rng), nonzero(rng), number(rng)]
    first, second = combined(k, (u, v, w)), combined(m, (u, v, w))
    both = combined([p + q for p, q in zip(k, m, strict=True)], (u, v, w))
    wrong = combined([k[0] + m[0] + Fraction(1, 10**9), k[1] + m[1], k[2] + m[2]], (u, v, w))
    point = {"u": coordinates(1, 2), "v": coordinates(-1, 3), "w": coordinates(2, 2), "a": Fraction(0)}
    r = exact(k[0])
    solved = (combined([-k[1] / k[0], -k[2] / k[0]], (v, w)) == u).given(first == 0)
    statements: list[tuple[bool, str, object, str]] = [
        (True, "a sum of combinations", first + second == both, "linear"),
        (False, "a sum of combinations, one moved", first + second == wrong, "one coefficient"),
        (True, "solved for a vector", solved, "linear"),
        (False, "solved without the equation", combined([-k[1] / k[0], -k[2] / k[0] + 1], (v, w)) == u, "u is free"),
        (True, "distributes", a * (u + r * v) == a * u + (a * r) * v, "linear"),
        (False, "divides", (a * u) / a == u, "a = 0"),
        (False, "cancels", (u == v).given(a * u == a * v), "a = 0"),
    ]
    truth, name, stated, why = rng.choice(statements)
    return Case(
        FAMILY, f"vector equation: {name}", truth, lambda: stated, why, () if truth or "cancels" in name else (point,)
    )


SHAPES = (gram, gram, classical, classical, hypotheses, dimension, equations)
