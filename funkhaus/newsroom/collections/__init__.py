"""Pages that gather stories, and pages that stand: sections, topics, authors, corrections, standing pages."""
