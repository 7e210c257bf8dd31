"""The function, along the flow and at its minimum."""

from proofcheck import Rational, minimum, path, sample, scalar, scalar_path, vector

t = scalar("t", nonnegative=True)
mu = scalar("mu", positive=True)
C, r = scalar("C", positive=True), scalar("r", positive=True)
y = scalar("y")

x, g, f = path("x"), path("g"), scalar_path("f")
x_star, f_star = vector("x_star"), scalar("f_star")
now, bottom = sample(x, g, f), minimum(x_star, f_star)
at_zero = {x_star: Rational(0), f_star: Rational(0)}
