"""Integration for kernels that move and jump, and the functionals of a trajectory."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofcheck.numerics import (
    Schedule,
    Trajectory,
    heavy_ball_closed_form,
    integrate,
    random_kernel,
    scheduled_closed_form,
)


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), jumps=st.integers(0, 4))
def test_integration_through_jumps_agrees_with_the_closed_form(seed: int, jumps: int) -> None:
    generator = np.random.default_rng(seed)
    switches = np.cumsum(generator.uniform(0.2, 2, jumps))
    schedule = Schedule(tuple(switches), tuple(random_kernel(3, 1, 12, generator) for _ in range(jumps + 1)))
    error, velocity = generator.standard_normal((2, 3))
    times = np.concatenate([generator.uniform(0, 9, 20), switches])
    closed = scheduled_closed_form(schedule, error, velocity, 1.0, times)
    integrated = integrate(schedule.kernel_at, error, velocity, 1.0, times, jumps=switches)
    scale = np.linalg.norm(np.hstack([closed.errors, closed.velocities]), axis=1)[:, np.newaxis]
    assert np.all(np.abs(closed.errors - integrated.errors) <= 1e-8 * scale)
    assert np.all(np.abs(closed.velocities - integrated.velocities) <= 1e-8 * scale)


def test_the_kernel_is_never_asked_for_at_a_jump() -> None:
    asked: list[float] = []

    def kernel_at(time: float) -> np.ndarray:
        asked.append(time)
        return np.array([[2.0 if time < 1 else 5.0]])

    integrate(kernel_at, [1.0], [0.0], 1.0, [0.0, 3.0], jumps=[1.0, 2.0])
    assert min(asked) > 0
    assert max(asked) < 3
    assert not {1.0, 2.0} & set(asked)
    # Once past a jump, integration never looks back, so that no step has crossed it.
    assert [time > 1 for time in asked] == sorted(time > 1 for time in asked)
    assert [time > 2 for time in asked] == sorted(time > 2 for time in asked)


def test_a_value_at_the_jump_alone_changes_nothing() -> None:
    def left(time: float) -> list[list[float]]:
        return [[2.0]] if time <= 1 else [[5.0]]

    def right(time: float) -> list[list[float]]:
        return [[2.0]] if time < 1 else [[5.0]]

    times = np.linspace(0, 3, 7)
    first = integrate(left, [1.0], [0.0], 1.0, times, jumps=[1.0])
    second = integrate(right, [1.0], [0.0], 1.0, times, jumps=[1.0])
    assert np.array_equal(first.errors, second.errors)


def test_relative_accuracy_lasts_over_two_hundred_orders_of_magnitude() -> None:
    times = np.array([1.0, 100.0, 500.0])
    integrated = integrate(lambda time: [[1.0]], [1.0], [0.0], 1.0, times)
    np.testing.assert_allclose(integrated.errors[:, 0], (1 + times) * np.exp(-times), rtol=1e-8)


def test_a_smoothly_moving_kernel() -> None:
    # x = exp(-t - t^2 / 2) solves x'' + 2 x' + h x = 0 with h = 2 - t^2.
    times = np.linspace(0, 3, 13)
    integrated = integrate(lambda time: [[2 - time**2]], [1.0], [-1.0], 1.0, times)
    exact = np.exp(-times - times**2 / 2)
    np.testing.assert_allclose(integrated.errors[:, 0], exact, rtol=1e-8)
    np.testing.assert_allclose(integrated.velocities[:, 0], -(1 + times) * exact, rtol=1e-8)


def test_functionals_of_a_trajectory() -> None:
    path = Trajectory(np.array([0.0, 1.0]), np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [2.0, 2.0]]))
    kernel = np.array([[2.0, 1.0], [1.0, 3.0]])
    assert path.loss().tolist() == [2.5, 0.5]
    assert path.pseudo_loss(kernel).tolist() == [9.0, 1.5]
    assert path.pseudo_loss(np.stack([kernel, 2 * kernel])).tolist() == [9.0, 3.0]
    assert path.energy(kernel, 2.0).tolist() == [9 + (9 + 16) / 2, 1.5 + (4 + 16) / 2]
    assert path.reduced_energy(kernel, 2.0).tolist() == [9 + (9 + 16) / 2 - 10, 1.5 + (4 + 16) / 2 - 2]


def test_a_trajectory_cannot_be_changed() -> None:
    errors = np.array([[1.0]])
    path = Trajectory(np.array([0.0]), errors, errors)
    errors[0, 0] = 7.0
    assert path.errors[0, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        path.errors[0, 0] = 7.0


def test_shapes_of_a_trajectory_have_to_fit() -> None:
    with pytest.raises(ValueError, match="shapes"):
        Trajectory(np.zeros(2), np.zeros((3, 1)), np.zeros((3, 1)))
    with pytest.raises(ValueError, match="one shape"):
        Trajectory(np.zeros(3), np.zeros((3, 1)), np.zeros((3, 2)))


@pytest.mark.parametrize(
    ("alpha", "error", "times"),
    [(0.0, [1.0], [1.0]), (1.0, [1.0, 2.0], [1.0]), (1.0, [1.0], []), (1.0, [1.0], [-1.0])],
)
def test_senseless_arguments_are_refused(alpha: float, error: list[float], times: list[float]) -> None:
    with pytest.raises(ValueError, match="expected"):
        integrate(lambda time: [[1.0]], error, [0.0], alpha, times)


def test_at_time_zero_there_is_nothing_to_integrate() -> None:
    path = integrate(lambda time: [[1.0]], [1.0], [2.0], 1.0, [0.0])
    assert (path.errors[0, 0], path.velocities[0, 0]) == (1.0, 2.0)


def test_closed_form_and_integration_differ_for_another_kernel() -> None:
    """The agreement above is no accident of a loose comparison."""
    closed = heavy_ball_closed_form([[2.0]], [1.0], [0.0], 1.0, [1.0])
    integrated = integrate(lambda time: [[2.0 + 1e-6]], [1.0], [0.0], 1.0, [1.0])
    assert abs(closed.errors[0, 0] - integrated.errors[0, 0]) > 1e-8
