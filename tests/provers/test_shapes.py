"""Provers that are not for a goal say why, and are not tried."""

import pytest

from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Variable
from proofcheck.provers.portfolio import PROVERS, decide
from proofcheck.provers.sequent import Sequent
from proofcheck.provers.shapes import Shape

from .writing import apply, dot, exp, plus, power, relation, sqrt, statement, times

x, y = Variable("x"), Variable("y")


def shape(goal: Relation) -> Shape:
    return Shape(Sequent(("x", "y"), ("u", "v"), (), goal))


POLYNOMIAL = relation(power(x, 2), ">=", times(x, y))


@pytest.mark.parametrize(
    ("why_not", "fitting", "unfitting"),
    [
        (Shape.needs_order, POLYNOMIAL, relation(x, "=", y)),
        (Shape.needs_equation, relation(x, "=", y), POLYNOMIAL),
        (Shape.needs_function_values, relation(exp(x), "=", x), relation(exp(x), "<=", x)),
        (Shape.needs_function_values, relation(exp(x), "=", x), relation(x, "=", y)),
        (Shape.needs_calculus, relation(apply("sin", x), "<=", x), POLYNOMIAL),
        (Shape.needs_calculus, relation(power(x, 1000), ">=", 0), relation(power(x, 10), ">=", 0)),
        (Shape.needs_powers, relation(apply("log", x), "<=", x), relation(apply("sin", x), "<=", x)),
        (Shape.needs_powers, relation(exp(x), ">", x), relation(exp(x), "=", x)),
        (Shape.needs_exponentials, relation(exp(x), ">", x), relation(apply("log", x), "<=", x)),
        (Shape.needs_polynomial, POLYNOMIAL, relation(power(x, 2), ">=", 0)),
        (Shape.needs_polynomial, POLYNOMIAL, relation(times(x, y), ">=", dot("u", "v"))),
        (Shape.needs_one_angle, relation(apply("sin", x), "<=", x), relation(apply("sin", x), "<=", y)),
        (Shape.needs_one_angle, relation(apply("cos", x), "<=", 1), relation(exp(x), ">=", x)),
        (Shape.needs_vectors_with_letters, relation(times(x, dot("u", "u")), ">=", 0), relation(exp(x), ">=", 0)),
        (Shape.needs_vectors_with_letters, POLYNOMIAL, relation(times(x, dot("u", "u")), ">", 0)),
        (Shape.needs_norms_with_letters, relation(sqrt(dot("u", "u")), "<=", x), POLYNOMIAL),
        (Shape.needs_norms_with_letters, relation(0, "<=", sqrt(dot("u", "u"))), relation(0, "<=", exp(x))),
        (Shape.needs_large_sums, relation(power(plus(x, 1), 100), ">=", 0), relation(power(x, 100), ">=", 0)),
    ],
)
def test_a_prover_that_does_not_fit_says_what_it_is_for(why_not, fitting: Relation, unfitting: Relation) -> None:
    assert why_not(shape(fitting)) == ""
    assert why_not(shape(unfitting)) != ""


def test_what_is_not_tried_is_told() -> None:
    outcome = decide(statement([], relation(power(x, 2), ">=", -1)), 5)
    told = {attempt.prover: attempt.outcome for attempt in outcome.attempts}
    assert outcome.proof is not None
    assert told.get("powers", "not tried: for equations") == "not tried: for equations"
    open_one = decide(statement([], relation(plus(power(x, 3), power(y, 3)), "!=", 1)), 0.5)
    told = {attempt.prover: attempt.outcome for attempt in open_one.attempts}
    assert all(told[prover.name].startswith("not tried") for prover in PROVERS if prover.why_not is Shape.needs_order)
