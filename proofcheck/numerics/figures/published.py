"""The paper's Figures 1 to 4 in the setting that the published ones seem to use, which no theorem of it is about.

No factor 1/sqrt(m), both layers trained, fixed momentum, m = 3000, step size 1e-4, digits as targets of a regression.
"""

from __future__ import annotations

import numpy as np

from ..both_layers import train_both_layers, with_fixed_momenta, with_fixed_momentum
from ..data import Data
from ..kernels import FloatArray
from ..methods import GradientDescent, Method, Nesterov
from .settings import Setting
from .style import (
    BAND,
    DASHED,
    DOTTED,
    MIXED,
    SOLID,
    TONES,
    Figure,
    across_widths,
    canvas_of,
    legend_below,
    panels,
    spread,
)

ETA = 1e-4
IMAGES = ("digits", "mnist")


def heavy_ball_published(setting: Setting, beta: float = 0.9) -> Figure:
    """Draw Figure 1 with a fixed momentum: the same as gradient descent with the step size eta / (1 - beta)."""
    data, width, steps = _digits(setting), setting.size(3000, 100), setting.size(600, 50)
    curves = {
        "gradient descent": (GradientDescent(), ETA, TONES[2], DASHED, 1.3),
        f"Heavy Ball, $\\beta = {beta:g}$": (with_fixed_momentum(beta, ETA), ETA, TONES[0], (), 1.1),
        r"gradient descent, $\eta/(1-\beta)$": (GradientDescent(), ETA / (1 - beta), TONES[3], DOTTED, 2.6),
    }
    runs = {name: _errors(setting, data, width, curve[0], curve[1], steps) for name, curve in curves.items()}
    with panels(2) as both:
        for name, (_, _, tone, dashes, thickness) in curves.items():
            moments, errors = runs[name]
            for axes in both:
                spread(axes, moments, errors, name, tone, dashes, thickness)
        both[0].set(xlabel="step $k$", ylabel="mean squared error", yscale="log", title="all steps")
        both[1].set(xlabel="step $k$", yscale="log", xlim=(0, steps / 10), title="the first tenth")
        tenth = [errors[:, moments <= steps / 10] for moments, errors in runs.values()]
        both[1].set_ylim(min(errors.min() for errors in tenth) / 1.5, max(errors.max() for errors in tenth) * 1.5)
        legend_below(both, 3)
    heavy, rescaled = (list(runs.values())[place][1] for place in (1, 2))
    return Figure(
        canvas_of(both[0]),
        f"The paper's Figure 1 as published, probably: {_described(data, width)} Heavy Ball with the fixed momentum "
        f"beta = {beta:g}, and gradient descent; {steps} steps of eta = {ETA:g}. Dotted: gradient descent with the "
        "step size eta/(1 - beta), which in the second half differs from Heavy Ball by "
        f"{_apart(heavy, rescaled):.1%} of the decay on the logarithmic scale. With a fixed beta and a small step size "
        "Heavy Ball is a gradient flow whose time "
        "runs 1/(1 - beta) times as fast, not the equation (3.3) of second order: the friction b = (1 - "
        f"beta)/sqrt(eta) of that equation is {with_fixed_momentum(beta, ETA).friction:.3g}.",
    )


def nesterov_published(setting: Setting) -> Figure:
    """Draw Figure 2: Nesterov's method for two gamma and gradient descent, on two logarithmic scales and on one."""
    data, width, steps = _digits(setting), setting.size(3000, 100), setting.size(600, 50)
    curves: dict[str, tuple[Method, str, tuple[float, ...]]] = {
        "gradient descent": (GradientDescent(), TONES[2], DASHED),
        r"Nesterov, $\gamma = 3$": (Nesterov(3.0), TONES[0], ()),
        r"Nesterov, $\gamma = 8$": (Nesterov(8.0), TONES[1], MIXED),
    }
    with panels(2) as both:
        for name, (method, tone, dashes) in curves.items():
            moments, errors = _errors(setting, data, width, method, ETA, steps)
            for axes in both:
                spread(axes, moments[1:], errors[:, 1:], name, tone, dashes)
        both[0].set(xlabel="step $k$", ylabel="mean squared error", xscale="log", yscale="log")
        both[0].set(title="two logarithmic scales")
        both[1].set(xlabel="step $k$", yscale="log", title="one logarithmic scale")
        legend_below(both, 3)
    return Figure(
        canvas_of(both[0]),
        f"The paper's Figure 2 as published, probably: {_described(data, width)} {steps} steps of eta = {ETA:g}. "
        f"The time t = k sqrt(eta) is only {steps * np.sqrt(ETA):.3g} at the end, but the kernel of this setting is "
        "of the order m/n times that of the theorems: on their clock it is sqrt(m/n) = "
        f"{np.sqrt(width / data.count):.2g} times as long. Nesterov's method shows straight lines on the left, "
        "steeper ones for the larger gamma and after more steps.",
    )


def width_published(setting: Setting) -> Figure:
    """Draw Figure 3 without the factor 1/sqrt(m): the error after a fixed number of steps by the width."""
    data, steps = _digits(setting, 12), setting.size(60, 20)
    widths = [500 * 2**k for k in range(setting.size(8, 3))]
    gammas = (3.0, 6.0, 12.0)
    grew = np.inf
    with panels(1) as [axes]:
        for gamma, tone, dashes in zip(gammas, TONES, (SOLID, DASHED, MIXED), strict=False):
            ends = [_errors(setting, data, m, Nesterov(gamma), ETA, steps)[1][:, [0, -1]].mean(axis=0) for m in widths]
            starts, means = np.transpose(ends)
            grew = min([grew, *(m for m, start, mean in zip(widths, starts, means, strict=True) if not mean < start)])
            decaying = np.logical_and.accumulate(means < starts)
            shown = np.where(decaying, means, np.nan)
            axes.plot(
                widths, shown, color=tone, linewidth=1.2, dashes=dashes or (None, None), label=f"$\\gamma = {gamma:g}$"
            )
            axes.plot(widths[int(np.nanargmin(shown))], np.nanmin(shown), "o", color=tone, markersize=4.5)
        across_widths(axes, widths)
        axes.set(ylabel=f"mean squared error after {steps} steps", yscale="log")
        axes.set_xlim(0.8 * widths[0], 1.25 * widths[-1])
        if grew < np.inf:
            axes.axvspan(grew, 1.25 * widths[-1], color=BAND, linewidth=0)
        legend_below([axes], 3)
    told = f"from m = {grew:g} on (shaded) some curve ends, since the error grows" if grew < np.inf else "none grows"
    return Figure(
        canvas_of(axes),
        f"The paper's Figure 3 as published, probably: {_described(data, None)} Nesterov's method, {steps} steps of "
        f"eta = {ETA:g}; mean of {setting.counted}, the dot is the smallest value of each curve; {told}. Without "
        "the factor 1/sqrt(m) the kernel is m times as large, so that m is a step size: the wider network has gone "
        "further after the same steps, until eta m is too large for the method to be stable. A width that is best "
        "at a fixed eta is such a step size.",
    )


def momenta_published(setting: Setting, beta_1: float = 0.6, beta_2: float = 0.3) -> Figure:
    """Draw Figure 4 with fixed momenta: the same as gradient descent with eta / (1 - beta_1 - beta_2)."""
    data, width, steps = _digits(setting), setting.size(3000, 100), setting.size(600, 50)
    rest = 1 - beta_1 - beta_2
    curves: dict[str, tuple[Method, float, str, tuple[float, ...], float]] = {
        "gradient descent": (GradientDescent(), ETA, TONES[2], DASHED, 1.3),
        f"Heavy Ball, $\\beta = {beta_1:g}$": (with_fixed_momentum(beta_1, ETA), ETA, TONES[1], MIXED, 1.3),
        f"two momenta, ${beta_1:g}$ and ${beta_2:g}$": (
            with_fixed_momenta(beta_1, beta_2, ETA),
            ETA,
            TONES[0],
            (),
            1.1,
        ),
        r"gradient descent, $\eta/(1-\beta_1-\beta_2)$": (GradientDescent(), ETA / rest, TONES[3], DOTTED, 2.6),
    }
    runs = {name: _errors(setting, data, width, curve[0], curve[1], steps) for name, curve in curves.items()}
    with panels(1) as [axes]:
        for name, (_, _, tone, dashes, thickness) in curves.items():
            spread(axes, *runs[name], name, tone, dashes, thickness)
        axes.set(xlabel="step $k$", ylabel="mean squared error", yscale="log")
        legend_below([axes], 2)
    momenta, rescaled = (list(runs.values())[place][1] for place in (2, 3))
    return Figure(
        canvas_of(axes),
        f"The paper's Figure 4 as published, probably: {_described(data, width)} Fixed momenta, beta = {beta_1:g} "
        f"for Heavy Ball, beta_1 = {beta_1:g} and beta_2 = {beta_2:g}; {steps} steps of eta = {ETA:g}. Dotted: "
        "gradient descent with the step size eta/(1 - beta_1 - beta_2), which in the second half differs from two "
        f"momenta by {_apart(momenta, rescaled):.1%} of the decay on the logarithmic scale: with fixed momenta the "
        "order of the curves is that of 1/(1 - sum of the momenta), and no equation of third order is seen.",
    )


def _apart(errors: FloatArray, others: FloatArray) -> float:
    """How far the logarithms are apart in the second half, at most, as a share of the whole decay of the first."""
    first, second = np.log(errors), np.log(others)
    half = first.shape[1] // 2
    return float(np.max(np.abs(first[:, half:] - second[:, half:])) / np.ptp(first))


def _digits(setting: Setting, count: int = 50) -> Data:
    """The data, with targets from 0 to 9."""
    data = setting.load(count, 8)
    return Data(data.inputs, 4.5 * data.targets + 4.5, data.name)


def _errors(
    setting: Setting, data: Data, width: int, method: Method, eta: float, steps: int
) -> tuple[FloatArray, FloatArray]:
    """The steps recorded and the mean squared errors there."""
    every = max(1, steps // 500)
    network = setting.network(width)
    errors = train_both_layers(data, network, method, eta, steps, every, setting.report, setting.folder)
    return np.array(sorted({*range(0, steps + 1, every), steps}), dtype=np.float64), errors


def _described(data: Data, width: int | None) -> str:
    targets = (
        "the digits 0 to 9 as targets" if data.name in IMAGES else "numbers from 0 to 9 in place of digits as targets"
    )
    wide = "" if width is None else f"m = {width}, "
    return (
        f"n = {data.count} samples of {data.name} in dimension {data.dimension}, {targets}; "
        f"f = sum a_r max(<w_r, x>, 0) without the factor 1/sqrt(m), {wide}both layers trained on |f - y|^2/(2n)."
    )
