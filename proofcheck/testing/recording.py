"""What a claim's function asked of a rule: the rule and its arguments, so that these can be changed and asked again.

A rule's result has forgotten what it was made of. The functions of a derivation find their rules by name, in the
globals of their modules; while a claim's function runs, a stand-in under each such name notes the call.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, signature
from types import FunctionType
from typing import Any

from proofcheck.language.claims import Claim
from proofcheck.rules.obligations import Argument

_RULES = "proofcheck.rules."
_DERIVATIONS = "proofcheck_derivation_"


@dataclass(frozen=True)
class Called:
    """A rule and its arguments. `result` asks it; it may raise what the rule raises."""

    rule: Callable[..., Argument]
    arguments: tuple[Any, ...]
    named: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The rule's name."""
        return self.rule.__name__

    @property
    def values(self) -> tuple[Any, ...]:
        """All arguments."""
        return (*self.arguments, *self.named.values())

    def result(self) -> Argument:
        """What the rule answers."""
        return self.rule(*self.arguments, **self.named)


def recorded(claim: Claim) -> object:
    """What a claim states; where a rule returned it, the call.

    >>> from proofcheck import *
    >>> t, x = scalar("t", nonnegative=True), path("x")
    >>> @claim("Lemma 1")
    ... def falls():
    ...     return gronwall(flow(x.dot == -x, time=t), norm2(x), 2)
    >>> recorded(falls).name
    'gronwall'
    """
    calls: list[tuple[object, Called]] = []
    claim.stated  # noqa: B018 (the claims that it asks for remember what they state, not what is noted now)
    with _noted(claim.function, calls):
        stated = claim.function()
    return next((call for answer, call in calls if answer is stated), stated)


@contextmanager
def _noted(function: Callable[[], object], calls: list[tuple[object, Called]]) -> Iterator[None]:
    """The rules that derivations name, replaced by ones that note how they are called."""
    places = [vars(module) for name, module in list(sys.modules.items()) if name.startswith(_DERIVATIONS)]
    if isinstance(function, FunctionType) and not any(place is function.__globals__ for place in places):
        places.append(function.__globals__)
    replaced = [
        (place, name, value)
        for place in places
        for name, value in list(place.items())
        if isinstance(value, FunctionType) and value.__module__.startswith(_RULES)
    ]
    for place, name, rule in replaced:
        place[name] = _noting(rule, calls)
    try:
        yield
    finally:
        for place, name, rule in replaced:
            place[name] = rule


def _noting(rule: Callable[..., Any], calls: list[tuple[object, Called]]) -> Callable[..., Any]:
    @wraps(rule)
    def asked(*arguments: Any, **named: Any) -> Any:
        answer = rule(*arguments, **named)
        if isinstance(answer, Argument):
            calls.append((answer, _by_name(rule, arguments, named)))
        return answer

    return asked


def _by_name(rule: Callable[..., Any], arguments: tuple[Any, ...], named: Mapping[str, Any]) -> Called:
    """The call with every argument under its name, but for those that a rule takes any number of."""
    wanted = signature(rule)
    if any(each.kind is Parameter.VAR_POSITIONAL for each in wanted.parameters.values()):
        return Called(rule, arguments, named)
    return Called(rule, (), wanted.bind(*arguments, **named).arguments)
