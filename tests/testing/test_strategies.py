"""What strategies draw keeps its promises, and shrinks to an example that can be read."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import pretty

from proofcheck import claim, inner, norm2, operator, scalar, sqrt, vector
from proofcheck.numerics import Schedule
from proofcheck.testing import (
    NotDrawn,
    errors_and_velocities,
    gaussian_initialisations,
    holds,
    initialisations,
    kernel_pairs,
    kernels,
    numbers_between,
    points,
    schedules,
    sphere_points,
    vectors,
    widths,
)

ONE, HALF, QUARTER = Fraction(1), Fraction(1, 2), Fraction(1, 4)


def spectrum(matrix: Any) -> Any:
    return np.linalg.eigvalsh(np.array(matrix, dtype=float))


@given(kernels(1, 9, exact=True))
def test_a_kernel_keeps_its_bounds(kernel: Any) -> None:
    assert 1 - 1e-9 <= spectrum(kernel)[0] and spectrum(kernel)[-1] <= 9 + 1e-9
    assert all(isinstance(part, Fraction) for row in kernel for part in row)
    assert kernel == tuple(zip(*kernel, strict=True))


@given(kernels(1, 9, 3))
def test_a_kernel_is_an_array(kernel: Any) -> None:
    assert kernel.shape == (3, 3) and kernel.dtype == np.float64


@given(kernel_pairs(1, 3, HALF))
def test_pairs_are_near(pair: Any) -> None:
    assert np.abs(spectrum(pair[0] - pair[1])).max() <= 0.5 + 1e-9
    assert spectrum(pair[0])[0] >= 1 - 1e-9


@given(sphere_points(3, exact=True))
def test_points_are_on_the_sphere_and_not_parallel(rows: Any) -> None:
    products = [[sum(a * b for a, b in zip(u, v, strict=True)) for v in rows] for u in rows]
    assert all(products[i][j] == 1 if i == j else abs(products[i][j]) < 1 for i in range(3) for j in range(3))


@given(sphere_points(3, 2))
def test_points_as_floats_have_length_one(rows: Any) -> None:
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)


@given(schedules(1, 2))
def test_a_schedule_is_one_of_the_numerics(schedule: Schedule) -> None:
    assert all(1 - 1e-9 <= spectrum(kernel)[0] for kernel in schedule.kernels)


@given(schedules(1, 2, 2, exact=True))
def test_switches_increase(drawn: Any) -> None:
    switches, pieces = drawn
    assert list(switches) == sorted(set(switches)) and len(pieces) == len(switches) + 1


@given(errors_and_velocities())
def test_an_error_and_its_velocity_have_one_size(pair: Any) -> None:
    assert pair[0].shape == pair[1].shape


@given(initialisations(3, 2), gaussian_initialisations(5, 4), widths(100))
def test_layers_have_their_sizes(small: Any, gaussian: Any, width: int) -> None:
    assert small[0].shape == (3, 2) and set(small[1]) <= {-1.0, 1.0}
    assert gaussian[0].shape == (5, 4) and set(gaussian[1]) <= {-1.0, 1.0}
    assert 1 <= width <= 100


@given(st.data(), st.integers(2, 3))
def test_a_size_may_be_a_strategy(data: st.DataObject, size: int) -> None:
    assert len(data.draw(vectors(st.just(size)))) == size


WRONG = {
    "low <= high, got 5 and 1": lambda: kernels(5, 1),
    "low <= high, got 2 and 1": lambda: schedules(2, 1),
    "finite number, got nan": lambda: numbers_between(float("nan"), 1),
    "a number, got 'one'": lambda: kernels("one", 2),  # type: ignore[arg-type]
    "size of 1 or more, got 0": lambda: kernels(1, 2, 0),
    "size of 1 or more, got -1": lambda: vectors(-1),
    "an integer or a strategy of integers, got 2.5": lambda: initialisations(2.5),  # type: ignore[arg-type]
    "not 5 directions to draw in dimension 1": lambda: sphere_points(5, 1),
    "most_switches >= 0, got -1": lambda: schedules(1, 2, most_switches=-1),
    "largest >= 1, got 0": lambda: widths(0),
    "distance >= 0, got -1": lambda: kernel_pairs(1, 2, -1),
}


@pytest.mark.parametrize(("message", "called"), WRONG.items(), ids=WRONG)
def test_a_wrong_argument_is_told_at_once(message: str, called: Callable[[], object]) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        called()


def test_a_float_is_the_decimal_that_is_printed() -> None:
    assert find(kernels(0.1, 2, 1, exact=True), lambda drawn: True) == ((Fraction(1, 10),),)


@given(sphere_points(st.integers(1, 12), st.integers(1, 3), exact=True))
def test_any_number_of_points_is_drawn_without_a_health_check(rows: Any) -> None:
    assert all(abs(sum(a * b for a, b in zip(u, v, strict=True))) < 1 for u in rows for v in rows if u is not v)


@given(st.integers(1, 3).flatmap(lambda n: st.tuples(sphere_points(n, 3), kernels(1, 2, n), vectors(n))))
def test_strategies_compose_as_those_of_hypothesis_do(drawn: Any) -> None:
    rows, kernel, error = drawn
    assert len(rows) == len(kernel) == len(error)


def test_bounds_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="low <= high"):
        numbers_between(2, 1)
    with pytest.raises(ValueError, match="distance"):
        kernel_pairs(1, 2, -1)


# --- shrinking ---------------------------------------------------------------------------------------------------


def test_a_kernel_shrinks_to_a_small_one() -> None:
    assert find(kernels(1, 5, exact=True), lambda H: True) == ((1,),)
    assert find(kernels(1, 5, exact=True), lambda H: len(H) == 2) == ((1, 0), (0, 1))
    found = find(kernels(1, 5, exact=True), lambda H: len(H) > 1 and H[0][1] != 0)
    assert [[25 * part for part in row] for row in found] == [[89, -48], [-48, 61]], "I + 4 w w^T, w = (4, -3)/5"


def test_a_pair_shrinks_to_one_that_differs_in_one_number() -> None:
    H, other = find(kernel_pairs(1, 2, QUARTER, exact=True), lambda pair: pair[0] != pair[1])
    assert (H, other) == (((1,),), ((Fraction(5, 4),),))


def test_data_shrinks_to_axes() -> None:
    assert find(sphere_points(2, 2, exact=True), lambda rows: True) == ((0, -1), (1, 0))


def test_a_schedule_shrinks_to_one_switch() -> None:
    def jumps(drawn: Any) -> bool:
        return len(set(drawn[1])) > 1

    switches, pieces = find(schedules(1, 2, exact=True), jumps)
    assert switches == (1,) and sorted(pieces) == [((1,),), ((2,),)]


def test_a_false_bound_has_a_readable_counterexample() -> None:
    """<H u, v> <= |u| |v| for 1 <= H <= 5: one number each."""
    drawn = st.tuples(kernels(1, 5, exact=True), errors_and_velocities(exact=True)).filter(
        lambda each: len(each[0]) == len(each[1][0])
    )

    def fails(each: Any) -> bool:
        kernel, (u, v) = each
        image = [sum(a * b for a, b in zip(row, u, strict=True)) for row in kernel]
        product = sum(a * b for a, b in zip(image, v, strict=True))
        sizes = sum(a * a for a in u) * sum(a * a for a in v)
        return product > 0 and product**2 > sizes

    assert find(drawn, fails) == (((5,),), ((1,), (1,)))


alpha = scalar("alpha", positive=True)
u, v = vector("u"), vector("v")
H = operator("H", at_least=alpha**2)


@claim("a rate that is too large")
def too_large():
    """It fails for the smallest kernel."""
    return inner(H(u), u) >= 2 * alpha**2 * norm2(u)


def test_a_point_of_a_claim_shrinks_to_small_numbers() -> None:
    found = find(points(too_large), lambda point: not holds(*point))
    assert found.values == {"alpha": 1, "u": (1,), ("H", 0, None): ((1,),)}
    shown = "<<H u, u> >= 2 alpha^2 |u|^2  at  alpha = 1, u = 1, H = 1>"
    assert repr(found) == pretty(found) == shown


@settings(max_examples=30)
@given(points((norm2(u) <= 4 * norm2(v)).given(norm2(u - v) <= norm2(v))))
def test_points_keep_to_the_hypotheses(point: Any) -> None:
    relation, values = point
    assert holds(relation.hypotheses[0], values) and holds(relation, values)


@settings(max_examples=30)
@given(points((alpha <= 2).given(alpha == sqrt(2) * sqrt(2))))
def test_an_equation_is_solved_where_it_is_irrational(point: Any) -> None:
    assert holds(*point)


@claim("nothing to draw")
def vector_equation():
    """It is an equation between vectors."""
    return u + v == v + u


def test_a_claim_without_relations_is_refused() -> None:
    with pytest.raises(NotDrawn):
        points(vector_equation)
