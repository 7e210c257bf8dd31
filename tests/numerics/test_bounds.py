"""The bounds as arrays: that trajectories keep to them, where they are attained, and that the claims exist."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofcheck.numerics import (
    bounds,
    gradient_descent_closed_form,
    heavy_ball_closed_form,
    momenta_closed_form,
    nesterov_closed_form,
    newton_closed_form,
    random_kernel,
)

seeds = st.integers(0, 10**6)
ROUNDING = 1 + 1e-9
ROOT = Path(__file__).parents[2]
FUNCTIONS = [name for name, value in vars(bounds).items() if getattr(value, "__module__", "") == bounds.__name__]


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if not name.startswith("_")])
def test_a_bound_has_the_name_of_a_claim(name: str) -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "derivations/bu_xu_chen_2021").glob("*.py")]
    found = [source for source in sources if f")\ndef {name}():" in source]
    assert len(found) == 1


def drawn(seed: int, lowest: float, spread: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    return random_kernel(3, lowest, lowest + spread, generator), generator.standard_normal(3), np.linspace(0, 12, 49)


@given(seed=seeds, lowest=st.floats(0.01, 3), spread=st.floats(0, 20))
def test_gradient_descent_keeps_to_its_bound(seed: int, lowest: float, spread: float) -> None:
    kernel, error, times = drawn(seed, lowest, spread)
    loss = gradient_descent_closed_form(kernel, error, times).loss()
    assert np.all(loss <= bounds.theorem_1(2 * lowest, loss[0], times) * ROUNDING)


@given(seed=seeds, alpha=st.floats(0.2, 3), spread=st.floats(0, 20))
def test_heavy_ball_keeps_to_its_bounds(seed: int, alpha: float, spread: float) -> None:
    kernel, error, times = drawn(seed, alpha**2, spread)
    path = heavy_ball_closed_form(kernel, error, np.zeros(3), alpha, times)
    loss, pseudo_loss = path.loss(), path.pseudo_loss(kernel)[0]
    sharp = bounds.sharp_loss(alpha, loss[0], times)
    assert np.all(loss <= sharp * ROUNDING)
    assert np.all(sharp <= bounds.loss_decays(alpha, pseudo_loss, times) * ROUNDING)
    bounded, _, _ = drawn(seed, alpha**2, 2 * alpha**2)
    loss = heavy_ball_closed_form(bounded, error, np.zeros(3), alpha, times).loss()
    assert np.all(loss <= bounds.loss_for_a_bounded_kernel(alpha, loss[0], times) * ROUNDING)
    firm, _, _ = drawn(seed, 1.5 * alpha**2, spread)
    path = heavy_ball_closed_form(firm, error, np.zeros(3), alpha, times)
    near = bounds.loss_near_a_frozen_kernel(alpha, path.pseudo_loss(firm)[0], times)
    assert np.all(path.loss() <= near * ROUNDING)


@given(seed=seeds, gamma=st.floats(0.1, 20), kappa=st.floats(0.2, 3), spread=st.floats(0, 20))
def test_nesterov_keeps_to_its_bounds(seed: int, gamma: float, kappa: float, spread: float) -> None:
    kernel, error, times = drawn(seed, kappa**2, spread)
    times = np.concatenate([times, [100.0, 1000.0]])
    path = nesterov_closed_form(kernel, error, gamma, times)
    loss = path.loss()
    for exponent in (0.0, 2 * gamma / 3, gamma):
        bound = bounds.lemma_4_1_for_a_constant_kernel_later(exponent, gamma, kappa, loss[0], times)
        assert np.all(loss <= bound * ROUNDING)
    moving = bounds.lemma_4_1_with_variation(gamma, kappa, 0.0, path.pseudo_loss(kernel)[0], times)
    later = times >= gamma / kappa
    assert np.all(loss[later] <= moving[later] * ROUNDING)
    assert np.all(np.isnan(moving[~later]))


@given(seed=seeds, gamma=st.floats(2, 20), kappa=st.floats(0.2, 3), spread=st.floats(0, 20))
def test_nesterov_lies_between_its_bounds(seed: int, gamma: float, kappa: float, spread: float) -> None:
    kernel, error, _ = drawn(seed, kappa**2, spread)
    begin = gamma / kappa
    path = nesterov_closed_form(kernel, error, gamma, begin * np.array([1.0, 1.5, 2.0, 5.0, 30.0, 0.3, 0.0]))
    loss, energy = path.loss(), path.pseudo_loss(kernel) + np.sum(path.velocities**2, axis=1) / 2
    for exponent in {2.0, max(2 * gamma / 3, 2.0), gamma}:
        assert np.all(loss <= bounds.lemma_4_1(exponent, gamma, kappa**2, loss[-1], path.times) * ROUNDING)
    below = bounds.rate_from_below(gamma, kappa**2, energy[0], path.times)
    assert np.all(energy[:5] >= below[:5] / ROUNDING)
    assert np.all(np.isnan(below[5:]))


def test_the_rate_of_nesterov_is_the_exponent_gamma() -> None:
    """Along the maxima, t^gamma L tends to a positive constant; with a larger exponent it would grow."""
    times = np.pi * np.array([100, 1000, 10000])
    loss = nesterov_closed_form([[1.0]], [1.0], 2.0, times + np.pi / 2).loss()
    bound = bounds.lemma_4_1_for_a_constant_kernel_later(2.0, 2.0, 1.0, 0.5, times + np.pi / 2)
    np.testing.assert_allclose(loss / bound, 1 / 12, rtol=1e-9)


@given(seed=seeds, b_1=st.floats(1, 9), b_2=st.floats(1, 9), part=st.floats(0.1, 0.9), rate=st.floats(0, 0.3))
def test_two_momenta_keep_to_their_bound(seed: int, b_1: float, b_2: float, part: float, rate: float) -> None:
    rate *= min(b_1 / b_2, b_2) / 3
    B_2 = b_2 - 3 * rate
    B_1 = b_1 - 2 * rate * B_2 - 3 * rate**2
    shift = rate * B_1 + rate**2 * B_2 + rate**3
    kernel, error, times = drawn(seed, shift + 0.05 * B_1 * B_2, part * B_1 * B_2)
    loss = momenta_closed_form(kernel, [error], [b_1, b_2], times).loss()
    assert np.all(loss <= bounds.loss_of_two_momenta(kernel, error, (b_1, b_2), rate, times) * ROUNDING)


@pytest.mark.parametrize(("stiffness", "rate"), [(10.0, 0.0), (0.0, 0.0), (1.0, 1.1), (0.1, 0.5)])
def test_two_momenta_outside_their_hypotheses_are_refused(stiffness: float, rate: float) -> None:
    with pytest.raises(ValueError, match="B_1"):
        bounds.loss_of_two_momenta([[stiffness]], [1.0], (3.0, 3.0), rate, [1.0])


@given(seed=seeds, neurons=st.integers(2, 9))
def test_newton_keeps_to_its_bounds(seed: int, neurons: int) -> None:
    generator = np.random.default_rng(seed)
    inputs = generator.standard_normal((3, 5))
    inputs /= np.linalg.norm(inputs, axis=1, keepdims=True)
    awake = inputs @ generator.standard_normal((5, neurons)) >= 0
    gradients = np.einsum("ir,ij->rij", awake, inputs) / np.sqrt(neurons)
    lowest = float(np.linalg.eigvalsh(np.einsum("rij,rkj->ik", gradients, gradients))[0])
    times = np.linspace(0, 3, 13)
    loss = newton_closed_form(gradients, generator.standard_normal(3), times).loss()
    above = bounds.newton_rate(max(lowest, 0.0), neurons / 3, loss[0], times)
    assert np.all(loss <= above * ROUNDING)
    assert np.all(above <= bounds.newton_rate_of_section_3(max(lowest, 0.0), neurons / 3, loss[0], times) * ROUNDING)
    assert np.all(loss >= bounds.newton_rate_at_most(neurons, loss[0], times) / ROUNDING)


def test_the_bound_for_a_network_is_above_its_start() -> None:
    assert bounds.loss_of_the_network(2.0, 1.0, [0.0])[0] == 3
