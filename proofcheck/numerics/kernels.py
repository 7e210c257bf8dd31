"""Kernel matrices: random ones of prescribed spectrum, perturbations, and the infinite-width limit."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


def symmetric_matrix(entries: ArrayLike) -> FloatArray:
    """Return a read-only symmetric copy of a square matrix that is symmetric up to rounding.

    Raises ValueError if the matrix is not square, not finite, or further from its transpose than rounding
    explains.

    >>> symmetric_matrix([[2, 1], [1, 2]]).tolist()
    [[2.0, 1.0], [1.0, 2.0]]
    """
    matrix = np.array(entries, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or matrix.shape[0] == 0:
        raise ValueError(f"expected a non-empty square matrix, got shape {matrix.shape}")
    if not np.all(np.isfinite(matrix)):
        raise ValueError("expected finite entries")
    rounding = 1e-12 * np.max(np.abs(matrix)) + np.finfo(np.float64).tiny
    if np.max(np.abs(matrix - matrix.T)) > rounding:
        raise ValueError("expected a symmetric matrix")
    matrix = (matrix + matrix.T) / 2
    matrix.setflags(write=False)
    return matrix


def random_rotation(size: int, generator: np.random.Generator) -> FloatArray:
    """Draw an orthogonal matrix of the given size from the Haar measure.

    A Gaussian matrix is factorised as QR; fixing the signs of R's diagonal makes the law of Q invariant.
    Raises ValueError if `size` is not positive.

    >>> Q = random_rotation(3, np.random.default_rng(0))
    >>> bool(np.allclose(Q @ Q.T, np.eye(3)))
    True
    """
    if size < 1:
        raise ValueError(f"expected a positive size, got {size}")
    orthogonal, triangular = np.linalg.qr(generator.standard_normal((size, size)))
    return np.asarray(orthogonal * np.where(np.diag(triangular) < 0, -1.0, 1.0), dtype=np.float64)


def kernel_with_spectrum(eigenvalues: ArrayLike, generator: np.random.Generator) -> FloatArray:
    """Draw a symmetric matrix that has the given eigenvalues and Haar-distributed eigenvectors.

    >>> H = kernel_with_spectrum([1, 2, 5], np.random.default_rng(0))
    >>> np.linalg.eigvalsh(H).round(12).tolist()
    [1.0, 2.0, 5.0]
    """
    spectrum = np.asarray(eigenvalues, dtype=np.float64)
    if spectrum.ndim != 1:
        raise ValueError(f"expected a list of eigenvalues, got shape {spectrum.shape}")
    rotation = random_rotation(spectrum.size, generator)
    return symmetric_matrix((rotation * spectrum) @ rotation.T)


def random_kernel(size: int, lowest: float, highest: float, generator: np.random.Generator) -> FloatArray:
    """Draw a symmetric matrix with spectrum in [lowest, highest], both ends attained if `size` is at least 2.

    The bounds hold up to the rounding of one rotation, about 1e-15 times the largest eigenvalue.
    Raises ValueError if `lowest` exceeds `highest` or `size` is not positive.

    >>> H = random_kernel(4, 1.0, 9.0, np.random.default_rng(0))
    >>> np.linalg.eigvalsh(H)[[0, -1]].round(12).tolist()
    [1.0, 9.0]
    """
    if not lowest <= highest:
        raise ValueError(f"expected lowest <= highest, got {lowest} and {highest}")
    spectrum = generator.uniform(lowest, highest, size)
    if size >= 2:
        spectrum[:2] = lowest, highest
    return kernel_with_spectrum(spectrum, generator)


def random_perturbation(size: int, bound: float, generator: np.random.Generator) -> FloatArray:
    """Draw a symmetric matrix E with spectral norm at most `bound`, up to rounding.

    The eigenvalues are uniform in [-bound, bound]. Raises ValueError if `bound` is negative.

    >>> E = random_perturbation(4, 0.5, np.random.default_rng(0))
    >>> bool(np.linalg.norm(E, 2) <= 0.5)
    True
    """
    if not bound >= 0:
        raise ValueError(f"expected a non-negative bound, got {bound}")
    return kernel_with_spectrum(generator.uniform(-bound, bound, size), generator)


def random_sphere_points(count: int, dimension: int, generator: np.random.Generator) -> FloatArray:
    """Draw `count` independent uniform points of the unit sphere, one a row.

    Raises ValueError if `count` or `dimension` is not positive.

    >>> X = random_sphere_points(5, 3, np.random.default_rng(0))
    >>> bool(np.allclose(np.linalg.norm(X, axis=1), 1))
    True
    """
    if count < 1 or dimension < 1:
        raise ValueError(f"expected positive count and dimension, got {count} and {dimension}")
    points = generator.standard_normal((count, dimension))
    return np.asarray(points / np.linalg.norm(points, axis=1, keepdims=True), dtype=np.float64)


def arc_cosine_kernel(inputs: ArrayLike) -> FloatArray:
    """Return H_inf, the kernel of an infinitely wide two-layer ReLU network trained in its first layer.

    Entry (i, j) is E[<x_i, x_j> 1{<w, x_i> >= 0, <w, x_j> >= 0}] over standard Gaussian w, which equals (1/2
    - arccos<x_i, x_j> / (2 pi)) <x_i, x_j>: half the inner product times the arc-cosine kernel of degree 0
    (Cho and Saul, 2009); Fact 2.2 of Bu, Xu and Chen (2021). Inputs are rows of unit length, else ValueError.

    >>> arc_cosine_kernel([[1, 0], [0, 1]]).tolist()
    [[0.5, 0.0], [0.0, 0.5]]
    """
    rows = np.asarray(inputs, dtype=np.float64)
    if rows.ndim != 2:
        raise ValueError(f"expected one input a row, got shape {rows.shape}")
    if not np.allclose(np.linalg.norm(rows, axis=1), 1.0, rtol=0.0, atol=1e-9):
        raise ValueError("expected inputs of unit length")
    cosines = np.clip(rows @ rows.T, -1.0, 1.0)
    # A point has the angle 0 with itself; arccos is steep at 1, so it would magnify the rounding.
    np.fill_diagonal(cosines, 1.0)
    return symmetric_matrix((0.5 - np.arccos(cosines) / (2 * np.pi)) * cosines)


def spectral_distance(first: ArrayLike, second: ArrayLike) -> float:
    """Return the operator norm of the difference of two symmetric matrices, its largest absolute eigenvalue.

    Raises ValueError if the shapes differ or a matrix is not symmetric.

    >>> spectral_distance([[1, 0], [0, 3]], [[1, 0], [0, 1]])
    2.0
    """
    left, right = symmetric_matrix(first), symmetric_matrix(second)
    if left.shape != right.shape:
        raise ValueError(f"expected matrices of one size, got {left.shape} and {right.shape}")
    return float(np.max(np.abs(np.linalg.eigvalsh(left - right))))
