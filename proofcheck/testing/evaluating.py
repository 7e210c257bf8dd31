"""The value of an expression at a point, computed a second time: exactly over the rationals, in balls, or in digits.

Vectors are tuples, operators are matrices. A path is given by its name, derivative and moment, `("Delta", 1, "0")`;
what has an index by its name and the index: `("x", 2)` in a sum's second term, `("x", "i")` where nothing binds it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import isqrt
from typing import Any

import mpmath
from flint import arb, fmpq
from flint import ctx as flint_context

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
    VectorEquation,
    VectorSum,
)
from proofcheck.language.printing import text

Values = Mapping[Any, Any]
DIGITS = mpmath.MPContext()
DIGITS.dps = 60
BITS = 400


class Undefined(ArithmeticError):
    """The expression has no value there, or none that the arithmetic at hand can hold."""


def exact_root(value: Fraction) -> Fraction:
    """The root of a rational square. Raises `Undefined`."""
    if value < 0:
        raise Undefined("a root of a negative number")
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    if root**2 != value:
        raise Undefined("an irrational root")
    return root


def _positive(function: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(base: Any, *rest: Any) -> Any:
        if not base > 0:
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


Matrix = tuple[tuple[Any, ...], ...]


def _monotone(function: Callable[[arb], arb], low: int, high: int | None = None) -> Callable[[arb], arb]:
    """The function of a ball, of which what lies outside the function's domain is rounding."""

    def guarded(ball: arb) -> arb:
        if ball < low or (high is not None and ball > high):
            raise Undefined("outside the domain")
        if ball >= low and (high is None or ball <= high):
            return function(ball)
        least, greatest = ball.lower().max(arb(low)), ball.upper()
        return function(least).union(function(greatest if high is None else greatest.min(arb(high))))

    return guarded


BALLS: Mapping[str, Callable[..., Any]] = {
    "sqrt": _monotone(arb.sqrt, 0),
    "exp": arb.exp,
    "log": _positive(arb.log),
    "power": _positive(arb.__pow__),
    "sin": arb.sin,
    "cos": arb.cos,
    "arccos": _monotone(arb.acos, -1, 1),
    "pi": arb.pi,
}


@dataclass(frozen=True)
class Point:
    """Values of names, and the arithmetic; inside a sum also the values of its index."""

    values: Values
    functions: Mapping[str, Callable[..., Any]]
    number: Callable[[Fraction], Any]
    indices: Mapping[str, int] = field(default_factory=dict)

    def scalar(self, expression: Scalar) -> Any:
        """The value of a scalar. Raises `Undefined`."""
        match expression:
            case Constant(value):
                return self.number(value)
            case Symbol(name) if name in self.indices:
                return self.number(Fraction(self.indices[name]))
            case Symbol() | ScalarPath():
                return self.values[key_of(expression, self.indices)]
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
                return self._product(self.vector(left), self.vector(right))
            case Total("sum", body, over, _, upper):
                rows = range(1, _whole(self.scalar(upper)) + 1)
                parts = tuple(replace(self, indices={**self.indices, over.name: row}).scalar(body) for row in rows)
                return sum(parts, self.number(Fraction(0)))
            case _:
                raise Undefined(f"{text(expression)} has no value in this arithmetic")

    def vector(self, vector: Vector) -> tuple[Any, ...]:
        """The coordinates of a vector. Raises `Undefined`."""
        match vector:
            case Fixed() | Path():
                return tuple(self.values[key_of(vector, self.indices)])
            case VectorSum(parts):
                return tuple(map(sum, zip(*map(self.vector, parts), strict=True)))
            case Scaled(factor, inside):
                scale = self.scalar(factor)
                return tuple(scale * part for part in self.vector(inside))
            case Applied(operator, inside):
                image = self.vector(inside)
                return tuple(self._product(row, image) for row in self._matrix(operator))
            case _:
                raise Undefined(type(vector).__name__)

    def holds(self, relation: Relation | VectorEquation) -> bool:
        """Whether the relation, or the equation between vectors, holds as it stands. Raises `Undefined`."""
        if isinstance(relation, VectorEquation):
            return self.vector(relation.left) == self.vector(relation.right)
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

    def _product(self, left: Sequence[Any], right: Sequence[Any]) -> Any:
        return sum((a * b for a, b in zip(left, right, strict=True)), self.number(Fraction(0)))

    def _matrix(self, operator: Operator) -> Matrix:
        if operator.inverse_of is not None:
            return inverse(self._matrix(operator.inverse_of))
        matrix: Matrix = self.values[key_of(operator, self.indices)]
        return matrix


def key_of(part: Symbol | ScalarPath | Path | Fixed | Operator, indices: Mapping[str, int]) -> Any:
    """Under which key the value of a name is given.

    >>> from proofcheck import at, path, scalar
    >>> key_of(scalar("x"), {}), key_of(path("Delta").dot, {})
    ('x', ('Delta', 1, None))
    """
    moment = getattr(part, "moment", None)
    index = getattr(part, "index", None)
    place = () if index is None else (indices.get(index.name, index.name),)
    if isinstance(part, Path | ScalarPath | Operator):
        return (part.name, part.order, None if moment is None else text(moment), *place)
    return (part.name, *place) if place else part.name


def inverse(matrix: Matrix) -> Matrix:
    """The inverse of a matrix, exactly over the rationals. Raises `Undefined` on a singular one.

    >>> inverse(((Fraction(2), Fraction(0)), (Fraction(0), Fraction(4))))
    ((Fraction(1, 2), Fraction(0, 1)), (Fraction(0, 1), Fraction(1, 4)))
    """
    size = len(matrix)
    zero = matrix[0][0] * 0
    rows = [[*row, *(zero + (place == column) for column in range(size))] for place, row in enumerate(matrix)]
    for place in range(size):
        pivot = max(range(place, size), key=lambda row: abs(rows[row][place]))
        if rows[pivot][place] == 0:
            raise Undefined("a singular operator has no inverse")
        rows[place], rows[pivot] = rows[pivot], rows[place]
        rows[place] = [part / rows[place][place] for part in rows[place]]
        for other in range(size):
            if other != place:
                factor = rows[other][place]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[place], strict=True)]
    return tuple(tuple(row[size:]) for row in rows)


def exactly(values: Values) -> Point:
    """The point in rational arithmetic."""
    return Point(values, EXACT, lambda value: value)


def closely(values: Values) -> Point:
    """The point to sixty digits, with all functions."""
    return Point({name: _digits(value) for name, value in values.items()}, CLOSE, _digits)


def holds(relation: Relation | VectorEquation, values: Values) -> bool:
    """Whether a relation holds: exactly; where rational arithmetic cannot tell, unless balls show that it fails.

    Raises `Undefined` where a side has no value.

    >>> from proofcheck import scalar, sqrt
    >>> x = scalar("x")
    >>> holds(sqrt(x) ** 2 == x, {"x": Fraction(2)}), holds(x < 2, {"x": Fraction(2)})
    (True, False)
    """
    if not any(map(_is_ball, values.values())):
        exact = _exact_answer(relation, values)
        if exact is not None:
            return exact
    with flint_context.workprec(BITS):
        where = Point({name: in_balls(value) for name, value in values.items()}, BALLS, in_balls)
        if isinstance(relation, VectorEquation):
            pairs = list(zip(where.vector(relation.left), where.vector(relation.right), strict=True))
        else:
            pairs = [(where.scalar(relation.left), where.scalar(relation.right))]
        if not all(side.is_finite() for pair in pairs for side in pair):
            raise Undefined("not a number, as far as balls can tell")
        sign = "=" if isinstance(relation, VectorEquation) else relation.sign
        return not any(_surely_fails(left, sign, right) for left, right in pairs)


def _exact_answer(relation: Relation | VectorEquation, values: Values) -> bool | None:
    try:
        return exactly(values).holds(relation)
    except Undefined:
        return None


def _surely_fails(left: arb, sign: str, right: arb) -> bool:
    match sign:
        case "=":
            return bool(left < right or left > right)
        case "!=":
            return bool(left == right)
        case "<":
            return bool(left >= right)
        case "<=":
            return bool(left > right)
        case ">":
            return bool(left <= right)
        case _:
            return bool(left < right)


def _whole(number: Any) -> int:
    if isinstance(number, arb):
        number = number.unique_fmpz()
    if number is None or number != int(number):
        raise Undefined("a sum of a number of terms that is not whole")
    return int(number)


def _is_ball(value: Any) -> bool:
    return any(map(_is_ball, value)) if isinstance(value, tuple) else isinstance(value, arb)


def in_balls(value: Any) -> Any:
    """A number, a vector or a matrix in ball arithmetic."""
    if isinstance(value, tuple):
        return tuple(map(in_balls, value))
    return arb(fmpq(value.numerator, value.denominator)) if isinstance(value, int | Fraction) else value


def _digits(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_digits, value))
    return DIGITS.mpf(value.numerator) / value.denominator if isinstance(value, int | Fraction) else value


def near(left: Any, right: Any) -> bool:
    """Whether two numbers agree to thirty digits."""
    return bool(abs(left - right) <= DIGITS.mpf(10) ** -30 * (1 + abs(left) + abs(right)))
