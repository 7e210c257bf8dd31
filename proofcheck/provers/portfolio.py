"""All provers, one after the other, and the kernel's judgement of what they find."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from proofcheck.kernel.certificates import Evidence, Proof, Witness
from proofcheck.kernel.check import Rejected, check, close, facts, refute
from proofcheck.kernel.statements import Statement, conditions

from . import (
    absolutes,
    backward,
    binomials,
    cases,
    comparing,
    conjugates,
    contacts,
    cover,
    grams,
    identity,
    multipliers,
    norms,
    pencils,
    plain,
    powers,
    products,
    projections,
    renaming,
    signs,
    slopes,
    squares,
    termwise,
    triangles,
    univariate,
    witnesses,
)
from .exponentials import tangents
from .extension import Extension, cited
from .naming import named
from .prepare import prepare
from .pruning import pruned
from .sequent import Deadline, OutOfTime, Sequent
from .shapes import Shape, WhyNot, for_any
from .signs import quick

_LITTLE = 0.3

Search = Callable[[Sequent, Deadline], Evidence | None]
Extended = tuple[Sequent, Callable[[Evidence], Evidence]]


@dataclass(frozen=True, slots=True)
class Prover:
    """A prover's name and search, its part of the remaining time, and whether it wants prepared facts.

    Where one comes again, `more` in its name says with more facts or a larger search, `longer` one that takes long.

    What takes long is for goals that a longer search for a witness has not refuted; `why_not` says for which shapes of
    goals the prover is not.
    """

    name: str
    search: Search
    share: float
    prepared: bool
    takes_long: bool = False
    why_not: WhyNot = for_any


@dataclass(frozen=True, slots=True)
class Refuter:
    """A search for witnesses, and its name."""

    name: str
    search: Callable[[Statement, Deadline], Witness | None]


#: What comes before everything else, and needs no preparation.
IMMEDIATE = (
    Prover("identity", identity.search, 0.3, False),
    Prover("termwise", termwise.search, 0.3, False),
    Prover("powers", powers.search, 0.3, False, why_not=Shape.needs_equation),
    Prover("signs", signs.search, 0.3, False),
)
#: What is cheap, and proves most of what is left.
CHEAPEST = (
    Prover("identity, more", identity.search, 0.3, True),
    Prover("termwise, more", termwise.search, 0.3, True),
    Prover("conjugates", conjugates.search, 0.3, True, why_not=Shape.needs_equation),
    Prover("products", partial(products.search, efforts=products.FEW), 0.3, True),
    Prover("backward", backward.search, 0.3, True),
)
#: What is cheap.
CHEAP = (
    *CHEAPEST,
    Prover("univariate", univariate.search, 0.3, False),
    Prover("squares", partial(squares.search, efforts=squares.EFFORTS[:2]), 0.3, True),
)
#: What costs more.
DEARER = (
    Prover("products, more", partial(products.search, efforts=products.MORE), 0.3, True),
    Prover("squares, more", partial(squares.search, efforts=squares.EFFORTS[2:3]), 0.3, True),
)


def _by_tangents(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Close a prepared sequent with the tangents of its exponentials."""
    extension = tangents(Extension(sequent), deadline)
    if not extension.steps:
        return None
    for search in (
        partial(products.search, efforts=products.FEW),
        partial(squares.search, efforts=squares.EFFORTS[:2]),
    ):
        evidence = search(extension.sequent, deadline.share(0.5))
        if evidence is not None:
            return extension.wrap(evidence)
    return None


def _by_exponents(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    return cases.exponents(sequent, deadline, _in_case)


def _by_slopes(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    return slopes.search(sequent, deadline, in_little)


def _by_comparing(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    return comparing.search(sequent, deadline, _in_little_or_by_slopes)


def _in_little_or_by_slopes(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    return in_little(sequent, deadline.share(0.3)) or _by_slopes(sequent, deadline)


def _by_absolute_values(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    def close(inside: Sequent, soon: Deadline) -> Evidence | None:
        ways = (_by_slopes, _in_case, _by_comparing) if Shape(inside).is_transcendental else (_in_case, _by_slopes)
        return next((found for way in ways if (found := _timely(way, inside, soon.share(0.6))) is not None), None)

    return absolutes.search(sequent, deadline, close)


def _timely(close: cases.Closing, sequent: Sequent, deadline: Deadline) -> Evidence | None:
    with suppress(OutOfTime):
        return close(sequent, deadline)
    return None


def _by_multipliers(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    return multipliers.search(sequent, deadline, _in_case)


def _by_pencils(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    def close(inside: Sequent, soon: Deadline) -> Evidence | None:
        found = quick(soon)(inside) or in_little(inside, soon)
        return found or products.search(inside, soon, (products.Effort(5, 0, 1, pairs=False),))

    return pencils.search(sequent, deadline, close)


def _by_norms(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    return norms.search(sequent, deadline, _by_pencils)


def _by_renaming(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    def close(renamed: Sequent, soon: Deadline) -> Evidence | None:
        found = in_little(renamed, soon.share(0.3)) or _by_comparing(renamed, soon.share(0.4))
        return found or _by_slopes(renamed, soon)

    return renaming.search(sequent, deadline, close)


def in_little(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Close a goal by the cheapest provers."""
    for search in (univariate.search, cover.search):
        with suppress(OutOfTime):
            evidence = search(sequent, deadline.at_most(_LITTLE))
            if evidence is not None:
                return evidence
    prepared, wrap = prepare(sequent, deadline.share(0.5))
    for search in (
        identity.search,
        termwise.search,
        partial(products.search, efforts=products.FEW),
        backward.search,
    ):
        evidence = search(prepared, deadline.share(0.5))
        if evidence is not None:
            return wrap(evidence)
    return None


#: What asks for no prepared facts.
UNPREPARED = (
    *IMMEDIATE,
    Prover("cover", cover.search, 0.2, False),
    Prover("exponents", _by_exponents, 0.3, False, why_not=Shape.needs_exponentials),
    Prover("plain values", plain.search, 0.2, False, why_not=Shape.needs_function_values),
)
#: What is cheap comes first, and what takes longer again later.
PROVERS = (
    *UNPREPARED,
    *CHEAP,
    Prover("slopes of angles", _by_slopes, 0.7, False, why_not=Shape.needs_one_angle),
    *DEARER,
    Prover("pencils", _by_pencils, 0.2, True, why_not=Shape.needs_vectors_with_letters),
    Prover("norms", _by_norms, 0.3, True, why_not=Shape.needs_norms_with_letters),
    Prover("tangents", _by_tangents, 0.2, True, True),
    Prover("contacts", contacts.search, 0.2, True, True, Shape.needs_powers),
    Prover("absolute values", _by_absolute_values, 0.6, False, True, Shape.needs_absolute_values),
    Prover("triangles", triangles.search, 0.3, True, True, Shape.needs_norms),
    Prover("projections", projections.search, 0.3, True, True, Shape.needs_products_of_vectors),
    Prover("binomials", binomials.search, 0.2, True, True, Shape.needs_polynomial),
    Prover("multipliers", _by_multipliers, 0.3, False, True, Shape.needs_polynomial),
    Prover("renaming", _by_renaming, 0.5, False, True, Shape.needs_large_sums),
    Prover("comparing", _by_comparing, 0.3, False, True, Shape.needs_powers),
    Prover("slopes", _by_slopes, 0.5, False, True, Shape.needs_calculus),
    Prover("products, longer", partial(products.search, efforts=products.MANY), 0.2, True, True),
    Prover("squares, longer", partial(squares.search, efforts=squares.EFFORTS[3:]), 0.2, True, True),
    Prover("cases", lambda sequent, deadline: cases.search(sequent, deadline, _in_case), 0.5, True, True),
    Prover("cover, longer", cover.search, 0.9, False, True),
)
#: What is tried in turn: searches for a witness, then provers. The simplest points refute most of what is false, and
#: the cheapest provers prove most of what is true.
STAGES: tuple[tuple[tuple[Refuter, ...], tuple[Prover, ...]], ...] = (
    ((), IMMEDIATE),
    ((Refuter("witnesses", partial(witnesses.search, effort=witnesses.A_GLANCE)),), (*UNPREPARED, *CHEAPEST)),
    (
        (
            Refuter("witnesses, more", partial(witnesses.search, effort=witnesses.FEW)),
            Refuter("Gram matrices", grams.search),
        ),
        tuple(prover for prover in PROVERS if not prover.takes_long),
    ),
    ((Refuter("witnesses, longer", partial(witnesses.search, effort=witnesses.SOME)),), PROVERS),
    ((Refuter("witnesses, longest", partial(witnesses.search, effort=witnesses.MANY)),), ()),
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One prover on one goal: how long it took and how it ended."""

    prover: str
    seconds: float
    outcome: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A proof or a witness that the kernel accepted, or neither; the prover that found it; all attempts."""

    proof: Proof | None
    witness: Witness | None
    prover: str | None
    attempts: tuple[Attempt, ...]


def decide(statement: Statement, seconds: float, *, only_refute: bool = False) -> Outcome:
    """Search for a proof or a witness of the statement for about so many seconds of the clock; or only for a witness.

    >>> from proofcheck.kernel.statements import Relation
    >>> from proofcheck.kernel.terms import Power, Variable, ZERO
    >>> x = Variable("x")
    >>> decide(Statement(("x",), (), (), Relation(Power(x, 2), ">=", ZERO)), 5).prover
    'termwise'
    """
    deadline = Deadline.after(seconds)
    attempts: list[Attempt] = []
    proving = _Proving(statement, attempts)
    for refuters, provers in STAGES:
        for refuter in refuters:
            witness = _witness(statement, deadline.share(0.5), attempts, refuter)
            if witness is not None:
                return Outcome(None, witness, refuter.name, tuple(attempts))
        proved = None if only_refute else proving.by(provers, deadline)
        if proved is not None:
            return Outcome(proved[0], None, proved[1], tuple(attempts))
    return Outcome(None, None, None, tuple(attempts))


def _witness(statement: Statement, deadline: Deadline, attempts: list[Attempt], refuter: Refuter) -> Witness | None:
    start = time.process_time()
    try:
        witness = refuter.search(statement, deadline)
        if witness is not None:
            refute(statement, witness)
        outcome = "nothing found" if witness is None else "refuted"
    except Exception as error:
        witness, outcome = None, _described(error)
    attempts.append(Attempt(refuter.name, time.process_time() - start, outcome))
    return witness


class _Proving:
    """Evidence for each condition of definedness, then for the goal; each proved condition becomes a fact.

    What was found is kept, and nothing is tried twice.
    """

    def __init__(self, statement: Statement, attempts: list[Attempt]) -> None:
        self._statement, self._attempts = statement, attempts
        sequent = Sequent(statement.variables, statement.vectors, facts(statement), statement.goal)
        self._steps: list[_Step] = []
        for condition in conditions(statement.goal):
            self._steps.append(_Step(sequent.proving(condition), attempts))
            sequent = sequent.assuming(condition)
        self._steps.append(_Step(sequent, attempts))

    def by(self, provers: Sequence[Prover], deadline: Deadline) -> tuple[Proof, str] | None:
        """A proof that the kernel accepts, if these provers complete what was found before, and the last prover."""
        *conditions, goal = self._steps
        for step in conditions:
            if not step.by(provers, deadline.share(0.5)):
                return None
        found = goal.by(provers, deadline)
        if found is None:
            return None
        proof = Proof(tuple(step.found[0] for step in conditions if step.found), found[0])
        try:
            check(self._statement, proof)
        except Rejected as error:
            self._attempts.append(Attempt(found[1], 0.0, _described(error)))
            return None
        return proof, found[1]


class _Step:
    """One goal of a proof: the evidence found for it, and what has been tried."""

    def __init__(self, sequent: Sequent, attempts: list[Attempt]) -> None:
        self._sequent, self._attempts = sequent, attempts
        self._tried = set[Prover]()
        self._shape = Shape(sequent)
        self._prepared: Extended | None = None
        known = cited(sequent, sequent.goal)
        self.found = None if known is None else (known, "identity")

    def by(self, provers: Sequence[Prover], deadline: Deadline) -> tuple[Evidence, str] | None:
        """Evidence that the kernel accepts from the first prover that finds some, and that prover's name."""
        for prover in provers:
            if self.found is not None:
                break
            if prover not in self._tried:
                self._try(prover, deadline)
        return self.found

    def _try(self, prover: Prover, deadline: Deadline) -> None:
        self._tried.add(prover)
        if reason := prover.why_not(self._shape):
            self._attempts.append(Attempt(prover.name, 0.0, f"not tried: {reason}"))
            return
        start = time.process_time()
        try:
            deadline.check()
            if prover.prepared:
                prepared, wrap = self._preparation(deadline)
                evidence = prover.search(prepared, deadline.share(prover.share))
                evidence = wrap(evidence) if evidence is not None else None
            else:
                evidence = prover.search(self._sequent, deadline.share(prover.share))
            if evidence is not None:
                evidence = named(self._sequent, pruned(evidence, len(self._sequent.facts)))
                close(self._sequent.facts, self._sequent.goal, evidence)
                self.found = evidence, prover.name
            outcome = "nothing found" if evidence is None else "proved"
        except Exception as error:
            outcome = _described(error)
        self._attempts.append(Attempt(prover.name, time.process_time() - start, outcome))

    def _preparation(self, deadline: Deadline) -> Extended:
        if self._prepared is None:
            self._prepared = _prepared(self._sequent, deadline.share(0.5), self._attempts)
        return self._prepared


def _prepared(sequent: Sequent, deadline: Deadline, attempts: list[Attempt]) -> Extended:
    start = time.process_time()
    try:
        return prepare(sequent, deadline)
    except Exception as error:
        attempts.append(Attempt("prepare", time.process_time() - start, _described(error)))
        return sequent, Extension(sequent).wrap


def _in_case(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Close one case, whose facts may tell more about function values, by the cheap provers."""
    prepared, wrap = prepare(sequent, deadline.share(0.5))
    for prover in (*CHEAP, *DEARER):
        evidence = prover.search(prepared, deadline.share(0.5)) if prover.prepared else None
        if evidence is not None:
            return wrap(evidence)
    return None


def _described(error: Exception) -> str:
    match error:
        case OutOfTime():
            return "out of time"
        case Rejected():
            return f"rejected by the kernel: {error}"
        case _:
            return f"{type(error).__name__}: {error}"
