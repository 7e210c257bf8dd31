"""What a claim owes: closed statements for the kernel, and conditions of analysis that a rule settles or leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from proofcheck.kernel.statements import Statement
from proofcheck.language.claims import Claim
from proofcheck.language.expressions import Relation, VectorEquation

#: How the rule begins that describes an explicit counterexample.
EXAMPLE = "explicit counterexample: "
#: What the obligation is called of a statement that nobody has argued yet.
GAP = "the missing step"


@dataclass(frozen=True, slots=True)
class Name:
    """How a kernel variable or vector is printed."""

    text: str
    latex: str


@dataclass(frozen=True, slots=True)
class Entry(Name):
    """How a coordinate is printed alone; the vector or the symmetric matrix, and its place there, counted from 1."""

    part_of: Name
    place: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing to show.

    A `statement` is for the kernel; `instance` is a special case of the claim itself, so that a witness against it
    refutes the claim; `plane` is a larger one, tried where the instance gave nothing. Without a statement it is a
    condition of analysis, `settled` by its rule or not, for the `reason` given.
    """

    label: str
    formula: str
    latex: str
    statement: Statement | None = None
    instance: Statement | None = None
    plane: Statement | None = None
    settled: bool = False
    reason: str = ""
    names: Mapping[str, Name] = field(default_factory=dict)

    @property
    def special_cases(self) -> tuple[Statement, ...]:
        """What refutes the claim when it has a witness, the simplest first; without an instance there is none."""
        return () if self.instance is None else (self.instance, *(() if self.plane is None else (self.plane,)))


@dataclass(frozen=True, slots=True)
class Argument:
    """How a claim is argued: what it states, what it owes, and what it rests on.

    With `refutes` the obligations verify an explicit counterexample: when they are all shown, the claim is refuted.
    With a `citation` nothing is owed. `about` are the relations whose letters a reader has to know.
    """

    formula: str
    latex: str
    obligations: tuple[Obligation, ...]
    premises: tuple[Claim, ...] = ()
    rules: tuple[str, ...] = ()
    citation: str | None = None
    refutes: bool = False
    conclusion: Relation | None = None
    about: tuple[Relation | VectorEquation, ...] = ()


def condition(label: str, *, missing: tuple[str, ...]) -> Obligation:
    """A condition of analysis: settled when nothing is missing."""
    return Obligation(label, label, rf"\text{{{label}}}", settled=not missing, reason="; ".join(missing))
