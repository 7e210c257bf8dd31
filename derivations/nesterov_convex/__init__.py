"""Nesterov's flow on a convex function, and the role of gamma >= 3."""

SOURCE = "Su, Boyd, Candes 2016; for gamma < 3 Attouch, Chbani, Riahi 2019 and Aujol, Dossal 2017"

ORDER = ("large_gamma", "small_gamma", "sharpness")
