"""The whole derivation, settled from an empty store: every verdict is the expected one, and the record holds."""

from pathlib import Path

import pytest

from proofcheck import Verdict
from proofcheck.records.recheck import TurnedDown, recheck
from proofcheck.results import DerivationResult


def test_everything_is_as_expected(settled: DerivationResult) -> None:
    assert settled.troubles == ()
    assert {claim.name: claim.verdict.value for claim in settled.claims if not claim.as_expected} == {}


def test_nothing_that_is_proved_rests_on_what_is_not(settled: DerivationResult) -> None:
    for claim in settled.claims:
        if claim.verdict is Verdict.PROVED:
            assert {premise.verdict for premise in claim.resting_on} <= {Verdict.PROVED, Verdict.CITED}, claim.name
            assert all(part.verdict is Verdict.PROVED for part in claim.obligations), claim.name


def test_every_verdict_has_its_evidence(settled: DerivationResult) -> None:
    for claim in settled.claims:
        for part in claim.obligations:
            if part.statement is not None:
                assert (part.certificate is not None) is (part.verdict is Verdict.PROVED)
                assert (part.witness is not None) is (part.verdict is Verdict.REFUTED)
        if claim.verdict is Verdict.OPEN:
            assert claim.reason


def test_an_amended_claim_is_refuted_beside_one_that_holds(settled: DerivationResult) -> None:
    verdicts = {claim.name: claim.verdict for claim in settled.claims}
    amended = {claim.amends for claim in settled.claims if claim.amends}
    assert amended and all(verdicts[name] is Verdict.REFUTED for name in amended)


def test_the_record_holds_under_the_kernel_alone(settled: DerivationResult, folder: Path) -> None:
    written = (folder / "records" / f"{settled.name}.json").read_bytes()
    found = recheck(written)
    assert [claim.verdict for claim in found.derivation.claims] == [claim.verdict for claim in settled.claims]
    assert found.certificates >= 150 and found.witnesses >= 10


@pytest.mark.parametrize("old", [b'"OPEN"', b'"REFUTED"', b'"PROVED"'])
def test_a_changed_verdict_is_turned_down(settled: DerivationResult, folder: Path, old: bytes) -> None:
    written = (folder / "records" / f"{settled.name}.json").read_bytes()
    new = b'"PROVED"' if old != b'"PROVED"' else b'"REFUTED"'
    place = written.find(old)
    assert place > 0
    with pytest.raises(TurnedDown):
        recheck(written[:place] + new + written[place + len(old) :])
