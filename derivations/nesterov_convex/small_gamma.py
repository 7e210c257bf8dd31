"""gamma < 3: the bound fails for each such gamma, and the loss falls like t^(-2 gamma/3)."""

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
    power,
    refuted_for,
    scalar,
    smooth_convex,
    sqrt,
)

from .notation import R2, at_rest, at_zero, bottom, f, f_star, g, gamma, known, nesterov, now, t, x, x_star, y


@claim("the loss, for gamma < 3", expect=Verdict.REFUTED)
def loss_bound_for_small_gamma():
    """The bound of gamma >= 3 fails for each gamma < 3, on a convex function with a Lipschitz gradient.

    Huber's function: y^2/2 up to 1, y - 1/2 from there on; gamma = 3 s with 0 < s < 1.
    """
    claimed = (f - f_star <= (gamma - 1) ** 2 * R2 / (2 * t**2)).given(t > 0, at_rest, gamma < 3)
    s = scalar("s", positive=True, below=1)
    start = 2 + (1 + 3 * s) / (9 * s * (1 - s))
    huber = function(y, y**2 / 2).then(1, y - Rational(1, 2))
    way = {x: start - t**2 / (2 * (1 + gamma)), gamma: 3 * s, **at_zero}
    smooth = smooth_convex(1).between(now, bottom)
    return refuted_for(claimed, nesterov, smooth, huber, way, until=sqrt((1 + 3 * s) * start), piece=1)


#: a = 2 gamma/3, the rate.
a = scalar("a", positive=True, at_most=2)
t_0 = scalar("t_0", positive=True)
slower = flow(x.ddot == -(3 * a / 2) / t * x.dot - g, f.dot == inner(g, x.dot), time=t, subject_to=known.relations)
d, P = x - x_star, power(t, a)
e = let("e", f - f_star + norm2(x.dot + a / t * d) / 2 + a * (2 - a) / (4 * t**2) * norm2(d))
E = let("E", P * e)
lost = a * (2 - a) * (2 + a) / (4 * t**3) * norm2(d)


@claim("the energy for gamma <= 3, its derivative")
def small_energy_along_the_flow():
    """e' <= -(a/t) e - a (4 - a^2) |x - x*|^2/(4 t^3) with a = 2 gamma/3, for every convex f."""
    return (slower.d(e) <= -a / t * e - lost).given(t > 0).along(slower)


@claim("the energy for gamma <= 3, its derivative")
def something_is_lost():
    """The last term is not negative for gamma <= 3."""
    return (-P * lost <= 0).given(t > 0)


@claim("the energy for gamma <= 3, its derivative")
def small_energy_falls():
    """E' = t^a (e' + (a/t) e) <= 0, by that much."""
    return (
        chain(slower.d(E))
        .eq(P * (slower.d(e) + a / t * e))
        .le(-P * lost, small_energy_along_the_flow)
        .le(0, something_is_lost)
        .given(t > 0)
        .along(slower)
    )


@claim("the energy for gamma <= 3")
def small_energy_never_rises():
    """E = t^a e never rises."""
    return gronwall(slower, E, 0, since=t_0, by=[small_energy_falls])


@claim("the energy for gamma <= 3 and the loss")
def small_energy_above_the_loss():
    """f - f* <= e."""
    return chain(f - f_star).le(f - f_star + a * (2 - a) / (4 * t**2) * norm2(d)).le(e).given(t > 0)


@claim("the loss, for gamma <= 3", amends=loss_bound_for_small_gamma)
def loss_for_small_gamma():
    """f - f* <= t^(-2 gamma/3) E(t_0), from any moment t_0 > 0 on."""
    return (
        chain(f - f_star)
        .le(e, small_energy_above_the_loss)
        .eq(E / P)
        .le(at(E, t_0, t) / P, small_energy_never_rises)
        .given(t >= t_0)
        .along(slower)
    )
