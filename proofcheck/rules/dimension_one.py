"""Expressions in dimension one, where a vector is a number and an operator is multiplication by a number."""

from __future__ import annotations

from collections.abc import Callable

from proofcheck.language.expressions import (
    Add,
    Applied,
    Expression,
    Fixed,
    Inner,
    Multiply,
    Operator,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Scaled,
    Symbol,
    Total,
    Vector,
    VectorEquation,
    VectorSum,
    number,
)
from proofcheck.language.transform import derivative, rebuild

ValueOf = Callable[[Path | Fixed | ScalarPath], Scalar]
StrengthOf = Callable[[Operator], Scalar]


def in_dimension_one(expression: Scalar | Vector, value_of: ValueOf, strength_of: StrengthOf) -> Scalar:
    """A scalar or a vector with numbers for the paths, the vectors and the operators that occur in it.

    Raises `ValueError` on a sum or an integral, and what the two functions raise.
    """

    def number_of(vector: Vector) -> Scalar:
        match vector:
            case Path() | Fixed():
                return value_of(vector)
            case VectorSum(parts):
                return Add(tuple(map(number_of, parts)))
            case Scaled(factor, inside):
                return Multiply((scalar_of(factor), number_of(inside)))
            case Applied(operator, inside):
                return Multiply((strength_of(operator), number_of(inside)))
            case _:
                raise TypeError(f"no value of {type(vector).__name__}")

    def change(part: Expression) -> Expression | None:
        match part:
            case Inner(left, right):
                return Multiply((number_of(left), number_of(right)))
            case ScalarPath():
                return value_of(part)
            case Total():
                raise ValueError("sums and integrals have no value along a motion")
            case _:
                return None

    def scalar_of(part: Scalar) -> Scalar:
        return rebuild(part, change, lambda operator: operator)

    return number_of(expression) if isinstance(expression, Vector) else scalar_of(expression)


def as_relation(stated: Relation | VectorEquation) -> Relation:
    """A relation between scalars; an equation between vectors says that their difference has the square 0."""
    if isinstance(stated, Relation):
        return stated
    gap = stated.left - stated.right
    return Relation(Inner(gap, gap), "=", number(0))


def repeated(form: Scalar, time: Symbol, order: int) -> Scalar:
    """A derivative of higher order of a closed form."""
    for _ in range(order):
        form = derivative(form, time)
    return form
