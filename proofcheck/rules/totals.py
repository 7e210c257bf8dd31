"""Relations between sums and integrals: they are linear and monotone, and an antiderivative evaluates an integral."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from proofcheck.language.expressions import (
    Add,
    Applied,
    Call,
    Constant,
    Expression,
    Fixed,
    Inner,
    Multiply,
    Named,
    Path,
    Power,
    Relation,
    Scalar,
    ScalarPath,
    Scaled,
    Symbol,
    Total,
    Vector,
    VectorEquation,
    depends,
    number,
    parts_of,
    same,
    walk,
)
from proofcheck.language.printing import text
from proofcheck.language.transform import derivative, rebuild, substitute
from proofcheck.language.vocabulary import power

from .improper import OPEN_END, at_open_end, bounded_near_end, open_below
from .obligations import Obligation, condition
from .reduction import Hypotheses, definedness, equation_obligation, is_partial, moments_defined, obligation_of

MONOTONE = "monotonicity: a sum or an integral of continuous functions over [a, b], a <= b, keeps = and <= of its body"
FUNDAMENTAL = "fundamental theorem of calculus: the integral of F' over [a, b] is F(b) - F(a) for F smooth there"
BOUNDED = "a function of time under an integral is measurable and bounded, and its derivative integrable"
COUNTED = "a sum of n equal terms is n times the term, n a natural number"
ADDITIVE = "a sum of sums, term by term, is the sum of the sums"

Found = tuple[tuple[Obligation, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Weighted:
    """`factor * total`, the factor free of the total's variable."""

    factor: Scalar
    total: Total


def total_obligations(relation: Relation, assumed: Hypotheses, label: str) -> Found:
    """What a relation with sums or integrals owes."""
    left, right = _weighted(relation.left), _weighted(relation.right)
    if left is not None and right is not None and _comparable(left, right) and relation.sign in ("=", "<=", ">="):
        return _termwise(left, relation.sign, right, assumed, label)
    found: list[Obligation] = []
    rules: list[str] = []
    sides = []
    evaluated: list[Relation] = []
    for side in (relation.left, relation.right):
        closed, ends, obligations, theorems = _closed(side, assumed, label)
        evaluated.extend(Relation(end, "=", end) for end in ends)
        found.extend(obligations)
        rules.extend(theorems)
        sides.append(closed)
    closed_relation = Relation(sides[0], relation.sign, sides[1])
    found.extend(totals_defined(closed_relation, assumed, label))
    obligation, more = obligation_of(closed_relation, assumed, label)
    if evaluated:
        # Where an antiderivative is not defined at the ends, it says nothing of the integral: no witness there.
        case = obligation_of(closed_relation, (*assumed, *evaluated), label)[0]
        names = {**case.names, **obligation.names}
        obligation = replace(obligation, instance=case.instance, plane=case.plane, names=names)
    if COUNTED in rules:
        # A sum has a natural number of terms: another number is no witness.
        obligation = _indecisive(obligation)
    return (*found, obligation), (*rules, *more)


def defined(expression: Scalar | Vector, assumed: Hypotheses, label: str) -> tuple[Obligation, ...]:
    """That a scalar or a vector is defined, with its moments and with the sums and integrals that stand in it."""
    if isinstance(expression, Vector):
        factors = (part.factor for part in walk(expression) if isinstance(part, Scaled))
        inside = (owed for factor in factors for owed in defined(factor, assumed, label))
        return (*moments_defined(expression, assumed, label), *inside)
    itself = Relation(expression, "=", expression)
    return (*definedness(expression, assumed, label), *totals_defined(itself, assumed, label))


def equation_owed(equation: VectorEquation, label: str) -> Found:
    """What an equation between vectors owes: that it holds, and that both sides are defined."""
    obligation, rules = equation_obligation(equation, label)
    sides = (equation.left, equation.right)
    return (obligation, *(each for side in sides for each in defined(side, (), f"{label}: it is defined"))), rules


def totals_defined(relation: Relation, assumed: Hypotheses, label: str) -> list[Obligation]:
    """What it takes that each sum or integral which stays as it is has a value: its body is defined on its range.

    An integrand has to be integrable, too.
    """
    found: list[Obligation] = []
    seen: list[Total] = []
    for side in (relation.left, relation.right):
        for part in walk(side):
            if not isinstance(part, Total) or any(same(part, other) for other in seen):
                continue
            seen.append(part)
            inside = (*assumed, *within(part))
            for end in (part.lower, part.upper):
                found += definedness(end, assumed, f"{label}: the ends are defined")
            if part.kind == "integral" and is_partial(part.body):
                found.append(obligation_of(part.lower <= part.upper, assumed, f"{label}: the ends are in order")[0])
            if part.kind == "integral" and (missing := tuple(discontinuities(part))):
                found.append(condition(f"{label}: the integrand is integrable", missing=missing))
            found += [
                *definedness(part.body, inside, f"{label}: the {part.kind} is defined"),
                *_domain_covers(part, assumed, label),
                *(bounded_near_end(part.body, part, assumed, label) if open_below(part) else ()),
            ]
    return [_indecisive(obligation) for obligation in found]


def within(total: Total) -> list[Relation]:
    """That the variable of a sum or an integral is between its ends."""
    over = total.over
    lower = number(1) if total.kind == "sum" else total.lower
    return [lower <= over, over <= total.upper]


def _termwise(left: _Weighted, sign: str, right: _Weighted, assumed: Hypotheses, label: str) -> Found:
    total = right.total
    over = total.over
    smaller, larger = substitute(left.total.body, {left.total.over: over}), total.body
    inside = (
        [number(1) <= over, over <= total.upper] if total.kind == "sum" else [total.lower <= over, over <= total.upper]
    )
    body = Relation(Multiply((left.factor, smaller)), sign, Multiply((right.factor, larger)))
    obligation, rules = obligation_of(body, (*assumed, *inside), f"{label}: under the {total.kind}")
    outside = [
        obligation
        for part in (total.lower, total.upper, left.factor, right.factor)
        for obligation in defined(part, assumed, f"{label}: what stands outside is defined")
    ]
    nearby = _near_the_lower_end(body, over, total, assumed)
    if nearby is None:
        found = [replace(obligation, instance=None)]
    else:
        names = {**nearby.names, **obligation.names}
        found = [replace(obligation, instance=nearby.instance, plane=nearby.plane, names=names)]
    found += [*outside, *totals_defined(body, (*assumed, *inside), f"{label}: under the {total.kind}")]
    if total.kind == "integral":
        order, more = obligation_of(total.lower <= total.upper, assumed, f"{label}: the ends are in order")
        found.append(order)
        rules = (*rules, *more)
    found += _domain_covers(total, assumed, label)
    if total.kind == "integral":
        missing = tuple(dict.fromkeys((*discontinuities(replace(total, body=smaller)), *discontinuities(total))))
        found.append(condition(f"{label}: both integrands are integrable", missing=missing))
    if open_below(total):
        # Where the integrands are equal, one of them is enough.
        for integrand in (larger,) if sign == "=" else (smaller, larger):
            found += bounded_near_end(integrand, total, assumed, label)
        rules = (*rules, OPEN_END)
    return (found[0], *map(_indecisive, found[1:])), (*rules, MONOTONE)


def _domain_covers(total: Total, assumed: Hypotheses, label: str) -> list[Obligation]:
    """The interval lies in the domain that the author gave the variable."""
    found = []
    for sign, bound in total.over.bounds:
        if sign == ">" and bound == 0 and open_below(total):
            continue
        first = number(1) if total.kind == "sum" else total.lower
        end = first if sign in (">", ">=") else total.upper
        relation = Relation(end, sign, number(bound))
        found.append(
            obligation_of(relation, assumed, f"{label}: the interval is in the domain of {total.over.name}")[0]
        )
    return found


def _near_the_lower_end(body: Relation, over: Symbol, total: Total, assumed: Hypotheses) -> Obligation | None:
    """A case in which a pointwise violation refutes the relation between the integrals.

    Let both integrands be continuous and the upper end t a parameter that neither a hypothesis nor the lower end ties.
    If the pointwise relation is defined and fails at s = t = lower end, while the hypotheses on s hold strictly there,
    all this remains so nearby, and the relation between the integrals fails for t close to that end.
    """
    if total.kind != "integral" or not isinstance(total.upper, Symbol) or depends(total.lower, total.upper):
        return None
    ends = {over: total.lower, total.upper: total.lower}
    # The ends meet inside the domains that the author gave both variables, and the upper one can move away from there.
    domains = [Relation(total.lower, sign, number(bound)) for sign, bound in over.bounds]
    for sign, bound in total.upper.bounds:
        domains.append(Relation(total.lower, ">=" if sign in (">", ">=") else "<", number(bound)))
    strictly: list[Relation | VectorEquation] = []
    for hypothesis in assumed:
        sides = (hypothesis.left, hypothesis.right)
        if any(depends(side, total.upper) for side in sides):
            return None
        if not any(depends(side, over) for side in sides):
            strictly.append(hypothesis)
        elif isinstance(hypothesis, Relation) and hypothesis.sign != "=":
            sign = hypothesis.sign if hypothesis.sign == "!=" else hypothesis.sign[0]
            strictly.append(Relation(substitute(hypothesis.left, ends), sign, substitute(hypothesis.right, ends)))
        else:
            return None
    local = Relation(substitute(body.left, ends), body.sign, substitute(body.right, ends))
    defined = (Relation(side, "=", side) for side in (local.left, local.right))
    return obligation_of(local, (*domains, *strictly, *defined), "")[0]


def _closed(side: Scalar, assumed: Hypotheses, label: str) -> tuple[Scalar, list[Scalar], list[Obligation], list[str]]:
    """The side with each integral whose antiderivative is found, and each sum of equal terms, evaluated.

    And the values of these integrals.
    """
    found: list[Obligation] = []
    values: list[Scalar] = []
    rules: list[str] = []

    def change(part: Expression) -> Expression | None:
        match part:
            case Total("sum", body, over, _, upper) if not depends(body, over):
                rules.append(COUNTED)
                counts, more = obligation_of(upper >= 1, assumed, f"{label}: the number of terms")
                found.extend(map(_indecisive, (counts, *_domain_covers(part, assumed, label))))
                rules.extend(more)
                return upper * body
            case Total("sum", _, _, _, _) if len(pieces := _pieces(part)) > 1:
                rules.append(ADDITIVE)
                return Add(tuple(rebuild(piece, change, lambda operator: operator) for piece in pieces))
            case Total("integral", _, over, lower, upper):
                outside, core = part.factored()
                primitive = _antiderivative(_alone(core.body), over)
                if primitive is None:
                    return None
                slope = derivative(primitive, over) == core.body
                inside = (lower <= over, over <= upper)
                obligation, theorems = obligation_of(slope, (*assumed, *inside), f"{label}: the antiderivative")
                order, more = obligation_of(lower <= upper, assumed, f"{label}: the ends are in order")
                begun = substitute(primitive, {over: lower})
                if open_below(part):
                    limit = at_open_end(primitive, part, assumed, label)
                    if limit is None:
                        return None
                    begun, regular = limit
                    found.extend(regular)
                    rules.append(OPEN_END)
                found.extend(map(_indecisive, (obligation, order, *_domain_covers(part, assumed, label))))
                rules.extend((*theorems, *more, FUNDAMENTAL))
                ends = substitute(primitive, {over: upper}) - begun
                values.append(ends)
                return Multiply((*outside, ends)) if outside else ends
            case _:
                return None

    return rebuild(side, change, lambda operator: operator), values, found, rules


def _alone(body: Scalar) -> Scalar:
    return body.parts[0] if isinstance(body, Multiply) and len(body.parts) == 1 else body


def _pieces(whole: Total) -> list[Scalar]:
    """A sum as one sum for each term of its body, factors free of the index drawn out."""
    outside, core = whole.factored()
    match core.body:
        case Add(parts) | Multiply((Add(parts),)):
            return [Multiply((*outside, replace(core, body=term))) for term in parts]
        case _:
            return [whole]


def _antiderivative(body: Scalar, over: Symbol) -> Scalar | None:
    """SymPy's proposal, or None; the kernel checks its derivative."""
    match body:
        case Call("power", (base, exponent)) if same(base, over) and not depends(exponent, over):
            # SymPy would tell the exponent -1 apart; here its denominator is owed.
            return power(base, exponent + 1) / (exponent + 1)
    if any(isinstance(part, Path | ScalarPath | Fixed | Applied | Total) for part in walk(body)):
        return None
    import sympy

    from proofcheck.language.symbolic import from_sympy, to_sympy

    primitive = sympy.integrate(sympy.expand(to_sympy(body)), to_sympy(over))
    if primitive.has(sympy.Integral):
        return None
    try:
        return from_sympy(primitive)
    except TypeError:
        return None


def _weighted(side: Scalar) -> _Weighted | None:
    match side:
        case Total():
            return _Weighted(number(1), side)
        case Named(_, _, body):
            return _weighted(body)
        case Multiply(parts):
            inside = [(place, found) for place, part in enumerate(parts) if (found := _weighted(part)) is not None]
            if len(inside) != 1:
                return None
            place, found = inside[0]
            rest = (*parts[:place], found.factor, *parts[place + 1 :])
            factor = Multiply(rest)
            if depends(factor, found.total.over) or any(isinstance(part, Total) for part in walk(factor)):
                return None
            return _Weighted(factor, found.total)
        case _:
            return None


def _comparable(left: _Weighted, right: _Weighted) -> bool:
    """Whether both totals have the same ends and their variables can be made one without capturing another."""
    first, second = left.total, right.total
    if first.kind != second.kind or not same(first.lower, second.lower) or not same(first.upper, second.upper):
        return False
    if same(first.over, second.over):
        return True
    # The left one takes the variable of the right one, which is not to be free there.
    return not depends(first.body, second.over) and not depends(left.factor, second.over)


def discontinuities(total: Total) -> list[str]:
    """What keeps an integrand from being integrable over a bounded interval, in words.

    Paths are bounded and measurable and their first derivatives integrable, an operator is bounded. A
    function that blows up is what is left: its definedness on the closed interval is part of the obligation.
    """
    found, body = [], total.body
    for part in walk(body):
        if isinstance(part, Symbol | Fixed | Path) and part.index is not None and same(part.index, total.over):
            found.append(f"{text(part)} is anything for each {total.over.name}")
        singular = isinstance(part, Power) and part.exponent < 0
        singular |= isinstance(part, Call) and part.function in ("log", "power")
        if singular and any(isinstance(inside, Path | ScalarPath) for inside in walk(part)):
            found.append(f"{text(part)} is not known to be bounded")
        if isinstance(part, Path | ScalarPath) and part.order >= 2:
            found.append(f"{text(part)} is not known to be integrable")
        if isinstance(part, Applied) and part.operator.order >= 2:
            found.append(f"the second derivative of {part.operator.name} is not known to exist")
    if not found and _growth(body) > 1:
        found.append(f"{text(body)} is not known to be integrable: of first derivatives their size alone is")
    return found


def _growth(part: object) -> Fraction:
    """The power with which an expression grows in the first derivatives under an integral; many for no power at all."""
    parts = [_growth(inside) for inside in parts_of(part)]
    match part:
        case Path() | ScalarPath():
            return Fraction(part.order > 0 and not isinstance(part.moment, Constant | None))
        case Applied(operator, _):
            return parts[0] + (operator.order > 0 and not isinstance(operator.moment, Constant | None))
        case Multiply() | Inner() | Scaled():
            return sum(parts, Fraction(0))
        case Power(_, exponent) if exponent >= 0:
            return exponent * parts[0]
        case Call("sqrt", _):
            return parts[0] / 2
        case Call("sin" | "cos" | "arccos", _):
            return Fraction(0)
        case Power() | Call() if any(parts):
            return Fraction(1000)
        case _:
            return max(parts, default=Fraction(0))


def _indecisive(obligation: Obligation) -> Obligation:
    return replace(obligation, instance=None)
