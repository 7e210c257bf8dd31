"""Integrals from 0 over a positive variable: its powers need not be defined at that end, which is left out.

Where `t^p` stands as a term or a factor it stays bounded near 0 for p >= 0 and tends to 0 for p > 0; everything else
has to be defined at the end as well.
"""

from __future__ import annotations

from dataclasses import replace

from proofcheck.language.expressions import (
    Call,
    Expression,
    Inner,
    Power,
    Scalar,
    ScalarPath,
    Symbol,
    Total,
    Vector,
    depends,
    number,
    same,
    walk,
)
from proofcheck.language.transform import rebuild, substitute

from .obligations import Obligation, condition
from .reduction import Hypotheses, definedness, obligation_of

OPEN_END = "integrals over (0, b] of bounded functions; t^p is bounded near 0 for p >= 0 and tends to 0 there for p > 0"
_LIPSCHITZ = frozenset(("exp", "sin", "cos"))
#: What an exponent's sign has nothing to do with.
_MOVING = (Vector, ScalarPath, Inner, Total)


def open_below(total: Total) -> bool:
    """Whether the integral begins at 0 and its variable is positive."""
    return (
        total.kind == "integral"
        and same(total.lower, number(0))
        and any(sign == ">" and bound == 0 for sign, bound in total.over.bounds)
    )


def bounded_near_end(body: Scalar, total: Total, assumed: Hypotheses, label: str) -> list[Obligation]:
    """What it takes that a body which is defined on (0, b] is bounded there."""
    within = (part for part in walk(body) if isinstance(part, Total) and depends(part.body, total.over))
    if any(within):
        return [condition(f"{label}: it is bounded near 0", missing=("a sum or an integral stands in it",))]
    rest, exponents = _without_powers(body, total.over, number(1), _LIPSCHITZ | {"sqrt"})
    assumed = _of_the_ends(total, assumed)
    closed = Symbol(f"{total.over.name}'", total.over.latex)
    inside = (*assumed, total.lower <= closed, closed <= total.upper)
    return [
        *(_owed(exponent, ">=", assumed, f"{label}: the power is bounded near 0") for exponent in exponents),
        *definedness(substitute(rest, {total.over: closed}), inside, f"{label}: the rest is defined at 0"),
    ]


def at_open_end(
    primitive: Scalar, total: Total, assumed: Hypotheses, label: str
) -> tuple[Scalar, list[Obligation]] | None:
    """The limit of an antiderivative at 0, and what that takes; None where it need not be absolutely continuous."""
    rest, exponents = _without_powers(primitive, total.over, number(0), _LIPSCHITZ)
    moving = [part for part in walk(rest) if isinstance(part, Call) and depends(part, total.over)]
    if any(part.function not in _LIPSCHITZ for part in moving):
        return None
    limit = substitute(rest, {total.over: total.lower})
    assumed = _of_the_ends(total, assumed)
    owed = [_owed(exponent, ">", assumed, f"{label}: the power vanishes at 0") for exponent in exponents]
    return limit, [*owed, *definedness(limit, assumed, f"{label}: the limit at 0 is defined")]


def _of_the_ends(total: Total, assumed: Hypotheses) -> Hypotheses:
    """What is assumed of other things than the integral's variable."""
    return tuple(each for each in assumed if not depends(each.left, total.over) and not depends(each.right, total.over))


def _owed(exponent: Scalar, sign: str, assumed: Hypotheses, label: str) -> Obligation:
    relation = exponent > 0 if sign == ">" else exponent >= 0
    plain = tuple(each for each in assumed if not _moves(each.left) and not _moves(each.right))
    return replace(obligation_of(relation, plain, label)[0], instance=None)


def _moves(side: Scalar | Vector) -> bool:
    return any(isinstance(part, _MOVING) for part in walk(side))


def _without_powers(
    expression: Scalar, over: Symbol, value: Scalar, through: frozenset[str]
) -> tuple[Scalar, list[Scalar]]:
    """The expression with a value for each power of the variable, and the exponents; not in divisors and functions."""
    exponents: list[Scalar] = []

    def change(part: Expression) -> Expression | None:
        match part:
            case Call("power", (base, exponent)) if same(base, over) and not depends(exponent, over):
                exponents.append(exponent)
                return value
            case Call(function, _) if function not in through:
                return part
            case Power(_, exponent) if exponent < 0:
                return part
            case _:
                return None

    return rebuild(expression, change, lambda operator: operator), exponents
