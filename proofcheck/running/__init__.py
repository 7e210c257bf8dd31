"""Running derivations: collecting claims, searching in processes of their own, judging, writing the record."""
