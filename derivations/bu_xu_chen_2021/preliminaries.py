"""Section 2: gradient descent, its flow, the kernel that comes out of it, and Theorem 1.

Samples have the index i, neurons the index r. J_r is the gradient of an output f_i with respect to w_r. For every
vector v of outputs, `pulled v` is J_r* v, the gradient of <v, f> with respect to w_r: J_r* Delta is that of the loss.
"""

from fractions import Fraction

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    absolute,
    arccos,
    at,
    bounded,
    chain,
    cited,
    claim,
    consistent,
    cos,
    counterexample,
    derivative,
    displacement,
    exp,
    first_exit,
    flow,
    for_all,
    gronwall,
    inner,
    integral,
    let,
    mean_value,
    motion,
    norm,
    norm2,
    operator,
    order,
    path,
    pi,
    refuted_by,
    scalar,
    sin,
    sqrt,
    total,
    vector,
)

from .notation import Delta, m, n, s, t

REFUTED, CITED = Verdict.REFUTED, Verdict.CITED

eta, mu = scalar("eta", positive=True), scalar("mu", positive=True)
lambda_0 = scalar("lambda_0", positive=True)
h = scalar("h", positive=True)
i, r = scalar("i"), scalar("r")
a, chi = scalar("a_r", index=r), scalar("chi_r", index=r)
u, k = vector("u"), vector("k")

L = let("L", norm2(Delta) / 2)
L_0 = at(L, 0)
H = operator("H", at_least=mu)
H_t = operator("H_t", at_least=lambda_0 / 2, changes=Changes.BY_JUMPS, latex="H(t)")
#: Delta is absolutely continuous whatever the kernel does: the gradient flow keeps the weights so.
frozen_descent = flow(Delta.dot == -H(Delta), time=t)
descent = flow(Delta.dot == -H_t(Delta), time=t)


# --- gradient descent and its flow -----------------------------------------------------------------------------

w, g = path("w"), vector("g")
value = scalar("s_r", nonnegative=True, index=r)


@claim("footnote 1", expect=CITED, covers="2.02")
def first_layer_suffices():
    """Training the first layer alone reaches zero loss, with probability 1 - delta, for a wide network."""
    return cited("Du, Zhai, Poczos, Singh 2018, Theorem 3.2", "the first layer alone can be trained to zero loss")


#: A network whose second layer is negative has no positive output: s_r is what neuron r gives.
never_positive = (
    total(-1 * value / sqrt(m), r, m) <= total(Rational(0), r, m),
    total(Rational(0), r, m) == 0,
)


def far_from_one(output):
    """An output that is not positive stays away from the label 1."""
    return ((output - 1) ** 2 / 2 >= Rational(1, 2)).given(output <= 0)


@claim("footnote 1, a negative second layer", covers="2.02")
def negative_second_layer():
    """Not for every second layer: when all a_r = -1 no output is positive, and L >= 1/2 for a label 1, for every W."""
    return (*never_positive, far_from_one(scalar("f")))


@claim("(2.1), the limit of gradient descent", covers="2.04")
def gradient_flow_is_the_limit():
    """Gradient descent is consistent with w_r' = -dL/dw_r, with the remainder w''/2 + eta r."""
    return consistent(
        lambda before, now, after: after - now + h * g,
        w.dot + g,
        lambda behind, ahead: w.ddot / 2 + h * ahead,
        curve=w,
        step=h,
        leading=1,
    )


now, after, g_after = vector("w_k"), vector("w_after", latex="w_{k+1}"), vector("g_after", latex="g_{k+1}")


@claim("Remark 2.1, forward Euler", covers="2.05")
def forward_euler():
    """Forward Euler's quotient (w(k+1) - w(k))/eta = -dL/dw(k) is a step of gradient descent, and conversely."""
    return (
        (after == now - eta * g).given((after - now) / eta == -g),
        ((after - now) / eta == -g).given(after == now - eta * g),
    )


@claim("Remark 2.1, backward Euler", covers="2.06")
def backward_euler():
    """Backward Euler's step is where the proximal point's objective L(v) + |v - w(k)|^2/(2 eta) is stationary."""
    return (
        (g_after + (after - now) / eta == 0).given(after == now - eta * g_after),
        (after == now - eta * g_after).given(g_after + (after - now) / eta == 0),
    )


@claim("Remark 2.1, backward Euler on a convex loss", covers="2.06")
def proximal_point_of_a_convex_loss():
    """On a convex loss that point is the minimiser, the proximal point; `reached` is the loss there."""
    v, there, reached = vector("v"), scalar("L_v"), scalar("L_after")
    convex = there >= reached + inner(g_after, v - after)
    return (there + norm2(v - now) / (2 * eta) >= reached + norm2(after - now) / (2 * eta)).given(
        convex, after == now - eta * g_after
    )


@claim("Remark 2.1, backward Euler on the loss of a network", expect=REFUTED, covers="2.06")
def proximal_point_of_any_loss():
    """Backward Euler's step is the proximal point for every loss: not on that of one sleeping neuron."""

    def objective(weight, output):
        return (output - 1) ** 2 / 2 + (weight + Rational(1, 10)) ** 2 / (2 * Rational(10))

    return counterexample(
        "a step of backward Euler minimises L(v) + |v - w(k)|^2/(2 eta)",
        objective(Rational(1), Rational(1)) < objective(Rational(-1, 10), Rational(0)),
        because="f = max(w, 0), y = 1, eta = 10: at w = -1/10 the gradient vanishes and backward Euler stays, "
        "but v = 1 is better",
    )


@claim("Remark 2.1, the limit of backward Euler", covers="2.07")
def same_limit():
    """Backward Euler is consistent with the same flow, where the gradient changes by at most eta k in a step."""
    change = vector("k")
    return consistent(
        lambda before, now, after: after - now + h * (g + h * change),
        w.dot + g,
        lambda behind, ahead: w.ddot / 2 + change + h * ahead,
        curve=w,
        step=h,
        leading=1,
    )


# --- the weight, prediction and error dynamics -----------------------------------------------------------------

#: Of sample i: the error, the gradient of f_i with respect to one neuron, and what f_i moves beyond its derivative.
Delta_i, J_i, rest = scalar("Delta_i", index=i), vector("J_i", index=i), scalar("e_i", index=i)


@claim("(2.2), dL/df", covers="2.08")
def gradient_in_the_outputs():
    """dL/df = f - y: the increment of L is linear up to a square."""
    return norm2(Delta + k) / 2 - norm2(Delta) / 2 == inner(Delta, k) + norm2(k) / 2


@claim("(2.2), the chain rule", covers="2.08")
def gradient_in_the_weights():
    """dL/dw_r is the sum of (f_i - y_i) df_i/dw_r: the increment of L for a step h u, where f is differentiable.

    f_i moves by h <df_i/dw_r, u> + h e_i with e_i -> 0. As printed, f - y stands on the left of df/dw_r: the sum runs
    over the samples, for df/dw_r a matrix with n rows a row vector.
    """
    slope = inner(J_i, u)
    increment = ((Delta_i + h * (slope + rest)) ** 2 - Delta_i**2) / 2
    return total(increment, i, n) == total(
        h * (Delta_i * slope + (Delta_i * rest + h * (slope + rest) ** 2 / 2)), i, n
    )


@claim("(2.2), at a kink", expect=REFUTED, covers="2.08")
def gradient_at_a_kink():
    """dL/dw_r exists for every network and every weight: not for max(w, 0) at w = 0 with the label 1."""

    def quotient(step, output):
        return ((output - 1) ** 2 / 2 - Rational(1, 2)) / step

    return counterexample(
        "the loss has a derivative in w",
        (quotient(h, h) <= -Rational(1, 2)).given(h <= 1),
        quotient(-h, Rational(0)) == 0,
        because="f = max(w, 0), y = 1: at w = 0 the quotients are at most -1/2 from the right and 0 from the left",
    )


J, speed, error = vector("J_r", index=r), path("w_r", index=r), scalar("e_r", index=r)


@claim("(2.3), the chain rule", covers="2.09")
def prediction_moves():
    """df_i/dt is the sum over the neurons of <df_i/dw_r, w_r'>, where f_i is differentiable.

    In a time h neuron r moves by h (w_r' + k_r) with k_r -> 0, and f_i by h (<J_r, w_r' + k_r> + e_r) summed over r.
    """
    k_r = vector("k_r", index=r)
    moved = total(h * (inner(J, speed.dot + k_r) + error), r, m)
    return moved / h == total(inner(J, speed.dot) + (inner(J, k_r) + error), r, m)


pulled_u = vector("pulled_u", index=r, latex="J_r^* u")
pulled_error = vector("pulled_error", index=r, latex=r"J_r^* \Delta")
#: H = sum of J_r J_r*, tested with u.
kernel_is_the_sum = inner(u, H(Delta)) == total(inner(pulled_u, pulled_error), r, m)
f, y = path("f"), vector("y")


@claim("(2.3), the prediction dynamics", covers="2.09")
def prediction_dynamics():
    """df/dt = sum of (df/dw_r) w_r' = -H (f - y), tested with any u, for w_r' = -J_r* Delta by (2.2)."""
    gradient_flow = for_all(r, inner(pulled_u, speed.dot) == -inner(pulled_u, pulled_error))
    return (
        chain(total(inner(pulled_u, speed.dot), r, m))
        .eq(-total(inner(pulled_u, pulled_error), r, m))
        .eq(-inner(u, H(Delta)))
        .given(gradient_flow, kernel_is_the_sum)
    )


@claim("(2.4), the error dynamics", covers="2.10")
def error_dynamics_of_descent():
    """Delta' = f' = -H Delta, since the labels rest."""
    return (
        chain(derivative(inner(u, f - y)))
        .eq(inner(u, f.dot))
        .eq(-inner(u, H(f - y)))
        .given(inner(u, f.dot) == -inner(u, H(f - y)))
    )


@claim("after (2.4), the kernel as a sum of outer products", covers="2.11")
def kernel_is_a_sum_of_squares():
    """<u, H u> is the sum of the |J_r* u|^2, so H is positive semidefinite.

    (df/dw_r)(df/dw_r)^T is itself a sum of p outer products, one for each coordinate of w_r.
    """
    return (
        chain(inner(u, H(u)))
        .eq(total(norm2(pulled_u), r, m))
        .ge(total(Rational(0), r, m))
        .eq(0)
        .given(inner(u, H(u)) == total(norm2(pulled_u), r, m))
    )


# --- lazy training ---------------------------------------------------------------------------------------------

#: Along the gradient flow neuron r moves by -G_r; |G_r| <= sqrt(n/m) |Delta| by the triangle inequality.
w_r, G = path("w_r"), path("G_r")
weight_flow = flow(w_r.dot == -G, time=t)
Delta_0 = norm(at(Delta, 0))
gradient_bounded = for_all(s, norm(at(G, s)) <= sqrt(n / m) * norm(at(Delta, s)))


@claim("Theorem 1, the loss falls")
def loss_falls():
    """If lambda_min(H(s)) >= lambda_0/2 up to t, L(t) <= exp(-lambda_0 t) L(0), however H jumps.

    Delta is absolutely continuous along the gradient flow, for a network is Lipschitz in its weights and these have a
    bounded velocity; H(t) is J J* for the derivative J that the flow follows.
    """
    return gronwall(descent, L, lambda_0)


@claim("Theorem 1, the error falls")
def error_falls():
    """|Delta(t)| <= exp(-lambda_0 t/2) |Delta(0)|."""
    return (norm(Delta) <= exp(-lambda_0 * t / 2) * Delta_0).by(loss_falls)


@claim("lazy training: a neuron moves at most by the integral of its speed")
def distance_of_descent():
    """|w_r(t) - w_r(0)| is at most the integral of |G_r|."""
    return displacement(weight_flow, w_r, s)


@claim("after (2.4), lazy training", covers="2.12")
def neurons_stay():
    """Each neuron stays within (2/lambda_0) sqrt(n/m) |Delta(0)| of its start, while the loss falls to 0."""
    scale = sqrt(n / m)
    return (
        chain(norm(w_r - at(w_r, 0)))
        .le(integral(norm(-at(G, s)), s, 0, t), distance_of_descent)
        .le(integral(scale * norm(at(Delta, s)), s, 0, t))
        .le(scale * Delta_0 * integral(exp(-lambda_0 * s / 2), s, 0, t), error_falls.at({t: s}))
        .le(2 * scale * Delta_0 / lambda_0)
        .given(gradient_bounded)
    )


z, z_0 = scalar("z_r", index=r), scalar("z_r0", index=r)
chi_0 = scalar("chi_r0", index=r)


def active(switch, of):
    """What it means that a switch tells whether a pre-activation is positive."""
    return switch**2 == switch, switch * of >= 0, (1 - switch) * of <= 0


@claim("lazy training: a neuron's output moves no more than its weight")
def neuron_is_lipschitz():
    """|max(z, 0) - max(z_0, 0)| <= |z - z_0|."""
    return ((chi * z - chi_0 * z_0) ** 2 <= (z - z_0) ** 2).given(*active(chi, z), *active(chi_0, z_0))


@claim("after (2.4), lazy training of all neurons together", expect=REFUTED, covers="2.12")
def weights_stay_as_a_whole():
    """All weights together move by less than any epsilon when m is large: but |W(t) - W(0)| >= |f_i(t) - f_i(0)|.

    e holds the a_r/sqrt m, outputs the changes d_r of the neurons' outputs, shift_r those of their weights.
    """
    e, outputs, x_i = vector("e"), vector("outputs"), vector("x_i")
    d, shift = scalar("d_r", index=r), vector("shift_r", index=r)
    lipschitz = for_all(r, d**2 <= inner(shift, x_i) ** 2)
    return counterexample(
        "|W(t) - W(0)| tends to 0 as m grows, for a given drop of the loss",
        (total(d**2, r, m) <= total(norm2(shift), r, m)).given(lipschitz, norm2(x_i) == 1),
        (inner(e, outputs) ** 2 <= norm2(outputs)).given(norm2(e) == 1),
        because="|x_i| = |a_r| = 1: f_i(t) - f_i(0) = <e, outputs>, which is at most |W(t) - W(0)|, has to reach y_i",
    )


x, shifted = vector("x_i"), vector("k_r", index=r)
w_0 = vector("w_r", index=r)


@claim("after (2.4), f between flips", covers="2.13")
def linear_between_flips():
    """While the activations are kept, f(W + K) = f(W) + the sum of <df/dw_r, k_r>: f is linear in W."""
    slope = a * chi / sqrt(m) * x
    return total(a * chi * inner(w_0 + shifted, x) / sqrt(m), r, m) == total(
        inner(slope, w_0) + inner(slope, shifted), r, m
    )


@claim("after (2.4), f is almost linear in W", covers="2.13")
def almost_linear():
    """A neuron departs from its linearisation only where it flips, and there by at most R, the distance moved.

    So f departs from its linearisation by at most R times the number of flips over sqrt m.
    """
    R = scalar("R", nonnegative=True)
    return ((chi * z - chi_0 * z) ** 2 <= (chi - chi_0) ** 2 * R**2).given(
        *active(chi, z), *active(chi_0, z_0), (z - z_0) ** 2 <= R**2
    )


chi_i, chi_j = scalar("chi_ir", index=r), scalar("chi_jr", index=r)
was_i, was_j = scalar("chi_ir0", index=r), scalar("chi_jr0", index=r)
change = chi_i * chi_j - was_i * was_j
flips = (chi_i - was_i) ** 2 + (chi_j - was_j) ** 2
switches = tuple(switch**2 == switch for switch in (chi_i, chi_j, was_i, was_j))


@claim("lazy training: what one neuron changes in the kernel")
def change_of_one_neuron():
    """A neuron that does not flip changes nothing, and one that flips changes a product of activations by 1."""
    return (change**2 <= flips).given(*switches), (change**3 == change).given(*switches)


@claim("lazy training: a change of 1 at most")
def change_times_a_cosine():
    """d c <= d^2 for d in {-1, 0, 1} and |c| <= 1."""
    d, c = scalar("d"), scalar("c")
    return (d * c <= d**2).given(d**3 == d, c**2 <= 1)


@claim("after (2.4), the kernel is almost constant", covers="2.13")
def kernel_almost_constant():
    """|H_ij(t) - H_ij(0)| is at most the share of the neurons that flip on sample i or on sample j.

    d_r is what neuron r changes in the product of activations, F_r counts its flips, c_ij = <x_i, x_j>.
    """
    d, F, c = scalar("d_r", index=r), scalar("F_r", index=r), scalar("c_ij")
    known = c**2 <= 1, for_all(r, d**3 == d), for_all(r, d**2 <= F)
    return (
        chain(total(d * c / m, r, m)).le(total(d**2 / m, r, m)).le(total(F / m, r, m)).given(*known),
        chain(total(-d * c / m, r, m)).le(total(d**2 / m, r, m)).given(*known),
    )


# --- the pseudo-loss -------------------------------------------------------------------------------------------

L_hat = let("L_hat", inner(H(Delta), Delta) / 2)


@claim("before the pseudo-loss's flow, the two losses", covers="2.14")
def two_losses():
    """The loss is |Delta|^2/2, and lambda_min(H) L <= L_hat; along (2.4) it falls at the speed 2 L_hat."""
    f_i, y_i = scalar("f_i", index=i), scalar("y_i", index=i)
    return (
        (total((f_i - y_i) ** 2 / 2, i, n) == norm2(Delta) / 2).given(norm2(Delta) == total((f_i - y_i) ** 2, i, n)),
        mu * L <= L_hat,
        frozen_descent.d(L) == -2 * L_hat,
    )


@claim("the pseudo-loss's flow", covers="2.15")
def flow_of_the_pseudo_loss():
    """-dL_hat/dDelta = -H Delta, for H held fixed: the increment of L_hat is <H Delta, k> up to a square."""
    increment = inner(H(Delta + k), Delta + k) / 2 - inner(H(Delta), Delta) / 2
    return increment - inner(H(Delta), k) == inner(H(k), k) / 2


@claim("the pseudo-loss's flow, when the kernel moves with the error", expect=REFUTED, covers="2.15")
def flow_of_the_moving_pseudo_loss():
    """Delta' is minus the derivative of L_hat for any network: not when H is a function of Delta, here H = 2 f.

    f = w^2/2 for one weight, y = 1: H = w^2 = 2 (Delta + 1), and L_hat = (Delta + 1) Delta^2.
    """
    step = scalar("h")
    rate = (2 * (1 + step + 1) * (1 + step) ** 2 / 2 - 2 * (1 + 1) * Rational(1) ** 2 / 2) / step
    return counterexample(
        "Delta' = -dL_hat/dDelta with the whole derivative, for an arbitrary network",
        (rate == 5 + 4 * step + step**2).given(step != 0),
        Rational(2) * (1 + 1) * 1 != 5,
        because="f = w^2/2, y = 1, at Delta = 1: H Delta = 4, but the quotients of L_hat tend to 5",
    )


# --- how fast, and what is essential ---------------------------------------------------------------------------

theta = scalar("theta", at_least=0, at_most=1)


@claim("before the pseudo-loss's flow, strong convexity", covers="2.16")
def pseudo_loss_strongly_convex():
    """For lambda_min(H) >= mu > 0 the pseudo-loss is strongly convex over Delta, with the constant mu."""
    v, v_2 = vector("v"), vector("v_2")
    mean = theta * v + (1 - theta) * v_2

    def pseudo_loss(at_point):
        return inner(H(at_point), at_point) / 2

    gap = theta * pseudo_loss(v) + (1 - theta) * pseudo_loss(v_2) - pseudo_loss(mean)
    return gap >= mu * theta * (1 - theta) / 2 * norm2(v - v_2)


@claim("before the pseudo-loss's flow, strong convexity for every network", expect=REFUTED, covers="2.16")
def pseudo_loss_strongly_convex_always():
    """L_hat is strongly convex for every network: not when two inputs are the same, however wide it is.

    Then H has two equal rows (q q; q q), and L_hat = q (Delta_1 + Delta_2)^2/2 vanishes along Delta_1 = -Delta_2.
    """
    q, v = scalar("q"), scalar("v")
    return counterexample(
        "L_hat is strongly convex over Delta for every network",
        q * (v + (-v)) ** 2 / 2 == 0,
        because="two samples with x_1 = x_2: L_hat = 0 for Delta = (v, -v)",
    )


@claim("after the pseudo-loss's flow, a constant positive kernel", covers="2.17")
def linear_rate():
    """|Delta(t)|^2 <= exp(-2 mu t) |Delta(0)|^2 for a constant kernel with lambda_min(H) >= mu."""
    return gronwall(frozen_descent, norm2(Delta), 2 * mu)


Lambda = scalar("Lambda", positive=True)
bounded_kernel_flow = flow(Delta.dot == -operator("H", at_least=0, at_most=Lambda)(Delta), time=t)


@claim("after the pseudo-loss's flow, not faster than linearly", sharpens=linear_rate)
def not_faster_than_linear():
    """|Delta(t)|^2 >= exp(-2 Lambda t) |Delta(0)|^2 when lambda_max(H) <= Lambda: the rate is linear exactly."""
    return gronwall(bounded_kernel_flow, -norm2(Delta), 2 * Lambda)


@claim("after the pseudo-loss's flow, faster than convex losses", expect=REFUTED, covers="2.18")
def faster_than_every_convex_loss():
    """The network's loss falls faster than every convex loss: not than w^2/2, when there is one sample."""
    return counterexample(
        "the loss of an over-parameterized network falls faster than that of any convex function",
        exp(-2 * Rational(1)) < exp(-2 * Rational(1, 2) * 1),
        because="n = 1, H = 1/2: L = exp(-t) L(0), and w' = -w gives w^2/2 = exp(-2 t) w(0)^2/2; at t = 1",
    )


some = scalar("x", nonnegative=True)


@claim("after the pseudo-loss's flow, an exponential and a hyperbola")
def below_a_hyperbola():
    """exp(-x) <= 1/(1 + x) for x >= 0."""
    return chain(exp(-some)).eq(1 / exp(some)).le(1 / (1 + some))


@claim("after the pseudo-loss's flow, faster than the rate 1/t", amends=faster_than_every_convex_loss)
def faster_than_the_convex_rate():
    """exp(-lambda_0 t) is below 1/(1 + lambda_0 t), and below every power: exp(-x) <= (1 + x/k)^(-k), here for k = 2."""
    return (
        (exp(-lambda_0 * t) <= 1 / (1 + lambda_0 * t)).by(below_a_hyperbola.at({some: lambda_0 * t})),
        chain(exp(-some)).eq(exp(-some / 2) ** 2).le((1 / (1 + some / 2)) ** 2, below_a_hyperbola.at({some: some / 2})),
    )


@claim("after the pseudo-loss's flow, the speed of strongly convex losses", covers="2.18")
def speed_of_strongly_convex_losses():
    """With lambda_min(H(s)) >= lambda_0/2 the loss keeps to exp(-lambda_0 t), as one of modulus lambda_0/2 does."""
    return (L <= exp(-lambda_0 * t) * L_0).by(loss_falls)


@claim("after the pseudo-loss's flow, the eigenvalue bounded away from 0", covers="2.19")
def bounded_eigenvalue_suffices():
    """lambda_min(H(s)) >= lambda_0/2 > 0 at all times is enough for a linear rate."""
    return (norm(Delta) <= exp(-lambda_0 * t / 2) * Delta_0).by(error_falls)


@claim("after the pseudo-loss's flow, the eigenvalue is essential", expect=REFUTED, covers="2.19")
def bounded_eigenvalue_is_essential():
    """A linear rate needs a smallest eigenvalue above 0: not two samples that are the same, with the same label.

    H = (1 1; 1 1)/2 is singular; Delta_1 = Delta_2 = exp(-t) solves Delta' = -H Delta.
    """
    both = exp(-t)
    return counterexample(
        "the loss tends to 0 linearly only if lambda_min(H) is bounded away from 0",
        derivative(both, t) == -(both + both) / 2,
        Rational(1, 2) * Rational(1, 2) - Rational(1, 2) * Rational(1, 2) == 0,
        because="x_1 = x_2, y_1 = y_2: det H = 0 and Delta = exp(-t) (1, 1)",
    )


@claim("after the pseudo-loss's flow, the eigenvalue is essential for convergence", expect=REFUTED, covers="2.19")
def eigenvalue_may_fade():
    """Convergence needs it bounded away from 0: not with H = 1/(1 + t), for which Delta = 1/(1 + t)."""
    return counterexample(
        "the loss tends to 0 only if lambda_min(H(t)) is bounded away from 0",
        derivative(1 / (1 + t), t) == -1 / (1 + t) * (1 / (1 + t)),
        because="H(t) = 1/(1 + t): its integral is infinite, which is what convergence needs in dimension one",
    )


@claim("after the pseudo-loss's flow, without a bound for the eigenvalue", covers="2.19")
def without_a_bound():
    """Positive at every time is not enough: with H = exp(-t) the error exp(exp(-t) - 1) stays above exp(-1)."""
    error = exp(exp(-t) - 1)
    return derivative(error, t) == -exp(-t) * error, error >= exp(-1)


# --- Fact 2.2: the kernel of infinite width --------------------------------------------------------------------

#: The turn of the weight's direction in the plane of x_i and x_j, x_i being at 0 and x_j at theta_ij.
turn, angle = scalar("phi"), scalar("theta_ij", nonnegative=True)
short = scalar("t", at_least=0, at_most=Fraction(7, 10))
quarter = scalar("x", nonnegative=True)


@claim("Fact 2.2, the sine near 0")
def double_sine_grows():
    """sin(t) cos(t) grows from 0 on, for its derivative is 1 - 2 sin(t)^2 >= 1 - 2 t^2."""
    return gronwall(flow(time=short), -(sin(short) * cos(short)), 0)


right = let("right", arccos(0), latex=r"\tfrac{\pi}{2}")


@claim("Fact 2.2, the right angle")
def right_angle():
    """arccos(0) = pi/2."""
    return right == pi / 2


@claim("Fact 2.2, the sine up to a quarter turn")
def sine_of_a_half():
    """sin(x/2) = 2 sin(x/4) cos(x/4) >= 0 for x up to the right angle."""
    return (
        chain(sin(quarter / 2))
        .eq(2 * (sin(quarter / 4) * cos(quarter / 4)))
        .ge(0, double_sine_grows.at({short: quarter / 4}))
        .given(quarter <= right)
    )


@claim("Fact 2.2, the cosine up to an eighth of a turn")
def cosine_of_a_half():
    """cos(x/2) = 1 - 2 sin(x/4)^2 >= 1 - x^2/8 >= 0 for x up to the right angle."""
    return (
        chain(cos(quarter / 2))
        .eq(1 - 2 * sin(quarter / 4) ** 2)
        .ge(1 - 2 * (quarter / 4) ** 2)
        .ge(0)
        .given(quarter <= right)
    )


@claim("Fact 2.2, the sine up to a quarter turn")
def sine_of_a_quarter():
    """sin(x) = 2 sin(x/2) cos(x/2) >= 0 for x up to the right angle."""
    halves = sin(quarter / 2) * cos(quarter / 2)
    return chain(sin(quarter)).eq(2 * halves).ge(0, sine_of_a_half, cosine_of_a_half).given(quarter <= right)


@claim("Fact 2.2, the sine of the right angle")
def sine_of_the_right_angle():
    """sin(pi/2) = 1."""
    return sin(right) == 1


@claim("Fact 2.2, a direction within a quarter turn")
def cosine_near_zero():
    """cos(x) = sin(pi/2 - x) >= 0 for x up to the right angle."""
    return (
        chain(cos(quarter))
        .eq(sin(right) * cos(quarter), sine_of_the_right_angle)
        .eq(sin(right) * cos(quarter) - cos(right) * sin(quarter))
        .eq(sin(right - quarter))
        .ge(0, sine_of_a_quarter.at({quarter: right - quarter}))
        .given(quarter <= right)
    )


@claim("Fact 2.2, a direction within a quarter turn, on the other side")
def cosine_is_even():
    """cos(-x) = cos(x)."""
    return cos(-turn) == cos(turn)


@claim("Fact 2.2, a direction beyond a quarter turn")
def cosine_of_the_opposite():
    """cos(phi - pi) = -cos(phi)."""
    return chain(cos(turn - pi)).eq(cos(turn) * cos(pi) + sin(turn) * sin(pi)).eq(-cos(turn))


@claim("Fact 2.2, the half turn in which a sample is active")
def active_half_turn():
    """cos(phi) >= 0 for |phi| <= pi/2."""
    return (
        (cos(turn) >= 0).given(turn >= 0, turn <= right).by(cosine_near_zero.at({quarter: turn})),
        (cos(turn) >= 0).given(turn <= 0, turn >= -right).by(cosine_near_zero.at({quarter: -turn}), cosine_is_even),
    )


@claim("Fact 2.2, the half turn in which a sample is not active")
def passive_half_turn():
    """cos(phi) = -cos(phi - pi) <= 0 for |phi - pi| <= pi/2, and so for |phi + pi| <= pi/2."""
    away = turn - pi
    return (
        (cos(turn) <= 0)
        .given(away >= 0, away <= right)
        .by(cosine_near_zero.at({quarter: away}), cosine_of_the_opposite),
        (cos(turn) <= 0)
        .given(away <= 0, away >= -right)
        .by(cosine_near_zero.at({quarter: -away}), cosine_is_even.at({turn: away}), cosine_of_the_opposite),
    )


#: P is the probability that both samples are active, one number for each angle between them.
both = scalar("P", index=angle)


@claim("Fact 2.2, the directions of the weights", expect=CITED)
def direction_is_uniform():
    """Both samples are active in a share of the directions: phi from theta - pi/2 to pi/2, by the two half turns.

    The projection of a standard Gaussian weight to the plane of x_i and x_j is a standard Gaussian there.
    """
    return cited(
        "Muirhead 1982, Theorem 1.5.6: the direction of a spherical vector is uniform",
        both == integral(1 / (2 * pi), turn, angle - pi / 2, pi / 2),
    )


@claim("Fact 2.2, the probability that both samples are active", covers="2.21")
def probability_that_both_are_active():
    """P(w x_i >= 0, w x_j >= 0) = 1/2 - theta_ij/(2 pi), for the angle 0 <= theta_ij <= pi between them."""
    return (
        chain(both)
        .eq(integral(1 / (2 * pi), turn, angle - pi / 2, pi / 2), direction_is_uniform)
        .eq(Rational(1, 2) - angle / (2 * pi))
        .given(angle <= pi)
    )


x_i, x_j = vector("x_i"), vector("x_j")
product = inner(x_i, x_j)


@claim("Fact 2.2, the closed form for inputs of any length", expect=REFUTED, covers="2.22")
def closed_form_of_any_inputs():
    """H_ij = (1/2 - arccos(<x_i, x_j>)/(2 pi)) <x_i, x_j> for any inputs: not on the diagonal, where H_ii = |x_i|^2/2.

    Fact 2.2 does not say that |x_i| = 1; beyond 1 the arc cosine is not even defined.
    """
    square = scalar("q", positive=True, at_most=1, latex=r"\|x_i\|^2")
    return (Rational(1, 2) - arccos(square) / (2 * pi)) * square == square / 2


@claim("Fact 2.2, the closed form", covers="2.22", amends=closed_form_of_any_inputs)
def closed_form():
    """H_ij = (1/2 - arccos(<x_i, x_j>)/(2 pi)) <x_i, x_j> for unit inputs, whose angle is arccos(<x_i, x_j>)."""
    return (
        chain(product * both)
        .eq(product * (Rational(1, 2) - angle / (2 * pi)), probability_that_both_are_active)
        .eq((Rational(1, 2) - arccos(product) / (2 * pi)) * product)
        .given(angle <= pi, norm2(x_i) == 1, norm2(x_j) == 1, product <= 1, product >= -1, angle == arccos(product))
    )


@claim("Fact 2.2, the closed form for inputs of any length", amends=closed_form_of_any_inputs)
def closed_form_for_all_lengths():
    """In general the angle is that of the directions: arccos(<x_i, x_j>/(|x_i| |x_j|))."""
    cosine = scalar("c_ij", at_least=-1, at_most=1)
    return (
        chain(product * both)
        .eq(product * (Rational(1, 2) - angle / (2 * pi)), probability_that_both_are_active)
        .eq((Rational(1, 2) - arccos(cosine) / (2 * pi)) * product)
        .given(angle <= pi, product == cosine * norm(x_i) * norm(x_j), angle == arccos(cosine))
    )


# --- Fact 2.2: when is the smallest eigenvalue positive? -------------------------------------------------------

c = scalar("c_ij", at_least=-1, at_most=1, latex="c_{ij}")
share = let("p_ij", Rational(1, 2) - arccos(c) / (2 * pi), latex="p_{ij}")
first, second = scalar("u_1"), scalar("u_2")


@claim("Fact 2.2, the smallest eigenvalue", expect=CITED, covers="2.23")
def smallest_eigenvalue_of_the_limit():
    """If no two inputs are parallel, the smallest eigenvalue of H_infinity is positive."""
    return cited("Du, Zhai, Poczos, Singh 2018, Theorem 3.1", "x_i not parallel to x_j for i != j implies lambda_0 > 0")


@claim("Fact 2.2, one sample", expect=REFUTED, covers="2.23")
def smallest_eigenvalue_of_one_sample():
    """For n = 1 nothing has to be not parallel, and lambda_0 = |x_1|^2/2 > 0: not for x_1 = 0."""
    square = scalar("q", nonnegative=True, latex=r"\|x_1\|^2")
    return square / 2 > 0


@claim("Fact 2.2, one sample", amends=smallest_eigenvalue_of_one_sample)
def smallest_eigenvalue_of_one_unit_sample():
    """lambda_0 = 1/2 for one input of length 1."""
    return (Rational(1, 2) - arccos(1) / (2 * pi)) * 1 == Rational(1, 2)


@claim("Fact 2.2, two samples: the form")
def form_of_two_samples():
    """u^2/2 + v^2/2 + 2 q c u v >= (1 - |c|) (u^2 + v^2)/2 for a probability q <= 1/2."""
    q = scalar("q", nonnegative=True)
    form = (first**2 + second**2) / 2 + 2 * q * c * first * second
    return (form >= (1 - absolute(c)) / 2 * (first**2 + second**2)).given(q <= Rational(1, 2))


@claim("Fact 2.2, two samples", covers="2.23")
def two_samples():
    """lambda_0 >= (1 - |c|)/2 for two unit inputs with <x_1, x_2> = c: positive unless they are parallel."""
    form = (first**2 + second**2) / 2 + 2 * share * c * first * second
    bound = (1 - absolute(c)) / 2 * (first**2 + second**2)
    return (form >= bound).by(form_of_two_samples.at({scalar("q", nonnegative=True): share}))


@claim("Fact 2.2, the same input twice", covers="2.23")
def repeated_input():
    """For x_1 = x_2 the form (u_1^2 + u_2^2)/2 + 2 H_12 u_1 u_2 vanishes at u = (1, -1): lambda_0 = 0."""
    return Rational(1) + 2 * ((Rational(1, 2) - arccos(1) / (2 * pi)) * 1) * 1 * -1 == 0


@claim("Fact 2.2, opposite inputs", sharpens=smallest_eigenvalue_of_the_limit)
def opposite_inputs():
    """Parallel inputs may do: for x_2 = -x_1, never active together, H_12 = 0 and lambda_0 = 1/2."""
    return (Rational(1, 2) - arccos(-1) / (2 * pi)) * -1 == 0


def entry(of_angle):
    """The entry of two unit inputs at an angle."""
    return (Rational(1, 2) - of_angle / (2 * pi)) * cos(of_angle)


@claim("Fact 2.2, opposite inputs: the angle")
def cosine_of_the_supplement():
    """cos(pi - theta) = -cos(theta)."""
    return chain(cos(pi - angle)).eq(cos(pi) * cos(angle) + sin(pi) * sin(angle)).eq(-cos(angle))


@claim("Fact 2.2, opposite inputs: half of the kernel is linear")
def entry_and_its_opposite():
    """The entries of x_j and -x_j differ by <x_i, x_j>/2: the angle of x_i and -x_j is pi - theta."""
    return (entry(angle) - entry(pi - angle) == cos(angle) / 2).by(cosine_of_the_supplement)


@claim("Fact 2.2, opposite inputs: weights that are odd")
def form_of_opposite_pairs():
    """With weights d_i at x_i and -d_i at -x_i, two pairs add d_i d_j <x_i, x_j>: the form is |sum d_i x_i|^2."""
    d_i, d_j = scalar("d_i"), scalar("d_j")
    same_side, other_side = d_i * d_j * entry(angle), d_i * -d_j * entry(pi - angle)
    return (2 * same_side + 2 * other_side == d_i * d_j * cos(angle)).by(entry_and_its_opposite)


@claim("Fact 2.2, three pairs of opposite inputs", covers="2.23")
def hexagon():
    """But lambda_0 = 0 for the corners of a hexagon, no two of them the same: x_1 - x_2 + x_3 = 0.

    The form vanishes at d = (1, -1, 1), by the claim before: any pairs with dependent x_i make lambda_0 = 0.
    """
    half, high = Rational(1, 2), sqrt(3) / 2
    return half**2 + high**2 == 1, 1 - half + (-half) == 0, 0 - high + high == 0


# --- the limit of infinite width -------------------------------------------------------------------------------

p = scalar("p_ij", at_least=0, at_most=1, latex="p_{ij}")


@claim("after Fact 2.2, the limit", expect=CITED, covers="2.24")
def limit_of_the_kernel():
    """H(0) tends to H_infinity almost surely as m grows: each entry is a mean of independent, bounded terms."""
    return cited("Kolmogorov's strong law of large numbers", "lim H_ij(0) = (H_infinity)_ij for m to infinity, a.s.")


@claim("after Fact 2.2, the mean", covers="2.24")
def mean_of_the_kernel():
    """E H_ij(0) = (H_infinity)_ij at every width, by (2.6): p_ij is the probability that both are active."""
    return total(c * p / m, r, m) == c * p


@claim("after Fact 2.2, the variance", covers="2.24")
def variance_of_the_kernel():
    """The variance of H_ij(0) is c^2 p (1 - p)/m <= 1/(4 m), c = <x_i, x_j>: it tends to 0."""
    return chain(total(c**2 * (p * (1 - p)) / m**2, r, m)).eq(c**2 * (p * (1 - p)) / m).le(1 / (4 * m))


# --- Theorem 1 -------------------------------------------------------------------------------------------------

delta = scalar("delta", positive=True)
C, R = scalar("C", positive=True), scalar("R", positive=True)
K = operator("K", changes=Changes.BY_JUMPS, latex="H(t)")
moved = norm(w_r - at(w_r, 0))
scale = sqrt(n / m)
#: Along the gradient flow, up to the first moment at which a neuron leaves its ball: there Lemma 3.2 bounds the kernel.
near = flow(
    Delta.dot == -K(Delta),
    w_r.dot == -G,
    time=t,
    subject_to=[inner(K(Delta), Delta) >= lambda_0 / 2 * norm2(Delta), norm(G) <= scale * norm(Delta)],
    inside=moved <= R,
)


@claim("Theorem 1, the eigenvalue and the width", expect=CITED, covers=("2.25", "2.26"))
def kernel_stays_positive():
    """With probability 1 - delta, lambda_min(H(t)) > lambda_0/2 for all t, at the printed width."""
    return cited(
        "Du, Zhai, Poczos, Singh 2018, Theorem 3.2, Lemmas 3.1, 3.2 and 3.4",
        "m = Omega(n^6/(lambda_0^4 delta^3)) implies lambda_min(H(t)) > lambda_0/2 with probability 1 - delta",
    )


@claim("Theorem 1, a_r from min{-1, 1}", expect=REFUTED, covers="2.25")
def second_layer_as_printed():
    """For a_r ~ min{-1, 1} the loss tends to 0: but then every a_r is -1, no output is positive, and L >= 1/2 for y = 1.

    At the time 2 L(0)/lambda_0 the bound exp(-lambda_0 t) L(0) is below 1/2. What is meant is unif{-1, 1}.
    """
    start = scalar("L_0", positive=True, latex="L(0)")
    return counterexample(
        "L(t) < exp(-lambda_0 t) L(0) for a_r = min{-1, 1}",
        *never_positive,
        far_from_one(scalar("f")),
        (exp(-(2 * start)) * start < Rational(1, 2)).by(below_a_hyperbola.at({some: 2 * start})),
        because="a_r = -1 for every r, one sample with y = 1",
    )


@claim("Theorem 1, the width", covers="2.25")
def width_of_descent():
    """(2/lambda_0) sqrt(n/m) |Delta(0)| < R = c delta lambda_0/n^2 exactly when m > 8 n^5 L(0)/(c^2 delta^2 lambda_0^4)."""
    start, constant = scalar("L_0", nonnegative=True, latex="L(0)"), scalar("c", positive=True)
    squared = 4 / lambda_0**2 * (n / m) * (2 * start)
    radius = constant * delta * lambda_0 / n**2
    width = 8 * n**5 * start / (constant**2 * delta**2 * lambda_0**4)
    return (squared < radius**2).given(m > width), (m > width).given(squared < radius**2)


@claim("Theorem 1, the loss at the start", covers="2.25")
def expected_loss_at_the_start():
    """E L(0) <= n (1/2 + C^2)/2 for |y_i| <= C, since E f_i(0)^2 = 1/2: by Markov L(0) is of order n/delta."""
    label = scalar("y_i", index=i)
    return (
        chain(total((Rational(1, 2) + label**2) / 2, i, n))
        .le(total((Rational(1, 2) + C**2) / 2, i, n))
        .eq(n * (Rational(1, 2) + C**2) / 2)
        .given(for_all(i, label**2 <= C**2))
    )


@claim("Theorem 1, the order of the width", covers="2.25")
def order_of_the_width_of_descent():
    """With L(0) of order n/delta the order that is printed comes out."""
    start = scalar("L_0", positive=True, latex="L(0)")
    return bounded(
        order(8 * n**5 * start / (delta**2 * lambda_0**4), n**6 / (lambda_0**4 * delta**3)),
        large=[n],
        small=[delta, lambda_0],
        given=[order(start, n / delta)],
    )


#: H(t) = H_infinity + (H(0) - H_infinity) + (H(t) - H(0)), by Lemmas 3.1 and 3.2.
nearly = scalar("q", nonnegative=True)
H_infinity = operator("H_infinity", at_least=lambda_0, latex=r"H^\infty")
at_start = operator("E_0", norm=lambda_0 / 4, latex=r"(H(0) - H^\infty)")
later = operator("E", norm=nearly, latex="(H(t) - H(0))")


@claim("Theorem 1, the smallest eigenvalue", covers="2.26")
def eigenvalue_stays_above_half():
    """lambda_min(H(t)) > lambda_0/2, from |H(0) - H_infinity| <= lambda_0/4 and |H(t) - H(0)| < lambda_0/4."""
    whole = inner(H_infinity(u), u) + inner(at_start(u), u) + inner(later(u), u)
    return (whole > lambda_0 / 2 * norm2(u)).given(nearly < lambda_0 / 4, norm2(u) > 0)


@claim("Theorem 1, the loss, as printed", expect=REFUTED, covers="2.27")
def loss_falls_as_printed():
    """L(t) < exp(-lambda_0 t) L(0) for all t: not at t = 0, nor when L(0) = 0."""
    return L_0 < exp(-lambda_0 * 0) * L_0


@claim("Theorem 1, the loss up to the exit")
def loss_near_the_start():
    """L(t) <= exp(-lambda_0 t) L(0) as long as the neurons have stayed in their balls."""
    return gronwall(near, L, lambda_0)


@claim("Theorem 1, the error up to the exit")
def error_near_the_start():
    """|Delta(t)| <= exp(-lambda_0 t/2) |Delta(0)| as long."""
    return (norm(Delta) <= exp(-lambda_0 * t / 2) * Delta_0).by(loss_near_the_start)


@claim("Theorem 1, a neuron's way up to the exit")
def way_near_the_start():
    """A neuron's way is at most the integral of sqrt(n/m) exp(-lambda_0 s/2) |Delta(0)|."""
    return mean_value(near, w_r, -2 / lambda_0 * scale * Delta_0 * exp(-lambda_0 * t / 2), by=[error_near_the_start])


@claim("Theorem 1, the neurons up to the exit")
def neurons_near_the_start():
    """So it stays below R' = (2/lambda_0) sqrt(n/m) |Delta(0)|, which the width makes less than R."""
    reached, faded = 2 / lambda_0 * scale * Delta_0, exp(-lambda_0 * t / 2)
    return chain(moved).le(reached * (1 - faded), way_near_the_start).le(reached).given(reached < R)


@claim("Theorem 1, the loss", amends=loss_falls_as_printed)
def theorem_1():
    """L(t) <= exp(-lambda_0 t) L(0) for all t when R' < R: no neuron ever leaves its ball. The weak sign is sharp."""
    return first_exit(loss_near_the_start, neurons_near_the_start)


@claim("Theorem 1, the loss after the start", sharpens=loss_falls_as_printed)
def loss_falls_strictly():
    """For t > 0 and L(0) > 0 the strict sign holds when lambda_min(H) >= (lambda_0 + epsilon)/2: then the rate is more."""
    margin = scalar("epsilon", positive=True)
    return (exp(-(lambda_0 + margin) * t) < exp(-lambda_0 * t)).given(t > 0)


# --- the kernel of the two-layer network -----------------------------------------------------------------------

J_i, J_j = vector("J_ir", index=r), vector("J_jr", index=r)
chi_i, chi_j = scalar("chi_ir", index=r), scalar("chi_jr", index=r)


@claim("(2.5), the entries", covers="2.28")
def kernel_is_a_gram_matrix():
    """The entries (2.5) are inner products of gradients: the form of two of them is the sum of |u_1 J_i + u_2 J_j|^2."""
    entries = first**2 * norm2(J_i) + 2 * first * second * inner(J_i, J_j) + second**2 * norm2(J_j)
    return total(entries, r, m) == total(norm2(first * J_i + second * J_j), r, m)


sum_of_gradients = total(inner(a * chi_i / sqrt(m) * x_i, a * chi_j / sqrt(m) * x_j), r, m)


@claim("(2.6)", covers="2.29")
def relu_kernel():
    """H_ij = (1/m) <x_i, x_j> times the number of neurons that are active on both samples, where a_r^2 = 1."""
    return (sum_of_gradients == product / m * total(chi_i * chi_j, r, m)).given(for_all(r, a**2 == 1))


@claim("(2.6), for every second layer", covers="2.29")
def relu_kernel_for_every_second_layer():
    """For another second layer neuron r counts a_r^2 times."""
    return sum_of_gradients == product / m * total(a**2 * (chi_i * chi_j), r, m)


@claim("(2.6), at a kink", expect=REFUTED, covers="2.29")
def relu_kernel_at_a_kink():
    """1(w x >= 0) in (2.6) is the derivative everywhere: at w x = 0 the gradient of Section 3 has 1(w x > 0)."""
    return counterexample(
        "(2.6) is (2.5) for every weight, with the gradient m^(-1/2) a_r x_i 1(w_r x_i > 0)",
        Rational(1) * 1 / 1 != Rational(0) * 0 / 1,
        because="m = n = 1, x = 1, w = 0: (2.6) is 1, the square of the gradient 0, and f has no derivative there",
    )


@claim("after (2.6), several layers", expect=CITED, covers="2.30")
def several_layers():
    """Theorem 1 extends to training both layers at once."""
    return cited("Du, Zhai, Poczos, Singh 2018, Theorem 3.3", "Theorem 1 holds when both layers are trained")


@claim("after (2.6), several layers: the kernel", covers="2.30")
def second_layer_helps():
    """The second layer adds a positive semidefinite part to the kernel: the smallest eigenvalue does not fall."""
    added = operator("H_a", at_least=0)
    return inner(H_t(u), u) + inner(added(u), u) >= lambda_0 / 2 * norm2(u)


# --- discrete time ---------------------------------------------------------------------------------------------

two_sided = operator("H", at_least=mu, at_most=Lambda)


@claim("after (2.6), discrete time", expect=CITED, covers="2.31")
def discrete_time():
    """Gradient descent itself keeps to |Delta(k)|^2 <= (1 - eta lambda_0/2)^k |Delta(0)|^2 for small steps."""
    return cited(
        "Du, Zhai, Poczos, Singh 2018, Theorem 4.1",
        "eta of order lambda_0/n^2 implies |Delta(k)|^2 <= (1 - eta lambda_0/2)^k |Delta(0)|^2",
    )


@claim("after (2.6), a step of gradient descent", covers="2.31")
def step_of_descent():
    """For a constant kernel |Delta - eta H Delta|^2 <= (1 - eta mu) |Delta|^2 as soon as eta lambda_max(H) <= 1."""
    after_step = Delta - eta * two_sided(Delta)
    return (norm2(after_step) <= (1 - eta * mu) * norm2(Delta)).given(eta * Lambda <= 1, mu <= Lambda)


@claim("after (2.6), too large a step", covers="2.31")
def too_large_a_step():
    """The step has to be small: for eta lambda_min(H) >= 2 the error does not fall at all."""
    return (norm2(Delta - eta * H(Delta)) >= norm2(Delta)).given(eta * mu >= 2)


@claim("after (2.6), a step over a kink", covers="2.31")
def step_over_a_kink():
    """A neuron that falls asleep within a step breaks Delta(k+1) = (I - eta H) Delta(k), which the proof has to mend.

    f = max(w, 0), y = -1, w = 1, H = 1, Delta = 2, eta = 3/4: the weight goes to -1/2 and Delta to 1, not to 1/2.
    """
    step, error = Rational(3, 4), Rational(2)
    return 1 - step * error < 0, error - step * error == Rational(1, 2), 0 - (0 - Rational(1)) == 1
