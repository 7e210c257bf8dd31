"""Counterexamples from Gram matrices: vectors for what is false by a little, and none for what is true."""

from __future__ import annotations

from itertools import product as product_of

import pytest

from proofcheck.kernel.check import refute
from proofcheck.kernel.statements import Statement
from proofcheck.kernel.terms import Inner, Variable
from proofcheck.provers import grams
from proofcheck.provers.sequent import Deadline

from .writing import minus, number, over, plus, power, relation, times

mu, L, s, f = map(Variable, ("mu", "L", "s", "f"))
distance, gradient, product = Inner("d", "d"), Inner("g", "g"), Inner("d", "g")


def gradient_step(largest: str) -> Statement:
    """One step of gradient descent contracts by 1 - s mu, for s (mu + L) up to a largest value, of which 2 is true.

    All that is known of the function is the inequality for the gradient g at the distance d from the minimum.
    """
    known = relation(times(plus(mu, L), product), ">=", plus(times(mu, L, distance), gradient))
    moved = plus(distance, times(-2, s, product), times(power(s, 2), gradient))
    return Statement(
        ("mu", "L", "s"),
        ("d", "g"),
        (
            *(relation(each, ">", 0) for each in (mu, minus(L, mu), s)),
            relation(times(s, plus(mu, L)), "<=", number(largest)),
            known,
        ),
        relation(moved, "<=", times(power(minus(1, times(s, mu)), 2), distance)),
    )


def descent(factor: str) -> Statement:
    """|g|^2 <= factor L f for an L-smooth function that is f above its minimum, of which 2 is true."""
    above = relation(f, ">=", over(gradient, times(2, L)))
    return Statement(
        ("L", "f"), ("g",), (relation(L, ">", 0), above), relation(gradient, "<=", times(number(factor), L, f))
    )


def three_in_a_plane() -> Statement:
    """Three unit vectors with pairwise inner products -1/2, which needs two dimensions, add up to something."""
    unit = [relation(Inner(name, name), "<=", 1) for name in "uvw"]
    apart = [relation(Inner(*pair), "<=", number("-49/100")) for pair in ("uv", "uw", "vw")]
    total = plus(*(Inner(min(pair), max(pair)) for pair in product_of("uvw", "uvw")))
    return Statement((), ("u", "v", "w"), (*unit, *apart), relation(total, ">=", number("1/10")))


@pytest.mark.parametrize("false", [gradient_step("2001/1000"), descent("1999/1000"), three_in_a_plane()])
def test_what_is_false_is_refuted(false: Statement) -> None:
    witness = grams.search(false, Deadline.after(5))
    assert witness is not None
    refute(false, witness)


def test_as_many_dimensions_as_are_needed() -> None:
    witness = grams.search(three_in_a_plane(), Deadline.after(5))
    assert witness is not None
    assert len(witness.vectors[0]) >= 2


@pytest.mark.parametrize("true", [gradient_step("2"), descent("2")])
def test_what_is_true_is_not_refuted(true: Statement) -> None:
    assert grams.search(true, Deadline.after(5)) is None


def test_it_is_for_statements_that_are_linear_in_inner_products() -> None:
    squared = relation(power(product, 2), "<", times(distance, gradient))
    assert grams.search(Statement((), ("d", "g"), (), squared), Deadline.after(5)) is None
    assert grams.search(Statement(("s",), (), (), relation(power(s, 2), ">", 0)), Deadline.after(5)) is None


def test_equations_stay_equations() -> None:
    orthogonal = relation(product, "=", 0)
    longer = relation(plus(distance, times(2, product), gradient), "<=", times(number("999/1000"), distance))
    false = Statement((), ("d", "g"), (orthogonal, relation(distance, ">", 0)), longer)
    witness = grams.search(false, Deadline.after(5))
    assert witness is not None
    refute(false, witness)
