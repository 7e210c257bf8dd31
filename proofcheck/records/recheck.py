"""A record checked again, with the kernel alone: certificates, witnesses, and each claim's verdict.

Nothing that searched is asked, or even imported: neither SymPy, nor the provers, nor the derivation.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context

from proofcheck.kernel.check import Rejected, check_written, refute_written
from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.statements import decode_statement
from proofcheck.kernel.terms import Reader
from proofcheck.results import DerivationResult, ObligationResult, Verdict

from .record import Content, read_record
from .verdicts import Grounds, judge

#: The shares that the processes take one by one, and how many bytes are worth starting processes for.
_SHARES, _MANY = 40, 500_000


class TurnedDown(Exception):
    """The record does not hold; the message says where and why."""


@dataclass(frozen=True, slots=True, order=True)
class _Refusal:
    """An obligation that is turned down: which record's, at which place there, and why."""

    record: int
    place: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A record that was read, with its table of terms."""

    content: Content
    terms: Reader


@dataclass(frozen=True, slots=True)
class _Owed:
    """An obligation that is to be checked: which record's, at which place there, of which claim."""

    record: int
    place: int
    claim: str
    obligation: ObligationResult
    terms: Reader


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
        read = [_read(written) for written in records]
        owed = [
            _Owed(number, place, claim.name, obligation, found.terms)
            for number, found in enumerate(read)
            if isinstance(found, _Read)
            for place, (claim, obligation) in enumerate(
                (claim, obligation) for claim in found.content.derivation.claims for obligation in claim.obligations
            )
        ]
        several = jobs > 1 and sum(map(len, records)) >= _MANY and "fork" in get_all_start_methods()
        refusals = _shared(owed, jobs) if several else _refusals(owed)
        return [
            _settled(found, min((each for each in refusals if each.record == number), default=None))
            for number, found in enumerate(read)
        ]


@contextmanager
def _uncollected() -> Iterator[None]:
    """What is read and made here has no cycles; looking for some takes longer than checking."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # All of it counts as old now, or it would be looked through at once.
        gc.freeze()
        gc.unfreeze()
        if collecting:
            gc.enable()


def _read(written: bytes) -> _Read | TurnedDown:
    try:
        content = read_record(written)
        return _Read(content, Reader(content.derivation.terms))
    except Malformed as error:
        return TurnedDown(str(error))


#: What a helping process, which begins as a copy of this one, finds here.
_held: list[_Owed] = []


def _shared(owed: Sequence[_Owed], jobs: int) -> list[_Refusal]:
    _held[:] = owed
    refusals = []
    left = set(range(_SHARES))
    try:
        with ProcessPoolExecutor(jobs - 1, get_context("fork")) as pool:
            shares = [(share, pool.submit(_share, share)) for share in range(_SHARES)]
            for share, helped in reversed(shares):
                # What no helper has begun is done here.
                refusals += _share(share) if helped.cancel() else helped.result()
                left.remove(share)
    except (BrokenExecutor, OSError):
        # A helper was killed, or none could be begun.
        for share in left:
            refusals += _share(share)
    finally:
        _held.clear()
    return refusals


def _share(share: int) -> list[_Refusal]:
    # What was read together lies together in memory, which a process copies where it looks.
    first, last = (len(_held) * each // _SHARES for each in (share, share + 1))
    return _refusals(_held[first:last])


def _refusals(owed: Iterable[_Owed]) -> list[_Refusal]:
    """Which obligations are turned down."""
    refused = []
    for each in owed:
        try:
            _recheck_obligation(each.obligation, each.terms)
        except Exception as error:
            # What the kernel does not accept does not hold, whatever the reason.
            why = str(error) if isinstance(error, Rejected | Malformed) else f"{type(error).__name__}: {error}"
            refused.append(_Refusal(each.record, each.place, f"{each.claim}, {each.obligation.label}: {why}"))
    return refused


def _settled(found: _Read | TurnedDown, refusal: _Refusal | None) -> Rechecked | TurnedDown:
    if isinstance(found, TurnedDown):
        return found
    content = found.content
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


def _recheck_obligation(obligation: ObligationResult, terms: Reader) -> None:
    """Raises `Rejected` or `Malformed` unless the verdict follows from what is recorded beside it."""
    verdict = obligation.verdict
    evidence = (obligation.certificate is not None, obligation.witness is not None)
    if obligation.statement is None:
        if verdict not in (Verdict.PROVED, Verdict.OPEN) or any(evidence):
            raise Rejected("a condition of analysis is settled or open, without evidence for the kernel")
        return
    if evidence != (verdict is Verdict.PROVED, verdict is Verdict.REFUTED):
        raise Rejected(f"the evidence recorded is not that of the verdict {verdict.value}")
    terms.begin()
    if verdict is Verdict.PROVED:
        check_written(obligation.statement, obligation.certificate, terms)
    elif verdict is Verdict.REFUTED:
        refute_written(obligation.statement, obligation.witness, terms)
    elif verdict is Verdict.OPEN:
        decode_statement(obligation.statement, terms)
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
