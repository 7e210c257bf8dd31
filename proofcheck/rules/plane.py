"""The case of dimension two: vectors are pairs of numbers, and operators are symmetric matrices.

A matrix lies between bounds when its diagonal does and the determinants of what is left are not negative. In a basis
of its eigenvectors the first operator of a statement is diagonal, and so are its powers and its inverse: with one
operator nothing is lost. Further operators need not commute with it, and are full matrices.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from proofcheck.kernel import statements as kernel
from proofcheck.kernel import terms
from proofcheck.language.expressions import Applied, Fixed, Operator, Path, Scaled, Vector, VectorSum, same

from .obligations import Entry
from .translation import Label, Translation, Untranslatable, label_of_operator, label_of_path

Pair = tuple[terms.Term, terms.Term]
#: A symmetric matrix: first diagonal entry, the entry beside the diagonal, second diagonal entry.
Matrix = tuple[terms.Term, terms.Term, terms.Term]


class Plane(Translation):
    """Vectors are pairs of numbers, operators are symmetric matrices that their bounds bound.

    No coordinate has a kernel name that is `taken`, so that the names of several translations can be kept together.
    """

    def __init__(self, taken: Collection[str] = ()) -> None:
        super().__init__()
        self.bounds: dict[kernel.Relation, None] = {}
        self._taken = taken
        self._pairs: dict[object, Pair] = {}
        self._matrices: dict[Operator, Matrix] = {}

    def inner(self, left: Vector, right: Vector) -> terms.Term:
        """The sum of the products of the coordinates."""
        first = self.vector(left)
        if same(left, right):
            return terms.Sum(tuple(terms.Power(part, 2) for part in first))
        return terms.Sum(tuple(terms.Product(parts) for parts in zip(first, self.vector(right), strict=True)))

    def vector(self, vector: Vector) -> Pair:
        """The coordinates of a vector."""
        match vector:
            case Path() | Fixed():
                label = label_of_path(vector)
                if label[0] not in self._pairs:
                    first, second = self._entries(label, (1,), (2,))
                    self._pairs[label[0]] = first, second
                return self._pairs[label[0]]
            case VectorSum(parts):
                pairs = tuple(map(self.vector, parts))
                return terms.Sum(tuple(pair[0] for pair in pairs)), terms.Sum(tuple(pair[1] for pair in pairs))
            case Scaled(factor, inside):
                scale, (first, second) = self.scalar(factor), self.vector(inside)
                return terms.Product((scale, first)), terms.Product((scale, second))
            case Applied(operator, inside):
                return self._image(operator, self.vector(inside))
            case _:
                raise Untranslatable(f"no translation of {type(vector).__name__}")

    def vanishes(self, vector: Vector) -> Iterable[kernel.Relation]:
        """Both coordinates are zero."""
        return (kernel.Relation(part, "=", terms.ZERO) for part in self.vector(vector))

    def extra(self) -> Iterable[kernel.Relation]:
        """The operators' bounds."""
        return self.bounds

    def _image(self, operator: Operator, vector: Pair) -> Pair:
        x, y = vector
        if operator.inverse_of is None:
            a, b, c = self._matrix(operator)
            return _combined(a, x, b, y), _combined(b, x, c, y)
        a, b, c = self._matrix(operator.inverse_of)
        if b == terms.ZERO:
            return terms.Product((x, terms.Power(a, -1))), terms.Product((y, terms.Power(c, -1)))
        minus = terms.Product((terms.Rational(Fraction(-1)), b))
        divisor = terms.Power(_determinant(a, b, c), -1)
        return (
            terms.Product((_combined(c, x, minus, y), divisor)),
            terms.Product((_combined(minus, x, a, y), divisor)),
        )

    def _matrix(self, operator: Operator) -> Matrix:
        known = self._matrices.get(operator)
        if known is not None:
            return known
        label = label_of_operator(operator)
        if self._matrices:
            first, beside, second = self._entries(label, (1, 1), (1, 2), (2, 2))
        else:
            (first, second), beside = self._entries(label, (1, 1), (2, 2)), terms.ZERO
        self._matrices[operator] = matrix = first, beside, second
        opposite = None if operator.norm is None else -operator.norm
        bounds = ((">=", operator.at_least), ("<=", operator.at_most), ("<=", operator.norm), (">=", opposite))
        for sign, bound in bounds:
            if bound is not None:
                self.bounds.update(dict.fromkeys(_bounded(matrix, sign, self.scalar(bound))))
        return matrix

    def _entries(self, label: Label, *places: tuple[int, ...]) -> list[terms.Term]:
        """A variable for each place of a vector or a matrix."""
        key, wanted, whole = label
        head = wanted.rstrip("'")
        found: list[terms.Term] = []
        for place in places:
            digits = "".join(map(str, place))
            shown = Entry(f"{whole.text}_{digits}", rf"({whole.latex})_{{{digits}}}", whole, place)
            name = f"{head}_{digits}{wanted[len(head) :]}"
            found.append(terms.Variable(self.names.of((key, place), name, shown, self._taken)))
        return found


def _bounded(matrix: Matrix, sign: str, bound: terms.Term) -> Iterable[kernel.Relation]:
    """That a symmetric matrix is at least, or at most, a multiple of the identity."""
    a, b, c = matrix
    yield kernel.Relation(a, sign, bound)
    yield kernel.Relation(c, sign, bound)
    if b != terms.ZERO:
        gaps = terms.Product((terms.difference(a, bound), terms.difference(c, bound)))
        yield kernel.Relation(gaps, ">=", terms.Power(b, 2))


def _combined(a: terms.Term, x: terms.Term, b: terms.Term, y: terms.Term) -> terms.Term:
    first = terms.Product((a, x))
    return first if b == terms.ZERO else terms.Sum((first, terms.Product((b, y))))


def _determinant(a: terms.Term, b: terms.Term, c: terms.Term) -> terms.Term:
    return terms.difference(terms.Product((a, c)), terms.Power(b, 2))
