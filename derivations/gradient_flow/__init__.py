"""Gradient flow on a strongly convex and on a convex function."""

SOURCE = "folklore; the sharp constant is that of Drori and Teboulle 2014 for gradient descent, in the limit of small steps"

ORDER = ("strongly_convex", "convex")
