"""Probe of source files: a program of its own reads them, its answer becomes frozen facts."""
