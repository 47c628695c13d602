"""What is to be made of a source file, and ffmpeg's arguments for it. Pure."""
