"""Selectors of pages that list stories, and of standing pages: sections, topics, authors, corrections."""
