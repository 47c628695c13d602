"""The blocks of which editors compose texts."""
