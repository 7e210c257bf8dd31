"""Absolute values in cases: Lipschitz bounds, and what looks like one."""

import pytest

from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Term, Variable

from .writing import (
    Written,
    apply,
    exp,
    minus,
    must_prove,
    must_refute,
    over,
    plus,
    power,
    relation,
    sqrt,
    statement,
    times,
)

x, y = map(Variable, "xy")


def size(argument: Written) -> Term:
    return sqrt(power(argument, 2))


def lipschitz(first: Term, second: Term, constant: Written) -> Relation:
    return relation(size(minus(first, second)), "<=", times(constant, size(minus(x, y))))


def sine(of: Term) -> Term:
    return apply("sin", of)


def logistic(of: Term) -> Term:
    return over(1, plus(1, exp(times(-1, of))))


def rational(of: Term) -> Term:
    return over(of, plus(1, power(of, 2)))


def hyperbola(of: Term) -> Term:
    return sqrt(plus(1, power(of, 2)))


TRUE = {
    "the sine": statement([], lipschitz(sine(x), sine(y), 1)),
    "a hyperbola": statement([], lipschitz(hyperbola(x), hyperbola(y), 1)),
    "the logistic function": statement([], lipschitz(logistic(x), logistic(y), "1/4")),
    "a rational function": statement([], lipschitz(rational(x), rational(y), 1)),
    "the sine below its argument": statement([], relation(size(sine(x)), "<=", size(x))),
    "on the larger side": statement(
        [], relation(apply("log", plus(1, exp(x))), "<=", plus(apply("log", 2), times("1/2", plus(x, size(x)))))
    ),
}
FALSE = {
    "the sine": statement([], lipschitz(sine(x), sine(y), "999/1000")),
    "the logistic function": statement([], lipschitz(logistic(x), logistic(y), "249/1000")),
    "a rational function": statement([], lipschitz(rational(x), rational(y), "999/1000")),
    "the exponential": statement([], lipschitz(exp(x), exp(y), 1)),
    "without the absolute value": statement([], relation(size(sine(x)), "<=", x)),
    "strictly": statement([], relation(size(sine(x)), "<", size(x))),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name: str) -> None:
    must_prove(TRUE[name], "absolute values")


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name: str) -> None:
    must_refute(FALSE[name])
