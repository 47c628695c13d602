"""Running programs on strangers' files: sandbox, limits, niceness, ffmpeg itself."""
