"""What the proofs need of a network in training, watched: distances, flips, the kernel, the energy and its jumps."""

from __future__ import annotations

import numpy as np

from ..kernels import FloatArray
from ..methods import HeavyBall
from ..training import Run
from .settings import Problem, Setting
from .style import (
    DASHED,
    DOTTED,
    INK,
    MIXED,
    SHADE,
    SOLID,
    TONES,
    Figure,
    canvas_of,
    decades,
    legend_below,
    panels,
    spread,
)

FINE = 0.01
WATCHED = (
    "losses",
    "pseudo_losses",
    "distances",
    "flips",
    "kernel_distance",
    "smallest_eigenvalue",
    "energy",
    "jumps",
    "rises",
)


def lazy_training(setting: Setting) -> Figure:
    """How far a neuron moves against R' of Lemma 3.3, and how many activations flip, by the width."""
    problem, runs = _heavy_ball_runs(setting)
    widths = np.array(list(runs), dtype=np.float64)
    moved = np.array([run.distances.max(axis=1) for run in runs.values()]).T
    flipped = np.array([run.flips.max(axis=1) for run in runs.values()]).T
    count, alpha = problem.data.count, problem.alpha
    radius = np.array([np.sqrt(32 * count * run.pseudo_losses[:, 0] / (9 * m * alpha**6)) for m, run in runs.items()]).T
    sharp = np.array([np.sqrt(2 * count * run.losses[:, 0] / m) / alpha**2 for m, run in runs.items()]).T
    with panels(2) as [distances, flips]:
        spread(distances, widths, radius, r"$R'$ of Lemma 3.3", TONES[1], DASHED)
        spread(distances, widths, sharp, r"$\sqrt{n/m}\,|f(0)-y|/\alpha^2$", TONES[2], MIXED)
        spread(distances, widths, moved, r"$\max_r|w_r(t)-w_r(0)|$", TONES[0])
        spread(flips, widths, flipped, "share of flipped activations", TONES[0], MIXED)
        guide = np.median(flipped[:, 0]) * np.sqrt(widths[0] / widths)
        flips.plot(widths, guide, color=SHADE, linewidth=0.9, dashes=DOTTED, label="slope $-1/2$")
        distances.set(xlabel="width $m$", xscale="log", yscale="log", title="the farthest neuron")
        flips.set(xlabel="width $m$", xscale="log", yscale="log", title="activations")
        legend_below([distances, flips], 3)
    return Figure(
        canvas_of(distances),
        f"Lazy training by Heavy Ball: {problem.described()}; NTK scaling, b = sqrt(2 lambda_0), to t = "
        f"{_last(runs):.3g}; median of {setting.counted} and their range. Left: the largest max_r |w_r(t) - w_r(0)| against "
        "R' = sqrt(32 n L_hat(0)/(9 m alpha^6)) of Lemma 3.3 and against sqrt(n/m) |f(0) - y|/alpha^2, the bound for a "
        f"constant kernel: {np.median(radius / moved):.0f} and {np.median(sharp / moved):.0f} times what is seen. Right: the "
        "largest share of the m n activations that differ from those at the start. Both fall like 1/sqrt(m).",
    )


def kernel_in_training(setting: Setting) -> Figure:
    """How far the kernel moves against lambda_0/4, and its smallest eigenvalue against lambda_0/2, by time."""
    problem, runs = _heavy_ball_runs(setting)
    chosen = list(runs)[:: max(1, len(runs) // 4)][:5]
    with panels(2) as [moves, lowest]:
        for m, tone, dashes in zip(chosen, TONES, (SOLID, DASHED, MIXED, DOTTED, SOLID), strict=False):
            run = runs[m]
            spread(moves, run.times[1:], run.kernel_distance[:, 1:], f"$m = {m}$", tone, dashes)
            spread(lowest, run.times, run.smallest_eigenvalue, f"$m = {m}$", tone, dashes)
        moves.axhline(problem.lambda_0 / 4, color=SHADE, linewidth=0.9)
        moves.annotate(r"$\lambda_0/4$", (0, problem.lambda_0 / 4), (2, 3), textcoords="offset points", color=SHADE)
        lowest.axhline(problem.lambda_0 / 2, color=SHADE, linewidth=0.9)
        lowest.annotate(r"$\lambda_0/2$", (0, problem.lambda_0 / 2), (2, 3), textcoords="offset points", color=SHADE)
        lowest.axhline(problem.lambda_0, color=SHADE, linewidth=0.9)
        lowest.annotate(r"$\lambda_0$", (0, problem.lambda_0), (2, 3), textcoords="offset points", color=SHADE)
        moves.set(xlabel="time $t$", yscale="log", title=r"$|H(t)-H(0)|$")
        lowest.set(xlabel="time $t$", title=r"$\lambda_{\min}(H(t))$")
        lowest.set_ylim(bottom=0)
        legend_below([moves, lowest], 5)
    kept = [m for m in runs if runs[m].kernel_distance.max() <= problem.lambda_0 / 4]
    above = [m for m in runs if runs[m].smallest_eigenvalue.min() >= problem.lambda_0 / 2]
    return Figure(
        canvas_of(moves),
        f"The kernel while Heavy Ball trains: {problem.described()}; NTK scaling, b = sqrt(2 lambda_0); median of "
        f"{setting.counted} and their range. Left: |H(t) - H(0)| in the operator norm, a step function, against lambda_0/4 "
        f"of Lemma 3.1; all seeds stay below {_from(kept, runs)}. Right: the smallest eigenvalue of H(t) against lambda_0/2, "
        f"the hypothesis of Lemma 3.3; all seeds stay above {_from(above, runs)}. Widths were tried from {min(runs)} to "
        f"{max(runs)}, by factors of two.",
    )


def energy_jumps(setting: Setting) -> Figure:
    """The energy of Lemma 3.3 at flips: how it jumps along one run, and how the sum of the jumps falls with the width."""
    problem, runs = _heavy_ball_runs(setting)
    narrow = list(runs)[setting.size(2, 0)]
    run = runs[narrow]
    rises = run.rises[0, 1:] / run.energy[0, 1:]
    falls = (run.rises - run.jumps)[0, 1:] / run.energy[0, 1:]
    widths = np.array(list(runs), dtype=np.float64)
    up = np.array([run.rises.sum(axis=1) / run.energy[:, 0] for run in runs.values()]).T
    down = np.array([(run.rises - run.jumps).sum(axis=1) / run.energy[:, 0] for run in runs.values()]).T
    with panels(2) as [along, scaling]:
        for values, name, marker, face in ((rises, "up", "^", INK), (falls, "down", "v", "none")):
            there = values > 0
            along.plot(
                run.times[1:][there],
                values[there],
                marker,
                markersize=3.5,
                color=INK,
                markerfacecolor=face,
                markeredgewidth=0.6,
                linestyle="none",
                label=f"jumps {name}",
            )
        spread(scaling, widths, up, "sum of the jumps up", TONES[0])
        spread(scaling, widths, down, "sum of the jumps down", TONES[1], DASHED)
        guide = np.median(up[:, 0]) * np.sqrt(widths[0] / widths)
        scaling.plot(widths, guide, color=SHADE, linewidth=0.9, dashes=DOTTED, label="slope $-1/2$")
        along.set(xlabel="time $t$", yscale="log", title=f"one run, $m = {narrow}$: jumps of $V$, as shares of $V$")
        scaling.set(xlabel="width $m$", xscale="log", yscale="log", title="all runs: sums, as shares of $V(0)$")
        legend_below([along, scaling], 5)
    risen = np.mean(np.diff(run.energy[0]) > 0)
    return Figure(
        canvas_of(along),
        f"The energy V = <H Delta, Delta>/2 + |alpha Delta + Delta'|^2/2 of Lemma 3.3 at flips of activations, weights "
        f"and velocities held fixed: {problem.described()}; Heavy Ball, NTK scaling, b = sqrt(2 lambda_0). Left: one "
        f"network of width {narrow}; a mark sums the jumps of {run.times[1]:.2g} units of time, filled where V rises, open "
        f"where it falls; over such a time V as a whole rises in {risen:.1%} of the cases. Right: the sums of all jumps to "
        f"t = {_last(runs):.3g}, as shares of V(0); median of {setting.counted} and their range. The energy does jump up, "
        "and the sum falls about like 1/sqrt(m), as the number of flips, of order m^(1/2), times the size of one, of "
        "order 1/m, says.",
    )


def certificate_along_a_run(setting: Setting) -> Figure:
    """An a-posteriori bound of the loss from the measured jumps, for a narrow and a wide network."""
    problem, runs = _heavy_ball_runs(setting)
    chosen = (list(runs)[0], list(runs)[-1])
    costs = []
    with panels(2) as both:
        for axes, m in zip(both, chosen, strict=True):
            run = runs[m]
            certified = certified_energy(run.times, run.energy[0], run.rises[0], problem.alpha)
            costs.append(certified[-1] / (np.exp(-problem.alpha * run.times[-1]) * run.energy[0, 0]) - 1)
            printed = 4 / problem.lambda_0 * np.exp(-problem.alpha * run.times) * run.pseudo_losses[0, 0]
            bound = certified / run.smallest_eigenvalue[0]
            axes.plot(
                run.times, printed, color=TONES[1], linewidth=1.1, dashes=DASHED, label="Theorem 2, printed bound"
            )
            axes.plot(run.times, bound, color=TONES[2], linewidth=1.1, dashes=MIXED, label="certificate from the jumps")
            axes.plot(run.times, run.losses[0], color=TONES[0], linewidth=1.3, label="loss $L$")
            axes.set(xlabel="time $t$", yscale="log", title=f"$m = {m}$")
            decades(axes, run.losses[0, -1], printed[0])
        both[0].set_ylabel("loss $L$")
        legend_below(both, 3)
    lowest = [runs[m].smallest_eigenvalue[0].min() / problem.lambda_0 for m in chosen]
    return Figure(
        canvas_of(both[0]),
        f"An a-posteriori certificate along one run of Heavy Ball each: {problem.described()}; NTK scaling, b = "
        "sqrt(2 lambda_0), seed 0. Dash-dotted: exp(-alpha t) V(0) plus each upward jump of V, decayed from its moment on, "
        "over lambda_min(H(t)). It bounds the loss of the flow while lambda_min(H) >= lambda_0/2 (here at least "
        f"{lowest[0]:.2f} and {lowest[1]:.2f} lambda_0), whether or not the kernel jumps, and takes the place of Theorem 2, "
        f"whose proof has no jumps; they cost a factor of 1 + {costs[0]:.2g} and 1 + {costs[1]:.2g} at the end. The jumps "
        "are measured in floats along steps of finite size: verdict SAMPLED, no proof.",
    )


def certified_energy(times: FloatArray, energy: FloatArray, rises: FloatArray, alpha: float) -> FloatArray:
    """Return exp(-alpha t) V(0) plus each rise, decayed from the end of its interval on: V' <= -alpha V between flips.

    >>> certified_energy(np.array([0.0, 1.0]), np.array([1.0, 0.0]), np.array([0.0, 0.5]), 0.0).tolist()
    [1.0, 1.5]
    """
    lifted = np.where(np.arange(times.size) == 0, energy[0], rises * np.exp(alpha * times))
    return np.asarray(np.exp(-alpha * times) * np.cumsum(lifted), dtype=np.float64)


def _heavy_ball_runs(setting: Setting) -> tuple[Problem, dict[int, Run]]:
    """The runs of all these figures, by the width."""
    problem = Problem.of(setting.load(20, 6))
    widths = [2**k for k in (range(5, 9) if setting.quick else range(6, 15))]
    eta = FINE / problem.lambda_n
    steps = round(6 / problem.alpha / np.sqrt(eta))
    method = HeavyBall(problem.friction)
    return problem, {m: setting.train(problem.data, m, method, eta, steps, WATCHED, records=200) for m in widths}


def _last(runs: dict[int, Run]) -> float:
    return float(next(iter(runs.values())).times[-1])


def _from(widths: list[int], runs: dict[int, Run]) -> str:
    """From which width on it holds for all that were tried."""
    failing = [m for m in runs if m not in widths]
    holding = [m for m in runs if m > max(failing, default=0)]
    return f"from m = {holding[0]} on" if holding else "at none of the widths"
