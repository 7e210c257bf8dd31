"""False statements are refuted by exact points, simple ones where there are some; true ones never are."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from proofcheck.kernel.certificates import Root, Witness
from proofcheck.kernel.check import Rejected, refute
from proofcheck.kernel.statements import Relation, Statement, validate
from proofcheck.kernel.terms import (
    ONE,
    ZERO,
    Apply,
    Inner,
    Power,
    Product,
    Rational,
    Sum,
    Term,
    Variable,
    difference,
    subterms,
)
from proofcheck.provers.measuring import Measure, Outcome, compiled, value
from proofcheck.provers.sequent import Deadline, OutOfTime
from proofcheck.provers.solving import approximate, make_plan, solutions
from proofcheck.provers.witnesses import FEW, MANY, SOME, search

a, b, d, h, m, n, q, s, v, x, y, z = map(Variable, ["a", "b", "d", "h", "m", "n", "q", "s", "v", "x", "y", "z"])
wavelength = Variable("l")
EIGHT = tuple(Variable(f"x{place}") for place in range(8))


def number(value: int | str) -> Rational:
    return Rational(Fraction(value))


def times(*factors: Term | int | str) -> Term:
    return Product(tuple(number(f) if isinstance(f, int | str) else f for f in factors))


def plus(*terms: Term | int | str) -> Term:
    return Sum(tuple(number(t) if isinstance(t, int | str) else t for t in terms))


def over(numerator: Term, denominator: Term) -> Term:
    return Product((numerator, Power(denominator, -1)))


def root(term: Term) -> Term:
    return Apply("sqrt", (term,))


def statement(hypotheses: Sequence[Relation], goal: Relation, vectors: tuple[str, ...] = ()) -> Statement:
    parts = [p for r in (*hypotheses, goal) for side in (r.left, r.right) for p in subterms(side)]
    names = sorted({part.name for part in parts if isinstance(part, Variable)})
    made = Statement(tuple(names), vectors, tuple(hypotheses), goal)
    validate(made)
    return made


def positive(*terms: Term) -> list[Relation]:
    return [Relation(term, ">", ZERO) for term in terms]


def refutation(claim: Statement, seconds: float = 20) -> Witness | None:
    witness = search(claim, Deadline.after(seconds))
    if witness is not None:
        refute(claim, witness)
    return witness


def values_of(claim: Statement, witness: Witness | None) -> dict[str, Fraction | Root]:
    assert witness is not None
    return dict(zip(claim.variables, witness.values, strict=True))


SQUARE_OF_A = Power(a, 2)
ENERGY = statement(
    [*positive(a), Relation(h, ">=", SQUARE_OF_A)],
    Relation(
        plus(times(-1, a, h, Power(d, 2)), times(-1, SQUARE_OF_A, v, d), times(-1, a, Power(v, 2))),
        "=",
        plus(
            times("-1/2", a, h, Power(d, 2)),
            times("-1/2", Power(a, 3), Power(d, 2)),
            times(-1, SQUARE_OF_A, v, d),
            times(-1, a, Power(v, 2)),
        ),
    ),
)


def test_the_energys_derivative_as_an_equation_fails_at_small_numbers() -> None:
    assert values_of(ENERGY, refutation(ENERGY)) == {"a": 1, "d": 1, "h": 2, "v": 0}


def test_the_energys_derivative_as_a_strict_inequality_fails_at_rest() -> None:
    strict = Statement(ENERGY.variables, (), ENERGY.hypotheses, Relation(ENERGY.goal.left, "<", ENERGY.goal.right))
    found = values_of(strict, refutation(strict))
    assert (found["d"], found["v"]) == (0, 0)


FALSE = {
    "an end point that a fact gives": statement(
        [*positive(wavelength), Relation(wavelength, "<=", number("1/2"))],
        Relation(root(times("1/2", wavelength)), ">", wavelength),
    ),
    "undefined at zero": statement([Relation(x, ">=", ZERO)], Relation(over(x, x), "=", ONE)),
    "undefined below zero": statement([], Relation(Power(root(x), 2), "=", x)),
    "an equation among the hypotheses": statement(
        [*positive(wavelength, a), Relation(SQUARE_OF_A, "=", times("1/2", wavelength))],
        Relation(times(2, wavelength), "=", times(4, a)),
    ),
    "only at an irrational number": statement(
        [*positive(s), Relation(Power(s, 2), "=", number("1/2"))], Relation(s, "<", number("7/10"))
    ),
    "a pole at an irrational number": statement(
        [*positive(x)], Relation(Power(difference(Power(x, 2), number(2)), -2), ">", ZERO)
    ),
    "tight at an irrational number": statement([], Relation(Power(difference(Power(x, 2), number(2)), 2), ">", ZERO)),
    "a pole far from simple numbers": statement(
        [], Relation(Power(difference(times(131, x), number(17)), -2), ">", ZERO)
    ),
    "a factor of the square root": statement([Relation(q, ">=", ZERO)], Relation(root(times(2, q)), "<=", root(q))),
    "the exponential below its second Taylor polynomial": statement(
        [], Relation(Apply("exp", (x,)), ">=", plus(1, x, times("1/2", Power(x, 2))))
    ),
    "nearly tight": statement(
        [Relation(x, ">=", ZERO)],
        Relation(plus(Power(x, 2), times(-2, x), 1, "-1/1000000000"), ">", ZERO),
    ),
    "more nearly tight than floats can tell": statement(
        [], Relation(plus(Power(x, 2), times(-2, x), 1), ">=", number(f"1/{10**40}"))
    ),
    "tight at 17/13, strict": statement([], Relation(plus(Power(x, 2), number("289/169")), ">", times("34/13", x))),
    "arithmetic and geometric mean of three, constant too large": statement(
        positive(x, y, z),
        Relation(plus(Power(x, 3), Power(y, 3), Power(z, 3)), ">=", times("3001/1000", x, y, z)),
    ),
    "a cyclic sum whose minimum is not at equal numbers": statement(
        positive(x, y, z),
        Relation(
            plus(Power(x, 2), times(9, Power(y, 2)), times(25, Power(z, 2))),
            ">=",
            times("1001/1000", plus(times(3, x, y), times(15, y, z), times(5, z, x))),
        ),
    ),
    "a minimum between small numbers": statement(
        positive(x, y),
        Relation(plus(Power(x, 4), Power(y, 2), "1/17"), ">=", times("999/1000", y, plus(Power(x, 2), "3/7"))),
    ),
    "two equations in turn": statement(
        [Relation(plus(x, y), "=", number(7)), Relation(times(2, y), "=", z), Relation(z, ">", number(20))],
        Relation(x, ">=", number(-3)),
    ),
    "eight positive numbers, constant too small": statement(
        positive(*EIGHT),
        Relation(times("799/100", plus(*(Power(part, 2) for part in EIGHT))), ">=", Power(plus(*EIGHT), 2)),
    ),
    "a false closed statement": statement([], Relation(Apply("pi", ()), ">", number("22/7"))),
}


@pytest.mark.parametrize("claim", FALSE.values(), ids=FALSE.keys())
def test_a_false_statement_is_refuted(claim: Statement) -> None:
    assert refutation(claim) is not None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("an end point that a fact gives", {"l": Fraction(1, 2)}),
        ("undefined at zero", {"x": Fraction(0)}),
        ("undefined below zero", {"x": Fraction(-1)}),
        ("a factor of the square root", {"q": Fraction(1)}),
        ("the exponential below its second Taylor polynomial", {"x": Fraction(-1)}),
        ("nearly tight", {"x": Fraction(1)}),
        ("tight at 17/13, strict", {"x": Fraction(17, 13)}),
        ("a pole far from simple numbers", {"x": Fraction(17, 131)}),
        ("arithmetic and geometric mean of three, constant too large", {"x": 1, "y": 1, "z": 1}),
        ("eight positive numbers, constant too small", {part.name: Fraction(1) for part in EIGHT}),
    ],
)
def test_the_witness_is_simple(name: str, expected: dict[str, Fraction]) -> None:
    assert values_of(FALSE[name], refutation(FALSE[name])) == expected


@pytest.mark.parametrize(
    "name",
    ["only at an irrational number", "a pole at an irrational number", "tight at an irrational number"],
)
def test_an_irrational_witness_is_a_root(name: str) -> None:
    witness = refutation(FALSE[name])
    assert witness is not None
    assert isinstance(witness.values[0], Root)


def test_cauchy_schwarz_reversed_fails_in_the_plane() -> None:
    uv, uu, vv = Inner("u", "v"), Inner("u", "u"), Inner("v", "v")
    claim = statement([], Relation(Power(uv, 2), ">=", Product((uu, vv))), ("u", "v"))
    witness = refutation(claim)
    assert witness is not None
    assert len(witness.vectors[0]) == 2


def test_orthogonal_vectors_are_found() -> None:
    hypotheses = [
        Relation(Inner("u", "v"), "=", ZERO),
        *positive(Inner("u", "u"), Inner("v", "v")),
        Relation(Inner("w", "w"), "=", plus(Inner("u", "u"), Inner("v", "v"))),
    ]
    claim = statement(hypotheses, Relation(Inner("u", "w"), "=", Inner("v", "w")), ("u", "v", "w"))
    assert refutation(claim) is not None


TRUE = {
    "energy, as an inequality": Statement(
        ENERGY.variables, (), ENERGY.hypotheses, Relation(ENERGY.goal.left, "<=", ENERGY.goal.right)
    ),
    "arithmetic and geometric mean": statement(
        positive(x, y, z), Relation(plus(Power(x, 3), Power(y, 3), Power(z, 3)), ">=", times(3, x, y, z))
    ),
    "tangent of the exponential": statement([], Relation(Apply("exp", (x,)), ">=", plus(1, x))),
    "an equation with functions": statement(
        [],
        Relation(plus(Power(Apply("sin", (x,)), 2), Power(Apply("cos", (x,)), 2)), "=", ONE),
    ),
    "Cauchy and Schwarz": statement(
        [],
        Relation(Power(Inner("u", "v"), 2), "<=", Product((Inner("u", "u"), Inner("v", "v")))),
        ("u", "v"),
    ),
    "hypotheses that never hold": statement(
        [Relation(x, ">", ONE), Relation(x, "<", ZERO)], Relation(x, "=", number(5))
    ),
    "the root of a square": statement([*positive(x)], Relation(root(Power(x, 2)), "=", x)),
}


@pytest.mark.parametrize("claim", TRUE.values(), ids=TRUE.keys())
def test_a_true_statement_is_not_refuted(claim: Statement) -> None:
    assert search(claim, Deadline.after(30)) is None


def test_the_search_is_deterministic() -> None:
    claim = FALSE["a minimum between small numbers"]
    assert refutation(claim) == refutation(claim)


def test_the_search_stops_at_its_deadline() -> None:
    with pytest.raises(OutOfTime):
        search(TRUE["arithmetic and geometric mean"], Deadline.after(0))


def test_an_equation_is_solved_for_a_linear_occurrence() -> None:
    term = difference(SQUARE_OF_A, times("1/2", wavelength))
    plan = make_plan(("a", "l"), (term,), frozenset())
    assert (plan.free, [name for _, name in plan.solved]) == (("a",), ["l"])
    assert list(solutions(term, "l", {"a": Fraction(3)})) == [18]


def test_square_roots_of_squares_are_drawn() -> None:
    term = difference(times(2, x), root(over(y, number(4))))
    assert list(solutions(term, "x", {"y": Fraction(9)})) == [Fraction(3, 4)]
    assert list(solutions(term, "x", {"y": Fraction(2)})) == []


def test_roots_are_isolated() -> None:
    found = [approximate(part) for part in solutions(difference(Power(x, 3), times(3, x)), "x", {})]
    assert found == pytest.approx([0, 3**0.5, -(3**0.5)])
    assert list(solutions(plus(Power(x, 2), 1), "x", {})) == []


@pytest.mark.parametrize(
    ("term", "point"),
    [(root(x), -1.0), (over(ONE, x), 0.0), (Apply("log", (x,)), 0.0), (Apply("arccos", (x,)), 2.0)],
)
def test_floats_are_nan_where_a_term_is_undefined(term: Term, point: float) -> None:
    computed = value(compiled(term), {"x": point})
    assert computed != computed


def test_a_goal_undefined_in_floats_fails() -> None:
    assert Measure(Relation(root(x), ">=", ZERO)).outcome({"x": -1.0}) is Outcome.FAILS


def test_the_kernel_has_the_last_word() -> None:
    claim = TRUE["the root of a square"]
    with pytest.raises(Rejected):
        refute(claim, Witness((Fraction(-1),), ()))


@pytest.mark.parametrize(("bound", "few"), [(1, True), (12, False)])
def test_a_larger_effort_finds_more(bound: int, few: bool) -> None:
    small = [Relation(part, "<=", number(3)) for part in EIGHT]
    claim = statement([*positive(*EIGHT), *small], Relation(plus(*EIGHT), "<=", number(bound)))
    deadline = Deadline.after(20)
    assert (search(claim, deadline, FEW) is not None) == few
    assert search(claim, deadline, SOME) is not None


def test_no_effort_refutes_what_is_true() -> None:
    claim = statement([*positive(x)], Relation(plus(x, over(ONE, x)), ">=", number(2)))
    for effort in (FEW, SOME, MANY):
        assert search(claim, Deadline.after(20), effort) is None
