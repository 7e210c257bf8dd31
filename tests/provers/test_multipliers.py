"""Polynomials that are no sums of squares: Motzkin's, Robinson's, Choi and Lam's, and what lies just below them."""

import pytest

from proofcheck.kernel.check import check
from proofcheck.kernel.statements import Statement
from proofcheck.kernel.terms import Variable
from proofcheck.provers import multipliers
from proofcheck.provers.portfolio import decide
from proofcheck.provers.sequent import Deadline, Sequent

from .writing import Written, apply, plus, power, relation, statement, times

w, x, y, z = map(Variable, "wxyz")


def motzkin(factor: Written) -> Statement:
    terms = plus(times(power(x, 4), power(y, 2)), times(power(x, 2), power(y, 4)), power(z, 6))
    return statement([], relation(terms, ">=", times(factor, power(x, 2), power(y, 2), power(z, 2))))


def choi_and_lam(last: Written, factor: Written) -> Statement:
    squares = [times(power(a, 2), power(b, 2)) for a, b in ((x, y), (y, z), (z, x))]
    below = times(factor, x, y, z) if last == 1 else times(factor, x, y, z, last)
    return statement([], relation(plus(power(plus(last), 4), *squares), ">=", below))


TRUE = {"Motzkin": motzkin(3), "Choi and Lam": choi_and_lam(w, 4), "Choi and Lam, not homogeneous": choi_and_lam(1, 4)}
FALSE = {"Motzkin": motzkin("3001/1000"), "Choi and Lam": choi_and_lam(w, "401/100")}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name: str) -> None:
    outcome = decide(TRUE[name], 20)
    assert outcome.proof is not None
    check(TRUE[name], outcome.proof)


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name: str) -> None:
    assert decide(FALSE[name], 20).witness is not None


def test_other_goals_are_left_alone() -> None:
    for goal in (relation(apply("exp", x), ">=", y), relation(x, "=", y), relation(power(x, 2), ">=", 0)):
        claimed = statement([], goal)
        sequent = Sequent(claimed.variables, (), (), goal)
        assert multipliers.search(sequent, Deadline.after(1), lambda inside, soon: None) is None
