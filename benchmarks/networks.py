"""Training of wide networks against a plain NumPy loop on the weights, on the same work: error and speed in one run.

The plain loop does what a first program would do: pre-activations W X^T, gradients, one step, all neurons, all weights.
Both sides run with one BLAS thread, by turns; the best time of each counts. `difference` is between the last errors
Delta, relative to the first. What is faster where: images have many pixels p, so n numbers a neuron in place of p are
a gain whatever happens; in wide networks only the neurons that are near a kink are followed.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
from threadpoolctl import threadpool_limits

from proofcheck.numerics import Data, HeavyBall, Network, load, random_sphere_points, train

Array = np.ndarray


def plain_loop(data: Data, weights: Array, signs: Array, friction: float, eta: float, steps: int) -> Array:
    """Heavy Ball on the weights, full batch; the errors at the end."""
    inputs, targets = data.inputs, data.targets
    scale = signs / np.sqrt(len(weights))
    beta = 1 - friction * np.sqrt(eta)
    velocity = np.zeros_like(weights)
    for _ in range(steps):
        before = weights @ inputs.T
        error = scale @ np.maximum(before, 0) - targets
        gradient = scale[:, np.newaxis] * (((before >= 0) * error) @ inputs)
        velocity = beta * velocity - eta * gradient
        weights = weights + velocity
    return scale @ np.maximum(weights @ inputs.T, 0) - targets


def compare(data: Data, width: int, steps: int, runs: int) -> None:
    """Print one line of the table."""
    network, friction, eta = Network(width, (0,)), float(np.sqrt(2 * data.lambda_0)), 0.05**2
    plain_times, times = [], []
    for _ in range(runs):
        start = time.perf_counter()
        # Drawing the weights is part of either side's work.
        expected = plain_loop(data, *network.draw(0, data.dimension), friction, eta, steps)
        plain_times.append(time.perf_counter() - start)
        start = time.perf_counter()
        run = train(data, network, HeavyBall(friction), eta, steps, steps, ["errors", "flips"])
        times.append(time.perf_counter() - start)
    difference = np.linalg.norm(run.errors[0, -1] - expected) / np.linalg.norm(run.errors[0, 0])
    what = f"{data.name:<8}{data.count:>4}{data.dimension:>6}{width:>8}{steps:>7}{run.flips[0, -1]:>9.2%}"
    speed = f"{min(plain_times):10.3f}{min(times):10.3f}{min(plain_times) / min(times):8.1f}"
    print(f"{what}{difference:13.1e}{speed}")


def spheres(count: int, dimension: int) -> Data:
    """Random data of a given dimension."""
    generator = np.random.default_rng(0)
    return Data(random_sphere_points(count, dimension, generator), generator.uniform(-1, 1, count), "spheres")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="measured runs of each side (default: 3)")
    runs = parser.parse_args().runs
    work = [
        (spheres(5, 20), 1_000, 1_000),
        (spheres(10, 20), 10_000, 300),
        (spheres(10, 20), 100_000, 30),
        (spheres(40, 20), 3_000, 300),
        (spheres(60, 20), 3_000, 300),
        (spheres(10, 784), 3_000, 100),
        (spheres(50, 784), 3_000, 100),
        (spheres(200, 784), 3_000, 50),
    ]
    try:
        work += [(load("mnist", 10, 0), 3_000, 100), (load("mnist", 100, 0), 3_000, 50)]
    except ModuleNotFoundError as missing:
        print(f"without MNIST: {missing}\n")
    columns = f"{'data':<8}{'n':>4}{'p':>6}{'m':>8}{'steps':>7}{'flips':>9}"
    print(f"{columns}{'difference':>13}{'plain, s':>10}{'ours, s':>10}{'ratio':>8}")
    with threadpool_limits(1):
        for data, width, steps in work:
            compare(data, width, steps, runs)


if __name__ == "__main__":
    main()
