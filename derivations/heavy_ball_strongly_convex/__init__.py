"""Heavy Ball's flow on a strongly convex function."""

SOURCE = "Polyak 1964; Wilson, Recht, Jordan 2016; Siegel 2019; other frictions: Aujol, Dossal, Rondepierre 2022"

ORDER = ("footnote", "friction", "sharpness")
