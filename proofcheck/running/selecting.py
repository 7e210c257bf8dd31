"""The expressions of `-k`: words joined by `and`, `or`, `not` and parentheses, as in pytest.

Words that stand side by side are looked for as they stand, as are words in double quotes: `Lemma 3.3 and not "(3.7)"`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable

Selection = Callable[[str], bool]

_TOKEN = re.compile(r'\s*(\(|\)|"[^"]*"|[^\s()"]+|")')
_JOINING = ("and", "or", "not", "(", ")")
_DEEPEST = 50


class NotASelection(ValueError):
    """The expression of `-k` cannot be read; the message says where."""


def selection(expression: str) -> Selection:
    """Whether a text, such as a claim's name and place, is selected. Raises `NotASelection`.

    Words select the texts that contain them, in whatever case.

    >>> chosen = selection("lemma 3.3 and not (velocity or weights)")
    >>> chosen("energy Lemma 3.3"), chosen("velocity Lemma 3.3"), chosen("the lemma of 3.3")
    (True, False, False)
    """
    tokens = _TOKEN.findall(expression)
    if '"' in tokens:
        raise NotASelection(f"-k {expression!r} has a double quote that is not closed")
    chosen, rest = _either(tokens, 0)
    if rest:
        remedy = "join by `and` or `or`, and put words with parentheses in double quotes: -k '\"after (3.5)\"'"
        raise NotASelection(f"-k {expression!r} goes on with {rest[0]!r} where it should end; {remedy}")
    return chosen


def nearest(expression: str, texts: Iterable[str]) -> list[str]:
    """The words of the texts, and of the names in them, that are most like the words of an expression.

    >>> nearest("velosity and not lemma", ["velocity_bound Lemma 3.3", "loss Theorem 1"])
    ['velocity', 'velocity_bound']
    """
    known = dict.fromkeys(each for text in texts for word in text.lower().split() for each in (word, *word.split("_")))
    asked = [word for token in _TOKEN.findall(expression.lower()) for word in token.strip('"()').split()]
    near = [difflib.get_close_matches(word, known) for word in asked if word not in {*_JOINING, *known}]
    return list(dict.fromkeys(each for found in near for each in found))


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
        case [str(word), *_] if word in _JOINING:
            raise NotASelection(f"-k has {word!r} where a word should be")
        case [_, *_]:
            end = next((place for place, token in enumerate(tokens) if token in _JOINING), len(tokens))
            words = " ".join(token.strip('"') for token in tokens[:end]).lower()
            return lambda text: words in text.lower(), tokens[end:]
        case _:
            raise NotASelection("-k ends where a word should be")
