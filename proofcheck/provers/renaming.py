"""Powers of sums that are too large to expand: the sum gets a name, by which one of its variables is expressed.

The statement about the name is proved and applied to the sum: `(1 + x)^2000 >= 1 + 2000 x` is about `y^2000`.
"""

from __future__ import annotations

from collections.abc import Iterator

from proofcheck.kernel.certificates import Evidence, Instance, Proof
from proofcheck.kernel.rational import Field, Unusable, univariate
from proofcheck.kernel.statements import Relation, Statement, conditions, instance
from proofcheck.kernel.terms import (
    ONE,
    ZERO,
    Apply,
    Power,
    Product,
    Rational,
    Sum,
    Term,
    Variable,
    difference,
    substitute,
    subterms,
)

from .cases import Closing
from .extension import Extension, citation, cited
from .polynomials import fraction
from .sequent import Deadline, Sequent
from .shapes import LARGE_EXPONENT
from .signs import quick


def search(sequent: Sequent, deadline: Deadline, close: Closing) -> Evidence | None:
    """Evidence by a name for the base of a large power, `close` proving the statement about it. Raises `OutOfTime`."""
    parts = [part for side in _sides(sequent.goal) for part in subterms(side)]
    bases = dict.fromkeys(
        part.base
        for part in parts
        if isinstance(part, Power) and abs(part.exponent) > LARGE_EXPONENT and isinstance(part.base, Sum)
    )
    for base in bases:
        for variable, expressed in _expressed(sequent, base):
            deadline.check()
            evidence = _renamed(sequent, base, {variable.name: expressed}, deadline, close)
            if evidence is not None:
                return evidence
        told = _with_bounds(sequent, base, deadline)
        evidence = _renamed(told.sequent, base, {}, deadline, close)
        if evidence is not None:
            return told.wrap(evidence)
    return None


def _with_bounds(sequent: Sequent, base: Term, deadline: Deadline) -> Extension:
    """What can be said of the base by itself."""
    extension = Extension(sequent)
    for sign, bound in ((">=", ONE), ("<=", ONE), (">", ZERO), (">=", ZERO)):
        extension = extension.lemma(Relation(base, sign, bound), quick(deadline)) or extension
    return extension


def _expressed(sequent: Sequent, base: Term) -> Iterator[tuple[Variable, Term]]:
    """A variable that occurs linearly, in the base alone, and what it is in terms of the name."""
    for variable in dict.fromkeys(part for part in subterms(base) if isinstance(part, Variable)):
        try:
            field = Field([base, variable])
            line = univariate(field.normal(base).numerator, field.normal(variable).numerator)
        except Unusable:
            continue
        if line.degree() == 1 and field.normal(base).denominator.is_constant():
            shift, factor = (Rational(fraction(value)) for value in (line[0], 1 / line[1]))
            yield variable, Product((factor, difference(_name(sequent), shift)))


def _name(sequent: Sequent) -> Variable:
    taken = {*sequent.variables, *sequent.vectors}
    parts = (part for r in (*sequent.facts, sequent.goal) for side in (r.left, r.right) for part in subterms(side))
    taken |= {part.name for part in parts if isinstance(part, Variable)}
    return Variable(next(name for k in range(1, 10_000) if (name := f"y{k}") not in taken))


def _renamed(
    sequent: Sequent, base: Term, expressed: dict[str, Term], deadline: Deadline, close: Closing
) -> Evidence | None:
    name = _name(sequent)

    def renamed(relation: Relation) -> Relation:
        sides = (substitute(_replaced(side, base, name), expressed) for side in _sides(relation))
        return Relation(next(sides), relation.sign, next(sides))

    goal = renamed(sequent.goal)
    numbers = [number for number, fact in enumerate(sequent.facts) if not conditions(renamed(fact))]
    hypotheses = tuple(renamed(sequent.facts[number]) for number in numbers)
    inside = Sequent((name.name,), (), hypotheses, goal)
    definedness = []
    for condition in conditions(goal):
        found = quick(deadline)(inside.proving(condition))
        if found is None:
            return None
        definedness.append(found)
        inside = inside.assuming(condition)
    evidence = close(inside, deadline)
    if evidence is None:
        return None
    free = dict.fromkeys(
        part.name
        for r in (*hypotheses, goal)
        for side in _sides(r)
        for part in subterms(side)
        if isinstance(part, Variable) and part != name
    )
    values = {name.name: base, **{other: Variable(other) for other in free}}
    statement = Statement(tuple(values), (), hypotheses, goal)
    applied = instance(goal, values)
    defined = []
    known = sequent
    for condition in (c for value in values.values() for c in conditions(Relation(value, "=", ZERO))):
        part = cited(known, condition)
        if part is None:
            return None
        defined.append(part)
        known = known.assuming(condition)
    after = known.assuming(*conditions(applied), applied)
    return Instance(
        statement,
        Proof(tuple(definedness), evidence),
        tuple(values.values()),
        tuple(defined),
        tuple(Proof((), citation(known, number)) for number in numbers),
        citation(after, len(after.facts) - 1),
    )


def _sides(relation: Relation) -> tuple[Term, Term]:
    return relation.left, relation.right


def _replaced(term: Term, base: Term, name: Variable) -> Term:
    """The term with the name in the place of the base."""
    match term:
        case _ if term == base:
            return name
        case Power(inside, exponent):
            return Power(_replaced(inside, base, name), exponent)
        case Sum(parts):
            return Sum(tuple(_replaced(part, base, name) for part in parts))
        case Product(parts):
            return Product(tuple(_replaced(part, base, name) for part in parts))
        case Apply(function, parts):
            return Apply(function, tuple(_replaced(part, base, name) for part in parts))
        case _:
            return term
