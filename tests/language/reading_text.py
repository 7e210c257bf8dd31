"""What a reader takes the printed text of a scalar to mean: juxtaposition is a product, `/` divides what is before it.

A small reader for the tests; the package itself never reads text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

_TOKEN = re.compile(r"\s*(\d+|[A-Za-z_][A-Za-z_0-9]*|[-+*/^(),])")


class _Reader:
    def __init__(
        self,
        written: str,
        values: Mapping[str, Any],
        functions: Mapping[str, Callable[..., Any]],
        number: Callable[[Fraction], Any],
    ) -> None:
        self.tokens = _TOKEN.findall(written)
        assert "".join(self.tokens) == re.sub(r"\s", "", written), written
        self.place = 0
        self.values, self.functions, self.number = values, functions, number

    def peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self, expected: str = "") -> str:
        token = self.peek()
        assert token and (not expected or token == expected), (self.tokens, self.place, expected)
        self.place += 1
        return token

    def sum(self) -> Any:
        total = -self.product_after_sign() if self.peek() == "-" else self.product()
        while self.peek() in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            total += sign * self.product()
        return total

    def product_after_sign(self) -> Any:
        self.take("-")
        return self.product()

    def product(self) -> Any:
        total = self.power()
        while (token := self.peek()) and token not in "+-),":
            if token == "/":
                self.take()
                total = total / self.power()
            else:
                if token == "*":
                    self.take()
                total = total * self.power()
        return total

    def power(self) -> Any:
        base = self.atom()
        while self.peek() == "^":
            self.take()
            exponent = self.atom()
            whole = isinstance(exponent, Fraction) or exponent == int(exponent)
            base = base ** int(exponent) if whole else self.functions["power"](base, exponent)
        return base

    def atom(self) -> Any:
        token = self.take()
        if token == "(":
            inside = self.sum()
            self.take(")")
            return inside
        if token.isdigit():
            return self.number(Fraction(token))
        if token in self.functions and token != "pi":
            self.take("(")
            arguments = [self.sum()]
            while self.peek() == ",":
                self.take()
                arguments.append(self.sum())
            self.take(")")
            return self.functions[token](*arguments)
        return self.functions["pi"]() if token == "pi" else self.values[token]


def meaning(
    written: str,
    values: Mapping[str, Any],
    functions: Mapping[str, Callable[..., Any]],
    number: Callable[[Fraction], Any],
) -> Any:
    reader = _Reader(written, values, functions, number)
    value = reader.sum()
    assert reader.place == len(reader.tokens), written
    return value
