"""The closed form of the Heavy Ball flow with a constant kernel."""

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from proofcheck.numerics import damped_oscillator, heavy_ball_closed_form, integrate, random_kernel

moderate = st.floats(-3, 3)


def reference(h: float, x: float, v: float, alpha: float, t: float) -> tuple[float, float]:
    """The same oscillator with 60 digits, from the two roots of its characteristic polynomial."""
    with mpmath.workdps(60):
        h, x, v, alpha, t = map(mpmath.mpf, (h, x, v, alpha, t))
        root = mpmath.sqrt(mpmath.mpc(alpha**2 - h))
        sine = mpmath.sinh(root * t) / root if root else t
        cosine = mpmath.cosh(root * t)
        decay = mpmath.exp(-alpha * t)
        position = decay * (x * (cosine + alpha * sine) + v * sine)
        speed = decay * (v * (cosine - alpha * sine) - h * x * sine)
        return float(mpmath.re(position)), float(mpmath.re(speed))


@given(
    h=st.one_of(st.floats(-2, 50), st.floats(-1e-9, 1e-9).map(lambda gap: 1 + gap), st.just(1.0)),
    x=moderate,
    v=moderate,
    t=st.floats(0, 20),
)
def test_every_regime_agrees_with_sixty_digits(h: float, x: float, v: float, t: float) -> None:
    positions, velocities = damped_oscillator([h], x, v, 1.0, [t])
    exact = reference(h, x, v, 1.0, t)
    # The size of the two terms that are added: where x passes through 0, only they set a scale.
    scale = np.exp(-t + np.sqrt(max(1 - h, 0)) * t) * (1 + t) * (1 + abs(h)) * (abs(x) + abs(v)) + 1e-290
    assert abs(positions[0, 0] - exact[0]) <= 1e-13 * scale
    assert abs(velocities[0, 0] - exact[1]) <= 1e-13 * scale


@pytest.mark.parametrize("gap", [0.0, *(sign * 10.0**-k for k in range(1, 17, 3) for sign in (1, -1))])
def test_relative_accuracy_lasts_through_the_critical_stiffness(gap: float) -> None:
    times = np.array([0.1, 1.0, 10.0, 100.0])
    positions, velocities = damped_oscillator([4 + gap], 1.0, 0.0, 2.0, times)
    exact = np.array([reference(4 + gap, 1.0, 0.0, 2.0, t) for t in times])
    np.testing.assert_allclose(positions[:, 0], exact[:, 0], rtol=1e-12)
    np.testing.assert_allclose(velocities[:, 0], exact[:, 1], rtol=1e-12)


@pytest.mark.parametrize("h", [0.0, 1e-30, 1e-12, 1e-3])
def test_relative_accuracy_for_a_soft_spring_over_a_long_time(h: float) -> None:
    times = np.array([1.0, 1e3, 1e6])
    positions, velocities = damped_oscillator([h], 1.0, 1.0, 1.0, times)
    exact = np.array([reference(h, 1.0, 1.0, 1.0, t) for t in times])
    np.testing.assert_allclose(positions[:, 0], exact[:, 0], rtol=1e-12)
    # At t = 1 the velocity is a difference of two numbers of order one.
    np.testing.assert_allclose(velocities[:, 0], exact[:, 1], rtol=1e-12, atol=1e-300)


def test_modes_and_times_are_vectorised_as_rows_and_columns() -> None:
    stiffness, times = np.array([0.5, 1.0, 7.0]), np.linspace(0, 3, 5)
    positions, velocities = damped_oscillator(stiffness, [1.0, 2.0, 3.0], [0.0, -1.0, 1.0], 1.0, times)
    assert positions.shape == velocities.shape == (5, 3)
    single, speed = damped_oscillator(7.0, 3.0, 1.0, 1.0, times[3:4])
    assert positions[3, 2] == single[0, 0]
    assert velocities[3, 2] == speed[0, 0]


@settings(max_examples=15)
@given(
    seed=st.integers(0, 10**6),
    size=st.integers(1, 5),
    alpha=st.floats(0.3, 2),
    lowest=st.floats(0.1, 2),
)
def test_closed_form_agrees_with_integration(seed: int, size: int, alpha: float, lowest: float) -> None:
    generator = np.random.default_rng(seed)
    kernel = random_kernel(size, lowest, lowest + 20, generator)
    error, velocity = generator.standard_normal((2, size))
    times = np.linspace(0, 10, 40)
    closed = heavy_ball_closed_form(kernel, error, velocity, alpha, times)
    integrated = integrate(lambda time: kernel, error, velocity, alpha, times)
    # Relative to the state at that time, which decays by many orders of magnitude.
    scale = np.linalg.norm(np.hstack([closed.errors, closed.velocities]), axis=1)[:, np.newaxis]
    assert np.all(np.abs(closed.errors - integrated.errors) <= 1e-8 * scale)
    assert np.all(np.abs(closed.velocities - integrated.velocities) <= 1e-8 * scale)


def test_closed_form_agrees_with_unscaled_integration_by_another_method() -> None:
    kernel = np.array([[3.0, 1.0], [1.0, 2.0]])
    times = np.linspace(0, 4, 9)
    closed = heavy_ball_closed_form(kernel, [1.0, -2.0], [0.5, 0.0], 0.8, times)

    def field(time: float, state: np.ndarray) -> np.ndarray:
        return np.concatenate([state[2:], -1.6 * state[2:] - kernel @ state[:2]])

    solution = solve_ivp(field, (0, 4), [1.0, -2.0, 0.5, 0.0], method="Radau", t_eval=times, rtol=1e-10, atol=1e-13)
    np.testing.assert_allclose(np.hstack([closed.errors, closed.velocities]), solution.y.T, atol=1e-7)


@given(seed=st.integers(0, 10**6), alpha=st.floats(0.1, 3), lowest=st.floats(0, 10))
def test_the_reduced_energy_decays_at_exactly_twice_alpha(seed: int, alpha: float, lowest: float) -> None:
    generator = np.random.default_rng(seed)
    kernel = random_kernel(3, alpha**2 + lowest, alpha**2 + lowest + 5, generator)
    error, velocity = generator.standard_normal((2, 3))
    times = np.linspace(0, 10, 25)
    energy = heavy_ball_closed_form(kernel, error, velocity, alpha, times).reduced_energy(kernel, alpha)
    np.testing.assert_allclose(energy, np.exp(-2 * alpha * times) * energy[0], rtol=1e-9)


@pytest.mark.parametrize(
    ("alpha", "stiffness", "times"),
    [
        (0.0, 1.0, [1.0]),
        (-1.0, 1.0, [1.0]),
        (np.nan, 1.0, [1.0]),
        (1.0, 1.0, [-1.0]),
        (1.0, np.nan, [1.0]),
        (1.0, 1.0, [np.inf]),
        (1.0, [[1.0]], [1.0]),
    ],
)
def test_senseless_arguments_are_refused(alpha: float, stiffness: object, times: list[float]) -> None:
    with pytest.raises(ValueError, match="expected"):
        damped_oscillator(stiffness, 1.0, 0.0, alpha, times)


@pytest.mark.parametrize(
    ("kernel", "error"),
    [([[1.0, 2.0], [0.0, 1.0]], [1.0, 1.0]), ([[1.0]], [1.0, 1.0]), ([[1.0, 0.0]], [1.0])],
)
def test_kernels_that_do_not_fit_are_refused(kernel: list[list[float]], error: list[float]) -> None:
    with pytest.raises(ValueError, match="expected"):
        heavy_ball_closed_form(kernel, error, [0.0] * len(error), 1.0, [1.0])
