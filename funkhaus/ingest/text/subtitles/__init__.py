"""Readers of subtitle formats; each returns cues."""
