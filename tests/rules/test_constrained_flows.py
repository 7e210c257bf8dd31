"""Flows subject to constraints, growth from a later moment or a singular start, the first exit, inverse operators.

From both sides: what holds is proved, and its false neighbours are not.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from proofcheck import (
    Changes,
    Verdict,
    at,
    chain,
    conserved,
    exp,
    first_exit,
    flow,
    for_all,
    gronwall,
    gronwall_with_jumps,
    inner,
    integral,
    let,
    mean_value,
    motion,
    norm,
    norm2,
    operator,
    path,
    power,
    refuted_by,
    scalar,
    scalar_path,
    vector,
)
from proofcheck.rules.argue import NotAStatement, argue, argument_of

from .settling import Written, answer, claimed

PROVED, OPEN = Verdict.PROVED, Verdict.OPEN

t, t_0 = scalar("t", nonnegative=True), scalar("t_0", positive=True)
s, T = scalar("s", nonnegative=True), scalar("T", nonnegative=True)
mu, nu = scalar("mu", positive=True), scalar("nu", positive=True)
gamma, K = scalar("gamma", positive=True), scalar("K", nonnegative=True)
x, e, g, Delta = path("x"), path("e"), path("g"), path("Delta")
q, f = scalar_path("q"), scalar_path("f")
u, v, x_star = vector("u"), vector("v"), vector("x_star")
f_star = scalar("f_star")
H = operator("H", at_least=mu)

disturbed = flow(x.dot == -mu * x + e, time=t, subject_to=[norm2(e) <= nu**2 * norm2(x)])
convex = f_star - f >= inner(g, x_star - x) + mu / 2 * norm2(x_star - x)
descent = flow(x.dot == -g, f.dot == inner(g, x.dot), time=t, subject_to=[convex])
nesterov = flow(Delta.ddot == -gamma / t * Delta.dot - H(Delta), time=t)
weights = flow(x.ddot == -gamma / t * x.dot - g, time=t, subject_to=[norm(g) <= K])
L_hat = let("L_hat", inner(H(Delta), Delta) / 2)
mechanical = let("E", norm2(Delta.dot) / 2 + L_hat)
reduced = let(
    "W",
    power(t, gamma) * (L_hat + norm2(Delta.dot) / 2)
    + gamma / 2 * power(t, gamma - 1) * inner(Delta, Delta.dot)
    + gamma / 4 * power(t, gamma - 2) * norm2(Delta),
)
close = flow(x.dot == -x + e, time=t, subject_to=[inner(x, e) <= 0], inside=(norm2(x) <= 2))


def shrinks() -> object:
    return gronwall(close, norm2(x), 2)


falls = claimed(shrinks, "falls")
small = claimed(lambda: (norm2(x) <= 1).given(norm2(at(x, 0)) <= 1).by(falls), "small")
as_large = claimed(lambda: (norm2(x) <= 2).given(norm2(at(x, 0)) <= 2).by(falls), "as_large")
for_ever = claimed(lambda: first_exit(falls, small), "for_ever")
#: The constraint says nothing of a solution that begins outside.
begun_close = flow(x.dot == -x, time=t, subject_to=[norm2(at(x, 0)) <= 1], inside=(norm2(x) <= 2))
begun_falls = claimed(lambda: gronwall(begun_close, norm2(x), 2), "begun_falls")
begun_small = claimed(lambda: (norm2(x) <= 1).along(begun_close).by(begun_falls), "begun_small")
gathered = claimed(
    lambda: mean_value(weights, power(t, gamma) * x.dot, K / (gamma + 1) * power(t, gamma + 1)), "gathered"
)

HOLDS = {
    "a perturbed decay": lambda: gronwall(disturbed, norm2(x), 2 * (mu - nu)),
    "a strongly convex function": lambda: gronwall(descent, let("V", f - f_star), 2 * mu),
    "a singular coefficient": lambda: gronwall(nesterov, mechanical, 0),
    "from a later moment": lambda: gronwall(
        flow(Delta.ddot == -gamma / t * Delta.dot - H(Delta), time=t, subject_to=[gamma >= 2]), -reduced, 0, since=t_0
    ),
    "a power of the time vanishes at 0": lambda: mean_value(
        weights, power(t, gamma) * x.dot, K / (gamma + 1) * power(t, gamma + 1)
    ),
    "conserved since a moment": lambda: conserved(flow(q.dot == q / t, time=t), q / t, since=t_0),
    "a constraint is a hypothesis along the flow": lambda: (inner(e, u) ** 2 <= nu**2 * norm2(x) * norm2(u)).along(
        disturbed
    ),
    "jumps since a moment": lambda: gronwall_with_jumps(
        flow(x.dot == -x / t, time=t), inner(operator("A", at_least=0, changes=Changes.BY_JUMPS)(x), x), 0, K, since=t_0
    ),
    "a function of the time alone": lambda: gronwall(flow(time=t), t + 1 - exp(t), 0),
    "an inverse undoes its operator": lambda: inner(H.inverse(H(u)), v) == inner(u, v),
    "an inverse is bounded": lambda: inner(H.inverse(u), v) ** 2 <= norm2(u) * norm2(v) / mu**2,
    "it never leaves": lambda: first_exit(falls, small),
    "what never leaves may be used": lambda: (norm2(x) <= 1).given(norm2(at(x, 0)) <= 1).by(for_ever),
}

FAILS = {
    "a decay faster than the perturbation allows": lambda: gronwall(disturbed, norm2(x), 2 * mu),
    "a rate twice too large": lambda: gronwall(descent, let("V", f - f_star), 4 * mu),
    "without its constraint": lambda: gronwall(
        flow(x.dot == -g, f.dot == inner(g, x.dot), time=t), let("V", f - f_star), 2 * mu
    ),
    "a decay at once from rest": lambda: gronwall(nesterov, mechanical, 1),
    "an exponent that may vanish": lambda: gronwall(nesterov, power(t, gamma - 1) * L_hat - L_hat, 0),
    "a power that blows up at 0": lambda: gronwall(flow(q.dot == 0 * q, time=t), power(t, -gamma), 0),
    "a quotient that blows up at 0": lambda: gronwall(flow(q.dot == 0 * q, time=t), 1 / t, 0),
    "a smaller bound than the velocity gathers": lambda: mean_value(
        weights, power(t, gamma) * x.dot, K / (gamma + 2) * power(t, gamma + 1)
    ),
    "a power of the time at 0, where it is not defined": lambda: (K >= 1).by(gathered.at({t: 0})),
    "a beginning before 0": lambda: gronwall(flow(q.dot == -q, time=t), q**2, 2, since=scalar("early")),
    "an energy without its correction": lambda: gronwall(nesterov, -reduced, 0, since=t_0),
    "more than the constraint gives": lambda: (norm2(e) <= nu**2 * norm2(x) / 2).along(disturbed),
    "an inverse without a positive bound": lambda: (
        inner(operator("A", at_least=0).inverse(u), u) >= inner(operator("A", at_least=0).inverse(u), u)
    ),
    "an inverse without a positive bound, in a Gram matrix": lambda: (
        inner(operator("A", at_least=0)(operator("A", at_least=0).inverse(u)), v) ** 2 == inner(u, v) ** 2
    ),
    "an inverse below its bound": lambda: inner(H.inverse(u), v) ** 2 <= norm2(u) * norm2(v) / (2 * mu**2),
    "a bound as large as the radius": lambda: first_exit(falls, as_large),
    "without the hypothesis under which it stays": lambda: (norm2(x) <= 1).by(for_ever),
    "a start that only the constraints put inside": lambda: first_exit(begun_small, begun_small),
}


@pytest.mark.parametrize("stated", HOLDS.values(), ids=HOLDS.keys())
def test_what_holds_is_proved(stated: Written) -> None:
    assert answer(stated) is PROVED


@pytest.mark.parametrize("stated", FAILS.values(), ids=FAILS.keys())
def test_what_fails_is_not(stated: Written) -> None:
    assert answer(stated) is not PROVED


def test_a_constraint_on_the_variable_of_an_integral_is_not_captured() -> None:
    bounded = flow(q.dot == -q, time=t, subject_to=[s <= 1])
    whole = integral(s, s, 0, T)
    with pytest.raises(NotAStatement, match="which is bound"):
        argue((whole <= integral(1 + 0 * s, s, 0, T)).along(bounded))


def test_the_reader_is_told_what_the_solutions_are_subject_to() -> None:
    assert "on solutions subject to |e|^2 <= nu^2 |x|^2" in gronwall(disturbed, norm2(x), 0).rules
    assert "up to the first exit from |x|^2 <= 2" in argument_of(falls).rules
    assert "on solutions subject to <x, e> <= 0 as long as |x|^2 <= 2" in argument_of(for_ever).rules


def test_a_chain_runs_along_a_flow() -> None:
    stated = chain(norm2(e)).le(nu**2 * norm2(x)).le(4 * nu**2 * norm2(x)).along(disturbed)
    assert answer(lambda: stated) is PROVED
    assert stated.conclusion.flows() == (disturbed,)


def test_flows_are_told_apart_by_what_is_written() -> None:
    again = flow(x.dot == -mu * x + e, time=t, subject_to=[norm2(e) <= nu**2 * norm2(x)])
    other = flow(x.dot == -mu * x + e, time=t, subject_to=[norm2(e) <= nu * norm2(x)])
    assert again == disturbed and hash(again) == hash(disturbed)
    assert other != disturbed
    assert disturbed.with_parameters({nu: mu}) == flow(
        x.dot == -mu * x + e, time=t, subject_to=[norm2(e) <= mu**2 * norm2(x)]
    )


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (lambda: flow(x.dot == e, subject_to=[norm(e)]), "a relation without hypotheses"),
        (lambda: flow(x.dot == e, subject_to=[(norm(e) <= 1).given(mu > 1)]), "a relation without hypotheses"),
        (lambda: flow(x.dot == e, subject_to=[(norm(e) <= 1).along(disturbed)]), "not shown along a flow"),
        (lambda: flow(x.dot == e, inside=norm(x) >= 1), "inside is an inequality"),
        (lambda: operator("A").inverse, "no lower bound"),
    ],
)
def test_what_is_refused(written: Written, message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        written()


def test_what_is_along_no_flow() -> None:
    with pytest.raises(NotAStatement, match="along a flow"):
        argue((norm2(x) >= 0).along("a flow"))


about_another = claimed(lambda: (norm2(x) / 2 <= 1).given(norm2(at(x, 0)) <= 1).by(falls), "about_another")
moving = claimed(lambda: (norm2(x) <= 1).given(norm2(x) <= 1).along(close), "moving")
timeless = claimed(lambda: (q <= 1).along(flow(q.dot == 0 * q, subject_to=[q <= 1], inside=(q <= 2))), "timeless")
elsewhere = claimed(lambda: gronwall(disturbed, norm2(x), 2 * (mu - nu)), "elsewhere")


@pytest.mark.parametrize(
    ("conclusion", "stays", "message"),
    [
        (falls, about_another, "does not bound what"),
        (falls, moving, "do not move in time"),
        (elsewhere, small, "from the same place"),
        (falls, elsewhere, "an inside that it may leave"),
        (timeless, timeless, "does not know its time"),
        (falls, for_ever, "an inside that it may leave"),
    ],
)
def test_what_the_first_exit_refuses(conclusion: object, stays: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        first_exit(conclusion, stays)  # type: ignore[arg-type]


def test_what_never_leaves_because_of_another_flow_is_said_along_it() -> None:
    """q' = f with f <= 1 leaves, but for the other flow's constraint; then f is no longer bounded."""
    near = flow(q.dot == f, time=t, subject_to=[f <= 1], inside=(q <= 1))
    held = flow(time=t, subject_to=[q <= 0])
    stays = claimed(lambda: (q <= 0).along(near, held), "stays")
    slow = claimed(lambda: (f <= 1).along(near), "slow")
    argument = first_exit(slow, claimed(lambda: (q <= 0).given(at(q, 0) <= 0).by(stays), "stays_below"))
    assert argument.conclusion is not None
    assert argument.conclusion.flows() == (replace(near, never_leaves=True), held)
    falling = claimed(lambda: (q <= 0).along(near, flow(q.dot == -1, time=t)), "falling")
    with pytest.raises(NotAStatement, match="different flows"):
        first_exit(slow, falling)


def test_the_bounds_of_an_operator_do_not_contain_the_time() -> None:
    """Of what is at most t now, nothing is known before; <A u, u> (t - 0) <= t^2/2 would follow."""
    A = operator("A", at_most=t)
    with pytest.raises(ValueError, match="at all times"):
        gronwall(flow(q.dot == 1, time=t), q * inner(A(u), u) - t**2 / 2 * norm2(u), 0)


def test_a_motion_is_not_asked_about_constraints() -> None:
    A = operator("A", at_least=0)
    constrained = flow(x.dot == -A(x), time=t, subject_to=[norm2(x) <= 1])
    with pytest.raises(ValueError, match="constraints"):
        refuted_by(norm2(x) <= 0, constrained, motion(x, A, s, 1).then(1, 1, lambda position: position * exp(-s)))


def test_an_inverse_is_undone_and_frozen_with_its_operator() -> None:
    assert H.inverse.inverse == H
    moved = operator("A", at_least=1, changes=Changes.BY_JUMPS)
    frozen = at(moved.inverse(u), T)
    assert frozen == replace(moved, moment=T).inverse(u)
    assert answer(lambda: inner(frozen, u) <= norm2(u)) is PROVED


def test_the_derivative_of_an_inverse_follows_from_the_operators() -> None:
    moving = operator("M", at_least=mu, changes=Changes.CONTINUOUSLY)
    settles, decay = moving.inverse(x), flow(x.dot == -x, time=t)
    slope, bent = inner(settles, x), inner(moving.dot(settles), settles)
    assert answer(lambda: decay.d(slope) == -2 * slope - bent) is PROVED
    assert answer(lambda: decay.d(slope) == -2 * slope + bent) is Verdict.REFUTED
    assert answer(lambda: decay.d(inner(moving(settles), x)) == -2 * norm2(x)) is PROVED
    with pytest.raises(ValueError, match=r"the derivative of M\^-1 follows from that of M"):
        moving.inverse.dot(x)


def test_a_hypothesis_for_all_moments_is_no_moving_one() -> None:
    kept = for_all(s, norm2(at(e, s)) <= 1)
    stays = claimed(lambda: (norm2(x) <= 1).given(norm2(at(x, 0)) <= 1, kept).by(falls), "stays")
    assert argument_of(claimed(lambda: first_exit(falls, stays), "kept")).conclusion is not None


def test_a_premise_of_a_growth_rule() -> None:
    """q <= 1 is a premise; its own hypothesis has to follow from the constraints."""
    slow = flow(q.dot == -q + f, time=t, subject_to=[at(q, 0) <= 1, f <= 0])
    bounded = claimed(lambda: (q <= 1).given(at(q, 0) <= 1).along(slow), "bounded")
    other = flow(q.dot == -2 * q, time=t)
    elsewhere = claimed(lambda: gronwall(other, q**2, 4), "elsewhere")
    argument = gronwall(slow, q, 0, by=[bounded])
    assert argument.premises == (bounded,)
    with pytest.raises(NotAStatement, match="different flows"):
        gronwall(slow, q, 0, by=[elsewhere])
    unbounded = claimed(lambda: (q <= 1).given(at(q, 0) <= nu).along(slow), "unbounded")
    assert "premise" in next(each.label for each in gronwall(slow, q, 0, by=[unbounded]).obligations)


def test_what_never_leaves_is_used_through_its_claim_only() -> None:
    """Its hypotheses are owed by whoever uses the claim; the flow alone would do without them."""
    [lasting] = for_ever.relation.flows()
    for stated in (lambda: (norm2(x) <= 2).along(lasting), lambda: gronwall(lasting, norm2(x), 2)):
        with pytest.raises(TypeError, match="use the claim"):
            stated()
