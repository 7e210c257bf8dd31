"""What a run says about the paper: what survives, what breaks and what holds instead."""

from __future__ import annotations

from dataclasses import dataclass

from proofcheck.results import (
    ClaimResult,
    DerivationResult,
    FindingResult,
    Kind,
    ObligationResult,
    Premise,
    Verdict,
    Weight,
)
from proofcheck.rules.obligations import EXAMPLE, GAP

#: What a finding says of each of its claims.
_SAYS = {
    Kind.SURVIVES: "is proved",
    Kind.FAILS: "is refuted",
    Kind.LACKS: "is open",
    Kind.LOOSE: "is sharpened by a claim that is proved",
}


def stated(derivation: DerivationResult, *kinds: Kind) -> tuple[FindingResult, ...]:
    """The author's findings that the verdicts bear out, of the kinds or of all: by kind, weight, the paper's order.

    >>> stated(DerivationResult("empty", "Nothing", "", (), (), ()))
    ()
    """
    places = {claim.name: place for place, claim in enumerate(derivation.claims)}
    order = list(Kind), list(Weight)

    def weight(finding: FindingResult) -> tuple[int, int, int]:
        first = min(places[name] for name in finding.claims)
        return order[0].index(finding.kind), order[1].index(finding.weight), first

    borne_out = (
        each for each in derivation.findings if each.kind in (kinds or order[0]) and not derivation.against(each)
    )
    return tuple(sorted(borne_out, key=weight))


def contradictions(derivation: DerivationResult) -> tuple[str, ...]:
    """Say which findings the verdicts contradict."""
    return tuple(
        f'the finding "{finding.title}" says that {claim.name} {_SAYS[finding.kind]}, and its verdict is '
        f"{claim.verdict.value}"
        for finding, claim in derivation.contradicted
    )


def amendments(derivation: DerivationResult, claim: ClaimResult) -> tuple[ClaimResult, ...]:
    """Return the claims that put another one right."""
    return tuple(other for other in derivation.claims if other.amends == claim.name)


def sharper(derivation: DerivationResult, claim: ClaimResult) -> tuple[ClaimResult, ...]:
    """Return the proved claims that say more than another one."""
    return tuple(
        other for other in derivation.claims if other.sharpens == claim.name and other.verdict is Verdict.PROVED
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim that is refuted, open or loose, with the claims that amend or sharpen it."""

    claim: ClaimResult
    instead: tuple[ClaimResult, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """A derivation's claims, sorted by what they mean for the paper.

    `surviving`: proved, as printed or amended; those that rest on most come first, since they are the results.
    `broken`: refuted; first those whose repair or use takes most other claims. Steps on the way are no findings.
    `missing`: open or only sampled. `cited`: taken from elsewhere. `loose`: a sharper form is proved.
    Ties are in the paper's order.
    """

    surviving: tuple[ClaimResult, ...]
    broken: tuple[Finding, ...]
    missing: tuple[Finding, ...]
    cited: tuple[ClaimResult, ...]
    loose: tuple[Finding, ...]


def find(derivation: DerivationResult) -> Findings:
    """Sort the claims of a derivation.

    >>> find(DerivationResult("empty", "Nothing", "", (), (), ())).broken
    ()
    """
    claims = derivation.claims

    def weight(finding: Finding) -> int:
        names = {finding.claim.name, *(other.name for other in finding.instead)}
        dependents = sum(any(premise.claim in names for premise in claim.resting_on) for claim in claims)
        return dependents + len(finding.instead) + len(sharper(derivation, finding.claim))

    refuted = [Finding(claim, amendments(derivation, claim)) for claim in claims if claim.verdict is Verdict.REFUTED]
    return Findings(
        surviving=tuple(
            sorted(
                (
                    claim
                    for claim in claims
                    if claim.verdict is Verdict.PROVED and claim.sharpens is None and not claim.is_step
                ),
                key=lambda claim: -len(claim.resting_on),
            )
        ),
        broken=tuple(sorted(refuted, key=lambda finding: -weight(finding))),
        missing=tuple(
            Finding(claim, amendments(derivation, claim))
            for claim in claims
            if claim.verdict in (Verdict.OPEN, Verdict.SAMPLED)
        ),
        cited=tuple(claim for claim in claims if claim.verdict is Verdict.CITED),
        loose=tuple(Finding(claim, better) for claim in claims if (better := sharper(derivation, claim))),
    )


def refuting(claim: ClaimResult) -> ObligationResult | None:
    """Return the obligation whose witness refutes the claim.

    None if the claim is not refuted, or if its obligations together verify a counterexample.
    """
    if claim.verdict is not Verdict.REFUTED:
        return None
    refuted = (obligation for obligation in claim.obligations if obligation.verdict is Verdict.REFUTED)
    return next((obligation for obligation in refuted if obligation.decisive), None)


def example(claim: ClaimResult) -> str:
    """Return the description of the explicit counterexample that refutes a claim, nothing if none does."""
    return next((rule.removeprefix(EXAMPLE) for rule in claim.rules if rule.startswith(EXAMPLE)), "")


def why(claim: ClaimResult) -> str:
    """Say in plain text why the claim is not proved: the witness, the counterexample, or what is missing."""
    if obligation := refuting(claim):
        return obligation.explanation or claim.reason
    if claim.verdict is Verdict.REFUTED:
        last = claim.obligations[-1].label
        ending = "" if last.startswith("fact ") else f", the last: {last}"
        return f"{example(claim) or claim.summary}; verified in {len(claim.obligations)} steps{ending}"
    return claim.reason.removeprefix(f"{GAP}: ") or "; ".join(
        f"{each.label}: {each.explanation}" for each in claim.obligations
    )


def why_not_proved(claim: ClaimResult) -> str:
    """Name what `why` says of an open claim: a step that is missing, or one that fails, because of which it is open.

    A rule may owe more than its claim needs: where that fails the claim is open, not refuted.
    """
    fails = any(obligation.verdict is Verdict.REFUTED for obligation in claim.obligations)
    return "because" if fails else "missing"


def unproved_support(claim: ClaimResult) -> tuple[Premise, ...]:
    """Return the premises below a claim, transitively, that are not themselves proved."""
    return tuple(premise for premise in claim.resting_on if premise.verdict is not Verdict.PROVED)


def provers(claim: ClaimResult) -> str:
    """Name what settled the claim: its provers in order, `cited`, `rules` if they alone did, or nothing."""
    found = (obligation.prover for obligation in claim.obligations if obligation.prover)
    names = dict.fromkeys(name.partition(",")[0] for name in found)  # with how much effort does not matter here
    if names:
        return ", ".join(names)
    if claim.verdict is Verdict.CITED:
        return "cited"
    return "rules" if claim.verdict in (Verdict.PROVED, Verdict.REFUTED) and claim.rules else ""


def counts(claims: tuple[ClaimResult, ...]) -> dict[Verdict, int]:
    """Count the claims of each verdict.

    >>> counts(())[Verdict.OPEN]
    0
    """
    return {verdict: sum(claim.verdict is verdict for claim in claims) for verdict in Verdict}
