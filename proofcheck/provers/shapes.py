"""What a goal looks like, and which provers are for it: a prover that is not says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from proofcheck.kernel.terms import Apply, Inner, Power, Product, Sum, Term, Variable, subterms

from .sequent import Sequent

LARGE_EXPONENT = 20
#: Why a prover is not for a goal of that shape; nothing if it is.
WhyNot = Callable[["Shape"], str]


@dataclass(frozen=True)
class Shape:
    """The shape of a sequent's goal."""

    sequent: Sequent

    @cached_property
    def functions(self) -> frozenset[str]:
        """The functions whose values occur in the goal."""
        return frozenset(part.function for part in self._parts if isinstance(part, Apply))

    @property
    def is_transcendental(self) -> bool:
        """Whether values of other functions than the square root occur."""
        return bool(self.functions - {"sqrt", "pi"})

    @cached_property
    def has_large_powers(self) -> bool:
        """Whether an exponent is too large to write the power out."""
        return any(isinstance(part, Power) and abs(part.exponent) > LARGE_EXPONENT for part in self._parts)

    @cached_property
    def _parts(self) -> list[Term]:
        goal = self.sequent.goal
        return [*subterms(goal.left), *subterms(goal.right)]

    def needs_order(self) -> str:
        """Inequalities only."""
        return "" if self.sequent.goal.sign in ("<", "<=", ">", ">=") else "for inequalities"

    def needs_equation(self) -> str:
        """Equations only."""
        return "" if self.sequent.goal.sign == "=" else "for equations"

    def needs_function_values(self) -> str:
        """Function values, in an equation."""
        return self.needs_equation() or ("" if self.functions else "for function values")

    def needs_calculus(self) -> str:
        """Function values, or powers that are too large to write out."""
        return "" if self.functions or self.has_large_powers else "for function values and large powers"

    def needs_one_angle(self) -> str:
        """Sines and cosines, in an inequality about one variable."""
        variables = {part for part in self._parts if isinstance(part, Variable)}
        fits = self.functions & {"sin", "cos"} and len(variables) == 1
        return self.needs_order() or ("" if fits else "for sines and cosines in one variable")

    def needs_absolute_values(self) -> str:
        """Absolute values, in an inequality."""
        if reason := self.needs_order():
            return reason
        return "" if any(_is_absolute_value(part) for part in self._parts) else "for absolute values"

    def needs_norms(self) -> str:
        """Norms of vectors, in an inequality."""
        if reason := self.needs_order():
            return reason
        roots = (part for part in self._parts if isinstance(part, Apply) and part.function == "sqrt")
        occurring = any(isinstance(part, Inner) for root in roots for part in subterms(root))
        return "" if occurring else "for norms of vectors"

    def needs_vectors_with_letters(self) -> str:
        """Vectors and letters, in a weak inequality without function values."""
        letters = self.sequent.vectors and self.sequent.variables
        fits = letters and not self.functions and self.sequent.goal.sign in ("<=", ">=")
        return "" if fits else "for weak inequalities about vectors and letters"

    def needs_norms_with_letters(self) -> str:
        """Norms somewhere and letters, in a weak inequality."""
        letters = self.sequent.vectors and self.sequent.variables and self.sequent.mentions("sqrt")
        fits = letters and self.functions <= {"sqrt"} and self.sequent.goal.sign in ("<=", ">=")
        return "" if fits else "for weak inequalities of norms and letters"

    def needs_products_of_vectors(self) -> str:
        """Products of inner products, in an inequality."""
        if reason := self.needs_order():
            return reason
        occurring = any(isinstance(part, Product | Power) and _count(part) > 1 for part in self._parts)
        return "" if occurring else "for products of inner products"

    def needs_powers(self) -> str:
        """Exponentials, real powers and logarithms, in an inequality."""
        if reason := self.needs_order():
            return reason
        return "" if self.functions & {"exp", "power", "log"} else "for exponentials, powers and logarithms"

    def needs_exponentials(self) -> str:
        """Exponentials, in an inequality."""
        return self.needs_order() or ("" if "exp" in self.functions else "for exponentials")

    def needs_polynomial(self) -> str:
        """A polynomial of several variables, in an inequality."""
        if reason := self.needs_order():
            return reason
        variables = {part for part in self._parts if isinstance(part, Variable)}
        plain = not self.functions and not any(isinstance(part, Inner) for part in self._parts)
        return "" if plain and len(variables) > 1 else "for polynomials in several variables"

    def needs_large_sums(self) -> str:
        """Large powers of sums."""
        for part in self._parts:
            if isinstance(part, Power) and abs(part.exponent) > LARGE_EXPONENT and isinstance(part.base, Sum):
                return ""
        return "for large powers of sums"


def _count(part: Term) -> int:
    """How many inner products are multiplied, at most."""
    match part:
        case Inner():
            return 1
        case Product(parts):
            return sum(map(_count, parts))
        case Sum(parts):
            return max(map(_count, parts), default=0)
        case Power(base, exponent):
            return _count(base) * abs(exponent)
        case _:
            return 0


def _is_absolute_value(part: Term) -> bool:
    match part:
        case Apply("sqrt", (Power(_, 2),)):
            return True
        case _:
            return False


def for_any(shape: Shape) -> str:
    """A prover that is for goals of any shape."""
    return ""
