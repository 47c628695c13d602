"""Comparison of a result with its source: programs that look and listen, and what follows from it."""
