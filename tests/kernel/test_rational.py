"""Normal forms have the term's values wherever the term is defined."""

from fractions import Fraction

import pytest
from flint import fmpq, fmpq_mpoly
from hypothesis import assume, given

from proofcheck.kernel.rational import Field, Full, Quotient, Unusable, univariate
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Power, Product, Sum, Term, Variable

from .examples import apply, minus, number, plus, sqrt, times, uu, uv, x, y, z
from .reference import Unclear, Undefined, value
from .strategies import points, rational_terms, scalar_terms

XYZ = x, y, z


def at(polynomial: fmpq_mpoly, field: Field, point: dict[Term, Fraction]) -> Fraction:
    """The polynomial's value, term by term."""
    places = {
        next(place for place, power in enumerate(next(iter(field.normal(leaf).numerator.to_dict()))) if power): leaf
        for leaf in XYZ
    }
    result = Fraction(0)
    for powers, coefficient in polynomial.to_dict().items():
        part = Fraction(int(coefficient.p), int(coefficient.q))
        for place, power in enumerate(powers):
            if power:
                part *= point[places[place]] ** int(power)
        result += part
    return result


@given(rational_terms, points)
def test_a_normal_form_has_the_value_of_its_term(term: Term, point: dict[Term, Fraction]) -> None:
    try:
        expected = value(term, point)
    except Undefined:
        assume(False)
        return
    field = Field([term, *XYZ])
    normal = field.normal(term)
    bottom = at(normal.denominator, field, point)
    assert bottom != 0
    assert at(normal.numerator, field, point) / bottom == expected


@given(scalar_terms, scalar_terms, points)
def test_terms_with_one_normal_form_have_one_value(left: Term, right: Term, point: dict[Term, Fraction]) -> None:
    shuffled = plus(times(right, left, number(1)), times(number(0), left))
    try:
        expected, found = value(times(left, right), point), value(shuffled, point)
        field = Field([shuffled, left, right])
    except (Undefined, Unclear, Unusable, OverflowError):
        assume(False)
        return
    assert field.normal(shuffled) == field.normal(times(left, right))
    assert abs(expected - found) <= abs(expected) / 10**20


def normal(term: Term, *others: Term) -> Quotient:
    return Field([term, *others]).normal(term)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (times(plus(x, y), minus(x, y)), minus(Power(x, 2), Power(y, 2))),
        (times(x, Power(x, -1)), number(1)),
        (Power(plus(x, y), -2), Power(plus(Power(x, 2), times(number(2), x, y), Power(y, 2)), -1)),
        (plus(Power(x, -1), Power(y, -1)), times(plus(x, y), Power(times(x, y), -1))),
        (plus(Power(x, -1), Power(x, -1)), times(number(2), Power(x, -1))),
        (Power(times(number(2), x), -3), times(number(1, 8), Power(x, -3))),
        (apply("exp", plus(x, y)), apply("exp", plus(y, x))),
        (apply("power", x, times(y, y)), apply("power", times(x, number(1)), Power(y, 2))),
        (apply("pi"), plus(apply("pi"), number(0))),
        (times(uv, uv), Power(uv, 2)),
        (Sum(()), number(0)),
        (Product(()), number(1)),
        (Power(number(0), 0), number(1)),
        (minus(apply("log", x), apply("log", x)), number(0)),
        (Power(x, 10_000), times(Power(x, 5_000), Power(x, 5_000))),
    ],
)
def test_equal_functions_are_recognised(left: Term, right: Term) -> None:
    field = Field([left, right])
    assert field.normal(left) == field.normal(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (x, y),
        (uu, uv),
        (Power(x, 2), x),
        (x, plus(x, number(1))),
        (Power(sqrt(x), 2), x),
        (sqrt(Power(x, 2)), x),
        (apply("exp", x), apply("exp", y)),
        (apply("exp", x), apply("sin", x)),
        (apply("power", x, y), apply("power", y, x)),
        (apply("power", x, y), apply("power", x, x)),
        (apply("exp", plus(x, y)), times(apply("exp", x), apply("exp", y))),
        (apply("pi"), number(355, 113)),
    ],
)
def test_different_functions_and_unspoken_laws_are_not(left: Term, right: Term) -> None:
    field = Field([left, right])
    assert field.normal(left) != field.normal(right)


@pytest.mark.parametrize("term", [Power(number(0), -1), Power(minus(x, x), -2), sqrt(Power(Sum(()), -1))])
def test_division_by_zero_has_no_normal_form(term: Term) -> None:
    with pytest.raises(Unusable):
        Field([term]).normal(term)


@pytest.mark.parametrize("term", [y, uv, sqrt(x), plus(x, y), Power(apply("pi"), 2)])
def test_a_field_has_no_generators_but_its_own(term: Term) -> None:
    field = Field([x])
    with pytest.raises(Unusable):
        field.normal(term)
    assert field.normal(x) == Field([x]).normal(x)


def test_a_field_knows_a_function_value_by_its_argument() -> None:
    field = Field([apply("exp", plus(x, y))])
    assert field.normal(apply("exp", plus(y, x))) == field.normal(apply("exp", plus(x, y)))
    with pytest.raises(Unusable):
        field.normal(apply("exp", x))


@pytest.mark.parametrize("term", [Power(x, -1), times(x, Power(x, -1)), sqrt(Power(x, -1)), Power(number(2), -1)])
def test_a_polynomial_is_written_without_negative_powers(term: Term) -> None:
    field = Field([term])
    with pytest.raises(Unusable):
        field.polynomial(term)


def test_polynomials_and_squares() -> None:
    field = Field([x])
    half = times(x, number(1, 2))
    assert field.polynomial(half) == field.normal(half)
    assert field.polynomial(Power(x, 0)) == field.normal(number(1))


def test_powers_of_a_sum_are_expanded_while_they_are_small() -> None:
    for exponent in (9900, -9900):
        assert {len(part) for part in parts(normal(Power(plus(x, number(1)), exponent)))} == {1, 9901}
    for exponent in (10_000, -10_000):
        with pytest.raises(Unusable, match="too large"):
            normal(Power(plus(x, number(1)), exponent))
        with pytest.raises(Unusable, match="too large"):
            normal(Power(Power(plus(x, number(1)), -1), exponent))
    # C(6 + 12, 12) = 18564 monomials fit, C(6 + 60, 60) do not: the dimension counts, not the exponent alone.
    names = tuple(Variable(f"x{number_}") for number_ in range(6))
    assert len(normal(Power(plus(*names, number(1)), 12)).numerator) == 18_564
    with pytest.raises(Unusable, match="too large"):
        normal(Power(plus(*names, number(1)), 60))


def parts(quotient: Quotient) -> tuple[fmpq_mpoly, fmpq_mpoly]:
    return quotient.numerator, quotient.denominator


def test_powers_of_a_number_are_computed_while_they_are_small() -> None:
    # 2**19 has 20 bits: to the power 10_000 that makes 200_000, the most that is allowed.
    for sign in (1, -1):
        assert normal(Power(number(2**19), sign * 10_000), x) == normal(Power(Power(number(2), 10_000), sign * 19), x)
        for larger in (number(2**20), number(1, 2**20), times(x, number(2**20))):
            with pytest.raises(Unusable, match="too large"):
                normal(Power(larger, sign * 10_000))


def test_products_and_sums_of_numbers_are_computed_while_they_are_small() -> None:
    factor = Power(number(2), 9_999)
    assert normal(times(*[factor] * 20), x) == normal(Power(times(factor, factor), 10), x)
    assert len(normal(plus(*[Power(number(prime), -5_000) for prime in (3, 5, 7)])).numerator) == 1
    for larger in (
        times(*[factor] * 21),
        plus(*[Power(number(prime), -9_000) for prime in (3, 5, 7, 11, 13, 17, 19, 23)]),
    ):
        with pytest.raises(Unusable, match="too large"):
            normal(larger)


def many(first: int, last: int) -> Term:
    return Sum(tuple(Power(x, power) for power in range(first, last)))


def test_an_expansion_of_too_many_products_is_turned_down() -> None:
    assert len(normal(times(many(0, 800), many(0, 800))).numerator) == 1599
    with pytest.raises(Unusable, match="too large"):
        normal(times(many(0, 1000), many(0, 1000)))


def test_the_work_of_all_steps_counts_together() -> None:
    small = many(0, 400)
    field = Field([x])
    field.normal(small)
    product = times(small, small)
    field.normal(product)
    with pytest.raises(Unusable, match="too large"):
        for _ in range(10):
            field.normal(times(small, small, number(1)))


def test_the_budget_is_100_million_bits() -> None:
    square = times(x, x)
    field = Field([x])
    field.normal(square)
    cost = field.work
    for before, enough in ((100_000_000 - cost, True), (100_000_001 - cost, False)):
        field = Field([x])
        field.work = before
        if enough:
            assert len(field.normal(square).numerator) == 1
        else:
            with pytest.raises(Unusable, match="too large"):
                field.normal(square)


def test_a_field_makes_generators_while_there_is_room() -> None:
    field = Field([x], room=2)
    known = field.normal(plus(x, y, sqrt(y)))
    assert field.normal(plus(Variable("y"), apply("sqrt", Variable("y")), x)) == known
    with pytest.raises(Full):
        field.normal(z)
    field.grow()
    assert len(field.normal(plus(x, y, sqrt(y), z, uv, sqrt(plus(x, y)))).numerator) == 6
    with pytest.raises(Full):
        field.normal(uu)


def test_a_field_grows_while_it_is_small_and_what_was_counted_counts() -> None:
    field = Field([], room=250)
    field.normal(times(x, y))
    spent = field.work
    field.grow()
    assert field.work == spent > 0
    with pytest.raises(Unusable, match="too many variables"):
        field.grow()


def test_an_oriented_relation_compares_with_zero() -> None:
    field = Field([x, y])
    for sign, expected in (("<=", ">="), ("<", ">")):
        relation = Relation(x, sign, y)
        assert field.oriented(relation) == field.oriented(relation) == (field.normal(minus(y, x)), expected)
    for sign in ("=", "!=", ">=", ">"):
        assert field.oriented(Relation(x, sign, y)) == (field.normal(minus(x, y)), sign)


def test_as_many_generators_as_are_allowed() -> None:
    names = [Variable(f"x{number_}") for number_ in range(501)]
    assert len(normal(plus(*names[:500])).numerator) == 500
    with pytest.raises(Unusable, match="too many variables"):
        normal(plus(*names))


def test_lowest_terms_have_a_monic_denominator() -> None:
    lowest = normal(times(minus(Power(x, 2), number(1)), Power(times(number(2), minus(x, number(1))), -1)))
    assert lowest == normal(times(number(1, 2), plus(x, number(1))), x)
    monic = normal(Power(plus(times(number(2), x), number(4)), -1))
    assert monic == Quotient(monic.numerator, normal(plus(x, number(2))).numerator)


def test_a_polynomial_in_one_generator() -> None:
    field = Field([x, y])
    polynomial = field.normal(plus(Power(x, 3), times(number(-1, 2), x))).numerator
    found = univariate(polynomial, field.normal(x).numerator)
    assert found.coeffs() == [0, fmpq(-1, 2), 0, 1]
    assert univariate(field.normal(number(0)).numerator, field.normal(x).numerator).degree() == -1
    assert univariate(field.normal(y).numerator, field.normal(y).numerator).coeffs() == [0, 1]
    for other in (x, y):
        with pytest.raises(Unusable):
            univariate(field.normal(plus(x, y)).numerator, field.normal(other).numerator)
    with pytest.raises(Unusable):
        univariate(field.normal(y).numerator, field.normal(x).numerator)


def test_degrees_up_to_200() -> None:
    field = Field([x])
    assert univariate(field.normal(Power(x, 200)).numerator, field.normal(x).numerator).degree() == 200
    with pytest.raises(Unusable):
        univariate(field.normal(Power(x, 201)).numerator, field.normal(x).numerator)


def test_a_field_without_generators() -> None:
    assert Field([]).normal(plus(number(1), number(1))) == Field([]).normal(number(2))
    with pytest.raises(Unusable):
        Field([]).normal(Variable("x"))
