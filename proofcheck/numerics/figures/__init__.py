"""Figures for Bu, Xu and Chen (2021): flows, networks, and what is claimed of them.

Floats throughout: a figure illustrates a claim and is no evidence for it. Matplotlib is imported only when something is
drawn.
"""

from collections.abc import Callable

from .flows import decay_against_bounds, nesterov_resonance, pumped_oscillator, two_momenta
from .settings import Problem, Setting
from .style import Figure
from .theorems import heavy_ball_theorem, momenta_theorem, nesterov_theorem, width_theorem

FLOWS: dict[str, Callable[[], Figure]] = {
    "pumped_oscillator": pumped_oscillator,
    "decay_against_bounds": decay_against_bounds,
    "nesterov_resonance": nesterov_resonance,
    "two_momenta": two_momenta,
}
NETWORKS: dict[str, Callable[[Setting], Figure]] = {
    "heavy_ball_theorem": heavy_ball_theorem,
    "nesterov_theorem": nesterov_theorem,
    "width_theorem": width_theorem,
    "momenta_theorem": momenta_theorem,
}
from .published import *

for n in ("heavy_ball_published", "nesterov_published", "width_published", "momenta_published"):
    NETWORKS[n] = globals()[n]
from .lazy import *
from .boundary import *

for n in ("lazy_training", "kernel_in_training", "energy_jumps", "certificate_along_a_run", "momenta_boundary"):
    NETWORKS[n] = globals()[n]
