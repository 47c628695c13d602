"""The audit log of acts on media files: their names, the writing of rows, and their description."""
