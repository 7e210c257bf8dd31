"""Drawing the values of variables one by one, each where the hypotheses about it and the earlier ones allow it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb
from flint import ctx as flint_context

from proofcheck.explaining.evaluation import evaluate
from proofcheck.kernel import statements as kernel
from proofcheck.kernel import terms
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.terms import difference
from proofcheck.language.expressions import Relation
from proofcheck.provers.measuring import Measure
from proofcheck.provers.solving import approximate, make_plan, solutions

from .evaluating import BITS, in_balls
from .instances import Instance, Value, as_ball, instance_of, shapes

#: A number of choices -> one of them, the simplest at 0.
Choose = Callable[[int], int]

_SIMPLE = tuple(
    Fraction(*pair)
    for pair in (
        *((0, 1), (1, 1), (-1, 1), (2, 1), (-2, 1), (1, 2), (-1, 2), (3, 1), (-3, 1), (3, 2), (-3, 2), (1, 3)),
        *((-1, 3), (5, 1), (-5, 1), (1, 4), (-1, 4), (2, 3), (-2, 3), (10, 1), (-10, 1), (1, 10), (-1, 10)),
    )
)
_FAR = tuple(Fraction(*pair) for pair in ((100, 1), (1, 100), (1000, 1), (1, 1000)))
_STEPS = tuple(
    Fraction(*pair) for pair in ((0, 1), (1, 1), (1, 2), (2, 1), (1, 4), (3, 1), (1, 8), (1, 16), (10, 1), (100, 1))
)
_EIGHTHS = tuple(Fraction(k, 8) for k in (0, 8, 4, 2, 6, 1, 7, 3, 5))
_NEAREST = 10**6


@dataclass(frozen=True, slots=True)
class _Bound:
    """A hypothesis that bounds a variable by what the earlier ones make of a term."""

    sign: str
    other: terms.Term


class Drawing:
    """How the variables of a statement are drawn: each after those that bound it; equations are solved on the way."""

    def __init__(self, statement: kernel.Statement) -> None:
        """Find an order of the unknowns in which each one's bounds are known; the statement has no vectors."""
        equations = tuple(_solved_for(hypothesis) for hypothesis in statement.hypotheses if hypothesis.sign == "=")
        self.plan = make_plan(statement.variables, equations, frozenset())
        self._measures = [(relation, Measure(relation)) for relation in statement.hypotheses]
        self._waiting = {name: self._waits_for(name) for name in statement.variables}
        self._order: list[tuple[str, terms.Term | None]] = []
        self._bounds: dict[str, list[_Bound]] = {}
        self._checks: dict[str, list[Measure]] = {}
        known: set[str] = set()
        limited = {name for _, measure in self._measures if len(measure.names) == 1 for name in measure.names}
        free, solved = list(self.plan.free), list(self.plan.solved)
        while free or solved:
            ready = next((pair for pair in solved if _names(pair[0]) - {pair[1]} <= known), None)
            if ready is None:
                name = min(
                    free, key=lambda name: (len(self._waiting[name] - known), name not in limited, free.index(name))
                )
                free.remove(name)
                self._order.append((name, None))
            else:
                solved.remove(ready)
                name = ready[1]
                self._order.append((name, ready[0]))
            known.add(name)
            settled = [pair for pair in self._measures if name in pair[1].names and pair[1].names <= known]
            self._bounds[name] = [bound for relation, _ in settled if (bound := _bound_of(relation, name)) is not None]
            self._checks[name] = [measure for _, measure in settled]

    def point(self, choose: Choose) -> dict[str, Value] | None:
        """Values at which the hypotheses hold, as far as floats can tell; None where no value fits."""
        values: dict[str, Value] = {}
        for name, equation in self._order:
            if equation is None:
                candidates: Sequence[Value] = self._candidates(name, values)
            else:
                candidates = tuple(_solutions(equation, name, values))
            value = self._chosen(name, candidates, values, choose)
            if value is None:
                return None
            values[name] = value
        return values

    def _waits_for(self, name: str) -> set[str]:
        """The names in this one's bounds, without free ones that it bounds in turn."""
        return {
            other
            for relation, measure in self._measures
            if _bound_of(relation, name) is not None
            for other in measure.names - {name}
            if other not in self.plan.free or _bound_of(relation, other) is None
        }

    def _chosen(
        self, name: str, candidates: Sequence[Value], values: Mapping[str, Value], choose: Choose
    ) -> Value | None:
        """A candidate that the hypotheses allow, the chosen one or the next."""
        if not candidates:
            return None
        first = choose(len(candidates)) if len(candidates) > 1 else 0
        checks = self._checks[name]
        point = {known: as_float(value) for known, value in values.items()} if checks else {}
        for candidate in (*candidates[first:], *candidates[:first]):
            point[name] = as_float(candidate)
            if all(measure.may_hold(point) for measure in checks):
                return candidate
        return None

    def _candidates(self, name: str, values: Mapping[str, Value]) -> tuple[Fraction, ...]:
        """Simple values first; between its bounds where it has some."""
        known = _known(values) if self._bounds[name] else {}
        lows, highs = [], []
        for bound in self._bounds[name]:
            value = _outward(bound, known)
            if value is None:
                continue
            if bound.sign in (">", ">=", "="):
                lows.append(value)
            if bound.sign in ("<", "<=", "="):
                highs.append(value)
        low, high = max(lows, default=None), min(highs, default=None)
        if low is not None and high is not None:
            inside = [value for value in _SIMPLE[:8] if low <= value <= high]
            found = [*inside, *(low + part * (high - low) for part in _EIGHTHS)]
        elif low is not None:
            found = [*(v for v in _SIMPLE if v >= low), *(low + step for step in _STEPS), *(v for v in _FAR if v > low)]
        elif high is not None:
            found = [*(v for v in _SIMPLE if v <= high), *(high - step for step in _STEPS)]
        else:
            found = [*_SIMPLE, *(_FAR if self._checks[name] else ())]
        return tuple(dict.fromkeys(found))


class Family:
    """The instances of a relation, each made when it is first asked for, the smallest first."""

    def __init__(self, relation: Relation, dimensions: int = 3, sizes: int = 3) -> None:
        """Make the smallest one. Raises `NotDrawn`."""
        self._relation = relation
        self._shapes = shapes(relation, dimensions, sizes)
        self._made: dict[int, tuple[Instance, Drawing]] = {}
        self.decisive = self[0][0].decisive

    def __len__(self) -> int:
        return len(self._shapes)

    def __getitem__(self, place: int) -> tuple[Instance, Drawing]:
        if place not in self._made:
            instance = instance_of(self._relation, *self._shapes[place])
            self._made[place] = instance, Drawing(instance.statement)
        return self._made[place]


def _bound_of(relation: kernel.Relation, name: str) -> _Bound | None:
    """What a hypothesis says that a variable is above or below, when it stands alone on one side."""
    variable = terms.Variable(name)
    opposite = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}
    for side, sign, other in (
        (relation.left, relation.sign, relation.right),
        (relation.right, opposite.get(relation.sign, relation.sign), relation.left),
    ):
        if side == variable and sign in opposite and name not in _names(other):
            return _Bound(sign, other)
    return None


def _names(term: terms.Term) -> set[str]:
    return {part.name for part in terms.subterms(term) if isinstance(part, terms.Variable)}


def _outward(bound: _Bound, known: dict[terms.Term, Fraction | arb]) -> Fraction | None:
    """The bound's value; where it is irrational, a rational number next to it that satisfies it."""
    value = _evaluated(bound.other, known)
    if value is None or isinstance(value, Fraction):
        return value
    middle = float(value.mid())
    if not math.isfinite(middle):
        return None
    near = Fraction(middle).limit_denominator(_NEAREST)
    slack = Fraction(4, _NEAREST) * (1 + abs(near))
    return near + slack if bound.sign in (">", ">=") else near - slack


def _evaluated(term: terms.Term, known: dict[terms.Term, Fraction | arb]) -> Fraction | arb | None:
    """The value of a term; None where it has none."""
    try:
        value = evaluate(term, known)
    except (ValueError, ArithmeticError, Unusable):
        return None
    return value if isinstance(value, Fraction) or value.is_finite() else None


def _known(values: Mapping[str, Value]) -> dict[terms.Term, Fraction | arb]:
    return {
        terms.Variable(name): value if isinstance(value, Fraction) else as_ball(value) for name, value in values.items()
    }


def _solutions(equation: terms.Term, name: str, values: Mapping[str, Value]) -> Iterator[Value]:
    """The solutions of an equation: roots, rational ones first; in balls where its coefficients are irrational."""
    if all(isinstance(values[other], Fraction) for other in _names(equation) - {name}):
        plain = {other: value for other, value in values.items() if not isinstance(value, arb)}
        found = list(solutions(equation, name, plain))
        yield from found
        if found:
            return
    with flint_context.workprec(BITS):
        balls = _in_balls(equation, name, _known(values))
    yield from balls


def _in_balls(equation: terms.Term, name: str, known: Mapping[terms.Term, Fraction | arb]) -> list[arb]:
    """The solutions of an equation that is linear or quadratic in its unknown, by its values at four numbers."""
    tried = [_evaluated(equation, {**known, terms.Variable(name): Fraction(x)}) for x in range(4)]
    f = [in_balls(value) for value in tried if value is not None]
    if len(f) < 4:
        return []
    square = (f[2] - 2 * f[1] + f[0]) / 2
    slope, rest = f[1] - f[0] - square, f[0]
    if not (f[3] - 3 * f[2] + 3 * f[1] - f[0]).contains(0):
        return []
    if square.contains(0):
        return [] if slope.contains(0) else [-rest / slope]
    inside = slope**2 - 4 * square * rest
    if not inside > 0:
        return []
    return [(-slope + sign * inside.sqrt()) / (2 * square) for sign in (1, -1)]


def _solved_for(relation: kernel.Relation) -> terms.Term:
    """What vanishes where an equation holds; a logarithm, an exponential, a sine or a cosine alone on a side undone."""
    for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
        if isinstance(side, terms.Apply) and side.arguments:
            variable = side.arguments[0]
            if isinstance(variable, terms.Variable) and variable.name not in _names(other):
                undone = _undone(side.function, other)
                if undone is not None:
                    return difference(variable, undone)
    return difference(relation.left, relation.right)


def _undone(function: str, value: terms.Term) -> terms.Term | None:
    """What the function takes to the value; of a sine and a cosine the smallest such number >= -pi/2."""
    arccosine = terms.Apply("arccos", (value,))
    match function:
        case "log":
            return terms.Apply("exp", (value,))
        case "exp":
            return terms.Apply("log", (value,))
        case "cos":
            return arccosine
        case "sin":
            right_angle = terms.Product((terms.Rational(Fraction(1, 2)), terms.Apply("pi", ())))
            return difference(right_angle, arccosine)
        case _:
            return None


def as_float(value: Value) -> float:
    """The float next to a value, or nearly so."""
    return float(value.mid()) if isinstance(value, arb) else approximate(value)
