"""Expressions as functions of a state, in floats: what does not move is computed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from operator import mul
from typing import Any

from proofcheck.language.expressions import (
    Add,
    Applied,
    Call,
    Expression,
    Inner,
    Multiply,
    Named,
    Path,
    Power,
    ScalarPath,
    Scaled,
    Symbol,
    VectorSum,
    same,
    walk,
)

from .evaluating import Undefined

#: The time, the state by name and derivative, and the number of the piece -> a value.
Moving = Callable[[float, Mapping[tuple[str, int], Any], int], Any]
Matrices = Callable[[Any, int], Any]


def compiled(
    expression: Expression,
    time: Symbol,
    constant: Callable[[Expression], Any],
    matrix: Matrices,
    functions: Mapping[str, Callable[..., float]],
) -> Moving:
    """The expression as a function; `constant` gives the values of its parts that do not move. Raises `Undefined`.

    >>> from proofcheck import scalar, scalar_path
    >>> t, x = scalar("t"), scalar_path("x")
    >>> compiled(t * x + 1, t, lambda part: 1.0, lambda operator, piece: (), {})(3.0, {("x", 0): 2.0}, 0)
    7.0
    """

    def moving(part: Expression) -> Moving:
        if not _moves(part, time):
            value = constant(part)
            return lambda now, state, piece: value
        match part:
            case Symbol():
                return lambda now, state, piece: now
            case Path() | ScalarPath():
                key = (part.name, part.order)
                return lambda now, state, piece: state[key]
            case Named(_, _, body):
                return moving(body)
            case Add(parts):
                terms = tuple(map(moving, parts))
                return lambda now, state, piece: sum([term(now, state, piece) for term in terms])
            case Multiply(parts):
                factors = tuple(map(moving, parts))
                return lambda now, state, piece: prod([factor(now, state, piece) for factor in factors])
            case Power(base, exponent):
                below = moving(base)
                return lambda now, state, piece: below(now, state, piece) ** exponent
            case Call(name, parts) if name in functions:
                function, arguments = functions[name], tuple(map(moving, parts))
                return lambda now, state, piece: function(*[each(now, state, piece) for each in arguments])
            case Inner(left, right):
                one, other = moving(left), moving(right)
                return lambda now, state, piece: sum(map(mul, one(now, state, piece), other(now, state, piece)))
            case Scaled(factor, vector):
                scale, inside = moving(factor), moving(vector)
                return lambda now, state, piece: _scaled(scale(now, state, piece), inside(now, state, piece))
            case VectorSum(parts):
                vectors = tuple(map(moving, parts))
                return lambda now, state, piece: [
                    sum(column) for column in zip(*[each(now, state, piece) for each in vectors], strict=True)
                ]
            case Applied(operator, vector):
                image = moving(vector)
                return lambda now, state, piece: _image(matrix(operator, piece), image(now, state, piece))
            case _:
                raise Undefined(f"{type(part).__name__} has no value in floats")

    return moving(expression)


def _scaled(factor: float, vector: Any) -> list[float]:
    return [factor * part for part in vector]


def _image(rows: Any, vector: Any) -> list[float]:
    return [sum(map(mul, row, vector)) for row in rows]


def _moves(expression: Expression, time: Symbol) -> bool:
    return any(
        isinstance(part, Applied)
        or (isinstance(part, Path | ScalarPath) and part.moment is None)
        or (isinstance(part, Symbol) and same(part, time))
        for part in walk(expression)
    )
