"""Section 2: gradient descent, its flow, the kernel and the pseudo-loss that come out of it.

Samples have the index i, neurons the index r. J_r is the gradient of an output f_i with respect to w_r. For every
vector v of outputs, `pulled v` is J_r* v, the gradient of <v, f> with respect to w_r: J_r* Delta is that of the loss.
"""

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    at,
    chain,
    cited,
    claim,
    consistent,
    counterexample,
    derivative,
    displacement,
    exp,
    flow,
    for_all,
    gronwall,
    inner,
    integral,
    let,
    norm,
    norm2,
    operator,
    path,
    scalar,
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
    return total(increment, i, n) == total(h * (Delta_i * slope + (Delta_i * rest + h * (slope + rest) ** 2 / 2)), i, n)


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
def prediction_dynamics_of_descent():
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


@claim("after (2.4), lazy training, against the size of the weights", amends=weights_stay_as_a_whole)
def weights_stay_for_their_size():
    """|W(t) - W(0)|^2 <= 4 n |Delta(0)|^2/lambda_0^2 at every width: small against |W(0)|^2, whose mean is m p."""
    shift, squared_way = vector("shift_r", index=r), 4 * n / m * norm2(at(Delta, 0)) / lambda_0**2
    return (
        chain(total(norm2(shift), r, m))
        .le(total(squared_way, r, m))
        .eq(4 * n * norm2(at(Delta, 0)) / lambda_0**2)
        .given(for_all(r, norm2(shift) <= squared_way))
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

    d_r is what neuron r changes in the product of activations, F_r counts its flips, c_ij = <x_i, x_j>. That few flip
    is Lemma 3.2, and that H(0) is near its limit Lemma 3.1.
    """
    d, F, c = scalar("d_r", index=r), scalar("F_r", index=r), scalar("c_ij")
    known = c**2 <= 1, for_all(r, d**3 == d)
    return (
        chain(total(d * c / m, r, m))
        .le(total(d**2 / m, r, m))
        .le(total(F / m, r, m))
        .given(*known, for_all(r, d**2 <= F)),
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
    error, weight = exp(-t / 2), exp(-t)
    return counterexample(
        "the loss of an over-parameterized network falls faster than that of any convex function",
        derivative(error, t) == -Rational(1, 2) * error,
        derivative(weight, t) == -weight,
        weight**2 / error**2 == exp(-t),
        (exp(-t) < 1).given(t > 0),
        because="n = 1, H = 1/2: Delta = exp(-t/2), and w' = -w gives w = exp(-t) on w^2/2: the smaller loss",
    )


some = scalar("x", nonnegative=True)


@claim("after the pseudo-loss's flow, an exponential and a hyperbola")
def below_a_hyperbola():
    """exp(-x) <= 1/(1 + x) for x >= 0."""
    return chain(exp(-some)).eq(1 / exp(some)).le(1 / (1 + some))


@claim("after the pseudo-loss's flow, faster than the rate 1/t", amends=faster_than_every_convex_loss)
def faster_than_the_convex_rate():
    """exp(-lambda_0 t) <= 1/(1 + lambda_0 t), and so for every power: exp(-x) <= (1 + x/k)^(-k), here for k = 2."""
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
