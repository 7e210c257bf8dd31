"""Equations between products of real powers: both sides become the exponential of a sum of logarithms.

Each positive factor u is exp(E): a variable is exp(log(u)), a power has E times its exponent, a product the sum. The
two exponents are then compared as rational functions of the logarithms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from proofcheck.kernel.certificates import Combination, Evidence, Multiple, Summand
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, ZERO, Apply, Power, Product, Rational, Sum, Term, subterms

from . import identity
from .extension import MINUS_ONE, Close, Extension, cited
from .sequent import Deadline, Sequent
from .signs import quick

_MOST_REPEATED = 12
_SECONDS = 1.0


class NoProduct(Exception):
    """A factor is not known to be positive, or an axiom does not apply."""


def search(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Evidence for an equation between products of powers, with real exponents among them.

    >>> from proofcheck.kernel.terms import Variable
    >>> x, a = Variable("x"), Variable("a")
    >>> goal = Relation(Product((x, Apply("power", (x, a)))), "=", Apply("power", (x, Sum((a, ONE)))))
    >>> search(Sequent(("x", "a"), (), (Relation(x, ">", ZERO),), goal), Deadline.after(1)) is not None
    True
    """
    goal = sequent.goal
    if goal.sign != "=" or not any(map(_calls_for_exponents, (*subterms(goal.left), *subterms(goal.right)))):
        return None
    try:
        chain = Exponentials(Extension(sequent), quick(deadline), deadline)
        left, first = chain.exponent(goal.left)
        right, second = chain.exponent(goal.right)
        equal = chain.axiom("equal arguments of exp", (left, right), from_facts(()))
        evidence = from_facts((first, second, equal))(chain.extension.sequent.proving(goal))
    except NoProduct:
        return None
    return None if evidence is None else chain.extension.wrap(evidence)


def _calls_for_exponents(part: Term) -> bool:
    match part:
        case Apply("power", _):
            return True
        case Power(Apply("exp", _), count):
            return count > _MOST_REPEATED
        case _:
            return False


class Exponentials:
    """An extension in which terms are known as exponentials; `exponent` gives E and the number of `term = exp(E)`."""

    def __init__(self, extension: Extension, close: Close, deadline: Deadline) -> None:
        self.extension, self._close, self._deadline = extension, close, deadline
        self._known: dict[Term, tuple[Term, int]] = {}

    def exponent(self, term: Term) -> tuple[Term, int]:
        """The exponent E of a positive term, and the number of the fact `term = exp(E)`. Raises `NoProduct`."""
        self._deadline.check()
        if term not in self._known:
            self._known[term] = self._exponent(term)
        return self._known[term]

    def axiom(self, name: str, arguments: tuple[Term, ...], close: Close | None = None) -> int:
        """The number of the last conclusion of an axiom. Raises `NoProduct`."""
        found = self.extension.axiom(name, arguments, self._either(close))
        if found is None:
            raise NoProduct
        self.extension = found
        return len(found.sequent.facts) - 1

    def _either(self, close: Close | None) -> Close:
        return lambda sequent: (close(sequent) if close else None) or self._close(sequent)

    def lemma(self, relation: Relation, close: Close) -> int:
        """The number of a relation that `close` proves. Raises `NoProduct`."""
        found = self.extension.lemma(relation, close)
        if found is None:
            raise NoProduct
        self.extension = found
        return len(found.sequent.facts) - 1

    def _lemma(self, relation: Relation, facts: Iterable[int]) -> int:
        return self.lemma(relation, from_facts(tuple(facts)))

    def _exponent(self, term: Term) -> tuple[Term, int]:
        match term:
            case Apply("exp", (inside,)):
                return inside, self._lemma(Relation(term, "=", term), ())
            case Apply("power", (base, power)):
                value = self.axiom("real power", (base, power))
                logarithm, known = self.logarithm(base)
                pair = Product((power, Apply("log", (base,)))), Product((power, logarithm))
                equal = self.axiom("equal arguments of exp", pair, from_facts((known,)))
                return pair[1], self._equal(term, pair[1], (value, equal))
            case Apply("sqrt", (inside,)):
                half = Product((Rational(Fraction(1, 2)), self.exponent(inside)[0]))
                self.axiom("square root", (inside,))
                self.axiom("square root positive", (inside,))
                doubled = self.axiom("logarithm of product", (term, term))
                square = self.extension.sequent.facts.index(Relation(Power(term, 2), "=", inside))
                same = self.axiom("equal arguments of log", (Product((term, term)), inside), from_facts((square,)))
                _, known = self.logarithm(inside)
                root = self.axiom("exponential of logarithm", (term,))
                arguments = Apply("log", (term,)), half
                equal = self.axiom("equal arguments of exp", arguments, from_facts((doubled, same, known)))
                return half, self._equal(term, half, (root, equal))
            case Product(parts):
                return self._product(term, list(parts))
            case Power(base, count) if 0 < count <= _MOST_REPEATED:
                return self._product(term, [base] * count)
            case Power(base, count) if count > _MOST_REPEATED:
                return self._by_halves(term, base, count)
            case Power(Product(parts), count) if -_MOST_REPEATED <= count < 0:
                return self._product(term, [Power(part, count) for part in parts])
            case Power(base, count) if -_MOST_REPEATED <= count < 0:
                above, known = self.exponent(Power(base, -count) if count < -1 else base)
                below = Product((MINUS_ONE, above))
                split = self.axiom("exponential of sum", (above, below))
                none = self.axiom("equal arguments of exp", (Sum((above, below)), ZERO), from_facts(()))
                self.axiom("special values", ())
                one = self.extension.sequent.facts.index(Relation(Apply("exp", (ZERO,)), "=", ONE))
                apart = self._positive(base)
                return below, self._equal(term, below, (known, split, none, one, apart))
            case Rational(value) if value == 1:
                self.axiom("special values", ())
                one = self.extension.sequent.facts.index(Relation(Apply("exp", (ZERO,)), "=", ONE))
                return ZERO, self._equal(term, ZERO, (one,))
            case _:
                known = self.axiom("exponential of logarithm", (term,))
                logarithm = Apply("log", (term,))
                return logarithm, self._equal(term, logarithm, (known,))

    def _by_halves(self, term: Term, base: Term, count: int) -> tuple[Term, int]:
        half = Power(base, count // 2)
        doubled, known = self._product(term, [half, half, *[base] * (count % 2)])
        total = Product((Rational(Fraction(count)), self.exponent(base)[0]))
        equal = self.axiom("equal arguments of exp", (doubled, total), from_facts(()))
        return total, self._equal(term, total, (known, equal))

    def _product(self, term: Term, parts: list[Term]) -> tuple[Term, int]:
        if not parts:
            raise NoProduct
        total, known = self.exponent(parts[0])
        product = parts[0]
        for part in parts[1:]:
            more, other = self.exponent(part)
            split = self.axiom("exponential of sum", (total, more))
            product, total = Product((product, part)), Sum((total, more))
            known = self._equal(product, total, (known, other, split))
        return total, self._equal(term, total, (known,))

    def logarithm(self, base: Term) -> tuple[Term, int]:
        """The exponent E of the base, and the number of `log(base) = E`. Raises `NoProduct`."""
        exponent, known = self.exponent(base)
        self.axiom("exponential positive", (exponent,))
        back = self.axiom("logarithm of exponential", (exponent,))
        same = self.axiom("equal arguments of log", (base, Apply("exp", (exponent,))), from_facts((known,)))
        return exponent, self._lemma(Relation(Apply("log", (base,)), "=", exponent), (back, same))

    def _equal(self, term: Term, exponent: Term, facts: Iterable[int]) -> int:
        return self._lemma(Relation(term, "=", Apply("exp", (exponent,))), facts)

    def _positive(self, base: Term) -> int:
        """The number of the fact that a base is positive, as `base = exp(E)` is."""
        positive = Relation(base, ">", ZERO)
        if positive not in self.extension.sequent.facts:
            exponent, known = self.exponent(base)
            self.axiom("exponential positive", (exponent,))
            above = self.extension.sequent.facts.index(Relation(Apply("exp", (exponent,)), ">", ZERO))
            evidence = Combination((), (Summand(Fraction(1), (above,), ONE),), (Multiple(ONE, known),))
            found = self.extension.lemma(positive, lambda _: evidence)
            if found is None:
                raise NoProduct
            self.extension = found
        return self.extension.sequent.facts.index(positive)


def from_facts(facts: tuple[int, ...]) -> Close:
    """What closes an equation by algebra from a few equations, or cites it."""

    def close(sequent: Sequent) -> Evidence | None:
        if (known := cited(sequent, sequent.goal)) is not None:
            return known
        # Signs are for the denominators.
        signs = tuple(number for number, fact in enumerate(sequent.facts) if fact.sign in (">", "<", "!="))
        few = (*facts, *signs)
        evidence = identity.search(
            replace(sequent, facts=tuple(sequent.facts[number] for number in few)), Deadline.after(_SECONDS)
        )
        return _renumbered(evidence, few) if isinstance(evidence, Combination) else None

    return close


def _renumbered(evidence: Combination, facts: tuple[int, ...]) -> Combination:
    return Combination(
        tuple(facts[number] for number in evidence.multiplier),
        tuple(Summand(each.weight, tuple(facts[n] for n in each.facts), each.square) for each in evidence.summands),
        tuple(Multiple(each.factor, facts[each.fact]) for each in evidence.multiples),
    )
