"""Pages of the desk that take files in a form."""
