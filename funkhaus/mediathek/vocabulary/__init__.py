"""Words, labels and addresses of the catalogue."""
