"""What a claim states, changed in one place: a constant moved, a sign turned, a hypothesis or a condition left out.

Each mutant has a number, the same at every time, so that `claim~7` names it. Whether one is true is another question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any, cast

from proofcheck.language.chains import Chain
from proofcheck.language.expressions import (
    Add,
    Applied,
    Constant,
    Expression,
    Multiply,
    Operator,
    Path,
    Power,
    Relation,
    Scalar,
    Symbol,
    Total,
    Use,
    VectorEquation,
    VectorSum,
    depends,
    number,
    same,
    structure,
    walk,
)
from proofcheck.language.flows import Equation, Flow
from proofcheck.language.printing import text
from proofcheck.language.transform import substitute

from .recording import Called
from .sites import (
    Site,
    everywhere,
    shared_hypotheses,
    sides_of,
    sites,
    symbols_of,
    with_operator,
    with_sides,
    without,
)

#: By how much a constant is moved: just so, and far.
MOVES = (Fraction(1001, 1000), Fraction(999, 1000), Fraction(2), Fraction(1, 2))
_SMALL = Fraction(1, 1000)
#: What rules call the variables that they bind.
_VARIABLES = ("during", "step", "total", "variable")
_TURNED = {
    "<=": ("<", "=", ">="),
    ">=": (">", "=", "<="),
    "<": (">", "="),
    ">": ("<", "="),
    "=": ("<", ">", "!="),
    "!=": ("=",),
}
#: What is left out, and what is changed.
LEFT_OUT = ("hypothesis", "condition", "premise", "domain")
KINDS = (*LEFT_OUT, "factor", "constant", "exponent", "sign", "relation", "chain")


@dataclass(frozen=True)
class Scale:
    """A constant that can be moved by any factor: its value, what is stated then, the factor, and where it stands."""

    value: str
    stated: Callable[[Fraction], object]
    factor: Fraction
    place: int = 0


@dataclass(frozen=True)
class Mutant:
    """One change of what a claim states: of which kind, in words, and what is stated then.

    `assumed` says that it changes what is assumed, `scale` that it moves a constant; a change of a hypothesis or a
    constraint knows what that is `before` and `after` it.
    """

    number: int
    kind: str
    words: str
    stated: Callable[[], object]
    assumed: bool = False
    scale: Scale | None = None
    before: object = None
    after: object = None


@dataclass(frozen=True)
class _Change:
    kind: str
    words: str
    new: Any
    value: str = ""
    moved: Callable[[Fraction], Any] | None = None
    factor: Fraction = Fraction(1)


def mutants(stated: Any) -> list[Mutant]:
    """Every change of what is stated, numbered.

    >>> from proofcheck import scalar
    >>> x = scalar("x", positive=True)
    >>> [each.words for each in mutants((x >= 1).given(x > 2)) if each.kind == "hypothesis"]
    ['without x > 2']
    """
    found = [*_without_something(stated), *_weaker_conditions(stated), *_changed_somewhere(stated)]
    return [replace(each, number=number) for number, each in enumerate(found, start=1)]


# --- something left out --------------------------------------------------------------------------------------------


def _without_something(stated: Any) -> Iterator[Mutant]:
    """Without one hypothesis, one premise, one condition of a rule or of a flow."""
    borrowed = any(use.relation.flows() for use in _premises(stated))
    for site in sites(stated):
        part = site.part
        if isinstance(part, Chain | Relation | VectorEquation) and not site.assumed:
            hypotheses = shared_hypotheses(part) if isinstance(part, Chain) else part.hypotheses
            for each in hypotheses:
                yield _left_out(site, "hypothesis", f"without {text(each)}", without(part, each), before=each)
        if isinstance(part, Chain):
            for place, link in enumerate(part.links):
                for use in link.uses:
                    links = (*part.links[:place], _without_use(link, use), *part.links[place + 1 :])
                    yield _left_out(site, "premise", f"without {_name(use)}", Chain(part.first, links))
        elif isinstance(part, Relation):
            for use in part.uses:
                yield _left_out(site, "premise", f"without {_name(use)}", _without_use(part, use))
        elif isinstance(part, Called):
            yield from _fewer_arguments(site, part)
        elif isinstance(part, Flow) and not borrowed:
            yield from _freer_flow(site, part)


def _left_out(site: Site, kind: str, words: str, part: object, before: object = None) -> Mutant:
    return Mutant(0, kind, words, lambda: site.put(part), assumed=True, before=before)


def _without_use(relation: Relation, use: Use) -> Relation:
    return replace(relation, uses=tuple(each for each in relation.uses if each is not use))


def _fewer_arguments(site: Site, call: Called) -> Iterator[Mutant]:
    for name, value in call.named.items():
        if name == "by":
            for use in value:
                fewer = replace(call, named={**call.named, "by": tuple(each for each in value if each is not use)})
                yield _left_out(site, "premise", f"without {_name(use)}", fewer)
        elif name == "since" and value is not None:
            yield _left_out(site, "condition", "without since", replace(call, named={**call.named, "since": None}))


def _freer_flow(site: Site, along: Flow) -> Iterator[Mutant]:
    for each in along.subject_to:
        kept = tuple(other for other in along.subject_to if other is not each)
        freer = replace(along, subject_to=kept)
        yield _left_out(site, "condition", f"not subject to {text(each)}", freer, before=each)
    for law in along.jumps:
        lawless = replace(along, jumps=tuple(other for other in along.jumps if other is not law))
        yield _left_out(site, "condition", f"jumps without {text(law)}", lawless, before=law)
    if along.inside is not None:
        words = f"not only inside {text(along.inside)}"
        yield _left_out(site, "condition", words, replace(along, inside=None), before=along.inside)


# --- domains and bounds --------------------------------------------------------------------------------------------


def _weaker_conditions(stated: Any) -> Iterator[Mutant]:
    """With fewer bounds of a parameter or an operator, wherever it stands; those that a premise needs are kept."""
    if any(callable(value) for site in sites(stated) if isinstance(site.part, Called) for value in site.part.values):
        return  # what stands in a function is not seen
    needed = [side for use in _premises(stated) for part in (use.relation, *use.demands) for side in _sides(part)]
    bound = _bound_symbols(stated)
    applied = [site.part.operator for site in sites(stated) if isinstance(site.part, Applied)]
    bases = [operator.inverse_of or operator for operator in applied if operator.order == 0]
    limits = [limit for each in bases for limit in (each.at_least, each.at_most, each.norm) if limit is not None]
    symbols = [*symbols_of(stated), *(part for limit in limits for part in walk(limit) if isinstance(part, Symbol))]
    for symbol in {structure(each): each for each in symbols}.values():
        if any(same(symbol, other) for other in bound) or any(depends(side, symbol) for side in needed):
            continue
        for place, (sign, least) in enumerate(symbol.bounds):
            bounds = symbol.bounds[:place] + symbol.bounds[place + 1 :]
            wider = replace(symbol, bounds=bounds)
            yield _everywhere(stated, "domain", f"without {symbol.name} {sign} {least}", _substituting(symbol, wider))
            if sign in ("<", ">"):
                wider = replace(symbol, bounds=(*bounds, (f"{sign}=", least)))
                words = f"{symbol.name} {sign}= {least} in place of {sign}"
                yield _everywhere(stated, "domain", words, _substituting(symbol, wider))
    known = {part.operator.name for side in needed for part in walk(side) if isinstance(part, Applied)}
    inverted = {operator.inverse_of.name for operator in applied if operator.inverse_of is not None}
    plain = {operator.name: operator for operator in bases}
    for name, operator in plain.items():
        if name not in known:
            yield from _looser_operator(stated, operator, name in inverted)


def _looser_operator(stated: Any, operator: Operator, inverted: bool) -> Iterator[Mutant]:
    for side, outward in (("at_least", -1), ("at_most", 1), ("norm", 1)):
        limit = getattr(operator, side)
        if limit is None:
            continue
        shown = f"{operator.name} {side.replace('_', ' ')} {text(limit)}"
        # An operator without a lower bound has no inverse.
        if not (inverted and side == "at_least"):
            yield _everywhere(stated, "condition", f"without {shown}", _loosening(operator, side, None))
        if not (isinstance(limit, Constant) and limit.value == 0):
            step = 1 + outward * _SMALL

            def moved(factor: Fraction, side: str = side, limit: Scalar = limit) -> object:
                return everywhere(stated, _loosening(operator, side, number(factor) * limit))

            scale = Scale(text(limit), moved, step)
            yield replace(
                _everywhere(
                    stated, "condition", f"{shown} times {step}", _loosening(operator, side, number(step) * limit)
                ),
                scale=scale,
            )


def _everywhere(stated: Any, kind: str, words: str, change: Callable[[Expression], Expression]) -> Mutant:
    return Mutant(0, kind, words, lambda: everywhere(stated, change), assumed=True)


def _substituting(symbol: Symbol, other: Symbol) -> Callable[[Expression], Expression]:
    return lambda expression: substitute(expression, {symbol: other})


def _loosening(operator: Operator, side: str, limit: Scalar | None) -> Callable[[Expression], Expression]:
    return lambda expression: with_operator(expression, operator.name, lambda each: _limited(each, side, limit))


def _limited(operator: Operator, side: str, limit: Scalar | None) -> Operator:
    changed: dict[str, Any] = {side: limit}
    return replace(operator, **changed)


def _bound_symbols(stated: Any) -> list[Symbol]:
    """Times, indices, and the variables of sums, integrals and hypotheses for all their values."""
    found = []
    for site in sites(stated):
        match site.part:
            case Total(_, _, over, _, _):
                found.append(over)
            case Relation(for_all=Symbol() as over):
                found.append(over)
            case Flow(time=Symbol() as time):
                found.append(time)
            case Symbol(index=Symbol() as index) | Path(index=Symbol() as index):
                found.append(index)
            case Called(named=named):
                found += [value for name, value in named.items() if name in _VARIABLES and isinstance(value, Symbol)]
    return found


# --- something changed ---------------------------------------------------------------------------------------------


def _changed_somewhere(stated: Any) -> Iterator[Mutant]:
    for place, site in enumerate(sites(stated), start=1):
        if isinstance(site.within, Equation) and not isinstance(stated, Called):
            continue  # a relation along a flow has been given the equations already
        for change in (*_changes_of(site.part), *_scaled_bounds(site)):
            yield Mutant(
                0,
                change.kind,
                change.words + (f" in the {site.words}" if site.words else ""),
                partial(site.put, change.new),
                site.assumed,
                _scale(site, change, place),
                site.within,
                site.local(change.new) if site.assumed else None,
            )


def _scale(site: Site, change: _Change, place: int) -> Scale | None:
    moved = change.moved
    if moved is None:
        return None
    return Scale(change.value, lambda factor: site.put(moved(factor)), change.factor, place)


def _changes_of(part: Any) -> Iterator[_Change]:
    match part:
        case Constant(value) if value:
            yield from _moves("constant", str(value), lambda factor: Constant(factor * value))
        case Constant():
            for value in (_SMALL, -_SMALL):
                yield _Change("constant", f"0 becomes {value}", Constant(value))
        case Power(base, exponent) if not isinstance(base, Constant):
            for new in (exponent - 1, exponent + 1):
                yield _Change("exponent", f"{text(part)} becomes ({text(base)})^{new}", Power(base, new))
        case Add(parts) | VectorSum(parts):
            for place, each in enumerate(parts):
                turned: Any = -cast(Any, each)
                other = type(part)((*parts[:place], turned, *parts[place + 1 :]))
                yield _Change("sign", f"{text(each)} becomes {text(turned)}", other)
        case Relation():
            for sign in _TURNED[part.sign]:
                yield _Change("relation", f"{part.sign} becomes {sign}", replace(part, sign=sign))
        case Chain(_, links):
            yield from _changed_chain(part, links)


def _moves(kind: str, value: str, moved: Callable[[Fraction], Any]) -> Iterator[_Change]:
    for factor in MOVES:
        yield _Change(kind, f"{value} times {factor}", moved(factor), value, moved, factor)


def _scaled_bounds(site: Site) -> Iterator[_Change]:
    """What a relation, a chain or a rule's rate or bound comes to, times a number, where no constant is in front."""
    part = site.part
    if site.assumed:
        return
    match part:
        case Chain():
            *others, last = sides_of(part)
            if _is_bare(last):
                yield from _moves("factor", "1", lambda factor: with_sides(part, (*others, number(factor) * last)))
        case Relation(right=right) if _is_bare(right):
            yield from _moves("factor", "1", lambda factor: replace(part, right=number(factor) * right))
        case Called(named=named):
            for name in ("rate", "bound"):
                value = named.get(name)
                if isinstance(value, Scalar) and not same(value, number(0)):
                    yield from _moves("factor", f"{name} {text(value)}", _argument_scaled(part, name, value))


def _argument_scaled(call: Called, name: str, value: Scalar) -> Callable[[Fraction], Called]:
    return lambda factor: replace(call, named={**call.named, name: number(factor) * value})


def _is_bare(side: Scalar) -> bool:
    """Whether no constant is, or stands in front of, a side."""
    return not isinstance(side.parts[0] if isinstance(side, Multiply) else side, Constant)


def _changed_chain(whole: Chain, links: tuple[Relation, ...]) -> Iterator[_Change]:
    for place, link in enumerate(links):
        for sign in _TURNED[link.sign]:
            turned = (*links[:place], replace(link, sign=sign), *links[place + 1 :])
            yield _Change("relation", f"{link.sign} becomes {sign} in link {place + 1}", Chain(whole.first, turned))
    sides = sides_of(whole)
    for place in range(len(sides) - 1):
        swapped = (*sides[:place], sides[place + 1], sides[place], *sides[place + 2 :])
        yield _Change("chain", f"sides {place + 1} and {place + 2} exchanged", with_sides(whole, swapped))


def _premises(stated: Any) -> list[Use]:
    """The earlier claims that a statement is proved with."""
    found: list[Use] = []
    for site in sites(stated):
        match site.part:
            case Relation(uses=uses):
                found += uses
            case Chain(_, links):
                found += [use for link in links for use in link.uses]
            case Use():
                found.append(site.part)
    return found


def _sides(part: Relation | VectorEquation) -> tuple[Any, Any]:
    return part.left, part.right


def _name(use: Use) -> str:
    return getattr(use.source, "name", "a premise")
