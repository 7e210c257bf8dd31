"""What the derivation proves holds on drawn numbers, vectors and matrices.

The claims' own expressions are evaluated, in dimensions one to four, exactly where they are rational.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, find, given, settings
from hypothesis import strategies as st

from derivations.bu_xu_chen_2021 import dynamics, heavy_ball, loss, notation, probability, weights, width
from proofcheck import Verdict
from proofcheck.language.chains import Chain
from proofcheck.language.claims import Claim
from proofcheck.language.expressions import Relation, Scalar, VectorEquation

from ..language.evaluating import DIGITS, Undefined, exactly
from .drawing import in_digits, is_pointwise, values_for

MODULES = (heavy_ball, dynamics, probability, loss, weights, width)
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


def pointwise() -> dict[str, Relation]:
    """The relations that proved claims state about every point, under inequalities at most."""
    found = {}
    for claim in dict.fromkeys(claims()):
        if claim.expect is not Verdict.PROVED:
            continue
        for number, relation in enumerate(relations_of(claim.stated), start=1):
            if is_pointwise(relation) and not any(
                isinstance(h, VectorEquation) or h.sign == "=" for h in relation.hypotheses
            ):
                found[f"{claim.name}-{number}"] = relation
    return found


@st.composite
def points(draw: st.DrawFn, relation: Relation, largest_dimension: int = 4) -> dict[object, Any]:
    eighths = st.integers(0, 8).map(lambda k: Fraction(k, 8))
    return values_for(
        [relation],
        draw(st.integers(1, largest_dimension)),
        lambda low, high: low + draw(eighths) * (high - low),
    )


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
    assert len(CASES) >= 40
    assert {
        "energy_chain",
        "energy_balance",
        "energy_never_increases",
        "smallest_eigenvalue_at_the_start",
        "smallest_eigenvalue_nearby",
        "pseudo_loss_is_strongly_convex",
        "frozen_kernel_balance",
        "oscillation_bound",
    } <= {name.rsplit("-", 1)[0] for name in CASES}


@pytest.mark.parametrize("name", CASES)
@settings(max_examples=8, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_what_is_proved_holds_on_draws(name: str, data: st.DataObject) -> None:
    relation = CASES[name]
    try:
        values = data.draw(points(relation))
        hypotheses = all(holds(h, values) for h in relation.hypotheses if isinstance(h, Relation))
    except Undefined:
        assume(False)
    assume(hypotheses)
    assert holds(relation, values)


def slope(along: Any, energy: Scalar, rate: Scalar) -> Relation:
    found: Relation = along.d(energy) <= -rate * energy
    return found


DECAYS = {
    "constant": slope(notation.frozen, notation.V, notation.alpha),
    "frozen": slope(loss.perturbed, loss.V_ref, loss.rate * notation.alpha),
    "bounded": slope(loss.bounded_flow, loss.V_s, notation.alpha),
}


@pytest.mark.parametrize("name", DECAYS)
@settings(max_examples=40)
@given(data=st.data())
def test_energies_decay_at_their_rates_in_every_dimension(name: str, data: st.DataObject) -> None:
    assert holds(DECAYS[name], data.draw(points(DECAYS[name])))


@pytest.mark.parametrize(
    "wrong",
    [
        slope(notation.frozen, notation.V, 3 * notation.alpha),
        slope(loss.perturbed, loss.V_ref, 3 * notation.alpha),
        slope(loss.bounded_flow, loss.V_s, 4 * notation.alpha),
    ],
    ids=DECAYS,
)
def test_a_larger_rate_fails_on_some_draw(wrong: Relation) -> None:
    """The draws are not too tame to notice a wrong rate."""
    find(points(wrong, 2), lambda values: not holds(wrong, values))
