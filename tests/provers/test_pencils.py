"""Steps of methods with letters for step sizes and constants: multipliers are rational functions of the letters."""

import pytest

from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ZERO, Term, Variable
from proofcheck.provers import pencils
from proofcheck.provers.sequent import Deadline, Sequent

from .writing import Written, dot, minus, must_prove, must_refute, over, plus, power, relation, statement, times

m, s, L = map(Variable, ("m", "s", "L"))
before, after, least = map(Variable, ("before", "after", "least"))
positive = [relation(each, ">", 0) for each in (m, s, L)]
larger = relation(m, "<", L)
#: Distance to the minimizer and gradient are named d and g.
square, form, steepness = dot("d", "d"), dot("d", "g"), dot("g", "g")


def coercive(constant: Written = 1) -> Relation:
    """Of the gradient of a function that is smooth and strongly convex (Nesterov 2004, Theorem 2.1.12)."""
    return relation(times(plus(m, L), form), ">=", plus(times(m, L, square), times(constant, steepness)))


def moved(step: Written) -> Term:
    """The squared distance after a step against the gradient."""
    combination: dict[str, Written] = {"d": 1, "g": times(-1, step)}
    return dot(combination, combination)


def descent(most: Written, rate: Written = m) -> tuple[list[Relation], Relation]:
    steps = relation(times(s, plus(m, L)), "<=", most)
    shrunk = times(power(minus(1, times(s, rate)), 2), square)
    return [*positive, larger, coercive(), steps], relation(moved(s), "<=", shrunk)


def proximal(constant: Written) -> tuple[list[Relation], Relation]:
    """The gradient is taken where the step ends, and d is the distance from there."""
    shrunk = times(power(plus(1, times(s, m)), 2), square)
    return [*positive, relation(form, ">=", times(m, square))], relation(
        shrunk, "<=", times(constant, moved(times(-1, s)))
    )


def values(rate: Written, most: Written = 2) -> tuple[list[Relation], Relation]:
    """A step of a smooth function falls, and strong convexity bounds by the gradient how far there is to fall."""
    gained = times(s, minus(1, over(times(L, s), 2)))
    convex = relation(least, ">=", plus(minus(before, form), times("1/2", m, square)))
    falls = relation(after, "<=", minus(before, times(gained, steepness)))
    shrunk = times(minus(1, times(rate, m, gained)), minus(before, least))
    steps = relation(times(s, L), "<=", most)
    return [*positive, convex, falls, steps], relation(minus(after, least), "<=", shrunk)


TRUE = {
    "a step of gradient descent": statement(*descent(2)),
    "a proximal step": statement(*proximal(1)),
    "the values of gradient descent": statement(*values(2)),
}
FALSE = {
    "a longer step": statement(*descent("2001/1000")),
    "a step, faster": statement(*descent(2, times("1001/1000", m))),
    "a step of gradient descent, less coercive": statement(
        [coercive("999/1000") if each == coercive() else each for each in descent(2)[0]], descent(2)[1]
    ),
    "a proximal step, nearer": statement(*proximal("999/1000")),
    "a proximal step of any size": statement(proximal(1)[0][3:], proximal(1)[1]),
    "the values, faster": statement(*values("2001/1000")),
    "the values after a longer step": statement(*values(2, "2001/1000")),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name: str) -> None:
    must_prove(TRUE[name], "pencils")


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name: str) -> None:
    must_refute(FALSE[name])


@pytest.mark.parametrize(
    "goal",
    [
        relation(square, ">=", form),
        relation(times(m, square), ">", ZERO),
        relation(times(m, square, steepness), ">=", power(form, 2)),
    ],
    ids=["no letters", "strict", "products of inner products"],
)
def test_what_is_of_another_shape_is_refused_before_anything_is_tried(goal: Relation) -> None:
    def close(_: Sequent, soon: Deadline) -> None:
        raise AssertionError("asked for a sign")

    asked = Sequent(("m", "s", "L"), ("d", "g"), (), goal)
    assert pencils.search(asked, Deadline.after(1), close) is None
