"""Linear programs over polynomials: floats say which columns to use, exact algebra says how much of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq_mat, fmpq_mpoly

from .polynomials import fraction
from .sequent import Deadline

_SUPPORT = 1e-9
#: So few columns have hardly more than one combination: solving for it costs less than a linear program.
_FEW = 30


@dataclass(frozen=True, slots=True)
class Column:
    """`product of facts * square**2`; `reduced` is its remainder modulo the equations."""

    reduced: fmpq_mpoly
    strict: bool
    facts: tuple[int, ...]
    square: fmpq_mpoly
    cost: int
    #: The polynomials whose product with the square's square it is.
    factors: tuple[fmpq_mpoly, ...]

    @property
    def polynomial(self) -> fmpq_mpoly:
        """The product itself, which is wanted of few columns."""
        product = self.square * self.square
        for factor in self.factors:
            product *= factor
        return product


Weighted = tuple[tuple[Fraction, Column], ...]


def vanishing_combination(columns: Sequence[Column], deadline: Deadline) -> Weighted | None:
    """Positive weights with `sum of weight * column = 0` modulo the equations, not only on weak columns.

    The cheapest such combination, if the exact solution confirms the float one.
    """
    columns = _useful(columns)
    if not any(column.strict for column in columns) or deadline.remaining() <= 0:
        return None
    if len(columns) <= _FEW and (direct := exact_weights(columns)) is not None:
        return direct
    weights = _floats(columns, deadline)
    if weights is None:
        return None
    return exact_weights([column for column, weight in zip(columns, weights, strict=True) if weight > _SUPPORT])


def _floats(columns: Sequence[Column], deadline: Deadline) -> Sequence[float] | None:
    # SciPy is slow to import, and most goals need no linear program.
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix

    rows: dict[tuple[int, ...], int] = {}
    entries: list[tuple[int, int, float]] = []
    for place, column in enumerate(columns):
        for monomial, coefficient in column.reduced.to_dict().items():
            entries.append((rows.setdefault(monomial, len(rows)), place, float(fraction(coefficient))))
    entries += [(len(rows), place, 1.0) for place, column in enumerate(columns) if column.strict]
    heights, places, values = zip(*entries, strict=True)
    result = linprog(
        np.array([column.cost for column in columns], dtype=float),
        A_eq=csr_matrix((values, (heights, places)), shape=(len(rows) + 1, len(columns))),
        b_eq=np.array([0.0] * len(rows) + [1.0]),
        method="highs-ds",
        options={"time_limit": max(0.05, deadline.remaining())},
    )
    return None if result.x is None else [float(weight) for weight in result.x]


def _useful(columns: Sequence[Column]) -> list[Column]:
    """The columns none of whose monomials stands there with one sign only."""
    kept = [
        (column, {monomial: 1 if coefficient > 0 else 2 for monomial, coefficient in column.reduced.terms()})
        for column in columns
    ]
    while True:
        signs: dict[tuple[int, ...], int] = {}
        for _, own in kept:
            for monomial, sign in own.items():
                signs[monomial] = signs.get(monomial, 0) | sign
        remaining = [(column, own) for column, own in kept if all(signs[m] == 3 for m in own)]
        if len(remaining) == len(kept):
            return [column for column, _ in kept]
        kept = remaining


def exact_weights(columns: Sequence[Column]) -> Weighted | None:
    """The exact positive solution on these columns alone, the strict ones summing to 1."""
    monomials = {monomial for column in columns for monomial in column.reduced.to_dict()}
    rows = {monomial: place for place, monomial in enumerate(sorted(monomials))}
    width = len(columns)
    system = fmpq_mat(len(rows) + 1, width + 1)
    for place, column in enumerate(columns):
        for monomial, coefficient in column.reduced.to_dict().items():
            system[rows[monomial], place] = coefficient
        system[len(rows), place] = int(column.strict)
    system[len(rows), width] = 1
    echelon, rank = system.rref()
    weights = [Fraction(0)] * width
    for row in range(rank):
        lead = next(place for place in range(width + 1) if echelon[row, place] != 0)
        if lead == width:
            return None
        weights[lead] = fraction(echelon[row, width])
    if any(weight < 0 for weight in weights):
        return None
    return tuple((weight, column) for weight, column in zip(weights, columns, strict=True) if weight)
