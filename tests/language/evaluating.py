"""The value of an expression at a point, computed a second time: exactly over the rationals, or to sixty digits.

Vectors are tuples, operators are matrices; a path is given by its name, derivative and moment: `("Delta", 1, "0")`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

import mpmath

from proofcheck.language.expressions import (
    Add,
    Applied,
    Call,
    Constant,
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
    Vector,
    VectorSum,
)
from proofcheck.language.printing import text

Values = Mapping[Any, Any]
DIGITS = mpmath.MPContext()
DIGITS.dps = 60


class Undefined(ArithmeticError):
    """The expression has no value there, or none that the arithmetic at hand can hold."""


def exact_root(value: Fraction) -> Fraction:
    if value < 0:
        raise Undefined("a root of a negative number")
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    if root**2 != value:
        raise Undefined("an irrational root")
    return root


def _positive(function: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(base: Any, *rest: Any) -> Any:
        if base <= 0:
            raise Undefined("not positive")
        return function(base, *rest)

    return guarded


def _root(value: Any) -> Any:
    if value < 0:
        raise Undefined("a root of a negative number")
    return DIGITS.sqrt(value)


def _arccos(value: Any) -> Any:
    if abs(value) > 1:
        raise Undefined("arccos outside [-1, 1]")
    return DIGITS.acos(value)


EXACT: Mapping[str, Callable[..., Any]] = {"sqrt": exact_root}
CLOSE: Mapping[str, Callable[..., Any]] = {
    "sqrt": _root,
    "exp": DIGITS.exp,
    "log": _positive(DIGITS.log),
    "power": _positive(DIGITS.power),
    "sin": DIGITS.sin,
    "cos": DIGITS.cos,
    "arccos": _arccos,
    "pi": lambda: +DIGITS.pi,
}


@dataclass(frozen=True)
class Point:
    """Values of names, and the arithmetic."""

    values: Values
    functions: Mapping[str, Callable[..., Any]]
    number: Callable[[Fraction], Any]

    def scalar(self, expression: Scalar) -> Any:
        match expression:
            case Constant(value):
                return self.number(value)
            case Symbol(name):
                return self.values[name]
            case ScalarPath(name, _, order, moment):
                return self.values[name, order, None if moment is None else text(moment)]
            case Named(_, _, body):
                return self.scalar(body)
            case Add(parts):
                return sum((self.scalar(part) for part in parts), self.number(Fraction(0)))
            case Multiply(parts):
                product = self.number(Fraction(1))
                for part in parts:
                    product *= self.scalar(part)
                return product
            case Power(base, exponent):
                below = self.scalar(base)
                if below == 0 and exponent < 0:
                    raise Undefined("division by zero")
                return below**exponent
            case Call(function, parts) if function in self.functions:
                return self.functions[function](*map(self.scalar, parts))
            case Inner(left, right):
                return sum(
                    (a * b for a, b in zip(self.vector(left), self.vector(right), strict=True)),
                    self.number(Fraction(0)),
                )
            case Total("sum", body, over, _, upper):
                rows = range(1, int(self.scalar(upper)) + 1)
                return sum((self._with(over.name, row).scalar(body) for row in rows), self.number(Fraction(0)))
            case _:
                raise Undefined(f"{text(expression)} has no value in this arithmetic")

    def vector(self, vector: Vector) -> tuple[Any, ...]:
        match vector:
            case Fixed(name):
                return tuple(self.values[name])
            case Path(name, _, order, moment):
                return tuple(self.values[name, order, None if moment is None else text(moment)])
            case VectorSum(parts):
                return tuple(map(sum, zip(*map(self.vector, parts), strict=True)))
            case Scaled(factor, inside):
                scale = self.scalar(factor)
                return tuple(scale * part for part in self.vector(inside))
            case Applied(operator, inside):
                image = self.vector(inside)
                return tuple(sum(a * b for a, b in zip(row, image, strict=True)) for row in self._matrix(operator))
            case _:
                raise Undefined(type(vector).__name__)

    def holds(self, relation: Relation) -> bool:
        left, right = self.scalar(relation.left), self.scalar(relation.right)
        return bool(
            {
                "=": left == right,
                "!=": left != right,
                "<=": left <= right,
                "<": left < right,
                ">=": left >= right,
                ">": left > right,
            }[relation.sign]
        )

    def _matrix(self, operator: Operator) -> Any:
        moment = None if operator.moment is None else text(operator.moment)
        return self.values[operator.name, operator.order, moment]

    def _with(self, name: str, value: int) -> Point:
        return Point({**self.values, name: self.number(Fraction(value))}, self.functions, self.number)


def exactly(values: Values) -> Point:
    return Point(values, EXACT, lambda value: value)


def closely(values: Values) -> Point:
    return Point({name: _digits(value) for name, value in values.items()}, CLOSE, _digits)


def _digits(value: Fraction) -> Any:
    return DIGITS.mpf(value.numerator) / value.denominator


def near(left: Any, right: Any) -> bool:
    return bool(abs(left - right) <= DIGITS.mpf(10) ** -30 * (1 + abs(left) + abs(right)))
