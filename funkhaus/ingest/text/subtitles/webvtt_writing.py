"""Writer of canonical WebVTT."""

from __future__ import annotations

from collections.abc import Iterable

from funkhaus.ingest.text.subtitles.cue_markup import Cue
from funkhaus.ingest.text.subtitles.timing import write_clock


def write_webvtt(cues: Iterable[Cue]) -> str:
    """Return the cues as a WebVTT file: no styles, no regions, no notes."""
    blocks = [
        f"{write_clock(cue.start_ms)} --> {write_clock(cue.end_ms)} {cue.settings}".rstrip() + f"\n{cue.text}"
        for cue in cues
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"
