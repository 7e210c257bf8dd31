"""A sequent that grows: lemmas and axioms add facts, and the evidence found in the end is wrapped in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from proofcheck.kernel.axioms import AXIOMS, cauchy_schwarz, square_of_vector
from proofcheck.kernel.certificates import (
    Apart,
    Axiom,
    Combination,
    Contradiction,
    Evidence,
    Lemma,
    Multiple,
    Proof,
    Summand,
)
from proofcheck.kernel.statements import Relation, conditions
from proofcheck.kernel.terms import ONE, ZERO, Rational, Term, difference

from .sequent import Sequent

MINUS_ONE = Rational(Fraction(-1))
#: What closes a sequent, or None.
Close = Callable[[Sequent], Evidence | None]


@dataclass(frozen=True, slots=True)
class Extension:
    """A sequent with further facts, and the steps that justify them, the first one outermost."""

    sequent: Sequent
    steps: tuple[Callable[[Evidence], Evidence], ...] = ()

    def wrap(self, evidence: Evidence) -> Evidence:
        """Evidence for the original sequent from evidence for the extended one."""
        for step in reversed(self.steps):
            evidence = step(evidence)
        return evidence

    def lemma(self, relation: Relation, close: Close) -> Extension | None:
        """The extension by a relation, if its definedness is known and `close` proves it."""
        sequent = self.sequent
        definedness = []
        for condition in conditions(relation):
            if (known := cited(sequent, condition)) is None:
                return None
            definedness.append(known)
            sequent = sequent.assuming(condition)
        if (evidence := close(sequent.proving(relation))) is None:
            return None
        proof = Proof(tuple(definedness), evidence)

        def step(then: Evidence) -> Evidence:
            return Lemma(relation, proof, then)

        added = (*conditions(relation), relation)
        return Extension(self.sequent.assuming(*added), (*self.steps, step))

    def axiom(
        self, name: str, arguments: tuple[Term, ...], close: Close, vectors: tuple[str, ...] = ()
    ) -> Extension | None:
        """The extension by an axiom's conclusions, if `close` proves its premises."""
        if name == "square of vector":
            premises, conclusions = square_of_vector(vectors, arguments)
        elif name == "Cauchy-Schwarz":
            premises, conclusions = cauchy_schwarz(vectors, arguments)
        else:
            premises, conclusions = AXIOMS[name][1](*arguments)
        defined = [condition for argument in arguments for condition in conditions(Relation(argument, "=", ZERO))]
        sequent = self.sequent
        parts = []
        for premise in (*defined, *premises):
            part = cited(sequent, premise) or close(sequent.proving(premise))
            if part is None:
                return None
            parts.append(part)
            sequent = sequent.assuming(premise)
        closed = tuple(parts)

        def step(then: Evidence) -> Evidence:
            return Axiom(name, arguments, vectors, closed, then)

        return Extension(sequent.assuming(*conclusions), (*self.steps, step))


def axiom_instance(
    name: str, arguments: tuple[Term, ...], vectors: tuple[str, ...]
) -> tuple[tuple[Relation, ...], tuple[Relation, ...]]:
    """What has to be proved for an instance of an axiom, its arguments' definedness first, and what it says."""
    if name == "square of vector":
        premises, conclusions = square_of_vector(vectors, arguments)
    elif name == "Cauchy-Schwarz":
        premises, conclusions = cauchy_schwarz(vectors, arguments)
    else:
        premises, conclusions = AXIOMS[name][1](*arguments)
    defined = (condition for argument in arguments for condition in conditions(Relation(argument, "=", ZERO)))
    return (*defined, *premises), conclusions


def cited(sequent: Sequent, relation: Relation) -> Evidence | None:
    """Evidence for a relation that stands among the facts, or follows from one by its sign alone."""
    for number, fact in enumerate(sequent.facts):
        if fact == relation:
            return citation(sequent, number)
        if (fact.left, fact.right) == (relation.left, relation.right) and fact.sign + "=" == relation.sign:
            return _nonnegative(number)
    if relation.sign == "!=":
        for sign in "<>":
            strict = Relation(relation.left, sign, relation.right)
            if strict in sequent.facts:
                return Apart(sign, _nonnegative(sequent.facts.index(strict)))
    return None


def _nonnegative(number: int) -> Evidence:
    return Combination((), (Summand(Fraction(1), (number,), ONE),), ())


def citation(sequent: Sequent, number: int) -> Evidence:
    """Evidence for what a fact says, however it is written."""
    match sequent.facts[number].sign:
        case "=":
            return Combination((), (), (Multiple(ONE, number),))
        case "!=":
            return absurd(sequent, (number,), (Multiple(MINUS_ONE, len(sequent.facts)),))
        case _:
            return _nonnegative(number)


def absurd(sequent: Sequent, nonzero: tuple[int, ...], multiples: tuple[Multiple, ...]) -> Evidence:
    """By contradiction, from `-(product of nonzero facts) = sum of multiples`.

    The goal's negation is the fact after the last one.
    """
    assumed = len(sequent.facts)
    lemma = Proof((), Combination(nonzero, (), multiples))
    conclusion = Combination((), (), (Multiple(ONE, assumed + 1),))
    return Contradiction(Lemma(Relation(ZERO, "=", ONE), lemma, conclusion))


def negative(term: Term) -> Term:
    """The term `-term`."""
    return difference(ZERO, term)
