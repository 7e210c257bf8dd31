"""x'' + (gamma/t) x' + g = 0 with gamma >= 3: the loss falls like 1/t^2."""

from proofcheck import (
    Rational,
    Verdict,
    at,
    chain,
    claim,
    flow,
    function,
    gronwall,
    inner,
    let,
    norm2,
    refuted_for,
    scalar_path,
)

from .notation import R2, at_rest, at_zero, equations, f, f_star, g, gamma, known, nesterov, t, x, x_star, y

steady = flow(*equations, time=t, subject_to=[*known.relations, gamma >= 3])
E = let("E", t**2 * (f - f_star) + norm2((gamma - 1) * (x - x_star) + t * x.dot) / 2)


@claim("the energy, its derivative")
def energy_along_the_flow():
    """E' = 2 t (f - f*) - (gamma - 1) t <g, x - x*> <= -(gamma - 3) t (f - f*), for every gamma >= 1."""
    derived = 2 * t * (f - f_star) - (gamma - 1) * t * inner(g, x - x_star)
    return chain(nesterov.d(E)).eq(derived).le(-(gamma - 3) * t * (f - f_star)).given(t > 0, gamma >= 1).along(nesterov)


@claim("the energy")
def energy_never_rises():
    """E never rises when gamma >= 3."""
    return gronwall(steady, E, 0)


@claim("the loss")
def loss_bound():
    """f - f* <= (gamma - 1)^2 |x_0 - x*|^2/(2 t^2) when gamma >= 3."""
    return (f - f_star <= (gamma - 1) ** 2 * R2 / (2 * t**2)).given(t > 0).by(energy_never_rises)


#: The integral of s (f(x(s)) - f*) from 0 to t.
area = scalar_path("A")
summed = flow(*equations, area.dot == t * (f - f_star), time=t, subject_to=[*known.relations, gamma >= 3])


@claim("the loss, on average")
def weighted_energy_never_rises():
    """E + (gamma - 3) A never rises, where A' = t (f - f*)."""
    return gronwall(summed, E + (gamma - 3) * area, 0)


@claim("the loss, on average")
def average_loss_bound():
    """(gamma - 3) times the integral of s (f - f*) from 0 to t is at most (gamma - 1)^2 |x_0 - x*|^2/2."""
    weighted = (gamma - 3) * area
    return (
        chain(weighted)
        .le(E + weighted)
        .le((gamma - 1) ** 2 * R2 / 2, weighted_energy_never_rises)
        .given(at(area, 0) == 0)
        .along(summed)
    )


@claim("the loss, a smaller constant", expect=Verdict.REFUTED)
def smaller_constant():
    """f - f* < (gamma - 1)^2 |x_0 - x*|^2/(2 t^2) from rest: |x| attains the bound for gamma = 3, at the time 2."""
    strictly = (f - f_star < (gamma - 1) ** 2 * R2 / (2 * t**2)).given(t > 0, at_rest)
    modulus, way = function(y, -y).then(0, y), {x: 1 - t**2 / 8, gamma: Rational(3), **at_zero}
    return refuted_for(strictly, steady, known, modulus, way, until=2, piece=1)
