"""Training of both layers of f(x) = sum a_r max(<w_r, x>, 0), without the factor 1/sqrt(m), as is done in practice.

No theorem of Bu, Xu and Chen (2021) is about this setting; the figures that they print seem to be.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from .data import Data
from .keeping import kept, name_for
from .kernels import FloatArray
from .methods import HeavyBall, Method, TwoMomenta
from .networks import Network
from .training import Report

VERSION = 1
#: Beyond it a run counts as one that grows for ever; the next step is still far from overflowing.
LARGEST = 1e30


def train_both_layers(
    data: Data,
    network: Network,
    method: Method,
    eta: float,
    steps: int,
    record_every: int,
    report: Report = lambda done, total: None,
    folder: Path | None = None,
) -> FloatArray:
    """Train both layers full batch on |f - y|^2 / (2n); return the mean squared errors |f - y|^2 / n, one row a seed.

    The start is that of `Network.draw`; there is a column for the start, one after every `record_every` steps and one
    after the last. A run that grows beyond all bounds is inf from there on. `report` and `folder` are as in `train`.

    >>> from .methods import GradientDescent
    >>> data = Data(np.eye(2), [1.0, -1.0], "axes")
    >>> errors = train_both_layers(data, Network(width=50, seeds=(0, 1)), GradientDescent(), 0.01, 100, 50)
    >>> errors.shape, bool(np.all(errors[:, 2] < errors[:, 0]))
    ((2, 3), True)
    """
    if steps < 0 or record_every < 1 or method.by_neuron:
        raise ValueError(f"expected steps >= 0, record_every >= 1 and momentum, got {steps}, {record_every}, {method}")
    recorded = sorted({*range(0, steps + 1, record_every), steps})
    total = steps * len(network.seeds)
    rows = []
    for place, seed in enumerate(network.seeds):

        def watched(seed: int = seed, passed: int = place * steps) -> dict[str, FloatArray]:
            weights, signs = network.draw(seed, data.dimension)
            return {"errors": _watch(data, weights, signs, method, eta, recorded, lambda k: report(passed + k, total))}

        with threadpool_limits(1):
            if folder is None:
                rows.append(watched()["errors"])
            else:
                what = ("both layers", VERSION, data.inputs, data.targets, network.width, seed, method, eta, recorded)
                rows.append(kept(folder / name_for(*what), watched)["errors"])
        report((place + 1) * steps, total)
    return np.stack(rows)


def with_fixed_momentum(beta: float, eta: float) -> HeavyBall:
    """Return the Heavy Ball method whose momentum is beta at the step size eta.

    >>> round(with_fixed_momentum(0.9, 1e-4).momentum(1e-4), 12)
    0.9
    """
    return HeavyBall((1 - beta) / HeavyBall(1.0).clock(eta))


def with_fixed_momenta(beta_1: float, beta_2: float, eta: float) -> TwoMomenta:
    """Return the method with two momenta, beta_1 and beta_2 at the step size eta.

    Raises ValueError where no b_1 and b_2 > 0 give them: for beta_1 + beta_2 >= 1 and for beta_2 <= -1.

    >>> [round(beta, 12) for beta in with_fixed_momenta(0.6, 0.3, 1e-3).momenta(1e-3)]
    [0.6, 0.3]
    """
    h = TwoMomenta(1.0, 1.0).clock(eta)
    # beta_1 + beta_2 = 1 - b_1 h^2 and beta_2 = -1 + b_2 h.
    return TwoMomenta((1 - beta_1 - beta_2) / h**2, (1 + beta_2) / h)


def _watch(
    data: Data,
    weights: FloatArray,
    signs: FloatArray,
    method: Method,
    eta: float,
    recorded: list[int],
    report: Callable[[int], None],
) -> FloatArray:
    """Run one network through the recorded steps and return its mean squared errors there."""
    gram = data.inputs @ data.inputs.T
    first = weights @ data.inputs.T
    # A move of w_r is a combination of the inputs: its coefficients are trained.
    layers = [np.zeros_like(first), np.zeros_like(signs)]
    memories = [[np.zeros_like(layer) for _ in range(method.memory)] for layer in layers]
    reached: list[float] = []
    done = 0

    def output() -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        shifts = layers[0] @ gram if data.count < 2 * data.dimension else (layers[0] @ data.inputs) @ data.inputs.T
        before = first + shifts
        hidden = np.maximum(before, 0)
        outer = signs + layers[1]
        return before, hidden, outer, outer @ hidden - data.targets

    for moment in recorded:
        while done < moment:
            before, hidden, outer, error = output()
            if not error @ error < LARGEST:
                report(recorded[-1])
                return np.array(reached + [np.inf] * (len(recorded) - len(reached)))
            scaled = -eta / data.count * error
            awake = np.asarray(before >= 0, dtype=np.float64)
            forces = [awake * np.multiply.outer(outer, scaled), hidden @ scaled]
            for layer, memory, force in zip(layers, memories, forces, strict=True):
                method.advance(done, eta, layer, memory, force)
            done += 1
        error = output()[3]
        reached.append(float(error @ error) / data.count)
        report(done)
    return np.array(reached)
