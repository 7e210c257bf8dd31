"""Newton's method neuron by neuron: its flow against the bounds of its rate, and what steps of which size do."""

from __future__ import annotations

import numpy as np

from ..bounds import newton_rate, newton_rate_at_most, newton_rate_of_section_3, theorem_1
from ..methods import GradientDescent, Method, Newton
from .settings import Problem, Setting
from .style import DASHED, DOTTED, MIXED, SHADE, TONES, Figure, canvas_of, legend_below, panels, spread

#: eta m for the flow, where a step shrinks the error by about eta m / 2.
SMALL_STEP = 0.02
#: How often |Delta|^2 is divided by e in the left panel, about.
FOLDINGS = 10


def newton_flow(setting: Setting) -> Figure:
    """Draw the loss along Newton's flow against its bounds, and the loss after steps of size 1, 1/m and of descent."""
    problem = Problem.of(setting.load(10, 5))
    data, width = problem.data, setting.size(100, 20)
    ratio = width / data.count
    flow = setting.train(data, width, Newton(), SMALL_STEP / width, round(FOLDINGS / SMALL_STEP), ("losses",))
    start, time = float(np.median(flow.losses[:, 0])), flow.times
    bounds = {
        r"$\lambda_{\min}(H)\geq\lambda_0$, printed": (newton_rate(problem.lambda_0, ratio, start, time), DASHED),
        r"$\lambda_{\min}(H)\geq\lambda_0/2$, amended": (
            newton_rate_of_section_3(problem.lambda_0, ratio, start, time),
            DOTTED,
        ),
        "from below": (newton_rate_at_most(width, start, time), MIXED),
    }
    steps = 20
    methods: dict[str, tuple[Method, float, int, str, tuple[float, ...]]] = {
        r"Newton, $\eta=1$": (Newton(), 1.0, 3, TONES[1], MIXED),
        r"Newton, $\eta=1/m$": (Newton(), 1 / width, steps, TONES[0], ()),
        r"gradient descent, $\eta=1/\lambda_{\max}$": (
            GradientDescent(),
            1 / problem.lambda_n,
            steps,
            TONES[2],
            DASHED,
        ),
    }
    with panels(2) as [by_time, by_step]:
        spread(by_time, time, flow.losses, r"Newton's flow, $\eta m = 0.02$", TONES[0])
        for name, (bound, dashes) in bounds.items():
            by_time.plot(time, bound, color=SHADE, linewidth=0.9, dashes=dashes, label=name)
        orthonormal = theorem_1(width, start, time)
        by_time.plot(time, orthonormal, color=TONES[3], linewidth=2.2, dashes=DOTTED, label="rate $m$")
        growth = np.nan
        for name, (method, eta, count, tone, dashes) in methods.items():
            run = setting.train(data, width, method, eta, count, ("losses",))
            spread(by_step, np.arange(count + 1.0), run.losses, name, tone, dashes)
            if eta == 1.0:
                growth = float(np.median(np.sqrt(run.losses[:, 1] / run.losses[:, 0])))
        by_time.set(xlabel="time $t$", ylabel="loss $L$", yscale="log", title="the flow", xlim=(0, time[-1]))
        by_step.set(xlabel="step $k$", yscale="log", title="the method", xlim=(0, steps), xticks=range(0, steps + 1, 5))
        by_step.set_ylim(top=1e6 * start)
        legend_below([by_time, by_step], 3)
    return Figure(
        canvas_of(by_time),
        f"Newton's method, neuron by neuron, Section 5.2: {problem.described()}, lambda_max = {problem.lambda_n:.3g}, "
        f"eigenvalues of H_inf; width m = {width}, m/n = {ratio:g}, NTK scaling, first layer trained; median of "
        f"{setting.counted} and their range. Left: the flow w_r' = -N_r by steps of size eta = {SMALL_STEP:g}/m, t = k "
        "eta, against exp(-2 lambda_0 (m/n) t) L(0), the printed rate for H >= lambda_0, exp(-lambda_0 (m/n) t) L(0) "
        "for the H >= lambda_0/2 of Section 3, and exp(-2 m t) L(0), below which no loss comes. Where inputs are "
        "nearly orthogonal the loss falls at about the rate m (thick dots), since half of the neurons are awake on "
        "each. Right: the method by its steps. The printed step, eta = 1, multiplies the error by 1 - sum P_r, with a "
        f"sum of m projectors: |Delta| grows by the factor {growth:.3g} in the first step. With eta = 1/m the "
        "method converges, at a rate that does not depend on the width; beside it gradient descent with the largest "
        "usual step.",
    )
