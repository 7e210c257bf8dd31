"""Integration of every flow against its closed form, against balls, and for kernels that move and jump.

Stated tolerance: 1e-9 relative to the state |(Delta, Delta'/w)| at that time, at the tolerance 1e-12 of the integrator.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from proofcheck.numerics import Pumping, Schedule, Trajectory, heavy_ball_closed_form, integrate, random_kernel
from proofcheck.numerics.enclosures import enclose_heavy_ball, enclose_momenta, enclose_nesterov, largest_distance
from proofcheck.numerics.modal import gradient_descent_closed_form, momenta_closed_form, nesterov_closed_form
from proofcheck.numerics.trajectories import integrate_gradient_descent, integrate_momenta, integrate_nesterov

seeds = st.integers(0, 10**6)
TOLERANCE = 1e-9


def assert_agree(path: Trajectory, expected: Trajectory, frequency: float, tolerance: float = TOLERANCE) -> None:
    parts = np.hstack([expected.errors, expected.velocities / frequency])
    scale = np.linalg.norm(parts, axis=1)[:, np.newaxis] + 1e-290
    assert np.max(np.abs(path.errors - expected.errors) / scale) <= tolerance
    assert np.max(np.abs(path.velocities - expected.velocities) / scale) <= tolerance * frequency


def drawn(seed: int, size: int, lowest: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A kernel with the spectrum [lowest, lowest + 20], an error, and times in no order that begin at 0."""
    generator = np.random.default_rng(seed)
    times = np.concatenate([[0.0, 5.0], generator.uniform(0, 10, 15), 10 ** generator.uniform(-9, 0, 8)])
    return random_kernel(size, lowest, lowest + 20, generator), generator.standard_normal(size), times


@settings(max_examples=10)
@given(seed=seeds, size=st.integers(1, 4), lowest=st.floats(0.01, 3))
def test_gradient_descent(seed: int, size: int, lowest: float) -> None:
    kernel, error, times = drawn(seed, size, lowest)
    path = integrate_gradient_descent(lambda time: kernel, error, times)
    assert_agree(path, gradient_descent_closed_form(kernel, error, times), 25)


@settings(max_examples=12)
@given(seed=seeds, size=st.integers(1, 4), lowest=st.floats(0, 3), gamma=st.floats(0.05, 40))
def test_nesterov_from_its_singular_start(seed: int, size: int, lowest: float, gamma: float) -> None:
    kernel, error, times = drawn(seed, size, lowest)
    path = integrate_nesterov(lambda time: kernel, error, gamma, times)
    expected = nesterov_closed_form(kernel, error, gamma, times)
    assert_agree(path, expected, 5)
    # Near the start the velocity is small beside the error, and accurate all the same.
    early = (times < 0.01) & (times > 0)
    speed = np.linalg.norm(expected.velocities[early], axis=1)
    assert np.all(np.linalg.norm((path.velocities - expected.velocities)[early], axis=1) <= 1e-8 * speed)


@settings(max_examples=10)
@given(seed=seeds, size=st.integers(1, 3), lowest=st.floats(0, 3), b_2=st.floats(0.1, 8), excess=st.floats(0.5, 3))
def test_two_momenta(seed: int, size: int, lowest: float, b_2: float, excess: float) -> None:
    kernel, error, times = drawn(seed, size, lowest)
    frictions = [excess * (lowest + 20) / b_2, b_2]
    path = integrate_momenta(lambda time: kernel, [error, error[::-1]], frictions, times)
    frequency = 3 + float(np.sqrt(frictions[0])) + b_2
    assert_agree(path, momenta_closed_form(kernel, [error, error[::-1]], frictions, times), frequency)


def test_closed_form_integration_and_balls_agree() -> None:
    """Each of the three within its stated tolerance: 1e-12 for the closed form, 1e-9 for the integrator."""
    h, times = 3.7, np.array([0.25, 3.0, 40.0])

    def kernel(time: float) -> list[list[float]]:
        return [[h]]

    cases = [
        (
            heavy_ball_closed_form([[h]], [1.0], [0.5], 0.9, times),
            integrate(kernel, [1.0], [0.5], 0.9, times),
            [enclose_heavy_ball(h, 1.0, 0.5, 0.9, t) for t in times.tolist()],
        ),
        (
            gradient_descent_closed_form([[h]], [1.0], times),
            integrate_gradient_descent(kernel, [1.0], times),
            [enclose_momenta(h, [1.0], [], t) for t in times.tolist()],
        ),
        (
            nesterov_closed_form([[h]], [1.0], 7.5, times),
            integrate_nesterov(kernel, [1.0], 7.5, times),
            [enclose_nesterov(h, 1.0, 7.5, t) for t in times.tolist()],
        ),
        (
            momenta_closed_form([[h]], [[1.0], [0.0], [2.0]], [2.5, 3.5], times),
            integrate_momenta(kernel, [[1.0], [0.0], [2.0]], [2.5, 3.5], times),
            [enclose_momenta(h, [1.0, 0.0, 2.0], [2.5, 3.5], t) for t in times.tolist()],
        ),
    ]
    for closed, integrated, balls in cases:
        for row, (position, velocity) in enumerate(balls):
            size = float((position**2 + velocity**2).sqrt().abs_upper())
            for path, tolerance in ((closed, 1e-12), (integrated, 1e-9)):
                assert largest_distance([position], path.errors[row]) <= tolerance * size
                assert largest_distance([velocity], path.velocities[row]) <= tolerance * size


# --- kernels that jump ----------------------------------------------------------------------------------------------


def jumping(seed: int) -> tuple[Schedule, np.ndarray]:
    generator = np.random.default_rng(seed)
    switches = np.cumsum(generator.uniform(0.2, 2, 3))
    return Schedule(tuple(switches), tuple(random_kernel(2, 0.5, 12, generator) for _ in range(4))), switches


@settings(max_examples=8)
@given(seed=seeds)
def test_gradient_descent_through_jumps(seed: int) -> None:
    schedule, switches = jumping(seed)
    times = np.array([0.0, *switches, switches[-1] + 1])
    states = [np.array([1.0, -2.0])]
    for (begin, end), kernel in zip(pairwise(times), schedule.kernels, strict=True):
        states.append(expm(-kernel * (end - begin)) @ states[-1])
    path = integrate_gradient_descent(schedule.kernel_at, states[0], times, jumps=switches)
    distances = np.linalg.norm(path.errors - states, axis=1)
    assert np.all(distances <= 1e-9 * np.linalg.norm(states, axis=1))
    # At a jump the velocity is the one before it.
    before = [schedule.kernels[0], *schedule.kernels]
    images = np.array([-kernel @ state for kernel, state in zip(before, states, strict=True)])
    np.testing.assert_allclose(path.velocities, images, rtol=1e-7, atol=1e-9 * np.linalg.norm(images))


@settings(max_examples=8)
@given(seed=seeds)
def test_two_momenta_through_jumps(seed: int) -> None:
    schedule, switches = jumping(seed)
    times = np.array([0.0, *switches, switches[-1] + 1])
    state, errors = np.array([1.0, -2.0, 0.0, 0.0, 0.0, 0.0]), [np.array([1.0, -2.0])]
    for (begin, end), kernel in zip(pairwise(times), schedule.kernels, strict=True):
        identity, zero = np.eye(2), np.zeros((2, 2))
        flow = np.block([[zero, identity, zero], [zero, zero, identity], [-kernel, -4 * identity, -3 * identity]])
        state = expm(flow * (end - begin)) @ state
        errors.append(state[:2])
    path = integrate_momenta(schedule.kernel_at, [errors[0]], [4.0, 3.0], times, jumps=switches)
    np.testing.assert_allclose(path.errors, errors, atol=1e-9)


@settings(max_examples=8)
@given(seed=seeds)
def test_nesterov_through_jumps(seed: int) -> None:
    """For gamma = 2, y = t Delta obeys y'' + H y = 0, and y' = Delta + t Delta'."""
    schedule, switches = jumping(seed)
    times = np.array([0.0, *switches, switches[-1] + 1])
    y, speed, errors = np.zeros(2), np.array([1.0, -2.0]), [np.array([1.0, -2.0])]
    for (begin, end), kernel in zip(pairwise(times), schedule.kernels, strict=True):
        values, vectors = np.linalg.eigh(kernel)
        root, since = np.sqrt(values), end - begin
        a, b = vectors.T @ y, vectors.T @ speed
        y = vectors @ (a * np.cos(root * since) + b * np.sin(root * since) / root)
        speed = vectors @ (b * np.cos(root * since) - a * root * np.sin(root * since))
        errors.append(y / end)
    path = integrate_nesterov(schedule.kernel_at, errors[0], 2.0, times, jumps=switches)
    np.testing.assert_allclose(path.errors, errors, atol=1e-9)


@pytest.mark.parametrize("gamma", [1.0, 3.0, 8.0])
def test_nesterov_pumped(gamma: float) -> None:
    """The kernel that cancels the friction moves like 1/t^2 and jumps twice in each half turn."""
    pumped = Pumping(gamma, begin=5 * (gamma + 1) / 2)
    begun, _ = pumped.first_turn
    turns = begun + pumped.half_turn * np.arange(5)
    jumps = [pumped.begin, *turns, *(turns + np.pi / 2 / pumped.fast)]
    times = np.sort([0.5, 3.0, *jumps[:-1]])
    path = integrate_nesterov(lambda time: [[pumped.kernel_at(time)]], [1.0], gamma, times, jumps=jumps)
    size = np.max(np.abs(pumped.path(turns)))
    np.testing.assert_allclose(path.errors[:, 0], pumped.path(times), rtol=0, atol=1e-9 * size)


@pytest.mark.parametrize("jump", [1e-12, 1e-7, 1e-4, 1.0])
def test_nesterov_with_a_jump_near_its_start(jump: float) -> None:
    schedule = Schedule((jump,), ([[9.0]], [[1.0]]))
    path = integrate_nesterov(schedule.kernel_at, [1.0], 2.0, [3.0], jumps=[jump])
    y, speed = np.sin(3 * jump) / 3, np.cos(3 * jump)
    expected = (y * np.cos(3.0 - jump) + speed * np.sin(3.0 - jump)) / 3
    assert path.errors[0, 0] == pytest.approx(expected, rel=1e-10)


Integrator = Callable[[Callable[[float], np.ndarray]], Trajectory]


@pytest.mark.parametrize(
    "solve",
    [
        lambda kernel: integrate_gradient_descent(kernel, [1.0], [0.0, 1.0, 3.0], jumps=[1.0, 2.0]),
        lambda kernel: integrate_momenta(kernel, [[1.0]], [2.0, 3.0], [0.0, 1.0, 3.0], jumps=[1.0, 2.0]),
        lambda kernel: integrate_nesterov(kernel, [1.0], 3.0, [0.0, 1.0, 3.0], jumps=[1.0, 2.0]),
    ],
)
def test_the_kernel_at_a_jump_does_not_count(solve: Integrator) -> None:
    asked: list[float] = []

    def kernel_at(time: float) -> np.ndarray:
        asked.append(time)
        return np.array([[2.0 + np.floor(time)]])

    solve(kernel_at)
    assert min(asked) > 0
    assert max(asked) < 3
    assert not {1.0, 2.0} & set(asked)


# --- kernels that move ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gamma", [0.5, 1.0, 6.0])
def test_nesterov_with_a_smoothly_moving_kernel(gamma: float) -> None:
    """x = exp(-t^2/2 - t^3/10): the kernel moves at once, with H'(0) not 0."""
    times = np.array([0.0, 1e-7, 1e-3, 0.1, 1.0, 2.0])

    def kernel_at(t: float) -> list[list[float]]:
        slope = t + 3 * t**2 / 10
        return [[1 + 6 * t / 10 - slope**2 + gamma * (1 + 3 * t / 10)]]

    path = integrate_nesterov(kernel_at, [1.0], gamma, times)
    exact = np.exp(-(times**2) / 2 - times**3 / 10)
    np.testing.assert_allclose(path.errors[:, 0], exact, rtol=1e-9)
    np.testing.assert_allclose(path.velocities[2:, 0], (-(times + 3 * times**2 / 10) * exact)[2:], rtol=1e-8)
    # Up to a millionth of the time scale the kernel counts as constant.
    np.testing.assert_allclose(path.velocities[:2, 0], -times[:2], rtol=1e-6)


@pytest.mark.parametrize("gamma", [0.05, 1.0, 4.0])
def test_nesterov_with_a_kernel_that_begins_at_zero(gamma: float) -> None:
    """For H = t the solution is 0F1(; (gamma + 2)/3; -t^3/9)."""
    times = np.array([0.0, 1e-3, 0.1, 1.0, 2.0, 8.0])
    path = integrate_nesterov(lambda time: [[time]], [1.0], gamma, times)
    exact = [float(arb(-(t**3) / 9).hypgeom_0f1((gamma + 2) / 3)) for t in times.tolist()]
    np.testing.assert_allclose(path.errors[:, 0], exact, rtol=0, atol=1e-10)
    late = integrate_nesterov(lambda time: [[float(time > 1)]], [1.0], gamma, [1.0, 3.0], jumps=[1.0])
    assert late.errors[0, 0] == 1
    assert late.errors[1, 0] < 0.5


def test_gradient_descent_with_a_rate_that_grows() -> None:
    """exp(-t^2): two hundred orders of magnitude, although no single rate fits."""
    times = np.array([0.0, 1.0, 5.0, 21.0])
    path = integrate_gradient_descent(lambda time: [[2 * time, 0.0], [0.0, 2 * time + 1]], [1.0, 1.0], times)
    np.testing.assert_allclose(path.errors[:, 0], np.exp(-(times**2)), rtol=1e-8)
    np.testing.assert_allclose(path.velocities[:, 0], -2 * times * np.exp(-(times**2)), rtol=1e-8, atol=1e-300)


def test_two_momenta_with_a_moving_kernel() -> None:
    """x = exp(-t^2) obeys the equation with h = -(x''' + 2 x'' + 3 x')/x."""
    times = np.array([0.0, 0.5, 1.0, 3.0])

    def kernel_at(t: float) -> list[list[float]]:
        return [[8 * t**3 - 12 * t - 2 * (4 * t**2 - 2) + 6 * t]]

    path = integrate_momenta(kernel_at, [[1.0], [0.0], [-2.0]], [3.0, 2.0], times)
    np.testing.assert_allclose(path.errors[:, 0], np.exp(-(times**2)), rtol=1e-7)


@pytest.mark.parametrize("gamma", [0.5, 2.0, 8.0])
def test_nesterov_keeps_its_accuracy_over_a_long_time(gamma: float) -> None:
    times = np.array([1.0, 100.0, 1000.0])
    path = integrate_nesterov(lambda time: [[1.0]], [1.0], gamma, times)
    for row, t in enumerate(times.tolist()):
        exact = enclose_nesterov(1.0, 1.0, gamma, t)
        size = float(arb(exact[0] ** 2 + exact[1] ** 2).sqrt().abs_upper())
        assert largest_distance(exact[:1], path.errors[row]) <= 1e-8 * size


def test_other_flows_go_on_to_their_underflow() -> None:
    times = np.array([0.0, 300.0, 2000.0])
    descent = integrate_gradient_descent(lambda time: np.diag([1.0, 2.0]), [1.0, 1.0], times)
    np.testing.assert_allclose(descent.errors[:2, 0], np.exp(-times[:2]), rtol=1e-8)
    assert not descent.errors[2].any()
    momenta = integrate_momenta(lambda time: [[1.0]], [[1.0]], [3.0, 3.0], times)
    np.testing.assert_allclose(momenta.errors[:2, 0], ((1 + times + times**2 / 2) * np.exp(-times))[:2], rtol=1e-6)


def test_a_tolerance_that_is_looser_is_used() -> None:
    """The agreement above is no accident."""
    exact = nesterov_closed_form([[1.0]], [1.0], 3.0, [9.0]).errors
    loose = integrate_nesterov(lambda time: [[1.0]], [1.0], 3.0, [9.0], relative_tolerance=1e-5).errors
    tight = integrate_nesterov(lambda time: [[1.0]], [1.0], 3.0, [9.0]).errors
    assert abs(tight - exact) < 1e-11 < abs(loose - exact)


# --- nothing to do, and what makes no sense ---------------------------------------------------------------------------


def test_without_an_error_nothing_moves() -> None:
    times = [0.0, 1.0, 7.0]
    for path in (
        integrate_gradient_descent(lambda time: np.eye(2), [0.0, 0.0], times),
        integrate_momenta(lambda time: np.eye(2), [[0.0, 0.0]], [1.0, 2.0], times),
        integrate_nesterov(lambda time: np.eye(2), [0.0, 0.0], 3.0, times),
    ):
        assert not path.errors.any()
        assert not path.velocities.any()


def test_without_a_kernel_the_error_stays() -> None:
    times = [0.0, 1.0, 7.0]
    for path in (
        integrate_gradient_descent(lambda time: [[0.0]], [2.0], times),
        integrate_momenta(lambda time: [[0.0]], [[2.0]], [1.0, 2.0], times),
        integrate_nesterov(lambda time: [[0.0]], [2.0], 3.0, times),
    ):
        np.testing.assert_allclose(path.errors[:, 0], 2.0, rtol=1e-12)
        assert not path.velocities.any()


def test_at_time_zero_there_is_only_the_start() -> None:
    descent = integrate_gradient_descent(lambda time: [[3.0]], [2.0], [0.0])
    assert (descent.errors[0, 0], descent.velocities[0, 0]) == (2.0, -6.0)
    momenta = integrate_momenta(lambda time: [[3.0]], [[2.0], [5.0]], [1.0, 2.0], [0.0])
    assert (momenta.errors[0, 0], momenta.velocities[0, 0]) == (2.0, 5.0)
    nesterov = integrate_nesterov(lambda time: [[3.0]], [2.0], 3.0, [0.0])
    assert (nesterov.errors[0, 0], nesterov.velocities[0, 0]) == (2.0, 0.0)


def test_senseless_arguments_are_refused() -> None:
    def kernel(time: float) -> list[list[float]]:
        return [[1.0]]

    with pytest.raises(ValueError, match="gamma"):
        integrate_nesterov(kernel, [1.0], 0.0, [1.0])
    with pytest.raises(ValueError, match="times"):
        integrate_nesterov(kernel, [1.0], 2.0, [-1.0])
    with pytest.raises(ValueError, match="initial values"):
        integrate_momenta(kernel, [[1.0]] * 4, [1.0, 1.0], [1.0])
    with pytest.raises(ValueError, match="frictions"):
        integrate_momenta(kernel, [[1.0]], [np.inf, 1.0], [1.0])
    with pytest.raises(ValueError, match="length"):
        integrate_momenta(kernel, [[1.0], [1.0, 2.0]], [1.0, 1.0], [1.0])
    with pytest.raises(ValueError, match="finite"):
        integrate_gradient_descent(kernel, [np.nan], [1.0])
