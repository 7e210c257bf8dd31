"""Conditions of how a claim is argued, one a test, each of which a mutant once did without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from proofcheck import (
    Verdict,
    at,
    chain,
    cited,
    conserved,
    flow,
    for_all,
    inner,
    integral,
    norm2,
    operator,
    path,
    scalar,
    scalar_path,
    split,
    vector,
)
from proofcheck.language.expressions import Relation
from proofcheck.rules.argue import NotAStatement, argue, restrictions

from .settling import Written, answer, claimed, verdict

t, q, p = scalar("t", nonnegative=True), scalar_path("q"), scalar_path("p")
s, r, a, b = scalar("s", nonnegative=True), scalar("r"), scalar("a"), scalar("b")
another = scalar("another", nonnegative=True)
u, v, x = vector("u"), vector("v"), path("x")


#: True: what is at most every s >= 0 is at most 0.
infimum = claimed(lambda: cited("the infimum of all s", (r <= 0).given(for_all(s, r <= s))), "infimum")
shifted = claimed(lambda: cited("s = 0", (r <= another).given(for_all(s, r <= s + another))), "shifted")
equal = claimed(lambda: cited("a source", (norm2(u) <= norm2(v)).given(u == v)), "equal")
resting = claimed(lambda: conserved(flow(q.dot == 0 * q, time=t), q), "resting")
rising = claimed(lambda: conserved(flow(q.dot == 1, time=t), q - t), "rising")


def test_the_links_of_a_chain_are_along_one_flow() -> None:
    """q = q(0) along one flow and q - t = q(0) along another: q = q - t along none."""
    with pytest.raises(NotAStatement, match="different flows"):
        argue(chain(q).eq(at(q, 0), resting).eq(q - t, rising))


@pytest.mark.parametrize("stated", [(), (cited("a source", q <= 1), q <= q)])
def test_several_statements_are_statements_each(stated: object) -> None:
    """Together with others, what is cited would no longer be told from what is shown."""
    with pytest.raises(NotAStatement, match="not tuple"):
        argue(stated)


def test_a_truth_value_states_nothing() -> None:
    with pytest.raises(NotAStatement, match="truth value"):
        argue(True)


def test_nothing_states_nothing() -> None:
    with pytest.raises(NotAStatement, match="returns nothing"):
        argue(None)


@pytest.mark.parametrize(
    "written",
    [
        # r = 1, s = 2.
        lambda: (r <= 0).given(r <= s).by(infimum),
        lambda: (r <= 0).given(s >= r).by(infimum),
        # s = 1, r = 1/2, another = 0: r is at most every 1 + another.
        lambda: (r <= another).given(for_all(another, r <= s + another)).by(shifted),
        # u != v.
        lambda: (norm2(u) <= norm2(v)).by(equal),
        lambda: (norm2(u) <= norm2(v)).given(u == 2 * v).by(equal),
        lambda: (norm2(u) <= norm2(v)).given(norm2(u - v) != 0).by(equal),
    ],
)
def test_what_a_premise_demands_is_shown_as_it_demands_it(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


@pytest.mark.parametrize(
    "written",
    [
        lambda: (r <= 0).given(for_all(s, r <= s)).by(infimum),
        lambda: (r <= 0).given(for_all(s, r <= s - 1)).by(infimum),
        lambda: (r <= 0).given(r + 1 <= 0).by(infimum),
        lambda: (r <= 0).given(u == v, r + 1 <= 0).by(infimum),
        lambda: (norm2(u) <= norm2(v)).given(u == v).by(equal),
        lambda: (norm2(u) <= norm2(v)).given(norm2(u - v) <= 0).by(equal),
    ],
)
def test_what_a_premise_demands_may_follow_from_what_is_given(written: Written) -> None:
    assert verdict(written) is Verdict.PROVED


def test_a_point_that_no_solution_reaches_refutes_nothing() -> None:
    assert verdict(lambda: (q.dot == 1).along(flow(q.dot == 1, time=t))) is not Verdict.REFUTED


def test_bounds_that_leave_no_room_refute_nothing() -> None:
    """There is no such operator for a > b; for all others the claim holds."""
    H = operator("H", at_least=a, at_most=b)
    assert verdict(lambda: inner(H(u), u) <= b * norm2(u)) is Verdict.OPEN


def test_a_premise_on_an_operator_that_there_is_not_shows_nothing() -> None:
    """a |u|^2 <= <E u, u> <= b |u|^2 with b < a would show that u = 0."""
    E = operator("E", at_least=a, at_most=b)
    known = claimed(lambda: cited("a source", inner(E(u), u) <= inner(E(u), u)), "known")
    assert answer(lambda: (norm2(u) <= 0).given(a > b).by(known)) is not Verdict.PROVED


@pytest.mark.parametrize("written", [lambda: u + v == v + u, lambda: 2 * (u - v) == 2 * u - 2 * v])
def test_an_equation_between_vectors(written: Written) -> None:
    assert verdict(written) is Verdict.PROVED
    assert verdict(lambda: u + v == v) is Verdict.REFUTED


def test_flows_along_which_premises_hold_have_one_time() -> None:
    other = flow(p.dot == 0 * p, time=scalar("T", nonnegative=True))
    with pytest.raises(NotAStatement, match="different times"):
        argue((q == q).by(resting, claimed(lambda: conserved(other, p), "elsewhere")))
    with pytest.raises(NotAStatement, match="different times"):
        argue((q == q).by(resting, claimed(lambda: (p <= p).along(flow(p.dot == 0 * p)), "timeless")))


still = flow(q.dot == 0 * q, time=t)
over_the_time = integral(t, t, 0, 1) <= 1


@pytest.mark.parametrize(
    "stated",
    [
        over_the_time.along(still),
        (q <= q).given(over_the_time).along(still),
        (q <= q).along(still).by(claimed(over_the_time, "over_the_time")),
    ],
)
def test_nothing_runs_over_the_time_of_a_flow(stated: Relation) -> None:
    with pytest.raises(NotAStatement, match="over the time"):
        argue(stated)


timed = operator("A", at_most=t)


@pytest.mark.parametrize(
    "stated",
    [
        (inner(timed(u), u) <= t * norm2(u)).along(still),
        (q <= q).along(still).by(claimed(inner(timed(u), u) <= t * norm2(u), "bounded")),
        (q <= q).along(flow(x.dot == 0 * x, q.dot == 0 * q, time=t, subject_to=[inner(timed(x), x) <= 1])),
    ],
)
def test_no_bound_of_an_operator_contains_the_time(stated: Relation) -> None:
    with pytest.raises(ValueError, match="at all times"):
        argue(stated)


@pytest.mark.parametrize(
    "known",
    [
        s <= r,
        r <= s,
        for_all(another, s <= r + another),
        integral(s * another, another, 0, 1) <= r,
    ],
)
def test_a_hypothesis_on_what_is_bound_says_that_it_is_for_all(known: Relation) -> None:
    with pytest.raises(NotAStatement, match="which is bound"):
        argue((integral(s, s, 0, 1) <= r).given(known))


@pytest.mark.parametrize(
    "stated",
    [
        (r >= r, scalar("r", positive=True) >= 0),
        chain(r).eq(r + 0 * scalar("r", positive=True)).eq(r),
        r * u == scalar("r", positive=True) * u,
    ],
)
def test_a_letter_has_one_meaning_in_all_that_is_stated(stated: object) -> None:
    with pytest.raises(NotAStatement, match="two different things"):
        argue(stated)


def test_a_chain_as_it_is_printed() -> None:
    argument = argue(chain(r).le(r + 1).eq(1 + r).lt(r + 2))
    assert argument.formula == "r <= r + 1 = 1 + r < r + 2"
    assert argument.latex == r"r \le r + 1 = 1 + r < r + 2"
    assert argue(chain(r).ge(r - 1)).latex == r"r \ge r - 1"
    alpha = argue(chain(scalar("alpha")).le(scalar("alpha") + 1))
    assert (alpha.formula, alpha.latex) == ("alpha <= alpha + 1", r"\alpha \le \alpha + 1")


def test_what_solutions_are_subject_to_as_it_is_printed() -> None:
    kept = flow(q.dot == 0 * q, time=t, subject_to=[p <= 1], inside=(q <= 1))
    assert restrictions((kept,)) == ("on solutions subject to p <= 1", "up to the first exit from q <= 1")
    lasting = replace(kept, never_leaves=True)
    assert restrictions((lasting,)) == ("on solutions subject to p <= 1 as long as q <= 1",)
    assert restrictions((replace(kept, inside=None),)) == ("on solutions subject to p <= 1",)


def test_two_flows_without_a_time_have_not_one_time() -> None:
    timeless = claimed(lambda: (p <= p).along(flow(p.dot == 0 * p)), "timeless")
    with pytest.raises(NotAStatement, match="different times"):
        argue((q <= q).along(flow(q.dot == 0 * q)).by(timeless))


def test_obligations_of_several_statements_are_told_apart() -> None:
    argument = argue((r <= r, chain(r).le(r + 1)))
    assert [each.label for each in argument.obligations] == ["statement 1", "statement 2, link 1"]


halved = integral(a * s, s, 0, 1)
half = claimed(cited("a source", halved <= 3), "half")


def test_what_a_premise_says_of_an_integral_is_used_of_it_as_it_stands() -> None:
    """Evaluated, a/2 <= 4 would be left of it."""
    assert verdict(lambda: (halved <= 4).by(half)) is Verdict.PROVED


def test_an_integral_is_evaluated_where_no_premise_speaks_of_it() -> None:
    one = claimed(lambda: cited("a source", r >= 1), "one")
    assert verdict(lambda: (integral(s, s, 0, 1) <= r).by(one)) is Verdict.PROVED


def test_what_a_premise_says_of_any_number_refutes_nothing() -> None:
    """It says so of b as well, though it is used of r alone."""
    anything = claimed(lambda: cited("a source", r <= 0), "anything")
    assert verdict(lambda: (b <= 0).by(anything)) is not Verdict.REFUTED


def test_what_is_given_for_all_values_of_moments_may_refute() -> None:
    assert verdict(lambda: (r <= 0).given(for_all(another, at(q, another) <= r))) is Verdict.REFUTED


def test_a_bound_that_is_given_for_all_values_refutes_nothing() -> None:
    """r <= <H u, u> for operators below any s >= 0 is r <= 0."""
    H = operator("H", at_most=s)
    assert verdict(lambda: (r <= 0).given(for_all(s, inner(H(u), u) >= r))) is not Verdict.REFUTED


def test_that_an_operator_exists_may_follow_from_what_a_rule_is_given() -> None:
    E = operator("E", at_least=a, at_most=b)
    assert verdict(lambda: split(integral(inner(E(u), u) * r, r, a, b), 0 * a + scalar("c"))) is Verdict.PROVED
    kept = flow(x.dot == 0 * x, time=t, subject_to=[a <= b])
    assert verdict(lambda: conserved(kept, inner(E(x), x))) is Verdict.PROVED
    assert verdict(lambda: conserved(replace(kept, subject_to=()), inner(E(x), x))) is not Verdict.PROVED
