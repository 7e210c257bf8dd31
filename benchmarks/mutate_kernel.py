"""Mutation testing of the kernel: each comparison flipped or relaxed, each refusal deleted, one at a time.

A mutant is killed when `tests/kernel` or `tests/falsehoods` fails on it. One that survives shows a check that no
test misses: either a test is to be written, or the mutant says the same as the original, and `EQUIVALENT` says why.
"""

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KERNEL = Path("proofcheck/kernel")
#: The quickest and most telling first: they kill most mutants within a second. The rest sees what they let live.
FIRST_TESTS = (
    "tests/falsehoods/test_falsehoods.py",
    "tests/kernel/test_check.py",
)
OTHER_TESTS = (
    "tests/kernel/test_reading.py",
    "tests/kernel/test_roots.py",
    "tests/kernel/test_terms.py",
    "tests/kernel/test_statements.py",
    "tests/kernel/test_certificates.py",
    "tests/kernel/test_rational.py",
    "tests/kernel/test_evaluate.py",
    "tests/kernel/test_axioms.py",
    "tests/kernel/test_balls.py",
    "tests/kernel/test_every_digit.py",
)
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
SIGNS = {
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

#: Mutants (module, the line as written, the change) that no test can tell from the original, and why.
EQUIVALENT: dict[tuple[str, str, str], str] = {
    **{
        (
            "check",
            f'raise Rejected("{kind} of no known kind")',
            f"deleted: raise Rejected('{kind} of no known kind')",
        ): ("out of reach: `check` reads its proof from JSON, which has no other kinds")
        for kind in ("evidence", "a cover")
    },
    (
        "check",
        '_demand(line.degree() == 1 and line[1] * direction > 0, f"fact {number} gives no bound on that side")',
        "> becomes >=",
    ): "the leading coefficient of a polynomial of degree 1 is not 0",
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


@dataclass(frozen=True)
class Mutant:
    """One change to one kernel module."""

    module: str
    line: int
    written: str
    change: str
    source: str

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
        node, change = changes[position]
        line = node.lineno
        description = apply_change(tree, node, change)
        yield Mutant(module, line, lines[line - 1].strip(), description, ast.unparse(ast.fix_missing_locations(tree)))


Change = tuple[int, type[ast.cmpop]] | None


def possible_changes(tree: ast.Module) -> Iterator[tuple[ast.Compare | ast.stmt, Change]]:
    """The comparisons, with the operator to put in, and the statements that refuse, to be deleted."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            for index, operator in enumerate(node.ops):
                for replacement in REPLACEMENTS[type(operator)]:
                    yield node, (index, replacement)
        elif isinstance(node, ast.stmt) and refuses(node):
            yield node, None


def refuses(node: ast.stmt) -> bool:
    """Whether the statement raises, or calls something that only checks."""
    match node:
        case ast.Raise():
            return True
        case ast.Expr(value=ast.Call(func=ast.Name())):
            return True
        case _:
            return False


def apply_change(tree: ast.Module, node: ast.Compare | ast.stmt, change: Change) -> str:
    """Change the tree and say how."""
    if change is not None and isinstance(node, ast.Compare):
        index, replacement = change
        before = SIGNS[type(node.ops[index])]
        node.ops[index] = replacement()
        return f"{before} becomes {SIGNS[replacement]}" + (f" (comparison {index + 1})" if index else "")
    for parent in ast.walk(tree):
        for _, statements in ast.iter_fields(parent):
            if isinstance(statements, list) and any(one is node for one in statements):
                statements[next(i for i, one in enumerate(statements) if one is node)] = ast.Pass()
                return f"deleted: {ast.unparse(node)[:70]}"
    raise AssertionError("a statement outside the tree")


def prepared(folder: Path) -> Path:
    """A copy of what the tests need."""
    for name in ("proofcheck", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def survives(folder: Path, seconds: float) -> bool:
    """Whether all tests pass in the copy."""
    return all(passes(folder, tests, seconds) for tests in (FIRST_TESTS, OTHER_TESTS))


def passes(folder: Path, tests: Sequence[str], seconds: float) -> bool:
    """Whether these tests pass in the copy. A run that takes too long or ends in an abort is a failure."""
    try:
        outcome = subprocess.run(
            [sys.executable, "-B", "-m", "pytest", *tests, "-x", "-q", "-n", "0", "-p", "no:cacheprovider"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return outcome.returncode == 0


def judged(mutant: Mutant, folders: list[Path], seconds: float) -> bool:
    """Whether the mutant survives, tested in one of the copies that are free."""
    folder = folders.pop()
    target = folder / KERNEL / f"{mutant.module}.py"
    original = target.read_text(encoding="utf-8")
    try:
        target.write_text(mutant.source, encoding="utf-8")
        return survives(folder, seconds)
    finally:
        target.write_text(original, encoding="utf-8")
        folders.append(folder)


def report(mutant: Mutant, alive: bool) -> None:
    """Print what is remarkable about a mutant, as soon as it is known."""
    place = f"{mutant.module}.py:{mutant.line}  {mutant.change}"
    if alive and mutant.reason is None:
        print(f"survived   {place}\n           {mutant.written}", flush=True)
    elif alive:
        print(f"equivalent {place}: {mutant.reason}", flush=True)
    elif mutant.reason is not None:
        print(f"killed     {place}, although listed as equivalent", flush=True)


def main() -> int:
    """Run all mutants and print how many were killed; 1 when one survived that `EQUIVALENT` does not explain."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", metavar="MODULE", help="a kernel module, such as check; repeatable")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="mutants tested at a time")
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
        folders = [prepared(Path(scratch) / f"copy{number}") for number in range(arguments.jobs)]
        start = time.perf_counter()
        if not survives(folders[0], 600):
            print("the tests fail on the kernel as it is: nothing to learn from mutants")
            return 2
        seconds = 10 + 5 * arguments.jobs * (time.perf_counter() - start)
        killed: Counter[str] = Counter()
        unexplained = 0
        with ThreadPoolExecutor(arguments.jobs) as pool:
            verdicts = pool.map(lambda mutant: judged(mutant, folders, seconds), found)
            for mutant, alive in zip(found, verdicts, strict=True):
                killed[mutant.module] += not alive
                unexplained += alive and mutant.reason is None
                report(mutant, alive)
    total = Counter(mutant.module for mutant in found)
    for module in modules:
        print(f"{module:13} {killed[module]} of {total[module]} killed")
    print(f"{'all':13} {killed.total()} of {total.total()} killed, {unexplained} survivors unexplained")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
