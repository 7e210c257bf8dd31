"""Conditions of an explicit motion, one a test, each of which a mutant of the rule once did without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from proofcheck import (
    Changes,
    Verdict,
    at,
    exp,
    flow,
    for_all,
    inner,
    motion,
    norm2,
    operator,
    path,
    refuted_by,
    scalar,
    scalar_path,
    vector,
)
from proofcheck.language.expressions import Operator, Relation, Scalar, number
from proofcheck.language.flows import Flow

from .settling import claimed as claim_of
from .settling import left_open, verdict

t, s, r = scalar("t", nonnegative=True), scalar("s"), scalar("r", positive=True)
x, y, u = path("x"), path("y"), vector("u")
K = operator("K", at_least=-1, at_most=1)
bound = norm2(x) <= norm2(at(x, 0))
claimed_elsewhere = claim_of(norm2(u) >= 0, "elsewhere")
at_rest = motion(x, K, s, 1).then(1, 0, lambda start: start)


def grown(strength: int, bounded: Operator, direction: int = 1) -> object:
    """Whether a motion with an operator of some strength refutes that |x| does not grow along x' = +- K x."""
    moved = motion(x, bounded, s, 1).then(1, strength, lambda start: start * exp(direction * strength * s))
    return refuted_by(bound, flow(x.dot == direction * bounded(x), time=t), moved)


@pytest.mark.parametrize(
    ("strength", "bounded", "direction"),
    [
        (1, operator("K", at_least=0, at_most=1), 1),
        (-1, operator("K", at_least=-1), -1),
        (1, operator("K", norm=1), 1),
        (-1, operator("K", norm=1), -1),
    ],
)
def test_an_operator_may_meet_its_bound_and_not_exceed_it(strength: int, bounded: Operator, direction: int) -> None:
    assert verdict(lambda: grown(strength, bounded, direction)) is Verdict.REFUTED
    beyond = grown(2 * strength, bounded, direction)
    assert left_open(beyond) == ["piece 1: the operator's bound"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rate", "solution"),
    [
        # Defined for t != 2, after the piece; for t != -1, before it.
        (-1 / (2 - t), lambda start: start * (2 - s) / 2),
        (-1 / (1 + t), lambda start: start / (1 + s)),
    ],
)
def test_a_piece_obeys_the_flow_while_it_lasts(rate: Scalar, solution: object) -> None:
    shrinking = flow(x.dot == rate * x + 0 * K(x), time=t)
    moved = motion(x, K, s, 1).then(1, 0, solution)  # type: ignore[arg-type]
    assert verdict(lambda: refuted_by(norm2(x) >= norm2(at(x, 0)), shrinking, moved)) is Verdict.REFUTED
    assert left_open(refuted_by(norm2(x) >= norm2(at(x, 0)), shrinking, moved.then(2, 0, solution)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "claimed",
    [
        norm2(x) <= norm2(at(x, 1)),
        norm2(x) <= norm2(at(y, 0)),
        inner(at(operator("K", at_least=-1, at_most=1, changes=Changes.BY_JUMPS)(x), 1), x) >= 1,
    ],
)
def test_a_motion_says_what_is_now_and_at_the_start(claimed: Relation) -> None:
    jumping = operator("K", at_least=-1, at_most=1, changes=Changes.BY_JUMPS)
    with pytest.raises(ValueError, match="does not say"):
        refuted_by(claimed, flow(x.dot == jumping(x), time=t), motion(x, jumping, s, 1).then(1, 0, lambda start: start))


def test_a_motion_is_not_asked_what_holds_for_all_values() -> None:
    with pytest.raises(ValueError, match="for all values"):
        refuted_by(bound.given(for_all(r, r * norm2(x) >= 0)), flow(x.dot == K(x), time=t), at_rest)


@pytest.mark.parametrize("piece", [(r, 0), (1, r)])
def test_a_piece_is_told_in_numbers(piece: tuple[Scalar, Scalar]) -> None:
    with pytest.raises(ValueError, match="are numbers"):
        refuted_by(bound, flow(x.dot == 0 * K(x), time=t), motion(x, K, s, 1).then(*piece, lambda start: start))


def test_a_flow_of_the_third_order_and_none_above() -> None:
    third, fourth = x.ddot.dot, x.ddot.ddot
    moved = motion(x, K, s, 1, 1, 0).then(
        1, 0, lambda position, velocity, push: position + velocity * s + push * s**2 / 2
    )
    assert verdict(lambda: refuted_by(bound, flow(third == 0 * K(x), time=t), moved)) is Verdict.REFUTED
    with pytest.raises(ValueError, match="begins with"):
        more = motion(x, K, s, 1, 1, 0, 0).then(1, 0, lambda position, velocity, push, pull: position + velocity * s)
        refuted_by(bound, flow(fourth == 0 * K(x), time=t), more)


jumping = operator("J", at_least=-1, at_most=1, changes=Changes.BY_JUMPS)
jumped = motion(x, jumping, s, 1).then(1, 0, lambda start: start)


@pytest.mark.parametrize("moment", [0, 1])
def test_an_operator_has_its_value_at_its_moment(moment: int) -> None:
    """At the moment 0 it is known, but not while a piece lasts; at 1 it is not known."""
    then = replace(jumping, moment=number(moment))
    with pytest.raises(ValueError, match="does not say"):
        refuted_by(bound, flow(x.dot == then(x), time=t), jumped)
    with pytest.raises(ValueError, match="does not say"):
        refuted_by(inner(replace(jumping, moment=number(1))(x), x) >= 1, flow(x.dot == jumping(x), time=t), jumped)


def test_a_flow_that_remembers_its_start_is_not_solved() -> None:
    with pytest.raises(ValueError, match="does not say"):
        refuted_by(bound, flow(x.dot == 0 * at(x, 0) + 0 * K(x), time=t), at_rest)


@pytest.mark.parametrize(
    ("claimed", "along", "message"),
    [
        (bound, flow(x.dot == 0 * K(x), y.dot == 0 * y, time=t), "of one path"),
        (bound, flow(y.dot == 0 * K(y), time=t), "of one path"),
        (norm2(y) <= 1, flow(x.dot == 0 * K(x), time=t), "does not say"),
        (scalar_path("x") <= 0, flow(x.dot == 0 * K(x), time=t), "does not say"),
        (bound.by(claimed_elsewhere), flow(x.dot == 0 * K(x), time=t), "without premises"),
    ],
)
def test_a_motion_speaks_of_its_path_alone(claimed: Relation, along: Flow, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        refuted_by(claimed, along, at_rest)


@pytest.mark.parametrize("claimed", [norm2(x) <= norm2(at(x.dot, 0)), (norm2(x) <= 0).given(x == at(x, 0))])
def test_the_start_has_derivatives_and_vectors_may_be_equal(claimed: Relation) -> None:
    assert verdict(lambda: refuted_by(claimed, flow(x.dot == 0 * K(x), time=t), at_rest)) is Verdict.REFUTED
