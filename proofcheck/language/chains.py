"""Chains `a = b <= c < d`, checked link by link, so that a report points at the one link that breaks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from .expressions import Number, Relation, Scalar, Use, VectorEquation, number


@dataclass(frozen=True)
class Chain:
    """A chain of relations; each link is a relation of its own, under the chain's hypotheses, before or after them.

    >>> from proofcheck import scalar, chain
    >>> x = scalar("x", positive=True)
    >>> [str(link) for link in chain(x).lt(x + 1).le(x + 2).links]
    ['x < x + 1', 'x + 1 <= x + 2']
    """

    first: Scalar
    links: tuple[Relation, ...] = ()
    hypotheses: tuple[Relation | VectorEquation, ...] = ()
    governed: tuple[object, ...] = ()

    def _link(self, sign: str, right: Scalar | Number, by: tuple[Use, ...]) -> Chain:
        left = self.links[-1].right if self.links else self.first
        link = Relation(left, sign, number(right), self.hypotheses, tuple(by), self.governed)
        return replace(self, links=(*self.links, link))

    def eq(self, right: Scalar | Number, *by: Use) -> Chain:
        """Go on with `= right`; `by` names the claims that the link needs."""
        return self._link("=", right, by)

    def le(self, right: Scalar | Number, *by: Use) -> Chain:
        """Go on with `<= right`."""
        return self._link("<=", right, by)

    def lt(self, right: Scalar | Number, *by: Use) -> Chain:
        """Go on with `< right`."""
        return self._link("<", right, by)

    def ge(self, right: Scalar | Number, *by: Use) -> Chain:
        """Go on with `>= right`."""
        return self._link(">=", right, by)

    def gt(self, right: Scalar | Number, *by: Use) -> Chain:
        """Go on with `> right`."""
        return self._link(">", right, by)

    def given(self, *hypotheses: Relation | VectorEquation) -> Chain:
        """The chain, claimed only where the hypotheses hold."""
        links = tuple(link.given(*hypotheses) for link in self.links)
        return replace(self, links=links, hypotheses=(*self.hypotheses, *hypotheses))

    def along(self, *flows: object) -> Chain:
        """The chain, claimed at every moment of the flows' solutions, which obey the flows' constraints."""
        links = tuple(link.along(*flows) for link in self.links)
        return replace(self, links=links, governed=(*self.governed, *flows))

    @cached_property
    def conclusion(self) -> Relation:
        """What the chain shows, from its first side to its last. Raises `ValueError` when the signs disagree."""
        signs = {link.sign for link in self.links} - {"="}
        directions = {sign[0] for sign in signs}
        if not self.links or len(directions) > 1 or "!=" in signs:
            raise ValueError("a chain goes in one direction and has at least one link")
        strict = any(sign in ("<", ">") for sign in signs)
        sign = "=" if not signs else directions.pop() + ("" if strict else "=")
        hypotheses: dict[int, Relation | VectorEquation] = {id(h): h for link in self.links for h in link.hypotheses}
        along: list[object] = []
        for link in self.links:
            along += [flow for flow in link.flows() if flow not in along]
        return Relation(self.first, sign, self.links[-1].right, tuple(hypotheses.values()), governed=tuple(along))


def chain(first: Scalar | Number) -> Chain:
    """Begin a chain.

    >>> from proofcheck import scalar
    >>> x = scalar("x", positive=True)
    >>> print(chain(x).lt(x + 1).le(x + 2).conclusion)
    x < x + 2
    """
    return Chain(number(first))
