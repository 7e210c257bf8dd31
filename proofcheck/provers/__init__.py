"""Provers search; nothing that they return is believed before the kernel has checked it."""
