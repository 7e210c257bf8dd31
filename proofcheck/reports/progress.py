"""How far long work is, told on a terminal while it lasts and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress as Bars

if TYPE_CHECKING:
    from proofcheck.numerics.figures import Drawn
    from proofcheck.running.run import Progress as Reached

Report = Callable[["Reached"], None]


@contextmanager
def running() -> Iterator[Report]:
    """Tell how far the run is, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    with Console(stderr=True).status("reading") as status:

        def told(progress: Reached) -> None:
            status.update(f"{progress.finished} of {progress.known} obligations: {progress.claim}")

        yield told


class Drawing:
    """Who hears of the figures that are drawn and of the networks that are trained for them: nobody, unless told to."""

    def figure(self, figure: Drawn) -> Drawn:
        """Hear that a figure is done; the figure is given back."""
        return figure

    def steps(self, done: int, total: int | None) -> None:
        """Hear of the steps of a training."""


@contextmanager
def drawing(count: int) -> Iterator[Drawing]:
    """Tell how far the drawing is, on a terminal only."""
    if sys.stderr.isatty():
        with _shown(count) as shown:
            yield shown
    else:
        yield Drawing()


@contextmanager
def _shown(count: int) -> Iterator[Drawing]:
    # Lines for a terminal have to go around the bar, lines for a file have not.
    around = sys.stdout.isatty()
    with Bars(console=Console(stderr=True), transient=True, redirect_stdout=around) as progress:
        figures = progress.add_task("figures", total=count)
        training = progress.add_task("training", total=None)

        class Shown(Drawing):
            def figure(self, figure: Drawn) -> Drawn:
                progress.advance(figures)
                return figure

            def steps(self, done: int, total: int | None) -> None:
                progress.update(training, completed=done, total=total)

        yield Shown()
