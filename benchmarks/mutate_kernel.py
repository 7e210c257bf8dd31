"""Mutation testing of the kernel: one slip of the pen at a time, and whether some test notices.

Each comparison and each sign of a relation is flipped or relaxed, each refusal, each guard of a case and each premise
or conclusion of an axiom is deleted, each `and` exchanged with `or`, each `not` left out. A mutant is killed when
`tests/kernel`, a doctest or a file of `FALSEHOODS` fails on it. One that survives shows a check that no test misses:
either a test is to be written, or the mutant says the same as the original, and `EQUIVALENT` says why.

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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
KERNEL = Path("proofcheck/kernel")
FALSEHOODS = ("test_falsehoods.py", "test_random_changes.py", "test_resources.py")
TESTS = ("tests/kernel", str(KERNEL), *(f"tests/falsehoods/{name}" for name in FALSEHOODS))
OPTIONS = ("-o", "addopts=--doctest-modules --import-mode=importlib", "-x", "-p", "no:cacheprovider", "-p", "no:xdist")
#: A mutant may ask for all memory there is.
MEMORY = 3 << 30
#: Relaxed and flipped: what a slip of the pen makes of a comparison.
REPLACEMENTS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
#: The same for the signs of the kernel's own relations.
SIGNS = {
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    ">": (">=", "<="),
    ">=": (">", "<"),
    "=": ("!=",),
    "!=": ("=",),
}

#: Mutants (module, the line as written, the change) that no test can tell from the original, and why.
EQUIVALENT: dict[tuple[str, str, str], str] = {
    (
        "calculus",
        'demanded = conditions(Relation(start, "=", ZERO))',
        '"=" becomes "!=" (column 42)',
    ): "when a relation is defined does not depend on its sign",
    (
        "calculus",
        'inside = (*known, Relation(between, forth + "=", start), Relation(between, back + "=", variable))',
        '"=" becomes "!=" (column 86)',
    ): "a sign with more behind it is read as the weak one",
    (
        "calculus",
        'weakened = first.sign[0] + "=" if strict else first.sign',
        '"=" becomes "!=" (column 31)',
    ): "a sign with more behind it is read as the weak one",
    (
        "check",
        '_demand(line.degree() == 1 and line[1] * direction > 0, f"fact {number} gives no bound on that side")',
        "> becomes >=",
    ): "the leading coefficient of a polynomial of degree 1 is not 0",
    (
        "evaluate",
        "if not root.lower < root.upper or len(root.coefficients) > _MOST_COEFFICIENTS or not any(root.coefficients):",
        "< becomes <=",
    ): "between equal ends the polynomial does not change its sign, which is demanded further down",
    (
        "evaluate",
        "while upper - lower > Fraction(1, 2**precision):",
        "> becomes >=",
    ): "one bisection more encloses the same root, more narrowly",
    (
        "evaluate",
        "if polynomial(fmpq(middle.numerator, middle.denominator)) * sign > 0:",
        "> becomes >=",
    ): "a middle that is the root may become either end",
    (
        "roots",
        "return distinct_roots(changing, interior) == 0 and sample > 0",
        "> becomes >=",
    ): "the sample is taken where the polynomial is not 0",
    (
        "roots",
        'return distinct_roots(polynomial, interval) == 0 and (sign == "!=" or sample > 0)',
        "> becomes >=",
    ): "the sample is taken where the polynomial is not 0",
    (
        "roots",
        "return sum(1 for first, second in pairwise(values) if first * second < 0)",
        "< becomes <=",
    ): "no value is 0: at a point zeros are left out, at infinity the values are leading coefficients",
}

Change = tuple[ast.expr | ast.stmt, str, Callable[[], None]]
Line = tuple[str, int]


@dataclass(frozen=True)
class Mutant:
    """One change to one kernel module."""

    module: str
    line: int
    written: str
    change: str
    tree: ast.Module

    @property
    def reason(self) -> str | None:
        """Why no test can kill it, if that is known."""
        return EQUIVALENT.get((self.module, self.written, self.change))


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    lines = source.splitlines()
    for position in count():
        tree = ast.parse(source)
        changes = list(possible_changes(tree))
        if position == len(changes):
            return
        node, description, change = changes[position]
        line = node.lineno
        change()
        yield Mutant(module, line, lines[line - 1].strip(), description, ast.fix_missing_locations(tree))


def possible_changes(tree: ast.Module) -> Iterator[Change]:
    """Each change as the node that it is about, its description, and what makes it in the tree."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=operators):
                for index, operator in enumerate(operators):
                    for other in REPLACEMENTS[type(operator)]:
                        where = f" (comparison {index + 1})" if index else ""
                        words = f"{OPERATORS[type(operator)]} becomes {OPERATORS[other]}{where}"
                        yield node, words, partial(operators.__setitem__, index, other())
            case ast.Constant(value=str(sign)) if sign in SIGNS:
                for another in SIGNS[sign]:
                    words = f'"{sign}" becomes "{another}" (column {node.col_offset})'
                    yield node, words, partial(setattr, node, "value", another)
            case ast.BoolOp(op=ast.And()):
                yield node, "and becomes or", partial(setattr, node, "op", ast.Or())
            case ast.BoolOp():
                yield node, "or becomes and", partial(setattr, node, "op", ast.And())
            case ast.UnaryOp(op=ast.Not()):
                yield node, "not left out", partial(setattr, node, "op", ast.UAdd())
            case ast.match_case(guard=ast.expr() as guard):
                yield guard, f"ignored: if {ast.unparse(guard)}", partial(setattr, node, "guard", ast.Constant(True))
            case ast.Tuple(elts=elements):
                for element in elements:
                    if isinstance(element, ast.Call) and ast.unparse(element.func) == "Relation":
                        yield element, f"deleted: {ast.unparse(element)}", partial(elements.remove, element)
        yield from refusals(node)


def refusals(parent: ast.AST) -> Iterator[Change]:
    """The statements below a node that raise, or call something that only checks, to be deleted."""
    for _, statements in ast.iter_fields(parent):
        for index, statement in enumerate(statements if isinstance(statements, list) else []):
            match statement:
                case ast.Raise() | ast.Expr(value=ast.Call(func=ast.Name())):
                    words = f"deleted: {ast.unparse(statement)[:70]}"
                    yield statement, words, partial(statements.__setitem__, index, ast.Pass())


class Laboratory:
    """A plugin that runs the collected tests once, then mutants in forks of the process, in a copy of the project."""

    def __init__(self, folder: Path, mutants: list[Mutant]) -> None:
        for name in ("proofcheck", "tests"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        self.folder, self.mutants = folder, mutants
        self.files = {str(path): path.stem for path in (folder / KERNEL).glob("[a-z]*.py")}
        self.seconds: dict[str, float] = {}
        self.tests_of: dict[Line, list[pytest.Item]] = defaultdict(list)
        self.functions: list[FunctionType] = []
        self.alive: list[Mutant] = []
        self.complete = False

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of running the tests."""
        lines = {}
        for item in session.items:
            lines[item] = self.followed(item, session)
            if session.testsfailed:
                print(f"{item.nodeid} fails on the kernel as it is: nothing to learn from mutants")
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
        """The lines of the kernel that a test runs."""
        seen: set[Line] = set()

        def enter(frame: FrameType, event: str, argument: object) -> Any:
            module = self.files.get(frame.f_code.co_filename)
            if module is None:
                return None

            def step(frame: FrameType, event: str, argument: object) -> Any:
                seen.add((module, frame.f_lineno))
                return step

            return step(frame, event, argument)

        start = time.process_time()
        sys.settrace(enter)
        try:
            run_test(item, session)
        finally:
            sys.settrace(None)
        self.seconds[item.nodeid] = time.process_time() - start
        return seen

    def survives(self, mutant: Mutant, session: pytest.Session) -> bool:
        """Whether all tests pass on the mutant. A run that takes too long or ends in an abort is a failure."""
        target = self.folder / KERNEL / f"{mutant.module}.py"
        original = target.read_text(encoding="utf-8")
        # Some tests start processes, which import it.
        target.write_text(ast.unparse(mutant.tree), encoding="utf-8")
        try:
            first = self.tests_of[(mutant.module, mutant.line)]
            return self.survives_in_a_fork(mutant, str(target), first, session) and self.survives_imported()
        finally:
            target.write_text(original, encoding="utf-8")

    def survives_in_a_fork(self, mutant: Mutant, file: str, tests: list[pytest.Item], session: pytest.Session) -> bool:
        """Whether these tests pass when the functions have the mutant's code."""
        child = os.fork()
        if child == 0:
            try:
                silence()
                change_code(self.functions, file, mutant.tree)
                for test in tests:
                    # The signal ends the process.
                    signal.setitimer(signal.ITIMER_PROF, 5 + 3 * self.seconds[test.nodeid])
                    run_test(test, session)
                    if session.testsfailed:
                        os._exit(1)
                os._exit(0)
            finally:
                os._exit(1)
        return os.waitpid(child, 0)[1] == 0

    def survives_imported(self) -> bool:
        """Whether all tests pass in a fresh process."""
        command = [sys.executable, "-B", "-m", "pytest", *OPTIONS, "-p", "no:proofcheck", *TESTS]
        environment = {**os.environ, "PYTHONPATH": str(self.folder)}
        seconds = 60 + 5 * round(sum(self.seconds.values()))
        limits = f'ulimit -t {seconds}; exec "$@"'
        return not subprocess.run(
            ["sh", "-c", limits, "sh", *command], cwd=self.folder, env=environment, capture_output=True, check=False
        ).returncode


def run_test(test: pytest.Item, session: pytest.Session) -> None:
    """Run one test, and what it needs, as if there were no other."""
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
    return f"killed     {place}, although listed as equivalent" if mutant.reason is not None else None


def written(alive: list[Mutant], killed: Counter[str], total: Counter[str]) -> str:
    """The result as Markdown: no date, no time, the same for the same kernel and tests."""
    rows = [f"| `{module}` | {total[module]} | {killed[module]} |" for module in total]
    survivors = [
        f"- `{mutant.module}.py`, `{mutant.written}`, {mutant.change}: {mutant.reason or 'UNEXPLAINED'}."
        for mutant in alive
    ]
    explained = sum(mutant.reason is not None for mutant in alive)
    return "\n".join(
        [
            "# Mutants of the kernel",
            "",
            "    .venv/bin/python benchmarks/mutate_kernel.py --report benchmarks/results/kernel_mutants.md",
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


def main() -> int:
    """Run the mutants and print how many were killed; 1 when one survived that `EQUIVALENT` does not explain."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", metavar="MODULE", help="a kernel module, such as check; repeatable")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the result there, as Markdown")
    arguments = parser.parse_args()
    modules = arguments.only or sorted(path.stem for path in (ROOT / KERNEL).glob("[a-z]*.py"))
    for module in modules:
        if not (ROOT / KERNEL / f"{module}.py").is_file():
            parser.error(f"no kernel module {module}")
    found = [
        mutant
        for module in modules
        for mutant in mutants(module, (ROOT / KERNEL / f"{module}.py").read_text(encoding="utf-8"))
    ]
    with tempfile.TemporaryDirectory() as scratch:
        laboratory = Laboratory(Path(scratch).resolve(), found)
        os.chdir(laboratory.folder)
        sys.path.insert(0, str(laboratory.folder))
        sys.dont_write_bytecode = True
        pytest.main([*OPTIONS, "-p", "no:proofcheck", "-p", "no:terminal", *TESTS], plugins=[laboratory])
    if not laboratory.complete:
        return 2
    total = Counter(mutant.module for mutant in found)
    killed = total - Counter(mutant.module for mutant in laboratory.alive)
    for module in modules:
        print(f"{module:13} {killed[module]} of {total[module]} killed")
    if arguments.report:
        arguments.report.write_text(written(laboratory.alive, killed, total), encoding="utf-8")
    unexplained = sum(mutant.reason is None for mutant in laboratory.alive)
    print(f"{'all':13} {killed.total()} of {total.total()} killed, {unexplained} survivors unexplained")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
