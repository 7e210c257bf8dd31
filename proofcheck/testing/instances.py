"""A relation in coordinates: vectors of one dimension, sums of so many terms, as a statement of the kernel.

An operator is Q diag(s) Q with a reflection Q, so that its bounds are bounds on the numbers s, its inverse is
Q diag(1/s) Q, and no two operators commute. Whatever refutes the statement refutes the relation: it is a special case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb
from flint import ctx as flint_context

from proofcheck.kernel import statements as kernel
from proofcheck.kernel import terms
from proofcheck.kernel.certificates import Root
from proofcheck.language.chains import Chain
from proofcheck.language.claims import Claim
from proofcheck.language.expressions import (
    Applied,
    Constant,
    Fixed,
    Inner,
    Operator,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Scaled,
    Symbol,
    Total,
    Use,
    Vector,
    VectorEquation,
    VectorSum,
    number,
    parts_of,
    same,
    walk,
)
from proofcheck.language.printing import latex, text
from proofcheck.results import Verdict
from proofcheck.rules.obligations import Name
from proofcheck.rules.translation import Translation, Untranslatable

from .evaluating import BITS, Matrix, Undefined, exactly, in_balls, key_of

#: A ball stands for a number that is no root of a polynomial.
Value = Fraction | Root | arb


class NotDrawn(ValueError):
    """A relation that no numbers can be drawn for; the message says why."""


_ALONG_A_FLOW = "it speaks of the solutions of a flow"
_AN_INTEGRAL = "it has an integral"
#: How the reasons begin for which there is no special case of real arithmetic, but one in numbers that are integrated.
IN_NUMBERS_ONLY = (_ALONG_A_FLOW, _AN_INTEGRAL, "a hypothesis for all", "it rests on")


@dataclass(frozen=True)
class Instance:
    """A relation for vectors of one dimension and sums of so many terms.

    `statement` has the coordinates and spectra as its variables; `names` says how they are printed.
    """

    relation: Relation
    statement: kernel.Statement
    dimension: int
    sizes: Mapping[str, int]
    decisive: bool
    names: Mapping[str, Name]
    _scalars: Mapping[Any, str]
    _vectors: Mapping[Any, tuple[str, ...]]
    _operators: Mapping[Any, tuple[tuple[str, ...], tuple[str, ...]]]

    def values(self, point: Mapping[str, Value]) -> dict[Any, Any]:
        """What the author's names are at a point of the statement, as `proofcheck.testing.holds` takes it."""
        found: dict[Any, Any] = {name: Fraction(size) for name, size in self.sizes.items()}
        exact = all(isinstance(value, Fraction) for value in point.values())
        with flint_context.workprec(BITS):
            return found | self._placed(point if exact else {name: as_ball(value) for name, value in point.items()})

    def _placed(self, plain: Mapping[str, Any]) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        found |= {key: plain[name] for key, name in self._scalars.items()}
        found |= {key: tuple(plain[name] for name in parts) for key, parts in self._vectors.items()}
        for key, (spectrum, mirror) in self._operators.items():
            found[key] = reflected([plain[name] for name in spectrum], [1, *(plain[n] for n in mirror)])
        return found


def instance_of(relation: Relation, dimension: int = 1, size: int = 1) -> Instance:
    """The relation in coordinates. Raises `NotDrawn`.

    >>> from proofcheck import norm2, vector
    >>> len(instance_of(norm2(vector("x")) >= 0, dimension=3).statement.variables)
    3
    """
    if relation.flows():
        raise NotDrawn(_ALONG_A_FLOW)
    for use in relation.uses:
        _demand_pointwise(use)
    sizes = sizes_of(relation, size)
    try:
        coordinates = Coordinates(dimension, sizes)
        statement = coordinates.whole(relation)
    except (Untranslatable, Undefined, ValueError) as error:
        raise NotDrawn(str(error)) from error
    return Instance(
        relation,
        statement,
        dimension,
        sizes,
        not coordinates.moments_may_meet(),
        coordinates.names.shown,
        coordinates.scalars,
        coordinates.vectors_named,
        coordinates.operators,
    )


def shapes(relation: Relation, dimensions: int = 3, sizes: int = 3) -> list[tuple[int, int]]:
    """Dimensions from one on, and numbers of terms from one on, the smallest first. Raises `NotDrawn`.

    >>> from proofcheck import norm2, vector
    >>> shapes(norm2(vector("x")) >= 0)
    [(1, 1), (2, 1), (3, 1)]
    """
    everything = [part for side in _sides(relation) for part in all_parts(side)]
    if not any(isinstance(part, Vector) for part in everything):
        dimensions = 1
    if not any(isinstance(part, Total) or (isinstance(part, Symbol) and part.integer) for part in everything):
        sizes = 1
    allowed = [size for size in range(1, sizes + 1) if _forbidding(relation, size) is None]
    if not allowed:
        raise NotDrawn(f"{_forbidding(relation, sizes)} cannot be {sizes} or less")
    return [(dimension, size) for dimension in range(1, dimensions + 1) for size in allowed]


def relations_of(stated: object) -> Iterator[Relation]:
    """The relations that a claim states: itself, the links of a chain, the parts of a tuple."""
    match stated:
        case Relation():
            yield stated
        case Chain(_, links):
            yield from links
        case tuple():
            for part in stated:
                yield from relations_of(part)


def _demand_pointwise(use: Use) -> None:
    """What is proved for every point may help to prove a relation; it does not say which points it speaks of."""
    source = use.source
    if not isinstance(source, Claim) or source.expect is not Verdict.PROVED:
        raise NotDrawn(f"it rests on {getattr(source, 'name', 'what is not a claim')}, which is not proved")
    stated = tuple(relations_of(source.stated))
    if not stated or any(relation.flows() for relation in stated):
        raise NotDrawn(f"it rests on {source.name}, which is proved by a rule")
    for relation in stated:
        for deeper in relation.uses:
            _demand_pointwise(deeper)


def _sides(relation: Relation) -> list[Scalar | Vector]:
    return [side for part in (relation, *relation.hypotheses) for side in (part.left, part.right)]


def all_parts(expression: object) -> Iterator[object]:
    """Every part, what stands in operators' bounds included."""
    for part in walk(expression):
        yield part
        if isinstance(part, Applied):
            operator = part.operator.inverse_of or part.operator
            for bound in (operator.at_least, operator.at_most, operator.norm):
                yield from all_parts(bound)


def sizes_of(relation: Relation, size: int) -> dict[str, int]:
    """How many terms the sums have: every number that bounds one, and every integer, is the size. Raises `NotDrawn`."""
    if (forbidding := _forbidding(relation, size)) is not None:
        raise NotDrawn(f"{forbidding} cannot be {size}")
    return {symbol.name: size for symbol in _counts(relation)}


def _counts(relation: Relation) -> list[Symbol]:
    """The names in the upper bounds of sums, and of the integers that are no index."""
    parts = [part for side in _sides(relation) for part in all_parts(side)]
    sums = [part for part in parts if isinstance(part, Total) and part.kind == "sum"]
    counts = [part for each in sums for part in walk(each.upper) if isinstance(part, Symbol)]
    indices = [each.over for each in sums]
    integers = [part for part in parts if isinstance(part, Symbol) and part.integer and part.index is None]
    return counts + [each for each in integers if not any(same(each, index) for index in indices)]


def _forbidding(relation: Relation, size: int) -> str | None:
    """The name of a number of terms that the size is not allowed for."""
    for symbol in _counts(relation):
        if symbol.index is not None or not all(_allows(size, sign, bound) for sign, bound in symbol.bounds):
            return symbol.name
    return None


def _allows(size: int, sign: str, bound: Fraction) -> bool:
    return {">": size > bound, ">=": size >= bound, "<=": size <= bound, "<": size < bound}[sign]


class Coordinates(Translation):
    """Vectors are tuples of variables; a sum is written out."""

    def __init__(self, dimension: int, sizes: Mapping[str, int]) -> None:
        super().__init__()
        self.scalars: dict[Any, str] = {}
        self.vectors_named: dict[Any, tuple[str, ...]] = {}
        self.operators: dict[Any, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._dimension, self._sizes = dimension, sizes
        self._indices: dict[str, int] = {}
        self._bounds: dict[kernel.Relation, None] = {}

    def whole(self, relation: Relation) -> kernel.Statement:
        """The relation under its hypotheses."""
        goal = self.relation(relation)
        assumed = [each for hypothesis in relation.hypotheses for each in self._hypothesis(hypothesis, relation)]
        hypotheses = tuple(dict.fromkeys((*self.domains, *self._bounds, *assumed)))
        used = {
            part.name
            for each in (*hypotheses, goal)
            for side in (each.left, each.right)
            for part in terms.subterms(side)
            if isinstance(part, terms.Variable)
        }
        everything = [*self.scalars.values(), *(name for parts in self.vectors_named.values() for name in parts)]
        everything += [name for pair in self.operators.values() for names in pair for name in names]
        assert used <= set(everything)
        return kernel.Statement(tuple(everything), (), hypotheses, goal)

    def symbol(self, symbol: Symbol) -> terms.Term:
        """The number of a size or an index; a variable for everything else."""
        if symbol.index is None and symbol.name in self._indices:
            return terms.Rational(Fraction(self._indices[symbol.name]))
        if symbol.index is None and symbol.name in self._sizes:
            return terms.Rational(Fraction(self._sizes[symbol.name]))
        if symbol.integer:
            raise Untranslatable(f"{symbol.name} is an integer, and no number of terms")
        if symbol.index is not None:
            self._placed("Symbol", symbol.name, self._place(symbol.index))
        variable = terms.Variable(self._scalar_named(symbol))
        for sign, bound in symbol.bounds:
            self.domains.setdefault(kernel.Relation(variable, sign, terms.Rational(bound)))
        return variable

    def scalar(self, expression: Scalar) -> terms.Term:
        """The term of a scalar. Raises `Untranslatable`."""
        if isinstance(expression, ScalarPath):
            self._placed("ScalarPath", expression.name, expression.moment)
            return terms.Variable(self._scalar_named(expression))
        return super().scalar(expression)

    def total(self, expression: Total) -> terms.Term:
        """The sum, written out."""
        if expression.kind != "sum":
            raise Untranslatable(_AN_INTEGRAL)
        if expression.over.name in self._indices:
            raise Untranslatable(f"{expression.over.name} is bound twice")
        count = exactly({name: Fraction(size) for name, size in self._sizes.items()}).scalar(expression.upper)
        return terms.Sum(tuple(self._at(expression.over, row, expression.body) for row in range(1, int(count) + 1)))

    def inner(self, left: Vector, right: Vector) -> terms.Term:
        """The sum of the products of coordinates."""
        pairs = zip(self._vector(left), self._vector(right), strict=True)
        products = tuple(terms.Power(a, 2) if a == b else terms.Product((a, b)) for a, b in pairs)
        return products[0] if len(products) == 1 else terms.Sum(products)

    def _hypothesis(self, hypothesis: Relation | VectorEquation, goal: Relation) -> Iterator[kernel.Relation]:
        vanishing = _vanishing(hypothesis)
        if vanishing is not None:
            yield from (kernel.Relation(a, "=", terms.ZERO) for a in self._vector(vanishing))
        elif isinstance(hypothesis, VectorEquation):
            pairs = zip(self._vector(hypothesis.left), self._vector(hypothesis.right), strict=True)
            yield from (kernel.Relation(a, "=", b) for a, b in pairs)
        elif (over := hypothesis.for_all) is None:
            yield self.relation(hypothesis)
        else:
            counts = [
                int(exactly({name: Fraction(size) for name, size in self._sizes.items()}).scalar(part.upper))
                for side in (goal.left, goal.right)
                for part in walk(side)
                if isinstance(part, Total) and part.kind == "sum" and same(part.over, over)
            ]
            stands_free = any(_stands_free(side, over) for side in _sides(goal)[:2])
            if not counts and not stands_free:
                raise Untranslatable(f"a hypothesis for all {over.name}, over which nothing is summed")
            if stands_free:
                yield self.relation(hypothesis)
            for row in range(1, max(counts, default=0) + 1):
                self._indices[over.name] = row
                yield self.relation(hypothesis)
                del self._indices[over.name]

    def _at(self, over: Symbol, row: int, body: Scalar) -> terms.Term:
        self._indices[over.name] = row
        try:
            return self.scalar(body)
        finally:
            del self._indices[over.name]

    def _place(self, index: Symbol) -> Scalar:
        return number(self._indices[index.name]) if index.name in self._indices else index

    def _scalar_named(self, part: Symbol | ScalarPath) -> str:
        key = key_of(part, self._indices)
        if key not in self.scalars:
            self.scalars[key] = self._new(part, key, "")
        return self.scalars[key]

    def _new(self, part: Symbol | ScalarPath | Path | Fixed | Operator, key: Any, axis: str) -> str:
        """A new variable, printed as what it stands for is written."""
        written = part.name if isinstance(part, Operator) else text(part)
        typeset = part.latex if isinstance(part, Operator) else latex(part)
        row = key[-1] if isinstance(key, tuple) and isinstance(key[-1], int) else None
        at_row = "" if row is None or isinstance(part, Operator) else f"[{row}]"
        shown = Name(f"{written}{at_row}{axis and f'_{axis}'}", typeset + (axis and rf"^{{({axis})}}"))
        return self.names.of((type(part).__name__, key, axis), _letters(part.name + at_row + axis), shown)

    def _vector(self, vector: Vector) -> tuple[terms.Term, ...]:
        match vector:
            case Path() | Fixed():
                return self._named_vector(vector)
            case VectorSum(parts):
                columns = zip(*map(self._vector, parts), strict=True)
                return tuple(terms.Sum(column) for column in columns)
            case Scaled(factor, inside):
                scale = self.scalar(factor)
                return tuple(terms.Product((scale, part)) for part in self._vector(inside))
            case Applied(operator, inside):
                return self._image(operator, self._vector(inside))
            case _:
                raise Untranslatable(f"no coordinates of {type(vector).__name__}")

    def _named_vector(self, vector: Path | Fixed) -> tuple[terms.Term, ...]:
        index = None if vector.index is None else self._place(vector.index)
        moment = vector.moment if isinstance(vector, Path) else None
        self._placed(type(vector).__name__, vector.name, moment)
        if index is not None:
            self._placed(type(vector).__name__ + " indexed", vector.name, index)
        key = key_of(vector, self._indices)
        if key not in self.vectors_named:
            axes = [str(axis + 1) if self._dimension > 1 else "" for axis in range(self._dimension)]
            self.vectors_named[key] = tuple(self._new(vector, key, axis) for axis in axes)
        return tuple(map(terms.Variable, self.vectors_named[key]))

    def _image(self, operator: Operator, image: tuple[terms.Term, ...]) -> tuple[terms.Term, ...]:
        base = operator.inverse_of or operator
        spectrum, mirror = self._spectrum(base)
        factors: list[terms.Term] = [
            terms.Power(part, -1) if operator.inverse_of is not None else part for part in spectrum
        ]
        scaled = [terms.Product(pair) for pair in zip(factors, _mirrored(mirror, image), strict=True)]
        return _mirrored(mirror, tuple(scaled))

    def _spectrum(self, operator: Operator) -> tuple[tuple[terms.Term, ...], tuple[terms.Term, ...]]:
        self._placed("Operator", operator.name, operator.moment)
        key = key_of(operator, self._indices)
        if key not in self.operators:
            axes = [str(axis + 1) if self._dimension > 1 else "" for axis in range(self._dimension)]
            spectrum = tuple(self._new(operator, key, f"s{axis}") for axis in axes)
            self.operators[key] = spectrum, tuple(self._new(operator, key, f"q{axis}") for axis in axes[1:])
            for name in spectrum:
                self._bound(terms.Variable(name), operator)
        spectrum, mirror = self.operators[key]
        return tuple(map(terms.Variable, spectrum)), (terms.ONE, *map(terms.Variable, mirror))

    def _bound(self, value: terms.Term, operator: Operator) -> None:
        bounds = [(">=", operator.at_least), ("<=", operator.at_most), ("<=", operator.norm)]
        bounds += [] if operator.norm is None else [(">=", -operator.norm)]
        for sign, bound in bounds:
            if bound is not None:
                self._bounds.setdefault(kernel.Relation(value, sign, self.scalar(bound)))


def _vanishing(hypothesis: Relation | VectorEquation) -> Vector | None:
    """The vector of which the hypothesis says that its length is 0."""
    match hypothesis:
        case Relation(Inner(left, right), "=", Constant(value), _, _, _, None) if value == 0 and same(left, right):
            return left
        case _:
            return None


def _mirrored(mirror: tuple[terms.Term, ...], image: tuple[terms.Term, ...]) -> tuple[terms.Term, ...]:
    """x - 2 <q, x>/|q|^2 q; in one dimension x itself."""
    if len(mirror) == 1:
        return image
    product = terms.Sum(tuple(terms.Product(pair) for pair in zip(mirror, image, strict=True)))
    length = terms.Sum(tuple(terms.Power(part, 2) for part in mirror))
    factor = terms.Product((terms.Rational(Fraction(-2)), product, terms.Power(length, -1)))
    return tuple(terms.Sum((x, terms.Product((factor, q)))) for x, q in zip(image, mirror, strict=True))


def reflected(spectrum: Sequence[Any], mirror: Sequence[Any]) -> Matrix:
    """The matrix Q diag(spectrum) Q; in one dimension Q is 1."""
    size = len(spectrum)
    if size == 1:
        return ((spectrum[0],),)
    length = sum(part**2 for part in mirror)
    turn = [[(i == j) - 2 * mirror[i] * mirror[j] / length for j in range(size)] for i in range(size)]
    return tuple(
        tuple(sum(turn[i][k] * spectrum[k] * turn[k][j] for k in range(size)) for j in range(size)) for i in range(size)
    )


def _stands_free(expression: object, over: Symbol) -> bool:
    """Whether a variable, or something with this index, stands outside the sums over it."""
    match expression:
        case Total(_, _, own, lower, upper) if same(own, over):
            return _stands_free(lower, over) or _stands_free(upper, over)
        case Symbol() if same(expression, over):
            return True
        case _ if isinstance(index := getattr(expression, "index", None), Symbol):
            return same(index, over)
        case _:
            return any(_stands_free(part, over) for part in parts_of(expression))


def _letters(written: str) -> str:
    return "".join(character if character.isalnum() else "_" for character in written)[:50]


def as_ball(value: Value) -> arb:
    """A number in ball arithmetic, a root between two bounds by bisection."""
    if not isinstance(value, Root):
        ball: arb = in_balls(value)
        return ball
    lower, upper = value.lower, value.upper

    def polynomial(x: Fraction) -> Fraction:
        return sum((c * x**power for power, c in enumerate(value.coefficients)), Fraction(0))

    rising = polynomial(lower) < 0
    while upper - lower > Fraction(1, 2**BITS):
        middle = (lower + upper) / 2
        lower, upper = (middle, upper) if (polynomial(middle) < 0) == rising else (lower, middle)
    ends: arb = in_balls(lower).union(in_balls(upper))
    return ends
