"""Statements about vectors without operators are refuted by vectors of any dimension, and only if they are false."""

from __future__ import annotations

import pytest

from proofcheck import Verdict, at, inner, norm, norm2, operator, path, vector

from .settling import Written, verdict

u, v, w, x = vector("u"), vector("v"), vector("w"), path("x")
H = operator("H")


@pytest.mark.parametrize(
    "written",
    [
        lambda: inner(u, v) ** 2 == norm2(u) * norm2(v),
        lambda: (norm2(u) * norm2(v) == 0).given(inner(u, v) == 0),
        lambda: (norm2(u) * norm2(w) == inner(u, w) ** 2).given(v == u + w),
        lambda: (inner(u, w) >= 0).given(inner(u, v) >= 0, inner(v, w) >= 0, norm2(v) > 0),
        lambda: norm(u) > 0,
    ],
)
def test_a_false_one_is_refuted(written: Written) -> None:
    assert verdict(written) is Verdict.REFUTED


@pytest.mark.parametrize(
    "written",
    [
        # At time 0 both are one vector, and images of a linear map are no free vectors.
        lambda: (inner(x, at(x, 0)) ** 2 == norm2(x) * norm2(at(x, 0))).given(x == at(x, 0)),
        lambda: (inner(H(u), v) == inner(u, H(v))).given(norm2(u) <= 1),
        lambda: (inner(u, v) ** 2 == norm2(u) * norm2(v)).given(u == 2 * v),
    ],
)
def test_a_true_one_is_not(written: Written) -> None:
    assert verdict(written) is not Verdict.REFUTED
