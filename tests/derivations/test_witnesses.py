"""Each witness of the derivation violates its statement, computed a second time."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from proofcheck import Verdict
from proofcheck.kernel.certificates import Root, decode_witness
from proofcheck.kernel.statements import Relation, decode_statement
from proofcheck.kernel.terms import Inner, Variable
from proofcheck.results import DerivationResult

from ..kernel.reference import Unclear, Undefined, context, truth


def root_value(root: Root) -> Any:
    """A root between two bounds, by bisection."""

    def polynomial(x: Fraction) -> Fraction:
        return sum((c * x**power for power, c in enumerate(root.coefficients)), Fraction(0))

    lower, upper = root.lower, root.upper
    rising = polynomial(lower) < 0
    while upper - lower > Fraction(1, 10**45):
        middle = (lower + upper) / 2
        if (polynomial(middle) < 0) == rising:
            lower = middle
        else:
            upper = middle
    return context.mpf(lower.numerator) / lower.denominator


def test_every_witness_violates_its_statement(settled: DerivationResult) -> None:
    refuted = [
        (claim.name, obligation)
        for claim in settled.claims
        for obligation in claim.obligations
        if obligation.verdict is Verdict.REFUTED
    ]
    assert len(refuted) >= 10
    for name, obligation in refuted:
        statement, witness = decode_statement(obligation.statement), decode_witness(obligation.witness)
        point: dict[Any, Any] = {
            Variable(variable): root_value(value) if isinstance(value, Root) else value
            for variable, value in zip(statement.variables, witness.values, strict=True)
        }
        vectors = dict(zip(statement.vectors, witness.vectors, strict=True))
        for u in vectors:
            for v in vectors:
                if u <= v:
                    point[Inner(u, v)] = sum((a * b for a, b in zip(vectors[u], vectors[v], strict=True)), Fraction(0))
        for hypothesis in statement.hypotheses:
            assert seen(hypothesis, point) is not False, name
        assert seen(statement.goal, point) is not True, name


def seen(relation: Relation, point: dict[Any, Any]) -> bool | None:
    """Whether a relation holds, with forty digits; where its sides are as good as equal, None.

    Equality there is the witness's own affair: the kernel decided it exactly.
    """
    try:
        return truth(relation, point)
    except Undefined:
        return False
    except Unclear:
        return None
