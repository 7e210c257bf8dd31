"""Terms and relations in floats: quick guesses that tell the search for witnesses where to look."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction

from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Apply, Inner, Power, Product, Rational, Sum, Term, Variable, subterms

Point = Mapping[str, float]
Computed = Callable[[Point], float]
_NOISE = 1e-12
_SLACK = 1e-9


class Outcome(Enum):
    """What floats say about a goal; a tie is too close to tell."""

    HOLDS = "holds"
    TIE = "tie"
    FAILS = "fails"


class Measure:
    """A relation between terms without inner products, measured in floats.

    >>> measure = Measure(Relation(Variable("x"), "<", Rational(Fraction(1))))
    >>> measure.outcome({"x": 2.0}), measure.outcome({"x": 0.0})
    (<Outcome.FAILS: 'fails'>, <Outcome.HOLDS: 'holds'>)
    """

    def __init__(self, relation: Relation) -> None:
        """Prepare both sides."""
        sides = relation.left, relation.right
        self.names = {part.name for side in sides for part in subterms(side) if isinstance(part, Variable)}
        self._sign = relation.sign
        self._left, self._right = map(compiled, sides)

    def relative_margin(self, point: Point) -> float:
        """How well the relation holds, negative where it fails; minus infinity where it is undefined."""
        margin, scale = self._margin(point)
        return -math.inf if math.isnan(margin) else margin / (1 + scale)

    def may_hold(self, point: Point) -> bool:
        """Whether the relation holds, as far as floats can tell."""
        margin, scale = self._margin(point)
        return margin >= -_SLACK * (1 + scale) and not (margin == 0 and self._sign in ("<", ">", "!="))

    def outcome(self, point: Point) -> Outcome:
        """Whether the relation fails; it does where it is undefined."""
        margin, scale = self._margin(point)
        noise = _NOISE * (1 + scale)
        if math.isnan(margin):
            return Outcome.FAILS
        match self._sign:
            case "=":
                return Outcome.FAILS if margin < -noise else Outcome.TIE
            case "!=":
                return Outcome.FAILS if margin <= noise else Outcome.HOLDS
            case "<" | ">":
                fails = margin <= 0
            case _:
                fails = margin < 0
        if fails:
            return Outcome.FAILS
        return Outcome.TIE if margin <= noise else Outcome.HOLDS

    def _margin(self, point: Point) -> tuple[float, float]:
        left, right = value(self._left, point), value(self._right, point)
        if not (math.isfinite(left) and math.isfinite(right)):
            return math.nan, 0.0
        match self._sign:
            case "<" | "<=":
                margin = right - left
            case ">" | ">=":
                margin = left - right
            case "=":
                margin = -abs(left - right)
            case _:
                margin = abs(left - right)
        return margin, abs(left) + abs(right)


class Residual:
    """A term that has to vanish, as a function of one variable that occurs in it at most quadratically."""

    def __init__(self, term: Term, name: str) -> None:
        """Prepare the term."""
        self._computed = compiled(term)
        self._name = name

    def root(self, point: Point, sign: int) -> float:
        """The variable's value at which the parabola through three values vanishes, or NaN."""
        at_zero, at_one, at_minus_one = (value(self._computed, {**point, self._name: x}) for x in (0.0, 1.0, -1.0))
        square, linear = (at_one + at_minus_one) / 2 - at_zero, (at_one - at_minus_one) / 2
        if abs(square) <= _NOISE * (abs(linear) + abs(at_zero)):
            return -at_zero / linear if linear else math.nan
        inside = linear * linear - 4 * square * at_zero
        return (-linear + sign * math.sqrt(inside)) / (2 * square) if inside >= 0 else math.nan


def value(computed: Computed, point: Point) -> float:
    """The computed value; NaN where it is undefined or beyond floats."""
    try:
        return computed(point)
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan


def compiled(term: Term) -> Computed:
    """The term as a function in floats. Raises `ValueError` on an inner product."""
    match term:
        case Rational(exact):
            constant = _nearest(exact)
            return lambda point: constant
        case Variable(name):
            return lambda point: point[name]
        case Sum(parts):
            summands = tuple(map(compiled, parts))
            return lambda point: math.fsum(summand(point) for summand in summands)
        case Product(parts):
            factors = tuple(map(compiled, parts))
            return lambda point: math.prod(factor(point) for factor in factors)
        case Power(base, exponent):
            computed = compiled(base)
            return lambda point: computed(point) ** exponent
        case Apply(function, parts):
            return _applied(function, tuple(map(compiled, parts)))
        case Inner():
            raise ValueError("an inner product has no value before its vectors have coordinates")


def _applied(function: str, parts: tuple[Computed, ...]) -> Computed:
    match function, parts:
        case "pi", ():
            return lambda point: math.pi
        case "power", (base, exponent):
            return lambda point: math.exp(exponent(point) * math.log(base(point)))
        case _, (argument,):
            computed = _FUNCTIONS[function]
            return lambda point: computed(argument(point))
        case _:
            raise ValueError(f"no function {function} of {len(parts)} arguments")


_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
    "arccos": math.acos,
}


def _nearest(exact: Fraction) -> float:
    try:
        return float(exact)
    except OverflowError:
        return math.inf if exact > 0 else -math.inf
