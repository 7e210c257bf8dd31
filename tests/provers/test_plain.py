"""Equations between function values that are plainly something simpler."""

from __future__ import annotations

import pytest

from proofcheck import exp, log, power, scalar, sqrt
from proofcheck.kernel.check import check
from proofcheck.language.expressions import Relation
from proofcheck.provers.portfolio import decide
from proofcheck.rules.reduction import obligation_of

T, x = scalar("T", at_least=1), scalar("x")


@pytest.mark.parametrize(
    "equation",
    [
        log(1 + (exp(x) - 1)) == x,
        log(1 + log(1 + (exp(T**2) - 1))) == log(1 + T**2),
        exp(2 * sqrt((64 * T) ** 2)) == exp(128 * T),
        exp(sqrt(T**4) + log(16 * T**2)) == 16 * T**2 * exp(T**2),
        exp(sqrt(T**2 / (T + 1) ** 2)) == exp(T / (T + 1)),
        power(1 + (exp(T) - 1), T) == exp(T**2),
    ],
    ids=str,
)
def test_plain_values(equation: Relation) -> None:
    statement = obligation_of(equation, (), "")[0].statement
    assert statement is not None
    outcome = decide(statement, 5)
    assert outcome.proof is not None and outcome.prover == "plain values"
    check(statement, outcome.proof)


@pytest.mark.parametrize(
    "equation",
    [
        log(2 + (exp(x) - 1)) == x,
        exp(sqrt(x**2)) == exp(x),  # false for negative x
        exp(log(x) + 1) == x * exp(1),  # undefined for negative x
        exp(sqrt(T**4) + log(16 * T**2)) == 16 * T * exp(T**2),
    ],
    ids=str,
)
def test_what_is_not_equal(equation: Relation) -> None:
    statement = obligation_of(equation, (), "")[0].statement
    assert statement is not None and decide(statement, 2).proof is None
