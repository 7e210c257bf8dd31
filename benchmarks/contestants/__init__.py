"""The contestants: each answers one case, in its own process."""
