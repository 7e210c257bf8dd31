"""Terms and relations written shortly, and a search whose finds the kernel judges."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from proofcheck.kernel.axioms import inner
from proofcheck.kernel.certificates import Evidence, Proof
from proofcheck.kernel.check import check, facts
from proofcheck.kernel.statements import Relation, Statement, conditions, undeclared
from proofcheck.kernel.terms import Apply, Inner, Power, Product, Rational, Sum, Term, Variable, subterms
from proofcheck.provers.extension import cited
from proofcheck.provers.naming import named
from proofcheck.provers.portfolio import decide
from proofcheck.provers.prepare import prepare
from proofcheck.provers.pruning import pruned
from proofcheck.provers.sequent import Deadline, Sequent

Written = Term | int | str
Search = Callable[[Sequent, Deadline], Evidence | None]


def number(value: int | str) -> Term:
    return Rational(Fraction(value))


def term(written: Written) -> Term:
    return number(written) if isinstance(written, int | str) else written


def plus(*terms: Written) -> Term:
    return Sum(tuple(map(term, terms)))


def times(*factors: Written) -> Term:
    return Product(tuple(map(term, factors)))


def minus(left: Written, right: Written) -> Term:
    return plus(left, times(-1, right))


def power(base: Written, exponent: int) -> Term:
    return Power(term(base), exponent)


def over(above: Written, below: Written) -> Term:
    return times(above, power(below, -1))


def apply(function: str, *arguments: Written) -> Term:
    return Apply(function, tuple(map(term, arguments)))


def exp(argument: Written) -> Term:
    return apply("exp", argument)


def sqrt(argument: Written) -> Term:
    return apply("sqrt", argument)


def dot(left: str | dict[str, Written], right: str | dict[str, Written]) -> Term:
    """The inner product of two combinations of vectors."""
    if isinstance(left, str) and isinstance(right, str):
        return Inner(min(left, right), max(left, right))
    first, second = ({side: 1} if isinstance(side, str) else side for side in (left, right))
    return inner({n: term(c) for n, c in first.items()}, {n: term(c) for n, c in second.items()})


def relation(left: Written, sign: str, right: Written) -> Relation:
    return Relation(term(left), sign, term(right))


def statement(hypotheses: Sequence[Relation], goal: Relation) -> Statement:
    """The statement about all the names that occur."""
    relations = (*hypotheses, goal)
    variables = sorted({name for relation in relations for name in _variables(relation)})
    everything = {name for relation in relations for name in undeclared(relation, frozenset(), frozenset())}
    return Statement(tuple(variables), tuple(sorted(everything - set(variables))), tuple(hypotheses), goal)


def must_prove(claim: Statement, *provers: str) -> None:
    """The claim is proved by one of the provers, and the kernel accepts the proof."""
    outcome = decide(claim, 20)
    assert outcome.prover in provers, outcome.attempts
    assert outcome.proof is not None
    check(claim, outcome.proof)


def must_refute(claim: Statement) -> None:
    """A witness against the claim is found."""
    outcome = decide(claim, 10)
    assert outcome.proof is None
    assert outcome.witness is not None, outcome.attempts


def _variables(relation: Relation) -> Iterator[str]:
    for side in (relation.left, relation.right):
        yield from (part.name for part in subterms(side) if isinstance(part, Variable))


def found(
    search: Search,
    hypotheses: Sequence[Relation],
    goal: Relation,
    *,
    prepared: bool = True,
    seconds: float = 10,
) -> Evidence | None:
    """The evidence for the prepared goal, once the kernel has accepted it, wrapped, and wrapped and pruned.

    The goal's conditions of definedness have to stand among the hypotheses' facts.
    """
    claim = statement(hypotheses, goal)
    sequent = Sequent(claim.variables, claim.vectors, facts(claim), goal)
    definedness = []
    for condition in conditions(goal):
        known = cited(sequent, condition)
        assert known is not None, f"not a fact: {condition}"
        definedness.append(known)
        sequent = sequent.assuming(condition)
    ready, wrap = prepare(sequent, Deadline.after(seconds)) if prepared else (sequent, lambda evidence: evidence)
    evidence = search(ready, Deadline.after(seconds))
    if evidence is None:
        return None
    whole = named(sequent, wrap(evidence))
    check(claim, Proof(tuple(definedness), whole))
    check(claim, Proof(tuple(definedness), named(sequent, pruned(wrap(evidence), len(sequent.facts)))))
    return evidence
