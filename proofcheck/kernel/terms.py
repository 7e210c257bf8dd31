"""Terms of real arithmetic, recorded as they were written: nothing is simplified, nothing cancels.

A term denotes a partial real function of its variables. `x / x` is a term that is undefined at `x = 0`;
`conditions` lists, inside out, exactly when a term is defined.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from .reading import DEEPEST, Malformed, integer, items, rational, text

#: The function table: name and number of arguments. `power` is the real power of a positive base.
FUNCTIONS = {"sqrt": 1, "exp": 1, "log": 1, "power": 2, "sin": 1, "cos": 1, "arccos": 1, "pi": 0}
LARGEST_EXPONENT = 10_000
#: Subterms of a statement and its evidence together, each counted wherever it stands.
MOST_SUBTERMS = 100_000
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}'{0,3}")


class _Remembering:
    """Remembers its hash, its atoms and its extent: deep terms are looked up and asked for them over and over."""

    __slots__ = ("_atoms", "_extent", "_hash")
    _atoms: tuple[Term, ...]
    _extent: tuple[int, int]
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
class Sum(_Remembering):
    """The sum of its terms; 0 when there are none."""

    terms: tuple[Term, ...]
    __hash__ = _Remembering.__hash__


@dataclass(frozen=True, slots=True)
class Product(_Remembering):
    """The product of its factors; 1 when there are none."""

    factors: tuple[Term, ...]
    __hash__ = _Remembering.__hash__


@dataclass(frozen=True, slots=True)
class Power(_Remembering):
    """An integer power: `x**0` is 1 everywhere, a negative power is undefined where the base is 0."""

    base: Term
    exponent: int
    __hash__ = _Remembering.__hash__


@dataclass(frozen=True, slots=True)
class Apply(_Remembering):
    """A function of the table, applied."""

    function: str
    arguments: tuple[Term, ...]
    __hash__ = _Remembering.__hash__


Term = Rational | Variable | Inner | Sum | Product | Power | Apply

ZERO = Rational(Fraction(0))
ONE = Rational(Fraction(1))
MINUS_ONE = Rational(Fraction(-1))


def difference(left: Term, right: Term) -> Term:
    """The term `left - right`."""
    return Sum((left, Product((MINUS_ONE, right))))


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


def atoms(term: Term) -> tuple[Term, ...]:
    """The variables, inner products, function values and negative powers of a term, each once, inside out."""
    match term:
        case Rational():
            return ()
        case Variable() | Inner():
            return (term,)
    if not hasattr(term, "_atoms"):
        below = [found for part in children(term) if (found := atoms(part))]
        merged = below[0] if len(below) == 1 else tuple(dict.fromkeys(chain.from_iterable(below)))
        partial = isinstance(term, Apply) or (isinstance(term, Power) and term.exponent < 0)
        object.__setattr__(term, "_atoms", (*merged, term) if partial else merged)
    return term._atoms


def extent(term: Term) -> tuple[int, int]:
    """How many terms are nested in one another, and how many subterms there are, each counted wherever it stands."""
    if not isinstance(term, _Remembering):
        return 1, 1
    if not hasattr(term, "_extent"):
        deepest, subterms = 0, 1
        for part in children(term):
            depth, below = extent(part)
            deepest, subterms = max(deepest, depth), subterms + below
        object.__setattr__(term, "_extent", (1 + deepest, subterms))
    return term._extent


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


def encode_term(term: Term, part: Callable[[Term], object] | None = None) -> list[object]:
    """The term as JSON lists; its parts are nested in it, or written as one says."""
    write = part or encode_term
    match term:
        case Rational(value):
            return ["rational", str(value)]
        case Variable(name):
            return ["variable", name]
        case Inner(left, right):
            return ["inner", left, right]
        case Sum(parts):
            return ["sum", *map(write, parts)]
        case Product(parts):
            return ["product", *map(write, parts)]
        case Power(base, exponent):
            return ["power", write(base), exponent]
        case Apply(function, parts):
            return ["apply", function, *map(write, parts)]


def decode_term(data: object) -> Term:
    """Read a term by its grammar. Raises `Malformed` on anything else, too deep or too large."""
    return Reader().term(data, DEEPEST)


class Reader:
    """Reads terms by their grammar; equal ones become one object, which is looked up by what it is made of.

    Its parts have been read before and are kept, so that each has an identity of its own. A table lists terms, each
    made of those before it; the number of one stands for it, as if it were written in its place.

    >>> terms = Reader([["variable", "x"], ["power", 0, 2]])
    >>> terms.term(["sum", 1, 0], room=3) == terms.term(["sum", ["power", 0, 2], ["variable", "x"]], room=3)
    True
    """

    def __init__(self, table: object = None) -> None:
        """Read the table, if there is one. Raises `Malformed`."""
        self._known: dict[tuple[object, ...], Term] = {}
        self._table: list[tuple[Term, int, int]] = []
        for entry in items([] if table is None else table):
            self.begin()
            term = self.term(entry, DEEPEST)
            self._table.append((term, *extent(term)))
        self.begin()

    def begin(self) -> None:
        """What is read from now on belongs together, and may have so many subterms."""
        self._left = MOST_SUBTERMS

    def term(self, data: object, room: int) -> Term:
        """Read a term nested no deeper than there is room. Raises `Malformed`."""
        if type(data) is int:
            if not 0 <= data < len(self._table):
                raise Malformed("a number that names no term before it")
            term, depth, subterms = self._table[data]
            if depth > room:
                raise Malformed("nested too deeply")
            self._count(subterms)
            return term
        self._count(1)
        known = self._known
        key: tuple[object, ...]
        match items(data, room):
            case [("sum" | "product") as kind, *parts]:
                members = [self.term(part, room - 1) for part in parts]
                made = Sum if kind == "sum" else Product
                key = (made, *map(id, members))
                return known.get(key) or known.setdefault(key, made(tuple(members)))
            case ["rational", value]:
                key = Rational, text(value)
                return known.get(key) or known.setdefault(key, Rational(rational(value)))
            case ["variable", name]:
                key = Variable, text(name)
                return known.get(key) or known.setdefault(key, Variable(name_of(name)))
            case ["power", base, exponent]:
                below, power = self.term(base, room - 1), integer(exponent, LARGEST_EXPONENT)
                key = Power, id(below), power
                return known.get(key) or known.setdefault(key, Power(below, power))
            case ["apply", function, *parts]:
                if FUNCTIONS.get(text(function)) != len(parts):
                    raise Malformed(f"no function {text(function)[:40]!r} of {len(parts)} arguments in the table")
                arguments = [self.term(part, room - 1) for part in parts]
                key = (Apply, function, *map(id, arguments))
                return known.get(key) or known.setdefault(key, Apply(text(function), tuple(arguments)))
            case ["inner", left, right]:
                key = Inner, name_of(left), name_of(right)
                if text(left) > text(right):
                    raise Malformed("the names of an inner product are in ascending order")
                return known.get(key) or known.setdefault(key, Inner(text(left), text(right)))
            case _:
                raise Malformed("not a term")

    def _count(self, subterms: int) -> None:
        self._left -= subterms
        if self._left < 0:
            raise Malformed(f"more than {MOST_SUBTERMS} subterms")
