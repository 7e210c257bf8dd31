"""False claims that the rules and the language proved once, each in the smallest case that was found.

They may be left unproved or be refused; the docstrings say why each is false. At the end stand true claims that were
refuted once.
"""

from __future__ import annotations

import pytest

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    after,
    at,
    conserved,
    every_mode,
    first_exit,
    flow,
    for_all,
    gronwall,
    gronwall_over_jumps,
    gronwall_with_variation,
    inner,
    integral,
    norm2,
    operator,
    path,
    scalar,
    scalar_path,
    variation,
    vector,
)

from ..rules.settling import Written, answer, claimed

t, s = scalar("t", nonnegative=True), scalar("s", nonnegative=True)
x, a, h = scalar("x"), scalar("a"), scalar("h")
mu, omega = scalar("mu", positive=True), scalar("omega", positive=True)
q, k, e, z = scalar_path("q"), scalar_path("k"), scalar_path("e"), scalar_path("z")
level = scalar_path("h", jumps_from=0)
u, X, Y = vector("u"), path("X"), path("Y")
still = flow(X.dot == 0 * X, time=t)

FALSE: list[Written] = []
TRUE: list[Written] = []


def false(written: Written) -> Written:
    FALSE.append(written)
    return written


def true(written: Written) -> Written:
    TRUE.append(written)
    return written


@false
def value_of_a_mode_that_moves_in_time() -> object:
    """X'' = -H X/(1 + t) from rest: with H = 100 the swings grow, though none does where the stiffness is constant."""
    stiff, free = flow(z.ddot == -omega * z, time=t), flow(z.ddot == 0 * z, time=t)
    energy = claimed(lambda: conserved(stiff, z.dot**2 + omega * z**2), "energy")
    velocity = claimed(lambda: conserved(free, z.dot), "velocity")
    position = claimed(lambda: conserved(free, z - t * z.dot), "position")
    bound = (z**2 <= Rational(1) * at(z, 0) ** 2).given(at(z.dot, 0) == 0)
    return every_mode(
        flow(X.ddot == -1 / (1 + t) * operator("H", at_least=0)(X), time=t),
        Rational(1),
        above=claimed(bound.by(energy), "above"),
        mode_above=stiff,
        parameter=omega,
        value=h / (1 + t),
        eigenvalue=h,
        at_bound=claimed(bound.by(velocity, position), "at_bound"),
        mode_at_bound=free,
    )


@false
def constant_operator_between_bounds_that_move() -> object:
    """t^2/2 <= t, from a constant operator between k and k + 1 along k' = 1: there is none for longer than a time 1."""
    moving, A = flow(k.dot == 1, q.dot == 1, time=t), operator("A", at_least=k, at_most=k + 1)
    form = inner(A(u), u)
    premises = (
        claimed(lambda: gronwall(moving, q * form - (k + 1) ** 2 / 2 * norm2(u), 0), "grows"),
        claimed(lambda: conserved(moving, q - t), "first"),
        claimed(lambda: conserved(moving, k - t), "second"),
        claimed(lambda: form >= k * norm2(u), "low"),
    )
    return (t**2 / 2 * norm2(u) <= t * norm2(u)).by(*premises)


@false
def derivative_without_a_limit() -> object:
    """h <= h(0): h = 1 - t falls to 0 while k' = 1/sqrt(1 - t) grows; in the limit the law lets h jump to 7."""
    falling = flow(
        level.dot == -1,
        k.dot == q,
        time=t,
        subject_to=[level >= 0, k.dot**2 * level >= 1],
        jumps=[level * after(level) <= level**2],
    )
    return gronwall_over_jumps(falling, level, 0)


@false
def variation_of_another_operator() -> object:
    """<H Y, Y> <= <H(0) Y(0), Y(0)> for an H >= 2 that jumps, since another one, H >= mu, does not."""
    H, other = (operator("H", at_least=low, changes=Changes.BY_JUMPS) for low in (mu, 2))
    quiet = flow(X.dot == -X, time=t, subject_to=[variation(H) <= 0])
    grows = claimed(lambda: gronwall_with_variation(flow(Y.dot == -Y, time=t), inner(H(Y), Y), 0, 1 / mu, H), "grows")
    form = inner(other(Y), Y)
    return (form <= at(form, 0)).along(quiet).by(grows.at({mu: 2}))


@false
def inverse_of_another_operator() -> object:
    """<H^-1 u, u> >= |u|^2/2 for 1 <= H <= 3: false for H = 3, true for H <= 2."""
    narrow, wide = (operator("H", at_least=1, norm=size) for size in (2, 3))
    lemma = claimed(inner(narrow.inverse(u), u) >= norm2(u) / 2, "lemma")
    return (inner(wide.inverse(u), u) >= norm2(u) / 2).by(lemma)


@false
def rate_with_the_time_as_its_index() -> object:
    """|X|^2 <= exp(-2 a_t t) |X(0)|^2 along X' = -a_t X: for a = t it is exp(-t^2), not exp(-2 t^2)."""
    rate = scalar("a", index=t, nonnegative=True)
    return gronwall(flow(X.dot == -rate * X, time=t), norm2(X), 2 * rate)


@false
def bound_with_the_time_as_its_index() -> object:
    """q <= q(0) + a_t t for q' <= a_t: for a = 1 - t on [0, 1] q rises by 1/2, and a_t t is 0 at the end."""
    bound = scalar("a", index=t, nonnegative=True)
    return gronwall(flow(q.dot == e, time=t, subject_to=[e <= bound]), q - bound * t, 0)


@false
def size_of_the_jump_in_its_cost() -> object:
    """For H from 0 to 1, |u| = 1, the energy rises from 2 to 8/3: by more than exp(1/4), at size_of_the_jump = 3."""
    size, H = scalar("size_of_the_jump", nonnegative=True), operator("H", at_least=0, changes=Changes.BY_JUMPS)
    energy = 2 * (1 + norm2(u)) - (1 + norm2(u)) ** 2 / (1 + norm2(u) + inner(H(u), u))
    return gronwall_with_variation(still, energy, 0, 1 / (1 + size), H)


@false
def variation_as_an_unknown() -> object:
    """TV = TV(0), because a flow says TV' = 0 of a path that only happens to have its name."""
    H = operator("H", at_least=0, changes=Changes.BY_JUMPS)
    return conserved(flow(scalar_path(variation(H).name).dot == 0, time=t), variation(H))


@false
def energy_that_speaks_of_what_is_behind_a_jump() -> object:
    """h falls from 5 to 0 by jumps of 1: the energy is 0 behind each, but with the last h(t+) = 0 it was 25 (1 - 5)."""
    stairs = flow(level.dot == 0 * level, time=t, jumps=[after(level) >= level - 1])
    return gronwall_over_jumps(stairs, (level - after(level)) ** 2 * (after(level) + 1 - level), 0)


@false
def hypothesis_behind_a_jump_for_all_times() -> object:
    """h <= 1, given h(t+) <= 0 now: h jumped from 0 to 5 before, and jumps back to 0 now."""
    near = flow(level.dot == 0 * level, time=t, subject_to=[level <= 1], inside=(after(level) <= 1))
    stays = claimed(lambda: (after(level) <= 0).given(after(level) <= 0).along(near), "stays")
    return first_exit(claimed(lambda: (level <= 1).along(near), "low"), stays)


@false
def path_that_jumps_by_one_that_does_not() -> object:
    """h = h(0) for an h that is said to jump, from h' = 0 for one of its name that is not."""
    steady = scalar_path("h")
    return (level == at(level, 0)).by(claimed(lambda: conserved(flow(steady.dot == 0, time=t), steady), "steady"))


@true
def hypothesis_for_all_that_forbids_the_point() -> object:
    """a <= s for every s >= 0 gives a <= 0 <= 1; at one s, a = 2 is allowed."""
    return (a <= 1).given(for_all(s, a <= s))


@true
def hypothesis_for_all_under_an_integral() -> object:
    """No a is at most 2 - s for every s >= 0."""
    return (integral(a + 0 * s, s, 0, t) <= integral(1 + 0 * s, s, 0, t)).given(for_all(s, a <= 2 - s))


@true
def variation_is_not_negative() -> object:
    """TV >= 0."""
    return variation(operator("H", changes=Changes.BY_JUMPS)) >= 0


@pytest.mark.parametrize("written", FALSE, ids=lambda written: written.__name__)
def test_a_false_claim_is_not_proved(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


@pytest.mark.parametrize("written", TRUE, ids=lambda written: written.__name__)
def test_a_true_claim_is_not_refuted(written: Written) -> None:
    assert answer(written) is not Verdict.REFUTED
