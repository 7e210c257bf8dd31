"""Multipliers with function values whose arguments have denominators."""

from fractions import Fraction

import pytest

from proofcheck.kernel.certificates import Combination, Evidence, Instance, Multiple, Summand
from proofcheck.kernel.check import Rejected, close, facts
from proofcheck.kernel.statements import Relation, conditions
from proofcheck.kernel.terms import Term, Variable
from proofcheck.provers.naming import named
from proofcheck.provers.sequent import Sequent

from .writing import apply, dot, exp, over, power, relation, sqrt, statement, times

m, n, x, y = map(Variable, "mnxy")
root = sqrt(over(n, m))


def equal_multiples(other: Term, goal: Relation) -> tuple[Sequent, Evidence]:
    """From `other = y` the goal, by a multiple with the root in it: the sequent, and the evidence with names."""
    equation = relation(other, "=", y)
    claim = statement([*conditions(goal), equation], goal)
    sequent = Sequent(claim.variables, claim.vectors, facts(claim), goal)
    evidence = Combination((), (), (Multiple(root, sequent.facts.index(equation)),))
    with pytest.raises(ValueError, match="negative power"):
        close(sequent.facts, goal, evidence)
    return sequent, named(sequent, evidence)


@pytest.mark.parametrize("other", [x, Variable("f1"), dot("u", "v"), apply("cos", x), exp(over(x, m))])
def test_function_values_get_names(other: Term) -> None:
    sequent, evidence = equal_multiples(other, relation(times(root, other), "=", times(root, y)))
    close(sequent.facts, sequent.goal, evidence)
    assert isinstance(evidence, Instance)
    assert len(set(evidence.statement.variables)) == len(evidence.statement.variables)


def test_names_do_not_make_a_wrong_combination_right() -> None:
    sequent, evidence = equal_multiples(x, relation(times(root, x), "=", times(root, y, 2)))
    assert isinstance(evidence, Instance)
    with pytest.raises(Rejected, match="differ"):
        close(sequent.facts, sequent.goal, evidence)


def test_values_that_are_written_differently_have_one_name() -> None:
    other = sqrt(times(n, power(times(m, 1), -1)))
    sequent, evidence = equal_multiples(x, relation(times(root, x), "=", times(other, y)))
    close(sequent.facts, sequent.goal, evidence)


def test_a_power_of_a_number_is_computed() -> None:
    half = exp(over(x, 2))
    goal = relation(power(half, 2), ">=", 0)
    sequent = Sequent(("x",), (), conditions(goal), goal)
    evidence = Combination((), (Summand(Fraction(1), (), half),), ())
    with pytest.raises(ValueError, match="negative power"):
        close(sequent.facts, goal, evidence)
    found = named(sequent, evidence)
    close(sequent.facts, goal, found)
    assert isinstance(found, Combination)
