"""The record of a derivation on disk: one JSON file that anyone can recheck with the kernel alone.

    {"content": CONTENT, "sha256": the SHA-256 of CONTENT's canonical bytes, in hexadecimal}

CONTENT is an object with exactly these keys:

    format      "proofcheck record 2"
    kernel      the kernel's version
    name, title, source     texts
    uncovered   [[number, reason], ...]
    troubles    [{file, line, message, remedy}, ...]
    findings    [{kind, weight, title, words, claims}, ...]
    sections    [[file, title], ...]
    claims      [{name, where, summary, covers, file, line, formula, latex, verdict, expected, reason,
                  counterexample, obligations, premises, resting_on, rules, citation, amends, sharpens,
                  definitions}, ...]

    obligations     [{label, formula, latex, verdict, decisive, prover, explanation, explanation_latex,
                      statement, digest, certificate, witness}, ...]
    premises, resting_on    [[claim, verdict], ...]
    definitions     [[name, text, latex, whether it says what the name ranges over], ...]

`counterexample` says that the obligations verify a counterexample to the claim. `statement`, `certificate` and
`witness` follow the kernel's own grammar (`kernel.statements`, `kernel.certificates`). The file is the canonical
encoding itself (sorted keys, no spaces, ASCII, one newline at the end): every byte counts, and equal runs give
equal files. How long a search took is no part of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

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

FORMAT = "proofcheck record 2"
_LONGEST_FILE = 10**7
Read = TypeVar("Read")
Choice = TypeVar("Choice", bound=Enum)
Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class Content:
    """What a record says: the derivation's result, which claims are refuted by a counterexample, the hash."""

    derivation: DerivationResult
    counterexamples: frozenset[str]
    sha256: str


def content_of(derivation: DerivationResult) -> Record:
    """The record's content as JSON data."""
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
        "claims": [_claim(claim) for claim in derivation.claims],
    }


def sha256_of(derivation: DerivationResult) -> str:
    """The hash that the record carries and `proofcheck recheck` prints."""
    return hashlib.sha256(canonical(content_of(derivation))).hexdigest()


def write_record(derivation: DerivationResult) -> bytes:
    """The record's file."""
    return canonical({"content": content_of(derivation), "sha256": sha256_of(derivation)}) + b"\n"


def json_of_run(result: RunResult) -> Record:
    """A whole run for other programs: the records' contents, with every attempt and its milliseconds."""
    derivations = []
    for derivation in result.derivations:
        content = content_of(derivation)
        content["claims"] = [
            {
                **_claim(claim),
                "attempts": [
                    [obligation.label, each.prover, round(1000 * each.seconds), each.outcome]
                    for obligation in claim.obligations
                    for each in obligation.attempts
                ],
            }
            for claim in derivation.claims
        ]
        derivations.append({**content, "sha256": sha256_of(derivation)})
    return {"kernel": result.kernel_version, "as_expected": result.as_expected, "derivations": derivations}


def read_record(written: bytes) -> Content:
    """Read a record and compare its hash; no certificate is checked here. Raises `Malformed`."""
    try:
        data = json.loads(written.decode("ascii"), parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON as a record is written: {error}") from error
    content, recorded = _fields(data, "content", "sha256")
    try:
        inside, outside = canonical(content), canonical(recorded)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON as a record is written: {error}") from error
    if written != b'{"content":%b,"sha256":%b}\n' % (inside, outside):
        raise Malformed("the file is not in the canonical encoding")
    sha256 = hashlib.sha256(inside).hexdigest()
    if recorded != sha256:
        raise Malformed("the content was changed: its hash is not the recorded one")
    return _read_content(content, sha256)


def read_unchecked(written: bytes) -> DerivationResult:
    """The result in a record whose bytes are known to be those that were written. Raises `Malformed`."""
    try:
        content, sha256 = _fields(json.loads(written), "content", "sha256")
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {error}") from error
    return _read_content(content, text(sha256)).derivation


def _claim(claim: ClaimResult) -> Record:
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
        "obligations": [_obligation(obligation) for obligation in claim.obligations],
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


def _obligation(obligation: ObligationResult) -> Record:
    return {
        "label": obligation.label,
        "formula": obligation.formula,
        "latex": obligation.latex,
        "verdict": obligation.verdict.value,
        "decisive": obligation.decisive,
        "prover": obligation.prover,
        "explanation": obligation.explanation,
        "explanation_latex": obligation.explanation_latex,
        "statement": obligation.statement,
        "digest": obligation.digest,
        "certificate": obligation.certificate,
        "witness": obligation.witness,
    }


def _no_float(written: str) -> object:
    raise Malformed(f"a record has no number like {written[:40]}")


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
    names = ("format", "kernel", "name", "title", "source", "uncovered", "troubles", "findings", "sections", "claims")
    form, version, name, title, source, uncovered, troubles, findings, sections, claims = _fields(data, *names)
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
    "digest",
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
        digest=_optional(values["digest"]),
        certificate=values["certificate"],
        witness=values["witness"],
        attempts=(),
    )
