"""Semidefinite feasibility with an exact answer: floats find a solution, rational algebra confirms it.

Unknown are weights `w_j >= 0` and symmetric positive semidefinite matrices; what is asked is that
`sum of w_j * column_j + sum of S[a, b] * entry(a, b)` vanish, with the weights of some columns summing to 1.
(Peyrl and Parrilo, Computing sum of squares decompositions with rational coefficients, 2008.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from flint import fmpq, fmpq_mat, fmpq_mpoly
from numpy.typing import NDArray

from .conic import minimized
from .gradings import orthogonal
from .polynomials import fraction
from .sequent import Deadline

_SUPPORT, _KERNEL, _NEAR = 1e-5, 1e-5, 1e-3
#: So far below zero, relative to the largest entry, no rounding moves an eigenvalue.
_PLAINLY = 1e-9
_DENOMINATORS = (1, 2, 4, 12, 60, 1000, 10**5, 10**8)
_ROUNDS = 4
_LARGEST_SYSTEM = 200_000

Matrix = list[list[Fraction]]
Monomial = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A matrix of unknowns: its entries stand before these polynomials, symmetric in their indices.

    Row i of `basis` says which combination of the original elements index i means.
    """

    entries: tuple[tuple[fmpq_mpoly, ...], ...]
    basis: tuple[tuple[Fraction, ...], ...]

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.entries)


@dataclass(frozen=True, slots=True)
class Problem:
    """Columns with weights, those that are to sum to 1, their costs, and blocks."""

    columns: tuple[fmpq_mpoly, ...]
    strict: tuple[bool, ...]
    costs: tuple[int, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """Exact weights of the columns, and for each block its squares: a weight and a combination of elements."""

    weights: tuple[Fraction, ...]
    squares: tuple[tuple[tuple[Fraction, tuple[Fraction, ...]], ...], ...]


def solve(problem: Problem, deadline: Deadline) -> Solution | None:
    """An exact solution, or None."""
    cheapest = _floats(problem, 1.0, deadline)
    if cheapest is None:
        return None
    weights = cheapest[: len(problem.columns)]
    keep = [bool(weight > _SUPPORT * max(1.0, float(np.max(weights)))) for weight in weights]
    few = Problem(
        tuple(column for column, kept in zip(problem.columns, keep, strict=True) if kept),
        tuple(strict for strict, kept in zip(problem.strict, keep, strict=True) if kept),
        tuple(cost for cost, kept in zip(problem.costs, keep, strict=True) if kept),
        problem.blocks,
    )
    if (found := _on_smaller_faces(few, deadline)) is not None:
        left = iter(found.weights)
        return Solution(tuple(next(left) if kept else Fraction(0) for kept in keep), found.squares)
    return _on_smaller_faces(problem, deadline)


def _on_smaller_faces(problem: Problem, deadline: Deadline) -> Solution | None:
    """Go to the face on which the matrices are definite, then round."""
    for _ in range(_ROUNDS):
        deadline.check()
        floats = _floats(problem, 0.0, deadline)
        if floats is None:
            return None
        if (found := _rounded(problem, floats)) is not None:
            return found
        smaller = tuple(
            _restricted(block, _matrix(part))
            for block, part in zip(problem.blocks, _parts(problem, floats), strict=True)
        )
        if [block.size for block in smaller] == [block.size for block in problem.blocks]:
            return None
        problem = Problem(problem.columns, problem.strict, problem.costs, smaller)
    return None


def _pairs(size: int) -> list[tuple[int, int]]:
    """The places of a symmetric matrix: the upper triangle by columns."""
    return [(row, column) for column in range(size) for row in range(column + 1)]


def _equations(problem: Problem) -> tuple[dict[Monomial, int], list[tuple[int, int, fmpq]]]:
    """The rows by monomial, and the entries of the linear system: row, unknown, coefficient."""
    rows: dict[Monomial, int] = {}
    entries: list[tuple[int, int, fmpq]] = []
    unknowns: list[fmpq_mpoly] = list(problem.columns)
    for block in problem.blocks:
        unknowns += [block.entries[i][j] * (1 if i == j else 2) for i, j in _pairs(block.size)]
    for place, polynomial in enumerate(unknowns):
        for monomial, coefficient in polynomial.to_dict().items():
            entries.append((rows.setdefault(monomial, len(rows)), place, coefficient))
    total = len(rows)
    entries += [(total, place, fmpq(1)) for place, strict in enumerate(problem.strict) if strict]
    return rows, entries


def _floats(problem: Problem, thrift: float, deadline: Deadline) -> NDArray[np.float64] | None:
    """A float solution; the thriftier, the cheaper the columns and the smaller the traces."""
    rows, entries = _equations(problem)
    count = len(problem.columns)
    sizes = [block.size for block in problem.blocks]
    width = count + sum(size * (size + 1) // 2 for size in sizes)
    heights = [row for row, _, _ in entries]
    places = [place for _, place, _ in entries]
    values = [float(fraction(value)) for _, _, value in entries]
    height = len(rows) + 1
    right = [0.0] * len(rows) + [1.0]
    costs = [thrift * cost for cost in problem.costs]
    scales = [1.0] * count
    for size in sizes:
        scales += [1.0 if i == j else float(np.sqrt(2)) for i, j in _pairs(size)]
        costs += [thrift if i == j else 0.0 for i, j in _pairs(size)]
    for place, scale in enumerate(scales):
        heights.append(height + place)
        places.append(place)
        values.append(-scale)
    entries_of_matrix = (values, heights, places)
    return minimized(np.array(costs), entries_of_matrix, right + [0.0] * width, (height, count, sizes), deadline)


def _parts(problem: Problem, floats: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    ends = [len(problem.columns)]
    for block in problem.blocks:
        ends.append(ends[-1] + block.size * (block.size + 1) // 2)
    return [floats[start:end] for start, end in pairwise(ends)]


def _matrix(entries: NDArray[np.float64]) -> NDArray[np.float64]:
    size = int((np.sqrt(8 * len(entries) + 1) - 1) / 2)
    matrix = np.zeros((size, size))
    for (i, j), value in zip(_pairs(size), entries, strict=True):
        matrix[i, j] = matrix[j, i] = value
    return matrix


def _restricted(block: Block, matrix: NDArray[np.float64]) -> Block:
    """The block on the rational complement of the matrix's kernel."""
    if not block.size:
        return block
    values, vectors = np.linalg.eigh(matrix)
    kernel = vectors[:, values < _KERNEL * max(1.0, float(values[-1]))].T
    rational = _rationalised(kernel)
    if rational is None or not rational:
        return block
    exact = fmpq_mat([[fmpq(x.numerator, x.denominator) for x in row] for row in rational])
    rows = orthogonal(exact, block.size)
    entries = tuple(tuple(_bilinear(block, left, right) for right in rows) for left in rows)
    basis = tuple(
        tuple(
            sum((row[i] * block.basis[i][k] for i in range(block.size)), Fraction(0))
            for k in range(len(block.basis[0]))
        )
        for row in rows
    )
    return Block(entries, basis)


def _bilinear(block: Block, left: Sequence[Fraction], right: Sequence[Fraction]) -> fmpq_mpoly:
    total = block.entries[0][0] * 0
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            if a and b:
                total += block.entries[i][j] * fmpq((a * b).numerator, (a * b).denominator)
    return total


def _rationalised(kernel: NDArray[np.float64]) -> Matrix | None:
    """The reduced row echelon form with small rational entries, if it is near one."""
    rows = kernel.copy()
    rank = 0
    for column in range(rows.shape[1]):
        if rank == rows.shape[0]:
            break
        pivot = rank + int(np.argmax(np.abs(rows[rank:, column])))
        if abs(rows[pivot, column]) < _NEAR:
            continue
        rows[[rank, pivot]] = rows[[pivot, rank]]
        rows[rank] /= rows[rank, column]
        for other in range(rows.shape[0]):
            if other != rank:
                rows[other] -= rows[other, column] * rows[rank]
        rank += 1
    exact = [[Fraction(float(value)).limit_denominator(64) for value in row] for row in rows[:rank]]
    near = all(
        abs(float(one) - value) < _NEAR
        for line, row in zip(exact, rows[:rank], strict=True)
        for one, value in zip(line, row, strict=True)
    )
    return exact if near else None


def _rounded(problem: Problem, floats: NDArray[np.float64]) -> Solution | None:
    """An exact solution near the float one: round the free unknowns, solve for the others."""
    rows, entries = _equations(problem)
    width = len(floats)
    if len(rows) * width > _LARGEST_SYSTEM:
        return None
    system = fmpq_mat(len(rows) + 1, width + 1)
    for row, place, value in entries:
        system[row, place] = value
    system[len(rows), width] = 1
    echelon, rank = system.rref()
    leads = [next(place for place in range(width + 1) if echelon[row, place] != 0) for row in range(rank)]
    if width in leads:
        return None
    free = sorted(set(range(width)) - set(leads))
    for denominator in _DENOMINATORS:
        chosen = {place: Fraction(float(floats[place])).limit_denominator(denominator) for place in free}
        values = [chosen.get(place, Fraction(0)) for place in range(width)]
        for row, lead in enumerate(leads):
            values[lead] = fraction(echelon[row, width]) - sum(
                (fraction(echelon[row, place]) * value for place, value in chosen.items() if echelon[row, place] != 0),
                Fraction(0),
            )
        if (found := _accepted(problem, values)) is not None:
            return found
    return None


def _accepted(problem: Problem, values: Sequence[Fraction]) -> Solution | None:
    weights = tuple(values[: len(problem.columns)])
    if any(weight < 0 for weight in weights):
        return None
    start = len(weights)
    squares = []
    for block in problem.blocks:
        matrix: Matrix = [[Fraction(0)] * block.size for _ in range(block.size)]
        for i, j in _pairs(block.size):
            matrix[i][j] = matrix[j][i] = values[start]
            start += 1
        pivots = diagonalised(matrix)
        if pivots is None:
            return None
        squares.append(
            tuple(
                (
                    weight,
                    tuple(
                        sum((vector[i] * block.basis[i][k] for i in range(block.size)), Fraction(0))
                        for k in range(len(block.basis[0]))
                    ),
                )
                for weight, vector in pivots
            )
        )
    return Solution(weights, tuple(squares))


def diagonalised(matrix: Matrix) -> list[tuple[Fraction, list[Fraction]]] | None:
    """Positive weights and vectors with `matrix = sum of weight * vector vector^T`, if it is semidefinite.

    >>> one = Fraction(1)
    >>> diagonalised([[one, one], [one, one]])
    [(Fraction(1, 1), [Fraction(1, 1), Fraction(1, 1)])]
    >>> diagonalised([[one, 2 * one], [2 * one, one]]) is None
    True
    """
    if matrix and np.linalg.eigvalsh(np.array(matrix, dtype=float))[0] < -_PLAINLY * max(map(max, matrix)):
        return None
    rest = [[fmpq(entry.numerator, entry.denominator) for entry in row] for row in matrix]
    size = len(rest)
    found = []
    for pivot in range(size):
        weight = rest[pivot][pivot]
        if weight < 0 or (weight == 0 and any(rest[pivot])):
            return None
        if weight == 0:
            continue
        vector = [entry / weight for entry in rest[pivot]]
        found.append((fraction(weight), list(map(fraction, vector))))
        for i in range(pivot, size):
            row = weight * vector[i]
            for j in range(i, size):
                rest[i][j] = rest[j][i] = rest[i][j] - row * vector[j]
    return found
