"""A process that searches: a statement a line in, an outcome a line out, under limits of its own.

It is started as `python -m proofcheck.running.worker`. Whatever happens to it, a crash included, costs one search.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from importlib import import_module

from proofcheck.kernel.certificates import encode
from proofcheck.kernel.reading import Malformed, integer, items
from proofcheck.kernel.statements import Statement, canonical, decode_statement, encode_statement
from proofcheck.results import Attempt

from .outcomes import Outcome, encode_outcome, failure

READY = b"ready\n"
MEMORY = 4 * 2**30
#: Seconds that a search may overrun its budget before its process ends.
GRACE = 3
_BUSY = 8
_LONGEST_BUDGET = 10**9


#: A portfolio: a statement, seconds, and whether only a witness is looked for in; an outcome out.
Decide = Callable[[Statement, float, bool], Outcome]


def waiting(seconds: float) -> float:
    """For how long one waits for a search that has so many seconds of the processor: the machine may be busy."""
    return _BUSY * seconds + GRACE


def encode_task(statement: Statement, milliseconds: int, *, only_refute: bool) -> bytes:
    """A question as one line."""
    return canonical([encode_statement(statement), milliseconds, only_refute]) + b"\n"


def decode_task(line: bytes) -> tuple[Statement, int, bool]:
    """Read a question. Raises `Malformed`."""
    match items(json.loads(line)):
        case [statement, milliseconds, bool(only_refute)]:
            return decode_statement(statement), integer(milliseconds, _LONGEST_BUDGET), only_refute
        case _:
            raise Malformed("not a task")


def serve(decide: Decide) -> None:
    """Answer each line of the standard input on the standard output, until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Terms and polynomials live long and hold no cycles: to look for garbage rarely saves a tenth of the time.
    gc.set_threshold(50_000, 20, 100)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The input ends when whoever asked is gone; the default action of this signal, too, ends the process at once.
    signal.signal(signal.SIGIO, signal.SIG_IGN)
    fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)
    replies = os.fdopen(os.dup(1), "wb")
    # What a prover prints must not be taken for an answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    replies.write(READY)
    replies.flush()
    for line in sys.stdin.buffer:
        statement, milliseconds, only_refute = decode_task(line)
        # The default action of either signal ends the process, also from inside compiled code.
        signal.setitimer(signal.ITIMER_PROF, milliseconds / 1000 + GRACE)
        signal.setitimer(signal.ITIMER_REAL, waiting(milliseconds / 1000))
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        reply = answer(decide, statement, milliseconds / 1000, only_refute)
        signal.signal(signal.SIGIO, signal.SIG_IGN)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        replies.write(reply + b"\n")
        replies.flush()


def answer(decide: Decide, statement: Statement, seconds: float, only_refute: bool) -> bytes:
    """The outcome of one search as a line; a search that fails in any way has an outcome that says so."""
    began = time.process_time()
    try:
        return encode_outcome(decide(statement, seconds, only_refute))
    except MemoryError:
        reason = "out of memory"
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"failed with {type(error).__name__}: {error} ({place.name}, line {place.lineno})"
    return encode_outcome(failure(time.process_time() - began, reason))


def _portfolio() -> Decide:
    try:
        portfolio = import_module("proofcheck.provers.portfolio")
    except ImportError as error:
        reason = f"the provers cannot be imported: {error}"
        return lambda statement, seconds, only_refute: failure(0, reason)

    def decide(statement: Statement, seconds: float, only_refute: bool) -> Outcome:
        found = portfolio.decide(statement, seconds, only_refute=only_refute)
        attempts = tuple(Attempt(tried.prover, tried.seconds, tried.outcome) for tried in found.attempts)
        return Outcome(encode(found.proof), encode(found.witness), found.prover, attempts)

    return decide


if __name__ == "__main__":
    serve(_portfolio())
