"""What a source file contains: the probe is a program of its own, its answer becomes frozen facts."""
