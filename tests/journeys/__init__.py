"""Whole ways through the house over HTTP, without a browser unless a rendered page is the point."""
