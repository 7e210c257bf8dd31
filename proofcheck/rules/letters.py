"""One letter, one meaning: what a statement prints alike is one thing, or nobody can read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from proofcheck.language.expressions import (
    Applied,
    Fixed,
    Named,
    Operator,
    Path,
    Relation,
    ScalarPath,
    Symbol,
    Total,
    VectorEquation,
    depends,
    structure,
    walk,
)
from proofcheck.language.flows import Flow


def ambiguous(stated: Iterable[Relation | VectorEquation]) -> str | None:
    """A letter with two meanings in relations, their hypotheses, premises and flows; None where there is none.

    Two parameters of one name with different domains are different to the rules, and so are two abbreviations of one
    name with different bodies, or what has an index and the same at another one; a reader cannot tell them apart.

    >>> from proofcheck import scalar
    >>> x, another = scalar("x"), scalar("x", positive=True)
    >>> ambiguous([x + another >= 0])
    'x'
    """
    meanings: dict[str, object] = {}
    for side in _sides(stated):
        for part in walk(side):
            for name, meaning in _meanings(part):
                if meanings.setdefault(name, meaning) != meaning:
                    return name
    return None


def half_frozen(stated: Iterable[Relation | VectorEquation]) -> str | None:
    """An abbreviation at a moment, such as E(0), in which the time of a flow is left as it is; None if there is none.

    >>> from proofcheck import at, flow, let, scalar, scalar_path
    >>> t, q = scalar("t", nonnegative=True), scalar_path("q")
    >>> E, still = let("E", t * q), flow(q.dot == 0, time=t)
    >>> half_frozen([(E == at(E, 0)).along(still)]), half_frozen([(E == at(E, 0, t)).along(still)])
    ('E(0)', None)
    """
    said = tuple(stated)
    flows = [flow for each in said if isinstance(each, Relation) for flow in each.flows() if isinstance(flow, Flow)]
    times = [flow.time for flow in flows if flow.time is not None]
    for side in _sides(said):
        for part in walk(side):
            frozen = isinstance(part, Named) and part.name.endswith(")")
            if frozen and isinstance(part, Named) and any(depends(part.body, time) for time in times):
                return part.name
    return None


def _sides(stated: Iterable[Relation | VectorEquation]) -> Iterator[object]:
    for relation in stated:
        parts: list[Relation | VectorEquation] = [relation, *relation.hypotheses]
        if isinstance(relation, Relation):
            parts += [use.relation for use in relation.uses]
            for flow in relation.flows():
                if isinstance(flow, Flow):
                    parts += [*flow.constraints, *flow.jumps]
                    yield from (side for each in flow.equations for side in (each.unknown, each.right))
                    yield flow.time
        for part in parts:
            yield from (part.left, part.right)
            if isinstance(part, Relation):
                yield part.for_all


def _meanings(part: object) -> Iterator[tuple[str, object]]:
    match part:
        case Symbol(name, _, bounds, index):
            yield name, ("number", bounds, structure(index))
        case Total():
            yield from _meanings(part.over)
        case Named(name, _, body):
            yield name, ("abbreviation", structure(body))
        case ScalarPath():
            yield part.name, (type(part), part.jumps_from)
        case Path():
            yield part.name, (type(part), part.jumps_from, structure(part.index))
        case Fixed():
            yield part.name, (type(part), structure(part.index))
        case Applied(operator, _):
            yield from _meanings_of_operator(operator)


def _meanings_of_operator(operator: Operator) -> Iterator[tuple[str, object]]:
    """Bounds are of the operator itself: of its derivatives and at moments nothing, or the same, is known."""
    plain = operator.inverse_of or operator
    if plain.order == 0 and plain.moment is None:
        bounds = tuple(structure(bound) for bound in (plain.at_least, plain.at_most, plain.norm))
        yield plain.name, ("operator", bounds, plain.changes)
