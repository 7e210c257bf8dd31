"""Claims along flows, drawn against: what holds along every solution has no suspicion, what does not has a small one.

A suspicion is told as one: only the kernel refutes. The right and the wrong statement of each rule stand side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    after,
    at,
    claim,
    conserved,
    displacement,
    exp,
    first_exit,
    flow,
    gronwall,
    gronwall_over_jumps,
    gronwall_with_variation,
    inner,
    integral,
    integrated,
    mean_value,
    norm,
    norm2,
    operator,
    path,
    power,
    scalar,
    scalar_path,
    variation,
)
from proofcheck.language.claims import Claim
from proofcheck.language.expressions import Relation
from proofcheck.numerics import heavy_ball_closed_form
from proofcheck.running.collecting import find, load
from proofcheck.testing import Falsification, falsify, json_of, lines_of, summary
from proofcheck.testing.solutions import Motions

ROOT = Path(__file__).parents[2]

t, s = scalar("t", nonnegative=True), scalar("s", nonnegative=True)
alpha, gamma = scalar("alpha", positive=True), scalar("gamma", at_least=1)
x, e, q, h, a = path("x"), path("e"), scalar_path("q"), scalar_path("h", jumps_from=0), scalar_path("a")
H = operator("H", at_least=alpha**2)
H_t = operator("H_t", at_least=1, changes=Changes.BY_JUMPS)

descent = flow(x.dot == -H(x), time=t)
moving_descent = flow(x.dot == -H_t(x), time=t)
heavy_ball = flow(x.ddot == -2 * alpha * x.dot - H(x), time=t)
nesterov = flow(x.ddot == -gamma / t * x.dot - H(x), time=t)
disturbed = flow(x.dot == -2 * x + e, time=t, subject_to=[norm2(e) <= norm2(x)])
pushed = flow(x.dot == e, time=t, subject_to=[norm(e) <= 2 * t])
jumping = flow(q.dot == -q, h.dot == 0, time=t, subject_to=[h >= 0], jumps=[after(h) <= h])
confined = flow(q.dot == -q + q * h, h.dot == 0, time=t, subject_to=[h <= Rational(1, 2)], inside=(q**2 <= 2))
kinked = flow(
    q.ddot == -q.dot - h, a.dot == h * q.dot, time=t, subject_to=[h * q == a, h**2 <= 1, a**2 == q**2, a >= 0]
)
E = inner(H(x), x) / 2 + norm2(alpha * x + x.dot) / 2


def stating(stated: Callable[[], object], expect: Verdict = Verdict.PROVED) -> Claim:
    @claim("a test", expect=expect)
    def stated_here():
        """It states something."""
        return stated()

    return stated_here


def never_leaves(radius: int) -> object:
    falls = stating(lambda: gronwall(confined, q**2, 1))
    stays = stating(lambda: (q**2 <= 1).given(at(q, 0) ** 2 <= radius).by(falls))
    return first_exit(falls, stays)


RIGHT: dict[str, Callable[[], object]] = {
    "gronwall": lambda: gronwall(heavy_ball, E, alpha),
    "a kernel that jumps": lambda: gronwall(moving_descent, norm2(x), 2),
    "a force within its bound": lambda: gronwall(disturbed, norm2(x), 2),
    "conserved": lambda: conserved(flow(x.ddot == -H(x), time=t), norm2(x.dot) + inner(H(x), x)),
    "integrated": lambda: integrated(descent, norm2(x), s),
    "displacement": lambda: displacement(heavy_ball, x, s),
    "mean value": lambda: mean_value(pushed, x, t**2),
    "the singular friction": lambda: gronwall(nesterov, norm2(x.dot) + inner(H(x), x), 0),
    "since a moment": lambda: gronwall(descent, norm2(x), 2 * alpha**2, since=scalar("t_0", nonnegative=True)),
    "powers of the time": lambda: gronwall(nesterov, power(t, 0) * norm2(x.dot) + inner(H(x), x), 0),
    "jumps that obey a law": lambda: gronwall_over_jumps(jumping, h * q**2, 2),
    "variation": lambda: gronwall_with_variation(moving_descent, inner(H_t(x), x), 2, 1, H_t),
    "a subgradient": lambda: gronwall(kinked, a + q.dot**2 / 2, 0),
    "a first exit": lambda: never_leaves(1),
    "a relation along a flow": lambda: (norm(x) <= norm(at(x, 0))).along(descent),
    "an integral": lambda: (
        integral(norm2(at(x, s)), s, 0, t) <= t * norm2(at(x, 0))
    ).along(descent),
}  # fmt: skip

WRONG: dict[str, Callable[[], object]] = {
    "gronwall": lambda: gronwall(heavy_ball, E, 3 * alpha),
    "a force within its bound": lambda: gronwall(disturbed, norm2(x), 3),
    "conserved": lambda: conserved(flow(x.ddot == -H(x), time=t), norm2(x.dot) + 2 * inner(H(x), x)),
    "displacement, too short": lambda: (2 * norm(x - at(x, 0)) <= integral(norm(at(x.dot, s)), s, 0, t)).along(descent),
    "mean value": lambda: mean_value(pushed, x, t**2 / 2),
    "the singular friction": lambda: gronwall(nesterov, norm2(x.dot) + inner(H(x), x), 1),
    "jumps that obey a law": lambda: gronwall_over_jumps(jumping, h * q**2, 3),
    "a subgradient": lambda: gronwall(kinked, a + q.dot**2 / 2, 1),
    "variation": lambda: (variation(H_t) <= Rational(1, 2)).along(moving_descent),
    "an integral": lambda: (2 * integral(norm2(at(x, s)), s, 0, t) <= t * norm2(at(x, 0))).along(descent),
}


@pytest.mark.parametrize("stated", RIGHT.values(), ids=RIGHT)
def test_what_holds_along_a_flow_is_sampled(stated: Callable[[], object]) -> None:
    found = falsify(stating(stated), examples=5, seconds=60)
    assert found.verdict is Verdict.SAMPLED and found.draws > 0 and found.as_expected, list(lines_of(found))


@pytest.mark.parametrize("stated", WRONG.values(), ids=WRONG)
def test_what_does_not_hold_along_a_flow_is_suspected(stated: Callable[[], object]) -> None:
    found = falsify(stating(stated), examples=200, seconds=60)
    assert found.suspected and not found.as_expected
    assert found.verdict is Verdict.OPEN and found.witness is None and found.statement is None


def suspected() -> Falsification:
    return falsify(stating(slow), seed=1, seconds=60)


def slow() -> Relation:
    return (norm2(x) >= norm2(at(x, 0)) / 2).along(descent)


def test_a_suspicion_is_small_and_told_as_one() -> None:
    found = suspected()
    first, claimed, numbers = lines_of(found)
    assert "suspected" in first and "REFUTED" not in first and claimed.endswith("|x|^2 >= |x(0)|^2/2")
    assert "numbers  at alpha = 1, x(0) = 1, H = 1, t = " in numbers
    assert "integrated, with an error of about" in numbers
    assert "1 with numbers against it, which refute nothing" in summary([found])
    assert json_of("test", found)["suspected"] is True and json_of("test", found)["witness"] is None


def test_a_seed_repeats_the_search() -> None:
    first, second = suspected(), suspected()
    assert (first.shown, first.draws) == (second.shown, second.draws)


def test_a_suspicion_against_what_is_open_or_refuted_is_no_surprise() -> None:
    for expected in (Verdict.OPEN, Verdict.REFUTED):
        assert falsify(stating(slow, expected)).as_expected


def test_the_solution_is_the_one_in_closed_form() -> None:
    """The bound that the closed form attains is not violated, a slightly smaller one is."""
    start = Motions((norm2(x) >= 0).along(heavy_ball))[0]
    values = {"alpha": 1, "x(0)": 1, "x'(0)": 0, "H": 5, "t": 2}
    names = {name.text: variable for variable, name in start.instance.names.items()}
    point = {names[key if key != "H" else "H_s"]: Rational(value, 1).value for key, value in values.items()}
    [error] = heavy_ball_closed_form(np.array([[5.0]]), [1.0], [0.0], 1.0, [2.0]).errors[0]
    for factor, fails in ((1 + 1e-6, False), (1 - 1e-6, True)):
        bound = Rational(int(error**2 * factor * 10**15), 10**15)
        trial = Motions((norm2(x) <= bound).given(t >= 2).along(heavy_ball))[0].trial(point)
        assert trial is not None and trial.violated is fails


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        (lambda: (norm(x) <= 1).given(norm(x) <= -1).along(descent), "no solution that was tried"),
        (lambda: (norm(x) <= 1).given(alpha < 0).along(descent), "no solution that was tried"),
    ],
)
def test_what_is_not_drawn_says_why(stated: Callable[[], object], why: str) -> None:
    found = falsify(stating(stated), examples=10)
    assert found.draws == 0 and not found.suspected and why in found.reason
    assert "not drawn" in next(lines_of(found))


def test_the_printed_step_of_lemma_3_3_is_suspected() -> None:
    """The paper applies Gronwall to an energy that jumps: a pumped kernel is found, in small numbers."""
    [source] = find([ROOT / "derivations" / "bu_xu_chen_2021"])
    [printed] = [each for each in load(source).claims if each.name == "energy_bound_by_the_printed_argument"]
    found = falsify(printed)
    assert found.suspected and found.as_expected
    assert "H_t(jump_1)" in found.shown


def test_what_floats_cannot_hold_is_no_suspicion() -> None:
    """t^-gamma underflows long before the other side does."""
    found = falsify(
        stating(lambda: (exp(-1000 * t) * exp(1000 * s) == exp(1000 * (s - t))).along(descent)), examples=40
    )
    assert not found.suspected
