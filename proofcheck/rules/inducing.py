"""Induction: what holds for the least value of an integer, and for n + 1 wherever it holds for n, holds for all."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from proofcheck.language.claims import Claim
from proofcheck.language.expressions import (
    Add,
    Constant,
    Expression,
    Fixed,
    Multiply,
    Operator,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Symbol,
    Total,
    Use,
    VectorEquation,
    depends,
    number,
    same,
    walk,
)
from proofcheck.language.integers import in_domain, least, linear
from proofcheck.language.printing import latex, text
from proofcheck.language.transform import rebuild, substitute

from .argue import operators_of, owed
from .obligations import Argument, Obligation
from .reduction import Hypotheses

INDUCTION = (
    "mathematical induction: what holds for the least integer of a domain, and for n + 1 wherever it holds for n,"
    " holds for every integer there; the sum to n + 1 is the sum to n and the next term, the sum to 0 is 0"
)
_MOST_TERMS = 64
_HOLDS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}

E = TypeVar("E", bound=Expression)
Owed = tuple[tuple[Obligation, ...], tuple[Claim, ...], tuple[str, ...]]


def induction(stated: Relation, over: Symbol) -> Argument:
    """A relation for every value of an integer, `scalar("n", integer=True, at_least=1)`, from its least one on.

    Owes the relation for the least value, and for n + 1 where it holds for n. Sums that end at n, or at 2 n - 1, are
    written out: the sum to n + 1 is the sum to n and a term. What is given is given for n + 1, and that it holds for n,
    too, is owed; a hypothesis `for_all` values of an index speaks of the terms that are written out, one for all values
    of another letter, as a recursion is, of n and n + 1. Premises, `.by(...)`, are taken at n and at n + 1. A witness
    is looked for at the three least values.
    Theorem: mathematical induction, with the definition of sums by recursion (Graham, Knuth, Patashnik, Concrete
    Mathematics, sections 1.1 and 2.2).
    Raises `TypeError` on what is no relation, `ValueError` on a letter that is no integer or has no least value, on a
    sum whose terms contain n or whose end is not linear in n, along flows, and on operators whose bounds contain n.

    >>> from proofcheck import *
    >>> n, i = scalar("n", integer=True, at_least=1), scalar("i")
    >>> for each in induction(total(i**2, i, n) <= n**3, n).obligations:
    ...     print(each.label, "|", each.formula)
    the claim for n = 1 | 1 <= 1
    the claim for n + 1, if for n | sum_(i<=n) i^2 + (n + 1)^2 <= (n + 1)^3

    A rate from a recursion:

    >>> k, e, r = scalar("k", integer=True, at_least=1), scalar_path("e"), scalar("r", positive=True)
    >>> falls = for_all(k, at(e, k + 1) <= r * at(e, k))
    >>> print(induction((at(e, n) <= power(r, n - 1) * at(e, 1)).given(falls), n).formula)
    e(n) <= r^(n - 1) e(1)  given  e(k + 1) <= r e(k) for all k
    """
    begin = _begin(stated, over)
    written = _Written(stated, over, begin, tuple(_sums(stated, over, begin)))
    base, premises, rules = written.owed(number(begin), f"the claim for {over.name} = {begin}", ())
    known = (*written.premises(over), written.supposed())
    step, _, more = written.owed(over + 1, f"the claim for {over.name} + 1, if for {over.name}", known)
    return Argument(
        text(stated),
        latex(stated),
        (*base, *step[:-1], written.with_cases(step[-1])),
        premises,
        tuple(dict.fromkeys((*rules, *more, INDUCTION))),
        conclusion=stated,
        about=(stated,),
    )


@dataclass(frozen=True)
class _Sum:
    """A sum of the terms of `core` that ends at `slope n + end`."""

    core: Total
    slope: int
    end: int


@dataclass(frozen=True)
class _Taken(Use):
    """A premise, or the claim itself, at a value of the letter."""

    stated: Relation
    needed: Hypotheses
    of: object
    values: tuple[Scalar, ...] = ()

    @property
    def relation(self) -> Relation:
        """What it states there."""
        return self.stated

    @property
    def demands(self) -> Hypotheses:
        """What has to hold there."""
        return self.needed

    @property
    def source(self) -> object:
        """The claim, or what it is called."""
        return self.of

    @property
    def chosen(self) -> tuple[Scalar, ...]:
        """The values of the premise's parameters."""
        return self.values


@dataclass(frozen=True)
class _Written:
    """A claim at values of its letter n, the sum to n + 1 as the sum to n and a term."""

    claimed: Relation
    letter: Symbol
    begin: int
    sums: tuple[_Sum, ...]

    def owed(self, value: Scalar, label: str, known: tuple[_Taken, ...]) -> Owed:
        """What the claim owes at a value, where something is known besides its premises there."""
        # It need not hold beyond the greatest value; at a number, a witness says at which.
        within = [each for each in in_domain(self.letter, value) if each.sign == "<="]
        if isinstance(value, Constant):
            within = [Symbol(self.letter.name, self.letter.latex) == value]
        given = (*within, *(self._hypothesis(each, value) for each in self.claimed.hypotheses))
        hypotheses = (*given, *self._instances(value, given))
        uses = (*known, *self.premises(value))
        return owed(replace(self._relation(self.claimed, value), hypotheses=hypotheses, uses=uses), label)

    def supposed(self) -> _Taken:
        """The claim for n: it may be used where what it is given is shown for n."""
        given = tuple(self._hypothesis(each, self.letter) for each in self.claimed.hypotheses)
        return _Taken(self._relation(self.claimed, self.letter), given, f"the claim for {self.letter.name}")

    def premises(self, value: Scalar) -> tuple[_Taken, ...]:
        """The premises at a value."""
        return tuple(
            _Taken(
                self._relation(use.relation, value),
                tuple(self._hypothesis(each, value) for each in use.demands),
                use.source,
                tuple(self._at(each, value) for each in use.chosen),
            )
            for use in self.claimed.uses
        )

    def with_cases(self, step: Obligation) -> Obligation:
        """The step, and the claim for the next two values beside it: a witness against these refutes the claim."""
        found = []
        for value in (self.begin + 1, self.begin + 2):
            case = self.owed(number(value), "", ())[0][-1]
            if case.instance is not None and all(sign == ">=" or value <= bound for sign, bound in self.letter.bounds):
                found.append(case)
        instances = [case.instance for case in found] + [None, None]
        names = {name: shown for case in found for name, shown in case.names.items()}
        return replace(step, instance=instances[0], plane=instances[1], names={**names, **step.names})

    def _relation(self, relation: Relation, value: Scalar) -> Relation:
        return Relation(self._at(relation.left, value), relation.sign, self._at(relation.right, value))

    def _hypothesis(self, hypothesis: Relation | VectorEquation, value: Scalar) -> Relation | VectorEquation:
        if isinstance(hypothesis, VectorEquation):
            return VectorEquation(self._at(hypothesis.left, value), self._at(hypothesis.right, value))
        return replace(self._relation(hypothesis, value), for_all=hypothesis.for_all)

    def _instances(self, value: Scalar, given: Hypotheses) -> Iterator[Relation]:
        """What is given for all values of a letter, for those that are in its domain and of use."""
        for each in given:
            if not isinstance(each, Relation) or (index := each.for_all) is None:
                continue
            for slope, constant in self._places(index, value):
                if self._covers(index, slope, constant):
                    place = _affine(slope, self.letter, constant)
                    left, right = (self._written_out(_at_place(side, index, place)) for side in (each.left, each.right))
                    yield Relation(left, each.sign, right)

    def _places(self, index: Symbol, value: Scalar) -> list[tuple[int, int]]:
        """The values of an index at which terms are written out; n and n + 1, or all up to a number, without a sum."""
        here = linear(value, self.letter)
        assert here is not None
        sums = [each for each in self.sums if same(each.core.over, index)]
        if not sums:
            # A recursion, e(k + 1) <= r e(k) for all k: it is used on the way to a number, and from n to n + 1.
            return [(0, place) for place in range(self.begin - 1, here[1] + 1)] if here[0] == 0 else [(1, 0), here]
        places: dict[tuple[int, int], None] = {}
        for each in sums:
            slope, end = each.slope * here[0], each.slope * here[1] + each.end
            shorter = self._shorter(each.core, slope, end)
            if shorter is not None:
                places.update(dict.fromkeys((slope, place) for place in range(shorter + 1, end + 1)))
        return list(places)

    def _covers(self, index: Symbol, slope: int, constant: int) -> bool:
        """Whether `slope n + constant` is in the domain of an index, from the least n on."""
        lowest = slope * self.begin + constant
        from_there_on = all(sign in (">", ">=") for sign, _ in index.bounds)
        return (slope == 0 or from_there_on) and all(_HOLDS[sign](lowest, bound) for sign, bound in index.bounds)

    def _at(self, expression: E, value: Scalar) -> E:
        return self._written_out(substitute(expression, {self.letter: value}))

    def _written_out(self, expression: E) -> E:
        """Each sum as the shortest one of its kind and terms; moments that are linear in the letter in one form."""

        def change(part: Expression) -> Expression | None:
            match part:
                case Total("sum"):
                    return self._with_terms(part)
                case Path() | ScalarPath() if part.moment is not None:
                    return replace(part, moment=self._in_one_form(part.moment))
                case _:
                    return None

        def on(each: Operator) -> Operator:
            inverse_of = None if each.inverse_of is None else on(each.inverse_of)
            moment = None if each.moment is None else self._in_one_form(each.moment)
            return replace(each, moment=moment, inverse_of=inverse_of)

        return rebuild(expression, change, on)

    def _in_one_form(self, moment: Scalar) -> Scalar:
        found = linear(moment, self.letter)
        return moment if found is None else _affine(found[0], self.letter, found[1])

    def _with_terms(self, whole: Total) -> Scalar | None:
        outside, core = _drawn_out(whole)
        found = linear(whole.upper, self.letter)
        shorter = None if found is None else self._shorter(core, *found)
        if found is None or shorter is None:
            return None
        slope, end = found
        places = (_affine(slope, self.letter, place) for place in range(shorter + 1, end + 1))
        parts: list[Scalar] = [replace(core, upper=_affine(slope, self.letter, shorter))] if slope else []
        parts += [self._written_out(_at_place(core.body, core.over, place)) for place in places]
        inside = Add(tuple(parts)) if parts else number(0)
        return Multiply((*outside, inside)) if outside else inside

    def _shorter(self, core: Total, slope: int, end: int) -> int | None:
        """Where the shortest sum of these terms ends that moves along; None where there is none.

        What ends at a number is all terms.
        """
        alike = [each for each in self.sums if same(each.core.body, core.body) and same(each.core.over, core.over)]
        ends = [0 if slope == 0 else each.end for each in alike if slope in (0, each.slope)]
        return min(ends) if ends and 0 <= end - min(ends) <= _MOST_TERMS else None


def _drawn_out(whole: Total) -> tuple[tuple[Scalar, ...], Total]:
    """The factors that a sum has before it wherever it ends, and the empty sum of the rest."""
    return replace(whole, upper=number(0)).factored()


def _affine(slope: int, letter: Symbol, constant: int) -> Scalar:
    """`slope letter + constant`, always in the same form."""
    if slope == 0:
        return number(constant)
    multiple = letter if slope == 1 else slope * letter
    if constant == 0:
        return multiple
    return multiple + constant


def _at_place(body: E, over: Symbol, place: Scalar) -> E:
    """The body for one value of its index; what has the index is then one number or vector of its own."""
    # No author's index is called so.
    index = Symbol(f"[{text(place)}]", rf"\left[{latex(place)}\right]", integer=True)

    def change(part: Expression) -> Expression | None:
        own = isinstance(part, Symbol | Fixed | Path) and same(part.index, over)
        return replace(part, index=index) if own else None  # type: ignore[type-var]

    return substitute(rebuild(body, change, lambda each: each), {over: place})


def _begin(stated: Relation, over: Symbol) -> int:
    """The least value of the letter. Raises `TypeError` and `ValueError` where induction says nothing."""
    if not isinstance(stated, Relation) or stated.for_all is not None:
        raise TypeError("induction shows a relation, such as total(i, i, n) == n * (n + 1) / 2")
    if not isinstance(over, Symbol) or not over.integer or over.index is not None:
        raise ValueError("induction is over an integer: n = scalar('n', integer=True, at_least=1)")
    begin = least(over)
    if begin is None:
        raise ValueError(f"{over.name} has no least value to begin with; write scalar(..., integer=True, at_least=1)")
    if stated.flows():
        raise ValueError(f"induction over {over.name} is not along a flow")
    for part in _stated(stated):
        if isinstance(part, Relation) and part.for_all is not None and same(part.for_all, over):
            raise ValueError(f"{over.name} is bound by a hypothesis for all {over.name}; choose another name there")
        if any(depends(bound, over) for each in operators_of(part) for bound in each.bounds):
            raise ValueError(f"an operator's bounds contain {over.name}: for {over.name} + 1 it is another operator")
    return begin


def _stated(claimed: Relation) -> Iterator[Relation | VectorEquation]:
    yield claimed
    yield from claimed.hypotheses
    for use in claimed.uses:
        yield use.relation
        yield from use.demands


def _sums(claimed: Relation, over: Symbol, begin: int) -> Iterator[_Sum]:
    """The sums whose end moves with the letter. Raises `ValueError` on one that is not continued by terms."""
    sides = (side for part in _stated(claimed) for side in (part.left, part.right))
    for whole in (part for side in sides for part in walk(side) if isinstance(part, Total)):
        if same(whole.over, over):
            raise ValueError(f"{over.name} is bound by {text(whole)}; choose another name for it there")
        if whole.kind != "sum" or not depends(whole.upper, over):
            continue
        _, core = _drawn_out(whole)
        if depends(core.body, over):
            raise ValueError(
                f"the terms of {text(whole)} contain {over.name}: for {over.name} + 1 it is not continued by a term"
            )
        found = linear(whole.upper, over)
        if found is None or not 0 < found[0] <= _MOST_TERMS or not 0 <= found[0] * begin + found[1] <= _MOST_TERMS:
            raise ValueError(
                f"{text(whole)} does not end at a multiple of {over.name} and a number,"
                f" or does not begin with at most {_MOST_TERMS} terms, for {over.name} = {begin}"
            )
        yield _Sum(core, *found)
