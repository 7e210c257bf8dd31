"""Section 2, Theorem 1: gradient descent on the two-layer network, the entries of its kernel, discrete time."""

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    at,
    bounded,
    chain,
    cited,
    claim,
    counterexample,
    exp,
    first_exit,
    flow,
    for_all,
    gronwall,
    inner,
    mean_value,
    missing,
    norm,
    norm2,
    operator,
    order,
    scalar,
    sqrt,
    total,
    vector,
)

from .infinite_width import first, product, second, x_i, x_j
from .notation import Delta, m, n, t
from .preliminaries import (
    L_0,
    Delta_0,
    G,
    H,
    H_t,
    L,
    Lambda,
    a,
    below_a_hyperbola,
    eta,
    far_from_one,
    i,
    lambda_0,
    mu,
    never_positive,
    r,
    some,
    u,
    w_r,
)

REFUTED, CITED, OPEN = Verdict.REFUTED, Verdict.CITED, Verdict.OPEN

# --- Theorem 1 -------------------------------------------------------------------------------------------------

delta = scalar("delta", positive=True)
C, R = scalar("C", positive=True), scalar("R", positive=True)
K = operator("K", changes=Changes.BY_JUMPS, latex="H(t)")
moved = norm(w_r - at(w_r, 0))
scale = sqrt(n / m)
#: Along the gradient flow, up to the first moment at which a neuron leaves its ball: there Lemma 3.2 bounds the kernel.
near = flow(
    Delta.dot == -K(Delta),
    w_r.dot == -G,
    time=t,
    subject_to=[inner(K(Delta), Delta) >= lambda_0 / 2 * norm2(Delta), norm(G) <= scale * norm(Delta)],
    inside=moved <= R,
)


@claim("Theorem 1, the eigenvalue and the width", expect=CITED, covers=("2.25", "2.26"))
def kernel_stays_positive():
    """With probability 1 - delta, lambda_min(H(t)) > lambda_0/2 for all t, at the printed width."""
    return cited(
        "Du, Zhai, Poczos, Singh 2018, Theorem 3.2, Lemmas 3.1, 3.2 and 3.4",
        "m = Omega(n^6/(lambda_0^4 delta^3)) implies lambda_min(H(t)) > lambda_0/2 with probability 1 - delta",
    )


@claim("Theorem 1, the start", sharpens=kernel_stays_positive)
def start_of_descent():
    """The start fails with probability delta at most, from the width 10486 (1/2 + C^2) n^6/(delta^3 lambda_0^4) on.

    Where it does not, |H(0) - H_infinity| <= lambda_0/4, L(0) <= l, and |H - H(0)| < lambda_0/4 within R = c delta
    lambda_0/n^2 of the start, c = 5/96: see Theorem 2, whose start is the same.
    """
    from . import theorem_2 as of

    start = of.entries, of.printed_radius, of.bounded_labels, of.chosen_level
    return (
        (of.failure <= delta)
        .given(of.width < m, *of.below_one, *start)
        .by(of.printed_width_for_the_entries, of.start_is_good)
    )


@claim("Theorem 1, a_r from min{-1, 1}", expect=REFUTED, covers="2.25")
def second_layer_as_printed():
    """For a_r ~ min{-1, 1} the loss tends to 0: but then every a_r is -1, no output is positive, L >= 1/2 for y = 1.

    At the time 2 L(0)/lambda_0 the bound exp(-lambda_0 t) L(0) is below 1/2. What is meant is unif{-1, 1}.
    """
    start = scalar("L_0", positive=True, latex="L(0)")
    return counterexample(
        "L(t) < exp(-lambda_0 t) L(0) for a_r = min{-1, 1}",
        *never_positive,
        far_from_one(scalar("f")),
        (exp(-(2 * start)) * start < Rational(1, 2)).by(below_a_hyperbola.at({some: 2 * start})),
        because="a_r = -1 for every r, one sample with y = 1",
    )


@claim("Theorem 1, the width", covers="2.25")
def width_of_descent():
    """R' = (2/lambda_0) sqrt(n/m) |Delta(0)| is below R = c delta lambda_0/n^2 exactly from the stated width on."""
    start, constant = scalar("L_0", nonnegative=True, latex="L(0)"), scalar("c", positive=True)
    squared = 4 / lambda_0**2 * (n / m) * (2 * start)
    radius = constant * delta * lambda_0 / n**2
    width = 8 * n**5 * start / (constant**2 * delta**2 * lambda_0**4)
    return (squared < radius**2).given(m > width), (m > width).given(squared < radius**2)


@claim("Theorem 1, the loss at the start", covers="2.25")
def expected_loss_at_the_start():
    """E L(0) <= n (1/2 + C^2)/2 for |y_i| <= C, since E f_i(0)^2 = 1/2: by Markov L(0) is of order n/delta."""
    label = scalar("y_i", index=i)
    return (
        chain(total((Rational(1, 2) + label**2) / 2, i, n))
        .le(total((Rational(1, 2) + C**2) / 2, i, n))
        .eq(n * (Rational(1, 2) + C**2) / 2)
        .given(for_all(i, label**2 <= C**2))
    )


@claim("Theorem 1, the order of the width", covers="2.25")
def order_of_the_width_of_descent():
    """With L(0) of order n/delta the order that is printed comes out."""
    start = scalar("L_0", positive=True, latex="L(0)")
    return bounded(
        order(8 * n**5 * start / (delta**2 * lambda_0**4), n**6 / (lambda_0**4 * delta**3)),
        large=[n],
        small=[delta, lambda_0],
        given=[order(start, n / delta)],
    )


#: H(t) = H_infinity + (H(0) - H_infinity) + (H(t) - H(0)), by Lemmas 3.1 and 3.2.
nearly = scalar("q", nonnegative=True)
H_infinity = operator("H_infinity", at_least=lambda_0, latex=r"H^\infty")
at_start = operator("E_0", norm=lambda_0 / 4, latex=r"(H(0) - H^\infty)")
later = operator("E", norm=nearly, latex="(H(t) - H(0))")


@claim("Theorem 1, the smallest eigenvalue", covers="2.26")
def eigenvalue_stays_above_half():
    """lambda_min(H(t)) > lambda_0/2, from |H(0) - H_infinity| <= lambda_0/4 and |H(t) - H(0)| < lambda_0/4."""
    whole = inner(H_infinity(u), u) + inner(at_start(u), u) + inner(later(u), u)
    return (whole > lambda_0 / 2 * norm2(u)).given(nearly < lambda_0 / 4, norm2(u) > 0)


@claim("Theorem 1, the loss, as printed", expect=REFUTED, covers="2.27")
def loss_falls_as_printed():
    """L(t) < exp(-lambda_0 t) L(0) for all t: not at t = 0, nor when L(0) = 0."""
    return L_0 < exp(-lambda_0 * 0) * L_0


@claim("Theorem 1, the loss up to the exit")
def loss_near_the_start():
    """L(t) <= exp(-lambda_0 t) L(0) as long as the neurons have stayed in their balls."""
    return gronwall(near, L, lambda_0)


@claim("Theorem 1, the error up to the exit")
def error_near_the_start():
    """|Delta(t)| <= exp(-lambda_0 t/2) |Delta(0)| as long."""
    return (norm(Delta) <= exp(-lambda_0 * t / 2) * Delta_0).by(loss_near_the_start)


@claim("Theorem 1, a neuron's way up to the exit")
def way_near_the_start():
    """A neuron's way is at most the integral of sqrt(n/m) exp(-lambda_0 s/2) |Delta(0)|."""
    return mean_value(near, w_r, -2 / lambda_0 * scale * Delta_0 * exp(-lambda_0 * t / 2), by=[error_near_the_start])


@claim("Theorem 1, the neurons up to the exit")
def neurons_near_the_start():
    """So it stays below R' = (2/lambda_0) sqrt(n/m) |Delta(0)|, which the width makes less than R."""
    reached, faded = 2 / lambda_0 * scale * Delta_0, exp(-lambda_0 * t / 2)
    return chain(moved).le(reached * (1 - faded), way_near_the_start).le(reached).given(reached < R)


@claim("Theorem 1, the loss", amends=loss_falls_as_printed)
def theorem_1():
    """L(t) <= exp(-lambda_0 t) L(0) for all t when R' < R: no neuron ever leaves its ball. The weak sign is sharp."""
    return first_exit(loss_near_the_start, neurons_near_the_start)


@claim("Theorem 1, the width and the radius")
def width_keeps_the_neurons():
    """R' < R for m > 8 n L(0)/(lambda_0^2 R^2), and so for the width that Theorem 2 needs, where 8 is 512/27."""
    return (2 / lambda_0 * scale * Delta_0 < R).given(Rational(512, 27) * n / (lambda_0**2 * R**2) * L_0 < m)


@claim("Theorem 1, the neurons")
def neurons_stay_near():
    """If R' < R, every neuron stays for all times within R' of its start."""
    return first_exit(neurons_near_the_start, neurons_near_the_start)


@claim("Theorem 1, the kernel of the network", covers="2.26", sharpens=kernel_stays_positive)
def neurons_of_the_network_stay_near():
    """So no neuron gets as far as R where the start does not fail, and lambda_min(H(t)) > lambda_0/2 for all times.

    For within R the start's Lemma 3.2 gives |H(t) - H(0)| < lambda_0/4.
    """
    from . import theorem_2 as of
    from .notation import lambda_0 as lambda_0_of_alpha

    return (
        (moved < R)
        .given(of.width < m, of.printed_radius, of.chosen_level, L_0 <= of.level)
        .by(
            of.printed_width_for_the_radius,
            width_keeps_the_neurons.at({lambda_0: lambda_0_of_alpha}),
            neurons_stay_near.at({lambda_0: lambda_0_of_alpha}),
        )
    )


@claim("Theorem 1, the loss of the network", covers=("1.02", "1.04"), amends=loss_falls_as_printed)
def loss_of_the_descending_network():
    """So L(t) <= exp(-lambda_0 t) L(0) for all times where the start does not fail: with probability 1 - delta."""
    from . import theorem_2 as of
    from .notation import lambda_0 as lambda_0_of_alpha

    return (
        (L <= exp(-lambda_0_of_alpha * t) * L_0)
        .given(of.width < m, of.printed_radius, of.chosen_level, L_0 <= of.level)
        .by(
            of.printed_width_for_the_radius,
            width_keeps_the_neurons.at({lambda_0: lambda_0_of_alpha}),
            theorem_1.at({lambda_0: lambda_0_of_alpha}),
        )
    )


margin = scalar("epsilon", positive=True)
with_margin = operator("H_m", at_least=(lambda_0 + margin) / 2, changes=Changes.BY_JUMPS, latex="H(t)")


@claim("Theorem 1, the loss for a kernel with a margin")
def loss_falls_faster():
    """If lambda_min(H) >= (lambda_0 + epsilon)/2, the loss falls at the rate lambda_0 + epsilon."""
    return gronwall(flow(Delta.dot == -with_margin(Delta), time=t), L, lambda_0 + margin)


@claim("Theorem 1, the exponential of a larger rate")
def larger_rate_fades_faster():
    """exp(-(lambda_0 + epsilon) t) < exp(-lambda_0 t) for t > 0."""
    return (exp(-(lambda_0 + margin) * t) < exp(-lambda_0 * t)).given(t > 0)


@claim("Theorem 1, the loss after the start", sharpens=loss_falls_as_printed)
def loss_falls_strictly():
    """For t > 0 and L(0) > 0 the strict sign holds where lambda_min(H(t)) exceeds lambda_0/2 by a margin, epsilon/2.

    There is one where the start is good, for the largest share is below lambda_0/(8 n).
    """
    return (
        chain(L)
        .le(exp(-(lambda_0 + margin) * t) * L_0, loss_falls_faster)
        .lt(exp(-lambda_0 * t) * L_0, larger_rate_fades_faster)
        .given(t > 0, L_0 > 0)
    )


# --- the kernel of the two-layer network -----------------------------------------------------------------------

J_i, J_j = vector("J_ir", index=r), vector("J_jr", index=r)
chi_i, chi_j = scalar("chi_ir", index=r), scalar("chi_jr", index=r)


@claim("(2.5), the entries", covers="2.28")
def kernel_is_a_gram_matrix():
    """The entries (2.5) are inner products of gradients: the form of two samples sums |u_1 J_i + u_2 J_j|^2."""
    entries = first**2 * norm2(J_i) + 2 * first * second * inner(J_i, J_j) + second**2 * norm2(J_j)
    return total(entries, r, m) == total(norm2(first * J_i + second * J_j), r, m)


sum_of_gradients = total(inner(a * chi_i / sqrt(m) * x_i, a * chi_j / sqrt(m) * x_j), r, m)


@claim("(2.6)", covers="2.29")
def relu_kernel():
    """H_ij = (1/m) <x_i, x_j> times the number of neurons that are active on both samples, where a_r^2 = 1."""
    return (sum_of_gradients == product / m * total(chi_i * chi_j, r, m)).given(for_all(r, a**2 == 1))


@claim("(2.6), for every second layer", covers="2.29")
def relu_kernel_for_every_second_layer():
    """For another second layer neuron r counts a_r^2 times."""
    return sum_of_gradients == product / m * total(a**2 * (chi_i * chi_j), r, m)


@claim("(2.6), at a kink", expect=REFUTED, covers="2.29")
def relu_kernel_at_a_kink():
    """1(w x >= 0) in (2.6) is the derivative everywhere: at w x = 0 the gradient of Section 3 has 1(w x > 0)."""
    return counterexample(
        "(2.6) is (2.5) for every weight, with the gradient m^(-1/2) a_r x_i 1(w_r x_i > 0)",
        Rational(1) * 1 / 1 != Rational(0) * 0 / 1,
        because="m = n = 1, x = 1, w = 0: (2.6) is 1, the square of the gradient 0, and f has no derivative there",
    )


@claim("after (2.6), several layers", expect=CITED, covers="2.30")
def several_layers():
    """Theorem 1 extends to training both layers at once."""
    return cited("Du, Zhai, Poczos, Singh 2018, Theorem 3.3", "Theorem 1 holds when both layers are trained")


@claim("after (2.6), several layers: the kernel", covers="2.30")
def second_layer_helps():
    """The second layer adds a positive semidefinite part to the kernel: the smallest eigenvalue does not fall."""
    added = operator("H_a", at_least=0)
    return inner(H_t(u), u) + inner(added(u), u) >= lambda_0 / 2 * norm2(u)


# --- discrete time ---------------------------------------------------------------------------------------------

two_sided = operator("H", at_least=mu, at_most=Lambda)


@claim("after (2.6), discrete time", expect=CITED, covers="2.31")
def discrete_time():
    """Gradient descent itself keeps to |Delta(k)|^2 <= (1 - eta lambda_0/2)^k |Delta(0)|^2 for small steps."""
    return cited(
        "Du, Zhai, Poczos, Singh 2018, Theorem 4.1",
        "eta of order lambda_0/n^2 implies |Delta(k)|^2 <= (1 - eta lambda_0/2)^k |Delta(0)|^2",
    )


@claim("after (2.6), a step of gradient descent", covers="2.31")
def step_of_descent():
    """For a constant kernel |Delta - eta H Delta|^2 <= (1 - eta mu) |Delta|^2 as soon as eta lambda_max(H) <= 1."""
    after_step = Delta - eta * two_sided(Delta)
    return (norm2(after_step) <= (1 - eta * mu) * norm2(Delta)).given(eta * Lambda <= 1, mu <= Lambda)


@claim("after (2.6), too large a step", covers="2.31")
def too_large_a_step():
    """The step has to be small: for eta lambda_min(H) >= 2 the error does not fall at all."""
    return (norm2(Delta - eta * H(Delta)) >= norm2(Delta)).given(eta * mu >= 2)


@claim("after (2.6), a step over a kink", covers="2.31")
def step_over_a_kink():
    """A neuron that falls asleep within a step breaks Delta(k+1) = (I - eta H) Delta(k), which the proof has to mend.

    f = max(w, 0), y = -1, w = 1, H = 1, Delta = 2, eta = 3/4: the weight goes to -1/2 and Delta to 1, not to 1/2.
    """
    step, error = Rational(3, 4), Rational(2)
    return 1 - step * error < 0, error - step * error == Rational(1, 2), 0 - (0 - Rational(1)) == 1


#: Heavy Ball (3.1) on a mode h of a constant kernel, for eta = s^2 and beta = (1 - a s)^2: tau x - beta x_before.
friction, step, stiffness = scalar("a", positive=True), scalar("s", positive=True), scalar("h")
momentum = (1 - friction * step) ** 2
tau = 1 + momentum - step**2 * stiffness


@claim("after (2.6), a step of Heavy Ball", covers="2.31")
def step_of_heavy_ball():
    """A step multiplies Q = x^2 - tau x x_before + beta x_before^2 by beta = (1 - a s)^2.

    Q is at least (1 - tau^2/(4 beta)) x^2, and tau^2 <= 4 beta where a^2 <= h and s^2 h <= (2 - a s)^2. In the time
    k s that is the rate 2 a of x^2, as along (3.7).
    """
    now, before = scalar("x"), scalar("x_before", latex="x_{k-1}")

    def size(ahead, behind):
        return ahead**2 - tau * ahead * behind + momentum * behind**2

    after_step = now - step**2 * stiffness * now + momentum * (now - before)
    slow = friction * step < 1
    return (
        size(after_step, now) == momentum * size(now, before),
        (size(now, before) >= (1 - tau**2 / (4 * momentum)) * now**2).given(slow),
        (tau**2 <= 4 * momentum).given(
            slow, stiffness >= friction**2, step**2 * stiffness <= (2 - friction * step) ** 2
        ),
    )


@claim("after (2.6), discrete time on the network with momentum", expect=OPEN, covers="2.31")
def discrete_time_with_momentum():
    """Heavy Ball's and Nesterov's iterations on the network converge as their limiting equations do."""
    return missing(
        "a bound on what the neurons that flip within a step add to the error, for an iteration with momentum",
        "Theorems 2 and 3 hold for the discrete iterations",
    )
