"""Each witness of the derivation violates its statement, computed a second time."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from proofcheck import Verdict
from proofcheck.kernel.certificates import Root, decode_witness
from proofcheck.kernel.statements import decode_statement
from proofcheck.kernel.terms import Inner, Variable
from proofcheck.results import DerivationResult

from ..kernel.reference import Undefined, context, truth


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
        assert all(truth(hypothesis, point) for hypothesis in statement.hypotheses), name
        try:
            assert not truth(statement.goal, point), name
        except Undefined:
            pass  # a goal that is undefined there fails
