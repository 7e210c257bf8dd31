"""Text is printed, never run: what `escape` and `code` let through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofcheck.reports.text import code, escape


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("", ""),
        (" two  spaces\n\nand lines ", " two spaces and lines "),
        ("50% of f_i & {y} #1 $2", r"50\% of f\_i \& \{y\} \#1 \$2"),
        (r"\input{x}", r"\textbackslash{}input\{x\}"),
        ("a^2 ~ b", r"a\textasciicircum{}2 \textasciitilde{} b"),
        ("<H D, D> >= |x|", r"\textless{}H D, D\textgreater{} \textgreater{}= \textbar{}x\textbar{}"),
        ("a -- b --- c x'' ,, `", "a -{}- b -{}-{}- c x'{}' ,{}, \\textasciigrave{}"),
        ("λ₀ ≥ 2α²", r"\ensuremath{\lambda}\ensuremath{_{0}} \ensuremath{\ge} 2\ensuremath{\alpha}\ensuremath{^{2}}"),
        ("Δ Ω ς", r"\ensuremath{\Delta} \ensuremath{\Omega} [U+03C2]"),
        ("Łojasiewicz, Poincaré, L\u0302", "Łojasiewicz, Poincaré, \\^{L}"),
        ("Nguyễn", r"Nguy\~{\^{e}}n"),
        ("漢\x00\u202e", "[U+6F22][U+0000][U+202E]"),
    ],
)
def test_text_is_escaped(text: str, latex: str) -> None:
    assert escape(text) == latex


@given(st.text())
def test_no_sign_of_the_text_is_left_to_latex(text: str) -> None:
    left = escape(text)
    # Every special sign that is left belongs to a command that `escape` wrote: braces balance, comments are escaped.
    depth = 0
    position = 0
    while position < len(left):
        sign = left[position]
        if sign == "\\":
            position += 2
            continue
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
        assert sign not in "$&#%~"
        position += 1
    assert depth == 0


def test_a_word_that_is_too_long_for_a_line_may_break() -> None:
    assert escape("x" * 31) == "x" * 31
    assert escape("x" * 32) == ("x" * 8 + r"\allowbreak{}") * 4


def test_a_file_name_may_break() -> None:
    assert code("a_b/c.py:3") == r"\texttt{a\_\allowbreak{}b/\allowbreak{}c.\allowbreak{}py:\allowbreak{}3}"
