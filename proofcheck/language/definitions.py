"""What the letters of a statement mean: abbreviations with their bodies, flows, and what everything ranges over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from proofcheck.results import Definition

from .expressions import (
    Applied,
    Changes,
    Fixed,
    Named,
    Operator,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Symbol,
    Total,
    Vector,
    VectorEquation,
    walk,
)
from .flows import Flow
from .printing import latex, text

_SIGNS = {"<=": r"\le", ">=": r"\ge", "<": "<", ">": ">"}
_TURNED = {">=": "<=", ">": "<"}
_IN_TIME = {
    Changes.NEVER: "constant in time",
    Changes.CONTINUOUSLY: "absolutely continuous in time",
    Changes.BY_JUMPS: "constant between jumps",
}


def definitions(stated: Iterable[Relation | VectorEquation]) -> tuple[Definition, ...]:
    """What a reader has to know of the letters in relations: first what they mean, then what they range over.

    Of a relation along a flow, be it one that a premise brings in, also the flow: it is claimed of its solutions only.

    >>> from proofcheck import let, scalar
    >>> x = scalar("x", positive=True, at_most=2)
    >>> [each.text for each in definitions([let("A", x**2) <= 4])]
    ['A = x^2', '0 < x <= 2']
    """
    sides: list[object] = []
    flows: list[Flow] = []
    for relation in stated:
        governed = relation.flows() if isinstance(relation, Relation) else ()
        flows += [flow for flow in governed if isinstance(flow, Flow) and flow not in flows]
        for part in (relation, *relation.hypotheses):
            sides += [part.left, part.right]
    governing = [part for flow in flows for part in _equations(flow)]
    constraints = [part for flow in flows for part in flow.constraints]
    sides += [side for part in (*governing, *constraints) for side in (part.left, part.right)]
    parts = [part for side in sides for part in walk(side)]
    bound = {part.over.name for part in parts if isinstance(part, Total)}
    meanings = {part.name: part for part in parts if isinstance(part, Named)}
    found = [_meaning(part) for name, part in meanings.items() if not _is_derived(name, meanings)]
    for word, obeyed in (("along", governing), ("with", constraints)):
        found += [Definition(text(part.left), f"{word} {text(part)}", latex(part), ranges=False) for part in obeyed]
    ranges = (_range(part) for part in parts if not (isinstance(part, Symbol) and part.name in bound))
    found += {each.name: each for each in ranges if each is not None}.values()
    return tuple({each.text: each for each in found}.values())


def _is_derived(name: str, meanings: Iterable[str]) -> bool:
    """Whether a name says what it is: the derivative of something written out, or a known quantity at a moment."""
    return name.startswith("(") or name.partition("(")[0] in set(meanings) - {name}


def _meaning(named: Named) -> Definition:
    return Definition(
        named.name, f"{named.name} = {text(named.body)}", f"{named.latex} = {latex(named.body)}", ranges=False
    )


def _equations(flow: Flow) -> Iterator[Relation | VectorEquation]:
    """The equations of a flow, as relations."""
    for equation in flow.equations:
        if isinstance(equation.right, Scalar) and isinstance(equation.unknown, Scalar):
            yield Relation(equation.unknown, "=", equation.right)
        elif isinstance(equation.right, Vector) and isinstance(equation.unknown, Vector):
            yield VectorEquation(equation.unknown, equation.right)


def _range(part: object) -> Definition | None:
    match part:
        case Symbol():
            return _symbol(part)
        case Path(name, shown, index=index):
            return _kind(name, shown, "a vector that moves in time", index)
        case ScalarPath(name, shown):
            return _kind(name, shown, "a function of time", None)
        case Fixed(name, shown, index):
            return _kind(name, shown, "a vector", index)
        case Applied(operator, _) if operator.order == 0:
            return _operator(operator.inverse_of or operator)
        case _:
            return None


def _kind(name: str, shown: str, kind: str, index: Symbol | None) -> Definition:
    each = "" if index is None else f" for each {index.name}"
    return Definition(name, f"{name} {kind}{each}", rf"{shown}\text{{ {kind}{each}}}", ranges=True)


def _symbol(symbol: Symbol) -> Definition:
    kind = "an integer" if symbol.integer else "real"
    if not symbol.bounds:
        return _kind(symbol.name, symbol.latex, kind, symbol.index)
    written, typeset = symbol.name, symbol.latex
    for sign, bound in symbol.bounds:
        if sign in _TURNED and len(symbol.bounds) > 1:
            written, typeset = f"{bound} {_TURNED[sign]} {written}", f"{bound} {_SIGNS[_TURNED[sign]]} {typeset}"
        else:
            written, typeset = f"{written} {sign} {bound}", f"{typeset} {_SIGNS[sign]} {bound}"
    each = f", {kind}" if symbol.integer else ""
    each += "" if symbol.index is None else f" for each {symbol.index.name}"
    return Definition(symbol.name, written + each, typeset + (rf"\text{{{each}}}" if each else ""), ranges=True)


def _operator(operator: Operator) -> Definition:
    kind = f"self-adjoint, {_IN_TIME[operator.changes]}"
    bounds = list(_bounds(operator))
    written = "".join(f"{sign} {text(bound)}, " for sign, bound in bounds)
    typeset = "".join(rf"{_SIGNS[sign]} {latex(bound)},\ " for sign, bound in bounds)
    if operator.norm is not None:
        written += f"of norm <= {text(operator.norm)}, "
        typeset += rf"\text{{of norm }} \le {latex(operator.norm)},\ "
    return Definition(
        operator.name, f"{operator.name} {written}{kind}", rf"{operator.latex} {typeset}\text{{{kind}}}", ranges=True
    )


def _bounds(operator: Operator) -> Iterator[tuple[str, Scalar]]:
    if operator.at_least is not None:
        yield ">=", operator.at_least
    if operator.at_most is not None:
        yield "<=", operator.at_most
