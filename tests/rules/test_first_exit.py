"""Conditions of the first exit, one a test, each of which a mutant of the rule once did without.

Along `rising`, q = q(0) + t leaves at the time 1 - q(0), whatever is shown up to then.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from proofcheck import Rational, Verdict, at, conserved, first_exit, flow, missing, scalar, scalar_path
from proofcheck.language.expressions import Relation

from .settling import Written, answer, claimed, left_open, verdict

t, r = scalar("t", nonnegative=True), scalar("r", nonnegative=True)
q, e = scalar_path("q"), scalar_path("e")
rising = flow(q.dot == 1, time=t, inside=(q <= 1))
resting = flow(q.dot == 0 * q, time=t, subject_to=[r <= Rational(1, 2), q <= r], inside=(q <= 1))
sinking = flow(q.dot == -1, time=t, subject_to=[q <= at(q, 0)], inside=(q <= 1))
inside = claimed((q <= 1).along(rising), "inside")
moves = claimed(lambda: conserved(rising, q - t), "moves")
settled = claimed((q <= r).given(at(q, 0) <= 1).along(resting), "settled")
strictly = claimed((q < r + Rational(1, 4)).given(at(q, 0) <= 1).along(resting), "strictly")
begun = at(q, 0) == 0


@pytest.mark.parametrize(
    "written",
    [
        # For t >= 2 anything holds of a solution that is still inside; at t = 2 it is at 2.
        lambda: first_exit(inside, claimed((q <= 0).given(t >= 2, begun).by(moves), "late")),
        # The bound is from below.
        lambda: first_exit(inside, claimed((q >= 0).given(begun).by(moves), "from_below")),
        # The premises are open, and false.
        lambda: first_exit(inside, claimed((q <= 0).given(begun).along(rising), "stays")),
        lambda: first_exit(claimed((q <= r - 1).along(resting), "lower"), settled),
    ],
)
def test_what_leaves_is_not_kept_inside(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


@pytest.mark.parametrize("stays", [settled, strictly])
def test_a_constraint_that_does_not_move_bounds_below_the_radius(stays: object) -> None:
    """A start on the radius is inside, and a strict bound is a bound."""
    argument = first_exit(claimed((q <= 1).along(resting), "kept"), stays)  # type: ignore[arg-type]
    assert left_open(argument) == []


def test_a_bound_on_the_radius_refutes_nothing() -> None:
    """It never leaves, for it sinks; that it stays strictly below is not shown."""
    touching = claimed((q <= 1).given(at(q, 0) <= 1).along(sinking), "touching")
    assert verdict(lambda: first_exit(touching, touching)) is Verdict.OPEN


def test_the_conclusion_keeps_the_flows_the_hypotheses_and_the_premises_of_both_claims() -> None:
    still = flow(e.dot == 0 * e, time=t)
    other = claimed((q + e <= 1 + at(e, 0)).given(at(e, 0) <= r).along(resting, still), "other")
    argument = first_exit(other, settled)
    assert argument.conclusion is not None
    assert set(argument.conclusion.flows()) == {replace(resting, never_leaves=True), still}
    assert len(argument.conclusion.hypotheses) == 2
    assert set(argument.premises) == {other, settled}


def test_what_is_shown_up_to_the_exit_from_another_place_is_not_shown_for_ever() -> None:
    lower = claimed((q <= 1).along(resting, flow(e.dot == 1, time=t, inside=(e <= 1))), "lower")
    with pytest.raises(ValueError, match="from the same place"):
        first_exit(lower, settled)


def test_a_premise_that_is_open_leaves_the_first_exit_open() -> None:
    gap = claimed(lambda: missing("a bound", (q <= r).given(at(q, 0) <= 1).along(resting)), "gap")
    assert verdict(lambda: first_exit(claimed((q <= 1).along(resting), "kept"), gap)) is Verdict.OPEN
    assert verdict(lambda: first_exit(gap, settled)) is Verdict.OPEN


def test_a_hypothesis_bounds_below_the_radius() -> None:
    held = flow(q.dot == 0 * q, time=t, subject_to=[q <= r], inside=(q <= 1))
    kept = claimed((q <= r).given(at(q, 0) <= 1, r <= Rational(1, 2)).along(held), "kept")
    assert left_open(first_exit(kept, kept)) == []


@pytest.mark.parametrize("hypothesis", [q <= at(q, 0), at(q, 0) >= q, r <= t, t >= r])
def test_no_hypothesis_moves_in_time(hypothesis: Relation) -> None:
    moving = claimed((q <= r).given(hypothesis).along(resting), "moving")
    with pytest.raises(ValueError, match="do not move in time"):
        first_exit(moving, moving)
