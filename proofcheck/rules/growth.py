"""Growth along a flow: from a differential inequality to a bound, with the conditions under which that step holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Generic, TypeVar

from proofcheck.language.claims import Claim
from proofcheck.language.expressions import (
    Applied,
    Call,
    Expression,
    Named,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Symbol,
    Total,
    Use,
    Vector,
    as_letter,
    depends,
    number,
    same,
    walk,
)
from proofcheck.language.flows import Flow
from proofcheck.language.printing import latex, text
from proofcheck.language.transform import at, rebuild, relation_at
from proofcheck.language.vocabulary import exp, log, norm, norm2, scalar

from .argue import of_one_flow, operators_exist, owed, restrictions
from .lasting import moments_begin
from .obligations import Argument, Obligation, condition
from .reduction import obligation_of
from .totals import defined

_SOLUTION = "on a solution that exists up to t: "
GRONWALL = _SOLUTION + (
    "Gronwall, V absolutely continuous, V' <= -r V almost everywhere, r constant, imply V(t) <= exp(-r t) V(0)"
)
EQUALITY = _SOLUTION + "V absolutely continuous, V' = -r V almost everywhere, r constant, imply V(t) = exp(-r t) V(0)"
CONSERVED = _SOLUTION + "an absolutely continuous function whose derivative vanishes almost everywhere is constant"
INTEGRATED = _SOLUTION + "the fundamental theorem of calculus for absolutely continuous functions"
DISPLACEMENT = _SOLUTION + "an absolutely continuous vector moves by at most the integral of its velocity's norm"
MEAN_VALUE = _SOLUTION + "mean value inequality: |y'| <= B' almost everywhere implies |y(t) - y(0)| <= B(t) - B(0)"
JUMPS = "Gronwall between finitely many jumps, and induction over the jumps"
VANISHING = "t^b tends to 0 as t does, for b > 0: a function absolutely continuous for t > 0 and continuous at 0"
LATER = "begun at a later moment"
Quantity = TypeVar("Quantity", bound=Scalar | Vector)
_Owed = tuple[tuple[Obligation, ...], tuple[Claim, ...], tuple[str, ...]]


def gronwall(
    along: Flow,
    energy: Scalar,
    rate: Scalar | int,
    *,
    exactly: bool = False,
    since: Scalar | int | None = None,
    by: Sequence[Use] = (),
) -> Argument:
    """`V(t) <= exp(-rate t) V(0)` along a flow, from `V' <= -rate V`.

    Owes the differential inequality (an equation if `exactly`) at almost every moment, so for t > 0, and as a condition
    that the energy is absolutely continuous along every solution. With `since` it begins at that moment. Powers
    `power(t, b)` of the time vanish at 0; b > 0 is owed then. The claims in `by` are premises of the inequality; what
    they demand has to follow from the flow's constraints. The flow needs its time: `flow(..., time=t)`.
    Theorem: Gronwall's inequality in its differential form (Gronwall, Annals of Mathematics 20, 1919; Evans, Partial
    Differential Equations, appendix B.2). No sign of V is asked for: `exp(rate t) V` is absolutely continuous and its
    derivative is not positive. Raises `ValueError` when the rate or the beginning is not constant in time.

    >>> from proofcheck import *
    >>> t, x = scalar("t", nonnegative=True), path("x")
    >>> print(gronwall(flow(x.dot == -x, time=t), let("E", norm2(x)), 2).formula)
    E <= exp(-2 t) E(0)
    """
    start = _start(along, since)
    constant = _constant(number(rate), start.time)
    sign = "=" if exactly else "<="
    slope = start.later(Relation(along.d(energy), sign, -constant * energy)).by(*by)
    begun = start.of(energy)
    kept = same(constant, number(0))
    bound = start.after(Relation(energy, sign, begun.then if kept else exp(-constant * start.elapsed) * begun.then))
    shown = replace(bound, governed=slope.flows())
    owing = _owed(slope, "the derivative of the energy")
    return _concluded(along, shown, owing, EQUALITY if exactly else GRONWALL, begun)


def conserved(along: Flow, quantity: Scalar, *, since: Scalar | int | None = None, by: Sequence[Use] = ()) -> Argument:
    """`Q(t) = Q(0)` along a flow, from `Q' = 0` and the absolute continuity of Q; `since`, `by` as for `gronwall`.

    Theorem: Lebesgue's fundamental theorem of calculus (Rudin, Real and Complex Analysis, chapter 7).

    >>> from proofcheck import *
    >>> t, x = scalar("t", nonnegative=True), scalar_path("x")
    >>> print(conserved(flow(x.dot == -x, time=t), let("Q", exp(t) * x)).formula)
    Q = Q(0)
    """
    start = _start(along, since)
    slope = start.later(Relation(along.d(quantity), "=", number(0))).by(*by)
    begun = start.of(quantity)
    kept = replace(start.after(Relation(quantity, "=", begun.then)), governed=slope.flows())
    return _concluded(along, kept, _owed(slope, "the derivative of the quantity"), CONSERVED, begun)


def mean_value(
    along: Flow, moved: Vector, bound: Scalar, *, since: Scalar | int | None = None, by: Sequence[Use] = ()
) -> Argument:
    """`|y(t) - y(0)| <= B(t) - B(0)` along a flow, from `|y'| <= B'` almost always; `since`, `by` as for `gronwall`.

    Owes the inequality for the velocity, and as conditions that the vector and the bound are absolutely continuous.
    Theorem: the mean value inequality (Dieudonne, Foundations of Modern Analysis, 8.5), almost everywhere.

    >>> from proofcheck import *
    >>> t, x, g = scalar("t", nonnegative=True), path("x"), path("g")
    >>> short = flow(x.dot == g, time=t, subject_to=[norm(g) <= 2 * t])
    >>> print(mean_value(short, x, t**2).formula)
    |x - x(0)| <= t^2
    """
    start = _start(along, since)
    slope = start.later(Relation(norm(along.velocity(moved)), "<=", along.d(bound))).by(*by)
    behind, low = start.of(moved), start.of(bound)
    reached = replace(start.after(norm(moved - behind.then) <= bound - low.then), governed=slope.flows())
    return _concluded(along, reached, _owed(slope, "the velocity"), MEAN_VALUE, behind, low)


def integrated(along: Flow, quantity: Scalar, during: Symbol, *, slope: Scalar | None = None) -> Argument:
    """`Q(t) = Q(0) + integral of Q'(s) ds from 0 to t` for a quantity that is absolutely continuous along a flow.

    Theorem: Lebesgue's fundamental theorem of calculus (Rudin, Real and Complex Analysis, chapter 7).
    `during` is the variable s of the integral; it does not occur in the quantity. With a `slope`, what Q' equals at
    almost every moment, which is owed, that is what the integral is over. Powers `power(t, b)` of the time vanish at 0
    as for `gronwall`. Raises `ValueError`.

    >>> from proofcheck import *
    >>> t, s, x = scalar("t", nonnegative=True), scalar("s", nonnegative=True), scalar_path("x")
    >>> print(integrated(flow(x.dot == -x, time=t), x, s).formula)
    x = x(0) + int_0^t (x)'(s) ds
    """
    start = _start(along, None)
    moving = along.d(quantity) if slope is None else slope
    _unbound(during, start.time, quantity, moving)
    begun = start.of(quantity)
    gathered = Total("integral", at(moving, during, start.time), during, number(0), start.time)
    whole = start.after(quantity == begun.then + gathered).along(along)
    if slope is None:
        owing = _defined_along(along, moving, "its derivative is defined")
    else:
        owing = _owed(start.later(Relation(along.d(quantity), "=", moving)), "the slope")
    return _concluded(along, whole, owing, INTEGRATED, begun)


def displacement(along: Flow, moved: Vector, during: Symbol, *, velocity: Vector | None = None) -> Argument:
    """`|y(t) - y(0)| <= integral of |y'(s)| ds from 0 to t` for a vector y that is absolutely continuous along a flow.

    Theorem: Lebesgue's fundamental theorem of calculus, and that the norm of an integral is at most that of the norm.
    `during` is the variable s of the integral; it does not occur in the vector; a `velocity` as the slope of
    `integrated`. Raises `ValueError`.

    >>> from proofcheck import *
    >>> t, s, x = scalar("t", nonnegative=True), scalar("s", nonnegative=True), path("x")
    >>> print(displacement(flow(x.dot == -x, time=t), x, s).formula)
    |x - x(0)| <= int_0^t |-x(s)| ds
    """
    start = _start(along, None)
    moving = along.velocity(moved) if velocity is None else velocity
    _unbound(during, start.time, moved, moving)
    behind = start.of(moved)
    speed = norm(at(moving, during, start.time))
    gathered = Total("integral", speed, during, number(0), start.time)
    bound = start.after(norm(moved - behind.then) <= gathered).along(along)
    if velocity is None:
        owing = _defined_along(along, moving, "its velocity is defined")
    else:
        owing = _owed(start.later(norm2(along.velocity(moved) - moving) == 0), "the velocity")
    return _concluded(along, bound, owing, DISPLACEMENT, behind)


def gronwall_with_jumps(
    along: Flow,
    energy: Scalar,
    rate: Scalar | int,
    total: Symbol,
    *,
    since: Scalar | int | None = None,
    by: Sequence[Use] = (),
) -> Argument:
    """`V(t) <= exp(J - rate t) V(0)` along a flow whose operators jump at finitely many moments.

    `total` is J, the sum of `log(1 + j_k)` over the jumps up to t; that `V(t_k+) <= (1 + j_k) V(t_k-)` with
    `j_k > -1` is a hypothesis of the claim. Owes the differential inequality between jumps, the step of the
    induction, and that nothing but the operators jumps; `since`, `by` as for `gronwall`.
    Theorem: Gronwall's inequality between jumps, and induction (Bainov and Simeonov, Integral Inequalities and
    Applications, on impulsive inequalities).

    >>> from proofcheck import *
    >>> t, x = scalar("t", nonnegative=True), path("x")
    >>> H = operator("H", at_least=0, changes=Changes.BY_JUMPS)
    >>> argument = gronwall_with_jumps(flow(x.dot == -x, time=t), inner(H(x), x), 2, scalar("J"))
    >>> argument.obligations[-1].settled
    True
    """
    start = _start(along, since)
    constant = _constant(number(rate), start.time)
    slope = start.later(Relation(along.d(energy), "<=", -constant * energy)).by(*by)
    obligations, premises, rules = _owed(slope, "the derivative between jumps")
    begun = start.of(energy)
    factor = exp(total) if same(constant, number(0)) else exp(total - constant * start.elapsed)
    bound = start.after(Relation(energy, "<=", factor * begun.then))
    step, more = obligation_of(*_induction_step(constant), "the step over one jump")
    others = along.jumping_parts(energy, between_jumps=True)
    return Argument(
        f"{text(bound)}  given  V(t_k+) <= (1 + j_k) V(t_k-), {text(total)} = sum log(1 + j_k)",
        rf"{latex(bound)} \quad\text{{given}}\quad V(t_k^+) \le (1 + j_k) V(t_k^-),\;"
        rf" {latex(total)} = \sum_k \log(1 + j_k)",
        (
            *_indecisive((*obligations, *begun.owing, step)),
            condition(f"{text(energy)} is absolutely continuous between the jumps", missing=others),
        ),
        premises,
        (*rules, *more, JUMPS, *begun.theorems),
        about=(replace(bound, governed=slope.flows()),),
    )


def _induction_step(rate: Scalar) -> tuple[Relation, tuple[Relation, ...]]:
    """From the bound after one jump to the bound after the next: values after, before and after the next."""
    after, before, behind, start = (scalar(name) for name in ("V_after", "V_before", "V_behind", "V_start"))
    total, moment, length, jump = scalar("J"), scalar("t"), scalar("tau", nonnegative=True), scalar("j")
    hypotheses = (
        jump > -1,
        after <= exp(total - rate * moment) * start,
        before <= exp(-rate * length) * after,
        behind <= (1 + jump) * before,
    )
    return behind <= exp(total + log(1 + jump) - rate * (moment + length)) * start, hypotheses


@dataclass(frozen=True)
class _Begun(Generic[Quantity]):
    """A quantity along a flow, what it is at the beginning, what is owed for both, and the theorems used."""

    now: Quantity
    then: Quantity
    owing: tuple[Obligation, ...]
    theorems: tuple[str, ...]


@dataclass(frozen=True)
class _Start:
    """Where a growth rule begins along a flow: at 0 when there is no `since`."""

    along: Flow
    time: Symbol
    since: Scalar | None

    @property
    def elapsed(self) -> Scalar:
        """The time since the beginning."""
        return self.time if self.since is None else self.time - self.since

    def later(self, relation: Relation) -> Relation:
        """The relation at almost every moment from the beginning on, along the flow."""
        if self.since is not None or any(depends(side, self.time) for side in (relation.left, relation.right)):
            relation = relation.given(self._begun())
        return relation.along(self.along)

    def after(self, relation: Relation) -> Relation:
        """The relation, for moments after the beginning; where a power of the time stands in it, for t > 0 only."""
        powers = any(
            self._vanishing_exponent(part) is not None
            for side in (relation.left, relation.right)
            for part in walk(side)
        )
        return relation.given(self._begun()) if powers or self.since is not None else relation

    def of(self, quantity: Quantity) -> _Begun[Quantity]:
        """The quantity at the beginning, and what it takes that it is defined from there on."""
        then, exponents = self._at_beginning(quantity)
        moment = number(0) if self.since is None else self.since
        held = tuple(relation_at(each, moment, self.time) for each in self.along.constraints)
        later = (*self.along.constraints, *([self._begun()] if depends(quantity, self.time) else []))
        owing = (
            *self._regular(exponents),
            *defined(quantity, later, "it is defined"),
            *defined(then, held, "it is defined at the beginning"),
        )
        return _Begun(quantity, then, owing, (VANISHING,) * bool(exponents))

    def _begun(self) -> Relation:
        return self.time > 0 if self.since is None else self.time >= self.since

    def _at_beginning(self, quantity: Quantity) -> tuple[Quantity, list[Scalar]]:
        """The quantity at the beginning; at 0 the powers of the time vanish, whose exponents are told."""
        if self.since is not None:
            return at(quantity, self.since, self.time), []
        exponents: list[Scalar] = []

        def change(part: Expression) -> Expression | None:
            exponent = self._vanishing_exponent(part)
            if exponent is None:
                return None
            exponents.append(exponent)
            return number(0)

        vanished = rebuild(quantity, change, lambda operator: operator)
        if not exponents:
            return at(quantity, 0, self.time), []
        begun = at(vanished, 0, self.time)
        if isinstance(quantity, Named) and isinstance(begun, Scalar):
            named = Named(f"{quantity.name}(0)", f"{quantity.latex}(0)", begun)
            return named, exponents  # type: ignore[return-value]
        return begun, exponents

    def _vanishing_exponent(self, part: object) -> Scalar | None:
        match part:
            case Call("power", (base, exponent)) if same(base, self.time) and not depends(exponent, self.time):
                return exponent
            case _:
                return None

    def _regular(self, exponents: list[Scalar]) -> tuple[Obligation, ...]:
        held = self.along.constraints
        if self.since is not None:
            return (obligation_of(self.since >= 0, held, "the beginning is a moment of the flow")[0],)
        return tuple(obligation_of(each > 0, held, "the power vanishes at the beginning")[0] for each in exponents)


def _concluded(along: Flow, shown: Relation, owing: _Owed, theorem: str, *begun: _Begun[Any]) -> Argument:
    """What a rule concludes of quantities along a flow: each is absolutely continuous and defined from the beginning.

    A differential inequality that fails somewhere does not refute what is concluded from it.
    """
    obligations, premises, theorems = owing
    defined_throughout = (*obligations, *(each for quantity in begun for each in quantity.owing))
    continuous = (
        condition(f"{text(each.now)} is absolutely continuous", missing=along.jumping_parts(each.now)) for each in begun
    )
    vanishing = (each for quantity in begun for each in quantity.theorems)
    return Argument(
        text(shown),
        latex(shown),
        (
            *_indecisive(defined_throughout),
            *operators_exist(shown, "the conclusion"),
            *moments_begin(shown, (time_of(along),), "the conclusion"),
            *continuous,
        ),
        premises,
        tuple(dict.fromkeys((*theorems, theorem, *vanishing))),
        conclusion=shown,
    )


def _defined_along(along: Flow, slope: Scalar | Vector, label: str) -> _Owed:
    return defined(slope, along.constraints, label), (), restrictions((along,))


def _owed(slope: Relation, label: str) -> _Owed:
    of_one_flow(slope)
    return owed(slope, label)


def _start(along: Flow, since: Scalar | int | None) -> _Start:
    time = time_of(along)
    return _Start(along, time, None if since is None else _constant(number(since), time))


def _unbound(during: Symbol, *others: Expression) -> None:
    """The integral's variable occurs nowhere else, so that nothing is captured, and has the domain of the time."""
    as_letter(during, "variable of an integral")
    if any(depends(other, during) for other in others):
        raise ValueError(f"the integral's variable {during.name} occurs in what is integrated; choose another name")


def time_of(along: Flow) -> Symbol:
    """The time of a flow. Raises `ValueError` where it has none, or one that does not begin at 0."""
    if along.time is None:
        raise ValueError(
            "the flow does not know its time; write flow(..., time=t) with t = scalar('t', nonnegative=True)"
        )
    later = any(sign in (">", ">=") and bound > 0 for sign, bound in along.time.bounds)
    if (">=", Fraction(0)) not in along.time.bounds or later:
        raise ValueError("the time of a flow begins at 0; write t = scalar('t', nonnegative=True)")
    return along.time


def _constant(rate: Scalar, time: Symbol) -> Scalar:
    if depends(rate, time) or any(isinstance(part, Path | ScalarPath | Applied) for part in walk(rate)):
        raise ValueError(f"{text(rate)} is not constant in time: the rate, or the beginning")
    return rate


def _indecisive(obligations: tuple[Obligation, ...]) -> tuple[Obligation, ...]:
    return tuple(replace(obligation, instance=None) for obligation in obligations)
