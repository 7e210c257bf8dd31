"""Orders between functions of one large quantity: what holds is proved with a constant, what does not has a curve."""

from __future__ import annotations

import pytest

from proofcheck import Rational, Verdict, bounded, exp, log, order, power, scalar, scalar_path, sin, sqrt
from proofcheck.language.expressions import Scalar, Symbol, number
from proofcheck.language.printing import text
from proofcheck.rules.obligations import EXAMPLE, Argument
from proofcheck.rules.single_orders import ONE_CONSTANT, single_quantity

from .settling import left_open, verdict

n, m = scalar("n", positive=True), scalar("m", positive=True)
later = scalar("n", at_least=2)

HOLDS = [
    (log(1 + n), sqrt(n)),
    (n**5, exp(n)),
    (n**2 + 3 * n, n**2),
    (n**3 - 5 * n**2 + 1, n**3),
    (-(n**2) - n, n**2),
    (n**2 + n * sin(n), n**2),
    (log(1 + log(1 + n)), log(1 + n)),
    (sqrt(n**2 + 1) - n, 1 / n),
    (log(1 + 1 / n), 1 / n),
    (power(n, Rational(1000, 1001)), n),
    (10**6 * n + log(1 + n), n),
    (n**20, exp(n)),
    (log(n) ** 5, n),
    # At n = 1 the constant is attained from below.
    (n - 2, n),
]
FAILS = [
    (n, log(1 + n)),
    (n * log(1 + n), n),
    (n**2 + 3 * n, n),
    (-(n**2), n + 1),
    (log(1 + n), log(1 + log(1 + n))),
    (sqrt(n**2 + 1) - n, 1 / n**2),
    (exp(2 * sqrt(n)), exp(sqrt(n) + log(n))),
    (power(n, Rational(1001, 1000)), n),
    (log(1 + n), number(1)),
]


def argued(left: Scalar, right: Scalar, large: Symbol = n) -> Argument:
    return bounded(order(left, right), large=[large])


@pytest.mark.parametrize(("left", "right"), HOLDS, ids=text)
def test_what_holds_is_proved_with_a_constant(left: Scalar, right: Scalar) -> None:
    argument = argued(left, right)
    assert verdict(lambda: argument) is Verdict.PROVED
    assert argument.rules == (ONE_CONSTANT,) and all(part.instance is None for part in argument.obligations)


@pytest.mark.parametrize(("left", "right"), FAILS, ids=text)
def test_what_fails_is_refuted_along_a_curve(left: Scalar, right: Scalar) -> None:
    argument = argued(left, right)
    assert verdict(lambda: argument) is Verdict.REFUTED
    assert argument.rules[-1].startswith(f"{EXAMPLE}n = ")


def test_the_constant_and_the_curve_are_shown() -> None:
    assert [part.formula for part in argued(n**5, exp(n)).obligations] == ["n^5 >= 0", "n^5 <= 64 exp(n)"]
    assert argued(n * log(1 + n), n).rules[-1] == f"{EXAMPLE}n = exp(8 T) - 1, as T grows"


def test_a_curve_owes_its_place_its_values_and_the_ratio() -> None:
    assert [(part.label, part.formula) for part in argued(-(n**2), n + 1).obligations] == [
        ("the domain of n along the curve", "8 T > 0"),
        ("n >= 1 along the curve", "8 T >= 1"),
        ("the value along the curve", "8 T + 1 = 1 + 8 T"),
        ("the sign along the curve", "1 + 8 T >= 0"),
        ("the ratio is greater than T along the curve", "(8 T)^2 > T (1 + 8 T)"),
    ]


def test_a_quantity_may_begin_later() -> None:
    """At n = 1 the logarithm is 0 and no constant is enough; from n = 2 on one is."""
    assert verdict(lambda: argued(n, n * log(n))) is Verdict.OPEN
    assert verdict(lambda: argued(later, later * log(later), later)) is Verdict.PROVED


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (n, n * sin(n)),  # the right side has both signs
        (n, n * (1 + sin(n))),  # unbounded, though not far out at the places that are looked at
        (number(1), n - n),
        (log(log(n)), n),  # undefined at 1
        (n, log(2 - n)),
    ],
    ids=text,
)
def test_what_is_not_decided_stays_open(left: Scalar, right: Scalar) -> None:
    argument = argued(left, right)
    assert verdict(lambda: argument) is Verdict.OPEN
    assert left_open(argument) != []


def test_a_quantity_that_cannot_grow_refutes_nothing() -> None:
    """Along the curve it leaves its domain, so that the curve is none."""
    low = scalar("n", positive=True, at_most=10)
    assert verdict(lambda: argued(exp(low), low, low)) is not Verdict.REFUTED


def test_a_quantity_that_is_not_said_to_be_large() -> None:
    with pytest.raises(ValueError, match="no product of powers"):
        bounded(order(log(1 + n), n))
    with pytest.raises(ValueError, match="no product of powers"):
        bounded(order(log(1 + n), n), large=[n], given=[order(m, n)])


def test_functions_of_one_quantity() -> None:
    assert single_quantity(n**2, exp(n)) is n
    assert single_quantity(n, m) is None
    assert single_quantity(number(2), number(1)) is None
    assert single_quantity(n + scalar_path("n"), n) is None
