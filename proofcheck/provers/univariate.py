"""Signs of rational functions of one leaf, by Sturm's theorem.

The leaf is a variable, or an inner product or a function value in the role of one: then the statement about a
variable is proved by itself and applied to the leaf.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from flint import fmpq, fmpq_poly

from proofcheck.kernel.certificates import Evidence, Instance, Proof, Sturm
from proofcheck.kernel.rational import Field, Unusable, univariate
from proofcheck.kernel.roots import Interval, holds
from proofcheck.kernel.statements import Relation, Statement, conditions, instance
from proofcheck.kernel.terms import (
    ZERO,
    Apply,
    Inner,
    Power,
    Product,
    Sum,
    Term,
    Variable,
    subterms,
)

from .extension import cited
from .normal import leaves
from .polynomials import fraction
from .sequent import Deadline, Sequent

_LARGEST_DEGREE = 60


@dataclass(frozen=True, slots=True)
class Bound:
    """The end that a fact gives to a leaf: the fact's number, the end, and whether the leaf stays off it."""

    fact: int
    value: Fraction
    is_open: bool


def bounds(facts: tuple[Relation, ...], leaf: Term) -> tuple[list[Bound], list[Bound]]:
    """The rational bounds below and above that facts linear in the leaf alone give, the tightest first.

    >>> from proofcheck.kernel.terms import ONE, Rational
    >>> x = Variable("x")
    >>> below, above = bounds((Relation(Product((Rational(Fraction(2)), x)), ">", ONE),), x)
    >>> below, above
    ([Bound(fact=0, value=Fraction(1, 2), is_open=True)], [])
    """
    below: list[Bound] = []
    above: list[Bound] = []
    for number, fact in enumerate(facts):
        term, sign = fact.oriented()
        if sign not in (">=", ">"):
            continue
        quotient = _quotient(term, leaf)
        if quotient is None or quotient[0].degree() != 1 or quotient[1].degree() != 0:
            continue
        constant, slope = quotient[0][0], quotient[0][1]
        side = below if (slope > 0) == (quotient[1][0] > 0) else above
        side.append(Bound(number, fraction(-constant / slope), sign == ">"))
    below.sort(key=lambda bound: (-bound.value, not bound.is_open))
    above.sort(key=lambda bound: (bound.value, not bound.is_open))
    return below, above


def search(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Evidence for a goal that is a rational function of one leaf; None for equations and other goals.

    Raises `OutOfTime`.
    """
    term, sign = sequent.goal.oriented()
    if sign == "=":
        return None
    for leaf in _leaves(sequent, term):
        deadline.check()
        quotient = _quotient(term, leaf)
        if quotient is None or max(part.degree() for part in quotient) > _LARGEST_DEGREE:
            continue
        numerator, denominator = quotient
        tested = numerator if sign == "!=" else numerator * denominator
        for lower, upper in _pairs(*bounds(sequent.facts, leaf)):
            deadline.check()
            if holds(tested, sign, _interval(lower, upper)):
                return _evidence(sequent, leaf, lower, upper)
    return None


def _leaves(sequent: Sequent, term: Term) -> list[Term]:
    """The leaves of the term; of a closed term, any variable."""
    return list(leaves(term)) or [Variable(sequent.variables[0] if sequent.variables else "x")]


@lru_cache(maxsize=4096)
def _quotient(term: Term, leaf: Term) -> tuple[fmpq_poly, fmpq_poly] | None:
    """Numerator and denominator in the leaf alone, if nothing else occurs in them."""
    try:
        field = Field([term, leaf])
        value, generator = field.normal(term), field.normal(leaf).numerator
        return univariate(value.numerator, generator), univariate(value.denominator, generator)
    except Unusable:
        return None


def _pairs(below: list[Bound], above: list[Bound]) -> Iterator[tuple[Bound | None, Bound | None]]:
    """Pairs of bounds with room between them, the tightest first."""
    for lower in (*below, None):
        for upper in (*above, None):
            if lower is None or upper is None or lower.value < upper.value:
                yield lower, upper


def _interval(lower: Bound | None, upper: Bound | None) -> Interval:
    return Interval(
        None if lower is None else fmpq(lower.value.numerator, lower.value.denominator),
        None if upper is None else fmpq(upper.value.numerator, upper.value.denominator),
        lower is None or lower.is_open,
        upper is None or upper.is_open,
    )


def _evidence(sequent: Sequent, leaf: Term, lower: Bound | None, upper: Bound | None) -> Evidence | None:
    if isinstance(leaf, Variable):
        return Sturm(leaf.name, *(None if bound is None else bound.fact for bound in (lower, upper)))
    return _applied(sequent, leaf, lower, upper)


def _applied(sequent: Sequent, leaf: Term, lower: Bound | None, upper: Bound | None) -> Evidence | None:
    """The statement about a variable, proved by Sturm's theorem and applied to the leaf."""
    variable = Variable("x")
    numbers = list(dict.fromkeys(bound.fact for bound in (lower, upper) if bound is not None))
    hypotheses = tuple(_generalized(sequent.facts[number], leaf, variable) for number in numbers)
    goal = _generalized(sequent.goal, leaf, variable)
    if any(conditions(relation) or not _is_about(relation, variable) for relation in (*hypotheses, goal)):
        return None
    sturm = Sturm(
        variable.name,
        None if lower is None else numbers.index(lower.fact),
        None if upper is None else numbers.index(upper.fact),
    )
    value = conditions(Relation(leaf, "=", ZERO))
    known = sequent.assuming(*value)
    definedness = _cited(sequent, value)
    premises = [_cited(known, (*conditions(fact), fact)) for fact in map(sequent.facts.__getitem__, numbers)]
    applied = instance(goal, {variable.name: leaf})
    then = _cited(known.assuming(*conditions(applied), applied), (applied,))
    if definedness is None or then is None or None in premises:
        return None
    proofs = tuple(Proof(part[:-1], part[-1]) for part in premises if part is not None)
    statement = Statement((variable.name,), (), hypotheses, goal)
    return Instance(statement, Proof((), sturm), (leaf,), definedness, proofs, then[0])


def _cited(sequent: Sequent, relations: tuple[Relation, ...]) -> tuple[Evidence, ...] | None:
    """Evidence for each relation from the facts and the relations before it."""
    found: list[Evidence] = []
    for relation in relations:
        evidence = cited(sequent, relation)
        if evidence is None:
            return None
        found.append(evidence)
        sequent = sequent.assuming(relation)
    return tuple(found)


def _generalized(relation: Relation, leaf: Term, variable: Variable) -> Relation:
    """The relation with the variable in place of the leaf."""

    def replaced(term: Term) -> Term:
        if term == leaf:
            return variable
        match term:
            case Sum(parts):
                return Sum(tuple(map(replaced, parts)))
            case Product(parts):
                return Product(tuple(map(replaced, parts)))
            case Power(base, exponent):
                return Power(replaced(base), exponent)
            case _:
                return term

    return Relation(replaced(relation.left), relation.sign, replaced(relation.right))


def _is_about(relation: Relation, variable: Variable) -> bool:
    """Whether the variable is the only leaf."""
    leaves = {
        part
        for side in (relation.left, relation.right)
        for part in subterms(side)
        if isinstance(part, Variable | Inner | Apply)
    }
    return leaves <= {variable}
