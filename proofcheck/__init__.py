"""proofcheck: the derivations of a paper, checked step by step, with certificates that anyone can recheck.

The public names, all that a derivation needs. They load on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .language.chains import chain as chain
    from .language.claims import claim as claim
    from .language.classes import convex as convex
    from .language.classes import minimum as minimum
    from .language.classes import sample as sample
    from .language.classes import smooth_convex as smooth_convex
    from .language.classes import strongly_convex as strongly_convex
    from .language.expressions import Changes as Changes
    from .language.findings import fails as fails
    from .language.findings import lacks as lacks
    from .language.findings import loose as loose
    from .language.findings import survives as survives
    from .language.flows import after as after
    from .language.flows import flow as flow
    from .language.symbolic import from_sympy as from_sympy
    from .language.symbolic import to_sympy as to_sympy
    from .language.transform import at as at
    from .language.transform import derivative as derivative
    from .language.transform import substitute as substitute
    from .language.vocabulary import Rational as Rational
    from .language.vocabulary import absolute as absolute
    from .language.vocabulary import arccos as arccos
    from .language.vocabulary import cos as cos
    from .language.vocabulary import exp as exp
    from .language.vocabulary import for_all as for_all
    from .language.vocabulary import inner as inner
    from .language.vocabulary import integral as integral
    from .language.vocabulary import let as let
    from .language.vocabulary import log as log
    from .language.vocabulary import norm as norm
    from .language.vocabulary import norm2 as norm2
    from .language.vocabulary import operator as operator
    from .language.vocabulary import path as path
    from .language.vocabulary import pi as pi
    from .language.vocabulary import power as power
    from .language.vocabulary import scalar as scalar
    from .language.vocabulary import scalar_path as scalar_path
    from .language.vocabulary import sin as sin
    from .language.vocabulary import sqrt as sqrt
    from .language.vocabulary import total as total
    from .language.vocabulary import variation as variation
    from .language.vocabulary import vector as vector
    from .results import Verdict as Verdict
    from .rules.branches import either as either
    from .rules.citations import cited as cited
    from .rules.citations import counterexample as counterexample
    from .rules.citations import missing as missing
    from .rules.examples import function as function
    from .rules.examples import refuted_for as refuted_for
    from .rules.exits import first_exit as first_exit
    from .rules.growth import conserved as conserved
    from .rules.growth import displacement as displacement
    from .rules.growth import gronwall as gronwall
    from .rules.growth import gronwall_with_jumps as gronwall_with_jumps
    from .rules.growth import integrated as integrated
    from .rules.growth import mean_value as mean_value
    from .rules.inducing import induction as induction
    from .rules.intervals import split as split
    from .rules.jumps import gronwall_over_jumps as gronwall_over_jumps
    from .rules.modes import every_mode as every_mode
    from .rules.motions import Motion as Motion
    from .rules.motions import motion as motion
    from .rules.motions import refuted_by as refuted_by
    from .rules.orders import bounded as bounded
    from .rules.orders import order as order
    from .rules.schemes import consistent as consistent
    from .rules.variation import gronwall_with_variation as gronwall_with_variation

_HOMES = {
    "language.chains": "chain",
    "language.claims": "claim",
    "language.classes": "convex minimum sample smooth_convex strongly_convex",
    "language.expressions": "Changes",
    "language.findings": "fails lacks loose survives",
    "language.flows": "after flow",
    "language.symbolic": "from_sympy to_sympy",
    "language.transform": "at derivative substitute",
    "language.vocabulary": "Rational absolute arccos cos exp for_all inner integral let log norm norm2 operator path "
    "pi power scalar scalar_path sin sqrt total variation vector",
    "results": "Verdict",
    "rules.branches": "either",
    "rules.citations": "cited counterexample missing",
    "rules.examples": "function refuted_for",
    "rules.exits": "first_exit",
    "rules.growth": "conserved displacement gronwall gronwall_with_jumps integrated mean_value",
    "rules.inducing": "induction",
    "rules.jumps": "gronwall_over_jumps",
    "rules.intervals": "split",
    "rules.modes": "every_mode",
    "rules.motions": "Motion motion refuted_by",
    "rules.orders": "bounded order",
    "rules.schemes": "consistent",
    "rules.variation": "gronwall_with_variation",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"proofcheck has no public name {name!r}; see dir(proofcheck)")
    return getattr(import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    return __all__
