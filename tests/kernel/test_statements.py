"""What a statement says: its relations, their negations, and when they are defined."""

import hashlib
import json
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings

from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.statements import (
    NEGATION,
    Relation,
    Statement,
    canonical,
    conditions,
    decode_relation,
    decode_statement,
    encode_relation,
    encode_statement,
    instance,
    undeclared,
    validate,
)
from proofcheck.kernel.terms import Power, Reader, Term, Variable

from .examples import ONE, TRUTHS, ZERO, apply, minus, number, plus, sqrt, statement, times, uv, x, y
from .reference import Unclear, Undefined, truth
from .strategies import json_data, points, relations, scalar_relations, statements

BEFORE = -1, 0, 1


@pytest.mark.parametrize("sign", sorted(NEGATION))
@pytest.mark.parametrize("left", BEFORE)
def test_a_relation_or_its_negation_holds_but_not_both(sign: str, left: int) -> None:
    relation = Relation(number(left), sign, ZERO)
    assert truth(relation, {}) is not truth(relation.negated(), {})
    assert relation.negated().negated() == relation


@pytest.mark.parametrize("sign", sorted(NEGATION))
@pytest.mark.parametrize("left", BEFORE)
def test_an_oriented_relation_says_the_same(sign: str, left: int) -> None:
    relation = Relation(number(left), sign, ZERO)
    term, oriented = relation.oriented()
    assert oriented in ("=", "!=", ">=", ">")
    assert truth(Relation(term, oriented, ZERO), {}) is truth(relation, {})


def test_conditions_of_each_partial_operation() -> None:
    for term, expected in [
        (Power(x, -1), [Relation(x, "!=", ZERO)]),
        (Power(x, -7), [Relation(x, "!=", ZERO)]),
        (Power(x, 0), []),
        (Power(x, 3), []),
        (sqrt(x), [Relation(x, ">=", ZERO)]),
        (apply("log", x), [Relation(x, ">", ZERO)]),
        (apply("power", x, y), [Relation(x, ">", ZERO)]),
        (apply("arccos", x), [Relation(x, ">=", number(-1)), Relation(x, "<=", ONE)]),
        (apply("exp", x), []),
        (apply("sin", x), []),
        (apply("cos", x), []),
        (apply("pi"), []),
        (plus(x, times(x, uv)), []),
    ]:
        assert conditions(Relation(term, "=", ZERO)) == tuple(expected)
        assert conditions(Relation(ZERO, "<", term)) == tuple(expected)


def test_conditions_come_inside_out_left_before_right_and_once() -> None:
    left = sqrt(plus(apply("log", x), Power(y, -1)))
    relation = Relation(left, "<=", times(apply("log", x), sqrt(y)))
    assert conditions(relation) == (
        Relation(x, ">", ZERO),
        Relation(y, "!=", ZERO),
        Relation(plus(apply("log", x), Power(y, -1)), ">=", ZERO),
        Relation(y, ">=", ZERO),
    )


def test_a_power_of_zero_leaves_the_conditions_of_its_base() -> None:
    assert conditions(Relation(Power(Power(x, -1), 0), "=", ONE)) == (Relation(x, "!=", ZERO),)


@given(relations)
def test_each_condition_is_defined_where_the_earlier_ones_hold(relation: Relation) -> None:
    earlier: set[Relation] = set()
    for condition in conditions(relation):
        assert earlier.issuperset(conditions(condition))
        earlier.add(condition)


@settings(max_examples=150)
@given(scalar_relations, points)
def test_a_relation_is_defined_exactly_where_its_conditions_hold(
    relation: Relation, point: dict[Term, Fraction]
) -> None:
    try:
        try:
            truth(relation, point)
            defined = True
        except Undefined:
            defined = False
        for condition in conditions(relation):
            # The earlier conditions hold, so that this one is defined: Undefined would fail the test.
            if not truth(condition, point):
                assert not defined
                return
        assert defined
    except (Unclear, OverflowError):
        assume(False)


def test_an_instance_replaces_on_both_sides() -> None:
    assert instance(Relation(x, "<", Power(x, 2)), {"x": y}) == Relation(y, "<", Power(y, 2))


def test_undeclared_names_are_found_on_both_sides() -> None:
    relation = Relation(plus(x, uv), "<", sqrt(y))
    assert list(undeclared(relation, frozenset("xy"), frozenset("uv"))) == []
    assert list(undeclared(relation, frozenset("x"), frozenset("uv"))) == ["y"]
    assert list(undeclared(relation, frozenset("y"), frozenset("u"))) == ["x", "v"]
    assert list(undeclared(relation, frozenset("xy"), frozenset("v"))) == ["u"]
    # A variable is no vector and a vector no variable.
    assert sorted(undeclared(relation, frozenset("uv"), frozenset("xy"))) == ["u", "v", "x", "y"]


@given(relations)
def test_a_relation_survives_json(relation: Relation) -> None:
    assert decode_relation(json.loads(json.dumps(encode_relation(relation))), Reader()) == relation


@given(statements)
def test_a_statement_survives_json(given_statement: Statement) -> None:
    assert decode_statement(json.loads(canonical(encode_statement(given_statement)))) == given_statement


@given(json_data)
def test_random_json_is_no_statement(data: object) -> None:
    for read in (decode_statement, decode_relation):
        with pytest.raises(Malformed):
            read(data, Reader())


GOOD = encode_statement(statement(Relation(x, "<=", uv), Relation(y, "=", ZERO)))


def test_the_good_statement_is_good() -> None:
    assert encode_statement(decode_statement(GOOD)) == GOOD


@pytest.mark.parametrize(
    "data",
    [
        GOOD[1:],
        [*GOOD, []],
        ["Statement", *GOOD[1:]],
        ["statement", ["x", "y", "x"], *GOOD[2:]],
        ["statement", ["x", "y", "u"], *GOOD[2:]],
        ["statement", ["x", "y"], ["u", "v", "v"], *GOOD[3:]],
        ["statement", ["x"], *GOOD[2:]],
        ["statement", ["y"], *GOOD[2:]],
        ["statement", ["x", "y"], ["u"], *GOOD[3:]],
        ["statement", ["x", "y"], ["v"], *GOOD[3:]],
        ["statement", ["x", "y", 1], *GOOD[2:]],
        ["statement", ["x", "y", "z z"], *GOOD[2:]],
        ["statement", "xy", *GOOD[2:]],
        ["statement", ["x", "y"], "uv", *GOOD[3:]],
        [*GOOD[:3], {}, GOOD[4]],
        [*GOOD[:4], ["==", ["rational", "0"], ["rational", "0"]]],
        [*GOOD[:4], ["<=", ["rational", "0"]]],
        [*GOOD[:4], ["<=", ["rational", "0"], ["rational", 1]]],
        [*GOOD[:4], [True, ["rational", "0"], ["rational", "1"]]],
    ],
)
def test_a_bad_statement_is_malformed(data: object) -> None:
    with pytest.raises(Malformed):
        decode_statement(data)


def test_validation_looks_at_hypotheses_and_goal() -> None:
    stranger = Relation(Variable("stranger"), "=", ZERO)
    validate(statement(Relation(x, "=", ZERO), Relation(uv, "=", ZERO)))
    for bad in (statement(stranger), statement(Relation(x, "=", ZERO), stranger)):
        with pytest.raises(Malformed, match="stranger"):
            validate(bad)


def test_the_canonical_bytes_are_ascii_sorted_and_compact() -> None:
    assert canonical({"b": [1, "é"], "a": None}) == b'{"a":null,"b":[1,"\\u00e9"]}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical([float("nan")])


def test_the_digest_is_the_hash_of_the_canonical_bytes() -> None:
    trivial = statement(Relation(x, "=", x), variables="x", vectors="")
    written = b'["statement",["x"],[],[],["=",["variable","x"],["variable","x"]]]'
    assert trivial.digest() == hashlib.sha256(written).hexdigest()


def test_different_statements_have_different_digests() -> None:
    digests = {truth.digest() for truth, _ in TRUTHS.values()}
    assert len(digests) == len({truth for truth, _ in TRUTHS.values()})
    assert statement(Relation(minus(x, y), "<", ZERO)).digest() not in digests
