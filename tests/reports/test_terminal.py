"""A run in the terminal: a line a claim, the findings, the counts."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from proofcheck.reports.terminal import claim_line, show, summary
from proofcheck.results import RunResult, Trouble, Verdict


def shown(run: RunResult, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width)
    show(run, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_each_claim_has_one_line_in_the_papers_order(run: RunResult) -> None:
    claims = run.derivations[0].claims
    lines = shown(run).splitlines()[2 : 2 + len(claims)]
    for claim, line in zip(claims, lines, strict=True):
        assert line.startswith(f"  {claim.verdict.value}")
        assert claim.where in line
    assert lines[0].split()[-3:] == ["identity", "0.03", "s"]


@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_claim_takes_one_line_however_narrow(run: RunResult, width: int) -> None:
    for claim in run.derivations[0].claims:
        console = Console(file=io.StringIO(), width=width)
        console.print(claim_line(replace(claim, where=claim.where * 5)))
        assert isinstance(console.file, io.StringIO)
        assert len(console.file.getvalue().splitlines()) == 1


def test_findings_follow_with_witness_and_what_holds_instead(run: RunResult) -> None:
    text = shown(run, 160)
    parts = ["What does not hold as printed", "What is missing", "What is loose", "13 claims"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert "witness  alpha = 1, H = 2, Delta = 1, Delta' = 0: left -2, right -3/2" in text
    assert "instead  PROVED  Lemma 3.3, the energy's derivative: dV/dt <= -alpha V" in text
    assert "sharper  PROVED  Lemma 3.3, part 1, for constant H: L(t) <= (1 + alpha t)^2 exp(-2 alpha t) L(0)" in text


def test_the_summary_counts(run: RunResult) -> None:
    assert summary(run).plain == (
        "13 claims, 6 PROVED, 4 REFUTED, 1 SAMPLED, 1 CITED, 1 OPEN, all as expected; kernel version 1"
    )


def test_what_is_not_as_expected_or_not_read_is_said(run: RunResult) -> None:
    [derivation] = run.derivations
    first, *rest = derivation.claims
    trouble = Trouble("derivations/[bold]x.py", 7, "unknown symbol [red]", "declare it")
    changed = replace(
        derivation, claims=(replace(first, expected=Verdict.OPEN), *rest), troubles=(trouble,), title="[b]Title"
    )
    text = shown(replace(run, derivations=(changed,)), 160)
    assert "[b]Title" in text
    assert "derivations/[bold]x.py:7  unknown symbol [red]\n    declare it" in text
    assert "! PROVED  (3.1) and (3.2)" in text
    assert "! (3.1) and (3.2): expected OPEN, found PROVED" in text
    assert "1 not read, 1 not as expected" in text
    assert "all as expected" not in text
