"""What each rule owes on a small true example: the labels, that all of it is provable, and the theorem it names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    after,
    at,
    bounded,
    chain,
    cited,
    conserved,
    consistent,
    counterexample,
    displacement,
    every_mode,
    exp,
    flow,
    for_all,
    gronwall,
    gronwall_with_jumps,
    inner,
    integral,
    let,
    log,
    missing,
    motion,
    norm,
    norm2,
    operator,
    order,
    path,
    power,
    refuted_by,
    scalar,
    scalar_path,
    sqrt,
    total,
    vector,
)
from proofcheck.kernel import statements as kernel
from proofcheck.kernel.statements import NEGATION, Relation, Statement, validate
from proofcheck.kernel.terms import Inner, Power, Product, Sum, Term, Variable, subterms
from proofcheck.language.claims import Claim
from proofcheck.language.expressions import Operator, Scalar, Vector
from proofcheck.language.flows import Flow
from proofcheck.provers.measuring import Measure
from proofcheck.provers.portfolio import decide
from proofcheck.rules.argue import NotAStatement, argue
from proofcheck.rules.obligations import EXAMPLE, Argument
from proofcheck.rules.orders import monomial
from proofcheck.rules.reduction import GRAM, SPECTRAL, equation_obligation, obligation_of, one_mode_is_enough
from proofcheck.rules.totals import ADDITIVE

from .settling import claimed, decided, left_open, verdict, verdict_of

t, s = scalar("t", nonnegative=True), scalar("s", nonnegative=True)
x, alpha = scalar("x"), scalar("alpha", positive=True)
i, n = scalar("i"), scalar("n", at_least=1)
u, v = vector("u"), vector("v")
X = path("X")
H = operator("H", at_least=alpha**2)
K = operator("K", at_least=0)
decay = flow(X.dot == -alpha * X, time=t)
E = let("E", norm2(X))


def labels(argument: Argument) -> list[str]:
    return [part.label for part in argument.obligations]


# --- one mode, Gram, components ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "enough"),
    [
        (inner(H(u), u) >= alpha**2 * norm2(u), True),
        (2 * inner(H(u), v) + inner(H(H(u)), u) == inner(v, H(u)) * 2 + norm2(H(u)), True),
        (let("L", norm2(u) / 2) <= norm2(u), True),
        (norm2(u) >= 0, True),
        (0 <= x * norm2(alpha * u - v / alpha), True),
        (exp(x) * inner(u, v) >= 0, True),
        (norm2(u) != 0, False),
        (norm2(u) + x >= 0, False),
        (norm2(u) >= 1, False),
        (inner(u, v) ** 2 <= norm2(u) * norm2(v), False),
        (norm(u) >= 0, False),
        (exp(norm2(u)) >= 1, False),
        (inner(H(u), u) >= inner(K(u), u), False),
        (norm2(inner(u, v) * u) >= 0, False),
        (norm2(u) / norm2(v) >= 0, False),
        (norm2(u) * norm2(v) >= 0, False),
        (inner(operator("M", at_least=norm2(v))(u), u) >= 0, False),
        (total(norm2(u), i, n) >= 0, False),
    ],
    ids=str,
)
def test_when_one_mode_is_enough(relation: object, enough: bool) -> None:
    assert one_mode_is_enough(relation, ()) is enough  # type: ignore[arg-type]


def test_a_hypothesis_about_vectors_needs_the_gram_matrix_and_one_about_numbers_does_not() -> None:
    relation = inner(H(u), u) >= x * norm2(u)
    assert one_mode_is_enough(relation, (x <= alpha**2,))
    assert not one_mode_is_enough(relation, (norm2(u) >= 1,))
    assert not one_mode_is_enough(relation, (u == v,))


def test_one_mode_has_the_operators_bounds_as_hypotheses() -> None:
    between = operator("B", at_least=1, at_most=alpha, norm=alpha + 1)
    obligation, rules = obligation_of(inner(between(u), u) >= norm2(u), (), "")
    assert rules == (SPECTRAL,) and obligation.statement is not None and obligation.instance == obligation.statement
    signs = sorted(hypothesis.sign for hypothesis in obligation.statement.hypotheses)
    assert signs == ["<=", "<=", ">", ">=", ">="] and obligation.statement.vectors == ()
    assert decided(obligation.statement).proof
    bare = replace(obligation.statement, hypotheses=())
    assert decided(bare).witness


def test_gram_has_the_operators_bounds_on_each_vector_and_its_symmetry() -> None:
    small = operator("S", norm=alpha)
    obligation, rules = obligation_of(inner(small(u), v) ** 2 <= alpha**2 * norm2(u) * norm2(v), (), "")
    assert rules == (GRAM,) and obligation.statement is not None and obligation.instance is not None
    assert set(obligation.statement.vectors) == {"u", "v", "S_u"} and obligation.instance.vectors == ()
    assert decided(obligation.statement).proof
    for dropped in obligation.statement.hypotheses:
        if Inner("S_u", "S_u") in subterms(dropped.left) and dropped.sign == "<=":
            rest = tuple(h for h in obligation.statement.hypotheses if h != dropped)
            assert not decided(replace(obligation.statement, hypotheses=rest)).proof
    symmetric, _ = obligation_of((inner(K(u), v) == inner(u, K(v))).given(norm2(u) >= 1), (norm2(u) >= 1,), "")
    assert symmetric.statement is not None and decided(symmetric.statement).proof


def gram_statement(form: object) -> Statement:
    """The Gram statement of a relation."""
    statement = obligation_of(form, (), "")[0].statement  # type: ignore[arg-type]
    assert statement is not None and statement.vectors
    return statement


def test_gram_has_the_product_of_the_gaps_of_an_operator_between_two_bounds() -> None:
    """`|B u| <= 3 |u|` needs more than the two forms: for a rotation by a right angle `<B u, u>` says nothing."""
    bounded_operator = operator("B", at_least=1, at_most=3)
    true = gram_statement(norm(bounded_operator(u)) <= 3 * norm(u))
    assert decided(true).proof
    gaps = [
        h for h in true.hypotheses if Inner("B_u", "B_u") in subterms(h.left) and Inner("B_u", "u") in subterms(h.right)
    ]
    assert len(gaps) == 1
    rest = tuple(h for h in true.hypotheses if h not in gaps)
    assert not decided(replace(true, hypotheses=rest)).proof
    assert not decided(gram_statement(norm(bounded_operator(u)) <= Rational(29, 10) * norm(u))).proof
    half = operator("C", at_least=1)
    assert not decided(gram_statement(norm(half(u)) <= 3 * norm(u))).proof


def test_gram_has_the_gaps_between_an_operator_and_its_inverse() -> None:
    """(H - 1) (4 - H) H^-1 is not negative: Kantorovich's inequality needs it, and both bounds, at the same vector."""
    bounded_operator, half = operator("B", at_least=1, at_most=4), operator("C", at_least=1)

    def kantorovich(of: Operator, second: Vector = u) -> Statement:
        return gram_statement(inner(of(u), u) * inner(of.inverse(second), second) <= Rational(25, 16) * norm2(u) ** 2)

    def gaps(statement: Statement, image: str, inverse: Inner) -> list[Relation]:
        return [h for h in statement.hypotheses if {Inner(image, "u"), inverse} <= {*subterms(h.left)}]

    true = kantorovich(bounded_operator)
    needed = gaps(true, "B_u", Inner("B1_u", "u"))
    assert len(needed) == 1 and decided(true).proof
    rest = tuple(h for h in true.hypotheses if h not in needed)
    assert not decide(replace(true, hypotheses=rest), 1).proof
    assert not gaps(kantorovich(bounded_operator, v), "B_u", Inner("B1_v", "v"))
    assert not gaps(kantorovich(half), "C_u", Inner("C1_u", "u"))


def test_gram_has_cauchy_and_schwarz_for_the_form_of_an_operator_bounded_below() -> None:
    positive = operator("P", at_least=0)
    assert decided(gram_statement(inner(positive(u), v) ** 2 <= inner(positive(u), u) * inner(positive(v), v))).proof
    assert not decided(gram_statement(inner(positive(u), v) ** 2 <= inner(positive(u), u) * norm2(v))).proof
    indefinite = operator("S", norm=1)
    false = inner(indefinite(u), v) ** 2 <= inner(indefinite(u), u) * inner(indefinite(v), v)
    assert not decided(gram_statement(false)).proof


@pytest.mark.parametrize("seed", range(5))
def test_what_gram_says_of_an_operator_holds_for_matrices(seed: int) -> None:
    """Every hypothesis of the statement, at the Gram matrix of random vectors and a random symmetric matrix."""
    random = np.random.default_rng(seed)
    bases = np.linalg.qr(random.normal(size=(4, 4)))[0]
    matrix = bases @ np.diag([1.0, 1.0, 2.5, 3.0]) @ bases.T
    bounded_operator = operator("B", at_least=1, at_most=3)
    statement = gram_statement(
        inner(bounded_operator(u), bounded_operator(v)) ** 2 <= norm2(u) * inner(bounded_operator.inverse(v), v)
    )
    vectors = {name: random.normal(size=4) for name in ("u", "v")}
    vectors |= {f"B_{name}": matrix @ value for name, value in vectors.items()}
    vectors["B1_v"] = np.linalg.solve(matrix, vectors["v"])
    assert set(statement.vectors) == set(vectors)
    point = {f"{left}.{right}": float(vectors[left] @ vectors[right]) for left in vectors for right in vectors}

    def numbered(term: Term) -> Term:
        match term:
            case Inner(left, right):
                return Variable(f"{left}.{right}")
            case Sum(parts):
                return Sum(tuple(map(numbered, parts)))
            case Product(parts):
                return Product(tuple(map(numbered, parts)))
            case Power(base, exponent):
                return Power(numbered(base), exponent)
            case _:
                return term

    assert len(statement.hypotheses) > 8
    for fact in statement.hypotheses:
        told = kernel.Relation(numbered(fact.left), fact.sign, numbered(fact.right))
        assert Measure(told).relative_margin(point) >= -1e-9, fact


def test_the_names_of_a_statement_are_declared_and_readable() -> None:
    D = path("D")
    moving = operator("K_t", changes=Changes.BY_JUMPS)
    relation = inner(at(moving(D), t + 1), at(D.dot, 0)) + inner(moving.dot(u), D.ddot.ddot) + x <= norm2(u) * norm2(v)
    obligation, _ = obligation_of(relation, (), "")
    assert obligation.instance is None  # D stands at two moments that may be one
    statement = obligation.statement
    assert statement is not None
    validate(statement)
    assert set(statement.variables + statement.vectors) <= set(obligation.names)


def test_two_things_of_one_name_get_two_kernel_names() -> None:
    twice = scalar("x") + scalar("x", positive=True) >= scalar("x")
    obligation, _ = obligation_of(twice, (), "")
    assert obligation.statement is not None
    assert obligation.statement.variables == ("x", "x_2") and decided(obligation.statement).proof


def test_an_equation_between_vectors_holds_by_components() -> None:
    obligation, _ = equation_obligation((u == 2 * v).given(u - v == v), "")
    assert obligation.statement is not None and decided(obligation.statement).proof
    wrong, _ = equation_obligation(u == 2 * v, "")
    assert wrong.statement is not None and decided(wrong.statement).witness


@pytest.mark.parametrize("equation", [K(u) == u, inner(u, v) * u == v, (u == v).given(K(u) == v)], ids=str)
def test_an_equation_with_operators_does_not_decouple(equation: object) -> None:
    with pytest.raises(TypeError, match="linear in them, without operators"):
        equation_obligation(equation, "")  # type: ignore[arg-type]


def test_a_hypothesis_between_vectors_is_used_in_both_translations() -> None:
    assert verdict((inner(K(u), v) >= 0).given(u == v)) is Verdict.PROVED
    assert verdict((norm2(u) * norm2(v) == 4 * norm2(v) ** 2).given(u == 2 * v)) is Verdict.PROVED
    assert verdict((norm2(u) * norm2(v) == 4 * norm2(v) ** 2).given(u == 3 * v)) is Verdict.REFUTED


# --- growth ------------------------------------------------------------------------------------------------------


def test_gronwall() -> None:
    argument = gronwall(decay, E, alpha)
    assert argument.formula == "E <= exp(-alpha t) E(0)"
    assert labels(argument) == ["the derivative of the energy", "E is absolutely continuous"]
    assert left_open(argument) == [] and all(part.instance is None for part in argument.obligations)
    assert str(argument.conclusion) == argument.formula
    assert any("Gronwall" in rule for rule in argument.rules)
    assert left_open(gronwall(decay, E, 2 * alpha, exactly=True)) == []
    assert left_open(gronwall(decay, E, alpha, exactly=True)) == ["the derivative of the energy"]
    assert left_open(gronwall(decay, E, 3 * alpha)) == ["the derivative of the energy"]


def test_gronwall_asks_for_time_and_a_constant_rate() -> None:
    with pytest.raises(ValueError, match=r"does not know its time; write flow\(\.\.\., time=t\)"):
        gronwall(flow(X.dot == -X), E, 1)
    for rate in (t, norm2(X), inner(K(u), u), let("r", t + 1), scalar_path("q")):
        with pytest.raises(ValueError, match="not constant in time"):
            gronwall(decay, E, rate)


def test_conserved() -> None:
    argument = conserved(flow(X.ddot == -X, time=t), let("Q", norm2(X) + norm2(X.dot)))
    assert argument.formula == "Q = Q(0)"
    assert labels(argument) == ["the derivative of the quantity", "Q is absolutely continuous"]
    assert left_open(argument) == []
    assert left_open(conserved(decay, E)) == ["the derivative of the quantity"]


def test_displacement() -> None:
    argument = displacement(decay, X, s)
    assert argument.formula == "|X - X(0)| <= int_0^t |-alpha X(s)| ds"
    assert labels(argument) == ["X is absolutely continuous"] and left_open(argument) == []


def test_gronwall_with_jumps() -> None:
    stiff = operator("S", at_least=0, changes=Changes.BY_JUMPS)
    jumping = flow(X.dot == -X, time=t)
    energy = let("W", inner(stiff(X), X))
    argument = gronwall_with_jumps(jumping, energy, 2, scalar("J"))
    assert labels(argument) == [
        "the derivative between jumps",
        "the step over one jump",
        "W is absolutely continuous between the jumps",
    ]
    assert left_open(argument) in ([], ["the step over one jump"])  # a longer search is below
    wild = gronwall_with_jumps(jumping, let("W", inner(stiff(path("Y")), X)), 0, scalar("J"))
    assert "W is absolutely continuous between the jumps" in left_open(wild)


def test_the_step_over_a_jump_needs_each_of_its_hypotheses() -> None:
    argument = gronwall_with_jumps(decay, E, alpha, scalar("J"))
    step = next(part for part in argument.obligations if part.label == "the step over one jump").statement
    assert step is not None and decide(step, 10).proof
    essential = [h for h in step.hypotheses if "V_" in str(h) or "j" in str(h.left)]
    assert len(essential) >= 3
    for dropped in essential:
        assert not decided(replace(step, hypotheses=tuple(h for h in step.hypotheses if h != dropped))).proof


# --- sums and integrals ------------------------------------------------------------------------------------------


def test_termwise() -> None:
    a = scalar("a", index=i)
    argument = argue((total(a, i, n) <= 2 * total(a**2, i, n)).given(for_all(i, a >= 1)))
    assert labels(argument) == ["the claim: under the sum"] and left_open(argument) == []
    assert left_open(argue(total(a, i, n) <= 2 * total(a**2, i, n))) == ["the claim: under the sum"]
    assert verdict(total(Rational(1, 2), i, n) == n / 2) is Verdict.PROVED


def test_a_hypothesis_may_hold_a_sum_over_the_variable_of_the_claim() -> None:
    a = scalar("a", index=i)
    assert verdict((total(2 * a, i, n) == 2).given(total(a, i, n) == 1)) is Verdict.PROVED
    # Of the terms it says nothing: a = (2, -1).
    assert verdict((total(a**2, i, n) <= total(a, i, n)).given(total(a, i, n) == 1)) is not Verdict.PROVED
    with pytest.raises(NotAStatement, match="which is bound"):
        argue((total(a, i, n) <= n).given(total(a, i, n) + a <= 1))


def test_integrals_termwise() -> None:
    argument = argue(integral(exp(-s), s, 0, t) <= integral(1 + s, s, 0, t))
    assert labels(argument) == [
        "the claim: under the integral",
        "the claim: the ends are in order",
        "the claim: the interval is in the domain of s",
        "the claim: both integrands are integrable",
    ]
    assert left_open(argument) == []
    rough = argue(integral(norm2(at(X.ddot, s)), s, 0, t) >= integral(0 * s, s, 0, t))
    assert "the claim: both integrands are integrable" in left_open(rough)


def test_an_antiderivative_is_checked() -> None:
    argument = argue(integral(s * exp(-alpha * s), s, 0, t) <= 1 / alpha**2)
    assert labels(argument)[:2] == ["the claim: the antiderivative", "the claim: the ends are in order"]
    assert labels(argument)[-1] == "the claim" and left_open(argument) == []
    assert verdict(integral(s**2, s, 0, t) == t**3 / 3) is Verdict.PROVED
    assert verdict(integral(s**2, s, 0, t) == t**3 / 2) is not Verdict.PROVED
    assert verdict(integral(1 / s, s, 0, t) >= 0) is not Verdict.PROVED
    assert verdict(integral(1 / (1 + s), s, 0, t) == log(1 + t)) is Verdict.PROVED


def test_a_total_without_a_closed_form_is_a_number_of_which_nothing_is_known() -> None:
    a = scalar("a", index=i)
    assert verdict(2 * total(a, i, n) + total(a, i, n) == 3 * total(a, i, n)) is Verdict.PROVED
    assert verdict(total(x * a, i, n) == x * total(a, i, n)) is Verdict.PROVED
    assert verdict(total(a, i, n) >= 0) is Verdict.OPEN


def test_a_sum_of_sums() -> None:
    a, b = scalar("a", index=i), scalar("b", index=i)
    whole, first, second = total(a + b, i, n), total(a, i, n), total(b, i, n)
    argument = argue(whole == first + second)
    assert ADDITIVE in argument.rules and left_open(argument) == []
    assert verdict(total((a - 2 * b) / alpha, i, n) == first / alpha - 2 * second / alpha) is Verdict.PROVED
    assert verdict(total(1 + a, i, n) == n + first) is Verdict.PROVED
    assert verdict(whole == first - second) is not Verdict.PROVED
    assert verdict(total(a * (1 + b), i, n) == first * (n + second)) is not Verdict.PROVED
    assert verdict(total((1 + a) ** 2, i, n) == total((1 + a), i, n) ** 2) is not Verdict.PROVED


def test_a_sum_of_sums_is_defined_where_each_of_them_is() -> None:
    a = scalar("a", index=i)
    assert left_open(argue(total(a + 1 / a, i, n) == total(a, i, n) + total(1 / a, i, n)))
    nonzero = for_all(i, a >= 1)
    assert verdict((total(a + 1 / a, i, n) == total(a, i, n) + total(1 / a, i, n)).given(nonzero)) is Verdict.PROVED


# --- premises ----------------------------------------------------------------------------------------------------


def test_a_premise_meets_the_demand_of_a_later_one() -> None:
    y, z = scalar("y"), scalar("z")
    middle = claimed((y >= 2).given(x >= 3), "middle")
    last = claimed((z >= 1).given(y >= 2), "last")
    given = z >= 1
    assert left_open(argue(given.given(x >= 3).by(middle, last))) == []
    # Not of an earlier one, not without its own demand, not another relation than the one that is stated.
    assert left_open(argue(given.given(x >= 3).by(last, middle))) == ["the claim: the premise last applies"]
    assert left_open(argue(given.by(middle, last))) == ["the claim: the premise middle applies"]
    strict = claimed((z >= 1).given(y >= 3), "strict")
    assert left_open(argue(given.given(x >= 3).by(middle, strict))) == ["the claim: the premise strict applies"]


def test_premises_do_not_meet_each_others_demands_in_a_circle() -> None:
    y = scalar("y")
    here, there = claimed((x >= 1).given(y >= 1), "here"), claimed((y >= 1).given(x >= 1), "there")
    assert left_open(argue((x >= 1).by(here, there))) == ["the claim: the premise here applies"]


def test_a_premise_about_one_value_does_not_meet_a_demand_on_all() -> None:
    a = scalar("a", index=i)
    one = claimed((a >= 1).given(x >= 1), "one")
    whole = claimed((total(a, i, n) >= n).given(for_all(i, a >= 1)), "whole")
    assert left_open(argue((total(a, i, n) >= n).given(x >= 1).by(one, whole)))


# --- motions -----------------------------------------------------------------------------------------------------

local = scalar("h")
growing = flow(X.dot == K(X), time=t)
grows = motion(X, K, local, 1).then(1, 1, lambda start: start * exp(local))


def test_a_motion_refutes() -> None:
    argument = refuted_by(E <= 2 * at(E, 0), growing, grows)
    assert argument.refutes and left_open(argument) == []
    assert verdict(lambda: refuted_by(E <= 2 * at(E, 0), growing, grows)) is Verdict.REFUTED
    assert [label.split(" at time")[0] for label in labels(argument)] == [
        "piece 1 obeys the flow from any state",
        "piece 1 begins at its state",
        "piece 1 takes time",
        "piece 1: the operator's bound",
        "the claimed relation fails",
    ] or labels(argument)[-1].startswith("the claimed relation fails")


@pytest.mark.parametrize(
    ("claimed_relation", "moved", "label"),
    [
        (E <= 9 * at(E, 0), grows, "the claimed relation fails"),
        ((E <= 2 * at(E, 0)).given(norm2(at(X, 0)) == 4), grows, "hypothesis"),
        (E <= 2 * at(E, 0), motion(X, K, local, 1).then(1, 1, lambda a: a * exp(2 * local)), "obeys the flow"),
        (E <= 2 * at(E, 0), motion(X, K, local, 1).then(1, 1, lambda a: exp(local)), "begins at its state"),
        (E <= 2 * at(E, 0), motion(X, K, local, 1).then(-1, 1, lambda a: a * exp(local)), "takes time"),
        (E >= at(E, 0), motion(X, K, local, 1).then(1, -1, lambda a: a * exp(-local)), "the operator's bound"),
        (E <= 2 * at(E, 0), grows.then(1, 2, lambda a: a * exp(2 * local)), "does not jump"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_motion_owes_each_condition(claimed_relation: object, moved: object, label: str) -> None:
    argument = refuted_by(claimed_relation, growing, moved)  # type: ignore[arg-type]
    assert any(label in left for left in left_open(argument)), left_open(argument)


def test_pieces_under_a_jumping_operator_may_differ() -> None:
    jumps = operator("K", at_least=0, changes=Changes.BY_JUMPS)
    moved = replace(grows, operator=jumps).then(1, 2, lambda a: a * exp(2 * local))
    assert left_open(refuted_by(E <= 2 * at(E, 0), flow(X.dot == jumps(X), time=t), moved)) == []


def test_values_of_parameters_lie_in_their_domains() -> None:
    fast = flow(X.dot == alpha * X + 0 * K(X), time=t)
    moved = motion(X, K, local, 1).then(1, 0, lambda a: a * exp(2 * local))
    assert left_open(refuted_by(E <= at(E, 0), fast, moved, {alpha: 2})) == []
    backwards = motion(X, K, local, 1).then(1, 0, lambda a: a * exp(-2 * local))
    assert "the domain of alpha" in left_open(refuted_by(E >= at(E, 0), fast, backwards, {alpha: -2}))


def test_what_a_motion_does_not_say() -> None:
    with pytest.raises(ValueError, match="does not say what Y is"):
        refuted_by(norm2(path("Y")) <= 0, growing, grows)
    with pytest.raises(ValueError, match="does not say what M is there"):
        refuted_by(inner(operator("M")(X), X) <= 0, growing, grows)
    with pytest.raises(ValueError, match="no value along a motion"):
        refuted_by(integral(norm2(at(X, s)), s, 0, t) <= 0, growing, grows)
    with pytest.raises(ValueError, match="a flow of one path with a time"):
        refuted_by(E <= at(E, 0), flow(X.dot == K(X)), grows)
    with pytest.raises(ValueError, match="at least one piece"):
        refuted_by(E <= at(E, 0), growing, motion(X, K, local, 1))
    with pytest.raises(ValueError, match="begins with 1 values"):
        refuted_by(E <= at(E, 0), growing, motion(X, K, local, 1, 2).then(1, 1, lambda a, b: a))


# --- modes -------------------------------------------------------------------------------------------------------

z, h, mu = scalar_path("z"), scalar("h"), scalar("mu", nonnegative=True)
kick = scalar_path("v", jumps_from=0)


def standing(mode: Flow, name: str) -> Claim:
    """`z^2 <= z(0)^2` from rest along a flow that stands still."""
    velocity = claimed(lambda: conserved(mode, let("B", z.dot)), f"{name}_velocity")
    place = claimed(lambda: conserved(mode, let("A", z - t * z.dot)), f"{name}_place")
    stated = (z**2 <= Rational(1) * at(z, 0) ** 2).given(at(z.dot, 0) == 0).by(velocity, place)
    return claimed(stated, name)


still, bottom = flow(z.ddot == -mu * 0 * z, time=t), flow(z.ddot == 0 * z, time=t)


def every(**changed: object) -> Argument:
    """`|D|^2 <= |D(0)|^2` for `D'' = -K 0 D`: a flow that stands still in every mode."""
    chosen: dict[str, object] = {
        "along": flow(path("D").ddot == -(K(0 * path("D"))), time=t),
        "factor": Rational(1),
        "above": standing(still, "above"),
        "mode_above": still,
        "parameter": mu,
        "value": h,
        "eigenvalue": h,
        "at_bound": standing(bottom, "at_bound"),
        "mode_at_bound": bottom,
    }
    chosen.update(changed)
    along, factor = chosen.pop("along"), chosen.pop("factor")
    return every_mode(along, factor, **chosen)  # type: ignore[arg-type]


def test_every_mode() -> None:
    argument = every()
    assert argument.formula.startswith("|D|^2 <= ") and "given  D'(0) = 0" in argument.formula
    assert left_open(argument) == []
    assert labels(argument)[0] == "above: the mode's equation"
    assert [premise.name for premise in argument.premises] == ["above", "at_bound"]
    acceleration_jumps = flow(path("D", jumps_from=2).ddot == -(K(0 * path("D", jumps_from=2))), time=t)
    argument = every(along=acceleration_jumps)
    assert argument.conclusion is not None and argument.conclusion.flows() == (acceleration_jumps,)


def test_every_mode_owes_the_equations_and_the_domain() -> None:
    faster = flow(path("D").ddot == -K(path("D")), time=t)
    wrong = every(along=faster)
    assert any("the mode's equation" in label for label in left_open(wrong))
    negative = every(value=h - 1)
    assert any(label.endswith(": mu") for label in left_open(negative))
    # Both conclude what is true, from claims that say nothing of it.
    assert verdict(wrong) is verdict(negative) is Verdict.OPEN


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"along": flow(path("D").ddot == -path("D"), time=t)}, "one path and one operator"),
        ({"along": flow(path("D").ddot == -K(path("D")) - H(path("D")), time=t)}, "one path and one operator"),
        ({"along": flow(path("D").dot == -K(path("D")), time=t)}, "second order"),
        ({"along": flow(path("D").ddot == -K(path("D")))}, "with a time"),
        ({"along": flow(path("D").ddot == -operator("M")(path("D")), time=t)}, "bounded below"),
        (
            {"along": flow(path("D").ddot == -operator("M", at_least=0, changes=Changes.BY_JUMPS)(path("D")), time=t)},
            "its operator constant",
        ),
        ({"along": flow(path("D").ddot == -K(path("D")) + u, time=t)}, "not linear in its path"),
        ({"along": flow(path("D").ddot == -norm2(path("D")) * K(path("D")), time=t)}, "not linear in its path"),
        ({"factor": Rational(2)}, "does not state"),
        ({"above": claimed(z**2 <= Rational(1) * at(z, 0) ** 2)}, "from rest alone"),
        ({"above": claimed((z**2 <= Rational(1) * at(z, 0) ** 2).given(at(z.dot, 0) == 1))}, "from rest alone"),
        ({"above": claimed((z**2 < Rational(1) * at(z, 0) ** 2).given(at(z.dot, 0) == 0))}, "does not state"),
        ({"mode_above": flow(z.dot == z, time=t)}, "scalar flow of second order"),
        ({"mode_above": flow(z.ddot == -mu * z, time=t)}, "another flow"),
        ({"mode_at_bound": flow(z.ddot == 0 * z, time=scalar("r", nonnegative=True))}, "same time"),
        ({"factor": z**2}, "free of paths"),
        ({"factor": 1 + 0 * h}, "the same for every mode"),
        (
            {"along": flow(path("D").ddot == -(K(0 * path("D"))), path("E").dot == u, time=t)},
            "one path and one operator",
        ),
        ({"along": flow(scalar_path("d").ddot == inner(K(u), u), time=t)}, "one path and one operator"),
        ({"along": flow(path("D").ddot == -K(at(path("D"), 0)), time=t)}, "not linear in its path"),
        ({"along": flow(path("D").ddot == -(K(0 * mu * path("D"))), time=t)}, "in the modes alone"),
        ({"mode_above": flow(z.ddot == 0 * mu * z, scalar_path("d").dot == 1, time=t)}, "scalar flow of second order"),
        ({"mode_above": flow(path("Z").ddot == 0 * mu * path("Z"), time=t)}, "scalar flow of second order"),
        ({"mode_above": flow(z.ddot == -mu * 0 * z, time=t, subject_to=[z >= 0])}, "no constraints"),
        ({"mode_above": flow(z.ddot == -mu * 0 * z, time=t, jumps=[after(kick) <= kick])}, "no constraints"),
        ({"parameter": t}, "do not move in time"),
        ({"value": scalar_path("p")}, "do not move in time"),
        ({"above": claimed((z.dot**2 <= 1 * at(z, 0) ** 2).given(at(z.dot, 0) == 0))}, "does not state"),
        ({"above": claimed((z**2 <= 1 * at(z, 0) ** 2).given(at(z.dot, 0) <= 0))}, "from rest alone"),
        ({"above": claimed((z**2 <= 1 * at(z, 0) ** 2).given(at(z, 0) == 0))}, "from rest alone"),
        ({"above": claimed((z**2 <= 1 * at(z, 0) ** 2).given(u == 0 * u))}, "from rest alone"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_every_mode_refuses(changed: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        every(**changed)


# --- schemes -----------------------------------------------------------------------------------------------------


def test_a_consistent_scheme() -> None:
    step, w, g = scalar("h", positive=True), path("w"), vector("g")

    def newton(before: object, now: object, after: object) -> object:
        return after - 2 * now + before + step**2 * g  # type: ignore[operator]

    argument = consistent(newton, w.ddot + g, lambda behind, ahead: ahead - behind, curve=w, step=step)  # type: ignore[arg-type]
    assert labels(argument) == ["the residual on a smooth curve"] and left_open(argument) == []
    assert argument.conclusion is None and any("Taylor" in rule for rule in argument.rules)
    other = consistent(newton, w.ddot + 2 * g, lambda behind, ahead: ahead - behind, curve=w, step=step)  # type: ignore[arg-type]
    assert verdict(other) is Verdict.REFUTED
    off = consistent(newton, w.ddot + g, lambda behind, ahead: ahead + behind, curve=w, step=step)  # type: ignore[arg-type]
    assert left_open(off) != []


def momenta(first: object, second: object) -> object:
    """The residual of w(k+1) = w(k) - h^3 g + first (w(k) - w(k-1)) + second (w(k-1) - w(k-2))."""
    step, g = scalar("h", positive=True), vector("g")

    def residual(now: object, after: object, before: object, behind: object) -> object:
        moved = now - step**3 * g + first * (now - before) + second * (before - behind)  # type: ignore[operator]
        return after - moved  # type: ignore[operator]

    return residual


def four_points(coefficient: int, **changed: object) -> Argument:
    step, w, g = scalar("h", positive=True), path("w"), vector("g")
    arguments: dict[str, object] = {"curve": w, "step": step, "points": (0, 1, -1, -2), "degree": 3, "leading": 3}
    return consistent(
        momenta(2, -1),  # type: ignore[arg-type]
        coefficient * w.ddot.dot + g,
        lambda ahead, before, behind: ahead + 3 * before - 16 * behind,
        **{**arguments, **changed},  # type: ignore[arg-type]
    )


def test_a_consistent_scheme_of_four_points() -> None:
    assert left_open(four_points(1)) == [] and verdict(four_points(1)) is Verdict.PROVED
    assert verdict(four_points(2)) is Verdict.REFUTED
    assert verdict(four_points(1, degree=2)) is not Verdict.PROVED
    assert verdict(four_points(1, points=(0, 1, -2, -1))) is not Verdict.PROVED


@pytest.mark.parametrize("changed", [{"points": (0, 1, -1, -1)}, {"degree": 0}])
def test_a_scheme_of_no_points(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="distinct"):
        four_points(1, **changed)


# --- orders ------------------------------------------------------------------------------------------------------

N, M, d = (scalar(name, positive=True) for name in ("N", "M", "d"))


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (lambda: bounded(order(N**2, N**3), large=[N]), True),
        (lambda: bounded(order(N**3, N**2), large=[N]), False),
        (lambda: bounded(order(5 * N**2, Rational(1, 7) * N**2), large=[N]), True),
        (lambda: bounded(order(sqrt(N), N), large=[N]), True),
        (lambda: bounded(order(N, sqrt(N) * sqrt(sqrt(N))), large=[N]), False),
        (lambda: bounded(order(N, N / d), large=[N], small=[d]), True),
        (lambda: bounded(order(N / d, N), large=[N], small=[d]), False),
        (lambda: bounded(order(M, N**2), large=[N], given=[order(M, N)]), True),
        (lambda: bounded(order(M, N), given=[order(M**2, N**2)]), True),
        (lambda: bounded(order(M**2, N**3), large=[N], given=[order(M, N)]), True),
        (lambda: bounded(order(M, N), large=[N, M], given=[order(N, M)]), False),
        (lambda: bounded(order(M, N), large=[N]), False),
        (lambda: bounded(order(M * d, N), given=[order(M, N), order(d, Rational(1))]), True),
        (lambda: bounded(order(M**3, N**3 / d), given=[order(M, N / d**2), order(d, N)], small=[d]), False),
    ],
)
def test_orders_are_decided(claim: Callable[[], Argument], holds: bool) -> None:
    argument = claim()
    assert argument.refutes is not holds and left_open(argument) == []
    assert verdict(claim) is (Verdict.PROVED if holds else Verdict.REFUTED)
    assert all(part.instance is None for part in argument.obligations)


def test_an_order_owes_the_combination_of_what_is_given() -> None:
    def owed(argument: Argument) -> list[str]:
        assert left_open(argument) == [] and not argument.refutes
        return [part.formula for part in argument.obligations]

    halves = [order(sqrt(N) * sqrt(M), Rational(1)), order(sqrt(M) / sqrt(N), Rational(1))]
    assert owed(bounded(order(M, Rational(1)), given=halves)) == ["M^2 <= N M M/N"]
    assert owed(bounded(order(M, N), given=[order(M, d), order(d, N)])) == ["M/N <= M d/(d N)"]
    assert owed(bounded(order(sqrt(N), N), large=[N])) == ["1/N <= 1"]
    assert owed(bounded(order(N**2 * M, N**3 * M), large=[N])) == ["1/N <= 1"]
    a, b = scalar("a"), scalar("b")
    assert owed(bounded(order(a, b), given=[order(a**2, b**2)])) == ["a/b <= a/b"]
    argument = bounded(order(M, N), given=[order(M, d), order(d, N)])
    assert argument.latex.endswith(r"\quad\text{given}\quad M = O\left(d\right), d = O\left(N\right)")
    assert bounded(order(N, N**2), large=[N]).latex == r"N = O\left(N^{2}\right)"


def test_a_curve_owes_all_that_is_asked_of_its_quantities() -> None:
    argument = bounded(order(M**3, N**3 / d), given=[order(M, N / d**2), order(d, N)], small=[d])
    assert argument.rules[-1] == f"{EXAMPLE}d = T^-1, M = T^1, N = T^-1, as T grows"
    assert [part.formula for part in argument.obligations] == [
        "1/T > 0",
        "T > 0",
        "1/T > 0",
        "1/T <= 1",
        "1 <= 1",
        "1 <= 1",
        "T^5 >= T",
    ]
    argument = bounded(order(sqrt(N**3), N), large=[N], given=[order(sqrt(N), sqrt(sqrt(M)))])
    formulas = [part.formula for part in argument.obligations]
    assert formulas == ["T^8 > 0", "T^16 > 0", "T^8 >= 1", "1 <= 1", "T^4 >= T"] and left_open(argument) == []


def test_a_curve_of_few_quantities() -> None:
    assert bounded(order(M, N), large=[N]).rules[-1] == f"{EXAMPLE}M = T^1, as T grows"
    quarter = bounded(order(N, sqrt(N) * sqrt(sqrt(N))), large=[N])
    assert left_open(quarter) == [] and quarter.rules[-1] == f"{EXAMPLE}N = T^16, as T grows"


def test_quantities_have_names_of_their_own() -> None:
    other = scalar("N", at_least=2)
    for named in ({"given": [order(M, other)]}, {"large": [other]}, {"small": [other]}):
        with pytest.raises(ValueError, match="two different quantities"):
            bounded(order(N, M), **named)  # type: ignore[arg-type]


@pytest.mark.parametrize("expression", [N + 1, -N, N - M, exp(N), 0 * N, power(N, M), norm2(u)], ids=str)
def test_what_is_no_product_of_powers(expression: Scalar) -> None:
    with pytest.raises(ValueError, match="no product of powers"):
        monomial(expression)


def test_exponents() -> None:
    exponents, names = monomial(3 * sqrt(N**3 / M) * let("P", N * M))
    assert {names[key].name: value for key, value in exponents.items()} == {"N": Fraction(5, 2), "M": Fraction(1, 2)}


# --- citations ---------------------------------------------------------------------------------------------------


def test_what_is_cited_is_cited_and_whoever_uses_it_rests_on_it() -> None:
    source = claimed(lambda: cited("A book, page 3", x <= 1), "source")
    assert verdict_of(source) is Verdict.CITED
    user = claimed((x <= 2).by(source), "user")
    assert verdict_of(user) is Verdict.PROVED and argue(user.stated).premises == (source,)
    assert cited("A book", "in words").conclusion is None


def test_what_is_missing_is_open_and_so_is_whoever_uses_it() -> None:
    gap = claimed(lambda: missing("a bound", x <= 1), "gap")
    assert verdict_of(gap) is Verdict.OPEN
    assert verdict((x <= 2).by(gap)) is Verdict.OPEN
    assert missing("a % bound_1", "words & more").latex == r"\text{words \& more}"


def test_a_counterexample_needs_all_its_facts() -> None:
    assert verdict(lambda: counterexample("x is 1", x - x == 0, x != x + 1, because="at 2")) is Verdict.REFUTED
    assert verdict(lambda: counterexample("x is 1", x - x == 0, x != 1, because="at 2")) is Verdict.OPEN
    assert verdict(lambda: counterexample("x is 1", because="nothing")) is Verdict.OPEN


# --- premises ----------------------------------------------------------------------------------------------------


def test_a_premise_may_state_what_the_next_one_demands() -> None:
    small = claimed(lambda: x - x <= 1, "small")
    user = claimed(lambda: (x - x <= 2).given(x - x <= 1), "user")
    assert labels(argue((x - x <= 3).by(small, user))) == ["the claim"]
    assert labels(argue((x - x <= 3).by(user, small))) == ["the claim: the premise user applies", "the claim"]


def test_premises_do_not_carry_each_other() -> None:
    first = claimed(lambda: (x <= 1).given(x <= 2), "first")
    second = claimed(lambda: (x <= 2).given(x <= 1), "second")
    assert verdict((x <= 2).by(first, second)) is Verdict.OPEN
    assert verdict((x <= 2).by(second, first)) is Verdict.OPEN
    # One statement for all values is no instance of one for a single value.
    single = claimed(lambda: x - x + x**2 >= 0, "single")
    every = claimed(lambda: (x**2 >= 0).given(for_all(x, x - x + x**2 >= 0)), "every")
    assert "the claim: the premise every applies" in labels(argue((x**2 >= 0).by(single, every)))


# --- refutations -------------------------------------------------------------------------------------------------


def test_a_link_that_fails_under_a_premise_refutes_nothing() -> None:
    lemma = claimed(lambda: gronwall(decay, E, alpha), "lemma")
    found = (E <= at(E, 0) / 2).by(lemma)
    assert all(part.instance is None for part in argue(found).obligations)
    assert verdict(found) is Verdict.OPEN


def test_the_chain_points_at_the_link_that_breaks() -> None:
    argument = argue(chain(x**2).eq(x * x).lt(x**2 + 1).lt(x**2 + x**2))
    assert left_open(argument) == ["link 3"]
    assert verdict(chain(x**2).eq(x * x).lt(x**2 + 1).lt(x**2 + x**2)) is Verdict.REFUTED


def test_every_sign_has_its_negation() -> None:
    for sign, other in NEGATION.items():
        assert NEGATION[other] == sign
    assert isinstance(argue(x <= x).obligations[0].statement.goal, Relation)  # type: ignore[union-attr]
