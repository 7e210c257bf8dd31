"""The search for an exact point at which a claim fails.

Hypothesis draws points of the claim's relations and shrinks what it finds. Where it finds nothing, Nelder and Mead's
search goes on from the points that came closest, and what it leads to is rounded. Floats only choose what the kernel
is asked: a claim is falsified when the kernel accepts the point. Along the solutions of a flow numbers only raise a
suspicion.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import Any, Protocol

import numpy as np
from flint import arb
from hypothesis import strategies as st

from proofcheck.explaining.explain import explain_witness
from proofcheck.kernel.certificates import Witness
from proofcheck.kernel.check import Rejected, refute
from proofcheck.kernel.statements import Statement
from proofcheck.language.claims import Claim
from proofcheck.language.expressions import Relation, VectorEquation
from proofcheck.language.printing import text
from proofcheck.numerics.kernels import FloatArray
from proofcheck.provers.measuring import Measure, Outcome, Residual
from proofcheck.provers.sequent import Deadline, OutOfTime
from proofcheck.provers.witnesses import FEW, Setting, badness_at, simplified
from proofcheck.results import Verdict
from proofcheck.rules.argue import argue
from proofcheck.rules.obligations import Argument, Name

from .drawing import Drawing, Family, as_float
from .flowing import relation_of_argument
from .instances import IN_NUMBERS_ONLY, Instance, NotDrawn, Value, relations_of
from .searching import searched
from .solutions import Motions
from .strategies import drawn_point
from .suspecting import suspicion
from .telling import shown_sides, shown_values

EXAMPLES, SECONDS = 200, 10.0
_CLOSEST = 3
_DENOMINATORS = (1, 2, 3, 4, 6, 8, 12, 24, 60, 100, 1000, 10**4, 10**6)
#: Beyond so many unknowns Nelder and Mead's search does not get anywhere.
_MOST_UNKNOWNS = 16


@dataclass(frozen=True)
class Falsification:
    """What came of the search: an exact witness, or none in so many draws, or the reason why nothing was drawn.

    `relation` is the link or part of the claim that the witness violates, `statement` the special case of it that
    the kernel was asked about. With `suspected` there is no witness, but a solution of a flow that was integrated and
    on which the relation fails, which is `shown`.
    """

    claim: Claim
    draws: int = 0
    seconds: float = 0.0
    reason: str = ""
    relation: str = ""
    shown: str = ""
    statement: Statement | None = None
    witness: Witness | None = None
    suspected: bool = False
    values: Mapping[Any, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """REFUTED by a witness, SAMPLED without one, OPEN where nothing could be drawn or numbers are against it."""
        if self.witness is not None:
            return Verdict.REFUTED
        return Verdict.SAMPLED if self.draws and not self.suspected else Verdict.OPEN

    @property
    def as_expected(self) -> bool:
        """Whether nothing was found, a witness if the claim is expected to be refuted, a suspicion if not to hold."""
        if self.suspected:
            return self.claim.expect in (Verdict.REFUTED, Verdict.OPEN)
        return self.witness is None or self.claim.expect is Verdict.REFUTED


@dataclass(frozen=True)
class _Case:
    """A special case of a claim in variables only, and how a point of it is shown."""

    relation: str
    statement: Statement
    drawing: Drawing
    measure: Measure
    shown: Callable[[Witness], str]
    instance: Instance | None = None


class _Cases(Protocol):
    """The special cases of one relation, the smallest first, made when they are asked for."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: int, /) -> _Case: ...


def falsify(claim: Claim, *, examples: int = EXAMPLES, seed: int = 0, seconds: float = SECONDS) -> Falsification:
    """Search for an exact point at which a claim fails, with so many draws for each of its relations.

    >>> from proofcheck import claim, scalar
    >>> x = scalar("x", positive=True)
    >>> @claim("Example 1")
    ... def too_much():
    ...     "A square is at least the number."
    ...     return x**2 >= x
    >>> print(falsify(too_much).shown)
    at x = 1/2: left 1/4, right 1/2
    """
    began = time.monotonic()
    deadline = Deadline.after(seconds)
    draws = 0
    reasons: dict[str, None] = {}
    # What the kernel can refute comes first: numbers are against a claim only as long as there is no witness.
    for cases in sorted(_cases(claim, reasons), key=lambda cases: isinstance(cases, Motions)):
        if isinstance(cases, Motions):
            count, suspected = suspicion(cases, examples, seed, deadline)
            draws += count
            if suspected is not None:
                return Falsification(
                    claim,
                    draws,
                    time.monotonic() - began,
                    relation=suspected.relation,
                    shown=suspected.shown,
                    suspected=True,
                    values=suspected.trial.values,
                )
            if count == 0:
                reasons.setdefault("no solution that was tried obeys its constraints and hypotheses")
            continue
        search = _Search(cases, deadline)
        found = search.by_drawing(examples, seed) or search.by_descent()
        draws += search.draws
        if search.draws == 0:
            late = deadline.remaining() <= 0
            reasons.setdefault("the time was up" if late else "no number that was tried satisfies the hypotheses")
        if found is not None:
            case, witness = found
            return Falsification(
                claim,
                draws,
                time.monotonic() - began,
                relation=case.relation,
                shown=case.shown(witness),
                statement=case.statement,
                witness=witness,
                values={} if case.instance is None else case.instance.values(_point(case.statement, witness)),
            )
    return Falsification(claim, draws, time.monotonic() - began, "; ".join(reasons))


def _cases(claim: Claim, reasons: dict[str, None]) -> list[_Cases | Motions]:
    """The special cases of each relation of a claim; why there are none."""
    stated = claim.stated
    found: list[_Cases | Motions] = []
    for part in stated if isinstance(stated, tuple) else (stated,):
        if isinstance(part, Argument | VectorEquation):
            found += _cases_of_argument(argue(part), reasons)
        for relation in relations_of(part):
            found += _cases_of_relation(relation, reasons)
    return found


def _cases_of_relation(relation: Relation, reasons: dict[str, None]) -> Iterator[_Cases | Motions]:
    """Special cases for the kernel; where there are none, as along flows and for integrals, solutions in numbers."""
    try:
        family = Family(relation)
    except NotDrawn as error:
        if not str(error).startswith(IN_NUMBERS_ONLY):
            reasons.setdefault(str(error))
            return
        family = None
    if family is not None and family.decisive:
        yield _OfRelation(relation, family)
        return
    try:
        yield Motions(relation)
    except NotDrawn as error:
        reasons.setdefault(str(error))


def _cases_of_argument(argument: Argument, reasons: dict[str, None]) -> Iterator[_Cases | Motions]:
    try:
        concluded = relation_of_argument(argument)
    except NotDrawn as error:
        reasons.setdefault(str(error))
        return
    special = [each for each in argument.obligations if each.instance is not None]
    if concluded is not None:
        yield from _cases_of_relation(concluded, reasons)
        return
    if argument.refutes:
        reasons.setdefault("it is refuted by an explicit counterexample")
    elif argument.citation is not None:
        reasons.setdefault("it is cited")
    elif not special:
        reasons.setdefault("it is stated by a rule, without a special case in numbers")
    else:
        yield from ([_case_of(each.formula, each.instance, each.names)] for each in special if each.instance)


def _case_of(formula: str, statement: Statement, names: Mapping[str, Name]) -> _Case:
    return _Case(formula, statement, Drawing(statement), Measure(statement.goal), partial(_explained, statement, names))


def _explained(statement: Statement, names: Mapping[str, Name], witness: Witness) -> str:
    return explain_witness(statement, witness, names).text


class _OfRelation:
    """The instances of a relation as special cases."""

    def __init__(self, relation: Relation, family: Family) -> None:
        self._relation = text(Relation(relation.left, relation.sign, relation.right))
        self._family = family
        self._made: dict[int, _Case] = {}

    def __len__(self) -> int:
        return len(self._family)

    def __getitem__(self, place: int, /) -> _Case:
        if place not in self._made:
            instance, drawing = self._family[place]
            measure, shown = Measure(instance.statement.goal), partial(_shown_at, instance)
            self._made[place] = _Case(self._relation, instance.statement, drawing, measure, shown, instance)
        return self._made[place]


def _shown_at(instance: Instance, witness: Witness) -> str:
    values = instance.values(_point(instance.statement, witness))
    place = f"at {shown_values(values)}: " if values else ""
    return place + shown_sides(instance.relation, values)


class _Search:
    """The search among the special cases of one relation."""

    def __init__(self, cases: _Cases, deadline: Deadline) -> None:
        self.draws = 0
        self._cases, self._deadline = cases, deadline
        self._closest: list[tuple[float, int, dict[str, float]]] = []

    def by_drawing(self, examples: int, seed: int) -> tuple[_Case, Witness] | None:
        """What Hypothesis finds, shrunk."""
        numbered = range(len(self._cases))

        @st.composite
        def points(draw: st.DrawFn) -> tuple[int, Witness | None]:
            place = draw(st.sampled_from(numbered))
            point = drawn_point(draw, self._cases[place].drawing)
            return place, None if point is None else self._refuting(place, point)

        found = searched(points(), lambda drawn: drawn[1] is not None, examples, seed, self._deadline)
        return None if found is None or found[1] is None else self._simplest(found[0], found[1])

    def by_descent(self) -> tuple[_Case, Witness] | None:
        """What Nelder and Mead's search leads to from the closest points, rounded."""
        for margin, place, start in sorted(self._closest, key=lambda entry: entry[:2]):
            case = self._cases[place]
            if self._is_late():
                return None
            if not case.drawing.plan.free or len(start) > _MOST_UNKNOWNS or math.isinf(margin):
                continue
            try:
                setting = Setting(case.statement, 1, self._deadline, FEW)
                witness = self._rounded(setting, _descended(setting, start))
            except OutOfTime:
                return None
            if witness is not None:
                return case, witness
        return None

    def _is_late(self) -> bool:
        return self._deadline.remaining() <= 0

    def _refuting(self, place: int, point: Mapping[str, Value]) -> Witness | None:
        """The point as a witness if the kernel accepts it."""
        case = self._cases[place]
        self.draws += 1
        floats = {name: as_float(value) for name, value in point.items()}
        if case.measure.outcome(floats) is Outcome.HOLDS:
            self._remember(case.measure.relative_margin(floats), place, floats)
            return None
        exact = [value for name in case.statement.variables if not isinstance(value := point[name], arb)]
        if len(exact) < len(case.statement.variables):
            return None
        witness = Witness(tuple(exact), ())
        return witness if _is_refuted(case.statement, witness) else None

    def _remember(self, margin: float, place: int, floats: dict[str, float]) -> None:
        self._closest.append((margin, place, floats))
        self._closest.sort(key=lambda entry: entry[:2])
        del self._closest[_CLOSEST:]

    def _simplest(self, place: int, witness: Witness) -> tuple[_Case, Witness]:
        """Each value in turn as simple as it can be; the witness itself when the time is up."""
        case = self._cases[place]
        if self._is_late():
            return case, witness
        try:
            setting = Setting(case.statement, 1, self._deadline, FEW)
            values = dict(zip(case.statement.variables, witness.values, strict=True))
            free = {name: value for name in setting.plan.free if isinstance(value := values[name], Fraction)}
            if len(free) == len(setting.plan.free):
                return case, simplified(setting, setting.plan, free, witness)
        except OutOfTime:
            return case, witness
        return case, witness

    def _rounded(self, setting: Setting, found: Mapping[str, float]) -> Witness | None:
        tried = set()
        for denominator in _DENOMINATORS:
            free = {name: Fraction(value).limit_denominator(denominator) for name, value in found.items()}
            key = tuple(free.values())
            if key not in tried:
                tried.add(key)
                witness = setting.refutation(setting.plan, free)
                if witness is not None:
                    return simplified(setting, setting.plan, free, witness)
        return None


def _descended(setting: Setting, start: Mapping[str, float]) -> dict[str, float]:
    """The free values at the end of a descent of the margin from a point; the equations give the others."""
    from scipy.optimize import minimize

    free = list(setting.plan.free)
    residuals = [(Residual(term, name), name) for term, name in setting.plan.solved]
    signs = [1 if start[name] >= 0 else -1 for _, name in residuals]

    def badness(values: FloatArray) -> float:
        setting.check_time()
        violation, margin = badness_at(setting, dict(zip(free, map(float, values), strict=True)), residuals, signs)
        return 1 + min(violation, 1e6) if violation > 0 else max(min(margin, 1.0), -1.0)

    options = {"maxfev": 150 * (1 + len(free)), "xatol": 1e-10, "fatol": 1e-14}
    found = minimize(badness, np.array([start[name] for name in free]), method="Nelder-Mead", options=options)
    return dict(zip(free, map(float, found.x), strict=True))


def _is_refuted(statement: Statement, witness: Witness) -> bool:
    try:
        refute(statement, witness)
    except Rejected:
        return False
    return True


def _point(statement: Statement, witness: Witness) -> dict[str, Value]:
    return dict(zip(statement.variables, witness.values, strict=True))
