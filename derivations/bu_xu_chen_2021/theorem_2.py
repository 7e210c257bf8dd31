"""Theorem 2: the start is good but for delta, and then the network keeps to the bound for all times.

The start fails where H(0) is far from H_infinity (Lemma 3.1), where too many neurons are near a kink (Lemma 3.2), or
where L(0) is larger than some level l: each with probability delta/3. Where it does not fail, the network is the flow
`network` with H_0 = H(0), and wide enough for its weights to stay inside.
"""

from proofcheck import (
    Rational,
    Verdict,
    at,
    chain,
    cited,
    claim,
    exp,
    first_exit,
    for_all,
    log,
    norm,
    scalar,
    sqrt,
    total,
)

from .network import (
    Delta_0,
    distance_up_to_the_exit,
    i,
    loss_up_to_the_exit,
    network,
    printed_loss_up_to_the_exit,
    w,
)
from .notation import L_0, lambda_0, m, n
from .probability import (
    R,
    delta,
    far_at_start,
    kernel_at_the_start,
    kernel_near_the_start,
    kernel_near_the_start_sharper,
    large_share,
    logarithm_above_one,
    logarithm_grows,
    more,
    probability,
    s,
    some,
    tau,
)
from .probability import lambda_0 as lambda_0_alone

CITED = Verdict.CITED

width_for_the_radius = Rational(512, 27) * n / (lambda_0**2 * R**2)
wide = width_for_the_radius * L_0 < m


@claim("Theorem 2, inside")
def distance_inside():
    """The weights stay inside for m > (512/27) n L(0)/(lambda_0^2 R^2)."""
    own = Rational(16, 9) * sqrt(3) * sqrt(n / m) * Delta_0 / lambda_0
    return (norm(w - at(w, 0)) <= own).given(wide).along(network).by(distance_up_to_the_exit)


@claim("Theorem 2, the loss of the network")
def loss_of_the_network():
    """Then L(t) <= 3 exp(-(9/8) alpha t) L(0) for all times."""
    return first_exit(loss_up_to_the_exit, distance_inside)


@claim("Theorem 2, the weights of the network")
def distance_of_the_network():
    """Then the weights stay for all times within (16/9) sqrt(6 n L(0)/m)/lambda_0."""
    return first_exit(distance_inside, distance_inside)


@claim("Theorem 2, the printed loss of the network")
def printed_loss_of_the_network():
    """Then L(t) <= (4/lambda_0) exp(-alpha t) L_hat(0) for all times."""
    return first_exit(printed_loss_up_to_the_exit, distance_inside)


#: |y_i| <= C for the labels, and 1/2 + C^2 bounds the mean of (f_i(0) - y_i)^2.
y_i, C = scalar("y_i", index=i), scalar("C", nonnegative=True)
bounded_labels = for_all(i, y_i**2 <= C**2)
mean = Rational(1, 2) + C**2
#: L(0) is larger than some level; one of the three events of the start fails.
level = scalar("l", positive=True)
large_loss = probability("p_loss", "L(0) > l")
failure = probability("p_fail", r"\text{the start fails}")


@claim("Theorem 2, the loss at the start", expect=CITED)
def expected_loss():
    """The mean of L(0) is the sum of (1/2 + y_i^2)/2: f_i(0) has the mean 0 and the variance E max(v, 0)^2 = 1/2."""
    return cited(
        "Markov's inequality; the signs a_r are independent, and v = <w_r(0), x_i> is standard normal",
        large_loss * level <= total((Rational(1, 2) + y_i**2) / 2, i, n),
    )


@claim("Theorem 2, the loss at the start")
def loss_at_the_start():
    """L(0) <= n (1/2 + C^2)/(2 delta) but for delta."""
    return (
        chain(large_loss)
        .le(1 / level * total((Rational(1, 2) + y_i**2) / 2, i, n), expected_loss)
        .le(1 / level * total(mean / 2, i, n))
        .eq(n * mean / (2 * level))
        .eq(delta)
        .given(bounded_labels, level == n * mean / (2 * delta))
    )


@claim("Theorem 2, one of the events fails", expect=CITED)
def one_of_three_fails():
    """The start fails where Lemma 3.1, Lemma 3.2 or the bound on L(0) does."""
    return cited("Boole's inequality: the union bound", failure <= far_at_start + large_share + large_loss)


printed_radius = R == Rational(5, 96) * delta * lambda_0 / n**2
third = delta / 3
chosen_level = level == 3 * n * mean / (2 * delta)
entries = s == lambda_0 / (4 * n)
width_for_entries = 8 * n**2 / lambda_0**2 * log(6 * n**2 / delta)
wide_for_entries = width_for_entries <= m


@claim("Theorem 2, Lemma 3.1")
def entries_but_for_a_third():
    """H(0) is far from H_infinity with probability delta/3 at most."""
    lemma = kernel_at_the_start.at({delta: third, lambda_0_alone: lambda_0})
    return (far_at_start <= third).given(entries, wide_for_entries).by(lemma)


@claim("Theorem 2, Lemma 3.2")
def shares_but_for_a_third():
    """A share is large with probability delta/3 at most, for R = c delta lambda_0/n^2, c = 5/96."""
    lemma = kernel_near_the_start.at({delta: third, lambda_0_alone: lambda_0})
    return (large_share <= third).given(printed_radius).by(lemma)


@claim("Theorem 2, the loss")
def loss_but_for_a_third():
    """L(0) exceeds 3 n (1/2 + C^2)/(2 delta) with probability delta/3 at most."""
    return (large_loss <= third).given(bounded_labels, chosen_level).by(loss_at_the_start.at({delta: third}))


@claim("Theorem 2, the start")
def start_is_good():
    """The start fails with probability delta at most."""
    return (
        chain(failure)
        .le(far_at_start + large_share + large_loss, one_of_three_fails)
        .le(third + third + third, entries_but_for_a_third, shares_but_for_a_third, loss_but_for_a_third)
        .eq(delta)
        .given(entries, wide_for_entries, printed_radius, bounded_labels, chosen_level)
    )


width = 10486 * mean * n**6 / (delta**3 * lambda_0**4)
below_one = delta <= 1, lambda_0 <= Rational(1, 2)


argument = 6 * n**2 / delta


@claim("Theorem 2, the logarithm")
def logarithm_below_its_argument():
    """log x <= x."""
    return log(argument) <= argument


@claim("Theorem 2, the orders")
def orders_below_one():
    """delta lambda_0/n is below 1."""
    return ((delta * lambda_0 / n) ** 2 <= 1).given(*below_one)


@claim("Theorem 2, the printed width and the entries")
def printed_width_for_the_entries():
    """The printed width n^6/(delta^3 lambda_0^4), times 10486 (1/2 + C^2), is enough for Lemma 3.1."""
    orders = n**6 / (delta**3 * lambda_0**4)
    return (
        chain(width_for_entries)
        .le(8 * n**2 / lambda_0**2 * argument, logarithm_below_its_argument)
        .eq(48 * orders * (delta * lambda_0 / n) ** 2)
        .le(48 * orders, orders_below_one)
        .le(width)
        .le(m)
        .given(width < m, *below_one)
    )


@claim("Theorem 2, the printed width and the radius")
def printed_width_for_the_radius():
    """The printed width is enough for the weights to stay inside."""
    return (
        chain(width_for_the_radius * L_0)
        .le(width_for_the_radius * level)
        .le(width)
        .lt(m)
        .given(width < m, printed_radius, chosen_level, L_0 <= level)
    )


# --- Theorem 2 for a smaller width -----------------------------------------------------------------------------

larger_radius = R == 5 * lambda_0 / (64 * n)
#: |f_i(0)| >= b while c_i <= 1, and c_i > 1, where c_i is the mean of max(<w_r(0), x_i>, 0)^2 over the neurons.
b = scalar("b", positive=True)
large_output = probability("p_output", r"|f_i(0)| \ge b, c_i \le 1", index=i)
large_mean = probability("p_mean", "c_i > 1", index=i)
output_level = level == n * (b**2 + C**2)
decay = Rational(1, 4) - log((1 + sqrt(2)) / 2)


@claim("Theorem 2, an output at the start", expect=CITED)
def output_at_the_start():
    """For given weights f_i(0) is a sum of independent terms a_r c_ir of mean 0; the sum of c_ir^2 is c_i <= 1."""
    return cited("Hoeffding 1963, Theorem 2, for both tails", large_output <= 2 * exp(-(b**2) / 2))


@claim("Theorem 2, the mean of the squares", expect=CITED)
def mean_of_squares():
    """P(c_i > 1) <= (M exp(-1/4))^m, M = (1 + sqrt 2)/2 the mean of exp(max(v, 0)^2/4) for v standard normal."""
    return cited("Chernoff 1952: Markov's inequality for the exponential", large_mean <= exp(-decay * m))


@claim("Theorem 2, the rate of the mean")
def rate_of_the_mean():
    """The rate of that decay exceeds 1/17."""
    return decay >= Rational(1, 17)


@claim("Theorem 2, the loss of small outputs")
def loss_of_small_outputs():
    """Where |f_i(0)| <= b for all samples, L(0) <= n (b^2 + C^2)."""
    f_i = scalar("f_i", index=i)
    return (
        chain(total((f_i - y_i) ** 2 / 2, i, n))
        .le(total(b**2 + C**2, i, n))
        .eq(n * (b**2 + C**2))
        .given(for_all(i, f_i**2 <= b**2), bounded_labels)
    )


@claim("Theorem 2, all outputs", expect=CITED)
def some_output_is_large():
    """Where L(0) > l = n (b^2 + C^2), some output is at least b."""
    bound = large_loss <= total(large_output + large_mean, i, n)
    return cited("Boole's inequality: the union bound", bound.given(bounded_labels, output_level))


smaller_level = b**2 == 2 * log(4 * n / delta), 17 * log(2 * n / delta) <= m


@claim("Theorem 2, the tail of an output")
def output_is_rarely_large():
    """An output is large with probability delta/(2 n) at most."""
    return (
        chain(large_output)
        .le(2 * exp(-(b**2) / 2), output_at_the_start)
        .eq(2 * exp(-log(4 * n / delta)))
        .eq(delta / (2 * n))
        .given(*smaller_level)
    )


@claim("Theorem 2, the tail of a mean")
def mean_is_rarely_large():
    """So is the mean of the squares."""
    return (
        chain(large_mean)
        .le(exp(-decay * m), mean_of_squares)
        .le(exp(-m / 17), rate_of_the_mean)
        .le(exp(-log(2 * n / delta)))
        .eq(delta / (2 * n))
        .given(*smaller_level)
    )


@claim("Theorem 2, the loss at the start")
def smaller_loss_at_the_start():
    """L(0) <= n (2 log(4 n/delta) + C^2) but for delta, from the width 17 log(2 n/delta) on."""
    half = delta / (2 * n)
    return (
        chain(large_loss)
        .le(total(large_output + large_mean, i, n), some_output_is_large)
        .le(total(half + half, i, n), output_is_rarely_large, mean_is_rarely_large)
        .eq(n * (half + half))
        .eq(delta)
        .given(*smaller_level, bounded_labels, output_level)
    )


logarithm = log(12 * n / delta)
chosen_output = b**2 == 2 * logarithm
chosen_deviation = tau == lambda_0 / (16 * n)
width_for_shares, width_for_outputs = 128 * n**2 / lambda_0**2 * log(3 * n / delta), 17 * log(6 * n / delta)
wide_for_shares, wide_for_outputs = width_for_shares <= m, width_for_outputs <= m
smaller_width = 3107 * n**4 * (2 * logarithm + C**2) / lambda_0**4
smaller = smaller_width < m, *below_one


@claim("Theorem 2, Lemma 3.2 for a larger radius")
def deviating_shares_but_for_a_third():
    """A share is large with probability delta/3 at most, for R = 5 lambda_0/(64 n)."""
    lemma = kernel_near_the_start_sharper.at({delta: third, lambda_0_alone: lambda_0})
    return (large_share <= third).given(larger_radius, chosen_deviation, wide_for_shares).by(lemma)


@claim("Theorem 2, the smaller loss")
def smaller_loss_but_for_a_third():
    """L(0) exceeds n (2 log(12 n/delta) + C^2) with probability delta/3 at most."""
    lemma = smaller_loss_at_the_start.at({delta: third})
    return (large_loss <= third).given(wide_for_outputs, chosen_output, bounded_labels, output_level).by(lemma)


@claim("Theorem 2, the start, for a larger radius")
def wider_start_is_good():
    """The start fails with probability delta at most."""
    thirds = entries_but_for_a_third, deviating_shares_but_for_a_third, smaller_loss_but_for_a_third
    return (
        chain(failure)
        .le(far_at_start + large_share + large_loss, one_of_three_fails)
        .le(third + third + third, *thirds)
        .eq(delta)
        .given(entries, wide_for_entries, larger_radius, chosen_deviation)
        .given(wide_for_shares, wide_for_outputs, chosen_output, bounded_labels, output_level)
    )


@claim("Theorem 2, the logarithm of the shares")
def logarithm_of_shares():
    """log(3 n/delta) <= log(12 n/delta)."""
    smaller = 3 * n / delta
    return chain(log(smaller)).le(log(4 * smaller), logarithm_grows.at({more: 4, some: smaller})).eq(logarithm)


@claim("Theorem 2, the logarithm of the outputs")
def logarithm_of_outputs():
    """log(6 n/delta) <= log(12 n/delta)."""
    smaller = 6 * n / delta
    return chain(log(smaller)).le(log(2 * smaller), logarithm_grows.at({more: 2, some: smaller})).eq(logarithm)


@claim("Theorem 2, the logarithm of the entries")
def logarithm_of_entries():
    """log(6 n^2/delta) <= 2 log(12 n/delta)."""
    smaller, factor = 6 * n**2 / delta, 24 / delta
    return (
        chain(log(smaller))
        .le(log(factor * smaller), logarithm_grows.at({more: factor, some: smaller}))
        .eq(log((12 * n / delta) * (12 * n / delta)))
        .eq(2 * logarithm)
        .given(delta <= 1)
    )


@claim("Theorem 2, the largest logarithm")
def logarithm_is_positive():
    """log(12 n/delta) >= 0."""
    return (logarithm >= 0).given(delta <= 1).by(logarithm_above_one.at({more: 12 * n / delta}))


own_order = n**2 / lambda_0**2


@claim("Theorem 2, the order of the width")
def order_of_the_width():
    """n^2/lambda_0^2 is at least 1."""
    return (own_order >= 1).given(lambda_0 <= Rational(1, 2))


@claim("Theorem 2, the smaller width")
def smaller_width_is_wide():
    """3107 n^4 (2 log(12 n/delta) + C^2)/lambda_0^4 exceeds 128 n^2 log(12 n/delta)/lambda_0^2."""
    return (
        chain(128 * own_order * logarithm)
        .le(128 * own_order * logarithm * own_order, order_of_the_width, logarithm_is_positive)
        .le(3107 * own_order**2 * (2 * logarithm + C**2), logarithm_is_positive)
        .eq(smaller_width)
        .le(m)
        .given(*smaller)
    )


@claim("Theorem 2, the smaller width and the entries")
def smaller_width_for_the_entries():
    """The smaller width is enough for Lemma 3.1."""
    return (
        chain(width_for_entries)
        .le(8 * n**2 / lambda_0**2 * (2 * logarithm), logarithm_of_entries)
        .le(128 * own_order * logarithm, logarithm_is_positive)
        .le(m, smaller_width_is_wide)
        .given(*smaller)
    )


@claim("Theorem 2, the smaller width and the shares")
def smaller_width_for_the_shares():
    """The smaller width is enough for Lemma 3.2."""
    return (
        chain(width_for_shares)
        .le(128 * own_order * logarithm, logarithm_of_shares)
        .le(m, smaller_width_is_wide)
        .given(*smaller)
    )


@claim("Theorem 2, the smaller width and the outputs")
def smaller_width_for_the_outputs():
    """The smaller width is enough for the loss at the start."""
    return (
        chain(width_for_outputs)
        .le(17 * logarithm, logarithm_of_outputs)
        .le(17 * logarithm * own_order, logarithm_is_positive, order_of_the_width)
        .le(128 * own_order * logarithm, logarithm_is_positive)
        .le(m, smaller_width_is_wide)
        .given(*smaller)
    )


@claim("Theorem 2, the smaller width and the radius")
def smaller_width_for_the_radius():
    """For the larger radius the smaller width is enough for the weights to stay inside."""
    return (
        chain(width_for_the_radius * L_0)
        .le(width_for_the_radius * level)
        .eq(Rational(2**20, 675) * n**4 * 2 * (b**2 + C**2) / lambda_0**4)
        .le(smaller_width)
        .lt(m)
        .given(smaller_width < m, larger_radius, chosen_output, output_level, L_0 <= level)
    )
