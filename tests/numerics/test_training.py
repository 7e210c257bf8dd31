"""Training in Gram space against the plain iteration on the weights, and what is observed on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest

from proofcheck.numerics import (
    Data,
    GradientDescent,
    HeavyBall,
    Method,
    Nesterov,
    Network,
    Newton,
    TwoMomenta,
    predictions,
    random_sphere_points,
    tangent_kernel,
    train,
)

METHODS = [GradientDescent(), HeavyBall(friction=0.8), Nesterov(gamma=3.5), TwoMomenta(b_1=2.0, b_2=1.5), Newton()]
EVERYTHING = ["losses", "pseudo_losses", "errors", "distances", "flips", "kernel_distance", "smallest_eigenvalue"]


@dataclass
class Weights:
    """The weights after each step of the plain iteration."""

    now: np.ndarray
    signs: np.ndarray


def gradient(weights: np.ndarray, signs: np.ndarray, data: Data) -> np.ndarray:
    awake = weights @ data.inputs.T >= 0
    error = predictions(weights, signs, data.inputs) - data.targets
    return signs[:, None] / np.sqrt(len(weights)) * ((awake * error) @ data.inputs)


def newton_step(weights: np.ndarray, signs: np.ndarray, data: Data) -> np.ndarray:
    """(J_r* J_r)^+ J_r* Delta for each neuron, as the shortest solution of least squares."""
    error = predictions(weights, signs, data.inputs) - data.targets
    step = np.zeros_like(weights)
    for r, w in enumerate(weights):
        jacobian = signs[r] / np.sqrt(len(weights)) * ((data.inputs @ w >= 0)[:, None] * data.inputs)
        step[r] = np.linalg.lstsq(jacobian, error, rcond=1e-6)[0]
    return step


def plain_iteration(
    weights: np.ndarray, signs: np.ndarray, data: Data, method: Method, eta: float
) -> Iterator[np.ndarray]:
    """The recursions as the paper prints them, on the weights."""
    w = before = earlier = v = weights
    k = 0
    while True:
        yield w
        moved = w - eta * gradient(w, signs, data)
        match method:
            case GradientDescent():
                after = moved
            case HeavyBall(friction):
                after = moved + (1 - friction * np.sqrt(eta)) * (w - before)
            case Nesterov(gamma):
                # The paper counts from 1, with v(1) = w(1).
                after = moved + (k + 1 - 1) / (k + 1 + gamma - 1) * (moved - v)
                v = moved
            case TwoMomenta(b_1, b_2):
                h = np.cbrt(eta)
                after = moved + (2 - b_2 * h - b_1 * h**2) * (w - before) + (-1 + b_2 * h) * (before - earlier)
            case Newton():
                after = w - eta * newton_step(w, signs, data)
            case _:
                raise AssertionError(method)
        w, before, earlier = after, w, before
        k += 1


@pytest.mark.parametrize("method", METHODS, ids=repr)
@pytest.mark.parametrize(("count", "dimension", "width"), [(4, 10, 60), (3, 2, 40), (9, 3, 50), (1, 1, 5)])
def test_gram_space_agrees_with_the_plain_iteration(method: Method, count: int, dimension: int, width: int) -> None:
    """Flips included: the data are few neurons with large targets, so that there are many."""
    generator = np.random.default_rng(count)
    data = Data(random_sphere_points(count, dimension, generator), generator.uniform(-4, 4, count), "few")
    network, eta, steps = Network(width, (3, 8)), 0.02, 150
    run = train(data, network, method, eta, steps, record_every=25, observe=EVERYTHING)
    assert np.max(run.flips) > 0.01 or count == 1
    for row, seed in enumerate(network.seeds):
        first, signs = network.draw(seed, dimension)
        iteration = plain_iteration(first, signs, data, method, eta)
        for k, weights in zip(range(steps + 1), iteration, strict=False):
            if k % 25:
                continue
            column = k // 25
            error = predictions(weights, signs, data.inputs) - data.targets
            kernel, kernel_first = tangent_kernel(weights, data.inputs), tangent_kernel(first, data.inputs)
            # K_AA in place of X_A squares the condition numbers of Newton's blocks, which are singular or nearly so.
            rounding = (1e-8 if method == Newton() else 1e-11) * np.max(np.abs(run.errors[row])) ** 2
            np.testing.assert_allclose(run.errors[row, column], error, rtol=0, atol=rounding)
            np.testing.assert_allclose(run.losses[row, column], error @ error / 2, rtol=0, atol=rounding)
            pseudo_loss = error @ kernel @ error / 2
            np.testing.assert_allclose(run.pseudo_losses[row, column], pseudo_loss, rtol=0, atol=10 * rounding)
            distance = np.max(np.linalg.norm(weights - first, axis=1))
            np.testing.assert_allclose(run.distances[row, column], distance, rtol=1e-7, atol=1e-11)
            flips = np.mean((weights @ data.inputs.T >= 0) != (first @ data.inputs.T >= 0))
            assert run.flips[row, column] == pytest.approx(flips, abs=1e-15)
            moved = np.linalg.norm(kernel - kernel_first, 2)
            np.testing.assert_allclose(run.kernel_distance[row, column], moved, atol=1e-13)
            smallest = np.linalg.eigvalsh(kernel)[0]
            np.testing.assert_allclose(run.smallest_eigenvalue[row, column], smallest, atol=1e-13)
