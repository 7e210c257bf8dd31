"""The times that the README names, as ratios in one run: against an interpreter that does nothing, and against
SymPy's `simplify` on the same identities.

Each command runs by turns with an empty interpreter; the median counts. The identities are the plain equations that
the derivations owe; both sides start from the same expressions, and both are asked whether left - right is zero.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import sympy

from proofcheck.kernel import terms
from proofcheck.kernel.statements import Statement
from proofcheck.provers.portfolio import decide
from proofcheck.rules.argue import argument_of
from proofcheck.running.collecting import find, load

ROOT = Path(__file__).parents[1]
EMPTY = [sys.executable, "-c", "pass"]


def measure(command: Sequence[str], folder: Path) -> float:
    """The wall time of one run of a command in a folder, in seconds; its exit status does not matter here."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare(
    name: str, command: Sequence[str], folder: Path, runs: int, before: Callable[[], None] | None = None
) -> None:
    """Print the medians of a command and of an empty interpreter, run by turns, and their ratio."""
    times, idle = [], []
    for _ in range(runs):
        if before is not None:
            before()
        times.append(measure(command, folder))
        idle.append(measure(EMPTY, folder))
    print(f"{name:<28}{median(times):9.3f} s {median(idle):9.3f} s {median(times) / median(idle):9.1f}")


def identities() -> list[Statement]:
    """The equations without vectors that the derivations owe."""
    statements = [
        obligation.statement
        for source in find([ROOT / "derivations"])
        for claim in load(source).claims
        for obligation in argument_of(claim).obligations
        if obligation.statement is not None and obligation.statement.goal.sign == "="
    ]
    plain = [s for s in statements if s is not None and not s.vectors and not s.hypotheses]
    return list(dict.fromkeys(plain))


def sympy_of(term: terms.Term) -> sympy.Expr:
    """The term in SymPy."""
    match term:
        case terms.Rational(value):
            return sympy.Rational(value.numerator, value.denominator)
        case terms.Variable(name):
            return sympy.Symbol(name, real=True)
        case terms.Sum(parts):
            return sympy.Add(*map(sympy_of, parts))
        case terms.Product(parts):
            return sympy.Mul(*map(sympy_of, parts))
        case terms.Power(base, exponent):
            return sympy.Pow(sympy_of(base), exponent)
        case terms.Apply("arccos", parts):
            return sympy.acos(*map(sympy_of, parts))
        case terms.Apply("pi", ()):
            return sympy.pi
        case terms.Apply("power", parts):
            return sympy.Pow(*map(sympy_of, parts))
        case terms.Apply(function, parts):
            return getattr(sympy, function)(*map(sympy_of, parts))
        case _:
            raise TypeError("an inner product")


def against_simplify() -> None:
    """Print how long proofcheck and `simplify` take over the same identities, and how many each decides."""
    statements = identities()
    pairs = [(sympy_of(s.goal.left) - sympy_of(s.goal.right)) for s in statements]
    decide(statements[0], 10)  # loads the provers
    start = time.perf_counter()
    proved = sum(decide(statement, 10).proof is not None for statement in statements)
    ours = time.perf_counter() - start
    start = time.perf_counter()
    zero = sum(sympy.simplify(pair) == 0 for pair in pairs)
    theirs = time.perf_counter() - start
    print(f"\n{len(statements)} identities          decided      seconds   ratio")
    print(f"proofcheck, certificates {proved:7d} {ours:12.2f} {1.0:7.2f}")
    print(f"sympy.simplify           {zero:7d} {theirs:12.2f} {theirs / ours:7.2f}")


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="measured runs of each command (default: 3)")
    runs = parser.parse_args().runs
    program = str(Path(sys.executable).with_name("proofcheck"))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(ROOT / "derivations", folder / "derivations")
        print(f"{'':<28}{'median':>11}{'empty':>12}{'ratio':>10}")
        compare("proofcheck --help", [program, "--help"], folder, max(runs, 5))

        def forget() -> None:
            shutil.rmtree(folder / ".proofcheck", ignore_errors=True)

        compare("proofcheck run, cold", [program, "run"], folder, runs, forget)
        compare("proofcheck run, again", [program, "run"], folder, runs)
        records = sorted(map(str, (folder / ".proofcheck" / "records").glob("*.json")))
        compare("proofcheck recheck", [program, "recheck", *records], folder, runs)
    against_simplify()


if __name__ == "__main__":
    main()
