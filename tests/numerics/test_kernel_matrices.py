"""Random kernels, perturbations and the infinite-width kernel."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofcheck.numerics import (
    arc_cosine_kernel,
    random_kernel,
    random_perturbation,
    random_rotation,
    random_sphere_points,
    spectral_distance,
    symmetric_matrix,
)

seeds = st.integers(0, 10**6)
sizes = st.integers(1, 8)


@given(seed=seeds, size=sizes, lowest=st.floats(-5, 5), spread=st.floats(0, 50))
def test_random_kernels_keep_their_spectral_bounds(seed: int, size: int, lowest: float, spread: float) -> None:
    kernel = random_kernel(size, lowest, lowest + spread, np.random.default_rng(seed))
    spectrum = np.linalg.eigvalsh(kernel)
    assert np.array_equal(kernel, kernel.T)
    assert spectrum[0] >= lowest - 1e-12
    assert spectrum[-1] <= lowest + spread + 1e-12
    if size >= 2:
        np.testing.assert_allclose(spectrum[[0, -1]], [lowest, lowest + spread], atol=1e-12)


@given(seed=seeds, size=sizes, bound=st.floats(0, 10))
def test_perturbations_keep_their_bound(seed: int, size: int, bound: float) -> None:
    perturbation = random_perturbation(size, bound, np.random.default_rng(seed))
    assert np.array_equal(perturbation, perturbation.T)
    assert np.linalg.norm(perturbation, 2) <= bound * (1 + 1e-12) + 1e-300


@given(seed=seeds, size=sizes, bound=st.floats(0, 10))
def test_weyl_no_eigenvalue_moves_further_than_the_perturbation(seed: int, size: int, bound: float) -> None:
    generator = np.random.default_rng(seed)
    kernel = random_kernel(size, 0, 7, generator)
    moved = kernel + random_perturbation(size, bound, generator)
    shifts = np.abs(np.linalg.eigvalsh(moved) - np.linalg.eigvalsh(kernel))
    assert np.max(shifts) <= spectral_distance(kernel, moved) + 1e-12


@given(seed=seeds, size=sizes)
def test_rotations_are_orthogonal(seed: int, size: int) -> None:
    rotation = random_rotation(size, np.random.default_rng(seed))
    np.testing.assert_allclose(rotation @ rotation.T, np.eye(size), atol=1e-13)


def test_rotations_have_no_preferred_direction() -> None:
    generator = np.random.default_rng(0)
    entries = np.array([random_rotation(2, generator) for _ in range(2000)])
    # Without the correction of signs, the diagonal of a QR factor keeps one sign.
    np.testing.assert_allclose(entries.mean(axis=0), 0, atol=0.08)


@given(seed=seeds, size=sizes)
def test_the_same_seed_gives_the_same_kernel(seed: int, size: int) -> None:
    first, second = (random_kernel(size, 1, 2, np.random.default_rng(seed)) for _ in range(2))
    assert np.array_equal(first, second)


@given(seed=seeds, size=sizes)
def test_spectral_distance_is_the_largest_stretching(seed: int, size: int) -> None:
    generator = np.random.default_rng(seed)
    first, second = random_kernel(size, -1, 4, generator), random_kernel(size, -1, 4, generator)
    assert spectral_distance(first, second) == pytest.approx(np.linalg.norm(first - second, 2), abs=1e-13)


def test_the_arc_cosine_kernel_is_the_mean_over_gaussian_weights() -> None:
    generator = np.random.default_rng(3)
    inputs = random_sphere_points(4, 3, generator)
    active = generator.standard_normal((200_000, 3)) @ inputs.T >= 0
    mean = (active.T.astype(float) @ active) / len(active) * (inputs @ inputs.T)
    # Four standard deviations of a mean of 200000 indicators.
    np.testing.assert_allclose(arc_cosine_kernel(inputs), mean, atol=4 * 0.5 / np.sqrt(len(active)))


@given(seed=seeds, count=st.integers(2, 8))
def test_the_arc_cosine_kernel_of_points_that_are_not_parallel_is_positive(seed: int, count: int) -> None:
    kernel = arc_cosine_kernel(random_sphere_points(count, 4, np.random.default_rng(seed)))
    spectrum = np.linalg.eigvalsh(kernel)
    assert spectrum[0] > 0
    assert np.array_equal(np.diag(kernel), np.full(count, 0.5))
    assert np.trace(kernel) == pytest.approx(count / 2)


def test_a_repeated_or_an_opposite_point() -> None:
    repeated = arc_cosine_kernel([[0.6, 0.8], [0.6, 0.8]])
    assert np.linalg.eigvalsh(repeated)[0] == pytest.approx(0, abs=1e-7)
    assert arc_cosine_kernel([[1.0, 0.0], [-1.0, 0.0]]).tolist() == [[0.5, 0.0], [0.0, 0.5]]


def test_senseless_arguments_are_refused() -> None:
    generator = np.random.default_rng(0)
    for refused in (
        lambda: arc_cosine_kernel([[1.0, 1.0]]),
        lambda: arc_cosine_kernel([1.0]),
        lambda: random_kernel(2, 2.0, 1.0, generator),
        lambda: random_kernel(0, 1.0, 2.0, generator),
        lambda: random_perturbation(2, -1.0, generator),
        lambda: random_sphere_points(0, 2, generator),
        lambda: spectral_distance(np.eye(2), np.eye(3)),
        lambda: symmetric_matrix([[1.0, 2.0]]),
        lambda: symmetric_matrix([[np.inf]]),
        lambda: symmetric_matrix([[1.0, 2.0], [2.1, 1.0]]),
    ):
        with pytest.raises(ValueError, match="expected"):
            refused()
