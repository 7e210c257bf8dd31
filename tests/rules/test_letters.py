"""One letter, one meaning, wherever it stands: on a side, in a hypothesis, a premise, a flow, under an integral."""

from __future__ import annotations

import pytest

from proofcheck import (
    Changes,
    after,
    at,
    cited,
    flow,
    for_all,
    inner,
    integral,
    let,
    operator,
    path,
    scalar,
    scalar_path,
)
from proofcheck.language.expressions import Relation
from proofcheck.rules.letters import ambiguous, half_frozen

from .settling import claimed

t, x, y = scalar("t", nonnegative=True), scalar("x"), scalar("y")
positive = scalar("x", positive=True)
q, h = scalar_path("q"), scalar_path("h", jumps_from=0)
u = path("u")
low, high = (operator("A", at_least=bound, changes=Changes.CONTINUOUSLY) for bound in (0, 1))
known = claimed(lambda: cited("a book", positive >= 0), "known")


@pytest.mark.parametrize(
    ("stated", "letter"),
    [
        ((y >= 0).given(x >= positive), "x"),
        ((x >= 0).by(known), "x"),
        (integral(positive, positive, 1, 2) >= x, "x"),
        (integral(y, positive, 1, 2) >= x, "x"),
        ((x >= 0).given(for_all(positive, positive >= -1)), "x"),
        (let("E", x**2) >= let("E", x**4), "E"),
        (let("E", x**2) >= 0 * scalar("E"), "E"),
        (inner(path("x"), u) >= x, "x"),
        (scalar_path("u") * inner(u, u) >= 0, "u"),
        (q * scalar_path("q", jumps_from=0) >= 0, "q"),
        ((x >= 0).along(flow(q.dot == positive, time=t)), "x"),
        ((x >= 0).along(flow(q.dot == 1, time=t, subject_to=[positive >= q])), "x"),
        ((x >= 0).along(flow(h.dot == 1, time=t, jumps=[after(h) <= h + positive])), "x"),
        ((q >= 0).along(flow(scalar_path("q", jumps_from=0).dot == 1, time=t)), "q"),
        ((scalar("t") >= -1).along(flow(q.dot == 1, time=t)), "t"),
        (inner(low(u), u) >= inner(high(u), u), "A"),
        (inner(operator("A", at_least=1).inverse(u), u) >= inner(operator("A", at_least=2)(u), u), "A"),
    ],
)
def test_one_letter_with_two_meanings(stated: Relation, letter: str) -> None:
    assert ambiguous([stated]) == letter


@pytest.mark.parametrize(
    "stated",
    [
        x**2 + at(q, 0) >= q.dot,
        integral(x, x, 0, 1) >= x,
        let("E", x**2) + let("E", x**2) >= 0,
        # Of an operator at a moment, or of its derivative, the bounds are not known, or the same.
        inner(low(u), u) >= inner(at(high(u), 0), u),
        inner(low(u), u) >= inner(high.dot(u), u),
        inner(operator("A", at_least=1).inverse(u), u) >= inner(operator("A", at_least=1)(u), u),
    ],
)
def test_one_letter_with_one_meaning(stated: Relation) -> None:
    assert ambiguous([stated]) is None


def test_the_time_in_what_is_frozen() -> None:
    energy, falling = let("E", t * q**2), flow(q.dot == -q, time=t)
    assert half_frozen([(energy >= at(energy, 0)).along(falling)]) == "E(0)"
    assert half_frozen([(energy >= at(energy, 0, t)).along(falling)]) is None
    assert half_frozen([(energy >= at(energy, 0)).along(flow(q.dot == -q))]) is None
