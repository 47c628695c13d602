"""Rules on docstrings."""
