"""Two-layer ReLU networks in the NTK scaling: f(x) = (1/sqrt m) sum a_r max(<w_r, x>, 0), the a_r fixed."""

from dataclasses import dataclass

import numpy as np

from .kernels import FloatArray, symmetric_matrix


@dataclass(frozen=True)
class Network:
    """A width m and one random start a seed: w_r from N(0, I), a_r uniform in {-1, 1} (Bu, Xu and Chen, 2021).

    Raises ValueError for a width below 1, for no seeds and for a seed that comes twice.

    >>> weights, signs = Network(width=4, seeds=(0, 1)).draw(1, dimension=3)
    >>> weights.shape, sorted(set(abs(signs)))
    ((4, 3), [np.float64(1.0)])
    """

    width: int
    seeds: tuple[int, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "seeds", tuple(self.seeds))
        if self.width < 1:
            raise ValueError(f"expected a positive width, got {self.width}")
        if not self.seeds or len(set(self.seeds)) != len(self.seeds):
            raise ValueError(f"expected different seeds, at least one, got {self.seeds}")

    def draw(self, seed: int, dimension: int) -> tuple[FloatArray, FloatArray]:
        """Return the weights, shape (m, p), and the signs a, shape (m,), at the start that belongs to the seed."""
        generator = np.random.default_rng(seed)
        weights = generator.standard_normal((self.width, dimension))
        return weights, generator.choice(np.array([-1.0, 1.0]), self.width)


def predictions(weights: FloatArray, signs: FloatArray, inputs: FloatArray) -> FloatArray:
    """Return f(x_i), shape (n,), of the network with these weights (m, p) and signs (m,) on the inputs (n, p).

    >>> predictions(np.array([[3.0], [-1.0], [2.0], [0.0]]), np.array([1, 1, -1, 1]), np.eye(1)).tolist()
    [0.5]
    """
    rectified = np.maximum(weights @ inputs.T, 0)
    return np.asarray(signs @ rectified / np.sqrt(len(weights)), dtype=np.float64)


def tangent_kernel(weights: FloatArray, inputs: FloatArray) -> FloatArray:
    """Return H, H_ij = <x_i, x_j> (1/m) #{r: <w_r, x_i> >= 0, <w_r, x_j> >= 0}: (2.6) of Bu, Xu and Chen (2021).

    >>> tangent_kernel(np.array([[1.0], [-1.0]]), np.array([[1.0]])).tolist()
    [[0.5]]
    """
    awake = np.asarray(weights @ inputs.T >= 0, dtype=np.float64)
    return symmetric_matrix((awake.T @ awake) / len(weights) * (inputs @ inputs.T))
