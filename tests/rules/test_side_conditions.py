"""Each rule, each of its side conditions, and an instance that needs it: no condition is decoration.

A row names the rule, the condition as a report shows it or as the refusal says it, and a claim in which it is dropped,
alone unless `beside` names what goes with it. The claim is false: `fails` are both sides in the instance that the
comment describes, worked out here without the rule. It must not be proved, and what stops it must be the condition.
That each conclusion holds where all conditions do is drawn in `tests/testing/test_solutions.py`; here stand the rules
that are no growth along a flow. What a rule once let through is in `tests/falsehoods`.
"""

from __future__ import annotations

import importlib
import inspect
import math
import operator as signs
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

import proofcheck.rules
from proofcheck import (
    Changes,
    Rational,
    Verdict,
    after,
    at,
    bounded,
    cited,
    conserved,
    consistent,
    convex,
    counterexample,
    displacement,
    either,
    every_mode,
    exp,
    first_exit,
    flow,
    function,
    gronwall,
    gronwall_over_jumps,
    gronwall_with_jumps,
    gronwall_with_variation,
    inner,
    integral,
    integrated,
    mean_value,
    missing,
    motion,
    norm2,
    operator,
    order,
    path,
    power,
    refuted_by,
    refuted_for,
    sample,
    scalar,
    scalar_path,
    split,
    total,
    vector,
)
from proofcheck.language.expressions import Scalar
from proofcheck.language.flows import Flow
from proofcheck.rules.argue import argue
from proofcheck.rules.obligations import Argument
from proofcheck.rules.single_orders import single_order

from .settling import Written, claimed, left_open, verdict

SIGNS = {"<=": signs.le, "=": signs.eq, ">=": signs.ge, ">": signs.gt}
UNDEFINED = math.nan

t, s = scalar("t", nonnegative=True), scalar("s", nonnegative=True)
r, b = scalar("r", positive=True), scalar("b", positive=True)
n, x, a, early, free_time = scalar("n"), scalar("x"), scalar("a"), scalar("early"), scalar("t")
q, e, d, z = scalar_path("q"), scalar_path("e"), scalar_path("d"), scalar_path("z")
h = scalar_path("h", jumps_from=0)
X, g, D, u = path("X"), path("g"), path("D", jumps_from=1), vector("u")
H = operator("H", at_least=0, changes=Changes.BY_JUMPS)
H_1 = operator("H", at_least=1, changes=Changes.BY_JUMPS)
K = operator("K", at_least=0)
form = inner(H(u), u)
still = flow(q.dot == 0 * q, time=t)
falling = flow(q.dot == -q, time=t)
driven = flow(q.dot == e, time=t)
coasting = flow(D.ddot == 0 * D, time=t)


@dataclass(frozen=True)
class Row:
    """A condition of a rule, the claim that lacks it, and both sides of that claim in an instance where it fails."""

    rule: Callable[..., object]
    condition: str
    dropped: Written
    fails: tuple[float, str, float]
    beside: tuple[str, ...] = ()


near = flow(q.dot == 1, time=t, inside=(q <= 1))
held = flow(q.dot == 0 * q, time=t, subject_to=[q <= 0], inside=(q <= 1))
leaping = flow(h.dot == 0 * h, time=t, subject_to=[h <= 0], inside=(h <= 1))
collapsing = flow(q.dot == 0 * q, h.dot == 0 * h, time=t, subject_to=[q <= h - 1], inside=(q <= h))
stairs = flow(h.dot == 0 * h, time=t, jumps=[after(h) >= h - 1])
passing = flow(q.dot == 1, time=t, subject_to=[1 / q <= 0], inside=(1 / q <= 1))
at_radius = claimed((q <= 1).along(near), "at_radius")
below = claimed((q <= 0).along(held), "below")
landing = claimed((h <= 0).given(at(h, 0) <= 0).along(leaping), "landing")
lower = claimed((q <= h - 1).along(collapsing), "lower")
negative = claimed((1 / q <= 0).given(at(q, 0) <= -1).along(passing), "negative")
staying = claimed((q <= 0).given(q <= 0).along(held), "staying")
helped = claimed((e <= 0).given(e <= -1), "helped")

GROWTH = [
    # q' = q from 1 on, at the time 1.
    Row(
        gronwall,
        "the derivative of the energy",
        lambda: gronwall(flow(q.dot == q, time=t), q**2, 2),
        (math.exp(2), "<=", math.exp(-2)),
    ),
    # H jumps from 0 to 1.
    Row(gronwall, "<H u, u> is absolutely continuous", lambda: gronwall(still, form, 0), (1, "<=", 0)),
    # q^2 = exp(-t^2), at the time 2.
    Row(
        gronwall,
        "not constant in time",
        lambda: gronwall(flow(q.dot == -t * q / 2, time=t), q**2, t),
        (math.exp(-2), "<=", math.exp(-4)),
    ),
    # q = exp(-2 t), at the time -1.
    Row(
        gronwall,
        "begins at 0",
        lambda: gronwall(flow(q.dot == -2 * q, time=free_time), q**2, 2),
        (math.exp(4), "<=", math.exp(2)),
    ),
    # Of the moment -1 nothing is known: q(-1) = 0 and q = 1, since the flow begins at 0.
    Row(
        gronwall,
        "the beginning is a moment of the flow",
        lambda: gronwall(falling, q**2, 0, since=early),
        (1, "<=", 0),
        ("the conclusion: the moment early is not before the beginning",),
    ),
    # 1/t at the time 1, said to be 0 at the beginning.
    Row(gronwall, "the power vanishes at the beginning", lambda: gronwall(still, power(t, -b), 0), (1, "<=", 0)),
    # 1/t has no value at 0.
    Row(gronwall, "it is defined at the beginning", lambda: gronwall(still, 1 / t, 0), (1, "<=", UNDEFINED)),
    # q^2 + 0/x at x = 0.
    Row(
        gronwall,
        "it is defined",
        lambda: gronwall(falling, q**2 + 0 / x, 0),
        (UNDEFINED, "<=", UNDEFINED),
        ("it is defined at the beginning", "the derivative of the energy"),
    ),
    # A = t now and at every moment before: t A is t^2 at the time 1.
    Row(
        gronwall,
        "at all times",
        lambda: gronwall(flow(q.dot == 1, time=t), q * inner(operator("A", at_most=t)(u), u) - t**2 / 2 * norm2(u), 0),
        (1, "<=", 1 / 2),
    ),
    # e = 1, q(0) = 0, at the time 1.
    Row(
        gronwall,
        "the derivative of the energy: the premise helped applies",
        lambda: gronwall(driven, q, 0, by=[helped]),
        (1, "<=", 0),
    ),
    # q = t, at the time 1.
    Row(conserved, "the derivative of the quantity", lambda: conserved(flow(q.dot == 1, time=t), q), (1, "=", 0)),
    # D' jumps from 0 to u, |u| = 1.
    Row(conserved, "<D', u> is absolutely continuous", lambda: conserved(coasting, inner(D.dot, u)), (1, "=", 0)),
    # X' = 2 t u, |u| = 1, at the time 1.
    Row(
        mean_value,
        "the velocity",
        lambda: mean_value(flow(X.dot == 2 * t * u, time=t, subject_to=[norm2(u) <= 1]), X, t**2 / 2),
        (1, "<=", 1 / 2),
    ),
    # H jumps from 0 to 1.
    Row(mean_value, "H u is absolutely continuous", lambda: mean_value(still, H(u), t), (1, "<=", 1 / 2)),
    # Nothing moves, but the bound falls, with H from 1 to 0.
    Row(
        mean_value,
        "<H u, u> is absolutely continuous",
        lambda: mean_value(flow(X.dot == 0 * X, time=t), X, form),
        (0, "<=", -1),
    ),
    # H jumps from 0 to 1, its slope is 0.
    Row(integrated, "<H u, u> is absolutely continuous", lambda: integrated(still, form, s), (1, "=", 0)),
    # q = exp(-t) from 1 on, which the slope q would raise to more than 1.
    Row(
        integrated, "the slope", lambda: integrated(falling, q, s, slope=q), (math.exp(-1), "=", 1 + (1 - math.exp(-1)))
    ),
    # s t is not the integral of s over s from 0 to t: s = t = 1.
    Row(integrated, "occurs in what is integrated", lambda: integrated(still, s * t, s), (1, "=", 1 / 2)),
    # There is no q' = -q/x at x = 0.
    Row(
        integrated,
        "its derivative is defined",
        lambda: integrated(flow(q.dot == -q / x, time=t), q, s),
        (UNDEFINED, "=", UNDEFINED),
    ),
    # D' jumps from 0 to 1, D'' = 0.
    Row(displacement, "D' is absolutely continuous", lambda: displacement(coasting, D.dot, s), (1, "<=", 0)),
    # X' = u, |u| = 1, at the time 1, and half of that.
    Row(
        displacement,
        "the velocity",
        lambda: displacement(flow(X.dot == u, time=t), X, s, velocity=u / 2),
        (1, "<=", 1 / 2),
    ),
    # X' = s u, |u| = s = t = 1.
    Row(
        displacement,
        "occurs in what is integrated",
        lambda: displacement(flow(X.dot == s * u, time=t), X, s),
        (1, "<=", 1 / 2),
    ),
    # X' = X and no jump: J = 0.
    Row(
        gronwall_with_jumps,
        "the derivative between jumps",
        lambda: gronwall_with_jumps(flow(X.dot == X, time=t), inner(H(X), X), 0, n),
        (math.exp(2), "<=", 1),
    ),
    # h jumps from 0 to 1, no operator does: J = 0.
    Row(
        gronwall_with_jumps,
        "<H u, u> + h is absolutely continuous between the jumps",
        lambda: gronwall_with_jumps(flow(h.dot == 0 * h, time=t), form + h, 0, n),
        (1, "<=", 0),
    ),
    # q = t leaves at the time 1.
    Row(
        first_exit,
        "it stays strictly below the radius",
        lambda: first_exit(at_radius, at_radius),
        (2, "<=", 1),
        ("it begins inside",),
    ),
    # q = 5, outside from the beginning, where nothing is said of it.
    Row(first_exit, "it begins inside", lambda: first_exit(below, below), (5, "<=", 0)),
    # h jumps from 0 to 5.
    Row(first_exit, "h is continuous", lambda: first_exit(landing, landing), (5, "<=", 0)),
    # q = 5 is inside until the radius h jumps from 10 to 0.
    Row(first_exit, "do not move in time", lambda: first_exit(lower, lower), (5, "<=", -1)),
    # q = 1 at this moment; the hypothesis q <= 0 was kept at another one.
    Row(first_exit, "do not move in time", lambda: first_exit(staying, staying), (1, "<=", 0)),
    # q = t - 1: 1/q falls to minus infinity at the time 1, and is 1 at the time 2.
    Row(first_exit, "what stays inside is defined", lambda: first_exit(negative, negative), (1, "<=", 0)),
    # h jumps from 1 to 2, q = 1 as at first, at the time 0.
    Row(
        gronwall_over_jumps,
        "no jump raises the energy",
        lambda: gronwall_over_jumps(
            flow(q.dot == -q, h.dot == 0 * h, time=t, subject_to=[h >= 0], jumps=[after(h) >= h]), h * q**2, 2
        ),
        (2, "<=", 1),
    ),
    # h falls to 0 at the time 1, where 1/h >= 0 says nothing, and jumps from there to 7.
    Row(
        gronwall_over_jumps,
        "no jump raises the energy",
        lambda: gronwall_over_jumps(
            flow(h.dot == -1, time=t, subject_to=[1 / h >= 0], jumps=[h * after(h) <= h**2]), h, 0
        ),
        (7, "<=", 1),
    ),
    # h falls from 5 to 0 in five jumps, each by 1: what is behind the last one was not behind the others.
    Row(
        gronwall_over_jumps,
        "depends on the time",
        lambda: gronwall_over_jumps(stairs, (h - after(h)) ** 2 * (after(h) + 1 - h), 0),
        (0, "<=", 25 * (1 - 5)),
    ),
    # Between jumps nothing is said of d, which rises from 0 to 1.
    Row(
        gronwall_over_jumps,
        "d is absolutely continuous between jumps",
        lambda: gronwall_over_jumps(flow(q.dot == 0 * q, time=t, subject_to=[d.dot <= 0], jumps=[after(d) <= d]), d, 0),
        (1, "<=", 0),
    ),
    # q = exp(t).
    Row(
        gronwall_over_jumps,
        "the derivative of the energy",
        lambda: gronwall_over_jumps(flow(q.dot == q, time=t), q**2, 0),
        (math.exp(2), "<=", 1),
    ),
    # H jumps from 1 to 2, TV = 1, |u| = 1.
    Row(
        gronwall_with_variation,
        "one jump",
        lambda: gronwall_with_variation(still, inner(H_1(u), u), 0, Rational(1, 2), H_1),
        (2, "<=", math.exp(1 / 2)),
    ),
    # X = exp(t) u, TV = 0.
    Row(
        gronwall_with_variation,
        "the derivative of the energy",
        lambda: gronwall_with_variation(flow(X.dot == X, time=t), inner(H_1(X), X), 0, 1, H_1),
        (math.exp(2), "<=", 1),
    ),
    # h jumps from 1 to 2, H does not.
    Row(
        gronwall_with_variation,
        "h^2 <H u, u> is absolutely continuous between the jumps",
        lambda: gronwall_with_variation(flow(h.dot == 0 * h, time=t), h**2 * inner(H_1(u), u), 0, 1, H_1),
        (4, "<=", 1),
    ),
    # L jumps from 1 to 2, H does not.
    Row(
        gronwall_with_variation,
        "L jumps, too",
        lambda: gronwall_with_variation(
            still, inner(H_1(u), u) + inner(operator("L", at_least=1, changes=Changes.BY_JUMPS)(u), u), 0, 1, H_1
        ),
        (3, "<=", 2),
    ),
    # H jumps from 1 to 2 at the time 1/10.
    Row(
        gronwall_with_variation,
        "not constant in time",
        lambda: gronwall_with_variation(still, inner(H_1(u), u), 0, t, H_1),
        (2, "<=", math.exp(1 / 10)),
    ),
    # H rises from 0 to 1 in steps, |u| = 1: from 2 to 8/3, at size_of_the_jump = 3.
    Row(
        gronwall_with_variation,
        "names of this rule",
        lambda: gronwall_with_variation(
            still,
            2 * (1 + norm2(u)) - (1 + norm2(u)) ** 2 / (1 + norm2(u) + form),
            0,
            1 / (1 + scalar("size_of_the_jump", nonnegative=True)),
            H,
        ),
        (8 / 3, "<=", 2 * math.exp(1 / 4)),
    ),
]

#: (x - 1)(x - 2) >= 0 holds on both sides, and not between 1 and 2.
apart = (x - 1) * (x - 2) >= 0
low, high = claimed(apart.given(x <= 1), "low"), claimed(apart.given(x >= 2), "high")
other = claimed((x >= 1).given(x >= 2), "other")
narrow = claimed((x * (a - 1) <= 0).given(a <= 1, x >= 0), "narrow")
narrower = claimed((x * (a - 1) <= 0).given(a >= 1, x >= 0, x <= 0), "narrower")
over, under = claimed((x**2 > 0).given(1 / x >= 0), "over"), claimed((x**2 > 0).given(1 / x <= 0), "under")
short = scalar("s", nonnegative=True, at_most=2)
one = Rational(1)

INTEGRALS = [
    # x = 3/2.
    Row(either, "the second case occurs when the first does not", lambda: either(low, high), (-1 / 4, ">=", 0)),
    # What holds for x >= 2 only, x = 0.
    Row(either, "do not conclude the same", lambda: either(other, low), (0, ">=", 1)),
    # x = 1, a = 2.
    Row(either, "not one inequality of its own", lambda: either(narrow, narrower), (1, "<=", 0)),
    # x = 0, where neither case has a truth value.
    Row(either, "the cases", lambda: either(over, under), (0, ">", 0)),
    # The integral of 1/s from 0 on is infinite.
    Row(
        split,
        "the integral: the integral is defined",
        lambda: split(integral(1 / s, s, 0, 2), one),
        (UNDEFINED, "=", UNDEFINED),
    ),
    # q' = log s, so that the integral of q'' = 1/s is infinite.
    Row(
        split,
        "the integrand is integrable",
        lambda: split(integral(at(q.ddot, s), s, 0, 2), one),
        (UNDEFINED, "=", UNDEFINED),
    ),
    # The same q: nothing times an infinite integral.
    Row(
        argue,
        "the integrand is integrable",
        lambda: 0 * integral(at(q.ddot, s), s, 0, 2) == 0,
        (UNDEFINED, "=", 0),
    ),
    # The integral over [0, 1] of s is not at most that of s^2.
    Row(
        argue,
        "the claim: under the integral",
        lambda: integral(s, s, 0, 1) <= integral(s**2, s, 0, 1),
        (1 / 2, "<=", 1 / 3),
    ),
    # From 1 to 0, 1 has the integral -1.
    Row(
        argue,
        "the claim: the ends are in order",
        lambda: integral(1 + 0 * r, r, 1, x) >= integral(0 * r, r, 1, x),
        (-1, ">=", 0),
    ),
    # The integral of 2 - s from 0 to 5.
    Row(
        argue,
        "the claim: the interval is in the domain of s",
        lambda: integral(2 - short, short, 0, t) >= integral(0 * short, short, 0, t),
        (10 - 25 / 2, ">=", 0),
    ),
    # There are no -1 terms.
    Row(argue, "the claim: the number of terms", lambda: total(Rational(1), scalar("i"), n) == n, (0, "=", -1)),
    # 1/s from 0 on.
    Row(
        argue,
        "the claim: the power is bounded near 0",
        lambda: integral(power(r, -b), r, 0, 1) <= integral(2 * power(r, -b), r, 0, 1),
        (UNDEFINED, "<=", UNDEFINED),
        ("the claim: the power is bounded near 0",),
    ),
    # b = 2: infinite, and -1 by the formula.
    Row(
        argue,
        "the claim: the power vanishes at 0",
        lambda: (integral(power(r, -b), r, 0, 1) == 1 / (1 - b)).given(b > 1),
        (math.inf, "=", -1),
    ),
]

stiffness = scalar("omega", positive=True)
eigenvalue = scalar("lambda")
stiff = flow(z.ddot == -stiffness * z, time=t)
idle = flow(z.ddot == 0 * z, time=t)
from_rest = (z**2 <= one * at(z, 0) ** 2).given(at(z.dot, 0) == 0)
swings = claimed(from_rest.by(claimed(lambda: conserved(stiff, z.dot**2 + stiffness * z**2), "energy")), "swings")
rests = claimed(
    from_rest.by(
        claimed(lambda: conserved(idle, z.dot), "velocity"), claimed(lambda: conserved(idle, z - t * z.dot), "position")
    ),
    "rests",
)


def modes(along: Flow, value: Scalar) -> Argument:
    """|X| never above where it began, from rest, as in each mode."""
    known = {"above": swings, "mode_above": stiff, "at_bound": rests, "mode_at_bound": idle}
    return every_mode(along, one, parameter=stiffness, value=value, eigenvalue=eigenvalue, **known)  # type: ignore[arg-type]


def swing(slope: Callable[[float, float], float], until: float, steps: int = 4000) -> float:
    """The largest square of a solution of z'' = slope(t, z) from rest at 1, by leapfrog steps."""
    position, step, largest = 1.0, until / steps, 1.0
    velocity = step / 2 * slope(0, position)
    for number in range(1, steps + 1):
        position += step * velocity
        velocity += step * slope(number * step, position)
        largest = max(largest, position**2)
    return largest


def pumped(time: float, position: float) -> float:
    """As on a swing: the stiffness is 9 on the way in, for a quarter of that swing, and 1 on the way out."""
    inward, outward = math.pi / 6, math.pi / 2
    return -(9 if time % (inward + outward) < inward else 1) * position


step, w = scalar("h", positive=True), path("w")


def scheme(before: object, now: object, ahead: object) -> object:
    return ahead - 2 * now + before + step**2 * u  # type: ignore[operator]


MODES = [
    # X'' = X at the time 1.
    Row(
        every_mode,
        "swings: the mode's equation",
        lambda: modes(flow(X.ddot == 1 * K(X), time=t), eigenvalue),
        (math.cosh(1) ** 2, "<=", 1),
    ),
    # A swing that is pumped: from rest at 1 it comes to rest at -3.
    Row(
        every_mode,
        "its operator constant",
        lambda: modes(flow(X.ddot == -H(X), time=t), eigenvalue),
        (swing(pumped, 4), "<=", 1),
    ),
    # The stiffness 100/(1 + t).
    Row(
        every_mode,
        "do not move in time",
        lambda: modes(flow(X.ddot == -1 / (1 + t) * K(X), time=t), eigenvalue / (1 + t)),
        (swing(lambda time, y: -100 / (1 + time) * y, 20), "<=", 1),
    ),
    # K = -1: the stiffness omega is said to be positive.
    Row(
        every_mode,
        "swings: omega",
        lambda: modes(flow(X.ddot == -operator("K", at_least=-1)(X), time=t), eigenvalue),
        (math.cosh(1) ** 2, "<=", 1),
        ("rests: the mode's equation",),
    ),
    # K = 0, X = X(0) = 1 until X' jumps from 0 to 1: X = 2 at a time 1 later.
    Row(every_mode, "jumps", lambda: modes(flow(D.ddot == -K(D), time=t), eigenvalue), (4, "<=", 1)),
    # w = t^2/2, u = 0: the residual / h^2 is w'' = 1, and w'' + 5 u - 5 u is no limit with 5 u / h left.
    Row(
        consistent,
        "a denominator of the remainder at step 0",
        lambda: consistent(
            scheme, w.ddot + 5 * u, lambda behind, ahead: ahead - behind - 4 * u / step, curve=w, step=step
        ),
        (1, "=", 5),
    ),  # type: ignore[arg-type]
    # With h u more, u = 1 and w = 0, the residual / h^2 is 1 + 1/h: there is no limit.
    Row(
        consistent,
        "does not contain the step size",
        lambda: consistent(
            lambda *values: scheme(*values) + step * u,
            w.ddot + u + u / step,
            lambda behind, ahead: ahead - behind,
            curve=w,
            step=step,
        ),
        (1 + 1e3, "=", 1 + 1e6),
    ),  # type: ignore[operator]
    # w'' + 2 u for w'' + u.
    Row(
        consistent,
        "the residual on a smooth curve",
        lambda: consistent(scheme, w.ddot + 2 * u, lambda behind, ahead: ahead - behind, curve=w, step=step),
        (1, "=", 2),
    ),  # type: ignore[arg-type]
]

TABLE = [*GROWTH, *INTEGRALS, *MODES]


def stops(written: Written) -> list[str]:
    """What keeps the claim from being proved: what is left open, or the refusal."""
    try:
        return left_open(argue(written()))
    except (TypeError, ValueError) as refusal:
        return [str(refusal)]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.rule.__name__}, {row.condition}")
def test_the_claim_is_false_and_the_condition_stops_it(row: Row) -> None:
    left, sign, right = row.fails
    assert not SIGNS[sign](left, right)
    found = stops(row.dropped)
    assert any(row.condition in each for each in found)
    assert all(row.condition in each or each in row.beside for each in found), found


decay_of_x = flow(X.dot == -K(X), time=t)
decaying = motion(X, K, n, 1).then(1, 1, lambda start: start * exp(-n))
descent = flow(X.dot == -g, time=t)
known = convex.between(sample(X, g, q))
parabola = function(x, x**2 / 2)

#: True claims, and arguments against them that lack one condition: they must not be refuted.
few = scalar("N", positive=True, at_most=5)

REFUTERS = [
    (
        refuted_by,
        "obeys the flow",
        lambda: refuted_by(
            norm2(X) <= norm2(at(X, 0)), decay_of_x, motion(X, K, n, 1).then(1, 1, lambda start: start * exp(n))
        ),
    ),
    (
        refuted_by,
        "the operator's bound",
        lambda: refuted_by(
            norm2(X) <= norm2(at(X, 0)), decay_of_x, motion(X, K, n, 1).then(1, -1, lambda start: start * exp(n))
        ),
    ),
    (refuted_by, "hypothesis", lambda: refuted_by((norm2(X) >= 1).given(norm2(at(X, 0)) >= 9), decay_of_x, decaying)),
    (refuted_by, "the claimed relation fails", lambda: refuted_by(norm2(X) <= norm2(at(X, 0)), decay_of_x, decaying)),
    (
        refuted_for,
        "the class",
        lambda: refuted_for(q <= at(q, 0), descent, known, function(x, -(x**2) / 2), {X: exp(t)}, until=1),
    ),
    (
        refuted_for,
        "the equation for X'",
        lambda: refuted_for(q <= at(q, 0), descent, known, parabola, {X: exp(t)}, until=1),
    ),
    (
        refuted_for,
        "the claimed relation fails",
        lambda: refuted_for(q <= at(q, 0), descent, known, parabola, {X: exp(-t)}, until=1),
    ),
    (counterexample, "fact 1", lambda: counterexample("e is above 2", exp(1) <= 2, because="of nothing")),
    (bounded, "the domain of N", lambda: bounded(order(scalar("N", positive=True, at_most=5), one), large=[b])),
    (single_order, "the domain of N", lambda: bounded(order(exp(few), few), large=[few])),
]


@pytest.mark.parametrize(("rule", "condition", "against"), REFUTERS, ids=[f"{f.__name__}, {c}" for f, c, _ in REFUTERS])
def test_a_true_claim_is_not_refuted(rule: object, condition: str, against: Written) -> None:
    assert any(condition in each for each in stops(against))
    assert verdict(against) is not Verdict.REFUTED


def test_orders_by_numbers() -> None:
    """N^2 = O(N M) given N = O(M): for every constant c the ratio stays below c; without what is given it does not."""
    N, M = scalar("N", positive=True), scalar("M", positive=True)
    assert verdict(lambda: bounded(order(N**2, N * M), large=[N, M], given=[order(N, M)])) is Verdict.PROVED
    assert all(
        size**2 <= factor * size * other
        for factor, size, other in product((1, 3), (1, 10, 1000), (1, 10, 1000))
        if size <= factor * other
    )
    assert verdict(lambda: bounded(order(N**2, N * M), large=[N, M])) is Verdict.REFUTED
    assert 1000**2 > 100 * 1000 * 1


def test_modes_by_numbers() -> None:
    """From rest no mode of a constant stiffness rises, so that no sum of them does."""
    assert verdict(lambda: modes(flow(X.ddot == -K(X), time=t), eigenvalue)) is Verdict.PROVED
    for first, second, time in product((0.0, 1.0, 5.0), (0.5, 7.0), (0.3, 2.0, 11.0)):
        assert math.cos(math.sqrt(first) * time) ** 2 + 4 * math.cos(math.sqrt(second) * time) ** 2 <= 5


def test_schemes_by_numbers() -> None:
    """On w = sin t the residual / h^2 tends to w'' + u, with an error of the order h."""
    argument = consistent(scheme, w.ddot + u, lambda behind, ahead: ahead - behind, curve=w, step=step)  # type: ignore[arg-type]
    assert verdict(lambda: argument) is Verdict.PROVED
    for size, time in product((1e-1, 1e-2, 1e-3), (0.4, 1.7)):
        residual = math.sin(time + size) - 2 * math.sin(time) + math.sin(time - size) + size**2 * 3
        assert abs(residual / size**2 - (3 - math.sin(time))) <= size / 3


def rules() -> Iterator[tuple[str, Callable[..., object]]]:
    """The public functions of `proofcheck.rules` that give an argument."""
    for module in pkgutil.iter_modules(proofcheck.rules.__path__):
        loaded = importlib.import_module(f"proofcheck.rules.{module.name}")
        for name, function_ in inspect.getmembers(loaded, inspect.isfunction):
            own = function_.__module__ == loaded.__name__ and not name.startswith("_")
            if own and inspect.signature(function_).return_annotation in ("Argument", Argument):
                yield name, function_


#: They lead to no theorem: a source is named, a gap is told, a claim is asked for what it states.
WITHOUT_THEOREM = {cited, missing, importlib.import_module("proofcheck.rules.argue").argument_of}


def test_every_rule_stands_in_the_table() -> None:
    listed = {row.rule for row in TABLE} | {rule for rule, *_ in REFUTERS} | WITHOUT_THEOREM
    assert {name for name, rule in rules() if rule not in listed} == set()
    named = {rule for _, rule in rules()} - WITHOUT_THEOREM - {argue}
    assert f"{len(named)} rules, one theorem a function" in (Path(__file__).parents[2] / "README.md").read_text("utf-8")


@pytest.mark.parametrize(("name", "rule"), list(rules()), ids=[name for name, _ in rules()])
def test_every_rule_names_its_theorem(name: str, rule: Callable[..., object]) -> None:
    documented = inspect.getdoc(rule) or ""
    assert (rule in WITHOUT_THEOREM) != ("Theorem:" in documented)
