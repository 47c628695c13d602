"""Drafts: they change nothing that was public, and copies begin as drafts."""
