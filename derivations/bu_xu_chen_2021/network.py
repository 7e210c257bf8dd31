"""Section 3.1 for the network itself: Lemma 3.4 and what Theorem 2 needs, where Delta' jumps with the kernel.

J(t) is the gradient of f with respect to all weights, J_0 = J(0). What is absolutely continuous is w', and z = J_0 w'
with it; what jumps is p = (J - J_0) w' and e = J_0 (J - J_0)* Delta, which are small as long as every neuron has stayed
within R of its start. Both are paths here of which no more is known than their size.

A solution is a path w with an absolutely continuous w' that obeys (3.5) at almost every moment, J(t) being any
selection of the generalised gradient: at a kink an activation is any number in [0, 1].
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
    flow,
    for_all,
    gronwall,
    inner,
    let,
    log,
    mean_value,
    norm,
    norm2,
    operator,
    path,
    scalar,
    scalar_path,
    sqrt,
    total,
    vector,
)

from .notation import L_0, Delta, L, alpha, lambda_0, m, n, t
from .probability import (
    R,
    delta,
    far_at_start,
    kernel_at_the_start,
    kernel_near_the_start,
    kernel_near_the_start_sharper,
    large_share,
    probability,
    s,
    tau,
)
from .probability import lambda_0 as lambda_0_alone

CITED = Verdict.CITED

z, p, e = path("z"), path("p"), path("e")
w, G = path("w_r", latex="w_r"), path("G_r", latex="G_r")
#: The velocity that |Delta| would gather: q' = -2 alpha q + |Delta|.
q = scalar_path("q")
H_0 = operator("H_0", at_least=Rational(3, 2) * alpha**2)
small = alpha**2 / 4
e_is_small = norm2(e) <= small**2 * norm2(Delta)
G_is_bounded = norm2(G) <= n / m * norm2(Delta)
p_is_small = norm2(p) <= small**2 * q**2

#: L(0) is |Delta(0)|^2/2.
Delta_0 = norm(at(Delta, 0))

#: The network, begun at rest, while every neuron is within R of its start, w_r being any of them.
network = flow(
    Delta.dot == z + p,
    z.dot == -2 * alpha * z - H_0(Delta) - e,
    w.ddot == -2 * alpha * w.dot - G,
    q.dot == -2 * alpha * q + norm(Delta),
    time=t,
    subject_to=[
        e_is_small,
        p_is_small,
        G_is_bounded,
        norm2(at(z, 0)) == 0,
        norm2(at(w.dot, 0)) == 0,
        at(q, 0) == 0,
    ],
    inside=norm(w - at(w, 0)) <= R,
)

# --- why the network is such a flow ----------------------------------------------------------------------------


@claim("(3.5), a solution", expect=CITED)
def a_solution_exists():
    """(3.5), with the generalised gradient, has a solution for all times from every start."""
    return cited(
        "Filippov 1988, Chapter 2, Section 7, Theorems 1 and 2: an upper semicontinuous right side with nonempty, "
        "compact, convex values and of linear growth",
        "from every w(0), w'(0) there is a w with an absolutely continuous w' that obeys (3.5) for almost every t",
    )


@claim("(3.5), the chain rule", expect=CITED)
def chain_rule_almost_everywhere():
    """f' = J w' at almost every moment for every selection J: where <w_r, x_i> = 0, its derivative is 0 as well."""
    return cited(
        "Gilbarg, Trudinger 2001, Lemmas 7.6 and 7.7: the derivative of g vanishes almost everywhere on g = 0",
        "f_i' = sum_r <df_i/dw_r, w_r'> for almost every t, along an absolutely continuous w",
    )


u, W = vector("u"), path("W")


@claim("the first-order form")
def first_order_form_of_the_network():
    """z' = -2 alpha z - H_0 Delta - e: tested with u, for all weights W, z = J_0 W', W'' = -2 alpha W' - J* Delta."""
    pulled_u, pulled_0, pulled = vector("J_0u", latex="J_0^* u"), vector("J_0D"), vector("JD")
    acceleration = -2 * alpha * W.dot - pulled
    return (inner(u, z.dot) == inner(u, -2 * alpha * z - H_0(Delta) - e)).given(
        inner(u, z) == inner(pulled_u, W.dot),
        inner(u, z.dot) == inner(pulled_u, acceleration),
        inner(u, H_0(Delta)) == inner(pulled_u, pulled_0),
        inner(u, e) == inner(pulled_u, pulled - pulled_0),
    )


i, r = scalar("i"), scalar("r")
#: 1 for a neuron near the kink of a sample, 0 for the others, and how its activation has changed, times 1 or -1.
near, change = scalar("near_r", at_least=0, at_most=1, index=r), scalar("c_r", index=r)
changed = for_all(r, change <= near), for_all(r, -change <= near)
share = total(near, r, m) / m
#: The largest share, over the samples.
S = scalar("S", nonnegative=True)
few = S <= lambda_0 / (8 * n)


@claim("the kernel's change, an entry")
def entry_of_e():
    """The entries of J_0 (J - J_0)*, sum_r k_r (chi_jr - chi_jr(0))/m, k_r = <x_i, x_j> chi_ir(0), have size S_j."""
    k = scalar("k_r", at_least=-1, at_most=1, index=r)

    def bounded(sign):
        return chain(total(sign * k * change / m, r, m)).le(total(near / m, r, m)).eq(share).given(*changed)

    return bounded(1), bounded(-1)


E_i, error = vector("E_i", index=i), vector("Delta")


@claim("the kernel's change, its size")
def size_of_e():
    """So |e| <= n S |Delta| <= lambda_0/8 |Delta|."""
    return (
        chain(total(inner(E_i, error) ** 2, i, n))
        .le(total(n * S**2 * norm2(error), i, n))
        .eq((n * S) ** 2 * norm2(error))
        .le(small**2 * norm2(error))
        .given(for_all(i, norm2(E_i) <= n * S**2), few)
    )


x_i, v_r = vector("x_i"), vector("v_r", latex=r"\dot{w}_r", index=r)
speed = scalar("v", nonnegative=True)
no_faster = norm(x_i) == 1, norm(v_r) <= speed


@claim("the jumps of Delta', a neuron")
def velocity_of_a_neuron():
    """|<x_i, w_r'>| is at most its speed."""
    lengths = norm(x_i) * norm(v_r)
    return (
        chain(inner(x_i, v_r)).le(lengths).le(speed).given(*no_faster),
        chain(-inner(x_i, v_r)).le(lengths).le(speed).given(*no_faster),
    )


@claim("the jumps of Delta', an entry")
def entry_of_p():
    """p_i = sum_r a_r (chi_ir - chi_ir(0)) <x_i, w_r'>/sqrt m is of size sqrt(m) S_i v at most, for speeds up to v."""
    y = scalar("y_r", index=r)

    def bounded(sign):
        entry = total(sign * change * y / sqrt(m), r, m)
        return chain(entry).le(total(speed / sqrt(m) * near, r, m)).eq(sqrt(m) * share * speed)

    given = *changed, for_all(r, y <= speed), for_all(r, -y <= speed)
    return bounded(1).given(*given), bounded(-1).given(*given)


p_i, gathered_now = scalar("p_i", index=i), scalar("q", nonnegative=True)


@claim("the jumps of Delta', their size")
def size_of_p():
    """With the speeds up to v = sqrt(n/m) q, |p| <= n S q <= lambda_0/8 q."""
    return (
        chain(total(p_i**2, i, n))
        .le(total(n * S**2 * gathered_now**2, i, n))
        .eq((n * S) ** 2 * gathered_now**2)
        .le(small**2 * gathered_now**2)
        .given(for_all(i, p_i**2 <= m * S**2 * (n / m * gathered_now**2)), few)
    )


# --- the energy ------------------------------------------------------------------------------------------------

lag = z + alpha * Delta
pulled = H_0.inverse(lag)
rest = Delta - alpha**2 * H_0.inverse(Delta)
V = let("V", inner(pulled, lag) / 2 + inner(rest, Delta) / 2)
U = let("U", V + alpha**2 * q**2 / 10)
rate = Rational(9, 8) * alpha


@claim("Lemma 3.3 for the network, the balance")
def balance_of_the_network():
    """V' = -2 alpha V up to what e and p do."""
    work = -inner(pulled, e) + alpha * inner(pulled, p) + inner(rest, p)
    return network.d(V) == -2 * alpha * V + work


@claim("Lemma 3.3 for the network, the work of e")
def work_of_e():
    """By Young's inequality."""
    return (
        chain(-inner(pulled, e))
        .le(Rational(3, 8) * alpha**3 * norm2(pulled) + Rational(2, 3) / alpha**3 * norm2(e))
        .le(alpha * (Rational(3, 8) * alpha**2 * norm2(pulled) + norm2(Delta) / 24))
        .given(e_is_small)
    )


@claim("Lemma 3.3 for the network, the work of p")
def work_of_p():
    """By Young's inequality."""
    return (inner(pulled, p) <= Rational(9, 32) * alpha**2 * norm2(pulled) + alpha**2 * q**2 / 18).given(p_is_small)


@claim("Lemma 3.3 for the network, the work of p")
def more_work_of_p():
    """By Young's inequality."""
    return (inner(rest, p) <= alpha * (Rational(21, 64) * norm2(rest) + alpha**2 * q**2 / 21)).given(p_is_small)


@claim("Lemma 3.3 for the network, the gathered velocity")
def gathered_and_error():
    """By Young's inequality."""
    return alpha * q * norm(Delta) <= norm2(Delta) / 3 + Rational(3, 4) * alpha**2 * q**2


@claim("Lemma 3.3 for the network, what the energy holds")
def what_the_energy_holds():
    """A lower bound of V, mode by mode."""
    parts = Rational(3, 4) * alpha**2 * norm2(pulled) + norm2(Delta) / 8 + Rational(3, 8) * norm2(rest)
    return V >= parts


@claim("Lemma 3.3 for the network, the energy's derivative")
def energy_of_the_network_slope():
    """U' <= -(9/8) alpha U for U = V + alpha^2 q^2/10: all of it together."""
    parts = balance_of_the_network, work_of_e, work_of_p, more_work_of_p, gathered_and_error, what_the_energy_holds
    return (network.d(U) <= -rate * U).given(e_is_small, p_is_small).by(*parts)


@claim("Lemma 3.3 for the network, the energy falls")
def energy_of_the_network_falls():
    """U falls at the rate (9/8) alpha, up to the first exit."""
    return gronwall(network, U, rate, by=[energy_of_the_network_slope])


@claim("Lemma 3.3 for the network, the energy at the start")
def energy_of_the_network_at_rest():
    """From rest U(0) = L(0): no power of lambda_0 is lost."""
    return (at(U, 0) == L_0).given(at(z, 0) == 0, at(q, 0) == 0)


@claim("Lemma 3.3 for the network, the loss and the energy")
def loss_below_the_energy():
    """L <= 3 V, as H_0 >= (3/2) alpha^2, and V <= U."""
    return chain(L).le(3 * V).le(3 * U)


@claim("Lemma 3.3 for the network, the loss")
def loss_up_to_the_exit():
    """L <= 3 exp(-(9/8) alpha t) L(0), up to the first exit."""
    fading = exp(-rate * t)
    return (
        chain(L)
        .le(3 * U, loss_below_the_energy)
        .le(3 * (fading * at(U, 0)), energy_of_the_network_falls)
        .eq(3 * fading * L_0, energy_of_the_network_at_rest)
        .along(network)
    )


weighed = exp(2 * alpha * t) * w.dot
gathered = sqrt(n / m) * exp(2 * alpha * t) * q


@claim("Lemma 3.3 for the network, the velocity's derivative")
def velocity_slope():
    """|(exp(2 alpha t) w_r')'| = exp(2 alpha t) |G_r| is at most the derivative of sqrt(n/m) exp(2 alpha t) q."""
    return (
        chain(norm(network.velocity(weighed)))
        .eq(exp(2 * alpha * t) * norm(G))
        .le(exp(2 * alpha * t) * (sqrt(n / m) * norm(Delta)))
        .eq(network.d(gathered))
        .given(G_is_bounded)
    )


@claim("Lemma 3.3 for the network, the velocity gathers")
def velocity_gathers_at_most():
    """exp(2 alpha t) w_r' moves by at most sqrt(n/m) exp(2 alpha t) q."""
    return mean_value(network, weighed, gathered, by=[velocity_slope])


@claim("Lemma 3.3 for the network, the speed")
def speed_from_rest():
    """|w_r'| is exp(-2 alpha t) times what exp(2 alpha t) w_r' has moved."""
    moved = norm(weighed - at(weighed, 0, t))
    return (norm(w.dot) == exp(-2 * alpha * t) * moved).given(at(w.dot, 0) == 0)


@claim("Lemma 3.3 for the network, the speed")
def speed_of_a_neuron():
    """|w_r'| <= sqrt(n/m) q."""
    E = exp(-2 * alpha * t)
    return (
        chain(norm(w.dot))
        .eq(E * norm(weighed - at(weighed, 0, t)), speed_from_rest)
        .le(E * (gathered - at(gathered, 0, t)), velocity_gathers_at_most)
        .eq(sqrt(n / m) * q)
        .along(network)
    )


@claim("Lemma 3.3 for the network, the speed's sign")
def gathered_velocity_is_positive():
    """q >= 0, for a speed is below it."""
    return (q >= 0).along(network).by(speed_of_a_neuron)


fading_error = sqrt(3) * Delta_0 * exp(-rate / 2 * t)


@claim("Lemma 3.3 for the network, the error")
def error_up_to_the_exit():
    """|Delta| <= sqrt 3 exp(-(9/16) alpha t) |Delta(0)|."""
    return (norm(Delta) <= fading_error).along(network).by(loss_up_to_the_exit)


reach = sqrt(n / m) / (2 * alpha) * (-q - 2 / rate * fading_error)


@claim("Lemma 3.3 for the network, the weights move")
def distance_gathers():
    """|w_r(t) - w_r(0)| is at most what sqrt(n/m) q gathers, where 2 alpha q = |Delta| - q'."""
    return mean_value(network, w, reach, by=[speed_of_a_neuron, error_up_to_the_exit])


@claim("Lemma 3.3 for the network, the weights")
def distance_up_to_the_exit():
    """|w_r(t) - w_r(0)| <= (16/9) sqrt(3 n/m) |Delta(0)|/lambda_0, up to the first exit."""
    return (
        chain(norm(w - at(w, 0)))
        .le(reach - at(reach, 0, t), distance_gathers)
        .le(sqrt(n / m) / (2 * alpha) * (2 / rate * (sqrt(3) * Delta_0)), gathered_velocity_is_positive)
        .eq(Rational(16, 9) * sqrt(3) * sqrt(n / m) * Delta_0 / lambda_0)
        .along(network)
    )


# --- Lemma 3.4 -------------------------------------------------------------------------------------------------

L_hat_0 = let("L_hat_0", inner(H_0(at(Delta, 0)), at(Delta, 0)) / 2, latex=r"\hat{L}(0)")
R_prime = let("R_prime", sqrt(32 * n * L_hat_0 / (9 * m * alpha**6)), latex="R'")
printed = 4 / lambda_0 * exp(-alpha * t) * L_hat_0


@claim("Lemma 3.3 for the network, the printed constants")
def pseudo_loss_at_the_start():
    """L_hat(0) >= (3 lambda_0/4) L(0), on the event of Lemma 3.1."""
    return L_0 <= Rational(4, 3) / lambda_0 * L_hat_0


@claim("Lemma 3.3 for the network, the loss as printed", covers="3.41")
def printed_loss_up_to_the_exit():
    """L(t) <= (4/lambda_0) exp(-alpha t) L_hat(0), as printed, up to the first exit."""
    return (
        chain(L)
        .le(3 * exp(-rate * t) * L_0, loss_up_to_the_exit)
        .le(3 * exp(-alpha * t) * L_0)
        .le(3 * exp(-alpha * t) * (Rational(4, 3) / lambda_0 * L_hat_0), pseudo_loss_at_the_start)
        .eq(printed)
        .along(network)
    )


@claim("Lemma 3.3 for the network, the weights as printed", covers="3.42")
def printed_distance_up_to_the_exit():
    """|w_r(t) - w_r(0)| <= R', as printed, up to the first exit."""
    own = Rational(16, 9) * sqrt(3) * sqrt(n / m) * Delta_0 / lambda_0
    return (
        chain(norm(w - at(w, 0))).le(own, distance_up_to_the_exit).le(R_prime, pseudo_loss_at_the_start).along(network)
    )


@claim("Lemma 3.4, inside")
def printed_distance_inside():
    """If R' < R, the weights stay inside."""
    return (norm(w - at(w, 0)) <= R_prime).given(R_prime < R).along(network).by(printed_distance_up_to_the_exit)


@claim("Lemma 3.4, the weights", covers=("3.73", "3.75"))
def lemma_3_4_weights():
    """If R' < R, then |w_r(t) - w_r(0)| <= R' for all times."""
    return first_exit(printed_distance_inside, printed_distance_inside)


@claim("Lemma 3.4, the smallest eigenvalue", covers="3.74")
def lemma_3_4_eigenvalue():
    """If R' < R, then for all times |H(t) - H(0)| <= lambda_0/4, by Lemma 3.2, and lambda_min(H(t)) >= lambda_0/2."""
    since = operator("E", norm=lambda_0 / 4, latex="(H(t) - H(0))")
    whole = inner(H_0(u), u) + inner(since(u), u)
    return (whole >= lambda_0 / 2 * norm2(u)).given(R_prime < R).by(lemma_3_4_weights)


@claim("Lemma 3.4, the loss", covers="3.76")
def lemma_3_4_loss():
    """If R' < R, then L(t) <= (4/lambda_0) exp(-alpha t) L_hat(0) for all times."""
    return first_exit(printed_loss_up_to_the_exit, printed_distance_inside)


# --- Theorem 2 -------------------------------------------------------------------------------------------------

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


@claim("Theorem 2, the start")
def start_is_good():
    """The start fails with probability delta at most, for R = c delta lambda_0/n^2, c = 5/96."""
    lemma_3_1 = kernel_at_the_start.at({delta: third, lambda_0_alone: lambda_0})
    lemma_3_2 = kernel_near_the_start.at({delta: third, lambda_0_alone: lambda_0})
    return (
        chain(failure)
        .le(far_at_start + large_share + large_loss, one_of_three_fails)
        .le(third + third + third, lemma_3_1, lemma_3_2, loss_at_the_start.at({delta: third}))
        .eq(delta)
        .given(
            entries,
            wide_for_entries,
            printed_radius,
            bounded_labels,
            chosen_level,
        )
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
decay = Rational(1, 4) - log((1 + sqrt(2)) / 2)


@claim("Theorem 2, an output at the start", expect=CITED)
def output_at_the_start():
    """For given weights f_i(0) is a sum of independent terms a_r c_ir, the mean of c_i, the sum of c_ir^2."""
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
    return cited("Boole's inequality: the union bound", large_loss <= total(large_output + large_mean, i, n))


smaller_level = b**2 == 2 * log(4 * n / delta), 17 * log(2 * n / delta) <= m


@claim("Theorem 2, the tail of an output")
def tail_of_an_output():
    """The tail of one output is at most delta/(2 n)."""
    logarithm = log(4 * n / delta)
    return chain(2 * exp(-(b**2) / 2)).eq(2 * exp(-logarithm)).eq(delta / (2 * n)).given(*smaller_level)


@claim("Theorem 2, the tail of a mean")
def tail_of_a_mean():
    """So is that of the mean of the squares."""
    return (
        chain(exp(-decay * m))
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
        .le(total(2 * exp(-(b**2) / 2) + exp(-decay * m), i, n), output_at_the_start, mean_of_squares)
        .eq(n * (2 * exp(-(b**2) / 2) + exp(-decay * m)))
        .le(n * (half + half), tail_of_an_output, tail_of_a_mean)
        .eq(delta)
        .given(*smaller_level)
    )


logarithm = log(12 * n / delta)
chosen_output, smaller_level_chosen = b**2 == 2 * logarithm, level == n * (b**2 + C**2)
chosen_deviation = tau == lambda_0 / (16 * n)
width_for_shares, width_for_outputs = 128 * n**2 / lambda_0**2 * log(3 * n / delta), 17 * log(6 * n / delta)
wide_for_shares, wide_for_outputs = width_for_shares <= m, width_for_outputs <= m
smaller_width = 3107 * n**4 * (2 * logarithm + C**2) / lambda_0**4
smaller = smaller_width < m, *below_one


@claim("Theorem 2, the start, for a larger radius")
def wider_start_is_good():
    """The start fails with probability delta at most, for R = 5 lambda_0/(64 n)."""
    lemma_3_1 = kernel_at_the_start.at({delta: third, lambda_0_alone: lambda_0})
    lemma_3_2 = kernel_near_the_start_sharper.at({delta: third, lambda_0_alone: lambda_0})
    return (
        chain(failure)
        .le(far_at_start + large_share + large_loss, one_of_three_fails)
        .le(third + third + third, lemma_3_1, lemma_3_2, smaller_loss_at_the_start.at({delta: third}))
        .eq(delta)
        .given(entries, wide_for_entries, larger_radius, chosen_deviation)
        .given(wide_for_shares, wide_for_outputs, chosen_output)
    )


more, some = scalar("x", at_least=1), scalar("y", positive=True)


@claim("Theorem 2, a logarithm")
def logarithm_above_one():
    """log x >= 0 for x >= 1."""
    return chain(0).eq(log(1 / more * more)).eq(log(1 / more) + log(more)).le(log(more))


@claim("Theorem 2, a larger logarithm")
def logarithm_grows():
    """log y <= log(x y) for x >= 1."""
    return chain(log(some)).le(log(more) + log(some), logarithm_above_one).eq(log(more * some))


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
        .given(*below_one)
    )


@claim("Theorem 2, the largest logarithm")
def logarithm_is_positive():
    """log(12 n/delta) >= 0."""
    return (logarithm >= 0).given(*below_one).by(logarithm_above_one.at({more: 12 * n / delta}))


own_order = n**2 / lambda_0**2


@claim("Theorem 2, the order of the width")
def order_of_the_width():
    """n^2/lambda_0^2 is at least 1."""
    return (own_order >= 1).given(*below_one)


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
        .given(smaller_width < m, larger_radius, chosen_output, smaller_level_chosen, L_0 <= level)
    )
