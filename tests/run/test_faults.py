"""Derivations that misbehave, and a disk and a cache that do: what happened is told, and what was finished is kept."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from proofcheck import cli, kernel
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
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def store_of_good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run of GOOD finds: a run that knows it starts no process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("good"))
        patch.setenv("XDG_STATE_HOME", "home")
        paper(GOOD)
        assert proofcheck("run", "--jobs", "1").exit_code == 0
        return Path(".proofcheck/store").resolve()


@pytest.fixture
def good_is_known(store_of_good: Path) -> None:
    shutil.copytree(store_of_good, ".proofcheck/store")


GOOD_IS_KNOWN = pytest.mark.usefixtures("good_is_known")


# Code without end


@GOOD_IS_KNOWN
def test_an_import_without_end_is_stopped_and_the_rest_is_settled() -> None:
    paper(GOOD)
    paper(GOOD + "while True:\n    pass\n", "looping")
    result = proofcheck("run", "--jobs", "1", "--patience", "1")
    assert result.exit_code == 1
    assert "the import of derivations/looping.py did not return within 1 s" in result.output
    assert "give it more time with --patience" in result.output
    assert result.output.count("PROVED  Lemma 1") == 2


@GOOD_IS_KNOWN
def test_a_claim_without_end_is_named_and_the_rest_is_settled() -> None:
    paper(GOOD + LOOP)
    result = proofcheck("run", "--jobs", "1", "--patience", "1")
    assert result.exit_code == 1
    assert "the claim looping (derivations/paper.py:11) did not return within 1 s" in result.output
    assert "PROVED  Lemma 1" in result.output


def test_drawing_against_a_claim_without_end_goes_on_with_the_others() -> None:
    paper(GOOD + LOOP)
    result = proofcheck("falsify", "--patience", "1", "--examples", "5")
    assert result.exit_code == 1
    assert "the claim looping (derivations/paper.py:11) did not return within 1 s" in result.output
    assert "SAMPLED    Lemma 1" in result.output


CATCHES_ALL = """@claim("Lemma 2")
def looping():
    while True:
        try:
            undefined()
        except Exception:
            continue
"""
CATCHES_THE_FIRST = """@claim("Lemma 2")
def looping():
    try:
        while True:
            len("")
    except BaseException:
        while True:
            len("")
"""


@GOOD_IS_KNOWN
@pytest.mark.parametrize("claim", [CATCHES_ALL, CATCHES_THE_FIRST])
def test_code_that_catches_what_comes_is_stopped_all_the_same(claim: str) -> None:
    paper(GOOD + claim)
    result = proofcheck("run", "--jobs", "1", "--patience", "1")
    assert "the claim looping (derivations/paper.py:11) did not return" in result.output


def test_code_that_no_exception_reaches_ends_the_process_with_its_line() -> None:
    paper(GOOD + "import itertools\nsum(itertools.repeat(1))\n")
    impatient = "import proofcheck.running.guarding as guarding; guarding._GRACE = 0.1"
    process = subprocess.run(
        [sys.executable, "-c", f"{impatient}; from proofcheck.cli import main; main(['run', '--patience', '1'])"],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert process.returncode == 1
    assert 'paper.py", line 12' in process.stderr


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
@GOOD_IS_KNOWN
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


@GOOD_IS_KNOWN
def test_code_that_goes_elsewhere_takes_nobody_with_it(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    paper(GOOD + 'import os\nos.chdir("elsewhere")\n')
    result = proofcheck("run", "--jobs", "1")
    assert result.exit_code == 0
    assert Path("derivations").is_dir() and Path(".proofcheck/records/paper.json").is_file()


@GOOD_IS_KNOWN
def test_a_thread_that_is_left_is_told_and_not_waited_for() -> None:
    paper(GOOD + "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), name='lasting').start()\n")
    process = started("run", "--jobs", "1")
    printed, _ = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "the import of derivations/paper.py has left a thread running: lasting" in printed
    assert "PROVED  Lemma 1" in printed


@GOOD_IS_KNOWN
def test_a_flood_of_text_is_no_part_of_the_answer() -> None:
    paper(GOOD + "for _ in range(40):\n    print('x' * 100_000)\n")
    with started("run", "--jobs", "1", "--json") as process:
        printed, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert printed.startswith("{") and len(errors) > 4_000_000


# Ctrl-C


INTERRUPT = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n"


@pytest.mark.parametrize("name", ["run", "show", "report", "falsify"])
def test_an_interruption_of_an_import_is_told_with_its_line(name: str) -> None:
    paper(GOOD + INTERRUPT)
    result = proofcheck(name, *(["good"] if name in ("show", "falsify") else []))
    assert result.exit_code == 130
    assert "interrupted during the import of derivations/paper.py at derivations/paper.py:12" in result.output


def test_an_interruption_of_a_claim_names_it() -> None:
    body = "".join(f"    {line}\n" for line in INTERRUPT.splitlines())
    paper(GOOD + f'@claim("Lemma 2")\ndef long():\n{body}    return x**2 >= 0\n')
    result = proofcheck("run", "--jobs", "1")
    assert result.exit_code == 130
    assert "interrupted during the claim long (derivations/paper.py:11) at derivations/paper.py:14" in result.output


def test_an_interruption_at_any_moment_leaves_what_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A real signal at moments that are spread over the calls of a whole run, from the import to the record."""
    paper(GOOD + '@claim("Lemma 2")\ndef other():\n    return x**2 + 1 >= 2 * x\n')
    find, save = cli._found, cli._save
    calls = moment = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"
        if calls == moment:
            sys.setprofile(None)
            os.kill(os.getpid(), signal.SIGINT)

    def from_here(*arguments: Any) -> Any:
        sys.setprofile(count)
        return find(*arguments)

    def to_here(*arguments: Any) -> None:
        save(*arguments)
        sys.setprofile(None)

    monkeypatch.setattr(cli, "_found", from_here)
    monkeypatch.setattr(cli, "_save", to_here)
    record = Path(".proofcheck/records/paper.json")
    for _ in range(2):  # the first of them also imports what the second has
        shutil.rmtree(".proofcheck", ignore_errors=True)
        calls = 0
        assert proofcheck("run", "--jobs", "1").exit_code == 0
    whole, total, interrupted = record.read_bytes(), calls, 0
    for part in range(1, 12):
        if part % 3:  # else what the one before has left is there
            shutil.rmtree(".proofcheck", ignore_errors=True)
        record.with_suffix(".seal").unlink(missing_ok=True)
        calls, moment = 0, total * part // 12
        result = proofcheck("run", "--jobs", "1")
        sys.setprofile(None)
        assert result.exit_code == (130 if calls == moment else 0), result.output
        interrupted += "interrupted" in result.output
        assert not list(Path().rglob(".writing-*"))
        assert not record.exists() or record.read_bytes() == whole
    assert interrupted >= 7
    moment = -1
    assert proofcheck("run", "--jobs", "1").exit_code == 0
    assert record.read_bytes() == whole


@GOOD_IS_KNOWN
def test_an_interruption_while_tex_runs_leaves_no_half_of_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    paper(GOOD)
    Path("bin").mkdir()
    for tool in ("latexmk", "pdflatex"):
        Path("bin", tool).write_text(
            "#!/bin/sh\necho half > report.pdf\necho > report.log\nsleep 1\nkill -INT $PPID\nsleep 60\n"
        )
        Path("bin", tool).chmod(0o755)
    monkeypatch.setenv("PATH", str(Path("bin").resolve()), prepend=os.pathsep)
    result = proofcheck("report", "--jobs", "1")
    assert result.exit_code == 130
    assert [path.name for path in Path("report").iterdir()] == ["report.tex"]


STUBBORN = """from proofcheck import cos, exp, sin
y = scalar("y")


@claim("Lemma 2")
def long():
    return exp(sin(x)) + exp(cos(y)) <= 6


@claim("Lemma 3")
def stubborn():
    while True:
        try:
            open("begun", "w").close()
            time.sleep(1)
        except BaseException as error:
            open(type(error).__name__, "w").close()
"""


def test_a_second_interruption_ends_what_swallows_the_first_and_leaves_nobody() -> None:
    paper(GOOD + "import time\n" + STUBBORN)
    process = started("run", "--jobs", "1", "--seconds", "1000")
    wait_for("begun")
    os.killpg(process.pid, signal.SIGINT)
    wait_for("KeyboardInterrupt")
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=5)
    assert process.returncode == -signal.SIGINT  # which a shell gives as 130
    demand_nobody_left(process)


# The disk


def full(monkeypatch: pytest.MonkeyPatch, *, below: str, after: int = 0) -> None:
    """From now on, after so many files, the disk below a folder takes half of a file and then is full."""
    write = Path.write_bytes
    room = after

    def write_half(path: Path, content: bytes) -> int:
        nonlocal room
        if below not in path.parent.as_posix():
            return write(path, content)
        room -= 1
        if room >= 0:
            return write(path, content)
        write(path, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", write_half)


def test_a_disk_that_is_full_is_told_and_what_was_found_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    paper(GOOD + '@claim("Lemma 2")\ndef other():\n    return x**2 + 1 >= 2 * x\n')
    with monkeypatch.context() as patch:
        full(patch, below="store", after=1)
        result = proofcheck("run", "--jobs", "1")
    assert result.exit_code == 2
    assert "cannot write to .proofcheck/store/" in result.output
    assert "No space left on device; what was finished before is kept" in result.output
    assert len([path for path in Path(".proofcheck").rglob("*") if path.is_file()]) == 1
    again = proofcheck("run", "--jobs", "1").output
    assert again.count("PROVED") == 3 and again.count("stored") == 1


@GOOD_IS_KNOWN
def test_verdicts_are_printed_also_where_their_record_finds_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    paper(GOOD)
    full(monkeypatch, below="records")
    result = proofcheck("run", "--jobs", "1")
    assert result.exit_code == 2
    assert "PROVED  Lemma 1" in result.output
    assert "cannot write to .proofcheck/records/paper.json: No space left on device" in result.output
    assert not list(Path(".proofcheck/records").iterdir())


@GOOD_IS_KNOWN
def test_an_output_without_room_is_told_and_the_record_is_there() -> None:
    paper(GOOD)
    with open("/dev/full", "w") as nowhere:
        process = subprocess.run(
            [sys.executable, "-m", "proofcheck.cli", "run", "--jobs", "1"],
            stdout=nowhere,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            timeout=60,
            check=False,
        )
    assert process.returncode == 2
    assert process.stderr == "proofcheck: cannot write the output: No space left on device\n"
    assert proofcheck("recheck", ".proofcheck/records/paper.json").exit_code == 0


@GOOD_IS_KNOWN
def test_a_report_without_room_leaves_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    paper(GOOD)
    Path("report").mkdir()
    Path("report/report.tex").write_text("old")
    full(monkeypatch, below="report")
    result = proofcheck("report", "--jobs", "1")
    assert result.exit_code == 2
    assert "cannot write to report/report.tex: No space left on device" in result.output
    assert [path.read_text() for path in Path("report").iterdir()] == ["old"]


def test_a_figure_without_room_leaves_no_half(monkeypatch: pytest.MonkeyPatch) -> None:
    full(monkeypatch, below="figures", after=1)
    result = proofcheck("figures", "--quick", "--only", "decay_against_bounds")
    assert result.exit_code == 2
    assert "cannot write to figures/decay_against_bounds.png: No space left on device" in result.output
    assert [path.name for path in Path("figures").iterdir()] == ["decay_against_bounds.pdf"]


def test_a_limit_on_the_size_of_files_is_told() -> None:
    """The system's own refusal in the middle of a file."""
    paper(GOOD)
    small = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))"
    command = f"{small}; from proofcheck.cli import main; main(['run', '--jobs', '1'])"
    process = subprocess.run(
        [sys.executable, "-c", command],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=20,
        check=False,
    )
    assert process.returncode == 2
    assert "cannot write to .proofcheck/store/" in process.stderr and "File too large" in process.stderr
    assert not [path for path in Path(".proofcheck").rglob("*") if path.is_file()]


@GOOD_IS_KNOWN
def test_a_folder_for_reading_only_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    paper(GOOD)
    make = Path.mkdir

    def refuse(path: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        if ".proofcheck" in path.parts:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        make(path, mode, parents, exist_ok)

    monkeypatch.setattr(Path, "mkdir", refuse)
    result = proofcheck("run", "--jobs", "1")
    assert result.exit_code == 2
    assert "Read-only file system" in result.output and "cannot write to .proofcheck" in result.output


# The cache


def test_a_cache_of_another_kernel_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    paper(GOOD)
    with monkeypatch.context() as patch:
        patch.setattr(kernel, "VERSION", "0")
        assert proofcheck("run", "--jobs", "1").exit_code == 0
    assert "stored" not in proofcheck("run", "--jobs", "1").output
    assert "stored" in proofcheck("run", "--jobs", "1").output


def test_a_cache_that_may_not_be_read_is_told_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    paper(GOOD)
    proofcheck("run", "--jobs", "1")
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if "store" in path.parts:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = proofcheck("run", "--jobs", "1")
    assert result.exit_code == 2
    assert "Permission denied; make it readable or remove it" in result.output


def test_two_runs_at_once_share_a_cache() -> None:
    paper(GOOD + "".join(f'@claim("Lemma")\ndef power_{n}():\n    return x**{2 * n} >= 0\n\n\n' for n in range(2, 12)))
    both = [started("run", "--jobs", "1", "--json") for _ in range(2)]
    printed = [json.loads(process.communicate(timeout=60)[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert printed[0]["derivations"][0]["sha256"] == printed[1]["derivations"][0]["sha256"]
    assert proofcheck("recheck", ".proofcheck/records/paper.json").exit_code == 0
    assert not list(Path().rglob(".writing-*"))
    assert proofcheck("run", "--jobs", "1").output.count("stored") == 11
