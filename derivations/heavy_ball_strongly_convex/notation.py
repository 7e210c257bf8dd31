"""The function, along the flow and at its minimum; mu = q^2."""

from proofcheck import Rational, minimum, path, sample, scalar, scalar_path, strongly_convex, vector

t = scalar("t", nonnegative=True)
q = scalar("q", positive=True, latex=r"\sqrt{\mu}")
b, C, r = scalar("b", positive=True), scalar("C", at_least=1), scalar("r", positive=True)
y = scalar("y")
mu = q**2

x, g, f = path("x"), path("g"), scalar_path("f")
x_star, f_star = vector("x_star"), scalar("f_star")
known = strongly_convex(mu).between(sample(x, g, f), minimum(x_star, f_star))
at_zero = {x_star: Rational(0), f_star: Rational(0)}
