"""Facts of text inside a media file: reads them from the probe's answer and decides what is taken. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from funkhaus.ingest.probe.programmes import find_programme

# Codecs that ffmpeg copies unchanged into a file that `text.subtitles` reads; all other text is converted to ASS, which
# ffmpeg uses for decoded text itself and which so loses no style.
COPIED = {"subrip": "srt", "srt": "srt", "webvtt": "webvtt", "ass": "ass", "ssa": "ass"}
# Text that our ffmpeg cannot decode, or that is no subtitles: of teletext, pages of subtitles are taken (`page`), and
# closed captions come with the picture.
TELETEXT = "dvb_teletext"
UNTAKEN = {TELETEXT, "libzvbi_teletextdec", "libzvbi-teletextdec", "cc_dec", "eia_608", "arib_caption", "unknown"}
# ISO 639-2, which containers have, to BCP 47, which wants the shortest: the languages of our forms and neighbors.
_SHORT = {
    "ger": "de", "deu": "de", "eng": "en", "fre": "fr", "fra": "fr", "spa": "es", "ita": "it", "pol": "pl",
    "tur": "tr", "ukr": "uk", "rus": "ru", "ara": "ar", "jpn": "ja", "dut": "nl", "nld": "nl", "por": "pt",
    "cze": "cs", "ces": "cs", "dan": "da", "swe": "sv", "nor": "no", "fin": "fi", "gre": "el", "ell": "el",
    "heb": "he", "hun": "hu", "rum": "ro", "ron": "ro", "bul": "bg", "hrv": "hr", "srp": "sr", "slo": "sk",
    "slk": "sk", "slv": "sl", "per": "fa", "fas": "fa", "chi": "zh", "zho": "zh", "kor": "ko", "vie": "vi",
    "kur": "ku", "alb": "sq", "sqi": "sq", "est": "et", "lav": "lv", "lit": "lt", "ice": "is", "isl": "is",
}  # fmt: skip
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", re.ASCII | re.IGNORECASE)
UNKNOWN = "und"


@dataclass(frozen=True)
class TextFacts:
    """A text stream; `language` after BCP 47 (`und` when unknown), `kind` of the text track that it becomes.

    `page`: number of the page of teletext; 0 for everything else.
    """

    index: int
    codec: str
    is_bitmap: bool
    language: str
    kind: str
    title: str
    is_forced: bool
    page: int = 0

    @property
    def is_readable(self) -> bool:
        """Tell whether the stream is text that our ffmpeg can decode."""
        return not self.is_bitmap and (self.codec not in UNTAKEN or self.page > 0)

    @property
    def suffix(self) -> str:
        """Return the file type into which the stream is extracted."""
        return COPIED.get(self.codec, "ass")


@dataclass(frozen=True)
class ChapterFacts:
    """A chapter; times in milliseconds."""

    start_ms: int
    end_ms: int
    title: str


@dataclass(frozen=True)
class TextContent:
    """All text of a file: what is taken, what cannot be, and forced subtitles for which there are full ones."""

    taken: tuple[TextFacts, ...]
    untaken: tuple[TextFacts, ...]
    forced_left: tuple[TextFacts, ...]
    chapters: tuple[ChapterFacts, ...]
    has_closed_captions: bool


def read_text_content(answer: Mapping[str, Any]) -> TextContent:
    """Return what is taken: one track of each language and kind, full ones before forced ones."""
    chosen, _count = find_programme(answer)
    numbers = dict(answer.get("programmes", []))
    inside = [row for row in answer.get("texts", []) if chosen is None or numbers.get(row["index"]) == chosen]
    texts = [_text(row) for row in inside]
    taken: dict[tuple[str, str], TextFacts] = {}
    forced_left = []
    for text in sorted((one for one in texts if one.is_readable), key=lambda one: (one.is_forced, one.index)):
        if text.is_forced and any(other.language == text.language for other in taken.values()):
            forced_left.append(text)
        else:
            taken.setdefault((text.language, text.kind), text)
    return TextContent(
        taken=tuple(taken.values()),
        untaken=tuple(one for one in texts if not one.is_readable),
        forced_left=tuple(forced_left),
        chapters=tuple(_read_chapters(answer)),
        has_closed_captions=any(stream.get("has_closed_captions") for stream in answer.get("streams", [])),
    )


def name_language(code: str) -> str:
    """Return the BCP 47 tag for a container's language code."""
    code = code.strip()
    if not _LANGUAGE.fullmatch(code):
        return UNKNOWN
    head, joint, rest = code.partition("-")
    return _SHORT.get(head.lower(), head.lower()) + joint + rest


def _text(stream: Mapping[str, Any]) -> TextFacts:
    kind = "descriptions" if stream["is_description"] else "captions" if stream["is_for_deaf"] else "subtitles"
    return TextFacts(
        index=stream["index"],
        codec=stream["codec"],
        is_bitmap=stream["is_bitmap"],
        language=name_language(stream["language"]),
        kind=kind,
        title=stream["title"],
        is_forced=stream["is_forced"],
        page=stream.get("page", 0),
    )


def _read_chapters(answer: Mapping[str, Any]) -> list[ChapterFacts]:
    """Return chapters with a title and a length, in order; untitled marks of editing programs help nobody."""
    rows = sorted(answer.get("chapters", []), key=lambda row: row["start_s"])
    found: list[ChapterFacts] = []
    for row in rows:
        start_ms, end_ms = round(1000 * row["start_s"]), round(1000 * row["end_s"])
        title = " ".join(row["title"].split())
        if title and end_ms > start_ms and (not found or start_ms > found[-1].start_ms):
            found.append(ChapterFacts(start_ms, end_ms, title))
    return found
