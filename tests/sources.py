"""Media for tests, made on the spot with the same ffmpeg that the house uses."""

from __future__ import annotations

import subprocess
from pathlib import Path

import imageio_ffmpeg


def make_clip(
    path: Path, *, seconds: float = 2.0, size: str = "320x180", sound: bool = True, index_first: bool = True
) -> Path:
    """A moving test picture with a tone: H.264 and AAC in MP4, its table of contents at the start or the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y"]
    command += ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate=25:duration={seconds}"]
    if sound:
        command += ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={seconds}", "-c:a", "aac"]
    command += ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    command += ["-movflags", "+faststart", str(path)] if index_first else [str(path)]
    subprocess.run(command, check=True, timeout=120)
    return path


def make_subtitles(path: Path, *, words: str = "Hier spricht die Prüfung.", seconds: float = 2.0) -> Path:
    """One cue over the whole clip, as WebVTT."""
    path.write_text(f"WEBVTT\n\n00:00:00.000 --> 00:00:{seconds:06.3f}\n{words}\n", encoding="utf-8")
    return path
