"""The home page's news and shelves."""
