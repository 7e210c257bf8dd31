"""`proofcheck falsify`, run as a user runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from proofcheck.cli import main
from proofcheck.kernel.check import refute_written

from ..testing.test_plugin import hide_hypothesis
from .test_cli import PAPER, write

WRONG = (
    PAPER
    + '''

@claim("Lemma 4")
def wrong():
    """The square of a number is at least one."""
    return x**2 >= 1
'''
)


def falsify(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["falsify", "--examples", "30", *arguments])


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_nothing_is_found_against_what_holds() -> None:
    write(paper=PAPER)
    result = falsify()
    assert result.exit_code == 0, result.output
    assert "REFUTED    Lemma 2, as printed  too_much" in result.output
    assert "witness  at x = 1/2: left 1/4, right 1/2" in result.output
    assert result.output.splitlines()[-1] == (
        "4 claims: 1 with an exact witness; 3 without one, which proves nothing; 0 not drawn"
    )


def test_a_witness_against_what_should_hold_is_told_by_the_exit_code() -> None:
    write(paper=WRONG)
    result = falsify("wrong")
    assert result.exit_code == 1
    assert "(expected PROVED)" in result.output and "at x = 0: left 0, right 1" in result.output


def test_a_claim_of_one_derivation() -> None:
    write(paper=WRONG, other=PAPER)
    assert falsify("other/squares").exit_code == 0
    assert "2 claims" in falsify("squares").output
    assert "4 claims" in falsify("derivations/other.py").output
    assert "1 claim:" in falsify("squares", "derivations/other.py").output


def test_json_holds_what_the_kernel_needs() -> None:
    write(paper=WRONG)
    found = json.loads(falsify("--json", "--seed", "4").output)
    refuted = {each["claim"]: each for each in found if each["verdict"] == "REFUTED"}
    assert set(refuted) == {"too_much", "wrong"}
    for each in refuted.values():
        refute_written(each["statement"], each["witness"])
    assert [each["as_expected"] for each in found].count(False) == 1


@pytest.mark.parametrize("arguments", [("squars",), ("--examples", "0"), ("--seconds", "-1"), ("--seed", "x")])
def test_a_usage_error_is_told_by_the_exit_code(arguments: tuple[str, ...]) -> None:
    write(paper=PAPER)
    result = falsify(*arguments)
    assert result.exit_code == 2
    if arguments == ("squars",):
        assert "did you mean squares?" in result.stderr


def test_it_needs_hypothesis_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    write(paper=PAPER)
    hide_hypothesis(monkeypatch)
    command = [sys.executable, "-m", "proofcheck.cli", "falsify"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "pip install 'proofcheck-workbench[testing]'" in result.stderr
