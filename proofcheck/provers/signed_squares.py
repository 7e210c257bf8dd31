"""A goal from facts times multipliers and weighted squares of vectors, where the weights contain letters.

What is left of the goal becomes a sum of squares by elimination (LDL^T); for each weight and multiplier a sign is owed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce

from flint import fmpq, fmpq_mpoly

from proofcheck.kernel.certificates import Combination, Evidence, Summand
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ZERO, Inner, Variable, atoms

from .algebra import Algebra, Known
from .cases import Closing
from .extension import Close, Extension
from .polynomials import factored, fraction
from .ratios import Matrix, Ratio, less
from .relevance import from_some
from .sampling import Point, holds_at
from .sequent import Deadline, Sequent

#: The coefficients of a polynomial by the place of what carries them: an inner product, a value, or nothing.
Form = Mapping[int | None, fmpq_mpoly]
#: A combination of vectors by name.
Vector = Mapping[str, fmpq_mpoly]


@dataclass(frozen=True, slots=True)
class Given:
    """A fact, and the form that is not negative."""

    known: Known
    form: Form


@dataclass(frozen=True)
class Problem:
    """A goal as a polynomial, the facts that clear it, its form; the forms of facts, and the places of the values."""

    sequent: Sequent
    algebra: Algebra
    cleared: tuple[int, ...]
    polynomial: fmpq_mpoly
    goal: Form
    given: tuple[Given, ...]
    values: tuple[int, ...]

    @cached_property
    def one(self) -> Ratio:
        """The number 1."""
        return Ratio(self.algebra.ring.one, self.algebra.ring.one)

    @cached_property
    def zero(self) -> Ratio:
        """The number 0."""
        return Ratio(self.algebra.ring.zero, self.algebra.ring.one)

    @cached_property
    def _places(self) -> dict[object, int]:
        return {leaf: place for place, leaf in enumerate(self.algebra.ring.leaves)}

    def coefficient(self, form: Form, place: int | None) -> Ratio:
        """The coefficient of a carrier."""
        return Ratio(form.get(place, self.algebra.ring.zero), self.algebra.ring.one)

    def matrix(self, form: Form) -> Matrix:
        """The coefficients of the inner products as a symmetric matrix."""

        def entry(u: str, v: str) -> Ratio:
            found = self.coefficient(form, self._places[Inner(min(u, v), max(u, v))])
            return found if u == v else Ratio(found.above / 2, found.below)

        return [[entry(u, v) for v in self.sequent.vectors] for u in self.sequent.vectors]

    def speaks_of_letters(self, fact: Relation) -> bool:
        """Whether a fact speaks of nothing but letters."""
        leaves = self.algebra.ring.leaves
        values = {leaf for place in self.values if isinstance(leaf := leaves[place], Variable)}
        return not any(
            isinstance(part, Inner) or part in values for side in (fact.left, fact.right) for part in atoms(side)
        )


def concluded(
    problem: Problem, chosen: Sequence[tuple[Ratio, Given]], points: Sequence[Point], deadline: Deadline, close: Closing
) -> Evidence | None:
    """The goal from facts times multipliers, if what is left is a sum of squares with a sign. Raises `OutOfTime`.

    What fails at a point is not tried.
    """
    multipliers, matrices = [each for each, _ in chosen], [problem.matrix(given.form) for _, given in chosen]
    squares = _squares(problem, less(problem.matrix(problem.goal), multipliers, matrices))
    if squares is None:
        return None
    one = problem.algebra.ring.one
    constant = problem.coefficient(problem.goal, None)
    for multiplier, given in chosen:
        constant -= multiplier * problem.coefficient(given.form, None)
    weights = (*multipliers, constant, *(weight for weight, _ in squares))
    if not all(_holds_at(problem, weight, points) for weight in weights):
        return None
    common = _common(weights, one)
    ready = _closing(problem, deadline, close)
    if (signed := _signed(problem, Extension(problem.sequent), common, ready, strict=True)) is None:
        return None
    extension, positive = signed
    # `common` times a number is the product of what is positive.
    common /= fmpq(positive.weight.numerator, positive.weight.denominator)
    parts: list[tuple[Ratio, fmpq_mpoly, tuple[int, ...]]] = [(constant, one, ())]
    parts += [(multiplier, given.known.polynomial, given.known.facts) for multiplier, given in chosen]
    for weight, vector in squares:
        terms = tuple(map(problem.algebra.ring.term, vector.values()))
        extended = extension.axiom("square of vector", terms, lambda _: None, tuple(vector))
        assert extended is not None
        extension = extended
        parts.append((weight, _square(problem, vector), (len(extension.sequent.facts) - 1,)))
    summands: list[Summand] = []
    rest = common * problem.polynomial
    for weight, polynomial, facts in parts:
        factor = weight.above * (common / weight.below)
        if factor.is_zero():
            continue
        signed = _signed(problem, extension, factor, ready, strict=False)
        if signed is None or signed[1].weight < 0:
            return None
        extension, summand = signed
        summands.append(replace(summand, facts=(*summand.facts, *facts)))
        rest -= factor * polynomial
    _, cofactors = problem.algebra.ideal.reduce(rest)
    cleared = (*positive.facts, *problem.cleared)
    return extension.wrap(Combination(cleared, tuple(summands), problem.algebra.multiples(cofactors)))


def _holds_at(problem: Problem, weight: Ratio, points: Sequence[Point]) -> bool:
    """Whether floats see the weight negative nowhere."""
    return holds_at(Relation(problem.algebra.ring.term(weight.above * weight.below), ">=", ZERO), points)


def _closing(problem: Problem, deadline: Deadline, close: Closing) -> Close:
    """What closes goals about letters, from what is known of letters alone."""

    def of_letters(inside: Sequent) -> Evidence | None:
        return from_some(inside, problem.speaks_of_letters, lambda few: close(few, deadline.share(0.3)))

    return of_letters


def _signed(
    problem: Problem, extension: Extension, polynomial: fmpq_mpoly, close: Close, *, strict: bool
) -> tuple[Extension, Summand] | None:
    """The polynomial as a number times factors that are positive (or not negative, and squares), each a fact."""
    ring = problem.algebra.ring
    content, factors = factored(polynomial)
    weight, square = fraction(content), ring.one
    facts: list[int] = []
    for factor, multiplicity in factors:
        times = multiplicity if strict else multiplicity % 2
        square *= factor ** ((multiplicity - times) // 2)
        if not times:
            continue
        for orientation in (1, -1):
            relation = Relation(ring.term(orientation * factor), ">" if strict else ">=", ZERO)
            told = extension if relation in extension.sequent.facts else extension.lemma(relation, close)
            if told is not None:
                extension = told
                facts += [extension.sequent.facts.index(relation)] * times
                weight *= orientation**times
                break
        else:
            return None
    return extension, Summand(weight, tuple(facts), ring.term(square))


def _square(problem: Problem, vector: Vector) -> fmpq_mpoly:
    ring = problem.algebra.ring
    parts = ((u, a, v, b) for u, a in vector.items() for v, b in vector.items())
    return sum((a * b * ring.generator(Inner(min(u, v), max(u, v))) for u, a, v, b in parts), ring.zero)


def _squares(problem: Problem, matrix: Matrix) -> list[tuple[Ratio, Vector]] | None:
    """The matrix as a sum of weighted squares of vectors; None where one vanishes beside the diagonal only."""
    one, names = problem.algebra.ring.one, problem.sequent.vectors
    found: list[tuple[Ratio, Vector]] = []
    while any(entry for row in matrix for entry in row):
        scaled = {place: [entry / row[place] for entry in row] for place, row in enumerate(matrix) if row[place]}
        pivots = [(_common(row, one), place) for place, row in scaled.items()]
        if not pivots:
            return None
        below, place = min(pivots, key=lambda pivot: pivot[0].total_degree())
        weight = matrix[place][place]
        row = scaled[place]
        vector = {name: entry.above * (below / entry.below) for name, entry in zip(names, row, strict=True) if entry}
        found.append((weight / Ratio(below * below, one), vector))
        matrix = less(matrix, [weight], [[[left * right for right in row] for left in row]])
    return found


def _common(ratios: Iterable[Ratio], one: fmpq_mpoly) -> fmpq_mpoly:
    """A common denominator."""
    return reduce(lambda common, each: common * each.below / common.gcd(each.below), ratios, one)
