"""Mutants of claims: what is changed, what becomes of them, and that a false one that is proved is found out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest

from proofcheck import (
    chain,
    claim,
    flow,
    gronwall,
    inner,
    let,
    norm2,
    operator,
    path,
    scalar,
    vector,
)
from proofcheck.language.chains import Chain
from proofcheck.language.claims import Claim
from proofcheck.language.expressions import Relation
from proofcheck.running.pool import Pool
from proofcheck.testing import slack
from proofcheck.testing.mutating import mutants
from proofcheck.testing.recording import Called, recorded
from proofcheck.testing.slack import OPEN, PROVED, REFUSED, REFUTED, Judge, Judged, Tried

x, y = scalar("x"), scalar("y", positive=True)
t, mu = scalar("t", nonnegative=True), scalar("mu", positive=True)
A = operator("A", at_least=mu)
p, u = path("p"), vector("u")
descent = flow(p.dot == -A(p), time=t)
energy = let("E", norm2(p) / 2)


def claimed(stated: Callable[[], object]) -> Claim:
    def asserted() -> object:
        return stated()

    return claim("a test")(asserted)


def words(stated: object, kind: str) -> list[str]:
    return [each.words for each in mutants(stated) if each.kind == kind]


def shown(stated: object, kind: str) -> list[str]:
    return [str(each.stated()) for each in mutants(stated) if each.kind == kind]


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    with Pool(1, 5.0) as pool:
        yield Judge(pool, pool, seed=0)


# --- what is changed ---------------------------------------------------------------------------------------------


def test_constants_are_moved_a_little_and_far() -> None:
    assert shown(x <= 3, "constant") == ["x <= 3003/1000", "x <= 2997/1000", "x <= 6", "x <= 3/2"]


def test_a_bound_without_a_constant_is_moved_too() -> None:
    assert shown(x <= y, "factor") == ["x <= 1001 y/1000", "x <= 999 y/1000", "x <= 2 y", "x <= y/2"]


def test_exponents_signs_and_relations_are_changed() -> None:
    assert shown(x**2 >= y, "exponent") == ["x >= y", "x^3 >= y"]
    assert "x - y <= 0" in shown(x + y <= 0, "sign")
    assert shown(x <= y, "relation") == ["x < y", "x = y", "x >= y"]


def test_hypotheses_and_domains_are_left_out_one_at_a_time() -> None:
    assert shown((x <= y).given(x <= 0, x >= -1), "hypothesis") == ["x <= y  given  x >= -1", "x <= y  given  x <= 0"]
    assert words(x <= y, "domain") == ["without y > 0", "y >= 0 in place of >"]


def test_a_domain_is_widened_wherever_the_parameter_stands() -> None:
    wider = next(each.stated() for each in mutants((y <= x).given(y <= 1)) if each.kind == "domain")
    assert isinstance(wider, Relation)
    assert wider.left.bounds == wider.hypotheses[0].left.bounds == ()  # type: ignore[attr-defined,union-attr]


def test_an_operator_loses_its_bounds() -> None:
    assert words(inner(A(u), u) >= mu * norm2(u), "condition") == [
        "without A at least mu",
        "A at least mu times 999/1000",
    ]


def test_an_operator_whose_inverse_is_used_keeps_its_lower_bound() -> None:
    assert words(inner(A.inverse(u), u) >= 0, "condition") == ["A at least mu times 999/1000"]


def test_a_side_between_two_links_is_changed_in_both() -> None:
    for each in mutants(chain(x).le(2 * y).le(3 * y)):
        changed = each.stated()
        assert isinstance(changed, Chain)
        assert all(one.right is other.left for one, other in zip(changed.links, changed.links[1:], strict=False))


def test_links_are_exchanged() -> None:
    assert words(chain(x).le(y).le(2 * y), "chain") == ["sides 1 and 2 exchanged", "sides 2 and 3 exchanged"]


def test_a_rule_is_asked_again_with_other_arguments() -> None:
    called = recorded(claimed(lambda: gronwall(descent, energy, 2 * mu)))
    assert isinstance(called, Called) and called.name == "gronwall"
    doubled = next(each for each in mutants(called) if each.words == "2 times 2 in the rate of gronwall")
    changed = doubled.stated()
    assert isinstance(changed, Called)
    assert changed.result().formula == "E <= exp(-4 mu t) E(0)"


def test_constraints_of_a_flow_are_left_out() -> None:
    e = path("e")
    close = flow(p.dot == -p + e, time=t, subject_to=[norm2(e) <= 1, inner(e, p) <= 0])
    called = recorded(claimed(lambda: gronwall(close, energy, 2)))
    assert words(called, "condition") == ["not subject to |e|^2 <= 1", "not subject to <e, p> <= 0"]


def test_numbers_stay() -> None:
    first, second = mutants(x**2 >= 2 * x - 1), mutants(x**2 >= 2 * x - 1)
    assert [(each.number, each.words) for each in first] == [(each.number, each.words) for each in second]


# --- what becomes of them ----------------------------------------------------------------------------------------


def become(judge: Judge, stated: Callable[[], object], *changes: str) -> list[Judged]:
    """What becomes of the mutants that are made by these changes."""
    asserted = claimed(stated)
    numbers = {each.words: each.number for each in mutants(recorded(asserted))}
    found = []
    for change in changes:
        judged = judge.judge(asserted, only=numbers[change])
        assert judged is not None
        found += judged
    return found


def test_a_tight_claim_has_no_slack(judge: Judge) -> None:
    changes = "2 times 1001/1000 in the right side", ">= becomes >"
    assert [each.outcome for each in become(judge, lambda: x**2 + 1 >= 2 * x, *changes)] == [REFUTED, REFUTED]


def test_a_hypothesis_that_is_not_needed_is_slack(judge: Judge) -> None:
    changes = "without y >= 3", "without x >= 1"
    idle, needed = become(judge, lambda: (x**2 >= x).given(x >= 1, y >= 3), *changes)
    assert idle.slack and idle.tested and idle.direction == "sharper"
    assert needed.outcome == REFUTED


def test_what_becomes_of_a_hypothesis_that_is_not_needed_is_no_slack(judge: Judge) -> None:
    judged = judge.judge(claimed(lambda: (x**2 >= 0).given(y >= 3)))
    assert judged is not None
    changed = [each for each in judged if each.mutant.words.startswith("3 times")]
    assert changed and all(each.direction == "needless" and not each.slack for each in changed)


def test_how_far_a_constant_can_be_moved(judge: Judge) -> None:
    changes = "4 times 999/1000 in the right side", "4 times 2 in the right side"
    smaller, larger = become(judge, lambda: (x**2 <= 4).given(x >= 0, x**2 <= 1), *changes)
    reach = smaller.reach
    assert reach is not None and reach.not_proved is not None
    assert reach.not_proved < Fraction(1, 4) <= reach.proved < Fraction(27, 100)
    assert larger.direction == "weaker"


def test_a_hypothesis_may_be_weaker(judge: Judge) -> None:
    changes = "2 times 999/1000 in the hypothesis x >= 2, right side", "2 times 2 in the hypothesis x >= 2, right side"
    found = become(judge, lambda: (x >= 1).given(x >= 2), *changes)
    assert [each.direction for each in found] == ["sharper", "weaker"]


def test_a_rate_that_is_too_fast_is_not_proved(judge: Judge) -> None:
    changes = "rate 2 mu times 1001/1000", "without A at least mu", "mu >= 0 in place of >", "rate 2 mu times 1/2"
    found = become(judge, lambda: gronwall(descent, energy, 2 * mu), *changes)
    assert [each.outcome for each in found] == [OPEN, OPEN, PROVED, PROVED]
    assert [each.direction for each in found] == ["", "", "sharper", "weaker"]


def test_what_the_language_turns_down_is_refused(judge: Judge) -> None:
    [turned] = become(judge, lambda: chain(x).le(x + y).lt(x + 2 * y), "<= becomes >= in link 1")
    assert turned.outcome == REFUSED


def test_a_sample_has_all_that_is_left_out_and_so_many_others(judge: Judge) -> None:
    judged = judge.judge(claimed(lambda: (x**2 >= 0).given(y >= 3)), limit=2)
    assert judged is not None
    kinds = [each.mutant.kind for each in judged]
    assert kinds.count("hypothesis") == 1 and len(kinds) == 3


def test_a_claim_that_is_not_proved_has_no_mutants(judge: Judge) -> None:
    assert judge.judge(claimed(lambda: x <= 1)) is None


# --- a false mutant that is proved -------------------------------------------------------------------------------


@pytest.fixture
def credulous(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """A judge that takes everything for proved, and compares nothing."""
    monkeypatch.setattr(judge, "_is_proved", lambda argument: True)
    monkeypatch.setattr(judge, "_holds", lambda relation, hypotheses: False)
    return judge


@pytest.mark.parametrize(
    ("stated", "change"),
    [
        (lambda: x**2 + 1 >= 2 * x, "2 times 1001/1000 in the right side"),
        (lambda: x**2 + 1 >= 2 * x, ">= becomes >"),
        (lambda: (x**2 >= x).given(x >= 1), "without x >= 1"),
        (lambda: inner(A(u), u) >= mu * norm2(u), "without A at least mu"),
        (lambda: chain(x).le(x + y).le(x + 2 * y), "sides 2 and 3 exchanged"),
        (lambda: gronwall(descent, energy, 2 * mu), "2 times 2 in the rate of gronwall"),
        (lambda: gronwall(descent, energy, 2 * mu), "-1 times 1/2 in the along of gronwall, equation of p"),
    ],
)
def test_a_false_mutant_that_is_proved_is_found_out(
    credulous: Judge, stated: Callable[[], object], change: str
) -> None:
    assert become(credulous, stated, change)[0].wrong


def test_a_constant_is_put_to_numbers_as_far_as_it_is_moved(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong by a thousandth may be missed; what is proved beyond betrays it."""
    tried: list[Tried] = [Tried("missed", True, ""), Tried("seen", True, "it fails")]
    monkeypatch.setattr(judge, "_is_proved", lambda argument: True)
    monkeypatch.setattr(slack, "_put_to_numbers", lambda *asked: tried.pop(0))
    [moved] = become(judge, lambda: gronwall(descent, energy, 2 * mu), "rate 2 mu times 1001/1000")
    assert moved.wrong and moved.reach is not None and moved.reach.proved > 2


def test_a_true_one_is_not_accused(credulous: Judge) -> None:
    changes = "2 times 999/1000 in the rate of gronwall", "mu >= 0 in place of >"
    found = become(credulous, lambda: gronwall(descent, energy, 2 * mu), *changes)
    assert all(each.tested and not each.wrong for each in found)
