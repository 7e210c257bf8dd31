"""What a relation says along its flows: equations, constraints, laws for jumps, and what is governed by none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from proofcheck.language.claims import Claim
from proofcheck.language.expressions import (
    Applied,
    Changes,
    Expression,
    Operator,
    Path,
    Relation,
    ScalarPath,
    Symbol,
    Use,
    number,
    same,
    structure,
)
from proofcheck.language.flows import Constraint, Equation, Flow
from proofcheck.language.transform import rebuild, substitute
from proofcheck.language.vocabulary import scalar, variation
from proofcheck.results import Verdict
from proofcheck.rules.inducing import INDUCTION
from proofcheck.rules.obligations import Argument

from .forces import Force, forces, put_in, put_in_relation
from .instances import NotDrawn, all_parts, relations_of

#: What moves where there is no flow.
NOTHING = ScalarPath("nothing", "0", order=1)


@dataclass(frozen=True)
class Along:
    """A relation along the solutions of its flows; `goals` are what is tried, the relation itself first.

    `variations` are the operators whose total variation a path stands for, by the path's name.
    """

    time: Symbol
    equations: tuple[Equation, ...]
    constraints: tuple[Constraint, ...]
    jumps: tuple[Constraint, ...]
    goals: tuple[Relation, ...]
    hypotheses: tuple[Constraint, ...]

    def parts(self) -> Iterator[Any]:
        """Every part of what is said."""
        relations = (*self.goals, *self.hypotheses, *self.constraints, *self.jumps)
        for side in (
            *(side for each in relations for side in (each.left, each.right)),
            *(e.right for e in self.equations),
        ):
            yield from all_parts(side)

    @cached_property
    def variations(self) -> Mapping[str, Operator]:
        """The operators whose total variation a path stands for, by the path's name."""
        plain = (replace(each.inverse_of or each, moment=None) for part in self.parts() if (each := jumping(part)))
        return {variation(each).name: each for each in plain if not each.order}

    def choices(self) -> list[list[Force]]:
        """The choices of forces for what no equation governs. Raises `NotDrawn`."""
        known = {each.unknown.name for each in self.equations} | set(self.variations)
        free: dict[str, Path | ScalarPath] = {}
        for part in self.parts():
            if isinstance(part, Path | ScalarPath) and part.name not in known:
                if isinstance(part, Path) and part.index is not None:
                    raise NotDrawn(f"{part.name} is a path for each index, which no flow governs")
                free.setdefault(part.name, replace(part, order=0, moment=None))
        kept = (*self.constraints, *(_at_any_moment(each, self.time) for each in self.hypotheses))
        states = [each.unknown for each in self.equations if each.unknown.name != NOTHING.name]
        return forces(list(free.values()), kept, states, self.time)

    def under(self, chosen: Sequence[Force]) -> Along:
        """The same with forces put in. Raises `NotDrawn`."""

        def closed(constraint: Any) -> Any:
            return put_in_relation(constraint, chosen, self.time)

        return Along(
            self.time,
            tuple(replace(each, right=put_in(each.right, chosen, self.time)) for each in self.equations),
            tuple(closed(each) for each in self.constraints if not any(each is force.solves for force in chosen)),
            tuple(map(closed, self.jumps)),
            tuple(map(closed, self.goals)),
            tuple(map(closed, self.hypotheses)),
        )


def along_its_flows(relation: Relation) -> Along:
    """What a relation says along its flows, or with integrals and without a flow. Raises `NotDrawn`."""
    for use in relation.uses:
        _demand_proved(use)
    for each in relation.hypotheses:
        if isinstance(each, Relation) and each.for_all is not None and each.for_all.integer:
            raise NotDrawn(f"{each.for_all.name} runs over all integers, and not over the time")
    flows = tuple(each for each in relation.flows() if isinstance(each, Flow))
    return Along(
        next((each.time for each in flows if each.time is not None), scalar("t", nonnegative=True)),
        _merged(flows),
        tuple(kept for each in flows for kept in (each.subject_to if each.never_leaves else each.constraints)),
        tuple(law for each in flows for law in each.jumps),
        (
            replace(relation, hypotheses=(), uses=(), governed=()),
            *(each.inside for each in flows if each.never_leaves and each.inside is not None),
        ),
        relation.hypotheses,
    )


def relation_of_argument(argument: Argument) -> Relation | None:
    """What a rule concludes for all solutions of a flow, or for all integers; None where it concludes neither."""
    if argument.refutes or argument.citation is not None or argument.conclusion is None:
        return None
    for premise in argument.premises:
        _demand_proved(premise)
    return argument.conclusion if argument.conclusion.flows() or INDUCTION in argument.rules else None


def _demand_proved(use: Use) -> None:
    """A premise that is proved, and rests on nothing else, says nothing new; another one may tie names together."""
    source = use.source
    if not isinstance(source, Claim) or source.expect is not Verdict.PROVED:
        raise NotDrawn(f"it rests on {getattr(source, 'name', 'what is not a claim')}, which is not proved")
    if isinstance(source.stated, Argument):
        for premise in source.stated.premises:
            _demand_proved(premise)
    for relation in relations_of(source.stated):
        for deeper in relation.uses:
            _demand_proved(deeper)


def _merged(flows: Sequence[Flow]) -> tuple[Equation, ...]:
    found: dict[str, Equation] = {}
    for each in flows:
        for equation in each.equations:
            known = found.setdefault(equation.unknown.name, equation)
            if structure(known.right) != structure(equation.right):
                raise NotDrawn(f"two flows govern {equation.unknown.name}")
    return tuple(found.values()) or (Equation(NOTHING, number(0)),)


def _at_any_moment(hypothesis: Constraint, time: Symbol) -> Constraint:
    """A hypothesis for all moments as one about the current one."""
    if not isinstance(hypothesis, Relation) or (over := hypothesis.for_all) is None:
        return hypothesis

    def change(part: Expression) -> Expression | None:
        return replace(part, moment=None) if isinstance(part, Path | ScalarPath) and same(part.moment, over) else None

    left, right = (
        substitute(rebuild(side, change, lambda operator: operator), {over: time})
        for side in (hypothesis.left, hypothesis.right)
    )
    return replace(hypothesis, left=left, right=right, for_all=None)


def jumping(part: object) -> Operator | None:
    """The operator that a part applies, if it jumps."""
    if isinstance(part, Applied) and (part.operator.inverse_of or part.operator).changes is Changes.BY_JUMPS:
        return part.operator
    return None
