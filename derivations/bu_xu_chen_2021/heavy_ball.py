"""Section 3: the Heavy Ball iteration, its limiting equation, Theorem 2 and the remarks around it."""

from fractions import Fraction

from proofcheck import (
    Rational,
    Verdict,
    arccos,
    at,
    chain,
    cited,
    claim,
    consistent,
    exp,
    flow,
    for_all,
    gronwall,
    inner,
    let,
    missing,
    motion,
    norm2,
    path,
    pi,
    refuted_by,
    scalar,
    scalar_path,
    sqrt,
    total,
    vector,
)

from .motions import critical, local
from .notation import L_0, Delta, H, L, L_hat_0, V, alpha, at_rest, frozen, lambda_0, m, n, t

REFUTED, CITED, OPEN = Verdict.REFUTED, Verdict.CITED, Verdict.OPEN

eta = scalar("eta", positive=True)
beta = scalar("beta", at_least=0, at_most=1)
b = scalar("b", positive=True)
h = scalar("h", positive=True)
w, g = path("w"), vector("g")
lambda0 = scalar("lambda_0", positive=True, at_most=Fraction(1, 2))


@claim("(3.1) and (3.2)", covers="3.02")
def two_forms_of_heavy_ball():
    """One step of (3.2) is one step of (3.1), when v(k-1) = (w(k) - w(k-1)) / eta; so are all, by induction."""
    w_k, w_before, v_before = vector("w_k"), vector("w_before", latex="w_{k-1}"), vector("v_before", latex="v_{k-1}")
    step = w_k + eta * (beta * v_before - g)
    return (step == w_k - eta * g + beta * (w_k - w_before)).given(eta * v_before == w_k - w_before)


@claim("(3.3), the limit of (3.1)", covers="3.03")
def limit_of_heavy_ball():
    """With t = k sqrt(eta) and beta = 1 - b sqrt(eta) the iteration is consistent with (3.3); h = sqrt(eta)."""
    return consistent(
        lambda before, now, after: after - now + h**2 * g - (1 - b * h) * (now - before),
        w.ddot + b * w.dot + g,
        lambda behind, ahead: ahead - behind - b / 2 * w.ddot + h * b * behind,
        curve=w,
        step=h,
    )


@claim("(3.1) with a fixed momentum", covers="3.03")
def limit_for_fixed_momentum():
    """For fixed beta and t = k eta the limit is another one, of first order: (1 - beta) w' + dL/dw = 0."""
    return consistent(
        lambda before, now, after: after - now + h * g - beta * (now - before),
        (1 - beta) * w.dot + g,
        lambda behind, ahead: (1 + beta) / 2 * w.ddot + h * (ahead - beta * behind),
        curve=w,
        step=h,
        leading=1,
    )


loss, gradient = scalar_path("loss", latex="L"), path("gradient", latex=r"\nabla L")
#: The weights of any network; that L' = <grad L, w'> almost everywhere is its chain rule.
network = flow(w.ddot == -b * w.dot - gradient, loss.dot == inner(gradient, w.dot), time=t)
mechanical = let("E", norm2(w.dot) / 2 + loss)


@claim("(3.3), a dissipative system", covers="3.04")
def dissipative():
    """The mechanical energy E = |w'|^2/2 + L falls at the rate b |w'|^2."""
    return network.d(mechanical) == -b * norm2(w.dot)


@claim("(3.3), the mechanical energy of a network", sharpens=dissipative)
def mechanical_energy():
    """So the mechanical energy never rises, whatever jumps: neither w' nor L does."""
    return gronwall(network, mechanical, 0)


@claim("(3.3), the loss of a network", sharpens=dissipative)
def loss_never_above_its_start():
    """From rest L(t) <= L(0), for any network."""
    return (loss <= at(loss, 0)).given(at(w.dot, 0) == 0).by(mechanical_energy)


slope, curvature = scalar("p"), scalar("c")
error = scalar_path("Delta")
weight = scalar_path("w")


@claim("(3.4), the error dynamics of any network", expect=REFUTED, covers="3.05")
def error_dynamics_of_any_network():
    """One weight, one sample, f twice differentiable with f' = p and f'' = c: the error obeys (3.4)."""
    second = curvature * weight.dot**2 + slope * (-b * weight.dot - slope * error)
    return second + b * (slope * weight.dot) + slope**2 * error == 0


@claim("(3.4), with the network's curvature", amends=error_dynamics_of_any_network)
def error_dynamics_with_curvature():
    """The error obeys (3.4) up to the curvature term w'^T f'' w', which vanishes where f is linear in w."""
    second = curvature * weight.dot**2 + slope * (-b * weight.dot - slope * error)
    return second + b * (slope * weight.dot) + slope**2 * error == curvature * weight.dot**2


@claim("footnote 2, NAG-SC", covers=("3.06", "3.16"))
def limit_of_nag_sc():
    """NAG-SC is consistent with (3.3) for b = 2 sqrt(mu), where the gradient changes by at most h k in a step h.

    q = sqrt(mu), h = sqrt(eta). At a flip the gradient jumps, and k is not bounded.
    """
    q, change = scalar("q", positive=True), vector("k")
    rho = (1 - q * h) / (1 + q * h)
    g_before = g - h * change

    def residual(before, now, after):
        return after - (now - h**2 * g) - rho * ((now - h**2 * g) - (before - h**2 * g_before))

    def remainder(behind, ahead):
        slow = w.dot - h / 2 * w.ddot + h**2 * behind
        return ahead - behind - q * w.ddot + 2 * q * h * behind - 2 * q**2 / (1 + q * h) * slow + rho * change

    return consistent(residual, w.ddot + 2 * q * w.dot + g, remainder, curve=w, step=h)


@claim("after (3.4), NAG-SC and HB", expect=CITED, covers="3.07")
def told_apart():
    """NAG-SC and HB can be told apart by high-resolution differential equations."""
    return cited("Shi, Du, Jordan, Su 2018, Section 2", "NAG-SC and HB have different high-resolution equations")


@claim("before (3.5), the friction", expect=REFUTED, covers="3.08")
def friction_as_printed():
    """b = sqrt(2 lambda_0) is twice the strong convexity of L_hat, which is lambda_0/2."""
    return sqrt(2 * lambda0) == 2 * (lambda0 / 2)


@claim("before (3.5), the friction", amends=friction_as_printed)
def friction():
    """b is twice the square root of the strong convexity."""
    return sqrt(2 * lambda0) == 2 * sqrt(lambda0 / 2)


@claim("after (3.5), no Lipschitz gradient is needed", covers="3.10")
def no_upper_bound_is_needed():
    """For a constant kernel the rate needs no upper bound on H (for a jumping one see Lemma 3.3)."""
    from .loss import loss_decays

    return (L <= 4 / lambda_0 * exp(-alpha * t) * L_hat_0).given(at_rest).by(loss_decays)


@claim("after (3.5), other parameters", expect=CITED, covers="3.11")
def other_parameters():
    """For other parameters Heavy Ball converges linearly when the gradient is Lipschitz."""
    return cited(
        "Polyak 1964; Ghadimi, Feyzmahdavian, Johansson 2015, Theorem 4",
        "Heavy Ball with other parameters converges linearly for Lipschitz gradients",
    )


@claim("before Theorem 2, w'(0) = 0", expect=REFUTED, covers="3.12")
def without_loss_of_generality():
    """The bound of Theorem 2 holds whatever the initial velocity is (constant kernel, n = 1)."""
    bound = L <= 4 / lambda_0 * exp(-alpha * t) * L_hat_0
    pushed = motion(Delta, H, local, 0, 1).then(1, 1, critical)
    return refuted_by(bound, frozen, pushed, {alpha: 1})


@claim("before Theorem 2, w'(0) = 0", amends=without_loss_of_generality)
def with_initial_velocity():
    """With an initial velocity the whole energy V(0) takes the place of 2 L_hat(0)."""
    from .loss import energy_bound

    return (L <= exp(-alpha * t) * at(V, 0) / alpha**2).by(energy_bound)


@claim("Theorem 2", covers=("3.13", "3.14", "6.02"))
def theorem_2():
    """L(t) <= (4/lambda_0) exp(-alpha t) L_hat(0) for the network, but for delta, with the printed width.

    Read with the hypotheses of Theorem 1, |x_i| = 1 and |y_i| <= C, the width is 10486 (1/2 + C^2)
    n^6/(delta^3 lambda_0^4). Where the start does not fail, every share is below lambda_0/(8 n), H(0) >= 3 lambda_0/4
    and L(0) <= l, so that the network is the flow along which the second part is claimed.
    """
    from . import theorem_2 as of
    from .network import printed
    from .probability import delta

    start = of.entries, of.printed_radius, of.bounded_labels, of.chosen_level
    return (
        (of.failure <= delta)
        .given(of.width < m, *of.below_one, *start)
        .by(of.printed_width_for_the_entries, of.start_is_good),
        (L <= printed)
        .given(of.width < m, of.printed_radius, of.chosen_level, L_0 <= of.level)
        .by(of.printed_width_for_the_radius, of.printed_loss_of_the_network),
    )


@claim("Theorem 2, a smaller width", sharpens=theorem_2)
def theorem_2_sharper():
    """L <= 3 exp(-(9/8) alpha t) L(0), but for delta, for m > 3107 n^4 (2 log(12 n/delta) + C^2)/lambda_0^4.

    Here R = 5 lambda_0/(64 n), the shares are bounded by Hoeffding's inequality in place of Markov's, and so is L(0).
    """
    from . import theorem_2 as of
    from .probability import delta

    start = of.entries, of.larger_radius, of.chosen_deviation, of.chosen_output, of.bounded_labels, of.output_level
    enough = of.smaller_width_for_the_entries, of.smaller_width_for_the_shares, of.smaller_width_for_the_outputs
    return (
        (of.failure <= delta).given(*of.smaller, *start).by(*enough, of.wider_start_is_good),
        (L <= 3 * exp(-Rational(9, 8) * alpha * t) * L_0)
        .given(of.smaller_width < m, of.larger_radius, of.chosen_output, of.output_level, L_0 <= of.level)
        .by(of.smaller_width_for_the_radius, of.loss_of_the_network),
    )


@claim("footnote 2, the strong convexity", expect=REFUTED, covers="3.15")
def strong_convexity_of_the_footnote():
    """b = sqrt(2 lambda_0) is the friction 2 sqrt(mu) of NAG-SC for mu = sqrt(lambda_0/2)."""
    return sqrt(2 * lambda0) == 2 * sqrt(sqrt(lambda0 / 2))


@claim("footnote 2, the strong convexity", amends=strong_convexity_of_the_footnote)
def strong_convexity():
    """b = sqrt(2 lambda_0) is the friction 2 sqrt(mu) of NAG-SC for mu = lambda_0/2."""
    return sqrt(2 * lambda0) == 2 * sqrt(lambda0 / 2)


@claim("after Theorem 2, the rates", expect=REFUTED, covers="3.17")
def faster_rate():
    """The rate of Heavy Ball is larger than that of gradient descent."""
    return sqrt(lambda0 / 2) > lambda0


@claim("after Theorem 2, the rates", amends=faster_rate)
def not_slower_rate():
    """The rate of Heavy Ball is not smaller, and larger when lambda_0 < 1/2."""
    return sqrt(lambda0 / 2) >= lambda0, (sqrt(lambda0 / 2) > lambda0).given(lambda0 < Rational(1, 2))


@claim("after Theorem 2, the boost", covers="3.18")
def boost_per_iteration():
    """Per iteration, GD's clock being k eta and HB's k sqrt(eta), HB's factor is smaller when lambda_0 eta < 1/2."""
    return (exp(-sqrt(lambda0 / 2) * sqrt(eta)) < exp(-lambda0 * eta)).given(lambda0 * eta < Rational(1, 2))


i = scalar("i")
x_i = vector("x_i", index=i)
entry = (Rational(1, 2) - arccos(norm2(x_i)) / (2 * pi)) * norm2(x_i)
lambda_i = scalar("lambda_i", index=i)
smallest = scalar("lambda_0")


@claim("after Theorem 2, lambda_0 < 1/2", expect=REFUTED, covers="3.19")
def smallest_eigenvalue_below_half():
    """For n = 1 and |x| = 1 the only eigenvalue, lambda_0 = H_11, is below 1/2."""
    return (Rational(1, 2) - arccos(1) / (2 * pi)) * 1 < Rational(1, 2)


@claim("after Theorem 2, lambda_0 < 1/2", amends=smallest_eigenvalue_below_half)
def smallest_eigenvalue_at_most_half():
    """lambda_0 <= 1/2: n lambda_0 is at most the sum of the eigenvalues, which is the trace, n/2."""
    ordered, unit = for_all(i, lambda_i >= smallest), for_all(i, norm2(x_i) == 1)
    return (
        chain(n * smallest)
        .le(total(lambda_i, i, n), sum_of_eigenvalues_at_least)
        .eq(total(entry, i, n), eigenvalues_and_trace)
        .eq(n / 2, trace)
        .given(ordered, unit)
    )


@claim("after Theorem 2, the trace", covers="3.20")
def trace():
    """tr(H_infinity) = n/2, for inputs of length 1."""
    return chain(total(entry, i, n)).eq(total(Rational(1, 2), i, n)).eq(n / 2).given(for_all(i, norm2(x_i) == 1))


@claim("after Theorem 2, the trace and the eigenvalues", expect=CITED, covers="3.20")
def eigenvalues_and_trace():
    """The trace is the sum of the eigenvalues."""
    return cited("linear algebra: the trace is the sum of the eigenvalues", total(lambda_i, i, n) == total(entry, i, n))


@claim("after Theorem 2, the eigenvalues' sum", expect=REFUTED, covers="3.21")
def sum_of_eigenvalues():
    """The sum of the eigenvalues exceeds n lambda_0; here for n = 1, where lambda_1 = lambda_0 = 1/2."""
    lambda_1 = scalar("lambda_1")
    return (lambda_1 > 1 * smallest).given(lambda_1 == smallest, smallest == Rational(1, 2))


@claim("after Theorem 2, the eigenvalues' sum", amends=sum_of_eigenvalues)
def sum_of_eigenvalues_at_least():
    """The sum of the eigenvalues is at least n lambda_0."""
    smaller = for_all(i, lambda_i >= smallest)
    return chain(n * smallest).eq(total(smallest, i, n)).le(total(lambda_i, i, n)).given(smaller)


@claim("after Theorem 2, the widths that suffice", covers="3.22")
def same_order_of_sufficient_widths():
    """For the same balls HB has 64/27 times the width of GD, m > 8 n L(0)/(lambda_0^2 R^2): of the same order."""
    from . import theorem_2 as of
    from .probability import R

    return of.width_for_the_radius * L_0 == Rational(64, 27) * (8 * n * L_0 / (lambda_0**2 * R**2))


@claim("after Theorem 2, the widths", expect=OPEN, covers="3.22")
def same_order_of_width():
    """HB requires the same order of width as GD: read as a necessity."""
    return missing("a lower bound on the width: both proofs give sufficient widths only", "HB requires the width of GD")
