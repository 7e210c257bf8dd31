"""Inequalities between norms and inner products of three vectors, and of forms, in any dimension."""

import pytest

from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Term

from .writing import Written, dot, minus, must_prove, must_refute, over, plus, power, relation, sqrt, statement, times

squares = [relation(dot(v, v), ">=", 0) for v in "uvw"]
nonzero = [relation(dot(v, v), ">", 0) for v in "uv"]


def norm(*vectors: str) -> Term:
    """The norm of a sum; a capital letter stands for the vector with the opposite sign."""
    combination: dict[str, Written] = {name.lower(): 1 if name.islower() else -1 for name in vectors}
    return sqrt(dot(combination, combination))


def hlawka(constant: Written) -> Relation:
    pairs = plus(norm("u", "v"), norm("v", "w"), norm("u", "w"))
    return relation(plus(norm("u"), norm("v"), norm("w"), norm("u", "v", "w")), ">=", times(constant, pairs))


def determinant(least: Written) -> Relation:
    a, b, c, d, e, f = (dot(*pair) for pair in ("uu", "vv", "ww", "vw", "uw", "uv"))
    products = [times(-1, left, power(right, 2)) for left, right in ((a, d), (b, e), (c, f))]
    return relation(plus(times(a, b, c), times(2, d, e, f), *products), ">=", times(least, a, b, c))


def buzano(constant: Written) -> Relation:
    larger = times(plus(times(constant, norm("u"), norm("v")), dot("u", "v")), dot("w", "w"))
    return relation(times(2, dot("u", "w"), dot("v", "w")), "<=", larger)


def dunkl_williams(constant: Written) -> Relation:
    apart = minus(2, over(times(2, dot("u", "v")), times(norm("u"), norm("v"))))
    difference: dict[str, Written] = {"u": 1, "v": -1}
    right = times(constant, 4, dot(difference, difference))
    return relation(times(power(plus(norm("u"), norm("v")), 2), apart), "<=", right)


def triangle(constant: Written) -> Relation:
    return relation(norm("u", "W"), "<=", times(constant, plus(norm("u", "V"), norm("v", "W"))))


def form(constant: Written) -> Relation:
    """Cauchy and Schwarz for the sum of two forms; images of u and v are named p and q."""
    return relation(times(constant, power(dot("p", "v"), 2)), "<=", times(dot("p", "u"), dot("q", "v")))


def of_operator(low: Written) -> list[Relation]:
    gaps = [minus(dot(*pair), times(low, dot(*other))) for pair, other in (("pv", "uv"), ("pu", "uu"), ("qv", "vv"))]
    return [
        relation(dot("u", "u"), ">=", 0),
        relation(dot("v", "v"), ">=", 0),
        relation(gaps[1], ">=", 0),
        relation(gaps[2], ">=", 0),
        relation(power(gaps[0], 2), "<=", times(gaps[1], gaps[2])),
    ]


def kantorovich(constant: Written) -> Relation:
    """Images of u under an operator between 1 and 4 and under its inverse are named p and q."""
    return relation(times(dot("p", "u"), dot("q", "u")), "<=", times(constant, power(dot("u", "u"), 2)))


def below_square(constant: Written) -> Relation:
    return relation(times(dot("p", "u"), dot("q", "u")), ">=", times(constant, power(dot("u", "u"), 2)))


signs = [relation(dot(*pair), ">=", 0) for pair in ("pu", "qu")]
between = [*signs, relation(plus(dot("p", "u"), times(4, dot("q", "u"))), "<=", times(5, dot("u", "u")))]
#: Of an operator at least 1 and its inverse: Cauchy and Schwarz for u and q, where |u|^2 = <p, q>.
gaps = [minus(dot(*pair), dot(*other)) for pair, other in (("pq", "qu"), ("pu", "uu"), ("qu", "qq"))]
inverse = [
    *signs,
    *(relation(gap, ">=", 0) for gap in gaps[1:]),
    relation(dot("u", "u"), "=", dot("p", "q")),
    relation(power(gaps[0], 2), "<=", times(gaps[1], gaps[2])),
]
TRUE = {
    "Hlawka": (statement(squares, hlawka(1)), "triangles"),
    "over a third vector": (statement(squares, triangle(1)), "triangles"),
    "Dunkl and Williams": (statement(nonzero, dunkl_williams(1)), "triangles"),
    "a Gram determinant": (statement(squares, determinant(0)), "projections"),
    "Buzano": (statement(squares, buzano(1)), "projections"),
    "a sum of forms": (statement(of_operator(2), form(1)), "projections"),
    "a form and its inverse": (statement(inverse, below_square(1)), "projections"),
    "Kantorovich": (statement(between, kantorovich("25/16")), "projections"),
}
FALSE = {
    "Hlawka": statement(squares, hlawka("1001/1000")),
    "over a third vector": statement(squares, triangle("999/1000")),
    "Dunkl and Williams": statement(nonzero, dunkl_williams("999/1000")),
    "a Gram determinant": statement(squares, determinant("1/1000")),
    "Buzano": statement(squares, buzano("999/1000")),
    "a sum of forms": statement(of_operator(2), form("1001/1000")),
    "a form and its inverse": statement(inverse, below_square("1001/1000")),
    "Kantorovich": statement(between, kantorovich("1562/1000")),
    "Kantorovich without a sign": statement([between[-1], *squares[:1]], kantorovich("25/16")),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name: str) -> None:
    must_prove(*TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name: str) -> None:
    must_refute(FALSE[name])
