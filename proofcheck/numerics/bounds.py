"""What the claims say of the loss, as arrays over the times: each function has the name of the claim that it repeats.

Section 2 to 5 of Bu, Xu and Chen (2021), as printed where that holds, amended and sharpened. Floats, to be drawn beside
a trajectory; what is proved is the claim. The hypotheses are the caller's, unless a function says that it checks them.
"""

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from .kernels import FloatArray, symmetric_matrix


def theorem_1(lambda_0: float, loss: float, times: ArrayLike) -> FloatArray:
    """Gradient descent, H(t) >= lambda_0/2: exp(-lambda_0 t) L(0).

    >>> theorem_1(1.0, 2.0, [0.0, 1.0]).round(6).tolist()
    [2.0, 0.735759]
    """
    return loss * np.exp(-lambda_0 * _vector(times))


def loss_decays(alpha: float, pseudo_loss: float, times: ArrayLike) -> FloatArray:
    """Heavy Ball, as printed: (4/lambda_0) exp(-alpha t) L_hat(0), lambda_0 = 2 alpha^2; for a constant kernel.

    >>> loss_decays(1.0, 2.0, [0.0, 1.0]).round(6).tolist()
    [4.0, 1.471518]
    """
    return 2 * pseudo_loss / alpha**2 * np.exp(-alpha * _vector(times))


def sharp_loss(alpha: float, loss: float, times: ArrayLike) -> FloatArray:
    """Heavy Ball, sharper: (1 + alpha t)^2 exp(-2 alpha t) L(0), for a constant kernel, attained at H = alpha^2.

    >>> sharp_loss(1.0, 2.0, [0.0, 1.0]).round(6).tolist()
    [2.0, 1.082682]
    """
    clock = alpha * _vector(times)
    return loss * (1 + clock) ** 2 * np.exp(-2 * clock)


def loss_near_a_frozen_kernel(alpha: float, pseudo_loss: float, times: ArrayLike) -> FloatArray:
    """Heavy Ball, amended: (4/lambda_0) exp(-(2 - 1/sqrt 2) alpha t) L_hat(0), with the frozen kernel in L_hat.

    The frozen kernel is at least 3 lambda_0/4, H(t) within lambda_0/4 of it, however it jumps.

    >>> loss_near_a_frozen_kernel(1.0, 2.0, [0.0, 1.0]).round(6).tolist()
    [4.0, 1.097902]
    """
    return 2 * pseudo_loss / alpha**2 * np.exp(-(2 - sqrt(0.5)) * alpha * _vector(times))


def loss_for_a_bounded_kernel(alpha: float, loss: float, times: ArrayLike) -> FloatArray:
    """Heavy Ball, amended: 2 exp(-alpha t) L(0), if alpha^2 <= H(t) <= 3 alpha^2, however it moves.

    >>> loss_for_a_bounded_kernel(1.0, 2.0, [0.0, 1.0]).round(6).tolist()
    [4.0, 1.471518]
    """
    return 2 * loss * np.exp(-alpha * _vector(times))


def loss_of_the_network(alpha: float, loss: float, times: ArrayLike) -> FloatArray:
    """Heavy Ball, Theorem 2 for a network that is wide enough: 3 exp(-(9/8) alpha t) L(0).

    >>> loss_of_the_network(1.0, 2.0, [0.0, 1.0]).round(6).tolist()
    [6.0, 1.947915]
    """
    return 3 * loss * np.exp(-9 / 8 * alpha * _vector(times))


def lemma_4_1_for_a_constant_kernel_later(
    exponent: float, gamma: float, kappa: float, loss: float, times: ArrayLike
) -> FloatArray:
    """Nesterov, amended: 3 (gamma/(kappa t))^a L(0) for H >= kappa^2 constant and an exponent a <= gamma.

    a = 2 gamma/3 is the largest of the paper, a = gamma the rate that the flow has. At t = 0 it is infinite.

    >>> lemma_4_1_for_a_constant_kernel_later(2.0, 3.0, 1.0, 1.0, [0.0, 3.0, 6.0]).tolist()
    [inf, 3.0, 0.75]
    """
    moments = _vector(times)
    quotient = np.divide(gamma / kappa, moments, out=np.full_like(moments, np.inf), where=moments > 0)
    return 3 * loss * quotient**exponent


def lemma_4_1_with_variation(
    gamma: float, kappa: float, variation: ArrayLike, pseudo_loss: float, times: ArrayLike
) -> FloatArray:
    """Nesterov, amended: 3 exp(4 TV/(3 mu)) (gamma/(kappa t))^gamma L_hat(0)/mu for H(t) >= mu = kappa^2.

    `variation` is TV, the total variation of the kernel up to each time or at all, in operator norm. From t =
    gamma/kappa on; before it is NaN.

    >>> lemma_4_1_with_variation(3.0, 1.0, 0.0, 1.0, [1.0, 3.0, 6.0]).tolist()
    [nan, 3.0, 0.375]
    """
    rate = lemma_4_1_for_a_constant_kernel_later(gamma, gamma, kappa, pseudo_loss / kappa**2, times)
    swollen = rate * np.exp(4 * np.asarray(variation, dtype=np.float64) / (3 * kappa**2))
    return np.where(_vector(times) >= gamma / kappa, swollen, np.nan)


def lemma_4_1(exponent: float, gamma: float, mu: float, loss: float, times: ArrayLike) -> FloatArray:
    """Nesterov, (4.6) with a constant: C L(0)/(t^a mu^(a/2)), C = 2 gamma^(a+1), for a constant H >= mu = lambda_0/2.

    gamma >= 2 and 2 <= a <= gamma; a = 2 gamma/3 is the largest of the paper. At t = 0 it is infinite.

    >>> lemma_4_1(2.0, 3.0, 1.0, 1.0, [0.0, 3.0, 6.0]).tolist()
    [inf, 6.0, 1.5]
    """
    return 2 * gamma / 3 * lemma_4_1_for_a_constant_kernel_later(exponent, gamma, sqrt(mu), loss, times)


def rate_from_below(gamma: float, mu: float, energy: float, times: ArrayLike) -> FloatArray:
    """Nesterov from below: L_hat + |Delta'|^2/2 is at least (t_0/t)^gamma/4 of its value at t_0 = gamma/sqrt(mu).

    `energy` is that value; H >= mu is constant and gamma >= 2. Before t_0 it is NaN.

    >>> rate_from_below(3.0, 1.0, 1.0, [1.0, 3.0, 6.0]).tolist()
    [nan, 0.25, 0.03125]
    """
    moments, begin = _vector(times), gamma / sqrt(mu)
    return energy / 4 * np.divide(begin, moments, out=np.full_like(moments, np.nan), where=moments >= begin) ** gamma


def loss_of_two_momenta(
    kernel: ArrayLike, error: ArrayLike, frictions: tuple[float, float], rate: float, times: ArrayLike
) -> FloatArray:
    """Two momenta from rest: (B_1/c) exp(-2 rate t) E(0), where B_1, B_2, K belong to exp(rate t) Delta.

    c is the smallest k (B_1 B_2 - k) over the eigenvalues k of K. `frictions` are b_1, b_2. Raises ValueError where the
    hypotheses fail: B_1, B_2 >= 0 and 0 < K < B_1 B_2.

    >>> loss_of_two_momenta([[1.0]], [1.0], (3.0, 3.0), 0.0, [0.0]).tolist()  # c = 8, E(0) = 3/2
    [0.5625]
    """
    b_1, b_2 = frictions
    B_2 = b_2 - 3 * rate
    B_1 = b_1 - 2 * rate * B_2 - 3 * rate**2
    eigenvalues = np.linalg.eigvalsh(symmetric_matrix(kernel)) - (rate * B_1 + rate**2 * B_2 + rate**3)
    room = float(np.min(eigenvalues * (B_1 * B_2 - eigenvalues)))
    if not (B_1 >= 0 and B_2 >= 0 and room > 0):
        raise ValueError(f"expected B_1, B_2 >= 0 and 0 < K < B_1 B_2, got {B_1}, {B_2}, K in {eigenvalues[[0, -1]]}")
    start = np.asarray(error, dtype=np.float64)
    squared, kernel_form = start @ start, start @ np.asarray(kernel, dtype=np.float64) @ start
    form = kernel_form - (rate * B_1 + rate**2 * B_2 + rate**3) * squared
    # At rest D Delta = rate Delta and D^2 Delta = rate^2 Delta.
    energy = ((rate**2 + B_2 * rate) ** 2 + B_1 * rate**2) / 2 * squared + (B_2 / 2 + rate) * form
    return B_1 / room * energy * np.exp(-2 * rate * _vector(times))


def newton_rate(lambda_0: float, neurons_per_sample: float, loss: float, times: ArrayLike) -> FloatArray:
    """Newton's flow, H >= lambda_0: exp(-2 lambda_0 (m/n) t) L(0).

    >>> newton_rate(0.5, 4.0, 2.0, [0.0, 1.0]).round(6).tolist()
    [2.0, 0.036631]
    """
    return theorem_1(2 * lambda_0 * neurons_per_sample, loss, times)


def newton_rate_of_section_3(lambda_0: float, neurons_per_sample: float, loss: float, times: ArrayLike) -> FloatArray:
    """Newton's flow, amended, H >= lambda_0/2: exp(-lambda_0 (m/n) t) L(0).

    >>> newton_rate_of_section_3(0.5, 4.0, 2.0, [0.0, 1.0]).round(6).tolist()
    [2.0, 0.270671]
    """
    return theorem_1(lambda_0 * neurons_per_sample, loss, times)


def newton_rate_at_most(neurons: int, loss: float, times: ArrayLike) -> FloatArray:
    """Newton's flow from below: the loss is at least exp(-2 m t) L(0).

    >>> newton_rate_at_most(1, 2.0, [0.0, 1.0]).round(6).tolist()
    [2.0, 0.270671]
    """
    return theorem_1(2 * neurons, loss, times)


def _vector(times: ArrayLike) -> FloatArray:
    return np.asarray(times, dtype=np.float64)
