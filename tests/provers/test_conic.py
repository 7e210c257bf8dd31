"""The conic solver is quiet, and what it cannot solve is no solution."""

import os
import sys

import clarabel
import numpy as np
import pytest

from proofcheck.provers.conic import minimized
from proofcheck.provers.sequent import Deadline


def test_a_small_program() -> None:
    """Minimise x + y with x + y = 1 and x, y >= 0."""
    entries = ([1.0, 1.0, -1.0, -1.0], [0, 0, 1, 2], [0, 1, 0, 1])
    found = minimized(np.array([1.0, 1.0]), entries, [1.0, 0.0, 0.0], (1, 2, ()), Deadline.after(5))
    assert found is not None
    assert abs(float(found.sum()) - 1) < 1e-6


def test_what_has_no_solution() -> None:
    entries = ([1.0, -1.0], [0, 1], [0, 0])
    assert minimized(np.array([1.0]), entries, [-1.0, 0.0], (1, 1, ()), Deadline.after(5)) is None


class PanicException(BaseException):
    """What PyO3 makes of a panic."""


class Panicking:
    """A solver that writes to the standard error below Python, and panics."""

    def __init__(self, *arguments: object) -> None:
        pass

    def solve(self) -> None:
        os.write(2, b"thread panicked")
        raise PanicException


def test_a_panic_is_quiet(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(clarabel, "DefaultSolver", Panicking)
    entries = ([-1.0], [0], [0])
    assert minimized(np.array([1.0]), entries, [0.0], (0, 1, ()), Deadline.after(5)) is None
    print("still heard", file=sys.stderr)
    assert capfd.readouterr().err == "still heard\n"


def test_an_interrupt_is_no_panic(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Panicking) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Panicking, "solve", interrupted)
    monkeypatch.setattr(clarabel, "DefaultSolver", Panicking)
    with pytest.raises(KeyboardInterrupt):
        minimized(np.array([1.0]), ([-1.0], [0], [0]), [0.0], (0, 1, ()), Deadline.after(5))
