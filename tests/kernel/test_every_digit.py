"""Every digit of a statement and of its proof counts.

Each digit of the JSON is replaced by each other digit. What is then still accepted has to be true; a second
opinion, which shares nothing with the kernel, decides that.
"""

import json
import re
import string
from itertools import pairwise

import pytest
import sympy

from proofcheck.kernel.certificates import decode_proof, encode
from proofcheck.kernel.check import Rejected, check
from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.statements import Relation, Statement, decode_statement, encode_statement
from proofcheck.kernel.terms import Power, Product, Rational, Sum, Term, Variable

from .examples import TRUTHS

#: In these, no digit can be changed at all.
RIGID = [
    "sum of squares",
    "product of facts",
    "positive multiplier",
    "equation",
    "equation by a multiplier",
    "quotient",
    "quotient in a hypothesis",
    "split",
    "square of a vector",
    "between",
]
#: In these, some changes give another proof of the same statement: of two facts that say the same either may be
#: cited, and <u + k v, v> in place of <u, v> leaves the determinant of Cauchy and Schwarz as it is.
REDUNDANT = ["square root", "Cauchy-Schwarz"]
#: In these, some changes say something else that is true.
LOOSE = [
    "strict sum",
    "Sturm on a half-line",
    "Sturm on an open interval",
    "Sturm on the line",
    "two balls",
    "excluded ball",
    "lemma",
    "contradiction",
    "apart above",
    "apart below",
]


def changed_digits(written: str) -> list[str]:
    return [
        written[: match.start()] + digit + written[match.end() :]
        for match in re.finditer("[0-9]", written)
        for digit in string.digits
        if digit != match.group()
    ]


def accepted(name: str) -> tuple[int, list[Statement]]:
    """The number of changes, and the statements among them that the kernel still accepts."""
    statement, proof = TRUTHS[name]
    written = json.dumps([encode_statement(statement), encode(proof)])
    changes = changed_digits(written)
    found = []
    for change in changes:
        try:
            data = json.loads(change)
        except json.JSONDecodeError:
            continue  # An integer does not begin with 0: no JSON, no proof.
        try:
            claimed = decode_statement(data[0])
            check(claimed, decode_proof(data[1]))
        except (Malformed, Rejected):
            continue
        found.append(claimed)
    return len(changes), found


@pytest.mark.parametrize("name", RIGID)
def test_no_digit_can_be_changed(name: str) -> None:
    changes, found = accepted(name)
    assert changes >= 9
    assert found == []


@pytest.mark.parametrize("name", REDUNDANT)
def test_no_digit_of_the_statement_can_be_changed(name: str) -> None:
    changes, found = accepted(name)
    assert 0 < len(found) < changes / 2
    assert set(found) == {TRUTHS[name][0]}


@pytest.mark.parametrize("name", LOOSE)
def test_what_is_accepted_after_a_change_is_true(name: str) -> None:
    changes, found = accepted(name)
    assert len(found) < changes
    for claimed in found:
        assert polynomial_truth(claimed), claimed


X = sympy.Symbol("x")


def polynomial(term: Term, y: int) -> sympy.Expr:
    match term:
        case Rational(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Variable("x"):
            return X
        case Variable("y"):
            return sympy.Integer(y)
        case Sum(parts):
            return sympy.Add(*(polynomial(part, y) for part in parts))
        case Product(parts):
            return sympy.Mul(*(polynomial(part, y) for part in parts))
        case Power(base, exponent):
            return polynomial(base, y) ** exponent
        case _:
            raise AssertionError(term)


def polynomial_truth(statement: Statement) -> bool:
    """The truth of a statement about polynomials in x, one sample in each cell of the line; y only sampled."""
    return all(true_in_x(statement, y) for y in ((0, 1, 2, 7, -1, -3) if uses_y(statement) else (0,)))


def uses_y(statement: Statement) -> bool:
    return "name='y'" in repr((statement.hypotheses, statement.goal))


def true_in_x(statement: Statement, y: int) -> bool:
    relations = [*statement.hypotheses, statement.goal]
    gaps = [sympy.expand(polynomial(one.left, y) - polynomial(one.right, y)) for one in relations]
    roots = {root for gap in gaps if gap.has(X) for root in sympy.Poly(gap, X).real_roots()}
    ordered = sorted(roots, key=lambda root: root.evalf(60))
    numeric = [sympy.Rational(str(root.evalf(30))) for root in ordered]
    between = [(a + b) / 2 for a, b in pairwise(numeric)]
    outside = [numeric[0] - 1, numeric[-1] + 1] if numeric else [sympy.Integer(0)]
    return all(implied(relations, gaps, place) for place in (*ordered, *between, *outside))


def implied(relations: list[Relation], gaps: list[sympy.Expr], place: sympy.Expr) -> bool:
    *hypotheses, goal = (
        holds(relation.sign, gap.subs(X, place).evalf(60)) for relation, gap in zip(relations, gaps, strict=True)
    )
    return goal or not all(hypotheses)


def holds(sign: str, gap: sympy.Expr) -> bool:
    tiny = abs(gap) < sympy.Float("1e-40")
    side = 0 if tiny else 1 if gap > 0 else -1
    return {
        "=": side == 0,
        "!=": side != 0,
        "<=": side <= 0,
        "<": side < 0,
        ">=": side >= 0,
        ">": side > 0,
    }[sign]


@pytest.mark.parametrize("name", LOOSE)
def test_the_second_opinion_accepts_the_examples(name: str) -> None:
    assert polynomial_truth(TRUTHS[name][0])


def test_the_second_opinion_finds_falsehoods() -> None:
    for name in ("Sturm on a half-line", "Sturm on the line", "two balls", "excluded ball"):
        truth = TRUTHS[name][0]
        assert not polynomial_truth(Statement(truth.variables, truth.vectors, truth.hypotheses, truth.goal.negated()))
