"""Walking over expressions: substitution, evaluation at a moment, and the derivative in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from .expressions import (
    Add,
    Applied,
    Call,
    Changes,
    Expression,
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
    Symbol,
    Total,
    Vector,
    VectorEquation,
    VectorSum,
    depends,
    number,
    same,
    structure,
    walk,
)
from .vocabulary import variation

E = TypeVar("E", bound=Expression)
BEHIND_A_JUMP = Symbol("t+", "t^+")


def rebuild(expression: E, change: Callable[[Expression], Expression | None], on: Callable[[Operator], Operator]) -> E:
    """The expression with `change` applied outside in wherever it answers, and `on` to operators."""
    changed = change(expression)
    if changed is None:
        changed = _rebuilt(expression, change, on)
    return changed  # type: ignore[return-value]


def _rebuilt(
    expression: Expression,
    change: Callable[[Expression], Expression | None],
    on: Callable[[Operator], Operator],
) -> Expression:
    def inside(part: E) -> E:
        return rebuild(part, change, on)

    match expression:
        case Add(parts):
            return Add(tuple(map(inside, parts)))
        case Multiply(parts):
            return Multiply(tuple(map(inside, parts)))
        case VectorSum(parts):
            return VectorSum(tuple(map(inside, parts)))
        case Power(base, exponent):
            return Power(inside(base), exponent)
        case Call(function, parts):
            return Call(function, tuple(map(inside, parts)))
        case Inner(left, right):
            return Inner(inside(left), inside(right))
        case Scaled(factor, vector):
            return Scaled(inside(factor), inside(vector))
        case Applied(operator, vector):
            return Applied(on(operator), inside(vector))
        case Total(kind, body, over, lower, upper):
            return Total(kind, inside(body), over, inside(lower), inside(upper))
        case Named(_, _, body):
            changed = inside(body)
            return expression if same(changed, body) else changed
        case Expression():
            return expression
        case _:
            # Returned as it is, an operator or a relation would pass for one at that moment.
            kind = type(expression).__name__
            raise TypeError(f"a scalar or a vector is asked for, not {kind}: at(H(x), 0), at(a, 0) <= at(b, 0)")


def substitute(expression: E, values: Mapping[Symbol, Scalar]) -> E:
    """The expression with scalars in place of parameters, simultaneously; moments of time included.

    >>> from proofcheck import Rational, scalar
    >>> t = scalar("t")
    >>> print(substitute(t**2, {t: Rational(1, 2)}) == 0)
    (1/2)^2 = 0
    """
    table = {structure(symbol): value for symbol, value in values.items()}

    def change(part: Expression) -> Expression | None:
        match part:
            case Symbol() | Path() | Fixed() if part.index is not None and structure(part.index) in table:
                value = table[structure(part.index)]
                if not isinstance(value, Symbol):
                    raise ValueError(f"{part.index.name} is the index of {part.name}; it is replaced by an index only")
                return replace(part, index=value)
            case Symbol():
                return table.get(structure(part))
            case Path() | ScalarPath():
                moment = None if part.moment is None else substitute(part.moment, values)
                if isinstance(part, ScalarPath) and part.variation_of is not None:
                    # Another operator, by its bounds, varies otherwise.
                    return replace(variation(on(part.variation_of)), order=part.order, moment=moment)
                return replace(part, moment=moment)
            case Total(_, _, over, _, _) if structure(over) in table or any(depends(v, over) for v in table.values()):
                raise ValueError(f"{over.name} is bound by {_shown(part)}; choose another name for it there")
            case _:
                return None

    def on(operator: Operator) -> Operator:
        def inside(bound: Scalar | None) -> Scalar | None:
            return None if bound is None else substitute(bound, values)

        return replace(
            operator,
            at_least=inside(operator.at_least),
            at_most=inside(operator.at_most),
            norm=inside(operator.norm),
            moment=inside(operator.moment),
            inverse_of=None if operator.inverse_of is None else on(operator.inverse_of),
        )

    return rebuild(expression, change, on)


def at(expression: E, moment: Scalar | int, time: Symbol | None = None) -> E:
    """The expression at a moment: paths and moving operators are frozen there, and `time` takes its value.

    What is frozen at a moment already stays as it is; with a `time`, that moment must not depend on it (`ValueError`).
    An operator is frozen where it is applied, `at(H(x), 0)`; raises `TypeError` on one by itself, and on relations.

    >>> from proofcheck import norm2, path
    >>> print(at(norm2(path("x")), 0) == 1)
    |x(0)|^2 = 1
    """
    when = number(moment)

    def change(part: Expression) -> Expression | None:
        match part:
            case Path() | ScalarPath() if part.moment is None:
                return replace(part, moment=when)
            case Path() | ScalarPath() if moment_moves(part, time):
                raise ValueError(f"{part.name} is taken at a moment that depends on the time")
            case Total(_, _, over, _, _) if depends(when, over) or (time is not None and same(over, time)):
                raise ValueError(f"{over.name} is bound by {_shown(part)}; choose another name for it there")
            case Named(name, latex, body):
                frozen = rebuild(body, change, on)
                if same(frozen, body):
                    return part
                from .printing import latex as shown
                from .printing import text

                return Named(f"{name}({text(when)})", f"{latex}({shown(when)})", frozen)
            case Symbol() if time is not None and same(part, time):
                return when
            case _:
                return None

    def on(operator: Operator) -> Operator:
        if operator.changes is Changes.NEVER or operator.moment is not None:
            if moment_moves(operator, time):
                raise ValueError(f"{operator.name} is taken at a moment that depends on the time")
            return operator

        for bound in (operator.at_least, operator.at_most, operator.norm):
            if bound is not None and time is not None and depends(bound, time):
                raise ValueError(f"the bounds of {operator.name} hold at all times: they do not contain the time")
        inverse_of = None if operator.inverse_of is None else on(operator.inverse_of)
        return replace(operator, moment=when, inverse_of=inverse_of)

    return rebuild(expression, change, on)


def relation_at(
    relation: Relation | VectorEquation, moment: Scalar | int, time: Symbol | None = None
) -> Relation | VectorEquation:
    """The relation, or the equation between vectors, at a moment."""
    if isinstance(relation, Relation):
        return replace(relation, left=at(relation.left, moment, time), right=at(relation.right, moment, time))
    return replace(relation, left=at(relation.left, moment, time), right=at(relation.right, moment, time))


def instance(hypothesis: Relation | VectorEquation, values: Mapping[Symbol, Scalar]) -> Relation | VectorEquation:
    """The relation, or the equation between vectors, with scalars in place of parameters."""
    if isinstance(hypothesis, Relation) and hypothesis.for_all is not None:
        over = hypothesis.for_all
        kept = {symbol: value for symbol, value in values.items() if not same(symbol, over)}
        if any(depends(value, over) for value in kept.values()):
            raise ValueError(f"{over.name} is bound by a hypothesis for all {over.name}; choose another name")
        return relation_instance(hypothesis, kept)
    if isinstance(hypothesis, VectorEquation):
        return VectorEquation(substitute(hypothesis.left, values), substitute(hypothesis.right, values))
    return relation_instance(hypothesis, values)


def relation_instance(relation: Relation, values: Mapping[Symbol, Scalar]) -> Relation:
    """The relation with scalars in place of parameters."""
    return replace(
        relation,
        left=substitute(relation.left, values),
        right=substitute(relation.right, values),
        hypotheses=tuple(instance(hypothesis, values) for hypothesis in relation.hypotheses),
    )


def derivative(expression: Scalar, time: Symbol | None = None) -> Scalar:
    """The derivative in time by the rules of calculus; parameters are constant.

    `time`, if given, is the time itself. Where the expression has a derivative is not asked here.
    Raises `TypeError` on an expression without a rule.

    >>> from proofcheck import exp, scalar
    >>> t = scalar("t")
    >>> print(derivative(exp(2 * t), t) == 0)
    2 exp(2 t) = 0
    """
    if not _moves(expression, time):
        return number(0)
    match expression:
        case Symbol():
            return number(1)
        case ScalarPath():
            return expression.dot
        case Named(_, _, body):
            return derivative(body, time)
        case Add(parts):
            return _sum(derivative(part, time) for part in parts if _moves(part, time))
        case Multiply(parts):
            return _sum(
                Multiply((*parts[:place], derivative(part, time), *parts[place + 1 :]))
                for place, part in enumerate(parts)
                if _moves(part, time)
            )
        case Power(base, 2):
            return Multiply((number(2), base, derivative(base, time)))
        case Power(base, exponent):
            return Multiply((number(exponent), Power(base, exponent - 1), derivative(base, time)))
        case Call(function, parts):
            return _derivative_of_call(function, parts, time)
        case Inner(left, right):
            slopes = []
            if _moves(left, time):
                slopes.append(Inner(vector_derivative(left, time), right))
            if _moves(right, time):
                slopes.append(Inner(left, vector_derivative(right, time)))
            return _sum(slopes)
        case Total("sum", body, over, lower, upper) if not _moves(lower, time) and not _moves(upper, time):
            return Total("sum", derivative(body, time), over, lower, upper)
        case _:
            raise TypeError(f"no rule for the derivative of {type(expression).__name__}")


def _derivative_of_call(function: str, arguments: tuple[Scalar, ...], time: Symbol | None) -> Scalar:
    if not arguments:
        return number(0)
    u, inside = arguments[0], derivative(arguments[0], time)
    outside: Scalar
    match function:
        case "exp":
            outside = Call("exp", (u,))
        case "log":
            outside = Power(u, -1)
        case "sqrt":
            outside = Multiply((number(1) / 2, Power(Call("sqrt", (u,)), -1)))
        case "sin":
            outside = Call("cos", (u,))
        case "cos":
            outside = -Call("sin", (u,))
        case "arccos":
            outside = -Power(Call("sqrt", (1 - u**2,)), -1)
        case "power":
            exponent = arguments[1]
            value = Call("power", (u, exponent))
            grown = Multiply((exponent, value, Power(u, -1), inside))
            if not _moves(exponent, time):
                return grown
            return grown + Multiply((Call("log", (u,)), value, derivative(exponent, time)))
        case _:
            raise TypeError(f"no rule for the derivative of {function}")
    return Multiply((outside, inside))


def vector_derivative(vector: Vector, time: Symbol | None) -> Vector:
    """The derivative in time of a vector. Raises `TypeError` on one that never moves or has no rule.

    Of an inverse it is -H^-1 H' H^-1, from the product rule for H H^-1 = 1.
    """
    match vector:
        case Path():
            return vector.dot
        case VectorSum(parts):
            return _vector_sum([vector_derivative(part, time) for part in parts if _moves(part, time)])
        case Scaled(factor, inside):
            slopes: list[Vector] = []
            if _moves(factor, time):
                slopes.append(Scaled(derivative(factor, time), inside))
            if _moves(inside, time):
                slopes.append(Scaled(factor, vector_derivative(inside, time)))
            return _vector_sum(slopes)
        case Applied(operator, inside):
            slopes = []
            if _operator_moves(operator) and (inverted := operator.inverse_of) is not None:
                slopes.append(-operator(inverted.dot(vector)))
            elif _operator_moves(operator):
                slopes.append(operator.dot(inside))
            if _moves(inside, time):
                slopes.append(Applied(operator, vector_derivative(inside, time)))
            return _vector_sum(slopes)
        case _:
            raise TypeError(f"no rule for the derivative of {type(vector).__name__}")


def _sum(terms: Iterable[Scalar]) -> Scalar:
    parts = tuple(terms)
    return parts[0] if len(parts) == 1 else Add(parts)


def _shown(total: Expression) -> str:
    """A sum or an integral, as a message names it."""
    from .printing import text

    return text(total)


def _vector_sum(vectors: list[Vector]) -> Vector:
    return vectors[0] if len(vectors) == 1 else VectorSum(tuple(vectors))


def _moves(expression: Expression, time: Symbol | None) -> bool:
    """Whether the expression depends on the current moment."""
    for part in walk(expression):
        match part:
            case Path() | ScalarPath() if part.moment is None:
                return True
            case Path() | ScalarPath() if part.moment is not None and _moves_in_time(part.moment, time):
                raise TypeError(f"{part.name} is taken at a moment that depends on the time")
            case Total(_, _, over, _, _) if time is not None and same(over, time):
                raise TypeError(f"{over.name} is bound by {_shown(part)} and is the time as well; rename it there")
            case Symbol() | Fixed() | Path() if time is not None and part.index is not None and same(part.index, time):
                raise TypeError(f"the index of {part.name} is the time")
            case Symbol() if time is not None and same(part, time):
                return True
            case Applied(operator, _) if _operator_moves(operator):
                return True
            case Applied(operator, _) if operator.moment is not None and _moves_in_time(operator.moment, time):
                raise TypeError(f"{operator.name} is taken at a moment that depends on the time")
    return False


def moment_moves(part: object, time: Symbol | None) -> bool:
    """Whether a path or an operator is taken at a moment that depends on the time, which is then not frozen at all."""
    if not isinstance(part, Path | ScalarPath | Operator) or part.moment is None or time is None:
        return False
    return _moves_in_time(part.moment, time)


def _moves_in_time(moment: Scalar, time: Symbol | None) -> bool:
    return has_moving_path(moment) or (time is not None and depends(moment, time))


def has_moving_path(expression: object) -> bool:
    """Whether a path, or an operator that moves, is taken at the current moment in an expression or a relation."""
    if isinstance(expression, Relation):
        return has_moving_path(expression.left) or has_moving_path(expression.right)
    return any(
        (isinstance(part, Path | ScalarPath) and (part.moment is None or _is_behind_a_jump(part.moment)))
        or (isinstance(part, Applied) and (_operator_moves(part.operator) or _is_behind_a_jump(part.operator.moment)))
        or _is_behind_a_jump(part)
        for part in walk(expression)
    )


def _is_behind_a_jump(moment: object) -> bool:
    """Whether it is the moment behind the jump at the current one, which goes with it."""
    return isinstance(moment, Symbol) and same(moment, BEHIND_A_JUMP)


def _operator_moves(operator: Operator) -> bool:
    return operator.changes is not Changes.NEVER and operator.moment is None
