"""Where to begin an argument by slopes: samples at which the facts hold, and starts that floats do not rule out."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite, isnan

from proofcheck.kernel.calculus import derivative
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Apply, Rational, Term, Variable, subterms

from .measuring import Measure, compiled, value
from .sequent import Sequent

_SEED, _MOST_SAMPLES, _MOST_DRAWS = 2021, 40, 4000
_TOLERANCE, _TIGHT, _CLEAR = 1e-9, 1e-7, 1e-3
_PARTS = (0.02, 0.3, 0.7, 0.95)
_CONSTANTS = (0, 1, -1, 2, Fraction(1, 2))
_BACK = {">": "<", "<": ">"}

Point = dict[str, float]


@dataclass(frozen=True, slots=True)
class Start:
    """Where to begin along which variable, and on which sides of it the variable lies; whether the goal is tight."""

    variable: str
    term: Term
    sides: str
    tight: bool


def holds_at(goal: Relation, points: Sequence[Point]) -> bool:
    """Whether floats see the goal fail nowhere."""
    measure = Measure(goal)
    for point in points:
        margin = measure.relative_margin(point)
        if isfinite(margin) and margin < -_TOLERANCE:
            return False
    return True


def samples_of(sequent: Sequent) -> list[Point]:
    """Points at which the facts hold, as far as floats can tell."""
    if sequent.vectors:
        return []
    draw = random.Random(_SEED)
    measures = [Measure(fact) for fact in sequent.facts]
    names = sorted({*sequent.variables, *(name for measure in measures for name in measure.names)})
    found: list[Point] = []
    for _ in range(_MOST_DRAWS):
        scale = draw.choice((0.1, 1.0, 1.0, 1.0, 3.0, 10.0))
        point = {name: abs(draw.gauss(0, scale)) * draw.choice((1, 1, -1)) for name in names}
        if all(measure.may_hold(point) for measure in measures):
            found.append(point)
            if len(found) == _MOST_SAMPLES:
                break
    return found


def on_the_way(points: Sequence[Point], start: Start, name: str) -> list[Point]:
    """The samples with a value on the way from the start to the variable."""
    computed = compiled(start.term)
    found = []
    for number, point in enumerate(points):
        first = value(computed, point)
        if not isnan(first):
            part = _PARTS[number % 4]
            found.append({**point, name: first + part * (point[start.variable] - first)})
    return found


def starts_at(sequent: Sequent, points: Sequence[Point]) -> list[Start]:
    """Starts from which the goal's difference does not fall, as far as floats can tell, the likeliest first."""
    goal = sequent.goal
    term = goal.oriented()[0]
    names = dict.fromkeys(part.name for part in subterms(term) if isinstance(part, Variable))
    found: list[tuple[tuple[bool, bool, int], Start]] = []
    for name in names:
        slope = compiled(derivative(term, Variable(name)))
        height = compiled(term)
        for start in _candidates(sequent, name):
            computed = compiled(start)
            sides, tight = set[str](), True
            for number, point in enumerate(points):
                first = value(computed, point)
                at_start = value(height, {**point, name: first})
                if isnan(first) or isnan(at_start) or at_start < -_TOLERANCE:
                    break
                tight &= at_start < _TIGHT
                apart = point[name] - first
                if abs(apart) < _TOLERANCE:
                    continue
                sides.add(">" if apart > 0 else "<")
                part = _PARTS[number % 4]
                rate = value(slope, {**point, name: first + part * apart})
                # What is beyond floats says nothing.
                if rate * apart < -_TOLERANCE * (1 + abs(rate) * abs(apart)):
                    break
            else:
                if sides:
                    each = Start(name, start, "".join(sorted(sides, reverse=True)), tight)
                    cost = len(list(subterms(start))), len(each.sides)
                    found.append(((not tight, len(each.sides) > 1, sum(cost)), each))
    return [start for _, start in sorted(found, key=lambda pair: pair[0])]


def _candidates(sequent: Sequent, name: str) -> list[Term]:
    """Terms without the variable: what bounds it, small constants, numbers of the goal, other variables."""
    variable = Variable(name)
    found: list[Term] = []
    for fact in sequent.facts:
        for side, other in ((fact.left, fact.right), (fact.right, fact.left)):
            if side == variable and fact.sign not in ("=", "!="):
                found.append(other)
    found += [Rational(Fraction(constant)) for constant in _CONSTANTS]
    parts = [part for side in (sequent.goal.left, sequent.goal.right) for part in subterms(side)]
    found += [part for part in parts if isinstance(part, Rational)]
    found += [part for part in parts if isinstance(part, Variable)]
    if any(isinstance(part, Apply) and part.function in ("log", "exp", "power") for part in parts):
        found += [Apply("exp", (Rational(Fraction(exponent)),)) for exponent in (1, -1, 2)]
    return [term for term in dict.fromkeys(found) if variable not in subterms(term)]


def closed_ranges(sequent: Sequent) -> Iterator[tuple[Variable, Term, Term]]:
    """Variables of the goal with the ends that facts give them, the ends included."""
    for name in sorted(names_in(sequent.goal)):
        variable = Variable(name)
        ends: dict[str, list[Term]] = {"<": [], ">": []}
        for fact in sequent.facts:
            if fact.sign in ("<=", ">="):
                if fact.left == variable:
                    ends[fact.sign[0]].append(fact.right)
                elif fact.right == variable:
                    ends[_BACK[fact.sign[0]]].append(fact.left)
        for lower in ends[">"][:2]:
            for upper in ends["<"][:2]:
                if variable not in (*subterms(lower), *subterms(upper)):
                    yield variable, lower, upper


def is_concave(term: Term, slope: Term, variable: Variable, ends: tuple[Term, Term], points: Sequence[Point]) -> bool:
    """Whether floats see no negative value at the ends and no positive second derivative."""
    height, second = compiled(term), compiled(derivative(slope, variable))
    computed = [compiled(end) for end in ends]
    for point in points:
        if any(value(height, {**point, variable.name: value(end, point)}) < -_TOLERANCE for end in computed):
            return False
        if value(second, point) > _TOLERANCE:
            return False
    return True


def places_in(lower: Fraction | None, upper: Fraction | None, parts: Sequence[Fraction]) -> list[Fraction]:
    """Places in a range, by its parts where it is bounded, else by distances from its end, or from 0."""
    if lower is not None and upper is not None:
        return [lower + part * (upper - lower) for part in parts]
    distances = [part / (1 - part) for part in parts]
    if lower is not None:
        return [lower + distance for distance in distances]
    if upper is not None:
        return [upper - distance for distance in distances]
    return [*distances, *(-distance for distance in distances)]


def looks_provable(sequent: Sequent, points: Sequence[Point], covered: bool) -> bool:
    """Whether floats see a cover that would do, or a start."""
    measure = Measure(sequent.goal)
    if covered and all(measure.relative_margin(point) > _CLEAR for point in points):
        return True
    return bool(starts_at(sequent, points))


def names_in(relation: Relation) -> set[str]:
    """The names of its variables."""
    return {
        part.name for side in (relation.left, relation.right) for part in subterms(side) if isinstance(part, Variable)
    }
