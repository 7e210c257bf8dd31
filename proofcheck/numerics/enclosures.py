"""Rigorous values of single modes: balls of Arb (python-flint) that contain position and velocity.

Floats are taken for the binary fractions that they are, so that a ball bounds all that a computation in floats does
wrong. The exponential of the companion matrix serves gradient descent, Heavy Ball and any number of momenta, the power
series 0F1 serves Nesterov's flow: neither shares a formula with the closed forms that are compared with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

import numpy as np
from flint import arb, arb_mat, ctx, fmpq
from numpy.typing import ArrayLike

#: Bits of relative accuracy that a ball has, unless the number is so near 0 that the last precision gives no more.
ACCURACY = 80
_PRECISIONS = (128, 256, 512, 1024, 2048, 4096)

Real = int | float | Fraction
Balls = tuple[arb, arb]


def enclose_momenta(stiffness: Real, start: Sequence[Real], frictions: Sequence[Real], time: Real) -> Balls:
    """Enclose x and x' for x^(J+1) + b_J x^(J) + ... + b_1 x' + h x = 0.

    `frictions` are b_1, ..., b_J, `start` holds x(0), x'(0), ..., what is missing at its end is 0. Raises ValueError
    for a start that is empty or too long and for a time that is negative or not finite.

    >>> position, velocity = enclose_momenta(1, [1], [3, 3], 1)  # 5/2 exp(-1)
    >>> position.overlaps(arb(5) / 2 * arb(-1).exp())
    True
    """
    order = len(frictions) + 1
    if not 1 <= len(start) <= order:
        raise ValueError(f"expected 1 to {order} initial values, got {len(start)}")
    moment = _moment(time)
    bottom = [-Fraction(value) for value in (stiffness, *frictions)]
    state = [Fraction(value) for value in start] + [Fraction(0)] * (order - len(start))

    def enclose() -> Balls:
        rows = [[_ball(Fraction(column == row + 1)) for column in range(order)] for row in range(order - 1)]
        companion = arb_mat([*rows, [_ball(entry) for entry in bottom]])
        # The mean of the roots is taken out, so that the matrix exponential neither grows nor decays as a whole.
        mean = _ball(bottom[-1] / order)
        shifted = companion - arb_mat(order, order, [mean if i == j else 0 for i in range(order) for j in range(order)])
        vector = arb_mat([[_ball(value)] for value in state])
        moved = (_ball(moment) * shifted).exp() * vector
        decay = (_ball(moment) * mean).exp()
        velocity = moved[1, 0] if order > 1 else companion[0, 0] * moved[0, 0]
        return decay * moved[0, 0], decay * velocity

    return _accurately(enclose)


def enclose_gradient_descent(stiffness: Real, position: Real, time: Real) -> Balls:
    """Enclose x and x' for x' = -h x.

    >>> position, velocity = enclose_gradient_descent(2, 3, 0)
    >>> position.contains(3), velocity.contains(-6)
    (True, True)
    """
    return enclose_momenta(stiffness, [position], [], time)


def enclose_heavy_ball(stiffness: Real, position: Real, velocity: Real, alpha: Real, time: Real) -> Balls:
    """Enclose x and x' for x'' + 2 alpha x' + h x = 0.

    >>> position, velocity = enclose_heavy_ball(1, 1, 0, 1, 1)  # 2 exp(-1)
    >>> position.overlaps(2 * arb(-1).exp())
    True
    """
    return enclose_momenta(stiffness, [position, velocity], [2 * Fraction(alpha)], time)


def enclose_nesterov(stiffness: Real, position: Real, gamma: Real, time: Real) -> Balls:
    """Enclose x and x' for x'' + (gamma/t) x' + h x = 0 from rest, x = x(0) 0F1(; (gamma + 1)/2; -h t^2/4).

    Raises ValueError for gamma <= 0 and for a time that is negative or not finite.

    >>> position, velocity = enclose_nesterov(1, 1, 2, 1)
    >>> position.overlaps(arb(1).sin())
    True
    """
    moment, friction, h = _moment(time), Fraction(gamma), Fraction(stiffness)
    if friction <= 0:
        raise ValueError(f"expected a positive gamma, got {gamma}")

    def enclose() -> Balls:
        argument, start = _ball(-h * moment**2 / 4), _ball(Fraction(position))
        slope = _ball(-h * moment / (friction + 1))
        first, second = _ball((friction + 1) / 2), _ball((friction + 3) / 2)
        return start * argument.hypgeom_0f1(first), start * slope * argument.hypgeom_0f1(second)

    return _accurately(enclose)


def largest_distance(balls: Iterable[arb], numbers: ArrayLike) -> float:
    """Return an upper bound of the largest |ball - number|, each number with its ball; infinite for a ball that is NaN.

    >>> round(largest_distance([arb(1), arb(2)], [1.0, 2.5]), 9)
    0.5
    """
    flat = np.asarray(numbers, dtype=np.float64).ravel().tolist()
    bounds = [float((ball - number).abs_upper()) for ball, number in zip(balls, flat, strict=True)]
    return max(np.inf if np.isnan(bound) else float(np.nextafter(bound, np.inf)) if bound else 0.0 for bound in bounds)


def _moment(time: Real) -> Fraction:
    if not 0 <= time < float("inf"):
        raise ValueError(f"expected a finite time >= 0, got {time}")
    return Fraction(time)


def _ball(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def _accurately(enclose: Callable[[], Balls]) -> Balls:
    """Enclose with more and more bits until both balls are accurate."""
    before = ctx.prec
    try:
        for precision in _PRECISIONS:
            ctx.prec = precision
            balls = enclose()
            if all(ball.rel_accuracy_bits() >= ACCURACY for ball in balls):
                break
    finally:
        ctx.prec = before
    return balls
