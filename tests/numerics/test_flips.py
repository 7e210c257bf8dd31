"""Networks under the Heavy Ball flow: against a plain integrator, closed forms, and what is claimed of them."""

from math import exp, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofcheck.numerics import (
    FloatArray,
    SmallNetwork,
    arc_cosine_kernel,
    heavy_ball_closed_form,
    random_sphere_points,
    swinging_network,
    train_by_flips,
)


def drawn(seed: int, neurons: int, inputs: int, dimension: int) -> SmallNetwork:
    generator = np.random.default_rng(seed)
    return SmallNetwork(
        generator.standard_normal((neurons, dimension)),
        generator.choice([-1.0, 1.0], neurons),
        random_sphere_points(inputs, dimension, generator),
        3 * generator.standard_normal(inputs),
    )


def integrated(network: SmallNetwork, alpha: float, end: float, step: float = 1e-3) -> FloatArray:
    """The weights at the end, by the midpoint rule."""

    def force(weights: FloatArray, speed: FloatArray) -> FloatArray:
        moved = SmallNetwork(weights, network.signs, network.inputs, network.targets)
        pull = (moved.activations() * moved.errors()) @ network.inputs
        return -network.signs[:, np.newaxis] / sqrt(len(network.signs)) * pull - 2 * alpha * speed

    weights, speed = network.weights.copy(), np.zeros_like(network.weights)
    for _ in range(round(end / step)):
        halfway = weights + step / 2 * speed, speed + step / 2 * force(weights, speed)
        weights, speed = weights + step * halfway[1], speed + step * force(*halfway)
    return weights


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), neurons=st.integers(1, 6), inputs=st.integers(1, 4))
def test_a_plain_integrator_agrees(seed: int, neurons: int, inputs: int) -> None:
    """Also where the kernel is singular."""
    network = drawn(seed, neurons, inputs, 2)
    trained = train_by_flips(network, 0.5, [3.0]).trained
    # The midpoint rule loses an order at each flip.
    assert np.abs(trained.weights - integrated(network, 0.5, 3.0)).max() < 2e-2


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6))
def test_the_errors_belong_to_the_weights(seed: int) -> None:
    training = train_by_flips(drawn(seed, 8, 3, 3), 0.4, [1.0, 4.0])
    np.testing.assert_allclose(training.path.errors[-1], training.trained.errors(), rtol=0, atol=1e-10)


def test_without_flips_the_kernel_is_constant() -> None:
    inputs = np.array([[1.0, 0.0], [0.6, 0.8]])
    network = SmallNetwork(50 * np.ones((3, 2)), [1.0, -1.0, 1.0], inputs, [40.0, 60.0])
    times = np.linspace(0, 5, 11)
    training = train_by_flips(network, 0.3, times)
    expected = heavy_ball_closed_form(network.kernel(), network.errors(), [0.0, 0.0], 0.3, times)
    assert training.flips.size == 0
    np.testing.assert_allclose(training.path.errors, expected.errors, atol=1e-11)
    np.testing.assert_allclose(training.path.velocities, expected.velocities, atol=1e-11)


def test_a_neuron_that_falls_asleep_coasts() -> None:
    """One neuron pushed over its kink: what is claimed of the jump of Delta'."""
    training = train_by_flips(SmallNetwork([[0.5]], [1.0], [[1.0]], [-4.0]), 0.5, [0.0, 1.0, 30.0])
    assert training.flips.size == 1
    assert training.path.errors[-1].tolist() == [4.0]
    assert training.path.velocities[-1].tolist() == [0.0]
    assert training.smallest_eigenvalues.tolist() == [1.0, 0.0, 0.0]
    assert training.trained.weights[0, 0] < -0.5


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), neurons=st.integers(1, 12), alpha=st.floats(0.05, 1))
def test_one_sample_keeps_to_the_bounds(seed: int, neurons: int, alpha: float) -> None:
    """The bounds of Lemma 3.3 and the sharper one, as long as the kernel is at least alpha^2."""
    network = drawn(seed, neurons, 1, 1)
    times = np.linspace(0, 12, 31)
    training = train_by_flips(network, alpha, times)
    holds = np.minimum.accumulate(training.smallest_eigenvalues) >= alpha**2
    loss, x = training.path.loss()[holds], alpha * times[holds]
    kernel = network.kernel()[0, 0]
    slack = 1e-9 * loss[:1]
    assert np.all(loss <= 2 / alpha**2 * np.exp(-x) * kernel * loss[:1] + slack)
    assert np.all(loss <= (1 + sqrt(kernel) / alpha * x) ** 2 * np.exp(-2 * x) * loss[:1] + slack)
    assert np.all(np.diff(training.smallest_eigenvalues) <= 0)


def test_the_network_that_refutes_the_lemma() -> None:
    """The 24 neurons of the derivation, by simulation."""
    inputs = np.array([[1.0, 0.0], [-0.5, sqrt(0.75)]])
    c = exp(-1 / 8)
    y = -(35 / 32 * c + 5 / 8 + 3 / 8 * c**2)
    u, v = (sqrt(24) / 5 * position for position in (y + exp(1), 1 - exp(1) / 2))
    products = np.array([[u, v]] * 5 + [[v, u]] * 5 + [[-1.0, -1.0]] * 14)
    network = SmallNetwork(products @ np.linalg.inv(inputs).T, np.ones(24), inputs, [y, y])
    lambda_0 = np.linalg.eigvalsh(arc_cosine_kernel(inputs))[0]
    alpha = sqrt(lambda_0 / 2)
    training = train_by_flips(network, alpha, [0.0, 1.5 / alpha])
    assert lambda_0 == pytest.approx(5 / 12, abs=1e-12)
    assert sorted(set((alpha * training.flips).round(9))) == [1.0, 1.125]
    assert training.smallest_eigenvalues.min() == pytest.approx(lambda_0 / 2, abs=1e-12)
    bound = 4 / lambda_0 * exp(-1.5) * training.path.pseudo_loss(network.kernel())[0]
    assert training.path.loss()[-1] / bound == pytest.approx(1.09097, abs=1e-5)


def test_it_fails_on_networks_drawn_at_random_with_room_to_spare() -> None:
    """So what refutes the lemma is no accident of special weights."""
    network = swinging_network(np.random.default_rng(4))
    lambda_0 = np.linalg.eigvalsh(arc_cosine_kernel(network.inputs))[0]
    alpha = sqrt(lambda_0 / 2)
    training = train_by_flips(network, alpha, [0.0, 3.2 / alpha], resolution=0.02)
    assert training.smallest_eigenvalues.min() > 1.05 * lambda_0 / 2
    bound = 4 / lambda_0 * exp(-3.2) * training.path.pseudo_loss(network.kernel())[0]
    assert training.path.loss()[-1] > 2 * bound


def test_opposite_inputs_leave_a_loss_for_ever() -> None:
    network = SmallNetwork([[sqrt(2)], [-sqrt(2)]], [1.0, 1.0], [[1.0], [-1.0]], [-1.0, -1.0])
    training = train_by_flips(network, 0.5, np.linspace(0, 12, 25))
    assert training.flips.size > 10
    np.testing.assert_allclose(training.smallest_eigenvalues, 0.5)
    assert np.all(training.path.loss() >= 1)
    assert training.path.loss()[12] > 16 * exp(-3)


def test_flips_may_accumulate() -> None:
    network = SmallNetwork([[sqrt(2)], [-sqrt(2)]], [1.0, 1.0], [[1.0], [-1.0]], [-1.0, -1.0])
    with pytest.raises(ValueError, match="more than 10 flips"):
        train_by_flips(network, 0.5, [12.0], most_flips=10)


@pytest.mark.parametrize(
    ("alpha", "times", "words"),
    [(0.0, [1.0], "alpha"), (1.0, [], "times"), (1.0, [-1.0], "times"), (1.0, [2.0, 1.0], "times")],
)
def test_bad_questions_are_refused(alpha: float, times: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        train_by_flips(drawn(0, 2, 1, 1), alpha, times)


@pytest.mark.parametrize("signs", [[1.0], [1.0, 1.0, 1.0]])
def test_shapes_fit_together(signs: list[float]) -> None:
    with pytest.raises(ValueError, match="signs"):
        SmallNetwork([[1.0], [1.0]], signs, [[1.0]], [0.0])
    with pytest.raises(ValueError, match="inputs"):
        SmallNetwork([[1.0], [1.0]], [1.0, 1.0], [[1.0, 2.0]], [0.0])
