"""The command line, run as a user runs it."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from proofcheck.cli import main
from tests.run.written import HEAD, claim_text

ROOT = Path(__file__).parents[2]
PAPER = '''"""A paper."""
from proofcheck import Verdict, chain, claim, scalar

SOURCE = "Somebody, 2021"
x = scalar("x")


@claim("Lemma 1, squares")
def squares():
    """A square is not negative."""
    return x**2 >= 0


@claim("Lemma 2, as printed", expect=Verdict.REFUTED)
def too_much():
    """A square is at least the number."""
    return x**2 >= x


@claim("Lemma 2", amends=too_much)
def halved():
    """A square is at least the number, less a quarter."""
    return chain(x**2).ge(x - 1)


@claim("Theorem 3")
def theorem():
    """It rests on the first lemma."""
    return (x**2 + 1 > 0).by(squares)
'''


def proofcheck(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def write(**files: str) -> None:
    Path("derivations").mkdir(exist_ok=True)
    for name, text in files.items():
        Path("derivations", f"{name}.py").write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_help_teaches_each_command_with_an_example() -> None:
    assert "proofcheck run" in proofcheck("--help").output
    for command in ("run", "show", "falsify", "report", "figures", "recheck", "new"):
        result = proofcheck(command, "--help")
        assert result.exit_code == 0
        assert f"\n    proofcheck {command} " in result.output


def test_help_is_there_at_once() -> None:
    def seconds(*command: str) -> float:
        times = []
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
            times.append(time.perf_counter() - began)
        return min(times)

    assert seconds("-m", "proofcheck.cli", "--help") - seconds("-c", "") < 0.2


def test_help_imports_nothing_heavy() -> None:
    script = "import sys\nfrom proofcheck.cli import main\nmain(['--help'], standalone_mode=False)\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    imported = set(done.stdout.splitlines()[-1].split())
    assert not imported & {"sympy", "numpy", "scipy", "flint", "rich", "jinja2", "matplotlib", "proofcheck.running.run"}


def test_a_run_prints_verdicts_findings_and_a_summary() -> None:
    write(paper=PAPER)
    result = proofcheck("run", "--jobs", "2")
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    places = ["Lemma 1, squares", "Lemma 2, as printed", "Lemma 2 ", "Theorem 3"]
    found = [next(number for number, line in enumerate(lines) if place in line) for place in places]
    assert found == sorted(found)
    assert [lines[number].split()[0] for number in found] == ["PROVED", "REFUTED", "PROVED", "PROVED"]
    assert "left 1/4, right 1/2" in result.output
    assert "x^2 >= x - 1" in result.output
    assert "all as expected" in lines[-1]


def test_a_run_of_all_writes_records_that_recheck() -> None:
    write(paper=PAPER)
    assert proofcheck("run").exit_code == 0
    record = Path(".proofcheck/records/paper.json")
    assert stat.S_IMODE(record.stat().st_mode) & 0o044 == 0o044 & ~_umask()
    result = proofcheck("recheck", str(record))
    assert result.exit_code == 0
    assert "holds: 4 claims" in result.output
    printed = json.loads(proofcheck("run", "--json").output)
    assert f"sha256 {printed['derivations'][0]['sha256']}\n" in result.output
    record.write_bytes(record.read_bytes().replace(b'"line":8', b'"line":9', 1))
    result = proofcheck("recheck", str(record))
    assert result.exit_code == 1
    assert "turned down" in result.output and "`proofcheck run` settles the derivation anew" in result.output


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_record_with_a_surprise_holds_but_is_not_as_expected() -> None:
    write(paper=PAPER.replace(", expect=Verdict.REFUTED", ""))
    result = proofcheck("run")
    assert result.exit_code == 1
    assert "1 not as expected" in result.output
    result = proofcheck("recheck", ".proofcheck/records/paper.json")
    assert result.exit_code == 1
    assert "holds" in result.output
    assert "not as expected: too_much" in result.output


def test_rechecking_from_the_command_line_imports_no_sympy() -> None:
    write(paper=PAPER)
    proofcheck("run")
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "proofcheck.cli", "recheck", ".proofcheck/records/paper.json"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    imported = {line.split("|")[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert "flint" in imported
    assert not imported & {"sympy", "numpy", "scipy", "clarabel", "rich", "jinja2"}


def test_json_is_for_programs() -> None:
    write(paper=PAPER)
    result = proofcheck("run", "--json", "-k", "lemma and not printed")
    assert result.exit_code == 0
    [derivation] = json.loads(result.output)["derivations"]
    assert [(claim["name"], claim["verdict"]) for claim in derivation["claims"]] == [
        ("squares", "PROVED"),
        ("halved", "PROVED"),
    ]
    assert not Path(".proofcheck/records").exists()


def test_a_broken_derivation_leaves_the_others_and_fails_the_run() -> None:
    write(paper=PAPER, broken="x = gamma\n")
    result = proofcheck("run")
    assert result.exit_code == 1
    assert "derivations/broken.py:1" in result.output
    assert "NameError: name 'gamma' is not defined" in result.output
    assert "4 claims" in result.output


def test_a_claim_that_would_end_the_program_fails_the_run() -> None:
    write(paper=PAPER.replace("    return x**2 >= 0", "    raise SystemExit(0)"))
    result = proofcheck("run")
    assert result.exit_code == 1
    assert "derivations/paper.py:11" in result.output
    assert "SystemExit" in result.output


def test_what_a_derivation_prints_is_no_part_of_the_answer() -> None:
    printing = PAPER.replace("    return x**2 >= 0", "    print('squares')\n    return x**2 >= 0")
    write(paper=printing + "print('read')\n")
    result = proofcheck("run", "--json")
    assert json.loads(result.stdout)["derivations"]
    assert {"squares", "read"} <= set(result.stderr.split())


def test_show_prints_a_claim_with_its_proof_and_its_source() -> None:
    write(paper=PAPER)
    result = proofcheck("show", "squares")
    assert result.exit_code == 0
    for part in (
        "derivations/paper.py:8  Lemma 1, squares  (squares)",
        "A square is not negative.",
        "x^2 >= 0",
        "verdict   PROVED",
        "left - right = x^2 >= 0",
        "    8  @claim(",
        "    return x**2 >= 0",
    ):
        assert part in result.output
    assert "nothing found" not in result.output
    assert "identity" in proofcheck("show", "squares", "--search").output


def test_show_prints_witness_and_premises() -> None:
    write(paper=PAPER)
    assert "witness   at x = 1/2: left 1/4, right 1/2" in proofcheck("show", "paper/too_much").output
    assert "  rests on\n    squares  PROVED\n" in proofcheck("show", "theorem").output


def test_show_prints_what_a_claim_rests_on_through_its_premises() -> None:
    write(
        paper=HEAD
        + """
from proofcheck import cited, flow, gronwall, norm2, path, scalar

t, c, X = scalar("t", nonnegative=True), scalar("c"), path("X")
decay = flow(X.dot == -c * X, time=t, subject_to=[c >= 0])


@claim("Lemma 1")
def falls():
    return gronwall(decay, norm2(X), 2 * c)


@claim("Lemma 2", expect=Verdict.CITED)
def known():
    return cited("Somebody 1901, Theorem 7", c <= 9)


@claim("Lemma 3")
def between():
    return (norm2(X) <= norm2(X) + 9 - c).by(falls, known)


@claim("Theorem 4")
def top():
    return (norm2(X) <= norm2(X) + 10 - c).by(between)
"""
    )
    through = proofcheck("show", "top").output.partition("rules, through premises")[2]
    assert "Gronwall" in through and "sources, through premises\n    known: Somebody 1901, Theorem 7\n" in through
    assert "known  CITED  (through a premise)" in through
    assert "through premises" not in proofcheck("show", "falls").output


def test_show_suggests_names() -> None:
    write(paper=PAPER, other=PAPER)
    result = proofcheck("show", "square", "derivations/paper.py")
    assert (result.exit_code, result.output) == (2, "proofcheck: no claim is named square; did you mean squares?\n")
    result = proofcheck("show", "lemma 2", "derivations/paper.py")
    assert "at that place are too_much, halved" in result.output
    result = proofcheck("show", "squares")
    assert result.exit_code == 2
    assert "other/squares, paper/squares; `proofcheck show paper/squares`" in result.output
    assert proofcheck("show", "paper/squares").exit_code == 0


def test_show_explains_the_letters() -> None:
    proofcheck("new", "my_paper")
    output = proofcheck("show", "energy_bound").output
    assert "  where     E = |x|^2/2\n            along x' = -A x\n" in output
    assert "  for all   " in output and "mu > 0" in output and "A >= mu, self-adjoint, constant in time" in output


def test_show_says_what_is_left_and_why_the_provers_gave_up() -> None:
    """A sine is 1 at no rational and no algebraic number, so that no witness says so; and it is not true."""
    write(
        paper=PAPER.replace("    return x**2 >= 0", "    return sin(x) ** 2 < 1").replace("import ", "import sin, ", 1)
    )
    output = proofcheck("show", "squares", "--search", "--seconds", "1").output
    assert "left      for all real x: sin(x)^2 < 1" in output
    assert "an inequality with sin in x, so that in this order\n" in output
    assert "not tried: for equations" in output
    assert "nothing found" in output


def test_show_says_once_what_is_missing() -> None:
    opened = "from proofcheck import missing\n"
    write(paper=opened + PAPER.replace("    return chain(x**2).ge(x - 1)", '    return missing("a new idea", x > 1)'))
    assert proofcheck("show", "halved").output.count("a new idea") == 2  # the obligation, and the source


def test_what_an_earlier_run_found_took_no_time() -> None:
    write(paper=PAPER)
    first, second = (proofcheck("run").output.splitlines()[2] for _ in range(2))
    assert first.endswith(" s") and second.endswith(" stored")
    assert " in an earlier run" in proofcheck("show", "squares").output


def test_words_side_by_side_select_a_place() -> None:
    write(paper=PAPER)
    result = proofcheck("run", "-k", "Lemma 2 and not printed")
    assert result.exit_code == 0 and "1 claim," in result.output
    result = proofcheck("run", "-k", "after (3.5)")
    assert result.exit_code == 2 and "double quotes" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run"], "there is no derivations; `proofcheck new NAME`"),
        (["run", "nowhere"], "there is no nowhere"),
        (["run", "--jobs", "0"], "--jobs"),
        (["run", "--seconds", "0"], "--seconds"),
        (["run", "--seconds", "nan"], "nan is no number of seconds"),
        (["run", "--seconds", "inf"], "inf is no number of seconds"),
        (["run", "--patience", "nan"], "nan is no number of seconds"),
        (["run", "--frobnicate"], "--frobnicate"),
        (["recheck"], "Missing argument"),
        (["recheck", "nowhere.json"], "nowhere.json"),
        (["new", "Not A Name"], "no name for a derivation"),
        (["new", "class"], "no name for a derivation"),
        (["new", "../up"], "no name for a derivation"),
        (["frobnicate"], "No such command"),
    ],
)
def test_usage_errors_exit_with_2(arguments: list[str], message: str) -> None:
    result = proofcheck(*arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_a_selection_of_nothing_is_a_usage_error() -> None:
    write(paper=PAPER)
    for expression, message in (
        ("weights", "selects no claim"),
        ("sqares or half", "selects no claim; did you mean squares or "),
        ("lemma and", "-k ends"),
    ):
        result = proofcheck("run", "-k", expression)
        assert result.exit_code == 2
        assert message in result.output


def test_a_claim_that_is_not_found_may_be_one_that_was_not_read() -> None:
    write(paper=PAPER, broken="x = gamma\n")
    for arguments in (["show", "lost"], ["run", "-k", "lost"]):
        result = proofcheck(*arguments)
        assert result.exit_code == 2
        assert "derivations/broken.py:1" in result.output


def test_a_folder_that_cannot_be_written_is_told() -> None:
    write(paper=PAPER)
    Path(".proofcheck").write_text("a file where the folder should be")
    result = proofcheck("run")
    assert result.exit_code == 2
    assert "cannot write to" in result.output


def test_a_file_that_cannot_be_read_is_not_told_as_unwritten() -> None:
    write(paper=PAPER)
    proofcheck("run")
    for kept in Path(".proofcheck/store").rglob("*"):
        if kept.is_file():
            kept.unlink()
            kept.mkdir()
    result = proofcheck("run")
    assert result.exit_code == 2
    assert "Is a directory" in result.output and "cannot write" not in result.output


def test_a_new_derivation_that_cannot_be_written_is_told() -> None:
    Path("derivations").write_text("a file where the folder should be")
    result = proofcheck("new", "my_paper")
    assert result.exit_code == 2
    assert "cannot write to" in result.output


def test_a_new_derivation_runs_at_once_and_is_never_overwritten() -> None:
    result = proofcheck("new", "my_paper")
    assert (result.exit_code, result.output) == (
        0,
        "derivations/my_paper.py\nnext: proofcheck run derivations/my_paper.py\n",
    )
    assert proofcheck("run").exit_code == 0
    Path("derivations/my_paper.py").write_text("mine")
    assert proofcheck("new", "my_paper").exit_code == 2
    assert Path("derivations/my_paper.py").read_text() == "mine"


def test_the_template_shows_each_common_form() -> None:
    proofcheck("new", "my_paper")
    text = Path("derivations/my_paper.py").read_text()
    for form in ("gronwall(", "at(", ".given(", ".by(", "expect=Verdict.REFUTED", "amends=", "chain("):
        assert form in text
    result = proofcheck("run")
    assert "5 PROVED, 1 REFUTED, all as expected" in result.output


def test_a_report_leaves_a_source_and_a_document() -> None:
    write(paper=PAPER)
    result = proofcheck("report")
    left = {path.name for path in Path("report").iterdir()}
    assert result.output.startswith("report/report.tex\n")
    assert left == {"report.tex", "report.pdf"} if shutil.which("latexmk") else {"report.tex"}


def test_a_mistake_in_the_template_is_refuted() -> None:
    proofcheck("new", "my_paper")
    path = Path("derivations/my_paper.py")
    path.write_text(path.read_text().replace("<= -2 * mu * E", "<= -3 * mu * E"))
    result = proofcheck("run", "-k", "falls")
    assert result.exit_code == 1
    assert "REFUTED" in result.output


def test_nothing_changed_is_quick() -> None:
    write(paper=PAPER)
    proofcheck("run")
    began = time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "proofcheck.cli", "run"], check=True, capture_output=True, env=environment)
    assert time.perf_counter() - began < 2


def test_ctrl_c_keeps_what_was_finished() -> None:
    hang = claim_text("hang", 'owing(owed(Statement(("hang",), (), (), Relation(Variable("hang"), ">=", ZERO))))')
    write(paper=HEAD + claim_text("good", "owing(owed(SQUARE))") + hang)
    script = (
        "import functools, sys, proofcheck.running.run\nfrom proofcheck.cli import main\n"
        "worker = (sys.executable, '-m', 'tests.run.stand_in_worker')\n"
        "proofcheck.running.run.Settings = functools.partial(proofcheck.running.run.Settings, worker=worker)\n"
        "main(['run', '--jobs', '1', '--seconds', '1000'])"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PROOFCHECK_TEST_COUNT": "count"}
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    store, count = Path(".proofcheck/store"), Path("count")
    until = time.monotonic() + 60
    while not (any(store.rglob("*")) and count.read_text().count("searched") == 2) and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130, errors
    assert "interrupted" in errors
    kept = [path for path in store.rglob("*") if path.is_file()]
    assert len(kept) == 1
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
