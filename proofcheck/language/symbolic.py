"""SymPy as the author's algebra: expressions go out and come back by a walk over their structure, never as text.

What SymPy computes is never a fact: it becomes part of a claim, and the kernel decides.
"""

from __future__ import annotations

from fractions import Fraction

import sympy

from .expressions import (
    Add,
    Call,
    Constant,
    Multiply,
    Named,
    Power,
    Scalar,
    Symbol,
    number,
    structure,
)
from .printing import text

_FUNCTIONS = {"exp": sympy.exp, "log": sympy.log, "sin": sympy.sin, "cos": sympy.cos, "arccos": sympy.acos}
_NAMES = {function: name for name, function in _FUNCTIONS.items()}
_WITHOUT_COUNTERPART = ("even", "odd", "prime", "composite")


class Carried(sympy.Symbol):  # type: ignore[misc]
    """A SymPy symbol that stands for an expression of ours, such as an inner product, and remembers it."""

    __slots__ = ("expression",)

    def __new__(cls, expression: Scalar) -> Carried:
        """The symbol of an expression; two symbols are equal when their expressions are written alike."""
        assumptions = {"real": True}
        if isinstance(expression, Symbol):
            if expression.integer:
                assumptions["integer"] = True
            signs = {sign for sign, bound in expression.bounds if bound >= 0 and sign in (">", ">=")}
            strict = any(
                sign == ">" or bound > 0 for sign, bound in expression.bounds if sign in (">", ">=") and bound >= 0
            )
            if strict:
                assumptions["positive"] = True
            elif signs:
                assumptions["nonnegative"] = True
        made: Carried = sympy.Symbol.__xnew__(cls, text_of(expression), **assumptions)
        made.expression = expression
        return made

    def _hashable_content(self) -> tuple[object, ...]:
        return (*super()._hashable_content(), str(structure(self.expression)))

    def __getnewargs_ex__(self) -> tuple[tuple[Scalar], dict[str, object]]:
        return (self.expression,), {}


def text_of(expression: Scalar) -> str:
    """The name under which an expression appears in SymPy's output."""
    return text(expression)


def to_sympy(expression: Scalar) -> sympy.Expr:
    """The expression in SymPy; what SymPy has no word for (inner products, paths) travels as a symbol.

    SymPy cancels while it builds, so that `to_sympy(x / x)` is 1: it is for computing, not for judging.

    >>> from proofcheck import scalar
    >>> x = scalar("x", positive=True)
    >>> to_sympy((x + 1) ** 2 / x)
    (x + 1)**2/x
    """
    match expression:
        case Constant(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Add(parts):
            return sympy.Add(*map(to_sympy, parts))
        case Multiply(parts):
            return sympy.Mul(*map(to_sympy, parts))
        case Power(base, exponent):
            return sympy.Pow(to_sympy(base), exponent)
        case Named(_, _, body):
            return to_sympy(body)
        case Call("pi", ()):
            return sympy.pi
        case Call("sqrt", (argument,)):
            return sympy.sqrt(to_sympy(argument))
        case Call("power", (base, exponent)):
            return sympy.Pow(to_sympy(base), to_sympy(exponent))
        case Call(function, (argument,)):
            return _FUNCTIONS[function](to_sympy(argument))
        case _:
            return Carried(expression)


def from_sympy(expression: sympy.Expr) -> Scalar:
    """An expression of ours from SymPy's, node by node. Raises `TypeError` on what has no counterpart, like floats.

    >>> import sympy
    >>> from proofcheck import scalar
    >>> x = scalar("x")
    >>> print(from_sympy(sympy.diff(to_sympy(x**3), to_sympy(x))) == 0)
    3 x^2 = 0
    """
    match expression:
        case Carried():
            return carried(expression)
        case sympy.Rational():
            return number(Fraction(int(expression.p), int(expression.q)))
        case sympy.Symbol():
            return _plain_symbol(expression)
    if expression is sympy.pi:
        return Call("pi", ())
    if expression is sympy.E:
        return Call("exp", (number(1),))
    if isinstance(expression, sympy.Add):
        return Add(tuple(map(from_sympy, expression.args)))
    if isinstance(expression, sympy.Mul):
        return Multiply(tuple(map(from_sympy, expression.args)))
    if isinstance(expression, sympy.Pow):
        return _power(*expression.args)
    name = _NAMES.get(expression.func)
    if name is not None and len(expression.args) == 1:
        return Call(name, (from_sympy(expression.args[0]),))
    raise TypeError(f"SymPy's {type(expression).__name__} has no counterpart here: {expression}")


def carried(symbol: Carried) -> Scalar:
    """The expression that a symbol stands for."""
    expression: Scalar = symbol.expression
    return expression


def _plain_symbol(symbol: sympy.Symbol) -> Scalar:
    """A SymPy symbol of the author's own, with the domain that SymPy's assumptions give."""
    if symbol.is_negative or symbol.is_nonpositive:
        raise TypeError(f"the domain of the symbol {symbol.name} has no counterpart here; use its opposite")
    if not symbol.is_real:
        raise TypeError(f"the symbol {symbol.name} is not known to be real; write Symbol(..., real=True)")
    told = _WITHOUT_COUNTERPART if symbol.is_integer else ("integer", "rational", "algebraic", *_WITHOUT_COUNTERPART)
    further = [each for each in told if symbol.assumptions0.get(each) is not None]
    if further or (symbol.is_nonzero and not symbol.is_positive):
        raise TypeError(
            f"what is assumed of the symbol {symbol.name} has no counterpart here: {', '.join(further) or 'nonzero'};"
            " leave it out, or write it as a hypothesis"
        )
    from .vocabulary import scalar

    positive = bool(symbol.is_positive)
    nonnegative = bool(symbol.is_nonnegative) and not positive
    return scalar(symbol.name, positive=positive, nonnegative=nonnegative, integer=bool(symbol.is_integer))


def _power(base: sympy.Expr, exponent: sympy.Expr) -> Scalar:
    if isinstance(exponent, sympy.Integer):
        return Power(from_sympy(base), int(exponent))
    if isinstance(exponent, sympy.Rational) and exponent.q == 2:
        root = Call("sqrt", (from_sympy(base),))
        return root if exponent.p == 1 else Power(root, int(exponent.p))
    return Call("power", (from_sympy(base), from_sympy(exponent)))
