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
from proofcheck.results import (
    ClaimResult,
    Definition,
    DerivationResult,
    FindingResult,
    Kind,
    RunResult,
    Trouble,
    Verdict,
    Weight,
)

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
        definitions=(
            Definition("V", r"V = \input{x} & 100%", r"V = \input{x}", ranges=False),
            Definition("a", "a real " + "a_b" * 40, r"\text{a}} real", ranges=True),
        ),
    )
    wide = replace(first, name="wide", latex="V = " + " + ".join(terms), formula="V = a long sum")
    solid = replace(first, name="solid", latex=r"\left(" + "+".join(terms[:12]) + r"\right) = 0", formula="a product")
    derivation = replace(
        derivation,
        title="50% of {Everything} & More_",
        claims=(hostile, wide, solid, *rest),
        troubles=(Trouble("derivations/a_b.py", 7, "unknown symbol `λ_0` & %", r"declare it with scalar(\"x\")"),),
        uncovered=(("3.01 & co", "100% prose_" * 30),),
        findings=(
            FindingResult(
                Kind.FAILS, Weight.SLIP, r"\input{x} & 100%", "x_1 <= {2} " * 90, ("energy_slope_as_printed",)
            ),
            FindingResult(Kind.FAILS, Weight.CENTRAL, "Not {so} & 1%", "It is proved.", ("solid",)),
        ),
        sections=((first.file, r"\input{section} 100% & x_1^2 " * 3),),
    )
    return replace(run, derivations=(derivation, replace(derivation, name="again", title="", source="", troubles=())))


def test_the_report_is_the_same_each_time(run: RunResult, tmp_path: Path) -> None:
    first = latex.write(run, tmp_path / "one").read_bytes()
    assert first == latex.write(run, tmp_path / "two").read_bytes()
    assert b"2026" not in first


def test_a_date_is_printed_only_if_given(run: RunResult, tmp_path: Path) -> None:
    assert "1 May 2026" in latex.write(run, tmp_path, date="1 May 2026").read_text(encoding="utf-8")


def test_the_parts_come_in_order(run: RunResult, tmp_path: Path) -> None:
    text = latex.write(run, tmp_path).read_text(encoding="utf-8")
    titles = [
        r"\section*{Findings}",
        "{What survives}",
        r"\section*{How to read this report}",
        r"\section*{Contents}",
        r"\section*{Refuted as printed}",
        r"\section*{Missing}",
        r"\section*{Loose}",
        r"\section*{Taken from the literature, not checked here}",
        r"{}The claims}",
        r"\section*{The statements of the paper}",
        r"\section*{The rules of analysis}",
    ]
    places = [text.index(title) for title in titles]
    assert places == sorted(places)
    broken = text[places[4] : places[5]]
    assert re.findall(r"^\\hyperlink\{claim-1-(\d+)\}", broken, re.MULTILINE) == ["4", "6", "9", "13"]
    assert r"& \hyperlink{claim-1-5}" in broken


def test_every_link_has_its_claim(run: RunResult, tmp_path: Path) -> None:
    text = latex.write(troubled(run), tmp_path).read_text(encoding="utf-8")
    targets = re.findall(r"\\hypertarget\{([^}]*)\}", text)
    assert len(targets) == len(set(targets))
    claims = [target for target in targets if target.startswith("claim-")]
    assert len(claims) == sum(len(each.claims) for each in troubled(run).derivations)
    assert set(re.findall(r"\\hyperlink\{([^}]*)\}", text)) <= set(targets)


def test_what_the_verdicts_rest_on_is_printed(run: RunResult, tmp_path: Path) -> None:
    text = latex.write(run, tmp_path).read_text(encoding="utf-8")
    text = text.replace(r"\allowbreak{}", "")
    assert sha256_of(run.derivations[0]) in text
    assert "kernel (version~1)" in text


def test_rules_and_sources_that_a_claim_rests_on_through_premises_are_listed(run: RunResult, tmp_path: Path) -> None:
    [derivation, *_] = run.derivations
    [claim] = [each for each in derivation.claims if each.name == "weights_stay_near"]
    assert [each.name for each in derivation.sources_below(claim)] == ["initial_kernel"]
    text = latex.write(run, tmp_path).read_text(encoding="utf-8")
    row = text.partition(rf"hypertarget{{claim-1-{derivation.claims.index(claim) + 1}}}")[2].partition("Stated in")[0]
    rules = row.partition("Rules through premises: ")[2].partition(". ")[0]
    assert rules.count(r"\hyperlink{rule-") == len(derivation.rules_below(claim)) > 0
    assert r"\hyperlink" in row.partition("Sources through premises: ")[2]


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
    rows = re.findall(r"^(\d\.\w+) & \\(hyperlink|textit)", text, re.MULTILINE)
    assert rows == [("2.1a", "hyperlink"), ("3.01", "textit"), ("3.9", "hyperlink"), ("3.10", "hyperlink")]


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


def finding(kind: Kind, weight: Weight, title: str, *claims: str) -> FindingResult:
    return FindingResult(kind, weight, title, "First sentence. Second sentence.", claims)


def test_findings_are_ordered_by_kind_and_weight_with_witness_and_repair(run: RunResult, tmp_path: Path) -> None:
    [derivation] = run.derivations
    told = (
        finding(Kind.LOOSE, Weight.SLIP, "a loose bound", "loss_decays"),
        finding(Kind.FAILS, Weight.SLIP, "a slip", "energy_slope_as_printed"),
        finding(Kind.FAILS, Weight.CENTRAL, "a false lemma", "loss_decays_as_printed"),
        finding(Kind.LACKS, Weight.SERIOUS, "a gap", "error_along_flips"),
        finding(Kind.SURVIVES, Weight.CENTRAL, "a result", "weights_stay_near"),
    )
    text = latex.write(replace(run, derivations=(replace(derivation, findings=told),)), tmp_path).read_text()
    titles = re.findall(r"\\finding\{finding1\}\{([^}]*)\}\{(\w*)\}", text)
    assert titles == [
        ("a result", ""),
        ("a false lemma", "central"),
        ("a slip", "slip"),
        ("a gap", "serious"),
        ("a loose bound", ""),
    ]
    bears = re.findall(r"^\\bears\{(.*)\}$", text, re.MULTILINE)
    assert r"{initial_kernel}" not in bears[0] and r"rests on \hyperlink{claim-1-3}" in bears[0]
    assert r"\kind{Witness:}$n = 1$" in bears[1] and r"\kind{Repair:}\hyperlink{claim-1-7}" in bears[1]
    assert r"\kind{Missing:}" in bears[3]
    assert r"\kind{Sharper:}\hyperlink{claim-1-8}" in bears[4]
    table = text[text.index("Refuted as printed, besides the findings") : text.index("{}The claims}")]
    assert "claim-1-4}" not in table and "claim-1-9}" in table
    assert "Proved, among others" not in text


def test_a_finding_that_a_verdict_contradicts_is_not_stated(run: RunResult, tmp_path: Path) -> None:
    [derivation] = run.derivations
    told = (finding(Kind.FAILS, Weight.CENTRAL, "a lemma that is false", "loss_decays"),)
    text = latex.write(replace(run, derivations=(replace(derivation, findings=told),)), tmp_path).read_text()
    assert r"\finding{finding1}" not in text
    assert (
        'Not stated: the finding "a lemma that is false" says that loss\\_decays is refuted, and its verdict is PROVED'
        in text
    )


def test_letters_of_several_claims_are_explained_once(run: RunResult, tmp_path: Path) -> None:
    shared = Definition("V", "V = L", "V = L", ranges=False)
    first, second, *rest = run.derivations[0].claims
    twice = (
        replace(first, definitions=(shared, Definition("h", "h > 0", "h > 0", ranges=True))),
        replace(second, definitions=(shared, Definition("h", "h >= 0", r"h \ge 0", ranges=True))),
    )
    text = latex.write(with_claims(run, *twice, *rest), tmp_path).read_text()
    assert r"Notation of this section.}\enspace $V = L$." in text
    assert re.findall(r"\\letters\{Here (.*)\.\}", text) == ["for all $h > 0$", r"for all $h \ge 0$"]


def test_several_derivations_have_one_report(run: RunResult, tmp_path: Path) -> None:
    [derivation] = run.derivations
    files = replace(
        derivation,
        claims=tuple(replace(each, file=f"part_{place // 7}.py") for place, each in enumerate(derivation.claims)),
        sections=(("part_0.py", "First part."), ("part_1.py", "Second part")),
    )
    other = replace(files, name="convexity", title="Convexity", sections=(), uncovered=())
    text = latex.write(replace(run, derivations=(files, other)), tmp_path).read_text()
    contents = text[text.index(r"\section*{Contents}") : text.index("Refuted as printed")]
    assert re.findall(r"hyperlink\{section-[\d-]+\}\{([^}]*)\} & (\d+)", contents) == [
        ("First part", "7"),
        ("Second part", "6"),
        ("The claims", "7"),
        ("The claims", "6"),
    ]
    assert set(re.findall(r"\\pageref\{([^}]*)\}", text)) <= set(re.findall(r"\\label\{([^}]*)\}", text))


@pytest.mark.usefixtures("needs_tex")
def test_what_typesetting_leaves_is_removed(run: RunResult, tmp_path: Path) -> None:
    tex = latex.write(run, tmp_path)
    latex.compile(tex)
    latex.tidy(tex)
    assert {path.name for path in tmp_path.iterdir()} == {"report.tex", "report.pdf"}


@pytest.mark.usefixtures("needs_tex")
def test_the_report_compiles_and_stays_on_its_pages(run: RunResult, tmp_path: Path) -> None:
    from proofcheck.numerics.figures import draw

    tex = latex.write(run, tmp_path, list(draw(["decay_against_bounds"], tmp_path)))
    text = read(latex.compile(tex))
    assert "A Dynamical View on Optimization Algorithms" in text
    assert "Refuted as printed" in text
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
