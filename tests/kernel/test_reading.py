"""Text from outside is read by a strict grammar, or not at all."""

import string
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofcheck.kernel.reading import Malformed, integer, items, rational, text

from .strategies import json_data


def test_a_list_is_a_list() -> None:
    assert items([1, "a"]) == [1, "a"]


@pytest.mark.parametrize("room", [0, -1, -2])
def test_a_list_needs_room(room: int) -> None:
    assert items([1], 1) == [1]
    with pytest.raises(Malformed, match="deeply"):
        items([1], room)


@pytest.mark.parametrize("data", [(1,), "ab", {"a": 1}, None, 1, True])
def test_nothing_else_is_a_list(data: object) -> None:
    with pytest.raises(Malformed):
        items(data)


def test_a_string_is_a_string() -> None:
    assert text("x") == "x"


@pytest.mark.parametrize("data", [b"x", 1, None, ["x"], True])
def test_nothing_else_is_a_string(data: object) -> None:
    with pytest.raises(Malformed):
        text(data)


@pytest.mark.parametrize("value", [-7, 0, 7])
def test_an_integer_up_to_the_bound_is_read(value: int) -> None:
    assert integer(value, 7) == value


@pytest.mark.parametrize("data", [8, -8, True, False, 1.0, 0.0, "1", None, [1], 10**400])
def test_no_larger_integer_no_bool_and_no_float_is_read(data: object) -> None:
    with pytest.raises(Malformed):
        integer(data, 7)


@given(st.fractions())
def test_a_rational_reads_back(value: Fraction) -> None:
    assert rational(str(value)) == value


@pytest.mark.parametrize(
    "written",
    [
        "", " 1", "1 ", "1\n", "+1", "--1", "-0", "01", "1/0", "0/1", "0/2", "1/1", "2/4", "1/-2", "1/02",
        "1.0", "1e3", "1_000", "0x10", "inf", "nan", "1/2/3", "\u0661", "½", "-", "/", "1/", "/2",
    ],
)  # fmt: skip
def test_a_rational_is_written_in_one_way(written: str) -> None:
    with pytest.raises(Malformed):
        rational(written)


@pytest.mark.parametrize("data", [1, 0.5, None, True, ["1"], Fraction(1)])
def test_a_rational_is_a_string(data: object) -> None:
    with pytest.raises(Malformed):
        rational(data)


def test_2000_digits_are_read_and_2001_are_not() -> None:
    digits = "1" + "0" * 1998 + "1"
    assert rational(digits) == int(digits)
    assert rational("1/" + digits) == Fraction(1, int(digits))
    for longer in (digits + "1", "-" + digits + "1", "1/" + digits + "1"):
        with pytest.raises(Malformed):
            rational(longer)


@given(st.text(alphabet=string.digits + "/-+. e", max_size=8))
def test_whatever_is_read_is_written_the_same(written: str) -> None:
    try:
        value = rational(written)
    except Malformed:
        return
    assert str(value) == written


@given(json_data)
def test_any_json_is_read_or_malformed(data: object) -> None:
    for read in (items, text, rational, lambda given: integer(given, 10)):
        try:
            assert read(data) is not None
        except Malformed as error:
            assert str(error)
