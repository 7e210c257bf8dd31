"""The trusted kernel: it imports the standard library and python-flint, nothing else."""

VERSION = "1"
