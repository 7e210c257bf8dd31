"""A claim with all that its verdict rests on, as lines of text. Nothing is printed here."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from pathlib import Path

from proofcheck.kernel.statements import Statement, decode_statement
from proofcheck.kernel.terms import Apply, Power, Reader, subterms
from proofcheck.results import ClaimResult, DerivationResult, ObligationResult, Trouble, Verdict

from .printing import show_relation

_WIDTH = 110
_ATTEMPT = 17


def lines_of_trouble(trouble: Trouble) -> Iterator[str]:
    """Where, what, and the way out."""
    yield f"{trouble.file}:{trouble.line}"
    yield from _field("trouble", trouble.message)
    yield from _field("remedy", trouble.remedy)


def lines_of_claim(claim: ClaimResult, derivation: DerivationResult, *, search: bool) -> Iterator[str]:
    """A claim with all that its verdict rests on in its derivation; with `search`, also what was tried."""
    yield f"{claim.file}:{claim.line}  {claim.where}  ({claim.name})"
    if claim.summary:
        yield from _field("says", claim.summary)
    yield from _field("claimed", claim.formula)
    yield from _definitions(claim)
    terms = Reader(derivation.terms)
    expected = "" if claim.as_expected else f", expected {claim.expected.value}"
    yield from _field("verdict", claim.verdict.value + expected)
    if claim.unsaid_reason:
        yield from _field("because", claim.unsaid_reason)
    for name, value in (("amends", claim.amends), ("sharpens", claim.sharpens)):
        if value is not None:
            yield from _field(name, value)
    if claim.covers:
        yield from _field("covers", ", ".join(claim.covers))
    for title, conditions in (("obligations", False), ("side conditions", True)):
        chosen = [each for each in claim.obligations if (each.statement is None) == conditions]
        if chosen:
            yield ""
            yield f"  {title}"
        for each in chosen:
            yield from _obligation(each, terms, search=search)
    yield from _rests_on(claim, derivation)


def _definitions(claim: ClaimResult) -> Iterator[str]:
    """What the letters of the formula mean, a line each, then what they range over."""
    for place, each in enumerate(each for each in claim.definitions if not each.ranges):
        yield from _field("" if place else "where", each.text)
    if ranges := "; ".join(each.text for each in claim.definitions if each.ranges):
        yield from _field("for all", ranges)


def _obligation(obligation: ObligationResult, terms: Reader, *, search: bool) -> Iterator[str]:
    earlier = " in an earlier run" if obligation.stored else ""
    by = f", {obligation.prover}, {_time(obligation.seconds)}{earlier}" if obligation.prover else ""
    yield f"    {obligation.label}: {obligation.verdict.value}{by}"
    if obligation.formula not in (obligation.label, obligation.explanation):
        yield f"      {obligation.formula}"
    name = {Verdict.PROVED: "proof", Verdict.REFUTED: "witness"}.get(obligation.verdict, "missing")
    if obligation.explanation:
        yield from (f"    {line}" for line in _field(name, obligation.explanation))
    terms.begin()
    statement = None if obligation.statement is None else decode_statement(obligation.statement, terms)
    if obligation.verdict is Verdict.OPEN and statement is not None:
        yield from (f"    {line}" for line in _field("left", _in_words(statement)))
    if search:
        if statement is not None:
            yield f"      {_shape(statement)}, so that in this order"
            yield "      (more: with more facts or effort; longer: takes long):"
        for tried in obligation.attempts:
            yield f"      {tried.prover:<{_ATTEMPT}}  {_time(tried.seconds):>8}  {tried.outcome}"


def _in_words(statement: Statement) -> str:
    """The statement by itself, as one would put it to a colleague."""
    shown = [show_relation(each, {}).text for each in (*statement.hypotheses, statement.goal)]
    letters = f"for all real {', '.join(statement.variables)}" if statement.variables else ""
    vectors = f"all vectors {', '.join(statement.vectors)} of a space of any dimension" if statement.vectors else ""
    with_hypotheses = f" with {', '.join(shown[:-1])}" if statement.hypotheses else ""
    every = " and ".join(part for part in (letters, vectors) if part)
    return f"{every}{with_hypotheses}: {shown[-1]}" if every else shown[-1]


def _shape(statement: Statement) -> str:
    """What decides which provers a statement gets: its kind, its functions, its letters."""
    goal = statement.goal
    kind = {"=": "an equation", "!=": "an inequation"}.get(goal.sign, "an inequality")
    parts = [part for side in (goal.left, goal.right) for part in subterms(side)]
    functions = dict.fromkeys(part.function for part in parts if isinstance(part, Apply))
    divided = any(isinstance(part, Power) and part.exponent < 0 for part in parts)
    plain = "rational functions" if divided else "polynomials"
    of = f"with {', '.join(functions)}" if functions else f"of {plain}"
    letters = ", ".join((*statement.variables, *statement.vectors))
    return f"{kind} {of}" + (f" in {letters}" if letters else "")


def _rests_on(claim: ClaimResult, derivation: DerivationResult) -> Iterator[str]:
    sources = (f"{each.name}: {each.citation}" for each in derivation.sources_below(claim))
    for title, listed in (
        ("rules", claim.rules),
        ("rules, through premises", derivation.rules_below(claim)),
        ("sources, through premises", tuple(sources)),
    ):
        if listed:
            yield ""
            yield f"  {title}"
            yield from (f"    {each}" for each in listed)
    if claim.resting_on:
        yield ""
        yield "  rests on"
        direct = {premise.claim for premise in claim.premises}
        for premise in claim.resting_on:
            through = "" if premise.claim in direct else "  (through a premise)"
            yield f"    {premise.claim}  {premise.verdict.value}{through}"


def source_lines(file: Path, name: str, line: int) -> list[str]:
    """The lines of a claim's function with its decorators. Raises `OSError` or `SyntaxError`."""
    written = file.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(written)):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            if first <= line <= node.lineno:
                lines = written.splitlines()[first - 1 : node.end_lineno]
                return [f"{number:5}  {text}" for number, text in enumerate(lines, first)]
    return []


def _field(name: str, value: str) -> Iterator[str]:
    filled = textwrap.wrap(value, _WIDTH - 14, break_long_words=False, break_on_hyphens=False) or [""]
    yield f"  {name:<10}{filled[0]}"
    yield from (f"{'':12}{line}" for line in filled[1:])


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s"
