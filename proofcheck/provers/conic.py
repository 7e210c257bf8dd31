"""The conic solver (Clarabel), kept quiet: what it cannot solve is no solution, and no noise."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from .sequent import Deadline

Entries = tuple[Sequence[float], Sequence[int], Sequence[int]]
#: How many equations, how many nonnegative unknowns, and the sizes of the matrices.
Shape = tuple[int, int, Sequence[int]]


def minimized(
    costs: NDArray[np.float64], entries: Entries, right: Sequence[float], shape: Shape, deadline: Deadline
) -> NDArray[np.float64] | None:
    """The cheapest solution of a conic program in floats, or None.

    `entries` are values, rows and columns of a matrix A; `right - A x` is 0 in the equations, then nonnegative,
    then positive semidefinite (the upper triangles by columns, scaled).
    """
    # Both are slow to import, and most goals need no conic program.
    import clarabel
    from scipy.sparse import csc_matrix

    values, heights, places = entries
    equations, nonnegative, sizes = shape
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.time_limit = max(0.05, deadline.remaining())
    cones = [clarabel.ZeroConeT(equations), clarabel.NonnegativeConeT(nonnegative)]
    cones += [clarabel.PSDTriangleConeT(size) for size in sizes if size]
    matrix = csc_matrix((values, (heights, places)), shape=(len(right), len(costs)))
    nothing = csc_matrix((len(costs), len(costs)))
    try:
        with _no_standard_error():
            result = clarabel.DefaultSolver(nothing, costs, matrix, np.array(right), cones, settings).solve()
    except BaseException as error:
        # The solver is written in Rust and panics on some ill-posed problems; PyO3 makes that no `Exception`.
        if type(error).__name__ != "PanicException":
            raise
        return None
    return np.array(result.x) if str(result.status) in ("Solved", "AlmostSolved") else None


@contextmanager
def _no_standard_error() -> Iterator[None]:
    """What the process writes to its standard error, also from below Python, goes nowhere."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)
