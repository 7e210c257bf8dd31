"""Inequalities of three vectors and of two forms, by Cauchy and Schwarz for vectors that are made for the purpose.

The Gram determinant of u, v, w is not negative, by the projections of u and v along w; the reflection of u at w is as
long as u (Buzano, Generalizzazione della diseguaglianza di Cauchy-Schwarz, 1974); and what Cauchy and Schwarz say of
two forms they say of their sum. Products of these with what is known are for a linear program; those in use are proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import combinations

from proofcheck.kernel.certificates import Combination, Contradiction, Evidence, Multiple, Split, Summand
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, ZERO, Apply, Inner, Power, Product, Rational, Sum, Term, difference

from . import products
from .extension import MINUS_ONE, Close, Extension, negative
from .on_demand import Step, proved_on_demand
from .polynomials import ring_of
from .sequent import Deadline, Sequent

_MOST_VECTORS, _MOST_FORMS = 4, 8
_TWO = Rational(Fraction(2))
Assumption = tuple[Relation, Step]


def search(sequent: Sequent, deadline: Deadline) -> Evidence | None:
    """Evidence for an inequality of inner products; the sequent is prepared. Raises `OutOfTime`.

    >>> a, b, c, d, e = (Inner(*pair) for pair in ("uu", "vv", "uv", "ww", "uw"))
    >>> f = Inner("v", "w")
    >>> known = tuple(Relation(square, ">=", ZERO) for square in (a, b, d))
    >>> goal = Relation(_determinant("u", "v", "w"), ">=", ZERO)
    >>> search(Sequent((), ("u", "v", "w"), known, goal), Deadline.after(5)) is not None
    True
    """
    if sequent.goal.sign in ("=", "!="):
        return None
    assumptions = [*_determinants(sequent), *_reflections(sequent), *_sums(sequent)]
    if not assumptions:
        return None
    assumed = sequent.assuming(*(relation for relation, _ in assumptions))
    efforts = (*products.FEW, *products.MORE, products.Effort(3, 0, 1, pairs=False))
    evidence = products.search(assumed, deadline, efforts)
    if evidence is None:
        return None
    steps = [step for _, step in assumptions]
    return proved_on_demand(Extension(sequent), len(sequent.facts), steps, evidence)


def _product(left: str, right: str) -> Inner:
    return Inner(min(left, right), max(left, right))


def _determinant(u: str, v: str, w: str) -> Term:
    """The determinant of the Gram matrix."""
    a, b, c = (_product(each, each) for each in (u, v, w))
    d, e, f = _product(v, w), _product(u, w), _product(u, v)
    minus = (Product((MINUS_ONE, left, Power(right, 2))) for left, right in ((a, d), (b, e), (c, f)))
    return Sum((Product((a, b, c)), Product((_TWO, d, e, f)), *minus))


def _determinants(sequent: Sequent) -> Iterator[Assumption]:
    if 3 <= len(sequent.vectors) <= _MOST_VECTORS:
        for three in combinations(sequent.vectors, 3):
            relation = Relation(_determinant(*three), ">=", ZERO)
            yield relation, partial(_with_determinant, relation=relation, vectors=three)


def _with_determinant(extension: Extension, relation: Relation, vectors: tuple[str, str, str]) -> Extension | None:
    """The extension by a determinant's sign: |w|^6 times it is what Cauchy and Schwarz say of projections along w."""
    u, v, w = vectors
    square = _product(w, w)
    along = [_product(each, w) for each in (u, v)]
    told: Extension | None = extension
    for each in vectors:
        told = told and told.axiom("square of vector", (ONE,), _nothing, (each,))
    signs = {each: len(extension.sequent.facts) + place for place, each in enumerate(vectors)}
    for each in (u, v):
        told = told and told.axiom("Cauchy-Schwarz", (ONE, ZERO, ZERO, ONE), _nothing, (each, w))
    projected = (square, ZERO, negative(along[0]), ZERO, square, negative(along[1]))
    told = told and told.axiom("Cauchy-Schwarz", projected, _nothing, vectors)
    if told is None:
        return None
    schwarz = len(told.sequent.facts) - 1

    def close(sequent: Sequent) -> Evidence:
        case = len(sequent.facts)
        below = Contradiction(Combination((case,), (Summand(Fraction(1), (signs[w],), ONE),), ()))
        above = Combination((case, case, case), (Summand(Fraction(1), (schwarz,), ONE),), ())
        return Split(square, (), below, _where_it_vanishes(sequent, vectors, signs, schwarz, case), above)

    return told.lemma(relation, close)


def _where_it_vanishes(
    sequent: Sequent, vectors: tuple[str, str, str], signs: dict[str, int], schwarz: int, case: int
) -> Evidence:
    """The determinant where |w| = 0, which is a sum of squares of <u, w> and <v, w>, and they are not positive."""
    u, v, w = vectors
    a, b, f = _product(u, u), _product(v, v), _product(u, v)
    extension = Extension(sequent.assuming(Relation(_product(w, w), "=", ZERO)))
    for place, each in enumerate((u, v)):
        bound = Combination(
            (),
            (Summand(Fraction(1), (schwarz - 2 + place,), ONE),),
            (Multiple(negative(_product(each, each)), case),),
        )
        extended = extension.lemma(Relation(Power(_product(each, w), 2), "<=", ZERO), _is(bound))
        assert extended is not None
        extension = extended
    first, second = case + 1, case + 2
    # With p = <u, w> and q = <v, w>: (f p + q)^2 - (b + f^2) p^2 - (a + 1) q^2.
    summands = (
        Summand(Fraction(1), (), Sum((Product((f, _product(u, w))), _product(v, w)))),
        Summand(Fraction(1), (first, signs[v]), ONE),
        Summand(Fraction(1), (first,), f),
        Summand(Fraction(1), (second, signs[u]), ONE),
        Summand(Fraction(1), (second,), ONE),
    )
    factor = difference(Product((a, b)), Power(f, 2))
    return extension.wrap(Combination((), summands, (Multiple(factor, case),)))


def _reflections(sequent: Sequent) -> Iterator[Assumption]:
    """For vectors u, v whose norms are known and a third one w: `2 <u, w> <v, w> - <u, v> |w|^2 <= |u| |v| |w|^2`."""
    norms = {
        name: root
        for name in sequent.vectors
        if (root := _norm(sequent, name)) is not None and Relation(root, ">=", ZERO) in sequent.facts
    }
    if len(sequent.vectors) > _MOST_VECTORS:
        return
    for (u, v), w in ((pair, w) for pair in combinations(norms, 2) for w in sequent.vectors if w not in pair):
        square, along = _product(w, w), _product(u, w)
        reflected = difference(Product((_TWO, along, _product(v, w))), Product((_product(u, v), square)))
        larger = Product((norms[u], norms[v], square))
        for smaller in (reflected, negative(reflected)):
            relation = Relation(smaller, "<=", larger)
            roots = norms[u], norms[v]
            yield relation, partial(_with_reflection, relation=relation, roots=roots, vectors=(u, v, w))


def _norm(sequent: Sequent, name: str) -> Apply | None:
    """The root that a fact says is the norm of a vector."""
    square = _product(name, name)
    for fact in sequent.facts:
        match fact:
            case Relation(Power(Apply("sqrt", (radicand,)) as root, 2), "=", _) if _is_same(radicand, square):
                return root
    return None


def _is_same(term: Term, square: Inner) -> bool:
    match term:
        case Product(parts):
            return [part for part in parts if part != ONE] == [square]
        case Sum((part,)):
            return _is_same(part, square)
        case _:
            return term == square


def _with_reflection(
    extension: Extension, relation: Relation, roots: tuple[Apply, Apply], vectors: tuple[str, str, str]
) -> Extension | None:
    u, _, w = vectors
    square = _product(w, w)
    coefficients = (negative(square), ZERO, Product((_TWO, _product(u, w))), ZERO, ONE, ZERO)
    told = extension.axiom("square of vector", (ONE,), _nothing, (w,))
    told = told and told.axiom("Cauchy-Schwarz", coefficients, _nothing, vectors)
    if told is None:
        return None
    facts = told.sequent.facts
    first, second = (facts.index(Relation(root, ">=", ZERO)) for root in roots)
    sign = Combination((), (Summand(Fraction(1), (first, second, len(facts) - 2), ONE),), ())
    told = told.lemma(Relation(relation.right, ">=", ZERO), _is(sign))
    if told is None:
        return None
    squares = [facts.index(Relation(Power(root, 2), "=", root.arguments[0])) for root in roots]
    factors = Product((Power(roots[1], 2), Power(square, 2))), Product((roots[0].arguments[0], Power(square, 2)))
    multiples = tuple(Multiple(factor, number) for factor, number in zip(factors, squares, strict=True))
    bound = (Summand(Fraction(1), (len(facts) - 1,), ONE),)
    return told.lemma(relation, smaller(len(told.sequent.facts) - 1, bound, multiples))


def _sums(sequent: Sequent) -> Iterator[Assumption]:
    """From `p^2 <= a c` and `q^2 <= b d` with all of them nonnegative: `2 p q <= a d + b c`."""
    forms = list(_forms(sequent))[:_MOST_FORMS]
    for (p, (a, c), first), (q, (b, d), second) in combinations(forms, 2):
        left, right = _vectors_in(p), _vectors_in(q)
        # Of one form more is known than of the other, or it has nothing to do with it.
        if not (left < right or right < left):
            continue
        total = Sum((Product((a, d)), Product((b, c))))
        for sign in (_TWO, Rational(Fraction(-2))):
            relation = Relation(Product((sign, p, q)), "<=", total)
            yield relation, partial(_with_sum, relation=relation, parts=((p, a, c, first), (q, b, d, second)))


def _forms(sequent: Sequent) -> Iterator[tuple[Term, tuple[Term, Term], int]]:
    """The facts `p^2 <= a c`, with their numbers."""
    for number, fact in enumerate(sequent.facts):
        match fact:
            case Relation(Power(p, 2), "<=", Product((a, c))):
                yield p, (a, c), number


def _vectors_in(term: Term) -> set[str]:
    ring = ring_of([term])
    powers = ring.quotient(term).numerator.monoms()
    occurring = (leaf for place, leaf in enumerate(ring.leaves) if any(power[place] for power in powers))
    return {name for leaf in occurring if isinstance(leaf, Inner) for name in (leaf.left, leaf.right)}


def _with_sum(
    extension: Extension,
    relation: Relation,
    parts: tuple[tuple[Term, Term, Term, int], tuple[Term, Term, Term, int]],
) -> Extension | None:
    (_, a, c, first), (q, b, d, second) = parts
    numbers: dict[Term, int] = {}
    told: Extension | None = extension
    for term in (a, b, c, d):
        weak = Relation(term, ">=", ZERO)
        told = told and told.lemma(weak, partial(_few, relation=weak))
        if told is None:
            return None
        numbers[term] = len(told.sequent.facts) - 1
    one = Fraction(1)
    mixed = tuple(Summand(one, (numbers[left], numbers[right]), ONE) for left, right in ((a, d), (b, c)))
    told = told and told.lemma(Relation(relation.right, ">=", ZERO), _is(Combination((), mixed, ())))
    if told is None:
        return None
    # (a d + b c)^2 - 4 p^2 q^2 = (a d - b c)^2 + 4 a c (b d - q^2) + 4 q^2 (a c - p^2)
    more = (
        Summand(one, (), difference(Product((a, d)), Product((b, c)))),
        Summand(Fraction(4), (numbers[a], numbers[c], second), ONE),
        Summand(Fraction(4), (first,), q),
    )
    return told.lemma(relation, smaller(len(told.sequent.facts) - 1, more, ()))


def _few(sequent: Sequent, relation: Relation) -> Evidence | None:
    return products.search(sequent.proving(relation), Deadline.after(1), products.FEW)


def smaller(weak: int, more: Sequence[Summand], multiples: tuple[Multiple, ...]) -> Close:
    """What proves `u <= v` where a fact says `v >= 0`, and `v**2 - u**2` is the sum of the rest."""

    def close(sequent: Sequent) -> Evidence:
        assumed = len(sequent.facts)
        # Under u > v: -(u - v)**2 = 2 v (u - v) + (v**2 - u**2).
        twice = Summand(Fraction(2), (weak, assumed), ONE)
        return Contradiction(Combination((assumed, assumed), (twice, *more), multiples))

    return close


def _is(evidence: Evidence) -> Close:
    return lambda _: evidence


def _nothing(_: Sequent) -> Evidence | None:
    return None
