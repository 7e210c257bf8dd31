"""Nesterov's flow x'' + (gamma/t) x' + h(t) x = 0 from x = 1 at rest, and the kernels that pump it up.

y = t^(gamma/2) x obeys y'' + w^2 y = 0 under the tuned kernel h = w^2 + gamma (gamma - 2)/(4 t^2): no friction is left.
"""

from dataclasses import dataclass
from math import atan2, pi

import numpy as np
from numpy.typing import ArrayLike

from .kernels import FloatArray
from .modal import bessel_oscillator


@dataclass(frozen=True)
class Pumping:
    """The kernel is 1 up to `begin`; then the tuned kernels, slow to a turning point, fast to the next zero, and so on.

    Raises ValueError unless the friction gamma and `begin` are positive and slow < fast.

    >>> Pumping(8.0, 22.5).half_turn > 3
    True
    """

    friction: float
    begin: float
    slow: float = 0.9
    fast: float = 1.1

    def __post_init__(self) -> None:
        if not (self.friction > 0 and self.begin > 0 and 0 < self.slow < self.fast):
            raise ValueError("expected friction > 0, begin > 0 and 0 < slow < fast")

    @property
    def half_turn(self) -> float:
        """The time from one turning point to the next."""
        return pi / 2 / self.fast + pi / 2 / self.slow

    @property
    def first_turn(self) -> tuple[float, float]:
        """The first turning point after `begin`, and y there."""
        ((position,),), ((speed,),) = bessel_oscillator(1.0, 1.0, self.friction, [self.begin])
        lift = self.begin ** (self.friction / 2)
        y, velocity = lift * position, lift * (speed + self.friction / (2 * self.begin) * position)
        phase = atan2(velocity / self.slow, y) % pi
        turned = y * np.cos(phase) + velocity / self.slow * np.sin(phase)
        return self.begin + phase / self.slow, float(turned)

    def path(self, times: ArrayLike) -> FloatArray:
        """Return x at times > 0."""
        moments = np.asarray(times, dtype=np.float64)
        begun, amplitude = self.first_turn
        count, since = np.divmod(moments - begun, self.half_turn)
        quarter = pi / 2 / self.fast
        falling = np.cos(self.fast * since)
        rising = -self.fast / self.slow * np.sin(self.slow * (since - quarter))
        swing = np.where(since < quarter, falling, rising)
        # Before the first turning point the slow kernel leads to it.
        swing = np.where(moments < begun, np.cos(self.slow * (moments - begun)), swing)
        turns = np.maximum(count, 0)
        y = amplitude * (-self.fast / self.slow) ** turns * swing
        before, _ = bessel_oscillator(1.0, 1.0, self.friction, np.minimum(moments, self.begin))
        return np.where(moments < self.begin, before[:, 0], y * moments ** (-self.friction / 2))

    def kernel_at(self, time: float) -> float:
        """Return h(t) for t > 0."""
        if time < self.begin:
            return 1.0
        begun, _ = self.first_turn
        is_fast = time >= begun and (time - begun) % self.half_turn < pi / 2 / self.fast
        frequency = self.fast if is_fast else self.slow
        return frequency**2 + self.friction * (self.friction - 2) / (4 * time**2)
