"""Inequalities of convexity: what is positive lies above its tangents, taken where other positive values lie.

For positive u and v, `u >= v (1 + log(u) - log(v))`, with equality where they are equal. Weighted means, Young's and
Jensen's inequality for exponentials and logarithms, Gibbs' and the log-sum inequality are sums of such tangents, with
weights that are facts: a linear program finds them among the values that occur, and those that it uses are proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import combinations_with_replacement, permutations

from flint import fmpq_mpoly

from proofcheck.kernel.certificates import Combination, Evidence, Multiple, Summand
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, Apply, Power, Product, Rational, Sum, Term, difference, subterms

from .algebra import Algebra, Known, algebra_of
from .extension import MINUS_ONE, Extension, negative
from .linear import Column, vanishing_combination
from .on_demand import proved_on_demand
from .polynomials import ring_of
from .powers import Exponentials, NoProduct, from_facts
from .products import conclude
from .sequent import Deadline, Sequent
from .signs import quick

_MOST_VALUES, _FEW_SIGNS, _MOST_SIGNS, _MOST_SUMMANDS, _LARGEST_COLUMN = 8, 7, 12, 16, 200
_POSITIVE = ("exp", "power", "sqrt")


@dataclass(frozen=True, slots=True)
class Value:
    """A positive term, its logarithm, and the number of the fact `term = exp(logarithm)`."""

    term: Term
    logarithm: Term
    known: int


def search(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Evidence for an inequality by tangents where values meet; the sequent is prepared. Raises `OutOfTime`.

    >>> from proofcheck.kernel.terms import ZERO, Variable
    >>> x, y = Variable("x"), Variable("y")
    >>> mean = Apply("exp", (Product((Rational(Fraction(1, 2)), Sum((x, y)))),))
    >>> goal = Relation(Sum((Apply("exp", (x,)), Apply("exp", (y,)))), ">=", Product((Rational(Fraction(2)), mean)))
    >>> search(Sequent(("x", "y"), (), (), goal), Deadline.after(5)) is not None
    True
    """
    if sequent.goal.sign in ("=", "!="):
        return None
    chain = Exponentials(Extension(sequent), quick(deadline), deadline)
    values = list(_values(chain, _candidates(sequent.goal)))[:_MOST_VALUES]
    steps: list[_Step] = [_Expanded(value) for value in values if _is_expanded(value, sequent.goal)]
    steps += [_Tangent(*pair) for pair in permutations(values, 2)]
    known = len(sequent.facts)
    assumed = sequent.assuming(*(step.relation for step in steps))
    try:
        algebra = algebra_of(assumed.assuming(sequent.goal.negated()), deadline)
        columns = list(_columns(algebra, range(known, known + len(steps)), deadline))
        weighted = vanishing_combination(columns, deadline)
        if weighted is None:
            return None
        evidence = conclude(algebra, weighted, len(assumed.facts), strict_goal=sequent.goal.sign in "<>")
        if evidence is None:
            return None
        return proved_on_demand(chain.extension, known, [partial(_taken, chain, step) for step in steps], evidence)
    except (NoProduct, Unusable):
        return None


def _taken(chain: Exponentials, step: _Step, extension: Extension) -> Extension:
    chain.extension = extension
    step.prove(chain)
    return chain.extension


def _is_expanded(value: Value, goal: Relation) -> bool:
    logarithm = Apply("log", (value.term,))
    return logarithm != value.logarithm and any(logarithm in subterms(side) for side in (goal.left, goal.right))


@dataclass(frozen=True, slots=True)
class _Expanded:
    """The logarithm of a product as a sum of logarithms."""

    value: Value

    @property
    def relation(self) -> Relation:
        return Relation(Apply("log", (self.value.term,)), "=", self.value.logarithm)

    def prove(self, chain: Exponentials) -> None:
        """Make it the last fact. Raises `NoProduct`."""
        chain.logarithm(self.value.term)


@dataclass(frozen=True, slots=True)
class _Tangent:
    """What is above the tangent, and where the tangent is taken."""

    above: Value
    at: Value

    @property
    def relation(self) -> Relation:
        slope = Sum((ONE, difference(self.above.logarithm, self.at.logarithm)))
        return Relation(self.above.term, ">=", Product((self.at.term, slope)))

    def prove(self, chain: Exponentials) -> None:
        """Make it the last fact, by `exp(a) = exp(b) exp(a - b)`. Raises `NoProduct`."""
        apart = difference(self.above.logarithm, self.at.logarithm)
        tangent = chain.axiom("exponential tangent", (apart,))
        split = chain.axiom("exponential of sum", (self.at.logarithm, apart))
        whole = Sum((self.at.logarithm, apart))
        equal = chain.axiom("equal arguments of exp", (whole, self.above.logarithm), from_facts(()))
        positive = chain.axiom("exponential positive", (self.at.logarithm,))
        multiples = (
            Multiple(ONE, self.above.known),
            Multiple(MINUS_ONE, equal),
            Multiple(ONE, split),
            Multiple(negative(Sum((ONE, apart))), self.at.known),
        )
        evidence = Combination((), (Summand(Fraction(1), (positive, tangent), ONE),), multiples)
        chain.lemma(self.relation, lambda _: evidence)


_Step = _Expanded | _Tangent


def _values(chain: Exponentials, candidates: list[Term]) -> Iterator[Value]:
    """The candidates that are known to be positive, each once."""
    ring = ring_of(candidates)
    seen: list[object] = []
    for term in candidates:
        quotient = ring.quotient(term)
        if quotient in seen:
            continue
        seen.append(quotient)
        before = chain.extension
        try:
            logarithm, known = chain.exponent(term)
        except (NoProduct, Unusable):
            chain.extension = before
            continue
        yield Value(term, logarithm, known)


def _candidates(goal: Relation) -> list[Term]:
    """What may be positive: products of powers among the summands, bases, arguments of logarithms, and 1."""
    found: list[Term] = []
    bases: list[Term] = []
    for side in (goal.left, goal.right):
        for part in subterms(side):
            match part:
                case Apply("log", (inside,)) | Apply("power", (inside, _)):
                    bases.append(inside)
    for side in (goal.left, goal.right):
        for factors in _summands(side)[:_MOST_SUMMANDS]:
            kept = [factor for factor in factors if _is_positive(factor, bases)]
            if kept:
                found.append(kept[0] if len(kept) == 1 else Product(tuple(kept)))
    if bases:
        constants = [Power(base, -1) for base in bases if isinstance(base, Rational)]
        found += [*bases, ONE, *constants]
    return list(dict.fromkeys(found))


def _is_positive(factor: Term, bases: list[Term]) -> bool:
    match factor:
        case Apply(function, _):
            return function in _POSITIVE
        case Power(base, exponent):
            return exponent > 0 and _is_positive(base, bases)
        case _:
            return factor in bases and not isinstance(factor, Rational)


def _summands(term: Term) -> list[tuple[Term, ...]]:
    """The factors of each summand, sums in products multiplied out."""
    match term:
        case Sum(parts):
            return [summand for part in parts for summand in _summands(part)]
        case Product(parts):
            found: list[tuple[Term, ...]] = [()]
            for part in parts:
                found = [(*left, *right) for left in found for right in _summands(part)][: 2 * _MOST_SUMMANDS]
            return found
        case _:
            return [(term,)]


def _columns(algebra: Algebra, tangents: range, deadline: Deadline) -> Iterator[Column]:
    """Products of two or three facts, of which at most one is a tangent."""
    straight = [known for known in algebra.knowns if known.facts[0] in tangents]
    signs = [known for known in algebra.knowns if known.facts[0] not in tangents]
    # The goal's negation, the last fact, is never left out.
    signs = sorted(signs, key=lambda known: tangents.stop not in known.facts)[:_MOST_SIGNS]
    one = algebra.ring.one
    chosen: list[tuple[Known, ...]] = [()]
    for size in (1, 2, 3) if len(signs) <= _FEW_SIGNS else (1, 2):
        chosen += combinations_with_replacement(signs, size)
    chosen += [(known,) for known in straight] + [(known, sign) for known in straight for sign in signs]
    for parts in chosen:
        deadline.check()
        polynomial: fmpq_mpoly = one
        for part in parts:
            polynomial *= part.polynomial
        if len(polynomial) > _LARGEST_COLUMN:
            continue
        numbers = tuple(number for part in parts for number in part.facts)
        strict = all(part.strict for part in parts)
        cost = 1 + 2 * len(numbers)
        factors = tuple(part.polynomial for part in parts)
        yield Column(algebra.ideal.remainder(polynomial), strict, numbers, one, cost, factors)
