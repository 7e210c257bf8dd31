"""Kernels that are constant between jumps, and the Heavy Ball flow under them in closed form.

Apart from `oscillators`, because a schedule is what an adversary chooses: the pumped oscillator is the one
that costs most.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import acos, inf, isfinite, sqrt

import numpy as np
from numpy.typing import ArrayLike

from .kernels import FloatArray, symmetric_matrix
from .oscillators import heavy_ball_closed_form
from .trajectories import Trajectory


@dataclass(frozen=True, eq=False)
class Schedule:
    """A piecewise constant kernel H(t), t >= 0: kernels[0] until switches[0], then kernels[1], and so on.

    At a switch the later kernel counts. Kernels are stored as read-only symmetric matrices. Raises ValueError
    unless the switches are finite, positive and strictly increasing, and there is exactly one kernel more,
    all of one size.

    >>> schedule = Schedule((1.0,), ([[2.0]], [[5.0]]))
    >>> [float(schedule.kernel_at(t)[0, 0]) for t in (0.0, 0.5, 1.0, 9.0)]
    [2.0, 2.0, 5.0, 5.0]
    """

    switches: tuple[float, ...]
    kernels: tuple[FloatArray, ...]

    def __post_init__(self) -> None:
        switches = tuple(float(switch) for switch in self.switches)
        kernels = tuple(symmetric_matrix(kernel) for kernel in self.kernels)
        increasing = all(left < right for left, right in pairwise((0.0, *switches)))
        if not increasing or not all(map(isfinite, switches)):
            raise ValueError(f"expected finite, positive, strictly increasing switches, got {switches}")
        if len(kernels) != len(switches) + 1:
            raise ValueError(f"expected {len(switches) + 1} kernels, got {len(kernels)}")
        if len({kernel.shape for kernel in kernels}) != 1:
            raise ValueError("expected kernels of one size")
        object.__setattr__(self, "switches", switches)
        object.__setattr__(self, "kernels", kernels)

    def kernel_at(self, time: float) -> FloatArray:
        """Return H(t); at a switch, the later kernel. Raises ValueError for a negative time."""
        if not time >= 0:
            raise ValueError(f"expected a time >= 0, got {time}")
        return self.kernels[bisect_right(self.switches, time)]

    def pieces(self) -> Iterator[tuple[float, float, FloatArray]]:
        """Yield (start, end, kernel) in the order of time; the last end is infinite."""
        edges = (0.0, *self.switches, inf)
        yield from zip(edges[:-1], edges[1:], self.kernels, strict=True)


def scheduled_closed_form(
    schedule: Schedule, error: ArrayLike, velocity: ArrayLike, alpha: float, times: ArrayLike
) -> Trajectory:
    """Solve Delta'' + 2 alpha Delta' + H(t) Delta = 0 for a piecewise constant H, by closed forms.

    The flow is restarted at each switch with Delta and Delta' continuous (Delta'' jumps). Times are >= 0, in
    any order. Raises ValueError as `heavy_ball_closed_form` does.

    >>> schedule = Schedule((1.0,), ([[1.0]], [[5.0]]))
    >>> path = scheduled_closed_form(schedule, [1.0], [0.0], 1.0, [1.0])
    >>> path.errors.round(6).tolist()  # until the switch, (1 + t) exp(-t)
    [[0.735759]]
    """
    moments = np.asarray(times, dtype=np.float64)
    state = np.asarray(error, dtype=np.float64), np.asarray(velocity, dtype=np.float64)
    if moments.ndim != 1 or moments.size == 0 or not np.all((moments >= 0) & np.isfinite(moments)):
        raise ValueError("expected a non-empty list of finite times >= 0")
    last = float(moments.max())
    errors = np.empty((moments.size, len(schedule.kernels[0])))
    velocities = np.empty_like(errors)
    for start, end, kernel in schedule.pieces():
        if start > last:
            break
        inside = (moments >= start) & (moments < end)
        durations = np.append(moments[inside], min(end, last)) - start
        piece = heavy_ball_closed_form(kernel, *state, alpha, durations)
        errors[inside], velocities[inside] = piece.errors[:-1], piece.velocities[:-1]
        state = piece.errors[-1], piece.velocities[-1]
    return Trajectory(moments, errors, velocities)


def pumped_schedule(alpha: float, gain: float, half_periods: int) -> Schedule:
    """Return the schedule that pumps x'' + 2 alpha x' + h x = 0 from rest, for a number of half periods.

    h = gain alpha^2 while |x| falls and h = alpha^2 while |x| grows. In y = exp(alpha t) x the stiff spring
    makes a turn of frequency alpha w, w = sqrt(gain - 1), from x' = 0 to x = 0, which takes (pi - arctan w) /
    (alpha w); the critical one then leaves y linear, and |x| grows for a time 1 / alpha. Each half period
    multiplies |y| by sqrt(gain). The last kernel, the stiff one, stays for ever. Raises ValueError for alpha
    <= 0, gain <= 1 or fewer than one half period.

    >>> schedule = pumped_schedule(1.0, 2.0, 1)
    >>> [round(switch, 6) for switch in schedule.switches]  # 3 pi / 4, then 1 more
    [2.356194, 3.356194]
    """
    if not 0 < alpha < inf or not 1 < gain < inf or half_periods < 1:
        given = f"{alpha}, {gain}, {half_periods}"
        raise ValueError(f"expected alpha > 0, gain > 1, half_periods >= 1, got {given}")
    # arctan sqrt(gain - 1) = arccos(1 / sqrt(gain)).
    falling = (np.pi - acos(1 / sqrt(gain))) / (alpha * sqrt(gain - 1))
    growing = 1 / alpha
    period = falling + growing
    stiff, critical = np.array([[gain * alpha**2]]), np.array([[alpha**2]])
    switches = [start for k in range(half_periods) for start in (k * period + falling, (k + 1) * period)]
    return Schedule(tuple(switches), (*(stiff, critical) * half_periods, stiff))
