"""At an exact point a relation holds, fails, or nobody knows; and what is known is true."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings

from proofcheck.kernel.certificates import Root, Witness
from proofcheck.kernel.evaluate import Answer, Misfit, Point
from proofcheck.kernel.statements import NEGATION, Relation
from proofcheck.kernel.terms import Power, Product, Sum, Term

from .examples import ONE, ZERO, apply, minus, number, plus, sqrt, statement, times, uu, uv, vv, x, y, z
from .reference import Unclear, Undefined, truth
from .strategies import points, scalar_relations

ANY = Relation(ZERO, "=", ZERO)
SQRT_TWO = Root((Fraction(-2), Fraction(0), Fraction(1)), Fraction(1), Fraction(2))


def at(relation: Relation, *values: Fraction | Root | int) -> Answer:
    given_values = tuple(Fraction(one) if isinstance(one, int) else one for one in values)
    names = ["x", "y", "z"][: len(values)]
    return Point(statement(ANY, variables=" ".join(names), vectors=""), Witness(given_values, ())).answer(relation)


def vectors_at(relation: Relation, **vectors: list[int]) -> Answer:
    written = Witness((), tuple(tuple(map(Fraction, entries)) for entries in vectors.values()))
    return Point(statement(ANY, variables="", vectors=" ".join(vectors)), written).answer(relation)


@settings(max_examples=250)
@given(scalar_relations, points)
def test_yes_and_no_agree_with_plain_evaluation(relation: Relation, point: dict[Term, Fraction]) -> None:
    try:
        try:
            expected = truth(relation, point)
        except Undefined:
            expected = False
    except (Unclear, OverflowError):
        assume(False)
        return
    found = at(relation, *(point[name] for name in (x, y, z)))
    assert found is Answer.UNKNOWN or (found is Answer.YES) == expected


@pytest.mark.parametrize("sign", sorted(NEGATION))
@pytest.mark.parametrize("left", [-1, 0, 1])
def test_rationals_are_always_decided(sign: str, left: int) -> None:
    relation = Relation(x, sign, ZERO)
    assert at(relation, left) is (Answer.YES if truth(relation, {x: Fraction(left)}) else Answer.NO)


@pytest.mark.parametrize("sign", sorted(NEGATION))
@pytest.mark.parametrize(("bound", "side"), [(Fraction(7, 5), 1), (Fraction(3, 2), -1)])
def test_a_root_is_compared_with_rationals(sign: str, bound: Fraction, side: int) -> None:
    expected = truth(Relation(number(side), sign, ZERO), {})
    found = at(Relation(x, sign, number(bound.numerator, bound.denominator)), SQRT_TWO)
    assert found is (Answer.YES if expected else Answer.NO)


@pytest.mark.parametrize("sign", sorted(NEGATION))
def test_the_square_of_a_root_is_recognised(sign: str) -> None:
    expected = Answer.YES if sign in ("=", "<=", ">=") else Answer.NO
    assert at(Relation(Power(x, 2), sign, number(2)), SQRT_TWO) is expected
    assert at(Relation(Power(x, -2), sign, number(1, 2)), SQRT_TWO) is expected
    assert at(Relation(times(x, sqrt(number(2))), sign, times(sqrt(number(2)), x)), SQRT_TWO) is expected
    assert at(Relation(Power(sqrt(number(2)), 2), sign, number(2))) is expected


@pytest.mark.parametrize("sign", sorted(NEGATION))
def test_an_equality_beyond_algebra_stays_open(sign: str) -> None:
    one = plus(Power(apply("sin", ONE), 2), Power(apply("cos", ONE), 2))
    assert at(Relation(one, sign, ONE)) is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("relation", "answer"),
    [
        (Relation(apply("exp", ONE), ">", number(271, 100)), Answer.YES),
        (Relation(apply("exp", ONE), "<", number(271, 100)), Answer.NO),
        (Relation(apply("exp", ONE), "=", number(271, 100)), Answer.NO),
        (Relation(apply("exp", ONE), "!=", number(271, 100)), Answer.YES),
        (Relation(apply("pi"), "<=", number(22, 7)), Answer.YES),
        (Relation(apply("pi"), ">=", number(22, 7)), Answer.NO),
        (Relation(apply("exp", ZERO), "=", ONE), Answer.YES),
        (Relation(apply("cos", ZERO), "=", ONE), Answer.YES),
        (Relation(apply("sin", ZERO), "=", ZERO), Answer.YES),
        (Relation(apply("log", ONE), "=", ZERO), Answer.YES),
        (Relation(apply("arccos", ONE), "=", ZERO), Answer.YES),
        (Relation(sqrt(number(4, 9)), "=", number(2, 3)), Answer.YES),
        (Relation(sqrt(number(4, 7)), "=", number(2, 3)), Answer.NO),
        (Relation(sqrt(ZERO), "=", ZERO), Answer.YES),
        (Relation(apply("power", number(2), number(-3)), "=", number(1, 8)), Answer.YES),
        (Relation(apply("power", number(4), number(1, 2)), "<", number(3)), Answer.YES),
        (Relation(apply("exp", ONE), "=", ONE), Answer.NO),
        (Relation(apply("log", number(2)), "=", ZERO), Answer.NO),
        (Relation(apply("cos", ONE), "=", ONE), Answer.NO),
        (Relation(apply("sin", ONE), "=", ZERO), Answer.NO),
        (Relation(apply("arccos", ZERO), "=", ZERO), Answer.NO),
        (Relation(apply("sin", number(4)), "<", ZERO), Answer.YES),
        (Relation(apply("arccos", number(-1, 2)), ">", number(2)), Answer.YES),
        (Relation(Power(number(3), 10_000), ">", Power(number(3), 9_999)), Answer.YES),
        (Relation(Power(number(-1), 10_000), "=", ONE), Answer.YES),
        (Relation(Power(ZERO, 10_000), "=", ZERO), Answer.YES),
        (Relation(Power(ZERO, 0), "=", ONE), Answer.YES),
        (Relation(Sum(()), "=", Product((ZERO, apply("pi")))), Answer.YES),
    ],
)
def test_numbers(relation: Relation, answer: Answer) -> None:
    assert at(relation) is answer


@pytest.mark.parametrize(
    "term",
    [
        Power(x, -1),
        times(x, Power(x, -1)),
        times(ZERO, Power(x, -1)),
        sqrt(minus(x, ONE)),
        Power(sqrt(minus(x, ONE)), 2),
        apply("log", x),
        apply("power", x, number(2)),
        apply("arccos", plus(x, number(2))),
        apply("arccos", minus(x, number(2))),
        sqrt(minus(apply("exp", x), apply("exp", ONE))),
        Power(apply("sin", x), -1),
    ],
)
@pytest.mark.parametrize("sign", ["=", "!=", "<", ">="])
def test_a_relation_that_is_undefined_does_not_hold(term: Term, sign: str) -> None:
    for relation in (Relation(term, sign, term), Relation(ONE, sign, term), Relation(term, sign, ONE)):
        assert at(relation, 0) is Answer.NO


def test_a_relation_that_may_be_undefined_stays_open() -> None:
    zero = minus(plus(Power(apply("sin", ONE), 2), Power(apply("cos", ONE), 2)), ONE)
    for term in (Power(zero, -1), sqrt(zero), apply("log", zero)):
        assert at(Relation(Power(term, 2), ">=", number(-1))) is Answer.UNKNOWN


def test_inner_products_come_from_coordinates() -> None:
    coordinates = {"u": [1, 2], "v": [3, -1]}
    for term, expected in ((uu, 5), (uv, 1), (vv, 10)):
        assert vectors_at(Relation(term, "=", number(expected)), **coordinates) is Answer.YES
        assert vectors_at(Relation(term, "=", number(expected + 1)), **coordinates) is Answer.NO
    assert vectors_at(Relation(uv, "=", ONE), v=[3, -1], u=[1, 2]) is Answer.YES
    assert vectors_at(Relation(uv, "=", ZERO), u=[], v=[]) is Answer.YES


@pytest.mark.parametrize(
    "witness",
    [
        Witness((), ((Fraction(1),), (Fraction(1),))),
        Witness((Fraction(1), Fraction(1)), ((Fraction(1),), (Fraction(1),))),
        Witness((Fraction(1),), ((Fraction(1),),)),
        Witness((Fraction(1),), ()),
        Witness((Fraction(1),), ((Fraction(1),), (Fraction(1),), (Fraction(1),))),
        Witness((Fraction(1),), ((Fraction(1),), (Fraction(1), Fraction(1)))),
        Witness((Fraction(1),), ((Fraction(1),), ())),
    ],
)
def test_a_witness_fits_its_statement(witness: Witness) -> None:
    with pytest.raises(Misfit):
        Point(statement(ANY, variables="x", vectors="u v"), witness)


def test_powers_of_up_to_100_000_bits_are_computed() -> None:
    # 256 has 9 bits, and its denominator one. Balls do not see the difference.
    for base, answer in ((256, Answer.YES), (512, Answer.UNKNOWN)):
        power = Power(number(base), 10_000)
        assert at(Relation(power, "<", plus(power, number(1)))) is answer
        assert at(Relation(times(power, number(1)), "<", plus(power, number(1)))) is answer


def test_a_product_with_zero_is_zero_whatever_the_other_factors_are() -> None:
    huge = Power(apply("exp", number(1)), 10_000)
    factor = Power(Sum(tuple(apply("exp", number(k)) for k in range(1, 9))), 1_000)
    assert at(Relation(times(ZERO, huge, factor), "=", ZERO)) is Answer.YES


def test_numbers_of_up_to_100_000_bits_are_computed() -> None:
    powers = [Power(number(2), 10_000)] * 9
    # 2**99_998 has 99_999 bits, and its denominator one.
    longest = times(*powers, Power(number(2), 9_998))
    assert at(Relation(longest, "=", longest)) is Answer.YES
    longer = times(*powers, Power(number(2), 9_999))
    assert at(Relation(longer, "=", longer)) is Answer.UNKNOWN


def root(lower: int | Fraction, upper: int | Fraction, *coefficients: int) -> Root:
    return Root(tuple(map(Fraction, coefficients)), Fraction(lower), Fraction(upper))


@pytest.mark.parametrize(
    "bad",
    [
        root(2, 1, -2, 0, 1),
        root(1, 1, -1, 1),
        root(0, 1, -2, 0, 1),
        root(-2, 2, -2, 0, 1),
        root(0, 2, 1, 0, 1),
        root(0, 2, 1, -2, 1),
        root(0, 1, 0, 1),
        root(-1, 0, 0, 1),
        root(0, 2, 0, -1, 1),
        root(0, 1),
        root(0, 1, 0),
        root(0, 1, 0, 0, 0),
        root(0, 1, 1),
        root(1, 2, -2, 0, 1, *[0] * 28),
    ],
)
def test_a_root_is_the_only_one_strictly_between_its_ends_and_changes_the_sign(bad: Root) -> None:
    with pytest.raises(Misfit):
        at(Relation(x, "=", x), bad)


@pytest.mark.parametrize("place", ["first coefficient", "last coefficient", "lower", "upper"])
def test_coefficients_and_ends_of_up_to_400_bits(place: str) -> None:
    for bits, read in ((400, True), (401, False)):
        long = 2 ** (bits - 1)
        value = {
            "first coefficient": root(0, 2**300, -long, 0, 1),
            "last coefficient": root(0, 2, -1, 0, long),
            "lower": root(Fraction(-1, long), 2, -2, 0, 1),
            "upper": root(1, long, -2, 0, 1),
        }[place]
        if read:
            assert at(Relation(x, ">", ZERO), value) is Answer.YES
        else:
            with pytest.raises(Misfit, match="huge"):
                at(Relation(x, ">", ZERO), value)


@pytest.mark.parametrize(
    "good",
    [
        SQRT_TWO,
        root(1, 2, 2, 0, -1),
        root(1, 2, -2, 0, 1, *[0] * 27),
        root(0, 2, -1, 3, -3, 1),
        root(Fraction(-1, 2), Fraction(1, 2), 0, 1),
        root(-2, -1, -2, 0, 1),
        root(1, 3, -2, 1),
    ],
)
def test_a_root_satisfies_its_polynomial(good: Root) -> None:
    polynomial = Sum(
        tuple(
            times(number(part.numerator, part.denominator), Power(x, power))
            for power, part in enumerate(good.coefficients)
        )
    )
    assert at(Relation(polynomial, "=", ZERO), good) is Answer.YES
    assert at(Relation(polynomial, "!=", ZERO), good) is Answer.NO
    for sign, end in ((">", good.lower), ("<", good.upper)):
        assert at(Relation(x, sign, number(end.numerator, end.denominator)), good) is Answer.YES


def test_a_root_at_the_middle_of_its_interval_is_found() -> None:
    middle = root(1, 3, -2, 1)
    assert at(Relation(apply("exp", x), ">", number(7)), middle) is Answer.YES
    assert at(Relation(apply("exp", x), ">", number(8)), middle) is Answer.NO


def test_falling_and_rising_polynomials_give_the_same_root() -> None:
    for coefficients in ((-2, 0, 1), (2, 0, -1)):
        assert at(Relation(apply("exp", x), "<", number(411, 100)), root(1, 2, *coefficients)) is Answer.NO
        assert at(Relation(apply("exp", x), "<", number(412, 100)), root(1, 2, *coefficients)) is Answer.YES


def test_two_roots_are_kept_apart() -> None:
    golden = root(1, 2, -1, -1, 1)
    assert at(Relation(Power(y, 2), "=", plus(y, ONE)), SQRT_TWO, golden) is Answer.YES
    assert at(Relation(Power(x, 2), "=", plus(x, ONE)), SQRT_TWO, golden) is Answer.NO
    assert at(Relation(x, "<", y), SQRT_TWO, golden) is Answer.YES
    assert at(Relation(times(x, y), "<", number(229, 100)), SQRT_TWO, golden) is Answer.YES


def test_too_large_an_expansion_stays_open_where_balls_do_not_decide() -> None:
    one = plus(Power(apply("sin", x), 2), Power(apply("cos", x), 2))
    assert at(Relation(Power(one, 100), "=", ONE), SQRT_TWO) is Answer.UNKNOWN
    assert at(Relation(Power(one, 100), "=", number(2)), SQRT_TWO) is Answer.NO


def test_a_root_is_told_from_a_rational_that_agrees_in_38_digits() -> None:
    below = Fraction("1.41421356237309504880168872420969807856")
    assert at(Relation(x, ">", number(below.numerator, below.denominator)), SQRT_TWO) is Answer.YES
