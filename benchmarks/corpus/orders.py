"""Orders of growth and limits of schemes: combinations of given orders, and directions along which none helps."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from random import Random

from proofcheck import bounded, consistent, order, path, scalar, sqrt, vector
from proofcheck.language.expressions import Scalar, Symbol
from proofcheck.rules.orders import Order

from .case import Case
from .drawing import exact, positive
from .tight import PAST

FAMILY = "orders and schemes"

NAMES = ("n", "m", "p", "d", "r")


def combined(rng: Random) -> Case:
    """A product of given orders, times what is at most one: true by construction."""
    symbols, large, small = _quantities(rng)
    given = [_ratio(rng, len(symbols)) for _ in range(rng.randint(0, 2))]
    target = [Fraction(0)] * len(symbols)
    for each in given:
        weight = rng.randint(0, 3)
        target = [a + weight * b for a, b in zip(target, each, strict=True)]
    for place, symbol in enumerate(symbols):
        loss = Fraction(rng.randint(0, 2), 2)
        target[place] += -loss if _among(large, symbol) else loss if _among(small, symbol) else 0
    return _case(rng, "combined", True, symbols, large, small, given, target, "a combination of the given orders")


def diverging(rng: Random) -> Case:
    """A curve along which everything given stays bounded and the ratio grows: false by construction."""
    symbols, large, small = _quantities(rng)
    curve = [
        Fraction(rng.randint(0, 3))
        if _among(large, s)
        else Fraction(-rng.randint(0, 3))
        if _among(small, s)
        else Fraction(rng.randint(-3, 3))
        for s in symbols
    ]
    if not any(curve):
        curve[0] = Fraction(-1 if _among(small, symbols[0]) else 1)
    given = []
    for _ in range(rng.randint(0, 2)):
        ratio = _ratio(rng, len(symbols))
        if sum((a * b for a, b in zip(ratio, curve, strict=True)), Fraction(0)) > 0:
            ratio = [-part for part in ratio]
        given.append(ratio)
    target = _ratio(rng, len(symbols))
    growth = sum((a * b for a, b in zip(target, curve, strict=True)), Fraction(0))
    if growth <= 0:
        place = next(k for k, value in enumerate(curve) if value)
        target[place] += Fraction(ceil(1 - growth), 1 if curve[place] > 0 else -1)
    return _case(rng, "diverging", False, symbols, large, small, given, target, f"along T to the powers {curve}")


def schemes(rng: Random) -> Case:
    """Discrete schemes and their limits."""
    h, a = scalar("h", positive=True), scalar("a")
    w, g = path("w"), vector("g")
    k, past = exact(positive(rng)), exact(rng.choice(PAST))
    statements = [
        (
            True,
            "Newton",
            lambda: consistent(
                lambda b, n, f: f - 2 * n + b + h**2 * g, w.ddot + g, lambda b, f: f - b, curve=w, step=h
            ),
        ),
        (
            False,
            "Newton, half the force",
            lambda: consistent(
                lambda b, n, f: f - 2 * n + b + h**2 * g / 2, w.ddot + g, lambda b, f: f - b, curve=w, step=h
            ),
        ),
        (
            False,
            "Newton, sign",
            lambda: consistent(
                lambda b, n, f: f - 2 * n + b + h**2 * g, w.ddot - g, lambda b, f: f - b, curve=w, step=h
            ),
        ),
        (
            True,
            "Euler",
            lambda: consistent(
                lambda b, n, f: f - n + k * h * g,
                w.dot + k * g,
                lambda b, f: w.ddot / 2 + h * f,
                curve=w,
                step=h,
                leading=1,
            ),
        ),
        (
            False,
            "Euler, another factor",
            lambda: consistent(
                lambda b, n, f: f - n + (k + past) * h * g,
                w.dot + k * g,
                lambda b, f: w.ddot / 2 + h * f,
                curve=w,
                step=h,
                leading=1,
            ),
        ),
        (
            False,
            "a remainder with a pole",
            lambda: consistent(
                lambda b, n, f: f - n + h * g + h * a * g,
                w.dot + g,
                lambda b, f: w.ddot / 2 + h * f + (a / h) * g,
                curve=w,
                step=h,
                leading=1,
            ),
        ),
        (
            True,
            "a remainder with a factor",
            lambda: consistent(
                lambda b, n, f: f - n + h * g + h**2 * a * g,
                w.dot + g,
                lambda b, f: w.ddot / 2 + h * f + a * g,
                curve=w,
                step=h,
                leading=1,
            ),
        ),
        (
            True,
            "backwards",
            lambda: consistent(
                lambda b, n, f: n - b + h * g,
                w.dot + g,
                lambda b, f: -1 * w.ddot / 2 + h * b,
                curve=w,
                step=h,
                leading=1,
            ),
        ),
        (
            False,
            "backwards, sign",
            lambda: consistent(
                lambda b, n, f: n - b + h * g, w.dot + g, lambda b, f: w.ddot / 2 + h * b, curve=w, step=h, leading=1
            ),
        ),
    ]
    truth, name, stated = rng.choice(statements)
    return Case(FAMILY, f"scheme: {name}", truth, stated, "Taylor's theorem")


def _quantities(rng: Random) -> tuple[list[Symbol], list[Symbol], list[Symbol]]:
    symbols = [scalar(name, positive=True) for name in NAMES[: rng.randint(1, 4)]]
    kinds = [rng.choice(("large", "large", "small", "free")) for _ in symbols]
    kinds[0] = rng.choice(("large", "small"))
    large = [s for s, kind in zip(symbols, kinds, strict=True) if kind == "large"]
    small = [s for s, kind in zip(symbols, kinds, strict=True) if kind == "small"]
    return symbols, large, small


def _among(symbols: list[Symbol], symbol: Symbol) -> bool:
    """Membership by identity: an equation between symbols is a relation."""
    return any(each is symbol for each in symbols)


def _ratio(rng: Random, size: int) -> list[Fraction]:
    return [Fraction(rng.randint(-2, 2), rng.choice((1, 1, 2))) for _ in range(size)]


def _case(
    rng: Random,
    name: str,
    truth: bool,
    symbols: list[Symbol],
    large: list[Symbol],
    small: list[Symbol],
    given: list[list[Fraction]],
    target: list[Fraction],
    why: str,
) -> Case:
    def stated() -> object:
        orders = [_order(symbols, each) for each in given]
        return bounded(_order(symbols, target), large=large, small=small, given=orders)

    return Case(FAMILY, f"{name}, {len(symbols)} quantities, {len(given)} given", truth, stated, why)


def _order(symbols: list[Symbol], ratio: list[Fraction]) -> Order:
    return order(
        _monomial(symbols, [max(e, Fraction(0)) for e in ratio]),
        _monomial(symbols, [max(-e, Fraction(0)) for e in ratio]),
    )


def _monomial(symbols: list[Symbol], exponents: list[Fraction]) -> Scalar:
    product: Scalar = exact(1)
    for symbol, exponent in zip(symbols, exponents, strict=True):
        whole, rest = divmod(exponent, 1)
        if whole:
            product = product * symbol ** int(whole)
        if rest == Fraction(1, 2):
            product = product * sqrt(symbol)
        elif rest:
            raise ValueError("only halves are written as roots")
    return product


SHAPES = (combined, combined, diverging, diverging, schemes)
