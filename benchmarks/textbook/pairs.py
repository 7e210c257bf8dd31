"""What the corpus is made of: pairs of a true statement and of a false one that is nearly the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from proofcheck.language.expressions import Relation, Scalar, Symbol

#: By how much a constant is moved past the last one for which the statement holds.
STEP = Fraction(1, 1000)


@dataclass(frozen=True, eq=False)
class Growth:
    """`left = O(right)` for `large` quantities at least 1 and `small` ones in (0, 1], the other ones positive.

    `given` are pairs of which the first is O of the second.
    """

    left: Scalar
    right: Scalar
    large: tuple[Symbol, ...] = ()
    small: tuple[Symbol, ...] = ()
    given: tuple[tuple[Scalar, Scalar], ...] = ()


Stated = Relation | Growth


@dataclass(frozen=True, eq=False)
class Case:
    """A statement of which it is known whether it is true, in the words of proofcheck's language.

    A relation is meant for all values of its letters (vectors: in any finite dimension) for which its hypotheses
    hold; where a side is undefined it does not hold.
    """

    family: str
    name: str
    source: str
    truth: bool
    stated: Stated


@dataclass(frozen=True)
class Pair:
    """A statement with a constant, and two constants: it holds with the first one and fails with the second."""

    name: str
    source: str
    stated: Callable[[Any], Stated]
    holds: Any
    fails: Any

    def cases(self, family: str) -> tuple[Case, Case]:
        """Both statements."""
        true, false = (self.stated(constant) for constant in (self.holds, self.fails))
        return (
            Case(family, self.name, self.source, True, true),
            Case(family, f"{self.name}, false", self.source, False, false),
        )


def above(name: str, source: str, stated: Callable[[Any], Stated], best: Any = 1) -> Pair:
    """A pair in which the constant may not be larger than the best one."""
    return Pair(name, source, stated, best, best + STEP)


def below(name: str, source: str, stated: Callable[[Any], Stated], best: Any = 1) -> Pair:
    """A pair in which the constant may not be smaller than the best one."""
    return Pair(name, source, stated, best, best - STEP)
