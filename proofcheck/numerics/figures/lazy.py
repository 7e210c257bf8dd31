"""What the proofs need of a network in training, watched: distances, flips, the kernel, the energy and its jumps."""

from __future__ import annotations

from math import ceil

import numpy as np

from ..bounds import loss_decays
from ..diagnostics import CERTIFICATE, LAZINESS, certificate, laziness
from ..enclosed_runs import VERSION, certify, enclose_training
from ..keeping import kept, name_for
from ..kernels import FloatArray
from ..methods import HeavyBall
from ..training import Run
from .settings import FINE, Problem, Setting
from .style import (
    DASHED,
    DOTTED,
    INK,
    MIXED,
    SHADE,
    SOLID,
    TONES,
    TWICE_DOTTED,
    Figure,
    across_widths,
    canvas_of,
    decades,
    legend_below,
    level,
    panels,
    spread,
)

Runs = dict[int, Run]


def lazy_training(setting: Setting) -> Figure:
    """Draw how far a neuron moves against R' of Lemma 3.3, and how many activations flip, by the width."""
    problem, runs = _heavy_ball_runs(setting)
    widths = np.array(list(runs), dtype=np.float64)
    found = [laziness(problem.data, setting.network(m), run) for m, run in runs.items()]
    moved = np.transpose([lazy.farthest for lazy in found])
    printed = np.transpose([lazy.printed_radius for lazy in found])
    proved = np.transpose([lazy.proved_radius for lazy in found])
    flipped = np.transpose([lazy.flips for lazy in found])
    guide = np.median(flipped[:, 0]) * np.sqrt(widths[0] / widths)
    with panels(2) as [distances, flips]:
        spread(distances, widths, printed, r"$R'$ of Lemma 3.3", TONES[1], DASHED)
        spread(distances, widths, proved, "radius that is proved", TONES[2], MIXED)
        spread(distances, widths, moved, r"$\max_{r,\,t}\,|w_r(t)-w_r(0)|$", TONES[0])
        spread(flips, widths, flipped, "share of flipped activations", TONES[0], DASHED)
        flips.plot(widths, guide, color=SHADE, linewidth=0.9, dashes=DOTTED, label="slope $-1/2$")
        for axes in (distances, flips):
            across_widths(axes, widths)
        distances.set(ylabel="distance", yscale="log", title="the farthest neuron")
        flips.set(ylabel="share", yscale="log", title="activations")
        legend_below([distances, flips], 3)
    return Figure(
        canvas_of(distances),
        f"Lazy training by Heavy Ball: {problem.described()}; NTK scaling, b = sqrt(2 lambda_0), to t = "
        f"{_last(runs):.3g}; median of {setting.counted} and their range. Left: the largest distance |w_r(t) - "
        "w_r(0)| of a neuron against R' = sqrt(32 n L_hat(0)/(9 m alpha^6)) of Lemma 3.3 and against (16/9) sqrt(6 "
        "n L(0)/m)/lambda_0, which is proved for networks that are wide enough; they are "
        f"{np.median(printed / moved):.0f} and {np.median(proved / moved):.0f} times what is seen. Right: the "
        "largest share of the m n activations that differ from those at the start. Slopes "
        f"{slope(widths, moved):.2f} and {slope(widths, flipped):.2f}; 1/sqrt(m) is -1/2.",
    )


def kernel_in_training(setting: Setting) -> Figure:
    """Draw how far the kernel moves against lambda_0/4, and its smallest eigenvalue against lambda_0/2, by time."""
    problem, runs = _heavy_ball_runs(setting)
    chosen = list(runs)[:: max(1, len(runs) // 4)][:5]
    with panels(2) as [moves, lowest]:
        for m, tone, dashes in zip(chosen, TONES, (SOLID, DASHED, MIXED, DOTTED, TWICE_DOTTED), strict=False):
            run = runs[m]
            spread(moves, run.times[1:], run.kernel_distance[:, 1:], f"$m = {m}$", tone, dashes)
            spread(lowest, run.times, run.smallest_eigenvalue, f"$m = {m}$", tone, dashes)
        level(moves, problem.lambda_0 / 4, r"$\lambda_0/4$")
        level(lowest, problem.lambda_0 / 2, r"$\lambda_0/2$")
        level(lowest, problem.lambda_0, r"$\lambda_0$")
        ends = [float(np.median(runs[m].kernel_distance[:, -1])) for m in chosen]
        moves.set(xlabel="time $t$", yscale="log", title=r"$|H(t)-H(0)|$")
        moves.set_ylim(bottom=min(end for end in (*ends, problem.lambda_0) if end > 0) / 20)
        lowest.set(xlabel="time $t$", title=r"$\lambda_{\min}(H(t))$")
        lowest.set_ylim(bottom=0)
        legend_below([moves, lowest], 5)
    near = [m for m in runs if runs[m].kernel_distance.max() <= problem.lambda_0 / 4]
    above = [m for m in runs if runs[m].smallest_eigenvalue.min() >= problem.lambda_0 / 2]
    near_told, above_told = _from(near, runs, "below"), _from(above, runs, "above")
    return Figure(
        canvas_of(moves),
        f"The kernel while Heavy Ball trains: {problem.described()}; NTK scaling, b = sqrt(2 lambda_0); median of "
        f"{setting.counted} and their range. Left: |H(t) - H(0)| in the operator norm, a step function, against "
        f"lambda_0/4 of Lemma 3.2; {near_told}. Right: the smallest eigenvalue of H(t) against lambda_0/2, the "
        f"hypothesis of Lemma 3.3; {above_told}. Tried were the widths from {min(runs)} to {max(runs)}, by factors "
        "of two.",
    )


def energy_jumps(setting: Setting) -> Figure:
    """Draw the jumps of the energy of Lemma 3.3 at flips: along one run, and their sums by the width."""
    problem, runs = _heavy_ball_runs(setting)
    narrow = list(runs)[setting.size(2, 0)]
    run = runs[narrow]
    widths = np.array(list(runs), dtype=np.float64)
    up = np.transpose([run.rises.sum(axis=1) / run.energy[:, 0] for run in runs.values()])
    down = np.transpose([(run.rises - run.jumps).sum(axis=1) / run.energy[:, 0] for run in runs.values()])
    guide = np.median(down[:, 0]) * np.sqrt(widths[0] / widths)
    with panels(2) as [along, scaling]:
        for rows, name, marker, face in ((run.rises, "up", "^", INK), (run.rises - run.jumps, "down", "v", "none")):
            shares = rows[0, 1:] / run.energy[0, 1:]
            there = shares > 0
            along.plot(
                run.times[1:][there],
                shares[there],
                marker,
                markersize=4,
                color=INK,
                markerfacecolor=face,
                markeredgewidth=0.6,
                label=f"jumps {name}",
            )
        spread(scaling, widths, up, "sum of the jumps up", TONES[0])
        spread(scaling, widths, down, "sum of the jumps down", TONES[1], DASHED)
        scaling.plot(widths, guide, color=SHADE, linewidth=0.9, dashes=DOTTED, label="slope $-1/2$")
        along.set(xlabel="time $t$", yscale="log", title=f"one run, $m = {narrow}$: jumps over $V$")
        across_widths(scaling, widths)
        scaling.set(yscale="log", title="all runs: sums over $V(0)$")
        legend_below([along, scaling], 3)
    rises = np.concatenate([(np.diff(run.energy, axis=1) > 0).ravel() for run in runs.values()])
    return Figure(
        canvas_of(along),
        "The energy V = <H Delta, Delta>/2 + |alpha Delta + Delta'|^2/2 of Lemma 3.3 at flips of activations, "
        f"weights and their velocities held fixed: {problem.described()}; Heavy Ball, NTK scaling, b = sqrt(2 "
        f"lambda_0). Left: one network of width {narrow}, seed 0; a mark sums the jumps of {run.times[1]:.2g} units of "
        f"time, filled where V rises, open where it falls. Right: the sums of all jumps to t = {_last(runs):.3g}; "
        f"median of {setting.counted} and their range. The energy does jump up, in sum by {np.median(up[:, 0]):.2g} "
        f"of V(0) at m = {min(runs)}, but it jumps down far more: an activation that turns on or off changes the "
        f"velocity of its error. The sum down has the slope {slope(widths, down):.2f}, where m^(1/2) flips of order "
        f"1/m each would give -1/2; the sum up has {slope(widths, up):.2f}. Does V rise in a real run? From one record "
        f"to the next, {run.times[1]:.2g} units of time, it rose in {rises.sum()} of {rises.size} cases"
        + (": friction takes more meanwhile than flips add." if not rises.any() else "."),
    )


def certificate_along_a_run(setting: Setting) -> Figure:
    """Draw an a-posteriori bound of the loss from the measured jumps, for a narrow and a wide network."""
    problem, runs = _heavy_ball_runs(setting)
    chosen = (min(runs), max(runs))
    rises, worst = [], []
    with panels(2) as both:
        for axes, m in zip(both, chosen, strict=True):
            run = runs[m]
            found = certificate(HeavyBall(problem.friction), run)
            rises.append(run.rises[0].sum() / run.energy[0, 0])
            worst.append(found.worst[0])
            printed = loss_decays(problem.alpha, run.pseudo_losses[0, 0], run.times)
            bound = found.bounds[0] / run.smallest_eigenvalue[0]
            axes.plot(
                run.times, printed, color=TONES[1], linewidth=1.1, dashes=DASHED, label="Theorem 2, printed bound"
            )
            axes.plot(run.times, bound, color=TONES[2], linewidth=1.1, dashes=MIXED, label="certificate of the run")
            axes.plot(run.times, run.losses[0], color=TONES[0], linewidth=1.3, label="loss $L$")
            axes.set(xlabel="time $t$", yscale="log", title=f"$m = {m}$")
            decades(axes, run.losses[0].min(), printed[0])
        both[0].set_ylabel("loss $L$")
        legend_below(both, 3)
    return Figure(
        canvas_of(both[0]),
        f"An a-posteriori certificate along one run of Heavy Ball each: {problem.described()}; NTK scaling, b = "
        "sqrt(2 lambda_0), seed 0. Dash-dotted: V(0), decreased at the rate alpha (2 - "
        "alpha/sqrt(lambda_min(H(t)))) between flips, increased by each upward jump of V, and divided by "
        "lambda_min(H(t)). For the flow this bounds the loss however the kernel jumps; the proof of Theorem 2 "
        f"(dashed) has no jumps. The upward jumps are in sum {rises[0]:.2g} and {rises[1]:.2g} of V(0). After the "
        f"start V itself reaches {worst[0]:.3f} and {worst[1]:.3f} of its bound, where an excess over 1 is that of "
        "steps of finite size. Jumps are measured in floats, the kernel at recorded moments: verdict SAMPLED. "
        + _told_in_balls(setting, problem, chosen[0]),
    )


def _heavy_ball_runs(setting: Setting) -> tuple[Problem, Runs]:
    """The runs of all these figures, by the width."""
    problem = Problem.of(setting.load(20, 6))
    widths = [2**k for k in (range(5, 9) if setting.quick else range(6, 15))]
    method, eta, steps = _heavy_ball(problem)
    watched = (*LAZINESS, *CERTIFICATE, "jumps")
    return problem, {m: setting.train(problem.data, m, method, eta, steps, watched, records=200) for m in widths}


def _heavy_ball(problem: Problem) -> tuple[HeavyBall, float, int]:
    """The method, its step size and the number of steps."""
    eta = FINE / problem.lambda_n
    return HeavyBall(problem.friction), eta, round(6 / problem.alpha / np.sqrt(eta))


def _told_in_balls(setting: Setting, problem: Problem, width: int) -> str:
    """What balls say of the same run, which is certain of the steps without rounding."""
    method, eta, steps = _heavy_ball(problem)
    weights, signs = setting.network(width).draw(0, problem.data.dimension)

    def enclosed() -> dict[str, FloatArray]:
        run = enclose_training(problem.data, weights, signs, method, eta, steps, setting.report)
        found = certify(method, run)
        return {"found": np.array([found.worst_energy, found.worst_loss, run.flips, run.bits])}

    if setting.folder is None:
        arrays = enclosed()
    else:
        what = ("in balls", VERSION, problem.data.inputs, problem.data.targets, weights, signs, method, eta, steps)
        arrays = kept(setting.folder / name_for(*what), enclosed)
    energy, loss, flips, bits = arrays["found"].tolist()
    return (
        f"At m = {width} the {steps} steps were repeated in balls of {bits:.0f} bits, with each of {flips:.0f} flips "
        "certain: of this run as it is without rounding, with the kernel at every step, V is at most "
        f"{ceil(1000 * energy) / 1000:.3f} and L at most {ceil(1000 * loss) / 1000:.3f} of its bound. That is a fact "
        "about one run and proves no theorem."
    )


def _last(runs: Runs) -> float:
    return float(next(iter(runs.values())).times[-1])


def _from(widths: list[int], runs: Runs, where: str) -> str:
    """From which width on all seeds stay there, for all that were tried."""
    failing = [m for m in runs if m not in widths]
    holding = [m for m in runs if m > max(failing, default=0)]
    if not holding:
        return f"some seed does not stay {where} even at m = {max(runs)}"
    return f"all seeds stay {where} from m = {holding[0]} on"


def slope(widths: FloatArray, rows: FloatArray) -> float:
    """Return the slope of the medians on two logarithmic scales, of those that are positive; NaN for less than two.

    >>> round(slope(np.array([1.0, 4.0]), np.array([[3.0, 1.5]])), 12)
    -0.5
    """
    medians = np.median(rows, axis=0)
    there = medians > 0
    if np.count_nonzero(there) < 2:
        return float("nan")
    return float(np.polyfit(np.log(widths[there]), np.log(medians[there]), 1)[0])
