"""The editing pages of accounts and groups."""
