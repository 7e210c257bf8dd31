"""Growth along flows with known solutions: the exact rate and rates just beyond, conserved quantities, constraints.

Every flow here has a nonzero solution along which the exact rate is attained, so that a larger one is false.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

from proofcheck import (
    Changes,
    at,
    claim,
    conserved,
    displacement,
    exp,
    flow,
    gronwall,
    inner,
    integrated,
    let,
    log,
    mean_value,
    norm,
    norm2,
    operator,
    path,
    power,
    scalar,
    scalar_path,
    sqrt,
    vector,
)
from proofcheck.language.expressions import Scalar

from .case import Case
from .drawing import exact, nonzero, positive
from .tight import PAST

FAMILY = "flows"

Stated = Callable[[], object]


def _case(rng: Random, name: str, statement: Callable[[Scalar], object], rate: Scalar, why: str) -> Case:
    """True at the rate, false a little beyond."""
    if rng.random() < 0.5:
        return Case(FAMILY, name, True, lambda: statement(rate), why)
    past = rng.choice(PAST) * positive(rng)
    return Case(
        FAMILY,
        f"{name}, rate moved by {float(past):.0e}",
        False,
        lambda: statement(rate + exact(past)),
        f"{why}, exactly",
    )


def rates(rng: Random) -> Case:
    """Linear flows: the energy falls at the rate of the slowest mode, and no faster."""
    t = scalar("t", nonnegative=True)
    low = positive(rng)
    m, r = exact(low), exact(nonzero(rng))
    a = scalar("alpha", positive=True)
    x, y, q, p = path("x"), path("y"), scalar_path("q"), scalar_path("p")
    H, S = operator("H", at_least=m), operator("S", norm=m)
    G = operator("G", at_least=a**2)
    M = operator("M", at_least=m, changes=rng.choice((Changes.CONTINUOUSLY, Changes.BY_JUMPS)))
    decay = flow(q.dot == -m * q, time=t)
    descent = flow(x.dot == -H(x), time=t)
    letters = flow(x.dot == -a * x, time=t)
    ball = flow(x.ddot == -2 * a * x.dot - G(x), time=t)
    two = flow(q.dot == -m * q + p, p.dot == -m * p - q, time=t)
    moving = flow(x.dot == -M(x), time=t)
    rotated = flow(x.dot == -m * x + r * y, y.dot == -m * y - r * x, time=t)
    statements: list[tuple[str, Callable[[Scalar], object], Scalar, str]] = [
        ("one number", lambda k: gronwall(decay, q**2, k), 2 * m, "q = q(0) exp(-m t)"),
        ("one number, fourth power", lambda k: gronwall(decay, q**4, k), 4 * m, "q = q(0) exp(-m t)"),
        ("one number, exactly", lambda k: gronwall(decay, q, k, exactly=True), m, "q = q(0) exp(-m t)"),
        ("with a named energy", lambda k: gronwall(decay, let("E", m * q**2 / 2), k), 2 * m, "q = q(0) exp(-m t)"),
        ("later on", lambda k: gronwall(decay, q**2, k, since=1), 2 * m, "q = q(0) exp(-m t)"),
        ("descent", lambda k: gronwall(descent, norm2(x), k), 2 * m, "the mode of the lower bound"),
        ("descent, its form", lambda k: gronwall(descent, inner(H(x), x), k), 2 * m, "the mode of the lower bound"),
        ("descent, its gradient", lambda k: gronwall(descent, norm2(H(x)), k), 2 * m, "the mode of the lower bound"),
        (
            "descent, both",
            lambda k: gronwall(descent, norm2(x) + inner(H(x), x), k),
            2 * m,
            "the mode of the lower bound",
        ),
        ("a letter", lambda k: gronwall(letters, norm2(x), k), 2 * a, "x = x(0) exp(-alpha t)"),
        ("heavy ball", lambda k: gronwall(ball, inner(G(x), x) / 2 + norm2(a * x + x.dot) / 2, k), a, "printed rate"),
        ("two coupled numbers", lambda k: gronwall(two, q**2 + p**2, k), 2 * m, "a spiral"),
        ("two rotated vectors", lambda k: gronwall(rotated, norm2(x) + norm2(y), k), 2 * m, "a spiral"),
        ("a kernel that moves", lambda k: gronwall(moving, norm2(x), k), 2 * m, "it may rest"),
        (
            "growth bounded by a norm",
            lambda k: gronwall(flow(x.dot == S(x), time=t), norm2(x), k),
            -2 * m,
            "the mode m",
        ),
        ("growth", lambda k: gronwall(flow(q.dot == m * q, time=t), q**2, k), -2 * m, "q = q(0) exp(m t)"),
    ]
    name, statement, rate, why = rng.choice(statements)
    if name == "heavy ball":
        # The rate alpha is not the best one for this energy: only what is far beyond the slowest mode is false.
        if rng.random() < 0.5:
            return Case(FAMILY, name, True, lambda: statement(a), "Lemma 3.3 of the paper for a constant kernel")
        return Case(
            FAMILY,
            f"{name}, twice its slowest mode",
            False,
            lambda: statement(2 * a + exact(low)),
            "the double root alpha of the mode alpha**2: (1 + t) exp(-alpha t)",
        )
    return _case(rng, name, statement, rate, why)


def linear(rng: Random) -> Case:
    """A random linear flow of two numbers and a random quadratic energy: true exactly if a matrix is not positive.

    The bound with the rate r holds for all times and states exactly if V' + r V, a quadratic form, is never positive:
    where it is positive at the start, the bound fails at once.
    """
    t = scalar("t", nonnegative=True)
    q, p = scalar_path("q"), scalar_path("p")
    a, b, c, d = (Fraction(rng.randint(-4, 2), rng.choice((1, 2))) for _ in range(4))
    first, second, third = (Fraction(rng.randint(-2, 2)) for _ in range(3))
    # V = (first q + second p)^2 + (third p)^2 = u q^2 + 2 v q p + w p^2
    u, v, w = first**2, first * second, second**2 + third**2
    r = rng.choice((*map(Fraction, (-20, -12, -6, -3, -1, 0, 1, 2)), Fraction(1, 1000)))
    along = flow(q.dot == exact(a) * q + exact(b) * p, p.dot == exact(c) * q + exact(d) * p, time=t)
    energy = exact(u) * q**2 + exact(2 * v) * q * p + exact(w) * p**2
    # Half of V' + r V: its entries for q^2, q p and p^2.
    top = u * a + v * c + r * u / 2
    side = (u * b + v * (a + d) + w * c) / 2 + r * v / 2
    bottom = v * b + w * d + r * w / 2
    truth = top <= 0 and bottom <= 0 and top * bottom >= side**2
    return Case(FAMILY, "a linear flow", truth, lambda: gronwall(along, energy, exact(r)), "the sign of a matrix")


def kept(rng: Random) -> Case:
    """Conserved quantities, and what only seems to be conserved."""
    t = scalar("t", nonnegative=True)
    m, k = exact(positive(rng)), exact(nonzero(rng))
    x, q, p = path("x"), scalar_path("q"), scalar_path("p")
    u = vector("u")
    H = operator("H")
    J = operator("J", at_least=0, changes=Changes.BY_JUMPS)
    C = operator("C", at_least=0, changes=Changes.CONTINUOUSLY)
    oscillator, decay = flow(q.ddot == -(m**2) * q, time=t), flow(q.dot == -m * q, time=t)
    waves, jumping, turning = (flow(x.ddot == -1 * K(x), time=t) for K in (H, J, C))
    clock, fall = flow(q.dot == 1 + 0 * q, time=t), flow(q.ddot == k + 0 * q, time=t)
    pair = flow(q.dot == p, p.dot == -q, time=t)
    logistic = flow(q.dot == q * (1 - q), time=t, subject_to=[q > 0, q < 1])
    hamilton = flow(q.dot == p, p.dot == -(q**3), time=t)
    singular = flow(q.dot == 2 * t * q, time=t)
    kink = flow(q.dot == p, p.dot == 0 * p, time=t)
    rising = flow(q.dot == 1 + q**2, time=t)
    statements: list[tuple[bool, str, Stated, str]] = [
        (True, "an oscillator", lambda: conserved(oscillator, q.dot**2 + m**2 * q**2), "energy"),
        (
            False,
            "an oscillator, another frequency",
            lambda: conserved(oscillator, q.dot**2 + (m**2 + exact(rng.choice(PAST))) * q**2),
            "not its energy",
        ),
        (True, "waves", lambda: conserved(waves, norm2(x.dot) + inner(H(x), x)), "energy"),
        (
            False,
            "waves, without the half",
            lambda: conserved(waves, norm2(x.dot) + 2 * inner(H(x), x)),
            "not its energy",
        ),
        (
            False,
            "waves under a kernel that jumps",
            lambda: conserved(jumping, norm2(x.dot) + inner(J(x), x)),
            "each jump adds",
        ),
        (
            False,
            "waves under a kernel that moves",
            lambda: conserved(turning, norm2(x.dot) + inner(C(x), x)),
            "its derivative adds",
        ),
        (True, "scaled back", lambda: conserved(decay, exp(m * t) * q), "closed form"),
        (
            False,
            "scaled back too far",
            lambda: conserved(decay, exp((m + exact(rng.choice(PAST))) * t) * q),
            "closed form",
        ),
        (True, "a clock", lambda: conserved(clock, q - t), "closed form"),
        (False, "a clock at double speed", lambda: conserved(clock, q - 2 * t), "closed form"),
        (True, "a fall", lambda: conserved(fall, q - q.dot * t + k * t**2 / 2), "closed form"),
        (False, "a fall, sign", lambda: conserved(fall, q - q.dot * t - k * t**2 / 2), "closed form"),
        (True, "a circle", lambda: conserved(pair, q**2 + p**2), "rotation"),
        (False, "a hyperbola", lambda: conserved(pair, q**2 - p**2), "rotation"),
        (True, "a quartic", lambda: conserved(hamilton, p**2 / 2 + q**4 / 4), "energy"),
        (True, "logistic", lambda: conserved(logistic, exp(-t) * q / (1 - q)), "closed form"),
        (False, "logistic without its exponential", lambda: conserved(logistic, q / (1 - q)), "closed form"),
        (True, "a rate that grows", lambda: conserved(singular, exp(-(t**2)) * q), "closed form"),
        (False, "a rate that grows, taken for constant", lambda: conserved(singular, exp(-2 * t) * q), "closed form"),
        (False, "a root of a moving number", lambda: conserved(kink, sqrt(q**2) - q), "it may change its sign"),
        (False, "a sign", lambda: conserved(kink, q / sqrt(q**2)), "it jumps where q crosses 0"),
        (
            False,
            "an inverse across its pole",
            lambda: conserved(kink, 1 / q + t * p / q**2 - t * p / q**2),
            "1/q is not constant",
        ),
        (False, "a moving vector's product", lambda: conserved(waves, inner(x, u)), "x moves"),
        (
            False,
            "a delay",
            lambda: integrated(flow(q.dot == at(q, t / 2), time=t), q, scalar("s", nonnegative=True)),
            "the delay moves",
        ),
        (False, "a path of no flow", lambda: conserved(decay, scalar_path("r") ** 2), "nothing is known of r"),
        (False, "a blow-up", lambda: conserved(rising, 0 * q + 1 / (q - q)), "undefined"),
        (
            True,
            "angular momentum",
            lambda: conserved(flow(q.ddot == -m * q, p.ddot == -m * p, time=t), q * p.dot - p * q.dot),
            "central force",
        ),
        (
            False,
            "angular momentum, two forces",
            lambda: conserved(flow(q.ddot == -m * q, p.ddot == -2 * m * p, time=t), q * p.dot - p * q.dot),
            "not central",
        ),
    ]
    truth, name, stated, why = rng.choice(statements)
    return Case(FAMILY, f"conserved: {name}", truth, stated, why)


def singular(rng: Random) -> Case:
    """Flows with friction gamma/t: weights that are powers of the time, and weights that are not."""
    t = scalar("t", nonnegative=True)
    gamma = positive(rng) + 1
    g, past = exact(gamma), exact(rng.choice(PAST))
    letter = scalar("gamma", at_least=3)
    q, x, f = scalar_path("q"), path("x"), scalar_path("f")
    grad = path("g")
    nesterov = flow(
        x.ddot == -(letter / t) * x.dot - grad,
        f.dot == inner(grad, x.dot),
        time=t,
        subject_to=[f >= 0, inner(grad, x) >= f],
    )
    slow = scalar("gamma", nonnegative=True, below=3)
    slower = flow(
        x.ddot == -(slow / t) * x.dot - grad,
        f.dot == inner(grad, x.dot),
        time=t,
        subject_to=[f >= 0, inner(grad, x) >= f],
    )
    friction = flow(q.ddot == -(g / t) * q.dot, time=t)
    sources = flow(q.dot == -(g / t) * q + 1, time=t)

    growing = t**2 * f + norm2(t * x.dot + 2 * x) / 2
    statements: list[tuple[bool, str, Stated, str]] = [
        (True, "friction stops the speed", lambda: conserved(friction, power(t, g) * q.dot), "(t^gamma q')' = 0"),
        (
            False,
            "a source, another power",
            lambda: conserved(sources, power(t, g + past) * q - power(t, g + 1) / (g + 1)),
            "closed form",
        ),
        (False, "a power that does not vanish", lambda: conserved(sources, power(t, 0 * g) + q), "q moves"),
        (True, "a source", lambda: conserved(sources, power(t, g) * q - power(t, g + 1) / (g + 1)), "closed form"),
        (
            False,
            "a source, its factor",
            lambda: conserved(sources, power(t, g) * q - power(t, g + 1) / g),
            "closed form",
        ),
        (
            True,
            "Nesterov's energy",
            lambda: gronwall(nesterov, t**2 * f + 2 * norm2(x + t * x.dot / 2) + (letter - 3) * norm2(x), 0),
            "Su, Boyd, Candes",
        ),
        (False, "Nesterov's energy with little friction", lambda: gronwall(slower, growing, 0), "gamma < 3"),
        (
            False,
            "a pole at the start",
            lambda: conserved(flow(q.dot == 0 * q, time=t), q + 1 / t - 1 / t),
            "undefined at 0",
        ),
        (
            False,
            "an inverse power at the start",
            lambda: conserved(friction, power(t, -g) * power(t, g)),
            "undefined at 0",
        ),
        (
            False,
            "a logarithm at the start",
            lambda: conserved(flow(q.dot == 0 * q, time=t), q + 0 * log(t)),
            "undefined at 0",
        ),
        (True, "a square of the time", lambda: conserved(flow(q.dot == 2 * t, time=t), q - t**2), "closed form"),
    ]
    truth, name, stated, why = rng.choice(statements)
    return Case(FAMILY, f"friction gamma/t: {name}", truth, stated, why)


def disturbed(rng: Random) -> Case:
    """Flows with a disturbance of known size: what is left of the rate, attained by the worst one."""
    t, s = scalar("t", nonnegative=True), scalar("s", nonnegative=True)
    c = Fraction(rng.randint(1, 9), 10)
    k = exact(c)
    e, x, q, d = path("e"), path("x"), scalar_path("q"), scalar_path("d")
    close = flow(x.dot == -x + e, time=t, subject_to=[norm(e) <= k * norm(x)])
    squares = flow(x.dot == -x + e, time=t, subject_to=[norm2(e) <= k**2 * norm2(x)])
    signed = flow(q.dot == -q + d, time=t, subject_to=[q * d <= k * q**2])
    speed = flow(x.dot == e, time=t, subject_to=[norm(e) <= k * t])
    steady = flow(x.dot == e, time=t, subject_to=[norm(e) <= k])
    decaying = flow(x.dot == e, time=t, subject_to=[norm(e) <= exp(-k * t)])
    one = exact(1)
    statements: list[tuple[str, Callable[[Scalar], object], Scalar, str]] = [
        ("a disturbance", lambda r: gronwall(close, norm2(x), r), 2 * (1 - k), "e = c x"),
        ("a disturbance, squares", lambda r: gronwall(squares, norm2(x), r), 2 * (1 - k), "e = c x"),
        ("a signed disturbance", lambda r: gronwall(signed, q**2, r), 2 * (1 - k), "d = c q"),
        ("a growing speed", lambda r: mean_value(speed, x, k * t**2 / 2 * (2 - r)), one, "e = c t"),
        ("a steady speed", lambda r: mean_value(steady, x, k * (2 - r) * t), one, "e = c"),
        ("a speed that decays", lambda r: mean_value(decaying, x, -(2 - r) * exp(-k * t) / k), one, "e = exp(-c t)"),
        ("displacement, integrated", lambda r: displacement(steady, (2 - r) * x, s, velocity=e), one, "e"),
        (
            "an integral of the slope",
            lambda r: integrated(flow(q.dot == -q, time=t), q, s, slope=-r * q),
            one,
            "q' = -q",
        ),
    ]
    name, statement, rate, why = rng.choice(statements)
    if name == "displacement, integrated":
        if rng.random() < 0.5:
            return Case(FAMILY, name, True, lambda: statement(one), why)
        return Case(FAMILY, f"{name}, twice as far", False, lambda: statement(0 * one), "the velocity is e, not 2 e")
    return _case(rng, name, statement, rate, why)


def used(rng: Random) -> Case:
    """Bounds that follow from growth along a flow, with its claim as a premise, at moments and for parameters."""
    t = scalar("t", nonnegative=True)
    s = scalar("s", nonnegative=True)
    a, b = scalar("alpha", positive=True), scalar("beta", positive=True)
    q = scalar_path("q")
    decay = flow(q.dot == -a * q, time=t)
    c, d = positive(rng), rng.choice(PAST)
    k, past = exact(c), exact(rng.choice(PAST))

    @claim("the corpus")
    def falls() -> object:
        return gronwall(decay, q**2, 2 * a)

    @claim("the corpus")
    def too_fast() -> object:
        return gronwall(decay, q**2, 2 * a + exact(d))

    started = at(q, 0) ** 2
    statements: list[tuple[bool, str, Stated, str]] = [
        (True, "from its start", lambda: (q**2 <= started).by(falls), "exp <= 1"),
        (False, "from half its start", lambda: (q**2 <= started / 2).by(falls), "t = 0"),
        (True, "small start", lambda: (q**2 <= k * exp(-2 * a * t)).given(started <= k).by(falls), "closed form"),
        (
            False,
            "small start, too fast",
            lambda: (q**2 <= k * exp(-2 * a * t) * (1 - past)).given(started <= k).by(falls),
            "t = 0",
        ),
        (True, "at a moment", lambda: (at(q, s) ** 2 <= exp(-2 * a * s) * started).by(falls.at({t: s})), "at s"),
        (
            False,
            "at another moment",
            lambda: (at(q, s) ** 2 <= exp(-2 * a * t) * started).by(falls.at({t: s})),
            "t is not s",
        ),
        (
            False,
            "at a moment, half the time",
            lambda: (at(q, s) ** 2 <= exp(-4 * a * s) * started).by(falls.at({t: 2 * s})),
            "2 s",
        ),
        (True, "for a parameter", lambda: (q**2 <= exp(-2 * k * t) * started).by(falls.at({a: k})), "alpha = k"),
        (False, "for two parameters", lambda: (q**2 <= exp(-2 * b * t) * started).by(falls.at({a: k})), "beta is free"),
        (
            False,
            "for a negative parameter",
            lambda: (q**2 <= exp(2 * k * t) * started * (1 - past)).by(falls.at({a: -k})),
            "its domain",
        ),
        (
            False,
            "from a false claim",
            lambda: (q**2 <= exp(-(2 * a + exact(d)) * t) * started).by(too_fast),
            "the premise",
        ),
        (False, "about another path", lambda: (scalar_path("p") ** 2 <= started).by(falls), "p is free"),
        (False, "without its premise", lambda: q**2 <= started, "q moves as it likes"),
        (
            False,
            "at a negative moment",
            lambda: (at(q, exact(-1)) ** 2 <= started).by(falls.at({t: -1})),
            "before the start",
        ),
    ]
    truth, name, stated, why = rng.choice(statements)
    return Case(FAMILY, f"used: {name}", truth, stated, why)


SHAPES = (rates, rates, linear, kept, kept, singular, disturbed, used)
