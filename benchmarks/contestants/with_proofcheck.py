"""proofcheck: the claim's obligations, one after the other, and their verdict as a run computes it."""

from __future__ import annotations

import time
from importlib import import_module

from textbook.pairs import Case, Growth

from proofcheck import bounded, claim, order
from proofcheck.kernel import VERSION as KERNEL
from proofcheck.provers.portfolio import decide as settle
from proofcheck.records.verdicts import Grounds, judge
from proofcheck.results import ObligationResult, Verdict
from proofcheck.rules.argue import argument_of
from proofcheck.rules.obligations import Argument, Obligation

from .answers import Answer, CannotState

VERSION = f"kernel {KERNEL}"

# What the provers import when they first need it: the other contestants are loaded as a whole, too.
for _needed in ("clarabel", "scipy.optimize", "scipy.sparse"):
    import_module(_needed)

_ANSWERS = {Verdict.PROVED: Answer.TRUE, Verdict.REFUTED: Answer.FALSE}


def decide(case: Case, seconds: float) -> Answer:
    """What proofcheck says. Raises `CannotState`."""
    return _ANSWERS.get(verdict(case, seconds), Answer.OPEN)


def verdict(case: Case, seconds: float) -> Verdict:
    """The verdict. Raises `CannotState`."""
    deadline = time.process_time() + 0.95 * seconds

    def stated() -> object:
        return _order(case.stated) if isinstance(case.stated, Growth) else case.stated

    argument = argument_of(claim("a case")(stated))
    results = tuple(_settled(each, argument, deadline) for each in argument.obligations)
    return judge({"case": Grounds(results, (), argument.citation, argument.refutes)})["case"].verdict


def _order(growth: Growth) -> Argument:
    given = [order(*each) for each in growth.given]
    try:
        return bounded(order(growth.left, growth.right), large=growth.large, small=growth.small, given=given)
    except ValueError as error:
        raise CannotState("orders of anything but products of powers and functions of one letter") from error


def _settled(obligation: Obligation, argument: Argument, deadline: float) -> ObligationResult:
    """An obligation's verdict; where it is not proved, the special case of the claim may still be refuted."""
    found, decisive = Verdict.PROVED if obligation.settled else Verdict.OPEN, False
    if obligation.statement is not None:
        cases = obligation.special_cases
        others = [case for case in cases if case != obligation.statement]
        left = deadline - time.process_time()
        outcome = settle(obligation.statement, left / 2 if others else left)
        found = Verdict.PROVED if outcome.proof else Verdict.REFUTED if outcome.witness else Verdict.OPEN
        if outcome.proof is None:
            refuted = obligation.statement in cases and outcome.witness is not None
            for place, case in enumerate(others):
                if not refuted:
                    left = deadline - time.process_time()
                    refuted = settle(case, left / (len(others) - place)).witness is not None
            if refuted:
                found, decisive = Verdict.REFUTED, not argument.refutes
    shown = (obligation.label, obligation.formula, obligation.latex)
    return ObligationResult(*shown, found, decisive, None, obligation.reason, "", None, None, None, None, ())
