"""Training of both layers against the plain iteration on all parameters."""

from pathlib import Path

import numpy as np
import pytest

from proofcheck.numerics import Data, GradientDescent, HeavyBall, Method, Nesterov, Network, Newton, TwoMomenta, load
from proofcheck.numerics.both_layers import train_both_layers, with_fixed_momenta, with_fixed_momentum


def plainly(data: Data, network: Network, method: Method, eta: float, steps: int) -> list[float]:
    """All parameters in one vector, the gradient by the chain rule, one sample after the other."""
    weights, signs = network.draw(network.seeds[0], data.dimension)
    start = np.concatenate([weights.ravel(), signs])
    position = np.zeros_like(start)
    memory = [np.zeros_like(start) for _ in range(method.memory)]
    errors = []
    for k in range(steps + 1):
        now = start + position
        w, a = now[: weights.size].reshape(weights.shape), now[weights.size :]
        gradient = np.zeros_like(now)
        squares = 0.0
        for x, y in zip(data.inputs, data.targets, strict=True):
            before = w @ x
            error = a @ np.maximum(before, 0) - y
            squares += error**2
            gradient[: weights.size] += error * np.outer(a * (before >= 0), x).ravel() / data.count
            gradient[weights.size :] += error * np.maximum(before, 0) / data.count
        errors.append(squares / data.count)
        method.advance(k, eta, position, memory, -eta * gradient)
    return errors


@pytest.mark.parametrize("method", [GradientDescent(), HeavyBall(2.0), Nesterov(3.0), TwoMomenta(3.0, 3.0)])
@pytest.mark.parametrize("count", [6, 45])
def test_it_is_the_plain_iteration(method: Method, count: int) -> None:
    """Both in Gram space, for few samples, and for so many that the weights are the shorter way."""
    data, network = load("spheres", count, seed=1), Network(30, (3,))
    found = train_both_layers(data, network, method, 1e-3, 20, 1)
    assert found[0] == pytest.approx(plainly(data, network, method, 1e-3, 20), rel=1e-9)


def test_what_is_recorded_does_not_change_the_run() -> None:
    data, network = load("spheres", 5, seed=0), Network(20, (0, 1))
    all_steps, some = (train_both_layers(data, network, Nesterov(3.0), 1e-3, 10, every) for every in (1, 4))
    assert np.array_equal(all_steps[:, [0, 4, 8, 10]], some)


def test_a_run_that_grows_for_ever_is_infinite_from_there_on() -> None:
    data, network = load("spheres", 5, seed=0), Network(20, (0,))
    told: list[int] = []
    errors = train_both_layers(data, network, GradientDescent(), 10.0, 100, 1, lambda done, total: told.append(done))
    assert np.isfinite(errors[0, 0])
    assert errors[0, -1] == np.inf
    assert told[-1] == 100


def test_runs_are_kept(tmp_path: Path) -> None:
    data, network = load("spheres", 5, seed=0), Network(20, (0, 1))
    first, second = (train_both_layers(data, network, HeavyBall(1.0), 1e-3, 10, 5, folder=tmp_path) for _ in range(2))
    assert np.array_equal(first, second)
    assert len(list(tmp_path.iterdir())) == 2


def test_fixed_momenta() -> None:
    assert with_fixed_momentum(0.5, 0.01).momentum(0.01) == pytest.approx(0.5)
    assert with_fixed_momenta(0.5, 0.2, 0.01).momenta(0.01) == pytest.approx((0.5, 0.2))
    with pytest.raises(ValueError, match="positive b_1"):
        with_fixed_momenta(0.8, 0.3, 0.01)


def test_what_makes_no_sense_is_refused() -> None:
    data, network = load("spheres", 5, seed=0), Network(20, (0,))
    with pytest.raises(ValueError, match="steps >= 0"):
        train_both_layers(data, network, GradientDescent(), 0.1, -1, 1)
    with pytest.raises(ValueError, match="Newton"):
        train_both_layers(data, network, Newton(), 0.1, 1, 1)
