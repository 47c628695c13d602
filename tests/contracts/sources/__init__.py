"""Contracts on single sources: what is written in one place alone."""
