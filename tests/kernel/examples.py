"""True statements with a proof of each kind, and the few words to write terms with."""

from __future__ import annotations

from fractions import Fraction

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
    Excluded,
    Instance,
    Lemma,
    Multiple,
    Proof,
    Range,
    Split,
    Sturm,
    Summand,
)
from proofcheck.kernel.statements import Relation, Statement
from proofcheck.kernel.terms import Apply, Inner, Power, Product, Rational, Sum, Term, Variable

x, y, z = map(Variable, "xyz")
uu, uv, vv = Inner("u", "u"), Inner("u", "v"), Inner("v", "v")


def number(numerator: int, denominator: int = 1) -> Rational:
    return Rational(Fraction(numerator, denominator))


def plus(*terms: Term) -> Term:
    return Sum(terms)


def times(*factors: Term) -> Term:
    return Product(factors)


def minus(left: Term, right: Term) -> Term:
    return plus(left, times(number(-1), right))


def apply(function: str, *arguments: Term) -> Term:
    return Apply(function, arguments)


def sqrt(argument: Term) -> Term:
    return apply("sqrt", argument)


def statement(goal: Relation, *hypotheses: Relation, variables: str = "x y z", vectors: str = "u v") -> Statement:
    return Statement(tuple(variables.split()), tuple(vectors.split()), hypotheses, goal)


def summand(weight: int | Fraction, *facts: int, square: Term | None = None) -> Summand:
    return Summand(Fraction(weight), facts, number(1) if square is None else square)


def combination(*parts: Summand | Multiple, multiplier: tuple[int, ...] = ()) -> Combination:
    return Combination(
        multiplier,
        tuple(part for part in parts if isinstance(part, Summand)),
        tuple(part for part in parts if isinstance(part, Multiple)),
    )


def proof(evidence: Evidence, *definedness: Evidence) -> Proof:
    return Proof(definedness, evidence)


def same(fact: int) -> Combination:
    """The goal is the inequality of that number, or a weaker one."""
    return combination(summand(1, fact))


ZERO, ONE = number(0), number(1)
UNIT = (Relation(x, ">=", ZERO), Relation(x, "<=", ONE))
SUCCESSOR_POSITIVE = statement(Relation(plus(x, ONE), ">", ZERO), Relation(x, ">=", ZERO), variables="x", vectors="")
SUCCESSOR_PROOF = proof(combination(summand(1, 0), summand(1)))
#: From the facts 0, `x != 0`, and 1, `x = 0`, the absurd `0 = 1` and then `0 >= 1`.
ABSURD = Lemma(
    Relation(ZERO, "=", ONE),
    proof(combination(Multiple(number(-1), 1), multiplier=(0,))),
    combination(Multiple(ONE, 2)),
)

TRUTHS: dict[str, tuple[Statement, Proof]] = {
    "sum of squares": (
        statement(Relation(plus(Power(x, 2), Power(y, 2)), ">=", times(number(2), x, y))),
        proof(combination(summand(1, square=minus(x, y)))),
    ),
    "product of facts": (
        statement(Relation(times(x, y), ">=", ZERO), Relation(x, ">=", ZERO), Relation(y, ">=", ZERO)),
        proof(combination(summand(1, 0, 1))),
    ),
    "strict sum": (
        statement(
            Relation(plus(times(number(2), x), times(number(3), y)), ">", ZERO),
            Relation(x, ">", ZERO),
            Relation(y, ">=", ZERO),
        ),
        proof(combination(summand(2, 0), summand(3, 1))),
    ),
    "positive multiplier": (
        statement(Relation(y, ">", ZERO), Relation(x, ">", ZERO), Relation(times(x, y), ">", ZERO)),
        proof(combination(summand(1, 1), multiplier=(0,))),
    ),
    "equation": (
        statement(
            Relation(Power(x, 2), "=", times(number(4), Power(y, 2))),
            Relation(x, "=", times(number(2), y)),
        ),
        proof(combination(Multiple(plus(x, times(number(2), y)), 0))),
    ),
    "equation by a multiplier": (
        statement(Relation(y, "=", ZERO), Relation(x, "!=", ZERO), Relation(times(x, y), "=", ZERO)),
        proof(combination(Multiple(ONE, 1), multiplier=(0,))),
    ),
    "quotient": (
        statement(Relation(times(x, Power(x, -1)), "=", ONE), Relation(x, "!=", ZERO)),
        proof(combination(), Contradiction(ABSURD)),
    ),
    "quotient in a hypothesis": (
        statement(Relation(x, ">=", ZERO), Relation(Power(x, -1), ">", ZERO)),
        proof(combination(summand(1, 1, square=x))),
    ),
    "Sturm on a half-line": (
        statement(Relation(Power(x, 3), ">", minus(x, ONE)), Relation(x, ">=", ZERO)),
        proof(Sturm("x", 0, None)),
    ),
    "Sturm on an open interval": (
        statement(Relation(times(x, minus(ONE, x)), ">", ZERO), Relation(x, ">", ZERO), Relation(x, "<", ONE)),
        proof(Sturm("x", 0, 1)),
    ),
    "Sturm on the line": (
        statement(Relation(Power(minus(x, ONE), 2), ">=", ZERO)),
        proof(Sturm("x", None, None)),
    ),
    "Sturm of a quotient": (
        statement(Relation(Power(minus(x, ONE), -1), ">", ZERO), Relation(x, ">", ONE)),
        proof(Sturm("x", 0, None), Sturm("x", 0, None)),
    ),
    "ball": (
        statement(Relation(apply("exp", x), "<", number(2719, 1000)), *UNIT),
        proof(Balls((Range("x", 0, 1),), Cell())),
    ),
    "two balls": (
        statement(Relation(times(x, minus(ONE, x)), "<", number(3, 5)), *UNIT),
        proof(Balls((Range("x", 0, 1),), Cut("x", Fraction(1, 2), Cell(), Cell()))),
    ),
    "excluded ball": (
        statement(
            Relation(x, "<", number(3, 2)),
            Relation(x, ">=", ZERO),
            Relation(x, "<=", number(2)),
            Relation(Power(x, 2), "<=", ONE),
        ),
        proof(Balls((Range("x", 0, 1),), Cut("x", Fraction(5, 4), Cell(), Excluded(2)))),
    ),
    "ball at a point": (
        statement(Relation(apply("sin", x), ">", ZERO), Relation(x, ">=", ONE), Relation(x, "<=", ONE)),
        proof(Balls((Range("x", 0, 1),), Cell())),
    ),
    "split": (
        statement(Relation(Power(x, 2), ">=", ZERO)),
        proof(
            Split(
                x,
                (),
                combination(summand(1, 0, 0)),
                combination(Multiple(x, 0)),
                combination(summand(1, 0, 0)),
            )
        ),
    ),
    "split on a partial term": (
        statement(Relation(Power(sqrt(x), 2), ">=", ZERO), Relation(x, ">=", ZERO)),
        proof(
            Split(
                sqrt(x),
                (same(0),),
                combination(summand(1, 3, 3)),
                combination(Multiple(sqrt(x), 3)),
                combination(summand(1, 3, 3)),
            ),
            same(0),
        ),
    ),
    "lemma": (
        statement(Relation(plus(x, number(2)), ">", ZERO), Relation(x, ">=", ZERO)),
        proof(
            Lemma(
                Relation(plus(x, ONE), ">", ZERO),
                SUCCESSOR_PROOF,
                combination(summand(1, 1), summand(1)),
            )
        ),
    ),
    "lemma with conditions": (
        statement(Relation(sqrt(x), ">=", ZERO), Relation(x, ">", ZERO)),
        proof(
            Lemma(
                Relation(sqrt(x), ">", ZERO),
                proof(Axiom("square root positive", (x,), (), (same(0),), same(4)), same(0)),
                same(3),
            ),
            same(0),
        ),
    ),
    "square root": (
        statement(Relation(Power(sqrt(x), 2), "=", x), Relation(x, ">=", ZERO)),
        proof(
            Axiom("square root", (x,), (), (same(0),), combination(Multiple(ONE, 4))),
            same(0),
        ),
    ),
    "axiom at a partial argument": (
        statement(Relation(apply("exp", sqrt(x)), ">", ZERO), Relation(x, ">=", ZERO)),
        proof(Axiom("exponential positive", (sqrt(x),), (), (same(0),), same(3)), same(0)),
    ),
    "square of a vector": (
        statement(Relation(plus(uu, times(number(4), vv)), ">=", times(number(4), uv))),
        proof(Axiom("square of vector", (ONE, number(-2)), ("u", "v"), (), same(0))),
    ),
    "Cauchy-Schwarz": (
        statement(Relation(Power(uv, 2), "<=", times(uu, vv))),
        proof(Axiom("Cauchy-Schwarz", (ONE, ZERO, ZERO, ONE), ("u", "v"), (), same(0))),
    ),
    "instance": (
        statement(Relation(plus(Power(y, 2), ONE), ">", ZERO)),
        proof(
            Instance(
                SUCCESSOR_POSITIVE,
                SUCCESSOR_PROOF,
                (Power(y, 2),),
                (),
                (proof(combination(summand(1, square=y))),),
                same(0),
            )
        ),
    ),
    "instance at a partial term": (
        statement(Relation(plus(sqrt(y), ONE), ">", ZERO), Relation(y, ">=", ZERO)),
        proof(
            Instance(
                SUCCESSOR_POSITIVE,
                SUCCESSOR_PROOF,
                (sqrt(y),),
                (same(0),),
                (proof(Axiom("square root", (y,), (), (same(0),), same(5)), same(0)),),
                same(4),
            ),
            same(0),
        ),
    ),
    "contradiction": (
        statement(Relation(plus(x, ONE), ">", ZERO), Relation(x, ">=", ZERO)),
        proof(Contradiction(combination(summand(1, 0), summand(1, 1)))),
    ),
    "between": (
        statement(Relation(x, "=", y), Relation(x, "<=", y), Relation(y, "<=", x)),
        proof(Between(same(0), same(1))),
    ),
    "apart above": (
        statement(Relation(x, "!=", ZERO), Relation(x, ">", ZERO)),
        proof(Apart(">", same(0))),
    ),
    "apart below": (
        statement(Relation(x, "!=", ZERO), Relation(x, "<", ZERO)),
        proof(Apart("<", same(0))),
    ),
}
