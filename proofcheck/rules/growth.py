"""Growth along a flow: from a differential inequality to a bound, with the conditions under which that step holds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from proofcheck.language.expressions import (
    Applied,
    Expression,
    Named,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Scaled,
    Symbol,
    Total,
    Vector,
    depends,
    number,
    same,
    walk,
)
from proofcheck.language.flows import Flow
from proofcheck.language.printing import latex, text
from proofcheck.language.transform import at
from proofcheck.language.vocabulary import exp, log, norm, scalar

from .argue import owed
from .obligations import Argument, Obligation, condition
from .reduction import definedness, obligation_of

_SOLUTION = "on a solution that exists up to t: "
GRONWALL = _SOLUTION + (
    "Gronwall, V absolutely continuous, V' <= -r V almost everywhere, r constant, imply V(t) <= exp(-r t) V(0)"
)
EQUALITY = _SOLUTION + "V absolutely continuous, V' = -r V almost everywhere, r constant, imply V(t) = exp(-r t) V(0)"
CONSERVED = _SOLUTION + "an absolutely continuous function whose derivative vanishes almost everywhere is constant"
INTEGRATED = _SOLUTION + "the fundamental theorem of calculus for absolutely continuous functions"
DISPLACEMENT = _SOLUTION + "an absolutely continuous vector moves by at most the integral of its velocity's norm"
JUMPS = "Gronwall between finitely many jumps, and induction over the jumps"


def gronwall(along: Flow, energy: Scalar, rate: Scalar | int, *, exactly: bool = False) -> Argument:
    """`V(t) <= exp(-rate t) V(0)` along a flow, from `V' <= -rate V`.

    Owes the differential inequality (an equation if `exactly`), and as a condition that the energy is absolutely
    continuous along every solution. The flow needs its time: `flow(..., time=t)`.
    Raises `ValueError` when the rate is not constant in time.

    >>> from proofcheck import *
    >>> t, x = scalar("t", nonnegative=True), path("x")
    >>> print(gronwall(flow(x.dot == -x, time=t), let("E", norm2(x)), 2).formula)
    E <= exp(-2 t) E(0)
    """
    time, constant = _time(along), _constant(along, number(rate))
    sign = "=" if exactly else "<="
    slope = Relation(along.d(energy), sign, -constant * energy)
    obligations, premises, rules = owed(slope, "the derivative of the energy")
    bound = Relation(energy, sign, exp(-constant * time) * at(energy, 0, time))
    continuous = condition(f"{text(energy)} is absolutely continuous", missing=along.jumping_parts(energy))
    return Argument(
        text(bound),
        latex(bound),
        (*_indecisive(obligations), continuous),
        premises,
        (*rules, EQUALITY if exactly else GRONWALL),
        conclusion=replace(bound, along=(along,)),
    )


def conserved(along: Flow, quantity: Scalar) -> Argument:
    """`Q(t) = Q(0)` along a flow, from `Q' = 0` and the absolute continuity of Q.

    >>> from proofcheck import *
    >>> t, x = scalar("t", nonnegative=True), scalar_path("x")
    >>> print(conserved(flow(x.dot == -x, time=t), let("Q", exp(t) * x)).formula)
    Q = Q(0)
    """
    time = _time(along)
    obligations, premises, rules = owed(Relation(along.d(quantity), "=", number(0)), "the derivative of the quantity")
    obligations = (*obligations, *definedness(quantity, (), "the quantity is defined"))
    kept = Relation(quantity, "=", at(quantity, 0, time))
    continuous = condition(f"{text(quantity)} is absolutely continuous", missing=along.jumping_parts(quantity))
    return Argument(
        text(kept),
        latex(kept),
        (*_indecisive(obligations), continuous),
        premises,
        (*rules, CONSERVED),
        conclusion=replace(kept, along=(along,)),
    )


def integrated(along: Flow, quantity: Scalar, during: Symbol) -> Argument:
    """`Q(t) = Q(0) + integral of Q'(s) ds from 0 to t` for a quantity that is absolutely continuous along a flow.

    `during` is the variable s of the integral; it does not occur in the quantity. Raises `ValueError`.

    >>> from proofcheck import *
    >>> t, s, x = scalar("t", nonnegative=True), scalar("s", nonnegative=True), scalar_path("x")
    >>> print(integrated(flow(x.dot == -x, time=t), x, s).formula)
    x = x(0) + int_0^t (x)'(s) ds
    """
    time = _time(along)
    _unbound(during, time, quantity, along.d(quantity))
    gathered = Total("integral", at(along.d(quantity), during, time), during, number(0), time)
    whole = quantity == at(quantity, 0, time) + gathered
    continuous = condition(f"{text(quantity)} is absolutely continuous", missing=along.jumping_parts(quantity))
    return Argument(
        text(whole),
        latex(whole),
        (
            *definedness(quantity, (), "the quantity is defined"),
            *definedness(along.d(quantity), (), "its derivative is defined"),
            continuous,
        ),
        rules=(INTEGRATED,),
        conclusion=replace(whole, along=(along,)),
    )


def displacement(along: Flow, moved: Vector, during: Symbol) -> Argument:
    """`|y(t) - y(0)| <= integral of |y'(s)| ds from 0 to t` for a vector y that is absolutely continuous along a flow.

    `during` is the variable s of the integral; it does not occur in the vector. Raises `ValueError`.

    >>> from proofcheck import *
    >>> t, s, x = scalar("t", nonnegative=True), scalar("s", nonnegative=True), path("x")
    >>> print(displacement(flow(x.dot == -x, time=t), x, s).formula)
    |x - x(0)| <= int_0^t |-x(s)| ds
    """
    time = _time(along)
    _unbound(during, time, moved, along.velocity(moved))
    speed = norm(at(along.velocity(moved), during, time))
    bound = norm(moved - at(moved, 0, time)) <= Total("integral", speed, during, number(0), time)
    continuous = condition(f"{text(moved)} is absolutely continuous", missing=along.jumping_parts(moved))
    return Argument(
        text(bound),
        latex(bound),
        (
            *_vector_defined(moved, "the vector is defined"),
            *_vector_defined(along.velocity(moved), "its velocity is defined"),
            continuous,
        ),
        rules=(DISPLACEMENT,),
        conclusion=replace(bound, along=(along,)),
    )


def gronwall_with_jumps(along: Flow, energy: Scalar, rate: Scalar | int, total: Symbol) -> Argument:
    """`V(t) <= exp(J - rate t) V(0)` along a flow whose operators jump at finitely many moments.

    `total` is J, the sum of `log(1 + j_k)` over the jumps up to t; that `V(t_k+) <= (1 + j_k) V(t_k-)` with
    `j_k > -1` is a hypothesis of the claim. Owes the differential inequality between jumps, the step of the
    induction, and that nothing but the operators jumps.

    >>> from proofcheck import *
    >>> t, x = scalar("t", nonnegative=True), path("x")
    >>> H = operator("H", at_least=0, changes=Changes.BY_JUMPS)
    >>> argument = gronwall_with_jumps(flow(x.dot == -x, time=t), inner(H(x), x), 2, scalar("J"))
    >>> argument.obligations[-1].settled
    True
    """
    time, constant = _time(along), _constant(along, number(rate))
    slope = Relation(along.d(energy), "<=", -constant * energy)
    obligations, premises, rules = owed(slope, "the derivative between jumps")
    bound = Relation(energy, "<=", exp(total - constant * time) * at(energy, 0, time))
    step, more = obligation_of(*_induction_step(constant), "the step over one jump")
    others = along.jumping_parts(energy, between_jumps=True)
    return Argument(
        f"{text(bound)}  given  V(t_k+) <= (1 + j_k) V(t_k-), {text(total)} = sum log(1 + j_k)",
        rf"{latex(bound)} \quad\text{{given}}\quad V(t_k^+) \le (1 + j_k) V(t_k^-),\;"
        rf" {latex(total)} = \sum_k \log(1 + j_k)",
        (
            *_indecisive(obligations),
            replace(step, instance=None),
            condition(f"{text(energy)} is absolutely continuous between the jumps", missing=others),
        ),
        premises,
        (*rules, *more, JUMPS),
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


def _vector_defined(moved: Vector, label: str) -> tuple[Obligation, ...]:
    factors = [part.factor for part in walk(moved) if isinstance(part, Scaled)]
    return tuple(each for factor in factors for each in definedness(factor, (), label))


def _unbound(during: Symbol, *others: Expression) -> None:
    """The integral's variable occurs nowhere else, so that nothing is captured, and has the domain of the time."""
    if any(depends(other, during) for other in others):
        raise ValueError(f"the integral's variable {during.name} occurs in what is integrated; choose another name")


def _time(along: Flow) -> Symbol:
    if along.time is None:
        raise ValueError(
            "the flow does not know its time; write flow(..., time=t) with t = scalar('t', nonnegative=True)"
        )
    if (">=", Fraction(0)) not in along.time.bounds:
        raise ValueError("the time of a flow begins at 0; write t = scalar('t', nonnegative=True)")
    return along.time


def _constant(along: Flow, rate: Scalar) -> Scalar:
    for part in walk(rate):
        moves = isinstance(part, Path | ScalarPath | Applied) or (
            isinstance(part, Symbol) and along.time is not None and same(part, along.time)
        )
        if moves and not isinstance(part, Named):
            raise ValueError(f"the rate {text(rate)} is not constant in time")
    return rate


def _indecisive(obligations: tuple[Obligation, ...]) -> tuple[Obligation, ...]:
    # A differential inequality that fails somewhere does not refute the bound.
    return tuple(replace(obligation, instance=None) for obligation in obligations)
