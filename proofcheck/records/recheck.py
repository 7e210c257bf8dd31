"""A record checked again, with the kernel alone: certificates, witnesses, and each claim's verdict.

Nothing that searched is asked, or even imported: neither SymPy, nor the provers, nor the derivation.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from proofcheck.kernel.check import Rejected, check_written, refute_written
from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.statements import decode_statement, digest_of
from proofcheck.results import ClaimResult, DerivationResult, ObligationResult, Verdict

from .record import Content, read_record, read_unchecked
from .verdicts import Grounds, judge

#: The shares that the processes take one by one, and how many bytes are worth starting processes for.
_SHARES, _MANY = 40, 500_000
Claims = tuple[ClaimResult, ...]


class TurnedDown(Exception):
    """The record does not hold; the message says where and why."""


@dataclass(frozen=True, slots=True, order=True)
class _Refusal:
    """An obligation that is turned down: which record's, at which place there, and why."""

    record: int
    place: int
    reason: str


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A record that holds: how many certificates and witnesses were checked, and what rests on rules alone."""

    derivation: DerivationResult
    sha256: str
    certificates: int
    witnesses: int
    conditions: int


def recheck(written: bytes) -> Rechecked:
    """Check a record's bytes. Raises `TurnedDown`."""
    [found] = recheck_all([written])
    if isinstance(found, TurnedDown):
        raise found
    return found


def recheck_all(records: Sequence[bytes], jobs: int = 1) -> list[Rechecked | TurnedDown]:
    """Check the bytes of several records, in so many processes: what was found of each."""
    with _uncollected():
        if jobs == 1 or sum(map(len, records)) < _MANY:
            contents = [_read(written) for written in records]
            refusals = _refusals(_claims(contents), 0, 1)
        else:
            contents, refusals = _shared(records, jobs)
        return [
            _settled(content, min((each for each in refusals if each.record == number), default=None))
            for number, content in enumerate(contents)
        ]


@contextmanager
def _uncollected() -> Iterator[None]:
    """What is read and made here has no cycles; looking for some takes longer than checking."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _read(written: bytes) -> Content | TurnedDown:
    try:
        return read_record(written)
    except Malformed as error:
        return TurnedDown(str(error))


def _claims(contents: Iterable[Content | TurnedDown]) -> list[Claims]:
    return [content.derivation.claims if isinstance(content, Content) else () for content in contents]


def _shared(records: Sequence[bytes], jobs: int) -> tuple[list[Content | TurnedDown], list[_Refusal]]:
    """Every process reads the records itself, which takes less time than sending what was read."""
    with ProcessPoolExecutor(jobs - 1, initializer=_help, initargs=(records,)) as pool:
        shares = [(share, pool.submit(_helped, share)) for share in range(_SHARES)]
        contents = [_read(written) for written in records]
        claims, refusals = _claims(contents), []
        for share, helped in reversed(shares):
            # What no helper has begun is done here.
            refusals += _refusals(claims, share, _SHARES) if helped.cancel() else helped.result()
    return contents, refusals


_held: list[Claims] = []


def _help(records: Sequence[bytes]) -> None:
    """Begin a helping process. Whether a record is as it was written is seen by the process that asks for help."""
    gc.disable()
    for written in records:
        try:
            _held.append(read_unchecked(written).claims)
        except Malformed:
            _held.append(())


def _helped(share: int) -> list[_Refusal]:
    return _refusals(_held, share, _SHARES)


def _refusals(records: Sequence[Claims], share: int, shares: int) -> list[_Refusal]:
    """Which obligations are turned down, among each record's share: every so many-th of them."""
    refused = []
    for number, claims in enumerate(records):
        named = [(claim.name, obligation) for claim in claims for obligation in claim.obligations]
        for place, (claim, obligation) in [*enumerate(named)][share::shares]:
            try:
                _recheck_obligation(obligation)
            except Exception as error:
                # What the kernel does not accept does not hold, whatever the reason.
                why = str(error) if isinstance(error, Rejected | Malformed) else f"{type(error).__name__}: {error}"
                refused.append(_Refusal(number, place, f"{claim}, {obligation.label}: {why}"))
    return refused


def _settled(content: Content | TurnedDown, refusal: _Refusal | None) -> Rechecked | TurnedDown:
    if isinstance(content, TurnedDown):
        return content
    if refusal is not None:
        return TurnedDown(refusal.reason)
    try:
        _recheck_verdicts(content)
    except TurnedDown as error:
        return error
    obligations = [obligation for claim in content.derivation.claims for obligation in claim.obligations]
    return Rechecked(
        content.derivation,
        content.sha256,
        sum(obligation.certificate is not None for obligation in obligations),
        sum(obligation.witness is not None for obligation in obligations),
        sum(obligation.statement is None for obligation in obligations),
    )


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
