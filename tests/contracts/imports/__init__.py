"""Rules on who imports whom."""
