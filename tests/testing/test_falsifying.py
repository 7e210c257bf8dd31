"""The search for exact witnesses: found for what is false, in the paper and in changed claims, not for what is proved.

What is found is evaluated a second time, in the author's language.
"""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from proofcheck import (
    Rational,
    Verdict,
    at,
    chain,
    claim,
    exp,
    for_all,
    induction,
    inner,
    norm2,
    operator,
    power,
    scalar,
    scalar_path,
    sqrt,
    total,
    vector,
)
from proofcheck.kernel.check import refute, refute_written
from proofcheck.language.claims import Claim
from proofcheck.language.expressions import Relation, Vector
from proofcheck.running.collecting import find, load
from proofcheck.testing import Falsification, Undefined, falsify, holds, json_of, lines_of, summary
from proofcheck.testing.instances import relations_of

ROOT = Path(__file__).parents[2]
[SOURCE] = find([ROOT / "derivations" / "bu_xu_chen_2021"])
CLAIMS = {each.name: each for each in load(SOURCE).claims}

x, y = scalar("x"), scalar("y", positive=True)
alpha = scalar("alpha", positive=True)
n, i = scalar("n", at_least=1), scalar("i")
a_i = scalar("a_i", index=i)
u, v = vector("u"), vector("v")
H = operator("H", at_least=alpha**2)


def stating(stated: object, expect: Verdict = Verdict.PROVED) -> Claim:
    @claim("a test", expect=expect)
    def stated_here():
        """It states something."""
        return stated

    return stated_here


def assert_refuted(found: Falsification) -> None:
    """The kernel accepts the witness, also from its JSON, and the author's language sees the violation, too."""
    assert found.verdict is Verdict.REFUTED and found.statement is not None and found.witness is not None
    refute(found.statement, found.witness)
    written = json.loads(json.dumps(json_of("paper", found)))
    refute_written(written["statement"], written["witness"])
    violated = [
        each for each in relations_of(found.claim.stated) if str(replace(each, hypotheses=())) == found.relation
    ]
    assert violated
    for relation in violated:
        for hypothesis in relation.hypotheses:
            if not isinstance(hypothesis, Relation) or hypothesis.for_all is None:
                assert holds(hypothesis, found.values)
    assert not all(seen(relation, found.values) for relation in violated)


def seen(relation: Relation, values: Any) -> bool:
    try:
        return holds(relation, values)
    except Undefined:
        return False


REFUTED_IN_THE_PAPER = [
    "closed_form_of_any_inputs",
    "smallest_eigenvalue_of_one_sample",
    "loss_falls_as_printed",
    "error_dynamics_of_any_network",
    "friction_as_printed",
    "strong_convexity_of_the_footnote",
    "faster_rate",
    "smallest_eigenvalue_below_half",
    "sum_of_eigenvalues",
    "energy_always_decreases",
    "energy_chain_as_printed",
    "pseudo_loss_chain_as_printed",
    "distance_as_printed",
    "deep_error_dynamics",
    "any_network_with_momentum",
]


@pytest.mark.parametrize("name", REFUTED_IN_THE_PAPER)
def test_what_the_paper_gets_wrong_has_a_witness(name: str) -> None:
    found = falsify(CLAIMS[name])
    assert_refuted(found)
    assert found.as_expected


@pytest.mark.parametrize(
    "name",
    [
        "energy_chain",
        "friction",
        "not_slower_rate",
        "trace",
        "smallest_eigenvalue_nearby",
        "sum_of_eigenvalues_at_least",
    ],
)
def test_what_is_proved_has_none(name: str) -> None:
    found = falsify(CLAIMS[name], examples=40)
    assert found.verdict is Verdict.SAMPLED and found.draws > 0 and found.as_expected


FALSE = {
    "a square": x**2 >= x,
    "a strict sign at equality": x**2 > 0,
    "a constant that is too large": inner(H(u), u) >= Rational(11, 10) * alpha**2 * norm2(u),
    "Cauchy and Schwarz, reversed": inner(u, v) ** 2 >= norm2(u) * norm2(v),
    "an operator that is no number": norm2(H(u)) * norm2(u) <= inner(H(u), u) ** 2,
    "an inverse": inner(H.inverse(u), u) >= norm2(u) / alpha**2,
    "a sum": total(a_i, i, n) ** 2 >= total(a_i**2, i, n),
    "the power of n": (total(a_i, i, n) ** 2 <= n * total(a_i**2, i, n) - (n - 1)),
    "under a hypothesis": (x * y >= Rational(1, 2)).given(x + y == 2, x**2 >= 2),
    "a function": exp(x) >= 1 + x + x**2 / 2,
    "a root": sqrt(2 * y) <= sqrt(y),
    "undefined at zero": x / x == 1,
    "an equation": (norm2(u) + norm2(v) == norm2(u + v)).given(inner(u, v) >= 0),
}


@pytest.mark.parametrize("relation", FALSE.values(), ids=FALSE.keys())
def test_what_is_false_is_refuted(relation: Relation) -> None:
    found = falsify(stating(relation))
    assert_refuted(found)
    assert not found.as_expected


@pytest.mark.parametrize(
    ("relation", "shown"),
    [
        (FALSE["a square"], "at x = 1/2: left 1/4, right 1/2"),
        (FALSE["a strict sign at equality"], "at x = 0: left 0, right 0"),
        (FALSE["an equation"], "at u = 1, v = 1: left 2, right 4"),
        (FALSE["undefined at zero"], "at x = 0: a side is not defined"),
        (FALSE["a constant that is too large"], "at alpha = 1, u = 1, H = 1: left 1, right 11/10"),
        (FALSE["a sum"], "at n = 2, a_i[1] = 1, a_i[2] = -1: left 0, right 2"),
    ],
)
def test_a_witness_is_simple(relation: Relation, shown: str) -> None:
    assert falsify(stating(relation)).shown == shown


NEEDLES = {
    "between simple numbers": x**2 - Rational(34, 13) * x + Rational(289, 169) > Rational(1, 10**6),
    "a narrow valley": (x**4 + y**2 + Rational(1, 17) >= Rational(999, 1000) * y * (x**2 + Rational(3, 7))),
    "in the plane": (norm2(u) - 2 * inner(u, v) + norm2(v) + norm2(v - u / 3) >= Rational(1, 10**9)),
    "with an equation": (x**2 + y**2 >= Rational(1, 2) + Rational(1, 10**7)).given(x + y == 1),
}


@pytest.mark.parametrize("relation", NEEDLES.values(), ids=NEEDLES.keys())
def test_a_descent_finds_what_draws_do_not(relation: Relation) -> None:
    assert_refuted(falsify(stating(relation), examples=30))


@pytest.mark.parametrize("name", ["energy_chain", "pseudo_loss_is_strongly_convex", "smallest_eigenvalue_nearby"])
def test_a_changed_claim_is_refuted(name: str) -> None:
    """Each link with a sign turned round, where it is no equation."""
    relations = [each for each in relations_of(CLAIMS[name].stated) if each.sign in ("<=", ">=")]
    assert relations
    for relation in relations:
        turned = replace(relation, sign={"<=": ">=", ">=": "<="}[relation.sign], uses=())
        assert_refuted(falsify(stating(turned)))


def test_the_link_that_breaks_is_named() -> None:
    found = falsify(stating(chain(x).le(x + y).le(x).le(x + 1)))
    assert found.relation == "x + y <= x"
    assert_refuted(found)


def test_a_seed_repeats_the_search() -> None:
    wanted = stating(FALSE["the power of n"])
    first, second = (falsify(wanted, seed=3) for _ in range(2))
    assert (first.shown, first.draws) == (second.shown, second.draws)


def test_time_is_kept() -> None:
    found = falsify(CLAIMS["projectors"], seconds=0.5, examples=10_000)
    assert found.seconds < 5


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("loss_decays_as_printed", "explicit counterexample"),
        (next(name for name, each in CLAIMS.items() if each.expect is Verdict.OPEN), "rule"),
        ("told_apart", "cited"),
        ("start_of_descent", "which is not proved"),
    ],
)
def test_what_is_not_drawn_says_why(name: str, why: str) -> None:
    found = falsify(CLAIMS[name])
    assert found.verdict is Verdict.OPEN and found.draws == 0 and why in found.reason
    assert "not drawn" in next(lines_of(found))


def test_hypotheses_that_no_number_satisfies() -> None:
    found = falsify(stating((x >= 5).given(x**2 < 0)), examples=20)
    assert found.verdict is Verdict.OPEN and "hypotheses" in found.reason


def test_lines_and_summary() -> None:
    found = [falsify(stating(x**2 >= x)), falsify(stating(x**2 >= 0), examples=20), falsify(CLAIMS["told_apart"])]
    lines = list(lines_of(found[0]))
    assert "(expected PROVED)" in lines[0] and lines[-1].endswith("at x = 1/2: left 1/4, right 1/2")
    assert summary(found).startswith("3 claims: 1 with an exact witness (1 against expectation); 1 without one")


@pytest.mark.parametrize(("right", "verdict"), [(u + v, Verdict.SAMPLED), (2 * (u + v), Verdict.REFUTED)])
def test_an_equation_between_vectors_is_drawn_in_one_component(right: Vector, verdict: Verdict) -> None:
    found = falsify(stating(v + u == right))
    assert found.verdict is verdict
    if found.statement is not None and found.witness is not None:
        refute(found.statement, found.witness)
        assert found.shown.startswith("at v = ")


def test_values_are_the_authors() -> None:
    found = falsify(stating(FALSE["an operator that is no number"]))
    assert set(found.values) == {"alpha", "u", ("H", 0, None)}
    assert all(isinstance(part, Fraction | int) for part in found.values["u"])


whole, late = scalar("n", integer=True, at_least=1), scalar("n", integer=True, at_least=4)


@pytest.mark.parametrize("stated", [power(2, whole) >= whole**2, induction(power(2, whole) >= whole**2, whole)])
def test_integers_are_drawn_as_such(stated: object) -> None:
    found = falsify(stating(stated), examples=30)
    assert found.statement is not None and found.witness is not None
    refute(found.statement, found.witness)
    assert found.values["n"] == 3


@pytest.mark.parametrize(
    "stated",
    [
        (whole - 1) * (whole - 2) >= 0,
        induction((whole - 1) * (whole - 2) >= 0, whole),
        induction(total(a_i**2, i, whole) >= 0, whole),
        power(2, late) >= late**2,
        (whole * scalar("c", index=i, integer=True) - 1) ** 2 >= 0,
    ],
)
def test_nothing_between_integers_is_a_witness(stated: object) -> None:
    assert falsify(stating(stated), examples=30).verdict is not Verdict.REFUTED


def test_what_is_given_for_all_integers_is_not_drawn() -> None:
    """It would be tried at one of them."""
    k, e = scalar("k", integer=True, at_least=0), scalar_path("e")
    falls = for_all(k, at(e, k + 1) <= at(e, k) + x * at(e, k) ** 2)
    found = falsify(stating((at(e, 1) <= at(e, 0)).given(falls)), examples=10)
    assert found.draws == 0 and "k runs over all integers" in found.reason
