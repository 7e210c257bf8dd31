"""True statements and their proofs, changed at random or exchanged: what is still accepted has no counterexample."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofcheck.kernel.certificates import Proof, Witness, decode_proof, encode
from proofcheck.kernel.check import Rejected, check, refute
from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.statements import NEGATION, Statement, decode_statement, encode_statement
from proofcheck.kernel.terms import encode_term

from ..kernel.examples import TRUTHS
from ..kernel.reference import Unclear
from ..kernel.strategies import fractions, proofs, roots, statements, terms
from .test_falsehoods import has_counterexample


def seemingly_true(statement: Statement) -> bool:
    try:
        return not has_counterexample(statement)
    except Unclear:
        return True


def is_accepted(statement: Statement, proof: Proof) -> bool:
    try:
        check(statement, proof)
    except Rejected:
        return False
    return True


def test_the_examples_have_no_counterexample() -> None:
    assert all(seemingly_true(statement) for statement, _ in TRUTHS.values())


def with_sign(statement: Statement, sign: str) -> Statement:
    return replace(statement, goal=replace(statement.goal, sign=sign))


def test_a_proof_proves_no_falsehood_with_another_sign() -> None:
    for (statement, proof), sign in product(TRUTHS.values(), NEGATION):
        claimed = with_sign(statement, sign)
        assert not is_accepted(claimed, proof) or seemingly_true(claimed)


def test_a_proof_of_one_example_does_not_prove_the_negation_of_another() -> None:
    for (statement, _), (_, proof) in product(TRUTHS.values(), TRUTHS.values()):
        claimed = with_sign(statement, statement.goal.negated().sign)
        assert not is_accepted(claimed, proof) or seemingly_true(claimed)


def leaves_of(data: Any, path: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    if isinstance(data, list) and data:
        yield path
        for index, part in enumerate(data):
            yield from leaves_of(part, (*path, index))
    else:
        yield path


new_parts = st.one_of(
    terms.map(encode_term),
    fractions.map(str),
    st.integers(-2, 6),
    st.sampled_from([*NEGATION, "x", "y", "u", "v", None]),
)


@settings(max_examples=300)
@given(st.sampled_from(sorted(TRUTHS)), st.randoms(use_true_random=False), new_parts)
def test_an_example_with_a_part_changed(name: str, choice: random.Random, part: Any) -> None:
    statement, proof = TRUTHS[name]
    data: Any = json.loads(json.dumps([encode_statement(statement), encode(proof)]))
    *path, last = choice.choice([path for path in leaves_of(data) if path])
    inner = data
    for index in path:
        inner = inner[index]
    inner[last] = part
    try:
        claimed = decode_statement(data[0])
        check(claimed, decode_proof(data[1]))
    except (Malformed, Rejected):
        return
    assert seemingly_true(claimed)


@settings(max_examples=25)
@given(statements, proofs)
def test_random_proofs_end_in_a_verdict(statement: Statement, proof: Proof) -> None:
    assert not is_accepted(statement, proof) or seemingly_true(statement)


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(TRUTHS)),
    st.builds(Witness, st.tuples(*[fractions | roots] * 3), st.tuples(*[st.tuples(fractions, fractions)] * 2)),
)
def test_no_witness_refutes_a_truth(name: str, witness: Witness) -> None:
    statement, _ = TRUTHS[name]
    with pytest.raises(Rejected):
        refute(statement, witness)
