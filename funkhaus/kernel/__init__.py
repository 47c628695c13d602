"""Types and functions that every package shares: pure Python, no Django."""
