"""Figures for Bu, Xu and Chen (2021): flows, networks, and what is claimed of them.

Floats throughout: a figure illustrates a claim and is no evidence for it. Matplotlib is imported only when something is
drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .boundary import momenta_boundary
from .flows import (
    decay_against_bounds,
    flows_against_bounds,
    nesterov_resonance,
    pumped_oscillator,
    swinging_neurons,
    two_momenta,
)
from .lazy import certificate_along_a_run, energy_jumps, kernel_in_training, lazy_training
from .newton import newton_flow
from .published import heavy_ball_published, momenta_published, nesterov_published, width_published
from .settings import Problem, Setting
from .style import Figure
from .theorems import heavy_ball_theorem, momenta_theorem, nesterov_theorem, width_theorem

__all__ = [
    "FIGURES",
    "Drawn",
    "Figure",
    "Problem",
    "Setting",
    "certificate_along_a_run",
    "decay_against_bounds",
    "draw",
    "energy_jumps",
    "flows_against_bounds",
    "heavy_ball_published",
    "heavy_ball_theorem",
    "kernel_in_training",
    "lazy_training",
    "momenta_boundary",
    "momenta_published",
    "momenta_theorem",
    "nesterov_published",
    "nesterov_resonance",
    "nesterov_theorem",
    "newton_flow",
    "pumped_oscillator",
    "swinging_neurons",
    "two_momenta",
    "width_published",
    "width_theorem",
]


@dataclass(frozen=True)
class Drawn:
    """A figure by name, the files that hold it, and its caption."""

    name: str
    paths: tuple[Path, ...]
    caption: str

    @property
    def path(self) -> Path:
        """The first of the files."""
        return self.paths[0]


def _alone(function: Callable[[], Figure]) -> Callable[[Setting], Figure]:
    """A figure without networks, for which nothing is to choose."""

    def drawn(setting: Setting) -> Figure:
        return function()

    return drawn


#: The figures by name: those without networks, the paper's four in both settings, and what the proofs are about.
FIGURES: dict[str, Callable[[Setting], Figure]] = {
    "pumped_oscillator": _alone(pumped_oscillator),
    "decay_against_bounds": _alone(decay_against_bounds),
    "flows_against_bounds": _alone(flows_against_bounds),
    "swinging_neurons": _alone(swinging_neurons),
    "nesterov_resonance": _alone(nesterov_resonance),
    "two_momenta": _alone(two_momenta),
    "heavy_ball_theorem": heavy_ball_theorem,
    "heavy_ball_published": heavy_ball_published,
    "nesterov_theorem": nesterov_theorem,
    "nesterov_published": nesterov_published,
    "width_theorem": width_theorem,
    "width_published": width_published,
    "momenta_theorem": momenta_theorem,
    "momenta_published": momenta_published,
    "momenta_boundary": momenta_boundary,
    "newton_flow": newton_flow,
    "lazy_training": lazy_training,
    "kernel_in_training": kernel_in_training,
    "energy_jumps": energy_jumps,
    "certificate_along_a_run": certificate_along_a_run,
}


def draw(
    names: Iterable[str], folder: Path, setting: Setting | None = None, suffixes: Iterable[str] = (".pdf",)
) -> Iterator[Drawn]:
    """Draw figures by name into a folder, one after the other, each as soon as it is asked for.

    Raises ValueError on a name that is not in `FIGURES`, before anything is drawn.
    """
    chosen, endings = tuple(names), tuple(suffixes)
    for name in chosen:
        if name not in FIGURES:
            raise ValueError(f"there is no figure {name!r}; there are {', '.join(FIGURES)}")
    return _drawn(chosen, folder, setting or Setting(), endings)


def _drawn(names: tuple[str, ...], folder: Path, setting: Setting, suffixes: tuple[str, ...]) -> Iterator[Drawn]:
    for name in names:
        figure = FIGURES[name](setting)
        yield Drawn(name, tuple(figure.save(folder / f"{name}{suffix}") for suffix in suffixes), figure.caption)
