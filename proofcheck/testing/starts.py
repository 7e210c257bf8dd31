"""How a solution begins, how it goes on, and a relation tried along it.

What is drawn are the parameters, the start, the operators (piece by piece where they jump), the moments of the jumps,
and what is new in the forces. All that has to hold at the start holds there as far as floats can tell; the solution
goes as far as its constraints hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from proofcheck.language.expressions import (
    Applied,
    Changes,
    Operator,
    Path,
    Power,
    Relation,
    Scalar,
    ScalarPath,
    Symbol,
    Total,
    Vector,
    depends,
    number,
    parts_of,
    same,
    walk,
)
from proofcheck.language.flows import Constraint, Equation
from proofcheck.language.transform import BEHIND_A_JUMP, relation_at
from proofcheck.language.vocabulary import norm2, scalar
from proofcheck.numerics.kernels import FloatArray
from proofcheck.numerics.systems import Solution, integrate_system

from .drawing import Drawing, as_float
from .evaluating import exactly
from .flowing import NOTHING, Along, jumping
from .forces import Force
from .instances import Coordinates, Instance, NotDrawn, Value, sizes_of
from .telling import shown_values
from .trajectories import FLOATS, Moment, System

#: Where a relation is looked at, besides the moment that is drawn, in parts of the time that is integrated; and how
#: soon behind a jump.
_PARTS = (0.25, 0.5, 1.0)
_SOON, _LONGEST, _LOOKS = 1 / 64, 10.0, 16
#: The tolerances of the two integrations whose difference measures the error, and how much larger it may be.
_FINE, _COARSE, _SAFETY, _FLOOR = 1e-10, 1e-7, 10.0, 1e-9
#: An error that is a larger part of what is compared is too large to tell anything.
_TELLING = 1e-2


@dataclass(frozen=True)
class Trial:
    """A solution along which a relation was tried: at how many moments, and by how much it fails at the worst one.

    `values` are what was drawn, exact or in balls, but for the `time`. Of a violation `moment` is the moment, `left`
    and `right` are the sides, `error` is what the integration may be wrong by.
    """

    relation: Relation
    values: Mapping[Any, Any]
    forces: tuple[Force, ...]
    time: str
    tried: int
    violated: bool
    moment: float = 0.0
    left: float = 0.0
    right: float = 0.0
    error: float = 0.0

    def __str__(self) -> str:
        return shown_values(self.values)


class Start(Coordinates):
    """How solutions of one shape begin, as a statement whose hypotheses hold at the start, and how they go on."""

    def __init__(self, along: Along, chosen: Sequence[Force], dimension: int, size: int, switches: int) -> None:
        """Put the forces in, and find what has to be drawn. Raises `NotDrawn`."""
        self.forces, time = tuple(chosen), along.time
        self.along = along = along.under(chosen)
        self.singular = frozenset(each.unknown.name for each in along.equations if _is_singular(each.right, time))
        self.switches = tuple(scalar(f"jump_{place}", positive=True) for place in range(1, switches + 1))
        obeyed = [each for force in chosen for each in force.obeys]
        at_start = [relation_at(each, 0, time) for each in along.constraints if not _is_singular_relation(each, time)]
        static = [each for each in along.hypotheses if _is_static(each)]
        held = (*obeyed, *static, *at_start, *self._in_order(), *self._at_rest())
        whole = replace(along.goals[0], hypotheses=held)
        everything = (*along.goals, *along.hypotheses, *along.constraints, *held)
        super().__init__(dimension, sizes_of(replace(whole, hypotheses=everything), size))
        try:
            self._bound_names = {time.name}
            for relation in (*everything, *along.jumps):
                over = relation.for_all if isinstance(relation, Relation) else None
                for side in (relation.left, relation.right):
                    self._meet_bound(side, over)
            for each in along.equations:
                self._meet(each.right)
                self._begin(each)
            for moment in (time, *self.switches):
                self.symbol(moment)
            statement = self.whole(replace(whole, left=number(0), sign="=", right=number(0)))
        except (TypeError, ArithmeticError, ValueError) as error:
            raise NotDrawn(str(error)) from error
        self.drawing = Drawing(statement)
        self.instance = Instance(
            whole,
            statement,
            dimension,
            self._sizes,
            False,
            self.names.shown,
            self.scalars,
            self.vectors_named,
            self.operators,
        )

    def trial(self, point: Mapping[str, Value]) -> Trial | None:
        """The relation, tried along the solution from a point; None where there is no moment to try it at."""
        exact = self.instance.values(point)
        system = self._system({key: _floats(value) for key, value in exact.items()})
        moment = float(as_float(point[self.scalars[self.along.time.name]]))
        horizon = min(moment or 1.0, _LONGEST)
        fine, coarse = (self._solved(system, horizon, *pair) for pair in ((_FINE, 1e-6), (_COARSE, 3e-6)))
        reach = min(self._reach(system, fine), coarse.end)
        soon = (each + _SOON * horizon for each in system.switches)
        looks = dict.fromkeys((moment, *(part * horizon for part in _PARTS), *soon))
        moments = [each for each in looks if 0 < each <= reach]
        time = self.along.time.name
        shown = {key: value for key, value in exact.items() if key not in (time, (NOTHING.name, 0, "0"))}
        tried = 0
        for now in moments:
            here, roughly = (
                Moment(system.values, FLOATS, float, system=system, solution=solution, accuracy=accuracy).moved(now)
                for solution, accuracy in ((fine, 1e-9), (coarse, 1e-6))
            )
            try:
                if not all(self._holds(here, hypothesis, reach) for hypothesis in self.along.hypotheses):
                    continue
                for place, goal in enumerate(self.along.goals):
                    slack, size = here.slack(goal)
                    error = _SAFETY * abs(slack - roughly.slack(goal)[0]) + _FLOOR * size
                    tried += place == 0
                    if error < _TELLING * size and slack < -error:
                        sides = float(here.scalar(goal.left)), float(here.scalar(goal.right))
                        return Trial(goal, shown, self.forces, time, tried, True, now, *sides, error)
            except ArithmeticError:
                continue
        return Trial(self.along.goals[0], shown, self.forces, time, tried, False) if tried else None

    def _in_order(self) -> list[Relation]:
        return [after > before for before, after in zip(self.switches, self.switches[1:], strict=False)]

    def _at_rest(self) -> Iterator[Relation]:
        """What is divided by the time begins at 0."""
        for each in self.along.equations:
            if each.unknown.name in self.singular:
                slowest = replace(each.unknown, order=each.unknown.order - 1, moment=number(0))
                yield norm2(slowest) == 0 if isinstance(slowest, Path) else slowest == 0

    def _begin(self, each: Equation) -> None:
        """The names of a path's values at the start, and behind the jumps of those that jump."""
        for order in range(each.unknown.order):
            jumps = each.unknown.jumps_from is not None and order >= each.unknown.jumps_from
            for moment in (number(0), *(self.switches if jumps else ())):
                value = replace(each.unknown, order=order, moment=moment)
                if isinstance(value, Path):
                    self._named_vector(value)
                else:
                    self.scalar(value)

    def _meet(self, expression: Any) -> None:
        """Name everything that has a value of its own."""
        match expression:
            case Symbol(name) if name in self._bound_names or name == BEHIND_A_JUMP.name:
                pass
            case Symbol():
                self.symbol(expression)
            case Path() | ScalarPath():
                if expression.moment is not None:
                    self._meet(expression.moment)
            case Vector() if not parts_of(expression):
                self._vector(expression)
            case Total(_, body, over, lower, upper):
                self._meet(lower)
                self._meet(upper)
                if expression.kind == "sum":
                    count = exactly({name: Fraction(n) for name, n in self._sizes.items()}).scalar(upper)
                    for row in range(1, int(count) + 1):
                        self._indices[over.name] = row
                        self._meet(body)
                        del self._indices[over.name]
                else:
                    self._meet_bound(body, over)
            case Applied(operator, vector):
                self._meet_operator(operator)
                self._meet(vector)
            case _:
                for part in parts_of(expression):
                    self._meet(part)

    def _meet_bound(self, expression: Any, over: Symbol | None) -> None:
        """Name everything but a variable that is bound."""
        before = self._bound_names
        self._bound_names = before if over is None else {*before, over.name}
        self._meet(expression)
        self._bound_names = before

    def _meet_operator(self, operator: Operator) -> None:
        base = operator.inverse_of or operator
        if operator.moment is not None:
            self._meet(operator.moment)
        if not base.order:
            moves = base.changes is Changes.BY_JUMPS
            for moment in (number(0), *self.switches) if moves else (None,):
                self._spectrum(replace(base, moment=moment))

    def _system(self, values: Mapping[Any, Any]) -> System:
        operators: dict[str, list[Any]] = {}
        for key in self.operators:
            operators.setdefault(key[0], []).append(values[key])
        switches = tuple(values[each.name] for each in self.switches)
        names = {name: operator.name for name, operator in self.along.variations.items()}
        pieces = {name: tuple(found) for name, found in operators.items()}
        return System(self.along.equations, self.along.time, self._dimension, values, switches, pieces, names)

    def _solved(self, system: System, horizon: float, tolerance: float, begin: float) -> Solution:
        start = self._state(system, "0")
        singular = [
            float(each.name in self.singular and each.order == order - 1)
            for each, order, width in self._widths()
            for _ in range(width)
        ]

        def behind(piece: int, time: float, state: FloatArray) -> FloatArray | None:
            """The state behind a jump; None where the flow's relations for jumps do not allow it."""
            found = state.copy()
            fresh = self._state(system, self.switches[piece - 1].name)
            found[~np.isnan(fresh)] = fresh[~np.isnan(fresh)]
            return found if self._may_jump(system, time, piece, state, found) else None

        return integrate_system(
            system.field,
            start,
            horizon,
            restarts=system.switches,
            behind=behind,
            singular=np.array(singular) if self.singular else None,
            begin=begin,
            tolerance=tolerance,
        )

    def _widths(self) -> Iterator[tuple[Path | ScalarPath, int, int]]:
        """The parts of a state, the order of their equations, and how many numbers each has."""
        for each in self.along.equations:
            for order in range(each.unknown.order):
                width = 1 if isinstance(each.unknown, ScalarPath) else self._dimension
                yield replace(each.unknown, order=order), each.unknown.order, width

    def _state(self, system: System, moment: str) -> FloatArray:
        """The values that were drawn for a moment; no number for what none was drawn for."""
        parts: list[float] = []
        for each, _, width in self._widths():
            value = system.values.get((each.name, each.order, moment), (math.nan,) * width)
            parts.extend(value if isinstance(value, tuple) else (value,))
        return np.array(parts)

    def _may_jump(self, system: System, time: float, piece: int, before: FloatArray, behind: FloatArray) -> bool:
        moved = {(name, order, BEHIND_A_JUMP.name): value for (name, order), value in system.named(behind).items()}
        here = Moment(
            {**system.values, **moved, system.time.name: time},
            FLOATS,
            float,
            system=system,
            state=system.named(before),
            piece=piece - 1,
        )
        return all(self._holds(here, law, time) for law in self.along.jumps)

    def _reach(self, system: System, solution: Solution) -> float:
        """Up to which of some moments all constraints hold."""
        reach = 0.0
        start = Moment(system.values, FLOATS, float, system=system, solution=solution)
        for look in range(1, _LOOKS + 1):
            moment = solution.end * look / _LOOKS
            here = start.moved(moment)
            try:
                if not all(self._holds(here, each, moment) for each in self.along.constraints):
                    break
            except ArithmeticError:
                break
            reach = moment
        return reach

    def _holds(self, here: Moment, relation: Constraint, reach: float) -> bool:
        """Whether a relation holds, but for rounding; one for all values of a parameter at some of them."""
        over = relation.for_all if isinstance(relation, Relation) else None
        if over is None:
            slack, size = here.slack(relation)
            return slack >= -_FLOOR * size
        assert isinstance(relation, Relation)
        plain = replace(relation, for_all=None)
        if any(_has_index(side, over) for side in (relation.left, relation.right)):
            rows = range(1, max(self._sizes.values(), default=0) + 1)
            return all(
                self._holds(replace(here, indices={**here.indices, over.name: row}), plain, reach) for row in rows
            )
        looks = [reach * look / 8 for look in range(1, 8)]
        return all(self._holds(replace(here, values={**here.values, over.name: look}), plain, reach) for look in looks)


def _is_singular(expression: Scalar | Vector, time: Symbol) -> bool:
    """Whether something is divided by the time."""
    return any(isinstance(part, Power) and part.exponent < 0 and depends(part.base, time) for part in walk(expression))


def _is_singular_relation(relation: Constraint, time: Symbol) -> bool:
    return _is_singular(relation.left, time) or _is_singular(relation.right, time)


def _is_static(hypothesis: Constraint) -> bool:
    """Whether a hypothesis speaks of parameters and of the start alone."""
    if isinstance(hypothesis, Relation) and hypothesis.for_all is not None:
        return False
    start = number(0)
    for side in (hypothesis.left, hypothesis.right):
        for part in walk(side):
            if isinstance(part, Path | ScalarPath) and not same(part.moment, start):
                return False
            if (moving := jumping(part)) and not same(moving.moment, start):
                return False
            if isinstance(part, Total) and part.kind == "integral":
                return False
    return True


def _has_index(expression: object, over: Symbol) -> bool:
    return any(
        isinstance(index := getattr(part, "index", None), Symbol) and same(index, over) for part in walk(expression)
    )


def _floats(value: Any) -> Any:
    return tuple(map(_floats, value)) if isinstance(value, tuple) else as_float(value)
