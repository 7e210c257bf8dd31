"""The expressions of `-k`: words joined by `and`, `or`, `not` and parentheses, as in pytest."""

from __future__ import annotations

import re
from collections.abc import Callable

Selection = Callable[[str], bool]

_TOKEN = re.compile(r"\s*(\(|\)|[^\s()]+)")
_DEEPEST = 50


class NotASelection(ValueError):
    """The expression of `-k` cannot be read; the message says where."""


def selection(expression: str) -> Selection:
    """Whether a text, such as a claim's name and place, is selected. Raises `NotASelection`.

    A word selects the texts that contain it, in whatever case.

    >>> chosen = selection("lemma and not (velocity or weights)")
    >>> chosen("energy Lemma 3.3"), chosen("velocity Lemma 3.3")
    (True, False)
    """
    tokens = _TOKEN.findall(expression)
    chosen, rest = _either(tokens, 0)
    if rest:
        raise NotASelection(f"-k {expression!r} goes on with {rest[0]!r} where it should end")
    return chosen


def _either(tokens: list[str], depth: int) -> tuple[Selection, list[str]]:
    first, rest = _both(tokens, depth)
    if rest[:1] != ["or"]:
        return first, rest
    second, rest = _either(rest[1:], depth)
    return lambda text: first(text) or second(text), rest


def _both(tokens: list[str], depth: int) -> tuple[Selection, list[str]]:
    first, rest = _one(tokens, depth)
    if rest[:1] != ["and"]:
        return first, rest
    second, rest = _both(rest[1:], depth)
    return lambda text: first(text) and second(text), rest


def _one(tokens: list[str], depth: int) -> tuple[Selection, list[str]]:
    match tokens:
        case _ if depth > _DEEPEST:
            raise NotASelection("-k has too many parentheses")
        case ["not", *rest]:
            inner, rest = _one(rest, depth + 1)
            return lambda text: not inner(text), rest
        case ["(", *rest]:
            inner, rest = _either(rest, depth + 1)
            if rest[:1] != [")"]:
                raise NotASelection("-k has an opening parenthesis that is not closed")
            return inner, rest[1:]
        case [str(word), *rest] if word not in ("and", "or", ")"):
            return lambda text: word.lower() in text.lower(), rest
        case [str(word), *_]:
            raise NotASelection(f"-k has {word!r} where a word should be")
        case _:
            raise NotASelection("-k ends where a word should be")
