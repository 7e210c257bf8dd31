"""What the derivation proves holds on drawn numbers, vectors and matrices.

The claims' own expressions are evaluated, in dimensions one to four, exactly where they are rational.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, find, given, settings
from hypothesis import strategies as st

from derivations.bu_xu_chen_2021 import dynamics, heavy_ball, loss, weights, width
from proofcheck import Verdict
from proofcheck.language.chains import Chain
from proofcheck.language.claims import Claim
from proofcheck.language.expressions import Relation, Scalar, VectorEquation

from ..language.evaluating import DIGITS, Undefined, exactly
from .drawing import in_digits, is_pointwise, values_for

MODULES = (heavy_ball, dynamics, loss, weights, width)
MARGIN = DIGITS.mpf(10) ** -40


def relations_of(stated: object) -> Iterator[Relation]:
    match stated:
        case Relation():
            yield stated
        case Chain(_, links):
            yield from links
        case tuple():
            for part in stated:
                yield from relations_of(part)


def claims() -> Iterator[Claim]:
    for module in MODULES:
        yield from (value for value in vars(module).values() if isinstance(value, Claim))


def pointwise() -> list[Any]:
    """The relations that proved claims state about every point, under inequalities at most."""
    found = []
    for claim in dict.fromkeys(claims()):
        if claim.expect is not Verdict.PROVED:
            continue
        for number, relation in enumerate(relations_of(claim.stated), start=1):
            if is_pointwise(relation) and not any(
                isinstance(h, VectorEquation) or h.sign == "=" for h in relation.hypotheses
            ):
                found.append(pytest.param(relation, id=f"{claim.name}-{number}"))
    return found


def drawn(data: st.DataObject, *relations: Relation) -> dict[object, Any]:
    def draw(low: Fraction, high: Fraction) -> Fraction:
        return data.draw(st.fractions(low, high, max_denominator=8) if high - low >= 1 else _between(low, high))

    return values_for(relations, data.draw(st.integers(1, 4)), draw)


def _between(low: Fraction, high: Fraction) -> st.SearchStrategy[Fraction]:
    return st.fractions(0, 1, max_denominator=8).map(lambda part: low + part * (high - low))


def holds(relation: Relation, values: dict[object, Any]) -> bool:
    """Exactly, or with sixty digits and a margin. Raises `Undefined`."""
    try:
        return exactly(values).holds(relation)
    except Undefined:
        where = in_digits(values)
    left, right = where.scalar(relation.left), where.scalar(relation.right)
    margin = MARGIN * (1 + abs(left) + abs(right))
    if relation.sign == "=":
        return bool(abs(left - right) <= margin)
    return bool(left <= right + margin) if relation.sign in ("<", "<=") else bool(left >= right - margin)


CASES = pointwise()


def test_enough_is_pointwise() -> None:
    assert len(CASES) >= 50
    names = {case.id.rsplit("-", 1)[0] for case in CASES}  # type: ignore[union-attr]
    assert {
        "energy_chain",
        "energy_balance",
        "energy_never_increases",
        "smallest_eigenvalue_at_the_start",
        "smallest_eigenvalue_nearby",
        "pseudo_loss_is_strongly_convex",
        "frozen_kernel_balance",
        "oscillation_bound",
    } <= names


@pytest.mark.parametrize("relation", CASES)
@settings(max_examples=8)
@given(data=st.data())
def test_what_is_proved_holds_on_draws(relation: Relation, data: st.DataObject) -> None:
    try:
        values = drawn(data, relation)
        hypotheses = all(holds(h, values) for h in relation.hypotheses if isinstance(h, Relation))
    except Undefined:
        assume(False)
    assume(hypotheses)
    assert holds(relation, values)


def slope(along: Any, energy: Scalar, rate: Scalar) -> Relation:
    found: Relation = along.d(energy) <= -rate * energy
    return found


DECAYS = {
    "constant": slope(loss.frozen, loss.V, loss.alpha),
    "frozen": slope(loss.perturbed, loss.V_ref, loss.rate * loss.alpha),
    "bounded": slope(loss.bounded_flow, loss.V_s, loss.alpha),
}


@pytest.mark.parametrize("name", DECAYS)
@settings(max_examples=60)
@given(data=st.data())
def test_energies_decay_at_their_rates_in_every_dimension(name: str, data: st.DataObject) -> None:
    assert holds(DECAYS[name], drawn(data, DECAYS[name]))


@pytest.mark.parametrize("name", DECAYS)
def test_a_larger_rate_fails_on_some_draw(name: str) -> None:
    """The draws are not too tame to notice a wrong rate."""
    factor = {"constant": 3, "frozen": 3, "bounded": 4}[name]
    relation = DECAYS[name]
    along, energy = {
        "constant": (loss.frozen, loss.V),
        "frozen": (loss.perturbed, loss.V_ref),
        "bounded": (loss.bounded_flow, loss.V_s),
    }[name]
    wrong = slope(along, energy, factor * loss.alpha)
    def violated(values: dict[object, Any]) -> bool:
        return not holds(wrong, values)

    assert relation.sign == wrong.sign
    find(_points(wrong), violated)


@st.composite
def _points(draw: st.DrawFn, relation: Relation) -> dict[object, Any]:
    def number(low: Fraction, high: Fraction) -> Fraction:
        return low + draw(st.fractions(0, 1, max_denominator=8)) * (high - low)

    return values_for([relation], draw(st.integers(1, 2)), number)
