"""Liveblogs: pages, posts, writing."""
