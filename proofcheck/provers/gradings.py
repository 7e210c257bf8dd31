"""Weights under which everything is homogeneous: what has different weights cannot cancel.

With the weight 1 for alpha and Delta', 0 for Delta, and 2 for H Delta, the energy and its derivative are homogeneous,
and a search may keep to one weight at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from flint import fmpq, fmpq_mat, fmpq_mpoly

from proofcheck.kernel.terms import Inner

from .polynomials import Ring, fraction


@dataclass(frozen=True, slots=True)
class Grading:
    """A weight for each generator of a ring, and for each vector."""

    generators: tuple[int, ...]
    vectors: Mapping[str, int]

    def weight(self, polynomial: fmpq_mpoly) -> int:
        """The weight of a homogeneous polynomial, 0 for the zero polynomial."""
        if polynomial.is_zero():
            return 0
        pairs = zip(polynomial.monoms()[0], self.generators, strict=False)
        return sum(int(power) * weight for power, weight in pairs if power and weight)


def gradings(ring: Ring, vectors: Iterable[str], polynomials: Iterable[fmpq_mpoly]) -> tuple[Grading, ...]:
    """Independent gradings under which the polynomials are homogeneous; inner products have their vectors' weights.

    >>> from proofcheck.kernel.terms import Variable
    >>> from proofcheck.provers.polynomials import ring_of
    >>> x, y = Variable("x"), Variable("y")
    >>> ring = ring_of([x, y])
    >>> [grading.generators for grading in gradings(ring, (), [ring.generator(x) ** 2 - ring.generator(y)])]
    [(1, 2)]
    """
    scalars = [place for place, leaf in enumerate(ring.leaves) if not isinstance(leaf, Inner)]
    names = sorted({*vectors, *(name for leaf in ring.leaves if isinstance(leaf, Inner) for name in _names(leaf))})
    keys: list[int | str] = [*scalars, *names]
    unknowns = {key: place for place, key in enumerate(keys)}

    def row(powers: Sequence[int]) -> list[int]:
        found = [0] * len(unknowns)
        for place, (leaf, power) in enumerate(zip(ring.leaves, powers, strict=False)):
            for key in _names(leaf) if isinstance(leaf, Inner) and power else (place,) if power else ():
                found[unknowns[key]] += int(power)
        return found

    rows = {
        tuple(a - b for a, b in zip(row(powers), first, strict=True))
        for polynomial in polynomials
        if not polynomial.is_zero()
        for first in (row(polynomial.monoms()[0]),)
        for powers in polynomial.monoms()
    }
    basis = orthogonal(fmpq_mat([list(row) for row in sorted(rows)]), len(unknowns)) if rows else []
    return tuple(_grading(ring, unknowns, vector) for vector in basis)


def _grading(ring: Ring, unknowns: Mapping[int | str, int], vector: Sequence[Fraction]) -> Grading:
    scale = lcm(*(entry.denominator for entry in vector))
    weights = {key: int(vector[place] * scale) for key, place in unknowns.items()}
    generators = tuple(
        weights[leaf.left] + weights[leaf.right] if isinstance(leaf, Inner) else weights[place]
        for place, leaf in enumerate(ring.leaves)
    )
    return Grading(generators, {key: weight for key, weight in weights.items() if isinstance(key, str)})


def _names(leaf: Inner) -> tuple[str, str]:
    return leaf.left, leaf.right


def orthogonal(rows: fmpq_mat, width: int) -> list[list[Fraction]]:
    """A rational basis of the vectors orthogonal to the rows.

    >>> orthogonal(fmpq_mat([[1, 1]]), 2)
    [[Fraction(-1, 1), Fraction(1, 1)]]
    """
    echelon, rank = rows.rref()
    leads = [next(place for place in range(width) if echelon[row, place] != fmpq(0)) for row in range(rank)]
    found = []
    for free in (place for place in range(width) if place not in leads):
        vector = [Fraction(0)] * width
        vector[free] = Fraction(1)
        for row, lead in enumerate(leads):
            vector[lead] = -fraction(echelon[row, free])
        found.append(vector)
    return found
