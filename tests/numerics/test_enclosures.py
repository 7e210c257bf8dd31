"""Balls that contain a mode's position and velocity."""

from collections.abc import Iterator
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from proofcheck.numerics.enclosures import (
    ACCURACY,
    enclose_gradient_descent,
    enclose_heavy_ball,
    enclose_momenta,
    enclose_nesterov,
    largest_distance,
)


@pytest.fixture(autouse=True, scope="module")
def many_bits() -> Iterator[None]:
    """What the tests do with balls is not rounded to the 53 bits that are Arb's own choice."""
    with ctx.workprec(256):
        yield


small = st.fractions(-3, 3, max_denominator=50)
positive = st.fractions(Fraction(1, 20), 5, max_denominator=50)
times = st.fractions(0, 20, max_denominator=50)


def sixty_digits(value: Fraction) -> mpmath.mpf:
    return mpmath.mpf(value.numerator) / value.denominator


def is_near(ball: arb, value: mpmath.mpf) -> bool:
    """Whether fifty digits of both agree, relative to numbers of order one."""
    with mpmath.workdps(60):
        middle = mpmath.mpf(ball.mid().str(60, radius=False))
        return abs(middle - value) <= mpmath.mpf(10) ** -22 * (1 + abs(value)) and float(ball.rad()) < 1e-22


@settings(max_examples=25)
@given(h=small, x=small, v=small, alpha=positive, t=times)
def test_heavy_ball_against_the_roots_of_its_polynomial(
    h: Fraction, x: Fraction, v: Fraction, alpha: Fraction, t: Fraction
) -> None:
    position, velocity = enclose_heavy_ball(h, x, v, alpha, t)
    with mpmath.workdps(60):
        h_, x_, v_, a_, t_ = map(sixty_digits, (h, x, v, alpha, t))
        root = mpmath.sqrt(mpmath.mpc(a_**2 - h_))
        sine = mpmath.sinh(root * t_) / root if root else t_
        cosine, decay = mpmath.cosh(root * t_), mpmath.exp(-a_ * t_)
        size = max(1, abs(decay * cosine))
        assert is_near(position / float(size), mpmath.re(decay * (x_ * cosine + (v_ + a_ * x_) * sine)) / float(size))
        assert is_near(
            velocity / float(size), mpmath.re(decay * (v_ * cosine - (a_ * v_ + h_ * x_) * sine)) / float(size)
        )


@settings(max_examples=25)
@given(h=positive, x=small, t=times)
def test_nesterov_with_a_whole_friction_is_elementary(h: Fraction, x: Fraction, t: Fraction) -> None:
    """For gamma = 2 it is sin(z)/z; for gamma = 4, where v = 3/2, 3 (sin z - z cos z)/z^3."""
    position, velocity = enclose_nesterov(h**2, x, 2, t)
    later, _ = enclose_nesterov(h**2, x, 4, t)
    with mpmath.workdps(60):
        z, start = sixty_digits(h * t), sixty_digits(x)
        assert is_near(position, start * mpmath.sinc(z))
        if z > 0.01:
            slope = start * sixty_digits(h) * (mpmath.cos(z) / z - mpmath.sin(z) / z**2)
            assert is_near(velocity, slope)
            assert is_near(later, start * 3 * (mpmath.sin(z) - z * mpmath.cos(z)) / z**3)


@settings(max_examples=25)
@given(h=positive, x=small, s=times, t=times, b_1=positive, b_2=positive)
def test_two_momenta_go_on_from_where_they_are(
    h: Fraction, x: Fraction, s: Fraction, t: Fraction, b_1: Fraction, b_2: Fraction
) -> None:
    """The solution from a rational state that the balls nearly pin down is near the one in a single stretch."""
    at_once, _ = enclose_momenta(h, [x], [b_1, b_2], s + t)
    position, velocity = enclose_momenta(h, [x], [b_1, b_2], s)
    # x'' is x' for the start (x', x'', x''').
    _, acceleration = enclose_momenta(h, [0, 0, -h * x], [b_1, b_2], s)
    state = [
        Fraction(int((2**90 * ball).mid().floor().unique_fmpz()), 2**90) for ball in (position, velocity, acceleration)
    ]
    resumed, _ = enclose_momenta(h, state, [b_1, b_2], t)
    growth = float(sum(map(abs, state)) + 1) * np.exp(float(t) * 2)
    assert abs(float((resumed - at_once).mid())) <= 1e-20 * growth


@pytest.mark.parametrize(("root", "time"), [(1, Fraction(1)), (2, Fraction(7, 2)), (1, Fraction(60))])
def test_a_triple_root_is_no_exception(root: int, time: Fraction) -> None:
    position, velocity = enclose_momenta(root**3, [1], [3 * root**2, 3 * root], time)
    scaled = arb(root * time.numerator) / time.denominator
    decay = (-scaled).exp()
    assert position.overlaps(decay * (1 + scaled + scaled**2 / 2))
    assert velocity.overlaps(-root * decay * scaled**2 / 2)


@given(h=small, x=small, t=times)
def test_gradient_descent_is_an_exponential(h: Fraction, x: Fraction, t: Fraction) -> None:
    position, velocity = enclose_gradient_descent(h, x, t)
    with mpmath.workdps(60):
        expected = sixty_digits(x) * mpmath.exp(-sixty_digits(h * t))
        size = float(max(1, abs(expected)))
        assert is_near(position / size, expected / size)
        assert is_near(velocity / size, -sixty_digits(h) * expected / size)


def test_balls_stay_accurate_after_a_long_decay() -> None:
    for position, velocity in (
        enclose_heavy_ball(1, 1, 0, 1, 2000),
        enclose_momenta(1, [1], [3, 3], 2000),
        enclose_nesterov(1, 1, 6, 10**5),
        enclose_gradient_descent(3, 1, 2000),
    ):
        assert position.rel_accuracy_bits() >= ACCURACY
        assert velocity.rel_accuracy_bits() >= ACCURACY


def test_the_start_is_exact() -> None:
    assert [float(ball) for ball in enclose_nesterov(5, 3, 1, 0)] == [3, 0]
    assert [float(ball) for ball in enclose_momenta(5, [3, 4, 7], [1, 1], 0)] == [3, 4]
    assert [float(ball) for ball in enclose_gradient_descent(5, 3, 0)] == [3, -15]


def test_a_float_is_the_binary_fraction_that_it_is() -> None:
    float_given, _ = enclose_gradient_descent(0.1, 1, 1)
    rational, _ = enclose_gradient_descent(Fraction(1, 10), 1, 1)
    assert not float_given.overlaps(rational)


def test_the_precision_of_others_is_left_alone() -> None:
    before = ctx.prec
    enclose_nesterov(100, 1, 3, 1000)
    assert ctx.prec == before


def test_a_false_number_is_told_from_the_true_one() -> None:
    position, _ = enclose_nesterov(1, 1, 2, 1)
    assert largest_distance([position], [np.sin(1.0)]) < 1e-16
    assert largest_distance([position], [np.sin(1.0) + 1e-12]) > 9e-13


def test_the_distance_from_a_ball_is_bounded_above() -> None:
    assert largest_distance([arb(1, 0.25)], [1.0]) >= 0.25
    assert largest_distance([arb("nan"), arb(0)], [0.0, 0.0]) == np.inf
    assert largest_distance([arb(0)], [0.0]) == 0


@pytest.mark.parametrize("time", [-1, float("nan"), float("inf")])
def test_times_without_sense_are_refused(time: float) -> None:
    with pytest.raises(ValueError, match="time"):
        enclose_gradient_descent(1, 1, time)
    with pytest.raises(ValueError, match="time"):
        enclose_nesterov(1, 1, 2, time)


def test_other_arguments_without_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="gamma"):
        enclose_nesterov(1, 1, 0, 1)
    with pytest.raises(ValueError, match="initial values"):
        enclose_momenta(1, [], [1], 1)
    with pytest.raises(ValueError, match="initial values"):
        enclose_momenta(1, [1, 2, 3], [1], 1)
