"""The numerical side: trajectories, kernel matrices, figures. Nothing here is evidence for a claim."""

from .data import Data, load
from .figures import Figure, decay_against_bounds, nesterov_resonance, pumped_oscillator, two_momenta
from .kernels import (
    FloatArray,
    arc_cosine_kernel,
    kernel_with_spectrum,
    random_kernel,
    random_perturbation,
    random_rotation,
    random_sphere_points,
    spectral_distance,
    symmetric_matrix,
)
from .methods import GradientDescent, HeavyBall, Method, Nesterov, Newton, TwoMomenta
from .networks import Network, predictions, tangent_kernel
from .oscillators import damped_oscillator, heavy_ball_closed_form
from .resonance import Pumping, nesterov_closed_form
from .schedules import Schedule, pumped_schedule, scheduled_closed_form
from .training import Run, train
from .trajectories import Trajectory, integrate

__all__ = [
    "Data",
    "Figure",
    "FloatArray",
    "GradientDescent",
    "HeavyBall",
    "Method",
    "Nesterov",
    "Network",
    "Newton",
    "Pumping",
    "Run",
    "Schedule",
    "Trajectory",
    "TwoMomenta",
    "arc_cosine_kernel",
    "damped_oscillator",
    "decay_against_bounds",
    "heavy_ball_closed_form",
    "integrate",
    "kernel_with_spectrum",
    "load",
    "nesterov_closed_form",
    "nesterov_resonance",
    "predictions",
    "pumped_oscillator",
    "pumped_schedule",
    "random_kernel",
    "random_perturbation",
    "random_rotation",
    "random_sphere_points",
    "scheduled_closed_form",
    "spectral_distance",
    "symmetric_matrix",
    "tangent_kernel",
    "train",
    "two_momenta",
]
