"""How long solutions last: what may be said of a moment, and of the letters that run up to it.

The examples are solutions of q' = q^2 from q(0) = 1, which last until any t < 1: that t <= 1 is proved along them.
"""

from __future__ import annotations

import pytest

from proofcheck import (
    Verdict,
    after,
    at,
    chain,
    cited,
    conserved,
    flow,
    for_all,
    integral,
    scalar,
    scalar_path,
)
from proofcheck.language.claims import Claim

from .settling import Written, answer, claimed, verdict

t, s = scalar("t", nonnegative=True), scalar("s", nonnegative=True)
r, late = scalar("r", positive=True), scalar("late", at_least=2)
a, z = scalar("a"), scalar("z")
q = scalar_path("q")
growing = flow(q.dot == q**2, time=t, subject_to=[q > 0])
timeless = flow(q.dot == q**2)
begun = at(q, 0) == 1
grows = claimed(lambda: conserved(growing, 1 / q + t), "grows")
ends = claimed(lambda: (t <= 1).given(begun).by(grows), "ends")
nothing = 0 * at(q, 0)


def known(stated: object) -> Claim:
    return claimed(lambda: cited("a book", stated), "known")  # type: ignore[arg-type]


short = known((t <= 1).along(flow(time=t, subject_to=[t <= 1])))

FALSE: list[Written] = [
    # What holds for all moments speaks of those alone that a solution reaches.
    lambda: (nothing + s <= 1).given(begun, for_all(s, at(q, s) ** 2 >= 0)).by(ends.at({t: s})),
    # At the moments s up to t of which the hypothesis speaks there are solutions, up to 2 s there need not be.
    lambda: (2 * s <= 1).given(begun, integral(at(q, 2 * s) ** 2, s, 0, t / 4) >= 0).by(ends.at({t: 2 * s})),
    # Of t = 0 the premise at a moment in (0, t] says nothing; for all t > 0 it says that a <= 1.
    lambda: (a + 0 * integral(r, r, 0, t) <= 1).by(
        known((a * t <= t).along(flow(time=t, subject_to=[a * t <= t]))).at({t: r})
    ),
    # There is no moment between 2 and t while t < 2, although the range from 0 to t is not empty.
    lambda: (0 * integral(late, late, 0, t) + 2 <= 1).given(begun).by(ends.at({t: late})),
    # Solutions end also where a constraint alone ends them.
    lambda: (0 * t + 2 <= 1).by(short.at({t: 2})),
    # The end of an integral is taken at a moment, too.
    lambda: (
        (at(q, 0) <= 1)
        .along(timeless)
        .by(known((at(q, 0) <= 1 + 0 * integral(s, s, 0, at(q, 1) ** 2)).along(timeless)))
    ),
    # One letter with two ranges: the moment is one of the solution for the s of one of them alone.
    lambda: (
        (integral(4 * (t - s) ** 2, s, 0, t) <= integral(1 + 0 * integral(s, s, t / 2, t), s, 0, t))
        .given(begun, t <= 1)
        .by(ends.at({t: 4 * (t - s) ** 2}))
    ),
    lambda: (
        (integral(3 * s, s, 0, t) <= integral(1 + 0 * integral(s, s, 0, t / 3), s, 0, t))
        .given(begun, t <= 1)
        .by(ends.at({t: 3 * s}))
    ),
    # s has a range in one integral, and stands for any number in the other.
    lambda: (
        (integral(s + 0 * r, r, 1, 2) + 0 * integral(s, s, 0, t) <= integral(1 + 0 * r, r, 1, 2))
        .given(begun)
        .by(ends.at({t: s}))
    ),
]


@pytest.mark.parametrize("written", FALSE)
def test_nothing_is_said_of_moments_that_no_solution_reaches(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


TRUE: list[Written] = [
    # A claim speaks of the moments in its hypotheses.
    lambda: (nothing + 2 <= 1).given(begun, at(q, 2) ** 2 >= 0).by(ends.at({t: 2})),
    # All solutions begin, whether or not the flow names its time.
    lambda: (z <= 1).along(timeless).by(known((z <= 1 + 0 * at(q, 0)).along(timeless))),
    # An instance without a moment is one at the current moment.
    lambda: (t <= 3).given(begun).by(claimed(lambda: (t <= 1 + z**2).given(begun).by(ends), "z").at({z: 1})),
    # Up to what is known to be before t.
    lambda: (integral(s, s, 0, t / 2) <= integral(1, s, 0, t / 2)).given(begun).by(ends.at({t: s})),
    lambda: (integral(r, r, 0, t) <= integral(1, r, 0, t)).given(begun, t > 0).by(ends.at({t: r})),
    # Integrals over other letters, with ends of their own.
    lambda: (integral(s, s, 0, t) <= integral(1 + 0 * integral(r, r, 1, 2), s, 0, t)).given(begun).by(ends.at({t: s})),
    # Along no flow a path is any function, at any moment; along one whose only equation is the clock's, too.
    lambda: chain(z - 1).le(z - 1 + at(q, 5) ** 2).lt(z + at(q, 5) ** 2).eq(z + at(q, 5) ** 2 + 0 * at(q, 6)),
    lambda: chain(z).eq(z + 0 * at(q, 5)).le(z + 1).along(flow(time=t)),
    # The clock goes on where the solution ends.
    lambda: (t + 0 * z <= 1).given(begun, z >= 0).by(ends, known((z <= z + 1).along(flow(time=t))).at({t: z})),
    # What is behind a jump at the current moment.
    lambda: (z <= 1).along(timeless).by(known((z + after(scalar_path("h", jumps_from=0)) ** 2 <= 1).along(timeless))),
]


@pytest.mark.parametrize("written", TRUE)
def test_what_is_said_of_moments_that_all_solutions_reach(written: Written) -> None:
    assert verdict(written) is Verdict.PROVED


def test_a_premise_at_a_moment_that_is_not_reached_refutes_nothing() -> None:
    """They are true, and need no premise."""
    assert verdict(lambda: (0 * t + 2 >= 1).by(short.at({t: 2}))) is Verdict.OPEN
    assert verdict(lambda: (0 * integral(late, late, 2, t) + 1 >= 0).by(short.at({t: late}))) is Verdict.OPEN
