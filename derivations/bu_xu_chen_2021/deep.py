"""Section 5.3: training all layers of a deep network.

theta_l holds the weights of one layer; J_l* u is the adjoint of its gradient applied to u, a vector of its own for each
layer; the outermost weights a are one more layer.
"""

from proofcheck import (
    Rational,
    Verdict,
    chain,
    cited,
    claim,
    counterexample,
    derivative,
    exp,
    flow,
    for_all,
    gronwall,
    inner,
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

from .notation import Delta, L, m, t

REFUTED, CITED = Verdict.REFUTED, Verdict.CITED

#: Two layers of width 1 on the sample x = 1, y = 1, awake: f = a w. b is the friction, constant or not.
a, w, b = scalar_path("a"), scalar_path("w"), scalar_path("b")
target = scalar("y")
error = a * w - target
two_layers = flow(a.ddot == -b * a.dot - w * error, w.ddot == -b * w.dot - a * error)
first = two_layers.d(error)
second = two_layers.d(first)
kernel = a**2 + w**2


@claim("the error dynamics of a deep network", expect=REFUTED, covers="5.26")
def deep_error_dynamics():
    """Delta'' + b(t) Delta' + H(t) Delta = 0 when all layers are trained, here between flips, f = a w."""
    return second + b * first + kernel * error == 0


@claim("the error dynamics of a deep network", covers="5.26", amends=deep_error_dynamics)
def deep_error_dynamics_with_curvature():
    """The right side is the curvature term, 2 a' w' for f = a w: f is not linear in all weights, even between flips."""
    return second + b * first + kernel * error == 2 * a.dot * w.dot


@claim("the error dynamics of a deep network, from rest", covers="5.26", amends=deep_error_dynamics)
def curvature_from_rest():
    """From rest the curvature term begins like 2 a w Delta^2 t^2 (b bounded): training reaches where it is not zero."""
    curvature = two_layers.d(two_layers.d(2 * a.dot * w.dot))
    return (curvature == 4 * a * w * error**2).given(a.dot == 0, w.dot == 0)


r = scalar("r")
a_speed, w_speed = scalar("v_r", index=r, latex=r"\dot a_r"), vector("V_r", index=r, latex=r"\dot w_r")
chi, x_i = scalar("chi_r", index=r), vector("x_i")
#: f_i = m^(-1/2) sum a_r chi_r <w_r, x_i>, both layers trained: what the second derivative has beside the NTK's terms.
two_layer_curvature = total(2 / sqrt(m) * a_speed * chi * inner(w_speed, x_i), r, m)
speeds = total(a_speed**2 + norm2(w_speed), r, m)


@claim("the error dynamics of a wide network", covers="5.26", amends=deep_error_dynamics)
def curvature_of_a_wide_network():
    """With two wide layers it is at most m^(-1/2) sum (a_r'^2 + |w_r'|^2), which is at most 2 L(0)/sqrt(m) from rest.

    The sum is twice the kinetic energy, and the mechanical energy never rises; see (3.3).
    """
    given = norm2(x_i) == 1, for_all(r, chi**2 == chi)
    return (
        (two_layer_curvature <= 1 / sqrt(m) * speeds).given(*given),
        (two_layer_curvature >= -1 / sqrt(m) * speeds).given(*given),
    )


descent = flow(a.dot == -w * error, w.dot == -a * error)


@claim("the error dynamics of a deep network, by GD", covers="5.26", amends=deep_error_dynamics)
def deep_error_dynamics_of_gd():
    """Along gradient descent's flow Delta' = -H Delta holds, curvature or not."""
    return descent.d(error) == -kernel * error


layer, layers = scalar("l"), scalar("layers", at_least=1, latex=r"\mathcal{L}-1")
theta, pulled_l, gradient_l = path("theta", index=layer), vector("Ju", index=layer), vector("JD", index=layer)
theta_a, pulled_a, gradient_a = path("a"), vector("Jau", latex="J_a^* u"), vector("JaD", latex=r"J_a^* \Delta")


@claim("the kernel of a deep network", covers="5.27")
def deep_kernel():
    """<u, Delta'> = -sum <J_l* u, J_l* Delta> - <J_a* u, J_a* Delta> for GD: the kernel is sum H_l + H_a."""
    velocity = total(inner(pulled_l, theta.dot), layer, layers)
    descending = for_all(layer, inner(pulled_l, theta.dot) == -inner(pulled_l, gradient_l))
    return (
        (velocity == -total(inner(pulled_l, gradient_l), layer, layers)).given(descending),
        (inner(pulled_a, theta_a.dot) == -inner(pulled_a, gradient_a)).given(theta_a.dot == -gradient_a),
    )


u, slope = vector("u"), vector("g", index=r, latex="g_r")


@claim("after the kernel, positive semi-definite", covers="5.28")
def parts_are_semidefinite():
    """<H_l u, u> = sum <df/dw_r, u>^2 >= 0, and <H_a u, u> = |J_a* u|^2 >= 0."""
    return chain(total(inner(slope, u) ** 2, r, m)).ge(total(Rational(0), r, m)).eq(0), norm2(pulled_a) >= 0


lowest = scalar("lambda", positive=True)
H_l, others = operator("H_l", at_least=lowest), operator("H_other", at_least=0)


@claim("after the kernel, one definite part suffices", covers="5.29")
def one_definite_part_suffices():
    """If H_l >= lambda and the others are semi-definite, the sum is >= lambda."""
    return inner(H_l(u), u) + inner(others(u), u) >= lowest * norm2(u)


@claim("after the kernel, no definite part is needed", sharpens=one_definite_part_suffices)
def no_definite_part_is_needed():
    """It is not necessary: a projector P and 1 - P are singular where neither is 0, and their sum is the identity."""
    P = operator("P", at_least=0, at_most=1)
    again = P(P(u)) == P(u)
    return (
        inner(P(u), u) + inner(u - P(u), u) == norm2(u),
        (norm2(P(u - P(u))) == 0).given(again),
        (norm2(P(u) - P(P(u))) == 0).given(again),
    )


@claim("after the kernel, definite at each moment", expect=REFUTED, covers="5.29")
def definite_at_each_moment():
    """It suffices that H(t) is positive definite at each t: but without a bound GD's loss need not vanish."""
    stiffness, solution = exp(-t), exp(exp(-t) - 1)
    return counterexample(
        "H(t) > 0 for every t implies that Delta tends to 0",
        stiffness > 0,
        derivative(solution, t) == -stiffness * solution,
        substitute(solution, {t: Rational(0)}) == 1,
        solution >= exp(-1),
        because="H(t) = exp(-t), Delta = exp(exp(-t) - 1)",
    )


#: H(t) Delta for a kernel that moves and jumps as it likes: of a deep network it does both.
pulled = path("q", latex=r"H(t) \Delta")
kernel_flow = flow(Delta.dot == -pulled, time=t, subject_to=[inner(pulled, Delta) >= lowest * norm2(Delta)])


@claim("after the kernel, definite with a bound", covers="5.29", amends=definite_at_each_moment)
def definite_with_a_bound():
    """With a bound H(t) >= lambda that does not depend on t the loss falls at the rate 2 lambda along GD's flow."""
    return gronwall(kernel_flow, L, 2 * lowest)


@claim("end of Section 5.3, the last hidden layer", expect=CITED, covers="5.30")
def last_hidden_layer():
    """The kernel of the last hidden layer is positive definite along gradient descent, for a smooth activation."""
    return cited(
        "Du, Lee, Li, Wang, Zhai 2019 (ICML), Theorem 5.1, for analytic activations that are no polynomials",
        "lambda_min(H_l) > 0 for the last hidden layer, all along gradient descent",
    )


@claim("end of Section 5.3, for ReLU", expect=REFUTED, covers="5.30")
def cited_activation_is_relu():
    """The cited theorem covers the ReLU of Section 5.3: but it asks for a derivative with a Lipschitz constant."""
    K = scalar("K", positive=True)
    near = 1 / (4 * K)
    return counterexample(
        "the derivative of max(z, 0) has a Lipschitz constant K",
        Rational(1) - 0 > K * (near - -near),
        because="the derivatives 1 and 0 at 1/(4 K) and -1/(4 K)",
    )
