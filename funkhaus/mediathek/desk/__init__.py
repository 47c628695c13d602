"""The editing pages of the Mediathek."""
