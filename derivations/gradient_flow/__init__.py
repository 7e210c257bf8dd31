"""Gradient flow on a strongly convex and on a convex function."""

SOURCE = "folklore; the sharp constant as for gradient descent with small steps, Drori and Teboulle 2014"

ORDER = ("strongly_convex", "convex")
