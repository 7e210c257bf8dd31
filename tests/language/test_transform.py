"""Substitution, moments and the derivative in time."""

from fractions import Fraction

import pytest
from hypothesis import assume, given

from proofcheck import (
    Changes,
    at,
    derivative,
    exp,
    flow,
    inner,
    integral,
    let,
    norm2,
    operator,
    path,
    scalar,
    scalar_path,
    sqrt,
    substitute,
    total,
    vector,
)
from proofcheck.language.expressions import Named, Scalar, same
from proofcheck.language.printing import text
from proofcheck.language.transform import instance, vector_derivative
from proofcheck.testing.evaluating import Undefined, exactly

from .strategies import points, rational_expressions, x, y

t, s, alpha = scalar("t", nonnegative=True), scalar("s"), scalar("alpha", positive=True)
Delta, q = path("Delta"), scalar_path("q")
H, H_t = operator("H", at_least=alpha**2), operator("H_t", at_least=alpha**2, changes=Changes.BY_JUMPS)
u = vector("u")


@given(rational_expressions, rational_expressions, points)
def test_substitution_is_composition(expression: Scalar, value: Scalar, point: dict[str, Fraction]) -> None:
    try:
        inside = exactly(point).scalar(value)
        expected = exactly({**point, "x": inside}).scalar(expression)
    except Undefined:
        assume(False)
    assert exactly(point).scalar(substitute(expression, {x: value})) == expected


def test_substitution_is_simultaneous() -> None:
    assert text(substitute(x + 2 * y, {x: y, y: x})) == "y + 2 x"


def test_substitution_tells_domains_apart() -> None:
    assert text(substitute(x + scalar("x", positive=True), {x: y})) == "y + x"


def test_substitution_reaches_moments_bounds_and_operators() -> None:
    moved = substitute(norm2(at(Delta, s)) + inner(at(H_t(u), s), u) + inner(H(u), u), {s: t, alpha: 2 * alpha})
    assert text(moved) == "|Delta(t)|^2 + <H_t(t) u, u> + <H u, u>"
    [*_, last] = moved.parts  # type: ignore[attr-defined]
    assert text(last.left.operator.at_least) == "(2 alpha)^2"


def test_substitution_spares_bound_variables() -> None:
    with pytest.raises(ValueError, match="s is bound by int_0\\^"):
        substitute(integral(s * t, s, 0, t), {s: t})
    assert text(substitute(integral(s * alpha, s, 0, t), {alpha: x})) == "int_0^t s x ds"


def test_substitution_captures_nothing() -> None:
    """In the integral of s - t over s, the value s for t is another s."""
    try:
        found = substitute(integral(s - t, s, 0, t), {t: s})
    except ValueError:
        return
    assert text(found) != "int_0^s (s - s) ds"


def test_an_abbreviation_keeps_its_name_only_when_nothing_in_it_changes() -> None:
    L = let("L", norm2(Delta) + x)
    assert isinstance(substitute(L, {y: x}), Named)
    assert text(substitute(L, {x: y})) == "|Delta|^2 + y"


def test_moments() -> None:
    L = let("L", norm2(Delta) / 2)
    assert text(at(L, 0)) == "L(0)" and text(at(L, 0).body) == "|Delta(0)|^2/2"  # type: ignore[attr-defined]
    assert text(at(inner(H(Delta), Delta.dot) + q.dot, s)) == "<H Delta(s), Delta'(s)> + q'(s)"
    assert text(at(inner(H_t(u), u), 0)) == "<H_t(0) u, u>"
    assert text(at(exp(t) * norm2(Delta), 0)) == "exp(t) |Delta(0)|^2"
    assert text(at(exp(t) * norm2(Delta), s, t)) == "exp(s) |Delta(s)|^2"
    assert isinstance(at(let("c", alpha + 1), 0), Named) and text(at(let("c", alpha + 1), 0)) == "c"


def test_what_is_at_a_moment_already_stays_there() -> None:
    assert text(at(norm2(Delta - at(Delta, 0)), s)) == "|Delta(s) - Delta(0)|^2"
    assert text(at(at(inner(H_t(u), u), s), 0)) == text(at(inner(H_t(u), u), s))


def test_instances_of_relations_and_equations() -> None:
    found = instance((x <= y).given(x >= alpha), {x: 2 * alpha})
    assert text(found) == "2 alpha <= y  given  2 alpha >= alpha"
    assert text(instance(x * u == y * u, {x: y})) == "y u = y u"


def test_the_derivative_by_the_rules() -> None:
    assert text(derivative(alpha * q**2)) == "2 alpha q q'"
    assert text(derivative(q**3 - alpha)) == "3 q^2 q'"
    assert text(derivative(norm2(Delta))) == "<Delta', Delta> + <Delta, Delta'>"
    assert text(derivative(inner(H(Delta), Delta))) == "<H Delta', Delta> + <H Delta, Delta'>"
    assert text(derivative(inner(H_t(u), u))) == "<H_t' u, u>"
    assert text(derivative(exp(t) * q, t)) == "exp(t) q + exp(t) q'"
    assert same(derivative(alpha**2 + norm2(u)), derivative(alpha))
    assert text(derivative(at(q, 0) * alpha)) == "0"
    assert text(derivative(total(q * alpha, s, 3))) == "sum_(s<=3) q' alpha"
    assert text(vector_derivative(t * Delta + u, t)) == "Delta + t Delta'"


def test_where_there_is_no_rule() -> None:
    with pytest.raises(TypeError, match="no rule"):
        derivative(integral(s, s, 0, t), t)
    with pytest.raises(TypeError, match="no rule"):
        vector_derivative(u, None)


def test_a_moving_moment_has_no_rule() -> None:
    with pytest.raises(TypeError):
        derivative(norm2(at(Delta, t)), t)


# --- flows -------------------------------------------------------------------------------------------------------

heavy_ball = flow(Delta.ddot == -2 * alpha * Delta.dot - H(Delta), time=t)


def test_an_equation_that_is_not_solved_is_refused() -> None:
    for equation in (
        Delta == -2 * Delta.dot,
        2 * Delta.dot == -Delta,
        -Delta == Delta.dot,
        at(Delta, 0).dot == Delta,
        u == Delta.dot,
    ):
        with pytest.raises(TypeError, match="the highest derivative of a path alone on its left side"):
            flow(equation)
    with pytest.raises(TypeError, match="a flow is made of equations"):
        flow(q.dot <= -q)


def test_the_derivative_along_the_flow_puts_the_equation_in() -> None:
    slope = heavy_ball.d(let("V", inner(H(Delta), Delta.dot)))
    assert text(slope) == "V'"
    assert text(slope.body) == "<H Delta', Delta'> + <H Delta, -2 alpha Delta' - H Delta>"  # type: ignore[attr-defined]
    assert text(heavy_ball.velocity(Delta.dot)) == "-2 alpha Delta' - H Delta"
    assert text(heavy_ball.d(norm2(u))) == "(|u|^2)'"


def test_the_derivative_along_a_flow_of_a_higher_derivative() -> None:
    with pytest.raises(ValueError, match="higher derivative than the flow gives"):
        heavy_ball.d(norm2(Delta.ddot))


def test_an_operator_that_jumps_stands_still_between_jumps() -> None:
    jumping = flow(Delta.dot == -H_t(Delta), time=t)
    body = jumping.d(let("E", inner(H_t(u), u))).body  # type: ignore[attr-defined]
    assert text(body) == "<0, u>"
    moving = operator("K", changes=Changes.CONTINUOUSLY)
    assert text(jumping.d(let("E", inner(moving(u), u))).body) == "<K' u, u>"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        (norm2(Delta) + inner(H(Delta), Delta.dot), ()),
        (exp(t) * norm2(Delta), ()),
        (sqrt(norm2(Delta)), ()),
        (alpha**-1 * norm2(Delta), ()),
        (sqrt(alpha) * norm2(Delta), ()),
        (inner(H_t(Delta), Delta), ("H_t jumps",)),
        (at(inner(H_t(Delta), Delta), 0), ()),
        (inner(H_t.dot(Delta), Delta), ("H_t' is not known to exist",)),
        (norm2(Delta.ddot), ("Delta'' may jump",)),
        (norm2(path("Y")), ("nothing is known of Y in time",)),
        (q, ("nothing is known of q in time",)),
        (sqrt(inner(u, Delta)), ("sqrt(<u, Delta>) need not be absolutely continuous where it is singular",)),
        (norm2(Delta) ** -1, ()),
        (sqrt(t), ("sqrt(t) need not be absolutely continuous where it is singular",)),
        (norm2(path("D", jumps_from=1).dot), ("D' may jump",)),
        (norm2(path("D", jumps_from=1)), ()),
        (norm2(path("D", jumps_from=0)), ("D may jump",)),
    ],
    ids=lambda part: text(part) if not isinstance(part, tuple) else "",
)
def test_what_jumps(expression: Scalar, found: tuple[str, ...]) -> None:
    assert heavy_ball.jumping_parts(expression) == found
