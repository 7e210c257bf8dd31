"""Solutions of the flows along which a relation is claimed: drawn, integrated, and the relation tried along them.

What is drawn are the parameters, the start, the operators (piece by piece where they jump), the moments of the jumps,
and the forces: whatever stands in the flow without an equation. All that has to hold at the start holds there as far as
floats can tell; the solution goes as far as its constraints hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from proofcheck.kernel import statements as kernel
from proofcheck.kernel import terms
from proofcheck.language.claims import Claim
from proofcheck.language.expressions import (
    Applied,
    Changes,
    Expression,
    Operator,
    Path,
    Power,
    Relation,
    Scalar,
    ScalarPath,
    Symbol,
    Total,
    Use,
    Vector,
    VectorEquation,
    depends,
    number,
    parts_of,
    same,
    structure,
    walk,
)
from proofcheck.language.flows import BEHIND_A_JUMP, Constraint, Equation, Flow
from proofcheck.language.printing import text
from proofcheck.language.transform import rebuild, relation_at
from proofcheck.language.vocabulary import norm2, scalar
from proofcheck.numerics.kernels import FloatArray
from proofcheck.numerics.systems import Solution, integrate_system
from proofcheck.results import Verdict
from proofcheck.rules.obligations import Argument
from proofcheck.rules.variation import variation

from .drawing import Drawing, as_float
from .evaluating import exactly
from .forces import Force, forces, put_in, put_in_relation
from .instances import Coordinates, Instance, NotDrawn, Value, relations_of, sizes_of, all_parts
from .telling import shown_values
from .trajectories import FLOATS, Moment, System

#: What moves where there is no flow.
_NOTHING = ScalarPath("nothing", "0", order=1)
_SWITCHES = 2
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

    `values` are what was drawn, exact or in balls, but for the `time`; of a violation `moment` is the moment, `left` and
    `right` are the sides, `error` is what the integration may be wrong by.
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


class Motions:
    """The solutions that a relation speaks of, in shapes: dimension, terms of sums, jumps, and choice of forces."""

    def __init__(self, relation: Relation, dimensions: int = 2, sizes: int = 2) -> None:
        """Look at what there is to draw. Raises `NotDrawn`."""
        for use in relation.uses:
            _demand_proved(use)
        self.relation = relation
        self.flows = tuple(each for each in relation.flows() if isinstance(each, Flow))
        self.time = next((each.time for each in self.flows if each.time is not None), scalar("t", nonnegative=True))
        self.equations = _merged(self.flows)
        self.constraints = tuple(
            kept for each in self.flows for kept in (each.subject_to if each.never_leaves else each.constraints)
        )
        self.goals = (
            replace(relation, hypotheses=(), uses=(), governed=()),
            *(each.inside for each in self.flows if each.never_leaves and each.inside is not None),
        )
        self.jumps = tuple(law for each in self.flows for law in each.jumps)
        self._choices = self._forces()
        parts = list(self._everything(self._choices[0]))
        moving = {part.operator.name for part in parts if _jumps(part)}
        jumping = moving or any(each.unknown.jumps_from is not None for each in self.equations)
        vectors = any(isinstance(part, Vector) for part in parts)
        sums = any(isinstance(part, Total) and part.kind == "sum" for part in parts)
        self._shapes = sorted(
            product(
                range(1, dimensions + 1) if vectors else (1,),
                range(1, sizes + 1) if sums else (1,),
                range(_SWITCHES + 1) if jumping else (0,),
                range(len(self._choices)),
            ),
            key=sum,
        )
        self._made: dict[int, Start] = {}
        _ = self[0]

    def __len__(self) -> int:
        return len(self._shapes)

    def __getitem__(self, place: int) -> Start:
        if place not in self._made:
            dimension, size, switches, choice = self._shapes[place]
            self._made[place] = Start(self, dimension, size, switches, self._choices[choice])
        return self._made[place]

    def _forces(self) -> list[list[Force]]:
        """The choices of forces for what no equation governs."""
        governed = {each.unknown.name for each in self.equations}
        known = governed | set(self.variations)
        free: dict[str, Path | ScalarPath] = {}
        for part in self._everything([]):
            if isinstance(part, Path | ScalarPath) and part.name not in known:
                if isinstance(part, Path) and part.index is not None:
                    raise NotDrawn(f"{part.name} is a path for each index, which no flow governs")
                free.setdefault(part.name, replace(part, order=0, moment=None))
        kept = (*self.constraints, *(_at_any_moment(each) for each in self.relation.hypotheses))
        return forces(
            list(free.values()),
            kept,
            [each.unknown for each in self.equations if each.unknown.name != _NOTHING.name],
            self.time,
        )

    @cached_property
    def variations(self) -> dict[str, Operator]:
        """The operators whose total variation a path stands for, by the path's name."""
        found = {}
        for part in self._everything([]):
            if _jumps(part):
                plain = replace(part.operator.inverse_of or part.operator, moment=None)
                if not plain.order:
                    found[variation(plain).name] = plain
        return found

    def _everything(self, chosen: Sequence[Force]) -> Iterator[Any]:
        """Every part of the relation, its hypotheses, the flows, and the laws of the forces."""
        relations = (*self.goals, *self.relation.hypotheses, *self.constraints, *self.jumps)
        sides: list[Any] = [side for each in relations for side in (each.left, each.right)]
        for side in (*sides, *(each.right for each in self.equations), *(each.law for each in chosen)):
            yield from all_parts(side)


class Start(Coordinates):
    """How solutions of one shape begin, as a statement whose hypotheses hold at the start, and how they go on."""

    def __init__(self, motions: Motions, dimension: int, size: int, switches: int, chosen: Sequence[Force]) -> None:
        """Put the forces in, and find what has to be drawn. Raises `NotDrawn`."""
        time = motions.time

        def closed(constraint: Constraint) -> Any:
            return put_in_relation(constraint, chosen, time)

        self.motions, self.forces = motions, tuple(chosen)
        self.goals: tuple[Relation, ...] = tuple(map(closed, motions.goals))
        self.hypotheses: tuple[Constraint, ...] = tuple(map(closed, motions.relation.hypotheses))
        self.constraints: tuple[Constraint, ...] = tuple(map(closed, motions.constraints))
        self.jumps: tuple[Constraint, ...] = tuple(map(closed, motions.jumps))
        self.equations = tuple(replace(each, right=put_in(each.right, chosen, time)) for each in motions.equations)
        self.singular = frozenset(each.unknown.name for each in self.equations if _is_singular(each.right, time))
        self.switches = tuple(scalar(f"jump_{place}", positive=True) for place in range(1, switches + 1))
        obeyed = [each for force in chosen for each in force.obeys]
        at_start = [relation_at(each, 0, time) for each in self.constraints if not _is_singular_relation(each, time)]
        static = [each for each in self.hypotheses if _is_static(each)]
        whole = replace(self.goals[0], hypotheses=(*obeyed, *static, *at_start, *self._in_order(), *self._at_rest()))
        everything = (*self.goals, *self.hypotheses, *self.constraints, *whole.hypotheses)
        super().__init__(dimension, sizes_of(replace(whole, hypotheses=everything), size))
        try:
            self._bound_names = {time.name}
            for relation in (*everything, *self.jumps):
                over = relation.for_all if isinstance(relation, Relation) else None
                for side in (relation.left, relation.right):
                    self._meet_bound(side, over)
            for each in self.equations:
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
        moment = float(as_float(point[self.scalars[self.motions.time.name]]))
        horizon = min(moment or 1.0, _LONGEST)
        fine, coarse = (self._solved(system, horizon, *pair) for pair in ((_FINE, 1e-6), (_COARSE, 3e-6)))
        reach = min(self._reach(system, fine), coarse.end)
        soon = (each + _SOON * horizon for each in system.switches)
        looks = dict.fromkeys((moment, *(part * horizon for part in _PARTS), *soon))
        moments = [each for each in looks if 0 < each <= reach]
        time = self.motions.time.name
        shown = {key: value for key, value in exact.items() if key not in (time, (_NOTHING.name, 0, "0"))}
        tried = 0
        for now in moments:
            here, roughly = (
                Moment(system.values, FLOATS, float, system=system, solution=solution, accuracy=accuracy).moved(now)
                for solution, accuracy in ((fine, 1e-9), (coarse, 1e-6))
            )
            try:
                if not all(self._holds(here, hypothesis, reach) for hypothesis in self.hypotheses):
                    continue
                for place, goal in enumerate(self.goals):
                    slack, size = here.slack(goal)
                    error = _SAFETY * abs(slack - roughly.slack(goal)[0]) + _FLOOR * size
                    tried += place == 0
                    if error < _TELLING * size and slack < -error:
                        sides = float(here.scalar(goal.left)), float(here.scalar(goal.right))
                        return Trial(goal, shown, self.forces, time, tried, True, now, *sides, error)
            except ArithmeticError:
                continue
        return Trial(self.goals[0], shown, self.forces, time, tried, False) if tried else None

    def _in_order(self) -> list[Relation]:
        return [after > before for before, after in zip(self.switches, self.switches[1:], strict=False)]

    def _at_rest(self) -> Iterator[Relation]:
        """What is divided by the time begins at 0."""
        for each in self.equations:
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
        names = {name: operator.name for name, operator in self.motions.variations.items()}
        pieces = {name: tuple(found) for name, found in operators.items()}
        return System(self.equations, self.motions.time, self._dimension, values, switches, pieces, names)

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
        for each in self.equations:
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
        return all(self._holds(here, law, time) for law in self.jumps)

    def _reach(self, system: System, solution: Solution) -> float:
        """Up to which of some moments all constraints hold."""
        reach = 0.0
        start = Moment(system.values, FLOATS, float, system=system, solution=solution)
        for look in range(1, _LOOKS + 1):
            moment = solution.end * look / _LOOKS
            here = start.moved(moment)
            try:
                if not all(self._holds(here, each, moment) for each in self.constraints):
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


def _demand_proved(use: Use) -> None:
    """A premise that is proved, and rests on nothing else, says nothing new; another one may tie names together."""
    source = use.source
    if not isinstance(source, Claim) or source.expect is not Verdict.PROVED:
        raise NotDrawn(f"it rests on {getattr(source, 'name', 'what is not a claim')}, which is not proved")
    if isinstance(source.stated, Argument):
        for premise in source.stated.premises:
            _demand_proved(premise)
    for relation in relations_of(source.stated):
        for deeper in relation.uses:
            _demand_proved(deeper)


def relation_of_argument(argument: Argument) -> Relation | None:
    """What a rule concludes for all solutions of a flow; None where it concludes nothing of the kind."""
    if argument.refutes or argument.citation is not None or argument.conclusion is None:
        return None
    for premise in argument.premises:
        _demand_proved(premise)
    return argument.conclusion if argument.conclusion.flows() else None


def _merged(flows: Sequence[Flow]) -> tuple[Equation, ...]:
    found: dict[str, Equation] = {}
    for each in flows:
        for equation in each.equations:
            known = found.setdefault(equation.unknown.name, equation)
            if structure(known.right) != structure(equation.right):
                raise NotDrawn(f"two flows govern {equation.unknown.name}")
    return tuple(found.values()) or (Equation(_NOTHING, number(0)),)


def _at_any_moment(hypothesis: Constraint) -> Constraint:
    """A hypothesis for all moments as one about the current one."""
    if not isinstance(hypothesis, Relation) or (over := hypothesis.for_all) is None:
        return hypothesis

    def change(part: Expression) -> Expression | None:
        return replace(part, moment=None) if isinstance(part, Path | ScalarPath) and same(part.moment, over) else None

    left, right = (rebuild(side, change, lambda operator: operator) for side in (hypothesis.left, hypothesis.right))
    return replace(hypothesis, left=left, right=right, for_all=None)


def _jumps(part: object) -> bool:
    return isinstance(part, Applied) and (part.operator.inverse_of or part.operator).changes is Changes.BY_JUMPS


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
            if _jumps(part) and not same(part.operator.moment, start):  # type: ignore[attr-defined]
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
