"""The Routh-Hurwitz boundary of two momenta, seen in the training of a finite network."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..kernels import FloatArray
from ..methods import TwoMomenta
from ..networks import tangent_kernel
from .settings import Problem, Setting
from .style import BAND, DASHED, INK, SHADE, Figure, canvas_of, legend_below, panels

#: The time of a step, in units of lambda_max^(-1/3).
STEP = 0.05
#: A loss that comes to so many times the first one has grown, whatever becomes of it far from the start.
GROWN = 3.0


def momenta_boundary(setting: Setting) -> Figure:
    """Draw where training with two momenta decays and where it grows, against b_1 b_2 = lambda_max(H(0))."""
    problem = Problem.of(setting.load(10, 5))
    data, width, steps = problem.data, setting.size(1000, 100), setting.size(2000, 100)
    alone = replace(setting, seeds=1)
    weights, _ = alone.network(width).draw(0, data.dimension)
    spectrum = np.asarray(np.linalg.eigvalsh(tangent_kernel(weights, data.inputs)), dtype=np.float64)
    # Delta''' = -h Delta: an eigenvalue h is of the dimension 1/t^3, b_2 of 1/t and b_1 of 1/t^2.
    scale = float(np.cbrt(spectrum[-1]))
    eta = (STEP / scale) ** 3
    side = np.linspace(0.25, 2.25, setting.size(11, 4))
    points = [(x, y) for x in side for y in side]
    grown = [_grows(alone, problem, width, TwoMomenta(x * scale**2, y * scale), eta, steps) for x, y in points]
    fine = np.linspace(0.1, 2.4, setting.size(151, 31))
    roots = np.array([[largest_root(TwoMomenta(x * scale**2, y * scale), eta, spectrum) for x in fine] for y in fine])
    with panels(1) as [axes]:
        axes.contourf(fine, fine, roots, levels=[1.0, np.inf], colors=[BAND])
        axes.plot(fine, 1 / fine, color=INK, linewidth=1.3, label=r"$b_1 b_2 = \lambda_{\max}(H(0))$")
        axes.contour(fine, fine, roots, levels=[1.0], colors=[SHADE], linewidths=0.9, linestyles=[(0, DASHED)])
        axes.plot([], [], color=SHADE, linewidth=0.9, dashes=DASHED, label="the same for steps of this size")
        for growing, face, name in ((False, INK, "the loss decays"), (True, "white", "the loss grows")):
            chosen = np.array([point for point, grows in zip(points, grown, strict=True) if grows == growing])
            if chosen.size:
                axes.plot(*chosen.T, "o", color=INK, markersize=4, markerfacecolor=face, label=name)
        axes.set(xlabel=r"$b_1\,/\,\lambda_{\max}^{2/3}$", ylabel=r"$b_2\,/\,\lambda_{\max}^{1/3}$")
        axes.set(xlim=(0.1, 2.4), ylim=(0.1, 2.4))
        legend_below([axes], 2)
    own = [largest_root(TwoMomenta(x * scale**2, y * scale), eta, spectrum) > 1 for x, y in points]
    astray = sum(grows != (x * y < 1) for (x, y), grows in zip(points, grown, strict=True))
    slow = sum(grows != unstable for grows, unstable in zip(grown, own, strict=True))
    return Figure(
        canvas_of(axes),
        f"Two momenta in a network: {problem.described()}; width m = {width}, NTK scaling, first layer trained, "
        f"seed 0, {steps} steps of the time eta^(1/3) = {STEP:g}/lambda_max^(1/3), lambda_max(H(0)) = "
        f"{spectrum[-1]:.3g}. One run a dot: filled where the loss decays, open where it grows (an upward trend in "
        f"the second half of the run, or {GROWN:g} times the first loss at any time). The curve is the boundary of "
        "Routh and Hurwitz for the largest eigenvalue of the kernel at the start; shaded and dashed is where the "
        f"recursion itself is unstable for a kernel that stays. {astray} of the {len(points)} runs are on the wrong "
        f"side of the curve, {slow} on that of the dashed line, near which growth is slow.",
    )


def _grows(setting: Setting, problem: Problem, width: int, method: TwoMomenta, eta: float, steps: int) -> bool:
    """Whether the loss comes to `GROWN` times the first one or its logarithm has an upward trend in the second half."""
    try:
        run = setting.train(problem.data, width, method, eta, steps, ("losses",))
    except OverflowError:
        return True
    losses = np.maximum(run.losses[0], np.finfo(np.float64).tiny)
    half = losses.size // 2
    trend = np.polyfit(run.times[half:], np.log(losses[half:]), 1)[0]
    return bool(trend > 0 or losses.max() > GROWN * losses[0])


def largest_root(method: TwoMomenta, eta: float, spectrum: FloatArray) -> float:
    """Return the largest modulus of a root of the recursion's polynomials, at both ends of the spectrum.

    >>> decays, grows = TwoMomenta(3.0, 3.0), TwoMomenta(1.0, 0.9)
    >>> largest_root(decays, 1e-6, np.array([1.0])) < 1 < largest_root(grows, 1e-6, np.array([1.0]))
    True
    """
    beta_1, beta_2 = method.momenta(eta)
    polynomials = ([1.0, eta * h - 1 - beta_1, beta_1 - beta_2, beta_2] for h in (spectrum[0], spectrum[-1]))
    return max(float(np.abs(np.roots(polynomial)).max()) for polynomial in polynomials)
