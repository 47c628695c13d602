"""An article: its body, pictures, corrections, share image, structured data."""
