"""Section 3.1, first part: the prediction and error dynamics of the ReLU network, (3.6) and (3.7).

A neuron is `a chi <w, x> / sqrt(m)`, with chi = 1 where it is active and 0 where it is not: constant between flips.
"""

from proofcheck import (
    Rational,
    Verdict,
    arccos,
    at,
    claim,
    cos,
    counterexample,
    derivative,
    exp,
    inner,
    norm2,
    operator,
    path,
    refuted_by,
    scalar,
    sin,
    sqrt,
    substitute,
    total,
    vector,
)

from .motions import Swing
from .notation import Delta, H, L, alpha, at_rest, jumping, lambda_0, m, t

REFUTED = Verdict.REFUTED

r = scalar("r")
a, chi = scalar("a_r", index=r), scalar("chi_r", index=r)
w = path("w_r", latex="w_r", index=r)
x, u = vector("x_i"), vector("u")
neuron = a * chi * inner(w, x) / sqrt(m)
slope = a * chi / sqrt(m) * x  # the gradient of f_i with respect to w_r


@claim("before (3.6), the first derivative and the gradient", covers=("3.24", "3.27"))
def chain_rule():
    """Between flips f_i' is the sum of <df_i/dw_r, w_r'>, with the gradient m^(-1/2) a_r x_i 1(w_r x_i > 0)."""
    return derivative(total(neuron, r, m)) == total(inner(slope, w.dot), r, m)


@claim("before (3.6), the gradient at the kink", expect=REFUTED, covers=("3.24", "3.27"))
def gradient_everywhere():
    """The gradient is there for every weight: but at w x = 0 the difference quotients disagree (x = a = m = 1)."""
    step = Rational(1, 2)
    return counterexample(
        "f = max(w, 0) is differentiable at w = 0",
        (step - 0) / step == 1,
        (Rational(0) - 0) / -step == 0,
        because="max(w, 0) at w = 0: the quotient is 1 from the right and 0 from the left",
    )


@claim("before (3.6), the second derivative", covers="3.25")
def second_chain_rule():
    """Where f_i is twice differentiable, f_i'' has a curvature term; J_r is its gradient, J_r' = f_i'' w'."""
    J = path("J_r", latex="J_r", index=r)
    first = total(inner(J, w.dot), r, m)
    return derivative(first) == total(inner(J.dot, w.dot) + inner(J, w.ddot), r, m)


@claim("before (3.6), the second derivative of the network", covers=("3.26", "3.29"))
def second_derivative_between_flips():
    """Between flips the gradient is constant and f_i'' is the sum of <df_i/dw_r, w_r''>."""
    return derivative(total(inner(slope, w.dot), r, m)) == total(inner(slope, w.ddot), r, m), derivative(
        inner(slope, u)
    ) == 0


@claim("(3.6), 'almost surely' as a distribution", expect=REFUTED, covers=("3.26", "3.29"))
def second_derivative_vanishes():
    """The second derivative of max(w, 0) vanishes: but its second difference at the kink is 1 (x = a = m = 1)."""
    return counterexample(
        "the second derivative of f in w is zero, and f'' is the sum of <df/dw_r, w_r''>",
        Rational(1) - 2 * 0 + 0 == 1,
        because="max(1, 0) - 2 max(0, 0) + max(-1, 0) = 1; along w = t - 1 the velocity f' rises to 1 with w'' = 0",
    )


@claim("(3.6), mixed derivatives", covers="3.30")
def mixed_derivatives():
    """The network is a sum over neurons: its mixed differences vanish, without any smoothness."""
    r_moved, r_still, l_moved, l_still = (scalar(name) for name in ("A_moved", "A", "B_moved", "B"))
    return (r_moved + l_moved) - (r_moved + l_still) - (r_still + l_moved) + (r_still + l_still) == 0


@claim("(3.7), between flips", covers=("3.31", "3.32"))
def error_dynamics():
    """Between flips Delta'' + sqrt(2 lambda_0) Delta' + H Delta = 0: its product with every vector u vanishes.

    W holds all weights, J their gradient, J* its adjoint: Delta' = J W', Delta'' = J W'', W'' = -b W' - J* Delta, and
    H = J J*.
    """
    W, pulled_u, pulled_error = path("W"), vector("Ju", latex="J^* u"), vector("JD", latex=r"J^* \Delta")
    b = sqrt(2 * lambda_0)
    acceleration = -b * W.dot - pulled_error
    return (inner(u, Delta.ddot + b * Delta.dot + H(Delta)) == 0).given(
        inner(u, Delta.dot) == inner(pulled_u, W.dot),
        inner(u, Delta.ddot) == inner(pulled_u, acceleration),
        inner(pulled_u, pulled_error) == inner(u, H(Delta)),
    )


@claim("after (3.7), the pseudo-loss", covers="3.33")
def gradient_of_pseudo_loss():
    """dL_hat/dDelta = H Delta, for H held fixed: the increment of L_hat is linear up to a square."""
    k = vector("k")
    increment = inner(H(Delta + k), Delta + k) / 2 - inner(H(Delta), Delta) / 2
    return increment == inner(H(Delta), k) + inner(H(k), k) / 2


@claim("after (3.7), 'drop the a.s.'", expect=REFUTED, covers="3.34")
def almost_surely_dropped():
    """One may treat (3.7) as an ordinary differential equation: Delta' is continuous along the network's training.

    One neuron, one sample, x = a = m = 1, y = -1, so that lambda_0 = 1/2, alpha = 1/2 and Delta = max(w, 0) + 1: the
    neuron falls asleep at time T while it moves at the speed 2, and Delta' jumps from -2 to 0.
    """
    q = sqrt(3) / 2
    T = arccos(0) / q
    weight = sqrt(3) * exp(T / 2) * exp(-t / 2) * (cos(q * t) + sin(q * t) / sqrt(3)) - 1
    speed = derivative(weight, t)
    start, end = {t: Rational(0)}, {t: T}
    asleep = -2 * (1 - exp(-t))
    return counterexample(
        "Delta' is continuous along the network's training",
        derivative(speed, t) == -speed - (weight + 1),
        substitute(weight, start) > 0,
        substitute(speed, start) == 0,
        substitute(weight, end) == 0,
        substitute(speed, end) == -2,
        derivative(derivative(asleep, t), t) == -derivative(asleep, t),
        substitute(derivative(asleep, t), start) == -2,
        asleep <= 0,
        because="a neuron that falls asleep with the velocity -2; asleep, Delta = 1 and Delta' = 0",
    )


@claim("after (3.7), 'drop the a.s.'", expect=REFUTED, covers="3.34")
def loss_of_the_equation():
    """The equation with a jumping kernel keeps L(t) <= L(0), as the network does, whose mechanical energy falls."""
    moved = Swing().then(Rational(1, 2), 0).then(Rational(1, 3), 5).then(1, 0)
    return refuted_by((L <= at(L, 0)).given(at_rest), jumping, moved.motion, {alpha: 1})


@claim("after (3.7), strong convexity", covers=("3.35", "5.01", "6.02"))
def pseudo_loss_is_strongly_convex():
    """lambda_min(H) >= lambda_0/2 makes L_hat strongly convex with that constant."""
    theta, y, z = scalar("theta", at_least=0, at_most=1), vector("y"), vector("z")
    K = operator("H", at_least=lambda_0 / 2)
    mean = theta * y + (1 - theta) * z

    def pseudo_loss(at_point):
        return inner(K(at_point), at_point) / 2

    gap = theta * pseudo_loss(y) + (1 - theta) * pseudo_loss(z) - pseudo_loss(mean)
    return gap >= lambda_0 / 2 * theta * (1 - theta) / 2 * norm2(y - z)


@claim("after (3.7), strong convexity is needed", expect=REFUTED, covers="3.35")
def strong_convexity_is_needed():
    """Without lambda_min(H) >= lambda_0/2 the loss does not fall at the rate alpha; here alpha = 1, H = 3/4."""
    error = Rational(3, 2) * exp(-t / 2) - Rational(1, 2) * exp(-3 * t / 2)
    speed = derivative(error, t)
    return counterexample(
        "H < alpha^2 somewhere implies that L is not O(exp(-alpha t))",
        derivative(speed, t) == -2 * speed - Rational(3, 4) * error,
        substitute(error, {t: Rational(0)}) == 1,
        substitute(speed, {t: Rational(0)}) == 0,
        error >= 0,
        error <= Rational(3, 2) * exp(-t / 2),
        because="the overdamped mode 3/2 exp(-t/2) - 1/2 exp(-3t/2) of H = 3/4",
    )
