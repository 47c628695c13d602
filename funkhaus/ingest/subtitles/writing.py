"""Write canonical WebVTT."""

from __future__ import annotations

from collections.abc import Iterable

from funkhaus.ingest.subtitles.cues import Cue


def write_webvtt(cues: Iterable[Cue]) -> str:
    """Return the cues as a WebVTT file: no styles, no regions, no notes."""
    blocks = [
        f"{_clock(cue.start_ms)} --> {_clock(cue.end_ms)} {cue.settings}".rstrip() + f"\n{cue.text}" for cue in cues
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _clock(moment_ms: int) -> str:
    seconds, milliseconds = divmod(moment_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"
