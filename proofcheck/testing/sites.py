"""Every part of what a claim states, with the way to put something else in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import partial
from typing import Any

from proofcheck.language.chains import Chain
from proofcheck.language.expressions import (
    Add,
    Applied,
    Call,
    Expression,
    Inner,
    Multiply,
    Named,
    Operator,
    Power,
    Relation,
    Scaled,
    Symbol,
    Total,
    Use,
    VectorEquation,
    VectorSum,
)
from proofcheck.language.flows import Equation, Flow
from proofcheck.language.printing import text
from proofcheck.language.transform import rebuild
from proofcheck.rules.obligations import Argument

from .recording import Called

Put = Callable[[Any], Any]


@dataclass(frozen=True)
class Site:
    """A part of a statement: what it is, how it is replaced, where it stands in words.

    What is assumed stands `within` a hypothesis, a constraint or an equation of a flow; `local` replaces it there.
    """

    part: Any
    put: Put
    words: str = ""
    within: object = None
    local: Put = field(default=lambda new: new)

    @property
    def assumed(self) -> bool:
        """Whether it is part of what is assumed."""
        return self.within is not None


def sites(stated: Any) -> Iterator[Site]:
    """The statement itself and every part of it, outside in.

    >>> from proofcheck import scalar
    >>> x = scalar("x")
    >>> [str(site.part) for site in sites(x**2 >= 0) if isinstance(site.part, Relation)]
    ['x^2 >= 0']
    """
    yield from _below(Site(stated, lambda new: new))


def _below(site: Site) -> Iterator[Site]:
    yield site
    for part, put, words, assumed in _parts(site.part):
        begins = assumed and not site.assumed
        inner = Site(
            part,
            _first(put, site.put),
            ", ".join(filter(None, (site.words, words))),
            part if begins else site.within,
            _first(put, site.local) if site.assumed else _unchanged,
        )
        yield from _below(inner)


_Part = tuple[Any, Put, str, bool]


def _parts(value: Any) -> Iterator[_Part]:
    match value:
        case Chain():
            yield from _of_chain(value)
        case Relation() | VectorEquation():
            yield value.left, _setting(value, "left"), "left side", False
            yield value.right, _setting(value, "right"), "right side", False
            for place, each in enumerate(value.hypotheses):
                yield each, _setting(value, "hypotheses", place), f"hypothesis {text(each)}", True
            for place, along in enumerate(value.governed if isinstance(value, Relation) else ()):
                yield along, _setting(value, "governed", place), "its flow", False
        case Flow():
            for place, equation in enumerate(value.equations):
                yield equation, _setting(value, "equations", place), f"equation of {equation.unknown.name}", True
            for name in ("subject_to", "jumps"):
                for place, each in enumerate(getattr(value, name)):
                    yield each, _setting(value, name, place), f"constraint {text(each)}", True
            if value.inside is not None:
                yield value.inside, _setting(value, "inside"), f"inside {text(value.inside)}", True
        case Equation():
            yield value.right, _setting(value, "right"), "", False
        case Called():
            for place, each in enumerate(value.arguments):
                yield each, _setting(value, "arguments", place), f"{_ordinal(place)} argument of {value.name}", False
            for name, each in value.named.items():
                yield each, _naming(value, name), f"{name} of {value.name}", False
        case Mapping():
            for key, each in value.items():
                yield each, _entry(value, key), "", False
        case tuple() | list():
            for place, each in enumerate(value):
                words = f"part {place + 1}" if isinstance(each, Relation | Chain | VectorEquation) else ""
                yield each, _placing(value, place), words, False
        case Expression():
            yield from _of_expression(value)
        case Use() | Argument() | Operator() | type():
            return
        case _ if is_dataclass(value) and type(value).__module__.startswith("proofcheck."):
            for name in (each.name for each in fields(value)):
                yield getattr(value, name), _setting(value, name), name, False


def _of_expression(expression: Expression) -> Iterator[_Part]:
    match expression:
        case Add(parts) | Multiply(parts) | VectorSum(parts):
            for place, each in enumerate(parts):
                yield each, _setting(expression, "parts", place), "", False
        case Call(_, arguments):
            for place, each in enumerate(arguments):
                yield each, _setting(expression, "arguments", place), "", False
        case Power(base, _):
            yield base, _setting(expression, "base"), "", False
        case Named(_, _, body):
            # What has another body has no longer that name.
            yield body, lambda new: new, "", False
        case Inner(left, right):
            yield left, _setting(expression, "left"), "", False
            yield right, _setting(expression, "right"), "", False
        case Scaled(factor, vector):
            yield factor, _setting(expression, "factor"), "", False
            yield vector, _setting(expression, "vector"), "", False
        case Applied(_, vector):
            yield vector, _setting(expression, "vector"), "", False
        case Total(_, body, _, lower, upper):
            yield body, _setting(expression, "body"), "", False
            yield lower, _setting(expression, "lower"), "", False
            yield upper, _setting(expression, "upper"), "", False


def _of_chain(whole: Chain) -> Iterator[_Part]:
    """The sides of a chain, each once, and the hypotheses that its links share."""
    sides = sides_of(whole)
    for place, side in enumerate(sides):
        yield side, _first(_placing(sides, place), partial(with_sides, whole)), f"side {place + 1}", False
    for each in shared_hypotheses(whole):
        yield each, partial(without, whole, each), f"hypothesis {text(each)}", True
    for along in {id(each): each for link in whole.links for each in link.governed}.values():
        yield along, partial(_along_another, whole, along), "its flow", False


def sides_of(whole: Chain) -> tuple[Any, ...]:
    """The first side of a chain, and the right side of each link."""
    return (whole.first, *(link.right for link in whole.links))


def with_sides(whole: Chain, sides: tuple[Any, ...]) -> Chain:
    """The chain with other sides, each of which closes one link and opens the next."""
    pairs = zip(whole.links, sides, sides[1:], strict=False)
    return Chain(sides[0], tuple(replace(link, left=left, right=right) for link, left, right in pairs))


def shared_hypotheses(whole: Chain) -> tuple[Any, ...]:
    """The hypotheses of a chain's links, each once."""
    return tuple({id(each): each for link in whole.links for each in link.hypotheses}.values())


def without(stated: Any, hypothesis: object, *instead: Any) -> Any:
    """A relation, an equation or a chain without one of its hypotheses, or with another in its place."""
    if isinstance(stated, Chain):
        return Chain(stated.first, tuple(without(link, hypothesis, *instead) for link in stated.links))
    kept = [new for each in stated.hypotheses for new in (instead if each is hypothesis else (each,))]
    return replace(stated, hypotheses=tuple(kept))


def _along_another(whole: Chain, flow: object, other: object) -> Chain:
    def changed(link: Relation) -> Relation:
        return replace(link, governed=tuple(other if each is flow else each for each in link.governed))

    return Chain(whole.first, tuple(map(changed, whole.links)))


def everywhere(stated: Any, change: Callable[[Expression], Expression]) -> Any:
    """The statement with each whole expression in it changed: sides, arguments, right sides of equations."""
    if isinstance(stated, Expression):
        return change(stated)
    for number in range(len(list(_parts(stated)))):
        part, put, *_ = list(_parts(stated))[number]
        stated = put(everywhere(part, change))
    return stated


def with_operator(expression: Expression, name: str, change: Callable[[Operator], Operator]) -> Expression:
    """The expression with an operator changed wherever it, or its inverse, is applied."""

    def on(operator: Operator) -> Operator:
        if operator.inverse_of is not None and operator.inverse_of.name == name:
            return replace(on(operator.inverse_of).inverse, moment=operator.moment)
        return change(operator) if operator.name == name and operator.order == 0 else operator

    return rebuild(expression, lambda part: None, on)


def symbols_of(stated: Any) -> list[Symbol]:
    """The parameters in a statement, each as often as it stands there."""
    return [site.part for site in sites(stated) if isinstance(site.part, Symbol)]


def _setting(value: Any, name: str, place: int | None = None) -> Put:
    if place is None:
        return lambda new: replace(value, **{name: new})
    return lambda new: replace(value, **{name: _placing(getattr(value, name), place)(new)})


def _unchanged(new: Any) -> Any:
    return new


def _first(inner: Put, outer: Put) -> Put:
    return lambda new: outer(inner(new))


def _entry(entries: Mapping[Any, Any], key: Any) -> Put:
    return lambda new: {**entries, key: new}


def _naming(value: Called, name: str) -> Put:
    return lambda new: replace(value, named={**value.named, name: new})


def _placing(parts: Any, place: int) -> Put:
    return lambda new: type(parts)((*parts[:place], new, *parts[place + 1 :]))


def _ordinal(place: int) -> str:
    return ("first", "second", "third", "fourth", "fifth", "sixth")[place] if place < 6 else f"{place + 1}th"
