"""A relation of the language as a statement about numbers: vectors by their coordinates, operators as matrices.

This is what the solvers get that know numbers only. In a family about vectors it is a special case, one dimension.
"""

from __future__ import annotations

from proofcheck.kernel import statements as kernel
from proofcheck.kernel import terms
from proofcheck.kernel.terms import Term, difference, subterms
from proofcheck.language.expressions import (
    Applied,
    Fixed,
    Inner,
    Operator,
    Path,
    Relation,
    Scaled,
    Vector,
    VectorSum,
    walk,
)
from proofcheck.rules.translation import Translation

#: The dimension in which vectors are given to a contestant who cannot speak of all dimensions.
DIMENSION = 2

Matrix = tuple[tuple[Term, Term], tuple[Term, Term]]


def has_vectors(relation: Relation) -> bool:
    """Whether a relation or its hypotheses speak of vectors."""
    sides = [side for each in (relation, *relation.hypotheses) for side in (each.left, each.right)]
    return any(isinstance(part, Vector | Inner) for side in sides for part in walk(side))


def in_numbers(relation: Relation) -> kernel.Statement:
    """The statement in coordinates of the plane; the same statement where there are no vectors."""
    plane = _Plane()
    goal = plane.relation(relation)
    assumed = [plane.relation(each) for each in relation.hypotheses if isinstance(each, Relation)]
    if len(assumed) < len(relation.hypotheses):
        raise TypeError("the corpus has no equations between vectors")
    hypotheses = tuple(dict.fromkeys((*plane.domains, *assumed, *plane.bounds)))
    parts = [part for each in (*hypotheses, goal) for side in (each.left, each.right) for part in subterms(side)]
    names = dict.fromkeys(part.name for part in parts if isinstance(part, terms.Variable))
    return kernel.Statement(tuple(names), (), hypotheses, goal)


class _Plane(Translation):
    """Vectors are pairs of numbers, a self-adjoint operator is a symmetric matrix."""

    def __init__(self) -> None:
        super().__init__()
        self.bounds: dict[kernel.Relation, None] = {}

    def inner(self, left: Vector, right: Vector) -> Term:
        """The sum of the products of the coordinates."""
        pairs = zip(self.vector(left), self.vector(right), strict=True)
        return terms.Sum(tuple(terms.Product(pair) for pair in pairs))

    def vector(self, vector: Vector) -> tuple[Term, Term]:
        """The coordinates."""
        match vector:
            case Path() | Fixed():
                name = self.name_of_path(vector).replace("'", "_dot")
                return terms.Variable(f"{name}_1"), terms.Variable(f"{name}_2")
            case VectorSum(parts):
                first, second = zip(*map(self.vector, parts), strict=True)
                return terms.Sum(first), terms.Sum(second)
            case Scaled(factor, inside):
                scale, (first, second) = self.scalar(factor), self.vector(inside)
                return terms.Product((scale, first)), terms.Product((scale, second))
            case Applied(operator, inside):
                rows, (first, second) = self.matrix(operator), self.vector(inside)
                image = (terms.Sum((terms.Product((u, first)), terms.Product((v, second)))) for u, v in rows)
                return next(image), next(image)
            case _:
                raise TypeError(f"no coordinates of {type(vector).__name__}")

    def matrix(self, operator: Operator) -> Matrix:
        """The matrix of an operator; what its bounds say of it becomes hypotheses."""
        if operator.inverse_of is not None:
            (a, b), (_, d) = self.matrix(operator.inverse_of)
            inverse = terms.Power(_determinant(a, b, d), -1)
            negative = terms.Product((terms.Rational(-terms.ONE.value), b, inverse))
            return (terms.Product((d, inverse)), negative), (negative, terms.Product((a, inverse)))
        a, b, d = (terms.Variable(f"{operator.name}_{place}") for place in ("11", "12", "22"))
        if operator.at_least is not None:
            low = self.scalar(operator.at_least)
            self._not_negative(difference(a, low), b, difference(d, low))
        if operator.at_most is not None:
            high = self.scalar(operator.at_most)
            self._not_negative(difference(high, a), b, difference(high, d))
        return (a, b), (b, d)

    def _not_negative(self, a: Term, b: Term, d: Term) -> None:
        """A symmetric matrix is positive semidefinite when its principal minors are not negative."""
        for minor in (a, d, _determinant(a, b, d)):
            self.bounds.setdefault(kernel.Relation(minor, ">=", terms.ZERO))


def _determinant(a: Term, b: Term, d: Term) -> Term:
    return difference(terms.Product((a, d)), terms.Power(b, 2))
