"""What the letters of a statement mean, and what they range over."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from proofcheck import (
    Changes,
    at,
    chain,
    claim,
    exp,
    flow,
    gronwall,
    inner,
    integral,
    let,
    norm,
    norm2,
    operator,
    path,
    scalar,
    scalar_path,
    total,
    vector,
)
from proofcheck.language.definitions import definitions
from proofcheck.language.expressions import Relation
from proofcheck.rules.argue import argue

t = scalar("t", nonnegative=True)
i, n = scalar("i"), scalar("n", at_least=1)
alpha = scalar("alpha", positive=True)
x, u = path("x"), vector("u")
H = operator("H", at_least=alpha**2)
E = let("E", norm2(x) / 2)


def told(relation: Relation) -> list[str]:
    return [each.text for each in definitions([relation])]


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (lambda: alpha > 0, ["alpha > 0"]),
        (lambda: scalar("b", at_least=0, at_most=1) > 0, ["0 <= b <= 1"]),
        (lambda: scalar("b", at_most=Fraction(1, 2)) > 0, ["b <= 1/2"]),
        (lambda: scalar("c") > 0, ["c real"]),
        (lambda: norm(u) >= 0, ["u a vector"]),
        (lambda: scalar_path("q").dot >= 0, ["q a function of time"]),
        (lambda: E >= 0, ["E = |x|^2/2", "x a vector that moves in time"]),
        (lambda: at(E, 0) >= 0, ["E(0) = |x(0)|^2/2", "x a vector that moves in time"]),
        (lambda: E <= at(E, 0), ["E = |x|^2/2", "x a vector that moves in time"]),
        (
            lambda: inner(H(u), u) >= 0,
            ["H >= alpha^2, self-adjoint, constant in time", "u a vector"],
        ),
        (
            lambda: inner(operator("K", norm=2, changes=Changes.BY_JUMPS)(u), u) >= 0,
            ["K of norm <= 2, self-adjoint, constant between jumps", "u a vector"],
        ),
        (
            lambda: inner(operator("K", at_least=1).inverse(u), u) >= 0,
            ["K >= 1, self-adjoint, constant in time", "u a vector"],
        ),
        (
            lambda: (alpha > 0).given(n > 2),
            ["alpha > 0", "n >= 1"],
        ),
        (
            lambda: total(scalar("a", index=i) ** 2, i, n) >= 0,
            ["a real for each i", "n >= 1"],
        ),
        (lambda: integral(alpha * t, t, 0, 1) >= 0, ["alpha > 0"]),
    ],
)
def test_letters_are_explained(relation: Callable[[], Relation], expected: list[str]) -> None:
    assert told(relation()) == expected


def test_a_flow_is_told_with_what_it_is_subject_to() -> None:
    g = path("g")
    descent = flow(x.dot == -g, time=t, subject_to=[norm2(g) <= 4 * norm2(x)])
    assert told((norm2(x) >= 0).along(descent))[:2] == ["along x' = -g", "with |g|^2 <= 4 |x|^2"]


def test_the_conclusion_of_a_rule_names_its_flow() -> None:
    fall = flow(x.dot == -alpha * x, time=t)
    argument = gronwall(fall, E, 2 * alpha)
    assert argument.conclusion is not None
    assert told(argument.conclusion)[:2] == ["E = |x|^2/2", "along x' = -alpha x"]


def test_the_flow_of_a_premise_is_told_too() -> None:
    fall = flow(x.dot == -alpha * x, time=t)

    @claim("(1)")
    def falls() -> object:
        return gronwall(fall, E, 2 * alpha)

    smaller = (E <= at(E, 0) * exp(-2 * alpha * t)).by(falls)
    for stated in (smaller, (smaller, t >= 0), chain(E).le(at(E, 0) * exp(-2 * alpha * t), falls)):
        assert "along x' = -alpha x" in [each.text for each in definitions(argue(stated).about)]


def test_nested_abbreviations_are_all_explained_in_both_forms() -> None:
    outer = let("V", E + exp(-alpha * t), latex=r"\mathcal V")
    found = definitions([outer >= 0])
    assert [each.text for each in found[:2]] == ["V = E + exp(-alpha t)", "E = |x|^2/2"]
    assert found[0].latex == r"\mathcal V = E + e^{-\alpha\, t}"
    assert [each.ranges for each in found] == [False, False, True, True, True]
