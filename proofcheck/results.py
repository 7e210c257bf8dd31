"""The record that a run writes and every report reads: verdicts and what they rest on, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
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
    settles or leaves open). `decisive` obligations refute the claim when they are refuted.
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
    digest: str | None
    certificate: object | None
    witness: object | None
    attempts: tuple[Attempt, ...]

    @property
    def seconds(self) -> float:
        """The time of all attempts."""
        return sum(attempt.seconds for attempt in self.attempts)


@dataclass(frozen=True, slots=True)
class Premise:
    """A claim that another one rests on, with its verdict."""

    claim: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """A claim, its verdict, and everything that the verdict rests on.

    `covers` are the numbers of the paper's statements that the claim answers; `rules` the theorems that led from the
    claim to its obligations; `resting_on` all premises, transitively; `amends` and `sharpens` name another claim.
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

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the expected one."""
        return self.verdict is self.expected

    @property
    def is_step(self) -> bool:
        """Whether the claim is a step on the way to others: it answers no statement of the paper and mends none."""
        return not self.covers and self.amends is None and self.sharpens is None

    @property
    def seconds(self) -> float:
        """The time spent on all obligations."""
        return sum(obligation.seconds for obligation in self.obligations)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What kept a derivation, or a claim of it, from being read: file, line, what is wrong, what to do."""

    file: str
    line: int
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class DerivationResult:
    """One derivation: a folder or file of claims in the paper's order."""

    name: str
    title: str
    source: str
    claims: tuple[ClaimResult, ...]
    troubles: tuple[Trouble, ...]
    uncovered: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RunResult:
    """A whole run."""

    kernel_version: str
    derivations: tuple[DerivationResult, ...]

    @property
    def as_expected(self) -> bool:
        """Whether everything was read and every verdict is the expected one."""
        return all(
            not derivation.troubles and all(claim.as_expected for claim in derivation.claims)
            for derivation in self.derivations
        )
