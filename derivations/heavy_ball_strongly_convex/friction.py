"""x'' + b x' + g = 0: the loss falls at the rate 2 b/3 when 2 b^2 < 9 mu, and not when 2 b^2 > 9 mu."""

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
    scalar,
    sqrt,
)

from .footnote import at_rest, loss_decays
from .notation import C, at_zero, b, f, f_star, g, known, mu, q, t, x, x_star, y

equations = x.ddot == -b * x.dot - g, f.dot == inner(g, x.dot)
damped = flow(*equations, time=t, subject_to=known.relations)
lightly_damped = flow(*equations, time=t, subject_to=[*known.relations, 2 * b**2 < 9 * mu])
less, more = 9 * mu - 2 * b**2, 9 * mu + 2 * b**2
d = x - x_star
W = let("W", f - f_star + norm2(2 * b / 3 * d + x.dot) / 2 - b**2 / 9 * norm2(d))


@claim("the sharp energy, its derivative")
def sharp_energy_falls():
    """W' = -(2 b/3) (W + <g, d> - (f - f*) - b^2 |d|^2/9) with d = x - x*, which is at most -(2 b/3) W."""
    exact = -2 * b / 3 * (W + inner(g, d) - (f - f_star) - b**2 / 9 * norm2(d))
    bound = -2 * b / 3 * (W + (mu / 2 - b**2 / 9) * norm2(d))
    return chain(lightly_damped.d(W)).eq(exact).le(bound).le(-2 * b / 3 * W).along(lightly_damped)


@claim("the sharp energy")
def sharp_energy_decays():
    """W falls at the rate 2 b/3."""
    return gronwall(lightly_damped, W, 2 * b / 3, by=[sharp_energy_falls])


@claim("the sharp energy and the loss")
def sharp_energy_above_the_loss():
    """(9 mu - 2 b^2) (f - f*) <= 9 mu W."""
    return (less * (f - f_star) <= 9 * mu * W).along(lightly_damped)


@claim("the sharp energy at rest")
def sharp_energy_at_the_start():
    """9 mu W <= (9 mu + 2 b^2) (f - f*) at rest."""
    return (9 * mu * W <= more * (f - f_star)).given(x.dot == 0).along(lightly_damped)


@claim("the loss, for small friction")
def loss_decays_for_small_friction():
    """(9 mu - 2 b^2) (f - f*) <= (9 mu + 2 b^2) exp(-2 b t/3) (f(x_0) - f*) from rest."""
    E = exp(-2 * b / 3 * t)
    return (
        chain(less * (f - f_star))
        .le(9 * mu * W, sharp_energy_above_the_loss)
        .le(9 * mu * (E * at(W, 0)), sharp_energy_decays)
        .le(more * E * (at(f, 0) - f_star), sharp_energy_at_the_start.at({t: 0}))
        .given(at_rest)
        .along(lightly_damped)
    )


@claim("the loss, the sharp rate", sharpens=loss_decays)
def loss_decays_at_the_sharp_rate():
    """f - f* <= 17 exp(-(4/3) sqrt(mu) t) (f(x_0) - f*) from rest, for the friction 2 sqrt(mu)."""
    bound = 17 * exp(-4 * q / 3 * t) * (at(f, 0) - f_star)
    return (f - f_star <= bound).given(at_rest).by(loss_decays_for_small_friction.at({b: 2 * q}))


slow, gap = scalar("l", positive=True), scalar("d", positive=True)
fast, late = 2 * slow + gap, 3 * C / (2 * gap)


def mode(time):
    """The overdamped mode from rest."""
    return exp(-slow * time) + slow / (slow + gap) * (exp(-slow * time) - exp(-fast * time))


@claim("the loss, for large friction")
def fast_mode_is_smaller():
    """exp(-(2 l + d) t) <= exp(-l t): the overdamped mode from rest stays above exp(-l t)."""
    return exp(-fast * t) <= exp(-slow * t)


@claim("the loss, for large friction")
def exponential_beats_its_argument():
    """C exp(-C) < 1."""
    return chain(C * exp(-C)).lt(exp(C) * exp(-C)).eq(1)


@claim("the loss, for large friction")
def mode_beats_the_bound():
    """C exp(-2 b t/3) < exp(-2 l t) <= x^2 at some time t, as d > 0."""
    return (
        chain(C * exp(-2 * (slow + fast) / 3 * late))
        .lt(exp(-slow * late) ** 2, exponential_beats_its_argument)
        .le(mode(late) ** 2, fast_mode_is_smaller.at({t: late}))
    )


@claim("the loss, for large friction", expect=Verdict.REFUTED)
def loss_decays_for_large_friction():
    """f - f* <= C exp(-2 b t/3) (f(x_0) - f*) from rest: fails for each b with 2 b^2 > 9 mu and C >= 1, on mu x^2/2.

    The roots of the mode are l and 2 l + d: mu is their product and b their sum.
    """
    claimed = (f - f_star <= C * exp(-2 * b / 3 * t) * (at(f, 0) - f_star)).given(at_rest, 2 * b**2 > 9 * mu)
    parabola, solution = function(y, mu * y**2 / 2), {x: mode(t), b: slow + fast, q: sqrt(slow * fast), **at_zero}
    return refuted_for(claimed, damped, known, parabola, solution, until=late, by=[mode_beats_the_bound])
