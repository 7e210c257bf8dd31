"""A search for a witness and what it found, as lines of text and as JSON. Nothing is printed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flint import arb
from flint import ctx as flint_context

from proofcheck.kernel.certificates import encode
from proofcheck.kernel.statements import encode_statement
from proofcheck.language.expressions import Relation, Scalar
from proofcheck.results import Verdict

from .evaluating import BALLS, BITS, Point, Undefined, exactly, in_balls

if TYPE_CHECKING:
    from .falsifying import Falsification


def lines_of(found: Falsification) -> Iterator[str]:
    """The verdict, the claim, and the witness, or what was drawn, or why nothing was."""
    claim = found.claim
    if not found.draws:
        yield f"  not drawn  {claim.where}  {claim.name}: {found.reason}"
        return
    surprise = "" if found.as_expected else f"  (expected {claim.expect.value})"
    only = f"; not drawn in part: {found.reason}" if found.reason else ""
    counted = f"{found.draws} draws, {found.seconds:.2f} s{only}"
    verdict = "suspected" if found.suspected else found.verdict.value
    yield f"  {verdict:<9}  {claim.where}  {claim.name}{surprise}  {counted}"
    if found.witness is not None or found.suspected:
        yield f"    claimed  {found.relation}"
        yield f"    {'numbers' if found.suspected else 'witness'}  {found.shown}"


def summary(found: Sequence[Falsification]) -> str:
    """How many claims have a witness, how many numbers are against, how many were drawn, how many could not be."""
    counts = {verdict: sum(each.verdict is verdict for each in found) for verdict in Verdict}
    suspected = sum(each.suspected for each in found)
    doubted = f"{suspected} with numbers against {'it' if suspected == 1 else 'them'}, which refute nothing; "
    surprises = sum(not each.as_expected for each in found)
    expected = f" ({surprises} against expectation)" if surprises else ""
    return (
        f"{len(found)} claim{'' if len(found) == 1 else 's'}: "
        f"{counts[Verdict.REFUTED]} with an exact witness{expected}; "
        f"{doubted if suspected else ''}"
        f"{counts[Verdict.SAMPLED]} without one, which proves nothing; {counts[Verdict.OPEN] - suspected} not drawn"
    )


def json_of(derivation: str, found: Falsification) -> dict[str, object]:
    """All that was found; the statement and the witness as the kernel reads them."""
    claim = found.claim
    return {
        "derivation": derivation,
        "claim": claim.name,
        "where": claim.where,
        "expected": claim.expect.value,
        "verdict": found.verdict.value,
        "suspected": found.suspected,
        "as_expected": found.as_expected,
        "draws": found.draws,
        "seconds": round(found.seconds, 3),
        "reason": found.reason,
        "relation": found.relation,
        "shown": found.shown,
        "statement": None if found.statement is None else encode_statement(found.statement),
        "witness": None if found.witness is None else encode(found.witness),
    }


def shown_values(values: Mapping[Any, Any]) -> str:
    """Values as a reader writes them: numbers, vectors, matrices.

    >>> from fractions import Fraction
    >>> shown_values({"x": Fraction(1, 2), ("Delta", 1, "0"): (Fraction(0), Fraction(1))})
    "x = 1/2, Delta'(0) = (0, 1)"
    """
    return ", ".join(f"{_shown_key(key)} = {_shown_value(value)}" for key, value in values.items())


def _shown_key(key: Any) -> str:
    match key:
        case (name, int(order), moment, *index):
            return f"{name}{_in_brackets(index)}" + "'" * order + ("" if moment is None else f"({moment})")
        case (name, index):
            return f"{name}{_in_brackets([index])}"
        case _:
            return str(key)


def _in_brackets(index: Sequence[Any]) -> str:
    return "".join(f"[{row}]" for row in index if isinstance(row, int))


def _shown_value(value: Any) -> str:
    match value:
        case tuple() if len(value) == 1:
            return _shown_value(value[0])
        case tuple():
            return "(" + ", ".join(map(_shown_value, value)) + ")"
        case arb() if value.is_integer():
            return str(value.unique_fmpz())
        case arb():
            return f"~ {value.str(10, radius=False)}"
        case _:
            return str(value)


def shown_sides(relation: Relation, values: Mapping[Any, Any]) -> str:
    """Both sides of a relation, exact or as decimals."""
    try:
        return ", ".join(
            f"{side} {_shown_value(_side(expression, values))}"
            for side, expression in (("left", relation.left), ("right", relation.right))
        )
    except Undefined:
        return "a side is not defined"


def _side(expression: Scalar, values: Mapping[Any, Any]) -> Any:
    try:
        return exactly(values).scalar(expression)
    except (Undefined, TypeError):
        with flint_context.workprec(BITS):
            value = Point({name: in_balls(value) for name, value in values.items()}, BALLS, in_balls).scalar(expression)
        if not value.is_finite():
            raise Undefined("not a number") from None
        return value
