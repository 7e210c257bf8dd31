"""Scalars, vectors and operators are recorded as they were written; bad input is refused with a remedy."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import proofcheck
from proofcheck import (
    Changes,
    Rational,
    absolute,
    chain,
    exp,
    inner,
    let,
    log,
    norm,
    norm2,
    operator,
    path,
    power,
    scalar,
    scalar_path,
    sqrt,
    total,
    vector,
)
from proofcheck.kernel import terms
from proofcheck.language.expressions import (
    Add,
    Call,
    Constant,
    Inner,
    Multiply,
    Named,
    Power,
    Relation,
    Scaled,
    Symbol,
    Total,
    VectorEquation,
    VectorSum,
    depends,
    factors_of,
    number,
    same,
    walk,
)
from proofcheck.language.vocabulary import latex_of
from proofcheck.testing.evaluating import Undefined, exactly

from .strategies import points, rational_expressions, x, y

u, v = vector("u"), vector("v")
half: Any = 0.5
H = operator("H", at_least=0)


def test_nothing_cancels() -> None:
    quotient = x / x
    assert isinstance(quotient, Multiply) and quotient.parts[0] is x
    assert same(quotient.parts[1], Power(x, -1))
    assert isinstance(sqrt(x) ** 2, Power) and isinstance(exp(log(x)), Call)
    assert not same(x - x, number(0)) and not same(0 * x, number(0)) and not same(0 / x, number(0))
    assert not same(x + y, y + x) and not same(x * (y + 1), x * y + x)
    assert isinstance(x**0, Power) and isinstance(x**1, Power)


def test_every_kind_of_writing_makes_its_node() -> None:
    assert isinstance(x + 1, Add) and isinstance(1 + x, Add) and isinstance(x - 1, Add) and isinstance(1 - x, Add)
    assert isinstance(2 * x, Multiply) and isinstance(x * 2, Multiply) and isinstance(-x, Multiply)
    assert same((1 - x).parts[0], number(1)) and same((2 / x).parts[0], number(2))  # type: ignore[attr-defined]
    assert isinstance(x * u, Scaled) and isinstance(2 * u, Scaled) and isinstance(u / 2, Scaled)
    assert isinstance(u + v, VectorSum) and isinstance(u - v, VectorSum) and isinstance(norm2(u), Inner)
    assert isinstance(total(x, y, 3), Total)
    assert same(absolute(x), sqrt(x**2)) and same(norm(u), sqrt(inner(u, u)))
    assert same(Rational(2, 6), number(Fraction(1, 3)))


@given(rational_expressions, points)
def test_arithmetic_means_what_python_means(expression: object, point: dict[str, Fraction]) -> None:
    def python(part: object) -> Fraction:
        match part:
            case Constant(value):
                return value
            case Symbol(name):
                return point[name]
            case Add(parts):
                return sum(map(python, parts), Fraction(0))
            case Multiply((first, second)):
                return python(first) * python(second)
            case Power(base, exponent):
                return python(base) ** exponent
        raise AssertionError(part)

    try:
        expected = python(expression)
    except ZeroDivisionError:
        assume(False)
    assert exactly(point).scalar(expression) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    [
        lambda: x + half,
        lambda: half * x,
        lambda: x / half,
        lambda: half - x,
        lambda: x <= half,
        lambda: sqrt(half),
        lambda: chain(x).le(half),
        lambda: half * u,
        lambda: operator("K", at_least=half),
        lambda: power(x, half),
    ],
)
def test_a_float_is_refused_with_the_remedy(written: object) -> None:
    with pytest.raises(TypeError, match=r"float.*Rational\(1, 3\)"):
        written()  # type: ignore[operator]


def test_a_float_exponent_is_refused_with_a_remedy() -> None:
    with pytest.raises(TypeError, match=r"sqrt\(x\) or power\(x, y\)"):
        x**0.5  # type: ignore[operator]
    with pytest.raises(TypeError, match=r"write power\(2, n\)"):
        2**x
    with pytest.raises(TypeError, match="integer exponent"):
        x**True
    with pytest.raises(TypeError, match="integer exponent"):
        x**y  # type: ignore[operator]


def test_a_float_equation_is_no_relation() -> None:
    assert (x == half) is False


@pytest.mark.parametrize("value", [True, None, "x", "__import__('os')", 1j, object()])
def test_only_exact_numbers_are_scalars(value: object) -> None:
    with pytest.raises(TypeError):
        number(value)


def test_a_double_inequality_points_at_chain() -> None:
    with pytest.raises(TypeError, match=r"chain\(a\)\.le\(b\)\.le\(c\)"):
        0 <= x <= y  # noqa: B015
    with pytest.raises(TypeError, match="chain"):
        0 < x < 1  # noqa: B015


def test_an_expression_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(x)
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(u)
    assert bool(x == x) and not bool(x != x) and bool(u == u)
    # Python gives -1 and -2 one hash; as keys they are two.
    assert len({number(-1): 1, number(-2): 2}) == 2


def test_a_double_equation_points_at_chain() -> None:
    """Of `2 x = x + x = 5` the first half was proved, and the rest forgotten; so was what stood behind an `and`."""
    for written in (
        lambda: 2 * x == x + x == 5,
        # Python gives -1 and -2 one hash.
        lambda: x**-1 == x**-2 == 5,
        lambda: x - 1 == x - 2 == 5,
        lambda: x != y != x,
        lambda: 2 * u == u + u == v,
        lambda: (2 * x == x + x) and (x <= 0),
        lambda: (x <= 0).given((x == y) and (y <= 0)),
    ):
        with pytest.raises(TypeError, match=r"chain\(a\)\.eq\(b\)\.eq\(c\)"):
            written()


def test_equations_of_scalars_and_of_vectors() -> None:
    assert isinstance(x == 1, Relation) and isinstance(u == v, VectorEquation)
    assert isinstance(u == 0, VectorEquation)
    something: Any = x
    assert (u == something) is False and (u == half) is False
    assert str((u == v).given(v == 0)) == "u = v  given  v = 0"


def test_relations_collect_hypotheses_in_order() -> None:
    relation = (x <= y).given(x >= 0).given(y >= 1, u == v)
    assert [str(part) for part in relation.hypotheses] == ["x >= 0", "y >= 1", "u = v"]
    with pytest.raises(TypeError, match="a hypothesis is a relation, not bool"):
        (x <= y).given(True)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a premise is a claim, not Relation"):
        (x <= y).by(x <= y)  # type: ignore[arg-type]


def test_paths_and_their_derivatives() -> None:
    D, q = path("Delta"), scalar_path("q")
    assert same(D.dot.dot, D.ddot) and D.ddot.order == 2 and not same(D, D.dot)
    assert same(q.dot.dot, q.ddot)
    assert str(inner(D.dot, D.ddot) == q.dot) == "<Delta', Delta''> = q'"


def test_operators_are_told_apart_by_name_derivative_and_moment() -> None:
    K = operator("K", at_least=1, changes=Changes.BY_JUMPS)
    assert K == operator("K", at_least=1, changes=Changes.BY_JUMPS) and K != H and K.dot != K
    assert K.dot.at_least is None and K.dot.order == 1
    assert hash(K) == hash(operator("K", at_least=1, changes=Changes.BY_JUMPS))


def test_an_abbreviation_is_printed_by_its_name_and_means_its_body() -> None:
    L = let("L", norm2(u) / 2)
    assert isinstance(L, Named) and str(2 * L <= L) == "2 L <= L"
    assert exactly({"u": (Fraction(2), Fraction(4))}).scalar(2 * L) == 20


def test_factors_and_dependence() -> None:
    i = scalar("i")
    a = scalar("a", index=i)
    w = vector("w", index=i)
    assert [str(part == 0) for part in factors_of(let("p", x * (2 * y)))] == ["x = 0", "2 = 0", "y = 0"]
    assert depends(a, i) and depends(inner(w, u), i) and not depends(x * y, i)
    outside, rest = total(x * a * 2, i, 3).factored()  # type: ignore[attr-defined]
    assert [str(part == 0) for part in outside] == ["x = 0", "2 = 0"] and str(rest == 0) == "sum_(i<=3) a = 0"
    assert str(total(x * 2, i, 3).factored()[1].body == 0) == "1 = 0"  # type: ignore[attr-defined]


def test_dependence_through_a_moment() -> None:
    s = scalar("s")
    D, K = path("D"), operator("K", changes=Changes.BY_JUMPS)
    assert depends(norm2(proofcheck.at(D, s)), s) and not depends(norm2(D), s)
    assert depends(inner(proofcheck.at(K(u), s), u), s)


def test_walking_meets_every_part_outside_in() -> None:
    assert [type(part).__name__ for part in walk(2 * sqrt(x))] == ["Multiply", "Constant", "Call", "Symbol"]


@pytest.mark.parametrize(
    "name", ["__import__('os')", "", "1x", "x;y", "a b", "x" * 60, "lambda:0", "α", "x'", "_x", "x\n"]
)
@pytest.mark.parametrize("make", [scalar, vector, path, scalar_path, operator, lambda name: let(name, x)])
def test_a_name_is_a_name(name: str, make: object) -> None:
    with pytest.raises(ValueError, match="not a name"):
        make(name)  # type: ignore[operator]


def test_bounds_are_exact_and_kept() -> None:
    assert scalar("b", at_least=Fraction(1, 2), below=3).bounds == ((">=", Fraction(1, 2)), ("<", Fraction(3)))
    assert scalar("b", positive=True, at_most=1).bounds == ((">", Fraction(0)), ("<=", Fraction(1)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("alpha", r"\alpha"),
        ("x", "x"),
        ("lambda_0", r"\lambda_{0}"),
        ("L_hat", r"\hat{L}"),
        ("H_ref", r"H_{\mathrm{ref}}"),
        ("loss", r"\mathrm{loss}"),
        ("Delta_12", r"\Delta_{12}"),
        ("w_r", "w_{r}"),
    ],
)
def test_the_usual_latex_of_a_name(name: str, expected: str) -> None:
    assert latex_of(name) == expected


def test_public_names_are_there_and_explicit() -> None:
    assert all(hasattr(proofcheck, name) for name in proofcheck.__all__)
    assert dir(proofcheck) == proofcheck.__all__ == sorted(proofcheck.__all__)
    with pytest.raises(AttributeError, match="no public name 'sclar'"):
        proofcheck.sclar  # noqa: B018


def test_the_kernel_reads_no_python_from_a_name() -> None:
    from proofcheck.kernel.reading import Malformed

    with pytest.raises(Malformed):
        terms.decode_term(["variable", "__import__('os')"])


@given(rational_expressions, st.data())
def test_writing_alike_is_an_equivalence(expression: object, data: st.DataObject) -> None:
    other = data.draw(rational_expressions)
    assert same(expression, expression) and same(expression, other) == same(other, expression)
    assert hash(expression) == hash(expression)
    if same(expression, other):
        assert hash(expression) == hash(other)


def test_undefined_is_undefined() -> None:
    with pytest.raises(Undefined):
        exactly({"x": Fraction(0)}).scalar(0 / x)
