"""Certificates and witnesses as mathematics."""

from fractions import Fraction

import pytest

from proofcheck.explaining.explain import explain_proof, explain_witness
from proofcheck.kernel.certificates import (
    Apart,
    Axiom,
    Balls,
    Between,
    Cell,
    Combination,
    Contradiction,
    Cut,
    Evidence,
    Instance,
    Lemma,
    Multiple,
    Proof,
    Range,
    Root,
    Split,
    Sturm,
    Summand,
    Witness,
)
from proofcheck.kernel.check import check, refute
from proofcheck.kernel.statements import Relation, Statement
from proofcheck.kernel.terms import ONE, ZERO, Apply, Inner, Power, Product, Rational, Sum, Variable, difference
from tests.run.statements import SQUARE, SQUARE_PROOF

a, d, h, v, x, y = (Variable(name) for name in "adhvxy")
TWO = Rational(Fraction(2))
HALF = Fraction(1, 2)
IDENTITY = Combination((), (), ())


def for_all(names: str, goal: Relation, *hypotheses: Relation, vectors: tuple[str, ...] = ()) -> Statement:
    return Statement(tuple(names.split()), vectors, hypotheses, goal)


def by(*summands: Summand, multiplier: tuple[int, ...] = (), multiples: tuple[Multiple, ...] = ()) -> Combination:
    return Combination(multiplier, summands, multiples)


def square(term: Variable | Rational | Sum | Power = ONE, *facts: int, weight: Fraction = Fraction(1)) -> Summand:
    return Summand(weight, facts, term)


ENERGY = for_all(
    "a h d v",
    Relation(
        ZERO,
        "<=",
        Sum(
            (
                Product((Rational(HALF), a, difference(h, Power(a, 2)), Power(d, 2))),
                Product((Rational(HALF), a, Power(v, 2))),
            )
        ),
    ),
    Relation(a, ">", ZERO),
    Relation(h, ">=", Power(a, 2)),
)
POSITIVE = Relation(x, ">", ZERO)

CASES: list[tuple[Statement, Evidence, str]] = [
    (
        ENERGY,
        by(square(d, 0, 1, weight=HALF), square(v, 0, weight=HALF)),
        "right - left = (a d^2/2) (h - a^2) + a v^2/2 >= 0",
    ),
    (for_all("x", Relation(Sum((x, x)), "=", Product((TWO, x)))), IDENTITY, "both sides have the same normal form"),
    (
        for_all("x y", Relation(Power(x, 2), "=", Power(y, 2)), Relation(x, "=", y)),
        by(multiples=(Multiple(Sum((x, y)), 0),)),
        "left - right = (x + y) (x - y) = 0, as x = y",
    ),
    (
        for_all("x", Relation(x, ">=", ZERO), Relation(Power(x, 3), ">", ZERO)),
        Contradiction(by(square(Power(x, 2)), multiplier=(0, 1))),
        "suppose x < 0: (-x^4) (-1) = x^4 >= 0, a contradiction",
    ),
    (
        for_all("x", Relation(Sum((Power(x, 2), ONE)), ">", ZERO)),
        Sturm("x", None, None),
        "left - right has no root on all real x (Sturm); there x^2 + 1 > 0",
    ),
    (
        for_all("x", Relation(Power(x, 2), ">=", ZERO), POSITIVE, Relation(x, "<=", TWO)),
        Sturm("x", 0, 1),
        "left - right does not change its sign on x > 0, x <= 2 (Sturm); there x^2 >= 0",
    ),
    (
        for_all("x", Relation(Apply("exp", (x,)), ">", ZERO), POSITIVE, Relation(x, "<=", TWO)),
        Balls((Range("x", 0, 1),), Cut("x", Fraction(1), Cell(), Cell())),
        "exp(x) > 0 by ball arithmetic on 2 boxes that cover x > 0, x <= 2",
    ),
    (
        for_all("x", Relation(Power(x, 2), ">=", ZERO)),
        Split(x, (), by(square(x)), by(square(x)), by(square(x))),
        "if x < 0: left - right = x^2 >= 0; if x = 0: left - right = x^2 >= 0; if x > 0: left - right = x^2 >= 0",
    ),
    (
        for_all("x", Relation(Sum((Power(x, 2), ONE)), ">=", ZERO)),
        Lemma(Relation(Power(x, 2), ">=", ZERO), Proof((), by(square(x))), by(square(ONE, 0), square())),
        "first, x^2 >= 0, for left - right = x^2 >= 0; then left - right = x^2 + 1 >= 0",
    ),
    (
        for_all("x", Relation(Apply("exp", (x,)), ">", ZERO)),
        Axiom("exponential positive", (x,), (), (), by(square(ONE, 0))),
        "by exponential positive exp(x) > 0; left - right = exp(x) > 0",
    ),
    (
        for_all("x", Relation(Power(x, 2), ">=", ZERO)),
        Axiom(
            "exponential positive",
            (x,),
            (),
            (),
            Lemma(Relation(Power(x, 4), ">=", ZERO), Proof((), by(square(Power(x, 2)))), by(square(x))),
        ),
        "left - right = x^2 >= 0",
    ),
    (
        for_all("", Relation(Apply("exp", (ONE,)), ">", TWO)),
        Balls((), Cell()),
        "left ~ 2.718281828, right 2, by ball arithmetic",
    ),
    (
        for_all("x y", Relation(Product((y, x)), ">=", ZERO), Relation(x, ">=", ZERO), Relation(y, ">", ZERO)),
        by(Summand(Fraction(1), (0, 1, 1), ONE), multiplier=(1,)),
        "y (left - right) = x y^2 >= 0",
    ),
    (
        for_all("", Relation(Inner("u", "u"), ">=", ZERO), vectors=("u",)),
        Axiom("square of vector", (ONE,), ("u",), (), by(square(ONE, 0))),
        "by square of vector |u|^2 >= 0; left - right = |u|^2 >= 0",
    ),
    (
        for_all("y", Relation(Power(Sum((y, ONE)), 2), ">=", ZERO)),
        Instance(SQUARE, SQUARE_PROOF, (Sum((y, ONE)),), (), (), by(square(ONE, 0))),
        "(y + 1)^2 >= 0, for left - right = (y + 1)^2 >= 0; then left - right = (y + 1)^2 >= 0",
    ),
    (
        for_all("x", Relation(x, "=", ZERO), Relation(x, "<=", ZERO), Relation(x, ">=", ZERO)),
        Between(by(square(ONE, 0)), by(square(ONE, 1))),
        "right - left = -x >= 0 and left - right = x >= 0",
    ),
    (for_all("x", Relation(x, "!=", ZERO), POSITIVE), Apart(">", by(square(ONE, 0))), "left - right = x > 0"),
]


@pytest.mark.parametrize(("statement", "evidence", "expected"), CASES)
def test_a_certificate_is_one_line_of_mathematics(statement: Statement, evidence: Evidence, expected: str) -> None:
    shown = explain_proof(statement, Proof((), evidence), {})
    assert shown.text.startswith(expected)
    assert shown.latex.count("{") == shown.latex.count("}")


@pytest.mark.parametrize(("statement", "evidence"), [(s, e) for s, e, _ in CASES])
def test_the_certificates_of_these_tests_are_proofs(statement: Statement, evidence: Evidence) -> None:
    check(statement, Proof((), evidence))


def test_conditions_of_definedness_that_are_new_are_named() -> None:
    goal = Relation(Product((x, Power(x, -1))), "=", ONE)
    statement = for_all("x", goal, POSITIVE)
    proof = Proof((Apart(">", by(square(ONE, 0))),), IDENTITY)
    check(statement, proof)
    assert explain_proof(statement, proof, {}).text.endswith("; defined, as x != 0")


def test_a_long_sum_is_told_by_its_length() -> None:
    goal = Relation(Product((Rational(Fraction(20)), Power(x, 2))), ">=", ZERO)
    long = by(*[square(x)] * 20)
    shown = explain_proof(for_all("x", goal), Proof((), long), {}).text
    assert shown == "left - right is a sum of 20 non-negative products of hypotheses and squares"


WITNESSES: list[tuple[Statement, Witness, str]] = [
    (
        for_all("x y", Relation(Product((x, y)), "<=", ZERO)),
        Witness((Fraction(1, 2), Fraction(3)), ()),
        "at x = 1/2, y = 3: left 3/2, right 0",
    ),
    (
        for_all("x", Relation(Apply("exp", (x,)), "<=", TWO)),
        Witness((Fraction(1),), ()),
        "at x = 1: left ~ 2.718281828, right 2",
    ),
    (
        for_all("x", Relation(Apply("sqrt", (x,)), "<=", ONE)),
        Witness((Fraction(9, 4),), ()),
        "at x = 9/4: left 3/2, right 1",
    ),
    (
        for_all("x", Relation(x, "<=", ONE)),
        Witness((Root((Fraction(-2), Fraction(0), Fraction(1)), Fraction(1), Fraction(2)),), ()),
        "at x ~ 1.414213562 (the root of z^2 - 2 = 0 there): left ~ 1.414213562, right 1",
    ),
    (
        for_all("", Relation(Inner("u", "v"), "<=", ZERO), vectors=("u", "v")),
        Witness((), ((Fraction(1), Fraction(2)), (Fraction(3), Fraction(0)))),
        "at u = (1, 2), v = (3, 0): left 3, right 0",
    ),
    (
        for_all("x", Relation(Product((x, Power(x, -1))), "=", ONE)),
        Witness((Fraction(0),), ()),
        "at x = 0: x != 0 fails, so a side is not defined",
    ),
]


@pytest.mark.parametrize(("statement", "witness", "expected"), WITNESSES)
def test_a_witness_shows_both_sides(statement: Statement, witness: Witness, expected: str) -> None:
    refute(statement, witness)
    assert explain_witness(statement, witness, {}).text == expected
