"""Powers of sums in the thousands, which nobody expands."""

import pytest

from proofcheck.kernel.check import check, refute
from proofcheck.kernel.statements import Statement
from proofcheck.kernel.terms import Variable
from proofcheck.provers.portfolio import decide

from .writing import exp, minus, plus, power, relation, statement, times

s, x = Variable("s"), Variable("x")
unit = [relation(s, ">=", 0), relation(s, "<=", 1)]

TRUE = {
    "Bernoulli": statement([relation(x, ">=", -1)], relation(power(plus(1, x), 2000), ">=", plus(1, times(2000, x)))),
    "an even power": statement([], relation(power(minus(x, 1), 2000), ">=", 0)),
    "below an exponential": statement(unit, relation(power(minus(1, s), 1000), "<=", exp(times(-1000, s)))),
    "of a square": statement([], relation(power(plus(1, power(x, 2)), 3000), ">=", 1)),
    "on an interval": statement(unit, relation(power(minus(1, s), 1001), ">=", 0)),
}
FALSE = {
    "Bernoulli": statement([relation(x, ">=", -1)], relation(power(plus(1, x), 2000), ">=", plus(1, times(2001, x)))),
    "an even power": statement([], relation(power(minus(x, 1), 2000), ">", 0)),
    "below an exponential": statement(unit, relation(power(minus(1, s), 1000), "<", exp(times(-1000, s)))),
    "an odd power": statement([], relation(power(minus(x, 1), 4001), ">=", 0)),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name: str) -> None:
    outcome = decide(TRUE[name], 20)
    assert outcome.proof is not None
    check(TRUE[name], outcome.proof)


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name: str) -> None:
    outcome = decide(FALSE[name], 20)
    assert outcome.witness is not None
    refute(FALSE[name], outcome.witness)


def test_a_fact_about_the_variable_does_not_become_one_about_the_name() -> None:
    """From x <= 0 alone (1 + x)^1001 may be negative."""
    claimed: Statement = statement([relation(x, "<=", 0)], relation(power(plus(1, x), 1001), ">=", 0))
    assert decide(claimed, 5).proof is None
