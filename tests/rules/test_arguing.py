"""Conditions of how a claim is argued, one a test, each of which a mutant once did without."""

from __future__ import annotations

import pytest

from proofcheck import at, chain, cited, conserved, flow, scalar, scalar_path
from proofcheck.rules.argue import NotAStatement, argue

from .settling import claimed

t, q = scalar("t", nonnegative=True), scalar_path("q")
resting = claimed(lambda: conserved(flow(q.dot == 0 * q, time=t), q), "resting")
rising = claimed(lambda: conserved(flow(q.dot == 1, time=t), q - t), "rising")


def test_the_links_of_a_chain_are_along_one_flow() -> None:
    """q = q(0) along one flow and q - t = q(0) along another: q = q - t along none."""
    with pytest.raises(NotAStatement, match="different flows"):
        argue(chain(q).eq(at(q, 0), resting).eq(q - t, rising))


@pytest.mark.parametrize("stated", [(), (cited("a source", q <= 1), q <= q)])
def test_several_statements_are_statements_each(stated: object) -> None:
    """Together with others, what is cited would no longer be told from what is shown."""
    with pytest.raises(NotAStatement, match="not tuple"):
        argue(stated)


def test_a_truth_value_states_nothing() -> None:
    with pytest.raises(NotAStatement, match="truth value"):
        argue(True)


def test_nothing_states_nothing() -> None:
    with pytest.raises(NotAStatement, match="returns nothing"):
        argue(None)
