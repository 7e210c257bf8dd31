"""What is known of the function values in a sequent, added as facts: instances of the kernel's axioms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import combinations, permutations

from flint import fmpq_mpoly

from proofcheck.kernel.certificates import Combination, Evidence, Multiple, Summand
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, ZERO, Apply, Inner, Power, Product, Rational, Term, subterms

from .algebra import Algebra, algebra_of
from .angles import with_right_angles
from .exponentials import with_exponentials
from .extension import MINUS_ONE, Close, Extension
from .logarithms import with_expanded_logarithms
from .polynomials import Ring, ring_of
from .quadrants import with_signs_of_angles
from .sequent import Deadline, OutOfTime, Sequent
from .signs import quick, with_signs_of_denominators
from .sizes import with_absolute_bounds

_MOST_ANGLES, _LARGEST_MULTIPLE = 6, 5
_WITH_ONE_ARGUMENT = ("sqrt", "exp", "log", "sin", "cos", "arccos")


def prepare(sequent: Sequent, deadline: Deadline) -> tuple[Sequent, Callable[[Evidence], Evidence]]:
    """The sequent with facts about its function values, and how its evidence becomes evidence for yours.

    >>> from proofcheck.kernel.terms import Variable
    >>> x = Variable("x")
    >>> value = Apply("exp", (x,))
    >>> prepared, wrap = prepare(Sequent(("x",), (), (), Relation(value, ">", ONE)), Deadline.after(1))
    >>> Relation(value, ">", ZERO) in prepared.facts
    True
    """
    extension = Extension(sequent)
    for step in (
        partial(with_signs_of_denominators, functions=()),
        _with_logarithms,
        with_expanded_logarithms,
        _with_roots,
        partial(with_signs_of_denominators, functions=("sqrt",)),
        _with_vectors,
        _with_angles,
        _with_equal_arguments,
        with_exponentials,
        with_signs_of_denominators,
        _with_special_values,
        with_signs_of_angles,
        with_absolute_bounds,
    ):
        try:
            extension = step(extension, deadline)
        except (OutOfTime, Unusable):
            continue
    return extension.sequent, extension.wrap


def applied(sequent: Sequent, *functions: str) -> list[Apply]:
    """The values of these functions that occur, inner ones first, each once."""
    if not sequent.mentions(*functions):
        return []
    sides = [side for relation in (*sequent.facts, sequent.goal) for side in (relation.left, relation.right)]
    leaves = reversed(ring_of(sides).leaves)
    return [leaf for leaf in leaves if isinstance(leaf, Apply) and leaf.function in functions]


def _with_roots(extension: Extension, deadline: Deadline) -> Extension:
    close = quick(deadline)
    for root in applied(extension.sequent, "sqrt"):
        extension = extension.axiom("square root", root.arguments, close) or extension
        extension = extension.axiom("square root positive", root.arguments, close) or extension
    return extension


def _with_logarithms(extension: Extension, deadline: Deadline) -> Extension:
    close = quick(deadline)
    for power in applied(extension.sequent, "power"):
        extension = extension.axiom("real power", power.arguments, close) or extension
    logarithms = applied(extension.sequent, "log")
    for logarithm in logarithms:
        match logarithm.arguments[0]:
            case Apply("exp", arguments):
                extension = extension.axiom("logarithm of exponential", arguments, close) or extension
            case Product((left, right)) if not isinstance(left, Rational) and not isinstance(right, Rational):
                extension = extension.axiom("logarithm of product", (left, right), close) or extension
        if applied(extension.sequent, "exp"):
            extension = extension.axiom("exponential of logarithm", logarithm.arguments, close) or extension
        extension = extension.axiom("logarithm tangent", logarithm.arguments, close) or extension
    return extension


def _with_angles(extension: Extension, deadline: Deadline) -> Extension:
    close = quick(deadline)
    for value in applied(extension.sequent, "arccos"):
        extension = extension.axiom("cosine of arccosine", value.arguments, close) or extension
    angles: dict[Term, None] = {}
    values = applied(extension.sequent, "sin", "cos")
    ring = ring_of([value.arguments[0] for value in values] or [ONE])
    for value in values:
        angle = value.arguments[0]
        if not any(ring.quotient(angle) == ring.quotient(other) for other in angles):
            angles[angle] = None
    for angle in angles:
        extension = extension.axiom("pythagoras", (angle,), close) or extension
        if extension.sequent.goal.sign != "=":
            extension = _with_bounded_sine(extension, angle, close)
    some = list(angles)[:_MOST_ANGLES]
    known = [ring.quotient(angle) for angle in some]
    for left, right in [*combinations(some, 2), *((angle, angle) for angle in some)]:
        total = ring.quotient(left).numerator * ring.quotient(right).denominator + (
            ring.quotient(right).numerator * ring.quotient(left).denominator
        )
        below = ring.quotient(left).denominator * ring.quotient(right).denominator
        if total.is_zero() or any(total * one.denominator == one.numerator * below for one in known):
            extension = extension.axiom("sine of sum", (left, right), close) or extension
            extension = extension.axiom("cosine of sum", (left, right), close) or extension
    for left, right in _towards_multiples(ring, some):
        extension = extension.axiom("sine of sum", (left, right), close) or extension
        extension = extension.axiom("cosine of sum", (left, right), close) or extension
    return extension


def _towards_multiples(ring: Ring, angles: list[Term]) -> Iterator[tuple[Term, Term]]:
    """Multiples of an angle and itself, up to another angle that is three times as large or a few times more."""
    for larger, smaller in permutations(angles, 2):
        one, other = ring.quotient(larger), ring.quotient(smaller)
        for times in range(3, _LARGEST_MULTIPLE + 1):
            if one.numerator * other.denominator == times * other.numerator * one.denominator:
                yield smaller, smaller
                yield from ((Product((Rational(Fraction(k)), smaller)), smaller) for k in range(2, times))


def _with_bounded_sine(extension: Extension, angle: Term, close: Close) -> Extension:
    """The last fact is `sin**2 + cos**2 = 1`: both are at most 1 in size, and the sine is at most the angle."""
    pythagoras = len(extension.sequent.facts) - 1
    sine, cosine = Apply("sin", (angle,)), Apply("cos", (angle,))
    for value, other in ((sine, cosine), (cosine, sine)):
        square = Combination((), (Summand(Fraction(1), (), other),), (Multiple(MINUS_ONE, pythagoras),))

        def bounded(_: Sequent, evidence: Evidence = square) -> Evidence:
            return evidence

        extension = extension.lemma(Relation(Power(value, 2), "<=", ONE), bounded) or extension
    return extension.axiom("sine below argument", (angle,), close) or extension


def _with_equal_arguments(extension: Extension, deadline: Deadline) -> Extension:
    """Two values of one function are equal when the facts make their arguments equal."""
    close = quick(deadline)
    values = applied(extension.sequent, *_WITH_ONE_ARGUMENT)
    if not values:
        return extension
    algebra = algebra_of(extension.sequent, deadline, *values)
    if not algebra.ideal:
        return extension
    constant = [value for value in values if _becomes_constant(algebra, value.arguments[0])]
    if constant:
        extension = extension.axiom("special values", (), close) or extension
        if any(value.function == "arccos" for value in constant):
            extension = extension.axiom("values of pi", (), close) or extension
        values = applied(extension.sequent, *_WITH_ONE_ARGUMENT)
        algebra = algebra_of(extension.sequent, deadline, *values)
    for left, right in combinations(values, 2):
        if left.function == right.function and _apart(algebra, left.arguments[0], right.arguments[0]).is_zero():
            arguments = (left.arguments[0], right.arguments[0])
            extension = extension.axiom(f"equal arguments of {left.function}", arguments, close) or extension
    return extension


def _apart(algebra: Algebra, left: Term, right: Term) -> fmpq_mpoly:
    """The numerator of the difference modulo the equations."""
    one, other = algebra.ring.quotient(left), algebra.ring.quotient(right)
    return algebra.ideal.remainder(one.numerator * other.denominator - other.numerator * one.denominator)


def _becomes_constant(algebra: Algebra, argument: Term) -> bool:
    """Whether the argument is one of the constants with special values modulo the equations, but not as written."""
    if algebra.ring.quotient(argument).numerator.is_constant():
        return False
    return any(_apart(algebra, argument, constant).is_zero() for constant in (ZERO, ONE, MINUS_ONE))


def _with_special_values(extension: Extension, deadline: Deadline) -> Extension:
    """The values at constants, and bounds for pi, where any of them occurs."""
    if Relation(Apply("exp", (ZERO,)), "=", ONE) in extension.sequent.facts:
        return extension
    values = applied(extension.sequent, *_WITH_ONE_ARGUMENT)
    if not values and not extension.sequent.mentions("pi"):
        return extension
    ring = ring_of(values)
    if any(all(ring.quotient(argument).numerator.is_constant() for argument in value.arguments) for value in values):
        extension = extension.axiom("special values", (), quick(deadline)) or extension
    if applied(extension.sequent, "pi"):
        extension = extension.axiom("values of pi", (), quick(deadline)) or extension
        extension = with_right_angles(extension, values, quick(deadline))
    return extension


def _with_vectors(extension: Extension, deadline: Deadline) -> Extension:
    """Squared lengths are nonnegative; Cauchy and Schwarz, where inner products do not occur linearly."""
    if not extension.sequent.vectors:
        return extension
    sides = [relation.oriented()[0] for relation in (*extension.sequent.facts, extension.sequent.goal)]
    ring = ring_of(sides)
    inner = [leaf for leaf in ring.leaves if isinstance(leaf, Inner)]
    if not inner:
        return extension
    close = quick(deadline)
    for vector in dict.fromkeys(leaf.left for leaf in inner if leaf.left == leaf.right):
        extension = extension.axiom("square of vector", (ONE,), close, (vector,)) or extension
    under_root = any(
        isinstance(part, Inner) for leaf in ring.leaves if isinstance(leaf, Apply) for part in subterms(leaf)
    )
    places = [place for place, leaf in enumerate(ring.leaves) if isinstance(leaf, Inner)]
    degree = max(
        (sum(m[place] for place in places) for side in sides for m in ring.quotient(side).numerator.monoms()),
        default=0,
    )
    if degree > 1 or under_root:
        for leaf in inner:
            if leaf.left != leaf.right:
                pair = leaf.left, leaf.right
                found = extension.axiom("Cauchy-Schwarz", (ONE, ZERO, ZERO, ONE), close, pair)
                extension = found or extension
    return extension
