"""Conditions of growth along a flow, one a test, each of which a mutant of the rules once did without."""

from __future__ import annotations

import pytest

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    at,
    conserved,
    displacement,
    exp,
    flow,
    gronwall,
    gronwall_with_jumps,
    inner,
    integrated,
    let,
    operator,
    path,
    power,
    scalar,
    scalar_path,
)
from proofcheck.kernel.statements import Statement
from proofcheck.rules.growth import VANISHING

from .settling import answer, claimed, left_open, verdict

t, s = scalar("t", nonnegative=True), scalar("s", nonnegative=True)
b, r = scalar("b", nonnegative=True), scalar("r", positive=True)
q, e, x = scalar_path("q"), scalar_path("e"), path("x")
H = operator("H", at_least=0, changes=Changes.BY_JUMPS)
resting = flow(q.dot == 0 * q, time=t)
falling = flow(q.dot == -q, time=t)


def test_a_power_that_may_have_the_exponent_0_does_not_vanish() -> None:
    """t^0 = 1 for t > 0, and not 0."""
    assert answer(lambda: conserved(flow(time=t, subject_to=[b <= 0]), power(t, b))) is not Verdict.PROVED


def test_a_power_of_something_else_than_the_time_does_not_vanish() -> None:
    assert conserved(resting, power(r, 2 + b)).formula == "r^(2 + b) = r^(2 + b)"


def test_an_abbreviation_is_one_at_the_beginning() -> None:
    argument = gronwall(flow(time=t), let("W", -power(t, 1 + b)), 0)
    assert argument.formula == "W <= W(0)  given  t > 0"
    assert left_open(argument) == []


def test_nothing_is_concluded_of_moments_before_the_beginning() -> None:
    """For q = exp(-2 t) the bound from s on fails at 0, for s > 0: 1 > exp(2 s) exp(-4 s)."""
    later = claimed(lambda: gronwall(flow(q.dot == -2 * q, time=t), q**2, 2, since=s), "later")
    assert verdict(later.stated) is Verdict.PROVED
    assert answer(lambda: (at(q, 0) ** 2 <= exp(2 * s) * at(q, s) ** 2).by(later.at({t: 0}))) is not Verdict.PROVED


def test_moments_before_the_beginning_owe_nothing() -> None:
    """A disturbance that is at most 1 - t raises nothing from the time 1 on, and does before."""
    driven = flow(q.dot == e, time=t, subject_to=[e <= 1 - t])
    assert verdict(lambda: gronwall(driven, q, 0, since=1)) is Verdict.PROVED
    assert answer(lambda: gronwall(driven, q, 0, since=Rational(1, 2))) is not Verdict.PROVED


@pytest.mark.parametrize("rate", [0, 2])
def test_a_beginning_that_may_lie_before_0_refutes_nothing(rate: int) -> None:
    assert verdict(lambda: gronwall(falling, q**2, rate, since=scalar("early"))) is Verdict.OPEN


def test_with_jumps_the_beginning_is_a_moment_of_the_flow() -> None:
    leaping = gronwall_with_jumps(flow(x.dot == -x, time=t), inner(H(x), x), 2, scalar("J"), since=scalar("early"))
    assert "the beginning is a moment of the flow" in left_open(leaping)
    assert verdict(lambda: leaping) is Verdict.OPEN


def test_the_theorem_with_jumps_as_it_is_printed() -> None:
    energy, total = inner(H(x), x), scalar("J")
    shown = [gronwall_with_jumps(flow(x.dot == -x, time=t), energy, rate, total) for rate in (0, 2)]
    assert [each.formula.partition("  given")[0] for each in shown] == [
        "<H x, x> <= exp(J) <H(0) x(0), x(0)>",
        "<H x, x> <= exp(J - 2 t) <H(0) x(0), x(0)>",
    ]


def test_the_induction_over_jumps_assumes_no_strict_inequality_but_of_the_jump() -> None:
    argument = gronwall_with_jumps(flow(x.dot == -x, time=t), inner(H(x), x), 2, scalar("J"))
    [step] = [each.statement for each in argument.obligations if each.label == "the step over one jump"]
    assert isinstance(step, Statement)
    assert sorted(each.sign for each in step.hypotheses).count("<=") == 3


def test_the_reader_is_told_what_solutions_are_subject_to() -> None:
    kept = flow(q.dot == -q, x.dot == -x, time=t, subject_to=[q <= 1])
    for argument in (integrated(kept, q, s), displacement(kept, x, s)):
        assert "on solutions subject to q <= 1" in argument.rules
        assert left_open(argument) == []


def test_the_reader_is_told_that_powers_of_the_time_vanish() -> None:
    weighed = power(t, 1 + b) * inner(H(x), x)
    still = flow(x.dot == 0 * x, time=t)
    for argument in (gronwall(still, -power(t, 1 + b), 0), gronwall_with_jumps(still, -weighed, 0, scalar("J"))):
        assert VANISHING in argument.rules
