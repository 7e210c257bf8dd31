"""Scalars, vectors and operators, recorded as they were written: nothing is simplified, nothing cancels.

Expressions are immutable trees with Python's operators. `==`, `<=`, `<`, `>=`, `>` between scalars make relations;
an equation between expressions is true as a Python value where both sides are written alike, and has none elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, NoReturn, overload

Number = int | Fraction


class Changes(Enum):
    """How a path or an operator depends on time: not at all, absolutely continuously, or with jumps.

    >>> Changes.BY_JUMPS.value
    'constant between jumps'
    """

    NEVER = "constant"
    CONTINUOUSLY = "absolutely continuous"
    BY_JUMPS = "constant between jumps"


class Expression:
    """Anything an author can write; the common part of scalars and vectors."""

    __slots__ = ()

    def __bool__(self) -> NoReturn:
        """An expression is neither true nor false. Raises `TypeError`."""
        raise TypeError("an expression is neither true nor false; did you mean a relation?")


class Scalar(Expression):
    """A real expression. Arithmetic with integers and fractions; a float is refused with a remedy."""

    __slots__ = ()

    def __add__(self, other: Scalar | Number) -> Scalar:
        return Add((self, number(other)))

    def __radd__(self, other: Number) -> Scalar:
        return Add((number(other), self))

    def __sub__(self, other: Scalar | Number) -> Scalar:
        return Add((self, -number(other)))

    def __rsub__(self, other: Number) -> Scalar:
        return Add((number(other), -self))

    @overload
    def __mul__(self, other: Vector) -> Vector: ...
    @overload
    def __mul__(self, other: Scalar | Number) -> Scalar: ...
    def __mul__(self, other: Scalar | Number | Vector) -> Scalar | Vector:
        if isinstance(other, Vector):
            return Scaled(self, other)
        return Multiply((self, number(other)))

    def __rmul__(self, other: Number) -> Scalar:
        return Multiply((number(other), self))

    def __truediv__(self, other: Scalar | Number) -> Scalar:
        return Multiply((self, Power(number(other), -1)))

    def __rtruediv__(self, other: Number) -> Scalar:
        return Multiply((number(other), Power(self, -1)))

    def __pow__(self, exponent: int) -> Scalar:
        if not isinstance(exponent, int) or isinstance(exponent, bool):
            raise TypeError("`**` takes an integer exponent; write sqrt(x) or power(x, y) for the others")
        return Power(self, exponent)

    def __rpow__(self, base: object) -> Scalar:
        raise TypeError(f"`**` takes an integer exponent; write power({base}, n) for {base} to the power of a letter n")

    def __neg__(self) -> Scalar:
        return Multiply((Constant(Fraction(-1)), self))

    def __eq__(self, other: object) -> Relation:  # type: ignore[override]
        if not isinstance(other, Scalar | int | Fraction):
            return NotImplemented
        return Relation(self, "=", number(other))

    def __ne__(self, other: object) -> Relation:  # type: ignore[override]
        if not isinstance(other, Scalar | int | Fraction):
            return NotImplemented
        return Relation(self, "!=", number(other))

    def __le__(self, other: Scalar | Number) -> Relation:
        return Relation(self, "<=", number(other))

    def __lt__(self, other: Scalar | Number) -> Relation:
        return Relation(self, "<", number(other))

    def __ge__(self, other: Scalar | Number) -> Relation:
        return Relation(self, ">=", number(other))

    def __gt__(self, other: Scalar | Number) -> Relation:
        return Relation(self, ">", number(other))

    def __hash__(self) -> int:
        return hash(structure(self))


class Vector(Expression):
    """A vector of one real inner product space of any finite dimension."""

    __slots__ = ()

    def __add__(self, other: Vector) -> Vector:
        return VectorSum((self, as_vector(other)))

    def __sub__(self, other: Vector) -> Vector:
        return VectorSum((self, -as_vector(other)))

    def __neg__(self) -> Vector:
        return Scaled(Constant(Fraction(-1)), self)

    def __rmul__(self, other: Number) -> Vector:
        return Scaled(number(other), self)

    def __truediv__(self, other: Scalar | Number) -> Vector:
        return Scaled(1 / number(other), self)

    def __eq__(self, other: object) -> VectorEquation:  # type: ignore[override]
        if type(other) is int and other == 0:
            return VectorEquation(self, Scaled(Constant(Fraction(0)), self))
        if not isinstance(other, Vector):
            return NotImplemented
        return VectorEquation(self, other)

    def __hash__(self) -> int:
        return hash(structure(self))


@dataclass(frozen=True, eq=False)
class Constant(Scalar):
    """An exact rational number."""

    value: Fraction


@dataclass(frozen=True, eq=False)
class Symbol(Scalar):
    """A real parameter, with the bounds that the author gave for it: pairs of a sign and a rational.

    With an `index` it is one number for each value of a sum's index. An `integer` takes no other values.
    """

    name: str
    latex: str
    bounds: tuple[tuple[str, Fraction], ...] = ()
    index: Symbol | None = None
    integer: bool = False


@dataclass(frozen=True, eq=False)
class Add(Scalar):
    """A sum."""

    parts: tuple[Scalar, ...]


@dataclass(frozen=True, eq=False)
class Multiply(Scalar):
    """A product."""

    parts: tuple[Scalar, ...]


@dataclass(frozen=True, eq=False)
class Power(Scalar):
    """An integer power."""

    base: Scalar
    exponent: int


@dataclass(frozen=True, eq=False)
class Call(Scalar):
    """A function of the kernel's table, applied."""

    function: str
    arguments: tuple[Scalar, ...]


@dataclass(frozen=True, eq=False)
class Inner(Scalar):
    """An inner product."""

    left: Vector
    right: Vector


@dataclass(frozen=True, eq=False)
class Total(Scalar):
    """A sum over an index or an integral over a variable: linear and monotone in its body.

    `kind` is "sum" (over an index from 1 to `upper`) or "integral" (from `lower` to `upper`).
    """

    kind: str
    body: Scalar
    over: Symbol
    lower: Scalar
    upper: Scalar

    def __post_init__(self) -> None:
        """A sum has a natural number of terms. Raises `ValueError` on what is none for every value of its letters."""
        if self.kind == "sum" and not _is_whole(self.upper):
            raise ValueError(f"a sum runs to a natural number, not to {_printed(self.upper)}; give that a letter")
        ends = [part.upper for part in walk(self.body) if isinstance(part, Total) and part.kind == "sum"]
        if self.kind == "integral" and any(depends(end, self.over) for end in ends):
            raise ValueError(f"a sum runs to a natural number, and {self.over.name} is any in an interval")

    def factored(self) -> tuple[tuple[Scalar, ...], Total]:
        """The factors of the body that are free of the variable, and the total of the rest.

        An empty sum is 0 whatever its terms are: a factor that need not have a value stays in a sum that may be empty.
        """
        from .vanishing import has_terms, is_defined

        outside: list[Scalar] = []
        inside: list[Scalar] = []
        goes_on = self.kind == "integral" or has_terms(self.upper)
        for factor in factors_of(self.body):
            free = not depends(factor, self.over) and (goes_on or is_defined(factor))
            (outside if free else inside).append(factor)
        return tuple(outside), replace(self, body=Multiply(tuple(inside)) if inside else Constant(Fraction(1)))


@dataclass(frozen=True, eq=False)
class Named(Scalar):
    """An abbreviation: printed by its name, meaning its body."""

    name: str
    latex: str
    body: Scalar


@dataclass(frozen=True, eq=False)
class ScalarPath(Scalar):
    """A real function of time, or one of its derivatives, at the current moment or at a fixed one.

    It may be the total variation of an operator.
    """

    name: str
    latex: str
    order: int = 0
    moment: Scalar | None = None
    jumps_from: int | None = None
    variation_of: Operator | None = None

    @property
    def dot(self) -> ScalarPath:
        """The derivative in time."""
        return replace(self, order=self.order + 1)

    @property
    def ddot(self) -> ScalarPath:
        """The second derivative in time."""
        return replace(self, order=self.order + 2)


@dataclass(frozen=True, eq=False)
class Path(Vector):
    """A vector that depends on time, or one of its derivatives, at the current moment or at a fixed one.

    `jumps_from` is the order of the first derivative that may jump; None when the flow decides. With an `index` it is
    one path for each value of a sum's index.
    """

    name: str
    latex: str
    order: int = 0
    moment: Scalar | None = None
    jumps_from: int | None = None
    index: Symbol | None = None

    @property
    def dot(self) -> Path:
        """The derivative in time."""
        return replace(self, order=self.order + 1)

    @property
    def ddot(self) -> Path:
        """The second derivative in time."""
        return replace(self, order=self.order + 2)


@dataclass(frozen=True, eq=False)
class Fixed(Vector):
    """A vector that does not depend on time; with an `index` one for each value of a sum's index."""

    name: str
    latex: str
    index: Symbol | None = None


@dataclass(frozen=True, eq=False)
class VectorSum(Vector):
    """A sum of vectors."""

    parts: tuple[Vector, ...]


@dataclass(frozen=True, eq=False)
class Scaled(Vector):
    """A scalar times a vector."""

    factor: Scalar
    vector: Vector


@dataclass(frozen=True, eq=False)
class Applied(Vector):
    """An operator applied to a vector."""

    operator: Operator
    vector: Vector


@dataclass(frozen=True, eq=False)
class Operator:
    """A self-adjoint operator with spectral bounds, called on vectors: `H(Delta)`.

    `at_least` and `at_most` bound its spectrum, `norm` its operator norm. `changes` says how it depends on time;
    `order` counts derivatives in time. An inverse knows what it is the inverse of.
    """

    name: str
    latex: str
    at_least: Scalar | None = None
    at_most: Scalar | None = None
    norm: Scalar | None = None
    changes: Changes = Changes.NEVER
    order: int = 0
    moment: Scalar | None = None
    inverse_of: Operator | None = None

    def __post_init__(self) -> None:
        """Bounds hold at all times. Raises `ValueError` on one that moves."""
        for bound in self.bounds:
            for part in walk(bound):
                path = isinstance(part, Path | ScalarPath) and part.moment is None
                if path or (isinstance(part, Applied) and part.operator.changes is not Changes.NEVER):
                    raise ValueError(f"the bounds of {self.name} hold at all times: no path stands in them")

    @property
    def bounds(self) -> tuple[Scalar, ...]:
        """What bounds its spectrum and its norm."""
        return tuple(bound for bound in (self.at_least, self.at_most, self.norm) if bound is not None)

    def __call__(self, vector: Vector) -> Vector:
        """The operator applied to a vector. Raises `TypeError`."""
        return Applied(self, as_vector(vector))

    @property
    def dot(self) -> Operator:
        """The derivative in time of an operator that moves, without known bounds.

        Raises `ValueError` on a constant, and on an inverse, whose derivative is no operator of its own.
        """
        if self.inverse_of is not None:
            h = self.inverse_of.name
            raise ValueError(
                f"the derivative of {self.name} follows from that of {h}: of {self.name} x it is "
                f"-{h}.inverse({h}.dot({h}.inverse(x))), for a constant x"
            )
        if self.changes is Changes.NEVER:
            raise ValueError(f"{self.name} is constant in time; an operator that moves says changes=Changes....")
        return replace(self, order=self.order + 1, at_least=None, at_most=None, norm=None, inverse_of=None)

    @property
    def inverse(self) -> Operator:
        """The inverse of an operator with a lower bound, which has to be positive. Raises `ValueError` without one.

        >>> from proofcheck import inner, norm2, operator, vector
        >>> H, u = operator("H", at_least=2), vector("u")
        >>> print(inner(H.inverse(u), u) <= norm2(u) / 2)
        <H^-1 u, u> <= |u|^2/2
        """
        if self.inverse_of is not None:
            return self.inverse_of
        if self.at_least is None:
            raise ValueError(f"{self.name} has no lower bound, and need not be invertible: operator(..., at_least=...)")
        return replace(
            self,
            name=f"{self.name}^-1",
            latex=f"{self.latex}^{{-1}}",
            at_least=None if self.at_most is None else 1 / self.at_most,
            at_most=1 / self.at_least,
            norm=None,
            inverse_of=self,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Operator) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash(self.identity)

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells operators apart: name, bounds, how they change, derivative, moment, and whether inverted."""
        bounds = tuple(structure(bound) for bound in (self.at_least, self.at_most, self.norm))
        return (self.name, bounds, self.changes, self.order, structure(self.moment), structure(self.inverse_of))


@dataclass(frozen=True, eq=False)
class Relation:
    """A relation between scalars, perhaps under hypotheses; what a claim states.

    `governed` names the flows on whose solutions it is claimed, when its paths do not move as they like. A hypothesis
    may hold `for_all` values of a parameter; a plain one speaks of the one value that the relation speaks of.

    It has no truth value in Python, so that `a <= b <= c` and `a == b == c` are errors: write `chain(a).le(b).le(c)`.
    Only an equation between sides that are written alike is true, as keys of a dictionary are.
    """

    left: Scalar
    sign: str
    right: Scalar
    hypotheses: tuple[Relation | VectorEquation, ...] = ()
    uses: tuple[Use, ...] = ()
    governed: tuple[object, ...] = ()
    for_all: Symbol | None = None

    def given(self, *hypotheses: Relation | VectorEquation) -> Relation:
        """The same relation, claimed only where the hypotheses hold.

        >>> from proofcheck import scalar
        >>> x = scalar("x")
        >>> print((x**2 >= x).given(x >= 1))
        x^2 >= x  given  x >= 1
        """
        for hypothesis in hypotheses:
            if not isinstance(hypothesis, Relation | VectorEquation):
                raise TypeError(f"a hypothesis is a relation, not {type(hypothesis).__name__}")
            if hypothesis.hypotheses or (isinstance(hypothesis, Relation) and hypothesis.uses):
                raise TypeError("a hypothesis has no hypotheses or premises of its own")
        return replace(self, hypotheses=(*self.hypotheses, *hypotheses))

    def by(self, *uses: Use) -> Relation:
        """The same relation, proved with the help of earlier claims: `.by(decay)` or `.by(decay.at({t: s}))`."""
        for use in uses:
            if not isinstance(use, Use):
                raise TypeError(f"a premise is a claim, not {type(use).__name__}")
        return replace(self, uses=(*self.uses, *uses))

    def along(self, *flows: object) -> Relation:
        """The same relation, claimed at every moment of the flows' solutions, which obey the flows' constraints.

        >>> from proofcheck import flow, scalar, scalar_path
        >>> q = scalar_path("q")
        >>> positive = flow(q.dot == q, subject_to=[q > 0])
        >>> print((q**2 > 0).along(positive))
        q^2 > 0
        """
        if any(getattr(each, "never_leaves", False) for each in flows):
            raise TypeError(
                "that a flow never leaves was shown under hypotheses: use the claim, .by(...), not its flow"
            )
        return replace(self, governed=(*self.governed, *flows))

    def flows(self) -> tuple[object, ...]:
        """The flows on whose solutions the relation rests: its own and those of its premises, each once."""
        found = list(self.governed)
        for use in self.uses:
            found += [flow for flow in use.relation.flows() if flow not in found]
        return tuple(found)

    def __bool__(self) -> bool:
        if self.sign not in ("=", "!="):
            raise TypeError("an inequality has no truth value; write chain(a).le(b).le(c) for a <= b <= c")
        return _written_alike(self.left, self.right) == (self.sign == "=")

    def __str__(self) -> str:
        from .printing import text

        return text(self)


class Use:
    """An earlier claim, used as a premise: its `relation` becomes a hypothesis. `claims.Claim` is one."""

    __slots__ = ()

    @property
    def relation(self) -> Relation:
        """What the premise states."""
        raise NotImplementedError

    @property
    def demands(self) -> tuple[Relation | VectorEquation, ...]:
        """What has to hold where the premise is used."""
        raise NotImplementedError

    @property
    def source(self) -> object:
        """The claim itself."""
        raise NotImplementedError

    @property
    def chosen(self) -> tuple[Scalar, ...]:
        """The values that were put in place of parameters."""
        return ()


@dataclass(frozen=True, eq=False)
class VectorEquation:
    """An equation between vectors, as a flow or a claim, perhaps given others."""

    left: Vector
    right: Vector
    hypotheses: tuple[VectorEquation, ...] = ()

    def given(self, *hypotheses: VectorEquation) -> VectorEquation:
        """The same equation, claimed only where the hypotheses hold."""
        return replace(self, hypotheses=(*self.hypotheses, *hypotheses))

    def __str__(self) -> str:
        from .printing import text

        return text(self)

    def __bool__(self) -> bool:
        return _written_alike(self.left, self.right)


def _is_whole(expression: Scalar) -> bool:
    """Whether an expression is an integer wherever its letters are, negative constants alone excepted."""
    match expression:
        case Constant(value):
            return value.denominator == 1 and value >= 0
        case Symbol(index=None):
            return True
        case Named(_, _, body) | Power(body, 1):
            return _is_whole(body)
        case Power(base, exponent):
            return exponent >= 0 and _is_whole(base)
        case Add(parts) | Multiply(parts):
            return all(_is_whole(part) or (isinstance(part, Constant) and part.value == -1) for part in parts)
        case _:
            return False


def _printed(expression: Scalar) -> str:
    from .printing import text

    return text(expression)


def _written_alike(left: Expression, right: Expression) -> bool:
    """Whether they are, as a dictionary asks of keys with one hash.

    Raises `TypeError` on any others, for `a == b == c` and `p and q` drop a part where this is false.
    """
    first, second = structure(left), structure(right)
    if hash(first) != hash(second):
        raise TypeError(
            "an equation has no truth value; write chain(a).eq(b).eq(c) for a == b == c, and a tuple (p, q) for p and q"
        )
    return first == second


def number(value: object) -> Scalar:
    """A scalar from an integer, a fraction or a scalar. Raises `TypeError` on anything else, floats above all."""
    match value:
        case Scalar():
            return value
        case bool():
            raise TypeError("a truth value is no scalar")
        case int() | Fraction():
            return Constant(Fraction(value))
        case float():
            raise TypeError(f"{value!r} is a float, which is not exact; write Rational(1, 3) for one third")
        case _:
            raise TypeError(f"a scalar was expected, not {type(value).__name__}")


def as_letter(value: object, use: str) -> Symbol:
    """The parameter itself, which is to be the index of a sum or such. Raises `TypeError` on anything else."""
    if not isinstance(value, Symbol) or value.index is not None:
        raise TypeError(f"the {use} is a parameter without an index, s = scalar('s')")
    return value


def as_vector(value: object) -> Vector:
    """The vector itself. Raises `TypeError` on anything else."""
    if not isinstance(value, Vector):
        raise TypeError(f"a vector was expected, not {type(value).__name__}")
    return value


def same(left: object, right: object) -> bool:
    """Whether two expressions are written alike."""
    return left is right or structure(left) == structure(right)


def parts_of(expression: object) -> tuple[object, ...]:
    """The immediate subexpressions, operators excluded."""
    match expression:
        case Add(parts) | Multiply(parts) | VectorSum(parts) | Call(_, parts):
            return parts
        case Power(base, _) | Named(_, _, base):
            return (base,)
        case Inner(left, right) | Scaled(left, right):
            return (left, right)
        case Total(_, body, _, lower, upper):
            return (body, lower, upper)
        case Applied(_, vector):
            return (vector,)
        case _:
            return ()


def walk(expression: object) -> Iterator[object]:
    """Every subexpression, outside in."""
    pending = [expression]
    while pending:
        part = pending.pop()
        yield part
        pending.extend(reversed(parts_of(part)))


def factors_of(product: Scalar) -> tuple[Scalar, ...]:
    """The factors of a product, nested products and abbreviations opened."""
    match product:
        case Multiply(parts):
            return tuple(factor for part in parts for factor in factors_of(part))
        case Named(_, _, Multiply() as body):
            return factors_of(body)
        case _:
            return (product,)


def depends(expression: Expression, symbol: Symbol) -> bool:
    """Whether an expression depends on a parameter: directly, through an index, or through a moment of time."""
    for part in walk(expression):
        if isinstance(part, Symbol) and same(part, symbol):
            return True
        if isinstance(part, Symbol | Fixed | Path) and part.index is not None and same(part.index, symbol):
            return True
        within: tuple[Scalar | None, ...] = (getattr(part, "moment", None),)
        if isinstance(part, Applied):
            operator = part.operator
            within = (operator.moment, operator.at_least, operator.at_most, operator.norm)
        if any(inside is not None and depends(inside, symbol) for inside in within):
            return True
    return False


def structure(value: object) -> object:
    """A hashable image of an expression, equal exactly for expressions written alike (LaTeX aside)."""
    match value:
        case Operator():
            return ("Operator", *value.identity)
        case Symbol(name, _, bounds, index, integer):
            return ("Symbol", name, bounds, structure(index), *(["integer"] if integer else []))
        case tuple():
            return tuple(map(structure, value))
        case Expression() if is_dataclass(value):
            return (type(value).__name__, *(structure(getattr(value, name)) for name in _written(type(value))))
        case int() | Fraction():
            # As they are, -1 and -2 have one hash, and so would what is written with them.
            return str(value)
        case _:
            return value


@cache
def _written(kind: type[Any]) -> tuple[str, ...]:
    """The fields of an expression that say what it is, LaTeX aside."""
    return tuple(field.name for field in fields(kind) if field.name != "latex")
