"""From a true relation that is attained somewhere: true statements in other clothes, and false ones just beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from proofcheck import chain, claim, exp, let, log, scalar, sqrt
from proofcheck.language.expressions import Relation, Scalar

from .case import Case, Values
from .drawing import exact, nonzero, number, positive

FLIPPED = {">=": "<=", "<=": ">="}
STRICT = {">=": ">", "<=": "<"}
PAST = (Fraction(1, 10), Fraction(1, 1000), Fraction(1, 10**9), Fraction(1, 10**30))


@dataclass(frozen=True, eq=False)
class Tight:
    """A true relation, `<=`, `>=` or `=`, that is attained `at` a point where all its hypotheses hold.

    It holds strictly at the `loose` point, if one is given. `needed` are hypotheses, by their place, with a point that
    meets all others and at which the relation fails.
    """

    name: str
    relation: Relation
    at: Values
    why: str
    loose: Values | None = None
    needed: tuple[tuple[int, Values], ...] = ()


#: A relation that is false, at which point, what was done, and why that is wrong.
Spoiled = tuple[Relation, Values, str, str]


def case_of(family: str, tight: Tight, rng: Random) -> Case:
    """A true or a false case from a tight relation, with equal chances."""
    if rng.random() < 0.5:
        stated, clothes = _dressed(tight.relation, rng, truth=True)
        points = tuple(point for point in (tight.at, tight.loose) if point is not None)
        points = tuple({**point, "k_": Fraction(2)} for point in points)
        return Case(family, f"{tight.name}{clothes}", True, stated, tight.why, points)
    relation, point, done, reason = rng.choice(list(spoiled(tight, rng)))
    stated, clothes = _dressed(relation, rng, truth=False)
    return Case(family, f"{tight.name}, {done}{clothes}", False, stated, reason, ({**point, "k_": Fraction(2)},))


def spoiled(tight: Tight, rng: Random) -> Iterator[Spoiled]:
    """False relations beside a tight one."""
    relation, at = tight.relation, tight.at
    past = rng.choice(PAST) * positive(rng)
    if relation.sign == "=":
        moved = relation.right + exact(past * rng.choice((1, -1)))
        yield replace(relation, right=moved), at, "a constant added", "both sides are equal without it"
        yield replace(relation, sign=rng.choice(("<", ">", "!="))), at, "made strict", "both sides are equal"
        yield from _holes(relation, at, rng)
        return
    towards = past if relation.sign == ">=" else -past
    moved = relation.right + exact(towards)
    for _ in range(2):
        yield replace(relation, right=moved), at, f"moved by {float(past):.0e}", "both sides were equal there"
    yield replace(relation, sign=STRICT[relation.sign]), at, "made strict", "both sides are equal there"
    if tight.loose is not None:
        yield replace(relation, sign="="), tight.loose, "made an equation", "it is strict there"
        yield replace(relation, sign=FLIPPED[relation.sign]), tight.loose, "turned round", "it is strict there"
    for place, point in tight.needed:
        kept = (*relation.hypotheses[:place], *relation.hypotheses[place + 1 :])
        yield (
            replace(relation, hypotheses=kept),
            point,
            "a hypothesis dropped",
            "only the hypothesis excludes the point",
        )
    yield from _holes(relation, at, rng)


def _holes(relation: Relation, at: Values, rng: Random) -> Iterator[Spoiled]:
    """The same on both sides, undefined somewhere: there nothing holds."""
    z = scalar("z_hole")
    bottom = number(rng)
    holes: list[tuple[Scalar, Fraction, str]] = [
        (0 * ((z - exact(bottom)) ** -1), bottom, "0/0"),
        ((z - exact(bottom)) / (z - exact(bottom)), bottom, "a quotient of equals"),
        (0 * log(z**2), Fraction(0), "a logarithm of 0"),
        (0 * sqrt(z), Fraction(-1, 1000), "a root of a negative number"),
        (sqrt(z**3 - exact(bottom**3)) ** 2, bottom - Fraction(1, 10**6), "a squared root"),
        (exp(log(z - exact(bottom))), bottom, "exp of log 0"),
        (0 * (z**2) ** -3, Fraction(0), "0 times a pole"),
        (0 / (z**100001 - z), Fraction(rng.choice((0, 1, -1))), "a pole between huge powers"),
        (0 * log(exact(bottom) - z), bottom, "a logarithm at the end of its domain"),
    ]
    hole, where, name = rng.choice(holes)
    left, right = relation.left + hole, relation.right + hole
    yield replace(relation, left=left, right=right), {**at, "z_hole": where}, f"with {name}", "it is undefined there"


def _dressed(relation: Relation, rng: Random, *, truth: bool) -> tuple[Callable[[], object], str]:
    """The relation in one of several clothes, with the same truth."""
    left, right, k = relation.left, relation.right, scalar("k_", positive=True)
    weight, shift = exact(positive(rng)), exact(nonzero(rng))
    sides: tuple[str, Scalar, Scalar] = rng.choice(
        [
            ("", left, right),
            ("", left, right),
            ("", left, right),
            (", scaled", weight * left, weight * right),
            (", shifted", left + shift, shift + right),
            (", times a positive number", k * left, right * k),
            (", plus a letter", left - k, right - k),
            (", over a positive number", left / k, right / k),
            (", named", let("E", left), right),
            (", all on one side", left - right, exact(0)),
        ]
    )
    name, left, right = sides
    changed = replace(relation, left=left, right=right)
    if rng.random() < 0.15:
        turned = {"<=": ">=", ">=": "<=", "<": ">", ">": "<", "=": "=", "!=": "!="}[relation.sign]
        changed, name = replace(changed, left=right, sign=turned, right=left), f"{name}, read backwards"
    if changed.sign in ("<=", ">=") and rng.random() < 0.15:
        middle = (changed.left + changed.right) / 2
        links = chain(changed.left).le(middle) if changed.sign == "<=" else chain(changed.left).ge(middle)
        links = links.le(changed.right) if changed.sign == "<=" else links.ge(changed.right)
        hypotheses = changed.hypotheses
        return lambda: links.given(*hypotheses), f"{name}, as a chain"
    if rng.random() < 0.1:

        @claim("the corpus")
        def lemma() -> object:
            return changed

        follows = replace(changed, left=2 * changed.left + 1, right=1 + 2 * changed.right)
        return lambda: follows.by(lemma), f"{name}, from a claim"
    return lambda: changed, name
