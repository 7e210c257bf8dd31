"""Ball covers: a goal with functions, decided by ball arithmetic on ever smaller parts of a box.

The box comes from facts that bound the goal's variables by rationals; a closed goal needs none. A goal that
is tight somewhere in its box has no cover.
"""

from __future__ import annotations

from fractions import Fraction

from proofcheck.kernel.balls import certainly
from proofcheck.kernel.certificates import Balls, Cell, Cover, Cut, Evidence, Excluded, Range
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Inner, Term, Variable, subterms

from .sequent import Deadline, Sequent
from .univariate import bounds

# The kernel's own precision: what is certain here is certain there.
_PRECISION = 128
_MOST_CUTS = 40
_MOST_CELLS = 20_000

Box = dict[Term, tuple[Fraction, Fraction]]


def search(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """A cover of the box that the facts give; None if there is no box or a part of it stays undecided.

    Raises `OutOfTime`.

    >>> from proofcheck.kernel.terms import Apply, ONE, Rational, Term
    >>> goal = Relation(Apply("exp", (ONE,)), ">", Rational(Fraction(27, 10)))
    >>> search(Sequent((), (), (), goal), Deadline.after(1))
    Balls(ranges=(), cover=Cell())
    """
    if sequent.goal.sign == "=":
        return None
    leaves = _leaves(sequent.goal)
    ranges = []
    box: Box = {}
    for leaf in leaves:
        if isinstance(leaf, Inner):
            return None
        below, above = bounds(sequent.facts, leaf)
        if not below or not above or below[0].value > above[0].value:
            return None
        ranges.append(Range(leaf.name, below[0].fact, above[0].fact))
        box[leaf] = below[0].value, above[0].value
    facts = tuple(
        (number, fact.negated())
        for number, fact in enumerate(sequent.facts)
        if fact.sign != "!=" and _leaves(fact) and set(_leaves(fact)) <= set(box)
    )
    cover = _Search(sequent.goal, facts, deadline).cover(box, 0)
    return None if cover is None else Balls(tuple(ranges), cover)


class _Search:
    """The search for a cover, with the number of cells that it may still use."""

    def __init__(self, goal: Relation, exclusions: tuple[tuple[int, Relation], ...], deadline: Deadline) -> None:
        self._goal = goal
        self._exclusions = exclusions
        self._deadline = deadline
        self._cells_left = _MOST_CELLS

    def cover(self, box: Box, depth: int) -> Cover | None:
        """A cover of the box, cut at the middle of its longest side as often as needed."""
        self._deadline.check()
        self._cells_left -= 1
        if (decided := self._decided(box)) is not None:
            return decided
        longest = max(box, key=lambda variable: box[variable][1] - box[variable][0], default=None)
        if not isinstance(longest, Variable) or depth == _MOST_CUTS or self._cells_left < 0 or self._fails_inside(box):
            return None
        lower, upper = box[longest]
        if lower == upper:
            return None
        middle = (lower + upper) / 2
        if (below := self.cover(box | {longest: (lower, middle)}, depth + 1)) is None:
            return None
        if (above := self.cover(box | {longest: (middle, upper)}, depth + 1)) is None:
            return None
        return Cut(longest.name, middle, below, above)

    def _decided(self, box: Box) -> Cover | None:
        if certainly(self._goal, box, _PRECISION):
            return Cell()
        for number, negated in self._exclusions:
            if certainly(negated, box, _PRECISION):
                return Excluded(number)
        return None

    def _fails_inside(self, box: Box) -> bool:
        """Whether the goal fails in the middle of the box while no fact does."""
        middles = {variable: (lower + upper) / 2 for variable, (lower, upper) in box.items()}
        point: Box = {variable: (middle, middle) for variable, middle in middles.items()}
        return certainly(self._goal.negated(), point, _PRECISION) and not any(
            certainly(negated, point, _PRECISION) for _, negated in self._exclusions
        )


def _leaves(relation: Relation) -> list[Variable | Inner]:
    parts = (part for side in (relation.left, relation.right) for part in subterms(side))
    return list(dict.fromkeys(part for part in parts if isinstance(part, Variable | Inner)))
