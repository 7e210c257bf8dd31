"""Section 6: the sentences of the discussion that can be checked."""

from proofcheck import (
    Rational,
    Verdict,
    at,
    bounded,
    cited,
    claim,
    consistent,
    counterexample,
    derivative,
    exp,
    flow,
    gronwall,
    inner,
    let,
    norm2,
    operator,
    order,
    path,
    power,
    scalar,
    scalar_path,
    sqrt,
    total,
    vector,
)

from .deep import definite_with_a_bound
from .loss import converges_without_upper_bound, energy_bound, loss_decays
from .notation import Delta, H, H_t, L, L_hat_0, V, alpha, at_rest, frozen, lambda_0, m, t

REFUTED, CITED = Verdict.REFUTED, Verdict.CITED

r = scalar("r")
a, piece = scalar("a_r", index=r), scalar("c_r", index=r)
w_r, x_i = path("w_r", index=r), vector("x_i")
#: A neuron with a piecewise linear activation: c_r is the slope of the piece that it is on. For maxout w_r are the
#: weights of the largest piece.
neuron = a * piece * inner(w_r, x_i) / sqrt(m)


@claim("Section 6, piecewise linear activations", covers="6.01")
def piecewise_linear_between_flips():
    """While every neuron stays on its piece, f_i'' is the sum of <df_i/dw_r, w_r''>, whatever the slopes are."""
    slope = a * piece / sqrt(m) * x_i
    return derivative(derivative(total(neuron, r, m))) == total(inner(slope, w_r.ddot), r, m)


@claim("Section 6, piecewise linear activations at a flip", expect=REFUTED, covers="6.01")
def piecewise_linear_at_a_flip():
    """The error dynamics holds at a flip too: but with the slope of a Leaky ReLU there Delta' jumps."""
    velocity, low = scalar("v", positive=True), scalar("c", at_least=0, below=1)
    return counterexample(
        "Delta' is continuous where a Leaky ReLU flips",
        1 * velocity - low * velocity > 0,
        because="one neuron, x = a = m = 1, that passes w = 0 with the velocity v",
    )


@claim("Section 6, 'with the only difference lying in the losses'", expect=REFUTED, covers="6.01")
def pseudo_loss_of_the_error_alone():
    """L_hat is a function of the error, as L is one of the weights: but H, and L_hat with it, depends on the weights.

    Two neurons on one sample, x = 1, a = (1, -1): awake with the same weight, or both asleep, f is 0; H is 1 or 0.
    """
    awake, asleep = (1 - Rational(1)) / sqrt(2), (Rational(0) - 0) / sqrt(2)
    return counterexample(
        "the error determines the pseudo-loss",
        awake == asleep,
        Rational(1, 2) + Rational(1, 2) != 0,
        because="the weights (1, 1) and (-1, -1): the same error, the kernels 1 and 0",
    )


descent = flow(Delta.dot == -H_t(Delta), time=t)


@claim("Section 6, linear convergence of GD", covers="6.02")
def gd_converges_linearly():
    """For GD, with H(t) >= lambda_0/2 and whatever jumps, L(t) <= exp(-lambda_0 t) L(0)."""
    return gronwall(descent, L, lambda_0)


@claim("Section 6, linear convergence of HB", expect=REFUTED, covers="6.02")
def hb_converges_linearly():
    """For HB strong convexity at each moment is not enough: the pumped oscillator of Section 3."""
    return converges_without_upper_bound.stated


printed = L <= 4 / lambda_0 * exp(-alpha * t) * L_hat_0


@claim("Section 6, linear convergence of HB for a constant kernel", covers="6.02", amends=hb_converges_linearly)
def hb_converges_linearly_for_a_constant_kernel():
    """For a constant kernel HB converges linearly, from rest."""
    return printed.given(at_rest).by(loss_decays)


@claim("Section 6, NAG with a constant momentum", covers="6.03")
def nag_with_constant_momentum():
    """With a constant momentum NAG has the same limit as HB (footnote 2), so it converges linearly: constant kernel."""
    return printed.given(at_rest).by(loss_decays)


gamma, start = scalar("gamma", positive=True), scalar("t_0", positive=True)
nesterov = flow(Delta.ddot == -gamma / t * Delta.dot - H(Delta), time=t)
mechanical = norm2(Delta.dot) + inner(H(Delta), Delta)


@claim("Section 6, NAG with a momentum that depends on time", covers="6.03")
def nag_is_not_linear():
    """With friction gamma/t the energy |Delta'|^2 + <H Delta, Delta> falls at most like t^(-2 gamma): not linearly."""
    return gronwall(nesterov, let("E", -power(t, 2 * gamma) * mechanical), 0, since=start)


@claim("Section 6, Lyapunov functions", covers="6.04")
def lyapunov_functions():
    """Lyapunov functions are used, and with them Gronwall's inequality: it turns V' <= -alpha V into a bound on V."""
    return gronwall(frozen, V, alpha)


@claim("Section 6, Gronwall's inequality", expect=REFUTED, covers="6.05")
def gronwall_does_not_work():
    """The Gronwall inequality does not work on second order equations: it does in the paper's own Section 3, on V."""
    return counterexample(
        "Gronwall's inequality gives no bound for an equation of second order",
        frozen.d(V) <= -alpha * V,
        (V <= exp(-alpha * t) * at(V, 0)).by(energy_bound),
        because="the energy V of Section 3, a function of Delta and Delta', along the flow of Heavy Ball",
    )


@claim("Section 6, Gronwall's inequality for the loss", covers="6.05", amends=gronwall_does_not_work)
def gronwall_on_the_loss():
    """What does not work is to apply it to L itself, as for GD: at rest L' = 0, and L' <= -c L holds for no c > 0."""
    c = scalar("c", positive=True)
    return (frozen.d(L) > -c * L).given(norm2(Delta.dot) == 0, norm2(Delta) > 0)


M = scalar("M", positive=True)
bounded_kernel = operator("H_t", at_least=-M, at_most=M, changes=H_t.changes, latex="H(t)")
second_order = flow(Delta.ddot == -2 * alpha * Delta.dot - bounded_kernel(Delta), time=t)


@claim("Section 6, Gronwall's inequality for the system", covers="6.05", amends=gronwall_does_not_work)
def gronwall_on_the_system():
    """As a system of first order it works at once: growth by exp((1 + M) t) at most, for H(t) between -M and M."""
    return gronwall(second_order, let("S", norm2(Delta) + norm2(Delta.dot)), -(1 + M))


curvature, slope = scalar("c"), scalar("p")
weight, error, friction = scalar_path("w"), scalar_path("Delta"), scalar_path("b")
#: One weight, one sample, f twice differentiable with f' = p and f'' = c: the second derivative of the error.
second = curvature * weight.dot**2 + slope * (-friction * weight.dot - slope * error)


@claim("Section 6, arbitrary networks with GD", covers="6.06")
def any_network_with_gd():
    """Along GD's flow Delta' = -H Delta for every network: <u, Delta'> = <J* u, W'> = -<J* u, J* Delta> for every u."""
    W, u, pulled_u, pulled = path("W"), vector("u"), vector("Ju", latex="J^* u"), vector("JD", latex=r"J^* \Delta")
    return (inner(u, Delta.dot) == -inner(u, H(Delta))).given(
        inner(u, Delta.dot) == inner(pulled_u, W.dot),
        W.dot == -pulled,
        inner(pulled_u, pulled) == inner(u, H(Delta)),
    )


@claim("Section 6, arbitrary networks with HB and NAG", expect=REFUTED, covers="6.06")
def any_network_with_momentum():
    """For HB and NAG, with a friction b(t), Delta'' + b Delta' + H Delta = 0 holds for every network."""
    return second + friction * (slope * weight.dot) + slope**2 * error == 0


@claim("Section 6, arbitrary networks with HB and NAG", covers="6.06", amends=any_network_with_momentum)
def any_network_with_momentum_and_curvature():
    """The right side is the curvature term, f'' w'^2."""
    return second + friction * (slope * weight.dot) + slope**2 * error == curvature * weight.dot**2


@claim("Section 6, what an extension takes", expect=REFUTED, covers="6.07")
def positive_kernel_is_enough():
    """For an arbitrary network lambda_min(H(t)) > 0 is all that the analysis takes, with GD already.

    One weight, f = 1 - exp(-w), y = 2: the kernel exp(-2 w) is positive and the loss stays above 1/2.
    """
    u = scalar("w")
    f = 1 - exp(-u)
    return counterexample(
        "H(t) > 0 for all t implies that L tends to 0",
        exp(-u) ** 2 > 0,
        (f - 2) ** 2 / 2 > Rational(1, 2),
        because="f = 1 - exp(-w), y = 2: f' = exp(-w) > 0 and f < 1",
    )


@claim("Section 6, what an extension takes", covers="6.07", amends=positive_kernel_is_enough)
def kernel_with_a_bound():
    """With lambda_min(H(t)) >= lambda, one lambda for all t, GD converges on every network."""
    lowest = scalar("lambda", positive=True)
    return (L <= exp(-2 * lowest * t) * at(L, 0)).by(definite_with_a_bound)


n_large, smallest = scalar("n", positive=True), scalar("lambda_0", positive=True)
width = n_large**6 / smallest**4


@claim("Section 6, the widths of earlier works", expect=CITED, covers="6.08")
def earlier_widths():
    """Earlier works ask for n^24 and n^8, up to powers of the depth and of the smallest distance of two inputs."""
    return cited(
        "Allen-Zhu, Li, Song 2019 (ICML) and Zou, Gu 2019 (NeurIPS), as listed in Table 1 of the latter",
        "m = Omega(n^24); m = Omega(n^8)",
    )


@claim("Section 6, 'both comparable'", expect=REFUTED, covers="6.08")
def both_comparable():
    """n^24 and n^8 are both comparable to n^6/lambda_0(n)^4, and so to each other."""
    return bounded(order(n_large**24, n_large**8), large=[n_large])


@claim("Section 6, comparable without a bound on lambda_0", expect=REFUTED, covers="6.08")
def comparable_whatever_lambda_0_is():
    """n^6/lambda_0^4 is at most of the order n^24: not so, as lambda_0 tends to 0 when two inputs become parallel."""
    return bounded(order(width, n_large**24), large=[n_large], small=[smallest])


@claim("Section 6, when the widths are comparable", covers="6.08", amends=both_comparable)
def comparable_to_the_larger():
    """n^6/lambda_0^4 is at most of the order n^24 when 1/lambda_0 is at most of the order n^(9/2)."""
    return bounded(order(width, n_large**24), large=[n_large], given=[order(1 / smallest**2, n_large**9)])


@claim("Section 6, when the widths are comparable", covers="6.08", amends=both_comparable)
def comparable_to_the_smaller():
    """It is at most of the order n^8 when 1/lambda_0 is at most of the order n^(1/2)."""
    return bounded(order(width, n_large**8), large=[n_large], given=[order(1 / smallest**2, n_large)])


@claim("Section 6, adaptive learning rates", expect=CITED, covers="6.11")
def system_of_equations():
    """Adaptive algorithms have a system of differential equations as their limit."""
    return cited(
        "Belotto da Silva, Gazeau 2020 (JMLR 21)", "adaptive algorithms are modelled by a non-autonomous system"
    )


h = scalar("h", positive=True)
mean_square, square, scaled = path("v"), vector("s", latex="g^2"), vector("q", latex=r"g/\sqrt{v + \epsilon}")


@claim("Section 6, adaptive learning rates, RMSprop", covers="6.11")
def mean_square_of_rmsprop():
    """RMSprop with step h and decay 1 - h: the mean square of the gradient tends to v' + v = g^2, entry by entry."""
    return consistent(
        lambda now, after: after - (1 - h) * now - h * square,
        mean_square.dot + mean_square - square,
        lambda ahead: ahead,
        curve=mean_square,
        step=h,
        points=(0, 1),
        degree=1,
        leading=1,
    )


@claim("Section 6, adaptive learning rates, RMSprop", covers="6.11")
def weights_of_rmsprop():
    """The weights tend to w' = -g/sqrt(v + epsilon): a system in w and v, each equation of first order."""
    weights = path("w")
    return consistent(
        lambda now, after: after - now + h * scaled,
        weights.dot + scaled,
        lambda ahead: ahead,
        curve=weights,
        step=h,
        points=(0, 1),
        degree=1,
        leading=1,
    )
