"""Lemma 3.3, the first half of the proof of Lemma 3.3: the energy falls, and the loss with it."""

from proofcheck import (
    Rational,
    Verdict,
    arccos,
    at,
    chain,
    claim,
    conserved,
    cos,
    counterexample,
    derivative,
    every_mode,
    exp,
    flow,
    gronwall,
    gronwall_with_jumps,
    inner,
    let,
    norm2,
    operator,
    pi,
    refuted_by,
    scalar,
    scalar_path,
    sin,
    sqrt,
    substitute,
    total,
    vector,
)

from .motions import Swing, critical, oscillating, pushed, solves
from .notation import (
    L_0,
    Delta,
    H,
    H_t,
    L,
    L_hat,
    L_hat_0,
    L_hat_t,
    V,
    V_t,
    alpha,
    at_rest,
    frozen,
    jumping,
    lambda_0,
    t,
)

REFUTED, CITED, OPEN = Verdict.REFUTED, Verdict.CITED, Verdict.OPEN

lambda0 = scalar("lambda_0", positive=True)

printed_bound = L <= 4 / lambda_0 * exp(-alpha * t) * L_hat_0
L_hat_t_0 = at(L_hat_t, 0)
printed_bound_t = L <= 4 / lambda_0 * exp(-alpha * t) * L_hat_t_0


@claim("Lemma 3.3, the loss, for a jumping kernel", expect=REFUTED, covers="3.41")
def loss_decays_as_printed():
    """If H(s) >= lambda_0/2 up to t, the loss is below the bound: read as a statement on (3.7) with a jumping H.

    The kernel pumps: alpha = 1, H = 1, then 10, then 1 again, switched at the times 1/2 and 1; the loss at time 3.
    """
    pumped = Swing().then(Rational(1, 2), 0).then(Rational(1, 2), 3).then(2, 0)
    return refuted_by(printed_bound_t.given(at_rest), jumping, pumped.motion, {alpha: 1})


@claim("Lemma 3.3, the loss, for a constant kernel", amends=loss_decays_as_printed)
def loss_decays():
    """The bound as printed, for a constant kernel and a start at rest."""
    return printed_bound.given(at_rest).by(loss_bound)


growth_factor = scalar("K")


@claim("Lemma 3.3, the pumped oscillator")
def pumping_threshold():
    """Pumped best, |Delta| grows over a half period from about K = 17.85 on: sqrt(K) exp(-1 - (pi - arctan w)/w)."""

    def factor(K):
        omega = sqrt(K - 1)
        return sqrt(K) * exp(-1 - (pi - arccos(1 / sqrt(K))) / omega)

    return factor(Rational(1785, 100)) > 1, factor(Rational(1784, 100)) < 1


@claim("after (3.5), the pumped oscillator diverges", expect=REFUTED, covers="3.10")
def converges_without_upper_bound():
    """Heavy Ball converges linearly for every kernel above alpha^2, however it jumps and however large it is.

    The kernel 26 for a time 1/3, then 1 for a time 1, again and again: the matrix of a period has the trace tr and the
    determinant det, and 1 + tr + det < 0, so that it has an eigenvalue below -1 and the loss grows without
    bound.
    """
    from_position = Swing().then(Rational(1, 3), 5).then(1, 0).motion.state()
    from_velocity = Swing(pushed).then(Rational(1, 3), 5).then(1, 0).motion.state()
    determinant = from_position[0] * from_velocity[1] - from_position[1] * from_velocity[0]
    return counterexample(
        "H(t) >= alpha^2 implies that L(t) tends to 0 linearly",
        *solves(oscillating(5), 26),
        *solves(critical, 1),
        1 + (from_position[0] + from_velocity[1]) + determinant < 0,
        because="a kernel that is 26 for a time 1/3 and 1 for a time 1, again and again (alpha = 1)",
    )


# --- the proof -------------------------------------------------------------------------------------------------


@claim("the choice of alpha", covers="3.45")
def alpha_is_the_root():
    """alpha = sqrt(lambda_0/2)."""
    return sqrt(lambda_0 / 2) == alpha


@claim("the Lyapunov function", covers="3.43")
def two_forms_of_the_energy():
    """The two printed forms of V agree."""
    return (inner(H(Delta), Delta) / 2 + norm2(sqrt(lambda_0 / 2) * Delta + Delta.dot) / 2 == V).by(alpha_is_the_root)


@claim("the Lyapunov function, 'always decreases'", expect=REFUTED, covers=("3.44", "3.56"))
def energy_always_decreases():
    """V' < 0 along the flow, always."""
    return frozen.d(V) < 0


@claim("the Lyapunov function, 'always decreases'", amends=energy_always_decreases)
def energy_never_increases():
    """V' <= 0 for a constant kernel, by the exact loss of energy, and V' < 0 unless Delta = Delta' = 0."""
    return (
        frozen.d(V) <= 0,
        frozen.d(V) <= -alpha * (Rational(3, 4) * alpha**2 * norm2(Delta) + norm2(Delta.dot + alpha * Delta / 2)),
    )


@claim("the choice of alpha", covers="3.45")
def half_the_friction():
    """b/2 = sqrt(lambda_0/2)."""
    return sqrt(2 * lambda0) / 2 == sqrt(lambda0 / 2)


@claim("the energy's derivative, by the chain rule", covers="3.46")
def energy_by_chain_rule():
    """V' by the product rule, with the term of H' that a moving kernel brings."""
    moving = operator("H_t", changes=H_t.changes, latex="H_t")
    energy = inner(moving(Delta), Delta) / 2 + norm2(alpha * Delta + Delta.dot) / 2
    printed = (
        inner(moving(Delta), Delta.dot)
        + inner(moving.dot(Delta), Delta) / 2
        + inner(alpha * Delta.dot + Delta.ddot, alpha * Delta + Delta.dot)
    )
    return derivative(energy) == printed


@claim("the kernel's derivative", covers="3.47")
def kernel_rests_between_flips():
    """Between flips the activations are constant, and with them every entry of H."""
    r, m = scalar("r"), scalar("m", at_least=1)
    x_i, x_j = vector("x_i"), vector("x_j")
    chi_i, chi_j = scalar("chi_i", index=r), scalar("chi_j", index=r)
    return derivative(total(chi_i * chi_j * inner(x_i, x_j) / m, r, m)) == 0


@claim("the kernel's derivative, integrated", expect=REFUTED, covers="3.47")
def kernel_does_not_move():
    """H' = 0 almost surely carries Gronwall's step: but H is not the integral of its derivative.

    One neuron that wakes up at time 1 changes H from 0 to 1.
    """
    before, behind = Rational(0) - 1, Rational(2) - 1
    return counterexample(
        "the kernel is the integral of its derivative",
        before < 0,
        behind > 0,
        Rational(1) - 0 != 0,
        because="w(t) = t - 1, x = a = m = 1: H is 0 at time 0 and 1 at time 2, and H' = 0 at every other time than 1",
    )


printed_first = inner(H(Delta), Delta.dot) + inner(-alpha * Delta.dot - H(Delta), alpha * Delta + Delta.dot)
printed_second = -alpha * inner(H(Delta), Delta) - alpha**2 * inner(Delta.dot, Delta) - alpha * norm2(Delta.dot)
printed_third = (
    -alpha * L_hat - alpha**3 / 2 * norm2(Delta) - alpha**2 * inner(Delta.dot, Delta) - alpha * norm2(Delta.dot)
)


@claim("the energy's derivative along the flow", covers=("3.48", "3.49"))
def energy_along_the_flow():
    """V' along (3.7), where H' = 0."""
    return chain(frozen.d(V)).eq(printed_first).eq(printed_second)


@claim("the smallest eigenvalue is used", covers=("3.50", "3.51"))
def smallest_eigenvalue_used():
    """Half of <H Delta, Delta> is kept, half is bounded below."""
    half = inner(H(Delta), Delta) / 2 + alpha**2 / 2 * norm2(Delta)
    return chain(inner(H(Delta), Delta)).ge(half).eq(L_hat + alpha**2 / 2 * norm2(Delta))


@claim("the energy's derivative, as printed", expect=REFUTED, covers=("3.52", "3.53"))
def energy_chain_as_printed():
    """V' = ... < -alpha (L_hat + |alpha Delta + Delta'|^2/2) = -alpha V."""
    last = -alpha * (L_hat + norm2(alpha * Delta + Delta.dot) / 2)
    return chain(frozen.d(V)).eq(printed_third).lt(last).eq(-alpha * V)


@claim("the energy's derivative", covers="3.54", amends=energy_chain_as_printed)
def energy_chain():
    """V' <= ... <= -alpha (L_hat + |alpha Delta + Delta'|^2/2) = -alpha V."""
    last = -alpha * (L_hat + norm2(alpha * Delta + Delta.dot) / 2)
    return chain(frozen.d(V)).le(printed_third).le(last).eq(-alpha * V)


@claim("the energy's derivative, what is thrown away", covers="3.55", sharpens=energy_chain_as_printed)
def energy_balance():
    """The last step throws away (alpha/2) |Delta'|^2, the one before it (alpha/2) <(H - alpha^2) Delta, Delta>."""
    thrown = alpha / 2 * (inner(H(Delta), Delta) - alpha**2 * norm2(Delta)) + alpha / 2 * norm2(Delta.dot)
    return frozen.d(V) == -alpha * V - thrown


#: The kernel jumps from 1 to 2 at time 1, and the energy with it.
one_jump = Swing().then(1, 0).then(Rational(1, 16), 1).motion


@claim("Gronwall's inequality, as printed", expect=REFUTED, covers="3.57")
def energy_bound_as_printed():
    """V(t) < exp(-alpha t) V(0), for a jumping kernel."""
    return refuted_by(V_t < exp(-alpha * t) * at(V_t, 0), jumping, one_jump, {alpha: 1})


@claim("Gronwall's inequality, with <=", expect=REFUTED, covers="3.57")
def energy_bound_with_weak_sign():
    """It is not the strict sign alone: V(t) <= exp(-alpha t) V(0) fails too when the kernel jumps."""
    return refuted_by(V_t <= exp(-alpha * t) * at(V_t, 0), jumping, one_jump, {alpha: 1})


@claim("Gronwall's inequality, the printed step", expect=OPEN, covers="3.57")
def energy_bound_by_the_printed_argument():
    """The rule itself, applied to the jumping kernel: its condition is not met (and the bound fails, see above)."""
    return gronwall(jumping, V_t, alpha)


@claim("Gronwall's inequality, for a constant kernel", amends=energy_bound_as_printed)
def energy_bound():
    """V(t) <= exp(-alpha t) V(0) for a constant kernel."""
    return gronwall(frozen, V, alpha)


@claim("Gronwall's inequality, with jumps", amends=energy_bound_as_printed)
def energy_bound_with_jumps():
    """When V(t_k+) <= (1 + j_k) V(t_k-), V(t) <= exp(sum log(1 + j_k) - alpha t) V(0)."""
    return gronwall_with_jumps(jumping, V_t, alpha, scalar("J"))


@claim("the pseudo-loss, as printed", expect=REFUTED, covers="3.58")
def pseudo_loss_chain_as_printed():
    """L_hat(t) <= V(t) < exp(-alpha t) V(0); at t = 0 the last is V(0) < V(0)."""
    return chain(at(L_hat, 0)).le(at(V, 0)).lt(exp(-alpha * 0) * at(V, 0))


@claim("the pseudo-loss", covers=("3.59", "3.60", "3.61"), amends=pseudo_loss_chain_as_printed)
def pseudo_loss_chain():
    """L_hat(t) <= V(t) <= exp(-alpha t) V(0) = ... <= ... = 2 exp(-alpha t) L_hat(0), from rest."""
    E = exp(-alpha * t)
    start = inner(H(at(Delta, 0)), at(Delta, 0)) / 2
    return (
        chain(L_hat)
        .le(V)
        .le(E * at(V, 0), energy_bound)
        .eq(E * (start + alpha**2 / 2 * norm2(at(Delta, 0))))
        .le(E * (start + L_hat_0))
        .eq(2 * E * L_hat_0)
        .given(at_rest)
    )


@claim("the loss", covers="3.62")
def loss_bound():
    """L(t) <= (2/alpha^2) exp(-alpha t) L_hat(0), from rest."""
    return (L <= 2 / alpha**2 * exp(-alpha * t) * L_hat_0).given(at_rest).by(pseudo_loss_chain)


# --- what holds beyond ------------------------------------------------------------------------------------------

reduced = let("V_0", norm2(alpha * Delta + Delta.dot) / 2 + (inner(H(Delta), Delta) - alpha**2 * norm2(Delta)) / 2)


@claim("Lemma 3.3, the reduced energy", sharpens=loss_decays_as_printed)
def reduced_energy():
    """The energy without alpha^2 L falls exactly at the rate 2 alpha."""
    return gronwall(frozen, reduced, 2 * alpha, exactly=True)


z = scalar_path("z")
omega = scalar("omega", positive=True)
mode = flow(z.ddot == -2 * alpha * z.dot - (alpha**2 + omega**2) * z, time=t)
mode_at_bound = flow(z.ddot == -2 * alpha * z.dot - alpha**2 * z, time=t)
first = exp(alpha * t) * (z * cos(omega * t) - (z.dot + alpha * z) * sin(omega * t) / omega)
second = exp(alpha * t) * (z * omega * sin(omega * t) + (z.dot + alpha * z) * cos(omega * t))


@claim("Lemma 3.3, one mode above alpha^2")
def first_invariant():
    """A quantity that a mode with H = alpha^2 + omega^2 keeps: its initial position."""
    return conserved(mode, let("A", first))


@claim("Lemma 3.3, one mode above alpha^2")
def second_invariant():
    """Another one: its initial velocity, shifted."""
    return conserved(mode, let("B", second))


@claim("Lemma 3.3, one mode above alpha^2")
def mode_above():
    """The motion of the mode from rest, in closed form, from the two invariants A and B."""
    c, sine = cos(omega * t), sin(omega * t) / omega
    return (
        chain(exp(alpha * t) * z)
        .eq(c * first + sine * second)
        .eq(c * at(first, 0, t) + sine * at(second, 0, t), first_invariant, second_invariant)
        .eq(at(z, 0) * (c + alpha * sine))
        .given(at(z.dot, 0) == 0)
    )


@claim("Lemma 3.3, one mode above alpha^2")
def oscillation_bound():
    """|cos(omega t) + (alpha/omega) sin(omega t)| <= 1 + alpha t, since |sin x| <= x for x >= 0."""
    return (cos(omega * t) + alpha * (sin(omega * t) / omega)) ** 2 <= (1 + alpha * t) ** 2


sharp_mode_bound = (z**2 <= (1 + alpha * t) ** 2 * exp(-2 * alpha * t) * at(z, 0) ** 2).given(at(z.dot, 0) == 0)


@claim("Lemma 3.3, one mode above alpha^2")
def sharp_loss_above():
    """|z(t)| <= (1 + alpha t) exp(-alpha t) |z(0)| from rest, for a mode above alpha^2."""
    turning = cos(omega * t) + alpha * (sin(omega * t) / omega)
    return (
        chain(z**2)
        .eq(exp(-2 * alpha * t) * (exp(alpha * t) * z) ** 2)
        .eq(exp(-2 * alpha * t) * (at(z, 0) * turning) ** 2, mode_above)
        .le((1 + alpha * t) ** 2 * exp(-2 * alpha * t) * at(z, 0) ** 2, oscillation_bound)
        .given(at(z.dot, 0) == 0)
    )


@claim("Lemma 3.3, one mode at alpha^2")
def critical_invariant():
    """A quantity that a mode with H = alpha^2 keeps."""
    return conserved(mode_at_bound, let("A", exp(alpha * t) * (z - (z.dot + alpha * z) * t)))


@claim("Lemma 3.3, one mode at alpha^2")
def critical_velocity():
    """Another one."""
    return conserved(mode_at_bound, let("B", exp(alpha * t) * (z.dot + alpha * z)))


@claim("Lemma 3.3, one mode at alpha^2")
def sharp_loss_at_the_bound():
    """|z(t)| = (1 + alpha t) exp(-alpha t) |z(0)| from rest, for a mode at alpha^2: the bound is attained."""
    return sharp_mode_bound.by(critical_invariant, critical_velocity)


@claim("Lemma 3.3, the sharp bound", sharpens=loss_decays_as_printed)
def sharp_loss():
    """|Delta(t)| <= (1 + alpha t) exp(-alpha t) |Delta(0)| from rest, for a constant kernel, in every dimension."""
    h = scalar("h")
    return every_mode(
        frozen,
        (1 + alpha * t) ** 2 * exp(-2 * alpha * t),
        above=sharp_loss_above,
        mode_above=mode,
        parameter=omega,
        value=sqrt(h - alpha**2),
        eigenvalue=h,
        at_bound=sharp_loss_at_the_bound,
        mode_at_bound=mode_at_bound,
    )


@claim("Lemma 3.3, the sharp bound is below the printed one")
def sharp_loss_is_sharper():
    """(1 + x)^2 <= 2 (1 + x/3)^3 <= 2 exp(x) with x = alpha t: the sharp bound is below 2 exp(-alpha t) L(0)."""
    x, decay = alpha * t, exp(-2 * alpha * t) * L_0
    return (
        chain((1 + x) ** 2 * decay)
        .le(2 * (1 + x / 3) ** 3 * decay)
        .le(2 * exp(x / 3) ** 3 * decay)
        .eq(2 * exp(-alpha * t) * L_0)
        .le(4 / lambda_0 * exp(-alpha * t) * L_hat_0)
    )


E_ref = operator("E", norm=alpha**2 / 2, changes=H_t.changes, latex="E(t)")
H_ref = operator("H_ref", at_least=Rational(3, 2) * alpha**2)
perturbed = flow(Delta.ddot == -2 * alpha * Delta.dot - H_ref(Delta) - E_ref(Delta), time=t)
V_ref = let("V_ref", norm2(Delta.dot + alpha * Delta) / 2 + (inner(H_ref(Delta), Delta) - alpha**2 * norm2(Delta)) / 2)
rate = 2 - sqrt(Rational(1, 2))


@claim("Lemma 3.3, the frozen kernel's balance")
def frozen_kernel_balance():
    """With H = H_ref + E, H_ref constant, V_ref' = -2 alpha V_ref - <Delta' + alpha Delta, E Delta>, jumps or not."""
    return perturbed.d(V_ref) == -2 * alpha * V_ref - inner(Delta.dot + alpha * Delta, E_ref(Delta))


@claim("Lemma 3.3, the frozen kernel")
def frozen_kernel():
    """With H_ref >= 3 lambda_0/4 and |E| <= lambda_0/4 the energy falls at the rate (2 - 1/sqrt 2) alpha."""
    return gronwall(perturbed, V_ref, rate * alpha)


@claim("Lemma 3.3, the loss near a frozen kernel", amends=loss_decays_as_printed)
def loss_near_a_frozen_kernel():
    """L <= (4/lambda_0) exp(-(2 - 1/sqrt 2) alpha t) L_hat_ref(0) from rest, however the kernel jumps nearby."""
    E, start = exp(-rate * alpha * t), inner(H_ref(at(Delta, 0)), at(Delta, 0)) / 2
    return (
        chain(L)
        .le(2 * V_ref / alpha**2)
        .le(2 * E * at(V_ref, 0) / alpha**2, frozen_kernel)
        .eq(4 / lambda_0 * E * start)
        .given(at_rest)
    )


centred = operator("E", norm=alpha**2, changes=H_t.changes, latex="E(t)")
bounded_flow = flow(Delta.ddot == -2 * alpha * Delta.dot - 2 * alpha**2 * Delta - centred(Delta), time=t)
V_s = let("V_S", norm2(Delta.dot + alpha * Delta) / 2 + alpha**2 * norm2(Delta) / 2)


@claim("Lemma 3.3, a kernel bounded above")
def bounded_kernel():
    """If alpha^2 <= H(t) <= 3 alpha^2, moving as it likes, an energy falls at the rate alpha; E = H - 2 alpha^2."""
    return gronwall(bounded_flow, V_s, alpha)


@claim("Lemma 3.3, the loss for a kernel bounded above", amends=loss_decays_as_printed)
def loss_for_a_bounded_kernel():
    """Then L <= 2 exp(-alpha t) L(0) from rest, which is below the printed bound."""
    E = exp(-alpha * t)
    return chain(L).le(V_s / alpha**2).le(E * at(V_s, 0) / alpha**2, bounded_kernel).eq(2 * E * L_0).given(at_rest)


@claim("after the bound on the loss, the prediction", covers="3.63")
def prediction_converges():
    """f tends to y: the loss has the factor alpha."""
    return (L <= 2 / alpha**2 * exp(-alpha * t) * L_hat_0).given(at_rest).by(pseudo_loss_chain)


@claim("after the bound on the loss, the prediction itself", expect=REFUTED, covers="3.63")
def prediction_converges_at_the_factor():
    """|f - y| <= C exp(-alpha t) |f(0) - y|: at the critical mode (alpha = 1, H = 1) no constant C will do."""
    C = scalar("C", at_least=1)
    error = (1 + t) * exp(-t)
    speed, start = derivative(error, t), {t: Rational(0)}
    return counterexample(
        "|f - y| <= C exp(-alpha t) |f(0) - y| for some constant C",
        derivative(speed, t) == -2 * speed - error,
        substitute(error, start) == 1,
        substitute(speed, start) == 0,
        (1 + C) * exp(-C) > C * exp(-C),
        because="the critical mode (1 + t) exp(-t) at the time C",
    )
