"""Many statements, as they come: an iterator in, an iterator out, a bounded number in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from proofcheck.kernel.statements import Statement

from .answering import Answer, Answering
from .outcomes import verified


def search_each(statements: Iterable[Statement], answering: Answering, *, ahead: int = 64) -> Iterator[Answer]:
    """Search for a proof or a witness of each statement; what is given back was accepted by the kernel, here.

    Statements are drawn from the iterator as room for them comes, so that it may be as long as one likes: at most
    `ahead` are under way. Answers come as they are found, each beside the very object that was drawn, in an order of
    their own. `ahead` should be a few times the number of processes that search, which `answering` stands for: a
    `Pool` of this machine, or a `Cluster` of many.

    >>> from proofcheck.kernel.statements import Relation
    >>> from proofcheck.kernel.terms import Power, Variable, ZERO
    >>> from proofcheck.running.pool import Pool
    >>> x = Variable("x")
    >>> powers = (Statement(("x",), (), (), Relation(Power(x, n), ">=", ZERO)) for n in range(2, 6))
    >>> with Pool(jobs=1, seconds=5) as pool:
    ...     for statement, outcome in search_each(powers, pool, ahead=2):
    ...         print(statement.goal.left.exponent, outcome.proof is not None, outcome.witness is not None)
    2 True False
    3 False True
    4 True False
    5 False True
    """
    if ahead < 1:
        raise ValueError("at least one statement has to be under way")
    for statement in statements:
        answering.submit(statement)
        while answering.outstanding >= ahead:
            yield from _checked(answering.ready(waiting=True))
        yield from _checked(answering.ready())
    yield from _checked(answering.answers())


def _checked(answers: Iterable[Answer]) -> Iterator[Answer]:
    for statement, outcome in answers:
        yield statement, verified(statement, outcome)
