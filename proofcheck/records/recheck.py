"""A record checked again, with the kernel alone: certificates, witnesses, and each claim's verdict.

Nothing that searched is asked, or even imported: neither SymPy, nor the provers, nor the derivation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from proofcheck.kernel.check import Rejected, check_written, refute_written
from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.statements import decode_statement, digest_of
from proofcheck.results import DerivationResult, ObligationResult, Verdict

from .record import Content, read_record
from .verdicts import Grounds, judge

#: Obligations that go to a process at once, and how many are worth starting processes for.
_AT_ONCE, _MANY = 50, 200


class TurnedDown(Exception):
    """The record does not hold; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A record that holds: how many certificates and witnesses were checked, and what rests on rules alone."""

    derivation: DerivationResult
    sha256: str
    certificates: int
    witnesses: int
    conditions: int


def recheck(written: bytes, jobs: int = 1) -> Rechecked:
    """Check a record's bytes, in so many processes. Raises `TurnedDown`."""
    try:
        content = read_record(written)
    except Malformed as error:
        raise TurnedDown(str(error)) from error
    claims = content.derivation.claims
    named = [(claim.name, obligation) for claim in claims for obligation in claim.obligations]
    for reason in _reasons(named, jobs):
        if reason is not None:
            raise TurnedDown(reason)
    _recheck_verdicts(content)
    obligations = [obligation for claim in claims for obligation in claim.obligations]
    return Rechecked(
        content.derivation,
        content.sha256,
        sum(obligation.certificate is not None for obligation in obligations),
        sum(obligation.witness is not None for obligation in obligations),
        sum(obligation.statement is None for obligation in obligations),
    )


def _reasons(named: Sequence[tuple[str, ObligationResult]], jobs: int) -> Iterable[str | None]:
    if jobs == 1 or len(named) < _MANY:
        yield from map(_reason, named)
    else:
        with ProcessPoolExecutor(jobs) as pool:
            yield from pool.map(_reason, named, chunksize=_AT_ONCE)


def _reason(named: tuple[str, ObligationResult]) -> str | None:
    """Why the obligation of a claim is turned down, if it is."""
    claim, obligation = named
    try:
        _recheck_obligation(obligation)
    except Exception as error:
        # What the kernel does not accept does not hold, whatever the reason.
        why = str(error) if isinstance(error, Rejected | Malformed) else f"{type(error).__name__}: {error}"
        return f"{claim}, {obligation.label}: {why}"
    return None


def _recheck_obligation(obligation: ObligationResult) -> None:
    """Raises `Rejected` or `Malformed` unless the verdict follows from what is recorded beside it."""
    verdict = obligation.verdict
    evidence = (obligation.certificate is not None, obligation.witness is not None)
    if obligation.statement is None:
        if verdict not in (Verdict.PROVED, Verdict.OPEN) or any(evidence) or obligation.digest is not None:
            raise Rejected("a condition of analysis is settled or open, without evidence for the kernel")
        return
    if evidence != (verdict is Verdict.PROVED, verdict is Verdict.REFUTED):
        raise Rejected(f"the evidence recorded is not that of the verdict {verdict.value}")
    if digest_of(obligation.statement) != obligation.digest:
        raise Rejected("the digest is not the statement's")
    if verdict is Verdict.PROVED:
        check_written(obligation.statement, obligation.certificate)
    elif verdict is Verdict.REFUTED:
        refute_written(obligation.statement, obligation.witness)
    elif verdict is Verdict.OPEN:
        decode_statement(obligation.statement)
    else:
        raise Rejected(f"no obligation is {verdict.value}")


def _recheck_verdicts(content: Content) -> None:
    """Compute each claim's verdict again from its obligations and premises."""
    claims = content.derivation.claims
    judgements = judge(
        {
            claim.name: Grounds(
                claim.obligations,
                tuple(premise.claim for premise in claim.premises),
                claim.citation,
                claim.name in content.counterexamples,
            )
            for claim in claims
        }
    )
    for claim in claims:
        judgement = judgements[claim.name]
        if claim.verdict is not judgement.verdict:
            raise TurnedDown(
                f"{claim.name} is recorded as {claim.verdict.value}, and what is recorded makes it "
                f"{judgement.verdict.value}"
            )
        if (claim.premises, claim.resting_on) != (judgement.premises, judgement.resting_on):
            raise TurnedDown(f"{claim.name} does not rest on what is recorded")
        if claim.reason != judgement.reason:
            raise TurnedDown(f"the reason for the verdict on {claim.name} is not the recorded one")
