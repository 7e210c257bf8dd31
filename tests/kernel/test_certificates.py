"""A certificate has one JSON form, and nothing else is read as one."""

import copy
import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofcheck.kernel.certificates import Cell, Proof, Witness, decode_proof, decode_witness, encode
from proofcheck.kernel.reading import Malformed

from .examples import TRUTHS
from .strategies import json_data, proofs, witnesses


@settings(max_examples=40)
@given(proofs)
def test_a_proof_survives_json(proof: Proof) -> None:
    assert decode_proof(json.loads(json.dumps(encode(proof)))) == proof


@given(witnesses)
def test_a_witness_survives_json(witness: Witness) -> None:
    assert decode_witness(json.loads(json.dumps(encode(witness)))) == witness


@pytest.mark.parametrize("name", TRUTHS)
def test_each_example_survives_json(name: str) -> None:
    _, proof = TRUTHS[name]
    assert decode_proof(json.loads(json.dumps(encode(proof)))) == proof


@given(json_data)
def test_random_json_is_malformed(data: object) -> None:
    for decode in (decode_proof, decode_witness):
        with pytest.raises(Malformed):
            decode(data)


def places(data: object, path: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    found = [path]
    if isinstance(data, list):
        for index, part in enumerate(data):
            found += places(part, (*path, index))
    return found


def replaced(data: Any, path: tuple[int, ...], new: object) -> object:
    if not path:
        return new
    result = copy.deepcopy(data)
    inner = result
    for index in path[:-1]:
        inner = inner[index]
    inner[path[-1]] = new
    return result


@settings(max_examples=150)
@given(st.sampled_from(sorted(TRUTHS)), st.randoms(use_true_random=False), json_data)
def test_a_proof_with_a_random_part_is_malformed_or_reads_back(name: str, choice: random.Random, new: object) -> None:
    data = encode(TRUTHS[name][1])
    changed = replaced(data, choice.choice(places(data)), new)
    try:
        proof = decode_proof(changed)
    except Malformed:
        return
    assert json.dumps(encode(proof)) == json.dumps(changed)


PROOF: Any = encode(TRUTHS["product of facts"][1])
CELL = ["Balls", [["Range", "x", 0, 1]], ["Cell"]]
STURM = ["Sturm", "x", 0, None]


def holding(evidence: object) -> list[object]:
    return ["Proof", [], evidence]


@pytest.mark.parametrize(
    "evidence", [CELL, STURM, ["Sturm", "x", None, 1], ["Contradiction", STURM], ["Apart", "<", STURM]]
)
def test_good_evidence(evidence: object) -> None:
    assert encode(decode_proof(holding(evidence))) == holding(evidence)


@pytest.mark.parametrize(
    "evidence",
    [
        None,
        [],
        {},
        1,
        "Cell",
        ["Cell"],
        ["Proof", [], STURM],
        ["Summand", "1", [], ["rational", "1"]],
        ["Witness", [], []],
        ["Range", "x", 0, 1],
        ["sturm", "x", 0, None],
        ["Sturm", "x", 0],
        ["Sturm", "x", 0, None, None],
        ["Sturm", 1, 0, None],
        ["Sturm", "x", True, None],
        ["Sturm", "x", 0.0, None],
        ["Sturm", "x", "0", None],
        ["Sturm", "x", [0], None],
        ["Sturm", "x", 1_000_001, None],
        ["Sturm", None, 0, None],
        ["Balls", [["Range", "x", 0, None]], ["Cell"]],
        ["Balls", [["Range", "x", 0, True]], ["Cell"]],
        ["Balls", [["Sturm", "x", 0, 1]], ["Cell"]],
        ["Balls", ["Range", "x", 0, 1], ["Cell"]],
        ["Balls", [["Range", "x", 0, 1]], None],
        ["Balls", [["Range", "x", 0, 1]], STURM],
        ["Balls", [["Range", "x", 0, 1]], ["Excluded", None]],
        ["Balls", [["Range", "x", 0, 1]], ["Cut", "x", 1, ["Cell"], ["Cell"]]],
        ["Balls", [["Range", "x", 0, 1]], ["Cut", "x", 0.5, ["Cell"], ["Cell"]]],
        ["Combination", [], [["Summand", 1, [], ["rational", "1"]]], []],
        ["Combination", [], [["Summand", "1.0", [], ["rational", "1"]]], []],
        ["Combination", [], [["Summand", "2/2", [], ["rational", "1"]]], []],
        ["Combination", [], [["Summand", "1", [True], ["rational", "1"]]], []],
        ["Combination", [], [["Summand", "1", [0.0], ["rational", "1"]]], []],
        ["Combination", [], [["Summand", "1", [None], ["rational", "1"]]], []],
        ["Combination", [], [["Multiple", ["rational", "1"], 0]], []],
        ["Combination", [], [], [["Multiple", ["rational", "1"], "0"]]],
        ["Combination", [], [], [["Multiple", 1, 0]]],
        ["Combination", None, [], []],
        ["Lemma", ["==", ["rational", "0"], ["rational", "0"]], holding(STURM), STURM],
        ["Lemma", ["=", ["rational", "0"], ["rational", "0"]], STURM, STURM],
        ["Axiom", 1, [], [], [], STURM],
        ["Axiom", "pythagoras", ["rational", "1"], [], [], STURM],
        ["Instance", ["statement", ["x", "x"], [], [], ["=", ["sum"], ["sum"]]], holding(STURM), [], [], [], STURM],
        ["Instance", ["statement", [], [], [], ["=", ["variable", "x"], ["sum"]]], holding(STURM), [], [], [], STURM],
    ],
)  # fmt: skip
def test_bad_evidence_is_malformed(evidence: object) -> None:
    with pytest.raises(Malformed):
        decode_proof(holding(evidence))


@pytest.mark.parametrize(
    "data", [PROOF[1:], [*PROOF, []], ["proof", *PROOF[1:]], PROOF[2], ["Proof", None, STURM], "Proof"]
)
def test_a_proof_is_a_record(data: object) -> None:
    with pytest.raises(Malformed):
        decode_proof(data)


@pytest.mark.parametrize(
    "data",
    [
        ["Witness", [], []],
        ["Witness", ["1/2", ["Root", ["-2", "0", "1"], "1", "2"]], [["1", "0"], ["-1/3", "2"]]],
    ],
)
def test_good_witnesses(data: object) -> None:
    assert encode(decode_witness(data)) == data


@pytest.mark.parametrize(
    "data",
    [
        PROOF,
        ["Witness", []],
        ["Witness", [1], []],
        ["Witness", [0.5], []],
        ["Witness", [None], []],
        ["Witness", [True], []],
        ["Witness", ["x"], []],
        ["Witness", [["Cell"]], []],
        ["Witness", [["Root", ["-2", "0", "1"], "1"]], []],
        ["Witness", [["Root", [-2, 0, 1], "1", "2"]], []],
        ["Witness", [], ["1"]],
        ["Witness", [], [[1]]],
    ],
)
def test_bad_witnesses_are_malformed(data: object) -> None:
    with pytest.raises(Malformed):
        decode_witness(data)


def test_proofs_nested_too_deeply_are_malformed() -> None:
    evidence: object = STURM
    for _ in range(97):
        evidence = ["Contradiction", evidence]
    assert encode(decode_proof(holding(evidence))) == holding(evidence)
    with pytest.raises(Malformed):
        decode_proof(holding(["Contradiction", evidence]))


@pytest.mark.parametrize("stranger", [0.5, object(), [], {}, b"x", Cell], ids=lambda stranger: type(stranger).__name__)
def test_what_is_no_part_of_a_certificate_is_not_encoded(stranger: object) -> None:
    with pytest.raises(Malformed, match="not a part"):
        encode(stranger)
