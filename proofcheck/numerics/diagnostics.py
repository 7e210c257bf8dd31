"""How lazy a training was, against what the paper's lemmas allow, and what can be said of a run after the fact.

Neither proves anything: both look at one run of floats, at the moments that were recorded.
"""

from dataclasses import dataclass

import numpy as np

from ..results import Verdict
from .data import Data
from .kernels import FloatArray
from .methods import Method
from .networks import Network
from .training import Run

#: What `laziness` looks at, and what `certificate` looks at.
LAZINESS = ("distances", "flips", "kernel_distance", "losses", "pseudo_losses", "smallest_eigenvalue")
CERTIFICATE = ("energy", "rises", "smallest_eigenvalue")
#: An energy below this share of the first is rounding.
FLOOR = 1e-20


@dataclass(frozen=True, eq=False)
class Laziness:
    """The worst of each seed, shape (S,), beside its bound: see `laziness`."""

    farthest: FloatArray
    printed_radius: FloatArray
    proved_radius: FloatArray
    kernel_moved: FloatArray
    quarter: float
    smallest: FloatArray
    half: float
    flips: FloatArray


def printed_radius(data: Data, width: int, pseudo_loss: FloatArray) -> FloatArray:
    """Return R' = sqrt(32 n L_hat(0) / (9 m alpha^6)), alpha^2 = lambda_0 / 2: Lemma 3.3 of Bu, Xu and Chen (2021).

    >>> data = Data(np.eye(2), [0.0, 0.0], "axes")  # lambda_0 = 1/2, alpha = 1/2
    >>> printed_radius(data, 64, np.array([0.5625])).round(12).tolist()
    [2.0]
    """
    return np.asarray(np.sqrt(32 * data.count * pseudo_loss / (9 * width * (data.lambda_0 / 2) ** 3)))


def proved_radius(data: Data, width: int, loss: FloatArray) -> FloatArray:
    """Return (16/9) sqrt(6 n L(0) / m) / lambda_0: what is proved of Heavy Ball, for b = sqrt(2 lambda_0).

    It takes a start with H(0) >= (3/4) lambda_0 and few neurons near a kink, see the claim `distance_of_the_network`;
    there L_hat(0) >= (3/4) lambda_0 L(0), so that it is smaller than R'.

    >>> proved_radius(Data(np.eye(2), np.zeros(2), "axes"), 12, np.array([0.25])).round(12).tolist()
    [1.777777777778]
    """
    return np.asarray(16 / 9 * np.sqrt(6 * data.count * loss / width) / data.lambda_0)


def laziness(data: Data, network: Network, run: Run) -> Laziness:
    """Return the worst of a run for each seed, beside what Lemmas 3.2 and 3.3 of Bu, Xu and Chen (2021) allow.

    max |w_r(t) - w_r(0)| beside R' and beside the smaller radius that is proved, max |H(t) - H(0)| beside lambda_0/4,
    min lambda_min(H(t)) beside lambda_0/2; and the largest share of flips. The run needs to have observed what
    `LAZINESS` names, else AttributeError.

    >>> from .methods import GradientDescent
    >>> from .training import train
    >>> data, network = Data(np.eye(2), [1.0, -1.0], "axes"), Network(width=400, seeds=(0,))
    >>> lazy = laziness(data, network, train(data, network, GradientDescent(), 0.1, 100, 1, LAZINESS))
    >>> bool(lazy.kernel_moved[0] < lazy.quarter), bool(lazy.smallest[0] > lazy.half)
    (True, True)
    """
    return Laziness(
        farthest=run.distances.max(axis=1),
        printed_radius=printed_radius(data, network.width, run.pseudo_losses[:, 0]),
        proved_radius=proved_radius(data, network.width, run.losses[:, 0]),
        kernel_moved=run.kernel_distance.max(axis=1),
        quarter=data.lambda_0 / 4,
        smallest=run.smallest_eigenvalue.min(axis=1),
        half=data.lambda_0 / 2,
        flips=run.flips.max(axis=1),
    )


@dataclass(frozen=True, eq=False)
class Certificate:
    """What the recorded H and the jumps at flips say of the energy along a run: bounds of shape (S, K).

    `worst` is the largest energy / bound of a seed after the start, shape (S,). The bound is one of the flow, so that
    a discrete run may exceed it by about the size h of a step. The verdict is SAMPLED: floats, at recorded moments.
    """

    bounds: FloatArray
    worst: FloatArray
    verdict: Verdict = Verdict.SAMPLED


def certificate(method: Method, run: Run) -> Certificate:
    """Bound the energy V after the fact: it falls at `Method.rate` between flips and rises by what was seen at flips.

    B(0) = V(0), and over each interval between records B falls at the smaller rate of both ends, then rises by `rises`;
    with every step recorded this is all that happens to V. The run needs to have observed what `CERTIFICATE` names,
    else AttributeError; ValueError if the method has no rate or H lost its positive spectrum.

    >>> from .methods import HeavyBall
    >>> from .training import train
    >>> data, network = Data(np.eye(2), [1.0, -1.0], "axes"), Network(width=400, seeds=(0,))
    >>> run = train(data, network, HeavyBall(1.0), 1e-4, 500, 1, CERTIFICATE)
    >>> certificate(HeavyBall(1.0), run).worst.round(1).tolist()
    [1.0]
    """
    if not np.all(run.smallest_eigenvalue > 0):
        raise ValueError("H lost its positive spectrum: no rate is known")
    rates = method.rate(run.smallest_eigenvalue)
    lasting = np.minimum(rates[:, 1:], rates[:, :-1]) * np.diff(run.times)
    bounds = run.energy.copy()
    for column in range(1, len(run.times)):
        exponent = lasting[:, column - 1]
        grown = run.rises[:, column] * np.exp(np.maximum(-exponent, 0))
        bounds[:, column] = bounds[:, column - 1] * np.exp(-exponent) + grown
    ratios = np.where(run.energy > FLOOR * run.energy[:, :1], run.energy / bounds, 0)
    return Certificate(bounds, ratios[:, 1:].max(axis=1, initial=0))
