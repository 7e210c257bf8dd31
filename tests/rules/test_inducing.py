"""Induction from both sides: what is true of all integers is proved, what is false of one of them never."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import pytest

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    absolute,
    at,
    bounded,
    cited,
    exp,
    flow,
    for_all,
    induction,
    inner,
    integral,
    log,
    norm2,
    operator,
    order,
    power,
    scalar,
    scalar_path,
    sqrt,
    total,
    vector,
)
from proofcheck.language.expressions import Relation
from proofcheck.rules.argue import NotAStatement, argue
from proofcheck.rules.inducing import INDUCTION

from .settling import Written, answer, claimed, decided, left_open, verdict

n, from_0 = scalar("n", integer=True, at_least=1), scalar("n", integer=True, at_least=0)
from_2 = scalar("n", integer=True, at_least=2)
from_4, any_n = scalar("n", integer=True, at_least=4), scalar("n", integer=True)
to_2 = scalar("n", integer=True, at_least=1, at_most=2)
i, j, late_i, s = scalar("i"), scalar("j"), scalar("i", at_least=2), scalar("s")
k, from_1 = scalar("k", integer=True, at_least=0), scalar("k", integer=True, at_least=1)
a, b, positive = scalar("a", index=i), scalar("b", index=i), scalar("p", index=i, positive=True)
late_a, other_a = scalar("a", index=late_i), scalar("a", index=j)
x, y, m, r = scalar("x"), scalar("y"), scalar("m", at_least=1), scalar("r", positive=True)
whole = scalar("m", integer=True, at_least=1)
e, g, v, u = scalar_path("e"), scalar_path("g"), vector("v", index=i), vector("u")

product, roots = total(a * b, i, n), sqrt(total(a**2, i, n)) * sqrt(total(b**2, i, n))
gauss = claimed(lambda: induction(total(i, i, n) == n * (n + 1) / 2, n), "gauss")
doubling = claimed(lambda: induction(power(2, from_0) >= from_0 + 1, from_0), "doubling")
from_above = claimed(lambda: induction(product <= roots, n), "from_above")
from_below = claimed(lambda: induction(-product <= roots, n), "from_below")
late = claimed((3 * n >= 15).given(n >= 5), "late")
below_line = claimed((log(y) <= y - 1).given(y > 0), "below_line")
square = claimed(y**2 >= 0, "square")
triangular = claimed(lambda: induction(total(j, j, n) == n * (n + 1) / 2, n), "triangular")
sum_of_squares = claimed(total(a**2, i, m) >= 0, "sum_of_squares")
up_to_5, below_1 = scalar("k", integer=True, at_least=0, at_most=5), scalar("k", nonnegative=True, below=1)
at_most_0, below_0, above_0 = scalar("k", at_most=0), scalar("k", below=0), scalar("k", positive=True)
moving = operator("H", at_least=1, changes=Changes.CONTINUOUSLY)
form, inverse = inner(moving(u), u), inner(moving.inverse(u), u)
t = scalar("t", nonnegative=True)
lasts = claimed(lambda: cited("a book", (at(e, 0) * t <= 1 + 0 * at(e, t)).along(flow(e.dot == e**2, time=t))), "lasts")
other = scalar("c", index=j)
not_negative = claimed(lambda: cited("a book", at(g, n) >= 0), "not_negative")
apart = claimed(lambda: induction((n - 1) * (n - 2) >= 0, n), "apart")

TRUE: dict[str, Written] = {
    "integers": lambda: induction(total(i, i, n) == n * (n + 1) / 2, n),
    "from the empty sum on": lambda: induction(total(i, i, from_0) == from_0 * (from_0 + 1) / 2, from_0),
    "squares": lambda: induction(total(i**2, i, n) == n * (n + 1) * (2 * n + 1) / 6, n),
    "cubes, by an earlier claim": lambda: induction((total(i**3, i, n) == total(i, i, n) ** 2).by(gauss), n),
    "two terms at a time": lambda: induction(total(i, i, 2 * n - 1) == n * (2 * n - 1), n),
    "two ends": lambda: induction(total(i, i, n) == total(i, i, n - 1) + n, n),
    "a geometric sum": lambda: induction(
        (total(power(r, i), i, n) == r * (1 - power(r, n)) / (1 - r)).given(r != 1), n
    ),
    "weights and powers": lambda: induction(total(i * power(2, i), i, n) == (n - 1) * power(2, n + 1) + 2, n),
    "Bernoulli": lambda: induction((power(1 + x, from_0) >= 1 + from_0 * x).given(x > -1), from_0),
    "powers of two": lambda: induction(power(2, from_0) >= from_0 + 1, from_0),
    "powers of two from 4 on": lambda: induction(power(2, from_4) >= from_4**2, from_4),
    "a telescope": lambda: induction(total(at(e, i + 1) - at(e, i), i, n) == at(e, n + 1) - at(e, 1), n),
    "a telescope backward": lambda: induction(total(at(e, i) - at(e, i - 1), i, n) == at(e, n) - at(e, 0), n),
    "a telescope of numbers": lambda: induction(total(1 / (i * (i + 1)), i, n) == n / (n + 1), n),
    "reciprocals of squares": lambda: induction(total(1 / i**2, i, n) <= 2 - 1 / n, n),
    "reciprocals of roots": lambda: induction(total(1 / sqrt(i), i, n) >= sqrt(n), n),
    "exponentials": lambda: induction(total(exp(i), i, n) <= exp(n + 1), n),
    "squares are not negative": lambda: induction(total(a**2, i, n) >= 0, n),
    "norms are not negative": lambda: induction(total(norm2(v), i, n) >= 0, n),
    "positive terms": lambda: induction(total(positive, i, n) > 0, n),
    "terms that are given": lambda: induction((total(a, i, n) >= 0).given(for_all(i, a >= 0)), n),
    "term by term": lambda: induction((total(a, i, n) <= total(b, i, n)).given(for_all(i, a <= b)), n),
    "the triangle": lambda: induction(absolute(total(a, i, n)) <= total(absolute(a), i, n), n),
    "the square of a mean": lambda: induction(total(a, i, n) ** 2 <= n * total(a**2, i, n), n),
    "Cauchy and Schwarz": lambda: induction(product <= roots, n),
    "Cauchy and Schwarz, squared": lambda: (product**2 <= total(a**2, i, n) * total(b**2, i, n)).by(
        from_above, from_below
    ),
    "a rate": lambda: induction(
        (at(e, from_0) <= power(r, from_0) * at(e, 0)).given(for_all(k, at(e, k + 1) <= r * at(e, k))), from_0
    ),
    "a rate, from the second on": lambda: induction(
        (at(e, n) <= power(r, n) * at(e, 0)).given(for_all(k, at(e, k + 1) <= r * at(e, k))), n
    ),
    "a rate with noise": lambda: induction(
        (at(e, from_0) <= power(r, from_0) * at(e, 0) + x / (1 - r)).given(
            for_all(k, at(e, k + 1) <= r * at(e, k) + x), r < 1, x >= 0
        ),
        from_0,
    ),
    "a rate 1/n": lambda: induction(
        (at(e, from_0) <= 1 / (from_0 + 2)).given(
            for_all(k, at(e, k + 1) <= at(e, k) - at(e, k) ** 2), at(e, 0) <= Rational(1, 2), for_all(k, at(e, k) >= 0)
        ),
        from_0,
    ),
    "a descent": lambda: induction(
        (r * total(at(g, i - 1) ** 2, i, from_0) <= at(e, 0) - at(e, from_0)).given(
            for_all(k, at(e, k + 1) <= at(e, k) - r * at(g, k) ** 2)
        ),
        from_0,
    ),
    "Fibonacci": lambda: induction(
        (total(at(e, i), i, n) == at(e, n + 2) - 1).given(
            for_all(k, at(e, k + 2) == at(e, k + 1) + at(e, k)), at(e, 1) == 1, at(e, 2) == 1
        ),
        n,
    ),
    "what is given for n + 1 holds for n": lambda: induction((n**2 <= 5 * n).given(n <= 5), n),
    "up to a greatest value": lambda: induction(to_2 * (to_2 - 1) * (to_2 - 2) == 0, to_2),
    "true of integers alone": lambda: induction((n - 1) * (n - 2) >= 0, n),
    "a factor that is a sum to another end": lambda: induction(
        (n * total(a**2, i, m) + x**2 >= 0).by(sum_of_squares), n
    ),
    "a factor without a value at 0": lambda: induction((x * total(a / x, i, n) == total(a, i, n)).given(x != 0), n),
    "a factor without a value at 0, from the empty sum on": lambda: induction(
        (x * total(a / x, i, from_0) == total(a, i, from_0)).given(x != 0), from_0
    ),
    "a factor without a value at 0, of odd sums": lambda: induction(
        (x * total(a / x, i, 2 * n + 1) == total(a, i, 2 * n + 1)).given(x != 0), n
    ),
    "a factor": lambda: induction(total(2 * x * a, i, n) == 2 * x * total(a, i, n), n),
    "a number with another index": lambda: induction(total(a + other, i, n) == total(a, i, n) + n * other, n),
    "a recursion from a real letter above 0 on": lambda: induction(
        (at(e, n) <= at(e, 1)).given(for_all(above_0, at(e, above_0 + 1) <= at(e, above_0))), n
    ),
    "a premise for n": lambda: induction(
        (at(e, n) <= at(e, 1)).given(for_all(k, at(e, k + 1) <= at(e, k) - at(g, k))).by(not_negative), n
    ),
    "a sum of three terms beside": lambda: induction(n + total(i, i, 3) ** 2 >= 0, n),
    "an integral to n": lambda: induction(integral(s**2, s, 0, n) + n >= integral(s**2, s, 0, n), n),
    "an integral beside": lambda: induction(n * integral(s**2, s, 0, 1) >= Rational(1, 3), n),
    "64 terms": lambda: induction(total(0 * i + 1, i, 64 * n) == 64 * n, n),
    "ends that are far from each other": lambda: induction(total(i, i, n + 3) - total(i, i, n) == 3 * n + 6, n),
    "one sum to two multiples": lambda: induction(total(i, i, 2 * n) - 4 * total(i, i, n) == -n, n),
    "a telescope of operators": lambda: induction(
        total(at(form, i + 1) - at(form, i), i, n) == at(form, n + 1) - at(form, 1), n
    ),
    "a telescope of inverses": lambda: induction(
        total(at(inverse, i) - at(inverse, i - 1), i, n) == at(inverse, n) - at(inverse, 0), n
    ),
    "a sum under a sum": lambda: induction(
        (total(total(j, j, i), i, n) == n * (n + 1) * (n + 2) / 6).by(triangular.at({n: n + 1})), n
    ),
    "a recursion that is given up to 5, begun": lambda: induction(
        (at(e, 1) <= at(e, 0) + from_0).given(for_all(up_to_5, at(e, up_to_5 + 1) <= at(e, up_to_5))), from_0
    ),
    "a recursion that is given below 1, begun": lambda: induction(
        (at(e, 1) <= at(e, 0) + from_0).given(for_all(below_1, at(e, below_1 + 1) <= at(e, below_1))), from_0
    ),
    "a recursion that is given at 0, begun": lambda: induction(
        (at(e, 1) <= at(e, 0) + from_0).given(for_all(at_most_0, at(e, at_most_0 + 1) <= at(e, at_most_0))), from_0
    ),
    "a greatest value, beyond which it fails": lambda: induction(to_2 * (to_2 - 1) * (to_2 - 2) >= 0, to_2),
    "an instance": lambda: (total(i, i, 2 * whole + 1) == (2 * whole + 1) * (whole + 1)).by(
        gauss.at({n: 2 * whole + 1})
    ),
    "an instance at a number": lambda: (power(2, 10) >= Rational(11)).by(doubling.at({from_0: 10})),
    "a sum beside 0, without induction": lambda: total(a**2, i, m) >= 0,
    "0 beside a sum, without induction": lambda: -2 * total(a**2, i, m) <= 0,
    "a sum of zeros": lambda: (total(x * a, i, m) == 0).given(x == 0),
}


@pytest.mark.parametrize("written", TRUE.values(), ids=TRUE)
def test_a_true_one_is_proved(written: Written) -> None:
    assert verdict(written) is Verdict.PROVED


#: The comments say where they fail.
FALSE: dict[str, Written] = {
    # Conditions on n, which need not hold for n where they hold for n + 1.
    "given at one value": lambda: induction((x <= 0).given(x * (n - 2) == 0), n),  # n = 2, x = 1
    "given from 3 on": lambda: induction((n >= 5).given(n >= 3), n),  # n = 3
    "given to a letter": lambda: induction((x <= 1).given(n <= x), n),  # n = 1, x = 2
    "given of the next": lambda: induction((at(e, n) <= at(e, 1)).given(at(e, n) <= at(e, n - 1)), n),  # e(2) > e(1)
    "given of the sum": lambda: induction((x <= 0).given(x * (total(i, i, n) - 3) == 0), n),  # n = 2, x = 1
    # Letters that are bound, and free elsewhere.
    "the index stands free": lambda: induction(total(i, i, n) <= i, n),  # n = 1, i = 0
    "the free index is given": lambda: induction((total(i, i, n) <= i).given(i >= 1), n),  # n = 2, i = 1
    "the index is n": lambda: induction(total(n, n, n) == n**2, n),  # n = 2
    "given of other numbers": lambda: induction((total(a, i, n) >= 0).given(for_all(i, b >= 0)), n),  # a = -1
    "given of one number": lambda: induction((total(a, i, n) >= 0).given(other_a >= 0), n),  # a_1 = -1, j = 2
    "given of the first one": lambda: induction((total(a, i, n) <= total(b, i, n)).given(for_all(i, i * a <= b)), n),
    "one number for all": lambda: induction(total(a, i, n) ** 2 == total(a**2, i, n), n),  # n = 2, a = 1
    "a factor that is lost": lambda: induction(total(2 * a, i, n) == total(a, i, n), n),  # a = 1
    "an operator at two moments": lambda: induction(at(form, n) <= at(form, 1), n),  # n = 2, H rises
    "an inverse at two moments": lambda: induction(at(inverse, n) <= at(inverse, 1), n),  # n = 2, H falls
    "products": lambda: induction(product == total(a, i, n) * total(b, i, n), n),  # n = 2, a = b = 1
    # Ends.
    "an empty sum": lambda: induction(total(positive, i, from_0) > 0, from_0),  # n = 0
    "an empty sum of what has no value": lambda: induction((x != 0).given(total(a / x, i, from_0) == 0), from_0),
    "an end before the first": lambda: induction(total(i + 1, i, n - 1) >= 1, n),  # n = 1
    "an end below 0": lambda: induction(total(1 + 0 * i, i, n - 2) == n - 2, n),  # n = 1: no number of terms
    "an end that falls": lambda: induction(total(i, i, 5 - n) == 10 + 0 * n, n),  # n = 2
    "an end that is no line": lambda: induction(total(1 + 0 * i, i, n**2) == n, n),  # n = 2
    "half an end": lambda: induction(total(1 + 0 * i, i, 2 * n) == n + 1, n),  # n = 2
    # Terms.
    "terms with n": lambda: induction(total(n - i, i, n) == 0, n),  # n = 2
    "terms with n, hidden": lambda: induction(total(total(n - i, j, n), i, n) == 0, n),  # n = 2
    "a term without a value": lambda: induction(total(0 / (i - 5), i, n) == 0, n),  # n = 5
    "a term without a value before the end": lambda: induction(total(0 / (i - 5), i, n - 1) == 0, n),  # n = 6
    "a first term without a value": lambda: induction(total(0 / (i - 1), i, n - 1) == 0, n),  # n = 2
    "terms out of the domain of the index": lambda: induction(
        (total(late_a, late_i, n) >= 0).given(for_all(late_i, late_a >= 0)), n
    ),  # a_1 = -1
    # Values.
    "no integer": lambda: (power(2, x) >= x + 1).given(x >= 0).by(doubling),  # x = 1/2
    "no integer, as a value": lambda: (power(2, x) >= x + 1).given(x >= 0).by(doubling.at({from_0: x})),
    "half an integer": lambda: (Rational(3, 2) <= Rational(1)).by(doubling.at({from_0: Rational(1, 2)})),
    "an induction over reals": lambda: induction(power(2, m) >= 2 * m, m),  # m = 3/2
    "below the least value": lambda: (power(2, from_2 - 3) >= from_2 - 2).by(doubling.at({from_0: from_2 - 3})),
    "no least value": lambda: induction(power(2, any_n) >= 1, any_n),  # n = -1
    "powers of two, too early": lambda: induction(power(2, n) >= n**2, n),  # n = 3
    "beyond the greatest value": lambda: (whole <= 2).by(claimed(induction(to_2 <= 2, to_2), "two").at({to_2: whole})),
    "between integers": lambda: ((x - 1) * (x - 2) >= 0).by(apart.at({n: x})),  # x = 3/2
    # The steps themselves.
    "no base": lambda: induction(n >= n + 1, n),
    "all horses": lambda: induction(n == 1, n),  # n = 2
    "a recursion that begins later": lambda: induction(
        (at(e, from_0) <= at(e, 0)).given(for_all(from_1, at(e, from_1 + 1) <= at(e, from_1))), from_0
    ),  # e(1) > e(0)
    "a recursion from 1 on, from the second on": lambda: induction(
        (at(e, n) <= at(e, 0)).given(for_all(from_1, at(e, from_1 + 1) <= at(e, from_1))), n
    ),  # e(1) > e(0)
    "a recursion from a real letter above 0 on": lambda: induction(
        (at(e, from_0) <= at(e, 0)).given(for_all(above_0, at(e, above_0 + 1) <= at(e, above_0))), from_0
    ),  # e(1) > e(0)
    "a recursion up to 5": lambda: induction(
        (at(e, from_0) <= at(e, 0)).given(for_all(up_to_5, at(e, up_to_5 + 1) <= at(e, up_to_5))), from_0
    ),  # e(7) > e(0)
    "a recursion below 0": lambda: induction(
        (at(e, from_0) <= at(e, 0)).given(for_all(below_0, at(e, below_0 + 1) <= at(e, below_0))), from_0
    ),  # e(1) > e(0)
    "a sum under a sum that ends earlier": lambda: induction(
        (total(total(j, j, i), i, n) == (n * (n + 1) * (2 * n + 1) / 6 + 5 * n * (n + 1) / 2 + 6 * n) / 2 - 5).by(
            triangular.at({n: n + 3})
        ),
        n,
    ),  # n = 2
    "a premise along a flow": lambda: induction((2 * at(e, 0) <= n).by(lasts.at({t: 2})), n),  # e' = e^2, e(0) = 1
    "a bound of all terms": lambda: induction((total(a, i, n) <= x).given(for_all(i, a <= x)), n),  # n = 2, a = x = 1
    "letters in another order": lambda: induction((n <= x).given(x >= 1), n),  # x = 1, n = 2
    "a premise out of its domain": lambda: induction((log(n - 1) <= n - 2).by(below_line.at({y: n - 1})), n),  # n = 1
    "a premise without its condition": lambda: induction((3 * n >= 15).by(late), n),  # n = 1
    "a premise at what has no value": lambda: induction(
        (1 / (n - 1) >= -5).by(square.at({y: 1 / (n - 1)})), n
    ),  # n = 1
    "a growing operator": lambda: induction(inner(operator("A", at_least=n)(u), u) >= 2 * n * norm2(u), n),  # A = 1
    "along a flow": lambda: induction((e <= n).along(flow(e.dot == e, time=scalar("t", nonnegative=True))), n),
    # Sums beside 0, without induction.
    "a sum of any sign": lambda: total(a, i, m) >= 0,
    "a sum that is not 0": lambda: total(a**2, i, m) == 0,
    "a sum of negative squares": lambda: -total(a**2, i, m) >= 0,
    "an undefined sum": lambda: total(a**2 / (i - 1), i, m) >= 0,
    "an undefined factor": lambda: 1 / x * total(a**2, i, m) ** 2 * 0 >= 0,
}


@pytest.mark.parametrize("written", FALSE.values(), ids=FALSE)
def test_a_false_one_is_not_proved(written: Written) -> None:
    assert answer(written) is not Verdict.PROVED


@pytest.mark.parametrize(
    "written",
    [
        lambda: induction(total(i, i, n) == n * (n + 1) / 2 + 1, n),
        lambda: induction(total(a, i, n) ** 2 <= total(a**2, i, n), n),
        lambda: induction(power(2, n) >= n**2, n),
        lambda: induction(to_2 <= 1, to_2),
        lambda: induction(total(positive, i, from_0) > 0, from_0),
        lambda: induction((x != 0).given(total(a / x, i, from_0) == 0), from_0),
    ],
)
def test_one_of_the_three_least_values_refutes(written: Written) -> None:
    assert verdict(written) is Verdict.REFUTED


@pytest.mark.parametrize(
    "written",
    [
        lambda: (n - 1) * (n - 2) >= 0,
        lambda: (2 * n - 3) ** 2 >= 1,
        lambda: (n >= 2).given(n > 1),
        # Beyond the greatest value it is false.
        lambda: induction((at(e, to_2) <= 1).given(at(e, 1) <= 1, at(e, 2) <= 1), to_2),
        lambda: induction((n <= 1).given(n <= 1), n),
        # There are no such numbers.
        lambda: induction((x >= n).given(for_all(k, x <= -k)), n),
        lambda: induction((at(e, 1) >= n).given(for_all(i, at(e, 1) <= -(i**2))), n),
        # Near the lower end there is no integer.
        lambda: (integral(s * at(e, s) ** 2, s, 0, n) >= integral(at(e, s) ** 2 / 4, s, 0, n)).given(
            for_all(s, at(e, s) == 1)
        ),
        lambda: integral(s * at(e, s) ** 2, s, 0, n) >= integral(at(e, s) ** 2 / 4, s, 0, n) - at(e, 0) ** 2,
    ],
)
def test_what_holds_for_integers_is_not_refuted_between_them(written: Written) -> None:
    assert answer(written) is not Verdict.REFUTED


def test_a_witness_says_at_which_value() -> None:
    step = argue(induction(total(a, i, n) ** 2 <= total(a**2, i, n), n)).obligations[-1]
    case = step.special_cases[0]
    witness = decided(case).witness
    assert witness is not None
    assert dict(zip(case.variables, witness.values, strict=True))["n"] == 2
    assert {shown.text for shown in step.names.values()} >= {"n", "a[1]", "a[2]", "a[n + 1]", "sum_(i<=n) a"}


def test_a_report_names_the_theorem_and_the_two_steps() -> None:
    argument = argue(induction(total(i**2, i, n) <= n**3, n))
    assert INDUCTION in argument.rules and argument.about == (argument.conclusion,)
    assert [part.label for part in argument.obligations] == ["the claim for n = 1", "the claim for n + 1, if for n"]


def test_what_is_not_shown_is_named() -> None:
    assert left_open(argue(induction((x <= 0).given(x * (n - 2) == 0), n))) == [
        "the claim for n + 1, if for n: the premise the claim for n applies"
    ]


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        (lambda: induction(total(i, i, m) >= 0, m), "integer=True"),
        (lambda: induction(any_n**2 >= any_n, any_n), "at_least=1"),
        (lambda: induction(total(1 / (n + i), i, n) >= 0, n), "contain n"),
        (lambda: induction(total(i, i, n**2) >= 0, n), "multiple of n"),
        (lambda: induction(total(i, i, 65 * n) >= 0, n), "64 terms"),
        (lambda: induction(total(i, i, n + 64) >= 0, n), "64 terms"),
        (lambda: induction(total(i, i, 0 * n + 5) >= 0, n), "multiple of n"),
        (lambda: induction(total(n, n, n) >= 0, n), "another name"),
        (lambda: induction(n >= 1, scalar("a", index=i, integer=True, at_least=1)), "over an integer"),
        (lambda: induction(n >= 1, 1), "over an integer"),  # type: ignore[arg-type]
        (lambda: induction(for_all(n, n >= 1), n), "a relation"),
        (lambda: induction(x, n), "a relation"),  # type: ignore[arg-type]
    ],
)
def test_a_refusal_says_what_to_write(written: Written, remedy: str) -> None:
    with pytest.raises((ValueError, TypeError), match=remedy):
        written()


def test_one_letter_is_not_both_an_integer_and_real() -> None:
    with pytest.raises(NotAStatement, match="n is the name of two different things"):
        argue(induction(0 * scalar("n", at_least=1) + n >= 1, n))


def test_a_premise_with_another_letter_of_that_name_is_refused() -> None:
    with pytest.raises(NotAStatement, match="n is the name of two different things"):
        argue((scalar("n", at_least=1) >= 0).by(gauss))


def reciprocals(size: int) -> Fraction:
    return sum((Fraction(1, place**2) for place in range(1, size + 1)), Fraction(0))


CONCLUSIONS: list[tuple[Relation, Callable[[int], bool]]] = [
    (total(i, i, n) == n * (n + 1) / 2, lambda size: sum(range(size + 1)) == size * (size + 1) // 2),
    (total(1 / i**2, i, n) <= 2 - 1 / n, lambda size: reciprocals(size) <= 2 - Fraction(1, size)),
    (power(2, n) >= n + 1, lambda size: 2**size >= size + 1),
    (
        total(1 / sqrt(i), i, n) >= sqrt(n),
        lambda size: sum(1 / math.sqrt(place) for place in range(1, size + 1)) >= math.sqrt(size) - 1e-12,
    ),
]


@pytest.mark.parametrize(("relation", "holds"), CONCLUSIONS, ids=[str(relation) for relation, _ in CONCLUSIONS])
def test_the_conclusion_by_numbers(relation: Relation, holds: Callable[[int], bool]) -> None:
    assert verdict(lambda: induction(relation, n)) is Verdict.PROVED
    assert all(holds(size) for size in range(1, 40))


def test_an_order_of_an_integer_is_refuted_by_integers() -> None:
    refuted = bounded(order(whole**2, whole), large=[whole])
    assert refuted.refutes
    assert not left_open(refuted)
