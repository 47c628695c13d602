"""Drafts are inert: what saving them may change, and what it must not."""
