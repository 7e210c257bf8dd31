"""Rational functions, and linear equations over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq_mpoly


@dataclass(frozen=True, slots=True)
class Ratio:
    """`above / below`, in lowest terms where `ratio` made it."""

    above: fmpq_mpoly
    below: fmpq_mpoly

    def __bool__(self) -> bool:
        return not self.above.is_zero()

    def __add__(self, other: Ratio) -> Ratio:
        return ratio(self.above * other.below + other.above * self.below, self.below * other.below)

    def __sub__(self, other: Ratio) -> Ratio:
        return ratio(self.above * other.below - other.above * self.below, self.below * other.below)

    def __mul__(self, other: Ratio) -> Ratio:
        return ratio(self.above * other.above, self.below * other.below)

    def times(self, number: int) -> Ratio:
        """The product with a number that is not zero."""
        return Ratio(self.above * number, self.below)

    def __truediv__(self, other: Ratio) -> Ratio:
        return ratio(self.above * other.below, self.below * other.above)


def ratio(above: fmpq_mpoly, below: fmpq_mpoly) -> Ratio:
    """The quotient in lowest terms. Raises `ZeroDivisionError`.

    >>> from flint import Ordering, fmpq_mpoly_ctx
    >>> (x,) = fmpq_mpoly_ctx.get(["x"], Ordering.lex).gens()
    >>> ratio(2 * x**2, 2 * x) == ratio(x, x**0)
    True
    """
    if below.is_zero():
        raise ZeroDivisionError("a quotient by zero")
    common = above.gcd(below)
    leading = (below / common).leading_coefficient()
    return Ratio(above / common / leading, below / common / leading)


Matrix = list[list[Ratio]]


def echelon(rows: Sequence[Sequence[Ratio]]) -> tuple[Matrix, list[int]]:
    """The reduced rows that do not vanish, and the columns of their leading ones."""
    left = [list(row) for row in rows]
    found: Matrix = []
    pivots: list[int] = []
    for column in range(len(left[0]) if left else 0):
        leading = next((row for row in left if row[column]), None)
        if leading is None:
            continue
        left.remove(leading)
        row = [entry / leading[column] for entry in leading]
        left = [_without(other, row, column) for other in left]
        found = [*(_without(other, row, column) for other in found), row]
        pivots.append(column)
    return found, pivots


def _without(row: list[Ratio], pivot: list[Ratio], column: int) -> list[Ratio]:
    factor = row[column]
    return [entry - factor * other for entry, other in zip(row, pivot, strict=True)] if factor else row


def less(matrix: Matrix, multipliers: Sequence[Ratio], others: Sequence[Matrix]) -> Matrix:
    """The matrix less the others times multipliers."""
    for multiplier, other in zip(multipliers, others, strict=True):
        if multiplier:
            matrix = [
                [a - multiplier * b for a, b in zip(*rows, strict=True)] for rows in zip(matrix, other, strict=True)
            ]
    return matrix
