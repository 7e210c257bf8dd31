"""x' = -g on a mu-strongly convex f, smooth or not: the loss and the squared distance fall at the rate 2 mu."""

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
    strongly_convex,
)

from .notation import C, at_zero, bottom, f, f_star, g, mu, now, r, t, x, x_star, y

known = strongly_convex(mu).between(now, bottom)
descent = flow(x.dot == -g, f.dot == inner(g, x.dot), time=t, subject_to=known.relations)
V = let("V", f - f_star)
D = let("D", norm2(x - x_star))


@claim("the loss, its derivative")
def loss_falls():
    """V' = -|g|^2 <= -2 mu V: a strongly convex function is small where its gradient is (Polyak, Lojasiewicz)."""
    return chain(descent.d(V)).eq(-norm2(g)).le(-2 * mu * V).along(descent)


@claim("the loss")
def loss_decays():
    """f - f* falls at the rate 2 mu."""
    return gronwall(descent, V, 2 * mu)


@claim("the distance, its derivative")
def distance_falls():
    """D' = -2 <g, x - x*> <= -2 (V + mu D/2) <= -2 mu D."""
    return chain(descent.d(D)).eq(-2 * inner(g, x - x_star)).le(-2 * (V + mu / 2 * D)).le(-2 * mu * D).along(descent)


@claim("the distance")
def distance_decays():
    """|x - x*|^2 falls at the rate 2 mu."""
    return gronwall(descent, D, 2 * mu)


@claim("the loss, a faster rate")
def exponential_beats_its_argument():
    """C exp(-C) < 1."""
    return chain(C * exp(-C)).lt(exp(C) * exp(-C)).eq(1)


@claim("the loss, a faster rate", expect=Verdict.REFUTED)
def loss_decays_faster():
    """f - f* <= C exp(-(2 mu + r) t) (f(x_0) - f*): fails for every C and r > 0, on mu x^2/2."""
    claimed = f - f_star <= C * exp(-(2 * mu + r) * t) * (at(f, 0) - f_star)
    parabola, way = function(y, mu * y**2 / 2), {x: exp(-mu * t), **at_zero}
    return refuted_for(claimed, descent, known, parabola, way, until=C / r, by=[exponential_beats_its_argument])
