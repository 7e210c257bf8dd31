"""Proofs in cases, and the step from exponentials to exponents."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from proofcheck.kernel.certificates import Apart, Axiom, Between, Evidence, Proof, Split
from proofcheck.kernel.check import check, facts
from proofcheck.kernel.statements import Relation, Statement, conditions
from proofcheck.kernel.terms import ONE, ZERO, Apply, Power, Product, Rational, Sum, Term, Variable, difference
from proofcheck.provers.cases import exponents, search
from proofcheck.provers.extension import cited
from proofcheck.provers.sequent import Deadline, OutOfTime, Sequent

Search = Callable[[Sequent, Deadline], Evidence | None]
x, y, z = Variable("x"), Variable("y"), Variable("z")


def number(value: int | str) -> Rational:
    return Rational(Fraction(value))


def times(*factors: Term | int | str) -> Term:
    return Product(tuple(number(f) if isinstance(f, int | str) else f for f in factors))


def plus(*terms: Term | int | str) -> Term:
    return Sum(tuple(number(t) if isinstance(t, int | str) else t for t in terms))


def proved(hypotheses: Sequence[Relation], goal: Relation, seconds: float = 20, by: Search = search) -> Evidence | None:
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
    found = by(sequent, Deadline.after(seconds))
    if found is not None:
        check(claim, Proof(tuple(definedness), found))
    return found


def size(term: Term) -> Term:
    """The absolute value, as it is written here."""
    return Apply("sqrt", (Power(term, 2),))


def exp(term: Term) -> Term:
    return Apply("exp", (term,))


GAP = difference(x, y)


@pytest.mark.parametrize(
    "goal",
    [
        Relation(size(x), ">=", x),
        Relation(times(size(x), size(x)), "=", Power(x, 2)),
        Relation(size(plus(Power(x, 2), times(-2, x, y), Power(y, 2))), ">=", ZERO),
        Relation(size(times(3, x)), "<=", plus(times(4, size(x)))),
        Relation(Apply("sqrt", (plus(Power(x, 2), times(-2, x, y), Power(y, 2)),)), ">=", GAP),
    ],
)
def test_absolute_values_are_proved_by_signs(goal: Relation) -> None:
    assert proved(conditions(goal), goal) is not None


def test_the_absolute_value_is_split_at_its_base() -> None:
    goal = Relation(size(GAP), ">=", GAP)
    found = proved(conditions(goal), goal)
    assert isinstance(found, Split)


@pytest.mark.parametrize(
    ("hypotheses", "goal", "kind"),
    [
        ([], Relation(plus(Power(x, 2), 1), "!=", ZERO), Apart),
        ([], Relation(ZERO, "!=", plus(Power(x, 2), 1)), Apart),
        ([Relation(x, "<=", y), Relation(x, ">=", y)], Relation(x, "=", y), Between),
        ([Relation(times(x, y), ">=", ZERO), Relation(plus(x, y), ">=", ZERO)], Relation(x, ">=", ZERO), Split),
    ],
)
def test_each_kind_of_case(hypotheses: list[Relation], goal: Relation, kind: type) -> None:
    assert isinstance(proved(hypotheses, goal), kind)


@pytest.mark.parametrize(
    ("hypotheses", "goal"),
    [
        ([], Relation(size(x), ">", x)),
        ([], Relation(size(x), "=", x)),
        ([], Relation(x, "!=", ZERO)),
        ([Relation(x, "<=", y)], Relation(exp(x), "<", exp(y))),
        ([Relation(x, "<=", y)], Relation(exp(y), "<=", exp(x))),
        ([Relation(x, "<=", y)], Relation(times(x, y), ">=", ZERO)),
    ],
)
def test_a_false_goal_is_left(hypotheses: list[Relation], goal: Relation) -> None:
    assert proved([*hypotheses, *conditions(goal)], goal, seconds=10) is None


@pytest.mark.parametrize(
    ("hypotheses", "goal"),
    [
        ([Relation(x, "<=", y)], Relation(exp(x), "<=", exp(y))),
        ([Relation(x, "<", y)], Relation(exp(y), ">", exp(x))),
        ([Relation(x, ">=", ZERO)], Relation(exp(times(-1, x)), "<=", ONE)),
        ([Relation(x, ">", ZERO)], Relation(exp(x), ">", ONE)),
        ([], Relation(exp(times(-1, x, x)), "<=", ONE)),
    ],
)
def test_from_exponentials_to_exponents(hypotheses: list[Relation], goal: Relation) -> None:
    assert isinstance(proved(hypotheses, goal, by=exponents), Axiom)
    opposite = Relation(goal.right, goal.sign, goal.left)
    assert proved(hypotheses, opposite, by=exponents) is None


def test_a_case_needs_the_conditions_of_its_term() -> None:
    root = Apply("sqrt", (Sum((Power(x, 2), times(2, Power(y, -1), y, x), ONE)),))
    nonzero = Relation(y, "!=", ZERO)
    goal = Relation(root, ">=", plus(x, 1))
    known = [nonzero, Relation(root.arguments[0], ">=", ZERO)]
    assert proved(known, goal) is not None
    assert proved(known, Relation(root, ">=", plus(x, 2))) is None


def test_cases_go_to_the_prover_that_the_caller_names() -> None:
    asked = []

    def close(sequent: Sequent, deadline: Deadline) -> Evidence | None:
        asked.append(sequent.goal.sign)
        return None

    goal = Relation(x, "=", y)
    assert search(Sequent(("x", "y"), (), (), goal), Deadline.after(5), close) is None
    assert asked[0] == "<="


def test_a_case_that_takes_too_long_is_left() -> None:
    def close(sequent: Sequent, deadline: Deadline) -> Evidence | None:
        raise OutOfTime

    assert search(Sequent(("x",), (), (), Relation(x, "!=", ONE)), Deadline.after(5), close) is None


def test_the_search_stops_at_its_deadline() -> None:
    with pytest.raises(OutOfTime):
        proved([], Relation(times(x, y), ">=", ZERO), seconds=0)
