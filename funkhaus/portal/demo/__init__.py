"""Demo content: stories, pictures and films of a town that does not exist, all made at set-up."""
