"""What is known of function values becomes facts, and the evidence is wrapped in the steps that say why."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from proofcheck.kernel.certificates import Axiom, Combination, Evidence, Lemma
from proofcheck.kernel.statements import Relation, Statement
from proofcheck.kernel.terms import Term, Variable
from proofcheck.provers import identity, products
from proofcheck.provers.exponentials import coordinates, lattice_basis
from proofcheck.provers.prepare import prepare
from proofcheck.provers.pruning import pruned
from proofcheck.provers.sequent import Deadline, Sequent

from .writing import Written, apply, dot, exp, found, minus, over, plus, power, relation, sqrt, times

a, b, n, t, x, y = map(Variable, "abntxy")
GOAL = relation(0, "=", 0)


def sin(angle: Written) -> Term:
    return apply("sin", angle)


def cos(angle: Written) -> Term:
    return apply("cos", angle)


FIVEFOLD = times(16, power(cos(x), 5)), times(-20, power(cos(x), 3)), times(5, cos(x))


def facts(hypotheses: Sequence[Relation], *mentioned: Written, vectors: tuple[str, ...] = ()) -> tuple[Relation, ...]:
    """The facts about the mentioned terms."""
    goal = relation(plus(*mentioned), ">=", 0)
    return prepare(Sequent(("a",), vectors, tuple(hypotheses), goal), Deadline.after(10))[0].facts


def test_roots_need_an_argument_that_is_known_to_be_nonnegative() -> None:
    assert relation(power(sqrt(x), 2), "=", x) in facts([relation(x, ">=", 0)], sqrt(x))
    assert relation(sqrt(x), ">", 0) in facts([relation(x, ">", 0)], sqrt(x))
    assert relation(sqrt(x), ">", 0) not in facts([relation(x, ">=", 0)], sqrt(x))
    assert not facts([], sqrt(x))


def test_a_root_is_positive_where_its_argument_does_not_vanish() -> None:
    known = facts([relation(x, ">=", 0), relation(x, "!=", 0)], sqrt(x))
    assert relation(sqrt(x), ">", 0) in known


def test_denominators_have_signs() -> None:
    one_more = plus(n, 1)
    known = facts([relation(n, ">", 0), relation(one_more, "!=", 0)], over(1, one_more))
    assert any(fact.sign == ">" and fact != relation(n, ">", 0) for fact in known)
    unknown = facts([relation(minus(n, 1), "!=", 0)], over(1, minus(n, 1)))
    assert [fact.left for fact in unknown if fact.sign in "<>"] == [power(plus(n, -1), 2)]


def test_a_denominator_of_unknown_sign_has_a_positive_square() -> None:
    known = facts([relation(n, "!=", 0)], over(1, n))
    assert relation(power(n, 2), ">", 0) in known
    assert relation(n, ">", 0) not in known


def test_exponentials_are_comparable_to_one_as_the_exponent_is_to_zero() -> None:
    exponent = times(-1, a, t)
    signed = facts([relation(a, ">", 0), relation(t, ">=", 0)], exp(exponent))
    assert relation(exp(exponent), "<=", exp(0)) in signed
    assert not any(fact.right == exp(0) or fact.left == exp(0) for fact in facts([], exp(exponent)))


@pytest.mark.parametrize(
    ("hypotheses", "left", "right", "wrong"),
    [
        ([], exp(plus(x, y)), times(exp(x), exp(y)), exp(x)),
        ([], power(exp(x), 3), exp(times(3, x)), exp(times(2, x))),
        (
            [relation(a, "!=", 0)],
            times(exp(over(x, a)), exp(over(y, a))),
            exp(over(plus(x, y), a)),
            exp(over(x, a)),
        ),
        ([], plus(power(apply("sin", x), 2), power(apply("cos", x), 2)), 1, 2),
        ([], apply("sin", times(2, x)), times(2, apply("sin", x), apply("cos", x)), apply("sin", x)),
        ([], apply("cos", times(-1, x)), apply("cos", x), apply("sin", x)),
        ([], plus(exp(0), apply("cos", apply("pi"))), 0, 1),
        ([relation(x, ">", 0)], exp(times(2, apply("log", x))), power(x, 2), power(x, 3)),
        ([relation(x, ">", 0)], times(apply("power", x, minus(a, 2)), power(x, 2)), apply("power", x, a), x),
        ([relation(x, "=", times(2, y))], exp(x), exp(times(2, y)), exp(times(3, y))),
        ([relation(x, "=", power(y, 2))], apply("sin", x), apply("sin", power(y, 2)), apply("sin", y)),
    ],
)
def test_identities_of_functions(hypotheses: list[Relation], left: Term, right: Written, wrong: Written) -> None:
    assert found(identity.search, hypotheses, relation(left, "=", right)) is not None
    assert found(identity.search, hypotheses, relation(left, "=", wrong)) is None


def test_the_sine_of_an_arccosine() -> None:
    known = [relation(x, ">=", -1), relation(x, "<=", 1)]
    square = power(apply("sin", apply("arccos", x)), 2)
    assert found(identity.search, known, relation(square, "=", minus(1, power(x, 2)))) is not None
    assert found(identity.search, known, relation(square, "=", minus(1, x))) is None


def test_squares_bound_what_is_squared() -> None:
    known = facts([relation(power(x, 2), "<=", power(t, 2)), relation(t, ">=", 0)], x)
    assert relation(x, "<=", t) in known
    assert relation(times(-1, x), "<=", t) in known
    assert relation(x, "<=", t) not in facts([relation(power(x, 2), "<=", power(t, 2))], x)


def test_vectors_have_nonnegative_squares_and_satisfy_cauchy_schwarz_where_it_may_help() -> None:
    lengths = facts([], dot("u", "u"), dot("u", "v"), vectors=("u", "v"))
    assert len(lengths) == 1
    products = facts([], power(dot("u", "v"), 2), times(dot("u", "u"), dot("v", "v")), vectors=("u", "v"))
    assert len(products) == 3


@pytest.mark.parametrize(("sign", "holds"), [(">=", True), ("<=", False)])
def test_the_sine_is_below_an_argument_with_a_sign(sign: str, holds: bool) -> None:
    sine = apply("sin", times(a, t))
    known = facts([relation(a, ">", 0), relation(t, sign, 0)], sine)
    assert (relation(sine, "<=", times(a, t)) in known) == holds


def test_sine_and_cosine_are_at_most_one_in_size() -> None:
    sine, cosine = apply("sin", x), apply("cos", x)
    for value in (sine, cosine):
        assert found(products.search, [], relation(value, "<=", 1)) is not None
        assert found(products.search, [], relation(value, ">=", -1)) is not None
        assert found(products.search, [], relation(value, "<=", "99/100")) is None


@pytest.mark.parametrize(("value", "angle", "holds"), [(1, 0, True), (-1, 0, False), (0, "1/2", True), (0, 0, False)])
def test_the_value_at_what_equals_a_constant(value: int, angle: int | str, holds: bool) -> None:
    length = dot("u", "u")
    known = [relation(length, "=", value), relation(length, ">=", -1), relation(length, "<=", 1)]
    goal = relation(apply("arccos", length), "=", times(angle, apply("pi")))
    assert (found(identity.search, known, goal) is not None) == holds


def test_the_basis_of_a_lattice_of_exponents() -> None:
    vectors = [(4, 0), (6, 0), (0, 1), (2, 1)]
    basis = lattice_basis([(Fraction(i), Fraction(j)) for i, j in vectors])
    assert abs(basis[0][0] * basis[1][1] - basis[0][1] * basis[1][0]) == 2
    for i, j in vectors:
        parts = coordinates(basis, (Fraction(i), Fraction(j)))
        assert parts is not None
        assert all(part.denominator == 1 for part in parts)


def test_steps_that_nothing_cites_are_left_out() -> None:
    claim = Sequent(("x", "y"), (), (relation(x, ">=", 0),), relation(y, "=", y))
    extended, wrap = prepare(claim.proving(relation(times(0, sqrt(x)), "=", 0)), Deadline.after(5))
    evidence: Evidence = Combination((), (), ())
    assert isinstance(wrap(evidence), Axiom | Lemma)
    assert len(extended.facts) > 1
    assert pruned(wrap(evidence), 1) == evidence


def test_a_statement_has_no_facts_that_it_does_not_need() -> None:
    claim = Statement(("x",), (), (), relation(x, "=", x))
    assert not prepare(Sequent(claim.variables, (), (), claim.goal), Deadline.after(5))[0].facts


@pytest.mark.parametrize(
    ("goal", "holds"),
    [
        (relation(sin(times(3, x)), "=", minus(times(3, sin(x)), times(4, power(sin(x), 3)))), True),
        (relation(sin(times(3, x)), "=", minus(times(3, sin(x)), times(5, power(sin(x), 3)))), False),
        (relation(cos(times(5, x)), "=", plus(*FIVEFOLD)), True),
        (relation(cos(times(5, x)), "=", plus(*FIVEFOLD[:2])), False),
    ],
)
def test_the_threefold_angle_and_the_fivefold(goal: Relation, holds: bool) -> None:
    assert (found(identity.search, [], goal) is not None) == holds
