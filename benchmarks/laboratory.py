"""A laboratory for mutants of a room: one slip of the pen at a time, and whether some test notices.

The tests are collected once. For each mutant a fork of that process changes the code of the functions in place and
runs the tests that run the changed line, the quickest first. Whoever survives them, or is not inside a function, meets
all tests in a fresh process that imports it.
"""

import argparse
import ast
import gc
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from mutations import Change

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = ("-o", "addopts=--doctest-modules --import-mode=importlib", "-x", "-p", "no:cacheprovider", "-p", "no:xdist")
#: A mutant may ask for all memory there is.
MEMORY = 3 << 30
#: Of the threads of a library only the one that forks lives on: a fork that waits for another waits for ever.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
#: A fork that takes more of these seconds is ended, and says nothing.
PATIENCE = 600
Line = tuple[str, int]


@dataclass(frozen=True)
class Mutant:
    """One change to one module, and why it may live, if that is known; `listed` says that no test can kill it."""

    module: str
    line: int
    written: str
    change: str
    reason: str | None
    listed: bool
    position: int


@dataclass(frozen=True)
class Room:
    """A package whose checks are tried: its folder, the tests that have to notice, the changes, and what is known.

    `equivalent` are the mutants (module, the line as written, the change) that no test can tell from the original, and
    why; `guesses` are functions (module, name) whose answers are checked, so that a mutant of theirs may live, and how.
    """

    name: str
    folder: Path
    tests: tuple[str, ...]
    changes: Callable[[ast.Module], Iterator[Change]]
    equivalent: Mapping[tuple[str, str, str], str]
    guesses: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def modules(self) -> list[str]:
        """The names of its modules."""
        return sorted(path.stem for path in (ROOT / self.folder).glob("[a-z]*.py"))

    def mutants(self, module: str) -> Iterator[Mutant]:
        """Every mutant of a module."""
        source = (ROOT / self.folder / f"{module}.py").read_text(encoding="utf-8")
        lines, tree = source.splitlines(), ast.parse(source)
        for position, (node, change, _) in enumerate(self.changes(tree)):
            written = lines[node.lineno - 1].strip()
            reason = self.equivalent.get((module, written, change))
            guess = self.guesses.get((module, function_at(tree, node.lineno)))
            yield Mutant(module, node.lineno, written, change, reason or guess, reason is not None, position)

    def tree(self, mutant: Mutant, source: str) -> ast.Module:
        """The module with the change made."""
        tree = ast.parse(source)
        _, _, change = next(islice(self.changes(tree), mutant.position, None))
        change()
        return ast.fix_missing_locations(tree)


def function_at(tree: ast.Module, line: int) -> str:
    """The name of the innermost function that has a line, empty outside of all."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    around = [each for each in functions if each.lineno <= line <= (each.end_lineno or 0)]
    return max(around, key=lambda each: each.lineno).name if around else ""


class Laboratory:
    """A plugin that runs the collected tests once, then mutants in forks of the process, in a copy of the project."""

    def __init__(self, folder: Path, room: Room, mutants: list[Mutant], *, quick: bool) -> None:
        for name in ("proofcheck", "tests"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / name, folder)
        self.folder, self.room, self.mutants, self.quick = folder, room, mutants, quick
        self.files = {str(path): path.stem for path in (folder / room.folder).glob("[a-z]*.py")}
        self.seconds: dict[str, float] = {}
        self.tests_of: dict[Line, list[pytest.Item]] = defaultdict(list)
        self.claims: list[object] = []
        self.functions: list[FunctionType] = []
        self.alive: list[Mutant] = []
        self.complete = False

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of running the tests."""
        self.claims = [one for one in gc.get_objects() if type(one).__name__ == "Claim"]
        lines = {}
        for item in session.items:
            lines[item] = self.followed(item, session)
            if session.testsfailed:
                print(f"{item.nodeid} fails on the {self.room.name} as they are: nothing to learn from mutants")
                return True
        for item in sorted(session.items, key=lambda item: self.seconds[item.nodeid]):
            for line in lines[item]:
                self.tests_of[line].append(item)
        functions = [one for one in gc.get_objects() if isinstance(one, FunctionType)]
        self.functions = [one for one in functions if one.__code__.co_filename in self.files]
        for number, mutant in enumerate(self.mutants):
            print(f"{number} of {len(self.mutants)}", end="\r", file=sys.stderr, flush=True)
            if self.survives(mutant, session):
                self.alive.append(mutant)
            report(mutant, bool(self.alive) and self.alive[-1] is mutant)
        self.complete = True
        return True

    def followed(self, item: pytest.Item, session: pytest.Session) -> set[Line]:
        """The lines of the room that a test runs."""
        seen: set[Line] = set()

        def enter(frame: FrameType, event: str, argument: object) -> Any:
            module = self.files.get(frame.f_code.co_filename)
            if module is None:
                return None

            def step(frame: FrameType, event: str, argument: object) -> Any:
                seen.add((module, frame.f_lineno))
                return step

            return step(frame, event, argument)

        # Once as it is: for the time, and so that what the tests remember of provers need not be traced.
        start = time.process_time()
        run_test(item, session)
        self.seconds[item.nodeid] = time.process_time() - start
        self.forget_claims()
        sys.settrace(enter)
        try:
            run_test(item, session)
        finally:
            sys.settrace(None)
        return seen

    def forget_claims(self) -> None:
        """Let each claim of a test be stated anew: what it states may come from a rule as it was."""
        for claim in self.claims:
            vars(claim).pop("stated", None)

    def survives(self, mutant: Mutant, session: pytest.Session) -> bool:
        """Whether all tests pass on the mutant. A run that takes too long or ends in an abort is a failure."""
        target = self.folder / self.room.folder / f"{mutant.module}.py"
        original = target.read_text(encoding="utf-8")
        # Some tests start processes, which import it.
        tree = self.room.tree(mutant, original)
        target.write_text(ast.unparse(tree), encoding="utf-8")
        try:
            first = self.tests_of[(mutant.module, mutant.line)]
            ended = self.ended_in_a_fork(tree, str(target), first, session)
            if ended not in (0, -signal.SIGKILL):
                return False
            return (self.quick and bool(first) and ended == 0) or self.survives_imported()
        finally:
            target.write_text(original, encoding="utf-8")

    def ended_in_a_fork(self, tree: ast.Module, file: str, tests: list[pytest.Item], session: pytest.Session) -> int:
        """0 when these tests pass with the mutant's code in the functions, `-SIGKILL` when nobody waits any longer."""
        child = os.fork()
        if child == 0:
            try:
                silence()
                change_code(self.functions, file, tree)
                self.forget_claims()
                for test in tests:
                    # The signal ends the process.
                    signal.setitimer(signal.ITIMER_PROF, 5 + 3 * self.seconds[test.nodeid])
                    run_test(test, session)
                    if session.testsfailed:
                        os._exit(1)
                os._exit(0)
            finally:
                os._exit(1)
        started = time.monotonic()
        while not (ended := os.waitpid(child, os.WNOHANG))[0]:
            if time.monotonic() - started > PATIENCE:
                os.kill(child, signal.SIGKILL)
            time.sleep(0.005)
        return os.waitstatus_to_exitcode(ended[1])

    def survives_imported(self) -> bool:
        """Whether all tests pass in a fresh process."""
        command = [sys.executable, "-B", "-m", "pytest", *OPTIONS, "-p", "no:proofcheck", *self.room.tests]
        environment = {**os.environ, "PYTHONPATH": str(self.folder)}
        seconds = 60 + 5 * round(sum(self.seconds.values()))
        limits = f'ulimit -t {seconds}; exec "$@"'
        return not subprocess.run(
            ["sh", "-c", limits, "sh", *command], cwd=self.folder, env=environment, capture_output=True, check=False
        ).returncode


def run_test(test: pytest.Item, session: pytest.Session) -> None:
    """Run one test, and what it needs, as if there were no other and it had not been run before."""
    if isinstance(test, pytest.DoctestItem):
        # A doctest forgets the names of its module when it has run.
        assert isinstance(test.parent, pytest.Module)
        test.dtest.globs.update(vars(test.parent.obj))
    test.config.hook.pytest_runtest_protocol(item=test, nextitem=None)


def silence() -> None:
    """Let this process print nothing and take no more than `MEMORY`."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)


def change_code(functions: list[FunctionType], file: str, tree: ast.Module) -> None:
    """Give those of the functions that are of a file the code that the tree has for them."""
    codes: dict[tuple[str, int], CodeType] = {}
    waiting = [compile(tree, file, "exec")]
    while waiting:
        code = waiting.pop()
        codes[code.co_qualname, code.co_firstlineno] = code
        waiting.extend(constant for constant in code.co_consts if isinstance(constant, CodeType))
    for function in functions:
        before = function.__code__
        after = codes.get((before.co_qualname, before.co_firstlineno))
        if after and before.co_filename == file and after.co_freevars == before.co_freevars:
            function.__code__ = after


def report(mutant: Mutant, alive: bool) -> None:
    """Print what is remarkable about a mutant, as soon as it is known."""
    if (words := shown(mutant, alive)) is not None:
        print(words, flush=True)


def shown(mutant: Mutant, alive: bool) -> str | None:
    """What is remarkable about a mutant."""
    place = f"{mutant.module}.py:{mutant.line}  {mutant.change}"
    if alive and mutant.reason is None:
        return f"survived   {place}\n           {mutant.written}"
    if alive:
        return f"equivalent {place}: {mutant.reason}"
    return f"killed     {place}, although listed as equivalent" if mutant.listed else None


def written(room: Room, report: str, alive: list[Mutant], killed: Counter[str], total: Counter[str]) -> str:
    """The result as Markdown: no date, no time, the same for the same room and tests."""
    rows = [f"| `{module}` | {total[module]} | {killed[module]} |" for module in total]
    survivors = [
        f"- `{mutant.module}.py`, `{mutant.written}`, {mutant.change}: {mutant.reason or 'UNEXPLAINED'}."
        for mutant in alive
    ]
    explained = sum(mutant.reason is not None for mutant in alive)
    return "\n".join(
        [
            f"# Mutants of the {room.name}",
            "",
            f"    .venv/bin/python benchmarks/{Path(sys.argv[0]).name} --report benchmarks/results/{report}",
            "",
            f"{killed.total()} of {total.total()} mutants are killed; of the other {len(alive)}, {explained} say the",
            "same as the original, for the reason given below.",
            "",
            "| module | mutants | killed |",
            "| --- | ---: | ---: |",
            *rows,
            f"| all | {total.total()} | {killed.total()} |",
            "",
            *survivors,
            "",
        ]
    )


def main(room: Room, description: str | None) -> int:
    """Run the mutants and print how many were killed; 1 when one survived that the room does not explain."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", metavar="MODULE", help=f"a module of the {room.name}; repeatable")
    parser.add_argument("--quick", action="store_true", help="no second look, in a fresh process, at who survives")
    # The tests run in a folder of their own.
    parser.add_argument(
        "--report", type=lambda file: Path(file).resolve(), metavar="FILE", help="write the result there, as Markdown"
    )
    arguments = parser.parse_args()
    modules = arguments.only or room.modules
    for module in modules:
        if module not in room.modules:
            parser.error(f"no module {module} of the {room.name}")
    found = [mutant for module in modules for mutant in room.mutants(module)]
    os.environ.update(ONE_THREAD)
    with tempfile.TemporaryDirectory() as scratch:
        laboratory = Laboratory(Path(scratch).resolve(), room, found, quick=arguments.quick)
        os.chdir(laboratory.folder)
        sys.path.insert(0, str(laboratory.folder))
        sys.dont_write_bytecode = True
        pytest.main([*OPTIONS, "-p", "no:proofcheck", "-p", "no:terminal", *room.tests], plugins=[laboratory])
    if not laboratory.complete:
        return 2
    total = Counter(mutant.module for mutant in found)
    killed = total - Counter(mutant.module for mutant in laboratory.alive)
    for module in modules:
        print(f"{module:13} {killed[module]} of {total[module]} killed")
    if arguments.report:
        arguments.report.write_text(
            written(room, arguments.report.name, laboratory.alive, killed, total), encoding="utf-8"
        )
    unexplained = sum(mutant.reason is None for mutant in laboratory.alive)
    print(f"{'all':13} {killed.total()} of {total.total()} killed, {unexplained} survivors unexplained")
    return 1 if unexplained else 0
