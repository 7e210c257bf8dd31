"""Changed statements, proofs, witnesses and records: turned down or true, at once, in little memory.

`benchmarks/fuzz_kernel.py` goes on for as long as one likes, and starts from the certificates of the derivations.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from proofcheck.kernel.statements import encode_statement

from .fuzzing import PAIRS, RECORDS, Judge, accepted_statements, complaint, is_false, named, pairs, records, sealed
from .test_falsehoods import FALSEHOODS

KNOWN = {json.dumps(statement) for statement, _ in PAIRS} | {
    json.dumps(encode_statement(statement))
    for content in RECORDS
    for statement in accepted_statements("record", sealed(content))
}
several = settings(max_examples=200, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    judge = Judge()
    yield judge
    judge.end()


@several
@given(pairs(PAIRS))
def test_a_changed_pair(judge: Judge, written: str) -> None:
    outcome = judge.ask("pair", written)
    assert complaint("pair", written, outcome, KNOWN) is None, outcome


@several
@given(records(RECORDS))
def test_a_changed_record(judge: Judge, written: str) -> None:
    outcome = judge.ask("record", written)
    assert complaint("record", written, outcome, KNOWN) is None, outcome


def test_what_is_not_changed_is_accepted(judge: Judge) -> None:
    proved = [pair for pair in PAIRS if pair[1][0] == "Proof"]
    assert all(judge.ask("pair", json.dumps([*pair, []])).outcome == "accepted" for pair in proved)
    assert all(judge.ask("pair", json.dumps(named(*pair))).outcome == "accepted" for pair in proved)
    assert all(judge.ask("record", sealed(content)).outcome == "accepted" for content in RECORDS)


def test_the_second_opinion_sees_falsehoods() -> None:
    seen = [name for name in FALSEHOODS if is_false(name)]
    assert len(seen) > len(FALSEHOODS) * 2 / 3
