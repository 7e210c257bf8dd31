"""A Dask cluster of processes answers as this machine does, and is trusted as little."""

import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from proofcheck.cli import main
from proofcheck.kernel.statements import Relation, Statement
from proofcheck.kernel.terms import Apply, Power, Rational, Sum, Variable
from proofcheck.results import Verdict
from proofcheck.running import cluster
from proofcheck.running.cluster import Cluster, ClusterError
from proofcheck.running.collecting import find, load
from proofcheck.running.run import Settings, run, save
from proofcheck.running.stream import search_each
from tests.run.statements import ABSURD, FALSE, SQUARE, X
from tests.run.written import HEAD, claim_text

distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
ROOT = Path(__file__).parents[2]
QUIET: Any = {"dashboard_address": ":0", "silence_logs": logging.CRITICAL}

#: exp(sin x) + exp(cos y) <= k holds, and no prover sees it: the budget runs out.
LONG = tuple(
    Statement(
        ("x", "y"),
        (),
        (),
        Relation(
            Sum((Apply("exp", (Apply("sin", (X,)),)), Apply("exp", (Apply("cos", (Variable("y"),)),)))),
            "<=",
            Rational(Fraction(k)),
        ),
    )
    for k in range(6, 10)
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        with distributed.LocalCluster(n_workers=2, threads_per_worker=1, **QUIET) as local:
            yield local.scheduler_address


LONG_PAPER = '''"""A paper of claims that take long."""
from proofcheck import claim, cos, exp, scalar, sin
x, y = scalar("x"), scalar("y")

''' + "".join(
    f'@claim("Lemma {k}")\ndef long_{k}():\n    return exp(sin(x)) + exp(cos(y)) <= {k}\n\n\n' for k in range(6, 12)
)


def test_a_run_on_a_cluster_leaves_the_record_of_a_run_here(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    claims = [
        claim_text("good", "owing(owed(SQUARE))"),
        claim_text("wrong", "owing(owed(FALSE, FALSE))", "REFUTED"),
        claim_text("theorem", "owing(owed(SQUARE), premises=(good,))"),
    ]
    Path("paper.py").write_text(HEAD + "".join(claims), encoding="utf-8")
    [source] = find([Path("paper.py")])
    paper = load(source)
    for folder, scheduler in ((Path("here"), None), (Path("there"), address)):
        save(run([paper], Settings(folder, scheduler=scheduler)), folder)
    assert Path("there/records/paper.json").read_bytes() == Path("here/records/paper.json").read_bytes()
    result = run([paper], Settings(Path("there"), worker=("false",)))
    assert [claim.verdict for claim in result.derivations[0].claims] == [
        Verdict.PROVED,
        Verdict.REFUTED,
        Verdict.PROVED,
    ]


def test_a_stream_of_statements_is_answered_with_few_under_way(address: str) -> None:
    drawn = 0

    def powers() -> Iterator[Statement]:
        nonlocal drawn
        for drawn in range(1, 41):
            yield Statement(("x",), (), (), Relation(Power(X, drawn + 1), ">=", SQUARE.goal.right))

    with Cluster(address, 5) as pool:
        for answered, (statement, outcome) in enumerate(search_each(powers(), pool, ahead=8)):
            assert drawn - answered <= 8
            assert isinstance(statement.goal.left, Power)
            even = statement.goal.left.exponent % 2 == 0
            assert (outcome.proof is not None, outcome.witness is not None) == (even, not even)
    assert answered == 39


def test_a_worker_killed_on_the_way_costs_a_retry(address: str) -> None:
    with Cluster(address, 1) as pool, distributed.Client(address, set_as_default=False) as client:
        pids = client.run(os.getpid)
        for statement in (*LONG[:2], SQUARE, FALSE):
            pool.submit(statement)
        until = time.monotonic() + 20
        while not (busy := [worker for worker, tasks in client.processing().items() if tasks]):
            assert time.monotonic() < until
            time.sleep(0.02)
        os.kill(pids[busy[0]], signal.SIGKILL)
        found = dict(pool.answers())
    assert set(found) == {*LONG[:2], SQUARE, FALSE}
    assert found[SQUARE].proof is not None and found[FALSE].witness is not None
    for statement in LONG[:2]:
        assert found[statement].attempts and "died" not in found[statement].attempts[-1].outcome


@pytest.mark.parametrize(("answer", "reason"), [("lie", "turned down"), ("babble", "not understood")])
def test_an_answer_is_checked_here(address: str, answer: str, reason: str) -> None:
    with Cluster(address, 1, f"tests.run.stand_in_cluster:{answer}") as pool:
        [(_, outcome)] = search_each([ABSURD], pool)
    assert not outcome.settled
    assert reason in outcome.attempts[-1].outcome


def test_a_worker_of_another_version_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "own_version", lambda: "9.9, sources 123")
    with Cluster(address, 1) as pool, pytest.raises(ClusterError, match=r"this machine has 9.9.*the same version"):
        list(search_each([SQUARE], pool))


def test_a_worker_without_the_package_is_told_and_survives(address: str) -> None:
    told = r"each worker needs proofcheck.*No module named 'missing_package'"
    with Cluster(address, 1, "missing_package:search") as pool, pytest.raises(ClusterError, match=told):
        list(search_each([SQUARE], pool))
    with Cluster(address, 1) as pool:
        [(_, outcome)] = search_each([SQUARE], pool)
    assert outcome.proof is not None


def test_nobody_at_the_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.3)
    with pytest.raises(
        ClusterError, match=r"no Dask scheduler answers at tcp://127.0.0.1:9; start one: dask scheduler"
    ):
        Cluster("tcp://127.0.0.1:9", 1)


def test_the_command_line_tells_what_is_wrong_with_a_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cluster, "PATIENCE", 0.3)
    Path("paper.py").write_text(LONG_PAPER, encoding="utf-8")
    result = CliRunner().invoke(main, ["run", "paper.py", "--scheduler", "tcp://127.0.0.1:9"])
    assert result.exit_code == 2
    assert "no Dask scheduler answers" in result.output and "what was found is kept" in result.output
    result = CliRunner().invoke(main, ["run", "paper.py", "--scheduler", "tcp://127.0.0.1:9", "--jobs", "2"])
    assert result.exit_code == 2
    assert "leave out --jobs or --scheduler" in result.output


def test_a_scheduler_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with distributed.LocalCluster(n_workers=0, **QUIET) as local, Cluster(local.scheduler_address, 1) as pool:
        monkeypatch.setattr(cluster, "PATIENCE", 0)
        with pytest.raises(ClusterError, match="has no workers; start one: dask worker"):
            list(search_each([SQUARE], pool))


def test_a_scheduler_that_dies_is_told(tmp_path: Path) -> None:
    where = tmp_path / "scheduler.json"
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard"]
    scheduler = subprocess.Popen([*command, "--scheduler-file", str(where)], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 20
        while not where.exists() or not where.read_text():
            assert time.monotonic() < until
            time.sleep(0.05)
        with Cluster(json.loads(where.read_text())["address"], 1) as pool:
            pool.submit(SQUARE)
            scheduler.kill()
            with pytest.raises(ClusterError, match="has gone"):
                list(pool.answers())
    finally:
        scheduler.kill()
        scheduler.wait()


def test_the_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match="proofcheck-workbench\\[dask\\]"):
        Cluster("tcp://127.0.0.1:9", 1)


def test_ctrl_c_cancels_what_is_under_way(address: str, tmp_path: Path) -> None:
    (tmp_path / "paper.py").write_text(LONG_PAPER, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "proofcheck.cli", "run", "paper.py", "--scheduler", address, "--seconds", "1"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    with distributed.Client(address, set_as_default=False) as client:
        until = time.monotonic() + 20
        while not any(client.processing().values()):
            assert time.monotonic() < until
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)
        assert process.returncode == 130, errors
        assert "interrupted" in errors and "Traceback" not in errors
        while any(client.processing().values()):
            assert time.monotonic() < until
            time.sleep(0.05)
