"""Statements about operators are refuted by symmetric matrices in the plane, and only if they are false."""

from __future__ import annotations

import pytest

from proofcheck import Changes, Rational, Verdict, at, inner, norm, norm2, operator, path, scalar, vector
from proofcheck.explaining.explain import explain_witness
from proofcheck.language.expressions import Relation
from proofcheck.provers.portfolio import decide
from proofcheck.provers.sequent import Deadline
from proofcheck.provers.witnesses import search
from proofcheck.rules.reduction import obligation_of

from .settling import Written, decided, verdict

u, v, x = vector("u"), vector("v"), path("x")
H, K = operator("H", at_least=1, at_most=4), operator("K", at_least=1, at_most=2)
A, B = operator("A", at_least=0), operator("B", at_least=0)
S = operator("S", norm=1)
moving = operator("M", at_least=1, changes=Changes.CONTINUOUSLY)
#: The true constants of Kantorovich and Wielandt for a spectrum from 1 to 4, and a little less.
KANTOROVICH, WIELANDT, LESS = Rational(25, 16), Rational(9, 25), Rational(999, 1000)


def kantorovich(constant: object) -> Relation:
    return inner(H(u), u) * inner(H.inverse(u), u) <= constant * norm2(u) ** 2  # type: ignore[operator]


def wielandt(constant: object) -> Relation:
    bound = inner(H(u), v) ** 2 <= constant * inner(H(u), u) * inner(H(v), v)  # type: ignore[operator]
    return bound.given(inner(u, v) == 0)


def turned(constant: object) -> Relation:
    """What H makes of one of two orthogonal vectors in the direction of the other."""
    bound = inner(H(u), v) <= constant * norm(u) * norm(v)  # type: ignore[operator]
    return bound.given(inner(u, v) == 0)


@pytest.mark.parametrize(
    "written",
    [
        # One operator: a diagonal matrix.
        lambda: kantorovich(LESS * KANTOROVICH),
        lambda: wielandt(LESS * WIELANDT),
        lambda: turned(1),
        lambda: inner(H.inverse(u), u) * inner(H(u), u) == norm2(u) ** 2,
        lambda: inner(H(u), u) ** 2 == norm2(H(u)) * norm2(u),
        lambda: norm2(u) * norm2(S(v)) == inner(u, S(v)) ** 2,
        lambda: (inner(S(u), v) == 0).given(inner(u, v) == 0),
        # Several, which need not commute.
        lambda: inner(A(B(u)), v) == inner(B(A(u)), v),
        lambda: inner(A(B(u)), u) >= 0,
        lambda: (norm2(A(u)) <= norm2(B(u))).given(inner(A(u), u) <= inner(B(u), u), inner(A(u), u) > 0),
        # A derivative is a matrix of its own.
        lambda: inner(moving.dot(u), v) * norm2(u) == inner(moving.dot(u), u) * inner(u, v),
    ],
)
def test_a_false_one_is_refuted(written: Written) -> None:
    assert verdict(written) is Verdict.REFUTED


@pytest.mark.parametrize(
    "relation",
    [
        kantorovich(KANTOROVICH),
        wielandt(WIELANDT),
        turned(Rational(3, 2)),
        inner(A(u), v) ** 2 <= inner(A(u), u) * inner(A(v), v),
        inner(S(u), v) ** 2 <= norm2(u) * norm2(v),
        inner(H(u), u) ** 2 <= norm2(H(u)) * norm2(u),
        inner(H(K(u)), v) == inner(u, K(H(v))),
        inner(H.inverse(H(K(u))), v) ** 2 == inner(K(u), v) ** 2,
        inner(K.inverse(A(K(u))), v) == inner(u, K(A(K.inverse(v)))),
        (inner(H(at(x, 2)), at(x, 1)) == 0).given(norm2(at(x, 2)) == 0),
    ],
    ids=str,
)
def test_a_true_one_is_not(relation: Relation) -> None:
    obligation, _ = obligation_of(relation, relation.hypotheses, "")
    assert len(obligation.special_cases) == 2
    assert not any(decide(case, 0.5).witness for case in obligation.special_cases)


def test_where_one_operator_stands_at_moments_that_may_be_one_no_plane_is_tried() -> None:
    t = scalar("t", nonnegative=True)
    same = inner(at(moving(x), t + 1), at(moving(x), t)) ** 2 >= 1
    obligation, _ = obligation_of(same, (), "")
    assert obligation.special_cases == () and obligation.plane is None


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (kantorovich(Rational(3, 2)), "at u = (1, 1), H = ((1, 0), (0, 4)): left 25/4, right 6"),
        (
            inner(A(B(u)), v) == inner(B(A(u)), v),
            "at u = (0, 1), B = ((0, 0), (0, 1)), A = ((1, 1), (1, 1)), v = (1, 0): left 1, right 0",
        ),
    ],
    ids=["diagonal", "full"],
)
def test_the_counterexample_says_which_matrices_and_vectors(relation: Relation, expected: str) -> None:
    obligation, _ = obligation_of(relation, (), "")
    assert obligation.instance is not None and obligation.plane is not None
    assert decided(obligation.instance).witness is None
    witness = decided(obligation.plane).witness
    assert witness is not None and explain_witness(obligation.plane, witness, obligation.names).text == expected


def test_a_coordinate_is_not_mistaken_for_a_letter_of_its_name() -> None:
    letter = scalar("u_1")
    obligation, _ = obligation_of(kantorovich(Rational(3, 2) + letter - letter), (), "")
    shown = [name.text for name in obligation.names.values()]
    assert obligation.names["u_1"].text == "u_1" and shown.count("u_1") == 2


def test_one_operator_is_diagonal_and_each_further_one_is_full() -> None:
    obligation, _ = obligation_of(inner(A(B(u)), u) ** 2 >= 0, (), "")
    assert obligation.plane is not None
    matrices = {name for name in obligation.plane.variables if name[0] in "AB"}
    assert matrices == {"B_11", "B_22", "A_11", "A_12", "A_22"}


def test_a_derivative_inside_the_bounds_is_free() -> None:
    assert verdict(lambda: inner(moving.dot(u), u) >= 0) is Verdict.REFUTED
    assert verdict(lambda: (inner(moving.dot(u), u) >= 0).given(inner(moving(u), u) <= 2 * norm2(u))) is Verdict.REFUTED


def test_a_gradient_step_that_is_too_long_fails_where_two_bounds_are_attained() -> None:
    """|x - h M x| <= (1 - h mu) |x| for mu <= M <= L and h (mu + L) <= 2, and a little beyond."""
    mu, L, h = scalar("mu", positive=True), scalar("L", positive=True), scalar("h", nonnegative=True)
    M = operator("M", at_least=mu, at_most=L)

    def refuted(most: object) -> bool:
        step = norm2(u - h * M(u)) <= (1 - h * mu) ** 2 * norm2(u)
        obligation, _ = obligation_of(step, (mu <= L, h * (mu + L) <= most), "")  # type: ignore[operator]
        assert obligation.statement is not None and obligation.statement == obligation.instance
        return search(obligation.statement, Deadline.after(5)) is not None

    assert refuted(2 + Rational(1, 1000)) and refuted(2 + Rational(1, 10**6)) and not refuted(2)
