"""Forms, lists and choosers of the catalogue in the editing pages."""
