"""Polynomials that are no sums of squares, but become one when multiplied by a sum of squares of the variables.

(Reznick, Uniform denominators in Hilbert's seventeenth problem, 1995.) A homogeneous polynomial is looked at where one
of its variables is not zero, which makes the multiplier positive, and where it is zero, which leaves fewer variables.
"""

from __future__ import annotations

from collections.abc import Sequence

from proofcheck.kernel.certificates import Evidence, Split
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, ZERO, Apply, Inner, Power, Sum, Term, Variable

from . import squares
from .cases import Closing
from .extension import Extension
from .polynomials import ring_of
from .sequent import Deadline, OutOfTime, Sequent
from .signs import quick

_MOST_VARIABLES, _LARGEST_DEGREE = 5, 12


def search(sequent: Sequent, deadline: Deadline, close: Closing) -> Evidence | None:
    """Evidence for the sign of a polynomial; what is left where a variable vanishes goes to `close`.

    Raises `OutOfTime`.
    """
    term, sign = sequent.goal.oriented()
    try:
        ring = ring_of([term])
        quotient = ring.quotient(term)
    except Unusable:
        return None
    if sign not in (">=", ">") or not quotient.denominator.is_constant():
        return None
    degrees = {sum(map(int, powers)) for powers in quotient.numerator.monoms()}
    variables = [leaf for leaf in ring.leaves if isinstance(leaf, Variable)]
    if not 1 < len(variables) <= _MOST_VARIABLES or max(degrees) > _LARGEST_DEGREE:
        return None
    if any(isinstance(leaf, Apply | Inner) for leaf in ring.leaves):
        return None
    if len(degrees) > 1:
        return _multiplied(sequent, [ONE, *variables], deadline)
    if sign == ">":
        return None
    variable = variables[-1]
    zero = close(sequent.assuming(Relation(variable, "=", ZERO)), deadline.share(0.3))
    if zero is None:
        return None
    below = _multiplied(sequent.assuming(Relation(variable, "<", ZERO)), variables, deadline.share(0.5))
    above = _multiplied(sequent.assuming(Relation(variable, ">", ZERO)), variables, deadline) if below else None
    return Split(variable, (), below, zero, above) if below is not None and above is not None else None


def _multiplied(sequent: Sequent, roots: Sequence[Term], deadline: Deadline) -> Evidence | None:
    """Evidence by squares where the sum of the roots' squares is known to be positive."""
    total = Sum(tuple(Power(root, 2) for root in roots))
    try:
        extension = Extension(sequent).lemma(Relation(total, ">", ZERO), quick(deadline))
        if extension is None:
            return None
        evidence = squares.search(extension.sequent, deadline, squares.EFFORTS[1:2])
    except OutOfTime:
        deadline.check()
        return None
    return None if evidence is None else extension.wrap(evidence)
