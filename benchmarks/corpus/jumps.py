"""Flows that jump, function classes, and explicit counterexamples that must not refute what is true."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from proofcheck import (
    Changes,
    after,
    at,
    claim,
    convex,
    exp,
    first_exit,
    flow,
    function,
    gronwall,
    gronwall_over_jumps,
    gronwall_with_jumps,
    gronwall_with_variation,
    inner,
    minimum,
    motion,
    norm2,
    operator,
    path,
    refuted_by,
    refuted_for,
    sample,
    scalar,
    scalar_path,
    smooth_convex,
    strongly_convex,
    vector,
)
from proofcheck.language.classes import FunctionClass
from proofcheck.language.expressions import Scalar
from proofcheck.language.flows import Flow

from .case import Case
from .drawing import exact, positive
from .tight import PAST

FAMILY = "jumps, classes and examples"
#: An example that refutes nothing leaves a true statement OPEN at best: these are counted apart.
EXAMPLES = "wrong counterexamples"

Stated = Callable[[], object]


def jumping(rng: Random) -> Case:
    """Energies over jumps that do not raise them, or do."""
    t = scalar("t", nonnegative=True)
    m, past = exact(positive(rng)), exact(rng.choice(PAST))
    x, q, h = path("x"), scalar_path("q"), scalar_path("h", jumps_from=0)
    J = operator("J", at_least=m, changes=Changes.BY_JUMPS)
    total = scalar("J_total")
    descent = flow(x.dot == -J(x), time=t)
    falling = flow(q.dot == -m * q, h.dot == 0 * h, time=t, subject_to=[h >= 0], jumps=[after(h) <= h])
    rising = flow(q.dot == -m * q, h.dot == 0 * h, time=t, subject_to=[h >= 0], jumps=[after(h) <= (1 + past) * h])
    free = flow(q.dot == -m * q, h.dot == 0 * h, time=t, subject_to=[h >= 0])
    halving = flow(q.dot == -m * q, h.dot == h, time=t, subject_to=[h >= 0], jumps=[after(h) <= h / 2])
    signed = flow(q.dot == -m * q, h.dot == 0 * h, time=t, jumps=[after(h) <= h])
    two = scalar_path("r", jumps_from=0)
    both = flow(h.dot == 0 * h, two.dot == 0 * two, time=t, jumps=[after(h) <= h, after(two) == two + 1])
    statements: list[tuple[bool, str, Stated, str]] = [
        (True, "a falling factor", lambda: gronwall_over_jumps(falling, h * q**2, 2 * m), "h falls at jumps"),
        (False, "a falling factor, too fast", lambda: gronwall_over_jumps(falling, h * q**2, 2 * m + past), "no jump"),
        (False, "a rising factor", lambda: gronwall_over_jumps(rising, h * q**2, 2 * m), "h rises at jumps"),
        (False, "a factor that jumps as it likes", lambda: gronwall_over_jumps(free, h * q**2, 2 * m), "no law"),
        (False, "a factor without its sign", lambda: gronwall_over_jumps(signed, h * q**2, 3 * m), "h < 0"),
        (
            True,
            "a halved factor that grows between",
            lambda: gronwall_over_jumps(halving, h * q**2, 2 * m - 1),
            "h grows like exp(t)",
        ),
        (
            False,
            "a halved factor, too fast",
            lambda: gronwall_over_jumps(halving, h * q**2, 2 * m - 1 + past),
            "no jump",
        ),
        (True, "descent, the norm", lambda: gronwall(descent, norm2(x), 2 * m), "x is continuous"),
        (False, "descent, its form", lambda: gronwall(descent, inner(J(x), x), 2 * m), "the form jumps"),
        (
            True,
            "descent, its form with jumps",
            lambda: gronwall_with_jumps(descent, inner(J(x), x), 2 * m, total),
            "between jumps",
        ),
        (
            False,
            "descent, its form over jumps",
            lambda: gronwall_over_jumps(descent, inner(J(x), x), 2 * m),
            "the form jumps",
        ),
        (
            True,
            "descent, by variation",
            lambda: gronwall_with_variation(descent, inner(J(x), x), 2 * m, 1 / m, J),
            "a jump of size j costs j/m",
        ),
        (
            False,
            "descent, by variation, too cheap",
            lambda: gronwall_with_variation(descent, inner(J(x), x), 2 * m, 1 / (m + past), J),
            "a jump at the bound",
        ),
        (
            False,
            "descent, by variation, for free",
            lambda: gronwall_with_variation(descent, inner(J(x), x), 2 * m, 0, J),
            "a jump",
        ),
        (False, "two that jump", lambda: gronwall_over_jumps(both, h + two, 0), "r rises by 1"),
        (True, "one of two that jump", lambda: gronwall_over_jumps(both, h, 0), "h falls"),
    ]
    truth, name, stated, why = rng.choice(statements)
    return Case(FAMILY, f"jumps: {name}", truth, stated, why)


def classes(rng: Random) -> Case:
    """Gradient flow on convex, smooth and strongly convex functions."""
    t = scalar("t", nonnegative=True)
    m = exact(positive(rng))
    past = exact(rng.choice(PAST))
    x, g, f = path("x"), path("g"), scalar_path("f")
    star, low = vector("x_star"), scalar("f_star")
    now, best = sample(x, g, f), minimum(star, low)
    equations = (x.dot == -g, f.dot == inner(g, x.dot))

    def along(kept: FunctionClass) -> Flow:
        return flow(*equations, time=t, subject_to=kept.between(now, best).relations)

    plain, strong, smooth = (along(kind) for kind in (convex, strongly_convex(m), smooth_convex(m)))
    none = flow(*equations, time=t)
    u, v, a, b = vector("u"), vector("v"), scalar("a"), scalar("b")
    p, q = sample(u, vector("g_u"), a), sample(v, vector("g_v"), b)
    gap = vector("g_u") - vector("g_v")
    statements: list[tuple[bool, str, Stated, str]] = [
        (True, "the distance falls", lambda: gronwall(plain, norm2(x - star), 0), "convex"),
        (False, "the distance falls for any function", lambda: gronwall(none, norm2(x - star), 0), "not convex"),
        (False, "the distance falls at a rate", lambda: gronwall(plain, norm2(x - star), past), "constant functions"),
        (True, "the distance falls, strongly", lambda: gronwall(strong, norm2(x - star), 2 * m), "strongly convex"),
        (False, "the distance falls too fast", lambda: gronwall(strong, norm2(x - star), 2 * m + past), "a parabola"),
        (True, "the value falls", lambda: gronwall(plain, f - low, 0), "f' = -|g|^2"),
        (True, "the value falls, strongly", lambda: gronwall(strong, f - low, 2 * m), "Polyak-Lojasiewicz"),
        (False, "the value falls too fast", lambda: gronwall(strong, f - low, 2 * m + past), "a parabola"),
        (True, "t times the gap", lambda: gronwall(plain, t * (f - low) + norm2(x - star) / 2, 0), "convex"),
        (
            False,
            "t times the gap, little weight",
            lambda: gronwall(plain, t * (f - low) + norm2(x - star) * (1 - past) / 4, 0),
            "a linear function near its kink",
        ),
        (True, "t times the gap, smooth", lambda: gronwall(smooth, t * (f - low) + norm2(x - star) / 2, 0), "convex"),
        (
            True,
            "gradients are monotone",
            lambda: (inner(gap, u - v) >= 0).given(*convex.between(p, q).relations),
            "added",
        ),
        (
            True,
            "gradients are strongly monotone",
            lambda: (inner(gap, u - v) >= m * norm2(u - v)).given(*strongly_convex(m).between(p, q).relations),
            "added",
        ),
        (
            True,
            "gradients are cocoercive",
            lambda: (inner(gap, u - v) >= norm2(gap) / m).given(*smooth_convex(m).between(p, q).relations),
            "Baillon-Haddad",
        ),
        (
            True,
            "gradients are Lipschitz",
            lambda: (norm2(gap) <= m**2 * norm2(u - v)).given(*smooth_convex(m).between(p, q).relations),
            "Cauchy-Schwarz",
        ),
        (
            False,
            "gradients are strictly monotone",
            lambda: (inner(gap, u - v) > 0).given(*convex.between(p, q).relations),
            "a constant function",
        ),
        (
            False,
            "convex is strongly convex",
            lambda: (inner(gap, u - v) >= past * norm2(u - v)).given(*convex.between(p, q).relations),
            "a constant function",
        ),
        (
            False,
            "cocoercive too much",
            lambda: (inner(gap, u - v) >= (1 / m + past) * norm2(gap)).given(*smooth_convex(m).between(p, q).relations),
            "a parabola",
        ),
        (
            False,
            "gradients are bounded",
            lambda: (norm2(gap) <= norm2(u - v)).given(*convex.between(p, q).relations),
            "a steep parabola",
        ),
    ]
    truth, name, stated, why = rng.choice(statements)
    return Case(FAMILY, f"classes: {name}", truth, stated, why)


def examples(rng: Random) -> Case:
    """Motions and functions that refute what is false, and such that do not refute what is true."""
    t, s, y = scalar("t", nonnegative=True), scalar("s"), scalar("y")
    m, past = exact(positive(rng)), exact(rng.choice(PAST))
    x, f, g = path("x"), scalar_path("f"), path("g")
    H = operator("H", at_least=m)
    J = operator("J", at_least=m, changes=Changes.BY_JUMPS)
    descent, jumping_descent = flow(x.dot == -H(x), time=t), flow(x.dot == -J(x), time=t)
    other = flow(x.dot == 1 * H(x), time=t)
    start = norm2(at(x, 0))
    bound = norm2(x) <= exp(-2 * m * t) * start

    def decaying(rate: Scalar) -> Callable[[Scalar], Scalar]:
        return lambda position: position * exp(-rate * s)

    right = motion(x, H, s, 1).then(1, m, decaying(m))
    slow = motion(x, H, s, 1).then(1, m, decaying(m - past))
    weak = motion(x, H, s, 1).then(1, m - past, decaying(m - past))
    growing = motion(x, H, s, 1).then(1, m, decaying(-m))
    jump = motion(x, J, s, 1).then(1, m, decaying(m)).then(1, 2 * m, decaying(2 * m))
    leap = motion(x, J, s, 1).then(1, m, decaying(m)).then(1, 2 * m, lambda position: (1 + position) * exp(-2 * m * s))
    no_jump = motion(x, H, s, 1).then(1, m, decaying(m)).then(1, 2 * m, decaying(2 * m))
    backwards = motion(x, H, s, 1).then(-1, m, decaying(m))
    gradient = flow(x.dot == -g, time=t)
    known = convex.between(sample(x, g, f))
    bowl = function(y, y**2 / 2)
    falls = f <= at(f, 0)
    statements: list[tuple[bool, str, Stated, str]] = [
        (
            False,
            "too fast, by its slowest mode",
            lambda: refuted_by(norm2(x) <= exp(-(2 * m + past) * t) * start, descent, right),
            "tight",
        ),
        (True, "the bound itself", lambda: refuted_by(bound, descent, right), "attained"),
        (True, "by a motion that is too slow", lambda: refuted_by(bound, descent, slow), "no solution"),
        (True, "by an operator below its bound", lambda: refuted_by(bound, descent, weak), "not allowed"),
        (True, "by a motion of another flow", lambda: refuted_by(bound, descent, growing), "no solution"),
        (
            True,
            "along another flow",
            lambda: refuted_by(bound.along(descent), other, growing),
            "claimed along another flow",
        ),
        (True, "by a jump of the path", lambda: refuted_by(bound, jumping_descent, leap), "not continuous"),
        (
            True,
            "by a jump of a constant operator",
            lambda: refuted_by(norm2(x) * exp(2 * m * t) == start, flow(x.dot == -m * x + 0 * H(x), time=t), no_jump),
            "true for all",
        ),
        (True, "backwards in time", lambda: refuted_by(norm2(x) <= start, descent, backwards), "negative time"),
        (
            False,
            "rates are equal",
            lambda: refuted_by(norm2(x) == exp(-2 * m * t) * start, jumping_descent, jump),
            "it jumps to 2 m",
        ),
        (
            False,
            "the value rises",
            lambda: refuted_for(f >= at(f, 0), gradient, known, bowl, {x: exp(-t)}, until=1),
            "a parabola",
        ),
        (
            True,
            "the value falls",
            lambda: refuted_for(falls, gradient, known, bowl, {x: exp(-t)}, until=1),
            "a parabola",
        ),
        (
            True,
            "the value falls, by another curve",
            lambda: refuted_for(falls, gradient, known, bowl, {x: exp(t)}, until=1),
            "no solution",
        ),
        (
            True,
            "the value falls, by a concave function",
            lambda: refuted_for(
                f <= at(f, 0) + 0 * past, gradient, known, function(y, -(y**2) / 2), {x: exp(t)}, until=1
            ),
            "not convex; it falls, too",
        ),
    ]
    truth, name, stated, why = rng.choice(statements)
    return Case(EXAMPLES if truth else FAMILY, f"examples: {name}", truth, stated, why)


def exits(rng: Random) -> Case:
    """Flows that are studied as long as they stay inside, and whether they do."""
    t = scalar("t", nonnegative=True)
    m, past = exact(positive(rng)), exact(rng.choice(PAST))
    q, e = scalar_path("q"), scalar_path("e")
    inside = flow(q.dot == -m * q + e, time=t, subject_to=[q * e <= 0], inside=q**2 <= 2)
    growing = flow(q.dot == m * q, time=t, inside=q**2 <= 2)
    started = at(q, 0) ** 2

    @claim("the corpus")
    def falls() -> object:
        return gronwall(inside, q**2, 2 * m)

    @claim("the corpus")
    def small() -> object:
        return (q**2 <= 1).given(started <= 1).by(falls)

    @claim("the corpus")
    def stays() -> object:
        return (q**2 <= 2).along(growing)

    @claim("the corpus")
    def starts_below() -> object:
        return (q**2 <= 2 - past).given(started <= 1).along(growing)

    statements: list[tuple[bool, str, Stated, str]] = [
        (True, "a flow that stays", lambda: first_exit(falls, small), "it falls"),
        (False, "a flow that grows", lambda: first_exit(stays, stays), "it leaves"),
        (False, "a flow that grows, from below", lambda: first_exit(stays, starts_below), "it leaves"),
        (False, "inside, and smaller", lambda: (q**2 <= 2 - past).along(growing), "the edge itself"),
        (True, "inside, as long as it is there", lambda: (q**2 <= 2).along(growing), "by its definition"),
    ]
    truth, name, stated, why = rng.choice(statements)
    return Case(FAMILY, f"exits: {name}", truth, stated, why)


SHAPES = (jumping, jumping, classes, classes, examples, exits)
