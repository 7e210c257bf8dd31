"""x'' + 2 sqrt(mu) x' + g = 0: the loss falls at the rate sqrt(mu)."""

from proofcheck import (
    Verdict,
    at,
    chain,
    claim,
    exp,
    flow,
    function,
    gronwall,
    inner,
    let,
    norm2,
    refuted_for,
)

from .notation import C, at_zero, f, f_star, g, known, mu, q, t, x, x_star, y

heavy_ball = flow(x.ddot == -2 * q * x.dot - g, f.dot == inner(g, x.dot), time=t, subject_to=known.relations)
V = let("V", f - f_star + norm2(q * (x - x_star) + x.dot) / 2)
at_rest = at(x.dot, 0) == 0


@claim("the energy, its derivative")
def energy_falls():
    """V' = -q <g, x - x*> - q <q (x - x*) + x', x'> <= -q V - q |x'|^2/2."""
    d = x - x_star
    derived = -q * inner(g, d) - q * inner(q * d + x.dot, x.dot)
    return chain(heavy_ball.d(V)).eq(derived).le(-q * V - q / 2 * norm2(x.dot)).le(-q * V).along(heavy_ball)


@claim("the energy")
def energy_decays():
    """V falls at the rate sqrt(mu)."""
    return gronwall(heavy_ball, V, q)


@claim("the energy at rest")
def energy_at_the_start():
    """V(0) <= 2 (f(x_0) - f*) from rest."""
    return (V <= 2 * (f - f_star)).given(x.dot == 0).along(heavy_ball)


@claim("the loss")
def loss_decays():
    """f - f* <= 2 exp(-sqrt(mu) t) (f(x_0) - f*) from rest."""
    E = exp(-q * t)
    return (
        chain(f - f_star)
        .le(V)
        .le(E * at(V, 0), energy_decays)
        .le(2 * E * (at(f, 0) - f_star), energy_at_the_start.at({t: 0}))
        .given(at_rest)
        .along(heavy_ball)
    )


@claim("the loss, at the rate 2 sqrt(mu)", expect=Verdict.REFUTED)
def loss_decays_like_the_distance():
    """f - f* <= C exp(-2 sqrt(mu) t) (f(x_0) - f*) from rest: fails for every C >= 1, on mu x^2/2."""
    claimed = (f - f_star <= C * exp(-2 * q * t) * (at(f, 0) - f_star)).given(at_rest)
    critical = {x: (1 + q * t) * exp(-q * t), **at_zero}
    return refuted_for(claimed, heavy_ball, known, function(y, mu * y**2 / 2), critical, until=C / q)
