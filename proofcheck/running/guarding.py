"""An author's code, run so that it spoils nothing: a time limit, no way out of the process, its place put back."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stdout
from types import FrameType
from typing import NoReturn

from .watching import watched

#: Seconds that the import of a file, or the statement of a claim, may take.
PATIENCE = 60
#: Seconds more after which code that no exception reaches, such as a compiled loop, ends the process with its line.
_GRACE = 10


#: Threads that an author's code has left: the interpreter would wait for them at its end.
left_running: list[threading.Thread] = []


class LeftRunning(Exception):
    """The code has started a thread that still runs."""

    remedy = "wait for the thread there: thread.join()"


class DidNotReturn(BaseException):
    """The code ran over its time; no `Exception`, so that code which catches these goes on no longer."""

    remedy = "end the loop; if there is none, give it more time with --patience"


@contextmanager
def guarded(what: str, seconds: float) -> Iterator[None]:
    """Run code of an author, `what` it is in words, which a message may begin with.

    What it prints is no part of the answer on the standard output, and the current folder is put back. `os._exit`
    raises `SystemExit`. Raises `DidNotReturn` after so many seconds (in the main thread, which alone can be stopped),
    `LeftRunning`, and whatever the code raises; to Ctrl-C it adds what was interrupted.

    >>> with guarded("the loop", 1):
    ...     while True:
    ...         continue
    Traceback (most recent call last):
    proofcheck.running.guarding.DidNotReturn: the loop did not return within 1 s
    """
    before = threading.enumerate()
    try:
        with redirect_stdout(sys.stderr), chdir(os.curdir), watched(), _no_way_out(), _limited(what, seconds):
            yield
    except KeyboardInterrupt as error:
        error.add_note(f"during {what}")
        raise
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    left_running.extend(left)
    if left:
        raise LeftRunning(f"{what} has left a thread running: {left[0].name}")


@contextmanager
def _limited(what: str, seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise DidNotReturn(f"{what} did not return within {seconds:g} s")

    handler = signal.signal(signal.SIGALRM, stop)
    # Once more each second, should the code catch even that.
    timer = signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=2)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, handler)


@contextmanager
def _no_way_out() -> Iterator[None]:
    """`os._exit(0)` would end the run with the status of a run in which all is as expected."""
    process, leave = os.getpid(), os._exit

    def refuse(status: int) -> NoReturn:
        if os.getpid() != process:
            leave(status)  # a process that the code has made
        raise SystemExit(f"os._exit({status})")

    os._exit = refuse
    try:
        yield
    finally:
        os._exit = leave
