"""From obligations and premises to verdicts: the one place where a claim's verdict is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from proofcheck.results import ObligationResult, Premise, Verdict

SOUND_PREMISES = frozenset({Verdict.PROVED, Verdict.CITED})


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a claim's verdict is computed from.

    `premises` are names of claims. With `counterexample`, the obligations verify a counterexample to the claim.
    """

    obligations: tuple[ObligationResult, ...]
    premises: tuple[str, ...]
    citation: str | None
    counterexample: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, why, and all premises that it rests on, transitively."""

    verdict: Verdict
    reason: str
    premises: tuple[Premise, ...]
    resting_on: tuple[Premise, ...]


def judge(claims: Mapping[str, Grounds]) -> dict[str, Judgement]:
    """The judgement of each claim. A premise that is not among the claims, or that rests on itself, is OPEN."""
    judged: dict[str, Judgement] = {}
    for name in _premises_first(claims):
        grounds = claims[name]
        premises = tuple(
            Premise(premise, judged[premise].verdict if premise in judged else Verdict.OPEN)
            for premise in grounds.premises
        )
        verdict, reason = _verdict(grounds, premises, frozenset(judged))
        resting_on = dict.fromkeys(premises)
        for premise in premises:
            if premise.claim in judged:
                resting_on |= dict.fromkeys(judged[premise.claim].resting_on)
        judged[name] = Judgement(verdict, reason, premises, tuple(resting_on))
    return {name: judged[name] for name in claims}


def _verdict(grounds: Grounds, premises: Sequence[Premise], judged: frozenset[str]) -> tuple[Verdict, str]:
    obligations = grounds.obligations
    if grounds.citation is not None:
        return Verdict.CITED, grounds.citation
    if not grounds.counterexample:
        for obligation in obligations:
            if obligation.decisive and obligation.verdict is Verdict.REFUTED:
                return Verdict.REFUTED, f"{obligation.label}: {obligation.explanation}"
    if missing := "; ".join(_missing(grounds, premises, judged)):
        return Verdict.OPEN, missing
    if grounds.counterexample:
        return Verdict.REFUTED, "a counterexample is verified"
    return Verdict.PROVED, ""


def _missing(grounds: Grounds, premises: Sequence[Premise], judged: frozenset[str]) -> Iterator[str]:
    if not grounds.obligations:
        yield "nothing was shown for it"
    for obligation in grounds.obligations:
        if obligation.verdict is not Verdict.PROVED:
            # A point at which the kernel's statement fails may be out of the claim's own reach.
            found = " does not follow" if obligation.verdict is Verdict.REFUTED else ""
            yield f"{obligation.label}{found}: {obligation.explanation}"
    for premise in premises:
        if premise.claim not in judged:
            yield (
                f"rests on {premise.claim}, which is not among the claims here or rests on this one: "
                "state it in a file of this derivation, before this claim"
            )
        elif premise.verdict not in SOUND_PREMISES:
            yield f"rests on {premise.claim}, which is {premise.verdict.value}"


def _premises_first(claims: Mapping[str, Grounds]) -> list[str]:
    """The names, each after its premises; where premises go in a circle, in the order of entry."""
    ordered: dict[str, None] = {}
    entered: set[str] = set()
    for root in claims:
        stack: list[tuple[str, bool]] = [(root, False)]
        while stack:
            name, done = stack.pop()
            if done:
                ordered[name] = None
            elif name not in entered and name in claims:
                entered.add(name)
                stack.append((name, True))
                stack += [(premise, False) for premise in reversed(claims[name].premises)]
    return list(ordered)
