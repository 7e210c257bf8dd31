"""Letters: what is bound, substituted, taken at a moment; one name for two things; premises that do not fit."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

from proofcheck import (
    Changes,
    at,
    chain,
    claim,
    either,
    exp,
    for_all,
    inner,
    integral,
    let,
    log,
    norm2,
    operator,
    path,
    power,
    scalar,
    scalar_path,
    split,
    sqrt,
    total,
    vector,
)

from .case import Case, Values
from .drawing import exact, positive
from .tight import PAST

FAMILY = "letters, moments and premises"


def bound(rng: Random) -> Case:
    """Variables that a sum, an integral or a hypothesis binds."""
    s, t, r = scalar("s", nonnegative=True), scalar("t", nonnegative=True), scalar("r", nonnegative=True)
    i, j, n = scalar("i", at_least=1), scalar("j", at_least=1), scalar("n", at_least=1)
    a, b = scalar("a", index=i), scalar("a", index=j)
    d, at_s = scalar_path("d"), at(scalar_path("d"), s)
    k = exact(positive(rng))
    statements: list[tuple[bool, str, Callable[[], object], str]] = [
        (True, "a bound variable renamed", lambda: integral(s**2, s, 0, t) == integral(r**2, r, 0, t), "renamed"),
        (
            False,
            "a free variable taken for the bound one",
            lambda: integral(s**2, s, 0, t) == integral(s * r, r, 0, t),
            "s is free on the right",
        ),
        (
            False,
            "a factor with the bound letter",
            lambda: s * integral(1 + 0 * r, r, 0, t) == integral(s, s, 0, t),
            "s is free on the left",
        ),
        (
            True,
            "a bound under the integral",
            lambda: (integral(at_s, s, 0, t) <= k * t).given(for_all(s, at_s <= k)),
            "monotone",
        ),
        (
            False,
            "a bound at one moment",
            lambda: (integral(at_s, s, 0, t) <= k * t).given(at(d, r) <= k),
            "other moments",
        ),
        (False, "a bound at the end", lambda: (integral(at_s, s, 0, t) <= k * t).given(at(d, t) <= k), "other moments"),
        (False, "a bound at the variable itself", lambda: (integral(at_s, s, 0, t) <= k * t).given(at_s <= k), "one s"),
        (True, "one index for another", lambda: total(a**2, i, n) == total(b**2, j, n), "renamed"),
        (False, "an index outside", lambda: a * n == total(a, i, n), "i is free on the left"),
        (True, "a bound for each index", lambda: (total(a, i, n) <= k * n).given(for_all(i, a <= k)), "monotone"),
        (False, "a bound for one index", lambda: (total(a, i, n) <= k * n).given(b <= k), "other terms"),
        (True, "split", lambda: split(integral(s**2, s, 0, t), r), "additive"),
        (False, "over twice the interval", lambda: integral(s, s, 0, 2 * t) == 2 * integral(s, s, 0, t), "4 is not 2"),
        (False, "an interval that shrinks", lambda: integral(s, s, r, t) <= integral(s, s, 0, t) - k * r, "r free"),
    ]
    truth, name, stated, why = rng.choice(statements)
    return Case(FAMILY, f"bound: {name}", truth, stated, why)


def moments(rng: Random) -> Case:
    """Paths at moments, which may be one moment written in two ways."""
    t, s = scalar("t", nonnegative=True), scalar("s", nonnegative=True)
    q, x = scalar_path("q"), path("x")
    a = positive(rng)
    k = exact(a)
    statements: list[tuple[bool, str, Callable[[], object], str]] = [
        (
            True,
            "one moment in two ways",
            lambda: (at(q, k + k) == at(q, 2 * k)).given(at(q, k + k) == 1, at(q, 2 * k) == 1),
            "given",
        ),
        (False, "two moments", lambda: at(q, s) == at(q, t), "q moves"),
        (False, "now and then", lambda: norm2(x) == norm2(at(x, 0)), "x moves"),
        (False, "a derivative at a moment", lambda: at(q.dot, 0) == 0, "q moves"),
        (False, "a frozen number's slope", lambda: (q.dot == 0).given(at(q, 0) == 0), "q moves"),
        (False, "equal at two moments", lambda: (q == at(q, s)).given(at(q, 0) == at(q, s)), "now is another moment"),
        (True, "frozen twice", lambda: at(at(q, 0), t) == at(q, 0), "frozen already"),
        (True, "frozen in a name", lambda: at(let("E", q**2), 0) == at(q, 0) ** 2, "a name"),
        (False, "a name's body elsewhere", lambda: at(let("E", q**2), 0) == q**2, "q moves"),
    ]
    truth, name, stated, why = rng.choice(statements)
    return Case(FAMILY, f"moments: {name}", truth, stated, why)


def namesakes(rng: Random) -> Case:
    """One name for two things: read as two, nothing false follows; read as one, nothing true is refuted."""
    x, positive_x, small = scalar("x"), scalar("x", positive=True), scalar("x", at_most=1)
    u, path_u, q_u = vector("u"), path("u"), scalar_path("u")
    one: Values = {"x": Fraction(-1)}
    r = exact(positive(rng))
    statements: list[tuple[bool, str, Callable[[], object], str, tuple[Values, ...]]] = [
        (False, "two domains at once", lambda: small + 0 * positive_x <= 0, "1/2 is in both", ()),
        (False, "a square and its letter", lambda: (x**2 <= positive_x).given(x >= 0), "2 is in both", ()),
        (False, "a vector and a path", lambda: norm2(u - path_u) == 0, "two things", ()),
        (False, "a number and a vector", lambda: inner(u, u) == q_u**2, "two things", ()),
        (False, "two names, two bodies", lambda: let("E", x**2) == let("E", x**2 + r), "two bodies", (one,)),
        (False, "a name in front of its own letter", lambda: let("x", x**2) == x, "x = -1", (one,)),
        (True, "two names, one body", lambda: let("E", x**2) == let("F", x**2), "one body", (one,)),
    ]
    truth, name, stated, why, points = rng.choice(statements)
    return Case(FAMILY, f"namesakes: {name}", truth, stated, why, points)


def spoken_of(rng: Random) -> Case:
    """Bounds of operators, moments and ends of integrals, which have to be defined like everything else."""
    s, z, r = scalar("s", nonnegative=True), scalar("z"), scalar("r")
    i = scalar("i")
    a, u, q = scalar("a", index=i), vector("u"), scalar_path("q")
    undefined = rng.choice((1 / z, log(z), sqrt(z - 1), power(z, 3), (z**2) ** -1, log(sqrt(z**2))))
    bounded = inner(operator("H", at_least=undefined)(u), u)
    moving = inner(operator("M", at_least=0, changes=Changes.CONTINUOUSLY)(u), u)
    gathered = integral(at(q, s), s, 0, undefined)
    pole = integral(at(q, r) / r, r, 1, z)
    positive_part = integral(at(q, r) / r, r, 1, 1 + z**2)
    statements: list[tuple[bool, str, Callable[[], object], str]] = [
        (False, "a bound", lambda: 0 * bounded + norm2(u) >= 0, "undefined at z = 0"),
        (True, "a bound, where it is defined", lambda: (0 * bounded + norm2(u) >= 0).given(z > 1), "z > 1"),
        (False, "a moment", lambda: at(q, undefined) == at(q, undefined), "undefined at z = 0"),
        (True, "a moment, where it is defined", lambda: (at(q, undefined) ** 2 >= 0).given(z > 1), "z > 1"),
        (False, "an operator's moment", lambda: at(moving, undefined) >= 0, "undefined at z = 0"),
        (False, "the end of an integral", lambda: gathered + 1 > gathered, "undefined at z = 0"),
        (False, "the end of a sum", lambda: total(a, i, undefined) + 1 > total(a, i, undefined), "undefined at z = 0"),
        (False, "a pole between the ends", lambda: pole + 1 > pole, "z = -1"),
        (True, "no pole between the ends", lambda: positive_part + 1 > positive_part, "from 1 upwards"),
    ]
    truth, name, stated, why = rng.choice(statements)
    return Case(FAMILY, f"spoken of: {name}", truth, stated, why)


def premises(rng: Random) -> Case:
    """Earlier claims, used where they apply and where they do not."""
    x, y, p = scalar("x"), scalar("y"), scalar("p", positive=True)
    k, past = exact(positive(rng)), exact(rng.choice(PAST))

    @claim("the corpus")
    def root() -> object:
        return sqrt(p) <= (p + k**2) / (2 * k)

    @claim("the corpus")
    def small() -> object:
        return (x**2 <= x).given(x >= 0, x <= 1)

    @claim("the corpus")
    def large() -> object:
        return (x <= x**2).given(x >= 1)

    @claim("the corpus")
    def wrong() -> object:
        return x**2 >= x

    @claim("the corpus")
    def below() -> object:
        return (x <= 1 + x**2).given(x <= 1)

    @claim("the corpus")
    def above() -> object:
        return (x <= 1 + x**2).given(x >= 1)

    @claim("the corpus")
    def far_above() -> object:
        return ((x - 1) * (x - 1 - past) >= 0).given(x >= 1 + past)

    @claim("the corpus")
    def far_below() -> object:
        return ((x - 1) * (x - 1 - past) >= 0).given(x <= 1)

    @claim("the corpus")
    def squares() -> object:
        return chain(2 * x * y).le(x**2 + y**2).le(2 * (x**2 + y**2))

    statements: list[tuple[bool, str, Callable[[], object], str]] = [
        (
            True,
            "a root's tangent, elsewhere",
            lambda: (sqrt(1 + y**2) <= (1 + y**2 + k**2) / (2 * k)).by(root.at({p: 1 + y**2})),
            "positive",
        ),
        (
            False,
            "a root's tangent, outside its domain",
            lambda: (sqrt(y) <= (y + k**2) / (2 * k)).by(root.at({p: y})),
            "y < 0",
        ),
        (True, "with its hypotheses", lambda: (y**2 <= y).given(y >= 0, y <= 1).by(small.at({x: y})), "given"),
        (False, "without one of its hypotheses", lambda: (y**2 <= y).given(y <= 1).by(small.at({x: y})), "y = -1"),
        (
            False,
            "beyond its hypotheses",
            lambda: (y**2 <= y).given(y >= 0, y <= 1 + past).by(small.at({x: y})),
            "y = 1 + past",
        ),
        (True, "squared", lambda: (x**4 <= x**2).given(x >= 0, x <= 1).by(small.at({x: x**2})), "x**2 is there, too"),
        (False, "a false premise", lambda: (x**2 - x >= 0).by(wrong), "x = 1/2"),
        (False, "two premises that exclude each other", lambda: (x <= 0).given(x >= 1).by(large), "x = 1"),
        (True, "by cases", lambda: either(below, above), "one of them holds"),
        (False, "by cases with a gap", lambda: either(far_below, far_above), "it is negative in the gap"),
        (True, "a chain's conclusion", lambda: (x * y <= x**2 + y**2).by(squares), "half of it"),
        (
            False,
            "more than a chain's conclusion",
            lambda: (x * y <= (x**2 + y**2) * (exact(Fraction(1, 2)) - past)).by(squares),
            "x = y",
        ),
        (
            True,
            "two instances",
            lambda: (sqrt(1 + x**2) + sqrt(2 + x**2) <= (3 + 2 * x**2 + 2 * k**2) / (2 * k)).by(
                root.at({p: 1 + x**2}), root.at({p: 2 + x**2})
            ),
            "added",
        ),
    ]
    truth, name, stated, why = rng.choice(statements)
    return Case(FAMILY, f"premises: {name}", truth, stated, why)


def chains(rng: Random) -> Case:
    """Chains with several links, one of which may break."""
    x, y = scalar("x", positive=True), scalar("y", positive=True)
    past = exact(rng.choice(PAST))
    point: Values = {"x": Fraction(1), "y": Fraction(1)}
    good = chain(2 * x * y).le(x**2 + y**2).le((x + y) ** 2).lt((x + y) ** 2 + 1)
    statements: list[tuple[bool, str, object, str]] = [
        (True, "three links", good, "each holds"),
        (False, "a middle link moved", chain(2 * x * y).le(x**2 + y**2 - past).le((x + y) ** 2), "x = y"),
        (False, "a first link made strict", chain(2 * x * y).lt(x**2 + y**2).le((x + y) ** 2), "x = y"),
        (False, "a last link moved", chain(2 * x * y).le(x**2 + y**2).le(2 * x * y - past + (x - y) ** 2), "x = y"),
        (False, "up and down again", chain(2 * x * y).le(x**2 + y**2).le(2 * x * y), "x = 1, y = 2"),
        (True, "equal links", chain((x + y) ** 2).eq(x**2 + 2 * x * y + y**2).ge(4 * x * y).ge(0), "each holds"),
        (False, "a middle term undefined", chain(x**2).eq(x**2 * (x - y) / (x - y)).ge(0), "x = y"),
        (True, "through an exponential", chain(1 + x).le(exp(x)).lt(exp(x) + y).le(exp(x) * (1 + y)), "exp >= 1"),
        (
            False,
            "through a falling exponential",
            chain(1 - x).le(exp(-x)).le(1 - x + x**2 / 2 - past * x**2),
            "x small",
        ),
        (True, "through a root", chain(sqrt(x * y)).le((x + y) / 2).le(x + y), "means"),
    ]
    truth, name, stated, why = rng.choice(statements)
    if name == "up and down again":
        point = {"x": Fraction(1), "y": Fraction(2)}
    if name == "through a falling exponential":
        return Case(FAMILY, f"chain: {name}", truth, lambda: stated, why)
    return Case(FAMILY, f"chain: {name}", truth, lambda: stated, why, (point,))


SHAPES = (bound, moments, namesakes, spoken_of, premises, premises, chains)
