"""Function classes: quadratic functions are in them exactly when their curvature says so, in every dimension."""

from __future__ import annotations

import pytest

from proofcheck import Verdict, convex, inner, minimum, norm2, sample, scalar, smooth_convex, strongly_convex, vector
from proofcheck.language.classes import FunctionClass, Sample
from proofcheck.language.expressions import Relation, Vector

from ..rules.settling import verdict

k = scalar("k")
mu, lipschitz = scalar("mu", positive=True), scalar("L", positive=True)
x, z = vector("x"), vector("z")


def quadratic(point: Vector) -> Sample:
    return sample(point, k * point, k / 2 * norm2(point))


@pytest.mark.parametrize(
    ("of", "curvature", "expected"),
    [
        (convex, k >= 0, Verdict.PROVED),
        (convex, k >= -1, Verdict.REFUTED),
        (strongly_convex(mu), k >= mu, Verdict.PROVED),
        (strongly_convex(mu), k >= mu / 2, Verdict.REFUTED),
        (strongly_convex(3), k == 3, Verdict.PROVED),
        (smooth_convex(lipschitz), k <= lipschitz, Verdict.REFUTED),
        (smooth_convex(3), k == 2, Verdict.PROVED),
        (smooth_convex(3), k == 4, Verdict.REFUTED),
    ],
    ids=lambda part: "class" if isinstance(part, FunctionClass) else str(part),
)
def test_quadratic_functions(of: FunctionClass, curvature: Relation, expected: Verdict) -> None:
    [there, back] = of.between(quadratic(x), quadratic(z)).relations
    assert verdict(there.given(curvature)) is expected
    assert verdict(back.given(curvature)) is expected


def test_curvatures_up_to_the_constant_are_smooth() -> None:
    [there, _] = smooth_convex(lipschitz).between(quadratic(x), quadratic(z)).relations
    assert verdict(there.given(k >= 0, k <= lipschitz)) is Verdict.PROVED


def test_a_minimum_has_no_gradient() -> None:
    at_rest = minimum(x, k)
    [above, below] = convex.between(at_rest, sample(z, vector("g"), scalar("f"))).relations
    assert verdict((scalar("f") >= k).given(above)) is Verdict.PROVED
    assert verdict((k >= scalar("f")).given(below, inner(vector("g"), x - z) >= 0)) is Verdict.PROVED
    assert verdict((k >= scalar("f")).given(below)) is not Verdict.PROVED


def test_there_is_a_relation_for_each_ordered_pair() -> None:
    three = [quadratic(point) for point in (x, z, vector("y"))]
    assert len(convex.between(*three).relations) == 6
    assert convex.between(quadratic(x)).relations == ()
