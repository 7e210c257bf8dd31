"""Statements of the author's language with known truth, by construction.

A statement is drawn by its seed and index alone, and its truth comes from how it is made, never from a prover.
"""

from __future__ import annotations

from random import Random

from . import (
    flows,
    identities,
    jumps,
    letters,
    operators,
    orders,
    polynomials,
    rationals,
    roots,
    transcendental,
    vectors,
)
from .case import Case, Draw, agrees

FAMILIES = (
    polynomials,
    rationals,
    roots,
    transcendental,
    vectors,
    operators,
    identities,
    flows,
    jumps,
    orders,
    letters,
)

__all__ = ["FAMILIES", "Case", "agrees", "drawn"]


def drawn(seed: int, index: int) -> Case:
    """The statement with this number: the families take turns."""
    rng = Random(f"{seed}:{index}")
    shapes: tuple[Draw, ...] = FAMILIES[index % len(FAMILIES)].SHAPES
    return rng.choice(shapes)(rng)
