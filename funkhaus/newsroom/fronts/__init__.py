"""The news and shelves of the home page and of section pages."""
