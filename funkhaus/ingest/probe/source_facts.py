"""What is known of a source file: the answer of `program.py` as values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from funkhaus.ingest.probe.languages import normalize_language

PQ, HLG = 16, 18  # transfer characteristics of ITU-T H.273, table 3
STILL_CODECS = {"mjpeg", "png", "bmp", "gif", "webp", "tiff", "jpeg2000"}
SQUAREST, LEAST_SQUARE = 1.0, 4.0  # pixels more than four times as wide as high are a mistake in the file


@dataclass(frozen=True)
class Fields:
    """How many of the frames looked at belong together in which way, and what the stream says of itself."""

    top_first: int = 0
    bottom_first: int = 0
    progressive: int = 0
    is_flagged: bool = False


@dataclass(frozen=True)
class Rhythm:
    """What decides whether a picture stream can be used as it is; known only where every packet was seen."""

    is_clean: bool
    keys: int
    longest_gap_s: float
    shortest_step_s: float
    longest_step_s: float
    average_bits_per_s: int
    peak_bits_per_s: int


@dataclass(frozen=True)
class VideoFacts:
    """A picture stream as it is stored; `frame_rate` is measured where the packets allowed it.

    `matrix`, `primaries` and `transfer` are codes of ITU-T H.273 (2: not said). `brightness`: 0 to 255.
    """

    index: int
    codec: str
    width: int
    height: int
    frame_rate: float
    end_s: float
    is_decodable: bool = True
    start_s: float = 0.0
    sample_aspect: float = 1.0
    rotation: int = 0
    fields: Fields = Fields()
    matrix: int = 2
    primaries: int = 2
    transfer: int = 2
    is_full_range: bool = False
    is_rgb: bool = False
    has_alpha: bool = False
    pixel_format: str = "yuv420p"
    bit_depth: int = 8
    profile: str = ""
    level: int = 0
    brightness: int = 255
    frames: int = 0
    rhythm: Rhythm | None = None

    @property
    def is_hdr(self) -> bool:
        """True for PQ and HLG."""
        return self.transfer in {PQ, HLG}

    @property
    def display_size(self) -> tuple[int, int]:
        """Width and height with square pixels, upright."""
        width, height = round(self.width * self.sample_aspect), self.height
        return (height, width) if self.rotation % 180 else (width, height)


@dataclass(frozen=True)
class AudioFacts:
    """A sound track; `layout` as ffmpeg names it."""

    index: int
    codec: str
    channels: int
    end_s: float
    is_decodable: bool = True
    start_s: float = 0.0
    layout: str = "stereo"
    language: str = ""
    title: str = ""
    is_default: bool = False
    is_description: bool = False


@dataclass(frozen=True)
class SourceFacts:
    """A source file. Times in seconds from its start; `claimed_s` is what the container says of itself."""

    container: str
    claimed_s: float | None
    videos: tuple[VideoFacts, ...]
    audios: tuple[AudioFacts, ...]
    size_bytes: int = 0
    read_errors: int = 0
    is_scanned: bool = True
    covers: tuple[int, ...] = ()

    @property
    def end_s(self) -> float:
        """Where the longest stream ends."""
        return max([video.end_s for video in self.videos] + [audio.end_s for audio in self.audios])


def read_facts(answer: Mapping[str, Any]) -> SourceFacts:
    """Turn the answer of the probe into facts."""
    start_s = float(answer["start_s"])
    claimed_s = answer["claimed_s"]
    streams = answer["streams"]
    has_sound = any(stream["type"] == "audio" for stream in streams)
    covers = list(answer.get("covers", []))
    covers += [stream["index"] for stream in streams if has_sound and _is_still(stream)]
    pictures = [stream for stream in streams if stream["type"] == "video" and stream["index"] not in covers]
    sounds = [stream for stream in streams if stream["type"] == "audio"]
    return SourceFacts(
        container=answer["format"],
        claimed_s=claimed_s,
        size_bytes=answer.get("size", 0),
        read_errors=max((stream["read_errors"] for stream in streams), default=0),
        is_scanned=all(stream["is_scanned"] for stream in streams),
        videos=tuple(_video(stream, start_s, claimed_s) for stream in pictures),
        audios=tuple(_audio(stream, start_s, claimed_s, answer["format"]) for stream in sounds),
        covers=tuple(covers),
    )


def _is_still(stream: Mapping[str, Any]) -> bool:
    """A cover that is not marked as one: a single picture beside sound."""
    is_single = stream["is_scanned"] and stream.get("packets", 0) <= 1
    return bool(stream["type"] == "video" and is_single and stream["codec"] in STILL_CODECS)


def _end_s(stream: Mapping[str, Any], start_s: float, claimed_s: float | None, frame_s: float = 0.0) -> float:
    if not stream["is_scanned"]:
        if "tail_end_s" in stream:
            return float(stream["tail_end_s"] - start_s)
        return float(stream["claimed_s"] or claimed_s or stream.get("end_s", start_s) - start_s)
    if "end_s" not in stream:
        return 0.0
    return float(max(stream["end_s"], stream["last_start_s"] + frame_s) - start_s)


def _video(stream: Mapping[str, Any], start_s: float, claimed_s: float | None) -> VideoFacts:
    rate = _measured_rate(stream)
    aspect = stream.get("sample_aspect", 1.0)
    counts = stream.get("fields", {})
    return VideoFacts(
        index=stream["index"],
        codec=stream["codec"],
        width=stream.get("width", 0),
        height=stream.get("height", 0),
        frame_rate=rate,
        end_s=_end_s(stream, start_s, claimed_s, 1 / rate if rate else 0.0),
        is_decodable=stream["is_decodable"],
        start_s=stream.get("first_s", start_s) - start_s,
        sample_aspect=aspect if SQUAREST / LEAST_SQUARE <= aspect <= LEAST_SQUARE else 1.0,
        rotation=stream.get("rotation", 0),
        fields=Fields(
            top_first=counts.get("tff", 0),
            bottom_first=counts.get("bff", 0),
            progressive=counts.get("progressive", 0),
            is_flagged=stream.get("is_flagged_interlaced", False),
        ),
        **{name: stream[name] for name in _PICTURE_FACTS if name in stream},
        frames=stream.get("packets", 0),
        rhythm=_rhythm(stream),
    )


_PICTURE_FACTS = (
    *("matrix", "primaries", "transfer", "is_full_range", "is_rgb", "has_alpha", "pixel_format", "bit_depth"),
    *("profile", "level", "brightness"),
)
_RHYTHM_FACTS = tuple(Rhythm.__dataclass_fields__)


def _rhythm(stream: Mapping[str, Any]) -> Rhythm | None:
    if "is_clean" not in stream:
        return None
    return Rhythm(**{name: stream[name] for name in _RHYTHM_FACTS})


def _measured_rate(stream: Mapping[str, Any]) -> float:
    span = stream.get("last_start_s", 0.0) - stream.get("first_s", 0.0)
    packets = stream.get("moments", stream.get("packets", 0))
    return float((packets - 1) / span if packets > 1 and span > 0 else stream["declared_rate"])


def _audio(stream: Mapping[str, Any], start_s: float, claimed_s: float | None, container: str) -> AudioFacts:
    language = stream["language"]
    return AudioFacts(
        index=stream["index"],
        codec=stream["codec"],
        channels=stream.get("channels", 0),
        end_s=_end_s(stream, start_s, claimed_s),
        is_decodable=stream["is_decodable"],
        start_s=stream.get("first_s", start_s) - start_s,
        layout=stream.get("layout", ""),
        language=normalize_language(language),
        title=stream.get("title", ""),
        is_default=stream["is_default"],
        # German broadcasters mark audio description in transport streams with «mis» or «qad» for want of a language.
        is_description=stream["is_description"] or (container == "mpegts" and language in {"mis", "qad"}),
    )
