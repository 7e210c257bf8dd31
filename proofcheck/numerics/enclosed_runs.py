"""Training in balls: one run of a small network, with every number enclosed and every activation certain.

The weights, inputs and targets are floats, taken for the binary fractions that they are, and so are eta, the clock and
the momenta. What is enclosed is the run that these have without rounding: a statement about its losses that the balls
decide is true of that run, which no run of floats can say of itself. It is about this run and proves no theorem.

The steps are those of `methods`, done on arrays of balls. Balls swell by a factor at each step, which so many more bits
make up for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from flint import arb, arb_mat, ctx
from numpy.typing import NDArray

from .data import Data
from .kernels import FloatArray
from .methods import Method

#: To be raised when what is said of a run changes, so that what was kept is not taken for it.
VERSION = 1
#: Bits of accuracy that every loss has.
ACCURACY = 40
_PRECISIONS = (128, 256, 512, 1024, 2048, 4096, 8192)
#: By what share of itself a lower bound of an eigenvalue lies below the float at first; then by ten times as much.
_BELOW = 1e-10

BallArray = NDArray[Any]


@dataclass(frozen=True, eq=False)
class EnclosedRun:
    """What is certain of a run after 0, 1, 2, ... steps of the time `clock` each.

    `losses`, `pseudo_losses` and `energies` enclose L, L_hat and the energy of the method; `rises` by how much the
    energy rose at the flips of the step before, weights and velocities held fixed; `smallest` are lower bounds of
    lambda_min(H). `flips` counts, over all steps, the pairs of a neuron and a sample that changed sides, and `bits` is
    the precision that it took.
    """

    clock: float
    losses: tuple[arb, ...]
    pseudo_losses: tuple[arb, ...]
    energies: tuple[arb, ...]
    rises: tuple[arb, ...]
    smallest: tuple[arb, ...]
    flips: int
    bits: int


@dataclass(frozen=True, eq=False)
class EnclosedCertificate:
    """The bounds of the energy, one a step, and upper bounds of energy / bound and loss / (bound / lambda_min)."""

    bounds: tuple[arb, ...]
    worst_energy: float
    worst_loss: float

    @property
    def holds(self) -> bool:
        """Whether it is certain that no energy of the run exceeds its bound, nor a loss its own."""
        return self.worst_energy <= 1 and self.worst_loss <= 1


def enclose_training(
    data: Data,
    weights: FloatArray,
    signs: FloatArray,
    method: Method,
    eta: float,
    steps: int,
    report: Callable[[int, int | None], None] = lambda done, total: None,
) -> EnclosedRun:
    """Enclose the run of one network from these weights and signs, by a method that has a rate: `Method.rate`.

    A step takes the time of a few n m balls, so the width is to be small. Raises ValueError for a method without a rate
    and where H has no positive spectrum; ArithmeticError where 8192 bits do not tell on which side of its kink a neuron
    is, as when <w_r, x_i> = 0.

    >>> from .methods import GradientDescent
    >>> data = Data(np.eye(2), [1.0, -1.0], "axes")
    >>> weights = np.array([[1.0, 2.0], [-1.0, 1.0], [2.0, -1.0], [3.0, 1.0]])
    >>> run = enclose_training(data, weights, np.ones(4), GradientDescent(), 0.25, 2)
    >>> [loss.str(5, radius=False) for loss in run.losses], run.flips
    (['6.5000', '4.2910', '2.8327'], 0)
    """
    if steps < 0 or not 0 < eta < np.inf:
        raise ValueError(f"expected steps >= 0 and a positive step size, got {steps} and {eta}")
    # Only gradient descent and Heavy Ball have one, whose energies do without floats.
    _rate(method, arb(1))
    for bits in _PRECISIONS:
        with ctx.workprec(bits):
            try:
                return _enclosed(data, weights, signs, method, eta, steps, lambda done: report(done, steps))
            except _Uncertain:
                continue
    raise ArithmeticError(f"{_PRECISIONS[-1]} bits do not tell on which side of its kink some neuron is")


def certify(method: Method, run: EnclosedRun) -> EnclosedCertificate:
    """Bound the energy of an enclosed run as `diagnostics.certificate` does, and compare: with certainty.

    B(0) is the energy at the start; over a step B falls by exp(-rate h) with the smaller rate of both ends, then rises
    by `rises`. That the energy stays below is a theorem for the flow between flips only; for the steps it is checked.

    >>> from .methods import HeavyBall
    >>> data = Data(np.eye(2), [1.0, -1.0], "axes")
    >>> weights = np.array([[1.0, 2.0], [-1.0, 1.0], [2.0, -1.0], [3.0, 1.0]])
    >>> run = enclose_training(data, weights, np.ones(4), HeavyBall(0.5), 0.01, 20)
    >>> certify(HeavyBall(0.5), run).holds
    True
    """
    with ctx.workprec(run.bits):
        rates = [_rate(method, smallest) for smallest in run.smallest]
        bounds = [run.energies[0]]
        for k in range(1, len(run.losses)):
            exponent = run.clock * rates[k - 1].min(rates[k])
            bounds.append(bounds[-1] * (-exponent).exp() + run.rises[k] * (-exponent).max(arb(0)).exp())
        energies = [energy / bound for energy, bound in zip(run.energies[1:], bounds[1:], strict=True)]
        losses = [
            loss * smallest / bound for loss, smallest, bound in zip(run.losses, run.smallest, bounds, strict=True)
        ]
        return EnclosedCertificate(tuple(bounds), _largest(energies), _largest(losses))


class _Uncertain(Exception):
    """The balls are too wide to go on."""


def _rate(method: Method, smallest: arb) -> arb:
    return cast("arb", method.rate(cast(FloatArray, np.array([smallest], dtype=object)))[0])


def _largest(balls: Sequence[arb]) -> float:
    """An upper bound of all; infinite where one is NaN."""
    bounds = [float(ball.upper()) for ball in balls]
    return max((float(np.nextafter(bound, np.inf)) if bound == bound else np.inf for bound in bounds), default=0.0)


def _inner(left: BallArray, right: BallArray) -> arb:
    return cast("arb", np.dot(left, right))


def _product(matrix: arb_mat, columns: BallArray) -> BallArray:
    image = matrix * arb_mat(len(columns), columns.shape[1], columns.ravel().tolist())
    return np.array(image.entries(), dtype=object).reshape(image.nrows(), image.ncols())


def _balls(numbers: FloatArray) -> BallArray:
    return np.array([arb(number) for number in numbers.ravel().tolist()], dtype=object).reshape(numbers.shape)


def _enclosed(
    data: Data,
    weights: FloatArray,
    signs: FloatArray,
    method: Method,
    eta: float,
    steps: int,
    report: Callable[[int], None],
) -> EnclosedRun:
    width, count = len(weights), data.count
    inputs = arb_mat(count, data.dimension, data.inputs.ravel().tolist())
    gram = inputs * inputs.transpose()
    first = _product(inputs, _balls(weights.T))
    targets = _balls(data.targets)
    share = 1 / arb(width).sqrt()
    position = np.full((count, width), arb(0), dtype=object)
    memory = [position.copy() for _ in range(method.memory)]
    clock = method.clock(eta)

    def seen(products: BallArray) -> tuple[FloatArray, BallArray]:
        """The slopes, times sqrt m, and Delta."""
        awake = _awake(products)
        slopes = np.where(awake, signs, 0.0)
        return slopes, (slopes * products).sum(axis=1) * share - targets

    def energy_of(k: int, slopes: FloatArray, kernel: arb_mat, error: BallArray, moved: BallArray) -> arb:
        velocity = (slopes * moved).sum(axis=1) * (share / clock)
        image = _product(kernel, error[:, np.newaxis])[:, 0]
        return cast("arb", method.energy(k * clock, *(cast(FloatArray, part) for part in (error, velocity, image))))

    now = first
    slopes, error = seen(now)
    kernel, smallest = _kernel(slopes, gram)
    rows: list[tuple[arb, ...]] = []
    flips = 0
    for k in range(steps + 1):
        moved, rise = now * 0, arb(0)
        if k > 0:
            push = error[:, np.newaxis] * (-arb(eta) * share)
            # A method does what it does to numbers, entry by entry; here these are balls.
            arrays = [cast(FloatArray, array) for array in (position, slopes * push)]
            method.advance(k - 1, eta, arrays[0], cast("list[FloatArray]", memory), arrays[1])
            before, now = now, first + _product(gram, position)
            moved = now - before
            earlier, (slopes, error) = slopes, seen(now)
            changed = int(np.count_nonzero(slopes != earlier))
            if changed:
                flips += changed
                held = energy_of(k, earlier, kernel, error, moved)
                kernel, smallest = _kernel(slopes, gram)
                rise = (energy_of(k, slopes, kernel, error, moved) - held).max(arb(0))
        loss = _inner(error, error) / 2
        if loss.rel_accuracy_bits() < ACCURACY:
            raise _Uncertain
        pseudo_loss = _inner(error, _product(kernel, error[:, np.newaxis])[:, 0]) / 2
        rows.append((loss, pseudo_loss, energy_of(k, slopes, kernel, error, moved), rise, smallest))
        report(k)
    losses, pseudo_losses, energies, rises, lowest = zip(*rows, strict=True)
    return EnclosedRun(clock, losses, pseudo_losses, energies, rises, lowest, flips, ctx.prec)


def _awake(products: BallArray) -> NDArray[np.bool_]:
    """Which neurons are awake on which samples: `>=` of two balls is true where it is certain."""
    awake, asleep = (np.asarray(side, dtype=np.bool_) for side in (products >= 0, products < 0))
    if not np.all(awake | asleep):
        raise _Uncertain
    return awake


def _kernel(slopes: FloatArray, gram: arb_mat) -> tuple[arb_mat, arb]:
    """H, and a lower bound of its smallest eigenvalue, which a decomposition of balls confirms."""
    masks = (slopes != 0).astype(np.float64)
    pairs, count = (masks @ masks.T).ravel().tolist(), len(masks)
    entries = [pair * entry / masks.shape[1] for pair, entry in zip(pairs, gram.entries(), strict=True)]
    kernel = arb_mat(count, count, entries)
    seen = float(np.linalg.eigvalsh(np.array([float(entry) for entry in entries]).reshape(count, count))[0])
    below = _BELOW
    while below < 1 and seen > 0:
        bound = arb(seen * (1 - below))
        shift = arb_mat(count, count, [bound * int(i == j) for i in range(count) for j in range(count)])
        if _is_positive(kernel - shift):
            return kernel, bound
        below *= 10
    raise ValueError("H lost its positive spectrum: no rate is known")


def _is_positive(matrix: arb_mat) -> bool:
    """Whether it is certain that a symmetric matrix is positive definite: all pivots of Gauss's elimination are."""
    rows = np.array(matrix.entries(), dtype=object).reshape(matrix.nrows(), -1)
    for k in range(len(rows)):
        if not rows[k, k] > 0:
            return False
        rows[k + 1 :, k + 1 :] -= np.multiply.outer(rows[k + 1 :, k] / rows[k, k], rows[k, k + 1 :])
    return True
