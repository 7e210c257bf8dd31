"""Equations between function values that are plainly something simpler, such as `log(exp(u)) = u`, inside out.

Each value that becomes simpler is a fact: an instance of an axiom, or a root of a square by its sign.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from flint import fmpq, fmpq_mpoly

from proofcheck.kernel.certificates import Evidence
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, ZERO, Apply, Power, Product, Sum, Term

from . import conjugates, identity
from .extension import Close, Extension
from .polynomials import Ring, factored, fraction, ring_of
from .sequent import Deadline, Sequent
from .signs import quick

_Plain = tuple[Extension, Term]
_MOST_TIMES = 12


def search(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Evidence for an equation whose sides are equal once their function values are made plain.

    >>> from proofcheck.kernel.terms import Variable
    >>> from proofcheck.provers.extension import MINUS_ONE
    >>> x = Variable("x")
    >>> value = Apply("log", (Sum((Apply("exp", (x,)), x, Product((MINUS_ONE, x)))),))
    >>> search(Sequent(("x",), (), (), Relation(value, "=", x)), Deadline.after(1)) is not None
    True
    """
    if sequent.goal.sign != "=":
        return None
    extension = Extension(sequent)
    try:
        for side in (sequent.goal.left, sequent.goal.right):
            extension, _ = _plain(extension, side, deadline)
        if not extension.steps:
            return None
        evidence = identity.search(extension.sequent, deadline)
    except Unusable:
        return None
    return extension.wrap(evidence) if evidence is not None else None


def _plain(extension: Extension, term: Term, deadline: Deadline) -> _Plain:
    """The facts by which a term equals a plainer one, and that one; the same when there is none."""
    deadline.check()
    match term:
        case Sum(parts):
            extension, plainer = _each(extension, parts, deadline)
            return extension, Sum(plainer)
        case Product(parts):
            extension, plainer = _each(extension, parts, deadline)
            return extension, Product(plainer)
        case Power(base, exponent):
            extension, inside = _plain(extension, base, deadline)
            return extension, Power(inside, exponent)
        case Apply("power", (base, exponent)):
            found = extension.axiom("real power", (base, exponent), quick(deadline))
            if found is None:
                return extension, term
            return _plain(found, Apply("exp", (Product((exponent, Apply("log", (base,)))),)), deadline)
        case Apply(function, (argument,)):
            extension, inside = _plain(extension, argument, deadline)
            if inside != argument:
                pair = argument, inside
                found = extension.axiom(f"equal arguments of {function}", pair, _by_identity(deadline))
                if found is None:
                    return extension, term
                extension = found
            return _value(extension, Apply(function, (inside,)), deadline) or (extension, Apply(function, (inside,)))
        case _:
            return extension, term


def _each(extension: Extension, parts: tuple[Term, ...], deadline: Deadline) -> tuple[Extension, tuple[Term, ...]]:
    plainer = []
    for part in parts:
        extension, inside = _plain(extension, part, deadline)
        plainer.append(inside)
    return extension, tuple(plainer)


def _value(extension: Extension, value: Apply, deadline: Deadline) -> _Plain | None:
    """The value of a function whose argument is as plain as it gets."""
    (argument,) = value.arguments
    ring = ring_of([argument])
    quotient = ring.quotient(argument)
    match value.function:
        case "log":
            for leaf in ring.leaves:
                if isinstance(leaf, Apply) and leaf.function == "exp" and ring.quotient(leaf) == quotient:
                    return _with(extension, [("logarithm of exponential", leaf.arguments)], leaf.arguments[0], deadline)
        case "exp" if quotient.denominator.is_constant():
            return _exponential(extension, ring, quotient.numerator / quotient.denominator, deadline)
        case "sqrt":
            above, below = _root(ring, quotient.numerator), _root(ring, quotient.denominator)
            if above is not None and below is not None:
                return _plain_root(extension, value, above, below, deadline)
    return None


def _with(
    extension: Extension, instances: list[tuple[str, tuple[Term, ...]]], result: Term, deadline: Deadline
) -> _Plain | None:
    """The facts of these instances of axioms, and the result that follows from them."""
    for name, arguments in instances:
        found = extension.axiom(name, arguments, quick(deadline))
        if found is None:
            return None
        extension = found
    return extension, result


def _exponential(extension: Extension, ring: Ring, argument: fmpq_mpoly, deadline: Deadline) -> _Plain | None:
    """`exp(u + log(v)) = exp(u) v`, for each logarithm that stands in the argument as it is or a few times."""
    logarithms: list[Apply] = []
    rest = argument
    for leaf in ring.leaves:
        if isinstance(leaf, Apply) and leaf.function == "log":
            times = _coefficient(argument, ring.generator(leaf))
            if 0 < times <= _MOST_TIMES and times.denominator == 1:
                logarithms += [leaf] * int(times)
                rest -= int(times) * ring.generator(leaf)
    if not logarithms:
        return None
    total = ring.term(rest)
    result: Term = Apply("exp", (total,))
    instances: list[tuple[str, tuple[Term, ...]]] = [("special values", ())] if rest.is_zero() else []
    for leaf in logarithms:
        instances += [("exponential of sum", (total, leaf)), ("exponential of logarithm", leaf.arguments)]
        total, result = Sum((total, leaf)), Product((result, leaf.arguments[0]))
    return _with(extension, instances, result, deadline)


def _coefficient(polynomial: fmpq_mpoly, generator: fmpq_mpoly) -> Fraction:
    """The coefficient of the generator itself."""
    (exponents,) = generator.to_dict()
    found = polynomial.to_dict().get(exponents)
    return Fraction(0) if found is None else fraction(found)


def _root(ring: Ring, polynomial: fmpq_mpoly) -> Term | None:
    """A square root of a polynomial that is a square."""
    content, factors = factored(polynomial)
    value = fraction(content)
    above, below = isqrt(max(value.numerator, 0)), isqrt(value.denominator)
    if Fraction(above**2, below**2) != value or any(times % 2 for _, times in factors):
        return None
    root = ring.one
    for factor, times in factors:
        root *= factor ** (times // 2)
    return ring.term(fmpq(above, below) * root)


def _plain_root(extension: Extension, root: Apply, above: Term, below: Term, deadline: Deadline) -> _Plain | None:
    """`sqrt(u) = v/w` for `u = (v/w)**2`, where `v/w` is not negative."""
    close = quick(deadline)
    found = extension.axiom("square root", root.arguments, close)
    if found is None:
        return None
    found = found.axiom("square root positive", root.arguments, close) or found
    plainer = above
    if below != ONE:
        plainer = Product((above, Power(below, -1)))
        found = found.lemma(Relation(below, "!=", ZERO), close) or found
    proved = found.lemma(Relation(root, "=", plainer), lambda other: conjugates.search(other, deadline))
    return None if proved is None else (proved, plainer)


def _by_identity(deadline: Deadline) -> Close:
    return lambda sequent: identity.search(sequent, deadline)
