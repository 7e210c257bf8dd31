"""Steps of methods with letters for step sizes and constants: multipliers are rational functions of the letters."""

from collections.abc import Callable

import pytest

from proofcheck import Rational, inner, minimum, norm2, sample, scalar, smooth_convex, vector
from proofcheck.kernel.statements import Relation, Statement
from proofcheck.kernel.terms import ZERO, Term, Variable
from proofcheck.language import expressions as language
from proofcheck.language.classes import FunctionClass, Sample
from proofcheck.provers import pencils
from proofcheck.provers.sequent import Deadline, Sequent
from proofcheck.rules.reduction import obligation_of

from .writing import Written, dot, minus, must_prove, must_refute, over, plus, power, relation, statement, times

m, s, L = map(Variable, ("m", "s", "L"))
before, after, least = map(Variable, ("before", "after", "least"))
positive = [relation(each, ">", 0) for each in (m, s, L)]
larger = relation(m, "<", L)
#: Distance to the minimizer and gradient are named d and g.
square, form, steepness = dot("d", "d"), dot("d", "g"), dot("g", "g")


def coercive(constant: Written = 1) -> Relation:
    """Of the gradient of a function that is smooth and strongly convex (Nesterov 2004, Theorem 2.1.12)."""
    return relation(times(plus(m, L), form), ">=", plus(times(m, L, square), times(constant, steepness)))


def moved(step: Written) -> Term:
    """The squared distance after a step against the gradient."""
    combination: dict[str, Written] = {"d": 1, "g": times(-1, step)}
    return dot(combination, combination)


def descent(most: Written, rate: Written = m) -> tuple[list[Relation], Relation]:
    steps = relation(times(s, plus(m, L)), "<=", most)
    shrunk = times(power(minus(1, times(s, rate)), 2), square)
    return [*positive, larger, coercive(), steps], relation(moved(s), "<=", shrunk)


def proximal(constant: Written) -> tuple[list[Relation], Relation]:
    """The gradient is taken where the step ends, and d is the distance from there."""
    shrunk = times(power(plus(1, times(s, m)), 2), square)
    return [*positive, relation(form, ">=", times(m, square))], relation(
        shrunk, "<=", times(constant, moved(times(-1, s)))
    )


def values(rate: Written, most: Written = 2) -> tuple[list[Relation], Relation]:
    """A step of a smooth function falls, and strong convexity bounds by the gradient how far there is to fall."""
    gained = times(s, minus(1, over(times(L, s), 2)))
    convex = relation(least, ">=", plus(minus(before, form), times("1/2", m, square)))
    falls = relation(after, "<=", minus(before, times(gained, steepness)))
    shrunk = times(minus(1, times(rate, m, gained)), minus(before, least))
    steps = relation(times(s, L), "<=", most)
    return [*positive, convex, falls, steps], relation(minus(after, least), "<=", shrunk)


TRUE = {
    "a step of gradient descent": statement(*descent(2)),
    "a proximal step": statement(*proximal(1)),
    "the values of gradient descent": statement(*values(2)),
}
FALSE = {
    "a longer step": statement(*descent("2001/1000")),
    "a step, faster": statement(*descent(2, times("1001/1000", m))),
    "a step of gradient descent, less coercive": statement(
        [coercive("999/1000") if each == coercive() else each for each in descent(2)[0]], descent(2)[1]
    ),
    "a proximal step, nearer": statement(*proximal("999/1000")),
    "a proximal step of any size": statement(proximal(1)[0][3:], proximal(1)[1]),
    "the values, faster": statement(*values("2001/1000")),
    "the values after a longer step": statement(*values(2, "2001/1000")),
}


# --- rates of methods, from inequalities between several samples of a function --------------------------------------

mu, rate = scalar("mu", positive=True), scalar("q", positive=True, below=1)
smooth, step = scalar("L", positive=True), scalar("s", positive=True)
x_0, y_0, z_0, x_star = (vector(name) for name in ("x_0", "y_0", "z_0", "x_star"))
g_0, g_1, f_0, f_1, f_star = vector("g_0"), vector("g_1"), scalar("f_0"), scalar("f_1"), scalar("f_star")
middle = scalar("f_x")
samples = sample(x_0, g_0, f_0), sample(x_0 - step * g_0, g_1, f_1), minimum(x_star, f_star)
distance = norm2(x_0 - x_star)


def interpolated(one: Sample, other: Sample) -> language.Relation:
    """Smooth with L, strongly convex with mu < L (Taylor, Hendrickx, Glineur 2017)."""
    slopes, points = one.gradient - other.gradient, one.point - other.point
    bent = norm2(slopes) / smooth + mu * norm2(points) - 2 * mu / smooth * inner(slopes, points)
    tangent = one.value + inner(one.gradient, other.point - one.point)
    return other.value >= tangent + bent / (2 * (1 - mu / smooth))


def loss_after_a_step(constant: Rational) -> language.Relation:
    """Drori and Teboulle 2014, for one step of any size up to 1/L."""
    claimed = f_1 - f_star <= constant * smooth * distance / (4 * step * smooth + 2)
    return claimed.given(*smooth_convex(smooth).between(*samples).relations, step * smooth <= 1)


def loss_of_strongly_convex(constant: Rational) -> language.Relation:
    """Taylor, Hendrickx, Glineur, Exact worst-case convergence rates of the proximal gradient method, 2018."""
    known = FunctionClass(interpolated).between(*samples).relations
    claimed = f_1 - f_star <= constant * (1 - step * mu) ** 2 * (f_0 - f_star)
    return claimed.given(*known, mu < smooth, step * (mu + smooth) <= 2)


def accelerated(constant: Rational) -> language.Relation:
    """Nesterov's method where mu = q^2 L, with its potential."""
    x = (y_0 + rate * z_0) / (1 + rate)
    z = (1 - rate) * z_0 + rate * x - 1 / (rate * smooth) * g_0
    bent = rate**2 * smooth / 2
    before = f_0 - f_star + bent * norm2(z_0 - x_star)
    return (f_1 - f_star + bent * norm2(z - x_star) <= constant * (1 - rate) * before).given(
        f_1 <= middle - norm2(g_0) / (2 * smooth),
        f_0 >= middle + inner(g_0, y_0 - x),
        f_star >= middle + inner(g_0, x_star - x) + bent * norm2(x_star - x),
    )


def extragradient(constant: Rational) -> language.Relation:
    """Korpelevich 1976: the gradient g_1 of a monotone operator is taken half a step ahead."""
    ahead = x_0 - step * g_0
    return (norm2(x_0 - step * g_1 - x_star) <= constant * distance).given(
        inner(g_1, ahead - x_star) >= 0, norm2(g_1 - g_0) <= smooth**2 * norm2(ahead - x_0), step * smooth <= 1
    )


RATES = (loss_after_a_step, loss_of_strongly_convex, accelerated, extragradient)


@pytest.mark.parametrize("stated", RATES, ids=lambda stated: stated.__name__)
def test_rates_of_methods(stated: Callable[[Rational], language.Relation]) -> None:
    must_prove(gram(stated(Rational(1))), "pencils")
    must_refute(gram(stated(Rational(999, 1000))))


def gram(stated: language.Relation) -> Statement:
    """The statement about inner products."""
    found = obligation_of(language.Relation(stated.left, stated.sign, stated.right), stated.hypotheses, "")[0].statement
    assert found is not None
    return found


# --- both sides, by hand ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name: str) -> None:
    must_prove(TRUE[name], "pencils")


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name: str) -> None:
    must_refute(FALSE[name])


@pytest.mark.parametrize(
    "goal",
    [
        relation(square, ">=", form),
        relation(times(m, square), ">", ZERO),
        relation(times(m, square, steepness), ">=", power(form, 2)),
    ],
    ids=["no letters", "strict", "products of inner products"],
)
def test_what_is_of_another_shape_is_refused_before_anything_is_tried(goal: Relation) -> None:
    def close(_: Sequent, soon: Deadline) -> None:
        raise AssertionError("asked for a sign")

    asked = Sequent(("m", "s", "L"), ("d", "g"), (), goal)
    assert pencils.search(asked, Deadline.after(1), close) is None
