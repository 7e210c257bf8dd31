"""Normal forms of terms, each computed once in a field of its own, and which function values are one and the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from flint import fmpq_mpoly

from proofcheck.kernel.rational import Field, Quotient, Unusable
from proofcheck.kernel.terms import Apply, Inner, Power, Product, Rational, Sum, Term, Variable, subterms

#: Values are taken modulo this prime.
_PRIME = 2**127 - 1


@dataclass(frozen=True, slots=True)
class NormalForm:
    """A quotient of polynomials, and the leaves that the generators stand for: each the first of its name."""

    leaves: tuple[Term, ...]
    quotient: Quotient


@lru_cache(maxsize=4096)
def leaves(term: Term) -> tuple[Term, ...]:
    """The variables, inner products and function values in a term, inside out, each once."""
    return tuple(dict.fromkeys(part for part in subterms(term) if isinstance(part, Variable | Inner | Apply)))


@lru_cache(maxsize=4096)
def has_quotient(term: Term) -> bool:
    """Whether a negative power occurs anywhere in a term."""
    return any(isinstance(part, Power) and part.exponent < 0 for part in subterms(term))


def normal_form(term: Term) -> NormalForm:
    """The normal form. Raises `Unusable`.

    >>> x = Variable("x")
    >>> normal_form(Sum((x, x))).quotient.numerator
    2*x0
    """
    found = _attempted(term)
    if isinstance(found, str):
        raise Unusable(found)
    return found


@lru_cache(maxsize=8192)
def _attempted(term: Term) -> NormalForm | str:
    """The normal form, or why there is none: that is worth keeping, too."""
    try:
        field = Field([term])
        found: dict[int, Term] = {}
        for leaf in leaves(term):
            found.setdefault(_position(field.normal(leaf).numerator), leaf)
        return NormalForm(tuple(found[place] for place in range(len(found))), field.normal(term))
    except Unusable as error:
        return str(error)


def _position(generator: fmpq_mpoly) -> int:
    return generator.monoms()[0].index(1)


@lru_cache(maxsize=8192)
def name(leaf: Term) -> object:
    """What two leaves have in common exactly when they have the same normal form. Raises `Unusable`.

    >>> x = Variable("x")
    >>> name(Apply("exp", (Sum((x, x)),))) == name(Apply("exp", (Product((x, Sum((Power(x, 0), Power(x, 0))))),)))
    True
    """
    return (leaf.function, *map(_value, leaf.arguments)) if isinstance(leaf, Apply) else leaf


@lru_cache(maxsize=8192)
def _value(term: Term) -> int:
    """The value at one point modulo a prime, where no two rational functions that differ meet by chance.

    Nothing rests on it: a proof that confuses two function values is turned down by the kernel. Raises `Unusable`.
    """
    match term:
        case Rational(value):
            return value.numerator * pow(value.denominator, -1, _PRIME) % _PRIME
        case Sum(parts):
            return sum(map(_value, parts)) % _PRIME
        case Product(parts):
            product = 1
            for part in parts:
                product = product * _value(part) % _PRIME
            return product
        case Power(base, exponent):
            below = _value(base)
            if exponent < 0 and below == 0:
                raise Unusable("division by zero")
            return pow(below, exponent, _PRIME)
        case Variable() | Inner() | Apply():
            return int.from_bytes(blake2b(repr(name(term)).encode(), digest_size=16).digest()) % _PRIME
