"""Explicit functions: a true refutation goes through, and each thing that may be wrong about one is owed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from proofcheck import (
    Rational,
    Verdict,
    at,
    convex,
    exp,
    flow,
    for_all,
    function,
    gronwall,
    inner,
    integral,
    minimum,
    norm2,
    operator,
    path,
    refuted_for,
    sample,
    scalar,
    scalar_path,
    smooth_convex,
    sqrt,
    strongly_convex,
    vector,
)
from proofcheck.language.classes import FunctionClass, Sample, Sampled
from proofcheck.language.expressions import Relation
from proofcheck.rules.obligations import Argument

from .settling import claimed, left_open, verdict

t, s = scalar("t", nonnegative=True), scalar("s", nonnegative=True)
y, mu, C = scalar("y"), scalar("mu", positive=True), scalar("C", positive=True)
x, g, f = path("x"), path("g"), scalar_path("f")
x_star, f_star = vector("x_star"), scalar("f_star")
now, bottom = sample(x, g, f), minimum(x_star, f_star)
known = convex.between(now, bottom)
descent = flow(x.dot == -g, f.dot == inner(g, x.dot), time=t, subject_to=known.relations)
at_zero = {x_star: Rational(0), f_star: Rational(0)}
parabola, modulus = function(y, y**2 / 2), function(y, -y).then(0, y)
#: Less than a tenth is left at the time 1: false on the parabola.
too_fast = f - f_star <= (at(f, 0) - f_star) / 10


def other(inequality: Callable[[Sample, Sample], Relation]) -> Sampled:
    return FunctionClass(inequality).between(now, bottom)


def refuting(claim: Relation = too_fast, **changed: Any) -> Argument:
    """The parabola's refutation, something about it changed."""
    chosen: dict[str, Any] = {
        "along": descent,
        "known": known,
        "example": parabola,
        "solution": {x: exp(-t), **at_zero},
        "until": 1,
    }
    chosen.update(changed)
    return refuted_for(claim, **chosen)


def test_a_function_refutes() -> None:
    argument = refuting()
    assert argument.refutes and left_open(argument) == []
    assert verdict(refuting) is Verdict.REFUTED
    assert argument.rules[-1].endswith("f(y) = y^2/2, with x = exp(-t), x_star = 0, f_star = 0, at the time 1")


def test_one_example_for_every_value_of_a_parameter() -> None:
    decayed = exp(-2 * t) * (at(f, 0) - f_star)
    assert verdict(lambda: refuting(f - f_star <= C / (1 + C) * decayed)) is Verdict.REFUTED
    assert verdict(lambda: refuting(f - f_star <= C * decayed)) is Verdict.OPEN


def test_pieces() -> None:
    half = f - f_star <= 0
    assert (
        left_open(refuting(half, example=modulus, solution={x: 1 - t, **at_zero}, until=Rational(1, 2), piece=1)) == []
    )
    huber = parabola.then(1, y - Rational(1, 2))
    assert left_open(refuting(example=huber)) == []
    # To the very end of a piece.
    falls = f >= at(f, 0) / 2
    assert left_open(refuting(falls, example=modulus, solution={x: 1 - t, **at_zero}, piece=1)) == []
    assert left_open(refuting(falls, example=modulus, solution={x: t - 1, **at_zero}, piece=0)) == []
    mirrored = {x: t - 1, **at_zero}
    assert left_open(refuting(half, example=modulus, solution=mirrored, until=Rational(1, 2), piece=0)) == []


def test_an_example_with_all_that_is_allowed() -> None:
    """Pieces of no length, a moment at the very end, an equation that is singular at 0, conditions until the end."""
    standing = {"example": function(y, -y).then(0, 0).then(0, y), "solution": {x: 1 - t, **at_zero}, "piece": 2}
    assert left_open(refuting(f - f_star <= 0, until=Rational(1, 2), **standing)) == []
    assert left_open(refuting(f < at(f, 1))) == []
    alone = convex.between(now)
    damped = flow(x.ddot == -3 / t * x.dot - g, time=t, subject_to=alone.relations)
    argument = refuted_for(f >= at(f, 0), damped, alone, function(y, y), {x: 1 - t**2 / 8}, until=1)
    assert left_open(argument) == []
    kept = flow(x.dot == -g, time=t, subject_to=[*known.relations, 10 * norm2(x) >= 1])
    assert left_open(refuting(along=kept)) == []
    bent = {"example": modulus, "solution": {x: sqrt((1 - t) ** 2), **at_zero}, "until": Rational(1, 2), "piece": 1}
    assert left_open(refuting(f - f_star <= 0, **bent)) == []


def test_a_class_is_asked_for_all_pairs() -> None:
    resting = convex.between(now, bottom, sample(vector("v"), vector("w"), scalar("b")))
    told = {x: 1 - t, **at_zero, vector("v"): 1, vector("w"): 1, scalar("b"): 1}
    argument = refuting(f - f_star <= 0, known=resting, example=modulus, solution=told, until=Rational(1, 2), piece=1)
    assert left_open(argument) == []
    asked = [part.label for part in argument.obligations if part.label.startswith("the class")]
    pieces = [f"the class: pieces {i} and {j}" for i in (1, 2) for j in (1, 2)]
    mixed = [f"a point at rest and piece {place}" for place in (1, 2)]
    mixed += [f"piece {place} and a point at rest" for place in (1, 2)]
    assert sorted(asked) == sorted(
        pieces + 2 * ["the class: two points at rest"] + 2 * [f"the class: {m}" for m in mixed]
    )


confined = flow(x.dot == -g, f.dot == inner(g, x.dot), time=t, subject_to=[*known.relations, 2 * norm2(x) <= 1])
halfway = {"example": modulus, "solution": {x: 1 - t, **at_zero}, "until": Rational(1, 2), "piece": 1}
steep = strongly_convex(mu).between(now, bottom)


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        ({"claim": f - f_star <= at(f, 0) - f_star}, "the claimed relation fails"),
        ({"claim": (f - f_star <= 0).given(norm2(at(x, 0)) == 4)}, "hypothesis"),
        ({"claim": (f - f_star <= 0).given(x == x_star)}, "hypothesis"),
        ({"solution": {x: exp(-2 * t), **at_zero}}, "the equation for x'"),
        ({"solution": {x: sqrt(t), **at_zero}}, "is defined"),
        ({"example": function(y, -(y**2) / 2), "solution": {x: exp(t), **at_zero}}, "the class: pieces 1 and 1"),
        ({"solution": {x: exp(-t), x_star: 1, f_star: 0}}, "the class: piece 1 and a point at rest"),
        ({"solution": {x: exp(-t), x_star: 0, f_star: -1}}, "the value at a point at rest"),
        ({"known": smooth_convex(Rational(1, 2)).between(now, bottom)}, "the class"),
        ({"known": smooth_convex(2).between(now, bottom), "example": modulus, "piece": 1}, "pieces 1 and 2"),
        ({"known": steep, "solution": {x: exp(-t), mu: 2, **at_zero}}, "the class"),
        ({"known": steep, "solution": {x: exp(-t), mu: -1, **at_zero}}, "the domain of mu"),
        ({"along": confined}, "the constraint"),
        # At the time 0 alone, and at the end alone.
        ({"along": flow(x.dot == -g, time=t, subject_to=[norm2(x) < 1])}, "the constraint"),
        ({"along": flow(x.dot == -g, time=t, subject_to=[4 * norm2(x) > 1]), **halfway}, "the constraint"),
        ({"example": modulus, "solution": {x: 1 - t, **at_zero}, "until": 2, "piece": 1}, "stays in its piece"),
        ({"example": function(y, y**2 / 2).then(1, y), "piece": 0}, "one value where they meet"),
        ({"example": function(y, 0 * y).then(1, 0 * y).then(0, 0 * y)}, "the pieces are in order"),
        ({"until": 0}, "the example takes time"),
        ({"until": -1}, "the domain of t"),
        ({"claim": f <= at(f, 2)}, "the moment 2 is reached"),
        ({"claim": f <= at(f, -1)}, "the moment -1 is one of the flow"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_an_example_owes_each_condition(changed: dict[str, Any], label: str) -> None:
    argument = refuting(**changed)
    assert any(label in left for left in left_open(argument)), left_open(argument)
    assert verdict(argument) is not Verdict.REFUTED


def test_a_class_is_asked_with_the_parameters_values() -> None:
    steeper = {"known": steep, "solution": {x: exp(-2 * t), mu: 2, **at_zero}, "example": function(y, mu * y**2 / 2)}
    assert left_open(refuting(f - f_star <= 0, **steeper)) == []


def test_claims_about_numbers_help() -> None:
    helps = claimed(lambda: exp(-1) ** 2 > Rational(1, 10), "helps")
    argument = refuting(by=[helps])
    assert argument.premises == (helps,) and left_open(argument) == []
    wrong = claimed(lambda: exp(-1) ** 2 > 1, "wrong")
    assert verdict(lambda: refuting(f - f_star > at(f, 0), by=[wrong])) is not Verdict.REFUTED


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (lambda: refuting(along=flow(x.dot == -g)), "does not know its time"),
        (lambda: refuting(norm2(path("v")) <= 0), "does not say what v is"),
        (lambda: refuting(inner(operator("K")(x), x) <= 0), "does not say what K is"),
        (lambda: refuting(integral(norm2(at(x, s)), s, 0, t) <= 0), "no value along a motion"),
        (lambda: refuting((f <= 0).given(for_all(s, s >= 0))), "for all values"),
        (lambda: refuting(f <= at(f, t)), "does not say when f"),
        (lambda: refuting(solution={x: exp(-t), g: exp(-t), **at_zero}), "said twice"),
        (lambda: refuting(solution={x: exp(-t), x.dot: exp(-t), **at_zero}), "no path or vector itself"),
        (lambda: refuting(solution={x: exp(-t), x_star: t, f_star: 0}), "does not move"),
        (lambda: refuting(solution={x: exp(-t) * f, **at_zero}), "no closed form"),
        (lambda: refuting(solution={x: exp(-t), x_star: 0, f_star: t}), "contains neither the time"),
        (lambda: refuting(solution={x: exp(-t), mu: C, C: 1, **at_zero}), "a parameter that has a value"),
        (lambda: refuting(solution={x: exp(-t), t: 1, **at_zero}), "the time runs from 0"),
        (lambda: refuting(until=t), "the time runs from 0"),
        (lambda: refuting(example=function(y, t * y**2 / 2)), "does not change in time"),
        (lambda: refuting(solution={x: exp(-t), y: 1, **at_zero}), "no value of its own"),
        (lambda: refuting(known=convex.between(now, sample(x, g, f))), "all samples but the first rest"),
        (lambda: refuting(known=convex.between(now, sample(x, x_star, f_star))), "all samples but the first rest"),
        (lambda: refuting(known=convex.between(now, sample(x_star, g, f_star))), "all samples but the first rest"),
        (lambda: refuting(known=convex.between(now, sample(x_star, x_star, f))), "all samples but the first rest"),
        (lambda: refuting(norm2(path("x", index=scalar("i"))) <= 0), "does not say what"),
        (lambda: refuting(solution={x + x: exp(-t), **at_zero}), "says what paths, vectors and parameters are"),
        (lambda: refuting(example=parabola.then(t, y**2 / 2)), "does not change in time"),
        (lambda: refuting(known=other(lambda a, b: inner(vector("w"), a.point) >= 0)), "does not speak of w"),
        (lambda: refuting(known=other(lambda a, b: inner(operator("K")(a.point), b.point) >= 0)), "not speak of K"),
        (lambda: refuting(example=function(y, scalar("y_2") * y)), "name parameters otherwise"),
        (lambda: refuting(example=parabola.then(scalar("y_1"), y**2 / 2)), "name parameters otherwise"),
        (lambda: refuting(solution={x: exp(-t), x_star: scalar("y_1"), f_star: 0}), "name parameters otherwise"),
        (lambda: refuting(known=convex.between(bottom, now)), "the first sample moves"),
        (lambda: refuting(example=function(y, scalar("y_1") * y)), "name parameters otherwise"),
        (lambda: refuting(known=strongly_convex(scalar("y_2")).between(now, bottom)), "name parameters otherwise"),
        (lambda: refuting(too_fast.by(claimed(lambda: gronwall(descent, f - f_star, 0)))), "without premises"),
        (lambda: refuting(by=[claimed(lambda: gronwall(descent, f - f_star, 0))]), "speak of numbers"),
        (lambda: refuting(too_fast.along(confined)), "along no other flow"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_an_example_refuses(attempt: Callable[[], Argument], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        attempt()
