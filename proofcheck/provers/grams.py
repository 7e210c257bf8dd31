"""Refutation by Gram matrices: vectors of any dimension at which a statement about inner products fails.

Once some parameters have values, hypotheses and goal are linear in the inner products and the other variables, and the
worst case is a semidefinite program, as in performance estimation (Drori and Teboulle, Performance of first-order
methods for smooth convex minimization, 2014). Its solution in floats is rounded; the kernel decides. Norms are squared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from proofcheck.kernel.certificates import Witness
from proofcheck.kernel.check import Rejected, refute
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation, Statement
from proofcheck.kernel.terms import ZERO, Apply, Inner, Power, Product, Rational, Term, Variable, substitute, subterms

from .conic import minimized
from .normal import leaves
from .polynomials import fraction, ring_of
from .sequent import Deadline
from .witnesses import Effort, parameter_values

_EFFORT = Effort(1, 12, 6, 0, 0, 0, 0)
_MOST_POINTS = 60
_LARGEST, _VISIBLE = 100.0, 1e-9
_DENOMINATORS = (1, 2, 3, 4, 6, 12, 60, 1000, 10**5, 10**7, 10**9)
_SMALL = 1e-6

Values = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class _Form:
    """A constant and coefficients of inner products and variables: what a relation says is positive, or zero."""

    constant: float
    coefficients: Mapping[Term, float]
    sign: str


def search(statement: Statement, deadline: Deadline) -> Witness | None:
    """A witness with vectors that the kernel accepts, or None.

    Raises `OutOfTime`.

    >>> from proofcheck.kernel.terms import Product
    >>> square, product = Inner("u", "u"), Inner("u", "v")
    >>> twice = Product((Rational(Fraction(2)), product))
    >>> false = Statement((), ("u", "v"), (Relation(square, ">", ZERO),), Relation(square, ">=", twice))
    >>> search(false, Deadline.after(5)) is not None
    True
    """
    relations = tuple(map(_without_norms, (*statement.hypotheses, statement.goal)))
    sides = [side for relation in relations for side in (relation.left, relation.right)]
    inner = [leaf for side in sides for leaf in leaves(side) if isinstance(leaf, Inner)]
    if not inner or any(isinstance(leaf, Apply) for side in sides for leaf in leaves(side)):
        return None
    parameters = _parameters(relations)
    if parameters is None:
        return None
    for values in islice(_points(statement.variables, relations[:-1], parameters), _MOST_POINTS):
        deadline.check()
        forms = [_form(relation, values) for relation in relations]
        for goal in _failures(forms[-1]):
            for witness in _witnesses(statement, values, [*forms[:-1], goal], deadline):
                try:
                    refute(statement, witness)
                except Rejected:
                    continue
                return witness
    return None


def _without_norms(relation: Relation) -> Relation:
    """The relation between squares, where both sides are products with roots among the factors: a guess."""
    roots = [part for side in (relation.left, relation.right) for part in subterms(side) if isinstance(part, Apply)]
    if not any(isinstance(leaf, Inner) for root in roots for leaf in leaves(root.arguments[0])):
        return relation
    left, right = _squared(relation.left), _squared(relation.right)
    return relation if left is None or right is None else Relation(left, relation.sign, right)


def _squared(side: Term) -> Term | None:
    """The square of a product of roots and of what has none."""
    match side:
        case Apply("sqrt", (radicand,)):
            return radicand
        case Product(parts):
            squares = [_squared(part) for part in parts]
            return None if None in squares else Product(tuple(square for square in squares if square is not None))
        case _:
            return None if any(isinstance(part, Apply) for part in subterms(side)) else Power(side, 2)


def _parameters(relations: Sequence[Relation]) -> frozenset[str] | None:
    """Variables whose values make every relation linear in the rest; None where inner products are multiplied."""
    parameters: set[str] = set()
    ring = ring_of([relation.oriented()[0] for relation in relations])
    monomials: list[list[Term]] = []
    for relation in relations:
        try:
            quotient = ring.quotient(relation.oriented()[0])
        except Unusable:
            return None
        for powers in quotient.denominator.monoms():
            parameters |= {leaf.name for leaf in _present(ring.leaves, powers) if isinstance(leaf, Variable)}
        monomials += [_present(ring.leaves, powers) for powers in quotient.numerator.monoms()]
    while True:
        free = [
            [leaf for leaf in monomial if not isinstance(leaf, Variable) or leaf.name not in parameters]
            for monomial in monomials
        ]
        crowded = [monomial for monomial in free if len(monomial) > 1]
        if not crowded:
            return frozenset(parameters)
        if any(sum(isinstance(leaf, Inner) for leaf in monomial) > 1 for monomial in crowded):
            return None
        count = Counter(leaf.name for monomial in crowded for leaf in monomial if isinstance(leaf, Variable))
        parameters.add(max(sorted(count), key=lambda name: count[name]))


def _present(leaves: Sequence[Term], powers: Sequence[int]) -> list[Term]:
    """The leaves of a monomial, each as often as it occurs."""
    return [leaf for leaf, power in zip(leaves, powers, strict=False) for _ in range(int(power))]


def _points(variables: Sequence[str], hypotheses: Sequence[Relation], parameters: frozenset[str]) -> Iterator[Values]:
    """Values for the parameters that the hypotheses about them alone allow, simple ones and on boundaries."""
    about = [
        relation
        for relation in hypotheses
        if all(
            isinstance(leaf, Variable) and leaf.name in parameters
            for side in (relation.left, relation.right)
            for leaf in leaves(side)
        )
    ]
    names = tuple(name for name in variables if name in parameters)
    yield from parameter_values(Statement(names, (), tuple(about), Relation(ZERO, ">", ZERO)), _EFFORT)


def _form(relation: Relation, values: Values) -> _Form:
    """The relation with the parameters' values put in. Raises `Unusable`."""
    term, sign = relation.oriented()
    put_in = substitute(term, {name: Rational(value) for name, value in values.items()})
    ring = ring_of([put_in])
    quotient = ring.quotient(put_in)
    scale = fraction(quotient.denominator.leading_coefficient())
    constant, coefficients = 0.0, dict[Term, float]()
    for powers, coefficient in quotient.numerator.to_dict().items():
        value = float(fraction(coefficient) / scale)
        match _present(ring.leaves, powers):
            case []:
                constant = value
            case [leaf]:
                coefficients[leaf] = value
    return _Form(constant, coefficients, sign)


def _failures(goal: _Form) -> list[_Form]:
    """What is positive where the goal fails."""
    negative = _Form(-goal.constant, {leaf: -value for leaf, value in goal.coefficients.items()}, ">")
    match goal.sign:
        case "=":
            return [negative, _Form(goal.constant, goal.coefficients, ">")]
        case "!=":
            return []
        case _:
            return [negative]


def _witnesses(statement: Statement, values: Values, forms: Sequence[_Form], deadline: Deadline) -> Iterator[Witness]:
    """Roundings of the point at which the forms are as positive as they can be together."""
    unknown = [name for name in statement.variables if name not in values]
    found = _worst(unknown, statement.vectors, forms, deadline)
    if found is None:
        return
    variables, gram = found
    rows = _triangular(gram)
    for denominator in _DENOMINATORS:
        rounded = dict(values) | {
            name: Fraction(value).limit_denominator(denominator) for name, value in zip(unknown, variables, strict=True)
        }
        vectors = tuple(tuple(Fraction(entry).limit_denominator(denominator) for entry in row) for row in rows)
        yield Witness(tuple(rounded[name] for name in statement.variables), vectors)


def _worst(
    unknown: Sequence[str], vectors: Sequence[str], forms: Sequence[_Form], deadline: Deadline
) -> tuple[list[float], NDArray[np.float64]] | None:
    """Values of the unknown variables and a Gram matrix that make the smallest form, measured by its size, largest."""
    size = len(vectors)
    pairs = [(row, column) for column in range(size) for row in range(column + 1)]
    places: dict[Term, tuple[int, float]] = {Variable(name): (place, 1.0) for place, name in enumerate(unknown)}
    margin = len(unknown)
    for place, (row, column) in enumerate(pairs, margin + 1):
        # The solver's triangle has the entries off the diagonal times sqrt(2).
        scale = 1.0 if row == column else 1 / sqrt(2)
        left, right = sorted((vectors[row], vectors[column]))
        places[Inner(left, right)] = place, scale
    entries: list[tuple[float, int, int]] = []
    right_side: list[float] = []

    def demand(constant: float, linear: Iterator[tuple[float, int]]) -> None:
        entries.extend((-value, len(right_side), place) for value, place in linear)
        right_side.append(constant)

    def linear(form: _Form) -> Iterator[tuple[float, int]]:
        for leaf, value in form.coefficients.items():
            place, scale = places[leaf]
            yield value * scale, place

    equations = [form for form in forms if form.sign == "="]
    for form in equations:
        demand(form.constant, linear(form))
    for form in forms:
        if form.sign in (">=", ">"):
            weight = max((abs(value) for value in (form.constant, *form.coefficients.values())), default=1.0)
            demand(form.constant, iter([*linear(form), (-weight, margin)]))
    demand(1.0, iter([(-1.0, margin)]))
    demand(_LARGEST, ((-1.0, places[Inner(vector, vector)][0]) for vector in vectors))
    for place in range(margin):
        demand(_LARGEST, iter([(1.0, place)]))
        demand(_LARGEST, iter([(-1.0, place)]))
    nonnegative = len(right_side) - len(equations)
    for place in range(margin + 1, margin + 1 + len(pairs)):
        demand(0.0, iter([(1.0, place)]))
    costs = np.zeros(margin + 1 + len(pairs))
    costs[margin] = -1.0
    numbers, heights, columns = zip(*entries, strict=True)
    shape = (len(equations), nonnegative, [size])
    solution = minimized(costs, (numbers, heights, columns), right_side, shape, deadline)
    if solution is None or solution[margin] < _VISIBLE:
        return None
    gram = np.zeros((size, size))
    for (row, column), value in zip(pairs, solution[margin + 1 :], strict=True):
        gram[row, column] = gram[column, row] = value * (1.0 if row == column else 1 / sqrt(2))
    return [float(value) for value in solution[:margin]], gram


def _triangular(gram: NDArray[np.float64]) -> list[list[float]]:
    """Vectors with these inner products, the first along the first axis; axes that hardly matter are left out."""
    eigenvalues, eigenvectors = np.linalg.eigh(gram)
    roots = eigenvectors * np.sqrt(np.maximum(eigenvalues, 0.0))
    rows = np.transpose(np.linalg.qr(roots.T, mode="r"))
    used = [axis for axis in range(rows.shape[1]) if np.max(np.abs(rows[:, axis])) > _SMALL] or [0]
    return [[float(value) for value in row[used]] for row in rows]
