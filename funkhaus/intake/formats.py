"""File name suffixes of the accepted media files and subtitles."""

from __future__ import annotations

from typing import Final

_VIDEO: Final = "mp4 m4v mov qt mkv webm avi mpg mpeg m2v vob ts m2ts mts mxf gxf dv wmv asf flv f4v ogv 3gp 3g2"
_SOUND: Final = "mp3 mp2 m4a m4b aac wav bwf flac ogg oga opus aif aiff wma ac3 eac3"
MEDIA_SUFFIXES: Final = frozenset(f".{ending}" for ending in f"{_VIDEO} {_SOUND}".split())
SUBTITLE_SUFFIXES: Final = frozenset(
    [".vtt", ".srt", ".ass", ".ssa", ".stl", ".xml", ".ttml", ".dfxp", ".ebutt", ".txt"]
)
