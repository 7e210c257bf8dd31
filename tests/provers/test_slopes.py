"""Inequalities by the mean value theorem, and false neighbours that must not come out."""

import pytest

from proofcheck.kernel.certificates import Evidence
from proofcheck.kernel.check import check, close, facts
from proofcheck.kernel.statements import Statement, conditions
from proofcheck.kernel.terms import Term, Variable
from proofcheck.provers import slopes
from proofcheck.provers.naming import named
from proofcheck.provers.portfolio import decide, in_little
from proofcheck.provers.pruning import pruned
from proofcheck.provers.sequent import Deadline, OutOfTime, Sequent

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

a, b, t, x = map(Variable, "abtx")
from_zero = relation(t, ">=", 0)
to_one = relation(t, "<=", 1)
positive = [relation(a, ">", 0), relation(b, ">", 0)]


def log(argument: Written) -> Term:
    return apply("log", argument)


def by_slopes(claimed: Statement) -> Evidence | None:
    """The evidence for the goal where it is defined, once the kernel has accepted it."""
    known = facts(claimed) + conditions(claimed.goal)
    sequent = Sequent(claimed.variables, claimed.vectors, known, claimed.goal)
    try:
        evidence = slopes.search(sequent, Deadline.after(4), in_little)
    except OutOfTime:
        return None
    if evidence is not None:
        close(known, claimed.goal, named(sequent, pruned(evidence, len(known))))
    return evidence


TRUE = {
    "contact of order 1": statement([], relation(exp(x), ">=", times(exp(1), x))),
    "contact of order 3": statement([from_zero], relation(exp(t), ">=", plus(1, t, over(power(t, 2), 2)))),
    "contact of order 4": statement([from_zero], relation(apply("sin", t), ">=", minus(t, over(power(t, 3), 6)))),
    "from both sides": statement([], relation(apply("cos", x), ">=", minus(1, over(power(x, 2), 2)))),
    "a maximum": statement([], relation(times(x, exp(times(-1, x))), "<=", exp(-1))),
    "quotients": statement([from_zero], relation(log(plus(1, t)), ">=", over(times(2, t), plus(2, t)))),
    "roots": statement([from_zero], relation(log(plus(1, t)), "<=", over(t, sqrt(plus(1, t))))),
    "a start that is a variable": statement(positive, relation(times(a, log(over(a, b))), ">=", minus(a, b))),
    "a start that is no rational": statement(
        [relation(a, ">", 0)], relation(times(a, log(a)), ">=", times(-1, exp(-1)))
    ),
    "strictly": statement([relation(t, ">", 0)], relation(exp(t), ">", plus(1, t, over(power(t, 2), 2)))),
    "concave": statement([from_zero, to_one], relation(exp(t), "<=", plus(1, t, power(t, 2)))),
    "a range in two": statement([from_zero], relation(exp(t), ">", power(t, 2))),
    "a real power": statement(
        [from_zero, relation(x, ">=", 1)], relation(apply("power", plus(1, t), x), ">=", plus(1, times(x, t)))
    ),
}

FALSE = {
    "contact of order 1": statement([], relation(exp(x), ">=", times("2719/1000", x))),
    "contact of order 3": statement([from_zero], relation(exp(t), ">=", plus(1, t, times("501/1000", power(t, 2))))),
    "on the wrong side": statement([], relation(exp(x), ">=", plus(1, x, over(power(x, 2), 2)))),
    "contact of order 4": statement(
        [from_zero], relation(apply("sin", t), ">=", minus(t, times("166/1000", power(t, 3))))
    ),
    "strictly": statement([from_zero], relation(exp(t), ">", plus(1, t, over(power(t, 2), 2)))),
    "concave": statement([from_zero, to_one], relation(exp(t), "<=", plus(1, t, times("7/10", power(t, 2))))),
    "a pole": statement([relation(x, ">=", -1)], relation(exp(x), "<=", over(1, minus(1, x)))),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved_by_slopes(name: str) -> None:
    assert by_slopes(TRUE[name]) is not None


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_not(name: str) -> None:
    assert by_slopes(FALSE[name]) is None
    assert decide(FALSE[name], 10).proof is None


def test_no_samples_no_search() -> None:
    empty = statement([relation(x, ">", 1), relation(x, "<", 1)], relation(exp(x), ">=", plus(1, x)))
    assert by_slopes(empty) is None


def test_polynomials_are_left_to_others() -> None:
    assert by_slopes(statement([from_zero], relation(power(t, 2), ">=", 0))) is None


def test_large_powers_are_not_expanded() -> None:
    claimed = statement([from_zero, to_one], relation(power(t, 3000), "<=", t))
    outcome = decide(claimed, 10)
    assert outcome.proof is not None
    check(claimed, outcome.proof)


def test_a_statement_and_its_conditions() -> None:
    outcome = decide(TRUE["a real power"], 20)
    assert outcome.proof is not None
    check(TRUE["a real power"], outcome.proof)


turn = [from_zero, relation(t, "<=", times("1/2", apply("pi")))]
sine, cosine = apply("sin", t), apply("cos", t)
ANGLES = {
    "Jordan": lambda constant: relation(sine, ">=", times(constant, 2, over(t, apply("pi")))),
    "Cusa": lambda constant: relation(times(t, plus(2, cosine)), ">=", times(constant, 3, sine)),
}


@pytest.mark.parametrize("name", ANGLES)
def test_of_angles_it_is_asked_early(name: str) -> None:
    must_prove(statement(turn, ANGLES[name](1)), "slopes of angles")
    must_refute(statement(turn, ANGLES[name]("1001/1000")))
