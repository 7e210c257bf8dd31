"""Rules: one theorem of analysis a function; premises in, obligations and side conditions out; no search."""
