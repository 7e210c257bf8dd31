"""Signs of rational functions of one leaf: Sturm's theorem, with bounds from the facts."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from proofcheck.kernel.certificates import Evidence, Instance, Proof, Sturm
from proofcheck.kernel.check import check, facts
from proofcheck.kernel.statements import Relation, Statement, conditions
from proofcheck.kernel.terms import ONE, ZERO, Apply, Inner, Power, Product, Rational, Sum, Term, Variable, difference
from proofcheck.provers.extension import cited
from proofcheck.provers.sequent import Deadline, OutOfTime, Sequent
from proofcheck.provers.univariate import Bound, bounds, search

x, y, z = Variable("x"), Variable("y"), Variable("z")


def number(value: int | str) -> Rational:
    return Rational(Fraction(value))


def times(*factors: Term | int | str) -> Term:
    return Product(tuple(number(f) if isinstance(f, int | str) else f for f in factors))


def plus(*terms: Term | int | str) -> Term:
    return Sum(tuple(number(t) if isinstance(t, int | str) else t for t in terms))


def proved(hypotheses: Sequence[Relation], goal: Relation, seconds: float = 20) -> Evidence | None:
    """The evidence found, once the kernel has accepted it; the goal's conditions stand among the facts."""
    names = ("x", "y", "z")
    claim = Statement(names, ("u", "v"), tuple(hypotheses), goal)
    sequent = Sequent(names, ("u", "v"), facts(claim), goal)
    definedness = []
    for condition in conditions(goal):
        known = cited(sequent, condition)
        assert known is not None
        definedness.append(known)
        sequent = sequent.assuming(condition)
    found = search(sequent, Deadline.after(seconds))
    if found is not None:
        check(claim, Proof(tuple(definedness), found))
    return found


CUBIC = plus(Power(x, 3), times(-3, x), 2)  # (x - 1)**2 (x + 2)


@pytest.mark.parametrize(
    ("hypotheses", "goal"),
    [
        ([], Relation(plus(Power(x, 2), times(-2, x), 2), ">", ZERO)),
        ([Relation(x, ">=", number(-2))], Relation(CUBIC, ">=", ZERO)),
        ([Relation(x, ">", ONE)], Relation(CUBIC, ">", ZERO)),
        ([Relation(x, ">", ONE)], Relation(CUBIC, "!=", ZERO)),
        ([Relation(plus(times(2, x), -1), ">", ZERO)], Relation(Power(x, 2), ">", number("1/4"))),
        ([Relation(ZERO, "<", difference(ONE, x)), Relation(x, ">", ZERO)], Relation(Power(x, 2), "<", x)),
        (
            [Relation(x, ">", number(-5)), Relation(x, ">=", ZERO), Relation(y, ">", x), Relation(x, "<", number(9))],
            Relation(times(x, difference(number(9), x)), ">=", ZERO),
        ),
        ([Relation(x, ">", ZERO)], Relation(plus(x, Power(x, -1)), ">=", number(2))),
        ([Relation(x, ">", ONE), Relation(x, "<", ONE)], Relation(Power(x, 2), ">=", ZERO)),
        ([], Relation(number("22/7"), ">", number(3))),
    ],
)
def test_a_sign_in_one_variable_is_proved(hypotheses: list[Relation], goal: Relation) -> None:
    if conditions(goal):
        hypotheses = [*hypotheses, *conditions(goal)]
    assert isinstance(proved(hypotheses, goal), Sturm)


@pytest.mark.parametrize(
    ("hypotheses", "goal"),
    [
        ([], Relation(CUBIC, ">=", ZERO)),
        ([Relation(x, ">=", ONE)], Relation(CUBIC, ">", ZERO)),
        ([Relation(x, ">", number(-2))], Relation(CUBIC, ">", ZERO)),
        ([], Relation(x, "=", x)),
        ([], Relation(plus(Power(x, 2), Power(y, 2)), ">=", ZERO)),
        ([Relation(Power(x, 2), ">", ONE)], Relation(x, ">", ONE)),
        ([], Relation(number("22/7"), "<", number(3))),
    ],
)
def test_what_does_not_hold_or_is_no_such_sign_is_left(hypotheses: list[Relation], goal: Relation) -> None:
    assert proved(hypotheses, goal) is None


@pytest.mark.parametrize("leaf", [Apply("exp", (times(2, y),)), Inner("u", "v"), Apply("sqrt", (y,))])
def test_a_leaf_takes_the_part_of_the_variable(leaf: Term) -> None:
    hypotheses = [Relation(leaf, ">=", number("1/2")), Relation(times(2, leaf), "<", number(3))]
    goal = Relation(Power(leaf, 3), "<", number("27/8"))
    assert isinstance(proved(hypotheses, goal), Instance)


def test_without_bounds_a_leaf_is_any_number() -> None:
    leaf = Apply("sin", (y,))
    assert isinstance(proved([], Relation(plus(Power(leaf, 2), leaf, 1), ">", ZERO)), Instance)


def test_bounds_are_read_off_linear_facts_the_tightest_first() -> None:
    known = (
        Relation(x, ">", ZERO),
        Relation(ONE, "<=", times(2, x)),
        Relation(times(-3, x), ">", number(-2)),
        Relation(Power(x, 2), "<", ONE),
        Relation(x, "<", y),
        Relation(x, "!=", ZERO),
    )
    below, above = bounds(known, x)
    assert below == [Bound(1, Fraction(1, 2), False), Bound(0, Fraction(0), True)]
    assert above == [Bound(2, Fraction(2, 3), True)]


def test_the_search_stops_at_its_deadline() -> None:
    with pytest.raises(OutOfTime):
        proved([], Relation(Power(x, 2), ">=", ZERO), seconds=0)
