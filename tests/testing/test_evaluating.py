"""Values of expressions at points: exactly, and in balls where numbers are irrational."""

from fractions import Fraction

import pytest
from flint import arb, fmpq
from flint import ctx as flint_context
from hypothesis import given

from proofcheck import arccos, exp, inner, log, norm2, operator, path, scalar, sqrt, total, vector
from proofcheck.language.expressions import Relation
from proofcheck.testing import Undefined, holds, kernels
from proofcheck.testing.evaluating import BITS, exactly, inverse

x, n, i = scalar("x"), scalar("n"), scalar("i")
x_i, v_i = scalar("x_i", index=i), vector("v_i", index=i)
u, w = vector("u"), vector("w")
H = operator("H", at_least=1)
Rows = tuple[tuple[Fraction, ...], ...]


def test_a_sum_has_a_value_for_each_index() -> None:
    values = {"n": Fraction(2), ("x_i", 1): Fraction(3), ("x_i", 2): Fraction(4), ("x_i", "i"): Fraction(7)}
    assert exactly(values).scalar(total(x_i**2, i, n)) == 25
    assert exactly(values).scalar(total(i * x_i, i, n) + x_i) == 3 + 8 + 7


def test_vectors_have_an_index_too() -> None:
    values = {"n": Fraction(2), ("v_i", 1): (Fraction(1), Fraction(0)), ("v_i", 2): (Fraction(0), Fraction(2))}
    assert exactly(values).scalar(total(norm2(v_i), i, n)) == 5


@given(kernels(1, 5, exact=True))
def test_the_inverse_of_a_matrix_is_exact(matrix: Rows) -> None:
    size = len(matrix)
    product = [
        [sum(matrix[r][k] * inverse(matrix)[k][c] for k in range(size)) for c in range(size)] for r in range(size)
    ]
    assert product == [[int(r == c) for c in range(size)] for r in range(size)]


@given(kernels(1, 5, 3, exact=True))
def test_an_operators_inverse_undoes_it(matrix: Rows) -> None:
    values = {("H", 0, None): matrix, "u": (1, 2, 3), "w": (Fraction(1, 2), -1, 0)}
    assert holds(inner(H(H.inverse(u)), w) == inner(u, w), values)
    assert holds(inner(H.inverse(H(u)), w) == inner(u, w), values)


def test_a_singular_operator_has_no_inverse() -> None:
    with pytest.raises(Undefined):
        holds(inner(H.inverse(u), u) >= 0, {("H", 0, None): ((Fraction(0),),), "u": (Fraction(1),)})


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (sqrt(x) ** 2 == x, True),
        (sqrt(x) ** 2 < x - Fraction(1, 10**50), False),
        (exp(x) > 7, True),
        (exp(x) <= 7, False),
        (arccos(x / 2) == 0, True),
        (log(x) != 0, True),
    ],
)
def test_what_is_irrational_is_decided_in_balls(relation: Relation, expected: bool) -> None:
    assert holds(relation, {"x": Fraction(2)}) is expected


@pytest.mark.parametrize("relation", [1 / x == 1, log(x) == 1, sqrt(x - 1) >= 0, arccos(x + 2) >= 0])
def test_what_has_no_value_is_undefined(relation: Relation) -> None:
    with pytest.raises(Undefined):
        holds(relation, {"x": Fraction(0)})


def test_rounding_at_the_end_of_a_domain_is_no_violation() -> None:
    with flint_context.workprec(BITS):
        root = arb(fmpq(3, 4)).sqrt()
    values = {"u": (root, Fraction(1, 2))}
    assert holds(arccos(norm2(u)) == 0, values) and holds(norm2(u) == 1, values)
    assert not holds(norm2(u) > 1 + Fraction(1, 10**50), values)


def test_a_path_is_known_by_its_derivative_and_moment() -> None:
    Delta = path("Delta")
    assert holds(norm2(Delta.dot) == 4, {("Delta", 1, None): (Fraction(2),)})
