"""Section 5.1: gradient descent with J momenta, the limiting equation of order J + 1, and when it converges.

For a constant kernel one mode of (5.1) is a linear equation with constant coefficients; h is its eigenvalue of H. Over
the real numbers its characteristic polynomial is a product of factors of degree one and two.
"""

from proofcheck import (
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
    gronwall,
    inner,
    let,
    norm2,
    operator,
    path,
    scalar,
    scalar_path,
    sqrt,
    substitute,
    total,
    vector,
)

from .dynamics import m, neuron, r, slope
from .dynamics import w as w_r
from .notation import t

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


@claim("Section 5, strong convexity", expect=REFUTED, covers="5.01")
def strong_convexity_alone():
    """For the limiting equations of Section 5, strong convexity of L_hat is what convergence takes.

    For J = 2 and b_1 = b_2 = 1 the pseudo-loss 3 Delta^2 is strongly convex, and a mode grows like exp(t/2).
    """
    omega = sqrt(Rational(11, 4))
    grows = exp(t / 2) * cos(omega * t)
    velocity = derivative(grows, t)
    acceleration = derivative(velocity, t)
    return counterexample(
        "a strongly convex pseudo-loss makes the limiting equations of Section 5 converge",
        derivative(acceleration, t) + acceleration + velocity + 6 * grows == 0,
        substitute(grows, {t: Rational(0)}) == 1,
        because="the mode exp(t/2) cos(sqrt(11/4) t) of Delta''' + Delta'' + Delta' + 6 Delta = 0",
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


@claim("the limiting equation, fixed momenta", amends=limit_as_printed)
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


@claim("the limiting equation, beta_2 away from -1", amends=limit_as_printed)
def limit_of_heavy_ball_kind():
    """With t = k sqrt(eta), beta_2 fixed, beta_1 + beta_2 = 1 - b sqrt(eta) it is Heavy Ball's, with mass 1 + beta_2."""
    b = scalar("b", positive=True)
    first = 1 - beta_2 - b * h
    return consistent(
        lambda now, after, before, behind: after - step([now, before, behind], [first, beta_2], h**2),
        (1 + beta_2) * w.ddot + b * w.dot + g,
        lambda ahead, before, behind: (
            ahead - (1 - 2 * beta_2 - b * h) * before - 8 * beta_2 * behind - b / 2 * w.ddot
        ),
        curve=w,
        step=h,
        points=(0, 1, -1, -2),
    )


@claim("the limiting equation, J = 2", amends=limit_as_printed)
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


@claim("(5.1), between flips", covers="5.07")
def error_dynamics_of_third_order():
    """Between flips Delta''' + b_2 Delta'' + b_1 Delta' + H Delta = 0: its product with every vector u vanishes.

    W holds all weights, J their gradient, J* its adjoint: Delta^(j) = J W^(j), and H = J J*; see (3.7).
    """
    W, pulled_u, pulled_error = path("W"), vector("Ju", latex="J^* u"), vector("JD", latex=r"J^* \Delta")
    third_derivative = -b_2 * W.ddot - b_1 * W.dot - pulled_error
    return (inner(u, Delta.ddot.dot + b_2 * Delta.ddot + b_1 * Delta.dot + H(Delta)) == 0).given(
        inner(u, Delta.dot) == inner(pulled_u, W.dot),
        inner(u, Delta.ddot) == inner(pulled_u, W.ddot),
        inner(u, Delta.ddot.dot) == inner(pulled_u, third_derivative),
        inner(pulled_u, pulled_error) == inner(u, H(Delta)),
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


def cubic(*factors):
    """(lambda + rho)(lambda^2 + p lambda + q) is lambda^3 + b_2 lambda^2 + b_1 lambda + h."""
    return b_2 == rho + p, b_1 == rho * p + q, h == rho * q


@claim("after (5.1), J = 2 converges", covers="5.08")
def two_momenta_converge():
    """If b_1 b_2 > h then rho, p, q > 0: all roots lie in the left half plane, and the mode decays."""
    threshold = b_1 * b_2 > h
    return (
        (q > 0).given(*cubic(), threshold),
        (rho > 0).given(*cubic(), threshold),
        (p > 0).given(*cubic(), threshold, q > 0, rho > 0),
    )


z = scalar_path("z")
omega, growth = scalar("omega", positive=True), scalar("x", nonnegative=True)


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
