"""From a claim to its argument: relations, chains, equations between vectors, and what rules return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations, product

from proofcheck.language.chains import Chain
from proofcheck.language.claims import Claim, Instance
from proofcheck.language.expressions import (
    Applied,
    Expression,
    Operator,
    Path,
    Relation,
    ScalarPath,
    Symbol,
    Total,
    Use,
    VectorEquation,
    depends,
    same,
    structure,
    walk,
)
from proofcheck.language.flows import Flow
from proofcheck.language.printing import latex, text
from proofcheck.language.transform import rebuild
from proofcheck.language.vanishing import is_defined
from proofcheck.language.vocabulary import norm2

from .lasting import moments_begin, solutions_last
from .letters import ambiguous, half_frozen
from .obligations import Argument, Obligation
from .reduction import moments_are_plain, moments_defined, obligation_of
from .totals import BOUNDED, defined, equation_owed, total_obligations, totals_defined

TRANSITIVE = "transitivity of =, <= and < along a chain"


class NotAStatement(TypeError):
    """A claim's function returned something that states nothing."""


def argument_of(claim: Claim) -> Argument:
    """The argument of a claim.

    Raises `NotAStatement` when its function returns neither a relation, a chain, an equation nor an argument, and
    whatever the function itself raises.
    """
    return argue(claim.stated)


def argue(stated: object) -> Argument:
    """The argument for what is stated.

    Theorem: whatever its shape asks for: of a chain transitivity, of sums and integrals what `totals` says, of vectors
    what `reduction` says. Raises `NotAStatement`, also when premises hold along different flows, when one letter has
    two meanings, and when an abbreviation at a moment holds the time as before.
    """
    argument = _argued(stated)
    said = (*argument.about, *([] if argument.conclusion is None else [argument.conclusion]))
    if (letter := ambiguous(said)) is not None:
        raise NotAStatement(
            f"{letter} is the name of two different things here; give one of them another name, or, where .at(...) "
            f"changed the bounds or the meaning of {letter}, state the claim for what {letter} became, too"
        )
    if (name := half_frozen(said)) is not None:
        raise NotAStatement(f"the time stands in {name} as before; freeze it, too: at(..., 0, t)")
    return argument


def _argued(stated: object) -> Argument:
    match stated:
        case Argument():
            return stated
        case Relation():
            if stated.for_all is not None:
                raise NotAStatement("for_all is for hypotheses; a claim holds for all values of its letters anyway")
            of_one_flow(stated)
            return _relation_argument(stated)
        case Chain():
            of_one_flow(stated.conclusion)
            return _chain_argument(stated)
        case VectorEquation():
            obligations, rules = equation_owed(stated, "the equation")
            return Argument(text(stated), latex(stated), obligations, rules=rules, about=(stated,))
        case tuple() if stated and all(isinstance(part, Relation | Chain | VectorEquation) for part in stated):
            return _together([_numbered(argue(part), number) for number, part in enumerate(stated, start=1)])
        case bool():
            raise NotAStatement("the claim returns a truth value; a relation compares scalars or vectors of proofcheck")
        case None:
            raise NotAStatement("the claim returns nothing; its function ends with `return <relation>`")
        case _:
            raise NotAStatement(f"a claim returns a relation, a chain or a rule's result, not {type(stated).__name__}")


def _numbered(argument: Argument, number: int) -> Argument:
    """The argument of one of several statements, its obligations told apart from those of the others."""
    part = f"statement {number}"
    return replace(
        argument,
        obligations=tuple(
            replace(
                each,
                label=part + each.label.removeprefix("the claim")
                if each.label.startswith("the claim")
                else f"{part}, {each.label}",
            )
            for each in argument.obligations
        ),
    )


def owed(relation: Relation, label: str) -> tuple[tuple[Obligation, ...], tuple[Claim, ...], tuple[str, ...]]:
    """The obligations of a relation with its hypotheses and premises, the premises, the theorems used.

    Along flows their constraints are hypotheses, too.
    """
    flows = flows_of(relation)
    relation = replace(relation, hypotheses=(*relation.hypotheses, *(c for each in flows for c in each.constraints)))
    _nothing_captured(relation)
    _no_total_over_the_time(relation)
    _bounds_at_all_times(relation)
    given = relation.hypotheses
    assumed = (*given, *(use.relation for use in relation.uses))
    obligations: list[Obligation] = []
    rules: dict[str, None] = {}
    for obligation, theorems in _existence(relation, label):
        obligations.append(obligation)
        rules.update(dict.fromkeys(theorems))
    for side in (relation.left, relation.right):
        obligations += moments_defined(side, given, f"{label}: the moment is defined")
    times = [flow.time for flow in flows if flow.time is not None]
    obligations += moments_begin(relation, times, label)
    obligations += solutions_last(relation, times, label)
    # What a premise demands may be what one before it states.
    known = given
    for use in relation.uses:
        obligations += _values_defined(use, given, label)
        for demand in use.demands:
            if any(_discharges(hypothesis, demand) for hypothesis in known):
                continue
            at_hand: tuple[Relation | VectorEquation, ...] = given
            if isinstance(demand, VectorEquation):
                demand = norm2(demand.left - demand.right) == 0
            elif (over := demand.for_all) is not None:
                # Shown for any value of the parameter: nothing that is known of one value may help.
                at_hand = tuple(h for h in given if _quantified(h, over) or not _speaks_of(h, over))
            obligation, theorems = obligation_of(demand, at_hand, f"{label}: the premise {_name(use)} applies")
            obligations.append(replace(obligation, instance=None))
            rules.update(dict.fromkeys(theorems))
        known = (*known, use.relation)
    # A point that obeys a premise as a formula need not be one that the flow can reach: no refutation then.
    # Nor where a hypothesis may be undefined: its moments are no numbers of the kernel's statement.
    unclear = any(map(_ties_all_values, given)) or not all(map(moments_are_plain, given))
    decisive = not (relation.uses or flows or unclear or _ties_derivatives(relation))
    totals = _totals(relation)
    premises_speak_of_totals = any(_totals(use.relation) for use in relation.uses)
    if totals and not premises_speak_of_totals:
        found, theorems = total_obligations(relation, assumed, label)
        obligations.extend(part if decisive else replace(part, instance=None) for part in found)
    else:
        for definedness in totals_defined(relation, assumed, label):
            obligations.append(definedness)
        obligation, theorems = obligation_of(relation, assumed, label)
        obligations.append(obligation if decisive else replace(obligation, instance=None))
    rules.update(dict.fromkeys((*theorems, *taken_as_bounded(totals, flows), *restrictions(flows))))
    return tuple(obligations), _sources(relation.uses), tuple(rules)


def taken_as_bounded(totals: Iterable[Total], flows: Iterable[Flow]) -> tuple[str, ...]:
    """What is taken for granted of functions of time under an integral that no flow governs, for the reader."""
    governed = {equation.unknown.name for each in flows for equation in each.equations}
    parts = (part for each in totals if each.kind == "integral" for part in walk(each.body))
    free = any(isinstance(part, Path | ScalarPath) and part.name not in governed for part in parts)
    return (BOUNDED,) * free


def _values_defined(use: Use, given: tuple[Relation | VectorEquation, ...], label: str) -> Iterator[Obligation]:
    """That the values of an instance are numbers: a claim for every y says nothing of log(z) where that is undefined.

    What is assumed is taken to be defined, so that the premise would else show the domain of its own values.
    """
    if isinstance(use, Instance):
        for _, value in use.values:
            yield from defined(value, given, f"{label}: a value in {_name(use)} is defined")


def operators_exist(relation: Relation, label: str) -> tuple[Obligation, ...]:
    """What has to hold for a relation to speak of anything, for rules that conclude it from less than it speaks of."""
    constraints = (kept for each in flows_of(relation) for kept in each.constraints)
    along = replace(relation, hypotheses=(*relation.hypotheses, *constraints))
    return tuple(obligation for obligation, _ in _existence(along, label))


def _existence(relation: Relation, label: str) -> Iterator[tuple[Obligation, tuple[str, ...]]]:
    # What is given of an operator says already that there is one, and may not help to show it.
    without_operators = tuple(hypothesis for hypothesis in relation.hypotheses if not operators_of(hypothesis))
    everything = (relation, *relation.hypotheses, *(use.relation for use in relation.uses))
    operators = tuple(dict.fromkeys(operator for part in everything for operator in operators_of(part)))
    for bound in (bound for operator in operators for bound in (operator.inverse_of or operator).bounds):
        if not is_defined(bound):
            for obligation in defined(bound, without_operators, f"{label}: the operator exists"):
                yield obligation, ()
    for operator, existing in _room_for(operators):
        there_is = f"{label}: the operator {operator.name} exists (given {text(existing)})"
        obligation, theorems = obligation_of(existing, without_operators, there_is)
        yield replace(obligation, instance=None), theorems


def flows_of(relation: Relation) -> tuple[Flow, ...]:
    """The flows on whose solutions a relation is claimed. Raises `NotAStatement` on anything else."""
    flows = []
    for each in relation.flows():
        if not isinstance(each, Flow):
            raise NotAStatement(f"a relation is claimed along a flow, not along {type(each).__name__}")
        flows.append(each)
    return tuple(flows)


def restrictions(flows: Iterable[Flow]) -> tuple[str, ...]:
    """What the solutions of flows are subject to, in words, for the reader."""
    words = []
    for each in flows:
        until = f" as long as {text(each.inside)}" if each.inside is not None and each.never_leaves else ""
        if each.subject_to:
            words.append("on solutions subject to " + ", ".join(map(text, each.subject_to)) + until)
        if each.jumps:
            words.append("on solutions that jump with " + ", ".join(map(text, each.jumps)))
        if each.inside is not None and not each.never_leaves:
            words.append(f"up to the first exit from {text(each.inside)}")
    return tuple(dict.fromkeys(words))


def _relation_argument(relation: Relation) -> Argument:
    obligations, premises, rules = owed(relation, "the claim")
    return Argument(
        text(relation),
        latex(relation),
        obligations,
        premises,
        rules,
        conclusion=replace(relation, governed=relation.flows()),
        about=(relation,),
    )


def _chain_argument(chain: Chain) -> Argument:
    arguments = []
    for number, link in enumerate(chain.links, start=1):
        obligations, premises, rules = owed(link, f"link {number}")
        arguments.append(Argument(text(link), latex(link), obligations, premises, rules))
    together = _together(arguments)
    conclusion = chain.conclusion
    times = [each.time for each in flows_of(conclusion) if each.time is not None]
    lasts = tuple(solutions_last(conclusion, times, "the chain", chain.links))
    return replace(
        together,
        obligations=(*together.obligations, *lasts),
        about=chain.links,
        formula=_chained(chain, tex=False),
        latex=_chained(chain, tex=True),
        rules=tuple(dict.fromkeys((*together.rules, TRANSITIVE))),
        conclusion=conclusion,
    )


def _chained(chain: Chain, *, tex: bool) -> str:
    show = latex if tex else text
    signs = {"<=": r"\le", ">=": r"\ge"} if tex else {}
    pieces = [show(chain.first)]
    pieces += [f"{signs.get(link.sign, link.sign)} {show(link.right)}" for link in chain.links]
    return " ".join(pieces)


def _together(arguments: list[Argument]) -> Argument:
    """Several arguments for one claim: all of them are owed. A report gives each a line of its own."""
    separator = r" \qquad "
    return Argument(
        formula="; ".join(argument.formula for argument in arguments),
        latex=separator.join(argument.latex for argument in arguments),
        obligations=tuple(obligation for argument in arguments for obligation in argument.obligations),
        premises=tuple(dict.fromkeys(premise for argument in arguments for premise in argument.premises)),
        rules=tuple(dict.fromkeys(rule for argument in arguments for rule in argument.rules)),
        about=tuple(relation for argument in arguments for relation in argument.about),
    )


def _totals(relation: Relation) -> list[Total]:
    return [part for side in (relation.left, relation.right) for part in walk(side) if isinstance(part, Total)]


def _room_for(operators: Iterable[Operator]) -> Iterator[tuple[Operator, Relation]]:
    """What has to hold for a relation to speak of anything: each operator's bounds leave room for one.

    A relation under impossible hypotheses proves anything; an operator with impossible bounds is such a hypothesis.
    """
    for operator in operators:
        if operator.inverse_of is not None and operator.inverse_of.at_least is not None:
            yield operator, operator.inverse_of.at_least > 0
            operator = operator.inverse_of
        lowest = [operator.at_least] + ([] if operator.norm is None else [-operator.norm])
        highest = [operator.at_most, operator.norm]
        for low, high in product(lowest, highest):
            if low is not None and high is not None:
                yield operator, low <= high


def operators_of(relation: Relation | VectorEquation) -> list[Operator]:
    """The operators that stand on either side."""
    sides = (relation.left, relation.right)
    return [part.operator for side in sides for part in walk(side) if isinstance(part, Applied)]


def of_one_flow(stated: Relation) -> None:
    """No path of the premises is governed by two flows, for the solutions of another flow are other paths."""
    flows = flows_of(stated)
    for first, second in combinations(flows, 2):
        ours = {equation.unknown.name: equation.identity for equation in first.equations}
        theirs = {equation.unknown.name: equation.identity for equation in second.equations}
        if any(ours[name] != theirs[name] for name in ours.keys() & theirs.keys()):
            raise NotAStatement("the premises hold along different flows of one path: their solutions are not the same")
        if first.time is None or not same(first.time, second.time):
            raise NotAStatement("the premises hold along flows with different times")


def _no_total_over_the_time(relation: Relation) -> None:
    """No sum or integral runs over the time of a flow: the paths outside it are taken at that time.

    Nor does a sum run up to the time, which is no natural number.
    """
    times = [flow.time for flow in flows_of(relation) if flow.time is not None]
    for part in (relation, *relation.hypotheses, *(use.relation for use in relation.uses)):
        sides = (part.left, part.right)
        totals = [inside for side in sides for inside in walk(side) if isinstance(inside, Total)]
        if any(same(each.over, time) for each in totals for time in times):
            raise NotAStatement("a sum or an integral runs over the time of the flow; choose another variable")
        if any(each.kind == "sum" and depends(each.upper, time) for each in totals for time in times):
            raise NotAStatement("a sum runs to a natural number, and the time of the flow is any")


def _bounds_at_all_times(relation: Relation) -> None:
    """No operator has a bound that contains the time: what is claimed at one moment knows of the bound there only."""
    flows = flows_of(relation)
    times = [each.time for each in flows if each.time is not None]
    stated = (
        relation,
        *(use.relation for use in relation.uses),
        *(kept for each in flows for kept in each.constraints),
    )
    for each in (found for part in stated for found in operators_of(part)):
        if any(depends(bound, time) for bound in each.bounds for time in times):
            raise ValueError(f"the bounds of {each.name} hold at all times: they do not contain the time")


def _nothing_captured(relation: Relation) -> None:
    """A hypothesis on the variable of an integral or a sum says that it holds for all its values.

    No constant of a flow is such a variable: its solutions are those for one value.
    """
    bound = {
        structure(part.over): part.over
        for side in (relation.left, relation.right)
        for part in walk(side)
        if isinstance(part, Total)
    }
    moved = [equation.right for each in flows_of(relation) for equation in each.equations]
    for over in bound.values():
        if any(_free_in(side, over) for side in moved):
            raise NotAStatement(f"{over.name} is bound here, and a constant of the flow; choose another name")
    for hypothesis in relation.hypotheses:
        for over in bound.values():
            if _quantified(hypothesis, over):
                continue
            if _free_in(hypothesis.left, over) or _free_in(hypothesis.right, over):
                raise NotAStatement(f"a hypothesis on {over.name}, which is bound: write for_all({over.name}, ...)")


def _free_in(side: Expression, over: Symbol) -> bool:
    """Whether a side depends on a variable outside the sums and integrals of its own over it."""

    def without_body(part: Expression) -> Expression | None:
        return part.lower + part.upper if isinstance(part, Total) and same(part.over, over) else None

    return depends(rebuild(side, without_body, lambda operator: operator), over)


def _sources(uses: Iterable[Use]) -> tuple[Claim, ...]:
    return tuple(dict.fromkeys(source for use in uses if isinstance(source := use.source, Claim)))


def _discharges(hypothesis: Relation | VectorEquation, demand: Relation | VectorEquation) -> bool:
    """Whether a hypothesis is the demand as written, and holds for as many values as the demand asks for."""
    if isinstance(hypothesis, Relation) != isinstance(demand, Relation):
        return False
    if isinstance(hypothesis, Relation) and isinstance(demand, Relation):
        if hypothesis.sign != demand.sign:
            return False
        if demand.for_all is not None and not _quantified(hypothesis, demand.for_all):
            return False
    return same(hypothesis.left, demand.left) and same(hypothesis.right, demand.right)


def _quantified(hypothesis: Relation | VectorEquation, over: Symbol) -> bool:
    return isinstance(hypothesis, Relation) and hypothesis.for_all is not None and same(hypothesis.for_all, over)


def _ties_all_values(hypothesis: Relation | VectorEquation) -> bool:
    """Whether it says more of a point than holds at one value: a <= s for all s, but not a_i <= 1 for all i.

    Where the value stands in indices and moments alone, what is at one of them may be so at all of them.
    """
    if not isinstance(hypothesis, Relation) or hypothesis.for_all is None:
        return False
    over = hypothesis.for_all
    parts = [part for side in (hypothesis.left, hypothesis.right) for part in walk(side)]
    bounds = [bound for part in parts if isinstance(part, Applied) for bound in part.operator.bounds]
    return any(same(part, over) for part in parts) or any(depends(b, over) for b in bounds)


def _ties_derivatives(relation: Relation) -> bool:
    """Whether a derivative is taken at a moment where something holds at all moments: f = 5 throughout says f' = 0."""
    if not any(isinstance(each, Relation) and each.for_all is not None for each in relation.hypotheses):
        return False
    stated = (relation, *relation.hypotheses)
    parts = [part for each in stated for side in (each.left, each.right) for part in walk(side)]
    moving = [part.operator if isinstance(part, Applied) else part for part in parts]
    return any(
        isinstance(each, Path | ScalarPath | Operator) and each.order > 0 and each.moment is not None for each in moving
    )


def _speaks_of(hypothesis: Relation | VectorEquation, over: Symbol) -> bool:
    return depends(hypothesis.left, over) or depends(hypothesis.right, over)


def _name(use: Use) -> str:
    return getattr(use.source, "name", "")
