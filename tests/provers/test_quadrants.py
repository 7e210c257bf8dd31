"""The signs of sine and cosine in their quadrants, and just outside."""

import pytest

from proofcheck.kernel.check import check
from proofcheck.kernel.statements import Relation, Statement
from proofcheck.kernel.terms import Term, Variable
from proofcheck.provers.portfolio import decide

from .writing import Written, apply, plus, relation, statement, times

x = Variable("x")
pi = apply("pi")
right = times("1/2", pi)


def sine(of: Written) -> Term:
    return apply("sin", of)


def cosine(of: Written) -> Term:
    return apply("cos", of)


def within(low: Written, high: Written, goal: Relation) -> Statement:
    return statement([relation(x, ">=", low), relation(x, "<=", high)], goal)


TRUE = {
    "the sine": within(0, pi, relation(sine(x), ">=", 0)),
    "the sine, strictly": statement([relation(x, ">", 0), relation(x, "<", pi)], relation(sine(x), ">", 0)),
    "the cosine": within(times(-1, right), right, relation(cosine(x), ">=", 0)),
    "up to a number": within(0, "3/2", relation(times(sine(x), cosine(x)), ">=", 0)),
    "where they are multiplied": within(0, right, relation(plus(sine(x), cosine(x)), ">=", 1)),
}
FALSE = {
    "the sine": within(0, 4, relation(sine(x), ">=", 0)),
    "the sine, strictly": within(0, 3, relation(sine(x), ">", 0)),
    "the cosine": within(times(-1, right), 2, relation(cosine(x), ">=", 0)),
    "to the left": within("-1/1000", pi, relation(sine(x), ">=", 0)),
    "where they are multiplied": within(0, right, relation(plus(sine(x), cosine(x)), ">=", "1001/1000")),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name: str) -> None:
    outcome = decide(TRUE[name], 20)
    assert outcome.proof is not None
    check(TRUE[name], outcome.proof)


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name: str) -> None:
    outcome = decide(FALSE[name], 10)
    assert outcome.proof is None
    assert outcome.witness is not None
