"""The rate 2 gamma/3 is attained by f = |x|, for every gamma <= 3: no better exponent holds for all convex f."""

from proofcheck import at, chain, claim, flow, gronwall, let, power, scalar, scalar_path

from .notation import t
from .small_gamma import a, t_0

#: The position, a subgradient of its absolute value, and the absolute value.
z, s, size = scalar_path("z"), scalar_path("s"), scalar_path("size", latex="|z|")
signs = [s * z == size, s**2 <= 1, size**2 == z**2, size >= 0]
kinked = flow(z.ddot == -(3 * a / 2) / t * z.dot - s, size.dot == s * z.dot, time=t, subject_to=signs)
P, c = power(t, a), a * (2 - a) / 4
e = let("e", size + (z.dot + a / t * z) ** 2 / 2 + c / t**2 * z**2)
e_2 = let("e_2", e - c * e**2 / t**2)
lost = c * (2 + a) / t**3


@claim("the energy for |x|, its derivative")
def kinked_energy_along_the_flow():
    """e' = -(a/t) e - a (4 - a^2) z^2/(4 t^3): the inequality of the class is an equation."""
    return (kinked.d(e) == -a / t * e - lost * z**2).given(t > 0).along(kinked)


@claim("the energy for |x| and the position")
def kinked_energy_above_the_position():
    """|z| <= e, so that z^2 is of second order."""
    return chain(size).le(size + (z.dot + a / t * z) ** 2 / 2).le(e).given(t > 0)


m, p, w = (scalar(name, nonnegative=True) for name in "mpw")
v = scalar("v")


@claim("the energy for |x|, from below")
def second_order():
    """What z^2 takes away, c e^2/t^2 gives back."""
    return (-w * (v**2 - (1 - 2 * m * v) * p**2) <= 0).given(p <= v)


@claim("the energy for |x|, from below")
def kinked_energy_slowly():
    """(t^a (e - c e^2/t^2))' = t^a c (2 + a)/t^3 (e^2 - (1 - 2 c e/t^2) z^2) >= 0 with c = a (2 - a)/4."""
    return (
        chain(kinked.d(-P * e_2))
        .eq(-(P * lost) * (e**2 - (1 - 2 * (c / t**2) * e) * size**2))
        .le(0, kinked_energy_above_the_position, second_order.at({w: P * lost, v: e, m: c / t**2, p: size}))
        .given(t > 0)
        .along(kinked)
    )


@claim("the energy for |x|, from below")
def kinked_energy_stays():
    """t^a (e - c e^2/t^2) never falls."""
    return gronwall(kinked, -P * e_2, 0, since=t_0, by=[kinked_energy_slowly])


mechanical = let("M", size + z.dot**2 / 2)
late = 4 * at(mechanical, t_0, t) <= t_0**2


@claim("the mechanical energy for |x|")
def mechanical_energy_never_rises():
    """M = f - f* + |x'|^2/2 never rises."""
    return gronwall(kinked, mechanical, 0, since=t_0)


@claim("the position for |x|")
def position_becomes_small():
    """4 |z| <= t^2 from a late t_0 on."""
    start = at(mechanical, t_0, t)
    return (
        chain(4 * size)
        .le(4 * mechanical)
        .le(4 * start, mechanical_energy_never_rises)
        .le(t_0**2)
        .le(t**2)
        .given(t >= t_0, late)
        .along(kinked)
    )


@claim("the energy for |x| and the mechanical one")
def kinked_energy_at_a_time():
    """e <= 2 M + 4 z^2/t^2."""
    return (e <= 2 * mechanical + 4 * z**2 / t**2).given(t > 0, size >= 0)


@claim("the energy for |x| and the mechanical one")
def kinked_energy_below_the_mechanical():
    """e <= 3 M from a late t_0 on."""
    return (
        chain(e)
        .le(2 * mechanical + 4 * z**2 / t**2, kinked_energy_at_a_time)
        .le(3 * mechanical, position_becomes_small)
        .given(t >= t_0, late)
        .along(kinked)
    )


@claim("the sharp rate is attained")
def mechanical_energy_stays():
    """3 t^(2 gamma/3) M >= t_0^(2 gamma/3) (e - c e^2/t^2)(t_0) from a late t_0 on, which is positive when c e < t^2.

    So no larger exponent will do for M, nor for the loss at the moments of rest.
    """
    return (
        chain(3 * (P * mechanical))
        .ge(P * e, kinked_energy_below_the_mechanical)
        .ge(P * e_2)
        .ge(at(P * e_2, t_0, t), kinked_energy_stays)
        .given(t >= t_0, late)
        .along(kinked)
    )


@claim("the bound 1/t^2 for gamma < 3")
def not_bounded():
    """t^2 M grows at least like t^(2 - 2 gamma/3): for gamma < 3 no bound of the order 1/t^2 holds."""
    growing = power(t, 2 - a)
    return (
        chain(3 * (t**2 * mechanical))
        .eq(growing * (3 * (P * mechanical)))
        .ge(growing * at(P * e_2, t_0, t), mechanical_energy_stays)
        .given(t >= t_0, late)
        .along(kinked)
    )
