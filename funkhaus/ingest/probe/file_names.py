"""Whether the name of a file says what it is. Pure; players don't care, but whoever sent it may have mixed files up."""

from __future__ import annotations

from pathlib import PurePath

# Container by ffmpeg's name: what people call it, and the endings that it may have.
_KINDS = {
    "mov,mp4,m4a,3gp,3g2,mj2": ("MP4/MOV", "mp4 m4v m4a mov 3gp 3g2 mj2 qt f4v"),
    "matroska,webm": ("Matroska/WebM", "mkv webm mka mk3d"),
    "mpegts": ("MPEG-TS", "ts m2ts mts m2t trp"),
    "mpeg": ("MPEG", "mpg mpeg vob m2p"),
    "avi": ("AVI", "avi divx"),
    "flv": ("FLV", "flv f4v"),
    "mp3": ("MP3", "mp3"),
    "flac": ("FLAC", "flac"),
    "wav": ("WAV", "wav wave bwf"),
    "ogg": ("Ogg", "ogg oga ogv opus spx"),
    "aac": ("AAC", "aac adts"),
    "mxf": ("MXF", "mxf"),
}
_ENDINGS = frozenset(ending for _, endings in _KINDS.values() for ending in endings.split())


def find_true_kind(name: str, container: str) -> str:
    """What the file is, where its name says something else; empty where they agree or the name says nothing."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    kind, endings = _KINDS.get(container, ("", ""))
    return kind if ending in _ENDINGS and kind and ending not in endings.split() else ""
