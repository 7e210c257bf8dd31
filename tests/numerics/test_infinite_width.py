"""Fact 2.2 and Theorem 1, sampled: the closed form for inputs of any length, singular kernels, a network."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofcheck.numerics import arc_cosine_kernel, random_sphere_points

seeds = st.integers(0, 10**6)


def corners(count: int) -> np.ndarray:
    """The corners of a regular polygon on the unit circle."""
    turns = 2 * np.pi * np.arange(count) / count
    return np.stack([np.cos(turns), np.sin(turns)], axis=1)


def test_the_angle_of_the_directions_counts_for_inputs_of_any_length() -> None:
    generator, draws = np.random.default_rng(5), 400_000
    inputs = generator.standard_normal((4, 3))
    lengths = np.linalg.norm(inputs, axis=1)
    active = generator.standard_normal((draws, 3)) @ inputs.T >= 0
    shares = (active.T.astype(float) @ active) / draws
    directions = inputs / lengths[:, None]
    closed = arc_cosine_kernel(directions) / (directions @ directions.T)
    # Ten different entries, five standard deviations of a share each: a false alarm in fewer than one of 10^5 seeds.
    np.testing.assert_allclose(shares, closed, atol=5 * 0.5 / np.sqrt(draws))
    # The formula as printed, without the lengths, is off by far more.
    printed = 0.5 - np.arccos(np.clip(inputs @ inputs.T, -1, 1)) / (2 * np.pi)
    assert np.max(np.abs(printed - shares)) > 0.05


@given(seed=seeds)
def test_two_inputs(seed: int) -> None:
    inputs = random_sphere_points(2, 3, np.random.default_rng(seed))
    kernel = arc_cosine_kernel(inputs)
    smallest = np.linalg.eigvalsh(kernel)[0]
    assert smallest == pytest.approx(0.5 - abs(kernel[0, 1]), abs=1e-12)
    assert smallest >= (1 - abs(inputs[0] @ inputs[1])) / 2 - 1e-12


def test_the_corners_of_a_hexagon_make_the_kernel_singular() -> None:
    kernel = arc_cosine_kernel(corners(6))
    # Around the circle the signs of (1, -1, 1, -1, 1, -1) on x_1, x_2, x_3 and their opposites are the same.
    np.testing.assert_allclose(kernel @ np.array([1, -1, 1, -1, 1, -1]), 0, atol=1e-12)
    assert np.linalg.eigvalsh(arc_cosine_kernel(corners(4)))[0] > 0.1


@given(seed=seeds, pairs=st.integers(1, 5))
def test_opposite_pairs_are_singular_exactly_when_they_are_dependent(seed: int, pairs: int) -> None:
    inputs = random_sphere_points(pairs, 3, np.random.default_rng(seed))
    smallest = np.linalg.eigvalsh(arc_cosine_kernel(np.concatenate([inputs, -inputs])))[0]
    if pairs > 3:
        assert smallest == pytest.approx(0, abs=1e-7)
    else:
        assert smallest > 0


@given(seed=seeds, count=st.integers(2, 7))
def test_the_smallest_eigenvalue_from_below(seed: int, count: int) -> None:
    inputs = random_sphere_points(count, 6, np.random.default_rng(seed))
    smallest = np.linalg.eigvalsh(arc_cosine_kernel(inputs))[0]
    largest = np.max(np.abs(inputs @ inputs.T - np.eye(count)))
    powers = np.arange(12)
    coefficients = np.array([comb(2 * k, k) / (4**k * (2 * k + 1)) for k in powers]) / (2 * np.pi)
    bounds = coefficients * (1 - (count - 1) * largest ** (2 * powers + 2))
    assert np.all(smallest >= bounds - 1e-12)


def test_the_loss_of_a_wide_network_falls_as_fast_as_theorem_1_says() -> None:
    generator, width, step = np.random.default_rng(2), 3000, 2e-3
    inputs, labels = random_sphere_points(4, 3, generator), generator.uniform(-1, 1, 4)
    weights, signs = generator.standard_normal((width, 3)), generator.choice([-1.0, 1.0], width)
    smallest, losses = np.inf, []
    for _ in range(1500):
        before = weights @ inputs.T
        error = signs @ np.maximum(before, 0) / np.sqrt(width) - labels
        losses.append(error @ error / 2)
        active = (before >= 0).astype(float)
        kernel = (active.T @ active) / width * (inputs @ inputs.T)
        smallest = min(smallest, np.linalg.eigvalsh(kernel)[0])
        weights -= step * signs[:, None] / np.sqrt(width) * ((active * error) @ inputs)
    assert smallest > np.linalg.eigvalsh(arc_cosine_kernel(inputs))[0] / 2
    # A step of Euler's contracts every mode at least as the flow does; one per cent is for flips within a step.
    times = step * np.arange(len(losses))
    assert np.all(np.array(losses) <= 1.01 * np.exp(-2 * smallest * times) * losses[0])
