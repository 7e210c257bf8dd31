"""Section 3.1, second half of the proof of Lemma 3.3: the weights stay close to where they began.

G is the gradient of the loss with respect to one neuron; d is |f - y|, so that L = d^2/2; e = (1, ..., 1) and size =
(|f_1 - y_1|, ..., |f_n - y_n|), so that <e, size> is the sum of |f_i - y_i|. The loss and the pseudo-loss at the start
are numbers here.
"""

from proofcheck import (
    Rational,
    Verdict,
    absolute,
    at,
    chain,
    claim,
    counterexample,
    derivative,
    displacement,
    exp,
    flow,
    for_all,
    inner,
    integral,
    integrated,
    let,
    norm,
    norm2,
    path,
    scalar,
    scalar_path,
    sqrt,
    substitute,
    total,
    vector,
)

from .loss import sharp_loss
from .notation import Delta, alpha, at_rest, m, n, t
from .notation import L_hat_0 as L_hat_start

REFUTED, OPEN = Verdict.REFUTED, Verdict.OPEN

s = scalar("s", nonnegative=True)
w, G = path("w_r", latex="w_r"), path("G_r", latex="G_r")
weights = flow(w.ddot == -2 * alpha * w.dot - G, time=t)
lambda_0 = let("lambda_0", 2 * alpha**2)
L_hat_0 = scalar("L_hat_0", nonnegative=True, latex=r"\hat{L}(0)")
L_0 = scalar("L_0", nonnegative=True, latex="L(0)")

d_s = at(scalar_path("d", latex=r"\left\|f-y\right\|"), s)
L_s = let("L_s", d_s**2 / 2, latex="L(s)")
size_of_error = for_all(s, d_s >= 0)
R_printed = let("R_prime", sqrt(32 * n * L_hat_0 / (9 * m * alpha**6)), latex="R'")


def fading(constant, factor=1):
    """The constant times the integral of factor exp(2 alpha (s - t)) up to t."""
    return constant * integral(exp(2 * alpha * (s - t)) * factor, s, 0, t)


def gathered(constant):
    """The constant times the integral of exp((3/2) alpha s - 2 alpha t) up to t."""
    return constant * integral(exp(Rational(3, 2) * alpha * s - 2 * alpha * t), s, 0, t)


u = vector("u")


@claim("the weight dynamics, multiplied", covers="3.64")
def multiplied_dynamics():
    """(exp(2 alpha t) w_r')' = -exp(2 alpha t) G_r, tested with any vector u; G_r is the sum over the samples."""
    return weights.d(exp(2 * alpha * t) * inner(w.dot, u)) == -exp(2 * alpha * t) * inner(G, u)


@claim("the velocity, integrated from the start")
def velocity_gathers():
    """exp(2 alpha t) <w_r', u> is what it gathers."""
    return integrated(weights, exp(2 * alpha * t) * inner(w.dot, u), s)


@claim("the velocity in closed form", covers="3.65")
def velocity_in_closed_form():
    """From rest, w_r' = -exp(-2 alpha t) times the integral of exp(2 alpha s) G_r(s), tested with any vector u."""
    growth = integral(at(weights.d(exp(2 * alpha * t) * inner(w.dot, u)), s, t), s, 0, t)
    return (
        chain(inner(w.dot, u))
        .eq(exp(-2 * alpha * t) * growth, velocity_gathers)
        .eq(-exp(-2 * alpha * t) * integral(exp(2 * alpha * s) * inner(at(G, s), u), s, 0, t))
        .given(at(w.dot, 0) == 0)
    )


i = scalar("i")
a, chi = scalar("a_r"), scalar("chi_i", index=i)
Delta_i, x_i = scalar("Delta_i", index=i), vector("x_i", index=i)


@claim("the triangle inequality", covers="3.66")
def gradient_size():
    """|G_r| <= m^(-1/2) sum |f_i - y_i|, tested with u: needs |x_i| = 1, |a_r| = 1."""
    tested = total(a / sqrt(m) * Delta_i * chi * inner(x_i, u), i, n)
    return (tested <= total(1 / sqrt(m) * absolute(Delta_i) * norm(u), i, n)).given(
        for_all(i, norm2(x_i) == 1), a**2 == 1, for_all(i, chi**2 == chi)
    )


@claim("the sum by Cauchy-Schwarz", covers="3.67")
def sum_by_cauchy_schwarz():
    """The sum of |f_i - y_i| is at most sqrt(n) |f - y|."""
    e, size = vector("e"), vector("size", latex=r"|\Delta|")
    return (inner(e, size) <= sqrt(n) * norm(size)).given(norm2(e) == n)


@claim("the velocity, as printed", expect=REFUTED, covers="3.68")
def velocity_as_printed():
    """... = sqrt(n/m) times the integral of exp(2 alpha (s - t)) sqrt(L(s)): but |f - y| is sqrt(2 L)."""
    return (fading(sqrt(n / m), d_s) == fading(sqrt(n / m), sqrt(L_s))).given(size_of_error)


loss_at_s = L_s <= 2 / alpha**2 * exp(-alpha * s) * L_hat_0


@claim("the velocity, from the loss", covers="3.69")
def root_of_the_loss():
    """sqrt(L(s)) <= sqrt(2 L_hat(0) / alpha^2) exp(-alpha s / 2), from the bound on the loss at s."""
    return (sqrt(L_s) <= sqrt(2 * L_hat_0 / alpha**2) * exp(-alpha * s / 2)).given(loss_at_s)


@claim("the velocity, from the loss", covers="3.69")
def velocity_from_loss():
    """The link as printed, from sqrt(L(s)) on."""
    return (
        chain(fading(sqrt(n / m), sqrt(L_s)))
        .le(fading(sqrt(n / m), sqrt(2 * L_hat_0 / alpha**2) * exp(-alpha * s / 2)), root_of_the_loss)
        .eq(gathered(sqrt(n / m) * sqrt(2 * L_hat_0 / alpha**2)))
        .eq(gathered(sqrt(2 * n * L_hat_0 / (m * alpha**2))), product_of_roots)
        .given(for_all(s, loss_at_s))
    )


@claim("the velocity, from the loss: a root")
def product_of_roots():
    """The roots multiply."""
    return sqrt(n / m) * sqrt(2 * L_hat_0 / alpha**2) == sqrt(2 * n * L_hat_0 / (m * alpha**2))


@claim("the velocity, integrated: a root")
def constant_as_printed():
    """2/(3 alpha) goes under the root."""
    return 2 / (3 * alpha) * sqrt(2 * n * L_hat_0 / (m * alpha**2)) == sqrt(8 * n * L_hat_0 / (9 * m * alpha**4))


@claim("the velocity, integrated", covers="3.70")
def velocity_integrated():
    """The last link as printed."""
    constant = sqrt(2 * n * L_hat_0 / (m * alpha**2))
    return (
        chain(gathered(constant))
        .le(2 / (3 * alpha) * constant * exp(-alpha * t / 2))
        .eq(sqrt(8 * n * L_hat_0 / (9 * m * alpha**4)) * exp(-alpha * t / 2), constant_as_printed)
    )


@claim("the velocity, the printed bound", expect=REFUTED, covers=("3.69", "3.70"))
def velocity_bound_as_printed():
    """|w_r'| <= sqrt(8 n L_hat(0) / (9 m alpha^4)) exp(-alpha t / 2), for every network with a constant kernel.

    One sample, x = 1, y = 3/2, four neurons with a = 1 and w(0) = 1, -1, -1, -1: only the first one ever moves, alpha =
    1/2, H = 1/4, L_hat(0) = 1/8, and the bound is (2/3) exp(-t/4). At t = 4 it would say 3 <= e.
    """
    weight = 1 + 2 * (1 - (1 + t / 2) / exp(t / 2))
    speed = derivative(weight, t)
    error = weight / 2 - Rational(3, 2)
    start, end = {t: Rational(0)}, {t: Rational(4)}
    bound = sqrt(8 * Rational(1, 8) / (9 * 4 * Rational(1, 2) ** 4)) * exp(-t / 4)
    return counterexample(
        "|w_r'| <= sqrt(8 n L_hat(0) / (9 m alpha^4)) exp(-alpha t / 2) along the training of every network",
        derivative(speed, t) == -speed - error / 2,
        substitute(weight, start) == 1,
        substitute(speed, start) == 0,
        weight >= 1,
        Rational(1, 4) * substitute(error, start) ** 2 / 2 == Rational(1, 8),
        substitute(speed, end) > substitute(bound, end),
        because="a network of four neurons, one of them awake, on one sample",
    )


@claim("the velocity: the error and the loss")
def error_and_loss():
    """|f - y| = sqrt 2 sqrt(L)."""
    return (d_s == sqrt(2) * sqrt(L_s)).given(size_of_error)


@claim("the velocity: the constants")
def amended_constants():
    """The factor sqrt 2 under the roots."""
    return (
        sqrt(n / m) * sqrt(2) * sqrt(2 * L_hat_0 / alpha**2) == sqrt(4 * n * L_hat_0 / (m * alpha**2)),
        2 / (3 * alpha) * sqrt(4 * n * L_hat_0 / (m * alpha**2)) == sqrt(16 * n * L_hat_0 / (9 * m * alpha**4)),
    )


@claim("the velocity", amends=velocity_as_printed)
def velocity_bound():
    """With sqrt 2 in its place, |w_r'| is at most sqrt 2 times as printed: sqrt(16 n L_hat(0) / (9 m alpha^4)) ..."""
    plain = sqrt(n / m) * sqrt(2) * sqrt(2 * L_hat_0 / alpha**2)
    return (
        chain(fading(sqrt(n / m), d_s))
        .eq(fading(sqrt(n / m), sqrt(2) * sqrt(L_s)), error_and_loss)
        .le(fading(sqrt(n / m), sqrt(2) * (sqrt(2 * L_hat_0 / alpha**2) * exp(-alpha * s / 2))), root_of_the_loss)
        .eq(gathered(plain))
        .le(2 / (3 * alpha) * plain * exp(-alpha * t / 2))
        .given(size_of_error, for_all(s, loss_at_s))
    )


@claim("the weight distance", covers="3.71")
def distance_is_the_integral_of_speed():
    """|w_r(t) - w_r(0)| is at most the integral of |w_r'|."""
    return displacement(weights, w, s)


@claim("the weight distance: a root")
def distance_constant():
    """2/alpha goes under the root."""
    return (
        2 / alpha * sqrt(8 * n * L_hat_0 / (9 * m * alpha**4)) == R_printed,
        2 / alpha * sqrt(16 * n * L_hat_0 / (9 * m * alpha**4)) == sqrt(64 * n * L_hat_0 / (9 * m * alpha**6)),
    )


def reached(constant):
    """The integral of constant exp(-alpha s / 2) up to t."""
    return constant * integral(exp(-alpha * s / 2), s, 0, t)


@claim("the weight distance, as printed", expect=REFUTED, covers="3.72")
def distance_as_printed():
    """The integral of the printed speed is below R', strictly; it is not when L_hat(0) = 0."""
    constant = sqrt(8 * n * L_hat_0 / (9 * m * alpha**4))
    return chain(reached(constant)).eq(2 / alpha * constant * (1 - exp(-alpha * t / 2))).lt(R_printed)


@claim("the weight distance", amends=distance_as_printed)
def distance():
    """With <=; and with sqrt 2 carried through, R' is sqrt(64 n L_hat(0) / (9 m alpha^6)), sqrt 2 times as printed."""
    constant = sqrt(16 * n * L_hat_0 / (9 * m * alpha**4))
    printed = sqrt(8 * n * L_hat_0 / (9 * m * alpha**4))
    return chain(reached(constant)).le(2 / alpha * constant), chain(reached(printed)).le(2 / alpha * printed)


# --- for a constant kernel, from the sharp bound on the error --------------------------------------------------

r = scalar("r", nonnegative=True)
Delta_0 = norm(at(Delta, 0))
weights_at_rest = at(w.dot, 0) == 0
#: What the triangle inequality and Cauchy-Schwarz give, above: |G_r| <= sqrt(n/m) |f - y| at every time.
gradient_bounded = for_all(r, norm(at(G, r)) <= sqrt(n / m) * norm(at(Delta, r)))


@claim("the error, sharp", sharpens=velocity_as_printed)
def sharp_error():
    """For a constant kernel |f - y| <= (1 + alpha t) exp(-alpha t) |f(0) - y|, from rest."""
    return (norm(Delta) <= (1 + alpha * t) * exp(-alpha * t) * Delta_0).given(at_rest).by(sharp_loss)


@claim("the speed: what the velocity gathers")
def velocity_moves():
    """exp(2 alpha t) w_r' moves by at most the integral of its own velocity, which is -exp(2 alpha r) G_r(r)."""
    return displacement(weights, exp(2 * alpha * t) * w.dot, r)


@claim("the speed, sharp", sharpens=velocity_as_printed)
def sharp_speed():
    """For a constant kernel |w_r'| <= sqrt(n/m) |f(0) - y| t exp(-alpha t), where |f(0) - y| = sqrt(2 L(0))."""
    y, E = exp(2 * alpha * t) * w.dot, exp(-2 * alpha * t)
    scale = sqrt(n / m)
    return (
        chain(norm(w.dot))
        .eq(E * norm(y - at(y, 0, t)))
        .le(E * integral(norm(at(weights.velocity(y), r, t)), r, 0, t), velocity_moves)
        .eq(E * integral(exp(2 * alpha * r) * norm(at(G, r)), r, 0, t))
        .le(E * integral(exp(2 * alpha * r) * (scale * norm(at(Delta, r))), r, 0, t))
        .le(E * scale * Delta_0 * integral((1 + alpha * r) * exp(alpha * r), r, 0, t), sharp_error.at({t: r}))
        .eq(scale * Delta_0 * t * exp(-alpha * t))
        .given(weights_at_rest, at_rest, gradient_bounded)
    )


@claim("the weight distance, sharp", sharpens=distance_as_printed)
def sharp_distance():
    """So the weights stay within 2 sqrt(n/m) |f(0) - y| / lambda_0 = 2 sqrt(2 n L(0)/m) / lambda_0."""
    scale = sqrt(n / m) * Delta_0
    return (
        chain(norm(w - at(w, 0)))
        .le(integral(norm(at(w.dot, s)), s, 0, t), distance_is_the_integral_of_speed)
        .le(scale * integral(s * exp(-alpha * s), s, 0, t), sharp_speed.at({t: s}))
        .le(2 * scale / lambda_0)
        .given(weights_at_rest, at_rest, gradient_bounded)
    )


@claim("Lemma 3.3, the weights, for a constant kernel", covers="3.42", sharpens=distance_as_printed)
def weights_stay():
    """|w_r(t) - w_r(0)| <= (3/4) R' for a constant kernel: the lemma's second half holds there, its proof does not."""
    R_prime = let("R_prime", sqrt(32 * n * L_hat_start / (9 * m * alpha**6)), latex="R'")
    return (
        chain(norm(w - at(w, 0)))
        .le(2 * (sqrt(n / m) * Delta_0) / lambda_0, sharp_distance)
        .le(Rational(3, 4) * R_prime)
        .given(weights_at_rest, at_rest, gradient_bounded)
    )
