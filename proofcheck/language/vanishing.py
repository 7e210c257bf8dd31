"""What is plainly zero or one: factors and summands that a substitution leaves behind, which nobody wants to read."""

from __future__ import annotations

from .expressions import Add, Call, Constant, Inner, Multiply, Power, Scaled, Symbol, Total, walk

_PARTIAL = frozenset(("log", "power", "arccos"))


def is_zero(expression: object) -> bool:
    """Whether an expression is zero as it is written, and defined wherever its letters are.

    >>> from proofcheck import scalar, sin
    >>> t = scalar("t")
    >>> is_zero(0 * t), is_zero(sin(0 * t)), is_zero(0 / t)
    (True, True, False)
    """
    match expression:
        case Constant(value):
            return value == 0
        case Multiply(parts):
            return any(map(is_zero, parts)) and all(map(is_defined, parts))
        case Scaled(factor, vector):
            return is_zero(factor) and is_defined(vector)
        case Add(parts):
            return all(map(is_zero, parts))
        case Power(base, exponent):
            return exponent > 0 and is_zero(base)
        case Call("sin", (argument,)):
            return is_zero(argument)
        case _:
            return False


def is_one(expression: object) -> bool:
    """Whether an expression is one as it is written, and defined wherever its letters are.

    >>> from proofcheck import exp, scalar
    >>> is_one(exp(-0 * scalar("t"))), is_one(scalar("t") ** 1)
    (True, False)
    """
    match expression:
        case Constant(value):
            return value == 1
        case Power(base, exponent):
            return (exponent == 0 and is_defined(base)) or is_one(base)
        case Call("exp" | "cos", (argument,)):
            return is_zero(argument)
        case _:
            return False


def is_defined(expression: object) -> bool:
    """Whether an expression has a value wherever its letters are in their domains, as far as is plain.

    >>> from proofcheck import scalar
    >>> x, positive = scalar("x"), scalar("p", positive=True)
    >>> is_defined(1 / positive), is_defined(1 / x)
    (True, False)
    """
    for part in walk(expression):
        match part:
            case Power(base, exponent) if exponent < 0 and not _is_nonzero(base):
                return False
            case Call("sqrt", (Inner(left, right),)) if left is right:
                continue
            case Call("sqrt", (Power(_, exponent),)) if exponent > 0 and exponent % 2 == 0:
                continue
            case Call(function, _) if function in _PARTIAL or function == "sqrt":
                return False
            case Total():
                return False
            case _ if not isinstance(getattr(getattr(part, "operator", part), "moment", None), Constant | None):
                return False
    return True


def _is_nonzero(expression: object) -> bool:
    match expression:
        case Constant(value):
            return value != 0
        case Symbol(bounds=bounds):
            return any((sign == ">" and bound >= 0) or (sign == ">=" and bound > 0) for sign, bound in bounds)
        case _:
            return False
