"""Order between exponentials, real powers and logarithms: `u <= v` from `log(u) <= log(v)`, and the other way round.

The exponents of products of powers are sums; what is not a product of powers is the exponential of its logarithm.
"""

from __future__ import annotations

from fractions import Fraction

from proofcheck.kernel.certificates import Combination, Contradiction, Evidence, Multiple, Split, Summand
from proofcheck.kernel.rational import Unusable
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import ONE, ZERO, Apply, Power, Product, Term, Variable

from .cases import Closing
from .extension import MINUS_ONE, Close, Extension, cited
from .powers import Exponentials, NoProduct
from .prepare import prepare
from .pruning import renumbered
from .sequent import Deadline, OutOfTime, Sequent
from .signs import quick

_SECONDS = 1.0


def search(sequent: Sequent, deadline: Deadline, close: Closing) -> Evidence | None:
    """Evidence for an order from the order of the exponents, or of the exponentials, which is left to `close`.

    Raises `OutOfTime`.
    """
    goal = sequent.goal
    if goal.sign in ("=", "!="):
        return None
    smaller, larger = (goal.left, goal.right) if goal.sign[0] == "<" else (goal.right, goal.left)
    try:
        if _is_power(smaller) or _is_power(larger):
            base = _vanishing_base(sequent, smaller)
            if base is not None:
                return _where_it_vanishes(sequent, base, deadline, close)
            return _by_exponents(sequent, smaller, larger, deadline, close)
        if _is_logarithm(smaller) or _is_logarithm(larger):
            return _by_exponentials(sequent, smaller, larger, deadline, close)
    except (NoProduct, Unusable):
        return None
    return None


def _vanishing_base(sequent: Sequent, smaller: Term) -> Variable | None:
    """A variable that is a factor of the smaller side, and of which the facts say only that it is not negative."""
    close = quick(Deadline.after(_SECONDS))
    factors = smaller.factors if isinstance(smaller, Product) else (smaller,)
    for factor in factors:
        base = factor.base if isinstance(factor, Power) else factor
        weak, strict = (Relation(base, sign, ZERO) for sign in (">=", ">"))
        if isinstance(base, Variable) and strict not in sequent.facts and close(sequent.proving(weak)) is not None:
            return base
    return None


def _where_it_vanishes(sequent: Sequent, base: Variable, deadline: Deadline, close: Closing) -> Evidence | None:
    """The cases where the base is negative, which it never is, zero, and positive."""
    below, zero, positive = (sequent.assuming(Relation(base, sign, ZERO)) for sign in "<=>")
    first, second = close(below, deadline.share(0.2)), close(zero, deadline.share(0.2))
    if first is None or second is None:
        return None
    above = search(positive, deadline, close)
    return None if above is None else Split(base, (), first, second, above)


def _is_power(term: Term) -> bool:
    match term:
        case Apply("exp" | "power", _):
            return True
        case Product(parts):
            return any(map(_is_power, parts))
        case Power(base, _):
            return _is_power(base)
        case _:
            return False


def _is_logarithm(term: Term) -> bool:
    return isinstance(term, Apply) and term.function == "log"


def _premise(sequent: Sequent, goal: Relation, deadline: Deadline, close: Closing) -> Close | None:
    """What closes the goal inside a longer sequent, as it follows from this one's facts."""
    known = len(sequent.facts)
    try:
        evidence = close(sequent.proving(goal), deadline)
    except OutOfTime:
        return None
    if evidence is None:
        return None

    def inside(asked: Sequent) -> Evidence | None:
        more = len(asked.facts) - known
        if asked.goal != goal:
            return quick(deadline)(asked)
        return renumbered(evidence, lambda number: number if number < known else number + more)

    return inside


def _by_exponents(sequent: Sequent, smaller: Term, larger: Term, deadline: Deadline, close: Closing) -> Evidence | None:
    """`u <= v` for `u = exp(a)` and `v = exp(b)` from `a <= b`."""
    strict = not sequent.goal.sign.endswith("=")
    prepared, wrap = prepare(sequent, deadline.share(0.3))
    chain = Exponentials(Extension(prepared), quick(deadline), deadline)
    below, first = chain.exponent(smaller)
    above, second = chain.exponent(larger)
    order = Relation(below, "<" if strict else "<=", above)
    premise = _premise(sequent, order, deadline.share(0.8), close)
    if premise is None:
        return None
    name = "exponential strictly increases" if strict else "exponential increases"
    extension = chain.extension.axiom(name, (below, above), premise)
    if extension is None:
        return None
    last = Summand(Fraction(1), (len(extension.sequent.facts) - 1,), ONE)
    combination = Combination((), (last,), (Multiple(MINUS_ONE, first), Multiple(ONE, second)))
    return wrap(extension.wrap(combination))


def _by_exponentials(
    sequent: Sequent, smaller: Term, larger: Term, deadline: Deadline, close: Closing
) -> Evidence | None:
    """`a <= b` from `exp(a) <= exp(b)`, where the exponential of a logarithm is its argument."""
    strict = not sequent.goal.sign.endswith("=")
    extension = Extension(sequent)
    values: list[Term] = []
    multiples: list[Multiple] = []
    for side, sign in ((smaller, MINUS_ONE), (larger, ONE)):
        if isinstance(side, Apply) and side.function == "log":
            values.append(side.arguments[0])
            told = extension.axiom("exponential of logarithm", side.arguments, quick(deadline))
            if told is None:
                return None
            extension = told
            multiples.append(Multiple(sign, len(extension.sequent.facts) - 1))
        else:
            values.append(Apply("exp", (side,)))
    order = Relation(values[0], "<" if strict else "<=", values[1])
    premise = _premise(sequent, order, deadline.share(0.8), close)
    ordered = extension.lemma(order, premise) if premise is not None else None
    if ordered is None:
        return None
    extension = ordered
    known = len(extension.sequent.facts) - 1
    # Under b < a (or b <= a), exp(b) < exp(a) (or <=), against what is known.
    assumed = Extension(extension.sequent.assuming(sequent.goal.negated()))
    name = "exponential increases" if strict else "exponential strictly increases"
    compared = assumed.axiom(name, (larger, smaller), lambda asked: cited(asked, asked.goal) or quick(deadline)(asked))
    if compared is None:
        return None
    last = len(compared.sequent.facts) - 1
    # Both differences add up to zero, and one of them is positive.
    positive, weak = (known, last) if strict else (last, known)
    summand = Summand(Fraction(1), (weak,), ONE)
    return extension.wrap(Contradiction(compared.wrap(Combination((positive,), (summand,), tuple(multiples)))))
