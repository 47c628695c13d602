"""Execution of programs on untrusted files: sandbox, resource limits, niceness, ffmpeg itself."""
