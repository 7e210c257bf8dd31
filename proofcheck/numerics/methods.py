"""The optimisation methods of Bu, Xu and Chen (2021), as recursions in the number of the step.

Each method moves the weights by w(k+1) = w(k) + (what the force -eta dL/dw and the earlier steps say), and its limit
for small eta is a flow in the time t = k h: h = eta for gradient descent and Newton's method, sqrt(eta) for Heavy Ball
and Nesterov's method, eta^(1/3) for two momenta. All start at rest.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from .kernels import FloatArray


def _inner(left: FloatArray, right: FloatArray) -> float:
    """The inner product; a ball where the entries are balls, as in `enclosed_runs`."""
    product: float = np.dot(left, right)
    return product


class Method(ABC):
    """A method of optimisation. `advance` is one step, entry by entry; `clock` says how much time a step takes.

    >>> HeavyBall(friction=1.5).clock(0.01)
    0.1
    """

    #: How many arrays a method remembers beside the weights.
    memory: ClassVar[int] = 0
    #: Whether the force on a neuron is Newton's step for its own block of the Hessian, not -eta dL/dw_r.
    by_neuron: ClassVar[bool] = False

    @abstractmethod
    def clock(self, eta: float) -> float:
        """Return the time h that one step of size eta takes on the clock of the limiting flow."""

    @abstractmethod
    def advance(self, k: int, eta: float, position: FloatArray, memory: list[FloatArray], force: FloatArray) -> None:
        """Do step number k = 0, 1, ... in place. At the start position and memory vanish; `force` is used up."""

    def energy(self, time: float, error: FloatArray, velocity: FloatArray, image: FloatArray) -> float:
        """Return the energy that falls along the flow between flips, from Delta, Delta' and the image H Delta.

        Raises ValueError for a method that has no such energy here.
        """
        raise ValueError(f"no energy is known for {self}")

    def rate(self, smallest: FloatArray) -> FloatArray:
        """Return a rate, one for each smallest eigenvalue of H, at which the energy falls between flips: V' <= -rate V.

        Raises ValueError for a method that has none here.
        """
        raise ValueError(f"no rate is known for {self}")


@dataclass(frozen=True)
class GradientDescent(Method):
    """w(k+1) = w(k) - eta dL/dw, with the flow w' = -dL/dw; its energy is the loss.

    >>> position, force = np.zeros(1), np.array([-0.5])
    >>> GradientDescent().advance(0, 0.1, position, [], force)
    >>> position.tolist()
    [-0.5]
    """

    def clock(self, eta: float) -> float:
        """Return eta."""
        return eta

    def advance(self, k: int, eta: float, position: FloatArray, memory: list[FloatArray], force: FloatArray) -> None:
        """Add the force."""
        position += force

    def energy(self, time: float, error: FloatArray, velocity: FloatArray, image: FloatArray) -> float:
        """Return L = |Delta|^2 / 2."""
        return _inner(error, error) / 2

    def rate(self, smallest: FloatArray) -> FloatArray:
        """Return twice the smallest eigenvalue, as in Theorem 1 of Bu, Xu and Chen (2021)."""
        return 2 * smallest


@dataclass(frozen=True)
class HeavyBall(Method):
    """w(k+1) = w(k) - eta dL/dw + beta (w(k) - w(k-1)), with the flow w'' + friction w' = -dL/dw.

    beta = 1 - friction sqrt(eta): equations (3.1) and (3.3) of Bu, Xu and Chen (2021), b being the friction.

    >>> round(HeavyBall(friction=2.0).momentum(0.0025), 12)
    0.9
    """

    friction: float
    memory: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if not 0 < self.friction < np.inf:
            raise ValueError(f"expected a positive friction, got {self.friction}")

    def momentum(self, eta: float) -> float:
        """Return beta = 1 - friction sqrt(eta); ValueError if the step is so large that it is negative."""
        beta = 1 - self.friction * self.clock(eta)
        if beta < 0:
            raise ValueError(f"a step of {eta} is too large for the friction {self.friction}: beta = {beta:g}")
        return float(beta)

    def clock(self, eta: float) -> float:
        """Return sqrt(eta)."""
        return float(np.sqrt(eta))

    def advance(self, k: int, eta: float, position: FloatArray, memory: list[FloatArray], force: FloatArray) -> None:
        """Move by the force and beta times the last move."""
        (moved,) = memory
        moved *= self.momentum(eta)
        moved += force
        position += moved

    def energy(self, time: float, error: FloatArray, velocity: FloatArray, image: FloatArray) -> float:
        """Return V = <H Delta, Delta> / 2 + |alpha Delta + Delta'|^2 / 2, alpha = friction / 2 (Lemma 3.3)."""
        shifted = self.friction / 2 * error + velocity
        return (_inner(image, error) + _inner(shifted, shifted)) / 2

    def rate(self, smallest: FloatArray) -> FloatArray:
        """Return alpha (2 - alpha / sqrt(smallest)), the largest rate that holds for every H >= smallest > 0.

        For smallest = alpha^2 it is alpha, as in Lemma 3.3. V' + rate V is a quadratic form of Delta and Delta' in each
        mode, hardest to keep negative in the lowest; at this rate its determinant vanishes there.
        """
        alpha = self.friction / 2
        return alpha * (2 - alpha / np.sqrt(smallest))


@dataclass(frozen=True)
class Nesterov(Method):
    """v(k+1) = w(k) - eta dL/dw, w(k+1) = v(k+1) + k/(k+gamma) (v(k+1) - v(k)), with w'' + (gamma/t) w' = -dL/dw.

    Equations (4.1) and (4.2) of Bu, Xu and Chen (2021), which count the steps from k = 1; v(0) = w(0).

    >>> Nesterov(gamma=3.0).clock(0.0625)
    0.25
    """

    gamma: float
    memory: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if not 0 < self.gamma < np.inf:
            raise ValueError(f"expected a positive gamma, got {self.gamma}")

    def clock(self, eta: float) -> float:
        """Return sqrt(eta)."""
        return float(np.sqrt(eta))

    def advance(self, k: int, eta: float, position: FloatArray, memory: list[FloatArray], force: FloatArray) -> None:
        """Move by the force, then on in the direction of the last two points reached this way."""
        (reached,) = memory
        position += force
        np.subtract(position, reached, out=force)
        force *= k / (k + self.gamma)
        reached[...] = position
        position += force

    def energy(self, time: float, error: FloatArray, velocity: FloatArray, image: FloatArray) -> float:
        """Return V(t; alpha, gamma) of Lemma 4.1, the energy of Su, Boyd and Candes, for the largest alpha = 2 gamma/3.

        V = t^alpha <H Delta, Delta>/2 + (2 gamma - alpha)^2 t^(alpha-2)/8 |Delta + 2 t/(2 gamma - alpha) Delta'|^2.
        Raises ValueError for gamma < 3.
        """
        if self.gamma < 3:
            raise ValueError(f"the energy takes gamma >= 3, got {self.gamma}")
        alpha, rest = 2 * self.gamma / 3, 4 * self.gamma / 3
        shifted = error + 2 * time / rest * velocity
        kinetic: float = rest**2 * time ** (alpha - 2) / 8 * _inner(shifted, shifted)
        return float(time**alpha) / 2 * _inner(image, error) + kinetic


@dataclass(frozen=True)
class TwoMomenta(Method):
    """Two momenta near 2 and -1, with the flow w''' + b_2 w'' + b_1 w' = -dL/dw in the time t = k eta^(1/3).

    w(k+1) = w(k) - eta dL/dw + beta_1 (w(k) - w(k-1)) + beta_2 (w(k-1) - w(k-2)) as in Section 5.1 of Bu, Xu and Chen
    (2021), with beta_1 = 2 - b_2 h - b_1 h^2 and beta_2 = -1 + b_2 h: with fixed momenta, as printed, the limit would
    be of first order.

    >>> beta_1, beta_2 = TwoMomenta(3.0, 2.0).momenta(0.001)
    >>> round(beta_1, 12), round(beta_2, 12)
    (1.77, -0.8)
    """

    b_1: float
    b_2: float
    memory: ClassVar[int] = 2

    def __post_init__(self) -> None:
        if not (0 < self.b_1 < np.inf and 0 < self.b_2 < np.inf):
            raise ValueError(f"expected positive b_1 and b_2, got {self.b_1} and {self.b_2}")

    def momenta(self, eta: float) -> tuple[float, float]:
        """Return beta_1 and beta_2."""
        h = self.clock(eta)
        return 2 - self.b_2 * h - self.b_1 * h**2, -1 + self.b_2 * h

    def clock(self, eta: float) -> float:
        """Return eta^(1/3)."""
        return float(np.cbrt(eta))

    def advance(self, k: int, eta: float, position: FloatArray, memory: list[FloatArray], force: FloatArray) -> None:
        """Move by the force and by the last two moves, times their momenta."""
        beta_1, beta_2 = self.momenta(eta)
        last, earlier = memory
        earlier *= beta_2
        earlier += force
        np.multiply(last, beta_1, out=force)
        earlier += force
        memory.reverse()
        position += memory[0]


@dataclass(frozen=True)
class Newton(Method):
    """w_r(k+1) = w_r(k) - eta N_r, neuron by neuron, N_r being Newton's step for the block J_r* J_r of the Hessian.

    Section 5.2 of Bu, Xu and Chen (2021), whose eta is 1. Blocks are singular as a rule: N_r is the shortest solution,
    (J_r* J_r)^+ J_r* Delta. The flow w_r' = -N_r is the limit for small eta, in the time t = k eta; its energy is L.

    >>> Newton().clock(0.5)
    0.5
    """

    by_neuron: ClassVar[bool] = True

    def clock(self, eta: float) -> float:
        """Return eta."""
        return eta

    def advance(self, k: int, eta: float, position: FloatArray, memory: list[FloatArray], force: FloatArray) -> None:
        """Add the force."""
        position += force

    def energy(self, time: float, error: FloatArray, velocity: FloatArray, image: FloatArray) -> float:
        """Return L = |Delta|^2 / 2."""
        return _inner(error, error) / 2
