"""The page of all blocks."""
