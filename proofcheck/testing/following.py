"""What is concluded along a flow, against solutions of it: drawn, integrated, and looked at from moment to moment.

Constant operators are drawn within their bounds, those that move go from one to another, by jumps where they may. A
path that no equation governs follows a law, such as a multiple of one that is governed, or keeps its direction and
grows like a power of the state; as long as the constraints allow it. Floats prove nothing: what is found here is to be
looked at.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count
from typing import Any

import numpy as np
from flint import arb
from scipy.integrate import solve_ivp

from proofcheck.language.expressions import (
    Add,
    Applied,
    Changes,
    Constant,
    Fixed,
    Inner,
    Operator,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Symbol,
    Total,
    Vector,
    VectorEquation,
    depends,
    number,
    same,
    structure,
    walk,
)
from proofcheck.language.flows import Flow
from proofcheck.language.printing import text
from proofcheck.language.transform import at, has_moving_path, relation_at
from proofcheck.numerics.kernels import FloatArray

from .drawing import Family
from .evaluating import Point, Undefined
from .instances import NotDrawn

_SOLUTIONS, _MOMENTS, _LONGEST = 12, 24, 4.0
#: What integration may cost; what is assumed has to hold more nearly, so that it is not the assumption that fails.
_RELATIVE, _ASSUMED, _ABSOLUTE = 1e-5, 1e-8, 1e-9
_AFTER_A_SINGULARITY = 1e-6
_PIECES = 3
#: How often a path that is not governed has no law, how often its law is about a difference, and by what it is scaled.
_LAWLESS, _SHIFTED = 0.25, 0.7
_MULTIPLES = tuple(Fraction(*pair) for pair in ((1, 1), (1, 1), (11, 10), (3, 2), (2, 1), (1, 2), (-1, 2), (-1, 1)))
#: A stiff solution takes more steps than it is worth, and one that explodes says nothing.
_STEPS, _LARGEST = 1500, 1e9
FLOATS: Mapping[str, Callable[..., Any]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "power": math.pow,
    "sin": math.sin,
    "cos": math.cos,
    "arccos": math.acos,
    "pi": lambda: math.pi,
}
_NO_VALUE = (Undefined, ValueError, ArithmeticError, KeyError)


class _GivenUp(ArithmeticError):
    """A solution that takes too long."""


class NotFollowed(ValueError):
    """A conclusion that cannot be compared with solutions; the message says why."""


@dataclass(frozen=True)
class Followed:
    """How many solutions were followed, or why none, and the violation that was found on one."""

    solutions: int
    words: str
    violation: str = ""


def follow(conclusion: Relation, seed: int = 0, seconds: float = 1.0) -> Followed:
    """Compare a relation along flows with solutions of them.

    >>> from proofcheck import *
    >>> t, x = scalar("t", nonnegative=True), scalar_path("x")
    >>> decay = flow(x.dot == -x, time=t)
    >>> follow((x**2 <= exp(-2 * t) * at(x, 0) ** 2).along(decay)).violation
    ''
    >>> follow((x**2 <= exp(-3 * t) * at(x, 0) ** 2).along(decay)).violation != ""
    True
    """
    choice, deadline = random.Random(seed), time.monotonic() + seconds
    followed = 0
    try:
        system = _System(conclusion, choice)
        while followed < _SOLUTIONS and time.monotonic() < deadline:
            seen = False
            for moment in system.solution(choice):
                seen = True
                violated = system.violated(moment)
                if violated:
                    return Followed(followed + 1, f"{followed + 1} solutions", violated)
            followed += seen
            if system.has_free_paths:
                system = _System(conclusion, choice)
    except (NotFollowed, NotDrawn) as error:
        return Followed(0, f"not followed: {error}")
    return Followed(followed, f"{followed} solutions")


class _System:
    """The flows of a conclusion as one system of first order, and how its beginning is drawn."""

    def __init__(self, conclusion: Relation, choice: random.Random) -> None:
        flows = [each for each in conclusion.flows() if isinstance(each, Flow)]
        if not flows or any(flow.time is None for flow in flows) or any(flow.jumps for flow in flows):
            raise NotFollowed("the flow has no time, or laws for jumps")
        if not any(flow.equations for flow in flows):
            raise NotFollowed("the flow has no equation")
        self._conclusion, self._constraints = conclusion, [c for flow in flows for c in flow.constraints]
        assert flows[0].time is not None
        self._time: Symbol = flows[0].time
        self._equations = {each.unknown.name: each for flow in flows for each in flow.equations}
        self._moving = [each for each in conclusion.hypotheses if self._moves(each)]
        still = [each for each in conclusion.hypotheses if not self._moves(each)]
        parts = list(self._parts())
        if any(isinstance(part, Total) and part.kind == "integral" for part in parts):
            raise NotFollowed("it has an integral")
        self._begin = self._beginning(parts)
        self._unknown = [
            replace(each.unknown, order=order, moment=self._begin)
            for each in self._equations.values()
            for order in range(each.unknown.order)
        ]
        paths = [part for part in parts if isinstance(part, Path | ScalarPath) and part.name not in self._equations]
        if any(part.order for part in paths):
            raise NotFollowed("it has a derivative of a path that no equation governs")
        self._free = list({part.name: replace(part, moment=self._begin) for part in paths}.values())
        self._laws = {path.name: law for path in self._free if (law := self._law(path, parts, choice)) is not None}
        plain = [(part.operator.inverse_of or part.operator) for part in parts if isinstance(part, Applied)]
        if any(operator.order for operator in plain):
            raise NotFollowed("it has the derivative of an operator")
        self._operators = list({operator.name: replace(operator, moment=None) for operator in plain}.values())
        self._family = Family(self._start(parts, still))

    @property
    def has_free_paths(self) -> bool:
        """Whether other laws for them may make another system."""
        return bool(self._free)

    def _law(self, path: Path | ScalarPath, parts: Sequence[object], choice: random.Random) -> Any:
        """A multiple of something governed, which a path shall be; none for one in three."""
        governed: list[Any] = [replace(each, moment=None) for each in self._unknown if type(each) is type(path)]
        if not governed or choice.random() < _LAWLESS:
            return None
        base: Any = choice.choice(governed)
        still = list({part.name: part for part in parts if isinstance(part, Fixed) and part.index is None}.values())
        if isinstance(base, Path) and still and choice.random() < _SHIFTED:
            base = base - choice.choice(still)
        times = [
            part for part in parts if isinstance(part, Symbol) and not same(part, self._time) and part.index is None
        ]
        scale = choice.choice([number(1), *{part.name: part for part in times}.values()])
        return choice.choice(_MULTIPLES) * scale * base

    def _parts(self) -> Iterator[object]:
        sides = [each.right for each in self._equations.values()]
        for each in (self._conclusion, *self._conclusion.hypotheses, *self._constraints):
            if isinstance(each, Relation) and each.for_all is not None:
                raise NotFollowed("a hypothesis holds for all values of a parameter")
            sides += [each.left, each.right]
        for side in sides:
            yield from walk(side)

    def _beginning(self, parts: Sequence[object]) -> Scalar:
        operators = [part.operator for part in parts if isinstance(part, Applied)]
        found = [getattr(part, "moment", None) for part in (*parts, *operators)]
        moments = {structure(moment): moment for moment in found if moment is not None}
        if len(moments) > 1:
            raise NotFollowed("it speaks of several moments")
        begin = next(iter(moments.values()), number(0))
        if not isinstance(begin, Constant | Symbol) or same(begin, self._time):
            raise NotFollowed(f"it begins at {text(begin)}")
        return begin

    def _start(self, parts: Sequence[object], still: Sequence[Relation | VectorEquation]) -> Relation:
        """A relation in all that is drawn, under what holds at the beginning."""
        symbols = {part.name: part for part in parts if isinstance(part, Symbol) and not same(part, self._time)}
        bound = {part.over.name for part in parts if isinstance(part, Total)}
        everything: list[Scalar] = [each for name, each in symbols.items() if name not in bound]
        if isinstance(self._begin, Symbol):
            everything.append(self._begin)
        vectors: list[Vector] = [each for each in (*self._unknown, *self._free) if isinstance(each, Vector)]
        everything += [each for each in (*self._unknown, *self._free) if isinstance(each, Scalar)]
        everything += [Inner(each, each) for each in vectors]
        for operator in self._operators:
            if not vectors:
                raise NotFollowed("an operator without a path of vectors")
            everything += [Inner(Applied(each, vectors[0]), vectors[0]) for each in self._placed(operator)]
        held = [relation_at(each, self._begin, self._time) for each in self._constraints]
        obeyed = [at(self._laws[each.name], self._begin, self._time) for each in self._free if each.name in self._laws]
        for path, law in zip([each for each in self._free if each.name in self._laws], obeyed, strict=True):
            held.append(path == law)
        total = Add(tuple(everything))
        return Relation(total, ">=", total, (*still, *held))

    def _placed(self, operator: Operator) -> list[Operator]:
        """A constant operator, or what a moving one is in each piece of time."""
        if operator.changes is Changes.NEVER:
            return [operator]
        return [replace(operator, moment=self._begin)] + [
            replace(operator, moment=number(100 + piece)) for piece in range(1, _PIECES)
        ]

    def _moves(self, hypothesis: Relation | VectorEquation) -> bool:
        sides = (hypothesis.left, hypothesis.right)
        return any(has_moving_path(side) or depends(side, self._time) for side in sides)

    # --- one solution ----------------------------------------------------------------------------------------------

    def solution(self, choice: random.Random) -> Iterator[dict[Any, Any]]:
        """The values of all names from moment to moment, as long as the constraints hold."""
        instance, drawing = self._family[choice.randrange(len(self._family))]
        point = drawing.point(choice.randrange)
        if point is None:
            return
        values = {key: _float(value) for key, value in instance.values(point).items()}
        begin = _float(self._begin.value) if isinstance(self._begin, Constant) else values[text(self._begin)]
        state = np.concatenate([np.atleast_1d(values[self._key(each)]) for each in self._unknown])
        growth = {each.name: choice.choice((0, 1, 2)) for each in self._free}
        ends = [begin + _LONGEST * choice.random() ** 2 for _ in range(_PIECES - 1)]
        moving = _Moving(self, values, state, growth, sorted(ends), begin)
        try:
            moving.slope(begin, state)
        except _NO_VALUE:
            begin += _AFTER_A_SINGULARITY
            state = moving.at_rest()
        for start, end in zip([begin, *moving.ends], [*moving.ends, begin + _LONGEST], strict=True):
            if end <= start:
                continue
            times = np.linspace(start, end, _MOMENTS // _PIECES)
            try:
                found = solve_ivp(_patiently(moving.slope), (start, end), state, "DOP853", times, rtol=1e-9, atol=1e-12)
            except _NO_VALUE:
                return
            for moment, reached in zip(found.t, found.y.T, strict=True):
                now = moving.values(float(moment), reached)
                if not all(_holds(each, now) for each in self._constraints):
                    return
                yield now
            if not found.success:
                return
            state = found.y[:, -1]

    def violated(self, now: Mapping[Any, Any]) -> str:
        """How the conclusion fails at a moment; nothing where it holds, or its hypotheses do not."""
        if not all(_holds(each, now) for each in self._moving):
            return ""
        where = Point(now, FLOATS, float)
        try:
            left, right = where.scalar(self._conclusion.left), where.scalar(self._conclusion.right)
        except _NO_VALUE:
            return ""
        if not _fails(left, self._conclusion.sign, right):
            return ""
        return f"at {self._time.name} = {now[self._time.name]:.4g}: left {left:.9g}, right {right:.9g}, on a solution"

    def _key(self, path: Path | ScalarPath) -> tuple[Any, ...]:
        return (path.name, path.order, text(self._begin))


@dataclass(frozen=True)
class _Moving:
    """A drawn system: its slope and the values of its names at a moment and a state."""

    system: _System
    drawn: Mapping[Any, Any]
    first: FloatArray
    growth: Mapping[str, int]
    ends: Sequence[float]
    begin: float

    def values(self, moment: float, state: FloatArray) -> dict[Any, Any]:
        """The values of all names."""
        system = self.system
        found = dict(self.drawn)
        found[system._time.name] = moment
        place = 0
        for path in system._unknown:
            value = self.drawn[system._key(path)]
            size = len(value) if isinstance(value, tuple) else 1
            part = state[place : place + size]
            found[path.name, path.order, None] = tuple(map(float, part)) if isinstance(value, tuple) else float(part[0])
            place += size
        ratio = float(np.linalg.norm(state)) / (float(np.linalg.norm(self.first)) or 1.0)
        where = Point(found, FLOATS, float)
        for path in system._free:
            if (law := system._laws.get(path.name)) is not None:
                is_vector = isinstance(path, Path)
                found[path.name, path.order, None] = where.vector(law) if is_vector else where.scalar(law)
                continue
            value, factor = self.drawn[system._key(path)], ratio ** self.growth[path.name]
            grown = tuple(factor * part for part in value) if isinstance(value, tuple) else factor * value
            found[path.name, path.order, None] = grown
        for operator in system._operators:
            if operator.changes is not Changes.NEVER:
                found[operator.name, 0, None] = self._matrix(operator, moment)
        return found

    def slope(self, moment: float, state: FloatArray) -> FloatArray:
        """The derivative of the state."""
        where = Point(self.values(moment, state), FLOATS, float)
        parts: list[Any] = []
        for path in self.system._unknown:
            equation = self.system._equations[path.name]
            if path.order + 1 < equation.unknown.order:
                parts.append(where.values[path.name, path.order + 1, None])
            elif isinstance(equation.right, Vector):
                parts.append(where.vector(equation.right))
            else:
                parts.append(where.scalar(equation.right))
        return np.concatenate([np.atleast_1d(part) for part in parts])

    def at_rest(self) -> FloatArray:
        """The first state without its velocities: so a singular flow begins."""
        values = [(path.order, np.atleast_1d(self.drawn[self.system._key(path)])) for path in self.system._unknown]
        return np.concatenate([0 * value if order else value for order, value in values])

    def _matrix(self, operator: Operator, moment: float) -> Any:
        pieces = [
            self.drawn[each.name, 0, text(each.moment)]
            for each in self.system._placed(operator)
            if each.moment is not None
        ]
        place = sum(moment > end for end in self.ends)
        if operator.changes is Changes.BY_JUMPS:
            return pieces[place]
        marks = [self.begin, *self.ends, self.begin + _LONGEST]
        share = (moment - marks[place]) / ((marks[place + 1] - marks[place]) or 1.0)
        low, high = np.array(pieces[place]), np.array(pieces[min(place + 1, _PIECES - 1)])
        return tuple(map(tuple, (1 - share) * low + share * high))


def _patiently(slope: Callable[[float, FloatArray], FloatArray]) -> Callable[[float, FloatArray], FloatArray]:
    """The slope, so many times."""
    asked = count(1)

    def limited(moment: float, state: FloatArray) -> FloatArray:
        if next(asked) > _STEPS or not np.abs(state).max() < _LARGEST:
            raise _GivenUp
        return slope(moment, state)

    return limited


def _holds(relation: Relation | VectorEquation, now: Mapping[Any, Any]) -> bool:
    where = Point(now, FLOATS, float)
    try:
        if isinstance(relation, VectorEquation):
            pairs = zip(where.vector(relation.left), where.vector(relation.right), strict=True)
            return not any(_fails(left, "=", right, _ASSUMED) for left, right in pairs)
        return not _fails(where.scalar(relation.left), relation.sign, where.scalar(relation.right), _ASSUMED)
    except _NO_VALUE:
        return False


def _fails(left: float, sign: str, right: float, relative: float = _RELATIVE) -> bool:
    """Whether a relation fails by more than so much."""
    gap, allowed = left - right, relative * (abs(left) + abs(right)) + relative / _RELATIVE * _ABSOLUTE
    if not math.isfinite(gap):
        return False
    match sign:
        case "=":
            return abs(gap) > allowed
        case "<" | "<=":
            return gap > allowed
        case ">" | ">=":
            return -gap > allowed
        case _:
            return False


def _float(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_float, value))
    return (
        float(value.mid()) if isinstance(value, arb) else float(value) if isinstance(value, Fraction | int) else value
    )
