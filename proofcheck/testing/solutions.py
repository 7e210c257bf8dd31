"""Solutions of the flows along which a relation is claimed, in shapes: the smallest first."""

from __future__ import annotations

from itertools import product

from proofcheck.language.expressions import Relation, Total, Vector

from .flowing import along_its_flows, jumping
from .starts import Start

_SWITCHES = 2


class Motions:
    """The solutions that a relation speaks of: their dimension, the terms of sums, the jumps, and the forces.

    >>> from proofcheck import flow, norm2, path
    >>> x = path("x")
    >>> len(Motions((norm2(x) >= 0).along(flow(x.dot == -x))))
    2
    """

    def __init__(self, relation: Relation, dimensions: int = 2, sizes: int = 2) -> None:
        """Look at what there is to draw. Raises `NotDrawn`."""
        self._along = along_its_flows(relation)
        self._choices = self._along.choices()
        parts = [part for chosen in self._choices for part in self._along.under(chosen).parts()]
        jumps = any(map(jumping, parts)) or any(each.unknown.jumps_from is not None for each in self._along.equations)
        vectors = any(isinstance(part, Vector) for part in parts)
        sums = any(isinstance(part, Total) and part.kind == "sum" for part in parts)
        self._shapes = sorted(
            product(
                range(1, dimensions + 1) if vectors else (1,),
                range(1, sizes + 1) if sums else (1,),
                range(_SWITCHES + 1) if jumps else (0,),
                range(len(self._choices)),
            ),
            key=sum,
        )
        self._made: dict[int, Start] = {}
        _ = self[0]

    def __len__(self) -> int:
        return len(self._shapes)

    def __getitem__(self, place: int) -> Start:
        if place not in self._made:
            dimension, size, switches, choice = self._shapes[place]
            self._made[place] = Start(self._along, self._choices[choice], dimension, size, switches)
        return self._made[place]
