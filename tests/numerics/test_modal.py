"""The closed forms, against balls that contain the exact values, against each other and against what is claimed.

Errors are measured against |(x, x'/w)|, where w is the fastest root: where x passes through 0, only that sets a scale.
"""

import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from proofcheck.numerics import (
    damped_oscillator,
    heavy_ball_closed_form,
    random_kernel,
)
from proofcheck.numerics.enclosures import (
    enclose_gradient_descent,
    enclose_heavy_ball,
    enclose_momenta,
    enclose_nesterov,
    largest_distance,
)
from proofcheck.numerics.modal import (
    bessel_oscillator,
    exponential_decay,
    exponential_sum,
    gradient_descent_closed_form,
    momenta_closed_form,
    nesterov_closed_form,
    newton_closed_form,
    sum_of_projectors,
)

seeds = st.integers(0, 10**6)
starts = st.floats(-3, 3)
# As many digits of the time's clock as a float of that size has are lost to its rounding: |error| <= UNIT (1 + w t).
UNIT = 2e-13


def relative_error(modes: tuple[np.ndarray, np.ndarray], balls: tuple[arb, arb], frequency: float) -> float:
    """The error of one position and velocity; 0 where the exact state has underflowed."""
    (position, velocity), middles = modes, [float(ball.mid()) for ball in balls]
    size = np.hypot(middles[0], middles[1] / frequency)
    errors = largest_distance(balls[:1], position), largest_distance(balls[1:], velocity) / frequency
    return max(errors) / size if size > 1e-280 else 0.0


@given(h=st.floats(-3, 50), x=starts, t=st.floats(0, 40))
def test_gradient_descent_is_enclosed(h: float, x: float, t: float) -> None:
    error = relative_error(exponential_decay(h, x, [t]), enclose_gradient_descent(h, x, t), abs(h) + 1)
    assert error <= UNIT * (1 + abs(h) * t)


@settings(max_examples=50)
@given(
    h=st.one_of(st.floats(0, 50), st.floats(-1, 1).map(lambda e: 1 + e * 1e-8)), x=starts, v=starts, t=st.floats(0, 60)
)
def test_heavy_ball_is_enclosed(h: float, x: float, v: float, t: float) -> None:
    frequency = 1 + np.sqrt(h)
    error = relative_error(damped_oscillator(h, x, v, 1.0, [t]), enclose_heavy_ball(h, x, v, 1.0, t), frequency)
    # The two parts of x(0) and x'(0) may cancel, by as much as the motion is critical.
    cancelled = (abs(x) + abs(v)) * (1 + t) ** 2 * np.exp(-t) / max(1e-300, np.hypot(*_sizes(h, x, v, t, frequency)))
    assert error <= UNIT * (1 + frequency * t) * max(1.0, cancelled)


def _sizes(h: float, x: float, v: float, t: float, frequency: float) -> tuple[float, float]:
    position, velocity = enclose_heavy_ball(h, x, v, 1.0, t)
    return float(position.mid()), float(velocity.mid()) / frequency


@settings(max_examples=200)
@given(
    gamma=st.one_of(st.floats(0.01, 3), st.floats(3, 20), st.floats(20, 500), st.sampled_from([1.0, 2.0, 3.0, 6.0])),
    h=st.floats(-2, 3).map(lambda exponent: 10.0**exponent),
    z=st.floats(-3, 4).map(lambda exponent: 10.0**exponent),
    x=starts,
)
def test_nesterov_is_enclosed(gamma: float, h: float, z: float, x: float) -> None:
    t = z / np.sqrt(h)
    error = relative_error(bessel_oscillator(h, x, gamma, [t]), enclose_nesterov(h, x, gamma, t), np.sqrt(h))
    assert error <= UNIT * (1 + z)


@settings(max_examples=50)
@given(gamma=st.floats(0.01, 500), h=st.floats(-20, 0), t=st.floats(0, 20))
def test_nesterov_grows_below_zero(gamma: float, h: float, t: float) -> None:
    """An eigenvalue that is 0 up to rounding may come out negative."""
    position, velocity = bessel_oscillator(h, 1.0, gamma, [t])
    exact = enclose_nesterov(h, 1.0, gamma, t)
    assert largest_distance(exact[:1], position) <= UNIT * (1 + abs(h) * t) * abs(float(exact[0].mid()))
    assert largest_distance(exact[1:], velocity) <= UNIT * (1 + abs(h) * t) * abs(float(exact[1].mid())) + 1e-300


@pytest.mark.parametrize("gamma", [0.01, 0.5, 1.0, 2.0, 6.0, 40.0, 500.0])
def test_nesterov_starts_from_rest(gamma: float) -> None:
    times = np.array([0.0, 1e-300, 1e-160, 1e-8, 1e-3])
    positions, velocities = bessel_oscillator([0.0, 4.0], [5.0, 3.0], gamma, times)
    assert positions[:, 0].tolist() == [5.0] * 5
    assert velocities[:, 0].tolist() == [0.0] * 5
    np.testing.assert_allclose(velocities[1:, 1], -12 * times[1:] / (1 + gamma), rtol=1e-5)
    assert positions[0, 1] == 3


@given(seed=seeds, gamma=st.floats(0.1, 12), unit=st.floats(0.1, 10))
def test_nesterov_has_one_unit_of_time(seed: int, gamma: float, unit: float) -> None:
    generator = np.random.default_rng(seed)
    kernel, error = random_kernel(3, 0.5, 9, generator), generator.standard_normal(3)
    times = np.linspace(0, 9, 10)
    path = nesterov_closed_form(kernel, error, gamma, times)
    faster = nesterov_closed_form(unit**2 * kernel, error, gamma, times / unit)
    np.testing.assert_allclose(faster.errors, path.errors, atol=1e-11)
    np.testing.assert_allclose(faster.velocities, unit * path.velocities, atol=1e-11 * unit)


def fastest_root(h: float, frictions: list[float]) -> float:
    return float(max(abs(np.roots([1.0, *reversed(frictions), h]))))


@settings(max_examples=100)
@given(
    h=st.floats(-4, 3).map(lambda exponent: 10.0**exponent),
    b_1=st.floats(-2, 2).map(lambda exponent: 10.0**exponent),
    b_2=st.floats(-2, 2).map(lambda exponent: 10.0**exponent),
    clock=st.floats(-3, 2).map(lambda exponent: 10.0**exponent),
)
def test_two_momenta_are_enclosed(h: float, b_1: float, b_2: float, clock: float) -> None:
    frequency = fastest_root(h, [b_1, b_2])
    t = clock / frequency
    error = relative_error(
        exponential_sum(h, [1.0], [b_1, b_2], [t]), enclose_momenta(h, [1.0], [b_1, b_2], t), frequency
    )
    # By the factor clock^3 a triple root spreads what is wrong in the last digit of h.
    assert error <= UNIT * (1 + clock + clock**3 / 6 * near_triple(h, b_1, b_2))


def near_triple(h: float, b_1: float, b_2: float) -> bool:
    roots = np.roots([1.0, b_2, b_1, h])
    gaps = abs(roots - np.roll(roots, 1))
    return bool(np.min(gaps) < 0.2 * np.max(abs(roots)))


@settings(max_examples=60)
@given(
    root=st.floats(0.2, 5),
    gap=st.one_of(st.just(0.0), st.floats(-16, -1).map(lambda exponent: 10.0**exponent)),
    start=st.tuples(starts, starts, starts),
    clock=st.floats(-2, 1.3).map(lambda exponent: 10.0**exponent),
)
def test_roots_that_nearly_agree_are_enclosed(
    root: float, gap: float, start: tuple[float, float, float], clock: float
) -> None:
    h, frictions, t = root**3 * (1 + gap), [3 * root**2, 3 * root], clock / root
    scaled = [value * root**k for k, value in enumerate(start)]
    position, velocity = exponential_sum(h, scaled, frictions, [t])
    exact = enclose_momenta(h, scaled, frictions, t)
    size = (1 + clock) ** 2 * np.exp(-clock) * max(map(abs, start))
    growth = np.exp(clock * abs(gap) ** (1 / 3))
    tolerance = 1e-14 * (1 + clock) ** 3 * size * growth + 1e-300
    assert largest_distance(exact[:1], position) <= tolerance
    assert largest_distance(exact[1:], velocity) <= tolerance * root


@pytest.mark.parametrize("momenta", [2, 3, 4])
@pytest.mark.parametrize("gap", [0.0, 1e-9, 1e-4, 1e-2, 0.05])
def test_roots_that_nearly_agree_are_enclosed_at_late_times(momenta: int, gap: float) -> None:
    """A root of multiplicity n spreads what is wrong in the last digit of h by the factor t^n."""
    coefficients = np.poly([-1 - gap * k for k in range(momenta + 1)])
    h, frictions = float(coefficients[-1]), coefficients[-2:0:-1].tolist()
    for t in (30.0, 100.0, 200.0):
        found = exponential_sum([h], [1.0, -0.5], frictions, [t])
        position, velocity = enclose_momenta(h, [1.0, -0.5], frictions, t)
        size = abs(float(position.mid())) + abs(float(velocity.mid()))
        tolerance = 1e-16 * t ** (momenta + 1) * size
        assert largest_distance([position], found[0]) <= tolerance
        assert largest_distance([velocity], found[1]) <= tolerance


@pytest.mark.parametrize("h", [0.0, 1e-12, 1e-6, 1e-2])
def test_momenta_keep_their_accuracy_for_a_soft_mode_over_a_long_time(h: float) -> None:
    times = np.array([1.0, 1e3, 1e6])
    positions, _ = exponential_sum([h], [1.0], [1.0, 1.0], times)
    for row, t in enumerate(times.tolist()):
        exact, _ = enclose_momenta(h, [1.0], [1.0, 1.0], t)
        if float(exact.mid()) > 1e-280:
            assert largest_distance([exact], positions[row]) <= 1e-12 * (1 + h * t) * float(exact.mid())


def test_a_slow_root_beside_fast_ones_is_known_to_its_own_rounding() -> None:
    """The roots are near -1e3, -5e-3 and -2e-10: rounding relative to the first would be larger than the last."""
    h, frictions = 1e-9, [5.0, 1e3]
    for t in (1.0, 1e3, 1e10):
        position, velocity = exponential_sum([h], [1.0], frictions, [t])
        exact = enclose_momenta(h, [1.0], frictions, t)
        assert largest_distance(exact[:1], position) <= 1e-12 * float(exact[0].mid())
        assert largest_distance(exact[1:], velocity) <= 1e-11 * abs(float(exact[1].mid()))


def test_a_triple_root_underflows_to_zero() -> None:
    positions, velocities = exponential_sum([8.0], [1.0], [12.0, 6.0], [1e3, 1e6])
    assert not positions.any()
    assert not velocities.any()


def test_a_mode_without_forces_moves_on() -> None:
    positions, velocities = exponential_sum([0.0], [1.0, 2.0, 4.0], [0.0, 0.0], [0.0, 5.0])
    assert positions.ravel().tolist() == [1.0, 61.0]
    assert velocities.ravel().tolist() == [2.0, 22.0]


def test_no_times_no_rows() -> None:
    for positions, velocities in (
        exponential_decay([1.0, 2.0], 1.0, []),
        bessel_oscillator([1.0, 2.0], 1.0, 3.0, []),
        exponential_sum([1.0, 2.0], [1.0], [3.0, 3.0], []),
    ):
        assert positions.shape == velocities.shape == (0, 2)


def test_three_momenta_are_enclosed() -> None:
    frictions, start = [4.0, 6.0, 3.0], [1.0, -1.0, 0.5, 2.0]
    for t in (0.0, 0.1, 1.0, 9.0):
        position, velocity = exponential_sum(2.0, start, frictions, [t])
        exact = enclose_momenta(2.0, start, frictions, t)
        assert largest_distance(exact[:1], position) <= 1e-13
        assert largest_distance(exact[1:], velocity) <= 1e-13


@given(seed=seeds, alpha=st.floats(0.1, 3))
def test_one_momentum_is_heavy_ball_and_none_gradient_descent(seed: int, alpha: float) -> None:
    generator = np.random.default_rng(seed)
    kernel, times = random_kernel(3, 0.1, 20, generator), np.linspace(0, 6, 13)
    error, velocity = generator.standard_normal((2, 3))
    one = momenta_closed_form(kernel, [error, velocity], [2 * alpha], times)
    heavy = heavy_ball_closed_form(kernel, error, velocity, alpha, times)
    np.testing.assert_allclose(one.errors, heavy.errors, atol=1e-11)
    np.testing.assert_allclose(one.velocities, heavy.velocities, atol=1e-10)
    none = momenta_closed_form(kernel, [error], [], times)
    descent = gradient_descent_closed_form(kernel, error, times)
    np.testing.assert_allclose(none.errors, descent.errors, atol=1e-12)
    np.testing.assert_allclose(none.velocities, descent.velocities, atol=1e-11)


def test_modes_and_times_are_rows_and_columns_of_one_table() -> None:
    stiffness, times = np.array([0.5, 1.0, 7.0]), np.array([3.0, 0.0, 1.0])
    for solve in (
        lambda h, x, t: exponential_decay(h, x, t),
        lambda h, x, t: bessel_oscillator(h, x, 5.0, t),
        lambda h, x, t: exponential_sum(h, [x], [3.0, 3.0], t),
    ):
        table = solve(stiffness, np.array([1.0, 2.0, 3.0]), times)
        for row, column in ((0, 1), (1, 0), (2, 2)):
            single = solve(stiffness[column], column + 1.0, times[row : row + 1])
            for whole, part in zip(table, single, strict=True):
                assert whole.shape == (3, 3)
                np.testing.assert_allclose(whole[row, column], part[0, 0], rtol=1e-13, atol=1e-15)


@given(seed=seeds)
def test_a_rotation_of_the_errors_rotates_the_solutions(seed: int) -> None:
    """No sum over modes has lost its place."""
    generator = np.random.default_rng(seed)
    kernel, error = random_kernel(4, 0.2, 5, generator), generator.standard_normal(4)
    rotation = np.linalg.qr(generator.standard_normal((4, 4)))[0]
    turned, times = rotation @ kernel @ rotation.T, np.linspace(0, 3, 4)
    for solve in (
        gradient_descent_closed_form,
        lambda H, e, t: nesterov_closed_form(H, e, 4.0, t),
        lambda H, e, t: momenta_closed_form(H, [e], [2.0, 2.0], t),
    ):
        straight = solve(kernel, error, times).errors @ rotation.T
        np.testing.assert_allclose(solve(turned, rotation @ error, times).errors, straight, atol=1e-12)


# --- Newton ---------------------------------------------------------------------------------------------------------


def awake_gradients(inputs: np.ndarray, neurons: int, generator: np.random.Generator) -> np.ndarray:
    """J_r of the two-layer network: a_r/sqrt(m) times the inputs on which the neuron is awake."""
    weights = generator.standard_normal((neurons, inputs.shape[1]))
    awake = inputs @ weights.T >= 0
    signs = generator.choice([-1.0, 1.0], neurons)
    return np.einsum("r,ir,ij->rij", signs, awake, inputs) / np.sqrt(neurons)


@given(seed=seeds, neurons=st.integers(1, 8), rows=st.integers(1, 6), columns=st.integers(1, 6))
def test_the_projectors_keep_to_what_is_claimed_of_them(seed: int, neurons: int, rows: int, columns: int) -> None:
    """0 <= S <= m, and (m/n) H <= S, as `projector_and_kernel` says, singular blocks included."""
    generator = np.random.default_rng(seed)
    inputs = generator.standard_normal((rows, columns))
    inputs /= np.linalg.norm(inputs, axis=1, keepdims=True)
    gradients = awake_gradients(inputs, neurons, generator)
    total = sum_of_projectors(gradients)
    kernel = np.einsum("rij,rkj->ik", gradients, gradients)
    np.testing.assert_allclose(total, total.T, atol=1e-12)
    assert np.linalg.eigvalsh(total)[-1] <= neurons + 1e-9
    assert np.linalg.eigvalsh(total - neurons / rows * kernel)[0] >= -1e-9


@given(seed=seeds)
def test_the_projector_of_a_regular_block_is_that_of_the_inverse(seed: int) -> None:
    generator = np.random.default_rng(seed)
    block = generator.standard_normal((5, 3))
    inverse = block @ np.linalg.inv(block.T @ block) @ block.T
    np.testing.assert_allclose(sum_of_projectors([block]), inverse, atol=1e-8)
    np.testing.assert_allclose(sum_of_projectors([7.0 * block, -block]), 2 * inverse, atol=1e-8)


@given(seed=seeds, neurons=st.integers(1, 9))
def test_orthonormal_inputs_fall_at_the_number_of_awake_neurons(seed: int, neurons: int) -> None:
    generator = np.random.default_rng(seed)
    gradients = awake_gradients(np.eye(4), neurons, generator)
    awake = np.count_nonzero(np.einsum("rii->ri", gradients), axis=0)
    times, error = np.linspace(0, 1, 5), generator.standard_normal(4)
    path = newton_closed_form(gradients, error, times)
    np.testing.assert_allclose(path.errors, error * np.exp(-np.multiply.outer(times, awake)), atol=1e-12)


# --- what makes no sense --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gamma", [0.0, -1.0, np.nan, np.inf, 501.0])
def test_a_gamma_without_sense_is_refused(gamma: float) -> None:
    with pytest.raises(ValueError, match="gamma"):
        bessel_oscillator([1.0], [1.0], gamma, [1.0])


def test_other_arguments_without_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="times"):
        exponential_decay([1.0], [1.0], [-1.0])
    with pytest.raises(ValueError, match="length"):
        gradient_descent_closed_form(np.eye(2), [1.0], [1.0])
    with pytest.raises(ValueError, match="symmetric"):
        nesterov_closed_form([[1.0, 2.0], [0.0, 1.0]], [1.0, 1.0], 3.0, [1.0])
    with pytest.raises(ValueError, match="initial values"):
        momenta_closed_form(np.eye(1), [[1.0]] * 4, [1.0, 1.0], [1.0])
    with pytest.raises(ValueError, match="frictions"):
        exponential_sum([1.0], [1.0], [np.nan, 1.0], [1.0])
    with pytest.raises(ValueError, match="one shape"):
        sum_of_projectors([])
    with pytest.raises(ValueError, match="one shape"):
        sum_of_projectors([np.eye(2), np.eye(3)])
