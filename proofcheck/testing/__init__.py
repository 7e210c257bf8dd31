"""Testing claims with drawn numbers: Hypothesis strategies, points of claims, and the search for exact witnesses.

The public names load on first use; the strategies need Hypothesis, which is an extra: `proofcheck-workbench[testing]`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .evaluating import Undefined as Undefined
    from .evaluating import holds as holds
    from .falsifying import EXAMPLES as EXAMPLES
    from .falsifying import SECONDS as SECONDS
    from .falsifying import Falsification as Falsification
    from .falsifying import falsify as falsify
    from .instances import NotDrawn as NotDrawn
    from .strategies import errors_and_velocities as errors_and_velocities
    from .strategies import gaussian_initialisations as gaussian_initialisations
    from .strategies import initialisations as initialisations
    from .strategies import kernel_pairs as kernel_pairs
    from .strategies import kernels as kernels
    from .strategies import numbers_between as numbers_between
    from .strategies import points as points
    from .strategies import schedules as schedules
    from .strategies import sphere_points as sphere_points
    from .strategies import vectors as vectors
    from .strategies import widths as widths
    from .telling import json_of as json_of
    from .telling import lines_of as lines_of
    from .telling import summary as summary

_HOMES = {
    "evaluating": "Undefined holds",
    "falsifying": "EXAMPLES Falsification SECONDS falsify",
    "instances": "NotDrawn",
    "strategies": "errors_and_velocities gaussian_initialisations initialisations kernel_pairs kernels "
    "numbers_between points schedules sphere_points vectors widths",
    "telling": "json_of lines_of summary",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = sorted(_HOME_OF)


class NoHypothesis(ImportError):
    """Hypothesis, which draws, is not installed; the message says how to get it."""


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"proofcheck.testing has no public name {name!r}; see dir(proofcheck.testing)")
    try:
        return getattr(import_module(f"{__name__}.{home}"), name)
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        raise NoHypothesis(
            f"proofcheck.testing.{name} draws with Hypothesis, which is not installed; "
            "pip install 'proofcheck-workbench[testing]'"
        ) from error


def __dir__() -> list[str]:
    return __all__
