"""Hypothesis strategies: kernels, data, initial values, and points of claims.

Each is made of small rationals and shrinks to the fewest and simplest of them. With `exact=True` what is drawn is made
of fractions, tuples for vectors and tuples of rows for matrices; otherwise of NumPy arrays of the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from hypothesis import reject
from hypothesis import strategies as st

from proofcheck.language.claims import Claim
from proofcheck.language.expressions import Relation
from proofcheck.numerics.schedules import Schedule

from .drawing import Drawing, Family
from .instances import NotDrawn, Value, reflected, relations_of
from .telling import shown_values

Number = int | float | Fraction
Size = int | st.SearchStrategy[int]
Numbers = tuple[Fraction, ...]
Rows = tuple[Numbers, ...]

_EIGHTHS = tuple(Fraction(k, 8) for k in (0, 8, 4, 2, 6, 1, 3, 5, 7))
_SMALL = tuple(Fraction(k, 4) for k in (0, 4, -4, 2, -2, 8, -8, 1, -1, 3, -3, 6, -6, 12, -12))
#: 1/2 and 2 make the rotation of 3, 4 and 5; 1 only swaps two axes.
_MIRROR = tuple(Fraction(*pair) for pair in ((0, 1), (1, 2), (-1, 2), (2, 1), (-2, 1), (1, 3), (3, 1), (1, 1)))
#: The directions of the points of a circle that small numbers project to.
_IN_THE_PLANE = 12
#: How often a point is drawn anew where the hypotheses leave no value for some name.
_TRIES = 12
_SIZES = st.integers(1, 4)
_DIMENSIONS = st.integers(2, 4)
_WIDTHS = st.integers(1, 8)


def numbers_between(low: Number, high: Number) -> st.SearchStrategy[Fraction]:
    """Rational numbers from `low` to `high`, both among them; shrinks to `low`.

    A float stands for the decimal that Python prints. Raises `ValueError` for low > high.

    >>> from hypothesis import find
    >>> find(numbers_between(1, 3), lambda x: x > 1)
    Fraction(3, 1)
    """
    least, most = _fraction(low), _fraction(high)
    if least > most:
        raise ValueError(f"expected low <= high, got {low} and {high}; give the smaller bound first")
    return st.sampled_from([least + part * (most - least) for part in _EIGHTHS])


def vectors(size: Size = _SIZES, *, exact: bool = False) -> st.SearchStrategy[Any]:
    """Vectors of small numbers; shrinks to a short vector of zeros.

    >>> from hypothesis import find
    >>> find(vectors(2, exact=True), lambda x: sum(x) != 0)
    (Fraction(0, 1), Fraction(1, 1))
    """
    return _sized(size).flatmap(lambda n: st.tuples(*[st.sampled_from(_SMALL)] * n)).map(_arrays(exact))


def errors_and_velocities(size: Size = _SIZES, *, exact: bool = False) -> st.SearchStrategy[Any]:
    """Pairs of vectors of one size: an error and its velocity.

    >>> from hypothesis import find
    >>> find(errors_and_velocities(exact=True), lambda pair: pair[0] != pair[1])
    ((Fraction(0, 1),), (Fraction(1, 1),))
    """
    return _sized(size).flatmap(lambda n: st.tuples(vectors(n, exact=exact), vectors(n, exact=exact)))


def kernels(at_least: Number, at_most: Number, size: Size = _SIZES, *, exact: bool = False) -> st.SearchStrategy[Any]:
    """Symmetric matrices whose eigenvalues lie between two bounds; shrinks to `at_least` times a small identity.

    A matrix is Q diag(s) Q with a rational reflection Q: its exact bounds hold exactly.

    >>> from hypothesis import find
    >>> find(kernels(1, 5, exact=True), lambda H: H[0][0] > 1)
    ((Fraction(5, 1),),)
    """
    spectrum = numbers_between(at_least, at_most)
    return _sized(size).flatmap(lambda n: _symmetric(spectrum, n)).map(_arrays(exact))


def kernel_pairs(
    at_least: Number, at_most: Number, distance: Number, size: Size = _SIZES, *, exact: bool = False
) -> st.SearchStrategy[Any]:
    """Pairs (H, H'): eigenvalues of H between two bounds, and the spectral norm |H - H'| at most `distance`.

    >>> from hypothesis import find
    >>> find(kernel_pairs(1, 2, Fraction(1, 4), exact=True), lambda pair: pair[0] != pair[1])
    (((Fraction(1, 1),),), ((Fraction(5, 4),),))
    """
    if not distance >= 0:
        raise ValueError(f"expected a distance >= 0, got {distance}")
    spectrum = numbers_between(at_least, at_most)
    moved = st.sampled_from([sign * part * _fraction(distance) for part in _EIGHTHS for sign in (1, -1)])

    def pair(n: int) -> st.SearchStrategy[tuple[Rows, Rows]]:
        both = st.tuples(_symmetric(spectrum, n), _symmetric(moved, n))
        return both.map(lambda drawn: (drawn[0], _sum(*drawn)))

    return _sized(size).flatmap(pair).map(lambda drawn: tuple(map(_arrays(exact), drawn)))


def schedules(
    at_least: Number, at_most: Number, size: Size = _SIZES, *, most_switches: int = 3, exact: bool = False
) -> st.SearchStrategy[Any]:
    """Piecewise constant kernels with eigenvalues between two bounds; shrinks to one kernel for all times.

    A `proofcheck.numerics.Schedule`; exact ones are pairs of the switching times and the kernels.

    >>> from hypothesis import find
    >>> find(schedules(1, 2, 1, exact=True), lambda drawn: len(drawn[0]) > 0)
    ((Fraction(1, 1),), (((Fraction(1, 1),),), ((Fraction(1, 1),),)))
    """
    if most_switches < 0:
        raise ValueError(f"expected most_switches >= 0, got {most_switches}")
    spectrum = numbers_between(at_least, at_most)
    waits = st.lists(st.sampled_from([Fraction(k, 4) for k in (4, 2, 1, 8, 12)]), max_size=most_switches)

    def timed(drawn: tuple[int, list[Fraction]]) -> st.SearchStrategy[Any]:
        n, pauses = drawn
        pieces = st.tuples(*[_symmetric(spectrum, n)] * (len(pauses) + 1))
        return pieces.map(lambda kernels_drawn: (tuple(accumulate(pauses)), kernels_drawn))

    found = st.tuples(_sized(size), waits).flatmap(timed)
    return found if exact else found.map(lambda pair: Schedule(tuple(map(float, pair[0])), _floats(pair[1])))


def sphere_points(
    count: Size = _SIZES, dimension: Size = _DIMENSIONS, *, exact: bool = False
) -> st.SearchStrategy[Any]:
    """Inputs of length one, as rows, no two of them parallel: data on the sphere, for which lambda_0 > 0.

    Rational points, by stereographic projection; drawn as floats the lengths are 1 up to rounding. In dimension one
    there is one direction only, in dimension two there are twelve: `ValueError` for more, and a count that is drawn is
    that at most.

    >>> from hypothesis import find
    >>> find(sphere_points(2, 2, exact=True), lambda rows: True)
    ((Fraction(0, 1), Fraction(-1, 1)), (Fraction(1, 1), Fraction(0, 1)))
    """
    if isinstance(count, int) and isinstance(dimension, int) and count > _most_directions(dimension):
        raise ValueError(f"there are not {count} directions to draw in dimension {dimension}")

    def of_sizes(sizes: tuple[int, int]) -> st.SearchStrategy[Rows]:
        n, p = sizes
        n = min(n, _most_directions(p))
        row = st.tuples(*[st.sampled_from(_SMALL)] * (p - 1)).map(_on_the_sphere)
        return st.lists(row, min_size=n, max_size=n, unique_by=_direction).map(tuple)

    return st.tuples(_sized(count), _sized(dimension)).flatmap(of_sizes).map(_arrays(exact))


def initialisations(
    width: Size = _WIDTHS, dimension: Size = _DIMENSIONS, *, exact: bool = False
) -> st.SearchStrategy[Any]:
    """Weights of a hidden layer, a row for each neuron, and the signs of the second layer; any small weights.

    >>> from hypothesis import find
    >>> find(initialisations(1, 2, exact=True), lambda drawn: drawn[1] == (-1,))
    (((Fraction(0, 1), Fraction(0, 1)),), (Fraction(-1, 1),))
    """

    def layers(sizes: tuple[int, int]) -> st.SearchStrategy[tuple[Rows, Numbers]]:
        m, p = sizes
        rows = st.tuples(*[st.tuples(*[st.sampled_from(_SMALL)] * p)] * m)
        return st.tuples(rows, st.tuples(*[st.sampled_from([Fraction(1), Fraction(-1)])] * m))

    found = st.tuples(_sized(width), _sized(dimension)).flatmap(layers)
    return found.map(lambda drawn: tuple(map(_arrays(exact), drawn)))


def gaussian_initialisations(width: Size = _WIDTHS, dimension: Size = _DIMENSIONS) -> st.SearchStrategy[Any]:
    """Weights w_r ~ N(0, I) and signs, uniform, as arrays: the law of the paper; what shrinks is the width.

    >>> from hypothesis import find
    >>> weights, signs = find(gaussian_initialisations(3, 2), lambda drawn: True)
    >>> weights.shape, signs.shape
    ((3, 2), (3,))
    """

    def layers(drawn: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
        m, p, seed = drawn
        generator = np.random.default_rng(seed)
        return generator.standard_normal((m, p)), generator.choice([-1.0, 1.0], m)

    return st.tuples(_sized(width), _sized(dimension), st.integers(0, 2**32 - 1)).map(layers)


def widths(largest: int = 1024) -> st.SearchStrategy[int]:
    """Widths of a layer: each power of two, and the numbers around it, as often as the others; shrinks to 1.

    >>> from hypothesis import find
    >>> find(widths(), lambda m: m > 5)
    6
    """
    if largest < 1:
        raise ValueError(f"expected largest >= 1, got {largest}")
    powers = st.integers(0, largest.bit_length() - 1)
    near = st.tuples(powers, st.integers(-1, 1)).map(lambda pair: min(max(1, 2 ** pair[0] + pair[1]), largest))
    return st.one_of(st.integers(1, min(8, largest)), near, st.integers(1, largest))


class DrawnPoint(NamedTuple):
    """A relation and values for all that it names; printed as a reader writes it."""

    relation: Relation
    values: Mapping[Any, Any]

    def __repr__(self) -> str:
        return f"<{self.relation}  at  {shown_values(self.values)}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Say the same to Hypothesis, which would print the fields."""
        printer.text(repr(self))


def points(stated: Claim | Relation, *, dimensions: int = 3, sizes: int = 3) -> st.SearchStrategy[DrawnPoint]:
    """Points at which a claim says something: one of its relations, and values for all that it names.

    Parameters keep to their domains, operators to their bounds, and the hypotheses hold as far as floats can tell.
    `holds(relation, values)` tells whether the relation holds there. Raises `NotDrawn`.

    >>> from hypothesis import find
    >>> from proofcheck import scalar
    >>> from proofcheck.testing import holds
    >>> x = scalar("x", positive=True)
    >>> find(points(x**2 >= x), lambda point: not holds(*point))
    <x^2 >= x  at  x = 1/2>
    """
    relations = [stated] if isinstance(stated, Relation) else list(relations_of(stated.stated))
    families = [Family(relation, dimensions, sizes) for relation in relations]
    if not families:
        raise NotDrawn("it states no relation between scalars")

    @st.composite
    def drawn(draw: st.DrawFn) -> DrawnPoint:
        place, shape = draw(st.sampled_from([(f, k) for f in range(len(families)) for k in range(len(families[f]))]))
        instance, drawing = families[place][shape]
        point = drawn_point(draw, drawing)
        if point is None:
            reject()
        return DrawnPoint(instance.relation, instance.values(point))

    return drawn()


def drawn_point(draw: st.DrawFn, drawing: Drawing, most: int | None = None) -> dict[str, Value] | None:
    """A point of an instance, in the variables of its statement; None where the hypotheses leave none in some tries.

    With `most`, each value is one of the so many simplest ones.
    """
    for _ in range(_TRIES):
        point = drawing.point(lambda count: draw(st.integers(0, min(count, most or count) - 1)))
        if point is not None:
            return point
    return None


def _sized(size: Size) -> st.SearchStrategy[int]:
    """A strategy of sizes. Raises `ValueError` on a size below 1, `TypeError` on what is none."""
    if isinstance(size, st.SearchStrategy):
        return size
    if not isinstance(size, int) or isinstance(size, bool):
        raise TypeError(f"expected a size, an integer or a strategy of integers, got {size!r}")
    if size < 1:
        raise ValueError(f"expected a size of 1 or more, got {size}")
    return st.just(size)


def _fraction(value: Number) -> Fraction:
    """The number itself; of a float the decimal that is printed. Raises `TypeError`, `ValueError`."""
    if not isinstance(value, int | float | Fraction):
        raise TypeError(f"expected a number, got {value!r}")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"expected a finite number, got {value}")
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def _most_directions(dimension: int) -> int:
    """How many directions there are at least among the points that are drawn."""
    if dimension <= 2:
        return 1 if dimension == 1 else _IN_THE_PLANE
    return int(len(_SMALL) ** (dimension - 1)) // 2


def _direction(row: Numbers) -> Numbers:
    """The same for opposite points."""
    return max(row, tuple(-part for part in row))


def _symmetric(spectrum: st.SearchStrategy[Fraction], n: int) -> st.SearchStrategy[Rows]:
    # An eigenvalue and its part of the mirror side by side: a smaller matrix has the first of them.
    pairs = st.tuples(*[st.tuples(spectrum, st.sampled_from(_MIRROR))] * (n - 1))
    both = st.tuples(spectrum, pairs)
    return both.map(
        lambda drawn: reflected((drawn[0], *(s for s, _ in drawn[1])), (Fraction(1), *(q for _, q in drawn[1])))
    )


def _sum(left: Rows, right: Rows) -> Rows:
    return tuple(tuple(a + b for a, b in zip(*rows, strict=True)) for rows in zip(left, right, strict=True))


def _inner(left: Numbers, right: Numbers) -> Fraction:
    return sum((a * b for a, b in zip(left, right, strict=True)), Fraction(0))


def _on_the_sphere(plane: Numbers) -> Numbers:
    """The point of the sphere above a point of the plane, seen from the north pole."""
    square = _inner(plane, plane)
    return (*(2 * part / (square + 1) for part in plane), (square - 1) / (square + 1))


def _arrays(exact: bool) -> Any:
    return (lambda drawn: drawn) if exact else _floats


def _floats(drawn: Any) -> Any:
    return np.array(drawn, dtype=np.float64)
