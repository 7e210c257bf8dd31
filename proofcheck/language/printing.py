"""Expressions as text for a terminal and as LaTeX for a paper, as they were written, less what plainly vanishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from .expressions import (
    Add,
    Applied,
    Call,
    Constant,
    Expression,
    Fixed,
    Inner,
    Multiply,
    Named,
    Operator,
    Path,
    Power,
    Relation,
    Scalar,
    ScalarPath,
    Scaled,
    Symbol,
    Total,
    VectorEquation,
    VectorSum,
    depends,
    number,
    same,
)
from .vanishing import is_one, is_zero

_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class _Piece:
    written: str
    binding: int
    negative: bool = False


def text(expression: object) -> str:
    """The expression as plain text.

    >>> from proofcheck import scalar
    >>> alpha = scalar("alpha")
    >>> text(-alpha / 2 * (alpha + 1))
    '-alpha (alpha + 1)/2'
    """
    return _Printer(tex=False).top(expression)


def latex(expression: object) -> str:
    r"""The expression as LaTeX, without delimiters.

    >>> from proofcheck import scalar
    >>> alpha = scalar("alpha")
    >>> print(latex(alpha**2 / 2))
    \frac{\alpha^{2}}{2}
    """
    return _Printer(tex=True).top(expression)


class _Printer:
    def __init__(self, *, tex: bool) -> None:
        self.tex = tex

    def top(self, expression: object) -> str:
        match expression:
            case Relation(left, sign, right, hypotheses):
                signs = {"<=": r"\le", ">=": r"\ge", "!=": r"\ne"}
                shown = signs.get(sign, sign) if self.tex else sign
                body = f"{self.top(left)} {shown} {self.top(right)}"
                if expression.for_all is not None:
                    name = expression.for_all
                    body += rf"\;\text{{for all }}{name.latex}" if self.tex else f" for all {name.name}"
                return self.conditional(body, hypotheses)
            case VectorEquation(left, right, hypotheses):
                return self.conditional(f"{self.top(left)} = {self.top(right)}", hypotheses)
            case _:
                piece = self.piece(expression)
                return f"-{piece.written}" if piece.negative else piece.written

    def conditional(self, body: str, hypotheses: Sequence[object]) -> str:
        if not hypotheses:
            return body
        listed = ", ".join(map(self.top, hypotheses))
        return rf"{body} \quad\text{{given}}\quad {listed}" if self.tex else f"{body}  given  {listed}"

    def piece(self, expression: object) -> _Piece:
        match expression:
            case Constant(value):
                return self.constant(value)
            case _ if is_zero(expression) or is_one(expression):
                return _Piece("0" if is_zero(expression) else "1", _ATOM)
            case Power(base, 1):
                return self.piece(base)
            case Symbol(name, shown) | Fixed(name, shown) | Named(name, shown):
                return _Piece(shown if self.tex else name, _ATOM)
            case Path() | ScalarPath():
                return self.path(expression)
            case Add(parts) | VectorSum(parts):
                return self.sum(parts)
            case Multiply(parts):
                return self.product(parts)
            case Scaled(factor, vector):
                return self.product((factor, vector))
            case Power(base, exponent) if exponent < 0:
                return self.product((Power(base, exponent),))
            case Power(base, exponent):
                shown = self.at_least(base, _ATOM)
                return _Piece(f"{shown}^{{{exponent}}}" if self.tex else f"{shown}^{exponent}", _POWER)
            case Call(function, parts):
                return self.call(function, parts)
            case Inner(left, right):
                return self.inner(left, right)
            case Applied(operator, vector):
                space = r"\, " if self.tex else " "
                return _Piece(f"{self.operator(operator)}{space}{self.at_least(vector, _ATOM)}", _PRODUCT)
            case Total(kind, body, over, lower, upper):
                return self.total(kind, body, over, lower, upper)
            case _:
                raise TypeError(f"not an expression: {type(expression).__name__}")

    def at_least(self, expression: object, binding: int) -> str:
        piece = self.piece(expression)
        if piece.negative:
            return self.group(f"-{piece.written}")
        return piece.written if piece.binding >= binding else self.group(piece.written)

    def group(self, inside: str) -> str:
        return rf"\left({inside}\right)" if self.tex else f"({inside})"

    def constant(self, value: Fraction) -> _Piece:
        size = abs(value)
        if size.denominator == 1:
            return _Piece(str(size), _ATOM, value < 0)
        if self.tex:
            return _Piece(rf"\frac{{{size.numerator}}}{{{size.denominator}}}", _POWER, value < 0)
        return _Piece(str(size), _PRODUCT, value < 0)

    def sum(self, parts: Sequence[object]) -> _Piece:
        flat = [part for part in _flattened(parts) if not is_zero(part)]
        if len(flat) == 1:
            return self.piece(flat[0])
        written = ""
        for part in flat:
            piece = self.piece(part)
            shown = piece.written if piece.binding > _SUM else self.group(piece.written)
            if not written:
                written = f"-{shown}" if piece.negative else shown
            else:
                written += f" - {shown}" if piece.negative else f" + {shown}"
        return _Piece(written or "0", _SUM)

    def product(self, parts: Sequence[object]) -> _Piece:
        above: list[object] = []
        below: list[object] = []
        negative = False
        for part in _factors(parts):
            match part:
                case Constant(value) if value == -1:
                    negative = not negative
                case Power(Constant(value), exponent) if value < 0 and exponent < 0 and exponent % 2:
                    negative = not negative
                    below.append(Constant(-value) if exponent == -1 else Power(Constant(-value), -exponent))
                case Constant(value) if value < 0:
                    negative = not negative
                    above.append(Constant(-value))
                case Power(base, exponent) if exponent < 0:
                    below.append(base if exponent == -1 else Power(base, -exponent))
                case _:
                    above.append(part)
        above.sort(key=lambda factor: not isinstance(factor, Constant))
        below.sort(key=lambda factor: not isinstance(factor, Constant))
        top = self.juxtaposed(above, below)
        if not below:
            single = self.piece(above[0]) if len(above) == 1 else None
            if single is not None and not single.negative:
                if negative and single.binding == _SUM:
                    return _Piece(self.group(single.written), _ATOM, negative)
                return _Piece(single.written, single.binding, negative)
            return _Piece(top, _PRODUCT, negative)
        if self.tex:
            return _Piece(rf"\frac{{{top}}}{{{self.juxtaposed(below)}}}", _POWER, negative)
        bottom = self.at_least(below[0], _POWER) if len(below) == 1 else self.group(self.juxtaposed(below))
        return _Piece(f"{top}/{bottom}", _PRODUCT, negative)

    def juxtaposed(self, factors: Sequence[object], beside: Sequence[object] = ()) -> str:
        if not factors:
            return "1"
        if len(factors) == 1:
            piece = self.piece(factors[0])
            loose = piece.negative or (piece.binding == _SUM and not self.tex) or _reaches(factors[0], beside)
            return self.group(("-" if piece.negative else "") + piece.written) if loose else piece.written
        shown = [self.at_least(part, _ATOM if _reaches(part, (*factors, *beside)) else _PRODUCT) for part in factors]
        joined = shown[0]
        for before, part in pairwise(shown):
            digits = before[-1:].isdigit() and part[:1].isdigit()
            joined += (r" \cdot " if self.tex else "*") + part if digits else (r"\, " if self.tex else " ") + part
        return joined

    def path(self, path: Path | ScalarPath) -> _Piece:
        moment = "" if path.moment is None else f"({self.top(path.moment)})"
        if not self.tex:
            return _Piece(path.name + "'" * path.order + moment, _ATOM)
        dots = {0: "", 1: r"\dot", 2: r"\ddot", 3: r"\dddot"}.get(path.order)
        shown = (
            f"{path.latex}^{{({path.order})}}" if dots is None else f"{dots}{{{path.latex}}}" if dots else path.latex
        )
        return _Piece(shown + moment, _ATOM)

    def operator(self, operator: Operator) -> str:
        moment = "" if operator.moment is None else f"({self.top(operator.moment)})"
        if not self.tex:
            return operator.name + "'" * operator.order + moment
        return (rf"\dot{{{operator.latex}}}" if operator.order else operator.latex) + moment

    def inner(self, left: object, right: object) -> _Piece:
        if same(left, right):
            inside = self.top(left)
            return _Piece(rf"\left\|{inside}\right\|^{{2}}" if self.tex else f"|{inside}|^2", _POWER)
        pair = f"{self.top(left)}, {self.top(right)}"
        return _Piece(rf"\left\langle {pair} \right\rangle" if self.tex else f"<{pair}>", _ATOM)

    def call(self, function: str, arguments: Sequence[Scalar]) -> _Piece:
        match function, arguments:
            case "pi", ():
                return _Piece(r"\pi" if self.tex else "pi", _ATOM)
            case "sqrt", (Inner(left, right),) if same(left, right):
                inside = self.top(left)
                return _Piece(rf"\left\|{inside}\right\|" if self.tex else f"|{inside}|", _ATOM)
            case "sqrt", (Power(base, 2),):
                inside = self.top(base)
                return _Piece(rf"\left|{inside}\right|" if self.tex else f"|{inside}|", _ATOM)
            case "sqrt", (argument,) if self.tex:
                return _Piece(rf"\sqrt{{{self.top(argument)}}}", _ATOM)
            case "exp", (argument,) if self.tex:
                return _Piece(f"e^{{{self.top(argument)}}}", _POWER)
            case "power", (base, exponent):
                shown = self.at_least(base, _ATOM)
                raised = self.top(exponent)
                return _Piece(f"{shown}^{{{raised}}}" if self.tex else f"{shown}^({raised})", _POWER)
            case _:
                listed = ", ".join(map(self.top, arguments))
                return _Piece(rf"\{function}{self.group(listed)}" if self.tex else f"{function}({listed})", _ATOM)

    def total(self, kind: str, body: object, over: Symbol, lower: object, upper: object) -> _Piece:
        ends = self.top(lower), self.top(upper)
        if kind == "sum":
            inside = self.at_least(body, _PRODUCT)
            index = over.latex if self.tex else over.name
            if self.tex:
                return _Piece(rf"\sum_{{{index}=1}}^{{{ends[1]}}} {inside}", _PRODUCT)
            return _Piece(f"sum_({index}<={ends[1]}) {inside}", _PRODUCT)
        inside = self.top(body) if self.piece(body).binding > _SUM else self.group(self.top(body))
        if self.tex:
            return _Piece(rf"\int_{{{ends[0]}}}^{{{ends[1]}}} {inside}\, d{over.latex}", _PRODUCT)
        return _Piece(f"int_{ends[0]}^{ends[1]} {inside} d{over.name}", _PRODUCT)


def _flattened(parts: Sequence[object]) -> list[object]:
    """Nested sums, laid out in one line."""
    flat: list[object] = []
    for part in parts:
        match part:
            case Add(inside) | VectorSum(inside):
                flat.extend(_flattened(inside))
            case _:
                flat.append(part)
    return flat


def _factors(parts: Sequence[object]) -> list[object]:
    """Nested products, laid out in one line; a negative power of a product reaches its factors."""
    flat: list[object] = []
    for part in parts:
        match part:
            case Multiply(inside):
                flat.extend(_factors(inside))
            case Scaled(factor, vector):
                flat.extend(_factors((factor, vector)))
            case Power(Multiply(inside), -1) if not any(map(_divides, factors := _factors(inside))):
                flat.extend(_inverse(factor) for factor in factors if isinstance(factor, Scalar))
            case Constant(value) if value.denominator != 1:
                flat.append(number(value.numerator))
                flat.append(Power(number(value.denominator), -1))
            case _:
                flat.append(part)
    return [part for part in flat if not is_one(part)] or flat[:1]


def _divides(factor: object) -> bool:
    """Whether a factor is a quotient, which need not be defined where its inverse is as it would be written."""
    return isinstance(factor, Power) and factor.exponent < 0 and not isinstance(factor.base, Constant)


def _reaches(factor: object, others: Sequence[object]) -> bool:
    """Whether a sum, as it is written, would take another factor for a part of what is summed."""
    if not isinstance(factor, Total) or factor.kind != "sum":
        return False
    taken = (other for other in others if isinstance(other, Expression) and not isinstance(other, Total))
    return any(depends(other, factor.over) for other in taken)


def _inverse(factor: Scalar) -> Scalar:
    return Power(factor.base, -factor.exponent) if isinstance(factor, Power) else Power(factor, -1)
