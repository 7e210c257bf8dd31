"""A derivation as a document shows it: how claims are numbered and linked, in which sections, with which letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from proofcheck.results import ClaimResult, Definition, DerivationResult, FindingResult, Kind, RunResult, Verdict
from proofcheck.rules.obligations import EXAMPLE

from .findings import Finding, Findings, amendments, contradictions, counts, find, sharper, stated
from .text import Tex, code, prose


@dataclass(frozen=True, slots=True)
class Section:
    """The claims of one file, and the letters that several of them use in one sense."""

    title: str
    anchor: Tex
    claims: tuple[ClaimResult, ...]
    notation: tuple[Definition, ...]

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many claims have each verdict."""
        return counts(self.claims)

    def own(self, claim: ClaimResult) -> tuple[Definition, ...]:
        """Return what a claim's letters mean where the section's notation does not say it."""
        return tuple(each for each in claim.definitions if each not in self.notation)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A derivation in a document."""

    derivation: DerivationResult
    findings: Findings
    numbers: Mapping[str, int]
    sections: tuple[Section, ...]
    rules: Mapping[str, int]
    place: int

    @property
    def title(self) -> str:
        """The derivation's title, or its name."""
        return self.derivation.title.rstrip(".") or self.derivation.name

    def claim(self, name: str) -> ClaimResult | None:
        """Return the claim of that name, None if this derivation has none."""
        return next((claim for claim in self.derivation.claims if claim.name == name), None)

    def anchor(self, name: str) -> Tex:
        """Return the target of links to a claim."""
        return Tex(f"claim-{self.place}-{self.numbers[name]}")

    def link(self, name: str) -> Tex:
        """Return a linked number and place, or just the name of a claim from elsewhere."""
        claim = self.claim(name)
        if claim is None:
            return code(name)
        number = rf"\textbf{{{self.numbers[name]}}}"
        return Tex(rf"\hyperlink{{{self.anchor(name)}}}{{{number}~{prose(claim.where)}}}")

    def cited_rules(self, rules: Sequence[str]) -> Tex:
        """Return the linked numbers of rules."""
        numbers = sorted(self.rules[rule] for rule in rules if rule in self.rules)
        return Tex(", ".join(rf"\hyperlink{{rule-{self.place}-{number}}}{{R{number}}}" for number in numbers))

    @property
    def unexpected(self) -> tuple[ClaimResult, ...]:
        """The claims whose verdict is not the expected one."""
        return tuple(claim for claim in self.derivation.claims if not claim.as_expected)

    @property
    def contradictions(self) -> tuple[str, ...]:
        """Which of the author's findings the verdicts contradict."""
        return contradictions(self.derivation)

    def stated(self, *kinds: Kind) -> tuple[FindingResult, ...]:
        """Return the author's findings of the kinds, or all of them, that the verdicts bear out."""
        return stated(self.derivation, *kinds)

    def about(self, finding: FindingResult) -> tuple[ClaimResult, ...]:
        """Return the claims of a finding in order."""
        return tuple(claim for claim in self.derivation.claims if claim.name in finding.claims)

    def repairs(self, claim: ClaimResult) -> tuple[ClaimResult, ...]:
        """Return what puts a claim right, or holds in its place."""
        return amendments(self.derivation, claim)

    def sharper(self, claim: ClaimResult) -> tuple[ClaimResult, ...]:
        """Return what says more than a claim."""
        return sharper(self.derivation, claim)

    def others(self, found: Sequence[Finding]) -> list[Finding]:
        """Return those whose claim no finding of the author's is about, in the paper's order."""
        told = {name for finding in self.stated(Kind.FAILS, Kind.LACKS, Kind.LOOSE) for name in finding.claims}
        left = [finding for finding in found if finding.claim.name not in told]
        return sorted(left, key=lambda finding: self.numbers[finding.claim.name])

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many claims have each verdict."""
        return counts(self.derivation.claims)

    @property
    def repaired(self) -> int:
        """How many refuted claims are put right by a proved one."""
        return sum(
            any(repair.verdict is Verdict.PROVED for repair in finding.instead) for finding in self.findings.broken
        )

    @property
    def statements(self) -> list[tuple[str, list[ClaimResult], str]]:
        """The paper's statements in order, each with the claims that answer it, or why none can."""
        reasons = dict(self.derivation.uncovered)
        numbers = {number for claim in self.derivation.claims for number in claim.covers} | set(reasons)
        return [
            (number, [claim for claim in self.derivation.claims if number in claim.covers], reasons.get(number, ""))
            for number in sorted(numbers, key=_by_number)
        ]


def chapters_of(run: RunResult) -> list[Chapter]:
    """Return a chapter for each derivation.

    >>> chapters_of(RunResult("1", (DerivationResult("empty", "Nothing", "", (), (), ()),)))[0].statements
    []
    """
    chapters = []
    for place, derivation in enumerate(run.derivations, start=1):
        rules = dict.fromkeys(
            rule for claim in derivation.claims for rule in claim.rules if not rule.startswith(EXAMPLE)
        )
        chapters.append(
            Chapter(
                derivation,
                find(derivation),
                {claim.name: number for number, claim in enumerate(derivation.claims, start=1)},
                tuple(_sections(derivation, place)),
                {rule: number for number, rule in enumerate(rules, start=1)},
                place,
            )
        )
    return chapters


def _sections(derivation: DerivationResult, place: int) -> list[Section]:
    titles = dict.fromkeys((claim.file for claim in derivation.claims), "The claims") | dict(derivation.sections)
    found = []
    for number, (file, title) in enumerate(titles.items(), start=1):
        claims = tuple(claim for claim in derivation.claims if claim.file == file)
        if claims:
            found.append(Section(title.rstrip("."), Tex(f"section-{place}-{number}"), claims, _notation(claims)))
    return found


def _notation(claims: Sequence[ClaimResult]) -> tuple[Definition, ...]:
    """What letters mean that have one meaning in these claims and occur in several, as written by the first."""
    uses = Counter(each for claim in claims for each in claim.definitions)
    meanings = Counter(each.name for each in uses)
    return tuple(each for each, number in uses.items() if number > 1 and meanings[each.name] == 1)


def _by_number(number: str) -> tuple[tuple[int, str], ...]:
    """Order 3.9 before 3.10."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|\D+", number))
