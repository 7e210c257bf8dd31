"""Proofs in cases: the sign of a well-chosen term, the two halves of an equation, the side of an inequation;
and the step from exponentials to their exponents.

What is left of each case goes to a prover that the caller names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import isqrt

from flint import fmpq_mpoly

from proofcheck.kernel.certificates import (
    Apart,
    Between,
    Combination,
    Contradiction,
    Evidence,
    Multiple,
    Split,
    Summand,
)
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation, conditions
from proofcheck.kernel.terms import ONE, ZERO, Apply, Sum, Term, subterms

from . import univariate
from .extension import MINUS_ONE, Extension, cited, negative
from .polynomials import Ring, factored, fraction, ring_of
from .sequent import Deadline, OutOfTime, Sequent
from .signs import quick

#: What closes a case, or does not.
Closing = Callable[[Sequent, Deadline], Evidence | None]
_SIGNS = ("<", "=", ">")
_MOST_TERMS = 6


def search(sequent: Sequent, deadline: Deadline, close: Closing | None = None) -> Evidence | None:
    """Evidence in cases, each closed by `close` (by quick provers if there is none). Raises `OutOfTime`.

    >>> from proofcheck.kernel.terms import Power, Variable
    >>> x = Variable("x")
    >>> goal = Relation(Apply("sqrt", (Power(x, 2),)), ">=", x)
    >>> found = search(Sequent(("x",), (), (Relation(Power(x, 2), ">=", ZERO),), goal), Deadline.after(5))
    >>> found.term
    Variable(name='x')
    """
    close = close or _quick
    try:
        return _halves(sequent, deadline, close) or (_split(sequent, _candidates(sequent), deadline, close, 2))
    except Unusable:
        return None


def _quick(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    return quick(deadline)(sequent) or univariate.search(sequent, deadline)


def _halves(sequent: Sequent, deadline: Deadline, close: Closing) -> Evidence | None:
    """An equation from `<=` and `>=`, an inequation from `>` or `<`."""
    goal = sequent.goal

    def part(sign: str) -> Evidence | None:
        return _timely(close, sequent.proving(Relation(goal.left, sign, goal.right)), deadline.share(0.3))

    if goal.sign == "=":
        below = part("<=")
        above = part(">=") if below is not None else None
        return Between(below, above) if below is not None and above is not None else None
    if goal.sign == "!=":
        for sign in (">", "<"):
            if (evidence := part(sign)) is not None:
                return Apart(sign, evidence)
    return None


def _timely(close: Closing, sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """What closes the sequent in its own time; the caller's time is the caller's to check."""
    try:
        return close(sequent, deadline)
    except OutOfTime:
        return None


def exponents(sequent: Sequent, deadline: Deadline, close: Closing | None = None) -> Evidence | None:
    """`exp u <= exp v` from `u <= v`, strictly from `u < v`, where 1 may stand for `exp 0`.

    The step to the exponents is left to `close`, or to quick provers. Raises `OutOfTime`.
    """
    close = close or _quick
    goal = sequent.goal
    smaller, larger = (goal.left, goal.right) if goal.sign[0] == "<" else (goal.right, goal.left)
    below, above = _exponent(smaller), _exponent(larger)
    if goal.sign in ("=", "!=") or below is None or above is None or smaller == larger:
        return None

    def premise(part: Sequent) -> Evidence | None:
        return _timely(close, part, deadline.share(0.5))

    extension: Extension | None = Extension(sequent)
    multiples: tuple[Multiple, ...] = ()
    if ONE in (smaller, larger) and extension is not None:
        extension = extension.axiom("special values", (), premise)
        at_zero = len(sequent.facts)
        multiples = (Multiple(ONE if smaller == ONE else MINUS_ONE, at_zero),)
    name = "exponential increases" if goal.sign.endswith("=") else "exponential strictly increases"
    extension = extension.axiom(name, (below, above), premise) if extension is not None else None
    if extension is None:
        return None
    last = Summand(Fraction(1), (len(extension.sequent.facts) - 1,), ONE)
    return extension.wrap(Combination((), (last,), multiples))


def _exponent(term: Term) -> Term | None:
    match term:
        case Apply("exp", (exponent,)):
            return exponent
        case _:
            return ZERO if term == ONE else None


def _candidates(sequent: Sequent) -> list[Term]:
    """Terms without domain whose sign may decide: bases of squares under a root, factors, variables."""
    sides = [side for relation in (sequent.goal, *sequent.facts) for side in (relation.left, relation.right)]
    ring = ring_of([sequent.goal.oriented()[0], *sides])
    found = [base for _, base in _roots_of_squares(sequent, ring)]
    quotient = ring.quotient(sequent.goal.oriented()[0])
    for polynomial in (quotient.numerator, quotient.denominator):
        found += [ring.term(factor) for factor, _ in factored(polynomial)[1] if factor != quotient.numerator]
    found += [leaf for leaf in ring.leaves if not isinstance(leaf, Apply)]
    signed = {side for fact in sequent.facts for side in (fact.left, fact.right) if ZERO in (fact.left, fact.right)}
    return [term for term in dict.fromkeys(found) if term not in signed and not _applies(term)][:_MOST_TERMS]


def _applies(term: Term) -> bool:
    return any(isinstance(part, Apply) for part in subterms(term))


def _roots_of_squares(sequent: Sequent, ring: Ring) -> Iterator[tuple[Apply, Term]]:
    """The values `sqrt(u**2)` that occur, with u."""
    sides = [side for relation in (sequent.goal, *sequent.facts) for side in (relation.left, relation.right)]
    for leaf in dict.fromkeys(part for side in sides for part in subterms(side)):
        if isinstance(leaf, Apply) and leaf.function == "sqrt":
            argument = ring.quotient(leaf.arguments[0])
            base = _root(argument.numerator, ring) if argument.denominator.is_constant() else None
            if base is not None:
                yield leaf, base


def _root(polynomial: fmpq_mpoly, ring: Ring) -> Term | None:
    """A term whose square is the polynomial, if the polynomial is one and not constant."""
    content, factors = factored(polynomial)
    value = fraction(content)
    if value <= 0 or not factors or any(multiplicity % 2 for _, multiplicity in factors):
        return None
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    if root**2 != value:
        return None
    base = ring.one * root.numerator / root.denominator
    for factor, multiplicity in factors:
        base *= factor ** (multiplicity // 2)
    return ring.term(base)


def _split(sequent: Sequent, terms: list[Term], deadline: Deadline, close: Closing, depth: int) -> Evidence | None:
    """Three cases by the sign of one of the terms; a case that stays open is split by the next terms."""
    for place, term in enumerate(terms):
        deadline.check()
        needed = conditions(Relation(term, "=", ZERO))
        definedness = [part for condition in needed if (part := cited(sequent, condition)) is not None]
        if len(definedness) < len(needed):
            continue
        branches = []
        for sign in _SIGNS:
            branch = _with_values(sequent.assuming(*needed), term, sign, deadline)
            soon = deadline.share(1 / (2 + len(terms) - place))
            evidence = _timely(close, branch.sequent, soon)
            if evidence is None and depth > 1:
                evidence = _split(branch.sequent, terms[place + 1 :], deadline, close, depth - 1)
            if evidence is None:
                break
            branches.append(branch.wrap(evidence))
        if len(branches) == len(_SIGNS):
            return Split(term, tuple(definedness), *branches)
    return None


def _with_values(sequent: Sequent, term: Term, sign: str, deadline: Deadline) -> Extension:
    """The case, with the values there of the roots whose radicand is the term's square."""
    extension = Extension(sequent.assuming(Relation(term, sign, ZERO)))
    ring = ring_of([term, *(side for r in (sequent.goal, *sequent.facts) for side in (r.left, r.right))])
    case = len(sequent.facts)
    for root, base in _roots_of_squares(sequent, ring):
        if base == term:
            extension = _with_value(extension, root, term, sign, case, deadline) or extension
    return extension


def _with_value(
    extension: Extension, root: Apply, base: Term, sign: str, case: int, deadline: Deadline
) -> Extension | None:
    """The value of `sqrt(base**2)` in a case, from `root >= 0` and `root**2 = base**2`."""

    def radicand_is_a_square(_: Sequent) -> Evidence:
        return Combination((), (Summand(Fraction(1), (), base),), ())

    extended = extension.axiom("square root", root.arguments, radicand_is_a_square)
    if extended is None:
        return None
    weak, square = len(extended.sequent.facts) - 2, len(extended.sequent.facts) - 1

    def vanishes(part: Sequent) -> Evidence:
        assumed = len(part.facts)
        multiples = (Multiple(MINUS_ONE, square), Multiple(negative(base), case))
        below = Contradiction(Combination((assumed, assumed), (), multiples))
        return Between(below, Combination((), (Summand(Fraction(1), (weak,), ONE),), ()))

    if sign == "=":
        return extended.lemma(Relation(root, "=", ZERO), vanishes)
    size = base if sign == ">" else negative(base)

    def total_is_positive(_: Sequent) -> Evidence:
        return Combination((), tuple(Summand(Fraction(1), (fact,), ONE) for fact in (case, weak)), ())

    total = Relation(Sum((root, size)), ">", ZERO)
    with_total = extended.lemma(total, total_is_positive)
    if with_total is None:
        return None
    positive = len(with_total.sequent.facts) - 1

    def equals(_: Sequent) -> Evidence:
        return Combination((positive,), (), (Multiple(ONE, square),))

    return with_total.lemma(Relation(root, "=", size), equals)
