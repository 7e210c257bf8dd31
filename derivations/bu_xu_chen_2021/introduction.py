"""The abstract and Section 1: what the paper sets out to show, and the convex theory that it compares with."""

from proofcheck import (
    Rational,
    Verdict,
    at,
    chain,
    cited,
    claim,
    conserved,
    consistent,
    cos,
    counterexample,
    derivative,
    exp,
    flow,
    gronwall,
    inner,
    let,
    missing,
    norm2,
    operator,
    path,
    pi,
    power,
    scalar,
    scalar_path,
    sin,
    sqrt,
    substitute,
    vector,
)

from .notation import L_0, Delta, H, L, V, alpha, frozen, m, t

REFUTED, CITED, OPEN = Verdict.REFUTED, Verdict.CITED, Verdict.OPEN

mu, h = scalar("mu", positive=True), scalar("h", positive=True)
gamma, t_0 = scalar("gamma", positive=True), scalar("t_0", positive=True)
lambda0 = scalar("lambda_0", positive=True)

# --- the abstract ----------------------------------------------------------------------------------------------

#: One neuron has a_r > 0 and the weight w, all others rest at 0: f = q max(w, 0), with a label y > 0.
q, y = scalar("q", positive=True), scalar("y", positive=True)


def loss_of_one_neuron(active_weight):
    """The loss of the sample; the weight counts where it is positive."""
    return (q * active_weight - y) ** 2 / 2


asleep = loss_of_one_neuron(Rational(0))


@claim("the abstract, nonconvex", covers=("0.01", "1.04"))
def loss_is_not_convex():
    """At the middle w = 0 of -y/q and y/q the loss exceeds the mean of its values there, at every width."""
    return asleep > (asleep + loss_of_one_neuron(y / q)) / 2


@claim("the abstract, non-smooth", covers="0.01")
def loss_is_not_smooth():
    """At w = 0 the difference quotients are 0 from the left, and at most -q y/2 from the right for steps up to y/q."""
    return (
        ((loss_of_one_neuron(h) - asleep) / h <= -q * y / 2).given(h <= y / q),
        (asleep - asleep) / -h == 0,
    )


@claim("the abstract, Heavy Ball", covers=("0.02", "1.09"))
def heavy_ball_is_linear():
    """L(t) <= (4/lambda_0) exp(-alpha t) L_hat(0) for a wide network, where its start is good: so but for delta.

    The width, what a good start is, and the probability are with Theorem 2.
    """
    from . import theorem_2 as of
    from .network import printed

    return (
        (L <= printed)
        .given(of.width < m, of.printed_radius, of.chosen_level, L_0 <= of.level)
        .by(of.printed_width_for_the_radius, of.printed_loss_of_the_network)
    )


#: Nesterov's error dynamics (4.4) for a constant kernel.
K = operator("H", at_least=0)
nesterov_flow = flow(Delta.ddot == -gamma / t * Delta.dot - K(Delta), time=t)
mechanical = let("E", norm2(Delta.dot) / 2 + inner(K(Delta), Delta) / 2)


@claim("the abstract, Nesterov", covers=("0.03", "1.10"))
def nesterov_is_sublinear():
    """t^(2 gamma) E never falls, E = |Delta'|^2/2 + L_hat: Nesterov's energy decays no faster than a power of t.

    Where Delta rests E is the pseudo-loss. The loss itself is bounded above in Section 4.
    """
    return gronwall(nesterov_flow, -power(t, 2 * gamma) * mechanical, 0, since=t_0)


@claim("the abstract, Nesterov's loss at its crests", covers=("0.03", "1.10"))
def nesterov_at_its_crests():
    """For gamma = 2 and H = 1 the error sin(t)/t obeys (4.4), and L = 1/(2 t^2) whenever |sin t| = 1."""
    swing = sin(t) / t
    speed = derivative(swing, t)
    return (
        (derivative(speed, t) == -2 / t * speed - swing).given(t > 0),
        (swing**2 / 2 == 1 / (2 * t**2)).given(t > 0, sin(t) ** 2 == 1),
    )


W, v = path("W"), vector("v")
pulled_u, pulled_error = vector("pulled_u", latex="J^* u"), vector("pulled_error", latex=r"J^* \Delta")
u = vector("u")


@claim("the abstract, a strongly convex loss over the error", covers="0.04")
def strongly_convex_over_the_error():
    """Where H >= mu, L_hat(v) >= L_hat(Delta) + <H Delta, v - Delta> + (mu/2) |v - Delta|^2."""
    K_mu = operator("H", at_least=mu)

    def pseudo_loss(at_point):
        return inner(K_mu(at_point), at_point) / 2

    tangent = pseudo_loss(Delta) + inner(K_mu(Delta), v - Delta)
    return pseudo_loss(v) >= tangent + mu / 2 * norm2(v - Delta)


@claim("the abstract, descent over the weights is descent over the error", covers=("0.04", "1.08"))
def descent_over_the_error():
    """Along W' = -dL/dW = -J* Delta, Delta' is minus the gradient of L_hat, H = J J* held fixed: for every network.

    L_hat(Delta + u) = L_hat(Delta) - <Delta', u> + L_hat(u) for every u. Where H moves with Delta see after (2.4).
    """
    K = operator("H", at_least=0)

    def pseudo_loss(at_point):
        return inner(K(at_point), at_point) / 2

    return (pseudo_loss(Delta + u) == pseudo_loss(Delta) - inner(u, Delta.dot) + pseudo_loss(u)).given(
        inner(u, Delta.dot) == inner(pulled_u, W.dot),
        W.dot == -pulled_error,
        inner(pulled_u, pulled_error) == inner(u, K(Delta)),
    )


# --- Section 1: what is known ----------------------------------------------------------------------------------


@claim("Section 1, the kernel is almost constant", expect=CITED, covers="1.01")
def kernel_is_almost_constant():
    """The kernel is random at the start and moves in training, but tends to a constant one as the width grows.

    Theorem 2 there asks for a twice differentiable activation; for ReLU see Lemmas 3.1 and 3.2.
    """
    return cited(
        "Jacot, Gabriel, Hongler 2018, Theorem 1 (at the start) and Theorem 2 (in training, for a smooth activation)",
        "H(t) tends to a constant kernel as the width grows",
    )


@claim("Section 1, zero loss of a two-layer network", expect=CITED, covers="1.02")
def two_layers_reach_zero_loss():
    """Gradient flow and gradient descent take a wide two-layer ReLU network to zero loss, with high probability."""
    return cited("Du, Zhai, Poczos, Singh 2018, Theorems 3.2 and 4.1", "L tends to 0 with probability 1 - delta")


@claim("Section 1, other losses", expect=CITED, covers="1.03")
def other_losses():
    """Over-parameterized networks have an exponentially decaying MSE and a polynomially decaying cross-entropy."""
    return cited(
        "Allen-Zhu, Li, Song 2019, Theorem 1 and its extension to other losses",
        "the MSE decays exponentially, the cross-entropy polynomially",
    )


weight = scalar_path("w")
#: One weight w = f, one sample with the label 1: the cross-entropy log(1 + exp(-w)) has the slope -1/(1 + exp(w)).
cross_entropy_flow = flow(weight.dot == 1 / (1 + exp(weight)), time=t)


@claim("Section 1, the cross-entropy of one weight", covers="1.03")
def cross_entropy_conserves():
    """Along the flow w + exp(w) - t is kept."""
    return conserved(cross_entropy_flow, weight + exp(weight) - t)


@claim("Section 1, the weight of the cross-entropy grows")
def cross_entropy_weight_grows():
    """The weight never falls."""
    return gronwall(cross_entropy_flow, -weight, 0)


@claim("Section 1, the cross-entropy falls like 1/t", covers="1.03")
def cross_entropy_is_polynomial():
    """From w(0) = 0 on, exp(-w) lies between 1/(1 + t) and 2/(1 + t): the loss log(1 + exp(-w)) is of order 1/t."""
    known = cross_entropy_conserves, cross_entropy_weight_grows
    return (
        (exp(-weight) >= 1 / (1 + t)).given(at(weight, 0) == 0).by(*known),
        (exp(-weight) <= 2 / (1 + t)).given(at(weight, 0) == 0).by(*known),
    )


# --- Section 1: convex theory ----------------------------------------------------------------------------------

x, g = path("x"), path("g", latex=r"\nabla f")
f, f_star, x_star = scalar_path("f"), scalar("f_star", latex="f^*"), vector("x_star", latex="x^*")
#: Gradient flow on a convex function with a minimiser, and on any function that obeys Polyak and Lojasiewicz.
convex_flow = flow(
    x.dot == -g, f.dot == inner(g, x.dot), time=t, subject_to=[f_star >= f + inner(g, x_star - x), f >= f_star]
)
pl_flow = flow(x.dot == -g, f.dot == inner(g, x.dot), time=t, subject_to=[norm2(g) >= 2 * mu * (f - f_star)])


@claim("Section 1, GD and SGD on the MSE", expect=CITED, covers="1.04")
def known_linear_rates():
    """GD and SGD take the nonconvex MSE of a wide network to 0 linearly, with high probability."""
    return cited(
        "Allen-Zhu, Li, Song 2019, Theorems 1 and 2", "GD and SGD converge linearly on the MSE of wide networks"
    )


@claim("Section 1, the loss of an over-parameterized network", covers="1.04")
def network_obeys_polyak_lojasiewicz():
    """|dL/dW|^2 = |J* Delta|^2 = <H Delta, Delta> >= 2 mu L where H >= mu: an inequality that needs no convexity.

    J* Delta is the gradient of L with respect to all weights, and H = J J*.
    """
    K_mu = operator("H", at_least=mu)
    return (
        chain(norm2(pulled_error))
        .eq(inner(K_mu(Delta), Delta))
        .ge(2 * mu * L)
        .given(norm2(pulled_error) == inner(K_mu(Delta), Delta))
    )


@claim("Section 1, the linear rate of gradient flow without convexity", covers="1.04")
def linear_rate_without_convexity():
    """|grad f|^2 >= 2 mu (f - f*) along the flow implies f - f* <= exp(-2 mu t) (f(0) - f*)."""
    return gronwall(pl_flow, f - f_star, 2 * mu)


@claim("Section 1, the energy of a convex loss")
def convex_energy():
    """t (f - f*) + |x - x*|^2/2 never rises."""
    return gronwall(convex_flow, t * (f - f_star) + norm2(x - x_star) / 2, 0)


@claim("Section 1, the rate O(1/t) for convex losses", covers="1.05")
def convex_rate():
    """t (f - f*) <= |x(0) - x*|^2/2."""
    return (t * (f - f_star) <= norm2(at(x, 0) - x_star) / 2).by(convex_energy)


quartic = 1 / sqrt(1 + 2 * t)


@claim("Section 1, a convex loss without a linear rate", covers="1.05")
def quartic_descends():
    """On f = x^4/4 the flow x' = -x^3 has the solution (1 + 2 t)^(-1/2), and f = (1 + 2 t)^(-2)/4."""
    return derivative(quartic, t) == -(quartic**3), quartic**4 / 4 == 1 / (4 * (1 + 2 * t) ** 2)


@claim("Section 1, a convex loss without a linear rate: the exponential")
def exponential_above_a_cube():
    """exp(z) >= (1 + z/3)^3 >= (z/3)^3."""
    z = scalar("z", nonnegative=True)
    return chain(exp(z)).eq(exp(z / 3) ** 3).ge((1 + z / 3) ** 3).ge((z / 3) ** 3)


@claim("Section 1, a convex loss without a linear rate", covers="1.05")
def quartic_is_not_linear():
    """For all C, c > 0 this exceeds C exp(-c t) when t >= 1 and t > 972 C/c^3."""
    C, c, z = scalar("C", positive=True), scalar("c", positive=True), scalar("z", nonnegative=True)
    return (
        chain(4 * C * (1 + 2 * t) ** 2)
        .le(36 * C * t**2)
        .lt((c * t / 3) ** 3)
        .le(exp(c * t), exponential_above_a_cube.at({z: c * t}))
        .given(t >= 1, t * c**3 > 972 * C)
    )


@claim("Section 1, 'only when the loss is strongly convex'", expect=REFUTED, covers="1.05")
def linear_rate_needs_strong_convexity():
    """Gradient flow has a linear rate only on strongly convex losses: not on f(x_1, x_2) = x_1^2/2.

    With a modulus mu the mean of f at (0, -1) and (0, 1), 2 apart, exceeds f(0, 0) by mu/8 2^2, but all three are 0.
    """

    def flat(x_1, x_2):
        return x_1**2 / 2 + 0 * x_2

    first, second = exp(-t) * scalar("x_1"), scalar("x_2")
    middle = (flat(Rational(0), Rational(1)) + flat(Rational(0), Rational(-1))) / 2 - flat(Rational(0), Rational(0))
    return counterexample(
        "a linear rate of gradient descent implies that the loss is strongly convex",
        derivative(first, t) == -first,
        flat(first, second) == exp(-2 * t) * flat(scalar("x_1"), second),
        middle < mu / 8 * Rational(2) ** 2,
        because="f(x_1, x_2) = x_1^2/2 falls like exp(-2 t) and is flat along x_2",
    )


@claim("Section 1, a linear rate", amends=linear_rate_needs_strong_convexity)
def strong_convexity_suffices():
    """Strong convexity is enough: it implies |grad f|^2 >= 2 mu (f - f*), which is what the linear rate needs."""
    strongly_convex = f_star >= f + inner(g, x_star - x) + mu / 2 * norm2(x_star - x)
    return (norm2(g) >= 2 * mu * (f - f_star)).given(strongly_convex)


# --- Section 1: limiting equations and the two tools -----------------------------------------------------------

direction = vector("d", latex=r"\nabla^2 L^{-1} \nabla L")
w = path("w")


@claim("Section 1, limiting equations", covers="1.06")
def limit_of_newton():
    """Newton's method with a step h has the limit w' = -(Hessian)^-1 grad L; GD, HB and NAG-SC follow below.

    Which equation it is depends on what is kept as the step shrinks: for a fixed momentum HB has another, see (3.3).
    """
    return consistent(
        lambda before, now, after: after - now + h * direction,
        w.dot + direction,
        lambda behind, ahead: w.ddot / 2 + h * ahead,
        curve=w,
        step=h,
        leading=1,
    )


@claim("Section 1, the step of gradient descent and the flow: one side")
def euler_step_from_above():
    """exp(-t) <= 1 - t + t^2/2 for t >= 0."""
    return gronwall(flow(time=t), exp(-t) - 1 + t - t**2 / 2, 0)


@claim("Section 1, the step of gradient descent and the flow", covers="1.06")
def euler_step_is_second_order():
    """On one mode a step multiplies by 1 - z, z = eta H, the flow by exp(-z): they differ by at most z^2/2.

    Up to the time T there are T/eta steps, which adds up to at most eta H^2 T/2: it vanishes with eta.
    """
    defect = exp(-t) - (1 - t)
    return defect >= 0, (defect <= t**2 / 2).by(euler_step_from_above)


@claim("Section 1, a step that is not small", covers="1.06")
def large_step_diverges():
    """For a step that is not small they differ: on w^2/2 the step 3 doubles |w|, while the flow is exp(-t) w(0)."""
    start = scalar("w_0", positive=True)
    return start - 3 * start == -2 * start, derivative(exp(-t) * start, t) == -(exp(-t) * start)


steepest = flow(Delta.dot == -H(Delta), time=t)


@claim("Section 1, Gronwall for gradient descent", covers="1.07")
def gronwall_serves_descent():
    """Along Delta' = -H Delta the loss itself obeys L' <= -2 alpha^2 L, where H >= alpha^2."""
    return gronwall(steepest, L, 2 * alpha**2)


@claim("Section 1, the loss along Heavy Ball", covers="1.07")
def loss_rests_with_the_velocity():
    """Along Heavy Ball L' = <Delta', Delta> vanishes when Delta' does, so that L' <= -r L fails for every r > 0."""
    return chain(frozen.d(L)).eq(inner(Delta.dot, Delta)), (frozen.d(L) == 0).given(Delta.dot == 0)


@claim("Section 1, a Lyapunov function for Heavy Ball", covers="1.07")
def lyapunov_serves_heavy_ball():
    """But V = L_hat + |alpha Delta + Delta'|^2/2 obeys V' <= -alpha V, and Gronwall's inequality serves for V."""
    return frozen.d(V) <= -alpha * V


# --- Section 1: the contributions ------------------------------------------------------------------------------


@claim("Section 1, the same form", covers="1.08")
def weight_and_error_dynamics():
    """J applied to W'' + b W' + dL/dW = 0 is Delta'' + b Delta' + dL_hat/dDelta = 0, where f is linear in W.

    dL/dW = J* Delta and dL_hat/dDelta = H Delta with H = J J*; tested with any u. With curvature see (3.4).
    """
    b = scalar("b", positive=True)
    weights = inner(pulled_u, W.ddot + b * W.dot + pulled_error)
    return (weights == inner(u, Delta.ddot + b * Delta.dot + H(Delta))).given(
        inner(u, Delta.dot) == inner(pulled_u, W.dot),
        inner(u, Delta.ddot) == inner(pulled_u, W.ddot),
        inner(pulled_u, pulled_error) == inner(u, H(Delta)),
    )


@claim("Section 1, Heavy Ball is faster than GD", expect=REFUTED, covers="1.09")
def heavy_ball_is_faster_on_every_mode():
    """Heavy Ball converges faster than GD from every start: not along an eigenvector with a large eigenvalue.

    lambda_0 = 1/8, alpha = 1/4 and H = 1 there: after a period T of Heavy Ball |Delta| is exp(-T/4), with GD exp(-T).
    """
    omega = sqrt(Rational(15, 16))
    mode = exp(-t / 4) * (cos(omega * t) + sin(omega * t) / (4 * omega))
    speed, period = derivative(mode, t), 2 * pi / omega
    return counterexample(
        "the loss of Heavy Ball is below that of gradient descent, from the same start at rest",
        derivative(speed, t) == -speed / 2 - mode,
        substitute(mode, {t: Rational(0)}) == 1,
        substitute(speed, {t: Rational(0)}) == 0,
        substitute(mode, {t: period}) > exp(-period),
        because="one mode with H = 1, lambda_0 = 1/8, at the time 2 pi/omega with omega^2 = 15/16",
    )


@claim("Section 1, the guaranteed rates", amends=heavy_ball_is_faster_on_every_mode)
def guaranteed_rates():
    """The guaranteed rate sqrt(lambda_0/2) is not below GD's lambda_0, and above it when lambda_0 < 1/2."""
    return (
        (sqrt(lambda0 / 2) >= lambda0).given(lambda0 <= Rational(1, 2)),
        (sqrt(lambda0 / 2) > lambda0).given(lambda0 < Rational(1, 2)),
    )


@claim("Section 1, the sufficient widths", covers="1.10")
def sufficient_widths():
    """The width that Theorem 3 asks for has larger powers than those of Theorems 1 and 2, for its alpha > 4.

    Each is sufficient; that any of them is required is not shown, see after Theorem 2.
    """
    a = scalar("a")
    return tuple(
        (Rational(power_of, 2) * a - less > printed).given(a > 4)
        for power_of, less, printed in ((5, 4, 6), (3, 3, 3), (3, 2, 4))
    )


@claim("Section 1, the widths that are required", expect=OPEN, covers="1.10")
def required_widths():
    """Nesterov's method requires more width than Heavy Ball and GD: the paper has sufficient widths only."""
    return missing(
        "a lower bound on the width with which Nesterov's method converges, above one that is enough for GD and HB",
        "NAG requires more width than HB and GD",
    )
