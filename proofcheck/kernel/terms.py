"""Terms of real arithmetic, recorded as they were written: nothing is simplified, nothing cancels.

A term denotes a partial real function of its variables. `x / x` is a term that is undefined at `x = 0`;
`conditions` lists, inside out, exactly when a term is defined.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from .reading import Malformed, depth_checked, integer, items, rational, text

#: The function table: name and number of arguments. `power` is the real power of a positive base.
FUNCTIONS = {"sqrt": 1, "exp": 1, "log": 1, "power": 2, "sin": 1, "cos": 1, "arccos": 1, "pi": 0}
LARGEST_EXPONENT = 10_000
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}'{0,3}")


class _Hashed:
    """Remembers its hash: deep terms are looked up over and over."""

    __slots__ = ("_hash",)
    _hash: int

    def __hash__(self) -> int:
        if not hasattr(self, "_hash"):
            object.__setattr__(self, "_hash", hash((type(self), *[getattr(self, name) for name in self.__slots__])))
        return self._hash


@dataclass(frozen=True, slots=True)
class Rational:
    """An exact rational number."""

    value: Fraction

    def __hash__(self) -> int:
        return hash((self.value.numerator, self.value.denominator))


@dataclass(frozen=True, slots=True)
class Variable:
    """A real variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Inner:
    """The inner product of two vectors of one real inner product space; names in ascending order."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Sum(_Hashed):
    """The sum of its terms; 0 when there are none."""

    terms: tuple[Term, ...]
    __hash__ = _Hashed.__hash__


@dataclass(frozen=True, slots=True)
class Product(_Hashed):
    """The product of its factors; 1 when there are none."""

    factors: tuple[Term, ...]
    __hash__ = _Hashed.__hash__


@dataclass(frozen=True, slots=True)
class Power(_Hashed):
    """An integer power: `x**0` is 1 everywhere, a negative power is undefined where the base is 0."""

    base: Term
    exponent: int
    __hash__ = _Hashed.__hash__


@dataclass(frozen=True, slots=True)
class Apply(_Hashed):
    """A function of the table, applied."""

    function: str
    arguments: tuple[Term, ...]
    __hash__ = _Hashed.__hash__


Term = Rational | Variable | Inner | Sum | Product | Power | Apply

ZERO = Rational(Fraction(0))
ONE = Rational(Fraction(1))


def difference(left: Term, right: Term) -> Term:
    """The term `left - right`."""
    return Sum((left, Product((Rational(Fraction(-1)), right))))


def children(term: Term) -> tuple[Term, ...]:
    """The immediate subterms."""
    match term:
        case Sum(parts) | Product(parts) | Apply(_, parts):
            return parts
        case Power(base, _):
            return (base,)
        case Rational() | Variable() | Inner():
            return ()


def subterms(term: Term) -> list[Term]:
    """Every subterm, inside out."""
    found, waiting = [], [term]
    while waiting:
        found.append(part := waiting.pop())
        waiting.extend(children(part))
    return found[::-1]


def substitute(term: Term, values: dict[str, Term]) -> Term:
    """The term with variables replaced, simultaneously."""
    match term:
        case Variable(name):
            return values.get(name, term)
        case Sum(parts):
            return Sum(tuple(substitute(part, values) for part in parts))
        case Product(parts):
            return Product(tuple(substitute(part, values) for part in parts))
        case Power(base, exponent):
            return Power(substitute(base, values), exponent)
        case Apply(function, parts):
            return Apply(function, tuple(substitute(part, values) for part in parts))
        case Rational() | Inner():
            return term


def name_of(data: object) -> str:
    """Read a name: a letter, letters, digits or underscores, at most three primes. Raises `Malformed`."""
    name = text(data)
    if not _NAME.fullmatch(name):
        raise Malformed(f"not a name: {name[:80]!r}")
    return name


def encode_term(term: Term) -> list[object]:
    """The term as nested JSON lists."""
    match term:
        case Rational(value):
            return ["rational", str(value)]
        case Variable(name):
            return ["variable", name]
        case Inner(left, right):
            return ["inner", left, right]
        case Sum(parts):
            return ["sum", *map(encode_term, parts)]
        case Product(parts):
            return ["product", *map(encode_term, parts)]
        case Power(base, exponent):
            return ["power", encode_term(base), exponent]
        case Apply(function, parts):
            return ["apply", function, *map(encode_term, parts)]


def decode_term(data: object) -> Term:
    """Read a term by its grammar. Raises `Malformed` on anything else, too deep or too large."""
    return _decode(depth_checked(data))


def _decode(data: object) -> Term:
    match items(data):
        case ["rational", value]:
            return Rational(rational(value))
        case ["variable", name]:
            return Variable(name_of(name))
        case ["inner", left, right]:
            names = name_of(left), name_of(right)
            if names[0] > names[1]:
                raise Malformed("the names of an inner product are in ascending order")
            return Inner(*names)
        case ["sum", *parts]:
            return Sum(tuple(map(_decode, parts)))
        case ["product", *parts]:
            return Product(tuple(map(_decode, parts)))
        case ["power", base, exponent]:
            return Power(_decode(base), integer(exponent, LARGEST_EXPONENT))
        case ["apply", str(function), *parts]:
            if FUNCTIONS.get(function) != len(parts):
                raise Malformed(f"no function {function[:40]!r} of {len(parts)} arguments in the table")
            return Apply(function, tuple(map(_decode, parts)))
        case _:
            raise Malformed("not a term")
