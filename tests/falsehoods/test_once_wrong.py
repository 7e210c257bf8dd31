"""Claims that once came out wrong, each with the truth beside it where there is one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
import sympy

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    after,
    arccos,
    at,
    bounded,
    chain,
    cited,
    conserved,
    consistent,
    cos,
    displacement,
    either,
    exp,
    flow,
    for_all,
    from_sympy,
    gronwall,
    gronwall_over_jumps,
    inner,
    integral,
    integrated,
    let,
    log,
    mean_value,
    motion,
    norm2,
    operator,
    order,
    path,
    pi,
    refuted_by,
    scalar,
    scalar_path,
    sin,
    smooth_convex,
    split,
    sqrt,
    substitute,
    total,
    vector,
)
from proofcheck.language.expressions import Path, Relation, Scalar, Vector
from proofcheck.provers.portfolio import decide
from proofcheck.rules.argue import NotAStatement, argue
from proofcheck.rules.schemes import Residual

from ..rules.settling import Written, answer, claimed, verdict

t, s = scalar("t", nonnegative=True), scalar("s", nonnegative=True)
alpha = scalar("alpha", positive=True)
q, x, u = scalar_path("q"), path("x"), vector("u")
moving = operator("H", at_least=1, changes=Changes.CONTINUOUSLY)
jumping = operator("J", at_least=1, changes=Changes.BY_JUMPS)
decay = flow(q.dot == -alpha * q, time=t)
falls = claimed(lambda: gronwall(decay, q**2, 2 * alpha), "falls")
later = claimed(lambda: gronwall(decay, q**2, 2 * alpha, since=s), "later")
grows = claimed(lambda: conserved(flow(q.dot == alpha * q, time=t), exp(-alpha * t) * q), "grows")


@pytest.mark.parametrize(
    "written",
    [
        # The moment of an instance was put in first, and its letters were replaced once more with the others.
        lambda: (at(q, t) ** 2 <= exp(-2 * alpha * (s - t)) * at(q, t) ** 2).given(s >= t).by(later.at({t: s, s: t})),
        lambda: (at(q, 6) ** 2 <= exp(-12 * alpha) * at(q, 0) ** 2).by(falls.at({t: 2 * alpha, alpha: 3})),
        lambda: (at(q, t + 2) == exp(alpha * (t + 1)) * at(q, 0)).by(grows.at({t: t + 1})),
    ],
)
def test_an_instance_puts_all_values_in_at_once(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


@pytest.mark.parametrize(
    "written",
    [
        lambda: (at(q, s) ** 2 <= exp(-2 * alpha * (s - t)) * at(q, t) ** 2).given(s >= t).by(later.at({t: s, s: t})),
        lambda: (at(q, 2 * alpha) ** 2 <= exp(-12 * alpha) * at(q, 0) ** 2).by(falls.at({t: 2 * alpha, alpha: 3})),
        lambda: (at(q, t + 1) == exp(alpha * (t + 1)) * at(q, 0)).by(grows.at({t: t + 1})),
    ],
)
def test_an_instance_at_a_moment_that_speaks_of_its_letters(written: Written) -> None:
    assert verdict(written) is Verdict.PROVED


def test_a_motion_refutes_no_claim_along_another_flow() -> None:
    K, local = operator("K"), scalar("h")
    growing, resting = flow(x.dot == x + 0 * K(x), time=t), flow(x.dot == 0 * K(x), time=t)
    bound = norm2(x) <= norm2(at(x, 0))
    moved = motion(x, K, local, 1).then(1, 0, lambda start: start * exp(local))
    assert verdict(lambda: refuted_by(bound, growing, moved)) is Verdict.REFUTED
    with pytest.raises(ValueError, match="along no other flow"):
        refuted_by(bound.along(resting), growing, moved)


@pytest.mark.parametrize(
    "written",
    [
        lambda: gronwall(flow(q.dot == -scalar("t") * q, time=t), q, scalar("t"), exactly=True),
        lambda: conserved(flow(q.dot == 0 * q, time=t), q + scalar("t")),
        lambda: scalar("x") + 0 * scalar("x", positive=True) >= 0,
        lambda: (norm2(u) >= 0).given(norm2(path("u")) <= 1),
        lambda: (inner(operator("H")(u), u) <= 1).given(inner(operator("H", at_least=1)(u), u) <= 1),
    ],
)
def test_one_letter_has_one_meaning(written: Written) -> None:
    """What was claimed of one of two things of a name was read as a claim about the other."""
    with pytest.raises(NotAStatement, match="two different things"):
        argue(written())


@pytest.mark.parametrize(
    "written",
    [
        # Where H meets its lower bound, its form does not fall further.
        lambda: (inner(moving.dot(u), u) >= 0).given(inner(moving(u), u) <= norm2(u)),
        # Between two jumps an operator does not move.
        lambda: inner(jumping.dot(u), u) == 0,
    ],
)
def test_the_derivative_of_an_operator_is_not_any_operator(written: Written) -> None:
    """A free number in the place of H' refuted what holds for every H that keeps its bounds."""
    assert verdict(written) is not Verdict.REFUTED


def test_an_abbreviation_at_a_moment_holds_the_time_no_more() -> None:
    """E <= E(0) was read of t q(0)^2, which is 0 at 0."""
    E, still = let("E", t * q**2), flow(q.dot == 0, time=t)
    kept = claimed(lambda: conserved(still, q), "kept")
    with pytest.raises(NotAStatement, match=r"E\(0\)"):
        argue((E <= at(E, 0)).by(kept))
    assert verdict(lambda: (E <= at(E, 0, t)).by(kept)) is Verdict.OPEN


def test_one_quantity_of_a_name_in_an_order() -> None:
    n, another = scalar("n", positive=True), scalar("n", at_least=1)
    with pytest.raises(ValueError, match="two different quantities"):
        bounded(order(n, another**2), large=[another])


singular = operator("Z", at_least=0)
impossible = operator("I", at_least=2, at_most=1 + alpha)


@pytest.mark.parametrize("strange", [singular.inverse, impossible], ids=["no inverse", "bounds in the wrong order"])
@pytest.mark.parametrize(
    "rule",
    [
        lambda H: conserved(flow(x.dot == 0 * x, time=t), inner(H(u), u)),
        lambda H: integrated(flow(x.dot == -x, time=t), inner(H(x), x), s),
        lambda H: displacement(flow(x.dot == -x, time=t), H(x), s),
        lambda H: mean_value(flow(x.dot == 0 * x, time=t), x, t + 0 * inner(H(u), u)),
        lambda H: split(integral(s * inner(H(u), u), s, 0, t), scalar("c")),
    ],
)
def test_rules_speak_of_operators_that_exist(rule: object, strange: object) -> None:
    assert callable(rule)
    assert answer(lambda: rule(strange)) is not Verdict.PROVED


def test_rules_speak_of_inverses_with_a_positive_bound() -> None:
    H = operator("H", at_least=1).inverse
    assert verdict(lambda: conserved(flow(x.dot == 0 * x, time=t), inner(H(u), u))) is Verdict.PROVED
    assert verdict(lambda: integrated(flow(x.dot == -x, time=t), inner(H(x), x), s)) is Verdict.PROVED


z, r, o, n = scalar("z"), scalar("r"), scalar("o", positive=True), scalar("n")
a = scalar("a", index=n)
d_r = at(scalar_path("d"), r)


@pytest.mark.parametrize(
    "written",
    [
        # Bounds of operators, moments, the ends of sums and integrals: each is undefined at z = 0.
        lambda: 0 * inner(operator("H", at_least=1 / z)(u), u) + z**2 > 0,
        lambda: 0 * inner(operator("H", at_least=log(z))(u), u) + z > 0,
        lambda: 0 * inner(operator("H", norm=sqrt(z))(u), u) + z >= 0,
        lambda: at(q, 1 / z) == at(q, 1 / z),
        lambda: at(x, 1 / z) == at(x, 1 / z),
        lambda: displacement(flow(x.dot == -x, time=t), x + at(x, 1 / z), s),
        lambda: displacement(flow(x.dot == at(x, 1 / z), time=t), x, s),
        lambda: mean_value(flow(x.dot == 0 * x, time=t), x + at(x, 1 / z), t),
        lambda: at(inner(operator("M", at_least=0, changes=Changes.CONTINUOUSLY)(u), u), 1 / z) >= 0,
        lambda: integral(at(q, s), s, 0, 1 / z) + 1 > integral(at(q, s), s, 0, 1 / z),
        lambda: total(a, n, 1 / z) + 1 > total(a, n, 1 / z),
        lambda: integral(at(q, 1 / o), o, 0, 1) == integral(at(q, 1 / o), o, 0, 1),
        # Between ends in the wrong order lies a pole, too.
        lambda: integral(d_r / r, r, 1, -1) + 1 > integral(d_r / r, r, 1, -1),
        lambda: integral(d_r * log(r), r, 2, z) + 1 > integral(d_r * log(r), r, 2, z),
    ],
)
def test_what_a_statement_speaks_of_is_defined(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


@pytest.mark.parametrize(
    "written",
    [
        lambda: (0 * inner(operator("H", at_least=1 / z)(u), u) + z**2 > 0).given(z != 0),
        lambda: (at(q, 1 / z) == at(q, 1 / z)).given(z > 0),
        lambda: (integral(at(q, s), s, 0, 1 / z) + 1 > integral(at(q, s), s, 0, 1 / z)).given(z > 0),
        lambda: (integral(d_r / r, r, 1, z) + 1 > integral(d_r / r, r, 1, z)).given(z >= 1),
    ],
)
def test_what_is_defined_under_its_hypotheses(written: Written) -> None:
    assert verdict(written) is Verdict.PROVED


every = scalar("every")
vanishes = claimed(lambda: 0 * every == 0, "vanishes")
square = claimed(lambda: every**2 >= 0, "square")


@pytest.mark.parametrize(
    "written",
    [
        # A claim for every number says nothing of what is none, above all not that it is one.
        lambda: (z > 0).by(vanishes.at({every: log(z)})),
        lambda: (0 * log(z) == 0).by(vanishes.at({every: log(z)})),
        lambda: (z >= 0).by(square.at({every: sqrt(z)})),
        lambda: (z**2 > 0).by(square.at({every: 1 / z})),
        lambda: (z <= 1).by(square.at({every: arccos(z)})),
        lambda: (z > 0).by(square.at({every: integral(log(z), s, 0, 1)})),
        lambda: chain(z).ge(z - 1).ge(-1, square.at({every: sqrt(z)})),
    ],
)
def test_the_values_of_an_instance_are_defined(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


def test_values_that_are_defined_under_the_hypotheses() -> None:
    assert verdict(lambda: (log(z) ** 2 >= 0).given(z > 0).by(square.at({every: log(z)}))) is Verdict.PROVED
    assert verdict(lambda: (z**-2 >= 0).given(z != 0).by(square.at({every: 1 / z}))) is Verdict.PROVED


@pytest.mark.parametrize("what", [operator("M", at_least=0, changes=Changes.CONTINUOUSLY), q <= 1, x == u])
def test_what_is_no_quantity_has_no_moment(what: Any) -> None:
    # <M(0) u, M u> >= 0 is false; at(M, 0) was M itself, and |M u|^2 >= 0 is true.
    for taken in (lambda: at(what, 0), lambda: after(what), lambda: substitute(what, {z: s})):
        with pytest.raises(TypeError, match=r"a scalar or a vector is asked for, not .*: at\(H\(x\), 0\)"):
            taken()


follower = flow(q.dot == scalar_path("p"), time=t)


@pytest.mark.parametrize(
    "written",
    [
        # A path at a moment that depends on the time was left as it is when the time was replaced.
        lambda: integrated(flow(q.dot == at(q, t), time=t), q, s),
        lambda: displacement(flow(x.dot == at(x, t / 2), time=t), x, s),
        lambda: flow(q.dot == 0, time=t, subject_to=[at(q, t) >= t]),
        lambda: flow(q.dot == 0, time=t, jumps=[after(q) <= at(q, t)]),
        lambda: flow(q.dot == at(scalar_path("p"), q), time=t),
        lambda: integrated(follower, q, s, slope=at(scalar_path("p"), t)),
        lambda: conserved(follower, at(scalar_path("p"), t)),
    ],
)
def test_a_flow_has_no_delays(written: Written) -> None:
    with pytest.raises((TypeError, ValueError), match="a moment that depends on the time"):
        written()


w, W, g, step = path("w"), vector("w_ahead"), vector("g"), scalar("h", positive=True)


@pytest.mark.parametrize(
    ("scheme", "limit", "remainder"),
    [
        (lambda now, ahead: ahead - now - step * w.dot - step**2 * W, 0 * g, lambda rest: 0 * g),
        (lambda now, ahead: ahead - now - step * w.dot, W, lambda rest: 0 * g),
        (lambda now, ahead: ahead - now - step * w.dot, 0 * g, lambda rest: W / step),
    ],
)
def test_no_vector_is_taken_for_a_taylor_remainder(scheme: Residual, limit: Vector, remainder: Residual) -> None:
    with pytest.raises(ValueError, match="Taylor remainder"):
        consistent(scheme, limit, remainder, curve=w, step=step, points=(0, 1), degree=1)


h, e, y = scalar_path("h", jumps_from=0), scalar_path("e"), path("y")


@pytest.mark.parametrize("away_from_0", [h * e == 1, h * exp(e) >= 1, h * norm2(y) == 1, h * q.ddot == 1])
def test_what_has_no_limit_keeps_nothing_away_from_0(away_from_0: Relation) -> None:
    """h falls to 0 while the disturbance grows, and jumps from there to anything."""
    falling = flow(h.dot == -1, q.ddot == -e, time=t, subject_to=[h >= 0, away_from_0], jumps=[h * after(h) <= h**2])
    assert verdict(lambda: gronwall_over_jumps(falling, h, 0)) is Verdict.OPEN


def test_what_has_a_limit_keeps_away_from_0() -> None:
    falling = flow(h.dot == -1, q.dot == -q, time=t, subject_to=[h * q >= 1, h >= 0], jumps=[h * after(h) <= h**2])
    assert verdict(lambda: gronwall_over_jumps(falling, h, 0)) is Verdict.PROVED


c, v = scalar("c"), scalar("v", positive=True)
nowhere = integral(1 / r, r, -1, 1)
turned = operator("R", at_least=t, changes=Changes.CONTINUOUSLY)
still, resting = flow(q.dot == 0, time=t), flow(x.dot == 0 * x, time=t)


def test_no_claim_is_a_hypothesis_for_all() -> None:
    """Of a <= s, which was given for one s, a <= s for all s was concluded, and so a <= 1/2."""
    below = claimed(lambda: for_all(s, c <= s).given(c <= s), "below")
    integrals = claimed(
        lambda: (integral(c + 0 * s, s, 0, 1) <= integral(s, s, 0, 1)).given(for_all(s, c <= s)), "sums"
    )
    half = Rational(1, 2)
    left = claimed(lambda: integral(c + 0 * s, s, 0, 1) == c, "left")
    right = claimed(lambda: integral(s, s, 0, 1) == half, "right")
    small = claimed(lambda: (c <= half).given(for_all(s, c <= s)).by(integrals, left, right), "small")
    assert verdict(lambda: small.stated) is Verdict.PROVED
    assert answer(lambda: (c <= half).given(c <= s).by(below, small)) is not Verdict.PROVED
    with pytest.raises(NotAStatement, match="for hypotheses"):
        argue(below.stated)


@pytest.mark.parametrize(
    "written",
    [
        # Nobody asked whether an integral that stays as it is has a value: where only the rest moves in time, under
        # another integral or sum, in a factor of a vector, as a moment, in the bounds of an operator.
        lambda: conserved(still, q + 0 * nowhere),
        lambda: integrated(still, q + 0 * nowhere, s),
        lambda: mean_value(resting, x, t + 0 * nowhere),
        lambda: mean_value(resting, x + nowhere * u, t),
        lambda: displacement(resting, x + nowhere * u, s),
        lambda: integral(nowhere + 0 * s, s, 0, 1) <= integral(nowhere + 1 + 0 * s, s, 0, 1),
        lambda: total(nowhere * n, n, o) <= total(nowhere * n + 1, n, o),
        lambda: total(n, n, nowhere) <= total(n + 1, n, nowhere),
        lambda: nowhere * u == nowhere * u,
        lambda: at(q, nowhere) == at(q, nowhere),
        lambda: 0 * inner(operator("H", at_least=nowhere)(u), u) == 0,
        lambda: 0 * inner(operator("H", at_least=at(q, 1 / z))(u), u) + z**2 >= 0,
    ],
)
def test_integrals_that_stay_as_they_are_have_a_value(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


def test_integrals_that_have_a_value() -> None:
    somewhere = integral(1 / r, r, 1, 2)
    assert verdict(lambda: conserved(still, q + 0 * somewhere)) is Verdict.PROVED
    assert verdict(lambda: mean_value(resting, x + somewhere * u, t)) is Verdict.PROVED
    assert verdict(lambda: somewhere * u == somewhere * u) is Verdict.PROVED
    under = integral(somewhere + 0 * s, s, 0, 1)
    assert verdict(lambda: under <= integral(somewhere + 1 + 0 * s, s, 0, 1)) is Verdict.PROVED


def test_bounds_of_operators_hold_at_all_times() -> None:
    """R >= t at the time t was read of R(0)."""
    assert answer(lambda: (inner(at(turned(u), 0), u) >= t * norm2(u)).along(still)) is not Verdict.PROVED


def test_a_sum_has_a_natural_number_of_terms() -> None:
    with pytest.raises(ValueError, match="natural number"):
        total(r, r, Rational(3, 2))


def test_the_step_of_a_scheme_tends_to_0() -> None:
    """|h - 1| = h - 1 for h >= 1, but not near 0."""
    far = scalar("h", at_least=1)
    kink = (sqrt((far - 1) ** 2) - far + 1) * g
    with pytest.raises(ValueError, match="tends to 0"):
        consistent(lambda now, ahead: kink, 0 * g, lambda rest: 0 * g, curve=w, step=far, points=(0, 1), degree=1)


@pytest.mark.parametrize(
    "written",
    [
        # At the lower end, which is the upper one, or where 1/t is not defined, integrands were compared.
        lambda: integral(s, s, t, t) == integral(2 * s, s, t, t),
        lambda: integral(s, s, 0, v) / v <= integral(v - s, s, 0, v) / v,
        # Sums of 1/2 or 3/2 terms.
        lambda: total(0 * r + 1, r, o) >= 1,
        lambda: (total(0 * r + 1, r, o) - 1) * (total(0 * r + 1, r, o) - 2) >= 0,
        # Hypotheses of a chain before its links were dropped.
        lambda: chain(z).given(z >= 1).ge(1),
        lambda: chain(z).ge(z - 1).given(z >= 1).ge(0),
        lambda: chain(q).along(flow(q.dot == 0, subject_to=[q >= 0])).ge(0),
        # Of two lower bounds one was dropped.
        lambda: scalar("w", nonnegative=True, at_least=2) >= 1,
        # q = 0 at all times, of which the hypothesis did not speak.
        lambda: (q.dot == 0).given(for_all(t, q == 0)),
        # What SymPy assumes of a symbol was dropped.
        lambda: from_sympy(sympy.Symbol("n", integer=True, positive=True)) >= 1,
        lambda: from_sympy(sympy.Symbol("n", real=True, nonzero=True)) ** 2 > 0,
        lambda: from_sympy(sympy.Symbol("n", prime=True)) >= 2,
    ],
)
def test_what_holds_is_not_refuted(written: Written) -> None:
    assert answer(written) is not Verdict.REFUTED


def test_hypotheses_of_a_chain_hold_for_all_its_links() -> None:
    assert verdict(lambda: chain(z).given(z >= 1).ge(1)) is Verdict.PROVED
    assert verdict(lambda: chain(z).ge(z - 1).given(z >= 1).ge(0)) is Verdict.PROVED
    assert verdict(lambda: chain(q).along(flow(q.dot == 0, subject_to=[q >= 0])).ge(0)) is Verdict.PROVED
    assert verdict(lambda: scalar("w", nonnegative=True, at_least=2) >= 2) is Verdict.PROVED


def test_a_parameter_of_a_motion_is_constant() -> None:
    """x'' = -mu x keeps |x|^2 <= 1 from x(0) = 0, x'(0) = 1 for mu >= 1, but not where mu = 1 + x^2 for each piece."""
    mu, start, local, K = scalar("mu", at_least=1), scalar("position"), scalar("s"), operator("K")
    swing = flow(x.ddot == -mu * x + 0 * K(x), time=t)
    moved = motion(x, K, local, 0, 1)
    for length in (pi / 2, pi / (2 * sqrt(2)), pi / 2):
        moved = moved.then(
            length,
            0,
            lambda here, speed: (
                here * cos(sqrt(1 + here**2) * local) + speed / sqrt(1 + here**2) * sin(sqrt(1 + here**2) * local)
            ),
        )
    bound = norm2(x) <= norm2(at(x, 0)) + norm2(at(x.dot, 0))
    assert answer(lambda: refuted_by(bound, swing, moved, {mu: 1 + start**2})) is not Verdict.REFUTED
    with pytest.raises(ValueError, match="does not move in time"):
        refuted_by(bound, swing, moved, {mu: 1 + t})


@pytest.mark.parametrize("values", [{q: 1}, {"every": 1}, {2: 1}, 3])
def test_an_instance_says_what_parameters_are(values: Any) -> None:
    with pytest.raises(TypeError, match="an instance of square"):
        square.at(values)


explodes = claimed(lambda: conserved(flow(q.dot == q**2, time=t, subject_to=[q > 0]), 1 / q + t), "explodes")
ends = claimed(lambda: (t <= 1).given(at(q, 0) == 1).by(explodes), "ends")
cases = [
    claimed(lambda: (0 * at(q, 0) + 2 <= 1).given(at(q, 0) == 1, at(q, 2) <= 1).by(ends.at({t: 2})), "small"),
    claimed(lambda: (0 * at(q, 0) + 2 <= 1).given(at(q, 0) == 1, at(q, 2) >= 1).by(ends.at({t: 2})), "large"),
]
spoken = claimed(lambda: (0 * at(q, 2) + 2 <= 1).given(at(q, 0) == 1).by(ends.at({t: 2})), "spoken")


@pytest.mark.parametrize(
    "written",
    [
        # From q(0) = 1 the solution lasts until 1, so that 2 <= 1 at the time 2: at no time of a solution.
        lambda: (0 * at(q, 0) + 2 <= 1).given(at(q, 0) == 1).by(ends.at({t: 2})),
        lambda: (s <= 1).given(at(q, 0) == 1).by(ends.at({t: s})),
        lambda: (0 * at(q, 0) + 2 <= 1).given(at(q, 0) == 1).by(spoken),
        lambda: either(*cases),
        lambda: chain(2 + 0 * at(q, 0)).le(1 + 0 * at(q, 2), ends.at({t: 2})).le(1).given(at(q, 0) == 1),
    ],
)
def test_no_premise_is_taken_at_a_moment_that_no_solution_reaches(written: Written) -> None:
    assert verdict(ends.stated) is Verdict.PROVED
    assert answer(written) is not Verdict.PROVED


until_two = claimed(lambda: (0 * at(q, 0) + 2 <= 1).given(at(q, 0) == 1, at(q, 2) ** 2 >= 0).by(ends.at({t: 2})), "two")
for_ever = claimed(
    lambda: (0 * at(q, 0) + s <= 1).given(at(q, 0) == 1, for_all(s, at(q, s) ** 2 >= 0)).by(ends.at({t: s})), "for_ever"
)


@pytest.mark.parametrize(
    "written",
    [
        # That q(2)^2 >= 0 is true of a number q(2), which there is not where the solution ends at 1.
        lambda: (0 * at(q, 0) + 2 <= 1).given(at(q, 0) == 1).by(until_two),
        # q(s)^2 >= 0 for all s was taken to speak of one s that the solution reaches.
        lambda: (0 * at(q, 0) + 5 <= 1 + s).given(at(q, 0) == 1, s <= t).by(for_ever.at({s: 5})),
        lambda: (0 * at(q, 0) + 5 <= 1 + 0 * at(q, s)).given(at(q, 0) == 1).by(for_ever.at({s: 5})),
    ],
)
def test_what_a_premise_demands_speaks_of_moments_that_solutions_reach(written: Written) -> None:
    assert verdict(until_two.stated) is Verdict.PROVED
    assert answer(written) is not Verdict.PROVED


late, free = scalar("late", at_least=2), scalar("free", nonnegative=True)
begun = at(q, 0) == 1


def doubled() -> Relation:
    return integral(2 * s + 0 * at(q, 2 * s), s, 0, t) <= integral(1, s, 0, t)


@pytest.mark.parametrize(
    "written",
    [
        # The variable of an integral or a sum counted as a moment that solutions reach: 9/2 <= 3.
        lambda: (integral(s, s, 0, 3) <= integral(1, s, 0, 3)).given(begun).by(ends.at({t: s})),
        lambda: (total(s, s, n) <= total(1 + 0 * s, s, n)).given(begun).by(ends.at({t: s})),
        # It has no value where the range is empty, and is no letter that stands outside, or in another range.
        lambda: (0 * integral(late, late, 2, t) + 2 <= 1).given(begun).by(ends.at({t: late})),
        lambda: (0 * integral(at(q, s), s, 5, 0) + 2 <= 1).given(begun).by(ends.at({t: 5})),
        lambda: (s + 0 * integral(s, s, 0, t) <= 1).given(begun).by(ends.at({t: s})),
        lambda: (2 + 0 * integral(s, s, 0, 1) + 0 * integral(s, s, 5, 9) <= 1).given(begun).by(ends.at({t: s + 5})),
        # A path at a letter counted as taken up to the end of an integral elsewhere.
        lambda: (2 + 0 * integral(s, s, 0, 5) + 0 * at(q, s) <= 1).given(begun).by(ends.at({t: 5})),
        lambda: (
            (doubled().left + 0 * integral(s, s, 0, t / 4) <= doubled().right)
            .given(begun)
            .by(claimed(lambda: doubled().given(begun).by(ends.at({t: 2 * s})), "twice"))
        ),
    ],
)
def test_the_variable_of_an_integral_is_no_moment_that_solutions_reach(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


@pytest.mark.parametrize(
    "written",
    [
        lambda: integral(s, s, 0, t) <= integral(1, s, 0, t),
        lambda: integral(s + 0 * at(q, s), s, 0, free) <= integral(1 + 0 * at(q, s), s, 0, free),
    ],
)
def test_premises_under_an_integral(written: Any) -> None:
    assert verdict(lambda: written().given(begun).by(ends.at({t: s}))) is Verdict.PROVED


def test_premises_at_moments_that_solutions_reach() -> None:
    assert verdict(lambda: (s <= 1).given(at(q, 0) == 1, s <= t).by(ends.at({t: s}))) is Verdict.PROVED
    clock = claimed(lambda: gronwall(flow(time=t), -(t**2), 0), "clock")
    assert verdict(lambda: (-(z**2) <= 0).given(z >= 0).by(clock.at({t: z}))) is Verdict.PROVED


@pytest.mark.parametrize(
    "written",
    [
        # q' = 1, and "the integral of 1 dw from 0 to t" over a path w; the time was one number for each i.
        lambda: integrated(flow(q.dot == 1, time=t), q, scalar_path("w")),  # type: ignore[arg-type]
        lambda: flow(q.dot == 1, time=scalar("t", nonnegative=True, index=n)),
        lambda: integral(a, a, 0, 1),
        lambda: total(q, q, 3),  # type: ignore[arg-type]
        lambda: for_all(let("E", z), z >= 0),  # type: ignore[arg-type]
        lambda: scalar("b", index=let("E", z)),  # type: ignore[arg-type]
    ],
)
def test_what_is_bound_is_a_plain_letter(written: Written) -> None:
    with pytest.raises(TypeError, match="parameter without an index"):
        written()


@pytest.mark.parametrize("constant", [0, -1, z])
def test_a_lipschitz_constant_is_positive(constant: Any) -> None:
    """Along a flow whose constraints divide by it, a constant that is any number was proved not to be 0."""
    with pytest.raises(ValueError, match="positive"):
        smooth_convex(constant)


def test_a_relation_for_jumps_speaks_of_what_jumps() -> None:
    """Of a path that had a relation for its jumps, but was not said to jump, q = q(0) was proved."""
    with pytest.raises(TypeError, match="jumps_from=0"):
        flow(q.dot == 0, time=t, jumps=[after(q) <= q])


def test_a_domain_ends_at_an_exact_number() -> None:
    with pytest.raises(TypeError, match="not exact"):
        scalar("x", at_least=0.1)  # type: ignore[arg-type]


@pytest.mark.parametrize("exponent", [1001, 9999])
def test_huge_degrees_take_no_time(exponent: int) -> None:
    """They were factored, and counted by Sturm, from within compiled code, where no deadline is looked at."""
    z, w = scalar("z"), scalar("w", nonnegative=True)
    began = time.process_time()
    for stated in (z + 1 / (z**exponent - z) >= z, w**exponent - w + 1 >= 0, z ** (exponent + 1) + z**2 > 0):
        (obligation,) = argue(stated).obligations
        assert obligation.statement is not None
        decide(obligation.statement, 1)
    assert time.process_time() - began < 15


@pytest.mark.parametrize("force", [at(path("g"), log(scalar("r"))), integral(1 / s, s, 0, 1) * u])
def test_a_scheme_with_a_force_that_has_no_value_is_consistent_with_nothing(force: Vector) -> None:
    step, curve = scalar("h", positive=True), path("w")
    assert (
        answer(
            lambda: consistent(
                lambda before, now, after: after - 2 * now + before + step**2 * force,
                curve.ddot + force,
                lambda behind, ahead: ahead - behind,
                curve=curve,
                step=step,
            )
        )
        is not Verdict.PROVED
    )


_step = scalar("h", positive=True)


def _with_remainder(more: Vector, curve: Path = w) -> object:
    """w(t + h) - w - h w' = h^2 w''/2 + h^3 (r + more), with h^3 more added on the left."""
    return consistent(
        lambda now, ahead: ahead - now - _step * curve.dot + _step**3 * more,
        curve.ddot / 2,
        lambda rest: rest + more,
        curve=curve,
        step=_step,
        points=(0, 1),
        degree=2,
    )


@pytest.mark.parametrize(
    "written",
    [
        # |log h| grows as h tends to 0, and so may one number, one vector, one curve for each h.
        lambda: _with_remainder(integral(1 / r, r, scalar("h", positive=True, at_most=1), 1) * g),
        lambda: _with_remainder(integral(1 / r, r, _step, 1) * g),
        lambda: _with_remainder(scalar("a", index=_step) * g),
        lambda: _with_remainder(vector("f", index=_step)),
        lambda: _with_remainder(0 * g, path("w", index=_step)),
    ],
)
def test_a_remainder_stays_bounded(written: Written) -> None:
    assert answer(lambda: _with_remainder(g)) is Verdict.PROVED
    assert answer(written) is None


def test_a_curve_is_one_for_all_steps() -> None:
    def of_first_order(curve: Path) -> object:
        def scheme(now: Vector, ahead: Vector) -> Vector:
            return ahead - now - _step * curve.dot

        return consistent(scheme, 0 * g, lambda rest: rest, curve=curve, step=_step, leading=1, points=(0, 1), degree=1)

    assert answer(lambda: of_first_order(w)) is Verdict.PROVED
    assert answer(lambda: of_first_order(path("w", index=_step))) is None


_place, _level, _curve = scalar("s"), scalar("r"), scalar_path("f")
_resting = for_all(_place, at(_curve, _place) == 5)
_turning = operator("G", at_least=1, at_most=2, changes=Changes.CONTINUOUSLY)


@pytest.mark.parametrize(
    "written",
    [
        lambda: (_level <= 0).given(_resting, for_all(_place, at(_curve.dot, _place) == _level)),
        lambda: (at(_curve.dot, _place) <= 0).given(_resting),
        # No path moves so.
        lambda: (_level <= _level - 1).given(
            for_all(_place, at(_curve.dot, _place) >= 1), for_all(_place, at(_curve, _place) ** 2 <= 5)
        ),
        lambda: (_level <= 0).given(
            for_all(_place, inner(at(_turning(u), _place), u) == 1),
            for_all(_place, inner(at(_turning.dot(u), _place), u) == _level),
        ),
    ],
)
def test_what_is_so_at_all_moments_ties_the_derivatives(written: Written) -> None:
    """A path that is 5 throughout was one with f = 5 and f' = 1 at the moment that was looked at."""
    assert answer(written) is not Verdict.REFUTED


@pytest.mark.parametrize(
    "written",
    [
        lambda: (at(_curve.dot, _place) <= 0).given(at(_curve, _place) == 5),
        lambda: (at(_curve, _place) <= 0).given(_resting),
        lambda: (_curve.dot <= 0).given(for_all(_place, _level <= scalar("a", index=_place))),
    ],
)
def test_what_ties_no_derivative_is_refuted(written: Written) -> None:
    assert answer(written) is Verdict.REFUTED


def test_solutions_of_a_flow_that_names_no_time_may_end() -> None:
    """Where q' = q^2 lasts until 1, q(0) <= 1; without a time of the flow nobody asked whether it does."""
    blowing_up = flow(_curve.dot == _curve**2)
    known = claimed(lambda: cited("a book", (at(_curve, 0) <= 1 + 0 * at(_curve, 1)).along(blowing_up)), "known")
    assert answer(lambda: (at(_curve, 0) <= 1).along(blowing_up).by(known)) is Verdict.OPEN
    assert answer(lambda: chain(at(_curve, 0)).le(1 + 0 * at(_curve, 1), known).eq(1)) is Verdict.OPEN
    lasting = claimed(lambda: cited("a book", (at(_curve, 0) <= 1).along(blowing_up)), "lasting")
    assert answer(lambda: (at(_curve, 0) <= 2).along(blowing_up).by(lasting)) is Verdict.PROVED


def test_an_integral_over_no_path_says_not_that_solutions_last() -> None:
    """q(0) s <= 1 up to any moment s to which the solution of q' = q^2 lasts, and not for all s up to 1."""
    span, now = scalar("s", nonnegative=True), scalar("t", nonnegative=True)
    start, later = at(_curve, 0), at(_curve, span)
    blowing_up = flow(_curve.dot == _curve**2, time=now)
    known = claimed(lambda: cited("a book", (start * span <= 1 + 0 * later).along(blowing_up)), "known")

    def averaged(weight: Scalar, until: Scalar | int) -> Relation:
        return integral(start * span, span, 0, until) <= integral(1 + 0 * weight * span, span, 0, until)

    assert answer(lambda: averaged(start, 1).along(blowing_up).by(known)) is not Verdict.PROVED
    assert answer(lambda: averaged(later, 1).along(blowing_up).by(known)) is Verdict.PROVED
    assert answer(lambda: averaged(start, now).along(blowing_up).by(known)) is Verdict.PROVED


_first, _other, _weight = scalar("i"), scalar("k"), vector("w")


@pytest.mark.parametrize("made", [vector, path])
def test_vectors_of_two_indices_may_be_one(made: Callable[..., Vector]) -> None:
    """u_i and u_k were two vectors that one could choose, also where i = k or something holds for all k."""
    mine, theirs, norm = made("u", index=_first), made("u", index=_other), norm2(_weight)
    for true in (
        lambda: (inner(mine, _weight) == inner(theirs, _weight)).given(_first == _other),
        lambda: (norm2(mine) * norm == norm2(theirs) * norm).given(_first == _other),
        lambda: (norm2(mine) <= 1).given(for_all(_other, norm2(theirs) <= 1)),
    ):
        assert answer(true) is not Verdict.REFUTED
    assert answer(lambda: norm2(mine) <= 1) is Verdict.REFUTED


few, many, place = scalar("n", nonnegative=True), scalar("n", at_least=1), scalar("i")
part = scalar("a", index=place)


@pytest.mark.parametrize(
    "written",
    [
        # n = 0, x = 0: an empty sum is 0, though 1/x has no value.
        lambda: (z != 0).given(total(part / z, place, few) == 0),
        lambda: (1 / z > 0).given(total(part / z, place, few) == 0, z >= 0),
        lambda: (z != 0).given(total(part / z, place, 0) == 0),
        lambda: (z != 0).given(total(part / z + part, place, few) == 0),
        lambda: (z != 0).given(total(part / z, place, many - 1) == 0),
    ],
)
def test_an_empty_sum_does_not_say_that_its_terms_have_values(written: Written) -> None:
    assert verdict(written) is not Verdict.PROVED


def test_a_sum_with_a_term_says_that_it_has_a_value() -> None:
    assert verdict(lambda: (z != 0).given(total(part / z, place, many) == 0)) is Verdict.PROVED
    assert verdict(lambda: (z != 0).given(total(part / z, place, 2 * many**2) == 0)) is Verdict.PROVED


@pytest.mark.parametrize("made", [vector, path])
def test_what_holds_of_all_vectors_holds_of_each(made: Any) -> None:
    """It was taken for a hypothesis on one of them, and a witness obeyed it there alone."""
    other = scalar("j")
    one, another = made("v", index=place), made("v", index=other)
    long = for_all(place, norm2(one) >= 1)
    assert answer(lambda: (norm2(another) >= 1).given(long)) is not Verdict.REFUTED
    assert answer(lambda: (norm2(one) <= 0).given(for_all(place, norm2(one - another) >= 1))) is not Verdict.REFUTED
    assert verdict(lambda: (norm2(one) <= 2).given(long)) is Verdict.REFUTED
