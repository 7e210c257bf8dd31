"""Formulas: what is let through to LaTeX, where a long one breaks, how a chain meets its obligations."""

import pytest

from proofcheck.reports.formulas import (
    chain,
    displayed,
    in_line,
    is_formula,
    sides,
    stacked,
    statements,
    with_condition,
)


@pytest.mark.parametrize(
    "latex",
    [
        r"\alpha^{2} \le \frac{1}{2}",
        r"\left(\frac12 + x\right) \in [0, 1)",
        r"\left\{ x \mid x > 0 \right\}",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix} \succeq 0",
        r"\text{right - left} = 0",
        r"\| \Delta \|^2",
    ],
)
def test_a_formula_is_let_through(latex: str) -> None:
    assert is_formula(latex)


@pytest.mark.parametrize(
    "latex",
    [
        "",
        "  ",
        "x}{y",
        "{x",
        r"\left( x",
        r"x \right)",
        r"{\left( x} \right)",
        "x % y",
        "a$b$",
        "#1",
        r"a & b",
        r"a \\ b",
        r"\input{secret}",
        r"\write18{ls}",
        r"\immediate\write18{ls}",
        r"\csname input\endcsname{x}",
        r"\catcode`\%=11",
        r"\def\x{y}",
        "^^5cinput{x}",
        r"\begin{document} x \end{document}",
        r"\begin{verbatim} x \end{verbatim}",
        r"\begin{cases} x \end{matrix}}",
        "x\n\ny",
        "α",
    ],
)
def test_what_reaches_outside_a_formula_is_set_as_text(latex: str) -> None:
    assert not is_formula(latex)
    assert displayed(latex, "50% x") == r"\plainformula{50\% x}"
    assert in_line(latex, "50% x") == r"50\% x"


def test_words_of_a_formula_are_text() -> None:
    words = r"\text{f_i < x^2 \_ y}"
    escaped = r"\text{$f_{i}$ \textless{} $x^{2}$ \_ y}"
    assert displayed(words, "") == rf"\formula{{{escaped}}}{{& {escaped}}}"


def test_a_formula_is_split_only_outside_brackets() -> None:
    assert [str(side) for side in sides(r"f(a = b) \le \left|c < d\right| = \sum_{i<n} e")] == [
        "f(a = b)",
        r"\le \left|c < d\right|",
        r"= \sum_{i<n} e",
    ]


def test_words_in_front_are_no_condition() -> None:
    assert statements(r"\text{at } x = 1") == ((r"\text{at } x = 1",), "")
    assert statements(r"\text{if} \quad x = 1") == ((r"\text{if}", "x = 1"), "")


def test_a_long_left_side_stands_on_its_own_line() -> None:
    left = " + ".join(f"x_{{{place}}}" for place in range(10))
    assert stacked(rf"{left} \le y") == rf"& {left} \\ & \le y"


def test_a_long_sum_breaks_at_a_sign_and_nowhere_else() -> None:
    right = " + ".join(f"(a_{{{place}}} - b)" for place in range(20))
    lines = stacked(f"y = {right}").split(r" \\ ")
    assert len(lines) > 2
    assert lines[0].startswith("y & = (a_{0} - b)")
    assert all(line.startswith(r"& \qquad {}+ (a_") for line in lines[1:])
    assert "".join(lines).replace(r"& \qquad {}", "").replace("& ", "").replace(" ", "") == f"y={right}".replace(
        " ", ""
    )


def test_a_sign_that_belongs_to_its_term_is_no_place_to_break() -> None:
    long = " ".join(["x"] * 70)
    assert stacked(f"y = -{long}") == f"y & = -{long}"


def test_hypotheses_follow_on_lines_of_their_own() -> None:
    assert stacked(r"a = b \quad\text{given}\quad c > 0") == r"a & = b \\ & \quad \text{given}\ c > 0"


def test_a_list_in_a_paragraph_may_break_after_each_item() -> None:
    assert in_line(r"n = 1,\ \Delta = (1, 2)\text{: left }-2\text{, right }3", "") == (
        r"$n = 1$, $\Delta = (1, 2)$: left $-2$, right $3$"
    )


LINKS = (r"a \le b \quad\text{given}\quad c > 0", r"b  =  c \quad\text{given}\quad c > 0")


def test_a_chain_meets_its_obligations_by_what_they_say() -> None:
    latex = r"a \le b = c"
    assert [link.obligation for link in chain(latex, ("side", *LINKS))] == [1, 2]
    assert with_condition(latex, LINKS) == rf"{latex} \quad \text{{given}}\ c > 0"


@pytest.mark.parametrize(
    ("latex", "obligations"),
    [
        (r"a \le b = c", (LINKS[0],)),
        (r"a \le b = c", (LINKS[0], "b = d")),
        (r"a \le b", (LINKS[0],)),
        (r"a \le b = c, \quad d = e", LINKS),
        (r"a \le b = \input{c}", LINKS),
        ("", ("", "")),
    ],
)
def test_links_are_shown_only_if_every_one_is_found(latex: str, obligations: tuple[str, ...]) -> None:
    assert chain(latex, obligations) == ()
    assert with_condition(latex, obligations) == latex


def test_what_is_too_long_to_be_read_is_left_out_and_said_so() -> None:
    latex = " + ".join(["x"] * 2000)
    said = "(3999 characters, too long to be printed; they are in the record)"
    assert displayed(latex, latex) == rf"\plainformula{{{said}}}"
    assert in_line(latex, latex) == said
    assert in_line("", "y" * 2500).endswith(" (and 500 characters more, which are in the record)")
    assert chain(f"{latex} = y = z", (f"{latex} = y", "y = z")) == ()


def test_what_cannot_fit_a_line_is_not_measured() -> None:
    latex = "y = " + " + ".join(["x"] * 200)
    assert displayed(latex, latex) == rf"\stackedformula{{{stacked(latex)}}}"


def test_a_sign_after_a_formula_stays_with_it() -> None:
    wide = " + ".join(["x"] * 40)
    assert in_line(rf"{wide}\text{{, as }}y = 0\text{{; then }}z", "") == (
        rf"\fitting{{{wide}}}{{{stacked(wide)}}}{{,}} as $y = 0$; then $z$"
    )
