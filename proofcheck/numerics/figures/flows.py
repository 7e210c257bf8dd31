"""What the flows do, and what is claimed of them: one error or a few, with kernels that are prescribed."""

from __future__ import annotations

import numpy as np

from ..bounds import (
    lemma_4_1_for_a_constant_kernel_later,
    loss_decays,
    loss_near_a_frozen_kernel,
    loss_of_two_momenta,
    sharp_loss,
    theorem_1,
)
from ..flips import swinging_network, train_by_flips
from ..kernels import FloatArray, arc_cosine_kernel
from ..modal import (
    bessel_oscillator,
    exponential_sum,
    gradient_descent_closed_form,
    momenta_closed_form,
    nesterov_closed_form,
)
from ..oscillators import heavy_ball_closed_form
from ..resonance import Pumping
from ..schedules import pumped_schedule, scheduled_closed_form
from .momenta import fastest_two_momenta
from .style import (
    BAND,
    DASHED,
    DOTTED,
    INK,
    MIXED,
    SHADE,
    TWICE_DOTTED,
    Figure,
    canvas_of,
    label,
    legend_below,
    panel,
    panels,
)

PRINTED_BOUND = r"bound of the lemma, $4\hat L(0)\,e^{-\alpha t}\,/\,\lambda_0$"
POLYNOMIAL_BOUND = r"$3L(0)\,(\gamma/\kappa t)^{5}$"
SHARPER_BOUND = r"$(1+\alpha t)^2\,e^{-2\alpha t}\,L(0)$"


def pumped_oscillator(gain: float = 25, half_periods: int = 6) -> Figure:
    """Draw the loss of the pumped oscillator against the bound of Lemma 3.3, which it crosses.

    One error, alpha = 1, lambda_0 = 2, H(t) in {1, gain} as `pumped_schedule` says, so that
    H(t) >= lambda_0 / 2 always and H' = 0 almost everywhere. Raises ValueError for a gain <= 1, and if the loss does
    not cross the bound within the half periods.
    """
    schedule = pumped_schedule(1.0, gain, half_periods)
    times = np.linspace(0.0, schedule.switches[-1], 4001)
    oscillation = scheduled_closed_form(schedule, [1.0], [0.0], 1.0, times)
    loss = oscillation.loss()
    # 4 / lambda_0 = 2.
    bound = 2 * np.exp(-times) * oscillation.pseudo_loss(schedule.kernel_at(0.0))[0]
    above = np.flatnonzero(loss > bound)
    if above.size == 0:
        raise ValueError(f"with gain {gain} the loss stays below the bound for {half_periods} half periods")
    crossing = times[above[0]]
    decades = np.floor(np.log10(bound[-1])), np.ceil(np.log10(max(bound[0], loss.max())))
    with panel() as axes:
        for start, end in zip((0.0, *schedule.switches[1:-1:2]), schedule.switches[::2], strict=True):
            axes.axvspan(start, end, color=BAND, linewidth=0)
        axes.plot(times, bound, color=SHADE, linewidth=1.1, dashes=(5, 2.5))
        axes.plot(times, loss, color=INK, linewidth=1.3)
        axes.plot(crossing, bound[above[0]], marker="o", markersize=4.5, color=INK)
        axes.set(xlim=(0, times[-1]), ylim=10.0 ** np.array(decades))
        label(axes, r"loss $L(t)$", (times[-1], loss[-1]), (4, -3), INK)
        label(axes, PRINTED_BOUND, (1.0, bound[np.searchsorted(times, 1.0)]), (2, 8), SHADE)
    return Figure(
        canvas_of(axes),
        "The oscillator x'' + 2 alpha x' + h(t) x = 0 with alpha = 1, lambda_0 = 2, x(0) = 1, x'(0) = 0, pumped: h "
        f"= {gain:g} while |x| falls (shaded) and h = 1 while |x| grows. Solid: the loss L = x^2 / 2, which "
        "vanishes where x changes sign. Dashed: the bound (4 / lambda_0) exp(-alpha t) L_hat(0) of Lemma 3.3, "
        f"where h(0) = {gain:g}. The loss first exceeds the bound at t = {crossing:.2f} (dot), although h(t) >= "
        "lambda_0 / 2 at all times.",
    )


def decay_against_bounds() -> Figure:
    """Draw one decay under a constant kernel against the bound of Lemma 3.3 and a sharper one.

    alpha = 1, lambda_0 = 2, eigenvalues 1, 2, 5, 12 and equal initial errors along the eigenvectors, at rest.
    The lemma's (4 / lambda_0) exp(-alpha t) L_hat(0) and its proof's (2 / alpha^2) exp(-alpha t) L_hat(0) are
    one curve, since lambda_0 = 2 alpha^2.
    """
    kernel = np.diag([1.0, 2.0, 5.0, 12.0])
    times = np.linspace(0.0, 10.0, 2001)
    decay = heavy_ball_closed_form(kernel, [0.5] * 4, [0.0] * 4, 1.0, times)
    loss = decay.loss()
    printed = 2 * np.exp(-times) * decay.pseudo_loss(kernel)[0]
    sharper = (1 + times) ** 2 * np.exp(-2 * times) * loss[0]
    early, late = (int(np.searchsorted(times, time)) for time in (4.5, 7.0))
    with panel() as axes:
        axes.plot(times, printed, color=SHADE, linewidth=1.1, dashes=(5, 2.5))
        axes.plot(times, sharper, color=SHADE, linewidth=1.1, dashes=(6, 2, 1, 2))
        axes.plot(times, loss, color=INK, linewidth=1.3)
        axes.set(xlim=(0, times[-1]), ylim=(1e-8, 1e1))
        label(axes, PRINTED_BOUND, (times[early], printed[early]), (2, 6), SHADE)
        label(axes, SHARPER_BOUND, (times[late], sharper[late]), (5, 4), SHADE)
        label(axes, r"loss $L(t)$", (times[early], loss[early]), (-48, -14), INK)
    return Figure(
        canvas_of(axes),
        "The flow Delta'' + 2 alpha Delta' + H Delta = 0 for a constant kernel H with eigenvalues 1, 2, 5, 12; "
        "alpha = 1, lambda_0 = 2, Delta(0) with component 1/2 along each eigenvector, Delta'(0) = 0. Solid: the "
        "loss L = |Delta|^2 / 2. Dashed: the bound of Lemma 3.3, (4 / lambda_0) exp(-alpha t) L_hat(0) = (2 / "
        "alpha^2) exp(-alpha t) L_hat(0). Dash-dotted: the sharper bound (1 + alpha t)^2 exp(-2 alpha t) L(0), "
        "followed by the mode of eigenvalue alpha^2.",
    )


def nesterov_resonance() -> Figure:
    """Draw the loss of the pumped Nesterov flow against the bound of Lemma 4.1, on two logarithmic scales.

    gamma = 8, alpha = 5, lambda_0 = 1; the lemma has a constant for constant kernels, 3 gamma^alpha.
    """
    pumped = Pumping(friction=8.0, begin=22.5)
    times = np.geomspace(1.0, 400.0, 8001)
    loss = pumped.path(times) ** 2 / 2
    constant = bessel_oscillator(1.0, 1.0, pumped.friction, times)[0][:, 0] ** 2 / 2
    bound = 3 * 8.0**5 * (np.sqrt(2) / times) ** 5 / 2
    with panel() as axes:
        axes.set_xscale("log")
        axes.axvspan(pumped.begin, times[-1], color=BAND, linewidth=0)
        axes.plot(times, constant, color=SHADE, linewidth=0.7)
        axes.plot(times, bound, color=SHADE, linewidth=1.1, dashes=(5, 2.5))
        axes.plot(times, loss, color=INK, linewidth=1.1)
        axes.set(xlim=(times[0], times[-1]), ylim=(1e-18, 1e7))
        label(axes, "pumped,\n" + r"$|H(t)-H(0)|\leq\lambda_0/4$", (60.0, 1e1), (0, 0), INK)
        label(axes, "constant kernel", (7.4, 10**-17.3), (0, 0), SHADE)
        label(axes, POLYNOMIAL_BOUND, (times[2000], bound[2000]), (6, 6), SHADE)
    return Figure(
        canvas_of(axes),
        "The flow x'' + (gamma/t) x' + h(t) x = 0 with gamma = 8, from x(0) = 1 and x'(0) = 0; lambda_0 = 1. "
        "Black: the loss L = x^2 / 2 when h = 1 up to t = 22.5 and then (shaded) h = w^2 + gamma (gamma - 2) / (4 "
        "t^2), with w = 1.1 while t^4 |x| falls and w = 0.9 while it grows, so that |h - 1| <= 1/4 at all times. "
        "Grey: the loss for h = 1. Dashed: 3 L(0) (gamma/(kappa t))^5 with kappa^2 = lambda_0/2, which bounds the loss "
        "for every constant kernel above lambda_0/2: the rate of Lemma 4.1 for alpha = 5, with a constant.",
    )


def flows_against_bounds(gamma: float = 8.0) -> Figure:
    """Draw gradient descent, Heavy Ball, Nesterov's flow and two momenta, each against its bounds, for one kernel.

    The kernel and the start are those of `decay_against_bounds`.
    """
    kernel, start, rest = np.diag([1.0, 2.0, 5.0, 12.0]), [0.5] * 4, [0.0] * 4
    times, late = np.linspace(0.0, 10.0, 1001), np.geomspace(0.5, 100.0, 4001)
    b_1, b_2, fastest = fastest_two_momenta(np.array([1.0, 12.0]))
    rate = 0.9 * fastest
    descent = gradient_descent_closed_form(kernel, start, times).loss()
    heavy = heavy_ball_closed_form(kernel, start, rest, 1.0, times)
    nesterov = nesterov_closed_form(kernel, start, gamma, late).loss()
    momenta = momenta_closed_form(kernel, [start], (b_1, b_2), times).loss()
    loss, pseudo_loss = float(heavy.loss()[0]), float(heavy.pseudo_loss(kernel)[0])
    # A frozen kernel of at least 3 lambda_0/4, from which this one is lambda_0/4 away.
    frozen_loss = float(heavy.pseudo_loss(np.diag([1.5, 2.0, 5.0, 12.0]))[0])
    drawn = {
        "gradient descent": (times, descent, {"as printed": theorem_1(2.0, loss, times)}),
        "Heavy Ball": (
            times,
            heavy.loss(),
            {
                "as printed": loss_decays(1.0, pseudo_loss, times),
                "amended": loss_near_a_frozen_kernel(1.0, frozen_loss, times),
                "sharper": sharp_loss(1.0, loss, times),
            },
        ),
        f"Nesterov, $\\gamma = {gamma:g}$": (
            late,
            nesterov,
            {
                "as printed": lemma_4_1_for_a_constant_kernel_later(2 * gamma / 3, gamma, 1.0, loss, late),
                "sharper": lemma_4_1_for_a_constant_kernel_later(gamma, gamma, 1.0, loss, late),
            },
        ),
        "two momenta": (
            times,
            momenta,
            {"not in the paper": loss_of_two_momenta(kernel, start, (b_1, b_2), rate, times)},
        ),
    }
    dashes = {"as printed": DASHED, "amended": DOTTED, "sharper": MIXED, "not in the paper": TWICE_DOTTED}
    with panels(2, rows=2) as all_axes:
        for axes, (name, (moments, losses, bounds)) in zip(all_axes, drawn.items(), strict=True):
            axes.plot(moments, losses, color=INK, linewidth=1.2, label="loss")
            for kind, bound in bounds.items():
                axes.plot(moments, bound, color=SHADE, linewidth=1.1, dashes=dashes[kind], label=kind)
            axes.set(yscale="log", title=name, xlabel="time $t$", xlim=(moments[0], moments[-1]))
        all_axes[2].set(xscale="log", ylim=(1e-14, 1e4))
        for axes in all_axes[::2]:
            axes.set_ylabel("loss $L$")
        legend_below(all_axes, 5)
    return Figure(
        canvas_of(all_axes[0]),
        "Four flows for a constant kernel with eigenvalues 1, 2, 5, 12, lambda_0 = 2, alpha = 1, from Delta(0) "
        "with component 1/2 along each eigenvector, at rest, and bounds of their loss. Gradient descent: "
        "exp(-lambda_0 t) L(0), Theorem 1. Heavy Ball: (4/lambda_0) exp(-alpha t) L_hat(0) as printed, "
        "(4/lambda_0) exp(-(2 - 1/sqrt 2) alpha t) L_hat(0) with the frozen kernel that has 3/2 in place of 1, (1 "
        f"+ alpha t)^2 exp(-2 alpha t) L(0), sharp for constant ones. Nesterov, gamma = {gamma:g}: 3 (gamma/(kappa "
        "t))^a L(0), kappa^2 = 1, with the largest printed exponent a = 2 gamma/3 and with a = gamma. Two momenta, "
        f"b_1 = {b_1:.3g} and b_2 = {b_2:.3g}: the energy's bound at the rate {rate:.3g}, nine tenths of that of "
        "the slowest mode; the paper has none. With two logarithmic scales for Nesterov a slope is an exponent, with "
        "one for the others it is a rate.",
    )


def swinging_neurons(seed: int = 4) -> Figure:
    """Draw the loss of a network, drawn at random, against the bound of Lemma 3.3, which it crosses.

    The network is a `swinging_network`; it is trained as long as lambda_min(H) >= lambda_0 / 2. Raises ValueError if
    the loss does not cross the bound.
    """
    network = swinging_network(np.random.default_rng(seed))
    lambda_0 = float(np.linalg.eigvalsh(arc_cosine_kernel(network.inputs))[0])
    alpha = np.sqrt(lambda_0 / 2)
    training = train_by_flips(network, alpha, np.linspace(0, 3.5, 351) / alpha, resolution=0.05)
    holds = np.minimum.accumulate(training.smallest_eigenvalues) >= lambda_0 / 2
    times, loss = training.path.times[holds], training.path.loss()[holds]
    start = training.path.pseudo_loss(network.kernel())[0]
    bound = 4 / lambda_0 * np.exp(-alpha * times) * start
    above = np.flatnonzero(loss > bound)
    if above.size == 0:
        raise ValueError(f"with the seed {seed} the loss stays below the bound")
    crossing, middle = above[0], len(times) // 2
    decades = np.floor(np.log10(min(bound[-1], loss.min()))), np.ceil(np.log10(bound[0]))
    with panel() as axes:
        axes.plot(times, bound, color=SHADE, linewidth=1.1, dashes=(5, 2.5))
        axes.plot(times, loss, color=INK, linewidth=1.3)
        axes.plot(times[crossing], bound[crossing], marker="o", markersize=4.5, color=INK)
        axes.set(xlim=(0, times[-1]), ylim=10.0 ** np.array(decades))
        label(axes, PRINTED_BOUND, (times[middle // 4], bound[middle // 4]), (2, 8), SHADE)
        label(axes, r"loss $L(t)$", (times[-1], loss[-1]), (-40, 8), INK)
    slack = float(training.smallest_eigenvalues[holds].min()) / (lambda_0 / 2)
    flips = int(np.sum(training.flips <= times[-1]))
    swinging = int(network.activations().any(axis=1).sum())
    return Figure(
        canvas_of(axes),
        f"A ReLU network on two inputs at 170 degrees, y = (-1, -1), NTK scaling, m = {len(network.signs)}: {swinging} "
        f"neurons with a_r = 1, drawn at random (seed {seed}), that swing over from one input to the other, and "
        f"{len(network.signs) - swinging} that are asleep. It follows the Heavy Ball flow from rest, b = 2 alpha, "
        f"alpha = sqrt(lambda_0/2) = {alpha:.3f}, with {flips} flips. Solid: the loss. Dashed: the bound (4/lambda_0) "
        f"exp(-alpha t) L_hat(0) of Lemma 3.3, lambda_0 = {lambda_0:.3f}. The loss first exceeds it at t = "
        f"{times[crossing]:.2f} (dot), and by the "
        f"factor {loss[-1] / bound[-1]:.1f} in the end, although lambda_min(H(s)) >= {slack:.2f} lambda_0 / 2 all "
        "the time.",
    )


def two_momenta() -> Figure:
    """Draw the loss of one mode with two momenta: below its threshold, at it, beyond it, and with a jumping kernel."""
    times = np.linspace(0.0, 20.0, 2001)
    below, at, beyond = (_loss_of_third_order(times, b, b, [(1.0, 20.0)]) for b in (1.5, 1.0, 0.5))
    jumping = _loss_of_third_order(times, 3.0, 3.0, [(1.0, 1.2), (7.859, 1.3)])
    with panel() as axes:
        axes.plot(times, below, color=INK, linewidth=1.1, dashes=(6, 2, 1, 2))
        axes.plot(times, at, color=INK, linewidth=1.1, dashes=(5, 2.5))
        axes.plot(times, beyond, color=INK, linewidth=1.3)
        axes.plot(times, jumping, color=SHADE, linewidth=1.3)
        axes.set(xlim=(0, times[-1]), ylim=(1e-6, 1e5))
        label(axes, r"$b_1 b_2 < h$", (12.5, 1.5e3), (0, 0), INK)
        label(axes, r"$b_1 b_2 > h$", (12.75, 1.5e-3), (0, 0), INK)
        label(axes, r"grey: a kernel that jumps, $H(t) < b_1 b_2$", (0.5, 4e1), (0, 0), SHADE)
    return Figure(
        canvas_of(axes),
        "One mode of Delta''' + b_2 Delta'' + b_1 Delta' + h Delta = 0, J = 2, from Delta = 1 at rest. Black, h = "
        "1: b_1 = b_2 = 3/2 (dash-dotted), 1 (dashed, at the threshold b_1 b_2 = h, undamped), 1/2 (solid, beyond "
        "it). Grey: b_1 = b_2 = 3 and a kernel that is 1 for a time 6/5 and 7.859 for a time 13/10 in turn, always "
        "below b_1 b_2 = 9; the loss L = Delta^2 / 2 grows.",
    )


def _loss_of_third_order(
    times: FloatArray, first: float, second: float, pieces: list[tuple[float, float]]
) -> FloatArray:
    """The loss of one mode from rest, its kernel taking the values of the pieces for their times, in turn."""
    from scipy.linalg import expm

    state, begun, place = np.array([1.0, 0.0, 0.0]), 0.0, 0
    errors = np.empty_like(times)
    while begun <= times[-1]:
        stiffness, length = pieces[place % len(pieces)]
        companion = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [-stiffness, -first, -second]])
        inside = (times >= begun) & (times <= begun + length)
        components = list(state)
        errors[inside] = exponential_sum([stiffness], components, (first, second), times[inside] - begun)[0][:, 0]
        state = expm(companion * length) @ state
        begun, place = begun + length, place + 1
    return np.asarray(errors**2 / 2, dtype=np.float64)
