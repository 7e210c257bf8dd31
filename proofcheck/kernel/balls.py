"""Enclosures: a term evaluated on a box by ball arithmetic (Arb). Whatever cannot be enclosed is NaN, and NaN
satisfies no comparison."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import arb, ctx, fmpq

from .statements import Relation
from .terms import Apply, Inner, Power, Product, Rational, Sum, Term, Variable


def ball(lower: Fraction, upper: Fraction) -> arb:
    """A ball that contains the interval."""
    return exact(lower).union(exact(upper))


def exact(value: Fraction) -> arb:
    """A ball that contains the rational number."""
    return arb(fmpq(value.numerator, value.denominator))


def enclose(term: Term, box: Mapping[Term, arb]) -> arb:
    """A ball that contains every value of the term on the box, or NaN."""
    match term:
        case Rational(value):
            return exact(value)
        case Variable() | Inner():
            return box.get(term, arb("nan"))
        case Sum(parts):
            return sum((enclose(part, box) for part in parts), arb(0))
        case Product(parts):
            result = arb(1)
            for part in parts:
                result *= enclose(part, box)
            return result
        case Power(base, exponent):
            return _power(enclose(base, box), exponent)
        case Apply(function, parts):
            return _apply(function, [enclose(part, box) for part in parts])


def certainly(relation: Relation, box: Mapping[Term, tuple[Fraction, Fraction]], precision: int) -> bool:
    """Whether ball arithmetic shows the relation on the whole box (never an equation)."""
    before = ctx.prec
    ctx.prec = precision
    try:
        term, sign = relation.oriented()
        value = enclose(term, {leaf: ball(*ends) for leaf, ends in box.items()})
        match sign:
            case ">":
                return bool(value > 0)
            case ">=":
                return bool(value >= 0)
            case "!=":
                return bool(value > 0) or bool(value < 0)
            case _:
                return False
    finally:
        ctx.prec = before


def _power(base: arb, exponent: int) -> arb:
    # Arb's own power is NaN on a ball that meets the negative numbers.
    if exponent < 0:
        return 1 / _power(base, -exponent)
    result = arb(1)
    for digit in bin(exponent)[2:]:
        result = result * result
        if digit == "1":
            result = result * base
    if exponent % 2 == 0:
        return result.nonnegative_part() if not result.is_nan() else result
    return result


def _apply(function: str, arguments: list[arb]) -> arb:
    match function, arguments:
        case "sqrt", [u]:
            return u.sqrt()
        case "exp", [u]:
            return u.exp()
        case "log", [u]:
            return u.log()
        case "power", [u, v]:
            return (v * u.log()).exp()
        case "sin", [u]:
            return u.sin()
        case "cos", [u]:
            return u.cos()
        case "arccos", [u]:
            return u.acos()
        case "pi", []:
            return arb.pi()
        case _:
            return arb("nan")
