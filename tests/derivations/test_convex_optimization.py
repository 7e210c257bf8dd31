"""The derivations outside of the paper: gradient flow, Heavy Ball and Nesterov on convex functions.

Every verdict is the expected one, and false neighbours of each bound are not proved.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from proofcheck import Rational, Verdict, flow, function, gronwall, power, refuted_for
from proofcheck.language.expressions import Scalar
from proofcheck.records.recheck import recheck
from proofcheck.results import RunResult
from proofcheck.running.collecting import Derivation, find, load
from proofcheck.running.run import Settings, run, save

from ..rules.settling import verdict

ROOT = Path(__file__).parents[2]
NAMES = ("gradient_flow", "heavy_ball_strongly_convex", "nesterov_convex")


@pytest.fixture(scope="module")
def derivations() -> dict[str, Derivation]:
    return {name: load(source) for name in NAMES for source in find([ROOT / "derivations" / name])}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("proofcheck")


@pytest.fixture(scope="module")
def results(derivations: dict[str, Derivation], folder: Path) -> RunResult:
    result = run(list(derivations.values()), Settings(folder=folder, jobs=2))
    save(result, folder)
    return result


def test_everything_is_as_expected(results: RunResult) -> None:
    assert [each.name for each in results.derivations] == list(NAMES)
    for each in results.derivations:
        assert each.troubles == ()
        assert {claim.name: claim.verdict.value for claim in each.claims if not claim.as_expected} == {}


@pytest.mark.parametrize("name", NAMES)
def test_claims_say_where_they_stand_and_what_they_are_about(derivations: dict[str, Derivation], name: str) -> None:
    derivation = derivations[name]
    assert derivation.title and derivation.source_text
    for claim in derivation.claims:
        assert claim.where.strip() and len(claim.summary) >= 10, claim.name
        if claim.amends is not None:
            assert claim.amends.expect is Verdict.REFUTED and claim.expect is Verdict.PROVED
        if claim.sharpens is not None:
            assert claim.expect is Verdict.PROVED


@pytest.mark.parametrize("name", NAMES)
def test_the_record_holds_under_the_kernel_alone(results: RunResult, folder: Path, name: str) -> None:
    [settled] = [each for each in results.derivations if each.name == name]
    found = recheck((folder / "records" / f"{name}.json").read_bytes())
    assert [claim.verdict for claim in found.derivation.claims] == [claim.verdict for claim in settled.claims]


# --- false neighbours --------------------------------------------------------------------------------------------


def nesterov_from(m: ModuleType, least: Scalar) -> Any:
    return flow(*m.equations, time=m.t, subject_to=[*m.known.relations, m.gamma >= least])


def bounded(m: ModuleType, sign: str, gamma: int) -> Any:
    """The bound of gamma >= 3, with a gamma, on |x| at the time at which it is half as large."""
    bound = (m.gamma - 1) ** 2 * m.R2 / (2 * m.t**2)
    claimed = (m.f - m.f_star < bound if sign == "<" else m.f - m.f_star <= bound).given(m.t > 0)
    way = {m.x: 1 - m.t**2 / (2 * (1 + m.gamma)), m.gamma: Rational(gamma), **m.at_zero}
    modulus = function(m.y, -m.y).then(0, m.y)
    return refuted_for(claimed, m.nesterov, m.known, modulus, way, until=m.sqrt(1 + gamma), piece=1)


FALSE: list[tuple[str, str, Callable[[ModuleType], Any]]] = [
    ("gradient_flow", "strongly_convex", lambda m: gronwall(m.descent, m.V, 2 * m.mu + m.r)),
    ("gradient_flow", "strongly_convex", lambda m: gronwall(m.descent, m.D, 2 * m.mu + m.r)),
    ("gradient_flow", "convex", lambda m: gronwall(m.descent, 2 * m.t * (m.f - m.f_star) + m.E, 0)),
    ("gradient_flow", "convex", lambda m: gronwall(m.descent, m.sharp, 0)),
    ("gradient_flow", "convex", lambda m: gronwall(m.smooth, m.sharp + m.t * (m.f - m.f_star), 0)),
    ("heavy_ball_strongly_convex", "footnote", lambda m: gronwall(m.heavy_ball, m.V, Rational(4, 3) * m.q)),
    ("heavy_ball_strongly_convex", "friction", lambda m: gronwall(m.damped, m.W, 2 * m.b / 3)),
    ("heavy_ball_strongly_convex", "friction", lambda m: gronwall(m.lightly_damped, m.W, m.b)),
    ("heavy_ball_strongly_convex", "sharpness", lambda m: gronwall(m.kinked, -m.W, 2 * m.b / 3)),
    ("nesterov_convex", "large_gamma", lambda m: gronwall(m.nesterov, m.E, 0)),
    ("nesterov_convex", "large_gamma", lambda m: gronwall(nesterov_from(m, Rational(29, 10)), m.E, 0)),
    ("nesterov_convex", "small_gamma", lambda m: gronwall(m.slower, power(m.t, m.a + 1) * m.e, 0, since=m.t_0)),
    ("nesterov_convex", "sharpness", lambda m: gronwall(m.kinked, -m.P * m.e, 0, since=m.t_0)),
]


@pytest.mark.parametrize(("name", "file", "neighbour"), FALSE)
def test_a_false_neighbour_is_not_proved(
    results: RunResult, name: str, file: str, neighbour: Callable[[ModuleType], Any]
) -> None:
    module = sys.modules[f"proofcheck_derivation_{name}.{file}"]
    assert verdict(lambda: neighbour(module)) is Verdict.OPEN


@pytest.mark.parametrize(("sign", "gamma", "expected"), [("<=", 2, "REFUTED"), ("<", 3, "REFUTED"), ("<=", 3, "OPEN")])
def test_the_bound_fails_below_three_and_is_attained_at_three(
    results: RunResult, sign: str, gamma: int, expected: str
) -> None:
    module = sys.modules["proofcheck_derivation_nesterov_convex.small_gamma"]
    assert verdict(lambda: bounded(module, sign, gamma)) is Verdict(expected)
