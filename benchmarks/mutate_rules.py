"""Mutation testing of the rules: one condition forgotten at a time, and whether some test notices.

Beside the slips of `mutate_kernel.py`, each obligation that a rule adds, each part of a condition and each filter is
deleted, each question is answered the other way round, and each obligation that refutes nothing is made decisive. A
mutant is killed when `tests/rules`, a doctest, `test_once_wrong.py` or `test_false_rules.py` fails on it. One that
survives shows a condition that no test misses: a false claim is to be written that only this condition stops, or the
condition is not needed and goes, or the mutant says the same as the original, and `EQUIVALENT` says why.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from laboratory import Room, main
from mutations import Change, forgotten, possible_changes

FOLDER = Path("proofcheck/rules")
FALSEHOODS = ("test_once_wrong.py", "test_false_rules.py")

#: Mutants (module, the line as written, the change) that no test can tell from the original, and why.
EQUIVALENT: dict[tuple[str, str, str], str] = {}


def _changes(tree: ast.Module) -> Iterator[Change]:
    yield from possible_changes(tree)
    yield from forgotten(tree)


RULES = Room(
    "rules",
    FOLDER,
    ("tests/rules", str(FOLDER), *(f"tests/falsehoods/{name}" for name in FALSEHOODS)),
    _changes,
    EQUIVALENT,
)

if __name__ == "__main__":
    sys.exit(main(RULES, __doc__))
