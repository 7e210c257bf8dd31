"""Logarithms of products of powers: log(u^2/v) = 2 log(u) - log(v), and real powers of such bases with them."""

from __future__ import annotations

from flint import fmpq_mpoly

from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, ZERO, Apply, Product, Rational, Sum, Term, difference

from .extension import Close, Extension
from .polynomials import Ring, fraction, ring_of
from .sequent import Deadline
from .signs import quick

_MOST_FACTORS = 12


def with_expanded_logarithms(extension: Extension, deadline: Deadline) -> Extension:
    """Each logarithm of a product of powers as a sum, and the exponentials by which real powers of it are known."""
    if not extension.sequent.mentions("log"):
        return extension
    close = quick(deadline)
    sides = [side for relation in (*extension.sequent.facts, extension.sequent.goal) for side in _sides(relation)]
    leaves = [leaf for leaf in reversed(ring_of(sides).leaves) if isinstance(leaf, Apply)]
    values = [leaf for leaf in leaves if leaf.function == "log"]
    halves: dict[Term, Term] = {}
    for root in (leaf for leaf in leaves if leaf.function == "sqrt"):
        if (found := _with_root(extension, root, close)) is not None:
            extension = found
            halves[root.arguments[0]] = _logarithm(root)
    for value in values:
        expanded = _expanded(extension, value.arguments[0], halves, close)
        if expanded is None:
            continue
        extension, total = expanded
        for power in (leaf for leaf in leaves if leaf.function == "power" and leaf.arguments[0] == value.arguments[0]):
            pair = Product((power.arguments[1], value)), Product((power.arguments[1], total))
            extension = extension.axiom("equal arguments of exp", pair, close) or extension
    return extension


def _sides(relation: Relation) -> tuple[Term, Term]:
    return relation.left, relation.right


def _with_root(extension: Extension, root: Apply, close: Close) -> Extension | None:
    """The extension by `log(u) = log(sqrt(u)) + log(sqrt(u))`, for u > 0."""
    inside = root.arguments
    found = extension.axiom("square root", inside, close)
    found = found and found.axiom("square root positive", inside, close)
    found = found and found.axiom("logarithm of product", (root, root), close)
    return found and found.axiom("equal arguments of log", (Product((root, root)), *inside), close)


def _expanded(
    extension: Extension, argument: Term, halves: dict[Term, Term], close: Close
) -> tuple[Extension, Term] | None:
    """The extension by `log(argument) = sum`, and that sum; None where nothing is to be expanded."""
    ring = ring_of([argument])
    quotient = ring.quotient(argument)
    above, below = _factors(ring, quotient.numerator), _factors(ring, quotient.denominator)
    if above is None or below is None or len(above) + len(below) > _MOST_FACTORS:
        return None
    if not below and len(above) <= 1 and not any(factor in halves for factor in above):
        return None
    numerator = _of_product(extension, above, halves, close)
    if numerator is None:
        return None
    extension, multiplied, total = numerator
    whole = argument
    if below:
        denominator = _of_product(extension, below, halves, close)
        if denominator is None:
            return None
        extension, divisor, subtracted = denominator
        product = extension.axiom("logarithm of product", (argument, divisor), close)
        if product is None:
            return None
        extension, whole, total = product, Product((argument, divisor)), difference(total, subtracted)
    if whole != multiplied:
        equal = extension.axiom("equal arguments of log", (whole, multiplied), close)
        if equal is None:
            return None
        extension = equal
    stated = extension.lemma(Relation(_logarithm(argument), "=", total), close)
    return None if stated is None else (stated, total)


def _factors(ring: Ring, polynomial: fmpq_mpoly) -> list[Term] | None:
    """The factors of a monomial, each as often as it occurs, without the factor 1; None for a sum."""
    terms = list(polynomial.to_dict().items())
    if len(terms) != 1:
        return None
    exponents, coefficient = terms[0]
    value = fraction(coefficient)
    if value <= 0 or sum(exponents) > _MOST_FACTORS:
        return None
    found: list[Term] = [] if value == 1 else [Rational(value)]
    for leaf, exponent in zip(ring.leaves, exponents, strict=False):
        found += [leaf] * int(exponent)
    return found


def _of_product(
    extension: Extension, factors: list[Term], halves: dict[Term, Term], close: Close
) -> tuple[Extension, Term, Term] | None:
    """The extension by the logarithm of a product, the product as it is built up, and the sum of logarithms."""
    if not factors:
        special = extension.axiom("special values", (), close)
        return None if special is None else (special, ONE, ZERO)
    parts = [_logarithm(factor) if factor not in halves else Sum((halves[factor],) * 2) for factor in factors]
    product, total = factors[0], parts[0]
    for factor, part in zip(factors[1:], parts[1:], strict=True):
        found = extension.axiom("logarithm of product", (product, factor), close)
        if found is None:
            return None
        extension, product, total = found, Product((product, factor)), Sum((total, part))
    return extension, product, total


def _logarithm(term: Term) -> Term:
    return Apply("log", (term,))
