"""Publish checks, breaking news and withdrawal of stories."""
