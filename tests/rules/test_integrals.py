"""Two cases, integrals split at a point, integrals from a singular start: what holds is proved, its neighbours not."""

from __future__ import annotations

import pytest

from proofcheck import (
    Rational,
    Verdict,
    at,
    displacement,
    either,
    flow,
    for_all,
    gronwall,
    inner,
    integral,
    integrated,
    norm,
    path,
    power,
    scalar,
    scalar_path,
    split,
    sqrt,
    vector,
)
from proofcheck.rules.argue import argue
from proofcheck.rules.totals import BOUNDED

from .settling import Written, answer, claimed

PROVED, OPEN = Verdict.PROVED, Verdict.OPEN

t, x = scalar("t", nonnegative=True), scalar("x")
s, r = scalar("s", positive=True), scalar("r", nonnegative=True)
gamma, b = scalar("gamma", positive=True), scalar("b", positive=True)
c, K = scalar("c", positive=True), scalar("K", nonnegative=True)
w, G, u = path("w"), path("G"), vector("u")
d = scalar_path("d")
weights = flow(w.ddot == -gamma / t * w.dot - G, time=t)
decay = flow(d.dot == -d, time=t)

small = claimed(lambda: (x <= 1 + x**2).given(x <= 1), "small")
large = claimed(lambda: (x <= 1 + x**2).given(x >= 1), "large")
far = claimed(lambda: (x <= 1 + x**2).given(x >= 2), "far")
other = claimed(lambda: (x <= 2 + x**2).given(x >= 1), "other")
wanting = claimed(lambda: (x <= 1 + x**2).given(x >= 1, x <= 7), "wanting")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (lambda: either(small, large), PROVED),
        (lambda: either(large, small), PROVED),
        # Between 1 and 2 neither case occurs.
        (lambda: either(small, far), OPEN),
        (lambda: either(small, other), None),
        (lambda: either(small, wanting), None),
    ],
)
def test_two_cases(written: Written, expected: Verdict | None) -> None:
    assert answer(written) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (lambda: split(integral(s * at(d, s), s, 0, t), c), PROVED),
        (lambda: split(integral(power(s, b) * at(d, s), s, 0, t), c), PROVED),
        # 1/s has no integral from 0 on, and nothing is known of 1/d.
        (lambda: split(integral(1 / s, s, 0, t), c), OPEN),
        (lambda: split(integral(1 / at(d, s), s, 0, t), c), OPEN),
        (lambda: split(integral(power(s, -b), s, 0, t), c), OPEN),
        (lambda: split(integral(s, s, 0, t), s), None),
        (lambda: split(t, c), None),
    ],
)
def test_a_split_integral(written: Written, expected: Verdict | None) -> None:
    assert answer(written) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (lambda: (integral(power(s, b), s, 0, t) == power(t, b + 1) / (b + 1)).given(t > 0), PROVED),
        (lambda: (integral(power(s, -Rational(1, 2)), s, 0, t) == 2 * power(t, Rational(1, 2))).given(t > 0), PROVED),
        # s^-b has no integral from 0 on for b >= 1.
        (lambda: (integral(power(s, -b), s, 0, t) == power(t, 1 - b) / (1 - b)).given(t > 0, b > 1), OPEN),
        (lambda: (integral(power(s, -b), s, 0, t) == power(t, 1 - b) / (1 - b)).given(t > 0, b < 1), PROVED),
        (lambda: integral(power(s, b) * at(d, s), s, 0, t) <= integral(power(s, b) * (at(d, s) + 1), s, 0, t), PROVED),
        (lambda: integral(power(s, -b) * at(d, s), s, 0, t) <= integral(power(s, -b) * (at(d, s) + 1), s, 0, t), OPEN),
        (lambda: integral(at(d, s) / power(s, b), s, 0, t) <= integral((at(d, s) + 1) / power(s, b), s, 0, t), OPEN),
        (lambda: integral(sqrt(s) / s, s, 0, t) == integral(1 / sqrt(s), s, 0, t), OPEN),
        # Nothing times an integral is something only where there is one, whether it is printed or not.
        (lambda: 0 * integral(at(d.dot, s), s, 0, t) == 0, PROVED),
        (lambda: 0 * integral(at(d.dot, s) ** 2, s, 0, t) == 0, OPEN),
        (lambda: 0 * integral(at(d.ddot, s) ** 2, s, 0, t) == 0, OPEN),
        (lambda: integral(at(d.ddot, s), s, 0, t) ** 2 >= 0, OPEN),
        # With a variable that reaches 0 the power is not defined there.
        (lambda: integral(power(r, b) * at(d, r), r, 0, t) <= integral(power(r, b) * (at(d, r) + 1), r, 0, t), OPEN),
    ],
)
def test_an_integral_from_a_singular_start(written: Written, expected: Verdict) -> None:
    assert answer(written) in ({PROVED} if expected is PROVED else {OPEN, Verdict.REFUTED})


gathers = claimed(
    lambda: integrated(weights, power(t, gamma) * inner(w.dot, u), s, slope=-power(t, gamma) * inner(G, u)),
    "gathers",
)
moves = claimed(lambda: displacement(weights, power(t, gamma) * w.dot, s, velocity=-power(t, gamma) * G), "moves")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            lambda: integrated(weights, power(t, gamma) * inner(w.dot, u), s, slope=-power(t, gamma) * inner(G, u)),
            PROVED,
        ),
        (lambda: integrated(weights, power(t, gamma) * inner(w.dot, u), s, slope=power(t, gamma) * inner(G, u)), OPEN),
        (lambda: integrated(weights, power(t, -gamma) * inner(w.dot, u), s, slope=inner(G, u)), OPEN),
        (lambda: integrated(decay, d, r, slope=-d), PROVED),
        (lambda: integrated(decay, d, r, slope=d), OPEN),
        (lambda: displacement(weights, power(t, gamma) * w.dot, s, velocity=-power(t, gamma) * G), PROVED),
        (lambda: displacement(weights, power(t, gamma) * w.dot, s, velocity=-power(t, gamma) * G / 2), OPEN),
        (
            lambda: (
                (norm(power(t, gamma) * w.dot) <= integral(norm(-power(s, gamma) * at(G, s)), s, 0, t))
                .given(t > 0)
                .by(moves)
            ),
            PROVED,
        ),
    ],
)
def test_a_slope_of_ones_own(written: Written, expected: Verdict) -> None:
    assert answer(written) in ({PROVED} if expected is PROVED else {OPEN, Verdict.REFUTED, None})


vanishing = claimed(lambda: gronwall(decay, -power(t, b), 0), "vanishing")


def test_what_vanishes_at_the_start_says_nothing_there() -> None:
    assert answer(lambda: gronwall(decay, -power(t, b), 0)) is PROVED
    assert answer(lambda: (t > 0).by(vanishing)) is not PROVED
    assert answer(lambda: (power(t, b) >= 0).given(t > 0).by(vanishing)) is PROVED
    assert answer(lambda: (t > 0).by(gathers)) is not PROVED


def test_a_hypothesis_under_the_integral() -> None:
    bounded = for_all(s, at(d, s) <= K * power(s, -b / 2))
    left, right = integral(power(s, b) * at(d, s), s, 0, t), K * integral(power(s, b / 2), s, 0, t)
    assert answer(lambda: (left <= right).given(t > 0, bounded)) is PROVED
    assert answer(lambda: (left <= right / 2).given(t > 0, bounded)) is not PROVED


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # log 2 <= 1, and 0 = 0 at t = 0: true, although the antiderivative has no value there.
        (lambda: integral(power(s, -1), s, 1, 2) <= 1, {PROVED, OPEN}),
        (lambda: (integral(power(s, x), s, 1, 2) <= 1).given(x <= 0, x >= -1), {PROVED, OPEN}),
        (lambda: integral(power(s, 1), s, 0, t) == t**2 / 2, {PROVED, OPEN}),
        (lambda: (integral(power(s, x), s, 1, 2) <= 1).given(x >= -1), {Verdict.REFUTED}),
    ],
)
def test_an_antiderivative_without_a_value_refutes_nothing(written: Written, expected: set[Verdict]) -> None:
    assert answer(written) in expected


def test_what_is_taken_for_granted_of_a_function_under_an_integral_is_told() -> None:
    """Else p(s) >= 1/s for all s > 0 would look as if there were such functions; with integrals it proves anything."""
    free, governed = integral(at(d, s), s, 0, t), flow(d.dot == -d, time=t)
    assert BOUNDED in argue(free == free).rules
    assert BOUNDED in split(free, c).rules
    assert BOUNDED not in argue((free == free).along(governed)).rules
