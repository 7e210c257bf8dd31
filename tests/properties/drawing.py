"""Random values for everything that relations name: parameters in their domains, vectors, operators in their bounds.

An operator is Q diag(d) Q with a rational reflection Q, so that its bounds hold exactly and no two operators commute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from proofcheck.language.expressions import (
    Applied,
    Changes,
    Expression,
    Fixed,
    Operator,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Symbol,
    Total,
    VectorEquation,
    walk,
)
from proofcheck.language.printing import text

from ..language.evaluating import CLOSE, Point, Undefined, exactly

Draw = Callable[[Fraction, Fraction], Fraction]
_WIDEST = Fraction(3)


def sides(relations: Iterable[Relation | VectorEquation]) -> list[Expression]:
    return [
        side for relation in relations for part in (relation, *relation.hypotheses) for side in (part.left, part.right)
    ]


def parts(expressions: Iterable[Expression]) -> list[object]:
    """Every part, those inside operators' bounds and moments included."""
    found: list[object] = []
    for expression in expressions:
        for part in walk(expression):
            found.append(part)
            inside: list[Scalar | None] = [getattr(part, "moment", None)]
            if isinstance(part, Applied):
                operator = part.operator
                inside += [operator.at_least, operator.at_most, operator.norm, operator.moment]
            found += parts(each for each in inside if each is not None)
    return found


def is_pointwise(relation: Relation) -> bool:
    """Whether the relation has no sums, integrals, indices, premises or moving operators' derivatives."""
    return not relation.uses and not any(
        isinstance(part, Total)
        or getattr(part, "index", None) is not None
        or (isinstance(part, Applied) and part.operator.order > 0)
        for part in parts(sides([relation]))
    )


def values_for(relations: Iterable[Relation | VectorEquation], dimension: int, draw: Draw) -> dict[object, Any]:
    """Exact values for every name, drawn one by one; the draw is asked for a number between two."""
    everything = parts(sides(relations))
    values: dict[object, Any] = {}
    for part in everything:
        if isinstance(part, Symbol) and part.name not in values:
            values[part.name] = _within(part, draw)
    for part in everything:
        match part:
            case Fixed(name) if name not in values:
                values[name] = _vector(dimension, draw)
            case Path(name, _, order, moment) | ScalarPath(name, _, order, moment):
                key = (name, order, None if moment is None else text(moment))
                if key not in values:
                    values[key] = _vector(dimension, draw) if isinstance(part, Path) else draw(-_WIDEST, _WIDEST)
    for part in everything:
        if isinstance(part, Applied):
            _draw_operator(part.operator, values, dimension, draw)
    return values


def _draw_operator(operator: Operator, values: dict[object, Any], dimension: int, draw: Draw) -> None:
    when = None if operator.moment is None or operator.changes is Changes.NEVER else text(operator.moment)
    key = (operator.name, operator.order, when)
    if key in values:
        return
    if operator.inverse_of is None:
        values[key] = _matrix(operator, exactly(values), dimension, draw)
    else:
        _draw_operator(operator.inverse_of, values, dimension, draw)
        values[key] = _inverse(values[operator.inverse_of.name, operator.order, when])


def _inverse(matrix: tuple[tuple[Fraction, ...], ...]) -> tuple[tuple[Fraction, ...], ...]:
    """By Gauss and Jordan; the leading minors of a positive matrix are positive."""
    size = len(matrix)
    rows = [[*row, *(Fraction(place == other) for other in range(size))] for place, row in enumerate(matrix)]
    for pivot in range(size):
        if rows[pivot][pivot] <= 0:
            raise Undefined("the operator is not positive")
        rows[pivot] = [value / rows[pivot][pivot] for value in rows[pivot]]
        for other in range(size):
            if other != pivot:
                factor = rows[other][pivot]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[pivot], strict=True)]
    return tuple(tuple(row[size:]) for row in rows)


def _within(symbol: Symbol, draw: Draw) -> Fraction:
    lowest, highest = None, None
    for sign, bound in symbol.bounds:
        if sign in (">", ">="):
            lowest = bound + Fraction(sign == ">", 8)
        else:
            highest = bound - Fraction(sign == "<", 8)
    if lowest is None:
        lowest = -_WIDEST if highest is None else highest - _WIDEST
    return draw(lowest, lowest + _WIDEST if highest is None else highest)


def _vector(dimension: int, draw: Draw) -> tuple[Fraction, ...]:
    return tuple(draw(-_WIDEST, _WIDEST) for _ in range(dimension))


def _matrix(operator: Operator, where: Point, dimension: int, draw: Draw) -> tuple[tuple[Fraction, ...], ...]:
    low = None if operator.at_least is None else where.scalar(operator.at_least)
    high = None if operator.at_most is None else where.scalar(operator.at_most)
    if operator.norm is not None:
        size = where.scalar(operator.norm)
        low = -size if low is None else max(low, -size)
        high = size if high is None else min(high, size)
    if low is None:
        low = -_WIDEST if high is None else high - _WIDEST
    high = low + _WIDEST if high is None else high
    if low > high:
        raise Undefined("no such operator")
    spectrum = [draw(low, high) for _ in range(dimension)]
    mirror = [draw(-_WIDEST, _WIDEST) for _ in range(dimension)]
    length = sum(part**2 for part in mirror)
    Q = [
        [Fraction(i == j) - (2 * mirror[i] * mirror[j] / length if length else 0) for j in range(dimension)]
        for i in range(dimension)
    ]
    return tuple(
        tuple(sum((Q[i][k] * spectrum[k] * Q[k][j] for k in range(dimension)), Fraction(0)) for j in range(dimension))
        for i in range(dimension)
    )


def in_digits(values: dict[object, Any]) -> Point:
    """The same point, to sixty digits, with all functions."""
    from ..language.evaluating import DIGITS

    def digits(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(digits, value))
        return DIGITS.mpf(value.numerator) / value.denominator

    return Point({name: digits(value) for name, value in values.items()}, CLOSE, digits)
