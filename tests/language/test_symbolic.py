"""Expressions go to SymPy and come back by their structure; what has no counterpart is refused, text above all."""

from fractions import Fraction

import pytest
import sympy
from hypothesis import assume, given

from proofcheck import (
    derivative,
    from_sympy,
    inner,
    norm2,
    path,
    power,
    scalar,
    scalar_path,
    sqrt,
    to_sympy,
    vector,
)
from proofcheck.language.expressions import Named, Scalar, Symbol, same, walk
from proofcheck.language.symbolic import Carried, carried
from proofcheck.testing.evaluating import Undefined, closely, exactly, near

from .strategies import expressions, p, points, rational_expressions, x, y

u, v = vector("u"), vector("v")


@given(rational_expressions, points)
def test_a_rational_round_trip_keeps_the_value(expression: Scalar, point: dict[str, Fraction]) -> None:
    try:
        expected = exactly(point).scalar(expression)
        back = from_sympy(to_sympy(expression))
    except (Undefined, TypeError):  # SymPy's own infinities have no counterpart
        assume(False)
    assert exactly(point).scalar(back) == expected


@given(expressions, points)
def test_a_round_trip_keeps_the_value(expression: Scalar, point: dict[str, Fraction]) -> None:
    where = closely(point)
    try:
        expected = where.scalar(expression)
        back = from_sympy(to_sympy(expression))
        # SymPy combines powers, so that a value may be undefined on the way back only where it needs complex numbers.
        found = where.scalar(back)
    except (Undefined, TypeError, OverflowError):
        assume(False)
    assume(abs(expected) < 10**12)
    assert near(found, expected)


@given(expressions, points)
def test_the_derivative_agrees_with_sympys(expression: Scalar, point: dict[str, Fraction]) -> None:
    where = closely(point)
    try:
        ours = where.scalar(derivative(expression, x))
        where.scalar(expression)
        theirs = where.scalar(from_sympy(sympy.diff(to_sympy(expression), to_sympy(x))))
    except (Undefined, TypeError, OverflowError):
        assume(False)
    assume(abs(ours) < 10**12)
    assert near(ours, theirs)


def test_the_domain_travels_as_an_assumption() -> None:
    assert to_sympy(p).is_positive and not to_sympy(x).is_positive
    assert to_sympy(scalar("q", nonnegative=True)).is_nonnegative
    assert to_sympy(scalar("q", at_least=2)).is_positive
    assert to_sympy(scalar("q", at_most=2)).is_positive is None
    assert to_sympy(scalar("q", at_least=-1)).is_nonnegative is None


def test_sympy_cancels_and_we_do_not() -> None:
    assert to_sympy(x / x) == 1 and not same(x / x, from_sympy(to_sympy(x / x)))


def test_what_sympy_has_no_word_for_is_carried() -> None:
    D, q = path("D"), scalar_path("q")
    form = inner(u, D.dot) ** 2 + q.dot
    out = to_sympy(form)
    assert {type(symbol) for symbol in out.free_symbols} == {Carried}
    assert any(same(part, inner(u, D.dot)) for part in walk(from_sympy(out)))
    assert same(carried(to_sympy(norm2(u))), norm2(u))
    assert to_sympy(norm2(u)) == to_sympy(norm2(u)) != to_sympy(norm2(v))


def test_symbols_of_one_name_with_different_domains_stay_apart() -> None:
    assert to_sympy(scalar("x")) != to_sympy(scalar("x", positive=True))
    assert to_sympy(scalar("x", at_most=1)) != to_sympy(scalar("x", at_most=2))


def test_a_carried_symbol_is_not_a_plain_symbol_of_its_text() -> None:
    assert to_sympy(x) != sympy.Symbol("x", real=True)


def test_an_abbreviation_is_opened() -> None:
    assert to_sympy(Named("L", "L", x + 1)) == to_sympy(x) + 1


def test_a_plain_symbol_comes_in_with_its_domain() -> None:
    assert same(from_sympy(sympy.Symbol("x", positive=True)), p.__class__("x", "x", ((">", Fraction(0)),)))
    assert same(from_sympy(sympy.Symbol("x", nonnegative=True)), scalar("x", nonnegative=True))
    assert same(from_sympy(sympy.Symbol("x", real=True)), x)


def test_a_symbol_that_may_be_complex_is_refused_with_the_remedy() -> None:
    with pytest.raises(TypeError, match=r"not known to be real; write Symbol\(\.\.\., real=True\)"):
        from_sympy(sympy.Symbol("x"))


def test_a_symbol_whose_name_is_python_is_refused() -> None:
    with pytest.raises(ValueError, match="not a name"):
        from_sympy(sympy.Symbol("__import__('os')", real=True))
    with pytest.raises(ValueError, match="not a name"):
        from_sympy(1 + sympy.Symbol("x + 1", positive=True) ** 2)


@pytest.mark.parametrize(
    "foreign",
    [
        sympy.Float("0.5"),
        sympy.I,
        sympy.oo,
        sympy.nan,
        sympy.zoo,
        sympy.gamma(sympy.Symbol("x", real=True)),
        sympy.Abs(sympy.Symbol("x", real=True)),
        sympy.Integral(sympy.Symbol("x", real=True)),
        sympy.Symbol("x", real=True) + sympy.Float(2),
        sympy.Symbol("x", real=True) < 1,
    ],
    ids=str,
)
def test_what_has_no_counterpart_is_refused(foreign: sympy.Basic) -> None:
    with pytest.raises(TypeError):
        from_sympy(foreign)


@pytest.mark.parametrize("text", ["x + 1", "__import__('os').system('true')", "1", b"x", 0.5, None])
def test_text_is_never_parsed(text: object) -> None:
    with pytest.raises((TypeError, AttributeError)):
        from_sympy(text)
    with pytest.raises((TypeError, AttributeError)):
        to_sympy(text)  # type: ignore[arg-type]


def test_roots_and_powers_come_back() -> None:
    X = to_sympy(p)
    assert same(from_sympy(sympy.sqrt(X)), sqrt(p))
    assert same(from_sympy(X ** sympy.Rational(-3, 2)), sqrt(p) ** -3)
    assert same(from_sympy(X ** sympy.Rational(1, 3)), power(p, Fraction(1, 3)))  # type: ignore[arg-type]
    assert same(from_sympy(X ** to_sympy(y)), power(p, y))
    assert isinstance(from_sympy(X), Symbol)
