"""What the derivation proves holds on drawn numbers, vectors and matrices.

The claims' own expressions are evaluated, in dimensions one to three, with sums of one to three terms: exactly where
they are rational, in balls elsewhere. A claim is not drawn only for a reason that is named here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, find, given, settings
from hypothesis import strategies as st

from derivations.bu_xu_chen_2021 import loss, notation
from proofcheck import Verdict
from proofcheck.language.expressions import Relation, Scalar
from proofcheck.running.collecting import find as find_derivations
from proofcheck.running.collecting import load
from proofcheck.testing import NotDrawn, Undefined, holds, points
from proofcheck.testing.instances import instance_of, relations_of

ROOT = Path(__file__).parents[2]
[SOURCE] = find_derivations([ROOT / "derivations" / "bu_xu_chen_2021"])
EXAMPLES = 5

#: Why numbers are not drawn for a relation that is proved: how each reason ends or begins.
REASONS = {
    "it speaks of the solutions of a flow": "a premise or the claim is about trajectories, see tests/numerics",
    "it has an integral": "an integral is no finite sum",
    "it rests on": "a premise ties the names together, by a citation or a rule",
    "a hypothesis for all": "the function under an integral is not drawn",
}
#: What is hardly ever drawn: irrational numbers that nothing leads to (sin(t)^2 = 1, or two equations for one t), and
#: norms of several unknown vectors that have to vanish at once.
HARDLY_EVER = {
    "nesterov_at_its_crests-2",
    "error_in_the_long_run-2",
    "energy_at_the_horizon-1",
    "energy_at_the_horizon-4",
    "theorem_3_on_the_way-1",
}


def relations() -> dict[str, Relation]:
    """The relations that proved claims state, links of chains among them."""
    return {
        f"{claim.name}-{number}": relation
        for claim in load(SOURCE).claims
        if claim.expect is Verdict.PROVED
        for number, relation in enumerate(relations_of(claim.stated), start=1)
    }


def why_not(relation: Relation) -> str | None:
    try:
        instance_of(relation)
    except NotDrawn as error:
        return str(error)
    return None


RELATIONS = relations()
NOT_DRAWN = {name: why for name, relation in RELATIONS.items() if (why := why_not(relation)) is not None}
CASES = [name for name in RELATIONS if name not in NOT_DRAWN and name not in HARDLY_EVER]


@cache
def points_of(name: str) -> st.SearchStrategy[Any]:
    return points(RELATIONS[name])


def test_enough_is_drawn() -> None:
    assert len(CASES) >= 600 and len(CASES) >= 2 * len(NOT_DRAWN)
    drawn = {Path(claim.file).name for claim in load(SOURCE).claims if f"{claim.name}-1" in CASES}
    without_claims = {"__init__.py", "findings.py", "notation.py", "motions.py"}
    assert drawn == {path.name for path in SOURCE.path.glob("*.py")} - without_claims


def test_what_is_not_drawn_has_a_reason() -> None:
    other = {name: why for name, why in NOT_DRAWN.items() if not why.startswith(tuple(REASONS))}
    assert not other


@pytest.mark.parametrize("name", CASES)
# Some hypotheses hold at few of the numbers that are tried, as m >= C n^4 log(n/delta)/lambda_0^4 does.
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_what_is_proved_holds_on_draws(name: str, data: st.DataObject) -> None:
    relation, values = data.draw(points_of(name))
    assert_holds(relation, values)


def assert_holds(relation: Relation, values: Any) -> None:
    # What holds for every value of an index was put in when the values were drawn.
    plain = [h for h in relation.hypotheses if not isinstance(h, Relation) or h.for_all is None]
    try:
        assume(all(holds(hypothesis, values) for hypothesis in plain))
    except Undefined:
        assume(False)
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
    assert holds(*data.draw(points(DECAYS[name])))


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
    find(points(wrong), lambda drawn: not holds(*drawn))
