"""Sending files to a Funkhaus elsewhere."""
