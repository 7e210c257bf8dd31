"""Statements of the author's language with known truth, by construction."""
