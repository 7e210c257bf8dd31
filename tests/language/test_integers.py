"""Letters that stand for integers, and nothing else in their place."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
import sympy

from proofcheck import (
    Rational,
    Verdict,
    at,
    consistent,
    either,
    every_mode,
    flow,
    for_all,
    from_sympy,
    induction,
    integral,
    integrated,
    let,
    operator,
    path,
    power,
    scalar,
    scalar_path,
    sqrt,
    to_sympy,
    total,
)
from proofcheck.language.definitions import definitions
from proofcheck.language.expressions import Scalar, same
from proofcheck.language.integers import in_domain, is_integer, least, linear, sharpened

from ..rules.settling import answer, claimed, verdict

n, m, x = scalar("n", integer=True, at_least=1), scalar("m", integer=True), scalar("x", at_least=2)
i, x_i = scalar("i", integer=True), scalar("i")
count = scalar("c", index=i, integer=True)
t, q, s = scalar("t", nonnegative=True), scalar_path("q"), scalar("s", nonnegative=True)


@pytest.mark.parametrize("value", [Rational(3), n, 2 * n - m**2, (n + 1) * n, let("N", n + 1), count, n**0, -n])
def test_an_integer(value: Scalar) -> None:
    assert is_integer(value)
    in_domain(n, value)


@pytest.mark.parametrize(
    "value", [Rational(1, 2), n / 2, x, n + x, n * x, n**-1, sqrt(n), power(2, n), at(q, n), 1 / n]
)
def test_what_need_not_be_one(value: Scalar) -> None:
    assert not is_integer(value)
    with pytest.raises(ValueError, match=r"n is an integer, which .* need not be"):
        in_domain(n, value)
    with pytest.raises(ValueError, match="n is an integer"):
        claimed(n >= 1, "positive").at({n: value})
    in_domain(x, value)


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"positive": True}, [(">=", 1)]),
        ({"nonnegative": True}, [(">=", 0)]),
        ({"at_least": Fraction(1, 2)}, [(">=", 1)]),
        ({"at_least": Fraction(-1, 2), "below": 3}, [(">=", 0), ("<=", 2)]),
        ({"at_most": Fraction(7, 2), "below": Fraction(5, 2)}, [("<=", 3), ("<=", 2)]),
        ({"at_least": -3}, [(">=", -3)]),
    ],
)
def test_a_domain_ends_at_an_integer(bounds: dict[str, object], expected: list[tuple[str, int]]) -> None:
    assert list(scalar("n", integer=True, **bounds).bounds) == expected  # type: ignore[arg-type]


def test_a_domain_without_integers_is_refused() -> None:
    with pytest.raises(ValueError, match="no number"):
        scalar("n", integer=True, at_least=Fraction(1, 3), at_most=Fraction(2, 3))


@pytest.mark.parametrize(
    ("letter", "expected"), [(n, 1), (m, None), (scalar("k", integer=True, at_least=1, positive=True), 1)]
)
def test_the_least_value(letter: Scalar, expected: int | None) -> None:
    assert least(letter) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (n, (1, 0)),
        (n + 1 - 1, (1, 0)),
        (2 * (n - 3) + n, (3, -6)),
        (Rational(4), (0, 4)),
        ((n + 1) * 2 * 3, (6, 6)),
        (0 * n, (0, 0)),
        (-n, (-1, 0)),
        (n * n, None),
        (n / 2, None),
        (n + m, None),
        (n + Rational(1, 2), None),
        (power(2, n), None),
    ],
)
def test_an_expression_that_is_linear(value: Scalar, expected: tuple[int, int] | None) -> None:
    assert linear(value, n) == expected


@pytest.mark.parametrize(
    "written",
    [
        lambda: integral(n, n, 0, 1),
        lambda: flow(q.dot == -q, time=n),
        lambda: integrated(flow(q.dot == -q, time=t), q, n),
    ],
)
def test_what_runs_over_reals_is_no_integer(written: Callable[[], object]) -> None:
    with pytest.raises(TypeError, match="n is an integer"):
        written()


def test_a_mode_and_a_step_are_no_integers() -> None:
    whole, w = scalar("omega", integer=True, at_least=1), path("w")
    z, X = scalar_path("z"), path("X")
    stiff, still = flow(z.ddot == -whole * z, time=t), flow(z.ddot == 0 * z, time=t)
    rest = claimed((z**2 <= Rational(1) * at(z, 0) ** 2).given(at(z.dot, 0) == 0), "rest")

    def modes(eigenvalue: Scalar) -> object:
        along = flow(X.ddot == -operator("K", at_least=0)(X), time=t)
        modes_of = {"above": rest, "mode_above": stiff, "at_bound": rest, "mode_at_bound": still}
        return every_mode(along, Rational(1), parameter=whole, value=eigenvalue, eigenvalue=eigenvalue, **modes_of)  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="omega is an integer, which lambda need not be"):
        modes(scalar("lambda"))
    with pytest.raises(ValueError, match="the eigenvalue lambda is real"):
        modes(scalar("lambda", integer=True))
    h = scalar("h", integer=True)
    with pytest.raises(ValueError, match="as small as one likes"):
        consistent(lambda a, b, c: c - 2 * b + a, w.ddot, lambda a, b: b - a, curve=w, step=h)


def test_a_reader_is_told() -> None:
    told = {each.text for each in definitions([power(2, n) >= total(count, i, n), (m >= 0).given(for_all(s, s >= 0))])}
    assert {"n >= 1, an integer", "m an integer", "c an integer for each i"} <= told


def test_strict_relations_between_integers() -> None:
    assert str(sharpened(n < 2 * m)) == "n + 1 <= 2 m"
    assert str(sharpened(n > m)) == "n >= m + 1"
    for kept in (n < x, x > n, n <= m, n != m, n / 2 < m):
        assert sharpened(kept) is kept
    assert verdict((n >= 2).given(n > 1)) is Verdict.PROVED
    assert verdict((2 * m <= 0).given(2 * m < 1)) is Verdict.PROVED
    assert answer(lambda: (x >= 3).given(x > 2)) is Verdict.REFUTED
    assert answer(lambda: (n >= 3).given(n > 1)) is not Verdict.PROVED
    assert answer(lambda: (n >= 1 + x).given(n > x)) is not Verdict.PROVED


def test_two_cases_of_an_integer() -> None:
    cases = [(m * (m - 3) * (m - 4) + 12 * m**2 >= 0).given(each) for each in (m <= 3, m >= 4, m >= 5)]
    low, high, higher = (claimed(each.given(m >= 0), f"case_{place}") for place, each in enumerate(cases))
    assert answer(lambda: either(low, high)) is Verdict.PROVED
    assert answer(lambda: either(low, higher)) is not Verdict.PROVED


def test_an_integer_goes_to_sympy_and_comes_back() -> None:
    closed = sympy.summation(sympy.Symbol("i", integer=True) ** 4, (sympy.Symbol("i", integer=True), 1, to_sympy(n)))
    assert verdict(lambda: induction(total(x_i**4, x_i, n) == from_sympy(closed), n)) is Verdict.PROVED
    assert same(from_sympy(to_sympy(n)), n)
    assert same(from_sympy(sympy.Symbol("n", integer=True, positive=True)), n)
    for assumed in ({"even": True}, {"rational": True, "real": True}, {"integer": False, "real": True}):
        with pytest.raises(TypeError, match="no counterpart"):
            from_sympy(sympy.Symbol("n", **assumed))
