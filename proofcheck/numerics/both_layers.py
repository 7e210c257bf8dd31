"""Two-layer ReLU networks with both layers trained, as the published figures of Bu, Xu and Chen (2021) seem to have it.

f(x) = scale sum a_r max(<w_r, x>, 0); scale = 1 is a network without the factor 1 / sqrt m. The hidden weights move in
the span of the inputs, w_r(k) = w_r(0) + sum_j C_jr x_j, so that n numbers a neuron are trained in place of p, exactly.
"""

from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from .data import Data
from .kernels import FloatArray
from .layers import LARGEST_LOSS
from .methods import Method
from .networks import Network
from .training import Report, Run, each_seed, recorded_steps


def train_both_layers(
    data: Data,
    network: Network,
    method: Method,
    eta: float,
    steps: int,
    record_every: int,
    *,
    scale: float = 1.0,
    report: Report = lambda done, total: None,
    folder: Path | None = None,
) -> Run:
    """Train all weights full batch on the squared error, from the starts that `train` has, and return the losses.

    A fixed momentum beta is `HeavyBall.with_momentum(beta, eta)`, two are `TwoMomenta.with_momenta(...)`; `report` and
    `folder` are as for `train`. Raises ValueError for Newton's method and for numbers out of range, OverflowError when
    the loss grows beyond 1e150.

    >>> from .methods import HeavyBall
    >>> data = Data(np.eye(2), np.array([1.0, -1.0]), "axes")
    >>> run = train_both_layers(data, Network(50, (0, 1)), HeavyBall.with_momentum(0.9, 1e-3), 1e-3, 200, 100)
    >>> run.losses.shape, bool(np.all(run.losses[:, 2] < 1e-3 * run.losses[:, 0]))
    ((2, 3), True)
    """
    if method.by_neuron:
        raise ValueError("Newton's method is done by neuron of the hidden layer: see `train`")
    if not 0 < eta < np.inf:
        raise ValueError(f"expected a positive step size, got {eta}")
    recorded = recorded_steps(steps, record_every)

    def watched(seed: int, report_done: Report) -> dict[str, FloatArray]:
        weights, outer = network.draw(seed, data.dimension)
        return {"losses": _losses(data, weights, outer, method, eta, recorded, scale, report_done)}

    what = ("both layers", data.inputs, data.targets, network.width, method, eta, recorded, scale)
    with threadpool_limits(1):
        rows = each_seed(network.seeds, steps, watched, report, folder, what)
    losses = np.stack([row["losses"] for row in rows])
    return Run(np.array(recorded) * method.clock(eta), {"losses": losses}, network.seeds)


def _losses(
    data: Data,
    weights: FloatArray,
    outer: FloatArray,
    method: Method,
    eta: float,
    recorded: list[int],
    scale: float,
    report: Report,
) -> FloatArray:
    """The loss at each recorded step."""
    gram, first = data.inputs @ data.inputs.T, data.inputs @ weights.T
    hidden, moved = np.zeros_like(first), np.zeros_like(outer)
    hidden_memory = [np.zeros_like(first) for _ in range(method.memory)]
    outer_memory = [np.zeros_like(outer) for _ in range(method.memory)]
    losses, last = [], recorded[-1]
    for k in range(last + 1):
        before = first + gram @ hidden
        after = np.maximum(before, 0)
        now = outer + moved
        error = scale * (after @ now) - data.targets
        loss = float(error @ error) / 2
        if not loss < LARGEST_LOSS:
            raise OverflowError(f"the loss has grown beyond {LARGEST_LOSS:g} in step {k}")
        if k in recorded:
            losses.append(loss)
            report(k, last)
        push = -eta * scale * error
        method.advance(k, eta, hidden, hidden_memory, (before >= 0) * push[:, np.newaxis] * now)
        method.advance(k, eta, moved, outer_memory, push @ after)
    return np.array(losses)
