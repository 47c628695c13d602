"""The editing pages of the Mediathek: catalogue forms, upload, media files."""
