"""Searches in processes of their own: a crash, a hang or a flood of memory costs one search and no more."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.statements import Statement

from .answering import Answer
from .outcomes import decode_outcome, failure
from .worker import GRACE, READY, encode_task, waiting

WORKER = (sys.executable, "-P", "-m", "proofcheck.running.worker")
_SLOWEST_START = 120
_LONGEST_ANSWER = 2**26
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1")


@dataclass(eq=False, slots=True)
class _Worker:
    """A process, the statement that it works on, and when it must have answered."""

    process: subprocess.Popen[bytes]
    deadline: float
    ready: bool = False
    statement: Statement | None = None
    began: float = 0
    received: bytearray = field(default_factory=bytearray)

    @property
    def busy(self) -> bool:
        return self.statement is not None

    def end(self) -> int:
        """End the process and give its exit status."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # it died before it had read its input
        return self.process.wait()


class Pool:
    """At most `jobs` processes of this machine, as an `Answering`; leaving it ends them, whatever they are doing."""

    def __init__(self, jobs: int, seconds: float, command: Sequence[str] = WORKER) -> None:
        self._jobs, self._milliseconds, self._command = jobs, round(1000 * seconds), tuple(command)
        self._waiting: deque[tuple[Statement, bool]] = deque()
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # First all of them, so that an interruption of this here leaves none.
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._selector.close()

    @property
    def outstanding(self) -> int:
        """How many submitted statements have no answer yet."""
        return len(self._waiting) + sum(worker.busy for worker in self._workers)

    def submit(self, statement: Statement, *, only_refute: bool = False) -> None:
        """Put a statement in line."""
        self._waiting.append((statement, only_refute))
        self._hand_out()

    def answers(self) -> Iterator[Answer]:
        """Every outstanding answer as it comes; waits for the last one."""
        while self.outstanding:
            yield from self.ready(waiting=True)

    def ready(self, *, waiting: bool = False) -> list[Answer]:
        """The answers that are there now; with `waiting`, wait until something happens."""
        now = time.monotonic()
        nearest = min((worker.deadline for worker in self._workers if self._counted(worker)), default=now)
        answers = []
        for key, _ in self._selector.select(max(0, nearest - now) if waiting else 0):
            answers += self._receive(key.data)
        for worker in [worker for worker in self._workers if self._late(worker)]:
            answers += self._give_up(worker, "ran over its time and was stopped")
        self._hand_out()
        return answers

    def _counted(self, worker: _Worker) -> bool:
        return worker.busy or not worker.ready

    def _late(self, worker: _Worker) -> bool:
        return self._counted(worker) and time.monotonic() > worker.deadline

    def _hand_out(self) -> None:
        idle = [worker for worker in self._workers if worker.ready and not worker.busy]
        starting = sum(not worker.ready for worker in self._workers)
        while idle and self._waiting:
            self._assign(idle.pop(), *self._waiting.popleft())
        while len(self._workers) < self._jobs and starting < len(self._waiting):
            self._start()
            starting += 1

    def _assign(self, worker: _Worker, statement: Statement, only_refute: bool) -> None:
        worker.statement, worker.began = statement, time.monotonic()
        worker.deadline = worker.began + waiting(self._milliseconds / 1000) + GRACE
        assert worker.process.stdin is not None
        try:
            worker.process.stdin.write(encode_task(statement, self._milliseconds, only_refute=only_refute))
            worker.process.stdin.flush()
        except BrokenPipeError:
            worker.deadline = worker.began  # it has died: the end of its output says so next

    def _start(self) -> None:
        package = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
        process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | _ONE_THREAD | {"PYTHONPATH": path},
        )
        worker = _Worker(process, time.monotonic() + _SLOWEST_START)
        self._workers.append(worker)
        assert process.stdout is not None
        self._selector.register(process.stdout, selectors.EVENT_READ, worker)

    def _receive(self, worker: _Worker) -> list[Answer]:
        assert worker.process.stdout is not None
        chunk = os.read(worker.process.stdout.fileno(), 2**20)
        if not chunk:
            return self._give_up(worker, None)
        worker.received += chunk
        if len(worker.received) > _LONGEST_ANSWER:
            return self._give_up(worker, "answered without end and was stopped")
        if not worker.received.endswith(b"\n"):
            return []
        line, worker.received = bytes(worker.received), bytearray()
        if not worker.ready:
            worker.ready = line == READY
            return [] if worker.ready else self._give_up(worker, "did not start as a worker does")
        statement, worker.statement = worker.statement, None
        if statement is None:
            return self._give_up(worker, "answered unasked")
        try:
            return [(statement, decode_outcome(line))]
        except Malformed as error:
            reason = f"the answer is not understood: {error}"
            return [(statement, failure(time.monotonic() - worker.began, reason))]

    def _give_up(self, worker: _Worker, reason: str | None) -> list[Answer]:
        """End a worker; its statement, or if it never started one in line, gets an answer without evidence."""
        assert worker.process.stdout is not None
        self._selector.unregister(worker.process.stdout)
        self._workers.remove(worker)
        if reason is None:
            # Its output has ended, so it is ending: its own exit status says more than our kill.
            try:
                worker.process.wait(timeout=GRACE)
            except subprocess.TimeoutExpired:
                reason = "closed its output and was stopped"
        status = worker.end()
        statement = worker.statement
        if statement is None and not worker.ready and self._waiting:
            statement, _ = self._waiting.popleft()
        if statement is None:
            return []
        seconds = time.monotonic() - worker.began if worker.ready else 0
        return [(statement, failure(seconds, reason or _ending(status)))]


def _ending(status: int) -> str:
    """An exit status in words.

    >>> _ending(-11)
    'the process was ended by SIGSEGV'
    """
    if status in (-signal.SIGALRM, -signal.SIGPROF):
        return "ran over its time and was stopped"
    if status < 0:
        return f"the process was ended by {signal.Signals(-status).name}"
    return f"the process ended with status {status}"
