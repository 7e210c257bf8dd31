"""The derivation that `proofcheck new` writes: a flow, an energy, and a claim of each common form."""

from __future__ import annotations

import keyword
import re

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


class NotAName(ValueError):
    """A name that no derivation can have."""


def written_for(name: str) -> str:
    """The text of a derivation. Raises `NotAName`.

    >>> written_for("my_paper").splitlines()[0]
    '\"\"\"my_paper: write the title of the paper here.'
    """
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise NotAName(f"{name!r} is no name for a derivation: lower-case letters, digits and _, a letter first")
    return _TEMPLATE.replace("NAME", name)


_TEMPLATE = '''"""NAME: write the title of the paper here.

The first line above is the derivation's title. Settle its claims, and look at one of them, with

    proofcheck run derivations/NAME.py
    proofcheck show NAME/energy_decays
"""

from proofcheck import Verdict, at, chain, claim, exp, flow, gronwall, inner, let, norm2, operator, path, scalar

# Where the statements come from. The report prints it.
SOURCE = "Authors, title, year, where to find it"

# The setting, in the paper's own names. State every domain that the paper states, and no other.
mu = scalar("mu", positive=True)
A = operator("A", at_least=mu)  # self-adjoint, <A x, x> >= mu |x|^2, in any dimension
x = path("x")  # a vector that moves in time; x.dot is its derivative
t = scalar("t", nonnegative=True)

# The flow: gradient descent on <A x, x>/2, in continuous time. The rules that integrate need its time.
descent = flow(x.dot == -A(x), time=t)

# The energy. `let` gives it the name that the verdicts print.
E = let("E", norm2(x) / 2)


# A claim is a function that returns a statement. Its text says where the paper makes the claim.
@claim("Lemma 1, the energy falls")
def energy_decays():
    """The energy falls at least at the rate 2 mu along the flow."""
    return descent.d(E) <= -2 * mu * E


# A chain is checked link by link, so that a report points at the one link that breaks.
@claim("Lemma 1, its proof")
def energy_decays_in_steps():
    """The paper's own steps from the energy's derivative to its bound."""
    return chain(descent.d(E)).eq(-inner(A(x), x)).le(-mu * norm2(x)).eq(-2 * mu * E)


# A rule is a theorem of analysis; it owes its conditions. `help(proofcheck.gronwall)` shows what a rule is given.
@claim("Lemma 2, the decay")
def energy_bound():
    """E(t) <= exp(-2 mu t) E(0), by Gronwall's inequality."""
    return gronwall(descent, E, 2 * mu)


# `at(E, 0)` is what a quantity is at the start, `given` adds a hypothesis, `by` names the claims that are used.
@claim("Theorem 3, from the unit ball")
def distance_decays():
    """A start in the unit ball gives |x(t)|^2 <= exp(-2 mu t)."""
    return (norm2(x) <= exp(-2 * mu * t)).given(at(norm2(x), 0) <= 1).by(energy_bound)


# What the paper gets wrong stays as it is printed, with the verdict REFUTED, and the claim that holds points at it.
@claim("Lemma 1, as printed", expect=Verdict.REFUTED)
def energy_decays_strictly():
    """The energy falls, strictly: but not at x = 0."""
    return descent.d(E) < 0


@claim("Lemma 1", amends=energy_decays_strictly)
def energy_never_rises():
    """The energy never rises."""
    return descent.d(E) <= 0


# Now try a mistake: write 3 for the 2 in `energy_decays` and run again. The verdict is REFUTED, with the values
# at which the statement fails.
'''
