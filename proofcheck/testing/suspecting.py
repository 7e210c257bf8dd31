"""The search for a solution of a flow along which a claim fails, in numbers, which no kernel accepts: a suspicion.

That numbers violate a relation by more than the integration may be wrong refutes nothing; that they do not, proves
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from proofcheck.language.printing import text
from proofcheck.provers.sequent import Deadline

from .instances import NotDrawn
from .searching import searched
from .solutions import Motions
from .starts import Trial
from .strategies import drawn_point
from .telling import shown_values

#: An integration costs more than it takes to evaluate a relation.
_SHRINKS = 100
#: Of how many values each is one, the simplest first: large numbers make for long integrations, and for few draws.
_CHOICES = (4, 8, None)


@dataclass(frozen=True)
class Suspicion:
    """A solution on which a relation fails, in numbers."""

    trial: Trial

    @property
    def relation(self) -> str:
        """What fails."""
        return text(self.trial.relation)

    @property
    def shown(self) -> str:
        """The solution, the moment, both sides, and what the integration may be wrong by."""
        trial = self.trial
        forces = "".join(f", {each.path.name} = {text(each.law)}" for each in trial.forces)
        drawn = f"{shown_values(trial.values)}, " if trial.values else ""
        return (
            f"at {drawn}{trial.time} = {trial.moment:.6g}{forces}: left {trial.left:.9g}, "
            f"right {trial.right:.9g}, integrated, with an error of about {trial.error:.1g}"
        )


def suspicion(motions: Motions, examples: int, seed: int, deadline: Deadline) -> tuple[int, Suspicion | None]:
    """How many solutions the relation was tried on, and a simple one on which it fails.

    >>> from proofcheck import at, flow, norm2, path, scalar
    >>> t, x = scalar("t", nonnegative=True), path("x")
    >>> slow = (norm2(x) >= norm2(at(x, 0)) / 2).along(flow(x.dot == -x, time=t))
    >>> suspicion(Motions(slow), 50, 0, Deadline.after(5))[1].relation
    '|x|^2 >= |x(0)|^2/2'
    """
    tried = 0

    @st.composite
    def trials(draw: st.DrawFn) -> Trial | None:
        nonlocal tried
        place = draw(st.sampled_from(range(len(motions))))
        try:
            start = motions[place]
        except NotDrawn:
            return None
        point = drawn_point(draw, start.drawing, draw(st.sampled_from(_CHOICES)))
        trial = None if point is None else start.trial(point)
        tried += trial is not None
        return trial

    found = searched(
        trials(), lambda trial: trial is not None and trial.violated, examples, seed, deadline, shrinks=_SHRINKS
    )
    return tried, None if found is None else Suspicion(found)
