"""Every numbered statement of the paper is answered, and every claim says where it stands and what it is about."""

from pathlib import Path

import pytest

from proofcheck import Verdict
from proofcheck.language.claims import Claim
from proofcheck.rules.argue import argument_of
from proofcheck.running.collecting import Derivation

#: How many statements each section of the paper makes (0 is the abstract), numbered from 1 on.
STATEMENTS = {0: 4, 1: 10, 2: 31, 3: 77, 4: 53, 5: 30, 6: 11}
NUMBERS = [f"{section}.{number:02d}" for section, most in STATEMENTS.items() for number in range(1, most + 1)]
#: Claims that come back to an earlier statement when its proof, or what refutes it, is there.
COMING_BACK = {
    "converges_without_upper_bound",
    "velocity_bound_as_printed",
    "weights_stay",
}


def by_file(derivation: Derivation) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in derivation.claims:
        found.setdefault(Path(claim.file).name, []).append(claim)
    return found


def test_the_derivation_is_read(derivation: Derivation) -> None:
    assert derivation.troubles == ()
    assert derivation.title and derivation.source_text


@pytest.mark.parametrize("number", NUMBERS)
def test_every_statement_is_covered_or_said_to_be_none(derivation: Derivation, number: str) -> None:
    covering = [claim.name for claim in derivation.claims if number in claim.covers]
    uncovered = dict(derivation.uncovered)
    assert bool(covering) != (number in uncovered), (covering, uncovered.get(number))


def test_no_number_is_unknown(derivation: Derivation) -> None:
    named = {number for claim in derivation.claims for number in claim.covers} | set(dict(derivation.uncovered))
    assert named <= set(NUMBERS)
    assert all(reason.strip() for _, reason in derivation.uncovered)


def test_names_are_unique(derivation: Derivation) -> None:
    names = [claim.name for claim in derivation.claims]
    assert len(set(names)) == len(names)


def test_every_claim_has_a_place_and_a_summary(derivation: Derivation) -> None:
    assert [claim.name for claim in derivation.claims if not claim.where.strip() or not claim.summary.strip()] == []
    assert [claim.name for claim in derivation.claims if len(claim.summary) < 10] == []


def test_targets_are_earlier_claims_of_the_derivation(derivation: Derivation) -> None:
    seen: set[str] = set()
    for claim in derivation.claims:
        for target in (claim.amends, claim.sharpens):
            if target is not None:
                assert any(target is other for other in derivation.claims), (claim.name, target.name)
        seen.add(claim.name)


def test_what_is_amended_is_refuted_and_amended_by_what_holds(derivation: Derivation) -> None:
    for claim in derivation.claims:
        if claim.amends is not None:
            assert claim.amends.expect is Verdict.REFUTED, claim.name
            assert claim.expect in (Verdict.PROVED, Verdict.CITED), claim.name
        if claim.sharpens is not None:
            assert claim.expect is Verdict.PROVED, claim.name


def test_claims_are_in_the_papers_order_within_a_file(derivation: Derivation) -> None:
    """By the first number that each covers; amendments stand beside what they amend, premises before their use."""
    premises = {premise.name for claim in derivation.claims for premise in argument_of(claim).premises}
    for file, claims in by_file(derivation).items():
        last = ""
        for claim in claims:
            if not claim.covers or claim.amends or claim.sharpens or claim.name in premises | COMING_BACK:
                continue
            assert min(claim.covers) >= last, (file, claim.name)
            last = min(claim.covers)


def test_those_that_come_back_are_claims(derivation: Derivation) -> None:
    assert {claim.name for claim in derivation.claims} >= COMING_BACK


def test_lines_grow_within_a_file(derivation: Derivation) -> None:
    for claims in by_file(derivation).values():
        assert [claim.line for claim in claims] == sorted(claim.line for claim in claims)
