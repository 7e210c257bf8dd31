"""The numerical side: trajectories, kernel matrices, figures. Nothing here is evidence for a claim."""

from .both_layers import train_both_layers, with_fixed_momenta, with_fixed_momentum
from .data import Data, load
from .diagnostics import Certificate, Laziness, certificate, laziness, printed_radius, proved_radius
from .enclosed_runs import EnclosedCertificate, EnclosedRun, certify, enclose_training
from .enclosures import (
    enclose_gradient_descent,
    enclose_heavy_ball,
    enclose_momenta,
    enclose_nesterov,
    largest_distance,
)
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
from .methods import GradientDescent, HeavyBall, Method, Nesterov, Newton, TwoMomenta
from .modal import (
    bessel_oscillator,
    exponential_decay,
    exponential_sum,
    gradient_descent_closed_form,
    momenta_closed_form,
    nesterov_closed_form,
    newton_closed_form,
    sum_of_projectors,
)
from .networks import Network, predictions, tangent_kernel
from .oscillators import damped_oscillator, heavy_ball_closed_form
from .resonance import Pumping
from .schedules import Schedule, pumped_schedule, scheduled_closed_form
from .training import Run, train
from .trajectories import (
    Trajectory,
    integrate,
    integrate_gradient_descent,
    integrate_momenta,
    integrate_nesterov,
)

__all__ = [
    "Certificate",
    "Data",
    "EnclosedCertificate",
    "EnclosedRun",
    "Figure",
    "FlippedTraining",
    "FloatArray",
    "GradientDescent",
    "HeavyBall",
    "Laziness",
    "Method",
    "Nesterov",
    "Network",
    "Newton",
    "Pumping",
    "Run",
    "Schedule",
    "SmallNetwork",
    "Trajectory",
    "TwoMomenta",
    "arc_cosine_kernel",
    "bessel_oscillator",
    "certificate",
    "certify",
    "damped_oscillator",
    "decay_against_bounds",
    "enclose_gradient_descent",
    "enclose_heavy_ball",
    "enclose_momenta",
    "enclose_nesterov",
    "enclose_training",
    "exponential_decay",
    "exponential_sum",
    "gradient_descent_closed_form",
    "heavy_ball_closed_form",
    "integrate",
    "integrate_gradient_descent",
    "integrate_momenta",
    "integrate_nesterov",
    "kernel_with_spectrum",
    "largest_distance",
    "laziness",
    "load",
    "momenta_closed_form",
    "nesterov_closed_form",
    "nesterov_resonance",
    "newton_closed_form",
    "predictions",
    "printed_radius",
    "proved_radius",
    "pumped_oscillator",
    "pumped_schedule",
    "random_kernel",
    "random_perturbation",
    "random_rotation",
    "random_sphere_points",
    "scheduled_closed_form",
    "spectral_distance",
    "sum_of_projectors",
    "swinging_network",
    "swinging_neurons",
    "symmetric_matrix",
    "tangent_kernel",
    "train",
    "train_both_layers",
    "train_by_flips",
    "two_momenta",
    "with_fixed_momenta",
    "with_fixed_momentum",
]
