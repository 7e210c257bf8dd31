"""From what an author wrote to closed statements of the kernel.

Three translations: plain scalars; *one mode*, in which a vector becomes a number and an operator a number of its
spectral interval; and *Gram*, in which inner products of vectors become the kernel's inner products.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from proofcheck.kernel import statements as kernel
from proofcheck.kernel import terms
from proofcheck.language.expressions import (
    Add,
    Applied,
    Call,
    Constant,
    Fixed,
    Inner,
    Multiply,
    Named,
    Operator,
    Path,
    Power,
    Relation,
    Scalar,
    ScalarPath,
    Scaled,
    Symbol,
    Total,
    Vector,
    VectorEquation,
    VectorSum,
    same,
    structure,
)
from proofcheck.language.printing import latex, text

from .obligations import Name

#: What tells a thing apart, the kernel name that it should have, and how it is printed.
Label = tuple[object, str, Name]


class Untranslatable(TypeError):
    """The expression has no translation of the kind that was asked for."""


@dataclass
class Names:
    """Kernel names for what an author named, each given once."""

    given: dict[object, str] = field(default_factory=dict)
    shown: dict[str, Name] = field(default_factory=dict)

    def of(self, thing: object, wanted: str, shown: Name, taken: Collection[str] = ()) -> str:
        """The kernel name of a thing, made from the wanted one, and none that is taken."""
        known = self.given.get(thing)
        if known is not None:
            return known
        head = wanted.rstrip("'")
        primes = wanted[len(head) :]
        candidate, count = wanted, 1
        while candidate in self.shown or candidate in taken:
            count += 1
            candidate = f"{head}_{count}{primes}"
        self.given[thing] = candidate
        self.shown[candidate] = shown
        return candidate


class Translation:
    """Common part: scalars, and the hypotheses that come with names."""

    def __init__(self) -> None:
        self.names = Names()
        self.domains: dict[kernel.Relation, None] = {}
        self.opaque = False
        self._moments: dict[tuple[str, object], dict[object, object]] = {}

    def moments_may_meet(self) -> bool:
        """Whether one path, operator or indexed number stands at two moments or indices that may be one."""
        for places in self._moments.values():
            constants = all(isinstance(place, Constant) for place in places.values())
            if len(places) > 1 and not constants:
                return True
        return False

    def _placed(self, kind: str, name: str, place: object) -> None:
        self._moments.setdefault((kind, name), {}).setdefault(structure(place), place)

    def scalar(self, expression: Scalar) -> terms.Term:
        """The term of a scalar. Raises `Untranslatable`."""
        match expression:
            case Constant(value):
                return terms.Rational(value)
            case Symbol():
                return self.symbol(expression)
            case ScalarPath():
                # A total variation is a number of which more is known than that it is one.
                self.opaque |= expression.variation_of is not None
                return terms.Variable(self.name_of_path(expression))
            case Named(_, _, body):
                return self.scalar(body)
            case Add(parts):
                return terms.Sum(tuple(map(self.scalar, parts)))
            case Multiply(parts):
                return terms.Product(tuple(map(self.scalar, parts)))
            case Power(base, exponent):
                return terms.Power(self.scalar(base), exponent)
            case Call(function, parts):
                return terms.Apply(function, tuple(map(self.scalar, parts)))
            case Inner(left, right):
                return self.inner(left, right)
            case Total():
                return self.total(expression)
            case _:
                raise Untranslatable(f"no translation of {type(expression).__name__}")

    def inner(self, left: Vector, right: Vector) -> terms.Term:
        """The term of an inner product. Raises `Untranslatable`."""
        raise Untranslatable("vectors in a statement about scalars")

    def symbol(self, symbol: Symbol) -> terms.Term:
        """The variable of a parameter, whose domain becomes hypotheses."""
        if symbol.index is not None:
            self._placed("Symbol", symbol.name, symbol.index)
        variable = terms.Variable(
            self.names.of(("symbol", structure(symbol)), symbol.name, Name(symbol.name, symbol.latex))
        )
        for sign, bound in symbol.bounds:
            self.domains.setdefault(kernel.Relation(variable, sign, terms.Rational(bound)))
        return variable

    def name_of_path(self, path: Path | ScalarPath | Fixed) -> str:
        """The kernel name of a path's derivative at its moment, or of a fixed vector."""
        self.path_placed(path)
        return self.names.of(*label_of_path(path))

    def path_placed(self, path: Path | ScalarPath | Fixed) -> None:
        """Take notice of the moment of a path, and of its index."""
        self._placed(type(path).__name__, path.name, None if isinstance(path, Fixed) else path.moment)
        if not isinstance(path, ScalarPath) and path.index is not None:
            self._placed("index", path.name, path.index)

    def operator_placed(self, operator: Operator) -> None:
        """Take notice of the moment of an operator."""
        self._placed("Operator", operator.name, operator.moment)

    def total(self, expression: Total) -> terms.Term:
        """A sum or an integral as a number of which nothing is known, after factors free of its variable."""
        self.opaque = True
        outside, core = expression.factored()
        name = self.names.of(("total", structure(core)), core.kind, Name(text(core), latex(core)))
        return terms.Product((*map(self.scalar, outside), terms.Variable(name)))

    def relation(self, relation: Relation) -> kernel.Relation:
        """The relation, without its hypotheses."""
        return kernel.Relation(self.scalar(relation.left), relation.sign, self.scalar(relation.right))

    def vectors(self) -> tuple[str, ...]:
        """The kernel's vectors."""
        return ()

    def extra(self) -> Iterable[kernel.Relation]:
        """Hypotheses that come with vectors and operators; asking may name more symbols."""
        return ()

    def statement(self, goal: Relation, hypotheses: Iterable[Relation | VectorEquation]) -> kernel.Statement:
        """The closed statement: domains, hypotheses, goal. Raises `Untranslatable`."""
        target = self.relation(goal)
        assumed, vanishing = [], []
        for hypothesis in hypotheses:
            if isinstance(hypothesis, Relation):
                assumed.append(self.relation(hypothesis))
            else:
                vanishing.append(hypothesis.left - hypothesis.right)
                self.scalar(Inner(vanishing[-1], vanishing[-1]))
        assumed += [relation for vector in vanishing for relation in self.vanishes(vector)]
        return self._close(target, assumed)

    def vanishes(self, vector: Vector) -> Iterable[kernel.Relation]:
        """What it means that a vector is zero."""
        raise Untranslatable(f"a hypothesis about the vector {text(vector)} in a statement about scalars")

    def _close(self, goal: kernel.Relation, assumed: list[kernel.Relation]) -> kernel.Statement:
        extra = tuple(self.extra())
        vectors = self.vectors()
        variables = tuple(name for name in self.names.shown if name not in vectors)
        hypotheses = dict.fromkeys((*self.domains, *assumed, *extra))
        return kernel.Statement(variables, vectors, tuple(hypotheses), goal)


class OneMode(Translation):
    """Vectors are numbers, an operator is a number that its bounds bound: the case of dimension one."""

    def __init__(self) -> None:
        super().__init__()
        self.bounds: dict[kernel.Relation, None] = {}

    def inner(self, left: Vector, right: Vector) -> terms.Term:
        """The product of two numbers."""
        if same(left, right):
            return terms.Power(self.vector(left), 2)
        return terms.Product((self.vector(left), self.vector(right)))

    def vector(self, vector: Vector) -> terms.Term:
        """The number of a vector."""
        match vector:
            case Path() | Fixed():
                return terms.Variable(self.name_of_path(vector))
            case VectorSum(parts):
                return terms.Sum(tuple(map(self.vector, parts)))
            case Scaled(factor, inside):
                return terms.Product((self.scalar(factor), self.vector(inside)))
            case Applied(operator, inside):
                return terms.Product((self.operator(operator), self.vector(inside)))
            case _:
                raise Untranslatable(f"no translation of {type(vector).__name__}")

    def vanishes(self, vector: Vector) -> Iterable[kernel.Relation]:
        """The number is zero."""
        return (kernel.Relation(self.vector(vector), "=", terms.ZERO),)

    def operator(self, operator: Operator) -> terms.Term:
        """The number of an operator; its bounds become hypotheses."""
        if operator.inverse_of is not None:
            return terms.Power(self.operator(operator.inverse_of), -1)
        self.operator_placed(operator)
        value = terms.Variable(self.names.of(*label_of_operator(operator)))
        for sign, bound in ((">=", operator.at_least), ("<=", operator.at_most), ("<=", operator.norm)):
            if bound is not None:
                self.bounds.setdefault(kernel.Relation(value, sign, self.scalar(bound)))
        if operator.norm is not None:
            opposite = self.scalar(-operator.norm)
            self.bounds.setdefault(kernel.Relation(value, ">=", opposite))
        return value

    def extra(self) -> Iterable[kernel.Relation]:
        """The operators' bounds."""
        return self.bounds

    def equation(self, goal: VectorEquation) -> kernel.Statement:
        """One component of an equation between vectors that is linear in them."""
        sides = [(self.vector(part.left), self.vector(part.right)) for part in (goal, *goal.hypotheses)]
        target, *assumed = (kernel.Relation(left, "=", right) for left, right in sides)
        return self._close(target, assumed)


class Gram(Translation):
    """Inner products of finitely many vectors, in any dimension; an operator's image is a vector of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._images: dict[tuple[Operator, str], str] = {}
        self._of_pairs: tuple[kernel.Relation, ...] = ()
        self._vectors: dict[str, None] = {}

    def inner(self, left: Vector, right: Vector) -> terms.Term:
        """The inner product, expanded over the named vectors."""
        first, second = self.expand(left), self.expand(right)
        return terms.Sum(
            tuple(
                terms.Product((a, b, terms.Inner(min(u, v), max(u, v))))
                for u, a in first.items()
                for v, b in second.items()
            )
        )

    def expand(self, vector: Vector) -> dict[str, terms.Term]:
        """The vector as a linear combination of named ones."""
        match vector:
            case Path() | Fixed():
                name = self.name_of_path(vector)
                self._vectors.setdefault(name)
                return {name: terms.ONE}
            case VectorSum(parts):
                total: dict[str, terms.Term] = {}
                for part in parts:
                    for name, coefficient in self.expand(part).items():
                        known = total.get(name)
                        total[name] = coefficient if known is None else terms.Sum((known, coefficient))
                return total
            case Scaled(factor, inside):
                scale = self.scalar(factor)
                return {name: terms.Product((scale, c)) for name, c in self.expand(inside).items()}
            case Applied(operator, inside):
                return {self.image(operator, name): c for name, c in self.expand(inside).items()}
            case _:
                raise Untranslatable(f"no translation of {type(vector).__name__}")

    def vanishes(self, vector: Vector) -> Iterable[kernel.Relation]:
        """Its inner product with every named vector is zero."""
        zero = self.expand(vector)
        for name in tuple(self._vectors):
            parts = (terms.Product((c, terms.Inner(min(name, other), max(name, other)))) for other, c in zero.items())
            yield kernel.Relation(terms.Sum(tuple(parts)), "=", terms.ZERO)

    def image(self, operator: Operator, name: str) -> str:
        """The named vector that is the operator's image of a named vector."""
        known = self._images.get((operator, name))
        if operator.inverse_of is not None and known is None:
            known = next(
                (v for (o, v), image in self._images.items() if o == operator.inverse_of and image == name), None
            )
        if known is None:
            of, by = self.names.shown[name], _operator_shown(operator)
            shown = Name(f"{by.text} {of.text}", rf"{by.latex}\, {of.latex}")
            known = self.names.of(("image", operator, name), f"{_letters(operator.name)}_{name}", shown)
            self._images[operator, name] = known
            self._vectors.setdefault(known)
            if operator.inverse_of is not None:
                self._images[operator.inverse_of, known] = name
        return known

    def vectors(self) -> tuple[str, ...]:
        """The named vectors."""
        return tuple(self._vectors)

    def extra(self) -> Iterable[kernel.Relation]:
        """Squares are not negative; each operator's bounds on each vector it meets, and its symmetry on each pair."""
        squares = (terms.Inner(name, name) for name in self._vectors)
        found = dict.fromkeys(kernel.Relation(square, ">=", terms.ZERO) for square in squares)
        for (operator, name), image in self._images.items():
            square = terms.Inner(name, name)
            form = terms.Inner(min(name, image), max(name, image))
            if operator.inverse_of is not None:
                found.update(self._inverse_bounds(operator.inverse_of, form, square, terms.Inner(image, image)))
                continue
            if operator.at_least is not None:
                low = terms.Product((self.scalar(operator.at_least), square))
                found.setdefault(kernel.Relation(form, ">=", low))
            if operator.at_most is not None:
                high = terms.Product((self.scalar(operator.at_most), square))
                found.setdefault(kernel.Relation(form, "<=", high))
            if operator.at_least is not None and operator.at_most is not None:
                found.setdefault(self._product_of_gaps(operator, form, square, terms.Inner(image, image)))
            if operator.norm is not None:
                size = self.scalar(operator.norm)
                widest = terms.Product((size, square))
                found.setdefault(kernel.Relation(form, "<=", widest))
                found.setdefault(kernel.Relation(form, ">=", terms.Product((terms.Rational(Fraction(-1)), widest))))
                found.setdefault(kernel.Relation(size, ">=", terms.ZERO))
                bound = terms.Product((terms.Power(size, 2), square))
                found.setdefault(kernel.Relation(terms.Inner(image, image), "<=", bound))
            for (other, second), second_image in self._images.items():
                if other == operator and name < second:
                    left = terms.Inner(min(image, second), max(image, second))
                    right = terms.Inner(min(name, second_image), max(name, second_image))
                    found.setdefault(kernel.Relation(left, "=", right))
        return (*found, *self._of_pairs)

    def _close(self, goal: kernel.Relation, assumed: list[kernel.Relation]) -> kernel.Statement:
        if any(map(_is_nonlinear, (goal.left, goal.right))):
            self._of_pairs = tuple(self._forms_of_pairs())
        return super()._close(goal, assumed)

    def _forms_of_pairs(self) -> Iterable[kernel.Relation]:
        """`<(H - c) u, v>^2 <= <(H - c) u, u> <(H - c) v, v>` for c <= H, by Cauchy and Schwarz."""
        for (operator, first), (other, second) in combinations(self._images, 2):
            if operator != other or operator.at_least is None or operator.inverse_of is not None:
                continue
            low = self.scalar(operator.at_least)

            def gap(u: str, v: str, of: Operator = operator, low: terms.Term = low) -> terms.Term:
                image = self._images[of, u]
                form, product = terms.Inner(min(image, v), max(image, v)), terms.Inner(min(u, v), max(u, v))
                return terms.difference(form, terms.Product((low, product)))

            forms = terms.Product((gap(first, first), gap(second, second)))
            yield kernel.Relation(terms.Power(gap(first, second), 2), "<=", forms)

    def _product_of_gaps(
        self, operator: Operator, form: terms.Term, square: terms.Term, image: terms.Term
    ) -> kernel.Relation:
        """`<(H - c) v, (C - H) v> >= 0` for c <= H <= C: |H v|^2 + c C |v|^2 <= (c + C) <H v, v>."""
        assert operator.at_least is not None and operator.at_most is not None
        low, high = self.scalar(operator.at_least), self.scalar(operator.at_most)
        smaller = terms.Sum((image, terms.Product((low, high, square))))
        return kernel.Relation(smaller, "<=", terms.Product((terms.Sum((low, high)), form)))

    def _inverse_bounds(
        self, operator: Operator, form: terms.Term, square: terms.Term, image: terms.Term
    ) -> dict[kernel.Relation, None]:
        """`c <K v, v> <= |v|^2`, `c^2 |K v|^2 <= |v|^2` for K the inverse of H >= c, and `C <K v, v> >= |v|^2`."""
        found: dict[kernel.Relation, None] = {}
        if operator.at_least is not None:
            lower = self.scalar(operator.at_least)
            found.setdefault(kernel.Relation(terms.Product((lower, form)), "<=", square))
            found.setdefault(kernel.Relation(terms.Product((terms.Power(lower, 2), image)), "<=", square))
        if operator.at_most is not None:
            found.setdefault(kernel.Relation(terms.Product((self.scalar(operator.at_most), form)), ">=", square))
        return found


def _is_nonlinear(side: terms.Term) -> bool:
    """Whether inner products are multiplied, or stand inside a power or a function."""
    match side:
        case terms.Sum(parts):
            return any(map(_is_nonlinear, parts))
        case terms.Product(parts):
            holding = [part for part in parts if any(isinstance(each, terms.Inner) for each in terms.subterms(part))]
            return len(holding) > 1 or any(map(_is_nonlinear, holding))
        case terms.Power(base, _) | terms.Apply(_, (base,)):
            return any(isinstance(each, terms.Inner) for each in terms.subterms(base))
        case _:
            return False


def _operator_shown(operator: Operator) -> Name:
    moment = "" if operator.moment is None else f"({text(operator.moment)})"
    shown = "" if operator.moment is None else f"({latex(operator.moment)})"
    dotted = rf"\dot{{{operator.latex}}}" if operator.order else operator.latex
    return Name(operator.name + "'" * operator.order + moment, dotted + shown)


def label_of_operator(operator: Operator) -> Label:
    """The label of an operator at its moment."""
    moment = "" if operator.moment is None else "_at_" + _letters(text(operator.moment))
    wanted = operator.name + moment + "'" * min(operator.order, 3)
    return ("operator", operator), wanted, _operator_shown(operator)


def label_of_path(path: Path | ScalarPath | Fixed) -> Label:
    """The label of a path's derivative at its moment, or of a fixed vector."""
    order, moment = (0, None) if isinstance(path, Fixed) else (path.order, path.moment)
    wanted = path.name + ("" if moment is None else "_at_" + _letters(text(moment)))
    if order:
        wanted += "'" * order if order <= 3 else f"_derivative_{order}"
    index = None if isinstance(path, ScalarPath) else path.index
    key = (type(path).__name__, path.name, order, structure(moment), structure(index))
    return key, wanted, Name(text(path), latex(path))


def _letters(written: str) -> str:
    """Only what a kernel name may hold."""
    kept = "".join(character for character in written if character.isalnum() or character == "_")
    return kept[:20] or "x"
