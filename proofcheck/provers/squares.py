"""Inequalities by sums of squares, of scalars and of vectors, with unknown multipliers for products of facts.

An inequality that is linear in the inner products of vectors holds in every space when a combination of it and the
facts is a sum of squared lengths of combinations of the vectors: a Gram matrix is semidefinite.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement

from flint import fmpq, fmpq_mpoly

from proofcheck.kernel.certificates import (
    Apart,
    Between,
    Evidence,
)
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Inner

from .algebra import Algebra, Known, algebra_of
from .extension import Extension, cited
from .gradings import Grading, gradings
from .linear import Column
from .products import conclude
from .pruning import renumbered
from .semidefinite import Block, Problem, solve
from .sequent import Deadline, OutOfTime, Sequent

_MOST_ELEMENTS, _MOST_IN_BLOCK, _MOST_COLUMNS = 120, 40, 400
_LARGEST = 200


Weight = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Effort:
    """How many facts a product has at most, and whether single facts multiply sums of squares."""

    facts: int
    multiplied: bool


EFFORTS = (
    Effort(1, multiplied=False),
    Effort(2, multiplied=False),
    Effort(3, multiplied=False),
    Effort(3, multiplied=True),
)


@dataclass(frozen=True, slots=True)
class Element:
    """A monomial, or a monomial times a vector: what the squares are combinations of."""

    monomial: fmpq_mpoly
    vector: str | None


@dataclass(frozen=True, slots=True)
class Squares:
    """Elements of one kind, and the fact (or 1) that multiplies their squares."""

    multiplier: Known
    elements: tuple[Element, ...]


def search(sequent: Sequent, deadline: Deadline, efforts: Sequence[Effort] = EFFORTS) -> Evidence | None:
    """Evidence by sums of squares, or None.

    >>> from proofcheck.kernel.terms import Power, Product, Rational, Sum, Variable
    >>> x, y = Variable("x"), Variable("y")
    >>> product = Product((Rational(Fraction(-1)), x, y))
    >>> goal = Relation(Sum((Power(x, 2), product, Power(y, 2))), ">=", Rational(Fraction(0)))
    >>> len(search(Sequent(("x", "y"), (), (), goal), Deadline.after(1)).summands)
    2
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
    names = sorted(sequent.vectors)
    pairs = [Inner(left, right) for place, left in enumerate(names) for right in names[place:]]
    try:
        algebra = algebra_of(sequent.assuming(goal.negated()), deadline, *pairs)
        for effort in efforts:
            if (found := _attempt(sequent, algebra, effort, deadline)) is not None:
                return found
    except (Unusable, OutOfTime):
        return None
    return None


def _attempt(sequent: Sequent, algebra: Algebra, effort: Effort, deadline: Deadline) -> Evidence | None:
    """The search in one weight after the other: a combination that vanishes does so in each."""
    columns = list(_columns(algebra, effort, deadline))
    equations = [value.numerator for value in algebra.equations.values()]
    polynomials = [*equations, *(known.polynomial for known in algebra.knowns)]
    grades = gradings(algebra.ring, sequent.vectors, polynomials)
    classes: dict[Weight, list[Column]] = {}
    for column in columns:
        classes.setdefault(tuple(grading.weight(column.reduced) for grading in grades), []).append(column)
    families = [(family, _by_weight(family, grades)) for family in _families(algebra, sequent, columns, effort)]
    assumed = len(sequent.facts)
    strict = {weight: part for weight, part in classes.items() if any(column.strict for column in part)}

    def order(weight: Weight) -> tuple[bool, int]:
        return not any(assumed in column.facts for column in strict[weight]), len(strict[weight])

    for weight in sorted(strict, key=order):
        deadline.check()
        chosen = [
            Squares(family.multiplier, elements[:_MOST_ELEMENTS])
            for family, by_weight in families
            if (elements := by_weight.get(weight))
        ]
        if (found := _in_weight(sequent, algebra, strict[weight], chosen, deadline)) is not None:
            return found
    return None


def _by_weight(family: Squares, grades: Sequence[Grading]) -> dict[Weight, tuple[Element, ...]]:
    """The elements by the weight of their squares with the multiplier."""
    found: dict[Weight, list[Element]] = {}
    own = [grading.weight(family.multiplier.polynomial) for grading in grades]
    for element in family.elements:
        weight = tuple(
            part + 2 * (grading.weight(element.monomial) + (grading.vectors[element.vector] if element.vector else 0))
            for part, grading in zip(own, grades, strict=True)
        )
        found.setdefault(weight, []).append(element)
    return {weight: tuple(elements) for weight, elements in found.items()}


def _in_weight(
    sequent: Sequent, algebra: Algebra, columns: list[Column], families: list[Squares], deadline: Deadline
) -> Evidence | None:
    columns, some = _pruned(algebra, columns, families, deadline)
    some = [family for family in some if family.elements]
    if not any(column.strict for column in columns) or any(len(f.elements) > _MOST_IN_BLOCK for f in some):
        return None
    blocks = tuple(_block(algebra, family) for family in some)
    problem = Problem(
        tuple(column.reduced for column in columns),
        tuple(column.strict for column in columns),
        tuple(column.cost for column in columns),
        blocks,
    )
    solution = solve(problem, deadline)
    if solution is None:
        return None
    weighted = [(w, column) for w, column in zip(solution.weights, columns, strict=True) if w]
    extension = Extension(sequent)
    assumed = len(sequent.facts)
    for family, squares in zip(some, solution.squares, strict=True):
        for weight, coefficients in squares:
            if family.elements[0].vector is None:
                weighted.append((weight, _scalar_square(algebra, family, coefficients)))
                continue
            vector = _vector(algebra, family, coefficients)
            names = tuple(vector)
            terms = tuple(algebra.ring.term(vector[name]) for name in names)
            extended = extension.axiom("square of vector", terms, lambda s: cited(s, s.goal), names)
            if extended is None:
                return None
            number = len(extended.sequent.facts)
            extension = extended
            weighted.append((weight, _vector_square(algebra, family, vector, number)))
    evidence = conclude(algebra, tuple(weighted), assumed, strict_goal=sequent.goal.sign in "<>")
    if evidence is None:
        return None
    last = len(extension.sequent.facts)

    def moved(number: int) -> int:
        """In the algebra, the negated goal precedes what is known of vectors; in the evidence it comes last."""
        return last if number == assumed else number - (number > assumed)

    return extension.wrap(renumbered(evidence, moved))


def _columns(algebra: Algebra, effort: Effort, deadline: Deadline) -> Iterator[Column]:
    """Products of facts that are at most linear in inner products."""
    one = algebra.ring.one
    yield Column(algebra.ideal.remainder(one), True, (), one, 1, ())
    count = 0
    for size in range(1, effort.facts + 1):
        for chosen in combinations_with_replacement(algebra.knowns, size):
            deadline.check()
            if sum(_vector_degree(algebra, known.polynomial) for known in chosen) > 1:
                continue
            reduced = one
            for known in chosen:
                reduced = algebra.ideal.remainder(reduced * known.reduced)
            if len(reduced) > _LARGEST:
                continue
            numbers = tuple(number for known in chosen for number in known.facts)
            strict = all(known.strict for known in chosen)
            yield Column(reduced, strict, numbers, one, 4 * size, tuple(known.polynomial for known in chosen))
            count += 1
            if count >= _MOST_COLUMNS:
                return


def _vector_degree(algebra: Algebra, polynomial: fmpq_mpoly) -> int:
    places = [place for place, leaf in enumerate(algebra.ring.leaves) if isinstance(leaf, Inner)]
    return max((sum(monomial[place] for place in places) for monomial in polynomial.monoms()), default=0)


def _families(algebra: Algebra, sequent: Sequent, columns: Sequence[Column], effort: Effort) -> Iterator[Squares]:
    leaves = algebra.ring.leaves
    highest = [0] * len(leaves)
    for column in columns:
        for monomial in column.reduced.monoms():
            highest = [max(a, int(b)) for a, b in zip(highest, monomial, strict=False)]
    ranges = [
        range(1) if isinstance(leaf, Inner) else range((top + 1) // 2 + 1)
        for leaf, top in zip(leaves, highest, strict=True)
    ]
    exponents = sorted(_boxed(ranges), key=lambda powers: (sum(powers), powers))
    monomials = [algebra.ring.monomial(powers or (0,)) for powers in exponents]
    one = Known(algebra.ring.one, algebra.ring.one, True, ())
    scalar = tuple(known for known in algebra.knowns if not _vector_degree(algebra, known.polynomial))
    for multiplier in (one, *(scalar if effort.multiplied else ())):
        if sequent.vectors:
            yield Squares(multiplier, tuple(Element(m, vector) for m in monomials for vector in sequent.vectors))
        yield Squares(multiplier, tuple(Element(m, None) for m in monomials))


def _boxed(ranges: Sequence[range]) -> list[tuple[int, ...]]:
    """The exponents in a box, those of high total degree left out where there are too many."""
    degree = sum(part.stop - 1 for part in ranges)
    found: list[tuple[int, ...]] = [()]
    limit = min(degree, 6)
    for part in ranges:
        found = [(*powers, power) for powers in found for power in part if sum(powers) + power <= limit]
        if len(found) > 4000:
            limit -= 1
            found = [powers for powers in found if sum(powers) <= limit]
    return found


def _entry(algebra: Algebra, multiplier: Known, left: Element, right: Element) -> fmpq_mpoly:
    return algebra.ideal.remainder(multiplier.polynomial * _times(algebra, left, right))


def _times(algebra: Algebra, left: Element, right: Element) -> fmpq_mpoly:
    polynomial = left.monomial * right.monomial
    if left.vector is None or right.vector is None:
        return polynomial
    first, second = sorted((left.vector, right.vector))
    return polynomial * algebra.ring.generator(Inner(first, second))


def _block(algebra: Algebra, family: Squares) -> Block:
    elements = family.elements
    entries = tuple(tuple(_entry(algebra, family.multiplier, left, right) for right in elements) for left in elements)
    size = len(elements)
    basis = tuple(tuple(Fraction(int(i == j)) for j in range(size)) for i in range(size))
    return Block(entries, basis)


def _pruned(
    algebra: Algebra, columns: list[Column], families: list[Squares], deadline: Deadline
) -> tuple[list[Column], list[Squares]]:
    """Leave out, again and again, the columns and elements with a monomial that nothing can cancel."""
    entries: dict[tuple[int, int, int], list[tuple[tuple[int, ...], bool]]] = {}
    for number, family in enumerate(families):
        for i, left in enumerate(family.elements):
            deadline.check()
            for j, right in enumerate(family.elements[: i + 1]):
                polynomial = _entry(algebra, family.multiplier, left, right)
                entries[number, i, j] = [(m, bool(c > 0)) for m, c in polynomial.to_dict().items()]
    signs_of = [[(m, bool(c > 0)) for m, c in column.reduced.to_dict().items()] for column in columns]
    alive_columns = set(range(len(columns)))
    alive = {(number, i) for number, family in enumerate(families) for i in range(len(family.elements))}
    while True:
        signs: dict[tuple[int, ...], int] = {}
        for place in alive_columns:
            for monomial, positive in signs_of[place]:
                signs[monomial] = signs.get(monomial, 0) | (1 if positive else 2)
        for (number, i, j), parts in entries.items():
            if (number, i) in alive and (number, j) in alive:
                for monomial, positive in parts:
                    both = 3 if i != j else (1 if positive else 2)
                    signs[monomial] = signs.get(monomial, 0) | both
        lone_columns = {p for p in alive_columns if any(signs[m] != 3 for m, _ in signs_of[p])}
        lone = {(n, i) for n, i in alive if any(signs[m] != 3 for m, _ in entries[n, i, i])}
        if not lone_columns and not lone:
            break
        alive_columns -= lone_columns
        alive -= lone
    kept = [
        Squares(family.multiplier, tuple(e for i, e in enumerate(family.elements) if (number, i) in alive))
        for number, family in enumerate(families)
    ]
    return [columns[place] for place in sorted(alive_columns)], kept


def _scalar_square(algebra: Algebra, family: Squares, coefficients: Sequence[Fraction]) -> Column:
    root = algebra.ring.zero
    for element, coefficient in zip(family.elements, coefficients, strict=True):
        root += element.monomial * fmpq(coefficient.numerator, coefficient.denominator)
    polynomial = family.multiplier.polynomial * root * root
    reduced = algebra.ideal.remainder(polynomial)
    return Column(reduced, False, family.multiplier.facts, root, 0, (family.multiplier.polynomial,))


def _vector(algebra: Algebra, family: Squares, coefficients: Sequence[Fraction]) -> dict[str, fmpq_mpoly]:
    """The combination of vectors: a polynomial for each."""
    found: dict[str, fmpq_mpoly] = {}
    for element, coefficient in zip(family.elements, coefficients, strict=True):
        if coefficient and element.vector is not None:
            part = element.monomial * fmpq(coefficient.numerator, coefficient.denominator)
            found[element.vector] = found.get(element.vector, algebra.ring.zero) + part
    return found


def _vector_square(algebra: Algebra, family: Squares, vector: dict[str, fmpq_mpoly], number: int) -> Column:
    total = algebra.ring.zero
    for left, a in vector.items():
        for right, b in vector.items():
            total += _times(algebra, Element(a, left), Element(b, right))
    polynomial = family.multiplier.polynomial * total
    facts = (*family.multiplier.facts, number)
    return Column(algebra.ideal.remainder(polynomial), False, facts, algebra.ring.one, 0, (polynomial,))
