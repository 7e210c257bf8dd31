"""The expressions of `-k`."""

import pytest

from proofcheck.running.selecting import NotASelection, selection


@pytest.mark.parametrize(
    ("expression", "selected"),
    [
        ("energy", True),
        ("ENERGY", True),
        ("3.3", True),
        ("weights", False),
        ("not weights", True),
        ("not not energy", True),
        ("energy and weights", False),
        ("energy or weights", True),
        ("weights and weights or energy", True),
        ("weights and (weights or energy)", False),
        ("not (weights or energy)", False),
        ("energy and not weights", True),
        ("(energy)and(lemma)", True),
        ("Lemma 3.3", True),
        ("lemma  3.3 and energy", True),
        ("lemma energy", False),
        ('"lemma 3.3"', True),
        ('not "lemma and 3.3"', True),
        ('"lemma" and "3.3"', True),
    ],
)
def test_words_are_joined_as_in_logic(expression: str, selected: bool) -> None:
    assert selection(expression)("paper/energy_decays Lemma 3.3") is selected


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "and",
        "energy and",
        "not",
        "(energy",
        "energy)",
        "a not b",
        '"a',
        "after (3.5)",
        "()",
        "(" * 9999,
        "not " * 9999,
    ],
)
def test_what_cannot_be_read_is_said(expression: str) -> None:
    with pytest.raises(NotASelection, match="-k"):
        selection(expression)


def test_a_place_with_parentheses_is_quoted() -> None:
    with pytest.raises(NotASelection, match="double quotes"):
        selection("after (3.5)")
    assert selection('"after (3.5)"')("limit after (3.5), the friction")
