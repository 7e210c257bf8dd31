"""Inequalities from products of facts and squares, by linear programming (Handelman, Stengle).

The goal's negation joins the facts. If a combination of products, with positive weights and at least one
strict product, vanishes modulo the equations, then the facts contradict the negation. Where the negation
occurs once, the same identity reads as `multiplier * goal = sum`, and that is what is returned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, combinations_with_replacement

from flint import fmpq_mpoly

from proofcheck.kernel.certificates import Apart, Between, Combination, Contradiction, Evidence, Summand
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Inner, Power, Sum, Term, subterms

from .algebra import Algebra, Known, algebra_of
from .linear import Column, Weighted, vanishing_combination
from .polynomials import Ring
from .relevance import relevant
from .sequent import Deadline, OutOfTime, Sequent

_MOST_COLUMNS = 6000
_LARGEST_COLUMN = 300


@dataclass(frozen=True, slots=True)
class Effort:
    """How many facts a product has at most, alone and beside a square, and which squares there are, if any."""

    facts: int
    beside_square: int
    degree: int
    pairs: bool


#: Most of what is true follows from few facts, without squares: those are tried alone first.
FEW = (Effort(1, 0, 0, pairs=False), Effort(2, 0, 0, pairs=False), Effort(2, 1, 1, pairs=False))
MORE = (Effort(2, 2, 1, pairs=True),)
MANY = (Effort(3, 2, 2, pairs=False), Effort(3, 1, 2, pairs=True), Effort(4, 2, 2, pairs=True))


def search(sequent: Sequent, deadline: Deadline, efforts: Sequence[Effort] = (*FEW, *MORE, *MANY)) -> Evidence | None:
    """Evidence by products of facts, or None.

    >>> from proofcheck.kernel.terms import ONE, ZERO, Product, Variable
    >>> x = Variable("x")
    >>> positive = Relation(x, ">", ZERO)
    >>> goal = Relation(Product((x, x)), ">", ZERO)
    >>> evidence = search(Sequent(("x",), (), (positive,), goal), Deadline.after(1))
    >>> evidence.summands[0].facts
    (0, 0)
    """
    goal = sequent.goal

    def signed(sign: str) -> Evidence | None:
        return search(sequent.proving(Relation(goal.left, sign, goal.right)), deadline, efforts)

    if goal.sign == "=":
        below = signed("<=")
        above = signed(">=") if below else None
        return Between(below, above) if below and above else None
    if goal.sign == "!=":
        return next((Apart(sign, found) for sign in (">", "<") if (found := signed(sign))), None)
    assumed = len(sequent.facts)
    try:
        algebra = algebra_of(sequent.assuming(goal.negated()), deadline)
        for effort in efforts:
            columns = list(_columns(algebra, sequent, effort, assumed, deadline))
            if (weighted := vanishing_combination(columns, deadline)) is not None:
                return conclude(algebra, weighted, assumed, strict_goal=goal.sign in "<>")
    except (Unusable, OutOfTime):
        return None
    return None


def conclude(algebra: Algebra, weighted: Weighted, assumed: int, *, strict_goal: bool) -> Evidence | None:
    """Evidence from a vanishing combination in which fact `assumed` is the goal's negation."""
    holding = [(weight, column) for weight, column in weighted if assumed in column.facts]
    others = [(weight, column) for weight, column in weighted if assumed not in column.facts]
    total = sum((_scaled(weight, column) for weight, column in weighted), algebra.ring.zero)
    if len(holding) == 1:
        weight, column = holding[0]
        rest = list(column.facts)
        rest.remove(assumed)
        strict = {known.facts[0] for known in algebra.knowns if known.strict}
        if (
            assumed not in rest
            and column.square.is_one()
            and all(number in strict for number in rest)
            and (not strict_goal or any(other.strict for _, other in others))
        ):
            return _combination(algebra, tuple(rest), others, weight, total)
    strict_column = next(
        ((weight, column) for weight, column in weighted if column.strict and column.square.is_one()), None
    )
    if strict_column is None:
        return None
    weight, column = strict_column
    left = [part for part in weighted if part[1] is not column]
    return Contradiction(_combination(algebra, column.facts, left, weight, total))


def _scaled(weight: Fraction, column: Column) -> fmpq_mpoly:
    return column.polynomial * weight.numerator / weight.denominator


def _combination(
    algebra: Algebra,
    multiplier: tuple[int, ...],
    others: Iterable[tuple[Fraction, Column]],
    weight: Fraction,
    total: fmpq_mpoly,
) -> Combination:
    _, cofactors = algebra.ideal.reduce(-total * weight.denominator / weight.numerator)
    summands = tuple(Summand(part / weight, column.facts, algebra.ring.term(column.square)) for part, column in others)
    return Combination(multiplier, summands, algebra.multiples(cofactors))


@dataclass(frozen=True, slots=True)
class _Product:
    """Some facts, the remainder of their product modulo the equations, and the first that may come after them."""

    chosen: tuple[Known, ...]
    reduced: fmpq_mpoly
    first: int


def _columns(algebra: Algebra, sequent: Sequent, effort: Effort, assumed: int, deadline: Deadline) -> Iterator[Column]:
    one = algebra.ring.one
    ideal = algebra.ideal
    products = list(_products(algebra, effort, deadline))
    squares = list(_squares(algebra.ring, sequent, effort)) if effort.degree else []
    few = [product for product in products if len(product.chosen) <= effort.beside_square]
    count = 0
    for product, square in chain(
        ((product, one) for product in products),
        ((product, square) for product in few for square in squares),
    ):
        reduced = product.reduced if square is one else ideal.remainder(product.reduced * square * square)
        if len(reduced) > _LARGEST_COLUMN:
            continue
        facts = tuple(number for known in product.chosen for number in known.facts)
        strict = square.is_one() and all(known.strict for known in product.chosen)
        cost = 1 + len(square) + int(square.total_degree()) + 2 * len(facts) + 8 * max(0, facts.count(assumed) - 1)
        yield Column(reduced, strict, facts, square, cost, tuple(known.polynomial for known in product.chosen))
        count += 1
        if count % 64 == 0:
            deadline.check()
        if count > _MOST_COLUMNS:
            return


def _products(algebra: Algebra, effort: Effort, deadline: Deadline) -> Iterator[_Product]:
    """The products of few facts, those of one fact less first."""
    knowns = relevant(algebra)
    ones = [_Product((), algebra.ring.one, 0)]
    yield from ones
    last, count = ones, 1
    for _ in range(effort.facts):
        longer: list[_Product] = []
        for product in last:
            deadline.check()
            for place in range(product.first, len(knowns)):
                reduced = algebra.ideal.remainder(product.reduced * knowns[place].reduced)
                if len(reduced) <= _LARGEST_COLUMN:
                    longer.append(_Product((*product.chosen, knowns[place]), reduced, place))
                    count += 1
                if count > _MOST_COLUMNS:
                    break
        yield from longer
        last = longer


def _squares(ring: Ring, sequent: Sequent, effort: Effort) -> Iterator[fmpq_mpoly]:
    """What may be squared: sums that occur, monomials, and sums of two of them."""
    generators = [ring.generator(leaf) for leaf in ring.leaves if not isinstance(leaf, Inner)]
    monomials = list(generators)
    if effort.degree > 1 and len(generators) <= 8:
        monomials += [left * right for left, right in combinations_with_replacement(generators, 2)]
    found = [*_occurring(ring, sequent), *monomials]
    if effort.pairs:
        for left, right in combinations([ring.one, *monomials], 2):
            found += [left + right, left - right]
    seen: list[fmpq_mpoly] = []
    for square in found:
        if not any(square == other for other in seen):
            seen.append(square)
            yield square


def _occurring(ring: Ring, sequent: Sequent) -> Iterator[fmpq_mpoly]:
    """The sums that are squared somewhere, and the polynomials on one side of a relation."""
    for relation in (sequent.goal, *sequent.facts):
        for side in (relation.left, relation.right):
            for part in subterms(side):
                if isinstance(part, Power) and isinstance(part.base, Sum) and part.exponent > 1:
                    yield from _polynomial(ring, part.base)


def _polynomial(ring: Ring, term: Term) -> Iterator[fmpq_mpoly]:
    quotient = ring.quotient(term)
    if quotient.denominator.is_constant() and not quotient.numerator.is_constant():
        yield quotient.numerator
