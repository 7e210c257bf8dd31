"""Inequalities linear in inner products whose coefficients contain letters: the S-procedure with symbolic multipliers.

The goal less some facts times multipliers is a sum of squares of vectors (Yakubovich, S-procedure in nonlinear control
theory, 1971). Variables such as function values have to cancel, which determines all multipliers or all but one. That
one is chosen where the determinant of what is left is largest: there it vanishes if the goal is tight. The multipliers
are then rational functions of the letters; `signed_squares` has the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, islice

from flint import fmpq_mpoly

from proofcheck.kernel.certificates import Evidence
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.terms import Inner

from .algebra import algebra_of
from .cases import Closing
from .ratios import Matrix, Ratio, echelon, less
from .sequent import Deadline, Sequent
from .signed_squares import Form, Given, Problem, concluded

_MOST_FACTS, _MOST_CHOICES, _MOST_VECTORS = 8, 40, 5


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
    most = min(len(problem.given), len(problem.values) + 1)
    choices = chain.from_iterable(combinations(problem.given, size) for size in range(most + 1))
    for chosen in islice(choices, _MOST_CHOICES):
        for multipliers in _multipliers(problem, [given.form for given in chosen]):
            deadline.check()
            evidence = concluded(problem, list(zip(multipliers, chosen, strict=True)), deadline, close)
            if evidence is not None:
                return evidence
    return None


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
    read = (reduced, *(known.reduced for known in algebra.knowns))
    monomials = [{place for place, power in enumerate(m) if power} for each in read for m in each.monoms()]
    beside = {place for monomial in monomials if not inner.isdisjoint(monomial) for place in monomial}
    values = set(range(len(algebra.ring.leaves))) - beside - inner
    if beside <= inner:
        return None
    goal = _form(reduced, inner | values)
    forms = [(known, _form(known.reduced, inner | values)) for known in algebra.knowns]
    # A square of a vector is one of those that the rest is a sum of, and a fact about letters no part of it.
    given = [Given(known, form) for known, form in forms if form and form.keys() != {None} and len(known.reduced) > 1]
    if goal is None or len(given) > _MOST_FACTS:
        return None
    occurring = {place for form in (goal, *(each.form for each in given)) for place in form if place in values}
    cleared = tuple(value.number for value in factors)
    return Problem(sequent, algebra, cleared, polynomial, goal, tuple(given), tuple(sorted(occurring)))


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
    """Multipliers of facts with which the values cancel, and where one is left free, some choices of it."""
    zero, one = problem.zero, problem.one
    columns = (*forms, problem.goal)
    solved, pivots = echelon([[problem.coefficient(form, place) for form in columns] for place in problem.values])
    free = [place for place in range(len(forms)) if place not in pivots]
    if len(forms) in pivots or len(free) > 1:
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
    for chosen in _contacts(start, step):
        yield [left + chosen * right for left, right in zip(base, direction, strict=True)]


def _contacts(start: Matrix, step: Matrix) -> Iterator[Ratio]:
    """Numbers t for which `start - t step` may be a sum of squares, in the one or two dimensions that it has."""
    _, places = echelon([*start, *step])
    match places:
        case [u] if step[u][u]:
            yield start[u][u] / step[u][u]
        case [u, v]:
            a, b, c = start[u][u], start[u][v], start[v][v]
            d, e, f = step[u][u], step[u][v], step[v][v]
            # The determinant is (a c - b^2) - linear t + leading t^2.
            leading, linear = d * f - e * e, a * f + c * d - b * e - b * e
            if leading:
                yield linear / (leading + leading)
            elif linear:
                yield (a * c - b * b) / linear
