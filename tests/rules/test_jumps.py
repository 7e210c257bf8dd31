"""Growth along flows whose jumps obey a law: what no jump raises falls, and its false neighbours do not."""

from __future__ import annotations

import pytest

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    after,
    at,
    chain,
    exp,
    flow,
    gronwall,
    gronwall_over_jumps,
    inner,
    let,
    log,
    motion,
    norm2,
    operator,
    path,
    power,
    refuted_by,
    scalar,
    scalar_path,
    sqrt,
)
from proofcheck.language.expressions import Relation
from proofcheck.language.flows import Flow
from proofcheck.language.printing import text
from proofcheck.rules.argue import argument_of
from proofcheck.rules.jumps import JUMP_BY_JUMP

from .settling import Written, answer, claimed

PROVED, OPEN = Verdict.PROVED, Verdict.OPEN

t = scalar("t", nonnegative=True)
mu = scalar("mu", positive=True)
q, k = scalar_path("q"), scalar_path("k")
h, free = scalar_path("h", jumps_from=0), scalar_path("u", jumps_from=0)
x = path("x")
kicked = path("x", jumps_from=1)
H = operator("H", at_least=mu, changes=Changes.BY_JUMPS)


def oscillator(*jumps, subject_to=(h >= 0,)):  # type: ignore[no-untyped-def]
    return flow(q.dot == -h * k, k.dot == q - mu * k, h.dot == 0, time=t, subject_to=subject_to, jumps=jumps)


falling, rising, lawless = oscillator(after(h) <= h), oscillator(after(h) >= h), oscillator()
energy = let("E", q**2 + h * k**2)
bounced = flow(
    kicked.ddot == -kicked, time=t, jumps=[norm2(after(kicked.dot)) <= norm2(kicked.dot), after(kicked) == kicked]
)
moving = norm2(kicked) + norm2(kicked.dot)


body, shadow = path("X", jumps_from=0), path("Y", jumps_from=0)
tied = flow(
    body.dot == 0 * body,
    shadow.dot == 0 * shadow,
    time=t,
    subject_to=[body == 2 * shadow],
    jumps=[inner(after(body), after(shadow)) <= inner(body, shadow)],
)


def consumed(*constraints: Relation) -> Flow:
    """h falls to 0, in the limit, and from there it may jump to anything."""
    return flow(h.dot == -1, k.dot == q, time=t, subject_to=constraints, jumps=[h * after(h) <= h**2])


HOLDS: dict[str, Written] = {
    "a stiffness that falls": lambda: gronwall_over_jumps(falling, energy, 0),
    "nothing that jumps": lambda: gronwall_over_jumps(lawless, exp(mu * t), -mu),
    "a velocity that is damped in jumps": lambda: gronwall_over_jumps(bounced, moving, 0),
    "a law for vectors": lambda: gronwall_over_jumps(tied, norm2(shadow), 0),
    "a law for numbers": lambda: gronwall_over_jumps(
        flow(
            h.dot == 0,
            free.dot == 0,
            time=t,
            subject_to=[h == 2 * free],
            jumps=[after(h) * after(free) <= h * free],
        ),
        h**2,
        0,
    ),
    "a constraint with a square": lambda: gronwall_over_jumps(
        oscillator(after(h) >= h, subject_to=(h >= 0, h**2 >= mu**2)), q**2 / h + k**2, 0
    ),
    "a constraint with a root": lambda: gronwall_over_jumps(
        oscillator(after(h) >= h, subject_to=(sqrt(h) >= mu,)), q**2 / h + k**2, 0
    ),
    "a constraint that divides by what does not move": lambda: gronwall_over_jumps(
        oscillator(after(h) >= h, subject_to=(h >= 1 / mu,)), q**2 / h + k**2, 0
    ),
    "a quotient, positive at the limits": lambda: gronwall_over_jumps(
        oscillator(after(h) >= h, subject_to=(h >= mu,)), q**2 / h + k**2, 0
    ),
}
FAILS: dict[str, Written] = {
    "a stiffness that rises": lambda: gronwall_over_jumps(rising, energy, 0),
    "nothing known of the jumps": lambda: gronwall_over_jumps(lawless, energy, 0),
    "an operator that jumps as it likes": lambda: gronwall_over_jumps(
        flow(x.ddot == -H(x), time=t), norm2(x.dot) + inner(H(x), x), 0
    ),
    "too fast between jumps": lambda: gronwall_over_jumps(falling, energy, mu),
    "a path that no equation governs": lambda: gronwall_over_jumps(
        flow(q.dot == -q, time=t, jumps=[after(free) <= free]), free * q**2, 2
    ),
    "the plain rule, whatever the law": lambda: gronwall(falling, energy, 0),
    "a root that may vanish": lambda: gronwall_over_jumps(falling, sqrt(h) * k**2 + q**2, 0),
    "positive, but not at the limits": lambda: gronwall_over_jumps(
        oscillator(after(h) >= h, subject_to=(h > 0,)), q**2 / h + k**2, 0
    ),
    "negative, but not at the limits": lambda: gronwall_over_jumps(
        oscillator(after(h) >= h, subject_to=(-h < 0,)), q**2 / h + k**2, 0
    ),
    "different, but not at the limits": lambda: gronwall_over_jumps(consumed(h >= 0, h != 0), h, 0),
    "a constraint on what has no limit": lambda: gronwall_over_jumps(consumed(h >= 0, k.dot**2 * h >= 1), h, 0),
    "a bound that has no limit": lambda: gronwall_over_jumps(consumed(h >= 0, Rational(1) <= k.dot**2 * h), h, 0),
    "a constraint that is not defined at the limits": lambda: gronwall_over_jumps(consumed(1 / h >= 0), h, 0),
    "a logarithm that is not": lambda: gronwall_over_jumps(consumed(log(h) >= log(h)), h, 0),
    "a power that is not": lambda: gronwall_over_jumps(consumed(power(h, mu) >= 0), h, 0),
}


@pytest.mark.parametrize("name", HOLDS)
def test_what_holds_is_proved(name: str) -> None:
    assert answer(HOLDS[name]) is PROVED


@pytest.mark.parametrize("name", FAILS)
def test_false_neighbours_are_open(name: str) -> None:
    assert answer(FAILS[name]) is OPEN


def test_limits_of_what_differs_may_be_the_same() -> None:
    argument = gronwall_over_jumps(consumed(h >= 0, h != 0), h, 0)
    step = next(each.statement for each in argument.obligations if each.label == "no jump raises the energy")
    assert step is not None and [each.sign for each in step.hypotheses] == ["<=", ">=", ">="]


def test_a_bound_is_not_said_to_be_continuous() -> None:
    subject, jumps = "on solutions subject to h >= 0", "on solutions that jump with h(t+) <= h"
    assert argument_of(claimed(HOLDS["a stiffness that falls"])).rules == (subject, jumps, JUMP_BY_JUMP)


def test_a_bound_carries_the_law_of_its_flow() -> None:
    bound = claimed(lambda: gronwall_over_jumps(falling, energy, 0), "bound")
    used = claimed(lambda: chain(q**2).le(energy).le(at(energy, 0), bound).along(lawless))
    assert answer(used.stated) is PROVED
    assert set(argument_of(used).conclusion.flows()) == {falling, lawless}  # type: ignore[union-attr]
    assert "on solutions that jump with h(t+) <= h" in argument_of(used).rules


def test_flows_with_other_laws_are_other_flows() -> None:
    assert falling != rising != lawless != falling
    assert falling == oscillator(after(h) <= h)


def test_what_is_behind_a_jump() -> None:
    assert text(falling.behind_jump(energy)) == "q^2 + h(t+) k^2"
    assert text(after(h)) == "h(t+)"
    assert text(flow(x.ddot == -H(x), time=t).behind_jump(inner(H(x), x))) == "<H(t+) x, x>"


def test_a_law_is_a_relation_without_hypotheses() -> None:
    with pytest.raises(TypeError):
        flow(h.dot == 0, time=t, jumps=[(after(h) <= h).given(h >= 0)])


def test_a_motion_is_not_asked_whether_it_obeys_a_law() -> None:
    s = scalar("s")
    law = inner(after(H(x)), x) <= inner(H(x), x)
    decaying = motion(x, H, s, 1).then(1, 1, lambda position: position * exp(-s))
    with pytest.raises(ValueError, match="constraints"):
        refuted_by(norm2(x) >= 1, flow(x.dot == -H(x), time=t, jumps=[law]), decaying, {mu: 1})


def test_a_parameter_of_a_law_does_not_move() -> None:
    level = scalar("c", nonnegative=True)
    capped = flow(q.dot == -q, h.dot == 0, time=t, subject_to=[h >= 0, level <= 1], jumps=[after(h) <= level * h])
    bound = claimed(lambda: gronwall_over_jumps(capped, h * q**2, 2), "bound")
    assert answer(bound.stated) is PROVED
    with pytest.raises(ValueError, match="constant of the flow"):
        assert bound.at({level: k}).relation
