"""Quadratic forms of vectors in any dimension, norms, and self-adjoint operators within bounds."""

from __future__ import annotations

from fractions import Fraction

from proofcheck import absolute, inner, norm, norm2, operator, scalar, vector
from proofcheck.language.expressions import Relation, Scalar, Vector

from .pairs import STEP, Pair, above, below

HLP = "Hardy, Littlewood, Polya, Inequalities, 1934"
MITRINOVIC = "Mitrinovic, Pecaric, Fink, Classical and New Inequalities in Analysis, 1993"
BAUSCHKE = "Bauschke, Combettes, Convex Analysis and Monotone Operator Theory, 2011"
NESTEROV = "Nesterov, Lectures on Convex Optimization, 2018"

x, y, z = vector("x"), vector("y"), vector("z")
s = scalar("s", positive=True)
t = scalar("t", nonnegative=True, at_most=1)
step = scalar("h", nonnegative=True)
mu, L = scalar("mu", positive=True), scalar("L", positive=True)
H = operator("H", at_least=1, at_most=4)
K = operator("K", at_least=0, at_most=L)
M = operator("M", at_least=mu, at_most=L)


def gram_determinant(first: Vector, second: Vector, third: Vector) -> Scalar:
    """The determinant of the Gram matrix of three vectors."""
    a, b, c = norm2(first), norm2(second), norm2(third)
    d, e, f = inner(second, third), inner(first, third), inner(first, second)
    return a * b * c + 2 * d * e * f - a * d**2 - b * e**2 - c * f**2


def gradient_step(most: object) -> Relation:
    """A gradient step on a quadratic contracts by 1 - h mu when h <= 2/(mu + L)."""
    moved = norm2(x - step * M(x)) <= (1 - step * mu) ** 2 * norm2(x)
    return moved.given(mu <= L, step * (mu + L) <= most)  # type: ignore[operator]


PAIRS: tuple[Pair, ...] = (
    below("Cauchy-Schwarz, squared", HLP, lambda k: inner(x, y) ** 2 <= k * norm2(x) * norm2(y)),
    below("Cauchy-Schwarz", HLP, lambda k: absolute(inner(x, y)) <= k * norm(x) * norm(y)),
    below("triangle inequality", HLP, lambda k: norm(x + y) <= k * (norm(x) + norm(y))),
    below("inverse triangle inequality", HLP, lambda k: absolute(norm(x) - norm(y)) <= k * norm(x - y)),
    above("parallelogram", BAUSCHKE, lambda k: norm2(x + y) + norm2(x - y) == k * (norm2(x) + norm2(y)), 2),
    above("polarization", BAUSCHKE, lambda k: k * inner(x, y) == norm2(x + y) - norm2(x - y), 4),
    above("Peter-Paul", HLP, lambda k: k * inner(x, y) <= s * norm2(x) + norm2(y) / s, 2),
    below("square of a sum", HLP, lambda k: norm2(x + y) <= (1 + s) * norm2(x) + (k + 1 / s) * norm2(y)),
    above(
        "the square is strongly convex",
        BAUSCHKE,
        lambda k: norm2(t * x + (1 - t) * y) <= t * norm2(x) + (1 - t) * norm2(y) - k * t * (1 - t) * norm2(x - y),
    ),
    above(
        "three points",
        BAUSCHKE,
        lambda k: k * inner(x - y, x - z) == norm2(x - y) + norm2(x - z) - norm2(y - z),
        2,
    ),
    below("square of a sum of three", HLP, lambda k: norm2(x + y + z) <= k * (norm2(x) + norm2(y) + norm2(z)), 3),
    above(
        "Hlawka",
        MITRINOVIC,
        lambda k: norm(x) + norm(y) + norm(z) + norm(x + y + z) >= k * (norm(x + y) + norm(y + z) + norm(z + x)),
    ),
    above(
        "Ptolemy",
        MITRINOVIC,
        lambda k: norm(x - y) * norm(z) + norm(y - z) * norm(x) >= k * norm(x - z) * norm(y),
    ),
    above("Gram determinant", MITRINOVIC, lambda k: gram_determinant(x, y, z) >= k * norm2(x) * norm2(y) * norm2(z), 0),
    below(
        "Buzano",
        "Buzano 1974",
        lambda k: 2 * inner(x, z) * inner(z, y) <= (k * norm(x) * norm(y) + inner(x, y)) * norm2(z),
    ),
    above(
        "median",
        BAUSCHKE,
        lambda k: norm2(x - (y + z) / 2) == norm2(x - y) / 2 + norm2(x - z) / 2 - k * norm2(y - z),
        Fraction(1, 4),
    ),
    above("Pythagoras", HLP, lambda k: (norm2(x + y) >= norm2(x) + k * norm2(y)).given(inner(x, y) == 0)),
    above("an operator below its bound", NESTEROV, lambda k: k * norm2(K(x)) <= L * inner(K(x), x)),
    above(
        "an operator between its bounds",
        NESTEROV,
        lambda k: (k * norm2(M(x)) + mu * L * norm2(x) <= (mu + L) * inner(M(x), x)).given(mu <= L),
    ),
    Pair("a gradient step on a quadratic", NESTEROV, gradient_step, 2, 2 + STEP),
    below(
        "Kantorovich",
        "Kantorovich 1948",
        lambda k: inner(H(x), x) * inner(H.inverse(x), x) <= k * norm2(x) ** 2,
        Fraction(25, 16),
    ),
)
