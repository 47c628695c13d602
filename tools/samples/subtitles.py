"""Real subtitle files through the readers, and one broadcast subtitle compared over all its formats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from funkhaus.ingest.text.subtitles.cue_markup import Cue
    from funkhaus.ingest.text.subtitles.reading import Subtitles

SUFFIXES = {".vtt", ".srt", ".stl", ".xml", ".ttml", ".dfxp", ".ass", ".ssa"}
SAME = "irt-*"  # files of one and the same broadcast subtitle begin so
TOLERANCE_MS = 40
_TAG = re.compile(r"<[^<>]*>")
_CLASS = re.compile(r"\.([\w-]+)")


@dataclass(frozen=True)
class SubtitleRow:
    """What became of one file."""

    file: str
    format: str
    cues: int
    language: str
    warnings: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """One file of the same broadcast subtitle beside the richest of them.

    `colors` and `places`: how many cues have them here, and how many in the richest file.
    """

    file: str
    format: str
    is_text_equal: bool
    largest_difference_ms: int
    colors: tuple[int, int]
    places: tuple[int, int]
    faults: tuple[str, ...] = field(default=())


def read_samples(folder: Path) -> list[SubtitleRow]:
    """Read every subtitle file below the folder as an upload would; a refusal is a fault."""
    from funkhaus.ingest.reasons.errors import RefusedInput

    rows = []
    for path in list_subtitle_files(folder):
        try:
            read = _read(path)
        except RefusedInput as refusal:
            rows.append(SubtitleRow(path.name, "-", 0, "", (), (refusal.message,)))
            continue
        warnings = tuple(warning.code for warning in read.warnings)
        rows.append(
            SubtitleRow(path.name, read.format, len(read.cues), read.language, warnings, tuple(find_faults(read)))
        )
    return rows


def list_subtitle_files(folder: Path) -> list[Path]:
    """The files that may be subtitles."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())


def _read(path: Path) -> Subtitles:
    from funkhaus.ingest.text.subtitles.reading import read_subtitles

    return read_subtitles(path.read_bytes(), path.name)


def find_faults(read: Subtitles) -> list[str]:
    """What must not be in a result: an open tag, a raw ampersand, a cue that ends before it begins, disorder."""
    from funkhaus.ingest.text.subtitles.cue_markup import clean_markup
    from funkhaus.ingest.text.subtitles.reading import read_subtitles
    from funkhaus.ingest.text.subtitles.webvtt_writing import write_webvtt

    faults = [f"cue {cue.line} is not clean" for cue in read.cues if clean_markup(cue.text) != cue.text]
    faults += [f"cue {cue.line} ends before it begins" for cue in read.cues if cue.end_ms <= cue.start_ms]
    written = write_webvtt(read.cues)
    if write_webvtt(read_subtitles(written.encode(), "again").cues) != written:
        faults.append("reads differently when read again")
    return faults


def compare_formats(folder: Path) -> list[Comparison]:
    """Compare every file of the same broadcast subtitle with the EBU STL one, which has the most to say."""
    files = [path for path in list_subtitle_files(folder) if path.match(SAME)]
    tapes = [path for path in files if path.suffix.lower() == ".stl"]
    if not tapes:
        return []
    base = _read(tapes[0])
    found = [_compare(path.name, _read(path), base) for path in files if path != tapes[0]]
    return [*found, _compare("(as WebVTT)", _write_and_read(base), base)]


def _write_and_read(read: Subtitles) -> Subtitles:
    from funkhaus.ingest.text.subtitles.reading import read_subtitles
    from funkhaus.ingest.text.subtitles.webvtt_writing import write_webvtt

    return read_subtitles(write_webvtt(read.cues).encode(), "WebVTT")


def _compare(file: str, read: Subtitles, base: Subtitles) -> Comparison:
    from funkhaus.ingest.text.subtitles.cue_markup import read_plain

    texts, others = ([read_plain(cue.text) for cue in one.cues] for one in (read, base))
    largest = max(
        (
            max(abs(one.start_ms - other.start_ms), abs(one.end_ms - other.end_ms))
            for one, other in zip(read.cues, base.cues, strict=False)
        ),
        default=0,
    )
    colors = _count_colors(read.cues), _count_colors(base.cues)
    places = sum(bool(cue.settings) for cue in read.cues), sum(bool(cue.settings) for cue in base.cues)
    faults = [] if texts == others else ["text differs"]
    faults += [f"times differ by {largest} ms"] if largest > TOLERANCE_MS else []
    if read.format != "SubRip":  # which carries neither, unless somebody wrote it there
        faults += ["colors of speakers are lost"] if colors[0] < colors[1] else []
        faults += ["places are lost"] if places[0] < places[1] else []
    return Comparison(file, read.format, texts == others, largest, colors, places, tuple(faults))


def _count_colors(cues: Sequence[Cue]) -> int:
    """Cues in which somebody speaks in a color; a background is decoration that the simpler formats do not have."""
    return sum(
        any(not name.startswith("bg_") for tag in _TAG.findall(cue.text) for name in _CLASS.findall(tag))
        for cue in cues
    )
