"""Consistency of schemes: the step tends to 0, and the remainder stays bounded as it does."""

from __future__ import annotations

import pytest

from proofcheck import Verdict, at, consistent, exp, integral, log, path, scalar, vector
from proofcheck.language.expressions import Scalar, Symbol, Vector
from proofcheck.rules.obligations import Argument

from .settling import answer, verdict

h, s, z = scalar("h", positive=True), scalar("s", positive=True), scalar("z")
w, g = path("w"), vector("g")


def forced(force: Vector, step: Symbol = h) -> Argument:
    """w(t + h) = w + h w' + h^3 force: consistent with 0 = 0, the remainder the force."""
    return consistent(
        lambda now, ahead: ahead - now - step * w.dot - step**2 * w.ddot / 2 - step**3 * force,
        0 * g,
        lambda rest: rest - force,
        curve=w,
        step=step,
        points=(0, 1),
        degree=2,
    )


@pytest.mark.parametrize(
    "force",
    [g, h**2 * g, (1 + h) ** 2 * g, g / (1 + h), at(path("Y"), 0), exp(z) * g, integral(s, s, 0, 1) * g],
)
def test_what_stays_bounded(force: Vector) -> None:
    assert verdict(lambda: forced(force)) is Verdict.PROVED


@pytest.mark.parametrize("factor", [log(h), integral(1 / s, s, h, 1), integral(1 + 0 * s, s, 0, 1 / h)])
def test_what_need_not_stay_bounded(factor: Scalar) -> None:
    small = scalar("h", positive=True, at_most=1)
    assert answer(lambda: forced(factor * g)) is None
    assert answer(lambda: forced(integral(1 / s, s, small, 1) * g, small)) is None


def test_a_remainder_that_may_grow_refutes_nothing() -> None:
    """h/h = 1 stays bounded, though a denominator vanishes with h."""
    assert answer(lambda: forced(h * g / h)) is Verdict.OPEN


@pytest.mark.parametrize("domain", [{"at_most": 1}, {"below": 1}, {"nonnegative": True}, {"at_least": -1}, {}])
def test_steps_that_tend_to_0(domain: dict[str, int]) -> None:
    step = scalar("h", **domain)  # type: ignore[arg-type]
    assert verdict(lambda: forced(g, step)) is Verdict.PROVED


@pytest.mark.parametrize("domain", [{"at_least": 1}, {"at_most": 0}, {"at_most": -1}, {"below": 0}])
def test_steps_that_do_not(domain: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="tends to 0"):
        forced(g, scalar("h", **domain))  # type: ignore[arg-type]
