"""Conditions of sums and integrals, one a test, each of which a mutant of the rules once did without."""

from __future__ import annotations

import pytest

from proofcheck import Verdict, at, for_all, integral, log, power, scalar, scalar_path, total
from proofcheck.language.expressions import Relation
from proofcheck.rules.argue import argue

from .settling import Written, answer, left_open, verdict

n, i = scalar("n", at_least=1), scalar("i")
s, u, r, t = scalar("s"), scalar("u"), scalar("r"), scalar("t", nonnegative=True)
late = scalar("late", nonnegative=True)
q, f = scalar_path("q"), scalar_path("f")

FALSE = {
    "to another upper end": lambda: integral(s**2 + r**2, s, 0, 2) <= integral(s**2 + r**2, s, 0, 1),
    "from another lower end": lambda: integral(s**2, s, 0, 2) <= integral(s**2, s, 1, 2),
    "a sum is no integral": lambda: total(i, i, n) <= integral(i, i, 1, n),
    "below the lower end of a sum": lambda: total(1 + 0 * i, i, n) <= total(2 - i, i, n),
    "above the upper end of a sum": lambda: total(i, i, n) >= total(n + 0 * i, i, n),
    "below the lower end": lambda: integral(1 + 0 * s, s, 0, 1) <= integral(1 - s, s, 0, 1),
    "above the upper end": lambda: integral(s, s, 0, 1) >= integral(1 + 0 * s, s, 0, 1),
    "the first term": lambda: total(0 * i, i, n) <= total(1 / (i - 1), i, n),
    "the last term": lambda: total(0 * i, i, n) <= total(1 / (n - i), i, n),
    "a pole at the lower end": lambda: integral(0 * s, s, 0, 1) <= integral(1 / s, s, 0, 1),
    "a pole at the upper end": lambda: integral(0 * s, s, 0, 1) <= integral(1 / (1 - s), s, 0, 1),
    "an antiderivative beyond the pole": lambda: integral(1 / s**2, s, -1, 1) == -2 + 0 * r,
    "beyond the domain of the variable": lambda: (
        integral(power(late**2, 1), late, -1, 1) == integral(late, late, -1, 1)
    ),
    "an integral as a factor of itself": lambda: (
        integral(s, s, 0, r) * integral(s + 1, s, 0, r) <= integral(s, s, 0, r) * integral(s + 1, s, 0, r) - 1
    ),
}


@pytest.mark.parametrize("written", FALSE.values(), ids=FALSE)
def test_a_false_one_is_not_proved(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


TRUE = {
    "up to the upper end": lambda: integral(s * r**2, s, 0, 1) <= integral(r**2 + 0 * s, s, 0, 1),
    "from the lower end": lambda: integral(0 * s, s, 0, 1) <= integral(s * r**2, s, 0, 1),
    "up to the last term": lambda: total(i, i, n) <= total(n + 0 * i, i, n),
    "from the first term": lambda: total(1 + 0 * i, i, n) <= total(i, i, n),
    "with a factor": lambda: 2 * integral(3 * s, s, 0, t) == 3 * t**2,
    "other letters": lambda: integral(s**2, s, 0, t) <= integral(u**2 + 1, u, 0, t),
}


@pytest.mark.parametrize("written", TRUE.values(), ids=TRUE)
def test_a_true_one_is_proved(written: Written) -> None:
    assert verdict(written) is Verdict.PROVED


@pytest.mark.parametrize("known", [t >= 1, t >= 1 + 0 * r])
def test_a_term_that_fails_near_the_lower_end_refutes_nothing_further_on(known: Relation) -> None:
    """t^2/2 >= t/4 for t >= 1, though s < 1/4 near 0; the body has no antiderivative here, for the factor f."""
    claimed = integral(s * f**2, s, 0, t) >= integral(f**2 / 4, s, 0, t)
    assert answer(lambda: claimed.given(known)) is not Verdict.REFUTED
    assert answer(lambda: claimed) is Verdict.REFUTED


@pytest.mark.parametrize("function", [log, lambda inner: power(inner, -1), lambda inner: 1 / inner])
def test_what_may_grow_beyond_all_bounds_is_not_integrable(function: object) -> None:
    moved = function(at(q, s))  # type: ignore[operator]
    for left, right in ((moved, moved + 1), (moved - 1, moved)):
        claim = (integral(left, s, 0, t) <= integral(right, s, 0, t)).given(for_all(s, at(q, s) > 0))
        assert any("integrable" in label for label in left_open(argue(claim)))
