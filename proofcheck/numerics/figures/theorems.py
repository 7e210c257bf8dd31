"""The paper's Figures 1 to 4 in the setting of its theorems: NTK scaling, the first layer trained, small steps.

Time is that of the limiting flow, t = k eta for gradient descent and t = k sqrt(eta) for Heavy Ball and Nesterov's
method, so that a rate that a theorem states is a slope in the figure.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..bounds import lemma_4_1_for_a_constant_kernel_later, loss_decays, loss_of_the_network, sharp_loss, theorem_1
from ..kernels import FloatArray
from ..methods import GradientDescent, HeavyBall, Nesterov, TwoMomenta
from .momenta import fastest_two_momenta
from .settings import FINE, Problem, Setting
from .style import (
    DASHED,
    DOTTED,
    MIXED,
    SHADE,
    TONES,
    Figure,
    across_widths,
    canvas_of,
    decades,
    legend_below,
    panels,
    spread,
)

#: eta times the largest eigenvalue of H_inf for gradient descent on its own clock.
GRADIENT_STEP = 0.2
#: Where lambda_0 is small, Nesterov's method is not followed as long as would be needed to see all.
MOST_STEPS = 6000
#: Losses below are rounding.
LOWEST = 1e-24
#: Where means are compared, so many networks are drawn for each of the seeds that are asked for.
STARTS = 4


def heavy_ball_theorem(setting: Setting) -> Figure:
    """Draw Figure 1 with b = sqrt(2 lambda_0): the loss by steps at one step size, and by time against the bounds."""
    problem = Problem.of(setting.load(30, 8))
    width, alpha = setting.size(2000, 200), problem.alpha
    eta, eta_descent = FINE / problem.lambda_n, GRADIENT_STEP / problem.lambda_n
    last = 10 / alpha
    steps = round(last / np.sqrt(eta))
    observe = ("losses", "pseudo_losses")
    heavy = setting.train(problem.data, width, HeavyBall(problem.friction), eta, steps, observe)
    small = setting.train(problem.data, width, GradientDescent(), eta, steps, observe)
    descent = setting.train(problem.data, width, GradientDescent(), eta_descent, round(last / eta_descent), observe)
    time = heavy.times
    start, pseudo_start = float(np.median(heavy.losses[:, 0])), float(np.median(heavy.pseudo_losses[:, 0]))
    printed = loss_decays(alpha, pseudo_start, time)
    descended = theorem_1(problem.lambda_0, start, descent.times)
    with panels(2) as [by_step, by_time]:
        spread(by_step, heavy.times / np.sqrt(eta), heavy.losses, "Heavy Ball", TONES[0])
        spread(by_step, small.times / eta, small.losses, "gradient descent", TONES[2], DASHED)
        spread(by_time, time, heavy.losses, "Heavy Ball", TONES[0])
        spread(by_time, descent.times, descent.losses, "gradient descent", TONES[2], DASHED)
        by_time.plot(time, printed, color=SHADE, linewidth=0.9, dashes=DOTTED, label="Theorem 2, printed bound")
        for bound, dashes, name in (
            (loss_of_the_network(alpha, start, time), DASHED, "Theorem 2, amended"),
            (sharp_loss(alpha, start, time), MIXED, "sharp, for a constant kernel"),
        ):
            by_time.plot(time, bound, color=SHADE, linewidth=0.9, dashes=dashes, label=name)
        by_time.plot(descent.times, descended, color=TONES[2], linewidth=0.9, dashes=DOTTED, label="Theorem 1")
        by_step.set(xlabel="step $k$", ylabel="loss $L$", yscale="log", title="one step size")
        by_time.set(xlabel="time $t$ of the flow", yscale="log", title="each on its own clock")
        for axes in (by_step, by_time):
            decades(axes, max(heavy.losses[:, -1].min(), LOWEST), printed[0])
        legend_below([by_step, by_time], 3)
    return Figure(
        canvas_of(by_step),
        f"The paper's Figure 1 in the setting of Theorem 2: {problem.described()}; width m = {width}, NTK scaling, "
        f"first layer trained, b = sqrt(2 lambda_0) = {problem.friction:.3g}, alpha = sqrt(lambda_0/2) = "
        f"{alpha:.3g}; median of {setting.counted} and their range. Left: Heavy Ball and gradient descent with the "
        f"same eta = {eta:.2g}; a step of Heavy Ball takes the time sqrt(eta), one of gradient descent the time "
        "eta, which is most of the advantage. Right: the same by the time of the flow (gradient descent with eta = "
        f"{eta_descent:.2g}), with the bounds exp(-lambda_0 t) L(0) of Theorem 1, (4/lambda_0) exp(-alpha t) "
        "L_hat(0) of Theorem 2 as printed, 3 exp(-(9/8) alpha t) L(0) as amended for networks that are wide "
        "enough, and (1 + alpha t)^2 exp(-2 alpha t) L(0), sharp for constant kernels above lambda_0/2: the loss "
        "falls at about twice the printed rate.",
    )


def nesterov_theorem(setting: Setting, gamma: float = 8.0) -> Figure:
    """Draw Figure 2 with gamma > 6: the loss by time, on two logarithmic scales and on one."""
    problem = Problem.of(setting.load(30, 8))
    width = setting.size(2000, 200)
    eta, eta_descent = 4 * FINE / problem.lambda_n, GRADIENT_STEP / problem.lambda_n
    last = min(setting.size(30, 15) / problem.lambda_0, MOST_STEPS * float(np.sqrt(eta)))
    nesterov = setting.train(
        problem.data, width, Nesterov(gamma), eta, round(last / np.sqrt(eta)), ("losses",), records=4000
    )
    descent = setting.train(
        problem.data, width, GradientDescent(), eta_descent, round(last / eta_descent), ("losses",), records=4000
    )
    time = nesterov.times[1:]
    start = float(np.median(nesterov.losses[:, 0]))
    alpha = 2 * gamma / 3
    kappa = problem.alpha
    bound = lemma_4_1_for_a_constant_kernel_later(alpha, gamma, kappa, start, time)
    late = time > last / 2
    guide = 10 * np.max((nesterov.losses[:, 1:] * time**gamma)[:, late]) * time**-gamma
    overtaken = first_below(time, nesterov.losses[:, 1:], descent.times, descent.losses)
    with panels(2) as both:
        for axes in both:
            spread(axes, time, nesterov.losses[:, 1:], f"Nesterov, $\\gamma = {gamma:g}$", TONES[0], width=0.9)
            spread(axes, descent.times[1:], descent.losses[:, 1:], "gradient descent", TONES[2], DASHED)
            axes.plot(time, bound, color=SHADE, linewidth=0.9, dashes=DOTTED, label="Theorem 3, slope $-2\\gamma/3$")
            axes.plot(time, guide, color=SHADE, linewidth=0.9, dashes=MIXED, label="slope $-\\gamma$")
            axes.set(xlabel="time $t$ of the flow", yscale="log")
            decades(axes, max(nesterov.losses[:, -1].min(), LOWEST), 10 * nesterov.losses.max())
        both[0].set(ylabel="loss $L$", xscale="log", xlim=(last / 300, last), title="two logarithmic scales")
        both[1].set(xlim=(0, last), title="one logarithmic scale")
        legend_below(both, 2)
    told = (
        f"gradient descent overtakes at t = {overtaken:.3g}"
        if overtaken is not None
        else "gradient descent does not overtake in this time"
    )
    return Figure(
        canvas_of(both[0]),
        f"The paper's Figure 2 in the setting of Theorem 3: {problem.described()}; width m = {width}, NTK scaling, "
        f"first layer trained, gamma = {gamma:g}, h^2 = eta = {eta:.2g} ({eta_descent:.2g} for gradient descent); "
        f"median of {setting.counted} and their range. Left: the loss of Nesterov's method follows straight lines, "
        "that of gradient descent is concave. The dash-dotted line has the slope -gamma that a constant kernel "
        "gives, Theorem 3 states -2 gamma/3 (dotted: 3 L(0) (gamma/(kappa t))^(2 gamma/3) with kappa^2 = lambda_0/2). "
        f"Right: the same; {told}.",
    )


def width_theorem(setting: Setting) -> Figure:
    """Draw Figure 3 in NTK scaling: the loss after a fixed time by the width, for several gamma."""
    problem, many = Problem.of(setting.load(20, 6)), replace(setting, seeds=STARTS * setting.seeds)
    gammas = (3.0, 6.0, 9.0, 15.0)
    widths = [2**k for k in (range(5, 9) if setting.quick else range(5, 13))]
    eta = 4 * FINE / problem.lambda_n
    last = 6 / problem.alpha
    steps = round(last / np.sqrt(eta))
    lower: list[float] = []
    with panels(1) as [axes]:
        for gamma, tone, dashes in zip(gammas, TONES, ((), DASHED, MIXED, DOTTED), strict=False):
            runs = [many.train(problem.data, width, Nesterov(gamma), eta, steps, ("losses",)) for width in widths]
            last_losses = np.stack([run.losses[:, -1] for run in runs])
            ends, best = last_losses.mean(axis=1), int(last_losses.mean(axis=1).argmin())
            lower.append(beyond_scatter(last_losses[best], last_losses[-1]))
            axes.plot(
                widths, ends, color=tone, linewidth=1.2, dashes=dashes or (None, None), label=f"$\\gamma = {gamma:g}$"
            )
            axes.plot(widths[best], ends[best], "o", color=tone, markersize=4.5)
        across_widths(axes, widths)
        axes.set(ylabel=f"mean loss at $t = {last:.3g}$", yscale="log")
        legend_below([axes], 4)
    return Figure(
        canvas_of(axes),
        f"The paper's Figure 3 in NTK scaling: {problem.described()}; first layer trained by Nesterov's method to "
        f"the time t = {last:.3g} ({steps} steps, eta = {eta:.2g}); mean of {many.counted}, the dot is the "
        "smallest value of each curve. Does a width that is best remain in NTK scaling? "
        + _told_of_the_best_width(max(lower), widths[-1]),
    )


def beyond_scatter(best: FloatArray, widest: FloatArray) -> float:
    """Return by how many standard errors of both the mean of one sample lies below that of another.

    >>> round(beyond_scatter(np.array([1.0, 3.0]), np.array([4.0, 4.0])), 12)
    2.0
    """
    spreads = (best.var(ddof=1) / len(best), widest.var(ddof=1) / len(widest))
    error, distance = float(np.sqrt(sum(spreads))), float(widest.mean() - best.mean())
    return distance / error if distance else 0.0


def _told_of_the_best_width(most: float, widest: int) -> str:
    scaled = "With the factor 1/sqrt(m) the step size does not grow with the width"
    # It is the least of several means that is compared.
    if most > 3:
        return f"{scaled}; yet a dot lies {most:.1f} standard errors below the mean at the width {widest}."
    return (
        f"None is seen: the dots lie at most {most:.1f} standard errors below the means at the largest width, "
        f"{widest}, which is chance. {scaled}, so that the loss falls and then levels off."
    )


def momenta_theorem(setting: Setting) -> Figure:
    """Draw Figure 4 with a second momentum that is tuned to the spectrum: by steps at one step size, and by time."""
    problem = Problem.of(setting.load(30, 8))
    width = setting.size(2000, 200)
    eta = FINE / problem.lambda_n
    b_1, b_2, rate = fastest_two_momenta(problem.spectrum)
    last = 10 / problem.alpha
    methods = {
        "gradient descent": (GradientDescent(), TONES[2], DASHED),
        "Heavy Ball": (HeavyBall(problem.friction), TONES[1], MIXED),
        "two momenta": (TwoMomenta(b_1, b_2), TONES[0], ()),
    }
    steps = round(last / np.sqrt(eta))
    lowest = np.inf
    with panels(2) as [by_step, by_time]:
        for name, (method, tone, dashes) in methods.items():
            run = setting.train(problem.data, width, method, eta, steps, ("losses",))
            spread(by_step, run.times / method.clock(eta), run.losses, name, tone, dashes)
            lowest = min(lowest, run.losses[:, -1].min())
            if isinstance(method, GradientDescent):
                coarse = GRADIENT_STEP / problem.lambda_n
                run = setting.train(problem.data, width, method, coarse, round(last / coarse), ("losses",))
            spread(by_time, run.times, run.losses, name, tone, dashes)
        by_step.set(xlabel="step $k$", ylabel="loss $L$", yscale="log", title="one step size")
        by_time.set(xlabel="time $t$ of the flow", yscale="log", xlim=(0, last), title="each on its own clock")
        for axes in (by_step, by_time):
            decades(axes, max(lowest, LOWEST), run.losses[:, 0].max())
        legend_below([by_step, by_time], 3)
    return Figure(
        canvas_of(by_step),
        f"The paper's Figure 4 in the setting of the theorems: {problem.described()}; width m = {width}, NTK "
        f"scaling, first layer trained, b = sqrt(2 lambda_0) = {problem.friction:.3g} for Heavy Ball; b_1 = "
        f"{b_1:.3g} and b_2 = {b_2:.3g} for two momenta, the pair that decays fastest for all eigenvalues of H_inf, "
        f"at the rate {rate:.3g} (Heavy Ball: alpha = {problem.alpha:.3g}), with b_1 b_2 = {b_1 * b_2:.3g} above "
        f"lambda_max = {problem.lambda_n:.3g}; median of {setting.counted} and their range. Left: the same eta = "
        f"{eta:.2g}, by steps, of which one takes the time eta, eta^(1/2) and eta^(1/3): the more momenta, the "
        "faster the clock. Right: by the time of each flow, where the order of the curves need not be the same.",
    )


def first_below(times: FloatArray, rows: FloatArray, other_times: FloatArray, other_rows: FloatArray) -> float | None:
    """Return the time from which on the second median lies below the first, if it comes to that.

    >>> times = np.array([0.0, 1.0, 2.0])
    >>> first_below(times, np.array([[3.0, 2.0, 1.0]]), times, np.array([[4.0, 1.0, 0.5]]))
    1.0
    """
    first = np.median(rows, axis=0)
    second = np.exp(np.interp(times, other_times, np.log(np.maximum(np.median(other_rows, axis=0), 1e-300))))
    above = np.flatnonzero((second >= first) & (first > LOWEST))
    if not above.size or above[-1] + 1 >= times.size:
        return None
    return float(times[above[-1] + 1])
