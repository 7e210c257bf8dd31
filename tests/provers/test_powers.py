"""Equations between products of real powers, and logarithms of products."""

import pytest

from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Term, Variable
from proofcheck.provers.portfolio import decide

from .writing import Written, apply, minus, over, plus, power, relation, sqrt, statement, times

a, b, x, y, z = map(Variable, "abxyz")


def real(base: Written, exponent: Written) -> Term:
    return apply("power", base, exponent)


def positive(*terms: Term) -> list[Relation]:
    return [relation(part, ">", 0) for part in terms]


def proved(hypotheses: list[Relation], goal: Relation) -> bool:
    return decide(statement(hypotheses, goal), 2).proof is not None


@pytest.mark.parametrize(
    ("left", "right", "holds"),
    [
        (times(x, real(x, a)), real(x, plus(a, 1)), True),
        (times(x, real(x, a)), real(x, plus(a, 2)), False),
        (times(power(x, 3), real(x, minus(a, 2))), real(x, plus(a, 1)), True),
        (real(over(x, y), a), over(real(x, a), real(y, a)), True),
        (real(over(x, y), a), over(real(y, a), real(x, a)), False),
        (real(x, times("1/2", a)), real(sqrt(x), a), True),
        (real(x, a), real(sqrt(x), a), False),
        (times(real(over(1, sqrt(x)), minus(2, a)), real(x, times("-1/2", a))), over(1, x), True),
        (real(real(x, a), b), real(x, times(a, b)), True),
        (real(times(2, x), a), times(real(2, a), real(x, a)), True),
        (real(times(2, x), a), times(2, real(x, a)), False),
        (real(plus(x, y), a), plus(real(x, a), real(y, a)), False),
        (over(real(x, a), over(power(y, 2), z)), times(real(x, a), z, power(y, -2)), True),
    ],
)
def test_products_of_powers(left: Term, right: Term, holds: bool) -> None:
    assert proved(positive(x, y, z), relation(left, "=", right)) == holds


def test_a_power_without_a_positive_base_is_not_defined() -> None:
    goal = relation(times(x, real(y, a)), "=", times(real(y, a), x))
    assert proved(positive(y), goal)
    assert not proved(positive(x), goal)


@pytest.mark.parametrize(
    ("left", "right", "holds"),
    [
        (apply("log", over(x, y)), minus(apply("log", x), apply("log", y)), True),
        (apply("log", over(x, y)), plus(apply("log", x), apply("log", y)), False),
        (apply("log", times(power(x, 2), y)), plus(times(2, apply("log", x)), apply("log", y)), True),
        (apply("log", x), times(2, apply("log", sqrt(x))), True),
        (apply("log", x), apply("log", sqrt(x)), False),
    ],
)
def test_logarithms_of_products(left: Term, right: Term, holds: bool) -> None:
    assert proved(positive(x, y, z), relation(left, "=", right)) == holds
