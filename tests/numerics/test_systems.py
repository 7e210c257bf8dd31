"""Any system, solved as the closed forms say; it ends where it has to."""

from __future__ import annotations

import numpy as np
import pytest

from proofcheck.numerics import (
    FloatArray,
    Schedule,
    heavy_ball_closed_form,
    nesterov_closed_form,
    random_kernel,
    scheduled_closed_form,
)
from proofcheck.numerics.systems import Field, integrate_system

GENERATOR = np.random.default_rng(0)
KERNELS = [random_kernel(2, 1, 9, GENERATOR) for _ in range(3)]
ERROR = np.array([1.0, -0.5])


def oscillating(kernels: list[FloatArray], friction: float, *, over_time: bool = False) -> Field:
    def field(piece: int, time: float, state: FloatArray) -> FloatArray:
        strength = friction / time if over_time else friction
        return np.concatenate([state[2:], -strength * state[2:] - kernels[piece] @ state[:2]])

    return field


def test_heavy_ball_for_one_kernel() -> None:
    times = np.linspace(0, 5, 11)
    solved = integrate_system(oscillating(KERNELS, 2.0), np.concatenate([ERROR, ERROR]), 5.0)
    expected = heavy_ball_closed_form(KERNELS[0], ERROR, ERROR, 1.0, times).errors
    assert np.allclose([solved(float(t))[:2] for t in times], expected, rtol=0, atol=1e-9)


def test_heavy_ball_for_kernels_that_jump() -> None:
    times = np.linspace(0, 5, 21)
    start = np.concatenate([ERROR, np.zeros(2)])
    solved = integrate_system(oscillating(KERNELS, 2.0), start, 5.0, restarts=(1.0, 2.5))
    expected = scheduled_closed_form(Schedule((1.0, 2.5), np.array(KERNELS)), ERROR, np.zeros(2), 1.0, times).errors
    assert np.allclose([solved(float(t))[:2] for t in times], expected, rtol=0, atol=1e-9)
    assert [solved.piece(t) for t in (0.5, 1.0, 1.1, 2.5, 4.0)] == [0, 0, 1, 1, 2]


@pytest.mark.parametrize("friction", [0.5, 1.0, 3.0, 7.0])
def test_nesterov_from_its_singular_start(friction: float) -> None:
    times = np.linspace(0, 6, 13)
    field = oscillating(KERNELS, friction, over_time=True)
    singular = np.array([0.0, 0.0, 1.0, 1.0])
    solved = integrate_system(field, np.concatenate([ERROR, np.zeros(2)]), 6.0, singular=singular)
    expected = nesterov_closed_form(KERNELS[0], ERROR, friction, times).errors
    assert np.allclose([solved(float(t))[:2] for t in times], expected, rtol=0, atol=1e-9)


def test_a_state_that_jumps() -> None:
    solved = integrate_system(
        lambda piece, t, y: -y, np.array([1.0]), 2.0, restarts=(1.0,), behind=lambda piece, t, y: y / 2
    )
    assert np.isclose(solved(1.0)[0], np.exp(-1)) and np.isclose(solved(2.0)[0], np.exp(-2) / 2)


def no_root(piece: int, time: float, state: FloatArray) -> FloatArray:
    if time > 1:
        raise ArithmeticError("a root of a negative number")
    return -state


@pytest.mark.parametrize(
    ("field", "latest"),
    [(lambda piece, t, y: y**2, 1.001), (no_root, 1.0), (lambda piece, t, y: -1e9 * y, 1.9)],
    ids=["it blows up", "it has no value", "it takes too many steps"],
)
def test_it_ends_early(field: Field, latest: float) -> None:
    solved = integrate_system(field, np.array([1.0]), 2.0, most_steps=300)
    assert 0 < solved.end <= latest
    with pytest.raises(ValueError, match="the solution is known from 0 to"):
        solved(2.0)


def test_a_jump_that_is_not_allowed_ends_it() -> None:
    solved = integrate_system(
        lambda piece, t, y: -y, np.array([1.0]), 2.0, restarts=(1.0,), behind=lambda piece, t, y: None
    )
    assert solved.end == 1.0


def test_a_force_that_is_not_bounded_near_the_singular_start_has_no_solution() -> None:
    solved = integrate_system(
        lambda piece, t, y: np.array([y[1], -2 / t * y[1] - t**-2.0]),
        np.array([1.0, 0.0]),
        1.0,
        singular=np.array([0.0, 1.0]),
    )
    assert solved.end == 0


def test_a_start_beyond_all_numbers_has_no_solution() -> None:
    for start in (np.inf, np.nan):
        solution = integrate_system(lambda piece, t, y: -y, np.array([start]), 1.0)
        assert solution.end == 0.0
