"""Words that every package shares: pure Python, no Django."""
