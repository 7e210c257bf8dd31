"""What is left out of a printed formula is plainly zero or one, and nothing undefined is hidden."""

import pytest

from proofcheck import Rational, cos, exp, integral, let, log, norm, path, scalar, scalar_path, sin, sqrt
from proofcheck.language.expressions import Expression, Power, number
from proofcheck.language.printing import latex, text
from proofcheck.language.vanishing import is_one, is_zero

t, omega = scalar("t"), scalar("omega", positive=True)
x = path("x")
zero = number(0)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (exp(-zero * t) * omega, "omega"),
        (omega + zero * t, "omega"),
        (cos(zero * omega) * t + sin(zero * omega) * t / omega, "t"),
        (omega - zero, "omega"),
        (zero * norm(x) + 1, "1"),
        (zero * let("L", t**2) + t, "t"),
        (Power(t, 1) + 2, "t + 2"),
        (zero - zero * t, "0"),
        (2 * exp(zero) - 1, "2 - 1"),
        (zero * x + x, "x"),
    ],
)
def test_what_vanishes_is_left_out(expression: Expression, expected: str) -> None:
    assert text(expression) == expected


@pytest.mark.parametrize(
    "expression",
    [
        zero / t,
        zero * log(t),
        zero * sqrt(t),
        t - t,
        1 - exp(zero),
        zero * let("q", 1 / t),
        zero * integral(scalar_path("q").dot ** 2, t, 0, 1),
        Rational(1, 2) * t,
        0**2 * (1 / t),
    ],
)
def test_what_may_be_undefined_or_is_no_plain_zero_stays(expression: Expression) -> None:
    assert not is_zero(expression) and not is_one(expression)
    assert text(expression) != "0"


def test_latex_leaves_out_the_same() -> None:
    assert latex(exp(-zero * t) * omega <= 1) == r"\omega \le 1"
