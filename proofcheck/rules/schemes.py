"""From a discrete scheme to its limiting equation: consistency by Taylor expansion, exact in the step size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from proofcheck.language.expressions import (
    Call,
    Path,
    Power,
    Symbol,
    Vector,
    VectorEquation,
    depends,
    number,
    walk,
)
from proofcheck.language.printing import latex, text
from proofcheck.language.transform import substitute
from proofcheck.language.vocabulary import vector

from .obligations import Argument, Obligation
from .reduction import equation_obligation, obligation_of

TAYLOR = (
    "Taylor's theorem: w(t + h) = w + h w' + h^2 w''/2 + h^3 r with |r| <= sup |w'''|/6, for w three times"
    " continuously differentiable"
)

Residual = Callable[[Vector, Vector, Vector], Vector]


def consistent(
    scheme: Residual,
    limit: Vector,
    remainder: Callable[[Vector, Vector], Vector],
    *,
    curve: Path,
    step: Symbol,
    leading: int = 2,
) -> Argument:
    """A three-point scheme is consistent with a differential equation, with an exact remainder.

    `scheme(before, now, after)` is the scheme's residual, a vector that vanishes on its iterates; put on a smooth
    curve w at t - h, t, t + h it equals h^leading (limit + h remainder). Here `remainder(behind, ahead)` is an
    expression in the Taylor remainders of w(t - h) = w - h w' + h^2 w''/2 - h^3 behind and w(t + h) = ... + h^3 ahead,
    bounded as h tends to 0. Consistency says nothing of the convergence of iterates.

    >>> from proofcheck import *
    >>> h, w, g = scalar("h", positive=True), path("w"), vector("g")
    >>> newton = lambda before, now, after: after - 2 * now + before + h**2 * g
    >>> argument = consistent(newton, w.ddot + g, lambda behind, ahead: ahead - behind, curve=w, step=h)
    >>> len(argument.obligations)
    1
    """
    ahead, behind = vector(f"{curve.name}_ahead", latex="r_+"), vector(f"{curve.name}_behind", latex="r_-")
    second = step**2 / 2 * curve.ddot
    after = curve + step * curve.dot + second + step**3 * ahead
    before = curve - step * curve.dot + second - step**3 * behind
    rest = remainder(behind, ahead)
    exact = VectorEquation(scheme(before, curve, after), step**leading * (limit + step * rest))
    obligation, rules = equation_obligation(exact, "the residual on a smooth curve")
    bounded = _stays_bounded(rest, step)
    if depends(limit, step):
        raise ValueError("the limit does not contain the step size")
    return Argument(
        f"residual / {text(step)}^{leading} = {text(limit)} + {text(step)} ({text(rest)})",
        rf"\text{{residual}} / {latex(step)}^{{{leading}}} = {latex(limit)}"
        rf" + {latex(step)} \left({latex(rest)}\right)",
        (obligation, *bounded),
        rules=(*rules, TAYLOR),
    )


def _stays_bounded(remainder: Vector, step: Symbol) -> list[Obligation]:
    """What it takes that the remainder stays bounded as the step tends to 0: its denominators do not vanish there.

    Raises `ValueError` where the step stands inside a function, of which nothing is known.
    """
    found = []
    for part in walk(remainder):
        moment = getattr(part, "moment", None)
        if moment is not None and depends(moment, step):
            raise ValueError("the step size stands inside a moment in the remainder")
        if isinstance(part, Call) and depends(part, step):
            raise ValueError("the step size stands inside a function in the remainder")
        if isinstance(part, Power) and part.exponent < 0 and depends(part.base, step):
            at_zero = substitute(part.base, {step: number(0)})
            obligation, _ = obligation_of(at_zero != 0, (), "a denominator of the remainder at step 0")
            found.append(replace(obligation, instance=None))
    return found
