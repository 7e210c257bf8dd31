"""Certificates and witnesses as mathematics: one line that a referee can check by hand.

What is printed is made from the certificate and the statement's facts, numbered as the kernel numbers them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from flint import arb

from proofcheck.kernel.axioms import AXIOMS, cauchy_schwarz, square_of_vector
from proofcheck.kernel.calculus import steps
from proofcheck.kernel.certificates import (
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
    Root,
    Slope,
    Split,
    Sturm,
    Witness,
)
from proofcheck.kernel.check import facts
from proofcheck.kernel.evaluate import Answer, Point
from proofcheck.kernel.statements import Relation, Statement, conditions, instance
from proofcheck.kernel.terms import (
    ONE,
    ZERO,
    Inner,
    Power,
    Product,
    Rational,
    Sum,
    Term,
    Variable,
    difference,
    subterms,
)

from .citing import cited
from .evaluation import Value, enclosed_root, evaluate, values_at
from .printing import (
    Coordinate,
    Named,
    Names,
    Shown,
    enclosed,
    joined,
    show_factor,
    show_name,
    show_relation,
    show_sign,
    show_sum,
    show_term,
    words,
)

_MOST_PARTS = 12
_DIGITS = 10

_FALSE = Relation(ZERO, ">=", ONE)

Facts = tuple[Relation, ...]


def explain_proof(statement: Statement, proof: Proof, names: Names) -> Shown:
    """Why the statement holds.

    >>> x = Variable("x")
    >>> goal = Relation(Power(x, 2), ">=", ZERO)
    >>> from proofcheck.kernel.certificates import Summand
    >>> square = Combination((), (Summand(Fraction(1), (), x),), ())
    >>> explain_proof(Statement(("x",), (), (), goal), Proof((), square), {}).text
    'left - right = x^2 >= 0'
    """
    return _proof(facts(statement), statement.goal, proof, names)


def _proof(known: Facts, goal: Relation, proof: Proof, names: Names) -> Shown:
    needed = conditions(goal)
    main = _evidence((*known, *needed), goal, proof.evidence, names)
    stated = set(known)
    new = [each for each in needed if each not in stated and any(map(_varies, (each.left, each.right)))]
    if not new:
        return main
    shown = joined(Shown(", ", r",\ "), [show_relation(condition, names) for condition in new])
    return main + words("; defined, as ") + shown


def _varies(side: Term) -> bool:
    return any(isinstance(part, Variable | Inner) for part in subterms(side))


def _evidence(known: Facts, goal: Relation, evidence: Evidence, names: Names) -> Shown:
    match evidence:
        case Combination():
            return _combination(known, goal, evidence, names)
        case Sturm():
            return _sturm(known, goal, evidence, names)
        case Balls(ranges, cover):
            if not ranges:
                return _sides(goal, {}) + words(", by ball arithmetic")
            box = [_interval(known, part.variable, part.lower, part.upper, names) for part in ranges]
            boxes = words(f" by ball arithmetic on {_boxes(cover)} ")
            return show_relation(goal, names) + boxes + joined(Shown(", ", r",\ "), box)
        case Split(term, _, below, zero, above):
            cases = []
            for sign, part in (("<", below), ("=", zero), (">", above)):
                assumed = Relation(term, sign, ZERO)
                new = (*known, *conditions(assumed), assumed)
                start = words("if ") + show_relation(assumed, names) + words(": ")
                cases.append(start + _evidence(new, goal, part, names))
            return joined(words("; "), cases)
        case Lemma(relation, proof, then):
            new = (*known, *conditions(relation), relation)
            rest = _evidence(new, goal, then, names)
            if cited(then).isdisjoint(range(len(known), len(new))):
                return rest
            first = words("first, ") + show_relation(relation, names) + words(", for ")
            return first + _proof(known, relation, proof, names) + words("; then ") + rest
        case Axiom(name, arguments, vectors, _, then):
            return _axiom(known, goal, name, arguments, vectors, then, names)
        case Instance():
            return _instance(known, goal, evidence, names)
        case Slope():
            return _slope(known, goal, evidence, names)
        case Contradiction(then):
            negated = goal.negated()
            start = words("suppose ") + show_relation(negated, names) + words(": ")
            return start + _evidence((*known, negated), _FALSE, then, names)
        case Between(below, above):
            parts = [
                _evidence(known, Relation(goal.left, sign, goal.right), part, names)
                for sign, part in (("<=", below), (">=", above))
            ]
            return joined(words(" and "), parts)
        case Apart(sign, part):
            return _evidence(known, Relation(goal.left, sign, goal.right), part, names)


def _combination(known: Facts, goal: Relation, evidence: Combination, names: Names) -> Shown:
    _, sign = goal.oriented()
    parts: list[Term] = [
        Product((Rational(part.weight), *(_side(known, number) for number in part.facts), Power(part.square, 2)))
        for part in evidence.summands
    ]
    parts += [Product((part.factor, _side(known, part.fact))) for part in evidence.multiples]
    left = _multiplied([_side(known, number) for number in evidence.multiplier], _oriented_difference(goal), names)
    if sign == "=" and not parts:
        return words("both sides have the same normal form")
    if len(parts) > _MOST_PARTS:
        kind = "multiples of equations" if sign == "=" else "non-negative products of hypotheses and squares"
        return left + words(f" is a sum of {len(parts)} {kind}")
    total = show_term(parts[0], names) if len(parts) == 1 else show_sum(parts, names)
    shown = left + Shown(" = ", " = ") + total + show_sign(sign) + Shown("0", "0")
    if goal == _FALSE:
        shown += words(", a contradiction")
    used = [known[part.fact] for part in evidence.multiples]
    return shown + words(", as ") + _listed(used, names) if used else shown


def _listed(relations: Sequence[Relation], names: Names) -> Shown:
    return joined(Shown(", ", r",\ "), [show_relation(each, names) for each in dict.fromkeys(relations)])


def _side(known: Facts, number: int) -> Term:
    """A fact as the term that it says is zero, positive or not negative."""
    relation = known[number]
    match relation.sign:
        case "<=" | "<":
            return _minus(relation.right, relation.left)
        case _:
            return _minus(relation.left, relation.right)


def _minus(left: Term, right: Term) -> Term:
    return left if right == ZERO else difference(left, right)


def _oriented_difference(goal: Relation) -> Shown:
    """`right - left` or `left - right`, whichever is claimed not to be negative."""
    if goal == _FALSE:
        return Shown("-1", "-1")
    plain = "right - left" if goal.sign in ("<=", "<") else "left - right"
    return Shown(plain, rf"\text{{{plain}}}")


def _multiplied(multiplier: Sequence[Term], shown: Shown, names: Names) -> Shown:
    if not multiplier:
        return shown
    return show_factor(Product(tuple(multiplier)), names) + Shown(" ", " ") + enclosed(shown)


def _sturm(known: Facts, goal: Relation, evidence: Sturm, names: Names) -> Shown:
    where = _interval(known, evidence.variable, evidence.lower, evidence.upper, names)
    why = "does not change its sign on" if goal.sign in ("<=", ">=") else "has no root on"
    side = _oriented_difference(goal)
    end = words(" (Sturm); there ") + show_relation(goal, names)
    return side + words(f" {why} ") + where + end


def _interval(known: Facts, variable: str, lower: int | None, upper: int | None, names: Names) -> Shown:
    bounds = [known[number] for number in (lower, upper) if number is not None]
    if not bounds:
        return words("all real ") + show_name(variable, names)
    return joined(Shown(", ", r",\ "), [show_relation(bound, names) for bound in bounds])


def _cells(cover: Cover) -> int:
    match cover:
        case Cut(_, _, below, above):
            return _cells(below) + _cells(above)
        case Cell() | Excluded():
            return 1


def _boxes(cover: Cover) -> str:
    cells = _cells(cover)
    return "one box that covers" if cells == 1 else f"{cells} boxes that cover"


def _axiom(
    known: Facts,
    goal: Relation,
    name: str,
    arguments: tuple[Term, ...],
    vectors: tuple[str, ...],
    then: Evidence,
    names: Names,
) -> Shown:
    match name:
        case "square of vector":
            premises, conclusions = square_of_vector(vectors, arguments)
        case "Cauchy-Schwarz":
            premises, conclusions = cauchy_schwarz(vectors, arguments)
        case _:
            premises, conclusions = AXIOMS[name][1](*arguments)
    defined = [part for argument in arguments for part in conditions(Relation(argument, "=", ZERO))]
    before = (*known, *defined, *premises)
    rest = _evidence((*before, *conclusions), goal, then, names)
    used = [each for number, each in enumerate(conclusions, len(before)) if number in cited(then)]
    return words(f"by {name} ") + _listed(used, names) + words("; ") + rest if used else rest


def _instance(known: Facts, goal: Relation, evidence: Instance, names: Names) -> Shown:
    statement = evidence.statement
    values = dict(zip(statement.variables, evidence.values, strict=True))
    applied = instance(statement.goal, values)
    defined = [part for value in evidence.values for part in conditions(Relation(value, "=", ZERO))]
    rest = _evidence((*known, *defined, *conditions(applied), applied), goal, evidence.then, names)
    # The lemma's own letters stand for what the instance puts in their place.
    meant = {name: show_factor(value, names) for name, value in values.items()}
    lemma = explain_proof(statement, evidence.proof, meant)
    return show_relation(applied, names) + words(", for ") + lemma + words("; then ") + rest


def _slope(known: Facts, goal: Relation, evidence: Slope, names: Names) -> Shown:
    *_, (inside, slope, _), (at_start, value, _) = steps(known, goal, evidence)
    between = show_name(evidence.between, names)
    ends = show_term(evidence.start, names) + words(" and ") + show_name(evidence.variable, names)
    first = show_relation(value, names) + words(", for ") + _evidence(at_start, value, evidence.value, names)
    on_the_way = words("; and by the mean value theorem, with ") + between + words(" between ") + ends
    return (
        first
        + on_the_way
        + words(", as for the derivative ")
        + show_relation(slope, names)
        + words(", for ")
        + _proof(inside, slope, evidence.slope, names)
    )


def explain_witness(statement: Statement, witness: Witness, names: Names) -> Shown:
    """Where the statement fails, with both sides.

    >>> x = Variable("x")
    >>> goal = Relation(Power(x, 2), ">=", x)
    >>> explain_witness(Statement(("x",), (), (), goal), Witness((Fraction(1, 2),), ()), {}).text
    'at x = 1/2: left 1/4, right 1/2'
    """
    given = list(_numbers(dict(zip(statement.variables, witness.values, strict=True)), names))
    given += [
        show_name(name, names) + Shown(" = ", " = ") + _vector(vector)
        for name, vector in zip(statement.vectors, witness.vectors, strict=True)
    ]
    place = words("at ") + joined(Shown(", ", r",\ "), given) + words(": ") if given else Shown("", "")
    point = Point(statement, witness)
    for condition in conditions(statement.goal):
        if point.answer(condition) is not Answer.YES:
            return place + show_relation(condition, names) + words(" fails, so a side is not defined")
    return place + _sides(statement.goal, values_at(statement, witness))


def _numbers(values: Mapping[str, Fraction | Root], names: Names) -> Iterator[Shown]:
    """What the variables are; the coordinates of a vector or a matrix together, if all are rational."""
    shown: list[Named] = []
    coordinates = {name: named for name in values if isinstance(named := names.get(name), Coordinate)}
    for name, value in values.items():
        if name not in coordinates:
            yield show_name(name, names) + _written(value)
        elif (whole := coordinates[name].part_of) not in shown:
            shown.append(whole)
            entries = {key: values[key] for key, named in coordinates.items() if named.part_of == whole}
            rational = {coordinates[key].place: part for key, part in entries.items() if isinstance(part, Fraction)}
            if len(rational) == len(entries):
                yield Shown(whole.text, whole.latex) + Shown(" = ", " = ") + _array(rational)
            else:
                yield from (show_name(key, names) + _written(part) for key, part in entries.items())


def _array(entries: Mapping[tuple[int, ...], Fraction]) -> Shown:
    """A vector of the plane, or a symmetric matrix with zeros where no entry is given, row by row."""
    if all(len(place) == 1 for place in entries):
        return _vector([entries[1,], entries[2,]])
    beside = entries.get((1, 2), Fraction(0))
    rows = [_vector(row) for row in ((entries[1, 1], beside), (beside, entries[2, 2]))]
    return Shown("(", "(") + joined(Shown(", ", ", "), rows) + Shown(")", ")")


def _sides(relation: Relation, values: dict[Term, Value]) -> Shown:
    left, right = (_number(evaluate(side, values)) for side in (relation.left, relation.right))
    return words("left ") + left + words(", right ") + right


def _written(value: Fraction | Root) -> Shown:
    if isinstance(value, Fraction):
        return Shown(" = ", " = ") + _number(value)
    variable = Variable("z")
    polynomial = Sum(
        tuple(
            Product((Rational(coefficient), Power(variable, power)))
            for power, coefficient in reversed(list(enumerate(value.coefficients)))
        )
    )
    approximate = _decimal(enclosed_root(value))
    equation = show_term(polynomial, {}) + Shown(" = 0", " = 0")
    about = Shown(f" ~ {approximate}", rf" \approx {approximate}")
    return about + words(" (the root of ") + equation + words(" there)")


def _vector(coordinates: Sequence[Fraction]) -> Shown:
    if len(coordinates) == 1:
        return _number(coordinates[0])
    shown = joined(Shown(", ", ", "), [_number(part) for part in coordinates])
    return Shown(f"({shown.text})", f"({shown.latex})")


def _number(value: Value) -> Shown:
    if isinstance(value, arb):
        decimal = _decimal(value)
        return Shown(f"~ {decimal}", rf"\approx {decimal}")
    return show_term(Rational(value), {}) if value.denominator < 10**_DIGITS else Shown(str(value), str(value))


def _decimal(value: arb) -> str:
    return str(value.str(_DIGITS, radius=False))
