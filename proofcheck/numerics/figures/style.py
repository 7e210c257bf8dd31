"""How figures look, and how they are written: quiet axes, curves that are told apart without colour."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from proofcheck.records.store import write_whole

from ..kernels import FloatArray

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

INK, SHADE, BAND = "black", "0.35", "0.92"
#: From dark to light: as greys they keep their order.
TONES = ("#000000", "#3b4cc0", "#c8553d", "#e3a33b", "#9fb7a5")
SOLID, DASHED, DOTTED, MIXED, TWICE_DOTTED = (), (5, 2.5), (1.2, 1.8), (6, 2, 1, 2), (3, 1.5, 1, 1.5, 1, 1.5)
STYLE = {
    "font.family": "STIXGeneral",
    "font.size": 10,
    "mathtext.fontset": "stix",
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "legend.fontsize": 9,
    "legend.frameon": False,
    "legend.handlelength": 2.6,
    "xtick.direction": "out",
    "ytick.direction": "out",
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.minor.width": 0.4,
    "ytick.minor.width": 0.4,
    "lines.solid_capstyle": "round",
}
_MOST_WIDTHS = 5
# Matplotlib would write the time of drawing and its own version.
FORMATS = {".pdf": {"CreationDate": None, "Creator": None, "Producer": None}, ".png": {"Software": None}}


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure of Matplotlib, `canvas`, and a caption that says what is seen, with which parameters."""

    canvas: Canvas
    caption: str

    def save(self, path: str | Path) -> Path:
        """Write the figure as PDF or PNG, by the suffix, with the same bytes each time; ValueError for another one."""
        target = Path(path)
        if target.suffix not in FORMATS:
            raise ValueError(f"expected a path that ends in .pdf or .png, got {target.name!r}")
        content = BytesIO()
        with _styled():
            self.canvas.savefig(content, format=target.suffix[1:], dpi=200, metadata=FORMATS[target.suffix])
        write_whole(target, content.getvalue())
        return target


@contextmanager
def panel() -> Iterator[Axes]:
    """Give one panel with time below and a logarithmic scale of the loss at the left."""
    with panels(1) as [axes]:
        axes.set(xlabel=r"time $t$", ylabel="loss", yscale="log")
        yield axes


@contextmanager
def panels(count: int, rows: int = 1) -> Iterator[list[Axes]]:
    """Give as many panels, side by side, in rows, on a canvas of their own, and the style while they are drawn."""
    with _styled():
        from matplotlib.figure import Figure as Canvas

        size = (5.6, 3.2) if count * rows == 1 else (3.6 * count, 3.4 if rows == 1 else 2.7 * rows)
        canvas = Canvas(figsize=size, layout="constrained")
        yield list(canvas.subplots(rows, count, squeeze=False).flat)


def canvas_of(axes: Axes) -> Canvas:
    """Return the canvas that has the panel."""
    from matplotlib.figure import Figure as Canvas

    canvas = axes.figure
    if not isinstance(canvas, Canvas):
        raise TypeError(f"expected a panel of a figure, got one of {canvas}")
    return canvas


def label(axes: Axes, text: str, point: tuple[float, float], offset: tuple[int, int], color: str) -> None:
    """Write beside a point of a curve, at an offset in typographic points."""
    axes.annotate(text, point, offset, textcoords="offset points", color=color)


def level(axes: Axes, height: float, text: str) -> None:
    """Draw a horizontal line and write beside its right end."""
    axes.axhline(height, color=SHADE, linewidth=0.9)
    axes.annotate(
        text,
        (1, height),
        (3, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        color=SHADE,
        va="center",
    )


def across_widths(axes: Axes, widths: Sequence[float] | FloatArray) -> None:
    """Scale the horizontal axis for networks of these widths, with the widths as its ticks, a few where many are."""
    shown = widths[:: math.ceil(len(widths) / _MOST_WIDTHS)]
    axes.set(xlabel="width $m$", xscale="log")
    axes.set_xticks(shown, [f"{width:g}" for width in shown])
    axes.set_xticks([], minor=True)


def legend_below(axes: Sequence[Axes], columns: int) -> None:
    """Write one legend of all panels under them, each entry once."""
    entries: dict[str, Artist] = {}
    for each in axes:
        for handle, text in zip(*each.get_legend_handles_labels(), strict=True):
            entries.setdefault(text, handle)
    canvas_of(axes[0]).legend(list(entries.values()), list(entries), loc="outside lower center", ncols=columns)


def spread(
    axes: Axes,
    x: FloatArray,
    rows: FloatArray,
    name: str,
    tone: str,
    dashes: Sequence[float] = SOLID,
    width: float = 1.3,
) -> None:
    """Draw the median of the rows, one a seed, and in a lighter tone the range between the smallest and the largest."""
    if len(rows) > 1:
        axes.fill_between(x, rows.min(axis=0), rows.max(axis=0), color=tone, alpha=0.18, linewidth=0)
    axes.plot(x, np.median(rows, axis=0), color=tone, linewidth=width, dashes=dashes or (None, None), label=name)


def decades(axes: Axes, lowest: float, highest: float) -> None:
    """Let the vertical logarithmic scale run over whole decades that hold both numbers."""
    axes.set_ylim(10.0 ** np.floor(np.log10(lowest)), 10.0 ** np.ceil(np.log10(highest)))


def _styled() -> AbstractContextManager[None]:
    from matplotlib import style

    return style.context(["default", STYLE])
