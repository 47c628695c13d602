"""Rules of the catalogue: availability, retention, readiness, places in lists. Pure."""
