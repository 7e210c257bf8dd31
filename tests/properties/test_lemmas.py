"""Lemmas 3.1 to 3.4, 4.1 and 4.2 and the width's algebra on data, starts and kernels that Hypothesis draws.

A bound that holds with probability 1 - delta is tried on many starts; the test fails when there are more failures
than a right bound has with probability ERROR_RATE. So a test of a right bound fails with probability
`max_examples * ERROR_RATE` at most, over the seeds. What holds always is tested without such an allowance. Each test
says which of the two it is. Lemma 4.2 is open for networks: there a failure would be a discovery.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from proofcheck.numerics import (
    FloatArray,
    Schedule,
    SmallNetwork,
    arc_cosine_kernel,
    heavy_ball_closed_form,
    nesterov_closed_form,
    scheduled_closed_form,
    spectral_distance,
    train_by_flips,
)
from proofcheck.testing import kernels, schedules, sphere_points, vectors, widths

ERROR_RATE, TRIALS = 1e-7, 60
ROUNDING = 1 + 1e-9
seeds = st.integers(0, 2**32 - 1)
times = np.linspace(0.05, 12, 60)


def most_failures(delta: float, trials: int = TRIALS) -> int:
    """More failures than this happen with probability ERROR_RATE at most, where each has probability delta."""
    return int(binom.isf(ERROR_RATE, trials, delta))


def smallest_eigenvalue(inputs: FloatArray) -> float:
    return float(np.linalg.eigvalsh(arc_cosine_kernel(inputs))[0])


def kernel_of(weights: FloatArray, inputs: FloatArray) -> FloatArray:
    active = (weights @ inputs.T > 0).astype(float)
    return np.asarray(active.T @ active / len(weights) * (inputs @ inputs.T))


@settings(max_examples=10)
@given(inputs=sphere_points(st.integers(1, 3), 3), seed=seeds, delta=st.sampled_from([0.1, 0.5]))
def test_lemma_3_1_the_kernel_at_the_start(inputs: FloatArray, seed: int, delta: float) -> None:
    """|H(0) - H_infinity| <= lambda_0/4 and lambda_min(H(0)) >= 3 lambda_0/4, but for delta: failures are counted.

    The test of this right bound fails with probability 10 ERROR_RATE = 1e-6 at most.
    """
    count, smallest = len(inputs), smallest_eigenvalue(inputs)
    width = np.ceil(8 * count**2 / smallest**2 * np.log(2 * count**2 / delta))
    assume(width <= 10_000)
    generator, failures = np.random.default_rng(seed), 0
    for _ in range(TRIALS):
        kernel = kernel_of(generator.standard_normal((int(width), 3)), inputs)
        near = spectral_distance(kernel, arc_cosine_kernel(inputs)) <= smallest / 4
        # That the eigenvalue follows from the distance holds always.
        assert not near or np.linalg.eigvalsh(kernel)[0] >= 0.75 * smallest - 1e-12
        failures += not near
    assert failures <= most_failures(delta)


@settings(max_examples=10)
@given(inputs=sphere_points(st.integers(1, 3), 3), seed=seeds, width=widths(200), delta=st.sampled_from([0.2, 0.8]))
def test_lemma_3_2_the_kernel_near_the_start(inputs: FloatArray, seed: int, width: int, delta: float) -> None:
    """|H - H(0)| < lambda_0/4 for all weights within R of their start, but for delta, whatever the width is.

    The weights go straight for the kinks of one sample, as far as they may: one choice of the many. The test of this
    right bound fails with probability 10 ERROR_RATE = 1e-6 at most.
    """
    count, smallest = len(inputs), smallest_eigenvalue(inputs)
    radius = 5 / 32 * delta * smallest / count**2
    generator, failures = np.random.default_rng(seed), 0
    for _ in range(TRIALS):
        start = generator.standard_normal((width, 3))
        towards = inputs[generator.integers(0, count, width)]
        moved = start - radius * np.sign(np.sum(start * towards, axis=1, keepdims=True)) * towards
        failures += spectral_distance(kernel_of(moved, inputs), kernel_of(start, inputs)) >= smallest / 4
    assert failures <= most_failures(delta)


@settings(max_examples=40)
@given(data=st.data(), size=st.integers(1, 4))
def test_lemma_3_3_the_loss_for_a_constant_kernel(data: st.DataObject, size: int) -> None:
    """L <= (4/lambda_0) exp(-alpha t) L_hat(0) from rest, where H >= alpha^2 = lambda_0/2 = 1; always."""
    kernel, error = data.draw(kernels(1, 40, size)), data.draw(vectors(size))
    path = heavy_ball_closed_form(kernel, error, np.zeros(size), 1.0, times)
    bound = 2 * np.exp(-times) * (error @ kernel @ error / 2)
    assert np.all(path.loss() <= bound * ROUNDING + 1e-300)
    assert np.all(path.loss() <= (1 + times) ** 2 * np.exp(-2 * times) * (error @ error / 2) * ROUNDING + 1e-300)


@settings(max_examples=40)
@given(data=st.data(), size=st.integers(1, 3), pieces=st.integers(1, 4))
def test_lemma_3_3_the_loss_near_a_frozen_kernel(data: st.DataObject, size: int, pieces: int) -> None:
    """L <= 2 exp(-(2 - 1/sqrt 2) t) L_hat_ref(0), where lambda_0 = 2, H_ref >= 3/2, |H(t) - H_ref| <= 1/2; always."""
    frozen, error = data.draw(kernels(Fraction(3, 2), 9, size)), data.draw(vectors(size))
    moved = [data.draw(kernels(Fraction(-1, 2), Fraction(1, 2), size)) for _ in range(pieces)]
    schedule = Schedule(tuple(1.5 * k for k in range(1, pieces)), [frozen + each for each in moved])
    path = scheduled_closed_form(schedule, error, np.zeros(size), 1.0, times)
    bound = 2 * np.exp(-(2 - np.sqrt(0.5)) * times) * (error @ frozen @ error / 2)
    assert np.all(path.loss() <= bound * ROUNDING + 1e-300)


@settings(max_examples=40)
@given(data=st.data(), size=st.integers(1, 3))
def test_lemma_3_3_the_loss_for_a_kernel_bounded_above(data: st.DataObject, size: int) -> None:
    """L <= 2 exp(-t) L(0) from rest, where 1 <= H(t) <= 3 jumps as it likes; always."""
    schedule, error = data.draw(schedules(1, 3, size)), data.draw(vectors(size))
    path = scheduled_closed_form(schedule, error, np.zeros(size), 1.0, times)
    assert np.all(path.loss() <= np.exp(-times) * (error @ error) * ROUNDING + 1e-300)


@settings(max_examples=4)
@given(seed=seeds, target=st.sampled_from([0.25, -0.5, 1.0]))
def test_lemma_3_4_for_one_sample(seed: int, target: float) -> None:
    """If R' < R: weights within R', lambda_min(H(t)) >= lambda_0/2, the bound on the loss, at all times.

    One sample: lambda_0 = 1/2. The start is looked at: outside the events of Lemmas 3.1 and 3.2, which are rare,
    nothing is claimed; inside them the lemma holds always, and this test never fails.
    """
    smallest, delta, alpha = 0.5, 0.5, 0.5
    radius = 5 / 32 * delta * smallest
    generator, inputs = np.random.default_rng(seed), np.array([[0.6, 0.8]])
    width = 6000
    network = SmallNetwork(
        generator.standard_normal((width, 2)), generator.choice([-1.0, 1.0], width), inputs, [target]
    )
    [[kernel]], [error] = network.kernel(), network.errors()
    start = kernel * error**2 / 2
    distance = np.sqrt(32 * start / (9 * width * alpha**6))
    share = float((np.abs(network.products()) <= radius).mean())
    assume(distance < radius and share < smallest / 8 and kernel >= 0.75 * smallest)
    training = train_by_flips(network, alpha, times, resolution=0.1)
    assert np.all(training.smallest_eigenvalues >= smallest / 2)
    assert np.all(training.path.loss() <= 4 / smallest * np.exp(-alpha * times) * start * ROUNDING)
    assert np.linalg.norm(training.trained.weights - network.weights, axis=1).max() <= distance * ROUNDING


@st.composite
def started_networks(draw: st.DrawFn, width: int) -> tuple[SmallNetwork, float]:
    """A network on two or three samples, from 60 to 120 degrees apart, whose targets are its outputs but for 1e-3.

    And what all errors may be multiplied by, so that the targets move away from the outputs or towards them.
    """
    count, generator = draw(st.integers(2, 3)), np.random.default_rng(draw(seeds))
    inputs = np.linalg.qr(generator.standard_normal((4, 4)))[0][:count]
    turn = np.radians(draw(st.sampled_from([90.0, 60.0, 75.0, 120.0])))
    inputs[1] = np.cos(turn) * inputs[0] + np.sin(turn) * inputs[1]
    weights, signs = generator.standard_normal((width, 4)), generator.choice([-1.0, 1.0], width)
    outputs = -SmallNetwork(weights, signs, inputs, np.zeros(count)).errors()
    direction = np.array([1.0, *draw(st.tuples(*[st.sampled_from([1.0, -1.0, 0.5, 0.0])] * (count - 1)))])
    return SmallNetwork(weights, signs, inputs, -outputs - direction), smallest_eigenvalue(inputs)


def with_errors(network: SmallNetwork, factor: float) -> SmallNetwork:
    """The same network with its errors multiplied."""
    targets = network.targets + (1 - factor) * network.errors()
    return SmallNetwork(network.weights, network.signs, network.inputs, targets)


def flips_within(network: SmallNetwork, radius: float) -> float:
    """What the kernel may move by, in the maximal row sum, while no weight leaves the radius."""
    shares = (np.abs(network.products()) <= radius).mean(axis=0)
    return float(np.max(np.sum((shares[:, None] + shares) * np.abs(network.inputs @ network.inputs.T), axis=1)))


@settings(max_examples=6)
@given(drawn=started_networks(6000), delta=st.sampled_from([0.5, 0.9]))
def test_lemma_3_4_for_two_and_three_samples(drawn: tuple[SmallNetwork, float], delta: float) -> None:
    """If R' < R: weights within R', lambda_min(H(t)) >= lambda_0/2, the bound on the loss, at all times.

    The targets are so close to the outputs at the start that R' is 0.9 R. Inside the events of Lemmas 3.1 and 3.2 the
    lemma holds always; that they fail here, and `assume` drops a draw, is a matter of 10 standard deviations or more.
    """
    network, smallest = drawn
    count, width, alpha = len(network.inputs), len(network.weights), np.sqrt(smallest / 2)
    radius = 5 / 32 * delta * smallest / count**2

    def distance(network: SmallNetwork) -> tuple[float, float]:
        start = float(network.errors() @ network.kernel() @ network.errors()) / 2
        return np.sqrt(32 * count * start / (9 * width * alpha**6)), start

    network = with_errors(network, 0.9 * radius / distance(network)[0])
    furthest, start = distance(network)
    assert 0.89 * radius < furthest < radius
    assume(float(np.linalg.eigvalsh(network.kernel())[0]) >= 0.75 * smallest)
    assume(flips_within(network, radius) <= smallest / 4)
    training = train_by_flips(network, float(alpha), times[:30], resolution=0.2)
    assert np.all(training.smallest_eigenvalues >= smallest / 2)
    assert np.all(training.path.loss() <= 4 / smallest * np.exp(-alpha * times[:30]) * start * ROUNDING)
    assert np.linalg.norm(training.trained.weights - network.weights, axis=1).max() <= furthest * ROUNDING


@settings(max_examples=5)
@given(drawn=started_networks(1500), friction=st.sampled_from([7.0, 8.0, 9.0]), part=st.sampled_from([1.0, 0.95]))
def test_lemma_4_2_on_networks(drawn: tuple[SmallNetwork, float], friction: float, part: float) -> None:
    """If R' < R: lambda_min(H(t)) >= lambda_0/2, weights within R', L <= C L(0) t^-alpha (lambda_0/2)^(-alpha/2).

    With the constant C = 2 gamma^(alpha + 1) that a constant kernel has, the best epsilon, and steps of 0.03 in time up
    to 60, where the bound has long been below L(0). Open, so it is numbers alone that say so: this test states no error
    rate, for the lemma has no proof to which a failure would be an exception. The events of Lemmas 3.1 and 3.2 are
    looked at, as for Lemma 3.4.
    """
    network, smallest = drawn
    count, width, power, mu = len(network.inputs), len(network.weights), part * 2 * friction / 3, smallest / 2
    constant, radius = 2 * friction ** (power + 1), 5 / 32 * 0.9 * smallest / count**2

    def distance(loss: float) -> float:
        epsilon = np.geomspace(1e-2, 1e3, 400)
        far = np.sqrt(count * constant * loss / (width * mu ** (power / 2) * (friction - power / 2 + 1) ** 2))
        return float(np.min(2 * epsilon ** (2 - power / 2) / (power - 4) * far + np.sqrt(2 * loss) * epsilon))

    # R' is linear in the errors.
    network = with_errors(network, 0.9 * radius / distance(float(network.errors() @ network.errors()) / 2))
    loss = float(network.errors() @ network.errors()) / 2
    assert 0.89 * radius < distance(loss) < radius
    assume(float(np.linalg.eigvalsh(network.kernel())[0]) >= 0.75 * smallest)
    assume(flips_within(network, radius) <= smallest / 4)
    weights, reached = network.weights.copy(), network.weights.copy()
    for step in range(1, 2001):
        here, time = SmallNetwork(weights, network.signs, network.inputs, network.targets), 0.03 * (step - 1)
        error, active = here.errors(), here.activations()
        if step % 10 == 0:
            assert np.linalg.eigvalsh(here.kernel())[0] >= smallest / 2
            assert error @ error / 2 <= constant * loss * time**-power * mu ** (-power / 2)
        pull = active * (network.signs[:, None] / np.sqrt(width)) * error
        ahead = weights - 0.03**2 * pull @ network.inputs
        weights, reached = ahead + step / (step + friction) * (ahead - reached), ahead
    assert constant * time**-power * mu ** (-power / 2) < 0.1
    assert np.linalg.norm(weights - network.weights, axis=1).max() <= distance(loss)


@settings(max_examples=40)
@given(
    data=st.data(),
    size=st.integers(1, 4),
    friction=st.sampled_from([1.0, 2.0, 3.0, 4.5, 7.0]),
    part=st.sampled_from([0.0, 0.5, 1.0]),
)
def test_lemma_4_1_for_a_constant_kernel(data: st.DataObject, size: int, friction: float, part: float) -> None:
    """L(t) <= 3 (gamma/(kappa t))^alpha L(0) from rest for alpha <= gamma, where H >= kappa^2 = 1; always."""
    kernel, error = data.draw(kernels(1, 25, size)), data.draw(vectors(size))
    loss = nesterov_closed_form(kernel, error, friction, times).loss()
    bound = 3 * (friction / times) ** (part * friction) * (error @ error / 2)
    assert np.all(loss <= bound * ROUNDING + 1e-300)


numbers = st.sampled_from([0.01, 0.1, 0.5, 0.9])


@settings(max_examples=60)
@given(n=st.integers(1, 50), delta=numbers, smallest=numbers, start=st.floats(1e-3, 1e3), c=st.floats(0.01, 1))
def test_the_width_for_the_radius(n: int, delta: float, smallest: float, start: float, c: float) -> None:
    """R' < R just above the width (256/9 c^2) n^5 L_hat(0)/(delta^2 lambda_0^5), not just below; always."""
    needed = 256 / (9 * c**2) * n**5 * start / (delta**2 * smallest**5)

    def inside(width: float) -> bool:
        alpha = np.sqrt(smallest / 2)
        return bool(np.sqrt(32 * n * start / (9 * width * alpha**6)) < c * delta * smallest / n**2)

    assert inside(needed * 1.0001) and not inside(needed * 0.9999)


@pytest.mark.parametrize(("power_of_n", "power_of_lambda", "enough"), [(7, 5, True), (6, 4, False), (6, 5, False)])
def test_the_order_of_the_width(power_of_n: int, power_of_lambda: int, enough: bool) -> None:
    """With L_hat(0) = n L(0) = n^2/delta: n^7/(delta^3 lambda_0^5) neurons are enough, the printed number is not."""
    ratios: list[Any] = []
    for n, smallest in [(10, 0.1), (100, 0.01), (1000, 0.001)]:
        needed = n**5 * (n * n / 0.5) / (0.5**2 * smallest**5)
        ratios.append(needed / (n**power_of_n / (0.5**3 * smallest**power_of_lambda)))
    assert (max(ratios) <= 1.001) is enough
