"""Two cases: what holds in each of two cases that leave nothing out holds."""

from __future__ import annotations

from dataclasses import replace

from proofcheck.kernel.statements import NEGATION
from proofcheck.language.claims import Claim
from proofcheck.language.expressions import Relation
from proofcheck.language.flows import written
from proofcheck.language.printing import latex, text

from .argue import flows_of, of_one_flow, restrictions
from .lasting import solutions_last
from .obligations import Argument
from .reduction import obligation_of
from .totals import defined

BY_CASES = "by cases: what holds in either of two cases, one of which always occurs, holds"


def either(first: Claim, second: Claim) -> Argument:
    """What two claims conclude alike, each under a hypothesis of its own, without these two hypotheses.

    Owes that the second case occurs wherever the first does not. Theorem: proof by cases.
    Raises `ValueError` on claims that do not conclude the same, or that differ in more than one hypothesis each.

    >>> from proofcheck import *
    >>> x = scalar("x")
    >>> @claim("small")
    ... def small():
    ...     return (x <= 1 + x**2).given(x <= 1)
    >>> @claim("large")
    ... def large():
    ...     return (x <= 1 + x**2).given(x >= 1)
    >>> print(either(small, large).formula)
    x <= 1 + x^2
    """
    ours, theirs = first.relation, second.relation
    if written(ours) != written(theirs):
        raise ValueError(f"{first.name} and {second.name} do not conclude the same")
    here, there = _own(first, second), _own(second, first)
    shared = tuple(each for each in first.demands if each is not here)
    otherwise = Relation(here.left, NEGATION[here.sign], here.right)
    covered, theorems = obligation_of(there, (*shared, otherwise), "the second case occurs when the first does not")
    shown = replace(ours.given(*shared), governed=tuple(dict.fromkeys((*ours.flows(), *theirs.flows()))))
    of_one_flow(shown)
    times = [each.time for each in flows_of(shown) if each.time is not None]
    decided = (*defined(here.left, shared, "the cases"), *defined(here.right, shared, "the cases"))
    return Argument(
        text(shown),
        latex(shown),
        (
            *(replace(each, instance=None) for each in (covered, *decided)),
            *solutions_last(shown, times, "the cases", (here, there)),
        ),
        premises=(first, second),
        rules=(*restrictions(flows_of(shown)), *theorems, BY_CASES),
        conclusion=shown,
    )


def _own(one: Claim, other: Claim) -> Relation:
    """The one hypothesis of a claim that the other claim does not have."""
    theirs = {written(each) for each in other.demands}
    own = [each for each in one.demands if written(each) not in theirs]
    if len(own) != 1 or not isinstance(own[0], Relation) or own[0].for_all is not None:
        raise ValueError(f"{one.name} has not one relation of its own beside {other.name}")
    return own[0]
