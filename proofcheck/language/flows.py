"""Flows: differential equations that paths obey, and derivatives along them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from .expressions import (
    Applied,
    Call,
    Changes,
    Expression,
    Inner,
    Named,
    Operator,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Scaled,
    Symbol,
    Vector,
    VectorEquation,
    number,
    same,
    structure,
    walk,
)
from .integers import as_real_letter
from .printing import latex, text
from .transform import (
    BEHIND_A_JUMP,
    E,
    at,
    derivative,
    instance,
    moment_moves,
    rebuild,
    relation_instance,
    substitute,
    vector_derivative,
)

_NOT_LIPSCHITZ = frozenset(("sqrt", "arccos"))


@dataclass(frozen=True, eq=False)
class Equation:
    """The highest derivative of an unknown path, and what it equals."""

    unknown: Path | ScalarPath
    right: Vector | Scalar

    @property
    def identity(self) -> tuple[object, object]:
        """What tells equations apart, as they are written."""
        return structure(self.unknown), structure(self.right)


Constraint = Relation | VectorEquation


@dataclass(frozen=True, eq=False)
class Flow:
    """A system of differential equations, each solved for the highest derivative of its path.

    A solution has absolutely continuous derivatives below the highest one and obeys the equation at almost every
    moment (Caratheodory), unless a path says that an earlier derivative jumps. It obeys the constraints at every
    moment; with `inside`, up to the moment at which it leaves what that relation describes, and whatever is shown
    along the flow is shown up to then. That it `never_leaves` is for the rule to say that shows it. What jumps does so
    finitely often in a finite time; at each jump all relations in `jumps` hold between the limits on both sides, which
    are equal for what does not jump there.
    """

    equations: tuple[Equation, ...]
    time: Symbol | None
    subject_to: tuple[Constraint, ...] = ()
    inside: Relation | None = None
    never_leaves: bool = False
    jumps: tuple[Relation, ...] = ()

    @property
    def constraints(self) -> tuple[Constraint, ...]:
        """What holds at every moment: the constraints, and that the solution has not left."""
        return self.subject_to if self.inside is None else (*self.subject_to, self.inside)

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells flows apart, as they are written."""
        equations = tuple(each.identity for each in self.equations)
        kept = tuple(written(constraint) for constraint in self.subject_to)
        ball = None if self.inside is None else written(self.inside)
        law = tuple(written(relation) for relation in self.jumps)
        return (equations, structure(self.time), kept, ball, self.never_leaves, law)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Flow) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash(self.identity)

    def with_parameters(self, values: Mapping[Symbol, Scalar]) -> Flow:
        """The flow with scalars in place of parameters."""
        return replace(
            self,
            equations=tuple(replace(each, right=substitute(each.right, values)) for each in self.equations),
            subject_to=tuple(instance(constraint, values) for constraint in self.subject_to),
            inside=None if self.inside is None else relation_instance(self.inside, values),
            jumps=tuple(relation_instance(relation, values) for relation in self.jumps),
        )

    def d(self, expression: Scalar) -> Scalar:
        """The derivative of a scalar along the flow, at almost every moment.

        >>> from proofcheck import *
        >>> alpha, x = scalar("alpha"), path("x")
        >>> decay = flow(x.dot == -alpha * x)
        >>> print(decay.d(let("E", norm2(x))) <= 0)
        E' <= 0
        """
        body = self.along(derivative(expression, self.time))
        if isinstance(expression, Named):
            # A dot goes above a letter, not above a derivative that is written out.
            written_out = r"\left" in expression.latex
            shown = rf"\frac{{d}}{{dt}}{expression.latex}" if written_out else rf"\dot{{{expression.latex}}}"
            return Named(f"{expression.name}'", shown, body)
        return Named(f"({text(expression)})'", rf"\frac{{d}}{{dt}}\left({latex(expression)}\right)", body)

    def velocity(self, vector: Vector) -> Vector:
        """The derivative of a vector along the flow, at almost every moment."""
        return self.along(vector_derivative(vector, self.time))

    def along(self, expression: E) -> E:
        """The expression with the flow's equations put in, and with operators constant between their jumps."""

        def change(part: Expression) -> Expression | None:
            match part:
                case Path() | ScalarPath() if part.moment is None:
                    return self._value(part)
                case Applied(operator, vector) if operator.order and operator.changes is Changes.BY_JUMPS:
                    return Scaled(number(0), vector)
                case Named(_, _, body):
                    return None if not self._touches(body) else rebuild(body, change, _unchanged)
                case _:
                    return None

        return rebuild(expression, change, _unchanged)

    def jumping_parts(self, expression: Expression, *, between_jumps: bool = False) -> tuple[str, ...]:
        """What keeps the expression from being absolutely continuous along every solution, in words.

        With `between_jumps`, from being so between the jumps of the operators, and of the governed paths that the
        flow's relations for jumps speak of. Where the expression is defined at every moment, quotients, logarithms
        and powers are smooth functions of what stands in them; roots are not.
        """
        found: dict[str, None] = {}
        for part in walk(expression):
            match part:
                case Applied(operator, _) if operator.moment is None and operator.order:
                    found.setdefault(f"{operator.name}' is not known to exist")
                case Applied(operator, _) if operator.moment is None and operator.changes is Changes.BY_JUMPS:
                    if not between_jumps:
                        found.setdefault(f"{operator.name} jumps")
                case Path() | ScalarPath() if part.moment is None:
                    first = self._first_jump(part)
                    if first is None:
                        found.setdefault(f"nothing is known of {text(part)} in time")
                    elif part.order >= first and not (between_jumps and self._jumps_by_law(part)):
                        found.setdefault(f"{text(part)} may jump")
                case Call(function, _) if function in _NOT_LIPSCHITZ and self._moves(part) and not _is_norm(part):
                    found.setdefault(f"{text(part)} need not be absolutely continuous where it is singular")
        return tuple(found)

    def has_limits(self, expression: Expression) -> bool:
        """Whether all that moves in the expression is known to have limits from both sides at every moment.

        What an equation governs has them below its highest derivative; of a disturbance only its size is known.
        """
        for part in walk(expression):
            if isinstance(part, Path | ScalarPath) and part.moment is None:
                governing = [each.unknown for each in self.equations if each.unknown.name == part.name]
                if not governing or part.order >= governing[0].order:
                    return False
            if isinstance(part, Applied) and part.operator.order and part.operator.moment is None:
                return False
        return True

    def behind_jump(self, expression: E) -> E:
        """The expression behind a jump: what is continuous keeps its value, everything else has one of its own."""

        def change(part: Expression) -> Expression | None:
            match part:
                case Path() | ScalarPath() if same(part.moment, BEHIND_A_JUMP):
                    return replace(part, moment=None) if self._is_continuous(part) else part
                case _:
                    return None

        return rebuild(after(expression), change, _unchanged)

    def nothing_jumps(self) -> bool:
        """Whether the relations for jumps speak of paths behind a jump, and none of these may jump."""
        behind = [part for law in self.jumps for side in (law.left, law.right) for part in walk(after(side))]
        paths = [part for part in behind if isinstance(part, Path | ScalarPath)]
        jumping = any(isinstance(part, Applied) and part.operator.changes is Changes.BY_JUMPS for part in behind)
        return bool(paths) and not jumping and all(self._is_continuous(path) for path in paths)

    def _is_continuous(self, path: Path | ScalarPath) -> bool:
        first = self._first_jump(path)
        return first is not None and path.order < first

    def _moves(self, expression: Expression) -> bool:
        return any(
            (isinstance(part, Path | ScalarPath) and (part.moment is None or self._moves(part.moment)))
            or (isinstance(part, Symbol) and self.time is not None and same(part, self.time))
            for part in walk(expression)
        )

    def _jumps_by_law(self, path: Path | ScalarPath) -> bool:
        """Whether an equation governs the path's derivative between jumps and relations for jumps speak of it."""
        below = any(each.unknown.name == path.name and path.order < each.unknown.order for each in self.equations)
        sides = [side for law in self.jumps for side in (law.left, law.right)]
        return below and any(part.name == path.name for side in sides for part in _paths(side))

    def _first_jump(self, path: Path | ScalarPath) -> int | None:
        """The order of the first derivative that may jump; None for a path that the flow does not govern."""
        governing = [equation.unknown for equation in self.equations if equation.unknown.name == path.name]
        first = [known.order if known.jumps_from is None else known.jumps_from for known in governing]
        return min([*first, *([] if path.jumps_from is None else [path.jumps_from])], default=None)

    def _value(self, path: Path | ScalarPath) -> Expression | None:
        for equation in self.equations:
            if equation.unknown.name == path.name:
                if type(path) is not type(equation.unknown) or (isinstance(path, Path) and path.index is not None):
                    raise ValueError(f"{path.name} is the name of another path of the flow")
                if path.order == equation.unknown.order:
                    return equation.right
                if path.order > equation.unknown.order:
                    raise ValueError(f"{text(path)} is a higher derivative than the flow gives")
        return None

    def _touches(self, expression: Expression) -> bool:
        return any(
            (isinstance(part, Path | ScalarPath) and part.moment is None and self._value(part) is not None)
            or (isinstance(part, Applied) and part.operator.order > 0)
            for part in walk(expression)
        )


def flow(
    *equations: VectorEquation | Relation,
    time: Symbol | None = None,
    subject_to: Sequence[Constraint] = (),
    inside: Relation | None = None,
    jumps: Sequence[Relation] = (),
) -> Flow:
    """A flow from equations of the form `highest derivative == right side`, perhaps subject to constraints.

    A constraint holds at every moment of a solution: an inequality of a function class, the size of a perturbation.
    With `inside`, an inequality such as `norm(x - at(x, 0)) <= R`, the constraints hold as long as the solution has
    stayed inside; `first_exit` shows that it never leaves. At each jump, of whatever path, all relations in `jumps`
    hold, such as `after(h) <= h`.
    Raises `TypeError` on an equation that is not solved for a derivative of a path, and on a constraint that is none.

    >>> from proofcheck import *
    >>> alpha, Delta = scalar("alpha", positive=True), path("Delta")
    >>> H = operator("H", at_least=alpha**2)
    >>> heavy_ball = flow(Delta.ddot == -2 * alpha * Delta.dot - H(Delta))
    >>> disturbed = flow(Delta.dot == -Delta + path("e"), subject_to=[norm(path("e")) <= alpha * norm(Delta)])
    """
    if time is not None:
        as_real_letter(time, "time of a flow")
    solved: list[Equation] = []
    for equation in equations:
        left = equation.left
        if not isinstance(left, Path | ScalarPath) or left.order == 0 or left.moment is not None:
            raise TypeError("a flow's equation has the highest derivative of a path alone on its left side")
        if isinstance(equation, Relation) and equation.sign != "=":
            raise TypeError("a flow is made of equations")
        if isinstance(left, ScalarPath) and left.variation_of is not None:
            raise TypeError("a total variation moves with its operator: it is no unknown of a flow")
        if isinstance(left, Path) and left.index is not None:
            raise TypeError("a flow governs one path, not one for each value of an index")
        if any(known.unknown.name == left.name for known in solved):
            raise TypeError(f"the flow has two equations for {left.name}")
        solved.append(Equation(left, equation.right))
    for each in solved:
        for part in walk(each.right):
            for known in solved:
                if isinstance(part, Path | ScalarPath) and part.name == known.unknown.name:
                    if type(part) is not type(known.unknown) or (isinstance(part, Path) and part.index is not None):
                        raise TypeError(f"{part.name} is the name of two different paths")
                    if part.moment is None and part.order > known.unknown.order:
                        raise TypeError(f"{text(part)} stands on a right side; solve for the highest derivatives")
    for constraint in (*subject_to, *(() if inside is None else (inside,)), *jumps):
        if not isinstance(constraint, Relation | VectorEquation) or constraint.hypotheses:
            raise TypeError("a constraint of a flow is a relation without hypotheses")
        if isinstance(constraint, Relation) and (constraint.uses or constraint.governed):
            raise TypeError("a constraint of a flow has no premises and is not shown along a flow")
    given = (*subject_to, *(() if inside is None else (inside,)))
    stated = (*(each.right for each in solved), *(side for each in given for side in (each.left, each.right)))
    _no_delays(stated, time)
    _no_delays((side for each in jumps for side in (each.left, each.right)), time, but=BEHIND_A_JUMP)
    if inside is not None and (not isinstance(inside, Relation) or inside.sign != "<="):
        raise TypeError("inside is an inequality, what grows <= its radius")
    made = Flow(_solved(tuple(solved)), time, tuple(subject_to), inside, jumps=tuple(jumps))
    if jumps and made.nothing_jumps():
        raise TypeError(
            "nothing in the relations for jumps may jump; of a path that does, say so: path('h', jumps_from=0)"
        )
    return made


def _no_delays(sides: Iterable[Expression], time: Symbol | None, but: Symbol | None = None) -> None:
    """What is taken at a moment is frozen there: the moment does not depend on the time. Raises `TypeError`."""
    for part in (part for side in sides for part in walk(side)):
        taken = part.operator if isinstance(part, Applied) else part
        if (
            isinstance(taken, Path | ScalarPath | Operator)
            and moment_moves(taken, time)
            and not same(taken.moment, but)
        ):
            raise TypeError(f"{taken.name} is taken at a moment that depends on the time; a flow has no delays")


def after(expression: E) -> E:
    """What a quantity is behind a jump, where the quantity itself is what it is before.

    >>> from proofcheck import *
    >>> print(after(scalar_path("h", jumps_from=0)) <= 1)
    h(t+) <= 1
    """
    return at(expression, BEHIND_A_JUMP)


def _solved(equations: tuple[Equation, ...]) -> tuple[Equation, ...]:
    """The equations with highest derivatives on the right put in: f' = <g, x'> along x' = -g. Raises `TypeError`."""
    highest = {structure(each.unknown): each.unknown for each in equations}
    for _ in equations:
        known = Flow(equations, None)
        equations = tuple(
            replace(each, right=known.along(each.right)) if _stand_in(each.right, highest) else each
            for each in equations
        )
    for each in equations:
        for unknown in _stand_in(each.right, highest):
            raise TypeError(f"{text(unknown)} stands on a right side; solve for the highest derivatives")
    return equations


def _stand_in(right: Vector | Scalar, highest: Mapping[object, Path | ScalarPath]) -> list[Path | ScalarPath]:
    return [highest[found] for part in walk(right) if (found := structure(part)) in highest]


def written(constraint: Constraint) -> tuple[object, ...]:
    """What tells constraints apart: both sides as they are written, the sign, and what it holds for all values of."""
    sign, over = (constraint.sign, constraint.for_all) if isinstance(constraint, Relation) else ("vectors", None)
    return (sign, structure(constraint.left), structure(constraint.right), structure(over))


def _is_norm(expression: Expression) -> bool:
    match expression:
        case Call("sqrt", (Inner(left, right),)):
            return same(left, right)
        case _:
            return False


def _paths(expression: Expression) -> list[Path | ScalarPath]:
    return [part for part in walk(expression) if isinstance(part, Path | ScalarPath)]


def _unchanged(operator: Operator) -> Operator:
    return operator
