"""Which facts can take part in a combination that vanishes: those whose highest powers something can cancel.

Where a generator's highest power has a positive coefficient in every fact in which it occurs, the same holds for all
products of these facts. In a combination that vanishes, those of the highest degree vanish without the generator, too:
it is not needed. So facts such as `y > 0` and `y >= x` are left out where nothing bounds y from above.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from flint import fmpq_mpoly

from proofcheck.kernel.certificates import Evidence
from proofcheck.kernel.statements import Relation

from .algebra import Algebra, Known
from .extension import Close
from .pruning import renumbered
from .sequent import Sequent

_UP, _DOWN = 1, 2


@lru_cache(maxsize=64)
def relevant(algebra: Algebra) -> tuple[Known, ...]:
    """The facts without those that need a generator which is bounded on one side only."""
    positive = _positive_places(algebra.knowns)
    kept = [(known, _directions(known.reduced, positive)) for known in algebra.knowns]
    fixed = algebra.ideal.entangled
    while True:
        directions: dict[int, int] = {}
        for _, own in kept:
            for place, direction in own.items():
                directions[place] = directions.get(place, _UP | _DOWN) & direction
        free = {place for place, direction in directions.items() if direction and place not in fixed}
        if not free:
            return tuple(known for known, _ in kept)
        kept = [(known, own) for known, own in kept if free.isdisjoint(own)]


def _positive_places(knowns: Sequence[Known]) -> frozenset[int]:
    """The places of the generators that are known to be nonnegative."""
    single = (known.reduced for known in knowns if len(known.reduced) == 1 and known.reduced.total_degree() == 1)
    return frozenset(one.degrees().index(1) for one in single if one.leading_coefficient() > 0)


def _directions(polynomial: fmpq_mpoly, positive: frozenset[int]) -> dict[int, int]:
    """For each generator that occurs: whether its highest power is positive as it grows, and as it falls."""
    degrees = polynomial.degrees()
    places = [place for place, degree in enumerate(degrees) if degree]
    found = dict.fromkeys(places, _UP | _DOWN)
    for powers, coefficient in polynomial.terms():
        occurring = [place for place in places if powers[place]]
        uncertain = [place for place in occurring if powers[place] % 2 and place not in positive]
        sign = 1 if coefficient > 0 else -1
        for place in occurring:
            if powers[place] < degrees[place]:
                continue
            if any(other != place for other in uncertain):
                found[place] = 0
            else:
                upward = _UP if sign > 0 else 0
                downward = _DOWN if (sign > 0) == (powers[place] % 2 == 0) else 0
                found[place] &= upward | downward
    return found


def from_some(sequent: Sequent, kept: Callable[[Relation], bool], close: Close) -> Evidence | None:
    """Evidence from the facts that are kept, and from no others: what they do not help to prove they slow down.

    >>> from proofcheck.kernel.terms import ONE, ZERO, Variable
    >>> from .extension import cited
    >>> x, y = (Relation(Variable(name), ">=", ZERO) for name in "xy")
    >>> asked = Sequent(("x", "y"), (), (x, y), y)
    >>> from_some(asked, lambda fact: fact == y, lambda few: cited(few, y)).summands[0].facts
    (1,)
    """
    numbers = [number for number, fact in enumerate(sequent.facts) if kept(fact)]
    few = Sequent(sequent.variables, sequent.vectors, tuple(sequent.facts[number] for number in numbers), sequent.goal)
    evidence = close(few)
    beyond = len(sequent.facts) - len(numbers)
    return evidence and renumbered(evidence, lambda n: numbers[n] if n < len(numbers) else n + beyond)
