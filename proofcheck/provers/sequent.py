"""What a prover is asked: close a goal from facts, before a deadline."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import lru_cache

from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Apply, Power, subterms


class OutOfTime(Exception):
    """The budget of a search is used up."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment (of `time.process_time`) at which a search has to stop.

    The processor's time: what a search finds does not depend on how busy the machine is with other work.
    """

    moment: float

    @staticmethod
    def after(seconds: float) -> Deadline:
        """The deadline that many seconds of the processor from now."""
        return Deadline(time.process_time() + seconds)

    def remaining(self) -> float:
        """The seconds left, at least 0."""
        return max(0.0, self.moment - time.process_time())

    def check(self) -> None:
        """Raise `OutOfTime` when the moment has passed."""
        if time.process_time() > self.moment:
            raise OutOfTime

    def share(self, part: float) -> Deadline:
        """The deadline after that part of the time which is left."""
        return Deadline.after(self.remaining() * part)

    def at_most(self, seconds: float) -> Deadline:
        """This deadline, or the one that many seconds from now if that is sooner."""
        return Deadline(min(self.moment, time.process_time() + seconds))


@dataclass(frozen=True, slots=True)
class Sequent:
    """Facts, numbered as the kernel numbers them, and a goal that is defined wherever they hold."""

    variables: tuple[str, ...]
    vectors: tuple[str, ...]
    facts: tuple[Relation, ...]
    goal: Relation

    def assuming(self, *more: Relation) -> Sequent:
        """The sequent with further facts at the end."""
        return replace(self, facts=(*self.facts, *more))

    def mentions(self, *signs: str) -> bool:
        """Whether a value of one of the functions, or for "/" a quotient, occurs anywhere."""
        return any(not written_in(relation).isdisjoint(signs) for relation in (*self.facts, self.goal))

    def proving(self, goal: Relation) -> Sequent:
        """The sequent with another goal."""
        return replace(self, goal=goal)


@lru_cache(maxsize=4096)
def written_in(relation: Relation) -> frozenset[str]:
    """The functions whose values occur in a relation, and "/" when a quotient does."""
    found: set[str] = set()
    for side in (relation.left, relation.right):
        for part in subterms(side):
            if isinstance(part, Apply):
                found.add(part.function)
            elif isinstance(part, Power) and part.exponent < 0:
                found.add("/")
    return frozenset(found)
