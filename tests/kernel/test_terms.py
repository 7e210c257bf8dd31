"""Terms are recorded as written, and written in one way."""

import json
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.terms import (
    FUNCTIONS,
    LARGEST_EXPONENT,
    MOST_SUBTERMS,
    Apply,
    Inner,
    Power,
    Product,
    Rational,
    Reader,
    Sum,
    Term,
    Variable,
    atoms,
    children,
    decode_term,
    difference,
    encode_term,
    extent,
    name_of,
    substitute,
    subterms,
)

from .examples import apply, minus, number, plus, sqrt, times, uu, uv, x, y, z
from .reference import Unclear, Undefined, value
from .strategies import json_data, points, scalar_terms, terms


@given(terms)
def test_a_term_survives_json(term: Term) -> None:
    assert decode_term(json.loads(json.dumps(encode_term(term)))) == term


@given(json_data)
def test_random_json_is_a_term_only_if_it_is_the_encoding_of_one(data: object) -> None:
    try:
        term = decode_term(data)
    except Malformed:
        return
    assert json.dumps(encode_term(term)) == json.dumps(data)


def test_nothing_cancels() -> None:
    assert minus(x, x) != number(0)
    assert times(x, Power(x, -1)) != number(1)
    assert encode_term(Power(sqrt(x), 2)) != encode_term(x)
    assert encode_term(times(number(0), x)) == ["product", ["rational", "0"], ["variable", "x"]]


@pytest.mark.parametrize(
    "data",
    [
        None,
        1,
        "x",
        [],
        {},
        ["variable"],
        ["variable", "x", "y"],
        ["variable", 1],
        ["variable", ""],
        ["variable", "1x"],
        ["variable", "x y"],
        ["variable", "x\n"],
        ["variable", "x''''"],
        ["variable", "x" * 64],
        ["variable", "é"],
        ["rational", 1],
        ["rational", 0.5],
        ["rational", "0.5"],
        ["rational", "1", "2"],
        ["inner", "v", "u"],
        ["inner", "u"],
        ["inner", "u", "v", "w"],
        ["power", ["variable", "x"]],
        ["power", ["variable", "x"], "2"],
        ["power", ["variable", "x"], 2.0],
        ["power", ["variable", "x"], True],
        ["power", ["variable", "x"], LARGEST_EXPONENT + 1],
        ["power", ["variable", "x"], -LARGEST_EXPONENT - 1],
        ["apply", "sqrt"],
        ["apply", "sqrt", ["rational", "1"], ["rational", "1"]],
        ["apply", "power", ["rational", "1"]],
        ["apply", "pi", ["rational", "1"]],
        ["apply", "tan", ["rational", "1"]],
        ["apply", 1, ["rational", "1"]],
        ["apply"],
        ["sum", 1],
        ["sum", "x"],
        ["sum", ["sum", [1]]],
        ["product", None],
        ["Sum"],
        [["sum"]],
        [["variable", "x"]],
    ],
)
def test_anything_else_is_malformed(data: object) -> None:
    with pytest.raises(Malformed):
        decode_term(data)


def test_a_message_shows_no_more_than_the_beginning_of_a_long_name() -> None:
    for data in (["variable", "?" * 10_000], ["apply", "f" * 10_000]):
        with pytest.raises(Malformed) as caught:
            decode_term(data)
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize("name", ["x", "L_hat", "x1", "X'", "x'''", "a" * 63])
def test_names(name: str) -> None:
    assert name_of(name) == name


@pytest.mark.parametrize("exponent", [LARGEST_EXPONENT, -LARGEST_EXPONENT, 0])
def test_exponents_up_to_the_bound_are_read(exponent: int) -> None:
    assert decode_term(["power", ["variable", "x"], exponent]) == Power(x, exponent)


def test_an_inner_product_of_a_vector_with_itself() -> None:
    assert decode_term(["inner", "u", "u"]) == Inner("u", "u")


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_each_function_takes_its_number_of_arguments(name: str) -> None:
    given = [["rational", "1"]] * FUNCTIONS[name]
    assert decode_term(["apply", name, *given]) == Apply(name, (number(1),) * FUNCTIONS[name])
    with pytest.raises(Malformed):
        decode_term(["apply", name, *given, ["rational", "1"]])


WRAPPED: list[Callable[[object], object]] = [
    lambda inner: ["sum", ["rational", "1"], inner],
    lambda inner: ["product", inner],
    lambda inner: ["power", inner, 2],
    lambda inner: ["apply", "exp", inner],
]


@pytest.mark.parametrize("wrap", WRAPPED)
def test_99_nested_lists_are_read_and_100_are_not(wrap: Callable[[object], object]) -> None:
    data: object = ["rational", "1"]
    for _ in range(98):
        data = wrap(data)
    assert encode_term(decode_term(data)) == data
    with pytest.raises(Malformed, match="deeply"):
        decode_term(wrap(data))


def test_equal_terms_are_read_as_one() -> None:
    terms = Reader()
    for term in (x, number(-1, 3), uv, Sum((x, y)), times(x, y), Power(x, -2), sqrt(plus(x, y)), apply("power", x, y)):
        assert terms.term(encode_term(term), 9) is terms.term(encode_term(term), 9) == term


def test_terms_that_differ_are_read_as_they_are() -> None:
    # What a term is made of says which it is: the kind, the order, the number of parts, the exponent, the function.
    alike = [
        *(Sum(()), Product(()), Sum((x,)), Product((x,)), Sum((x, y)), Sum((y, x)), Sum((x, y, y)), Product((x, y))),
        *(Power(x, 1), Power(x, -1), Power(y, 1), Power(Sum((x,)), 1), Sum((Sum((x,)),)), Sum((Product((x,)),))),
        *(apply("exp", x), apply("log", x), apply("exp", y), apply("power", x, y), apply("power", y, x), apply("pi")),
        *(
            Variable("u"),
            Variable("v"),
            uv,
            uu,
            Inner("variable", "x"),
            Inner("Variable", "x"),
            number(1),
            number(2),
            number(1, 2),
            number(-1),
        ),
    ]
    terms = Reader()
    for term in (*alike, *alike):
        assert terms.term(encode_term(term), 9) == term


@given(st.lists(scalar_terms))
def test_what_was_read_before_changes_no_reading(found: list[Term]) -> None:
    terms = Reader()
    assert [terms.term(encode_term(term), 99) for term in found] == found


def tabled(*found: Term) -> tuple[list[object], list[int]]:
    """A table of all subterms, and where the terms stand in it."""
    table: list[object] = []
    places: dict[Term, int] = {}
    for term in found:
        for part in subterms(term):
            if part not in places:
                places[part] = len(table)
                table.append(encode_term(part, places.__getitem__))
    return table, [places[term] for term in found]


@given(st.lists(terms))
def test_a_number_stands_for_a_term_of_the_table(found: list[Term]) -> None:
    table, numbers = tabled(*found)
    terms = Reader(json.loads(json.dumps(table)))
    assert [terms.term(number_, 99) for number_ in numbers] == found
    assert terms.term(["sum", *numbers], 99) == Sum(tuple(found))
    assert terms.term(["sum", *map(encode_term, found)], 99) == Sum(tuple(found))


@given(terms, st.integers(1, 6))
def test_a_number_takes_the_room_of_what_it_stands_for(term: Term, room: int) -> None:
    table, [number_] = tabled(term)
    read = []
    for data in (number_, encode_term(term)):
        try:
            read.append(Reader(table).term(data, room))
        except Malformed as error:
            assert str(error) == "nested too deeply"
    assert read in ([], [term, term])


@given(terms)
def test_the_extent_is_the_depth_and_the_number_of_subterms(term: Term) -> None:
    def depth(part: Term) -> int:
        return 1 + max(map(depth, children(part)), default=0)

    assert extent(term) == extent(term) == (depth(term), len(subterms(term)))


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([0], "names no term before it"),
        ([["sum", 0]], "names no term before it"),
        ([["rational", "1"], ["sum", 1]], "names no term before it"),
        ([["rational", "1"], ["sum", 2], ["sum", 0]], "names no term before it"),
        ([["rational", "1"], ["sum", -1]], "names no term before it"),
        ([["rational", "1"], ["sum", 10**30]], "names no term before it"),
        ([["rational", "1"], ["sum", False]], "a list was expected"),
        ([["rational", "1"], ["sum", "0"]], "a list was expected"),
        ([["rational", "1"], ["power", 0, 10_001]], "an integer"),
        ([["rational", 0]], "a string was expected"),
        ([["rational", "1"], ["apply", "power", 0]], "no function"),
        ({}, "a list was expected"),
        ("", "a list was expected"),
        (0, "a list was expected"),
        ([[]], "not a term"),
    ],
)
def test_a_table_names_only_what_stands_before(entries: object, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        Reader(entries)


@pytest.mark.parametrize("number_", [-1, 2, 10**30])
def test_what_stands_in_no_table_is_no_term(number_: int) -> None:
    for table in ([["variable", "x"], ["sum", 0]], None):
        with pytest.raises(Malformed, match="names no term"):
            Reader(table).term(number_, 99)


def test_a_table_is_nested_as_deeply_as_terms_are() -> None:
    chain: list[object] = [["variable", "x"], *(["sum", number_] for number_ in range(98))]
    assert extent(Reader(chain).term(98, 99)) == (99, 99)
    with pytest.raises(Malformed, match="deeply"):
        Reader(chain).term(98, 98)
    with pytest.raises(Malformed, match="deeply"):
        Reader([*chain, ["sum", 98]])


def test_every_subterm_counts_wherever_it_stands() -> None:
    # A full tree of 16 levels has 2**16 - 1 subterms; the entry of the next level is one more than two of them.
    doubled: list[object] = [["variable", "x"], *(["sum", number_, number_] for number_ in range(15))]
    terms = Reader(doubled)
    assert extent(terms.term(15, 99)) == (16, 2**16 - 1)
    for _ in range(MOST_SUBTERMS - (2**16 - 1)):
        terms.term(["variable", "x"], 99)
    with pytest.raises(Malformed, match="more than 100000 subterms"):
        terms.term(0, 99)
    terms.begin()
    assert children(terms.term(15, 99))[1] == terms.term(14, 99)
    with pytest.raises(Malformed, match="more than 100000 subterms"):
        Reader([*doubled, ["sum", 15, 15]])


@given(scalar_terms)
def test_the_atoms_are_the_subterms_that_are_neither_sums_nor_products_nor_numbers(term: Term) -> None:
    def is_atom(part: Term) -> bool:
        return isinstance(part, Variable | Inner | Apply) or (isinstance(part, Power) and part.exponent < 0)

    expected = tuple(dict.fromkeys(filter(is_atom, subterms(term))))
    assert atoms(term) == atoms(term) == expected


def test_children_and_subterms_inside_out() -> None:
    term = plus(x, times(y, Power(z, 2)))
    assert children(term) == (x, times(y, Power(z, 2)))
    assert children(Power(z, 2)) == (z,)
    assert children(sqrt(x)) == (x,)
    assert children(x) == children(number(1)) == children(uv) == ()
    assert list(subterms(term)) == [x, y, z, Power(z, 2), times(y, Power(z, 2)), term]


@given(terms)
def test_every_subterm_follows_its_children(term: Term) -> None:
    seen: set[Term] = set()
    for part in subterms(term):
        assert seen.issuperset(children(part))
        seen.add(part)
    assert part == term


def test_substitution_is_simultaneous_and_everywhere() -> None:
    term = Sum((x, Product((y, uv, number(2))), Power(x, -2), apply("power", x, y)))
    swapped = Sum((y, Product((x, uv, number(2))), Power(y, -2), apply("power", y, x)))
    assert substitute(term, {"x": y, "y": x}) == swapped
    assert substitute(term, {}) == term
    assert substitute(uv, {"u": x, "v": x}) == uv


@given(scalar_terms, scalar_terms, points)
def test_a_substituted_term_has_the_value_at_the_substituted_point(
    term: Term, inside: Term, point: dict[Term, Fraction]
) -> None:
    try:
        there = value(inside, point)
        assume(isinstance(there, Fraction) and abs(there) < 10**6)
        assert isinstance(there, Fraction)
        expected = value(term, point | {x: there})
    except (Undefined, Unclear, OverflowError):
        assume(False)
        return
    assert value(substitute(term, {"x": inside}), point) == expected


@given(scalar_terms, scalar_terms, points)
def test_a_difference_is_one(left: Term, right: Term, point: dict[Term, Fraction]) -> None:
    try:
        expected = value(plus(left, times(number(-1), right)), point)
    except (Undefined, Unclear, OverflowError):
        assume(False)
        return
    assert value(difference(left, right), point) == expected


def test_a_difference_has_a_direction() -> None:
    assert value(difference(number(5), Rational(Fraction(1, 2))), {}) == Fraction(9, 2)
    assert Variable("x") == x
