"""Derivatives of terms, and what the mean value theorem asks for.

Every function of the table is continuous where it is defined, and differentiable where its
derivative, written as here, is defined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from .certificates import Evidence, Proof, Slope
from .reading import Malformed
from .statements import Relation, conditions, instance
from .terms import ONE, ZERO, Apply, Power, Product, Rational, Sum, Term, Variable, atoms, difference

Step = tuple[tuple[Relation, ...], Relation, Evidence | Proof]
_DIRECTIONS = (">=", ">", "<=", "<")
_HALF, _MINUS_ONE = Rational(Fraction(1, 2)), Rational(Fraction(-1))


def derivative(term: Term, variable: Variable) -> Term:
    """The derivative; where it is defined and the term is, the term is differentiable in the variable.

    Nothing cancels: the derivative of `x / x` is not defined at 0.

    >>> x = Variable("x")
    >>> derivative(Apply("exp", (x,)), x)
    Product(factors=(Apply(function='exp', arguments=(Variable(name='x'),)), Rational(value=Fraction(1, 1))))
    """
    if not _varies(term, variable):
        return ZERO
    match term:
        case Sum(parts):
            return _sum(derivative(part, variable) for part in parts if _varies(part, variable))
        case Product(parts):
            return _sum(
                Product((*parts[:place], derivative(part, variable), *parts[place + 1 :]))
                for place, part in enumerate(parts)
                if _varies(part, variable)
            )
        case Power(base, 1):
            return derivative(base, variable)
        case Power(base, exponent):
            outer = Product((Rational(Fraction(exponent)), Power(base, exponent - 1)))
            return Product((outer, derivative(base, variable)))
        case Apply("power", (base, exponent)):
            by_base = Product((exponent, Power(base, -1), derivative(base, variable)))
            by_exponent = Product((Apply("log", (base,)), derivative(exponent, variable)))
            return Product((term, Sum((by_base, by_exponent))))
        case Apply(function, (inside,)):
            return Product((_outer(function, inside), derivative(inside, variable)))
        case _:
            return ONE


def _varies(term: Term, variable: Variable) -> bool:
    return variable in atoms(term)


def _sum(parts: Iterable[Term]) -> Term:
    found = tuple(parts)
    return found[0] if len(found) == 1 else Sum(found)


def _outer(function: str, inside: Term) -> Term:
    match function:
        case "exp":
            return Apply("exp", (inside,))
        case "log":
            return Power(inside, -1)
        case "sqrt":
            return Product((_HALF, Power(Apply("sqrt", (inside,)), -1)))
        case "sin":
            return Apply("cos", (inside,))
        case "cos":
            return Product((_MINUS_ONE, Apply("sin", (inside,))))
        case _:
            rest = difference(ONE, Power(inside, 2))
            return Product((_MINUS_ONE, Power(Apply("sqrt", (rest,)), -1)))


def steps(known: tuple[Relation, ...], goal: Relation, evidence: Slope) -> Iterator[Step]:
    """What has to be shown, from which facts and by what, so that the goal holds where the facts do.

    The goal's difference f is continuous from the start to the variable, since it is defined there, and f(variable) is
    f(start) + f'(between) (variable - start). Raises `Malformed`.
    """
    variable, start, between = Variable(evidence.variable), evidence.start, Variable(evidence.between)
    direction, sign = evidence.direction, goal.oriented()[1]
    if direction not in _DIRECTIONS or sign == "!=":
        raise Malformed("a slope needs a direction, and proves no !=")
    order = Relation(variable, direction, start)
    if any(between in (*atoms(part.left), *atoms(part.right)) for part in (*known, goal, order)):
        raise Malformed("the value between has a name that is taken")
    demanded = conditions(Relation(start, "=", ZERO))
    if len(demanded) != len(evidence.definedness):
        raise Malformed(f"{len(demanded)} conditions of the start, {len(evidence.definedness)} proofs")
    for condition, part in zip(demanded, evidence.definedness, strict=True):
        yield known, condition, part
        known = (*known, condition)
    yield known, order, evidence.order
    known = (*known, order)
    moved = instance(goal, {evidence.variable: between})
    demanded = conditions(moved)
    if len(demanded) != len(evidence.inside):
        raise Malformed(f"{len(demanded)} conditions of the goal, {len(evidence.inside)} proofs")
    forth, back = (">", "<") if direction in (">=", ">") else ("<", ">")
    inside = (*known, Relation(between, forth + "=", start), Relation(between, back + "=", variable))
    for condition, part in zip(demanded, evidence.inside, strict=True):
        yield inside, condition, part
        inside = (*inside, condition)
    # From a strict order a strict slope makes a strict goal of a weak one at the start.
    strict = sign == ">" and direction == forth
    rising = "=" if sign == "=" else forth if strict else forth + "="
    off_the_ends = Relation(between, forth, start), Relation(between, back, variable)
    yield (*inside, *off_the_ends), Relation(derivative(moved.oriented()[0], between), rising, ZERO), evidence.slope
    # The start is one of the values at which the goal is defined.
    known = (*known, *(instance(condition, {evidence.between: start}) for condition in demanded))
    first = instance(goal, {evidence.variable: start})
    weakened = first.sign[0] + "=" if strict else first.sign
    yield known, Relation(first.left, weakened, first.right), evidence.value
