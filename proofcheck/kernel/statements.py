"""A statement: for all real values of its variables, wherever the hypotheses are defined and hold, the goal
is defined and holds. Vectors range over one real inner product space of any finite dimension."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from .reading import DEEPEST, Malformed, items
from .terms import (
    ONE,
    ZERO,
    Apply,
    Inner,
    Power,
    Rational,
    Reader,
    Term,
    Variable,
    atoms,
    difference,
    encode_term,
    name_of,
    substitute,
)

NEGATION = {"=": "!=", "!=": "=", "<=": ">", ">": "<=", "<": ">=", ">=": "<"}


@dataclass(frozen=True, slots=True)
class Relation:
    """`left sign right`, with a sign of `NEGATION`."""

    left: Term
    sign: str
    right: Term

    def negated(self) -> Relation:
        """The relation that holds exactly where both sides are defined and this one fails."""
        return Relation(self.left, NEGATION[self.sign], self.right)

    def oriented(self) -> tuple[Term, str]:
        """The same relation as `(d, sign)`, meaning `d sign 0` with a sign among `=`, `!=`, `>=`, `>`."""
        greater, less, sign = self.sides()
        return difference(greater, less), sign

    def sides(self) -> tuple[Term, Term, str]:
        """The same relation as `(a, b, sign)`, meaning `a sign b` with a sign among `=`, `!=`, `>=`, `>`."""
        match self.sign:
            case "<=" | "<":
                return self.right, self.left, ">" + self.sign[1:]
            case _:
                return self.left, self.right, self.sign


@dataclass(frozen=True, slots=True)
class Statement:
    """Hypotheses imply the goal, for all values of the variables and vectors."""

    variables: tuple[str, ...]
    vectors: tuple[str, ...]
    hypotheses: tuple[Relation, ...]
    goal: Relation

    def digest(self) -> str:
        """The SHA-256 of the canonical bytes, in hexadecimal."""
        return _digest(self)


@lru_cache(maxsize=4096)
def _digest(statement: Statement) -> str:
    return digest_of(encode_statement(statement))


def digest_of(written: object) -> str:
    """The SHA-256 of JSON data, of which there is one for a statement."""
    return hashlib.sha256(canonical(written)).hexdigest()


def canonical(data: object) -> bytes:
    """The one encoding of JSON data that is hashed."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode()


def conditions(relation: Relation) -> tuple[Relation, ...]:
    """When both sides are defined: relations, inside out, each defined wherever the earlier ones hold."""
    return conditions_of(relation.left, relation.right)


def conditions_of(*terms: Term) -> tuple[Relation, ...]:
    """The same for terms."""
    partial = (part for term in terms for part in atoms(term) if not isinstance(part, Variable | Inner))
    return tuple(dict.fromkeys(condition for part in partial for condition in _domain(part)))


def _domain(atom: Term) -> Iterator[Relation]:
    match atom:
        case Power(base, _):
            yield Relation(base, "!=", ZERO)
        case Apply("sqrt", (argument,)):
            yield Relation(argument, ">=", ZERO)
        case Apply("log", (argument,)) | Apply("power", (argument, _)):
            yield Relation(argument, ">", ZERO)
        case Apply("arccos", (argument,)):
            yield Relation(argument, ">=", Rational(Fraction(-1)))
            yield Relation(argument, "<=", ONE)
        case _:
            return


def instance(relation: Relation, values: dict[str, Term]) -> Relation:
    """The relation with terms in place of variables."""
    return Relation(substitute(relation.left, values), relation.sign, substitute(relation.right, values))


def undeclared(relation: Relation, variables: frozenset[str], vectors: frozenset[str]) -> Iterator[str]:
    """The names that a relation uses and nobody declared."""
    for side in (relation.left, relation.right):
        for part in atoms(side):
            match part:
                case Variable(name) if name not in variables:
                    yield name
                case Inner(left, right):
                    yield from (name for name in (left, right) if name not in vectors)
                case _:
                    continue


def encode_relation(relation: Relation, term: Callable[[Term], object] = encode_term) -> list[object]:
    """The relation as nested JSON lists, its terms written as one says."""
    return [relation.sign, term(relation.left), term(relation.right)]


def decode_relation(data: object, terms: Reader, room: int = DEEPEST) -> Relation:
    """Read a relation by its grammar. Raises `Malformed`."""
    match items(data):
        case [str(sign), left, right] if sign in NEGATION:
            return Relation(terms.term(left, room), sign, terms.term(right, room))
        case _:
            raise Malformed("not a relation")


def encode_statement(statement: Statement, term: Callable[[Term], object] = encode_term) -> list[object]:
    """The statement as nested JSON lists, its terms written as one says."""
    return [
        "statement",
        list(statement.variables),
        list(statement.vectors),
        [encode_relation(hypothesis, term) for hypothesis in statement.hypotheses],
        encode_relation(statement.goal, term),
    ]


def decode_statement(data: object, terms: Reader | None = None, room: int = DEEPEST) -> Statement:
    """Read a statement; every name is declared, once. Raises `Malformed`."""
    terms = Reader() if terms is None else terms
    match items(data):
        case ["statement", variables, vectors, hypotheses, goal]:
            statement = Statement(
                tuple(map(name_of, items(variables))),
                tuple(map(name_of, items(vectors))),
                tuple(decode_relation(each, terms, room) for each in items(hypotheses)),
                decode_relation(goal, terms, room),
            )
        case _:
            raise Malformed("not a statement")
    validate(statement)
    return statement


def validate(statement: Statement) -> None:
    """Every name declared, and once. Raises `Malformed`."""
    names = statement.variables + statement.vectors
    if len(set(names)) != len(names):
        raise Malformed("a name is declared twice")
    declared = frozenset(statement.variables), frozenset(statement.vectors)
    for relation in (*statement.hypotheses, statement.goal):
        for name in undeclared(relation, *declared):
            raise Malformed(f"{name} is not declared")
