"""Section 5.2: Newton's method, neuron by neuron.

J_r is the gradient of the predictions with respect to the weights of one neuron, J_r* its adjoint, G = J_r* J_r its
block of the Hessian. The image of a vector under J_r or J_r* is a vector of its own; that the two are adjoint is a
hypothesis wherever it is used. P_r Delta = J_r N with N = G^-1 J_r* Delta.
"""

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    chain,
    claim,
    consistent,
    counterexample,
    derivative,
    flow,
    for_all,
    gronwall,
    inner,
    norm2,
    operator,
    path,
    scalar,
    sqrt,
    total,
    vector,
)

from .notation import Delta, L, m, n, t

REFUTED = Verdict.REFUTED

h, kappa = scalar("h", positive=True), scalar("kappa", positive=True)
lambda_0 = scalar("lambda_0", positive=True)
i, r, s = scalar("i"), scalar("r"), scalar("s")
x_i, chi_i = vector("x_i", index=i), scalar("chi_i", index=i)
y, v, u = scalar("y"), vector("v"), vector("u")
unit, indicator = for_all(i, norm2(x_i) == 1), for_all(i, chi_i**2 == chi_i)


@claim("the Newton step, its inverse", expect=REFUTED, covers="5.12")
def hessian_is_invertible():
    """The Hessian of L with respect to all weights, m p numbers (w_r has p), can be inverted.

    Between flips its rank is at most n. For one sample, x = 1, and two awake neurons with a = 1 the loss is constant
    along (1, -1).
    """
    first, second = 1 + s, 1 - s
    return counterexample(
        "the Hessian of L(W, a) has an inverse",
        ((first + second) / sqrt(2) - y) ** 2 / 2 == ((1 + Rational(1)) / sqrt(2) - y) ** 2 / 2,
        (first > 0).given(s**2 < 1),
        (second > 0).given(s**2 < 1),
        because="two neurons with the weights 1 + s and 1 - s, on one sample",
    )


@claim("the Newton step, the blocks beside the diagonal", covers="5.12")
def blocks_beside_the_diagonal():
    """Between flips the mixed difference of L in two neurons, moved by v and u, is <J_r v, J_l u>: a block J_r* J_l."""
    first, second = vector("Jv", latex="J_r v"), vector("Ju", latex="J_l u")

    def loss(error):
        return norm2(error) / 2

    difference = loss(Delta + first + second) - loss(Delta + first) - loss(Delta + second) + loss(Delta)
    return difference == inner(first, second)


@claim("the Newton step, neuron by neuron", expect=REFUTED, covers="5.12")
def newton_is_done_by_neuron():
    """Newton's step for all weights is the step for each neuron: the blocks beside the diagonal vanish (see 5.15)."""
    return counterexample(
        "the mixed second derivatives of L in the weights of two neurons vanish",
        ((2 + 2) / sqrt(2)) ** 2 / 2 - 2 * ((2 + 1) / sqrt(2)) ** 2 / 2 + ((1 + 1) / sqrt(2)) ** 2 / 2
        == Rational(1, 2),
        because="two awake neurons on one sample, y = 0: the mixed difference between the weights 1 and 2 is 1/2",
    )


@claim("the Hessian's block, by the chain rule", covers="5.13")
def second_derivative_of_loss():
    """Along any motion L'' = |Delta'|^2 + <Delta, Delta''>; along w + s v, Delta' = J_r v and Delta'' = f''(v, v)."""
    return derivative(derivative(norm2(Delta) / 2)) == norm2(Delta.dot) + inner(Delta, Delta.ddot)


@claim("the Hessian's block, between flips", covers=("5.14", "5.16"))
def block_between_flips():
    """Between flips L is a quadratic function of w_r, with the gradient J_r* Delta and the Hessian J_r* J_r."""
    Jv, pulled = vector("Jv", latex="J_r v"), vector("JD", latex=r"J_r^* \Delta")
    G = operator("G")
    return (norm2(Delta + Jv) / 2 == norm2(Delta) / 2 + inner(pulled, v) + inner(G(v), v) / 2).given(
        inner(Delta, Jv) == inner(pulled, v), norm2(Jv) == inner(G(v), v)
    )


@claim("the Hessian's block, 'almost surely'", expect=REFUTED, covers="5.14")
def block_at_a_flip():
    """The second derivative of L is J_r* J_r, at most 1 here: at a kink the difference quotients have no bound."""
    K = scalar("K", at_least=1)
    step = 1 / K
    return counterexample(
        "the second difference quotients of L are bounded by those of J_r* J_r",
        ((step + 1) ** 2 / 2 - 2 * (Rational(0) + 1) ** 2 / 2 + (Rational(0) + 1) ** 2 / 2) / step**2 > K,
        because="x = a = m = 1, y = -1: L = (max(w, 0) + 1)^2/2 at w = -1/K, 0, 1/K",
    )


w, direction = path("w_r"), vector("N")


@claim("Newton's flow, the limit", expect=REFUTED, covers="5.15")
def flow_of_the_printed_step():
    """The flow corresponds to the printed iteration: it decays where the iteration does.

    One sample, x = 1, m >= 3 neurons with a = 1, w_r = 1, y = 2 sqrt(m): one step doubles the error or more, the next
    puts all neurons to sleep, where J_r = 0 and no further step is defined; the loss has grown by a factor of 4.
    """
    wide = scalar("m", at_least=3)
    target = 2 * sqrt(wide)

    def error(weight):
        return wide * weight / sqrt(wide) - target

    def step(weight):
        return weight - wide * (error(weight) / sqrt(wide))

    once = step(Rational(1))
    asleep = Rational(0) - target
    return counterexample(
        "the errors of the printed iteration decay as those of the flow do",
        once == 1 + wide,
        error(once) == -(wide - 1) * error(Rational(1)),
        step(once) < 0,
        asleep**2 == 4 * error(Rational(1)) ** 2,
        because="m neurons with the block J_r* J_r = 1/m: w_r = 1, then 1 + m, then below 0",
    )


@claim("Newton's flow, the limit of damped steps", covers="5.15", amends=flow_of_the_printed_step)
def limit_of_damped_newton():
    """It is the limit of damped steps, of size h: w_r' = -N."""
    return consistent(
        lambda now, after: after - now + h * direction,
        w.dot + direction,
        lambda ahead: ahead,
        curve=w,
        step=h,
        points=(0, 1),
        degree=1,
        leading=1,
    )


@claim("Newton's flow, the inverse", expect=REFUTED, covers="5.16")
def block_is_invertible():
    """The block J_r* J_r, p x p, has an inverse: for n = 1, p = 2, x = (1, 0) it does not move (0, 1)."""
    block = ((Rational(1), Rational(0)), (Rational(0), Rational(0)))
    moved = (Rational(0), Rational(1))
    return counterexample(
        "(J_r* J_r)^-1 exists",
        *(row[0] * moved[0] + row[1] * moved[1] == 0 for row in block),
        moved[0] ** 2 + moved[1] ** 2 == 1,
        because="n = 1, p = 2, x = (1, 0), an awake neuron with m = 1",
    )


@claim("Newton's flow, a singular block", covers="5.16")
def block_is_singular():
    """If v is orthogonal to every input on which the neuron is awake, <J_r* J_r v, v> = 0: it takes p of these."""
    form = total(chi_i / m * inner(x_i, v) ** 2, i, n)
    return chain(form).eq(total(Rational(0), i, n)).eq(0).given(for_all(i, chi_i * inner(x_i, v) == 0))


@claim("Newton's flow, the inverse at the start", expect=REFUTED, covers="5.16")
def blocks_are_invertible_at_the_start():
    """With probability 1 - delta all blocks can be inverted at the start, for every width.

    w and -w are equally likely, and together awake on n samples. If n < 2 p one of them is awake on fewer than p, so
    each block is singular with probability 1/2 at least, and all m have an inverse with probability 2^-m at most.
    """
    p, awake, mirrored = scalar("p", at_least=1), scalar("n_w"), scalar("n_v", latex="n_{-w}")
    return counterexample(
        "P(all blocks have an inverse) >= 1 - delta for every width",
        (mirrored < p).given(awake + mirrored == n, n < 2 * p, awake >= p),
        Rational(1, 2) < 1 - Rational(1, 4),
        because="m = 1, delta = 1/4, any data with n < 2 p",
    )


G = operator("G", at_least=kappa)
pulled, pulled_u = vector("JD", latex=r"J_r^* \Delta"), vector("Ju", latex="J_r^* u")
N, N_u = G.inverse(pulled), G.inverse(pulled_u)
P_Delta, P_u = vector("PD", latex=r"P_r \Delta"), vector("Pu", latex="P_r u")


@claim("Newton's flow, what it descends", covers="5.16")
def gradient_of_the_loss():
    """dL/dw_r = J_r* Delta = G N, and L' is the sum of <G N, w_r'>: no term of it is positive when w_r' = -N."""
    return (inner(pulled, -direction) <= 0).given(G(direction) == pulled)


W_r = path("w_r", index=r)
pulled_r, N_r = vector("Ju", latex="J_r^* u", index=r), vector("N_r", index=r)
P_r = vector("PD_r", latex=r"P_r \Delta", index=r)


@claim("the error dynamics of Newton's flow", covers="5.17")
def newton_error_dynamics():
    """Between flips <u, Delta'>, the sum of <J_r* u, w_r'>, is -<u, sum P_r Delta>, for every u; w_r' = -N_r."""
    velocity = total(inner(pulled_r, W_r.dot), r, m)
    flowing, image = inner(pulled_r, W_r.dot) == -inner(pulled_r, N_r), inner(pulled_r, N_r) == inner(u, P_r)
    return (velocity == -total(inner(u, P_r), r, m)).given(for_all(r, flowing), for_all(r, image))


@claim("the error dynamics of Newton's flow, the projectors", covers="5.17")
def projectors():
    """P_r is self-adjoint, P_r P_r = P_r, and 0 <= <P_r Delta, Delta> = |P_r Delta|^2 <= |Delta|^2."""
    image = (inner(P_Delta, u) == inner(N, pulled_u), inner(P_u, Delta) == inner(N_u, pulled))
    onto = (norm2(P_Delta) == inner(G(N), N), inner(P_Delta, Delta) == inner(N, pulled))
    again = vector("JPD", latex=r"J_r^* P_r \Delta")
    return (
        (inner(P_Delta, u) == inner(Delta, P_u)).given(*image),
        (inner(P_Delta, Delta) == norm2(P_Delta)).given(*onto),
        (norm2(P_Delta) <= norm2(Delta)).given(*onto),
        (inner(G.inverse(again), v) == inner(N, v)).given(inner(again, G.inverse(v)) == inner(G(N), G.inverse(v))),
    )


S = operator("S", at_least=0, latex=r"\left(\textstyle\sum_r P_r\right)")


@claim("the pseudo-loss of Newton's flow", covers="5.18")
def gradient_of_newton_pseudo_loss():
    """dL_hat/dDelta = S Delta for L_hat = <S Delta, Delta>/2 and S = sum P_r held fixed: Delta' = -dL_hat/dDelta."""
    k = vector("k")
    increment = inner(S(Delta + k), Delta + k) / 2 - inner(S(Delta), Delta) / 2
    return increment == inner(S(Delta), k) + inner(S(k), k) / 2


# --- the largest eigenvalue ---------------------------------------------------------------------------------------

largest = scalar("lambda", nonnegative=True)


Jt_u, JJt_u = vector("Jtu", latex="J^* u"), vector("JJtu", latex="J J^* u")
adjoint = inner(JJt_u, u) == norm2(Jt_u)
bounded_on_image = norm2(JJt_u) <= largest * norm2(Jt_u)


@claim("the largest eigenvalue, by Cauchy-Schwarz")
def square_of_the_image():
    """|J* u|^4 = <J J* u, u>^2 <= |J J* u|^2 |u|^2."""
    return (
        chain(norm2(Jt_u) ** 2)
        .eq(inner(JJt_u, u) ** 2)
        .le(norm2(JJt_u) * norm2(u))
        .le(largest * norm2(Jt_u) * norm2(u))
        .given(adjoint, bounded_on_image)
    )


@claim("the largest eigenvalue, of J* J and of J J*", covers="5.19")
def largest_eigenvalues_agree():
    """If |J v|^2 <= lambda |v|^2 for v = J* u then |J* u|^2 <= lambda |u|^2; and the same with J and J* exchanged."""
    return (norm2(Jt_u) <= largest * norm2(u)).given(adjoint, bounded_on_image).by(square_of_the_image)


@claim("the largest eigenvalue and the trace", covers="5.20")
def largest_eigenvalue_and_trace():
    """<J* J v, v> = (a_r^2/m) sum chi_i <x_i, v>^2 is at most |v|^2 times the trace, (a_r^2/m) sum chi_i |x_i|^2."""
    form, trace = total(chi_i / m * inner(x_i, v) ** 2, i, n), total(chi_i / m * norm2(x_i), i, n)
    return (form <= norm2(v) * trace).given(indicator)


@claim("the trace", covers=("5.21", "5.22"))
def trace_of_a_block():
    """tr(J_r J_r*) = sum (1/m) chi_i <= n/m, for |x_i| = 1 and a_r^2 = 1."""
    a = scalar("a_r")
    return (
        chain(total(a**2 / m * chi_i * norm2(x_i), i, n))
        .eq(total(1 / m * chi_i, i, n))
        .le(total(1 / m, i, n))
        .eq(n / m)
        .given(unit, indicator, a**2 == 1)
    )


# --- the rate -----------------------------------------------------------------------------------------------------


@claim("the rate, a projector and its kernel", covers="5.23")
def projector_and_kernel():
    """(m/n) |J_r* Delta|^2 <= |P_r Delta|^2, as J_r* P_r = J_r* and |J_r*|^2 <= n/m; summed, (m/n) H <= sum P_r."""
    again = vector("JPD", latex=r"J_r^* P_r \Delta")
    below = m / n * norm2(pulled_r) <= norm2(P_r)
    return (
        (m / n * norm2(pulled) <= norm2(P_Delta)).given(again == pulled, norm2(again) <= n / m * norm2(P_Delta)),
        (m / n * total(norm2(pulled_r), r, m) <= total(norm2(P_r), r, m)).given(for_all(r, below)),
    )


bound = lambda_0 * m / n
S_t = operator("S_t", at_least=bound, changes=Changes.BY_JUMPS, latex="S(t)")
newton = flow(Delta.dot == -S_t(Delta), time=t)


@claim("the rate, with the smallest eigenvalue lambda_0", covers="5.23")
def newton_rate():
    """If H >= lambda_0 then sum P_r >= lambda_0 m/n, and L falls at the rate 2 lambda_0 m/n, |Delta| at half of it."""
    return gronwall(newton, L, 2 * lambda_0 * m / n)


@claim("the rate, the assumption on H", expect=REFUTED, covers="5.23")
def assumed_smallest_eigenvalue():
    """lambda_min(H) >= lambda_0 may be assumed with probability 1 - delta; Section 3 has lambda_0/2.

    For n = 1 lambda_0 = 1/2 and H is the share of awake neurons. With all weights mirrored it is 1 - H, and for odd m
    it is not 1/2: so it is below lambda_0 with probability 1/2.
    """
    share, mirrored = scalar("H"), scalar("H_mirrored")
    half = Rational(1, 2)
    return counterexample(
        "P(lambda_min(H(0)) >= lambda_0) >= 1 - delta for every width",
        (mirrored < half).given(share + mirrored == 1, share > half),
        half < 1 - Rational(1, 4),
        because="one sample, an odd number of neurons: P(H(0) >= lambda_0) = 1/2",
    )


S_half = operator("S_t", at_least=bound / 2, changes=Changes.BY_JUMPS, latex="S(t)")


@claim("the rate, with the smallest eigenvalue of Section 3", amends=assumed_smallest_eigenvalue)
def newton_rate_of_section_3():
    """With lambda_min(H) >= lambda_0/2 the printed factor lambda_0 m/n is the rate of the loss."""
    return gronwall(flow(Delta.dot == -S_half(Delta), time=t), L, lambda_0 * m / n)


S_m = operator("S_t", at_most=m, changes=Changes.BY_JUMPS, latex="S(t)")


@claim("the rate, from above", covers="5.23")
def newton_rate_at_most():
    """As each P_r <= 1 the loss does not fall faster than at the rate 2 m."""
    return gronwall(flow(Delta.dot == -S_m(Delta), time=t), -L, 2 * m)


@claim("the rate, orthonormal inputs", sharpens=newton_rate)
def orthonormal_inputs():
    """For orthonormal inputs P_r Delta has the components chi_i Delta_i, N being sqrt(m) a sum chi_i Delta_i x_i.

    Then |Delta_i| falls at the number of neurons awake on x_i, m/2 in the mean; lambda_0 m/n is m/(2 n) there.
    """
    a, chi, error, x, step = scalar("a_r"), scalar("chi_i"), scalar("Delta_i"), vector("x_i"), vector("N")
    return (a * chi / sqrt(m) * inner(x, step) == chi * error).given(
        inner(x, step) == sqrt(m) * a * chi * error, a**2 == 1, chi**2 == chi
    )


@claim("the rate, the largest eigenvalue of the kernel")
def kernel_at_most_n():
    """H <= n: <H u, u> is the sum of |J_r* u|^2, each of them at most (n/m) |u|^2."""
    return (
        chain(total(norm2(pulled_r), r, m))
        .le(total(n / m * norm2(u), r, m))
        .eq(n * norm2(u))
        .given(for_all(r, norm2(pulled_r) <= n / m * norm2(u)))
    )


@claim("after the rate, against HB and GD", expect=REFUTED, covers="5.24")
def newton_rate_is_larger():
    """lambda_0 m/n is larger than sqrt(lambda_0/2) as a result of m >> n: not by any ratio m/n = C >= 1."""
    ratio = scalar("C", at_least=1)
    return counterexample(
        "C lambda_0 > sqrt(lambda_0/2) for m = C n, if only C is large",
        (ratio * lambda_0 < sqrt(lambda_0 / 2)).given(lambda_0 * (8 * ratio**2) == 1),
        because="lambda_0 = 1/(8 C^2)",
    )


@claim("after the rate, against HB and GD", covers="5.24", amends=newton_rate_is_larger)
def newton_rate_for_the_width():
    """It exceeds lambda_0 if m > n, sqrt(lambda_0/2) if m > n/sqrt(2 lambda_0): for m >= n^6/lambda_0^4."""
    small = lambda_0 <= Rational(1, 2)
    return (
        (lambda_0 * m / n > lambda_0).given(m > n),
        (lambda_0 * m / n > sqrt(lambda_0 / 2)).given(m * sqrt(2 * lambda_0) > n),
        (m * sqrt(2 * lambda_0) > n).given(m * lambda_0**4 >= n**6, small),
    )


@claim("after the rate, the printed step", expect=REFUTED, covers="5.24")
def newton_step_converges():
    """The printed step, of size 1, converges faster than HB and GD when lambda_0 m/n is large.

    It multiplies the error by 1 - sum P_r (no flip): for lambda_0 m/n = c > 2 the error grows by the factor c - 1 at
    least. The larger the rate of the flow, the faster the iteration diverges; see 5.15 for a network.
    """
    c = scalar("c", at_least=2)
    S_c = operator("S", at_least=c)
    return counterexample(
        "Delta(k+1) = Delta(k) - sum P_r Delta(k) tends to 0 when sum P_r >= lambda_0 m/n > 2",
        norm2(Delta - S_c(Delta)) >= (c - 1) ** 2 * norm2(Delta),
        because="any Delta, for sum P_r >= c: |Delta(k+1)| >= (c - 1) |Delta(k)|",
    )


@claim("after the rate, damped steps", covers="5.24", amends=newton_step_converges)
def damped_newton_step():
    """With the size 1/m, safe as sum P_r <= m, a step shrinks the error by 1 - lambda_0/n at least (c = lambda_0/n).

    So does a step of gradient descent of the size 1/n, safe as H <= n: per step, the width gives no advantage.
    """
    c = scalar("c", positive=True, at_most=1)
    S_m, H_n = operator("S", at_least=m * c, at_most=m), operator("H", at_least=n * c, at_most=n)
    return (
        norm2(Delta - S_m(Delta) / m) <= (1 - c) ** 2 * norm2(Delta),
        norm2(Delta - H_n(Delta) / n) <= (1 - c) ** 2 * norm2(Delta),
    )
