"""Inequalities by calculus: along a variable, from a point where the goal holds, its difference does not fall.

The derivative's sign is a goal of its own, cleared of denominators and of factors with a sign, and is shown by the
caller's provers or in the same way; so Taylor's bounds come out in as many steps as the order of contact. Floats at
samples choose the variable and the start, and leave out what fails there; the kernel's mean value theorem decides.
Where no start serves, a concave difference is followed from both ends, by the sign of its derivative; or the range is
cut in two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isfinite

from proofcheck.kernel.axioms import AXIOMS
from proofcheck.kernel.calculus import derivative
from proofcheck.kernel.certificates import (
    Apart,
    Axiom,
    Combination,
    Evidence,
    Lemma,
    Multiple,
    Proof,
    Slope,
    Split,
)
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation, conditions, instance
from proofcheck.kernel.terms import ONE, ZERO, Apply, Inner, Power, Rational, Term, Variable, difference, subterms

from . import backward, cover
from .cases import Closing
from .extension import Extension, citation, cited
from .measuring import Measure, compiled, value
from .polynomials import ring_of
from .prepare import prepare
from .pruning import pruned, renumbered
from .sampling import (
    Point,
    Start,
    closed_ranges,
    holds_at,
    is_concave,
    looks_provable,
    names_in,
    on_the_way,
    places_in,
    samples_of,
    starts_at,
)
from .sequent import Deadline, OutOfTime, Sequent
from .shapes import LARGE_EXPONENT
from .signs import quick
from .univariate import bounds

_DEPTH, _MOST_STARTS, _MOST_CUTS, _FINE = 7, 3, 6, 1000
_BACK = {">": "<", "<": ">"}
_CUTS = tuple(Fraction(p, q) for p, q in ((1, 2), (2, 3), (1, 3), (3, 4), (1, 4), (7, 8), (1, 8), (15, 16), (1, 16)))
_GRID = tuple(Fraction(k, 64) for k in range(1, 64))

#: What closes a case, on one side, at the samples there.
OnSide = Callable[[Sequent, str, Sequence[Point]], Evidence | None]


def search(sequent: Sequent, deadline: Deadline, close: Closing) -> Evidence | None:
    """Evidence by the mean value theorem for a goal with function values or large powers. Raises `OutOfTime`.

    >>> from proofcheck.kernel.terms import Product
    >>> t = Variable("t")
    >>> goal = Relation(Apply("exp", (t,)), ">=", Product((Apply("exp", (ONE,)), t)))
    >>> def close(inside, soon):
    ...     prepared, wrap = prepare(inside, soon)
    ...     evidence = quick(soon)(prepared)
    ...     return None if evidence is None else wrap(evidence)
    >>> search(Sequent(("t",), (), (), goal), Deadline.after(5), close) is not None
    True
    """
    goal = sequent.goal
    if not _is_transcendental(goal):
        return None
    if goal.sign == "!=":
        strict = ((sign, Relation(goal.left, sign, goal.right)) for sign in "><")
        found = ((sign, search(sequent.proving(each), deadline, close)) for sign, each in strict)
        return next((Apart(sign, evidence) for sign, evidence in found if evidence is not None), None)
    points = samples_of(sequent)
    extension = _with_rational_bounds(Extension(sequent), deadline)
    bounded = extension.sequent
    try:
        equation = sequent.goal.sign == "="
        for cuts in (0,) if equation else (0, _MOST_CUTS):
            depth = 1 if equation else _DEPTH
            evidence = _Search(bounded, deadline, close, cuts).goal(bounded, points, depth) if points else None
            if evidence is not None:
                return extension.wrap(evidence)
    except Unusable:
        return None
    return None


def _with_rational_bounds(extension: Extension, deadline: Deadline) -> Extension:
    """Bounds such as pi/2 with rationals just beyond them, for what needs a box."""
    for fact in extension.sequent.facts:
        for side, bound in ((fact.left, fact.right), (fact.right, fact.left)):
            if not isinstance(side, Variable) or isinstance(bound, Rational) or fact.sign in ("=", "!="):
                continue
            if any(isinstance(part, Variable | Inner) for part in subterms(bound)):
                continue
            above = (fact.sign[0] == "<") == (side is fact.left)
            near = value(compiled(bound), {})
            if isfinite(near):
                beyond = Rational(Fraction(round(near * _FINE) + (1 if above else -1), _FINE))
                sign = "<=" if above else ">="
                told = extension.lemma(Relation(bound, sign, beyond), lambda asked: cover.search(asked, deadline))
                told = told and told.lemma(Relation(side, sign, beyond), quick(deadline))
                extension = told or extension
    return extension


def _with_inner_values(extension: Extension) -> Extension:
    """The special values that occur inside other function values of the goal."""
    goal = extension.sequent.goal
    outer = [part for side in (goal.left, goal.right) for part in subterms(side) if isinstance(part, Apply)]
    inner = {part for each in outer for argument in each.arguments for part in subterms(argument)}
    _, known = AXIOMS["special values"][1]()
    for place, fact in enumerate(known):
        if fact.left in inner:

            def close(sequent: Sequent, place: int = place) -> Evidence:
                cite = Combination((), (), (Multiple(ONE, len(sequent.facts) + place),))
                return Axiom("special values", (), (), (), cite)

            extension = extension.lemma(fact, close) or extension
    return extension


def _is_transcendental(goal: Relation) -> bool:
    return any(
        isinstance(part, Apply) or (isinstance(part, Power) and abs(part.exponent) > LARGE_EXPONENT)
        for side in (goal.left, goal.right)
        for part in subterms(side)
    )


class _Search:
    """The search below one goal; `points` are samples at which the facts hold."""

    def __init__(self, sequent: Sequent, deadline: Deadline, close: Closing, cuts: int) -> None:
        self._deadline, self._close = deadline, close
        self._seen = set[tuple[Relation, int]]()
        self._kept, self._cuts = set[Relation](), cuts
        #: The goals that this one is for, whatever the values between are called: to prove one by itself is no way.
        self._above: list[Relation] = []
        self._taken = {name for relation in (*sequent.facts, sequent.goal) for name in names_in(relation)}

    def _fresh(self, name: str) -> Variable:
        """A variable that no sequent of this search has yet."""
        base = _base(name)
        found = next(each for k in range(1, 10_000) if (each := f"{base}_{k}") not in self._taken)
        self._taken.add(found)
        return Variable(found)

    def goal(self, sequent: Sequent, points: Sequence[Point], depth: int) -> Evidence | None:
        """Evidence by a slope, of the goal as it stands or cleared of denominators and factors."""
        self._deadline.check()
        shape = _without_numbers(sequent.goal)
        if depth <= 0 or shape in self._above or not holds_at(sequent.goal, points):
            return None
        self._above.append(shape)
        try:
            return self._any(sequent, points, depth)
        finally:
            self._above.pop()

    def _any(self, sequent: Sequent, points: Sequence[Point], depth: int) -> Evidence | None:
        steps = [self._by_slope, self._cleared]
        if _has_denominator(sequent.goal):
            steps.reverse()
        if self._cuts and len(self._above) > 1:
            # Deep inside, where the range is often a box, a cover of most of it is the shortest way.
            steps = [self._cut, *steps]
        elif self._cuts:
            steps += [self._concave, self._cut]
        return next((found for step in steps if (found := step(sequent, points, depth)) is not None), None)

    def _direct(self, sequent: Sequent) -> Evidence | None:
        """Evidence by the caller's provers in a little time."""
        try:
            evidence = cited(sequent, sequent.goal) or self._close(sequent, self._deadline.share(0.2))
        except (OutOfTime, Unusable):
            self._deadline.check()
            return None
        return None if evidence is None else pruned(evidence, len(sequent.facts))

    def _cleared(self, sequent: Sequent, points: Sequence[Point], depth: int) -> Evidence | None:
        """Evidence from what is left of the goal without denominators, squares and factors with a sign."""
        known = len(sequent.facts)

        def rest(inside: Sequent) -> Evidence | None:
            if inside.goal == sequent.goal or not _is_transcendental(inside.goal):
                return None
            bare = Sequent(inside.variables, inside.vectors, inside.facts[:known], inside.goal)
            found = self._by_slope(bare, points, depth) if holds_at(inside.goal, points) else None
            return None if found is None else _shifted(found, known, len(inside.facts) - known)

        try:
            prepared, wrap = prepare(sequent, self._deadline.share(0.3))
            for evidence in backward.cleared(prepared, self._deadline, rest):
                return pruned(wrap(evidence), known)
        except Unusable:
            return None
        return None

    def _by_slope(self, sequent: Sequent, points: Sequence[Point], depth: int) -> Evidence | None:
        key = sequent.goal, len(sequent.facts)
        if key in self._seen:
            return None
        self._seen.add(key)
        for start in starts_at(sequent, points)[:_MOST_STARTS]:
            self._deadline.check()
            evidence = self._from(sequent, start, points, depth)
            if evidence is not None:
                return evidence
        return None

    def _from(self, sequent: Sequent, start: Start, points: Sequence[Point], depth: int) -> Evidence | None:
        if len(start.sides) == 1:
            return self._slope(sequent, start, start.sides, points, depth)

        def prove(inside: Sequent, side: str, on_side: Sequence[Point]) -> Evidence | None:
            return self._slope(inside, start, side, on_side, depth)

        return self._in_two(sequent, Variable(start.variable), start.term, points, prove)

    def _in_two(
        self, sequent: Sequent, variable: Variable, term: Term, points: Sequence[Point], prove: OnSide
    ) -> Evidence | None:
        """Evidence in cases, a variable at least and at most a term; the cases know of the weak order only."""
        apart = difference(variable, term)
        needed = conditions(Relation(apart, "=", ZERO))
        definedness = self._chain(sequent, needed)
        if definedness is None:
            return None
        sequent = sequent.assuming(*needed)
        case = len(sequent.facts)
        parts: dict[str, Evidence] = {}
        for side in "><":
            order = Relation(variable, f"{side}=", term)
            on_side = [point for point in points if Measure(order).may_hold(point)]
            evidence = prove(sequent.assuming(order), side, on_side)
            if evidence is None:
                return None
            parts[side] = evidence
        branches = []
        for sign, side in (("<", "<"), ("=", ">"), (">", ">")):
            inside = sequent.assuming(Relation(apart, sign, ZERO))
            extension = Extension(inside).lemma(Relation(variable, f"{side}=", term), quick(self._deadline))
            if extension is None:
                return None
            shift = len(extension.sequent.facts) - case - 1
            branches.append(extension.wrap(_shifted(parts[side], case, shift)))
        return Split(apart, definedness, *branches)

    def _concave(self, sequent: Sequent, points: Sequence[Point], depth: int) -> Evidence | None:
        """From both ends of a range on which the difference is concave, by the sign of the derivative."""
        term = sequent.goal.oriented()[0]
        for variable, lower, upper in closed_ranges(sequent):
            slope = derivative(term, variable)
            if not is_concave(term, slope, variable, (lower, upper), points):
                continue
            slope = _normal(Relation(slope, ">=", ZERO)).left
            needed = conditions(Relation(slope, "=", ZERO))
            definedness = self._chain(sequent, needed)
            if definedness is None:
                continue
            known = sequent.assuming(*needed)
            parts: dict[str, Evidence] = {}
            for end, side in ((upper, "<"), (lower, ">")):
                case = Relation(slope, f"{side}=", ZERO)
                self._kept.add(case)
                there = [point for point in points if Measure(case).may_hold(point)]
                start = Start(variable.name, end, side, tight=False)
                evidence = self._slope(known.assuming(case), start, side, there, depth - 1)
                if evidence is None:
                    break
                parts[side] = evidence
            if len(parts) == 2 and (evidence := self._split(known, slope, definedness, parts)) is not None:
                return evidence
        return None

    def _split(
        self, sequent: Sequent, term: Term, definedness: tuple[Evidence, ...], parts: dict[str, Evidence]
    ) -> Evidence | None:
        """Three cases for a term's sign, from evidence for each side that knows of the weak sign only."""
        case = len(sequent.facts)
        branches = []
        for sign, side in (("<", "<"), ("=", ">"), (">", ">")):
            inside = Extension(sequent.assuming(Relation(term, sign, ZERO)))
            told = inside.lemma(Relation(term, f"{side}=", ZERO), lambda asked: citation(asked, case))
            if told is None:
                return None
            branches.append(told.wrap(_shifted(parts[side], case, len(told.sequent.facts) - case - 1)))
        return Split(term, definedness, *branches)

    def _cut(self, sequent: Sequent, points: Sequence[Point], depth: int) -> Evidence | None:
        """The range of the goal's only variable in two, where each part looks as if it could be shown."""
        names = names_in(sequent.goal)
        if len(names) != 1 or self._cuts == 0:
            return None
        self._cuts -= 1
        variable = Variable(next(iter(names)))
        below, above = bounds(sequent.facts, variable)
        lower, upper = (side[0].value if side else None for side in (below, above))
        grid = [{**points[0], variable.name: float(place)} for place in places_in(lower, upper, _GRID)]
        measures = [measure for fact in sequent.facts if (measure := Measure(fact)).names == names]
        grid = [point for point in grid if all(measure.may_hold(point) for measure in measures)]

        def prove(inside: Sequent, side: str, there: Sequence[Point]) -> Evidence | None:
            return self._direct(inside) or (self._any(inside, there, depth - 1) if depth > 1 else None)

        for place in places_in(lower, upper, _CUTS):
            parts = [[point for point in grid if (point[variable.name] >= place) == up] for up in (False, True)]
            term = Rational(place)
            orders = (Relation(variable, "<=", term), Relation(variable, ">=", term))
            bounded = (lower is not None, upper is not None)
            if all(
                part and looks_provable(sequent.assuming(order), part, covered)
                for part, order, covered in zip(parts, orders, bounded, strict=True)
            ):
                evidence = self._in_two(sequent, variable, term, grid, prove)
                if evidence is not None:
                    return evidence
        return None

    def _slope(self, sequent: Sequent, start: Start, side: str, points: Sequence[Point], depth: int) -> Evidence | None:
        """The theorem itself, its parts in the kernel's order."""
        goal, variable = sequent.goal, Variable(start.variable)
        strict = goal.sign in "<>" and start.tight
        direction = side if strict else side + "="
        definedness = self._chain(sequent, conditions(Relation(start.term, "=", ZERO)))
        if definedness is None:
            return None
        known = sequent.assuming(*conditions(Relation(start.term, "=", ZERO)))
        order = Relation(variable, direction, start.term)
        ordered = self._chain(known, (order,))
        if ordered is None:
            return None
        known = known.assuming(order)
        between = self._fresh(start.variable)
        moved = instance(goal, {start.variable: between})
        first = instance(goal, {start.variable: start.term})
        at_start = tuple(instance(each, {between.name: start.term}) for each in conditions(moved))
        weakened = first.sign[0] + "=" if strict else first.sign
        begun = known.assuming(*at_start).proving(Relation(first.left, weakened, first.right))
        beginning = self._beginning(begun, points, min(depth - 1, 2))
        if beginning is None:
            return None
        inside = known.assuming(
            Relation(between, side + "=", start.term), Relation(between, _BACK[side] + "=", variable)
        )
        defined = self._chain(inside, conditions(moved), variable, between)
        if defined is None:
            return None
        open_facts = Relation(between, side, start.term), Relation(between, _BACK[side], variable)
        within = inside.assuming(*conditions(moved), *open_facts)
        sign = "=" if goal.sign == "=" else side if strict else side + "="
        rising = Relation(derivative(moved.oriented()[0], between), sign, ZERO)
        slope = self._derivative(within, rising, variable, between, on_the_way(points, start, between.name), depth)
        if slope is None:
            return None
        return Slope(
            start.variable, start.term, direction, between.name, definedness, ordered[0], defined, slope, beginning
        )

    def _beginning(self, sequent: Sequent, points: Sequence[Point], depth: int) -> Evidence | None:
        """Evidence at the start, where function values may be known, also inside others."""
        extension = _with_inner_values(Extension(sequent))
        evidence = self._direct(extension.sequent) or self.goal(extension.sequent, points, depth)
        return None if evidence is None else pruned(extension.wrap(evidence), len(sequent.facts))

    def _chain(
        self,
        sequent: Sequent,
        relations: Sequence[Relation],
        variable: Variable | None = None,
        between: Variable | None = None,
    ) -> tuple[Evidence, ...] | None:
        """Evidence for relations, each of which joins the facts for the next."""
        found = []
        for relation in relations:
            inside = sequent.proving(relation)
            evidence = quick(self._deadline)(inside)
            if evidence is None and variable is not None and between is not None:
                extension = self._told(inside, variable, between)
                evidence = self._direct(extension.sequent.proving(relation))
                evidence = None if evidence is None else extension.wrap(evidence)
            evidence = evidence or self._direct(inside)
            if evidence is None:
                return None
            found.append(pruned(evidence, len(sequent.facts)))
            sequent = sequent.assuming(relation)
        return tuple(found)

    def _told(self, sequent: Sequent, variable: Variable, between: Variable) -> Extension:
        """What the facts about the variable say of the value between."""
        extension, close = Extension(sequent), quick(self._deadline)
        for fact in sequent.facts:
            if _mentions(fact, variable) and not _mentions(fact, between):
                told = instance(fact, {variable.name: between})
                if told not in extension.sequent.facts:
                    extension = extension.lemma(told, close) or extension
        return extension

    def _derivative(
        self,
        within: Sequent,
        rising: Relation,
        variable: Variable,
        between: Variable,
        points: Sequence[Point],
        depth: int,
    ) -> Proof | None:
        """The sign of the derivative, from what is known of the value between."""
        needed = conditions(rising)
        definedness = self._chain(within, needed, variable, between)
        if definedness is None:
            return None
        extension = self._told(within.assuming(*needed), variable, between)
        full = extension.sequent.proving(rising)
        # The variable itself plays a part only where its own slope is known.
        whole = not self._kept.isdisjoint(full.facts)
        kept = [number for number in range(len(full.facts)) if whole or _useful(full, number, variable, rising)]
        few = Sequent(full.variables, full.vectors, tuple(full.facts[number] for number in kept), rising)
        normal = few.proving(_normal(rising))
        evidence = self._direct(normal) or self.goal(normal, points, depth - 1)
        if evidence is None:
            return None
        if normal.goal != rising:
            told = citation(few.assuming(normal.goal), len(few.facts))
            evidence = Lemma(normal.goal, Proof((), evidence), told)
        more = len(full.facts) - len(kept)
        evidence = renumbered(evidence, lambda k: kept[k] if k < len(kept) else k + more)
        return Proof(definedness, pruned(extension.wrap(evidence), len(within.facts) + len(needed)))


def _has_denominator(goal: Relation) -> bool:
    term = goal.oriented()[0]
    return not ring_of([term]).quotient(term).denominator.is_constant()


def _without_numbers(goal: Relation) -> Relation:
    """The goal with one name for all values between on the way of one variable."""
    return instance(goal, {name: Variable(_base(name)) for name in names_in(goal)})


def _base(name: str) -> str:
    return name.rstrip("'0123456789").rstrip("_") or name


def _shifted(evidence: Evidence, first: int, by: int) -> Evidence:
    """The evidence, as if so many facts came before the fact with that number."""
    return renumbered(evidence, lambda number: number if number < first else number + by)


def _normal(goal: Relation) -> Relation:
    """The goal about a polynomial in normal form, if it is about one."""
    term, sign = goal.oriented()
    ring = ring_of([term])
    quotient = ring.quotient(term)
    if not quotient.denominator.is_constant():
        return goal
    found = Relation(ring.term(quotient.numerator / quotient.denominator.leading_coefficient()), sign, ZERO)
    return goal if conditions(found) else found


def _mentions(relation: Relation, variable: Variable) -> bool:
    return variable in subterms(relation.left) or variable in subterms(relation.right)


def _useful(sequent: Sequent, number: int, variable: Variable, goal: Relation) -> bool:
    """Whether a fact says more than others: no fact twice, none weaker than another, none about the variable."""
    fact = sequent.facts[number]
    if _mentions(fact, variable) and not _mentions(goal, variable):
        return False
    if fact in sequent.facts[:number]:
        return False
    return not (fact.sign in ("<=", ">=") and Relation(fact.left, fact.sign[0], fact.right) in sequent.facts)
