"""Derivatives against difference quotients, and the mean value theorem with each of its parts left out in turn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flint import arb

from proofcheck.kernel.balls import enclose
from proofcheck.kernel.calculus import derivative
from proofcheck.kernel.certificates import Apart, Axiom, Evidence, Multiple, Proof, Slope, decode_proof, encode
from proofcheck.kernel.check import Rejected, check
from proofcheck.kernel.statements import Relation, Statement
from proofcheck.kernel.terms import Power, Product, Sum, Term, Variable

from .examples import (
    ONE,
    ZERO,
    apply,
    combination,
    minus,
    number,
    plus,
    proof,
    same,
    sqrt,
    statement,
    summand,
    times,
    x,
    y,
)

TERMS: list[Term] = [
    number(3),
    x,
    y,
    plus(x, y, number(1)),
    times(x, y, x),
    Power(plus(x, y), 3),
    Power(plus(x, number(2)), -2),
    Power(x, 1),
    Power(x, 0),
    sqrt(plus(number(1), times(x, x))),
    apply("exp", times(x, y)),
    apply("log", plus(x, y)),
    apply("power", x, plus(x, y)),
    apply("power", y, number(2)),
    apply("sin", times(x, x)),
    apply("cos", times(y, x)),
    apply("arccos", times(number(1, 4), x)),
    times(apply("pi"), x),
    Product(()),
    Sum(()),
]


@pytest.mark.parametrize("term", TERMS, ids=range(len(TERMS)))
def test_a_derivative_is_the_limit_of_difference_quotients(term: Term) -> None:
    def at(value: Term, place: arb) -> arb:
        return enclose(value, {x: place, y: arb(2)})

    step = arb(1) / 2**20
    quotient = (at(term, 1 + step) - at(term, 1 - step)) / (2 * step)
    assert abs(quotient - at(derivative(term, Variable("x")), arb(1))) < arb(1) / 10**4


def test_what_vanishes_in_a_denominator_stays_there() -> None:
    quotient = times(x, Power(x, -1))
    assert enclose(derivative(quotient, Variable("x")), {x: arb(0)}).is_nan()
    assert enclose(derivative(sqrt(x), Variable("x")), {x: arb(0)}).is_nan()


between = Variable("x_1")


#: 0: x >= 0, 1: the order, 2 and 3: the value between lies between; 4 and 5: strictly.
CUBE = statement(Relation(Power(x, 3), ">=", ZERO), Relation(x, ">=", ZERO))
RISING = Slope(
    "x",
    ZERO,
    ">=",
    "x_1",
    (),
    same(0),
    (),
    Proof((), combination(summand(3, square=between))),
    combination(),
)
GROWING = statement(Relation(Power(x, 3), ">", ZERO), Relation(x, ">", ZERO))
STRICTLY = replace(RISING, direction=">", slope=Proof((), combination(summand(3, 4, 4))))


def accepted(claimed: Statement, evidence: Evidence) -> None:
    check(claimed, decode_proof(encode(proof(evidence))))


def rejected(claimed: Statement, evidence: Evidence, reason: str | None = None) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claimed, proof(evidence))


def test_what_rises_from_zero_is_not_negative() -> None:
    accepted(CUBE, RISING)
    accepted(GROWING, STRICTLY)
    accepted(GROWING, replace(RISING, value=combination(), direction=">", slope=STRICTLY.slope))


def test_what_falls_towards_zero_from_below_is_not_negative() -> None:
    claimed = statement(Relation(Power(x, 3), "<=", ZERO), Relation(x, "<=", ZERO))
    falling = replace(RISING, direction="<=", slope=Proof((), combination(summand(3, square=between))))
    accepted(claimed, falling)
    even = statement(Relation(Power(x, 2), ">=", ZERO), Relation(x, "<=", ZERO))
    accepted(even, replace(falling, slope=Proof((), combination(summand(2, 2)))))
    rejected(even, replace(falling, direction=">=", slope=Proof((), combination(summand(2, 2)))))


def test_what_does_not_change_is_constant() -> None:
    squares = plus(Power(apply("sin", x), 2), Power(apply("cos", x), 2))
    constant = statement(Relation(squares, "=", ONE), Relation(x, ">=", ZERO))
    special = Axiom("special values", (), (), (), combination())
    turned = replace(
        RISING,
        slope=Proof((), combination()),
        value=replace(
            special,
            then=combination(Multiple(apply("sin", ZERO), 6), Multiple(plus(ONE, apply("cos", ZERO)), 7)),
        ),
    )
    accepted(constant, turned)
    rejected(statement(Relation(x, "=", ZERO), Relation(x, ">=", ZERO)), replace(turned, value=combination()))


def test_what_only_does_not_fall_is_not_constant() -> None:
    rising = replace(RISING, slope=Proof((), combination(summand(1))))
    accepted(statement(Relation(x, ">=", ZERO), Relation(x, ">=", ZERO)), rising)
    rejected(statement(Relation(x, "=", ZERO), Relation(x, ">=", ZERO)), rising)


def test_the_slope_may_vanish_at_either_end() -> None:
    """The derivative 1 - x_1 is positive since x_1 < x <= 1."""
    parabola = minus(x, times(number(1, 2), Power(x, 2)))
    claimed = statement(Relation(parabola, ">", ZERO), Relation(x, ">", ZERO), Relation(x, "<=", ONE))
    steep = Proof((), combination(summand(1, 6), summand(1, 1)))
    accepted(claimed, replace(RISING, direction=">", slope=steep, value=combination()))
    mirrored = minus(times(number(-1), x), times(number(1, 2), Power(x, 2)))
    claimed = statement(Relation(mirrored, ">", ZERO), Relation(x, "<", ZERO), Relation(x, ">=", number(-1)))
    accepted(claimed, replace(RISING, direction="<", slope=steep, value=combination()))


def test_a_strict_goal_needs_a_strict_slope_or_a_strict_start() -> None:
    constant = statement(Relation(times(x, ZERO), ">", ZERO), Relation(x, ">", ZERO))
    rejected(constant, replace(RISING, slope=Proof((), combination())))
    rejected(constant, replace(RISING, direction=">", slope=Proof((), combination())))
    rejected(GROWING, replace(STRICTLY, direction=">="))
    at_zero = statement(GROWING.goal, Relation(x, ">=", ZERO))
    rejected(at_zero, STRICTLY)
    rejected(at_zero, RISING)


def test_the_start_has_to_lie_on_the_right_side() -> None:
    rejected(statement(CUBE.goal), replace(RISING, order=combination()))
    rejected(CUBE, replace(RISING, start=ONE), "differ|identity|sum")


def test_the_goal_has_to_hold_at_the_start() -> None:
    shifted = statement(Relation(Power(x, 3), ">=", number(1, 10**9)), *CUBE.hypotheses)
    rejected(shifted, RISING)


def test_the_derivative_needs_its_sign() -> None:
    falls = statement(Relation(minus(ZERO, Power(x, 3)), ">=", ZERO), *CUBE.hypotheses)
    rejected(falls, RISING)
    rejected(falls, replace(RISING, slope=Proof((), combination())))


def test_a_pole_on_the_way_is_no_way() -> None:
    """1/x rises nowhere: it falls on both sides of its pole, so that -1/x would rise from -1 to 1."""
    inverse = minus(ZERO, Power(x, -1))
    false = statement(Relation(inverse, ">=", ONE), Relation(x, ">", ZERO))
    slope = combination(summand(1), multiplier=(6, 6))
    jump = replace(
        RISING,
        start=number(-1),
        order=combination(summand(1, 0), summand(1)),
        inside=(Apart(">", same(2)),),
        slope=Proof((Apart(">", same(2)),), slope),
    )
    with pytest.raises(Rejected):
        check(false, Proof((Apart(">", same(0)),), jump))


def test_conditions_are_proved_all_of_them() -> None:
    rejected(CUBE, replace(RISING, inside=(same(0),)), "conditions of the goal")
    rejected(CUBE, replace(RISING, definedness=(same(0),)), "conditions of the start")
    undefined = replace(RISING, start=Power(ZERO, -1))
    rejected(CUBE, undefined, "conditions of the start")


def test_a_square_root_has_no_slope_at_its_branch() -> None:
    root = statement(Relation(sqrt(x), ">=", ZERO), Relation(x, ">=", ZERO))
    unproved = replace(RISING, slope=Proof((), combination()))
    with pytest.raises(Rejected):
        check(root, Proof((same(0),), replace(unproved, inside=(same(2),))))


@pytest.mark.parametrize("name", ["x", "y"])
def test_the_value_between_has_a_name_of_its_own(name: str) -> None:
    claimed = statement(CUBE.goal, *CUBE.hypotheses, Relation(y, "=", Power(x, 3)))
    moved = combination(summand(3, square=Variable(name)))
    rejected(claimed, replace(RISING, between=name, slope=Proof((), moved)), "taken")


def test_the_name_of_the_start_is_taken() -> None:
    rejected(statement(Relation(x, ">=", y), Relation(x, ">=", y)), replace(RISING, start=between), "taken")


@pytest.mark.parametrize("direction", ["=", "!=", "", ">>"])
def test_a_direction_is_an_order(direction: str) -> None:
    rejected(CUBE, replace(RISING, direction=direction), "direction")


def test_no_inequation() -> None:
    rejected(statement(Relation(Power(x, 3), "!=", number(-1)), *CUBE.hypotheses), RISING, "!=")


def test_facts_about_the_variable_say_nothing_of_the_value_between() -> None:
    """x = 1 is known; that the derivative is positive at 1 says nothing of it on the way."""
    bump = minus(Power(x, 2), x)
    claimed = statement(Relation(bump, ">=", number(1, 4)), Relation(x, "=", ONE))
    order = combination(Multiple(ONE, 0), summand(1))
    slope = Proof((), combination(Multiple(number(2), 0), summand(1)))
    rejected(claimed, replace(RISING, order=order, slope=slope))


def test_a_power_is_derived_as_it_is_written() -> None:
    assert derivative(Power(x, 3), Variable("x")) == times(times(number(3), Power(x, 2)), ONE)
