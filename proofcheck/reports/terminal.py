"""A run in the terminal: one line a claim, then what does not hold and what is missing, then the counts."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from proofcheck.results import ClaimResult, DerivationResult, RunResult, Trouble, Verdict

from .findings import Finding, contradictions, counts, find, provers, stated, why, why_not_proved

STYLES = {
    Verdict.PROVED: "green",
    Verdict.REFUTED: "bold red",
    Verdict.SAMPLED: "cyan",
    Verdict.CITED: "cyan",
    Verdict.OPEN: "yellow",
}
PROVER_WIDTH = 16
_INDENT = 13


def show(run: RunResult, console: Console) -> None:
    """Print a whole run.

    >>> show(RunResult("1", ()), Console(width=60))
    0 claims; kernel version 1
    """
    for derivation in run.derivations:
        console.print(heading(derivation))
        for claim in derivation.claims:
            console.print(claim_line(claim))
        console.print()
    for derivation in run.derivations:
        if len(run.derivations) > 1 and (derivation.claims or derivation.troubles):
            console.print(Text(derivation.title, "bold underline"))
        show_findings(derivation, console)
    console.print(summary(run))


def heading(derivation: DerivationResult) -> Text:
    """Return the title of a derivation and its source."""
    source = f"\n{derivation.source}" if derivation.source else ""
    return Text.assemble((derivation.title, "bold"), (source, "dim"))


def claim_line(claim: ClaimResult) -> Table:
    """Return one line: verdict, place in the paper, what settled it, how long that took; `!` marks a surprise.

    What an earlier run found took no time: it was stored.
    """
    line = Table.grid(padding=(0, 1), expand=True)
    line.add_column(width=1, no_wrap=True)
    line.add_column(width=7, no_wrap=True)
    line.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    line.add_column(width=PROVER_WIDTH, no_wrap=True, overflow="ellipsis")
    line.add_column(width=8, justify="right", no_wrap=True)
    line.add_row(
        Text("" if claim.as_expected else "!", "bold red"),
        _verdict(claim.verdict),
        Text.assemble(
            claim.where,
            "  (amended)" if claim.amends else "  (sharper)" if claim.sharpens else "",
            (f"  {claim.name}", "dim"),
        ),
        Text(provers(claim), "dim"),
        Text(f"{claim.seconds:.2f} s" if claim.searched else "stored" if claim.stored else "", "dim"),
    )
    return line


def show_findings(derivation: DerivationResult, console: Console) -> None:
    """Print what could not be read, what does not hold and what holds instead, what is missing and what is loose."""
    findings = find(derivation)
    if remarks := stated(derivation):
        console.print(Text("Findings", "bold"))
    for remark in remarks:
        console.print(Text.assemble("  ", (f"{remark.kind.value:<10}", "dim"), remark.title))
    if remarks:
        console.print()
    for trouble in derivation.troubles:
        console.print(_trouble(trouble))
    for title, found in (
        ("What does not hold as printed", findings.broken),
        ("What is missing", findings.missing),
        ("What is loose", findings.loose),
    ):
        if found:
            console.print(Text(title, "bold"))
        for finding in found:
            _show_finding(finding, console, loose=found is findings.loose)
    for claim in derivation.claims:
        if not claim.as_expected:
            verdicts = (": expected ", _verdict(claim.expected), ", found ", _verdict(claim.verdict))
            place = (f"  {claim.file}:{claim.line}", "dim")
            console.print(Text.assemble(("! ", "bold red"), claim.where, *verdicts, place))
    for contradiction in contradictions(derivation):
        console.print(Text.assemble(("! ", "bold red"), contradiction))


def summary(run: RunResult) -> Text:
    """Return the counts of the verdicts in one line."""
    claims = tuple(claim for derivation in run.derivations for claim in derivation.claims)
    line = Text("1 claim" if len(claims) == 1 else f"{len(claims)} claims")
    for verdict, number in counts(claims).items():
        if number:
            line.append(", ").append(f"{number} {verdict.value}", STYLES[verdict])
    unread = sum(len(derivation.troubles) for derivation in run.derivations)
    unexpected = sum(not claim.as_expected for claim in claims)
    contradicted = sum(len(derivation.contradicted) for derivation in run.derivations)
    if unread:
        line.append(f", {unread} not read", "bold red")
    if unexpected:
        line.append(f", {unexpected} not as expected", "bold red")
    if contradicted:
        line.append(f", {contradicted} findings contradicted", "bold red")
    if claims and run.as_expected:
        line.append(", all as expected")
    return line.append(f"; kernel version {run.kernel_version}", "dim")


def _show_finding(finding: Finding, console: Console, *, loose: bool) -> None:
    claim = finding.claim
    rows = [("at", Text(f"{claim.file}:{claim.line}")), ("claimed", Text(claim.formula))]
    if not loose:
        label = "witness" if claim.verdict is Verdict.REFUTED else why_not_proved(claim)
        rows.append((label, Text(why(claim))))
    for other in finding.instead:
        holds = Text.assemble(_verdict(other.verdict), f"  {other.where}: {other.formula}")
        rows.append(("sharper" if loose else "instead", holds))
    console.print(Text.assemble("  ", _verdict(claim.verdict), f"  {claim.where}"))
    for name, text in rows:
        for place, line in enumerate(text.wrap(console, max(console.width - _INDENT, 1))):
            line.rstrip()
            console.print(Text.assemble((f"    {'' if place else name:<9}", "dim"), line))
    console.print()


def _trouble(trouble: Trouble) -> Text:
    text = Text.assemble((f"{trouble.file}:{trouble.line}", "bold red"), f"  {trouble.message}")
    return text.append(f"\n    {trouble.remedy}", "dim") if trouble.remedy else text


def _verdict(verdict: Verdict) -> Text:
    return Text(verdict.value, STYLES[verdict])
