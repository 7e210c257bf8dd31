"""PEPit: the worst case of a statement that is linear in inner products and in function values, in every dimension.

It gets the same hypotheses, as constraints on its points and values, and the vectors' squares sum to at most 1, which
is no restriction since such a statement is homogeneous. What is violated most, by a semidefinite program in floats,
is an answer up to a tolerance: it decides, but it is no proof. Letters as coefficients it cannot have.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from importlib.metadata import version

import PEPit
from textbook.pairs import Case, Growth

from proofcheck.kernel import terms
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Term
from proofcheck.language.expressions import Applied, walk
from proofcheck.rules.translation import Gram

from .answers import Answer, CannotState, Undecided
from .coordinates import has_vectors

VERSION = version("pepit")

#: A violation up to the first number counts as none, one above the second as one.
NONE, SOME = 1e-7, 1e-6

#: The coefficients of inner products (pairs of names), of numbers (names) and of 1 (the empty tuple).
Linear = dict[tuple[str, ...], Fraction]


def decide(case: Case, seconds: float) -> Answer:
    """What PEPit says. Raises `CannotState` and `Undecided`."""
    if isinstance(case.stated, Growth) or not has_vectors(case.stated):
        raise CannotState("anything but vectors and function values")
    sides = [side for each in (case.stated, *case.stated.hypotheses) for side in (each.left, each.right)]
    if any(isinstance(part, Applied) for side in sides for part in walk(side)):
        raise CannotState("operators within bounds, beside other vectors")
    statement = Gram().statement(case.stated, case.stated.hypotheses)
    assumed = [_oriented(each) for each in statement.hypotheses]
    goal = _oriented(statement.goal)
    opposite = [_times(goal[0], Fraction(-1))] + ([goal[0]] if goal[1] == "=" else [])
    worst = max(_largest(each, assumed, statement.vectors, statement.variables) for each in opposite)
    if NONE < worst < SOME:
        raise Undecided(f"the largest violation is {worst:.1e}")
    return Answer.TRUE if worst <= NONE else Answer.FALSE


def _largest(
    violation: Linear, assumed: list[tuple[Linear, str]], vectors: tuple[str, ...], variables: tuple[str, ...]
) -> float:
    problem = PEPit.PEP()
    points = {name: PEPit.Point() for name in vectors}
    values = {name: PEPit.Expression() for name in variables}

    def written(linear: Linear) -> PEPit.Expression:
        parts = [float(weight) * _product(key, points, values) for key, weight in linear.items() if weight]
        return sum(parts[1:], start=parts[0]) if parts else 0 * points[vectors[0]] ** 2

    for linear, sign in assumed:
        problem.add_constraint(written(linear) == 0 if sign == "=" else written(linear) >= 0)
    problem.set_initial_condition(sum((point**2 for point in points.values()), start=0) <= 1)
    problem.set_performance_metric(written(violation))
    return float(problem.solve(verbose=0, wrapper="cvxpy", solver="CLARABEL"))


def _product(
    key: tuple[str, ...], points: Mapping[str, PEPit.Point], values: Mapping[str, PEPit.Expression]
) -> PEPit.Expression:
    return points[key[0]] * points[key[1]] if len(key) == 2 else values[key[0]]


def _oriented(relation: Relation) -> tuple[Linear, str]:
    term, sign = relation.oriented()
    linear = _linear(term)
    if linear.get((), Fraction(0)):
        raise CannotState("constants beside inner products")
    if sign not in ("=", ">="):
        raise CannotState(f"the relation {relation.sign}")
    return linear, sign


def _linear(term: Term) -> Linear:
    match term:
        case terms.Rational(value):
            return {(): value}
        case terms.Variable(name):
            return {(name,): Fraction(1)}
        case terms.Inner(left, right):
            return {(left, right): Fraction(1)}
        case terms.Sum(parts):
            total: Linear = {}
            for part in map(_linear, parts):
                for key, weight in part.items():
                    total[key] = total.get(key, Fraction(0)) + weight
            return total
        case terms.Product(parts):
            product: Linear = {(): Fraction(1)}
            for part in map(_linear, parts):
                product = _multiplied(product, part)
            return product
        case terms.Power(base, exponent):
            raised = _linear(base)
            if set(raised) <= {()}:
                return {(): raised.get((), Fraction(0)) ** exponent}
            raise CannotState("powers of letters or of inner products")
        case _:
            raise CannotState("roots and functions of inner products")


def _multiplied(first: Linear, second: Linear) -> Linear:
    for one, other in ((first, second), (second, first)):
        if set(one) <= {()}:
            return _times(other, one.get((), Fraction(0)))
    raise CannotState("products of letters and inner products")


def _times(linear: Linear, factor: Fraction) -> Linear:
    return {key: factor * weight for key, weight in linear.items()}
