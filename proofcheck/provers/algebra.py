"""A sequent as polynomial algebra: an ideal of equations, polynomials known to be positive, and the goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from flint import fmpq_mpoly

from proofcheck.kernel.certificates import Multiple
from proofcheck.kernel.rational import Field, Quotient, Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Apply, Inner, Term, Variable, subterms

from .polynomials import Cofactors, Ideal, Ring, factored, ring_of
from .sequent import Deadline, Sequent


@dataclass(frozen=True, slots=True)
class Known:
    """A polynomial that is nonnegative, or positive: the product of some facts."""

    polynomial: fmpq_mpoly
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
        terms = (goal, *more, *(side for side, _ in oriented.values()))
        equations = [side for side, sign in oriented.values() if sign == "="]
        ring = ring_of(terms)
        eliminated = _eliminated(ring, equations)
        self.ring = ring.ordered(eliminated) if eliminated else ring
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
                known = Known(polynomial, is_strict, (value.number, *_numbers(factors)))
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


_MOST_KEPT = 8
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
    sides = (goal, *(side for side, _ in oriented.values()))
    if not any(map(_mentions_constant, sides)):
        return oriented
    ring = ring_of(sides)
    mentioned = {number: _constants(ring, side) for number, (side, _) in oriented.items()}
    count = Counter(constant for constants in mentioned.values() for constant in constants)
    count.update(_constants(ring, goal))
    return {
        number: side for number, side in oriented.items() if all(count[constant] > 1 for constant in mentioned[number])
    }


def _constants(ring: Ring, side: Term) -> frozenset[str]:
    return frozenset(
        str(ring.generator(part))
        for part in subterms(side)
        if isinstance(part, Apply)
        and all(ring.quotient(argument).numerator.is_constant() for argument in part.arguments)
    )


@lru_cache(maxsize=4096)
def _mentions_constant(side: Term) -> bool:
    return any(
        isinstance(part, Apply) and not any(isinstance(leaf, Variable | Inner) for leaf in subterms(part))
        for part in subterms(side)
    )


@lru_cache(maxsize=4096)
def _usable(fact: Relation) -> bool:
    side, _ = fact.oriented()
    try:
        Field([side]).normal(side)
    except Unusable:
        return False
    return True


def _eliminated(ring: Ring, equations: list[Term]) -> list[Term]:
    """Leaves that an equation defines: with one occurrence there, and that alone in its monomial.

    What says that a square root's square is its radicand defines the square, not a part of the radicand.
    """
    chosen: list[Term] = []
    roots = [place for place, leaf in enumerate(ring.leaves) if isinstance(leaf, Apply) and leaf.function == "sqrt"]
    for equation in equations:
        polynomial = ring.quotient(equation).numerator
        monomials = polynomial.monoms()
        if any(monomial[place] == 2 for monomial in monomials for place in roots):
            continue
        for position, leaf in enumerate(ring.leaves):
            holding = [monomial for monomial in monomials if monomial[position]]
            if len(holding) == 1 and sum(holding[0]) == 1 and leaf not in chosen:
                chosen.append(leaf)
                break
    return chosen
