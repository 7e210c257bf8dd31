"""A second opinion: terms evaluated plainly, exactly where they are rational and by mpmath elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import mpmath

from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Apply, Inner, Power, Product, Rational, Sum, Term, Variable

#: A `Fraction`, or an mpf of mpmath, which has no types.
Number = Any
context = mpmath.mp.clone()
context.dps = 80
_CLOSE = context.mpf(10) ** -30
_MOST_BITS = 1_000_000


class Undefined(ArithmeticError):
    """The term has no real value there."""


class Unclear(ArithmeticError):
    """Rounding hides on which side of a boundary a value lies, or the value is too large to compute."""


def inexact(value: Number) -> mpmath.mpf:
    return context.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value


def relative(left: Number, right: Number) -> Number:
    """The difference in proportion: large values have large errors."""
    return (left - right) / max(1, abs(left), abs(right))


def sign(value: Number) -> int:
    """-1, 0 or 1. Raises `Unclear`."""
    if not isinstance(value, Fraction) and abs(value) < _CLOSE:
        raise Unclear
    return int(value > 0) - int(value < 0)


def value(term: Term, point: Mapping[Term, Fraction]) -> Number:
    """The value of a term at a point. Raises `Undefined` and `Unclear`."""
    match term:
        case Rational(number):
            return number
        case Variable() | Inner():
            return point[term]
        case Sum(parts):
            return total([value(part, point) for part in parts])
        case Product(parts):
            return product([value(part, point) for part in parts])
        case Power(base, exponent):
            root = value(base, point)
            if exponent < 0 and sign(root) == 0:
                raise Undefined
            if isinstance(root, Fraction) and abs(exponent) * bits(root) > _MOST_BITS and abs(root) not in (0, 1):
                raise Unclear
            return root**exponent
        case Apply(function, parts):
            return function_value(function, [value(part, point) for part in parts])


def bits(number: Fraction) -> int:
    return number.numerator.bit_length() + number.denominator.bit_length()


def total(values: list[Number]) -> Number:
    if all(isinstance(one, Fraction) for one in values):
        return sum(values, Fraction(0))
    return context.fsum(inexact(one) for one in values)


def product(values: list[Number]) -> Number:
    if all(isinstance(one, Fraction) for one in values):
        result = Fraction(1)
        for one in values:
            result *= one
            if bits(result) > _MOST_BITS:
                raise Unclear
        return result
    return context.fprod(inexact(one) for one in values)


def function_value(function: str, arguments: list[Number]) -> Number:
    if function in ("exp", "power", "sin", "cos") and any(abs(argument) > 1000 for argument in arguments):
        raise Unclear
    if function == "pi":
        return +context.pi
    first = arguments[0]
    if function == "sqrt" and sign(first) < 0:
        raise Undefined
    if function in ("log", "power") and sign(first) <= 0:
        raise Undefined
    if function == "arccos" and (sign(1 - first) < 0 or sign(1 + first) < 0):
        raise Undefined
    compute = {"log": context.ln, "arccos": context.acos}.get(function) or getattr(context, function)
    return compute(*map(inexact, arguments))


def truth(relation: Relation, point: Mapping[Term, Fraction]) -> bool:
    """Whether a relation holds at a point. Raises `Undefined` and `Unclear`."""
    left, right = value(relation.left, point), value(relation.right, point)
    exact = isinstance(left, Fraction) and isinstance(right, Fraction)
    side = sign(left - right if exact else relative(inexact(left), inexact(right)))
    return {
        "=": side == 0,
        "!=": side != 0,
        "<=": side <= 0,
        "<": side < 0,
        ">=": side >= 0,
        ">": side > 0,
    }[relation.sign]
