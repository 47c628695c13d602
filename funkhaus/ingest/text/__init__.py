"""Text tracks: readers of subtitle formats, storage, transcripts, transfer to another asset."""
