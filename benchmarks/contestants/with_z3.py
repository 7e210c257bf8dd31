"""z3: `unsat` or `sat` for the negation, by the tactic for the script's logic."""

from __future__ import annotations

import z3
from textbook.pairs import Case

from .answers import Answer
from .smt import decided

VERSION = z3.get_version_string()


def solve(script: str) -> str:
    """The answer to a script."""
    # z3's reader has no powers in the logics that have a name, so that it is told the logic apart from the script.
    logic, _, rest = script.partition("\n")
    solver = z3.SolverFor(logic.removeprefix("(set-logic ").removesuffix(")"))
    solver.from_string(rest)
    return str(solver.check())


def decide(case: Case, seconds: float) -> Answer:
    """What z3 says. Raises `CannotState` and `Undecided`."""
    return decided(case.stated, solve, transcendental=False)
