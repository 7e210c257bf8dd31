"""Hypothesis's search for a drawn value of which something holds, by the clock, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeVar

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky, NoSuchExample, Unsatisfiable

from proofcheck.provers.sequent import Deadline

T = TypeVar("T")


class _TimeIsUp(BaseException):
    """Stops Hypothesis at once, which would shrink the point at which an `Exception` is raised."""


def searched(
    drawn: st.SearchStrategy[T],
    wanted: Callable[[T], bool],
    examples: int,
    seed: int,
    deadline: Deadline,
    shrinks: int | None = None,
) -> T | None:
    """A value that is wanted, shrunk; the simplest that was met, as it is written, when the time is up.

    With `shrinks` it is up after so many draws behind the first one that is wanted, too.

    >>> searched(st.integers(), lambda x: x > 6, 100, 0, Deadline.after(5))
    7
    """
    met: list[T] = []
    left = shrinks

    @st.composite
    def timed(draw: st.DrawFn) -> T:
        nonlocal left
        if deadline.remaining() <= 0 or left == 0:
            raise _TimeIsUp
        if met and left is not None:
            left -= 1
        return draw(drawn)

    def noted(value: T) -> bool:
        found = wanted(value)
        if found:
            met.append(value)
        return found

    quiet = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    try:
        return find(timed(), noted, settings=quiet, random=Random(seed))
    except (NoSuchExample, Unsatisfiable, Flaky, _TimeIsUp) as error:
        # To Hypothesis, a draw that the clock stops is one that goes another way than before.
        if isinstance(error, Flaky) and deadline.remaining() > 0 and left != 0:
            raise
        return min(met, key=lambda value: len(str(value)), default=None)
