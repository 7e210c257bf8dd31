"""Training of both layers against the plain iteration on all weights."""

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
    random_sphere_points,
    train_both_layers,
)

ETA = 1e-3
METHODS = [
    GradientDescent(),
    HeavyBall.with_momentum(0.9, ETA),
    Nesterov(3.0),
    TwoMomenta.with_momenta(0.6, 0.3, ETA),
]


def gradients(w: np.ndarray, a: np.ndarray, data: Data, scale: float) -> tuple[np.ndarray, np.ndarray]:
    before = w @ data.inputs.T
    error = scale * a @ np.maximum(before, 0) - data.targets
    return scale * a[:, None] * (((before >= 0) * error) @ data.inputs), scale * np.maximum(before, 0) @ error


@pytest.mark.parametrize("method", METHODS, ids=repr)
@pytest.mark.parametrize("scale", [1.0, 0.2])
def test_both_layers_agree_with_the_plain_iteration(method: Method, scale: float) -> None:
    generator = np.random.default_rng(0)
    data = Data(random_sphere_points(5, 8, generator), generator.uniform(0, 9, 5), "few")
    network = Network(25, (4,))
    run = train_both_layers(data, network, method, ETA, 100, 20, scale=scale)
    w, a = network.draw(4, 8)
    before = earlier = reached = (w, a)
    for k in range(101):
        if k % 20 == 0:
            error = scale * a @ np.maximum(w @ data.inputs.T, 0) - data.targets
            assert run.losses[0, k // 20] == pytest.approx(error @ error / 2, rel=1e-9)
        moved = tuple(x - ETA * g for x, g in zip((w, a), gradients(w, a, data, scale), strict=True))
        match method:
            case GradientDescent():
                after = moved
            case HeavyBall():
                after = tuple(y + 0.9 * (x - b) for y, x, b in zip(moved, (w, a), before, strict=True))
            case Nesterov(gamma):
                after = tuple(y + k / (k + gamma) * (y - r) for y, r in zip(moved, reached, strict=True))
                reached = moved
            case _:
                after = tuple(
                    y + 0.6 * (x - b) + 0.3 * (b - e) for y, x, b, e in zip(moved, (w, a), before, earlier, strict=True)
                )
        (w, a), before, earlier = after, (w, a), before


def test_what_cannot_be_trained_is_refused() -> None:
    data, network = Data(np.eye(2), np.ones(2), "axes"), Network(5, (0,))
    with pytest.raises(ValueError, match="by neuron"):
        train_both_layers(data, network, Newton(), 0.1, 1, 1)
    with pytest.raises(ValueError, match="positive step size"):
        train_both_layers(data, network, GradientDescent(), 0.0, 1, 1)
    with pytest.raises(OverflowError):
        train_both_layers(data, Network(200, (0,)), GradientDescent(), 1e45, 10, 1)
