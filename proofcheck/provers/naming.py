"""Multipliers that the kernel can read: polynomials without negative powers, in function values too.

Inside a function's argument a power of a number is computed. Where another negative power is left there, as in
`sqrt(n / m)`, the function values get names: the statement about the names is proved and applied to the values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from proofcheck.kernel.certificates import (
    Apart,
    Axiom,
    Between,
    Combination,
    Contradiction,
    Evidence,
    Instance,
    Lemma,
    Multiple,
    Proof,
    Split,
    Summand,
)
from proofcheck.kernel.check import facts
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation, Statement, conditions, instance
from proofcheck.kernel.terms import (
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
from .polynomials import Ring
from .sequent import Sequent


def named(sequent: Sequent, evidence: Evidence) -> Evidence:
    """The same evidence, for the same sequent, with multipliers that the kernel can read.

    >>> x = Variable("x")
    >>> half = Apply("exp", (Product((x, Power(Rational(Fraction(2)), -1))),))
    >>> square = Summand(Fraction(1), (), half)
    >>> goal = Relation(Power(half, 2), ">=", ZERO)
    >>> found = named(Sequent(("x",), (), (), goal), Combination((), (square,), ()))
    >>> found.summands[0].square.arguments[0].factors
    (Variable(name='x'), Rational(value=Fraction(1, 2)))
    """
    match evidence:
        case Combination():
            return _named_combination(sequent, evidence)
        case Lemma(relation, proof, then):
            definedness, inside = _chain(sequent, conditions(relation), proof.definedness)
            proved = Proof(definedness, named(inside.proving(relation), proof.evidence))
            after = sequent.assuming(*conditions(relation), relation)
            return Lemma(relation, proved, named(after, then))
        case Axiom(name, arguments, vectors, premises, then):
            needed, conclusions = axiom_instance(name, arguments, vectors)
            parts, inside = _chain(sequent, needed, premises)
            then = named(inside.assuming(*conclusions).proving(sequent.goal), then)
            return replace(evidence, premises=parts, then=then)
        case Split(term, definedness, *cases):
            parts, inside = _chain(sequent, conditions(Relation(term, "=", ZERO)), definedness)
            assumed = (Relation(term, sign, ZERO) for sign in ("<", "=", ">"))
            inside = inside.proving(sequent.goal)
            return Split(
                term, parts, *(named(inside.assuming(case), part) for case, part in zip(assumed, _cases(evidence), strict=True))
            )
        case Contradiction(then):
            return Contradiction(named(sequent.assuming(sequent.goal.negated()).proving(_FALSE), then))
        case Between(below, above):
            left, right = sequent.goal.left, sequent.goal.right
            return Between(
                named(sequent.proving(Relation(left, "<=", right)), below),
                named(sequent.proving(Relation(left, ">=", right)), above),
            )
        case Apart(sign, part):
            return Apart(sign, named(sequent.proving(Relation(sequent.goal.left, sign, sequent.goal.right)), part))
        case _:
            return evidence
