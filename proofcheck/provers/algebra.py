"""A sequent as polynomial algebra: an ideal of equations, polynomials known to be positive, and the goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from flint import fmpq_mpoly

from proofcheck.kernel.certificates import Multiple
from proofcheck.kernel.rational import Quotient, Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Apply, Term

from .normal import leaves, name, normal_form
from .polynomials import Cofactors, Ideal, Ring, distinct, factored, ring_in
from .sequent import Deadline, Sequent


@dataclass(frozen=True, slots=True)
class Known:
    """A polynomial that is nonnegative, or positive: the product of some facts; its remainder modulo the equations."""

    polynomial: fmpq_mpoly
    reduced: fmpq_mpoly
    strict: bool
    facts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """The oriented side of a fact, by its number."""

    number: int
    quotient: Quotient


class Algebra:
    """The facts of a sequent and its goal in one polynomial ring.

    Facts without a normal form are left out. Raises `Unusable` when the goal has none.
    """

    def __init__(self, sequent: Sequent, deadline: Deadline, *more: Term) -> None:
        """Read the sequent; the ring has generators for `more` terms, too."""
        goal, self.sign = sequent.goal.oriented()
        once = {fact: number for number, fact in reversed(list(enumerate(sequent.facts)))}
        usable = {number: fact.oriented() for fact, number in reversed(once.items()) if _usable(fact)}
        oriented = _relevant(goal, usable)
        # The goal first: function values of the facts are eliminated before its own, which proofs need more often.
        terms = (goal, *more, *(side for side, _ in oriented.values()))
        equations = [side for side, sign in oriented.values() if sign == "="]
        self.ring = _eliminating(distinct(terms), equations)
        self.goal = self.ring.quotient(goal)
        signed = {
            sign: [
                Value(number, self.ring.quotient(side)) for number, (side, other) in oriented.items() if other == sign
            ]
            for sign in ("=", "!=", ">=", ">")
        }
        self.equations = {value.number: value.quotient for value in signed["="]}
        self._positive: list[Value] = signed[">"]
        self._nonzero: list[Value] = signed["!="]
        self.ideal = _ideal_of(
            self.ring, tuple((number, side) for number, (side, sign) in oriented.items() if sign == "="), deadline
        )
        self.knowns = self._knowns(signed[">="], signed[">"])

    def _knowns(self, weak: list[Value], strict: list[Value]) -> tuple[Known, ...]:
        """The facts with a sign, cleared of denominators, each once modulo the equations and positive scale."""
        found: list[Known] = []
        remainders: list[fmpq_mpoly] = []
        for values, is_strict in ((strict, True), (weak, False)):
            for value in values:
                if (factors := self.clearing(value.quotient, allow_nonzero=False)) is None:
                    continue
                polynomial = self.times(value.quotient, factors)
                rest = self.ideal.remainder(polynomial)
                known = Known(polynomial, rest, is_strict, (value.number, *_numbers(factors)))
                if rest.is_constant():
                    constant = 0 if rest.is_zero() else rest.leading_coefficient()
                    if constant < 0 or (constant == 0 and is_strict):
                        return (known,)
                    continue
                rest /= abs(rest.leading_coefficient())
                if any(rest == other for other in remainders):
                    continue
                remainders.append(rest)
                found.append(known)
        positive = [rest for known, rest in zip(found, remainders, strict=True) if known.strict]
        return tuple(
            known
            for known, rest in zip(found, remainders, strict=True)
            if not _made_of(rest, positive if known.strict else remainders)
        )

    def clearing(self, quotient: Quotient, *, allow_nonzero: bool) -> tuple[Value, ...] | None:
        """Facts that are positive (or not zero), with a product that the denominator divides."""
        found: list[Value] = []
        for factor, multiplicity in factored(quotient.denominator)[1]:
            if (value := self._multiple_of(factor, 1, allow_nonzero)) is not None:
                found += [value] * multiplicity
            elif multiplicity % 2 == 0 and (square := self._multiple_of(factor, 2, False)) is not None:
                found += [square] * (multiplicity // 2)
            else:
                return None
        return tuple(found)

    def _multiple_of(self, factor: fmpq_mpoly, power: int, allow_nonzero: bool) -> Value | None:
        for value in [*self._positive, *(self._nonzero if allow_nonzero else [])]:
            numerator, denominator = value.quotient.numerator, value.quotient.denominator
            if denominator.is_constant() and _proportional(numerator, factor**power):
                return value
        return None

    def sign_of(self, factor: fmpq_mpoly) -> bool:
        """Whether a fact says that the polynomial is positive, or that it is negative."""
        return self._multiple_of(factor, 1, False) is not None

    def nonvanishing(self) -> Iterator[Value]:
        """The facts that say that something is not zero: a strict sign or `!=`."""
        yield from self._positive
        yield from self._nonzero

    def times(self, quotient: Quotient, factors: tuple[Value, ...]) -> fmpq_mpoly:
        """The polynomial that a quotient times such facts is."""
        numerator, denominator = quotient.numerator, quotient.denominator
        for value in factors:
            numerator *= value.quotient.numerator
        return numerator / denominator

    def multiples(self, cofactors: Cofactors) -> tuple[Multiple, ...]:
        """Multiples of the equations themselves, from cofactors of their numerators."""
        return tuple(
            Multiple(self.ring.term(cofactor * self.equations[number].denominator), number)
            for number, cofactor in cofactors.items()
        )


_MOST_KEPT = 64
#: Numbers of facts and the sides that vanish.
Equations = tuple[tuple[int, Term], ...]
_kept: dict[tuple[Sequent, tuple[Term, ...]], Algebra] = {}


def algebra_of(sequent: Sequent, deadline: Deadline, *more: Term) -> Algebra:
    """The algebra of a sequent; the last few are kept, for one prover after the other asks for the same.

    Raises `Unusable` when the goal has no normal form.
    """
    key = sequent, more
    found = _kept.pop(key, None) or Algebra(sequent, deadline, *more)
    _kept[key] = found
    while len(_kept) > _MOST_KEPT:
        del _kept[next(iter(_kept))]
    return found


_ideals: dict[tuple[Ring, Equations], Ideal] = {}


def _ideal_of(ring: Ring, equations: Equations, deadline: Deadline) -> Ideal:
    """The ideal of equations; the last few are kept, for many goals are asked about with the same facts."""
    key = ring, equations
    found = _ideals.pop(key, None) or Ideal(
        ring, {number: ring.quotient(side).numerator for number, side in equations}, deadline
    )
    _ideals[key] = found
    while len(_ideals) > _MOST_KEPT:
        del _ideals[next(iter(_ideals))]
    return found


def _made_of(polynomial: fmpq_mpoly, others: list[fmpq_mpoly]) -> bool:
    """Whether it is a product of at least two generators that stand among the others themselves."""
    monomials = polynomial.monoms()
    if len(monomials) != 1 or polynomial.leading_coefficient() < 0 or sum(monomials[0]) < 2:
        return False
    generators = [
        generator for generator, power in zip(polynomial.context().gens(), monomials[0], strict=True) if power
    ]
    return all(any(generator == other for other in others) for generator in generators)


def _numbers(values: tuple[Value, ...]) -> tuple[int, ...]:
    return tuple(value.number for value in values)


def _proportional(left: fmpq_mpoly, right: fmpq_mpoly) -> bool:
    if left.is_zero() or len(left) != len(right):
        return False
    return bool(left * right.leading_coefficient() == right * left.leading_coefficient())


def _relevant(goal: Term, oriented: dict[int, tuple[Term, str]]) -> dict[int, tuple[Term, str]]:
    """The facts without those about constants (such as `exp(0)`) that nothing else mentions."""
    mentioned = {number: _constants(side) for number, (side, _) in oriented.items()}
    count = Counter(constant for constants in mentioned.values() for constant in constants)
    count.update(_constants(goal))
    return {
        number: side for number, side in oriented.items() if all(count[constant] > 1 for constant in mentioned[number])
    }


@lru_cache(maxsize=4096)
def _constants(side: Term) -> frozenset[object]:
    return frozenset(
        name(leaf)
        for leaf in leaves(side)
        if isinstance(leaf, Apply)
        and all(normal_form(argument).quotient.numerator.is_constant() for argument in leaf.arguments)
    )


@lru_cache(maxsize=4096)
def _usable(fact: Relation) -> bool:
    side, _ = fact.oriented()
    try:
        normal_form(side)
    except Unusable:
        return False
    return True


def _eliminating(generators: dict[object, Term], equations: list[Term]) -> Ring:
    """The ring in these leaves, first those that an equation defines."""
    places = {key: place for place, key in enumerate(generators)}
    chosen: dict[object, None] = {}
    for equation in equations:
        candidates = [key for key in _defined(equation) if key not in chosen]
        if candidates:
            chosen[min(candidates, key=places.__getitem__)] = None
    return ring_in(generators[key] for key in (*chosen, *(key for key in generators if key not in chosen)))


@lru_cache(maxsize=4096)
def _defined(equation: Term) -> tuple[object, ...]:
    """The names of the leaves with one occurrence in the equation, and that alone in its monomial.

    What says that a square root's square is its radicand defines the square, not a part of the radicand.
    """
    form = normal_form(equation)
    monomials = form.quotient.numerator.monoms()
    roots = [place for place, leaf in enumerate(form.leaves) if isinstance(leaf, Apply) and leaf.function == "sqrt"]
    if any(monomial[place] == 2 for monomial in monomials for place in roots):
        return ()
    holding = [[monomial for monomial in monomials if monomial[place]] for place in range(len(form.leaves))]
    return tuple(
        name(leaf) for leaf, found in zip(form.leaves, holding, strict=True) if len(found) == 1 and sum(found[0]) == 1
    )
