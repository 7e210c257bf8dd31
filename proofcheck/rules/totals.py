"""Relations between sums and integrals: they are linear and monotone, and an antiderivative evaluates an integral."""

from __future__ import annotations

from dataclasses import dataclass, replace

from proofcheck.language.expressions import (
    Applied,
    Expression,
    Fixed,
    Multiply,
    Named,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Symbol,
    Total,
    number,
    same,
    walk,
)
from proofcheck.language.printing import text
from proofcheck.language.transform import derivative, rebuild, substitute

from .obligations import Obligation, condition
from .reduction import obligation_of

MONOTONE = "monotonicity: a sum or an integral of continuous functions over [a, b], a <= b, keeps = and <= of its body"
FUNDAMENTAL = "fundamental theorem of calculus: the integral of F' over [a, b] is F(b) - F(a) for F smooth there"
COUNTED = "a sum of n equal terms is n times the term"

Found = tuple[tuple[Obligation, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Weighted:
    """`factor * total`, the factor free of the total's variable."""

    factor: Scalar
    total: Total


def total_obligations(relation: Relation, assumed: tuple[Relation, ...], label: str) -> Found:
    """What a relation with sums or integrals owes."""
    left, right = _weighted(relation.left), _weighted(relation.right)
    if (
        left is not None
        and right is not None
        and _alike(left.total, right.total)
        and relation.sign in ("=", "<=", ">=")
    ):
        return _termwise(left, relation.sign, right, assumed, label)
    found: list[Obligation] = []
    rules: list[str] = []
    sides = []
    for side in (relation.left, relation.right):
        closed, obligations, theorems = _closed(side, assumed, label)
        found.extend(obligations)
        rules.extend(theorems)
        sides.append(closed)
    obligation, more = obligation_of(Relation(sides[0], relation.sign, sides[1]), assumed, label)
    return (*found, obligation), (*rules, *more)


def _termwise(left: _Weighted, sign: str, right: _Weighted, assumed: tuple[Relation, ...], label: str) -> Found:
    total = right.total
    # The pointwise relation is owed on the whole interval, whatever domain the author gave the variable.
    over = Symbol(total.over.name, total.over.latex)
    smaller = substitute(left.total.body, {left.total.over: over})
    larger = substitute(total.body, {total.over: over})
    inside = (
        [number(1) <= over, over <= total.upper] if total.kind == "sum" else [total.lower <= over, over <= total.upper]
    )
    body = Relation(Multiply((left.factor, smaller)), sign, Multiply((right.factor, larger)))
    obligation, rules = obligation_of(body, (*assumed, *inside), f"{label}: under the {total.kind}")
    found = [obligation]
    if total.kind == "integral":
        order, more = obligation_of(total.lower <= total.upper, assumed, f"{label}: the ends are in order")
        missing = tuple(dict.fromkeys((*_discontinuities(smaller), *_discontinuities(larger))))
        found += [order, condition(f"{label}: both integrands are integrable", missing=missing)]
        rules = (*rules, *more)
    return tuple(_indecisive(part) for part in found), (*rules, MONOTONE)


def _closed(side: Scalar, assumed: tuple[Relation, ...], label: str) -> tuple[Scalar, list[Obligation], list[str]]:
    """The side with each integral whose antiderivative is found, and each sum of equal terms, evaluated."""
    found: list[Obligation] = []
    rules: list[str] = []

    def change(part: Expression) -> Expression | None:
        match part:
            case Total("sum", body, over, _, upper) if not _depends(body, over):
                rules.append(COUNTED)
                return upper * body
            case Total("integral", body, over, lower, upper):
                primitive = _antiderivative(body, over)
                if primitive is None:
                    return None
                anywhere = Symbol(over.name, over.latex)
                inside = (lower <= anywhere, anywhere <= upper)
                slope = substitute(derivative(primitive, over), {over: anywhere}) == substitute(body, {over: anywhere})
                obligation, theorems = obligation_of(slope, (*assumed, *inside), f"{label}: the antiderivative")
                order, more = obligation_of(lower <= upper, assumed, f"{label}: the ends are in order")
                found.extend((_indecisive(obligation), _indecisive(order)))
                rules.extend((*theorems, *more, FUNDAMENTAL))
                return substitute(primitive, {over: upper}) - substitute(primitive, {over: lower})
            case _:
                return None

    return rebuild(side, change, lambda operator: operator), found, rules


def _antiderivative(body: Scalar, over: Symbol) -> Scalar | None:
    """SymPy's proposal, or None; the kernel checks its derivative."""
    if any(isinstance(part, Path | ScalarPath | Fixed | Applied | Total) for part in walk(body)):
        return None
    import sympy

    from proofcheck.language.symbolic import from_sympy, to_sympy

    primitive = sympy.integrate(sympy.expand(to_sympy(body)), to_sympy(over))
    if primitive.has(sympy.Integral):
        return None
    try:
        return from_sympy(primitive)
    except TypeError:
        return None


def _weighted(side: Scalar) -> _Weighted | None:
    match side:
        case Total():
            return _Weighted(number(1), side)
        case Named(_, _, body):
            return _weighted(body)
        case Multiply(parts):
            inside = [(place, found) for place, part in enumerate(parts) if (found := _weighted(part)) is not None]
            if len(inside) != 1:
                return None
            place, found = inside[0]
            rest = (*parts[:place], found.factor, *parts[place + 1 :])
            factor = Multiply(rest)
            if _depends(factor, found.total.over) or any(isinstance(part, Total) for part in walk(factor)):
                return None
            return _Weighted(factor, found.total)
        case _:
            return None


def _alike(left: Total, right: Total) -> bool:
    return left.kind == right.kind and same(left.lower, right.lower) and same(left.upper, right.upper)


def _depends(expression: Expression, symbol: Symbol) -> bool:
    for part in walk(expression):
        if isinstance(part, Symbol) and same(part, symbol):
            return True
        if isinstance(part, Symbol | Fixed | Path) and part.index is not None and same(part.index, symbol):
            return True
        if isinstance(part, Path | ScalarPath) and part.moment is not None and _depends(part.moment, symbol):
            return True
        if isinstance(part, Applied) and part.operator.moment is not None and _depends(part.operator.moment, symbol):
            return True
    return False


def _discontinuities(body: Scalar) -> list[str]:
    """What keeps an integrand from being integrable over a bounded interval, in words.

    Paths and their derivatives below a flow's order are bounded and measurable, an operator's bounds bound it. A
    function that blows up is what is left: its definedness on the closed interval is part of the obligation.
    """
    found = []
    for part in walk(body):
        if isinstance(part, Path | ScalarPath) and part.order >= 2:
            found.append(f"{text(part)} is not known to be integrable")
    return found


def _indecisive(obligation: Obligation) -> Obligation:
    return replace(obligation, instance=None)
