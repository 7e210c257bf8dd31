"""Absolute values in cases: on the smaller side of an inequality both signs, elsewhere the sign of what is inside.

The absolute value of u is `sqrt(u**2)`, as the language writes it; u may have function values in it. What is left of
the goal, with u or -u in place of its absolute value, goes to a prover that the caller names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from proofcheck.kernel.certificates import Between, Combination, Contradiction, Evidence, Multiple, Split, Summand
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation, conditions
from proofcheck.kernel.terms import ONE, ZERO, Apply, Power, Product, Rational, Sum, Term, difference, subterms

from .cases import Closing
from .extension import MINUS_ONE, Close, Extension, cited, negative
from .polynomials import ring_of
from .pruning import pruned, renumbered
from .sequent import Deadline, OutOfTime, Sequent
from .signs import quick

_MOST_VALUES = 3
_BRANCHES = (("<", "<="), ("=", ">="), (">", ">="))


def absolute_values(relation: Relation) -> Iterator[tuple[Apply, Term]]:
    """The values `sqrt(u**2)` that occur, outer ones first, with u."""
    for side in (relation.left, relation.right):
        for part in reversed(subterms(side)):
            match part:
                case Apply("sqrt", (Power(base, 2),)):
                    yield part, base


def search(sequent: Sequent, deadline: Deadline, close: Closing) -> Evidence | None:
    """Evidence for an inequality with absolute values, what is left of it closed by `close`. Raises `OutOfTime`.

    >>> from proofcheck.kernel.terms import Variable
    >>> x = Variable("x")
    >>> size = Apply("sqrt", (Power(x, 2),))
    >>> asked = Sequent(("x",), (), (Relation(Power(x, 2), ">=", ZERO),), Relation(size, ">=", x))
    >>> search(asked, Deadline.after(5), lambda inside, soon: quick(soon)(inside)).term
    Variable(name='x')
    """
    if sequent.goal.sign in ("=", "!="):
        return None
    return _without(sequent, deadline, close, _MOST_VALUES)


def _without(sequent: Sequent, deadline: Deadline, close: Closing, most: int) -> Evidence | None:
    """Evidence by taking one absolute value after the other out of the goal."""
    deadline.check()
    values = dict(absolute_values(sequent.goal))
    if not values:
        try:
            evidence = close(sequent, deadline)
        except OutOfTime:
            return None
        return None if evidence is None else pruned(evidence, len(sequent.facts))
    if most == 0:
        return None
    return _taken_out(sequent, *next(iter(values.items())), deadline, close, most - 1)


def _taken_out(
    sequent: Sequent, value: Apply, inside: Term, deadline: Deadline, close: Closing, most: int
) -> Evidence | None:
    """Evidence from the goal with u where u >= 0, and with -u where u <= 0."""
    slope = _slope(sequent.goal, value, inside)
    anyway = isinstance(slope, Rational) and slope.value < 0
    needed = conditions(Relation(inside, "=", ZERO))
    definedness = []
    for place, condition in enumerate(needed):
        if (known := cited(sequent.assuming(*needed[:place]), condition)) is None:
            return None
        definedness.append(known)
    found: dict[str, tuple[Sequent, Evidence]] = {}
    for sign, other in ((">=", inside), ("<=", negative(inside))):
        goal = Relation(
            _replaced(sequent.goal.left, value, other), sequent.goal.sign, _replaced(sequent.goal.right, value, other)
        )
        # On the smaller side u and -u are bounded wherever they are, and a fact about u may be of no use.
        told = tuple(fact for fact in sequent.facts if not _is_idle(fact))
        case = () if anyway else (Relation(inside, sign, ZERO),)
        asked = replace(sequent, facts=(*told, *case), goal=goal)
        evidence = _without(asked, deadline.share(0.7), close, most)
        if evidence is None:
            return None
        found[sign] = asked, evidence
    branches = []
    for direction, sign in _BRANCHES:
        start = sequent.assuming(*needed, Relation(inside, direction, ZERO))
        branch = _branch(start, value, inside, sign, found[sign], quick(deadline))
        if branch is None:
            return None
        branches.append(branch)
    return Split(inside, tuple(definedness), *branches)


def _branch(
    sequent: Sequent, value: Apply, inside: Term, sign: str, found: tuple[Sequent, Evidence], close: Close
) -> Evidence | None:
    """The goal of one case from the evidence for the goal without the absolute value, of which the sign is known."""
    size = inside if sign == ">=" else negative(inside)
    asked, evidence = found
    known = len(asked.facts)
    case = len(sequent.facts) - 1
    if sequent.facts[case].sign == "=":
        by_case = Combination((), (), (Multiple(ONE, case),))
    else:
        by_case = Combination((), (Summand(Fraction(1), (case,), ONE),), ())
    extension: Extension | None = Extension(sequent)
    for weak in (Relation(inside, sign, ZERO), Relation(size, ">=", ZERO)):
        extension = extension and extension.lemma(weak, lambda _: by_case)
    if extension is None:
        return None
    numbers = [extension.sequent.facts.index(fact) for fact in asked.facts]

    def moved(inside: Sequent) -> Evidence:
        more = len(inside.facts) - known
        return renumbered(evidence, lambda number: numbers[number] if number < known else number + more)

    extension = extension.lemma(asked.goal, moved)
    extension = extension and _with_value(extension, value, size, close)
    if extension is None:
        return None
    slope = _slope(sequent.goal, value, size)
    if slope is None:
        last = close(extension.sequent)
    else:
        rest, equal = (extension.sequent.facts.index(fact) for fact in (asked.goal, Relation(value, "=", size)))
        last = Combination((), (Summand(Fraction(1), (rest,), ONE),), (Multiple(slope, equal),))
    return None if last is None else extension.wrap(last)


def _with_value(extension: Extension, value: Apply, size: Term, close: Close) -> Extension | None:
    """The extension by `value = size`, from `size >= 0` and the equal squares."""
    found = extension.axiom("square root", value.arguments, close)
    if found is None:
        return None
    facts = found.sequent.facts
    root, square, own = len(facts) - 2, len(facts) - 1, facts.index(Relation(size, ">=", ZERO))

    def equal(inside: Sequent) -> Evidence:
        assumed = len(inside.facts)
        # Under u > v: -(u - v)**2 = 2 v (u - v) + (v**2 - u**2).
        below, above = (
            Contradiction(
                Combination(
                    (assumed, assumed), (Summand(Fraction(2), (weak, assumed), ONE),), (Multiple(turn, square),)
                )
            )
            for weak, turn in ((own, MINUS_ONE), (root, ONE))
        )
        return Between(below, above)

    return found.lemma(Relation(value, "=", size), equal)


def _is_idle(fact: Relation) -> bool:
    """Whether a fact says that a square is not negative, as the definedness of absolute values does."""
    return fact.sign == ">=" and fact.right == ZERO and isinstance(fact.left, Power) and fact.left.exponent == 2


def _slope(goal: Relation, value: Apply, other: Term) -> Term | None:
    """The polynomial f with `goal = goal with the other term for the value + f (value - other)`, if there is one."""
    term = goal.oriented()[0]
    try:
        ring = ring_of([term, other])
        moved, apart = (
            ring.quotient(each) for each in (difference(term, _replaced(term, value, other)), difference(value, other))
        )
    except Unusable:
        return None
    factor, rest = divmod(moved.numerator * apart.denominator, moved.denominator * apart.numerator)
    return ring.term(factor) if rest.is_zero() else None


def _replaced(term: Term, old: Term, new: Term) -> Term:
    """The term with another one in place of a subterm."""
    if term == old:
        return new
    match term:
        case Sum(parts):
            return Sum(tuple(_replaced(part, old, new) for part in parts))
        case Product(parts):
            return Product(tuple(_replaced(part, old, new) for part in parts))
        case Power(base, exponent):
            return Power(_replaced(base, old, new), exponent)
        case Apply(function, parts):
            return Apply(function, tuple(_replaced(part, old, new) for part in parts))
        case _:
            return term
