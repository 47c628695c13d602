"""What templates of the newsroom get: frozen, plain data."""
