"""A corpus of statements with known truth, from textbooks and papers, each in one neutral form."""

from __future__ import annotations

from . import lyapunov, orders, polynomial, quadratic, rational, roots, transcendental
from .pairs import Case, Growth

#: The families in the order of a table, with the pairs of each.
FAMILIES = {
    "polynomial": polynomial.PAIRS,
    "rational": rational.PAIRS,
    "roots": roots.PAIRS,
    "transcendental": transcendental.PAIRS,
    "quadratic forms": quadratic.PAIRS,
    "Lyapunov": lyapunov.PAIRS,
    "orders": orders.PAIRS,
}
CASES: tuple[Case, ...] = tuple(
    case for family, pairs in FAMILIES.items() for pair in pairs for case in pair.cases(family)
)

__all__ = ["CASES", "FAMILIES", "Case", "Growth"]
