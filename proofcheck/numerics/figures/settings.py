"""What can be chosen about the figures of networks: the data, the seeds, the sizes, and where runs are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..data import Data, load
from ..kernels import FloatArray, arc_cosine_kernel
from ..methods import Method
from ..networks import Network
from ..training import Report, Run, train

#: eta times the largest eigenvalue of H_inf: h^2 lambda_n for Heavy Ball, far below the limit of stability.
FINE = 0.01


def _silent(done: int, total: int | None) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Setting:
    """The data by name, the number of seeds, full or quick sizes, a folder for the runs, who hears of the progress.

    >>> Setting(quick=True).size(full=1000, quick=100)
    100
    """

    data: str = "spheres"
    seeds: int = 5
    quick: bool = False
    folder: Path | None = None
    report: Report = _silent

    def __post_init__(self) -> None:
        if self.seeds < 1:
            raise ValueError(f"expected at least one seed, got {self.seeds}")

    @property
    def counted(self) -> str:
        """Say in a caption how many seeds there are."""
        return "one seed" if self.seeds == 1 else f"{self.seeds} seeds"

    def size(self, full: int, quick: int) -> int:
        """Return one of two sizes."""
        return quick if self.quick else full

    def load(self, full: int, quick: int) -> Data:
        """Return so many samples, drawn by the seed 0."""
        return load(self.data, self.size(full, quick), seed=0)

    def network(self, width: int) -> Network:
        """Return the networks of a width, of the seeds 0, 1, ..."""
        return Network(width, tuple(range(self.seeds)))

    def train(
        self, data: Data, width: int, method: Method, eta: float, steps: int, observe: Iterable[str], records: int = 400
    ) -> Run:
        """Train, keep the runs, and observe at most so many moments."""
        every = max(1, -(-steps // records))
        return train(data, self.network(width), method, eta, steps, every, observe, self.report, self.folder)


@dataclass(frozen=True, eq=False)
class Problem:
    """Data and what the theorems say with it: the spectrum of H_inf, lambda_0 its smallest, lambda_n its largest."""

    data: Data
    spectrum: FloatArray

    @classmethod
    def of(cls, data: Data) -> Problem:
        """Return the data with the spectrum of their H_inf."""
        return cls(data, np.asarray(np.linalg.eigvalsh(arc_cosine_kernel(data.inputs)), dtype=np.float64))

    @property
    def lambda_0(self) -> float:
        """The smallest eigenvalue."""
        return float(self.spectrum[0])

    @property
    def lambda_n(self) -> float:
        """The largest eigenvalue."""
        return float(self.spectrum[-1])

    @property
    def alpha(self) -> float:
        """The rate sqrt(lambda_0 / 2) of Theorem 2."""
        return float(np.sqrt(self.lambda_0 / 2))

    @property
    def friction(self) -> float:
        """The friction b = sqrt(2 lambda_0) of Theorem 2."""
        return float(np.sqrt(2 * self.lambda_0))

    def described(self) -> str:
        """Say in a caption which data these are.

        >>> Problem.of(Data(np.eye(2), [1.0, 0.0], "axes")).described()
        'n = 2 samples of axes in dimension 2, lambda_0 = 0.5'
        """
        data = self.data
        return f"n = {data.count} samples of {data.name} in dimension {data.dimension}, lambda_0 = {self.lambda_0:.3g}"
