"""Mutation testing of the code that decides and signs; `make mutants` runs it."""
