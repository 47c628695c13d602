"""Database queries and expressions that several packages share."""
