"""Facts that are assumed first and proved when a proof turns out to use them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from proofcheck.kernel.certificates import Evidence
from proofcheck.kernel.statements import Relation

from .extension import Extension
from .pruning import renumbered

#: Adds a relation as the last fact, or does not.
Step = Callable[[Extension], Extension | None]
#: A relation, and how it is proved.
Assumption = tuple[Relation, Step]


def proved_on_demand(start: Extension, known: int, steps: Sequence[Step], evidence: Evidence) -> Evidence | None:
    """Evidence with proofs of the assumptions that it uses, from the start's first `known` facts on.

    Given is evidence for the sequent of these facts and of one assumption for each step.
    """
    after = known + len(steps)
    places: dict[int, int] = {}

    def look(number: int) -> int:
        if known <= number < after:
            places.setdefault(number, 0)
        return number

    renumbered(evidence, look)
    extension = start
    for number in places:
        extended = steps[number - known](extension)
        if extended is None:
            return None
        extension = extended
        places[number] = len(extension.sequent.facts) - 1
    shift = len(extension.sequent.facts) - after
    moved = renumbered(evidence, lambda number: places.get(number, number if number < after else number + shift))
    return extension.wrap(moved)
