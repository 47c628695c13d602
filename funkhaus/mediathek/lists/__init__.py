"""Lists of the catalogue: index ranges, rendered as cards."""
