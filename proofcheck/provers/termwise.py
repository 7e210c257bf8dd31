"""Signs that can be read off: a sum of monomials, each a product of facts `>= 0` or `> 0` and of squares."""

from __future__ import annotations

from proofcheck.kernel.certificates import Combination, Evidence, Summand
from proofcheck.kernel.rational import Unusable

from .algebra import Algebra, Known, algebra_of
from .polynomials import fraction
from .sequent import Deadline, Sequent


def search(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Evidence for `>=` or `>` where every monomial of the goal has the sign itself.

    >>> from proofcheck.kernel.statements import Relation
    >>> from proofcheck.kernel.terms import ONE, Power, Sum, Variable, ZERO
    >>> goal = Relation(Sum((Power(Variable("x"), 2), ONE)), ">", ZERO)
    >>> len(search(Sequent(("x",), (), (), goal), Deadline.after(1)).summands)
    2
    """
    try:
        algebra = algebra_of(sequent, deadline)
    except Unusable:
        return None
    factors = algebra.clearing(algebra.goal, allow_nonzero=False)
    if algebra.sign not in (">=", ">") or factors is None:
        return None
    leaves = [_known_sign(algebra, place) for place in range(len(algebra.ring.leaves))]
    summands: list[Summand] = []
    strict = False
    for exponents, coefficient in algebra.times(algebra.goal, factors).to_dict().items():
        facts: list[int] = []
        scale = fraction(coefficient)
        square = [0] * len(exponents)
        for place, exponent in enumerate(map(int, exponents)):
            known = leaves[place] if place < len(leaves) else None
            if known is not None and (known.strict or exponent % 2):
                used = exponent if known.strict else 1
                facts += list(known.facts) * used
                scale /= fraction(known.polynomial.leading_coefficient()) ** used
                square[place] = (exponent - used) // 2
            elif exponent % 2:
                return None
            else:
                square[place] = exponent // 2
        if scale < 0:
            return None
        strict |= not any(square) and all(known.strict for known in leaves if known and _uses(known, facts))
        root = algebra.ring.term(algebra.ring.monomial(tuple(square)))
        summands.append(Summand(scale, tuple(facts), root))
    if algebra.sign == ">" and not strict:
        return None
    return Combination(tuple(value.number for value in factors), tuple(summands), ())


def _known_sign(algebra: Algebra, place: int) -> Known | None:
    """What says that the leaf at that place is positive, or else nonnegative."""
    for known in algebra.knowns:
        monomials = known.polynomial.monoms()
        alone = len(monomials) == 1 and sum(monomials[0]) == 1 and monomials[0][place]
        if alone and known.polynomial.leading_coefficient() > 0:
            return known
    return None


def _uses(known: Known, facts: list[int]) -> bool:
    return known.facts[0] in facts
