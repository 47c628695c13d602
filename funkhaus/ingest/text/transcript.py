"""Transcript: joins cues into paragraphs; a new one begins with another speaker or after a pause. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from funkhaus.ingest.text.subtitles.cue_markup import Cue, read_plain

PAUSE_MS = 4000  # a silence so long begins a paragraph
LONG = 500  # characters from which on the next end of a sentence ends the paragraph
LABEL_LINES = 20  # a description of a sound has no more; each further line would be matched with all before it
_TAG = re.compile(r"<(/?)(c|v)((?:\.[\w-]+)*)(?: ([^<>]*))?>", re.ASCII)
_COLOR = re.compile(r"\.(?!bg_)([\w-]+)", re.ASCII)
_DASH = re.compile(r"[-–—]\s+(?=\S)")
_SOUND = re.compile(r"\*[^*]+\*|\[[^\]]+\]|\([^()]+\)|[♪#][^♪#]*[♪#]?")
_LABEL = re.compile(r"\*[^*]+\*|\[[^\]]+\]")
_SENTENCE_END = (".", "!", "?", "…", "“", "”", "»", "«", '"')


@dataclass(frozen=True)
class TranscriptParagraph:
    """A paragraph with its start in milliseconds, and its speaker where the file names them.

    `is_sound`: it describes a sound, such as music.
    """

    start_ms: int
    text: str
    speaker: str = ""
    is_sound: bool = False


@dataclass
class _Open:
    """A paragraph that may still grow."""

    start_ms: int
    end_ms: int
    words: list[str]
    voice: tuple[str, str]
    is_sound: bool
    length: int
    """Characters of all words, counted along: to add them up for each cue would take quadratic time."""

    def takes(self, start_ms: int, voice: tuple[str, str], *, is_sound: bool, is_dashed: bool) -> bool:
        if is_sound or self.is_sound or is_dashed or voice != self.voice or start_ms - self.end_ms >= PAUSE_MS:
            return False
        return self.length < LONG or not self.words[-1].endswith(_SENTENCE_END)

    def add(self, words: str, end_ms: int) -> None:
        self.words.append(words)
        self.length += len(words)
        self.end_ms = end_ms

    def close(self) -> TranscriptParagraph:
        text = " ".join(self.words)
        return TranscriptParagraph(self.start_ms, re.sub(r"\s+", " ", text).strip(), self.voice[1], self.is_sound)


def write_transcript(cues: Iterable[Cue]) -> tuple[TranscriptParagraph, ...]:
    """Return the paragraphs of a track; lines that are shown twice in a row (roll-up captions) count once."""
    paragraphs: list[_Open] = []
    last = ""
    for cue in cues:
        for text, voice in _split(cue.text):
            is_dashed = _DASH.match(text) is not None
            words = _DASH.sub("", text, count=1) if is_dashed else text
            if not words or words == last:
                continue
            last, is_sound = words, _SOUND.fullmatch(words) is not None
            if paragraphs and paragraphs[-1].takes(cue.start_ms, voice, is_sound=is_sound, is_dashed=is_dashed):
                paragraphs[-1].add(words, cue.end_ms)
            else:
                paragraphs.append(_Open(cue.start_ms, cue.end_ms, [words], voice, is_sound, len(words)))
    return tuple(paragraph.close() for paragraph in paragraphs)


def _split(markup: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the text of a cue by speaker: plain text with color and name. Lines that begin with a dash are separate."""
    stack: list[tuple[str, str, str]] = []
    joined: list[tuple[list[str], tuple[str, str]]] = []
    for line in markup.split("\n"):
        is_new_line = True
        for text, voice in _walk(line, stack):
            plain = read_plain(text).strip()
            if not plain:
                continue
            is_cut = is_new_line and bool(joined) and bool(_DASH.match(plain) or _is_label(plain, joined[-1][0]))
            if joined and joined[-1][1] == voice and not is_cut:
                joined[-1][0].append(plain)
            else:
                joined.append(([plain], voice))
            is_new_line = False
    yield from ((" ".join(parts), voice) for parts, voice in joined)


def _is_label(line: str, before: Sequence[str]) -> bool:
    """Tell whether the line or the text before it describes a sound, and so does not continue in the other."""
    is_short = len(before) <= LABEL_LINES
    return bool(_LABEL.fullmatch(line) or (is_short and _LABEL.fullmatch(" ".join(before))))


def _walk(line: str, stack: list[tuple[str, str, str]]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Cut a line at the tags of color and voice; `stack` holds the open ones, beyond the line too."""
    offset = 0
    for tag in _TAG.finditer(line):
        yield line[offset : tag.start()], _voice_of(stack)
        offset = tag.end()
        if not tag[1]:
            color = next(iter(_COLOR.findall(tag[3])), "") if tag[2] == "c" else ""
            stack.append((tag[2], color, read_plain(tag[4] or "") if tag[2] == "v" else ""))
        elif stack and stack[-1][0] == tag[2]:
            stack.pop()
    yield line[offset:], _voice_of(stack)


def _voice_of(stack: list[tuple[str, str, str]]) -> tuple[str, str]:
    color = next((color for _tag, color, _name in reversed(stack) if color), "")
    return color, next((name for _tag, _color, name in reversed(stack) if name), "")
