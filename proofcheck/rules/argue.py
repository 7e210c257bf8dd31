"""From a claim to its argument: relations, chains, equations between vectors, and what rules return."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from proofcheck.language.chains import Chain
from proofcheck.language.claims import Claim
from proofcheck.language.expressions import Relation, Total, Use, VectorEquation, same, walk
from proofcheck.language.printing import latex, text
from proofcheck.language.vocabulary import norm2

from .obligations import Argument, Obligation
from .reduction import equation_obligation, obligation_of
from .totals import total_obligations

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

    Raises `NotAStatement`, also when premises hold along different flows.
    """
    match stated:
        case Argument():
            return stated
        case Relation():
            _of_one_flow(stated)
            return _relation_argument(stated)
        case Chain():
            _of_one_flow(stated.conclusion)
            return _chain_argument(stated)
        case VectorEquation():
            obligation, rules = equation_obligation(stated, "the equation")
            return Argument(text(stated), latex(stated), (obligation,), rules=rules)
        case tuple() if stated and all(isinstance(part, Relation | Chain | VectorEquation) for part in stated):
            return _together([argue(part) for part in stated])
        case bool():
            raise NotAStatement("the claim returns a truth value: `==` compared two things that are no scalars")
        case None:
            raise NotAStatement("the claim returns nothing; its function ends with `return <relation>`")
        case _:
            raise NotAStatement(f"a claim returns a relation, a chain or a rule's result, not {type(stated).__name__}")


def owed(relation: Relation, label: str) -> tuple[tuple[Obligation, ...], tuple[Claim, ...], tuple[str, ...]]:
    """The obligations of a relation with its hypotheses and premises, the premises, the theorems used."""
    given = relation.hypotheses
    assumed = (*given, *(use.relation for use in relation.uses))
    obligations: list[Obligation] = []
    rules: dict[str, None] = {}
    for use in relation.uses:
        for demand in use.demands:
            if any(_alike(demand, hypothesis) for hypothesis in given):
                continue
            if isinstance(demand, VectorEquation):
                demand = norm2(demand.left - demand.right) == 0
            obligation, theorems = obligation_of(demand, given, f"{label}: the premise {_name(use)} applies")
            obligations.append(replace(obligation, instance=None))
            rules.update(dict.fromkeys(theorems))
    totals = [part for side in (relation.left, relation.right) for part in walk(side) if isinstance(part, Total)]
    if totals:
        found, theorems = total_obligations(relation, assumed, label)
        obligations.extend(found)
    else:
        obligation, theorems = obligation_of(relation, assumed, label)
        # A point that obeys a premise as a formula need not be one that the flow can reach: no refutation then.
        obligations.append(replace(obligation, instance=None) if relation.uses else obligation)
    rules.update(dict.fromkeys(theorems))
    return tuple(obligations), _sources(relation.uses), tuple(rules)


def _relation_argument(relation: Relation) -> Argument:
    obligations, premises, rules = owed(relation, "the claim")
    return Argument(
        text(relation),
        latex(relation),
        obligations,
        premises,
        rules,
        conclusion=replace(relation, along=relation.flows()),
    )


def _chain_argument(chain: Chain) -> Argument:
    arguments = []
    for number, link in enumerate(chain.links, start=1):
        obligations, premises, rules = owed(link, f"link {number}")
        arguments.append(Argument(text(link), latex(link), obligations, premises, rules))
    together = _together(arguments)
    conclusion = chain.conclusion
    return replace(
        together,
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
    """Several arguments for one claim: all of them are owed."""
    separator = r", \quad "
    return Argument(
        formula="; ".join(argument.formula for argument in arguments),
        latex=separator.join(argument.latex for argument in arguments),
        obligations=tuple(obligation for argument in arguments for obligation in argument.obligations),
        premises=tuple(dict.fromkeys(premise for argument in arguments for premise in argument.premises)),
        rules=tuple(dict.fromkeys(rule for argument in arguments for rule in argument.rules)),
    )


def _of_one_flow(stated: Relation) -> None:
    """Premises about one path hold along one flow: solutions of another flow are other paths."""
    if len(stated.flows()) > 1:
        raise NotAStatement("the premises hold along different flows, whose solutions are not the same paths")


def _sources(uses: Iterable[Use]) -> tuple[Claim, ...]:
    return tuple(dict.fromkeys(source for use in uses if isinstance(source := use.source, Claim)))


def _alike(first: Relation | VectorEquation, second: Relation | VectorEquation) -> bool:
    signs = [part.sign if isinstance(part, Relation) else "=" for part in (first, second)]
    return signs[0] == signs[1] and same(first.left, second.left) and same(first.right, second.right)


def _name(use: Use) -> str:
    return getattr(use.source, "name", "")
