"""Weights under which polynomials are homogeneous."""

from flint import fmpq_mat

from proofcheck.kernel.terms import Inner, Term, Variable
from proofcheck.provers.gradings import gradings, orthogonal
from proofcheck.provers.polynomials import Ring, ring_of

from .writing import dot, minus, plus, power, times

a, x, y = map(Variable, "axy")


def weights(terms: list[Term], vectors: tuple[str, ...] = ()) -> tuple[Ring, list[dict[Term, int]]]:
    ring = ring_of(terms)
    found = gradings(ring, vectors, [ring.quotient(term).numerator for term in terms])
    return ring, [dict(zip(ring.leaves, grading.generators, strict=True)) for grading in found]


def test_a_parabola_has_one_grading() -> None:
    _, found = weights([minus(power(x, 2), y)])
    assert found == [{x: 1, y: 2}]


def test_a_constant_term_leaves_no_weight() -> None:
    assert weights([minus(power(x, 2), 1), plus(x, y)])[1] == []


def test_an_inner_product_has_the_weights_of_its_vectors() -> None:
    terms = [minus(dot("u", "v"), times(a, dot("u", "u"))), minus(dot("v", "v"), times(power(a, 2), dot("u", "u")))]
    ring, found = weights(terms, ("u", "v"))
    assert len(found) == 2
    for grading in found:
        assert grading[Inner("u", "v")] == grading[a] + grading[Inner("u", "u")]
        assert 2 * grading[Inner("u", "v")] == grading[Inner("u", "u")] + grading[Inner("v", "v")]
    for term in terms:
        polynomial = ring.quotient(term).numerator
        for own in gradings(ring, ("u", "v"), [ring.quotient(t).numerator for t in terms]):
            parts = [polynomial.context().from_dict({m: c}) for m, c in polynomial.to_dict().items()]
            assert len({own.weight(part) for part in parts}) == 1


def test_orthogonal_vectors() -> None:
    rows = fmpq_mat([[1, 2, 0], [0, 0, 1]])
    (vector,) = orthogonal(rows, 3)
    assert [int(part) for part in vector] == [-2, 1, 0]
