"""Section 5.1, its last sentences: is a second momentum faster than the first alone?

On a quadratic form in discrete time, as the source that is cited has it; then for the limiting equations.
"""

from proofcheck import (
    Rational,
    Verdict,
    chain,
    claim,
    counterexample,
    derivative,
    exp,
    scalar,
    sqrt,
)

from .higher_momentum import B_1, B_2, beta_1, beta_2, h, q, rate, s, shift, x
from .notation import t

REFUTED = Verdict.REFUTED

mu, M = scalar("mu", positive=True), scalar("M", positive=True)
size, radius = scalar("eta", positive=True), scalar("rho", positive=True, below=1)
#: The roots of a mode, divided by their radius: a (of the modes mu and M), b, c are their symmetric functions.
a_mu, a_M, b, c = scalar("a_mu"), scalar("a_M"), scalar("b"), scalar("c", at_least=-1, at_most=1)


def characteristic(low_mode, high_mode):
    """Of z^3 - (1 + beta_1 - eta h) z^2 + (beta_1 - beta_2) z + beta_2, whose roots those of the mode h are."""
    return (
        radius * a_mu == 1 + beta_1 - size * low_mode,
        radius * a_M == 1 + beta_1 - size * high_mode,
        radius**2 * b == beta_1 - beta_2,
        radius**3 * c == -beta_2,
    )


gap = 4 * (1 + b * radius**2 - c * radius**3) - (1 + radius) ** 2 * a_mu + (1 - radius) ** 2 * a_M


@claim("after (5.1), the second momentum accelerates", expect=REFUTED, covers="5.09")
def second_momentum_accelerates():
    """On a positive quadratic form a second momentum converges faster than the first alone can.

    On the eigenvalues 1 to 9 Heavy Ball has the radius 1/2, and no two momenta have a smaller one, see below. The
    source that is cited, Pearlmutter 1992, says so itself: a second momentum lowers the time constant no further.
    """
    half = Rational(1, 2)
    modes = {mu: Rational(1), M: Rational(9)}
    return counterexample(
        "two momenta reach a smaller radius than one on every positive quadratic form",
        ((1 + half**2 - h / 4) ** 2 - 4 * half**2 <= 0).given(h >= 1, h <= 9),
        (radius >= half).given(gap >= 0, *characteristic(1, 9)).by(second_momentum_on_a_quadratic.at(modes)),
        because="the eigenvalues 1 and 9; Heavy Ball with eta = 1/4, beta = 1/4",
    )


@claim("after (5.1), a second momentum: the roots", covers="5.09")
def roots_in_the_disc():
    """Roots x, y, z in the unit disc, y + z = s, y z = q: a = x + y + z, b = xy + yz + zx, c = x y z are so bounded.

    Two roots with sum s and product q lie in the disc exactly when |q| <= 1 and |s| <= 1 + q, a root x when |x| <= 1.
    """
    sum_, pairs, product = x + s, x * s + q, x * q
    roots = (x <= 1, x >= -1, q <= 1, s <= 1 + q, s >= -(1 + q))
    between = pairs - sum_ * product
    return tuple(
        bound.given(*roots)
        for bound in (
            sum_ <= 1 + pairs - product,
            sum_ >= -(1 + pairs + product),
            between <= 1 - product**2,
            between >= -(1 - product**2),
            product <= 1,
            product >= -1,
            pairs <= 3,
        )
    )


def room(a):
    """Three of the bounds as quantities that are not negative."""
    return 1 + b - c - a, 1 + b + c + a, 1 - c**2 - b + a * c


low, high = room(a_mu), room(a_M)
bounds = (low[0] >= 0, high[1] >= 0, low[2] >= 0, high[2] >= 0, a_M <= a_mu)


@claim("after (5.1), a second momentum: c <= 0")
def gap_for_negative_product():
    """(1 - c) gap is a sum of terms that are not negative when c <= 0; they are dropped in turn."""
    of_low = ((1 + radius) ** 2 + c * ((1 - radius) ** 2 - 4 * radius**2)) * low[0]
    between, of_high = 2 * (1 - radius**2) * low[2], (1 - c) * (1 - radius) ** 2 * high[1]
    last = -4 * c * (1 - c) * (1 - radius) ** 2 * (1 + radius)
    return (
        chain((1 - c) * gap)
        .eq(of_low + between + of_high + last)
        .ge(between + of_high + last)
        .ge(of_high + last)
        .ge(last)
        .ge(0)
        .given(low[0] >= 0, low[2] >= 0, high[1] >= 0, c <= 0)
    )


@claim("after (5.1), a second momentum: small c >= 0")
def gap_for_small_product():
    """(1 + c) gap is one when c >= 0 and c (1 + 3 rho) <= 1 - rho."""
    of_low = (1 + c) * (1 + radius) ** 2 * low[0]
    between = (1 - radius) * (1 - radius - c * (1 + 3 * radius)) * high[1]
    of_high, last = 2 * (1 - radius**2) * high[2], 4 * c * (1 + c) * (1 + radius) ** 2 * (1 - radius)
    return (
        chain((1 + c) * gap)
        .eq(of_low + between + of_high + last)
        .ge(between + of_high + last)
        .ge(of_high + last)
        .ge(last)
        .ge(0)
        .given(low[0] >= 0, high[1] >= 0, high[2] >= 0, c >= 0, c * (1 + 3 * radius) <= 1 - radius)
    )


@claim("after (5.1), a second momentum: large c")
def gap_for_large_product():
    """(1 - c) gap is a sum of terms that are not negative when c (1 + 3 rho) >= 1 - rho; they are dropped in turn."""
    excess = (1 - radius) * (c * (1 + 3 * radius) - (1 - radius))
    ordered, last = excess * (a_mu - a_M), 4 * (1 - radius) ** 2 * (1 - c) * (1 - c * radius)
    of_high = 4 * radius * (1 - radius) * high[2]
    of_low = ((1 + radius) ** 2 * (1 - c) + excess) * low[0]
    return (
        chain((1 - c) * gap)
        .eq(of_low + of_high + ordered + last)
        .ge(of_high + ordered + last)
        .ge(ordered + last)
        .ge(last)
        .ge(0)
        .given(*bounds, c * (1 + 3 * radius) >= 1 - radius)
    )


@claim("after (5.1), a second momentum: all c")
def gap_of_two_modes():
    """So the gap is not negative: for c <= 0, small c, large c below 1, and c = 1, where a = b for both modes."""
    return (
        (gap >= 0).given(*bounds, c <= 0).by(gap_for_negative_product),
        (gap >= 0).given(*bounds, c >= 0, c * (1 + 3 * radius) <= 1 - radius).by(gap_for_small_product),
        (gap >= 0).given(*bounds, c * (1 + 3 * radius) >= 1 - radius, c < 1).by(gap_for_large_product),
        (4 * (1 + b * radius**2 - radius**3) >= 4 * radius * b).given(b <= 3),
    )


@claim("after (5.1), a second momentum: the gap of two modes")
def gap_and_modes():
    """rho gap = eta ((1 + rho)^2 mu - (1 - rho)^2 M)."""
    spread = (1 + radius) ** 2 * mu - (1 - radius) ** 2 * M
    return (size * spread == radius * gap).given(*characteristic(mu, M))


@claim("after (5.1), a second momentum on a quadratic", covers="5.09")
def second_momentum_on_a_quadratic():
    """If all roots of the modes mu <= M are within rho then (1 - rho)^2 M <= (1 + rho)^2 mu, whatever the beta_j."""
    return ((1 - radius) ** 2 * M <= (1 + radius) ** 2 * mu).given(*characteristic(mu, M), gap >= 0).by(gap_and_modes)


heavy_ball_radius = (sqrt(M) - sqrt(mu)) / (sqrt(M) + sqrt(mu))


@claim("after (5.1), a second momentum on a quadratic", covers="5.09", amends=second_momentum_accelerates)
def second_momentum_is_not_faster():
    """So rho is at least (sqrt M - sqrt mu)/(sqrt M + sqrt mu)."""
    return (radius >= heavy_ball_radius).given((1 - radius) ** 2 * M <= (1 + radius) ** 2 * mu)


@claim("after (5.1), the first momentum on a quadratic", covers="5.09")
def first_momentum_on_a_quadratic():
    """Heavy Ball has this radius: for beta = rho^2, eta = (1 + rho)^2/M its roots are complex with z z* = beta."""
    discriminant = (1 + radius**2 - (1 + radius) ** 2 / M * h) ** 2 - 4 * radius**2
    return (discriminant <= 0).given(h <= M, (1 - radius) ** 2 * M <= (1 + radius) ** 2 * h)


@claim("after (5.1), the loss is not convex", covers="5.10")
def loss_is_not_convex_nor_quadratic():
    """For x = a = m = y = 1, L(0) > (L(-1) + L(1))/2, and the third difference at -2, -1, 0, 1 is not 0."""
    at_rest, fitted = (Rational(0) - 1) ** 2 / 2, (Rational(1) - 1) ** 2 / 2
    return at_rest > (at_rest + fitted) / 2, fitted - 3 * at_rest + 3 * at_rest - at_rest != 0


root = scalar("r", positive=True)


@claim("after (5.1), one mode", covers="5.10")
def second_momentum_on_one_mode():
    """On one mode h < 1 it is faster: b_2 = 3 r, b_1 = 3 r^2 with r^3 = h give exp(-r t), and r > sqrt(h)."""
    motion = exp(-root * t) * (1 + root * t + root**2 * t**2 / 2)
    velocity = derivative(motion, t)
    acceleration = derivative(velocity, t)
    equation = derivative(acceleration, t) + 3 * root * acceleration + 3 * root**2 * velocity + root**3 * motion
    return equation == 0, (root > sqrt(h)).given(root**3 == h, h < 1)


@claim("after (5.1), two modes: the roots")
def shifted_roots():
    """If R, S, Q >= 0 then (lambda + R)(lambda^2 + S lambda + Q) has 0 <= R Q <= (R + S)(R S + Q)."""
    R, S, Q = (scalar(name, nonnegative=True) for name in "RSQ")
    return chain(Rational(0)).le(R * Q).le((R + S) * (R * S + Q))


def spectrum(low_mode, high_mode):
    """What it takes that all roots of both modes lie to the left of -rate, or on that line."""
    return low_mode >= shift, high_mode <= shift + B_1 * B_2


@claim("after (5.1), two modes", covers="5.10")
def second_momentum_on_two_modes():
    """If all roots of the modes mu and M lie to the left of -rate then 4 rate^3 (M - mu) <= mu^2."""
    return (
        chain(4 * rate**3 * (M - mu))
        .le(4 * rate**3 * (B_1 * B_2))
        .le((rate * B_1 + rate**2 * B_2) ** 2)
        .le(mu**2)
        .given(*spectrum(mu, M))
    )


@claim("after (5.1), it is faster than Heavy Ball", expect=REFUTED, covers="5.10")
def third_order_is_faster():
    """Read of the limiting equations: with two momenta the error decays faster than Heavy Ball's, for some b_1, b_2.

    For a kernel with the eigenvalues 1/4 and 1 the rate of Heavy Ball is 1/2; that of two momenta is below it.
    """
    return counterexample(
        "some b_1, b_2 make (5.1) decay at a rate of at least sqrt(mu)",
        (rate < Rational(1, 2))
        .given(*spectrum(Rational(1, 4), Rational(1)))
        .by(second_momentum_on_two_modes.at({mu: Rational(1, 4), M: Rational(1)})),
        because="a kernel with the eigenvalues 1/4 and 1, whose Heavy Ball with b = 1 decays at the rate 1/2",
    )


@claim("after (5.1), it is faster than Heavy Ball", amends=third_order_is_faster)
def third_order_is_slower():
    """It is slower than Heavy Ball's, whose rate is sqrt(mu), as soon as sqrt(mu) < 4 (M - mu)."""
    spread = sqrt(mu) < 4 * (M - mu)
    return (rate < sqrt(mu)).given(*spectrum(mu, M), spread).by(second_momentum_on_two_modes)


@claim("after (5.1), per step", covers="5.10")
def second_momentum_per_step():
    """For the same small eta = x^6 it is ahead per step: t is k eta^(1/3) for two momenta, k eta^(1/2) for one."""
    x = scalar("x", positive=True)
    return (exp(-rate * x**2) < exp(-sqrt(mu) * x**3)).given(sqrt(mu) * x < rate)
