"""Which translation a relation gets, and when one mode is enough for every dimension.

Spectral reduction. Let both sides of a relation be linear in inner products `<p(H) u, q(H) v>` of vectors with one
self-adjoint operator H, coefficients free of vectors, no hypothesis about vectors. In an eigenbasis of H the difference
of the sides is a sum over the modes, and any vectors of dimension one are a case: the relation `=`, `<=` or `>=` holds
in every dimension exactly when it holds for one mode.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from proofcheck.kernel import statements as kernel
from proofcheck.language.expressions import (
    Add,
    Applied,
    Call,
    Changes,
    Constant,
    Fixed,
    Inner,
    Multiply,
    Named,
    Operator,
    Path,
    Power,
    Relation,
    Scalar,
    ScalarPath,
    Scaled,
    Total,
    Vector,
    VectorEquation,
    VectorSum,
    parts_of,
    structure,
    walk,
)
from proofcheck.language.printing import latex, text

from .obligations import Obligation
from .plane import Plane
from .translation import Gram, OneMode, Translation

PARTIAL = frozenset(("sqrt", "log", "power", "arccos"))
SPECTRAL = "spectral theorem: a relation linear in inner products with one self-adjoint operator holds mode by mode"
GRAM = "Gram matrix: inner products of finitely many vectors, operators through their bounds"
COMPONENTS = "an equation linear in vectors holds component by component"


Hypotheses = tuple[Relation | VectorEquation, ...]


def obligation_of(relation: Relation, hypotheses: Hypotheses, label: str) -> tuple[Obligation, tuple[str, ...]]:
    """The obligation of a relation under hypotheses, and the theorems that led to it."""
    everything = (relation, *hypotheses)
    shown = label, text(_bare(relation)), latex(_bare(relation))
    if not any(_has_vectors(part) for part in everything):
        plain = Translation()
        statement = plain.statement(relation, hypotheses)
        itself = None if plain.opaque or plain.moments_may_meet() else statement
        return Obligation(*shown, statement=statement, instance=itself, names=plain.names.shown), ()
    mode = OneMode()
    case = mode.statement(relation, hypotheses)
    moving = {operator for part in everything for operator in _operators(part) if operator.order > 0}
    # The derivative of an operator that jumps is zero between its jumps, and no number that one could choose.
    jumps = any(operator.changes is Changes.BY_JUMPS for operator in moving)
    exact = not (mode.opaque or mode.moments_may_meet() or jumps)
    instance = (_inside(case, mode.bounds) if moving else case) if exact else None
    if one_mode_is_enough(relation, hypotheses):
        return Obligation(*shown, statement=case, instance=instance, names=mode.names.shown), (SPECTRAL,)
    gram = Gram()
    statement = gram.statement(relation, hypotheses)
    if not any(map(_operators, everything)) and not (gram.opaque or gram.moments_may_meet()):
        # Without operators a Gram matrix says it all: vectors of any dimension refute the relation itself.
        instance = statement
    names = {**mode.names.shown, **gram.names.shown}
    plane = None
    if exact and any(map(_operators, everything)):
        coordinates = Plane(taken=names)
        plane = coordinates.statement(relation, hypotheses)
        plane = _inside(plane, coordinates.bounds) if moving else plane
        names = {**coordinates.names.shown, **names}
    return Obligation(*shown, statement=statement, instance=instance, plane=plane, names=names), (GRAM,)


def equation_obligation(equation: VectorEquation, label: str) -> tuple[Obligation, tuple[str, ...]]:
    """The obligation of an equation between vectors, under equations between vectors.

    Raises `TypeError` when operators or inner products occur, for then components do not decouple.
    """
    for part in (equation, *equation.hypotheses):
        for side in (part.left, part.right):
            if any(isinstance(inside, Applied | Inner) for inside in walk(side)):
                raise TypeError("an equation between vectors is linear in them, without operators")
    mode = OneMode()
    statement: kernel.Statement = mode.equation(equation)
    shown = VectorEquation(equation.left, equation.right)
    unclear = mode.opaque or mode.moments_may_meet() or not all(map(moments_are_plain, equation.hypotheses))
    obligation = Obligation(
        label,
        text(shown),
        latex(shown),
        statement=statement,
        instance=None if unclear else statement,
        names=mode.names.shown,
    )
    return obligation, (COMPONENTS,)


def definedness(expression: Scalar, hypotheses: Hypotheses, label: str) -> tuple[Obligation, ...]:
    """That a scalar is defined wherever the hypotheses hold, and so are the moments of which it speaks.

    Nothing is owed where no partial function stands in it.
    """
    found = moments_defined(expression, hypotheses, label)
    if not is_partial(expression):
        return found
    obligation, _ = obligation_of(Relation(expression, "=", expression), hypotheses, label)
    return (*found, replace(obligation, instance=None))


def moments_defined(expression: Scalar | Vector, hypotheses: Hypotheses, label: str) -> tuple[Obligation, ...]:
    """That the moments at which paths and operators are taken are defined, outside of the bodies of totals.

    Raises `ValueError` on a moment with a sum or an integral in it.
    """
    moments = {structure(each): each for each in _moments(expression)}.values()
    if any(isinstance(part, Total) for each in moments for part in walk(each)):
        raise ValueError("a moment is a number without sums and integrals; give it a letter, and a hypothesis on that")
    return tuple(owed for each in moments for owed in definedness(each, hypotheses, label))


def moments_are_plain(stated: Relation | VectorEquation) -> bool:
    """Whether the moments of which a relation or an equation speaks are defined everywhere."""
    return not any(is_partial(each) for side in (stated.left, stated.right) for each in _moments(side))


def is_partial(expression: Scalar) -> bool:
    """Whether a function stands in an expression that is not defined everywhere."""
    return any(
        (isinstance(part, Power) and part.exponent < 0) or (isinstance(part, Call) and part.function in PARTIAL)
        for part in walk(expression)
    )


def _moments(expression: object) -> Iterator[Scalar]:
    where = expression.operator if isinstance(expression, Applied) else expression
    if isinstance(where, Path | ScalarPath | Operator) and where.moment is not None:
        yield where.moment
    inside = (expression.lower, expression.upper) if isinstance(expression, Total) else parts_of(expression)
    for part in inside:
        yield from _moments(part)


def one_mode_is_enough(relation: Relation, hypotheses: Hypotheses) -> bool:
    """Whether spectral reduction applies: it is exact in both directions then."""
    if relation.sign == "!=" or any(_has_vectors(hypothesis) for hypothesis in hypotheses):
        return False
    operators: set[Operator] = set()
    for side in (relation.left, relation.right):
        if _degree(side) != 1 and not _is_zero(side):
            return False
        applied = [part.operator for part in walk(side) if isinstance(part, Applied)]
        operators |= {operator.inverse_of or operator for operator in applied}
    bounds = [b for o in operators for b in (o.at_least, o.at_most, o.norm) if b is not None]
    return len(operators) <= 1 and not any(_has_vectors(bound) for bound in bounds)


def _bare(relation: Relation) -> Relation:
    return Relation(relation.left, relation.sign, relation.right)


def _is_zero(expression: object) -> bool:
    return isinstance(expression, Constant) and expression.value == 0


def _degree(expression: object) -> int | None:
    """0 for a scalar free of vectors, 1 for one linear and homogeneous in inner products, None otherwise."""
    if not _has_vectors(expression):
        return 0
    match expression:
        case Inner(left, right):
            return 1 if _is_linear(left) and _is_linear(right) else None
        case Named(_, _, body):
            return _degree(body)
        case Add(parts):
            degrees = {_degree(part) for part in parts if not _is_zero(part)}
            return 1 if degrees == {1} else None
        case Multiply(parts):
            degrees_in_order = [_degree(part) for part in parts]
            return 1 if sorted(degrees_in_order, key=str) == [0] * (len(parts) - 1) + [1] else None
        case Power(base, 1):
            return _degree(base)
        case _:
            return None


def _is_linear(vector: object) -> bool:
    """Whether a vector is a combination of named ones with coefficients free of vectors."""
    match vector:
        case Path() | Fixed():
            return True
        case VectorSum(parts):
            return all(map(_is_linear, parts))
        case Scaled(factor, inside):
            return not _has_vectors(factor) and _is_linear(inside)
        case Applied(_, inside):
            return _is_linear(inside)
        case _:
            return False


def _operators(relation: Relation | VectorEquation) -> set[Operator]:
    sides = (relation.left, relation.right)
    return {part.operator for side in sides for part in walk(side) if isinstance(part, Applied)}


def _inside(case: kernel.Statement, bounds: Collection[kernel.Relation]) -> kernel.Statement:
    """The case with strict bounds: an operator that meets its bound does not move through it, inside it may."""
    strict = {"<=": "<", ">=": ">"}
    kept = (replace(each, sign=strict[each.sign]) if each in bounds else each for each in case.hypotheses)
    return replace(case, hypotheses=tuple(kept))


def _has_vectors(expression: object) -> bool:
    if isinstance(expression, VectorEquation):
        return True
    if isinstance(expression, Relation):
        return _has_vectors(expression.left) or _has_vectors(expression.right)
    if isinstance(expression, Inner | Path | Fixed):
        return True
    return any(map(_has_vectors, parts_of(expression)))
