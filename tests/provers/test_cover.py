"""Ball covers of boxes that the facts give."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from proofcheck.kernel.certificates import Balls, Cell, Cut, Evidence, Excluded, Proof
from proofcheck.kernel.check import check, facts
from proofcheck.kernel.statements import Relation, Statement, conditions
from proofcheck.kernel.terms import ONE, ZERO, Apply, Inner, Power, Product, Rational, Sum, Term, Variable, difference
from proofcheck.provers.cover import search
from proofcheck.provers.extension import cited
from proofcheck.provers.sequent import Deadline, OutOfTime, Sequent

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


def exp(term: Term) -> Term:
    return Apply("exp", (term,))


PI = Apply("pi", ())
BETWEEN = [Relation(x, ">=", number(-1)), Relation(x, "<=", number(2))]


@pytest.mark.parametrize(
    "goal",
    [
        Relation(PI, "<", number("22/7")),
        Relation(exp(ONE), ">", number("27/10")),
        Relation(Apply("cos", (ONE,)), "!=", number("27/50")),
    ],
)
def test_a_closed_goal_needs_one_cell(goal: Relation) -> None:
    assert proved([], goal) == Balls((), Cell())


@pytest.mark.parametrize(
    ("hypotheses", "goal"),
    [
        (BETWEEN, Relation(exp(x), ">", plus(times("9/10", x), "9/10"))),
        (BETWEEN, Relation(Power(x, 2), "<", number(5))),
        (BETWEEN, Relation(plus(Apply("sin", (x,)), 3), "!=", x)),
        (
            [*BETWEEN, Relation(plus(times(2, y), 1), ">", ZERO), Relation(y, "<", ONE)],
            Relation(Apply("cos", (times(x, y),)), "<", plus("21/20", times(x, x, y, y))),
        ),
        ([Relation(x, ">=", number(2)), Relation(x, "<=", number(2))], Relation(exp(x), ">", number(7))),
        (
            [Relation(x, ">", number("1/10")), Relation(x, "<", number("9/10"))],
            Relation(Apply("log", (x,)), "<", difference(x, number("199/200"))),
        ),
    ],
)
def test_a_goal_with_room_is_covered(hypotheses: list[Relation], goal: Relation) -> None:
    assert isinstance(proved([*hypotheses, *conditions(goal)], goal), Balls)


def test_cells_where_a_fact_fails_are_excluded() -> None:
    outside = Relation(Power(x, 2), ">=", ONE)
    found = proved([*BETWEEN, outside], Relation(times(x, exp(x)), "!=", number("1/10")))
    assert isinstance(found, Balls)

    def excludes(cover: Cell | Excluded | Cut) -> bool:
        return isinstance(cover, Excluded) or (
            isinstance(cover, Cut) and (excludes(cover.below) or excludes(cover.above))
        )

    assert excludes(found.cover)


@pytest.mark.parametrize(
    ("hypotheses", "goal"),
    [
        (BETWEEN, Relation(exp(x), ">", ONE)),
        (BETWEEN, Relation(exp(x), "=", exp(x))),
        ([Relation(x, ">=", ZERO)], Relation(exp(x), ">", number("1/2"))),
        ([], Relation(Apply("exp", (Inner("u", "v"),)), ">", ZERO)),
        ([Relation(x, ">=", ONE), Relation(x, "<=", ZERO)], Relation(exp(x), ">", number(5))),
    ],
)
def test_what_is_false_unbounded_or_an_equation_is_left(hypotheses: list[Relation], goal: Relation) -> None:
    assert proved(hypotheses, goal) is None


def test_a_tight_goal_ends_with_the_depth_of_cuts() -> None:
    assert proved(BETWEEN, Relation(exp(x), ">=", plus(1, x))) is None


def test_the_search_stops_at_its_deadline() -> None:
    with pytest.raises(OutOfTime):
        proved([], Relation(PI, "<", number("22/7")), seconds=0)
