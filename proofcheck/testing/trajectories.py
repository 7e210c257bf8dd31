"""The value of an expression along a solution of a flow, in floats: now, at other moments, under integrals."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.integrate import quad

from proofcheck.language.expressions import (
    Add,
    Applied,
    Call,
    Changes,
    Expression,
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
    same,
)
from proofcheck.language.flows import Equation
from proofcheck.language.transform import BEHIND_A_JUMP
from proofcheck.numerics.kernels import FloatArray
from proofcheck.numerics.systems import Solution

from .compiling import Moving, compiled
from .evaluating import Matrix, Point, Undefined, inverse

#: Below zero by so much, a number under a root is zero and a rounding.
_ROUNDING = 1e-12
_DOUBTFUL = 1e-5
#: What is smaller may have lost its digits, or everything.
_SMALLEST = 1e-250


def _root(value: float) -> float:
    if value < -_ROUNDING:
        raise Undefined("a root of a negative number")
    return math.sqrt(max(value, 0.0))


def _positive(function: Callable[..., float]) -> Callable[..., float]:
    def guarded(base: float, *rest: float) -> float:
        if not base > 0:
            raise Undefined("not positive")
        return function(base, *rest)

    return guarded


def _arccos(value: float) -> float:
    if abs(value) > 1 + _ROUNDING:
        raise Undefined("arccos outside [-1, 1]")
    return math.acos(min(max(value, -1.0), 1.0))


def _seen(function: Callable[..., float]) -> Callable[..., float]:
    def guarded(*arguments: float) -> float:
        value = function(*arguments)
        if value < _SMALLEST:
            raise Undefined("a number that is too small for floats")
        return value

    return guarded


FLOATS: Mapping[str, Callable[..., float]] = {
    "sqrt": _root,
    "exp": _seen(math.exp),
    "log": _positive(math.log),
    "power": _positive(_seen(math.pow)),
    "sin": math.sin,
    "cos": math.cos,
    "arccos": _arccos,
    "pi": lambda: math.pi,
}


@dataclass(frozen=True)
class System:
    """Equations in numbers: the unknowns, where each stands in a state, the moments of the jumps, the operators.

    `operators` are matrices by name and piece; one that does not jump has the same in all pieces.
    """

    equations: tuple[Equation, ...]
    time: Symbol
    dimension: int
    values: Mapping[Any, Any]
    switches: tuple[float, ...] = ()
    operators: Mapping[str, tuple[Matrix, ...]] = field(default_factory=dict)
    variations: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def unknowns(self) -> tuple[Path | ScalarPath, ...]:
        """The paths and their derivatives below the highest, in the order of the state."""
        return tuple(
            replace(each.unknown, order=order, moment=None)
            for each in self.equations
            for order in range(each.unknown.order)
        )

    def named(self, state: FloatArray) -> dict[tuple[str, int], Any]:
        """The parts of a state by name and derivative."""
        found: dict[tuple[str, int], Any] = {}
        numbers: list[float] = state.tolist()
        place = 0
        for key, width in self._layout:
            found[key] = tuple(numbers[place : place + width]) if width else numbers[place]
            place += width or 1
        return found

    def field(self, piece: int, time: float, state: FloatArray) -> FloatArray:
        """How a state moves."""
        named = self.named(state)
        moving: list[float] = []
        for key, right in self._moving:
            row = right(time, named, piece) if right is not None else named[key]
            moving.extend(row) if isinstance(row, list | tuple) else moving.append(row)
        return np.array(moving)

    def matrix(self, operator: Operator, piece: int) -> Matrix:
        """The matrix of an operator in a piece. Raises `Undefined` on a singular one that is inverted."""
        if operator.inverse_of is not None:
            return inverse(self.matrix(operator.inverse_of, piece))
        if operator.order:
            return ((0.0,) * self.dimension,) * self.dimension
        matrices = self.operators[operator.name]
        return matrices[min(piece, len(matrices) - 1)]

    @cached_property
    def _layout(self) -> tuple[tuple[tuple[str, int], int], ...]:
        """The names in a state, and how many coordinates they have; 0 for a number."""
        return tuple(
            ((each.name, each.order), 0 if isinstance(each, ScalarPath) else self.dimension) for each in self.unknowns
        )

    @cached_property
    def _moving(self) -> tuple[tuple[tuple[str, int], Moving | None], ...]:
        """For each part of the state the derivative that it has: another part, or a right side."""
        still = Moment(self.values, FLOATS, float, system=self)

        def constant(part: Expression) -> Any:
            return still.vector(part) if isinstance(part, Vector) else still.scalar(part)  # type: ignore[arg-type]

        found: list[tuple[tuple[str, int], Moving | None]] = []
        for each in self.equations:
            found += [((each.unknown.name, order), None) for order in range(1, each.unknown.order)]
            right = compiled(each.right, self.time, constant, self.matrix, FLOATS)
            found.append(((each.unknown.name, each.unknown.order), right))
        return tuple(found)


@dataclass(frozen=True)
class Moment(Point):
    """A point of a solution: the state at the current moment, and the solution itself where it is known.

    `accuracy` is that of integrals, `integrals` are those that are known here.
    """

    system: System | None = None
    state: Mapping[tuple[str, int], Any] = field(default_factory=dict)
    piece: int = 0
    solution: Solution | None = None
    accuracy: float = 1e-9
    integrals: dict[int, float] = field(default_factory=dict)

    def scalar(self, expression: Scalar) -> Any:
        """The value of a scalar. Raises `Undefined`."""
        match expression:
            case ScalarPath():
                return self._path(expression)
            case Total("integral", body, over, lower, upper):
                if id(expression) not in self.integrals:
                    ends = float(self.scalar(lower)), float(self.scalar(upper))
                    self.integrals[id(expression)] = self._integral(body, over, *ends)
                return self.integrals[id(expression)]
            case _:
                return super().scalar(expression)

    def vector(self, vector: Vector) -> tuple[Any, ...]:
        """The coordinates of a vector. Raises `Undefined`."""
        if isinstance(vector, Path):
            found: tuple[Any, ...] = self._path(vector)
            return found
        return super().vector(vector)

    def moved(self, time: float) -> Moment:
        """The point at another moment of the solution. Raises `Undefined`."""
        assert self.system is not None
        if self.solution is None or not 0 <= time <= self.solution.end:
            raise Undefined("a moment at which the solution is not known")
        return replace(
            self,
            values={**self.values, self.system.time.name: time},
            state=self.system.named(self.solution(time)),
            piece=bisect_left(self.system.switches, time),
            integrals={},
        )

    def slack(self, relation: Relation | VectorEquation) -> tuple[float, float]:
        """By how much the relation holds, below 0 where it fails, and the size of what is added. Raises `Undefined`."""
        if isinstance(relation, VectorEquation):
            sides = list(zip(self.vector(relation.left), self.vector(relation.right), strict=True))
            sizes = (*self._sizes(relation.left), *self._sizes(relation.right))
            return -max(abs(a - b) for a, b in sides), 2 * max(sizes)
        left, right = float(self.scalar(relation.left)), float(self.scalar(relation.right))
        size = self._size(relation.left) + self._size(relation.right)
        if not math.isfinite(size) or 0 < size < _SMALLEST:
            raise Undefined("a number that is too large or too small for floats")
        match relation.sign:
            case "=":
                return -abs(left - right), size
            case "!=":
                return (abs(left - right) or -1.0), size
            case "<=" | "<":
                return right - left, size
            case _:
                return left - right, size

    def _size(self, expression: Scalar) -> float:
        """The size of a sum whose terms do not cancel: what its rounding is relative to."""
        match expression:
            case Named(_, _, body):
                return self._size(body)
            case Add(parts):
                return sum(map(self._size, parts))
            case Multiply(parts):
                return math.prod(map(self._size, parts))
            case Power(base, exponent) if exponent > 0:
                return float(self._size(base) ** exponent)
            case Call("sqrt", (inside,)):
                return math.sqrt(self._size(inside))
            case Inner(left, right):
                return sum(a * b for a, b in zip(self._sizes(left), self._sizes(right), strict=True))
            case _:
                return abs(float(self.scalar(expression)))

    def _sizes(self, vector: Vector) -> list[float]:
        match vector:
            case VectorSum(parts):
                return [sum(column) for column in zip(*map(self._sizes, parts), strict=True)]
            case Scaled(factor, inside):
                scale = self._size(factor)
                return [scale * part for part in self._sizes(inside)]
            case Applied(operator, inside):
                sizes = self._sizes(inside)
                return [sum(abs(a) * b for a, b in zip(row, sizes, strict=True)) for row in self._matrix(operator)]
            case _:
                return [abs(part) for part in self.vector(vector)]

    def _path(self, path: Path | ScalarPath) -> Any:
        assert self.system is not None
        if same(path.moment, BEHIND_A_JUMP):
            return self.values[path.name, path.order, BEHIND_A_JUMP.name]
        if path.moment is not None:
            return self.moved(float(self.scalar(path.moment)))._path(replace(path, moment=None))
        if path.name in self.system.variations:
            return self._variation(self.system.operators[self.system.variations[path.name]])
        if (path.name, path.order) in self.state:
            return self.state[path.name, path.order]
        for each in self.system.equations:
            if each.unknown.name == path.name and each.unknown.order == path.order:
                return self.vector(each.right) if isinstance(each.right, Vector) else self.scalar(each.right)
        raise Undefined(f"the flow does not say how {path.name} moves")

    def _variation(self, matrices: tuple[Matrix, ...]) -> float:
        steps = pairwise(np.array(matrix, dtype=np.float64) for matrix in matrices[: self.piece + 1])
        return float(sum(np.linalg.norm(after - before, 2) for before, after in steps))

    def _matrix(self, operator: Operator) -> Matrix:
        assert self.system is not None
        piece = self.piece
        base = operator.inverse_of or operator
        if base.moment is not None and base.changes is Changes.BY_JUMPS:
            piece = bisect_left(self.system.switches, float(self.scalar(base.moment)))
        return self.system.matrix(operator, piece)

    def _integral(self, body: Scalar, over: Symbol, lower: float, upper: float) -> float:
        """By SciPy's adaptive quadrature between the jumps. Raises `Undefined` where it is not sure of the digits."""
        assert self.system is not None

        def value(place: float) -> float:
            return float(replace(self, values={**self.values, over.name: place}, integrals={}).scalar(body))

        low, high = min(lower, upper), max(lower, upper)
        whole = doubt = 0.0
        for left, right in pairwise(sorted({low, high, *(t for t in self.system.switches if low < t < high)})):
            part, error, *_ = quad(value, left, right, epsrel=self.accuracy, epsabs=0, limit=40, full_output=True)
            whole, doubt = whole + part, doubt + error
        if doubt > _DOUBTFUL * abs(whole) + _ROUNDING:
            raise Undefined("an integral whose digits are not sure")
        return whole if lower <= upper else -whole
