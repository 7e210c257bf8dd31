"""Nesterov's flow, pumped."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from proofcheck.numerics import Pumping, bessel_oscillator


@pytest.mark.parametrize("friction", [1.0, 3.0, 8.0])
def test_the_pumped_path_is_what_an_integrator_finds(friction: float) -> None:
    pumped = Pumping(friction, begin=5 * (friction + 1) / 2)
    begun, _ = pumped.first_turn
    quarter = np.pi / 2 / pumped.fast
    starts = [begun + k * pumped.half_turn for k in range(6)]
    edges = [1.0, pumped.begin, *sorted([*starts, *(start + quarter for start in starts)])]
    ((position,),), ((speed,),) = bessel_oscillator(1.0, 1.0, friction, [1.0])
    state = np.array([position, speed])
    for left, right in pairwise(edges):
        first, final = np.nextafter(left, right), np.nextafter(right, left)

        def field(time: float, z: np.ndarray, first: float = first, final: float = final) -> list[float]:
            return [z[1], -friction / time * z[1] - pumped.kernel_at(min(max(time, first), final)) * z[0]]

        state = solve_ivp(field, (left, right), state, rtol=1e-11, atol=1e-15).y[:, -1]
        np.testing.assert_allclose(pumped.path([right]), state[:1], rtol=1e-6, atol=1e-11)


@pytest.mark.parametrize("friction", [0.5, 1.0, 3.0, 8.0])
def test_the_kernel_stays_near_its_start(friction: float) -> None:
    pumped = Pumping(friction, begin=5 * (friction + 1) / 2)
    kernels = [pumped.kernel_at(time) for time in np.linspace(0.1, 200, 3001)]
    assert min(kernels) >= 0.75
    assert max(kernels) <= 1.25


def test_each_half_turn_gains() -> None:
    pumped = Pumping(8.0, 22.5)
    begun, amplitude = pumped.first_turn
    moments = begun + pumped.half_turn * np.arange(5)
    lifted = moments**4 * pumped.path(moments)
    np.testing.assert_allclose(lifted, amplitude * (-11 / 9) ** np.arange(5))


@pytest.mark.parametrize("wrong", [(0.0, 1.0, 0.9, 1.1), (8.0, 0.0, 0.9, 1.1), (8.0, 1.0, 1.1, 0.9)])
def test_what_is_refused(wrong: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="expected friction"):
        Pumping(*wrong)
