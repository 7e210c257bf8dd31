"""Section 2, Fact 2.2: the kernel of infinite width, and when its smallest eigenvalue is positive."""

from fractions import Fraction

from proofcheck import (
    Rational,
    Verdict,
    absolute,
    arccos,
    chain,
    cited,
    claim,
    cos,
    exp,
    flow,
    for_all,
    gronwall,
    inner,
    integral,
    let,
    log,
    norm,
    norm2,
    pi,
    power,
    scalar,
    sin,
    total,
    vector,
)

from .notation import m, n

REFUTED, CITED = Verdict.REFUTED, Verdict.CITED

r = scalar("r")

# --- Fact 2.2: the kernel of infinite width --------------------------------------------------------------------

#: The turn of the weight's direction in the plane of x_i and x_j, x_i being at 0 and x_j at theta_ij.
turn, angle = scalar("phi"), scalar("theta_ij", nonnegative=True)
short = scalar("t", at_least=0, at_most=Fraction(7, 10))
quarter = scalar("x", nonnegative=True)


@claim("Fact 2.2, the sine near 0")
def double_sine_grows():
    """sin(t) cos(t) grows from 0 on, for its derivative is 1 - 2 sin(t)^2 >= 1 - 2 t^2."""
    return gronwall(flow(time=short), -(sin(short) * cos(short)), 0)


right = let("right", arccos(0), latex=r"\tfrac{\pi}{2}")


@claim("Fact 2.2, the right angle")
def right_angle():
    """arccos(0) = pi/2."""
    return right == pi / 2


@claim("Fact 2.2, the sine up to a quarter turn")
def sine_of_a_half():
    """sin(x/2) = 2 sin(x/4) cos(x/4) >= 0 for x up to the right angle."""
    return (
        chain(sin(quarter / 2))
        .eq(2 * (sin(quarter / 4) * cos(quarter / 4)))
        .ge(0, double_sine_grows.at({short: quarter / 4}))
        .given(quarter <= right)
    )


@claim("Fact 2.2, the cosine up to an eighth of a turn")
def cosine_of_a_half():
    """cos(x/2) = 1 - 2 sin(x/4)^2 >= 1 - x^2/8 >= 0 for x up to the right angle."""
    return (
        chain(cos(quarter / 2))
        .eq(1 - 2 * sin(quarter / 4) ** 2)
        .ge(1 - 2 * (quarter / 4) ** 2)
        .ge(0)
        .given(quarter <= right)
    )


@claim("Fact 2.2, the sine up to a quarter turn")
def sine_of_a_quarter():
    """sin(x) = 2 sin(x/2) cos(x/2) >= 0 for x up to the right angle."""
    halves = sin(quarter / 2) * cos(quarter / 2)
    return chain(sin(quarter)).eq(2 * halves).ge(0, sine_of_a_half, cosine_of_a_half).given(quarter <= right)


@claim("Fact 2.2, the sine of the right angle")
def sine_of_the_right_angle():
    """sin(pi/2) = 1."""
    return sin(right) == 1


@claim("Fact 2.2, a direction within a quarter turn")
def cosine_near_zero():
    """cos(x) = sin(pi/2 - x) >= 0 for x up to the right angle."""
    return (
        chain(cos(quarter))
        .eq(sin(right) * cos(quarter), sine_of_the_right_angle)
        .eq(sin(right) * cos(quarter) - cos(right) * sin(quarter))
        .eq(sin(right - quarter))
        .ge(0, sine_of_a_quarter.at({quarter: right - quarter}))
        .given(quarter <= right)
    )


@claim("Fact 2.2, a direction within a quarter turn, on the other side")
def cosine_is_even():
    """cos(-x) = cos(x)."""
    return cos(-turn) == cos(turn)


@claim("Fact 2.2, a direction beyond a quarter turn")
def cosine_of_the_opposite():
    """cos(phi - pi) = -cos(phi)."""
    return chain(cos(turn - pi)).eq(cos(turn) * cos(pi) + sin(turn) * sin(pi)).eq(-cos(turn))


@claim("Fact 2.2, the half turn in which a sample is active")
def active_half_turn():
    """cos(phi) >= 0 for |phi| <= pi/2."""
    return (
        (cos(turn) >= 0).given(turn >= 0, turn <= right).by(cosine_near_zero.at({quarter: turn})),
        (cos(turn) >= 0).given(turn <= 0, turn >= -right).by(cosine_near_zero.at({quarter: -turn}), cosine_is_even),
    )


@claim("Fact 2.2, the half turn in which a sample is not active")
def passive_half_turn():
    """cos(phi) = -cos(phi - pi) <= 0 for |phi - pi| <= pi/2, and so for |phi + pi| <= pi/2."""
    away = turn - pi
    return (
        (cos(turn) <= 0)
        .given(away >= 0, away <= right)
        .by(cosine_near_zero.at({quarter: away}), cosine_of_the_opposite),
        (cos(turn) <= 0)
        .given(away <= 0, away >= -right)
        .by(cosine_near_zero.at({quarter: -away}), cosine_is_even.at({turn: away}), cosine_of_the_opposite),
    )


#: P is the probability that both samples are active, one number for each angle between them.
both = scalar("P", index=angle)


@claim("Fact 2.2, the directions of the weights", expect=CITED)
def direction_is_uniform():
    """Both samples are active in a share of the directions: phi from theta - pi/2 to pi/2, by the two half turns.

    The projection of a standard Gaussian weight to the plane of x_i and x_j is a standard Gaussian there.
    """
    return cited(
        "Muirhead 1982, Theorem 1.5.6: the direction of a spherical vector is uniform",
        both == integral(1 / (2 * pi), turn, angle - pi / 2, pi / 2),
    )


@claim("Fact 2.2, the probability that both samples are active", covers="2.21")
def probability_that_both_are_active():
    """P(w x_i >= 0, w x_j >= 0) = 1/2 - theta_ij/(2 pi), for the angle 0 <= theta_ij <= pi between them."""
    return (
        chain(both)
        .eq(integral(1 / (2 * pi), turn, angle - pi / 2, pi / 2), direction_is_uniform)
        .eq(Rational(1, 2) - angle / (2 * pi))
        .given(angle <= pi)
    )


x_i, x_j = vector("x_i"), vector("x_j")
product = inner(x_i, x_j)


@claim("Fact 2.2, the closed form for inputs of any length", expect=REFUTED, covers="2.22")
def closed_form_of_any_inputs():
    """H_ij = (1/2 - arccos(<x_i, x_j>)/(2 pi)) <x_i, x_j> for any inputs: not on the diagonal, where H_ii = |x_i|^2/2.

    Fact 2.2 does not say that |x_i| = 1; beyond 1 the arc cosine is not even defined.
    """
    square = scalar("q", positive=True, at_most=1, latex=r"\|x_i\|^2")
    return (Rational(1, 2) - arccos(square) / (2 * pi)) * square == square / 2


@claim("Fact 2.2, the closed form", covers="2.22", amends=closed_form_of_any_inputs)
def closed_form():
    """H_ij = (1/2 - arccos(<x_i, x_j>)/(2 pi)) <x_i, x_j> for unit inputs, whose angle is arccos(<x_i, x_j>)."""
    return (
        chain(product * both)
        .eq(product * (Rational(1, 2) - angle / (2 * pi)), probability_that_both_are_active)
        .eq((Rational(1, 2) - arccos(product) / (2 * pi)) * product)
        .given(angle <= pi, norm2(x_i) == 1, norm2(x_j) == 1, product <= 1, product >= -1, angle == arccos(product))
    )


@claim("Fact 2.2, the closed form for inputs of any length", amends=closed_form_of_any_inputs)
def closed_form_for_all_lengths():
    """In general the angle is that of the directions: arccos(<x_i, x_j>/(|x_i| |x_j|))."""
    cosine = scalar("c_ij", at_least=-1, at_most=1)
    return (
        chain(product * both)
        .eq(product * (Rational(1, 2) - angle / (2 * pi)), probability_that_both_are_active)
        .eq((Rational(1, 2) - arccos(cosine) / (2 * pi)) * product)
        .given(angle <= pi, product == cosine * norm(x_i) * norm(x_j), angle == arccos(cosine))
    )


# --- Fact 2.2: when is the smallest eigenvalue positive? -------------------------------------------------------

c = scalar("c_ij", at_least=-1, at_most=1, latex="c_{ij}")
share = let("p_ij", Rational(1, 2) - arccos(c) / (2 * pi), latex="p_{ij}")
first, second = scalar("u_1"), scalar("u_2")


@claim("Fact 2.2, the smallest eigenvalue", expect=CITED, covers="2.23")
def smallest_eigenvalue_of_the_limit():
    """If no two inputs are parallel, the smallest eigenvalue of H_infinity is positive."""
    return cited("Du, Zhai, Poczos, Singh 2018, Theorem 3.1", "x_i not parallel to x_j for i != j implies lambda_0 > 0")


@claim("Fact 2.2, one sample", expect=REFUTED, covers="2.23")
def smallest_eigenvalue_of_one_sample():
    """For n = 1 nothing has to be not parallel, and lambda_0 = |x_1|^2/2 > 0: not for x_1 = 0."""
    square = scalar("q", nonnegative=True, latex=r"\|x_1\|^2")
    return square / 2 > 0


@claim("Fact 2.2, one sample", amends=smallest_eigenvalue_of_one_sample)
def smallest_eigenvalue_of_one_unit_sample():
    """lambda_0 = 1/2 for one input of length 1."""
    return (Rational(1, 2) - arccos(1) / (2 * pi)) * 1 == Rational(1, 2)


@claim("Fact 2.2, two samples: the form")
def form_of_two_samples():
    """u^2/2 + v^2/2 + 2 q c u v >= (1 - |c|) (u^2 + v^2)/2 for a probability q <= 1/2."""
    q = scalar("q", nonnegative=True)
    form = (first**2 + second**2) / 2 + 2 * q * c * first * second
    return (form >= (1 - absolute(c)) / 2 * (first**2 + second**2)).given(q <= Rational(1, 2))


@claim("Fact 2.2, two samples", covers="2.23")
def two_samples():
    """lambda_0 >= (1 - |c|)/2 for two unit inputs with <x_1, x_2> = c: positive unless they are parallel."""
    form = (first**2 + second**2) / 2 + 2 * share * c * first * second
    bound = (1 - absolute(c)) / 2 * (first**2 + second**2)
    return (form >= bound).by(form_of_two_samples.at({scalar("q", nonnegative=True): share}))


#: Any number of samples: v_j are unit vectors, of which different ones have a cosine of size at most epsilon; A_i is
#: the size of the weight u_i, sigma the sum of all sizes, and form_i = <u_i v_i, sum of all u_j v_j>.
i, j = scalar("i"), scalar("j")
epsilon, sigma = scalar("epsilon", nonnegative=True), scalar("sigma")
size, form = scalar("A_i", nonnegative=True, index=i), scalar("form_i", index=i)
squares = total(size**2, i, n)
#: By the products with one sample, the definition of sigma, and the sum of the sizes.
nearly_orthogonal_vectors = (
    for_all(i, form >= size**2 - epsilon * size * (sigma - size)),
    sigma == total(size, i, n),
    sigma**2 <= n * squares,
)


@claim("Fact 2.2, any number of samples: the products with one of them")
def products_with_one_sample():
    """The other samples add at least -epsilon |u_i| (sigma - |u_i|) to u_i^2 in form_i: term by term."""
    own, v_i = scalar("u_i"), vector("v_i")
    u_j, v_j = scalar("u_j", index=j), vector("v_j", index=j)
    apart = for_all(j, inner(v_i, v_j) ** 2 <= epsilon**2)
    others = total(own * u_j * inner(v_i, v_j), j, n - 1)
    return (others >= total(-epsilon * absolute(own) * absolute(u_j), j, n - 1)).given(apart)


@claim("Fact 2.2, any number of samples: the sum of the sizes")
def sum_of_sizes():
    """sigma^2 is at most n times the sum of the squares: e = (1, ..., 1), U = (A_1, ..., A_n)."""
    e, U = vector("e"), vector("U")
    return (inner(e, U) ** 2 <= n * norm2(U)).given(norm2(e) == n)


@claim("Fact 2.2, any number of samples: vectors that are nearly orthogonal")
def nearly_orthogonal():
    """|sum u_i v_i|^2, the sum of the form_i, is at least (1 - (n - 1) epsilon) sum u_i^2."""
    return (
        chain(total(form, i, n))
        .ge(total((1 + epsilon) * size**2 - epsilon * sigma * size, i, n))
        .eq((1 + epsilon) * squares - epsilon * sigma * total(size, i, n))
        .ge((1 - (n - 1) * epsilon) * squares)
        .given(*nearly_orthogonal_vectors)
    )


whole, beta_k = scalar("F", latex=r"u^\top H^\infty u"), scalar("beta_k", positive=True)


@claim("Fact 2.2, any number of samples: one power of the kernel", expect=CITED)
def one_power_of_the_kernel():
    """F = u^T H_infinity u >= beta_k |sum u_i v_i|^2 for unit vectors with <v_i, v_j> = <x_i, x_j>^(2k + 2), every k.

    The entries are c/4 + c arcsin(c)/(2 pi) = c/4 + the sum of beta_k c^(2k + 2), beta_k = (2k choose k)/(4^k (2k + 1))
    over 2 pi; the entrywise powers of a Gram matrix are Gram matrices, so that no term is negative.
    """
    return cited(
        "Abramowitz, Stegun 1964, 4.4.40, and Schur's product theorem: Horn, Johnson 1985, Theorem 7.5.3",
        whole >= beta_k * total(form, i, n),
    )


@claim("Fact 2.2, any number of samples", covers="2.23", sharpens=smallest_eigenvalue_of_the_limit)
def smallest_eigenvalue_from_below():
    """lambda_0 >= beta_k (1 - (n - 1) epsilon), where |<x_i, x_j>|^(2k + 2) <= epsilon for all i != j."""
    return (
        chain(whole)
        .ge(beta_k * total(form, i, n), one_power_of_the_kernel)
        .ge(beta_k * ((1 - (n - 1) * epsilon) * squares), nearly_orthogonal)
        .given(*nearly_orthogonal_vectors)
    )


@claim("Fact 2.2, any number of samples: the power", covers="2.23")
def some_power_is_small():
    """Where no two inputs are parallel, |<x_i, x_j>| <= c < 1, and c^q <= 1/(2 n) from some q on: lambda_0 > 0."""
    largest, q = scalar("c", positive=True, below=1), scalar("q", positive=True)
    return (
        chain(power(largest, q))
        .eq(exp(q * log(largest)))
        .le(exp(-log(2 * n)))
        .eq(1 / (2 * n))
        .given(q * -log(largest) >= log(2 * n))
    )


@claim("Fact 2.2, the same input twice", covers="2.23")
def repeated_input():
    """For x_1 = x_2 the form (u_1^2 + u_2^2)/2 + 2 H_12 u_1 u_2 vanishes at u = (1, -1): lambda_0 = 0."""
    return Rational(1) + 2 * ((Rational(1, 2) - arccos(1) / (2 * pi)) * 1) * 1 * -1 == 0


@claim("Fact 2.2, opposite inputs", sharpens=smallest_eigenvalue_of_the_limit)
def opposite_inputs():
    """Parallel inputs may do: for x_2 = -x_1, never active together, H_12 = 0 and lambda_0 = 1/2."""
    return (Rational(1, 2) - arccos(-1) / (2 * pi)) * -1 == 0


def entry(of_angle):
    """The entry of two unit inputs at an angle."""
    return (Rational(1, 2) - of_angle / (2 * pi)) * cos(of_angle)


@claim("Fact 2.2, opposite inputs: the angle")
def cosine_of_the_supplement():
    """cos(pi - theta) = -cos(theta)."""
    return chain(cos(pi - angle)).eq(cos(pi) * cos(angle) + sin(pi) * sin(angle)).eq(-cos(angle))


@claim("Fact 2.2, opposite inputs: half of the kernel is linear")
def entry_and_its_opposite():
    """The entries of x_j and -x_j differ by <x_i, x_j>/2: the angle of x_i and -x_j is pi - theta."""
    return (entry(angle) - entry(pi - angle) == cos(angle) / 2).by(cosine_of_the_supplement)


@claim("Fact 2.2, opposite inputs: weights that are odd")
def form_of_opposite_pairs():
    """With weights d_i at x_i and -d_i at -x_i, two pairs add d_i d_j <x_i, x_j>: the form is |sum d_i x_i|^2."""
    d_i, d_j = scalar("d_i"), scalar("d_j")
    same_side, other_side = d_i * d_j * entry(angle), d_i * -d_j * entry(pi - angle)
    return (2 * same_side + 2 * other_side == d_i * d_j * cos(angle)).by(entry_and_its_opposite)


@claim("Fact 2.2, three pairs of opposite inputs", covers="2.23")
def hexagon():
    """But lambda_0 = 0 for the corners of a hexagon, no two of them the same: x_1 - x_2 + x_3 = 0.

    H_infinity has the null vector (1, -1, 1, -1, 1, -1) on x_1, x_2, x_3 and their opposites: here its first row, and
    the others are like it. Neighbours have the cosine 1/2, and the next corner is at the supplement of their angle.
    """
    next_to, beyond = entry(angle), entry(pi - angle)
    row = entry(Rational(0)) - next_to + beyond - entry(pi) + beyond - next_to
    return (
        chain(row)
        .eq(Rational(1, 2) - 2 * (next_to - beyond))
        .eq(0, entry_and_its_opposite)
        .given(cos(angle) == Rational(1, 2))
    )


# --- the limit of infinite width -------------------------------------------------------------------------------

p = scalar("p_ij", at_least=0, at_most=1, latex="p_{ij}")


@claim("after Fact 2.2, the limit", expect=CITED, covers="2.24")
def limit_of_the_kernel():
    """H(0) tends to H_infinity almost surely as m grows: each entry is a mean of independent, bounded terms."""
    return cited(
        "Durrett 2019, Theorem 2.4.1: the strong law of large numbers",
        "lim H_ij(0) = (H_infinity)_ij for m to infinity, a.s.",
    )


@claim("after Fact 2.2, the mean", covers="2.24")
def mean_of_the_kernel():
    """E H_ij(0) = (H_infinity)_ij at every width, by (2.6): p_ij is the probability that both are active."""
    return total(c * p / m, r, m) == c * p


@claim("after Fact 2.2, the variance", covers="2.24")
def variance_of_the_kernel():
    """The variance of H_ij(0) is c^2 p (1 - p)/m <= 1/(4 m), c = <x_i, x_j>: it tends to 0."""
    return chain(total(c**2 * (p * (1 - p)) / m**2, r, m)).eq(c**2 * (p * (1 - p)) / m).le(1 / (4 * m))
