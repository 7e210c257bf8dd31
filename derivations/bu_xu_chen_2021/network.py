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

from .network_loss import loss_of_the_network_decays, weights_of_the_network
from .notation import L_0, Delta, L, alpha, lambda_0, m, n, t
from .probability import R

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


#: An activation, at a kink any selection of it; |Delta_i|; and <x_i, u>, which is of size |u| at most.
chi, Delta_i = scalar("chi_i", at_least=0, at_most=1, index=i), scalar("Delta_i", index=i)
size_i, seen = scalar("d_i", nonnegative=True, index=i, latex=r"|\Delta_i|"), scalar("y_i", index=i)
length = scalar("v", nonnegative=True, latex=r"\|u\|")


@claim("the gradient of a neuron, the triangle inequality")
def gradient_of_a_neuron():
    """<G_r, u>, a_r = 1 or -1, is at most m^(-1/2) sum |Delta_i| |u|, for every selection of the activations."""

    def bounded(sign):
        return (
            chain(total(sign * Delta_i * chi * seen / sqrt(m), i, n))
            .le(total(chi * size_i * length / sqrt(m), i, n))
            .le(total(size_i * length / sqrt(m), i, n))
        )

    sizes = for_all(i, Delta_i <= size_i), for_all(i, -Delta_i <= size_i)
    given = *sizes, for_all(i, seen <= length), for_all(i, -seen <= length)
    return bounded(1).given(*given), bounded(-1).given(*given)


@claim("the gradient of a neuron, its size")
def size_of_the_gradient():
    """So |G_r|^2 <= (n/m) |Delta|^2: the sum is <e, size> for e = (1, ..., 1) and size = (|Delta_1|, ...)."""
    e_n, size, G_size = vector("e"), vector("size", latex=r"|\Delta|"), scalar("G", nonnegative=True)
    return (G_size**2 <= n / m * norm2(size)).given(m * G_size**2 <= inner(e_n, size) ** 2, norm2(e_n) == n)


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


# That no speed exceeds sqrt(n/m) q is shown below, see the speed: from w_r, q and G_r alone, for each neuron.
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


@claim("Lemma 3.3 for the network, the loss as printed", covers="3.41", amends=loss_of_the_network_decays)
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


@claim("Lemma 3.3 for the network, the weights as printed", covers="3.42", amends=weights_of_the_network)
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
