"""False statements, each with the proof that a prover in error would hand in. All are turned down, at once.

A few are true, but the same proof would prove falsehoods: they are listed, the rest has a counterexample.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

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
    Root,
    Split,
    Sturm,
    Summand,
    Witness,
    decode_proof,
    decode_witness,
    encode,
)
from proofcheck.kernel.check import Rejected, check, refute
from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.statements import Relation, Statement, decode_statement, encode_statement
from proofcheck.kernel.terms import Apply, Inner, Power, Product, Rational, Sum, Term, Variable

from ..kernel.reference import Unclear, Undefined, inexact, truth, value

x, y = Variable("x"), Variable("y")
ZERO, ONE, TWO, MINUS_ONE = (Rational(Fraction(value)) for value in (0, 1, 2, -1))
INVERSE = Power(x, -1)
CANCELLED = Product((x, INVERSE))
SQUARE_ROOT = Apply("sqrt", (x,))
LOGARITHM = Apply("log", (x,))
NOTHING = Combination((), (), ())


def claim(goal: Relation, *hypotheses: Relation) -> Statement:
    return Statement(("x", "y"), ("u", "v"), hypotheses, goal)


def weighted(weight: Fraction | int, *facts: int, square: Term = ONE) -> Combination:
    return Combination((), (Summand(Fraction(weight), facts, square),), ())


def fact(number: int) -> Combination:
    return weighted(1, number)


def equation(number: int, factor: Term = ONE) -> Combination:
    return Combination((), (), (Multiple(factor, number),))


def minus(left: Term, right: Term) -> Term:
    return Sum((left, Product((MINUS_ONE, right))))


def box(cover: Any) -> Balls:
    return Balls((Range("x", 0, 1),), cover)


UNIT = Relation(x, ">=", ZERO), Relation(x, "<=", ONE)
AROUND_ZERO = Relation(x, ">=", MINUS_ONE), Relation(x, "<=", ONE)
EMPTY = Relation(x, ">", ONE), Relation(x, "<", ONE)
POSITIVE = Statement(("x",), (), (Relation(x, ">", ZERO),), Relation(Sum((x, ONE)), ">", ONE))
ABSURD = Relation(ZERO, ">=", ONE)

#: name: the false statement, the proof of its goal, proofs that the goal is defined
FALSEHOODS: dict[str, tuple[Statement, Evidence, tuple[Evidence, ...]]] = {
    "0 <= -1": (claim(Relation(ZERO, "<=", MINUS_ONE)), NOTHING, ()),
    "0 <= -1, with the weight that makes it an identity": (
        claim(Relation(ZERO, "<=", MINUS_ONE)),
        weighted(-1),
        (),
    ),
    "0 <= -1, by contradiction with itself": (
        claim(Relation(ZERO, "<=", MINUS_ONE)),
        Contradiction(fact(0)),
        (),
    ),
    "0 <= -1, from itself": (claim(Relation(ZERO, "<=", MINUS_ONE)), fact(0), ()),
    "0 <= -1, by balls without a box": (claim(Relation(ZERO, "<=", MINUS_ONE)), Balls((), Cell()), ()),
    "0 <= -1, by Sturm": (claim(Relation(ZERO, "<=", MINUS_ONE)), Sturm("x", None, None), ()),
    "a proof of another statement": (
        claim(Relation(Sum((Power(x, 2), Power(y, 2))), ">=", Product((Rational(Fraction(3)), x, y)))),
        weighted(1, square=minus(x, y)),
        (),
    ),
    "a negative weight": (claim(Relation(Power(x, 2), "<=", ZERO)), weighted(-1, square=x), ()),
    "a weight of zero": (claim(Relation(ZERO, ">", ZERO)), weighted(0), ()),
    "a strict goal from a fact that is not": (
        claim(Relation(x, ">", ZERO), Relation(x, ">=", ZERO)),
        fact(0),
        (),
    ),
    "a strict goal from a square": (claim(Relation(Power(x, 2), ">", ZERO)), weighted(1, square=x), ()),
    "a strict goal from an equation": (
        claim(Relation(x, ">", ZERO), Relation(x, "=", ZERO)),
        equation(0),
        (),
    ),
    "a strict goal from a strict fact times a square": (
        claim(Relation(Product((x, Power(y, 2))), ">", ZERO), Relation(x, ">", ZERO)),
        weighted(1, 0, square=y),
        (),
    ),
    "a fact that does not exist": (claim(Relation(x, ">=", ZERO), UNIT[1]), fact(1), ()),
    "a fact counted from the end": (claim(Relation(minus(ONE, x), ">=", ONE), *UNIT), fact(-1), ()),
    "a hypothesis that is not listed": (claim(Relation(x, ">=", ZERO)), fact(0), ()),
    "a fact with the other sign": (claim(Relation(x, ">=", ZERO), Relation(x, "<=", ZERO)), fact(0), ()),
    "an inequality used as an equation": (
        claim(Relation(x, "<=", ZERO), Relation(x, ">=", ZERO)),
        equation(0, MINUS_ONE),
        (),
    ),
    "an equation from an inequality": (claim(Relation(x, "=", ZERO), Relation(x, ">=", ZERO)), fact(0), ()),
    "x / x = 1 without x != 0": (claim(Relation(CANCELLED, "=", ONE)), NOTHING, ()),
    "x / x = 1 with nothing for x != 0": (claim(Relation(CANCELLED, "=", ONE)), NOTHING, (NOTHING,)),
    "x / x = 1 with x != 0 from itself": (claim(Relation(CANCELLED, "=", ONE)), NOTHING, (fact(0),)),
    "x / x = 1 with x != 0 by Sturm": (
        claim(Relation(CANCELLED, "=", ONE)),
        NOTHING,
        (Sturm("x", None, None),),
    ),
    "x / x = 1 with x != 0 by cases": (
        claim(Relation(CANCELLED, "=", ONE)),
        NOTHING,
        (Split(x, (), Apart("<", Combination((), (Summand(Fraction(1), (0,), ONE),), ())), NOTHING, NOTHING),),
    ),
    "0 / x = 0 without x != 0": (claim(Relation(Product((ZERO, INVERSE)), "=", ZERO)), NOTHING, ()),
    "1 / x = 1 / x without x != 0": (claim(Relation(INVERSE, "=", INVERSE)), NOTHING, ()),
    "a denominator that can vanish, in a factor": (
        claim(Relation(ONE, "=", ZERO), Relation(x, "=", ZERO)),
        equation(0, INVERSE),
        (),
    ),
    "a denominator that can vanish, in a square": (
        claim(Relation(ONE, ">=", TWO), Relation(x, ">=", ZERO)),
        Combination((), (Summand(Fraction(1), (0,), INVERSE),), ()),
        (),
    ),
    "a denominator that can vanish, in a split": (
        claim(Relation(Power(x, 2), ">", ZERO)),
        Split(INVERSE, (), weighted(1, 0, 0), weighted(1, 0, 0), weighted(1, 0, 0)),
        (),
    ),
    "a denominator that can vanish, in a lemma": (
        claim(Relation(x, "!=", ZERO)),
        Lemma(Relation(CANCELLED, "=", ONE), Proof((), NOTHING), Contradiction(equation(2))),
        (),
    ),
    "a denominator that can vanish, in an axiom": (
        claim(Relation(x, "!=", ZERO)),
        Axiom("exponential positive", (INVERSE,), (), (), Contradiction(fact(0))),
        (),
    ),
    "a denominator that can vanish, in an instance": (
        claim(Relation(x, "!=", ZERO)),
        Instance(
            Statement(("x",), (), (), Relation(ONE, ">", ZERO)),
            Proof((), weighted(1)),
            (INVERSE,),
            (),
            (),
            Contradiction(fact(0)),
        ),
        (),
    ),
    "a quotient whose sign is that of its numerator": (
        claim(Relation(INVERSE, ">", ZERO), Relation(x, "<", ZERO)),
        Sturm("x", None, 0),
        (Sturm("x", None, 0),),
    ),
    "sqrt(x)**2 = x without x >= 0": (claim(Relation(Power(SQUARE_ROOT, 2), "=", x)), NOTHING, ()),
    "sqrt(x)**2 = x by the axiom, its premise unproved": (
        claim(Relation(Power(SQUARE_ROOT, 2), "=", x)),
        Axiom("square root", (x,), (), (), equation(1)),
        (NOTHING,),
    ),
    "sqrt(x)**2 = x by the axiom, its premise from its condition": (
        claim(Relation(Power(SQUARE_ROOT, 2), "=", x)),
        Axiom("square root", (x,), (), (fact(0),), equation(3)),
        (fact(0),),
    ),
    "sqrt(x**2) = x": (claim(Relation(Apply("sqrt", (Power(x, 2),)), "=", x)), NOTHING, (weighted(1, square=x),)),
    "sqrt(x) > 0 at x = 0": (
        claim(Relation(SQUARE_ROOT, ">", ZERO), Relation(x, ">=", ZERO)),
        Axiom("square root positive", (x,), (), (fact(0),), fact(3)),
        (fact(0),),
    ),
    "log(x) is defined at 0": (
        claim(Relation(LOGARITHM, "=", LOGARITHM), Relation(x, ">=", ZERO)),
        NOTHING,
        (fact(0),),
    ),
    "log(x) <= x - 1 everywhere": (
        claim(Relation(LOGARITHM, "<=", minus(x, ONE))),
        Axiom("logarithm tangent", (x,), (), (NOTHING,), fact(2)),
        (NOTHING,),
    ),
    "log(x y) = log(x) + log(y) for two negative numbers": (
        claim(
            Relation(Apply("log", (Product((x, y)),)), "=", Sum((LOGARITHM, Apply("log", (y,))))),
            Relation(Product((x, y)), ">", ZERO),
        ),
        Axiom("logarithm of product", (x, y), (), (fact(0), fact(0)), equation(4)),
        (fact(0), fact(0), fact(0)),
    ),
    "cos(arccos(x)) = x everywhere": (
        claim(Relation(Apply("cos", (Apply("arccos", (x,)),)), "=", x)),
        Axiom("cosine of arccosine", (x,), (), (NOTHING, NOTHING), equation(4)),
        (NOTHING, NOTHING),
    ),
    "cos(arccos(x)) = x above -1": (
        claim(Relation(Apply("cos", (Apply("arccos", (x,)),)), "=", x), Relation(x, ">=", MINUS_ONE)),
        Axiom("cosine of arccosine", (x,), (), (fact(0), fact(0)), equation(5)),
        (fact(0), fact(0)),
    ),
    "the power of a negative number": (
        claim(Relation(Apply("power", (x, TWO)), "=", Apply("power", (x, TWO))), Relation(x, "!=", ZERO)),
        NOTHING,
        (fact(0),),
    ),
    "an axiom that nobody knows": (
        claim(Relation(SQUARE_ROOT, "=", x), Relation(x, ">=", ZERO)),
        Axiom("square root is the identity", (x,), (), (), equation(2)),
        (fact(0),),
    ),
    "an axiom with its arguments exchanged": (
        claim(Relation(Apply("exp", (y,)), "<=", Apply("exp", (x,))), Relation(x, "<=", y)),
        Axiom("exponential increases", (y, x), (), (fact(0),), fact(2)),
        (),
    ),
    "an axiom's strict conclusion from the weak premise": (
        claim(Relation(Apply("exp", (x,)), "<", Apply("exp", (y,))), Relation(x, "<=", y)),
        Axiom("exponential strictly increases", (x, y), (), (fact(0),), fact(2)),
        (),
    ),
    "equal values from equal arguments that are not defined": (
        claim(Relation(SQUARE_ROOT, "=", Apply("sqrt", (y,))), Relation(x, "=", y)),
        Axiom("equal arguments of sqrt", (x, y), (), (NOTHING, NOTHING, equation(0)), equation(6)),
        (NOTHING, NOTHING),
    ),
    "a vector named twice": (
        claim(Relation(minus(Inner("u", "u"), Inner("u", "v")), ">=", ZERO)),
        Axiom("square of vector", (ONE, MINUS_ONE), ("u", "u"), (), fact(0)),
        (),
    ),
    "a vector named twice by Cauchy and Schwarz": (
        claim(Relation(Power(Inner("u", "v"), 2), "<=", ZERO)),
        Axiom("Cauchy-Schwarz", (ONE, ZERO, ZERO, ZERO), ("u", "u"), (), fact(0)),
        (),
    ),
    "the square of a vector is positive": (
        claim(Relation(Inner("u", "u"), ">", ZERO)),
        Axiom("square of vector", (ONE,), ("u",), (), fact(0)),
        (),
    ),
    "an inner product is not negative": (
        claim(Relation(Inner("u", "v"), ">=", ZERO)),
        Axiom("square of vector", (ONE, ONE), ("u", "v"), (), fact(0)),
        (),
    ),
    "Cauchy and Schwarz without the square": (
        claim(Relation(Inner("u", "v"), "<=", Product((Inner("u", "u"), Inner("v", "v"))))),
        Axiom("Cauchy-Schwarz", (ONE, ZERO, ZERO, ONE), ("u", "v"), (), fact(0)),
        (),
    ),
    "a ball that touches a singularity": (
        claim(Relation(INVERSE, ">=", ONE), *UNIT),
        box(Cell()),
        (box(Cell()),),
    ),
    "a ball around a singularity": (
        claim(Relation(Power(x, -2), ">", ZERO), *AROUND_ZERO),
        box(Cell()),
        (box(Cut("x", Fraction(0), Cell(), Cell())),),
    ),
    "a ball that touches the logarithm's singularity": (
        claim(Relation(LOGARITHM, "<=", ZERO), *UNIT),
        box(Cell()),
        (box(Cut("x", Fraction(1, 2), Cell(), Cell())),),
    ),
    "a ball that the goal leaves": (claim(Relation(x, "<", ONE), *UNIT), box(Cell()), ()),
    "a ball with one end of the box cut off": (
        claim(Relation(x, "<", ONE), *UNIT),
        box(Cut("x", Fraction(1, 2), Cell(), Excluded(1))),
        (),
    ),
    "a cut outside the box": (
        claim(Relation(x, "<", Rational(Fraction(1, 2))), *UNIT),
        box(Cut("x", Fraction(2), Cell(), Excluded(1))),
        (),
    ),
    "a cell excluded by a fact that may hold there": (
        claim(Relation(x, ">", ONE), *UNIT),
        box(Excluded(0)),
        (),
    ),
    "a box with the ends exchanged": (
        claim(Relation(x, ">", TWO), *UNIT),
        Balls((Range("x", 1, 0),), Cell()),
        (),
    ),
    "a box without interior or points": (
        claim(Relation(x, ">", TWO), Relation(x, ">=", ONE), Relation(x, "<=", ZERO)),
        box(Cell()),
        (),
    ),
    "a variable outside the box": (claim(Relation(y, "<", TWO), *UNIT), box(Cell()), ()),
    "an equation by balls": (
        claim(Relation(x, "=", ONE), Relation(x, ">=", ONE), Relation(x, "<=", ONE), Relation(y, "=", ZERO)),
        box(Cell()),
        (),
    ),
    "Sturm on an empty interval": (claim(Relation(x, ">", TWO), *EMPTY), Sturm("x", 0, 1), ()),
    "Sturm on an interval turned around": (
        claim(Relation(x, ">", TWO), Relation(x, ">=", ONE), Relation(x, "<=", ZERO)),
        Sturm("x", 0, 1),
        (),
    ),
    "Sturm with an upper bound used as a lower one": (
        claim(Relation(x, ">=", ZERO), Relation(x, "<=", ZERO)),
        Sturm("x", 0, None),
        (),
    ),
    "Sturm with the bound of another variable": (
        claim(Relation(x, ">=", ZERO), Relation(y, ">=", ZERO)),
        Sturm("x", 0, None),
        (),
    ),
    "Sturm with != as a bound": (
        claim(Relation(x, ">=", ZERO), Relation(x, "!=", ZERO)),
        Sturm("x", 0, None),
        (),
    ),
    "Sturm without the bound": (claim(Relation(x, ">=", ZERO), UNIT[1]), Sturm("x", None, 0), ()),
    "Sturm at a closed end": (claim(Relation(x, ">", ZERO), *UNIT), Sturm("x", 0, 1), ()),
    "Sturm at a double root": (
        claim(Relation(Power(minus(x, TWO), 2), ">", ZERO), UNIT[0]),
        Sturm("x", 0, None),
        (),
    ),
    "Sturm for an equation": (claim(Relation(x, "=", ZERO), *UNIT), Sturm("x", 0, 1), ()),
    "Sturm for an equation whose sides never meet": (
        claim(Relation(Sum((x, TWO)), "=", ONE), *UNIT),
        Sturm("x", 0, 1),
        (),
    ),
    "Sturm for two variables": (claim(Relation(Sum((x, Power(y, 3))), ">=", ZERO), *UNIT), Sturm("x", 0, 1), ()),
    "a multiplier != for an inequality": (
        claim(Relation(y, ">", ZERO), Relation(x, "!=", ZERO), Relation(Product((x, y)), ">", ZERO)),
        Combination((0,), (Summand(Fraction(1), (1,), ONE),), ()),
        (),
    ),
    "a multiplier that may be zero": (
        claim(Relation(y, "=", ZERO), Relation(x, ">=", ZERO), Relation(Product((x, y)), "=", ZERO)),
        Combination((0,), (), (Multiple(ONE, 1),)),
        (),
    ),
    "a multiplier that is zero": (
        claim(Relation(y, "=", ZERO), Relation(x, "=", ZERO)),
        Combination((0,), (), (Multiple(y, 0),)),
        (),
    ),
    "an instance with its hypothesis unproved": (
        claim(Relation(Sum((y, ONE)), ">", ONE)),
        Instance(POSITIVE, Proof((), fact(0)), (y,), (), (), fact(0)),
        (),
    ),
    "an instance with nothing for its hypothesis": (
        claim(Relation(Sum((y, ONE)), ">", ONE)),
        Instance(POSITIVE, Proof((), fact(0)), (y,), (), (Proof((), NOTHING),), fact(0)),
        (),
    ),
    "an instance of a false statement": (
        claim(Relation(y, ">", ZERO)),
        Instance(Statement(("x",), (), (), Relation(x, ">", ZERO)), Proof((), fact(0)), (y,), (), (), fact(0)),
        (),
    ),
    "an instance at other values": (
        claim(Relation(y, ">", ZERO), Relation(x, ">", ZERO)),
        Instance(POSITIVE, Proof((), fact(0)), (x,), (), (Proof((), fact(0)),), fact(1)),
        (),
    ),
    "an instance of its own goal": (
        claim(ABSURD),
        Instance(Statement((), (), (), ABSURD), Proof((), fact(0)), (), (), (), fact(0)),
        (),
    ),
    "a lemma proved by itself": (claim(ABSURD), Lemma(ABSURD, Proof((), fact(0)), fact(0)), ()),
    "a lemma proved by nothing": (claim(ABSURD), Lemma(ABSURD, Proof((), NOTHING), fact(0)), ()),
    "a split without its middle": (
        claim(Relation(Power(x, 2), ">", ZERO)),
        Split(x, (), weighted(1, 0, 0), weighted(1, 0, 0), weighted(1, 0, 0)),
        (),
    ),
    "a split with its sides exchanged": (
        claim(Relation(x, ">=", ZERO)),
        Split(x, (), fact(0), equation(0), fact(0)),
        (),
    ),
    "between, for an inequality": (
        claim(Relation(x, "<", y), Relation(x, "<=", y)),
        Between(fact(0), fact(0)),
        (),
    ),
    "between, one half twice": (claim(Relation(x, "=", y), Relation(x, "<=", y)), Between(fact(0), fact(0)), ()),
    "apart, by a sign that is not strict": (
        claim(Relation(x, "!=", ZERO), Relation(x, ">=", ZERO)),
        Apart(">=", fact(0)),
        (),
    ),
    "apart, from a fact that is not strict": (
        claim(Relation(x, "!=", ZERO), Relation(x, ">=", ZERO)),
        Apart(">", fact(0)),
        (),
    ),
    "apart, for an inequality": (claim(Relation(x, ">", ZERO), Relation(x, "<", ZERO)), Apart("<", fact(0)), ()),
    "contradiction, without one": (claim(Relation(x, ">=", ZERO)), Contradiction(NOTHING), ()),
    "contradiction, by its own new goal": (claim(Relation(x, ">=", ZERO)), Contradiction(fact(1)), ()),
    "pi = 355/113": (
        claim(Relation(Apply("pi", ()), "=", Rational(Fraction(355, 113)))),
        Between(Axiom("values of pi", (), (), (), fact(5)), Axiom("values of pi", (), (), (), fact(4))),
        (),
    ),
    "an undeclared variable": (claim(Relation(Variable("z"), "=", Variable("z"))), NOTHING, ()),
    "an undeclared vector": (claim(Relation(Inner("u", "w"), "=", Inner("u", "w"))), NOTHING, ()),
    "an undeclared variable in a factor": (
        claim(Relation(Product((x, y)), ">", ZERO), Relation(x, "=", ZERO)),
        equation(0, Variable("z")),
        (),
    ),
}


#: True statements: nothing satisfies the hypotheses, or there is no name to speak of.
TRUE_ALL_THE_SAME = {
    "a box without interior or points",
    "an equation by balls",
    "Sturm on an empty interval",
    "Sturm on an interval turned around",
    "an undeclared variable",
    "an undeclared vector",
}

NUMBERS = [Fraction(value) for value in ("-2", "-1", "-1/2", "0", "1/2", "1", "2", "5")]
PLANE = [(Fraction(1, 2), Fraction(0)), (Fraction(-1), Fraction(1)), (Fraction(3), Fraction(0)), (Fraction(0),) * 2]


def places() -> Iterator[dict[Term, Fraction]]:
    for at_x, at_y in product(NUMBERS, NUMBERS):
        for u, v in product(PLANE, PLANE) if at_x == at_y == 0 else [PLANE[:2]]:
            yield {
                x: at_x,
                y: at_y,
                **{
                    Inner(left, right): sum((a * b for a, b in zip(p, q, strict=True)), Fraction(0))
                    for (left, p), (right, q) in ((("u", u), ("u", u)), (("u", u), ("v", v)), (("v", v), ("v", v)))
                },
            }


def holds(relation: Relation, place: dict[Term, Fraction]) -> bool:
    """Truth; values that agree in all 40 digits count as equal, which is good enough for these few."""
    try:
        return truth(relation, place)
    except Undefined:
        return False
    except Unclear:
        left, right = (inexact(value(side, place)) for side in (relation.left, relation.right))
        assert abs(left - right) * 10**38 < 1
        return relation.sign in ("=", "<=", ">=")


def has_counterexample(statement: Statement) -> bool:
    return any(
        all(holds(hypothesis, place) for hypothesis in statement.hypotheses) and not holds(statement.goal, place)
        for place in places()
    )


@pytest.mark.parametrize("name", [name for name in FALSEHOODS if name not in TRUE_ALL_THE_SAME])
def test_a_falsehood_is_false(name: str) -> None:
    assert has_counterexample(FALSEHOODS[name][0])


@contextmanager
def at_once() -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < 1


@pytest.mark.parametrize("name", FALSEHOODS)
def test_a_falsehood_is_turned_down(name: str) -> None:
    statement, evidence, definedness = FALSEHOODS[name]
    with at_once(), pytest.raises(Rejected):
        check(statement, Proof(definedness, evidence))


@pytest.mark.parametrize("name", [name for name in FALSEHOODS if "undeclared" not in name])
def test_a_falsehood_is_turned_down_when_read_from_json(name: str) -> None:
    statement, evidence, definedness = FALSEHOODS[name]
    written = json.dumps([encode_statement(statement), encode(Proof(definedness, evidence))])
    with at_once(), pytest.raises((Rejected, Malformed)):
        data = json.loads(written)
        check(decode_statement(data[0]), decode_proof(data[1]))


# Witnesses that refute nothing

SUM = Sum((Power(Apply("sin", (x,)), 2), Power(Apply("cos", (x,)), 2)))
SQRT_TWO = Root((Fraction(-2), Fraction(0), Fraction(1)), Fraction(1), Fraction(2))
TRUE = claim(Relation(x, ">", ZERO), Relation(x, ">", ZERO))
FLAT = (Fraction(0),), (Fraction(0),)


def witness(*values: int | Root, vectors: tuple[tuple[Fraction, ...], ...] = FLAT) -> Witness:
    return Witness(tuple(Fraction(one) if isinstance(one, int) else one for one in values), vectors)


#: name: a true statement, and the witness against it
WITNESSES: dict[str, tuple[Statement, Witness]] = {
    "too few values": (TRUE, witness(0)),
    "too many values": (TRUE, witness(0, 0, 0)),
    "no values": (TRUE, witness()),
    "too few vectors": (TRUE, witness(0, 0, vectors=FLAT[:1])),
    "too many vectors": (TRUE, witness(0, 0, vectors=(*FLAT, FLAT[0]))),
    "vectors of two spaces": (TRUE, witness(0, 0, vectors=((Fraction(1),), (Fraction(1), Fraction(1))))),
    "a hypothesis that fails": (TRUE, witness(-1, 0)),
    "a hypothesis that is undefined": (
        claim(Relation(x, "!=", ZERO), Relation(CANCELLED, "=", ONE)),
        witness(0, 0),
    ),
    "a hypothesis that is undefined, though its value cancels": (
        claim(Relation(x, ">=", ZERO), Relation(Power(SQUARE_ROOT, 2), "=", x)),
        witness(-1, 0),
    ),
    "a hypothesis that is undefined, though it is multiplied by 0": (
        claim(Relation(x, ">", ZERO), Relation(Product((ZERO, LOGARITHM)), "=", ZERO)),
        witness(0, 0),
    ),
    "a hypothesis that nobody can decide": (
        claim(Relation(ZERO, "=", ZERO), Relation(SUM, "!=", ONE)),
        witness(1, 0),
    ),
    "a goal that holds": (TRUE, witness(1, 0)),
    "a goal that nobody can decide": (claim(Relation(SUM, "=", ONE)), witness(1, 0)),
    "an inequality at equality that nobody can decide": (claim(Relation(SUM, "<=", ONE)), witness(1, 0)),
    "an inequality at equality, of which balls see one side": (
        claim(Relation(Product((MINUS_ONE, Power(minus(SUM, ONE), 2))), ">=", ZERO)),
        witness(1, 0),
    ),
    "a goal whose definedness nobody can decide": (
        claim(Relation(Apply("sqrt", (minus(SUM, ONE),)), ">=", ZERO)),
        witness(1, 0),
    ),
    "a goal that holds at a root": (claim(Relation(Power(x, 2), "=", TWO), Relation(x, "<", TWO), Relation(
        Power(x, 2), "=", TWO)), witness(SQRT_TWO, 0)),
    "an interval without a root": (
        claim(Relation(ZERO, "=", ZERO)),
        witness(Root((Fraction(1), Fraction(0), Fraction(1)), Fraction(0), Fraction(1)), 0),
    ),
    "an interval with two roots": (
        claim(Relation(Power(x, 2), "=", TWO), Relation(Power(x, 2), "=", TWO)),
        witness(Root((Fraction(-2), Fraction(0), Fraction(1)), Fraction(-2), Fraction(2)), 0),
    ),
    "the root of nothing": (claim(Relation(ZERO, "=", ZERO)), witness(Root((), Fraction(0), Fraction(1)), 0)),
    "the root of the zero polynomial": (
        claim(Relation(x, "=", x)),
        witness(Root((Fraction(0), Fraction(0)), Fraction(0), Fraction(1)), 0),
    ),
    "vectors with lengths that no space has": (
        claim(Relation(Inner("u", "u"), ">=", ZERO)),
        witness(0, 0, vectors=((Fraction(-1),), (Fraction(0),))),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WITNESSES)
def test_a_witness_against_a_truth_is_turned_down(name: str) -> None:
    statement, point = WITNESSES[name]
    with at_once(), pytest.raises(Rejected):
        refute(statement, point)
    written = json.dumps([encode_statement(statement), encode(point)])
    with at_once(), pytest.raises((Rejected, Malformed)):
        data = json.loads(written)
        refute(decode_statement(data[0]), decode_witness(data[1]))


# JSON that says what no statement and no certificate says

GOAL = ["<=", ["rational", "0"], ["rational", "1"]]
SUMMAND = ["Summand", "1", [], ["rational", "1"]]
Json = Any


def stated(goal: Json = GOAL, variables: Json = ("x",), hypotheses: Json = ()) -> Json:
    return ["statement", list(variables), [], list(hypotheses), goal]


def proved(summand: Json = SUMMAND, evidence: Json = None) -> Json:
    return ["Proof", [], evidence or ["Combination", [], [summand], []]]


def nested(data: Json, wrap: Callable[[Json], Json], depth: int) -> Json:
    for _ in range(depth):
        data = wrap(data)
    return data


def test_the_pattern_of_the_malformed_is_accepted() -> None:
    check(decode_statement(stated()), decode_proof(proved()))


NINES = "9" * 3000

MALFORMED: dict[str, tuple[Json, Json]] = {
    "a float for a number": (stated(["<=", ["rational", 0.0], ["rational", "1"]]), proved()),
    "a float in a string": (stated(["<=", ["rational", "0.0"], ["rational", "1"]]), proved()),
    "a float that is whole, as exponent": (
        stated(["<=", ["rational", "0"], ["power", ["rational", "1"], 2.0]]),
        proved(),
    ),
    "a float for a weight": (stated(), proved(["Summand", 1.0, [], ["rational", "1"]])),
    "a float for a fact": (stated(hypotheses=[GOAL]), proved(["Summand", "1", [0.0], ["rational", "1"]])),
    "a float for a bound": (stated(), proved(evidence=["Sturm", "x", 0.0, None])),
    "an infinite weight": (stated(), proved(["Summand", "inf", [], ["rational", "1"]])),
    "a weight that is not a number": (stated(), proved(["Summand", "nan", [], ["rational", "1"]])),
    "true for 1, as exponent": (stated(["<=", ["rational", "0"], ["power", ["rational", "1"], True]]), proved()),
    "false for 0, as fact": (stated(hypotheses=[GOAL]), proved(["Summand", "1", [False], ["rational", "1"]])),
    "true for 1, as weight": (stated(), proved(["Summand", True, [], ["rational", "1"]])),
    "true for a bound": (stated(hypotheses=[GOAL, GOAL]), proved(evidence=["Sturm", "x", True, None])),
    "null for a fact": (stated(hypotheses=[GOAL]), proved(["Summand", "1", [None], ["rational", "1"]])),
    "an exponent as text": (stated(["<=", ["rational", "0"], ["power", ["rational", "1"], "2"]]), proved()),
    "a huge exponent": (stated(["<=", ["rational", "0"], ["power", ["variable", "x"], 10**9]]), proved()),
    "a hugely negative exponent": (
        stated(["<=", ["rational", "0"], ["power", ["variable", "x"], -(10**9)]]),
        proved(),
    ),
    "an exponent of a thousand digits": (
        stated(["<=", ["rational", "0"], ["power", ["variable", "x"], 10**1000]]),
        proved(),
    ),
    "a huge fact number": (stated(), proved(["Summand", "1", [10**1000], ["rational", "1"]])),
    "a number of too many digits": (stated(["<=", ["rational", "-" + NINES], ["rational", "0"]]), proved()),
    "a denominator of too many digits": (stated(["<=", ["rational", "0"], ["rational", "1/" + NINES]]), proved()),
    "a weight of too many digits": (stated(), proved(["Summand", NINES, [], ["rational", "1"]])),
    "a denominator of zero": (stated(["<=", ["rational", "0"], ["rational", "1/0"]]), proved()),
    "a weight that is not in lowest terms": (stated(), proved(["Summand", "2/2", [], ["rational", "1"]])),
    "a term nested deeply": (
        stated(["<=", ["rational", "0"], nested(["rational", "1"], lambda inner: ["sum", inner], 1000)]),
        proved(),
    ),
    "a proof nested deeply": (
        stated(),
        proved(evidence=nested(proved()[2], lambda inner: ["Contradiction", inner], 1000)),
    ),
    "nesting under the wrong kind": (stated(nested([], lambda inner: [inner], 1000)), proved()),
    "a cover nested deeply": (
        stated(),
        proved(evidence=["Balls", [], nested(["Cell"], lambda inner: ["Cut", "x", "1", inner, ["Cell"]], 1000)]),
    ),
    "an undeclared name": (stated(["<=", ["variable", "y"], ["variable", "y"]]), proved()),
    "an undeclared vector": (stated(["<=", ["inner", "u", "u"], ["inner", "u", "u"]]), proved()),
    "an undeclared name in a hypothesis": (stated(hypotheses=[["=", ["variable", "y"], ["sum"]]]), proved()),
    "a name declared twice": (stated(variables=["x", "x"]), proved()),
    "a name that is code": (stated(variables=["__import__('os')"]), proved()),
    "a name with a newline": (stated(variables=["x\n"]), proved()),
    "a sign that nobody knows": (stated(["~", *GOAL[1:]]), proved()),
    "a sign that is not text": (stated([0, *GOAL[1:]]), proved()),
    "a function that nobody knows": (stated(["<=", ["rational", "0"], ["apply", "eval", ["sum"]]]), proved()),
    "a function of too many arguments": (
        stated(["<=", ["rational", "0"], ["apply", "exp", ["sum"], ["sum"]]]),
        proved(),
    ),
    "an inner product in the other order": (
        ["statement", [], ["u", "v"], [], ["=", ["inner", "v", "u"], ["inner", "u", "v"]]],
        proved(),
    ),
    "evidence that nobody knows": (stated(), proved(evidence=["Trust"])),
    "a part in place of evidence": (stated(), proved(evidence=["Cell"])),
    "a term in place of evidence": (stated(), proved(evidence=["rational", "1"])),
    "evidence with a part too many": (stated(), proved(evidence=["Combination", [], [SUMMAND], [], []])),
    "evidence with a part too few": (stated(), proved(evidence=["Combination", [], [SUMMAND]])),
    "a dictionary in place of a list": (stated(), {"Proof": [[], ["Combination", [], [SUMMAND], []]]}),
    "a string in place of a list": (stated(), proved(evidence="Combination")),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_does_not_follow_the_grammar_is_malformed(name: str) -> None:
    statement, proof = MALFORMED[name]
    with at_once(), pytest.raises(Malformed):
        check(decode_statement(statement), decode_proof(proof))


@pytest.mark.parametrize("written", ['["rational", NaN]', '["rational", Infinity]', '["power", ["sum"], 1e2]'])
def test_numbers_that_are_only_python_json_are_malformed(written: str) -> None:
    with pytest.raises(Malformed):
        decode_statement(stated(["<=", ["rational", "0"], json.loads(written)]))


@pytest.mark.parametrize(
    "data",
    [
        ["Witness", [0], []],
        ["Witness", [0.0], []],
        ["Witness", [True], []],
        ["Witness", ["1/0"], []],
        ["Witness", ["0.5"], []],
        ["Witness", [NINES], []],
        ["Witness", [["Root", [-2, 0, 1], "1", "2"]], []],
        ["Witness", [["Root", ["-2", "0", "1"], 1, 2]], []],
        ["Witness", ["0"], [[0.5]]],
        ["Witness", "0", []],
        ["Proof", ["0"], []],
    ],
    ids=lambda data: json.dumps(data)[:40],
)
def test_a_malformed_witness(data: Json) -> None:
    with at_once(), pytest.raises(Malformed):
        decode_witness(data)


# Python values that no JSON says: a certificate need not come from a file


class Trusting(Combination):
    """It claims to be a combination."""


SMALLER: Any = claim(Relation(ZERO, "<=", ONE))

PYTHON: dict[str, Any] = {
    "a float weight": Proof((), Combination((), (Summand(1.0, (), ONE),), ())),  # type: ignore[arg-type]
    "an integer weight": Proof((), Combination((), (Summand(1, (), ONE),), ())),  # type: ignore[arg-type]
    "a float in a term": Proof((), weighted(1, square=Rational(1.0))),  # type: ignore[arg-type]
    "true for a fact": Proof((), Combination((), (Summand(Fraction(1), (True,), ONE),), ())),
    "a function that nobody knows": Proof((), weighted(1, square=Apply("one", ()))),
    "a subclass": Proof((), Trusting((), (Summand(Fraction(1), (), ONE),), ())),
    "a cell": Proof((), Cell()),  # type: ignore[arg-type]
    "a cover that is none": Proof((), Balls((), weighted(1))),  # type: ignore[arg-type]
    "no evidence": Proof((), None),  # type: ignore[arg-type]
    "evidence alone": weighted(1),
    "a list": ["Proof", [], ["Combination", [], [SUMMAND], []]],
    "an object": object(),
}


@pytest.mark.parametrize("name", PYTHON)
def test_python_values_that_json_cannot_say_are_turned_down(name: str) -> None:
    with at_once(), pytest.raises(Rejected):
        check(SMALLER, PYTHON[name])


def deep(wrap: Callable[[Any], Any], core: Any, depth: int = 5000) -> Any:
    for _ in range(depth):
        core = wrap(core)
    return core


LONG = Rational(Fraction(10**5000))


@pytest.mark.parametrize(
    ("statement", "proof"),
    [
        (SMALLER, Proof((), deep(Contradiction, weighted(1)))),
        (SMALLER, Proof((), weighted(1, square=deep(lambda term: Sum((term,)), ONE)))),
        (claim(Relation(ZERO, "<=", deep(lambda term: Sum((term,)), ONE))), Proof((), weighted(1))),
        (claim(Relation(ZERO, "<=", LONG)), Proof((), weighted(10**5000))),
        (SMALLER, Proof((), weighted(Fraction(1, 10**5000)))),
    ],
    ids=["deep evidence", "a deep square", "a deep goal", "a long number", "a long weight"],
)
def test_python_values_too_deep_or_too_long_for_json_are_turned_down(statement: Statement, proof: Proof) -> None:
    with at_once(), pytest.raises(Rejected):
        check(statement, proof)
    with at_once(), pytest.raises(Rejected):
        refute(statement, proof)  # type: ignore[arg-type]


def test_python_values_that_json_can_say_are_accepted() -> None:
    check(SMALLER, Proof((), weighted(1)))


@pytest.mark.parametrize(
    "goal",
    [
        Relation(ZERO, "<=", Rational(1.0)),  # type: ignore[arg-type]
        Relation(ZERO, "less", ONE),
        Relation(ZERO, "<=", Apply("one", ())),
        Relation(ZERO, "<=", Power(ONE, 10**9)),
        Relation(ZERO, "<=", Power(ONE, True)),
        Relation(Inner("v", "u"), "=", Inner("v", "u")),
        Relation(Variable("x y"), "=", Variable("x y")),
        Relation(ZERO, "<=", None),  # type: ignore[arg-type]
    ],
    ids=repr,
)
def test_statements_that_json_cannot_say_are_turned_down(goal: Relation) -> None:
    for proof in (Proof((), weighted(1)), Proof((), NOTHING)):
        with at_once(), pytest.raises(Rejected):
            check(claim(goal), proof)
