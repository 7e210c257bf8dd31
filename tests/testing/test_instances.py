"""Relations in coordinates: a special case of the relation, computed in two ways that agree."""

import random
from fractions import Fraction

import numpy as np
import pytest

from proofcheck import (
    Rational,
    cited,
    claim,
    exp,
    flow,
    for_all,
    inner,
    integral,
    norm2,
    operator,
    path,
    scalar,
    total,
    vector,
)
from proofcheck.kernel.certificates import Witness
from proofcheck.kernel.evaluate import Answer, Point
from proofcheck.language.expressions import Relation
from proofcheck.testing import NotDrawn, Undefined, holds
from proofcheck.testing.drawing import Drawing, Family
from proofcheck.testing.instances import instance_of, shapes

x, y, t = scalar("x"), scalar("y", positive=True), scalar("t", nonnegative=True)
c, k = scalar("c", positive=True), scalar("k", at_least=1)
n, i = scalar("n", at_least=1), scalar("i")
a_i, v_i, w_i = scalar("a_i", index=i), vector("v_i", index=i), vector("w_i", index=i)
u, v, Delta = vector("u"), vector("v"), path("Delta")
H = operator("H", at_least=c, at_most=c + k)
E = operator("E", norm=c / 4)

RELATIONS = {
    "numbers": x**2 + y >= 2 * x,
    "a function": exp(x) >= 1 + x,
    "vectors": inner(u, v) ** 2 <= norm2(u) * norm2(v),
    "an operator": inner(H(u), u) >= (c + Rational(1, 3)) * norm2(u),
    "two operators": norm2(H(E(u))) <= norm2(E(H(u))),
    "an inverse": inner(H.inverse(u), H(v)) == inner(u, v),
    "a path": inner(H(Delta), Delta.dot) >= 0,
    "a sum": total(a_i, i, n) ** 2 <= total(a_i**2, i, n),
    "a sum of vectors": total(inner(v_i, w_i), i, n) <= total(norm2(v_i), i, n),
    "an equation": (x * y <= 1).given(x + y == 2),
    "an equation between vectors": (norm2(u) >= norm2(v)).given(u == v + Delta),
    "for all": (total(a_i, i, n) <= n / 2).given(for_all(i, a_i <= y), y <= 1),
    "an irrational solution": (x <= 2).given(x**2 == y),
}


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=RELATIONS.keys())
def test_the_kernel_and_the_author_language_agree(relation: Relation) -> None:
    choice = random.Random(1)
    family = Family(relation)
    answers = set()
    for place in range(len(family)):
        instance, drawing = family[place]
        for _ in range(12):
            point = drawing.point(choice.randrange)
            if point is None:
                continue
            at = Point(instance.statement, Witness(tuple(point[name] for name in instance.statement.variables), ()))  # type: ignore[arg-type]
            assert all(at.answer(hypothesis) is Answer.YES for hypothesis in instance.statement.hypotheses)
            answer = at.answer(instance.statement.goal)
            answers.add(answer)
            values = instance.values(point)
            if answer is not Answer.UNKNOWN:
                assert seen(relation, values) is (answer is Answer.YES), values
            assert all(seen(h, values) for h in relation.hypotheses if getattr(h, "for_all", None) is None)
    assert answers & {Answer.YES, Answer.NO}


def seen(relation: object, values: dict[object, object]) -> bool:
    try:
        return holds(relation, values)  # type: ignore[arg-type]
    except Undefined:
        return False


@pytest.mark.parametrize("dimension", [1, 2, 3, 4])
def test_an_operator_keeps_its_bounds(dimension: int) -> None:
    instance = instance_of(inner(H(u), u) + inner(E(u), u) >= 0, dimension)
    drawing, choice = Drawing(instance.statement), random.Random(2)
    for _ in range(20):
        point = drawing.point(choice.randrange)
        assert point is not None
        values = instance.values(point)
        low, high = float(values["c"]), float(values["c"] + values["k"])
        spectrum = np.linalg.eigvalsh(np.array(values["H", 0, None], dtype=float))
        assert low - 1e-9 <= spectrum[0] and spectrum[-1] <= high + 1e-9
        assert np.abs(np.linalg.eigvalsh(np.array(values["E", 0, None], dtype=float))).max() <= low / 4 + 1e-9
        matrix = values["H", 0, None]
        assert all(matrix[r][s] == matrix[s][r] for r in range(dimension) for s in range(dimension))


def test_operators_do_not_commute_as_a_rule() -> None:
    instance = instance_of(norm2(H(E(u))) <= norm2(E(H(u))), 2)
    drawing, choice = Drawing(instance.statement), random.Random(0)
    found = False
    for _ in range(20):
        values = instance.values(drawing.point(choice.randrange) or {})
        first, second = (np.array(values[name, 0, None], dtype=float) for name in "HE")
        found = found or not np.allclose(first @ second, second @ first)
    assert found


@claim("cited")
def size_of_x():
    """It is cited."""
    return cited("somebody 1900, Theorem 1", x <= 1)


@pytest.mark.parametrize(
    ("relation", "why"),
    [
        ((norm2(Delta) >= 0).along(flow(Delta.dot == -Delta, time=t)), "solutions of a flow"),
        (integral(x * t, t, 0, 1) >= 0, "integral"),
        ((x**2 <= 1).by(size_of_x), "rests on size_of_x"),
        ((x >= 0).given(for_all(t, x >= t)), "for all t"),
    ],
)
def test_what_is_not_drawn_says_why(relation: Relation, why: str) -> None:
    with pytest.raises(NotDrawn, match=why):
        instance_of(relation)


def test_a_claim_that_helps_is_no_obstacle() -> None:
    @claim("a square")
    def square():
        """A square is not negative."""
        return x**2 >= 0

    assert instance_of((x**2 + 1 > 0).by(square)).decisive


def test_moments_that_may_meet_decide_nothing() -> None:
    from proofcheck import at

    assert not instance_of(norm2(Delta) <= norm2(at(Delta, 0))).decisive
    assert instance_of(norm2(at(Delta, 1)) <= norm2(at(Delta, 0))).decisive


def test_dimensions_and_numbers_of_terms() -> None:
    m = scalar("m", at_least=2)
    assert shapes(x >= 0) == [(1, 1)]
    assert shapes(norm2(u) >= 0) == [(1, 1), (2, 1), (3, 1)]
    assert shapes(total(a_i, i, m) >= 0) == [(1, 2), (1, 3)]
    with pytest.raises(NotDrawn, match="m cannot be"):
        shapes(total(a_i, i, m) >= 0, sizes=1)


def test_simple_values_come_first() -> None:
    instance = instance_of((x + y <= 1).given(x >= y), 1)
    assert Drawing(instance.statement).point(lambda count: 0) == {"x": Fraction(1), "y": Fraction(1)}
