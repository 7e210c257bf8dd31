"""Heavy Ball's flow on a strongly convex function."""

SOURCE = "Polyak 1964; Wilson, Recht, Jordan 2016; Siegel 2019; for the sharp rate Moucer, Taylor, Bach 2022"

ORDER = ("footnote", "friction", "sharpness")
