"""Trajectories of the Heavy Ball error flow, and their integration for a kernel that moves and jumps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike
from scipy.integrate import solve_ivp

from .kernels import FloatArray


@dataclass(frozen=True, eq=False)
class Trajectory:
    """The errors and velocities of a flow: row k belongs to times[k]. The arrays are read-only copies.

    Raises ValueError if the shapes do not fit together.

    >>> Trajectory([0.0, 1.0], [[3.0, 4.0], [0.0, 2.0]], [[0.0, 0.0], [1.0, 0.0]]).loss().tolist()
    [12.5, 2.0]
    """

    times: FloatArray
    errors: FloatArray
    velocities: FloatArray

    def __post_init__(self) -> None:
        for name in ("times", "errors", "velocities"):
            array = np.array(getattr(self, name), dtype=np.float64)
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        shapes = (self.times.shape, self.errors.shape, self.velocities.shape)
        if self.times.ndim != 1 or self.errors.ndim != 2 or len(self.errors) != len(self.times):
            raise ValueError(f"expected the shapes (T,), (T, n), (T, n), got {shapes}")
        if self.velocities.shape != self.errors.shape:
            raise ValueError(f"expected errors and velocities of one shape, got {shapes[1:]}")

    def loss(self) -> FloatArray:
        """Return L = |Delta|^2 / 2 at each time."""
        return np.asarray(np.sum(self.errors**2, axis=1) / 2, dtype=np.float64)

    def pseudo_loss(self, kernel: ArrayLike) -> FloatArray:
        """Return L_hat = <H Delta, Delta> / 2 at each time, for one kernel or for a stack with one a time."""
        images = np.matmul(np.asarray(kernel, dtype=np.float64), self.errors[:, :, np.newaxis])[:, :, 0]
        return np.asarray(np.sum(images * self.errors, axis=1) / 2, dtype=np.float64)

    def energy(self, kernel: ArrayLike, alpha: float) -> FloatArray:
        """Return V = L_hat + |alpha Delta + Delta'|^2 / 2, as in Lemma 3.3 of Bu, Xu and Chen (2021)."""
        shifted = alpha * self.errors + self.velocities
        return np.asarray(self.pseudo_loss(kernel) + np.sum(shifted**2, axis=1) / 2, dtype=np.float64)

    def reduced_energy(self, kernel: ArrayLike, alpha: float) -> FloatArray:
        """Return V_0 = V - alpha^2 L; while the kernel H is constant, V_0' = -2 alpha V_0 along the flow."""
        return self.energy(kernel, alpha) - alpha**2 * self.loss()


def integrate(
    kernel_at: Callable[[float], ArrayLike],
    error: ArrayLike,
    velocity: ArrayLike,
    alpha: float,
    times: ArrayLike,
    *,
    jumps: Iterable[float] = (),
    relative_tolerance: float = 1e-12,
) -> Trajectory:
    """Integrate Delta'' + 2 alpha Delta' + H(t) Delta = 0 from t = 0 by the Dormand-Prince method of order 8.

    `kernel_at` gives H(t); it has to be smooth between the `jumps`, at each of which integration restarts
    with Delta and Delta' continuous. H is evaluated strictly between two jumps only, so its value at a jump
    has no effect. What is integrated is y = exp(alpha t) Delta, y'' = -(H - alpha^2) y, which stays of order
    one while Delta decays: the relative accuracy lasts until Delta underflows.

    Raises ValueError for alpha <= 0, for times that are negative or missing and for vectors that do not
    match; RuntimeError if the integrator gives up.

    >>> path = integrate(lambda t: [[1.0]], [1.0], [0.0], 1.0, [0.0, 2.0])
    >>> path.errors[:, 0].round(9).tolist()  # (1 + t) exp(-t)
    [1.0, 0.40600585]
    """
    moments, position, momentum = _initial_values(error, velocity, alpha, times)
    state = np.concatenate([position, momentum])
    scaled = np.tile(state, (moments.size, 1))
    last = float(moments.max())
    edges = sorted({0.0, last, *(float(jump) for jump in jumps if 0 < jump < last)})
    for left, right in pairwise(edges):
        inside = (moments > left) & (moments <= right)
        wanted, places = np.unique(np.append(moments[inside], right), return_inverse=True)
        solution = solve_ivp(
            _scaled_flow(kernel_at, alpha, left, right),
            (left, right),
            state,
            method="DOP853",
            t_eval=wanted,
            rtol=relative_tolerance,
            atol=relative_tolerance * 1e-3 * float(np.linalg.norm(state)),
        )
        if not solution.success:
            raise RuntimeError(f"integration stopped in [{left}, {right}]: {solution.message}")
        scaled[inside] = solution.y.T[places[:-1]]
        state = solution.y[:, -1]
    decay = np.exp(-alpha * moments)[:, np.newaxis]
    positions, momenta = np.hsplit(scaled, 2)
    return Trajectory(moments, decay * positions, decay * (momenta - alpha * positions))


def _initial_values(
    error: ArrayLike, velocity: ArrayLike, alpha: float, times: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Validate the data of the flow; return the times, y(0) and y'(0) for y = exp(alpha t) Delta."""
    moments = np.asarray(times, dtype=np.float64)
    position, speed = np.asarray(error, dtype=np.float64), np.asarray(velocity, dtype=np.float64)
    if not 0 < alpha < np.inf:
        raise ValueError(f"expected a positive alpha, got {alpha}")
    if moments.ndim != 1 or moments.size == 0 or not np.all((moments >= 0) & np.isfinite(moments)):
        raise ValueError("expected a non-empty list of finite times >= 0")
    if position.ndim != 1 or position.shape != speed.shape:
        raise ValueError(f"expected error and velocity of one length, got {position.shape} and {speed.shape}")
    return moments, position, speed + alpha * position


def _scaled_flow(
    kernel_at: Callable[[float], ArrayLike], alpha: float, left: float, right: float
) -> Callable[[float, FloatArray], FloatArray]:
    """Return the first-order field of y'' = -(H - alpha^2) y, with H taken from between left and right."""
    # An integrator looks at both ends of its interval, where H may already have the neighbour's value.
    first, final = np.nextafter(left, right), np.nextafter(right, left)

    def field(time: float, state: FloatArray) -> FloatArray:
        kernel = np.asarray(kernel_at(float(min(max(time, first), final))), dtype=np.float64)
        position, momentum = np.split(state, 2)
        return np.concatenate([momentum, alpha**2 * position - kernel @ position])

    return field
