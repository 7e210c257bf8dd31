"""Letters that stand for integers: which values they take, and expressions that are linear in one."""

from __future__ import annotations

from dataclasses import replace

from .expressions import Add, Constant, Multiply, Named, Power, Relation, Scalar, Symbol, as_letter, number, same
from .printing import text


def is_integer(value: Scalar) -> bool:
    """Whether an expression is an integer as it is written: of integers, with sums, products and powers.

    >>> from proofcheck import scalar
    >>> n, x = scalar("n", integer=True), scalar("x")
    >>> is_integer(2 * n**2 - 1), is_integer(n / 2), is_integer(n + x)
    (True, False, False)
    """
    match value:
        case Constant(number_):
            return number_.denominator == 1
        case Symbol():
            return value.integer
        case Named(_, _, body):
            return is_integer(body)
        case Add(parts) | Multiply(parts):
            return all(map(is_integer, parts))
        case Power(base, exponent):
            return exponent >= 0 and is_integer(base)
        case _:
            return False


def as_real_letter(value: object, use: str) -> Symbol:
    """The parameter itself, which is to be the variable of an integral or such. Raises `TypeError` on an integer."""
    letter = as_letter(value, use)
    if letter.integer:
        raise TypeError(f"the {use} takes real values, and {letter.name} is an integer")
    return letter


def in_domain(symbol: Symbol, value: Scalar) -> tuple[Relation, ...]:
    """What has to hold of a value that a parameter takes. Raises `ValueError` on one that may be no integer.

    >>> from proofcheck import scalar
    >>> n, m = scalar("n", integer=True, at_least=1), scalar("m", integer=True)
    >>> [str(each) for each in in_domain(n, m + 1)]
    ['m + 1 >= 1']
    """
    if symbol.integer and not is_integer(value):
        raise ValueError(f"{symbol.name} is an integer, which {text(value)} need not be")
    return tuple(Relation(value, sign, number(bound)) for sign, bound in symbol.bounds)


def sharpened(relation: Relation) -> Relation:
    """The relation, a strict one between integers as one that is not: n < m is n + 1 <= m.

    >>> from proofcheck import scalar
    >>> n, m, x = scalar("n", integer=True), scalar("m", integer=True), scalar("x")
    >>> print(sharpened(n < 2 * m)), print(sharpened(n > x))
    n + 1 <= 2 m
    n > x
    (None, None)
    """
    if relation.sign not in ("<", ">") or not (is_integer(relation.left) and is_integer(relation.right)):
        return relation
    if relation.sign == "<":
        return replace(relation, left=relation.left + 1, sign="<=")
    return replace(relation, right=relation.right + 1, sign=">=")


def least(symbol: Symbol) -> int | None:
    """The least value of an integer; None where it has none.

    >>> from proofcheck import scalar
    >>> least(scalar("n", integer=True, at_least=4))
    4
    """
    lowest = max((bound for sign, bound in symbol.bounds if sign == ">="), default=None)
    return None if lowest is None else int(lowest)


def linear(value: Scalar, letter: Symbol) -> tuple[int, int] | None:
    """The integers k and c where the value is k letter + c as it is written; None for any other.

    >>> from proofcheck import scalar
    >>> n = scalar("n", integer=True)
    >>> linear(2 * (n + 1) - n, n), linear(n**2, n)
    ((1, 2), None)
    """
    match value:
        case Constant(constant) if constant.denominator == 1:
            return 0, int(constant)
        case Symbol() if same(value, letter):
            return 1, 0
        case Named(_, _, body) | Power(body, 1):
            return linear(body, letter)
        case Add(parts) | Multiply(parts):
            found = [linear(part, letter) for part in parts]
            known = [each for each in found if each is not None]
            if len(known) < len(found):
                return None
            slope, constant_ = (0, 0) if isinstance(value, Add) else (0, 1)
            for k, c in known:
                if isinstance(value, Add):
                    slope, constant_ = slope + k, constant_ + c
                elif slope and k:
                    return None
                else:
                    slope, constant_ = slope * c + constant_ * k, constant_ * c
            return slope, constant_
        case _:
            return None
