"""The newsroom's own editing pages."""
