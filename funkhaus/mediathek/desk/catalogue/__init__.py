"""Catalogue forms, lists and choosers of the desk."""
