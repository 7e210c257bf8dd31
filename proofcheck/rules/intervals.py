"""An integral over adjacent intervals is the sum of the integrals."""

from __future__ import annotations

from dataclasses import replace

from proofcheck.language.expressions import Named, Number, Scalar, Total, depends, number
from proofcheck.language.printing import latex, text

from .argue import operators_exist, taken_as_bounded
from .obligations import Argument, condition
from .totals import discontinuities, totals_defined

ADJACENT = "the integral from a to b is the sum of those from a to c and from c to b, for a <= c <= b"


def split(whole: Scalar, middle: Scalar | Number) -> Argument:
    """An integral split at a point between its ends, which is a hypothesis.

    Owes that the integral is defined. Theorem: the integral is additive over adjacent intervals (Rudin, Principles of
    Mathematical Analysis, 6.12). Raises `TypeError` on anything but an integral, and `ValueError` on a point that
    contains the integral's variable.

    >>> from proofcheck import *
    >>> s, t, c = scalar("s"), scalar("t"), scalar("c")
    >>> print(split(integral(s**2, s, 0, t), c).formula)
    int_0^t s^2 ds = int_0^c s^2 ds + int_c^t s^2 ds  given  0 <= c, c <= t
    """
    total = whole.body if isinstance(whole, Named) else whole
    if not isinstance(total, Total) or total.kind != "integral":
        raise TypeError("an integral can be split, and nothing else")
    point = number(middle)
    if depends(point, total.over):
        raise ValueError(f"the point contains the integral's variable {total.over.name}")
    parts = replace(total, upper=point) + replace(total, lower=point)
    shown = (total == parts).given(total.lower <= point, point <= total.upper)
    return Argument(
        text(shown),
        latex(shown),
        (
            *totals_defined(shown, shown.hypotheses, "the integral"),
            *operators_exist(shown, "the integral"),
            condition("the integrand is integrable", missing=tuple(dict.fromkeys(discontinuities(total)))),
        ),
        rules=(ADJACENT, *taken_as_bounded([total], ())),
        conclusion=shown,
    )
