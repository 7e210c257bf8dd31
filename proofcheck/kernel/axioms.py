"""What the kernel knows about the function table and inner products: a fixed list of axioms.

Each takes terms (and vectors) and returns premises and conclusions. Where the arguments are defined, the
premises imply that the conclusions are defined and hold.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from .statements import Relation, conditions
from .terms import MINUS_ONE, ONE, ZERO, Apply, Inner, Power, Product, Rational, Sum, Term, difference

Axiom = tuple[tuple[Relation, ...], tuple[Relation, ...]]
_PI = Apply("pi", ())


def _apply(function: str, *arguments: Term) -> Term:
    return Apply(function, arguments)


def _square_root(u: Term) -> Axiom:
    root = _apply("sqrt", u)
    return (Relation(u, ">=", ZERO),), (Relation(root, ">=", ZERO), Relation(Power(root, 2), "=", u))


def _square_root_positive(u: Term) -> Axiom:
    return (Relation(u, ">", ZERO),), (Relation(_apply("sqrt", u), ">", ZERO),)


def _exponential_positive(u: Term) -> Axiom:
    return (), (Relation(_apply("exp", u), ">", ZERO),)


def _exponential_tangent(u: Term) -> Axiom:
    return (), (Relation(_apply("exp", u), ">=", Sum((ONE, u))),)


def _exponential_sum(u: Term, v: Term) -> Axiom:
    product = Product((_apply("exp", u), _apply("exp", v)))
    return (), (Relation(_apply("exp", Sum((u, v))), "=", product),)


def _exponential_increases(u: Term, v: Term) -> Axiom:
    return (Relation(u, "<=", v),), (Relation(_apply("exp", u), "<=", _apply("exp", v)),)


def _exponential_strictly_increases(u: Term, v: Term) -> Axiom:
    return (Relation(u, "<", v),), (Relation(_apply("exp", u), "<", _apply("exp", v)),)


def _exponential_of_logarithm(u: Term) -> Axiom:
    return (Relation(u, ">", ZERO),), (Relation(_apply("exp", _apply("log", u)), "=", u),)


def _logarithm_of_exponential(u: Term) -> Axiom:
    return (), (Relation(_apply("log", _apply("exp", u)), "=", u),)


def _logarithm_tangent(u: Term) -> Axiom:
    return (Relation(u, ">", ZERO),), (Relation(_apply("log", u), "<=", difference(u, ONE)),)


def _logarithm_of_product(u: Term, v: Term) -> Axiom:
    total = Sum((_apply("log", u), _apply("log", v)))
    return (
        (Relation(u, ">", ZERO), Relation(v, ">", ZERO)),
        (Relation(_apply("log", Product((u, v))), "=", total),),
    )


def _real_power(u: Term, v: Term) -> Axiom:
    value = _apply("exp", Product((v, _apply("log", u))))
    return (Relation(u, ">", ZERO),), (Relation(_apply("power", u, v), "=", value),)


def _pythagoras(u: Term) -> Axiom:
    squares = Sum((Power(_apply("sin", u), 2), Power(_apply("cos", u), 2)))
    return (), (Relation(squares, "=", ONE),)


def _sine_below_argument(u: Term) -> Axiom:
    sine = _apply("sin", u)
    return (Relation(u, ">=", ZERO),), (Relation(sine, "<=", u), Relation(sine, ">=", Product((MINUS_ONE, u))))


def _sine_of_sum(u: Term, v: Term) -> Axiom:
    expansion = Sum(
        (
            Product((_apply("sin", u), _apply("cos", v))),
            Product((_apply("cos", u), _apply("sin", v))),
        )
    )
    return (), (Relation(_apply("sin", Sum((u, v))), "=", expansion),)


def _cosine_of_sum(u: Term, v: Term) -> Axiom:
    cosines, sines = (Product((_apply(name, u), _apply(name, v))) for name in ("cos", "sin"))
    return (), (Relation(_apply("cos", Sum((u, v))), "=", difference(cosines, sines)),)


def _cosine_of_arccosine(u: Term) -> Axiom:
    angle = _apply("arccos", u)
    return (
        (Relation(u, ">=", MINUS_ONE), Relation(u, "<=", ONE)),
        (
            Relation(_apply("cos", angle), "=", u),
            Relation(_apply("sin", angle), ">=", ZERO),
            Relation(angle, ">=", ZERO),
            Relation(angle, "<=", _PI),
        ),
    )


def _equal_arguments(function: str) -> Callable[[Term, Term], Axiom]:
    def axiom(u: Term, v: Term) -> Axiom:
        conclusion = Relation(_apply(function, u), "=", _apply(function, v))
        return (*conditions(conclusion), Relation(u, "=", v)), (conclusion,)

    return axiom


def _special_values() -> Axiom:
    return (), (
        Relation(_apply("exp", ZERO), "=", ONE),
        Relation(_apply("log", ONE), "=", ZERO),
        Relation(_apply("sqrt", ZERO), "=", ZERO),
        Relation(_apply("sqrt", ONE), "=", ONE),
        Relation(_apply("sin", ZERO), "=", ZERO),
        Relation(_apply("cos", ZERO), "=", ONE),
        Relation(_apply("arccos", ONE), "=", ZERO),
    )


def _values_of_pi() -> Axiom:
    half_turn = Product((Rational(Fraction(1, 2)), _PI))
    return (), (
        Relation(_apply("sin", _PI), "=", ZERO),
        Relation(_apply("cos", _PI), "=", MINUS_ONE),
        Relation(_apply("arccos", ZERO), "=", half_turn),
        Relation(_apply("arccos", MINUS_ONE), "=", _PI),
        Relation(_PI, ">", Rational(Fraction(333, 106))),
        Relation(_PI, "<", Rational(Fraction(355, 113))),
    )


#: Name, number of term arguments, and the axiom.
AXIOMS: dict[str, tuple[int, Callable[..., Axiom]]] = {
    "square root": (1, _square_root),
    "square root positive": (1, _square_root_positive),
    "exponential positive": (1, _exponential_positive),
    "exponential tangent": (1, _exponential_tangent),
    "exponential of sum": (2, _exponential_sum),
    "exponential increases": (2, _exponential_increases),
    "exponential strictly increases": (2, _exponential_strictly_increases),
    "exponential of logarithm": (1, _exponential_of_logarithm),
    "logarithm of exponential": (1, _logarithm_of_exponential),
    "logarithm tangent": (1, _logarithm_tangent),
    "logarithm of product": (2, _logarithm_of_product),
    "real power": (2, _real_power),
    "pythagoras": (1, _pythagoras),
    "sine below argument": (1, _sine_below_argument),
    "sine of sum": (2, _sine_of_sum),
    "cosine of sum": (2, _cosine_of_sum),
    "cosine of arccosine": (1, _cosine_of_arccosine),
    "special values": (0, _special_values),
    "values of pi": (0, _values_of_pi),
    **{
        f"equal arguments of {name}": (2, _equal_arguments(name))
        for name in ("sqrt", "exp", "log", "sin", "cos", "arccos")
    },
}


def inner(left: dict[str, Term], right: dict[str, Term]) -> Term:
    """The inner product of two linear combinations of vectors, expanded."""
    return Sum(tuple(Product((a, b, Inner(min(u, v), max(u, v)))) for u, a in left.items() for v, b in right.items()))


def square_of_vector(vectors: tuple[str, ...], coefficients: tuple[Term, ...]) -> Axiom:
    """`|sum c_i v_i|**2 >= 0`."""
    combination = dict(zip(vectors, coefficients, strict=True))
    return (), (Relation(inner(combination, combination), ">=", ZERO),)


def cauchy_schwarz(vectors: tuple[str, ...], coefficients: tuple[Term, ...]) -> Axiom:
    """`<u, v>**2 <= |u|**2 |v|**2`, u with the first half of the coefficients and v with the second."""
    half = len(vectors)
    u = dict(zip(vectors, coefficients[:half], strict=True))
    v = dict(zip(vectors, coefficients[half:], strict=True))
    return (), (Relation(Power(inner(u, v), 2), "<=", Product((inner(u, u), inner(v, v)))),)
