"""What the loss of the Heavy Ball flow keeps to, and what it does not. In all of it lambda_0 = 2 alpha^2.

The frozen kernel. Let H_ref be constant with H_ref >= 3 lambda_0 / 4, let H(t) = H_ref + E(t) with
|E| <= lambda_0 / 4, u = Delta' + alpha Delta and V = |u|^2 / 2 + <(H_ref - alpha^2) Delta, Delta> / 2. Then
V' = -2 alpha V - <u, E Delta>, and H_ref - alpha^2 >= alpha^2 / 2 gives |u| |Delta| <= (sqrt 2 / alpha) V,
so that V' <= -(2 - 1 / sqrt 2) alpha V. At rest V(0) is <H_ref Delta, Delta> / 2 exactly, and
L <= (4 / lambda_0) V: the constant 4 / lambda_0 goes with H_ref in L_hat(0). In terms of H(0) itself it is
6 / lambda_0, since |<E Delta, Delta>| <= <H(0) Delta, Delta> / 2; if H_ref = H(0) it is 4 / lambda_0 again.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofcheck.numerics import (
    Schedule,
    Trajectory,
    heavy_ball_closed_form,
    integrate,
    pumped_schedule,
    random_kernel,
    random_perturbation,
    scheduled_closed_form,
)

ROUNDING = 1 + 1e-9
FROZEN_RATE = 2 - 1 / np.sqrt(2)
seeds = st.integers(0, 10**6)
sizes = st.integers(1, 5)
alphas = st.floats(0.2, 3)


def printed_bound(path: Trajectory, kernel: np.ndarray, alpha: float) -> np.ndarray:
    lambda_0 = 2 * alpha**2
    return np.exp(-alpha * path.times) * 4 * path.pseudo_loss(kernel)[0] / lambda_0


@given(seed=seeds, size=sizes, alpha=alphas, spread=st.floats(0, 60), above=st.floats(0, 3))
def test_a_constant_kernel_keeps_both_bounds(seed: int, size: int, alpha: float, spread: float, above: float) -> None:
    generator = np.random.default_rng(seed)
    lowest = alpha**2 + above
    kernel = random_kernel(size, lowest, lowest + spread, generator)
    times = np.linspace(0, 12 / alpha, 60)
    path = heavy_ball_closed_form(kernel, generator.standard_normal(size), np.zeros(size), alpha, times)
    loss = path.loss()
    sharper = (1 + alpha * times) ** 2 * np.exp(-2 * alpha * times) * loss[0]
    printed = printed_bound(path, kernel, alpha)
    assert np.all(loss <= sharper * ROUNDING)
    assert np.all(loss <= printed * ROUNDING)
    # It is sharper everywhere: (1 + s)^2 exp(-s) < 2 for s >= 0 and L(0) <= L_hat(0) / alpha^2.
    assert np.all(sharper <= printed * ROUNDING)


@given(alpha=alphas, size=sizes)
def test_the_sharper_bound_is_attained_at_the_critical_kernel(alpha: float, size: int) -> None:
    times = np.linspace(0, 12 / alpha, 60)
    path = heavy_ball_closed_form(alpha**2 * np.eye(size), np.ones(size), np.zeros(size), alpha, times)
    sharper = (1 + alpha * times) ** 2 * np.exp(-2 * alpha * times) * path.loss()[0]
    np.testing.assert_allclose(path.loss(), sharper, rtol=1e-9)


def test_below_the_critical_kernel_the_sharper_bound_fails() -> None:
    """The hypothesis H >= alpha^2 is used."""
    path = heavy_ball_closed_form([[0.9]], [1.0], [0.0], 1.0, [5.0])
    assert path.loss()[0] > (1 + 5) ** 2 * np.exp(-10) / 2 * 1.1


def perturbed(
    seed: int, size: int, alpha: float, pieces: int, spread: float
) -> tuple[np.ndarray, Schedule, np.ndarray]:
    """Draw H_ref, H_ref + E with |E| = lambda_0 / 4 and jumps at random times, and Delta(0)."""
    generator = np.random.default_rng(seed)
    lambda_0 = 2 * alpha**2
    reference = random_kernel(size, 0.75 * lambda_0, 0.75 * lambda_0 + spread, generator)
    # Each E has the largest norm that is allowed, so that the draws are not all mild.
    kernels = []
    for _ in range(pieces):
        perturbation = random_perturbation(size, 1.0, generator)
        kernels.append(reference + lambda_0 / 4 * perturbation / np.linalg.norm(perturbation, 2))
    switches = np.cumsum(generator.uniform(0.1, 3, pieces - 1) / alpha)
    return reference, Schedule(tuple(switches), tuple(kernels)), generator.standard_normal(size)


@given(seed=seeds, size=sizes, alpha=alphas, pieces=st.integers(1, 8), spread=st.floats(0, 30))
def test_a_kernel_near_a_frozen_one_keeps_the_frozen_bound(
    seed: int, size: int, alpha: float, pieces: int, spread: float
) -> None:
    reference, schedule, error = perturbed(seed, size, alpha, pieces, spread)
    lambda_0 = 2 * alpha**2
    times = np.linspace(0, 12 / alpha, 60)
    path = scheduled_closed_form(schedule, error, np.zeros(size), alpha, times)
    decay = np.exp(-FROZEN_RATE * alpha * times)
    frozen_pseudo_loss = path.pseudo_loss(reference)[0]
    assert np.all(path.loss() <= 4 / lambda_0 * frozen_pseudo_loss * decay * ROUNDING)
    # The energy itself, from any time on, and the same bound in terms of H(0).
    energy = path.reduced_energy(reference, alpha)
    assert energy[0] == pytest.approx(frozen_pseudo_loss)
    assert np.all(energy[1:] <= energy[:-1] * decay[1] * ROUNDING)
    moving_pseudo_loss = path.pseudo_loss(schedule.kernel_at(0.0))[0]
    assert frozen_pseudo_loss <= 1.5 * moving_pseudo_loss * ROUNDING
    assert np.all(path.loss() <= 6 / lambda_0 * moving_pseudo_loss * decay * ROUNDING)


@settings(max_examples=10)
@given(seed=seeds, frequency=st.floats(0, 8))
def test_a_smoothly_moving_kernel_keeps_the_frozen_bound(seed: int, frequency: float) -> None:
    generator = np.random.default_rng(seed)
    reference = random_kernel(3, 1.5, 12, generator)
    perturbation = random_perturbation(3, 0.5, generator)
    times = np.linspace(0, 10, 41)
    path = integrate(
        lambda time: reference + np.cos(frequency * time) * perturbation,
        generator.standard_normal(3),
        np.zeros(3),
        1.0,
        times,
    )
    bound = 2 * path.pseudo_loss(reference)[0] * np.exp(-FROZEN_RATE * times)
    assert np.all(path.loss() <= bound * (1 + 1e-7))


def test_the_rate_of_the_frozen_energy_is_met_at_an_instant() -> None:
    """V' = -(2 - 1 / sqrt 2) alpha V at the extremal state, so the constant of the estimate is exact."""
    # alpha = 1, H_ref = 3/2, E = -1/2, Delta = sqrt 2, u = 1: |u|^2 / 2 = Delta^2 / 4 and <u, E Delta> < 0.
    step = 1e-6
    path = heavy_ball_closed_form([[1.0]], [np.sqrt(2)], [1 - np.sqrt(2)], 1.0, [0.0, step])
    energy = path.reduced_energy([[1.5]], 1.0)
    assert (energy[1] / energy[0] - 1) / step == pytest.approx(-FROZEN_RATE, abs=1e-5)


def test_the_worst_alternation_within_the_frozen_bound_stays_within() -> None:
    """Between lambda_0 / 2 and lambda_0 the pump has |E| = lambda_0 / 4 around 3 lambda_0 / 4."""
    schedule = pumped_schedule(1.0, 2.0, 4)
    times = np.linspace(0, schedule.switches[-1], 400)
    path = scheduled_closed_form(schedule, [1.0], [0.0], 1.0, times)
    energy = path.reduced_energy([[1.5]], 1.0)
    assert np.all(energy <= energy[0] * np.exp(-FROZEN_RATE * times) * ROUNDING)
    # The alternation costs something: with H constant this energy would decay at the rate 2.
    assert energy[-1] > 10 * energy[0] * np.exp(-2 * times[-1])


@pytest.mark.parametrize("gain", [9.0, 16.0, 25.0])
@pytest.mark.parametrize("alpha", [0.5, 1.0, 2.0])
def test_the_pumped_oscillator_violates_the_printed_bound(gain: float, alpha: float) -> None:
    """H(t) >= lambda_0 / 2 at all times does not give the bound when H may jump."""
    schedule = pumped_schedule(alpha, gain, 8)
    assert all(kernel[0, 0] >= alpha**2 for kernel in schedule.kernels)
    path = scheduled_closed_form(schedule, [1.0], [0.0], alpha, [0.0, *schedule.switches])
    bound = printed_bound(path, schedule.kernel_at(0.0), alpha)
    assert path.loss()[0] < bound[0]
    assert path.loss()[-1] > 2 * bound[-1]
    # The integrator, which knows nothing of closed forms, sees the same.
    integrated = integrate(schedule.kernel_at, [1.0], [0.0], alpha, [schedule.switches[-1]], jumps=schedule.switches)
    assert integrated.loss()[0] == pytest.approx(path.loss()[-1], rel=1e-7)


def test_at_gain_twenty_five_the_loss_does_not_even_decay() -> None:
    schedule = pumped_schedule(1.0, 25.0, 8)
    loss = scheduled_closed_form(schedule, [1.0], [0.0], 1.0, [0.0, *schedule.switches[1::2]]).loss()
    assert np.all(np.diff(loss) > 0)
