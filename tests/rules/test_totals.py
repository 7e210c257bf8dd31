"""Conditions of sums and integrals, one a test, each of which a mutant of the rules once did without."""

from __future__ import annotations

from fractions import Fraction

import pytest

from proofcheck import Rational, Verdict, at, exp, for_all, integral, log, power, scalar, scalar_path, total
from proofcheck.language.expressions import Power, Relation
from proofcheck.rules.argue import argue

from .settling import Written, answer, left_open, verdict

n, i = scalar("n", at_least=1), scalar("i")
s, u, r, t = scalar("s"), scalar("u"), scalar("r"), scalar("t", nonnegative=True)
late, w = scalar("late", nonnegative=True), scalar("w", positive=True)
few, above = scalar("few", nonnegative=True), scalar("above", at_least=2)
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
    "a pole of what stays as it is": lambda: integral(at(f, s) ** 2 / s, s, 0, 1) ** 2 >= 0,
    "a pole at the end of what stays as it is": lambda: integral(at(f, s) ** 2 / (1 - s), s, 0, 1) ** 2 >= 0,
    "a smaller one without a value": lambda: integral(-power(w, -2), w, 0, 1) <= integral(-1 + 0 * w, w, 0, 1),
    "a larger one without a value": lambda: integral(1 + 0 * w, w, 0, 1) <= integral(power(w, -2), w, 0, 1),
    "a pole out of the domain of the variable": lambda: (
        integral(at(f, late) ** 2 / (2 * late + 1), late, -1, 1) ** 2 >= 0
    ),
    "a pole on the border of the domain": lambda: integral(at(f, w) ** 2 / w, w, -1, 1) ** 2 >= 0,
    "an antiderivative in the domain alone": lambda: integral(2 / (2 * late + 1) ** 2, late, -1, 0) == -2 + 0 * r,
    "terms out of the domain of the index": lambda: total(r, above, n) == n * r,
    "a factor without a value": lambda: (
        (2 + integral(at(f, u) ** 2 / u, u, 0, 1)) * integral(s, s, 0, 1)
        <= (2 + integral(at(f, u) ** 2 / u, u, 0, 1)) * integral(s, s, 0, 1)
    ),
    "different terms": lambda: (integral(at(f, s), s, 0, 1) != integral(at(q, s), s, 0, 1)).given(
        for_all(s, at(f, s) != at(q, s))
    ),
    "a factor that is captured": lambda: (
        u * integral(at(f, s) ** 2, s, 0, 1) <= 1 * integral(u * at(f, u) ** 2, u, 0, 1)
    ),
    "a body that is captured": lambda: integral(u * at(f, s) ** 2, s, 0, 1) <= integral(u * at(f, u) ** 2, u, 0, 1),
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
    "equal terms": lambda: integral(f**2 * s + f**2, s, 0, t) == integral(f**2 * (1 + s), s, 0, t),
    "terms in another letter": lambda: integral(f**2 * s, s, 0, t) <= integral(f**2 * (u + 1), u, 0, t),
    "ends in any order": lambda: integral(at(f, s) ** 2, s, 0, r) ** 2 >= 0,
    "a sum that may be empty": lambda: total(1 / i, i, few) ** 2 >= 0,
    "a pole beyond the upper end": lambda: integral(at(f, s) ** 2 / (2 - s), s, 0, 1) ** 2 >= 0,
    "an antiderivative between the ends": lambda: integral(1 / (1 + s) ** 2, s, 0, 1) == Rational(1, 2) + 0 * r,
    "an antiderivative before a pole": lambda: integral(1 / (2 - s) ** 2, s, 0, 1) == Rational(1, 2) + 0 * r,
    "a function without a pole": lambda: integral(exp(f) * s, s, 0, 1) <= integral(exp(f) + 0 * s, s, 0, 1),
    "with a factor": lambda: 2 * integral(3 * s, s, 0, t) == 3 * t**2,
    "other letters": lambda: integral(s**2, s, 0, t) <= integral(u**2 + 1, u, 0, t),
    "other letters without an antiderivative": lambda: (
        integral(at(f, s) ** 2, s, 0, t) <= integral(at(f, u) ** 2 + 1, u, 0, t)
    ),
    "a letter that is free on the other side": lambda: (
        integral(at(f, s) ** 2, s, 0, t) <= integral(at(f, u) ** 2 + s**2, u, 0, t)
    ),
    "equal to what is bounded": lambda: (
        integral(power(w, -1) * w * at(f, w) ** 2, w, 0, t) == integral(at(f, w) ** 2, w, 0, t)
    ),
    "a sum asks for no bound of its terms": lambda: total(1 / (1 + at(f, i) ** 2), i, n) ** 2 >= 0,
    "a power without a pole": lambda: integral(Power(at(f, s), Fraction(0)) * at(f, s) ** 2, s, 0, r) ** 2 >= 0,
    "a factor with an integral in it, evaluated": lambda: (
        (1 + integral(at(f, u) ** 2, u, 0, 1)) * integral(2 * s, s, 0, t)
        == (1 + integral(at(f, u) ** 2, u, 0, 1)) * integral(t + 0 * s, s, 0, t)
    ),
    "an integral up to what is under the integral": lambda: (
        integral(integral(at(f, u) ** 2 / (1 + u), u, 0, s), s, 0, t)
        <= integral(integral(at(f, u) ** 2 / (1 + u), u, 0, s) + 1, s, 0, t)
    ),
    "an integral under the integral, by what is given": lambda: (
        integral(integral(at(f, u) ** 2 / (u + r), u, 0, s), s, 0, t)
        <= integral(integral(at(f, u) ** 2 / (u + r), u, 0, s) + 1, s, 0, t)
    ).given(r > 0),
}


@pytest.mark.parametrize("written", TRUE.values(), ids=TRUE)
def test_a_true_one_is_proved(written: Written) -> None:
    assert verdict(written) is Verdict.PROVED


@pytest.mark.parametrize(
    "written",
    [
        # n^2 >= 3 n - 2 for natural numbers, and not for n = 3/2.
        lambda: total(1 + 0 * i, i, n) ** 2 >= 3 * n - 2,
        lambda: total(r**2, i, n) * n >= (3 * n - 2) * r**2,
        # That 0 <= r is owed, and need not hold.
        lambda: integral(at(f, s) ** 2 / (1 + s**2), s, 0, r) ** 2 >= 0,
    ],
)
def test_what_is_owed_beside_the_claim_refutes_nothing(written: Written) -> None:
    assert answer(written) is not Verdict.REFUTED


late_f = at(f, s)
weighed = integral(s * late_f**2, s, 0, t) >= integral(late_f**2 / 4, s, 0, t)
only_0 = scalar("t", nonnegative=True, at_most=0)
early, after_0 = scalar("t", nonnegative=True, at_most=2), scalar("t", positive=True)


@pytest.mark.parametrize(
    "written",
    [
        # t^2/2 >= t/4 for t >= 1, though s < 1/4 near 0.
        lambda: weighed.given(t >= 1),
        # f(s) = 0 but for s = 0.
        lambda: weighed.given(for_all(s, late_f * s == 0)),
        lambda: weighed.given(for_all(s, late_f * s <= 0), for_all(s, late_f * s >= 0)),
        # The upper end does not move away from the lower one.
        lambda: integral(s * late_f**2, s, 0, only_0) >= integral(late_f**2 / 4, s, 0, only_0),
        # t - t^2/2 >= 0 for t <= 2, though 1 - s < 0 near 2; near 0 what is given is needed.
        lambda: (integral(1 - s, s, 0, early) >= integral(r + 0 * s, s, 0, early)).given(r <= 0),
        lambda: (integral(1 - s, s, 0, early) >= integral(late_f, s, 0, early)).given(for_all(s, late_f <= 0)),
    ],
)
def test_a_term_that_fails_at_the_lower_end_alone_refutes_nothing(written: Written) -> None:
    assert answer(written) is not Verdict.REFUTED


def test_a_term_that_fails_near_a_lower_end_that_the_upper_one_does_not_reach_refutes() -> None:
    assert (
        answer(lambda: integral(s * late_f**2, s, 0, after_0) >= integral(late_f**2 / 4, s, 0, after_0))
        is Verdict.REFUTED
    )


@pytest.mark.parametrize("known", [r >= 0, r == 0, for_all(s, late_f != 0), for_all(s, late_f >= 0)])
def test_a_term_that_fails_near_the_lower_end_refutes(known: Relation) -> None:
    assert answer(lambda: weighed) is Verdict.REFUTED
    assert answer(lambda: weighed.given(known)) is Verdict.REFUTED


@pytest.mark.parametrize("function", [log, lambda inner: power(inner, -1), lambda inner: 1 / inner])
def test_what_may_grow_beyond_all_bounds_is_not_integrable(function: object) -> None:
    moved = function(at(q, s))  # type: ignore[operator]
    for left, right in ((moved, 1 + 0 * moved), (0 * s, moved)):
        claim = (integral(left, s, 0, t) <= integral(right, s, 0, t)).given(for_all(s, at(q, s) > 0))
        assert any("integrable" in label for label in left_open(argue(claim)))
