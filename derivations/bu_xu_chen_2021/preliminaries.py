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
    flow,
    for_all,
    gronwall,
    inner,
    integral,
    let,
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


@claim("footnote 1, for every second layer", expect=REFUTED, covers="2.02")
def first_layer_suffices_always():
    """The second layer may be any: but when all a_r = -1 no output is positive, and a label 1 is out of reach."""
    return counterexample(
        "whatever the second layer is, some first layer has zero loss",
        *never_positive,
        far_from_one(scalar("f")),
        because="a_r = -1 for every r, one sample with y = 1: L >= 1/2 for every W",
    )


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
