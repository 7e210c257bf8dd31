"""The sine and the cosine of a right angle, from the arc cosine of 0."""

from __future__ import annotations

from fractions import Fraction

from proofcheck.kernel.certificates import Combination, Multiple, Summand
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, ZERO, Apply, Power, Sum, Term

from .extension import MINUS_ONE, Close, Extension, negative
from .polynomials import ring_of

_ANGLE = Apply("arccos", (ZERO,))


def with_right_angles(extension: Extension, values: list[Apply], close: Close) -> Extension:
    """The values of the functions at pi/2, among those that occur, given that the values of pi are known.

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
    sine, cosine = Apply("sin", (_ANGLE,)), Apply("cos", (_ANGLE,))
    same = Apply(value.function, (_ANGLE,))
    found = extension.axiom("cosine of arccosine", (ZERO,), close)
    found = found and found.axiom("pythagoras", (_ANGLE,), close)
    found = found and found.axiom(f"equal arguments of {value.function}", (_ANGLE, value.arguments[0]), close)
    if found is None:
        return None
    vanishes, equal = map(found.sequent.facts.index, (Relation(cosine, "=", ZERO), Relation(same, "=", value)))
    if value.function == "cos":
        zero = Combination((), (), (Multiple(MINUS_ONE, equal), Multiple(ONE, vanishes)))
        return found.lemma(Relation(value, "=", ZERO), lambda _: zero)
    weak = found.sequent.facts.index(Relation(sine, ">=", ZERO))
    circle = found.sequent.facts.index(Relation(Sum((Power(sine, 2), Power(cosine, 2))), "=", ONE))
    summands = (Summand(Fraction(1), (weak,), ONE), Summand(Fraction(1), (), ONE))
    positive = Combination((), summands, (Multiple(MINUS_ONE, equal),))
    above = found.lemma(Relation(Sum((value, ONE)), ">", ZERO), lambda _: positive)
    if above is None:
        return None
    # (s + 1) (s - 1) = s^2 - 1 for the sine s.
    multiples = (
        Multiple(ONE, circle),
        Multiple(negative(cosine), vanishes),
        Multiple(negative(Sum((sine, value))), equal),
    )
    one = Combination((len(above.sequent.facts) - 1,), (), multiples)
    return above.lemma(Relation(value, "=", ONE), lambda _: one)
