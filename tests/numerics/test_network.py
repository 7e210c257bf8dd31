"""The network itself under Heavy Ball: what its first-order form, its energy and its distance are claimed to keep to.

The equation is integrated with small steps, so that every comparison leaves room for their error.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from proofcheck.numerics import FloatArray, arc_cosine_kernel, random_sphere_points

ROOM = 1.02


@dataclass(frozen=True)
class Training:
    """What was seen along the training, a row for each moment."""

    times: FloatArray
    loss: FloatArray
    jumping: FloatArray
    disturbing: FloatArray
    gathered: FloatArray
    speed: FloatArray
    distance: FloatArray
    energy: FloatArray
    changed: int
    share: float
    alpha: float
    count: int
    width: int


def train(count: int, width: int, error: float, *, seed: int, until: float = 14.0, step: float = 0.02) -> Training:
    """Integrate (3.5) from rest, the labels `error` away from the outputs, by the kick-drift-kick scheme."""
    generator = np.random.default_rng(seed)
    inputs = random_sphere_points(count, 3, generator)
    alpha = float(np.sqrt(np.linalg.eigvalsh(arc_cosine_kernel(inputs))[0] / 2))
    start = generator.standard_normal((width, 3))
    signs = generator.choice([-1.0, 1.0], width)

    def active(weights: FloatArray) -> FloatArray:
        return np.asarray((weights @ inputs.T > 0).astype(float))

    def outputs(weights: FloatArray) -> FloatArray:
        return np.asarray(signs @ np.maximum(weights @ inputs.T, 0) / np.sqrt(width))

    labels = outputs(start) + error * generator.choice([-1.0, 1.0], count)
    first = active(start)
    kernel = first.T @ first / width * (inputs @ inputs.T)
    inverse = np.linalg.pinv(kernel)
    weights, velocity, gathered = start.copy(), np.zeros_like(start), 0.0
    rows, changed = [], 0
    for moment in np.arange(0, until, step):
        now, delta = active(weights), outputs(weights) - labels
        changed = max(changed, int(np.sum(now != first)))
        along = velocity @ inputs.T * signs[:, None] / np.sqrt(width)
        z, p = np.sum(first * along, axis=0), np.sum((now - first) * along, axis=0)
        disturbing = (first.T @ (now - first) / width * (inputs @ inputs.T)) @ delta
        u = z + alpha * delta
        energy = u @ inverse @ u / 2 + (delta @ delta - alpha**2 * delta @ inverse @ delta) / 2
        size = float(np.linalg.norm(delta))
        distances = np.linalg.norm(weights - start, axis=1).max()
        fastest = np.linalg.norm(velocity, axis=1).max()
        work = np.linalg.norm(p), np.linalg.norm(disturbing)
        rows.append((moment, size**2 / 2, *work, gathered, fastest, distances, energy + alpha**2 * gathered**2 / 10))
        slope = signs[:, None] * ((now * delta) @ inputs) / np.sqrt(width)
        fading = np.exp(-2 * alpha * step)
        weights = weights + step * velocity
        velocity = fading * velocity - (1 - fading) / (2 * alpha) * slope
        gathered = fading * gathered + (1 - fading) / (2 * alpha) * size
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    share = float((np.abs(start @ inputs.T) <= columns[6].max()).mean(axis=0).max())
    return Training(*columns, changed, share, alpha, count, width)


@pytest.fixture(scope="module", params=[1, 2])
def training(request: pytest.FixtureRequest) -> Training:
    return train(2, 20_000, 0.3, seed=request.param)


def test_the_network_is_in_the_regime_and_neurons_flip(training: Training) -> None:
    assert training.count * training.share <= training.alpha**2 / 4
    assert training.changed >= 20
    assert np.max(training.jumping) > 0 and np.max(training.disturbing) > 0


def test_what_jumps_is_small(training: Training) -> None:
    bound = training.count * training.share
    error = np.sqrt(2 * training.loss)
    assert np.all(training.jumping <= bound * training.gathered * ROOM + 1e-12)
    assert np.all(training.disturbing <= bound * error * ROOM + 1e-12)
    assert np.all(training.speed <= np.sqrt(training.count / training.width) * training.gathered * ROOM + 1e-12)


def test_the_energy_and_the_loss_fall(training: Training) -> None:
    fading = np.exp(-9 / 8 * training.alpha * training.times)
    start = training.loss[0]
    assert training.energy[0] == pytest.approx(start)
    assert np.all(training.energy <= fading * start * ROOM)
    assert np.all(training.loss <= 3 * fading * start * ROOM)


def test_the_weights_stay(training: Training) -> None:
    lambda_0 = 2 * training.alpha**2
    bound = 16 / 9 * np.sqrt(6 * training.count * training.loss[0] / training.width) / lambda_0
    assert np.max(training.distance) <= bound


def test_without_width_the_loss_stays() -> None:
    """The width is used: a single neuron, asleep on one of the samples, learns nothing there."""
    narrow = train(2, 1, 1.0, seed=2, until=30)
    assert narrow.count * narrow.share > narrow.alpha**2 / 4
    assert narrow.loss[-1] > 0.1 * narrow.loss[0]
