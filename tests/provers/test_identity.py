"""Equations by algebra, and their negations."""

import pytest

from proofcheck.kernel.certificates import Combination
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Term, Variable
from proofcheck.provers import conjugates
from proofcheck.provers.identity import search

from .writing import exp, found, minus, number, over, plus, power, relation, sqrt, times

a, b, h, k, m, n, q, x, y, z = map(Variable, "abhkmnqxyz")
g, r, w, w1, w2 = map(Variable, ("g", "r", "w", "w1", "w2"))


def positive(*terms: Term) -> list[Relation]:
    return [relation(part, ">", 0) for part in terms]


def test_an_expansion() -> None:
    goal = relation(power(plus(x, y), 2), "=", plus(power(x, 2), times(2, x, y), power(y, 2)))
    assert found(search, [], goal) == Combination((), (), ())
    assert found(search, [], relation(goal.left, "=", plus(power(x, 2), times(3, x, y), power(y, 2)))) is None


@pytest.mark.parametrize(("middle", "holds"), [(2, True), (3, False)])
def test_a_rational_identity_with_a_positive_denominator(middle: int, holds: bool) -> None:
    right = over(plus(power(x, 2), times(middle, a, x), power(a, 2)), power(a, 2))
    conditions = [*positive(a), relation(power(a, 2), "!=", 0), relation(a, "!=", 0)]
    goal = relation(power(plus(over(x, a), 1), 2), "=", right)
    assert (found(search, conditions, goal) is not None) == holds


def remainder(sign: int) -> Relation:
    """The leapfrog quotient of a smooth function, with the exact remainder of its Taylor polynomials."""
    ahead = plus(w, times(h, w1), times("1/2", power(h, 2), w2), times(power(h, 3), r))
    behind = plus(w, times(-1, h, w1), times("1/2", power(h, 2), w2), times(-1, power(h, 3), q))
    momentum = times(minus(1, times(b, h)), minus(w, behind))
    left = over(minus(plus(minus(ahead, w), times(power(h, 2), g)), momentum), power(h, 2))
    rest = plus(r, times(sign, q), times("-1/2", b, w2), times(b, h, q))
    return relation(left, "=", plus(w2, times(b, w1), g, times(h, rest)))


def test_the_remainder_of_a_difference_quotient() -> None:
    known = [*positive(h), relation(power(h, 2), "!=", 0)]
    assert found(search, known, remainder(-1)) is not None
    assert found(search, known, remainder(1)) is None


def test_equations_are_used() -> None:
    known = [relation(power(x, 2), "=", times(2, y)), relation(times(x, y), "=", 1)]
    assert found(search, known, relation(power(x, 3), "=", 2)) is not None
    assert found(search, known, relation(power(x, 3), "=", 3)) is None


def test_a_common_factor_that_is_not_zero_is_divided_out() -> None:
    equation = relation(times(x, y), "=", times(x, z))
    assert found(search, [relation(x, "!=", 0), equation], relation(y, "=", z)) is not None
    assert found(search, [equation], relation(y, "=", z)) is None


def test_a_product_of_what_is_not_zero_is_not_zero() -> None:
    goal = relation(times(2, power(x, 2), y), "!=", 0)
    assert found(search, [relation(x, "!=", 0), *positive(y)], goal) is not None
    assert found(search, [relation(x, "!=", 0)], goal) is None


def test_x_over_x_is_one_only_where_x_is_not_zero() -> None:
    assert found(search, [relation(x, "!=", 0)], relation(over(x, x), "=", 1)) is not None
    with pytest.raises(AssertionError, match="not a fact"):
        found(search, [], relation(over(x, x), "=", 1))


def test_the_square_of_a_root() -> None:
    assert found(search, [relation(x, ">=", 0)], relation(power(sqrt(x), 2), "=", x)) is not None
    assert found(search, [relation(x, ">=", 0)], relation(power(sqrt(x), 2), "=", times(2, x))) is None


@pytest.mark.parametrize(("factor", "holds"), [(2, True), (3, False)])
def test_the_law_of_exponents(factor: int, holds: bool) -> None:
    t, s = Variable("t"), Variable("s")
    left = times(exp(times(-2, a, t)), exp(times("3/2", a, s)))
    right = exp(minus(times("3/2", a, s), times(factor, a, t)))
    assert (found(search, [*positive(a), relation(t, ">=", 0)], relation(left, "=", right)) is not None) == holds


def test_an_exponential_and_its_inverse() -> None:
    assert found(search, [], relation(times(exp(x), exp(times(-1, x))), "=", 1)) is not None
    assert found(search, [], relation(times(exp(x), exp(times(-2, x))), "=", 1)) is None


@pytest.mark.parametrize(("exponent", "holds"), [(-3, True), (-2, False)])
def test_two_roots_are_compared_by_their_conjugate(exponent: int, holds: bool) -> None:
    inside = over(times(32, n, q), times(9, m, power(a, 6)))
    other = over(times(2, n, q), m)
    goal = relation(sqrt(inside), "=", times("4/3", power(a, exponent), sqrt(other)))
    known = [
        *positive(n, q, m, a),
        relation(times(9, m, power(a, 6)), "!=", 0),
        relation(inside, ">=", 0),
        relation(a, "!=", 0),
        relation(m, "!=", 0),
        relation(other, ">=", 0),
    ]
    assert (found(conjugates.search, known, goal) is not None) == holds


def test_a_root_is_what_its_square_says() -> None:
    known = [*positive(k, a), relation(power(a, 2), "=", times("1/2", k)), relation(times(2, k), ">=", 0)]
    assert found(conjugates.search, known, relation(sqrt(times(2, k)), "=", times(2, a))) is not None
    assert found(conjugates.search, known, relation(sqrt(times(2, k)), "=", times(3, a))) is None
    without_a_sign = [part for part in known if part != relation(a, ">", 0)]
    assert found(conjugates.search, without_a_sign, relation(sqrt(times(2, k)), "=", times(2, a))) is None


@pytest.mark.parametrize(("factor", "holds"), [(3, True), (2, False)])
def test_many_exponentials_with_one_basis(factor: int, holds: bool) -> None:
    """More equations than critical pairs of them are looked at: each equation counts."""
    others = [relation(exp(times(-1, name)), "<=", number(1)) for name in (m, n, q, x, y)]
    left = times(exp(times(-2, h, k)), exp(times("3/2", h, k)))
    goal = relation(times(left, exp(times("-1/2", h, k)), exp(times(3, h, k))), "=", exp(times(factor - 1, h, k)))
    assert (found(search, others, goal) is not None) == holds


@pytest.mark.parametrize("sign", [">", "!="])
def test_a_power_of_what_an_equation_defines_is_not_zero(sign: str) -> None:
    known = [*positive(k, m), relation(a, sign, 0), relation(power(a, 2), "=", times("1/2", k))]
    assert found(search, known, relation(times(power(m, 2), power(k, 5)), "!=", 0)) is not None
    assert found(search, known[1:], relation(times(power(m, 2), power(k, 5), x), "!=", 0)) is None


def test_a_goal_without_a_normal_form_is_no_error() -> None:
    nothing = minus(x, x)
    goal = relation(over(1, nothing), "=", 1)
    assert found(search, [relation(nothing, "!=", 0)], goal, prepared=False) is None
    assert number(1) == goal.right
