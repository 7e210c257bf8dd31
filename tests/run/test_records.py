"""A record holds as it was written, and with no byte changed."""

import dataclasses
import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from proofcheck.explaining.showing import lines_of_claim
from proofcheck.kernel.certificates import decode_proof, encode
from proofcheck.kernel.statements import Statement, canonical, decode_statement, encode_statement
from proofcheck.kernel.terms import Reader
from proofcheck.records import recheck as recheck_module
from proofcheck.records.recheck import TurnedDown, recheck, recheck_all
from proofcheck.records.record import json_of_run, read_record, sha256_of, write_record
from proofcheck.results import (
    Attempt,
    ClaimResult,
    DerivationResult,
    ObligationResult,
    Premise,
    RunResult,
    Trouble,
    Verdict,
)
from tests.run.statements import ABSURD, FALSE, FALSE_WITNESS, SQUARE, SQUARE_PROOF, UNKNOWN

PROVED, REFUTED, CITED, OPEN = Verdict.PROVED, Verdict.REFUTED, Verdict.CITED, Verdict.OPEN
UNTRUSTED = {
    *("sympy", "mpmath", "numpy", "scipy", "clarabel", "matplotlib", "jinja2", "rich"),
    *("proofcheck.language", "proofcheck.rules", "proofcheck.provers", "proofcheck.numerics", "proofcheck.running.run"),
}


def obligation(
    verdict: Verdict, statement: Statement | None, *, certificate: object = None, witness: object = None
) -> ObligationResult:
    return ObligationResult(
        label="the claim",
        formula="x^2 >= 0",
        latex="x^{2} \\ge 0",
        verdict=verdict,
        decisive=verdict is REFUTED,
        prover="by heart",
        explanation="because ü",
        explanation_latex="",
        statement=None if statement is None else encode_statement(statement),
        certificate=certificate,
        witness=witness,
        attempts=(Attempt("by heart", 0.125, "done"),),
    )


def claim(name: str, verdict: Verdict, *obligations: ObligationResult, **others: Any) -> ClaimResult:
    values: dict[str, Any] = {
        **{"where": "Lemma 1", "summary": "", "covers": ("3.1",), "file": "a.py", "line": 7, "formula": ""},
        **{"latex": "", "expected": verdict, "reason": "", "premises": (), "resting_on": (), "rules": ("a rule",)},
        **{"citation": None, "amends": None, "sharpens": None},
    }
    return ClaimResult(name=name, verdict=verdict, obligations=obligations, **values | others)


PROVEN = obligation(PROVED, SQUARE, certificate=encode(SQUARE_PROOF))
BROKEN = obligation(REFUTED, FALSE, witness=encode(FALSE_WITNESS))
LEMMA = claim("lemma", PROVED, PROVEN)
DERIVATION = DerivationResult(
    "paper",
    "A paper",
    "its source",
    (
        LEMMA,
        claim("wrong", REFUTED, BROKEN, reason="the claim: because ü"),
        claim("unknown", OPEN, obligation(OPEN, UNKNOWN), reason="the claim: because ü"),
        claim("book", CITED, citation="A book, page 3", reason="A book, page 3"),
        claim(
            "theorem",
            PROVED,
            PROVEN,
            obligation(PROVED, None),
            premises=(Premise("lemma", PROVED), Premise("book", CITED)),
            resting_on=(Premise("lemma", PROVED), Premise("book", CITED)),
            amends="wrong",
        ),
        claim("pumped", REFUTED, PROVEN, reason="a counterexample is verified"),
    ),
    (Trouble("b.py", 3, "NameError", "define it"),),
    (("3.9", "prose"),),
)
WRITTEN = write_record(DERIVATION)


def without_attempts(derivation: DerivationResult) -> DerivationResult:
    return dataclasses.replace(
        derivation,
        claims=tuple(
            dataclasses.replace(
                each, obligations=tuple(dataclasses.replace(part, attempts=()) for part in each.obligations)
            )
            for each in derivation.claims
        ),
    )


def written_out(derivation: DerivationResult) -> DerivationResult:
    """The same with every term in its place and no table."""
    terms = Reader(derivation.terms)

    def expanded(part: ObligationResult) -> ObligationResult:
        terms.begin()
        statement = None if part.statement is None else encode_statement(decode_statement(part.statement, terms))
        certificate = None if part.certificate is None else encode(decode_proof(part.certificate, terms))
        return dataclasses.replace(part, statement=statement, certificate=certificate)

    claims = (
        dataclasses.replace(each, obligations=tuple(map(expanded, each.obligations))) for each in derivation.claims
    )
    return dataclasses.replace(derivation, claims=tuple(claims), terms=None)


def test_a_record_is_read_as_it_was_written() -> None:
    content = read_record(WRITTEN)
    assert written_out(content.derivation) == without_attempts(DERIVATION)
    assert content.counterexamples == {"pumped"}
    assert content.sha256 == sha256_of(DERIVATION)
    assert write_record(content.derivation) == WRITTEN


def test_a_claim_is_shown_from_its_record_as_from_its_run() -> None:
    ran, read = without_attempts(DERIVATION), read_record(WRITTEN).derivation
    for own, other in zip(ran.claims, read.claims, strict=True):
        assert [*lines_of_claim(own, ran, search=True)] == [*lines_of_claim(other, read, search=True)]


def test_a_term_is_written_once() -> None:
    terms = json.loads(WRITTEN)["content"]["terms"]
    assert ["variable", "x"] in terms and len(set(map(str, terms))) == len(terms)
    assert WRITTEN.count(b'["variable","x"]') == 1


def test_a_record_that_holds_is_counted_and_hashed() -> None:
    found = recheck(WRITTEN)
    assert (found.certificates, found.witnesses, found.conditions) == (3, 1, 1)
    assert found.sha256 == sha256_of(DERIVATION)


PARENT = os.getpid()


def die(share: int) -> list[Any]:
    """What is killed wherever it helps."""
    if os.getpid() != PARENT:
        os._exit(1)
    return SHARE(share)


SHARE = recheck_module._share


@pytest.mark.parametrize("share", [SHARE, die])
@pytest.mark.parametrize("methods", [["fork"], ["spawn"]])
def test_several_processes_find_what_one_does(
    share: Callable[[int], list[Any]], methods: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = json.loads(WRITTEN)["content"]
    swap_statement(content)
    records = [WRITTEN, hashed(content), b"[]", WRITTEN.replace(b"1", b"2", 1), WRITTEN]
    alone = recheck_all(records)
    monkeypatch.setattr(recheck_module, "_MANY", 0)
    monkeypatch.setattr(recheck_module, "_share", share)
    monkeypatch.setattr(recheck_module, "get_all_start_methods", lambda: methods)
    shared = recheck_all(records, jobs=3)
    assert list(map(repr, shared)) == list(map(repr, alone))
    assert [isinstance(found, TurnedDown) for found in shared] == [False, True, True, True, False]


def test_how_long_a_search_took_is_no_part_of_it() -> None:
    assert write_record(without_attempts(DERIVATION)) == WRITTEN


def test_no_digit_can_be_changed() -> None:
    for place, byte in enumerate(WRITTEN):
        if chr(byte).isdigit():
            changed = bytearray(WRITTEN)
            changed[place] = ord("7") if byte != ord("7") else ord("3")
            with pytest.raises(TurnedDown):
                recheck(bytes(changed))


def test_no_byte_can_be_changed_added_or_left_out() -> None:
    choose = random.Random(1)
    for place in choose.sample(range(len(WRITTEN)), 600):
        before, byte, after = WRITTEN[:place], WRITTEN[place], WRITTEN[place + 1 :]
        other = choose.choice([value for value in range(256) if value != byte])
        for changed in (before + bytes([other]) + after, before + after, before + bytes([other, byte]) + after):
            with pytest.raises(TurnedDown):
                recheck(changed)


def hashed(content: object) -> bytes:
    """A forger's file: a content with the hash that belongs to it."""
    return canonical({"content": content, "sha256": hashlib.sha256(canonical(content)).hexdigest()}) + b"\n"


def set_claim(name: str, key: str, value: object) -> Callable[[Any], None]:
    def change(content: Any) -> None:
        [found] = [each for each in content["claims"] if each["name"] == name]
        found[key] = value

    return change


def set_obligation(name: str, key: str, value: object) -> Callable[[Any], None]:
    def change(content: Any) -> None:
        [found] = [each for each in content["claims"] if each["name"] == name]
        found["obligations"][0][key] = value

    return change


def swap_statement(content: Any) -> None:
    content["claims"][0]["obligations"][0]["statement"] = encode_statement(ABSURD)


def set_terms(*entries: object) -> Callable[[Any], None]:
    """More terms in the table, the last of them in the goal of the first statement."""

    def change(content: Any) -> None:
        terms = content["terms"]
        terms += entries
        content["claims"][0]["obligations"][0]["statement"][4][1] = len(terms) - 1

    return change


def set_goal(term: object) -> Callable[[Any], None]:
    def change(content: Any) -> None:
        content["claims"][0]["obligations"][0]["statement"][4][1] = term

    return change


SIZE = len(json.loads(WRITTEN)["content"]["terms"])
CHAIN = [["sum", number] for number in range(SIZE - 1, SIZE + 200)]
DOUBLED = [["product", number, number] for number in range(SIZE - 1, SIZE + 60)]


FORGERIES = [
    (set_claim("unknown", "verdict", "PROVED"), "makes it OPEN"),
    (set_claim("wrong", "verdict", "OPEN"), "makes it REFUTED"),
    (set_claim("lemma", "verdict", "CITED"), "makes it PROVED"),
    (set_claim("lemma", "verdict", "SURE"), "not a verdict"),
    (set_claim("lemma", "obligations", []), "makes it OPEN"),
    (set_claim("lemma", "counterexample", True), "makes it REFUTED"),
    (set_claim("pumped", "counterexample", False), "makes it PROVED"),
    (set_claim("theorem", "premises", [["unknown", "PROVED"]]), "makes it OPEN"),
    (set_claim("theorem", "premises", [["theorem", "PROVED"]]), "makes it OPEN"),
    (set_claim("theorem", "resting_on", []), "does not rest on"),
    (set_claim("theorem", "premises", [["lemma", "CITED"], ["book", "CITED"]]), "does not rest on"),
    (set_claim("wrong", "reason", "a whim"), "reason"),
    (set_claim("lemma", "line", True), "integer"),
    (set_claim("lemma", "name", "theorem"), "two claims"),
    (set_obligation("unknown", "verdict", "PROVED"), "evidence recorded"),
    (set_obligation("lemma", "certificate", None), "evidence recorded"),
    (set_obligation("lemma", "witness", encode(FALSE_WITNESS)), "evidence recorded"),
    (set_obligation("lemma", "statement", None), "condition of analysis"),
    (set_obligation("lemma", "statement", ["statement"]), "not a statement"),
    (set_obligation("lemma", "certificate", ["Proof", [], ["Eval", "1"]]), "not a certificate"),
    (set_obligation("unknown", "verdict", "SAMPLED"), "no obligation is SAMPLED"),
    (swap_statement, "the two sides of the combination differ"),
    (lambda content: content.update(kernel="0"), "another version"),
    (
        lambda content: content.update(format="proofcheck record 1"),
        "written by an older version of proofcheck; run it again",
    ),
    (lambda content: content.update(format="proofcheck record 4"), "not a 'proofcheck record 3'"),
    (lambda content: content.update(terms={}), "a list was expected"),
    (lambda content: content.update(terms=[]), "names no term"),
    (lambda content: content.pop("terms"), "object with the keys"),
    (set_terms(7), "names no term"),
    (set_terms(None), "a list was expected"),
    (set_terms("x"), "a list was expected"),
    (set_terms(True), "a list was expected"),
    (set_terms(["variable", 0]), "a string was expected"),
    (set_terms(["sum", True]), "a list was expected"),
    (set_terms(["sum", -1]), "names no term before it"),
    (set_terms(["sum", SIZE]), "names no term before it"),
    (set_terms(["sum", SIZE + 1], ["sum", SIZE]), "names no term before it"),
    (set_terms(["sum", 10**4000]), "names no term before it"),
    (set_terms(["power", 0, 10**4]), "the two sides of the combination differ|too large"),
    (set_terms(["power", 0, 10**4 + 1]), "an integer"),
    (set_terms(*CHAIN), "nested too deeply"),
    (set_terms(*DOUBLED), "more than 100000 subterms"),
    (set_goal(-1), "names no term"),
    (set_goal(SIZE), "names no term"),
    (set_goal(False), "a list was expected"),
    (set_goal("0"), "a list was expected"),
    (set_goal(["sum", SIZE]), "names no term"),
    (lambda content: content.update(more=1), "object with the keys"),
    (lambda content: content["claims"][0].pop("rules"), "object with the keys"),
    (lambda content: content.update(claims={}), "a list was expected"),
]


@pytest.mark.parametrize(("change", "reason"), FORGERIES)
def test_a_forgery_with_the_right_hash_is_turned_down(change: Callable[[Any], None], reason: str) -> None:
    content = json.loads(WRITTEN)["content"]
    change(content)
    with pytest.raises(TurnedDown, match=reason):
        recheck(hashed(content))


def numbers_of(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(data, list):
        return [found for place, part in enumerate(data) for found in numbers_of(part, (*path, place))]
    return [path] if isinstance(data, int) or (isinstance(data, str) and data.strip("-").isdigit()) else []


@pytest.mark.parametrize(("place", "key"), [(0, "certificate"), (1, "witness"), (0, "statement")])
def test_a_changed_number_with_the_right_hash_is_turned_down(place: int, key: str) -> None:
    for path in numbers_of(json.loads(WRITTEN)["content"]["claims"][place]["obligations"][0][key]):
        content = json.loads(WRITTEN)["content"]
        data = content["claims"][place]["obligations"][0][key]
        for step in path[:-1]:
            data = data[step]
        old = data[path[-1]]
        data[path[-1]] = old + 1 if isinstance(old, int) else str(-1 - int(old))
        with pytest.raises(TurnedDown):
            recheck(hashed(content))


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"{}\n",
        b"[]\n",
        b"\xff",
        b"[" * 100_000,
        b'{"content": 1.5, "sha256": ""}\n',
        b'{"content":NaN,"sha256":""}\n',
        b'{"content":' + b"9" * 10_000 + b',"sha256":""}\n',
        WRITTEN + WRITTEN,
        WRITTEN[:-1],
        WRITTEN + b" ",
        WRITTEN.replace(b'","', b'", "'),
        json.dumps(json.loads(WRITTEN), indent=1).encode(),
    ],
)
def test_what_is_not_a_record_is_turned_down(written: bytes) -> None:
    with pytest.raises(TurnedDown):
        recheck(written)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (b'"claims":[', b'"claims":[],"claims":[', "a key is written twice"),
        (b'"verdict":"PROVED"', b'"verdict":"OPEN","verdict":"PROVED"', "a key is written twice"),
        (b'"line":7', b'"line":7.0', "no number like 7.0"),
        (b'"line":7', b'"line":NaN', "no number like NaN"),
        (b'"line":7', b'"line":' + b"7" * 5000, "not JSON"),
        (b'"line":7', b'"line":' + b"[" * 100_000, "not JSON"),
        (b"\\u00fc", "ü".encode(), "not JSON"),
        (b'"a.py"', b'"a.py', "not JSON"),
    ],
)
def test_what_is_not_json_as_a_record_is_written_is_turned_down_with_the_right_hash(
    before: bytes, after: bytes, reason: str
) -> None:
    content = WRITTEN.removeprefix(b'{"content":')[: -len(b',"sha256":""}\n') - 64].replace(before, after, 1)
    assert content != WRITTEN.removeprefix(b'{"content":')[: -len(b',"sha256":""}\n') - 64]
    with pytest.raises(TurnedDown, match=reason):
        recheck(b'{"content":%b,"sha256":"%b"}\n' % (content, hashlib.sha256(content).hexdigest().encode()))


def test_rechecking_imports_the_kernel_alone() -> None:
    script = (
        "import sys\nfrom proofcheck.records.recheck import recheck\n"
        "recheck(sys.stdin.buffer.read())\nprint(*sys.modules, sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", script], input=WRITTEN, capture_output=True, check=True)
    imported = set(done.stdout.decode().split())
    assert "proofcheck.kernel.check" in imported
    assert not imported & UNTRUSTED


def test_a_run_for_other_programs_has_the_records_and_the_attempts() -> None:
    data: Any = json.loads(json.dumps(json_of_run(RunResult("1", (DERIVATION,)))))
    assert data["as_expected"] is False
    [derivation] = data["derivations"]
    assert derivation["sha256"] == sha256_of(DERIVATION)
    assert derivation["claims"][0]["attempts"] == [["the claim", "by heart", 125, "done"]]
