"""The figures: their files, their captions, their reproducibility."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from proofcheck.numerics import (
    Figure,
    decay_against_bounds,
    nesterov_resonance,
    pumped_oscillator,
    swinging_neurons,
    two_momenta,
)

drawn = pytest.mark.parametrize(
    "draw", [pumped_oscillator, decay_against_bounds, swinging_neurons, nesterov_resonance, two_momenta]
)


@drawn
@pytest.mark.parametrize(("suffix", "magic"), [(".pdf", b"%PDF-"), (".png", b"\x89PNG")])
def test_a_figure_has_the_same_bytes_each_time(
    draw: Callable[[Path], Figure], suffix: str, magic: bytes, tmp_path: Path
) -> None:
    first, second = (draw(tmp_path / f"{name}{suffix}") for name in ("first", "second"))
    content = first.path.read_bytes()
    assert content == second.path.read_bytes()
    assert content.startswith(magic)
    assert b"CreationDate" not in content
    assert first.caption == second.caption


@drawn
def test_another_format_is_refused(draw: Callable[[Path], Figure], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pdf or"):
        draw(tmp_path / "figure.jpg")
    assert not list(tmp_path.iterdir())


def test_the_caption_gives_the_parameters_and_the_crossing(tmp_path: Path) -> None:
    caption = pumped_oscillator(tmp_path / "figure.png", gain=16, half_periods=5).caption
    assert "h = 16" in caption
    assert "alpha = 1" in caption
    assert "exceeds the bound at t = " in caption


def test_no_crossing_no_figure(tmp_path: Path) -> None:
    """Below a gain of about 6.4 each half period loses against the bound."""
    with pytest.raises(ValueError, match="stays below"):
        pumped_oscillator(tmp_path / "figure.png", gain=4)
    assert not list(tmp_path.iterdir())


def test_importing_the_numerics_does_not_import_matplotlib() -> None:
    program = "import sys, proofcheck.numerics; sys.exit('matplotlib' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0
