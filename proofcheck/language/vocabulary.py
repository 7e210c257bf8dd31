"""The words of a derivation: how scalars, vectors, paths and operators come into being."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256

from .expressions import (
    Call,
    Changes,
    Constant,
    Fixed,
    Inner,
    Named,
    Operator,
    Path,
    Relation,
    Scalar,
    ScalarPath,
    Symbol,
    Total,
    Vector,
    as_letter,
    as_vector,
    depends,
    number,
)

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}")
GREEK_NAMES = re.compile(
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|rho|sigma|tau|phi|chi|psi|omega|"
    "Gamma|Delta|Theta|Lambda|Xi|Sigma|Phi|Psi|Omega"
)


def Rational(numerator: int, denominator: int = 1) -> Scalar:  # noqa: N802 (a number, like SymPy's)
    """An exact rational number.

    >>> print(Rational(1, 3) <= 1)
    1/3 <= 1
    """
    return number(Fraction(numerator, denominator))


def scalar(
    name: str,
    *,
    positive: bool = False,
    nonnegative: bool = False,
    at_least: int | Fraction | None = None,
    at_most: int | Fraction | None = None,
    below: int | Fraction | None = None,
    latex: str | None = None,
    index: Symbol | None = None,
) -> Symbol:
    """A real parameter; its domain is a hypothesis of every claim that mentions it. Raises `ValueError`, `TypeError`.

    With an `index`, one number for each value of a sum's index.

    >>> alpha = scalar("alpha", positive=True)
    >>> print(alpha**2 >= 0)
    alpha^2 >= 0
    """
    limits = (
        (">", 0 if positive else None),
        (">=", 0 if nonnegative else None),
        (">=", at_least),
        ("<=", at_most),
        ("<", below),
    )
    bounds = tuple((sign, _exact(value)) for sign, value in limits if value is not None)
    low = max((bound for sign, bound in bounds if sign in (">", ">=")), default=None)
    high = min((bound for sign, bound in bounds if sign in ("<", "<=")), default=None)
    strict = any((sign == ">" and bound == low) or (sign == "<" and bound == high) for sign, bound in bounds)
    if low is not None and high is not None and (low > high or (low == high and strict)):
        raise ValueError(f"no number is in the domain of {name}")
    return Symbol(_checked(name), latex or latex_of(name), bounds, _index(index))


def vector(name: str, *, latex: str | None = None, index: Symbol | None = None) -> Fixed:
    """A vector that does not depend on time; with an `index`, one for each value of a sum's index.

    >>> x, y = vector("x"), vector("y")
    >>> print(inner(x, y) >= 0)
    <x, y> >= 0
    """
    return Fixed(_checked(name), latex or latex_of(name), _index(index))


def path(name: str, *, latex: str | None = None, jumps_from: int | None = None, index: Symbol | None = None) -> Path:
    """A vector that depends on time, with `.dot`, `.ddot`; `jumps_from=1` when its first derivative may jump.

    It is bounded up to every moment.

    >>> Delta = path("Delta")
    >>> print(norm2(Delta.dot) >= 0)
    |Delta'|^2 >= 0
    """
    return Path(_checked(name), latex or latex_of(name), jumps_from=jumps_from, index=_index(index))


def scalar_path(name: str, *, latex: str | None = None, jumps_from: int | None = None) -> ScalarPath:
    """A real function of time, bounded up to every moment, with `.dot`, `.ddot`.

    Raises `ValueError` on the names of total variations, TV_....

    >>> print(scalar_path("q").dot >= 0)
    q' >= 0
    """
    if name.startswith("TV_"):
        raise ValueError(f"{name} is the name of a total variation: variation(H)")
    return ScalarPath(_checked(name), latex or latex_of(name), jumps_from=jumps_from)


def operator(
    name: str,
    *,
    at_least: Scalar | int | None = None,
    at_most: Scalar | int | None = None,
    norm: Scalar | int | None = None,
    changes: Changes = Changes.NEVER,
    latex: str | None = None,
) -> Operator:
    """A self-adjoint operator of any dimension with bounds on its spectrum (or its norm), the same at all times.

    There is one only if the bounds leave room for it: with two symbols, mu and L, a claim owes mu <= L, which
    `.given(mu <= L)` says, or `subject_to=[mu <= L]` of a flow.

    >>> H = operator("H", at_least=1)
    >>> Delta = path("Delta")
    >>> print(inner(H(Delta), Delta) >= norm2(Delta))
    <H Delta, Delta> >= |Delta|^2
    """
    lower, upper, size = (None if bound is None else number(bound) for bound in (at_least, at_most, norm))
    values = [bound.value if isinstance(bound, Constant) else None for bound in (lower, upper, size)]
    low, high, most = values
    if (most is not None and most < 0) or (low is not None and high is not None and low > high):
        raise ValueError(f"no operator has the bounds of {name}")
    return Operator(_checked(name), latex or latex_of(name), lower, upper, size, changes)


def variation(of: Operator) -> ScalarPath:
    """The total variation, from time 0 on, of an operator that is constant between its jumps; 0 at time 0.

    Operators are told apart by their bounds, and so are their variations, by a digest of the bounds in the name.
    Raises `ValueError` for another operator.

    >>> from proofcheck import *
    >>> print(variation(operator("H", changes=Changes.BY_JUMPS)) <= 1)
    TV_H_3464f96e <= 1
    """
    if of.changes is not Changes.BY_JUMPS or of.order or of.moment is not None or of.inverse_of is not None:
        raise ValueError(f"{of.name} is not an operator that is constant between its jumps")
    digest = sha256(repr(of.identity).encode()).hexdigest()[:8]
    return ScalarPath(f"TV_{of.name}_{digest}", rf"\mathrm{{TV}}({of.latex})", variation_of=of)


def let(name: str, body: Scalar, *, latex: str | None = None) -> Scalar:
    """An abbreviation of the paper: printed by its name, meaning its body.

    >>> Delta = path("Delta")
    >>> L = let("L", norm2(Delta) / 2)
    >>> print(L >= 0)
    L >= 0
    """
    return Named(_checked(name), latex or latex_of(name), number(body))


def inner(left: Vector, right: Vector) -> Scalar:
    """The inner product.

    >>> print(inner(vector("x"), vector("y")) <= 1)
    <x, y> <= 1
    """
    return Inner(as_vector(left), as_vector(right))


def norm2(of: Vector) -> Scalar:
    """The squared norm.

    >>> print(norm2(path("x").dot) >= 0)
    |x'|^2 >= 0
    """
    return inner(of, of)


def norm(of: Vector) -> Scalar:
    """The norm.

    >>> print(norm(vector("x")) >= 0)
    |x| >= 0
    """
    return sqrt(inner(of, of))


def sqrt(of: Scalar | int) -> Scalar:
    """The square root; defined where its argument is not negative.

    >>> print(sqrt(2) ** 2 == 2)
    sqrt(2)^2 = 2
    """
    return Call("sqrt", (number(of),))


def exp(of: Scalar | int) -> Scalar:
    """The exponential.

    >>> print(exp(-scalar("t")) > 0)
    exp(-t) > 0
    """
    return Call("exp", (number(of),))


def log(of: Scalar | int) -> Scalar:
    """The natural logarithm; defined where its argument is positive.

    >>> print(log(1) == 0)
    log(1) = 0
    """
    return Call("log", (number(of),))


def power(base: Scalar | int, exponent: Scalar | int) -> Scalar:
    """The real power; defined where its base is positive.

    >>> print(power(scalar("t"), scalar("gamma")) > 0)
    t^(gamma) > 0
    """
    return Call("power", (number(base), number(exponent)))


def sin(of: Scalar | int) -> Scalar:
    """The sine.

    >>> print(sin(pi) == 0)
    sin(pi) = 0
    """
    return Call("sin", (number(of),))


def cos(of: Scalar | int) -> Scalar:
    """The cosine.

    >>> print(cos(pi) == -1)
    cos(pi) = -1
    """
    return Call("cos", (number(of),))


def arccos(of: Scalar | int) -> Scalar:
    """The arc cosine, between 0 and pi; defined on [-1, 1].

    >>> print(arccos(1) == 0)
    arccos(1) = 0
    """
    return Call("arccos", (number(of),))


def absolute(of: Scalar | int) -> Scalar:
    """The absolute value, `sqrt(x**2)`.

    >>> print(absolute(scalar("x")) >= 0)
    |x| >= 0
    """
    return sqrt(number(of) ** 2)


pi: Scalar = Call("pi", ())


def integral(body: Scalar, over: Symbol, lower: Scalar | int, upper: Scalar | int) -> Scalar:
    """The integral of a scalar over a variable.

    >>> s, t = scalar("s"), scalar("t")
    >>> print(integral(s**2, s, 0, t) >= 0)
    int_0^t s^2 ds >= 0
    """
    variable = as_letter(over, "variable of an integral")
    return Total("integral", number(body), variable, number(lower), number(upper))


def total(body: Scalar, over: Symbol, upper: Scalar | int) -> Scalar:
    """The sum of a scalar over an index that runs from 1 to `upper`, a natural number however large.

    Raises `ValueError` on what is none, as n/2 may be where n is one.

    >>> i, n = scalar("i"), scalar("n")
    >>> print(total(i**2, i, n) >= 0)
    sum_(i<=n) i^2 >= 0
    """
    return Total("sum", number(body), as_letter(over, "index of a sum"), number(1), number(upper))


def for_all(over: Symbol, relation: Relation) -> Relation:
    """A hypothesis that holds for every value of a parameter in its domain, as under an integral over it.

    Raises `ValueError` on a relation in which the parameter does not occur, such as `for_all(t, q <= 1)`, where q is
    taken at the current moment: `for_all(t, at(q, t) <= 1)`.

    >>> s = scalar("s", nonnegative=True)
    >>> print(for_all(s, s**2 >= 0))
    s^2 >= 0 for all s
    """
    as_letter(over, "letter for whose values it holds")
    if not depends(relation.left, over) and not depends(relation.right, over):
        raise ValueError(f"{over.name} does not occur in {relation}; a path at that moment is at(..., {over.name})")
    return replace(relation, for_all=over)


def latex_of(name: str) -> str:
    r"""The usual LaTeX of a name: Greek letters, subscripts, hats.

    >>> print(latex_of("lambda_0"), latex_of("L_hat"), latex_of("H_ref"))
    \lambda_{0} \hat{L} H_{\mathrm{ref}}
    """
    head, _, tail = name.partition("_")
    letter = rf"\{head}" if GREEK_NAMES.fullmatch(head) else head if len(head) == 1 else rf"\mathrm{{{head}}}"
    if not tail:
        return letter
    if tail == "hat":
        return rf"\hat{{{letter}}}"
    plain = len(tail) == 1 or tail.isdigit()
    subscript = tail if plain else r"\mathrm{" + tail + "}"
    return f"{letter}_{{{subscript}}}"


def _exact(bound: object) -> Fraction:
    """The bound of a domain: a number, no letter."""
    value = number(bound)
    if not isinstance(value, Constant):
        raise TypeError("the bounds of a parameter are numbers; what depends on letters is a hypothesis: .given(...)")
    return value.value


def _index(index: object) -> Symbol | None:
    return None if index is None else as_letter(index, "index")


def _checked(name: str) -> str:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ValueError(f"not a name: {name!r}; a name is a letter, then letters, digits and underscores")
    return name
