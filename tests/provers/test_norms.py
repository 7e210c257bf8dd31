"""Steps of methods as they are written in papers, with norms that are not squared."""

from collections.abc import Callable

import pytest

from proofcheck import Rational, inner, norm, norm2, scalar, sqrt, vector
from proofcheck.kernel.statements import Statement
from proofcheck.language.expressions import Relation
from proofcheck.provers import norms
from proofcheck.provers.prepare import prepare
from proofcheck.provers.sequent import Deadline, Sequent
from proofcheck.rules.reduction import obligation_of

from . import writing
from .writing import dot, must_prove, must_refute, relation, times

mu, L, s = (scalar(name, positive=True) for name in ("mu", "L", "s"))
d, g, h = vector("d"), vector("g"), vector("h")
coercive = (mu + L) * inner(g, d) >= mu * L * norm2(d) + norm2(g)


def gradient_step(constant: Rational) -> Relation:
    return (norm(d - s * g) <= constant * (1 - s * mu) * norm(d)).given(coercive, mu < L, s * (mu + L) <= 2)


def proximal_step(constant: Rational) -> Relation:
    return ((1 + s * mu) * norm(d) <= constant * norm(d + s * g)).given(inner(g, d) >= mu * norm2(d))


def forward_step(constant: Rational) -> Relation:
    """Both the root of letters and the fact between norms take part."""
    larger = constant * sqrt(1 - 2 * s * mu + s**2 * L**2) * norm(d)
    return (norm(d - s * g) <= larger).given(inner(g, d) >= mu * norm2(d), norm(g) <= L * norm(d), mu <= L)


def extragradient(constant: Rational) -> Relation:
    """Of d only a fact between norms is known, and of h that it points away."""
    return (norm(d - s * h) <= constant * norm(d)).given(
        inner(h, d - s * g) >= 0, norm(h - g) <= L * norm(s * g), s * L <= 1
    )


STEPS = (gradient_step, proximal_step, forward_step, extragradient)


@pytest.mark.parametrize("stated", STEPS, ids=lambda stated: stated.__name__)
def test_steps_of_methods(stated: Callable[[Rational], Relation]) -> None:
    must_prove(of_norms(stated(Rational(1))), "norms")
    must_refute(of_norms(stated(Rational(999, 1000))))


def of_norms(stated: Relation) -> Statement:
    found = obligation_of(Relation(stated.left, stated.sign, stated.right), stated.hypotheses, "")[0].statement
    assert found is not None
    return found


def test_a_side_that_may_be_negative_is_not_squared() -> None:
    """From -|u| <= -2 |v| nothing follows for the squares but the opposite."""
    first, second = (writing.sqrt(dot(name, name)) for name in "uv")
    known = (relation(times(-1, first), "<=", times(-2, second)), relation(first, "<=", -1))
    goal = relation(dot("u", "u"), "<=", times(4, dot("v", "v")))
    for fact in known:
        asked, _ = prepare(Sequent((), ("u", "v"), (fact,), goal), Deadline.after(2))
        tried: list[Sequent] = []
        assert norms.search(asked, Deadline.after(2), lambda inside, _, tried=tried: tried.append(inside)) is None
        assert not tried
