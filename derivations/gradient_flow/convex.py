"""x' = -g on a convex f: the loss falls like 1/t."""

from proofcheck import (
    Changes,
    Rational,
    Verdict,
    at,
    chain,
    claim,
    convex,
    exp,
    flow,
    function,
    gronwall,
    inner,
    let,
    norm2,
    operator,
    refuted_for,
    sqrt,
)

from .notation import C, at_zero, bottom, f, f_star, g, now, r, t, x, x_star, y

value = f.dot == inner(g, x.dot)
known = convex.between(now, bottom)
descent = flow(x.dot == -g, value, time=t, subject_to=known.relations)
E = let("E", t * (f - f_star) + norm2(x - x_star) / 2)
R2 = norm2(at(x, 0) - x_star)


@claim("the energy, its derivative")
def energy_falls():
    """E' = f - f* - <g, x - x*> - t |g|^2 <= 0."""
    return chain(descent.d(E)).eq(f - f_star - inner(g, x - x_star) - t * norm2(g)).le(0).along(descent)


@claim("the energy")
def energy_never_rises():
    """E(t) <= E(0) = |x_0 - x*|^2/2."""
    return gronwall(descent, E, 0)


@claim("the loss")
def loss_bound():
    """f - f* <= |x_0 - x*|^2/(2 t)."""
    return (f - f_star <= R2 / (2 * t)).given(t > 0).by(energy_never_rises)


hessian = operator("K", at_least=0, changes=Changes.CONTINUOUSLY, latex=r"\nabla^2 f(x)")
smooth = flow(x.dot == -g, g.dot == hessian(x.dot), value, time=t, subject_to=known.relations)
sharp = let("E", 2 * t * (f - f_star) + t**2 * norm2(g) + norm2(x - x_star))


@claim("the sharp energy")
def sharp_energy_never_rises():
    """Where f is twice differentiable |g| never rises, nor does 2 t (f - f*) + t^2 |g|^2 + |x - x*|^2."""
    return gronwall(smooth, sharp, 0)


@claim("the loss, the sharp constant", sharpens=loss_bound)
def sharp_loss_bound():
    """f - f* <= |x_0 - x*|^2/(4 t), since t^2 |g|^2 + |x - x*|^2 >= 2 t <g, x - x*> >= 2 t (f - f*)."""
    return (f - f_star <= R2 / (4 * t)).given(t > 0).by(sharp_energy_never_rises)


@claim("the loss, a smaller constant", expect=Verdict.REFUTED)
def smaller_constant():
    """f - f* < |x_0 - x*|^2/(4 t) for t > 0: |x| attains the bound, at half the way to its minimum."""
    strictly = (f - f_star < R2 / (4 * t)).given(t > 0)
    modulus, way = function(y, -y).then(0, y), {x: 1 - t, **at_zero}
    return refuted_for(strictly, descent, known, modulus, way, until=Rational(1, 2), piece=1)


s = C * (1 + 6 / r) ** 2
late = 3 * s / r


@claim("the loss, an exponential rate")
def exponential_beats_a_square():
    """C (1 + 2 t)^2 < exp(r t) at some time t."""
    square = C * (1 + 2 * late) ** 2
    return chain(square).le(s * (1 + s) ** 2).lt((1 + s) ** 3).le(exp(s) ** 3).eq(exp(r * late))


@claim("the loss, an exponential rate", expect=Verdict.REFUTED)
def exponential_rate():
    """f - f* <= C exp(-r t) (f(x_0) - f*): fails for every C and r > 0, on x^4/4, where x = (1 + 2 t)^(-1/2)."""
    claimed = f - f_star <= C * exp(-r * t) * (at(f, 0) - f_star)
    quartic, way = function(y, y**4 / 4), {x: 1 / sqrt(1 + 2 * t), **at_zero}
    return refuted_for(claimed, descent, known, quartic, way, until=late, by=[exponential_beats_a_square])
