"""Lemma 3.3 on real networks, whose Delta' jumps at every flip: it fails for two samples and holds for one.

The equation's pumped oscillators (see `loss`) are no networks: there the mechanical energy never rises. But a neuron
that swings over from one input to another takes its velocity along, and the error stops to fall; and on inputs x and
-x the loss need not vanish at all. The exact networks below are symmetric; networks drawn at random exceed the bound as
well, with room to spare in lambda_min(H) >= lambda_0/2 (see the figure of swinging neurons).
"""

from proofcheck import (
    Rational,
    Verdict,
    absolute,
    after,
    arccos,
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
)

from .notation import alpha, lambda_0, m, n, t

REFUTED = Verdict.REFUTED

Delta = scalar_path("Delta")


# --- two samples: the loss ---------------------------------------------------------------------------------------
#
# Inputs x_1, x_2 at the angle 2 pi/3; 24 neurons, 14 of them asleep on both inputs for ever, 5 alike with a = 1 and 5
# that mirror them. Of the first kind u and v are the inner products with x_1 and x_2, in the unit sqrt(24)/5; q = alpha
# t - 1 is the time, p a time from a flip. By symmetry f_1 = f_2 = max(u, 0) + max(v, 0), and Delta_1 = Delta_2.

q, p, theta = scalar("q"), scalar("p", positive=True), scalar("theta")
third_of_a_turn = 2 * pi / 3
cosine = Rational(-1, 2)
c = exp(-Rational(1, 8))
y = -(Rational(35, 32) * c + Rational(5, 8) + Rational(3, 8) * c**2)
swing, drift = (4 + 3 * q) * exp(-q) / 4, Rational(5, 8) + Rational(3, 8) * exp(-2 * q)
late = c * exp(-q) * (Rational(35, 16) + (Rational(59, 32) + Rational(3, 4) * c) * q)
lost = c * (Rational(33, 128) + Rational(3, 16) * c) * (1 - exp(-2 * q))
#: u and v: awake on x_1; on both; on x_2, with q counted from the second flip.
first = y + (2 + q) * exp(-q), 1 - (2 + q) * exp(-q) / 2
second = y + swing + drift, swing - drift
third = (Rational(35, 16) * c - late) / 2 - lost, y + late
begin, first_flip, second_flip, end = Rational(-1), Rational(0), Rational(1, 8), Rational(3, 8)


def moved(expression, moment):
    """The expression at a moment."""
    return substitute(expression, {q: moment})


@claim("Lemma 3.3, two samples: the angle")
def triple_angle():
    """cos(3 theta) = 4 cos(theta)^3 - 3 cos(theta)."""
    C, S = cos(theta), sin(theta)
    return (
        chain(cos(theta + theta + theta))
        .eq(cos(theta + theta) * C - sin(theta + theta) * S)
        .eq((2 * C**2 - 1) * C - 2 * S * C * S)
        .eq(4 * C**3 - 3 * C)
    )


C = cos(third_of_a_turn)


@claim("Lemma 3.3, two samples: the angle")
def equation_of_the_cosine():
    """So the cosine C of a third of a turn obeys (C - 1) (2 C + 1)^2 = 0."""
    turn = third_of_a_turn + third_of_a_turn + third_of_a_turn
    return (
        chain((C - 1) * (2 * C + 1) ** 2)
        .eq(cos(turn) - 1, triple_angle.at({theta: third_of_a_turn}))
        .eq(cos(pi) ** 2 - sin(pi) ** 2 - 1)
        .eq(0)
    )


@claim("Lemma 3.3, two samples: the angle")
def square_of_the_cosine():
    """Since C < 0, (2 C + 1)^2 = 0."""
    return chain((2 * C + 1) ** 2).eq((C - 1) * (2 * C + 1) ** 2 / (C - 1)).eq(0, equation_of_the_cosine)


@claim("Lemma 3.3, two samples: the angle")
def cosine_of_the_angle():
    """So the cosine of the angle is -1/2."""
    return (C == cosine).by(square_of_the_cosine)


@claim("Lemma 3.3, two samples: before the first flip")
def asleep_on_the_second():
    """A neuron of the first kind sleeps on x_2: v < 0."""
    v = moved(first[1], -p)
    return chain(v).eq(1 - (2 - p) * exp(p / 2) ** 2 / 2).le(1 - (2 - p) * (1 + p / 2) ** 2 / 2).lt(0).given(p <= 1)


@claim("Lemma 3.3, two samples: before the second flip")
def awake_on_both():
    """It is still awake on x_1: u > 0; that v > 0 is a fact below."""
    slope = Rational(35, 8) - 3 * p
    return (
        chain(moved(second[0], second_flip - p))
        .eq(c * (slope * exp(p) / 4 - Rational(35, 32)) + c**2 * Rational(3, 8) * (exp(p) ** 2 - 1))
        .ge(c * (slope * exp(p) / 4 - Rational(35, 32)))
        .ge(c * (slope * (1 + p) / 4 - Rational(35, 32)))
        .gt(0)
        .given(p <= second_flip)
    )


@claim("Lemma 3.3, two samples: behind the second flip")
def asleep_on_the_first():
    """It has fallen asleep on x_1: u < 0."""
    X = exp(-p)
    rest = Rational(35, 32) - (Rational(59, 64) + 3 * c / 8) * X - (Rational(33, 128) + 3 * c / 16) * (1 + X)
    return (
        chain(moved(third[0], p))
        .le(c * (1 - X) * rest)
        .le(c * (1 - X) * (43 - 107 * X) / 64)
        .le(-c * (1 - X) / 4)
        .eq(-c * X * (exp(p) - 1) / 4)
        .le(-c * X * p / 4)
        .lt(0)
        .given(p <= end)
    )


def obeys(phase, chi_1, chi_2):
    """The facts of a phase: the equations of u and v, and that the smallest eigenvalue of H is at least 5/24."""
    u, v = phase
    error = chi_1 * u + chi_2 * v - y
    for position, pull in ((u, chi_1 + cosine * chi_2), (v, cosine * chi_1 + chi_2)):
        speed = derivative(position, q)
        yield derivative(speed, q) == -2 * speed - pull * error
    xi, zeta = scalar("xi"), scalar("zeta")
    mixed = 2 * cosine * chi_1 * chi_2 * xi * zeta
    kinds = chi_1 * xi**2 + chi_2 * zeta**2 + mixed, chi_2 * xi**2 + chi_1 * zeta**2 + mixed
    yield Rational(5, 24) * (kinds[0] + kinds[1]) >= Rational(5, 24) * (xi**2 + zeta**2)


def joins(before, then, moment):
    """Positions and velocities are continuous."""
    for old, new in zip(before, then, strict=True):
        yield moved(old, moment) == moved(new, first_flip)
        yield moved(derivative(old, q), moment) == moved(derivative(new, q), first_flip)


@claim("Lemma 3.3, the loss of the network", expect=REFUTED, covers="3.41")
def loss_of_the_network_decays():
    """The printed bound holds for every network: here for two samples, with lambda_min(H) = lambda_0/2 at all times.

    lambda_0 = 5/12, alpha^2 = 5/24, L = Delta_1^2, and the printed bound is 2 exp(-alpha t) L(0). A neuron that swings
    from one input to the other takes its velocity along: it stops, and starts anew, the decay of the error.
    """
    unit, rate = sqrt(24) / 5, sqrt(Rational(5, 24))
    beside = (Rational(1, 2) - third_of_a_turn / (2 * pi)) * C
    error, start = late, moved(first[0], begin) - y
    return counterexample(
        "if lambda_min(H(s)) >= lambda_0/2 up to t, then L(t) <= (4/lambda_0) exp(-alpha t) L_hat(0), on every network",
        (Rational(1, 2) + beside == Rational(5, 12)).by(cosine_of_the_angle),
        rate**2 == Rational(5, 12) / 2,
        5 * unit / sqrt(24) == 1,
        1 / (rate**2 * sqrt(24)) == unit,
        *obeys(first, 1, 0),
        *obeys(second, 1, 1),
        *obeys(third, 0, 1),
        *joins(first, second, first_flip),
        *joins(second, third, second_flip),
        moved(derivative(first[0], q), begin) == 0,
        moved(derivative(first[1], q), begin) == 0,
        (first[0] > 0).given(q >= -1, q <= 0),
        (moved(first[1], -p) < 0).given(p <= 1).by(asleep_on_the_second),
        (moved(second[0], second_flip - p) > 0).given(p <= second_flip).by(awake_on_both),
        (moved(second[1], p) > 0).given(p <= second_flip),
        (moved(third[0], p) < 0).given(p <= end).by(asleep_on_the_first),
        (third[1] > 0).given(q >= 0, q <= end),
        moved(error, end) ** 2 > 2 * exp(-Rational(3, 2)) * start**2,
        because="two inputs at the angle 2 pi/3, 24 neurons: 5 swing from x_1 to x_2, 5 mirror them, 14 are asleep; "
        "flips at alpha t = 1 and 9/8, the loss at 3/2",
    )


# --- two samples: opposite inputs ----------------------------------------------------------------------------------
#
# x_2 = -x_1, lambda_0 = 1/2, alpha = 1/2, y_1 = y_2 = -1, a_r = 1, and for each weight w_r its mirror image -w_r. Each
# neuron is awake on exactly one input, so that H is half the identity whenever no weight vanishes; but f >= 0 > y. Fact
# 2.2 excludes parallel inputs, Lemma 3.3 does not: what it asks for, it has.

kick, side, size = scalar_path("v"), scalar_path("sigma"), scalar_path("x")
force, change, C_F = scalar_path("F"), scalar_path("F_dot"), scalar("C", nonnegative=True)
#: One weight, with v = w', x = |w|, sigma its sign, and the force F = Delta / sqrt(m) towards the kink. There is such a
#: C, for Delta >= 1, and |Delta'| is bounded by the speeds, and these by the mechanical energy of the network.
swinging = flow(
    kick.dot == -kick - side * force,
    size.dot == side * kick,
    force.dot == change,
    time=t,
    subject_to=[size >= 0, force > 0, change**2 <= C_F**2 * force**2],
)
mechanical = let("E", kick**2 / 2 + force * size)


@claim("Lemma 3.3, opposite inputs: the kink")
def never_at_rest():
    """The energy of a weight falls at most exponentially, so that it never comes to rest at the kink."""
    return gronwall(swinging, -mechanical, 2 + C_F)


@claim("Lemma 3.3, opposite inputs: the kink")
def passes_the_kink():
    """So a weight at the kink passes it, at isolated moments; the motion goes on, arc by arc, for ever."""
    at_start = at(mechanical, 0)
    return (
        chain(kick**2)
        .eq(2 * mechanical)
        .ge(2 * exp(-(2 + C_F) * t) * at_start, never_at_rest)
        .gt(0)
        .given(size == 0, at_start > 0)
    )


@claim("Lemma 3.3, that the loss vanishes", expect=REFUTED, covers="3.41")
def loss_vanishes():
    """If lambda_min(H(s)) >= lambda_0/2 for almost every s, the loss vanishes: here two neurons, w(0) = sqrt 2.

    f = |w|/sqrt 2, Delta(0) = 2, and the printed bound is 16 exp(-t/2), but L = Delta^2 >= 1 for ever.
    """
    error = scalar("Delta")
    return counterexample(
        "if lambda_min(H(s)) >= lambda_0/2 for almost every s, then L(t) <= (4/lambda_0) exp(-alpha t) L_hat(0)",
        (Rational(1, 2) - arccos(-1) / (2 * pi)) * -1 == 0,
        Rational(1, 2) >= Rational(1, 2) / 2,
        (kick**2 > 0).given(size == 0, at(mechanical, 0) > 0).by(passes_the_kink),
        (error**2 >= 1).given(error == scalar("f", nonnegative=True) + 1),
        4 / Rational(1, 2) * exp(-Rational(6) / 2) * (Rational(1, 2) * (2**2 + 2**2) / 2) < 1,
        because="two mirrored neurons on opposite inputs, y = -1: f >= 0 and L >= 1; the bound is below 1 at time 6",
    )


far = scalar_path("w")
falling = flow(far.ddot == -far.dot - Delta / 10, time=t, subject_to=[Delta >= 1, at(far.dot, 0) == 0, at(far, 0) == 3])


@claim("Lemma 3.3, opposite inputs: a weight far away")
def pulled():
    """As long as it is positive, w + w' <= w(0) - t/10."""
    return gronwall(falling, far + far.dot + t / 10, 0)


@claim("Lemma 3.3, opposite inputs: a weight far away")
def pulled_away():
    """So w moves by (t - 1)/10 at least."""
    return gronwall(falling, exp(t) * (far - 3 + (t - 1) / 10), 0, by=(pulled,))


@claim("Lemma 3.3, the weights of the network", expect=REFUTED, covers="3.42")
def weights_of_the_network():
    """Then the weights keep within R': here 100 neurons, w(0) = 3 for one, 1/49 for 49 others, and their images.

    Delta(0) = 7/5, L_hat(0) = 49/50, R' < 11/5. The one moves by 11/5 up to the time 23, or else has come to 0, by 3.
    """
    pseudo_loss = Rational(1, 2) * (Rational(7, 5) ** 2 + Rational(7, 5) ** 2) / 2
    R_prime = sqrt(32 * 2 * pseudo_loss / (9 * 100 * Rational(1, 2) ** 6))
    return counterexample(
        "if lambda_min(H(s)) >= lambda_0/2 for almost every s, then |w_r(t) - w_r(0)| <= R' for every r",
        Rational(1, 2) >= Rational(1, 2) / 2,
        (kick**2 > 0).given(size == 0, at(mechanical, 0) > 0).by(passes_the_kink),
        1 + (3 + 49 * Rational(1, 49)) / sqrt(100) == Rational(7, 5),
        (3 - far >= Rational(11, 5)).given(t == 23).by(pulled_away).along(falling),
        R_prime < Rational(11, 5),
        because="one weight far away, that the others, swinging about their kinks, leave alone with the error",
    )


@claim("Lemma 3.3, the gradient flow")
def gradient_flow_decays():
    """The gradient flow has no such weakness: nothing that jumps is differentiated.

    Delta' = -P almost everywhere, P = H Delta, however the neurons cross their kinks or slide along them, with H = J J*
    for the selection J of the generalised gradient for which w' = -J* Delta.
    """
    error, P = path("Delta"), path("P")
    descent = flow(error.dot == -P, time=t, subject_to=[inner(P, error) >= lambda_0 / 2 * norm2(error)])
    return gronwall(descent, norm2(error) / 2, lambda_0)


# --- one sample ----------------------------------------------------------------------------------------------------
#
# |x| = 1: from rest a weight moves along x only, z = <w_r, x>. A neuron begins awake, z > 0, or asleep, z < 0, and then
# never moves. It may fall asleep (one that only touches its kink stays awake, for the activation is 1(z >= 0), as in
# (2.6)); no neuron wakes up. With g' = -2 alpha g + Delta, g(0) = 0, those awake have the velocity z' = -a_r g /
# sqrt(m), so that Delta' = -h g, where h, the kernel, is the share of those awake: it jumps at a flip, and falls; Delta
# and g do not jump.

r = scalar("r")
a, chi, speed = (scalar(name, index=r) for name in ("a_r", "chi_r", "v_r"))
sign = scalar("a")
g, z = scalar_path("g"), scalar_path("z")
h = scalar_path("h", jumps_from=0)
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
    """Another one, its position and velocity together."""
    return conserved(asleep, 2 * alpha * z + z.dot)


@claim("Lemma 3.3, one sample: a neuron asleep")
def never_wakes_up():
    """A neuron that fell asleep at z = 0 with z' <= 0 never wakes up."""
    fallen = at(z.dot, 0) * (1 - exp(-2 * alpha * t)) / (2 * alpha)
    return (
        chain(z).eq(at(z, 0) + fallen, asleep_velocity, asleep_position).le(0).given(at(z, 0) <= 0, at(z.dot, 0) <= 0)
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


@claim("Lemma 3.3, the loss of a network with one sample", covers="3.41", amends=loss_of_the_network_decays)
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


shifted = exp(alpha * t) * (alpha * Delta - h * g)


@claim("Lemma 3.3, one sample: the velocity of exp(alpha t) Delta")
def steady():
    """Its square is at most K^2 = h(0) Delta(0)^2."""
    return (
        chain(shifted**2)
        .le(2 * exp(2 * alpha * t) * reduced)
        .le(2 * at(reduced, 0), reduced_energy_over_flips)
        .eq(K**2)
        .along(one_sample)
    )


@claim("Lemma 3.3, one sample: the velocity of exp(alpha t) Delta")
def steady_in_size():
    """So it lies between -K and K."""
    return (absolute(shifted) <= K).by(steady).along(one_sample)


@claim("Lemma 3.3, one sample: the error from above")
def error_from_above():
    """exp(alpha t) Delta <= Delta(0) + K t."""
    return gronwall(one_sample, exp(alpha * t) * Delta - K * t, 0, by=(steady_in_size,))


@claim("Lemma 3.3, one sample: the error from below")
def error_from_below():
    """exp(alpha t) Delta >= Delta(0) - K t."""
    return gronwall(one_sample, -exp(alpha * t) * Delta - K * t, 0, by=(steady_in_size,))


@claim("Lemma 3.3, one sample: the error, sharper", sharpens=loss_of_the_network_decays)
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


@claim("Lemma 3.3, samples at right angles", amends=loss_of_the_network_decays)
def loss_of_samples_at_right_angles():
    """Inputs at right angles do not see each other: H is diagonal, each sample has the bound above, and so has L."""
    i = scalar("i")
    loss, pseudo_loss = scalar("L_i", index=i), scalar("L_hat_i", index=i, latex=r"\hat{L}_i(0)")
    E = 4 / lambda_0 * exp(-alpha * t)
    each = for_all(i, loss <= E * pseudo_loss)
    return chain(total(loss, i, n)).le(total(E * pseudo_loss, i, n)).eq(E * total(pseudo_loss, i, n)).given(each)


w, G = path("w_r"), path("G_r")
k, scale = scalar("k", at_least=0), scalar("D", nonnegative=True)
#: A weight whose gradient is below what the sharper bound on the error says: D = |Delta(0)| / sqrt(m), k = sqrt(h(0)).
weight = flow(
    w.ddot == -2 * alpha * w.dot - G,
    time=t,
    subject_to=[norm(G) <= scale * (1 + k * t) * exp(-alpha * t), at(w.dot, 0) == 0, k >= alpha],
)


@claim("Lemma 3.3, one sample: the force")
def force_of_one_sample():
    """The velocity of exp(2 alpha t) w_r' is exp(2 alpha t) G_r."""
    E = exp(2 * alpha * t)
    return chain(norm(E * G)).eq(E * norm(G)).le(scale * (1 + k * t) * exp(alpha * t)).along(weight)


@claim("Lemma 3.3, one sample: the velocity")
def gathered_velocity():
    """So exp(2 alpha t) w_r' moves by at most the integral of D (1 + k t) exp(alpha t)."""
    gathered = scale * exp(alpha * t) * ((1 + k * t) / alpha - k / alpha**2)
    return mean_value(weight, exp(2 * alpha * t) * w.dot, gathered, by=(force_of_one_sample,))


@claim("Lemma 3.3, one sample: the speed")
def speed_of_one_sample():
    """What the weight gathers, with the friction."""
    slow = exp(-alpha * t) * ((1 + k * t) / alpha - k / alpha**2) - exp(-2 * alpha * t) * (1 / alpha - k / alpha**2)
    return (
        chain(norm(w.dot))
        .eq(exp(-2 * alpha * t) * norm(exp(2 * alpha * t) * w.dot - at(exp(2 * alpha * t) * w.dot, 0, t)))
        .le(scale * slow, gathered_velocity)
        .along(weight)
    )


@claim("Lemma 3.3, one sample: the way")
def way_of_one_sample():
    """The integral of that speed."""
    way = (k - alpha) / (2 * alpha**3) * (1 - exp(-2 * alpha * t)) + (1 - (1 + k * t) * exp(-alpha * t)) / alpha**2
    return mean_value(weight, w, scale * way, by=(speed_of_one_sample,))


R_prime = let("R_prime", sqrt(32 * 1 * (k**2 * m * scale**2 / 2) / (9 * m * alpha**6)), latex="R'")


@claim("Lemma 3.3, one sample: the printed distance")
def printed_distance_of_one_sample():
    """R' = (4/3) k D/alpha^3; here L_hat(0) = k^2 m D^2/2."""
    return Rational(4, 3) * scale * k / alpha**3 == R_prime


@claim("Lemma 3.3, the weights of a network with one sample", covers="3.42", amends=weights_of_the_network)
def weights_of_one_sample():
    """|w_r(t) - w_r(0)| <= (3/4) R' for every network with one sample."""
    return (
        chain(norm(w - at(w, 0)))
        .le(scale * ((k - alpha) / (2 * alpha**3) + 1 / alpha**2), way_of_one_sample)
        .le(scale * k / alpha**3)
        .eq(Rational(3, 4) * R_prime, printed_distance_of_one_sample)
        .along(weight)
    )
