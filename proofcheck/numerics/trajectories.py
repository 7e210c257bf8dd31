"""Trajectories of the error flows, and their integration for a kernel that moves and jumps.

Every flow is a linear system for s = (Delta, Delta', ..., Delta^(J)). What is integrated is s times a weight that
undoes the friction, exp(b_J t/(J + 1)) for constant frictions and t^(gamma/2) for gamma/t, and it is weighed anew at
each restart: so the accuracy is relative to the state at that time, until it underflows. No step crosses a jump, where
all of s but its derivative is continuous.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, nextafter, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.integrate import solve_ivp

from .kernels import FloatArray

# Between two restarts the fastest part moves at most as exp(+-8), so that the accuracy stays relative.
_SPAN = 8.0
# Up to this share of its time scale Nesterov's flow is a parabola, to the rounding of a number of order one.
_PARABOLA = 1e-6


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
    """Integrate Heavy Ball, Delta'' + 2 alpha Delta' + H(t) Delta = 0, by the Dormand-Prince method of order 8.

    `kernel_at` gives H(t); it has to be smooth between the `jumps`, at each of which integration restarts
    with Delta and Delta' continuous. H is evaluated strictly between two jumps only, so its value at a jump
    has no effect. The relative accuracy lasts until Delta underflows.

    Raises ValueError for alpha <= 0, for times that are negative or missing and for vectors that do not
    match; RuntimeError if the integrator gives up.

    >>> path = integrate(lambda t: [[1.0]], [1.0], [0.0], 1.0, [0.0, 2.0])
    >>> path.errors[:, 0].round(9).tolist()  # (1 + t) exp(-t)
    [1.0, 0.40600585]
    """
    if not 0 < alpha < inf:
        raise ValueError(f"expected a positive alpha, got {alpha}")
    start = [error, velocity]
    return integrate_momenta(kernel_at, start, [2 * alpha], times, jumps=jumps, relative_tolerance=relative_tolerance)


def integrate_gradient_descent(
    kernel_at: Callable[[float], ArrayLike],
    error: ArrayLike,
    times: ArrayLike,
    *,
    jumps: Iterable[float] = (),
    relative_tolerance: float = 1e-12,
) -> Trajectory:
    """Integrate gradient descent, Delta' = -H(t) Delta, or Newton's flow, where H(t) is the sum of projectors.

    Everything else is as for `integrate`.

    >>> path = integrate_gradient_descent(lambda t: [[2.0 * t]], [1.0], [0.0, 1.0])
    >>> path.errors[:, 0].round(9).tolist()  # exp(-t^2)
    [1.0, 0.367879441]
    """
    return integrate_momenta(kernel_at, [error], [], times, jumps=jumps, relative_tolerance=relative_tolerance)


def integrate_momenta(
    kernel_at: Callable[[float], ArrayLike],
    start: Sequence[ArrayLike],
    frictions: Sequence[float],
    times: ArrayLike,
    *,
    jumps: Iterable[float] = (),
    relative_tolerance: float = 1e-12,
) -> Trajectory:
    """Integrate J momenta, Delta^(J+1) + b_J Delta^(J) + ... + b_1 Delta' + H(t) Delta = 0.

    `frictions` are b_1, ..., b_J, `start` the vectors Delta(0), Delta'(0), ..., as many as are not 0. Everything else
    is as for `integrate`.

    >>> path = integrate_momenta(lambda t: [[1.0]], [[1.0]], [3.0, 3.0], [1.0])
    >>> path.errors.round(6).tolist()  # (1 + t + t^2/2) exp(-t)
    [[0.919699]]
    """
    order = len(frictions) + 1
    if not 1 <= len(start) <= order or not np.all(np.isfinite(frictions)):
        raise ValueError(f"expected 1 to {order} initial values and finite frictions, got {len(start)}, {frictions}")
    moments, given = _initial_values(times, start)
    state = np.zeros((order, given.shape[1]))
    state[: len(given)] = given
    kernel = _Kernel(kernel_at, jumps, float(moments.max()))
    states, _ = _march(kernel, _momenta(frictions), 0.0, kernel.last, state, moments, relative_tolerance)
    if order > 1:
        return Trajectory(moments, states[:, 0], states[:, 1])
    images = [kernel.before(time) @ position for time, position in zip(moments.tolist(), states[:, 0], strict=True)]
    return Trajectory(moments, states[:, 0], -np.array(images))


def integrate_nesterov(
    kernel_at: Callable[[float], ArrayLike],
    error: ArrayLike,
    gamma: float,
    times: ArrayLike,
    *,
    jumps: Iterable[float] = (),
    relative_tolerance: float = 1e-12,
) -> Trajectory:
    """Integrate Nesterov's flow, Delta'' + (gamma/t) Delta' + H(t) Delta = 0, from rest.

    At t = 0, where gamma/t is singular, Delta''(0) = -H(0) Delta(0)/(1 + gamma) is the start of a power series; from
    there to the time at which gamma/t has become a usual friction, Delta and Delta'/t are integrated. H has to be
    bounded near 0. Everything else is as for `integrate`; gamma has to be positive.

    >>> path = integrate_nesterov(lambda t: [[1.0]], [1.0], 2.0, [0.0, 1.0])
    >>> path.errors[:, 0].round(9).tolist()  # sin(t)/t
    [1.0, 0.841470985]
    """
    if not 0 < gamma < inf:
        raise ValueError(f"expected a positive gamma, got {gamma}")
    moments, (position,) = _initial_values(times, [error])
    kernel = _Kernel(kernel_at, jumps, float(moments.max()))
    if kernel.last == 0:
        return Trajectory(moments, np.tile(position, (moments.size, 1)), np.zeros((moments.size, position.size)))
    begin, frequency = _parabola(kernel)
    usual = float(np.clip(1 / frequency if frequency > 0 else inf, begin, kernel.last))
    # Where H begins with a slope, this is where it has the mean that counts for Delta'.
    slope = -kernel.before((1 + gamma) / (2 + gamma) * begin) @ position / (1 + gamma)

    time = np.minimum(moments, begin)[:, np.newaxis]
    first = np.stack([position + slope * time**2 / 2, slope * time], axis=1)
    start = np.stack([position + slope * begin**2 / 2, slope])
    early, start = _march(kernel, _slow_start(gamma), begin, usual, start, moments, relative_tolerance)
    early[:, 1] *= moments[:, np.newaxis]
    start[1] *= usual
    late, _ = _march(kernel, _nesterov(gamma), usual, kernel.last, start, moments, relative_tolerance)
    since = moments[:, np.newaxis, np.newaxis]
    states = np.where(since <= begin, first, np.where(since <= usual, early, late))
    return Trajectory(moments, states[:, 0], states[:, 1])


def _parabola(kernel: _Kernel) -> tuple[float, float]:
    """A time up to which Nesterov's flow is a parabola, and the largest frequency seen there."""
    end = kernel.edges[1]
    while True:
        frequency = sqrt(max(_size(kernel.before(time)) for time in (0.0, end / 2, end)))
        if end * frequency <= _PARABOLA:
            return end, frequency
        end = min(end / 10, _PARABOLA / frequency)


class _Kernel:
    """H(t) between its jumps, up to the last time."""

    def __init__(self, kernel_at: Callable[[float], ArrayLike], jumps: Iterable[float], last: float) -> None:
        self._kernel_at = kernel_at
        self.last = last
        self.edges = sorted({0.0, last, *(float(jump) for jump in jumps if 0 < jump < last)})

    def within(self, left: float, right: float) -> Callable[[float], FloatArray]:
        """H in [left, right] as it is strictly between the two, where no neighbour's value counts."""
        first, final = nextafter(left, inf), nextafter(right, -inf)
        kernel_at = self._kernel_at
        return lambda time: np.asarray(kernel_at(min(max(float(time), first), final)), dtype=np.float64)

    def before(self, time: float) -> FloatArray:
        """H just before a time, and just after 0."""
        place = max(bisect_left(self.edges, time), 1)
        return self.within(self.edges[place - 1], self.edges[place] if place < len(self.edges) else inf)(time)

    def pieces(self, begin: float, end: float) -> Iterator[tuple[float, float]]:
        """What two jumps, the begin and the end enclose, in the order of time."""
        yield from pairwise(sorted({begin, end, *(edge for edge in self.edges if begin < edge < end)}))


class _Piece(NamedTuple):
    """A weighed system from a restart on: how fast it moves at most, the units of the parts of its state, its field as
    a function of the time, of H and of the weighed state, and what the weights at some times have to be undone with."""

    speed: float
    units: FloatArray
    field: Callable[[float, FloatArray, FloatArray], FloatArray]
    undo: Callable[[FloatArray], FloatArray]


# A system begins anew at a time, with H and the state there; a state is an array of shape (J + 1, n).
_System = Callable[[float, FloatArray, FloatArray], _Piece]


def _momenta(frictions: Sequence[float]) -> _System:
    """The flow of s = (Delta, ..., Delta^(J)), weighed by exp(rate t) with the mean of the roots as rate."""
    order = len(frictions) + 1
    row = np.asarray(frictions, dtype=np.float64)

    def begin_at(begin: float, kernel: FloatArray, start: FloatArray) -> _Piece:
        # For gradient descent: how fast |Delta| decays at this moment, whatever its size.
        direction = start[0] / (np.max(np.abs(start[0])) or 1.0)
        decay = float(direction @ kernel @ direction) / (float(direction @ direction) or 1.0)
        rate = frictions[-1] / order if frictions else decay
        sizes = (_size(kernel), *map(abs, frictions))
        speed = max(size ** (1 / (order - j)) for j, size in enumerate(sizes))

        def field(time: float, kernel: FloatArray, state: FloatArray) -> FloatArray:
            change = rate * state
            change[:-1] += state[1:]
            change[-1] -= row @ state[1:] + kernel @ state[0]
            return change

        units = np.array([(speed or 1.0) ** j for j in range(order)])
        return _Piece(speed, units, field, lambda times: np.exp(-rate * (times - begin)))

    return begin_at


def _nesterov(gamma: float) -> _System:
    """The flow of s = (Delta, Delta'), weighed by t^(gamma/2)."""

    def begin_at(begin: float, kernel: FloatArray, start: FloatArray) -> _Piece:
        speed = max(sqrt(_size(kernel)), gamma / begin)

        def field(time: float, kernel: FloatArray, state: FloatArray) -> FloatArray:
            rate = gamma / (2 * time)
            change = np.empty_like(state)
            change[0] = rate * state[0] + state[1]
            change[1] = -rate * state[1] - kernel @ state[0]
            return change

        return _Piece(speed, np.array([1.0, speed]), field, lambda times: (begin / times) ** (gamma / 2))

    return begin_at


def _slow_start(gamma: float) -> _System:
    """The flow of s = (Delta, Delta'/t), which is of order one from the start on, without a weight."""

    def begin_at(begin: float, kernel: FloatArray, start: FloatArray) -> _Piece:
        size = _size(kernel)

        def field(time: float, kernel: FloatArray, state: FloatArray) -> FloatArray:
            change = np.empty_like(state)
            change[0] = time * state[1]
            change[1] = -(kernel @ state[0] + (gamma + 1) * state[1]) / time
            return change

        return _Piece(sqrt(size), np.array([1.0, size or 1.0]), field, lambda times: np.ones_like(times))

    return begin_at


def _size(kernel: FloatArray) -> float:
    """An upper bound of the largest eigenvalue's size that costs no more than looking at each entry."""
    return float(min(np.linalg.norm(kernel), np.max(np.sum(np.abs(kernel), axis=1))))


def _initial_values(times: ArrayLike, start: Sequence[ArrayLike]) -> tuple[FloatArray, FloatArray]:
    """Return the times, and the initial values as rows; validated."""
    moments = np.asarray(times, dtype=np.float64)
    if moments.ndim != 1 or moments.size == 0 or not np.all((moments >= 0) & np.isfinite(moments)):
        raise ValueError("expected a non-empty list of finite times >= 0")
    vectors = [np.asarray(value, dtype=np.float64) for value in start]
    shapes = [vector.shape for vector in vectors]
    if any(vector.ndim != 1 or vector.shape != shapes[0] or not np.all(np.isfinite(vector)) for vector in vectors):
        raise ValueError(f"expected finite initial vectors of one length, got shapes {shapes}")
    return moments, np.stack(vectors)


def _march(
    kernel: _Kernel, system: _System, begin: float, end: float, start: FloatArray, times: FloatArray, tolerance: float
) -> tuple[FloatArray, FloatArray]:
    """Return the states at the times up to `end`, the start at those up to `begin`; and the state at `end`."""
    state = start
    found = np.where((times <= begin)[:, np.newaxis, np.newaxis], start, 0.0)
    for left, right in kernel.pieces(begin, end):
        kernel_at, time = kernel.within(left, right), left
        while time < right and np.any(state):
            piece = system(time, kernel_at(time), state)
            stop = time + (right - time) / max(np.ceil((right - time) * piece.speed / _SPAN), 1.0)
            # The kernel may have grown meanwhile.
            while (stop - time) * system(stop, kernel_at(stop), state).speed > 2 * _SPAN:
                stop = (time + stop) / 2
            if stop <= time:
                raise RuntimeError(f"integration stopped at {time}: the flow is too fast for this clock")
            stop = right if right - stop < np.spacing(right) else stop
            inside = (times > time) & (times <= stop)
            wanted, places = np.unique(np.append(times[inside], stop), return_inverse=True)
            states = _solve(piece, kernel_at, time, state, wanted, tolerance)
            found[inside] = states[places[:-1]]
            state, time = states[-1], stop
    return found, state


def _solve(
    piece: _Piece,
    kernel_at: Callable[[float], FloatArray],
    time: float,
    state: FloatArray,
    wanted: FloatArray,
    tolerance: float,
) -> FloatArray:
    """The states at the wanted times, of which the last one ends the piece."""
    units = piece.units[:, np.newaxis]
    size = float(np.max(np.abs(state / units)))
    # What is lost beside the rest would underflow in the integrator's estimate of its error.
    scaled = np.where(np.abs(state / units) < 1e-100 * size, 0.0, state / size)

    def field(moment: float, flat: FloatArray) -> FloatArray:
        return piece.field(moment, kernel_at(moment), flat.reshape(state.shape)).ravel()

    solution = solve_ivp(
        field,
        (time, float(wanted[-1])),
        scaled.ravel(),
        method="DOP853",
        t_eval=wanted,
        rtol=tolerance,
        atol=np.repeat(tolerance * 1e-3 * piece.units, state.shape[1]),
    )
    if not solution.success:
        raise RuntimeError(f"integration stopped in [{time}, {wanted[-1]}]: {solution.message}")
    undone = (size * piece.undo(wanted))[:, np.newaxis, np.newaxis]
    states: FloatArray = undone * solution.y.T.reshape(-1, *state.shape)
    return states
