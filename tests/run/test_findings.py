"""Findings from an author's file to the record: read, borne out by verdicts or told, and never about other claims."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from proofcheck.cli import main
from proofcheck.records.recheck import TurnedDown, recheck
from proofcheck.records.record import content_of, read_record, write_record
from proofcheck.reports import terminal
from proofcheck.reports.findings import contradictions, stated
from proofcheck.results import DerivationResult, Kind, RunResult, Weight
from proofcheck.running.collecting import Derivation, find, load
from proofcheck.running.run import Settings, run

PAPER = '''"""A paper."""
from proofcheck import Verdict, claim, fails, lacks, loose, missing, scalar, survives

x = scalar("x")


@claim("Lemma 1")
def squares():
    """A square is not negative."""
    return x**2 >= -1


@claim("Lemma 2", expect=Verdict.REFUTED)
def too_much():
    """A square is at least the number."""
    return x**2 >= x


@claim("Lemma 2", amends=too_much)
def halved():
    """A square is at least the number, less a quarter."""
    return x**2 >= x - 1


@claim("Theorem 3", expect=Verdict.OPEN)
def theorem():
    """Asserted."""
    return missing("a proof", x**4 >= 0)


@claim("Lemma 1, sharper", sharpens=squares)
def sharp():
    """Zero is the bound."""
    return x**2 >= 0


FINDINGS = (
    loose("Lemma 1 is loose", "The bound is not attained. Zero is.", squares),
    lacks("Theorem 3 has no proof", "It is asserted. A proof is missing.", theorem),
    fails("Lemma 2 is false", "A half refutes it. A quarter is missing.", too_much, weight="central"),
    survives("Squares are not negative", "Lemma 1 holds. It needs no hypothesis.", squares, sharp),
)
'''


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def loaded(text: str) -> Derivation:
    Path("paper.py").write_text(text, encoding="utf-8")
    [source] = find([Path("paper.py")])
    return load(source)


def settled(text: str) -> DerivationResult:
    return run([loaded(text)], Settings(jobs=1)).derivations[0]


def test_findings_are_stated_by_kind() -> None:
    derivation = settled(PAPER)
    assert derivation.troubles == () and contradictions(derivation) == ()
    assert [(each.kind, each.title) for each in stated(derivation)] == [
        (Kind.SURVIVES, "Squares are not negative"),
        (Kind.FAILS, "Lemma 2 is false"),
        (Kind.LACKS, "Theorem 3 has no proof"),
        (Kind.LOOSE, "Lemma 1 is loose"),
    ]
    assert [each.title for each in stated(derivation, Kind.FAILS)] == ["Lemma 2 is false"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("fails(", "survives(", "too_much is proved, and its verdict is REFUTED"),
        ("survives(", "fails(", "squares is refuted, and its verdict is PROVED"),
        ("lacks(", "survives(", "theorem is proved, and its verdict is OPEN"),
        ("survives(", "lacks(", "squares is open, and its verdict is PROVED"),
        ("lacks(", "loose(", "theorem is sharpened by a claim that is proved, and its verdict is OPEN"),
        ("x**2 >= -1", "x**2 >= x", "squares is proved, and its verdict is REFUTED"),
        ("x**2 >= 0", "x**2 >= 1", "squares is sharpened by a claim that is proved, and its verdict is PROVED"),
    ],
)
def test_a_finding_that_the_verdicts_contradict_is_told(old: str, new: str, said: str) -> None:
    before, _, after = PAPER.rpartition("FINDINGS")
    changed = before.replace(old, new) + "FINDINGS" + after.replace(old, new)
    derivation = settled(changed)
    assert any(said in each for each in contradictions(derivation))
    assert not RunResult("1", (derivation,)).as_expected
    assert not {each.title for each in stated(derivation)} & {each.title for each, _ in derivation.contradicted}


def test_a_run_prints_the_titles_and_what_is_contradicted() -> None:
    def printed(text: str) -> str:
        console = Console(file=io.StringIO(), width=120)
        terminal.show(RunResult("1", (settled(text),)), console)
        assert isinstance(console.file, io.StringIO)
        return console.file.getvalue()

    text = printed(PAPER)
    assert "  survives  Squares are not negative\n  fails     Lemma 2 is false\n" in text
    assert "all as expected" in text
    assert not [line for line in text.split("What does not hold")[1].splitlines() if line != line.rstrip()]
    text = printed(PAPER.replace("fails(", "survives("))
    assert '! the finding "Lemma 2 is false" says that too_much is proved' in text
    assert "1 findings contradicted" in text and "all as expected" not in text


def test_a_contradicted_finding_fails_the_run() -> None:
    Path("derivations").mkdir()
    Path("derivations/paper.py").write_text(PAPER)
    assert CliRunner().invoke(main, ["run", "--jobs", "1"]).exit_code == 0
    Path("derivations/paper.py").write_text(PAPER.replace("fails(", "survives("))
    assert CliRunner().invoke(main, ["run", "--jobs", "1"]).exit_code == 1
    # A selection says nothing of findings whose claims it leaves out.
    assert CliRunner().invoke(main, ["run", "--jobs", "1", "-k", "squares"]).exit_code == 0


@pytest.mark.parametrize(
    ("findings", "message"),
    [
        ("('words',)", "something that is no finding"),
        ("7", "something that is no finding"),
        ("(survives('T', 'Words.', other),)", "is about other, which is no claim of the derivation"),
    ],
)
def test_what_is_no_finding_is_told_at_its_line(findings: str, message: str) -> None:
    other = "\nfrom proofcheck.language.claims import _COLLECTING\ntoken = _COLLECTING.set(None)\n"
    other += "@claim('Elsewhere')\ndef other():\n    return x >= 0\n\n_COLLECTING.reset(token)\n"
    text = PAPER[: PAPER.index("FINDINGS")] + other + f"FINDINGS = {findings}\n"
    [trouble] = loaded(text).troubles
    assert message in trouble.message and "survives(" in trouble.remedy
    assert text.splitlines()[trouble.line - 1].startswith("FINDINGS")


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("survives('T', 'Words.')", "ends with the claims"),
        ("survives('T', squares, squares)", "a title and two sentences"),
        ("survives(' ', 'Words.', squares)", "a title and two sentences"),
        ("fails('T', 'Words.', 'too_much')", "not their names"),
        ("fails('T', 'Words.', too_much, weight='heavy')", "central, serious or a slip"),
    ],
)
def test_a_finding_says_what_it_needs(call: str, error: str) -> None:
    [trouble] = loaded(PAPER + call + "\n").troubles
    assert error in trouble.message


def test_findings_stand_in_a_file_of_their_own() -> None:
    folder = Path("book")
    folder.mkdir()
    claims, findings = PAPER.split("FINDINGS")
    (folder / "__init__.py").write_text('"""A book."""\nORDER = ("chapter",)\n')
    (folder / "chapter.py").write_text(claims.replace("A paper.", "Chapter one."))
    names = (
        "from proofcheck import fails, lacks, loose, survives\nfrom .chapter import sharp, squares, theorem, too_much\n"
    )
    (folder / "findings.py").write_text(f"{names}\nFINDINGS{findings}")
    [source] = find([folder])
    derivation = load(source)
    assert derivation.troubles == () and len(derivation.findings) == 4
    assert derivation.sections == (("book/chapter.py", "Chapter one."),)


def test_the_record_keeps_findings_sections_and_definitions() -> None:
    derivation = settled(PAPER)
    read = read_record(write_record(derivation)).derivation
    assert read.findings == derivation.findings and read.sections == derivation.sections == (("paper.py", "A paper."),)
    assert [each.text for each in read.claims[0].definitions] == ["x real"]
    assert recheck(write_record(derivation)).derivation.findings[0].weight is Weight.SLIP
    assert json.loads(json.dumps(content_of(derivation)))["findings"][1]["claims"] == ["theorem"]


def test_a_recorded_finding_about_no_claim_is_turned_down() -> None:
    derivation = settled(PAPER)
    stray = replace(derivation.findings[0], claims=("nobody",))
    with pytest.raises(TurnedDown, match="a claim that is not recorded"):
        recheck(write_record(replace(derivation, findings=(stray,))))
