"""Reading data from outside by a strict grammar: bounded depth, bounded digits, no floats, no surprises."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

_RATIONAL = re.compile(r"-?(0|[1-9][0-9]{0,1999})(/[1-9][0-9]{0,1999})?")
#: Lists in one another.
DEEPEST = 99


class Malformed(ValueError):
    """The data does not follow the grammar."""


def items(data: object, room: int = DEEPEST) -> list[object]:
    """The items of a list, for which there is room: so many lists may be nested in one another. Raises `Malformed`."""
    if type(data) is not list:
        raise Malformed("a list was expected")
    if room < 1:
        raise Malformed("nested too deeply")
    return data


def text(data: object) -> str:
    """A string. Raises `Malformed`."""
    if type(data) is not str:
        raise Malformed("a string was expected")
    return data


def integer(data: object, largest: int) -> int:
    """An integer of bounded size (a bool or a float is none). Raises `Malformed`."""
    if type(data) is not int or abs(data) > largest:
        raise Malformed(f"an integer of size at most {largest} was expected")
    return data


def rational(data: object) -> Fraction:
    """A rational number, written `-3/2` in lowest terms. Raises `Malformed`."""
    return _rational(text(data))


@lru_cache(maxsize=1024)
def _rational(written: str) -> Fraction:
    if not _RATIONAL.fullmatch(written):
        raise Malformed(f"not a rational number: {written[:80]!r}")
    value = Fraction(written) if "/" in written else Fraction(int(written))
    if str(value) != written:
        raise Malformed(f"not in lowest terms: {written[:80]!r}")
    return value
