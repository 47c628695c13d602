"""Labels, view data and URLs of the catalogue."""
