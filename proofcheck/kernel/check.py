"""The judge: `check` accepts a proof of a statement or raises `Rejected`; `refute` does so with a witness.

Every accepted proof is a proof: whatever a certificate says is recomputed here, exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import TypeVar

from flint import fmpq

from .axioms import AXIOMS, cauchy_schwarz, square_of_vector
from .balls import certainly
from .calculus import steps
from .certificates import (
    Apart,
    Axiom,
    Balls,
    Between,
    Cell,
    Combination,
    Contradiction,
    Cover,
    Cut,
    Evidence,
    Excluded,
    Instance,
    Lemma,
    Proof,
    Range,
    Slope,
    Split,
    Sturm,
    Witness,
    decode_proof,
    decode_witness,
    encode,
)
from .evaluate import Answer, Point
from .rational import Field, Full, Quotient, univariate
from .roots import Interval, holds
from .statements import (
    Relation,
    Statement,
    conditions,
    conditions_of,
    decode_statement,
    encode_statement,
    instance,
)
from .terms import ONE, ZERO, Rational, Reader, Term, Variable

_BALL_PRECISION = 128
#: Generators to begin with: their exponents fit one machine word.
_ROOM = 8
_FALSE = Relation(ZERO, ">=", ONE)
Facts = tuple[Relation, ...]
Box = dict[Term, tuple[Fraction, Fraction]]
First = TypeVar("First")
Second = TypeVar("Second")
Value = TypeVar("Value")


class Rejected(Exception):
    """The kernel turned something down; the message says what and why."""


def facts(statement: Statement) -> Facts:
    """The hypotheses in order, each preceded by the conditions under which it is defined."""
    return tuple(fact for hypothesis in statement.hypotheses for fact in _with_conditions(hypothesis))


@contextmanager
def _rejecting() -> Iterator[None]:
    try:
        yield
    except (ValueError, RecursionError) as error:
        # `Malformed`, `Misfit` and `Unusable` are values that cannot be used, as are numbers too long to be written.
        raise Rejected(str(error)) from error


@_rejecting()
def check(statement: Statement, proof: Proof) -> None:
    """Return when the proof proves the statement; raise `Rejected` otherwise.

    Only what the JSON grammar can say is looked at: both are written down and read back first.
    """
    check_written(encode_statement(statement), encode(proof))


@_rejecting()
def check_written(statement: object, proof: object, terms: Reader | None = None) -> None:
    """The same for a statement and a proof as JSON data, which may name terms of a table."""
    terms = terms or Reader()
    read, evidence = decode_statement(statement, terms), decode_proof(proof, terms)
    _establish(Field((), _ROOM), facts(read), read.goal, evidence)


@_rejecting()
def refute(statement: Statement, witness: Witness) -> None:
    """Return when the hypotheses hold at the witness and the goal does not; raise `Rejected` otherwise."""
    refute_written(encode_statement(statement), encode(witness))


@_rejecting()
def refute_written(statement: object, witness: object, terms: Reader | None = None) -> None:
    """The same for a statement and a witness as JSON data, which may name terms of a table."""
    read = decode_statement(statement, terms)
    point = Point(read, decode_witness(witness))
    for number, hypothesis in enumerate(read.hypotheses):
        _demand(point.answer(hypothesis) is Answer.YES, f"hypothesis {number} is not known to hold at the witness")
    _demand(point.answer(read.goal) is Answer.NO, "the goal is not known to fail at the witness")


def _with_conditions(relation: Relation) -> Facts:
    return (*conditions(relation), relation)


def _establish(field: Field, known: Facts, relation: Relation, proof: Proof) -> None:
    """Check that the relation is defined and holds wherever the facts do."""
    _close(field, _shown(field, known, conditions(relation), proof.definedness), relation, proof.evidence)


def _shown(field: Field, known: Facts, relations: Facts, parts: Sequence[Evidence]) -> Facts:
    """The facts and the relations, each of which a part of the evidence shows from those before it."""
    for relation, part in _paired(relations, parts):
        _close(field, known, relation, part)
        known = (*known, relation)
    return known


def close(known: Facts, goal: Relation, evidence: Evidence) -> None:
    """Return when the evidence shows that the goal, defined where the facts hold, holds there; raise otherwise.

    For provers, to judge a step; `check` judges a whole proof.
    """
    _close(Field((), _ROOM), known, goal, evidence)


def _close(field: Field, known: Facts, goal: Relation, evidence: Evidence) -> None:
    match evidence:
        case Combination():
            try:
                _combination(field, known, goal, evidence)
            except Full:
                field.grow()
                _close(field, known, goal, evidence)
        case Sturm():
            _sturm(known, goal, evidence)
        case Balls(ranges, cover):
            box: Box = {Variable(part.variable): _range(known, part) for part in ranges}
            _cover(known, goal, box, cover)
        case Split(term, definedness, below, zero, above):
            known = _shown(field, known, conditions_of(term), definedness)
            for sign, part in (("<", below), ("=", zero), (">", above)):
                _close(field, (*known, Relation(term, sign, ZERO)), goal, part)
        case Lemma(relation, proof, then):
            _establish(field, known, relation, proof)
            _close(field, (*known, *_with_conditions(relation)), goal, then)
        case Axiom():
            _axiom(field, known, goal, evidence)
        case Instance():
            _instance(field, known, goal, evidence)
        case Slope():
            for inside, relation, step in steps(known, goal, evidence):
                _establish(field, inside, relation, step) if isinstance(step, Proof) else _close(
                    field, inside, relation, step
                )
        case Contradiction(then):
            _close(field, (*known, goal.negated()), _FALSE, then)
        case Between(below, above):
            _demand(goal.sign == "=", "only an equation lies between two inequalities")
            _close(field, known, Relation(goal.left, "<=", goal.right), below)
            _close(field, known, Relation(goal.left, ">=", goal.right), above)
        case Apart(sign, part):
            _demand(goal.sign == "!=" and sign in ("<", ">"), "only != follows from a strict sign")
            _close(field, known, Relation(goal.left, sign, goal.right), part)
        case _:
            raise Rejected("evidence of no known kind")


def _combination(field: Field, known: Facts, goal: Relation, evidence: Combination) -> None:
    # What a factor or a square names and neither goal nor facts contain may have any value in an identity, or none.
    cited = {
        *evidence.multiplier,
        *(fact for summand in evidence.summands for fact in summand.facts),
        *(multiple.fact for multiple in evidence.multiples),
    }
    sides = {number: field.oriented(_fact(known, number)) for number in cited}
    side, sign = field.oriented(goal)

    def product(numbers: Sequence[int], signs: Sequence[str], start: Quotient) -> Quotient:
        for number in numbers:
            if sides[number][1] not in signs:
                raise Rejected(f"fact {number} has a sign that is not {' or '.join(signs)}")
            start = field.product(start, sides[number][0])
        return start

    _demand(sign != "!=", "a combination proves no !=")
    left = product(evidence.multiplier, (">", "!=") if sign == "=" else (">",), side)
    right = field.normal(ZERO)
    strict = False
    for summand in evidence.summands:
        _demand(sign != "=", "an equation has no summands, only multiples")
        _demand(summand.weight > 0, "a weight is positive")
        root = field.polynomial(summand.square)
        weight = field.product(field.normal(Rational(summand.weight)), field.product(root, root))
        right = field.sum(right, product(summand.facts, (">=", ">"), weight))
        strict |= root.is_one() and all(sides[number][1] == ">" for number in summand.facts)
    for multiple in evidence.multiples:
        _demand(sides[multiple.fact][1] == "=", f"fact {multiple.fact} is no equation")
        right = field.sum(right, field.product(field.polynomial(multiple.factor), sides[multiple.fact][0]))
    _demand(sign != ">" or strict, "a strict goal needs a strict summand")
    _demand(left == right, "the two sides of the combination differ")


def _sturm(known: Facts, goal: Relation, evidence: Sturm) -> None:
    term, sign = goal.oriented()
    variable = Variable(evidence.variable)
    field = Field([term, variable])
    value, generator = field.normal(term), field.normal(variable).numerator
    lower, lower_open = _bound(known, variable, evidence.lower, 1)
    upper, upper_open = _bound(known, variable, evidence.upper, -1)
    _demand(lower is None or upper is None or lower < upper, "an interval without interior")
    numerator, denominator = univariate(value.numerator, generator), univariate(value.denominator, generator)
    _demand(sign in (">=", ">", "!="), "no equation by Sturm's theorem")
    interval = Interval(lower, upper, lower_open, upper_open)
    tested = numerator if sign == "!=" else numerator * denominator
    _demand(holds(tested, sign, interval), f"not {sign} 0 on the whole interval")


def _bound(known: Facts, variable: Term, number: int | None, direction: int) -> tuple[fmpq | None, bool]:
    """The end that a fact `a * variable + b >= 0` gives on one side, and whether it is open."""
    if number is None:
        return None, True
    side, sign = _fact(known, number).oriented()
    field = Field([side, variable])
    value, generator = field.normal(side), field.normal(variable).numerator
    _demand(sign in (">=", ">") and value.denominator.is_constant(), f"fact {number} gives no bound")
    line = univariate(value.numerator, generator)
    _demand(line.degree() == 1 and line[1] * direction > 0, f"fact {number} gives no bound on that side")
    return -line[0] / line[1], sign == ">"


def _range(known: Facts, part: Range) -> tuple[Fraction, Fraction]:
    variable = Variable(part.variable)
    lower, _ = _bound(known, variable, part.lower, 1)
    upper, _ = _bound(known, variable, part.upper, -1)
    if lower is None or upper is None or lower > upper:
        raise Rejected("a range needs two bounds in order")
    return Fraction(int(lower.p), int(lower.q)), Fraction(int(upper.p), int(upper.q))


def _cover(known: Facts, goal: Relation, box: Box, cover: Cover) -> None:
    match cover:
        case Cut(name, at, below, above):
            lower, upper = _demanded(box.get(Variable(name)), "a cut at an unknown variable")
            _demand(lower < at < upper, "a cut outside the box")
            _cover(known, goal, box | {Variable(name): (lower, at)}, below)
            _cover(known, goal, box | {Variable(name): (at, upper)}, above)
        case Cell():
            _demand(certainly(goal, box, _BALL_PRECISION), "undecided on a cell")
        case Excluded(number):
            fact = _fact(known, number).negated()
            _demand(certainly(fact, box, _BALL_PRECISION), "a fact may hold on an excluded cell")
        case _:
            raise Rejected("a cover of no known kind")


def _axiom(field: Field, known: Facts, goal: Relation, evidence: Axiom) -> None:
    arguments, vectors = evidence.arguments, evidence.vectors
    match evidence.name:
        case "square of vector":
            _demand(len(arguments) == len(vectors) > 0, "a coefficient for each vector")
            premises, conclusions = square_of_vector(vectors, arguments)
        case "Cauchy-Schwarz":
            _demand(len(arguments) == 2 * len(vectors) > 0, "two coefficients for each vector")
            premises, conclusions = cauchy_schwarz(vectors, arguments)
        case name:
            arity, axiom = _demanded(AXIOMS.get(name), f"no axiom {name[:40]!r}")
            _demand(len(arguments) == arity and not vectors, f"{name} takes {arity} terms")
            premises, conclusions = axiom(*arguments)
    _demand(len(set(vectors)) == len(vectors), "a vector is named twice")
    defined = [condition for argument in arguments for condition in conditions_of(argument)]
    known = _shown(field, known, (*defined, *premises), evidence.premises)
    _close(field, (*known, *conclusions), goal, evidence.then)


def _instance(field: Field, known: Facts, goal: Relation, evidence: Instance) -> None:
    statement = evidence.statement
    _demand(not statement.vectors, "an applied statement has no vectors")
    _establish(field, facts(statement), statement.goal, evidence.proof)
    values = dict(_paired(statement.variables, evidence.values))
    defined = tuple(condition for value in evidence.values for condition in conditions_of(value))
    known = _shown(field, known, defined, evidence.definedness)
    for hypothesis, proof in _paired(statement.hypotheses, evidence.premises):
        _establish(field, known, instance(hypothesis, values), proof)
    _close(field, (*known, *_with_conditions(instance(statement.goal, values))), goal, evidence.then)


def _fact(known: Facts, number: int) -> Relation:
    _demand(0 <= number < len(known), f"there is no fact {number}")
    return known[number]


def _demand(condition: bool, reason: str) -> None:
    if not condition:
        raise Rejected(reason)


def _demanded(value: Value | None, reason: str) -> Value:
    if value is None:
        raise Rejected(reason)
    return value


def _paired(first: Sequence[First], second: Sequence[Second]) -> list[tuple[First, Second]]:
    _demand(len(first) == len(second), f"{len(first)} parts to prove, {len(second)} given")
    return list(zip(first, second, strict=True))
