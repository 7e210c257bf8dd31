"""Lemmas 3.1 and 3.2 with their constants, by drawing many starts; nothing here is evidence for a claim.

Each test draws with a fixed seed. Would the seed be drawn too, a test of a bound that holds would fail with the
probability that it states, by the tail of the binomial distribution.
"""

import numpy as np
import pytest
from scipy.stats import binom

from proofcheck.numerics import FloatArray, arc_cosine_kernel, random_sphere_points, spectral_distance

TRIALS = 200
#: How often a right bound would be called wrong.
ERROR_RATE = 1e-6


def most_failures(delta: float) -> int:
    """More failures than this happen with probability ERROR_RATE at most, where each has probability delta."""
    return int(binom.isf(ERROR_RATE, TRIALS, delta))


def inputs_of(count: int) -> tuple[FloatArray, FloatArray, float]:
    """Points of the sphere in four dimensions, their limiting kernel, its smallest eigenvalue."""
    inputs = random_sphere_points(count, 4, np.random.default_rng(count))
    kernel = arc_cosine_kernel(inputs)
    return inputs, kernel, float(np.linalg.eigvalsh(kernel)[0])


def kernel_of(weights: FloatArray, inputs: FloatArray) -> FloatArray:
    active = (weights @ inputs.T > 0).astype(float)
    return np.asarray(active.T @ active / len(weights) * (inputs @ inputs.T))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_lemma_3_1_with_its_width(count: int) -> None:
    """Fails with probability ERROR_RATE at most, for delta = 1/5."""
    delta, (inputs, limit, smallest) = 0.2, inputs_of(count)
    width = int(np.ceil(8 * count**2 / smallest**2 * np.log(2 * count**2 / delta)))
    generator = np.random.default_rng(31)
    distances = [
        spectral_distance(kernel_of(generator.standard_normal((width, 4)), inputs), limit) for _ in range(TRIALS)
    ]
    assert sum(distance > smallest / 4 for distance in distances) <= most_failures(delta)


def test_lemma_3_1_for_one_neuron() -> None:
    """The printed width is 1 for n = 1 and delta near 1, where the distance is always too large; fails never."""
    inputs, limit, smallest = inputs_of(1)
    generator = np.random.default_rng(32)
    distances = [spectral_distance(kernel_of(generator.standard_normal((1, 4)), inputs), limit) for _ in range(20)]
    assert min(distances) > smallest / 4


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("width", [1, 50, 2000])
def test_lemma_3_2_for_every_width(count: int, width: int) -> None:
    """Fails with probability ERROR_RATE at most, for delta = 1/2."""
    delta, (inputs, _, smallest) = 0.5, inputs_of(count)
    radius = 5 / 32 * delta * smallest / count**2
    generator = np.random.default_rng(33)
    near = [np.abs(generator.standard_normal((width, 4)) @ inputs.T) <= radius for _ in range(TRIALS)]
    failures = sum(each.mean(axis=0).max() >= smallest / (8 * count) for each in near)
    assert failures <= most_failures(delta)


def test_lemma_3_2_by_deviation() -> None:
    """The larger radius, from its width on; fails with probability ERROR_RATE at most, for delta = 1/5."""
    delta, count = 0.2, 3
    inputs, _, smallest = inputs_of(count)
    radius = 5 * smallest / (64 * count)
    width = int(np.ceil(128 * count**2 / smallest**2 * np.log(count / delta)))
    generator = np.random.default_rng(34)
    near = [np.abs(generator.standard_normal((width, 4)) @ inputs.T) <= radius for _ in range(TRIALS)]
    failures = sum(each.mean(axis=0).max() >= smallest / (8 * count) for each in near)
    assert failures <= most_failures(delta)


def test_a_radius_of_the_wrong_order_fails() -> None:
    """For R = lambda_0/n, not 5 lambda_0/(64 n), nearly all starts fail: the tests above can tell."""
    count, width = 3, 2000
    inputs, _, smallest = inputs_of(count)
    generator = np.random.default_rng(35)
    near = [np.abs(generator.standard_normal((width, 4)) @ inputs.T) <= smallest / count for _ in range(TRIALS)]
    failures = sum(each.mean(axis=0).max() >= smallest / (8 * count) for each in near)
    assert failures > most_failures(0.5)


def test_the_kernel_moves_by_the_shares_at_most() -> None:
    """For weights anywhere in the balls |H - H(0)| <= 2 n max S_i, always; so this fails never."""
    count, width = 3, 300
    inputs, _, _ = inputs_of(count)
    generator = np.random.default_rng(36)
    for _ in range(TRIALS):
        start, radius = generator.standard_normal((width, 4)), generator.uniform(0, 0.5)
        # Each neuron goes straight for the kink of one of the samples, as far as it may.
        towards = inputs[generator.integers(0, count, width)]
        moved = start - radius * np.sign(np.sum(start * towards, axis=1, keepdims=True)) * towards
        shares = (np.abs(start @ inputs.T) <= radius).mean(axis=0)
        change = np.linalg.norm(kernel_of(moved, inputs) - kernel_of(start, inputs), 2)
        assert change <= 2 * count * shares.max() + 1e-12


def test_the_mean_of_the_loss_at_the_start() -> None:
    """(1/2 + y^2)/2 a sample; fails with probability 1e-6 or so, at five standard deviations of the mean."""
    count, width, trials = 3, 20, 20_000
    inputs, _, _ = inputs_of(count)
    labels = np.array([0.0, 1.0, -2.0])
    generator = np.random.default_rng(37)
    weights = generator.standard_normal((trials, width, 4))
    signs = generator.choice([-1.0, 1.0], (trials, width))
    outputs = np.einsum("tr,tri->ti", signs, np.maximum(weights @ inputs.T, 0)) / np.sqrt(width)
    losses = np.sum((outputs - labels) ** 2, axis=1) / 2
    assert abs(losses.mean() - np.sum((0.5 + labels**2) / 2)) <= 5 * losses.std() / np.sqrt(trials)
