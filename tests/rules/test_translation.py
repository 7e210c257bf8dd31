"""From statements to the kernel: what is translated, and how, and what has no translation."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import pytest
from sympy import Matrix, Rational

from proofcheck import inner, norm2, operator, scalar, vector
from proofcheck.kernel import statements as kernel
from proofcheck.kernel import terms
from proofcheck.language.expressions import Scalar, Vector
from proofcheck.rules.plane import Plane
from proofcheck.rules.translation import Gram, OneMode, Translation, Untranslatable

z, u, v = scalar("z"), vector("u"), vector("v")


class OtherScalar(Scalar):
    """Of no kind that there is."""


class OtherVector(Vector):
    """Of no kind that there is."""


def test_vectors_are_nothing_to_scalars() -> None:
    with pytest.raises(Untranslatable, match="vectors in a statement about scalars"):
        Translation().statement(norm2(u) >= 0, ())
    with pytest.raises(Untranslatable, match="vectors in a statement about scalars"):
        Translation().statement(z >= 0, (u == v,))


@pytest.mark.parametrize("translation", [OneMode, Gram, Plane])
def test_what_nobody_has_made_has_no_translation(translation: type[Translation]) -> None:
    with pytest.raises(Untranslatable, match="no translation of OtherScalar"):
        translation().statement(z >= OtherScalar(), ())
    with pytest.raises(Untranslatable, match="no translation of OtherVector"):
        translation().statement(inner(OtherVector(), u) >= 0, ())


#: Symmetric matrices with the spectra {1, 2, 4} and {-2, 0, 2}, and vectors, eigenvectors among them.
H_MATRIX, N_MATRIX = Matrix([[2, 1, 0], [1, 3, 1], [0, 1, 2]]), Matrix([[0, 2, 0], [2, 0, 0], [0, 0, 0]])
VECTORS = [Matrix(row) for row in ([1, 2, 1], [1, -1, 1], [1, 0, -1], [0, 3, -2], [1, 1, 0], [0, 0, 0])]
low, high, size = scalar("c", positive=True), scalar("C"), scalar("r")
H, N = operator("H", at_least=low, at_most=high), operator("N", norm=size)
VALUES = {"c": Rational(1), "C": Rational(4), "r": Rational(2)}


def holds(relation: kernel.Relation, inner_of: Callable[[str, str], Rational], values: dict[str, Rational]) -> bool:
    """Whether a relation of the kernel holds for these numbers, exactly."""

    def value(term: terms.Term) -> Rational:
        match term:
            case terms.Rational(number):
                return Rational(number.numerator, number.denominator)
            case terms.Variable(name):
                return values[name]
            case terms.Inner(first, second):
                return inner_of(first, second)
            case terms.Sum(parts):
                return sum(map(value, parts), Rational(0))
            case terms.Product(parts):
                return prod(map(value, parts), start=Rational(1))
            case terms.Power(base, exponent):
                return value(base) ** exponent
            case _:
                raise AssertionError(term)

    left, right = value(relation.left), value(relation.right)
    return {"=": left == right, "<=": left <= right, ">=": left >= right, ">": left > right}[relation.sign]


@pytest.mark.parametrize(("first", "second"), [(a, b) for a in VECTORS for b in VECTORS])
def test_what_is_assumed_of_operators_is_true_of_matrices(first: Matrix, second: Matrix) -> None:
    gram = Gram()
    images = inner(H(u), H(v)) + inner(N(u), N(v)) + inner(H.inverse(u), H.inverse(v)) + inner(H(H.inverse(u)), N(H(v)))
    statement = gram.statement(images**2 >= 0, (u == v,) if first == second else ())
    matrices = {H: H_MATRIX, N: N_MATRIX, H.inverse(u).operator: H_MATRIX.inv()}  # type: ignore[attr-defined]
    found = {"u": first, "v": second}
    for (moving, name), image in gram._images.items():
        found[image] = matrices[moving] * found[name]
    assert set(statement.vectors) == set(found)
    for each in statement.hypotheses:
        assert holds(each, lambda a, b: (found[a].T * found[b])[0], VALUES), each


def test_what_is_assumed_of_operators_in_the_plane_is_true_of_matrices() -> None:
    statement = Plane().statement(inner(H(u), v) + inner(N(u), v) >= 0, ())
    entries = {"H_11": 1, "H_22": 4, "N_11": 1, "N_12": 1, "N_22": 1, "u_1": 3, "u_2": -1, "v_1": 0, "v_2": 1}
    for turned in (1, -1):
        chosen = {name: Rational(entry * (turned if name.startswith("N") else 1)) for name, entry in entries.items()}
        for each in statement.hypotheses:
            assert holds(each, lambda a, b: Rational(0), VALUES | chosen), each
