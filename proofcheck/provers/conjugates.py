"""Equations with square roots: `p + q sqrt(u) = 0` follows from `p**2 = q**2 u` where `p - q sqrt(u)` has a sign."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq_mpoly

from proofcheck.kernel.certificates import Evidence
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ZERO, Apply, Term

from . import identity
from .algebra import Algebra, algebra_of
from .extension import Extension
from .sequent import Deadline, Sequent
from .signs import quick


def search(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Evidence for an equation that holds after multiplication by conjugates of a definite sign.

    The facts include those about the square roots; see `prepare`.
    """
    if sequent.goal.sign != "=":
        return None
    try:
        algebra = algebra_of(sequent, deadline)
    except Unusable:
        return None
    extension = Extension(sequent)
    close = quick(deadline)
    for conjugate in _conjugates(algebra):
        deadline.check()
        found = None
        for sign in "<>":
            found = found or extension.lemma(Relation(conjugate, sign, ZERO), close)
        extension = found or extension
    if not extension.steps:
        return None
    evidence = identity.search(extension.sequent, deadline)
    return extension.wrap(evidence) if evidence is not None else None


def _conjugates(algebra: Algebra) -> Iterator[Term]:
    goal = algebra.ideal.remainder(algebra.goal.numerator)
    for leaf in algebra.ring.leaves:
        if isinstance(leaf, Apply) and leaf.function == "sqrt":
            root = algebra.ring.generator(leaf)
            slope, rest = divmod(goal, root)
            if not slope.is_zero() and not rest.is_zero() and _free_of(slope, root):
                yield algebra.ring.term(rest - slope * root)


def _free_of(polynomial: fmpq_mpoly, root: fmpq_mpoly) -> bool:
    return bool(divmod(polynomial, root)[0].is_zero())
