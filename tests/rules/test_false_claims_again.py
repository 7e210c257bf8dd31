"""A second attack on the rules: false claims that a hole would prove, and true ones that it would refute.

As in `test_false_claims`, a rule may leave a claim unproved or refuse to be used so. The docstrings say why.
"""

from __future__ import annotations

import pytest
import sympy

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    at,
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
    from_sympy,
    gronwall,
    inner,
    integral,
    let,
    motion,
    norm,
    norm2,
    operator,
    path,
    refuted_by,
    scalar,
    scalar_path,
    sqrt,
    total,
    vector,
)
from proofcheck.language.claims import Claim
from proofcheck.language.expressions import Operator, Scalar, Symbol, Vector
from proofcheck.language.flows import Flow
from proofcheck.rules.growth import integrated

from .settling import Written, answer, claimed

t = scalar("t", nonnegative=True)
s = scalar("s", nonnegative=True)
T = scalar("T", nonnegative=True)
x, n, h = scalar("x"), scalar("n"), scalar("h")
i, k = scalar("i"), scalar("k")
N = scalar("N", at_least=1)
alpha = scalar("alpha", positive=True)
q, z = scalar_path("q"), scalar_path("z")
X = path("X")
u, v = vector("u"), vector("v")
K = operator("K", at_least=0)
S = operator("S", norm=x)
E_s = operator("E", norm=s)
steady = flow(q.dot == 1 + 0 * q, time=t)
still = flow(q.dot == 0 * q, time=t)
decay = flow(X.dot == -alpha * X, time=t)
growing = flow(X.dot == X + 0 * K(X), time=t)

FALSE: list[Written] = []
TRUE: list[Written] = []


def false(written: Written) -> Written:
    FALSE.append(written)
    return written


def true(written: Written) -> Written:
    TRUE.append(written)
    return written


# --- flows and their parameters ----------------------------------------------------------------------------------


@false
def two_values_of_a_parameter() -> object:
    """X' = -X along one flow and X' = -2 X along another do not make X(0) vanish."""
    lemma = claimed(lambda: gronwall(decay, norm2(X), 2 * alpha, exactly=True), "lemma")
    first, second = lemma.at({alpha: 1}), lemma.at({alpha: 2})
    return (exp(-2 * t) * at(norm2(X), 0) == exp(-4 * t) * at(norm2(X), 0)).by(first, second)


@false
def value_of_a_parameter_with_a_symbol() -> object:
    """The same for alpha and x^2 + 1."""
    lemma = claimed(lambda: gronwall(decay, norm2(X), 2 * alpha, exactly=True), "lemma")
    second = exp(-2 * (x**2 + 1) * t) * at(norm2(X), 0)
    return (exp(-2 * alpha * t) * at(norm2(X), 0) == second).by(lemma, lemma.at({alpha: x**2 + 1}))


@false
def value_of_a_parameter_that_moves() -> object:
    """A rate t: X' = -t X gives |X|^2 = exp(-t^2) |X(0)|^2, not exp(-2 t^2) |X(0)|^2."""
    lemma = claimed(lambda: gronwall(decay, norm2(X), 2 * alpha, exactly=True), "lemma")
    return (norm2(X) == exp(-2 * t * (t + 1)) * at(norm2(X), 0)).by(lemma.at({alpha: t + 1}))


@false
def two_equations_for_one_unknown() -> object:
    """t = 0, from q' = 0 and q' = 1."""
    both = flow(q.dot == 0 * q, q.dot == 1 + 0 * q, time=t)
    constant = claimed(lambda: conserved(both, q), "constant")
    moving = claimed(lambda: conserved(steady, q - t), "moving")
    return (t == 0).by(constant, moving)


@false
def flow_of_each_index() -> object:
    """t |u|^2 = 0, from X_i' = i u for one index and X_k for another."""
    each, other = path("X", index=i), path("X", index=k)
    lemma = claimed(lambda: conserved(flow(each.dot == i * u, time=t), inner(other - i * t * u, u)), "lemma")
    return (t * norm2(u) == 0).by(lemma.at({i: 0}), lemma.at({i: 1}))


@false
def path_of_an_index_along_a_flow() -> object:
    """X' = 0 says nothing of X_i."""
    return conserved(flow(X.dot == 0 * X, time=t), norm2(path("X", index=i)))


@false
def number_of_the_same_name_along_a_flow() -> object:
    """X' = 0 for a vector says nothing of a number that happens to have its name."""
    return conserved(flow(X.dot == 0 * X, time=t), scalar_path("X"))


@false
def number_of_the_same_name_in_a_flow() -> object:
    """q' = |Q|^2 for a vector named q, whose norm is not constant."""
    return conserved(flow(q.dot == norm2(path("q")), time=t), q - t * norm2(path("q")))


@false
def vector_equation_at_another_time() -> object:
    """X(5) = 0 does not follow from X(t) = 0 along X' = u."""
    drift = claimed(lambda: conserved(flow(X.dot == u, time=t), inner(X - t * u, v)), "drift")
    lemma = claimed((norm2(X) == 0).given(X == 0).by(drift), "lemma")
    return (norm2(at(X, 5)) == 0).given(X == 0).by(lemma.at({t: 5}))


@false
def kernel_that_jumps_by_a_constant_one() -> object:
    """<H u, u> = <H(0) u, u> for a kernel that jumps, from the claim about a constant one of its name."""
    H, jumps = operator("H", at_least=1), operator("H", at_least=1, changes=Changes.BY_JUMPS)
    lemma = claimed(lambda: conserved(flow(X.dot == -H(X), time=t), inner(H(u), u)), "lemma")
    return (inner(jumps(u), u) == at(inner(jumps(u), u), 0)).by(lemma)


# --- sums and integrals over the time ----------------------------------------------------------------------------


@false
def premise_under_an_integral_over_its_time() -> object:
    """T t = T^2/2, for q = q(0) + t holds at the flow's time and not at the variable of an integral."""
    lemma = claimed(lambda: conserved(steady, q - t), "lemma")
    steps = chain(T * q).eq(integral(q, t, 0, T)).eq(integral(at(q, 0) + t, t, 0, T), lemma).eq(T * at(q, 0) + T**2 / 2)
    return (T * t == T**2 / 2).by(claimed(steps, "steps"), lemma)


@false
def premise_under_an_integral_over_its_time_backwards() -> object:
    """T^2/2 = T t, the same from the other end."""
    lemma = claimed(lambda: conserved(steady, q - t), "lemma")
    steps = chain(T**2 / 2).eq(integral(t, t, 0, T)).eq(integral(q - at(q, 0), t, 0, T), lemma)
    return (T**2 / 2 == T * t).by(claimed(steps.eq(T * (q - at(q, 0))), "steps"), lemma)


@false
def decaying_number_out_of_an_integral() -> object:
    """q times the integral of exp(t) over [0, 1] is not q(0), along q' = -q."""
    lemma = claimed(lambda: conserved(flow(q.dot == -q, time=t), exp(t) * q), "lemma")
    return (q * integral(exp(t), t, 0, 1) == integral(at(q, 0) + 0 * t, t, 0, 1)).by(lemma)


@false
def path_out_of_an_integral_over_the_time() -> object:
    """The integral of q over the time from 0 to 1 is not q."""
    return conserved(steady, integral(q, t, 0, 1) - q)


@false
def sum_over_the_time_of_a_flow() -> object:
    """The sum of t over t = 1..N less N t is not constant in t."""
    return conserved(steady, total(t, t, N) - N * t)


@false
def sum_up_to_the_time_of_a_flow() -> object:
    """t = 0, when a sum of t terms is said not to move."""
    lemma = claimed(lambda: conserved(decay, total(Rational(1), i, t)), "lemma")
    return chain(t).eq(total(Rational(1), i, t)).eq(total(Rational(1), i, 0), lemma).eq(0)


@false
def derivative_of_a_sum_of_at_least_one_term() -> object:
    """The sum of t over t = 1..N does not depend on t."""
    return derivative(total(t, t, N), t) == N


@false
def moment_captures_the_index_of_a_sum() -> object:
    """q(1) + ... + q(N) is not N q(0)."""
    return at(total(at(q, t), t, N), 0, t) == N * at(q, 0)


@false
def moment_captures_the_variable_of_an_integral() -> object:
    """The integral of t from 0 to 1 is 1/2 at every moment."""
    return at(let("I", integral(t, t, 0, 1)), 5, t) == 5


# --- sums and integrals: domains, indices, values ----------------------------------------------------------------


@false
def sum_beyond_the_domain_of_its_index() -> object:
    """1 + ... + N <= N, for an index declared to be at most 1."""
    few = scalar("i", at_most=1)
    return chain(total(few, few, N)).le(total(1 + 0 * few, few, N)).eq(N)


@false
def sum_below_the_domain_of_its_index() -> object:
    """N <= 0, for an index declared to be negative."""
    negative = scalar("i", below=0)
    return chain(N).eq(total(Rational(1), negative, N)).le(total(0 * negative, negative, N)).eq(0)


@false
def sums_over_two_indices() -> object:
    """The sum of a_i over k is N a_i."""
    a = scalar("a", index=i)
    return chain(total(a, i, N)).eq(total(a, k, N)).eq(N * a)


@false
def index_that_is_not_substituted() -> object:
    """a_i = i keeps to the hypothesis and is above 3 for i = 4."""
    a = scalar("a", index=i)
    lemma = claimed((a <= i).given(for_all(i, a <= i)), "lemma")
    return (a <= 3).given(for_all(i, a <= i)).by(lemma.at({i: 3}))


@false
def operator_whose_bound_is_the_variable() -> object:
    """t <E u, u> <= t^2 |u|^2 / 2, for |E| <= s at a free s."""
    steps = chain(t * inner(E_s(u), u)).eq(integral(inner(E_s(u), u), s, 0, t))
    return steps.le(integral(s * norm2(u), s, 0, t)).eq(t**2 / 2 * norm2(u))


@false
def operator_whose_bound_is_the_variable_in_a_displacement() -> object:
    """|X - X(0)| <= t^2 |u| / 2 along X' = E u, for |E| <= s at a free s."""
    lemma = claimed(lambda: displacement(flow(X.dot == E_s(u), time=t), X, s), "lemma")
    steps = chain(norm(X - at(X, 0))).le(integral(norm(E_s(u)), s, 0, t), lemma)
    return steps.le(integral(s * norm(u), s, 0, t)).eq(t**2 / 2 * norm(u))


@false
def hypothesis_about_an_operator_whose_bound_is_the_variable() -> object:
    """<E u, u> <= 0 for the E of one s says nothing of the others."""
    return (integral(inner(E_s(u), u), s, 0, t) <= 0).given(inner(E_s(u), u) <= 0)


@false
def parameter_captured_by_an_integrated_equation() -> object:
    """s t = t^2/2."""
    lemma = claimed(lambda: integrated(decay, s * t, s), "lemma")
    return chain(s * t).eq(s * 0 + integral(s * 1, s, 0, t), lemma).eq(t**2 / 2)


# --- what is not defined -----------------------------------------------------------------------------------------


@false
def sum_up_to_no_number() -> object:
    """sqrt(-1 - x^2) is not defined."""
    end = sqrt(-1 - x**2)
    return total(1 + 0 * i, i, end) == total(0 * i, i, end)


@false
def undefined_factor_of_no_terms() -> object:
    """1 / (x - x) is not defined, also in front of a sum without terms."""
    return (1 / (x - x) * total(i, i, n) == 1 / (x - x) * total(i, i, n)).given(n <= 0)


@false
def undefined_divisor_of_few_terms() -> object:
    """1 / x is not defined at 0, also behind a sum without terms."""
    return (total(i, i, n) / x <= total(1 + i, i, n) / x).given(n <= 0)


@false
def integral_that_diverges() -> object:
    """The integral of 1/s from 0 to 1 has no value; a premise about another integral does not give it one."""
    lemma = claimed(integral(s, s, 0, t) == t**2 / 2, "lemma")
    return (integral(1 / s, s, 0, 1) - integral(1 / s, s, 0, 1) == 0).by(lemma)


@false
def nothing_times_an_integral_that_diverges() -> object:
    """The integral of d(s)/s from 0 to 1 has no value for d = 1."""
    return 0 * integral(at(scalar_path("d"), s) / s, s, 0, 1) == 0


@false
def integrand_that_is_not_bounded() -> object:
    """1/q' is not integrable for q' = s."""
    positive = for_all(s, at(q.dot, s) > 0)
    return (integral(1 / at(q.dot, s), s, 0, t) >= integral(0 * s, s, 0, t)).given(positive)


@false
def conserved_quantity_that_is_not_defined() -> object:
    """q + 1/x has no value at x = 0."""
    return conserved(still, q + 1 / x)


@false
def displacement_along_an_equation_that_is_not_defined() -> object:
    """X' = -X/x is no equation at x = 0."""
    return displacement(flow(X.dot == -X / x, time=t), X, s)


@false
def integral_of_an_equation_that_is_not_defined() -> object:
    """q' = -q/x is no equation at x = 0."""
    return integrated(flow(q.dot == -q / x, time=t), q, s)


@false
def premise_with_a_displacement_that_is_not_defined() -> object:
    """x / x = 1 is undefined at 0, and so is X' = u/x there."""
    return (x / x == 1).by(claimed(lambda: displacement(flow(X.dot == u / x, time=t), X, s), "lemma"))


@false
def premise_with_an_integral_that_is_not_defined() -> object:
    """x may be 0, whatever an equation q' = -q/x says."""
    return (x != 0).by(claimed(lambda: integrated(flow(q.dot == -q / x, time=t), q, s), "lemma"))


@false
def vector_at_a_moving_moment() -> object:
    """The derivative of |X(q)|^2 along q' = 1 is 2 <X(q), X'(q)>."""
    return steady.d(norm2(at(X, q))) == 0


# --- operators that need not exist -------------------------------------------------------------------------------


@false
def operator_of_a_hypothesis() -> object:
    """x >= 0, from a hypothesis about an operator of norm x."""
    return (x >= 0).by(claimed((x >= 0).given(inner(S(u), u) == inner(S(u), u)), "lemma"))


@false
def operator_of_a_middle_term() -> object:
    """x >= 0, by steps through an operator of norm x."""
    return (x >= 0).by(claimed(chain(x).ge(inner(S(u), u) - inner(S(u), u)).eq(0), "lemma"))


@false
def operator_of_a_flow() -> object:
    """exp(-2 x t) <= exp(2 x t) for x < 0, through the flow of an operator of norm x."""
    along = flow(X.dot == S(X), time=t)
    below = claimed(lambda: gronwall(along, -norm2(X), 2 * x), "below")
    above = claimed(lambda: gronwall(along, norm2(X), -2 * x), "above")
    start = at(norm2(X), 0)
    return (start * exp(-2 * x * t) <= start * exp(2 * x * t)).by(below, above)


@false
def operator_with_bounds_in_the_wrong_order() -> object:
    """1 <= 0, from an operator that is at least 1 and at most 0."""
    nothing = operator("B", at_least=1, at_most=0)
    lemma = claimed(inner(nothing(u), u) <= -7 * norm2(u), "lemma")
    return (Rational(1) <= 0).by(lemma)


@false
def bound_in_time_frozen() -> object:
    """<E(0) u, u> <= exp(-100) |u|^2, for |E| <= exp(-t) at this t."""
    fading = operator("E", norm=exp(-t), changes=Changes.BY_JUMPS)
    lemma = claimed(at(inner(fading(u), u), 0) <= exp(-t) * norm2(u), "lemma")
    return (at(inner(fading(u), u), 0) <= exp(-100) * norm2(u)).by(lemma.at({t: 100}))


# --- modes and schemes -------------------------------------------------------------------------------------------

omega = scalar("omega", positive=True)
step = scalar("h", positive=True)
w, g = path("w"), vector("g")


def oscillation(frequency: Scalar) -> tuple[Flow, Claim]:
    """z'' = -frequency z, and that z^2 <= z(0)^2 from rest."""
    along = flow(z.ddot == -frequency * z, time=t)
    energy = claimed(lambda: conserved(along, z.dot**2 + frequency * z**2), f"energy_{frequency}")
    bound = (z**2 <= Rational(1) * at(z, 0) ** 2).given(at(z.dot, 0) == 0).by(energy)
    return along, claimed(bound, f"bound_{frequency}")


def oscillating(right: Vector, value: Scalar, eigenvalue: Symbol) -> object:
    mode, bound = oscillation(omega)
    mode_at_bound, at_bound = oscillation(Rational(1))
    return every_mode(
        flow(X.ddot == right, time=t),
        Rational(1),
        above=bound,
        mode_above=mode,
        parameter=omega,
        value=value,
        eigenvalue=eigenvalue,
        at_bound=at_bound,
        mode_at_bound=mode_at_bound,
    )


def at_least(bound: Scalar | int) -> Operator:
    return operator("H", at_least=bound)


@false
def eigenvalue_below_a_number() -> object:
    """X'' = H X - 2 X grows for H = 3, though not for eigenvalues declared to be below 2."""
    small = scalar("h", below=2)
    return oscillating(at_least(1)(X) - 2 * X, 2 - small, small)


@false
def eigenvalue_in_the_bound() -> object:
    """X'' = H X - (h + 1) X grows for H = h + 2."""
    return oscillating(at_least(h)(X) - (h + 1) * X, h, h)


@false
def eigenvalue_in_the_flow() -> object:
    """X'' = -X - h (H - 1) X grows for h = -9 and H = 2."""
    return oscillating(-1 * X - h * (at_least(1)(X) - X), 1 + h * (h - 1), h)


@false
def mode_of_another_index() -> object:
    """X_i'' = -H X_k is no equation for X_i alone."""
    mode, bound = oscillation(omega)
    each, other = path("X", index=i), path("X", index=k)
    return every_mode(
        flow(each.ddot == -at_least(1)(other), time=t),
        Rational(1),
        above=bound,
        mode_above=mode,
        parameter=omega,
        value=h,
        eigenvalue=h,
        at_bound=bound,
        mode_at_bound=mode,
    )


@false
def step_inside_a_moment() -> object:
    """Y(1/h) need not stay bounded as h goes to 0."""
    far = at(path("Y"), 1 / step)
    return consistent(
        lambda before, now, after: after - 2 * now + before + step**2 * g + step**3 * far,
        w.ddot + g,
        lambda behind, ahead: ahead - behind + far,
        curve=w,
        step=step,
    )


@false
def remainder_that_changes() -> object:
    """w'' + 5 g = 0 is not the limit; the remainder is not bounded in the equation and bounded when asked again."""
    asked: list[int] = []

    def remainder(behind: Vector, ahead: Vector) -> Vector:
        asked.append(1)
        return ahead - behind - 4 * g / step if len(asked) == 1 else ahead - behind

    return consistent(
        lambda before, now, after: after - 2 * now + before + step**2 * g,
        w.ddot + 5 * g,
        remainder,
        curve=w,
        step=step,
    )


# --- true claims that must not be refuted ------------------------------------------------------------------------

bounded_growth = norm2(X) <= exp(2 * t) * norm2(at(X, 0))


@true
def parameter_called_as_the_time_of_a_piece() -> object:
    """|X|^2 = exp(2 t) |X(0)|^2 along X' = X; a solution may not speak of another tau."""
    tau = scalar("tau")
    moved = motion(X, K, h, 1).then(1, 0, lambda start: start * exp(tau))
    return refuted_by(bounded_growth, growing, moved, {tau: 100})


@true
def parameter_called_as_the_position() -> object:
    """The same for another position."""
    position = scalar("position")
    moved = motion(X, K, h, 1).then(1, 0, lambda _: position * exp(h))
    return refuted_by(bounded_growth, growing, moved, {position: 100})


@true
def parameter_that_is_the_time() -> object:
    """|X|^2 = exp(t^2) |X(0)|^2 along X' = t X; the time is not 0 throughout."""
    along = flow(X.dot == t * X + 0 * K(X), time=t)
    moved = motion(X, K, h, 1).then(1, 0, lambda start: start + 0 * h)
    return refuted_by(norm2(X) == exp(t**2) * norm2(at(X, 0)), along, moved, {t: 0})


@true
def one_moment_written_in_two_ways() -> object:
    """1 + 1 and 2 are one moment."""
    return norm2(at(X, Rational(1) + 1)) == norm2(at(X, 2))


@true
def two_moments_that_are_one_by_a_hypothesis() -> object:
    """q(t) = q(0) at t = 0."""
    return (at(q, t) == at(q, 0)).given(t == 0)


@true
def two_indices_that_are_one_by_a_hypothesis() -> object:
    """a_i = a_k for i = k."""
    return (scalar("a", index=i) == scalar("a", index=k)).given(i == k)


@true
def integral_in_a_vector_equation() -> object:
    """Twice the integral of s from 0 to 1 is 1."""
    return 2 * integral(s, s, 0, 1) * u == u


@true
def derivative_of_a_constant_operator() -> object:
    """It is 0."""
    return inner(operator("C").dot(u), u) == 0


@true
def negative_symbol() -> object:
    """y <= 0 for a symbol of SymPy that is declared to be negative."""
    return from_sympy(sympy.Symbol("y", negative=True)) <= 0


@true
def counterexample_along_two_flows() -> object:
    """exp(-2 t) |X(0)|^2 >= exp(-4 t) |X(0)|^2; that they are equal follows from two flows of one path only."""
    slow = claimed(lambda: gronwall(flow(X.dot == -X, time=t), norm2(X), 2, exactly=True), "slow")
    fast = claimed(lambda: gronwall(flow(X.dot == -2 * X, time=t), norm2(X), 4, exactly=True), "fast")
    first, second = exp(-2 * t) * at(norm2(X), 0), exp(-4 * t) * at(norm2(X), 0)
    return counterexample("exp(-2 t) >= exp(-4 t)", (first == second).by(slow, fast), because="two flows")


@true
def counterexample_by_an_operator_that_does_not_exist() -> object:
    """Squares are not negative, whatever holds for an operator of norm -1."""
    nothing = operator("B", norm=-1)
    fact = inner(nothing(u), u) - inner(nothing(u), u) >= 1
    return counterexample("squares are not negative", fact, because="an operator")


@true
def acceleration_that_the_flow_gives() -> object:
    """The integral of q'' is 0 along q'' = 0."""
    lemma = claimed(lambda: conserved(flow(q.ddot == 0 * q, time=t), q.dot), "lemma")
    return (integral(at(q.ddot, s), s, 0, t) <= integral(0 * s, s, 0, t)).by(lemma)


@pytest.mark.parametrize("written", FALSE, ids=lambda written: written.__name__)
def test_a_false_claim_is_not_proved(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


@pytest.mark.parametrize("written", TRUE, ids=lambda written: written.__name__)
def test_a_true_claim_is_not_refuted(written: Written) -> None:
    assert answer(written) is not Verdict.REFUTED
