"""Pure rules of the catalogue: availability, retention, readiness, chapters, keys of lists, spelling."""
