"""Training in Gram space against the plain iteration on the weights, and what is observed on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from scipy.linalg import expm
from scipy.special import gamma as scipy_gamma
from scipy.special import jv

from proofcheck.numerics import (
    Data,
    GradientDescent,
    HeavyBall,
    Method,
    Nesterov,
    Network,
    Newton,
    Run,
    SmallNetwork,
    TwoMomenta,
    arc_cosine_kernel,
    heavy_ball_closed_form,
    predictions,
    random_sphere_points,
    tangent_kernel,
    train,
    train_by_flips,
)
from proofcheck.numerics.layers import Layer

METHODS = [GradientDescent(), HeavyBall(friction=0.8), Nesterov(gamma=3.5), TwoMomenta(b_1=2.0, b_2=1.5), Newton()]
EVERYTHING = ["losses", "pseudo_losses", "errors", "distances", "flips", "kernel_distance", "smallest_eigenvalue"]


def gradient(weights: np.ndarray, signs: np.ndarray, data: Data) -> np.ndarray:
    awake = weights @ data.inputs.T >= 0
    error = predictions(weights, signs, data.inputs) - data.targets
    return signs[:, None] / np.sqrt(len(weights)) * ((awake * error) @ data.inputs)


def newton_step(weights: np.ndarray, signs: np.ndarray, data: Data) -> np.ndarray:
    """(J_r* J_r)^+ J_r* Delta for each neuron, as the shortest solution of least squares."""
    error = predictions(weights, signs, data.inputs) - data.targets
    step = np.zeros_like(weights)
    for r, w in enumerate(weights):
        jacobian = signs[r] / np.sqrt(len(weights)) * ((data.inputs @ w >= 0)[:, None] * data.inputs)
        step[r] = np.linalg.lstsq(jacobian, error, rcond=1e-6)[0]
    return step


def plain_iteration(
    weights: np.ndarray, signs: np.ndarray, data: Data, method: Method, eta: float
) -> Iterator[np.ndarray]:
    """The recursions as the paper prints them, on the weights."""
    w = before = earlier = v = weights
    k = 0
    while True:
        yield w
        moved = w - eta * gradient(w, signs, data)
        match method:
            case GradientDescent():
                after = moved
            case HeavyBall(friction):
                after = moved + (1 - friction * np.sqrt(eta)) * (w - before)
            case Nesterov(gamma):
                # The paper counts from 1, with v(1) = w(1).
                after = moved + (k + 1 - 1) / (k + 1 + gamma - 1) * (moved - v)
                v = moved
            case TwoMomenta(b_1, b_2):
                h = np.cbrt(eta)
                after = moved + (2 - b_2 * h - b_1 * h**2) * (w - before) + (-1 + b_2 * h) * (before - earlier)
            case Newton():
                after = w - eta * newton_step(w, signs, data)
            case _:
                raise AssertionError(method)
        w, before, earlier = after, w, before
        k += 1


@pytest.mark.parametrize("method", METHODS, ids=repr)
@pytest.mark.parametrize(("count", "dimension", "width"), [(4, 10, 60), (3, 2, 40), (9, 3, 50), (1, 1, 5)])
def test_gram_space_agrees_with_the_plain_iteration(method: Method, count: int, dimension: int, width: int) -> None:
    """Flips included: the data are few neurons with large targets, so that there are many."""
    generator = np.random.default_rng(count)
    data = Data(random_sphere_points(count, dimension, generator), generator.uniform(-4, 4, count), "few")
    network, eta, steps = Network(width, (3, 8)), 0.02, 150
    run = train(data, network, method, eta, steps, record_every=25, observe=EVERYTHING)
    assert np.max(run.flips) > 0.01 or count == 1
    for row, seed in enumerate(network.seeds):
        first, signs = network.draw(seed, dimension)
        iteration = plain_iteration(first, signs, data, method, eta)
        for k, weights in zip(range(steps + 1), iteration, strict=False):
            if k % 25:
                continue
            column = k // 25
            error = predictions(weights, signs, data.inputs) - data.targets
            kernel, kernel_first = tangent_kernel(weights, data.inputs), tangent_kernel(first, data.inputs)
            # K_AA in place of X_A squares the condition numbers of Newton's blocks, which are singular or nearly so.
            rounding = (1e-8 if method == Newton() else 1e-11) * np.max(np.abs(run.errors[row])) ** 2
            np.testing.assert_allclose(run.errors[row, column], error, rtol=0, atol=rounding)
            np.testing.assert_allclose(run.losses[row, column], error @ error / 2, rtol=0, atol=rounding)
            pseudo_loss = error @ kernel @ error / 2
            np.testing.assert_allclose(run.pseudo_losses[row, column], pseudo_loss, rtol=0, atol=10 * rounding)
            distance = np.max(np.linalg.norm(weights - first, axis=1))
            np.testing.assert_allclose(run.distances[row, column], distance, rtol=1e-7, atol=1e-11)
            flips = np.mean((weights @ data.inputs.T >= 0) != (first @ data.inputs.T >= 0))
            assert run.flips[row, column] == pytest.approx(flips, abs=1e-15)
            moved = np.linalg.norm(kernel - kernel_first, 2)
            np.testing.assert_allclose(run.kernel_distance[row, column], moved, atol=1e-13)
            smallest = np.linalg.eigvalsh(kernel)[0]
            np.testing.assert_allclose(run.smallest_eigenvalue[row, column], smallest, atol=1e-13)


def spheres(count: int, dimension: int, seed: int, size: float = 1.0) -> Data:
    generator = np.random.default_rng(seed)
    return Data(random_sphere_points(count, dimension, generator), generator.uniform(-size, size, count), "spheres")


def test_a_neuron_that_is_not_followed_has_not_flipped() -> None:
    """Where few neurons are followed, the numbers are still those of the plain iteration."""
    data, width, eta, steps = spheres(3, 6, 1), 20_000, 0.01, 60
    weights, signs = Network(width, (5,)).draw(5, data.dimension)
    layer = Layer(data, weights, signs, HeavyBall(0.7), eta)
    for k, plain in zip(range(steps + 1), plain_iteration(weights, signs, data, HeavyBall(0.7), eta), strict=False):
        if k:
            layer.step()
        flips = np.mean((plain @ data.inputs.T >= 0) != (weights @ data.inputs.T >= 0))
        assert layer.flips() == pytest.approx(flips, abs=1e-12)
    np.testing.assert_allclose(layer.error, predictions(plain, signs, data.inputs) - data.targets, rtol=0, atol=1e-12)
    assert 0.02 < layer.followed < 0.3
    assert layer.flips() > 0


def test_an_infinitely_wide_network_follows_the_closed_form() -> None:
    """H moves by O(1 / sqrt m), and Heavy Ball is a discretisation of first order: a few per cent at these sizes."""
    data, friction, eta = spheres(4, 5, 2), 1.2, 1e-4
    network = Network(200_000, (0, 1))
    run = train(data, network, HeavyBall(friction), eta, 1000, 100, ["errors", "kernel_distance"])
    for row, seed in enumerate(network.seeds):
        weights, _ = network.draw(seed, data.dimension)
        kernel, first = tangent_kernel(weights, data.inputs), run.errors[row, 0]
        path = heavy_ball_closed_form(kernel, first, np.zeros(4), friction / 2, run.times)
        np.testing.assert_allclose(run.errors[row], path.errors, rtol=0, atol=0.02 * np.linalg.norm(first))
        infinite = heavy_ball_closed_form(arc_cosine_kernel(data.inputs), first, np.zeros(4), friction / 2, run.times)
        np.testing.assert_allclose(run.errors[row], infinite.errors, rtol=0, atol=0.03 * np.linalg.norm(first))
    assert np.max(run.kernel_distance) < 0.01


def test_small_steps_approach_the_flow_from_flip_to_flip() -> None:
    """Of first order, flips and all: a tenth of the step leaves a tenth of the difference."""
    data, network, alpha = spheres(4, 5, 11, 3.0), Network(30, (3,)), 0.4
    weights, signs = network.draw(3, data.dimension)
    flow = train_by_flips(SmallNetwork(weights, signs, data.inputs, data.targets), alpha, np.linspace(0, 8, 9))
    assert len(flow.flips) > 5
    apart = []
    for step in (1e-2, 1e-3):
        run = train(data, network, HeavyBall(2 * alpha), step**2, round(8 / step), round(1 / step), ["errors", "flips"])
        np.testing.assert_allclose(run.times, flow.path.times, atol=1e-9)
        apart.append(np.max(np.abs(run.errors[0] - flow.path.errors)))
    assert apart[0] < 0.05
    assert 0.07 < apart[1] / apart[0] < 0.15
    flipped = np.mean(flow.trained.activations() != (weights @ data.inputs.T >= 0))
    assert run.flips[0, -1] == pytest.approx(flipped)


def test_wide_gradient_descent_follows_the_exponential() -> None:
    data, eta, network = spheres(4, 5, 2), 1e-3, Network(100_000, (3,))
    run = train(data, network, GradientDescent(), eta, 4000, 400, ["errors"])
    kernel, first = arc_cosine_kernel(data.inputs), run.errors[0, 0]
    for time, error in zip(run.times, run.errors[0], strict=True):
        np.testing.assert_allclose(error, expm(-kernel * time) @ first, rtol=0, atol=0.02 * np.linalg.norm(first))


@pytest.mark.parametrize("gamma", [3.0, 7.0])
def test_wide_nesterov_follows_the_bessel_function(gamma: float) -> None:
    """One sample: Delta'' + (gamma/t) Delta' + h Delta = 0 from rest is a Bessel function, of order (gamma - 1)/2."""
    data, eta, network = Data([[1.0]], [1.0], "one"), 1e-4, Network(100_000, (3,))
    run = train(data, network, Nesterov(gamma), eta, 1500, 100, ["errors", "smallest_eigenvalue"])
    order, phase = (gamma - 1) / 2, np.sqrt(run.smallest_eigenvalue[0, 0]) * run.times[1:]
    shape = scipy_gamma(order + 1) * (2 / phase) ** order * jv(order, phase)
    np.testing.assert_allclose(run.errors[0, 1:, 0] / run.errors[0, 0, 0], shape, rtol=0, atol=0.02)


@pytest.mark.parametrize(("share", "grows"), [(1.5, False), (0.6, True)])
def test_two_momenta_decay_up_to_the_boundary_of_routh_and_hurwitz(share: float, grows: bool) -> None:
    """b_1 b_2 is a share of the largest eigenvalue of H, in a finite network: see `two_momenta_grow`."""
    data, network = spheres(3, 4, 3), Network(50_000, (1,))
    weights, _ = network.draw(1, 4)
    largest = np.linalg.eigvalsh(tangent_kernel(weights, data.inputs))[-1]
    b = np.sqrt(share * largest)
    run = train(data, network, TwoMomenta(b, b), 1e-6, 3500, 100, ["losses", "kernel_distance"])
    early, late = np.max(run.losses[0, 5:15]), np.max(run.losses[0, 25:])
    assert late > 2 * early if grows else late < early / 2
    assert np.max(run.kernel_distance) < 0.1 * largest


def test_newton_step_of_size_one_diverges_and_puts_all_neurons_to_sleep() -> None:
    """The network of `flow_of_the_printed_step`: x = a = w_r = 1, y = 2 sqrt m; the loss ends four times as large."""
    m = 9
    data = Data([[1.0]], [2 * np.sqrt(m)], "one")
    layer = Layer(data, np.ones((m, 1)), np.ones(m), Newton(), 1.0)
    losses = [float(layer.error @ layer.error) / 2]
    for _ in range(4):
        layer.step()
        losses.append(float(layer.error @ layer.error) / 2)
    np.testing.assert_allclose(np.array(losses) / losses[0], [1, (m - 1) ** 2, 4, 4, 4])
    assert layer.flips() == 1


@pytest.mark.parametrize("width", [50, 400])
def test_newton_diverges_with_size_one_and_converges_with_size_one_over_the_width(width: float) -> None:
    data, network = spheres(4, 6, 4), Network(int(width), (0, 1, 2))
    run = train(data, network, Newton(), 1.0, 1, 1)
    assert np.all(run.losses[:, 1] > 10 * run.losses[:, 0])
    damped = train(data, network, Newton(), 1 / width, 200, 1)
    assert np.all(np.diff(damped.losses, axis=1) <= 1e-12 * damped.losses[:, :1])
    assert np.all(damped.losses[:, -1] < 1e-3 * damped.losses[:, 0])


@pytest.mark.parametrize("method", [HeavyBall(0.9), Nesterov(4.5)], ids=repr)
def test_energies_and_their_jumps_against_the_weights(method: Method) -> None:
    """V before and after the flips of each step, from the weights; the sums between records are those of the jumps."""
    data, network, eta, steps = spheres(5, 6, 6, 3.0), Network(40, (2,)), 0.01, 120
    run = train(data, network, method, eta, steps, 10, ["energy", "jumps", "rises"])
    first, signs = network.draw(2, data.dimension)
    h, jumps, rises, weights = np.sqrt(eta), 0.0, 0.0, None
    for k, after in zip(range(steps + 1), plain_iteration(first, signs, data, method, eta), strict=False):
        earlier, weights = (first if weights is None else weights), after
        error = predictions(after, signs, data.inputs) - data.targets
        velocities = (after - earlier) @ data.inputs.T / h

        def energy(of: np.ndarray, error: np.ndarray = error, moved: np.ndarray = velocities, k: int = k) -> float:
            awake = of @ data.inputs.T >= 0
            velocity = signs @ (awake * moved) / np.sqrt(len(signs))
            return method.energy(k * h, error, velocity, tangent_kernel(of, data.inputs) @ error)

        jump = energy(after) - energy(earlier)
        jumps, rises = jumps + jump, rises + max(jump, 0)
        if k % 10 == 0:
            assert run.energy[0, k // 10] == pytest.approx(energy(after), rel=1e-9)
            assert run.jumps[0, k // 10] == pytest.approx(jumps, rel=1e-6, abs=1e-10)
            assert run.rises[0, k // 10] == pytest.approx(rises, rel=1e-6, abs=1e-10)
            jumps = rises = 0.0
    assert np.max(run.rises) > 0
    assert np.min(run.jumps) < 0


def test_what_is_unknown_or_out_of_range_is_refused() -> None:
    data, network = spheres(2, 3, 0), Network(5, (0,))
    with pytest.raises(ValueError, match="unknown observations accuracy"):
        train(data, network, GradientDescent(), 0.1, 1, 1, ["accuracy"])
    for eta, steps, every in ((0.1, -1, 1), (0.1, 1, 0), (0.0, 1, 1), (np.inf, 1, 1)):
        with pytest.raises(ValueError, match="expected"):
            train(data, network, GradientDescent(), eta, steps, every)
    for name in ("energy", "jumps"):
        with pytest.raises(ValueError, match="no energy is known"):
            train(data, network, TwoMomenta(1, 1), 0.1, 0, 1, [name])
    with pytest.raises(ValueError, match="gamma >= 3"):
        train(data, network, Nesterov(2.9), 0.1, 0, 1, ["energy"])
    with pytest.raises(ValueError, match="too large for the friction"):
        train(data, network, HeavyBall(2.0), 1.0, 1, 1)
    with pytest.raises(AttributeError, match="'flips' was not observed"):
        train(data, network, GradientDescent(), 0.1, 1, 1).flips  # noqa: B018
    for width, seeds in ((0, (1,)), (3, ()), (3, (1, 1))):
        with pytest.raises(ValueError, match="expected"):
            Network(width, seeds)
    for make in (lambda: HeavyBall(0), lambda: Nesterov(-1), lambda: TwoMomenta(0, 1)):
        with pytest.raises(ValueError, match="positive"):
            make()


def test_a_loss_beyond_all_bounds_is_an_error() -> None:
    with pytest.raises(OverflowError, match="in step"):
        train(spheres(3, 4, 0), Network(200, (0,)), GradientDescent(), 100.0, 10_000, 10_000)


def test_records_come_at_the_start_then_regularly_and_at_the_end() -> None:
    run = train(spheres(2, 3, 0), Network(5, (0,)), HeavyBall(1.0), 0.04, 7, 3)
    np.testing.assert_allclose(run.times, [0, 0.6, 1.2, 1.4])
    assert train(spheres(2, 3, 0), Network(5, (0,)), HeavyBall(1.0), 0.04, 0, 3).losses.shape == (1, 1)


def test_progress_is_reported_over_all_seeds() -> None:
    heard: list[tuple[int, int | None]] = []
    train(spheres(2, 3, 0), Network(5, (0, 1)), GradientDescent(), 0.1, 4, 2, report=lambda *done: heard.append(done))
    assert heard[-1] == (8, 8)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)


def test_an_interrupted_run_keeps_the_seeds_that_are_done(tmp_path: Path) -> None:
    data, names = spheres(2, 3, 0), ["losses", "errors"]

    def trained(seeds: tuple[int, ...], eta: float = 0.1, stop: int | None = None) -> Run:
        def report(done: int, total: int | None) -> None:
            steps_heard.append(done)
            if stop is not None and done >= stop:
                raise KeyboardInterrupt

        return train(data, Network(6, seeds), GradientDescent(), eta, 10, 5, names, report, tmp_path)

    steps_heard: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        trained((0, 1, 2), stop=25)
    assert len(list(tmp_path.iterdir())) == 2
    plain = train(data, Network(6, (0, 1, 2)), GradientDescent(), 0.1, 10, 5, names)
    steps_heard.clear()
    again = trained((0, 1, 2))
    # Two seeds are found, which is heard of once each; the third is trained.
    assert steps_heard == [10, 20, 20, 25, 30, 30]
    assert np.array_equal(again.losses, plain.losses)
    assert np.array_equal(again.errors, plain.errors)
    trained((0,), eta=0.2)
    assert len(list(tmp_path.iterdir())) == 4
