"""Pages of the editing interface that receive files by a form."""
