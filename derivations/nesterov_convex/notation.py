"""The function, along the flow and at its minimum."""

from proofcheck import Rational, at, convex, flow, inner, minimum, norm2, path, sample, scalar, scalar_path, vector

t = scalar("t", nonnegative=True)
gamma = scalar("gamma", positive=True)
y = scalar("y")

x, g, f = path("x"), path("g"), scalar_path("f")
x_star, f_star = vector("x_star"), scalar("f_star")
now, bottom = sample(x, g, f), minimum(x_star, f_star)
known = convex.between(now, bottom)
at_zero = {x_star: Rational(0), f_star: Rational(0)}

equations = x.ddot == -gamma / t * x.dot - g, f.dot == inner(g, x.dot)
nesterov = flow(*equations, time=t, subject_to=known.relations)
R2 = norm2(at(x, 0) - x_star)
at_rest = at(x.dot, 0) == 0
