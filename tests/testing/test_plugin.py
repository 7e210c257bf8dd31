"""The pytest plugin, run by pytest itself on derivations outside the repository."""

from __future__ import annotations

import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

# Pytest run inside this process forgets what it imported, and NumPy is not to be imported twice.
import proofcheck.running.run
import proofcheck.testing.falsifying  # noqa: F401

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
HEAD = (
    '"""A paper."""\nfrom proofcheck import Verdict, claim, inner, norm2, operator, scalar, vector\n\nx = scalar("x")\n'
)
GOOD = (
    HEAD
    + '''
@claim("Lemma 1")
def squares():
    """A square is not negative."""
    return x**2 >= 0


@claim("Lemma 2, as printed", expect=Verdict.REFUTED)
def too_much():
    """A square is at least the number."""
    return x**2 >= x
'''
)
WRONG = (
    HEAD
    + '''
@claim("Lemma 3")
def too_much():
    """A square is at least the number."""
    return x**2 >= x
'''
)
FLOWING = (
    HEAD
    + """
from proofcheck import flow, gronwall, path

t, z = scalar("t", nonnegative=True), path("z")
descent = flow(z.dot == -z, time=t)


@claim("Lemma 5")
def decays():
    "The square falls at the rate 2."
    return gronwall(descent, norm2(z), 2)


@claim("Lemma 6")
def decays_too_fast():
    "It does not at the rate 3."
    return gronwall(descent, norm2(z), 3)
"""
)
BROKEN = HEAD + "\nassert undefined\n"
RAISES = (
    HEAD
    + '''
@claim("Lemma 4")
def raises():
    """Its function raises."""
    return x**2 >= undefined
'''
)


@pytest.fixture(autouse=True)
def outside(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the user's; the repository is importable there as an installed package is."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("PROOFCHECK_CI", raising=False)
    # `-p` asks for the asserts of a module that this process may have imported already.
    monkeypatch.setenv("PYTEST_ADDOPTS", "-W error -W 'ignore:Module already imported' -p no:cacheprovider")
    pytester.mkdir("derivations")


def write(**files: str) -> None:
    for name, content in files.items():
        path = Path("derivations", *name.split("__")).with_suffix(".py")
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")


def plugin() -> tuple[str, ...]:
    """Nothing; the plugin by name where the environment was installed before there was one."""
    installed = bool(entry_points(group="pytest11", name="proofcheck"))
    return () if installed else ("-p", "proofcheck.testing.plugin")


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess(*plugin(), *arguments)


def test_the_plugin_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"proofcheck": "proofcheck.testing.plugin"}
    assert any(each.startswith("hypothesis") for each in project["optional-dependencies"]["testing"])
    assert not any(each.startswith(("hypothesis", "pytest")) for each in project["dependencies"])


def test_each_claim_is_a_test(pytester: pytest.Pytester) -> None:
    write(paper=GOOD)
    result = run(pytester, "derivations", "-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(
        ["*paper.py::squares PASSED*", r"*paper.py::squares[[]drawn[]] PASSED*", "*paper.py::too_much PASSED*"]
    )
    assert Path(".proofcheck/store").is_dir()


def test_a_process_of_its_own(pytester: pytest.Pytester) -> None:
    write(paper=GOOD)
    pytester.runpytest_subprocess(*plugin(), "derivations", "-m", "not slow").assert_outcomes(passed=2, deselected=1)


def test_what_is_not_as_expected_fails_with_its_witness(pytester: pytest.Pytester) -> None:
    write(paper=WRONG)
    result = run(pytester, "derivations")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*Lemma 3: REFUTED, expected PROVED*", "*at x = 1/2: left 1/4, right 1/2*"])
    result.stdout.fnmatch_lines(["*witness  at x = 1/2: left 1/4, right 1/2*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_claim_along_a_flow_is_drawn_against(pytester: pytest.Pytester) -> None:
    write(flowing=FLOWING)
    result = run(pytester, "derivations", "-k", "drawn", "--proofcheck-examples=5")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*suspected*Lemma 6*", "*numbers  at z(0) = 1, t = *integrated*"])


def test_slow_ones_are_left_out(pytester: pytest.Pytester) -> None:
    write(paper=GOOD)
    run(pytester, "derivations", "-m", "not slow").assert_outcomes(passed=2, deselected=1)
    run(pytester, "derivations", "-m", "slow", "--proofcheck-examples=5").assert_outcomes(passed=1, deselected=2)


def test_a_claim_is_chosen_by_its_name(pytester: pytest.Pytester) -> None:
    write(paper=GOOD)
    run(pytester, "derivations/paper.py::squares").assert_outcomes(passed=2)
    run(pytester, "derivations/paper.py::squares[drawn]").assert_outcomes(passed=1)
    run(pytester, "derivations", "-k", "too_much").assert_outcomes(passed=1, deselected=2)


def test_a_folder_is_one_derivation(pytester: pytest.Pytester) -> None:
    first = HEAD + '\n@claim("1")\ndef first():\n    """It holds."""\n    return x**2 >= 0\n'
    second = (
        "from proofcheck import claim\nfrom .first import first, x\n\n"
        '@claim("2")\ndef second():\n    """It rests on the first."""\n    return (x**2 + 1 > 0).by(first)\n'
    )
    write(paper__first=first, paper__second=second)
    Path("derivations/paper/__init__.py").write_text('"""A paper."""\nORDER = ("first", "second")\n', encoding="utf-8")
    result = run(pytester, "derivations/paper/second.py", "-v", "-m", "not slow")
    result.assert_outcomes(passed=1, deselected=1)
    result.stdout.fnmatch_lines(["*second.py::second PASSED*"])
    run(pytester, "derivations", "-m", "not slow").assert_outcomes(passed=2, deselected=2)


def test_a_file_that_cannot_be_read_is_an_error_at_its_line(pytester: pytest.Pytester) -> None:
    write(paper=BROKEN)
    result = run(pytester, "derivations")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*derivations/paper.py:6*", "*NameError*"])


def test_a_claim_that_raises_fails_at_its_line(pytester: pytest.Pytester) -> None:
    write(paper=RAISES, other=GOOD)
    result = run(pytester, "derivations")
    result.assert_outcomes(failed=1, passed=3)
    result.stdout.fnmatch_lines(["*derivations/paper.py:9*", "*NameError*"])


def test_other_files_are_left_alone(pytester: pytest.Pytester) -> None:
    Path("derivations/sums.py").write_text("raise SystemExit('not one of proofcheck')\n", encoding="utf-8")
    Path("paper.py").write_text(GOOD, encoding="utf-8")
    assert run(pytester).ret is pytest.ExitCode.NO_TESTS_COLLECTED


def test_tests_stay_tests(pytester: pytest.Pytester) -> None:
    """In a folder of that name elsewhere, and beside derivations."""
    test = "import proofcheck\n\n\ndef test_it():\n    assert proofcheck\n"
    for folder in ("tests/derivations", "derivations"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        Path(folder, "helpers.py").write_text(test, encoding="utf-8")
    Path("derivations/helpers.py").unlink()
    Path("tests/derivations/test_paper.py").write_text(test, encoding="utf-8")
    Path("derivations/test_beside.py").write_text(test, encoding="utf-8")
    run(pytester, "tests", "derivations").assert_outcomes(passed=2)
    run(pytester, "tests/derivations/helpers.py").assert_outcomes(passed=1)


def test_from_another_folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    write(paper=GOOD)
    folder = Path("derivations").resolve()
    monkeypatch.chdir(pytester.mkdir("elsewhere"))
    run(pytester, str(folder), "-m", "not slow").assert_outcomes(passed=2, deselected=1)
    assert not (folder / ".proofcheck").exists()


def test_derivations_may_be_elsewhere(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nproofcheck_derivations = papers/claims\n")
    folder = Path("papers", "claims")
    folder.mkdir(parents=True)
    (folder / "paper.py").write_text(GOOD, encoding="utf-8")
    run(pytester, "papers", "-m", "not slow").assert_outcomes(passed=2, deselected=1)


def test_without_hypothesis_the_verdicts_remain(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    write(paper=GOOD)
    hide_hypothesis(monkeypatch)
    result = pytester.runpytest_subprocess(*plugin(), "derivations", "-p", "no:hypothesispytest", "-rs")
    result.assert_outcomes(passed=2, skipped=1)
    result.stdout.fnmatch_lines(["*proofcheck-workbench[[]testing[]]*"])


def hide_hypothesis(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if it were not installed, for processes that are started."""
    stand_in = Path("stand_in", "hypothesis.py")
    stand_in.parent.mkdir()
    stand_in.write_text(
        'raise ModuleNotFoundError("No module named hypothesis", name="hypothesis")\n', encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", f"{stand_in.parent.resolve()}:{ROOT}")
