"""Sums of squares of scalars and of vectors."""

from fractions import Fraction

import pytest

from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Variable
from proofcheck.provers.semidefinite import diagonalised
from proofcheck.provers.squares import search

from .writing import Written, dot, exp, found, minus, number, over, plus, power, relation, times

a, s, t, x, y, z = map(Variable, "astxyz")


@pytest.mark.parametrize(
    ("left", "right", "holds"),
    [
        (plus(power(x, 4), power(y, 4)), times(2, power(x, 2), power(y, 2)), True),
        (plus(power(x, 4), power(y, 4)), times("201/100", power(x, 2), power(y, 2)), False),
        (plus(power(x, 2), power(y, 2), power(z, 2)), plus(times(x, y), times(y, z), times(z, x)), True),
        (plus(power(x, 2), power(y, 2), power(z, 2)), times("3/2", plus(times(x, y), times(y, z))), False),
        (
            plus(times(2, power(x, 4)), times(2, power(x, 3), y), times(5, power(y, 4))),
            times(power(x, 2), power(y, 2)),
            True,
        ),
    ],
)
def test_polynomials(left: Written, right: Written, holds: bool) -> None:
    assert (found(search, [], relation(left, ">=", right)) is not None) == holds


def test_a_strict_goal_needs_room() -> None:
    square = power(minus(x, y), 2)
    assert found(search, [], relation(plus(square, "1/100"), ">", 0)) is not None
    assert found(search, [], relation(square, ">", 0)) is None


def test_motzkin_is_nonnegative_though_no_sum_of_squares() -> None:
    terms = plus(times(power(x, 4), power(y, 2)), times(power(x, 2), power(y, 4)), 1)
    product = times(power(x, 2), power(y, 2))
    assert found(search, [], relation(terms, ">=", times(3, product)), seconds=30) is not None
    assert found(search, [], relation(terms, ">=", times("301/100", product)), seconds=5) is None


def decay(factor: Written) -> tuple[list[Relation], Relation]:
    """From the decay of the energy to that of the displacement."""
    decaying = exp(times(-1, a, t))
    combination: dict[str, Written] = {"D": a, "v": 1}
    square = power(a, 2)
    known = [
        relation(a, ">", 0),
        relation(a, "!=", 0),
        relation(t, ">=", 0),
        relation(dot("D", "HD"), ">=", times(square, dot("D", "D"))),
        relation(dot("D0", "HD0"), ">=", times(square, dot("D0", "D0"))),
        relation(
            plus(times("1/2", dot("D", "HD")), times("1/2", dot(combination, combination))),
            "<=",
            times(decaying, plus(times("1/2", dot("D0", "HD0")), times("1/2", square, dot("D0", "D0")))),
        ),
    ]
    right = times(over(factor, a), power(a, -1), decaying, "1/2", dot("D0", "HD0"))
    return known, relation(times("1/2", dot("D", "D")), "<=", right)


def test_vectors_with_an_exponential() -> None:
    assert found(search, *decay(2)) is not None
    assert found(search, *decay("199/100"), seconds=5) is None
    known, goal = decay(2)
    assert found(search, known[:4] + known[5:], goal, seconds=5) is None


def frozen(rate: Written) -> tuple[list[Relation], Relation]:
    """The energy's derivative along a flow with a frozen kernel; s is the root of 1/2."""
    velocity: dict[str, Written] = {"v": 1, "D": a}
    known = [
        relation(s, ">", 0),
        relation(power(s, 2), "=", "1/2"),
        relation(a, ">", 0),
        relation(dot("e", "e"), "<=", times("1/4", power(a, 4), dot("D", "D"))),
        relation(dot("D", "HD"), ">=", times("3/2", power(a, 2), dot("D", "D"))),
    ]
    potential = minus(dot("D", "HD"), times(power(a, 2), dot("D", "D")))
    energy = plus(times("1/2", dot(velocity, velocity)), times("1/2", potential))
    left = minus(times(-2, a, energy), dot(velocity, "e"))
    return known, relation(left, "<=", times(-1, minus(rate, s), a, energy))


def test_vectors_with_an_algebraic_number() -> None:
    assert found(search, *frozen(2)) is not None
    assert found(search, *frozen("201/100"), seconds=5) is None
    known, goal = frozen(2)
    assert found(search, known[:3] + known[4:], goal, seconds=5) is None


def test_young_and_the_parallelogram() -> None:
    u = relation(times(2, dot("u", "v")), "<=", plus(times(x, dot("u", "u")), over(dot("v", "v"), x)))
    positive = [relation(x, ">", 0), relation(x, "!=", 0)]
    assert found(search, positive, u) is not None
    half = relation(u.left, "<=", times("99/100", u.right))
    assert found(search, positive, half, seconds=5) is None


def test_a_matrix_is_diagonalised_exactly() -> None:
    rows = [[Fraction(entry) for entry in row] for row in ((2, 1, 1), (1, 2, 1), (1, 1, 2))]
    pivots = diagonalised(rows)
    assert pivots is not None
    for i, row in enumerate(rows):
        for k, entry in enumerate(row):
            assert sum(weight * vector[i] * vector[k] for weight, vector in pivots) == entry
    assert diagonalised([[Fraction(0), Fraction(1)], [Fraction(1), Fraction(0)]]) is None
    assert number("1/2") == number("2/4")
