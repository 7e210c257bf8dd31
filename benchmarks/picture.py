"""What a contest came to, as a picture: the share of each family that is decided, and how many within which time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from contestants.coordinates import DIMENSION
from scores import Contest, in_the_plane, is_right, score

from proofcheck.numerics.figures.style import Figure, canvas_of, legend_below, panels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TONES = {"proofcheck": "#000000", "z3": "#3b4cc0", "cvc5": "#c8553d", "SymPy": "#e3a33b", "PEPit": "#7fa58b"}
WRONG = "#d00000"
#: What takes less is shown as this.
SHORTEST = 1e-2


def draw(contest: Contest, folder: Path) -> None:
    """Write `peers.pdf`, `peers.png`, and the caption as `peers.txt`."""
    with panels(2) as [shares, times]:
        canvas = canvas_of(shares)
        canvas.set_size_inches(10.0, 1.6 + 0.5 * len(contest.families()))
        _shares(shares, contest)
        _times(times, contest)
        legend_below([shares], len(contest.versions) + 1)
    picture = Figure(canvas, caption_of(contest))
    for suffix in (".pdf", ".png"):
        picture.save(folder / f"peers{suffix}")
    (folder / "peers.txt").write_text(picture.caption + "\n", encoding="utf-8")


def caption_of(contest: Contest) -> str:
    """What is seen."""
    return (
        "Left: the share of each family that is decided rightly, wrong answers in red. Hatched bars: the contestant "
        f"got vectors of dimension {DIMENSION} only. Right: how many cases of all families were decided rightly within "
        f"a time, for a limit of {contest.seconds:g} s of the processor."
    )


def _shares(axes: Axes, contest: Contest) -> None:
    families, names = contest.families(), list(contest.versions)
    height = 0.84 / len(names)
    for place, name in enumerate(names):
        for row, family in enumerate(families):
            found = score(contest.replies(name, family))
            middle = row + (place - (len(names) - 1) / 2) * height
            asked = found.true + found.false
            decided, wrong = 100 * found.decided / asked, 100 * found.wrong / asked
            look = (
                {"facecolor": "white", "hatch": "/////"} if in_the_plane(family, name) else {"facecolor": TONES[name]}
            )
            axes.barh(middle, decided, 0.85 * height, edgecolor=TONES[name], linewidth=0.6, **look)
            axes.barh(middle, wrong, 0.85 * height, left=decided, color=WRONG)
            note = f"{found.wrong} wrong" if found.wrong else "cannot state" if found.cannot_state == asked else ""
            axes.annotate(
                note, (decided + wrong, middle), (3, 0), textcoords="offset points", va="center", fontsize=6.5
            )
        axes.barh(0, 0, color=TONES[name], label=name)
    axes.barh(0, 0, color=WRONG, label="wrong")
    axes.set(yticks=range(len(families)), yticklabels=families, xlim=(0, 108), xlabel="decided rightly, per cent")
    axes.set_xticks(range(0, 101, 20))
    axes.invert_yaxis()


def _times(axes: Axes, contest: Contest) -> None:
    everything, end = len(contest.answered), 1.15 * contest.seconds
    heights = []
    for name in contest.versions:
        own = contest.replies(name)
        seconds = sorted(max(reply.seconds, SHORTEST) for case, reply in own if is_right(case, reply))
        steps = range(len(seconds) + 1)
        axes.step([SHORTEST, *seconds, end], [*steps, len(seconds)], where="post", color=TONES[name], linewidth=1.4)
        heights.append(len(seconds))
    for name, height, shown in zip(contest.versions, heights, apart(heights, everything / 22), strict=True):
        axes.annotate(f"{name} {height}", (1.1 * end, shown), color=TONES[name], va="center", annotation_clip=False)
    axes.axhline(everything, color="0.6", linewidth=0.8)
    axes.annotate(f"all {everything}", (1.1 * end, everything), color="0.35", va="center", annotation_clip=False)
    axes.set(xscale="log", xlim=(SHORTEST, end), ylim=(0, 1.06 * everything))
    axes.set(xlabel="seconds of the processor for a case", ylabel="cases decided rightly within")


def apart(heights: Sequence[float], gap: float) -> list[float]:
    """Heights for labels, from below, each at least a gap above the last one."""
    shown: dict[int, float] = {}
    last = -gap
    for place in sorted(range(len(heights)), key=lambda place: heights[place]):
        last = shown[place] = max(heights[place], last + gap)
    return [shown[place] for place in range(len(heights))]
