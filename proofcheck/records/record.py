"""The record of a derivation on disk: one JSON file that anyone can recheck with the kernel alone.

    {"content":CONTENT,"sha256":"the SHA-256 of CONTENT as it stands there, in hexadecimal"}

CONTENT is an object with exactly these keys:

    format      "proofcheck record 3"
    kernel      the kernel's version
    name, title, source     texts
    uncovered   [[number, reason], ...]
    troubles    [{file, line, message, remedy}, ...]
    findings    [{kind, weight, title, words, claims}, ...]
    sections    [[file, title], ...]
    terms       [term, ...], each made of those before it, whose numbers stand for them
    claims      [{name, where, summary, covers, file, line, formula, latex, verdict, expected, reason,
                  counterexample, obligations, premises, resting_on, rules, citation, amends, sharpens,
                  definitions}, ...]

    obligations     [{label, formula, latex, verdict, decisive, prover, explanation, explanation_latex,
                      statement, certificate, witness}, ...]
    premises, resting_on    [[claim, verdict], ...]
    definitions     [[name, text, latex, whether it says what the name ranges over], ...]

`counterexample` says that the obligations verify a counterexample to the claim. `terms`, `statement`, `certificate`
and `witness` follow the kernel's own grammar (`kernel.terms`, `kernel.statements`, `kernel.certificates`), in which the
number of a term in the table stands for the term. A record is written with sorted keys, no spaces, in ASCII, with one
newline at the end: every byte counts, and equal runs give equal files. How long a search took is no part of it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from proofcheck import kernel
from proofcheck.kernel.reading import Malformed, integer, items, text
from proofcheck.kernel.statements import canonical
from proofcheck.results import (
    ClaimResult,
    Definition,
    DerivationResult,
    FindingResult,
    Kind,
    ObligationResult,
    Premise,
    RunResult,
    Trouble,
    Verdict,
    Weight,
)

from .table import Table

FORMAT = "proofcheck record 3"
_OLDER = ("proofcheck record 1", "proofcheck record 2")
_FILE = re.compile(rb'\{"content":(.*),"sha256":"([0-9a-f]{64})"\}\n', re.DOTALL)
_LONGEST_FILE = 10**7
Read = TypeVar("Read")
Choice = TypeVar("Choice", bound=Enum)
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """What a record says: the derivation's result, which claims are refuted by a counterexample, the hash."""

    derivation: DerivationResult
    counterexamples: frozenset[str]
    sha256: str


def content_of(derivation: DerivationResult) -> Record:
    """The record's content as JSON data."""
    table = Table(derivation.terms)
    claims = [_claim(claim, table) for claim in derivation.claims]
    return {
        "format": FORMAT,
        "kernel": kernel.VERSION,
        "name": derivation.name,
        "title": derivation.title,
        "source": derivation.source,
        "uncovered": [list(pair) for pair in derivation.uncovered],
        "troubles": [
            {"file": each.file, "line": each.line, "message": each.message, "remedy": each.remedy}
            for each in derivation.troubles
        ],
        "findings": [
            {
                "kind": each.kind.value,
                "weight": each.weight.value,
                "title": each.title,
                "words": each.words,
                "claims": list(each.claims),
            }
            for each in derivation.findings
        ],
        "sections": [list(pair) for pair in derivation.sections],
        "terms": table.entries,
        "claims": claims,
    }


def sha256_of(derivation: DerivationResult) -> str:
    """The hash that the record carries and `proofcheck recheck` prints."""
    return _sha256(canonical(content_of(derivation)))


def write_record(derivation: DerivationResult) -> bytes:
    """The record's file."""
    content = canonical(content_of(derivation))
    return b'{"content":%b,"sha256":"%b"}\n' % (content, _sha256(content).encode())


def json_of_run(result: RunResult) -> Record:
    """A whole run for other programs: the records' contents, with every attempt and its milliseconds."""
    return {
        "kernel": result.kernel_version,
        "as_expected": result.as_expected,
        "derivations": [_with_attempts(derivation) for derivation in result.derivations],
    }


def _with_attempts(derivation: DerivationResult) -> Record:
    content = content_of(derivation)
    attempts = [
        [
            [obligation.label, each.prover, round(1000 * each.seconds), each.outcome]
            for obligation in claim.obligations
            for each in obligation.attempts
        ]
        for claim in derivation.claims
    ]
    claims = [written | {"attempts": tried} for written, tried in zip(content["claims"], attempts, strict=True)]
    return {**content, "claims": claims, "sha256": _sha256(canonical(content))}


def read_record(written: bytes) -> Content:
    """Read a record and compare its hash; no certificate is checked here. Raises `Malformed`."""
    file = _FILE.fullmatch(written)
    if file is None:
        raise Malformed('not a record: {"content":...,"sha256":"..."} and a line\'s end were expected')
    content, recorded = file.groups()
    sha256 = _sha256(content)
    if recorded.decode() != sha256:
        raise Malformed("the content was changed: its hash is not the recorded one")
    try:
        data = json.loads(
            content.decode("ascii"), object_pairs_hook=_object, parse_float=_no_float, parse_constant=_no_float
        )
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON as a record is written: {error}") from error
    return _read_content(data, sha256)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _claim(claim: ClaimResult, table: Table) -> Record:
    refuted = any(each.verdict is Verdict.REFUTED and each.decisive for each in claim.obligations)
    return {
        "name": claim.name,
        "where": claim.where,
        "summary": claim.summary,
        "covers": list(claim.covers),
        "file": claim.file,
        "line": claim.line,
        "formula": claim.formula,
        "latex": claim.latex,
        "verdict": claim.verdict.value,
        "expected": claim.expected.value,
        "reason": claim.reason,
        "counterexample": claim.verdict is Verdict.REFUTED and not refuted,
        "obligations": [_obligation(obligation, table) for obligation in claim.obligations],
        "premises": _pairs(claim.premises),
        "resting_on": _pairs(claim.resting_on),
        "rules": list(claim.rules),
        "citation": claim.citation,
        "amends": claim.amends,
        "sharpens": claim.sharpens,
        "definitions": [[each.name, each.text, each.latex, each.ranges] for each in claim.definitions],
    }


def _pairs(premises: Sequence[Premise]) -> list[list[str]]:
    return [[premise.claim, premise.verdict.value] for premise in premises]


def _obligation(obligation: ObligationResult, table: Table) -> Record:
    statement, certificate = table.written(obligation)
    return {
        "label": obligation.label,
        "formula": obligation.formula,
        "latex": obligation.latex,
        "verdict": obligation.verdict.value,
        "decisive": obligation.decisive,
        "prover": obligation.prover,
        "explanation": obligation.explanation,
        "explanation_latex": obligation.explanation_latex,
        "statement": statement,
        "certificate": certificate,
        "witness": obligation.witness,
    }


def _no_float(written: str) -> object:
    raise Malformed(f"a record has no number like {written[:40]}")


def _object(pairs: list[tuple[str, object]]) -> Record:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("a key is written twice")
    return found


def _fields(data: object, *names: str) -> list[object]:
    """The values of an object that has exactly these keys."""
    if type(data) is not dict or set(data) != set(names):
        raise Malformed(f"an object with the keys {', '.join(names)} was expected")
    return [data[name] for name in names]


def _many(read: Callable[[object], Read], data: object) -> tuple[Read, ...]:
    return tuple(read(part) for part in items(data))


def _optional(data: object) -> str | None:
    return None if data is None else text(data)


def _truth(data: object) -> bool:
    if type(data) is not bool:
        raise Malformed("true or false was expected")
    return data


def _one_of(kind: type[Choice], data: object) -> Choice:
    try:
        return kind(text(data))
    except ValueError as error:
        raise Malformed(f"not a {kind.__name__.lower()}") from error


def _verdict(data: object) -> Verdict:
    return _one_of(Verdict, data)


def _pair(data: object) -> tuple[str, str]:
    match items(data):
        case [first, second]:
            return text(first), text(second)
        case _:
            raise Malformed("a pair was expected")


def _premise(data: object) -> Premise:
    claim, verdict = _pair(data)
    return Premise(claim, _verdict(verdict))


def _read_content(data: object, sha256: str) -> Content:
    if type(data) is dict and data.get("format") in _OLDER:
        raise Malformed("written by an older version of proofcheck; run it again")
    names = ("format", "kernel", "name", "title", "source", "uncovered", "troubles", "findings", "sections", "terms")
    form, version, name, title, source, uncovered, troubles, findings, sections, terms, claims = _fields(
        data, *names, "claims"
    )
    if form != FORMAT:
        raise Malformed(f"not a {FORMAT!r}")
    if version != kernel.VERSION:
        raise Malformed(f"written for another version of the kernel than {kernel.VERSION}; run it again")
    read = _many(_read_claim, claims)
    derivation = DerivationResult(
        text(name),
        text(title),
        text(source),
        tuple(claim for claim, _ in read),
        _many(_read_trouble, troubles),
        _many(_pair, uncovered),
        _many(_read_finding, findings),
        _many(_pair, sections),
        terms,
    )
    if len({claim.name for claim in derivation.claims}) != len(derivation.claims):
        raise Malformed("two claims have one name")
    if not {name for finding in derivation.findings for name in finding.claims} <= {c.name for c in derivation.claims}:
        raise Malformed("a finding is about a claim that is not recorded")
    return Content(derivation, frozenset(claim.name for claim, counter in read if counter), sha256)


def _read_trouble(data: object) -> Trouble:
    file, line, message, remedy = _fields(data, "file", "line", "message", "remedy")
    return Trouble(text(file), integer(line, _LONGEST_FILE), text(message), text(remedy))


def _read_finding(data: object) -> FindingResult:
    kind, weight, title, words, claims = _fields(data, "kind", "weight", "title", "words", "claims")
    return FindingResult(_one_of(Kind, kind), _one_of(Weight, weight), text(title), text(words), _many(text, claims))


def _read_definition(data: object) -> Definition:
    match items(data):
        case [name, written, typeset, ranges]:
            return Definition(text(name), text(written), text(typeset), _truth(ranges))
        case _:
            raise Malformed("a definition was expected")


def _read_claim(data: object) -> tuple[ClaimResult, bool]:
    values = dict(zip(_CLAIM, _fields(data, *_CLAIM), strict=True))
    claim = ClaimResult(
        name=text(values["name"]),
        where=text(values["where"]),
        summary=text(values["summary"]),
        covers=_many(text, values["covers"]),
        file=text(values["file"]),
        line=integer(values["line"], _LONGEST_FILE),
        formula=text(values["formula"]),
        latex=text(values["latex"]),
        verdict=_verdict(values["verdict"]),
        expected=_verdict(values["expected"]),
        reason=text(values["reason"]),
        obligations=_many(_read_obligation, values["obligations"]),
        premises=_many(_premise, values["premises"]),
        resting_on=_many(_premise, values["resting_on"]),
        rules=_many(text, values["rules"]),
        citation=_optional(values["citation"]),
        amends=_optional(values["amends"]),
        sharpens=_optional(values["sharpens"]),
        definitions=_many(_read_definition, values["definitions"]),
    )
    return claim, _truth(values["counterexample"])


_CLAIM = (
    "name",
    "where",
    "summary",
    "covers",
    "file",
    "line",
    "formula",
    "latex",
    "verdict",
    "expected",
    "reason",
    "counterexample",
    "obligations",
    "premises",
    "resting_on",
    "rules",
    "citation",
    "amends",
    "sharpens",
    "definitions",
)
_OBLIGATION = (
    "label",
    "formula",
    "latex",
    "verdict",
    "decisive",
    "prover",
    "explanation",
    "explanation_latex",
    "statement",
    "certificate",
    "witness",
)


def _read_obligation(data: object) -> ObligationResult:
    values = dict(zip(_OBLIGATION, _fields(data, *_OBLIGATION), strict=True))
    return ObligationResult(
        label=text(values["label"]),
        formula=text(values["formula"]),
        latex=text(values["latex"]),
        verdict=_verdict(values["verdict"]),
        decisive=_truth(values["decisive"]),
        prover=_optional(values["prover"]),
        explanation=text(values["explanation"]),
        explanation_latex=text(values["explanation_latex"]),
        statement=values["statement"],
        certificate=values["certificate"],
        witness=values["witness"],
        attempts=(),
    )
