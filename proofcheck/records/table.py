"""What the kernel reads of an obligation, with every term of a record written once, in one table."""

from __future__ import annotations

from proofcheck.kernel.certificates import decode_proof, encode
from proofcheck.kernel.statements import decode_statement, encode_statement
from proofcheck.kernel.terms import Reader, Term, encode_term
from proofcheck.results import ObligationResult


class Table:
    """The terms of a record, each made of those before it, which it names by their numbers.

    >>> from proofcheck.kernel.terms import Power, Sum, Variable
    >>> table, x = Table(), Variable("x")
    >>> table.number(Sum((x, Power(x, 2)))), table.number(x)
    (2, 0)
    >>> table.entries
    [['variable', 'x'], ['power', 0, 2], ['sum', 0, 1]]
    """

    def __init__(self, before: object = None) -> None:
        """Begin an empty table. What is written may name terms of the table before. Raises `Malformed`."""
        self.entries: list[object] = []
        self._numbers: dict[Term, int] = {}
        self._reader = Reader(before)

    def number(self, term: Term) -> int:
        """Where the term stands, which is entered if it was not."""
        number = self._numbers.get(term)
        if number is None:
            written = encode_term(term, self.number)
            number = self._numbers[term] = len(self.entries)
            self.entries.append(written)
        return number

    def written(self, obligation: ObligationResult) -> tuple[object, object]:
        """The obligation's statement and certificate, with numbers in place of terms. Raises `Malformed`."""
        self._reader.begin()
        statement, certificate = obligation.statement, obligation.certificate
        if statement is not None:
            statement = encode_statement(decode_statement(statement, self._reader), self.number)
        if certificate is not None:
            certificate = encode(decode_proof(certificate, self._reader), self.number)
        return statement, certificate
