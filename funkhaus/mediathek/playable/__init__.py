"""What a playback decision has to know of an item and its media files."""
