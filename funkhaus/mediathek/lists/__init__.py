"""Lists of the catalogue: ranges of one index, shown as cards."""
