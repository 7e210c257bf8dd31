"""Random scalars over three parameters."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from proofcheck import arccos, cos, exp, log, power, scalar, sin, sqrt
from proofcheck.language.expressions import Constant, Scalar

x, y = scalar("x"), scalar("y")
p = scalar("p", positive=True)

fractions = st.fractions(-3, 3, max_denominator=4)
constants = fractions.map(Constant)
leaves = st.one_of(st.sampled_from([x, y, p]), constants)


def _rational(inside: st.SearchStrategy[Scalar]) -> st.SearchStrategy[Scalar]:
    return st.one_of(
        st.tuples(inside, inside).map(lambda two: two[0] + two[1]),
        st.tuples(inside, inside).map(lambda two: two[0] - two[1]),
        st.tuples(inside, inside).map(lambda two: two[0] * two[1]),
        st.tuples(inside, inside).map(lambda two: two[0] / two[1]),
        st.tuples(inside, st.integers(-2, 3)).map(lambda two: two[0] ** two[1]),
        inside.map(lambda part: -part),
    )


def _with_functions(inside: st.SearchStrategy[Scalar]) -> st.SearchStrategy[Scalar]:
    return st.one_of(
        _rational(inside),
        st.tuples(st.sampled_from([exp, sin, cos, sqrt, log, arccos]), inside).map(lambda two: two[0](two[1])),
        st.tuples(inside, inside).map(lambda two: power(two[0], two[1])),
    )


rational_expressions = st.recursive(leaves, _rational, max_leaves=8)
expressions = st.recursive(leaves, _with_functions, max_leaves=6)
points = st.fixed_dictionaries(
    {"x": fractions, "y": fractions, "p": st.fractions(Fraction(1, 4), 3, max_denominator=4)}
)
