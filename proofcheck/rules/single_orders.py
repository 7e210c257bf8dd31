"""Orders between functions of one large quantity: a constant, or a curve along which no constant will do.

`f = O(g)` says that |f| <= C |g| for one constant C wherever the quantity is at least 1 and within its own bounds. For
it stands an explicit C. Against it stands the quantity as a function N of T >= 1 with |f(N)| > T |g(N)|: no C is
enough, as T = max(1, C) shows. C and N are guessed from values; that they do what they should is for the kernel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from flint import arb, ctx

from proofcheck.kernel.balls import enclose, exact
from proofcheck.kernel.terms import Apply, Rational, Term, substitute
from proofcheck.language import transform
from proofcheck.language.expressions import (
    Add,
    Call,
    Constant,
    Multiply,
    Named,
    Power,
    Relation,
    Scalar,
    Symbol,
    number,
    structure,
    walk,
)
from proofcheck.language.integers import in_domain
from proofcheck.language.printing import text
from proofcheck.language.vocabulary import exp, scalar

from .obligations import EXAMPLE, Argument, Obligation, condition
from .reduction import obligation_of

ONE_CONSTANT = "orders: f = O(g) when |f| <= C |g| for one constant C wherever the large quantity is at least 1"
NO_CONSTANT = "orders: no constant C is enough when |f| > T |g| somewhere for every T >= 1, as T = max(1, C) shows"


def _exponential(exponent: int) -> Term:
    return Apply("exp", (Rational(Fraction(exponent)),))


_PRECISIONS = (128, 1024, 8192)
_GRID = tuple(Fraction(step, 16) * 2**doubled for doubled in range(64) for step in (16, 19, 23, 27))
_FAR = tuple(2**doubled for doubled in range(61))
#: Where a ratio is compared with T: near 1, where nothing may be left out, and as far as it can be told.
_NEAR = tuple(Rational(Fraction(time, 4)) for time in (4, 5, 6, 8, 12, 16))
_FARTHER = (
    *(Rational(Fraction(2**power)) for power in (3, 4, 6, 10)),
    *(_exponential(2**power) for power in (4, 8, 16, 32)),
)
_STILL, _AMPLE = Fraction(1001, 1000), 4
#: A constant is two to at most so many; it is so many times a maximum on the way, near which provers find it hard.
_LARGEST_CONSTANT, _GENEROUS, _REFINEMENTS = 2048, 2, 4
#: Curves: powers of multiples of T, their exponentials, and those of these; also such that `log(1 + N)` is plain.
_WAYS: tuple[Callable[[Scalar], Scalar], ...] = (
    lambda u: u,
    exp,
    lambda u: exp(u) - 1,
    lambda u: exp(exp(u)),
    lambda u: exp(exp(u) - 1) - 1,
)
_POWERS, _FACTORS = (1, 2, 3, 4), tuple(2**power for power in range(13))

#: An integer, so that along a curve of powers an integer stays one.
T = scalar("T", at_least=1, integer=True)


def single_quantity(left: Scalar, right: Scalar) -> Symbol | None:
    """The one letter of two functions that are written with the function table alone; None for anything else.

    >>> n = scalar("n", positive=True)
    >>> single_quantity(n**2 + n, exp(n)).name
    'n'
    """
    parts = [*walk(left), *walk(right)]
    letters = {structure(part): part for part in parts if isinstance(part, Symbol)}
    known = all(isinstance(part, Constant | Symbol | Named | Add | Multiply | Power | Call) for part in parts)
    if not known or len(letters) != 1:
        return None
    (letter,) = letters.values()
    return letter if letter.index is None else None


def single_order(left: Scalar, right: Scalar, large: Symbol, shown: str, typeset: str) -> Argument:
    """The argument for or against `left = O(right)`, both functions of one large quantity.

    Theorem: the definition of O with its quantifiers (Graham, Knuth, Patashnik, Concrete Mathematics, section 9.2).

    Where neither a constant nor a curve is found it says what is missing, and the claim stays open.

    >>> n = scalar("n", positive=True)
    >>> single_order(n**2 + n, exp(n), n, "n^2 + n = O(exp(n))", "").refutes
    False
    >>> single_order(exp(n), n**2 + n, n, "exp(n) = O(n^2 + n)", "").refutes
    True
    """
    pair = _Pair.of(left, right, large)
    if pair.grows():
        curve = _curve(left, right, large)
        if curve is not None:
            rules = NO_CONSTANT, f"{EXAMPLE}{large.name} = {text(curve.value)}, as T grows"
            return Argument(shown, typeset, curve.owed(large), rules=rules, refutes=True)
        gap = condition("a constant, or none", missing=("a curve along which no constant is enough",))
        return Argument(shown, typeset, (gap,), rules=(ONE_CONSTANT,))
    constant, signs = pair.constant(), pair.signs([Rational(place) for place in pair.places()])
    if constant is None or not signs[1]:
        gap = condition("a constant, or none", missing=(f"a constant C with |{text(left)}| <= C |{text(right)}|",))
        return Argument(shown, typeset, (gap,), rules=(ONE_CONSTANT,))
    return Argument(shown, typeset, _bounded(left, right, large, constant, signs), rules=(ONE_CONSTANT,))


def _bounded(
    left: Scalar, right: Scalar, large: Symbol, constant: int, signs: tuple[int, int]
) -> tuple[Obligation, ...]:
    """`0 <= f <= C g`, or `f <= C g` and `-f <= C g` where f has both signs; then g is not negative."""
    sign, other = signs
    bound = number(constant) * _signed(right, other) if constant != 1 else _signed(right, other)
    value = _signed(left, sign or 1)
    below = value >= 0 if sign else -value <= bound
    return tuple(_owed(each, (large >= 1,), f"the constant {constant}") for each in (below, value <= bound))


def _owed(fact: Relation, hypotheses: tuple[Relation, ...], label: str) -> Obligation:
    """An obligation whose failure says nothing of the claim: another constant or curve may do."""
    return replace(obligation_of(fact, hypotheses, label)[0], instance=None)


def _signed(expression: Scalar, sign: int) -> Scalar:
    return expression if sign > 0 else -expression


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two functions of a variable as terms, for their values, and from where on they are compared."""

    left: Term
    right: Term
    variable: str
    lowest: Fraction

    @staticmethod
    def of(left: Scalar, right: Scalar, letter: Symbol) -> _Pair:
        statement = obligation_of(Relation(left, "<=", right), (letter >= 1,), "")[0].statement
        assert statement is not None
        lowest = max(Fraction(1), *(bound for sign, bound in letter.bounds if sign in (">", ">=")), Fraction(1))
        return _Pair(statement.goal.left, statement.goal.right, statement.variables[0], lowest)

    def values(self, at: Term) -> tuple[arb, arb] | None:
        """Both values, or None where they cannot be told."""
        found = [_value(substitute(side, {self.variable: at})) for side in (self.left, self.right)]
        return None if found[0] is None or found[1] is None else (found[0], found[1])

    def ratio(self, at: Term) -> arb | None:
        """The ratio of the sizes, or None where it cannot be told."""
        values = self.values(at)
        return None if values is None or values[1] == 0 else abs(values[0]) / abs(values[1])

    def grows(self) -> bool:
        """Whether the ratio still rises as far out as it can be told."""
        far = [ratio for place in _FAR if (ratio := self.ratio(_exponential(place))) is not None]
        return len(far) > 1 and not far[-1] <= far[-2] * exact(_STILL)

    def places(self) -> list[Fraction]:
        """A fine grid, each place a fifth above the one before."""
        return [self.lowest * step for step in _GRID]

    def constant(self) -> int | None:
        """A power of two that is no less than the ratio where it is looked at; None where it cannot be told."""
        known = {place: ratio for place in self.places() if (ratio := self.ratio(Rational(place))) is not None}
        if self.lowest not in known:
            return None
        for _ in range(_REFINEMENTS):
            highest = max(known, key=lambda place: known[place].mid())
            around = [(one + other) / 2 for one, other in pairwise(sorted(known)) if highest in (one, other)]
            known |= {place: ratio for place in around if (ratio := self.ratio(Rational(place))) is not None}
        far = [ratio for place in _FAR if (ratio := self.ratio(_exponential(place))) is not None]
        largest = max((ratio.mid() for ratio in (*known.values(), *far)), default=arb(0))
        if largest > known[self.lowest].mid() and far and largest > far[-1].mid():
            largest *= _GENEROUS
        return next((2**power for power in range(_LARGEST_CONSTANT) if largest <= 2**power), None)

    def signs(self, places: Sequence[Term]) -> tuple[int, int]:
        """The signs of both functions, 0 for one that has both."""
        values = [found for place in places if (found := self.values(place)) is not None]
        left, right = (_sign([pair[side] for pair in values]) for side in (0, 1))
        return left, right

    def exceeds_its_variable(self) -> bool:
        """Whether the ratio is greater than the variable, four times, as far out as it can be told."""
        for place in (*_NEAR, *_FARTHER):
            ratio = self.ratio(place)
            if ratio is None:
                return place not in _NEAR
            if not ratio > _AMPLE * enclose(place, {}):
                return False
        return True


def _sign(values: list[arb]) -> int:
    if all(value >= 0 for value in values):
        return 1
    return -1 if all(value <= 0 for value in values) else 0


def _value(term: Term) -> arb | None:
    """The value of a closed term to a few digits, or None."""
    for precision in _PRECISIONS:
        with ctx.workprec(precision):
            value = enclose(term, {})
            if value.is_finite() and (value == 0 or value.rel_accuracy_bits() > 20):
                return value
    return None


@dataclass(frozen=True, slots=True)
class _Curve:
    """The large quantity as a function of T, and both sides along it as written and made plain."""

    value: Scalar
    written: tuple[Scalar, Scalar]
    plain: tuple[Scalar, Scalar]

    def scaled(self, factor: int) -> _Curve:
        """The same with so many times T in the place of T."""
        if factor == 1:
            return self
        value, *sides = (
            transform.substitute(each, {T: factor * T}) for each in (self.value, *self.written, *self.plain)
        )
        return _Curve(value, (sides[0], sides[1]), (sides[2], sides[3]))

    def pair(self) -> _Pair:
        """Both sides for their values: made plain, they can be told farther out."""
        return _Pair.of(*self.plain, T)

    def signs(self) -> tuple[int, int]:
        """The signs of both sides, 0 for one that has both."""
        return self.pair().signs((*_NEAR, *_FARTHER))

    def is_promising(self) -> bool:
        """Whether the ratio seems to be greater than T all along."""
        return self.pair().exceeds_its_variable() and all(self.signs())

    def calls(self) -> int:
        """How many function values are to be compared."""
        return sum(isinstance(part, Call) for side in self.plain for part in walk(side))

    def owed(self, large: Symbol) -> tuple[Obligation, ...]:
        """That the curve stays where the quantity does, and that the ratio is greater than T along it."""
        left, right = (_signed(*each) for each in zip(self.plain, self.signs(), strict=True))
        domain = f"the domain of {large.name}"
        facts = [(each, domain) for each in in_domain(large, self.value)]
        facts.append((self.value >= 1, f"{large.name} >= 1"))
        for written, plain in zip(self.written, self.plain, strict=True):
            if structure(written) != structure(plain):
                facts.append((written == plain, "the value"))
        facts += [(right >= 0, "the sign"), (left > T * right, "the ratio is greater than T")]
        return tuple(_owed(fact, (), f"{label} along the curve") for fact, label in facts)


def _curve(left: Scalar, right: Scalar, large: Symbol) -> _Curve | None:
    """The curve along which the comparison has the fewest function values."""
    tried = ((_curve_of(left, right, large, way, power)) for way in _WAYS for power in _POWERS)
    return min((curve for curve in tried if curve is not None), key=_Curve.calls, default=None)


def _curve_of(left: Scalar, right: Scalar, large: Symbol, way: Callable[[Scalar], Scalar], power: int) -> _Curve | None:
    """The curve of a kind with the least factor that does."""
    value = way(T**power if power > 1 else T)
    written = transform.substitute(left, {large: value}), transform.substitute(right, {large: value})
    curve = _Curve(value, written, (_plain(written[0]), _plain(written[1])))
    return next((scaled for factor in _FACTORS if (scaled := curve.scaled(factor)).is_promising()), None)


def _plain(expression: Scalar) -> Scalar:
    """What SymPy makes of an expression when it reads it; that it is the same is owed."""
    from proofcheck.language.symbolic import from_sympy, to_sympy

    try:
        return from_sympy(to_sympy(expression))
    except TypeError:
        return expression
