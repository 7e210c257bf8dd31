"""What each kind of certificate proves, and the falsehoods beside it that it does not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from proofcheck.kernel.certificates import (
    Apart,
    Axiom,
    Balls,
    Between,
    Cell,
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
    Witness,
    encode,
)
from proofcheck.kernel.check import Rejected, check, check_written, close, facts, refute, refute_written
from proofcheck.kernel.statements import Relation, Statement, encode_statement
from proofcheck.kernel.terms import Power, Rational, Reader, Sum, Term, Variable, encode_term

from .examples import (
    ABSURD,
    ONE,
    SUCCESSOR_POSITIVE,
    SUCCESSOR_PROOF,
    TRUTHS,
    UNIT,
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
    uu,
    uv,
    vv,
    x,
    y,
    z,
)


def rejected(claimed: Statement, evidence: Evidence | Proof, reason: str | None = None) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claimed, evidence if isinstance(evidence, Proof) else proof(evidence))


def accepted(claimed: Statement, evidence: Evidence | Proof) -> None:
    check(claimed, evidence if isinstance(evidence, Proof) else proof(evidence))


@pytest.mark.parametrize("name", TRUTHS)
def test_a_true_statement_with_its_proof_is_accepted(name: str) -> None:
    accepted(*TRUTHS[name])


@pytest.mark.parametrize("name", TRUTHS)
def test_the_proof_of_another_statement_is_turned_down(name: str) -> None:
    claimed, given = TRUTHS[name]
    false = replace(claimed, goal=claimed.goal.negated())
    rejected(false, given)
    if name != "ball at a point":
        rejected(replace(claimed, hypotheses=(), goal=Relation(x, ">=", y)), given)


class Table:
    """Terms, each written once."""

    def __init__(self) -> None:
        self.entries: list[object] = []

    def number(self, term: Term) -> int:
        written = encode_term(term, self.number)
        if written not in self.entries:
            self.entries.append(written)
        return self.entries.index(written)


@pytest.mark.parametrize("name", TRUTHS)
def test_a_table_changes_no_verdict(name: str) -> None:
    claimed, given = TRUTHS[name]
    table = Table()
    evidence = encode(given, table.number)
    true, false = (
        encode_statement(each, table.number) for each in (claimed, replace(claimed, goal=claimed.goal.negated()))
    )
    terms = Reader(table.entries)
    for _ in range(2):
        check_written(true, evidence, terms)
        with pytest.raises(Rejected):
            check_written(false, evidence, terms)
    # The next entry is none of this table's.
    with pytest.raises(Rejected, match="names no term"):
        check_written([*true[:4], [true[4][0], len(table.entries), true[4][2]]], evidence, terms)  # type: ignore[index]


def test_a_table_changes_no_witness() -> None:
    table = Table()
    false = encode_statement(statement(Relation(Power(x, 2), "<=", x)), table.number)
    true = encode_statement(statement(Relation(Power(x, 2), ">=", x)), table.number)
    terms = Reader(table.entries)
    witness = encode(Witness((Fraction(2), Fraction(0), Fraction(0)), ((), ())))
    for _ in range(2):
        refute_written(false, witness, terms)
        with pytest.raises(Rejected):
            refute_written(true, witness, terms)


def test_a_statement_and_its_evidence_have_100_000_subterms_together() -> None:
    # The last entry is a tree of 15 levels, with 2**15 - 1 subterms: with the goal's two, and once in each square.
    terms = Reader([["variable", "x"], *(["sum", number_, number_] for number_ in range(14))])
    goal = [">=", ["power", 14, 2], ["rational", "0"]]
    halves = [["Summand", "1/2", [], 14], ["Summand", "1/2", [], 14]]
    known = [["=", ["sum", 0], 0], *[["=", 0, 0]] * 847]
    assert 3 * (2**15 - 1) + 2 + 3 + 2 * 847 == 100_000
    for _ in range(2):
        check_written(["statement", ["x"], [], known, goal], ["Proof", [], ["Combination", [], halves, []]], terms)
        terms.begin()
    with pytest.raises(Rejected, match="more than 100000 subterms"):
        check_written(
            ["statement", ["x"], [], [["=", ["sum", ["sum", 0]], 0], *known[1:]], goal],
            ["Proof", [], ["Combination", [], halves, []]],
            terms,
        )


NEEDLESS = {"split on a partial term"}


@pytest.mark.parametrize("name", [name for name, (claimed, _) in TRUTHS.items() if claimed.hypotheses])
def test_no_hypothesis_can_be_left_out(name: str) -> None:
    claimed, given = TRUTHS[name]
    for number_ in range(len(claimed.hypotheses)):
        fewer = claimed.hypotheses[:number_] + claimed.hypotheses[number_ + 1 :]
        rejected(replace(claimed, hypotheses=fewer), given)


@pytest.mark.parametrize("name", [name for name, (_, given) in TRUTHS.items() if given.definedness])
def test_definedness_is_proved(name: str) -> None:
    claimed, given = TRUTHS[name]
    rejected(claimed, replace(given, definedness=()), "0 given")
    rejected(claimed, replace(given, definedness=(*given.definedness, combination())))
    rejected(claimed, replace(given, definedness=(combination(),)))


def test_a_total_goal_has_no_conditions_to_prove() -> None:
    rejected(statement(Relation(ONE, ">", ZERO)), proof(combination(summand(1)), combination()))


def test_facts_are_the_hypotheses_after_their_conditions() -> None:
    first = Relation(sqrt(apply("log", x)), "<=", y)
    second = Relation(Power(y, -1), ">", ZERO)
    assert facts(statement(Relation(x, ">", ZERO), first, second)) == (
        Relation(x, ">", ZERO),
        Relation(apply("log", x), ">=", ZERO),
        first,
        Relation(y, "!=", ZERO),
        second,
    )


def test_a_condition_of_the_goal_becomes_a_fact_for_the_rest() -> None:
    goal = Relation(times(sqrt(x), Power(sqrt(x), -1)), "=", ONE)
    positive = Axiom("square root positive", (x,), (), (same(0),), Apart(">", same(3)))
    claimed = statement(goal, Relation(x, ">", ZERO))
    accepted(claimed, proof(combination(), same(0), positive))
    rejected(claimed, proof(combination(), positive, same(0)))
    rejected(statement(goal, Relation(x, ">=", ZERO)), proof(combination(), same(0), positive))


# Combinations


def test_a_combination_is_an_identity() -> None:
    claimed, _ = TRUTHS["sum of squares"]
    for parts in (
        (summand(2, square=minus(x, y)),),
        (summand(1, square=plus(x, y)),),
        (summand(1, square=minus(x, y)), summand(1)),
        (),
    ):
        rejected(claimed, combination(*parts), "sides")


@pytest.mark.parametrize("weight", [0, -1, Fraction(-1, 1000)])
def test_weights_are_positive(weight: Fraction | int) -> None:
    rejected(statement(Relation(number(-1), ">=", ZERO)), combination(summand(weight)), "weight")
    claimed = statement(Relation(times(number(weight), Power(x, 2)), ">=", ZERO))  # type: ignore[arg-type]
    rejected(claimed, combination(summand(weight, square=x)), "weight")


@pytest.mark.parametrize("sign", ["=", "!=", "<=", "<"])
def test_a_summand_cites_only_facts_of_the_right_sign(sign: str) -> None:
    """Oriented, `x <= 0` says `-x >= 0`: it does not give `x >= 0`."""
    rejected(statement(Relation(x, ">=", ZERO), Relation(x, sign, ZERO)), same(0))


@pytest.mark.parametrize("sign", [">=", ">"])
def test_a_summand_cites_inequalities(sign: str) -> None:
    accepted(statement(Relation(x, ">=", ZERO), Relation(x, sign, ZERO)), same(0))
    flipped = {">=": "<=", ">": "<"}[sign]
    accepted(statement(Relation(x, ">=", ZERO), Relation(ZERO, flipped, x)), same(0))
    accepted(statement(Relation(ZERO, "<=", x), Relation(x, sign, ZERO)), same(0))


@pytest.mark.parametrize("sign", ["!=", ">=", ">", "<=", "<"])
def test_a_multiple_cites_only_equations(sign: str) -> None:
    rejected(statement(Relation(x, "=", ZERO), Relation(x, sign, ZERO)), combination(Multiple(ONE, 0)), "no equation")
    rejected(
        statement(Relation(times(number(-1), x), ">=", ZERO), Relation(x, sign, ZERO)),
        combination(Multiple(number(-1), 0)),
        "no equation",
    )


def test_an_equation_proves_inequalities_with_any_factor() -> None:
    for sign in ("=", ">=", "<="):
        claimed = statement(Relation(times(x, y), sign, ZERO), Relation(x, "=", ZERO))
        factor = times(number(-1), y) if sign == "<=" else y
        accepted(claimed, combination(Multiple(factor, 0)))


def test_an_equation_is_proved_by_equations_alone() -> None:
    claimed = statement(Relation(x, "=", ZERO), Relation(x, ">=", ZERO))
    rejected(claimed, same(0), "summands")
    rejected(statement(Relation(Power(x, 2), "=", ZERO)), combination(summand(1, square=x)), "summands")


def test_no_combination_proves_an_inequation() -> None:
    for fact in ("=", "!=", ">", "<"):
        for evidence in (same(0), combination(Multiple(ONE, 0)), combination(multiplier=(0,)), combination()):
            rejected(statement(Relation(x, "!=", ZERO), Relation(x, fact, ZERO)), evidence)
    rejected(statement(Relation(ZERO, "!=", ZERO)), combination(), "!=")


@pytest.mark.parametrize(
    ("hypothesis", "evidence"),
    [
        (">=", same(0)),
        (">=", combination(summand(1, 0), Multiple(ONE, 1))),
        (">", combination(summand(1, 0, square=ONE), summand(1, 0, 0))),
    ],
)
def test_a_strict_goal_from_the_wrong_facts(hypothesis: str, evidence: Evidence) -> None:
    rejected(statement(Relation(x, ">", ZERO), Relation(x, hypothesis, ZERO), Relation(y, "=", ZERO)), evidence)


def test_a_strict_goal_needs_a_summand_that_is_strict_by_itself() -> None:
    positive = Relation(x, ">", ZERO)
    non_negative = Relation(y, ">=", ZERO)
    accepted(statement(positive, positive), same(0))
    accepted(statement(Relation(times(x, x), ">", ZERO), positive), combination(summand(1, 0, 0)))
    accepted(
        statement(Relation(plus(x, y), ">", ZERO), positive, non_negative), combination(summand(1, 0), summand(1, 1))
    )
    accepted(
        statement(Relation(plus(x, y), ">", ZERO), positive, non_negative), combination(summand(1, 1), summand(1, 0))
    )
    for goal, part in (
        (times(x, Power(y, 2)), summand(1, 0, square=y)),
        (times(x, y), summand(1, 0, 1)),
        (times(y, x), summand(1, 1, 0)),
        (Power(x, 2), summand(1, square=x)),
        (y, summand(1, 1)),
    ):
        rejected(statement(Relation(goal, ">", ZERO), positive, non_negative), combination(part), "strict")
    accepted(statement(Relation(ONE, ">", ZERO)), combination(summand(1)))
    rejected(statement(Relation(ZERO, ">", ZERO)), combination(), "strict")
    # A square that equals 1 only in disguise is recognised; the square of another constant is left to the weight.
    accepted(statement(positive, positive), combination(summand(1, 0, square=plus(x, ONE, times(number(-1), x)))))
    rejected(statement(positive, positive), combination(summand(Fraction(1, 4), 0, square=number(2))), "strict")


@pytest.mark.parametrize("sign", [">=", "!=", "=", "<", "<="])
def test_an_inequality_is_divided_only_by_what_is_positive(sign: str) -> None:
    for goal in (">=", ">"):
        claimed = statement(Relation(y, goal, ZERO), Relation(x, sign, ZERO), Relation(times(x, y), ">", ZERO))
        rejected(claimed, combination(summand(1, 1), multiplier=(0,)))


@pytest.mark.parametrize("sign", [">=", "=", "<="])
def test_an_equation_is_divided_only_by_what_is_not_zero(sign: str) -> None:
    claimed = statement(Relation(y, "=", ZERO), Relation(x, sign, ZERO), Relation(times(x, y), "=", ZERO))
    rejected(claimed, combination(Multiple(ONE, 1), multiplier=(0,)), "sign")


@pytest.mark.parametrize("sign", ["!=", ">", "<"])
def test_an_equation_is_divided_by_what_is_not_zero(sign: str) -> None:
    factor = number(-1) if sign == "<" else ONE
    claimed = statement(Relation(y, "=", ZERO), Relation(x, sign, ZERO), Relation(times(x, y), "=", ZERO))
    accepted(claimed, combination(Multiple(factor, 1), multiplier=(0,)))


def test_proofs_about_many_variables() -> None:
    names = [Variable(f"x{number_}") for number_ in range(40)]
    total = Sum(tuple(names))
    claimed = Statement(
        tuple(name.name for name in names),
        (),
        tuple(Relation(name, ">=", ZERO) for name in names),
        Relation(apply("exp", total), ">=", plus(ONE, total)),
    )
    tangent = Axiom("exponential tangent", (total,), (), (), same(40))
    accepted(claimed, tangent)
    first = Lemma(Relation(names[0], ">=", ZERO), Proof((), same(0)), tangent)
    rejected(claimed, first, "sides")
    accepted(claimed, replace(first, then=replace(tangent, then=same(41))))


def test_a_multiplier_counts_as_often_as_it_is_named() -> None:
    claimed = statement(Relation(y, ">=", ZERO), Relation(x, ">", ZERO), Relation(times(x, x, y), ">=", ZERO))
    accepted(claimed, combination(summand(1, 1), multiplier=(0, 0)))
    rejected(claimed, combination(summand(1, 1), multiplier=(0,)), "sides")


@pytest.mark.parametrize("number_", [2, 100, -1, -2, 1_000_000])
def test_only_listed_facts_can_be_cited(number_: int) -> None:
    claimed = statement(Relation(x, ">=", ZERO), *UNIT)
    for evidence in (
        same(number_),
        combination(Multiple(ONE, number_)),
        combination(summand(1, 0), multiplier=(number_,)),
        Sturm("x", number_, None),
        Sturm("x", None, number_),
        Balls((Range("x", number_, 1),), Cell()),
        Balls((Range("x", 0, number_),), Cell()),
        Balls((Range("x", 0, 1),), Excluded(number_)),
    ):
        rejected(claimed, evidence, "no fact")


def test_factors_and_squares_are_polynomials() -> None:
    claimed = statement(Relation(ZERO, "<=", x), Relation(x, "=", ZERO))
    # What occurs nowhere else cancels or is turned down, whatever its value, and whether it has one.
    for stray in (y, uv, sqrt(x), sqrt(number(-1)), apply("pi")):
        zero = minus(stray, stray)
        accepted(claimed, combination(Multiple(plus(ONE, zero), 0), summand(1, square=zero)))
        rejected(claimed, combination(Multiple(plus(ONE, stray), 0)), "sides")
        rejected(claimed, combination(Multiple(ONE, 0), summand(1, square=stray)), "sides")
    for stray in (Power(x, -1), sqrt(Power(x, -1)), times(ZERO, Power(y, -2))):
        zero = minus(stray, stray)
        rejected(claimed, combination(Multiple(plus(ONE, zero), 0)), "negative power")
        rejected(claimed, combination(Multiple(ONE, 0), summand(1, square=zero)), "negative power")
    accepted(claimed, combination(Multiple(ONE, 0), summand(1, square=minus(x, x))))
    # 1/x times x = 0 is 1 = 0.
    rejected(statement(Relation(ONE, "=", ZERO), Relation(x, "=", ZERO)), combination(Multiple(Power(x, -1), 0)))


# Sturm


def sturm(goal: Relation, *hypotheses: Relation, lower: int | None = None, upper: int | None = None) -> None:
    check(statement(goal, *hypotheses), proof(Sturm("x", lower, upper)))


def test_sturm_uses_the_bounds_that_facts_give() -> None:
    sturm(Relation(times(x, minus(ONE, x)), ">=", ZERO), *UNIT, lower=0, upper=1)
    sturm(Relation(plus(x, ONE), ">", ZERO), UNIT[0], lower=0)
    sturm(Relation(minus(x, number(2)), "<", ZERO), UNIT[1], upper=0)
    sturm(Relation(x, "!=", number(2)), UNIT[1], upper=0)
    sturm(Relation(plus(Power(x, 2), ONE), ">", ZERO))
    half = Relation(times(number(2), x), ">=", ONE)
    sturm(Relation(x, ">=", number(1, 2)), half, lower=0)
    sturm(Relation(x, "<=", number(-1, 2)), Relation(times(number(-2), x), ">=", ONE), upper=0)


@pytest.mark.parametrize(
    ("goal", "lower", "upper"),
    [
        (Relation(times(x, minus(ONE, x)), ">=", ZERO), 0, None),
        (Relation(times(x, minus(ONE, x)), ">=", ZERO), None, 1),
        (Relation(times(x, minus(ONE, x)), ">", ZERO), 0, 1),
        (Relation(times(x, minus(ONE, x)), "!=", ZERO), 0, 1),
        (Relation(times(x, minus(x, ONE)), ">=", ZERO), 0, 1),
        (Relation(x, ">", number(1, 2)), 0, 1),
        (Relation(x, "!=", number(1, 2)), 0, 1),
        (Relation(Power(minus(x, number(1, 2)), 2), ">", ZERO), 0, 1),
        (Relation(plus(x, y), ">=", ZERO), 0, 1),
        (Relation(apply("exp", x), ">=", ZERO), 0, 1),
        (Relation(x, "=", x), 0, 1),
        (Relation(x, "=", number(-1)), 0, 1),
        (Relation(ZERO, ">", ZERO), 0, 1),
        (Relation(ZERO, "!=", ZERO), 0, 1),
    ],
)
def test_sturm_turns_down(goal: Relation, lower: int | None, upper: int | None) -> None:
    with pytest.raises(Rejected):
        sturm(goal, *UNIT, lower=lower, upper=upper)


@pytest.mark.parametrize(
    ("hypothesis", "lower", "upper"),
    [
        (Relation(x, ">=", ZERO), None, 0),
        (Relation(x, "<=", ZERO), 0, None),
        (Relation(ZERO, ">=", x), 0, None),
        (Relation(x, "=", ZERO), 0, None),
        (Relation(x, "!=", ZERO), 0, None),
        (Relation(x, "!=", ZERO), None, 0),
        (Relation(Power(x, 2), ">=", ZERO), 0, None),
        (Relation(ONE, ">=", ZERO), 0, None),
        (Relation(plus(x, y), ">=", ZERO), 0, None),
        (Relation(y, ">=", ZERO), 0, None),
    ],
)
def test_a_bound_is_linear_on_the_right_side_and_an_inequality(
    hypothesis: Relation, lower: int | None, upper: int | None
) -> None:
    with pytest.raises(Rejected):
        sturm(Relation(ONE, ">", ZERO), hypothesis, lower=lower, upper=upper)
    sturm(Relation(ONE, ">", ZERO), hypothesis)


def test_a_bound_that_divides_is_no_bound() -> None:
    over = Relation(plus(x, Power(x, -1)), ">=", ZERO)
    claimed = statement(Relation(Power(x, 2), ">=", ZERO), over)
    accepted(claimed, Sturm("x", None, None))
    rejected(claimed, Sturm("x", 1, None), "bound")
    inverse = statement(Relation(ONE, ">", ZERO), Relation(times(minus(x, ONE), Power(x, -1)), ">=", ZERO))
    rejected(inverse, Sturm("x", 1, None), "bound")
    # x**2 / x >= 0 is x >= 0 wherever it is defined.
    line = statement(Relation(x, ">=", ZERO), Relation(times(Power(x, 2), Power(x, -1)), ">=", ZERO))
    accepted(line, Sturm("x", 1, None))


def test_an_interval_has_an_interior() -> None:
    for lower, upper in ((1, 1), (1, 0)):
        claimed = statement(
            Relation(x, "=", number(2)), Relation(x, ">=", number(lower)), Relation(x, "<=", number(upper))
        )
        for sign in (">=", ">", "!="):
            rejected(replace(claimed, goal=Relation(x, sign, number(7))), Sturm("x", 0, 1), "interior")


def test_the_sign_of_a_quotient() -> None:
    quotient = times(plus(x, ONE), Power(plus(x, number(2)), -1))
    defined = Sturm("x", 0, None)
    accepted(statement(Relation(quotient, ">", ZERO), UNIT[0]), proof(Sturm("x", 0, None), defined))
    accepted(statement(Relation(quotient, "!=", ZERO), UNIT[0]), proof(Sturm("x", 0, None), defined))
    accepted(statement(Relation(quotient, ">=", number(1, 2)), UNIT[0]), proof(Sturm("x", 0, None), defined))
    rejected(statement(Relation(quotient, "<", ONE)), proof(Sturm("x", None, None), Sturm("x", None, None)))
    inverse = Relation(Power(x, -1), ">", ZERO)
    away = Relation(x, "<", ZERO)
    rejected(statement(inverse, away), proof(Sturm("x", None, 0), Sturm("x", None, 0)))
    accepted(statement(replace(inverse, sign="<"), away), proof(Sturm("x", None, 0), Sturm("x", None, 0)))
    accepted(statement(replace(inverse, sign="!="), away), proof(Sturm("x", None, None), Sturm("x", None, 0)))


def test_sturm_speaks_of_its_variable_alone() -> None:
    claimed = statement(Relation(plus(Power(y, 2), ONE), ">", ZERO))
    accepted(claimed, Sturm("y", None, None))
    rejected(claimed, Sturm("x", None, None), "more than one variable")


# Balls


def balls(goal: Relation, cover: object, *hypotheses: Relation, ranges: tuple[Range, ...] = ()) -> None:
    check(
        statement(goal, *(hypotheses or UNIT)),
        proof(Balls(ranges or (Range("x", 0, 1),), cover)),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("at", [Fraction(0), Fraction(1), Fraction(-1), Fraction(2)])
def test_a_cut_lies_strictly_inside(at: Fraction) -> None:
    with pytest.raises(Rejected, match="outside"):
        balls(Relation(x, "<", number(3)), Cut("x", at, Cell(), Cell()))


def test_both_halves_of_a_cut_are_covered() -> None:
    below = Relation(x, "<", number(3, 5))
    above = Relation(x, ">", number(2, 5))
    half = Fraction(1, 2)
    for goal in (below, above):
        with pytest.raises(Rejected, match="undecided"):
            balls(goal, Cut("x", half, Cell(), Cell()))
    first, second = Relation(x, "<=", number(1, 4)), Relation(x, ">=", number(3, 4))
    balls(below, Cut("x", half, Cell(), Excluded(2)), *UNIT, first)
    balls(above, Cut("x", half, Excluded(2), Cell()), *UNIT, second)
    with pytest.raises(Rejected, match="excluded"):
        balls(above, Cut("x", half, Excluded(2), Cell()), *UNIT, first)
    with pytest.raises(Rejected, match="excluded"):
        balls(below, Cut("x", half, Cell(), Excluded(2)), *UNIT, second)


def test_a_cut_at_a_variable_without_range() -> None:
    with pytest.raises(Rejected, match="unknown variable"):
        balls(Relation(x, "<", number(3)), Cut("y", Fraction(1, 2), Cell(), Cell()))


@pytest.mark.parametrize("sign", ["=", "!=", "<", ">"])
def test_an_excluded_fact_fails_on_the_whole_cell(sign: str) -> None:
    goal = Relation(y, ">", ZERO)
    fails = {"=": number(2), "<": number(-1), ">": number(2)}
    if sign in fails:
        balls(goal, Excluded(2), *UNIT, Relation(x, sign, fails[sign]))
    with pytest.raises(Rejected, match="excluded"):
        balls(goal, Excluded(2), *UNIT, Relation(x, sign, number(1, 2)))


def test_a_range_needs_two_bounds_in_order() -> None:
    goal = Relation(x, "<", number(3))
    for ranges in ((Range("x", 1, 0),), (Range("x", 0, 0),), (Range("x", 1, 1),), (Range("y", 0, 1),)):
        with pytest.raises(Rejected, match=r"bound|variable"):
            balls(goal, Cell(), ranges=ranges)
    with pytest.raises(Rejected, match="in order"):
        balls(goal, Cell(), Relation(x, ">=", ONE), Relation(x, "<=", ZERO))
    balls(goal, Cell(), Relation(x, ">=", ONE), Relation(x, "<=", ONE))
    with pytest.raises(Rejected, match="undecided"):
        balls(Relation(y, "<", number(3)), Cell())


def test_two_ranges() -> None:
    box = (*UNIT, Relation(y, ">=", number(2)), Relation(y, "<=", number(3)))
    ranges = Range("x", 0, 1), Range("y", 2, 3)
    balls(Relation(times(x, y), "<", number(4)), Cell(), *box, ranges=ranges)
    balls(Relation(x, "<", y), Cut("y", Fraction(5, 2), Cell(), Cell()), *box, ranges=ranges)
    with pytest.raises(Rejected):
        balls(Relation(times(x, y), "<", number(2)), Cell(), *box, ranges=ranges)


# Splits, lemmas, contradictions


def test_every_case_of_a_split_is_proved() -> None:
    claimed, given = TRUTHS["split"]
    split = given.evidence
    assert isinstance(split, Split)
    for incomplete in (
        replace(split, below=combination()),
        replace(split, zero=combination()),
        replace(split, above=combination()),
    ):
        rejected(claimed, incomplete)
    rejected(claimed, replace(split, term=y))
    rejected(claimed, replace(split, definedness=(combination(),)), "0 parts")


def test_the_cases_of_a_split_are_negative_zero_and_positive() -> None:
    square = combination(summand(1, 0, 0))
    nothing = combination(Multiple(x, 0))
    for below, zero, above in ((nothing, square, square), (square, square, nothing)):
        rejected(TRUTHS["split"][0], Split(x, (), below, zero, above))
    signed = statement(Relation(x, ">=", ZERO), Relation(x, "!=", number(7)))
    rejected(signed, Split(x, (), combination(summand(1, 1)), combination(Multiple(ONE, 1)), same(1)))


def test_each_case_of_a_split_has_its_own_sign() -> None:
    """With the sign of one case wrong, the other two and that one would prove these falsehoods."""
    nothing = combination(Multiple(ONE, 0))
    negated = combination(Multiple(number(-1), 0))
    rejected(statement(Relation(x, "<=", ZERO)), Split(x, (), same(0), negated, same(0)))
    rejected(statement(Relation(x, ">=", ZERO)), Split(x, (), same(0), nothing, same(0)))
    rejected(statement(Relation(x, "=", ZERO)), Split(x, (), nothing, nothing, nothing))
    rejected(statement(Relation(Power(x, 2), ">", ZERO)), Split(x, (), *[combination(summand(1, 0, 0))] * 3))


def test_the_outer_cases_of_a_split_are_strict() -> None:
    claimed = statement(Relation(Power(x, 2), ">", ZERO), Relation(x, "!=", ZERO))
    strict = combination(summand(1, 1, 1))
    absurd = replace(ABSURD, then=combination(summand(1), Multiple(minus(ONE, Power(x, 2)), 2)))
    accepted(claimed, Split(x, (), strict, absurd, strict))
    rejected(
        statement(claimed.goal), Split(x, (), combination(summand(1, 0, 0)), absurd, combination(summand(1, 0, 0)))
    )


def test_a_split_on_a_term_that_may_be_undefined() -> None:
    claimed, given = TRUTHS["split on a partial term"]
    split = given.evidence
    assert isinstance(split, Split)
    rejected(claimed, replace(given, evidence=replace(split, definedness=())), "1 parts")
    rejected(claimed, replace(given, evidence=replace(split, definedness=(combination(),))))
    # 1/x splits into cases only where x is not 0.
    away = statement(Relation(ONE, ">", ZERO))
    cases = [combination(summand(1))] * 3
    rejected(away, Split(Power(x, -1), (), *cases))
    rejected(away, Split(Power(x, -1), (combination(),), *cases))


def test_a_lemma_is_proved_before_it_is_used() -> None:
    claimed, given = TRUTHS["lemma"]
    lemma = given.evidence
    assert isinstance(lemma, Lemma)
    rejected(claimed, replace(lemma, proof=proof(same(1))), "no fact 1")
    rejected(claimed, replace(lemma, relation=Relation(plus(x, ONE), ">", ONE)))
    rejected(claimed, replace(lemma, then=combination()))
    false = statement(Relation(ZERO, ">=", ONE))
    rejected(false, Lemma(Relation(ZERO, ">=", ONE), proof(same(0)), same(0)))
    rejected(false, Contradiction(Lemma(Relation(ZERO, ">", ONE), proof(same(0)), same(1))))


def test_a_lemma_is_defined() -> None:
    claimed, given = TRUTHS["lemma with conditions"]
    lemma = given.evidence
    assert isinstance(lemma, Lemma)
    rejected(claimed, replace(given, evidence=replace(lemma, proof=replace(lemma.proof, definedness=()))))
    undefined = Relation(times(x, Power(x, -1)), "=", ONE)
    rejected(statement(Relation(x, "!=", ZERO)), Lemma(undefined, proof(combination()), ABSURD))


def test_evidence_and_covers_of_no_known_kind_close_nothing() -> None:
    """From JSON there are none; a prover that calls `close` may hand in anything."""
    for evidence in (None, Cell(), SUCCESSOR_PROOF, Balls((), combination())):  # type: ignore[arg-type]
        with pytest.raises(Rejected, match="no known kind"):
            close((), Relation(ZERO, ">=", ONE), evidence)  # type: ignore[arg-type]


def test_a_contradiction_assumes_the_negated_goal() -> None:
    claimed, given = TRUTHS["contradiction"]
    accepted(claimed, given)
    rejected(statement(Relation(plus(x, ONE), ">", ZERO)), given)
    rejected(statement(Relation(x, ">", ZERO), Relation(x, ">=", ZERO)), Contradiction(same(1)))
    rejected(statement(Relation(x, ">=", ZERO)), Contradiction(combination()))
    for sign in ("=", "!=", "<", "<=", ">", ">="):
        rejected(statement(Relation(x, sign, y)), Contradiction(combination(summand(1, 0))))


def test_an_equation_lies_between_two_inequalities() -> None:
    claimed, given = TRUTHS["between"]
    between = given.evidence
    assert isinstance(between, Between)
    rejected(claimed, Between(between.below, between.below))
    rejected(claimed, Between(between.above, between.above))
    rejected(claimed, Between(between.above, between.below))
    for sign in ("<=", ">=", "<", ">", "!="):
        rejected(replace(claimed, goal=Relation(x, sign, y)), between, "only an equation")


@pytest.mark.parametrize("sign", ["<", ">"])
def test_an_inequation_from_a_strict_sign(sign: str) -> None:
    claimed, given = TRUTHS["apart above" if sign == ">" else "apart below"]
    accepted(claimed, given)
    rejected(claimed, Apart({"<": ">", ">": "<"}[sign], same(0)))
    for wrong in ("<=", ">=", "=", "!="):
        rejected(claimed, Apart(wrong, same(0)), "strict sign")
    rejected(statement(Relation(x, "!=", ZERO), Relation(x, sign + "=", ZERO)), Apart(sign + "=", same(0)))
    rejected(statement(Relation(x, "!=", ZERO), Relation(x, sign + "=", ZERO)), Apart(sign, same(0)))
    for goal in ("=", "<=", ">=", "<", ">"):
        rejected(statement(Relation(x, goal, ZERO), Relation(x, sign, ZERO)), Apart(sign, same(0)), "!=")


# Axioms


def test_an_axiom_has_a_name_an_arity_and_no_vectors() -> None:
    claimed, given = TRUTHS["square root"]
    axiom = given.evidence
    assert isinstance(axiom, Axiom)
    for bad in (
        replace(axiom, name="square"),
        replace(axiom, name="Square root"),
        replace(axiom, arguments=()),
        replace(axiom, arguments=(x, x)),
        replace(axiom, vectors=("u",)),
        replace(axiom, premises=()),
        replace(axiom, premises=(same(0), same(0))),
        replace(axiom, premises=(combination(),)),
        replace(axiom, arguments=(y,)),
        replace(axiom, then=same(4)),
    ):
        rejected(claimed, replace(given, evidence=bad))


def test_the_arguments_of_an_axiom_are_defined() -> None:
    claimed, given = TRUTHS["axiom at a partial argument"]
    axiom = given.evidence
    assert isinstance(axiom, Axiom)
    rejected(claimed, replace(given, evidence=replace(axiom, premises=())), "1 parts")
    rejected(claimed, replace(given, evidence=replace(axiom, premises=(combination(),))))
    exponential = Axiom("exponential tangent", (Power(x, -1),), (), (), combination())
    rejected(statement(Relation(ONE, ">=", ONE)), exponential)
    total = replace(exponential, arguments=(x,))
    accepted(statement(Relation(ONE, ">=", ONE)), total)


def test_a_premise_is_a_fact_for_the_premises_after_it() -> None:
    product = Relation(apply("log", times(x, y)), "=", plus(apply("log", x), apply("log", y)))
    claimed = statement(product, Relation(x, ">", ZERO), Relation(times(x, y), ">", ZERO))
    # y > 0 follows from x y > 0 by the premise x > 0, fact 5 after three conditions of the goal.
    definedness = (same(1), same(0), combination(summand(1, 1), multiplier=(0,)))
    second = combination(summand(1, 1), multiplier=(5,))
    accepted(
        claimed,
        proof(
            Axiom("logarithm of product", (x, y), (), (same(0), second), combination(Multiple(ONE, 7))),
            *definedness,
        ),
    )
    rejected(
        claimed,
        proof(
            Axiom("logarithm of product", (x, y), (), (second, same(0)), combination(Multiple(ONE, 7))),
            *definedness,
        ),
    )


VECTOR_AXIOMS = {"square of vector": (ONE, number(-2)), "Cauchy-Schwarz": (ONE, ZERO, ZERO, ONE)}


@pytest.mark.parametrize("name", VECTOR_AXIOMS)
def test_a_vector_axiom_has_its_coefficients(name: str) -> None:
    arguments: tuple[Term, ...] = VECTOR_AXIOMS[name]
    claimed = statement(Relation(ONE, ">", ZERO))
    for bad, vectors in (
        ((), ()),
        (arguments[1:], ("u", "v")),
        ((*arguments, ONE), ("u", "v")),
        ((*arguments, ONE, ONE), ("u", "v")),
        (arguments, ("u",)),
        (arguments, ("u", "v", "w")),
        (arguments, ("u", "u")),
        (arguments, ()),
    ):
        rejected(claimed, Axiom(name, bad, vectors, (), combination(summand(1))))
    accepted(claimed, Axiom(name, arguments, ("u", "v"), (), combination(summand(1))))
    accepted(claimed, Axiom(name, arguments[: len(arguments) // 2], ("u",), (), combination(summand(1))))


def test_a_vector_named_twice_would_prove_too_much() -> None:
    # |u - u|**2 with the second coefficient alone would be |u|**2 >= 0 with any coefficient.
    claimed = statement(Relation(times(number(4), uu), ">=", ZERO))
    rejected(claimed, Axiom("square of vector", (ONE, number(2)), ("u", "u"), (), same(0)), "twice")


def test_vector_axioms_conclude_no_more() -> None:
    for goal in (Relation(uu, ">=", vv), Relation(uv, ">=", ZERO), Relation(uu, ">", ZERO)):
        rejected(statement(goal), Axiom("square of vector", (ONE, ZERO), ("u", "v"), (), same(0)))
    for goal in (Relation(Power(uv, 2), "<", times(uu, vv)), Relation(uv, "<=", times(uu, vv))):
        rejected(statement(goal), Axiom("Cauchy-Schwarz", (ONE, ZERO, ZERO, ONE), ("u", "v"), (), same(0)))


def test_a_coefficient_is_defined() -> None:
    inverse = Power(x, -1)
    axiom = Axiom("square of vector", (inverse,), ("u",), (), combination(summand(1)))
    claimed = statement(Relation(ONE, ">", ZERO), Relation(x, "!=", ZERO))
    rejected(claimed, axiom)
    accepted(claimed, replace(axiom, premises=(Contradiction(ABSURD),)))


# Instances


def test_an_instance_is_proved_by_itself_and_its_hypotheses_hold() -> None:
    claimed, given = TRUTHS["instance"]
    applied = given.evidence
    assert isinstance(applied, Instance)
    for bad in (
        replace(applied, proof=proof(same(0))),
        replace(applied, statement=replace(SUCCESSOR_POSITIVE, goal=Relation(x, ">", ZERO))),
        replace(applied, statement=replace(SUCCESSOR_POSITIVE, hypotheses=())),
        replace(applied, premises=()),
        replace(applied, premises=applied.premises * 2),
        replace(applied, premises=(proof(combination()),)),
        replace(applied, values=()),
        replace(applied, values=(Power(y, 2), y)),
        replace(applied, values=(y,)),
        replace(applied, definedness=(combination(),)),
        replace(applied, then=same(1)),
        replace(applied, then=combination()),
    ):
        rejected(claimed, bad)


def test_an_instance_has_no_vectors_and_declares_its_names() -> None:
    claimed, given = TRUTHS["instance"]
    applied = given.evidence
    assert isinstance(applied, Instance)
    rejected(claimed, replace(applied, statement=replace(SUCCESSOR_POSITIVE, vectors=("u",))), "vectors")
    rejected(claimed, replace(applied, statement=replace(SUCCESSOR_POSITIVE, variables=())), "declared")


def test_an_instance_is_proved_without_the_facts_around_it() -> None:
    positive = statement(Relation(x, ">", ZERO), variables="x", vectors="")
    claimed = statement(Relation(x, ">", ZERO), Relation(x, ">", ZERO))
    rejected(claimed, Instance(positive, proof(same(0)), (x,), (), (), same(1)), "no fact 0")


def test_the_values_of_an_instance_are_defined() -> None:
    claimed, given = TRUTHS["instance at a partial term"]
    applied = given.evidence
    assert isinstance(applied, Instance)
    rejected(claimed, replace(given, evidence=replace(applied, definedness=())), "1 parts")
    rejected(claimed, replace(given, evidence=replace(applied, definedness=(combination(),))))
    # A value that no hypothesis and no goal mentions is defined all the same.
    idle = statement(Relation(ONE, ">", ZERO), variables="x", vectors="")
    one = proof(combination(summand(1)))
    rejected(idle, Instance(idle, one, (Power(x, -1),), (), (), same(1)))
    accepted(idle, Instance(idle, one, (Power(x, 2),), (), (), same(0)))


def test_a_condition_of_a_value_is_a_fact_for_the_conditions_after_it() -> None:
    idle = statement(Relation(ONE, ">", ZERO), variables="x", vectors="")
    one = proof(combination(summand(1)))
    claimed = statement(Relation(ONE, ">", ZERO), Relation(x, ">", ZERO))
    positive = Axiom("square root positive", (x,), (), (same(0),), Apart(">", same(3)))
    accepted(claimed, Instance(idle, one, (Power(sqrt(x), -1),), (same(0), positive), (), same(3)))


def test_the_goal_of_an_instance_comes_with_its_conditions() -> None:
    goal = Relation(times(x, Power(x, -1)), "=", ONE)
    inner = statement(goal, Relation(x, ">", ZERO), variables="x", vectors="")
    inner_proof = proof(combination(), Apart(">", same(0)))
    claimed = statement(Relation(plus(Power(y, 2), ONE), "!=", ZERO))
    value = plus(Power(y, 2), ONE)
    premise = proof(combination(summand(1, square=y), summand(1)))
    instance = Instance(inner, inner_proof, (value,), (), (premise,), Apart(">", premise.evidence))
    accepted(claimed, instance)
    # Fact 0 is the condition y**2 + 1 != 0, fact 1 the equation.
    as_fact = statement(Relation(times(number(2), value, Power(value, -1)), "=", number(2)))
    accepted(
        as_fact,
        proof(
            replace(instance, then=combination(Multiple(number(2), 2))),
            replace(instance, then=Contradiction(Lemma(
                Relation(ZERO, "=", ONE),
                proof(combination(Multiple(number(-1), 2), multiplier=(0,))),
                combination(Multiple(ONE, 3)),
            ))),
        ),
    )  # fmt: skip


# Statements and witnesses


@pytest.mark.parametrize(
    "bad",
    [
        statement(Relation(x, "=", x), variables=""),
        statement(Relation(x, "=", x), variables="x x"),
        statement(Relation(x, "=", x), variables="x u"),
        statement(Relation(uv, "=", uv), vectors="u"),
        statement(Relation(uv, "=", uv), vectors="u v v"),
        statement(Relation(ONE, "=", ONE), Relation(x, "=", ZERO), variables="y"),
    ],
)
def test_names_are_declared_once(bad: Statement) -> None:
    rejected(bad, combination())
    with pytest.raises(Rejected, match="declared"):
        refute(bad, Witness((), ()))


def test_a_term_without_normal_form_proves_nothing() -> None:
    rejected(statement(Relation(Power(plus(x, y, z), 1000), ">=", ZERO)), combination(), "too large")


FALSE = statement(Relation(x, ">", ZERO), Relation(x, ">=", ZERO), Relation(x, "<=", y), variables="x y", vectors="")


def values(*given: int | Fraction | Root) -> Witness:
    return Witness(tuple(Fraction(one) if isinstance(one, int) else one for one in given), ())


def test_a_witness_satisfies_the_hypotheses_and_not_the_goal() -> None:
    refute(FALSE, values(0, 0))
    refute(FALSE, values(0, 1))
    for witness, reason in (
        (values(1, 1), "goal"),
        (values(-1, 1), "hypothesis 0"),
        (values(0, -1), "hypothesis 1"),
        (values(0), "fit"),
        (values(0, 0, 0), "fit"),
        (Witness((Fraction(0), Fraction(0)), ((),)), "fit"),
        (values(Root((Fraction(1),), Fraction(0), Fraction(1)), 0), "root"),
    ):
        with pytest.raises(Rejected, match=reason):
            refute(FALSE, witness)


def test_a_goal_that_is_undefined_at_a_point_is_refuted_there() -> None:
    refute(statement(Relation(times(x, Power(x, -1)), "=", ONE), variables="x", vectors=""), values(0))
    refute(statement(Relation(Power(sqrt(x), 2), "=", x), variables="x", vectors=""), values(-1))


def test_a_witness_decides_what_it_refutes() -> None:
    one = plus(Power(apply("sin", x), 2), Power(apply("cos", x), 2))
    for goal, hypotheses, reason in (
        (Relation(one, "=", ONE), (), "goal"),
        (Relation(one, "<=", ONE), (), "goal"),
        (Relation(ZERO, "=", ONE), (Relation(one, "=", ONE),), "hypothesis 0"),
        (Relation(ZERO, "=", ONE), (Relation(Power(x, -1), ">", ZERO),), "hypothesis 0"),
    ):
        for place in (values(0), values(1)):
            if place == values(0) and one in (goal.left, *(h.left for h in hypotheses)):
                continue
            if place == values(1) and hypotheses and hypotheses[0].left != one:
                continue
            with pytest.raises(Rejected, match=reason):
                refute(statement(goal, *hypotheses, variables="x", vectors=""), place)


def test_vectors_refute_too() -> None:
    claimed = statement(Relation(uv, ">=", ZERO), Relation(uu, "=", ONE), Relation(vv, "=", ONE), variables="")
    refute(claimed, Witness((), ((Fraction(1),), (Fraction(-1),))))
    for u, v in (((1,), (1,)), ((2,), (-1,)), ((1,), (-2,))):
        with pytest.raises(Rejected):
            refute(claimed, Witness((), (tuple(map(Fraction, u)), tuple(map(Fraction, v)))))


def test_an_unused_variable_still_has_a_value() -> None:
    assert z not in (x, y)
    with pytest.raises(Rejected):
        refute(statement(Relation(x, ">", ZERO), vectors=""), values(0, 0))
    refute(statement(Relation(x, ">", ZERO), vectors=""), values(0, 0, 0))
    assert SUCCESSOR_PROOF.definedness == ()


def test_a_ball_is_as_small_as_its_precision_allows() -> None:
    third = number(1, 3)
    close = Rational(Fraction(1, 3) + Fraction(1, 10**30))
    balls(Relation(x, "<", close), Cell(), Relation(x, ">=", third), Relation(x, "<=", third))
