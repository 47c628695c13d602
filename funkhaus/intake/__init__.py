"""How media files come in: a form, resumable uploads (tus), a watched folder, a command here or from afar."""
