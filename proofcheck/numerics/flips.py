"""Two-layer ReLU networks under the Heavy Ball flow, from flip to flip.

Between flips a network is linear in its weights, so that errors and weights have closed forms, mode by mode of the
kernel; what is searched for is the next moment at which a neuron changes its activation on an input.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .kernels import FloatArray
from .oscillators import damped_oscillator
from .trajectories import Trajectory

_BISECTIONS = 30
#: Below this an eigenvalue of the kernel counts as zero.
_SINGULAR = 1e-12

Activations = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class SmallNetwork:
    """f_i = m^(-1/2) sum_r a_r max(<w_r, x_i>, 0) on n inputs, with targets y_i; the weights are what is trained.

    Raises ValueError if the shapes do not fit together.

    >>> SmallNetwork([[1.0], [-2.0]], [1.0, 1.0], [[1.0], [-1.0]], [0.0, 0.0]).errors().round(3).tolist()
    [0.707, 1.414]
    """

    weights: FloatArray
    signs: FloatArray
    inputs: FloatArray
    targets: FloatArray

    def __post_init__(self) -> None:
        for name in ("weights", "signs", "inputs", "targets"):
            object.__setattr__(self, name, np.array(getattr(self, name), dtype=np.float64))
        weights, signs, inputs, targets = (
            array.shape for array in (self.weights, self.signs, self.inputs, self.targets)
        )
        if len(weights) != 2 or len(inputs) != 2 or weights[1] != inputs[1]:
            raise ValueError(f"expected weights (m, p) and inputs (n, p), got {weights} and {inputs}")
        if signs != weights[:1] or targets != inputs[:1]:
            raise ValueError(f"expected signs (m,) and targets (n,), got {signs} and {targets}")

    def products(self) -> FloatArray:
        """Return <w_r, x_i>, of shape (m, n)."""
        return np.asarray(self.weights @ self.inputs.T, dtype=np.float64)

    def activations(self) -> Activations:
        """Return which neurons are active on which inputs, of shape (m, n); at its kink a neuron is."""
        return np.asarray(self.products() >= 0, dtype=np.bool_)

    def errors(self) -> FloatArray:
        """Return f - y."""
        active = np.maximum(self.products(), 0)
        return np.asarray(self.signs @ active / np.sqrt(len(self.signs)) - self.targets, dtype=np.float64)

    def kernel(self) -> FloatArray:
        """Return H_ij = <x_i, x_j> / m times the number of neurons that are active on both inputs."""
        return _kernel(self.inputs, self.activations())


@dataclass(frozen=True, eq=False)
class FlippedTraining:
    """What training does: errors and velocities, flips, the network at the end.

    `smallest_eigenvalues` holds the smallest eigenvalue of the kernel since the time before, for each time.
    """

    path: Trajectory
    smallest_eigenvalues: FloatArray
    flips: FloatArray
    trained: SmallNetwork


def train_by_flips(
    network: SmallNetwork, alpha: float, times: ArrayLike, *, resolution: float = 1e-2, most_flips: int = 10_000
) -> FlippedTraining:
    """Follow w_r'' + 2 alpha w_r' + dL/dw_r = 0 from rest, with L = |f - y|^2 / 2.

    `times` are increasing and not negative; the last is where training ends. A neuron that crosses its kink and
    returns within the `resolution` is missed. Raises ValueError on other times, for alpha <= 0, and when there are
    more than `most_flips` flips, as they accumulate where a neuron comes to rest at its kink.

    >>> network = SmallNetwork([[1.0]], [1.0], [[1.0]], [2.0])
    >>> train_by_flips(network, 1.0, [0.0, 1.0]).path.errors[:, 0].round(6).tolist()  # -(1 + t) exp(-t)
    [-1.0, -0.735759]
    """
    moments = np.asarray(times, dtype=np.float64)
    if moments.ndim != 1 or not moments.size or not moments[0] >= 0 or not np.all(np.diff(moments) >= 0):
        raise ValueError("expected increasing times >= 0")
    if not 0 < alpha < np.inf:
        raise ValueError(f"expected a positive alpha, got {alpha}")
    phase = _Phase(network, network.activations(), np.zeros_like(network.weights), alpha)
    begun = now = 0.0
    flips: list[float] = []
    rows: list[tuple[FloatArray, FloatArray]] = []
    lowest: list[float] = []
    for moment in map(float, moments):
        since = float(phase.eigenvalues[0])
        while now < moment:
            ahead = min(now + resolution, moment)
            if not np.any(phase.flipped(ahead - begun)):
                now = ahead
                continue
            flip = _first_flip(phase, now - begun, ahead - begun)
            begun = now = begun + flip
            flips.append(now)
            if len(flips) > most_flips:
                raise ValueError(f"more than {most_flips} flips up to {now:.6g}")
            phase = phase.after(flip)
            since = min(since, float(phase.eigenvalues[0]))
        rows.append(phase.errors(now - begun))
        lowest.append(since)
    trained = replace(network, weights=phase.weights(now - begun)[0])
    errors, velocities = (np.array(part) for part in zip(*rows, strict=True))
    return FlippedTraining(Trajectory(moments, errors, velocities), np.array(lowest), np.array(flips), trained)


def swinging_network(generator: np.random.Generator, swinging: int = 20, asleep: int = 7) -> SmallNetwork:
    """Draw a network on two inputs at 170 degrees whose neurons swing over from one to the other.

    Both targets are -1 and all signs 1, so that f cannot reach them. Half of the swinging neurons begin active on the
    first input alone, half on the second alone; the others are active on neither.

    >>> swinging_network(np.random.default_rng(0)).activations().sum(axis=0).tolist()
    [10, 10]
    """
    angle = np.deg2rad(170)
    inputs = np.array([[1.0, 0.0], [np.cos(angle), np.sin(angle)]])
    half, count = swinging // 2, swinging + asleep
    size = 1.87 / np.sqrt(count) * generator.uniform(0.7, 1.3, swinging)
    products = np.stack([size, -0.95 * size], axis=1)
    products[half:] = products[half:, ::-1]
    weights = np.concatenate([products, -np.ones((asleep, 2))]) @ np.linalg.inv(inputs).T
    return SmallNetwork(weights, np.ones(count), inputs, -np.ones(2))


class _Phase:
    """A stretch between flips, from the weights and their velocities at its beginning."""

    def __init__(self, network: SmallNetwork, active: Activations, speed: FloatArray, alpha: float) -> None:
        self.network, self.active, self.speed, self.alpha = network, active, speed, alpha
        eigenvalues, self.modes = np.linalg.eigh(_kernel(network.inputs, active))
        self.eigenvalues = np.maximum(eigenvalues, 0)
        self.slopes = network.signs[:, np.newaxis] * active / np.sqrt(len(network.signs))
        self.error = self.modes.T @ (np.sum(self.slopes * network.products(), axis=0) - network.targets)
        self.velocity = self.modes.T @ np.sum(self.slopes * (speed @ network.inputs.T), axis=0)

    def errors(self, time: float) -> tuple[FloatArray, FloatArray]:
        """The errors and their velocities."""
        errors, velocities = damped_oscillator(self.eigenvalues, self.error, self.velocity, self.alpha, [time])
        return self.modes @ errors[0], self.modes @ velocities[0]

    def weights(self, time: float) -> tuple[FloatArray, FloatArray]:
        """The weights and their velocities: what was there coasts, and what the errors pull is added."""
        carried, kept = _coasting(self.alpha, time)
        pulled, pulls = (-(self.slopes * (self.modes @ part)) @ self.network.inputs for part in self._pull(time))
        return self.network.weights + carried * self.speed + pulled, kept * self.speed + pulls

    def flipped(self, time: float) -> Activations:
        """Which neurons are on the other side of their kink, on which inputs."""
        products = self.weights(time)[0] @ self.network.inputs.T
        return np.asarray(np.where(self.active, products < 0, products > 0), dtype=np.bool_)

    def after(self, flip: float) -> _Phase:
        """The phase that begins with the flip at a moment of this one."""
        weights, speed = self.weights(flip)
        active = self.active ^ self.flipped(flip)
        return _Phase(replace(self.network, weights=weights), active, speed, self.alpha)

    def _pull(self, time: float) -> tuple[FloatArray, FloatArray]:
        """P and P' in each mode, where P'' + 2 alpha P' = f - y from rest.

        The errors less H P are free of force; where H vanishes, P is integrated by itself.
        """
        carried, kept = _coasting(self.alpha, time)
        errors, velocities = damped_oscillator(self.eigenvalues, self.error, self.velocity, self.alpha, [time])
        stiff = self.eigenvalues > _SINGULAR
        size = np.where(stiff, self.eigenvalues, 1.0)
        twice = 2 * self.alpha
        steady, drifting = (time - carried) / twice, (carried - time * kept) / twice
        position = np.where(
            stiff,
            (self.error + carried * self.velocity - errors[0]) / size,
            steady * self.error + (steady - drifting) / twice * self.velocity,
        )
        speed = np.where(
            stiff,
            (kept * self.velocity - velocities[0]) / size,
            carried * self.error + drifting * self.velocity,
        )
        return position, speed


def _first_flip(phase: _Phase, before: float, behind: float) -> float:
    """A moment just behind the first flip between two moments, by bisection."""
    for _ in range(_BISECTIONS):
        middle = (before + behind) / 2
        before, behind = (before, middle) if np.any(phase.flipped(middle)) else (middle, behind)
    return behind


def _coasting(alpha: float, time: float) -> tuple[float, float]:
    """How far a velocity of one carries under the friction alone, and what is left of it."""
    return float(-np.expm1(-2 * alpha * time) / (2 * alpha)), float(np.exp(-2 * alpha * time))


def _kernel(inputs: FloatArray, active: Activations) -> FloatArray:
    together = active.T.astype(np.float64) @ active
    return np.asarray((inputs @ inputs.T) * together / len(active), dtype=np.float64)
