"""The error flows of every method under a constant kernel, in closed form: one mode for each eigenvector.

Gradient descent decays exponentially, Heavy Ball is a damped oscillator (`oscillators`), Nesterov's flow a Bessel
function, J momenta a sum of J + 1 exponentials, and Newton's flow is gradient descent under a sum of projectors. Times
and eigenvalues have reciprocal units: of t for gradient descent and Newton, of t^2 for Heavy Ball and Nesterov, of
t^(J + 1) for J momenta. The flows are those of Bu, Xu and Chen (2021), (2.4), (3.7), (4.4), (5.1) and Section 5.2.
"""

from collections.abc import Iterable, Sequence
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln, ive, jv

from .kernels import FloatArray
from .oscillators import modes_and_times, modes_of
from .trajectories import Trajectory

ComplexArray = NDArray[np.complex128]

# 1 / 22! is below the rounding of a number of order one.
_TERMS = 22
#: Beyond it the Bessel function underflows where its power series has not yet lost its accuracy to cancellation.
LARGEST_GAMMA = 500.0
# Roots closer than this share of their size cancel in a sum of exponentials: a digit for each further root.
_SEPARATION = 0.1


def exponential_decay(stiffness: ArrayLike, position: ArrayLike, times: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Solve x' = -h x for each stiffness h and each time; positions and velocities of shape (T, n).

    >>> positions, velocities = exponential_decay([1.0, 2.0], 1.0, [1.0])
    >>> positions.round(6).tolist()
    [[0.367879, 0.135335]]
    """
    moments, h, x0 = modes_and_times(times, stiffness, position)
    positions = x0 * np.exp(-h * moments[:, np.newaxis])
    return positions, -h * positions


def gradient_descent_closed_form(kernel: ArrayLike, error: ArrayLike, times: ArrayLike) -> Trajectory:
    """Solve Delta' = -H Delta, (2.4), for a constant symmetric H, by its eigenvectors.

    `error` is Delta(0), of length n; `times` are >= 0. Raises ValueError if H is not symmetric or the sizes differ.

    >>> gradient_descent_closed_form([[2.0, 1.0], [1.0, 2.0]], [1.0, 1.0], [1.0]).errors.round(6).tolist()
    [[0.049787, 0.049787]]
    """
    eigenvalues, eigenvectors, (position,) = modes_of(kernel, error)
    return _assembled(times, eigenvectors, exponential_decay(eigenvalues, position, times))


def bessel_oscillator(
    stiffness: ArrayLike, position: ArrayLike, gamma: float, times: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Solve x'' + (gamma/t) x' + h x = 0 from rest, for each stiffness h and each time; both of shape (T, n).

    x = x(0) 0F1(; (gamma + 1)/2; -h t^2/4), which is Gamma(v + 1) (2/z)^v J_v(z) with z = sqrt(h) t and v = (gamma -
    1)/2, and x' = -x(0) h t/(gamma + 1) 0F1(; (gamma + 3)/2; -h t^2/4). Any real h is allowed: below 0 the modified
    Bessel function grows. Raises ValueError for gamma <= 0, for gamma > 500 and for bad shapes.

    >>> positions, velocities = bessel_oscillator([1.0, 4.0], 1.0, 2.0, [0.0, 1.0])  # sin(z)/z
    >>> positions.round(6).tolist()
    [[1.0, 1.0], [0.841471, 0.454649]]
    """
    moments, h, x0 = modes_and_times(times, stiffness, position)
    _expect_gamma(gamma)
    t = moments[:, np.newaxis]
    argument, lowest = h * t**2 / 4, (gamma + 1) / 2
    return x0 * _hypergeometric(lowest, argument), -x0 * (h * t / (2 * lowest)) * _hypergeometric(lowest + 1, argument)


def nesterov_closed_form(kernel: ArrayLike, error: ArrayLike, gamma: float, times: ArrayLike) -> Trajectory:
    """Solve Delta'' + (gamma/t) Delta' + H Delta = 0, (4.4), from rest, for a constant symmetric H.

    `error` is Delta(0), of length n; `times` are >= 0, and 0 is one of them like any other. Raises ValueError as
    `bessel_oscillator` does, if H is not symmetric or the sizes differ.

    >>> nesterov_closed_form([[1.0]], [2.0], 2.0, [0.0, np.pi]).errors.round(6).ravel().tolist()
    [2.0, 0.0]
    """
    eigenvalues, eigenvectors, (position,) = modes_of(kernel, error)
    return _assembled(times, eigenvectors, bessel_oscillator(eigenvalues, position, gamma, times))


def exponential_sum(
    stiffness: ArrayLike, start: Sequence[ArrayLike], frictions: Sequence[float], times: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Solve x^(J+1) + b_J x^(J) + ... + b_1 x' + h x = 0 for each stiffness h and each time; both of shape (T, n).

    `frictions` are b_1, ..., b_J; `start` holds x(0), x'(0), ..., x^(J)(0), each a vector of length n or a number; what
    is missing at its end is 0. The roots of the characteristic polynomial give a sum of exponentials; where two of them
    nearly agree a matrix exponential, one for each such mode, takes its place, and a power series at early times.
    Raises ValueError for bad shapes and for a start that is empty or too long.

    >>> positions, velocities = exponential_sum([1.0], [1.0], [3.0, 3.0], [0.0, 1.0])  # (1 + t + t^2/2) exp(-t)
    >>> positions.round(6).tolist()
    [[1.0], [0.919699]]
    """
    order = len(frictions) + 1
    if not 1 <= len(start) <= order or not np.all(np.isfinite(frictions)):
        raise ValueError(f"expected 1 to {order} initial values and finite frictions, got {len(start)}, {frictions}")
    moments, h, *given = modes_and_times(times, stiffness, *start)
    derivatives = np.zeros((order, h.size))
    derivatives[: len(given)] = given
    roots = _roots(h, frictions)
    distances = np.abs(roots[:, :, np.newaxis] - roots[:, np.newaxis])
    larger = np.maximum(np.abs(roots)[:, :, np.newaxis], np.abs(roots)[:, np.newaxis])
    gaps = np.where(np.eye(order, dtype=bool), np.inf, distances - _SEPARATION * larger)
    separated = np.all(gaps > 0, axis=(1, 2))

    solved = np.zeros((2, moments.size, h.size))
    solved[:, :, separated] = _partial_fractions(roots[separated], derivatives[:, separated], moments)
    fastest = np.max(np.abs(roots), axis=1)
    early = moments[:, np.newaxis] * fastest <= 1
    for mode in np.flatnonzero(~separated):
        late = ~early[:, mode]
        solved[:, late, mode] = _newton_form(roots[mode], derivatives[:, mode], moments[late])
    series = _power_series(h, derivatives, frictions, np.where(early, moments[:, np.newaxis], 0.0), fastest)
    positions, velocities = np.where(early, series, solved)
    return positions, velocities


def momenta_closed_form(
    kernel: ArrayLike, start: Sequence[ArrayLike], frictions: Sequence[float], times: ArrayLike
) -> Trajectory:
    """Solve (5.1), Delta^(J+1) + b_J Delta^(J) + ... + b_1 Delta' + H Delta = 0, for a constant symmetric H.

    `frictions` are b_1, ..., b_J, `start` the vectors Delta(0), Delta'(0), ..., as many as are not 0; `times` are >= 0.
    J = 0 is gradient descent and J = 1 Heavy Ball. Raises ValueError as `exponential_sum` does, if H is not symmetric
    or the sizes differ.

    >>> path = momenta_closed_form(np.eye(2), [[1.0, 2.0]], [3.0, 3.0], [1.0])
    >>> path.errors.round(6).tolist()
    [[0.919699, 1.839397]]
    """
    eigenvalues, eigenvectors, components = modes_of(kernel, *start)
    return _assembled(times, eigenvectors, exponential_sum(eigenvalues, components, frictions, times))


def sum_of_projectors(gradients: Iterable[ArrayLike]) -> FloatArray:
    """Return S, the sum over the neurons of the orthogonal projectors onto the ranges of J_r, each n x p.

    It is J_r (J_r^T J_r)^+ J_r^T, with the pseudo-inverse where the block is singular. Raises ValueError if there is no
    gradient or the sizes differ.

    >>> sum_of_projectors([[[1.0], [1.0]], [[0.0], [3.0]], [[0.0], [0.0]]]).round(6).tolist()
    [[0.5, 0.5], [0.5, 1.5]]
    """
    blocks = [np.asarray(gradient, dtype=np.float64) for gradient in gradients]
    if not blocks or blocks[0].ndim != 2 or len({block.shape for block in blocks}) != 1:
        raise ValueError("expected matrices of one shape, at least one")
    total = np.zeros((len(blocks[0]), len(blocks[0])))
    for block in blocks:
        columns, sizes, _ = np.linalg.svd(block, full_matrices=False)
        basis = columns[:, sizes > max(block.shape) * np.finfo(np.float64).eps * sizes[0]]
        total += basis @ basis.T
    return total


def newton_closed_form(gradients: Iterable[ArrayLike], error: ArrayLike, times: ArrayLike) -> Trajectory:
    """Solve Delta' = -S Delta, Newton's flow of Section 5.2, where S is the constant `sum_of_projectors`.

    `gradients` are the matrices J_r = df/dw_r, n x p, one for each neuron, `error` is Delta(0); `times` are >= 0.

    >>> newton_closed_form([[[1.0], [0.0]], [[0.0], [2.0]]], [1.0, 3.0], [1.0]).errors.round(6).tolist()
    [[0.367879, 1.103638]]
    """
    return gradient_descent_closed_form(sum_of_projectors(gradients), error, times)


def _assembled(times: ArrayLike, eigenvectors: FloatArray, modes: tuple[FloatArray, FloatArray]) -> Trajectory:
    positions, velocities = modes
    return Trajectory(np.asarray(times, dtype=np.float64), positions @ eigenvectors.T, velocities @ eigenvectors.T)


def _expect_gamma(gamma: float) -> None:
    if not 0 < gamma <= LARGEST_GAMMA:
        raise ValueError(f"expected 0 < gamma <= {LARGEST_GAMMA:g}, got {gamma}")


def _hypergeometric(lowest: float, argument: FloatArray) -> FloatArray:
    """Return 0F1(; a; -z) for a = `lowest` > 1/2, up to rounding.

    For |z| <= a the terms of the series are at most 1/k!, and there is no zero: the smallest one has z > a, since the
    1/j^2 over the zeros j of J_v sum to 1/(4 a). Beyond, the Bessel function is far from its underflow.
    """
    values = np.ones_like(argument)
    within = np.abs(argument) <= lowest
    term = np.ones_like(argument[within])
    for k in range(1, _TERMS + 1):
        term = term * (-argument[within] / (k * (lowest + k - 1)))
        values[within] += term
    order = lowest - 1
    for outside, growth in ((argument > lowest, 0.0), (argument < -lowest, 1.0)):
        size = np.abs(argument[outside])
        z = 2 * np.sqrt(size)
        scale = np.exp(gammaln(lowest) - order / 2 * np.log(size) + growth * z)
        values[outside] = scale * (ive(order, z) if growth else jv(order, z))
    return values


def _roots(stiffness: FloatArray, frictions: Sequence[float]) -> ComplexArray:
    """Return the roots of z^(J+1) + b_J z^J + ... + b_1 z + h, of shape (n, J + 1)."""
    companions = _companion(stiffness, frictions)
    roots = np.linalg.eigvals(companions).astype(np.complex128)
    # A small root beside large ones is known up to their rounding only; Newton's step mends that. Where roots nearly
    # agree their errors cancel in what they have in common, and would no longer if each were mended by itself.
    coefficients = [np.ones_like(stiffness), *(np.full_like(stiffness, b) for b in reversed(frictions)), stiffness]
    others = np.where(
        np.eye(roots.shape[1], dtype=bool), np.inf, np.abs(roots[:, :, np.newaxis] - roots[:, np.newaxis])
    )
    alone = np.min(others, axis=2) > _SEPARATION * np.abs(roots)
    for _ in range(2):
        value, slope = np.zeros_like(roots), np.zeros_like(roots)
        for coefficient in coefficients:
            slope = slope * roots + value
            value = value * roots + coefficient[:, np.newaxis]
        step = np.divide(value, slope, out=np.full_like(roots, np.inf), where=slope != 0)
        roots = roots - np.where(alone & (np.abs(step) < 1e-3 * np.abs(roots)), step, 0)
    return roots


def _companion(stiffness: FloatArray, frictions: Sequence[float]) -> FloatArray:
    """The matrices of the flow of (x, x', ..., x^(J)), of shape (n, J + 1, J + 1)."""
    order = len(frictions) + 1
    matrices = np.zeros((stiffness.size, order, order))
    matrices[:] = np.eye(order, k=1)
    matrices[:, -1, 1:] = -np.asarray(frictions, dtype=np.float64)
    matrices[:, -1, 0] = -stiffness
    return matrices


def _partial_fractions(roots: ComplexArray, derivatives: FloatArray, times: FloatArray) -> FloatArray:
    """Positions and velocities, of shape (2, T, n), as sums of exponentials."""
    modes, order = roots.shape
    positions, velocities = np.zeros((2, times.size, modes), dtype=np.complex128)
    for i in range(order):
        # The other factors of the characteristic polynomial, applied to the initial values, leave root i alone.
        rest = derivatives.astype(np.complex128)
        weight = np.ones(modes, dtype=np.complex128)
        for j in range(order):
            if j != i:
                rest = rest[1:] - roots[:, j] * rest[:-1]
                weight = weight / (roots[:, i] - roots[:, j])
        part = rest[0] * weight * np.exp(np.multiply.outer(times, roots[:, i]))
        positions += part
        velocities += roots[:, i] * part
    return np.stack([positions.real, velocities.real])


def _power_series(
    stiffness: FloatArray, derivatives: FloatArray, frictions: Sequence[float], times: FloatArray, fastest: FloatArray
) -> FloatArray:
    """Positions and velocities, of shape (2, T, n), at times of shape (T, n) that are at most 1 / fastest."""
    unit = np.where(fastest > 0, fastest, 1.0)
    order = len(derivatives)
    coefficients = [b / unit ** (order - j) for j, b in enumerate((stiffness, *frictions))]
    sequence = [derivative / unit**j for j, derivative in enumerate(derivatives)]
    positions, velocities = np.zeros_like(times), np.zeros_like(times)
    power, scaled = np.ones_like(times), unit * times
    for k in range(_TERMS + order):
        window = sequence[k : k + order]
        sequence.append(-np.sum([b * x for b, x in zip(coefficients, window, strict=True)], axis=0))
        positions += sequence[k] * power / factorial(k)
        velocities += unit * sequence[k + 1] * power / factorial(k)
        power = power * scaled
    return np.stack([positions, velocities])


def _newton_form(roots: ComplexArray, derivatives: FloatArray, times: FloatArray) -> FloatArray:
    """The position and the velocity of one mode, of shape (2, T), at times > 0, whether or not its roots agree.

    With c_k = (D - z_1) ... (D - z_k) x at 0 and the divided differences of exp(t z), x is the sum over k of
    c_k exp(t z)[z_1, ..., z_(k+1)]. These are the first row of the exponential of t Z, Z having the roots on its
    diagonal and ones above it (Opitz, 1964). For real roots no entry of it is negative, so that squaring loses no
    accuracy; with a companion matrix it loses much where roots agree.
    """
    order = len(roots)
    slowest = np.max(roots.real)
    # t^(-k) times the differences, which are of order one where all roots agree.
    matrices = np.zeros((times.size, order, order), dtype=np.complex128)
    matrices[:] = np.eye(order, k=1)
    matrices[:, range(order), range(order)] = np.multiply.outer(times, roots - slowest)
    differences = _exponentials(matrices)[:, 0]
    rest, power = derivatives.astype(np.complex128), np.exp(slowest * times)
    positions, velocities = np.zeros((2, times.size), dtype=np.complex128)
    for k, root in enumerate(roots):
        part = rest[0] * power * differences[:, k]
        positions += part
        velocities += root * part
        if k + 1 < order:
            rest = rest[1:] - root * rest[:-1]
            velocities += rest[0] * power * differences[:, k]
            power = power * times
    return np.stack([positions.real, velocities.real])


def _exponentials(matrices: ComplexArray) -> ComplexArray:
    """The exponentials of many small matrices at once: a power series for a norm of 1/2, squared again and again."""
    norms = np.max(np.sum(np.abs(matrices), axis=2), axis=1, initial=0.0)
    squarings = np.ceil(np.log2(np.maximum(2 * norms, 1.0))).astype(int)
    scaled = matrices / 2.0 ** squarings[:, np.newaxis, np.newaxis]
    identity = np.eye(matrices.shape[1])
    values = np.broadcast_to(identity, matrices.shape).astype(np.complex128)
    for k in range(_TERMS, 0, -1):
        values = identity + scaled @ values / k
    for done in range(int(np.max(squarings, initial=0))):
        left = squarings > done
        values[left] = values[left] @ values[left]
    return values
