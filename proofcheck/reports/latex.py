"""The LaTeX report of a run: a document for a referee report, and its PDF through latexmk."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined

from proofcheck.records.record import sha256_of
from proofcheck.records.store import write_whole
from proofcheck.results import ClaimResult, Definition, Kind, ObligationResult, RunResult, Verdict

from . import formulas
from .chapters import Chapter, chapters_of
from .findings import example, provers, refuting, unproved_support, why, why_not_proved
from .text import Tex, code, escape, prose

DEBIAN_PACKAGES = "latexmk texlive-latex-recommended texlive-latex-extra texlive-fonts-recommended lmodern"
SIDE_FILES = (".aux", ".fdb_latexmk", ".fls", ".log", ".out")
MAIN_RESULTS = 4
LONGEST_PROOF = 300
FEW = 6  # obligations of a claim that are printed one by one


class TypesettingError(Exception):
    """No PDF came out: a tool is missing, TeX failed, or it ran out of time."""


class Illustration(Protocol):
    """A figure: the file that holds it, PDF or PNG, and its caption as plain text."""

    @property
    def path(self) -> Path:
        """The file, which must exist."""

    @property
    def caption(self) -> str:
        """What is seen, with which parameters."""


def write(
    run: RunResult,
    folder: Path,
    figures: Sequence[Illustration] = (),
    *,
    date: str = "",
) -> Path:
    """Write `report.tex`, with copies of the figures beside it, and return its path.

    The same run gives the same bytes: no date is printed unless one is given. Raises OSError where a figure cannot
    be read or the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    report = folder / "report.tex"
    text = (
        _environment()
        .get_template("report.tex")
        .render(
            run=run,
            chapters=chapters_of(run),
            figures=[
                (_copied(figure.path, folder, number), figure.caption) for number, figure in enumerate(figures, start=1)
            ],
            date=date,
            main_results=MAIN_RESULTS,
        )
    )
    write_whole(report, text.encode())
    return report


def compile(tex: Path, seconds: int = 120) -> Path:
    """Run latexmk on a report and return the PDF beside it.

    No shell escape, no configuration of the user's, no date in the PDF. Raises TypesettingError where latexmk or
    pdflatex is absent (and names the Debian packages), where TeX fails (and gives the first error of its log), and
    after so many seconds.
    """
    for tool in ("latexmk", "pdflatex"):
        if shutil.which(tool) is None:
            raise TypesettingError(f"{tool} is not installed; on Debian: apt-get install {DEBIAN_PACKAGES}")
    options = ["-norc", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error"]
    process = subprocess.Popen(
        ["latexmk", *options, "-latexoption=-no-shell-escape", tex.name],
        cwd=tex.parent,
        # No date enters the PDF, lines of the log stay whole, and TeX opens no file outside the folder.
        env=os.environ
        | {"SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1", "max_print_line": "1000", "openin_any": "p"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        status = process.wait(seconds)
    except BaseException as reason:
        # latexmk's own child would survive it.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        # What TeX had written of the document until then is no document.
        tex.with_suffix(".pdf").unlink(missing_ok=True)
        tidy(tex)
        if isinstance(reason, subprocess.TimeoutExpired):
            raise TypesettingError(f"latexmk did not finish {tex} within {seconds} s") from None
        raise
    if status != 0:
        raise TypesettingError(f"TeX failed on {tex}: {_first_error(tex.with_suffix('.log'))}")
    return tex.with_suffix(".pdf")


def tidy(tex: Path) -> None:
    """Remove what latexmk leaves beside a report and its PDF. Raises `OSError`."""
    for suffix in SIDE_FILES:
        tex.with_suffix(suffix).unlink(missing_ok=True)


def _first_error(log: Path) -> str:
    """Return the first error line of a log, with the remedy where a package is missing."""
    if not log.is_file():
        return "it left no log"
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    error = next((line for line in lines if re.match(r"! |\S+\.\w+:\d+: ", line)), "see its log")
    missing = ".sty' not found" in error
    return f"{error}; on Debian: apt-get install {DEBIAN_PACKAGES}" if missing else error


def _environment() -> Environment:
    """Return a template environment whose signs are not LaTeX's, and where text is escaped unless it is Tex."""
    environment = Environment(
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # HTML's escapes; `finalize` writes LaTeX
        finalize=lambda value: value if isinstance(value, Tex) else prose(str(value)),
        loader=PackageLoader("proofcheck.reports"),
    )
    environment.filters |= {
        "code": code,
        "plain": escape,
        "identifier": lambda name: Tex(re.sub(r"[^\w./-]", "?", name)),
        "record_hash": sha256_of,
        "source": _source,
        "displayed": _displayed,
        "restates": _restates,
        "displayed_chain": _displayed_chain,
        "explained": _explained,
        "briefly": _briefly,
        "one_by_one": _one_by_one,
        "stated": _stated_in_line,
        "defined": _defined,
        "witness": _witness,
        "links": _links,
        "refuting": refuting,
        "example": example,
        "why_not_proved": why_not_proved,
        "unsaid_reason": _unsaid_reason,
        "provers": provers,
        "unproved": unproved_support,
        "in_order": _in_order,
    }
    environment.globals |= {"Verdict": Verdict, "Kind": Kind}
    return environment


def _explained(obligation: ObligationResult) -> Tex:
    """Return a proof or a witness in a line; a proof that nobody would follow is left to the record."""
    width = formulas.width(obligation.explanation_latex)
    if obligation.verdict is Verdict.PROVED and width > LONGEST_PROOF:
        return escape(f"a certificate of {width} signs, which is in the record.")
    return formulas.in_line(obligation.explanation_latex, obligation.explanation)


def _stated_in_line(obligation: ObligationResult) -> Tex:
    return formulas.in_line(obligation.latex, obligation.formula)


def _defined(definitions: Sequence[Definition]) -> Tex:
    """Return what letters mean, then what they range over."""
    written = [formulas.in_line(each.latex, each.text) for each in definitions if not each.ranges]
    ranges = [formulas.in_line(each.latex, each.text) for each in definitions if each.ranges]
    if ranges:
        written.append(Tex("for all " + ", ".join(ranges)))
    return Tex("; ".join(written))


def _witness(claim: ClaimResult) -> Tex:
    """Return, in a line, why a claim is not proved."""
    obligation = refuting(claim)
    return _explained(obligation) if obligation and obligation.explanation else formulas.shortened(why(claim), prose)


def _unsaid_reason(claim: ClaimResult) -> Tex:
    return formulas.shortened(claim.unsaid_reason, prose)


def _displayed(item: ClaimResult | ObligationResult) -> Tex:
    return formulas.displayed(_complete(item) if isinstance(item, ClaimResult) else item.latex, item.formula)


def _restates(obligation: ObligationResult, claim: ClaimResult) -> bool:
    return formulas.restates(obligation.latex, claim.latex)


def _complete(claim: ClaimResult) -> str:
    return formulas.with_condition(claim.latex, _stated(claim))


def _links(claim: ClaimResult) -> tuple[formulas.Link, ...]:
    return formulas.chain(claim.latex, _stated(claim))


def _briefly(claim: ClaimResult) -> tuple[ObligationResult, ...]:
    """Return the obligations that are only named: conditions that are met, and where there are many, what is proved."""
    many = len(claim.obligations) > FEW and not _links(claim)
    return tuple(
        each
        for each in claim.obligations
        if each.verdict is Verdict.PROVED
        and ((each.statement is None and not each.explanation) or (many and each is not claim.obligations[-1]))
    )


def _one_by_one(claim: ClaimResult) -> tuple[ObligationResult, ...]:
    """Return the obligations of a claim that are neither links of its chain nor only named."""
    linked = {link.obligation for link in _links(claim)}
    named = _briefly(claim)
    return tuple(each for place, each in enumerate(claim.obligations) if place not in linked and each not in named)


def _stated(claim: ClaimResult) -> tuple[str, ...]:
    return tuple(obligation.latex for obligation in claim.obligations)


def _displayed_chain(claim: ClaimResult) -> Tex:
    verdicts = [claim.obligations[link.obligation].verdict.value for link in _links(claim)]
    marks = [Tex(rf"\linkmark{{{place}}}{{{verdict}}}") for place, verdict in enumerate(verdicts, start=1)]
    return formulas.displayed_chain(_complete(claim), marks)


def _in_order(claims: Sequence[ClaimResult], chapter: Chapter) -> list[ClaimResult]:
    return sorted(claims, key=lambda claim: chapter.numbers[claim.name])


def _source(claim: ClaimResult) -> Tex:
    """Name the file as the derivation's reader knows it, without the machine's folders."""
    path = Path(claim.file)
    return code(f"{path.name if path.is_absolute() else path.as_posix()}:{claim.line}")


def _copied(figure: Path, folder: Path, number: int) -> Tex:
    """Copy a figure beside the report, under a name that LaTeX reads."""
    target = folder / f"figure-{number}{figure.suffix.lower()}"
    if figure.resolve() != target.resolve():
        shutil.copyfile(figure, target)
    return Tex(target.name)
