"""The kernel's terms and relations as text for a terminal and as LaTeX.

What is printed is equal to the term wherever the term is defined: factors are sorted into a fraction, numbers
collected, zeros and ones left out. It is for reading; nothing is ever read back from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Protocol, runtime_checkable

from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ZERO, Apply, Inner, Power, Product, Rational, Sum, Term, Variable

_LARGEST_POWER = 64


class Named(Protocol):
    """How a variable or vector is printed."""

    @property
    def text(self) -> str:
        """On a terminal."""

    @property
    def latex(self) -> str:
        """In a report."""


@runtime_checkable
class Coordinate(Named, Protocol):
    """How a coordinate is printed."""

    @property
    def part_of(self) -> Named:
        """The vector or the symmetric matrix."""

    @property
    def place(self) -> tuple[int, ...]:
        """Where the coordinate stands there, counted from 1."""


Names = Mapping[str, Named]


@dataclass(frozen=True, slots=True)
class Shown:
    """The same mathematics as text and as LaTeX (without delimiters)."""

    text: str
    latex: str

    def __add__(self, other: Shown) -> Shown:
        return Shown(self.text + other.text, self.latex + other.latex)


def words(text: str) -> Shown:
    """Plain words inside mathematics."""
    return Shown(text, rf"\text{{{text}}}")


def joined(separator: Shown, parts: Sequence[Shown]) -> Shown:
    """The parts in a row."""
    return Shown(separator.text.join(part.text for part in parts), separator.latex.join(part.latex for part in parts))


def show_name(name: str, names: Names) -> Shown:
    """A variable or vector; one without a printed name is printed as the kernel calls it."""
    if name in names:
        return Shown(names[name].text, names[name].latex)
    escaped = name.replace("_", r"\_")
    return Shown(name, name if len(name) == 1 else rf"\mathit{{{escaped}}}")


def show_term(term: Term, names: Names) -> Shown:
    """A term.

    >>> x, h = Variable("x"), Variable("h")
    >>> minus = Product((Rational(Fraction(-1, 2)), Power(x, 2), Power(Sum((h, Rational(Fraction(1)))), -1)))
    >>> show_term(Sum((h, minus)), {}).text
    'h - x^2/(2 (h + 1))'
    >>> print(show_term(Sum((h, minus)), {}).latex)
    h - \\frac{x^{2}}{2 \\left(h + 1\\right)}
    """
    return _show_monomials(_addends(term), names)


def show_sum(parts: Sequence[Term], names: Names) -> Shown:
    """A sum whose parts stay together: a part that is a sum itself is put in parentheses.

    >>> x, y = Variable("x"), Variable("y")
    >>> show_sum([Sum((x, y)), Product((Rational(Fraction(-1)), Sum((x, y))))], {}).text
    '(x + y) - (x + y)'
    """
    return _show_monomials([_monomial(part) for part in parts], names)


def show_factor(term: Term, names: Names) -> Shown:
    """A term in a product, in parentheses where it is a sum, a fraction, or negative."""
    match _addends(term):
        case [_Monomial(number, factors)] if number >= 0 and number.denominator == 1 and _is_whole(factors):
            return show_term(term, names)
        case _:
            return enclosed(show_term(term, names))


def show_relation(relation: Relation, names: Names) -> Shown:
    """Both sides and the sign."""
    return show_term(relation.left, names) + show_sign(relation.sign) + show_term(relation.right, names)


def show_sign(sign: str) -> Shown:
    """A relation's sign, with spaces."""
    latex = {"<=": r"\le", ">=": r"\ge", "!=": r"\ne"}.get(sign, sign)
    return Shown(f" {sign} ", f" {latex} ")


@dataclass(frozen=True, slots=True)
class _Monomial:
    """A number times powers; the bases are no products and no numbers."""

    number: Fraction
    factors: tuple[tuple[Term, int], ...]


def _is_whole(factors: Sequence[tuple[Term, int]]) -> bool:
    return all(power > 0 for _, power in factors)


def _addends(term: Term) -> list[_Monomial]:
    """The term as a sum of monomials, none twice, none zero; nested sums without a factor before them are opened."""
    numbers: dict[frozenset[tuple[Term, int]], Fraction] = {}
    order: dict[frozenset[tuple[Term, int]], tuple[tuple[Term, int], ...]] = {}
    for part in _opened(term):
        key = frozenset(part.factors)
        order.setdefault(key, part.factors)
        numbers[key] = numbers.get(key, Fraction(0)) + part.number
    return [_Monomial(number, order[key]) for key, number in numbers.items() if number != 0]


def _opened(term: Term) -> Iterator[_Monomial]:
    if isinstance(term, Sum):
        for part in term.terms:
            yield from _opened(part)
        return
    monomial = _monomial(term)
    match monomial.factors:
        case ((Sum() as inner, 1),) if abs(monomial.number) == 1:
            for opened in _opened(inner):
                yield _Monomial(monomial.number * opened.number, opened.factors)
        case _:
            yield monomial


def _monomial(term: Term) -> _Monomial:
    number, factors = Fraction(1), dict[Term, int]()
    pending = [(term, 1)]
    while pending:
        part, exponent = pending.pop()
        match part:
            case Rational(value) if abs(exponent) <= _LARGEST_POWER and (value != 0 or exponent > 0):
                number *= value**exponent
            case Product(parts):
                pending += [(each, exponent) for each in reversed(parts)]
            case Power(base, inner) if inner != 0:
                pending.append((base, inner * exponent))
            case Power():
                continue  # a power with exponent 0 is 1
            case Sum():
                match _addends(part):
                    case []:
                        pending.append((ZERO, exponent))
                    case [_Monomial(value, inside)]:
                        pending += [(base, power * exponent) for base, power in reversed(inside)]
                        pending.append((Rational(value), exponent))
                    case _:
                        factors[part] = factors.get(part, 0) + exponent
            case _:
                factors[part] = factors.get(part, 0) + exponent
    return _Monomial(number, tuple((base, power) for base, power in factors.items() if power))


def _show_monomials(monomials: Sequence[_Monomial], names: Names) -> Shown:
    parts = [part for part in monomials if part.number != 0]
    if not parts:
        return Shown("0", "0")
    shown = _show_monomial(parts[0], names)
    for part in parts[1:]:
        sign = " - " if part.number < 0 else " + "
        shown += Shown(sign, sign) + _show_monomial(_Monomial(abs(part.number), part.factors), names)
    return shown


def _show_monomial(monomial: _Monomial, names: Names) -> Shown:
    size = abs(monomial.number)
    above: list[tuple[Term, int]] = [(base, power) for base, power in monomial.factors if power > 0]
    below = [(base, -power) for base, power in monomial.factors if power < 0]
    sums = [factor for factor in above if isinstance(factor[0], Sum)]
    simple = [factor for factor in above if not isinstance(factor[0], Sum)]
    if not simple and (below or size.denominator > 1):
        simple, sums = sums, simple
    if size.denominator > 1 or below:
        fraction = _fraction(
            _part_of_fraction(size.numerator, simple, names),
            _part_of_fraction(size.denominator, below, names),
            compound=len(below) + (size.denominator > 1) > 1,
            followed=bool(sums),
        )
    else:
        fraction = _row(size.numerator, simple, names, alone=not sums)
    rest = _row(1, sums, names, alone=False)
    space = Shown(" ", " ") if fraction.text and rest.text else Shown("", "")
    sign = "-" if monomial.number < 0 else ""
    return Shown(sign, sign) + fraction + space + rest


def _row(number: int, factors: Sequence[tuple[Term, int]], names: Names, *, alone: bool) -> Shown:
    """Factors side by side; where they stand alone, 1 is written out when there are none."""
    shown = [_show_power(base, power, names) for base, power in factors]
    if number != 1 or (alone and not shown):
        shown.insert(0, Shown(str(number), str(number)))
    return joined(Shown(" ", " "), shown)


def _part_of_fraction(number: int, factors: Sequence[tuple[Term, int]], names: Names) -> Shown:
    """A numerator or denominator; LaTeX's fraction needs no parentheses around a single sum."""
    shown = _row(number, factors, names, alone=True)
    match factors:
        case [(Sum() as only, 1)] if number == 1:
            return Shown(shown.text, show_term(only, names).latex)
        case _:
            return shown


def _fraction(above: Shown, below: Shown, *, compound: bool, followed: bool) -> Shown:
    under = f"({below.text})" if compound else below.text
    text = f"{above.text}/{under}"
    return Shown(f"({text})" if followed else text, rf"\frac{{{above.latex}}}{{{below.latex}}}")


def _show_power(base: Term, power: int, names: Names) -> Shown:
    match base:
        case Inner(left, right) if left == right:
            vector = show_name(left, names)
            exponent = 2 * power
            return Shown(f"|{vector.text}|^{exponent}", rf"\|{vector.latex}\|^{{{exponent}}}")
        case Inner(left, right):
            u, v = show_name(left, names), show_name(right, names)
            shown = Shown(f"<{u.text}, {v.text}>", rf"\langle {u.latex}, {v.latex}\rangle")
        case Variable(name):
            shown = show_name(name, names)
            if power != 1 and not (shown.text.replace("_", "").isalnum() or _is_enclosed(shown.text)):
                shown = enclosed(shown)
        case Apply(function, arguments):
            shown = _show_call(function, arguments, names)
            if power != 1 and function == "power":
                shown = enclosed(shown)
        case _:
            shown = enclosed(show_term(base, names))
    return shown if power == 1 else shown + Shown(f"^{power}", f"^{{{power}}}")


def enclosed(shown: Shown) -> Shown:
    """In parentheses."""
    return Shown(f"({shown.text})", rf"\left({shown.latex}\right)")


def _is_enclosed(text: str) -> bool:
    """Whether one pair of parentheses is around everything."""
    depths = list(accumulate((sign == "(") - (sign == ")") for sign in text))
    return text.startswith("(") and depths.index(0) == len(text) - 1


def _show_call(function: str, arguments: Sequence[Term], names: Names) -> Shown:
    shown = [show_term(argument, names) for argument in arguments]
    match function, shown:
        case "pi", []:
            return Shown("pi", r"\pi")
        case "sqrt", [inside]:
            return Shown(f"sqrt({inside.text})", rf"\sqrt{{{inside.latex}}}")
        case "power", [base, exponent]:
            return Shown(f"({base.text})^({exponent.text})", rf"\left({base.latex}\right)^{{{exponent.latex}}}")
        case _:
            inside = joined(Shown(", ", ", "), shown)
            name = {"exp": r"\exp", "log": r"\log", "sin": r"\sin", "cos": r"\cos", "arccos": r"\arccos"}
            latex = name.get(function, rf"\mathrm{{{function}}}")
            return Shown(f"{function}({inside.text})", rf"{latex}\left({inside.latex}\right)")
