"""From one mode to every dimension: a linear flow with a constant self-adjoint operator decouples in its eigenbasis."""

from __future__ import annotations

from dataclasses import replace

from proofcheck.language.claims import Claim
from proofcheck.language.expressions import (
    Applied,
    Changes,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Scaled,
    Symbol,
    Vector,
    VectorSum,
    depends,
    number,
    same,
    walk,
)
from proofcheck.language.flows import Flow
from proofcheck.language.integers import in_domain
from proofcheck.language.printing import latex, text
from proofcheck.language.transform import at, has_moving_path, substitute
from proofcheck.language.vocabulary import norm2

from .obligations import Argument, Obligation
from .reduction import obligation_of

DECOUPLED = (
    "spectral theorem: a linear flow with a constant self-adjoint operator is, in its eigenbasis, one scalar flow for"
    " each eigenvalue, and |Delta|^2 is the sum of the squares"
)


def every_mode(
    along: Flow,
    factor: Scalar,
    *,
    above: Claim,
    mode_above: Flow,
    parameter: Symbol,
    value: Scalar,
    eigenvalue: Symbol,
    at_bound: Claim,
    mode_at_bound: Flow,
) -> Argument:
    """`|Delta(t)|^2 <= factor |Delta(0)|^2` from rest in every dimension, from the same bound for one mode.

    Theorem: the spectral theorem for self-adjoint operators (Halmos, Finite-Dimensional Vector Spaces, section 79).
    The flow is of second order, with one constant operator bounded below. The claim `above` bounds the scalar flow
    `mode_above`, whose `parameter` takes the `value` for an `eigenvalue` above the operator's bound; `at_bound` bounds
    the scalar flow `mode_at_bound` for the bound itself. Raises `ValueError` on a flow or a claim of another form.

    >>> from proofcheck import *
    >>> t, omega, h = scalar("t", nonnegative=True), scalar("omega", positive=True), scalar("h")
    >>> H, x, z = operator("H", at_least=1), path("x"), scalar_path("z")
    >>> above, bound = flow(z.ddot == -(1 + omega) * z, time=t), flow(z.ddot == -1 * z, time=t)
    >>> @claim("one mode")
    ... def mode_stays():
    ...     return (z**2 <= 1 * at(z, 0) ** 2).given(at(z.dot, 0) == 0)
    >>> argument = every_mode(
    ...     flow(x.ddot == -H(x), time=t), Rational(1), above=mode_stays, mode_above=above, parameter=omega,
    ...     value=h - 1, eigenvalue=h, at_bound=mode_stays, mode_at_bound=bound,
    ... )
    >>> print(argument.formula)
    |x|^2 <= |x(0)|^2  given  x'(0) = 0
    """
    equation = along.equations[0]
    unknown, right = equation.unknown, equation.right
    operators = {part.operator for part in walk(right) if isinstance(part, Applied)}
    if (
        len(along.equations) != 1
        or len(operators) != 1
        or not isinstance(unknown, Path)
        or not isinstance(right, Vector)
    ):
        raise ValueError("the flow has one path and one operator")
    operator = operators.pop()
    if operator.changes is not Changes.NEVER or operator.at_least is None or along.time is None or unknown.order != 2:
        raise ValueError("the flow is of second order with a time, its operator constant and bounded below")
    if unknown.jumps_from is not None and unknown.jumps_from < unknown.order:
        raise ValueError(f"a derivative of {unknown.name} jumps, so that the modes are not solutions of their flows")
    if any(isinstance(part, Vector | ScalarPath) for part in walk(factor)):
        raise ValueError("the factor is free of paths and vectors")
    apart = (eigenvalue, parameter)
    if eigenvalue.integer:
        raise ValueError(f"the eigenvalue {eigenvalue.name} is real, and no integer")
    if eigenvalue.bounds or any(depends(each, symbol) for each in (right, operator.at_least) for symbol in apart):
        raise ValueError("the eigenvalue is a number without bounds, and occurs with the parameter in the modes alone")
    if same(parameter, along.time) or depends(value, along.time) or has_moving_path(value):
        raise ValueError("the mode's parameter and its value do not move in time")
    if depends(factor, parameter) or depends(factor, eigenvalue):
        raise ValueError("the factor is the same for every mode: it does not contain the mode's parameter")
    found: list[Obligation] = []
    for claimed, mode, chosen, strength, given in (
        (above, mode_above, {parameter: value}, eigenvalue, (eigenvalue > operator.at_least,)),
        (at_bound, mode_at_bound, {}, operator.at_least, ()),
    ):
        z, scalar_right = _scalar_equation(mode)
        if mode.constraints or mode.jumps:
            raise ValueError("a mode's flow has no constraints, for the components of a solution need not obey them")
        if mode.time is None or not same(mode.time, along.time):
            raise ValueError("the modes and the flow have the same time")
        expected = _mode(right, strength, z, unknown.name)
        slope = Relation(substitute(scalar_right, chosen), "=", expected)
        found.append(replace(obligation_of(slope, given, f"{claimed.name}: the mode's equation")[0], instance=None))
        for symbol, taken in chosen.items():
            for domain in in_domain(symbol, taken):
                found.append(replace(obligation_of(domain, given, f"{claimed.name}: {symbol.name}")[0], instance=None))
        start = at(z, 0)
        wanted = z**2 <= factor * start**2
        states = claimed.relation
        demands = claimed.demands
        if any(known != mode for known in states.governed):
            raise ValueError(f"{claimed.name} was shown along another flow than its mode's")
        if states.sign != "<=" or not same(states.left, wanted.left) or not same(states.right, wanted.right):
            raise ValueError(f"{claimed.name} does not state {text(wanted)}")
        if len(demands) != 1 or not isinstance(demands[0], Relation) or demands[0].sign != "=":
            raise ValueError(f"{claimed.name} is not stated from rest alone")
        if not same(demands[0].left, at(z.dot, 0)) or not same(demands[0].right, number(0)):
            raise ValueError(f"{claimed.name} is not stated from rest alone")
    delta = replace(unknown, order=0)
    rest = at(delta.dot, 0) == 0
    every = (norm2(delta) <= factor * norm2(at(delta, 0))).given(rest)
    return Argument(
        text(every),
        latex(every),
        tuple(found),
        premises=(above, at_bound),
        rules=(DECOUPLED,),
        conclusion=replace(every, governed=(along,)),
    )


def _scalar_equation(mode: Flow) -> tuple[ScalarPath, Scalar]:
    equation = mode.equations[0]
    if len(mode.equations) != 1 or not isinstance(equation.unknown, ScalarPath) or equation.unknown.order != 2:
        raise ValueError("a mode is a scalar flow of second order")
    if not isinstance(equation.right, Scalar):
        raise ValueError("a mode is a scalar flow")
    return replace(equation.unknown, order=0), equation.right


def _mode(vector: Vector, eigenvalue: Scalar, z: ScalarPath, name: str) -> Scalar:
    """The right side of the flow on an eigenvector. Raises `ValueError` where it is not linear in the path."""
    match vector:
        case Path() if vector.moment is None and vector.name == name:
            return replace(z, order=vector.order)
        case VectorSum(parts):
            total: Scalar = number(0)
            for part in parts:
                total = total + _mode(part, eigenvalue, z, name)
            return total
        case Scaled(factor, inside) if not any(isinstance(part, Vector | ScalarPath) for part in walk(factor)):
            return factor * _mode(inside, eigenvalue, z, name)
        case Applied(_, inside):
            return eigenvalue * _mode(inside, eigenvalue, z, name)
        case _:
            raise ValueError(f"the flow is not linear in its path: {text(vector)}")
