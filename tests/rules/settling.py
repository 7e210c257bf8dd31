"""The verdict of a claim as a run computes it, by the provers at once, without workers and store."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from proofcheck import claim
from proofcheck.kernel.statements import Statement
from proofcheck.language.claims import Claim
from proofcheck.provers.portfolio import Outcome, decide
from proofcheck.records.verdicts import Grounds, judge
from proofcheck.results import ObligationResult, Verdict
from proofcheck.rules.argue import argument_of
from proofcheck.rules.obligations import Argument, Obligation

SECONDS = 3.0

Written = Callable[[], object]


@cache
def decided(statement: Statement) -> Outcome:
    return decide(statement, SECONDS)


def claimed(stated: Callable[[], object] | object, name: str = "stated") -> Claim:
    """A claim of what is stated, or of what a function states."""

    def function() -> object:
        return stated() if callable(stated) else stated

    function.__name__ = name
    return claim("a test")(function)


def settled(obligation: Obligation, *, refutes: bool = False) -> ObligationResult:
    verdict, decisive = Verdict.PROVED if obligation.settled else Verdict.OPEN, False
    if obligation.statement is not None:
        own = decided(obligation.statement)
        verdict = Verdict.PROVED if own.proof else Verdict.REFUTED if own.witness else Verdict.OPEN
        if own.proof is None and any(decided(case).witness for case in obligation.special_cases):
            verdict, decisive = Verdict.REFUTED, not refutes
    shown = (obligation.label, obligation.formula, obligation.latex)
    return ObligationResult(*shown, verdict, decisive, None, obligation.reason, "", None, None, None, None, ())


def verdict_of(top: Claim) -> Verdict:
    """The verdict, premises included. Raises what building the arguments raises."""
    grounds: dict[str, Grounds] = {}

    def visit(each: Claim) -> None:
        if each.name in grounds:
            return
        argument = argument_of(each)
        results = tuple(settled(obligation, refutes=argument.refutes) for obligation in argument.obligations)
        premises = tuple(premise.name for premise in argument.premises)
        grounds[each.name] = Grounds(results, premises, argument.citation, argument.refutes)
        for premise in argument.premises:
            visit(premise)

    visit(top)
    return judge(grounds)[top.name].verdict


def verdict(stated: Callable[[], object] | object) -> Verdict:
    return verdict_of(claimed(stated))


def answer(written: Written) -> Verdict | None:
    """The verdict; nothing where a rule refuses to be used so."""
    try:
        return verdict(written)
    except (TypeError, ValueError, RecursionError):
        return None


def left_open(argument: Argument) -> list[str]:
    """The labels of the obligations that are not proved."""
    return [part.label for part in argument.obligations if settled(part).verdict is not Verdict.PROVED]
