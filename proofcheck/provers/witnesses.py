"""Refutation: exact points at which the hypotheses hold and the goal does not.

Points are tried in the order of their simplicity, then near those where the goal is tight, on boundaries, at random,
then where a search in floats leads. Vectors are written in coordinates, in up to three dimensions. An equation among
the hypotheses is solved, exactly, for a variable of its own. Floats only choose what the kernel is asked; `refute`
decides.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice
from math import inf, isfinite

from proofcheck.kernel.certificates import Root, Witness
from proofcheck.kernel.check import Rejected, refute
from proofcheck.kernel.statements import Relation, Statement, conditions
from proofcheck.kernel.terms import (
    Apply,
    Inner,
    Power,
    Product,
    Rational,
    Sum,
    Term,
    Variable,
    atoms,
    difference,
    subterms,
)

from .measuring import Measure, Outcome, Residual
from .sequent import Deadline
from .solving import Plan, approximate, completions, make_plan
from .univariate import bounds

_SEED = 2021
_SIMPLE = (
    *map(Fraction, (0, 1, -1, 2)),
    *(Fraction(p, q) for p, q in ((1, 2), (3, 1), (-2, 1), (-1, 2), (4, 1), (1, 3), (1, 4), (3, 2))),
    *(Fraction(p, q) for p, q in ((-3, 1), (10, 1), (1, 10), (100, 1))),
)
_DENOMINATORS = (1, 2, 3, 4, 6, 8, 12, 24, 60, 100, 1000, 10**4, 10**6, 10**9)
_STEPS = 250
_MOST_TIED = 6
_LITTLE = (Fraction(1, 10**3), Fraction(1, 10**6), Fraction(1, 10**9))


@dataclass(frozen=True, slots=True)
class Effort:
    """The largest dimension of the vectors, and how many points are tried in each: simple ones, on each boundary,
    in each corner of two, at random; how many descents; and how many points that are too close to tell for floats."""

    dimension: int
    simple: int
    on_a_boundary: int
    in_a_corner: int
    at_random: int
    descents: int
    ties: int


A_GLANCE = Effort(1, 8, 0, 0, 0, 0, 0)
FEW = Effort(1, 80, 0, 0, 0, 0, 0)
SOME = Effort(2, 300, 20, 0, 100, 2, 20)
MANY = Effort(3, 4000, 200, 60, 1000, 16, 60)

Free = Mapping[str, Fraction]
Candidate = tuple[Plan, Free]


def search(statement: Statement, deadline: Deadline, effort: Effort = MANY) -> Witness | None:
    """A witness that the kernel accepts as a refutation, as simple a one as was found.

    Raises `OutOfTime`.

    >>> from proofcheck.kernel.terms import ZERO
    >>> x = Variable("x")
    >>> search(Statement(("x",), (), (), Relation(Power(x, 2), ">", x)), Deadline.after(1))
    Witness(values=(Fraction(0, 1),), vectors=())
    """
    dimensions = range(1, min(effort.dimension, max(1, len(statement.vectors))) + 1)
    settings = [Setting(statement, dimension, deadline, effort) for dimension in dimensions]
    stages = (_simple_points, _near_ties, _boundary_points, _random_points, _guided_points, _corner_points)
    for stage in stages:
        for setting in settings:
            for plan, free in stage(setting):
                if (witness := setting.refutation(plan, free)) is not None:
                    return simplified(setting, plan, free, witness)
    ties = (witness for setting in settings for witness in setting.ties if setting.is_refuted(witness))
    return next(ties, None)


def parameter_values(statement: Statement, effort: Effort) -> Iterator[dict[str, Fraction]]:
    """Rational points, each once, at which the hypotheses of a statement without vectors seem to hold."""
    setting = Setting(statement, 1, Deadline.after(inf), effort)
    tried = set[tuple[Fraction, ...]]()
    for stage in (_simple_points, _boundary_points):
        for plan, free in stage(setting):
            for values in islice(completions(plan, free, frozenset(statement.variables)), 4):
                point = {name: value for name, value in values.items() if isinstance(value, Fraction)}
                floats = {name: approximate(value) for name, value in point.items()}
                found = tuple(point[name] for name in statement.variables)
                if found not in tried and all(measure.may_hold(floats) for measure in setting.measures):
                    tried.add(found)
                    yield point


class Setting:
    """A statement with its vectors in coordinates, prepared for trying points."""

    def __init__(self, statement: Statement, dimension: int, deadline: Deadline, effort: Effort) -> None:
        self.ties: list[Witness] = []
        #: Where the goal is so near to failing that floats cannot tell.
        self.tied: list[Candidate] = []
        self.effort = effort
        self._statement = statement
        self._dimension = dimension
        self._deadline = deadline
        # Up to a rotation the first vector lies on the first axis, the second in the plane of the first two.
        self._coordinates = {
            vector: tuple(f"{vector}.{axis}" for axis in range(min(place + 1, dimension)))
            for place, vector in enumerate(statement.vectors)
        }
        self.rational = frozenset(name for names in self._coordinates.values() for name in names)
        self.unknowns = (*statement.variables, *(n for names in self._coordinates.values() for n in names))
        self.hypotheses = tuple(map(self._in_coordinates, statement.hypotheses))
        self.goal = self._in_coordinates(statement.goal)
        self.equations = tuple(
            difference(relation.left, relation.right) for relation in self.hypotheses if relation.sign == "="
        )
        self.plan = self.plan_with()
        self.measures = tuple(map(Measure, self.hypotheses))
        self.goal_measure = Measure(self.goal)
        self._demanded = (self.goal_measure, *map(Measure, conditions(self.goal)))

    def plan_with(self, *more: Term) -> Plan:
        """The plan that also lets these terms vanish."""
        return make_plan(self.unknowns, (*self.equations, *more), self.rational)

    def check_time(self) -> None:
        """Raise `OutOfTime` when it has come."""
        self._deadline.check()

    def used(self, name: str) -> bool:
        """Whether the statement says anything about an unknown."""
        sides = [side for relation in (*self.hypotheses, self.goal) for side in (relation.left, relation.right)]
        return any(Variable(name) in atoms(side) for side in sides)

    def choices(self, name: str) -> list[Fraction]:
        """Values for an unknown, the simplest first, that its own hypotheses allow."""
        if not self.used(name):
            return [Fraction(0)]
        below, above = bounds(self.hypotheses, Variable(name))
        ends = [bound.value for bound in (*below, *above)]
        constants = [part.value for part in _parts(self.goal) if isinstance(part, Rational)]
        values = dict.fromkeys((*_SIMPLE[:7], *ends, *_SIMPLE[7:], *constants))
        return [value for value in values if self.allows(name, value)]

    def allows(self, name: str, value: Fraction) -> bool:
        """Whether the hypotheses about this unknown alone seem to hold at a value of it."""
        point = {name: approximate(value)}
        return all(measure.may_hold(point) for measure in self.measures if measure.names == {name})

    def refutation(self, plan: Plan, free: Free) -> Witness | None:
        """The first refutation among the points with these free values; ties are kept for later."""
        self._deadline.check()
        for values in islice(completions(plan, free, self.rational), 8):
            point = {name: approximate(value) for name, value in values.items()}
            if not all(measure.may_hold(point) for measure in self.measures):
                continue
            outcome = self.goal_measure.outcome(point)
            # On a boundary rounding can hide that the goal fails, or is undefined.
            if plan is not self.plan and any(each.outcome(point) is not Outcome.HOLDS for each in self._demanded):
                outcome = Outcome.FAILS
            if outcome is Outcome.HOLDS:
                continue
            witness = self._witness(values)
            if outcome is Outcome.FAILS and self.is_refuted(witness):
                return witness
            if outcome is Outcome.TIE and len(self.ties) < self.effort.ties:
                self.ties.append(witness)
                self.tied.append((plan, free))
        return None

    def is_refuted(self, witness: Witness) -> bool:
        """Whether the kernel accepts the witness."""
        try:
            refute(self._statement, witness)
        except Rejected:
            return False
        return True

    def _witness(self, values: Mapping[str, Fraction | Root]) -> Witness:
        vectors = []
        for names in self._coordinates.values():
            given = [value for name in names if isinstance(value := values[name], Fraction)]
            vectors.append((*given, *[Fraction(0)] * (self._dimension - len(given))))
        return Witness(tuple(values[name] for name in self._statement.variables), tuple(vectors))

    def _in_coordinates(self, relation: Relation) -> Relation:
        return Relation(self._scalar(relation.left), relation.sign, self._scalar(relation.right))

    def _scalar(self, term: Term) -> Term:
        match term:
            case Inner(left, right):
                pairs = zip(self._coordinates[left], self._coordinates[right], strict=False)
                return Sum(tuple(Product((Variable(a), Variable(b))) for a, b in pairs))
            case Sum(parts):
                return Sum(tuple(map(self._scalar, parts)))
            case Product(parts):
                return Product(tuple(map(self._scalar, parts)))
            case Power(base, exponent):
                return Power(self._scalar(base), exponent)
            case Apply(function, parts):
                return Apply(function, tuple(map(self._scalar, parts)))
            case Rational() | Variable():
                return term


def _parts(relation: Relation) -> list[Term]:
    return [part for side in (relation.left, relation.right) for part in subterms(side)]


def _simple_points(setting: Setting) -> Iterator[Candidate]:
    """Simple values in all combinations, the simplest combinations first."""
    return _combinations(setting, setting.plan, setting.effort.simple)


def _near_ties(setting: Setting) -> Iterator[Candidate]:
    """Points close to those where the goal is tight, one value moved by a little."""
    for plan, free in setting.tied[:_MOST_TIED]:
        for name in free:
            for step in _LITTLE if setting.used(name) else ():
                yield plan, {**free, name: free[name] + step}
                yield plan, {**free, name: free[name] - step}


def _boundary_points(setting: Setting) -> Iterator[Candidate]:
    """Points where a hypothesis is tight, the goal is tight, or something in the goal stops being defined."""
    if not setting.effort.on_a_boundary:
        return
    tight = [relation for relation in setting.hypotheses if relation.sign in ("<=", ">=")]
    for relation in (*conditions(setting.goal), *tight, setting.goal):
        plan = setting.plan_with(difference(relation.left, relation.right))
        if len(plan.solved) > len(setting.plan.solved):
            yield from _combinations(setting, plan, setting.effort.on_a_boundary)


def _corner_points(setting: Setting) -> Iterator[Candidate]:
    """Points where two hypotheses are tight at once."""
    tight = [relation for relation in setting.hypotheses if relation.sign in ("<=", ">=")]
    for pair in combinations(tight if setting.effort.in_a_corner else (), 2):
        setting.check_time()
        plan = setting.plan_with(*(difference(relation.left, relation.right) for relation in pair))
        if len(plan.solved) == len(setting.plan.solved) + 2:
            yield from _combinations(setting, plan, setting.effort.in_a_corner)


def _combinations(setting: Setting, plan: Plan, most: int) -> Iterator[Candidate]:
    choices = [setting.choices(name) for name in plan.free]
    for values in islice(_by_cost(choices), most):
        yield plan, dict(zip(plan.free, values, strict=True))


def _by_cost(choices: list[list[Fraction]]) -> Iterator[tuple[Fraction, ...]]:
    """All combinations, in the order of the sum of the places where the values stand."""

    def costing(cost: int, rest: list[list[Fraction]]) -> Iterator[tuple[Fraction, ...]]:
        if not rest:
            if cost == 0:
                yield ()
            return
        if cost > sum(len(values) - 1 for values in rest):
            return
        for place, value in enumerate(rest[0][: cost + 1]):
            for others in costing(cost - place, rest[1:]):
                yield (value, *others)

    for cost in range(1 + sum(len(values) - 1 for values in choices)):
        yield from costing(cost, choices)


def _random_points(setting: Setting) -> Iterator[Candidate]:
    """Small rational values."""
    draw = random.Random(_SEED)
    names = [name for name in setting.plan.free if setting.used(name)]
    idle = {name: Fraction(0) for name in setting.plan.free if name not in names}
    for _ in range(setting.effort.at_random if names else 0):
        free = dict(idle)
        for name in names:
            drawn = (_small_rational(draw) for _ in range(10))
            free[name] = next((value for value in drawn if setting.allows(name, value)), Fraction(1))
        yield setting.plan, free


def _small_rational(draw: random.Random) -> Fraction:
    value = Fraction(draw.randint(-12, 12), draw.choice((1, 1, 2, 3, 5, 10)))
    return value * draw.choice((Fraction(1), Fraction(1), Fraction(10), Fraction(1, 10)))


def _guided_points(setting: Setting) -> Iterator[Candidate]:
    """Where a random descent in floats comes closest to a refutation, rounded more and more finely."""
    draw = random.Random(_SEED)
    names = [name for name in setting.plan.free if setting.used(name)]
    idle = {name: Fraction(0) for name in setting.plan.free if name not in names}
    residuals = [(Residual(term, name), name) for term, name in setting.plan.solved]
    for _ in range(setting.effort.descents if names else 0):
        found = _descent(setting, names, residuals, draw)
        tried = set()
        for denominator in _DENOMINATORS:
            values = tuple(Fraction(found[name]).limit_denominator(denominator) for name in names)
            if values not in tried:
                tried.add(values)
                yield setting.plan, idle | dict(zip(names, values, strict=True))


def _descent(
    setting: Setting, names: list[str], residuals: list[tuple[Residual, str]], draw: random.Random
) -> dict[str, float]:
    """Random steps from a random point, kept when they do not make things worse; their length adapts."""
    signs = [draw.choice((-1, 1)) for _ in residuals]
    best = {name: draw.gauss(0, 1) * draw.choice((0.1, 1, 1, 10)) for name in names}
    best_badness = badness_at(setting, best, residuals, signs)
    length = 1.0
    for step in range(_STEPS):
        if step % 50 == 0:
            setting.check_time()
        moved = names if step % 2 else [draw.choice(names)]
        point = best | {name: best[name] + length * draw.gauss(0, 1) for name in moved}
        badness = badness_at(setting, point, residuals, signs)
        if badness <= best_badness:
            best, best_badness, length = point, badness, min(length * 1.6, 100)
        else:
            length = max(length * 0.9, 1e-12)
    return best


def badness_at(
    setting: Setting, free: dict[str, float], residuals: list[tuple[Residual, str]], signs: list[int]
) -> tuple[float, float]:
    """How far the hypotheses are from holding, and then how far the goal is from failing."""
    point = {name: 0.0 for name in setting.plan.free} | free
    for (residual, name), sign in zip(residuals, signs, strict=True):
        point[name] = residual.root(point, sign)
        if not isfinite(point[name]):
            return inf, inf
    violation = sum(max(0.0, -measure.relative_margin(point)) for measure in setting.measures)
    return (violation if violation > 1e-9 else 0.0), setting.goal_measure.relative_margin(point)


def simplified(setting: Setting, plan: Plan, free: Free, witness: Witness) -> Witness:
    """The witness with each free value in turn made as simple as it can be."""
    values = dict(free)
    for name in [name for _ in range(2) for name in plan.free]:
        for simpler in _simpler(values[name]):
            found = setting.refutation(plan, values | {name: simpler})
            if found is not None:
                values[name], witness = simpler, found
                break
    return witness


def _simpler(value: Fraction) -> list[Fraction]:
    """Simpler values to put in the place of one, the simplest first."""
    rounded = (value.limit_denominator(denominator) for denominator in _DENOMINATORS)
    candidates = sorted(dict.fromkeys((*_SIMPLE, *rounded)), key=_complexity)
    return [candidate for candidate in candidates if _complexity(candidate) < _complexity(value)]


def _complexity(value: Fraction) -> tuple[int, bool]:
    """What puts 0, 1, -1, 2, -2, 1/2, ... in this order."""
    return abs(value.numerator) + 2 * value.denominator, value < 0
