"""Table of the subtitle formats that are read; every list of endings and names is made from it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class SubtitleFormat:
    """A format with its name and the endings of its files, in lower case without a dot.

    `kinds` names it for people where they know it by other names. `is_subtitles` is false of a text that only lists
    chapters: its ending says nothing, so that a file of that name beside a film is left alone.
    """

    name: str
    endings: tuple[str, ...]
    kinds: str = ""
    is_subtitles: bool = True


WEBVTT: Final = SubtitleFormat("WebVTT", ("vtt",))
SUBRIP: Final = SubtitleFormat("SubRip", ("srt",))
TTML: Final = SubtitleFormat("TTML", ("xml", "ttml", "dfxp", "ebutt"), "EBU-TT, EBU-TT-D")
STL: Final = SubtitleFormat("EBU STL", ("stl",))
ASS: Final = SubtitleFormat("ASS", ("ass", "ssa"))
CHAPTER_LIST: Final = SubtitleFormat("chapter list", ("txt",), is_subtitles=False)
SUBTITLE_FORMATS: Final = (WEBVTT, SUBRIP, TTML, STL, ASS, CHAPTER_LIST)
SUBTITLE_NAMES: Final = ", ".join(known.kinds or known.name for known in SUBTITLE_FORMATS if known.is_subtitles)
