"""Lemmas 3.1 and 3.2: the kernel at the start is near its mean, and near the start near the one at the start.

Probabilities are numbers between 0 and 1, those of the events that their comments name, over the weights w_r(0), which
are independent and standard normal. All inputs have length 1. What is used of the theory of probability is cited:
Boole's, Markov's and Hoeffding's inequalities.

A neuron is near the kink of the sample i where |<w_r(0), x_i>| <= R; the share of the sample i is the share of these
neurons among all. Everything that happens inside the balls |w_r - w_r(0)| <= R is bounded by the shares, all at once.
"""

from proofcheck import (
    Rational,
    Verdict,
    absolute,
    arccos,
    chain,
    cited,
    claim,
    counterexample,
    exp,
    for_all,
    inner,
    integral,
    log,
    norm2,
    operator,
    pi,
    scalar,
    sqrt,
    total,
    vector,
)

from .notation import m, n

REFUTED, CITED = Verdict.REFUTED, Verdict.CITED

delta = scalar("delta", positive=True)
lambda_0 = scalar("lambda_0", positive=True)
i, j, k, r = scalar("i"), scalar("j"), scalar("k"), scalar("r")
u = vector("u")


def probability(name, latex, index=None):
    """The probability of an event."""
    return scalar(name, at_least=0, at_most=1, latex=rf"P({latex})", index=index)


# --- Lemma 3.1 -------------------------------------------------------------------------------------------------

#: An entry of H(0) differs from its mean by more than s, for each of the n^2 entries.
s = scalar("s", positive=True)
far_entry = probability("p_entry", r"|H_k(0) - H^\infty_k| > s", index=k)
#: |H(0) - H_infinity| > lambda_0/4, with the operator norm.
far_at_start = probability("p_start", r"\|H(0) - H^\infty\| > \lambda_0/4")
#: The entries' deviation that is allowed.
entrywise = s == lambda_0 / (4 * n)


@claim("Lemma 3.1, an entry's terms")
def terms_of_an_entry():
    """H_ij(0) is the mean of chi_i chi_j <x_i, x_j> over the neurons: all within 1/2 of one half of <x_i, x_j>."""
    x_i, x_j, chi = vector("x_i"), vector("x_j"), scalar("chi")
    rho = inner(x_i, x_j)
    return (absolute(chi * rho - rho / 2) <= Rational(1, 2)).given(norm2(x_i) == 1, norm2(x_j) == 1, chi**2 == chi)


@claim("Lemma 3.1, each entry", expect=CITED)
def entry_near_its_mean():
    """P(|H_ij(0) - H_ij^infinity| > s) <= 2 exp(-2 m s^2): a mean of m independent terms in an interval of length 1."""
    return cited("Hoeffding 1963, Theorem 2, for both tails", far_entry <= 2 * exp(-2 * m * s**2))


E_ij, E_i = scalar("E_ij", index=j), vector("E_i", index=i)


@claim("Lemma 3.1, a row of a matrix")
def row_of_small_entries():
    """A row of entries of size at most s has a squared length of at most n s^2."""
    return chain(total(E_ij**2, j, n)).le(total(s**2, j, n)).eq(n * s**2).given(for_all(j, E_ij**2 <= s**2))


@claim("Lemma 3.1, the norm of a matrix")
def norm_from_entries():
    """So |E u|^2, the sum of <E_i, u>^2 over the rows, is at most (n s)^2 |u|^2: |E| <= n s."""
    return (
        chain(total(inner(E_i, u) ** 2, i, n))
        .le(total(n * s**2 * norm2(u), i, n))
        .eq((n * s) ** 2 * norm2(u))
        .given(for_all(i, norm2(E_i) <= n * s**2))
    )


@claim("Lemma 3.1, all entries", expect=CITED)
def some_entry_is_far():
    """Where |H(0) - H_infinity| > lambda_0/4 = n s, some entry is off by more than s, see the norm of a matrix."""
    bound = far_at_start <= total(far_entry, k, n**2)
    return cited("Boole's inequality: the union bound", bound.given(entrywise))


@claim("Lemma 3.1, the distance as printed", expect=REFUTED, covers="3.36")
def kernel_at_the_start_as_printed():
    """With C n^2/lambda_0^2 log(n^2/delta) neurons for some C, |H(0) - H_infinity| <= lambda_0/4 but for delta.

    For n = 1 and delta near 1 that width is 1, and with one neuron H(0) is 0 or 1, never near 1/2.
    """
    C = scalar("C", positive=True)
    near_one, inverse = exp(-1 / (4 * C)), exp(1 / (4 * C))
    smallest = Rational(1, 2) - arccos(1) / (2 * pi)
    return counterexample(
        "for some constant C, m >= C n^2/lambda_0^2 log(n^2/delta) implies P(|H(0) - H_inf| > lambda_0/4) <= delta",
        near_one < 1,
        near_one * inverse == 1,
        smallest == Rational(1, 2),
        C * (1**2 / Rational(1, 2) ** 2) * log(inverse) <= 1,
        absolute(0 - smallest) > smallest / 4,
        absolute(1 - smallest) > smallest / 4,
        because="n = m = 1 and delta = exp(-1/(4 C)): H(0) is 0 or 1, so that the probability is 1",
    )


wide = 8 * n**2 / lambda_0**2 * log(2 * n**2 / delta) <= m


@claim("Lemma 3.1, the exponent")
def exponent_at_the_start():
    """From that width on the exponent 2 m s^2 is at least log(2 n^2/delta)."""
    return (-2 * m * s**2 <= -log(2 * n**2 / delta)).given(entrywise, wide)


@claim("Lemma 3.1, the tail")
def tail_at_the_start():
    """So the tail of one entry is at most delta/(2 n^2)."""
    logarithm = log(2 * n**2 / delta)
    return (
        chain(exp(-2 * m * s**2))
        .le(exp(-logarithm), exponent_at_the_start)
        .eq(delta / (2 * n**2))
        .given(entrywise, wide)
    )


@claim("Lemma 3.1, the distance", amends=kernel_at_the_start_as_printed)
def kernel_at_the_start():
    """P(|H(0) - H_infinity| > lambda_0/4) <= delta for m >= 8 n^2/lambda_0^2 log(2 n^2/delta)."""
    return (
        chain(far_at_start)
        .le(total(far_entry, k, n**2), some_entry_is_far)
        .le(total(2 * exp(-2 * m * s**2), k, n**2), entry_near_its_mean)
        .eq(n**2 * (2 * exp(-2 * m * s**2)))
        .le(n**2 * (2 * (delta / (2 * n**2))), tail_at_the_start)
        .eq(delta)
        .given(entrywise, wide)
    )


more, some, large = scalar("x", at_least=1), scalar("y", positive=True), scalar("z", at_least=4)


@claim("Lemma 3.1, a logarithm")
def logarithm_above_one():
    """log x >= 0 for x >= 1."""
    return chain(0).eq(log(1 / more * more)).eq(log(1 / more) + log(more)).le(log(more))


@claim("Lemma 3.1, a larger logarithm")
def logarithm_grows():
    """log y <= log(x y) for x >= 1."""
    return chain(log(some)).le(log(more) + log(some), logarithm_above_one).eq(log(more * some))


@claim("Lemma 3.1, the logarithm of twice as much")
def logarithm_of_twice_as_much():
    """2 log(2 z) <= 3 log z for z >= 4."""
    square = (2 * large) * (2 * large)
    return (
        chain(2 * log(2 * large))
        .eq(log(square))
        .le(log(large / 4 * square), logarithm_grows.at({more: large / 4, some: square}))
        .eq(log(large * large * large))
        .eq(3 * log(large))
    )


printed_logarithm = log(n**2 / delta)
two_samples = n >= 2, delta <= 1
printed_width = m >= 12 * n**2 / lambda_0**2 * printed_logarithm


@claim("Lemma 3.1, two samples")
def four_at_least():
    """n^2/delta >= 4 for n >= 2 and delta <= 1."""
    return (n**2 / delta >= 4).given(*two_samples)


@claim("Lemma 3.1, the printed width")
def printed_width_at_the_start():
    """So the width 12 n^2/lambda_0^2 log(n^2/delta) is enough."""
    return (
        chain(8 * n**2 / lambda_0**2 * log(2 * n**2 / delta))
        .le(
            8 * n**2 / lambda_0**2 * (Rational(3, 2) * printed_logarithm),
            four_at_least,
            logarithm_of_twice_as_much.at({large: n**2 / delta}),
        )
        .eq(12 * n**2 / lambda_0**2 * printed_logarithm)
        .le(m)
        .given(*two_samples, printed_width)
    )


@claim("Lemma 3.1, the distance from two samples on", amends=kernel_at_the_start_as_printed)
def kernel_at_the_start_of_two_samples():
    """For n >= 2 the lemma holds with the printed order of the width, m >= 12 n^2/lambda_0^2 log(n^2/delta)."""
    return (
        (far_at_start <= delta)
        .given(entrywise, *two_samples, printed_width)
        .by(printed_width_at_the_start, kernel_at_the_start)
    )


H_infinity = operator("H_infinity", at_least=lambda_0, latex=r"H^\infty")
at_start = operator("E_0", norm=lambda_0 / 4, latex=r"(H(0) - H^\infty)")
since = operator("E", norm=lambda_0 / 4, latex="(H(t) - H(0))")


@claim("Lemma 3.1, the smallest eigenvalue", covers="3.37")
def smallest_eigenvalue_at_the_start():
    """Where |H(0) - H_infinity| <= lambda_0/4, lambda_min(H(0)) >= 3 lambda_0/4 (Weyl)."""
    return inner(H_infinity(u), u) + inner(at_start(u), u) >= Rational(3, 4) * lambda_0 * norm2(u)


# --- Lemma 3.2 -------------------------------------------------------------------------------------------------

R = scalar("R", positive=True)
#: Some sample's share is lambda_0/(8 n) or more.
large_share = probability("p_share", r"\max_i S_i \ge \lambda_0/(8n)")
#: The share of one sample is lambda_0/(8 n) or more.
large_share_of = probability("p_i", r"S_i \ge \lambda_0/(8n)", index=i)
v = scalar("v")
#: A neuron is near the kink of a sample.
near_the_kink = probability("p_near", r"|\langle w_r(0), x_i \rangle| \le R")


@claim("Lemma 3.2, a neuron that flips")
def flips_are_near_the_kink():
    """A neuron within R of its start that has changed its activation on x_i began with |<w_r(0), x_i>| <= R."""
    w, w_0, x_i = vector("w_r"), vector("w_r0", latex="w_r(0)"), vector("x_i")
    near = norm2(w - w_0) <= R**2, norm2(x_i) == 1
    return (
        (inner(w_0, x_i) <= R).given(*near, inner(w, x_i) <= 0),
        (inner(w_0, x_i) >= -R).given(*near, inner(w, x_i) >= 0),
    )


chi_i, chi_j = (scalar(f"chi_{of}", at_least=0, at_most=1, index=r) for of in "ij")
chi_i0, chi_j0 = (scalar(f"chi_{of}0", at_least=0, at_most=1, latex=rf"\chi_{of}(0)", index=r) for of in "ij")
#: 1 for a neuron near the kink, 0 for the others: by this at most an activation has changed.
near_i, near_j = scalar("near_i", at_least=0, at_most=1, index=r), scalar("near_j", at_least=0, at_most=1, index=r)
changed_i = chi_i - chi_i0 <= near_i, chi_i0 - chi_i <= near_i
changed_j = chi_j - chi_j0 <= near_j, chi_j0 - chi_j <= near_j
product_change = chi_i * chi_j - chi_i0 * chi_j0
S_i, S_j = total(near_i, r, m) / m, total(near_j, r, m) / m


@claim("Lemma 3.2, a product of activations")
def larger_product():
    """A product of two activations grows by at most the sum of their changes."""
    return (
        chain(product_change)
        .eq((chi_i - chi_i0) * chi_j + chi_i0 * (chi_j - chi_j0))
        .le(near_i * chi_j + chi_i0 * near_j)
        .le(near_i + near_j)
        .given(*changed_i, *changed_j)
    )


@claim("Lemma 3.2, a product of activations")
def smaller_product():
    """And it falls by at most that."""
    return (
        chain(-product_change)
        .eq((chi_i0 - chi_i) * chi_j + chi_i0 * (chi_j0 - chi_j))
        .le(near_i * chi_j + chi_i0 * near_j)
        .le(near_i + near_j)
        .given(*changed_i, *changed_j)
    )


@claim("Lemma 3.2, an entry")
def entry_near_the_start():
    """|H_ij - H_ij(0)| <= S_i + S_j, for all weights in the balls at once; rho = <x_i, x_j>."""
    rho = scalar("rho", at_least=-1, at_most=1)
    shares = total((near_i + near_j) / m, r, m)
    given = [for_all(r, each) for each in (*changed_i, *changed_j)]

    def bounded(sign):
        change = total(sign * rho / m * product_change, r, m)
        return chain(change).le(shares, larger_product, smaller_product).eq(S_i + S_j).given(*given)

    return bounded(1), bounded(-1)


@claim("Lemma 3.2, the norm")
def norm_near_the_start():
    """Where all shares are below lambda_0/(8 n), |H - H(0)| <= n max |H_ij - H_ij(0)| < lambda_0/4."""
    share_i, share_j = scalar("S_i"), scalar("S_j")
    small = lambda_0 / (8 * n)
    return (n * (share_i + share_j) < lambda_0 / 4).given(share_i < small, share_j < small)


density = exp(-(v**2) / 2) / sqrt(2 * pi)


@claim("Lemma 3.2, the density", expect=CITED)
def standard_normal():
    """For |x_i| = 1 the product <w_r(0), x_i> is standard normal."""
    return cited("the normal distribution, its projections, its density", near_the_kink == integral(density, v, -R, R))


@claim("Lemma 3.2, the density's height")
def height_of_the_density():
    """The density is at most 1/sqrt(2 pi), which is below 2/5."""
    return sqrt(2 * pi) >= Rational(5, 2)


@claim("Lemma 3.2, the density's bound")
def near_the_kink_is_rare():
    """P(|<w_r(0), x_i>| <= R), the mean of a share, is at most 2 R/sqrt(2 pi) <= 4 R/5."""
    return (
        chain(near_the_kink)
        .eq(integral(density, v, -R, R), standard_normal)
        .le(integral(1 / sqrt(2 * pi), v, -R, R))
        .eq(2 * R / sqrt(2 * pi))
        .le(2 * R / Rational(5, 2), height_of_the_density)
        .eq(4 * R / 5)
    )


@claim("Lemma 3.2, the expected shares", expect=CITED)
def expected_shares():
    """The shares' expected sum is n P(|<w_r(0), x_i>| <= R), and none of them exceeds their sum."""
    return cited(
        "Markov's inequality, and the linearity of the expectation",
        large_share * (lambda_0 / (8 * n)) <= n * near_the_kink,
    )


@claim("Lemma 3.2, the distance", covers="3.38")
def kernel_near_the_start():
    """Some share is lambda_0/(8 n) or more with probability delta at most, for R = c delta lambda_0/n^2.

    c is 5/32 or less. So |H - H(0)| < lambda_0/4 but for delta, for every width.
    """
    return (
        chain(large_share)
        .le(8 * n**2 / lambda_0 * near_the_kink, expected_shares)
        .le(8 * n**2 / lambda_0 * (4 * R / 5), near_the_kink_is_rare)
        .le(delta)
        .given(R <= Rational(5, 32) * delta * lambda_0 / n**2)
    )


tau = scalar("tau", positive=True)


@claim("Lemma 3.2, one share", expect=CITED)
def share_near_its_mean():
    """P(S_i >= its mean + tau) <= exp(-2 m tau^2): a share is a mean of m independent numbers in [0, 1].

    Its mean is at most 4 R/5, see the density's bound.
    """
    bound = large_share_of <= exp(-2 * m * tau**2)
    return cited("Hoeffding 1963, Theorem 1", bound.given(4 * R / 5 + tau <= lambda_0 / (8 * n)))


@claim("Lemma 3.2, all shares", expect=CITED)
def some_share_is_large():
    """Some share is lambda_0/(8 n) or more."""
    return cited("Boole's inequality: the union bound", large_share <= total(large_share_of, i, n))


wide_for_shares = tau == lambda_0 / (16 * n), m >= 128 * n**2 / lambda_0**2 * log(n / delta)


@claim("Lemma 3.2, the exponent")
def exponent_near_the_start():
    """From the width 128 n^2/lambda_0^2 log(n/delta) on the exponent 2 m tau^2 is at least log(n/delta)."""
    return (-2 * m * tau**2 <= -log(n / delta)).given(*wide_for_shares)


@claim("Lemma 3.2, the tail")
def tail_near_the_start():
    """So the tail of one share is at most delta/n."""
    return (
        chain(exp(-2 * m * tau**2))
        .le(exp(-log(n / delta)), exponent_near_the_start)
        .eq(delta / n)
        .given(*wide_for_shares)
    )


@claim("Lemma 3.2, the distance", sharpens=kernel_near_the_start)
def kernel_near_the_start_sharper():
    """The same for R of order lambda_0/n, from the width 128 n^2/lambda_0^2 log(n/delta) on."""
    return (
        chain(large_share)
        .le(total(large_share_of, i, n), some_share_is_large)
        .le(total(exp(-2 * m * tau**2), i, n), share_near_its_mean)
        .eq(n * exp(-2 * m * tau**2))
        .le(n * (delta / n), tail_near_the_start)
        .eq(delta)
        .given(R <= 5 * lambda_0 / (64 * n), *wide_for_shares)
    )


@claim("Lemma 3.2, the smallest eigenvalue", expect=REFUTED, covers="3.39")
def smallest_eigenvalue_without_width():
    """lambda_min(H(t)) > lambda_0/2 with probability 1 - delta for every width; here n = m = 1, delta = 1/4.

    The only neuron is active with probability 1/2, and H is 0 when it is not, while lambda_0 = 1/2.
    """
    return counterexample(
        "P(lambda_min(H) > lambda_0/2) >= 1 - delta for every width",
        Rational(1, 2) < 1 - Rational(1, 4),
        (Rational(1, 2) - arccos(1) / (2 * pi)) / 2 > 0,
        because="one neuron, one sample: P(H > lambda_0/2) = P(w x >= 0) = 1/2",
    )


@claim("Lemma 3.2, the smallest eigenvalue", covers="3.40", amends=smallest_eigenvalue_without_width)
def smallest_eigenvalue_nearby():
    """On the events of Lemmas 3.1 and 3.2, lambda_min(H(t)) >= lambda_0/2."""
    whole = inner(H_infinity(u), u) + inner(at_start(u), u) + inner(since(u), u)
    return whole >= lambda_0 / 2 * norm2(u)


@claim("Lemma 3.2, the smallest eigenvalue, strictly", sharpens=smallest_eigenvalue_without_width)
def smallest_eigenvalue_strictly():
    """And strictly, as printed, for |H(t) - H(0)| < lambda_0/4, the distance of Lemma 3.2."""
    distance = scalar("d", nonnegative=True)
    nearer = operator("E_t", norm=distance, latex="(H(t) - H(0))")
    whole = inner(H_infinity(u), u) + inner(at_start(u), u) + inner(nearer(u), u)
    return (whole > lambda_0 / 2 * norm2(u)).given(distance < lambda_0 / 4, norm2(u) > 0)


#: lambda_min(H(t)) < lambda_0/2 somewhere in the balls.
degenerate = probability("p_min", r"\lambda_{\min}(H) < \lambda_0/2")


@claim("Lemmas 3.1 and 3.2, one of the events fails", expect=CITED)
def one_of_two_fails():
    """Where lambda_min(H) < lambda_0/2 somewhere in the balls, one of the two events has failed."""
    return cited("Boole's inequality: the union bound", degenerate <= far_at_start + large_share)


@claim("Lemma 3.2, the smallest eigenvalue's probability", amends=smallest_eigenvalue_without_width)
def smallest_eigenvalue_with_width():
    """lambda_min(H) >= lambda_0/2 in all the balls but for delta: half of delta for either lemma."""
    half = delta / 2
    return (
        chain(degenerate)
        .le(far_at_start + large_share, one_of_two_fails)
        .le(half + half, kernel_at_the_start.at({delta: half}), kernel_near_the_start.at({delta: half}))
        .eq(delta)
        .given(
            entrywise,
            8 * n**2 / lambda_0**2 * log(4 * n**2 / delta) <= m,
            R <= Rational(5, 64) * delta * lambda_0 / n**2,
        )
    )
