"""Closed forms, the integrators of `proofcheck.numerics`, and what one would write first: errors and times in one run.

Every row solves the same flow on the same work: all modes at all times. The error is the largest one at a sample of the
times, against balls of Arb that contain the exact values, relative to the state |(Delta, Delta'/w)| at that time, where
w is the fastest frequency. The times are medians of runs by turns; the ratio is to the closed form of that flow. The
last table has a kernel that jumps; its errors are relative to the closed form from jump to jump.
"""

from __future__ import annotations

import argparse
import cmath
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median

import numpy as np
from flint import arb
from scipy.integrate import solve_ivp
from scipy.linalg import expm
from scipy.special import jv

from proofcheck.numerics import (
    FloatArray,
    Schedule,
    Trajectory,
    bessel_oscillator,
    damped_oscillator,
    enclose_gradient_descent,
    enclose_heavy_ball,
    enclose_momenta,
    enclose_nesterov,
    exponential_decay,
    exponential_sum,
    integrate,
    integrate_gradient_descent,
    integrate_momenta,
    integrate_nesterov,
    largest_distance,
    random_kernel,
    scheduled_closed_form,
)

ALPHA, GAMMA, FRICTIONS = 1.0, 6.0, (14.0, 4.0)
TOLERANCE = 1e-12

#: Positions and velocities, each of shape (T, n).
Table = tuple[FloatArray, FloatArray]
Solve = Callable[[FloatArray, FloatArray, FloatArray], Table]


@dataclass(frozen=True)
class Flow:
    """One flow, and four ways to solve it from the stiffness of the modes, their positions and the times."""

    name: str
    closed: Solve
    loop: Solve
    integrated: Solve
    plain: Solve
    enclose: Callable[[float, float, float], tuple[arb, arb]]


def each(solve: Callable[[float, float, float], tuple[float, float]]) -> Solve:
    """A loop over modes and times around what solves one mode at one time."""

    def solve_all(stiffness: FloatArray, positions: FloatArray, times: FloatArray) -> Table:
        table = np.empty((2, times.size, stiffness.size))
        for row, moment in enumerate(times.tolist()):
            for column, (h, x) in enumerate(zip(stiffness.tolist(), positions.tolist(), strict=True)):
                table[:, row, column] = solve(h, x, moment)
        return table[0], table[1]

    return solve_all


def descent_at(h: float, x: float, t: float) -> tuple[float, float]:
    """One mode of gradient descent."""
    position = x * math.exp(-h * t)
    return position, -h * position


def heavy_ball_at(h: float, x: float, t: float) -> tuple[float, float]:
    """One mode of Heavy Ball from rest, by the two roots of its characteristic polynomial."""
    root = cmath.sqrt(ALPHA**2 - h) or 1e-8
    plus, minus = -ALPHA + root, -ALPHA - root
    first, second = -minus * x / (2 * root), plus * x / (2 * root)
    rising, falling = first * cmath.exp(plus * t), second * cmath.exp(minus * t)
    return (rising + falling).real, (plus * rising + minus * falling).real


def nesterov_at(h: float, x: float, t: float) -> tuple[float, float]:
    """One mode of Nesterov's flow, by the Bessel function."""
    if t == 0 or h == 0:
        return x, 0.0
    order, root = (GAMMA - 1) / 2, math.sqrt(h)
    scale = x * math.gamma(order + 1) * (2 / (root * t)) ** order
    return scale * float(jv(order, root * t)), -scale * root * float(jv(order + 1, root * t))


def companion(h: float) -> FloatArray:
    """The matrix of one mode with two momenta."""
    return np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [-h, *(-b for b in FRICTIONS)]])


def momenta_at(h: float, x: float, t: float) -> tuple[float, float]:
    """One mode with two momenta, by the matrix exponential."""
    state = expm(companion(h) * t) @ np.array([x, 0.0, 0.0])
    return float(state[0]), float(state[1])


def through(solve: Callable[[Callable[[float], FloatArray], FloatArray, FloatArray], Trajectory]) -> Solve:
    """An integrator of this package, on the modes as one diagonal kernel."""

    def solve_all(stiffness: FloatArray, positions: FloatArray, times: FloatArray) -> Table:
        kernel = np.diag(stiffness)
        path = solve(lambda moment: kernel, positions, times)
        return path.errors, path.velocities

    return solve_all


#: The field at a time, for a kernel, of a state of shape (J + 1, n).
Field = Callable[[float, FloatArray, FloatArray], FloatArray]


def plain(order: int, field: Field, begin: float = 0.0) -> Solve:
    """`solve_ivp` at the same tolerance, from rest, on the same kernel, with neither scaling nor restarts."""

    def solve_all(stiffness: FloatArray, positions: FloatArray, times: FloatArray) -> Table:
        kernel = np.diag(stiffness)
        start = np.zeros((order, stiffness.size))
        start[0] = positions
        states = as_it_is(lambda moment, state: field(moment, kernel, state), start, times, begin)
        return states[:, 0], states[:, 1] if order > 1 else -stiffness * states[:, 0]

    return solve_all


def as_it_is(
    field: Callable[[float, FloatArray], FloatArray], start: FloatArray, times: FloatArray, begin: float = 0.0
) -> FloatArray:
    """What `solve_ivp` finds in a single stretch, of shape (T, J + 1, n)."""
    solution = solve_ivp(
        lambda moment, flat: field(moment, flat.reshape(start.shape)).ravel(),
        (begin, float(times[-1])),
        start.ravel(),
        method="DOP853",
        t_eval=np.maximum(times, begin),
        rtol=TOLERANCE,
        atol=TOLERANCE,
    )
    states: FloatArray = solution.y.T.reshape(-1, *start.shape)
    return states


def linear(kernel: FloatArray, state: FloatArray, *frictions: float) -> FloatArray:
    """The field of Delta^(J+1) + b_J Delta^(J) + ... + H Delta = 0."""
    change = np.empty_like(state)
    change[:-1] = state[1:]
    change[-1] = -kernel @ state[0] - sum(b * part for b, part in zip(frictions, state[1:], strict=True))
    return change


FLOWS = (
    Flow(
        "gradient descent",
        exponential_decay,
        each(descent_at),
        through(integrate_gradient_descent),
        plain(1, lambda t, kernel, s: linear(kernel, s)),
        enclose_gradient_descent,
    ),
    Flow(
        f"Heavy Ball, alpha = {ALPHA:g}",
        lambda h, x, t: damped_oscillator(h, x, 0.0, ALPHA, t),
        each(heavy_ball_at),
        through(lambda kernel_at, x, t: integrate(kernel_at, x, 0 * x, ALPHA, t)),
        plain(2, lambda t, kernel, s: linear(kernel, s, 2 * ALPHA)),
        lambda h, x, t: enclose_heavy_ball(h, x, 0.0, ALPHA, t),
    ),
    Flow(
        f"Nesterov, gamma = {GAMMA:g}",
        lambda h, x, t: bessel_oscillator(h, x, GAMMA, t),
        each(nesterov_at),
        through(lambda kernel_at, x, t: integrate_nesterov(kernel_at, x, GAMMA, t)),
        # One would step over the singular start at first.
        plain(2, lambda t, kernel, s: linear(kernel, s, GAMMA / t), begin=1e-6),
        lambda h, x, t: enclose_nesterov(h, x, GAMMA, t),
    ),
    Flow(
        f"two momenta, b = {FRICTIONS[0]:g}, {FRICTIONS[1]:g}",
        lambda h, x, t: exponential_sum(h, [x], FRICTIONS, t),
        each(momenta_at),
        through(lambda kernel_at, x, t: integrate_momenta(kernel_at, [x], FRICTIONS, t)),
        plain(3, lambda t, kernel, s: linear(kernel, s, *FRICTIONS)),
        lambda h, x, t: enclose_momenta(h, [x], FRICTIONS, t),
    ),
)


def relative(missed: Table, exact: Table, frequency: float) -> float:
    """The largest of the errors missed, relative to the exact state of the same row."""
    size = np.linalg.norm(np.hstack([exact[0], exact[1] / frequency]), axis=1)
    worst = np.max(np.hstack([missed[0], missed[1] / frequency]), axis=1)
    return float(np.max(worst / size))


def error_of(flow: Flow, stiffness: FloatArray, positions: FloatArray, times: FloatArray, table: Table) -> float:
    """The largest error at twelve of the times."""
    rows = range(0, times.size, max(times.size // 12, 1))
    exact, missed = np.empty((2, 2, len(rows), stiffness.size))
    for place, row in enumerate(rows):
        for column, (h, x) in enumerate(zip(stiffness.tolist(), positions.tolist(), strict=True)):
            for part, ball in enumerate(flow.enclose(h, x, float(times[row]))):
                exact[part, place, column] = float(ball.mid())
                missed[part, place, column] = largest_distance([ball], table[part][row, column])
    frequency = float(np.max(stiffness) if flow.name == "gradient descent" else np.sqrt(np.max(stiffness)))
    return relative((missed[0], missed[1]), (exact[0], exact[1]), frequency)


def measure(ways: dict[str, Callable[[], Table]], error: Callable[[Table], float], name: str, runs: int) -> None:
    """Print the error, the median of the seconds and the ratio to the first way, for each way."""
    spent: dict[str, list[float]] = {way: [] for way in ways}
    errors = {}
    for run in range(runs):
        for way, solve in ways.items():
            start = time.perf_counter()
            table = solve()
            spent[way].append(time.perf_counter() - start)
            if run == 0:
                errors[way] = error(table)
    first = median(next(iter(spent.values())))
    for way, durations in spent.items():
        print(f"{name:<27}{way:<28}{errors[way]:9.1e}{median(durations):11.4f}{median(durations) / first:10.1f}")
    print()


def through_jumps(size: int, times: FloatArray, runs: int) -> None:
    """Heavy Ball under a kernel that jumps twenty times: from jump to jump, restarted, and stepped across."""
    generator = np.random.default_rng(1)
    kernels = tuple(random_kernel(size, 1.0, 30.0, generator) for _ in range(21))
    schedule = Schedule(tuple(np.sort(generator.uniform(0, times[-1], 20))), kernels)
    position, rest = generator.standard_normal(size), np.zeros(size)
    exact = scheduled_closed_form(schedule, position, rest, ALPHA, times)

    def restarted() -> Table:
        path = integrate(schedule.kernel_at, position, rest, ALPHA, times, jumps=schedule.switches)
        return path.errors, path.velocities

    def closed() -> Table:
        path = scheduled_closed_form(schedule, position, rest, ALPHA, times)
        return path.errors, path.velocities

    def across() -> Table:
        start = np.stack([position, rest])
        states = as_it_is(lambda t, s: linear(schedule.kernel_at(t), s, 2 * ALPHA), start, times)
        return states[:, 0], states[:, 1]

    def error(table: Table) -> float:
        missed = abs(table[0] - exact.errors), abs(table[1] - exact.velocities)
        return relative(missed, (exact.errors, exact.velocities), math.sqrt(30))

    ways = {"closed form, jump to jump": closed, "integrate, with the jumps": restarted, "solve_ivp as it is": across}
    measure(ways, error, f"Heavy Ball, {len(schedule.switches)} jumps", runs)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--modes", type=int, default=40, help="modes, with eigenvalues from 1 to 30 (default: 40)")
    parser.add_argument("--times", type=int, default=250, help="times from 0 to the last one (default: 250)")
    parser.add_argument("--last", type=float, default=25.0, help="the last time (default: 25)")
    parser.add_argument("--runs", type=int, default=3, help="measured runs of each way (default: 3)")
    given = parser.parse_args()
    generator = np.random.default_rng(0)
    stiffness = np.sort(generator.uniform(1.0, 30.0, given.modes))
    positions, times = generator.standard_normal(given.modes), np.linspace(0.0, given.last, given.times)
    print(
        f"{given.modes} modes, {given.times} times up to {given.last:g}; integrators at the tolerance {TOLERANCE:g}\n"
    )
    print(f"{'':<55}{'error':>9}{'seconds':>11}{'ratio':>10}")
    for flow in FLOWS:
        solutions = {
            "closed form": flow.closed,
            "a loop over modes and times": flow.loop,
            "integrate": flow.integrated,
            "solve_ivp as it is": flow.plain,
        }
        measure(
            {way: partial(solve, stiffness, positions, times) for way, solve in solutions.items()},
            partial(error_of, flow, stiffness, positions, times),
            flow.name,
            given.runs,
        )
    through_jumps(min(given.modes, 10), times, given.runs)


if __name__ == "__main__":
    main()
