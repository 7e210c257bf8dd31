"""Inequalities by products of facts, and by signs that can be read off."""

from proofcheck.kernel.certificates import Between, Combination, Contradiction
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import Term, Variable
from proofcheck.provers import termwise
from proofcheck.provers.products import search

from .writing import apply, dot, exp, found, minus, over, plus, power, relation, sqrt, times

a, c, d, h, j, k, n, q, t, v, x, y, z = map(Variable, "acdhjknqtvxyz")


def energy(sign: str, factor: int) -> Relation:
    """The derivative of the heavy ball's energy, against the energy."""
    total = plus(times("1/2", h, power(d, 2)), times("1/2", power(plus(times(a, d), v), 2)))
    left = plus(times(-1, a, h, power(d, 2)), times(-1, power(a, 2), v, d), times(-1, a, power(v, 2)))
    return relation(left, sign, times(-factor, a, total))


ENOUGH = [relation(a, ">", 0), relation(h, ">=", power(a, 2))]


def test_the_energy_decays() -> None:
    evidence = found(search, ENOUGH, energy("<=", 1))
    assert isinstance(evidence, Combination)
    assert len(evidence.summands) == 2
    assert not evidence.multiplier


def test_it_decays_neither_faster_nor_strictly_nor_without_the_hypotheses() -> None:
    assert found(search, ENOUGH, energy("<=", 2)) is None
    assert found(search, ENOUGH, energy("<", 1)) is None
    assert found(search, ENOUGH, energy("=", 1)) is None
    assert found(search, ENOUGH[1:], energy("<=", 1)) is None
    assert found(search, ENOUGH[:1], energy("<=", 1)) is None


def test_a_multiplier_clears_the_denominator() -> None:
    known = [relation(a, ">", 0), relation(a, "!=", 0), relation(x, ">=", a)]
    evidence = found(search, known, relation(over(x, a), ">=", 1))
    assert isinstance(evidence, Combination)
    assert evidence.multiplier == (0,)
    assert found(search, known, relation(over(x, a), ">=", 2)) is None


def test_cauchy_schwarz_with_roots() -> None:
    known = [relation(n, ">", 0), relation(dot("o", "o"), "=", n), relation(dot("x", "x"), ">=", 0)]
    right = times(sqrt(n), sqrt(dot("x", "x")))
    known.append(relation(n, ">=", 0))
    assert isinstance(found(search, known, relation(dot("o", "x"), "<=", right)), Contradiction)
    assert found(search, known, relation(times(2, dot("o", "x")), "<=", right)) is None


def test_absolute_bounds() -> None:
    known = [
        relation(power(c, 2), "<=", 1),
        relation(power(q, 2), "<=", power(t, 2)),
        relation(t, ">=", 0),
        relation(a, ">", 0),
    ]
    left = power(plus(c, times(a, q)), 2)
    assert found(search, known, relation(left, "<=", power(plus(1, times(a, t)), 2))) is not None
    assert found(search, known, relation(left, "<=", power(plus(1, times("1/2", a, t)), 2))) is None
    assert found(search, known[:3], relation(left, "<=", power(plus(1, times(a, t)), 2))) is None


def test_a_chain_of_bounds_with_exponentials() -> None:
    tau, start, first, second, third = map(Variable, ("tau", "V0", "V", "W", "U"))
    known = [
        *(relation(part, ">=", 0) for part in (t, Variable("P"), start, j)),
        relation(a, ">", 0),
        relation(first, "<=", times(Variable("P"), exp(times(-1, a, t)), start)),
        relation(second, "<=", times(exp(times(-1, a, tau)), first)),
        relation(third, "<=", times(plus(1, j), second)),
    ]

    def bound(rate: int) -> Term:
        return times(plus(1, j), Variable("P"), exp(times(rate, a, plus(t, tau))), start)

    assert found(search, known, relation(third, "<=", bound(-1)), seconds=20) is not None
    assert found(search, known, relation(third, "<=", bound(-2))) is None


def test_a_root_above_its_square() -> None:
    half = times("1/2", k)
    known = [relation(k, ">", 0), relation(k, "<", "1/2"), relation(half, ">=", 0)]
    assert found(search, known, relation(sqrt(half), ">", k)) is not None
    assert found(search, known, relation(sqrt(half), "<", k)) is None
    assert found(search, [known[0], known[2]], relation(sqrt(half), ">", k)) is None


def test_an_equation_from_two_inequalities() -> None:
    known = [relation(x, "<=", y), relation(y, "<=", x)]
    assert isinstance(found(search, known, relation(x, "=", y)), Between)
    assert found(search, known[:1], relation(x, "=", y)) is None


def test_facts_without_a_model_prove_anything() -> None:
    known = [relation(x, ">", 0), relation(x, "<", 0)]
    assert found(search, known, relation(y, ">", z)) is not None
    assert found(search, [relation(x, ">=", 0), relation(x, "<=", 0)], relation(y, ">", z)) is None


def test_a_cosine_is_at_most_one() -> None:
    assert found(search, [], relation(apply("cos", x), "<=", 1)) is not None
    assert found(search, [], relation(apply("cos", x), "<", 1)) is None


def test_signs_are_read_off_term_by_term() -> None:
    goal = relation(plus(times(x, power(y, 4)), times(2, x)), ">", 0)
    evidence = found(termwise.search, [relation(x, ">", 0)], goal)
    assert isinstance(evidence, Combination)
    assert len(evidence.summands) == 2
    assert found(termwise.search, [relation(x, ">=", 0)], goal) is None
    assert found(termwise.search, [relation(x, ">=", 0)], relation(goal.left, ">=", 0)) is not None
    assert found(termwise.search, [relation(x, ">", 0)], relation(minus(x, y), ">", 0)) is None
