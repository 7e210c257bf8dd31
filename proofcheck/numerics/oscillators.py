"""The Heavy Ball flow with a constant kernel, in closed form: one damped oscillator for each eigenvector."""

import numpy as np
from numpy.typing import ArrayLike

from .kernels import FloatArray, symmetric_matrix
from .trajectories import Trajectory


def damped_oscillator(
    stiffness: ArrayLike, position: ArrayLike, velocity: ArrayLike, alpha: float, times: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Solve x'' + 2 alpha x' + h x = 0 in closed form, for each stiffness h and each time.

    `stiffness`, `position` and `velocity` are vectors of one length n or numbers; `times` is a vector of
    length T of times >= 0. Returns the positions and the velocities, both of shape (T, n). Any real h is
    allowed: underdamped for h > alpha^2, critically damped at h = alpha^2, overdamped below. Raises
    ValueError for alpha <= 0 or bad shapes.

    With kappa = sqrt(alpha^2 - h), C = exp(-alpha t) cosh(kappa t), S = exp(-alpha t) sinh(kappa t) / kappa,
    the solution is x = x(0) (C + alpha S) + x'(0) S, and x' = x'(0) (C - alpha S) - h x(0) S; above alpha^2
    cosine and sine take the place of the hyperbolic functions.

    >>> positions, velocities = damped_oscillator([0.75, 1.0, 2.0], 1.0, 0.0, 1.0, [0.0, 1.0])
    >>> positions.round(6).tolist()
    [[1.0, 1.0, 1.0], [0.798231, 0.735759, 0.508326]]
    """
    moments, h, x0, v0 = modes_and_times(times, stiffness, position, velocity)
    if not 0 < alpha < np.inf:
        raise ValueError(f"expected a positive alpha, got {alpha}")
    shifted_cosine, centred_cosine, sine = _fundamental_functions(h, alpha, moments)
    return x0 * shifted_cosine + v0 * sine, v0 * centred_cosine - (h * x0) * sine


def modes_and_times(times: ArrayLike, *values: ArrayLike) -> list[FloatArray]:
    """Return the times and the values of the modes, broadcast to one length n, as vectors of floats.

    Raises ValueError unless they are finite vectors or numbers and the times are >= 0.

    >>> [array.tolist() for array in modes_and_times([0.5], [1, 2], 3)]
    [[0.5], [1.0, 2.0], [3.0, 3.0]]
    """
    moments = np.asarray(times, dtype=np.float64)
    modes = np.broadcast_arrays(*(np.atleast_1d(np.asarray(value, dtype=np.float64)) for value in values))
    if modes[0].ndim != 1 or moments.ndim != 1:
        raise ValueError(f"expected vectors, got shapes {modes[0].shape} and {moments.shape}")
    if not all(np.all(np.isfinite(value)) for value in (moments, *modes)) or not np.all(moments >= 0):
        raise ValueError("expected finite numbers and times >= 0")
    return [moments, *modes]


def modes_of(kernel: ArrayLike, *vectors: ArrayLike) -> tuple[FloatArray, FloatArray, list[FloatArray]]:
    """Return the eigenvalues and eigenvectors (columns) of a symmetric matrix, and the components of vectors in them.

    Raises ValueError if the matrix is not symmetric or a vector has another length.

    >>> eigenvalues, eigenvectors, (component,) = modes_of([[2.0, 0.0], [0.0, 1.0]], [3.0, 4.0])
    >>> eigenvalues.tolist(), np.abs(component).tolist()
    ([1.0, 2.0], [4.0, 3.0])
    """
    matrix = symmetric_matrix(kernel)
    arrays = [np.asarray(vector, dtype=np.float64) for vector in vectors]
    if any(array.shape != (len(matrix),) for array in arrays):
        shapes = [array.shape for array in arrays]
        raise ValueError(f"expected vectors of length {len(matrix)}, got shapes {shapes}")
    eigenvalues, eigenvectors = np.linalg.eigh(matrix)
    return eigenvalues, eigenvectors, [eigenvectors.T @ array for array in arrays]


def _fundamental_functions(
    stiffness: FloatArray, alpha: float, times: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return C + alpha S, C - alpha S and S, each of shape (T, n), without avoidable cancellation."""
    t = times[:, np.newaxis]
    root = np.sqrt(np.abs(stiffness - alpha**2))
    angle = root * t

    # Underdamped or critical: numpy's sinc(z) is sin(pi z) / (pi z), which is smooth at 0.
    decay = np.exp(-alpha * t)
    cosine = decay * np.cos(angle)
    sine = decay * t * np.sinc(angle / np.pi)

    # Overdamped: alpha - root would cancel for a small stiffness, h / (alpha + root) does not.
    overdamped = stiffness < alpha**2
    kappa = np.where(overdamped, root, 0.0)
    fast = alpha + kappa
    slow = stiffness / fast
    slow_decay, fast_decay = np.exp(-slow * t), np.exp(-fast * t)
    # (1 - exp(-z)) / z, continued by 1 at z = 0; the sine is t times this ratio times the slow decay.
    exponent = 2 * kappa * t
    ratio = np.divide(-np.expm1(-exponent), exponent, out=np.ones_like(exponent), where=exponent > 0)
    hyperbolic_sine = slow_decay * t * ratio

    return (
        np.where(overdamped, slow_decay + slow * hyperbolic_sine, cosine + alpha * sine),
        np.where(overdamped, fast_decay - slow * hyperbolic_sine, cosine - alpha * sine),
        np.where(overdamped, hyperbolic_sine, sine),
    )


def heavy_ball_closed_form(
    kernel: ArrayLike, error: ArrayLike, velocity: ArrayLike, alpha: float, times: ArrayLike
) -> Trajectory:
    """Solve Delta'' + 2 alpha Delta' + H Delta = 0 for a constant symmetric H, by its eigenvectors.

    `error` and `velocity` are Delta and Delta' at time 0, `times` a vector of times >= 0. Equation (3.7) of
    Bu, Xu and Chen (2021) with alpha = sqrt(lambda_0 / 2). Raises ValueError if H is not symmetric or the
    sizes do not match.

    >>> path = heavy_ball_closed_form([[1.0, 0.0], [0.0, 1.0]], [1.0, 2.0], [0.0, 0.0], 1.0, [1.0])
    >>> path.errors.round(6).tolist()  # (1 + t) exp(-t) times the initial error
    [[0.735759, 1.471518]]
    """
    eigenvalues, eigenvectors, (position, speed) = modes_of(kernel, error, velocity)
    positions, velocities = damped_oscillator(eigenvalues, position, speed, alpha, times)
    return Trajectory(np.asarray(times, dtype=np.float64), positions @ eigenvectors.T, velocities @ eigenvectors.T)
