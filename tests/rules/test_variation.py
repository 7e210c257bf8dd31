"""Growth against the total variation of an operator that jumps, from both sides."""

import pytest

from proofcheck import (
    Changes,
    Verdict,
    after,
    at,
    exp,
    flow,
    gronwall_with_variation,
    inner,
    norm2,
    operator,
    path,
    scalar,
    scalar_path,
    variation,
    vector,
)
from proofcheck.language.printing import latex, text
from proofcheck.rules.argue import argument_of
from proofcheck.rules.growth import GRONWALL
from proofcheck.rules.variation import VARIATION

from .settling import Written, answer, claimed

PROVED, OPEN = Verdict.PROVED, Verdict.OPEN

t, t_0 = scalar("t", nonnegative=True), scalar("t_0", positive=True)
mu, nu, gamma = scalar("mu", positive=True), scalar("nu", positive=True), scalar("gamma", positive=True)
x, y, u = path("x"), path("y"), vector("u")
H = operator("H", at_least=mu, changes=Changes.BY_JUMPS)
K = operator("K", at_least=mu, changes=Changes.BY_JUMPS)
TV = variation(H)
h = scalar_path("h", jumps_from=0)
decay = flow(x.dot == -x, time=t)
spring = flow(x.ddot == -gamma / t * x.dot - H(x), time=t)
few = flow(x.ddot == -gamma / t * x.dot - H(x), time=t, subject_to=[TV <= nu])
stored = inner(H(x), x)
energy = norm2(x.dot) / 2 + stored / 2

swings = claimed(lambda: gronwall_with_variation(spring, energy, 0, 1 / mu, H), "swings")
swings_little = claimed(lambda: gronwall_with_variation(few, energy, 0, 1 / mu, H), "swings_little")

HOLDS = {
    "a form": lambda: gronwall_with_variation(decay, stored, 2, 1 / mu, H),
    "an energy": lambda: gronwall_with_variation(spring, energy, 0, 1 / mu, H),
    "since a moment": lambda: gronwall_with_variation(decay, t * stored, 0, 1 / mu, H, since=1),
    "a form that rises": lambda: gronwall_with_variation(decay, -stored, 2, -1 / mu, H),
    "with another form, of an operator that does not jump": lambda: gronwall_with_variation(
        decay, stored + inner(operator("A", at_least=0)(x), x), 2, 1 / mu, H
    ),
    "with another form, of the operator as it was": lambda: gronwall_with_variation(
        decay, stored + inner(at(H(u), 0), u), 0, 1 / mu, H
    ),
    "what follows for a bounded variation": lambda: (exp(TV / mu) <= exp(nu / mu)).along(few),
}

FAILS = {
    "a cost that is too small": lambda: gronwall_with_variation(decay, stored, 2, 1 / (2 * mu), H),
    "a rate that is too large": lambda: gronwall_with_variation(decay, stored, 3, 1 / mu, H),
    "no cost": lambda: gronwall_with_variation(decay, stored, 2, 0, H),
    "a negative cost": lambda: gronwall_with_variation(decay, norm2(x), 2, -1, H),
    "an energy that is negative": lambda: gronwall_with_variation(decay, -norm2(x), 2, 1 / mu, H),
    "a form that is not bounded by its energy": lambda: gronwall_with_variation(
        flow(x.dot == -x, y.dot == -y, time=t), stored + norm2(y) - norm2(x), 2, 1 / mu, H
    ),
    "something else that jumps": lambda: gronwall_with_variation(
        spring, energy + norm2(x.dot - path("v", jumps_from=0)), 0, 1 / mu, H
    ),
    "something else that jumps by a law": lambda: gronwall_with_variation(
        flow(x.dot == -x, h.dot == 0, time=t, jumps=[after(h) == 2 * h]), h**2 * stored, 2, 1 / mu, H
    ),
    "that the kernel does not move": lambda: (energy <= at(energy, 0)).along(spring).by(swings),
    "less than the variation": lambda: (energy <= exp(nu / (2 * mu)) * at(energy, 0)).along(few).by(swings_little),
}


@pytest.mark.parametrize("stated", HOLDS.values(), ids=HOLDS)
def test_what_holds_is_proved(stated: Written) -> None:
    assert answer(stated) is PROVED


@pytest.mark.parametrize("stated", FAILS.values(), ids=FAILS)
def test_what_fails_is_not(stated: Written) -> None:
    assert answer(stated) is OPEN


def test_a_claim_along_a_flow_does_not_help_at_the_jumps() -> None:
    """Along the flow H(x) is small; right behind a jump it need not be."""
    small = flow(x.dot == -x, time=t, subject_to=[norm2(H(x)) <= norm2(x)])
    bounded = claimed(lambda: (norm2(H(x)) <= norm2(x)).along(small), "bounded")
    argument = gronwall_with_variation(small, stored, 2, 1 / mu, H, by=[bounded])
    jump = next(each for each in argument.obligations if each.label.startswith("one jump"))
    assert jump.statement is not None
    assert not any("H_jump" in str(each) for each in jump.statement.hypotheses)
    assert argument_of(claimed(lambda: argument, "again")).premises == (bounded,)


def test_operators_that_differ_in_their_bounds_have_their_own_variation() -> None:
    """What one flow says of its operator says nothing of another operator of the same name."""
    other = operator("H", at_least=2 * mu, changes=Changes.BY_JUMPS)
    assert variation(other).name != variation(H).name == variation(H).name
    assert latex(variation(other)) == latex(variation(H))
    still = flow(x.dot == -H(x), time=t, subject_to=[TV <= 0])
    moving = flow(y.dot == -y, time=t)
    form = inner(other(y), y)
    grows = claimed(lambda: gronwall_with_variation(moving, form, 0, 1 / (2 * mu), other), "grows")
    # It is refused: one letter for two operators.
    assert answer(lambda: (form <= at(form, 0)).along(still).by(grows)) is None


def test_a_bound_is_not_said_to_be_continuous() -> None:
    rules = argument_of(swings_little).rules
    assert {f"on solutions subject to {text(TV)} <= nu", VARIATION} <= set(rules) and GRONWALL not in rules


size = scalar("size_of_the_jump", nonnegative=True)

REFUSED = {
    "a constant operator": (lambda: variation(operator("A", at_least=1)), "constant between its jumps"),
    "the operator at a moment": (
        lambda: gronwall_with_variation(decay, stored, 2, 1, operator("A", changes=Changes.CONTINUOUSLY)),
        "constant between its jumps",
    ),
    "an inverse": (lambda: variation(H.inverse), "constant between its jumps"),
    "another operator that jumps": (
        lambda: gronwall_with_variation(decay, stored + inner(K(x), x), 2, 1 / mu, H),
        "K jumps, too",
    ),
    "its inverse": (lambda: gronwall_with_variation(decay, stored + inner(H.inverse(x), x), 2, 1, H), "jumps, too"),
    "a cost that moves": (lambda: gronwall_with_variation(decay, stored, 2, t, H), "not constant in time"),
    "a cost that moves with a path": (
        lambda: gronwall_with_variation(decay, stored, 2, scalar_path("q") ** 2, H),
        "not constant in time",
    ),
    "the size of the jump as a rate": (
        lambda: gronwall_with_variation(decay, stored, size, 1, H),
        "name of this rule",
    ),
    "the size of the jump as a beginning": (
        lambda: gronwall_with_variation(decay, stored, 2, 1, H, since=size),
        "name of this rule",
    ),
    "the size of the jump": (lambda: gronwall_with_variation(decay, size * stored, 2, 1, H), "name of this rule"),
    "an operator that is called jump": (
        lambda: gronwall_with_variation(decay, stored + inner(operator("jump", norm=size)(x), x), 2, 1, H),
        "jump",
    ),
}


@pytest.mark.parametrize(("written", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(written: Written, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        written()
