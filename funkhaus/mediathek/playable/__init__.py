"""The data of an item and its media files that a playback decision needs."""
