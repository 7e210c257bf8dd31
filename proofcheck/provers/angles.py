"""The sine and the cosine of a right angle, from the arc cosine of 0."""

from __future__ import annotations

from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, ZERO, Apply, Term

from .extension import Close, Extension
from .polynomials import ring_of

_ANGLE = Apply("arccos", (ZERO,))


def with_right_angles(extension: Extension, values: list[Apply], close: Close) -> Extension:
    """The values of the functions at pi/2, among those that occur, given that the values of pi are known.

    >>> from fractions import Fraction
    >>> from proofcheck.kernel.terms import Product, Rational
    >>> from .sequent import Deadline, Sequent
    >>> from .signs import quick
    >>> half = Product((Apply("pi", ()), Rational(Fraction(1, 2))))
    >>> sine = Apply("sin", (half,))
    >>> close = quick(Deadline.after(5))
    >>> start = Extension(Sequent((), (), (), Relation(sine, "=", ONE))).axiom("values of pi", (), close)
    >>> Relation(sine, "=", ONE) in with_right_angles(start, [sine], close).sequent.facts
    True
    """
    for value in values:
        if value.function in ("sin", "cos") and _is_right(value.arguments[0]):
            extension = _with_value(extension, value, close) or extension
    return extension


def _is_right(angle: Term) -> bool:
    try:
        turn = ring_of([angle, Apply("pi", ())])
        ratio = turn.quotient(angle).numerator * 2 - turn.quotient(Apply("pi", ())).numerator
        return bool(ratio.is_zero()) and turn.quotient(angle).denominator.is_one()
    except Unusable:
        return False


def _with_value(extension: Extension, value: Apply, close: Close) -> Extension | None:
    found = extension.axiom("cosine of arccosine", (ZERO,), close)
    found = found and found.axiom("pythagoras", (_ANGLE,), close)
    found = found and found.axiom(f"equal arguments of {value.function}", (_ANGLE, value.arguments[0]), close)
    return found and found.lemma(Relation(value, "=", ONE if value.function == "sin" else ZERO), close)
