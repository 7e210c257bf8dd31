"""Classes of functions, each given by an inequality between what a function is at two points.

A function appears in a proof through *samples*: a point, the (sub)gradient there, the value there. What a class says
of finitely many samples are relations in their values and in inner products, constraints of a flow for example.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations

from .expressions import Constant, Relation, Scalar, Symbol, Vector, number
from .vocabulary import inner, norm2


@dataclass(frozen=True, eq=False)
class Sample:
    """What is known of a function at a point: a gradient, or a subgradient where it has none, and the value."""

    point: Vector
    gradient: Vector
    value: Scalar


def sample(point: Vector, gradient: Vector, value: Scalar) -> Sample:
    """A function's gradient and value at a point; each may move in time.

    >>> from proofcheck import path, scalar_path
    >>> now = sample(path("x"), path("g"), scalar_path("f"))
    >>> print(now.value >= 0)
    f >= 0
    """
    return Sample(point, gradient, value)


def minimum(point: Vector, value: Scalar) -> Sample:
    """The sample at a minimum: its gradient is zero.

    >>> from proofcheck import norm2, scalar, vector
    >>> print(norm2(minimum(vector("x_star"), scalar("f_star")).gradient) == 0)
    |0|^2 = 0
    """
    return Sample(point, number(0) * point, value)


@dataclass(frozen=True, eq=False)
class FunctionClass:
    """The functions for which an inequality holds between the samples at any two points, in this order.

    >>> from proofcheck import *
    >>> here, there = (sample(vector(f"x_{k}"), vector(f"g_{k}"), scalar(f"f_{k}")) for k in (1, 2))
    >>> print(convex.inequality(here, there))
    f_2 >= f_1 + <g_1, x_2 - x_1>
    """

    inequality: Callable[[Sample, Sample], Relation]

    def between(self, *samples: Sample) -> Sampled:
        """Some samples of one function of the class.

        >>> from proofcheck import *
        >>> now = sample(path("x"), path("g"), scalar_path("f"))
        >>> for relation in convex.between(now, minimum(vector("x_star"), scalar("f_star"))).relations:
        ...     print(relation)
        f_star >= f + <g, x_star - x>
        f >= f_star + <0, x - x_star>
        """
        return Sampled(self, samples)


@dataclass(frozen=True, eq=False)
class Sampled:
    """Some samples of one function of a class."""

    of: FunctionClass
    samples: tuple[Sample, ...]

    @property
    def relations(self) -> tuple[Relation, ...]:
        """What the class says of them: its inequality for each ordered pair."""
        return tuple(self.of.inequality(first, second) for first, second in permutations(self.samples, 2))


def _tangent(first: Sample, second: Sample) -> Scalar:
    return first.value + inner(first.gradient, second.point - first.point)


def _lies_above_tangents(first: Sample, second: Sample) -> Relation:
    return second.value >= _tangent(first, second)


#: The convex functions: they lie above their tangents.
convex = FunctionClass(_lies_above_tangents)


def strongly_convex(mu: Scalar | int) -> FunctionClass:
    """The functions that lie above their tangents by at least mu/2 times the squared distance.

    >>> from proofcheck import *
    >>> now = sample(path("x"), path("g"), scalar_path("f"))
    >>> print(strongly_convex(3).between(now, minimum(vector("x_star"), scalar("f_star"))).relations[0])
    f_star >= f + <g, x_star - x> + 3 |x_star - x|^2/2
    """
    return FunctionClass(
        lambda first, second: (
            second.value >= _tangent(first, second) + number(mu) / 2 * norm2(second.point - first.point)
        )
    )


def smooth_convex(lipschitz: Scalar | int) -> FunctionClass:
    """The convex functions whose gradient is Lipschitz with this constant.

    The inequality holds exactly for those: Taylor, Hendrickx, Glineur 2017, Theorem 4, with mu = 0. Raises `ValueError`
    on a constant that need not be positive: `scalar("L", positive=True)`.

    >>> from proofcheck import *
    >>> now = sample(path("x"), path("g"), scalar_path("f"))
    >>> print(smooth_convex(1).between(minimum(vector("x_star"), scalar("f_star")), now).relations[0])
    f >= f_star + <0, x - x_star> + |-g|^2/2
    """
    constant = number(lipschitz)
    known = constant.bounds if isinstance(constant, Symbol) else ()
    positive = any((sign == ">" and bound >= 0) or (sign == ">=" and bound > 0) for sign, bound in known)
    if (isinstance(constant, Constant) and constant.value <= 0) or (isinstance(constant, Symbol) and not positive):
        raise ValueError("the gradient's Lipschitz constant is positive: scalar('L', positive=True)")
    return FunctionClass(
        lambda first, second: (
            second.value >= _tangent(first, second) + norm2(first.gradient - second.gradient) / (2 * constant)
        )
    )
