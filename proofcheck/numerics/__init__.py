"""The numerical side: trajectories, kernel matrices, figures. Nothing here is evidence for a claim."""

from .figures import (
    Figure,
    decay_against_bounds,
    nesterov_resonance,
    pumped_oscillator,
    swinging_neurons,
    two_momenta,
)
from .flips import FlippedTraining, SmallNetwork, swinging_network, train_by_flips
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
from .oscillators import damped_oscillator, heavy_ball_closed_form
from .resonance import Pumping, nesterov_closed_form
from .schedules import Schedule, pumped_schedule, scheduled_closed_form
from .trajectories import Trajectory, integrate

__all__ = [
    "Figure",
    "FlippedTraining",
    "FloatArray",
    "Pumping",
    "Schedule",
    "SmallNetwork",
    "Trajectory",
    "arc_cosine_kernel",
    "damped_oscillator",
    "decay_against_bounds",
    "heavy_ball_closed_form",
    "integrate",
    "kernel_with_spectrum",
    "nesterov_closed_form",
    "nesterov_resonance",
    "pumped_oscillator",
    "pumped_schedule",
    "random_kernel",
    "random_perturbation",
    "random_rotation",
    "random_sphere_points",
    "scheduled_closed_form",
    "spectral_distance",
    "swinging_network",
    "swinging_neurons",
    "symmetric_matrix",
    "train_by_flips",
    "two_momenta",
]
