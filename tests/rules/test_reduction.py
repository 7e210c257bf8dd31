"""One mode for every dimension, where a relation is linear in inner products, and the general case where it is not."""

from __future__ import annotations

import pytest

from proofcheck import (
    Changes,
    Verdict,
    at,
    exp,
    inner,
    log,
    norm,
    norm2,
    operator,
    path,
    scalar,
    scalar_path,
    variation,
    vector,
)
from proofcheck.language.expressions import Relation, number
from proofcheck.rules.argue import argue
from proofcheck.rules.reduction import SPECTRAL, definedness, is_partial

from .settling import Written, answer, claimed, decided, verdict

z, y, s = scalar("z"), scalar("y"), scalar("s", nonnegative=True)
mu = scalar("mu", positive=True)
u, v, w = vector("u"), vector("v"), vector("w")
x, q = path("x"), scalar_path("q")
H = operator("H", at_least=mu)
jumping = operator("K", at_least=0, changes=Changes.BY_JUMPS)
moving = operator("M", at_least=0, at_most=1, changes=Changes.CONTINUOUSLY)
square = claimed(y**2 >= 0, "square")


@pytest.mark.parametrize(
    "written",
    [
        lambda: norm2(u) + inner(H(u), u) >= (1 + mu) * norm2(u),
        lambda: inner(H(u), u) + inner(H.inverse(u), u) >= 2 * norm2(u),
        lambda: sum((inner(H(u), u), inner(H(v), v)), start=number(0)) >= mu * norm2(u) + mu * norm2(v),
        lambda: inner(2 * (H(u) + z * u), u) >= 2 * (mu + z) * norm2(u),
    ],
)
def test_one_mode_is_enough(written: Written) -> None:
    assert verdict(written) is Verdict.PROVED
    assert SPECTRAL in argue(written()).rules


@pytest.mark.parametrize(
    "written",
    [
        # <u, v>^2 = |u|^2 |v|^2 for numbers, and for no two vectors that are independent.
        lambda: inner(inner(u, v) * u, v) == inner(norm2(u) * v, v),
        lambda: inner(v, inner(u, v) * u) == inner(v, norm2(u) * v),
        lambda: inner(2 * (inner(u, v) * u), v) == inner(2 * (norm2(u) * v), v),
        lambda: inner(u, v) * inner(u, v) == norm2(u) * norm2(v),
        lambda: (z * norm2(w) == 0 * norm2(w)).given(z == norm2(u) * norm2(v) - inner(u, v) ** 2),
        lambda: (z * norm2(w) == 0 * norm2(w)).given(norm2(u) * norm2(v) - inner(u, v) ** 2 == z),
    ],
)
def test_one_mode_is_not(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


@pytest.mark.parametrize(
    "written",
    [
        # A total variation is not negative.
        lambda: norm(u) * norm(v) <= norm(u) * norm(v) + variation(jumping),
        lambda: inner(jumping(u), u) + variation(jumping) * norm2(u) >= 0,
        # Two moments may be one.
        lambda: (norm(at(x, s)) * norm(u) == norm(at(x, 0)) * norm(u)).given(s == 0),
        lambda: at(x, s + s) == at(x, 2 * s),
        # A premise that is taken at no number.
        lambda: (z**2 >= 0).by(square.at({y: 1 / z})),
    ],
)
def test_what_holds_is_not_refuted(written: Written) -> None:
    assert answer(written) is not Verdict.REFUTED


@pytest.mark.parametrize(
    "written",
    [
        lambda: inner(moving.dot(u), u) <= 0,
        lambda: norm(u) * norm(v) <= inner(u, v),
        lambda: norm(at(x, 1)) * norm(u) == norm(at(x, 0)) * norm(u),
        lambda: at(x, 1) == at(x, 2),
    ],
)
def test_what_fails_is_refuted(written: Written) -> None:
    assert answer(written) is Verdict.REFUTED


@pytest.mark.parametrize(
    "stated",
    [
        (inner(moving.dot(u), u) <= 0).given(inner(moving(u), u) == norm2(u)),
        (inner(moving.dot(u), u) >= 0).given(inner(moving(u), u) == 0),
    ],
)
def test_an_operator_that_meets_its_bound_does_not_move_through_it(stated: Relation) -> None:
    *_, obligation = argue(stated).obligations
    assert obligation.instance is not None and decided(obligation.instance).witness is None


def test_what_is_not_defined_everywhere() -> None:
    assert is_partial(1 / z) and is_partial(log(z)) and not is_partial(exp(z)) and not is_partial(z**2)
    owed = definedness(1 / at(q, 1 / z), (), "")
    assert [each.formula for each in owed] == ["1/z = 1/z", "1/q(1/z) = 1/q(1/z)"]
