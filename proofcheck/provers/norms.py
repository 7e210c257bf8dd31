"""Inequalities between norms: squared, and with them the facts between norms, they are about inner products."""

from __future__ import annotations

from fractions import Fraction

from proofcheck.kernel.certificates import Combination, Evidence, Summand
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, ZERO, Apply, Inner, Term, subterms

from . import backward
from .algebra import algebra_of
from .cases import Closing
from .extension import Close, Extension
from .sequent import Deadline, Sequent
from .signs import quick


def search(sequent: Sequent, deadline: Deadline, close: Closing) -> Evidence | None:
    """Evidence from squares for a prepared goal; `close` is for what has no norms any more. Raises `OutOfTime`.

    >>> from proofcheck.kernel.terms import Product, Rational, Variable
    >>> from .prepare import prepare
    >>> c, norms = Variable("c"), [Apply("sqrt", (Inner(name, name),)) for name in "uv"]
    >>> squares = tuple(Relation(Inner(name, name), ">=", ZERO) for name in "uv")
    >>> known = (*squares, Relation(c, ">", ZERO), Relation(norms[0], "<=", Product((c, norms[1]))))
    >>> goal = Relation(Inner("u", "u"), "<=", Product((c, c, Inner("v", "v"))))
    >>> asked, _ = prepare(Sequent(("c",), ("u", "v"), known, goal), Deadline.after(5))
    >>> search(asked, Deadline.after(5), lambda inside, soon: quick(soon)(inside)) is not None
    True
    """
    extension, signs = Extension(sequent), quick(deadline)
    for number, fact in enumerate(sequent.facts):
        if fact.sign in ("<=", "<", ">=", ">") and has_norms(fact):
            extension = _squared(extension, number, signs, deadline) or extension
    known = extension.sequent

    def without_norms(inside: Sequent) -> Evidence | None:
        return None if has_norms(inside.goal) else close(inside, deadline.share(0.5))

    if not has_norms(sequent.goal):
        evidence = without_norms(known) if extension.steps else None
        return evidence and extension.wrap(evidence)
    try:
        evidence = next(backward.squared(known, deadline, without_norms), None)
    except Unusable:
        return None
    return evidence and extension.wrap(evidence)


def has_norms(relation: Relation) -> bool:
    """Whether roots of inner products stand in a relation."""
    return any(map(_is_norm, (*subterms(relation.left), *subterms(relation.right))))


def _is_norm(term: Term) -> bool:
    match term:
        case Apply("sqrt", (radicand,)):
            return any(isinstance(part, Inner) for part in subterms(radicand))
        case _:
            return False


def _squared(extension: Extension, number: int, signs: Close, deadline: Deadline) -> Extension | None:
    """The extension by the relation between the squares of two sides, if these are not negative."""
    fact = extension.sequent.facts[number]
    u, v = (fact.left, fact.right) if fact.sign[0] == "<" else (fact.right, fact.left)
    if ZERO in (u, v):
        return None
    told: Extension | None = extension
    for side in (u, v):
        told = told and told.lemma(Relation(side, ">=", ZERO), signs)
    if told is None:
        return None
    algebra = algebra_of(told.sequent, deadline, u, v)
    try:
        larger, smaller = algebra.ring.quotient(v), algebra.ring.quotient(u)
    except Unusable:
        return None
    if not (larger.denominator.is_one() and smaller.denominator.is_one()):
        return None
    rest, cofactors = algebra.ideal.reduce(larger.numerator**2 - smaller.numerator**2)
    # v^2 - u^2 = (v - u) u + (v - u) v
    places = [told.sequent.facts.index(Relation(side, ">=", ZERO)) for side in (u, v)]
    products = tuple(Summand(Fraction(1), (number, place), ONE) for place in places)
    negative = {equation: -cofactor for equation, cofactor in cofactors.items()}
    shown = Combination((), products, algebra.multiples(negative))
    squares = Relation(algebra.ring.term(rest), ">=", ZERO)
    return None if has_norms(squares) else told.lemma(squares, lambda _: shown)
