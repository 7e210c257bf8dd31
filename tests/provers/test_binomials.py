"""Monomials times squares of binomials: the means, Muirhead, agiforms, and what is just not one."""

import pytest

from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Variable

from .writing import Written, must_prove, must_refute, over, plus, power, relation, statement, times

a, b, c, d, e, x, y = map(Variable, "abcdexy")
weak = [relation(each, ">=", 0) for each in (a, b, c, d, e)]
positive = [relation(each, ">", 0) for each in (a, b, c)]


def means(constant: Written) -> Relation:
    return relation(power(plus(a, b, c, d, e), 5), ">=", times(constant, a, b, c, d, e))


def maclaurin(constant: Written) -> Relation:
    pairs = plus(times(a, b), times(b, c), times(c, a))
    return relation(power(pairs, 3), ">=", times(constant, power(times(a, b, c), 2)))


def agiform(constant: Written) -> Relation:
    return relation(plus(power(x, 12), power(y, 12), 4), ">=", times(constant, power(x, 2), power(y, 2)))


def olympiad(least: Written) -> Relation:
    parts = (over(1, times(power(u, 3), plus(v, w))) for u, v, w in ((a, b, c), (b, c, a), (c, a, b)))
    return relation(plus(*parts), ">=", least)


unit = relation(times(a, b, c), "=", 1)
TRUE = {
    "five means": statement(weak, means(3125)),
    "Maclaurin": statement(positive, maclaurin(27)),
    "with a denominator and an equation": statement([*positive, unit], olympiad("3/2")),
}
FALSE = {
    "five means": statement(weak, means(3126)),
    "of any sign": statement([], means(3125)),
    "Maclaurin": statement(positive, maclaurin("27001/1000")),
    "an agiform": statement([], agiform("6001/1000")),
    "with a denominator and an equation": statement([*positive, unit], olympiad("1501/1000")),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name: str) -> None:
    must_prove(TRUE[name], "binomials")


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name: str) -> None:
    must_refute(FALSE[name])
