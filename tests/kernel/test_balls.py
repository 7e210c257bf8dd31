"""An enclosure contains the values, or says that it does not know."""

from fractions import Fraction

import pytest
from flint import arb, ctx
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from proofcheck.kernel.balls import ball, certainly, enclose, exact
from proofcheck.kernel.statements import NEGATION, Relation
from proofcheck.kernel.terms import Power, Product, Sum, Term

from .examples import ONE, ZERO, apply, minus, number, plus, sqrt, times, uv, x, y, z
from .reference import Number, Unclear, Undefined, context, inexact, truth, value
from .strategies import fractions, positive_fractions, scalar_relations, scalar_terms

UNIT: dict[Term, tuple[Fraction, Fraction]] = {x: (Fraction(0), Fraction(1))}
UNIT_BALL: dict[Term, arb] = {x: ball(Fraction(0), Fraction(1))}


def holds_value(enclosure: arb, inside: Number) -> bool:
    """Whether the enclosure may contain a value known to 30 digits."""
    if enclosure.is_nan():
        return True
    near = arb(context.nstr(inexact(inside), 35))
    return bool(enclosure.overlaps(near + arb(0, "1e-28") * (1 + abs(near))))


boxes = st.fixed_dictionaries({name: st.tuples(fractions, positive_fractions) for name in (x, y, z)})
places = st.fixed_dictionaries({name: st.fractions(0, 1, max_denominator=8) for name in (x, y, z)})


@settings(max_examples=150)
@given(scalar_terms, boxes, places)
def test_an_enclosure_contains_the_values(
    term: Term, box: dict[Term, tuple[Fraction, Fraction]], place: dict[Term, Fraction]
) -> None:
    point = {name: lower + place[name] * width for name, (lower, width) in box.items()}
    try:
        inside = value(term, point)
    except (Undefined, Unclear, OverflowError):
        assume(False)
        return
    balls: dict[Term, arb] = {name: ball(lower, lower + width) for name, (lower, width) in box.items()}
    assert holds_value(enclose(term, balls), inside)


@settings(max_examples=150)
@given(scalar_relations, boxes, places)
def test_what_is_certain_holds_at_every_point(
    relation: Relation, box: dict[Term, tuple[Fraction, Fraction]], place: dict[Term, Fraction]
) -> None:
    ends: dict[Term, tuple[Fraction, Fraction]] = {name: (lower, lower + width) for name, (lower, width) in box.items()}
    if not certainly(relation, ends, 64):
        return
    point = {name: lower + place[name] * width for name, (lower, width) in box.items()}
    try:
        holds = truth(relation, point)
    except (Undefined, Unclear, OverflowError):
        assume(False)
        return
    assert holds


@given(fractions, positive_fractions, st.fractions(0, 1))
def test_a_ball_contains_its_interval(lower: Fraction, width: Fraction, part: Fraction) -> None:
    enclosure = ball(lower, lower + width)
    for inside in (lower, lower + part * width, lower + width):
        assert enclosure.overlaps(exact(inside))
    assert ball(lower, lower).overlaps(exact(lower))


@pytest.mark.parametrize(
    ("term", "low", "high"),
    [
        (apply("exp", x), 1, "2.7183"),
        (apply("sin", x), 0, "0.8415"),
        (apply("cos", x), "0.5403", 1),
        (apply("arccos", times(x, number(1, 2))), "1.0471", "1.5708"),
        (apply("log", plus(x, ONE)), 0, "0.6932"),
        (sqrt(plus(x, ONE)), 1, "1.4143"),
        (apply("power", plus(x, ONE), number(2)), 1, 4),
        (apply("power", number(2), x), 1, 2),
        (apply("pi"), "3.1415", "3.1416"),
        (Power(minus(x, number(1, 2)), 2), 0, "0.25"),
        (Power(minus(x, number(1, 2)), 3), "-0.125", "0.125"),
        (Power(plus(x, ONE), -1), "0.5", 1),
        (Power(plus(x, number(9)), -3), "0.001", "0.0014"),
        (Power(x, 0), 1, 1),
        (Sum(()), 0, 0),
        (Product(()), 1, 1),
        (times(number(1, 3), x), 0, "0.3334"),
    ],
)
def test_each_operation_is_enclosed_without_waste(term: Term, low: int | str, high: int | str) -> None:
    enclosure = enclose(term, UNIT_BALL)
    slack = arb("0.15")
    assert arb(low) - slack < enclosure < arb(high) + slack


@pytest.mark.parametrize(
    "term",
    [
        y,
        uv,
        times(number(0), y),
        sqrt(minus(x, number(1, 2))),
        apply("log", x),
        apply("power", minus(x, number(1, 2)), number(2)),
        apply("arccos", plus(x, ONE)),
        Power(x, -1),
        Power(minus(x, number(1, 2)), -2),
        Power(Power(x, -1), 2),
        plus(ONE, apply("log", ZERO)),
        times(ZERO, Power(ZERO, -1)),
    ],
)
@pytest.mark.parametrize("sign", sorted(NEGATION))
def test_what_may_be_undefined_satisfies_nothing(term: Term, sign: str) -> None:
    for bound in (number(-1000), ZERO, number(1000)):
        relation = Relation(term, sign, bound)
        if term == Power(Power(x, -1), 2) and sign in (">", ">=", "!=") and bound == number(-1000):
            continue  # It is above every negative number wherever it is defined.
        assert not certainly(relation, UNIT, 64)


@pytest.mark.parametrize(
    ("left", "right", "held"),
    [
        (x, number(2), {"<", "<=", "!="}),
        (x, ONE, set()),
        (x, number(1, 2), set()),
        (x, ZERO, set()),
        (x, number(-1), {">", ">=", "!="}),
        (ZERO, ZERO, {">=", "<="}),
        (x, x, set()),
        (Power(minus(x, number(1, 2)), 2), ZERO, {">="}),
        (Power(minus(x, number(1, 2)), 2), number(-1, 9), {">", ">=", "!="}),
    ],
)
def test_signs_are_told_on_the_whole_ball_a_little_wider_than_the_interval(
    left: Term, right: Term, held: set[str]
) -> None:
    found = {sign for sign in NEGATION if certainly(Relation(left, sign, right), UNIT, 64)}
    assert found == held


def test_the_precision_is_used_and_put_back() -> None:
    before = ctx.prec
    close = Relation(Power(sqrt(number(2)), 2), "<", plus(number(2), Power(number(2), -100)))
    assert not certainly(close, {}, 64)
    assert certainly(close, {}, 128)
    assert ctx.prec == before


def test_an_even_power_is_never_negative() -> None:
    for exponent in (2, 4, 6, 10):
        assert enclose(Power(minus(x, number(1, 2)), exponent), UNIT_BALL) >= 0
    assert not enclose(Power(minus(x, number(1, 2)), 5), UNIT_BALL) >= 0


def test_a_huge_power_takes_no_time() -> None:
    assert enclose(Power(number(3), 10_000), {}) > enclose(Power(number(3), 9_999), {})
