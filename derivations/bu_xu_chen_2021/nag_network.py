"""Theorem 3 for the network: up to any time it stays near its linear twin, and its energy never rises again.

Weights and errors stand side by side in one space; J takes weights to errors and its adjoint errors to weights, so that
it is one self-adjoint operator there. As in all of Section 4, that a solution with continuous W' exists and obeys the
chain rule Delta' = J W' at almost every moment is assumed. kappa^2 bounds H(0) from below.
"""

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    at,
    bounded,
    chain,
    cited,
    claim,
    exp,
    flow,
    gronwall,
    inner,
    let,
    log,
    mean_value,
    missing,
    norm,
    norm2,
    operator,
    order,
    path,
    power,
    scalar,
    sqrt,
    total,
    vector,
)

from .notation import m, n
from .probability import (
    R,
    delta,
    entrywise,
    far_at_start,
    kernel_at_the_start,
    lambda_0,
    near_the_kink,
    near_the_kink_is_rare,
    probability,
)
from .resonance import (
    H_0,
    Delta_bar,
    E_bar,
    a,
    c_bar,
    gamma,
    k,
    lemma_4_1_with_variation,
    linear_energy_decays,
    power_of_a_quotient,
    t,
    tau_0,
    z,
)
from .theorem_2 import bounded_labels, large_loss, level, loss_at_the_start, mean

CITED, OPEN = Verdict.CITED, Verdict.OPEN


@claim("Theorem 3, for one width and all times", expect=OPEN, covers=("4.08", "4.09"))
def theorem_3_of_the_network():
    """L(t) <= A t^-alpha L(0) for the network at all times, for one width, with probability 1 - delta."""
    return missing(
        "a bound on what J(t) - J(0) does after a time that the width decides: near J(0) it may still resonate",
        "L(t) <= A(alpha, gamma, lambda_0) t^-alpha L(0) for all t, for one width, with probability at least 1 - delta",
        theorem_3_for_every_target,
    )


# --- the network, which does not resonate up to any given time ---------------------------------------------------

W, Delta = path("W"), path("Delta")
J = operator("J", changes=Changes.BY_JUMPS)
#: W'' = -(gamma/t) W' - J* Delta and the chain rule Delta' = J W', at almost every moment; W' and Delta are continuous.
network = flow(W.ddot == -(gamma / t) * W.dot - J(Delta), Delta.dot == J(W.dot), time=t)
energy = let("E", norm2(W.dot) / 2 + norm2(Delta) / 2)
L = let("L", norm2(Delta) / 2)
L_0 = at(L, 0)
at_rest = at(W.dot, 0) == 0


@claim("Theorem 3, the mechanical energy of the network")
def mechanical_energy_of_nag():
    """E = |W'|^2/2 + L never rises, however the kernel jumps."""
    return gronwall(network, energy, 0)


@claim("Theorem 3, the energy stays below the loss at the start")
def energy_of_nag_below_its_start():
    """From rest |W'|^2 + |Delta|^2 <= 2 L(0): the network's loss never exceeds its start, unlike the pumped mode's."""
    return (energy <= L_0).given(at_rest).by(mechanical_energy_of_nag)


w, G = path("w_r", latex="w_r"), path("G_r", latex="G_r")
c = scalar("c", nonnegative=True)
#: One neuron: c = sqrt(2 n L(0)/m) bounds its gradient G_r, by the triangle inequality, Cauchy-Schwarz and L <= L(0).
neuron = flow(w.ddot == -(gamma / t) * w.dot - G, time=t, subject_to=[norm(G) <= c])


@claim("Theorem 3, a neuron's velocity, integrated")
def velocity_of_nag_gathers():
    """t^gamma w_r' moves by at most c t^(gamma+1)/(gamma+1)."""
    return mean_value(neuron, power(t, gamma) * w.dot, c * power(t, gamma + 1) / (gamma + 1))


@claim("Theorem 3, a neuron's velocity")
def velocity_of_nag():
    """|w_r'| <= c t/(gamma + 1), from rest."""
    weight = power(t, gamma)
    return (
        chain(norm(w.dot))
        .eq(norm(weight * w.dot - 0 * at(w.dot, 0)) / weight)
        .le(c * power(t, gamma + 1) / (gamma + 1) / weight, velocity_of_nag_gathers)
        .eq(c * t / (gamma + 1))
        .given(t > 0)
    )


@claim("Theorem 3, a neuron's distance")
def distance_of_nag():
    """So |w_r(t) - w_r(0)| <= c t^2/(2 (gamma + 1)): up to any time, width buys closeness."""
    return mean_value(neuron, w, c * t**2 / (2 * (gamma + 1)), by=[velocity_of_nag])


# --- its linear twin, and the distance between the two -----------------------------------------------------------

e, u, v = path("e"), path("u"), path("v")
J_0 = operator("J_0")
d, S = scalar("d", nonnegative=True), scalar("S", nonnegative=True)
horizon = scalar("T", positive=True)
D = operator("D", norm=d, changes=Changes.BY_JUMPS)
#: e and u are the network's Delta and W' less those of its linear twin, v = W', D = J - J_0 and S = 2 L(0).
difference = flow(
    e.dot == J_0(u) + D(v),
    u.dot == -(gamma / t) * u - J_0(e) - D(Delta),
    time=t,
    subject_to=[norm2(v) + norm2(Delta) <= S],
)
distance = let("Q", norm2(e) / 2 + norm2(u) / 2)


@claim("Theorem 3, network and linear twin: how fast they part")
def parting_speed():
    """Q' <= (Q + d^2 S T^2/2)/T, whatever jumps: D v and D Delta are small, J_0 exchanges, the friction takes."""
    pushed = norm2(D(v)) + norm2(D(Delta))
    return (
        chain(difference.d(distance))
        .eq(inner(e, D(v)) - inner(u, D(Delta)) - gamma / t * norm2(u))
        .le(inner(e, D(v)) - inner(u, D(Delta)))
        .le((norm2(e) + norm2(u)) / (2 * horizon) + horizon / 2 * pushed)
        .le(distance / horizon + horizon / 2 * d**2 * (norm2(v) + norm2(Delta)))
        .le((distance + d**2 * S * horizon**2 / 2) / horizon)
        .given(t > 0)
        .along(difference)
    )


@claim("Theorem 3, network and linear twin: the distance, grown")
def distance_grows():
    """So Q + d^2 S T^2/2 grows at most at the rate 1/T."""
    return gronwall(difference, distance + d**2 * S * horizon**2 / 2, -1 / horizon, by=[parting_speed])


@claim("Theorem 3, network and linear twin: a number")
def number_e():
    """e - 1 <= 7/4."""
    return exp(1) - 1 <= Rational(7, 4)


@claim("Theorem 3, network and linear twin: the distance")
def distance_from_linear_twin():
    """From the same start |e|^2 + |u|^2 <= (e - 1) d^2 S T^2 <= (7/4) d^2 S T^2 at the time T."""
    return (
        chain(2 * distance)
        .le(exp(t / horizon) * d**2 * S * horizon**2 - d**2 * S * horizon**2, distance_grows)
        .eq((exp(1) - 1) * (d**2 * S * horizon**2))
        .le(Rational(7, 4) * (d**2 * S * horizon**2), number_e)
        .given(t == horizon, at(distance, 0) == 0)
        .along(difference)
    )


r = scalar("r")
size, flipped = vector("size", latex=r"|q|"), vector("flipped_r", latex=r"\mathbb{1}_r", index=r)
share = total(norm2(flipped) / m, r, m)


@claim("Theorem 3, network and linear twin: the size of J - J_0")
def size_of_the_change():
    """|(J - J_0)* q|^2 <= d^2 |q|^2 for d^2 the sum over the samples of the shares of the neurons that flipped.

    Neuron r contributes at most <|q|, 1_r>/sqrt(m), where 1_r marks the samples on which it flipped.
    """
    return (
        chain(total(inner(size, flipped) ** 2 / m, r, m))
        .le(total(norm2(size) * norm2(flipped) / m, r, m))
        .eq(norm2(size) * share)
    )


v_bar = path("v_bar", latex=r"\bar{v}")


@claim("Theorem 3, the energy of the network and of its twin")
def energy_near_the_twins():
    """As e, u are what the two differ by and |v_bar|^2 = <H_0 c, c>, E is at most 2 E_bar + 2 Q."""
    return (energy <= 2 * E_bar + 2 * distance).given(
        Delta == Delta_bar + e, W.dot == v_bar + u, norm2(v_bar) == inner(H_0(c_bar), c_bar)
    )


def near_the_twins(moment):
    """The same at a moment."""
    return at(energy, moment) <= 2 * at(E_bar, moment) + 2 * at(distance, moment)


begin_alike = (at(distance, 0) == 0, at(E_bar, 0) == L_0, S == 2 * L_0)
faded = power(2 * tau_0 / horizon, gamma)
parted = Rational(7, 4) * (d**2 * S * horizon**2)


@claim("Theorem 3, the energy of the network at any time")
def energy_at_the_horizon():
    """E(T) <= (6 (gamma/(kappa T))^gamma + (7/2) d^2 T^2) L(0), for every T >= gamma/kappa."""
    return (
        chain(at(energy, horizon))
        .le(2 * at(E_bar, horizon) + 2 * at(distance, horizon))
        .le(
            2 * at(E_bar, horizon) + Rational(7, 4) * (d**2 * S * horizon**2),
            distance_from_linear_twin.at({t: horizon}),
        )
        .le(6 * faded * at(E_bar, 0) + Rational(7, 4) * (d**2 * S * horizon**2), linear_energy_decays.at({t: horizon}))
        .eq((6 * faded + Rational(7, 2) * d**2 * horizon**2) * L_0)
        .given(near_the_twins(horizon), *begin_alike, horizon >= 2 * tau_0)
    )


@claim("Theorem 3, the energy of the network later")
def energy_never_rises_again():
    """The mechanical energy keeps what was reached at T."""
    return gronwall(network, energy, 0, since=horizon)


@claim("Theorem 3, the loss of the network later")
def loss_below_the_energy_reached():
    """And the loss is below it."""
    return chain(L).le(energy).le(at(energy, horizon), energy_never_rises_again).given(t >= horizon)


theta = scalar("theta", positive=True, at_most=1)


#: T = (gamma/kappa) (12/theta)^(1/gamma).
long_enough = log(horizon) == log(2 * tau_0) + log(12 / theta) / gamma


@claim("Theorem 3, when the twin has reached its share")
def time_of_the_twin():
    """At T = (gamma/kappa) (12/theta)^(1/gamma) the twin's share 6 (gamma/(kappa T))^gamma is theta/2."""
    first, longer = 2 * tau_0, log(12 / theta) / gamma
    return (
        chain(faded)
        .eq(power(first, gamma) / power(horizon, gamma), power_of_a_quotient.at({z: first, a: horizon}))
        .eq(exp(gamma * (log(first) - log(horizon))))
        .eq(exp(-gamma * longer))
        .eq(theta / 12)
        .given(long_enough)
    )


flips = scalar("sigma", nonnegative=True)
F, M = scalar("F", positive=True), scalar("M", nonnegative=True)
#: L(0) is at most the level l, so that the radius R of the neurons' distance up to T does not depend on chance; F is
#: what the flips stay below, and M the width that is needed.
few = R == sqrt(2 * n * level / m) * horizon**2 / (2 * (gamma + 1)), F == 12 * n * R / (5 * delta)
needed = Rational(3528, 25) * n**3 * level * horizon**8 / (delta**2 * (gamma + 1) ** 2 * theta**2)
wide = (*few, needed == M, m >= M)


@claim("Theorem 3, the width for a target: a quotient")
def wide_enough():
    """What is needed is at most what is there."""
    return (k / m <= 1).given(m >= k)


@claim("Theorem 3, the width for a target: squared")
def flips_squared():
    """The square of 7 T^2 F is theta^2 M/m."""
    return chain((7 * horizon**2 * F) ** 2).eq(theta**2 * (M / m)).le(theta**2, wide_enough.at({k: M})).given(*wide)


@claim("Theorem 3, the width for a target")
def width_for_a_target():
    """(7/2) d^2 T^2 <= theta/2 when m >= M, where the flips d^2 = sigma stay below F."""
    return chain(7 * flips * horizon**2).le(7 * horizon**2 * F).le(theta, flips_squared).given(flips <= F, *wide)


#: The sum over the samples of the shares of the neurons near a kink exceeds F; one of the three events fails.
many_flips = probability("p_flips", r"\sum_i S_i > F")
bad_start = probability("p_start_of_nag", r"\text{the start fails}")
third = delta / 3


@claim("Theorem 3, the expected flips", expect=CITED)
def expected_flips():
    """Only a neuron near a kink flips, see Lemma 3.2; their shares' expected sum is n P(|<w_r(0), x_i>| <= R)."""
    return cited("Markov's inequality, and the linearity of the expectation", many_flips * F <= n * near_the_kink)


@claim("Theorem 3, the flips but for a third of delta")
def flips_but_for_a_third():
    """F is exceeded with probability delta/3 at most."""
    return (
        chain(many_flips)
        .le(n * near_the_kink / F, expected_flips)
        .le(n * (4 * R / 5) / F, near_the_kink_is_rare)
        .eq(third)
        .given(F == 12 * n * R / (5 * delta))
    )


@claim("Theorem 3, one of the events fails", expect=CITED)
def one_of_three_fails_for_nag():
    """The start fails where Lemma 3.1, the bound on the flips or the bound on L(0) does."""
    return cited("Boole's inequality: the union bound", bad_start <= far_at_start + many_flips + large_loss)


@claim("Theorem 3, the start")
def start_is_good_for_nag():
    """H(0) is above 3 lambda_0/4, the flips up to T stay below F and L(0) below l, but for delta."""
    entries = kernel_at_the_start.at({delta: third})
    return (
        chain(bad_start)
        .le(far_at_start + many_flips + large_loss, one_of_three_fails_for_nag)
        .le(third + third + third, entries, flips_but_for_a_third, loss_at_the_start.at({delta: third}))
        .eq(delta)
        .given(
            entrywise,
            m >= 8 * n**2 / lambda_0**2 * log(2 * n**2 / third),
            F == 12 * n * R / (5 * delta),
            bounded_labels,
            level == n * mean / (2 * third),
        )
    )


@claim("Theorem 3, both shares")
def shares_of_the_target():
    """At T, with this width, what is left of the twin's energy and what the flips do make up the target."""
    return (
        (6 * faded + Rational(7, 2) * flips * horizon**2 <= theta)
        .given(long_enough, flips <= F, *wide)
        .by(time_of_the_twin, width_for_a_target)
    )


@claim("Theorem 3, for every target", covers="4.08")
def theorem_3_for_every_target():
    """L(t) <= theta L(0) for all t >= T = (gamma/kappa) (12/theta)^(1/gamma), for every gamma > 0 and the width above.

    Where the start is good, kappa^2 = 3 lambda_0/4 is below H(0), and d^2 below F up to T.
    """
    return (
        chain(L)
        .le(at(energy, horizon), loss_below_the_energy_reached)
        .given(t >= horizon)
        .le((6 * faded + Rational(7, 2) * d**2 * horizon**2) * L_0, energy_at_the_horizon)
        .given(near_the_twins(horizon), *begin_alike, horizon >= 2 * tau_0)
        .le(theta * L_0, shares_of_the_target.at({flips: d**2}))
        .given(long_enough, d**2 <= F, *wide)
    )


sooner = scalar("s", positive=True)


@claim("Theorem 3, the flips on the way")
def flips_on_the_way():
    """Before T they do less than at T."""
    return (
        chain(7 * flips * sooner**2)
        .le(7 * flips * horizon**2)
        .given(sooner <= horizon)
        .le(theta, width_for_a_target)
        .given(flips <= F, *wide)
    )


@claim("Theorem 3, for every target, on the way")
def theorem_3_on_the_way():
    """Before T the loss falls like t^-gamma, down to the target: L(s) <= (6 (gamma/(kappa s))^gamma + theta/2) L(0)."""
    left = 6 * power(2 * tau_0 / sooner, gamma)
    return (
        chain(at(L, sooner))
        .le(at(energy, sooner))
        .le((left + Rational(7, 2) * d**2 * sooner**2) * L_0, energy_at_the_horizon.at({horizon: sooner}))
        .given(near_the_twins(sooner), *begin_alike, sooner >= 2 * tau_0)
        .le((left + theta / 2) * L_0, flips_on_the_way.at({flips: d**2}))
        .given(sooner <= horizon, d**2 <= F, *wide)
    )


@claim("Theorem 3, the order of the width for a target")
def order_of_the_width_for_a_target():
    """At a fixed theta T^8 is of order lambda_0^-4, L(0) of order n/delta, the width of order n^4/(delta^3 lambda_0^4).

    The printed n^(5 alpha/2 - 4) / (delta^(3 alpha/2 - 3) lambda_0^(3 alpha/2 - 2)) has larger powers for alpha > 4.
    """
    smallest, start = scalar("lambda_0", positive=True), scalar("L_0", positive=True, latex="L(0)")
    return bounded(
        order(n**3 * start / (delta**2 * smallest**4), n**4 / (delta**3 * smallest**4)),
        large=[n],
        small=[delta, smallest],
        given=[order(start, n / delta)],
    )


@claim("Lemma 4.1, the loss of the network", expect=OPEN, covers=("4.20", "4.24"))
def lemma_4_1_of_the_network():
    """The network's loss decays as in Lemma 4.1 while its kernel keeps lambda_0/2; it stays below L(0), as shown."""
    return missing(
        "that no network switches its kernel in time with a mode, which (4.4) and a bound on the kernel do not exclude",
        "lambda_min(H(s)) >= lambda_0/2 for s <= t implies L <= C(alpha, gamma) L(0)/(t^alpha (lambda_0/2)^(alpha/2))",
        energy_of_nag_below_its_start,
        lemma_4_1_with_variation,
    )


@claim("Lemma 4.2, for all times", expect=OPEN, covers="4.48")
def lemma_4_2_of_the_network():
    """If R' < R, the network keeps the smallest eigenvalue, the distance of the weights and the loss of Lemma 4.1."""
    return missing(
        "Lemma 4.1 for the network: a kernel near its start can resonate, and its total variation is not bounded here",
        "R' < R, 4 < alpha <= 2 gamma/3 and gamma > 6 imply lambda_min(H) >= lambda_0/2, |w_r - w_r(0)| <= R', (4.6)",
        lemma_4_1_with_variation,
        theorem_3_for_every_target,
    )
