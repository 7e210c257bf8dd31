"""Steps backwards from the goal: cancel what has a sign, compare squares, see one product as the variable.

Each step leaves a simpler goal. The sequent is a prepared one; its function values are generators.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import gcd

from flint import fmpq_mpoly, fmpq_poly

from proofcheck.kernel.certificates import (
    Between,
    Combination,
    Contradiction,
    Evidence,
    Instance,
    Multiple,
    Proof,
    Sturm,
    Summand,
)
from proofcheck.kernel.rational import Quotient, Unusable
from proofcheck.kernel.roots import Interval, holds
from proofcheck.kernel.statements import Relation, Statement, conditions, instance
from proofcheck.kernel.terms import ONE, ZERO, Apply, Power, Product, Rational, Sum, Term, Variable

from .algebra import Algebra, Value, algebra_of
from .exponentials import tangents
from .extension import MINUS_ONE, Close, Extension, citation, cited, negative
from .polynomials import factored, fraction
from .sequent import Deadline, Sequent
from .signs import quick

_DEPTH = 4
_MOST_TERMS = 60


@dataclass(frozen=True, slots=True)
class Form:
    """`product of the cleared facts * goal = polynomial + sum of multiples`."""

    algebra: Algebra
    sign: str
    polynomial: fmpq_mpoly
    cleared: tuple[int, ...]
    multiples: tuple[Multiple, ...]

    def concluded(self, *summands: Summand) -> Combination:
        """The goal, from the polynomial as a sum."""
        return Combination(self.cleared, summands, self.multiples)

    def equated(self, factor: Term, fact: int) -> Combination:
        """The goal, from the polynomial as a multiple of an equation."""
        return Combination(self.cleared, (), (*self.multiples, Multiple(factor, fact)))


def search(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Evidence by steps backwards, or None. Raises `OutOfTime`.

    >>> x, y = Variable("x"), Variable("y")
    >>> signs = tuple(Relation(z, ">=", ZERO) for z in (x, y))
    >>> squares = Relation(Power(x, 2), "=", Power(y, 2))
    >>> root = Apply("sqrt", (y,))
    >>> known = (*signs, Relation(root, ">=", ZERO), Relation(Power(root, 2), "=", y), Relation(Power(x, 2), "=", y))
    >>> search(Sequent(("x", "y"), (), known, Relation(x, "=", root)), Deadline.after(5)) is not None
    True
    """
    if sequent.goal.sign == "!=":
        return None
    evidence = _solved(sequent, deadline, _DEPTH)
    if evidence is None and sequent.goal.sign != "=":
        extension = tangents(Extension(sequent), deadline)
        if extension.steps:
            evidence = _solved(extension.sequent, deadline, _DEPTH)
            return extension.wrap(evidence) if evidence is not None else None
    return evidence


def _solved(sequent: Sequent, deadline: Deadline, depth: int) -> Evidence | None:
    deadline.check()
    if depth < _DEPTH and (direct := quick(deadline)(sequent)) is not None:
        return direct
    if depth == 0:
        return None
    close = partial(_solved, deadline=deadline, depth=depth - 1)
    try:
        algebra = algebra_of(sequent, deadline)
    except Unusable:
        return None
    for form in _forms(algebra):
        for step in (_cancelled, _squared, _in_one_product):
            if (evidence := step(sequent, form, close, quick(deadline))) is not None:
                return evidence
    return None


def cleared(sequent: Sequent, deadline: Deadline, close: Close) -> Iterator[Evidence]:
    """Evidence by what is left of the goal without denominators, squares and factors with a sign.

    What is left is closed by `close`. Raises `OutOfTime` and `Unusable`.
    """
    for form in _forms(algebra_of(sequent, deadline)):
        if (evidence := _cancelled(sequent, form, close, quick(deadline), anyway=bool(form.cleared))) is not None:
            yield evidence


def _forms(algebra: Algebra) -> Iterator[Form]:
    """The goal without denominators, as it stands and modulo the equations."""
    factors = algebra.clearing(algebra.goal, allow_nonzero=algebra.sign == "=")
    if factors is None:
        return
    form = Form(
        algebra,
        algebra.sign,
        algebra.times(algebra.goal, factors),
        tuple(value.number for value in factors),
        (),
    )
    reduced = _reduced(form)
    for found in (form, reduced) if reduced.polynomial != form.polynomial else (form,):
        if not found.polynomial.is_constant() and len(found.polynomial) <= _MOST_TERMS:
            yield found


def _reduced(form: Form) -> Form:
    """The form modulo the equations, times what stands before the square in `a root**2 = b`."""
    algebra, polynomial = form.algebra, form.polynomial
    factors = list(_leading_factors(algebra, polynomial))
    for value in factors:
        polynomial *= value.quotient.numerator
    rest, cofactors = algebra.ideal.reduce(polynomial)
    cleared = (*form.cleared, *(value.number for value in factors))
    return Form(algebra, form.sign, rest, cleared, algebra.multiples(cofactors))


def _leading_factors(algebra: Algebra, polynomial: fmpq_mpoly) -> Iterator[Value]:
    """Facts for what stands before the square in `a root**2 = b`, as often as that square occurs."""
    for place, leaf in enumerate(algebra.ring.leaves):
        if not isinstance(leaf, Apply) or leaf.function != "sqrt":
            continue
        times = max(int(monomial[place]) for monomial in polynomial.monoms()) // 2
        square = algebra.ring.generator(leaf) ** 2
        for equation in algebra.equations.values() if times else ():
            leading, rest = divmod(equation.numerator, square)
            if not leading.is_zero() and all(monomial[place] == 0 for monomial in rest.monoms()):
                factors = algebra.clearing(Quotient(algebra.ring.one, leading), allow_nonzero=algebra.sign == "=")
                yield from (factors or ()) * times
                break


def _cancelled(sequent: Sequent, form: Form, close: Close, signs: Close, *, anyway: bool = False) -> Evidence | None:
    """A product with the sign of what is left when squares and factors with a sign of their own are cancelled."""
    if form.sign == "=":
        return _without_nonzero_factors(sequent, form, close)
    ring = form.algebra.ring
    content, factors = factored(form.polynomial)
    weight = fraction(content)
    extension = Extension(sequent)
    square, left = ring.one, ring.one
    facts: list[int] = []
    sums = sum(1 for factor, multiplicity in factors if len(factor) > 1 and (multiplicity % 2 or form.sign == ">"))
    for factor, multiplicity in factors:
        if form.sign == ">=" and multiplicity % 2 == 0:
            square *= factor ** (multiplicity // 2)
            continue
        found = None
        if len(factor) == 1 or sums > 1:
            found = _with_sign(extension, ring.term(factor), strict=form.sign == ">", close=signs)
        if found is None:
            left *= factor**multiplicity
            continue
        extension, number, is_positive = found
        facts += [number] * multiplicity
        weight *= 1 if is_positive else (-1) ** multiplicity
    if left.is_one():
        if weight < 0:
            return None
    elif square.is_one() and not facts and not anyway:
        return None
    else:
        goal = Relation(ring.term(left if weight > 0 else -left), form.sign, ZERO)
        extended = extension.lemma(goal, close)
        if extended is None:
            return None
        extension = extended
        facts.append(len(extension.sequent.facts) - 1)
    return extension.wrap(form.concluded(Summand(abs(weight), tuple(facts), ring.term(square))))


def _with_sign(extension: Extension, term: Term, *, strict: bool, close: Close) -> tuple[Extension, int, bool] | None:
    """The extension by the sign of a term: the number of the fact, and whether the sign is positive."""
    for sign in (">", "<") if strict else (">", "<", ">=", "<="):
        relation = Relation(term, sign, ZERO)
        if relation in extension.sequent.facts:
            return extension, extension.sequent.facts.index(relation), sign[0] == ">"
    for sign in (">", "<") if strict else (">=", "<="):
        if (found := extension.lemma(Relation(term, sign, ZERO), close)) is not None:
            return found, len(found.sequent.facts) - 1, sign[0] == ">"
    return None


def _without_nonzero_factors(sequent: Sequent, form: Form, close: Close) -> Evidence | None:
    """A product vanishes when what is left without its single generators does."""
    ring = form.algebra.ring
    left = ring.one
    for factor, _ in factored(form.polynomial)[1]:
        if len(factor) > 1:
            left *= factor
    rest, remainder = divmod(form.polynomial, left)
    if left.is_one() or rest.is_constant() or not remainder.is_zero():
        return None
    extension = Extension(sequent).lemma(Relation(ring.term(left), "=", ZERO), close)
    if extension is None:
        return None
    return extension.wrap(form.equated(ring.term(rest), len(extension.sequent.facts) - 1))


def _squared(sequent: Sequent, form: Form, close: Close, signs: Close) -> Evidence | None:
    """`u <= v`, `u < v` or `u = v` from the same between the squares, where roots go away and `v >= 0`.

    What is on which side is told by the coefficients, or else all that has roots is on the larger side.
    """
    first, second = _by_coefficients(form.polynomial), _by_roots(form)
    evidence = _between_squares(sequent, form, first, close, signs)
    if evidence is None and second[0] != first[0] and form.sign != "=":
        evidence = _between_squares(sequent, form, second, close, signs)
    return evidence


def _between_squares(
    sequent: Sequent, form: Form, sides: tuple[fmpq_mpoly, fmpq_mpoly], close: Close, signs: Close
) -> Evidence | None:
    ring = form.algebra.ring
    larger, smaller = sides
    squares = _reduced(Form(form.algebra, form.sign, larger**2 - smaller**2, (), ()))
    if smaller.is_zero() or _roots(squares) >= _roots(form):
        return None
    v, u = ring.term(larger), ring.term(smaller)
    extension: Extension | None = Extension(sequent)
    numbers = []
    for side in (v, u) if form.sign == "=" else (v,):
        extension = extension.lemma(Relation(side, ">=", ZERO), signs) if extension is not None else None
        numbers.append(len(extension.sequent.facts) - 1 if extension is not None else 0)
    if extension is None:
        return None
    sign = {">=": "<=", ">": "<", "=": "="}[form.sign]
    extension = _with_relation_of_squares(extension, Relation(Power(u, 2), sign, Power(v, 2)), squares, close)
    if extension is None:
        return None
    place = len(extension.sequent.facts) - 1
    extension = extension.lemma(Relation(u, sign, v), lambda inside: _compared(inside, numbers, place))
    if extension is None:
        return None
    last = len(extension.sequent.facts) - 1
    if form.sign == "=":
        return extension.wrap(form.equated(MINUS_ONE, last))
    return extension.wrap(form.concluded(Summand(Fraction(1), (last,), ONE)))


def _with_relation_of_squares(
    extension: Extension, relation: Relation, squares: Form, close: Close
) -> Extension | None:
    """The extension by a relation between squares, whose difference has that form."""
    if squares.polynomial.is_zero():
        return extension.lemma(relation, lambda _: _turned(squares)) if squares.sign != ">" else None
    reduced = Relation(squares.algebra.ring.term(squares.polynomial), squares.sign, ZERO)
    extended = extension.lemma(reduced, close)
    if extended is None:
        return None
    last = len(extended.sequent.facts) - 1
    if squares.sign != "=":
        return extended.lemma(relation, lambda _: squares.concluded(Summand(Fraction(1), (last,), ONE)))
    return extended.lemma(relation, lambda _: _turned(squares, Multiple(MINUS_ONE, last)))


def _turned(squares: Form, *more: Multiple) -> Combination:
    """The goal of the form; an equation between squares is oriented the other way round, as `u**2 - v**2`."""
    if squares.sign != "=":
        return squares.concluded()
    multiples = (Multiple(negative(multiple.factor), multiple.fact) for multiple in squares.multiples)
    return Combination(squares.cleared, (), (*multiples, *more))


def _compared(sequent: Sequent, weak: list[int], squares: int) -> Evidence:
    """The goal `u sign v` from facts: `v >= 0` (and `u >= 0` for an equation), and the same between the squares."""
    assumed = len(sequent.facts)
    u, v = sequent.goal.left, sequent.goal.right
    match sequent.goal.sign:
        case "<":
            # Under u >= v: -(v**2 - u**2) = (u - v)**2 + 2 v (u - v).
            apart = Summand(Fraction(1), (), Sum((u, Product((MINUS_ONE, v)))))
            return Contradiction(Combination((squares,), (apart, Summand(Fraction(2), (weak[0], assumed), ONE)), ()))
        case "<=":
            return _weakly(weak[0], assumed, (Summand(Fraction(1), (squares,), ONE),), ())
        case _:
            return Between(
                _weakly(weak[0], assumed, (), (Multiple(MINUS_ONE, squares),)),
                _weakly(weak[1], assumed, (), (Multiple(ONE, squares),)),
            )


def _weakly(weak: int, assumed: int, more: tuple[Summand, ...], multiples: tuple[Multiple, ...]) -> Evidence:
    """Under `u > v`: `-(u - v)**2 = 2 v (u - v) + (v**2 - u**2)`."""
    return Contradiction(
        Combination((assumed, assumed), (Summand(Fraction(2), (weak, assumed), ONE), *more), multiples)
    )


def _by_coefficients(polynomial: fmpq_mpoly) -> tuple[fmpq_mpoly, fmpq_mpoly]:
    """The monomials with positive coefficients, and the others with the opposite sign."""
    context = polynomial.context()
    parts = polynomial.to_dict()
    positive = context.from_dict({powers: c for powers, c in parts.items() if c > 0})
    return positive, positive - polynomial


def _by_roots(form: Form) -> tuple[fmpq_mpoly, fmpq_mpoly]:
    """The monomials with roots, and the others with the opposite sign."""
    leaves = form.algebra.ring.leaves
    roots = [place for place, leaf in enumerate(leaves) if isinstance(leaf, Apply) and leaf.function == "sqrt"]
    parts = form.polynomial.to_dict()
    context = form.polynomial.context()
    larger = context.from_dict({powers: c for powers, c in parts.items() if any(powers[place] for place in roots)})
    return larger, larger - form.polynomial


def _roots(form: Form) -> tuple[int, int]:
    """How many roots occur, and the largest number of them in a monomial."""
    leaves = form.algebra.ring.leaves
    roots = [place for place, leaf in enumerate(leaves) if isinstance(leaf, Apply) and leaf.function == "sqrt"]
    monomials = form.polynomial.monoms()
    occurring = sum(1 for place in roots if any(powers[place] for powers in monomials))
    return occurring, max((sum(int(powers[place]) for place in roots) for powers in monomials), default=0)


def _in_one_product(sequent: Sequent, form: Form, close: Close, signs: Close) -> Evidence | None:
    """A polynomial in one product of leaves that is nonnegative, by Sturm's theorem."""
    powers = [tuple(map(int, monomial)) for monomial in form.polynomial.monoms()]
    largest = max(powers, key=sum)
    step = gcd(*largest)
    if form.sign == "=" or step == 0 or sum(largest) == 0:
        return None
    unit = tuple(power // step for power in largest)
    degrees = [next(p // q for p, q in zip(monomial, unit, strict=True) if q) for monomial in powers]
    if any(tuple(degree * q for q in unit) != monomial for degree, monomial in zip(degrees, powers, strict=True)):
        return None
    coefficients = dict(zip(degrees, form.polynomial.coeffs(), strict=True))
    polynomial = fmpq_poly([coefficients.get(degree, 0) for degree in range(max(degrees) + 1)])
    if not holds(polynomial, form.sign, Interval(0 * polynomial.leading_coefficient(), None, False, True)):
        return None
    product = form.algebra.ring.term(form.algebra.ring.monomial(unit))
    extension = Extension(sequent).lemma(Relation(product, ">=", ZERO), signs)
    if extension is None:
        return None
    return extension.wrap(_applied(extension.sequent, form, polynomial, product))


def _applied(sequent: Sequent, form: Form, polynomial: fmpq_poly, product: Term) -> Evidence:
    """The polynomial's sign from 0 on, applied to a product whose sign is the last fact."""
    x = Variable("x")
    value = Sum(
        tuple(Product((Rational(fraction(c)), Power(x, degree))) for degree, c in enumerate(polynomial.coeffs()) if c)
    )
    goal = Relation(value, form.sign, ZERO)
    statement = Statement(("x",), (), (Relation(x, ">=", ZERO),), goal)
    defined = conditions(Relation(product, "=", ZERO))
    premise = citation(sequent, len(sequent.facts) - 1)
    applied = instance(goal, {"x": product})
    last = len(sequent.facts) + len(defined) + len(conditions(applied))
    return Instance(
        statement,
        Proof((), Sturm("x", 0, None)),
        (product,),
        tuple(_known(sequent, condition) for condition in defined),
        (Proof(tuple(_known(sequent, c) for c in defined), premise),),
        form.concluded(Summand(Fraction(1), (last,), ONE)),
    )


def _known(sequent: Sequent, condition: Relation) -> Evidence:
    """The evidence for a condition that a lemma has proved with its relation."""
    evidence = cited(sequent, condition)
    if evidence is None:
        raise Unusable("a condition that is no fact")
    return evidence
