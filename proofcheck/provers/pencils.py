"""Inequalities linear in inner products whose coefficients contain letters: the S-procedure with symbolic multipliers.

The goal less some facts times multipliers is a sum of squares of vectors (Yakubovich, S-procedure in nonlinear control
theory, 1971). Variables such as function values have to cancel, which determines all multipliers or all but one. If
the goal is tight, what is left is a sum of squares for one value of that only, where its determinant has a double zero.
The multipliers are rational functions of the letters, then; `signed_squares` has the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, islice, permutations

from flint import fmpq_mpoly

from proofcheck.kernel.certificates import Evidence
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.terms import Inner, Variable

from .algebra import algebra_of
from .cases import Closing
from .norms import has_norms
from .ratios import Matrix, Ratio, echelon, less
from .sampling import Point, samples_of
from .sequent import Deadline, Sequent
from .signed_squares import Form, Given, Problem, concluded

_MOST_DIMENSIONS = 3
_MOST_FACTS, _MOST_CHOICES, _MOST_VECTORS, _MOST_POINTS = 8, 60, 5, 12


def search(sequent: Sequent, deadline: Deadline, close: Closing) -> Evidence | None:
    """Evidence for a weak inequality; `close` is for the signs of letters. Raises `OutOfTime`.

    >>> from proofcheck.kernel.statements import Relation
    >>> from proofcheck.kernel.terms import ZERO, Power, Product, Variable
    >>> from .signs import quick
    >>> c, square, product, other = Variable("c"), Inner("u", "u"), Inner("u", "v"), Inner("v", "v")
    >>> known = Relation(c, ">", ZERO), Relation(product, ">=", Product((c, square)))
    >>> asked = Sequent(("c",), ("u", "v"), known, Relation(other, ">=", Product((Power(c, 2), square))))
    >>> search(asked, Deadline.after(5), lambda inside, soon: quick(soon)(inside)) is not None
    True
    """
    problem = _read(sequent, deadline)
    if problem is None:
        return None
    points = _points(problem)
    most = min(len(problem.given), len(problem.values) + 2)
    choices = chain.from_iterable(combinations(problem.given, size) for size in range(most + 1))
    for chosen in islice(choices, _MOST_CHOICES):
        for multipliers in _multipliers(problem, [given.form for given in chosen]):
            deadline.check()
            evidence = concluded(problem, list(zip(multipliers, chosen, strict=True)), points, deadline, close)
            if evidence is not None:
                return evidence
    return None


def _points(problem: Problem) -> list[Point]:
    """Values of the letters at which the facts about them hold."""
    leaves = problem.algebra.ring.leaves
    values = {leaf.name for place in problem.values if isinstance(leaf := leaves[place], Variable)}
    letters = tuple(name for name in problem.sequent.variables if name not in values)
    known = tuple(fact for fact in problem.sequent.facts if problem.speaks_of_letters(fact))
    return samples_of(Sequent(letters, (), known, problem.sequent.goal))[:_MOST_POINTS]


def _read(sequent: Sequent, deadline: Deadline) -> Problem | None:
    """The problem, if goal and facts are linear in inner products and in the variables that never stand beside them.

    Where no letter stands beside an inner product there is nothing here that numbers would not do.
    """
    if not 0 < len(sequent.vectors) <= _MOST_VECTORS:
        return None
    pairs = [Inner(min(u, v), max(u, v)) for u in sequent.vectors for v in sequent.vectors]
    try:
        algebra = algebra_of(sequent, deadline, *pairs)
    except Unusable:
        return None
    factors = algebra.clearing(algebra.goal, allow_nonzero=False)
    if factors is None or algebra.sign != ">=":
        return None
    polynomial = algebra.times(algebra.goal, factors)
    reduced = algebra.ideal.remainder(polynomial)
    inner = {place for place, leaf in enumerate(algebra.ring.leaves) if isinstance(leaf, Inner)}
    values = _values((reduced, *(known.reduced for known in algebra.knowns)), inner)
    if values is None:
        return None
    goal = _form(reduced, inner | values)
    knowns = (known for known in algebra.knowns if not any(has_norms(sequent.facts[each]) for each in known.facts))
    forms = [(known, _form(known.reduced, inner | values)) for known in knowns]
    # A square of a vector is one of those that the rest is a sum of, and a fact about letters no part of it.
    given = [Given(known, form) for known, form in forms if form and form.keys() != {None} and len(known.reduced) > 1]
    if goal is None or len(given) > _MOST_FACTS:
        return None
    occurring = {place for form in (goal, *(each.form for each in given)) for place in form if place in values}
    cleared = tuple(value.number for value in factors)
    return Problem(sequent, algebra, cleared, polynomial, goal, tuple(given), tuple(sorted(occurring)))


def _values(polynomials: Sequence[fmpq_mpoly], inner: set[int]) -> set[int] | None:
    """The places of variables that occur beside letters only; None where no letter stands beside an inner product."""
    read = [[{place for place, power in enumerate(m) if power} for m in each.monoms()] for each in polynomials]
    monomials = [monomial for polynomial in read for monomial in polynomial]
    beside = {place for monomial in monomials if not inner.isdisjoint(monomial) for place in monomial}
    if beside <= inner:
        return None
    # A letter that stands only beside values occurs in no monomial of which all others are known to be letters.
    about_vectors = (polynomial for polynomial in read if any(not inner.isdisjoint(each) for each in polynomial))
    left = (monomial - beside for polynomial in about_vectors for monomial in polynomial)
    return {place for others in left if len(others) == 1 for place in others}


def _form(polynomial: fmpq_mpoly, carriers: set[int]) -> Form | None:
    """The coefficients by carrier; None where carriers are multiplied."""
    parts: dict[int | None, fmpq_mpoly] = {}
    for powers, coefficient in polynomial.to_dict().items():
        carrying = [place for place, power in enumerate(powers) if power and place in carriers]
        if sum(int(powers[place]) for place in carrying) > 1:
            return None
        letters = tuple(0 if place in carriers else int(power) for place, power in enumerate(powers))
        part = polynomial.context().from_dict({letters: coefficient})
        carrier = carrying[0] if carrying else None
        parts[carrier] = parts[carrier] + part if carrier in parts else part
    return parts


def _multipliers(problem: Problem, forms: Sequence[Form]) -> Iterator[list[Ratio]]:
    """Multipliers of facts with which the values cancel, and where one is left free, some choices of it.

    Where more are left free everything has to cancel.
    """
    zero, one = problem.zero, problem.one
    columns = (*forms, problem.goal)
    everything = sorted({place for form in columns for place in form if place is not None})
    for cancelling in ([*problem.values, *_beside_zeros(problem, columns)], everything):
        solved, pivots = echelon([[problem.coefficient(form, place) for form in columns] for place in cancelling])
        free = [place for place in range(len(forms)) if place not in pivots]
        if len(forms) in pivots:
            return
        if len(free) < 2:
            break
    else:
        return
    base, direction = [zero] * len(forms), [zero] * len(forms)
    for row, place in zip(solved, pivots, strict=True):
        base[place] = row[-1]
        direction[place] = zero - row[free[0]] if free else zero
    if not free:
        yield base
        return
    direction[free[0]] = one
    matrices = [problem.matrix(form) for form in forms]
    start = less(problem.matrix(problem.goal), base, matrices)
    nothing = [[zero] * len(row) for row in start]
    step = less(nothing, [zero - entry for entry in direction], matrices)
    for chosen in _contacts(start, step, zero):
        yield [left + chosen * right for left, right in zip(base, direction, strict=True)]


def _beside_zeros(problem: Problem, forms: Sequence[Form]) -> Iterator[int]:
    """The places of the inner products with vectors whose squares occur in none of the forms.

    They have to cancel as the values have: with a zero on its diagonal a sum of squares has no such vector.
    """
    inner = {leaf: place for place, leaf in enumerate(problem.algebra.ring.leaves) if isinstance(leaf, Inner)}
    for u in problem.sequent.vectors:
        if not any(inner[Inner(u, u)] in form for form in forms):
            yield from (place for leaf, place in inner.items() if u in (leaf.left, leaf.right))


def _contacts(start: Matrix, step: Matrix, zero: Ratio) -> Iterator[Ratio]:
    """Numbers t for which `start - t step` may be a sum of squares, in the three dimensions or fewer that it has.

    If there is one only, the determinant has a double zero there: for to both sides it is no such sum.
    """
    _, places = echelon([*start, *step])
    if len(places) > _MOST_DIMENSIONS:
        return
    constant, linear, square, cube = _determinant(start, step, places, zero)
    # From a cubic polynomial and its derivative; the vertex of a quadratic one, the zero of a linear one.
    below = square * square - (cube * linear).times(3)
    if below:
        yield ((cube * constant).times(9) - square * linear) / below.times(2)
    elif linear:
        yield zero - constant / linear


def _determinant(start: Matrix, step: Matrix, places: Sequence[int], zero: Ratio) -> list[Ratio]:
    """The coefficients of the determinant of `start - t step` on these rows and columns, from the constant up."""
    total = [zero] * (_MOST_DIMENSIONS + 1)
    for order in permutations(places):
        inversions = sum(1 for place, u in enumerate(order) for v in order[place:] if u > v)
        product = [Ratio(zero.below, zero.below)]
        for u, v in zip(places, order, strict=True):
            kept = [entry * start[u][v] for entry in product]
            moved = [entry * step[u][v] for entry in product]
            product = [a - b for a, b in zip([*kept, zero], [zero, *moved], strict=True)]
        for power, entry in enumerate(product):
            total[power] = total[power] - entry if inversions % 2 else total[power] + entry
    return total
