"""The figures: their files, their captions, their reproducibility."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from proofcheck.numerics import Data, FloatArray, TwoMomenta
from proofcheck.numerics.figures import FIGURES, Figure, Problem, Setting, draw, pumped_oscillator
from proofcheck.numerics.figures.boundary import largest_root
from proofcheck.numerics.figures.lazy import slope
from proofcheck.numerics.figures.momenta import fastest_two_momenta
from proofcheck.numerics.figures.style import across_widths, canvas_of, panels
from proofcheck.numerics.figures.theorems import beyond_scatter, first_below

QUICK = Setting(seeds=1, quick=True)
MAGIC = {".pdf": b"%PDF-", ".png": b"\x89PNG"}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_the_same_bytes_each_time(name: str, tmp_path: Path) -> None:
    first, second = (next(draw([name], folder(tmp_path, n), QUICK, MAGIC)) for n in ("first", "second"))
    assert first.caption == second.caption
    assert "nan" not in first.caption
    assert first.caption.endswith(".")
    for one, other in zip(first.paths, second.paths, strict=True):
        content = one.read_bytes()
        assert content == other.read_bytes()
        assert content.startswith(MAGIC[one.suffix])
        assert b"CreationDate" not in content


def folder(parent: Path, name: str) -> Path:
    made = parent / name
    made.mkdir()
    return made


def test_several_seeds_are_drawn_as_a_range() -> None:
    figure = FIGURES["heavy_ball_theorem"](Setting(seeds=2, quick=True))
    assert "median of 2 seeds and their range" in figure.caption


def test_the_caption_says_which_data_these_are() -> None:
    caption = FIGURES["heavy_ball_published"](QUICK).caption
    assert "samples of spheres in dimension 20, numbers from 0 to 9 in place of digits" in caption


@pytest.mark.parametrize("count", [3, 9])
def test_the_ticks_across_widths_are_widths_and_few(count: int) -> None:
    widths = [64.0 * 2**k for k in range(count)]
    with panels(1) as [axes]:
        axes.plot(widths, widths)
        across_widths(axes, widths)
        canvas_of(axes).canvas.draw()
        shown = [each.get_text() for each in axes.get_xticklabels()]
        assert shown == [f"{width:g}" for width in widths[:: 1 if count < 6 else 2]]
        assert not axes.get_xticklabels(minor=True)


def test_another_format_is_refused(tmp_path: Path) -> None:
    figure = pumped_oscillator()
    with pytest.raises(ValueError, match="pdf or"):
        figure.save(tmp_path / "figure.jpg")
    assert not list(tmp_path.iterdir())


def test_an_unknown_name_is_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no figure 'nix'; there are pumped_oscillator, "):
        draw(["pumped_oscillator", "nix"], tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_runs_of_a_figure_are_kept(tmp_path: Path) -> None:
    told: list[int] = []
    setting = Setting(seeds=1, quick=True, folder=tmp_path, report=lambda done, total: told.append(done))
    FIGURES["lazy_training"](setting)
    kept, steps = len(list(tmp_path.iterdir())), len(told)
    FIGURES["energy_jumps"](setting)
    # The figures look at the same runs: one for each of four widths.
    assert (kept, len(list(tmp_path.iterdir()))) == (4, 4)
    assert len(told) == steps + 4


def test_no_seeds_no_setting() -> None:
    with pytest.raises(ValueError, match="at least one seed"):
        Setting(seeds=0)


def test_the_caption_gives_the_parameters_and_the_crossing() -> None:
    caption = pumped_oscillator(gain=16, half_periods=5).caption
    assert "h = 16" in caption
    assert "alpha = 1" in caption
    assert "exceeds the bound at t = " in caption


def test_no_crossing_no_figure() -> None:
    """Below a gain of about 6.4 each half period loses against the bound."""
    with pytest.raises(ValueError, match="stays below"):
        pumped_oscillator(gain=4)


def test_a_problem_knows_the_constants_of_the_theorems() -> None:
    problem = Problem.of(Data(np.eye(3), np.zeros(3), "axes"))
    assert (problem.lambda_0, problem.lambda_n) == (0.5, 0.5)
    assert (problem.alpha, problem.friction) == (0.5, 1.0)


@pytest.mark.parametrize("spectrum", [[1.0], [0.2, 1.2], [0.01, 4.0]])
def test_no_other_two_momenta_are_faster(spectrum: list[float]) -> None:
    b_1, b_2, rate = fastest_two_momenta(np.array(spectrum))
    assert b_1 * b_2 > spectrum[-1]

    def slowest(first: float, second: float) -> float:
        return -max(np.roots([1.0, second, first, h]).real.max() for h in spectrum)

    assert slowest(b_1, b_2) == pytest.approx(rate, rel=1e-4)
    for first, second in np.random.default_rng(0).uniform(0.5, 2.0, (200, 2)):
        assert slowest(first * b_1, second * b_2) <= rate * (1 + 1e-3)


@pytest.mark.parametrize("h", [0.3, 1.0, 2.0])
def test_for_small_steps_the_boundary_is_that_of_routh_and_hurwitz(h: float) -> None:
    spectrum: FloatArray = np.array([h])
    below, above = (largest_root(TwoMomenta(0.8, factor * h / 0.8), 1e-6, spectrum) for factor in (0.9, 1.1))
    assert below > 1 > above


def test_where_one_loss_comes_to_lie_below_another_for_good() -> None:
    times = np.linspace(0, 10, 101)
    power, exponential = 1 / (1 + times) ** 2, np.exp(-times / 2)
    found = first_below(times, power[np.newaxis], times, exponential[np.newaxis])
    assert found == pytest.approx(9.4, abs=0.11)
    assert first_below(times, exponential[np.newaxis], times, power[np.newaxis]) is None


def test_the_slope_is_that_of_the_medians_that_are_positive() -> None:
    widths = np.array([1.0, 4.0, 16.0, 64.0])
    assert slope(widths, np.array([[3.0, 1.5, 0.75, 0.0]])) == pytest.approx(-0.5)


def test_a_mean_is_compared_with_another_by_the_scatter_of_both() -> None:
    low, high = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])
    error = np.sqrt((low.var(ddof=1) + high.var(ddof=1)) / 3)
    assert beyond_scatter(low, high) == pytest.approx(2 / error)
    assert beyond_scatter(low, low) == 0


def test_the_captions_answer_what_was_asked() -> None:
    width = FIGURES["width_theorem"](QUICK).caption
    assert "Does a width that is best remain in NTK scaling? " in width
    assert "mean of 4 seeds" in width
    certified = FIGURES["certificate_along_a_run"](QUICK).caption
    assert "verdict SAMPLED" in certified
    assert "in balls of 128 bits" in certified


def test_a_figure_needs_no_display() -> None:
    assert isinstance(FIGURES["decay_against_bounds"](QUICK), Figure)


def test_importing_the_numerics_does_not_import_matplotlib() -> None:
    program = "import sys, proofcheck.numerics; sys.exit('matplotlib' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0
