"""cvc5: `unsat` or `sat` for the negation."""

from __future__ import annotations

from importlib.metadata import version

import cvc5
from textbook.pairs import Case

from .answers import Answer
from .smt import decided

VERSION = version("cvc5")


def solve(script: str) -> str:
    """The answer to a script."""
    solver = cvc5.Solver(cvc5.TermManager())
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, script, "case")
    answer = ""
    while not (command := parser.nextCommand()).isNull():
        answer += str(command.invoke(solver, parser.getSymbolManager()))
    return answer.strip()


def decide(case: Case, seconds: float) -> Answer:
    """What cvc5 says. Raises `CannotState` and `Undecided`."""
    return decided(case.stated, solve, transcendental=True)
