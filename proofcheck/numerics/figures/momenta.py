"""The two momenta that suit a spectrum best."""

import numpy as np
from scipy.optimize import minimize

from ..kernels import FloatArray


def fastest_two_momenta(spectrum: FloatArray) -> tuple[float, float, float]:
    """Return b_1, b_2 > 0 for which s^3 + b_2 s^2 + b_1 s + h decays fastest for all h, and the slowest mode's rate.

    >>> b_1, b_2, rate = fastest_two_momenta(np.array([1.0]))  # (s + 1)^3
    >>> round(b_1, 2), round(b_2, 2), round(rate, 2)
    (3.0, 3.0, 1.0)
    """
    ends = np.array([spectrum[0], spectrum[-1]])

    def slowest(logarithms: FloatArray) -> float:
        b_1, b_2 = np.exp(logarithms)
        return max(float(np.roots([1.0, b_2, b_1, h]).real.max()) for h in ends)

    scale = float(np.cbrt(ends.prod() ** 0.5))
    best = minimize(
        slowest, np.log([3 * scale**2, 3 * scale]), method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9}
    )
    b_1, b_2 = np.exp(best.x)
    return float(b_1), float(b_2), -float(best.fun)
