"""Lemma 3.3 on real networks, whose Delta' jumps at every flip: it holds for one sample and fails for two.

One sample x, |x| = 1: from rest a weight moves along x only, z = <w_r, x>. A neuron begins awake, z > 0, or asleep,
z < 0; then it never moves. It may fall asleep, but no neuron wakes up. With g' = -2 alpha g + Delta, g(0) = 0, those
awake have the velocity z' = -a_r g / sqrt(m), so that Delta' = -h g, where h, the kernel, is the share of those awake:
it jumps at a flip, and falls; Delta and g do not jump.
"""

from proofcheck import (
    Rational,
    Verdict,
    absolute,
    after,
    at,
    chain,
    claim,
    conserved,
    cos,
    counterexample,
    derivative,
    exp,
    flow,
    for_all,
    gronwall,
    gronwall_over_jumps,
    inner,
    let,
    mean_value,
    norm,
    norm2,
    path,
    pi,
    scalar,
    scalar_path,
    sin,
    sqrt,
    substitute,
    total,
    vector,
)

from .notation import alpha, lambda_0, m, n, t

REFUTED = Verdict.REFUTED

r = scalar("r")
a, chi, speed = (scalar(name, index=r) for name in ("a_r", "chi_r", "z_r"))
sign = scalar("a")
Delta, g, z = scalar_path("Delta"), scalar_path("g"), scalar_path("z")
h = scalar_path("h", jumps_from=0)
w, G = path("w_r"), path("G_r")
Delta_0, h_0 = at(Delta, 0), at(h, 0)

memory = g.dot == -2 * alpha * g + Delta
awake = flow(z.ddot == -2 * alpha * z.dot - sign * Delta / sqrt(m), memory, time=t)
asleep = flow(z.ddot == -2 * alpha * z.dot, time=t)
one_sample = flow(
    Delta.dot == -h * g,
    memory,
    h.dot == 0,
    time=t,
    subject_to=[h >= alpha**2, h_0 >= alpha**2, at(g, 0) == 0],
    jumps=[after(h) <= h],
)

L = let("L", Delta**2 / 2)
L_hat = let("L_hat", h * Delta**2 / 2, latex=r"\hat{L}")
L_0, L_hat_0 = at(L, 0), at(L_hat, 0)
reduced = let("V_0", h * (Delta - alpha * g) ** 2 / 2 + h * (h - alpha**2) * g**2 / 2)
V = let("V", reduced + alpha**2 * L)


@claim("Lemma 3.3, one sample: a neuron awake")
def awake_invariant():
    """A quantity that a neuron keeps while it is awake."""
    return conserved(awake, exp(2 * alpha * t) * (z.dot + sign * g / sqrt(m)))


@claim("Lemma 3.3, one sample: a neuron awake")
def awake_velocity():
    """Awake from the start, at rest, it has the velocity -a g / sqrt(m)."""
    return (z.dot == -sign * g / sqrt(m)).given(at(z.dot, 0) == 0, at(g, 0) == 0).by(awake_invariant)


@claim("Lemma 3.3, one sample: the error")
def error_of_one_sample():
    """Delta' = -h g, where h is the share of those awake: chi_r = 1, otherwise chi_r = 0."""
    moving = for_all(r, chi * speed == -chi * a * g / sqrt(m))
    return (total(a * chi * speed / sqrt(m), r, m) == -total(chi, r, m) / m * g).given(moving, for_all(r, a**2 == 1))


@claim("Lemma 3.3, one sample: a neuron asleep")
def asleep_velocity():
    """A quantity that a neuron keeps while it is asleep: its velocity, but for the friction."""
    return conserved(asleep, exp(2 * alpha * t) * z.dot)


@claim("Lemma 3.3, one sample: a neuron asleep")
def asleep_position():
    """Another one."""
    return conserved(asleep, 2 * alpha * z + z.dot)


@claim("Lemma 3.3, one sample: a neuron asleep")
def never_wakes_up():
    """A neuron that fell asleep at z = 0 with z' <= 0 never wakes up."""
    fallen = at(z.dot, 0) * (1 - exp(-2 * alpha * t)) / (2 * alpha)
    return (
        chain(z)
        .eq(at(z, 0) + fallen, asleep_velocity, asleep_position)
        .le(0)
        .given(at(z, 0) <= 0, at(z.dot, 0) <= 0)
    )


@claim("Lemma 3.3, one sample: the energy")
def printed_energy():
    """The energy V of the paper, with Delta' = -h g."""
    return L_hat + (alpha * Delta - h * g) ** 2 / 2 == V


@claim("Lemma 3.3, one sample: the energy")
def energy_over_flips():
    """Between flips V falls at the rate alpha; no flip raises it."""
    return gronwall_over_jumps(one_sample, V, alpha)


@claim("Lemma 3.3, one sample: the reduced energy")
def reduced_energy_over_flips():
    """V without alpha^2 L falls at the rate 2 alpha."""
    return gronwall_over_jumps(one_sample, reduced, 2 * alpha)


@claim("Lemma 3.3, the loss of a network with one sample", covers="3.41")
def loss_of_one_sample():
    """The printed bound holds for every network with one sample."""
    E = exp(-alpha * t)
    return (
        chain(L)
        .le(V / alpha**2)
        .le(E * at(V, 0) / alpha**2, energy_over_flips)
        .eq(E * (L_hat_0 + alpha**2 * L_0) / alpha**2)
        .le(4 / lambda_0 * E * L_hat_0)
        .along(one_sample)
    )


K = sqrt(h_0) * absolute(Delta_0)


@claim("Lemma 3.3, one sample: the velocity of exp(alpha t) Delta")
def steady():
    """It is at most K = sqrt(h(0)) |Delta(0)|."""
    return (
        chain((exp(alpha * t) * (alpha * Delta - h * g)) ** 2)
        .le(2 * exp(2 * alpha * t) * reduced)
        .le(2 * at(reduced, 0), reduced_energy_over_flips)
        .eq(K**2)
        .along(one_sample)
    )


@claim("Lemma 3.3, one sample: the error from above")
def error_from_above():
    """exp(alpha t) Delta <= Delta(0) + K t."""
    return gronwall(one_sample, exp(alpha * t) * Delta - K * t, 0, by=(steady,))


@claim("Lemma 3.3, one sample: the error from below")
def error_from_below():
    """exp(alpha t) Delta >= Delta(0) - K t."""
    return gronwall(one_sample, -exp(alpha * t) * Delta - K * t, 0, by=(steady,))


@claim("Lemma 3.3, one sample: the error, sharper", sharpens=loss_of_one_sample)
def error_of_one_sample_decays():
    """|Delta| <= (1 + sqrt(h(0)) t) exp(-alpha t) |Delta(0)|: but for a power of t the rate of the loss is 2 alpha."""
    E = exp(-alpha * t)
    return (
        chain(absolute(Delta))
        .eq(E * absolute(exp(alpha * t) * Delta))
        .le(E * (absolute(Delta_0) + K * t), error_from_above, error_from_below)
        .eq((1 + sqrt(h_0) * t) * E * absolute(Delta_0))
        .along(one_sample)
    )
