"""From statements to the kernel: what is translated, and how, and what has no translation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import prod

import pytest
from sympy import Matrix, Rational

from proofcheck import inner, norm2, operator, scalar, vector
from proofcheck.kernel import statements as kernel
from proofcheck.kernel import terms
from proofcheck.language.expressions import Operator, Scalar, Vector
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
N_INVERSE = replace(N, name="N^-1", norm=None, inverse_of=N)
VALUES = {"c": Rational(1), "C": Rational(4), "r": Rational(2)}


def value_of(term: terms.Term, inner_of: Callable[[str, str], Rational], values: dict[str, Rational]) -> Rational:
    """The exact value of a term of the kernel, polynomials and quotients only."""

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

    return value(term)


def holds(relation: kernel.Relation, inner_of: Callable[[str, str], Rational], values: dict[str, Rational]) -> bool:
    """Whether a relation of the kernel holds for these numbers."""
    left, right = value_of(relation.left, inner_of, values), value_of(relation.right, inner_of, values)
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


def no_inner(first: str, second: str) -> Rational:
    raise AssertionError(first, second)


@pytest.mark.parametrize("entries", [(1, 1, 1), (-1, -1, -1), (2, 0, -2), (-2, 0, 2), (0, 2, 0), (1, 0, 2)])
@pytest.mark.parametrize("diagonal", [(1, 4), (4, 1), (2, 2)])
def test_what_is_assumed_of_operators_in_the_plane_is_true_of_matrices(
    diagonal: tuple[int, int], entries: tuple[int, int, int]
) -> None:
    statement = Plane().statement(inner(H(u), v) + inner(N(u), v) >= 0, ())
    names = ("H_11", "H_22", "N_11", "N_12", "N_22", "u_1", "u_2", "v_1", "v_2")
    chosen = dict(zip(names, map(Rational, (*diagonal, *entries, 3, -1, 0, 1)), strict=True))
    for each in statement.hypotheses:
        assert holds(each, no_inner, VALUES | chosen), each


@pytest.mark.parametrize(
    ("moving", "entries"),
    [
        *((N, entries) for entries in ((3, 0, 1), (1, 0, 3), (-3, 0, 1), (1, 0, -3), (2, 1, 2), (-2, 1, -2))),
        *((H, entries) for entries in ((0, 0, 3), (3, 0, 0), (5, 0, 2), (2, 0, 5), (1, 1, 1), (4, 1, 4), (2, 2, 3))),
    ],
)
def test_what_is_assumed_in_the_plane_is_false_of_other_matrices(
    moving: Operator, entries: tuple[int, int, int]
) -> None:
    """Their spectra are not within [-2, 2], or not within [1, 4]."""
    statement = Plane().statement(inner(operator("K")(u), v) + inner(moving(u), v) >= 0, ())
    places = (f"{moving.name}_{place}" for place in ("11", "12", "22"))
    chosen = dict(zip(places, map(Rational, entries), strict=True)) | VALUES
    about = [each for each in statement.hypotheses if f"{moving.name}_" in str(each)]
    assert not all(holds(each, no_inner, chosen) for each in about)


def test_images_in_the_plane_are_those_of_matrices() -> None:
    names = ("H_11", "H_22", "N_11", "N_12", "N_22", "u_1", "u_2", "v_1", "v_2")
    numbers = dict(zip(names, map(Rational, (1, 4, 1, 2, -1, 3, -1, 5, 7)), strict=True)) | VALUES
    h, n, first, second = Matrix([[1, 0], [0, 4]]), Matrix([[1, 2], [2, -1]]), Matrix([3, -1]), Matrix([5, 7])
    for image, expected in (
        (H(u), h * first),
        (N(u), n * first),
        (H.inverse(u), h.inv() * first),
        (N_INVERSE(u), n.inv() * first),
        (N(H(u)) - 2 * u, n * h * first - 2 * first),
    ):
        goal = Plane().statement(inner(H(u), u) + inner(N(u), u) + inner(image, v) >= 0, ()).goal
        plain = (first.T * h * first + first.T * n * first)[0]
        assert value_of(goal.left, no_inner, numbers) == plain + (expected.T * second)[0]


@pytest.mark.parametrize("given", [(u == v,), (norm2(u - v) == 0,)])
def test_a_vector_that_vanishes_vanishes_in_the_plane(given: tuple[object, ...]) -> None:
    statement = Plane().statement(inner(H(u), u) >= inner(H(v), v), given)  # type: ignore[arg-type]
    chosen = dict(zip(("H_11", "H_22", "u_1", "u_2", "v_1", "v_2"), map(Rational, (1, 4, 3, -1, 3, -1)), strict=True))
    assert all(holds(each, no_inner, VALUES | chosen) for each in statement.hypotheses)
    for other in ("u_1", "u_2"):
        assert not all(holds(each, no_inner, VALUES | chosen | {other: Rational(2)}) for each in statement.hypotheses)
