"""What stands in a flow and is governed by none of its equations: forces, errors, subgradients, within the constraints.

A force becomes an expression in the states with a few new names: as large as a constraint allows, times a direction; an
operator times the vector that a constraint pairs it with; what solves an equation for it; or a constant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from proofcheck.language.expressions import (
    Add,
    Applied,
    Call,
    Expression,
    Fixed,
    Inner,
    Operator,
    Path,
    Power,
    Relation,
    Scalar,
    ScalarPath,
    Scaled,
    Symbol,
    Vector,
    VectorEquation,
    VectorSum,
    depends,
    factors_of,
    number,
    same,
    walk,
)
from proofcheck.language.flows import Constraint
from proofcheck.language.transform import E, at, derivative, has_moving_path, rebuild, vector_derivative
from proofcheck.language.vocabulary import norm2, sqrt

from .instances import NotDrawn

Governed = Path | ScalarPath


@dataclass(frozen=True)
class Force:
    """A path as an expression in the states, what its new names obey, and the equation that it was solved from."""

    path: Governed
    law: Vector | Scalar
    obeys: tuple[Relation, ...] = ()
    solves: Relation | None = None


def forces(
    free: Sequence[Governed], constraints: Sequence[Constraint], states: Sequence[Governed], time: Symbol
) -> list[list[Force]]:
    """The choices of forces for all free paths, one for each, the simplest choice first.

    >>> from proofcheck import norm, path, scalar
    >>> e, x = path("e"), path("x")
    >>> [[found]] = forces([e], [norm(e) <= norm(x)], [x], scalar("t"))
    >>> print(norm2(found.law) <= 1)
    |||x|| c_e|^2 <= 1
    """
    choices = [list(_choices(path, constraints, states, time)) for path in free]
    most = max(map(len, choices), default=1)
    return [[each[min(place, len(each) - 1)] for each in choices] for place in range(most)]


def put_in(expression: E, chosen: Sequence[Force], time: Symbol) -> E:
    """The expression with forces in the place of the free paths; forces in forces, too. Raises `NotDrawn`."""
    laws = {force.path.name: force.law for force in chosen}

    def change(part: Expression) -> Expression | None:
        if not isinstance(part, Path | ScalarPath) or part.name not in laws:
            return None
        law = laws[part.name]
        for _ in range(part.order):
            law = _derivative(law, time)
        return law if part.moment is None else at(law, part.moment, time)

    for _ in range(len(chosen) + 1):
        if not any(isinstance(part, Path | ScalarPath) and part.name in laws for part in walk(expression)):
            return expression
        expression = rebuild(expression, change, lambda operator: operator)
    raise NotDrawn("the constraints tie its forces to each other")


def put_in_relation(relation: Constraint, chosen: Sequence[Force], time: Symbol) -> Constraint:
    """The relation, or the equation between vectors, with forces in the place of the free paths. Raises `NotDrawn`."""
    if isinstance(relation, VectorEquation):
        return VectorEquation(put_in(relation.left, chosen, time), put_in(relation.right, chosen, time))
    return replace(relation, left=put_in(relation.left, chosen, time), right=put_in(relation.right, chosen, time))


def _derivative(law: Vector | Scalar, time: Symbol) -> Vector | Scalar:
    if isinstance(law, Scalar):
        return derivative(law, time)
    if has_moving_path(law) or depends(law, time):
        return vector_derivative(law, time)
    return Scaled(number(0), law)


def _choices(
    path: Governed, constraints: Sequence[Constraint], states: Sequence[Governed], time: Symbol
) -> Iterator[Force]:
    relations = [each for each in constraints if isinstance(each, Relation)]
    if isinstance(path, ScalarPath):
        yield from _of_numbers(path, relations, states, time)
    else:
        yield from _of_vectors(path, relations, states, time)


def _of_vectors(
    path: Path, constraints: Sequence[Relation], states: Sequence[Governed], time: Symbol
) -> Iterator[Force]:
    constant = Fixed(f"c_{path.name}", f"c_{{{path.latex}}}")
    turned = Operator(f"M_{path.name}", f"M_{{{path.latex}}}")
    bound = next((found for each in constraints if (found := _square_bound(each, path)) is not None), None)
    if bound is not None:
        yield Force(path, Scaled(sqrt(bound), constant), (norm2(constant) <= 1,))
        return
    pairs = [
        other
        for each in constraints
        for side in (each.left, each.right)
        for part in walk(side)
        if isinstance(part, Inner)
        for one, other in ((part.left, part.right), (part.right, part.left))
        if same(one, path) and not _speaks_of(other, path)
    ]
    if pairs:
        yield Force(path, Applied(turned, pairs[0]))
        return
    yield Force(path, constant)
    position = next((state for state in states if isinstance(state, Path)), None)
    if position is not None:
        yield Force(path, VectorSum((constant, Applied(turned, replace(position, order=0)))))
    else:
        yield Force(path, VectorSum((constant, Scaled(time, Fixed(f"d_{path.name}", f"d_{{{path.latex}}}")))))


def _of_numbers(
    path: ScalarPath, constraints: Sequence[Relation], states: Sequence[Governed], time: Symbol
) -> Iterator[Force]:
    part = Symbol(f"c_{path.name}", f"c_{{{path.latex}}}")
    for each in constraints:
        solved = _solved(each, path)
        if solved is not None:
            yield Force(path, solved, solves=each)
            return
    for each in constraints:
        bound = _square_bound(each, path)
        if bound is not None:
            yield Force(path, sqrt(bound) * part, (part**2 <= 1,))
            return
    for each in constraints:
        for alone, sign, other in ((each.left, each.sign, each.right), (each.right, _TURNED[each.sign], each.left)):
            if same(alone, path) and not _speaks_of(other, path):
                if sign in (">=", ">"):
                    yield Force(path, other + part, (part > 0 if sign == ">" else part >= 0,))
                    return
                if sign in ("<=", "<"):
                    yield Force(path, other - part, (part > 0 if sign == "<" else part >= 0,))
                    return
    yield Force(path, part)
    state = next((state for state in states if isinstance(state, ScalarPath)), None)
    if state is not None:
        yield Force(path, part * replace(state, order=0))
    else:
        yield Force(path, part + time * Symbol(f"d_{path.name}", f"d_{{{path.latex}}}"))


_TURNED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<", "=": "=", "!=": "!="}


def _square_bound(constraint: Relation, path: Governed) -> Scalar | None:
    """What the path's square is at most: of several paths, each has an equal share of a common bound."""
    sign, left, right = constraint.sign, constraint.left, constraint.right
    if sign in (">=", ">"):
        sign, left, right = _TURNED[sign], right, left
    if sign not in ("<=", "<") or _speaks_of(right, path):
        return None
    parts = left.parts if isinstance(left, Add) else (left,)
    if len(parts) > 1:
        squared = [_is_square_of(part, path) for part in parts]
        return right / len(parts) if any(squared) and all(isinstance(part, Inner) for part in parts) else None
    if _is_square_of(left, path):
        return right
    if isinstance(left, Call) and left.function == "sqrt" and _is_square_of(left.arguments[0], path):
        return right**2
    return None


def _is_square_of(part: Scalar, path: Governed) -> bool:
    match part:
        case Inner(left, right):
            return same(left, path) and same(right, path)
        case Power(base, 2):
            return same(base, path)
        case _:
            return False


def _solved(constraint: Relation, path: ScalarPath) -> Scalar | None:
    """The path by an equation `factors * path = other`."""
    if constraint.sign != "=":
        return None
    for left, right in ((constraint.left, constraint.right), (constraint.right, constraint.left)):
        factors = factors_of(left)
        others = [factor for factor in factors if not same(factor, path)]
        if len(others) == len(factors) - 1 and not any(_speaks_of(part, path) for part in (right, *others)):
            product: Scalar = number(1)
            for factor in others:
                product = product * factor
            return right / product
    return None


def _speaks_of(expression: Expression, path: Governed) -> bool:
    return any(isinstance(part, Path | ScalarPath) and part.name == path.name for part in walk(expression))
