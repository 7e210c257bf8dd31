"""Derivations that misbehave, and a disk and a cache that do: what happened is told, and what was finished is kept."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from proofcheck.cli import main

ROOT = Path(__file__).parents[2]
GOOD = '''"""A paper."""
from proofcheck import claim, scalar
x = scalar("x")


@claim("Lemma 1")
def good():
    return x**2 >= 0


'''
LOOP = """@claim("Lemma 2")
def looping():
    while True:
        continue
"""


def proofcheck(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def paper(text: str, name: str = "paper") -> None:
    Path("derivations").mkdir(exist_ok=True)
    Path("derivations", f"{name}.py").write_text(text, encoding="utf-8")


def started(*arguments: str) -> "subprocess.Popen[str]":
    """A command in a process and a group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "proofcheck.cli", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def wait_for(file: str) -> None:
    until = time.monotonic() + 30
    while not Path(file).exists():
        assert time.monotonic() < until, f"no {file}"
        time.sleep(0.02)


def demand_nobody_left(process: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + 5
    while True:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        assert time.monotonic() < until, "a process is left"
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# Code without end


def test_an_import_without_end_is_stopped_and_the_rest_is_settled() -> None:
    paper(GOOD)
    paper(GOOD + "while True:\n    pass\n", "looping")
    result = proofcheck("run", "--jobs", "1", "--patience", "0.3")
    assert result.exit_code == 1
    assert "the import of derivations/looping.py did not return within 0.3 s" in result.output
    assert "give it more time with --patience" in result.output
    assert result.output.count("PROVED  Lemma 1") == 2


def test_a_claim_without_end_is_named_and_the_rest_is_settled() -> None:
    paper(GOOD + LOOP)
    result = proofcheck("run", "--jobs", "1", "--patience", "0.3")
    assert result.exit_code == 1
    assert "the claim looping (derivations/paper.py:11) did not return within 0.3 s" in result.output
    assert "PROVED  Lemma 1" in result.output


def test_code_that_catches_everything_is_stopped_all_the_same() -> None:
    loop = "def looping():\n    while True:\n        try:\n            f()\n        except {}:\n            pass\n"
    paper(GOOD + '@claim("Lemma 2")\n' + loop.format("Exception"))
    result = proofcheck("run", "--jobs", "1", "--patience", "0.3")
    assert "the claim looping (derivations/paper.py:11) did not return" in result.output


def test_a_loop_in_compiled_code_ends_the_process_with_its_line() -> None:
    paper(GOOD + "import itertools\nsum(itertools.repeat(1))\n")
    process = started("run", "--patience", "0.2")
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 1
    assert 'paper.py", line 12' in errors


# Code that would end or change the process


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("raise SystemExit(0)", "SystemExit: 0"),
        ("os._exit(0)", "SystemExit: os._exit(0)"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("f = lambda: f()\n    f()", "RecursionError"),
        ("bytearray(2**50)", "MemoryError"),
    ],
)
@pytest.mark.parametrize("where", ["import", "claim"])
def test_code_that_would_end_the_run_fails_it(code: str, told: str, where: str) -> None:
    inside = f"def bad():\n    {code}\n"
    paper(GOOD + "import os\n" + (inside + "bad()\n" if where == "import" else '@claim("Lemma 2")\n' + inside))
    result = proofcheck("run", "--jobs", "1")
    assert result.exit_code == 1
    assert told in result.output
    assert "PROVED  Lemma 1" in result.output
    assert os._exit.__module__ == "posix"


def test_an_interruption_that_is_made_by_the_code_names_its_line() -> None:
    paper(GOOD + '@claim("Lemma 2")\ndef bad():\n    raise KeyboardInterrupt\n')
    result = proofcheck("run", "--jobs", "1")
    assert result.exit_code == 130
    assert "during the claim bad (derivations/paper.py:11) at derivations/paper.py:13" in result.output


def test_code_that_goes_elsewhere_takes_nobody_with_it(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    paper(GOOD + 'import os\nos.chdir("elsewhere")\n')
    result = proofcheck("run", "--jobs", "1")
    assert result.exit_code == 0
    assert Path("derivations").is_dir() and Path(".proofcheck/records/paper.json").is_file()


def test_a_thread_that_is_left_is_told_and_not_waited_for() -> None:
    paper(GOOD + "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), name='lasting').start()\n")
    process = started("run", "--jobs", "1")
    printed, _ = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "the import of derivations/paper.py has left a thread running: lasting" in printed
    assert "PROVED  Lemma 1" in printed


def test_a_flood_of_text_is_no_part_of_the_answer() -> None:
    paper(GOOD + "for _ in range(40):\n    print('x' * 100_000)\n")
    with started("run", "--jobs", "1", "--json") as process:
        printed, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert printed.startswith("{") and len(errors) > 4_000_000
