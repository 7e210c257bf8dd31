"""The verdict on a case, by the whole pipeline: argument, obligations, provers, and the kernel once more."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from proofcheck import Verdict, claim
from proofcheck.kernel.check import check, refute
from proofcheck.kernel.statements import Statement
from proofcheck.language.claims import Claim
from proofcheck.provers.portfolio import decide
from proofcheck.records.verdicts import Grounds, judge
from proofcheck.results import ObligationResult
from proofcheck.rules.argue import argument_of
from proofcheck.rules.obligations import Obligation

from .case import Case

#: Seconds that a case may overrun its budget before it is interrupted.
GRACE = 3


class Interrupted(BaseException):
    """A case took much longer than its budget. No `Exception`, for the portfolio catches what its provers raise."""


@dataclass(frozen=True)
class Judged:
    """What became of a case: the verdict, what refused the statement, if anything did, and the time."""

    verdict: Verdict
    refused: str
    seconds: float


def judged(case: Case, seconds: float) -> Judged:
    """The verdict on a case within about so many seconds; refused by a rule it is OPEN, and the message is kept."""
    began = time.monotonic()
    refused = ""
    try:
        with _limited(seconds + GRACE):
            verdict = _Judge(seconds).verdict_of(_claimed(case))
    except (TypeError, ValueError, RecursionError, Interrupted) as error:
        verdict, refused = Verdict.OPEN, f"{type(error).__name__}: {error}"
    return Judged(verdict, refused, time.monotonic() - began)


def is_wrong(truth: bool, verdict: Verdict) -> bool:
    """Whether the verdict contradicts the truth."""
    return verdict is (Verdict.REFUTED if truth else Verdict.PROVED)


def _claimed(case: Case) -> Claim:
    def statement_of_the_corpus() -> object:
        return case.stated()

    return claim("the corpus")(statement_of_the_corpus)


class _Judge:
    """Decides obligations, each statement once, until the time is over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._known: dict[Statement, Verdict] = {}

    def verdict_of(self, top: Claim) -> Verdict:
        """The verdict, premises included. Raises what building the arguments raises."""
        grounds: dict[str, Grounds] = {}
        claims: dict[str, Claim] = {}

        def visit(each: Claim) -> None:
            if each.name in claims:
                if claims[each.name] is not each:
                    raise ValueError(f"two claims are named {each.name}")
                return
            claims[each.name] = each
            argument = argument_of(each)
            results = tuple(self._settled(part, refutes=argument.refutes) for part in argument.obligations)
            premises = tuple(premise.name for premise in argument.premises)
            grounds[each.name] = Grounds(results, premises, argument.citation, argument.refutes)
            for premise in argument.premises:
                visit(premise)

        visit(top)
        return judge(grounds)[top.name].verdict

    def _settled(self, part: Obligation, *, refutes: bool) -> ObligationResult:
        verdict, decisive = Verdict.PROVED if part.settled else Verdict.OPEN, False
        if part.statement is not None:
            verdict = self._decided(part.statement)
            if verdict is not Verdict.PROVED:
                refuted = any(self._decided(case) is Verdict.REFUTED for case in part.special_cases)
                decisive = refuted and not refutes
                verdict = Verdict.REFUTED if decisive else verdict
        shown = (part.label, part.formula, part.latex)
        return ObligationResult(*shown, verdict, decisive, None, part.reason, "", None, None, None, None, ())

    def _decided(self, statement: Statement) -> Verdict:
        if statement not in self._known:
            found = decide(statement, max(self._end - time.monotonic(), 0.01))
            if found.proof is not None:
                check(statement, found.proof)
            elif found.witness is not None:
                refute(statement, found.witness)
            verdict = Verdict.PROVED if found.proof else Verdict.REFUTED if found.witness else Verdict.OPEN
            self._known[statement] = verdict
        return self._known[statement]


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def interrupt(number: int, frame: FrameType | None) -> None:
        raise Interrupted(f"not done after {seconds} s")

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
