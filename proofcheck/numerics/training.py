"""Training of two-layer ReLU networks, full batch, their hidden layer only, and what is observed on the way.

Numbers prove nothing: what is seen here is one run of floats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from .data import Data
from .keeping import kept, name_for
from .kernels import FloatArray, spectral_distance
from .layers import Layer
from .methods import Method
from .networks import Network

#: To be raised when the numbers of a run change, so that kept ones are not taken for them.
VERSION = 2

Report = Callable[[int, int | None], None]


@dataclass(frozen=True, eq=False)
class Run:
    """What was observed along the training of a network: an array of shape (S, K), a row a seed, a column a time.

    `times`, shape (K,), are on the clock of the method. `observed` has the arrays by name; an attribute gives each, and
    raises AttributeError when it was not observed.

    >>> run = Run(np.array([0.0, 1.0]), {"losses": np.array([[2.0, 1.0]])}, (7,))
    >>> run.losses.tolist(), run.seeds
    ([[2.0, 1.0]], (7,))
    """

    times: FloatArray
    observed: Mapping[str, FloatArray]
    seeds: tuple[int, ...]

    def of(self, name: str) -> FloatArray:
        """Return the array of an observation by its name."""
        if name not in self.observed:
            raise AttributeError(f"{name!r} was not observed; ask for it: train(..., observe=[{name!r}])")
        return self.observed[name]

    @property
    def losses(self) -> FloatArray:
        """L = |Delta|^2 / 2."""
        return self.of("losses")

    @property
    def pseudo_losses(self) -> FloatArray:
        """L_hat = <H(t) Delta, Delta> / 2."""
        return self.of("pseudo_losses")

    @property
    def errors(self) -> FloatArray:
        """Delta, of shape (S, K, n)."""
        return self.of("errors")

    @property
    def distances(self) -> FloatArray:
        """max_r |w_r(t) - w_r(0)|."""
        return self.of("distances")

    @property
    def flips(self) -> FloatArray:
        """The share of the m n pairs of a neuron and a sample that are on the other side of the kink than at first."""
        return self.of("flips")

    @property
    def kernel_distance(self) -> FloatArray:
        """|H(t) - H(0)| in the operator norm."""
        return self.of("kernel_distance")

    @property
    def smallest_eigenvalue(self) -> FloatArray:
        """lambda_min(H(t))."""
        return self.of("smallest_eigenvalue")

    @property
    def energy(self) -> FloatArray:
        """The energy of the method (`Method.energy`), with the velocity of the last step."""
        return self.of("energy")

    @property
    def jumps(self) -> FloatArray:
        """The sum of the energy's jumps at flips since the column before."""
        return self.of("jumps")

    @property
    def rises(self) -> FloatArray:
        """The sum of the energy's upward jumps at flips since the column before."""
        return self.of("rises")


def train(
    data: Data,
    network: Network,
    method: Method,
    eta: float,
    steps: int,
    record_every: int,
    observe: Iterable[str] = ("losses",),
    report: Report = lambda done, total: None,
    folder: Path | None = None,
) -> Run:
    """Train the hidden layer of the network full batch on the squared error, once a seed, and return what was observed.

    `observe` names attributes of `Run`; they are recorded at the start, after every `record_every` steps and after the
    last. `report(done, total)` hears of the steps done, over all seeds. With a `folder`, say `keeping.FOLDER`, what
    each seed gave is kept there and found again, also after an interruption. Raises ValueError for an unknown name, for
    a method whose energy is asked for and unknown, and for numbers out of range; OverflowError when the loss grows
    beyond 1e150.

    >>> from .methods import GradientDescent
    >>> data = Data(np.eye(2), [1.0, -1.0], "axes")
    >>> run = train(data, Network(width=50, seeds=(0, 1)), GradientDescent(), 0.1, steps=100, record_every=50)
    >>> run.times.tolist(), run.losses.shape, bool(np.all(run.losses[:, 2] < run.losses[:, 0]))
    ([0.0, 5.0, 10.0], (2, 3), True)
    """
    names = _names(observe)
    if steps < 0 or record_every < 1:
        raise ValueError(f"expected steps >= 0 and record_every >= 1, got {steps} and {record_every}")
    recorded = sorted({*range(0, steps + 1, record_every), steps})
    total = steps * len(network.seeds)
    rows = []
    for place, seed in enumerate(network.seeds):

        def watched(seed: int = seed, passed: int = place * steps) -> dict[str, FloatArray]:
            layer = Layer(data, *network.draw(seed, data.dimension), method, eta)
            return _watch(layer, recorded, names, lambda done: report(passed + done, total))

        # Small matrices are slower on several threads, and much slower where other programs want these too.
        with threadpool_limits(1):
            if folder is None:
                rows.append(watched())
            else:
                what = (VERSION, data.inputs, data.targets, network.width, seed, method, eta, recorded, names)
                rows.append(kept(folder / name_for(*what), watched))
        report((place + 1) * steps, total)
    observed = {name: np.stack([row[name] for row in rows]) for name in names}
    return Run(np.array(recorded) * method.clock(eta), observed, network.seeds)


def _names(observe: Iterable[str]) -> tuple[str, ...]:
    names = tuple(sorted(set(observe)))
    unknown = [name for name in names if name not in (*OBSERVATIONS, *SUMMED)]
    if unknown:
        raise ValueError(f"unknown observations {', '.join(unknown)}; there are {', '.join((*OBSERVATIONS, *SUMMED))}")
    return names


def _watch(
    layer: Layer, recorded: list[int], names: tuple[str, ...], report: Callable[[int], None]
) -> dict[str, FloatArray]:
    """Run one layer through the recorded steps; the observations by name, one row a recorded step."""
    layer.watch_jumps = any(name in SUMMED for name in names)
    if layer.watch_jumps:
        # A method without an energy is refused now, not at the first flip.
        layer.energy()
    first = layer.kernel
    columns: dict[str, list[object]] = {name: [] for name in names}
    for moment in recorded:
        sums = dict.fromkeys(SUMMED, 0.0)
        while layer.done < moment:
            layer.step()
            if layer.jump:
                for name, part in SUMMED.items():
                    sums[name] += part(layer.jump)
        for name in names:
            columns[name].append(sums[name] if name in SUMMED else OBSERVATIONS[name](layer, first))
        report(layer.done)
    return {name: np.array(column, dtype=np.float64) for name, column in columns.items()}


OBSERVATIONS: dict[str, Callable[[Layer, FloatArray], float | FloatArray]] = {
    "losses": lambda layer, first: float(layer.error @ layer.error) / 2,
    "pseudo_losses": lambda layer, first: float(layer.error @ layer.kernel @ layer.error) / 2,
    "errors": lambda layer, first: layer.error,
    "distances": lambda layer, first: layer.distance(),
    "flips": lambda layer, first: layer.flips(),
    "kernel_distance": lambda layer, first: spectral_distance(layer.kernel, first),
    "smallest_eigenvalue": lambda layer, first: float(np.linalg.eigvalsh(layer.kernel)[0]),
    "energy": lambda layer, first: layer.energy(),
}
#: What is summed over the steps between two records, from the energy's jump at each.
SUMMED: dict[str, Callable[[float], float]] = {"jumps": lambda jump: jump, "rises": lambda jump: max(jump, 0.0)}
