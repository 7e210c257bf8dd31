"""Integrals from 0 over a positive variable: powers of the variable need not be defined at that end, which is left out.

Where `t^p` stands as a term or a factor it stays bounded near 0 for p >= 0 and tends to 0 for p > 0; everything else has
to be defined at the end as well.
"""

from __future__ import annotations

from dataclasses import replace

from proofcheck.language.expressions import (
    Add,
    Call,
    Multiply,
    Named,
    Power,
    Scalar,
    Symbol,
    Total,
    depends,
    number,
    same,
    walk,
)
from proofcheck.language.transform import substitute

from .obligations import Obligation
from .reduction import Hypotheses, definedness, obligation_of

OPEN_END = "the integral over (0, b] of a bounded function; powers t^p are bounded for p >= 0 and tend to 0 for p > 0, as t does"
_LIPSCHITZ = frozenset(("exp", "sin", "cos"))


def open_below(total: Total) -> bool:
    """Whether the integral begins at 0 and its variable is positive."""
    return (
        total.kind == "integral"
        and same(total.lower, number(0))
        and any(sign == ">" and bound == 0 for sign, bound in total.over.bounds)
    )


def bounded_near_end(body: Scalar, total: Total, assumed: Hypotheses, label: str) -> list[Obligation]:
    """What it takes that a body which is defined on (0, b] is bounded there."""
    rest, exponents = _without_powers(body, total.over, number(1))
    closed = Symbol(f"{total.over.name}_closed", total.over.latex)
    inside = (*assumed, total.lower <= closed, closed <= total.upper)
    return [
        *(_owed(exponent, ">=", assumed, f"{label}: the power is bounded near 0") for exponent in exponents),
        *definedness(substitute(rest, {total.over: closed}), inside, f"{label}: the rest is defined at 0"),
    ]


def at_open_end(
    primitive: Scalar, total: Total, assumed: Hypotheses, label: str
) -> tuple[Scalar, list[Obligation]] | None:
    """The limit of an antiderivative at 0, and what that takes; None where it need not be absolutely continuous."""
    rest, exponents = _without_powers(primitive, total.over, number(0))
    moving = [part for part in walk(rest) if isinstance(part, Call) and depends(part, total.over)]
    if any(part.function not in _LIPSCHITZ for part in moving):
        return None
    limit = substitute(rest, {total.over: total.lower})
    owed = [_owed(exponent, ">", assumed, f"{label}: the power vanishes at 0") for exponent in exponents]
    return limit, [*owed, *definedness(limit, assumed, f"{label}: the limit at 0 is defined")]


def _owed(exponent: Scalar, sign: str, assumed: Hypotheses, label: str) -> Obligation:
    relation = exponent > 0 if sign == ">" else exponent >= 0
    return replace(obligation_of(relation, assumed, label)[0], instance=None)


def _without_powers(expression: Scalar, over: Symbol, value: Scalar) -> tuple[Scalar, list[Scalar]]:
    """The expression with a value for each power of the variable that is a term or a factor, and the exponents."""
    exponents: list[Scalar] = []

    def visit(part: Scalar) -> Scalar:
        match part:
            case Call("power", (base, exponent)) if same(base, over) and not depends(exponent, over):
                exponents.append(exponent)
                return value
            case Call(function, (argument,)) if function in _LIPSCHITZ:
                return Call(function, (visit(argument),))
            case Add(parts):
                return Add(tuple(map(visit, parts)))
            case Multiply(parts):
                return Multiply(tuple(map(visit, parts)))
            case Power(base, exponent) if exponent > 0:
                return Power(visit(base), exponent)
            case Named(_, _, body):
                return visit(body)
            case _:
                return part

    return visit(expression), exponents
