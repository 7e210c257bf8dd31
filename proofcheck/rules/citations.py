"""Statements taken from a source, and statements that nobody has argued yet."""

from __future__ import annotations

from dataclasses import replace

from proofcheck.language.claims import Claim
from proofcheck.language.expressions import Relation
from proofcheck.language.printing import latex, text

from .argue import of_one_flow, owed
from .obligations import EXAMPLE, GAP, Argument, Obligation


def cited(source: str, statement: Relation | str) -> Argument:
    """A statement taken from a source, named precisely; its verdict is CITED, and whoever uses it shows that.

    >>> from proofcheck import scalar
    >>> cited("Hoeffding 1963, Theorem 1", scalar("p") <= 1).citation
    'Hoeffding 1963, Theorem 1'
    """
    conclusion = statement if isinstance(statement, Relation) else None
    return Argument(*_shown(statement), (), citation=source, conclusion=conclusion)


def missing(what: str, statement: Relation | str, *premises: Claim) -> Argument:
    """A statement with a step that is missing, said precisely; its verdict is OPEN.

    >>> from proofcheck import scalar
    >>> missing("an upper bound on H", scalar("p") <= 1).obligations[0].reason
    'an upper bound on H'
    """
    conclusion = statement if isinstance(statement, Relation) else None
    formula, typeset = _shown(statement)
    gap = Obligation(GAP, what, _quoted(what), settled=False, reason=what)
    return Argument(formula, typeset, (gap,), premises=premises, conclusion=conclusion)


def counterexample(statement: str, *facts: Relation, because: str) -> Argument:
    """A statement in words, refuted by an explicit example: `because` describes it, the facts verify it.

    That the facts are what the words say is for a reader to judge. Theorem: none, the facts are owed.

    >>> from proofcheck import exp
    >>> counterexample("exp is a polynomial of degree 1", exp(1) != 2, because="at 1").refutes
    True
    """
    obligations: list[Obligation] = []
    resting: dict[Claim, None] = {}
    rules: dict[str, None] = {f"{EXAMPLE}{because}": None}
    for number, fact in enumerate(facts, start=1):
        of_one_flow(fact)
        found, premises, theorems = owed(fact, f"fact {number}")
        resting.update(dict.fromkeys(premises))
        obligations.extend(replace(obligation, instance=None) for obligation in found)
        rules.update(dict.fromkeys(theorems))
    formula, typeset = _shown(statement)
    return Argument(
        formula, typeset, tuple(obligations), tuple(resting), tuple(rules), refutes=True, about=tuple(facts)
    )


def _shown(statement: Relation | str) -> tuple[str, str]:
    if isinstance(statement, Relation):
        return text(statement), latex(statement)
    return statement, _quoted(statement)


def _quoted(words: str) -> str:
    """Words inside a formula."""
    return r"\text{" + "".join(rf"\{letter}" if letter in "_&%#$" else letter for letter in words) + "}"
