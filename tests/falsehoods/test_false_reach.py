"""False claims that were proved since a rule took for granted what was so elsewhere only, each in its smallest case.

A flow's constant was bound by an integral, a moment was reached by those solutions alone of which a premise spoke, an
integral had a value at every other point, a hypothesis had a meaning. They may be left unproved or be refused.
"""

from __future__ import annotations

import pytest

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    at,
    chain,
    conserved,
    consistent,
    convex,
    exp,
    first_exit,
    flow,
    for_all,
    function,
    gronwall,
    gronwall_with_jumps,
    inner,
    integral,
    log,
    minimum,
    motion,
    norm2,
    operator,
    path,
    power,
    refuted_by,
    refuted_for,
    sample,
    scalar,
    scalar_path,
    sqrt,
    total,
    vector,
)

from ..rules.settling import Written, answer, claimed, verdict

t, s = scalar("t", nonnegative=True), scalar("s", nonnegative=True)
begun, z, n = scalar("tau", positive=True), scalar("z"), scalar("n", at_least=1)
q, p, w, x, u = scalar_path("q"), scalar_path("p"), scalar_path("w"), path("x"), vector("u")
H, M = operator("H", at_least=0), operator("M", at_least=0, changes=Changes.CONTINUOUSLY)

FALSE: list[Written] = []
TRUE: list[Written] = []


def false(written: Written) -> Written:
    FALSE.append(written)
    return written


def true(written: Written) -> Written:
    TRUE.append(written)
    return written


driven = claimed(lambda: conserved(flow(q.dot == s, time=t), q - s * t), "driven")


@false
def constant_of_a_flow_bound_by_an_integral() -> object:
    """q is q(0) + s t for the s of the flow, and no mean over all s."""
    return (integral(q + 0 * s, s, 0, 1) == integral(at(q, 0) + s * t, s, 0, 1)).by(driven)


@false
def constant_of_a_flow_bound_as_a_moment() -> object:
    """q(r) is q(0) + s r, and not q(0) + r^2."""
    return (integral(at(q, s), s, 0, t) == integral(at(q, 0) + s**2, s, 0, t)).by(driven.at({t: s}))


@false
def constant_of_a_flow_bound_by_a_sum() -> object:
    """The same with a sum."""
    counted = claimed(lambda: conserved(flow(q.dot == n, time=t), q - n * t), "counted")
    return (total(q + 0 * n, n, 3) == total(at(q, 0) + n * t, n, 3)).by(counted)


growing = flow(q.dot == q**2, time=t, subject_to=[q > 0])
inverse = claimed(lambda: conserved(growing, 1 / q + t), "inverse")
positive = claimed(lambda: (q > 0).along(growing), "positive")
lasts_until_1 = claimed(
    lambda: (
        (at(q, 0) <= 1)
        .given(at(q, 1) ** 2 >= 0)
        .along(growing)
        .by(positive.at({t: 1}), positive.at({t: 0}), inverse.at({t: 1}))
    ),
    "lasts_until_1",
)


def test_solutions_of_which_a_hypothesis_speaks_last_until_its_moment() -> None:
    """It holds of those solutions that last until 1, which the hypothesis says that it is about."""
    assert verdict(lambda: lasts_until_1.stated) is Verdict.PROVED


@false
def moment_in_what_a_premise_demands() -> object:
    """q(0) <= 1, for solutions of q' = q^2 of any life: that q(1)^2 >= 0, which it was shown under, goes by itself."""
    return (at(q, 0) <= 1).along(growing).by(lasts_until_1)


@false
def moment_in_what_a_premise_of_a_chain_demands() -> object:
    """The same in a chain."""
    return chain(at(q, 0)).along(growing).le(1, lasts_until_1).le(2)


@false
def moment_in_what_a_premise_of_gronwall_demands() -> object:
    """p' = q(0) - 1 is not negative for short lives."""
    faster = flow(q.dot == q**2, p.dot == at(q, 0) - 1, time=t, subject_to=[q > 0])
    return gronwall(faster, p, 0, by=[lasts_until_1])


half = Rational(1, 2)
inside = flow(w.dot == 1, time=t, inside=(w <= half))
clock = claimed(lambda: conserved(inside, w - t), "clock")
within = claimed(lambda: (w <= half).along(inside), "within")
from_0 = at(w, 0) == 0


@false
def exit_of_those_that_have_not_left_later() -> object:
    """w = t is at most 1/4 for ever, since none is inside w <= 1/2 until 1, of which the hypothesis speaks."""
    stays = (w <= half / 2).given(from_0, at(w, 1) ** 2 >= 0).along(inside).by(within.at({t: 1}), clock.at({t: 1}))
    return first_exit(claimed(stays, "stays"), claimed(stays, "stays"))


@false
def exit_with_a_later_moment_in_the_bound() -> object:
    """The same with the moment in the bound."""
    stays = (w <= half / 2 + 0 * at(w, 1)).given(from_0).along(inside).by(within.at({t: 1}), clock.at({t: 1}))
    return first_exit(claimed(stays, "stays"), claimed(stays, "stays"))


@false
def exit_with_a_later_moment_in_the_radius() -> object:
    """The same with the moment in the radius."""
    radius = half + 0 * at(w, 1)
    ball = flow(w.dot == 1, time=t, inside=(w <= radius))
    ticks = claimed(lambda: conserved(ball, w - t), "ticks")
    kept = claimed(lambda: (w <= radius).along(ball), "kept")
    stays = (w <= half / 2).given(from_0).along(ball).by(kept.at({t: 1}), ticks.at({t: 1}))
    return first_exit(claimed(stays, "stays"), claimed(stays, "stays"))


@false
def exit_with_all_moments_in_a_hypothesis() -> object:
    """The same with a moment s of all those at which p(s)^2 >= 0."""
    stays = claimed(
        lambda: (
            (w <= half / 2)
            .given(from_0, s >= 1, for_all(s, at(p, s) ** 2 >= 0))
            .along(inside)
            .by(within.at({t: s}), clock.at({t: s}))
        ),
        "stays",
    )
    return first_exit(stays, stays)


@false
def moment_that_is_one_of_all() -> object:
    """q(0) <= 1, which holds for solutions of q' = q^2 that last until s, for some s >= 1."""
    lasting = claimed(
        lambda: (
            (at(q, 0) <= 1)
            .given(s >= 1, for_all(s, at(p, s) ** 2 >= 0))
            .along(growing)
            .by(positive.at({t: s}), positive.at({t: 0}), inverse.at({t: s}))
        ),
        "lasting",
    )
    return (at(q, 0) <= 1).given(s >= 1, for_all(s, at(p, s) ** 2 >= 0)).along(growing).by(lasting)


@false
def exit_where_the_time_does_not_begin() -> object:
    """Before 0 it may have been anywhere."""
    ever = flow(q.dot == p, time=scalar("t"), subject_to=[q <= 1], inside=(q <= 2))
    stays = claimed(lambda: (q <= 1).given(at(q, 0) <= 1).along(ever), "stays")
    return first_exit(stays, stays)


@false
def time_that_begins_at_2() -> object:
    """q' = 2 - t is not positive from 2 on, but q(2) = q(0) + 2."""
    late = scalar("t", nonnegative=True, at_least=2)
    return gronwall(flow(q.dot == 2 - late, time=late), q, 0)


@false
def integral_that_is_infinite_at_an_open_end() -> object:
    """The inner one is 1/tau - 1/(tau + 1), so that the outer one has no value."""
    spread = integral(1 / (begun + s) ** 2, s, 0, 1)
    return integral(spread, begun, 0, 1) <= integral(spread + 1, begun, 0, 1)


@false
def sum_that_is_infinite_at_an_open_end() -> object:
    """Nor has the integral of 1/tau + 1/(2 tau)."""
    whole = integral(total(1 / (begun * z), z, 2), begun, 0, 1)
    return whole + 1 > whole


@false
def square_of_a_velocity_that_is_integrable_only() -> object:
    """q'^2 is 1/t."""
    whole = integral(at(q.dot, s) ** 2, s, 0, t)
    return (whole + 1 > whole).along(flow(q.dot == power(t, -half), time=t))


@false
def square_of_the_derivative_of_an_operator() -> object:
    """M absolutely continuous has an integrable derivative, whose square need not be so."""
    whole = integral(at(inner(M.dot(u), u), s) ** 2, s, 0, 1)
    return whole + 1 > whole


@false
def second_derivative_of_an_operator() -> object:
    """M has one derivative."""
    whole = integral(at(inner(M.dot.dot(u), u), s), s, 0, 1)
    return whole + 1 > whole


@false
def jumps_with_two_times() -> object:
    """q^2 <= exp(J - 2 t t) q(0)^2 for q' = -t q: of the two letters t one is a constant."""
    constant = scalar("t")
    return gronwall_with_jumps(flow(q.dot == -constant * q, time=t), q**2, 2 * constant, scalar("J"))


@false
def scheme_with_two_steps() -> object:
    """The limit w' + h g contains a letter like the step."""
    h, constant, g = scalar("h", positive=True), scalar("h"), vector("g")
    return consistent(
        lambda now, ahead: ahead - now + h * constant * g,
        x.dot + constant * g,
        lambda rest: rest,
        curve=x,
        step=h,
        leading=1,
        points=(0, 1),
        degree=1,
    )


@true
def bound_that_a_motion_breaks_for_another_letter() -> object:
    """|x| does not grow along x' = -a x for a > 0; the motion is one for another a, -1."""
    a, another, local = scalar("a", positive=True), scalar("a"), scalar("r")
    grows = motion(x, H, local, 1).then(1, 1, lambda position: position * exp(local))
    bound = norm2(x) <= norm2(at(x, 0)) + 0 * a
    return refuted_by(bound, flow(x.dot == -another * x + 0 * H(x), time=t), grows, {a: 1, another: -1})


@true
def motion_that_begins_at_its_local_time() -> object:
    """x = x(0): the beginning, r < 1, became the end of the piece, 1."""
    local = scalar("r", nonnegative=True, below=1)
    rests = motion(x, H, local, local).then(1, 1, lambda position: position)
    return refuted_by(norm2(x) <= norm2(at(x, 0)), flow(x.dot == 0 * H(x), time=t), rests)


@true
def function_counted_from_its_end() -> object:
    """f >= f_star: f is 0 between 0 and 1, and piece -1 was taken there, y - 1."""
    y, f, f_star, x_star = scalar("y"), scalar_path("f"), scalar("f_star"), vector("x_star")
    known = convex.between(sample(x, path("g"), f), minimum(x_star, f_star))
    shape = function(y, -y).then(0, 0).then(1, y - 1)
    solution = {x: 1 - t, x_star: half, f_star: 0}
    return refuted_for(f >= f_star, flow(x.dot == -path("g"), time=t), known, shape, solution, until=half, piece=-1)


@true
def solution_that_is_looked_at_from_2_on() -> object:
    """f does not rise along x' = -f'(x); the solution was exp(-t) from 2 on, and 0 at 0."""
    late, y, f = scalar("t", nonnegative=True, at_least=2), scalar("y"), scalar_path("f")
    known, early = convex.between(sample(x, path("g"), f)), (late - 1 - sqrt((late - 1) ** 2)) ** 3
    descent, solution = flow(x.dot == -path("g"), time=late), {x: exp(-late) + early / 8}
    return refuted_for(f <= at(f, 0), descent, known, function(y, y**2 / 2), solution, until=3)


i, j = scalar("i"), scalar("j")


@true
def vectors_of_one_index() -> object:
    """v_i is v_j where i is j."""
    return (inner(vector("v", index=i), u) == inner(vector("v", index=j), u)).given(i == j)


@true
def paths_of_one_index() -> object:
    """So are paths."""
    return (norm2(path("y", index=i)) == norm2(path("y", index=j))).given(i == j)


@true
def vector_with_an_index_for_all() -> object:
    """|v_i| is at most 1 where all |v_j| are."""
    return (norm2(vector("v", index=i)) <= 1).given(for_all(j, norm2(vector("v", index=j)) <= 1))


@false
def two_of_one_family_that_are_printed_alike() -> object:
    """sum_i a_i a_j = a_j sum_i a_i is printed as if both were a_i."""
    a, another = scalar("a", index=i), scalar("a", index=j)
    return total(a * another, i, n) == another * total(a, i, n)


fading = flow(q.dot == -q, time=t)


@false
def moment_before_the_beginning() -> object:
    """Along a flow q is nothing at -1."""
    return (at(q, -1) ** 2 >= 0).along(fading)


@false
def integral_from_before_the_beginning() -> object:
    """Nor is it anything between -1 and 0."""
    return (integral(at(q, z) ** 2, z, -1, 0) >= integral(0 * z, z, -1, 0)).along(fading)


@false
def moment_before_the_beginning_in_what_is_conserved() -> object:
    """It stands in a conclusion that a rule draws."""
    return conserved(fading, exp(t) * q + 0 * at(q, -1))


def test_moments_that_are_not_before_the_beginning() -> None:
    assert verdict(lambda: (at(q, t - s) ** 2 >= 0).given(s <= t).along(fading)) is Verdict.PROVED
    assert verdict(lambda: (at(q, z) ** 2 >= 0).given(z >= 1).along(fading)) is Verdict.PROVED
    assert verdict(lambda: conserved(fading, exp(t) * q + at(q, 1))) is Verdict.PROVED


counted = claimed(lambda: total(z, i, n) == n * z, "counted")


@false
def sum_of_one_and_a_half_terms() -> object:
    """The sum over i <= 1 + 1/2 is z."""
    return total(z, i, 1 + half) == 3 * z / 2


@false
def sum_up_to_a_path() -> object:
    """q may be 3/2."""
    return (total(z, i, q) == q * z).given(q >= 1)


@false
def sum_of_as_many_terms_as_an_instance_says() -> object:
    """A claim about all natural numbers says nothing of 3/2."""
    return (z == 3 * z / 2).given(total(z, i, 1) == z).by(counted.at({n: Rational(3, 2)}))


@false
def sum_up_to_the_time() -> object:
    """q is q(0) + t, and the sum over i <= t is the greatest integer up to t."""
    rising = flow(q.dot == 1, time=t)
    risen = claimed(lambda: conserved(rising, q - t), "risen")
    return (q == at(q, 0) + total(1 + 0 * z, i, t)).given(t >= 1).along(rising).by(risen)


@false
def sum_up_to_the_variable_of_an_integral() -> object:
    """The integral of the greatest integer up to s from 1 to 2 is 1."""
    steps = claimed(lambda: total(1 + 0 * z, i, s) == s, "steps")
    return (integral(total(1 + 0 * z, i, s), s, 1, 2) >= integral(s, s, 1, 2)).by(steps)


@false
def integral_over_an_index() -> object:
    """a is any number for each tau, 1/tau for example."""
    a = scalar("a", index=begun)
    return integral(a, begun, 0, 1) <= integral(a + 1, begun, 0, 1)


def test_sums_with_a_natural_number_of_terms() -> None:
    assert verdict(lambda: (total(z, i, 2 * n - 1) == (2 * n - 1) * z).by(counted.at({n: 2 * n - 1}))) is Verdict.PROVED


@true
def hypothesis_at_a_moment_that_there_is_not() -> object:
    """Where 1/z is none, q(1/z) >= 0 does not hold."""
    return (z != 0).given(at(q, 1 / z) >= 0)


@true
def hypothesis_about_a_vector_at_no_moment() -> object:
    """Nor does x(sqrt(z)) = x(sqrt(z)) for z < 0."""
    return (z >= 0).given(at(x, sqrt(z)) == at(x, sqrt(z)))


@true
def hypothesis_about_an_operator_at_no_moment() -> object:
    """Nor does <M(1/z) u, u> >= 0."""
    return (z != 0).given(inner(at(M(u), 1 / z), u) >= 0)


@true
def equation_given_an_equation_at_no_moment() -> object:
    """z u = 0 wherever -z^2 has a root."""
    nowhere = at(x, sqrt(-(z**2)))
    return (z * u == 0 * u).given(nowhere == nowhere)


@pytest.mark.parametrize("written", FALSE, ids=lambda written: written.__name__)
def test_a_false_claim_is_not_proved(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


@pytest.mark.parametrize("written", TRUE, ids=lambda written: written.__name__)
def test_a_true_claim_is_not_refuted(written: Written) -> None:
    assert answer(written) is not Verdict.REFUTED


def test_integrals_that_grow_with_the_first_power_of_a_velocity() -> None:
    """What is integrable keeps a value times what is bounded, and under a norm."""
    for body in (exp(s) * at(q.dot, s), sqrt(norm2(at(x.dot, s))), at(inner(M.dot(u), u), s)):
        whole = integral(body, s, 0, 1)
        assert verdict(lambda whole=whole: whole + 1 > whole) is Verdict.PROVED


@pytest.mark.parametrize(
    ("claimed_of_z", "shown"),
    [
        # z > 0 given 1 = 1, and z != 0 given z = z, were proved, as one read; and sum_i i^2 = i sum_i i.
        (lambda: (z > 0).given(log(z) ** 0 == 1), "z > 0  given  log(z)^0 = 1"),
        (lambda: (z > 0).given(n * log(z) ** 0 == n), "z > 0  given  n log(z)^0 = n"),
        (lambda: (z != 0).given(1 / (1 / z) == z), "z != 0  given  1/(1/z) = z"),
        (lambda: (z != 0).given(1 / (n / z) == z / n), "z != 0  given  1/(n/z) = z/n"),
        (lambda: total(n, n, 3) * n == n * total(n, n, 3), "(sum_(n<=3) n) n = n (sum_(n<=3) n)"),
        (lambda: total(n, n, 3) / n == 1 / n * total(n, n, 3), "(sum_(n<=3) n)/n = (sum_(n<=3) n)/n"),
    ],
)
def test_what_is_printed_keeps_its_domain_and_its_scope(claimed_of_z: Written, shown: str) -> None:
    assert verdict(claimed_of_z) is Verdict.PROVED
    assert str(claimed_of_z()) == shown
