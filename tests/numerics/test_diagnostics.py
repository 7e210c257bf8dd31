"""The rates of the energies, laziness, and the bound on a run after the fact."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofcheck.numerics import (
    Data,
    GradientDescent,
    HeavyBall,
    Network,
    Run,
    TwoMomenta,
    certificate,
    laziness,
    load,
    random_kernel,
    train,
)
from proofcheck.numerics.diagnostics import CERTIFICATE, LAZINESS
from proofcheck.results import Verdict

CERTIFIED = [*CERTIFICATE, "losses"]


@given(seed=st.integers(0, 10**6), alpha=st.floats(0.1, 3), smallest=st.floats(0.01, 20))
def test_the_rate_of_heavy_ball_holds_for_any_kernel_above(seed: int, alpha: float, smallest: float) -> None:
    generator = np.random.default_rng(seed)
    kernel = random_kernel(3, smallest, smallest + generator.uniform(0, 10), generator)
    error, velocity = generator.standard_normal((2, 3))
    energy = HeavyBall(2 * alpha).energy(0.0, error, velocity, kernel @ error)
    slope = -alpha * (error @ kernel @ error + alpha * velocity @ error + velocity @ velocity)
    rate = HeavyBall(2 * alpha).rate(np.array(smallest))
    assert slope <= -rate * energy + 1e-9 * (1 + abs(slope) + abs(rate) * energy)


@pytest.mark.parametrize(("alpha", "h"), [(1.0, 1.0), (0.5, 2.0), (2.0, 1.5)])
def test_the_rate_of_heavy_ball_is_the_best(alpha: float, h: float) -> None:
    directions = np.linspace(-5, 5, 200_001)
    energies = (h + (alpha + directions) ** 2) / 2
    slopes = -alpha * (h + alpha * directions + directions**2)
    assert np.min(-slopes / energies) == pytest.approx(HeavyBall(2 * alpha).rate(np.array(h)), rel=1e-6)


def test_no_rate_is_made_up() -> None:
    with pytest.raises(ValueError, match="no rate is known"):
        TwoMomenta(1, 1).rate(np.array([1.0]))


@pytest.mark.parametrize(("width", "size"), [(30, 3.0), (1000, 1.0)])
def test_the_bound_after_the_fact_holds_up_to_the_step(width: int, size: float) -> None:
    data = load("spheres", 5, 2)
    data = Data(data.inputs, size * data.targets, "larger")
    method = HeavyBall(np.sqrt(2 * data.lambda_0))
    step = 0.01
    run = train(data, Network(width, (0, 1)), method, step**2, 1500, 1, CERTIFIED)
    found = certificate(method, run)
    assert found.verdict is Verdict.SAMPLED
    assert np.all(found.worst <= 1 + 5 * step)
    assert np.all(run.losses <= (1 + 5 * step) * found.bounds / run.smallest_eigenvalue)
    # It says something: the bound decays, and jumps upward were there.
    assert np.all(found.bounds[:, -1] < 0.1 * found.bounds[:, 0])
    assert np.any(run.rises > 0)


def test_an_energy_above_what_was_seen_is_noticed() -> None:
    data = load("spheres", 5, 2)
    run = train(data, Network(300, (0, 1)), GradientDescent(), 0.01, 300, 1, CERTIFIED)
    energy = run.energy.copy()
    energy[1, 200] *= 10
    worst = certificate(GradientDescent(), Run(run.times, {**run.observed, "energy": energy}, run.seeds)).worst
    assert worst[0] <= 1.01
    assert worst[1] > 5
    lost = {**run.observed, "smallest_eigenvalue": run.smallest_eigenvalue - 1}
    with pytest.raises(ValueError, match="positive spectrum"):
        certificate(GradientDescent(), Run(run.times, lost, run.seeds))


def test_gradient_descent_after_the_fact() -> None:
    data = load("spheres", 5, 2)
    run = train(data, Network(300, (0, 1, 2)), GradientDescent(), 0.01, 800, 1, CERTIFIED)
    assert np.all(run.rises == 0)
    assert np.all(certificate(GradientDescent(), run).worst <= 1.01)


def test_a_wide_network_is_lazy_and_a_narrow_one_is_not() -> None:
    data = load("spheres", 4, 1)
    method = HeavyBall(np.sqrt(2 * data.lambda_0))
    wide, narrow = (
        laziness(data, network, train(data, network, method, 1e-3, 400, 10, LAZINESS))
        for network in (Network(100_000, (0,)), Network(20, (0,)))
    )
    assert np.all(wide.farthest < wide.proved_radius)
    assert np.all(wide.proved_radius < wide.printed_radius)
    assert np.all(wide.kernel_moved < wide.quarter)
    assert np.all(wide.smallest > wide.half)
    assert np.all(wide.flips < 0.01)
    assert np.all(narrow.kernel_moved > narrow.quarter)
    assert np.all(narrow.farthest > 10 * wide.farthest)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_where_the_start_is_good_the_network_keeps_to_what_is_proved(seed: int) -> None:
    """`loss_of_the_network` and `distance_of_the_network`, whose hypotheses take this width for only two samples."""
    full = load("spheres", 2, seed)
    data, network = Data(full.inputs, full.targets / 2, "small"), Network(400_000, (seed,))
    weights, _ = network.draw(seed, data.dimension)
    lambda_0, step = data.lambda_0, 0.02
    alpha = np.sqrt(lambda_0 / 2)
    run = train(data, network, HeavyBall(2 * alpha), step**2, int(8 / (alpha * step)), 40, LAZINESS)
    lazy = laziness(data, network, run)
    # The hypotheses: H(0) >= (3/4) lambda_0, and n s <= lambda_0/8 for the share s of neurons within the radius.
    shares = np.mean(np.abs(weights @ data.inputs.T) <= lazy.proved_radius[0], axis=0)
    assert data.count * np.max(shares) <= lambda_0 / 8
    assert run.smallest_eigenvalue[0, 0] >= 0.75 * lambda_0
    # A discrete run follows the flow up to about the size of a step.
    bound = 3 * np.exp(-9 / 8 * alpha * run.times) * run.losses[0, 0]
    assert np.all(run.losses[0] <= (1 + 2 * step) * bound)
    assert lazy.farthest[0] <= lazy.proved_radius[0] < lazy.printed_radius[0]
    assert lazy.kernel_moved[0] <= lazy.quarter
    assert lazy.smallest[0] >= lazy.half
