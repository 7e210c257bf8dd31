"""Lemma 4.1 when the kernel moves: resonance refutes it, a constant kernel or one of bounded variation has it.

lambda_0 is written omega_0^2 and mu = lambda_0/2 is written kappa^2.
"""

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    arccos,
    at,
    chain,
    claim,
    cos,
    counterexample,
    derivative,
    exp,
    flow,
    gronwall,
    gronwall_with_variation,
    inner,
    let,
    log,
    norm2,
    operator,
    path,
    power,
    scalar,
    scalar_path,
    sin,
    sqrt,
    substitute,
    variation,
)

REFUTED = Verdict.REFUTED

t = scalar("t", nonnegative=True)
gamma = scalar("gamma", positive=True)
alpha = scalar("alpha", nonnegative=True)
kappa = scalar("kappa", positive=True)

# --- resonance: a kernel within lambda_0/4 of where it began ----------------------------------------------------

x = scalar_path("x")
omega, omega_0 = scalar("omega", positive=True), scalar("omega_0", positive=True)
lambda_0 = let("lambda_0", omega_0**2)
#: One mode under a kernel omega^2, but for a term that the friction brings and that fades.
tuned_kernel = let("h", omega**2 + gamma * (gamma - 2) / (4 * t**2))
tuned = flow(x.ddot == -(gamma / t) * x.dot - tuned_kernel * x, time=t)
resting = flow(x.ddot == -(gamma / t) * x.dot - lambda_0 * x, time=t)
y = let("y", power(t, gamma / 2) * x)
y_dot = let("y_dot", power(t, gamma / 2) * (x.dot + gamma / (2 * t) * x), latex=r"\dot{y}")
slow, fast = Rational(9, 10) * omega_0, Rational(11, 10) * omega_0
t_0 = let("t_0", 5 * (gamma + 1) / (2 * omega_0))
t_1 = scalar("t_1", positive=True)
state = x.dot**2 + lambda_0 * x**2
local = scalar("s")
A, phase = scalar("A", positive=True), scalar("phi", nonnegative=True)


def swinging(frequency, position, velocity):
    """The solution of y'' + frequency^2 y = 0 from a position and a velocity."""
    return position * cos(frequency * local) + velocity / frequency * sin(frequency * local)


def swings(frequency):
    """What it means that it is one."""
    position, velocity = scalar("position"), scalar("velocity")
    moved = swinging(frequency, position, velocity)
    speed, start = derivative(moved, local), {local: Rational(0)}
    return (
        derivative(speed, local) == -(frequency**2) * moved,
        substitute(moved, start) == position,
        substitute(speed, start) == velocity,
    )


def leads(moved, duration, position, velocity):
    """That a motion comes to a position and a velocity."""
    end = {local: duration}
    return substitute(moved, end) == position, substitute(derivative(moved, local), end) == velocity


@claim("Lemma 4.1 for a moving kernel, without the friction")
def velocity_without_friction():
    """y = t^(gamma/2) x has y' = t^(gamma/2) (x' + gamma x/(2t)): x and x' are continuous just when y and y' are."""
    return (tuned.d(y) == y_dot).given(t > 0)


@claim("Lemma 4.1 for a moving kernel, without the friction")
def without_friction():
    """Under the tuned kernel y'' = -omega^2 y: nothing is left of the friction."""
    return (tuned.d(y_dot) == -(omega**2) * y).given(t > 0)


@claim("Lemma 4.1 for a moving kernel, the mode is never at rest at zero")
def never_at_rest_at_zero():
    """Before t_0 the kernel is lambda_0, and t^(2 gamma) (x'^2 + lambda_0 x^2) never falls; x(t_1) is near x(0)."""
    return gronwall(resting, -power(t, 2 * gamma) * state, 0, since=t_1)


k, C = scalar("k", nonnegative=True), scalar("C", positive=True)
begun, T = scalar("t_begun", positive=True, latex="t_*"), scalar("T", positive=True)
growth = scalar("r", positive=True)
z, a = scalar("z", positive=True), scalar("a", positive=True)
moment = begun + k * T


@claim("Lemma 4.1 for a moving kernel, the logarithm of a quotient")
def logarithm_of_a_quotient():
    """log z = log a + log(z/a)."""
    return chain(log(z)).eq(log(a * (z / a))).eq(log(a) + log(z / a))


@claim("Lemma 4.1 for a moving kernel, a tangent of the logarithm")
def logarithm_below_its_tangent():
    """The logarithm lies below its tangent at a."""
    return chain(log(z)).eq(log(a) + log(z / a), logarithm_of_a_quotient).le(log(a) + z / a - 1)


def large(constant):
    """That k is so large that exp(2 r k) exceeds constant (t_* + k T)^gamma."""
    scale = gamma * T / growth
    return k * growth > log(constant) + gamma * (log(scale) + begun / scale - 1)


@claim("Lemma 4.1 for a moving kernel, the pumping beats the friction")
def pumping_beats_friction():
    """exp(2 r k) > C (t_* + k T)^gamma for every C, as soon as k is large: exp beats every power."""
    scale = gamma * T / growth
    tangent = log(scale) + moment / scale - 1
    return (
        chain(C * power(moment, gamma))
        .eq(exp(log(C) + gamma * log(moment)))
        .le(exp(log(C) + gamma * tangent), logarithm_below_its_tangent.at({z: moment, a: scale}))
        .lt(exp(2 * k * growth))
        .given(large(C))
    )


#: At its turning points y = (11/9)^k A up to a sign, r = log(11/9); this is t^gamma L = y^2/2.
lifted_loss = exp(2 * k * growth) * A**2 / 2


@claim("Lemma 4.1 for a moving kernel, a later logarithm")
def logarithm_is_not_negative():
    """log t >= 1 - 1/t >= 0 for t >= 1."""
    return chain(log(z)).ge(1 - 1 / z, logarithm_below_its_tangent.at({z: 1, a: z})).ge(0).given(z >= 1)


@claim("Lemma 4.1 for a moving kernel, powers grow")
def powers_are_at_least_one():
    """t^alpha >= 1 for t >= 1."""
    return (
        chain(power(z, alpha))
        .eq(exp(alpha * log(z)))
        .ge(1 + alpha * log(z))
        .ge(1, logarithm_is_not_negative)
        .given(z >= 1)
    )


@claim("Lemma 4.1 for a moving kernel, the loss of the pumped mode")
def pumped_loss_is_unbounded():
    """t^alpha L > C at the later turning points, for every C and alpha >= 0; both sides times t^gamma."""
    needed = 2 * C / A**2
    return (
        chain(power(moment, alpha) * lifted_loss)
        .ge(lifted_loss, powers_are_at_least_one.at({z: moment}))
        .gt(C * power(moment, gamma), pumping_beats_friction.at({C: needed}))
        .given(moment >= 1, large(needed))
    )


@claim("Lemma 4.1 and (4.7), for a moving kernel", expect=REFUTED, covers=("4.20", "4.24"))
def lemma_4_1_for_a_moving_kernel():
    """If H(s) >= lambda_0/2, even |H(s) - H(0)| <= lambda_0/4, then L(t) <= C(alpha, gamma) L(0) / (...) t^-alpha.

    For every gamma, alpha and C: h = lambda_0 up to t_0; then the tuned kernel, slow until y' = 0 at a time t_* where
    y = A; then fast until y = 0 and slow until y' = 0, and so on. A half turn takes the time T and multiplies y by
    -11/9. As L = t^-gamma y^2/2, not even L itself stays bounded; nor L_hat, which is at least lambda_0 L/2. This is
    the lemma as it is proved, from (4.4) and a bound on H alone; no network does this, as its L stays below L(0).
    """
    quarter, later = arccos(0), t >= t_0
    kernels = [substitute(tuned_kernel, {omega: value}) for value in (slow, fast)]
    to_zero, to_turn = swinging(fast, A, 0), swinging(slow, 0, -fast * A)
    ratio = log(Rational(11, 9))
    return counterexample(
        "L(t) <= C t^-alpha for some C, where Delta'' + (gamma/t) Delta' + H(t) Delta = 0, |H(t) - H(0)| <= lambda_0/4",
        (power(t, 2 * gamma) * state > 0).given(t >= t_1, at(state, t_1) > 0).by(never_at_rest_at_zero),
        (tuned.d(y) == y_dot).given(t > 0).by(velocity_without_friction),
        (tuned.d(y_dot) == -(omega**2) * y).given(t > 0).by(without_friction),
        *((kernel >= Rational(3, 4) * lambda_0).given(later) for kernel in kernels),
        *((kernel <= Rational(5, 4) * lambda_0).given(later) for kernel in kernels),
        *swings(omega),
        *leads(swinging(omega, A * cos(phase), omega * A * sin(phase)), phase / omega, A, 0),
        *leads(to_zero, quarter / fast, 0, -fast * A),
        *leads(to_turn, quarter / slow, -Rational(11, 9) * A, 0),
        ratio > 0,
        exp(ratio) == Rational(11, 9),
        (power(moment, alpha) * lifted_loss > C * power(moment, gamma))
        .given(moment >= 1, large(2 * C / A**2))
        .by(pumped_loss_is_unbounded),
        because="H = c^2 lambda_0 + gamma (gamma - 2)/(4 t^2) with c = 9/10 and 11/10, switched at each quarter turn",
    )


# --- a constant kernel ------------------------------------------------------------------------------------------

c_bar, Delta_bar = path("c"), path("Delta_bar", latex=r"\bar{\Delta}")
H_0 = operator("H_0", at_least=kappa**2)
#: Delta' = J_0 W', W'' = -(gamma/t) W' - J_0* Delta and W'(0) = 0: then W' = J_0* c, and |W'|^2 = <H_0 c, c>.
linear = flow(Delta_bar.dot == H_0(c_bar), c_bar.dot == -(gamma / t) * c_bar - Delta_bar, time=t)
E_bar = let("E_bar", inner(H_0(c_bar), c_bar) / 2 + norm2(Delta_bar) / 2, latex=r"\bar{E}")
tau_0 = let("tau_0", gamma / (2 * kappa))
#: The energy and what is exchanged; the factor t/(t - tau_0) pays for the bound on the exchange.
exchange = E_bar + gamma / (2 * t) * inner(c_bar, Delta_bar)
weighted = power(t, gamma) * exchange * t / (t - tau_0)


@claim("Lemma 4.1 for a constant kernel, the energy")
def linear_energy_falls():
    """The energy of the linear network never rises."""
    return gronwall(linear, E_bar, 0)


@claim("Lemma 4.1 for a constant kernel, the exchange from below")
def exchange_from_below():
    """(gamma/2) <c, Delta> >= -tau_0 E, as H_0 >= kappa^2."""
    return tau_0 * E_bar + gamma / 2 * inner(c_bar, Delta_bar) >= 0


@claim("Lemma 4.1 for a constant kernel, the exchange from above")
def exchange_from_above():
    """(gamma/2) <c, Delta> <= tau_0 E."""
    return (tau_0 * E_bar - gamma / 2 * inner(c_bar, Delta_bar) >= 0).along(linear)


@claim("Lemma 4.1 for a constant kernel, the weighted energy's derivative")
def weighted_energy_derivative():
    """The powers of t are chosen so that all cancels but for what the exchange is compared with."""
    left_over = tau_0 * E_bar + gamma / 2 * inner(c_bar, Delta_bar)
    return (
        chain(linear.d(weighted))
        .eq(-power(t, gamma) / (t - tau_0) ** 2 * left_over)
        .le(0, exchange_from_below)
        .given(t >= 2 * tau_0)
    )


@claim("Lemma 4.1 for a constant kernel, the weighted energy")
def weighted_energy_falls():
    """From 2 tau_0 on, t^gamma (E + (gamma/2t) <c, Delta>) t/(t - tau_0) never rises."""
    return gronwall(linear, weighted, 0, since=2 * tau_0, by=[weighted_energy_derivative])


@claim("Lemma 4.1 for a constant kernel, later on")
def linear_energy_decays_later():
    """E(t) <= 3 (2 tau_0/t)^gamma E(0) for t >= 2 tau_0; the 3 is (1 + tau_0/t)/(1 - tau_0/t) at t = 2 tau_0."""
    first = 2 * tau_0
    start = at(exchange, first, t)
    return (
        chain(power(t, gamma) * E_bar)
        .le(weighted, exchange_from_below)
        .le(at(weighted, first, t), weighted_energy_falls)
        .eq(2 * power(first, gamma) * start)
        .le(3 * power(first, gamma) * at(E_bar, first), exchange_from_above.at({t: first}))
        .le(3 * power(first, gamma) * at(E_bar, 0), linear_energy_falls.at({t: first}))
        .given(t >= first)
    )


@claim("Lemma 4.1 for a constant kernel, the power of a quotient")
def power_of_a_quotient():
    """z^gamma / a^gamma = (z/a)^gamma."""
    return (
        chain(power(z, gamma) / power(a, gamma))
        .eq(exp(gamma * log(z)) / exp(gamma * log(a)))
        .eq(exp(gamma * (log(a) + log(z / a))) / exp(gamma * log(a)), logarithm_of_a_quotient)
        .eq(power(z / a, gamma))
    )


@claim("Lemma 4.1 for a constant kernel, an earlier logarithm")
def logarithm_is_not_positive():
    """log z <= z - 1 <= 0 for z <= 1."""
    return (log(z) <= 0).given(z <= 1).by(logarithm_below_its_tangent.at({a: 1}))


@claim("Lemma 4.1 for a constant kernel, smaller powers")
def smaller_powers():
    """z^gamma <= z^alpha for z <= 1 and alpha <= gamma."""
    return (
        chain(power(z, gamma))
        .eq(exp(gamma * log(z)))
        .le(exp(alpha * log(z)), logarithm_is_not_positive)
        .eq(power(z, alpha))
        .given(z <= 1, alpha <= gamma)
    )


@claim("Lemma 4.1 for a constant kernel, later on, as a rate")
def linear_energy_decays():
    """E(t) <= 3 (gamma/(kappa t))^gamma E(0) from gamma/kappa = 2 tau_0 on."""
    first = 2 * tau_0
    return (
        chain(E_bar)
        .le(3 * (power(first, gamma) / power(t, gamma)) * at(E_bar, 0), linear_energy_decays_later)
        .eq(3 * power(first / t, gamma) * at(E_bar, 0), power_of_a_quotient.at({z: first, a: t}))
        .given(t >= first)
    )


starts_at_rest = at(c_bar, 0) == 0
L_bar, L_bar_0 = norm2(Delta_bar) / 2, norm2(at(Delta_bar, 0)) / 2


@claim("Lemma 4.1 for a constant kernel, from gamma/kappa on", amends=lemma_4_1_for_a_moving_kernel)
def lemma_4_1_for_a_constant_kernel_later():
    """L(t) <= 3 gamma^alpha L(0) / (kappa t)^alpha for t >= gamma/kappa and alpha <= gamma: C is 3 gamma^alpha."""
    ratio = 2 * tau_0 / t
    return (
        chain(L_bar)
        .le(E_bar)
        .le(3 * power(ratio, gamma) * at(E_bar, 0), linear_energy_decays)
        .eq(3 * power(ratio, gamma) * L_bar_0)
        .le(3 * power(ratio, alpha) * L_bar_0, smaller_powers.at({z: ratio}))
        .given(starts_at_rest, t >= 2 * tau_0, alpha <= gamma)
    )


@claim("Lemma 4.1 for a constant kernel, up to gamma/kappa", amends=lemma_4_1_for_a_moving_kernel)
def lemma_4_1_for_a_constant_kernel_early():
    """Before, the bound is above L(0)."""
    ratio = 2 * tau_0 / t
    return (
        chain(L_bar)
        .le(E_bar)
        .le(at(E_bar, 0), linear_energy_falls)
        .eq(L_bar_0)
        .le(3 * power(ratio, alpha) * L_bar_0, powers_are_at_least_one.at({z: ratio}))
        .given(starts_at_rest, t > 0, t <= 2 * tau_0)
    )


# --- a kernel of bounded variation -------------------------------------------------------------------------------

error = path("Delta")
H_t = operator("H_t", at_least=kappa**2, changes=Changes.BY_JUMPS, latex="H_t")
TV = variation(H_t)
jumping_nag = flow(error.ddot == -(gamma / t) * error.dot - H_t(error), time=t)
E_t = let("E_t", norm2(error.dot) / 2 + inner(H_t(error), error) / 2, latex="E(t)")
exchange_t = E_t + gamma / (2 * t) * inner(error, error.dot)
weighted_t = power(t, gamma) * exchange_t * t / (t - tau_0)


@claim("Lemma 4.1 for a kernel of bounded variation, the energy")
def energy_with_variation():
    """The energy |Delta'|^2/2 + L_hat is multiplied by at most 1 + j/kappa^2 at a jump of the size j."""
    return gronwall_with_variation(jumping_nag, E_t, 0, 1 / kappa**2, H_t)


@claim("Lemma 4.1 for a kernel of bounded variation, the exchange from below")
def exchange_t_from_below():
    """(gamma/2) <Delta, Delta'> >= -tau_0 E."""
    return tau_0 * E_t + gamma / 2 * inner(error, error.dot) >= 0


@claim("Lemma 4.1 for a kernel of bounded variation, the exchange from above")
def exchange_t_from_above():
    """(gamma/2) <Delta, Delta'> <= tau_0 E."""
    return (tau_0 * E_t - gamma / 2 * inner(error, error.dot) >= 0).along(jumping_nag)


@claim("Lemma 4.1 for a kernel of bounded variation, the weighted energy's derivative")
def weighted_derivative_with_variation():
    """Between jumps, as for a constant kernel."""
    left_over = tau_0 * E_t + gamma / 2 * inner(error, error.dot)
    return (
        chain(jumping_nag.d(weighted_t))
        .eq(-power(t, gamma) / (t - tau_0) ** 2 * left_over)
        .le(0, exchange_t_from_below)
        .given(t >= 2 * tau_0)
        .along(jumping_nag)
    )


@claim("Lemma 4.1 for a kernel of bounded variation, later on")
def friction_below_the_kernel():
    """(gamma/t)^2 <= kappa^2 from 2 tau_0 on."""
    return ((gamma / t) ** 2 <= kappa**2).given(t >= 2 * tau_0)


@claim("Lemma 4.1 for a kernel of bounded variation, what jumps")
def jump_below_the_exchange():
    """kappa^2 L is at most 4/3 of the energy with its exchange, from 2 tau_0 on."""
    pushed, friction = norm2(error.dot + gamma / (2 * t) * error), (gamma / t) ** 2
    form = inner(H_t(error), error)
    return (
        chain(kappa**2 * norm2(error) / 2)
        .le(form / 2)
        .le(form / 2 + Rational(2, 3) * pushed + (form - friction * norm2(error)) / 6, friction_below_the_kernel)
        .eq(Rational(4, 3) * exchange_t)
        .given(t >= 2 * tau_0)
    )


@claim("Lemma 4.1 for a kernel of bounded variation, what jumps, with its weight")
def jump_below_the_weighted_energy():
    """So t^gamma L t/(t - tau_0) is at most 4/(3 kappa^2) of the weighted energy."""
    return (
        chain(power(t, gamma) * (norm2(error) / 2) * t / (t - tau_0))
        .le(4 / (3 * kappa**2) * weighted_t, jump_below_the_exchange)
        .given(t >= 2 * tau_0)
    )


@claim("Lemma 4.1 for a kernel of bounded variation, the weighted energy is positive")
def weighted_energy_is_positive():
    """It is at least a multiple of L."""
    weight = power(t, gamma) * (norm2(error) / 2) * t / (t - tau_0)
    return (
        chain(weighted_t)
        .ge(Rational(3, 4) * kappa**2 * weight, jump_below_the_weighted_energy)
        .ge(0)
        .given(t >= 2 * tau_0)
        .along(jumping_nag)
    )


@claim("Lemma 4.1 for a kernel of bounded variation, the weighted energy")
def weighted_energy_with_variation():
    """From 2 tau_0 on, a jump of the size j multiplies it by at most 1 + 4j/(3 kappa^2)."""
    return gronwall_with_variation(
        jumping_nag,
        weighted_t,
        0,
        4 / (3 * kappa**2),
        H_t,
        since=2 * tau_0,
        by=[weighted_derivative_with_variation, weighted_energy_is_positive, jump_below_the_weighted_energy],
    )


def swelling(gathered):
    """What a total variation costs."""
    return exp(4 / (3 * kappa**2) * gathered)


first = 2 * tau_0
TV_first = at(TV, first)


@claim("Lemma 4.1 for a kernel of bounded variation, until 2 tau_0")
def weighted_start_with_variation():
    """At 2 tau_0 the weighted energy is at most 3 (2 tau_0)^gamma exp(TV/kappa^2) E(0)."""
    start = power(first, gamma)
    return (
        chain(at(weighted_t, first, t))
        .le(3 * start * at(E_t, first), exchange_t_from_above.at({t: first}))
        .le(3 * start * (exp(TV_first / kappa**2) * at(E_t, 0)), energy_with_variation.at({t: first}))
    )


@claim("Lemma 4.1 for a kernel of bounded variation, both costs")
def costs_of_the_variation():
    """exp(4 (TV(t) - TV(s))/(3 kappa^2)) exp(TV(s)/kappa^2) <= exp(4 TV(t)/(3 kappa^2)), as TV(s) >= 0."""
    both = swelling(TV - TV_first) * exp(TV_first / kappa**2)
    return (k * both <= k * swelling(TV)).given(TV_first >= 0)


@claim("Lemma 4.1 for a kernel of bounded variation, its energy is positive")
def energy_is_positive():
    """E >= 0, for H_t >= kappa^2."""
    return (E_t >= 0).along(jumping_nag)


@claim("Lemma 4.1 for a kernel of bounded variation, its energy")
def energy_decays_with_variation():
    """t^gamma E(t) <= 3 (gamma/kappa)^gamma exp(4 TV/(3 kappa^2)) E(0) from gamma/kappa = 2 tau_0 on."""
    start = 3 * power(first, gamma)
    return (
        chain(power(t, gamma) * E_t)
        .le(weighted_t, exchange_t_from_below)
        .le(swelling(TV - TV_first) * at(weighted_t, first, t), weighted_energy_with_variation)
        .le(swelling(TV - TV_first) * (start * (exp(TV_first / kappa**2) * at(E_t, 0))), weighted_start_with_variation)
        .le(start * swelling(TV) * at(E_t, 0), costs_of_the_variation.at({k: start}), energy_is_positive.at({t: 0}))
        .given(t >= first, TV_first >= 0)
    )


@claim("Lemma 4.1 for a kernel of bounded variation", amends=lemma_4_1_for_a_moving_kernel)
def lemma_4_1_with_variation():
    """From rest L(t) <= 3 exp(4 TV/(3 mu)) (gamma/(kappa t))^gamma L_hat(0)/mu from gamma/kappa on, mu = kappa^2.

    TV is the total variation of the kernel up to t, in operator norm: at a given one the rate is even t^-gamma.
    """
    L_hat_start = inner(at(H_t(error), 0), at(error, 0)) / 2
    return (
        chain(norm2(error) / 2)
        .le(E_t / kappa**2)
        .le(
            3 * (power(first, gamma) / power(t, gamma)) * swelling(TV) * at(E_t, 0) / kappa**2,
            energy_decays_with_variation,
        )
        .eq(
            3 * power(first / t, gamma) * swelling(TV) * L_hat_start / kappa**2,
            power_of_a_quotient.at({z: first, a: t}),
        )
        .given(t >= first, TV_first >= 0, at(error.dot, 0) == 0)
    )


# --- the same with numbers: gamma = 8, lambda_0 = 1, from x = 1 at rest ------------------------------------------

plain = flow(time=t)
#: With sine' = cos each has t times the one before it as its derivative.
first_sine = sin(t) - t * cos(t)
second_sine = (3 - t**2) * sin(t) - 3 * t * cos(t)
third_sine = (15 - 6 * t**2) * sin(t) - (15 * t - t**3) * cos(t)
#: The spherical Bessel function j_3(t)/t^3, times 105.
from_rest = 105 * third_sine / t**7


@claim("Lemma 4.1 with numbers, the cosine from below")
def cosine_from_below():
    """cos t >= 1 - t^2/2."""
    return gronwall(plain, 1 - t**2 / 2 - cos(t), 0)


@claim("Lemma 4.1 with numbers, the sine from below")
def sine_from_below():
    """sin t >= t - t^3/6."""
    return gronwall(plain, t - t**3 / 6 - sin(t), 0, by=[cosine_from_below])


@claim("Lemma 4.1 with numbers, the first step from above")
def first_sine_from_above():
    """sin t - t cos t <= t^3/3."""
    return gronwall(plain, first_sine - t**3 / 3, 0)


@claim("Lemma 4.1 with numbers, the first step from below")
def first_sine_from_below():
    """sin t - t cos t >= t^3/3 - t^5/30."""
    return gronwall(plain, t**3 / 3 - t**5 / 30 - first_sine, 0, by=[sine_from_below])


@claim("Lemma 4.1 with numbers, the second step from above")
def second_sine_from_above():
    """(3 - t^2) sin t - 3 t cos t <= t^5/15."""
    return gronwall(plain, second_sine - t**5 / 15, 0, by=[first_sine_from_above])


@claim("Lemma 4.1 with numbers, the second step from below")
def second_sine_from_below():
    """(3 - t^2) sin t - 3 t cos t >= t^5/15 - t^7/210."""
    return gronwall(plain, t**5 / 15 - t**7 / 210 - second_sine, 0, by=[first_sine_from_below])


@claim("Lemma 4.1 with numbers, the third step from above")
def third_sine_from_above():
    """(15 - 6 t^2) sin t - (15 t - t^3) cos t <= t^7/105."""
    return gronwall(plain, third_sine - t**7 / 105, 0, by=[second_sine_from_above])


@claim("Lemma 4.1 with numbers, the third step from below")
def third_sine_from_below():
    """(15 - 6 t^2) sin t - (15 t - t^3) cos t >= t^7/105 - t^9/1890."""
    return gronwall(plain, t**7 / 105 - t**9 / 1890 - third_sine, 0, by=[second_sine_from_below])


@claim("Lemma 4.1 with numbers", expect=REFUTED, covers=("4.20", "4.24"))
def lemma_4_1_with_numbers():
    """gamma = 8, alpha = 5, lambda_0 = 1: L(t) <= 3 gamma^alpha L(0) / (sqrt(lambda_0/2) t)^alpha, true for constant H.

    h = 1 up to t = 45/2, from x = 1 and x' = 0 at t = 0; then pumped as above, with an amplitude of at least |y(45/2)|.
    After 100 half turns, at a time below 347, L is above 7 L(0), and it goes on growing exponentially.
    """
    speed, begin = derivative(from_rest, t), Rational(45, 2)
    lifted = substitute(t**4 * from_rest, {t: begin})
    quarter, faster, slower = arccos(0), Rational(11, 10), Rational(9, 10)
    pumped = 100 * (quarter / faster + quarter / slower)
    latest = begin + 4 * quarter / slower + pumped
    return counterexample(
        "L(t) <= 3*8^5 L(0)/(t/sqrt(2))^5 where Delta'' + (8/t) Delta' + H(t) Delta = 0, |H(t) - 1| <= 1/4, H(0) = 1",
        (derivative(speed, t) == -8 / t * speed - from_rest).given(t > 0),
        (from_rest <= 1).given(t > 0).by(third_sine_from_above),
        (from_rest >= 1 - t**2 / 18).given(t > 0).by(third_sine_from_below),
        (speed <= 7 * t / 18).given(t > 0).by(second_sine_from_above, third_sine_from_below),
        (speed >= -t / 2).given(t > 0).by(second_sine_from_below, third_sine_from_above),
        latest < 347,
        (lifted * Rational(11, 9) ** 100) ** 2 > 7 * latest**8,
        3 * (8 * sqrt(2) / (begin + pumped)) ** 5 < 7,
        because="105 j_3(t)/t^3 up to t = 45/2, then 100 half turns of the tuned kernels",
    )


H_any = operator("H_t", at_least=kappa**2, changes=Changes.BY_JUMPS, latex="H_t")
descent_error = path("Delta")
descent = flow(descent_error.dot == -H_any(descent_error), time=t)


@claim("Lemma 4.1, gradient descent has no such weakness")
def gradient_descent_does_not_resonate():
    """|Delta|^2 <= exp(-2 mu t) |Delta(0)|^2 for H >= mu, however it moves: the energy has no kernel in it to jump."""
    return gronwall(descent, norm2(descent_error), 2 * kappa**2)
