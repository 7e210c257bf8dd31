"""Two cases, integrals split at a point, integrals from a singular start: what holds is proved, its neighbours not."""

from __future__ import annotations

import pytest

from proofcheck import (
    Rational,
    Verdict,
    at,
    displacement,
    either,
    exp,
    flow,
    for_all,
    gronwall,
    inner,
    integral,
    integrated,
    log,
    norm,
    path,
    power,
    scalar,
    scalar_path,
    split,
    sqrt,
    total,
    vector,
)
from proofcheck.language.expressions import Relation, Scalar
from proofcheck.language.flows import Flow
from proofcheck.rules.argue import argue
from proofcheck.rules.improper import at_open_end, bounded_near_end
from proofcheck.rules.obligations import Argument
from proofcheck.rules.totals import BOUNDED

from .settling import Written, answer, claimed, settled

PROVED, OPEN = Verdict.PROVED, Verdict.OPEN

t, x = scalar("t", nonnegative=True), scalar("x")
s, r = scalar("s", positive=True), scalar("r", nonnegative=True)
gamma, b = scalar("gamma", positive=True), scalar("b", positive=True)
c, K = scalar("c", positive=True), scalar("K", nonnegative=True)
z, n, count = scalar("z"), scalar("n"), scalar("m")
w, G, u = path("w"), path("G"), vector("u")
d = scalar_path("d")
weights = flow(w.ddot == -gamma / t * w.dot - G, time=t)
decay = flow(d.dot == -d, time=t)

small = claimed(lambda: (x <= 1 + x**2).given(x <= 1), "small")
large = claimed(lambda: (x <= 1 + x**2).given(x >= 1), "large")
far = claimed(lambda: (x <= 1 + x**2).given(x >= 2), "far")
other = claimed(lambda: (x <= 2 + x**2).given(x >= 1), "other")
wanting = claimed(lambda: (x <= 1 + x**2).given(x >= 1, x <= 7), "wanting")


below = claimed((x <= 1 + x**2).given(x <= 2, x >= 3 - r, r <= 0), "below")
above = claimed((x <= 1 + x**2).given(x >= 3, x >= 3 - r, r <= 0), "above")
along = claimed((x <= 1 + x**2).given(x <= 1).along(decay), "along")
against = claimed((x <= 1 + x**2).given(x >= 1).along(flow(d.dot == -d, time=t, subject_to=[d >= 0])), "against")
early = claimed((x <= 1 + x**2).given(r <= t, at(d, r) <= 1).along(decay), "early")
late = claimed((x <= 1 + x**2).given(r <= t, at(d, r) >= 1).along(decay), "late")
until_two = claimed((0 * t <= 1).given(at(d, 2) ** 2 >= 0).along(decay), "until_two")
impossible = claimed((0 * t <= 1).given(t >= t + 1).along(decay), "impossible")


def cases(*stated: Relation) -> Argument:
    return either(*(claimed(each, f"case_{number}") for number, each in enumerate(stated)))


def at_the_moment(moment: int, along: Flow) -> Argument:
    return cases(*((x <= 1 + x**2).given(each).along(along) for each in (at(d, moment) <= 1, at(d, moment) >= 1)))


def test_what_two_cases_rest_on() -> None:
    argument = either(along, against)
    assert [premise.name for premise in argument.premises] == ["along", "against"]
    assert argument.rules[0] == "on solutions subject to d >= 0"
    assert argument.conclusion is not None
    assert argument.conclusion.flows() == (*along.relation.flows(), *against.relation.flows())
    with pytest.raises(ValueError, match="one relation of its own"):
        either(small, claimed((x <= 1 + x**2).given(u == 0 * u)))
    with pytest.raises(ValueError, match="one relation of its own"):
        either(small, claimed((x <= 1 + x**2).given(for_all(r, x >= 1 + r))))
    with pytest.raises(TypeError, match="along different flows"):
        either(along, claimed((x <= 1 + x**2).given(x >= 1).along(flow(d.dot == d, time=t))))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (lambda: either(small, large), PROVED),
        (lambda: either(large, small), PROVED),
        # Known of both cases: 3 is far, if it is not small.
        (lambda: either(below, above), PROVED),
        (lambda: either(along, against), PROVED),
        (lambda: either(early, late), PROVED),
        # Between 1 and 2 neither case occurs.
        (lambda: either(small, far), OPEN),
        (lambda: either(small, other), None),
        (lambda: either(small, wanting), None),
        (lambda: either(small, claimed((x <= 1 + x**2).given(for_all(r, x >= 1 + r)))), None),
        (lambda: either(small, claimed((x <= 1 + x**2).given(u == 0 * u))), None),
        # At z = 0 neither z >= 1/z nor z < 1/z.
        (lambda: cases(*((0 < z**2).given(each) for each in (z >= 1 / z, z < 1 / z))), OPEN),
        (lambda: cases(*((0 < z**2).given(each) for each in (1 / z <= z, 1 / z > z))), OPEN),
        (lambda: cases(*((0 <= z**2).given(each) for each in (z <= 1, z > 1))), PROVED),
        # The paths of two flows are not the same.
        (lambda: either(along, claimed((x <= 1 + x**2).given(x >= 1).along(flow(d.dot == d, time=t)))), None),
        # Nobody knows whether a solution of d' = d^2 lasts until 1, or until 2.
        (lambda: at_the_moment(1, flow(d.dot == d**2)), OPEN),
        (lambda: at_the_moment(2, flow(d.dot == d**2, time=t)), OPEN),
        (lambda: at_the_moment(0, flow(d.dot == d**2, time=t)), PROVED),
        # The square of d(2) is not negative, if there is a d(2).
        (lambda: either(until_two, impossible), OPEN),
        (lambda: either(impossible, until_two), OPEN),
    ],
)
def test_two_cases(written: Written, expected: Verdict | None) -> None:
    assert answer(written) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (lambda: split(integral(s * at(d, s), s, 0, t), c), PROVED),
        (lambda: split(integral(power(s, b) * at(d, s), s, 0, t), c), PROVED),
        # 1/s has no integral from 0 on, and nothing is known of 1/d.
        (lambda: split(integral(1 / s, s, 0, t), c), OPEN),
        (lambda: split(integral(1 / at(d, s), s, 0, t), c), OPEN),
        (lambda: split(integral(power(s, -b), s, 0, t), c), OPEN),
        (lambda: split(integral(s, s, 0, t), s), None),
        (lambda: split(t, c), None),
        (lambda: split(total(n, n, count), c), None),
    ],
)
def test_a_split_integral(written: Written, expected: Verdict | None) -> None:
    assert answer(written) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (lambda: (integral(power(s, b), s, 0, t) == power(t, b + 1) / (b + 1)).given(t > 0), PROVED),
        (lambda: (integral(power(s, -Rational(1, 2)), s, 0, t) == 2 * power(t, Rational(1, 2))).given(t > 0), PROVED),
        # s^-b has no integral from 0 on for b >= 1.
        (lambda: (integral(power(s, -b), s, 0, t) == power(t, 1 - b) / (1 - b)).given(t > 0, b > 1), OPEN),
        (lambda: (integral(power(s, -b), s, 0, t) == power(t, 1 - b) / (1 - b)).given(t > 0, b < 1), PROVED),
        (lambda: integral(power(s, b) * at(d, s), s, 0, t) <= integral(power(s, b) * (at(d, s) + 1), s, 0, t), PROVED),
        (lambda: integral(power(s, -b) * at(d, s), s, 0, t) <= integral(power(s, -b) * (at(d, s) + 1), s, 0, t), OPEN),
        (lambda: integral(at(d, s) / power(s, b), s, 0, t) <= integral((at(d, s) + 1) / power(s, b), s, 0, t), OPEN),
        (lambda: integral(sqrt(s) / s, s, 0, t) == integral(1 / sqrt(s), s, 0, t), OPEN),
        # Nothing times an integral is something only where there is one, whether it is printed or not.
        (lambda: 0 * integral(at(d.dot, s), s, 0, t) == 0, PROVED),
        (lambda: 0 * integral(at(d.dot, s) ** 2, s, 0, t) == 0, OPEN),
        (lambda: 0 * integral(at(d.ddot, s) ** 2, s, 0, t) == 0, OPEN),
        (lambda: integral(at(d.ddot, s), s, 0, t) ** 2 >= 0, OPEN),
        # With a variable that reaches 0 the power is not defined there.
        (lambda: integral(power(r, b) * at(d, r), r, 0, t) <= integral(power(r, b) * (at(d, r) + 1), r, 0, t), OPEN),
    ],
)
def test_an_integral_from_a_singular_start(written: Written, expected: Verdict) -> None:
    assert answer(written) in ({PROVED} if expected is PROVED else {OPEN, Verdict.REFUTED})


def near_0(body: Scalar, *assumed: Relation) -> bool:
    """Whether it is shown that a body is bounded near 0, for s from 0 to t."""
    return all(settled(each).verdict is PROVED for each in bounded_near_end(body, integral(s, s, 0, t), assumed, ""))


@pytest.mark.parametrize(
    ("body", "assumed"),
    [
        (power(s, b), ()),
        (power(s, x), (x >= 0,)),
        ((1 + power(s, b)) ** 2, ()),
        (sqrt(s) + power(1 + s, b), ()),
        (1 / (1 + s), ()),
        (1 / (2 - s), (t <= 1,)),
        (1 / (2 + s - x), (x <= 1,)),
    ],
)
def test_what_is_bounded_near_0(body: Scalar, assumed: tuple[Relation, ...]) -> None:
    assert near_0(body, *assumed)


@pytest.mark.parametrize("body", [power(s, -b), power(s, x), power(1 / s, b), 1 / power(s, b), 1 / s, log(s)])
def test_what_need_not_be(body: Scalar) -> None:
    assert not near_0(body)


@pytest.mark.parametrize(
    ("primitive", "limit"),
    [
        (power(s, b) + s, "0 = 0"),
        ((1 + power(s, b)) ** 2, "1^2 = 0"),
        (exp(s) + log(c), "1 + log(c) = 0"),
        # s^s tends to 1, and (1 + s)^b, too; of roots and logarithms nothing is said, nor of powers that divide.
        (power(s, s), None),
        (power(1 + s, b), None),
        (sqrt(s), None),
        (log(s), None),
        (1 / power(s, b), None),
    ],
)
def test_the_limit_of_an_antiderivative_at_0(primitive: Scalar, limit: str | None) -> None:
    found = at_open_end(primitive, integral(s, s, 0, t), (), "")
    assert (None if found is None else str(found[0] == 0)) == limit


def test_a_power_vanishes_at_0_for_positive_exponents() -> None:
    for primitive, shown in ((power(s, b), True), (power(s, r), False), (1 / s, False)):
        found = at_open_end(primitive, integral(s, s, 0, t), (), "")
        assert found is not None
        assert all(settled(each).verdict is PROVED for each in found[1]) is shown


def test_a_singular_start_refutes_nothing() -> None:
    root = power(s, -Rational(1, 2))
    assert answer(lambda: integral(root, s, 0, 1) <= integral(2 * root, s, 0, 1)) is OPEN
    # Of the path it is not asked, though it says that x >= 0.
    evaluated = integral(power(s, x), s, 0, t) == power(t, x + 1) / (x + 1)
    assert answer(lambda: evaluated.given(t > 0, d**2 <= x)) is OPEN


gathers = claimed(
    lambda: integrated(weights, power(t, gamma) * inner(w.dot, u), s, slope=-power(t, gamma) * inner(G, u)),
    "gathers",
)
moves = claimed(lambda: displacement(weights, power(t, gamma) * w.dot, s, velocity=-power(t, gamma) * G), "moves")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            lambda: integrated(weights, power(t, gamma) * inner(w.dot, u), s, slope=-power(t, gamma) * inner(G, u)),
            PROVED,
        ),
        (lambda: integrated(weights, power(t, gamma) * inner(w.dot, u), s, slope=power(t, gamma) * inner(G, u)), OPEN),
        (lambda: integrated(weights, power(t, -gamma) * inner(w.dot, u), s, slope=inner(G, u)), OPEN),
        (lambda: integrated(decay, d, r, slope=-d), PROVED),
        (lambda: integrated(decay, d, r, slope=d), OPEN),
        (lambda: displacement(weights, power(t, gamma) * w.dot, s, velocity=-power(t, gamma) * G), PROVED),
        (lambda: displacement(weights, power(t, gamma) * w.dot, s, velocity=-power(t, gamma) * G / 2), OPEN),
        (
            lambda: (
                (norm(power(t, gamma) * w.dot) <= integral(norm(-power(s, gamma) * at(G, s)), s, 0, t))
                .given(t > 0)
                .by(moves)
            ),
            PROVED,
        ),
    ],
)
def test_a_slope_of_ones_own(written: Written, expected: Verdict) -> None:
    assert answer(written) in ({PROVED} if expected is PROVED else {OPEN, Verdict.REFUTED, None})


vanishing = claimed(lambda: gronwall(decay, -power(t, b), 0), "vanishing")


def test_what_vanishes_at_the_start_says_nothing_there() -> None:
    assert answer(lambda: gronwall(decay, -power(t, b), 0)) is PROVED
    assert answer(lambda: (t > 0).by(vanishing)) is not PROVED
    assert answer(lambda: (power(t, b) >= 0).given(t > 0).by(vanishing)) is PROVED
    assert answer(lambda: (t > 0).by(gathers)) is not PROVED


def test_a_hypothesis_under_the_integral() -> None:
    bounded = for_all(s, at(d, s) <= K * power(s, -b / 2))
    left, right = integral(power(s, b) * at(d, s), s, 0, t), K * integral(power(s, b / 2), s, 0, t)
    assert answer(lambda: (left <= right).given(t > 0, bounded)) is PROVED
    assert answer(lambda: (left <= right / 2).given(t > 0, bounded)) is not PROVED


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # log 2 <= 1, and 0 = 0 at t = 0: true, although the antiderivative has no value there.
        (lambda: integral(power(s, -1), s, 1, 2) <= 1, {PROVED, OPEN}),
        (lambda: (integral(power(s, x), s, 1, 2) <= 1).given(x <= 0, x >= -1), {PROVED, OPEN}),
        (lambda: integral(power(s, 1), s, 0, t) == t**2 / 2, {PROVED, OPEN}),
        (lambda: (integral(power(s, x), s, 1, 2) <= 1).given(x >= -1), {Verdict.REFUTED}),
    ],
)
def test_an_antiderivative_without_a_value_refutes_nothing(written: Written, expected: set[Verdict]) -> None:
    assert answer(written) in expected


def test_what_is_taken_for_granted_of_a_function_under_an_integral_is_told() -> None:
    """Else p(s) >= 1/s for all s > 0 would look as if there were such functions; with integrals it proves anything."""
    free, governed = integral(at(d, s), s, 0, t), flow(d.dot == -d, time=t)
    assert BOUNDED in argue(free == free).rules
    assert BOUNDED in split(free, c).rules
    assert BOUNDED not in argue((free == free).along(governed)).rules
