"""Multipliers that the kernel can read: polynomials without negative powers, in function values too.

Inside a function's argument a power of a number is computed. Where another negative power is left there, as in
`sqrt(n / m)`, the function values get names: the statement about the names is proved and applied to the values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from proofcheck.kernel.calculus import steps
from proofcheck.kernel.certificates import (
    Apart,
    Axiom,
    Between,
    Combination,
    Contradiction,
    Evidence,
    Instance,
    Lemma,
    Proof,
    Slope,
    Split,
)
from proofcheck.kernel.check import facts
from proofcheck.kernel.rational import Quotient, Unusable
from proofcheck.kernel.statements import Relation, Statement, conditions, instance
from proofcheck.kernel.terms import (
    ONE,
    ZERO,
    Apply,
    Inner,
    Power,
    Product,
    Rational,
    Sum,
    Term,
    Variable,
    subterms,
)

from .extension import axiom_instance, citation, cited
from .polynomials import ring_of
from .pruning import renumbered
from .sequent import Sequent

_FALSE = Relation(ZERO, ">=", ONE)


def named(sequent: Sequent, evidence: Evidence) -> Evidence:
    """The same evidence, for the same sequent, with multipliers that the kernel can read.

    >>> from fractions import Fraction
    >>> from proofcheck.kernel.certificates import Summand
    >>> half = Apply("exp", (Product((Variable("x"), Power(Rational(Fraction(2)), -1))),))
    >>> goal = Relation(Power(half, 2), ">=", ZERO)
    >>> evidence = Combination((), (Summand(Fraction(1), (), half),), ())
    >>> named(Sequent(("x",), (), (), goal), evidence).summands[0].square.arguments[0].factors
    (Variable(name='x'), Rational(value=Fraction(1, 2)))
    """
    goal = sequent.goal
    match evidence:
        case Combination():
            return _combination(sequent, evidence)
        case Lemma(relation, proof, then):
            definedness, inside = _chain(sequent, conditions(relation), proof.definedness)
            proved = Proof(definedness, named(inside.proving(relation), proof.evidence))
            return Lemma(relation, proved, named(inside.assuming(relation).proving(goal), then))
        case Axiom(name, arguments, vectors, premises, then):
            needed, conclusions = axiom_instance(name, arguments, vectors)
            premises, inside = _chain(sequent, needed, premises)
            return Axiom(name, arguments, vectors, premises, named(inside.assuming(*conclusions).proving(goal), then))
        case Split(term, definedness, below, zero, above):
            definedness, inside = _chain(sequent, conditions(Relation(term, "=", ZERO)), definedness)
            branches = (
                named(inside.assuming(Relation(term, sign, ZERO)).proving(goal), part)
                for sign, part in (("<", below), ("=", zero), (">", above))
            )
            return Split(term, definedness, *branches)
        case Instance(statement, _, values, _, _, then):
            defined = (condition for value in values for condition in _defined(value))
            applied = instance(statement.goal, dict(zip(statement.variables, values, strict=True)))
            after = sequent.assuming(*defined, *conditions(applied), applied)
            return replace(evidence, then=named(after, then))
        case Slope():
            return _slope(sequent, evidence)
        case Contradiction(then):
            return Contradiction(named(sequent.assuming(goal.negated()).proving(_FALSE), then))
        case Between(below, above):
            weak, other = (Relation(goal.left, sign, goal.right) for sign in ("<=", ">="))
            return Between(named(sequent.proving(weak), below), named(sequent.proving(other), above))
        case Apart(sign, part):
            return Apart(sign, named(sequent.proving(Relation(goal.left, sign, goal.right)), part))
        case _:
            return evidence


def _slope(sequent: Sequent, evidence: Slope) -> Evidence:
    parts: list[Evidence] = []
    slope = evidence.slope
    for known, relation, step in steps(sequent.facts, sequent.goal, evidence):
        inside = replace(sequent, facts=known, goal=relation)
        if isinstance(step, Proof):
            definedness, within = _chain(inside, conditions(relation), step.definedness)
            slope = Proof(definedness, named(within.proving(relation), step.evidence))
        else:
            parts.append(named(inside, step))
    place = len(evidence.definedness)
    return replace(
        evidence,
        definedness=tuple(parts[:place]),
        order=parts[place],
        inside=tuple(parts[place + 1 : -1]),
        slope=slope,
        value=parts[-1],
    )


def _chain(
    sequent: Sequent, relations: Iterable[Relation], parts: Iterable[Evidence]
) -> tuple[tuple[Evidence, ...], Sequent]:
    """The evidence for relations, each of which joins the facts for the next."""
    found = []
    for relation, part in zip(relations, parts, strict=True):
        found.append(named(sequent.proving(relation), part))
        sequent = sequent.assuming(relation)
    return tuple(found), sequent


def _combination(sequent: Sequent, evidence: Combination) -> Evidence:
    if not any(map(_negative_power, _multipliers(evidence))):
        return evidence
    plain = _with_terms(evidence, {term: _plain(term) for term in _multipliers(evidence)})
    if not any(map(_negative_power, _multipliers(plain))):
        return plain
    try:
        return _instance(sequent, evidence) or evidence
    except Unusable:
        return evidence


def _multipliers(evidence: Combination) -> list[Term]:
    return [*(s.square for s in evidence.summands), *(m.factor for m in evidence.multiples)]


def _with_terms(evidence: Combination, terms: dict[Term, Term]) -> Combination:
    return Combination(
        evidence.multiplier,
        tuple(replace(summand, square=terms[summand.square]) for summand in evidence.summands),
        tuple(replace(multiple, factor=terms[multiple.factor]) for multiple in evidence.multiples),
    )


def _negative_power(term: Term) -> bool:
    return any(isinstance(part, Power) and part.exponent < 0 for part in subterms(term))


def _plain(term: Term) -> Term:
    """The term with the powers of rational numbers computed."""
    match term:
        case Power(Rational(value), exponent) if value:
            return Rational(value**exponent)
        case Power(base, exponent):
            return Power(_plain(base), exponent)
        case Sum(parts):
            return Sum(tuple(map(_plain, parts)))
        case Product(parts):
            return Product(tuple(map(_plain, parts)))
        case Apply(function, parts):
            return Apply(function, tuple(map(_plain, parts)))
        case Rational() | Variable() | Inner():
            return term


class _Names:
    """Variables for the outermost function values and inner products, one for all that have one normal form."""

    def __init__(self, sequent: Sequent, relations: list[Relation], terms: list[Term]) -> None:
        self._ring = ring_of([*(side for relation in relations for side in (relation.left, relation.right)), *terms])
        self._taken = frozenset(sequent.variables)
        self._known: list[tuple[Quotient, Variable]] = []
        self.values: dict[str, Term] = {name: Variable(name) for name in sequent.variables}

    def term(self, term: Term) -> Term:
        """The term with names in it."""
        match term:
            case Inner() | Apply():
                return self._name(term)
            case Sum(parts):
                return Sum(tuple(map(self.term, parts)))
            case Product(parts):
                return Product(tuple(map(self.term, parts)))
            case Power(base, exponent):
                return Power(self.term(base), exponent)
            case Rational() | Variable():
                return term

    def relation(self, relation: Relation) -> Relation:
        """The relation with names in it."""
        return Relation(self.term(relation.left), relation.sign, self.term(relation.right))

    def _name(self, leaf: Term) -> Variable:
        normal = self._ring.quotient(leaf)
        for other, variable in self._known:
            if other == normal:
                return variable
        name = next(name for k in range(1, 10_000) if (name := f"f{k}") not in self._taken and name not in self.values)
        self._known.append((normal, Variable(name)))
        self.values[name] = leaf
        return Variable(name)


def _instance(sequent: Sequent, evidence: Combination) -> Evidence | None:
    """The combination about names, proved by itself and applied to the function values."""
    numbers = dict.fromkeys(
        [
            *evidence.multiplier,
            *(fact for summand in evidence.summands for fact in summand.facts),
            *(multiple.fact for multiple in evidence.multiples),
        ]
    )
    relations = [sequent.facts[number] for number in numbers]
    names = _Names(sequent, [*relations, sequent.goal], _multipliers(evidence))
    goal = names.relation(sequent.goal)
    hypotheses = (*conditions(goal), *map(names.relation, relations))
    renamed = _with_terms(evidence, {term: names.term(term) for term in _multipliers(evidence)})
    statement = Statement(tuple(names.values), (), hypotheses, goal)
    inside = Sequent(statement.variables, (), facts(statement), goal)
    places = {number: inside.facts.index(names.relation(sequent.facts[number])) for number in numbers}
    own = _cited_chain(inside, conditions(goal))
    definedness = _cited_chain(sequent, [c for value in names.values.values() for c in _defined(value)])
    if own is None or definedness is None:
        return None
    known = sequent.assuming(*(c for value in names.values.values() for c in _defined(value)))
    premises = []
    for hypothesis in hypotheses:
        applied = instance(hypothesis, names.values)
        parts = _cited_chain(known, (*conditions(applied), applied))
        if parts is None:
            return None
        premises.append(Proof(parts[:-1], parts[-1]))
    applied = instance(goal, names.values)
    after = known.assuming(*conditions(applied), applied)
    return Instance(
        statement,
        Proof(own, renumbered(renamed, places.__getitem__)),
        tuple(names.values.values()),
        definedness,
        tuple(premises),
        citation(after, len(after.facts) - 1),
    )


def _defined(value: Term) -> tuple[Relation, ...]:
    return conditions(Relation(value, "=", ZERO))


def _cited_chain(sequent: Sequent, relations: Iterable[Relation]) -> tuple[Evidence, ...] | None:
    """Evidence for each relation from the facts, as they are written or otherwise, and the relations before it."""
    found = []
    for relation in relations:
        evidence = cited(sequent, relation) or _rewritten(sequent, relation)
        if evidence is None:
            return None
        found.append(evidence)
        sequent = sequent.assuming(relation)
    return tuple(found)


def _rewritten(sequent: Sequent, relation: Relation) -> Evidence | None:
    """Evidence from a fact whose two sides differ by the same as those of the relation."""
    wanted, sign = relation.oriented()
    for number, fact in enumerate(sequent.facts):
        side, other = fact.oriented()
        if other == sign and _equal(side, wanted):
            return citation(sequent, number)
    return None


def _equal(left: Term, right: Term) -> bool:
    try:
        ring = ring_of([left, right])
        return ring.quotient(left) == ring.quotient(right)
    except Unusable:
        return False
