"""Orders of growth: O between products of powers of large quantities, decided exactly over the exponents.

Let every quantity be at least 1 and let some ratios of monomials be bounded. A monomial is bounded under these exactly
when its exponents are a non-negative combination of those of the bounded ratios minus a non-negative vector (Farkas).
The combination is the certificate; without one there is a curve, a power of T in each quantity, along which all the
ratios stay bounded and the monomial grows like a power of T. Both become inequalities for the kernel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from proofcheck.language.expressions import (
    Call,
    Constant,
    Multiply,
    Named,
    Power,
    Relation,
    Scalar,
    Symbol,
    structure,
)
from proofcheck.language.integers import in_domain
from proofcheck.language.printing import latex, text
from proofcheck.language.vocabulary import scalar

from .obligations import EXAMPLE, Argument, Obligation
from .reduction import obligation_of
from .single_orders import single_order, single_quantity

FARKAS = (
    "orders: a product of powers is bounded exactly when its exponents are a combination of the bounded ones (Farkas)"
)


@dataclass(frozen=True, slots=True)
class Order:
    """`left = O(right)` when the large quantities are at least 1 and the given orders hold."""

    left: Scalar
    right: Scalar


def order(left: Scalar, right: Scalar) -> Order:
    """The statement `left = O(right)`: products of powers of quantities and constants, or functions of one large one.

    >>> from proofcheck import scalar
    >>> n = scalar("n", positive=True)
    >>> print(text_of(order(3 * n**2, n**3)))
    3 n^2 = O(n^3)
    """
    return Order(left, right)


def text_of(statement: Order) -> str:
    """The order as plain text."""
    return f"{text(statement.left)} = O({text(statement.right)})"


def bounded(
    claimed: Order, *, large: Sequence[Symbol] = (), small: Sequence[Symbol] = (), given: Sequence[Order] = ()
) -> Argument:
    """The argument for or against an order.

    Theorem: Farkas' lemma (Farkas 1902; Schrijver, Theory of Linear and Integer Programming, section 7.3).

    `large` quantities are at least 1, `small` ones lie in (0, 1], all others only positive and tied by the `given`
    orders. Functions of one large quantity alone, without given orders, are compared by `single_order`: for the order
    stands a constant, against it a curve. Raises `ValueError` on any other side that is no product of powers, and on
    two quantities of one name.

    >>> from proofcheck import scalar
    >>> n, m = scalar("n", positive=True), scalar("m", positive=True)
    >>> bounded(order(m, n**2), large=[n], given=[order(m, n)]).refutes
    False
    """
    shown = text_of(claimed) + "".join(f", given {text_of(part)}" for part in given)
    typeset = rf"{latex(claimed.left)} = O\left({latex(claimed.right)}\right)"
    if not given and (single := _function_of(claimed, large)) is not None:
        return single_order(claimed.left, claimed.right, single, shown, typeset)
    exponents = _ratio(claimed)
    relations = [_ratio(part) for part in given]
    units = [({structure(q): Fraction(-1)}, q) for q in large] + [({structure(q): Fraction(1)}, q) for q in small]
    quantities = _quantities([claimed, *given], [*large, *small])
    if given:
        listed = ", ".join(rf"{latex(part.left)} = O\left({latex(part.right)}\right)" for part in given)
        typeset += rf" \quad\text{{given}}\quad {listed}"
    vectors = [*relations, *(unit for unit, _ in units)]
    weights = _combination(exponents, vectors, list(quantities))
    if weights is not None:
        obligation = _bounded(claimed, given, weights, quantities, large, small)
        return Argument(shown, typeset, (obligation,), rules=(FARKAS,))
    direction = _direction(exponents, vectors, list(quantities))
    curve, obligations = _diverges(exponents, relations, direction, quantities, large, small)
    return Argument(shown, typeset, obligations, rules=(FARKAS, f"{EXAMPLE}{curve}, as T grows"), refutes=True)


Exponents = dict[object, Fraction]


def _function_of(claimed: Order, large: Sequence[Symbol]) -> Symbol | None:
    """The one large quantity of which both sides are functions, where one of them is no product of powers."""
    single = single_quantity(claimed.left, claimed.right)
    if single is None or structure(single) not in map(structure, large):
        return None
    try:
        _ratio(claimed)
    except ValueError:
        return single
    return None


def monomial(expression: Scalar) -> tuple[Exponents, dict[object, Symbol]]:
    """The exponents of a product of powers, constants dropped. Raises `ValueError`."""
    match expression:
        case Constant(value) if value > 0:
            return {}, {}
        case Symbol():
            return {structure(expression): Fraction(1)}, {structure(expression): expression}
        case Named(_, _, body):
            return monomial(body)
        case Power(base, exponent):
            return _raised(base, Fraction(exponent))
        case Call("sqrt", (argument,)):
            return _raised(argument, Fraction(1, 2))
        case Multiply(parts):
            total: Exponents = {}
            names: dict[object, Symbol] = {}
            for part in parts:
                exponents, found = monomial(part)
                names.update(found)
                for key, value in exponents.items():
                    total[key] = total.get(key, Fraction(0)) + value
            return total, names
        case _:
            raise ValueError(f"{text(expression)} is no product of powers of positive quantities")


def _raised(base: Scalar, exponent: Fraction) -> tuple[Exponents, dict[object, Symbol]]:
    exponents, names = monomial(base)
    return {key: value * exponent for key, value in exponents.items()}, names


def _ratio(statement: Order) -> Exponents:
    left, right = monomial(statement.left)[0], monomial(statement.right)[0]
    return {key: left.get(key, Fraction(0)) - right.get(key, Fraction(0)) for key in {**left, **right}}


def _quantities(statements: Sequence[Order], named: Sequence[Symbol]) -> dict[object, Symbol]:
    found = {structure(symbol): symbol for symbol in named}
    for statement in statements:
        for side in (statement.left, statement.right):
            found.update(monomial(side)[1])
    names = [symbol.name for symbol in found.values()]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{name} is the name of two different quantities here; give one of them another name")
    return found


def _combination(target: Exponents, vectors: Sequence[Exponents], keys: list[object]) -> list[Fraction] | None:
    """Non-negative rational weights with `sum w_i vectors_i = target`, or None: an exact feasibility problem."""
    columns = [[vector.get(key, Fraction(0)) for key in keys] for vector in vectors]
    return _nonnegative_solution(columns, [target.get(key, Fraction(0)) for key in keys])


def _direction(target: Exponents, vectors: Sequence[Exponents], keys: list[object]) -> Exponents:
    """Exponents of T for the quantities with `target . d = 1` and `vector . d <= 0` for each vector."""
    # d = p - q with p, q >= 0, and a slack for each inequality.
    rows = [target, *vectors]
    columns: list[list[Fraction]] = []
    for sign in (1, -1):
        columns += [[sign * row.get(key, Fraction(0)) for row in rows] for key in keys]
    for place in range(len(vectors)):
        columns.append([Fraction(int(row == place + 1)) for row in range(len(rows))])
    found = _nonnegative_solution(columns, [Fraction(1)] + [Fraction(0)] * len(vectors))
    if found is None:
        raise ValueError("neither a combination nor a divergent curve: the exponents contradict Farkas")
    return {key: found[place] - found[place + len(keys)] for place, key in enumerate(keys)}


def _nonnegative_solution(columns: list[list[Fraction]], target: list[Fraction]) -> list[Fraction] | None:
    """A solution `x >= 0` of `sum x_j columns_j = target`, by the simplex method with Bland's rule, exactly."""
    rows = len(target)
    signs = [1 if value >= 0 else -1 for value in target]
    # The columns of the artificial variables are never looked at.
    table = [[signs[i] * column[i] for column in columns] for i in range(rows)]
    right = [signs[i] * target[i] for i in range(rows)]
    basis = [len(columns) + i for i in range(rows)]
    while True:
        # Phase one: the cost of an artificial variable is 1.
        prices = [
            sum((table[i][j] for i in range(rows) if basis[i] >= len(columns)), Fraction(0))
            for j in range(len(columns))
        ]
        entering = next((j for j, price in enumerate(prices) if price > 0), None)
        if entering is None:
            break
        ratios = [(right[i] / table[i][entering], basis[i], i) for i in range(rows) if table[i][entering] > 0]
        _, _, pivot = min(ratios)
        scale = table[pivot][entering]
        table[pivot] = [value / scale for value in table[pivot]]
        right[pivot] /= scale
        for i in range(rows):
            if i != pivot:
                factor = table[i][entering]
                table[i] = [a - factor * b for a, b in zip(table[i], table[pivot], strict=True)]
                right[i] -= factor * right[pivot]
        basis[pivot] = entering
    if any(right[i] for i in range(rows) if basis[i] >= len(columns)):
        return None
    solution = [Fraction(0)] * len(columns)
    for i in range(rows):
        if basis[i] < len(columns):
            solution[basis[i]] = right[i]
    return solution


def _bounded(
    claimed: Order,
    given: Sequence[Order],
    weights: list[Fraction],
    quantities: dict[object, Symbol],
    large: Sequence[Symbol],
    small: Sequence[Symbol],
) -> Obligation:
    """`ratio^k <= product of the given ratios' powers`, with the quantities in their ranges."""
    used = list(zip(map(_ratio, given), weights, strict=False))
    powers = [*_ratio(claimed).values(), *(value * weight for ratio, weight in used for value in ratio.values())]
    exponent = lcm(*(power.denominator for power in powers))
    left = _power_product(_ratio(claimed), exponent, quantities)
    right = Multiply(tuple(_power_product(ratio, weight * exponent, quantities) for ratio, weight in used))
    return _within(Relation(left, "<=", right), quantities, large, small, "the exponents' combination")


def _diverges(
    exponents: Exponents,
    relations: Sequence[Exponents],
    direction: Exponents,
    quantities: dict[object, Symbol],
    large: Sequence[Symbol],
    small: Sequence[Symbol],
) -> tuple[str, tuple[Obligation, ...]]:
    """The curve `q = T^d_q`, along which the ranges and the given orders hold and the ratio's power is at least T."""
    powers = [*exponents.values(), *(value for ratio in relations for value in ratio.values())]
    scale = lcm(*(value.denominator for value in direction.values())) * lcm(*(value.denominator for value in powers))
    grown = {key: int(value * scale) for key, value in direction.items()}
    # An integer, so that what is an integer has one for its value.
    parameter = scalar("T", at_least=1, integer=True)

    def along(ratio: Exponents) -> Fraction:
        return sum((value * grown.get(key, 0) for key, value in ratio.items()), Fraction(0))

    curve = ", ".join(f"{quantities[key].name} = T^{power}" for key, power in grown.items() if power)
    found = []
    for key, symbol in quantities.items():
        for relation in in_domain(symbol, Power(parameter, grown.get(key, 0))):
            found.append(_plain(relation, f"the domain of {symbol.name} along the curve"))
    for symbol in large:
        value = grown.get(structure(symbol), 0)
        found.append(_plain(Power(parameter, value) >= 1, f"{symbol.name} >= 1 along the curve"))
    for symbol in small:
        value = grown.get(structure(symbol), 0)
        found.append(_plain(Power(parameter, value) <= 1, f"{symbol.name} <= 1 along the curve"))
    for ratio in relations:
        found.append(_plain(Power(parameter, int(along(ratio))) <= 1, "a given order holds along the curve"))
    found.append(
        _plain(Power(parameter, int(along(exponents))) >= parameter, "the ratio is at least T along the curve")
    )
    return curve, tuple(found)


def _power_product(exponents: Exponents, scale: Fraction | int, quantities: dict[object, Symbol]) -> Scalar:
    powers = {key: int(value * scale) for key, value in exponents.items()}
    return Multiply(tuple(Power(quantities[key], power) for key, power in powers.items() if power))


def _within(
    relation: Relation,
    quantities: dict[object, Symbol],
    large: Sequence[Symbol],
    small: Sequence[Symbol],
    label: str,
) -> Obligation:
    ranges = [symbol > 0 for symbol in quantities.values()]
    ranges += [symbol >= 1 for symbol in large]
    ranges += [symbol <= 1 for symbol in small]
    return replace(obligation_of(relation, tuple(ranges), label)[0], instance=None)


def _plain(relation: Relation, label: str) -> Obligation:
    return replace(obligation_of(relation, (), label)[0], instance=None)
