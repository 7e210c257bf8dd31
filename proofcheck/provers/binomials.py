"""Polynomials that are sums of monomials times squares of binomials, as in Hurwitz's proof of the means.

(Hurwitz, Ueber den Vergleich des arithmetischen und des geometrischen Mittels, 1891; Reznick, Forms derived from the
arithmetic-geometric inequality, 1989.) For exponents u and v whose difference is even, `x**u + x**v - 2 x**((u + v)/2)`
is a monomial times the square of a binomial, and nonnegative where the monomial is. A linear program finds the weights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from flint import fmpq_mpoly

from proofcheck.kernel.certificates import Evidence
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.terms import Variable

from .algebra import Algebra, Known, algebra_of
from .linear import Column, vanishing_combination
from .products import conclude
from .sequent import Deadline, Sequent

_MOST_POINTS, _MOST_COLUMNS = 500, 4000
Exponents = tuple[int, ...]


def search(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Evidence for the sign of a polynomial, or of a quotient with a positive denominator. Raises `OutOfTime`.

    >>> from proofcheck.kernel.statements import Relation
    >>> from proofcheck.kernel.terms import ZERO, Power, Product, Rational, Sum
    >>> x, y, z = map(Variable, "xyz")
    >>> signs = tuple(Relation(each, ">=", ZERO) for each in (x, y, z))
    >>> goal = Relation(Sum(tuple(Power(each, 3) for each in (x, y, z))), ">=", Product((Rational(3), x, y, z)))
    >>> search(Sequent(("x", "y", "z"), (), signs, goal), Deadline.after(5)) is not None
    True
    """
    goal = sequent.goal
    if goal.sign in ("=", "!="):
        return None
    assumed = len(sequent.facts)
    try:
        algebra = algebra_of(sequent.assuming(goal.negated()), deadline)
    except Unusable:
        return None
    negation = next((known for known in algebra.knowns if assumed in known.facts), None)
    if negation is None or not all(isinstance(leaf, Variable) for leaf in algebra.ring.leaves):
        return None
    columns = [*_columns(algebra, negation, deadline)]
    weighted = vanishing_combination(columns, deadline) if columns else None
    return None if weighted is None else conclude(algebra, weighted, assumed, strict_goal=goal.sign in "<>")


def _columns(algebra: Algebra, negation: Known, deadline: Deadline) -> Iterator[Column]:
    """The goal's negation, and squares of binomials and monomials that are not negative, of its degrees."""
    one = algebra.ring.one
    yield _column(algebra, (negation.polynomial,), negation.strict, negation.facts, one)
    signs = [_sign(algebra, place) for place in range(len(algebra.ring.leaves))]
    points = _points([tuple(map(int, powers)) for powers in negation.polynomial.monoms()])
    classes = defaultdict[Exponents, list[Exponents]](list)
    for point in points:
        classes[tuple(power % 2 for power in point)].append(point)
        yield from _signed(algebra, signs, point, one)
    count = 0
    for alike in classes.values():
        for left, right in combinations(alike, 2):
            count += 1
            if count > _MOST_COLUMNS:
                return
            if count % 64 == 0:
                deadline.check()
            least = tuple(map(min, left, right))
            ends = (
                algebra.ring.monomial(tuple((power - low) // 2 for power, low in zip(each, least, strict=True)))
                for each in (left, right)
            )
            yield from _signed(algebra, signs, least, next(ends) - next(ends))


def _points(support: Sequence[Exponents]) -> list[Exponents]:
    """The exponents of a polynomial's degrees, between the smallest and the largest of each variable."""
    lows, highs = (tuple(map(choose, zip(*support, strict=True))) for choose in (min, max))
    degrees = {sum(powers) for powers in support}
    ranges = [range(low, high + 1) for low, high in zip(lows, highs, strict=True)]
    if _size(ranges) > 50 * _MOST_POINTS:
        return list(support)
    found = [powers for powers in product(*ranges) if min(degrees) <= sum(powers) <= max(degrees)]
    return found if len(found) <= _MOST_POINTS else list(support)


def _size(ranges: Sequence[range]) -> int:
    size = 1
    for each in ranges:
        size *= len(each)
    return size


def _sign(algebra: Algebra, place: int) -> Known | None:
    """What says that a variable is not negative."""
    for known in algebra.knowns:
        monomials = known.polynomial.monoms()
        alone = len(monomials) == 1 and sum(monomials[0]) == 1 and monomials[0][place]
        if alone and known.polynomial.leading_coefficient() > 0:
            return known
    return None


def _signed(
    algebra: Algebra, signs: Sequence[Known | None], exponents: Exponents, binomial: fmpq_mpoly
) -> Iterator[Column]:
    """The monomial times the square, if the monomial has a sign: odd powers need a fact."""
    odd = [place for place, power in enumerate(exponents) if power % 2]
    used = [known for place in odd if (known := signs[place]) is not None]
    if len(used) < len(odd):
        return
    square = binomial * algebra.ring.monomial(tuple(power // 2 for power in exponents))
    strict = square.is_one() and all(known.strict for known in used)
    numbers = tuple(number for known in used for number in known.facts)
    yield _column(algebra, tuple(known.polynomial for known in used), strict, numbers, square)


def _column(
    algebra: Algebra, factors: tuple[fmpq_mpoly, ...], strict: bool, facts: tuple[int, ...], square: fmpq_mpoly
) -> Column:
    polynomial = square**2
    for factor in factors:
        polynomial *= factor
    cost = 1 + len(facts) + int(square.total_degree())
    return Column(algebra.ideal.remainder(polynomial), strict, facts, square, cost, factors)
