"""From a discrete scheme to its limiting equation: consistency by Taylor expansion, exact in the step size."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import factorial

from proofcheck.language.expressions import (
    Call,
    Fixed,
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
from .reduction import obligation_of
from .totals import equation_owed

TAYLOR = (
    "Taylor's theorem: w(t + h) = w + h w' + ... + h^k w^(k)/k! + h^(k+1) r with |r| <= sup |w^(k+1)|/(k+1)!, for w"
    " k + 1 times continuously differentiable"
)

Residual = Callable[..., Vector]


def consistent(
    scheme: Residual,
    limit: Vector,
    remainder: Residual,
    *,
    curve: Path,
    step: Symbol,
    leading: int = 2,
    points: tuple[int, ...] = (-1, 0, 1),
    degree: int = 2,
) -> Argument:
    """A scheme is consistent with a differential equation, with an exact remainder.

    `scheme(before, now, after)` is the scheme's residual, a vector that vanishes on its iterates; put on a smooth
    curve w at t - h, t, t + h it equals h^leading (limit + h remainder). Here `remainder(behind, ahead)` is an
    expression in the Taylor remainders of w(t - h) = w - h w' + h^2 w''/2 - h^3 behind and w(t + h) = ... + h^3 ahead,
    bounded as h tends to 0. Consistency says nothing of the convergence of iterates.
    Theorem: Taylor's, with a bounded remainder (Rudin, Principles of Mathematical Analysis, 5.15 and 5.19).

    A scheme of more steps names its `points`, the integers p of the values w(t + p h) that it takes in this order; with
    a `degree` k of the Taylor polynomials, w(t + p h) = w + ... + (p h)^k w^(k)/k! + (p h)^(k+1) r_p, and the remainder
    takes the r_p of the points other than 0. Raises `ValueError` on points that are not distinct, on no degree, on a
    vector named as a remainder, and on a step size that is not arbitrarily small.

    >>> from proofcheck import *
    >>> h, w, g = scalar("h", positive=True), path("w"), vector("g")
    >>> newton = lambda before, now, after: after - 2 * now + before + h**2 * g
    >>> argument = consistent(newton, w.ddot + g, lambda behind, ahead: ahead - behind, curve=w, step=h)
    >>> len(argument.obligations)
    1
    """
    if any((sign in (">", ">=") and bound > 0) or (sign in ("<", "<=") and bound <= 0) for sign, bound in step.bounds):
        raise ValueError("the step size tends to 0: it is as small as one likes, scalar('h', positive=True)")
    if len(set(points)) != len(points) or degree < 1:
        raise ValueError("the points of a scheme are distinct, and the degree of a Taylor polynomial is at least 1")
    rests = {point: _remainder_at(point, curve) for point in points if point}
    _nothing_captured(rests.values(), (scheme(*(curve for _ in points)), limit, remainder(*(curve for _ in rests))))
    values = [_taylor(point, rests.get(point), curve, step, degree) for point in points]
    rest = remainder(*rests.values())
    exact = VectorEquation(scheme(*values), step**leading * (limit + step * rest))
    obligations, rules = equation_owed(exact, "the residual on a smooth curve")
    bounded = _stays_bounded(rest, step)
    if depends(limit, step):
        raise ValueError("the limit does not contain the step size")
    return Argument(
        f"residual / {text(step)}^{leading} = {text(limit)} + {text(step)} ({text(rest)})",
        rf"\text{{residual}} / {latex(step)}^{{{leading}}} = {latex(limit)}"
        rf" + {latex(step)} \left({latex(rest)}\right)",
        (*obligations, *bounded),
        rules=(*rules, TAYLOR),
        about=(exact, VectorEquation(limit, limit), VectorEquation(step * rest, step * rest)),
    )


def _remainder_at(point: int, curve: Path) -> Vector:
    """The Taylor remainder at a point: bounded, and nothing else is known of it."""
    side, sign = ("ahead", "+") if point > 0 else ("behind", "-")
    steps = "" if abs(point) == 1 else str(abs(point))
    return vector(f"{curve.name}_{side}{steps}", latex=f"r_{{{sign}{steps}}}")


def _nothing_captured(rests: Iterable[Vector], written: Iterable[Vector]) -> None:
    """No vector of the author's is called as a Taylor remainder, which it would be taken for. Raises `ValueError`."""
    for rest, part in product(rests, (inside for each in written for inside in walk(each))):
        if isinstance(part, Fixed) and isinstance(rest, Fixed) and part.name == rest.name:
            raise ValueError(f"{part.name} is the name of a Taylor remainder here; give the vector another name")


def _taylor(point: int, rest: Vector | None, curve: Path, step: Symbol, degree: int) -> Vector:
    """The curve at so many steps from now: its Taylor polynomial and remainder."""
    value: Vector = curve
    if rest is None:
        return value
    for order in range(1, degree + 1):
        term = replace(curve, order=curve.order + order)
        value = value + Fraction(point**order, factorial(order)) * step**order * term
    scale: int = point ** (degree + 1)
    return value + scale * step ** (degree + 1) * rest


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
