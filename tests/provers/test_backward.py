"""Steps backwards: cancelling, comparing squares, one product as the variable."""

import pytest

from proofcheck.kernel.statements import Relation, conditions
from proofcheck.kernel.terms import Term, Variable
from proofcheck.provers.backward import search

from .writing import apply, exp, found, minus, over, plus, power, relation, sqrt, times

a, k, m, n, s, t, x, y, z = map(Variable, "akmnstxyz")


def closed(hypotheses: list[Relation], goal: Relation) -> bool:
    return found(search, [*hypotheses, *conditions(goal)], goal) is not None


def signs(sign: str, *terms: Term) -> list[Relation]:
    return [relation(term, sign, 0) for term in terms]


@pytest.mark.parametrize(("factor", "holds"), [(2, True), (3, False)])
def test_roots_with_a_radicand_that_may_vanish_multiply(factor: int, holds: bool) -> None:
    left = times(sqrt(over(n, m)), sqrt(over(times(2, x), power(a, 2))))
    goal = relation(left, "=", sqrt(over(times(factor, n, x), times(m, power(a, 2)))))
    assert closed([*signs(">", n, m, a), *signs(">=", x)], goal) == holds


def test_roots_multiply_only_where_both_have_a_sign() -> None:
    goal = relation(times(x, sqrt(y)), "=", sqrt(times(power(x, 2), y)))
    assert closed(signs(">=", x, y), goal)
    assert not closed(signs(">=", y), goal)


@pytest.mark.parametrize(("bound", "holds"), [("1/2", True), (2, False)])
def test_squares_are_compared_strictly(bound: int | str, holds: bool) -> None:
    goal = relation(times(x, y), "<", times(sqrt(times("1/2", x)), sqrt(y)))
    assert closed([*signs(">", x, y), relation(times(x, y), "<", bound)], goal) == holds


def test_equal_squares_are_no_strict_inequality() -> None:
    assert not closed(signs(">", x), relation(x, "<", sqrt(power(x, 2))))
    assert closed(signs(">", x), relation(x, "<=", sqrt(power(x, 2))))


@pytest.mark.parametrize(("scale", "holds"), [(1, True), (2, False)])
def test_a_common_factor_with_a_sign_is_cancelled(scale: int, holds: bool) -> None:
    factor = times(sqrt(over(n, m)), exp(times(2, a, minus(s, t))))
    hypotheses = [*signs(">", n, m), *signs(">=", x), relation(x, "<=", y)]
    goal = relation(times(scale, factor, x), "<=", times(factor, y))
    assert closed(hypotheses, goal) == holds


def test_a_factor_without_a_sign_is_not_cancelled() -> None:
    hypotheses = [relation(x, "<=", y)]
    assert not closed(hypotheses, relation(times(k, x), "<=", times(k, y)))
    assert not closed([*hypotheses, *signs("<=", k)], relation(times(k, x), "<=", times(k, y)))
    assert closed([*hypotheses, *signs("<=", k)], relation(times(k, y), "<=", times(k, x)))


@pytest.mark.parametrize(("middle", "holds"), [(3, True), (4, False)])
def test_a_product_is_the_variable(middle: int, holds: bool) -> None:
    product = times(a, t)
    right = times(2, power(plus(1, over(product, middle)), 3))
    goal = relation(times(power(plus(1, product), 2), power(z, 2)), "<=", times(right, power(z, 2)))
    assert closed([*signs(">", a), *signs(">=", t)], goal) == holds


def test_a_product_without_a_sign_is_no_variable() -> None:
    goal = relation(plus(power(times(a, t), 3), times(a, t)), ">=", 0)
    assert not closed([], goal)
    evidence = found(search, [relation(times(a, t), ">=", 0), relation(power(a, 2), ">=", 0)], goal)
    assert evidence is not None


def test_a_polynomial_in_a_product_is_decided_by_sturm() -> None:
    shifted = power(minus(times(a, t), 3), 2)
    goal = relation(times(shifted, plus(times(2, a, t), 3)), ">=", 0)
    expanded = relation(plus(times(2, power(times(a, t), 3)), times(-9, power(times(a, t), 2)), 28), ">=", 0)
    assert closed(signs(">=", a, t), goal)
    assert closed(signs(">=", a, t), expanded)
    assert "Sturm(" in str(found(search, signs(">=", a, t), expanded))
    short = relation(plus(times(2, power(times(a, t), 3)), times(-9, power(times(a, t), 2)), 26), ">=", 0)
    assert not closed(signs(">=", a, t), short)


@pytest.mark.parametrize(("slope", "holds"), [("1/3", True), ("2/3", False)])
def test_tangents_help(slope: str, holds: bool) -> None:
    third = times("1/3", a, t)
    goal = relation(power(plus(1, times(slope, a, t)), 3), "<=", power(exp(third), 3))
    assert closed([*signs(">", a), *signs(">=", t)], goal) == holds


@pytest.mark.parametrize(("speed", "holds"), [(a, True), (times("1/2", a), False)])
def test_an_oscillation_is_bounded(speed: Term, holds: bool) -> None:
    swing = plus(apply("cos", times(k, t)), times(a, over(apply("sin", times(k, t)), k)))
    goal = relation(power(swing, 2), "<=", power(plus(1, times(speed, t)), 2))
    assert closed([*signs(">", a, k), *signs(">=", t)], goal) == holds


@pytest.mark.parametrize(("least", "holds"), [(1, True), (2, False)])
def test_every_factor_has_its_sign(least: int, holds: bool) -> None:
    mean = plus(times(t, x), times(minus(1, t), y))
    gap = minus(plus(times(t, k, power(x, 2)), times(minus(1, t), k, power(y, 2))), times(k, power(mean, 2)))
    hypotheses = [*signs(">=", t), relation(t, "<=", 1), relation(k, ">=", a)]
    bound = times(least, a, t, minus(1, t), power(minus(x, y), 2))
    assert closed([*hypotheses, *signs(">", a)], relation(gap, ">=", bound)) == holds
