"""Whatever a search does, it costs one search and no more."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofcheck.kernel.certificates import encode
from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.statements import Relation, Statement
from proofcheck.kernel.terms import ZERO, Variable
from proofcheck.running import pool as pool_module
from proofcheck.running.outcomes import Outcome, decode_outcome, encode_outcome, verified
from proofcheck.running.pool import Pool
from tests.run.statements import ABSURD, FALSE, FALSE_WITNESS, SQUARE, SQUARE_PROOF, UNKNOWN

ROOT = Path(__file__).parents[2]
STAND_IN = (sys.executable, "-m", "tests.run.stand_in_worker")


def asking(name: str) -> Statement:
    return Statement((name,), (), (), Relation(Variable(name), ">=", ZERO))


def answers(*statements: Statement, jobs: int = 1, seconds: float = 1) -> dict[Statement, Outcome]:
    with Pool(jobs, seconds, STAND_IN) as pool:
        for statement in statements:
            pool.submit(statement)
        return dict(pool.answers())


@pytest.fixture(autouse=True)
def tests_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def test_each_statement_gets_its_own_answer() -> None:
    found = answers(SQUARE, FALSE, UNKNOWN, jobs=2)
    assert found[SQUARE].proof == encode(SQUARE_PROOF)
    assert found[FALSE].witness == encode(FALSE_WITNESS)
    assert not found[UNKNOWN].settled
    assert found[SQUARE].attempts[0].seconds == 0.25


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("crash", "ended by SIGSEGV"),
        ("kill", "ended by SIGKILL"),
        ("memory", "out of memory"),
        ("bomb", "out of memory"),
        ("flint", "ended by SIGABRT"),
        ("error", "ZeroDivisionError: by a prover (decide, line"),
    ],
)
def test_a_search_that_fails_costs_that_search_only(name: str, reason: str) -> None:
    found = answers(asking(name), SQUARE, asking(name + "2"), FALSE)
    assert reason in found[asking(name)].attempts[0].outcome
    assert found[SQUARE].proof == encode(SQUARE_PROOF)
    assert found[FALSE].witness == encode(FALSE_WITNESS)


@pytest.mark.parametrize("name", ["overrun", "hang"])
def test_a_search_without_end_is_stopped(name: str) -> None:
    began = time.monotonic()
    found = answers(asking(name), SQUARE, seconds=0.1)
    assert "ran over its time" in found[asking(name)].attempts[0].outcome
    assert found[SQUARE].proof == encode(SQUARE_PROOF)
    assert time.monotonic() - began < 30


def test_what_a_prover_prints_is_no_answer() -> None:
    found = answers(asking("chatter"), SQUARE)
    assert found[asking("chatter")].attempts[0].outcome == "nothing found"
    assert found[SQUARE].proof == encode(SQUARE_PROOF)


def test_a_worker_that_cannot_start_answers_for_each_statement() -> None:
    with Pool(2, 1, (*STAND_IN, "--mute")) as pool:
        for statement in (SQUARE, FALSE, UNKNOWN):
            pool.submit(statement)
        found = dict(pool.answers())
    assert [outcome.attempts[0].outcome for outcome in found.values()] == ["the process ended with status 3"] * 3


def test_an_answer_that_is_no_answer_is_reported() -> None:
    script = "import sys\nprint('ready', flush=True)\nfor line in sys.stdin: print('{', flush=True)"
    with Pool(1, 1, (sys.executable, "-c", script)) as pool:
        pool.submit(SQUARE)
        [(_, outcome)] = pool.answers()
    assert "not understood" in outcome.attempts[0].outcome


def test_a_worker_that_is_killed_from_outside_costs_its_search() -> None:
    with Pool(1, 100, STAND_IN) as pool:
        pool.submit(asking("overrun"))
        pool.submit(SQUARE)
        while not any(worker.busy for worker in pool._workers):
            pool.ready(waiting=True)
        os.kill(pool._workers[0].process.pid, signal.SIGKILL)
        found = dict(pool.answers())
    assert "ended by SIGKILL" in found[asking("overrun")].attempts[0].outcome
    assert found[SQUARE].proof == encode(SQUARE_PROOF)


def test_an_answer_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "_LONGEST_ANSWER", 2**20)
    script = (
        "import sys\nprint('ready', flush=True)\nfor line in sys.stdin:\n    while True: sys.stdout.write('[' * 2**16)"
    )
    with Pool(1, 10, (sys.executable, "-c", script)) as pool:
        pool.submit(SQUARE)
        [(_, outcome)] = pool.answers()
    assert "answered without end" in outcome.attempts[0].outcome


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("combination"),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=3),
)
ANSWERS = st.one_of(
    st.binary(),
    JSON.map(lambda data: json.dumps(data).encode()),
    st.tuples(JSON, JSON, JSON, JSON).map(lambda parts: json.dumps(parts).encode()),
    st.sampled_from([encode(SQUARE_PROOF), encode(FALSE_WITNESS)]).flatmap(
        lambda right: st.tuples(st.just(right), JSON, st.none() | st.text(), st.just([])).map(
            lambda parts: json.dumps(parts).encode()
        )
    ),
)


@given(ANSWERS)
def test_whatever_is_answered_proves_nothing_false(answer: bytes) -> None:
    try:
        outcome = verified(ABSURD, decode_outcome(answer))
    except Malformed:
        return
    assert outcome.proof is None
    assert decode_outcome(encode_outcome(outcome)).proof is None


def test_leaving_the_pool_ends_its_processes() -> None:
    with Pool(1, 100, STAND_IN) as pool:
        pool.submit(asking("hang"))
        while not any(worker.busy for worker in pool._workers):
            pool.ready()
            time.sleep(0.01)
        [process] = [worker.process.pid for worker in pool._workers]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_whoever_is_killed_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROOFCHECK_TEST_COUNT", str(tmp_path / "count"))
    script = (
        "from proofcheck.running.pool import Pool\nfrom tests.run.test_pool import STAND_IN, asking\n"
        "with Pool(1, 1000, STAND_IN) as pool:\n    pool.submit(asking('overrun'))\n    list(pool.answers())"
    )
    process = subprocess.Popen([sys.executable, "-c", script], start_new_session=True)
    until = time.monotonic() + 20
    while not ((tmp_path / "count").exists() and "searched" in (tmp_path / "count").read_text()):
        assert time.monotonic() < until
        time.sleep(0.02)
    process.kill()
    process.wait()
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < until:
            os.killpg(process.pid, 0)
            time.sleep(0.02)


def test_no_process_is_started_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROOFCHECK_TEST_COUNT", str(tmp_path / "count"))
    assert not answers(jobs=4)
    assert not (tmp_path / "count").exists()
    answers(SQUARE, jobs=4)
    assert (tmp_path / "count").read_text().count("started") == 1
