"""Runs in balls: they contain what exact fractions give, and say of a run what is certain and no more."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx, fmpq

from proofcheck.numerics import (
    Data,
    GradientDescent,
    HeavyBall,
    Method,
    Nesterov,
    Network,
    Newton,
    certificate,
    certify,
    enclose_training,
    load,
    train,
)
from proofcheck.numerics.diagnostics import CERTIFICATE

#: Unit vectors with finite binary fractions are axes; sqrt(m) = 2 is rational.
AXES = Data(np.eye(2), [1.0, -1.0], "axes")
WEIGHTS = np.array([[1.0, 0.125], [-1.0, 1.0], [2.0, -0.0625], [0.25, 1.0]])
SIGNS = np.array([1.0, -1.0, 1.0, 1.0])
METHODS = [GradientDescent(), HeavyBall(1.0)]


def losses_in_fractions(method: Method, eta: Fraction, steps: int) -> tuple[list[Fraction], int]:
    """The plain iteration of weights, and how many activations change on the way."""
    inputs = [[Fraction(x) for x in row] for row in AXES.inputs.tolist()]
    now = [[Fraction(w) for w in row] for row in WEIGHTS.tolist()]
    awake = [[z >= 0 for z in row] for row in (WEIGHTS @ AXES.inputs.T).tolist()]
    signs, targets = [Fraction(a) for a in SIGNS.tolist()], [Fraction(y) for y in AXES.targets.tolist()]
    beta = Fraction(method.momentum(float(eta))) if isinstance(method, HeavyBall) else Fraction(0)
    before, losses, flips = now, [], 0
    for _ in range(steps + 1):
        products = [[sum(w * x for w, x in zip(row, point, strict=True)) for point in inputs] for row in now]
        earlier, awake = awake, [[z >= 0 for z in row] for row in products]
        flips += int(np.count_nonzero(np.array(earlier) != np.array(awake)))
        error = [
            sum(a * max(row[i], Fraction(0)) for a, row in zip(signs, products, strict=True)) / 2 - targets[i]
            for i in range(2)
        ]
        losses.append(sum(e * e for e in error) / 2)
        after = []
        for a, row, old, on in zip(signs, now, before, awake, strict=True):
            gradient = [sum(a / 2 * error[i] * inputs[i][j] for i in range(2) if on[i]) for j in range(2)]
            after.append([w - eta * g + beta * (w - o) for w, g, o in zip(row, gradient, old, strict=True)])
        before, now = now, after
    return losses, flips


@pytest.mark.parametrize("method", METHODS)
def test_balls_contain_the_losses_of_exact_fractions(method: Method) -> None:
    eta, steps = Fraction(1, 4), 12
    run = enclose_training(AXES, WEIGHTS, SIGNS, method, float(eta), steps)
    exact, flips = losses_in_fractions(method, eta, steps)
    assert run.flips == flips > 0
    for ball, loss in zip(run.losses, exact, strict=True):
        # So many bits that the fraction, which is binary, is a ball without radius.
        with ctx.workprec(10_000):
            assert ball.contains(fmpq(loss.numerator, loss.denominator))
        assert ball.rel_accuracy_bits() > 40


@pytest.mark.parametrize("make", [GradientDescent, lambda: HeavyBall(0.6)])
def test_floats_see_the_same_run(make: type[Method]) -> None:
    data, method, network = load("spheres", 5, 0), make(), Network(20, (0,))
    data = Data(data.inputs, 4 * data.targets, "larger")
    run = enclose_training(data, *network.draw(0, data.dimension), method, 0.02, 60)
    seen = train(data, network, method, 0.02, 60, 1, (*CERTIFICATE, "losses", "pseudo_losses"))
    assert run.flips > 0
    for balls, floats in (
        (run.losses, seen.losses),
        (run.pseudo_losses, seen.pseudo_losses),
        (run.energies, seen.energy),
        (run.rises, seen.rises),
        (run.smallest, seen.smallest_eigenvalue),
    ):
        np.testing.assert_allclose([float(ball) for ball in balls], floats[0], rtol=1e-9, atol=1e-14)
    assert all(bound < value for bound, value in zip(run.smallest, seen.smallest_eigenvalue[0].tolist(), strict=True))
    found, sampled = certify(method, run), certificate(method, seen)
    np.testing.assert_allclose([float(bound) for bound in found.bounds], sampled.bounds[0], rtol=1e-6)
    assert found.worst_energy == pytest.approx(sampled.worst[0], rel=1e-6)
    assert found.holds


def test_what_does_not_hold_is_not_certified() -> None:
    run = enclose_training(AXES, WEIGHTS, SIGNS, HeavyBall(1.0), 0.01, 40)
    assert certify(HeavyBall(1.0), run).holds
    # A kernel that was said to be larger than it is, and an energy that rose between two flips.
    larger = replace(run, smallest=tuple(4 * bound for bound in run.smallest))
    risen = replace(run, energies=(*run.energies[:-1], 2 * run.energies[0]))
    wide = replace(run, energies=(*run.energies[:-1], run.energies[-1] + arb(0, 10)))
    for false in (larger, risen, wide):
        assert not certify(HeavyBall(1.0), false).holds


def test_a_neuron_close_to_its_kink_has_a_side_for_certain() -> None:
    data = Data([[0.6, 0.8], [0.0, 1.0]], [1.0, 1.0], "two")
    turned = np.array([[1.0, -0.6 / 0.8], [1.0, 1.0], [-1.0, 2.0], [2.0, 1.0]])
    product = sum(Fraction(w) * Fraction(x) for w, x in zip(turned[0].tolist(), data.inputs[0].tolist(), strict=True))
    assert 0 < abs(product) < Fraction(1, 10**15)
    assert enclose_training(data, turned, SIGNS, GradientDescent(), 0.01, 0).bits == 128


def test_a_side_that_no_precision_tells_is_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("proofcheck.numerics.enclosed_runs._PRECISIONS", (8, 12))
    data = Data([[0.6, 0.8], [0.0, 1.0]], [1.0, 1.0], "two")
    turned = np.array([[1.0, -0.75001], [1.0, 1.0], [-1.0, 2.0], [2.0, 1.0]])
    with pytest.raises(ArithmeticError, match="12 bits do not tell on which side"):
        enclose_training(data, turned, SIGNS, GradientDescent(), 0.01, 1)


def test_more_bits_where_balls_swell() -> None:
    short, long = (enclose_training(AXES, WEIGHTS, SIGNS, HeavyBall(1.0), 0.25, steps) for steps in (5, 400))
    assert short.bits == 128 < long.bits
    assert all(loss.rel_accuracy_bits() >= 40 for loss in long.losses)


@pytest.mark.parametrize("method", [Nesterov(3.0), Newton()])
def test_a_method_without_a_rate_is_refused(method: Method) -> None:
    with pytest.raises(ValueError, match="no rate is known"):
        enclose_training(AXES, WEIGHTS, SIGNS, method, 0.1, 1)


@pytest.mark.parametrize(("eta", "steps"), [(0.0, 1), (float("nan"), 1), (0.1, -1)])
def test_numbers_without_sense_are_refused(eta: float, steps: int) -> None:
    with pytest.raises(ValueError, match="expected steps >= 0"):
        enclose_training(AXES, WEIGHTS, SIGNS, GradientDescent(), eta, steps)


def test_a_kernel_without_a_positive_spectrum_is_refused() -> None:
    asleep = np.array([[1.0, -1.0], [2.0, -1.0]])
    with pytest.raises(ValueError, match="lost its positive spectrum"):
        enclose_training(AXES, asleep, np.ones(2), GradientDescent(), 0.1, 1)
