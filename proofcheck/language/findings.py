"""Findings: what an author or a referee says of the paper in words, each about claims whose verdicts bear it out.

A derivation lists them as `FINDINGS`. Nothing here states a verdict: a finding that the verdicts contradict is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from proofcheck.results import Kind, Weight

from .claims import Claim


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of some claims: a title, two sentences, and how much it matters."""

    kind: Kind
    weight: Weight
    title: str
    words: str
    claims: tuple[Claim, ...]


def survives(title: str, words: str, *claims: Claim, weight: str = "serious") -> Finding:
    """A result that stands: its claims are proved. What survives comes first in a report.

    The weight is "central", "serious" or "slip".

    >>> from proofcheck import claim, scalar
    >>> @claim("Lemma 1")
    ... def square():
    ...     "A square is not negative."
    ...     return scalar("x") ** 2 >= 0
    >>> survives("Lemma 1 holds", "Squares are not negative. It needs no hypothesis.", square).title
    'Lemma 1 holds'
    """
    return _finding(Kind.SURVIVES, title, words, claims, weight)


def fails(title: str, words: str, *claims: Claim, weight: str = "serious") -> Finding:
    """What does not hold as printed: its claims are refuted. A report adds the witness, and what amends them.

    >>> from proofcheck import Verdict, claim, scalar
    >>> @claim("Lemma 2", expect=Verdict.REFUTED)
    ... def too_much():
    ...     "A square is at least the number."
    ...     return scalar("x") ** 2 >= scalar("x")
    >>> fails("Lemma 2 is false", "A half refutes it. A quarter is missing.", too_much, weight="central").weight.value
    'central'
    """
    return _finding(Kind.FAILS, title, words, claims, weight)


def lacks(title: str, words: str, *claims: Claim, weight: str = "serious") -> Finding:
    """What has no proof: its claims are open. A report adds the missing step.

    >>> from proofcheck import Verdict, claim, missing, scalar
    >>> @claim("Theorem 3", expect=Verdict.OPEN)
    ... def theorem():
    ...     "The paper asserts it."
    ...     return missing("a proof", scalar("x") > 1)
    >>> lacks("Theorem 3 has no proof", "The paper asserts it. A proof would need a bound.", theorem).kind.value
    'lacks'
    """
    return _finding(Kind.LACKS, title, words, claims, weight)


def loose(title: str, words: str, *claims: Claim, weight: str = "slip") -> Finding:
    """What could say more: for each of its claims there is a proved one that sharpens it.

    >>> from proofcheck import claim, scalar
    >>> @claim("Lemma 4")
    ... def weak():
    ...     "A square is above -1."
    ...     return scalar("x") ** 2 >= -1
    >>> loose("Lemma 4 is loose", "The bound is not attained. Zero is.", weak).claims[0].name
    'weak'
    """
    return _finding(Kind.LOOSE, title, words, claims, weight)


def _finding(kind: Kind, title: str, words: str, claims: tuple[Claim, ...], weight: str) -> Finding:
    """A finding. Raises `TypeError` and `ValueError`."""
    if not (isinstance(title, str) and isinstance(words, str) and title.strip() and words.strip()):
        raise TypeError("a finding begins with a title and two sentences")
    if not claims or not all(isinstance(claim, Claim) for claim in claims):
        raise TypeError("a finding ends with the claims that bear it out: the claims themselves, not their names")
    weights = [known.value for known in Weight]
    if weight not in weights:
        raise ValueError(f"{weight!r} is no weight: a finding is {', '.join(weights[:-1])} or a {weights[-1]}")
    return Finding(kind, Weight(weight), " ".join(title.split()), " ".join(words.split()), tuple(claims))
