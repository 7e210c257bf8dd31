"""Explicit motions: a solution of a flow, piece by piece in closed form, that breaks a claimed bound.

The motion lives in dimension one, where a vector is a number and an operator is multiplication by a number. The
kernel checks that each piece obeys the flow, that every hypothesis holds, and that the claimed relation fails at the
end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from proofcheck.kernel.statements import NEGATION
from proofcheck.language.expressions import (
    Add,
    Changes,
    Constant,
    Fixed,
    Operator,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Symbol,
    Vector,
    depends,
    number,
    same,
    walk,
)
from proofcheck.language.flows import Flow
from proofcheck.language.printing import latex, text
from proofcheck.language.transform import substitute

from .dimension_one import as_relation, in_dimension_one, repeated
from .obligations import EXAMPLE, Argument, Obligation
from .reduction import Hypotheses, obligation_of

EXPLICIT = "an explicit solution in dimension one, continuous with its derivatives below the flow's order"


Solution = Callable[..., Scalar]


@dataclass(frozen=True)
class Piece:
    """A stretch of a motion: how long it takes, the operator's value, the state at its start, and the solution.

    `solution(position, velocity, ...)` is the path in local time from a state.
    """

    length: Scalar
    stiffness: Scalar
    start: tuple[Scalar, ...]
    solution: Solution


@dataclass(frozen=True)
class Motion:
    """A motion of one path under one operator that is constant on each piece; it begins at a state.

    >>> from proofcheck import *
    >>> s, x, H = scalar("s"), path("x"), operator("H", at_least=1)
    >>> halved = motion(x, H, s, 1).then(1, 2, lambda position: position * exp(-2 * s))
    >>> [str(value <= 1) for value in halved.state()]
    ['exp(-2) <= 1']
    """

    path: Path
    operator: Operator
    local: Symbol
    initial: tuple[Scalar, ...]
    pieces: tuple[Piece, ...] = ()

    def then(self, length: Scalar | int, stiffness: Scalar | int, solution: Solution) -> Motion:
        """Go on from where the motion has come to."""
        piece = Piece(number(length), number(stiffness), self.state(), solution)
        return replace(self, pieces=(*self.pieces, piece))

    def state(self) -> tuple[Scalar, ...]:
        """Where the motion has come to: the path's value and derivatives below the flow's order."""
        if not self.pieces:
            return self.initial
        last = self.pieces[-1]
        return tuple(self.value(last, order, last.length) for order in range(len(self.initial)))

    def value(self, piece: Piece, order: int, moment: Scalar) -> Scalar:
        """A derivative of the path at a local moment of a piece."""
        return substitute(repeated(piece.solution(*piece.start), self.local, order), {self.local: moment})


def motion(path: Path, operator: Operator, local: Symbol, *initial: Scalar | int) -> Motion:
    """A motion that begins at the given value and derivatives of the path; `local` is the time within a piece.

    >>> from proofcheck import *
    >>> s, x, H = scalar("s"), path("x"), operator("H", at_least=0)
    >>> len(motion(x, H, s, 1).then(2, 3, lambda position: position * exp(-3 * s)).pieces)
    1
    """
    return Motion(path, operator, local, tuple(map(number, initial)))


def refuted_by(
    claimed: Relation, along: Flow, moved: Motion, values: Mapping[Symbol, Scalar | int] | None = None
) -> Argument:
    """The argument that an explicit motion refutes a relation that is claimed at every time of a flow.

    Theorem: none but what a solution is; each of its conditions is owed.
    `values` are the parameters' values. The path and the operator at the current moment take their values at the end
    of the motion, those at moment 0 at its beginning, the flow's time the motion's duration.
    Each piece obeys the flow from any state and begins where the one before it ended, so that path and derivatives
    below the flow's order are continuous. Raises `ValueError` when the flow has no time, or not this path
    alone, and on a relation that is claimed along another flow.

    >>> from proofcheck import *
    >>> t, s, x, H = scalar("t", nonnegative=True), scalar("s"), path("x"), operator("H", at_least=1)
    >>> decaying = motion(x, H, s, 1).then(1, 1, lambda position: position * exp(-s))
    >>> refuted_by(norm2(x) >= norm2(at(x, 0)), flow(x.dot == -H(x), time=t), decaying).refutes
    True
    """
    if along.time is None or len(along.equations) != 1 or along.equations[0].unknown.name != moved.path.name:
        raise ValueError("a motion refutes a relation along a flow of one path with a time")
    if along.constraints or along.jumps:
        raise ValueError("a motion is not asked whether it obeys the constraints of a flow")
    if claimed.uses or any(each != along for each in claimed.flows()):
        raise ValueError("what is refuted is claimed without premises, along no other flow")
    chosen = {symbol: number(value) for symbol, value in (values or {}).items()}
    if any(depends(value, along.time) for value in (*chosen, *chosen.values())):
        raise ValueError("a parameter is not the time, and its value does not move in time")
    if any(depends(value, moved.local) for value in (*chosen, *chosen.values(), *moved.initial)):
        raise ValueError(f"{moved.local.name} is the time within a piece: no beginning and no parameter contains it")
    order = along.equations[0].unknown.order
    if not moved.pieces or len(moved.initial) != order or order > 3:
        raise ValueError(f"a motion of this flow begins with {order} values and has at least one piece")
    found: list[Obligation] = []

    def owe(relation: Relation, given: Hypotheses, label: str) -> None:
        obligation, _ = obligation_of(relation, given, label)
        found.append(replace(obligation, instance=None))

    # No author's letter is called so.
    names = ("position'", "velocity'", "acceleration'")
    start = tuple(Symbol(name, rf"\mathrm{{{name}}}") for name in names[:order])
    time, begun_at = Symbol("tau'", r"\tau'"), number(0)
    for place, piece in enumerate(moved.pieces, start=1):
        solution = substitute(piece.solution(*start), {**chosen, moved.local: time})
        state = [repeated(solution, time, k) for k in range(order + 1)]
        right = _evaluate(along.equations[0].right, moved, state, piece.stiffness, chosen)
        right = substitute(right, {along.time: begun_at + time})
        begun_at = begun_at + piece.length
        owe(state[order] == right, (time >= 0, time <= piece.length), f"piece {place} obeys the flow from any state")
        for value, begun in zip(state, start, strict=False):
            owe(substitute(value, {time: number(0)}) == begun, (), f"piece {place} begins at its state")
        owe(piece.length > 0, (), f"piece {place} takes time")
        for constant in (piece.length, piece.stiffness):
            if any(isinstance(part, Symbol | Path) for part in walk(substitute(constant, chosen))):
                raise ValueError("a piece's length and operator are numbers, once the parameters have their values")
        norm = moved.operator.norm
        for sign, bound in (
            (">=", moved.operator.at_least),
            ("<=", moved.operator.at_most),
            ("<=", norm),
            (">=", None if norm is None else -norm),
        ):
            if bound is not None:
                owe(
                    Relation(piece.stiffness, sign, substitute(bound, chosen)),
                    (),
                    f"piece {place}: the operator's bound",
                )
    if moved.operator.changes is not Changes.BY_JUMPS:
        for place, piece in enumerate(moved.pieces[1:], start=2):
            owe(piece.stiffness == moved.pieces[0].stiffness, (), f"piece {place}: the operator does not jump")
    for sign, limit in along.time.bounds:
        owe(Relation(begun_at, sign, number(limit)), (), f"the domain of the time {along.time.name}")
    at_end = _at_end(claimed, along, moved, order, chosen)
    for symbol, chosen_value in chosen.items():
        for sign, limit in symbol.bounds:
            owe(Relation(chosen_value, sign, number(limit)), (), f"the domain of {symbol.name}")
    for hypothesis in claimed.hypotheses:
        if isinstance(hypothesis, Relation) and hypothesis.for_all is not None:
            raise ValueError("a motion is not asked whether a hypothesis holds for all values")
        owe(_at_end(as_relation(hypothesis), along, moved, order, chosen), (), f"hypothesis: {text(hypothesis)}")
    duration = sum((piece.length.value for piece in moved.pieces if isinstance(piece.length, Constant)), Fraction(0))
    owe(replace(at_end, sign=NEGATION[at_end.sign]), (), f"the claimed relation fails at time {duration}")
    return Argument(
        text(claimed),
        latex(claimed),
        tuple(found),
        rules=(EXPLICIT, f"{EXAMPLE}{_described(moved)}"),
        refutes=True,
        conclusion=claimed,
        about=(replace(claimed, governed=(along,)),),
    )


def _described(moved: Motion) -> str:
    stretches = ", then ".join(f"{text(piece.stiffness)} for a time {text(piece.length)}" for piece in moved.pieces)
    names = (moved.path.name + "'" * order for order in range(len(moved.initial)))
    start = ", ".join(f"{name} = {text(value)}" for name, value in zip(names, moved.initial, strict=True))
    return f"from {start} on, {moved.operator.name} is {stretches}"


def _at_end(relation: Relation, along: Flow, moved: Motion, order: int, chosen: Mapping[Symbol, Scalar]) -> Relation:
    first, last = moved.pieces[0], moved.pieces[-1]
    now = [moved.value(last, k, last.length) for k in range(order + 1)]
    then = [*moved.initial, moved.value(first, order, number(0))]
    duration = Add(tuple(piece.length for piece in moved.pieces))
    assert along.time is not None
    everything = {**chosen, along.time: duration}

    def side(expression: Scalar) -> Scalar:
        current = _evaluate(expression, moved, now, last.stiffness, {}, initial=(then, first.stiffness))
        return substitute(current, everything)

    return Relation(side(relation.left), relation.sign, side(relation.right))


def _evaluate(
    expression: Scalar | Vector,
    moved: Motion,
    state: list[Scalar],
    stiffness: Scalar,
    chosen: Mapping[Symbol, Scalar],
    initial: tuple[list[Scalar], Scalar] | None = None,
) -> Scalar:
    """A scalar or a vector at a state of the motion, as a number. Raises `ValueError` on another path or moment."""

    def value_of(path: Path | Fixed | ScalarPath) -> Scalar:
        if isinstance(path, Path) and path.name == moved.path.name:
            if path.moment is None:
                return state[path.order]
            if initial is not None and same(path.moment, number(0)):
                return initial[0][path.order]
        raise ValueError(f"the motion does not say what {text(path)} is")

    def strength(operator: Operator) -> Scalar:
        if replace(operator, moment=None) == moved.operator:
            if operator.moment is None:
                return stiffness
            if initial is not None and same(operator.moment, number(0)):
                return initial[1]
        raise ValueError(f"the motion does not say what {operator.name} is there")

    return substitute(in_dimension_one(expression, value_of, strength), chosen)
