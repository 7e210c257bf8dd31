"""Sturm's count agrees with the roots that a polynomial was built from."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pytest
from flint import fmpq, fmpq_poly
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from proofcheck.kernel.roots import Interval, distinct_roots, holds

from .strategies import fractions

End = Fraction | None


def flint(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def built(roots: list[Fraction], leading: Fraction, without_roots: int = 0) -> fmpq_poly:
    """The polynomial with these roots, times powers of `x**2 + 1`, which has none."""
    polynomial = fmpq_poly([flint(leading)])
    for root in roots:
        polynomial *= fmpq_poly([-flint(root), 1])
    return polynomial * fmpq_poly([1, 0, 1]) ** without_roots


def interval(lower: End, upper: End, lower_open: bool = False, upper_open: bool = False) -> Interval:
    return Interval(
        None if lower is None else flint(lower), None if upper is None else flint(upper), lower_open, upper_open
    )


def inside(root: Fraction, lower: End, upper: End, lower_open: bool, upper_open: bool) -> bool:
    return (lower is None or lower < root or (lower == root and not lower_open)) and (
        upper is None or root < upper or (root == upper and not upper_open)
    )


small = st.integers(-3, 3).map(Fraction)
ends = st.none() | small | fractions
root_lists = st.lists(small | fractions, max_size=6)
nonzero = fractions.filter(bool)


@settings(max_examples=150)
@given(root_lists, nonzero, st.integers(0, 2), ends, ends, st.booleans(), st.booleans())
def test_the_count_is_the_number_of_known_roots(
    roots: list[Fraction],
    leading: Fraction,
    without_roots: int,
    lower: End,
    upper: End,
    lower_open: bool,
    upper_open: bool,
) -> None:
    assume(lower is None or upper is None or lower < upper)
    within = {root for root in roots if inside(root, lower, upper, lower_open, upper_open)}
    polynomial = built(roots, leading, without_roots)
    assert distinct_roots(polynomial, interval(lower, upper, lower_open, upper_open)) == len(within)


@settings(max_examples=150)
@given(root_lists, nonzero, st.integers(0, 1), ends, ends, st.booleans(), st.booleans())
def test_the_sign_is_that_of_the_known_factors(
    roots: list[Fraction],
    leading: Fraction,
    without_roots: int,
    lower: End,
    upper: End,
    lower_open: bool,
    upper_open: bool,
) -> None:
    assume(lower is None or upper is None or lower < upper)
    window = lower, upper, lower_open, upper_open
    places = sorted({*roots, *(end for end in (lower, upper) if end is not None)})
    between = [(a + b) / 2 for a, b in pairwise(places)]
    outside = [places[0] - 1, places[-1] + 1] if places else [Fraction(0)]
    values = [leading * product_at(roots, place) for place in (*places, *between, *outside) if inside(place, *window)]
    polynomial = built(roots, leading, without_roots)
    assert holds(polynomial, ">", interval(*window)) is all(value > 0 for value in values)
    assert holds(polynomial, "!=", interval(*window)) is all(value != 0 for value in values)
    assert holds(polynomial, ">=", interval(*window)) is all(value >= 0 for value in values)


def product_at(roots: list[Fraction], place: Fraction) -> Fraction:
    result = Fraction(1)
    for root, multiplicity in Counter(roots).items():
        result *= (place - root) ** multiplicity
    return result


@pytest.mark.parametrize(
    ("lower", "upper", "lower_open", "upper_open", "count"),
    [
        (0, 1, False, False, 2),
        (0, 1, True, False, 1),
        (0, 1, False, True, 1),
        (0, 1, True, True, 0),
        (None, 0, True, False, 1),
        (None, 0, True, True, 0),
        (1, None, False, True, 1),
        (1, None, True, True, 0),
        (None, None, True, True, 2),
    ],
)
def test_ends_open_closed_and_infinite(
    lower: int | None, upper: int | None, lower_open: bool, upper_open: bool, count: int
) -> None:
    window = interval(
        None if lower is None else Fraction(lower),
        None if upper is None else Fraction(upper),
        lower_open,
        upper_open,
    )
    assert distinct_roots(fmpq_poly([0, -1, 1]), window) == count
    # The same roots, with multiplicities 2 and 3.
    assert distinct_roots(fmpq_poly([0, 0, 1]) * fmpq_poly([-1, 1]) ** 3, window) == count


def test_irrational_roots_are_counted() -> None:
    polynomial = fmpq_poly([-2, 0, 1])
    assert distinct_roots(polynomial, interval(Fraction(0), None, upper_open=True)) == 1
    assert distinct_roots(polynomial, interval(None, None, True, True)) == 2
    assert distinct_roots(polynomial, interval(Fraction(3, 2), Fraction(2))) == 0


@pytest.mark.parametrize("window", [interval(None, None, True, True), interval(Fraction(0), Fraction(1))])
def test_constants(window: Interval) -> None:
    for constant, held in ((0, {">="}), (1, {">=", ">", "!="}), (-1, {"!="})):
        for sign in (">=", ">", "!="):
            assert holds(fmpq_poly([constant]), sign, window) is (sign in held)


def test_of_high_degrees_with_long_coefficients_nothing_is_known() -> None:
    everywhere = interval(None, None, True, True)
    for degree, bits in ((100, 20), (50, 160), (200, 2)):
        for sign in (">", ">=", "!="):
            for longer in (0, 1):
                polynomial = fmpq_poly([2 ** (bits - 1 + longer), *[0] * (degree - 1), 1])
                assert holds(polynomial, sign, everywhere) is (not longer)


def test_a_double_root_inside_is_no_change_of_sign() -> None:
    square = fmpq_poly([1, -2, 1])
    window = interval(Fraction(0), Fraction(2))
    assert holds(square, ">=", window)
    assert not holds(square, ">", window)
    assert not holds(square, "!=", window)
    assert not holds(-square, ">=", window)


def test_a_root_at_an_end_matters_only_to_strict_signs_at_closed_ends() -> None:
    line = fmpq_poly([0, 1])
    for window, strict in (
        (interval(Fraction(0), Fraction(1)), False),
        (interval(Fraction(0), Fraction(1), lower_open=True), True),
        (interval(Fraction(0), None, upper_open=True), False),
        (interval(Fraction(0), None, True, True), True),
    ):
        assert holds(line, ">=", window)
        assert holds(line, ">", window) is strict
        assert holds(line, "!=", window) is strict
    assert not holds(line, ">=", interval(None, Fraction(0), lower_open=True))
    assert holds(-line, ">=", interval(None, Fraction(0), lower_open=True))
