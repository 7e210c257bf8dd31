"""Evaluation at exact points, three-valued: a relation holds, fails, or nobody knows.

Values are rational or real algebraic. Rational arithmetic decides where it can; beyond it, balls of growing
precision decide strict comparisons, and normal forms modulo the roots' polynomials recognise equalities.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from math import isqrt

from flint import fmpq, fmpq_poly

from .balls import certainly
from .certificates import Root, Witness
from .rational import Field, Unusable
from .roots import Interval, distinct_roots
from .statements import Relation, Statement, conditions
from .terms import (
    ONE,
    ZERO,
    Apply,
    Inner,
    Power,
    Product,
    Rational,
    Sum,
    Term,
    Variable,
    difference,
    subterms,
)

_PRECISIONS = (64, 256, 1024)
_MOST_BITS = 100_000
_MOST_COEFFICIENTS = 30
_MOST_ROOT_BITS = 400


class Answer(Enum):
    """The answer to a question that may stay open."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Misfit(ValueError):
    """The witness does not give the statement's variables and vectors exact values of their kind."""


class Point:
    """Exact values for the variables and inner products of a statement. Raises `Misfit`."""

    def __init__(self, statement: Statement, witness: Witness) -> None:
        """Give the statement's variables and vectors their values."""
        if len(witness.values) != len(statement.variables) or len(witness.vectors) != len(statement.vectors):
            raise Misfit("the witness does not fit the statement")
        if len({len(vector) for vector in witness.vectors}) > 1:
            raise Misfit("the vectors are not of one space")
        values = {Variable(name): value for name, value in zip(statement.variables, witness.values, strict=True)}
        self._rationals = {leaf: Rational(value) for leaf, value in values.items() if isinstance(value, Fraction)}
        self._roots: dict[Term, Root] = {leaf: value for leaf, value in values.items() if isinstance(value, Root)}
        for root in self._roots.values():
            _check_isolated(root)
        self._vectors = dict(zip(statement.vectors, witness.vectors, strict=True))

    def answer(self, relation: Relation) -> Answer:
        """Whether the relation is defined and holds here."""
        for condition in conditions(relation):
            if (defined := self._compare(condition)) is not Answer.YES:
                return defined
        return self._compare(relation)

    def _compare(self, relation: Relation) -> Answer:
        """Whether a relation between defined terms holds."""
        term, sign = relation.oriented()
        try:
            value = self._fold(term)
        except Unusable:
            return Answer.UNKNOWN
        if isinstance(value, Rational):
            return _yes_or_no(value.value, sign)
        if self._vanishes(value):
            return _yes_or_no(Fraction(0), sign)
        claimed = Relation(value, sign, ZERO)
        for precision in _PRECISIONS:
            box = {leaf: _enclose_root(root, precision) for leaf, root in self._roots.items()}
            if certainly(claimed, box, precision):
                return Answer.YES
            if certainly(claimed.negated(), box, precision):
                return Answer.NO
        return Answer.UNKNOWN

    def _fold(self, term: Term) -> Term:
        """The term with the values put in and every rational part computed. Raises `Unusable`."""
        match term:
            case Rational():
                return term
            case Variable():
                return self._rationals.get(term, term)
            case Inner(left, right):
                entries = zip(self._vectors[left], self._vectors[right], strict=True)
                return Rational(_total(a * b for a, b in entries))
            case Sum(parts):
                folded = [self._fold(part) for part in parts]
                total = _total(part.value for part in folded if isinstance(part, Rational))
                rest = tuple(part for part in folded if not isinstance(part, Rational))
                return Sum((Rational(total), *rest)) if rest else Rational(total)
            case Product(parts):
                folded = [self._fold(part) for part in parts]
                value = Fraction(1)
                for part in folded:
                    value = _bounded(value * part.value) if isinstance(part, Rational) else value
                rest = tuple(part for part in folded if not isinstance(part, Rational))
                return Product((Rational(value), *rest)) if rest and value else Rational(value)
            case Power(base, exponent):
                return _power(self._fold(base), exponent)
            case Apply(function, parts):
                return _apply(function, tuple(self._fold(part) for part in parts))

    def _vanishes(self, term: Term) -> bool:
        """Whether the term is zero by algebra alone: modulo the roots' polynomials and `sqrt(u)**2 = u`."""
        try:
            field = Field([term, *self._roots])
            rest = field.normal(term).numerator
            reducers = [field.normal(_minimal(leaf, root)).numerator for leaf, root in self._roots.items()]
            for part in subterms(term):
                if isinstance(part, Apply) and part.function == "sqrt":
                    reducers.insert(0, field.normal(difference(Power(part, 2), part.arguments[0])).numerator)
            for reducer in reducers:
                rest = divmod(rest, reducer)[1]
        except Unusable:
            return False
        return bool(rest.is_zero())


def _yes_or_no(value: Fraction, sign: str) -> Answer:
    holds = {"=": value == 0, "!=": value != 0, ">=": value >= 0, ">": value > 0}[sign]
    return Answer.YES if holds else Answer.NO


def _total(values: Iterable[Fraction]) -> Fraction:
    total = Fraction(0)
    for value in values:
        total = _bounded(total + value)
    return total


def _bounded(value: Fraction) -> Fraction:
    if value.numerator.bit_length() + value.denominator.bit_length() > _MOST_BITS:
        raise Unusable("a number is too large")
    return value


def _power(base: Term, exponent: int) -> Term:
    if not isinstance(base, Rational):
        return Power(base, exponent)
    bits = base.value.numerator.bit_length() + base.value.denominator.bit_length()
    if abs(exponent) * bits > _MOST_BITS and abs(base.value) not in (0, 1):
        return Power(base, exponent)
    return Rational(base.value**exponent)


def _apply(function: str, arguments: tuple[Term, ...]) -> Term:
    """The function's value, where it is defined, if it is rational and known."""
    match function, arguments:
        case "sqrt", (Rational(value),):
            root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
            if root**2 == value:
                return Rational(root)
        case ("exp" | "cos", (Rational(value),)) if value == 0:
            return ONE
        case "sin", (Rational(value),) if value == 0:
            return ZERO
        case ("log" | "arccos", (Rational(value),)) if value == 1:
            return ZERO
        case "power", (Rational(value), Rational(exponent)) if exponent in range(-1000, 1001):
            return _power(Rational(value), exponent.numerator)
    return Apply(function, arguments)


def _polynomial(root: Root) -> fmpq_poly:
    return fmpq_poly([fmpq(part.numerator, part.denominator) for part in root.coefficients])


def _minimal(leaf: Term, root: Root) -> Term:
    return Sum(
        tuple(
            Product((Rational(coefficient), Power(leaf, power))) for power, coefficient in enumerate(root.coefficients)
        )
    )


def _check_isolated(root: Root) -> None:
    if not root.lower < root.upper or len(root.coefficients) > _MOST_COEFFICIENTS or not any(root.coefficients):
        raise Misfit("a root needs a polynomial and an interval")
    for number in (*root.coefficients, root.lower, root.upper):
        if max(number.numerator.bit_length(), number.denominator.bit_length()) > _MOST_ROOT_BITS:
            raise Misfit("a root of a polynomial with huge coefficients or ends")
    ends = [fmpq(end.numerator, end.denominator) for end in (root.lower, root.upper)]
    polynomial = _polynomial(root)
    if distinct_roots(polynomial, Interval(ends[0], ends[1], False, False)) != 1:
        raise Misfit("the interval does not hold exactly one root")
    if polynomial(ends[0]) * polynomial(ends[1]) >= 0:
        raise Misfit("the polynomial does not change its sign between the interval's ends")


def _enclose_root(root: Root, precision: int) -> tuple[Fraction, Fraction]:
    polynomial, lower, upper = _polynomial(root), root.lower, root.upper
    sign = polynomial(fmpq(lower.numerator, lower.denominator))
    while upper - lower > Fraction(1, 2**precision):
        middle = (lower + upper) / 2
        if polynomial(fmpq(middle.numerator, middle.denominator)) * sign > 0:
            lower = middle
        else:
            upper = middle
    return lower, upper
