"""Claims: what a paper states, collected when a derivation is imported and proved only when it is run."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from proofcheck.results import Verdict

from .chains import Chain
from .expressions import Relation, Scalar, Symbol, Use, Vector, VectorEquation, depends, number, same
from .flows import Flow
from .integers import in_domain
from .transform import at, has_moving_path, instance, relation_at, relation_instance

_CONCLUDING: ContextVar[tuple[Claim, ...]] = ContextVar("concluding", default=())
#: No author's letter is called so.
_CHOSEN_MOMENT = Symbol("t*", "t^*")
_COLLECTING: ContextVar[list[Claim] | None] = ContextVar("collecting", default=None)


class Concluding(Protocol):
    """What a claim's function may return besides a relation: anything with a conclusion."""

    @property
    def conclusion(self) -> Relation:
        """The relation that others may build on."""


class NoConclusion(TypeError):
    """The claim states nothing that another claim could use as a premise."""


@dataclass(frozen=True)
class Claim(Use):
    """A statement of the paper: where it stands, and the function that states it.

    `expect` is the verdict that the author of the derivation expects; a run compares. `covers` numbers the paper's
    statements that this claim answers, `amends` and `sharpens` point at the claim that it puts right or improves.
    """

    name: str
    where: str
    summary: str
    file: str
    line: int
    expect: Verdict
    covers: tuple[str, ...]
    amends: Claim | None
    sharpens: Claim | None
    function: Callable[[], object] = field(repr=False)

    @cached_property
    def stated(self) -> object:
        """What the author's function returns; it may raise whatever that raises."""
        return self.function()

    @cached_property
    def relation(self) -> Relation:
        """What the claim concludes. Raises `NoConclusion`, also on a claim that rests on itself."""
        open_claims = _CONCLUDING.get()
        if self in open_claims:
            raise NoConclusion(f"{self.name} rests on itself")
        token = _CONCLUDING.set((*open_claims, self))
        try:
            stated = self.stated
            conclusion = stated if isinstance(stated, Relation) else getattr(stated, "conclusion", None)
            if not isinstance(conclusion, Relation):
                raise NoConclusion(f"{self.name} has no conclusion that another claim could use")
            if conclusion.for_all is not None:
                raise NoConclusion(f"{self.name} concludes for_all(...), which is for hypotheses")
            return replace(conclusion, hypotheses=(), uses=(), governed=conclusion.flows())
        finally:
            _CONCLUDING.reset(token)

    @property
    def demands(self) -> tuple[Relation | VectorEquation, ...]:
        """The hypotheses of the claim, which have to hold where it is used. Raises `NoConclusion`."""
        stated = self.stated
        conclusion = stated if isinstance(stated, Relation) else getattr(stated, "conclusion", None)
        return conclusion.hypotheses if isinstance(conclusion, Relation) else ()

    @property
    def source(self) -> Claim:
        """The claim itself."""
        return self

    def at(self, values: Mapping[Symbol, Scalar | int]) -> Instance:
        """The claim with scalars in place of parameters, for use as a premise. Raises `TypeError` on anything else.

        Raises `ValueError` on what may be no integer in place of one.
        """
        if not isinstance(values, Mapping) or not all(isinstance(symbol, Symbol) for symbol in values):
            raise TypeError(f"an instance of {self.name} says what parameters are: .at({{t: 1}})")
        chosen = tuple((symbol, number(value)) for symbol, value in values.items())
        for symbol, value in chosen:
            in_domain(symbol, value)
        return Instance(self, chosen)

    def __hash__(self) -> int:
        return hash((self.file, self.name))


@dataclass(frozen=True)
class Instance(Use):
    """A claim with scalars in place of parameters; the domains of the parameters become demands."""

    claim: Claim
    values: tuple[tuple[Symbol, Scalar], ...]

    @cached_property
    def relation(self) -> Relation:
        """What the instance concludes."""
        relation = self.claim.relation
        if not relation.governed and not isinstance(self.claim.stated, Relation | Chain) and has_moving_path(relation):
            raise NoConclusion(f"{self.claim.name} says nothing of the flow whose paths it speaks of")
        moment, values = self._placed()
        placed = replace(
            relation,
            left=relation.left if moment is None else at(relation.left, moment),
            right=relation.right if moment is None else at(relation.right, moment),
            governed=tuple(self._chosen(flow) if isinstance(flow, Flow) else flow for flow in relation.governed),
        )
        return relation_instance(placed, values)

    def _chosen(self, flow: Flow) -> Flow:
        """The flow with its parameters replaced by constants. Raises `ValueError` on a value that moves in time."""
        values = {symbol: value for symbol, value in self.values if flow.time is None or not same(symbol, flow.time)}
        for symbol, value in values.items():
            moving = has_moving_path(value) or (flow.time is not None and depends(value, flow.time))
            if moving and any(depends(side, symbol) for side in _sides(flow)):
                raise ValueError(f"{symbol.name} is a constant of the flow; its value does not move in time")
        return flow.with_parameters(values)

    @property
    def demands(self) -> tuple[Relation | VectorEquation, ...]:
        """The hypotheses at the values, and the domains that the values have to keep to."""
        domains = tuple(each for symbol, value in self.values for each in in_domain(symbol, value))
        moment, values = self._placed()
        placed = (each if moment is None else relation_at(each, moment) for each in self.claim.demands)
        return (*domains, *(instance(demand, values) for demand in placed))

    @property
    def chosen(self) -> tuple[Scalar, ...]:
        """The values that were put in place of parameters."""
        return tuple(value for _, value in self.values)

    def _placed(self) -> tuple[Scalar | None, dict[Symbol, Scalar]]:
        """The moment at which paths are frozen, if there is one, and the values that are put in after that.

        A moment that speaks of a parameter with a value of its own is put in with the others: all at once.
        """
        moment, values = self.moment, dict(self.values)
        if moment is None or not any(depends(moment, symbol) for symbol in values):
            return moment, values
        return _CHOSEN_MOMENT, {**values, _CHOSEN_MOMENT: moment}

    @property
    def moment(self) -> Scalar | None:
        """The moment of the flow at which the claim is taken; None where its time has no value."""
        times = [flow.time for flow in self.claim.relation.governed if isinstance(flow, Flow) and flow.time is not None]
        for symbol, value in self.values:
            if any(same(symbol, time) for time in times):
                return value
        return None

    @property
    def source(self) -> Claim:
        """The claim that this is an instance of."""
        return self.claim


def _sides(flow: Flow) -> list[Scalar | Vector]:
    """What a flow's equations, constraints and relations for jumps say."""
    relations = (*flow.constraints, *flow.jumps)
    return [each.right for each in flow.equations] + [side for each in relations for side in (each.left, each.right)]


def claim(
    where: str,
    *,
    expect: Verdict = Verdict.PROVED,
    covers: str | tuple[str, ...] = (),
    amends: Claim | None = None,
    sharpens: Claim | None = None,
) -> Callable[[Callable[[], object]], Claim]:
    """Make a claim of a function that returns what is claimed: a relation, a chain, or what a rule returns.

    `where` is the place in the paper. The function's docstring says in a sentence what is claimed.

    >>> from proofcheck import *
    >>> x = scalar("x", positive=True)
    >>> @claim("Example 1")
    ... def grows():
    ...     "Adding one makes a number larger."
    ...     return x < x + 1
    >>> print(grows.relation)
    x < x + 1
    """
    if callable(where):
        raise TypeError('a claim says where it stands in the paper: @claim("Lemma 3.3, (3.7)")')
    if not isinstance(expect, Verdict):
        raise TypeError("what is expected is a verdict: expect=Verdict.REFUTED")
    if not (isinstance(amends, Claim | None) and isinstance(sharpens, Claim | None)):
        raise TypeError("what a claim amends or sharpens is an earlier claim itself, not its name")

    def decorate(function: Callable[[], object]) -> Claim:
        if function.__name__ == "<lambda>":
            raise TypeError("a claim is named by its function: write def energy_decays(): ..., not a lambda")
        documented = inspect.getdoc(function) or ""
        made = Claim(
            name=function.__name__,
            where=where,
            summary=" ".join(documented.split("\n\n")[0].split()),
            file=function.__code__.co_filename,
            line=function.__code__.co_firstlineno,
            expect=expect,
            covers=(covers,) if isinstance(covers, str) else tuple(covers),
            amends=amends,
            sharpens=sharpens,
            function=function,
        )
        collected = _COLLECTING.get()
        if collected is not None:
            collected.append(made)
        return made

    return decorate


@contextmanager
def collecting() -> Iterator[list[Claim]]:
    """Gather the claims that are made inside the block, in order."""
    gathered: list[Claim] = []
    token = _COLLECTING.set(gathered)
    try:
        yield gathered
    finally:
        _COLLECTING.reset(token)
