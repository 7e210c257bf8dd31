"""Any system of ordinary differential equations, restarted where it jumps, singular at time 0 or not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.integrate import DOP853, OdeSolution

from .kernels import FloatArray

#: The number of the piece between two restarts, a time in it, a state -> how the state moves.
Field = Callable[[int, float, FloatArray], FloatArray]
#: The number of a piece, the time at which it begins, the state before -> the state behind; None ends the solution.
Jump = Callable[[int, float, FloatArray], FloatArray | None]

#: How much of itself a regular field may move in a time of 1e-6.
_BOUNDED = 1e-2


@dataclass(frozen=True, eq=False)
class Solution:
    """A solution from its start up to an end, with values at every time between; at a jump, those before it."""

    start: FloatArray
    edges: tuple[float, ...]
    parts: tuple[OdeSolution, ...]

    @property
    def end(self) -> float:
        """The time up to which the system was solved."""
        return self.edges[-1]

    def piece(self, time: float) -> int:
        """The number of the piece that a time lies in; the one before at a jump."""
        return max(bisect_left(self.edges, time) - 1, 0)

    def __call__(self, time: float) -> FloatArray:
        """The state at a time. Raises `ValueError` for one that was not reached."""
        if not 0 <= time <= self.end:
            raise ValueError(f"the solution is known from 0 to {self.end}, not at {time}")
        return self.start if time == 0 else np.asarray(self.parts[self.piece(time)](time), dtype=np.float64)


def integrate_system(
    field: Field,
    start: FloatArray,
    end: float,
    *,
    restarts: Iterable[float] = (),
    behind: Jump | None = None,
    singular: FloatArray | None = None,
    begin: float = 1e-6,
    tolerance: float = 1e-11,
    most_steps: int = 500,
) -> Solution:
    """Solve y' = field(piece, t, y) by the Dormand-Prince method of order 8; no step crosses a restart.

    Components marked `singular` obey y' = -(c/t) y + ... near 0, with c > -1, and begin at 0: up to the time `begin`
    they go with the slope of the regular part, which is bounded, divided by 1 + c. The solution ends early after so
    many steps, or where the field has no value (an `ArithmeticError`, no finite number), or where `behind` says so.

    >>> import numpy as np
    >>> round(float(integrate_system(lambda piece, t, y: -y, np.array([1.0]), 1.0)(1.0)[0]), 9)
    0.367879441
    >>> bessel = lambda piece, t, y: np.array([y[1], -y[0] - y[1] / t])
    >>> solved = integrate_system(bessel, np.array([1.0, 0.0]), 2.0, singular=np.array([0.0, 1.0]))
    >>> round(float(solved(2.0)[0]), 8)  # J_0(2)
    0.22389078
    """
    edges = [0.0]
    parts: list[OdeSolution] = []
    state, steps = start, 0
    for piece, (left, right) in enumerate(pairwise(sorted({0.0, end, *(t for t in restarts if 0 < t < end)}))):
        try:
            with np.errstate(all="ignore"):
                if piece and behind is not None:
                    moved = behind(piece, left, state)
                    if moved is None:
                        break
                    state = moved
                times: list[float] = [left]
                inner: list[object] = []
                if singular is not None and left == 0:
                    times.append(min(begin, right / 2))
                    moved = _beyond_zero(field, start, singular, times[-1])
                    inner.append(_Straight(0.0, times[-1], start, moved))
                    state = moved
                steps += _march(field, piece, times, inner, state, right, tolerance, most_steps - steps)
        except ArithmeticError:
            break
        if not inner:
            break
        parts.append(OdeSolution(times, inner))
        edges.append(times[-1])
        if times[-1] < right:
            break
        state = np.asarray(parts[-1](right), dtype=np.float64)
    return Solution(start, tuple(edges), tuple(parts))


class _Straight:
    """From one state to another by a straight line, as an interpolant of SciPy."""

    def __init__(self, t_old: float, t: float, start: FloatArray, stop: FloatArray) -> None:
        self.t_old, self.t, self.t_min, self.t_max = t_old, t, t_old, t
        self._start, self._slope = start, (stop - start) / (t - t_old)

    def __call__(self, time: float) -> FloatArray:
        return self._start + (time - self.t_old) * self._slope


def _beyond_zero(field: Field, start: FloatArray, singular: FloatArray, begin: float) -> FloatArray:
    """The state at a time just beyond 0."""
    regular = field(0, begin, start)
    if np.max(np.abs(field(0, begin / 4, start) - regular)) > _BOUNDED * (1 + np.max(np.abs(regular))):
        raise ArithmeticError("what stands beside c/t is not bounded near 0")
    friction = -begin * (field(0, begin, start + singular) - regular)
    slope = np.where(singular > 0, regular / (1 + friction), regular)
    first = start + begin * slope
    ahead = field(0, begin, first)
    return np.where(singular > 0, first, start + begin / 2 * (regular + ahead))


def _march(
    field: Field,
    piece: int,
    times: list[float],
    inner: list[object],
    state: FloatArray,
    right: float,
    tolerance: float,
    most_steps: int,
) -> int:
    """Go on from the last of the times to the right end, as far as there is a solution; the number of steps."""

    def finite(time: float, flat: FloatArray) -> FloatArray:
        moving = field(piece, time, flat)
        if not np.all(np.isfinite(moving)):
            raise ArithmeticError("the field has no value")
        return moving

    if not np.all(np.isfinite(state)):
        return 0
    size = float(np.max(np.abs(state), initial=0.0)) or 1.0
    for steps in range(most_steps):
        try:
            if not steps:
                solver = DOP853(finite, times[-1], state, right, rtol=tolerance, atol=tolerance * 1e-3 * size)
            solver.step()
        except ArithmeticError:
            return steps
        if solver.status == "failed":
            return steps
        inner.append(solver.dense_output())
        times.append(float(solver.t))
        if solver.status == "finished":
            return steps + 1
    return most_steps
