"""Reasons that ingest gives: why work stops, what is wrong with a file, and what an editor can do about it."""
