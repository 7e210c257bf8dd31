"""Polynomial algebra for the provers: terms to polynomials and back, and ideals that remember cofactors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TypeVar

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly

from proofcheck.kernel.rational import Quotient, Unusable
from proofcheck.kernel.terms import (
    ONE,
    ZERO,
    Apply,
    Power,
    Product,
    Rational,
    Sum,
    Term,
)

from .normal import NormalForm, has_quotient, leaves, name, normal_form
from .sequent import Deadline

_MOST_GENERATORS = 500
_MOST_PAIRS = 60
_LARGEST_ELEMENT = 150
#: Beyond it factoring takes minutes, from within compiled code, where no deadline is looked at.
_LARGEST_FACTORED_DEGREE = 200


Factored = TypeVar("Factored", fmpq_mpoly, fmpq_poly)


def fraction(value: fmpq) -> Fraction:
    """The same rational number."""
    return Fraction(int(value.p), int(value.q))


def factored(polynomial: Factored) -> tuple[fmpq, list[tuple[Factored, int]]]:
    """The content and the factors with their multiplicities; of a sum of a huge degree only generators.

    >>> (x,) = fmpq_mpoly_ctx.get(["x"], Ordering.lex).gens()
    >>> len(factored(x**2 - 1)[1]), len(factored(x**100001 - 1)[1])
    (2, 1)
    """
    degree = polynomial.degree() if isinstance(polynomial, fmpq_poly) else max(polynomial.degrees(), default=0)
    if degree <= _LARGEST_FACTORED_DEGREE or (isinstance(polynomial, fmpq_mpoly) and len(polynomial) == 1):
        content, factors = polynomial.factor()
        return content, factors
    if isinstance(polynomial, fmpq_mpoly):
        monomial: fmpq_mpoly = polynomial.term_content() / polynomial.term_content().leading_coefficient()
        return fmpq(1), [*monomial.factor()[1], (polynomial / monomial, 1)]
    return fmpq(1), [(polynomial, 1)]


def ring_of(terms: Iterable[Term]) -> Ring:
    """The ring that the terms generate: one for all terms with the same leaves, so that it computes each once.

    Raises `Unusable` when a function's argument has no normal form.
    """
    return ring_in(distinct(terms).values())


def ring_in(leaves: Iterable[Term]) -> Ring:
    """The ring in these leaves, no two of which are the same, its generators in their order."""
    return _ring(tuple(leaves))


@lru_cache(maxsize=256)
def _ring(leaves: tuple[Term, ...]) -> Ring:
    return Ring(leaves)


def distinct(terms: Iterable[Term]) -> dict[object, Term]:
    """The leaves of terms by name, in the order of a ring's generators: function values, the last first, then the rest.

    Of several that are the same one without a quotient in it is chosen: no multiplier may have one. Raises `Unusable`.
    """
    found: dict[object, Term] = {}
    for leaf in dict.fromkeys(leaf for term in terms for leaf in leaves(term)):
        key = name(leaf)
        if key not in found or (has_quotient(found[key]) and not has_quotient(leaf)):
            found[key] = leaf
    if len(found) > _MOST_GENERATORS:
        raise Unusable("too many variables and function values")
    values = {key: leaf for key, leaf in found.items() if isinstance(leaf, Apply)}
    return dict(reversed(values.items())) | {key: leaf for key, leaf in found.items() if key not in values}


class Ring:
    """The polynomials in leaves: variables, inner products and function values.

    >>> from proofcheck.kernel.terms import Variable
    >>> x = Variable("x")
    >>> ring = ring_of([x])
    >>> ring.term(ring.quotient(Product((x, x))).numerator)
    Power(base=Variable(name='x'), exponent=2)
    """

    def __init__(self, leaves: tuple[Term, ...]) -> None:
        """Make the generators, one for each leaf; the leaves of a function value's arguments are among the leaves."""
        self.leaves = leaves
        names = [f"y{number}" for number in range(max(1, len(leaves)))]
        self.context = fmpq_mpoly_ctx.get(names, Ordering.lex)
        self.one = self.context.constant(1)
        self.zero = self.context.constant(0)
        self._generators = dict(zip(map(name, leaves), self.context.gens(), strict=False))
        self._quotients: dict[Term, Quotient] = {}

    def quotient(self, term: Term) -> Quotient:
        """The normal form of a term. Raises `Unusable`."""
        known = self._quotients.get(term)
        if known is None:
            known = self._quotients[term] = self._image(normal_form(term))
        return known

    def _image(self, form: NormalForm) -> Quotient:
        above, below = form.quotient.numerator, form.quotient.denominator
        images = [self.zero] * above.context().nvars()
        for place, leaf in enumerate(form.leaves):
            if (generator := self._generators.get(name(leaf))) is None:
                raise Unusable("a variable or function value that the ring does not have")
            images[place] = generator
        numerator = above.compose(*images, ctx=self.context)
        if below.is_one():
            return Quotient(numerator, self.one)
        denominator = below.compose(*images, ctx=self.context)
        leading = denominator.leading_coefficient()
        return Quotient(numerator / leading, denominator / leading)

    def generator(self, leaf: Term) -> fmpq_mpoly:
        """The generator that stands for a variable, inner product or function value."""
        return self.quotient(leaf).numerator

    def monomial(self, exponents: tuple[int, ...]) -> fmpq_mpoly:
        """The monomial with these exponents, in the order of `leaves`."""
        return self.context.from_dict({exponents: 1})

    def term(self, polynomial: fmpq_mpoly) -> Term:
        """The polynomial as a term in the leaves."""
        parts = [
            self._monomial_term(exponents, fraction(coefficient))
            for exponents, coefficient in polynomial.to_dict().items()
        ]
        if not parts:
            return ZERO
        return parts[0] if len(parts) == 1 else Sum(tuple(parts))

    def _monomial_term(self, exponents: Iterable[int], coefficient: Fraction) -> Term:
        factors: list[Term] = [] if coefficient == 1 else [Rational(coefficient)]
        for leaf, exponent in zip(self.leaves, exponents, strict=False):
            if exponent:
                factors.append(leaf if exponent == 1 else Power(leaf, int(exponent)))
        if not factors:
            return ONE
        return factors[0] if len(factors) == 1 else Product(tuple(factors))


Cofactors = Mapping[int, fmpq_mpoly]


@dataclass(frozen=True, slots=True)
class _Element:
    """A polynomial of the ideal, how it comes about, and the positive exponents of its leading monomial by place."""

    polynomial: fmpq_mpoly
    cofactors: Cofactors
    leading: tuple[tuple[int, int], ...]


def _element(polynomial: fmpq_mpoly, cofactors: Cofactors) -> _Element:
    exponents = enumerate(polynomial.monoms()[0]) if len(polynomial) else ()
    return _Element(polynomial, cofactors, tuple((place, int(power)) for place, power in exponents if power))


class Ideal:
    """Polynomials modulo equations, by Buchberger's algorithm cut off after some pairs.

    Everything in it remembers how it is a combination of the equations' polynomials.
    """

    def __init__(self, ring: Ring, equations: Mapping[int, fmpq_mpoly], deadline: Deadline) -> None:
        """Complete the equations, given by fact number, as far as the bounds allow."""
        self._ring = ring
        self._basis: list[_Element] = []
        pending = [_element(polynomial, {number: ring.one}) for number, polynomial in equations.items()]
        pairs = 0
        while pending:
            deadline.check()
            pending.sort(key=lambda element: len(element.polynomial), reverse=True)
            candidate = pending.pop()
            rest, used = self.reduce(candidate.polynomial)
            if rest.is_zero() or len(rest) > _LARGEST_ELEMENT:
                continue
            new = _element(rest, combined((candidate.cofactors, self._ring.one), (used, -self._ring.one)))
            for old in self._basis:
                if pairs < _MOST_PAIRS and (critical := self._critical(old, new)) is not None:
                    pairs += 1
                    pending.append(critical)
            self._basis.append(new)

    def __bool__(self) -> bool:
        return bool(self._basis)

    def reduce(self, polynomial: fmpq_mpoly) -> tuple[fmpq_mpoly, Cofactors]:
        """A remainder, and cofactors with `polynomial = remainder + sum of cofactor * equation`.

        The remainder depends linearly on the polynomial.
        """
        quotients: list[tuple[Cofactors, fmpq_mpoly]] = []
        rest = self._rest(polynomial, quotients)
        return rest, combined(*quotients)

    def remainder(self, polynomial: fmpq_mpoly) -> fmpq_mpoly:
        """The remainder alone."""
        return self._rest(polynomial, [])

    def _rest(self, rest: fmpq_mpoly, quotients: list[tuple[Cofactors, fmpq_mpoly]]) -> fmpq_mpoly:
        """The remainder; what was subtracted on the way is added to the quotients."""
        changed = bool(self._basis)
        while changed and not rest.is_zero():
            changed = False
            degrees = rest.degrees()
            for element in self._basis:
                # A division costs far more than to see that there is nothing to divide.
                for place, power in element.leading:
                    if degrees[place] < power:
                        break
                else:
                    quotient, remainder = divmod(rest, element.polynomial)
                    if not quotient.is_zero():
                        rest, changed = remainder, True
                        quotients.append((element.cofactors, quotient))
                        degrees = rest.degrees()
        return rest

    @cached_property
    def entangled(self) -> frozenset[int]:
        """The places of the generators in equations that do not simply define one."""
        return frozenset(
            place
            for element in self._basis
            if sum(power for _, power in element.leading) > 1
            for place, power in enumerate(element.polynomial.degrees())
            if power
        )

    def _critical(self, first: _Element, second: _Element) -> _Element | None:
        """The S-polynomial, unless Buchberger's criterion says that it reduces to zero."""
        left, right = first.polynomial.monoms()[0], second.polynomial.monoms()[0]
        if all(a == 0 or b == 0 for a, b in zip(left, right, strict=True)):
            return None
        common = [max(a, b) for a, b in zip(left, right, strict=True)]
        one = self._ring.monomial(tuple(c - a for c, a in zip(common, left, strict=True)))
        other = self._ring.monomial(tuple(c - b for c, b in zip(common, right, strict=True)))
        one, other = (
            one / first.polynomial.leading_coefficient(),
            other / second.polynomial.leading_coefficient(),
        )
        return _element(
            first.polynomial * one - second.polynomial * other,
            combined((first.cofactors, one), (second.cofactors, -other)),
        )


def combined(*parts: tuple[Cofactors, fmpq_mpoly]) -> Cofactors:
    """The sum of cofactors, each times a polynomial."""
    total: dict[int, fmpq_mpoly] = {}
    for cofactors, factor in parts:
        for number, cofactor in cofactors.items():
            product = cofactor * factor
            total[number] = total[number] + product if number in total else product
    return {number: cofactor for number, cofactor in total.items() if not cofactor.is_zero()}
