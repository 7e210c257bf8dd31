"""What a search came to, as a value and as JSON: the form in which workers answer and the store remembers."""

from __future__ import annotations

import json
from dataclasses import dataclass

from proofcheck.kernel.check import Rejected, check_written, refute_written
from proofcheck.kernel.reading import Malformed, integer, items, text
from proofcheck.kernel.statements import Statement, canonical, encode_statement
from proofcheck.results import Attempt

_LONGEST_SEARCH = 10**9
#: Who is named in attempts that no prover made.
_SEARCH, _KERNEL = "portfolio", "kernel"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A proof, a witness, or neither, by whom, and what was tried for it; `stored` when an earlier run did.

    Evidence is JSON data, as the kernel reads it; nobody else has to.
    """

    proof: object = None
    witness: object = None
    prover: str | None = None
    attempts: tuple[Attempt, ...] = ()
    stored: bool = False

    @property
    def settled(self) -> bool:
        """Whether there is a proof or a witness."""
        return self.proof is not None or self.witness is not None

    @property
    def failed(self) -> bool:
        """Whether the search broke off, or told what the kernel turned down: that says nothing of another search."""
        return any(tried.prover in (_SEARCH, _KERNEL) for tried in self.attempts)


def failure(seconds: float, reason: str) -> Outcome:
    """The outcome of a search that broke off: its process died, or what it answered is none.

    >>> failure(2, "out of memory").failed, Outcome(attempts=(Attempt("sturm", 2, "two variables"),)).failed
    (True, False)
    """
    return Outcome(attempts=(Attempt(_SEARCH, seconds, reason),))


def verified(statement: Statement, outcome: Outcome) -> Outcome:
    """The outcome with what the kernel turns down taken out, and the reason among its attempts."""
    try:
        if outcome.proof is not None:
            check_written(encode_statement(statement), outcome.proof)
            return Outcome(outcome.proof, None, outcome.prover, outcome.attempts)
        if outcome.witness is not None:
            refute_written(encode_statement(statement), outcome.witness)
        return outcome
    except Exception as error:
        # What the kernel does not accept counts for nothing, whatever the reason.
        why = str(error) if isinstance(error, Rejected) else f"{type(error).__name__}: {error}"
        turned_down = Attempt(_KERNEL, 0, f"turned down what {outcome.prover} found: {why}")
        return Outcome(attempts=(*outcome.attempts, turned_down))


def encode_outcome(outcome: Outcome) -> bytes:
    """The outcome as one line of JSON, times in milliseconds."""
    return canonical(
        [
            outcome.proof,
            outcome.witness,
            outcome.prover,
            [[tried.prover, round(1000 * tried.seconds), tried.outcome] for tried in outcome.attempts],
        ]
    )


def decode_outcome(written: bytes) -> Outcome:
    """Read an outcome. Raises `Malformed`.

    >>> decode_outcome(encode_outcome(failure(2, "out of memory"))).attempts
    (Attempt(prover='portfolio', seconds=2.0, outcome='out of memory'),)
    """
    try:
        data = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {error}") from error
    match items(data):
        case [proof, witness, prover, attempts]:
            return Outcome(
                proof,
                witness,
                None if prover is None else text(prover),
                tuple(map(_decode_attempt, items(attempts))),
            )
        case _:
            raise Malformed("not an outcome")


def _decode_attempt(data: object) -> Attempt:
    match items(data):
        case [prover, milliseconds, outcome]:
            return Attempt(text(prover), integer(milliseconds, _LONGEST_SEARCH) / 1000, text(outcome))
        case _:
            raise Malformed("not an attempt")
