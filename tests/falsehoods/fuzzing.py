"""Statements, proofs, witnesses and records, changed where it hurts; and what the kernel may make of them.

The changes follow the grammar, so that most get past the reader: numbers, indices, signs, names and kinds are
exchanged, subterms and parts of proofs moved, repeated, nested; others break it: floats, digits of other scripts,
numbers without end, keys twice, text that stops. Terms are written out or named by their numbers in a table, which
may name what is not there, or grow like a power of two.
"""

from __future__ import annotations

import hashlib
import json
import random
import select
import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from proofcheck.kernel.certificates import decode_proof, encode
from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.statements import NEGATION, Relation, Statement, canonical, decode_statement, encode_statement
from proofcheck.kernel.terms import Inner, Reader, Term, Variable, subterms
from proofcheck.records.record import content_of
from proofcheck.records.table import Table

from ..kernel.examples import TRUTHS
from ..kernel.reference import Unclear, Undefined, truth, value
from ..run.test_records import DERIVATION
from .test_falsehoods import FALSEHOODS, WITNESSES

ROOT = Path(__file__).parents[2]
SECONDS = 1.0
MEMORY = 200 << 20
#: Seconds of the clock after which a process that does not answer is ended.
PATIENCE = 60
Json = Any
Pair = tuple[Json, Json]

PAIRS: list[Pair] = [
    *([encode_statement(statement), encode(proof)] for statement, proof in TRUTHS.values()),  # type: ignore[list-item]
    *([encode_statement(statement), encode(witness)] for statement, witness in WITNESSES.values()),  # type: ignore[list-item]
]
RECORDS: list[Json] = [content_of(DERIVATION)]

# What is put in


NUMERALS = [
    *("0", "1", "-1", "2", "1/2", "-1/2", "3/2", "10", "1/1000000007", "9" * 2000, "-" + "9" * 2000, "1/" + "7" * 1999),
    *("1/0", "-0", "01", "2/4", "1e3", "1.0", "NaN", "Infinity", "-inf", "9" * 2001, "1_000", " 1", "1\n", "", "0x10"),
    *("٣", "\uff11", "½", "²", "1/٣", "+1", "--1"),
]
INTEGERS = [0, 1, 2, 3, 5, -1, -2, 60, 9_999, 10_000, 10_001, -10_000, 10**6, 10**6 + 1, -(10**6), 10**30, -(10**400)]
NAMES = [
    "x",
    "y",
    "z",
    "u",
    "v",
    "x'",
    "x''''",
    "pi",
    "sqrt",
    "a" * 63,
    "a" * 64,
    "é",
    "\uff41",
    "x\n",
    "__class__",
    "A" * 9999,
]
TERM_KINDS = ["rational", "variable", "inner", "sum", "product", "power", "apply"]
PART_KINDS = sorted(
    {"Proof", "Summand", "Multiple", "Range", "Root", "Witness", "Cell", "Excluded", "Cut", "Combination"}
)
KINDS = [*TERM_KINDS, *PART_KINDS, "Sturm", "Balls", "Split", "Lemma", "Axiom", "Instance", "Contradiction", "Apart"]
FUNCTIONS = ["sqrt", "exp", "log", "power", "sin", "cos", "arccos", "pi", "tan", "eval", "__import__"]
WRONG: list[Json] = [
    None,
    True,
    False,
    1.0,
    float("nan"),
    float("inf"),
    1e308,
    {},
    [],
    "",
    [[]],
    {"Proof": []},
    10**4000,
]
ZERO, ONE, MINUS_ONE = (["rational", number] for number in ("0", "1", "-1"))


def wrapped(part: Json, how: str, times: int) -> Json:
    """The part in more and more layers of a kind."""
    for _ in range(times):
        match how:
            case "sum":
                part = ["sum", part]
            case "difference":
                part = ["sum", part, ["product", MINUS_ONE, part]] if times < 8 else ["sum", part, MINUS_ONE]
            case "product":
                part = ["product", part, ONE]
            case "nothing":
                part = ["product", part, ZERO]
            case "inverse":
                part = ["power", part, -1]
            case "power":
                part = ["power", part, 10_000]
            case "zeroth power":
                part = ["power", part, 0]
            case "root":
                part = ["apply", "sqrt", ["power", part, 2]]
            case "exponential":
                part = ["apply", "exp", part]
            case "contradiction":
                part = ["Contradiction", part]
            case "lemma":
                part = [
                    "Lemma",
                    [">=", ONE, ZERO],
                    ["Proof", [], ["Combination", [], [["Summand", "1", [], ONE]], []]],
                    part,
                ]
            case "axiom":
                part = ["Axiom", "exponential positive", [["variable", "x"]], [], [], part]
            case "split":
                part = (
                    ["Split", ["variable", "x"], [], part, part, part]
                    if times < 5
                    else ["Split", ONE, [], part, [], []]
                )
            case "cut":
                part = ["Cut", "x", "1/2", part, ["Cell"]]
            case _:
                part = [part]
    return part


LAYERS = [
    *("sum", "difference", "product", "nothing", "inverse", "power", "zeroth power", "root", "exponential"),
    *("contradiction", "lemma", "axiom", "split", "cut", "list"),
]


def places(data: Json, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to every part of JSON data, but the data itself."""
    parts: Sequence[tuple[Any, Json]] = []
    if isinstance(data, list):
        parts = list(enumerate(data))
    elif isinstance(data, dict):
        parts = list(data.items())
    return [deeper for key, part in parts for deeper in ((*path, key), *places(part, (*path, key)))]


def at(data: Json, path: tuple[Any, ...]) -> Json:
    for key in path:
        data = data[key]
    return data


def copied(data: Json) -> Json:
    return json.loads(json.dumps(data))


def changed(original: Json, strangers: Sequence[Json]) -> st.SearchStrategy[Json]:
    """JSON data with a few parts changed."""

    @st.composite
    def change(draw: st.DrawFn) -> Json:
        data = original
        for _ in range(draw(st.integers(1, 3))):
            # A copy each time: no part is shared, with the original or within.
            data = copied(data)
            change_a_part(draw, data, strangers)
        return data

    return change()


def change_a_part(draw: st.DrawFn, data: Json, strangers: Sequence[Json]) -> None:
    """Change one part in place."""
    paths = places(data)
    if not paths:
        return
    *above, key = draw(st.sampled_from(paths))
    parent = at(data, tuple(above))
    part = parent[key]
    match draw(st.integers(0, 9)):
        case 0:
            parent[key] = draw(st.sampled_from(WRONG))
        case 1 | 2:
            parent[key] = copied(at(data, draw(st.sampled_from(paths))))
        case 3:
            stranger = draw(st.sampled_from(strangers))
            parent[key] = at(stranger, draw(st.sampled_from(places(stranger))))
        case 4 if max(map(len, paths)) < 150:
            times = draw(st.sampled_from([1, 1, 1, 2, 3, 20, 60, 99, 120]))
            parent[key] = wrapped(part, draw(st.sampled_from(LAYERS)), times)
        case 5 if isinstance(parent, list):
            parent.pop(key)
        case 6 if isinstance(parent, list):
            times = draw(st.sampled_from([1, 1, 2, 50, 2000]))
            parent[key:key] = [part] * (times if len(json.dumps(part)) < 100 else 1)
        case 7 if isinstance(parent, list) and len(parent) > 1:
            other = draw(st.integers(0, len(parent) - 1))
            parent[key], parent[other] = parent[other], part
        case _:
            parent[key] = draw(replacements(part))


def replacements(part: Json) -> st.SearchStrategy[Json]:
    """Something of the same kind."""
    match part:
        case bool() | None:
            return st.sampled_from([True, False, None, 0, 1])
        case int():
            return st.sampled_from([part - 1, part + 1, -part, *INTEGERS])
        case str() if part in NEGATION:
            return st.sampled_from([*NEGATION, "==", "≤", "in"])
        case str() if part in FUNCTIONS:
            return st.sampled_from(FUNCTIONS)
        case str() if part in KINDS:
            return st.sampled_from(KINDS)
        case str() if part.strip("-/0123456789") == "":
            return st.sampled_from(NUMERALS) | st.fractions(-3, 3, max_denominator=7).map(str)
        case str():
            return st.sampled_from([*NAMES, part + "'", part.upper()])
        case _:
            return st.sampled_from([ZERO, ONE, MINUS_ONE, [], *WRONG])


def named(statement: Json, evidence: Json) -> tuple[Json, Json, Json]:
    """A statement and its evidence with numbers in place of terms, and the table of these."""
    table = Table()
    statement = encode_statement(decode_statement(statement), table.number)
    if evidence[0] == "Proof":
        evidence = encode(decode_proof(evidence), table.number)
    return statement, evidence, table.entries


def grow(draw: st.DrawFn, table: Json, users: Json) -> None:
    """Add entries, each made of the one before, and have a number of what uses the table name the last."""
    kinds = [["sum", 1, 1], ["product", 1, 1], ["sum", 1], ["power", 1, 2], ["apply", "sqrt", 1], ["apply", "exp", 1]]
    kind, *parts = draw(st.sampled_from(kinds))
    for _ in range(draw(st.sampled_from([1, 2, 14, 16, 60, 98, 120]))):
        table.append([kind, *(len(table) - 1 if part == 1 else part for part in parts)])
    numbers = [path for path in places(users) if type(at(users, path)) is int]
    if numbers:
        *above, key = draw(st.sampled_from(numbers))
        at(users, tuple(above))[key] = len(table) - 1


def pairs(known: Sequence[Pair]) -> st.SearchStrategy[str]:
    """The JSON of a statement, its evidence and a table, at least one of them changed."""

    @st.composite
    def pair(draw: st.DrawFn) -> str:
        statement, evidence = known[draw(st.integers(0, len(known) - 1))]
        strangers = [part for _ in range(2) for part in known[draw(st.integers(0, len(known) - 1))]]
        which = draw(st.sampled_from(["statement", "evidence", "evidence", "both", "exchanged"]))
        if which in ("statement", "both"):
            statement = draw(changed(statement, strangers))
        if which in ("evidence", "both"):
            evidence = draw(changed(evidence, strangers))
        if which == "exchanged":
            evidence = strangers[1]
        return json.dumps([statement, evidence, []])

    @st.composite
    def pair_with_table(draw: st.DrawFn) -> str:
        written = copied(named(*known[draw(st.integers(0, len(known) - 1))]))
        if draw(st.booleans()):
            grow(draw, written[2], written[:2])
        else:
            part = draw(st.integers(0, 2))
            written[part] = draw(changed(written[part], [each for each in written if each]))
        return json.dumps(written)

    return pair() | pair_with_table()


def sealed(content: Json) -> str:
    """The text of a record with this content and its true hash; floats get no hash."""
    try:
        written = canonical(content)
    except ValueError:
        return json.dumps({"content": content, "sha256": "0" * 64}, sort_keys=True, separators=(",", ":")) + "\n"
    return canonical({"content": content, "sha256": hashlib.sha256(written).hexdigest()}).decode() + "\n"


def records(known: Sequence[Json]) -> st.SearchStrategy[str]:
    """The text of a record, its content changed and hashed again, or the text itself spoilt."""

    @st.composite
    def record(draw: st.DrawFn) -> str:
        content = known[draw(st.integers(0, len(known) - 1))]
        match draw(st.integers(0, 3)):
            case 0 | 1:
                return sealed(draw(changed(content, [content])))
            case 2:
                content = copied(content)
                grow(draw, content["terms"], [claim["obligations"] for claim in content["claims"]])
                return sealed(content)
        written = sealed(content)
        place = draw(st.integers(0, len(written) - 1))
        match draw(st.integers(0, 6)):
            case 0:
                return written[:place]
            case 1:
                return written.replace(
                    '"claims":', draw(st.sampled_from(['"claims":[],"claims":', '"x":NaN,"claims":'])), 1
                )
            case 2:
                return (
                    written[:place]
                    + draw(st.sampled_from(["NaN", "[" * 5000, "9" * 5000, "\0", "\ud800", "٣", "e5"]))
                    + written[place:]
                )
            case 3:
                return "[" * draw(st.sampled_from([1, 1000, 100_000]))
            case 4:
                return written[:place] + draw(st.characters()) + written[place + 1 :]
            case 5:
                return draw(
                    st.sampled_from(
                        ["", "null", "[]", "{}", '{"content":{},"sha256":""}\n', "\ufeff" + written, written * 2]
                    )
                )
            case _:
                return written.replace("\n", draw(st.sampled_from(["", "\r\n", " \n"])))

    return record()


# Who judges


class Outcome(NamedTuple):
    """What became of a case: `accepted`, `turned down`, `crash`, `died` or `no answer`."""

    outcome: str
    details: str
    seconds: float
    peak: int


class Judge:
    """A process of its own that judges cases, started again when it died or grew too large."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def ask(self, kind: str, written: str) -> Outcome:
        """Have a case judged."""
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.falsehoods.judge"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=ROOT,
            )
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps([kind, written]) + "\n")
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        answer = self.process.stdout.readline() if ready else ""
        if not answer:
            self.end()
            return Outcome("died" if ready else "no answer", "", PATIENCE, 0)
        outcome = Outcome(*json.loads(answer))
        if outcome.peak >= MEMORY:
            self.end()
        return outcome

    def end(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def complaint(kind: str, written: str, outcome: Outcome, known: set[str]) -> str | None:
    """What is wrong with the outcome of a case, if anything: a fault of the kernel."""
    if outcome.outcome not in ("accepted", "turned down"):
        return f"{outcome.outcome}: {outcome.details}"
    if outcome.seconds >= SECONDS:
        return f"{outcome.seconds:.2f} s"
    if outcome.peak >= MEMORY:
        return f"{outcome.peak >> 20} MB"
    if outcome.outcome == "accepted":
        for statement in accepted_statements(kind, written):
            if json.dumps(encode_statement(statement)) not in known and (point := counterexample(statement)):
                return f"a false statement, at {point}"
    return None


def accepted_statements(kind: str, written: str) -> list[Statement]:
    """The statements that an accepted case says to be proved."""
    data = json.loads(written)
    if kind == "pair":
        statement, evidence, table = data
        return [decode_statement(statement, Reader(table))] if evidence[0] == "Proof" else []
    terms = Reader(data["content"]["terms"])
    found = []
    for obligation in (each for claim in data["content"]["claims"] for each in claim["obligations"]):
        if obligation["statement"] is not None and obligation["verdict"] == "PROVED":
            terms.begin()
            found.append(decode_statement(obligation["statement"], terms))
    return found


# A second opinion


VALUES = [Fraction(number) for number in ("-2", "-1", "-1/2", "0", "1/2", "1", "2", "3", "10")]


def counterexample(statement: Statement, draws: int = 60) -> dict[Term, Fraction] | None:
    """A point where the hypotheses hold and the goal does not, if random draws find one."""
    generator = random.Random(statement.digest())
    for _ in range(draws):
        point = drawn_point(statement, generator)
        try:
            if all(holds(one, point) for one in statement.hypotheses) and not holds(statement.goal, point):
                return point
        except (Unclear, OverflowError, MemoryError):
            continue
    return None


def drawn_point(statement: Statement, generator: random.Random) -> dict[Term, Fraction]:
    """Values for variables and inner products; an equation that gives a variable is obeyed."""
    point: dict[Term, Fraction] = {Variable(name): generator.choice(VALUES) for name in statement.variables}
    size = generator.randint(1, 3)
    vectors = {name: [generator.choice(VALUES) for _ in range(size)] for name in sorted(statement.vectors)}
    for left, u in vectors.items():
        for right, v in vectors.items():
            point[Inner(left, right)] = sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0))
    for hypothesis in statement.hypotheses:
        for side, other in ((hypothesis.left, hypothesis.right), (hypothesis.right, hypothesis.left)):
            if hypothesis.sign == "=" and isinstance(side, Variable) and side not in subterms(other):
                try:
                    given = value(other, point)
                except (Undefined, Unclear, OverflowError):
                    continue
                point[side] = given if isinstance(given, Fraction) else point[side]
    return point


def holds(relation: Relation, point: dict[Term, Fraction]) -> bool:
    try:
        return truth(relation, point)
    except Undefined:
        return False


def is_false(name: str) -> bool:
    """For the test of the second opinion: whether it sees that a known falsehood is false."""
    try:
        return counterexample(decode_statement(encode_statement(FALSEHOODS[name][0])), 400) is not None
    except Malformed:
        return False
