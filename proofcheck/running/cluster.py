"""Searches on a Dask cluster: the same tasks and answers as on this machine, as bytes.

A worker of the cluster searches in a process of its own, as this machine does, so that a crash or a hang costs one
search. A worker that dies costs a retry, which Dask sees to. Each worker needs proofcheck installed.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from uuid import uuid4

from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.statements import Statement
from proofcheck.records.store import key_of

from .answering import Answer
from .outcomes import Outcome, decode_outcome, encode_outcome, failure
from .pool import Pool
from .worker import decode_task, encode_task

if TYPE_CHECKING:
    import distributed

#: Seconds to wait for the scheduler, and for a worker when there is none.
PATIENCE = 30
#: What a worker calls with a version and a task, as module and function.
SEARCH = "proofcheck.running.cluster:search"
_TICK = 1

_here = threading.local()


class ClusterError(Exception):
    """The cluster cannot be used; the message says what to do."""


class NotInstalled(ClusterError):
    """This machine has no Dask."""


class OtherVersion(Exception):
    """A worker would search with another proofcheck than the one that asks."""


@cache
def own_version() -> str:
    """What a worker must have as well: the version of the package, and the sources that search and that check."""
    package = Path(__file__).parent.parent
    sources = [path for room in ("kernel", "provers", "running") for path in sorted((package / room).glob("*.py"))]
    return f"{version('proofcheck-workbench')}, sources {key_of(*(p.read_text('utf-8') for p in sources))[:12]}"


def search(wanted: str, task: bytes) -> bytes:
    """Answer one task on a worker of the cluster. Raises `OtherVersion`."""
    if (found := own_version()) != wanted:
        raise OtherVersion(f"a worker has proofcheck {found}, and this machine has {wanted}")
    statement, milliseconds, only_refute = decode_task(task)
    pool = _pool(milliseconds)
    pool.submit(statement, only_refute=only_refute)
    [(_, outcome)] = pool.answers()
    return encode_outcome(outcome)


def _sent() -> Callable[[str, str, bytes], bytes]:
    """What is sent to the workers: a function without a module, which Dask sends as it is.

    Where a module is missing, a function of that module would end the worker's connection; this one fails as a task.
    """

    def answer(name: str, wanted: str, task: bytes) -> bytes:
        from importlib import import_module

        module, _, function = name.partition(":")
        answered: bytes = getattr(import_module(module), function)(wanted, task)
        return answered

    return answer


def _pool(milliseconds: int) -> Pool:
    """The process that searches for this thread; it is kept, since it takes a second to start, and ends with us."""
    known: tuple[int, Pool] | None = getattr(_here, "pool", None)
    if known is not None and known[0] == milliseconds and not known[1].outstanding:
        return known[1]
    if known is not None:
        known[1].__exit__(None, None, None)
    pool = Pool(1, milliseconds / 1000)
    atexit.register(pool.__exit__, None, None, None)
    _here.pool = (milliseconds, pool)
    return pool


class Cluster:
    """The workers of a Dask scheduler, as an `Answering`. Raises `ClusterError`, also later, when it is lost."""

    def __init__(self, address: str, seconds: float, searching: str = SEARCH) -> None:
        try:
            import distributed
        except ModuleNotFoundError as error:
            raise NotInstalled(f"a cluster needs Dask; pip install 'proofcheck-workbench[dask]' ({error})") from error
        # What happens to workers is told by us where it matters, and is Dask's own business where not.
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._address, self._milliseconds = address, round(1000 * seconds)
        self._asked = _sent(), searching, own_version()
        try:
            self._client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterError(f"no Dask scheduler answers at {address}; start one: dask scheduler") from error
        self._finished = distributed.as_completed(loop=self._client.loop, with_results=True, raise_errors=False)
        self._under_way: dict[str, tuple[distributed.Future[bytes], Statement]] = {}
        self._last_sign = time.monotonic()

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        futures = [future for future, _ in self._under_way.values()]
        if futures and self._client.status == "running":
            self._client.cancel(futures, force=True)
        self._under_way.clear()
        self._client.close(timeout=_TICK)

    @property
    def outstanding(self) -> int:
        """How many submitted statements have no answer yet."""
        return len(self._under_way)

    def submit(self, statement: Statement, *, only_refute: bool = False) -> None:
        """Put a statement in line."""
        task = encode_task(statement, self._milliseconds, only_refute=only_refute)
        future = self._client.submit(*self._asked, task, key=f"proofcheck-{uuid4().hex}", pure=False)
        self._under_way[future.key] = future, statement
        self._finished.add(future)

    def answers(self) -> Iterator[Answer]:
        """Every outstanding answer as it comes; waits for the last one."""
        while self.outstanding:
            yield from self.ready(waiting=True)

    def ready(self, *, waiting: bool = False) -> list[Answer]:
        """The answers that are there now; with `waiting`, wait until something happens."""
        if waiting:
            with self._finished.thread_condition:
                if not self._finished.has_ready():
                    self._finished.thread_condition.wait(_TICK)
        batch = self._finished.next_batch(block=False)
        if batch:
            self._last_sign = time.monotonic()
        elif waiting:
            self._demand_workers()
        return [self._answer(future, result) for future, result in batch]

    def _answer(self, future: distributed.Future[bytes], result: object) -> Answer:
        _, statement = self._under_way.pop(future.key)
        return statement, self._outcome(future.status, result)

    def _outcome(self, status: str, result: object) -> Outcome:
        from distributed.scheduler import KilledWorker

        match status, result:
            case "finished", bytes(line):
                try:
                    return decode_outcome(line)
                except Malformed as error:
                    return failure(0, f"the answer is not understood: {error}")
            case "error", (_, KilledWorker(), _):
                return failure(0, "each worker of the cluster that tried it died")
            case "error", (_, OtherVersion() as error, _):
                raise ClusterError(f"{error}; install the same version on both")
            case "error", (_, BaseException() as error, _):
                raise ClusterError(_told(error)) from error
            case _:
                raise ClusterError(f"the scheduler at {self._address} has gone, or has forgotten what it was asked")

    def _demand_workers(self) -> None:
        """Raises `ClusterError` where nobody has been there to answer for a while."""
        if self._client.status != "running":
            raise ClusterError(f"the scheduler at {self._address} has gone")
        if self._client.nthreads():
            self._last_sign = time.monotonic()
        elif time.monotonic() - self._last_sign > PATIENCE:
            raise ClusterError(
                f"the scheduler at {self._address} has no workers; start one: dask worker {self._address}"
            )


def _told(error: BaseException) -> str:
    """What went wrong on the cluster itself, with the reason below it."""
    reason = error
    while reason.__cause__ is not None:
        reason = reason.__cause__
    if isinstance(reason, ModuleNotFoundError):
        return f"each worker needs proofcheck, in the version of this machine: {reason}"
    return f"the cluster failed with {type(reason).__name__}: {reason}"
