"""Mutation testing of the kernel: one slip of the pen at a time, and whether some test notices.

Each comparison and each sign of a relation is flipped or relaxed, each refusal, each guard of a case and each premise
or conclusion of an axiom is deleted, each `and` exchanged with `or`, each `not` left out. A mutant is killed when
`tests/kernel`, a doctest or a file of `FALSEHOODS` fails on it. One that survives shows a check that no test misses:
either a test is to be written, or the mutant says the same as the original, and `EQUIVALENT` says why.
"""

import sys
from pathlib import Path

from laboratory import Room, main
from mutations import possible_changes

FOLDER = Path("proofcheck/kernel")
FALSEHOODS = ("test_falsehoods.py", "test_random_changes.py", "test_resources.py")

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

KERNEL = Room(
    "kernel",
    FOLDER,
    ("tests/kernel", str(FOLDER), *(f"tests/falsehoods/{name}" for name in FALSEHOODS)),
    possible_changes,
    EQUIVALENT,
)

if __name__ == "__main__":
    sys.exit(main(KERNEL, __doc__))
