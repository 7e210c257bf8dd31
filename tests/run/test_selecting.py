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
    ],
)
def test_words_are_joined_as_in_logic(expression: str, selected: bool) -> None:
    assert selection(expression)("paper/energy_decays Lemma 3.3") is selected


@pytest.mark.parametrize(
    "expression", ["", "and", "energy and", "not", "(energy", "energy)", "a b", "()", "(" * 9999, "not " * 9999]
)
def test_what_cannot_be_read_is_said(expression: str) -> None:
    with pytest.raises(NotASelection, match="-k"):
        selection(expression)
