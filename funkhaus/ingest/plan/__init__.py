"""Plans: decide what is made of a source file, and make ffmpeg's argument lists for it. Pure."""
