"""The bench beside the peers: its corpus is what it says, proofcheck is right about it, and the score is honest."""

from __future__ import annotations

import json
import os
import random
import time
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from contest import CANNOT_STATE, FALSE, OPEN, OUT_OF_TIME, TRUE, Reply, in_a_fork
from contestants.answers import Answer, CannotState, Undecided
from contestants.coordinates import has_vectors, in_numbers
from contestants.smt import decided, negation, order
from contestants.with_proofcheck import decide
from picture import apart, draw
from scores import Answered, Contest, as_json, as_markdown, is_right, is_wrong, score
from textbook import CASES, FAMILIES
from textbook.pairs import Case, Growth

from proofcheck import inner, norm2, scalar, sqrt, vector
from proofcheck.kernel.statements import Statement
from proofcheck.kernel.terms import Variable
from proofcheck.language.expressions import Relation

from ..kernel.reference import Unclear, Undefined, truth

FAST = (
    "two squares",
    "Schur, degree 4",
    "Cauchy, n = 3",
    "Choi-Lam, three variables",
    "Nesbitt",
    "x/x away from 0 and everywhere",
    "the root of a square",
    "AM-GM, n = 2",
    "parallelogram",
    "Peter-Paul",
    "tangent of exp at 0",
    "descent lemma, L = 1",
    "gradient flow, convex",
    "a geometric mean",
    "width, Heavy Ball",
)
BY_NAME = {case.name: case for case in CASES}
x, y = scalar("x"), scalar("y")


def case_of(name: str) -> Case:
    return BY_NAME[name]


@pytest.mark.parametrize("name", FAST)
@pytest.mark.parametrize("which", ["", ", false"])
def test_proofcheck_decides_a_fast_pair_as_it_is(name: str, which: str) -> None:
    case = case_of(name + which)
    assert decide(case, 10) is (Answer.TRUE if case.truth else Answer.FALSE)


def test_the_corpus_has_a_false_case_for_each_true_one_and_names_that_tell_them_apart() -> None:
    assert len(CASES) >= 200
    assert len({(case.family, case.name) for case in CASES}) == len(CASES)
    for family in FAMILIES:
        truths = [case.truth for case in CASES if case.family == family]
        assert truths.count(True) == truths.count(False) >= 15


def points(statement: Statement, count: int, seed: int) -> list[dict[Variable, Fraction]]:
    draw = random.Random(seed)
    values = [Fraction(n, d) for n in range(-6, 13) for d in (1, 2, 5)]
    return [{Variable(name): draw.choice(values) for name in statement.variables} for _ in range(count)]


def holds_at(statement: Statement, point: dict[Variable, Fraction]) -> bool | None:
    """None where the hypotheses do not hold, or where rounding hides it."""
    try:
        if not all(truth(hypothesis, point) for hypothesis in statement.hypotheses):
            return None
    except (Undefined, Unclear):
        return None
    try:
        return truth(statement.goal, point)
    except Undefined:
        return False
    except Unclear:
        return None


def test_no_point_speaks_against_a_true_case() -> None:
    """A second opinion on the corpus, by an evaluator of the tests' own, in the plane where there are vectors."""
    asked = 0
    for place, case in enumerate(case for case in CASES if case.truth and isinstance(case.stated, Relation)):
        statement = in_numbers(case.stated)
        answers = [holds_at(statement, point) for point in points(statement, 25, place)]
        assert False not in answers, case.name
        asked += answers.count(True)
    assert asked > 700


def test_a_statement_about_vectors_is_given_in_coordinates() -> None:
    u, v = vector("u"), vector("v")
    statement = in_numbers(inner(u, v) <= norm2(u) + norm2(v))
    assert has_vectors(inner(u, v) >= 0)
    assert set(statement.variables) == {"u_1", "u_2", "v_1", "v_2"}
    assert not has_vectors(x >= 0)


def test_a_solver_is_asked_for_a_violation_and_for_where_the_sides_are_undefined() -> None:
    script = negation(in_numbers((1 / x >= 1).given(x <= 1)), transcendental=False)
    assert script.splitlines() == [
        "(set-logic QF_NRA)",
        "(declare-const x Real)",
        "(assert (<= x (/ 1.0 1.0)))",
        "(assert (not (and (not (= x (/ 0.0 1.0))) (>= (* (/ 1.0 1.0) (/ 1.0 x)) (/ 1.0 1.0)))))",
        "(check-sat)",
    ]


def test_a_root_is_a_number_with_that_square() -> None:
    script = negation(in_numbers(sqrt(x) >= 0), transcendental=False)
    assert "(=> (>= x 0.0) (and (>= root!0 0.0) (= (* root!0 root!0) x)))" in script


def test_an_order_asks_for_one_constant_whatever_the_given_ones_are() -> None:
    n, m = scalar("n", positive=True), scalar("m", positive=True)
    script = order(Growth(m, n, large=(n,), given=((m, n),)), transcendental=False)
    assert script.index("forall ((bound!0") < script.index("exists ((claimed!") < script.index("forall ((m")


def test_what_a_solver_cannot_read_is_not_stated() -> None:
    with pytest.raises(CannotState, match="exp"):
        negation(in_numbers(BY_NAME["tangent of exp at 0"].stated), transcendental=False)  # type: ignore[arg-type]


@pytest.mark.parametrize(("said", "answer"), [("unsat", Answer.TRUE), ("sat", Answer.FALSE)])
def test_a_relation_is_true_when_its_negation_has_no_model(said: str, answer: Answer) -> None:
    assert decided(x >= 0, lambda script: said, transcendental=False) is answer


def test_what_a_solver_leaves_open_it_leaves_in_its_own_words() -> None:
    with pytest.raises(Undecided, match="unknown"):
        decided(x >= 0, lambda script: "unknown (INCOMPLETE)", transcendental=False)


def test_an_order_is_true_when_it_has_a_model() -> None:
    stated = BY_NAME["powers"].stated
    assert decided(stated, lambda script: "sat", transcendental=False) is Answer.TRUE
    assert decided(stated, lambda script: "unsat", transcendental=False) is Answer.FALSE


def spin() -> tuple[str, str]:
    while True:
        time.process_time()


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")  # a contestant's process has one thread
def test_what_does_not_end_is_out_of_time_and_what_dies_is_open() -> None:
    assert in_a_fork(spin, 0.1).answer == OUT_OF_TIME
    died = in_a_fork(partial(os._exit, 7), 5)
    assert (died.answer, died.reason) == (OPEN, "its process ended with status 7")
    assert in_a_fork(lambda: (TRUE, ""), 5).answer == TRUE


def reply(answer: str, seconds: float = 1.0) -> Reply:
    return Reply(answer, "", seconds, seconds)


def contest(**answers: tuple[str, str]) -> Contest:
    """What some contestants said to a true and to a false case."""
    cases = case_of("Nesbitt"), case_of("Nesbitt, false")
    answered = tuple(
        Answered(case, {name: reply(said[place]) for name, said in answers.items()}) for place, case in enumerate(cases)
    )
    return Contest(1.0, dict.fromkeys(answers, "1"), {"PEPit": "not installed"}, {"cores": "2"}, answered)


def test_each_answer_counts_once() -> None:
    true, false = case_of("Nesbitt"), case_of("Nesbitt, false")
    said = [TRUE, FALSE, OPEN, OUT_OF_TIME, CANNOT_STATE]
    found = score((case, reply(answer)) for case in (true, false) for answer in said)
    assert (found.proved, found.refuted, found.wrong, found.open) == (1, 1, 2, 2)
    assert (found.out_of_time, found.cannot_state, len(found.times)) == (2, 2, 8)


def test_a_wrong_answer_is_named_and_a_missing_peer_too() -> None:
    held = contest(proofcheck=(TRUE, OPEN), z3=(FALSE, FALSE))
    written = as_markdown(held)
    assert "**PEPit did not take part**: not installed" in written
    assert "- z3 on rational, Nesbitt: `a/(b + c) + b/(c + a) + c/(a + b) >= 3/2` is true, not false" in written
    assert "| rational | 1/1, 0/1 | 0/1, 1/1, **1 wrong** | missing |" in written
    assert "(Nesbitt, false), false: open; decided by z3" in written


def test_every_reply_is_kept_for_programs() -> None:
    kept = json.loads(as_json(contest(proofcheck=(TRUE, OPEN))))
    assert kept["missing"] == {"PEPit": "not installed"}
    assert [case["replies"]["proofcheck"]["answer"] for case in kept["cases"]] == [TRUE, OPEN]
    assert [case["true"] for case in kept["cases"]] == [True, False]


def test_right_and_wrong_exclude_each_other() -> None:
    for case in (case_of("Nesbitt"), case_of("Nesbitt, false")):
        for answer in (TRUE, FALSE, OPEN, OUT_OF_TIME, CANNOT_STATE):
            assert not (is_right(case, reply(answer)) and is_wrong(case, reply(answer)))
        assert is_right(case, reply(TRUE)) == is_wrong(case, reply(FALSE)) == case.truth


def test_the_picture_is_written_twice_with_its_caption(tmp_path: Path) -> None:
    draw(contest(proofcheck=(TRUE, FALSE), z3=(CANNOT_STATE, CANNOT_STATE)), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["peers.pdf", "peers.png", "peers.txt"]


def test_labels_keep_a_distance_and_their_order() -> None:
    assert apart([10, 0, 10, 3], 5) == [10, 0, 15, 5]
