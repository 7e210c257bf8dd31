"""Values of terms at a witness, for reading: exact where rational arithmetic gives them, else enclosed by balls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isqrt

from flint import arb

from proofcheck.kernel.balls import ball, enclose
from proofcheck.kernel.certificates import Root, Witness
from proofcheck.kernel.statements import Statement
from proofcheck.kernel.terms import Apply, Inner, Power, Product, Rational, Sum, Term, Variable

_BISECTIONS = 80
_LARGEST_POWER = 1000

Value = Fraction | arb


def values_at(statement: Statement, witness: Witness) -> dict[Term, Value]:
    """The values of variables and inner products, exact where they are rational."""
    values: dict[Term, Value] = {
        Variable(name): value if isinstance(value, Fraction) else enclosed_root(value)
        for name, value in zip(statement.variables, witness.values, strict=True)
    }
    named = sorted(zip(statement.vectors, witness.vectors, strict=True))
    for place, (left, u) in enumerate(named):
        for right, v in named[place:]:
            values[Inner(left, right)] = sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0))
    return values


def enclosed_root(root: Root) -> arb:
    """A narrow ball around the one root in the interval, by bisection."""

    def value(at: Fraction) -> Fraction:
        return sum((part * at**power for power, part in enumerate(root.coefficients)), Fraction(0))

    lower, upper = root.lower, root.upper
    rising = value(lower) < 0
    for _ in range(_BISECTIONS):
        middle = (lower + upper) / 2
        lower, upper = (middle, upper) if (value(middle) < 0) == rising else (lower, middle)
    return ball(lower, upper)


def evaluate(term: Term, values: dict[Term, Value]) -> Value:
    """The value of a term that is defined there.

    >>> evaluate(Power(Variable("x"), -2), {Variable("x"): Fraction(2)})
    Fraction(1, 4)
    """
    exact = _exactly(term, values)
    if exact is not None:
        return exact
    box = {leaf: ball(value, value) if isinstance(value, Fraction) else value for leaf, value in values.items()}
    return enclose(term, box)


def _exactly(term: Term, values: dict[Term, Value]) -> Fraction | None:
    match term:
        case Rational(value):
            return value
        case Variable() | Inner():
            known = values[term]
            return known if isinstance(known, Fraction) else None
        case Sum(parts):
            return _folded(parts, values, lambda total, part: total + part, Fraction(0))
        case Product(parts):
            return _folded(parts, values, lambda total, part: total * part, Fraction(1))
        case Power(base, exponent):
            below = _exactly(base, values)
            return None if below is None or abs(exponent) > _LARGEST_POWER else below**exponent
        case Apply("sqrt", (argument,)):
            under = _exactly(argument, values)
            if under is None:
                return None
            root = Fraction(isqrt(under.numerator), isqrt(under.denominator))
            return root if root**2 == under else None
        case Apply(function, (argument,)) if function in ("exp", "cos", "sin") and _exactly(argument, values) == 0:
            return Fraction(0 if function == "sin" else 1)
        case Apply("log", (argument,)) if _exactly(argument, values) == 1:
            return Fraction(0)
        case Apply():
            return None


def _folded(
    parts: Sequence[Term],
    values: dict[Term, Value],
    combine: Callable[[Fraction, Fraction], Fraction],
    start: Fraction,
) -> Fraction | None:
    total = start
    for part in parts:
        value = _exactly(part, values)
        if value is None:
            return None
        total = combine(total, value)
    return total
