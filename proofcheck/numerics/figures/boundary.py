"""The Routh-Hurwitz boundary of two momenta, seen in the training of a finite network."""

from __future__ import annotations

import numpy as np

from ..kernels import FloatArray
from ..methods import TwoMomenta
from ..networks import tangent_kernel
from .settings import Problem, Setting
from .style import BAND, DASHED, INK, SHADE, Figure, canvas_of, legend_below, panels


def momenta_boundary(setting: Setting) -> Figure:
    """Where training with two momenta decays and where it grows, against b_1 b_2 = lambda_max(H(0))."""
    problem = Problem.of(setting.load(10, 5))
    data, width, h = problem.data, setting.size(1000, 100), 0.1
    weights, _ = setting.network(width).draw(0, data.dimension)
    spectrum = np.linalg.eigvalsh(tangent_kernel(weights, data.inputs))
    scale = float(np.sqrt(spectrum[-1]))
    eta = (h / scale) ** 3
    steps = setting.size(1200, 100)
    side = scale * np.linspace(0.3, 2.1, setting.size(13, 4))
    network = Setting(setting.data, 1, setting.quick, setting.folder, setting.report)
    grown: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    for b_1 in side:
        for b_2 in side:
            grown[_grows(network, problem, width, TwoMomenta(b_1 * scale, b_2), eta, steps)].append(
                (b_1 / scale, b_2 / scale)
            )
    fine = np.linspace(0.05, 2.25, 221)
    growth = np.array([[_largest_root(TwoMomenta(x * scale**2, y * scale), eta, spectrum) for x in fine] for y in fine])
    with panels(1) as [axes]:
        axes.contourf(fine, fine, growth, levels=[1.0, np.inf], colors=[BAND])
        axes.plot(fine, 1 / fine, color=INK, linewidth=1.3, label=r"$b_1 b_2 = \lambda_{\max}(H(0))$")
        axes.contour(fine, fine, growth, levels=[1.0], colors=[SHADE], linewidths=0.9, linestyles=[(0, DASHED)])
        axes.plot([], [], color=SHADE, linewidth=0.9, dashes=DASHED, label=f"the same with the step $h$")
        axes.plot(*np.transpose(grown[False]), "o", color=INK, markersize=4, label="the loss decays")
        axes.plot(*np.transpose(grown[True]), "o", color=INK, markersize=4, markerfacecolor="white", label="it grows")
        axes.set(
            xlabel=r"$b_1/\lambda_{\max}$", ylabel=r"$b_2/\lambda_{\max}^{1/2}$", xlim=(0.1, 2.25), ylim=(0.1, 2.25)
        )
        legend_below([axes], 2)
    return Figure(canvas_of(axes), "TODO")


def _grows(setting: Setting, problem: Problem, width: int, method: TwoMomenta, eta: float, steps: int) -> bool:
    """Whether the logarithm of the loss has an upward trend in the second half of the run."""
    try:
        run = setting.train(problem.data, width, method, eta, steps, ("losses",))
    except OverflowError:
        return True
    half = run.times.size // 2
    logarithms = np.log(np.maximum(run.losses[0, half:], np.finfo(np.float64).tiny))
    return bool(np.polyfit(run.times[half:], logarithms, 1)[0] > 0)


def _largest_root(method: TwoMomenta, eta: float, spectrum: FloatArray) -> float:
    """The largest modulus of a root of the recursion's polynomials, one an eigenvalue of the kernel."""
    beta_1, beta_2 = method.momenta(eta)
    return max(
        float(np.abs(np.roots([1.0, eta * h - 1 - beta_1, beta_1 - beta_2, beta_2])).max())
        for h in (spectrum[0], spectrum[-1])
    )
