"""The width: from R' < R to m = Omega(n^6 / (delta^3 lambda_0^4))."""

from proofcheck import Rational, Verdict, bounded, claim, counterexample, order, scalar

from .notation import m, n

REFUTED = Verdict.REFUTED

delta = scalar("delta", positive=True)
lambda_0 = scalar("lambda_0", positive=True)
alpha = scalar("alpha", positive=True)
c = scalar("c", positive=True)
L_hat_0, L_0 = scalar("L_hat_0", positive=True, latex=r"\hat{L}(0)"), scalar("L_0", positive=True, latex="L(0)")
pseudo_loss = scalar("L_hat_0", nonnegative=True, latex=r"\hat{L}(0)")
printed = n**6 / (delta**3 * lambda_0**4)
#: The width at which the printed R' equals R = c delta lambda_0 / n^2, constants dropped; alpha^2 = lambda_0/2.
needed = n**5 * L_hat_0 / (delta**2 * lambda_0**5)


@claim("the width for R' < R", covers="3.77")
def width_for_the_radius():
    """R' < R is equivalent to m > (256/9 c^2) n^5 L_hat(0) / (delta^2 lambda_0^5), exactly."""
    R = c * delta * lambda_0 / n**2
    squared = 32 * n * pseudo_loss / (9 * m * alpha**6)
    width = Rational(256, 9) * n**5 * pseudo_loss / (c**2 * delta**2 * lambda_0**5)
    half = alpha**2 == lambda_0 / 2
    return (squared < R**2).given(half, m > width), (m > width).given(half, squared < R**2)


@claim("the width is necessary", expect=REFUTED, covers="3.77")
def width_is_necessary():
    """R' < R implies a width of the printed order: not when f(0) = y, for then R' = 0 and m = 1 will do."""
    C = scalar("C", positive=True)
    R = c * delta * lambda_0 / n**2
    return counterexample(
        "R' < R implies m >= C n^6 / (delta^3 lambda_0^4) for some constant C",
        32 * n * 0 / (9 * 1 * alpha**6) < R**2,
        (C * n**6 / (Rational(1, 2) ** 3 * Rational(1, 2) ** 4) > 1).given(n * C > 1),
        because="L_hat(0) = 0, m = 1, delta = lambda_0 = 1/2, with n beyond 1/C",
    )


@claim("the width, with L_hat(0) <= n L(0) and L(0) of order n/delta", expect=REFUTED, covers="3.77")
def width_as_printed():
    """That the printed width is enough for R' < R follows from L_hat(0) <= n L(0), which the eigenvalues allow."""
    return bounded(
        order(needed, printed),
        large=[n],
        small=[delta, lambda_0],
        given=[order(L_hat_0, n * L_0), order(L_0, n / delta)],
    )


@claim("the width, with L_hat(0) <= n L(0) and L(0) of order n/delta", amends=width_as_printed)
def width_that_comes_out():
    """What comes out is n^7 / (delta^3 lambda_0^5)."""
    return bounded(
        order(needed, n**7 / (delta**3 * lambda_0**5)),
        large=[n],
        small=[delta, lambda_0],
        given=[order(L_hat_0, n * L_0), order(L_0, n / delta)],
    )


@claim("the width, when L_hat(0) is of order n/delta", expect=REFUTED, covers="3.77")
def width_for_bounded_eigenvalues():
    """Even with lambda_max(H) bounded the power of lambda_0 is 5, not 4."""
    return bounded(order(needed, printed), large=[n], small=[delta, lambda_0], given=[order(L_hat_0, n / delta)])


@claim("the width, when L_hat(0) is of order lambda_0 L(0)")
def width_in_the_best_case():
    """The printed power comes out when L_hat(0) is of order lambda_0 L(0), its lower bound."""
    return bounded(
        order(needed, printed),
        large=[n],
        small=[delta, lambda_0],
        given=[order(L_hat_0, lambda_0 * L_0), order(L_0, n / delta)],
    )


@claim("the width, from the sharp distance", sharpens=width_as_printed)
def width_from_the_sharp_distance():
    """For a constant kernel: (2/lambda_0) sqrt(2 n L(0)/m) < R as soon as m > 8 n^5 L(0) / (c^2 delta^2 lambda_0^4)."""
    R = c * delta * lambda_0 / n**2
    squared = 8 * n * L_0 / (m * lambda_0**2)
    return (squared < R**2).given(m > 8 * n**5 * L_0 / (c**2 * delta**2 * lambda_0**4))


@claim("the width, from the sharp distance", sharpens=width_as_printed)
def order_from_the_sharp_distance():
    """Its order is the printed one, with L(0) of order n/delta."""
    return bounded(
        order(n**5 * L_0 / (delta**2 * lambda_0**4), printed),
        large=[n],
        small=[delta, lambda_0],
        given=[order(L_0, n / delta)],
    )


@claim("the width, for the larger radius of Lemma 3.2", sharpens=width_as_printed)
def order_for_the_larger_radius():
    """With R of order lambda_0/n the network needs a width of order n^3 L(0)/lambda_0^4, below the printed one."""
    return bounded(
        order(n**3 * L_0 / lambda_0**4, printed),
        large=[n],
        small=[delta, lambda_0],
        given=[order(L_0, n / delta)],
    )
