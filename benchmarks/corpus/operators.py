"""Self-adjoint operators of any dimension within spectral bounds: quadratic forms, norms, inverses."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from proofcheck import inner, norm, norm2, operator, scalar, vector
from proofcheck.language.expressions import Relation

from .case import Case, Values
from .drawing import exact, number, positive
from .tight import Tight, case_of
from .vectors import coordinates

FAMILY = "operators"

Matrix = tuple[tuple[Fraction, ...], ...]


def diagonal(*values: Fraction) -> Matrix:
    """A diagonal matrix."""
    return tuple(tuple(value * (i == j) for j in range(len(values))) for i, value in enumerate(values))


def bounded(rng: Random) -> Case:
    """Forms of an operator between two bounds, attained at its ends."""
    low, gap = positive(rng), positive(rng)
    high = low + gap
    a, b = exact(low), exact(high)
    H = operator("H", at_least=a, at_most=b)
    u, v = vector("u"), vector("v")
    one, other = coordinates(1, 0), coordinates(0, 1)
    at_low: Values = {("H", 0, None): diagonal(low, high), "u": one, "v": other}
    at_high: Values = {("H", 0, None): diagonal(high, low), "u": one, "v": other}
    mixed: Values = {("H", 0, None): diagonal((low + high) / 2, low), "u": one, "v": one}
    k = exact(positive(rng))
    statements: list[tuple[str, Relation, Values, Values]] = [
        ("lower bound", inner(H(u), u) >= a * norm2(u), at_low, mixed),
        ("upper bound", inner(H(u), u) <= b * norm2(u), at_high, mixed),
        ("square below", norm2(H(u)) >= a**2 * norm2(u), at_low, mixed),
        ("square above", norm2(H(u)) <= b**2 * norm2(u), at_high, mixed),
        ("square under the form", norm2(H(u)) <= b * inner(H(u), u), at_high, mixed),
        ("square over the form", norm2(H(u)) >= a * inner(H(u), u), at_low, mixed),
        ("product of gaps", inner(H(u) - a * u, b * u - H(u)) >= 0, at_low, mixed),
        ("cubes", inner(H(H(u)), H(u)) >= a * norm2(H(u)), at_low, mixed),
        ("weighted form", norm2(H(u)) + k * inner(H(u), u) >= (a**2 + k * a) * norm2(u), at_low, mixed),
        ("contraction", norm2(u - H(u) / b) <= (1 - a / b) ** 2 * norm2(u), at_low, at_high),
        ("parabola in the operator", norm2(H(u)) + a * b * norm2(u) <= (a + b) * inner(H(u), u), at_low, mixed),
        ("the middle", norm2(H(u) - (a + b) / 2 * u) <= ((b - a) / 2) ** 2 * norm2(u), at_low, mixed),
        ("norms", norm(H(u)) <= b * norm(u), at_high, mixed),
        ("form in norms", inner(H(u), v) <= b * norm(u) * norm(v), {**at_high, "v": one}, mixed),
        ("form, Cauchy-Schwarz", inner(H(u), v) ** 2 <= inner(H(u), u) * inner(H(v), v), mixed, at_low),
        (
            "completed square",
            inner(H(u), u) + 2 * inner(u, v) + norm2(v) / a >= 0,
            {**at_low, "v": (-low, Fraction(0))},
            mixed,
        ),
        ("inverse below", inner(H.inverse(u), u) >= norm2(u) / b, at_high, mixed),
        ("inverse above", inner(H.inverse(u), u) <= norm2(u) / a, at_low, mixed),
        (
            "inverse, Kantorovich",
            inner(H.inverse(u), u) <= (a + b) / (a * b) * norm2(u) - inner(H(u), u) / (a * b),
            at_low,
            mixed,
        ),
        ("inverse and form", 2 * norm2(u) <= inner(H(u), u) / a + a * inner(H.inverse(u), u), at_low, mixed),
    ]
    name, relation, at, loose = rng.choice(statements)
    if name == "form in norms":
        loose = {**mixed, "v": other}
    if name == "form, Cauchy-Schwarz":
        return case_of(FAMILY, Tight(name, relation, {**mixed}, "a positive form", {**at_low}), rng)
    return case_of(FAMILY, Tight(name, relation, at, "the spectral theorem", loose), rng)


def symbolic(rng: Random) -> Case:
    """The same with bounds that are letters, and sums of operators."""
    m, n = scalar("mu", positive=True), scalar("L", positive=True)
    H = operator("H", at_least=m)
    A, B = operator("A", at_least=0), operator("B", norm=n)
    u, v = vector("u"), vector("v")
    r = positive(rng)
    one, other = coordinates(1, 0), coordinates(0, 1)
    at: Values = {
        ("H", 0, None): diagonal(r, 3 * r),
        ("A", 0, None): diagonal(Fraction(0), r),
        ("B", 0, None): diagonal(r, -r),
        "mu": r,
        "L": r,
        "u": one,
        "v": one,
    }
    off: Values = {**at, "u": other, "v": one}
    statements: list[tuple[str, Relation, Values, Values | None]] = [
        ("lower bound, a letter", inner(H(u), u) >= m * norm2(u), at, off),
        ("square, a letter", norm2(H(u)) >= m * inner(H(u), u), at, off),
        ("symmetry", inner(H(u), v) == inner(u, H(v)), off, None),
        ("symmetry of two", inner(A(H(u)), v) == inner(u, H(A(v))), off, None),
        ("linearity", inner(H(u + 2 * v), u) == inner(H(u), u) + 2 * inner(H(v), u), off, None),
        ("a sum of two", inner(H(u) + A(u), u) >= m * norm2(u), at, off),
        ("a bounded disturbance", inner(B(u), v) <= n * norm(u) * norm(v), at, off),
        (
            "a disturbed operator",
            inner(H(u) + B(u), u) >= (m - n) * norm2(u),
            {**at, ("B", 0, None): diagonal(-r, r)},
            off,
        ),
        ("a disturbed square", norm2(B(u)) <= n**2 * norm2(u), at, None),
        ("Young with a disturbance", 2 * inner(B(u), v) <= n * (norm2(u) + norm2(v)), at, off),
        ("semidefinite square", inner(A(u + v), u + v) >= 0, {**at, "v": (Fraction(-1), Fraction(0))}, off),
        ("semidefinite, Cauchy-Schwarz", inner(A(u), v) ** 2 <= inner(A(u), u) * inner(A(v), v), at, None),
        ("energy norm", (m * norm(u) <= norm(H(u))), at, off),
        ("a positive inverse", m * inner(H.inverse(u), u) <= norm2(u), at, off),
        ("inverse undone", inner(H(H.inverse(u)), v) == inner(u, v), off, None),
    ]
    name, relation, where, loose = rng.choice(statements)
    return case_of(FAMILY, Tight(name, relation, where, "the spectral theorem", loose), rng)


def wrong(rng: Random) -> Case:
    """Operators do not commute, squares of operators are not monotone, bounds of one are not those of another."""
    A, B = operator("A", at_least=0), operator("B", at_least=0)
    C, D = operator("C", at_least=1), operator("C", at_least=2)
    E, any_one = operator("E", norm=1), operator("S")
    u, v = vector("u"), vector("v")
    x, y = coordinates(1, 0), coordinates(0, 1)
    one = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(0)))
    ones = ((Fraction(1), Fraction(1)), (Fraction(1), Fraction(1)))
    a, b = ("A", 0, None), ("B", 0, None)
    statements: list[tuple[str, Relation, Values, str]] = [
        ("operators commute", inner(A(B(u)), v) == inner(B(A(u)), v), {a: one, b: ones, "u": x, "v": y}, "matrices"),
        (
            "products of positive operators",
            inner(A(B(u)), u) >= 0,
            {a: diagonal(Fraction(4), Fraction(1, 100)), b: ones, "u": (Fraction(-1), Fraction(3, 2))},
            "not symmetric",
        ),
        (
            "squares are monotone",
            (norm2(A(u)) <= norm2(B(u))).given(inner(A(u), u) <= inner(B(u), u)),
            {a: ones, b: diagonal(Fraction(2), Fraction(0)), "u": (Fraction(1), Fraction(-1, 2))},
            "one vector",
        ),
        (
            "a form is a square",
            inner(A(u), u) == norm2(A(u)),
            {a: diagonal(Fraction(2), Fraction(0)), "u": x, "v": x},
            "eigenvalue 2",
        ),
        (
            "norm from below",
            inner(E(u), u) >= 0,
            {("E", 0, None): diagonal(Fraction(-1), Fraction(1)), "u": x},
            "eigenvalue -1",
        ),
        (
            "any operator is positive",
            inner(any_one(u), u) >= 0,
            {("S", 0, None): diagonal(Fraction(-1), Fraction(1)), "u": x},
            "no bounds",
        ),
        (
            "positive between two vectors",
            inner(A(u), v) >= 0,
            {a: one, "u": x, "v": (Fraction(-1), Fraction(0))},
            "two vectors",
        ),
        (
            "strict at zero",
            inner(C(u), u) > 0,
            {("C", 0, None): diagonal(Fraction(1), Fraction(1)), "u": coordinates(0, 0)},
            "u = 0",
        ),
        (
            "inverse of a sum",
            inner(C.inverse(u), u) >= norm2(u),
            {("C", 0, None): diagonal(Fraction(2), Fraction(1)), "u": x},
            "the inverse of 2",
        ),
    ]
    name, relation, point, why = rng.choice(statements)
    if name == "squares are monotone":
        # <Au, u> = 1/4, |Au|^2 = 1/2; <Bu, u> = 2, |Bu|^2 = 4: turned round it fails.
        relation = (norm2(A(u)) >= norm2(B(u))).given(inner(A(u), u) <= inner(B(u), u))
    if rng.random() < 0.15:
        stated = inner(C(u), u) >= exact(Fraction(1001, 1000)) * norm2(u)
        used = stated.given(inner(D(v), v) >= 2 * norm2(v))
        return Case(FAMILY, "bounds of a namesake", False, lambda: used, "C >= 1 may be 1", ())
    return Case(FAMILY, f"wrong: {name}", False, lambda: relation, why, (point,))


def lyapunov(rng: Random) -> Case:
    """The derivative of Heavy Ball's energy as a quadratic form in position and velocity.

    With friction 2 m, <H x, x>/2 + |m x + y|^2/2 has the derivative -m <H x, x> - m^2 <x, y> - m |y|^2, which is
    -m times the energy less m/2 (<H x, x> - m^2 |x|^2) and m/2 |y|^2: attained at rest, in the mode m^2.
    """
    low = positive(rng)
    m = exact(low)
    H = operator("H", at_least=m**2)
    x, y = vector("x"), vector("y")
    energy = inner(H(x), x) / 2 + norm2(m * x + y) / 2
    slope = -m * inner(H(x), x) - m * norm2(y) - m**2 * inner(x, y)
    at: Values = {("H", 0, None): diagonal(low**2), "x": coordinates(1), "y": coordinates(0)}
    loose: Values = {**at, ("H", 0, None): diagonal(low**2 + 1), "y": coordinates(number(rng, 0, 3))}
    return case_of(FAMILY, Tight("heavy ball's energy", slope <= -m * energy, at, "a sum of squares", loose), rng)


SHAPES = (bounded, bounded, bounded, symbolic, symbolic, wrong, lyapunov)
