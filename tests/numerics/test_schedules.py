"""Piecewise constant kernels and the schedule of the pumped oscillator."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofcheck.numerics import (
    Schedule,
    heavy_ball_closed_form,
    pumped_schedule,
    random_kernel,
    scheduled_closed_form,
)


@given(seed=st.integers(0, 10**6), pieces=st.integers(1, 5))
def test_restarts_are_exact(seed: int, pieces: int) -> None:
    """Piece by piece, the flow is the closed form that starts from the end of the piece before."""
    generator = np.random.default_rng(seed)
    switches = np.cumsum(generator.uniform(0.1, 2, pieces - 1))
    schedule = Schedule(tuple(switches), tuple(random_kernel(3, 0.5, 9, generator) for _ in range(pieces)))
    state = generator.standard_normal(3), generator.standard_normal(3)
    path = scheduled_closed_form(schedule, *state, 0.7, [*switches, 15.0])
    for k, (start, end, kernel) in enumerate(schedule.pieces()):
        piece = heavy_ball_closed_form(kernel, *state, 0.7, [min(end, 15.0) - start])
        state = piece.errors[0], piece.velocities[0]
        # A product with a matrix of one row more may add in another order: rounding, nothing else.
        rounding = 1e-13 * np.linalg.norm(np.concatenate(state))
        np.testing.assert_allclose(path.errors[k], state[0], rtol=0, atol=rounding)
        np.testing.assert_allclose(path.velocities[k], state[1], rtol=0, atol=rounding)


@given(seed=st.integers(0, 10**6), cuts=st.lists(st.floats(0.1, 9.9), unique=True, max_size=5))
def test_a_switch_to_the_same_kernel_changes_nothing(seed: int, cuts: list[float]) -> None:
    generator = np.random.default_rng(seed)
    kernel = random_kernel(2, 1, 9, generator)
    error, velocity = generator.standard_normal((2, 2))
    times = np.linspace(0, 10, 31)
    cut = scheduled_closed_form(Schedule(tuple(sorted(cuts)), (kernel,) * (len(cuts) + 1)), error, velocity, 1.0, times)
    whole = heavy_ball_closed_form(kernel, error, velocity, 1.0, times)
    scale = np.linalg.norm(np.hstack([whole.errors, whole.velocities]), axis=1)[:, np.newaxis]
    assert np.all(np.abs(cut.errors - whole.errors) <= 1e-11 * scale)
    assert np.all(np.abs(cut.velocities - whole.velocities) <= 1e-11 * scale)


def test_error_and_velocity_are_continuous_but_the_acceleration_jumps() -> None:
    schedule = Schedule((1.0,), (np.array([[1.0]]), np.array([[9.0]])))
    step = 1e-7
    path = scheduled_closed_form(schedule, [1.0], [0.0], 1.0, [1 - 2 * step, 1 - step, 1, 1 + step])
    assert np.ptp(path.errors) < 1e-6
    assert np.ptp(path.velocities) < 3e-6
    slopes = np.diff(path.velocities[:, 0]) / step
    assert slopes[2] - slopes[1] == pytest.approx(-8 * path.errors[2, 0], rel=1e-4)


def test_order_of_times_does_not_matter() -> None:
    schedule = Schedule((1.0, 2.0), tuple(np.array([[h]]) for h in (1.0, 4.0, 2.0)))
    times = np.array([2.5, 0.0, 1.0, 1.5])
    path = scheduled_closed_form(schedule, [1.0], [0.0], 1.0, times)
    straight = scheduled_closed_form(schedule, [1.0], [0.0], 1.0, np.sort(times))
    np.testing.assert_allclose(path.errors[np.argsort(times)], straight.errors, rtol=1e-14)


@pytest.mark.parametrize(
    ("switches", "kernels"),
    [
        ((0.0,), ([[1.0]], [[2.0]])),
        ((2.0, 1.0), ([[1.0]], [[2.0]], [[3.0]])),
        ((1.0, np.inf), ([[1.0]], [[2.0]], [[3.0]])),
        ((np.nan,), ([[1.0]], [[2.0]])),
        ((1.0,), ([[1.0]],)),
        ((1.0,), ([[1.0]], np.eye(2))),
        ((), ([[1.0, 2.0], [0.0, 1.0]],)),
    ],
)
def test_schedules_without_sense_are_refused(switches: tuple[float, ...], kernels: tuple[object, ...]) -> None:
    with pytest.raises(ValueError, match="expected"):
        Schedule(switches, kernels)


@given(alpha=st.floats(0.2, 3), gain=st.floats(1.01, 60))
def test_each_half_period_of_the_pump_multiplies_the_scaled_error(alpha: float, gain: float) -> None:
    schedule = pumped_schedule(alpha, gain, 3)
    path = scheduled_closed_form(schedule, [1.0], [0.0], alpha, [0.0, *schedule.switches])
    scaled = np.exp(alpha * path.times) * path.errors[:, 0]
    zeros, turns = scaled[1::2], path.velocities[2::2, 0] / (alpha * path.errors[2::2, 0])
    np.testing.assert_allclose(zeros, 0, atol=1e-11 * gain**2)
    np.testing.assert_allclose(turns, 0, atol=1e-8)
    np.testing.assert_allclose(scaled[2::2], (-np.sqrt(gain)) ** np.arange(1, 4), rtol=1e-9)


@pytest.mark.parametrize(("alpha", "gain", "count"), [(0.0, 2.0, 1), (1.0, 1.0, 1), (1.0, 2.0, 0)])
def test_pumps_without_sense_are_refused(alpha: float, gain: float, count: int) -> None:
    with pytest.raises(ValueError, match="expected"):
        pumped_schedule(alpha, gain, count)
