"""Explicit functions: one of a class, in dimension one, and a solution of its flow that breaks a claimed bound.

The kernel checks that the function is in the class, for all pairs of points; that the closed form obeys the flow and
its constraints at every moment; that every hypothesis holds; and that the claimed relation fails at the end. What is
left of the parameters ranges over its whole domain, so that one example can refute a bound with any constant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, permutations, product

from proofcheck.kernel.statements import NEGATION
from proofcheck.language.classes import FunctionClass, Sample, Sampled
from proofcheck.language.expressions import (
    Expression,
    Fixed,
    Operator,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Symbol,
    Use,
    Vector,
    VectorEquation,
    depends,
    number,
    walk,
)
from proofcheck.language.flows import Flow
from proofcheck.language.printing import latex, text
from proofcheck.language.transform import derivative, relation_instance, substitute

from .argue import owed
from .dimension_one import as_relation, in_dimension_one, repeated
from .growth import time_of
from .obligations import EXAMPLE, Argument, Obligation
from .reduction import Hypotheses, definedness, obligation_of

EXPLICIT = "an explicit function in dimension one, with an explicit solution of its flow"


@dataclass(frozen=True, eq=False)
class Function:
    """A function of one real variable, given by formulas from left to right and the points between them."""

    variable: Symbol
    formulas: tuple[Scalar, ...]
    breaks: tuple[Scalar, ...] = ()

    def then(self, beginning: Scalar | int, formula: Scalar | int) -> Function:
        """Go on with another formula from a point on, at which it has the same value."""
        return replace(self, formulas=(*self.formulas, number(formula)), breaks=(*self.breaks, number(beginning)))

    def value(self, piece: int, point: Scalar) -> Scalar:
        """The formula of a piece at a point."""
        return substitute(self.formulas[piece], {self.variable: point})

    def slope(self, piece: int, point: Scalar) -> Scalar:
        """Its derivative there."""
        return substitute(derivative(self.formulas[piece], self.variable), {self.variable: point})

    def within(self, piece: int, point: Scalar) -> tuple[Relation, ...]:
        """What it means that a point is in a piece, both ends included."""
        begun = () if piece == 0 else (point >= self.breaks[piece - 1],)
        return begun if piece == len(self.breaks) else (*begun, point <= self.breaks[piece])

    def __str__(self) -> str:
        first, *others = map(text, self.formulas)
        further = (f", then {other} from {text(point)} on" for point, other in zip(self.breaks, others, strict=True))
        return f"f({self.variable.name}) = {first}{''.join(further)}"


def function(variable: Symbol, formula: Scalar | int) -> Function:
    """A function of one real variable; `.then(point, formula)` goes on with another formula from a point on.

    >>> from proofcheck import scalar
    >>> y = scalar("y")
    >>> print(function(y, -y).then(0, y))
    f(y) = -y, then y from 0 on
    """
    return Function(variable, (number(formula),))


def refuted_for(
    claimed: Relation,
    along: Flow,
    known: Sampled,
    example: Function,
    solution: Mapping[Expression, Scalar | int],
    *,
    until: Scalar | int,
    piece: int = 0,
    by: Sequence[Use] = (),
) -> Argument:
    """The argument that a function of a class refutes a relation that is claimed at every time of its flow.

    Theorem: none but what a function of the class and a solution are; each condition is owed.
    The first of the `known` samples moves with the flow, the others rest. `solution` says what the paths are in terms
    of the time, and what vectors and parameters are; the moving gradient and value are the function's own. Until the
    moment at which the claim fails the path stays in one `piece` of the function. `by` names claims about numbers
    that help to see it fail.
    Raises `ValueError` on what the example does not say, or says twice.

    >>> from proofcheck import *
    >>> t, y, x, f = scalar("t", nonnegative=True), scalar("y"), path("x"), scalar_path("f")
    >>> descent, known = flow(x.dot == -path("g"), time=t), convex.between(sample(x, path("g"), f))
    >>> refuted_for(f >= at(f, 0), descent, known, function(y, y**2 / 2), {x: exp(-t)}, until=1).refutes
    True
    """
    if claimed.uses or any(each != along for each in claimed.flows()):
        raise ValueError("what is refuted is claimed without premises, along no other flow")
    if piece not in range(len(example.formulas)):
        raise ValueError(f"the pieces of the function are counted from 0 to {len(example.formulas) - 1}")
    told = _Told(along, solution, number(until))
    if example.variable in told.parameters or any(
        depends(part, told.time) for part in (*example.formulas, *example.breaks)
    ):
        raise ValueError("the function's variable has no value of its own, and the function does not change in time")
    now, *resting = known.samples
    formulas, breaks = (tuple(map(told.chosen, parts)) for parts in (example.formulas, example.breaks))
    shape = replace(example, formulas=formulas, breaks=breaks)
    if not isinstance(now.value, ScalarPath):
        raise ValueError("the first sample moves: its value is a path")
    where = told.number_of(now.point)
    told.says(now.gradient, shape.slope(piece, where))
    told.says(now.value, shape.value(piece, where))
    failing = told.at_the_end(claimed)
    shown = text(number(until))
    found = [
        *_continuous(shape),
        *_in_the_class(told.asked(known.of), shape, [told.resting(each) for each in resting]),
        *(_owed(each, told.meanwhile, "the path stays in its piece") for each in shape.within(piece, where)),
        *_obeys(told),
        *(_owed(told.at_the_end(each), (), f"hypothesis: {text(each)}") for each in claimed.hypotheses),
    ]
    found += _in_their_domains(told)
    opposite = replace(failing, sign=NEGATION[failing.sign]).by(*by)
    if opposite.flows():
        raise ValueError("the claims that help speak of numbers, not of paths along a flow")
    decisive, premises, theorems = owed(opposite, f"the claimed relation fails at time {shown}")
    found += [replace(each, instance=None) for each in decisive]
    values = ", ".join(f"{text(thing)} = {text(number(form))}" for thing, form in solution.items())
    rules = (*theorems, EXPLICIT, f"{EXAMPLE}{example}, with {values}, at the time {shown}")
    return Argument(
        text(claimed),
        latex(claimed),
        tuple(found),
        premises,
        rules,
        refutes=True,
        conclusion=claimed,
        about=(replace(claimed, governed=(along,)),),
    )


class _Told:
    """What an author says of an example: closed forms in a flow's time, of paths, vectors and parameters."""

    def __init__(self, along: Flow, solution: Mapping[Expression, Scalar | int], until: Scalar) -> None:
        self.along, self.time = along, time_of(along)
        self.parameters = {thing: number(form) for thing, form in solution.items() if isinstance(thing, Symbol)}
        for value in self.parameters.values():
            if any(depends(value, symbol) for symbol in (self.time, *self.parameters)):
                raise ValueError("a parameter's value contains neither the time nor a parameter that has a value")
        self.end = self.chosen(until)
        if self.time in self.parameters or depends(self.end, self.time):
            raise ValueError("the time runs from 0 to the example's end, which does not contain it")
        self.meanwhile: Hypotheses = (self.time >= 0, self.time <= self.end)
        self.moments: list[Scalar] = []
        self._forms: dict[tuple[type, str], Scalar] = {}
        for thing, form in solution.items():
            if not isinstance(thing, Symbol):
                self.says(thing, self.chosen(number(form)))

    def chosen(self, form: Scalar) -> Scalar:
        """A closed form with the parameters' values."""
        if any(isinstance(part, Vector | ScalarPath) for part in walk(form)):
            raise ValueError(f"{text(form)} is no closed form in the parameters and the time")
        return substitute(form, self.parameters)

    def says(self, thing: Expression, form: Scalar) -> None:
        """Keep what a path or a vector is."""
        if not isinstance(thing, Path | ScalarPath | Fixed):
            raise ValueError("an example says what paths, vectors and parameters are")
        if any(getattr(thing, mark, None) for mark in ("order", "moment", "index")):
            raise ValueError(f"{text(thing)} is no path or vector itself")
        if (type(thing), thing.name) in self._forms:
            raise ValueError(f"{text(thing)} is said twice")
        if isinstance(thing, Fixed) and depends(form, self.time):
            raise ValueError(f"{text(thing)} does not move")
        self._forms[type(thing), thing.name] = form

    def number_of(self, expression: Scalar | Vector) -> Scalar:
        """A scalar or a vector as a number at the flow's time. Raises `ValueError` on what the author does not say."""

        def value_of(thing: Path | Fixed | ScalarPath) -> Scalar:
            form = self._forms.get((type(thing), thing.name))
            if form is None or getattr(thing, "index", None) is not None:
                raise ValueError(f"the example does not say what {text(thing)} is")
            if isinstance(thing, Fixed):
                return form
            slope = repeated(form, self.time, thing.order)
            if thing.moment is None:
                return slope
            moment = self.chosen(thing.moment)
            if depends(moment, self.time):
                raise ValueError(f"the example does not say when {text(thing)} is")
            self.moments.append(moment)
            return substitute(slope, {self.time: moment})

        def strength_of(operator: Operator) -> Scalar:
            raise ValueError(f"the example does not say what {operator.name} is")

        return substitute(in_dimension_one(expression, value_of, strength_of), self.parameters)

    def relation(self, stated: Relation | VectorEquation) -> Relation:
        """A relation, or an equation between vectors, as one between numbers at the flow's time."""
        plain = as_relation(stated)
        if plain.for_all is not None:
            raise ValueError("an example is not asked whether something holds for all values")
        return Relation(self.number_of(plain.left), plain.sign, self.number_of(plain.right))

    def at_the_end(self, stated: Relation | VectorEquation) -> Relation:
        """The same at the end."""
        now = self.relation(stated)
        return Relation(
            substitute(now.left, {self.time: self.end}), now.sign, substitute(now.right, {self.time: self.end})
        )

    def asked(self, of: FunctionClass) -> FunctionClass:
        """The class with the parameters' values."""
        return FunctionClass(lambda first, second: relation_instance(of.inequality(first, second), self.parameters))

    def resting(self, sample: Sample) -> _Numbers:
        """A sample that does not move."""
        point, gradient, value = (self.number_of(part) for part in (sample.point, sample.gradient, sample.value))
        if any(depends(part, self.time) for part in (point, gradient, value)):
            raise ValueError("all samples but the first rest")
        return _Numbers(point, gradient, value)


@dataclass(frozen=True, eq=False)
class _Numbers:
    """A sample in dimension one, known where some relations hold."""

    point: Scalar
    gradient: Scalar
    value: Scalar
    where: tuple[Relation, ...] = ()


def _continuous(shape: Function) -> list[Obligation]:
    found = [_owed(first <= second, (), "the pieces are in order") for first, second in pairwise(shape.breaks)]
    for place, point in enumerate(shape.breaks):
        met = shape.value(place, point) == shape.value(place + 1, point)
        found.append(_owed(met, (), f"pieces {place + 1} and {place + 2} have one value where they meet"))
    return found


def _in_the_class(of: FunctionClass, shape: Function, resting: Sequence[_Numbers]) -> list[Obligation]:
    """The inequality for any two points of any two pieces, and for the samples that rest."""

    here, there = Symbol("y_1", "y_{1}"), Symbol("y_2", "y_{2}")
    numbers = (part for each in resting for part in (each.point, each.gradient, each.value))
    for part in (*shape.formulas, *shape.breaks, *numbers, *_spoken_of(of)):
        if depends(part, here) or depends(part, there):
            raise ValueError("y_1 and y_2 are the points at which the class is asked; name parameters otherwise")

    def sampled(piece: int, point: Symbol) -> _Numbers:
        return _Numbers(point, shape.slope(piece, point), shape.value(piece, point), shape.within(piece, point))

    found = []
    pieces = range(len(shape.formulas))
    pairs = [(sampled(i, here), sampled(j, there), f"pieces {i + 1} and {j + 1}") for i, j in product(pieces, pieces)]
    for first, second in permutations(resting, 2):
        pairs.append((first, second, "two points at rest"))
    for sample, piece in product(resting, pieces):
        other = sampled(piece, there)
        pairs += [(sample, other, f"a point at rest and piece {piece + 1}")]
        pairs += [(other, sample, f"piece {piece + 1} and a point at rest")]
        same_value = shape.value(piece, sample.point) == sample.value
        found.append(_owed(same_value, shape.within(piece, sample.point), "the value at a point at rest"))
    for first, second, label in pairs:
        relation = _between(of, first, second)
        found.append(_owed(relation, (*first.where, *second.where), f"the class: {label}"))
    return found


def _spoken_of(of: FunctionClass) -> tuple[Scalar, Scalar]:
    """Both sides of a class's inequality, for its parameters."""
    point, gradient = Fixed("point", ""), Fixed("gradient", "")
    asked = of.inequality(Sample(point, gradient, number(0)), Sample(point, gradient, number(0)))
    return asked.left, asked.right


def _between(of: FunctionClass, first: _Numbers, second: _Numbers) -> Relation:
    """The inequality of a class between two samples in dimension one."""
    vectors: dict[str, Scalar] = {}

    def named(sample: _Numbers, place: int) -> Sample:
        point, gradient = Fixed(f"point_{place}", ""), Fixed(f"gradient_{place}", "")
        vectors.update({point.name: sample.point, gradient.name: sample.gradient})
        return Sample(point, gradient, sample.value)

    def value_of(thing: Path | Fixed | ScalarPath) -> Scalar:
        if thing.name not in vectors:
            raise ValueError(f"a class of functions does not speak of {text(thing)}")
        return vectors[thing.name]

    def strength_of(operator: Operator) -> Scalar:
        raise ValueError(f"a class of functions does not speak of {operator.name}")

    stated = of.inequality(named(first, 1), named(second, 2))
    left, right = (in_dimension_one(side, value_of, strength_of) for side in (stated.left, stated.right))
    return Relation(left, stated.sign, right)


def _obeys(told: _Told) -> list[Obligation]:
    """The flow's equations at every moment but 0; its constraints, and that its paths are smooth, at every moment."""
    found: list[Obligation] = []
    for equation in told.along.equations:
        unknown = equation.unknown
        for order in range(unknown.order + 1):
            known = told.number_of(replace(unknown, order=order))
            found += definedness(known, told.meanwhile, f"{text(replace(unknown, order=order))} is defined")
        obeyed = told.number_of(unknown) == told.number_of(equation.right)
        found.append(_owed(obeyed, (told.time > 0, told.time <= told.end), f"the equation for {text(unknown)}"))
    for constraint in told.along.constraints:
        found.append(_owed(told.relation(constraint), told.meanwhile, f"the constraint {text(constraint)}"))
    return found


def _in_their_domains(told: _Told) -> list[Obligation]:
    found = [_owed(told.end > 0, (), "the example takes time")]
    for symbol, value in (*told.parameters.items(), (told.time, told.end)):
        for sign, bound in symbol.bounds:
            found.append(_owed(Relation(value, sign, number(bound)), (), f"the domain of {symbol.name}"))
    for moment in dict.fromkeys(told.moments):
        found.append(_owed(moment >= 0, (), f"the moment {text(moment)} is one of the flow"))
        found.append(_owed(moment <= told.end, (), f"the moment {text(moment)} is reached"))
    return found


def _owed(relation: Relation, given: Hypotheses, label: str) -> Obligation:
    return replace(obligation_of(relation, given, label)[0], instance=None)
