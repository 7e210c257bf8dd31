"""False claims that a rule with a missing side condition would prove, and true ones that it would refute.

A rule may answer by leaving something unproved, or by refusing to be used so. The docstrings say why a claim is false.
"""

from __future__ import annotations

import pytest

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    at,
    bounded,
    chain,
    conserved,
    consistent,
    counterexample,
    derivative,
    displacement,
    every_mode,
    exp,
    flow,
    for_all,
    gronwall,
    gronwall_with_jumps,
    inner,
    integral,
    let,
    motion,
    norm,
    norm2,
    operator,
    order,
    path,
    refuted_by,
    scalar,
    scalar_path,
    sqrt,
    total,
    vector,
)
from proofcheck.language.expressions import Scalar
from proofcheck.language.flows import Flow

from .settling import Written, answer, claimed

t = scalar("t", nonnegative=True)
s = scalar("s", nonnegative=True)
r = scalar("r", nonnegative=True)
x = scalar("x")
alpha = scalar("alpha", positive=True)
n = scalar("n")
i = scalar("i")
u, v = vector("u"), vector("v")
Delta, X = path("Delta"), path("X")
H = operator("H", at_least=alpha**2)
H_t = operator("H_t", at_least=alpha**2, changes=Changes.BY_JUMPS)
frozen = flow(Delta.ddot == -2 * alpha * Delta.dot - H(Delta), time=t)
jumping = flow(Delta.ddot == -2 * alpha * Delta.dot - H_t(Delta), time=t)
V = let("V", inner(H(Delta), Delta) / 2 + norm2(alpha * Delta + Delta.dot) / 2)
V_t = let("V_t", inner(H_t(Delta), Delta) / 2 + norm2(alpha * Delta + Delta.dot) / 2)
E = let("E", norm2(X))
decay = flow(X.dot == -X, time=t)

FALSE: list[Written] = []
TRUE: list[Written] = []


def false(written: Written) -> Written:
    FALSE.append(written)
    return written


def true(written: Written) -> Written:
    TRUE.append(written)
    return written


# --- sums and integrals: bound variables -------------------------------------------------------------------------


@false
def bound_variable_under_a_hypothesis() -> object:
    """t^2/2 <= t, given s <= 1: false at t = 3, s = 0."""
    steps = chain(t**2 / 2).eq(integral(s, s, 0, t)).le(integral(1 + 0 * s, s, 0, t)).eq(t).given(s <= 1)
    lemma = claimed(steps, "lemma")
    return (t**2 / 2 <= t).by(lemma.at({s: 0}))


@false
def bound_variable_of_the_other_side_is_free() -> object:
    """s t^2/2 = t^3/3."""
    return integral(s * r, r, 0, t) == integral(s**2, s, 0, t)


@false
def factor_depends_on_the_other_variable() -> object:
    """s t = t^2/2."""
    return s * integral(0 * r + 1, r, 0, t) == integral(s, s, 0, t)


@false
def end_is_the_variable_itself() -> object:
    """s <= s^3/3, given s >= 1."""
    return (integral(1 + 0 * s, s, 0, s) <= integral(s**2, s, 0, s)).given(s >= 1)


@false
def value_captured_by_the_integral() -> object:
    """Putting s for t into the integral of s - t over s captures s: 0 = -s^2/2."""
    signed = scalar("s")
    lemma = claimed(integral(signed - t, signed, 0, t) == -(t**2) / 2, "lemma")
    nothing = claimed((integral(signed - signed, signed, 0, signed) == 0).given(signed >= 0), "nothing")
    return (-(signed**2) / 2 == 0).given(signed >= 0).by(lemma.at({t: signed}), nothing)


@false
def index_in_the_factor() -> object:
    """i n = sum of i: a factor outside depends on the index."""
    return i * total(1 + 0 * i, i, n) == total(i, i, n)


@false
def strict_sums() -> object:
    """The sum of no terms is not below itself: n = 0."""
    count = scalar("n", nonnegative=True)
    return total(0 * i, i, count) < total(1 + 0 * i, i, count)


@false
def strict_integrals() -> object:
    """At t = 0 both are 0."""
    return integral(0 * s, s, 0, t) < integral(1 + s, s, 0, t)


@false
def negative_number_of_terms() -> object:
    """n >= 0 for every n."""
    return chain(n).eq(total(Rational(1), i, n)).ge(total(Rational(0), i, n)).eq(0)


@false
def less_than_one_term() -> object:
    """n <= 0, given 0 <= n <= 1/2."""
    count = scalar("n", nonnegative=True)
    steps = chain(count).eq(total(Rational(1), i, count)).le(total(0 * i, i, count)).eq(0)
    return steps.given(count <= Rational(1, 2))


@false
def ends_in_the_wrong_order() -> object:
    """The integral from 0 to -1 of 1 is not at least that of 0."""
    end = scalar("e")
    return integral(1 + 0 * s, s, 0, end) >= integral(0 * s, s, 0, end)


@false
def interval_leaves_the_domain() -> object:
    """The integral of 2 - s from 0 to t, t >= 0, for s declared to be at most 2 is not at least that of 0 for t = 5."""
    short = scalar("s", nonnegative=True, at_most=2)
    return integral(2 - short, short, 0, t) >= integral(0 * short, short, 0, t)


@false
def interval_begins_below_the_domain() -> object:
    late = scalar("s", at_least=1)
    return integral(late - 1, late, 0, 1) >= integral(0 * late, late, 0, 1)


@false
def antiderivative_across_a_pole() -> object:
    """The integral of s^-2 from -1 to 1 is not -2."""
    signed = scalar("s")
    return integral(signed**-2, signed, -1, 1) == -2


@false
def moving_number_of_terms() -> object:
    """q = q(0) along q' = 1, when the sum of 1 over i <= q is said not to move."""
    q = scalar_path("q")
    steady = flow(q.dot == 1 + 0 * q, time=t)
    kept = claimed(lambda: conserved(steady, let("S", total(Rational(1), i, q))), "kept")
    now = claimed(total(Rational(1), i, q) == q, "now")
    then = claimed(total(Rational(1), i, at(q, 0)) == at(q, 0), "then")
    return (q == at(q, 0)).by(kept, now, then)


@false
def derivative_of_a_sum_over_time() -> object:
    """The sum of t over t = 1..n does not depend on t."""
    return derivative(total(t, t, n), t) == n


@false
def hypothesis_for_all_that_is_given_for_one() -> object:
    """From d(s) <= 1 at one s it does not follow that the integral of d is at most t."""
    d_s = at(scalar_path("d"), s)
    lemma = claimed((integral(d_s, s, 0, t) <= integral(1 + 0 * s, s, 0, t)).given(for_all(s, d_s <= 1)), "lemma")
    return (2 * integral(d_s, s, 0, t) <= 2 * t).given(at(scalar_path("d"), r) <= 1).by(lemma)


# --- moments -----------------------------------------------------------------------------------------------------


@false
def energy_at_a_chosen_time() -> object:
    """V <= exp(-100 alpha) V(0) now, whatever the time is."""
    bound = claimed(lambda: gronwall(frozen, V, alpha), "bound")
    return (V <= exp(-100 * alpha) * at(V, 0)).by(bound.at({t: Rational(100)}))


@false
def norm_at_a_moving_moment() -> object:
    """The derivative of |X(t)|^2 is not 0."""
    return derivative(norm2(at(X, t)), t) == 0


@false
def operator_at_a_moving_moment() -> object:
    """<H(t) u, u> = <H(0) u, u> for a kernel that jumps."""
    return conserved(jumping, at(inner(H_t(u), u), t))


# --- growth ------------------------------------------------------------------------------------------------------


@false
def energy_of_a_jumping_kernel() -> object:
    """Refuted by a motion with one jump."""
    return gronwall(jumping, V_t, alpha)


@false
def no_jumps_put_in() -> object:
    """The bound with jumps, at J = 0, without asking that the jumps add up to 0."""
    J = scalar("J")
    with_jumps = claimed(lambda: gronwall_with_jumps(jumping, V_t, alpha, J), "with_jumps")
    return (V_t <= exp(-alpha * t) * at(V_t, 0)).by(with_jumps.at({J: 0}))


@false
def jumps_called_the_rate() -> object:
    """The sum of the jumps is no parameter of the energy."""
    with_jumps = claimed(lambda: gronwall_with_jumps(jumping, V_t, alpha, alpha), "with_jumps")
    return (V_t <= exp(alpha - alpha * t) * at(V_t, 0)).by(with_jumps)


@false
def velocity_that_jumps() -> object:
    """Delta' is declared to jump: <Delta', u> of a flow with Delta'' = 0 is not constant."""
    D = path("D", jumps_from=1)
    return conserved(flow(D.ddot == 0 * D, time=t), inner(D.dot, u))


@false
def velocity_that_jumps_in_the_flow_only() -> object:
    """The same, with another declaration of D in the quantity."""
    return conserved(flow(path("D", jumps_from=1).ddot == 0 * path("D"), time=t), inner(path("D").dot, u))


@false
def path_that_the_flow_does_not_govern() -> object:
    return conserved(decay, norm2(path("Y")))


@false
def rate_that_moves() -> object:
    """V' = -t V does not give V = exp(-t t) V(0)."""
    return gronwall(flow(X.dot == -t * X, time=t), E, 2 * t, exactly=True)


@false
def root_that_is_no_norm() -> object:
    """sqrt(<u, X>) is not absolutely continuous where it vanishes; here the condition stays unproved."""
    return gronwall(decay, sqrt(inner(u, X)), 0)


@false
def displacement_of_a_jumping_velocity() -> object:
    D = path("D", jumps_from=1)
    return displacement(flow(D.ddot == 0 * D, time=t), D.dot, s)


@false
def parameter_captured_by_the_integral() -> object:
    """X' = s u with a parameter s: |X - X(0)| is s t |u|, not the integral of s |u| over s, t^2 |u| / 2."""
    return displacement(flow(X.dot == s * u, time=t), X, s)


@false
def negative_time() -> object:
    """A flow whose time may be negative."""
    return gronwall(flow(X.dot == -X, time=scalar("t")), E, 1)


@false
def two_flows_for_one_path() -> object:
    """X' = -X along one flow and X' = -2 X along another do not make X(0) vanish."""
    slow = claimed(lambda: gronwall(decay, E, 2, exactly=True), "slow")
    fast = claimed(lambda: gronwall(flow(X.dot == -2 * X, time=t), E, 4, exactly=True), "fast")
    return (exp(-2 * t) * at(E, 0) == exp(-4 * t) * at(E, 0)).by(slow, fast)


# --- premises and hypotheses -------------------------------------------------------------------------------------


@false
def hypothesis_with_a_hypothesis() -> object:
    """(x >= 5 implies x <= 1) implies x <= 1: false at x = 3."""
    return (x <= 1).given((x <= 1).given(x >= 5))


@false
def premise_with_an_empty_domain() -> object:
    """x <= 0, from a premise about a number that does not exist."""
    nothing = scalar("p", at_least=1, at_most=0)
    return (x <= 0).by(claimed(nothing <= nothing + 1, "lemma"))


@false
def premise_with_an_operator_that_may_not_exist() -> object:
    """x >= 0, from a premise about an operator of norm x."""
    small = operator("S", norm=x)
    return (x >= 0).by(claimed(inner(small(u), u) <= x * norm2(u), "lemma"))


@false
def premise_outside_its_domain() -> object:
    """sqrt(x) >= 0 is a claim for x >= 0 only."""
    p = scalar("p", nonnegative=True)
    return (sqrt(x) >= 0).by(claimed(sqrt(p) >= 0, "lemma").at({p: x}))


@false
def premise_without_its_hypothesis() -> object:
    return (x <= 1).by(claimed((x <= 1).given(x <= 0), "lemma"))


@false
def premise_that_is_false() -> object:
    return (x <= 1).by(claimed(x <= 0, "lemma"))


@false
def premise_in_a_circle() -> object:
    lemma = claimed(lambda: (x <= 0).by(theorem), "lemma")
    theorem = claimed(lambda: (x <= 0).by(lemma), "theorem")
    return (x <= 1).by(lemma)


@false
def premise_about_another_operator_of_the_same_name() -> object:
    """<K u, u> >= 5 |u|^2 for an operator of which nothing is known."""
    strong, any_operator = operator("K", at_least=5), operator("K")
    lemma = claimed(inner(strong(u), u) >= 5 * norm2(u), "lemma")
    return (inner(any_operator(u), u) >= 5 * norm2(u)).by(lemma)


# --- one mode or Gram --------------------------------------------------------------------------------------------


@false
def two_operators_commute() -> object:
    """<A u, B u> >= 0 for positive operators: false in dimension two, true for numbers."""
    A, B = operator("A", at_least=0), operator("B", at_least=0)
    return inner(A(u), B(u)) >= 0


@false
def product_of_inner_products() -> object:
    """<u, v>^2 = |u|^2 |v|^2: true for numbers only."""
    return inner(u, v) ** 2 == norm2(u) * norm2(v)


@false
def vectors_of_one_dimension_are_parallel() -> object:
    """<u, v> = 0 implies |u|^2 |v|^2 = 0: true for numbers only."""
    return (norm2(u) * norm2(v) == 0).given(inner(u, v) == 0)


@false
def hypothesis_about_vectors() -> object:
    """<u, v> >= 0 and <v, w> >= 0 do not give <u, v> <v, w> <u, w> >= 0 linearly: here |v| > 0 and <u, w> >= 0."""
    w = vector("w")
    return (inner(u, w) >= 0).given(inner(u, v) >= 0, inner(v, w) >= 0, norm2(v) == 1)


@false
def norms_are_no_numbers() -> object:
    """|<u, v>| = |u| |v|: true for numbers only."""
    return sqrt(inner(u, v) ** 2) == norm(u) * norm(v)


@false
def operator_of_a_dependent_coefficient() -> object:
    """<H u, v>^2 = <H u, u> <H v, v>."""
    K = operator("K", at_least=0)
    return inner(K(u), v) ** 2 == inner(K(u), u) * inner(K(v), v)


@false
def coefficient_is_an_inner_product() -> object:
    """|u|^2 <v, w> = <u, v> <u, w>: true for numbers only."""
    w = vector("w")
    return norm2(u) * inner(v, w) == inner(u, v) * inner(u, w)


@false
def scaled_by_an_inner_product() -> object:
    """The same with the coefficient inside: |<u, v> w|^2 = |u|^2 |v|^2 |w|^2."""
    w = vector("w")
    return inner(inner(u, v) * w, w) == inner(u, w) * inner(v, w)


@false
def constant_term() -> object:
    """n |u|^2 >= 1 - 1: a relation with a constant part; <u, v> + 1 >= 0 is false."""
    return inner(u, v) + 1 >= 0


@false
def nothing_is_unequal() -> object:
    """|u|^2 != 0 unless u = 0."""
    return norm2(u) != 0


@false
def strict_positivity() -> object:
    return norm2(u) > 0


@false
def scalar_and_vector_of_one_name() -> object:
    """<Q, Q'> >= 0, from q >= 0 and q' >= 0 for a number that happens to have the vector's name."""
    Q, q = path("Q"), scalar_path("Q")
    return (inner(Q, Q.dot) >= 0).given(q >= 0, q.dot >= 0)


@false
def vector_and_path_of_one_name() -> object:
    """A constant vector w and a path w are not the same."""
    return norm2(vector("w") - path("w")) == 0


@false
def operator_at_two_moments() -> object:
    """<H(0) u, H u> >= 0 for a kernel that jumps: false in dimension two."""
    K = operator("K", at_least=0, changes=Changes.BY_JUMPS)
    return inner(K(u), at(K(u), 0)) >= 0


@false
def undefined_goal() -> object:
    """x / x = 1 is undefined at 0."""
    return x / x == 1


@false
def undefined_times_zero() -> object:
    return 0 * (1 / x) == 0


@false
def root_of_a_square() -> object:
    return sqrt(x) ** 2 == x


@false
def logarithm_of_an_exponential_of_a_logarithm() -> object:
    from proofcheck import log

    return exp(log(x)) == x


# --- modes -------------------------------------------------------------------------------------------------------

z = scalar_path("z")
omega = scalar("omega", positive=True)
h = scalar("h")


def flat(speed: Scalar) -> Flow:
    return flow(z.ddot == speed * z, time=t)


def from_rest(factor: Scalar) -> object:
    return (z**2 <= factor * at(z, 0) ** 2).given(at(z.dot, 0) == 0)


@false
def mode_of_another_flow() -> object:
    """Claims about z'' = 0, used for z'' = -h z with h > -1: then |Delta| grows."""
    K = operator("K", at_least=-1)
    still = flow(z.ddot == 0 * z, time=t)
    velocity = claimed(lambda: conserved(still, let("B", z.dot)), "velocity")
    position = claimed(lambda: conserved(still, let("A", z - t * z.dot)), "position")
    bound = claimed((z**2 <= Rational(1) * at(z, 0) ** 2).given(at(z.dot, 0) == 0).by(velocity, position), "bound")
    p = scalar("p", at_least=-1)
    return every_mode(
        flow(Delta.ddot == -K(Delta), time=t),
        Rational(1),
        above=bound,
        mode_above=flow(z.ddot == -p * z, time=t),
        parameter=p,
        value=h,
        eigenvalue=h,
        at_bound=bound,
        mode_at_bound=flow(z.ddot == 1 * z, time=t),
    )


@false
def factor_that_depends_on_the_mode() -> object:
    """|Delta|^2 <= cosh(omega t)^2 |Delta(0)|^2 for every omega > 0, for Delta'' = K Delta with K >= 0."""
    K = operator("K", at_least=0)
    up, down = flat(omega**2), flat(Rational(0))
    first = claimed(lambda: conserved(up, let("A", exp(-omega * t) * (z.dot + omega * z))), "first")
    second = claimed(lambda: conserved(up, let("B", exp(omega * t) * (z.dot - omega * z))), "second")
    cosh = (exp(omega * t) + exp(-omega * t)) / 2

    def closed() -> object:
        return (
            chain(z)
            .eq(
                exp(omega * t) * (exp(-omega * t) * (z.dot + omega * z)) / (2 * omega)
                - exp(-omega * t) * (exp(omega * t) * (z.dot - omega * z)) / (2 * omega)
            )
            .eq(cosh * at(z, 0), first, second)
            .given(at(z.dot, 0) == 0)
        )

    above = claimed((z**2 <= cosh**2 * at(z, 0) ** 2).given(at(z.dot, 0) == 0).by(claimed(closed, "closed")), "above")
    velocity = claimed(lambda: conserved(down, let("B", z.dot)), "velocity")
    position = claimed(lambda: conserved(down, let("A", z - t * z.dot)), "position")
    below = (z**2 <= cosh**2 * at(z, 0) ** 2).given(at(z.dot, 0) == 0).by(velocity, position)
    return every_mode(
        flow(Delta.ddot == K(Delta), time=t),
        cosh**2,
        above=above,
        mode_above=up,
        parameter=omega,
        value=sqrt(h),
        eigenvalue=h,
        at_bound=claimed(below, "below"),
        mode_at_bound=down,
    )


def standing() -> dict[str, object]:
    """True claims about z'' = 0, for flows with K >= 0 that do nothing."""
    still = flow(z.ddot == -0 * omega * z, time=t)
    velocity = claimed(lambda: conserved(still, let("B", z.dot)), "velocity")
    position = claimed(lambda: conserved(still, let("A", z - t * z.dot)), "position")
    bound = claimed((z**2 <= Rational(1) * at(z, 0) ** 2).given(at(z.dot, 0) == 0).by(velocity, position), "bound")
    return {
        "above": bound,
        "mode_above": still,
        "parameter": omega,
        "value": sqrt(h),
        "eigenvalue": h,
        "at_bound": bound,
        "mode_at_bound": still,
    }


@false
def another_path_in_the_flow() -> object:
    """Delta'' = 0 K Delta + 0 Y is harmless, Delta'' = Y - Delta + ... is not: the other path is taken for Delta."""
    K, Y = operator("K", at_least=0), path("Y")
    return every_mode(flow(Delta.ddot == 0 * K(Delta) + Delta - Y, time=t), Rational(1), **standing())  # type: ignore[arg-type]


@false
def velocity_that_jumps_in_every_mode() -> object:
    """Delta' is declared to jump."""
    K, D = operator("K", at_least=0), path("D", jumps_from=1)
    return every_mode(flow(D.ddot == 0 * K(D), time=t), Rational(1), **standing())  # type: ignore[arg-type]


# --- schemes -----------------------------------------------------------------------------------------------------


@false
def remainder_that_is_not_bounded() -> object:
    """w'' + 5 g = 0 is not the limit of w(k+1) - 2 w(k) + w(k-1) = -h^2 g."""
    step, w, g = scalar("h", positive=True), path("w"), vector("g")
    return consistent(
        lambda before, now, after: after - 2 * now + before + step**2 * g,
        w.ddot + 5 * g,
        lambda behind, ahead: ahead - behind - 4 * g / step,
        curve=w,
        step=step,
    )


@false
def limit_that_depends_on_the_step() -> object:
    """w'' + g + h^-1 g is no limit."""
    step, w, g = scalar("h", positive=True), path("w"), vector("g")
    return consistent(
        lambda before, now, after: after - 2 * now + before + step**2 * g + step * g,
        w.ddot + g + g / step,
        lambda behind, ahead: ahead - behind,
        curve=w,
        step=step,
    )


# --- orders ------------------------------------------------------------------------------------------------------

N, M = scalar("N", positive=True), scalar("M", positive=True)
d = scalar("d", positive=True)


@false
def larger_power() -> object:
    return bounded(order(N**3, N**2), large=[N])


@false
def small_in_the_denominator() -> object:
    return bounded(order(N / d, N), large=[N], small=[d])


@false
def converse_of_what_is_given() -> object:
    return bounded(order(N, M), large=[N, M], given=[order(M, N)])


# --- true claims that must not be refuted ------------------------------------------------------------------------


@true
def integral_that_is_larger_later() -> object:
    """t/2 <= t^2/2 for t >= 1, although 1/2 <= s fails at s = 0."""
    late = scalar("t", at_least=1)
    return integral(Rational(1, 2) + 0 * s, s, 0, late) <= integral(s, s, 0, late)


@true
def hypothesis_at_the_variable() -> object:
    """With d = 1 at every s, both integrals are t + t^2."""
    d_s = at(scalar_path("d"), s)
    stated = integral(d_s * (1 + 2 * s), s, 0, t) <= integral(1 + t + 0 * s, s, 0, t)
    return stated.given(for_all(s, d_s == 1))


@true
def formula_that_a_premise_forbids() -> object:
    """Along X' = 0, |X|^2 = |X(0)|^2: a point with another |X| is not reached."""
    still = flow(X.dot == 0 * X, time=t)
    kept = claimed(lambda: conserved(still, E), "kept")
    return (E <= at(E, 0)).by(kept)


@true
def true_bound_and_a_motion_that_restarts_the_clock() -> object:
    """Along X' = t X, |X|^2 = exp(t^2) |X(0)|^2; the local time of a second piece is not the flow's."""
    clock, K = scalar("t"), operator("K", at_least=0)
    growing = flow(X.dot == clock * X + 0 * K(X), time=clock)

    def solution(position: Scalar) -> Scalar:
        return position * exp(clock**2 / 2)

    moved = motion(X, K, clock, 1).then(1, 0, solution).then(1, 0, solution)
    return refuted_by(norm2(X) == exp(clock**2) * norm2(at(X, 0)), growing, moved)


@true
def motion_below_the_operators_bound() -> object:
    """L <= L(0) from rest for K >= 1 (in fact it decays), but not for another K that is -1."""
    K, free = operator("K", at_least=1), operator("K")
    damped = flow(X.dot == -K(X), time=t)
    return refuted_by(E <= at(E, 0), damped, motion(X, free, h, 1).then(1, -1, lambda start: start * exp(h)))


@true
def motion_with_jumps_of_a_constant_operator() -> object:
    """Along X' = -K X, K >= 0 constant, X has not moved when <K X, X> = 0; it may have when K jumps to 0."""
    K, jumps = operator("K", at_least=0), operator("K", at_least=0, changes=Changes.BY_JUMPS)
    moved = motion(X, jumps, h, 1).then(1, 1, lambda start: start * exp(-h)).then(1, 0, lambda start: start + 0 * h)
    unmoved = (E == at(E, 0)).given(inner(K(X), X) == 0)
    return refuted_by(unmoved, flow(X.dot == -K(X), time=t), moved)


@true
def motion_that_lasts_too_long() -> object:
    """|X|^2 <= 9 |X(0)|^2 along X' = X for t in [0, 1]."""
    short = scalar("t", nonnegative=True, at_most=1)
    K = operator("K", at_least=0)
    moved = motion(X, K, h, 1).then(3, 0, lambda start: start * exp(h))
    return refuted_by(E <= 9 * at(E, 0), flow(X.dot == X + 0 * K(X), time=short), moved)


@true
def parameter_without_a_value() -> object:
    """|X|^2 <= |X(0)|^2 along X' = -X; an argument with an impossible parameter refutes nothing."""
    nothing = scalar("p", at_least=1, at_most=0)
    K = operator("K", at_least=0)
    moved = motion(X, K, h, 1).then(nothing, 0, lambda start: start * exp(h))
    return refuted_by(E <= at(E, 0), flow(X.dot == -X + 0 * K(X), time=t), moved)


@true
def counterexample_from_a_false_premise() -> object:
    """exp(1) > 2, whatever a false premise says."""
    lemma = claimed(exp(1) <= 2, "lemma")
    return counterexample("exp(1) > 2", (exp(1) <= 2).by(lemma), because="a false lemma")


@true
def order_within_a_domain() -> object:
    """A quantity that is at most 5 is bounded."""
    few = scalar("F", positive=True, at_most=5)
    return bounded(order(few, Rational(1)), large=[N])


@true
def order_above_a_domain() -> object:
    """1/F is bounded when F is at least 1, whether or not it is listed as large."""
    many = scalar("F", at_least=1)
    return bounded(order(1 / many, Rational(1)), large=[N])


@pytest.mark.parametrize("written", FALSE, ids=lambda written: written.__name__)
def test_a_false_claim_is_not_proved(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


@pytest.mark.parametrize("written", TRUE, ids=lambda written: written.__name__)
def test_a_true_claim_is_not_refuted(written: Written) -> None:
    assert answer(written) is not Verdict.REFUTED
