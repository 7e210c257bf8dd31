"""Section 5.1: gradient descent with J momenta, the limiting equation of order J + 1, and when it converges.

For a constant kernel one mode of (5.1) is a linear equation with constant coefficients; h is its eigenvalue of H. Over
the real numbers its characteristic polynomial is a product of factors of degree one and two.
"""

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    at,
    chain,
    claim,
    consistent,
    cos,
    counterexample,
    derivative,
    exp,
    flow,
    for_all,
    gronwall,
    inner,
    let,
    norm2,
    operator,
    path,
    scalar,
    sin,
    sqrt,
    substitute,
    total,
    vector,
)

from .dynamics import neuron, r, slope
from .dynamics import w as w_r
from .notation import m, t

REFUTED = Verdict.REFUTED

eta, h = scalar("eta", positive=True), scalar("h", positive=True)
b_1, b_2, b_3 = scalar("b_1", positive=True), scalar("b_2", positive=True), scalar("b_3", positive=True)
beta_1, beta_2 = scalar("beta_1"), scalar("beta_2")
w, g = path("w"), vector("g")


def step(values, momenta, size):
    """What one step makes of w(k), w(k-1), ...: the iteration of Section 5.1 with as many momenta as are given."""
    moved = values[0] - size * g
    for j, momentum in enumerate(momenta, start=1):
        moved = moved + momentum * (values[j - 1] - values[j])
    return moved


@claim("Section 5, strong convexity alone", expect=REFUTED, covers="5.01")
def strong_convexity_alone():
    """For the limiting equations of Section 5, strong convexity of L_hat is all that convergence takes.

    J = 2, b_1 = b_2 = 1/2, one awake neuron on one sample, x = a = m = 1, so that H = 1: from rest the error grows like
    exp(t/4), and the neuron stays awake up to a time T when y > exp(T/4).
    """
    omega = sqrt(15) / 4
    swing = Rational(3, 5) * cos(omega * t) + sin(omega * t) / sqrt(15)
    error = Rational(2, 5) * exp(-t) + exp(t / 4) * swing
    velocity = derivative(error, t)
    acceleration = derivative(velocity, t)
    start = {t: Rational(0)}
    return counterexample(
        "a strongly convex pseudo-loss makes the limiting equations of Section 5 converge",
        derivative(acceleration, t) + acceleration / 2 + velocity / 2 + error == 0,
        substitute(error, start) == 1,
        substitute(velocity, start) == 0,
        substitute(acceleration, start) == 0,
        (swing == Rational(3, 5)).given(cos(omega * t) == 1, sin(omega * t) == 0),
        swing**2 <= 1,
        because="one awake neuron with two momenta; after each period 8 pi/sqrt(15) the error is above 3/5 exp(t/4)",
    )


@claim("after the iteration, J = 1", covers="5.03")
def one_momentum():
    """For J = 1 the iteration is Heavy Ball."""
    w_k, w_before = vector("w_k"), vector("w_before", latex="w_{k-1}")
    return step([w_k, w_before], [beta_1], eta) == w_k - eta * g + beta_1 * (w_k - w_before)


@claim("after the iteration, J = 0", covers="5.04")
def no_momentum():
    """For J = 0 the iteration is gradient descent."""
    w_k = vector("w_k")
    return step([w_k], [], eta) == w_k - eta * g


third = derivative(derivative(derivative(exp(-2 * h * t), t), t), t)


@claim("the limiting equation, 'consequently'", expect=REFUTED, covers="5.05")
def limit_as_printed():
    """For momenta that do not depend on eta the limit is the equation of order J + 1, for some b_1, b_2 (J = 2).

    For beta_1 = beta_2 = 1/4 the limit is w' + 2 dL/dw = 0, see below; on the losses h w^2/2 it is exp(-2 h t), and
    no b_1, b_2 make this a solution of w''' + b_2 w'' + b_1 w' + h w = 0 for h = 1, 2, 3.
    """
    c_1, c_2 = scalar("c_1"), scalar("c_2")
    decay = exp(-2 * h * t)
    velocity = derivative(decay, t)
    acceleration = derivative(velocity, t)

    def residual(strength):
        return -8 * strength**3 + 4 * c_2 * strength**2 - 2 * c_1 * strength + strength

    return counterexample(
        "with fixed beta_1, beta_2 the limit is w''' + b_2 w'' + b_1 w' + dL/dw = 0 for some b_1, b_2",
        velocity + 2 * (h * decay) == 0,
        third + c_2 * acceleration + c_1 * velocity + h * decay == decay * residual(h),
        (residual(Rational(3)) != 0).given(residual(Rational(1)) == 0, residual(Rational(2)) == 0),
        because="beta_1 = beta_2 = 1/4 on the losses h w^2/2 for h = 1, 2, 3",
    )


@claim("the limiting equation, fixed momenta", covers="5.05", amends=limit_as_printed)
def limit_for_fixed_momenta():
    """For fixed momenta and t = k eta the limit is of first order: (1 - beta_1 - beta_2) w' + dL/dw = 0."""
    return consistent(
        lambda now, after, before, behind: after - step([now, before, behind], [beta_1, beta_2], h),
        (1 - beta_1 - beta_2) * w.dot + g,
        lambda ahead, before, behind: ahead + (beta_1 - beta_2) * before + 4 * beta_2 * behind,
        curve=w,
        step=h,
        points=(0, 1, -1, -2),
        degree=1,
        leading=1,
    )


@claim("the limiting equation, beta_2 away from -1", covers="5.05", amends=limit_as_printed)
def limit_of_heavy_ball_kind():
    """With t = k sqrt(eta), fixed beta_2, beta_1 + beta_2 = 1 - b sqrt(eta) it is Heavy Ball's, of mass 1 + beta_2."""
    b = scalar("b", positive=True)
    first = 1 - beta_2 - b * h
    return consistent(
        lambda now, after, before, behind: after - step([now, before, behind], [first, beta_2], h**2),
        (1 + beta_2) * w.ddot + b * w.dot + g,
        lambda ahead, before, behind: ahead - (1 - 2 * beta_2 - b * h) * before - 8 * beta_2 * behind - b / 2 * w.ddot,
        curve=w,
        step=h,
        points=(0, 1, -1, -2),
    )


@claim("the limiting equation, J = 2", covers="5.05", amends=limit_as_printed)
def limit_of_two_momenta():
    """With eta = h^3, beta_1 = 2 - b_2 h - b_1 h^2 and beta_2 = -1 + b_2 h, a negative momentum, it is as printed."""
    momenta = [2 - b_2 * h - b_1 * h**2, -1 + b_2 * h]
    return consistent(
        lambda now, after, before, behind: after - step([now, before, behind], momenta, h**3),
        w.ddot.dot + b_2 * w.ddot + b_1 * w.dot + g,
        lambda ahead, before, behind: (
            ahead
            + (3 - 2 * b_2 * h - b_1 * h**2) * before
            - 16 * (1 - b_2 * h) * behind
            - b_1 / 2 * w.ddot
            + (b_1 * h / 6 - b_2) * w.ddot.dot
        ),
        curve=w,
        step=h,
        points=(0, 1, -1, -2),
        degree=3,
        leading=3,
    )


@claim("the limiting equation, J = 3", covers="5.05", amends=limit_as_printed)
def limit_of_three_momenta():
    """With eta = h^4 and momenta near 3, -3, 1 it is as printed: up to signs, the binomial coefficients of J."""
    momenta = [3 - b_3 * h - b_2 * h**2 - b_1 * h**3, -3 + 2 * b_3 * h + b_2 * h**2, 1 - b_3 * h]
    return consistent(
        lambda now, after, *earlier: after - step([now, *earlier], momenta, h**4),
        w.ddot.ddot + b_3 * w.ddot.dot + b_2 * w.ddot + b_1 * w.dot + g,
        lambda ahead, before, behind, last: (
            ahead
            + (b_1 * h**3 + 2 * b_2 * h**2 + 3 * b_3 * h - 6) * before
            + (128 - 96 * b_3 * h - 32 * b_2 * h**2) * behind
            - 243 * (1 - b_3 * h) * last
            - b_1 / 2 * w.ddot
            + (b_1 * h / 6 - b_2) * w.ddot.dot
            + (7 * b_2 * h / 12 - b_1 * h**2 / 24 - 3 * b_3 / 2) * w.ddot.ddot
        ),
        curve=w,
        step=h,
        points=(0, 1, -1, -2, -3),
        degree=4,
        leading=4,
    )


u = vector("u")


@claim("before (5.1), higher derivatives", covers="5.06")
def higher_derivatives_between_flips():
    """Between flips f_i is linear in the weights: f_i''' is the sum of <df_i/dw_r, w_r'''>, and d^j f/dw^j = 0."""
    first = derivative(total(neuron, r, m))
    return (
        derivative(derivative(first)) == total(inner(slope, w_r.ddot.dot), r, m),
        derivative(inner(slope, u)) == 0,
    )


@claim("before (5.1), 'almost surely' as a distribution", expect=REFUTED, covers="5.06")
def higher_derivatives_vanish():
    """All derivatives of max(w, 0) beyond the first vanish: its second and third differences at the kink do not."""
    return counterexample(
        "d^j f / dw^j = 0 for j > 1",
        Rational(1) - 2 * 0 + 0 == 1,
        Rational(2) - 3 * 1 + 3 * 0 - 0 == -1,
        because="f = max(w, 0) at w = -1, 0, 1, 2: the values 0, 0, 1, 2",
    )


Delta, H = path("Delta"), operator("H")


#: W holds all weights, J* is the adjoint of their gradient: D_j is the j-th derivative of Delta, W_j that of W.
j, J = scalar("j"), scalar("J", at_least=1)
b_j, D_j = scalar("b_j", index=j), vector("D_j", index=j, latex=r"\Delta^{(j)}")
W_j, highest = vector("W_j", index=j, latex="W^{(j)}"), vector("D", latex=r"\Delta^{(J+1)}")
pulled_u, pulled_error = vector("Ju", latex="J^* u"), vector("JD", latex=r"J^* \Delta")
lower, pulled_lower = total(b_j * inner(u, D_j), j, J), total(b_j * inner(pulled_u, W_j), j, J)
between_flips = for_all(j, inner(u, D_j) == inner(pulled_u, W_j))


@claim("(5.1), the lower derivatives")
def lower_derivatives():
    """Between flips Delta^(j) = J W^(j), and sum b_j <u, Delta^(j)> = sum b_j <J* u, W^(j)>."""
    return (lower == pulled_lower).given(between_flips)


@claim("(5.1), between flips", covers="5.07")
def error_dynamics_of_any_order():
    """Between flips <u, Delta^(J+1) + sum b_j Delta^(j) + H Delta> = 0 for every vector u, H = J J*; see (3.7)."""
    return (
        (inner(u, highest) + lower + inner(u, H(Delta)) == 0)
        .given(
            between_flips,
            inner(u, highest) == -pulled_lower - inner(pulled_u, pulled_error),
            inner(pulled_u, pulled_error) == inner(u, H(Delta)),
        )
        .by(lower_derivatives)
    )


@claim("(5.1), at a flip", expect=REFUTED, covers="5.07")
def error_dynamics_at_a_flip():
    """One may treat (5.1) as an ordinary differential equation: Delta' is continuous along the training.

    J = 2, b_1 = b_2 = 3, one neuron, one sample, x = a = m = 1, y = -5/2: from rest the neuron reaches its kink at
    time 1 with the velocity -1/2, and Delta' jumps from -1/2 to 0.
    """
    weight = exp(1 - t) * (1 + t + t**2 / 2) - Rational(5, 2)
    velocity = derivative(weight, t)
    acceleration = derivative(velocity, t)
    start, end = {t: Rational(0)}, {t: Rational(1)}
    return counterexample(
        "Delta' is continuous along the network's training with two momenta",
        derivative(acceleration, t) == -3 * acceleration - 3 * velocity - (weight + Rational(5, 2)),
        substitute(weight, start) > 0,
        substitute(velocity, start) == 0,
        substitute(acceleration, start) == 0,
        velocity <= 0,
        substitute(weight, end) == 0,
        substitute(velocity, end) == -Rational(1, 2),
        because="a neuron that falls asleep with the velocity -1/2; asleep, Delta = 5/2 and Delta' = 0",
    )


# --- when the limiting equation converges, for a constant kernel --------------------------------------------------

p, q, rho = scalar("p"), scalar("q"), scalar("rho")
x, v = scalar("x"), scalar("v")


@claim("after (5.1), roots of degree two")
def roots_of_degree_two():
    """The roots x + i v of lambda^2 + p lambda + q have x < 0 if p, q > 0 (and only then: -2 x = p, x^2 + v^2 = q)."""
    root = (x**2 - v**2 + p * x + q == 0, v * (2 * x + p) == 0)
    return (x < 0).given(*root, p > 0, q > 0)


#: lambda^3 + b_2 lambda^2 + b_1 lambda + h = (lambda + rho)(lambda^2 + p lambda + q).
cubic = (b_2 == rho + p, b_1 == rho * p + q, h == rho * q)


@claim("after (5.1), J = 2 converges", covers="5.08", amends=strong_convexity_alone)
def two_momenta_converge():
    """If b_1 b_2 > h then rho, p, q > 0: all roots lie in the left half plane, and the mode decays."""
    threshold = b_1 * b_2 > h
    return (
        (q > 0).given(*cubic, threshold),
        (rho > 0).given(*cubic, threshold),
        (p > 0).given(*cubic, threshold, q > 0, rho > 0),
    )


growth = scalar("x", nonnegative=True)


@claim("after (5.1), J = 2 beyond its threshold", covers="5.08")
def two_momenta_grow():
    """Beyond it the mode exp(x t) cos(v t) grows: each x >= 0 belongs to an h, b_1 b_2 for x = 0 and larger for x > 0.

    h grows continuously from b_1 b_2 to infinity with x, so that no h >= b_1 b_2 converges.
    """
    frequency = sqrt(3 * growth**2 + 2 * b_2 * growth + b_1)
    eigenvalue = b_1 * b_2 + 8 * growth**3 + 8 * b_2 * growth**2 + 2 * (b_1 + b_2**2) * growth
    motion = exp(growth * t) * cos(frequency * t)
    velocity = derivative(motion, t)
    acceleration = derivative(velocity, t)
    return derivative(acceleration, t) + b_2 * acceleration + b_1 * velocity + eigenvalue * motion == 0


rate = scalar("rate", nonnegative=True, latex="r")
B_1, B_2 = scalar("B_1", nonnegative=True), scalar("B_2", nonnegative=True)
#: What b_1, b_2 and the kernel are when exp(rate t) Delta has the coefficients B_1, B_2 and the kernel K.
friction_1, friction_2 = B_1 + 2 * rate * B_2 + 3 * rate**2, B_2 + 3 * rate
shift = rate * B_1 + rate**2 * B_2 + rate**3
K = operator("K", at_least=0, at_most=B_1 * B_2)
third_order = flow(
    Delta.ddot.dot == -friction_2 * Delta.ddot - friction_1 * Delta.dot - K(Delta) - shift * Delta, time=t
)
#: D Delta and D^2 Delta for D = d/dt + rate: what exp(rate t) Delta has for derivatives.
moved, moved_twice = Delta.dot + rate * Delta, Delta.ddot + 2 * rate * Delta.dot + rate**2 * Delta
E = let(
    "E",
    norm2(moved_twice + B_2 * moved) / 2
    + B_1 * norm2(moved) / 2
    + B_2 * inner(K(Delta), Delta) / 2
    + inner(K(Delta), moved),
)


@claim("after (5.1), an energy for J = 2", covers="5.08")
def energy_balance_of_two_momenta():
    """E' = -2 rate E - <(B_1 B_2 - K) D Delta, D Delta>: an exact balance, in every dimension."""
    return third_order.d(E) == -2 * rate * E - (B_1 * B_2 * norm2(moved) - inner(K(moved), moved))


@claim("after (5.1), an energy for J = 2", covers="5.08")
def energy_of_two_momenta():
    """E(t) <= exp(-2 rate t) E(0) when shift <= H <= shift + B_1 B_2; for rate = 0 this is 0 <= H <= b_1 b_2."""
    return gronwall(third_order, E, 2 * rate)


inside = inner(K(Delta), B_1 * B_2 * Delta - K(Delta))


@claim("after (5.1), the energy and the loss for J = 2")
def energy_above():
    """<K (B_1 B_2 - K) Delta, Delta>/2 <= B_1 E, by completing a square."""
    squares = B_1 * norm2(moved_twice + B_2 * moved) / 2 + norm2(B_1 * moved + K(Delta)) / 2
    return chain(B_1 * E - inside / 2).eq(squares).ge(0)


@claim("after (5.1), the loss for J = 2", covers="5.08")
def loss_of_two_momenta():
    """So the loss falls at the rate 2 rate, where K (B_1 B_2 - K) >= c on the spectrum."""
    c = scalar("c", positive=True)
    return (
        chain(c * norm2(Delta) / 2)
        .le(inside / 2)
        .le(B_1 * E, energy_above)
        .le(B_1 * exp(-2 * rate * t) * at(E, 0), energy_of_two_momenta)
        .given(inside >= c * norm2(Delta))
    )


def product(left, right):
    """The product of two matrices, given by their rows."""
    columns = list(zip(*right, strict=True))
    return [
        [sum((a * b for a, b in zip(row[1:], column[1:], strict=True)), row[0] * column[0]) for column in columns]
        for row in left
    ]


@claim("after (5.1), a kernel that jumps", expect=REFUTED, covers="5.08")
def converges_below_the_threshold():
    """J = 2 converges for every kernel that stays between positive bounds below b_1 b_2, however it jumps.

    b_1 = b_2 = 3, the kernel is 1 for a time 6/5, then 7.859 for a time 13/10, again and again. y = exp(t) Delta obeys
    y''' = (1 - H) y, where 1 - H is -c^3 with c = 0 or 19/10. The matrix of a period has an eigenvalue below -1, as its
    characteristic polynomial is positive at -1.
    """
    c, zero, one = Rational(19, 10), Rational(0), Rational(1)
    even = (exp(-c * t) + 2 * exp(c * t / 2) * cos(c * sqrt(3) / 2 * t)) / 3
    bend = derivative(derivative(even, t), t)
    start, lasting, free = {t: zero}, {t: Rational(13, 10)}, Rational(6, 5)
    f_0, f_1, f_2 = (substitute(f, lasting) for f in (even, -bend / c**3, -derivative(even, t) / c**3))
    stiff = [[f_0, f_1, f_2], [-(c**3) * f_2, f_0, f_1], [-(c**3) * f_1, -(c**3) * f_2, f_0]]
    soft = [[one, free, free**2 / 2], [zero, one, free], [zero, zero, one]]
    M, decay = product(stiff, soft), exp(-Rational(5, 2))
    trace = M[0][0] + M[1][1] + M[2][2]
    minors = [M[i][i] * M[j][j] - M[i][j] * M[j][i] for i, j in ((0, 1), (0, 2), (1, 2))]
    return counterexample(
        "0 < k <= H(t) <= K < b_1 b_2 for all t implies that Delta tends to 0",
        derivative(bend, t) == -(c**3) * even,
        substitute(even, start) == 1,
        substitute(derivative(even, t), start) == 0,
        substitute(bend, start) == 0,
        1 + c**3 < 9,
        1 + decay * trace + decay**2 * (minors[0] + minors[1] + minors[2]) + decay**3 < 0,
        because="b_1 = b_2 = 3, a kernel that is 1 for a time 6/5 and 7.859 for a time 13/10, again and again",
    )


kappa = scalar("kappa", positive=True)
moving = operator("E", norm=kappa**3, changes=Changes.BY_JUMPS, latex="(H(t) - 1)")
near_one = flow(Delta.ddot.dot == -3 * Delta.ddot - 3 * Delta.dot - Delta - moving(Delta), time=t)
once, twice = Delta.dot + Delta, Delta.ddot + 2 * Delta.dot + Delta
V_near_one = let("V", norm2(Delta) + norm2(once) / kappa**2 + norm2(twice) / kappa**4)


@claim("after (5.1), a kernel near 1: Young's inequality")
def young_near_one():
    """What couples Delta, D Delta and D^2 Delta, for D = d/dt + 1, is at most 2 kappa V."""
    pulled = moving(Delta)
    coupled = inner(Delta, once) + inner(once, twice) / kappa**2 - inner(twice, pulled) / kappa**4
    squares = kappa * norm2(Delta) + 2 * norm2(once) / kappa + 2 * norm2(twice) / kappa**3 + norm2(pulled) / kappa**5
    return chain(2 * coupled).le(squares).le(2 * kappa * V_near_one)


@claim("after (5.1), a kernel near 1 that jumps", covers="5.08", amends=converges_below_the_threshold)
def converges_near_one():
    """For b_1 = b_2 = 3 and |H(t) - 1| <= kappa^3, however it jumps, an energy falls at the rate 2 (1 - kappa)."""
    return gronwall(near_one, V_near_one, 2 * (1 - kappa), by=(young_near_one,))


def quartic(b_1, b_2, b_3, s, r):
    """(lambda^2 + p lambda + q)(lambda^2 + s lambda + r) is lambda^4 + b_3 lambda^3 + b_2 lambda^2 + b_1 lambda + h."""
    return b_3 == p + s, b_2 == q + r + p * s, b_1 == p * r + q * s, h == q * r


s, r_2 = scalar("s"), scalar("r")


@claim("after (5.1), the threshold for J = 3", covers="5.08")
def threshold_of_three_momenta():
    """b_1 (b_2 b_3 - b_1) - b_3^2 h = p s ((q - r)^2 + b_1 b_3) for the factors of the characteristic polynomial."""
    return (b_1 * (b_2 * b_3 - b_1) - b_3**2 * h == p * s * ((q - r_2) ** 2 + b_1 * b_3)).given(
        *quartic(b_1, b_2, b_3, s, r_2)
    )


@claim("after (5.1), J = 3 converges", covers="5.08")
def three_momenta_converge():
    """If b_1 (b_2 b_3 - b_1) > b_3^2 h then p, q, s, r > 0: all roots lie in the left half plane."""
    factors = quartic(b_1, b_2, b_3, s, r_2)
    both = p * s > 0
    return (
        (p * s > 0).given(*factors, b_1 * (b_2 * b_3 - b_1) > b_3**2 * h).by(threshold_of_three_momenta),
        (p > 0).given(both, b_3 == p + s),
        (s > 0).given(both, b_3 == p + s),
        (q > 0).given(p > 0, s > 0, b_1 == p * r_2 + q * s, h == q * r_2),
        (r_2 > 0).given(p > 0, s > 0, b_1 == p * r_2 + q * s, h == q * r_2),
    )


@claim("after (5.1), J = 3 at its threshold", covers="5.08")
def three_momenta_oscillate():
    """At the threshold cos(sqrt(b_1/b_3) t) solves the equation of order four: nothing decays."""
    wave = cos(sqrt(b_1 / b_3) * t)
    velocity = derivative(wave, t)
    acceleration = derivative(velocity, t)
    jerk = derivative(acceleration, t)
    eigenvalue = b_1 / b_3 * (b_2 - b_1 / b_3)
    return derivative(jerk, t) + b_3 * jerk + b_2 * acceleration + b_1 * velocity + eigenvalue * wave == 0
