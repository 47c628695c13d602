"""Reasons that ingest gives: errors that stop the work, warnings about a file, and advice for editors."""
