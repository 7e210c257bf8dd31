"""Certificates: what a prover hands to the kernel, as plain data with one JSON form.

Evidence closes a goal from numbered facts. The facts are the hypotheses in order, each preceded by the
conditions under which it is defined; evidence that proves something on the way appends to them. `check` says
what each kind means.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache
from typing import Union, cast, get_args, get_origin, get_type_hints

from .reading import DEEPEST, Malformed, integer, items, rational, text
from .statements import (
    Relation,
    Statement,
    decode_relation,
    decode_statement,
    encode_relation,
    encode_statement,
)
from .terms import Apply, Inner, Power, Product, Rational, Reader, Sum, Term, Variable, encode_term


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence for a relation, after evidence for each condition under which it is defined."""

    definedness: tuple[Evidence, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Summand:
    """`weight * product of facts * square**2`, the weight positive, each fact `>= 0` or `> 0`."""

    weight: Fraction
    facts: tuple[int, ...]
    square: Term


@dataclass(frozen=True, slots=True)
class Multiple:
    """`factor * fact`, the fact an equation."""

    factor: Term
    fact: int


@dataclass(frozen=True, slots=True)
class Combination:
    """`product of multiplier * goal = sum of summands + sum of multiples`, an identity."""

    multiplier: tuple[int, ...]
    summands: tuple[Summand, ...]
    multiples: tuple[Multiple, ...]


@dataclass(frozen=True, slots=True)
class Sturm:
    """The sign of a rational function of one variable, between two bounds that facts give."""

    variable: str
    lower: int | None
    upper: int | None


@dataclass(frozen=True, slots=True)
class Range:
    """The facts that bound a variable below and above by rationals."""

    variable: str
    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A box on which ball arithmetic decides the goal."""


@dataclass(frozen=True, slots=True)
class Excluded:
    """A box on which ball arithmetic shows that a fact fails."""

    fact: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A box cut in two at a value of one variable."""

    variable: str
    at: Fraction
    below: Cover
    above: Cover


@dataclass(frozen=True, slots=True)
class Balls:
    """A cover of the box by cells."""

    ranges: tuple[Range, ...]
    cover: Cover


@dataclass(frozen=True, slots=True)
class Split:
    """Three cases: a term is negative, zero, positive."""

    term: Term
    definedness: tuple[Evidence, ...]
    below: Evidence
    zero: Evidence
    above: Evidence


@dataclass(frozen=True, slots=True)
class Lemma:
    """A relation proved on the way."""

    relation: Relation
    proof: Proof
    then: Evidence


@dataclass(frozen=True, slots=True)
class Axiom:
    """An instance of an axiom about the function table or inner products, its premises proved."""

    name: str
    arguments: tuple[Term, ...]
    vectors: tuple[str, ...]
    premises: tuple[Evidence, ...]
    then: Evidence


@dataclass(frozen=True, slots=True)
class Instance:
    """A statement proved by itself and applied: terms for its variables, a proof for each hypothesis."""

    statement: Statement
    proof: Proof
    values: tuple[Term, ...]
    definedness: tuple[Evidence, ...]
    premises: tuple[Proof, ...]
    then: Evidence


@dataclass(frozen=True, slots=True)
class Slope:
    """A variable moves from a start, in one direction, to where it is, and the goal's difference does not fall.

    The mean value theorem. `between` names a value on the way, at which the goal is defined (`inside`) and at which,
    off the ends, the derivative has the sign that is needed (`slope`); the goal holds at the start (`value`).
    """

    variable: str
    start: Term
    direction: str
    between: str
    definedness: tuple[Evidence, ...]
    order: Evidence
    inside: tuple[Evidence, ...]
    slope: Proof
    value: Evidence


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The goal's negation becomes a fact, and `0 >= 1` the goal."""

    then: Evidence


@dataclass(frozen=True, slots=True)
class Between:
    """An equation from `<=` and `>=`."""

    below: Evidence
    above: Evidence


@dataclass(frozen=True, slots=True)
class Apart:
    """`!=` from the strict sign `<` or `>`."""

    sign: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Root:
    """The only real root of a polynomial (coefficients from the constant up) in an interval."""

    coefficients: tuple[Fraction, ...]
    lower: Fraction
    upper: Fraction


@dataclass(frozen=True, slots=True)
class Witness:
    """Exact values, in the statement's order, at which the hypotheses hold and the goal does not."""

    values: tuple[Fraction | Root, ...]
    vectors: tuple[tuple[Fraction, ...], ...]


Cover = Cell | Excluded | Cut
Evidence = Combination | Sturm | Balls | Split | Lemma | Axiom | Instance | Slope | Contradiction | Between | Apart

_RECORDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (Proof, Summand, Multiple, Range, Root, Witness, *get_args(Cover), *get_args(Evidence))
}
Reading = Callable[[Reader, object, int], object]
_PLAIN: dict[object, Reading] = {
    Term: Reader.term,
    Relation: lambda terms, data, room: decode_relation(data, terms, room - 1),
    Statement: lambda terms, data, room: decode_statement(data, terms, room - 3),
    Fraction: lambda terms, data, room: rational(data),
    int: lambda terms, data, room: integer(data, 1_000_000),
    str: lambda terms, data, room: text(data),
    types.NoneType: lambda terms, data, room: None,
}
#: What stands for itself in JSON, or for a rational number.
_PLAINLY: dict[type, object] = {int: int, str: Fraction, types.NoneType: types.NoneType}


def encode(value: object, term: Callable[[Term], object] = encode_term) -> object:
    """A certificate, or a part of one, as JSON data, its terms written as one says. Raises `Malformed` on none."""
    match value:
        case Fraction():
            return str(value)
        case tuple():
            return [encode(part, term) for part in value]
        case Relation():
            return encode_relation(value, term)
        case Statement():
            return encode_statement(value, term)
        case None | int() | str():
            return value
        case Rational() | Variable() | Inner() | Sum() | Product() | Power() | Apply():
            return term(value)
        case _ if (kind := type(value).__name__) in _RECORDS:
            return [kind, *(encode(getattr(value, field), term) for field in _shape(kind))]
        case _:
            raise Malformed(f"not a part of a certificate: {type(value).__name__}")


def decode_proof(data: object, terms: Reader | None = None) -> Proof:
    """Read a proof. Raises `Malformed`."""
    return cast(Proof, _reading(Proof)(Reader() if terms is None else terms, data, DEEPEST))


def decode_witness(data: object) -> Witness:
    """Read a witness. Raises `Malformed`."""
    return cast(Witness, _reading(Witness)(Reader(), data, DEEPEST))


@cache
def _shape(kind: str) -> dict[str, Reading]:
    """The fields of a record, and what reads each."""
    hints = get_type_hints(_RECORDS[kind])
    return {field.name: _reading(hints[field.name]) for field in fields(_RECORDS[kind])}


@cache
def _reading(expected: object) -> Reading:
    """What reads data, nested no deeper than there is room, as a declared type; a record's fields are its grammar."""
    if expected in _PLAIN:
        return _PLAIN[expected]
    if get_origin(expected) is tuple:
        part = _reading(get_args(expected)[0])
        return lambda terms, data, room: tuple([part(terms, each, room - 1) for each in items(data, room)])
    choices = get_args(expected) if get_origin(expected) in (Union, types.UnionType) else (expected,)
    plain = {kind: _PLAIN[choice] for kind, choice in _PLAINLY.items() if choice in choices}
    kinds = {kind: record for kind, record in _RECORDS.items() if record in choices}

    def read(terms: Reader, data: object, room: int) -> object:
        if type(data) is not list and (as_it_is := plain.get(type(data))):
            return as_it_is(terms, data, room)
        found = items(data, room)
        kind = found[0] if found else None
        if type(kind) is not str or kind not in kinds or len(found) != 1 + len(shape := _shape(kind)):
            raise Malformed("not a certificate of a known kind")
        return kinds[kind](*[part(terms, each, room - 1) for part, each in zip(shape.values(), found[1:], strict=True)])

    return read
