"""Frozen data classes that the newsroom's templates print."""
