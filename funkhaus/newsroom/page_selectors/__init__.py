"""Pages that list stories, and standing pages: sections, topics, authors, corrections."""
