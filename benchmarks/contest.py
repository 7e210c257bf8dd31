"""Contestants in processes of their own: the same cases, the same limit, one thread each.

The limit and the times are of the processor, so that they do not depend on what else the machine has to do; on an idle
machine they are those of the clock. By the clock a case may take `PATIENCE` times the limit.

A contestant's process imports what it needs, then answers each case in a fork of itself: nothing that it learns from
a case helps with another one, and one that does not end, crashes or floods the memory costs one case.
It is started as `python contest.py NAME`; a case and a limit a line in, a reply a line out.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Self

from contestants.answers import Answer, CannotState, Undecided
from textbook import CASES
from textbook.pairs import Case

#: In the order of a table, with what `pip` calls those that are not there.
CONTESTANTS = {"proofcheck": "proofcheck", "z3": "z3-solver", "cvc5": "cvc5", "SymPy": "sympy", "PEPit": "pepit"}
MEMORY = 4 * 2**30
PATIENCE = 20
#: What a contestant answers before it is timed, so that everything is loaded.
PRACTICE = ("x/(1 + x^2)", "parallelogram")
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
_SLOWEST_START = 120.0

TRUE, FALSE, OPEN, CANNOT_STATE, OUT_OF_TIME = "true", "false", "open", "cannot state", "out of time"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, why it is none where it is none, and the seconds that it took: of the processor and by the clock."""

    answer: str
    reason: str
    seconds: float
    by_the_clock: float


class Missing(Exception):
    """A contestant that is not installed, or does not start; the message says why."""


class Contestant:
    """A contestant's process. Use it as a context manager; leaving it ends the process. Raises `Missing`."""

    def __init__(self, name: str) -> None:
        self.name = name
        command = [sys.executable, str(Path(__file__).resolve()), name]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | _ONE_THREAD,
            text=True,
            process_group=0,
        )
        try:
            started = self._line(_SLOWEST_START)
            if "missing" in started:
                raise Missing(str(started["missing"]))
        except BaseException:
            self.end()
            raise
        self.version = str(started["version"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """End the process, and the fork that may be at work."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()

    def ask(self, place: int, seconds: float) -> Reply:
        """The reply to a case, by its place in the corpus."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([place, seconds]) + "\n")
        self._process.stdin.flush()
        return Reply(**self._line(PATIENCE * seconds + _SLOWEST_START))

    def _line(self, seconds: float) -> dict[str, Any]:
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], seconds)
        line = self._process.stdout.readline() if ready else ""
        if not line:
            raise Missing("its process ended or was silent" if ready else "its process did not answer")
        found: dict[str, Any] = json.loads(line)
        return found


def serve(name: str) -> None:
    """Answer each line of the standard input on the standard output, until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = os.fdopen(os.dup(1), "w")
    # What a solver prints must not be taken for a reply.
    os.dup2(2, 1)

    def tell(message: dict[str, object]) -> None:
        replies.write(json.dumps(message) + "\n")
        replies.flush()

    try:
        module = import_module(f"contestants.with_{name.lower()}")
    except ImportError as error:
        tell({"missing": f"{error}; pip install {CONTESTANTS[name]}, or all peers: pip install -e '.[bench]'"})
        return
    for case in CASES:
        if case.name in PRACTICE:
            _answered(module, case, 60)
    tell({"version": module.VERSION})
    for line in sys.stdin:
        place, seconds = json.loads(line)
        tell(asdict(in_a_fork(partial(_answered, module, CASES[place], seconds), seconds)))


def _answered(module: ModuleType, case: Case, seconds: float) -> tuple[str, str]:
    """The answer and why it is none. What a contestant raises is part of its reply."""
    try:
        answer: Answer = module.decide(case, seconds)
    except CannotState as error:
        return CANNOT_STATE, str(error)
    except Undecided as error:
        return OPEN, str(error)
    except MemoryError:
        return OPEN, "out of memory"
    except Exception as error:
        return OPEN, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return answer.value, ""


def in_a_fork(work: Callable[[], tuple[str, str]], seconds: float) -> Reply:
    """What the work gives, from a fork of this process that ends when its time is over."""
    reading, writing = os.pipe()
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # The default action of this alarm ends the process, also from inside compiled code.
        signal.setitimer(signal.ITIMER_PROF, seconds)
        os.write(writing, json.dumps(work()).encode())
        os._exit(0)
    os.close(writing)
    ready, _, _ = select.select([reading], [], [], PATIENCE * seconds)
    written = os.read(reading, 2**16) if ready else b""
    os.close(reading)
    if not ready:
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    ended = os.waitstatus_to_exitcode(status)
    if written:
        answer, reason = json.loads(written)
    elif not ready or ended == -signal.SIGPROF:
        answer, reason = OUT_OF_TIME, ""
    else:
        answer, reason = OPEN, f"its process ended with status {ended}"
    spent = usage.ru_utime + usage.ru_stime, time.perf_counter() - began
    return Reply(answer, reason, *(round(seconds, 4) for seconds in spent))


if __name__ == "__main__":
    serve(sys.argv[1])
