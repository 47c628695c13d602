"""Funkhaus: newsroom and Mediathek of a public-service broadcaster in one self-hosted portal."""
