"""Cauchy and Schwarz the other way round: from `p + q <= r`, where p and q are not negative, `4 p q <= r^2`.

Between two bounds of an operator or of a quotient such a sum is known (Diaz and Metcalf, Stronger forms of a class of
inequalities of Polya-Szego and Kantorovich, 1963); that the geometric mean is at most the arithmetic one does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from proofcheck.kernel.certificates import Combination, Evidence, Summand
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, ZERO, Inner, Power, Product, Rational, Sum, difference, subterms

from . import products, termwise
from .extension import Extension
from .on_demand import Assumption
from .sequent import Deadline, Sequent

_MOST = 6
_SOON = 0.2


def reverses(sequent: Sequent) -> Iterator[Assumption]:
    """What follows from the facts `p + q <= r` about inner products.

    >>> p, q, r = (Inner(*pair) for pair in ("uu", "vv", "uv"))
    >>> known = Relation(Sum((p, q)), "<=", r)
    >>> [relation.sign for relation, _ in reverses(Sequent((), ("u", "v"), (known,), known))]
    ['<=']
    """
    sums = ((number, fact) for number, fact in enumerate(sequent.facts) if _is_sum(fact))
    for (number, fact), _ in zip(sums, range(_MOST), strict=False):
        assert isinstance(fact.left, Sum)
        p, q = fact.left.terms
        relation = Relation(Product((Rational(Fraction(4)), p, q)), "<=", Power(fact.right, 2))
        yield relation, partial(_reversed, relation=relation, number=number)


def _is_sum(fact: Relation) -> bool:
    match fact:
        case Relation(Sum((p, q)), "<=", r):
            return all(any(isinstance(part, Inner) for part in subterms(side)) for side in (p, q, r))
        case _:
            return False


def _reversed(extension: Extension, relation: Relation, number: int) -> Extension | None:
    """The extension by `4 p q <= r^2`, once p and q are known not to be negative."""
    fact = extension.sequent.facts[number]
    assert isinstance(fact.left, Sum)
    p, q = fact.left.terms
    told: Extension | None = extension
    for side in (p, q):
        occurring = dict.fromkeys(part for part in subterms(side) if isinstance(part, Inner))
        for term in (*occurring, side):
            told = told and told.lemma(Relation(term, ">=", ZERO), _few)
    if told is None:
        return None
    signs = [told.sequent.facts.index(Relation(side, ">=", ZERO)) for side in (p, q)]
    # r^2 - 4 p q = (r - p - q)^2 + 2 (r - p - q) (p + q) + (p - q)^2
    summands = (
        Summand(Fraction(1), (number, number), ONE),
        *(Summand(Fraction(2), (number, sign), ONE) for sign in signs),
        Summand(Fraction(1), (), difference(p, q)),
    )
    return told.lemma(relation, lambda _: Combination((), summands, ()))


def _few(sequent: Sequent) -> Evidence | None:
    soon = Deadline.after(_SOON)
    return termwise.search(sequent, soon) or products.search(sequent, soon, products.FEW)
