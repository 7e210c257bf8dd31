"""The kernel's terms as text and LaTeX."""

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofcheck.explaining.printing import show_term
from proofcheck.kernel.terms import Apply, Inner, Power, Product, Rational, Sum, Term, Variable, difference

a, h, x, y = (Variable(name) for name in "ahxy")


def number(numerator: int, denominator: int = 1) -> Rational:
    return Rational(Fraction(numerator, denominator))


@dataclass(frozen=True)
class Printed:
    text: str
    latex: str


NAMES = {"x": Printed("Delta'", r"\dot{\Delta}"), "h": Printed("H", "H")}


@pytest.mark.parametrize(
    ("term", "text", "latex"),
    [
        (Sum(()), "0", "0"),
        (Product(()), "1", "1"),
        (number(-3, 2), "-3/2", r"-\frac{3}{2}"),
        (difference(x, number(0)), "x", "x"),
        (difference(x, y), "x - y", "x - y"),
        (difference(x, difference(y, a)), "x - y + a", "x - y + a"),
        (Product((number(-1), Sum((x, y)))), "-x - y", "-x - y"),
        (Product((number(2), Sum((x, y)))), "2 (x + y)", r"2 \left(x + y\right)"),
        (Product((number(1, 2), x)), "x/2", r"\frac{x}{2}"),
        (Product((x, Power(y, -1))), "x/y", r"\frac{x}{y}"),
        (Product((x, Power(Product((number(2), y)), -1))), "x/(2 y)", r"\frac{x}{2 y}"),
        (Power(Sum((x, y)), -2), "1/(x + y)^2", r"\frac{1}{\left(x + y\right)^{2}}"),
        (Product((Sum((x, y)), Power(a, -1))), "(x + y)/a", r"\frac{x + y}{a}"),
        (Product((a, Sum((x, y)), number(1, 2))), "(a/2) (x + y)", r"\frac{a}{2} \left(x + y\right)"),
        (Product((number(1, 2), Power(Sum((x, y)), 2))), "(x + y)^2/2", r"\frac{\left(x + y\right)^{2}}{2}"),
        (Power(Sum((x, y)), -1), "1/(x + y)", r"\frac{1}{x + y}"),
        (Product((number(-1), Power(x, -1), Power(y, -1))), "-1/(x y)", r"-\frac{1}{x y}"),
        (Power(Product((x, y)), 2), "x^2 y^2", "x^{2} y^{2}"),
        (Power(Power(x, 2), 3), "x^6", "x^{6}"),
        (Inner("u", "u"), "|u|^2", r"\|u\|^{2}"),
        (Power(Inner("u", "u"), 2), "|u|^4", r"\|u\|^{4}"),
        (Inner("u", "v"), "<u, v>", r"\langle u, v\rangle"),
        (Power(Apply("exp", (Product((number(-1), x)),)), 2), "exp(-x)^2", r"\exp\left(-x\right)^{2}"),
        (Apply("power", (x, number(1, 2))), "(x)^(1/2)", r"\left(x\right)^{\frac{1}{2}}"),
        (Product((number(3), Apply("pi", ()))), "3 pi", r"3 \pi"),
        (Power(Apply("sqrt", (x,)), -1), "1/sqrt(x)", r"\frac{1}{\sqrt{x}}"),
        (Sum((x, y, Product((number(2), y)))), "x + 3 y", "x + 3 y"),
        (Sum((Product((x, y)), Product((number(-1), y, x)))), "0", "0"),
        (Power(number(0), -1), "1/(0)", r"\frac{1}{\left(0\right)}"),
        (Variable("lambda_0"), "lambda_0", r"\mathit{lambda\_0}"),
    ],
)
def test_a_term_is_printed_as_one_writes_it(term: Term, text: str, latex: str) -> None:
    shown = show_term(term, {})
    assert (shown.text, shown.latex) == (text, latex)


def test_printed_names_are_used_and_kept_apart_from_powers() -> None:
    shown = show_term(Product((Power(x, 2), h)), NAMES)
    assert (shown.text, shown.latex) == ("(Delta')^2 H", r"\left(\dot{\Delta}\right)^{2} H")


def test_a_huge_power_is_printed_as_a_power() -> None:
    assert show_term(Power(number(10), 10_000), {}).text == "(10)^10000"


TERMS = st.recursive(
    st.sampled_from([a, h, x, y, number(0), number(1), number(-1), number(2), number(-3, 7), Inner("u", "v")]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: Sum(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: Product(tuple(parts))),
        st.tuples(inner, st.integers(-3, 3)).map(lambda pair: Power(*pair)),
        inner.map(lambda part: Apply("exp", (part,))),
    ),
    max_leaves=12,
)


def value(term: Term) -> Fraction:
    values: dict[Term, Fraction] = {a: Fraction(3, 5), h: Fraction(7), x: Fraction(-11, 13), y: Fraction(17, 4)}
    match term:
        case Rational(number):
            return number
        case Sum(parts):
            return sum((value(part) for part in parts), Fraction(0))
        case Product(parts):
            product = Fraction(1)
            for part in parts:
                product *= value(part)
            return product
        case Power(base, exponent):
            return value(base) ** exponent
        case Apply(_, (argument,)):
            return 2 + value(argument) ** 2
        case Inner():
            return Fraction(19, 23)
        case _:
            return values[term]


def reread(text: str) -> Fraction:
    """The value of a printed text, by a reader of its own: sums, rows of factors, fractions, powers."""
    position = 0

    def peek(ahead: int = 0) -> str:
        return text[position + ahead : position + ahead + 1]

    def expect(token: str) -> None:
        nonlocal position
        assert text.startswith(token, position), (text, position, token)
        position += len(token)

    def total() -> Fraction:
        sign = -1 if peek() == "-" else 1
        if sign < 0:
            expect("-")
        result = sign * row()
        while text[position : position + 3] in (" + ", " - "):
            sign = 1 if text[position + 1] == "+" else -1
            expect(text[position : position + 3])
            result += sign * row()
        return result

    def row() -> Fraction:
        result = factor()
        while peek() == "/" or (peek() == " " and peek(1) not in "+-"):
            divides = peek() == "/"
            expect(peek())
            result = result / factor() if divides else result * factor()
        return result

    def factor() -> Fraction:
        nonlocal position
        if peek() == "(":
            expect("(")
            result = total()
            expect(")")
        elif text.startswith("exp(", position):
            expect("exp(")
            result = 2 + total() ** 2
            expect(")")
        elif text.startswith("<u, v>", position):
            expect("<u, v>")
            result = value(Inner("u", "v"))
        elif peek().isdigit():
            start = position
            while peek().isdigit():
                position += 1
            result = Fraction(text[start:position])
        else:
            result = value(Variable(peek()))
            position += 1
        if peek() == "^":
            expect("^")
            start = position
            while peek().isdigit():
                position += 1
            result **= int(text[start:position])
        return result

    result = total()
    assert position == len(text), (text, position)
    return result


@given(TERMS)
def test_what_is_printed_has_the_value_of_the_term(term: Term) -> None:
    try:
        expected = value(term)
    except ZeroDivisionError:
        return
    assert reread(show_term(term, {}).text) == expected
