"""SymPy, by its best effort: `simplify`, assumptions, inequalities in one variable, minima, limits.

For a relation `left - right >= 0` the ways, in this order, the first answer counts:

1. the sign of the difference as SymPy knows it from the assumptions about its symbols (`is_nonnegative` and its like),
   as it is built, expanded, factored, and simplified; for an equation, whether it simplifies to 0, or `equals` 0;
2. in one variable: `solve_univariate_inequality` for the goal, and whether the set of the hypotheses is inside it,
   or for its negation, and whether the two sets have nothing in common.

Bounds of one variable become its assumptions. For an order in one quantity: the limit of the ratio at infinity.
No search for counterexamples is added, for it would be ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sympy
from sympy.core.cache import clear_cache
from textbook.pairs import Case, Growth

from proofcheck.kernel import terms
from proofcheck.kernel.statements import Relation, Statement
from proofcheck.kernel.terms import Term
from proofcheck.rules.translation import Translation

from .answers import Answer, CannotState
from .coordinates import in_numbers

VERSION = sympy.__version__

_RELATIONS = {"<=": sympy.Le, "<": sympy.Lt, ">=": sympy.Ge, ">": sympy.Gt, "=": sympy.Eq, "!=": sympy.Ne}
_FUNCTIONS = {"sqrt": sympy.sqrt, "exp": sympy.exp, "log": sympy.log, "sin": sympy.sin, "cos": sympy.cos}
_FUNCTIONS |= {"arccos": sympy.acos, "power": sympy.Pow}
_WAYS: tuple[Callable[[sympy.Expr], sympy.Expr], ...] = (lambda d: d, sympy.expand, sympy.factor, sympy.simplify)


def decide(case: Case, seconds: float) -> Answer:
    """What SymPy says. Raises `CannotState`, and what SymPy raises."""
    clear_cache()
    if isinstance(case.stated, Growth):
        return _order(case.stated)
    return _relation(in_numbers(case.stated))


def _relation(statement: Statement) -> Answer:
    symbols = {name: _symbol(name, statement.hypotheses) for name in statement.variables}
    for answer in _by_assumptions(statement.goal, symbols):
        if answer is not None:
            return Answer.TRUE if answer else Answer.FALSE
    if len(symbols) == 1:
        return _in_one_variable(statement)
    return Answer.OPEN


def _by_assumptions(goal: Relation, symbols: dict[str, sympy.Symbol]) -> Iterator[bool | None]:
    term, sign = goal.oriented()
    difference = _expression(term, symbols)
    for way in _WAYS:
        changed = way(difference)
        match sign:
            case "=":
                yield changed.is_zero
            case "!=":
                yield None if changed.is_zero is None else not changed.is_zero
            case ">=":
                yield changed.is_nonnegative
            case _:
                yield changed.is_positive
    if sign == "=":
        yield difference.equals(0)


def _in_one_variable(statement: Statement) -> Answer:
    # Without assumptions: with them SymPy takes a hypothesis on the sign for granted, and forgets it.
    (name,) = statement.variables
    free = sympy.Symbol(name, real=True)
    asked, *given = (_written(each, {name: free}) for each in (statement.goal, *statement.hypotheses))
    domain = sympy.Reals
    for each in given:
        domain = domain.intersect(_solutions(each, free))
    inside = domain.is_subset(_solutions(asked, free))
    if inside is None:
        inside = domain.intersect(_solutions(sympy.Not(asked), free)).is_empty
    return Answer.OPEN if inside is None else Answer.TRUE if inside else Answer.FALSE


def _solutions(relation: sympy.Basic, free: sympy.Symbol) -> sympy.Set:
    if relation in (sympy.true, sympy.false):
        return sympy.Reals if relation == sympy.true else sympy.S.EmptySet
    if isinstance(relation, sympy.Eq | sympy.Ne):
        zeros = sympy.solveset(relation.lhs - relation.rhs, free, sympy.Reals)
        return zeros if isinstance(relation, sympy.Eq) else sympy.Reals - zeros
    return sympy.solve_univariate_inequality(relation, free, relational=False)


def _order(growth: Growth) -> Answer:
    if growth.given or growth.small or len(growth.large) != 1:
        raise CannotState("orders in several quantities")
    (quantity,) = growth.large
    grown = sympy.Symbol(quantity.name, positive=True)
    plain = Translation()
    left, right = (_expression(plain.scalar(side), {quantity.name: grown}) for side in (growth.left, growth.right))
    limit = sympy.limit(left / right, grown, sympy.oo)
    return Answer.OPEN if limit.is_finite is None else Answer.TRUE if limit.is_finite else Answer.FALSE


def _symbol(name: str, hypotheses: tuple[Relation, ...]) -> sympy.Symbol:
    """A symbol with what the hypotheses say of its sign."""
    known = {"real": True}
    for each in hypotheses:
        match each:
            case Relation(terms.Variable(of), ">" | ">=", terms.Rational(bound)) if of == name:
                if bound > 0 or (each.sign == ">" and bound == 0):
                    known["positive"] = True
                elif bound == 0:
                    known["nonnegative"] = True
            case _:
                continue
    return sympy.Symbol(name, **known)


def _written(relation: Relation, symbols: dict[str, sympy.Symbol]) -> sympy.Basic:
    return _RELATIONS[relation.sign](_expression(relation.left, symbols), _expression(relation.right, symbols))


def _expression(term: Term, symbols: dict[str, sympy.Symbol]) -> sympy.Expr:
    match term:
        case terms.Rational(value):
            return sympy.Rational(value.numerator, value.denominator)
        case terms.Variable(name):
            return symbols[name]
        case terms.Sum(parts):
            return sympy.Add(*(_expression(part, symbols) for part in parts))
        case terms.Product(parts):
            return sympy.Mul(*(_expression(part, symbols) for part in parts))
        case terms.Power(base, exponent):
            return sympy.Pow(_expression(base, symbols), exponent)
        case terms.Apply("pi", ()):
            return sympy.pi
        case terms.Apply(function, parts):
            return _FUNCTIONS[function](*(_expression(part, symbols) for part in parts))
        case _:
            raise CannotState("inner products in every dimension")
