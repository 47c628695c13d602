"""What SOURCES.md says of a sample, as claims that can be held against what the pipeline found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SLACK_S = 0.6  # the papers round
HDR = {16, 18}  # PQ and HLG, ITU-T H.273 table 3


@dataclass(frozen=True)
class Found:
    """What the house knows of a file after its work: the probe's answer and what was made of it."""

    probe: Mapping[str, Any]
    duration_s: float
    sounds: Sequence[tuple[str, str]]  # (kind, language) of each sound rendition
    texts: Sequence[tuple[str, str]]  # (kind, language) of each text track
    findings: Sequence[str]
    has_chapters: bool

    def streams(self, kind: str) -> list[Mapping[str, Any]]:
        """The probed streams of a kind."""
        return [stream for stream in self.probe.get("streams", []) if stream["type"] == kind]

    @property
    def picture(self) -> Mapping[str, Any]:
        """The first picture stream; empty where there is none."""
        return next(iter(self.streams("video")), {})


@dataclass(frozen=True)
class Claim:
    """One thing that the paper says, with whether it was found and what was found."""

    words: str
    holds: bool
    seen: str

    def __str__(self) -> str:
        return f"{self.words} ✓" if self.holds else f"{self.words} ✗ ({self.seen})"


def read_sources(paper: Path) -> dict[str, str]:
    """The traits of each file, by its path below the folder; empty where there is no such paper."""
    if not paper.is_file():
        return {}
    rows = [line.strip("| ").split(" | ") for line in paper.read_text(encoding="utf-8").splitlines() if "|" in line]
    return {row[0]: row[-2] for row in rows if len(row) >= 6 and "/" in row[0]}


def list_claims(name: str, traits: str, found: Found) -> Iterator[Claim]:
    """Hold file name and traits against what was found."""
    # Broken files say what they were made from; what came out of them is judged by their warnings.
    text = f"{Path(name).stem} {traits}"
    for reader in READERS:
        yield from reader(text, found)


def _claim_length(text: str, found: Found) -> Iterator[Claim]:
    match = re.search(r"(?<![\d.~])(\d+(?:\.\d+)?) ?s(?=\b)(?!\))", text)
    if match and "nonsense" not in text and "says" not in text and "pauses" not in text:
        yield Claim(f"{match[1]} s", abs(found.duration_s - float(match[1])) <= SLACK_S, f"{found.duration_s:.2f} s")


def _claim_size(text: str, found: Found) -> Iterator[Claim]:
    size = (found.picture.get("width", 0), found.picture.get("height", 0))
    seen = f"{size[0]}x{size[1]}"
    if match := re.search(r"\b(\d{3,4})x(\d{3,4})\b", text):
        yield Claim(match[0], size == (int(match[1]), int(match[2])), seen)
    if match := re.search(r"(?<![\da-z])(\d{3,4})[pi](\d{2})?\b", text):
        yield Claim(match[0], min(size) == int(match[1]), seen)
        rate = found.picture.get("declared_rate", 0.0)
        if match[2]:
            yield Claim(f"{match[2]} fps", abs(rate - float(match[2])) < 0.2, f"{rate:.2f}")


def has_fields(picture: Mapping[str, Any]) -> bool:
    """True where the probe saw more frames made of two fields than whole ones."""
    counts = picture.get("fields", {})
    return int(counts.get("tff", 0)) + int(counts.get("bff", 0)) > int(counts.get("progressive", 0))


def _claim_picture(text: str, found: Found) -> Iterator[Claim]:
    picture = found.picture
    pixels = str(picture.get("pixel_format", "none"))
    tests: Sequence[tuple[str, str, bool, str]] = (
        (r"\brotation", "rotated", bool(picture.get("rotation")), str(picture.get("rotation"))),
        (r"\binterlaced|\d{3}i\d", "interlaced", has_fields(picture), str(picture.get("fields"))),
        (r"\bHDR|\bPQ\b", "HDR", picture.get("transfer") in HDR, str(picture.get("transfer"))),
        (r"\b10-bit", "10 bit", "10" in pixels, pixels),
        (r"4:2:2", "4:2:2", "422" in pixels, pixels),
        (r"full range|yuvj", "full range", pixels.startswith("yuvj") or picture.get("range") == "full", pixels),
        (r"no video|audio-only|cover art", "no picture", not picture, pixels),
    )
    for pattern, words, holds, seen in tests:
        if re.search(pattern, text, re.IGNORECASE):
            yield Claim(words, holds, seen)
    if match := re.search(r"SAR (\d+):(\d+)", text):
        aspect = float(picture.get("sample_aspect", 1.0))
        yield Claim(match[0], abs(aspect - int(match[1]) / int(match[2])) < 0.01, f"{aspect:.3f}")
    for word, codec in CODECS.items():
        if re.search(rf"(?<!\w){word}(?!\w)", text):
            codecs = [str(stream["codec"]) for stream in found.probe.get("streams", [])]
            yield Claim(word.replace("\\", ""), any(codec in one for one in codecs), ", ".join(codecs))


CODECS = {
    "HEVC": "hevc", r"H\.264": "h264", "VP9": "vp9", "MPEG-2": "mpeg2video", "MPEG-4 ASP": "mpeg4", "MP3": "mp3",
    "MP2": "mp2", "PCM": "pcm_", "AC-3": "ac3", "E-AC-3": "eac3", "FLAC": "flac", "AAC": "aac",
}  # fmt: skip


def _claim_sound(text: str, found: Found) -> Iterator[Claim]:
    tracks = found.streams("audio")
    channels = [int(track.get("channels", 0)) for track in tracks]
    if re.search(r"no[ -]audio", text):
        yield Claim("no sound", not tracks and not found.sounds, f"{len(found.sounds)} tracks")
        return
    for pattern, words, count in ((r"\bmono\b", "mono", 1), (r"\bstereo\b", "stereo", 2), (r"5\.1|51audio", "5.1", 6)):
        if re.search(pattern, text):
            yield Claim(words, count in channels, str(channels))
    if re.search(r"\btwo[- ](?:AAC|audio)", text):
        yield Claim("two sound tracks", len(found.sounds) == 2, f"{len(found.sounds)} made")
    if re.search(r"Audiodeskription|visual_impaired", text):
        kinds = [f"{kind} {language}" for kind, language in found.sounds]
        yield Claim("audio description", any(kind == "audio_description" for kind, _ in found.sounds), ", ".join(kinds))
    if "too-quiet" in text:
        yield Claim("sound", bool(found.sounds), "none")


def _claim_text(text: str, found: Found) -> Iterator[Claim]:
    languages = {language for kind, language in found.texts if kind in {"subtitles", "captions"}}
    if match := re.search(r"SRT \(?((?:[a-z]{3}/?)+)\)?", text):
        wanted = {LANGUAGES[code] for code in match[1].split("/")}
        yield Claim(f"subtitles {'/'.join(sorted(wanted))}", wanted <= languages, "/".join(sorted(languages)) or "none")
    for pattern, words, code in (
        (r"\bbitmap", "bitmap subtitles told", "text_pictures"),
        (r"\bCEA-608", "CEA-608 told", "text_closed_captions"),
    ):
        if re.search(pattern, text):
            yield Claim(words, code in found.findings, ", ".join(found.findings) or "no warning")
    if re.search(r"\bchapters \(", text):
        yield Claim("chapters", found.has_chapters, "none")


LANGUAGES = {"deu": "de", "ger": "de", "eng": "en", "spa": "es"}
READERS: tuple[Callable[[str, Found], Iterator[Claim]], ...] = (
    _claim_length,
    _claim_size,
    _claim_picture,
    _claim_sound,
    _claim_text,
)
