"""Exponentials as monomials in few of them: a lattice basis of the exponents, and the law of exponents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import lcm

from flint import fmpq, fmpq_mat, fmpq_mpoly, fmpz_mat

from proofcheck.kernel.terms import ZERO, Apply, Power, Product, Sum, Term, subterms

from .extension import Close, Extension
from .polynomials import Ring, fraction, ring_of
from .sequent import Deadline
from .signs import quick

_MOST_STEPS = 12
_MOST_CANDIDATES = 8
Vector = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Exponents as rational vectors: coefficients over common monomials and a common denominator."""

    ring: Ring
    monomials: tuple[tuple[int, ...], ...]
    denominator: fmpq_mpoly

    @staticmethod
    def of(arguments: Sequence[Term]) -> tuple[Lattice, list[Vector]]:
        """The lattice's ambient space and the arguments in it. Raises `Unusable`."""
        ring = ring_of(arguments)
        quotients = [ring.quotient(argument) for argument in arguments]
        denominator = ring.one
        for quotient in quotients:
            denominator *= quotient.denominator / denominator.gcd(quotient.denominator)
        numerators = [(quotient.numerator * (denominator / quotient.denominator)).to_dict() for quotient in quotients]
        monomials = tuple(sorted({monomial for numerator in numerators for monomial in numerator}))
        vectors = [
            tuple(fraction(numerator[m]) if m in numerator else Fraction(0) for m in monomials)
            for numerator in numerators
        ]
        return Lattice(ring, monomials, denominator), vectors

    def term(self, vector: Vector) -> Term:
        """The exponent that a vector stands for."""
        numerator = self.ring.zero
        for monomial, coefficient in zip(self.monomials, vector, strict=True):
            numerator += self.ring.monomial(monomial) * coefficient.numerator / coefficient.denominator
        common = numerator.gcd(self.denominator)
        below = self.denominator / common
        above = self.ring.term(numerator / common)
        if below.is_constant():
            return self.ring.term(numerator / self.denominator)
        return Product((above, Power(self.ring.term(below), -1)))


def coordinates(basis: Sequence[Vector], vector: Vector) -> Vector | None:
    """The coefficients of a vector over independent vectors, or None outside their span."""
    system = fmpq_mat(len(vector), len(basis) + 1)
    for column, part in enumerate((*basis, vector)):
        for row, entry in enumerate(part):
            system[row, column] = _exact(entry)
    echelon, rank = system.rref()
    if rank != len(basis) or any(echelon[row, row] != 1 for row in range(rank)):
        return None
    return tuple(fraction(echelon[row, len(basis)]) for row in range(rank))


def _exact(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def lattice_basis(vectors: Sequence[Vector]) -> list[Vector]:
    """Independent vectors that have all the given ones as integer combinations; given ones, if possible."""
    scale = lcm(*(entry.denominator for vector in vectors for entry in vector))
    matrix = fmpz_mat([[int(entry * scale) for entry in vector] for vector in vectors])
    rank = int(matrix.rank())
    best: tuple[int, list[Vector]] | None = None
    for chosen in combinations(vectors[:_MOST_CANDIDATES], rank):
        found = [coordinates(chosen, vector) for vector in vectors]
        entries = [entry for part in found if part is not None for entry in part]
        if None in found or any(entry.denominator != 1 for entry in entries):
            continue
        negative = sum(1 for entry in entries if entry < 0)
        if best is None or negative < best[0]:
            best = negative, list(chosen)
    if best is not None:
        return best[1]
    hermite = matrix.hnf()
    rows = [tuple(Fraction(int(hermite[i, j]), scale) for j in range(hermite.ncols())) for i in range(rank)]
    return [_turned(row, vectors, rows) for row in rows]


def _turned(row: Vector, vectors: Sequence[Vector], rows: list[Vector]) -> Vector:
    """The basis vector with the sign that it mostly has in the combinations."""
    place = rows.index(row)
    signs = [part[place] for vector in vectors if (part := coordinates(rows, vector)) is not None]
    if sum(1 for sign in signs if sign < 0) > sum(1 for sign in signs if sign > 0):
        return tuple(-entry for entry in row)
    return row


def with_exponentials(extension: Extension, deadline: Deadline) -> Extension:
    """Exponentials are positive, monomials in a few of them, and comparable to 1 as their exponents are to 0.

    Raises `Unusable`.
    """
    if not extension.sequent.mentions("exp"):
        return extension
    relations = (*extension.sequent.facts, extension.sequent.goal)
    sides = [side for relation in relations for side in (relation.left, relation.right)]
    values = [leaf for leaf in ring_of(sides).leaves if isinstance(leaf, Apply) and leaf.function == "exp"]
    close = quick(deadline)
    lattice, vectors = Lattice.of([value.arguments[0] for value in values])
    distinct = [vector for vector in dict.fromkeys(vectors) if any(vector)]
    arguments = {vector: lattice.term(vector) for vector in distinct}
    basis = lattice_basis(distinct) if distinct else []
    opposite = False
    for vector in (*basis, *distinct):
        argument = arguments.setdefault(vector, lattice.term(vector))
        extension = extension.axiom("exponential positive", (argument,), close) or extension
    for vector in distinct:
        if vector not in basis and (parts := coordinates(basis, vector)) is not None:
            extension = _expanded(extension, lattice, basis, parts, close)
            opposite |= any(part < 0 for part in parts)
    if opposite:
        for vector in basis:
            pair = lattice.term(vector), lattice.term(tuple(-entry for entry in vector))
            extension = extension.axiom("exponential of sum", pair, close) or extension
            extension = extension.axiom("exponential positive", pair[1:], close) or extension
    return _bounded(extension, list(arguments.values()), opposite, close)


def _expanded(extension: Extension, lattice: Lattice, basis: list[Vector], parts: Vector, close: Close) -> Extension:
    """`exp(sum of n_k b_k)` as a product, one factor after the other."""
    steps: list[Term] = []
    for vector, count in zip(basis, parts, strict=True):
        sign = 1 if count > 0 else -1
        steps += [lattice.term(tuple(sign * entry for entry in vector))] * abs(int(count))
    if len(steps) > _MOST_STEPS:
        return extension
    total = steps[0]
    for step in steps[1:]:
        extension = extension.axiom("exponential of sum", (total, step), close) or extension
        total = Sum((total, step))
    return extension


def _bounded(extension: Extension, arguments: list[Term], special: bool, close: Close) -> Extension:
    for argument in arguments:
        if any(isinstance(part, Apply) and part.function == "log" for part in subterms(argument)):
            continue
        for pair in ((argument, ZERO), (ZERO, argument)):
            if (found := extension.axiom("exponential increases", pair, close)) is not None:
                extension, special = found, True
                break
    return (extension.axiom("special values", (), close) or extension) if special else extension


def tangents(extension: Extension, deadline: Deadline) -> Extension:
    """`exp(u) >= 1 + u` for every exponential that occurs, and for the opposite exponents."""
    relations = (*extension.sequent.facts, extension.sequent.goal)
    sides = [side for relation in relations for side in (relation.left, relation.right)]
    close = quick(deadline)
    for leaf in ring_of(sides).leaves:
        if isinstance(leaf, Apply) and leaf.function == "exp":
            extension = extension.axiom("exponential tangent", leaf.arguments, close) or extension
    return extension
