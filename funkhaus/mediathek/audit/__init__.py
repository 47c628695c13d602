"""Acts on media files: which there are, the log that keeps them, and what is told of them."""
