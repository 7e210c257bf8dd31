"""The LaTeX report: what it says, that it compiles, and what is said when it cannot."""

import os
import re
import shutil
import stat
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from proofcheck.records.record import sha256_of
from proofcheck.reports import latex
from proofcheck.results import ClaimResult, DerivationResult, RunResult, Trouble, Verdict

DEBIAN_PACKAGES = (
    "latexmk",
    "texlive-latex-recommended",
    "texlive-latex-extra",
    "texlive-fonts-recommended",
    "lmodern",
)


@dataclass(frozen=True)
class Drawing:
    path: Path
    caption: str


@pytest.fixture
def needs_tex() -> None:
    for tool in ("latexmk", "pdflatex", "pdftotext"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")


def with_claims(run: RunResult, *claims: ClaimResult) -> RunResult:
    [derivation] = run.derivations
    return replace(run, derivations=(replace(derivation, claims=claims),))


def read(pdf: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout


def overfull(tex: Path) -> list[str]:
    return re.findall(r"Overfull \\hbox.*", tex.with_suffix(".log").read_text(encoding="utf-8", errors="replace"))


def troubled(run: RunResult) -> RunResult:
    """The record with everything at once that makes a page overflow or a compiler stop."""
    [derivation] = run.derivations
    first, *rest = derivation.claims
    terms = [
        rf"\frac{{(\alpha + {place})^2}}{{\lambda_{{{place}}}}} \langle H\Delta, \dot\Delta\rangle"
        for place in range(40)
    ]
    hostile = replace(
        first,
        name="hostile",
        where=r"\input{/etc/passwd} & 100% of {#1} ~ ^^ $x$ " + "a_very_long_name_" * 12,
        summary=r"\end{document} Łojasiewicz ≤ Δ 漢 -- '' <a|b> " + "x" * 300,
        formula=r"\write18{ls} % {",
        latex=r"\immediate\write18{ls} % {",
        expected=Verdict.OPEN,
        citation="50% & more",
        amends="claim_of_nowhere",
        rules=("rule_with_underscores {",),
    )
    wide = replace(first, name="wide", latex="V = " + " + ".join(terms), formula="V = a long sum")
    solid = replace(first, name="solid", latex=r"\left(" + "+".join(terms[:12]) + r"\right) = 0", formula="a product")
    derivation = replace(
        derivation,
        title="50% of {Everything} & More_",
        claims=(hostile, wide, solid, *rest),
        troubles=(Trouble("derivations/a_b.py", 7, "unknown symbol `λ_0` & %", r"declare it with scalar(\"x\")"),),
        uncovered=(("3.01 & co", "100% prose_" * 30),),
    )
    return replace(run, derivations=(derivation, replace(derivation, name="again", title="", source="", troubles=())))


def test_the_report_is_the_same_each_time(run: RunResult, tmp_path: Path) -> None:
    first = latex.write(run, tmp_path / "one").read_bytes()
    assert first == latex.write(run, tmp_path / "two").read_bytes()
    assert b"2026" not in first


def test_a_date_is_printed_only_if_given(run: RunResult, tmp_path: Path) -> None:
    assert "1 May 2026" in latex.write(run, tmp_path, date="1 May 2026").read_text(encoding="utf-8")


def test_findings_come_in_the_order_of_their_weight(run: RunResult, tmp_path: Path) -> None:
    text = latex.write(run, tmp_path).read_text(encoding="utf-8")
    titles = [
        r"\section*{Findings}",
        "{What survives}",
        "{What does not hold as printed}",
        "{What is missing}",
        "{What is loose}",
        r"\section*{Summary}",
        r"\section*{The claims, in the paper's order}",
        "{Appendix: statements of the paper}",
    ]
    places = [text.index(title) for title in titles]
    assert places == sorted(places)
    broken = text[text.index(titles[2]) : text.index(titles[3])]
    assert re.findall(r"\\headed\{\\hyperlink\{claim-1-(\d+)\}", broken)[-1:] == ["13"]
    assert "Witness (link 2):" in broken
    assert "Repair:}\\hyperlink{claim-1-7}" in broken
    assert "none is recorded" in broken


def test_every_link_has_its_claim(run: RunResult, tmp_path: Path) -> None:
    text = latex.write(troubled(run), tmp_path).read_text(encoding="utf-8")
    targets = re.findall(r"\\hypertarget\{([^}]*)\}", text)
    assert len(targets) == len(set(targets)) == sum(len(each.claims) for each in troubled(run).derivations)
    assert set(re.findall(r"\\hyperlink\{([^}]*)\}", text)) <= set(targets)


def test_what_the_verdicts_rest_on_is_printed(run: RunResult, tmp_path: Path) -> None:
    text = latex.write(run, tmp_path).read_text(encoding="utf-8")
    text = text.replace(r"\allowbreak{}", "")
    assert sha256_of(run.derivations[0]) in text
    assert "kernel (version~1)" in text


def test_a_chain_shows_a_verdict_at_each_link(run: RunResult, tmp_path: Path) -> None:
    text = latex.write(run, tmp_path).read_text(encoding="utf-8")
    assert re.findall(r"\\linkmark\{(\d)\}\{(\w+)\}", text) == [
        *(("1", "PROVED"), ("2", "REFUTED"), ("3", "REFUTED"), ("4", "PROVED")),
        *(("1", "PROVED"), ("2", "PROVED")),
    ]


def test_no_command_of_the_record_reaches_the_source(run: RunResult, tmp_path: Path) -> None:
    text = latex.write(troubled(run), tmp_path).read_text(encoding="utf-8")
    assert r"\input{" not in text
    assert r"\write" not in text
    assert text.count(r"\end{document}") == 1


def test_what_is_not_as_expected_comes_before_anything_else(run: RunResult, tmp_path: Path) -> None:
    assert "Not as expected" not in latex.write(run, tmp_path).read_text(encoding="utf-8")
    text = latex.write(troubled(run), tmp_path).read_text(encoding="utf-8")
    assert text.index("Not as expected") < text.index("{Findings}")
    assert r"expected \verdict{OPEN}, found \verdict{PROVED}" in text


def test_statements_are_listed_in_the_order_of_their_numbers(run: RunResult, tmp_path: Path) -> None:
    numbered = replace(run.derivations[0].claims[0], covers=("3.10", "3.9", "2.1a"))
    text = latex.write(with_claims(run, numbered), tmp_path).read_text(encoding="utf-8")
    rows = re.findall(r"^(\d\.\w+) & \\hyperlink", text, re.MULTILINE)
    assert rows == ["2.1a", "3.9", "3.10"]


def test_a_file_of_this_machine_is_named_without_its_folders(run: RunResult, tmp_path: Path) -> None:
    claim = replace(run.derivations[0].claims[0], file="/home/someone/heavy_ball.py")
    assert "someone" not in latex.write(with_claims(run, claim), tmp_path).read_text(encoding="utf-8")


def test_figures_are_copied_beside_the_report(run: RunResult, tmp_path: Path) -> None:
    drawn = tmp_path / "odd name_%.PNG"
    drawn.write_bytes(b"drawn")
    folder = tmp_path / "report"
    text = latex.write(run, folder, [Drawing(drawn, "50% above")]).read_text(encoding="utf-8")
    assert (folder / "figure-1.png").read_bytes() == b"drawn"
    assert r"{figure-1.png}" in text
    assert r"50\% above" in text
    with pytest.raises(FileNotFoundError):
        latex.write(run, folder, [Drawing(tmp_path / "absent.pdf", "")])


@pytest.mark.usefixtures("needs_tex")
def test_the_report_compiles_and_stays_on_its_pages(run: RunResult, tmp_path: Path) -> None:
    from proofcheck.numerics.figures import decay_against_bounds

    tex = latex.write(run, tmp_path, [decay_against_bounds(tmp_path / "decay.pdf")])
    text = read(latex.compile(tex))
    assert "A Dynamical View on Optimization Algorithms" in text
    assert "What does not hold as printed" in text
    assert "Figure 1." in text
    assert overfull(tex) == []


@pytest.mark.usefixtures("needs_tex")
def test_the_pdf_is_the_same_each_time(run: RunResult, tmp_path: Path) -> None:
    first, second = (latex.compile(latex.write(run, tmp_path / name)) for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.usefixtures("needs_tex")
def test_anything_compiles_and_stays_on_its_pages(run: RunResult, tmp_path: Path) -> None:
    tex = latex.write(troubled(run), tmp_path)
    text = read(latex.compile(tex))
    assert "50% of {Everything} & More_" in text
    assert "[U+6F22]" in text
    assert overfull(tex) == []


@pytest.mark.usefixtures("needs_tex")
def test_an_empty_run_compiles(tmp_path: Path) -> None:
    nothing = DerivationResult("nothing", "Nothing", "", (), (), ())
    assert "Nothing" in read(latex.compile(latex.write(RunResult("1", (nothing,)), tmp_path)))


@pytest.mark.usefixtures("needs_tex")
def test_the_first_error_of_tex_is_told(tmp_path: Path) -> None:
    tex = tmp_path / "report.tex"
    tex.write_text("\\documentclass{article}\n\\begin{document}\n\\undefinedhere\n\\end{document}\n")
    with pytest.raises(latex.TypesettingError, match=r"report\.tex:3: Undefined control sequence"):
        latex.compile(tex)


@pytest.mark.usefixtures("needs_tex")
def test_a_missing_package_names_debians(tmp_path: Path) -> None:
    tex = tmp_path / "report.tex"
    tex.write_text("\\documentclass{article}\n\\usepackage{nosuchpackage}\n\\begin{document}\n\\end{document}\n")
    with pytest.raises(latex.TypesettingError, match=r"nosuchpackage\.sty' not found.*texlive-latex-extra"):
        latex.compile(tex)


@pytest.mark.usefixtures("needs_tex")
def test_tex_runs_no_command(tmp_path: Path) -> None:
    tex = tmp_path / "report.tex"
    body = r"\immediate\write18{touch ran}x"
    tex.write_text(f"\\documentclass{{article}}\\begin{{document}}{body}\\end{{document}}")
    latex.compile(tex)
    assert not (tmp_path / "ran").exists()


@pytest.mark.usefixtures("needs_tex")
def test_tex_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    tex = tmp_path / "report.tex"
    tex.write_text("\\documentclass{article}\\begin{document}\\def\\x{\\x}\\x\\end{document}")
    with pytest.raises(latex.TypesettingError, match="within 1 s"):
        latex.compile(tex, seconds=1)


def test_absent_tools_are_named_with_debians_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(latex.TypesettingError, match="latexmk is not installed") as error:
        latex.compile(tmp_path / "report.tex")
    assert all(package in str(error.value) for package in DEBIAN_PACKAGES)
    script = tmp_path / "latexmk"
    script.write_text("#!/bin/sh\n")
    os.chmod(script, stat.S_IRWXU)
    with pytest.raises(latex.TypesettingError, match="pdflatex is not installed"):
        latex.compile(tmp_path / "report.tex")
