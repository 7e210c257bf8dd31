"""The record that a run writes and every report reads: verdicts and what they rest on, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Verdict(Enum):
    """What is known of a claim; computed, never written down.

    PROVED: the kernel accepted a certificate for every obligation. REFUTED: the kernel accepted an exact witness.
    SAMPLED: no violation in many draws, which proves nothing. CITED: taken from a source on purpose.
    OPEN: nobody knows yet.

    >>> Verdict("PROVED") is Verdict.PROVED
    True
    """

    PROVED = "PROVED"
    REFUTED = "REFUTED"
    SAMPLED = "SAMPLED"
    CITED = "CITED"
    OPEN = "OPEN"


class Kind(Enum):
    """What a finding says of its claims: they hold, do not hold as printed, lack a proof, or could say more."""

    SURVIVES = "survives"
    FAILS = "fails"
    LACKS = "lacks"
    LOOSE = "loose"


class Weight(Enum):
    """How much a finding matters to the paper, the heaviest first."""

    CENTRAL = "central"
    SERIOUS = "serious"
    SLIP = "slip"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One prover's try at an obligation: how long it took, and what came of it in words."""

    prover: str
    seconds: float
    outcome: str


@dataclass(frozen=True, slots=True)
class ObligationResult:
    """One obligation of a claim and what was found.

    `statement`, `certificate` and `witness` are the kernel's JSON (None for a condition of analysis, which a rule
    settles or leaves open); numbers in it that stand for terms name those of the derivation's table. `decisive`
    obligations refute the claim when they are refuted. `stored` says that an earlier run searched.
    """

    label: str
    formula: str
    latex: str
    verdict: Verdict
    decisive: bool
    prover: str | None
    explanation: str
    explanation_latex: str
    statement: object | None
    certificate: object | None
    witness: object | None
    attempts: tuple[Attempt, ...]
    stored: bool = field(default=False, compare=False)

    @property
    def seconds(self) -> float:
        """The time of all attempts, in this run or in an earlier one."""
        return sum(attempt.seconds for attempt in self.attempts)


#: The verdicts that bear out what a finding says; a claim is loose when one that sharpens it is proved.
_SAID = {
    Kind.SURVIVES: (Verdict.PROVED,),
    Kind.FAILS: (Verdict.REFUTED,),
    Kind.LACKS: (Verdict.OPEN, Verdict.SAMPLED),
}


@dataclass(frozen=True, slots=True)
class Definition:
    """A letter of a claim's formula, and what it means or, with `ranges`, which values it takes."""

    name: str
    text: str
    latex: str
    ranges: bool


@dataclass(frozen=True, slots=True)
class Premise:
    """A claim that another one rests on, with its verdict."""

    claim: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """A claim, its verdict, and everything that the verdict rests on.

    `covers` are the numbers of the paper's statements that the claim answers; `rules` the theorems that led from the
    claim to its obligations; `resting_on` all premises, transitively; `amends` and `sharpens` name another claim;
    `definitions` say what the letters of the formula stand for.
    """

    name: str
    where: str
    summary: str
    covers: tuple[str, ...]
    file: str
    line: int
    formula: str
    latex: str
    verdict: Verdict
    expected: Verdict
    reason: str
    obligations: tuple[ObligationResult, ...]
    premises: tuple[Premise, ...]
    resting_on: tuple[Premise, ...]
    rules: tuple[str, ...]
    citation: str | None
    amends: str | None
    sharpens: str | None
    definitions: tuple[Definition, ...] = ()

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the expected one."""
        return self.verdict is self.expected

    @property
    def is_step(self) -> bool:
        """Whether the claim is a step on the way to others: it answers no statement of the paper and mends none."""
        return not self.covers and self.amends is None and self.sharpens is None

    @property
    def searched(self) -> tuple[ObligationResult, ...]:
        """The obligations for which this run searched."""
        return tuple(obligation for obligation in self.obligations if obligation.attempts and not obligation.stored)

    @property
    def stored(self) -> bool:
        """Whether all that was searched for was found in an earlier run."""
        return not self.searched and any(obligation.stored for obligation in self.obligations)

    @property
    def seconds(self) -> float:
        """The time that this run spent on the obligations."""
        return sum(obligation.seconds for obligation in self.searched)

    @property
    def unsaid_reason(self) -> str:
        """The reason for the verdict, unless the obligations' own lines or the citation say it."""
        said = [self.citation or "", *(obligation.explanation for obligation in self.obligations)]
        return "" if any(each and each in self.reason for each in said) else self.reason


@dataclass(frozen=True, slots=True)
class FindingResult:
    """What an author says of the paper in words, and the claims that have to bear it out."""

    kind: Kind
    weight: Weight
    title: str
    words: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What kept a derivation, or a claim of it, from being read: file, line, what is wrong, what to do."""

    file: str
    line: int
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class DerivationResult:
    """One derivation: a folder or file of claims in the paper's order.

    `sections` are the files that hold claims, in order, each with its title. `terms` is the kernel's JSON: the table of
    the terms that the obligations name, if they name some.
    """

    name: str
    title: str
    source: str
    claims: tuple[ClaimResult, ...]
    troubles: tuple[Trouble, ...]
    uncovered: tuple[tuple[str, str], ...]
    findings: tuple[FindingResult, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    terms: object = None

    def below(self, claim: ClaimResult) -> tuple[ClaimResult, ...]:
        """Return the claims that a claim rests on, transitively: their rules and sources are among its own grounds."""
        known = {each.name: each for each in self.claims}
        return tuple(known[premise.claim] for premise in claim.resting_on if premise.claim in known)

    def rules_below(self, claim: ClaimResult) -> tuple[str, ...]:
        """Return the theorems that a claim rests on through its premises, and not by itself."""
        rules = dict.fromkeys(rule for each in self.below(claim) for rule in each.rules)
        return tuple(rule for rule in rules if rule not in claim.rules)

    def sources_below(self, claim: ClaimResult) -> tuple[ClaimResult, ...]:
        """Return the claims taken from a source that a claim rests on."""
        return tuple(each for each in self.below(claim) if each.citation is not None)

    def against(self, finding: FindingResult) -> tuple[ClaimResult, ...]:
        """The claims of a finding that do not bear it out: what it says of them is not what was found."""
        sharpened = {claim.sharpens for claim in self.claims if claim.verdict is Verdict.PROVED}
        return tuple(
            claim
            for claim in self.claims
            if claim.name in finding.claims
            and not (claim.name in sharpened if finding.kind is Kind.LOOSE else claim.verdict in _SAID[finding.kind])
        )

    @property
    def contradicted(self) -> tuple[tuple[FindingResult, ClaimResult], ...]:
        """The findings that the verdicts contradict, each with the claim that does."""
        return tuple((finding, claim) for finding in self.findings for claim in self.against(finding))

    @property
    def as_expected(self) -> bool:
        """Whether everything was read, every verdict is the expected one, and no finding is contradicted."""
        return not self.troubles and not self.contradicted and all(claim.as_expected for claim in self.claims)


@dataclass(frozen=True, slots=True)
class RunResult:
    """A whole run."""

    kernel_version: str
    derivations: tuple[DerivationResult, ...]

    @property
    def as_expected(self) -> bool:
        """Whether every derivation is."""
        return all(derivation.as_expected for derivation in self.derivations)
