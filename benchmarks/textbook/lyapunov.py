"""Lyapunov inequalities over classes of functions, steps of methods and flows, with numbers and with letters.

A function enters by its points, gradients and values, and the class by what it says of them (interpolation: Taylor,
Hendrickx, Glineur 2017). Where a case is for numbers, it says so; the others are for every mu, L and step.
"""

from __future__ import annotations

from fractions import Fraction

from proofcheck import (
    convex,
    flow,
    inner,
    minimum,
    norm2,
    path,
    sample,
    scalar,
    scalar_path,
    smooth_convex,
    strongly_convex,
    vector,
)
from proofcheck.language.classes import FunctionClass, Sample, Sampled
from proofcheck.language.expressions import Relation, Scalar, number

from .pairs import STEP, Pair, above, below

NESTEROV = "Nesterov, Lectures on Convex Optimization, 2018"
DRORI = "Drori, Teboulle, Performance of first-order methods, 2014"
TAYLOR = "Taylor, Hendrickx, Glineur, Smooth strongly convex interpolation, 2017"
PROXIMAL = "Guler 1991; Rockafellar 1976"
HALF = Fraction(1, 2)

mu, L = scalar("mu", positive=True), scalar("L", positive=True)
step = scalar("s", positive=True)
x_star, f_star = vector("x_star"), scalar("f_star")
x_0, g_0, f_0 = vector("x_0"), vector("g_0"), scalar("f_0")
x_1, g_1, f_1 = vector("x_1"), vector("g_1"), scalar("f_1")
g_2, f_2 = vector("g_2"), scalar("f_2")
bottom, first = minimum(x_star, f_star), sample(x_0, g_0, f_0)
there = sample(x_1, g_1, f_1)
R2 = norm2(x_0 - x_star)


def smooth_strongly_convex(low: Scalar | int, high: Scalar | int) -> FunctionClass:
    """The functions with strong convexity `low` and a gradient with the Lipschitz constant `high` > `low`."""
    least, most = number(low), number(high)

    def inequality(one: Sample, other: Sample) -> Relation:
        slopes, points = one.gradient - other.gradient, one.point - other.point
        bent = norm2(slopes) / most + least * norm2(points) - 2 * least / most * inner(slopes, points)
        return other.value >= one.value + inner(one.gradient, other.point - one.point) + bent / (2 * (1 - least / most))

    return FunctionClass(inequality)


def under(known: Sampled, claimed: Relation, *more: Relation) -> Relation:
    """What is claimed of some samples of a function of a class."""
    return claimed.given(*known.relations, *more)


numbers = smooth_strongly_convex(1, 4).between(first, bottom)
letters = smooth_strongly_convex(mu, L).between(first, bottom)
gap = mu < L


def descends(size: Scalar | Fraction | int, steps: int, at_most: Relation, smoothness: Scalar | int = 1) -> Relation:
    """What is claimed after one or two gradient steps on a smooth convex function."""
    points = [x_0, x_0 - size * g_0]
    points.append(points[1] - size * g_1)
    samples = [sample(*each) for each in zip(points, (g_0, g_1, g_2), (f_0, f_1, f_2), strict=True)]
    return under(smooth_convex(smoothness).between(bottom, *samples[: steps + 1]), at_most)


# Flows.
t = scalar("t", positive=True)
q = scalar("q", positive=True)
gamma = scalar("gamma", positive=True)
b = scalar("b", positive=True)
x, g, f = path("x"), path("g"), scalar_path("f")
now = sample(x, g, f)
value = f.dot == inner(g, x.dot)
descent = flow(x.dot == -g, value, time=scalar("t", nonnegative=True))
damped = flow(x.ddot == -b * x.dot - g, value)
heavy_ball = flow(x.ddot == -2 * q * x.dot - g, value)
time = scalar("t", nonnegative=True)
nesterov = flow(x.ddot == -gamma / time * x.dot - g, value, time=time)
E_flow = time * (f - f_star) + norm2(x - x_star) / 2
V_ball = f - f_star + norm2(q * (x - x_star) + x.dot) / 2
E_nesterov = time**2 * (f - f_star) + norm2((gamma - 1) * (x - x_star) + time * x.dot) / 2

PAIRS: tuple[Pair, ...] = (
    below(
        "gradient descent, mu = 1, L = 4, s = 2/5",
        NESTEROV,
        lambda k: under(numbers, norm2(x_0 - Fraction(2, 5) * g_0 - x_star) <= k * R2),
        Fraction(9, 25),
    ),
    below(
        "gradient descent, mu = 1, L = 4, s = 1/4",
        NESTEROV,
        lambda k: under(numbers, norm2(x_0 - Fraction(1, 4) * g_0 - x_star) <= k * R2),
        Fraction(9, 16),
    ),
    below(
        "gradient descent, s = 2/(mu + L)",
        NESTEROV,
        lambda k: under(letters, norm2(x_0 - 2 / (mu + L) * g_0 - x_star) <= k * ((L - mu) / (L + mu)) ** 2 * R2, gap),
    ),
    Pair(
        "gradient descent, s <= 2/(mu + L)",
        NESTEROV,
        lambda most: under(
            letters, norm2(x_0 - step * g_0 - x_star) <= (1 - step * mu) ** 2 * R2, gap, step * (mu + L) <= most
        ),
        2,
        2 + STEP,
    ),
    above(
        "descent lemma, L = 1",
        NESTEROV,
        lambda k: under(smooth_convex(1).between(first, sample(x_0 - g_0, g_1, f_1)), f_1 <= f_0 - k * norm2(g_0)),
        HALF,
    ),
    above(
        "descent lemma",
        NESTEROV,
        lambda k: under(
            smooth_convex(L).between(first, sample(x_0 - g_0 / L, g_1, f_1)), f_1 <= f_0 - k / L * norm2(g_0)
        ),
        HALF,
    ),
    below(
        "loss after one gradient step, L = 1", DRORI, lambda k: descends(1, 1, f_1 - f_star <= k * R2), Fraction(1, 6)
    ),
    below(
        "loss after two gradient steps, L = 1", DRORI, lambda k: descends(1, 2, f_2 - f_star <= k * R2), Fraction(1, 10)
    ),
    below(
        "loss after one gradient step",
        DRORI,
        lambda k: descends(1 / L, 1, f_1 - f_star <= k * L * R2, L),
        Fraction(1, 6),
    ),
    Pair(
        "the gradient's norm does not grow, L = 1",
        TAYLOR,
        lambda size: descends(number(size), 1, norm2(g_1) <= norm2(g_0)),
        2,
        2 + STEP,
    ),
    above(
        "co-coercivity, L = 1",
        NESTEROV,
        lambda k: under(smooth_convex(1).between(first, there), inner(g_0 - g_1, x_0 - x_1) >= k * norm2(g_0 - g_1)),
    ),
    above(
        "co-coercivity",
        NESTEROV,
        lambda k: under(
            smooth_convex(L).between(first, there), inner(g_0 - g_1, x_0 - x_1) >= k / L * norm2(g_0 - g_1)
        ),
    ),
    above(
        "co-coercivity, strongly convex",
        NESTEROV,
        lambda k: under(
            smooth_strongly_convex(mu, L).between(first, there),
            (mu + L) * inner(g_0 - g_1, x_0 - x_1) >= mu * L * norm2(x_0 - x_1) + k * norm2(g_0 - g_1),
            gap,
        ),
    ),
    above(
        "Polyak-Lojasiewicz from strong convexity",
        "Polyak 1963; Lojasiewicz 1963",
        lambda k: under(strongly_convex(mu).between(first, bottom), norm2(g_0) >= k * mu * (f_0 - f_star)),
        2,
    ),
    above(
        "quadratic growth, mu = 3",
        NESTEROV,
        lambda k: under(strongly_convex(3).between(first, bottom), f_0 - f_star >= k * R2),
        Fraction(3, 2),
    ),
    below(
        "gradient descent under Polyak-Lojasiewicz",
        "Karimi, Nutini, Schmidt 2016",
        lambda k: (f_1 - f_star <= (1 - mu / L) * (f_0 - f_star)).given(
            f_1 <= f_0 - norm2(g_0) / (2 * L), norm2(g_0) >= 2 * k * mu * (f_0 - f_star), f_0 >= f_star
        ),
    ),
    below(
        "proximal point",
        PROXIMAL,
        lambda k: under(convex.between(bottom, sample(x_0 - step * g_1, g_1, f_1)), f_1 - f_star <= k * R2 / step),
        Fraction(1, 4),
    ),
    below(
        "proximal point, s = 1, strongly convex with mu = 2",
        PROXIMAL,
        lambda k: under(
            strongly_convex(2).between(bottom, sample(x_0 - g_1, g_1, f_1)), norm2(x_0 - g_1 - x_star) <= k * R2
        ),
        Fraction(1, 9),
    ),
    below(
        "proximal point, strongly convex",
        PROXIMAL,
        lambda k: under(
            strongly_convex(mu).between(bottom, sample(x_0 - step * g_1, g_1, f_1)),
            (1 + step * mu) ** 2 * norm2(x_0 - step * g_1 - x_star) <= k * R2,
        ),
    ),
    above(
        "subgradient step",
        NESTEROV,
        lambda k: under(
            convex.between(first, bottom),
            norm2(x_0 - step * g_0 - x_star) <= R2 - k * step * (f_0 - f_star) + step**2 * norm2(g_0),
        ),
        2,
    ),
    above(
        "resolvents are firmly nonexpansive",
        "Bauschke, Combettes, Convex Analysis and Monotone Operator Theory, 2011",
        lambda k: (norm2(x_0 - x_1) + k * norm2(g_0 - g_1) <= norm2(x_0 + g_0 - x_1 - g_1)).given(
            inner(g_0 - g_1, x_0 - x_1) >= 0
        ),
    ),
    above(
        "gradient flow, convex",
        "Su, Boyd, Candes 2016",
        lambda k: under(convex.between(now, bottom), descent.d(E_flow) <= -k * time * norm2(g)),
    ),
    above(
        "gradient flow, strongly convex",
        "folklore",
        lambda k: under(
            strongly_convex(mu).between(now, bottom), descent.d(norm2(x - x_star)) <= -k * mu * norm2(x - x_star)
        ),
        2,
    ),
    above(
        "friction takes the mechanical energy",
        "Polyak 1964",
        lambda k: damped.d(f + norm2(x.dot) / 2) == -k * b * norm2(x.dot),
    ),
    above(
        "Heavy Ball's flow, strongly convex",
        "Polyak 1964; Siegel 2019",
        lambda k: under(strongly_convex(q**2).between(now, bottom), heavy_ball.d(V_ball) <= -k * q * V_ball),
    ),
    Pair(
        "Nesterov's flow",
        "Su, Boyd, Candes 2016",
        lambda low: under(convex.between(now, bottom), nesterov.d(E_nesterov) <= 0, gamma >= low, time > 0),
        3,
        3 - STEP,
    ),
)
