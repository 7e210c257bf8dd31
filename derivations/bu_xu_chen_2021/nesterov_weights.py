"""Section 4, second half: the weights along Nesterov's flow, and the width.

G is the gradient of the loss with respect to one neuron, d is |f - y|, S is the sum of |f_i - y_i|. C, of which Lemma
4.1 says that it depends on alpha and gamma only, is any number here, L(0) too; mu = lambda_0/2.
"""

from proofcheck import (
    Rational,
    Verdict,
    absolute,
    at,
    bounded,
    chain,
    claim,
    counterexample,
    derivative,
    displacement,
    flow,
    for_all,
    gronwall,
    inner,
    integral,
    integrated,
    let,
    missing,
    norm,
    norm2,
    order,
    path,
    power,
    scalar,
    scalar_path,
    split,
    sqrt,
    total,
    vector,
)

from .nesterov import (
    A,
    Delta,
    H,
    alpha,
    friction_for_lazy_training,
    gamma,
    mu,
    nag,
    nag_loss_decays,
    nag_weights_of_the_network,
    power_grows,
    t,
    tau,
)

REFUTED, OPEN = Verdict.REFUTED, Verdict.OPEN

s = scalar("s", positive=True)
r = scalar("r", positive=True)
eps = scalar("epsilon", positive=True)
n, m = scalar("n", at_least=1), scalar("m", at_least=1)
C = scalar("C", positive=True)
L_0 = scalar("L_0", nonnegative=True, latex="L(0)")
u = vector("u")
#: Constants of bounds: on the gradient, on its decay, on the decay of the loss.
c, k, q = scalar("c", nonnegative=True), scalar("k", nonnegative=True), scalar("q", nonnegative=True)

w, G = path("w_r", latex="w_r"), path("G_r", latex="G_r")
weights = flow(w.ddot == -gamma / t * w.dot - G, time=t)
at_rest = at(w.dot, 0) == 0
d_s, S_s = at(scalar_path("d", latex=r"\left\|f-y\right\|"), s), at(scalar_path("S"), s)
L_s = let("L_s", d_s**2 / 2, latex="L(s)")
sizes = (for_all(s, d_s >= 0), for_all(s, S_s >= 0))
#: gamma - alpha/2 is the exponent of the integrand: 4 <= alpha <= gamma makes it positive.
left_over = gamma - alpha / 2
in_range = alpha <= gamma
scale = let("K", sqrt(n * C * L_0 / (m * power(mu, alpha / 2))))
printed_speed = sqrt(n * C * L_0 / (m * power(mu, alpha / 2) * (left_over + 1) ** 2))


def gathered(constant, factor):
    """The constant times t^-gamma times the integral of s^gamma factor up to t."""
    return constant * power(t, -gamma) * integral(power(s, gamma) * factor, s, 0, t)


# --- the velocity -------------------------------------------------------------------------------------------------

i = scalar("i")
a, chi = scalar("a_r"), scalar("chi_i", index=i)
Delta_i, x_i, J_i = scalar("Delta_i", index=i), vector("x_i", index=i), vector("J_i", index=i)
rest_i = scalar("c_i", index=i)


@claim("the weight dynamics", covers="4.28")
def nag_gradient_of_the_loss():
    """Between flips, as w_r alone moves, L' is the inner product of w_r' with the sum of f_i - y_i times df_i/dw_r."""
    error = inner(J_i, w) + rest_i
    return derivative(total(error**2 / 2, i, n)) == total(error * inner(J_i, w.dot), i, n)


@claim("the weight dynamics, multiplied", covers="4.29")
def nag_multiplied_dynamics():
    """(t^gamma w_r')' = -t^gamma G_r, tested with any vector u."""
    return (weights.d(power(t, gamma) * inner(w.dot, u)) == -power(t, gamma) * inner(G, u)).given(t > 0)


@claim("the weight dynamics, the network's gradient", covers="4.30")
def gradient_of_the_network():
    """-t^gamma G_r is -(1/sqrt m) t^gamma a_r times the sum of (f_i - y_i) x_i 1(w_r x_i >= 0), tested with u."""
    tested = total(Delta_i * (a * chi / sqrt(m) * inner(x_i, u)), i, n)
    printed = -(1 / sqrt(m)) * power(t, gamma) * a * total(Delta_i * chi * inner(x_i, u), i, n)
    return (-power(t, gamma) * tested == printed).given(t > 0)


@claim("the velocity, integrated from the start")
def nag_velocity_gathers():
    """t^gamma <w_r', u> is what it gathers; at the start it vanishes with t^gamma."""
    return integrated(weights, power(t, gamma) * inner(w.dot, u), s, slope=-power(t, gamma) * inner(G, u))


@claim("the velocity in closed form", covers="4.31")
def nag_velocity_in_closed_form():
    """w_r' = -t^-gamma times the integral of s^gamma G_r(s), tested with any vector u, whatever w_r'(0) is."""
    growth = integral(-power(s, gamma) * inner(at(G, s), u), s, 0, t)
    return (
        chain(inner(w.dot, u))
        .eq(power(t, -gamma) * (power(t, gamma) * inner(w.dot, u)))
        .eq(power(t, -gamma) * growth, nag_velocity_gathers)
        .eq(-power(t, -gamma) * integral(power(s, gamma) * inner(at(G, s), u), s, 0, t))
        .given(t > 0)
    )


@claim("the triangle inequality", covers="4.32")
def nag_gradient_size():
    """|G_r| <= m^(-1/2) sum |f_i - y_i|, tested with u: needs |x_i| = 1, |a_r| = 1."""
    tested = total(a / sqrt(m) * Delta_i * chi * inner(x_i, u), i, n)
    return (tested <= total(1 / sqrt(m) * absolute(Delta_i) * norm(u), i, n)).given(
        for_all(i, norm2(x_i) == 1), a**2 == 1, for_all(i, chi**2 == chi)
    )


@claim("the speed, integrated from the start")
def nag_velocity_moves():
    """t^gamma w_r' moves by at most the integral of s^gamma |G_r(s)|."""
    return displacement(weights, power(t, gamma) * w.dot, s, velocity=-power(t, gamma) * G)


@claim("the speed: the power of the time")
def speed_without_power():
    """t^gamma leaves the norm."""
    return (
        chain(norm(w.dot))
        .eq(power(t, -gamma) * (power(t, gamma) * norm(w.dot)))
        .eq(power(t, -gamma) * norm(power(t, gamma) * w.dot))
        .given(t > 0)
    )


@claim("the speed")
def speed_gathers():
    """|w_r'| is at most t^-gamma times the integral of s^gamma |G_r(s)|."""
    return (
        chain(norm(w.dot))
        .eq(power(t, -gamma) * norm(power(t, gamma) * w.dot), speed_without_power)
        .le(power(t, -gamma) * integral(norm(-power(s, gamma) * at(G, s)), s, 0, t), nag_velocity_moves)
        .eq(gathered(1, norm(at(G, s))))
        .given(t > 0)
    )


@claim("the speed", covers="4.32")
def speed_from_the_gradient():
    """|w_r'| is at most t^-gamma m^(-1/2) times the integral of s^gamma sum |f_i(s) - y_i|."""
    return (
        chain(norm(w.dot))
        .le(gathered(1, norm(at(G, s))), speed_gathers)
        .le(gathered(1 / sqrt(m), S_s))
        .given(t > 0, for_all(s, norm(at(G, s)) <= S_s / sqrt(m)), *sizes)
    )


@claim("the sum by Cauchy-Schwarz", covers="4.33")
def nag_sum_by_cauchy_schwarz():
    """The sum of |f_i - y_i| is at most sqrt(n) |f - y|."""
    e, size = vector("e"), vector("size", latex=r"|\Delta|")
    return (inner(e, size) <= sqrt(n) * norm(size)).given(norm2(e) == n)


@claim("the speed by Cauchy-Schwarz", covers="4.33")
def speed_from_the_error():
    """... <= t^-gamma sqrt(n/m) times the integral of s^gamma |f(s) - y|."""
    return (gathered(1 / sqrt(m), S_s) <= gathered(sqrt(n / m), d_s)).given(
        t > 0, for_all(s, S_s <= sqrt(n) * d_s), *sizes
    )


@claim("the speed and the loss, as printed", expect=REFUTED, covers="4.34")
def speed_as_printed():
    """... = t^-gamma sqrt(n/m) times the integral of s^gamma sqrt(L(s)): but |f - y| is sqrt(2 L).

    For n = m = 1, gamma = 8, a neuron that sleeps on its sample, y = 2: |f - y| = 2 and L = 2 at all times.
    """
    return counterexample(
        "the integral of s^gamma |f - y| is that of s^gamma sqrt(L)",
        integral(s**8 * 2, s, 0, t) == Rational(2, 9) * t**9,
        integral(s**8 * sqrt(2), s, 0, t) == sqrt(2) / 9 * t**9,
        (Rational(2, 9) * t**9 > sqrt(2) / 9 * t**9).given(t > 0),
        because="f = 0 and y = 2 at all times: |f - y| = 2, L = 2",
    )


@claim("the speed: the error and the loss")
def nag_error_and_loss():
    """|f - y| = sqrt 2 sqrt(L)."""
    return (d_s == sqrt(2) * sqrt(L_s)).given(d_s >= 0)


@claim("the speed and the loss", amends=speed_as_printed)
def speed_from_the_loss():
    """... = t^-gamma sqrt(2 n/m) times the integral of s^gamma sqrt(L(s)): C becomes 2 C in what follows."""
    return (gathered(sqrt(n / m), d_s) == gathered(sqrt(n / m) * sqrt(2), sqrt(L_s))).given(t > 0, sizes[0])


loss_at_s = L_s <= C * L_0 / (power(s, alpha) * power(mu, alpha / 2))
decay = sqrt(C * L_0 / power(mu, alpha / 2))


@claim("the speed, from Lemma 4.1: the loss", covers="4.35")
def nag_root_of_the_loss():
    """sqrt(L(s)) <= sqrt(C L(0)/mu^(alpha/2)) s^(-alpha/2), from the bound on the loss at s."""
    return (
        chain(sqrt(L_s))
        .le(sqrt(C * L_0 / (power(s, alpha) * power(mu, alpha / 2))))
        .eq(decay * power(s, -alpha / 2), root_of_a_power)
        .given(loss_at_s)
    )


@claim("the speed, from Lemma 4.1: a root")
def root_of_a_power():
    """The root of a quotient with a power."""
    return sqrt(C * L_0 / (power(s, alpha) * power(mu, alpha / 2))) == decay * power(s, -alpha / 2)


Y = scalar("Y", nonnegative=True)


@claim("the speed, from Lemma 4.1: the powers")
def powers_under_the_integral():
    """What is at most q s^(-alpha/2) is at most q s^(gamma-alpha/2) when s^gamma stands before it."""
    return (
        chain(power(s, gamma) * Y)
        .le(power(s, gamma) * (q * power(s, -alpha / 2)))
        .eq(q * power(s, left_over))
        .given(Y <= q * power(s, -alpha / 2))
    )


@claim("the speed, from Lemma 4.1", covers="4.35")
def speed_from_a_decay():
    """With sqrt(L(s)) <= q s^(-alpha/2), ... <= t^-gamma c q times the integral of s^(gamma-alpha/2); c = sqrt(n/m)."""
    gain = powers_under_the_integral.at({Y: sqrt(L_s)})
    return (
        (gathered(c, sqrt(L_s)) <= c * q * (power(t, -gamma) * integral(power(s, left_over), s, 0, t)))
        .given(t > 0, in_range, for_all(s, sqrt(L_s) <= q * power(s, -alpha / 2)))
        .by(gain)
    )


@claim("the speed, from Lemma 4.1: its constant", covers="4.35")
def scale_gathers():
    """sqrt(n/m) q is the printed sqrt(n C L(0)/(m mu^(alpha/2))), for q = sqrt(C L(0)/mu^(alpha/2))."""
    return sqrt(n / m) * decay == scale


N, D, Q = scalar("N", nonnegative=True), scalar("D", positive=True), scalar("Q", positive=True)


@claim("the speed, integrated: a root")
def root_of_a_square():
    """A square leaves the root."""
    return sqrt(N / (D * Q**2)) == sqrt(N / D) / Q


@claim("the speed, integrated: a root")
def printed_root():
    """gamma - alpha/2 + 1 goes under the root."""
    instance = root_of_a_square.at({N: n * C * L_0, D: m * power(mu, alpha / 2), Q: left_over + 1})
    return (printed_speed == scale / (left_over + 1)).given(in_range).by(instance)


@claim("the speed, integrated")
def power_integrated():
    """t^-gamma times the integral of s^(gamma-alpha/2) is t^(1-alpha/2)/(gamma - alpha/2 + 1)."""
    return (
        power(t, -gamma) * integral(power(s, left_over), s, 0, t) == power(t, 1 - alpha / 2) / (left_over + 1)
    ).given(t > 0, in_range)


@claim("the speed, integrated", covers="4.36")
def speed_integrated():
    """... = t^(1-alpha/2) sqrt(n C L(0)/(m mu^(alpha/2) (gamma - alpha/2 + 1)^2))."""
    return (
        chain(scale * (power(t, -gamma) * integral(power(s, left_over), s, 0, t)))
        .eq(scale * (power(t, 1 - alpha / 2) / (left_over + 1)), power_integrated)
        .eq(power(t, 1 - alpha / 2) * printed_speed, printed_root)
        .given(t > 0, in_range)
    )


# --- the distance ---------------------------------------------------------------------------------------------------

speed_at_r = norm(at(w.dot, r))


@claim("the weight distance", covers="4.37")
def nag_distance_is_the_integral_of_speed():
    """|w_r(t) - w_r(0)| is at most the integral of |w_r'|."""
    return displacement(weights, w, r)


@claim("the weight distance, split", covers="4.38")
def distance_in_two_pieces():
    """The integral up to t is the one up to eps and the one from there on, for eps <= t."""
    return split(integral(speed_at_r, r, 0, t), eps)


@claim("the weight distance, the second piece")
def second_piece_of_any_size():
    """From |w_r'| <= k s^(1-alpha/2) the piece from eps on is below 2 k eps^(2-alpha/2)/(alpha - 4)."""
    return (
        chain(integral(speed_at_r, r, eps, t))
        .le(integral(k * power(r, 1 - alpha / 2), r, eps, t))
        .eq(2 / (alpha - 4) * k * (power(eps, 2 - alpha / 2) - power(t, 2 - alpha / 2)))
        .le(2 * power(eps, 2 - alpha / 2) / (alpha - 4) * k)
        .given(alpha > 4, t >= eps, for_all(r, speed_at_r <= k * power(r, 1 - alpha / 2)))
    )


decaying_speed = for_all(r, speed_at_r <= k * power(r, 1 - alpha / 2))
late_speed_as_printed = for_all(r, speed_at_r <= printed_speed * power(r, 1 - alpha / 2))
first_term = 2 * power(eps, 2 - alpha / 2) / (alpha - 4) * printed_speed


@claim("the weight distance, the second piece", covers="4.39")
def second_piece():
    """The piece from eps on is below 2 eps^(2-alpha/2)/(alpha - 4) sqrt(n C L(0)/(m mu^(alpha/2) (...)^2))."""
    return (
        (integral(speed_at_r, r, eps, t) <= first_term)
        .given(alpha > 4, in_range, t >= eps, late_speed_as_printed)
        .by(second_piece_of_any_size.at({k: printed_speed}))
    )


@claim("the weight distance, the first piece needs another bound", covers="4.40")
def singular_at_the_start():
    """s^(1-alpha/2) has no integral up to 0 for alpha > 4: for alpha = 6 the one from 1/(M + 1/eps) on is M."""
    M = scalar("M", positive=True)
    return integral(r**-2, r, 1 / (M + 1 / eps), eps) == M


loss, gradient = scalar_path("loss", latex="L"), path("gradient", latex=r"\nabla L")
W = path("W")
#: All the weights of any network; that L' = <grad L, W'> almost everywhere is its chain rule.
network = flow(
    W.ddot == -gamma / t * W.dot - gradient, loss.dot == inner(gradient, W.dot), time=t, subject_to=[loss >= 0]
)
mechanical = let("E", loss + norm2(W.dot) / 2)
network_at_rest = at(W.dot, 0) == 0
loss_0 = at(loss, 0)


@claim("the mechanical energy", covers=("4.41", "4.42"))
def mechanical_energy_falls():
    """E = L + sum |w_r'|^2/2 has E' = -(gamma/t) sum |w_r'|^2 <= 0 for t > 0, jumps or not."""
    return chain(network.d(mechanical)).eq(-gamma / t * norm2(W.dot)).le(0).given(t > 0)


@claim("the mechanical energy never rises", covers="4.43")
def nag_mechanical_energy():
    """E(t) <= E(0), although gamma/t is singular at the start."""
    return gronwall(network, mechanical, 0)


@claim("the mechanical energy and the velocities", covers="4.43")
def velocities_bounded():
    """sum |w_r'|^2/2 <= E(t) <= E(0) = L(0), from rest."""
    return (
        chain(norm2(W.dot) / 2)
        .le(mechanical)
        .le(at(mechanical, 0), nag_mechanical_energy)
        .eq(loss_0)
        .given(network_at_rest)
        .along(network)
    )


@claim("the loss of a network along (4.2)", sharpens=nag_weights_of_the_network)
def nag_loss_never_above_its_start():
    """So L(t) <= L(0) for any network, as for Heavy Ball."""
    return (loss <= loss_0).given(network_at_rest).by(nag_mechanical_energy)


others = at(scalar_path("rest"), r)
#: |w_r'|^2 is one term of the sum, the others are not negative.
mechanically_bounded = (for_all(r, (speed_at_r**2 + others) / 2 <= L_0), for_all(r, others >= 0))


@claim("the weight distance, the first piece", covers="4.44")
def first_piece():
    """|w_r'| <= sqrt(2 L(0)), one term of the sum, so the integral up to eps is at most sqrt(2 L(0)) eps."""
    return (
        chain(integral(speed_at_r, r, 0, eps))
        .le(integral(sqrt(2 * L_0), r, 0, eps))
        .eq(sqrt(2 * L_0) * eps)
        .given(*mechanically_bounded)
    )


R_prime = let("R_prime", first_term + sqrt(2 * L_0) * eps, latex=r"R'(\epsilon)")


@claim("the weight distance, the two pieces")
def distance_of_any_size():
    """From |w_r'| <= k s^(1-alpha/2) the two pieces together, for any eps <= t."""
    late = 2 * power(eps, 2 - alpha / 2) / (alpha - 4) * k
    return (
        chain(norm(w - at(w, 0)))
        .le(integral(speed_at_r, r, 0, t), nag_distance_is_the_integral_of_speed)
        .eq(integral(speed_at_r, r, 0, eps) + integral(speed_at_r, r, eps, t), distance_in_two_pieces)
        .le(integral(speed_at_r, r, 0, eps) + late, second_piece_of_any_size)
        .le(late + sqrt(2 * L_0) * eps, first_piece)
        .given(alpha > 4, t >= eps, decaying_speed, *mechanically_bounded)
    )


@claim("the weight distance", covers="4.45")
def nag_distance():
    """|w_r(t) - w_r(0)| <= R'(eps) for every eps <= t; C is twice the C of the loss (see the speed and the loss)."""
    return (
        (norm(w - at(w, 0)) <= R_prime)
        .given(alpha > 4, in_range, t >= eps, late_speed_as_printed, *mechanically_bounded)
        .by(distance_of_any_size.at({k: printed_speed}))
    )


@claim("R'(eps), the two printed forms", expect=REFUTED, covers="4.46")
def two_forms_of_the_radius():
    """The last term of R'(eps) is sqrt(2 L(0) eps) in Lemma 4.1 and sqrt(2 L(0)) eps in its proof: the same."""
    return first_term + sqrt(2 * L_0 * eps) == R_prime


@claim("R'(eps), the two printed forms", amends=two_forms_of_the_radius)
def forms_of_the_radius():
    """They agree for eps = 1; for eps <= 1 the lemma's form is the larger one, so that it holds too."""
    return (
        (sqrt(2 * L_0 * eps) == sqrt(2 * L_0) * eps).given(eps == 1),
        (sqrt(2 * L_0) * eps <= sqrt(2 * L_0 * eps)).given(eps <= 1),
    )


# --- sharper: the first piece shrinks with the width as well ----------------------------------------------------------


@claim("the speed near the start", sharpens=speed_as_printed)
def early_speed():
    """If |G_r| <= c up to t, then |w_r'| <= c t/(gamma + 1); for any network c = sqrt(2 n L(0)/m), as L <= L(0)."""
    return (
        chain(norm(w.dot))
        .le(gathered(1, norm(at(G, s))), speed_gathers)
        .le(power(t, -gamma) * integral(c * power(s, gamma), s, 0, t))
        .eq(c * t / (gamma + 1))
        .given(t > 0, for_all(s, norm(at(G, s)) <= c))
    )


@claim("the speed later", sharpens=speed_as_printed)
def late_speed():
    """If |G_r| <= k s^(-alpha/2) up to t, then |w_r'| <= k t^(1-alpha/2)/(gamma - alpha/2 + 1), for alpha <= gamma."""
    gain = powers_under_the_integral.at({Y: norm(at(G, s)), q: k})
    return (
        chain(norm(w.dot))
        .le(gathered(1, norm(at(G, s))), speed_gathers)
        .le(k * (power(t, -gamma) * integral(power(s, left_over), s, 0, t)), gain)
        .eq(k * (power(t, 1 - alpha / 2) / (left_over + 1)), power_integrated)
        .given(t > 0, in_range, for_all(s, norm(at(G, s)) <= k * power(s, -alpha / 2)))
    )


bounded_speed = for_all(r, speed_at_r <= c / (gamma + 1) * r)


@claim("the weight distance, the first piece", sharpens=two_forms_of_the_radius)
def sharp_first_piece():
    """So the piece up to eps is at most c eps^2/(2 (gamma + 1)), in place of sqrt(2 L(0)) eps."""
    return (
        chain(integral(speed_at_r, r, 0, eps))
        .le(integral(c / (gamma + 1) * r, r, 0, eps))
        .eq(c * eps**2 / (2 * (gamma + 1)))
        .given(bounded_speed)
    )


@claim("the weight distance", sharpens=two_forms_of_the_radius)
def nag_sharp_distance():
    """|w_r(t) - w_r(0)| <= c eps^2/(2 (gamma + 1)) + 2 k eps^(2-alpha/2)/(alpha - 4), both of order 1/sqrt(m)."""
    late = 2 * power(eps, 2 - alpha / 2) / (alpha - 4) * k
    return (
        chain(norm(w - at(w, 0)))
        .le(integral(speed_at_r, r, 0, t), nag_distance_is_the_integral_of_speed)
        .eq(integral(speed_at_r, r, 0, eps) + integral(speed_at_r, r, eps, t), distance_in_two_pieces)
        .le(integral(speed_at_r, r, 0, eps) + late, second_piece_of_any_size)
        .le(c * eps**2 / (2 * (gamma + 1)) + late, sharp_first_piece)
        .given(alpha > 4, t >= eps, bounded_speed, decaying_speed)
    )


@claim("the weight distance, its power of lambda_0", sharpens=two_forms_of_the_radius)
def powers_at_the_best_time():
    """With k of order c mu^(-alpha/4), at eps = 1/sqrt(mu) both terms are of order c/mu."""
    return power(mu, -alpha / 4) * power(1 / sqrt(mu), 2 - alpha / 2) == 1 / mu


# --- for a constant kernel -------------------------------------------------------------------------------------------

size_0, size_later = scalar("e_0", nonnegative=True), scalar("e_1", nonnegative=True)
#: Along the training c = sqrt(n/m), e_0 = |Delta(0)| and e_1 = sqrt(A) |Delta(0)| will do, with the A of (4.6).
gradient_bounded = for_all(s, norm(at(G, s)) <= c * norm(at(Delta, s)))
error_0 = norm2(at(Delta, 0))
sizes_of_the_error = (error_0 <= size_0**2, A * error_0 <= size_later**2)
training = (at(Delta.dot, 0) == 0, gradient_bounded)


@claim("a constant kernel, the error")
def energy_by_the_inverse():
    """|Delta|^2 + <H^-1 Delta', Delta'> never rises."""
    return gronwall(nag, norm2(Delta) + inner(H.inverse(Delta.dot), Delta.dot), 0)


@claim("a constant kernel, the error")
def error_stays_below():
    """|Delta(t)| <= e_0 from rest."""
    return (norm(Delta) <= size_0).given(at(Delta.dot, 0) == 0, sizes_of_the_error[0]).by(energy_by_the_inverse)


@claim("a constant kernel, the error")
def squared_error_decays():
    """|Delta|^2 <= (e_1 t^(-alpha/2))^2, from the bound on the loss."""
    return (
        chain(norm2(Delta))
        .le(A * error_0 / power(t, alpha), nag_loss_decays)
        .le(size_later**2 / power(t, alpha))
        .eq((size_later * power(t, -alpha / 2)) ** 2)
        .given(t > 0, in_range, sizes_of_the_error[1])
    )


@claim("a constant kernel, the error")
def error_decays():
    """|Delta| <= e_1 t^(-alpha/2)."""
    return (
        (norm(Delta) <= size_later * power(t, -alpha / 2))
        .given(t > 0, in_range, sizes_of_the_error[1])
        .by(squared_error_decays)
    )


@claim("a constant kernel, the speed")
def speed_below_what_the_error_gathers():
    """|w_r'| is at most c t^-gamma times the integral of s^gamma |Delta(s)|."""
    return (
        chain(norm(w.dot))
        .le(gathered(1, norm(at(G, s))), speed_gathers)
        .le(gathered(c, norm(at(Delta, s))))
        .given(t > 0, gradient_bounded)
    )


@claim("a constant kernel, the speed near the start")
def early_error_gathers():
    """Near the start that integral is at most e_0 t/(gamma + 1)."""
    return (
        chain(gathered(1, norm(at(Delta, s))))
        .le(size_0 * (power(t, -gamma) * integral(power(s, gamma), s, 0, t)), error_stays_below.at({t: s}))
        .eq(size_0 / (gamma + 1) * t)
        .given(t > 0, at(Delta.dot, 0) == 0, sizes_of_the_error[0])
    )


@claim("a constant kernel, the speed near the start", sharpens=speed_as_printed)
def early_speed_for_a_constant_kernel():
    """|w_r'| <= c e_0 t/(gamma + 1)."""
    return (
        (norm(w.dot) <= c * size_0 / (gamma + 1) * t)
        .given(t > 0, *training, sizes_of_the_error[0])
        .by(speed_below_what_the_error_gathers, early_error_gathers)
    )


@claim("a constant kernel, the speed later")
def late_error_gathers():
    """Later it is at most e_1 t^(1-alpha/2)/(gamma - alpha/2 + 1), for alpha <= gamma."""
    return (
        chain(gathered(1, norm(at(Delta, s))))
        .le(size_later * (power(t, -gamma) * integral(power(s, left_over), s, 0, t)), error_decays.at({t: s}))
        .eq(size_later * (power(t, 1 - alpha / 2) / (left_over + 1)), power_integrated)
        .given(t > 0, in_range, sizes_of_the_error[1])
    )


@claim("a constant kernel, the speed later", sharpens=speed_as_printed)
def late_speed_for_a_constant_kernel():
    """|w_r'| <= c e_1 t^(1-alpha/2)/(gamma - alpha/2 + 1), for alpha <= gamma."""
    return (
        (norm(w.dot) <= c * size_later / (left_over + 1) * power(t, 1 - alpha / 2))
        .given(t > 0, in_range, gradient_bounded, sizes_of_the_error[1])
        .by(speed_below_what_the_error_gathers, late_error_gathers)
    )


near, far = c * size_0 / (gamma + 1), c * size_later / (left_over + 1)


@claim("a constant kernel, the first piece")
def near_piece():
    """The piece up to eps is at most c e_0 eps^2/(2 (gamma + 1))."""
    return (
        chain(integral(speed_at_r, r, 0, eps))
        .le(near * integral(r, r, 0, eps), early_speed_for_a_constant_kernel.at({t: r}))
        .eq(near * eps**2 / 2)
        .given(*training, sizes_of_the_error[0])
    )


@claim("a constant kernel, the second piece")
def far_piece():
    """The piece from eps on is at most c e_1/(gamma - alpha/2 + 1) times the integral of s^(1-alpha/2)."""
    return (
        (integral(speed_at_r, r, eps, t) <= far * integral(power(r, 1 - alpha / 2), r, eps, t))
        .given(in_range, t >= eps, gradient_bounded, sizes_of_the_error[1])
        .by(late_speed_for_a_constant_kernel.at({t: r}))
    )


@claim("a constant kernel, the two pieces")
def distance_below_the_pieces():
    """The distance is at most the two pieces, for eps <= t."""
    return (
        chain(norm(w - at(w, 0)))
        .le(integral(speed_at_r, r, 0, t), nag_distance_is_the_integral_of_speed)
        .eq(integral(speed_at_r, r, 0, eps) + integral(speed_at_r, r, eps, t), distance_in_two_pieces)
        .given(t >= eps)
    )


@claim("a constant kernel, the second piece")
def power_after_eps():
    """The integral of s^(1-alpha/2) from eps on."""
    return (
        chain(integral(power(r, 1 - alpha / 2), r, eps, t))
        .eq(2 / (alpha - 4) * (power(eps, 2 - alpha / 2) - power(t, 2 - alpha / 2)))
        .le(2 / (alpha - 4) * power(eps, 2 - alpha / 2))
        .given(alpha > 4, t >= eps)
    )


@claim("a constant kernel, the second piece")
def far_bound():
    """So it is at most 2 c e_1 eps^(2-alpha/2)/((alpha - 4)(gamma - alpha/2 + 1))."""
    return (
        chain(integral(speed_at_r, r, eps, t))
        .le(far * integral(power(r, 1 - alpha / 2), r, eps, t), far_piece)
        .le(far * (2 / (alpha - 4) * power(eps, 2 - alpha / 2)), power_after_eps)
        .given(alpha > 4, in_range, t >= eps, gradient_bounded, sizes_of_the_error[1])
    )


@claim("a constant kernel, the first piece")
def distance_with_the_first_piece():
    """The distance is at most the bound of the first piece and the second piece."""
    return (
        chain(norm(w - at(w, 0)))
        .le(integral(speed_at_r, r, 0, eps) + integral(speed_at_r, r, eps, t), distance_below_the_pieces)
        .le(near * eps**2 / 2 + integral(speed_at_r, r, eps, t), near_piece)
        .given(t >= eps, *training, sizes_of_the_error[0])
    )


@claim("Lemma 4.1, the weights, for a constant kernel", sharpens=nag_weights_of_the_network, covers="4.21")
def weights_for_a_constant_kernel():
    """|w_r(t) - w_r(0)| <= c e_0 eps^2/(2 (gamma + 1)) + 2 c e_1 eps^(2-alpha/2)/((alpha - 4)(gamma - alpha/2 + 1))."""
    return (
        chain(norm(w - at(w, 0)))
        .le(near * eps**2 / 2 + integral(speed_at_r, r, eps, t), distance_with_the_first_piece)
        .le(near * eps**2 / 2 + far * (2 / (alpha - 4) * power(eps, 2 - alpha / 2)), far_bound)
        .given(alpha > 4, in_range, t >= eps, *training, *sizes_of_the_error)
    )


# --- sharper still, for a constant kernel and while no neuron flips -----------------------------------------------

friction = scalar("gamma", positive=True)
tested, pulled = scalar_path("p", latex=r"\langle w_r, u\rangle"), vector("v", latex="J_r u")
#: With a constant gradient <G_r, u> = <Delta, v>, where v = J_r u.
lazy = flow(
    Delta.ddot == -friction / t * Delta.dot - H(Delta),
    tested.ddot == -friction / t * tested.dot - inner(Delta, pulled),
    time=t,
)
image = H.inverse(pulled)
mismatch = tested.dot - inner(Delta.dot, image)
#: The time that has passed, from 0 on: the premise is taken at the start, too.
passed = scalar("r", nonnegative=True)
both_at_rest = (at(Delta.dot, 0) == 0, at(tested.dot, 0) == 0)


@claim("lazy training, the error")
def weighted_energy():
    """|Delta|^2 + <H^-1 Delta', Delta'> never rises."""
    return gronwall(lazy, norm2(Delta) + inner(H.inverse(Delta.dot), Delta.dot), 0)


@claim("lazy training, the velocity")
def mismatch_falls():
    """The square of <w_r', u> - <Delta', H^-1 v> never rises."""
    return gronwall(lazy, mismatch**2, 0)


@claim("lazy training, the velocity")
def velocity_follows_the_error():
    """So <w_r', u> = <Delta', H^-1 v> from rest."""
    return (mismatch == 0).given(*both_at_rest).by(mismatch_falls)


@claim("lazy training, the weights")
def weights_gather():
    """<w_r, u> - <Delta, H^-1 v> is what that difference gathers."""
    return integrated(lazy, tested - inner(Delta, image), passed, slope=mismatch)


@claim("lazy training, the weights")
def nothing_gathers():
    """It gathers nothing from rest."""
    return (
        chain(integral(at(mismatch, passed, t), passed, 0, t))
        .eq(0 * integral(passed, passed, 0, t), velocity_follows_the_error.at({t: passed}))
        .eq(0)
        .given(*both_at_rest)
    )


@claim("lazy training, the weights")
def weights_follow_the_error():
    """So <w_r(t) - w_r(0), u> = <Delta(t) - Delta(0), H^-1 v>."""
    moved = inner(Delta - at(Delta, 0), image)
    return (
        chain(tested - at(tested, 0))
        .eq(moved + integral(at(mismatch, passed, t), passed, 0, t), weights_gather)
        .eq(moved, nothing_gathers)
        .given(*both_at_rest)
    )


@claim("lazy training, the error")
def error_stays_below_its_start():
    """|Delta(t)| <= |Delta(0)| from rest."""
    return (norm2(Delta) <= norm2(at(Delta, 0))).given(*both_at_rest).by(weighted_energy)


@claim("lazy training, the inverse kernel")
def inverse_is_bounded():
    """|H^-1 v| <= |v|/mu."""
    return norm2(image) <= norm2(pulled) / mu**2


@claim("lazy training for every gamma > 0", sharpens=friction_for_lazy_training)
def lazy_for_every_friction():
    """<w_r(t) - w_r(0), u>^2 <= 4 |v|^2 |Delta(0)|^2/mu^2 at all times: gamma > 6 is not needed for lazy training."""
    start = at(Delta, 0)
    return (
        chain((tested - at(tested, 0)) ** 2)
        .eq(inner(Delta - start, image) ** 2, weights_follow_the_error)
        .le(2 * inner(Delta, image) ** 2 + 2 * inner(start, image) ** 2)
        .le((2 * norm2(Delta) + 2 * norm2(start)) * norm2(image))
        .le(4 * norm2(start) * norm2(image), error_stays_below_its_start)
        .le(4 * norm2(start) * (norm2(pulled) / mu**2), inverse_is_bounded)
        .given(*both_at_rest)
    )


@claim("before Lemma 4.2", expect=OPEN, covers="4.47")
def conditions_of_the_lemmas():
    """If R' < R, the conditions of the lemmas hold at all times: those of Lemmas 3.2 and 4.1, as 3.1 has none."""
    return missing(
        "Lemma 4.2 for the network: its first-exit argument needs Lemma 4.1 for a kernel that moves, which fails",
        "R' < R implies that every neuron stays within R and that lambda_min(H(t)) >= lambda_0/2, for all t",
    )


# --- the width ------------------------------------------------------------------------------------------------------

delta = scalar("delta", positive=True)
lambda_0 = scalar("lambda_0", positive=True)
Rad = scalar("R", positive=True)
P, D_0, q_0 = scalar("P", positive=True), scalar("D", positive=True), scalar("q", positive=True)
y, p = scalar("y", positive=True), scalar("p", nonnegative=True)
L_0_positive = scalar("L_0", positive=True, latex="L(0)")


@claim("the width, R' < R", covers="4.49")
def radius_condition():
    """R' < R is by definition that the two terms together are below R, which is of order delta lambda_0/n^2."""
    return (
        (first_term + sqrt(2 * L_0) * eps < Rad).given(R_prime < Rad),
        (R_prime < Rad).given(first_term + sqrt(2 * L_0) * eps < Rad),
    )


@claim("the width, 'for a sufficiently small fixed epsilon'", expect=REFUTED, covers="4.49")
def epsilon_is_fixed():
    """One eps will do for all n: but R' < R needs sqrt(2 L(0)) eps < R, and R is of order 1/n^2; L(0) = 1/2."""
    return counterexample(
        "there is an epsilon > 0 with sqrt(2 L(0)) epsilon < R for every n",
        (sqrt(2 * Rational(1, 2)) * eps > 1 / n**2).given(n * eps > 1),
        because="L(0) = 1/2 and R = 1/n^2, for n beyond 1/epsilon",
    )


@claim("the width, epsilon", amends=epsilon_is_fixed)
def epsilon_shrinks():
    """eps = R/(2 sqrt(2 L(0))) makes the second term R/2; R' < R asks for an eps below twice that."""
    return (
        (sqrt(2 * L_0) * eps == Rad / 2).given(L_0 > 0, eps == Rad / (2 * sqrt(2 * L_0))),
        (sqrt(2 * L_0) * eps < Rad).given(P + sqrt(2 * L_0) * eps < Rad),
    )


@claim("the width, the first term", covers="4.50")
def width_for_the_first_term():
    """The first term squared is below (R/2)^2 for m > 16 eps^(4-alpha) n C L(0)/((alpha-4)^2 mu^(alpha/2) q^2 R^2).

    P = eps^(2-alpha/2), D = mu^(alpha/2), q = gamma - alpha/2 + 1, R of order delta lambda_0/n^2.
    """
    needed = 16 * P**2 * n * C * L_0 / ((alpha - 4) ** 2 * D_0 * q_0**2 * Rad**2)
    squared = (2 * P / (alpha - 4)) ** 2 * (n * C * L_0 / (m * D_0 * q_0**2))
    return (squared < (Rad / 2) ** 2).given(alpha > 4, m > needed)


def printed_width(exponent):
    """The width of Theorem 3."""
    return power(n, Rational(5, 2) * exponent - 4) / (
        power(delta, Rational(3, 2) * exponent - 3) * power(lambda_0, Rational(3, 2) * exponent - 2)
    )


@claim("the width, its powers", covers="4.50")
def printed_powers():
    """With R = delta lambda_0/n^2, L(0) = n/delta and eps = R L(0)^(-1/2), constants dropped, it is the printed one."""
    radius, start = delta * lambda_0 / n**2, n / delta
    epsilon_power = power(radius, 4 - alpha) * power(start, (alpha - 4) / 2)
    return epsilon_power * n * start / (power(lambda_0, alpha / 2) * radius**2) == printed_width(alpha)


def gained(base):
    """The factor with a base that the width gains from alpha to alpha + p."""
    return power(base, (Rational(5, 2) if base is n else Rational(3, 2)) * p)


@claim("the width, powers of what is at least 1")
def power_at_least_one():
    """y^p >= 1 for y >= 1, p >= 0."""
    return chain(power(y, p)).ge(power(1, p), power_grows.at({t: y, tau: 1})).eq(1).given(y >= 1)


@claim("the width: what it gains with alpha")
def width_gains():
    """From alpha to alpha + p the width gains n^(5p/2) (1/delta)^(3p/2) (1/lambda_0)^(3p/2), which is at least 1."""
    first, second, third = (
        power_at_least_one.at({y: base, p: exponent * p})
        for base, exponent in ((n, Rational(5, 2)), (1 / delta, Rational(3, 2)), (1 / lambda_0, Rational(3, 2)))
    )
    return (
        chain(gained(n) * gained(1 / delta) * gained(1 / lambda_0))
        .ge(gained(n) * gained(1 / delta), third)
        .ge(gained(n), second)
        .ge(1, first)
        .given(delta <= 1, lambda_0 <= 1)
    )


@claim("the width at alpha = 4", covers="4.51")
def width_at_four():
    """At alpha = 4 the width is n^6/(delta^3 lambda_0^4), printed for HB and GD."""
    return printed_width(4) == n**6 / (delta**3 * lambda_0**4)


@claim("the width and that of HB and GD", covers="4.51")
def width_above_heavy_ball():
    """For alpha = 4 + p >= 4 it is at least that one."""
    increasing = width_increases.at({alpha: 4})
    return (printed_width(4 + p) / printed_width(4) >= 1).given(delta <= 1, lambda_0 <= 1).by(increasing)


@claim("the width is increasing in alpha", covers="4.52")
def width_increases():
    """The width for alpha + p is at least that for alpha; it is enough, not known to be needed."""
    return (
        chain(printed_width(alpha + p) / printed_width(alpha))
        .eq(gained(n) * gained(1 / delta) * gained(1 / lambda_0))
        .ge(1, width_gains)
        .given(delta <= 1, lambda_0 <= 1)
    )


@claim("the width, from the sharp distance", sharpens=width_above_heavy_ball)
def nag_width_from_the_sharp_distance():
    """A distance b sqrt(2 n L(0)/m)/lambda_0, as the sharp one with eps = 1/sqrt(mu), is below R for such an m."""
    radius = delta * lambda_0 / n**2
    return (2 * q**2 * n * L_0 / (m * lambda_0**2) < radius**2).given(
        m > 2 * q**2 * n**5 * L_0 / (delta**2 * lambda_0**4)
    )


@claim("the width, from the sharp distance", sharpens=width_above_heavy_ball)
def nag_order_from_the_sharp_distance():
    """For a constant kernel n^6/(delta^3 lambda_0^4) is enough whatever alpha and gamma are."""
    return bounded(
        order(n**5 * L_0_positive / (delta**2 * lambda_0**4), n**6 / (delta**3 * lambda_0**4)),
        large=[n],
        small=[delta, lambda_0],
        given=[order(L_0_positive, n / delta)],
    )
