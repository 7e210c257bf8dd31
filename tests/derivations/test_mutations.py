"""Proved statements and claims, changed at random: what an independent search finds false is never proved.

The examples are the same every time; `pytest --hypothesis-profile=exploring` draws new ones from a seed it prints.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from proofcheck import Verdict
from proofcheck.kernel.certificates import decode_proof
from proofcheck.kernel.check import Rejected, check
from proofcheck.kernel.statements import NEGATION, Relation, Statement, decode_statement
from proofcheck.kernel.terms import Apply, Inner, Power, Product, Rational, Sum, Term, Variable, children, subterms
from proofcheck.language import expressions as language
from proofcheck.provers.portfolio import decide
from proofcheck.results import DerivationResult
from proofcheck.rules.reduction import obligation_of
from proofcheck.running.collecting import Derivation
from proofcheck.testing.drawing import Drawing
from proofcheck.testing.evaluating import Undefined as UndefinedExpression
from proofcheck.testing.evaluating import exactly
from proofcheck.testing.instances import NotDrawn, instance_of, relations_of

from ..kernel.reference import Unclear, Undefined, context, truth, value

SECONDS, LONGEST = 0.1, 15.0
VALUES = [Fraction(n, d) for n in (0, 1, 2, 3, 5) for d in (1, 2, 3, 7)]
#: For statements without functions, whose values stay exact.
WIDE = [*VALUES, *(Fraction(n, d) for n in (10, 100, 10_000) for d in (1, 3))]
#: So many digits that rounding is far below what `reference` takes for zero, whatever cancels.
DIGITS = 700


@pytest.fixture(scope="module")
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.config.option.hypothesis_seed or 0)


# --- the kernel's statements -------------------------------------------------------------------------------------


def changed_term(term: Term, choice: random.Random) -> Term:
    """The term with one change somewhere: a constant, an exponent, a part left out, a sign."""
    inside = [place for place, child in enumerate(children(term)) if not isinstance(child, Variable | Inner)]
    match term:
        case Sum(parts) | Product(parts) if parts:
            if inside and choice.random() < 0.75:
                place = choice.choice(inside)
                return type(term)(_put(parts, place, changed_term(parts[place], choice)))
            place = choice.randrange(len(parts))
            if choice.random() < 0.5:
                return type(term)(parts[:place] + parts[place + 1 :])
            negative = Product((Rational(Fraction(-1)), parts[place]))
            return type(term)(_put(parts, place, negative))
        case Rational(value):
            return Rational(choice.choice([value + 1, value - 1, -value, 2 * value, value / 2]))
        case Power(base, exponent):
            if inside and choice.random() < 0.5:
                return Power(changed_term(base, choice), exponent)
            return Power(base, exponent + choice.choice([-1, 1]))
        case Apply(function, arguments) if inside:
            place = choice.choice(inside)
            return Apply(function, _put(arguments, place, changed_term(arguments[place], choice)))
        case _:
            return Product((Rational(choice.choice([Fraction(-1), Fraction(2), Fraction(1, 2)])), term))


def _put(parts: tuple[Any, ...], place: int, part: Any) -> tuple[Any, ...]:
    return (*parts[:place], part, *parts[place + 1 :])


def changed_relation(relation: Relation, choice: random.Random) -> Relation:
    kind = choice.random()
    if kind < 0.25:
        sign = choice.choice([sign for sign in NEGATION if sign != relation.sign])
        return replace(relation, sign=sign)
    if kind < 0.63:
        return replace(relation, left=changed_term(relation.left, choice))
    return replace(relation, right=changed_term(relation.right, choice))


def changed_statement(statement: Statement, choice: random.Random) -> Statement:
    hypotheses = statement.hypotheses
    if hypotheses and choice.random() < 0.25:
        place = choice.randrange(len(hypotheses))
        if choice.random() < 0.6:
            return replace(statement, hypotheses=hypotheses[:place] + hypotheses[place + 1 :])
        return replace(statement, hypotheses=_put(hypotheses, place, changed_relation(hypotheses[place], choice)))
    return replace(statement, goal=changed_relation(statement.goal, choice))


def parts_of(statement: Statement) -> Iterator[Term]:
    for relation in (*statement.hypotheses, statement.goal):
        yield from subterms(relation.left)
        yield from subterms(relation.right)


def point_of(statement: Statement, choice: random.Random) -> dict[Any, Fraction]:
    """A wide random point, at which equations for a bare variable are made to hold."""
    exact = not any(isinstance(part, Apply) for part in parts_of(statement))
    pool = WIDE if exact else VALUES
    some = choice.sample(pool, 3)
    vectors = {name: [choice.choice([-2, -1, 0, 1, 2, 3]) for _ in range(3)] for name in statement.vectors}
    point: dict[Any, Fraction] = {
        Variable(name): choice.choice([choice.choice(pool), choice.choice(some), -choice.choice(pool)])
        for name in statement.variables
    }
    for u in vectors:
        for v in vectors:
            if u <= v:
                point[Inner(u, v)] = Fraction(sum(a * b for a, b in zip(vectors[u], vectors[v], strict=True)))
    for relation in statement.hypotheses:
        for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
            if relation.sign in ("=", "<=", ">=") and isinstance(side, Variable) and choice.random() < 0.7:
                try:
                    found = value(other, point)
                except (Undefined, Unclear, OverflowError):
                    continue
                if isinstance(found, Fraction):
                    point[side] = found
    return point


def is_false(statement: Statement, choice: random.Random, tries: int = 40) -> bool:
    """Whether some point is found at which the hypotheses hold and the goal fails or is undefined."""
    with context.workdps(DIGITS):
        return any(_fails_at(statement, point_of(statement, choice)) for _ in range(tries))


def _fails_at(statement: Statement, point: dict[Any, Fraction]) -> bool:
    try:
        if not all(truth(hypothesis, point) for hypothesis in statement.hypotheses):
            return False
    except (Undefined, Unclear, OverflowError):
        return False
    try:
        return not truth(statement.goal, point)
    except Undefined:
        return True
    except (Unclear, OverflowError):
        return False


def test_the_search_finds_no_fault_with_what_is_proved(settled: DerivationResult, seed: int) -> None:
    choice = random.Random(seed)
    for claim in settled.claims:
        for part in claim.obligations:
            if part.certificate is not None:
                assert not is_false(decode_statement(part.statement), choice, 5), (claim.name, part.label)


def test_no_changed_statement_that_is_false_is_proved(settled: DerivationResult, seed: int) -> None:
    choice = random.Random(seed)
    proved = {
        part.digest: (claim.name, decode_statement(part.statement), decode_proof(part.certificate))
        for claim in settled.claims
        for part in claim.obligations
        if part.certificate is not None
    }
    order = list(proved.values()) * 3
    choice.shuffle(order)
    start, tried = time.monotonic(), 0
    for name, statement, proof in order:
        if time.monotonic() - start > LONGEST:
            break
        mutant = changed_statement(statement, choice)
        if mutant == statement or not is_false(mutant, choice):
            continue
        tried += 1
        with pytest.raises(Rejected):
            check(mutant, proof)
        assert decide(mutant, SECONDS).proof is None, (name, seed, mutant)
    assert tried >= 50, tried


# --- the author's relations --------------------------------------------------------------------------------------


def changed_expression(expression: Any, choice: random.Random) -> Any:
    match expression:
        case language.Constant(value):
            return language.Constant(choice.choice([value + 1, value - 1, -value, 2 * value, value / 2]))
        case language.Add(parts) | language.Multiply(parts) | language.VectorSum(parts):
            kind: Any = type(expression)
            pieces: tuple[Any, ...] = parts
            place = choice.randrange(len(pieces))
            if len(pieces) > 1 and choice.random() < 0.25:
                return kind(pieces[:place] + pieces[place + 1 :])
            return kind(_put(pieces, place, changed_expression(pieces[place], choice)))
        case language.Power(base, exponent):
            if choice.random() < 0.5:
                return language.Power(base, exponent + choice.choice([-1, 1]))
            return language.Power(changed_expression(base, choice), exponent)
        case language.Named(_, _, body):
            return changed_expression(body, choice)
        case language.Call(function, parts) if parts:
            return language.Call(function, _put(parts, 0, changed_expression(parts[0], choice)))
        case language.Inner(left, right):
            if choice.random() < 0.5:
                return language.Inner(changed_expression(left, choice), right)
            return language.Inner(left, changed_expression(right, choice))
        case language.Scaled(factor, vector):
            if choice.random() < 0.5:
                return language.Scaled(changed_expression(factor, choice), vector)
            return language.Scaled(factor, changed_expression(vector, choice))
        case language.Applied(operator, vector):
            return vector if choice.random() < 0.5 else language.Applied(operator, changed_expression(vector, choice))
        case _:
            return choice.choice([-expression, 2 * expression])


def changed_claim(relation: language.Relation, choice: random.Random) -> language.Relation:
    kind = choice.random()
    if kind < 0.2:
        return replace(relation, sign=choice.choice([sign for sign in NEGATION if sign != relation.sign]))
    if kind < 0.3 and relation.hypotheses:
        place = choice.randrange(len(relation.hypotheses))
        return replace(relation, hypotheses=relation.hypotheses[:place] + relation.hypotheses[place + 1 :])
    side = choice.choice(["left", "right"])
    return replace(relation, **{side: changed_expression(getattr(relation, side), choice)})


def fails_somewhere(relation: language.Relation, choice: random.Random, tries: int = 15) -> bool:
    """Whether exact random vectors and matrices, in dimensions one to three, violate the relation."""
    for dimension in (1, 2, 3):
        try:
            instance = instance_of(relation, dimension)
        except NotDrawn:
            return False
        drawing = Drawing(instance.statement)
        for _ in range(tries // 3):
            point = drawing.point(choice.randrange)
            if point is None or not all(isinstance(drawn, Fraction) for drawn in point.values()):
                continue
            try:
                where = exactly(instance.values(point))
                if all(map(where.holds, relation.hypotheses)) and not where.holds(relation):
                    return True
            except (UndefinedExpression, OverflowError):
                continue
    return False


def has_sums(relation: language.Relation) -> bool:
    sides = [side for part in (relation, *relation.hypotheses) for side in (part.left, part.right)]
    return any(isinstance(part, language.Total) for side in sides for part in language.walk(side))


def test_no_changed_claim_that_is_false_is_proved(derivation: Derivation, seed: int) -> None:
    choice = random.Random(seed)
    relations = [
        (claim.name, relation)
        for claim in derivation.claims
        if claim.expect is Verdict.PROVED
        for relation in relations_of(claim.stated)
        if not relation.uses and not has_sums(relation)
        if all(isinstance(h, language.Relation) and h.for_all is None for h in relation.hypotheses)
    ] * 30
    choice.shuffle(relations)
    start, tried = time.monotonic(), 0
    for name, relation in relations:
        if time.monotonic() - start > LONGEST:
            break
        mutant = changed_claim(relation, choice)
        if not fails_somewhere(mutant, choice):
            continue
        tried += 1
        obligation, _ = obligation_of(mutant, mutant.hypotheses, "a changed claim")
        assert obligation.statement is not None
        assert decide(obligation.statement, SECONDS).proof is None, (name, seed, str(mutant))
    assert tried >= 40, tried
