"""The rate 2 b/3 is attained by f = |x| + mu x^2/2, for every friction with 2 b^2 < 9 mu."""

from proofcheck import at, chain, claim, exp, flow, gronwall, let, scalar, scalar_path

from .notation import b, mu, t

#: The position, a subgradient of its absolute value, and the absolute value.
z, s, a = scalar_path("z"), scalar_path("s"), scalar_path("a", latex="|z|")
signs = [s * z == a, s**2 <= 1, a**2 == z**2, a >= 0]
kinked = flow(z.ddot == -b * z.dot - s - mu * z, a.dot == s * z.dot, time=t, subject_to=[*signs, 2 * b**2 < 9 * mu])
k = mu / 2 - b**2 / 9
W = let("W", a + mu / 2 * z**2 + (2 * b / 3 * z + z.dot) ** 2 / 2 - b**2 / 9 * z**2)
W_2 = let("W_2", W - k * W**2)


@claim("the kink is strongly convex")
def kink_is_strongly_convex():
    """|y| + mu y^2/2 lies above its tangent at z by mu (y - z)^2/2, whichever subgradient s of |z| is taken."""
    y, size = scalar("y"), scalar("size", nonnegative=True, latex="|y|")
    tangent = a + mu / 2 * z**2 + (s + mu * z) * (y - z)
    return (size + mu / 2 * y**2 >= tangent + mu / 2 * (y - z) ** 2).given(size**2 == y**2).along(kinked)


@claim("the kink's energy, its derivative")
def kinked_energy_falls():
    """W' = -(2 b/3) (W + (mu/2 - b^2/9) z^2): the first inequality of the class is an equation."""
    return (kinked.d(W) == -2 * b / 3 * (W + k * z**2)).along(kinked)


@claim("the kink's energy and the position")
def kinked_energy_above_the_position():
    """|z| <= W, so that z^2 is of second order."""
    return (a <= W).along(kinked)


e, c, y = scalar("e"), scalar("c", positive=True), scalar("y", nonnegative=True)


@claim("the kink's energy, from below")
def second_order():
    """What z^2 takes away, c W^2 gives back."""
    return ((1 - 2 * c * e) * (e + c * y**2) <= e - c * e**2).given(y <= e)


@claim("the kink's energy, from below")
def kinked_energy_slowly():
    """(W - c W^2)' = -(2 b/3) (1 - 2 c W) (W + c z^2) >= -(2 b/3) (W - c W^2) with c = mu/2 - b^2/9."""
    return (
        chain(kinked.d(-W_2))
        .eq(2 * b / 3 * ((1 - 2 * k * W) * (W + k * a**2)))
        .le(2 * b / 3 * (W - k * W**2), kinked_energy_above_the_position, second_order.at({e: W, c: k, y: a}))
        .along(kinked)
    )


@claim("the kink's energy, from below")
def kinked_energy_stays():
    """W - c W^2 falls at most at the rate 2 b/3."""
    return gronwall(kinked, -W_2, 2 * b / 3, by=[kinked_energy_slowly])


mechanical = let("M", a + mu / 2 * z**2 + z.dot**2 / 2)
slow = exp(-2 * b / 3 * t)


@claim("the kink's energy and the mechanical one")
def kinked_energy_below_the_mechanical():
    """W <= 4 M with the mechanical energy M = f - f* + |x'|^2/2."""
    return (W <= 4 * mechanical).along(kinked)


@claim("the kink's energy, near the minimum")
def half_of_the_energy_is_left():
    """W - c W^2 >= W/2 while 2 c W <= 1."""
    return (W_2 >= W / 2).given(2 * k * W <= 1).along(kinked)


@claim("the sharp rate is attained")
def mechanical_energy_stays():
    """M >= exp(-2 b t/3) W(0)/8 when W(0) is small enough.

    So no rate above 2 b/3 holds for M and all f, nor for the loss at the moments of rest.
    """
    return (
        chain(4 * mechanical)
        .ge(W, kinked_energy_below_the_mechanical)
        .ge(W_2)
        .ge(slow * at(W_2, 0), kinked_energy_stays)
        .ge(slow * at(W, 0) / 2, half_of_the_energy_is_left.at({t: 0}))
        .given(2 * k * at(W, 0) <= 1)
        .along(kinked)
    )
