"""Tangents where positive values meet: means, Young, Jensen, Gibbs, Bernoulli, and what is not quite one."""

import pytest

from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Term, Variable

from .writing import Written, apply, exp, minus, must_prove, must_refute, over, plus, relation, statement, times

a, b, c, d, g, h, n, t, x, y = map(Variable, "abcdghntxy")


def log(argument: Written) -> Term:
    return apply("log", argument)


def real_power(base: Written, exponent: Written) -> Term:
    return apply("power", base, exponent)


def positive(*terms: Term) -> list[Relation]:
    return [relation(term, ">", 0) for term in terms]


between = [relation(t, ">=", 0), relation(t, "<=", 1)]
conjugate = relation(plus(over(1, c), over(1, d)), "=", 1)
inside = [*positive(g, h), relation(g, "<", 1), relation(h, "<", 1)]


def mixed(first: Written, second: Written) -> Term:
    return plus(times(t, first), times(minus(1, t), second))


def young(constant: Written) -> Relation:
    right = plus(over(real_power(a, c), c), over(real_power(b, d), d))
    return relation(times(constant, a, b), "<=", right)


def log_sum(constant: Written) -> Relation:
    left = plus(times(a, log(over(a, c))), times(b, log(over(b, d))))
    return relation(left, ">=", times(constant, plus(a, b), log(over(plus(a, b), plus(c, d)))))


def divergence(least: Written) -> Relation:
    rest = times(minus(1, g), log(over(minus(1, g), minus(1, h))))
    return relation(plus(times(g, log(over(g, h))), rest), ">=", least)


def bernoulli(least: Written) -> tuple[list[Relation], Relation]:
    goal = relation(real_power(plus(1, x), n), ">=", plus(1, times(n, x)))
    return [relation(x, ">", -1), relation(n, ">=", least)], goal


def jensen(constant: Written) -> Relation:
    return relation(mixed(exp(x), exp(y)), ">=", times(constant, exp(mixed(x, y))))


def entropy(constant: Written) -> Relation:
    left = plus(times(-1, g, log(g)), times(-1, minus(1, g), log(minus(1, g))))
    return relation(left, "<=", times(constant, log(2)))


def karamata(*order: Relation) -> list[Relation]:
    return [*order, relation(plus(x, y), "=", plus(a, b))]


majorized = relation(plus(exp(x), exp(y)), ">=", plus(exp(a), exp(b)))

TRUE = {
    "Jensen": statement(between, jensen(1)),
    "Young": statement([*positive(a, b, c, d), conjugate], young(1)),
    "log-sum": statement(positive(a, b, c, d), log_sum(1)),
    "Gibbs": statement(inside, divergence(0)),
    "Bernoulli": statement(*bernoulli(1)),
    "entropy": statement([*positive(g), relation(g, "<", 1)], entropy(1)),
    "Karamata": statement(karamata(relation(x, ">=", a), relation(a, ">=", b)), majorized),
}
FALSE = {
    "Jensen": statement(between, jensen("1001/1000")),
    "Jensen outside": statement([relation(t, ">=", 0), relation(t, "<=", "1001/1000")], jensen(1)),
    "Young": statement([*positive(a, b, c, d), conjugate], young("1001/1000")),
    "Gibbs": statement(inside, divergence("1/1000")),
    "Bernoulli": statement(*bernoulli("999/1000")),
    "entropy": statement([*positive(g), relation(g, "<", 1)], entropy("999/1000")),
    "Karamata": statement(karamata(relation(a, ">=", b)), majorized),
    "where the logarithm is not defined": statement([], relation(times(a, log(a)), ">=", minus(a, 1))),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name: str) -> None:
    must_prove(TRUE[name], "contacts")


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name: str) -> None:
    must_refute(FALSE[name])
