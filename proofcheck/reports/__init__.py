"""Reports: one writer a format, all from the same record of a run."""
