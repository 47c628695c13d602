"""Blocks that editors compose texts of."""
