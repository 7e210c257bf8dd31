"""Each axiom is true where its premises hold, and needs them."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from proofcheck.kernel.axioms import AXIOMS, Axiom, cauchy_schwarz, inner, square_of_vector
from proofcheck.kernel.statements import Relation
from proofcheck.kernel.terms import FUNCTIONS, Apply, Inner, Power, Product, Rational, Sum, Term, Variable

from .examples import ZERO, number, plus, x, y
from .reference import Undefined, context, inexact, truth, value
from .strategies import fractions

#: Arguments that satisfy the premises; for the rest any will do.
SATISFYING = {
    "square root": st.tuples(st.fractions(0, 50, max_denominator=9)),
    "square root positive": st.tuples(st.fractions("1/9", 50, max_denominator=9)),
    "exponential of logarithm": st.tuples(st.fractions("1/9", 50, max_denominator=9)),
    "logarithm tangent": st.tuples(st.fractions("1/9", 50, max_denominator=9)),
    "logarithm of product": st.tuples(*[st.fractions("1/9", 50, max_denominator=9)] * 2),
    "real power": st.tuples(st.fractions("1/9", 50, max_denominator=9), fractions),
    "sine below argument": st.tuples(st.fractions(0, 50, max_denominator=9)),
    "cosine of arccosine": st.tuples(st.fractions(-1, 1, max_denominator=9)),
    "exponential increases": st.tuples(fractions, fractions).map(lambda pair: tuple(sorted(pair))),
    "exponential strictly increases": st.tuples(fractions, fractions)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: tuple(sorted(pair))),
    **{
        f"equal arguments of {name}": {
            "sqrt": st.fractions(0, 50, max_denominator=9),
            "log": st.fractions("1/9", 50, max_denominator=9),
            "arccos": st.fractions(-1, 1, max_denominator=9),
        }.get(name, fractions).map(lambda argument: (argument, argument))
        for name in ("sqrt", "exp", "log", "sin", "cos", "arccos")
    },
}

#: For sets of premises (by number): arguments at which all the others hold and a conclusion does not.
WITHOUT: dict[str, dict[tuple[int, ...], tuple[Fraction | int, ...]]] = {
    "square root": {(0,): (-1,)},
    "square root positive": {(0,): (0,)},
    "exponential increases": {(0,): (1, 0)},
    "exponential strictly increases": {(0,): (1, 1)},
    "exponential of logarithm": {(0,): (0,)},
    "logarithm tangent": {(0,): (-1,)},
    "logarithm of product": {(0,): (-1, 1), (1,): (1, -1)},
    "real power": {(0,): (-2, 2)},
    "sine below argument": {(0,): (-1,)},
    "cosine of arccosine": {(0,): (-2,), (1,): (2,)},
    # Of two equal arguments one is defined where the other is: those premises fall together.
    "equal arguments of sqrt": {(0, 1): (-1, -1), (0,): (-1, 1), (1,): (1, -1), (2,): (1, 4)},
    "equal arguments of exp": {(0,): (0, 1)},
    "equal arguments of log": {(0, 1): (0, 0), (0,): (0, 1), (1,): (1, 0), (2,): (1, 2)},
    "equal arguments of sin": {(0,): (0, 1)},
    "equal arguments of cos": {(0,): (0, 1)},
    "equal arguments of arccos": {
        (0, 2): (-2, -2),
        (1, 3): (2, 2),
        (0,): (-2, 0),
        (1,): (2, 0),
        (2,): (0, -2),
        (3,): (0, 2),
        (4,): (0, 1),
    },
}

#: Premises that the rest imply: dropping one alone (with the equality) is what `WITHOUT` shows.
EQUALITY_DROPPED_TOO = {
    "equal arguments of sqrt": ((0,), (1,)),
    "equal arguments of log": ((0,), (1,)),
    "equal arguments of arccos": ((0,), (1,), (2,), (3,)),
}


def terms(arguments: tuple[Fraction | int, ...]) -> tuple[Term, ...]:
    return tuple(Rational(Fraction(argument)) for argument in arguments)


def nearly_true(relation: Relation, point: Mapping[Term, Fraction]) -> bool:
    """Truth to 30 digits: at equality, rounding says nothing against `<=`. Raises `Undefined`."""
    left, right = (inexact(value(side, point)) for side in (relation.left, relation.right))
    slack = (1 + abs(left) + abs(right)) * context.mpf(10) ** -30
    match relation.sign:
        case "=":
            return bool(abs(left - right) <= slack)
        case "<=":
            return bool(left <= right + slack)
        case ">=":
            return bool(left >= right - slack)
        case "<":
            return bool(left < right)
        case ">":
            return bool(left > right)
        case _:
            raise AssertionError(relation.sign)


def words(part: Term | Relation) -> str:
    match part:
        case Relation(left, sign, right):
            return f"{words(left)} {sign} {words(right)}"
        case Rational(number_):
            return str(number_)
        case Variable(name):
            return name
        case Inner(left, right):
            return f"<{left}, {right}>"
        case Sum(parts):
            return "(" + " + ".join(map(words, parts)) + ")"
        case Product(parts):
            return " ".join(map(words, parts))
        case Power(base, exponent):
            return f"{words(base)}^{exponent}"
        case Apply("pi", ()):
            return "pi"
        case Apply(function, parts):
            return f"{function}({', '.join(map(words, parts))})"


#: Every premise and every conclusion, to be compared with a textbook. A weaker one would be sound, and useless.
IN_WORDS = {
    "square root": "x >= 0 => sqrt(x) >= 0; sqrt(x)^2 = x",
    "square root positive": "x > 0 => sqrt(x) > 0",
    "exponential positive": "=> exp(x) > 0",
    "exponential tangent": "=> exp(x) >= (1 + x)",
    "exponential of sum": "=> exp((x + y)) = exp(x) exp(y)",
    "exponential increases": "x <= y => exp(x) <= exp(y)",
    "exponential strictly increases": "x < y => exp(x) < exp(y)",
    "exponential of logarithm": "x > 0 => exp(log(x)) = x",
    "logarithm of exponential": "=> log(exp(x)) = x",
    "logarithm tangent": "x > 0 => log(x) <= (x + -1 1)",
    "logarithm of product": "x > 0; y > 0 => log(x y) = (log(x) + log(y))",
    "real power": "x > 0 => power(x, y) = exp(y log(x))",
    "pythagoras": "=> (sin(x)^2 + cos(x)^2) = 1",
    "sine below argument": "x >= 0 => sin(x) <= x; sin(x) >= -1 x",
    "sine of sum": "=> sin((x + y)) = (sin(x) cos(y) + cos(x) sin(y))",
    "cosine of sum": "=> cos((x + y)) = (cos(x) cos(y) + -1 sin(x) sin(y))",
    "cosine of arccosine": (
        "x >= -1; x <= 1 => cos(arccos(x)) = x; sin(arccos(x)) >= 0; arccos(x) >= 0; arccos(x) <= pi"
    ),
    "special values": ("=> exp(0) = 1; log(1) = 0; sqrt(0) = 0; sqrt(1) = 1; sin(0) = 0; cos(0) = 1; arccos(1) = 0"),
    "values of pi": "=> sin(pi) = 0; cos(pi) = -1; arccos(0) = 1/2 pi; arccos(-1) = pi; pi > 333/106; pi < 355/113",
    "equal arguments of sqrt": "x >= 0; y >= 0; x = y => sqrt(x) = sqrt(y)",
    "equal arguments of exp": "x = y => exp(x) = exp(y)",
    "equal arguments of log": "x > 0; y > 0; x = y => log(x) = log(y)",
    "equal arguments of sin": "x = y => sin(x) = sin(y)",
    "equal arguments of cos": "x = y => cos(x) = cos(y)",
    "equal arguments of arccos": "x >= -1; x <= 1; y >= -1; y <= 1; x = y => arccos(x) = arccos(y)",
}


def test_the_axioms_in_words() -> None:
    found = {}
    for name, (arity, axiom) in AXIOMS.items():
        premises, conclusions = axiom(*(x, y)[:arity])
        found[name] = f"{'; '.join(map(words, premises))} => {'; '.join(map(words, conclusions))}".strip()
    assert found == IN_WORDS


@pytest.mark.parametrize("name", sorted(AXIOMS))
@given(data=st.data())
def test_an_axiom_is_true_where_its_premises_are(name: str, data: st.DataObject) -> None:
    arity, axiom = AXIOMS[name]
    arguments = terms(data.draw(SATISFYING.get(name, st.tuples(*[fractions] * arity))))
    assert len(arguments) == arity
    premises, conclusions = axiom(*arguments)
    assert conclusions
    assert all(truth(premise, {}) for premise in premises)
    assert all(nearly_true(conclusion, {}) for conclusion in conclusions)


@pytest.mark.parametrize("name", sorted(AXIOMS))
def test_an_axiom_speaks_of_its_arguments(name: str) -> None:
    """Numbers could hide an argument that was left out or two that changed places."""
    arity, axiom = AXIOMS[name]
    _, conclusions = axiom(*(x, y)[:arity])
    written = str(conclusions)
    assert all(repr(argument) in written for argument in (x, y)[:arity])


@pytest.mark.parametrize("name", sorted(AXIOMS))
def test_each_premise_is_needed(name: str) -> None:
    arity, axiom = AXIOMS[name]
    premises, _ = axiom(*(x, y)[:arity])
    named = {number for dropped in WITHOUT.get(name, {}) for number in dropped}
    assert named == set(range(len(premises)))
    for dropped, arguments in WITHOUT.get(name, {}).items():
        # Equal arguments are written differently, lest their conditions become one.
        premises, conclusions = axiom(*(plus(*[ZERO] * place, one) for place, one in enumerate(terms(arguments))))
        equality = {len(premises) - 1} if dropped in EQUALITY_DROPPED_TOO.get(name, ()) else set()
        for number_, premise in enumerate(premises):
            assert truth(premise, {}) is (number_ not in {*dropped, *equality})
        assert any(fails(conclusion) for conclusion in conclusions)


def fails(conclusion: Relation) -> bool:
    try:
        return not nearly_true(conclusion, {})
    except Undefined:
        return True


def test_the_axioms_cover_the_function_table() -> None:
    conclusions = [*AXIOMS["special values"][1]()[1], *AXIOMS["values of pi"][1]()[1]]
    assert all(f"'{name}'" in str([axiom[1] for axiom in instances()]) for name in FUNCTIONS)
    assert len(conclusions) == 13


def instances() -> list[Axiom]:
    return [axiom(*(x, y)[:arity]) for arity, axiom in AXIOMS.values()]


vectors = st.lists(st.tuples(fractions, fractions, fractions), min_size=1, max_size=3)


def gram(coordinates: list[tuple[Fraction, ...]]) -> tuple[tuple[str, ...], dict[Term, Fraction]]:
    names = tuple("uvw"[: len(coordinates)])
    named = list(zip(names, coordinates, strict=True))
    pairs = [(one, one) for one in named] + list(combinations(named, 2))
    point: dict[Term, Fraction] = {
        Inner(left, right): sum((a * b for a, b in zip(p, q, strict=True)), Fraction(0))
        for (left, p), (right, q) in pairs
    }
    return names, point


def combined(coefficients: list[Fraction], coordinates: list[tuple[Fraction, ...]]) -> list[Fraction]:
    return [
        sum((c * entry for c, entry in zip(coefficients, column, strict=True)), Fraction(0))
        for column in zip(*coordinates, strict=True)
    ]


@given(vectors, st.data())
def test_the_square_of_a_vector(coordinates: list[tuple[Fraction, ...]], data: st.DataObject) -> None:
    names, point = gram(coordinates)
    coefficients = data.draw(st.lists(fractions, min_size=len(names), max_size=len(names)))
    premises, (conclusion,) = square_of_vector(names, terms(tuple(coefficients)))
    assert not premises
    assert truth(conclusion, point)
    length = sum((entry**2 for entry in combined(coefficients, coordinates)), Fraction(0))
    assert value(conclusion.left, point) == length
    assert (conclusion.sign, conclusion.right) == (">=", number(0))


@given(vectors, st.data())
def test_cauchy_schwarz(coordinates: list[tuple[Fraction, ...]], data: st.DataObject) -> None:
    names, point = gram(coordinates)
    left, right = (data.draw(st.lists(fractions, min_size=len(names), max_size=len(names))) for _ in "uv")
    premises, (conclusion,) = cauchy_schwarz(names, terms((*left, *right)))
    assert not premises
    assert truth(conclusion, point)
    p, q = combined(left, coordinates), combined(right, coordinates)
    product = sum((a * b for a, b in zip(p, q, strict=True)), Fraction(0))
    lengths = [sum((a**2 for a in one), Fraction(0)) for one in (p, q)]
    assert value(conclusion.left, point) == product**2
    assert value(conclusion.right, point) == lengths[0] * lengths[1]
    assert conclusion.sign == "<="


def test_an_expanded_inner_product_names_vectors_in_ascending_order() -> None:
    expanded = inner({"v": x}, {"u": y, "v": x})
    assert "Inner(left='u', right='v')" in str(expanded)
    assert "Inner(left='v', right='u')" not in str(expanded)


@given(fractions)
def test_vectors_and_coefficients_come_in_equal_number(coefficient: Fraction) -> None:
    assume(coefficient)
    for axiom in (square_of_vector, cauchy_schwarz):
        with pytest.raises(ValueError, match="zip"):
            axiom(("u", "v"), terms((coefficient,)))
