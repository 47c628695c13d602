"""Ways of asking the database that several packages share."""
