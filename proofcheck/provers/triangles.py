"""Inequalities between norms: `<u, v> <= |u| |v|` and the triangle inequality for every pair of norms that occurs.

A norm is the root of a quadratic form of inner products that is the square of one combination of vectors. A linear
program over products of these inequalities (as in Hlawka's proof) says which are needed, and these are proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import combinations
from math import isqrt

from proofcheck.kernel.axioms import inner
from proofcheck.kernel.certificates import Combination, Evidence, Multiple, Summand
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, ZERO, Apply, Inner, Power, Product, Rational, Sum, Term

from . import backward, products
from .extension import MINUS_ONE, Extension
from .normal import leaves
from .on_demand import proved_on_demand
from .polynomials import fraction, ring_of
from .projections import smaller
from .sequent import Deadline, Sequent

_MOST_NORMS = 8
_SIGNS = (Fraction(1), Fraction(-1))
Coefficients = dict[str, Fraction]


@dataclass(frozen=True, slots=True)
class _Norm:
    """A root, and the combination of vectors of which it is the norm."""

    root: Apply
    vector: Coefficients


@dataclass(frozen=True, slots=True)
class _Bound:
    """`sign <u, v> <= |u| |v|`, or with a whole `w = u + sign v`, `|w| <= |u| + |v|`."""

    first: _Norm
    second: _Norm
    sign: Fraction
    whole: _Norm | None

    @property
    def product(self) -> Term:
        """`sign <u, v>`, expanded."""
        first = {name: Rational(self.sign * value) for name, value in self.first.vector.items()}
        return inner(dict(first), {name: Rational(value) for name, value in self.second.vector.items()})

    @property
    def relation(self) -> Relation:
        """What is claimed."""
        if self.whole is None:
            return Relation(self.product, "<=", Product((self.first.root, self.second.root)))
        return Relation(self.whole.root, "<=", Sum((self.first.root, self.second.root)))


def search(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Evidence for an inequality between norms; the sequent is prepared. Raises `OutOfTime`."""
    if sequent.goal.sign in ("=", "!="):
        return None
    norms = _norms(sequent)
    pairs = [_Bound(*pair, sign, None) for pair in combinations(norms, 2) for sign in _SIGNS]
    for bounds, prover in ((list(_triangles(norms)), _by_products), (pairs, backward.search), (pairs, _by_squares)):
        if bounds and (found := _by(sequent, bounds, prover, deadline)) is not None:
            return found
    return None


def _by_products(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    return products.search(sequent, deadline, products.FEW)


def _by_squares(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    return products.search(sequent, deadline, products.MORE)


def _by(
    sequent: Sequent,
    bounds: Sequence[_Bound],
    prover: Callable[[Sequent, Deadline], Evidence | None],
    deadline: Deadline,
) -> Evidence | None:
    """What the prover finds with these bounds, with proofs of those that it uses."""
    evidence = prover(sequent.assuming(*(bound.relation for bound in bounds)), deadline.share(0.5))
    if evidence is None:
        return None
    steps = [partial(_with_bound, bound=bound) for bound in bounds]
    return proved_on_demand(Extension(sequent), len(sequent.facts), steps, evidence)


def _norms(sequent: Sequent) -> list[_Norm]:
    """The norms that occur in the goal, first."""
    found: dict[Term, _Norm] = {}
    for relation in (sequent.goal, *sequent.facts):
        for side in (relation.left, relation.right):
            for leaf in leaves(side):
                if isinstance(leaf, Apply) and leaf.function == "sqrt" and leaf not in found:
                    vector = _root_of(leaf.arguments[0])
                    if vector is not None and all(vector != other.vector for other in found.values()):
                        found[leaf] = _Norm(leaf, vector)
    return list(found.values())[:_MOST_NORMS]


def _root_of(form: Term) -> Coefficients | None:
    """The combination of vectors, the first one with a positive coefficient, whose square is the form."""
    try:
        ring = ring_of([form])
        quotient = ring.quotient(form)
    except Unusable:
        return None
    if not quotient.denominator.is_constant() or not all(isinstance(leaf, Inner) for leaf in ring.leaves):
        return None
    scale = fraction(quotient.denominator.leading_coefficient())
    entries: dict[tuple[str, str], Fraction] = {}
    for powers, coefficient in quotient.numerator.to_dict().items():
        leaf = next((leaf for leaf, power in zip(ring.leaves, powers, strict=True) if power), None)
        if sum(powers) != 1 or not isinstance(leaf, Inner):
            return None
        half = 1 if leaf.left == leaf.right else 2
        entries[leaf.left, leaf.right] = fraction(coefficient) / scale / half
    squares = {left: value for (left, right), value in entries.items() if left == right}
    if not squares:
        return None
    first = min(squares)
    root = _square_root(squares[first])
    if root is None:
        return None
    vector = {name: entries.get((min(first, name), max(first, name)), Fraction(0)) / root for name in squares}
    expected = {(u, v): vector[u] * vector[v] for u in vector for v in vector if u <= v and vector[u] * vector[v]}
    return vector if expected == {pair: value for pair, value in entries.items() if value} else None


def _square_root(value: Fraction) -> Fraction | None:
    if value <= 0:
        return None
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    return root if root**2 == value else None


def _triangles(norms: Sequence[_Norm]) -> Iterator[_Bound]:
    """The triangle inequalities among the norms."""
    for first, second in combinations(norms, 2):
        for sign in _SIGNS:
            whole = {
                name: value
                for name in {**first.vector, **second.vector}
                if (value := first.vector.get(name, Fraction(0)) + sign * second.vector.get(name, Fraction(0)))
            }
            opposite = {name: -value for name, value in whole.items()}
            for third in norms:
                if third.vector in (whole, opposite):
                    yield _Bound(first, second, sign, third)


def _with_bound(extension: Extension, bound: _Bound) -> Extension | None:
    """The extension by a bound, from the inequality of Cauchy and Schwarz."""
    names = tuple(sorted({*bound.first.vector, *bound.second.vector}))
    halves = [[Rational(each.vector.get(name, Fraction(0))) for name in names] for each in (bound.first, bound.second)]
    told: Extension | None = extension
    for norm in (bound.first, bound.second, *((bound.whole,) if bound.whole is not None else ())):
        # The radicand is among the facts, as the root is defined.
        told = told and told.axiom("square root", norm.root.arguments, lambda _: None)
    told = told and told.axiom("Cauchy-Schwarz", (*halves[0], *halves[1]), lambda _: None, names)
    if told is None:
        return None
    schwarz = len(told.sequent.facts) - 1
    u, v = bound.first.root, bound.second.root
    first, second = (_square(told, norm) for norm in (bound.first, bound.second))
    by_schwarz = (Summand(Fraction(1), (schwarz,), ONE),)
    # |u|^2 |v|^2 - <u, v>^2
    multiples = (Multiple(Power(v, 2), first), Multiple(u.arguments[0], second))
    product = Product((u, v))
    weak = told.lemma(Relation(product, ">=", ZERO), lambda inside: _product(inside, u, v))
    if weak is None:
        return None
    pair = weak.lemma(Relation(bound.product, "<=", product), smaller(_last(weak), by_schwarz, multiples))
    if pair is None or bound.whole is None:
        return pair
    least = len(pair.sequent.facts) - 1
    total = Sum((u, v))
    weak = pair.lemma(Relation(total, ">=", ZERO), lambda inside: _sum(inside, u, v))
    if weak is None:
        return None
    # (|u| + |v|)^2 - |w|^2
    squares = (Multiple(ONE, first), Multiple(ONE, second), Multiple(MINUS_ONE, _square(told, bound.whole)))
    twice = (Summand(Fraction(2), (least,), ONE),)
    return weak.lemma(Relation(bound.whole.root, "<=", total), smaller(_last(weak), twice, squares))


def _square(extension: Extension, norm: _Norm) -> int:
    return extension.sequent.facts.index(Relation(Power(norm.root, 2), "=", norm.root.arguments[0]))


def _nonnegative(sequent: Sequent, root: Apply) -> int:
    return sequent.facts.index(Relation(root, ">=", ZERO))


def _product(sequent: Sequent, u: Apply, v: Apply) -> Evidence:
    return Combination((), (Summand(Fraction(1), (_nonnegative(sequent, u), _nonnegative(sequent, v)), ONE),), ())


def _sum(sequent: Sequent, u: Apply, v: Apply) -> Evidence:
    return Combination((), tuple(Summand(Fraction(1), (_nonnegative(sequent, each),), ONE) for each in (u, v)), ())


def _last(extension: Extension) -> int:
    return len(extension.sequent.facts) - 1
