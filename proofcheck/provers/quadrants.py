"""The sign of the sine on [0, pi] and of the cosine on [-pi/2, pi/2], for angles that facts keep there.

Near its zeros the sine is monotone, and between them balls decide; the cosine is the sine of the angle and a quarter
turn more. Each is proved once, as a statement of its own, and applied where it is needed.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from proofcheck.kernel.calculus import derivative
from proofcheck.kernel.certificates import Combination, Evidence, Instance, Multiple, Proof, Slope, Split
from proofcheck.kernel.statements import Relation, Statement, instance
from proofcheck.kernel.terms import ONE, ZERO, Apply, Product, Rational, Sum, Term, Variable, difference

from . import cover
from .angles import with_right_angles
from .extension import Close, Extension, cited
from .normal import leaves
from .relevance import from_some
from .sequent import Deadline, Sequent, written_in
from .signs import quick

_PI = Apply("pi", ())
_RIGHT = Product((Rational(Fraction(1, 2)), _PI))
_X, _BETWEEN = Variable("x"), Variable("b")
_ONE, _THREE = Rational(Fraction(1)), Rational(Fraction(3))
_BEYOND = Rational(Fraction(16, 5))
_SECONDS, _LITTLE = 2.0, 0.3


def with_signs_of_angles(extension: Extension, deadline: Deadline) -> Extension:
    """The signs of sines and cosines of variables that facts bound from both sides."""
    sequent = extension.sequent
    if not sequent.mentions("sin", "cos"):
        return extension
    close = quick(deadline)
    for value in _values(sequent):
        angle = value.arguments[0]
        if isinstance(angle, Variable) and _is_bounded(sequent, angle):
            extension = _with_sign(extension, value.function, angle, close) or extension
    return extension


def _values(sequent: Sequent) -> list[Apply]:
    sides = [side for relation in (sequent.goal, *sequent.facts) for side in (relation.left, relation.right)]
    occurring = dict.fromkeys(leaf for side in sides for leaf in leaves(side))
    return [leaf for leaf in occurring if isinstance(leaf, Apply) and leaf.function in ("sin", "cos")]


def _is_bounded(sequent: Sequent, angle: Variable) -> bool:
    """Whether one fact bounds the angle from below, and one from above."""
    sides = set[bool]()
    for fact in sequent.facts:
        if fact.sign not in ("=", "!=") and angle in (fact.left, fact.right):
            sides.add((fact.sign[0] == ">") == (fact.left == angle))
    return len(sides) == 2


def _with_sign(extension: Extension, function: str, angle: Term, close: Close) -> Extension | None:
    if Relation(Apply("cos", (_PI,)), "=", Rational(Fraction(-1))) not in extension.sequent.facts:
        extension = extension.axiom("values of pi", (), close) or extension
    for sign in (">", ">="):
        statement, proof = _statement(function, sign), _proof(function, sign)
        found = _applied(extension, statement, proof, angle)
        if found is not None:
            return found
    return None


def _applied(extension: Extension, statement: Statement, proof: Proof, angle: Term) -> Extension | None:
    """The extension by an instance of a statement about one angle."""
    sequent, values = extension.sequent, {_X.name: angle}
    premises = []
    for hypothesis in statement.hypotheses:
        evidence = from_some(sequent.proving(instance(hypothesis, values)), _is_about_bounds, _bounded)
        if evidence is None:
            return None
        premises.append(Proof((), evidence))

    def step(then: Evidence) -> Evidence:
        return Instance(statement, proof, (angle,), (), tuple(premises), then)

    return Extension(sequent.assuming(instance(statement.goal, values)), (*extension.steps, step))


@lru_cache(maxsize=512)
def _bounded(sequent: Sequent) -> Evidence | None:
    """Evidence for a bound of an angle; while one goal is worked at, the same bounds are asked for many times."""
    return quick(Deadline.after(_LITTLE))(sequent)


def _is_about_bounds(fact: Relation) -> bool:
    """Whether a fact is one about numbers, and of no function of the table but pi."""
    return written_in(fact) <= {"pi", "/"}


def _statement(function: str, sign: str) -> Statement:
    """The function is positive inside, or nonnegative within, its two quadrants."""
    back = {">": "<", ">=": "<="}[sign]
    ends = (ZERO, _PI) if function == "sin" else (difference(ZERO, _RIGHT), _RIGHT)
    inside = Relation(_X, sign, ends[0]), Relation(_X, back, ends[1])
    return Statement((_X.name,), (), inside, Relation(Apply(function, (_X,)), sign, ZERO))


@lru_cache(maxsize=4)
def _proof(function: str, sign: str) -> Proof:
    statement = _statement(function, sign)
    sequent = Sequent(statement.variables, (), statement.hypotheses, statement.goal)
    evidence = _of_sine(sequent) if function == "sin" else _of_cosine(sequent, sign)
    if evidence is None:
        raise AssertionError(f"no proof of the sign of {function}")
    return Proof((), evidence)


def _of_sine(sequent: Sequent) -> Evidence | None:
    """In three parts: up to 1, up to 3, and up to pi."""
    close = quick(Deadline.after(_SECONDS))
    extension = Extension(sequent).axiom("values of pi", (), close)
    extension = extension and extension.lemma(Relation(_X, "<=", _BEYOND), close)
    if extension is None:
        return None

    def up_to(place: Rational, inside: Sequent, below: Close, above: Close) -> Evidence | None:
        parts = []
        for sign, weak, search in (("<", "<=", below), ("=", "<=", below), (">", ">=", above)):
            case = Extension(inside.assuming(Relation(difference(_X, place), sign, ZERO)))
            told = case.lemma(Relation(_X, weak, place), close)
            evidence = search(told.sequent) if told is not None else None
            if told is None or evidence is None:
                return None
            parts.append(told.wrap(evidence))
        return Split(difference(_X, place), (), *parts)

    def middle(inside: Sequent) -> Evidence | None:
        return up_to(_THREE, inside, lambda one: cover.search(one, Deadline.after(_SECONDS)), _from(_PI, close))

    evidence = up_to(_ONE, extension.sequent, _from(ZERO, close), middle)
    return None if evidence is None else extension.wrap(evidence)


def _from(start: Term, close: Close) -> Close:
    """What follows the sine from one of its zeros, by the sign of the cosine on the way."""
    forth, back = (">", "<") if start == ZERO else ("<", ">")
    place = _ONE if start == ZERO else _THREE

    def search(sequent: Sequent) -> Evidence | None:
        strict = sequent.goal.sign == ">"
        order = Relation(_X, forth if strict else forth + "=", start)
        ordered = cited(sequent, order)
        known = sequent.assuming(order)
        weak = Relation(_BETWEEN, forth + "=", start), Relation(_BETWEEN, back + "=", _X)
        within = known.assuming(*weak, Relation(_BETWEEN, forth, start), Relation(_BETWEEN, back, _X))
        moved = instance(sequent.goal, {_X.name: _BETWEEN})
        rising = Relation(derivative(moved.oriented()[0], _BETWEEN), order.sign, ZERO)
        told = Extension(within).lemma(Relation(_BETWEEN, back + "=", place), close)
        told = told and (told if start == ZERO else told.lemma(Relation(_BETWEEN, "<=", _BEYOND), close))
        slope = cover.search(told.sequent.proving(rising), Deadline.after(_SECONDS)) if told is not None else None
        value = _at(known, start, close)
        if ordered is None or told is None or slope is None or value is None:
            return None
        return Slope(_X.name, start, order.sign, _BETWEEN.name, (), ordered, (), Proof((), told.wrap(slope)), value)

    return search


def _at(sequent: Sequent, start: Term, close: Close) -> Evidence | None:
    """The sine is not negative where it vanishes."""
    extension = Extension(sequent).axiom("special values" if start == ZERO else "values of pi", (), close)
    if extension is None:
        return None
    vanishes = extension.sequent.facts.index(Relation(Apply("sin", (start,)), "=", ZERO))
    return extension.wrap(Combination((), (), (Multiple(ONE, vanishes),)))


def _of_cosine(sequent: Sequent, sign: str) -> Evidence | None:
    """`cos(x) = sin(x + pi/2)`."""
    close = quick(Deadline.after(_SECONDS))
    angle = Sum((_X, _RIGHT))
    extension = Extension(sequent).axiom("values of pi", (), close)
    extension = extension and extension.axiom("sine of sum", (_X, _RIGHT), close)
    if extension is None:
        return None
    extension = with_right_angles(extension, [Apply("sin", (_RIGHT,)), Apply("cos", (_RIGHT,))], close)
    applied = _applied(extension, _statement("sin", sign), _proof("sin", sign), angle)
    last = close(applied.sequent) if applied is not None else None
    return applied.wrap(last) if applied is not None and last is not None else None
