"""The committed report says what the derivations say: the same claims with the expected verdicts, and the findings.

Its bytes may differ with a prover's luck; its structure may not.
"""

import re
from pathlib import Path

import pytest

from proofcheck.reports.text import prose
from proofcheck.running.collecting import Derivation, find, load

ROOT = Path(__file__).parents[2]
REMEDY = "the report is not that of the derivations: run `proofcheck report` and commit report/"


@pytest.fixture(scope="module")
def derivations() -> list[Derivation]:
    return [load(source) for source in find([ROOT / "derivations"])]


@pytest.fixture(scope="module")
def report() -> str:
    return (ROOT / "report" / "report.tex").read_text(encoding="utf-8")


def test_the_report_lists_exactly_the_claims_with_their_verdicts(derivations: list[Derivation], report: str) -> None:
    stated = [(f"{each.name}/{c.name}", c.expect.value) for each in derivations for c in each.claims]
    assert re.findall(r"^% claim (\S+) (\w+)$", report, re.MULTILINE) == stated, REMEDY


def test_the_report_opens_with_every_finding(derivations: list[Derivation], report: str) -> None:
    opening = report[: report.index(r"\section*{Contents}")]
    for derivation in derivations:
        for finding in derivation.findings:
            assert f"{{{prose(finding.title)}}}" in opening and prose(finding.words) in opening, (finding.title, REMEDY)
    assert opening.count(r"\finding{") == sum(len(derivation.findings) for derivation in derivations), REMEDY


def test_the_document_is_beside_its_source_and_nothing_else() -> None:
    found = {path.suffix for path in (ROOT / "report").iterdir()}
    assert found == {".tex", ".pdf"}, REMEDY


def test_findings_are_two_sentences_or_three(derivations: list[Derivation]) -> None:
    for derivation in derivations:
        for finding in derivation.findings:
            assert 2 <= len(re.findall(r"[.;](?= [A-Z'(]|$)", finding.words)) <= 3, finding.title
            assert len(finding.words) <= 500, finding.title


def test_titles_of_findings_are_unique(derivations: list[Derivation]) -> None:
    for derivation in derivations:
        titles = [finding.title for finding in derivation.findings]
        assert len(set(titles)) == len(titles)
