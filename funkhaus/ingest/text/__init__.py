"""Text tracks: readers of subtitle formats, storing, transfer to another asset."""
