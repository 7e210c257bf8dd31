"""Text and LaTeX read like the paper, and the text means what the expression means."""

from fractions import Fraction

import pytest
from hypothesis import assume, given

from proofcheck import (
    Changes,
    Rational,
    absolute,
    arccos,
    at,
    chain,
    cos,
    exp,
    flow,
    inner,
    integral,
    let,
    norm,
    norm2,
    operator,
    path,
    pi,
    power,
    scalar,
    scalar_path,
    sqrt,
    total,
    vector,
)
from proofcheck.language.printing import latex, text
from proofcheck.testing.evaluating import Undefined, closely, near

from .reading_text import meaning
from .strategies import expressions, points

alpha, b, c, t, s, n, i = (scalar(name) for name in ("alpha", "b", "c", "t", "s", "n", "i"))
lambda_0 = scalar("lambda_0", positive=True)
Delta, w = path("Delta"), path("w_r", latex="w_r")
H = operator("H", at_least=1)
H_t = operator("H_t", changes=Changes.BY_JUMPS, latex="H(t)")
u, v = vector("u"), vector("v")
L_hat = let("L_hat", inner(H(Delta), Delta) / 2)

PRINTED = [
    (alpha - (b - c), "alpha - (b - c)", r"\alpha - \left(b - c\right)"),
    ((alpha + b) * c, "(alpha + b) c", r"\left(\alpha + b\right)\, c"),
    (-(alpha**2), "-alpha^2", r"-\alpha^{2}"),
    ((-alpha) ** 2, "(-alpha)^2", r"\left(-\alpha\right)^{2}"),
    ((alpha * b) ** 2, "(alpha b)^2", r"\left(\alpha\, b\right)^{2}"),
    ((alpha**2) ** 3, "(alpha^2)^3", r"\left(\alpha^{2}\right)^{3}"),
    (alpha / b / c, "alpha/(b c)", r"\frac{\alpha}{b\, c}"),
    ((alpha / b) ** 2, "(alpha/b)^2", r"\left(\frac{\alpha}{b}\right)^{2}"),
    (1 / (alpha + b), "1/(alpha + b)", r"\frac{1}{\alpha + b}"),
    (alpha**-2, "1/alpha^2", r"\frac{1}{\alpha^{2}}"),
    (2 * (3 * alpha), "2*3 alpha", r"2 \cdot 3\, \alpha"),
    (Rational(-1, 3) * alpha, "-alpha/3", r"-\frac{\alpha}{3}"),
    (alpha - b * c, "alpha - b c", r"\alpha - b\, c"),
    ((1 - alpha) / (1 + alpha), "(1 - alpha)/(1 + alpha)", r"\frac{1 - \alpha}{1 + \alpha}"),
    (Rational(1, 3) ** 2, "(1/3)^2", r"\left(\frac{1}{3}\right)^{2}"),
    (-(alpha + b), "-(alpha + b)", r"-\left(\alpha + b\right)"),
    (c - (-(alpha + b)), "c + (alpha + b)", r"c + \left(\alpha + b\right)"),
    (-2 * alpha * Delta.dot - H(Delta), "-2 alpha Delta' - H Delta", r"-2\, \alpha\, \dot{\Delta} - H\, \Delta"),
    (
        norm2(alpha * Delta + Delta.dot) / 2,
        "|alpha Delta + Delta'|^2/2",
        r"\frac{\left\|\alpha\, \Delta + \dot{\Delta}\right\|^{2}}{2}",
    ),
    (inner(H(Delta), Delta.dot), "<H Delta, Delta'>", r"\left\langle H\, \Delta, \dot{\Delta} \right\rangle"),
    (exp(-alpha * t) * L_hat, "exp(-alpha t) L_hat", r"e^{-\alpha\, t}\, \hat{L}"),
    (sqrt(lambda_0 / 2), "sqrt(lambda_0/2)", r"\sqrt{\frac{\lambda_{0}}{2}}"),
    (norm(w - at(w, 0)), "|w_r - w_r(0)|", r"\left\|w_r - w_r(0)\right\|"),
    (
        integral(exp(2 * alpha * (s - t)) * s, s, 0, t),
        "int_0^t exp(2 alpha (s - t)) s ds",
        r"\int_{0}^{t} e^{2\, \alpha\, \left(s - t\right)}\, s\, ds",
    ),
    (total(alpha + b, i, n), "sum_(i<=n) (alpha + b)", r"\sum_{i=1}^{n} \left(\alpha + b\right)"),
    (power(alpha, b + 1), "alpha^(b + 1)", r"\alpha^{b + 1}"),
    (arccos(alpha) / pi, "arccos(alpha)/pi", r"\frac{\arccos\left(\alpha\right)}{\pi}"),
    (cos(alpha * t) ** 2, "cos(alpha t)^2", r"\cos\left(\alpha\, t\right)^{2}"),
    (absolute(alpha - b), "|alpha - b|", r"\left|\alpha - b\right|"),
    (H(u + v), "H (u + v)", r"H\, \left(u + v\right)"),
    (-(u + v), "-(u + v)", r"-\left(u + v\right)"),
    (at(inner(H_t(u), u), 0), "<H_t(0) u, u>", None),
    (w.ddot, "w_r''", r"\ddot{w_r}"),
    (scalar_path("q").ddot.ddot, "q''''", r"q^{(4)}"),
]


@pytest.mark.parametrize(
    ("expression", "plain", "typeset"), PRINTED, ids=lambda part: part if isinstance(part, str) else ""
)
def test_it_reads_like_the_paper(expression: object, plain: str, typeset: str | None) -> None:
    assert text(expression) == plain
    if typeset is not None:
        assert latex(expression) == typeset


def test_relations_and_chains() -> None:
    relation = (alpha**2 >= b).given(b != 0, u == v)
    assert text(relation) == "alpha^2 >= b  given  b != 0, u = v"
    assert latex(relation) == r"\alpha^{2} \ge b \quad\text{given}\quad b \ne 0, u = v"
    assert [text(link) for link in chain(alpha).eq(b).lt(c).links] == ["alpha = b", "b < c"]


@given(expressions, points)
def test_the_text_means_what_the_expression_means(expression: object, point: dict[str, Fraction]) -> None:
    where = closely(point)
    try:
        expected = where.scalar(expression)  # type: ignore[arg-type]
    except (Undefined, OverflowError):
        assume(False)
    assume(abs(expected) < 10**12)
    functions = {**where.functions}
    written = text(expression)
    assume("|" not in written)
    try:
        read = meaning(written, where.values, functions, where.number)
    except (Undefined, ZeroDivisionError):
        raise AssertionError(f"{written} is undefined where the expression is not") from None
    assert near(read, expected), written


@given(expressions)
def test_latex_is_balanced_and_has_no_python_in_it(expression: object) -> None:
    written = latex(expression)
    assert written.count("{") == written.count("}") and written.count(r"\left") == written.count(r"\right")
    assert "Fraction" not in written and "**" not in written and "None" not in written


def test_a_second_derivative_has_one_dot_or_is_written_out() -> None:
    a = scalar_path("a")
    falling = flow(a.ddot == -a)
    once = falling.d(2 * a)
    assert latex(falling.d(once)) == r"\frac{d}{dt}\frac{d}{dt}\left(2\, a\right)"
    assert latex(falling.d(let("E", a**2))) == r"\dot{E}"
