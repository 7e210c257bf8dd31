"""Who searches: processes of this machine or of a cluster, behind one interface that a run need not look behind."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Protocol

from proofcheck.kernel.statements import Statement

from .outcomes import Outcome

#: The budget of one search, in seconds of the processor: a busy machine finds the same, only later.
SECONDS = 10.0
#: The very statement that was submitted, and what came of it: nobody has checked that yet.
Answer = tuple[Statement, Outcome]


class Answering(Protocol):
    """Statements in, outcomes out, in the order in which they are found; leaving it stops all searches.

    Whoever takes an answer has the kernel check it (`outcomes.verified`): what comes from outside proves nothing.
    """

    def __enter__(self) -> Answering:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop what is under way."""

    @property
    def outstanding(self) -> int:
        """How many submitted statements have no answer yet."""

    def submit(self, statement: Statement, *, only_refute: bool = False) -> None:
        """Put a statement in line, for a proof or a witness; with `only_refute`, for a witness."""

    def answers(self) -> Iterator[Answer]:
        """Every outstanding answer as it comes; waits for the last one."""

    def ready(self, *, waiting: bool = False) -> list[Answer]:
        """The answers that are there now; with `waiting`, wait until something happens."""
