"""All provers together: a statement in, a proof or a witness out, both judged by the kernel."""

import pytest

from proofcheck.kernel.certificates import Combination, Evidence
from proofcheck.kernel.check import check, refute
from proofcheck.kernel.statements import Relation, Statement
from proofcheck.kernel.terms import Variable
from proofcheck.provers import portfolio
from proofcheck.provers.portfolio import Outcome, Prover, Refuter, decide
from proofcheck.provers.sequent import Deadline, Sequent

from .writing import Written, apply, dot, exp, minus, over, plus, power, relation, sqrt, statement, times

a, k, t, x, y, z = map(Variable, "aktxyz")


def judged(claim: Statement, seconds: float = 20) -> Outcome:
    """The outcome, after the kernel has judged it once more."""
    outcome = decide(claim, seconds)
    if outcome.proof is not None:
        check(claim, outcome.proof)
    if outcome.witness is not None:
        refute(claim, outcome.witness)
    assert outcome.proof is None or outcome.witness is None
    assert (outcome.prover is None) == (outcome.proof is None and outcome.witness is None)
    return outcome


def powers(factor: Written) -> Statement:
    """From the weighted loss to the loss, with powers whose exponents are variable."""
    half = times("1/2", k)
    first = times(apply("power", t, a), apply("power", half, times("1/2", minus(a, 2))))
    second = times(apply("power", t, a), apply("power", half, times("1/2", a)))
    return statement(
        [
            relation(t, ">", 0),
            relation(k, ">", 0),
            relation(x, ">=", 0),
            relation(times(half, x), "<=", y),
            relation(y, "<=", over(z, first)),
        ],
        relation(x, "<=", times(factor, over(z, second))),
    )


TRUE = [
    statement([], relation(power(x, 2), ">=", 0)),
    statement([relation(x, "!=", 0)], relation(over(x, x), "=", 1)),
    statement([relation(x, ">=", 0)], relation(power(sqrt(x), 2), "=", x)),
    statement([relation(x, ">", 1)], relation(over(1, minus(x, 1)), ">", 0)),
    statement([], relation(over(1, plus(power(x, 2), 1)), "<=", 1)),
    statement([], relation(exp(x), ">=", plus(1, x))),
    statement(
        [relation(a, ">", 0), relation(t, ">=", 0)],
        relation(minus(1, exp(times(-1, a, t))), "<=", times(a, t)),
    ),
    statement([], relation(sqrt(power(plus(x, y), 2)), "<=", plus(sqrt(power(x, 2)), sqrt(power(y, 2))))),
    statement([], relation(power(dot("u", "v"), 2), "<=", times(dot("u", "u"), dot("v", "v")))),
    statement([relation(dot("u", "u"), "<=", times(2, x))], relation(sqrt(dot("u", "u")), "<=", sqrt(times(2, x)))),
    statement(
        [
            relation(x, "<=", times(exp(times(-2, a, t)), y)),
            *(relation(part, ">=", 0) for part in (a, t, x, y)),
        ],
        relation(sqrt(x), "<=", times(exp(times(-1, a, t)), sqrt(y))),
    ),
    powers(1),
]

FALSE = [
    statement([], relation(power(x, 2), ">", 0)),
    statement([], relation(over(x, x), "=", 1)),
    statement([], relation(power(sqrt(x), 2), "=", x)),
    statement([relation(x, ">=", 1)], relation(over(1, minus(x, 1)), ">", 0)),
    statement([], relation(over(1, plus(power(x, 2), 1)), "<", 1)),
    statement([], relation(exp(x), ">=", plus(1, times(2, x)))),
    statement(
        [relation(a, ">", 0), relation(t, ">=", 0)],
        relation(minus(1, exp(times(-1, a, t))), "<", times(a, t)),
    ),
    statement([], relation(power(dot("u", "v"), 2), "<", times(dot("u", "u"), dot("v", "v")))),
    statement([relation(dot("u", "u"), "<=", times(2, x))], relation(sqrt(dot("u", "u")), "<=", sqrt(x))),
    powers("1/2"),
]


@pytest.mark.parametrize("claim", TRUE, ids=range(len(TRUE)))
def test_what_is_true_is_proved(claim: Statement) -> None:
    assert judged(claim).proof is not None


@pytest.mark.parametrize("claim", FALSE, ids=range(len(FALSE)))
def test_what_is_false_is_refuted(claim: Statement) -> None:
    assert judged(claim).witness is not None


@pytest.mark.parametrize("claim", FALSE, ids=range(len(FALSE)))
def test_what_is_false_is_not_proved_even_when_no_witness_is_sought(
    claim: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portfolio, "STAGES", tuple(((), provers) for _, provers in portfolio.STAGES))
    outcome = judged(claim, seconds=4)
    assert outcome.proof is None
    assert outcome.prover is None


def failing(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    raise ZeroDivisionError("on purpose")


def lying(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    return Combination((), (), ())


def test_a_prover_that_fails_costs_only_time(monkeypatch: pytest.MonkeyPatch) -> None:
    provers = (Prover("failing", failing, 0.5, True), *portfolio.PROVERS)
    monkeypatch.setattr(portfolio, "STAGES", (((), provers),))
    outcome = judged(statement([], relation(times(x, y), "=", times(y, x))))
    assert outcome.prover == "identity"
    assert ("failing", "ZeroDivisionError: on purpose") in [(a.prover, a.outcome) for a in outcome.attempts]


def test_a_prover_that_lies_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio, "STAGES", (((), (Prover("lying", lying, 0.5, True),)),))
    claim = statement([relation(x, ">=", 0)], relation(x, ">=", 1))
    outcome = judged(claim)
    assert outcome.proof is None
    assert any(attempt.outcome.startswith("rejected by the kernel") for attempt in outcome.attempts)


def test_a_witness_search_that_fails_costs_only_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(statement: Statement, deadline: Deadline) -> None:
        raise OverflowError("on purpose")

    stages = (((Refuter("broken", broken),), portfolio.PROVERS),)
    monkeypatch.setattr(portfolio, "STAGES", stages)
    outcome = judged(statement([], relation(plus(power(x, 2), times(2, x), 1), ">=", 0)))
    assert outcome.proof is not None
    assert "OverflowError: on purpose" in [attempt.outcome for attempt in outcome.attempts]


def test_without_time_nothing_is_known() -> None:
    claim = statement([], relation(power(x, 2), ">=", 0))
    outcome = decide(claim, 0)
    assert outcome.proof is None
    assert outcome.witness is None


def test_a_hole_in_the_domain_is_no_proof() -> None:
    goal: Relation = relation(over(times(x, y), x), "=", y)
    assert judged(statement([], goal)).witness is not None
    assert judged(statement([relation(x, ">", 0)], goal)).proof is not None


def test_where_only_a_witness_is_wanted_no_prover_is_asked() -> None:
    outcome = decide(TRUE[0], 5, only_refute=True)
    assert not outcome.proof and not outcome.witness
    assert {tried.prover for tried in outcome.attempts} == {
        "witnesses",
        "Gram matrices",
        "witnesses, more",
        "witnesses, longer",
        "witnesses, longest",
    }
    assert decide(FALSE[0], 5, only_refute=True).witness is not None


def test_no_two_attempts_have_one_name() -> None:
    searches = {each for refuters, provers in portfolio.STAGES for each in (*refuters, *provers)}
    assert len({each.name for each in searches}) == len(searches)
