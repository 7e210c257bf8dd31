"""Section 4, first half: the iteration (4.1), its flow, and how the loss decays under a constant kernel.

mu = lambda_0/2 bounds the kernel from below. What a moving kernel does is told in `resonance`, the weights and the
width in `nesterov_weights`. From t_0 = gamma/sqrt(mu) on the energies below have their signs.
"""

from proofcheck import (
    Rational,
    Verdict,
    at,
    chain,
    cited,
    claim,
    consistent,
    cos,
    counterexample,
    derivative,
    either,
    exp,
    flow,
    gronwall,
    inner,
    let,
    log,
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

REFUTED, CITED, OPEN = Verdict.REFUTED, Verdict.CITED, Verdict.OPEN

t = scalar("t", nonnegative=True)
mu = scalar("mu", positive=True)
gamma = scalar("gamma", at_least=2)
alpha = scalar("alpha", at_least=2)
lambda_0 = let("lambda_0", 2 * mu)
t_0 = let("t_0", gamma / sqrt(mu))

Delta = path("Delta")
H = operator("H", at_least=mu)
nag = flow(Delta.ddot == -gamma / t * Delta.dot - H(Delta), time=t)
L = let("L", norm2(Delta) / 2)
L_hat = let("L_hat", inner(H(Delta), Delta) / 2)
E = let("E", L_hat + norm2(Delta.dot) / 2)
L_0 = at(L, 0)

h, eta = scalar("h", positive=True), scalar("eta", positive=True)
beta = scalar("beta", at_least=0, below=1)
w, g = path("w"), vector("g")
change = vector("k")
u = vector("u")


# --- the iteration and its flow ---------------------------------------------------------------------------------


def nesterov_step(before, now, after, momentum, step_size):
    """The residual of (4.1); the gradient changes by h k from the step before to this one."""
    ahead, behind = now - step_size * g, before - step_size * (g - h * change)
    return after - ahead - momentum * (ahead - behind)


@claim("(4.1) and (4.2)", covers=("4.01", "4.03"))
def limit_of_nag():
    """At a fixed t = k sqrt(eta) > 0, (4.1) is consistent with (4.2) where the gradient does not jump; h^2 = eta."""
    moment = scalar("t", positive=True)
    k = moment / h
    shifted = moment + (gamma - 1) * h

    def remainder(behind, ahead):
        slow = gamma * (gamma - 1) / (moment * shifted) * w.dot + gamma / (2 * shifted) * w.ddot
        return ahead - behind - slow + gamma * h / shifted * behind + (moment - h) / shifted * change

    return consistent(
        lambda before, now, after: nesterov_step(before, now, after, (k - 1) / (k + gamma - 1), h**2),
        w.ddot + gamma / moment * w.dot + g,
        remainder,
        curve=w,
        step=h,
    )


@claim("after (4.1), a momentum that does not depend on time", covers="4.02")
def nag_limit_for_fixed_momentum():
    """With a fixed momentum beta and t = k eta the limit is (1 - beta) w' + dL/dw = 0."""
    return consistent(
        lambda before, now, after: nesterov_step(before, now, after, beta, h),
        (1 - beta) * w.dot + g,
        lambda behind, ahead: (1 + beta) / 2 * w.ddot + h * (ahead - beta * behind) + beta * change,
        curve=w,
        step=h,
        leading=1,
    )


@claim("after (4.1), 'may lead to linear convergence'", covers="4.02")
def fixed_momentum_is_linear():
    """Then the loss decays linearly, under a constant kernel: L <= exp(-2 mu t / (1 - beta)) L(0)."""
    return gronwall(flow(Delta.dot == -1 / (1 - beta) * H(Delta), time=t), L, 2 * mu / (1 - beta))


@claim("after (4.2), w'(0) = 0", covers="4.04")
def first_step():
    """The first step of (4.1), k = 1, has no momentum: w(2) - w(1) = -eta dL/dw, and over sqrt(eta) this tends to 0."""
    w_1, v_1 = vector("w_1"), vector("v_1")
    v_2 = w_1 - eta * g
    w_2 = v_2 + (1 - 1) / gamma * (v_2 - v_1)
    return 1 / sqrt(eta) * (w_2 - w_1) == -sqrt(eta) * g


W, f, y = path("W"), path("f"), vector("y")
pulled_u = vector("Ju", latex="J^* u")


def between_flips(moving, error):
    """What the chain rule makes of (4.2), for W with all weights, J their gradient, J* its adjoint, H = J J*.

    error' = J W', error'' = J W'', and W'' = -(gamma/t) W' - J* error; all tested with any vector u.
    """
    pulled_error = vector("JD", latex=r"J^* \Delta")
    return (inner(u, moving.ddot + gamma / t * moving.dot + H(error)) == 0).given(
        t > 0,
        inner(u, moving.dot) == inner(pulled_u, W.dot),
        inner(u, moving.ddot) == inner(pulled_u, -gamma / t * W.dot - pulled_error),
        inner(pulled_u, pulled_error) == inner(u, H(error)),
    )


@claim("(4.3), between flips", covers="4.05")
def prediction_dynamics():
    """Between flips f'' + (gamma/t) f' + H (f - y) = 0."""
    return between_flips(f, f - y)


@claim("(4.3) and (4.4), 'almost surely' as an equation for Delta", expect=REFUTED, covers=("4.05", "4.06"))
def nag_error_dynamics_at_a_flip():
    """Delta' is continuous along the training by NAG, as (4.4) would make it.

    One neuron, one sample, x = a = m = 1, y = -1, gamma = 2: Delta = (pi/2) sin(t)/t until the neuron falls asleep at
    t = pi/2 with the velocity -2/pi; asleep, w = pi/(2 t) - 1 goes on, Delta rests at 1.
    """
    awake, asleep = pi / 2 * sin(t) / t, pi / (2 * t) - 1
    flip = {t: pi / 2}
    later = (t > 0, t >= pi / 2)
    return counterexample(
        "Delta' is continuous along the training by NAG",
        (derivative(derivative(awake, t), t) == -2 / t * derivative(awake, t) - awake).given(t > 0),
        substitute(awake, flip) == 1,
        substitute(derivative(awake, t), flip) == -2 / pi,
        (derivative(derivative(asleep, t), t) == -2 / t * derivative(asleep, t)).given(*later),
        substitute(asleep, flip) == 0,
        substitute(derivative(asleep, t), flip) == -2 / pi,
        (asleep <= 0).given(*later),
        because="a neuron that falls asleep with the velocity -2/pi; asleep, Delta = 1 and Delta' = 0",
    )


@claim("(4.4), between flips", covers="4.06")
def nag_error_dynamics():
    """Between flips Delta'' + (gamma/t) Delta' + H Delta = 0."""
    return between_flips(Delta, Delta)


@claim("(4.5), the pseudo-loss", covers="4.07")
def nag_gradient_of_pseudo_loss():
    """dL_hat/dDelta = H Delta: the increment of L_hat is linear up to a square, so (4.4) is (4.5)."""
    k = vector("k")
    increment = inner(H(Delta + k), Delta + k) / 2 - inner(H(Delta), Delta) / 2
    return increment == inner(H(Delta), k) + inner(H(k), k) / 2


# --- Theorem 3 and the remarks around it ------------------------------------------------------------------------


C = let("C", 2 * power(gamma, alpha + 1))
A = let("A", C / power(mu, alpha / 2))


@claim("Theorem 3, the constant", covers="4.10")
def constant_is_explicit():
    """A = C (lambda_0/2)^(-alpha/2) with C = 2 gamma^(alpha+1) is a positive number; the loss below has it."""
    return A > 0


@claim("after Theorem 3, the rate for gamma >= 3", expect=REFUTED, covers="4.11")
def rate_for_convex_functions():
    """For gamma >= 3 and convex f, f - f* = O(t^(-2 gamma/3)): not without strong convexity, for which [57] shows it.

    x = (1 + t^2)^(-1/2) solves (4.2) from rest for f = (gamma - 2) x^4/4 + x^6/2, which falls like t^-4 only; for gamma
    = 9, t^6 f is not bounded.
    """
    x, K = 1 / sqrt(1 + t**2), scalar("K", at_least=1)
    z = scalar("x")

    def convex(x):
        return Rational(7, 4) * x**4 + x**6 / 2

    slope = derivative(convex(z), z)
    return counterexample(
        "f convex and gamma >= 3 imply f - f* = O(t^(-2 gamma/3))",
        derivative(slope, z) >= 0,
        (derivative(derivative(x, t), t) == -9 / t * derivative(x, t) - substitute(slope, {z: x})).given(t > 0),
        substitute(derivative(x, t), {t: Rational(0)}) == 0,
        K**6 * convex(1 / sqrt(1 + K**2)) >= Rational(7, 16) * K**2,
        because="gamma = 9, f = 7 x^4/4 + x^6/2 from x(0) = 1 at rest: x = (1 + t^2)^(-1/2), at any time K >= 1",
    )


@claim("after Theorem 3, the rate for gamma >= 3", expect=CITED, amends=rate_for_convex_functions)
def rate_as_cited():
    """The rate is O(t^-2) for convex f, and O(t^-alpha) for 2 <= alpha <= 2 gamma/3 when f is strongly convex."""
    return cited(
        "Su, Boyd, Candes 2016 (JMLR 17), Theorems 5 and 8",
        "gamma >= 3: f - f* = O(t^-2) for f convex, O(t^-alpha) for 2 <= alpha <= 2 gamma/3 and f strongly convex",
    )


slight = scalar("gamma", positive=True, below=2)
nag_slight = flow(Delta.ddot == -slight / t * Delta.dot - H(Delta), time=t)
tau = scalar("tau", positive=True)


def with_the_best_power(friction):
    """Z, such that t^(gamma-2) Z is the energy for alpha = gamma: nearly a constant of the motion."""
    shifted = norm2(t * Delta.dot + friction / 2 * Delta) / 2
    return let("Z", t**2 * L_hat + shifted - friction * (friction - 2) / 8 * norm2(Delta))


Z_slight = with_the_best_power(slight)
W_slight = let("W_gamma", power(t, slight - 2) * Z_slight)
k_slight = slight * (2 - slight) / (4 * mu * t**2)
undamped = let("G", (1 - k_slight) * W_slight)


@claim("after Theorem 3, gamma < 2")
def energy_for_small_friction():
    """For gamma < 2 and a constant kernel the energy t^(gamma-2) Z never rises."""
    return gronwall(nag_slight, W_slight, 0, since=tau)


@claim("after Theorem 3, gamma < 2")
def pseudo_loss_below_the_energy():
    """t^2 L_hat <= Z."""
    return t**2 * L_hat <= Z_slight


@claim("after Theorem 3, gamma < 2")
def error_below_the_energy():
    """mu t^2 |Delta|^2/2 <= Z."""
    return mu * t**2 / 2 * norm2(Delta) <= Z_slight


@claim("after Theorem 3, gamma < 2")
def small_factor_is_enough():
    """2 k Z is at least what the energy loses, gamma (2 - gamma) |Delta|^2/4, with k = gamma (2 - gamma)/(4 mu t^2)."""
    return (
        chain(2 * k_slight * Z_slight)
        .ge(2 * k_slight * (mu * t**2 / 2 * norm2(Delta)), error_below_the_energy)
        .eq(slight * (2 - slight) / 4 * norm2(Delta))
        .given(t > 0)
    )


@claim("after Theorem 3, gamma < 2")
def undamped_energy_rises():
    """With the factor 1 - gamma (2 - gamma)/(4 mu t^2) it rises."""
    loss_of_energy = slight * (2 - slight) / 4 * norm2(Delta)
    return (
        chain(nag_slight.d(undamped))
        .eq(power(t, slight - 3) * (2 * k_slight * Z_slight - (1 - k_slight) * loss_of_energy))
        .ge(power(t, slight - 3) * (k_slight * loss_of_energy), small_factor_is_enough)
        .ge(0)
        .given(t > 0)
    )


@claim("after Theorem 3, gamma < 2")
def energy_for_small_friction_stays():
    """So it stays above its value at tau."""
    return gronwall(nag_slight, -undamped, 0, since=tau, by=(undamped_energy_rises,))


@claim("after Theorem 3, gamma < 2, where the motion turns")
def energy_at_a_turn():
    """Z <= 2 t^2 L_hat where Delta' = 0, from mu t^2 = 1 on."""
    return (Z_slight <= 2 * t**2 * L_hat).given(Delta.dot == 0, mu * t**2 >= 1)


@claim("after Theorem 3, gamma < 3", covers="4.12")
def slower_than_the_square():
    """For gamma < 2, t^gamma L_hat stays above a positive number wherever the motion turns: it is not O(t^-2).

    One mode does turn later on, by an argument outside the check: if not, L_hat = O(t^-2) would leave |x'| >= c
    t^(-gamma/2) with one sign, and x would grow.
    """
    return (
        chain(2 * power(t, slight) * L_hat)
        .eq(power(t, slight - 2) * (2 * t**2 * L_hat))
        .ge(W_slight, energy_at_a_turn)
        .ge(undamped)
        .ge(at(undamped, tau, t), energy_for_small_friction_stays)
        .given(t >= tau, mu * tau**2 >= 1, mu * t**2 >= 1, Delta.dot == 0)
    )


@claim("after Theorem 3, 'gamma > 3 is needed'", expect=REFUTED, covers="4.14")
def large_friction_is_needed():
    """gamma > 3 is needed for convergence: but gamma = 2 converges, with a constant kernel, and no slower than t^-2.

    Read as 'gamma > 3 is enough', the sentence holds for a constant kernel and fails for one that moves, see Lemma 4.1.
    """
    error = sin(t) / t
    return counterexample(
        "L tends to 0 only if gamma > 3",
        (derivative(derivative(error, t), t) == -2 / t * derivative(error, t) - error).given(t > 0),
        (error**2 <= 1 / t**2).given(t > 0),
        because="Delta = sin(t)/t for gamma = 2, H = 1",
    )


@claim("after Theorem 3, the friction for convergence", amends=large_friction_is_needed)
def any_friction_converges():
    """For a constant kernel every gamma > 0 will do: below 2, t^gamma L_hat stays bounded; from 2 on, see (4.7)."""
    return (
        chain(power(t, slight) * L_hat)
        .eq(power(t, slight - 2) * (t**2 * L_hat))
        .le(W_slight, pseudo_loss_below_the_energy)
        .le(at(W_slight, tau, t), energy_for_small_friction)
        .given(t >= tau)
    )


@claim("after Theorem 3, gamma > 6", covers="4.15")
def friction_for_lazy_training():
    """There is an alpha with 4 < alpha <= 2 gamma/3 exactly when gamma > 6."""
    exponent, friction = scalar("alpha"), scalar("gamma", positive=True)
    return (
        (friction > 6).given(exponent > 4, exponent <= 2 * friction / 3),
        (4 < 2 * friction / 3).given(friction > 6),
    )


@claim("after Theorem 3, 'NAG only converges at polynomial rate', the iteration", expect=REFUTED, covers="4.16")
def iteration_is_polynomial():
    """Under a constant kernel (4.1) converges at a polynomial rate only: but on one mode it contracts by 1 - eta H.

    With x the error, q = 1 - eta H and any momentum beta_k in [0, 1], q |x_k - x_(k-1)|^2 + (1 - q) |x_k|^2 shrinks by
    the factor q in every step. The rate is lost only in the limit eta -> 0 with t = k sqrt(eta).
    """
    q, momentum = scalar("q", at_least=0, at_most=1), scalar("beta", at_least=0, at_most=1)
    x, x_before = scalar("x"), scalar("x_before", latex="x_{k-1}")
    x_after = q * (x + momentum * (x - x_before))

    def size(ahead, behind):
        return q * (ahead - behind) ** 2 + (1 - q) * ahead**2

    return counterexample(
        "the error of (4.1) under a constant kernel is not O(c^k) for any c < 1",
        size(x_after, x) <= q * size(x, x_before),
        (1 - q) * x**2 <= size(x, x_before),
        because="any mode with 0 < q = 1 - eta H < 1, for every gamma",
    )


loss, gradient = scalar_path("loss", latex="L"), path("gradient", latex=r"\nabla L")
#: The weights of any network; that L' = <grad L, w'> almost everywhere is its chain rule.
network = flow(
    w.ddot == -gamma / t * w.dot - gradient, loss.dot == inner(gradient, w.dot), time=t, subject_to=[loss >= 0]
)
mechanical = let("E", norm2(w.dot) / 2 + loss)


@claim("after Theorem 3, 'NAG only converges at polynomial rate'", covers="4.16", amends=iteration_is_polynomial)
def never_linear():
    """Along the flow, for any network: t^(2 gamma) (L + |w'|^2/2) never falls, so L + |w'|^2/2 is no exponential."""
    return gronwall(network, -power(t, 2 * gamma) * mechanical, 0, since=tau)


@claim("after Theorem 3, the energy for alpha = gamma")
def best_energy_never_falls():
    """For a constant kernel the energy for alpha = gamma never falls."""
    return gronwall(nag, -best, 0, since=t_0, by=(best_energy_balance,))


@claim("after Theorem 3, the rate from below", sharpens=never_linear)
def rate_from_below():
    """For a constant kernel t^gamma E(t) >= t_0^gamma E(t_0)/4 from t_0 on: the rate t^-gamma is exact."""
    return (
        chain(2 * power(t, gamma) * E)
        .eq(power(t, gamma - 2) * (2 * t**2 * E))
        .ge(best, best_energy_at_most, late_from_t_0)
        .ge(at(best, t_0, t), best_energy_never_falls)
        .ge(power(t_0, gamma - 2) * (t_0**2 * at(E, t_0, t) / 2), best_energy_at_least.at({t: t_0}))
        .eq(power(t_0, gamma) * at(E, t_0, t) / 2)
        .given(t >= t_0)
    )


@claim("after Theorem 3, straight and concave patterns", covers="4.17")
def patterns():
    """Over x = log t, a polynomial rate is a straight line and a linear rate is concave."""
    x, rate, scale = scalar("x"), scalar("r", positive=True), scalar("c", positive=True)
    linear = -rate * exp(x)
    return (
        log(scale * exp(-alpha * x)) == log(scale) - alpha * x,
        derivative(derivative(linear, x), x) < 0,
    )


#: The solution for gamma = 8, H = 1 from Delta(0) = 1 at rest: -(1/t) d/dt leads from gamma to gamma + 2.
eighth = sin(t) / t
for factor in (3, 5, 7):
    eighth = -factor / t * derivative(eighth, t)


@claim("after Theorem 3, the exponential and a power")
def square_above():
    """(1 + t/8)^2 >= t for t >= 47."""
    return ((1 + t / 8) ** 2 >= t).given(t >= 47)


@claim("after Theorem 3, the exponential and a power")
def exponential_above_a_power():
    """So exp(t) >= t^4 for t >= 47."""
    return (
        chain(exp(t))
        .eq(exp(t / 8) ** 8)
        .ge((1 + t / 8) ** 8)
        .eq(((1 + t / 8) ** 2) ** 4)
        .ge(t**4, square_above)
        .given(t >= 47)
    )


@claim("after Theorem 3, NAG in the long run")
def error_in_the_long_run():
    """For gamma = 8, H = 1 the error of NAG is 105 (t^2 - 15)/t^6 at every t = 2 pi k."""
    return (
        (derivative(derivative(eighth, t), t) == -8 / t * derivative(eighth, t) - eighth).given(t > 0),
        (eighth == 105 * (t**2 - 15) / t**6).given(t > 0, sin(t) == 0, cos(t) == 1),
    )


@claim("after Theorem 3, NAG and GD in the long run", covers="4.18")
def outperformed_in_the_long_run():
    """That is above the error of GD, which is exp(-t), from t = 47 on."""
    error = 105 * (t**2 - 15) / t**6
    return (
        chain(exp(t) * error).ge(t**4 * error, exponential_above_a_power).gt(1).given(t >= 47),
        (exp(-t) < error).given(exp(t) * error > 1),
    )


@claim("after Theorem 3, NAG and HB are not monotone", covers="4.19")
def loss_is_not_monotone():
    """The loss vanishes and rises again: NAG for gamma = 2, H = 1; HB for alpha = 1, H = 2, both from rest."""
    nesterov, heavy = sin(t) / t, exp(-t) * (cos(t) + sin(t))
    return (
        (derivative(derivative(nesterov, t), t) == -2 / t * derivative(nesterov, t) - nesterov).given(t > 0),
        substitute(nesterov, {t: pi}) == 0,
        substitute(nesterov, {t: pi / 2}) > 0,
        derivative(derivative(heavy, t), t) == -2 * derivative(heavy, t) - 2 * heavy,
        substitute(derivative(heavy, t), {t: Rational(0)}) == 0,
        substitute(heavy, {t: pi}) < 0,
        substitute(heavy, {t: 2 * pi}) > 0,
    )


@claim("after Theorem 3, GD is monotone", covers="4.19")
def gradient_descent_is_monotone():
    """The loss of GD never rises, for any network: L' = -|grad L|^2."""
    descent = flow(w.dot == -gradient, loss.dot == inner(gradient, w.dot), time=t, subject_to=[loss >= 0])
    return gronwall(descent, loss, 0)


@claim("Lemma 4.1, the loss, for a constant kernel", covers=("4.20", "6.03"))
def lemma_4_1():
    """L <= C L(0) / (t^alpha (lambda_0/2)^(alpha/2)) for 2 <= alpha <= gamma, so for alpha <= 2 gamma/3: H constant."""
    return (L <= C * L_0 / (power(t, alpha) * power(mu, alpha / 2))).given(t > 0, in_range).by(nag_loss_decays)


@claim("Lemma 4.1, the weights of the network", expect=OPEN, covers="4.21")
def nag_weights_of_the_network():
    """|w_r(t) - w_r(0)| <= R'(eps) for the network."""
    return missing(
        "the bound on the loss of the network, Lemma 4.1, first part; for a constant kernel see the weights",
        "alpha > 4 implies |w_r(t) - w_r(0)| <= R'(eps) along the training of the network",
    )


# --- the energy of [57], and what it is worth for a constant kernel ----------------------------------------------

q = 2 * gamma - alpha
V = let("V", power(t, alpha) * L_hat + q**2 * power(t, alpha - 2) / 8 * norm2(Delta + 2 * t / q * Delta.dot))
reduced = let("W", V - (alpha - 2) * q / 8 * power(t, alpha - 2) * norm2(Delta))
falling = -2 * (gamma - alpha) * power(t, alpha - 1) * L_hat
apart = (t > 0, q != 0)


@claim("the Lyapunov function, its derivative", covers="4.23")
def nag_energy_balance():
    """V' has two terms besides -2 (gamma - alpha) t^(alpha-1) L_hat, both with the factor alpha - 2."""
    rising = (alpha - 2) * q**2 / 8 * power(t, alpha - 3) * norm2(Delta)
    mixed = (alpha - 2) * q / 4 * power(t, alpha - 2) * inner(Delta.dot, Delta)
    return (nag.d(V) == falling + rising + mixed).given(*apart)


@claim("the Lyapunov function never rises", expect=REFUTED, covers="4.23")
def energy_never_rises():
    """V' <= 0 for 2 <= alpha <= 2 gamma/3; but for alpha > 2 it is 0 at the start, and positive afterwards."""
    return (nag.d(V) <= 0).given(t > 0, alpha <= 2 * gamma / 3)


@claim("the Lyapunov function, without its mixed term", amends=energy_never_rises)
def reduced_energy_balance():
    """W = V - (alpha - 2)(2 gamma - alpha) t^(alpha-2) |Delta|^2/8 has a derivative without a mixed term."""
    rising = (alpha - 2) * q * (gamma - alpha + 1) / 4 * power(t, alpha - 3) * norm2(Delta)
    return (nag.d(reduced) == falling + rising).given(*apart)


@claim("the Lyapunov function, without its mixed term", amends=energy_never_rises)
def reduced_energy_falls():
    """So W' <= 0 as soon as t >= t_0 = gamma/sqrt(mu), for alpha <= 2 gamma/3 and gamma >= 3."""
    bracket = -(gamma - alpha) * mu * t**2 + (alpha - 2) * q * (gamma - alpha + 1) / 4
    return (
        chain(nag.d(reduced))
        .eq(
            falling + (alpha - 2) * q * (gamma - alpha + 1) / 4 * power(t, alpha - 3) * norm2(Delta),
            reduced_energy_balance,
        )
        .le(power(t, alpha - 3) * norm2(Delta) * bracket)
        .le(0)
        .given(*apart, mu * t**2 >= gamma**2, alpha <= 2 * gamma / 3, gamma >= 3)
    )


#: The energy for alpha = 2, and W for alpha = gamma, which is t^(gamma-2) Z.
first = let("V_2", t**2 * L_hat + norm2((gamma - 1) * Delta + t * Delta.dot) / 2)
Z = with_the_best_power(gamma)
best = let("W_gamma", power(t, gamma - 2) * Z)
k = gamma * (gamma - 2) / (mu * t**2)
damped = let("G", (1 + k) * best)
late = mu * t**2 >= gamma**2


@claim("the energy for alpha = 2")
def first_energy():
    """V_2 = t^2 L_hat + |(gamma - 1) Delta + t Delta'|^2/2 never rises; it begins at (gamma - 1)^2 L(0)."""
    return gronwall(nag, first, 0)


@claim("the energy for alpha = gamma, its derivative")
def best_energy_balance():
    """For alpha = gamma W' = gamma (gamma - 2) t^(gamma-3) |Delta|^2/4: a constant but for a small term."""
    return (nag.d(best) == gamma * (gamma - 2) / 4 * power(t, gamma - 3) * norm2(Delta)).given(t > 0)


@claim("the energy for alpha = gamma, from below")
def best_energy_at_least():
    """From t_0 on Z >= t^2 E/2, where E = L_hat + |Delta'|^2/2."""
    return (Z >= t**2 * E / 2).given(late).along(nag)


@claim("the energy for alpha = gamma, from above")
def best_energy_at_most():
    """From t_0 on Z <= 2 t^2 E."""
    return (Z <= 2 * t**2 * E).given(late)


@claim("the energy for alpha = gamma and the pseudo-loss")
def pseudo_loss_below_best_energy():
    """From t_0 on t^2 L_hat <= 2 Z."""
    return (t**2 * L_hat <= 2 * Z).given(late)


@claim("the energy for alpha = gamma and the pseudo-loss")
def best_energy_not_negative():
    """So Z >= 0 from t_0 on."""
    return chain(2 * Z).ge(t**2 * L_hat, pseudo_loss_below_best_energy).ge(0).given(late).along(nag)


@claim("the energy for alpha = gamma at any time")
def best_energy_from_the_first():
    """Z <= gamma V_2/2, by a square that is thrown away."""
    square = norm2(t * Delta.dot + gamma * Delta)
    return (
        chain(Z)
        .eq(gamma / 2 * first - (gamma - 2) / 2 * t**2 * L_hat - (gamma - 2) / 4 * square)
        .le(gamma / 2 * first)
        .along(nag)
    )


@claim("the energy for alpha = gamma, damped")
def damped_energy_falls():
    """(1 + gamma (gamma - 2)/(mu t^2)) W_gamma falls from t_0 on."""
    small = (1 + k) * gamma * (gamma - 2) / 4 * norm2(Delta)
    return (
        chain(nag.d(damped))
        .eq(power(t, gamma - 3) * (small - 2 * k * Z), best_energy_balance)
        .le(power(t, gamma - 3) * (small - k * (t**2 * L_hat)), pseudo_loss_below_best_energy)
        .le(0)
        .given(late, t > 0)
    )


@claim("the time t_0")
def late_from_t_0():
    """mu t^2 >= gamma^2 from t_0 on."""
    return (late).given(t >= t_0)


@claim("the energy for alpha = gamma, damped")
def damped_energy():
    """It stays below its value at t_0."""
    return gronwall(nag, damped, 0, since=t_0, by=(damped_energy_falls, late_from_t_0))


@claim("the energy for alpha = gamma, damped")
def damping_at_t_0():
    """Its factor is at most 2 at t_0."""
    return 1 + gamma * (gamma - 2) / (mu * t_0**2) <= 2


@claim("the pseudo-loss up to t_0")
def pseudo_loss_early():
    """t^2 L_hat <= (gamma - 1)^2 L(0) at every time, as V_2 says."""
    return chain(t**2 * L_hat).le(first).le(at(first, 0, t), first_energy).eq((gamma - 1) ** 2 * L_0)


@claim("the energy for alpha = gamma at t_0")
def best_energy_at_t_0():
    """Z(t_0) <= gamma (gamma - 1)^2 L(0)/2."""
    return (
        chain(at(Z, t_0, t))
        .le(gamma / 2 * at(first, t_0, t), best_energy_from_the_first.at({t: t_0}))
        .le(gamma / 2 * at(first, 0, t), first_energy.at({t: t_0}))
        .eq(gamma / 2 * (gamma - 1) ** 2 * L_0)
    )


@claim("the pseudo-loss from t_0 on", sharpens=energy_never_rises)
def pseudo_loss_late():
    """t^gamma L_hat <= 2 gamma^3 t_0^(gamma-2) L(0) for t >= t_0."""
    scale, Z_0 = power(t_0, gamma - 2), at(Z, t_0, t)
    return (
        chain(power(t, gamma) * L_hat)
        .eq(power(t, gamma - 2) * (t**2 * L_hat))
        .le(power(t, gamma - 2) * (2 * Z), pseudo_loss_below_best_energy, late_from_t_0)
        .le(2 * damped, best_energy_not_negative, late_from_t_0)
        .le(2 * at(damped, t_0, t), damped_energy)
        .le(2 * (2 * (scale * Z_0)), damping_at_t_0, best_energy_not_negative.at({t: t_0}))
        .le(4 * (scale * (gamma / 2 * (gamma - 1) ** 2 * L_0)), best_energy_at_t_0)
        .le(2 * gamma**3 * scale * L_0)
        .given(t >= t_0)
    )


p = scalar("p", nonnegative=True)
clock = flow(time=t)


@claim("powers of the time")
def power_grows():
    """t^p does not fall, for p >= 0."""
    return gronwall(clock, -power(t, p), 0, since=tau)


@claim("powers of the time")
def power_falls():
    """t^-p does not grow."""
    return gronwall(clock, power(t, -p), 0, since=tau)


bound = 2 * gamma**3 * power(t_0, alpha - 2) * L_0
in_range = alpha <= gamma


@claim("(4.7), up to t_0")
def pseudo_loss_up_to_t_0():
    """t^alpha L_hat <= 2 gamma^3 t_0^(alpha-2) L(0) for t <= t_0."""
    return (
        chain(power(t, alpha) * L_hat)
        .eq(power(t, alpha - 2) * (t**2 * L_hat))
        .le(power(t, alpha - 2) * ((gamma - 1) ** 2 * L_0), pseudo_loss_early)
        .le(power(t_0, alpha - 2) * ((gamma - 1) ** 2 * L_0), power_grows.at({p: alpha - 2, tau: t, t: t_0}))
        .le(bound)
        .given(t > 0, in_range, t <= t_0)
    )


@claim("(4.7), from t_0 on")
def pseudo_loss_from_t_0():
    """t^alpha L_hat <= 2 gamma^3 t_0^(alpha-2) L(0) for t >= t_0."""
    return (
        chain(power(t, alpha) * L_hat)
        .eq(power(t, -(gamma - alpha)) * (power(t, gamma) * L_hat))
        .le(power(t, -(gamma - alpha)) * (2 * gamma**3 * power(t_0, gamma - 2) * L_0), pseudo_loss_late)
        .le(
            power(t_0, -(gamma - alpha)) * (2 * gamma**3 * power(t_0, gamma - 2) * L_0),
            power_falls.at({p: gamma - alpha, tau: t_0}),
        )
        .eq(bound)
        .given(t > 0, in_range, t >= t_0)
    )


@claim("(4.7), the bound")
def pseudo_loss_in_either_case():
    """t^alpha L_hat <= 2 gamma^3 t_0^(alpha-2) L(0) at every time."""
    return either(pseudo_loss_up_to_t_0, pseudo_loss_from_t_0)


@claim("(4.7), the constant")
def constant_in_closed_form():
    """2 gamma^3 t_0^(alpha-2) = C mu^(-(alpha-2)/2), with C = 2 gamma^(alpha+1)."""
    return 2 * gamma**3 * power(t_0, alpha - 2) == C / power(mu, (alpha - 2) / 2)


@claim("(4.7), the pseudo-loss", covers="4.24")
def pseudo_loss_decays():
    """L_hat <= C L(0) / (t^alpha mu^((alpha-2)/2)) for a constant kernel, even for 2 <= alpha <= gamma, gamma >= 2."""
    return (
        chain(L_hat)
        .eq(power(t, alpha) * L_hat / power(t, alpha))
        .le(bound / power(t, alpha), pseudo_loss_in_either_case)
        .eq(C / power(mu, (alpha - 2) / 2) * L_0 / power(t, alpha), constant_in_closed_form)
        .eq(C * L_0 / (power(t, alpha) * power(mu, (alpha - 2) / 2)))
        .given(t > 0, in_range)
    )


@claim("(4.7), A", covers="4.25")
def definition_of_A():
    """C / (t^alpha mu^((alpha-2)/2)) = A / (t^alpha mu^-1) with A = C mu^(-alpha/2), the A of (4.6)."""
    return (C / (power(t, alpha) * power(mu, (alpha - 2) / 2)) == A / (power(t, alpha) * mu**-1)).given(t > 0)


@claim("after (4.7), the smallest eigenvalue", covers="4.26")
def pseudo_loss_above_loss():
    """L_hat >= (lambda_0/2) L."""
    return lambda_0 / 2 * L <= L_hat


@claim("after (4.7), the loss", covers="4.27")
def nag_loss_decays():
    """L <= (2/lambda_0) L_hat <= C L(0) / (t^alpha (lambda_0/2)^(alpha/2)), for a constant kernel."""
    return (
        chain(L)
        .le(2 / lambda_0 * L_hat, pseudo_loss_above_loss)
        .le(2 / lambda_0 * (C * L_0 / (power(t, alpha) * power(mu, (alpha - 2) / 2))), pseudo_loss_decays)
        .eq(C * L_0 / (power(t, alpha) * power(mu, alpha / 2)))
        .given(t > 0, in_range)
    )
